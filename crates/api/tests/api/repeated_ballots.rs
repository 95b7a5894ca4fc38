//! A ballot id that is in the box: the answer is the same whatever marks, opinions and code come with it.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::served::{ballot, codes, draft, open, plan, served};

/// All ways to mark two units, blanks included, but for the empty ballot: 4 × 4 − 1.
fn combinations() -> Vec<Value> {
    let choices = [None, Some("good"), Some("fair"), Some("poor")];
    let mark = |unit: &str, option: Option<&str>| {
        option.map(|option| json!({ "component": "internal", "unit": unit, "criterion": null, "option": option }))
    };
    let pairs = choices.iter().flat_map(|forestry| choices.iter().map(move |building| (*forestry, *building)));
    let marks = pairs.map(|(forestry, building)| {
        [mark("forestry", forestry), mark("building", building)].into_iter().flatten().collect::<Vec<_>>()
    });
    marks.filter(|marks| !marks.is_empty()).map(Value::from).collect()
}

fn told(answer: Answer) -> (u16, Value) {
    (answer.status.as_u16(), answer.json())
}

/// Every combination of marks with each of the codes: one answer, a repeated receipt.
async fn one_answer(client: &Client, plan: &str, receipt: &Value, codes: &[&str]) {
    let voter = client.stranger();
    for code in codes {
        for marks in combinations() {
            let sent = json!({ "plan": plan, "code": code, "ballot_id": format!("{:032x}", 1), "marks": marks });
            let expected = (200, json!({ "receipt": receipt, "repeated": true }));
            assert_eq!(told(voter.post("/api/ballots", &sent).await), expected, "{code} {marks}");
        }
    }
}

#[tokio::test]
async fn fifteen_ways_of_marking_in_three_states_with_three_codes_get_one_answer() {
    let client = served().await.client;
    let (id, leaders, staff) = open(&client).await;
    let voter = client.stranger();
    let first = voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "poor", "fair")).await.ok(201);
    assert!(first.get("repeated").is_none(), "{first}");
    for (number, code) in (2..).zip(leaders[2..].iter().chain(&staff)) {
        voter.post("/api/ballots", &ballot(&id, code, number, "good", "fair")).await.ok(201);
    }
    // The ballot's own code, one that nobody used, and one that was never issued.
    let never = wire::code::write([1; 10]);
    let codes = [leaders[0].as_str(), leaders[1].as_str(), never.as_str(), "0", ""];
    one_answer(&client, &id, &first["receipt"], &codes).await;
    let turnout = client.get(&format!("/api/plans/{id}/turnout")).await.ok(200);
    assert_eq!(turnout["groups"][0]["cast"], 6, "{turnout}");
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    one_answer(&client, &id, &first["receipt"], &codes).await;
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "20" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    one_answer(&client, &id, &first["receipt"], &codes).await;
}

#[tokio::test]
async fn a_repeated_ballot_uses_up_no_code_and_its_opinions_are_not_looked_at() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let voter = client.stranger();
    let first = voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "poor", "fair")).await.ok(201);
    let mut wrong = ballot(&id, &leaders[1], 1, "nonsense", "nonsense");
    wrong["comments"] = json!([{ "unit": "nowhere", "text": "" }]);
    let expected = json!({ "receipt": first["receipt"], "repeated": true });
    assert_eq!(voter.post("/api/ballots", &wrong).await.ok(200), expected);
    let mark = json!({ "component": "internal", "unit": "forestry", "option": "good" });
    wrong["marks"] = json!(vec![mark; 25_001]);
    assert_eq!(voter.post("/api/ballots", &wrong).await.ok(200), expected);
    wrong["marks"] = json!([]);
    assert_eq!(voter.post("/api/ballots", &wrong).await.ok(200), expected);
    // The second code is still good, and the first casts nothing else.
    voter.post("/api/ballots", &ballot(&id, &leaders[1], 2, "good", "good")).await.ok(201);
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 3, "good", "good")).await.error(409, "code_used");
}

/// Two tries with one id at once, whatever they say: one goes in, the other hears of it.
#[tokio::test]
async fn of_two_ballots_with_one_id_sent_at_once_one_goes_in_and_both_get_its_receipt() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let leaders = codes(&client, &id, "leaders", 10).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let voter = client.stranger();
    for (number, pair) in (1..).zip(leaders.chunks(2)) {
        let [good, poor] =
            [(&pair[0], "good"), (&pair[1], "poor")].map(|(code, option)| ballot(&id, code, number, option, option));
        let (one, other) = tokio::join!(voter.post("/api/ballots", &good), voter.post("/api/ballots", &poor));
        let mut answers = [told(one), told(other)];
        answers.sort_by_key(|(status, _)| *status);
        let receipt = answers[1].1["receipt"].clone();
        assert_eq!(answers[0], (200, json!({ "receipt": receipt, "repeated": true })));
        assert_eq!(answers[1], (201, json!({ "receipt": receipt })));
    }
    let turnout = client.get(&format!("/api/plans/{id}/turnout")).await.ok(200);
    assert_eq!(turnout["groups"][0]["cast"], 5, "each pair used one code");
}
