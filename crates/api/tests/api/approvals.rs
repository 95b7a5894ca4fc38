//! Second persons over HTTP: who may approve what, what waits counts nowhere and keeps the result back.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{PASSWORD, Served, ballot, codes, draft, plan, served};

/// An open plan that asks for second persons, its codes drawn.
async fn open(client: &Client, approval: &Value, change: impl FnOnce(&mut Value)) -> (String, Vec<String>) {
    let mut plan = plan();
    plan["approval"] = approval.clone();
    change(&mut plan);
    let id = draft(client, &plan).await;
    let drawn = [codes(client, &id, "leaders", 7).await, codes(client, &id, "staff", 10).await].concat();
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    (id, drawn)
}

/// Everyone votes, the entries are given, the vote is closed.
async fn close(client: &Client, id: &str, codes: &[String]) {
    for (number, code) in codes.iter().enumerate() {
        client.post("/api/ballots", &ballot(id, code, number as u64, "good", "fair")).await.ok(201);
    }
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "30" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
}

fn bonus() -> Value {
    json!({ "period": "year", "rule": "commended", "unit": "building", "level": "district" })
}

async fn total(client: &Client, path: &str, body: Option<&Value>) -> Value {
    let result = match body {
        Some(body) => client.post(path, body).await.ok(200),
        None => client.get(path).await.ok(200),
    };
    let units = result["units"].as_array().unwrap_or_else(|| result["result"]["units"].as_array().unwrap());
    units.iter().find(|unit| unit["unit"] == "building").unwrap()["total"].clone()
}

#[tokio::test]
async fn what_waits_counts_nowhere_and_keeps_the_result_back() {
    let served = served().await;
    let client = &served.client;
    let second = served.member("second", &["office"]).await;
    let (id, codes) = open(client, &json!(["adjustments", "lots"]), |_| {}).await;
    close(client, &id, &codes).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    // 70 of 100 in a survey of 60 points are 42, 30 of the hotline, 10 without an incident.
    let (result, simulate) = (at("result?mode=final"), at("simulate"));
    assert_eq!(total(client, &result, None).await, "82.000000");
    let kept = client.post(&at("adjustments"), &bonus()).await.ok(201);
    assert_eq!(kept["pending"], true);
    let record = kept["id"].as_str().unwrap();
    assert_eq!(total(client, &result, None).await, "82.000000");
    assert_eq!(total(client, &simulate, Some(&json!({}))).await, "82.000000");
    assert_eq!(client.get(&at("records")).await.ok(200)["adjustments"], json!([]));
    let row = &client.get(&at("ledger?kind=adjustments")).await.ok(200)["rows"][0];
    assert_eq!((&row["id"], &row["pending"], &row["struck"]), (&kept["id"], &json!(true), &Value::Null));

    for (step, body) in
        [("publish", json!({})), ("announce", json!({ "until": "2099-01-01T00:00:00Z", "contact": "监察室" }))]
    {
        let refused = client.post(&at(step), &body).await;
        let fields = refused.json()["fields"].clone();
        refused.error(422, "pending_records");
        let named = json!([{ "path": "/adjustments", "code": "pending_record", "detail": format!("{record} commended building year") }]);
        assert_eq!(fields, named, "{step}");
    }
    let approve = at(&format!("records/{record}/approve"));
    client.post(&approve, &json!({})).await.error(409, "same_person");
    let done = second.post(&approve, &json!({})).await.ok(200);
    assert_eq!(done, json!({ "id": record }));
    assert_eq!(total(client, &result, None).await, "87.000000");
    let row = &client.get(&at("ledger?kind=adjustments")).await.ok(200)["rows"][0];
    assert_eq!((&row["pending"], &row["approved"]["by"]), (&Value::Null, &json!("second")));
    assert_eq!(client.post(&approve, &json!({})).await.error(409, "not_pending")[""], "approved");
    client.post(&at("publish"), &json!({})).await.ok(200);
    // What is published does not change.
    second.post(&at(&format!("records/{record}/reject")), &json!({ "reason": "晚了" })).await.error(409, "not_pending");
}

