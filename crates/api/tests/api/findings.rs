//! `/api/plans/{id}/findings`: noted all year, counted once, struck out and kept.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{PASSWORD, ballot, draft, open, plan, served};

fn finding(unit: &str, date: &str, text: &str) -> Value {
    json!({ "date": date, "unit": unit, "place": "便民服务大厅", "text": text, "source": "明察暗访" })
}

fn counting(mut finding: Value, level: &str, serious: bool) -> Value {
    finding["counts"] = json!({ "component": "inspection", "level": level, "serious": serious });
    finding
}

fn texts(page: &Value) -> Vec<&str> {
    page["findings"].as_array().unwrap().iter().map(|finding| finding["text"].as_str().unwrap()).collect()
}

async fn incidents(client: &Client, id: &str) -> Vec<Value> {
    let ledger = client.get(&format!("/api/plans/{id}/ledger?kind=incidents")).await.ok(200);
    ledger["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_finding_is_noted_in_a_draft_and_listed_by_unit_and_month() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/findings");
    for (unit, date, text) in [
        ("forestry", "2018-08-31", "八月 林业"),
        ("building", "2018-09-01", "九月初 村建"),
        ("forestry", "2018-09-12", "九月 林业"),
        ("building", "2018-10-01", "十月 村建"),
        ("forestry", "2018-09-30", "九月末 林业"),
    ] {
        let kept = client.post(&path, &finding(unit, date, text)).await.ok(201);
        assert!(kept["id"].as_str().unwrap().starts_with(&format!("{date}.")));
        assert_eq!(kept["incident"], Value::Null);
    }
    let get = async |query: &str| client.get(&format!("{path}{query}")).await.ok(200);
    assert_eq!(texts(&get("").await), ["十月 村建", "九月末 林业", "九月 林业", "九月初 村建", "八月 林业"]);
    assert_eq!(texts(&get("?month=2018-09").await), ["九月末 林业", "九月 林业", "九月初 村建"]);
    assert_eq!(texts(&get("?unit=forestry").await), ["九月末 林业", "九月 林业", "八月 林业"]);
    assert_eq!(texts(&get("?unit=building&month=2018-10").await), ["十月 村建"]);
    assert_eq!(texts(&get("?unit=nobody").await), Vec::<&str>::new());
    let first = get("?unit=forestry&limit=2").await;
    assert_eq!(texts(&first), ["九月末 林业", "九月 林业"]);
    let rest = get(&format!("?unit=forestry&limit=2&cursor={}", first["next"].as_str().unwrap())).await;
    assert_eq!((texts(&rest), &rest["next"]), (vec!["八月 林业"], &Value::Null));
    let whole = &get("?month=2018-08").await["findings"][0];
    assert_eq!(
        (&whole["place"], &whole["source"], &whole["by"]),
        (&json!("便民服务大厅"), &json!("明察暗访"), &json!("admin"))
    );
    client.get(&format!("{path}?month=2018-13")).await.error(422, "invalid_body");
}

#[tokio::test]
async fn a_finding_that_is_sent_again_is_one() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/findings");
    let sent = finding("forestry", "2018-09-12", "无人值守");
    let first = client.post(&path, &sent).await.ok(201);
    let again = client.post(&path, &sent).await.ok(200);
    assert_eq!(again, json!({ "id": first["id"], "incident": null, "repeated": true }));
    // Twice on one day with the same words: two keys, two findings.
    let keyed = |key: &str, text: &str| {
        let mut sent = finding("forestry", "2018-09-12", text);
        sent["key"] = json!(key);
        sent
    };
    let second = client.post(&path, &keyed("morning_1", "无人值守")).await.ok(201);
    assert_eq!(second["id"], "2018-09-12.morning_1");
    client.post(&path, &keyed("morning_1", "无人值守")).await.ok(200);
    client.post(&path, &keyed("morning_1", "态度生硬")).await.error(409, "already_exists");
    assert_eq!(texts(&client.get(&path).await.ok(200)).len(), 2);
    // Sent ten times side by side: one.
    let sent = keyed("evening_1", "收费不开票");
    let sends = (0..10).map(|_| {
        let (client, path, sent) = (client.clone(), path.clone(), sent.clone());
        tokio::spawn(async move { client.post(&path, &sent).await.status.as_u16() })
    });
    let mut made = 0;
    for send in sends.collect::<Vec<_>>() {
        match send.await.unwrap() {
            201 => made += 1,
            status => assert_eq!(status, 200),
        }
    }
    assert_eq!((made, texts(&client.get(&path).await.ok(200)).len()), (1, 3));
}

