//! `/api/plans/{id}/paper-tallies`.

use serde_json::{Value, json};

use crate::served::{open, served};

fn batch(forestry: Value, building: Value) -> Value {
    json!({ "period": "year", "group": "staff", "component": "internal", "collected": 4, "void": 1, "counts": [forestry, building] })
}

fn line(unit: &str, good: u64, blank: u64) -> Value {
    json!({ "unit": unit, "criterion": null, "counts": { "good": good }, "blank": blank })
}

#[tokio::test]
async fn a_batch_counts_when_two_people_agree() {
    let served = served().await;
    let first = &served.client;
    let second = served.member("second", &["office"]).await;
    let (id, ..) = open(first).await;
    let path = format!("/api/plans/{id}/paper-tallies");
    let right = batch(line("forestry", 3, 0), line("building", 2, 1));
    let kept = first.post(&path, &right).await.ok(201);
    assert_eq!(kept["counted"], false);
    assert_eq!(first.post(&path, &right).await.ok(201), kept, "the same person again is a repeat");

    let rows = second.get(&path).await.ok(200);
    assert_eq!(rows["batches"][0]["tally"], json!(null), "the second person counts the paper, not the screen");
    assert_eq!(first.get(&path).await.ok(200)["batches"][0]["tally"]["collected"], 4);

    let wrong = batch(line("forestry", 2, 1), line("building", 2, 1));
    assert_eq!(second.post(&path, &wrong).await.ok(201)["counted"], false);
    let agreed = second.post(&path, &right).await.ok(201);
    assert_eq!(agreed, json!({ "id": kept["id"], "counted": true }));
    let records = first.get(&format!("/api/plans/{id}/records")).await.ok(200);
    let tallies = records["tallies"].as_array().unwrap();
    let forestry: Vec<&Value> = tallies.iter().filter(|tally| tally["unit"] == "forestry").collect();
    assert_eq!(forestry.len(), 1);
    assert_eq!(forestry[0]["counts"]["good"], 3);
}

#[tokio::test]
async fn a_batch_must_fit_the_plan_and_add_up() {
    let served = served().await;
    let client = &served.client;
    let (id, ..) = open(client).await;
    let path = format!("/api/plans/{id}/paper-tallies");
    let fields =
        client.post(&path, &batch(line("forestry", 3, 0), line("building", 3, 1))).await.error(422, "invalid_record");
    assert_eq!(fields["/counts/1"], "does_not_add_up");
    let fields =
        client.post(&path, &batch(line("nowhere", 3, 0), line("building", 3, 0))).await.error(422, "invalid_record");
    assert_eq!(fields["/counts/0/unit"], "unknown_unit");
    let fields =
        client.post(&path, &batch(line("building", 3, 0), line("building", 3, 0))).await.error(422, "invalid_record");
    assert_eq!(fields["/counts/1"], "duplicate_record");
    let mut other = batch(line("forestry", 3, 0), line("building", 3, 0));
    other["group"] = json!("nobody");
    assert_eq!(client.post(&path, &other).await.error(422, "invalid_record")["/group"], "unknown_group");
    other["collected"] = json!(1.5);
    assert_eq!(client.post(&path, &other).await.error(422, "invalid_body")["/collected"], "wrong_type");
}

#[tokio::test]
async fn a_struck_batch_counts_no_more() {
    let served = served().await;
    let first = &served.client;
    let second = served.member("second", &["office"]).await;
    let (id, ..) = open(first).await;
    let path = format!("/api/plans/{id}/paper-tallies");
    let right = batch(line("forestry", 3, 0), line("building", 3, 0));
    let kept = first.post(&path, &right).await.ok(201);
    second.post(&path, &right).await.ok(201);
    let row = format!("{path}/{}", kept["id"].as_str().unwrap());
    first.delete(&row, &json!({ "reason": " " })).await.error(422, "invalid_body");
    first.delete(&row, &json!({ "reason": "重复录入" })).await.ok(200);
    let records = first.get(&format!("/api/plans/{id}/records")).await.ok(200);
    assert!(records.get("tallies").is_none_or(|tallies| tallies.as_array().unwrap().is_empty()), "{records}");
    assert_eq!(first.get(&path).await.ok(200)["batches"][0]["struck"]["reason"], "重复录入");
}
