//! Whose address a request has behind a proxy, shown by what is counted for one network: codes of an open group.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

#[path = "../../api/tests/api/client.rs"]
#[expect(dead_code, reason = "shared with the tests of `api`, which need more of it")]
mod client;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "shared with tests that read what a server says")]
mod server;
#[path = "support/voting.rs"]
#[expect(dead_code, reason = "shared with tests in which people vote by card")]
mod voting;

use client::{Answer, Client};
use serde_json::{Value, json};
use server::{PASSWORD, Server};
use wire::open_code::{Challenge, search};

/// A server with an open plan whose only group votes by a public link, one code a day for a network.
async fn served(arguments: &[&str]) -> (tempfile::TempDir, Server, String) {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), arguments);
    let mut admin = Client::new(&server.base);
    admin.sign_in("admin", PASSWORD).await.ok(204);
    let mut plan = voting::plan();
    plan["groups"][0]["ballot"] = json!("open");
    plan["groups"][0]["per_network"] = json!(1);
    let id = admin.post("/api/plans", &plan).await.ok(201)["id"].as_str().unwrap().to_owned();
    admin.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    (data, server, id)
}

/// A new browser asks for a code, with this list of proxies on its request, and does the work.
async fn code_for(server: &Server, plan: &str, forwarded_for: &str) -> Answer {
    let client = Client::new(&server.base);
    let mut request = json!({ "plan": plan, "period": "p", "group": "g" });
    let mut cookie = String::new();
    loop {
        let headers = [("content-type", "application/json"), ("cookie", &*cookie), ("x-forwarded-for", forwarded_for)];
        let answer = client.send("POST", "/api/open-codes", &headers, request.to_string()).await;
        if answer.status.as_u16() != 200 || request["work"] != Value::Null {
            return answer;
        }
        let set = answer.headers["set-cookie"].to_str().unwrap().to_owned();
        set.split(';').next().unwrap().clone_into(&mut cookie);
        let challenge: Challenge = serde_json::from_value(answer.json()["challenge"].clone()).unwrap();
        let number = search(&challenge, 0..10_000_000).unwrap();
        request["work"] = json!({ "challenge": challenge.text, "number": number });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_trusted_proxy_each_visitor_has_a_network_of_their_own() {
    let (_data, server, plan) = served(&["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.1"]).await;
    code_for(&server, &plan, "203.0.113.1").await.ok(201);
    code_for(&server, &plan, "203.0.113.2, 10.1.2.3").await.ok(201);
    // The plan gives one network one code a day; whoever has had it is told what to do.
    let refused = code_for(&server, &plan, "203.0.113.1").await;
    assert!(refused.json()["message"].as_str().unwrap().contains("投票码卡片"), "{}", refused.text());
    refused.error(429, "channel_busy");
    // What a visitor writes left of what the proxy saw changes nothing.
    code_for(&server, &plan, "198.51.100.9, 203.0.113.2").await.error(429, "channel_busy");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_trusted_proxy_nobody_chooses_an_address() {
    let (_data, server, plan) = served(&[]).await;
    code_for(&server, &plan, "203.0.113.1").await.ok(201);
    code_for(&server, &plan, "203.0.113.2").await.error(429, "channel_busy");
}
