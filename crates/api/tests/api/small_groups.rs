//! Small secret groups: counted by who may mark a unit, not by cards; at opening, at later issues, at closing.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, codes, draft, plan, served};

/// A plan of three units that is scored by two groups' marks alone.
fn two_groups() -> Value {
    let mut plan = plan();
    plan["units"].as_array_mut().unwrap().push(json!({ "id": "water", "name": "水务站", "category": "dept" }));
    plan["live"] = Value::Null;
    plan["components"] = json!([{ "id": "internal", "name": "内部测评", "points": "100", "method": {
        "kind": "survey", "scale": "satisfaction", "out_of": "100",
        "groups": [{ "group": "leaders", "weight": "1" }, { "group": "staff", "weight": "1" }] } }]);
    plan
}

/// Issues codes whose paper is narrowed, or who leave out their own unit. `seed` tells one call's codes from others'.
async fn issue(client: &Client, plan: &str, seed: u8, count: u8, units: Value, unit: Value) -> (u16, Vec<String>) {
    let codes: Vec<String> = (0..count).map(|n| wire::code::write([seed, n, 77, 4, 5, 6, 7, 8, 9, n])).collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect();
    let body = json!({ "period": "year", "group": "leaders", "hashes": hashes, "units": units, "unit": unit });
    let answer = client.post(&format!("/api/plans/{plan}/codes"), &body).await;
    (answer.status.as_u16(), codes)
}

async fn open(client: &Client, plan: &str, allowed: Value) -> (u16, Value) {
    let answer = client.post(&format!("/api/plans/{plan}/open"), &json!({ "allow_small": allowed })).await;
    (answer.status.as_u16(), answer.json())
}

fn names(answer: &(u16, Value)) -> Vec<&str> {
    assert_eq!((answer.0, &answer.1["code"]), (422, &json!("small_group")), "{}", answer.1);
    answer.1["fields"].as_array().unwrap().iter().map(|field| field["detail"].as_str().unwrap()).collect()
}

fn one_mark(plan: &str, code: &str, number: u64, unit: &str) -> Value {
    json!({ "plan": plan, "code": code, "ballot_id": format!("{number:032x}"), "marks": [
        { "component": "internal", "unit": unit, "criterion": null, "option": "good" }] })
}

/// C3 (2): twelve codes, each for one office alone, are four for each office.
#[tokio::test]
async fn codes_narrowed_to_one_unit_each_are_a_small_group() {
    let client = served().await.client;
    let id = draft(&client, &two_groups()).await;
    for (seed, unit) in (0..).zip(["forestry", "building", "water"]) {
        assert_eq!(issue(&client, &id, seed, 4, json!([unit]), Value::Null).await.0, 201);
    }
    assert_eq!(names(&open(&client, &id, json!([])).await), ["leaders"]);
    for (seed, unit) in (10..).zip(["forestry", "building"]) {
        assert_eq!(issue(&client, &id, seed, 1, json!([unit]), Value::Null).await.0, 201);
    }
    assert_eq!(names(&open(&client, &id, json!(["staff"])).await), ["leaders"], "water has four still");
    issue(&client, &id, 20, 1, json!(["water"]), Value::Null).await;
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
}

/// Five of the group, one of whom does not mark their own unit: four mark it.
#[tokio::test]
async fn who_does_not_mark_a_unit_is_not_counted_for_it() {
    let client = served().await.client;
    let mut plan = two_groups();
    plan["components"][0]["method"]["own_unit"] = json!("skipped");
    let id = draft(&client, &plan).await;
    issue(&client, &id, 0, 4, Value::Null, json!("forestry")).await;
    issue(&client, &id, 1, 4, Value::Null, json!("building")).await;
    assert_eq!(names(&open(&client, &id, json!([])).await), ["leaders"]);
    issue(&client, &id, 2, 1, Value::Null, json!("water")).await;
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
}

/// C2: opened without a code, and one code afterwards.
#[tokio::test]
async fn a_later_issue_that_makes_a_small_group_is_refused() {
    let client = served().await.client;
    let id = draft(&client, &two_groups()).await;
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
    let hash = wire::code::hash_hex(&id, &wire::code::write([1; 10]));
    let body = json!({ "period": "year", "group": "leaders", "hashes": [hash], "units": null, "unit": null });
    let answer = client.post(&format!("/api/plans/{id}/codes"), &body).await;
    assert_eq!(answer.json()["fields"][0]["detail"], "leaders");
    answer.error(422, "small_group");
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200).to_string();
    assert!(!audit.contains("codes_added"), "what is refused leaves nothing: {audit}");
    assert_eq!(issue(&client, &id, 0, 5, Value::Null, Value::Null).await.0, 201);
    assert_eq!(issue(&client, &id, 1, 1, Value::Null, Value::Null).await.0, 201, "a sixth joins five");
    assert_eq!(issue(&client, &id, 2, 1, json!(["forestry"]), Value::Null).await.0, 201);
    // Another period has nobody yet.
    let mut other = two_groups();
    other["periods"] = json!([{ "id": "year", "name": "全年" }, { "id": "next", "name": "来年" }]);
    let id = draft(&client, &other).await;
    assert_eq!(issue(&client, &id, 0, 9, Value::Null, Value::Null).await.0, 201);
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
    let hash = wire::code::hash_hex(&id, &wire::code::write([1; 10]));
    let body = json!({ "period": "next", "group": "leaders", "hashes": [hash], "units": null, "unit": null });
    client.post(&format!("/api/plans/{id}/codes"), &body).await.error(422, "small_group");
}

