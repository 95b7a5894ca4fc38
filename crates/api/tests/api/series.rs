//! What plans of a series share in these tests: plans that are scored by entries alone, so that they are published without
//! a vote.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::draft;

/// A plan of one entered component worth 100; each unit as id and name, each period as id and name.
pub fn entered(title: &str, units: &[(&str, &str)], periods: &[(&str, &str)]) -> Value {
    let named = |list: &[(&str, &str)]| -> Vec<Value> {
        list.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect()
    };
    let unit = |(id, name): &(&str, &str)| json!({ "id": id, "name": name, "category": "all" });
    json!({
        "format": 1, "title": title, "year": 2014, "total": "100",
        "categories": [{ "id": "all", "name": "单位" }],
        "units": units.iter().map(unit).collect::<Vec<_>>(),
        "groups": [], "scales": [], "periods": named(periods), "combine": "mean",
        "components": [
            { "id": "score", "name": "得分", "points": "100", "method": { "kind": "entered", "office": "中心" } }
        ],
        "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] },
        "outcomes": [
            { "id": "first", "name": "通报表扬", "when": { "from_top": 1 } },
            { "id": "last", "name": "黄牌警告", "when": { "from_bottom": 1 } }
        ]
    })
}

/// A plan whose windows count 60 as a linked component and whose work counts 40 as an entered one.
pub fn parent(units: &[(&str, &str)], periods: &[(&str, &str)]) -> Value {
    let mut plan = entered("三亮三评", units, periods);
    plan["components"] = json!([
        { "id": "windows", "name": "派出窗口评议", "points": "60",
          "method": { "kind": "linked", "out_of": "100", "combine": "mean", "office": "中心" } },
        { "id": "work", "name": "动态考评", "points": "40", "method": { "kind": "entered", "office": "督查室" } }
    ]);
    plan
}

/// Opens a plan of which nobody votes.
pub async fn opened(client: &Client, plan: &Value) -> String {
    let id = draft(client, plan).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    id
}

/// Enters a value of `score`.
pub async fn enter(client: &Client, id: &str, period: &str, unit: &str, value: &str) {
    let path = format!("/api/plans/{id}/entries/{period}/score/{unit}");
    client.put(&path, &json!({ "value": value })).await.ok(200);
}

pub async fn finish(client: &Client, id: &str) {
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
}

/// A published plan of [`entered`] scores: period, unit, value.
pub async fn published(client: &Client, plan: &Value, scores: &[(&str, &str, &str)]) -> String {
    let id = opened(client, plan).await;
    for (period, unit, value) in scores {
        enter(client, &id, period, unit, value).await;
    }
    finish(client, &id).await;
    id
}

/// How many events the audit trail of a plan has.
pub async fn events(client: &Client, id: &str) -> usize {
    client.get(&format!("/api/plans/{id}/audit?limit=200")).await.ok(200)["events"].as_array().unwrap().len()
}

/// A member of each element of a list.
pub fn all<'v>(list: &'v Value, member: &str) -> Vec<&'v Value> {
    list.as_array().unwrap().iter().map(|one| &one[member]).collect()
}
