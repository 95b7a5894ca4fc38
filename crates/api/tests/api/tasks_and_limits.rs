//! Ballots on units' own tasks, under a quota that is a limit: the paper, the box, the count, the plain form.

use serde_json::{Value, json};

use crate::served::{codes, draft, plan, served};

/// 内部测评 on each unit's tasks; 满意 for one unit at most, counted in per cent: 2 × 99 ÷ 100 = 1.98.
fn of_tasks() -> Value {
    let mut plan = plan();
    plan["units"][0]["tasks"] =
        json!([{ "id": "afforest", "name": "造林任务", "weight": "2" }, { "id": "fire", "name": "森林防火" }]);
    plan["units"][1]["tasks"] = json!([{ "id": "roads", "name": "村道养护" }]);
    let method = &mut plan["components"][0]["method"];
    method["criteria_of"] = json!("unit");
    method["quota"] = json!([{ "option": "good", "at_most_share": "99" }]);
    method["min_marks"] = json!(2);
    method["missing_group"] = json!("left_out");
    plan
}

fn ballot(plan: &str, code: &str, number: u64, marks: &[(&str, &str, &str)]) -> Value {
    let mark = |(unit, criterion, option): &(&str, &str, &str)| json!({ "component": "internal", "unit": unit, "criterion": criterion, "option": option });
    let marks: Vec<Value> = marks.iter().map(mark).collect();
    json!({ "plan": plan, "code": code, "ballot_id": format!("{number:032x}"), "marks": marks })
}

#[tokio::test]
async fn marks_on_tasks_are_cast_and_counted_by_task() {
    let client = served().await.client;
    let id = draft(&client, &of_tasks()).await;
    let leaders = codes(&client, &id, "leaders", 5).await;
    let staff = codes(&client, &id, "staff", 5).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let voter = client.stranger();
    let paper = voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[0] })).await.ok(200);
    let section = &paper["sections"][0];
    assert_eq!(section["criteria"], json!([]));
    assert_eq!(section["quota"], json!([{ "option": "good", "category": "dept", "at_most": 1 }]));
    assert_eq!(section["units"][0]["criteria"][0], json!({ "id": "afforest", "name": "造林任务", "weight": "2" }));
    assert_eq!(section["units"][1]["criteria"][0]["id"], "roads");

    let both = ballot(&id, &leaders[0], 1, &[("forestry", "fire", "good"), ("building", "roads", "good")]);
    let refused = voter.post("/api/ballots", &both).await;
    assert_eq!(refused.json()["fields"][0]["detail"], "internal dept good 2/1");
    assert_eq!(refused.error(422, "invalid_ballot")["/marks"], "quota_unmet");
    let foreign = ballot(&id, &leaders[0], 1, &[("building", "fire", "good")]);
    assert_eq!(
        voter.post("/api/ballots", &foreign).await.error(422, "invalid_ballot")["/marks/0/criterion"],
        "not_on_paper"
    );
    // 满意 twice for one unit is one unit; 村建所 stays blank on the first ballot.
    let first = [("forestry", "afforest", "good"), ("forestry", "fire", "good")];
    let rest = [("forestry", "afforest", "fair"), ("forestry", "fire", "poor"), ("building", "roads", "good")];
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, &first)).await.ok(201);
    for (number, code) in (2..).zip(&leaders[1..]) {
        voter.post("/api/ballots", &ballot(&id, code, number, &rest)).await.ok(201);
    }
    // One mark is too few: the staff are left out.
    voter.post("/api/ballots", &ballot(&id, &staff[0], 9, &[("forestry", "fire", "poor")])).await.ok(201);
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);

    let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
    let counted = |unit: &str, task: &str| {
        let tallies = records["tallies"].as_array().unwrap().iter();
        let mut found =
            tallies.filter(|one| one["group"] == "leaders" && one["unit"] == unit && one["criterion"] == task);
        found.next().map(|tally| tally["counts"].clone()).unwrap_or_default()
    };
    let some =
        |counts: Value| -> Vec<u64> { ["good", "fair", "poor"].map(|id| counts[id].as_u64().unwrap_or(0)).to_vec() };
    assert_eq!(some(counted("forestry", "afforest")), [1, 4, 0]);
    assert_eq!(some(counted("forestry", "fire")), [1, 0, 4]);
    assert_eq!(some(counted("building", "roads")), [4, 0, 0]);
    // 林业站: 造林 (90 + 4 × 70) ÷ 5 = 74, 防火 (90 + 4 × 50) ÷ 5 = 58; (2 × 74 + 58) ÷ 3 = 206/3; 60 × 206/3 ÷ 100 = 41.2.
    let result = client.get(&format!("/api/plans/{id}/result")).await.ok(200);
    let score = |unit: usize| result["units"][unit]["periods"][0]["components"][0]["score"].clone();
    assert_eq!([score(0), score(1)], [json!("41.200000"), json!("54.000000")]);
    let why = client.get(&format!("/api/plans/{id}/explanation/forestry")).await.ok(200);
    let steps = &why["periods"][0]["leaves"][0]["steps"];
    assert_eq!((&steps["min_marks"], &steps["leaves_out"]), (&json!(2), &json!(true)));
    assert_eq!((&steps["groups"][0]["short"], &steps["groups"][1]["short"]), (&json!(false), &json!(true)));
    assert_eq!(steps["groups"][0]["criteria"][1]["name"], "森林防火");
}

