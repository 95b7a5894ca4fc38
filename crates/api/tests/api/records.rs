//! Entries, incidents, links, adjustments, lots, decisions, verdicts, history; the records document
//! and the ledger.

use serde_json::{Value, json};

use crate::served::{draft, open, plan, served};

#[tokio::test]
async fn an_entry_is_put_replaced_and_struck_out() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let place = format!("/api/plans/{id}/entries/year/hotline/forestry");
    let records = format!("/api/plans/{id}/records");
    client.put(&place, &json!({ "value": "20", "evidence": "第一次" })).await.ok(200);
    client.put(&place, &json!({ "value": "25.5" })).await.ok(200);
    let entry = json!({ "period": "year", "component": "hotline", "unit": "forestry", "value": "25.5" });
    assert_eq!(client.get(&records).await.ok(200)["entries"], json!([entry]));
    client.delete(&place, &json!({})).await.error(422, "invalid_body");
    client.delete(&place, &json!({ "reason": "录错单位" })).await.ok(200);
    assert!(client.get(&records).await.ok(200).get("entries").is_none_or(|entries| entries == &json!([])));
    client.delete(&place, &json!({ "reason": "再删一次" })).await.error(404, "not_found");
    let ledger = client.get(&format!("/api/plans/{id}/ledger?kind=entries")).await.ok(200);
    let struck: Vec<&Value> =
        ledger["rows"].as_array().unwrap().iter().filter(|row| !row["struck"].is_null()).collect();
    assert!(struck.iter().any(|row| row["struck"]["reason"] == "录错单位"), "{ledger}");
}

#[tokio::test]
async fn a_value_outside_its_bounds_is_out_of_range() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let at = |place: &str| format!("/api/plans/{id}/entries/{place}");
    for value in ["30.000001", "-1"] {
        let fields =
            client.put(&at("year/hotline/forestry"), &json!({ "value": value })).await.error(422, "out_of_range");
        assert!(fields.contains_key("/value"), "{fields:?}");
    }
    let fields =
        client.put(&at("year/hotline/forestry"), &json!({ "value": "很多" })).await.error(422, "invalid_record");
    assert_eq!(fields["/value"], "bad_decimal");
    let fields = client.put(&at("year/hotline/forestry"), &json!({ "value": 7.5 })).await.error(422, "invalid_body");
    assert_eq!(fields["/value"], "wrong_type");
    for place in ["month/hotline/forestry", "year/nowhere/forestry", "year/hotline/nowhere"] {
        client.put(&at(place), &json!({ "value": "1" })).await.error(404, "not_found");
    }
    let fields = client.put(&at("year/internal/forestry"), &json!({ "value": "1" })).await.error(422, "invalid_record");
    assert_eq!(fields["/component"], "wrong_kind");
    let long = "长".repeat(2001);
    client
        .put(&at("year/hotline/forestry"), &json!({ "value": "1", "evidence": long }))
        .await
        .error(422, "invalid_body");
}

