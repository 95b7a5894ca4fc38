//! `pingyi serve` as a process, for tests and for the measurement of the ballot box.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub const PASSWORD: &str = "correct horse battery";

/// Where the servers of the tests keep what stays outside their data.
pub const STATE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/state");

/// A running server and what it said.
pub struct Server {
    pub child: Child,
    pub base: String,
    pub lines: std::sync::mpsc::Receiver<String>,
}

impl Server {
    pub fn start(data: &Path, arguments: &[&str]) -> Server {
        Server::start_under(&[], data, arguments)
    }

    /// As [`Server::start`], run by another program: `pingyi` and its arguments follow its own.
    pub fn start_under(runner: &[&str], data: &Path, arguments: &[&str]) -> Server {
        let line = [runner, &[env!("CARGO_BIN_EXE_pingyi")]].concat();
        let mut child = Command::new(line[0])
            .args(&line[1..])
            .args(["serve", "--addr", "127.0.0.1:0", "--app", "/nonexistent", "--data"])
            .arg(data)
            .args(arguments)
            .env("PINGYI_ADMIN_PASSWORD", PASSWORD)
            .env("PINGYI_STATE", STATE)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (said, lines) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if said.send(line).is_err() {
                    break;
                }
            }
        });
        let first = lines.recv_timeout(Duration::from_secs(60)).unwrap();
        let base = first.strip_prefix("listening on ").unwrap().to_owned();
        Server { child, base, lines }
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Resident memory of a process in MiB.
pub fn resident(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
}
