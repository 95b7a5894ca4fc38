//! `/api/plans`, `/open`, `/close`, `/publish`, `/codes`.

use std::time::Duration;

use api::Settings;
use serde_json::json;

use crate::served::{ballot, codes, draft, open, plan, served, served_closing};

#[tokio::test]
async fn a_plan_is_kept_as_it_came_with_revision_and_fingerprint() {
    let client = served().await.client;
    let created = client.post("/api/plans", &plan()).await;
    assert_eq!(created.headers["etag"], "\"1\"");
    let created = created.ok(201);
    assert_eq!(created["revision"], 1);
    assert_eq!(created["state"], "draft");
    let id = created["id"].as_str().unwrap();
    let answer = client.get(&format!("/api/plans/{id}")).await;
    assert_eq!(answer.headers["etag"], "\"1\"");
    let kept = answer.ok(200);
    assert_eq!(kept["plan"], plan());
    assert_eq!(kept["plan_sha256"].as_str().unwrap().len(), 64);
    let list = client.get("/api/plans").await.ok(200);
    assert_eq!(list["plans"][0], json!({ "id": id, "title": plan()["title"], "state": "draft", "revision": 1 }));
    assert_eq!(list["next"], json!(null));
}

#[tokio::test]
async fn lists_are_paged_by_cursor() {
    let client = served().await.client;
    for n in 0..5 {
        let mut plan = plan();
        plan["title"] = json!(format!("第{n}个"));
        draft(&client, &plan).await;
    }
    let mut titles = Vec::new();
    let mut path = "/api/plans?limit=2".to_owned();
    loop {
        let page = client.get(&path).await.ok(200);
        let plans = page["plans"].as_array().unwrap();
        assert!(plans.len() <= 2);
        titles.extend(plans.iter().map(|plan| plan["title"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/api/plans?limit=2&cursor={next}"),
            None => break,
        }
    }
    titles.sort();
    assert_eq!(titles, ["第0个", "第1个", "第2个", "第3个", "第4个"]);
    client.get("/api/plans?cursor=!!").await.error(422, "invalid_body");
}

#[tokio::test]
async fn all_problems_of_a_plan_are_told_at_once() {
    let client = served().await.client;
    let mut broken = plan();
    broken["components"][1]["points"] = json!("-30");
    broken["units"][0]["category"] = json!("nowhere");
    let fields = client.post("/api/plans", &broken).await.error(422, "invalid_plan");
    assert_eq!(fields["/components/1/points"], "negative");
    assert_eq!(fields["/units/0/category"], "unknown_category");

    broken["extra"] = json!(1);
    broken["units"][1].as_object_mut().unwrap().remove("name");
    let fields = client.post("/api/plans", &broken).await.error(422, "invalid_body");
    assert_eq!(fields["/extra"], "unknown_field");
    assert_eq!(fields["/units/1/name"], "missing_field");
}

#[tokio::test]
async fn a_draft_with_problems_is_kept_on_request_and_cannot_open() {
    let client = served().await.client;
    let created = client.post("/api/plans?draft=1", &json!({ "title": "刚开始写" })).await.ok(201);
    assert!(!created["problems"].as_array().unwrap().is_empty());
    let id = created["id"].as_str().unwrap();
    assert_eq!(client.get(&format!("/api/plans/{id}")).await.ok(200)["plan"], json!({ "title": "刚开始写" }));
    let fields = client.post(&format!("/api/plans/{id}/open"), &json!({})).await;
    assert_eq!(fields.status.as_u16(), 422);
    client.post("/api/plans?draft=1", &json!([1])).await.error(422, "invalid_body");
    let saved =
        client.put_based_on(&format!("/api/plans/{id}?draft=1"), "\"1\"", &json!({ "title": "再写" })).await.ok(200);
    assert_eq!(saved["revision"], 2);
}

#[tokio::test]
async fn a_change_needs_the_revision_it_was_based_on() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}");
    client.put(&path, &plan()).await.error(428, "revision_required");
    client.put_based_on(&path, "\"7\"", &plan()).await.error(412, "revision_mismatch");
    client.put_based_on(&path, "\"x\"", &plan()).await.error(412, "revision_mismatch");
    let saved = client.put_based_on(&path, "\"1\"", &plan()).await;
    assert_eq!(saved.headers["etag"], "\"2\"");
    assert_eq!(saved.ok(200)["revision"], 2);
    client.put_based_on(&path, "\"1\"", &plan()).await.error(412, "revision_mismatch");
    client.put_based_on("/api/plans/0000000000000000", "\"1\"", &plan()).await.error(404, "not_found");
}

