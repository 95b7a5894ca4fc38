//! Names in a plan: seen, told apart, and harmless to the text around them.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{draft, plan, served};

fn named(place: &str, name: &str) -> Value {
    let mut plan = plan();
    *plan.pointer_mut(place).unwrap() = json!(name);
    plan
}

async fn refused(client: &Client, plan: &Value, place: &str, code: &str) {
    let fields = client.post("/api/plans", plan).await.error(422, "invalid_plan");
    assert_eq!(fields.get(place).map(String::as_str), Some(code), "{place} {fields:?}");
}

/// D2, D3, D10: what may stand in no name.
#[tokio::test]
async fn names_that_are_not_seen_or_turn_the_text_around_them_are_refused_with_their_place() {
    let client = served().await.client;
    let unit = "/units/0/name";
    for (name, code) in [
        ("", "empty_name"),
        (" ", "empty_name"),
        ("\u{3000}\u{a0}", "empty_name"),
        ("\u{2800}", "empty_name"),
        ("\u{200f}", "empty_name"),
        ("林业\0站", "control_character"),
        ("林业\u{7}站", "control_character"),
        ("林业\n站", "control_character"),
        ("林业\t站", "control_character"),
        ("林业站\r\n", "control_character"),
        ("\u{85}林业站", "control_character"),
        ("林业\u{202e}站建", "direction_control"),
        ("\u{2066}林业站", "direction_control"),
        ("林业站\u{200f}", "direction_control"),
        ("林业站\u{200b}", "invisible_character"),
        (&"站".repeat(101), "name_too_long"),
    ] {
        refused(&client, &named(unit, name), unit, code).await;
    }
    for place in [
        "/title",
        "/categories/0/name",
        "/groups/1/name",
        "/periods/0/name",
        "/scales/0/options/2/name",
        "/components/2/name",
        "/components/2/method/levels/0/name",
        "/adjustments/0/name",
        "/adjustments/0/levels/0/name",
        "/outcomes/1/name",
    ] {
        refused(&client, &named(place, "甲\u{202e}乙"), place, "direction_control").await;
        refused(&client, &named(place, " "), place, "empty_name").await;
    }
    for name in ["阿不都热依木·买买提", "𠮷田", "ئۇيغۇر", &"站".repeat(100)] {
        client.post("/api/plans", &named(unit, name)).await.ok(201);
    }
}

#[tokio::test]
async fn names_that_look_alike_are_refused_in_one_list_and_allowed_in_two() {
    let client = served().await.client;
    let second = "/units/1/name";
    for (one, other) in [("办公室", "办公室"), ("办公室", "办公室 "), ("（机关）", "(机关)"), ("ABC", "ａｂｃ")]
    {
        let mut plan = named("/units/0/name", one);
        plan["units"][1]["name"] = json!(other);
        let answer = client.post("/api/plans", &plan).await;
        assert_eq!(answer.json()["fields"][0]["detail"], "/units/0/name");
        assert_eq!(answer.error(422, "invalid_plan")[second], "same_name");
        // In another category it is another office.
        plan["categories"].as_array_mut().unwrap().push(json!({ "id": "street", "name": "街道" }));
        plan["units"][1]["category"] = json!("street");
        client.post("/api/plans", &plan).await.ok(201);
    }
    for (first, second) in [
        ("/groups/0/name", "/groups/1/name"),
        ("/scales/0/options/0/name", "/scales/0/options/2/name"),
        ("/components/0/name", "/components/1/name"),
        ("/components/2/method/levels/0/name", "/components/2/method/levels/1/name"),
        ("/outcomes/0/name", "/outcomes/1/name"),
    ] {
        let mut plan = plan();
        let name = plan.pointer(first).unwrap().clone();
        *plan.pointer_mut(second).unwrap() = name;
        refused(&client, &plan, second, "same_name").await;
    }
    // A bonus and a deduction for one thing.
    let mut plan = plan();
    plan["adjustments"][1]["name"] = plan["adjustments"][0]["name"].clone();
    client.post("/api/plans", &plan).await.ok(201);
}

