//! `/api/plans/{id}/links-from`: totals of published plans, and what became of those plans since.

use serde_json::{Value, json};

use crate::client::Client;
use crate::series::{all, enter, entered, events, finish, opened, parent, published};
use crate::served::{PASSWORD, draft, served};

const HERE: &[(&str, &str)] =
    &[("tax", "市国税局"), ("land", "市国土资源局"), ("hr", "市人社局"), ("civil", "市民政局")];
const HALF: &[(&str, &str)] = &[("h1", "上半年"), ("h2", "下半年")];

/// Windows of two months: `tax` has the id of its unit, `w2` the name in another width, `w3` neither.
async fn windows(client: &Client) -> String {
    let units = [("tax", "国税窗口"), ("w2", " 市国土资源局 "), ("w3", "人社窗口")];
    let plan = entered("窗口评议", &units, &[("july", "七月"), ("august", "八月")]);
    let scores = [
        ("july", "tax", "90"),
        ("july", "w2", "80.5"),
        ("july", "w3", "70"),
        ("august", "tax", "94"),
        ("august", "w2", "85.5"),
        ("august", "w3", "71"),
    ];
    published(client, &plan, &scores).await
}

fn request(plans: &[&str], units: Value) -> Value {
    json!({ "component": "windows", "period": "h1", "plans": plans, "units": units })
}

async fn links(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/plans/{id}/records")).await.ok(200)["links"].clone()
}

