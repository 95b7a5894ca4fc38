//! `/api/plans/{id}/audit`, `/api/staff/audit/export` and `/api/public/heads`.

use api::Settings;
use serde_json::{Value, json};
use wire::audit::{ExportReader, WholeExport};

use crate::client::Answer;
use crate::served::{served, served_with};

/// Reads an export as `pingyi audit` does.
fn read(export: &Answer, head: Option<&str>) -> WholeExport {
    let mut reader = ExportReader::new(head);
    export.bytes.split_inclusive(|byte| *byte == b'\n').try_for_each(|line| reader.read(line)).unwrap();
    reader.finish().unwrap()
}

#[tokio::test]
async fn a_chain_of_many_pages_is_exported_whole() {
    let served = served().await;
    let client = &served.client;
    let (id, ..) = crate::served::open(client).await;
    let before = read(&client.get(&format!("/api/plans/{id}/audit/export")).await, None);
    // Created, two calls of codes, opened.
    assert_eq!((before.log.as_str(), before.head.sequence), (id.as_str(), 4));
    for number in 0..250 {
        let entry = json!({ "value": (number % 30).to_string(), "evidence": "台账“第3页”, \"甲\"\n乙" });
        client.put(&format!("/api/plans/{id}/entries/year/hotline/forestry"), &entry).await.ok(200);
    }
    let auditor = served.member("auditor", &["auditor"]).await;
    let export = auditor.get(&format!("/api/plans/{id}/audit/export")).await;
    assert_eq!(export.headers["content-disposition"], format!("attachment; filename=\"audit-{id}.json\""));
    assert_eq!(export.headers["cache-control"], "no-store");
    let whole = read(&export, Some(&before.head.hash));
    assert_eq!((whole.head.sequence, whole.known_at), (254, Some(4)));
    // The document and the pages say the same.
    let mut events = Vec::new();
    let mut path = format!("/api/plans/{id}/audit?limit=200");
    loop {
        let page = auditor.get(&path).await.ok(200);
        events.extend(page["events"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/plans/{id}/audit?limit=200&cursor={next}");
    }
    assert_eq!(export.ok(200), json!({ "format": 1, "log": id, "events": events }));
    client.stranger().get(&format!("/api/plans/{id}/audit/export")).await.error(401, "not_signed_in");
    client.get("/api/plans/0000000000000000/audit/export").await.error(404, "not_found");
}

#[tokio::test]
async fn the_accounts_chain_is_for_those_who_watch_over_them() {
    let served = served().await;
    let auditor = served.member("auditor", &["auditor"]).await;
    let planner = served.member("planner", &["planner"]).await;
    // Three accounts were made.
    let whole = read(&auditor.get("/api/staff/audit/export").await, None);
    assert_eq!((whole.log.as_str(), whole.head.sequence), ("accounts", 3));
    assert_eq!(read(&served.client.get("/api/staff/audit/export").await, None), whole);
    planner.get("/api/staff/audit/export").await.error(403, "forbidden");
    served.client.stranger().get("/api/staff/audit/export").await.error(401, "not_signed_in");
}

#[tokio::test]
async fn heads_are_public_where_the_installation_says_so_and_lead_into_the_chains() {
    let hidden = served().await;
    hidden.client.get("/api/public/heads").await.error(404, "not_found");

    let served = served_with(Settings { public_heads: true, ..Settings::default() }).await;
    let ids = [
        crate::served::draft(&served.client, &crate::served::plan()).await,
        crate::served::open(&served.client).await.0,
    ];
    let stranger = served.client.stranger();
    let heads = stranger.get("/api/public/heads").await.ok(200);
    let rows = heads["plans"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let id = row["id"].as_str().unwrap();
        assert!(ids.iter().any(|known| known == id));
        let export = served.client.get(&format!("/api/plans/{id}/audit/export")).await;
        let whole = read(&export, row["head"]["hash"].as_str());
        assert_eq!(json!(whole.known_at), row["head"]["sequence"]);
    }
    let accounts = read(&served.client.get("/api/staff/audit/export").await, heads["accounts"]["hash"].as_str());
    assert_eq!(accounts.known_at, Some(accounts.head.sequence));
    // A page at a time, newest first; nothing but ids and heads.
    let first = stranger.get("/api/public/heads?limit=1").await.ok(200);
    assert_eq!(first["plans"], Value::from(rows[..1].to_vec()));
    let next = format!("/api/public/heads?limit=1&cursor={}", first["next"].as_str().unwrap());
    assert_eq!(stranger.get(&next).await.ok(200)["plans"], Value::from(rows[1..].to_vec()));
    assert_eq!(rows[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["head", "id"]);
}