#[tokio::test]
async fn a_group_that_was_allowed_at_opening_may_get_few_codes_later_and_the_audit_says_so() {
    let client = served().await.client;
    let id = draft(&client, &two_groups()).await;
    assert_eq!(open(&client, &id, json!(["leaders"])).await.0, 200);
    assert_eq!(issue(&client, &id, 0, 1, Value::Null, Value::Null).await.0, 201);
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = audit["events"].as_array().unwrap();
    let opened = events.iter().find(|event| event["action"] == "plan_opened").unwrap();
    assert_eq!(opened["detail"]["allow_small"], json!(["leaders"]), "{opened}");
}

/// C3 (1): ten codes, one ballot.
#[tokio::test]
async fn what_few_cast_is_shown_to_nobody_until_publishing_allows_it() {
    let served = served().await;
    let client = &served.client;
    let id = draft(client, &two_groups()).await;
    let leaders = codes(client, &id, "leaders", 10).await;
    let staff = codes(client, &id, "staff", 10).await;
    assert_eq!(open(client, &id, json!([])).await.0, 200);
    let voter = client.stranger();
    for (number, code) in (1..).zip(leaders[..1].iter().chain(&staff)) {
        voter.post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
    let groups: Vec<&Value> = records["tallies"].as_array().unwrap().iter().map(|tally| &tally["group"]).collect();
    assert_eq!(groups, ["staff", "staff"], "the one leader's marks are in no record");
    let why = client.get(&format!("/api/plans/{id}/explanation/forestry")).await.ok(200);
    let counted = why["periods"][0]["leaves"][0].to_string();
    assert!(!counted.contains("\"good\":1,"), "{counted}");
    let final_result = client.get(&format!("/api/plans/{id}/result?mode=final")).await;
    assert_eq!(final_result.json()["fields"][0]["detail"], "leaders");
    final_result.error(422, "small_group");
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.error(422, "small_group");
    client
        .post(&format!("/api/plans/{id}/publish"), &json!({ "allow_small": ["staff"] }))
        .await
        .error(422, "small_group");
    let unknown = json!({ "allow_small": ["leaders", "nobody"] });
    let fields = client.post(&format!("/api/plans/{id}/publish"), &unknown).await.error(422, "invalid_body");
    assert_eq!(fields["/allow_small/1"], "unknown_group");
}

#[tokio::test]
async fn publishing_needs_the_group_named_again_and_the_audit_says_so() {
    let client = served().await.client;
    let mut plan = two_groups();
    plan["units"].as_array_mut().unwrap().pop();
    let id = draft(&client, &plan).await;
    let leaders = codes(&client, &id, "leaders", 4).await;
    let staff = codes(&client, &id, "staff", 10).await;
    assert_eq!(names(&open(&client, &id, json!([])).await), ["leaders"]);
    assert_eq!(open(&client, &id, json!(["leaders"])).await.0, 200);
    let voter = client.stranger();
    for (number, code) in (1..).zip(leaders.iter().chain(&staff)) {
        voter.post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    // The office said at opening that it would see four: it does.
    let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
    assert_eq!(records["tallies"].as_array().unwrap().len(), 4);
    client.get(&format!("/api/plans/{id}/result?mode=final")).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.error(422, "small_group");
    let allowed = json!({ "allow_small": ["leaders"] });
    client.post(&format!("/api/plans/{id}/publish"), &allowed).await.ok(200);
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = audit["events"].as_array().unwrap();
    let of = |action: &str| &events.iter().find(|event| event["action"] == action).unwrap()["detail"];
    assert_eq!(of("plan_closed")["small_groups"], json!(["leaders"]));
    assert_eq!(of("plan_published")["allow_small"], json!(["leaders"]));
}

/// Who may mark a unit with the codes that were used: of a narrowed code's ballot the box does not say it.
#[tokio::test]
async fn at_closing_a_unit_that_few_of_those_who_voted_could_mark_is_found() {
    let client = served().await.client;
    let id = draft(&client, &two_groups()).await;
    let (_, whole) = issue(&client, &id, 0, 6, json!(["forestry", "building"]), Value::Null).await;
    let (_, narrow) = issue(&client, &id, 1, 6, json!(["water"]), Value::Null).await;
    let staff = codes(&client, &id, "staff", 10).await;
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
    let voter = client.stranger();
    for (number, code) in (1..).zip(whole.iter().chain(&staff)) {
        voter.post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    voter.post("/api/ballots", &one_mark(&id, &narrow[0], 99, "water")).await.ok(201);
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
    assert!(!records.to_string().contains("leaders"), "{records}");
    client.get(&format!("/api/plans/{id}/result?mode=final")).await.error(422, "small_group");
}

#[tokio::test]
async fn five_who_voted_of_whom_some_left_a_unit_blank_are_enough() {
    let client = served().await.client;
    let mut plan = two_groups();
    plan["units"].as_array_mut().unwrap().pop();
    let id = draft(&client, &plan).await;
    let leaders = codes(&client, &id, "leaders", 5).await;
    let staff = codes(&client, &id, "staff", 10).await;
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
    let voter = client.stranger();
    for (number, code) in (20..).zip(&staff) {
        voter.post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    for (number, code) in (1..).zip(&leaders) {
        let unit = if number == 1 { "building" } else { "forestry" };
        voter.post("/api/ballots", &one_mark(&id, code, number, unit)).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.get(&format!("/api/plans/{id}/result?mode=final")).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
}

/// Two half-years opened together: seven and seven are fourteen, but in each of them seven people are told.
#[tokio::test]
async fn a_group_that_is_small_in_two_periods_is_hidden_in_each() {
    let client = served().await.client;
    let mut plan = two_groups();
    plan["units"].as_array_mut().unwrap().pop();
    for group in 0..2 {
        plan["groups"][group]["comments"] = json!(true);
    }
    let mut second = plan["periods"][0].clone();
    (second["id"], second["name"]) = (json!("second"), json!("下半年"));
    plan["periods"].as_array_mut().unwrap().push(second);
    let id = draft(&client, &plan).await;
    let voter = client.stranger();
    let mut number = 0;
    let mut all = Vec::new();
    for period in ["year", "second"] {
        for (group, count) in [("leaders", 7_u8), ("staff", 20)] {
            let drawn: Vec<String> = (0..count)
                .map(|n| wire::code::write([n, group.len() as u8, period.len() as u8, 4, 5, 6, 7, 8, 9, 1]))
                .collect();
            let hashes: Vec<String> = drawn.iter().map(|code| wire::code::hash_hex(&id, code)).collect();
            let body = json!({ "period": period, "group": group, "hashes": hashes, "units": null, "unit": null });
            client.post(&format!("/api/plans/{id}/codes"), &body).await.ok(201);
            all.extend(drawn.into_iter().map(|code| (group, code)));
        }
    }
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
    for (group, code) in &all {
        number += 1;
        let mut sent = ballot(&id, code, number, "good", "poor");
        sent["comments"] = json!([{ "unit": "forestry", "text": group }]);
        voter.post("/api/ballots", &sent).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let comments = client.get(&format!("/api/plans/{id}/comments?limit=100")).await.ok(200);
    let told = comments["comments"].as_array().unwrap();
    assert_eq!(told.len(), 54);
    assert!(told.iter().all(|comment| comment["group"] == Value::Null), "{comments}");
}

/// Groups of whom only one is under ten would be told by that: the next smallest hides it.
#[tokio::test]
async fn opinions_of_one_small_group_are_not_told_by_being_the_only_ones_without_a_group() {
    let client = served().await.client;
    let mut plan = two_groups();
    plan["units"].as_array_mut().unwrap().pop();
    for group in 0..2 {
        plan["groups"][group]["comments"] = json!(true);
    }
    plan["groups"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "clients", "name": "服务对象", "ballot": "anonymous", "comments": true }));
    plan["components"][0]["method"]["groups"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "group": "clients", "weight": "1" }));
    let id = draft(&client, &plan).await;
    let mut all = Vec::new();
    for (group, count) in [("leaders", 6), ("staff", 10), ("clients", 12)] {
        all.push((group, codes(&client, &id, group, count).await));
    }
    assert_eq!(open(&client, &id, json!([])).await.0, 200);
    let voter = client.stranger();
    let mut number = 0;
    for (group, codes) in &all {
        for code in codes {
            number += 1;
            let mut sent = ballot(&id, code, number, "good", "poor");
            sent["comments"] = json!([{ "unit": "forestry", "text": group }]);
            voter.post("/api/ballots", &sent).await.ok(201);
        }
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let comments = client.get(&format!("/api/plans/{id}/comments?limit=100")).await.ok(200);
    for comment in comments["comments"].as_array().unwrap() {
        let expected = if comment["text"] == "clients" { json!("clients") } else { Value::Null };
        assert_eq!(comment["group"], expected, "{comment}");
    }
}
