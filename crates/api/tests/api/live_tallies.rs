//! Live tallies of secret groups: ten ballots behind the box, ten at a time, for every reader.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, draft, open, plan, served};

/// Issues codes of a group under a seed of their own; more than 255.
async fn many_codes(client: &Client, plan: &str, group: &str, count: u16) -> Vec<String> {
    let codes: Vec<String> = (0..count)
        .map(|n| wire::code::write([n.to_be_bytes()[0], n.to_be_bytes()[1], group.len() as u8, 4, 5, 6, 7, 8, 9, 1]))
        .collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect();
    let body = json!({ "period": "year", "group": group, "hashes": hashes, "units": null, "unit": null });
    client.post(&format!("/api/plans/{plan}/codes"), &body).await.ok(201);
    codes
}

/// The counts of a group's marks on 林业站, by option: three numbers that add up to the ballots behind them.
async fn seen(client: &Client, plan: &str, group: &str) -> [i64; 3] {
    let records = client.get(&format!("/api/plans/{plan}/records")).await.ok(200);
    let tallies = records["tallies"].as_array().unwrap();
    let mut counts = [0; 3];
    for tally in tallies.iter().filter(|tally| tally["group"] == group && tally["unit"] == "forestry") {
        for (place, option) in ["good", "fair", "poor"].iter().enumerate() {
            counts[place] += tally["counts"][option].as_i64().unwrap_or(0);
        }
    }
    counts
}

/// C1: two looks, one ballot between them.
#[tokio::test]
async fn forty_ballots_are_seen_ten_behind_and_ten_at_a_time() {
    let served = served().await;
    let client = &served.client;
    let auditor = served.member("auditor", &["auditor"]).await;
    let id = draft(client, &plan()).await;
    let leaders = many_codes(client, &id, "leaders", 40).await;
    many_codes(client, &id, "staff", 10).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let voter = client.stranger();
    let (mut before, mut steps) = ([0; 3], BTreeSet::new());
    for (number, code) in (1..).zip(&leaders) {
        let option = ["good", "fair", "poor"][number as usize % 3];
        voter.post("/api/ballots", &ballot(&id, code, number, option, option)).await.ok(201);
        let now = seen(client, &id, "leaders").await;
        assert_eq!(seen(&auditor, &id, "leaders").await, now, "every reader sees the same");
        let (shown, had): (i64, i64) = (now.iter().sum(), before.iter().sum());
        assert!(shown == had || shown >= had + 10, "{number}: {had} then {shown}");
        assert!(shown == 0 || shown <= number as i64 - 10, "{shown} of {number}");
        steps.insert(shown);
        // Result, simulation and explanation say no more than the records do.
        let why = client.get(&format!("/api/plans/{id}/explanation/forestry")).await.ok(200).to_string();
        let result = client.get(&format!("/api/plans/{id}/result")).await.ok(200);
        let simulated = client.post(&format!("/api/plans/{id}/simulate"), &json!({})).await.ok(200);
        let score = &result["units"][0]["periods"][0]["components"][0]["score"];
        let mean = now[0] * 90 + now[1] * 70 + now[2] * 50;
        let expected = if shown == 0 { 0.0 } else { mean as f64 / shown as f64 * 0.6 };
        let read: f64 = score.as_str().unwrap().parse().unwrap();
        assert!((read - expected).abs() < 1e-5, "{number}: {score} {expected} {why}");
        assert_eq!(simulated["units"], result["units"]);
        before = now;
    }
    assert_eq!(steps, BTreeSet::from([0, 10, 20, 30]), "and it is live: each ten is seen in time");
    assert_eq!(seen(client, &id, "staff").await, [0; 3], "one group's ballots show nothing of another's");
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    assert_eq!(seen(client, &id, "leaders").await.iter().sum::<i64>(), 40, "closing shows all of them");
}

#[tokio::test]
async fn ballots_that_nobody_watched_are_seen_as_soon_as_those_that_somebody_did() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let leaders = many_codes(&client, &id, "leaders", 40).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let voter = client.stranger();
    for (number, code) in (1..).zip(&leaders) {
        voter.post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    assert_eq!(seen(&client, &id, "leaders").await, [30, 0, 0]);
}