#[tokio::test]
async fn a_draft_is_told_and_does_not_open() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}");
    let saved =
        client.put_based_on(&format!("{path}?draft=1"), "\"1\"", &named("/units/0/name", "村建所")).await.ok(200);
    assert_eq!(saved["problems"], json!([{ "path": "/units/1/name", "code": "same_name", "detail": "/units/0/name" }]));
    let fields = client.post(&format!("{path}/open"), &json!({})).await.error(422, "invalid_plan");
    assert_eq!(fields["/units/1/name"], "same_name");
    client.put_based_on(&path, "\"2\"", &plan()).await.ok(200);
    client.post(&format!("{path}/open"), &json!({})).await.ok(200);
}

#[tokio::test]
async fn a_plan_that_opens_has_a_unit_and_a_component() {
    let client = served().await.client;
    let mut empty = plan();
    empty["units"] = json!([]);
    let id = draft(&client, &empty).await;
    let fields = client.post(&format!("/api/plans/{id}/open"), &json!({})).await.error(422, "invalid_plan");
    assert_eq!(fields["/units"], "empty_list");
}

#[tokio::test]
async fn the_tasks_of_one_unit_have_names_that_differ() {
    let client = served().await.client;
    let mut plan = plan();
    for unit in 0..2 {
        plan["units"][unit]["tasks"] =
            json!([{ "id": "fire", "name": "森林防火" }, { "id": "roads", "name": "村道养护" }]);
    }
    client.post("/api/plans", &plan).await.ok(201);
    plan["units"][1]["tasks"][1]["name"] = json!("森林防火 ");
    refused(&client, &plan, "/units/1/tasks/1/name", "same_name").await;
    plan["units"][1]["tasks"][1]["name"] = json!("村\u{202e}道");
    refused(&client, &plan, "/units/1/tasks/1/name", "direction_control").await;
}

#[tokio::test]
async fn names_that_look_alike_are_pointed_out_and_refused_by_nobody() {
    let client = served().await.client;
    let mut alike = plan();
    alike["units"][0]["name"] = json!("村建 所（机关）");
    alike["units"][1]["name"] = json!("村建所【机关】");
    let told = json!([{ "path": "/units/1/name", "code": "similar_name", "detail": "/units/0/name" }]);
    let created = client.post("/api/plans", &alike).await.ok(201);
    assert_eq!((&created["warnings"], &created["problems"]), (&told, &json!([])));
    let path = format!("/api/plans/{}", created["id"].as_str().unwrap());
    assert_eq!(client.put_based_on(&path, "\"1\"", &alike).await.ok(200)["warnings"], told);
    assert_eq!(client.put_based_on(&path, "\"2\"", &plan()).await.ok(200).get("warnings"), None);
    let mut scripts = plan();
    scripts["units"][0]["name"] = json!("A组");
    // Cyrillic.
    scripts["units"][1]["name"] = json!("А组");
    assert_eq!(client.post("/api/plans", &scripts).await.ok(201)["warnings"], told);
    client.put_based_on(&path, "\"3\"", &alike).await.ok(200);
    client.post(&format!("{path}/open"), &json!({})).await.ok(200);
}

/// Offices are shown in public and decide who may enter what.
#[tokio::test]
async fn names_of_offices_are_names() {
    let client = served().await.client;
    for place in ["/components/1/method/office", "/components/2/method/office", "/adjustments/0/office"] {
        for (name, code) in [
            ("热线\u{202e}办", "direction_control"),
            ("热线\0办", "control_character"),
            ("热线\u{200b}办", "invisible_character"),
            (&"办".repeat(101), "name_too_long"),
        ] {
            let (holder, _) = place.rsplit_once('/').unwrap();
            let mut plan = plan();
            plan.pointer_mut(holder).unwrap()["office"] = json!(name);
            refused(&client, &plan, place, code).await;
        }
    }
}
