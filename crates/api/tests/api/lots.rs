//! A lot that was drawn stands until it is struck out.

use serde_json::json;

use crate::served::{draft, plan, served};

#[tokio::test]
async fn a_lot_is_replaced_only_by_striking_it_out() {
    let client = served().await.client;
    let mut plan = plan();
    plan["units"].as_array_mut().unwrap().push(json!({ "id": "water", "name": "水务站", "category": "dept" }));
    let id = draft(&client, &plan).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    client.post(&at("open"), &json!({})).await.ok(200);
    let drawn = json!({ "order": ["building", "forestry"] });
    let first = client.put(&at("lots/dept"), &drawn).await.ok(200);
    assert_eq!(client.put(&at("lots/dept"), &drawn).await.ok(200), first, "the same again is the same");
    client.put(&at("lots/dept"), &json!({ "order": ["forestry", "building"] })).await.error(409, "already_exists");
    client.put(&at("lots/dept"), &json!({ "order": ["forestry", "water"] })).await.error(409, "already_exists");
    // Another tie of the category is added to it.
    client.put(&at("lots/dept"), &json!({ "order": ["building", "water", "forestry"] })).await.ok(200);
    client.delete(&at("lots/dept"), &json!({ "reason": "监督员不在场，重抽" })).await.ok(200);
    client.put(&at("lots/dept"), &json!({ "order": ["forestry", "building", "water"] })).await.ok(200);
}