#[tokio::test]
async fn all_that_is_wrong_with_a_finding_is_told_and_nothing_is_kept() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/findings");
    let mut wrong = finding("nowhere", "2018-02-30", " ");
    wrong["files"] = json!(["0".repeat(64)]);
    let fields = client.post(&path, &wrong).await.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    let expected =
        [("/date", "bad_day"), ("/files/0", "unknown_file"), ("/text", "out_of_range"), ("/unit", "unknown_unit")];
    assert_eq!(told, expected);
    let tomorrow = client.post(&path, &finding("forestry", "9999-12-31", "明天")).await;
    assert_eq!(tomorrow.error(422, "invalid_body")["/date"], "out_of_range");
    assert_eq!(client.get(&path).await.ok(200)["findings"], json!([]));
    client
        .post("/api/plans/0000000000000000/findings", &finding("forestry", "2018-09-12", "慢"))
        .await
        .error(404, "not_found");
}

#[tokio::test]
async fn a_finding_that_counts_becomes_one_incident_whose_points_are_deducted() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let path = format!("/api/plans/{id}/findings");
    let sent = counting(finding("forestry", "2018-09-12", "吃拿卡要"), "county", true);
    let first = client.post(&path, &sent).await.ok(201);
    let again = client.post(&path, &sent).await.ok(200);
    assert_eq!(first["incident"], again["incident"]);
    let rows = incidents(&client, &id).await;
    assert_eq!(rows.len(), 1);
    let expected = json!({ "period": "year", "component": "inspection", "unit": "forestry", "level": "county", "count": 1, "serious": true });
    assert_eq!((&rows[0]["id"], &rows[0]["record"]), (&first["incident"], &expected));
    assert_eq!(rows[0]["evidence"], format!("{} 明察暗访: 吃拿卡要", first["id"].as_str().unwrap()));
    // Two points of the county's level, doubled: of ten points six are left; the other unit keeps ten.
    let result = client.get(&format!("/api/plans/{id}/result")).await.ok(200);
    let score = |unit: &str| {
        let unit = result["units"].as_array().unwrap().iter().find(|one| one["unit"] == unit).unwrap();
        let components = unit["periods"][0]["components"].as_array().unwrap();
        components.iter().find(|one| one["component"] == "inspection").unwrap()["score"].clone()
    };
    assert_eq!((score("forestry"), score("building")), (json!("6.000000"), json!("10.000000")));

    // What does not fit the plan is told where the request says it.
    let fields = client.post(&path, &counting(finding("forestry", "2018-09-13", "x"), "village_", false)).await;
    assert_eq!(fields.error(422, "invalid_record")["/counts/level"], "unknown_level");

    // Struck out, it takes its incident along; both stay.
    let one = format!("{path}/{}", first["id"].as_str().unwrap());
    client.delete(&one, &json!({ "reason": " " })).await.error(422, "invalid_body");
    client.delete(&one, &json!({ "reason": "查无实据" })).await.ok(200);
    client.delete(&one, &json!({ "reason": "查无实据" })).await.ok(200);
    client.delete(&one, &json!({ "reason": "另一个理由" })).await.error(409, "already_exists");
    let listed = client.get(&path).await.ok(200);
    assert_eq!(listed["findings"][0]["struck"]["reason"], "查无实据");
    let rows = incidents(&client, &id).await;
    assert_eq!((rows.len(), &rows[0]["struck"]["reason"]), (1, &json!("查无实据")));
    // A late repetition finds it as it is.
    assert_eq!(client.post(&path, &sent).await.ok(200)["repeated"], true);
    assert_eq!(incidents(&client, &id).await.len(), 1);

    let audit = client.get(&format!("/api/plans/{id}/audit?limit=200")).await.ok(200);
    let actions: Vec<&str> =
        audit["events"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!(
        actions.iter().filter(|action| action.starts_with("finding_")).collect::<Vec<_>>(),
        [&"finding_put", &"finding_struck"]
    );
}

