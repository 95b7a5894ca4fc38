//! Codes that a plan does not fit: refused or named while it can be mended, never found out in the hall.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::served::{codes, draft, plan, served};

/// Two categories of five units each, one survey by the leaders with a quota that leaves one unit's place out.
fn with_quota(categories: usize, own_unit: &str, counts: [u64; 3]) -> Value {
    let mut plan = plan();
    let names = ["a", "b"];
    plan["categories"] = names[..categories].iter().map(|id| json!({ "id": id, "name": format!("类{id}") })).collect();
    let units = names[..categories].iter().flat_map(|category| {
        (1..=5).map(
            move |n| json!({ "id": format!("{category}{n}"), "name": format!("{category}{n}"), "category": category }),
        )
    });
    plan["units"] = units.collect();
    plan["components"] = json!([{ "id": "internal", "name": "内部测评", "points": "100", "method": {
        "kind": "survey", "scale": "satisfaction", "out_of": "100", "own_unit": own_unit,
        "groups": [{ "group": "leaders", "weight": "1" }],
        "quota": [{ "option": "good", "count": counts[0] }, { "option": "fair", "count": counts[1] },
                  { "option": "poor", "count": counts[2] }] } }]);
    plan["ranking"]["tie_break"] = json!(["internal"]);
    plan
}

async fn issue(client: &Client, plan: &str, seed: u8, group: &str, units: Value, unit: Value) -> Answer {
    let codes: Vec<String> = (0..6).map(|n| wire::code::write([seed, n, 78, 4, 5, 6, 7, 8, 9, n])).collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect();
    let body = json!({ "period": "year", "group": group, "hashes": hashes, "units": units, "unit": unit });
    client.post(&format!("/api/plans/{plan}/codes"), &body).await
}

/// A16: of two categories one has no unit of the voter's, and its quota cannot leave one out.
#[tokio::test]
async fn a_quota_that_leaves_the_own_unit_out_has_units_of_one_category() {
    let client = served().await.client;
    let fields = client.post("/api/plans", &with_quota(2, "skipped", [2, 1, 1])).await.error(422, "invalid_plan");
    assert_eq!(fields["/components/0/method/quota"], "quota_over_categories");
    client.post("/api/plans", &with_quota(1, "skipped", [2, 1, 1])).await.ok(201);
    client.post("/api/plans", &with_quota(2, "marked", [3, 1, 1])).await.ok(201);
}

#[tokio::test]
async fn a_code_for_such_a_quota_names_a_unit_of_the_component() {
    let client = served().await.client;
    let id = draft(&client, &with_quota(1, "skipped", [2, 1, 1])).await;
    let fields = issue(&client, &id, 0, "leaders", Value::Null, Value::Null).await.error(422, "own_unit_required");
    assert_eq!(fields["/unit"], "own_unit_required");
    issue(&client, &id, 0, "leaders", Value::Null, json!("a1")).await.ok(201);
    issue(&client, &id, 1, "leaders", Value::Null, json!("a2")).await.ok(201);
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    issue(&client, &id, 2, "leaders", Value::Null, Value::Null).await.error(422, "own_unit_required");
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200).to_string();
    assert_eq!(audit.matches("codes_added").count(), 2, "what is refused leaves nothing");
}

/// A19: a paper on which no ballot is valid.
#[tokio::test]
async fn a_narrowed_paper_has_no_place_for_a_quota() {
    let client = served().await.client;
    let id = draft(&client, &with_quota(1, "marked", [3, 1, 1])).await;
    let fields =
        issue(&client, &id, 0, "leaders", json!(["a1", "a2", "a3"]), Value::Null).await.error(422, "quota_on_narrowed");
    assert_eq!(fields["/units"], "quota_on_narrowed");
    let skipping = draft(&client, &with_quota(1, "skipped", [2, 1, 1])).await;
    let narrowed = json!(["a1", "a2", "a3", "a4"]);
    issue(&client, &skipping, 0, "leaders", narrowed, json!("a1")).await.error(422, "quota_on_narrowed");
    // Narrowed to all units it is not narrowed.
    issue(&client, &id, 0, "leaders", json!(["a1", "a2", "a3", "a4", "a5"]), Value::Null).await.ok(201);
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    issue(&client, &id, 1, "leaders", json!(["a1"]), Value::Null).await.error(422, "quota_on_narrowed");
}

/// Nor has it one for limits, or for the count of a category that is whole on it.
#[tokio::test]
async fn limits_and_whole_categories_have_no_place_on_a_narrowed_paper_either() {
    let client = served().await.client;
    let mut limited = with_quota(1, "marked", [3, 1, 1]);
    limited["components"][0]["method"]["quota"] = json!([{ "option": "good", "at_most": 2 }]);
    let id = draft(&client, &limited).await;
    issue(&client, &id, 0, "leaders", json!(["a1", "a2", "a3"]), Value::Null).await.error(422, "quota_on_narrowed");
    issue(&client, &id, 0, "leaders", Value::Null, Value::Null).await.ok(201);
    let two = draft(&client, &with_quota(2, "marked", [3, 1, 1])).await;
    let category = json!(["b1", "b2", "b3", "b4", "b5"]);
    issue(&client, &two, 0, "leaders", category, Value::Null).await.error(422, "quota_on_narrowed");
}