#[tokio::test]
async fn a_batch_of_paper_beyond_its_quota_is_refused() {
    let served = served().await;
    let client = &served.client;
    let id = draft(client, &of_tasks()).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let line = |unit: &str, task: &str, good: u64| json!({ "unit": unit, "criterion": task, "counts": { "good": good }, "blank": 4 - good });
    let batch = |roads: u64| {
        json!({ "label": "一号箱", "period": "year", "group": "staff", "component": "internal", "collected": 5, "void": 1,
            "counts": [line("forestry", "afforest", 3), line("forestry", "fire", 2), line("building", "roads", roads)] })
    };
    let path = format!("/api/plans/{id}/paper-tallies");
    // Four valid ballots, one unit each: 3 + 1 are possible, 3 + 2 are not.
    assert_eq!(client.post(&path, &batch(2)).await.error(422, "invalid_record")["/counts"], "quota_exceeded");
    client.post(&path, &batch(1)).await.ok(201);
}

#[tokio::test]
async fn one_period_is_asked_for_alone() {
    let client = served().await.client;
    let mut plan = plan();
    plan["periods"] = json!([{ "id": "first", "name": "上半年" }, { "id": "second", "name": "下半年" }]);
    plan["components"] = json!([{ "id": "hotline", "name": "热线办理", "points": "100", "method": { "kind": "entered", "office": "热线办" } }]);
    plan["ranking"]["tie_break"] = json!([]);
    let id = draft(&client, &plan).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    for (period, unit, value) in [
        ("first", "forestry", "90"),
        ("first", "building", "80"),
        ("second", "forestry", "10"),
        ("second", "building", "60"),
    ] {
        let place = format!("/api/plans/{id}/entries/{period}/hotline/{unit}");
        client.put(&place, &json!({ "value": value })).await.ok(200);
    }
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let totals = |result: &Value| [0, 1].map(|unit| result["units"][unit]["total"].as_str().unwrap().to_owned());
    let year = client.get(&at("result")).await.ok(200);
    assert_eq!(totals(&year), ["50.000000", "70.000000"]);
    let first = client.get(&at("result?period=first")).await.ok(200);
    assert_eq!(totals(&first), ["90.000000", "80.000000"]);
    assert_eq!(
        (first["units"][0]["rank"].clone(), first["units"][0]["outcomes"].clone()),
        (json!(1), json!(["first"]))
    );
    assert_eq!(first["units"][0]["periods"].as_array().unwrap().len(), 1);
    let simulated = client.post(&at("simulate?period=second"), &json!({ "adjustments": false })).await.ok(200);
    assert_eq!(totals(&simulated), ["10.000000", "60.000000"]);
    let why = client.get(&at("explanation/forestry?period=second")).await.ok(200);
    assert_eq!((why["total"].clone(), why["rank"].clone()), (json!("10.000000"), json!(2)));
    assert_eq!(why["above"]["by_list"], false);
    for unknown in ["result?period=third", "result?period=", "explanation/forestry?period=third"] {
        assert_eq!(client.get(&at(unknown)).await.error(422, "invalid_body")["/period"], "unknown_period");
    }
}

#[tokio::test]
async fn the_plain_form_asks_for_each_task_and_says_the_limit() {
    let client = served().await.client;
    let id = draft(&client, &of_tasks()).await;
    let leaders = codes(&client, &id, "leaders", 5).await;
    codes(&client, &id, "staff", 5).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let phone = client.stranger();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("code={}", leaders[0]);
    let paper = phone.send("POST", &format!("/ballot/{id}/plain"), &headers, body).await.text();
    for wanted in [
        "m.internal.forestry.afforest",
        "m.internal.forestry.fire",
        "m.internal.building.roads",
        "村道养护",
        "最多 1",
        "不了解",
    ] {
        assert!(paper.contains(wanted), "{wanted}: {paper}");
    }
    assert!(!paper.contains("m.internal.building.fire") && !paper.contains("m.internal.forestry.\""));
}