#[tokio::test]
async fn a_finding_of_the_draft_counts_when_somebody_says_so() {
    let served = served().await;
    let client = served.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/findings");
    let kept =
        client.post(&path, &counting(finding("building", "2018-08-20", "超时办结"), "village", false)).await.ok(201);
    assert_eq!(kept["incident"], Value::Null);
    // What it would cost must be in the draft as it stands.
    let unknown = counting(finding("building", "2018-08-20", "推诿"), "province", false);
    assert_eq!(client.post(&path, &unknown).await.error(422, "invalid_record")["/counts/level"], "unknown_level");
    let none = counting(finding("building", "2018-08-20", "推诿"), "省 级", false);
    assert_eq!(client.post(&path, &none).await.error(422, "invalid_body")["/counts/level"], "wrong_type");
    let count = format!("{path}/{}/count", kept["id"].as_str().unwrap());
    let counts = json!({ "component": "inspection", "level": "village" });
    client.post(&count, &counts).await.error(409, "wrong_state");
    client.post(&format!("/api/plans/{id}/open"), &json!({ "allow_small": ["leaders", "staff"] })).await.ok(200);
    assert_eq!(incidents(&client, &id).await.len(), 0);
    let counted = client.post(&count, &counts).await.ok(200);
    let again = client.post(&count, &counts).await.ok(200);
    assert_eq!((&counted["incident"], &again["repeated"]), (&again["incident"], &json!(true)));
    assert_eq!(incidents(&client, &id).await.len(), 1);
    let other = json!({ "component": "inspection", "level": "county" });
    client.post(&count, &other).await.error(409, "already_exists");
    // Its incident was struck out in the ledger: it may count anew, as something else.
    let row = format!("/api/plans/{id}/incidents/{}", counted["incident"].as_str().unwrap());
    client.delete(&row, &json!({ "reason": "层级有误" })).await.ok(200);
    let anew = client.post(&count, &other).await.ok(200);
    assert_ne!(anew["incident"], counted["incident"]);
    assert_eq!(client.get(&path).await.ok(200)["findings"][0]["counts"]["level"], "county");
    let gone = format!("{path}/2018-08-20.nobody_has_it/count");
    client.post(&gone, &counts).await.error(404, "not_found");
}

#[tokio::test]
async fn a_published_plan_still_takes_findings_but_none_that_count() {
    let client = served().await.client;
    let (id, leaders, staff) = open(&client).await;
    let path = format!("/api/plans/{id}/findings");
    let counted = counting(finding("forestry", "2018-09-12", "计入"), "village", false);
    let counted = client.post(&path, &counted).await.ok(201);
    for (number, code) in leaders.iter().chain(&staff).enumerate() {
        client.post("/api/ballots", &ballot(&id, code, number as u64, "good", "fair")).await.ok(201);
    }
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "30" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    client.post(&path, &finding("forestry", "2018-12-12", "公布以后")).await.ok(201);
    let late = counting(finding("forestry", "2018-12-13", "公布以后计入"), "village", false);
    client.post(&path, &late).await.error(409, "wrong_state");
    let one = format!("{path}/{}", counted["id"].as_str().unwrap());
    client.delete(&one, &json!({ "reason": "查无实据" })).await.error(409, "wrong_state");
}

