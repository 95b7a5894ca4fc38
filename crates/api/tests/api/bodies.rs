//! When a body is read, and how much of it.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::served::{Served, open, served};

/// What the server says to the head of a request alone, its body announced and held back.
async fn said_to_head(served: &Served, method: &str, path: &str, length: usize, more: &str) -> String {
    let mut stream = TcpStream::connect(served.address()).await.unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: test\r\nexpect: 100-continue\r\ncontent-length: {length}\r\n{more}\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut said = vec![0; 64];
    let read = stream.read(&mut said).await.unwrap();
    String::from_utf8_lossy(&said[..read]).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_body_is_asked_for_only_when_it_is_known_who_sends_it_and_for_what() {
    let served = served().await;
    let (id, ..) = open(&served.client).await;
    let cookie = format!("cookie: {}\r\n", served.client.cookie());
    let continues = "HTTP/1.1 100 Continue";
    for (method, path, length, more, expected) in [
        ("POST", "/api/plans".to_owned(), 1000, "", "HTTP/1.1 401 Unauthorized"),
        ("PUT", format!("/api/plans/{id}"), 1000, "", "HTTP/1.1 401 Unauthorized"),
        ("POST", format!("/api/plans/{id}/incidents"), 1000, "", "HTTP/1.1 401 Unauthorized"),
        ("POST", "/api/nothing".to_owned(), 1000, "", "HTTP/1.1 404 Not Found"),
        ("PUT", "/api/ballots".to_owned(), 1000, "", "HTTP/1.1 405 Method Not Allowed"),
        ("POST", "/ballot/0000000000000000/plain".to_owned(), 1000, "", "HTTP/1.1 404 Not Found"),
        ("POST", "/api/session".to_owned(), 17 * 1024, "", "HTTP/1.1 413 Payload Too Large"),
        ("POST", "/api/ballot-paper".to_owned(), 17 * 1024, "", "HTTP/1.1 413 Payload Too Large"),
        ("POST", "/api/ballots".to_owned(), 6 * 1024 * 1024, "", "HTTP/1.1 413 Payload Too Large"),
        ("POST", "/api/plans".to_owned(), 2 * 1024 * 1024, &*cookie, "HTTP/1.1 413 Payload Too Large"),
        ("POST", "/api/plans".to_owned(), 1000, &*cookie, continues),
        ("POST", "/api/session".to_owned(), 1000, "", continues),
        ("POST", "/api/ballots".to_owned(), 1000, "", continues),
    ] {
        assert_eq!(said_to_head(&served, method, &path, length, more).await, expected, "{method} {path} {length}");
    }
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_given_up_and_others_are_served_meanwhile() {
    let served = served().await;
    let mut slow = TcpStream::connect(served.address()).await.unwrap();
    slow.write_all(b"POST /api/ballots HTTP/1.1\r\nhost: test\r\ncontent-length: 100000\r\n\r\n{").await.unwrap();
    served.client.get("/api/plans").await.ok(200);
    // It is given up though it goes on sending.
    let mut said = vec![0; 4096];
    let read = loop {
        tokio::select! {
            read = slow.read(&mut said) => break read.unwrap(),
            () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
        slow.write_all(b" ").await.unwrap();
    };
    let said = String::from_utf8_lossy(&said[..read]).into_owned();
    assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
    assert!(said.contains("request_timeout"), "{said}");
}

#[tokio::test]
async fn many_large_bodies_at_once_are_all_answered() {
    let served = served().await;
    let (id, leaders, _) = open(&served.client).await;
    let mark = json!({ "component": "internal", "unit": "forestry", "option": "good" });
    let ballot = json!({ "plan": id, "code": leaders[0], "ballot_id": "00000000000000000000000000000001", "marks": vec![mark; 25_001] });
    let body = ballot.to_string();
    assert!(body.len() > 1_000_000);
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (voter, body) = (served.client.stranger(), body.clone());
        sent.spawn(async move { voter.send("POST", "/api/ballots", &[], body).await });
    }
    let mut looked_at = 0;
    while let Some(answer) = sent.join_next().await {
        let answer = answer.unwrap();
        // On a machine with much else to do the last of them may be told to come again.
        if answer.status.as_u16() == 503 {
            answer.error(503, "unavailable");
        } else {
            answer.error(422, "paper_too_large");
            looked_at += 1;
        }
    }
    assert!(looked_at > 0);
}

#[tokio::test]
async fn a_body_that_is_wrong_everywhere_is_told_a_thousand_faults() {
    let client = served().await.client.stranger();
    let body = format!("{{\"plan\":\"x\",\"ballot_id\":\"y\",\"marks\":[{}1]}}", "1,".repeat(99_999));
    let answer = client.send("POST", "/api/ballots", &[], body).await;
    assert!(answer.bytes.len() < 100_000, "{} bytes", answer.bytes.len());
    assert_eq!(answer.error(422, "invalid_body").len(), 1_000);
}
