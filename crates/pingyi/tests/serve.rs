//! `pingyi serve` as a process: ready, ended, killed while people vote.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

#[path = "../../api/tests/api/client.rs"]
#[expect(dead_code, reason = "shared with the tests of `api`, which need more of it")]
mod client;
#[path = "support/server.rs"]
mod server;
#[path = "support/voting.rs"]
mod voting;

use std::time::{Duration, Instant};

use client::Client;
use serde_json::{Value, json};
use server::{PASSWORD, Server, resident};
use voting::{ballot, open_plan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_people_vote_it_keeps_every_acknowledged_ballot_once() {
    const VOTERS: u32 = 300;
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), &[]);
    let mut client = Client::new(&server.base);
    client.sign_in("admin", PASSWORD).await.ok(204);
    let (plan, codes) = open_plan(&client, VOTERS).await;
    let voter = client.stranger();

    // Eight people at a time; the server is killed in the middle.
    let (acknowledged, mut counted) = tokio::sync::mpsc::unbounded_channel();
    let mut voting = tokio::task::JoinSet::new();
    for lane in 0..8 {
        let (voter, plan, codes, acknowledged) = (voter.clone(), plan.clone(), codes.clone(), acknowledged.clone());
        voting.spawn(async move {
            for number in (lane..codes.len()).step_by(8) {
                let Ok(answer) = voter
                    .try_send("POST", "/api/ballots", &[], ballot(&plan, &codes[number], number).to_string())
                    .await
                else {
                    break;
                };
                if answer.status.as_u16() == 201 {
                    // An answer that was cut short acknowledges nothing.
                    let Ok(receipt) = serde_json::from_slice::<Value>(&answer.bytes) else { break };
                    acknowledged.send((number, receipt)).unwrap();
                }
            }
        });
    }
    let mut receipts = Vec::new();
    while receipts.len() < 100 {
        receipts.push(counted.recv().await.unwrap());
    }
    server.signal("-KILL");
    while voting.join_next().await.is_some() {}
    drop(acknowledged);
    while let Some(receipt) = counted.recv().await {
        receipts.push(receipt);
    }
    assert!(receipts.len() < VOTERS as usize, "the kill came too late to mean anything");
    drop(server);

    let server = Server::start(data.path(), &[]);
    let mut client = Client::new(&server.base);
    client.sign_in("admin", PASSWORD).await.ok(204);
    let voter = client.stranger();
    for (number, receipt) in &receipts {
        let again = voter.post("/api/ballots", &ballot(&plan, &codes[*number], *number)).await.ok(200);
        assert_eq!(again["receipt"], receipt["receipt"]);
        assert_eq!(again["repeated"], json!(true));
    }
    // Everybody sends again, as their browsers would; nobody is counted twice.
    for (number, code) in codes.iter().enumerate() {
        let answer = voter.post("/api/ballots", &ballot(&plan, code, number)).await;
        assert!(matches!(answer.status.as_u16(), 200 | 201), "{}", answer.text());
    }
    assert_eq!(client.post(&format!("/api/plans/{plan}/close"), &json!({})).await.ok(200)["state"], "closed");
    let records = client.get(&format!("/api/plans/{plan}/records")).await.ok(200);
    let of = |unit: &str| {
        records["tallies"].as_array().unwrap().iter().find(|tally| tally["unit"] == unit).unwrap()["counts"].clone()
    };
    assert_eq!(of("a")["yes"], VOTERS);
    assert_eq!(of("b")["yes"], 200);
    assert_eq!(of("b")["no"], 100);
    client.post(&format!("/api/plans/{plan}/publish"), &json!({})).await.ok(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_ends_it_within_five_seconds_even_with_an_open_connection() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path(), &[]);
    let client = Client::new(&server.base);
    client.get("/api/health").await.ok(200);
    // A request that never ends.
    let address = server.base.strip_prefix("http://").unwrap();
    let mut stuck = std::net::TcpStream::connect(address).unwrap();
    std::io::Write::write_all(&mut stuck, b"POST /api/ballots HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{")
        .unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let asked = Instant::now();
    server.signal("-TERM");
    let status = server.child.wait().unwrap();
    assert!(status.success(), "{status}");
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_prints_three_addresses_that_work() {
    let data = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let server = Server::start(data.path(), &["--demo"]);
    println!("the demo took {:?}", started.elapsed());
    let mut lines = Vec::new();
    while lines.len() < 3 {
        lines.push(server.lines.recv_timeout(Duration::from_secs(10)).unwrap());
    }
    let address = |word: &str| {
        let line = lines.iter().find(|line| line.contains(word)).unwrap();
        line.split(' ').find(|part| part.starts_with("http://")).unwrap().to_owned()
    };
    let path = |address: String| address.strip_prefix(&server.base).unwrap().to_owned();
    let anybody = Client::new(&server.base);
    let public = anybody.get(&path(address("public"))).await;
    assert_eq!(public.status.as_u16(), 200);
    assert!(public.text().contains("林业站"));
    let ballot = path(address("ballot"));
    let (ballot, code) = ballot.split_once('#').unwrap();
    let plan = ballot.strip_prefix("/ballot/").unwrap();
    let paper = anybody.post("/api/ballot-paper", &json!({ "plan": plan, "code": code })).await.ok(200);
    assert_eq!(paper["sections"][0]["units"].as_array().unwrap().len(), 10);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let result = admin.get(&format!("/api/plans/{plan}/result")).await.ok(200);
    assert_eq!(result["missing"], json!([]));
    let published = anybody.get(&format!("/api{}", path(address("public")))).await.ok(200);
    assert_eq!(published["result"]["unresolved_ties"], json!([]));
    drop(server);

    // The second start finds the demo and only adds a fresh code.
    let server = Server::start(data.path(), &["--demo"]);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    assert_eq!(admin.get("/api/plans").await.ok(200)["plans"].as_array().unwrap().len(), 2);
}

