//! Opinions beside a ballot's marks, and `/api/plans/{id}/comments`.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, codes, draft, plan, repeated, served};

/// A plan whose staff may write opinions and whose leaders may not, open: id, leaders' and staff's codes.
async fn open(client: &Client) -> (String, Vec<String>, Vec<String>) {
    let mut plan = plan();
    plan["groups"][1]["comments"] = json!(true);
    let id = draft(client, &plan).await;
    let leaders = codes(client, &id, "leaders", 5).await;
    let staff = codes(client, &id, "staff", 10).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    (id, leaders, staff)
}

fn with(mut ballot: Value, comments: Value) -> Value {
    ballot["comments"] = comments;
    ballot
}

#[tokio::test]
async fn a_paper_says_whether_it_takes_opinions() {
    let client = served().await.client;
    let (id, leaders, staff) = open(&client).await;
    let paper = async |code: &str| client.post("/api/ballot-paper", &json!({ "plan": id, "code": code })).await.ok(200);
    assert_eq!(paper(&staff[0]).await["comments"], json!(true));
    assert!(paper(&leaders[0]).await.get("comments").is_none());
    let one = json!([{ "unit": "forestry", "text": "慢" }]);
    let fields = client
        .post("/api/ballots", &with(ballot(&id, &leaders[0], 1, "good", "poor"), one))
        .await
        .error(422, "invalid_ballot");
    assert_eq!(fields["/comments"], "not_applicable");
}

#[tokio::test]
async fn opinions_are_read_by_staff_after_closing_page_by_page() {
    let client = served().await.client;
    let (id, _, staff) = open(&client).await;
    let voter = client.stranger();
    let bad = json!([{ "unit": "forestry", "text": " " }, { "unit": "nowhere", "text": "慢" }]);
    let refused = with(ballot(&id, &staff[0], 1, "good", "poor"), bad);
    let fields = voter.post("/api/ballots", &refused).await.error(422, "invalid_ballot");
    assert_eq!(fields["/comments/0/text"], "empty");
    assert_eq!(fields["/comments/1/unit"], "not_on_paper");
    for (number, code) in (1..).zip(&staff) {
        let said = json!([
            { "unit": "forestry", "text": format!("  林业 {number}\r\n慢 ") },
            { "unit": "building", "text": format!("村建 {number}") }
        ]);
        let sent = with(ballot(&id, code, number, "good", "poor"), said);
        let receipt = voter.post("/api/ballots", &sent).await.ok(201);
        // Sent again, with or without them: the same receipt, and nothing twice.
        assert_eq!(voter.post("/api/ballots", &sent).await.ok(200), repeated(&receipt));
        assert_eq!(
            voter.post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(200),
            repeated(&receipt)
        );
    }
    let path = format!("/api/plans/{id}/comments");
    client.get(&path).await.error(409, "wrong_state");
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    voter.get(&path).await.error(401, "not_signed_in");
    let first = client.get(&format!("{path}?limit=12")).await.ok(200);
    let rest = client.get(&format!("{path}?limit=12&cursor={}", first["next"].as_str().unwrap())).await.ok(200);
    assert_eq!(rest["next"], Value::Null);
    let all: Vec<&Value> = [&first, &rest].iter().flat_map(|page| page["comments"].as_array().unwrap()).collect();
    let mut texts: Vec<&str> = all.iter().map(|kept| kept["text"].as_str().unwrap()).collect();
    texts.sort_unstable();
    let mut expected: Vec<String> =
        (1..=10).flat_map(|number| [format!("林业 {number}\n慢"), format!("村建 {number}")]).collect();
    expected.sort_unstable();
    assert_eq!(texts, expected);
    // Ten ballots are enough to tell the group.
    assert!(all.iter().all(|kept| kept["group"] == "staff" && kept["period"] == "year"));
    assert!(all[..10].iter().all(|kept| kept["unit"] == "building"));
}

#[tokio::test]
async fn the_plain_ballot_has_a_field_for_each_unit() {
    let client = served().await.client;
    let (id, _, staff) = open(&client).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let path = format!("/ballot/{id}/plain");
    let page = client.send("POST", &path, &form, format!("code={}", staff[0])).await.text();
    assert_eq!(page.matches("<textarea").count(), 2, "{page}");
    let ballot_id = page.split("name=\"ballot_id\" value=\"").nth(1).unwrap()[..32].to_owned();
    let sent = |said: &str| {
        format!(
            "code={}&ballot_id={ballot_id}&m.internal.forestry.=good&m.internal.building.=&c.forestry={said}&c.building=+",
            staff[0]
        )
    };
    // A text that is too long comes back with the form.
    let long = "x".repeat(501);
    let refused = client.send("POST", &path, &form, sent(&long)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(&long));
    let done = client.send("POST", &path, &form, sent("%E6%85%A2%0D%0A%3Cb%3E")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let mut kept = client.get(&format!("/api/plans/{id}/comments")).await.ok(200);
    let own = kept["comments"][0].as_object_mut().unwrap().remove("id").unwrap();
    assert!(own.as_str().unwrap().starts_with("forestry."), "{own}");
    assert_eq!(kept["comments"], json!([{ "unit": "forestry", "period": null, "group": null, "text": "慢\n<b>" }]));
}
