//! A year of Nanyang from start to end, small: windows by months and departments by quarters in plans of their own, from the
//! templates, published one by one; two half-years of the city's plan that take the windows' totals; the year's result
//! against figures worked by hand.

use serde_json::{Value, json};

use crate::client::Client;
use crate::series::{all, finish};
use crate::served::{draft, served};

/// A template with these units alone.
pub(crate) async fn cut(client: &Client, template: &str, units: &[&str], title: &str) -> Value {
    let mut plan = client.get(&format!("/api/templates/{template}")).await.ok(200);
    plan["units"].as_array_mut().unwrap().retain(|unit| units.contains(&unit["id"].as_str().unwrap()));
    plan["title"] = json!(title);
    plan
}

/// As many codes of a group as there are ballots, and the ballots: of each, the option of each unit.
async fn vote(client: &Client, plan: &str, period: &str, group: &str, component: &str, ballots: &[&[(&str, &str)]]) {
    let seed = period.bytes().chain(group.bytes()).fold(7u8, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte));
    let codes: Vec<String> =
        (1..=ballots.len() as u8).map(|n| wire::code::write([seed, n, 3, 4, 5, 6, 7, 8, 9, n])).collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect();
    let body = json!({ "period": period, "group": group, "hashes": hashes, "units": null, "unit": null });
    client.post(&format!("/api/plans/{plan}/codes"), &body).await.ok(201);
    for (number, (code, marks)) in codes.iter().zip(ballots).enumerate() {
        let mark = |(unit, option): &(&str, &str)| json!({ "component": component, "unit": unit, "criterion": null, "option": option });
        let marks: Vec<Value> = marks.iter().map(mark).collect();
        let id = format!("{seed:02x}{number:030x}");
        let ballot = json!({ "plan": plan, "code": code, "ballot_id": id, "marks": marks });
        client.post("/api/ballots", &ballot).await.ok(201);
    }
}

/// Five ballots; each unit with its five options, by their first letters.
async fn five(client: &Client, plan: &str, period: &str, group: &str, component: &str, units: &[(&str, &str)]) {
    let option = |letter: char| match letter {
        'g' => "good",
        'f' => "fair",
        _ => "poor",
    };
    let ballot = |n: usize| -> Vec<(&str, &str)> {
        units.iter().map(|(unit, options)| (*unit, option(options.chars().nth(n).unwrap()))).collect()
    };
    let ballots: Vec<Vec<(&str, &str)>> = (0..5).map(ballot).collect();
    let ballots: Vec<&[(&str, &str)]> = ballots.iter().map(Vec::as_slice).collect();
    vote(client, plan, period, group, component, &ballots).await;
}

/// A month of the windows, voted on by those who were visited: published.
async fn month(client: &Client, title: &str, hrss: &str, tax: &str) -> String {
    let plan = cut(client, "nanyang_window", &["hrss", "state_tax", "person_1", "person_2"], title).await;
    let id = draft(client, &plan).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let units = [("hrss", hrss), ("state_tax", tax), ("person_1", "ggggg"), ("person_2", "ffffg")];
    five(client, &id, "month", "visited", "opinions", &units).await;
    finish(client, &id).await;
    id
}

/// A quarter of one unit's departments, voted on by all four groups: published.
async fn quarter(client: &Client, title: &str) -> String {
    let plan = cut(client, "nanyang_quarter", &["office", "personnel", "finance", "person_1", "person_2"], title).await;
    let id = draft(client, &plan).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let units = [
        ("office", "ggggg"),
        ("personnel", "gffff"),
        ("finance", "fpppp"),
        ("person_1", "ggfff"),
        ("person_2", "gfffp"),
    ];
    for group in ["leaders", "staff", "subordinates", "clients"] {
        five(client, &id, "quarter", group, "opinions", &units).await;
    }
    finish(client, &id).await;
    id
}

