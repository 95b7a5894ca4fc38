//! `/api/plans/{id}/paper-tallies`.

use serde_json::{Value, json};

use crate::served::{open, served};

fn batch(forestry: Value, building: Value) -> Value {
    json!({ "label": "一号箱", "period": "year", "group": "staff", "component": "internal", "collected": 4, "void": 1, "counts": [forestry, building] })
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
    let mut with_clause = right.clone();
    (with_clause["clause"], with_clause["evidence"]) = (json!("三（二）"), json!("第一会议室"));
    let mut unknown = right.clone();
    unknown["files"] = json!(["0".repeat(64)]);
    assert_eq!(first.post(&path, &unknown).await.error(422, "invalid_body")["/files/0"], "unknown_file");
    let kept = first.post(&path, &with_clause).await.ok(201);
    assert_eq!(kept["counted"], false);
    assert_eq!(first.post(&path, &right).await.ok(201), kept, "the same person again is a repeat");

    let rows = second.get(&path).await.ok(200);
    assert_eq!(rows["batches"][0]["tally"], json!(null), "the second person counts the paper, not the screen");
    let own = first.get(&path).await.ok(200)["batches"][0]["tally"].clone();
    let said = (&own["collected"], &own["clause"], &own["evidence"], &own["files"]);
    assert_eq!(said, (&json!(4), &json!("三（二）"), &json!("第一会议室"), &Value::Null));

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

/// Three people are on the group's list, so no envelope holds the ballots of four; without a list nobody knows.
#[tokio::test]
async fn an_envelope_holds_no_more_ballots_than_there_are_people_on_the_list() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let path = format!("/api/plans/{id}/paper-tallies");
    let people: Vec<Value> =
        ["甲", "乙", "丙"].map(|name| json!({ "name": name, "group": "staff" })).into_iter().collect();
    client.post(&format!("/api/plans/{id}/voters"), &json!({ "voters": people })).await.ok(201);
    let four = batch(line("forestry", 3, 0), line("building", 2, 1));
    assert_eq!(client.post(&path, &four).await.error(422, "invalid_record")["/collected"], "out_of_range");
    let mut three = four.clone();
    (three["collected"], three["void"]) = (json!(3), json!(0));
    client.post(&path, &three).await.ok(201);
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

/// A11, F13: what could not be true of the paper is refused when it is entered, and an envelope counts once.
#[tokio::test]
async fn a_batch_has_a_label_every_unit_and_no_more_marks_than_its_quota_allows() {
    let served = served().await;
    let first = &served.client;
    let second = served.member("second", &["office"]).await;
    let third = served.member("third", &["office"]).await;
    let mut plan = crate::served::plan();
    plan["components"][0]["method"]["quota"] =
        json!([{ "option": "good", "count": 1 }, { "option": "fair", "count": 1 }, { "option": "poor", "count": 0 }]);
    let id = crate::served::draft(first, &plan).await;
    first.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let path = format!("/api/plans/{id}/paper-tallies");
    let of = |unit: &str, good: u64, fair: u64| json!({ "unit": unit, "criterion": null, "counts": { "good": good, "fair": fair }, "blank": 3 - good - fair });
    let right = batch(of("forestry", 2, 1), of("building", 1, 2));
    for (label, code, fault) in [
        (json!(null), "invalid_body", "missing_field"),
        (json!(" "), "invalid_record", "empty_name"),
        (json!("箱".repeat(101)), "invalid_record", "name_too_long"),
        (json!("一\u{202e}号箱"), "invalid_record", "direction_control"),
    ] {
        let mut without = right.clone();
        without["label"] = label;
        assert_eq!(first.post(&path, &without).await.error(422, code)["/label"], fault);
    }
    let mut one = right.clone();
    one["counts"].as_array_mut().unwrap().pop();
    let answer = first.post(&path, &one).await;
    assert_eq!(answer.json()["fields"][0]["detail"], "building");
    assert_eq!(answer.error(422, "invalid_record")["/counts"], "missing_data");
    // Three ballots with one 满意 each have three.
    let answer = first.post(&path, &batch(of("forestry", 3, 0), of("building", 1, 2))).await;
    assert_eq!(answer.json()["fields"][0]["detail"], "dept good: 4 > 3");
    assert_eq!(answer.error(422, "invalid_record")["/counts"], "quota_exceeded");
    let mut many = right.clone();
    many["collected"] = json!(10_000_000_000_000_u64);
    for line in many["counts"].as_array_mut().unwrap() {
        *line = json!({ "unit": line["unit"], "criterion": null, "counts": {}, "blank": 9_999_999_999_999_u64 });
    }
    assert_eq!(first.post(&path, &many).await.error(422, "invalid_record")["/collected"], "out_of_range");

    first.post(&path, &right).await.ok(201);
    assert_eq!(second.post(&path, &right).await.ok(201)["counted"], true);
    third.post(&path, &right).await.error(409, "label_taken");
    first.post(&path, &batch(of("forestry", 1, 2), of("building", 2, 1))).await.error(409, "label_taken");
    let mut wide = right.clone();
    wide["label"] = json!(" 一 号\u{3000}箱\u{3000}");
    assert_eq!(third.post(&path, &wide).await.error(409, "label_taken")["/label"], "label_taken");
    assert_eq!(first.post(&path, &right).await.ok(201)["counted"], true, "the same person again is a repeat");
    let rows = third.get(&path).await.ok(200);
    assert_eq!((rows["batches"].as_array().unwrap().len(), &rows["batches"][0]["label"]), (1, &json!("一号箱")));
}
