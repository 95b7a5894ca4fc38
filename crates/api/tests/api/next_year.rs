//! `POST /api/plans?from=PLAN` and `GET /api/plans/{id}/compare`: from year to year.

use serde_json::{Value, json};

use crate::series::{all, enter, entered, finish, opened, published};
use crate::served::{PASSWORD, draft, served};

const YEAR: &[(&str, &str)] = &[("year", "2014年度")];
const UNITS: &[(&str, &str)] = &[("tax", "市国税局"), ("land", "市国土资源局"), ("hr", "市人社局")];

/// Last year: tax 90 and first, land 80, hr 70 and last.
fn last_year() -> Value {
    let mut plan = entered("市直单位2014年三亮三评", UNITS, YEAR);
    plan["schedule"] = json!([{ "period": "year", "entries_due": "2014-12-20T18:00:00+08:00" }]);
    plan["outcomes"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "adjusted", "name": "必要调整", "when": { "outcome": "last", "years": 2 } }));
    plan
}

const SCORES: &[(&str, &str, &str)] = &[("year", "tax", "90"), ("year", "land", "80"), ("year", "hr", "70")];

#[tokio::test]
async fn a_published_plan_is_copied_for_the_next_year_with_its_outcomes_as_history() {
    let client = served().await.client;
    let source = opened(&client, &last_year()).await;
    // A year before, land was last.
    let before = json!({ "history": [{ "year": 2013, "unit": "land", "outcomes": ["last"] }] });
    client.put(&format!("/api/plans/{source}/history"), &before).await.ok(200);
    for (period, unit, value) in SCORES {
        enter(&client, &source, period, unit, value).await;
    }
    finish(&client, &source).await;

    let from = format!("/api/plans?from={source}");
    let made = client.post(&from, &json!({})).await;
    assert_eq!(made.headers["etag"], "\"1\"");
    let made = made.ok(201);
    assert_eq!((&made["revision"], &made["state"], &made["problems"]), (&json!(1), &json!("draft"), &json!([])));
    let carried = json!({ "from": source, "edition": 1, "year": 2015, "history": 3, "left_out": ["schedule"] });
    assert_eq!(made["carried"], carried);
    let id = made["id"].as_str().unwrap();
    let copy = client.get(&format!("/api/plans/{id}")).await.ok(200)["plan"].clone();
    let mut expected = last_year();
    expected.as_object_mut().unwrap().remove("schedule");
    expected["title"] = json!("市直单位2015年三亮三评");
    expected["year"] = json!(2015);
    expected["periods"][0]["name"] = json!("2015年度");
    assert_eq!(copy, expected);
    // It is on record from the draft on.
    let trail = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    assert_eq!(trail["events"][0]["detail"]["from"], source.as_str());
    let outcomes = |year: u64, unit: &str, outcome: &str| json!({ "year": year, "unit": unit, "outcomes": [outcome] });
    let history = json!([outcomes(2013, "land", "last"), outcomes(2014, "tax", "first"), outcomes(2014, "hr", "last")]);
    assert_eq!(trail["events"][0]["detail"]["history"], history);
    let rows = client.get(&format!("/api/plans/{id}/ledger?kind=history")).await.ok(200)["rows"].clone();
    assert_eq!(rows[0]["record"]["history"], history);

    // hr is last once more: what follows from two years comes by itself.
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    for (unit, value) in [("tax", "85"), ("land", "88"), ("hr", "60")] {
        enter(&client, id, "year", unit, value).await;
    }
    let result = client.get(&format!("/api/plans/{id}/result")).await.ok(200);
    let given: Vec<&Value> = all(&result["units"], "outcomes");
    assert_eq!(given, [&json!([]), &json!(["first"]), &json!(["last", "adjusted"])]);

    // And the year after that carries both.
    finish(&client, id).await;
    let third = client.post(&format!("/api/plans?from={id}"), &json!({})).await.ok(201);
    assert_eq!((&third["carried"]["year"], &third["carried"]["history"]), (&json!(2016), &json!(5)));
}

#[tokio::test]
async fn units_that_the_copy_loses_before_it_opens_are_left_out_of_its_history() {
    let client = served().await.client;
    let source = published(&client, &last_year(), SCORES).await;
    let id = client.post(&format!("/api/plans?from={source}"), &json!({})).await.ok(201)["id"].clone();
    let id = id.as_str().unwrap();
    let path = format!("/api/plans/{id}");
    let mut plan = client.get(&path).await.ok(200)["plan"].clone();
    plan["units"].as_array_mut().unwrap().pop();
    client.put_based_on(&path, "\"1\"", &plan).await.ok(200);
    client.post(&format!("{path}/open"), &json!({})).await.ok(200);
    let kept = client.get(&format!("{path}/records")).await.ok(200)["history"].clone();
    assert_eq!(kept, json!([{ "year": 2014, "unit": "tax", "outcomes": ["first"] }]));
    let trail = client.get(&format!("{path}/audit")).await.ok(200);
    assert_eq!(trail["events"][2]["detail"]["history_without"], json!(["hr"]));
}