/// What is entered for a half-year: of each unit the joint decisions in place of the surveys that nobody voted in here, and
/// the values of the two offices.
async fn half(client: &Client, id: &str, period: &str, decided: &[(&str, &str, &str)], values: &[(&str, &str, &str)]) {
    for (unit, component, value) in decided {
        let body =
            json!({ "period": period, "component": component, "unit": unit, "value": value, "reason": "专业机构调查" });
        client.post(&format!("/api/plans/{id}/decisions"), &body).await.ok(201);
    }
    for (unit, monitoring, dynamic) in values {
        for (component, value) in [("monitoring", monitoring), ("dynamic", dynamic)] {
            let path = format!("/api/plans/{id}/entries/{period}/{component}/{unit}");
            client.put(&path, &json!({ "value": value })).await.ok(200);
        }
    }
}

async fn incident(client: &Client, id: &str, period: &str, component: &str, unit: &str, level: &str) {
    let body =
        json!({ "period": period, "component": component, "unit": unit, "level": level, "count": 1, "serious": false });
    client.post(&format!("/api/plans/{id}/incidents"), &body).await.ok(201);
}

/// Takes the windows' totals of a half-year.
async fn take(client: &Client, id: &str, period: &str, plans: &[&str]) -> Value {
    let body = json!({ "component": "windows", "period": period, "plans": plans });
    client.put(&format!("/api/plans/{id}/links-from"), &body).await.ok(200)
}