/// Three of each category must be good, and beside a limit nothing says that a category has so many: it has two.
#[tokio::test]
async fn a_count_that_no_category_can_meet_gives_out_no_code() {
    let client = served().await.client;
    let mut plan = with_quota(2, "marked", [3, 1, 1]);
    plan["units"].as_array_mut().unwrap().truncate(7);
    plan["components"][0]["method"]["quota"] =
        json!([{ "option": "good", "count": 3 }, { "option": "poor", "at_most": 1 }]);
    let id = draft(&client, &plan).await;
    issue(&client, &id, 0, "leaders", Value::Null, Value::Null).await.error(422, "quota_on_narrowed");
    plan["components"][0]["method"]["quota"][0]["count"] = json!(2);
    let id = draft(&client, &plan).await;
    issue(&client, &id, 0, "leaders", Value::Null, Value::Null).await.ok(201);
    // Five units less the voter's own are four: five of them cannot be good.
    let mut skipped = with_quota(1, "skipped", [2, 1, 1]);
    skipped["components"][0]["method"]["quota"] =
        json!([{ "option": "good", "count": 5 }, { "option": "poor", "at_most": 1 }]);
    let id = draft(&client, &skipped).await;
    issue(&client, &id, 0, "leaders", Value::Null, json!("a1")).await.error(422, "quota_on_narrowed");
    issue(&client, &id, 0, "leaders", Value::Null, Value::Null).await.ok(201);
}

/// Cards printed while the points of the draft did not add up say what the draft said then.
#[tokio::test]
async fn a_draft_in_pieces_keeps_what_its_cards_say() {
    let client = served().await.client;
    let whole = plan();
    let mut pieces = whole.clone();
    pieces["components"][0]["points"] = json!("1");
    let made = client.post("/api/plans?draft=1", &pieces).await.ok(201);
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(!made["problems"].as_array().unwrap().is_empty());
    codes(&client, &id, "staff", 10).await;
    let mut named_group = whole.clone();
    named_group["groups"][1]["ballot"] = json!("named");
    let saved = client.put_based_on(&format!("/api/plans/{id}"), "\"1\"", &named_group).await.ok(200);
    assert_eq!(named(&saved, "problems"), ["year staff - - 10"]);
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.error(422, "codes_without_paper");
}

/// What an answer says of codes that no longer fit.
fn named(answer: &Value, list: &str) -> Vec<String> {
    let fields = answer[list].as_array().into_iter().flatten();
    let of_codes = fields.filter(|field| field["code"] == "codes_without_paper");
    // Period, group, units, own unit, batch and count: the batch is a hash.
    let without_batch = |field: &Value| {
        let words: Vec<&str> = field["detail"].as_str().unwrap().split(' ').collect();
        assert_eq!((words.len(), words[4].len()), (6, 16));
        [&words[..4], &words[5..]].concat().join(" ")
    };
    of_codes.map(without_batch).collect()
}

/// B15: cards printed in the draft, and the plan changed under them.
#[tokio::test]
async fn codes_that_a_changed_draft_no_longer_fits_are_named_on_saving_and_refuse_opening() {
    let client = served().await.client;
    let whole = plan();
    let id = draft(&client, &whole).await;
    codes(&client, &id, "staff", 10).await;
    issue(&client, &id, 1, "leaders", json!(["building"]), Value::Null).await.ok(201);
    issue(&client, &id, 2, "leaders", Value::Null, json!("building")).await.ok(201);
    issue(&client, &id, 3, "leaders", Value::Null, Value::Null).await.ok(201);
    let mut revision = 1;
    let mut save = async |plan: &Value, query: &str| {
        let answer = client.put_based_on(&format!("/api/plans/{id}{query}"), &format!("\"{revision}\""), plan).await;
        revision += 1;
        answer.ok(200)
    };
    assert_eq!(save(&whole, "").await["problems"], json!([]));

    let mut without_unit = whole.clone();
    without_unit["units"].as_array_mut().unwrap().pop();
    let expected = ["year leaders - building 6", "year leaders building - 6"];
    let mut told = named(&save(&without_unit, "").await, "problems");
    told.sort();
    assert_eq!(told, expected);
    let refused = client.post(&format!("/api/plans/{id}/open"), &json!({})).await;
    let mut told = named(&refused.json(), "fields");
    told.sort();
    assert_eq!(told, expected);
    assert_eq!(refused.error(422, "codes_without_paper")["/codes"], "codes_without_paper");

    let mut without_group = whole.clone();
    without_group["groups"].as_array_mut().unwrap().pop();
    without_group["components"][0]["method"]["groups"].as_array_mut().unwrap().pop();
    assert_eq!(named(&save(&without_group, "").await, "problems"), ["year staff - - 10"]);

    let mut other_period = whole.clone();
    other_period["periods"][0]["id"] = json!("y");
    assert_eq!(named(&save(&other_period, "?draft=1").await, "problems").len(), 4);

    // The cards say that they are anonymous.
    let mut named_group = whole.clone();
    named_group["groups"][1]["ballot"] = json!("named");
    assert_eq!(named(&save(&named_group, "").await, "problems"), ["year staff - - 10"]);
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.error(422, "codes_without_paper");

    let mut quota = whole.clone();
    quota["components"][0]["method"]["quota"] =
        json!([{ "option": "good", "count": 1 }, { "option": "fair", "count": 1 }, { "option": "poor", "count": 0 }]);
    assert_eq!(named(&save(&quota, "").await, "problems"), ["year leaders building - 6"]);

    assert_eq!(save(&whole, "").await["problems"], json!([]), "put back as it was, it fits again");
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
}

#[tokio::test]
async fn an_open_plan_gives_out_no_codes_that_open_nothing() {
    let client = served().await.client;
    let mut plan = plan();
    plan["groups"].as_array_mut().unwrap().push(json!({ "id": "idle", "name": "无事", "ballot": "named" }));
    let id = draft(&client, &plan).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let refused = issue(&client, &id, 0, "idle", Value::Null, Value::Null).await;
    assert_eq!(named(&refused.json(), "fields"), ["year idle - - 6"]);
    refused.error(422, "codes_without_paper");
}