#[tokio::test]
async fn states_go_forward_only_and_repeating_one_is_fine() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    client.post(&at("close"), &json!({})).await.error(409, "wrong_state");
    client.post(&at("publish"), &json!({})).await.error(409, "wrong_state");
    client.post(&at("open"), &json!({ "allow": [] })).await.error(422, "invalid_body");
    let first = client.post(&at("open"), &json!({})).await.ok(200);
    assert_eq!(client.send("POST", &at("open"), &[], "").await.ok(200), first);
    client.post(&at("publish"), &json!({})).await.error(409, "wrong_state");
    client.put_based_on(&format!("/api/plans/{id}"), "\"1\"", &plan()).await.error(409, "plan_frozen");
    assert_eq!(client.post(&at("close"), &json!({})).await.ok(200)["state"], "closed");
    assert_eq!(client.send("POST", &at("close"), &[], "").await.ok(200)["state"], "closed");
    client.post(&at("open"), &json!({})).await.error(409, "wrong_state");
    let fields = client.post(&at("publish"), &json!({})).await.error(422, "incomplete");
    assert_eq!(fields.len(), 2);
    client.post("/api/plans/nowhere/open", &json!({})).await.error(404, "not_found");
}

#[tokio::test]
async fn a_small_secret_group_must_be_allowed_by_name() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    codes(&client, &id, "leaders", 4).await;
    codes(&client, &id, "staff", 5).await;
    let answer = client.post(&format!("/api/plans/{id}/open"), &json!({})).await;
    assert_eq!(answer.json()["fields"][0]["detail"], "leaders");
    answer.error(422, "small_group");
    client.post(&format!("/api/plans/{id}/open"), &json!({ "allow_small": ["leaders"] })).await.ok(200);
}

#[tokio::test]
async fn codes_name_places_of_the_plan_and_repeating_adds_nothing() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/codes");
    let hash = "ab".repeat(32);
    let body = json!({ "period": "year", "group": "leaders", "hashes": [hash], "units": ["forestry"], "unit": null });
    assert_eq!(client.post(&path, &body).await.ok(201)["added"], 1);
    assert_eq!(client.post(&path, &body).await.ok(201)["added"], 1);
    let turnout = client.get(&format!("/api/plans/{id}/turnout")).await.ok(200);
    assert!(
        turnout["groups"].as_array().unwrap().iter().any(|row| row["group"] == "leaders" && row["issued"] == 1),
        "{turnout}"
    );
    let wrong = json!({ "period": "month", "group": "nobody", "hashes": ["zz", hash], "units": ["x"], "unit": "y" });
    let fields = client.post(&path, &wrong).await.error(422, "invalid_body");
    let told: Vec<&str> = fields.keys().map(String::as_str).collect();
    assert_eq!(told, ["/group", "/hashes/0", "/period", "/unit", "/units/0"]);
    let many: Vec<String> = (0..1001).map(|n| format!("{n:064x}")).collect();
    let body = json!({ "period": "year", "group": "leaders", "hashes": many });
    client.post(&path, &body).await.error(422, "invalid_body");
}

#[tokio::test]
async fn codes_may_be_added_while_open_and_not_after() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let body = json!({ "period": "year", "group": "leaders", "hashes": ["cd".repeat(32)] });
    client.post(&format!("/api/plans/{id}/codes"), &body).await.ok(201);
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.post(&format!("/api/plans/{id}/codes"), &body).await.error(409, "wrong_state");
}

#[tokio::test]
async fn every_change_stands_in_the_audit_chain() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let page = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = page["events"].as_array().unwrap();
    assert_eq!(events[0]["previous"], "0".repeat(64));
    for pair in events.windows(2) {
        assert_eq!(pair[1]["previous"], pair[0]["hash"]);
        assert_eq!(pair[1]["sequence"].as_u64(), pair[0]["sequence"].as_u64().map(|n| n + 1));
    }
    // Created, codes for two groups, opened.
    assert_eq!(events.len(), 4, "{page}");
    assert!(events.iter().all(|event| event["by"] == "admin"));
}

/// Calls that stop after one page of the box: the first sixteen at least are answered 202.
#[tokio::test]
async fn a_closing_is_repeated_until_it_is_done() {
    let client = served_closing(Settings::default(), Duration::ZERO).await.client;
    let (id, leaders, staff) = open(&client).await;
    for (number, code) in leaders.iter().enumerate() {
        client.post("/api/ballots", &ballot(&id, code, number as u64, "good", "fair")).await.ok(201);
    }
    let mut last = 0;
    for call in 0..100 {
        let answer = client.post(&format!("/api/plans/{id}/close"), &json!({})).await;
        if answer.status != 202 {
            assert_eq!(answer.ok(200)["state"], "closed");
            assert!(call >= 16, "{call}");
            let turnout = client.get(&format!("/api/plans/{id}/turnout")).await.ok(200);
            assert_eq!(turnout["groups"][0]["cast"], 7);
            return;
        }
        let come = answer.ok(202);
        // Seven ballots, read three times.
        assert_eq!((&come["state"], &come["of"]), (&json!("closing"), &json!(21)));
        assert!(come["done"].as_u64().unwrap() >= last, "{come}");
        last = come["done"].as_u64().unwrap();
        assert_eq!(client.get(&format!("/api/plans/{id}")).await.ok(200)["state"], "closing");
        let late = ballot(&id, &staff[0], 99, "good", "fair");
        client.post("/api/ballots", &late).await.error(409, "plan_closed");
    }
    panic!("it never ends");
}
