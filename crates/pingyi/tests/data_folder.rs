//! What `pingyi serve` makes of its data folder after an accident.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

#[path = "../../api/tests/api/client.rs"]
#[expect(dead_code, reason = "shared with the tests of `api`, which need more of it")]
mod client;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "shared with tests that read what a server says")]
mod server;
#[path = "support/voting.rs"]
mod voting;

use std::path::Path;
use std::time::Duration;

use client::Client;
use serde_json::{Value, json};
use server::{PASSWORD, Server};
use voting::{ballot, open_plan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closing_that_was_killed_shows_as_closing_and_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), &[]);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let (plan, codes) = open_plan(&admin, 60).await;
    let address = format!("/api/plans/{plan}");
    let voter = admin.stranger();
    for (number, code) in codes.iter().take(40).enumerate() {
        voter.post("/api/ballots", &ballot(&plan, code, number)).await.ok(201);
    }
    assert_eq!(admin.get(&address).await.ok(200)["state"], "open");
    let closing = {
        let (admin, close) = (admin.clone(), format!("{address}/close"));
        tokio::spawn(async move { admin.try_send("POST", &close, &[], "{}".to_owned()).await.is_ok() })
    };
    // It is killed as soon as the closing shows.
    while admin.get(&address).await.ok(200)["state"] != "closing" {}
    server.signal("-KILL");
    assert!(!closing.await.unwrap(), "the closing ended before the server was killed");
    drop(server);

    let server = Server::start(data.path(), &[]);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    assert_eq!(admin.get(&address).await.ok(200)["state"], "closing");
    assert_eq!(admin.get("/api/plans").await.ok(200)["plans"][0]["state"], "closing");
    let voter = admin.stranger();
    let late = voter.post("/api/ballot-paper", &json!({ "plan": plan, "code": codes[50] })).await;
    late.error(409, "plan_closed");
    voter.post("/api/ballots", &ballot(&plan, &codes[50], 50)).await.error(409, "plan_closed");
    assert_eq!(admin.post(&format!("{address}/close"), &json!({})).await.ok(200)["state"], "closed");
    let turnout = admin.get(&format!("{address}/turnout")).await.ok(200);
    assert_eq!(turnout["groups"][0]["cast"], 40);
}

#[test]
fn a_start_on_a_full_disk_names_the_disk_and_what_to_do() {
    let data = tempfile::tempdir().unwrap();
    let mut start = std::process::Command::new("sh");
    // No file may grow: every write fails, as on a disk that is full.
    start.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_pingyi"), "serve"]);
    let done = start.args(["--addr", "127.0.0.1:0", "--data"]).arg(data.path()).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(!done.status.success());
    let place = data.path().to_str().unwrap();
    assert!(said.contains("磁盘已满") && said.contains(place) && said.contains("make room and start again"), "{said}");
}

