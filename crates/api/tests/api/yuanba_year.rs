//! Yuanba's autumn, from the templates: opinions are collected until the end of September, read in October and put right
//! month by month, while the appraisal itself is voted on, each unit on its own tasks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{PASSWORD, draft, served_by};

/// 10:00 in China on 15 September, 8 October, 12 November and 10 December 2018.
const SEPTEMBER: i64 = 1_536_976_800;
const OCTOBER: i64 = 1_538_964_000;
const NOVEMBER: i64 = 1_541_988_000;
const DECEMBER: i64 = 1_544_407_200;

async fn codes(client: &Client, plan: &str, period: &str, group: &str, count: u8) -> Vec<String> {
    let codes: Vec<String> = (0..count).map(|n| wire::code::write([count, n, 3, 4, 5, 6, 7, 8, 9, n])).collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect();
    let body = json!({ "period": period, "group": group, "hashes": hashes, "units": null, "unit": null });
    client.post(&format!("/api/plans/{plan}/codes"), &body).await.ok(201);
    codes
}

fn ballot(plan: &str, code: &str, number: usize, marks: &[(&str, Option<&str>, &str)], component: &str) -> Value {
    let mark = |(unit, criterion, option): &(&str, Option<&str>, &str)| json!({ "component": component, "unit": unit, "criterion": criterion, "option": option });
    let marks: Vec<Value> = marks.iter().map(mark).collect();
    json!({ "plan": plan, "code": code, "ballot_id": format!("{number:032x}"), "marks": marks })
}

/// The second report says that it is done, the office accepts it, and the list goes out as a table.
async fn november(client: &Client, opinions: &str, number: u64) {
    let items = format!("/api/plans/{opinions}/rectifications");
    let report = json!({ "month": "2018-11", "text": "采伐证三日办结", "files": [], "done": true });
    assert_eq!(client.post(&format!("{items}/{number}/reports"), &report).await.ok(201)["reports"], 2);
    client.post(&format!("{items}/{number}/accept"), &json!({ "text": "" })).await.ok(200);
    client.put(&format!("{items}/{number}/release"), &json!({ "fields": ["matter", "reports"] })).await.ok(200);
    let shown = client.stranger().get(&format!("/api/public/{opinions}/rectification")).await.ok(200);
    let months: Vec<&Value> =
        shown["items"][0]["reports"].as_array().unwrap().iter().map(|report| &report["month"]).collect();
    assert_eq!(months, ["2018-10", "2018-11"]);
    let list = client.get(&format!("{items}.csv")).await.text();
    let row = list.lines().find(|line| line.contains("采伐审批超过承诺时限")).unwrap();
    for said in ["林业站", "管理服务对象", "一次告知", "站长", "2018-11-30", "采伐证三日办结"] {
        assert!(row.contains(said), "{said}: {row}");
    }
}

/// Two points off for what was found, by the finding that it cites; five for the district's praise.
async fn adjusted(client: &Client, appraisal: &str, result: &Value, finding: &Value) {
    let total = |unit: usize| result["units"][unit]["periods"][0]["total"].as_str().unwrap().parse::<f64>().unwrap();
    let bare: Vec<f64> = (0..2)
        .map(|unit| {
            let components = result["units"][unit]["periods"][0]["components"].as_array().unwrap();
            components.iter().map(|one| one["score"].as_str().unwrap().parse::<f64>().unwrap()).sum()
        })
        .collect();
    assert!((total(0) - (bare[0] - 2.0)).abs() < 1e-9, "{result}");
    assert!((total(1) - (bare[1] + 5.0)).abs() < 1e-9, "{result}");
    let ledger = client.get(&format!("/api/plans/{appraisal}/ledger?kind=adjustments")).await.ok(200);
    let cites = |row: &&Value| row["evidence"].as_str().is_some_and(|said| said.ends_with(finding.as_str().unwrap()));
    assert_eq!(ledger["rows"].as_array().unwrap().iter().filter(cites).count(), 1);
}