#[tokio::test]
async fn records_of_all_kinds_come_back_as_the_records_document() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let incident = json!({ "period": "year", "component": "inspection", "unit": "building", "level": "county", "count": 2, "serious": false });
    let level = json!({ "period": "year", "rule": "commended", "unit": "forestry", "level": "district" });
    let points = json!({ "period": "year", "rule": "violation", "unit": "building", "points": "2.5" });
    let decision =
        json!({ "period": "year", "component": "hotline", "unit": "building", "value": "8", "reason": "党委合议" });
    let verdict = json!({ "unit": "building", "outcome": "last", "reason": "弄虚作假" });
    let history = json!([{ "year": 2017, "unit": "forestry", "outcomes": ["last"] }]);
    client.post(&at("incidents"), &incident).await.ok(201);
    client.post(&at("adjustments"), &level).await.ok(201);
    client.post(&at("adjustments"), &points).await.ok(201);
    client.put(&at("lots/dept"), &json!({ "order": ["building", "forestry"], "evidence": "两人监督" })).await.ok(200);
    client.put(&at("lots/-"), &json!({ "order": ["forestry", "building"] })).await.ok(200);
    client.post(&at("decisions"), &decision).await.ok(201);
    client.post(&at("decisions"), &decision).await.error(409, "already_exists");
    client.post(&at("verdicts"), &verdict).await.ok(201);
    client.put(&at("history"), &json!({ "history": history })).await.ok(200);
    let records = client.get(&at("records")).await.ok(200);
    assert_eq!(records["format"], 1);
    assert_eq!(records["incidents"], json!([incident]));
    let adjustments = records["adjustments"].as_array().unwrap();
    assert!(adjustments.contains(&level) && adjustments.contains(&points), "{records}");
    let lots = records["lots"].as_array().unwrap();
    assert!(lots.contains(&json!({ "category": "dept", "order": ["building", "forestry"] })), "{records}");
    assert!(lots.contains(&json!({ "category": null, "order": ["forestry", "building"] })), "{records}");
    assert_eq!(records["decisions"], json!([decision]));
    assert_eq!(records["verdicts"], json!([verdict]));
    assert_eq!(records["history"], history);

    // Struck out by id, and by place.
    let ledger = client.get(&at("ledger?kind=incidents")).await.ok(200);
    let row = ledger["rows"][0]["id"].as_str().unwrap();
    client.delete(&at(&format!("incidents/{row}")), &json!({ "reason": "申诉成立" })).await.ok(200);
    client.delete(&at("lots/-"), &json!({ "reason": "重抽" })).await.ok(200);
    client.delete(&at("history"), &json!({ "reason": "有误" })).await.ok(200);
    let records = client.get(&at("records")).await.ok(200);
    assert_eq!(records["lots"].as_array().unwrap().len(), 1);
    for gone in ["incidents", "history"] {
        assert!(records.get(gone).is_none_or(|list| list == &json!([])), "{records}");
    }
}

#[tokio::test]
async fn what_does_not_fit_the_plan_is_told_at_its_field() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let incident = json!({ "period": "year", "component": "inspection", "unit": "building", "level": "state", "count": 2, "serious": false });
    assert_eq!(client.post(&at("incidents"), &incident).await.error(422, "invalid_record")["/level"], "unknown_level");
    let both = json!({ "period": "year", "rule": "commended", "unit": "forestry", "level": "district", "points": "1" });
    client.post(&at("adjustments"), &both).await.error(422, "invalid_record");
    let much = json!({ "period": "year", "rule": "violation", "unit": "building", "points": "101" });
    assert_eq!(client.post(&at("adjustments"), &much).await.error(422, "out_of_range")["/points"], "out_of_range");
    client.put(&at("lots/nowhere"), &json!({ "order": ["building", "forestry"] })).await.error(404, "not_found");
    let verdict = json!({ "unit": "building", "outcome": "shot", "reason": "不当" });
    assert_eq!(
        client.post(&at("verdicts"), &verdict).await.error(422, "invalid_record")["/outcome"],
        "unknown_outcome"
    );
    let verdict = json!({ "unit": "building", "outcome": "last", "reason": "" });
    assert_eq!(client.post(&at("verdicts"), &verdict).await.error(422, "invalid_body")["/reason"], "missing_field");
    let history = json!({ "history": [{ "year": 2017, "unit": "nowhere", "outcomes": [] }] });
    assert_eq!(
        client.put(&at("history"), &history).await.error(422, "invalid_record")["/history/0/unit"],
        "unknown_unit"
    );
    client.get(&at("ledger?kind=secrets")).await.error(422, "invalid_body");
    client.delete(&at("incidents/nothing"), &json!({ "reason": "没有" })).await.error(404, "not_found");
}

#[tokio::test]
async fn records_wait_for_the_plan_to_open() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let place = format!("/api/plans/{id}/entries/year/hotline/forestry");
    client.put(&place, &json!({ "value": "20" })).await.error(409, "wrong_state");
    client.get(&format!("/api/plans/{id}/result")).await.error(409, "wrong_state");
}
