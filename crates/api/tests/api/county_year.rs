//! The county's year from start to end, from the template: 120 departments in stage 1, of which the 50 best, the 50 lowest and
//! the 10 that were carried over from last year go on to stage 2, voted on by three blind groups; the result against sums in
//! tenths that this file works out by itself.

use serde_json::{Value, json};

use crate::blind::Browser;
use crate::client::Client;
use crate::series::{all, finish};
use crate::served::{codes, draft, served};

const UNITS: usize = 120;
/// The middle of the ranking: without last year they would be in no list.
const CARRIED: std::ops::Range<usize> = 55..65;
/// Between the 50 best and the 50 lowest of those that were not carried over.
const IN_NO_LIST: [usize; 10] = [50, 51, 52, 53, 54, 65, 66, 67, 68, 69];
const GROUPS: [&str; 3] = ["enterprises", "delegates", "society"];

/// Stage 1 in tenths: 90 and 80 of 100 by 服务对象 are 18 and 16; 4, 4 and 8 are entered; 80 of 100 by 部门联评 are 4; and
/// 监督检查 has 20 less a tenth for each unit before this one.
fn stage_1(unit: usize) -> usize {
    180 + 160 + 40 + 40 + 80 + 40 + supervision(unit)
}

fn supervision(unit: usize) -> usize {
    200 - unit
}

/// How a group marks a unit.
fn option(group: &str, unit: usize) -> (&'static str, usize) {
    match group {
        "enterprises" if unit % 2 == 1 => ("fair", 80),
        "society" if unit.is_multiple_of(3) => ("poor", 50),
        _ => ("good", 100),
    }
}

/// 网络评议 in tenths: the mean of the three groups' marks of 100, of 15 points.
fn stage_2(unit: usize) -> usize {
    GROUPS.iter().map(|group| option(group, unit).1).sum::<usize>() * 150 / 300
}

fn tenths(value: usize) -> String {
    format!("{}.{}00000", value / 10, value % 10)
}

/// What is entered for stage 1: joint decisions in place of the 服务对象's marks, three offices' values, the linked totals.
async fn enter_stage_1(client: &Client, id: &str, units: &[String]) {
    for (place, unit) in units.iter().enumerate() {
        for (component, value) in [("satisfaction_half", "90"), ("satisfaction_year", "80")] {
            let body = json!({ "period": "year", "component": component, "unit": unit, "value": value, "reason": "第三方调查" });
            client.post(&format!("/api/plans/{id}/decisions"), &body).await.ok(201);
        }
        let supervision = format!("{}.{}", supervision(place) / 10, supervision(place) % 10);
        let values = [
            ("hotline", "4"),
            ("platform", "4"),
            ("case_files", "8"),
            ("supervision", supervision.trim_end_matches(".0")),
        ];
        for (component, value) in values {
            let path = format!("/api/plans/{id}/entries/year/{component}/{unit}");
            client.put(&path, &json!({ "value": value })).await.ok(200);
        }
        let path = format!("/api/plans/{id}/links/year/joint/{unit}");
        client.put(&path, &json!({ "totals": ["80"] })).await.ok(200);
    }
}

/// Five people of a blind group exchange their codes and mark everything on their paper, which is the list.
async fn vote(voter: &Client, id: &str, (group, cards): (&str, &[String]), key: &str, units: &[String]) {
    for (number, code) in cards.iter().enumerate() {
        let paper = voter.post("/api/ballot-paper", &json!({ "plan": id, "code": code })).await.ok(200);
        let listed: Vec<usize> = all(&paper["sections"][0]["units"], "id")
            .iter()
            .map(|listed| units.iter().position(|unit| *listed == unit).unwrap())
            .collect();
        assert_eq!(listed, (0..UNITS).filter(|unit| !IN_NO_LIST.contains(unit)).collect::<Vec<_>>());
        assert_eq!(listed.len(), 110);
        let browser = Browser::new();
        let token = browser.token_of(group, &voter.post("/api/tokens", &browser.request(id, code)).await.ok(200), key);
        let mark = |unit: &usize| json!({ "component": "network", "unit": units[*unit], "criterion": null, "option": option(group, *unit).0 });
        let marks: Vec<Value> = listed.iter().map(mark).collect();
        let seed = GROUPS.iter().position(|one| *one == group).unwrap();
        let ballot_id = format!("{seed:02x}{number:030x}");
        voter
            .post("/api/ballots", &json!({ "plan": id, "token": token, "ballot_id": ballot_id, "marks": marks }))
            .await
            .ok(201);
    }
}

