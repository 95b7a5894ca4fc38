//! A server that many connections keep waiting: it serves the others, and its memory stays bounded.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

#[path = "../../api/tests/api/client.rs"]
#[expect(dead_code, reason = "shared with the tests of `api`, which need more of it")]
mod client;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "shared with tests that read what a server says")]
mod server;

use std::time::Duration;

use client::Client;
use server::{PASSWORD, Server, resident};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Open files of the server in these tests: fewer than the connections that they make.
const FILES: &str = "ulimit -n 256; exec \"$@\"";
const CONNECTIONS: usize = 300;

/// Far longer than any answer takes, so that a test that hangs ends.
const GIVE_UP: Duration = Duration::from_secs(60);

async fn connections(server: &Server, begin: impl Fn(usize) -> Vec<u8>) -> Vec<TcpStream> {
    let address = server.base.strip_prefix("http://").unwrap();
    let mut held = Vec::new();
    for number in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // One that was closed already to make room takes nothing any more.
        let _ = stream.write_all(&begin(number)).await;
        held.push(stream);
    }
    held
}

/// That somebody else is served now.
async fn is_served(server: &Server) {
    let served = async {
        let mut admin = Client::new(&server.base);
        admin.sign_in("admin", PASSWORD).await.ok(204);
        // A connection that was kept may have made room meanwhile; browsers read again over another one, too.
        let plans = loop {
            if let Ok(plans) = admin.try_send("GET", "/api/plans", &[], "").await {
                break plans;
            }
        };
        plans.ok(200);
    };
    tokio::time::timeout(GIVE_UP, served).await.expect("nobody else is served");
}

async fn closed(held: &mut [TcpStream]) -> usize {
    let mut closed = 0;
    for stream in held {
        let mut answer = [0; 1];
        let read = tokio::time::timeout(Duration::from_millis(1), stream.read(&mut answer)).await;
        closed += usize::from(matches!(read, Ok(Ok(0) | Err(_))));
    }
    closed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_without_a_request_make_room_for_others_the_oldest_first() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start_under(&["sh", "-c", FILES, "sh"], data.path(), &[]);
    // Nothing at all, one byte, or all of a head but its end.
    let mut held = connections(&server, |number| match number % 3 {
        0 => Vec::new(),
        1 => b"P".to_vec(),
        _ => b"POST /api/ballots HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n".to_vec(),
    })
    .await;
    is_served(&server).await;
    let (first, last) = held.split_at_mut(100);
    assert_eq!(closed(first).await, 100, "the oldest were to make room");
    assert_eq!(closed(&mut last[100..]).await, 0, "the newest were to stay");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_sending_a_body_is_not_thrown_out_by_those_who_send_nothing() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start_under(&["sh", "-c", FILES, "sh"], data.path(), &[]);
    let mut voter = TcpStream::connect(server.base.strip_prefix("http://").unwrap()).await.unwrap();
    voter.write_all(b"POST /api/ballots HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{").await.unwrap();
    // Its head is read before the others come.
    is_served(&server).await;
    let held = connections(&server, |_| Vec::new()).await;
    is_served(&server).await;
    voter.write_all(b"}").await.unwrap();
    let mut answer = [0; 12];
    tokio::time::timeout(GIVE_UP, voter.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(&answer, b"HTTP/1.1 422");
    drop(held);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn senders_of_slow_bodies_make_room_for_others() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start_under(&["sh", "-c", FILES, "sh"], data.path(), &[]);
    let held =
        connections(&server, |_| b"POST /api/ballots HTTP/1.1\r\nhost: x\r\ncontent-length: 4900000\r\n\r\n{".to_vec());
    let held = held.await;
    is_served(&server).await;
    drop(held);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_bodies_at_once_cost_bounded_memory() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), &[]);
    is_served(&server).await;
    let before = resident(server.child.id());
    // Five megabytes of numbers, which grow most when they are read.
    let body = format!("[{}0]", "1,".repeat(2_500_000));
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (voter, body) = (Client::new(&server.base), body.clone());
        sent.spawn(async move { voter.send("POST", "/api/ballots", &[], body).await.status.as_u16() });
    }
    is_served(&server).await;
    let mut statuses = std::collections::BTreeMap::new();
    while let Some(status) = sent.join_next().await {
        *statuses.entry(status.unwrap()).or_insert(0) += 1;
    }
    let after = resident(server.child.id());
    eprintln!("resident: {before} MiB, then {after} MiB; answers {statuses:?}");
    // Each has its answer: no ballot, or come again.
    assert!(statuses.keys().all(|status| [422, 503, 408].contains(status)), "{statuses:?}");
    assert!(after < before + 150, "{before} MiB grew to {after} MiB");
}