/// A copy is often made while last year's result is still being settled: whatever is published until it opens, it has.
#[tokio::test]
async fn a_copy_opens_with_the_outcomes_of_the_newest_edition() {
    let client = served().await.client;
    let source = opened(&client, &last_year()).await;
    let copy = async || {
        let made = client.post(&format!("/api/plans?from={source}"), &json!({})).await.ok(201);
        (made["id"].as_str().unwrap().to_owned(), made["carried"]["edition"].clone())
    };
    // Opens it; its history, and what the trail says of where it comes from.
    let open = async |id: &str| {
        client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
        let history = client.get(&format!("/api/plans/{id}/records")).await.ok(200)["history"].clone();
        let trail = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
        let opened = trail["events"].as_array().unwrap().iter().find(|event| event["action"] == "plan_opened").unwrap();
        (history, opened["detail"]["history_from"].clone())
    };
    let (early, edition) = copy().await;
    assert_eq!(edition, Value::Null);
    for (period, unit, value) in SCORES {
        enter(&client, &source, period, unit, value).await;
    }
    finish(&client, &source).await;
    let of = |unit: &str, outcome: &str| json!({ "year": 2014, "unit": unit, "outcomes": [outcome] });
    let first = json!([of("tax", "first"), of("hr", "last")]);
    assert_eq!(open(&early).await, (first, json!(format!("{source} #1"))));
    // hr had 95 in truth: the second edition says so, and a copy of the first one takes it over.
    let (between, edition) = copy().await;
    assert_eq!(edition, 1);
    client.post(&format!("/api/plans/{source}/correct"), &json!({ "reason": "录入有误" })).await.ok(200);
    enter(&client, &source, "year", "hr", "95").await;
    client.post(&format!("/api/plans/{source}/publish"), &json!({})).await.ok(200);
    let second = json!([of("land", "last"), of("hr", "first")]);
    assert_eq!(open(&between).await, (second.clone(), json!(format!("{source} #2"))));
    // Who has the newest already is given nothing anew.
    let (late, edition) = copy().await;
    assert_eq!(edition, 2);
    assert_eq!(open(&late).await, (second, Value::Null));
}

#[tokio::test]
async fn a_plan_that_is_not_published_is_copied_without_a_history() {
    let served = served().await;
    let client = &served.client;
    let source = draft(client, &last_year()).await;
    let from = format!("/api/plans?from={source}");
    // No body at all.
    let made = client.send("POST", &from, &[], "").await.ok(201);
    let carried = json!({ "from": source, "edition": null, "year": 2015, "history": null, "left_out": ["schedule"] });
    assert_eq!(made["carried"], carried);
    let rows = client.get(&format!("/api/plans/{}/ledger?kind=history", made["id"].as_str().unwrap())).await.ok(200);
    assert_eq!(rows["rows"], json!([]));
    // Without a year there is nothing to put outcomes under.
    let mut timeless = entered("评议", UNITS, YEAR);
    timeless.as_object_mut().unwrap().remove("year");
    let timeless = published(client, &timeless, SCORES).await;
    let made = client.post(&format!("/api/plans?from={timeless}"), &json!({})).await.ok(201);
    assert_eq!((&made["carried"]["edition"], &made["carried"]["year"]), (&json!(1), &Value::Null));
    assert_eq!((&made["carried"]["history"], &made["carried"]["left_out"]), (&Value::Null, &json!([])));

    client.post("/api/plans?from=nowhere", &json!({})).await.error(404, "not_found");
    let fields = client.post(&from, &last_year()).await.error(422, "invalid_body");
    assert_eq!(fields["/units"], "unknown_field");
    client.post(&from, &json!([])).await.error(422, "invalid_body");
    client.send("POST", &from, &[], "{").await.error(400, "malformed_json");
    client.send("POST", "/api/plans", &[], "").await.error(400, "malformed_json");
    let account = json!({ "name": "kept", "password": PASSWORD, "roles": ["planner"], "plans": [source] });
    client.post("/api/staff", &account).await.ok(201);
    let mut kept = client.stranger();
    kept.sign_in("kept", PASSWORD).await.ok(204);
    kept.post(&from, &json!({})).await.error(403, "forbidden");
}