#[tokio::test]
async fn a_year_of_the_county_has_110_of_120_in_stage_2_and_comes_out_as_it_was_worked_out_apart() {
    let client = served().await.client;
    let voter = client.stranger();
    let plan = client.get("/api/templates/county_wide").await.ok(200);
    let units: Vec<String> = all(&plan["units"], "id").iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    assert_eq!(units.len(), UNITS);
    let id = draft(&client, &plan).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let mut cards = Vec::new();
    for group in GROUPS {
        cards.push((group, codes(&client, &id, group, 5).await));
    }
    let opened = client.post(&at("open"), &json!({ "rounds": [{ "period": "year", "stage": 1 }] })).await.ok(200);
    let key_of = |group: &str| {
        let keys = opened["blind_keys"].as_array().unwrap();
        keys.iter().find(|key| key["group"] == group).unwrap()["key"].as_str().unwrap().to_owned()
    };
    let last_year: Vec<Value> =
        units[CARRIED].iter().map(|unit| json!({ "year": 2021, "unit": unit, "outcomes": ["dissatisfied"] })).collect();
    client.put(&at("history"), &json!({ "history": last_year })).await.ok(200);
    enter_stage_1(&client, &id, &units).await;
    voter.post("/api/ballot-paper", &json!({ "plan": id, "code": cards[0].1[0] })).await.error(409, "plan_not_open");
    client.post(&at("rounds/year/1/close"), &json!({})).await.ok(200);
    client.post(&at("rounds/year/2/open"), &json!({})).await.ok(200);
    for (group, cards) in &cards {
        vote(&voter, &id, (*group, cards.as_slice()), &key_of(group), &units).await;
    }
    client.post(&at("rounds/year/2/close"), &json!({})).await.ok(200);
    finish(&client, &id).await;

    let total = |unit: usize| if IN_NO_LIST.contains(&unit) { stage_1(unit) } else { stage_1(unit) + stage_2(unit) };
    // The best by their totals, then those in no list by stage 1, then the lowest and the carried. Where totals are equal
    // 监督检查 decides, for the other components of the tie rule are the same for all.
    let list = |unit: usize| match unit {
        0..50 => 0,
        _ if IN_NO_LIST.contains(&unit) => 1,
        _ => 2,
    };
    let mut order: Vec<usize> = (0..UNITS).collect();
    order.sort_by_key(|unit| (list(*unit), std::cmp::Reverse(total(*unit)), std::cmp::Reverse(supervision(*unit))));
    let published = voter.get(&format!("/api/public/{id}")).await.ok(200)["result"].clone();
    let mut found: Vec<(u64, String, String)> = published["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| {
            let text = |name: &str| unit[name].as_str().unwrap().to_owned();
            (unit["rank"].as_u64().unwrap(), text("unit"), text("total"))
        })
        .collect();
    found.sort_unstable();
    let expected: Vec<(u64, String, String)> =
        order.iter().zip(1..).map(|(unit, rank)| (rank, units[*unit].clone(), tenths(total(*unit)))).collect();
    assert_eq!(found, expected);
    let with = |outcome: &str| -> Vec<usize> {
        let has = |unit: &&Value| unit["outcomes"].as_array().unwrap().contains(&json!(outcome));
        let units_with = published["units"].as_array().unwrap().iter().filter(has);
        units_with.map(|row| units.iter().position(|unit| row["unit"] == *unit).unwrap()).collect()
    };
    let mut lowest: Vec<usize> = order[UNITS - 10..].to_vec();
    lowest.sort_unstable();
    let mut best: Vec<usize> = order[..10].to_vec();
    best.sort_unstable();
    assert_eq!((with("satisfied"), with("dissatisfied")), (best, lowest));
    assert_eq!(with("candidate"), (0..50).collect::<Vec<_>>());
    assert_eq!(with("candidate_bottom"), (55..65).chain(70..UNITS).collect::<Vec<_>>());
}