#[tokio::test]
async fn a_person_is_one_in_every_session_and_under_every_display_name() {
    let served = served().await;
    let (id, _) = open(&served.client, &json!(["incidents"]), |_| {}).await;
    let first = served.member("wang", &["office"]).await;
    let incident = json!({ "period": "year", "component": "inspection", "unit": "building", "level": "county", "count": 1, "serious": false });
    let kept = first.post(&format!("/api/plans/{id}/incidents"), &incident).await.ok(201);
    let approve = format!("/api/plans/{id}/records/{}/approve", kept["id"].as_str().unwrap());
    let mut again = served.client.stranger();
    again.sign_in("wang", PASSWORD).await.ok(204);
    assert_ne!(again.cookie(), first.cookie());
    again.post(&approve, &json!({})).await.error(409, "same_person");
    served.client.put("/api/staff/wang", &json!({ "display": "李四" })).await.ok(200);
    again.post(&approve, &json!({})).await.error(409, "same_person");
    // Another right is none.
    served.member("planner", &["planner"]).await.post(&approve, &json!({})).await.error(403, "forbidden");
    served.client.post(&approve, &json!({})).await.ok(200);
}

async fn of_office(served: &Served, name: &str, office: &str) -> Client {
    let account = json!({ "name": name, "password": PASSWORD, "roles": ["office"], "office": office });
    served.client.post("/api/staff", &account).await.ok(201);
    let mut client = served.client.stranger();
    client.sign_in(name, PASSWORD).await.ok(204);
    client
}

#[tokio::test]
async fn an_account_of_one_office_approves_what_it_might_have_given_and_nothing_else() {
    let served = served().await;
    let approval = json!(["adjustments", "verdicts"]);
    let (id, _) = open(&served.client, &approval, |plan| plan["adjustments"][0]["office"] = json!("热线办")).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let own = of_office(&served, "hotline", "热线办").await;
    let other = of_office(&served, "inspector", "督查室").await;
    let kept = served.client.post(&at("adjustments"), &bonus()).await.ok(201);
    let record = kept["id"].as_str().unwrap().to_owned();
    let reason = json!({ "reason": "没有文件" });
    other.post(&at(&format!("records/{record}/approve")), &json!({})).await.error(403, "forbidden");
    other.post(&at(&format!("records/{record}/reject")), &reason).await.error(403, "forbidden");
    own.post(&at(&format!("records/{record}/approve")), &json!({})).await.ok(200);
    // What no office gives alone, and what there is not.
    let verdict = json!({ "unit": "forestry", "outcome": "last", "reason": "重大事故" });
    let verdict = served.client.post(&at("verdicts"), &verdict).await.ok(201);
    let verdict = verdict["id"].as_str().unwrap();
    own.post(&at(&format!("records/{verdict}/approve")), &json!({})).await.error(403, "forbidden");
    own.post(&at("records/nothing/approve"), &json!({})).await.error(403, "forbidden");
    served.client.post(&at("records/nothing/approve"), &json!({})).await.error(404, "not_found");
    // Its own it takes back, and what was rejected it still sees.
    let mine = own.post(&at("adjustments"), &bonus()).await.ok(201);
    let mine = mine["id"].as_str().unwrap();
    own.post(&at(&format!("records/{mine}/reject")), &json!({ "reason": " " })).await.error(422, "invalid_body");
    served.client.post(&at(&format!("records/{mine}/reject")), &reason).await.ok(200);
    served.client.post(&at(&format!("records/{mine}/reject")), &reason).await.ok(200);
    let again = own.post(&at(&format!("records/{mine}/approve")), &json!({})).await;
    assert_eq!(again.error(409, "not_pending")[""], "struck");
    let rows = own.get(&at("ledger?kind=adjustments")).await.ok(200);
    assert_eq!(rows["rows"][1]["struck"]["reason"], "没有文件");
    assert_eq!(rows["rows"][1]["pending"], Value::Null);
}

