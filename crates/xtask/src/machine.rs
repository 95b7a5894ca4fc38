//! The tools that commands need on this machine: found, or installed where this user may install, or named
//! in an error. Downloads go through rustup, npm and apt only.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::failure::{CommandLine, Failure, at};

/// The target that the app is built for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap_or_else(|_| PathBuf::from("."))
}

/// The cargo that runs this command.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Lets clippy look at the workspace's own crates while `command`, or a cargo that it starts, compiles them. What the
/// tests run is so what the lints saw, and nothing is checked a second time.
pub fn with_lints(command: &mut Command) -> &mut Command {
    command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
}

/// Runs a program to its end, its output passed on.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let line = line_of(command);
    let status = command.status().map_err(|cause| Failure::NotStarted { line: line.clone(), cause })?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { line, status }) }
}

/// Runs a program that has nothing to say where all is well: words on its standard error are passed on, and are a failure.
pub fn run_silent(command: &mut Command) -> Result<(), Failure> {
    let line = line_of(command);
    let done = command.stdout(Stdio::inherit()).stderr(Stdio::piped()).output();
    let done = done.map_err(|cause| Failure::NotStarted { line: line.clone(), cause })?;
    eprint!("{}", String::from_utf8_lossy(&done.stderr));
    match (done.status.success(), done.stderr.is_empty()) {
        (false, _) => Err(Failure::Ended { line, status: done.status }),
        (true, false) => Err(Failure::NotSilent { line }),
        (true, true) => Ok(()),
    }
}

/// A command as messages say it.
pub fn line_of(command: &Command) -> CommandLine {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    CommandLine(words.map(|word| word.to_string_lossy().into_owned()).collect())
}

fn runs(program: &str) -> bool {
    let probe = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    probe.is_ok_and(|status| status.success())
}

/// Adds the WASM target if the toolchain lacks it.
pub fn wasm_target() -> Result<(), Failure> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]).current_dir(root());
    let line = line_of(&rustc);
    let found = rustc.output().map_err(|cause| Failure::NotStarted { line, cause })?;
    let folder = PathBuf::from(String::from_utf8_lossy(&found.stdout).trim());
    if found.status.success() && folder.is_dir() {
        return Ok(());
    }
    if !runs("rustup") {
        return Err(Failure::Missing {
            what: "Rust's standard library for wasm32-unknown-unknown",
            install: "install it as your Rust was installed (with rustup: `rustup target add wasm32-unknown-unknown`)",
        });
    }
    run(Command::new("rustup").args(["target", "add", WASM]).current_dir(root()))
}

/// Installs a folder's locked npm packages, unless they are there already.
pub fn npm_packages(folder: &Path) -> Result<(), Failure> {
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.package-lock.json");
    let written = at(&lock, fs::metadata(&lock).and_then(|file| file.modified()))?;
    if fs::metadata(&installed).and_then(|file| file.modified()).is_ok_and(|done| done >= written) {
        return Ok(());
    }
    if !runs("npm") {
        return Err(Failure::Missing { what: "npm", install: "install Node.js 20 or newer with npm" });
    }
    run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))
}

/// A Chromium for the browser tests: `CHROMIUM`, one on the path, or Debian's, installed now.
pub fn chromium() -> Result<PathBuf, Failure> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    let known = ["chromium", "chromium-browser", "google-chrome"];
    // The tests start it by its path.
    let find = || {
        let folders: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
        known.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
    };
    let fonts = || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists();
    if let Some(found) = find().filter(|_| fonts() || !may_install()) {
        return Ok(found);
    }
    if may_install() {
        run(Command::new("apt-get").args(["update", "-q"]))?;
        let packages = ["install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"];
        run(Command::new("apt-get").args(packages).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    find().ok_or(Failure::Missing {
        what: "a Chromium browser",
        install: "install it (on Debian: `apt-get install chromium fonts-noto-cjk`) or name one in CHROMIUM",
    })
}

/// LibreOffice and what reads PDF, for the tests of documents: installed where this user may. Without them those tests
/// look at the files' own parts alone, so that they are missing is said and keeps nothing from running.
pub fn office_suite() {
    let is_there = || runs("soffice") && Command::new("pdftotext").arg("-v").stderr(Stdio::null()).status().is_ok();
    if !is_there() && may_install() {
        let apt = |arguments: &[&str]| {
            let mut command = Command::new("apt-get");
            run(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
        };
        let packages = ["libreoffice-writer-nogui", "libreoffice-calc-nogui", "poppler-utils", "fonts-noto-cjk"];
        let install = ["install", "-q", "-y", "--no-install-recommends"];
        let installed = apt(&["update", "-q"]).and_then(|()| apt(&[&install[..], &packages[..]].concat()));
        if let Err(failure) = installed {
            eprintln!("{failure}");
        }
    }
    if !is_there() {
        println!(
            "   LibreOffice or pdftotext is missing: documents are not opened (libreoffice-writer-nogui, libreoffice-calc-nogui, poppler-utils)"
        );
    }
}

fn may_install() -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    root && runs("apt-get")
}
