//! `/api/plans/{id}/rectifications`: from opinions, findings or by hand to the acceptance and the public page.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, codes, draft, plan, served};

/// A day that is not over while these tests run, and one that is.
pub(crate) const IN_TIME: &str = "9999-12-31";
pub(crate) const LATE: &str = "2018-11-30";

pub(crate) fn item(unit: &str, matter: &str, deadline: &str) -> Value {
    json!({ "unit": unit, "matter": matter, "source": "服务对象", "measures": "完善制度", "leader": "张三",
        "department": "办公室", "deadline": deadline })
}

pub(crate) async fn make(client: &Client, path: &str, item: &Value) -> u64 {
    client.post(path, item).await.ok(201)["number"].as_u64().unwrap()
}

pub(crate) fn numbers(page: &Value) -> Vec<u64> {
    page["items"].as_array().unwrap().iter().map(|item| item["number"].as_u64().unwrap()).collect()
}

/// A closed plan with opinions: ten of the staff on both units, and five of the leaders, too few to be told, on one.
pub(crate) async fn closed_with_opinions(client: &Client) -> (String, Vec<Value>) {
    let mut plan = plan();
    plan["groups"][0]["comments"] = json!(true);
    plan["groups"][1]["comments"] = json!(true);
    let id = draft(client, &plan).await;
    let leaders = codes(client, &id, "leaders", 5).await;
    let staff = codes(client, &id, "staff", 10).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let path = format!("/api/plans/{id}/rectifications");
    let mut early = item("forestry", "慢", IN_TIME);
    early["comments"] = json!(["forestry.00000000000000000000000000000000"]);
    client.post(&path, &early).await.error(409, "wrong_state");
    for (number, code) in leaders.iter().chain(&staff).enumerate() {
        let mut sent = ballot(&id, code, number as u64, "good", "fair");
        let on_building = json!({ "unit": "building", "text": format!("村建 {number}") });
        sent["comments"] = json!([{ "unit": "forestry", "text": format!("林业 {number}") }, on_building]);
        client.post("/api/ballots", &sent).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let opinions = client.get(&format!("/api/plans/{id}/comments?limit=200")).await.ok(200);
    let opinions = opinions["comments"].as_array().unwrap().clone();
    assert_eq!(opinions.len(), 30);
    (id, opinions)
}

#[tokio::test]
async fn opinions_become_an_item_that_keeps_their_words_and_leads_to_nobody() {
    let client = served().await.client;
    let (id, opinions) = closed_with_opinions(&client).await;
    let path = format!("/api/plans/{id}/rectifications");
    let ids_of = |unit: &str| -> Vec<Value> {
        opinions.iter().filter(|opinion| opinion["unit"] == unit).map(|opinion| opinion["id"].clone()).collect()
    };
    // Named from the last to the first: the item has them in the order of their numbers.
    let mut three: Vec<Value> = ids_of("forestry")[..3].to_vec();
    three.reverse();
    let mut merged = item("forestry", "办事慢", IN_TIME);
    merged["comments"] = json!(three);
    let number = make(&client, &path, &merged).await;
    let kept = client.get(&format!("{path}/{number}")).await.ok(200)["item"].clone();
    assert_eq!(kept["comments"], json!(ids_of("forestry")[..3]));
    let words: Vec<&Value> =
        opinions.iter().filter(|opinion| opinion["unit"] == "forestry").take(3).map(|one| &one["text"]).collect();
    assert_eq!(kept["originals"], json!(words));
    assert_eq!(kept["matter"], "办事慢");
    // Sent again in any order, it is the same item.
    merged["comments"] = json!(ids_of("forestry")[..3]);
    assert_eq!(client.post(&path, &merged).await.ok(200)["number"], number);
    // Nothing of period, group or ballot is told with it.
    let all = kept.to_string();
    for told in ["year", "staff", "leaders", "干部职工", "班子成员", "receipt"] {
        assert!(!all.contains(told), "{told}: {all}");
    }

    // No item joins opinions on two units, which may be one voter's.
    let mut joined = item("forestry", "都慢", IN_TIME);
    joined["comments"] = json!([ids_of("forestry")[3], ids_of("building")[3], "forestry.nothing", "x"]);
    let fields = client.post(&path, &joined).await.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    let expected =
        [("/comments/1", "other_unit"), ("/comments/2", "unknown_comment"), ("/comments/3", "unknown_comment")];
    assert_eq!(told, expected);
    // A group of which only five have voted is not named; one of ten may be.
    let mut named = item("forestry", "仍然慢", IN_TIME);
    named["comments"] = json!([ids_of("forestry")[3]]);
    named["source"] = json!("班子成员等");
    assert_eq!(client.post(&path, &named).await.error(422, "invalid_body")["/source"], "small_group");
    named["comments"] = json!([]);
    client.post(&path, &named).await.ok(201);

    // The table has none of the words as they were written.
    client.put(&format!("{path}/{number}/release"), &json!({ "fields": ["matter", "source"] })).await.ok(200);
    let table = client.get(&format!("{path}.csv")).await.text();
    let public = client.stranger().get(&format!("/api/public/{id}/rectification")).await.text();
    for (place, text) in [(&table, "table"), (&public, "public list")] {
        assert!(place.contains("办事慢"), "{text}: {place}");
        assert!(!place.contains("林业 "), "{text}: {place}");
    }
}

#[tokio::test]
async fn an_item_is_made_of_findings_of_its_unit() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let finding =
        |unit: &str, text: &str| json!({ "date": "2018-09-12", "unit": unit, "text": text, "source": "暗访" });
    let mut ids = Vec::new();
    for sent in [finding("forestry", "无人值守"), finding("building", "态度生硬"), finding("forestry", "记错")]
    {
        ids.push(client.post(&format!("/api/plans/{id}/findings"), &sent).await.ok(201)["id"].clone());
    }
    let wrong = format!("/api/plans/{id}/findings/{}", ids[2].as_str().unwrap());
    client.delete(&wrong, &json!({ "reason": "记错" })).await.ok(200);
    let path = format!("/api/plans/{id}/rectifications");
    let mut sent = item("forestry", "值守", IN_TIME);
    sent["findings"] = json!([ids[0], ids[1], ids[2], "2018-09-12.nobody_has_it"]);
    let fields = client.post(&path, &sent).await.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    let expected =
        [("/findings/1", "other_unit"), ("/findings/2", "unknown_finding"), ("/findings/3", "unknown_finding")];
    assert_eq!(told, expected);
    sent["findings"] = json!([ids[0]]);
    let number = make(&client, &path, &sent).await;
    assert_eq!(client.get(&format!("{path}/{number}")).await.ok(200)["item"]["findings"], json!([ids[0]]));
}

