//! Schedules and `/api/plans/{id}/calendar`.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, codes, draft, plan, served};

/// A plan with a second period and a schedule for the first.
fn scheduled(opens: &str, closes: &str) -> Value {
    let mut plan = plan();
    plan["schedule"] = json!([{ "period": "year", "opens": opens, "closes": closes, "entries_due": closes }]);
    plan["periods"] = json!([{ "id": "year", "name": "2018年度" }, { "id": "again", "name": "回访" }]);
    plan
}

const PAST: &str = "2001-01-01T08:00:00+08:00";
const FUTURE: &str = "9001-01-01T08:00:00+08:00";
const FAR: &str = "9002-01-01T08:00:00+08:00";

async fn opened(client: &Client, opens: &str, closes: &str) -> (String, Vec<String>) {
    let id = draft(client, &scheduled(opens, closes)).await;
    let staff = codes(client, &id, "staff", 6).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    (id, staff)
}

#[tokio::test]
async fn a_scheduled_round_takes_ballots_in_its_time_and_its_paper_says_until_when() {
    let client = served().await.client;
    let voter = client.stranger();
    for (opens, closes, code) in [(FUTURE, FAR, "plan_not_open"), ("2000-01-01T00:00:00Z", PAST, "plan_closed")] {
        let (id, staff) = opened(&client, opens, closes).await;
        voter.post("/api/ballot-paper", &json!({ "plan": id, "code": staff[0] })).await.error(409, code);
        voter.post("/api/ballots", &ballot(&id, &staff[0], 1, "good", "poor")).await.error(409, code);
    }
    let (id, staff) = opened(&client, PAST, FAR).await;
    let paper = voter.post("/api/ballot-paper", &json!({ "plan": id, "code": staff[0] })).await.ok(200);
    assert_eq!(paper["closes"], FAR);
    voter.post("/api/ballots", &ballot(&id, &staff[0], 1, "good", "poor")).await.ok(201);
    let plain = voter.send("POST", &format!("/ballot/{id}/plain"), &[], format!("code={}", staff[1])).await.text();
    assert!(plain.contains("9002-01-01 08:00 UTC+8"), "{plain}");
}

#[tokio::test]
async fn bad_times_and_overlapping_rounds_are_refused_with_their_places() {
    let client = served().await.client;
    let fields = client.post("/api/plans", &scheduled("2026-01-01T08:00:00", FAR)).await.error(422, "invalid_plan");
    assert_eq!(fields["/schedule/0/opens"], "bad_moment");
    let mut plan = scheduled(PAST, FUTURE);
    let second = json!({ "period": "again", "opens": "9001-01-01T07:59:59+08:00", "closes": FAR });
    plan["schedule"].as_array_mut().unwrap().push(second);
    let fields = client.post("/api/plans", &plan).await.error(422, "invalid_plan");
    assert_eq!(fields["/schedule/1/opens"], "overlapping_rounds");
    let kept = client.post("/api/plans?draft=1", &plan).await.ok(201);
    assert_eq!(kept["problems"][0]["code"], "overlapping_rounds");
    let id = kept["id"].as_str().unwrap();
    let fields = client.post(&format!("/api/plans/{id}/open"), &json!({})).await.error(422, "invalid_plan");
    assert_eq!(fields["/schedule/1/opens"], "overlapping_rounds");
}

#[tokio::test]
async fn the_calendar_says_what_is_due_by_office_and_the_ledger_what_came_late() {
    let client = served().await.client;
    let (id, _) = opened(&client, "2000-01-01T00:00:00Z", PAST).await;
    let entries = format!("/api/plans/{id}/entries/year/hotline/forestry");
    client.put(&entries, &json!({ "value": "7" })).await.ok(200);
    let calendar = client.get(&format!("/api/plans/{id}/calendar")).await.ok(200);
    let due = calendar["due"].as_array().unwrap().iter().find(|due| due["what"] == "entries").unwrap();
    assert_eq!(due["office"], "热线办");
    assert_eq!(
        [&due["places"], &due["given"], &due["given_late"], &due["late"]].map(Value::clone),
        [json!(2), json!(1), json!(1), json!(true)]
    );
    assert_eq!((&due["time"], &due["at"]), (&json!(PAST), &json!(978_307_200)));
    let ledger = client.get(&format!("/api/plans/{id}/ledger?kind=entries")).await.ok(200);
    assert_eq!(ledger["rows"][0]["late"], true);
    client.stranger().get(&format!("/api/plans/{id}/calendar")).await.error(401, "not_signed_in");
}