/// What `pingyi account reset` says: exit code, standard output.
fn reset(data: &std::path::Path, name: &str) -> (Option<i32>, String) {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["account", "reset", name, "--data"])
        .arg(data)
        .env("PINGYI_STATE", server::STATE)
        .output()
        .unwrap();
    (done.status.code(), String::from_utf8(done.stdout).unwrap())
}

#[tokio::test]
async fn whoever_is_locked_out_gets_a_new_password_on_the_machine() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), &[]);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let mut guesser = Client::new(&server.base);
    for _ in 0..10 {
        guesser.sign_in("admin", "wrong password").await.error(401, "bad_credentials");
    }
    guesser.sign_in("admin", PASSWORD).await.error(429, "too_many_attempts");
    // While the server has the data, nothing else touches it.
    assert_eq!(reset(data.path(), "admin"), (Some(1), String::new()));
    drop(server);
    assert_eq!(reset(data.path(), "nobody"), (Some(2), String::new()));
    assert_eq!(reset(&data.path().join("elsewhere"), "admin"), (Some(2), String::new()));
    let (code, said) = reset(data.path(), "admin");
    assert_eq!(code, Some(0));
    let password = said.trim().strip_prefix("admin  ").unwrap();
    let server = Server::start(data.path(), &[]);
    let mut again = Client::new(&server.base);
    again.sign_in("admin", PASSWORD).await.error(401, "bad_credentials");
    again.sign_in("admin", password).await.ok(204);
    let roles = ["admin", "planner", "office", "publisher", "inspector", "auditor"];
    assert_eq!(again.get("/api/session").await.ok(200)["roles"], json!(roles));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_wrong_passwords_costs_bounded_memory_and_keeps_nobody_waiting() {
    const AT_ONCE: usize = 100;
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), &[]);
    let mut admin = Client::new(&server.base);
    let began = Instant::now();
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let calm = began.elapsed();
    let before = resident(server.child.id());
    let mut guesses = tokio::task::JoinSet::new();
    for guesser in 0..AT_ONCE {
        let mut client = Client::new(&server.base);
        guesses.spawn(async move {
            for number in 0..600 / AT_ONCE {
                // A name of its own each time, so that none is turned away before its password is hashed.
                let name = format!("nobody{guesser}-{number}");
                client.sign_in(&name, "wrong password").await.error(401, "bad_credentials");
            }
        });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!guesses.is_empty());
    let began = Instant::now();
    Client::new(&server.base).sign_in("admin", PASSWORD).await.ok(204);
    let waited = began.elapsed();
    // Two seconds, or as much more as the machine has other things to do.
    let bound = Duration::from_secs(2).max(calm * 8);
    assert!(waited < bound, "a right password waited {waited:?}, in calm {calm:?}");
    while let Some(guesser) = guesses.join_next().await {
        guesser.unwrap();
    }
    let after = resident(server.child.id());
    eprintln!("resident: {before} MiB, then {after} MiB; a right password waited {waited:?}, in calm {calm:?}");
    assert!(after < before + 80, "{before} MiB grew to {after} MiB");
}
