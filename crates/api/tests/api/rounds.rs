//! `/api/plans/{id}/rounds`: a year of two half-years, each voted on, counted and read by itself.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, draft, plan, served};

/// Two half-years; nobody sees tallies while voting is open; staff may write opinions.
fn year() -> Value {
    let mut plan = plan();
    plan.as_object_mut().unwrap().remove("live");
    plan["periods"] = json!([{ "id": "h1", "name": "上半年" }, { "id": "h2", "name": "下半年" }]);
    plan["groups"][1]["comments"] = json!(true);
    plan
}

async fn codes(client: &Client, plan: &str, period: &str, group: &str) -> Vec<String> {
    let seed = format!("{period}{group}").bytes().fold(7u8, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte));
    let codes: Vec<String> = (0..5).map(|n| wire::code::write([seed, n, 9, 4, 5, 6, 7, 8, 9, n])).collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect();
    let body = json!({ "period": period, "group": group, "hashes": hashes, "units": null, "unit": null });
    client.post(&format!("/api/plans/{plan}/codes"), &body).await.ok(201);
    codes
}

fn states(rounds: &Value) -> Vec<(String, u64, String, u64, u64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let number = |value: &Value| value.as_u64().unwrap();
    let rounds = rounds["rounds"].as_array().unwrap().iter();
    rounds
        .map(|row| {
            let progress = &row["progress"];
            let (issued, cast) = (number(&progress["issued"]), number(&progress["cast"]));
            (text(&row["period"]), number(&row["stage"]), text(&row["state"]), issued, cast)
        })
        .collect()
}

fn row(period: &str, state: &str, cast: u64) -> (String, u64, String, u64, u64) {
    (period.to_owned(), 1, state.to_owned(), 10, cast)
}

fn totals(result: &Value) -> Vec<&str> {
    result["units"].as_array().unwrap().iter().map(|unit| unit["total"].as_str().unwrap()).collect()
}

/// Casts five ballots of a group; `said` is an opinion on the forestry station that goes with each.
async fn vote(voter: &Client, id: &str, codes: &[String], first: u64, marks: (&str, &str), said: Option<&str>) {
    for (number, code) in (first..).zip(codes) {
        let mut sent = ballot(id, code, number, marks.0, marks.1);
        if let Some(said) = said {
            sent["comments"] = json!([{ "unit": "forestry", "text": said }]);
        }
        voter.post("/api/ballots", &sent).await.ok(201);
    }
}