#[tokio::test]
async fn the_notice_of_a_month_has_what_stands_unit_by_unit() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    let path = format!("/api/plans/{id}/findings");
    client.post(&path, &finding("building", "2018-09-20", "=1+1")).await.ok(201);
    client.post(&path, &counting(finding("forestry", "2018-09-21", "无人,值守"), "village", true)).await.ok(201);
    client.post(&path, &finding("forestry", "2018-09-02", "态度生硬")).await.ok(201);
    client.post(&path, &finding("forestry", "2018-10-02", "十月")).await.ok(201);
    let wrong = client.post(&path, &finding("forestry", "2018-09-03", "记错")).await.ok(201);
    let wrong = format!("{path}/{}", wrong["id"].as_str().unwrap());
    client.delete(&wrong, &json!({ "reason": "记错" })).await.ok(200);
    let notice = client.get(&format!("{path}/notice?month=2018-09")).await.ok(200);
    assert_eq!(
        (&notice["findings"], &notice["counted"], &notice["plan_title"]),
        (&json!(3), &json!(1), &plan()["title"])
    );
    let units = notice["units"].as_array().unwrap();
    assert_eq!((&units[0]["name"], texts(&units[0])), (&json!("林业站"), vec!["态度生硬", "无人,值守"]));
    assert_eq!((&units[1]["name"], texts(&units[1])), (&json!("村建所"), vec!["=1+1"]));
    let table = client.get(&format!("{path}/notice.csv?month=2018-09")).await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    let expected = "\u{feff}序号,单位,日期,地点,发现的问题,来源,计入扣分,情节严重\n\
        1,林业站,2018-09-02,便民服务大厅,态度生硬,明察暗访,,\n\
        2,林业站,2018-09-21,便民服务大厅,\"无人,值守\",明察暗访,是,是\n\
        3,村建所,2018-09-20,便民服务大厅,'=1+1,明察暗访,,\n";
    assert_eq!(table.text(), expected);
    client.get(&format!("{path}/notice?month=9")).await.error(422, "invalid_body");

    // The same as an official document.
    let paper = format!("/api/plans/{id}/documents/findings");
    let answer = client.get(&format!("{paper}?month=2018-09")).await;
    let name = answer.headers["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.contains(&*percent("日常检查情况通报")), "{name}");
    let words = crate::documents::words(&answer);
    for wanted in [
        "关于2018年9月日常检查情况的通报",
        "共发现问题3个，其中计入评议扣分1个",
        "便民服务大厅：无人,值守",
        "计入（情节严重）",
        "=1+1",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    assert!(!words.contains("记错") && !words.contains("十月"), "{words}");
    let none = crate::documents::words(&client.get(&format!("{paper}?month=2018-01")).await);
    assert!(none.contains("共发现问题0个") && none.contains("本月没有发现问题"), "{none}");
    let fields = client.get(&paper).await.error(422, "invalid_body");
    assert_eq!(fields["/month"], "missing_field");
    client.get(&format!("{paper}?month=9")).await.error(422, "invalid_body");
    let fields = client.get(&format!("{paper}?month=2018-09&period=year")).await.error(422, "invalid_body");
    assert_eq!(fields["/period"], "not_applicable");
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn an_office_sees_and_strikes_out_what_it_noted() {
    let served = served().await;
    let mut plan = plan();
    plan["components"][2]["method"]["office"] = json!("督查室");
    let id = draft(&served.client, &plan).await;
    served.client.post(&format!("/api/plans/{id}/open"), &json!({ "allow_small": ["leaders", "staff"] })).await.ok(200);
    let path = format!("/api/plans/{id}/findings");
    let mut clients = Vec::new();
    for (name, office) in [("hotline", "热线办"), ("inspector", "督查室")] {
        let account = json!({ "name": name, "password": PASSWORD, "roles": ["office"], "office": office });
        served.client.post("/api/staff", &account).await.ok(201);
        let mut client = served.client.stranger();
        client.sign_in(name, PASSWORD).await.ok(204);
        clients.push(client);
    }
    let [hotline, inspection] = &clients[..] else { panic!("two accounts") };
    let counts = counting(finding("forestry", "2018-09-12", "计入"), "village", false);
    hotline.post(&path, &counts).await.error(403, "forbidden");
    let kept = inspection.post(&path, &counts).await.ok(201);
    hotline.post(&path, &finding("forestry", "2018-09-12", "来电反映")).await.ok(201);
    assert_eq!(texts(&hotline.get(&path).await.ok(200)), ["来电反映"]);
    assert_eq!(texts(&inspection.get(&path).await.ok(200)), ["计入"]);
    assert_eq!(texts(&served.client.get(&path).await.ok(200)).len(), 2);
    let notice = hotline.get(&format!("{path}/notice?month=2018-09")).await.ok(200);
    assert_eq!((&notice["findings"], &notice["counted"]), (&json!(1), &json!(0)));
    let one = format!("{path}/{}", kept["id"].as_str().unwrap());
    let others = hotline.post(&path, &finding("building", "2018-09-13", "电话无人接听")).await.ok(201);
    let count = format!("{path}/{}/count", others["id"].as_str().unwrap());
    let costs = json!({ "component": "inspection", "level": "village" });
    inspection.post(&count, &costs).await.error(403, "forbidden");
    served.client.post(&count, &costs).await.ok(200);
    hotline.delete(&one, &json!({ "reason": "不是我的" })).await.error(403, "forbidden");
    inspection.delete(&one, &json!({ "reason": "记错" })).await.ok(200);
}

/// 205 findings of a month, more than a page; one is struck out, and of two units one is no longer in the plan.
#[tokio::test]
async fn a_months_table_goes_out_page_by_page_and_misses_nothing() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/findings");
    let mut ids = Vec::new();
    for number in 0..205 {
        let unit = if number % 2 == 0 { "forestry" } else { "building" };
        let mut sent = finding(unit, &format!("2018-09-{:02}", 1 + number % 30), &format!("第{number}条"));
        sent["key"] = json!(format!("finding_{number}"));
        ids.push(client.post(&path, &sent).await.ok(201)["id"].as_str().unwrap().to_owned());
    }
    client.delete(&format!("{path}/{}", ids[0]), &json!({ "reason": "记错" })).await.ok(200);
    let mut without = plan();
    without["units"].as_array_mut().unwrap().remove(0);
    client.put_based_on(&format!("/api/plans/{id}?draft=1"), "\"1\"", &without).await.ok(200);
    let table = client.get(&format!("{path}/notice.csv?month=2018-09")).await.text();
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let numbers: Vec<usize> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
    assert_eq!(numbers, (1..=204).collect::<Vec<_>>());
    // 102 of the unit that is there, by its name; then 103 less one of the other, by its id.
    let names: Vec<&str> = rows.iter().map(|row| row[1]).collect();
    assert_eq!((&names[..102], &names[102..]), (&["村建所"; 102][..], &["forestry"; 102][..]));
    for of_unit in [&rows[..102], &rows[102..]] {
        assert!(of_unit.is_sorted_by_key(|row| row[2]));
    }
    let told: std::collections::BTreeSet<&str> = rows.iter().map(|row| row[4]).collect();
    assert!(told.len() == 204 && !told.contains("第0条"));
    let none = client.get(&format!("{path}/notice.csv?month=2018-01")).await.text();
    assert_eq!(none.lines().count(), 1);
    client.get(&format!("{path}/notice.csv?month=9")).await.error(422, "invalid_body");
    client.get("/api/plans/nowhere/findings/notice.csv?month=2018-09").await.error(404, "not_found");
}
