//! A linker over items of rectification: it knows in which order a hundred people cast their ballots, and who wrote of two
//! units on one ballot, and tries to find either again in all that is told of opinions and items.

use serde_json::{Value, json};

use crate::rectifications::{IN_TIME, item, make};
use crate::served::{ballot, codes, draft, plan, served};

const VOTERS: u8 = 100;

/// A random order leaves more than so many of a hundred in their places once in ten million times.
const CHANCE: usize = 10;

/// The numbers of the voters in opinions, as they stand in a list.
fn order(texts: &[Value]) -> Vec<usize> {
    let number = |text: &Value| text.as_str().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    texts.iter().map(number).collect()
}

/// A random order leaves more than so many neighbours of a hundred beside each other once in a hundred million times.
const NEAR: usize = 14;

/// In how many places two orders have the same number.
fn same(one: &[usize], other: &[usize]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one == other).count()
}

/// How often the next number is the next voter's, in either direction.
fn neighbours(order: &[usize]) -> usize {
    order.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) == 1).count()
}

#[tokio::test]
async fn items_tell_neither_the_order_of_ballots_nor_which_opinions_one_voter_wrote() {
    let client = served().await.client;
    let mut plan = plan();
    plan["groups"][1]["comments"] = json!(true);
    let id = draft(&client, &plan).await;
    let leaders = codes(&client, &id, "leaders", 5).await;
    let staff = codes(&client, &id, "staff", VOTERS).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    for (number, code) in staff.iter().enumerate() {
        let mut sent = ballot(&id, code, number as u64, "good", "fair");
        let of = |unit: &str, name: &str| json!({ "unit": unit, "text": format!("{name} {number}") });
        sent["comments"] = json!([of("forestry", "林业"), of("building", "村建")]);
        client.post("/api/ballots", &sent).await.ok(201);
    }
    client.post("/api/ballots", &ballot(&id, &leaders[0], u64::from(VOTERS), "good", "good")).await.ok(201);
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let opinions = client.get(&format!("/api/plans/{id}/comments?limit=200")).await.ok(200);
    let of = |unit: &str, member: &str| -> Vec<Value> {
        let opinions = opinions["comments"].as_array().unwrap().iter();
        opinions.filter(|one| one["unit"] == unit).map(|one| one[member].clone()).collect()
    };

    let path = format!("/api/plans/{id}/rectifications");
    let mut orders = Vec::new();
    for unit in ["forestry", "building"] {
        let mut merged = item(unit, "办事慢", IN_TIME);
        merged["comments"] = json!(of(unit, "id"));
        let number = make(&client, &path, &merged).await;
        let kept = client.get(&format!("{path}/{number}")).await.ok(200)["item"].clone();
        let originals = order(kept["originals"].as_array().unwrap());
        assert_eq!(originals.len(), usize::from(VOTERS));
        orders.push((format!("originals of {unit}"), originals));
        // By their ids, which an item keeps as well.
        let mut by_id: Vec<(String, Value)> =
            of(unit, "id").iter().map(ToString::to_string).zip(of(unit, "text")).collect();
        by_id.sort_by(|one, other| one.0.cmp(&other.0));
        orders.push((format!("ids of {unit}"), order(&by_id.into_iter().map(|(_, text)| text).collect::<Vec<_>>())));
    }
    let cast: Vec<usize> = (0..usize::from(VOTERS)).collect();
    let back: Vec<usize> = cast.iter().rev().copied().collect();
    for (name, order) in &orders {
        for known in [&cast, &back] {
            let right = same(order, known);
            assert!(right <= CHANCE, "{name}: {right} in the order of the ballots: {order:?}");
        }
        let near = neighbours(order);
        assert!(near <= NEAR, "{name}: {near} beside whoever voted before or after: {order:?}");
    }
    // What one voter wrote of both units stands in no order together.
    for (one, other) in [(0, 2), (1, 3), (0, 3), (2, 1)] {
        let right = same(&orders[one].1, &orders[other].1);
        assert!(right <= CHANCE, "{} and {}: {right}", orders[one].0, orders[other].0);
    }
    // No opinion of one unit has a part of its id in common with one of the other.
    let parts = |unit: &str| -> Vec<String> {
        of(unit, "id").iter().map(|id| id.as_str().unwrap().split_once('.').unwrap().1.to_owned()).collect()
    };
    let building = parts("building");
    assert!(parts("forestry").iter().all(|part| !building.contains(part)));
}