#[tokio::test]
async fn totals_are_taken_by_id_by_name_and_by_the_requests_word_and_what_is_without_is_named() {
    let client = served().await.client;
    let source = windows(&client).await;
    let id = opened(&client, &parent(HERE, HALF)).await;
    let path = format!("/api/plans/{id}/links-from");
    let taken = client.put(&path, &request(&[&source], json!({ "hr": "w3" }))).await.ok(200);
    // (90 + 94) ÷ 2, (80.5 + 85.5) ÷ 2, (70 + 71) ÷ 2.
    let totals = [json!(["92.000000"]), json!(["83.000000"]), json!(["70.500000"])];
    assert_eq!(all(&taken["taken"], "unit"), ["tax", "land", "hr"]);
    assert_eq!(all(&taken["taken"], "totals"), totals.iter().collect::<Vec<_>>());
    let by: Vec<&Value> = taken["taken"].as_array().unwrap().iter().map(|one| &one["sources"][0]["by"]).collect();
    assert_eq!(by, ["id", "name", "units"]);
    assert_eq!(taken["without"], json!([{ "unit": "civil", "plans": [source], "linked": false }]));
    assert_eq!(taken["sources"], json!([{ "plan": source, "period": null, "title": "窗口评议", "edition": 1 }]));
    let link =
        |unit: &str, total: &str| json!({ "period": "h1", "component": "windows", "unit": unit, "totals": [total] });
    let kept = links(&client, &id).await;
    assert_eq!(kept, json!([link("hr", "70.500000"), link("land", "83.000000"), link("tax", "92.000000")]));

    // Periods, for the other half: two totals each, in the order of the request.
    let (july, august) = (format!("{source}#july"), format!("{source}#august"));
    let mut second = request(&[&august, &july], json!({ "hr": "w3" }));
    second["period"] = json!("h2");
    let taken = client.put(&path, &second).await.ok(200);
    assert_eq!(taken["taken"][0]["totals"], json!(["94.000000", "90.000000"]));
    assert_eq!(taken["taken"][0]["sources"][1]["period"], "july");
    assert_eq!(taken["without"], json!([{ "unit": "civil", "plans": [august, july], "linked": false }]));
    // The mean of both, of 60 points: 92 × 60 ÷ 100.
    let result = client.get(&format!("/api/plans/{id}/result?period=h2")).await.ok(200);
    assert_eq!(result["units"][0]["periods"][0]["components"][0]["score"], "55.200000");

    // The ledger says where a total came from, in words and in members.
    let rows = client.get(&format!("/api/plans/{id}/ledger?kind=links")).await.ok(200)["rows"].clone();
    let hr = rows.as_array().unwrap().iter().find(|row| row["id"] == "links.windows.hr.h1").unwrap();
    assert_eq!(hr["evidence"], "《窗口评议》第 1 版：人社窗口");
    let from = json!([{ "plan": source, "period": null, "edition": 1, "unit": "w3", "by": "units" }]);
    assert_eq!(hr["sources"], from);
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_all_at_once_and_nothing_is_written() {
    let client = served().await.client;
    let source = windows(&client).await;
    let unpublished = opened(&client, &entered("未公布", &[("x", "甲")], &[("y", "全年")])).await;
    let mut plan = parent(HERE, HALF);
    plan["units"][3]["traits"] = json!(["without"]);
    let mut alone = plan["components"][0].clone();
    alone["except"] = json!("without");
    plan["components"] = json!([alone, plan["components"][1],
        { "id": "more", "name": "其他", "points": "60", "only": "without", "method": { "kind": "entered", "office": "中心" } }]);
    let id = opened(&client, &plan).await;
    let path = format!("/api/plans/{id}/links-from");
    let before = events(&client, &id).await;

    let period = format!("{source}#june");
    let plans = ["nowhere", "a b#c", &unpublished, &period, &id, &source, &source];
    let mut wrong = request(&plans, json!({ "tax": "w2", "nobody": "w3", "civil": "w3" }));
    wrong["period"] = json!("h3");
    let fields = client.put(&path, &wrong).await.error(422, "invalid_record");
    let expected = [
        ("/period", "unknown_period"),
        ("/plans/0", "unknown_plan"),
        ("/plans/1", "unknown_plan"),
        ("/plans/2", "not_published"),
        ("/plans/3", "unknown_period"),
        ("/plans/4", "same_plan"),
        ("/plans/6", "duplicate_id"),
        ("/units/civil", "not_applicable"),
        ("/units/nobody", "unknown_unit"),
        // Its id is there, and w2 is another.
        ("/units/tax", "maps_twice"),
    ];
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(told, expected);

    let put = async |change: &[(&str, Value)]| {
        let mut body = request(&[&source], json!({}));
        for (member, value) in change {
            body[*member] = value.clone();
        }
        client.put(&path, &body).await.error(422, "invalid_record")
    };
    assert_eq!(put(&[("component", json!("nothing"))]).await["/component"], "unknown_component");
    assert_eq!(put(&[("component", json!("work"))]).await["/component"], "wrong_kind");
    assert_eq!(put(&[("plans", json!([]))]).await["/plans"], "empty_list");
    assert_eq!(put(&[("plans", json!(vec!["x"; 61]))]).await["/plans"], "out_of_range");
    assert_eq!(put(&[("units", json!({ "hr": "w9" }))]).await["/units/hr"], "unknown_unit");
    // Two here for one there.
    let twice = put(&[("units", json!({ "hr": "w3", "land": "w3" }))]).await;
    assert_eq!(twice["/units/land"], "maps_twice");
    client.put(&path, &json!({ "component": "windows" })).await.error(422, "invalid_body");
    assert_eq!((links(&client, &id).await, events(&client, &id).await), (json!([]), before));
}

#[tokio::test]
async fn a_name_that_two_units_there_have_is_refused_until_the_request_says_which() {
    let client = served().await.client;
    let mut there = entered("窗口", &[("a", "市人社局"), ("b", "市人社局")], &[("y", "全年")]);
    there["categories"] = json!([{ "id": "all", "name": "一类" }, { "id": "other", "name": "二类" }]);
    there["units"][1]["category"] = json!("other");
    let source = published(&client, &there, &[("y", "a", "60"), ("y", "b", "80")]).await;
    let id = opened(&client, &parent(&HERE[2..3], HALF)).await;
    let path = format!("/api/plans/{id}/links-from");
    let fields = client.put(&path, &request(&[&source], json!({}))).await.error(422, "invalid_record");
    assert_eq!(fields["/plans/0"], "maps_twice");
    let taken = client.put(&path, &request(&[&source], json!({ "hr": "b" }))).await.ok(200);
    assert_eq!(taken["taken"][0]["totals"], json!(["80.000000"]));
}

#[tokio::test]
async fn a_newer_edition_is_shown_and_not_taken_until_somebody_takes_it() {
    let client = served().await.client;
    let units = [("tax", "国税窗口"), ("land", "国土窗口")];
    let plan = entered("窗口", &units, &[("y", "全年")]);
    let source = published(&client, &plan, &[("y", "tax", "90"), ("y", "land", "80")]).await;
    let id = opened(&client, &parent(HERE, HALF)).await;
    let path = format!("/api/plans/{id}/links-from");
    client.put(&path, &request(&[&source], json!({}))).await.ok(200);
    let shown = client.get(&path).await.ok(200);
    let state = |edition: u64, latest: u64, changes: Value| {
        json!({ "sources": [{ "component": "windows", "period": "h1", "plan": source, "plan_period": null, "title": "窗口",
            "edition": edition, "latest": latest, "changed": edition != latest, "units": ["land", "tax"], "changes": changes }] })
    };
    assert_eq!(shown, state(1, 1, json!([])));

    client.post(&format!("/api/plans/{source}/correct"), &json!({ "reason": "录错" })).await.ok(200);
    enter(&client, &source, "y", "land", "85").await;
    // While it is corrected, the first edition is what is public.
    assert_eq!(client.get(&path).await.ok(200), shown);
    finish(&client, &source).await;
    let change = json!([{ "unit": "land", "was": "80.000000", "now": "85.000000" }]);
    assert_eq!(client.get(&path).await.ok(200), state(1, 2, change));
    assert_eq!(links(&client, &id).await[0]["totals"], json!(["80.000000"]));

    let before = events(&client, &id).await;
    let taken = client.put(&path, &request(&[&source], json!({}))).await.ok(200);
    assert_eq!(taken["taken"][1]["totals"], json!(["85.000000"]));
    assert_eq!(client.get(&path).await.ok(200), state(2, 2, json!([])));
    assert_eq!(links(&client, &id).await[0]["totals"], json!(["85.000000"]));
    assert_eq!(events(&client, &id).await, before + 1);
    // Once more: all of it is there.
    assert_eq!(client.put(&path, &request(&[&source], json!({}))).await.ok(200), taken);
    assert_eq!(events(&client, &id).await, before + 1);
}

#[tokio::test]
async fn what_was_taken_is_replaced_and_what_others_gave_stays() {
    let client = served().await.client;
    let year = [("y", "全年")];
    let first = published(
        &client,
        &entered("一", &[("tax", "甲"), ("land", "乙")], &year),
        &[("y", "tax", "90"), ("y", "land", "80")],
    )
    .await;
    let other =
        published(&client, &entered("二", &[("hr", "丙"), ("w", "丁")], &year), &[("y", "hr", "70"), ("y", "w", "60")])
            .await;
    let id = opened(&client, &parent(HERE, HALF)).await;
    let path = format!("/api/plans/{id}/links-from");
    let by_hand = format!("/api/plans/{id}/links/h1/windows/civil");
    client.put(&by_hand, &json!({ "totals": ["50"], "evidence": "纸质件" })).await.ok(200);
    client.put(&path, &request(&[&first], json!({}))).await.ok(200);
    // Another office's plan, taken after it, leaves those of the first.
    let taken = client.put(&path, &request(&[&other], json!({ "civil": "w" }))).await.ok(200);
    let linked: Vec<(&Value, &Value)> =
        taken["without"].as_array().unwrap().iter().map(|one| (&one["unit"], &one["linked"])).collect();
    assert_eq!(linked, [(&json!("tax"), &json!(true)), (&json!("land"), &json!(true))]);
    let totals = |kept: &Value| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        kept.as_array().unwrap().iter().map(|link| (text(&link["unit"]), text(&link["totals"][0]))).collect()
    };
    let pair = |unit: &str, total: &str| (unit.to_owned(), total.to_owned());
    let all =
        [pair("civil", "60.000000"), pair("hr", "70.000000"), pair("land", "80.000000"), pair("tax", "90.000000")];
    assert_eq!(totals(&links(&client, &id).await), all);
    // What stood there by hand is in the audit trail, with its evidence.
    let trail = client.get(&format!("/api/plans/{id}/audit?limit=200")).await.ok(200);
    let last = trail["events"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["action"], &last["detail"]["plans"]), (&json!("links_taken"), &json!([other])));
    let civil = last["detail"]["taken"].as_array().unwrap().iter().find(|one| one["unit"] == "civil").unwrap();
    assert_eq!((&civil["was"]["totals"], &civil["evidence_was"]), (&json!(["50"]), &json!("纸质件")));
    // The same plan without the word for civil: what came from it goes, and is kept struck out.
    client.put(&path, &request(&[&other], json!({}))).await.ok(200);
    assert_eq!(totals(&links(&client, &id).await), all[1..]);
    let rows = client.get(&format!("/api/plans/{id}/ledger?kind=links")).await.ok(200)["rows"].clone();
    let struck = rows.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&struck["record"]["unit"], &struck["struck"]["reason"]),
        (&json!("civil"), &json!("links-from windows h1"))
    );
    // By hand again: no source stands beside it.
    client.put(&by_hand, &json!({ "totals": ["55"] })).await.ok(200);
    let rows = client.get(&format!("/api/plans/{id}/ledger?kind=links")).await.ok(200)["rows"].clone();
    assert_eq!((&rows[0]["record"]["totals"], rows[0].get("sources")), (&json!(["55"]), None));
}