/// Ma'anshan's record, part three, item by item: 整改事项, 意见来源, 整改措施, 责任部门, 整改时限, 整改结果.
const RECORD: [[&str; 6]; 5] = [
    [
        "工作作风不够踏实",
        "服务对象",
        "⒈进一步规范制度建设；⒉加强干部职工的学习教育，坚持周四学习制度；⒊完善服务公开承诺。",
        "城管办、旅游局、办公室、城建科、村镇科",
        "全年",
        "正在整改",
    ],
    [
        "行政审批和执行不够严",
        "服务对象",
        "按照“三级管理”、“四级网络”的管理思路，积极向上争取支持，理顺城乡规划和城市管理体制。",
        "城管办、村镇科",
        "12月底",
        "正在整改",
    ],
    [
        "基础设施建设不够配套",
        "居民群众",
        "⒈对街巷（社区）市政基础设施建设情况进行全面调查，拟定街巷（社区）道路改造计划；⒉加强街巷（社区）园林绿化管理；⒊规范占道、破路审批程序；⒋加强工程建设文明施工现场管理。",
        "城建科",
        "12月底",
        "正在整改",
    ],
    [
        "城市管理水平不够高",
        "居民群众、服务对象",
        "⒈加大街巷（社区）管理巡查力度；⒉加强对街巷（社区）占道经营和乱搭乱建的综合整治；⒊完善街巷（社区）环境卫生监管考核。",
        "城管办",
        "12月底",
        "正在整改",
    ],
    [
        "勤政为民不够严格",
        "自查自纠",
        "⒈进一步提高办事效率；⒉落实服务承诺，开展优质高效服务；⒊加强对基层工作的指导和监管；⒋简化乡镇场规划审批程序。",
        "城管办、旅游局、办公室、城建科、村镇科",
        "11月底",
        "已整改",
    ],
];