/// What runs a program that may write where its user may and nowhere else: root may write everywhere, so root's right to
/// pass over the modes of files is taken away.
fn as_its_user() -> &'static [&'static str] {
    let user = std::process::Command::new("id").arg("-u").output().unwrap();
    if user.stdout == b"0\n" { &["setpriv", "--bounding-set=-dac_override,-dac_read_search"] } else { &[] }
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn a_start_on_a_folder_that_cannot_be_written_names_it() {
    let data = tempfile::tempdir().unwrap();
    set_mode(data.path(), 0o555);
    let line = [as_its_user(), &[env!("CARGO_BIN_EXE_pingyi"), "serve"]].concat();
    let done = std::process::Command::new(line[0])
        .args(&line[1..])
        .args(["--addr", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .env("PINGYI_STATE", server::STATE)
        .output()
        .unwrap();
    set_mode(data.path(), 0o755);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("写不进去") && said.contains(data.path().to_str().unwrap()), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_turns_read_only_is_told_and_passes_when_it_can_be_written_again() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start_under(as_its_user(), data.path(), &[]);
    let voter = Client::new(&server.base);
    voter.get("/api/health").await.ok(200);
    // The folder is looked at every few seconds.
    let told = async |status: u16| {
        let answer = async {
            loop {
                let answer = voter.get("/api/health").await;
                if answer.status.as_u16() == status {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), answer).await.expect("health does not notice")
    };
    set_mode(data.path(), 0o555);
    told(503).await.error(503, "disk_unwritable");
    set_mode(data.path(), 0o755);
    told(200).await;
}

/// What a start says that is refused: one line on standard error.
fn refused(data: &Path) -> String {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["serve", "--addr", "127.0.0.1:0", "--app", "/nonexistent", "--data"])
        .arg(data)
        .env("PINGYI_STATE", server::STATE)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(done.stdout.is_empty(), "{done:?}");
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.contains("--accept-restore"), "{said}");
    said
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The events of a plan that say that its data were put back.
async fn restored(admin: &Client, plan: &str) -> Vec<Value> {
    let audit = admin.get(&format!("/api/plans/{plan}/audit")).await.ok(200);
    let events = audit["events"].as_array().unwrap();
    events.iter().filter(|event| event["action"] == "data_restored").cloned().collect()
}

/// A server with a plan that people vote on: `cast` of `voters` have.
async fn voted(data: &Path, voters: u32, cast: usize) -> (Server, Client, String, Vec<String>) {
    let server = Server::start(data, &[]);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let (plan, codes) = open_plan(&admin, voters).await;
    cast_ballots(&admin.stranger(), &plan, &codes, 0..cast).await;
    (server, admin, plan, codes)
}

async fn cast_ballots(voter: &Client, plan: &str, codes: &[String], numbers: std::ops::Range<usize>) {
    for number in numbers {
        voter.post("/api/ballots", &ballot(plan, &codes[number], number)).await.ok(201);
    }
}

async fn signed_in(server: &Server) -> Client {
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    admin
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_data_folder_put_back_as_a_whole_is_refused_until_that_is_accepted_with_a_reason() {
    let home = tempfile::tempdir().unwrap();
    let (data, copied) = (home.path().join("data"), home.path().join("copied"));
    let (server, _, plan, codes) = voted(&data, 60, 10).await;
    // Copied while the server runs; fifty more are acknowledged; the server is killed; the copy is put back.
    copy(&data, &copied);
    let voter = Client::new(&server.base);
    cast_ballots(&voter, &plan, &codes, 10..60).await;
    server.signal("-KILL");
    drop(server);
    std::fs::remove_dir_all(&data).unwrap();
    copy(&copied, &data);
    let said = refused(&data);
    assert!(said.contains("box"), "{said}");
    // The reason must say something.
    let empty = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["serve", "--accept-restore", " ", "--data"])
        .arg(&data)
        .status()
        .unwrap();
    assert_eq!(empty.code(), Some(2));

    let server = Server::start(&data, &["--accept-restore", "磁盘坏了，从备份恢复"]);
    let admin = signed_in(&server).await;
    let events = restored(&admin, &plan).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail"]["reason"], "磁盘坏了，从备份恢复");
    assert_eq!(events[0]["by"], "pingyi serve");
    let turnout = admin.get(&format!("/api/plans/{plan}/turnout")).await.ok(200);
    assert_eq!(turnout["groups"][0]["cast"], 10);
    cast_ballots(&admin.stranger(), &plan, &codes, 10..12).await;
    drop(server);
    // From then on it is what was left.
    let server = Server::start(&data, &[]);
    assert_eq!(restored(&signed_in(&server).await, &plan).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_box_file_put_back_is_refused_also_where_the_server_ended_in_order() {
    let data = tempfile::tempdir().unwrap();
    let (mut server, _, plan, codes) = voted(data.path(), 60, 10).await;
    let copied = tempfile::tempdir().unwrap();
    copy(data.path(), copied.path());
    cast_ballots(&Client::new(&server.base), &plan, &codes, 10..15).await;
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    drop(server);
    for name in ["box.1.db", "box.1.db-wal"] {
        std::fs::copy(copied.path().join(name), data.path().join(name)).unwrap();
    }
    let said = refused(data.path());
    assert!(said.contains("main"), "main knows how far the box had come: {said}");
    let server = Server::start(data.path(), &["--accept-restore", "测试"]);
    assert_eq!(restored(&signed_in(&server).await, &plan).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_box_is_refused_and_once_accepted_the_plan_can_be_closed() {
    let data = tempfile::tempdir().unwrap();
    let (server, _, plan, codes) = voted(data.path(), 12, 10).await;
    server.signal("-KILL");
    drop(server);
    for name in ["box.1.db", "box.1.db-wal", "box.1.db-shm"] {
        std::fs::remove_file(data.path().join(name)).unwrap();
    }
    assert!(refused(data.path()).contains("box"));
    assert!(!data.path().join("box.1.db").exists(), "a refused start makes no empty box");
    // Nor does the way back in for whoever is locked out.
    let reset = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["account", "reset", "admin", "--data"])
        .arg(data.path())
        .env("PINGYI_STATE", server::STATE)
        .output()
        .unwrap();
    assert_eq!(reset.status.code(), Some(1));

    let server = Server::start(data.path(), &["--accept-restore", "票箱文件丢失"]);
    let admin = signed_in(&server).await;
    let events = restored(&admin, &plan).await;
    assert_eq!(events[0]["detail"]["found"], json!(["missing box"]));
    admin.stranger().post("/api/ballots", &ballot(&plan, &codes[11], 11)).await.error(404, "unknown_code");
    assert_eq!(admin.post(&format!("/api/plans/{plan}/close"), &json!({})).await.ok(200)["state"], "closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_loses_nothing_and_passes_when_there_is_room_again() {
    let data = tempfile::tempdir().unwrap();
    // Past the limit a write fails, as on a disk that is full; without this the system would end the process.
    let server = Server::start_under(&["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"], data.path(), &[]);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let (plan, codes) = open_plan(&admin, 300).await;
    let voter = admin.stranger();
    voter.get("/api/health").await.ok(200);
    let limit = |bytes: &str| {
        let process = server.child.id().to_string();
        let done =
            std::process::Command::new("prlimit").args(["--pid", &process, &format!("--fsize={bytes}")]).status();
        assert!(done.unwrap().success());
    };
    let log = std::fs::metadata(data.path().join("box.1.db-wal")).unwrap().len();
    limit(&format!("{}:unlimited", log + 100_000));
    let mut acknowledged = Vec::new();
    let mut failed = None;
    for (number, code) in codes.iter().enumerate() {
        let answer = voter.post("/api/ballots", &ballot(&plan, code, number)).await;
        match answer.status.as_u16() {
            201 => acknowledged.push((number, answer.json()["receipt"].clone())),
            _ => {
                answer.error(503, "unavailable");
                failed = Some(number);
                break;
            }
        }
    }
    let failed = failed.expect("the limit was never met");
    assert!(!acknowledged.is_empty(), "the limit was met before anything was acknowledged");
    let told = voter.get("/api/health").await;
    assert_eq!(told.status.as_u16(), 503, "{}", told.text());
    assert!(["disk_full", "disk_unwritable"].contains(&told.json()["code"].as_str().unwrap()), "{}", told.text());

    limit("unlimited:unlimited");
    voter.post("/api/ballots", &ballot(&plan, &codes[failed], failed)).await.ok(201);
    voter.get("/api/health").await.ok(200);
    server.signal("-KILL");
    drop(server);
    let server = Server::start(data.path(), &[]);
    let voter = Client::new(&server.base);
    for (number, receipt) in acknowledged {
        let again = voter.post("/api/ballots", &ballot(&plan, &codes[number], number)).await.ok(200);
        assert_eq!(again["receipt"], receipt);
    }
}

fn checked(data: &Path) -> (Option<i32>, String, String) {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .arg("check")
        .arg(data)
        .env("PINGYI_STATE", server::STATE)
        .output()
        .unwrap();
    (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_follows_every_chain_and_finds_an_event_that_was_changed() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), &[]);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let (plan, _) = open_plan(&admin, 5).await;
    let events = admin.get(&format!("/api/plans/{plan}/audit")).await.ok(200)["events"].as_array().unwrap().len();
    let (code, said, told) = checked(data.path());
    assert_eq!((code, said.as_str()), (Some(1), ""), "{told}");
    assert!(told.contains("stop the server first"), "{told}");
    server.signal("-TERM");
    drop(server);

    let (code, said, told) = checked(data.path());
    assert_eq!((code, told.as_str()), (Some(0), ""));
    assert!(
        said.contains(&format!("{plan} {events} events")) || said.contains(&format!("/ {events} events")),
        "{said}"
    );
    assert_eq!(said.lines().count(), 3, "{said}");

    let file = rusqlite::Connection::open(data.path().join("main.1.db")).unwrap();
    let changed = file.execute(
        "UPDATE main SET item_json = replace(item_json, 'plan_opened', 'plan_closed') WHERE item_json LIKE '%plan_opened%'",
        [],
    );
    assert_eq!(changed.unwrap(), 1);
    drop(file);
    let (code, said, told) = checked(data.path());
    assert_eq!((code, said.as_str()), (Some(1), ""));
    assert!(told.contains(&plan) && told.contains("broken"), "{told}");
    let (code, _, told) = checked(&data.path().join("nowhere"));
    assert_eq!(code, Some(2), "{told}");
}