#[tokio::test]
async fn whoever_may_give_the_links_may_take_them_while_records_change() {
    let served = served().await;
    let client = &served.client;
    let source = windows(client).await;
    let id = draft(client, &parent(HERE, HALF)).await;
    let path = format!("/api/plans/{id}/links-from");
    let body = request(&[&source], json!({}));
    client.put(&path, &body).await.error(409, "wrong_state");
    client.get(&path).await.error(409, "wrong_state");
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let mut clients = Vec::new();
    for (name, office) in [("centre", "中心"), ("inspector", "督查室")] {
        // Kept to this plan: what is published elsewhere is public all the same.
        let account =
            json!({ "name": name, "password": PASSWORD, "roles": ["office"], "office": office, "plans": [id] });
        client.post("/api/staff", &account).await.ok(201);
        let mut member = client.stranger();
        member.sign_in(name, PASSWORD).await.ok(204);
        clients.push(member);
    }
    clients[1].put(&path, &body).await.error(403, "forbidden");
    clients[0].put(&path, &body).await.ok(200);
    assert_eq!(clients[0].get(&path).await.ok(200)["sources"].as_array().unwrap().len(), 1);
    assert_eq!(clients[1].get(&path).await.ok(200)["sources"], json!([]));
    for period in ["h1", "h2"] {
        for (unit, _) in HERE {
            client
                .put(&format!("/api/plans/{id}/entries/{period}/work/{unit}"), &json!({ "value": "30" }))
                .await
                .ok(200);
            let by_hand = json!({ "totals": [format!("{}", 50 + unit.len())] });
            client.put(&format!("/api/plans/{id}/links/{period}/windows/{unit}"), &by_hand).await.ok(200);
        }
    }
    // 2 letters, 3, 4, 5: no ties.
    finish(client, &id).await;
    client.put(&path, &body).await.error(409, "wrong_state");
}