#[tokio::test]
async fn the_record_of_maanshan_is_entered_and_exported_field_by_field() {
    let client = served().await.client;
    let mut plan = plan();
    plan["units"][1]["name"] = json!("区建设局");
    let id = draft(&client, &plan).await;
    let path = format!("/api/plans/{id}/rectifications");
    for [matter, source, measures, department, term, result] in RECORD {
        let day = if term == "11月底" { "2017-11-30" } else { "2017-12-31" };
        let sent = json!({ "unit": "building", "matter": matter, "source": source, "measures": measures,
            "leader": "（略）", "department": department, "deadline": day, "term": term });
        let number = make(&client, &path, &sent).await;
        if result == "已整改" {
            let report = json!({ "month": "2017-11", "text": "审批程序由五项减为三项。", "done": true });
            client.post(&format!("{path}/{number}/reports"), &report).await.ok(201);
            client.post(&format!("{path}/{number}/accept"), &json!({})).await.ok(200);
        }
    }
    let table = client.get(&format!("{path}.csv")).await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    let mut expected =
        "\u{feff}序号,整改单位,整改事项,意见来源,整改措施,责任领导,责任部门,整改时限,整改结果,状态,最近报告\n"
            .to_owned();
    for (number, [matter, source, measures, department, term, result]) in (1..).zip(RECORD) {
        let rest = if number == 5 { "已销号,2017-11 审批程序由五项减为三项。" } else { "已逾期," };
        let line =
            format!("{number},区建设局,{matter},{source},{measures},（略）,{department},{term},{result},{rest}\n");
        expected.push_str(&line);
    }
    assert_eq!(table.text(), expected);
}

#[tokio::test]
async fn a_report_that_is_sent_again_is_one_and_the_office_accepts_or_returns_it() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/rectifications");
    let number = make(&client, &path, &item("forestry", "办事慢", IN_TIME)).await;
    let one = format!("{path}/{number}");
    let report = async |body: &Value| client.post(&format!("{one}/reports"), body).await;
    let october = json!({ "month": "2018-10", "text": "增设窗口", "done": false });
    assert_eq!(report(&october).await.ok(201), json!({ "state": "open", "reports": 1 }));
    assert_eq!(report(&october).await.ok(200), json!({ "state": "open", "reports": 1, "repeated": true }));
    client.post(&format!("{one}/accept"), &json!({})).await.error(409, "wrong_state");
    let november = json!({ "month": "2018-11", "text": "已经整改", "done": true });
    assert_eq!(report(&november).await.ok(201)["state"], "reported");
    assert_eq!(report(&october).await.ok(200)["reports"], 2);
    // Returned for a reason; the same words after that are another report.
    let back = json!({ "reason": "群众仍有反映" });
    client.post(&format!("{one}/return"), &json!({ "reason": "" })).await.error(422, "invalid_body");
    assert_eq!(client.post(&format!("{one}/return"), &back).await.ok(200)["state"], "returned");
    let again = client.post(&format!("{one}/return"), &back).await.ok(200);
    assert_eq!((&again["state"], &again["review"]["text"]), (&json!("returned"), &json!("群众仍有反映")));
    assert_eq!(report(&november).await.ok(201), json!({ "state": "reported", "reports": 3 }));
    assert_eq!(client.post(&format!("{one}/accept"), &json!({ "text": "属实" })).await.ok(200)["state"], "accepted");
    assert_eq!(client.post(&format!("{one}/accept"), &json!({ "text": "属实" })).await.ok(200)["state"], "accepted");
    let late = json!({ "month": "2018-12", "text": "又及" });
    report(&late).await.error(409, "wrong_state");
    // A repetition of what came before the acceptance finds its report.
    let whole = client.get(&one).await.ok(200);
    let reports: Vec<&Value> = whole["reports"].as_array().unwrap().iter().map(|report| &report["month"]).collect();
    assert_eq!(reports, ["2018-10", "2018-11", "2018-11"]);
    // What was found again later is returned, also when it was accepted.
    assert_eq!(client.post(&format!("{one}/return"), &json!({ "reason": "回潮" })).await.ok(200)["state"], "returned");
    let wrong = report(&json!({ "month": "2018-13", "text": " ", "files": ["x"] })).await.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = wrong.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(told, [("/files/0", "unknown_file"), ("/month", "bad_day"), ("/text", "out_of_range")]);
    report(&json!({ "key": "phone_01", "month": "2018-12", "text": "又改" })).await.ok(201);
    report(&json!({ "key": "phone_01", "month": "2018-12", "text": "又改" })).await.ok(200);
    report(&json!({ "key": "phone_01", "month": "2018-12", "text": "别的" })).await.error(409, "already_exists");
    client.get(&format!("{path}/99")).await.error(404, "not_found");
}