#[tokio::test]
async fn a_year_of_nanyang_comes_out_as_it_was_worked_by_hand() {
    let client = served().await.client;
    let units = ["discipline", "hrss", "state_tax"];
    let city = cut(&client, "nanyang", &units, "2014年三亮三评").await;
    let id = draft(&client, &city).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let round = |period: &str| json!({ "period": period, "stage": 1 });
    client.post(&at("open"), &json!({ "rounds": [round("first_half")] })).await.ok(200);

    // The first half-year. Windows, 5 marks of 100, 80, 50: hrss 450 ÷ 5 = 90 and 500 ÷ 5 = 100, state_tax 410 ÷ 5 = 82 and
    // 400 ÷ 5 = 80.
    let first = month(&client, "2014年1月窗口评议", "ggggp", "ggffp").await;
    let second = month(&client, "2014年2月窗口评议", "ggggg", "gggpp").await;
    let taken = take(&client, &id, "first_half", &[&first, &second]).await;
    assert_eq!(all(&taken["taken"], "unit"), ["hrss", "state_tax"]);
    assert_eq!(taken["taken"][0]["totals"], json!(["90.000000", "100.000000"]));
    assert_eq!(taken["taken"][1]["totals"], json!(["82.000000", "80.000000"]));
    assert_eq!(taken["without"], json!([]));
    // Persons are graded, departments ranked: the last one asks for measures.
    let window = client.get(&format!("/api/public/{first}")).await.ok(200)["result"].clone();
    assert_eq!(all(&window["units"], "grade")[2..], ["excellent", "good"]);
    let departments = quarter(&client, "2014年第一季度科室评议").await;
    let result = client.get(&format!("/api/public/{departments}")).await.ok(200)["result"].clone();
    assert_eq!(all(&result["units"], "rank"), [1, 2, 3, 1, 2]);
    assert_eq!(result["units"][2]["outcomes"], json!(["measures"]));
    // hrss took none; state_tax held no appraisal at all.
    incident(&client, &id, "first_half", "departments_q1", "hrss", "no_measures").await;
    incident(&client, &id, "first_half", "departments_q1", "state_tax", "none_or_fraud").await;
    let peers = [("discipline", "gggff"), ("hrss", "ggggg"), ("state_tax", "gpppp")];
    five(&client, &id, "first_half", "peers", "mutual", &peers).await;
    let decided = [
        ("discipline", "clients", "90"),
        ("hrss", "clients_of_window", "80"),
        ("state_tax", "clients_of_window", "60"),
        ("discipline", "delegates_marks", "80"),
        ("hrss", "delegates_marks", "90"),
        ("state_tax", "delegates_marks", "70"),
    ];
    let values = [("discipline", "15", "9"), ("hrss", "18", "8"), ("state_tax", "16", "7")];
    half(&client, &id, "first_half", &decided, &values).await;
    let award = json!({ "period": "first_half", "rule": "award", "unit": "hrss", "level": "provincial" });
    client.post(&at("adjustments"), &award).await.ok(201);
    client.post(&at("rounds/first_half/1/close"), &json!({})).await.ok(200);
    // discipline: 30 × 0.9 = 27, 8, 15, mutual 460 ÷ 5 = 92 of 20: 18.4, 5 + 5, 9: 87.4.
    // hrss: 8, (90 + 100) ÷ 2 = 95 of 20: 19, 9, 18, 20, 8 ÷ 10 × 5 = 4 and 5, 8, 5 more: 96.
    // state_tax: 6, 81 of 20: 16.2, 7, 16, 300 ÷ 5 = 60 of 20: 12, 0 and 5, 7: 69.2.
    let half_year = client.get(&at("result?mode=final&period=first_half")).await.ok(200);
    assert_eq!(all(&half_year["units"], "total"), ["87.400000", "96.000000", "69.200000"]);

    // The second half-year: hrss 420 ÷ 5 = 84, state_tax 500 ÷ 5 = 100.
    client.post(&at("rounds/second_half/1/open"), &json!({})).await.ok(200);
    let seventh = month(&client, "2014年7月窗口评议", "gffff", "ggggg").await;
    take(&client, &id, "second_half", &[&format!("{seventh}#month")]).await;
    quarter(&client, "2014年第三季度科室评议").await;
    incident(&client, &id, "second_half", "departments_q1", "state_tax", "not_as_required").await;
    let peers = [("discipline", "ggggp"), ("hrss", "ggfff"), ("state_tax", "fffff")];
    five(&client, &id, "second_half", "peers", "mutual", &peers).await;
    let decided = [
        ("discipline", "clients", "94"),
        ("hrss", "clients_of_window", "70"),
        ("state_tax", "clients_of_window", "75"),
        ("discipline", "delegates_marks", "85"),
        ("hrss", "delegates_marks", "80"),
        ("state_tax", "delegates_marks", "75"),
    ];
    let values = [("discipline", "16", "8.5"), ("hrss", "17", "9"), ("state_tax", "15", "8")];
    half(&client, &id, "second_half", &decided, &values).await;
    let accident = json!({ "period": "second_half", "rule": "accident", "unit": "hrss", "points": "6" });
    client.post(&at("adjustments"), &accident).await.ok(201);
    finish(&client, &id).await;
    // discipline: 28.2, 8.5, 16, 450 ÷ 5 = 90 of 20: 18, 10, 8.5: 89.2.
    // hrss: 7, 84 of 20: 16.8, 8, 17, 440 ÷ 5 = 88 of 20: 17.6, 10, 9, less 6: 79.4.
    // state_tax: 7.5, 20, 7.5, 15, 80 of 20: 16, 7 ÷ 10 × 5 = 3.5 and 5, 8: 82.5.
    let published = client.stranger().get(&format!("/api/public/{id}")).await.ok(200)["result"].clone();
    let of_half = |half: usize| -> Vec<&Value> {
        published["units"].as_array().unwrap().iter().map(|unit| &unit["periods"][half]["total"]).collect()
    };
    assert_eq!(of_half(0), ["87.400000", "96.000000", "69.200000"]);
    assert_eq!(of_half(1), ["89.200000", "79.400000", "82.500000"]);
    // (87.4 + 89.2) ÷ 2, (96 + 79.4) ÷ 2, (69.2 + 82.5) ÷ 2.
    assert_eq!(all(&published["units"], "total"), ["88.300000", "87.700000", "75.850000"]);
    assert_eq!(all(&published["units"], "rank"), [1, 1, 2]);
    assert!(published["units"][2]["outcomes"].as_array().unwrap().contains(&json!("yellow_card")));

    // And the next year begins with it: three units, each with outcomes of 2014.
    let made = client.post(&format!("/api/plans?from={id}"), &json!({})).await.ok(201);
    assert_eq!((&made["carried"]["year"], &made["carried"]["history"]), (&json!(2015), &json!(3)));
}