#[tokio::test]
async fn ranks_and_scores_stand_beside_last_years() {
    let served = served().await;
    let client = &served.client;
    let source = published(client, &last_year(), SCORES).await;
    let case = json!({ "unit": "hr", "outcome": "last", "due": "2015-12-31", "text": "警告期一年" });
    client.post(&format!("/api/plans/{source}/cases"), &case).await.ok(201);
    let done = json!({ "unit": "tax", "outcome": "first", "due": "2015-01-31" });
    client.post(&format!("/api/plans/{source}/cases"), &done).await.ok(201);
    client.post(&format!("/api/plans/{source}/cases/2/done"), &json!({ "text": "已通报" })).await.ok(200);

    // land is gone, hr has another id, and one is new.
    let units = [("tax", "市国税局"), ("personnel", "市人社局"), ("new", "市外侨办")];
    let mut plan = entered("2015年三亮三评", &units, &[("year", "2015年度")]);
    plan["year"] = json!(2015);
    let id = opened(client, &plan).await;
    for (unit, value) in [("tax", "75"), ("personnel", "91.5"), ("new", "60")] {
        enter(client, &id, "year", unit, value).await;
    }
    let path = format!("/api/plans/{id}/compare?with={source}");
    let told = client.get(&path).await.ok(200);
    assert_eq!(told["mode"], "provisional");
    let with = json!({ "plan": source, "title": "市直单位2014年三亮三评", "year": 2014, "total": "100", "edition": 1 });
    assert_eq!((&told["with"], &told["plan"]["year"], &told["plan"]["edition"]), (&with, &json!(2015), &Value::Null));
    let units = told["units"].as_array().unwrap();
    let line = |unit: &Value| {
        let (now, was) = (&unit["now"], &unit["was"]);
        json!([
            now["unit"],
            now["published"],
            now["rank"],
            was["unit"],
            was["published"],
            was["rank"],
            unit["by"],
            unit["up"]
        ])
    };
    // tax was first and is second; hr was third and is first.
    assert_eq!(line(&units[0]), json!(["tax", "75.00", 2, "tax", "90.00", 1, "id", -1]));
    assert_eq!(line(&units[1]), json!(["personnel", "91.50", 1, "hr", "70.00", 3, "name", 2]));
    assert_eq!(line(&units[2]), json!(["new", "60.00", 3, null, null, null, null, null]));
    assert_eq!((&units[1]["was"]["outcomes"], &units[1]["was"]["category"]), (&json!(["黄牌警告"]), &json!("单位")));
    assert_eq!(told["gone"], json!([{ "unit": "land", "name": "市国土资源局" }]));
    let running = told["running"].as_array().unwrap();
    assert_eq!((running.len(), &running[0]["unit"], &running[0]["due"]), (1, &json!("hr"), &json!("2015-12-31")));

    client.get(&format!("{path}&mode=final")).await.error(409, "wrong_state");
    client.get(&format!("/api/plans/{id}/compare")).await.error(422, "invalid_body");
    client.get(&format!("/api/plans/{id}/compare?with=nowhere")).await.error(404, "not_found");
    // What is not published is seen after closing, by those who may read it.
    let other = opened(client, &entered("另一个", UNITS, YEAR)).await;
    let with_other = format!("/api/plans/{id}/compare?with={other}");
    client.get(&with_other).await.error(409, "wrong_state");
    client.post(&format!("/api/plans/{other}/close"), &json!({})).await.ok(200);
    client.get(&with_other).await.error(422, "incomplete");
    for (period, unit, value) in SCORES {
        enter(client, &other, period, unit, value).await;
    }
    assert_eq!(client.get(&with_other).await.ok(200)["units"][0]["was"]["total"], "90.000000");
    let account = json!({ "name": "kept", "password": PASSWORD, "roles": ["auditor"], "plans": [id] });
    client.post("/api/staff", &account).await.ok(201);
    let mut kept = client.stranger();
    kept.sign_in("kept", PASSWORD).await.ok(204);
    kept.get(&with_other).await.error(403, "forbidden");
    // Of what is public it sees the result, and nothing of the follow-up.
    let told = kept.get(&path).await.ok(200);
    assert_eq!((&told["units"][1]["was"]["rank"], &told["running"]), (&json!(3), &Value::Null));
    // A draft has no result to set beside another.
    let next = draft(client, &plan).await;
    client.get(&format!("/api/plans/{next}/compare?with={source}")).await.error(409, "wrong_state");
}