#[tokio::test]
async fn items_are_listed_by_unit_and_state_page_by_page() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/rectifications");
    // 1 to 9: forestry where odd; late where a third.
    for number in 1..=9_u32 {
        let unit = if number % 2 == 1 { "forestry" } else { "building" };
        let deadline = if number % 3 == 0 { LATE } else { IN_TIME };
        make(&client, &path, &item(unit, &format!("事项 {number}"), deadline)).await;
    }
    for number in [2, 3, 4] {
        let report = json!({ "month": "2018-10", "text": "完成", "done": true });
        client.post(&format!("{path}/{number}/reports"), &report).await.ok(201);
    }
    client.post(&format!("{path}/2/accept"), &json!({})).await.ok(200);
    client.post(&format!("{path}/3/return"), &json!({ "reason": "不实" })).await.ok(200);
    client.delete(&format!("{path}/7"), &json!({ "reason": "重复" })).await.ok(200);
    client.delete(&format!("{path}/7"), &json!({ "reason": "重复" })).await.ok(200);
    let get = async |query: &str| client.get(&format!("{path}{query}")).await.ok(200);
    // Open: 1, 5, 8; overdue: 6, 9 (open) and 3 (returned); reported: 4; accepted: 2; struck out: 7.
    assert_eq!(numbers(&get("").await), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(numbers(&get("?unit=forestry").await), [1, 3, 5, 7, 9]);
    for (state, all, forestry) in [
        ("open", vec![1, 5, 8], vec![1, 5]),
        ("overdue", vec![6, 9, 3], vec![9, 3]),
        ("reported", vec![4], vec![]),
        ("accepted", vec![2], vec![]),
        ("returned", vec![], vec![]),
    ] {
        assert_eq!(numbers(&get(&format!("?state={state}")).await), all, "{state}");
        assert_eq!(numbers(&get(&format!("?unit=forestry&state={state}")).await), forestry, "{state}");
        // One by one, across the open and the returned that are late.
        let mut walked = Vec::new();
        let mut query = format!("?state={state}&limit=1");
        loop {
            let page = get(&query).await;
            walked.extend(numbers(&page));
            match page["next"].as_str() {
                Some(next) => query = format!("?state={state}&limit=1&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(walked, all, "{state}");
    }
    let summary = get("/summary").await;
    let counts = |total: u64, open: u64, reported: u64, accepted: u64, overdue: u64| json!({ "total": total, "open": open, "reported": reported, "accepted": accepted, "overdue": overdue, "returned": 0 });
    assert_eq!(summary["all"], counts(8, 3, 1, 1, 3));
    assert_eq!(summary["units"][0], json!({ "unit": "building", "items": counts(4, 1, 1, 1, 1) }));
    assert_eq!(summary["units"][1], json!({ "unit": "forestry", "items": counts(4, 2, 0, 0, 2) }));
    client.get(&format!("{path}?state=late")).await.error(422, "invalid_body");
    client
        .post(&format!("{path}/7/reports"), &json!({ "month": "2018-10", "text": "x" }))
        .await
        .error(404, "not_found");
}

#[tokio::test]
async fn an_item_is_changed_over_the_revision_that_was_read() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/rectifications");
    let number = make(&client, &path, &item("forestry", "慢", LATE)).await;
    let one = format!("{path}/{number}");
    let read = client.get(&one).await;
    let etag = read.headers["etag"].to_str().unwrap().to_owned();
    let changed = item("forestry", "办事效率不高", IN_TIME);
    client.put(&one, &changed).await.error(428, "revision_required");
    let kept = client.put_based_on(&one, &etag, &changed).await.ok(200);
    assert_eq!(
        (&kept["matter"], &kept["state"], &kept["revision"]),
        (&json!("办事效率不高"), &json!("open"), &json!(2))
    );
    client.put_based_on(&one, &etag, &changed).await.error(412, "revision_mismatch");
    let elsewhere = client.put_based_on(&one, "\"2\"", &item("building", "慢", IN_TIME)).await;
    assert_eq!(elsewhere.error(422, "invalid_body")["/unit"], "other_unit");
    // It has moved to where its new last day puts it.
    assert_eq!(numbers(&client.get(&format!("{path}?state=open")).await.ok(200)), [number]);
    assert_eq!(numbers(&client.get(&format!("{path}?state=overdue")).await.ok(200)), Vec::<u64>::new());
    let none = client.post(&path, &json!({ "unit": "nobody", "matter": "", "source": "x", "deadline": "年底" })).await;
    let fields = none.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(told, [("/deadline", "bad_day"), ("/matter", "out_of_range"), ("/unit", "unknown_unit")]);
}