#[tokio::test]
async fn takings_side_by_side_leave_each_unit_with_totals_and_sources_of_one_of_them() {
    let served = served().await;
    let client = &served.client;
    let year = [("y", "全年")];
    let units: Vec<(String, String)> = (0..120).map(|n| (format!("u{n}"), format!("单位{n}"))).collect();
    let units: Vec<(&str, &str)> = units.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    // Of each source all units have one total, its own: 50.0000, 51.0001 …
    let mut sources = Vec::new();
    for n in 0..3 {
        let id = opened(client, &entered(&format!("第{n}月"), &units, &year)).await;
        for (place, (unit, _)) in units.iter().enumerate() {
            enter(client, &id, "y", unit, &format!("{}.{place:04}", 50 + n)).await;
        }
        finish(client, &id).await;
        sources.push(id);
    }
    let id = opened(client, &parent(&units, HALF)).await;
    let mut takers = tokio::task::JoinSet::new();
    for source in sources.iter().chain(&sources) {
        let (client, path) = (client.clone(), format!("/api/plans/{id}/links-from"));
        let body = request(&[source], json!({}));
        takers.spawn(async move { client.put(&path, &body).await.status.as_u16() });
    }
    assert_eq!(takers.join_all().await, [200; 6]);
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("/api/plans/{id}/ledger?kind=links&limit=200{cursor}")).await.ok(200);
        rows.extend(page["rows"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(rows.len(), 120);
    for row in rows {
        let unit = row["record"]["unit"].as_str().unwrap();
        let source = sources.iter().position(|source| row["sources"][0]["plan"] == source.as_str()).unwrap();
        let place: usize = unit[1..].parse().unwrap();
        assert_eq!(row["record"]["totals"], json!([format!("{}.{place:04}00", 50 + source)]), "{unit}");
    }
    let plan = store::PlanId::parse(&id).unwrap();
    served.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test]
async fn the_joint_appraisal_of_one_county_office_enters_the_county_wide_one_in_one_step() {
    let client = served().await.client;
    let template = async |name: &str| client.get(&format!("/api/templates/{name}")).await.ok(200);
    let coop = opened(&client, &template("county_coop").await).await;
    // Decided jointly (党委合议) in place of votes: 50 and 20 without complaints, and of 10 each what is said here.
    let votes = [
        ("politics", "10", "9", "8"),
        ("finance", "8", "8", "8"),
        ("guidance", "6", "7", "9"),
        ("service", "10", "6", "6.5"),
    ];
    for (unit, chief, deputies, mutual) in votes {
        for (component, value) in [("chief_vote", chief), ("deputies_vote", deputies), ("mutual", mutual)] {
            let decision =
                json!({ "period": "year", "component": component, "unit": unit, "value": value, "reason": "党委合议" });
            client.post(&format!("/api/plans/{coop}/decisions"), &decision).await.ok(201);
        }
    }
    finish(&client, &coop).await;
    let wide = opened(&client, &template("county_wide").await).await;
    let body = json!({ "component": "joint", "period": "year", "plans": [coop] });
    let path = format!("/api/plans/{wide}/links-from");
    let taken = client.put(&path, &body).await.ok(200);
    let units = ["gongxiao_politics", "gongxiao_finance", "gongxiao_guidance", "gongxiao_service"];
    assert_eq!(all(&taken["taken"], "unit"), units);
    // 70 + 10 + 9 + 8, 70 + 8 + 8 + 8, 70 + 6 + 7 + 9, 70 + 10 + 6 + 6.5.
    let totals = ["97.000000", "94.000000", "92.000000", "92.500000"].map(|total| json!([total]));
    assert_eq!(all(&taken["taken"], "totals"), totals.iter().collect::<Vec<_>>());
    assert_eq!(taken["without"].as_array().unwrap().len(), 116);
}
