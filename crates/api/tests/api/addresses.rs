//! `/api/plans/{id}/address` and `/b/{word}`: the short way to a ballot page.

use serde_json::json;

use crate::client::Client;
use crate::served::{draft, plan, served};

/// Where an address leads.
async fn led(client: &Client, path: &str) -> String {
    let answer = client.get(path).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    answer.headers["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_short_word_leads_to_its_plan_however_it_is_typed_and_to_no_other() {
    let client = served().await.client;
    let stranger = client.stranger();
    let mut words = Vec::new();
    for _ in 0..12 {
        let id = draft(&client, &plan()).await;
        let path = format!("/api/plans/{id}/address");
        let word = client.post(&path, &json!({})).await.ok(200)["word"].as_str().unwrap().to_owned();
        assert_eq!(word.len(), 4);
        assert_eq!(client.post(&path, &json!({})).await.ok(200)["word"], word);
        // Two events: the plan was made, and the address.
        let events = client.get(&format!("/api/plans/{id}/audit")).await.ok(200)["events"].clone();
        assert_eq!((events.as_array().unwrap().len(), &events[1]["action"]), (2, &json!("address_made")));
        for typed in [word.clone(), word.to_uppercase(), word.replace('0', "O").replace('1', "l")] {
            assert_eq!(led(&stranger, &format!("/b/{typed}")).await, format!("/ballot/{id}"));
        }
        // What is printed stays.
        let fields = client.delete(&format!("/api/plans/{id}"), &json!({})).await.error(409, "draft_in_use");
        assert_eq!(fields.keys().collect::<Vec<_>>(), ["/addresses"]);
        words.push(word);
    }
    words.sort();
    words.dedup();
    assert_eq!(words.len(), 12);
    for path in ["/b/7k3", "/b/uuuu", "/b/7k3mm", "/b/%E8%AF%84"] {
        assert_eq!(stranger.get(path).await.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test]
async fn an_open_group_has_a_word_of_its_own() {
    let client = served().await.client;
    let mut plan = plan();
    plan["groups"][1]["ballot"] = json!("open");
    let id = draft(&client, &plan).await;
    let path = format!("/api/plans/{id}/address");
    let of_plan = client.post(&path, &json!({})).await.ok(200)["word"].clone();
    let request = json!({ "period": "year", "group": "staff" });
    let word = client.post(&path, &request).await.ok(200)["word"].clone();
    assert_ne!(word, of_plan);
    let led = led(&client.stranger(), &format!("/b/{}", word.as_str().unwrap())).await;
    assert_eq!(led, format!("/ballot/{id}#open/year/staff"));
    // A group of drawn codes has no link, and half a place is none.
    for request in [json!({ "period": "year", "group": "leaders" }), json!({ "period": "h2", "group": "staff" })] {
        client.post(&path, &request).await.error(422, "invalid_body");
    }
    assert_eq!(
        client.post(&path, &json!({ "period": "year" })).await.error(422, "invalid_body")["/group"],
        "missing_field"
    );
    assert_eq!(
        client.post(&path, &json!({ "group": "staff" })).await.error(422, "invalid_body")["/period"],
        "missing_field"
    );
    client.post("/api/plans/nowhere/address", &json!({})).await.error(404, "not_found");
}