#[tokio::test]
async fn opinions_of_september_are_put_right_from_october_on_while_the_appraisal_is_voted_on() {
    let clock = Arc::new(AtomicI64::new(SEPTEMBER));
    let mut served = served_by(&clock).await;
    let voter = served.client.stranger();
    let mut round = served.client.get("/api/templates/yuanba_opinions").await.ok(200);
    round["schedule"] = json!([{ "period": "opinions", "closes": "2018-09-30T18:00:00+08:00" }]);
    let year = served.client.get("/api/templates/yuanba").await.ok(200);
    let opinions = draft(&served.client, &round).await;
    let appraisal = draft(&served.client, &year).await;
    let served_people = codes(&served.client, &opinions, "opinions", "served", 11).await;
    let competent = codes(&served.client, &appraisal, "year", "competent", 5).await;
    for plan in [&opinions, &appraisal] {
        served.client.post(&format!("/api/plans/{plan}/open"), &json!({})).await.ok(200);
    }
    for (number, code) in served_people[..10].iter().enumerate() {
        let mut sent = ballot(&opinions, code, number, &[("forestry", None, "fair")], "opinions");
        sent["comments"] = json!([{ "unit": "forestry", "text": format!("采伐证办得慢 {number}") }]);
        voter.post("/api/ballots", &sent).await.ok(201);
    }
    let comments = format!("/api/plans/{opinions}/comments");
    served.client.get(&comments).await.error(409, "wrong_state");

    // October: the round is over by the clock, its opinions are read and become an item, and the appraisal takes ballots.
    clock.store(OCTOBER, Ordering::SeqCst);
    served.client.sign_in("admin", PASSWORD).await.ok(204);
    let client = &served.client;
    let late = ballot(&opinions, &served_people[10], 10, &[("forestry", None, "poor")], "opinions");
    voter.post("/api/ballots", &late).await.error(409, "plan_closed");
    client.post(&format!("/api/plans/{opinions}/close"), &json!({})).await.ok(200);
    let read = client.get(&comments).await.ok(200)["comments"].as_array().unwrap().clone();
    assert_eq!(read.len(), 10);
    let ids: Vec<&Value> = read.iter().map(|one| &one["id"]).collect();
    let item = json!({ "unit": "forestry", "matter": "采伐审批超过承诺时限", "source": "管理服务对象", "measures": "一次告知",
        "leader": "站长", "department": "林业站", "deadline": "2018-11-30", "comments": ids });
    let items = format!("/api/plans/{opinions}/rectifications");
    let number = client.post(&items, &item).await.ok(201)["number"].as_u64().unwrap();
    let originals = client.get(&format!("{items}/{number}")).await.ok(200)["item"]["originals"].clone();
    assert_eq!(originals.as_array().unwrap().len(), 10);
    let report = json!({ "month": "2018-10", "text": "已公布办理时限", "files": [], "done": false });
    client.post(&format!("{items}/{number}/reports"), &report).await.ok(201);
    client.put(&format!("{items}/{number}/release"), &json!({ "fields": ["matter", "reports"] })).await.ok(200);
    let shown = voter.get(&format!("/api/public/{opinions}/rectification")).await.ok(200);
    assert_eq!(shown["items"][0]["matter"], "采伐审批超过承诺时限");
    assert_eq!(client.get(&format!("/api/plans/{appraisal}")).await.ok(200)["state"], "open");

    // The external vote is on each unit's tasks.
    let paper = voter.post("/api/ballot-paper", &json!({ "plan": appraisal, "code": competent[0] })).await.ok(200);
    let tasks = |unit: usize| -> Vec<Value> {
        let tasks = paper["sections"][0]["units"][unit]["criteria"].as_array().unwrap();
        tasks.iter().map(|task| task["id"].clone()).collect()
    };
    assert_eq!(paper["sections"].as_array().unwrap().len(), 1);
    assert_eq!(tasks(0), ["permits", "fire", "afforest"]);
    assert_eq!(tasks(1), ["permits", "inspections", "unsafe"]);
    let marks = [
        ("forestry", Some("permits"), "good"),
        ("forestry", Some("fire"), "fair"),
        ("forestry", Some("afforest"), "poor"),
        ("building", Some("permits"), "good"),
        ("building", Some("inspections"), "good"),
        ("building", Some("unsafe"), "fair"),
    ];
    for (number, code) in competent.iter().enumerate() {
        voter.post("/api/ballots", &ballot(&appraisal, code, 20 + number, &marks, "external")).await.ok(201);
    }

    clock.store(NOVEMBER, Ordering::SeqCst);
    served.client.sign_in("admin", PASSWORD).await.ok(204);
    let client = &served.client;
    november(client, &opinions, number).await;
    // What an inspection found in the year costs points in December, by its finding and the plan's clause.
    let found = json!({ "date": "2018-11-06", "unit": "forestry", "text": "上班时间无人在岗", "source": "明察暗访" });
    let finding = client.post(&format!("/api/plans/{appraisal}/findings"), &found).await.ok(201)["id"].clone();

    // December: (90 + 70 + 50) ÷ 3 = 70 of 30 points: 21. (90 + 90 + 70) ÷ 3 = 250/3: 25.
    clock.store(DECEMBER, Ordering::SeqCst);
    served.client.sign_in("admin", PASSWORD).await.ok(204);
    let client = &served.client;
    let evidence = format!("日常台账 {}", finding.as_str().unwrap());
    let cited = json!({ "period": "year", "rule": "violation", "unit": "forestry", "points": "2", "evidence": evidence,
        "clause": "三（二）", "date": "2018-11-06" });
    client.post(&format!("/api/plans/{appraisal}/adjustments"), &cited).await.ok(201);
    let praise = json!({ "period": "year", "rule": "commended", "unit": "building", "level": "district" });
    client.post(&format!("/api/plans/{appraisal}/adjustments"), &praise).await.ok(201);
    client.post(&format!("/api/plans/{appraisal}/close"), &json!({})).await.ok(200);
    let result = served.client.get(&format!("/api/plans/{appraisal}/result?mode=provisional")).await.ok(200);
    let external = |unit: usize| {
        let components = result["units"][unit]["periods"][0]["components"].as_array().unwrap();
        components.iter().find(|one| one["component"] == "external").unwrap()["score"].clone()
    };
    assert_eq!([external(0), external(1)], ["21.000000", "25.000000"]);
    adjusted(&served.client, &appraisal, &result, &finding).await;
}
