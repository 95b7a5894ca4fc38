//! Bad input on every route is an error with a code, never a failure of ours.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{open, served};

/// Routes that take a body, below a plan or not.
fn routes(id: &str) -> Vec<(&'static str, String)> {
    let plan = |rest: &str| format!("/api/plans/{id}{rest}");
    vec![
        ("POST", "/api/session".to_owned()),
        ("PUT", "/api/session/password".to_owned()),
        ("POST", "/api/staff".to_owned()),
        ("PUT", "/api/staff/admin".to_owned()),
        ("POST", "/api/plans".to_owned()),
        ("POST", "/api/plans?draft=1".to_owned()),
        ("PUT", plan("")),
        ("POST", plan("/open")),
        ("POST", plan("/close")),
        ("POST", plan("/publish")),
        ("POST", plan("/codes")),
        ("POST", "/api/ballot-paper".to_owned()),
        ("POST", "/api/ballots".to_owned()),
        ("PUT", plan("/entries/year/hotline/forestry")),
        ("DELETE", plan("/entries/year/hotline/forestry")),
        ("PUT", plan("/links/year/hotline/forestry")),
        ("POST", plan("/incidents")),
        ("DELETE", plan("/incidents/nothing")),
        ("POST", plan("/adjustments")),
        ("PUT", plan("/lots/dept")),
        ("PUT", plan("/history")),
        ("POST", plan("/decisions")),
        ("POST", plan("/verdicts")),
        ("POST", plan("/paper-tallies")),
        ("POST", plan("/simulate")),
        ("PUT", plan("/scenarios/one")),
    ]
}

async fn refused(client: &Client, method: &str, path: &str, body: &[u8], what: &str) {
    let headers = [("content-type", "application/json"), ("if-match", "\"1\"")];
    let answer = client.send(method, path, &headers, body.to_vec()).await;
    let status = answer.status.as_u16();
    assert!((400..500).contains(&status), "{method} {path} {what}: {status} {}", answer.text());
    let code = answer.json()["code"].as_str().unwrap().to_owned();
    assert!(wire::ErrorCode::ALL.iter().any(|known| known.as_str() == code), "{code}");
}

#[tokio::test]
async fn nothing_malformed_is_taken_and_nothing_fails() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", b"".to_vec()),
        ("half", b"{\"a\":".to_vec()),
        ("not utf-8", vec![b'"', 0xff, 0xfe, b'"']),
        ("repeated key", br#"{"plan":"a","plan":"b"}"#.to_vec()),
        ("too deep", deep.into_bytes()),
        ("list", b"[]".to_vec()),
        ("number", b"1e999".to_vec()),
        ("null", b"null".to_vec()),
        ("unknown field", br#"{"unheard_of":1}"#.to_vec()),
        ("wrong types", br#"{"name":1,"password":[],"plan":{},"period":0.5,"group":true,"hashes":"x","value":1.5,"marks":{},"counts":7,"reason":0,"format":"1"}"#.to_vec()),
        ("huge number", br#"{"count":123456789012345678901234567890,"year":-1}"#.to_vec()),
        ("nul and friends", "{\"name\":\"\\u0000\\ud83d\\ude00\",\"password\":\"\\u0000\"}".as_bytes().to_vec()),
        ("lone surrogate", br#"{"name":"\ud800"}"#.to_vec()),
    ];
    for (method, path) in routes(&id) {
        for (what, body) in &bodies {
            // A step takes an empty body, and a draft any object.
            let allowed = (matches!(path.rsplit('/').next(), Some("open" | "close")) && *what == "nothing")
                || (path.ends_with("?draft=1")
                    && body.starts_with(b"{")
                    && !matches!(*what, "half" | "repeated key" | "lone surrogate"));
            if !allowed {
                refused(&client, method, &path, body, what).await;
            }
        }
    }
}

#[tokio::test]
async fn the_codes_for_syntax_shape_and_size_are_those_of_the_specification() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    for (method, path) in routes(&id) {
        let send = |body: Vec<u8>| {
            let (client, path) = (client.clone(), path.clone());
            async move { client.send(method, &path, &[("if-match", "\"1\"")], body).await }
        };
        // A plan that is open says so before it looks at the body's meaning, not at its syntax.
        send(br#"{"a":1,"a":2}"#.to_vec()).await.error(400, "malformed_json");
        let deep = format!("{}1{}", "[".repeat(33), "]".repeat(33));
        send(deep.into_bytes()).await.error(400, "malformed_json");
        send(vec![b' '; 10 * 1024 * 1024]).await.error(413, "body_too_large");
    }
}

#[tokio::test]
async fn unknown_ids_and_addresses_are_not_found() {
    let client = served().await.client;
    for path in [
        "/api/plans/0000000000000000",
        "/api/plans/%00",
        "/api/plans/..%2f..",
        "/api/plans/评议",
        "/api/plans/0000000000000000/result",
        "/api/plans/0000000000000000/records",
        "/api/plans/0000000000000000/turnout",
        "/api/plans/0000000000000000/audit",
        "/api/public/0000000000000000",
        "/api/public/x",
        "/api/templates/unheard_of",
        "/api/nowhere",
        "/nowhere",
        "/api/plans/%ff",
    ] {
        let path = path.replace("评议", "%E8%AF%84%E8%AE%AE");
        client.get(&path).await.error(404, "not_found");
    }
}

#[tokio::test]
async fn a_ballot_of_many_wrong_marks_is_refused_in_one_answer() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let marks: Vec<Value> = (0..20_000)
        .map(|n| json!({ "component": format!("c{n}"), "unit": "u", "criterion": null, "option": "o" }))
        .collect();
    let body = json!({ "plan": id, "code": leaders[0], "ballot_id": "00".repeat(16), "marks": marks });
    let answer = client.stranger().post("/api/ballots", &body).await;
    answer.error(422, "invalid_ballot");
}