/// First half: forestry (90 + 90) / 2 of 60 points is 54, with 30 and 10 it is 94; building (70 + 50) / 2 is 36, with 24
/// and 10 it is 70. Second half: forestry (50 + 70) / 2 is 36, with 20 and 10 it is 66; building 54 + 30 + 10 = 94. The
/// year is their mean: 80 and 82.
#[tokio::test]
async fn a_half_year_has_its_result_and_its_opinions_while_the_next_is_voted_on() {
    let client = served().await.client;
    let voter = client.stranger();
    let id = draft(&client, &year()).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let mut of = std::collections::BTreeMap::new();
    for period in ["h1", "h2"] {
        for group in ["leaders", "staff"] {
            of.insert((period, group), codes(&client, &id, period, group).await);
        }
    }
    let rounds = async || states(&client.get(&at("rounds")).await.ok(200));
    assert_eq!(
        rounds().await,
        [row("h1", "waiting", 0), row("h2", "waiting", 0)].map(|row| (row.0, row.1, row.2, 0, 0))
    );
    client.post(&at("rounds/h1/1/open"), &json!({})).await.error(409, "wrong_state");
    let opening = json!({ "rounds": [{ "period": "h1", "stage": 1 }] });
    assert_eq!(client.post(&at("open"), &opening).await.ok(200)["state"], "open");
    assert_eq!(rounds().await, [row("h1", "open", 0), row("h2", "waiting", 0)]);
    let early = json!({ "plan": id, "code": of[&("h2", "staff")][0] });
    voter.post("/api/ballot-paper", &early).await.error(409, "plan_not_open");

    vote(&voter, &id, &of[&("h1", "leaders")], 100, ("good", "fair"), None).await;
    vote(&voter, &id, &of[&("h1", "staff")], 200, ("good", "poor"), Some("上半年")).await;
    for (unit, value) in [("forestry", "30"), ("building", "24")] {
        client.put(&at(&format!("entries/h1/hotline/{unit}")), &json!({ "value": value })).await.ok(200);
    }
    assert_eq!(client.get(&at("records")).await.ok(200)["tallies"], json!([]));
    client.get(&at("comments")).await.error(409, "wrong_state");
    client.get(&at("result?period=h1&mode=final")).await.error(409, "wrong_state");
    client.post(&at("rounds/h2/1/close"), &json!({})).await.error(409, "wrong_state");
    let closed = client.post(&at("rounds/h1/1/close"), &json!({})).await.ok(200);
    assert_eq!((&closed["state"], &closed["progress"]["cast"]), (&json!("closed"), &json!(10)));
    client.post(&at("rounds/h1/1/close"), &json!({})).await.ok(200);
    client.post(&at("rounds/h1/1/open"), &json!({})).await.error(409, "wrong_state");

    // The second half-year is voted on.
    assert_eq!(client.post(&at("rounds/h2/1/open"), &json!({})).await.ok(200)["state"], "open");
    vote(&voter, &id, &of[&("h2", "leaders")], 300, ("poor", "good"), None).await;
    vote(&voter, &id, &of[&("h2", "staff")][..3], 400, ("fair", "good"), Some("下半年")).await;
    assert_eq!(rounds().await, [row("h1", "closed", 10), row("h2", "open", 8)]);
    let first = client.get(&at("result?period=h1&mode=final")).await.ok(200);
    assert_eq!(totals(&first), ["94.000000", "70.000000"]);
    client.get(&at("result?period=h2&mode=final")).await.error(409, "wrong_state");
    client.get(&at("result?mode=final")).await.error(409, "wrong_state");
    let records = client.get(&at("records")).await.ok(200);
    let periods: Vec<&Value> = records["tallies"].as_array().unwrap().iter().map(|tally| &tally["period"]).collect();
    assert_eq!(periods, [&json!("h1"); 4]);
    let opinions = client.get(&at("comments")).await.ok(200);
    let said: Vec<&Value> = opinions["comments"].as_array().unwrap().iter().map(|one| &one["text"]).collect();
    assert_eq!(said, [&json!("上半年"); 5]);
    client.post(&at("publish"), &json!({})).await.error(409, "wrong_state");
    let late = json!({ "period": "h1", "group": "staff", "hashes": ["0".repeat(64)], "units": null, "unit": null });
    client.post(&at("codes"), &late).await.error(409, "plan_closed");

    // The year.
    vote(&voter, &id, &of[&("h2", "staff")][3..], 500, ("fair", "good"), None).await;
    for (unit, value) in [("forestry", "20"), ("building", "30")] {
        client.put(&at(&format!("entries/h2/hotline/{unit}")), &json!({ "value": value })).await.ok(200);
    }
    assert_eq!(client.post(&at("close"), &json!({})).await.ok(200)["state"], "closed");
    assert_eq!(rounds().await, [row("h1", "closed", 10), row("h2", "closed", 10)]);
    let second = client.get(&at("result?period=h2&mode=final")).await.ok(200);
    assert_eq!(totals(&second), ["66.000000", "94.000000"]);
    let books = client.get(&at("reconciliation")).await.ok(200);
    assert_eq!(books["differences"], json!([]));
    assert_eq!(client.post(&at("publish"), &json!({})).await.ok(200)["state"], "published");
    let public = voter.get(&format!("/api/public/{id}")).await.ok(200);
    assert_eq!(totals(&public["result"]), ["80.000000", "82.000000"]);
    assert_eq!(public["receipts"]["count"], 20);
}

#[tokio::test]
async fn rounds_that_there_are_not_are_told_by_their_places() {
    let client = served().await.client;
    let id = draft(&client, &year()).await;
    let named = json!({ "rounds": [{ "period": "h1", "stage": 1 }, { "period": "h3", "stage": 1 }, { "period": "h1", "stage": 2 }] });
    let fields = client.post(&format!("/api/plans/{id}/open"), &named).await.error(422, "invalid_body");
    assert_eq!((&*fields["/rounds/1"], &*fields["/rounds/2"]), ("unknown_round", "unknown_round"));
    let open = json!({ "rounds": [] });
    client.post(&format!("/api/plans/{id}/open"), &open).await.ok(200);
    for round in ["h3/1", "h1/2", "h1/3", "h1/x"] {
        client.post(&format!("/api/plans/{id}/rounds/{round}/open"), &json!({})).await.error(404, "not_found");
        client.post(&format!("/api/plans/{id}/rounds/{round}/close"), &json!({})).await.error(404, "not_found");
    }
}