/// Voters and readers side by side: whatever anybody saw, two looks differ by ten ballots or by none.
#[tokio::test]
async fn parallel_readers_never_see_two_states_less_than_ten_apart() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let leaders = many_codes(&client, &id, "leaders", 64).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let mut voters = tokio::task::JoinSet::new();
    for (lane, codes) in leaders.chunks(16).enumerate() {
        let (voter, id, codes) = (client.stranger(), id.clone(), codes.to_vec());
        voters.spawn(async move {
            for (place, code) in codes.iter().enumerate() {
                let option = ["good", "fair", "poor"][(lane + place) % 3];
                let number = (lane * 100 + place + 1) as u64;
                voter.post("/api/ballots", &ballot(&id, code, number, option, option)).await.ok(201);
            }
        });
    }
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (client, id) = (client.clone(), id.clone());
        readers.spawn(async move {
            let mut states = BTreeMap::new();
            for _ in 0..25 {
                let state = seen(&client, &id, "leaders").await;
                states.insert(state.iter().sum::<i64>(), state);
            }
            states
        });
    }
    let mut states: BTreeMap<i64, [i64; 3]> = BTreeMap::new();
    while let Some(more) = readers.join_next().await {
        for (sum, state) in more.unwrap() {
            assert_eq!(*states.entry(sum).or_insert(state), state, "one number of ballots is one state");
        }
    }
    while let Some(done) = voters.join_next().await {
        done.unwrap();
    }
    let sums: Vec<i64> = states.keys().copied().collect();
    assert!(sums.windows(2).all(|pair| pair[1] - pair[0] >= 10), "{sums:?}");
    assert!(sums.iter().all(|sum| *sum <= 54), "{sums:?}");
    let last: i64 = seen(&client, &id, "leaders").await.iter().sum();
    assert!((30..=54).contains(&last), "{last}");
}

/// A paper batch is no ballot of the box, and what an open group says is nobody's secret.
#[tokio::test]
async fn groups_that_are_not_secret_are_seen_at_once() {
    let client = served().await.client;
    let mut plan = plan();
    plan["groups"][0]["ballot"] = Value::from("named");
    let id = draft(&client, &plan).await;
    let leaders = many_codes(&client, &id, "leaders", 3).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    client.stranger().post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "poor")).await.ok(201);
    assert_eq!(seen(&client, &id, "leaders").await, [1, 0, 0]);
    let (other, leaders, _) = open(&client).await;
    client.stranger().post("/api/ballots", &ballot(&other, &leaders[0], 1, "good", "poor")).await.ok(201);
    assert_eq!(seen(&client, &other, "leaders").await, [0; 3]);
}

/// One mark on a unit that few papers have is nobody's to see, however many ballots there are of others.
#[tokio::test]
async fn where_papers_leave_units_out_each_unit_waits_for_ten_marks() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let mut codes = Vec::new();
    for (seed, unit, count) in [(1, "forestry", 30), (2, "building", 12)] {
        let drawn: Vec<String> = (0..count).map(|n| wire::code::write([seed, n, 5, 4, 5, 6, 7, 8, 9, 2])).collect();
        let hashes: Vec<String> = drawn.iter().map(|code| wire::code::hash_hex(&id, code)).collect();
        let body = json!({ "period": "year", "group": "leaders", "hashes": hashes, "units": [unit], "unit": null });
        client.post(&format!("/api/plans/{id}/codes"), &body).await.ok(201);
        codes.push(drawn);
    }
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let voter = client.stranger();
    let mut number = 0;
    let mut cast = async |code: &str, unit: &str| {
        number += 1;
        let mark = json!({ "component": "internal", "unit": unit, "criterion": null, "option": "poor" });
        let body = json!({ "plan": id, "code": code, "ballot_id": format!("{number:032x}"), "marks": [mark] });
        voter.post("/api/ballots", &body).await.ok(201);
    };
    let shown = async || {
        let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
        let tallies = records["tallies"].as_array().unwrap().clone();
        let of = |unit: &str| {
            let own = tallies.iter().filter(|tally| tally["unit"] == unit);
            own.map(|tally| tally["counts"]["poor"].as_u64().unwrap_or(0)).sum::<u64>()
        };
        (of("forestry"), of("building"))
    };
    cast(&codes[1][0], "building").await;
    for code in &codes[0][..25] {
        cast(code, "forestry").await;
        assert_eq!(shown().await, (0, 0), "one mark on 村建所 would be told");
    }
    for code in &codes[1][1..10] {
        cast(code, "building").await;
    }
    // Ten on each by now: the step is written, and is seen when the next one is.
    assert_eq!(shown().await, (0, 0));
    for code in &codes[0][25..] {
        cast(code, "forestry").await;
    }
    cast(&codes[1][10], "building").await;
    // 35 + 1 ballots and one mark more on 村建所: no second step yet.
    assert_eq!(shown().await, (0, 0));
}