#[tokio::test]
async fn the_incident_of_a_finding_waits_and_the_finding_says_so() {
    let served = served().await;
    let client = &served.client;
    let second = served.member("second", &["office"]).await;
    let (id, _) = open(client, &json!(["incidents"]), |_| {}).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let finding = |text: &str| {
        json!({ "date": "2018-09-12", "unit": "building", "text": text, "source": "明察暗访",
            "counts": { "component": "inspection", "level": "county" } })
    };
    let kept = client.post(&at("findings"), &finding("无人值守")).await.ok(201);
    assert_eq!(kept["pending"], true);
    assert_eq!(client.post(&at("findings"), &finding("无人值守")).await.ok(200)["pending"], true);
    assert_eq!(client.get(&at("records")).await.ok(200)["incidents"], json!([]));
    assert_eq!(client.get(&at("findings")).await.ok(200)["findings"][0]["pending"], true);
    assert_eq!(client.get(&at("findings/notice?month=2018-09")).await.ok(200)["counted"], 0);
    let incident = kept["incident"].as_str().unwrap();
    client.post(&at(&format!("records/{incident}/approve")), &json!({})).await.error(409, "same_person");
    second.post(&at(&format!("records/{incident}/approve")), &json!({})).await.ok(200);
    assert_eq!(client.get(&at("records")).await.ok(200)["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(client.get(&at("findings/notice?month=2018-09")).await.ok(200)["counted"], 1);

    // Rejected, the finding costs nothing and may be counted anew.
    let kept = client.post(&at("findings"), &finding("态度生硬")).await.ok(201);
    let incident = kept["incident"].as_str().unwrap();
    second.post(&at(&format!("records/{incident}/reject")), &json!({ "reason": "查无实据" })).await.ok(200);
    let listed = client.get(&at("findings")).await.ok(200);
    let of =
        |text: &str| listed["findings"].as_array().unwrap().iter().find(|one| one["text"] == text).unwrap().clone();
    assert_eq!((of("态度生硬")["incident"].clone(), of("态度生硬")["pending"].clone()), (Value::Null, Value::Null));
    assert!(of("无人值守")["incident"].is_string());
    assert_eq!(client.get(&at("findings/notice?month=2018-09")).await.ok(200)["counted"], 1);
    let count = at(&format!("findings/{}/count", kept["id"].as_str().unwrap()));
    let anew = client.post(&count, &json!({ "component": "inspection", "level": "village" })).await.ok(200);
    assert_eq!(anew["pending"], true);
    assert_ne!(anew["incident"], kept["incident"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_approvals_make_one_event() {
    let served = served().await;
    let (id, _) = open(&served.client, &json!(["adjustments"]), |_| {}).await;
    let kept = served.client.post(&format!("/api/plans/{id}/adjustments"), &bonus()).await.ok(201);
    let approve = format!("/api/plans/{id}/records/{}/approve", kept["id"].as_str().unwrap());
    let mut all = tokio::task::JoinSet::new();
    for name in ["li", "zhang", "zhao"] {
        let member = served.member(name, &["office"]).await;
        for _ in 0..4 {
            let (member, approve) = (member.clone(), approve.clone());
            all.spawn(async move { (name, member.post(&approve, &json!({})).await.status.as_u16()) });
        }
    }
    let answers = all.join_all().await;
    let done: Vec<&str> = answers.iter().filter(|(_, status)| *status == 200).map(|(name, _)| *name).collect();
    // One person did it, in four answers; the others hear that it is done.
    assert_eq!(done, vec![done[0]; 4], "{answers:?}");
    assert!(answers.iter().all(|(_, status)| [200, 409].contains(status)), "{answers:?}");
    let audit = served.client.get(&format!("/api/plans/{id}/audit?limit=200")).await.ok(200);
    let events = audit["events"].as_array().unwrap().iter().filter(|event| event["action"] == "record_approved");
    assert_eq!(events.count(), 1);
}

#[tokio::test]
async fn a_lot_that_counts_is_struck_out_by_its_category_before_one_that_waits() {
    let served = served().await;
    let client = &served.client;
    let second = served.member("second", &["office"]).await;
    let (id, _) = open(client, &json!(["lots"]), |_| {}).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let first = client.put(&at("lots/dept"), &json!({ "order": ["forestry"] })).await.ok(200);
    let first = first["id"].as_str().unwrap().to_owned();
    second.post(&at(&format!("records/{first}/approve")), &json!({})).await.ok(200);
    let longer = client.put(&at("lots/dept"), &json!({ "order": ["forestry", "building"] })).await.ok(200);
    assert_eq!(longer["pending"], true);
    client.put(&at("lots/dept"), &json!({ "order": ["building", "forestry"] })).await.error(409, "already_exists");
    let reason = json!({ "reason": "重新抽签" });
    assert_eq!(client.delete(&at("lots/dept"), &reason).await.ok(200)["id"], first);
    assert_eq!(client.delete(&at("lots/dept"), &reason).await.ok(200)["id"], longer["id"]);
    client.delete(&at("lots/dept"), &reason).await.error(404, "not_found");
}

#[tokio::test]
async fn closing_and_publishing_take_two_people_who_have_seen_the_same() {
    let served = served().await;
    let client = &served.client;
    let second = served.member("second", &["planner", "publisher"]).await;
    let (id, codes) = open(client, &json!(["close", "publish"]), |_| {}).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    for (number, code) in codes.iter().enumerate() {
        client.post("/api/ballots", &ballot(&id, code, number as u64, "good", "fair")).await.ok(201);
    }
    for unit in ["forestry", "building"] {
        client.put(&at(&format!("entries/year/hotline/{unit}")), &json!({ "value": "30" })).await.ok(200);
    }
    let waiting = json!({ "waiting": true });
    assert_eq!(client.post(&at("close"), &json!({})).await.ok(202), waiting);
    assert_eq!(client.post(&at("rounds/year/1/close"), &json!({})).await.ok(202), waiting);
    assert_eq!(client.post(&at("close"), &json!({})).await.ok(202), waiting);
    assert_eq!(client.get(&at("")[..at("").len() - 1]).await.ok(200)["state"], "open");
    assert_eq!(second.post(&at("close"), &json!({})).await.ok(200)["state"], "closed");
    client.post(&at("close"), &json!({})).await.ok(200);

    // On public display, and over before its time: for the first person's reason.
    let announcement = json!({ "until": "2999-12-31T18:00:00+08:00", "contact": "评议办" });
    client.post(&at("announce"), &announcement).await.ok(200);
    client.post(&at("publish"), &json!({})).await.error(409, "still_announced");
    let early = |reason: &str| json!({ "early": reason });
    assert_eq!(client.post(&at("publish"), &early("已复核")).await.ok(202), waiting);
    second.post(&at("publish"), &json!({})).await.error(409, "still_announced");
    assert_eq!(second.post(&at("publish"), &early("同意")).await.ok(200)["state"], "published");
    let public = client.stranger().get(&format!("/api/public/{id}")).await.ok(200);
    assert_eq!(public["publicity"]["early"], "已复核");
    let audit = client.get(&at("audit?limit=200")).await.ok(200);
    let told: Vec<(&str, &str)> = audit["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["action"].as_str().unwrap(), event["by"].as_str().unwrap()))
        .filter(|(action, _)| action.contains("clos") || action.contains("publish"))
        .collect();
    assert_eq!(
        told,
        [
            ("plan_close_asked", "admin"),
            ("round_close_asked", "admin"),
            ("plan_closing", "second"),
            ("plan_closed", "second"),
            ("plan_publish_asked", "admin"),
            ("plan_published", "second"),
        ]
    );
}
