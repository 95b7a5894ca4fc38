//! What a unit has of its own: its result once the vote is closed, objections, and its page.

use serde_json::{Value, json};

use crate::announcements::{announce, closed};
use crate::documents::words;
use crate::rectification_readers::unit_account;
use crate::series::{entered, published};
use crate::served::{ballot, served};

/// `林业站` in an address.
const FORESTRY: &str = "%E6%9E%97%E4%B8%9A%E7%AB%99";

#[tokio::test]
async fn a_unit_reads_its_own_result_after_closing_and_nothing_of_another() {
    let served = served().await;
    let office = &served.client;
    let unit = unit_account(&served, "linye", "林业站").await;
    let (id, leaders, staff) = crate::served::open(office).await;
    let path = format!("/api/plans/{id}/result");
    unit.get(&path).await.error(409, "wrong_state");
    for (number, code) in (1..).zip(leaders.iter().take(5).chain(staff.iter().take(5))) {
        office.stranger().post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    unit.get(&path).await.error(409, "wrong_state");
    office.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for (unit, value) in [("forestry", "20"), ("building", "25")] {
        office.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": value })).await.ok(200);
    }
    let whole = office.get(&format!("{path}?mode=final")).await.ok(200);
    let own = unit.get(&format!("{path}?mode=final")).await.ok(200);
    let of_forestry = whole["units"].as_array().unwrap().iter().find(|row| row["unit"] == "forestry").unwrap();
    assert_eq!(own["units"], json!([of_forestry]));
    assert_eq!((&own["ties"], &own["unresolved_ties"], &own["missing"]), (&json!([]), &json!([]), &json!([])));
    assert!(!own.to_string().contains("building"), "{own}");
    // An envelope that one person has counted is on its way into the figures: nothing is read until it is settled.
    let line = |unit: &str| json!({ "unit": unit, "criterion": null, "counts": { "good": 1 }, "blank": 0 });
    let batch = json!({ "label": "一号箱", "period": "year", "group": "staff", "component": "internal",
        "collected": 1, "void": 0, "counts": [line("forestry"), line("building")] });
    let kept = office.post(&format!("/api/plans/{id}/paper-tallies"), &batch).await.ok(201);
    unit.get(&path).await.error(422, "pending_records");
    let batch = format!("/api/plans/{id}/paper-tallies/{}", kept["id"].as_str().unwrap());
    office.delete(&batch, &json!({ "reason": "放错了" })).await.ok(200);
    unit.get(&path).await.ok(200);
    for closed in ["explanation/forestry", "records", "compare?with=x", "comments"] {
        unit.get(&format!("/api/plans/{id}/{closed}")).await.error(403, "forbidden");
    }
    // A unit that the plan does not have has no result in it.
    let stranger = unit_account(&served, "shuiwu", "水务站").await;
    assert_eq!(stranger.get(&path).await.ok(200)["units"], json!([]));
}

#[tokio::test]
async fn a_unit_has_its_own_page_of_the_report_under_the_conditions_of_its_result() {
    let served = served().await;
    let office = &served.client;
    let unit = unit_account(&served, "linye", "林业站").await;
    let at = |id: &str, kind: &str| format!("/api/plans/{id}/documents/{kind}");
    let (open, ..) = crate::served::open(office).await;
    unit.get(&at(&open, "report")).await.error(409, "wrong_state");
    let id = closed(office).await;
    let page = words(&unit.get(&at(&id, "report")).await);
    assert_eq!(page.matches("单位得分报告单").count(), 1, "{page}");
    // All good gives 54 of 60, and 20 and 10 are entered and left: 84. All poor gives 30, and 25 and 10: 65.
    assert!(page.contains("林业站") && page.contains("84.00") && page.contains("第1名（共2个）"), "{page}");
    assert!(!page.contains("村建所") && !page.contains("65.00"), "{page}");
    let period = words(&unit.get(&format!("{}?period=year", at(&id, "report"))).await);
    assert!(period.contains("84.00"), "{period}");
    for kind in ["notice", "table", "superior", "annual", "findings", "paper"] {
        unit.get(&at(&id, kind)).await.error(403, "forbidden");
    }
    for (asked, path) in [("from=1", "/from"), ("most=1", "/most"), (&*format!("with={id}"), "/with")] {
        let refused = unit.get(&format!("{}?{asked}", at(&id, "report"))).await.error(422, "invalid_body");
        assert_eq!(refused[path], "not_applicable");
    }
    // As its result: an envelope that one person has counted is on its way into the figures.
    let line = |unit: &str| json!({ "unit": unit, "criterion": null, "counts": { "good": 1 }, "blank": 0 });
    let batch = json!({ "label": "一号箱", "period": "year", "group": "staff", "component": "internal",
        "collected": 1, "void": 0, "counts": [line("forestry"), line("building")] });
    let kept = office.post(&format!("/api/plans/{id}/paper-tallies"), &batch).await.ok(201);
    unit.get(&at(&id, "report")).await.error(422, "pending_records");
    let batch = format!("/api/plans/{id}/paper-tallies/{}", kept["id"].as_str().unwrap());
    office.delete(&batch, &json!({ "reason": "放错了" })).await.ok(200);
    assert_eq!(unit.get(&at(&id, "report")).await.status, 200);
    // A unit that the plan does not have has no page in it; the office has both.
    let stranger = unit_account(&served, "shuiwu", "水务站").await;
    stranger.get(&at(&id, "report")).await.error(404, "not_found");
    let both = words(&office.get(&at(&id, "report")).await);
    assert_eq!(both.matches("单位得分报告单").count(), 2, "{both}");
}

#[tokio::test]
async fn a_units_page_names_whom_a_tie_put_beside_it_once_the_result_is_public() {
    let served = served().await;
    let office = &served.client;
    let unit = unit_account(&served, "linye", "林业站").await;
    let (id, leaders, staff) = crate::served::open(office).await;
    for (number, code) in (1..).zip(leaders.iter().take(5).chain(staff.iter().take(5))) {
        office.stranger().post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    office.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    // 54 + 5 + 10 and 30 + 29 + 10 are both 69; by the internal marks the first is before the second.
    for (unit, value) in [("forestry", "5"), ("building", "29")] {
        office.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": value })).await.ok(200);
    }
    let path = format!("/api/plans/{id}/documents/report");
    let before = words(&unit.get(&path).await);
    assert!(before.contains("69.00") && before.contains("第1名（共2个）"), "{before}");
    assert!(!before.contains("村建所") && !before.contains("名次确定"), "{before}");
    // Counts of two days would tell what came in between; until the result is fixed there are none.
    let later = "得票和平均分在结果公布后列出";
    assert!(before.contains(later) && !before.contains("班子成员"), "{before}");
    office.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    let after = words(&unit.get(&path).await);
    assert!(after.contains("与后一名“村建所”总分相同") && !after.contains(later), "{after}");
}

#[tokio::test]
async fn a_unit_objects_to_its_own_result_and_reads_what_was_said_of_it() {
    let served = served().await;
    let office = &served.client;
    let id = closed(office).await;
    let unit = unit_account(&served, "linye", "林业站").await;
    let path = format!("/api/plans/{id}/objections");
    let objection = |unit: Value, text: &str| json!({ "unit": unit, "text": text, "contact": "13800000000" });
    unit.post(&path, &objection(json!("forestry"), "分数有误")).await.error(409, "wrong_state");
    announce(office, &id).await;
    unit.post(&path, &objection(json!("forestry"), "分数有误")).await.ok(201);
    for other in [json!("building"), Value::Null] {
        let fields = unit.post(&path, &objection(other, "别家的")).await.error(422, "invalid_body");
        assert_eq!(fields["/unit"], "other_unit");
    }
    for (of, text) in [("forestry", "来电反映"), ("building", "别家的")] {
        office.post(&path, &objection(json!(of), text)).await.ok(201);
    }
    let read = unit.get(&path).await.ok(200)["objections"].clone();
    let told: Vec<_> = read
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["text"].as_str().unwrap(), one["contact"].as_str().unwrap()))
        .collect();
    // How somebody else can be reached stays with the office.
    assert_eq!(told, [("分数有误", "13800000000"), ("来电反映", "")]);
    unit.post(&format!("{path}/1/answer"), &json!({ "text": "已核对", "upheld": false })).await.error(403, "forbidden");
    office.post(&format!("{path}/1/answer"), &json!({ "text": "已核对", "upheld": false })).await.ok(200);
    assert_eq!(unit.get(&path).await.ok(200)["objections"][0]["answer"]["text"], "已核对");
}

#[tokio::test]
async fn a_units_page_has_what_was_released_of_it_and_its_published_results() {
    let served = served().await;
    let office = &served.client;
    let page = format!("/public/units/{FORESTRY}");
    assert_eq!(office.stranger().get(&page).await.status, 404);
    let body =
        json!({ "duties": "森林<防火>", "promises": "三日办结", "staff": [{ "name": "李四" }], "public": ["duties"] });
    office.put(&format!("/api/profiles/{FORESTRY}"), &body).await.ok(200);
    let shown = office.stranger().get(&page).await.text();
    assert!(shown.contains("森林&lt;防火&gt;") && !shown.contains("三日办结") && !shown.contains("李四"), "{shown}");
    assert!(!shown.contains("评议结果</h2>"), "{shown}");
    let id = closed(office).await;
    office.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    let result = office.stranger().get(&format!("/api/public/{id}")).await.ok(200)["result"].clone();
    let own = result["units"].as_array().unwrap().iter().find(|row| row["unit"] == "forestry").unwrap();
    let place = format!("第 {} 名，共 2 个单位", own["rank"]);
    let shown = office.stranger().get(&page).await.text();
    assert!(shown.contains(&place) && shown.contains(&format!("/public/{id}")), "{shown}");
    let english = office.stranger().get(&format!("{page}?lang=en")).await.text();
    assert!(english.contains(&format!("rank {} of 2", own["rank"])), "{english}");
}

#[tokio::test]
async fn a_units_ranks_stand_beside_each_other_the_latest_year_first() {
    let served = served().await;
    let office = &served.client;
    let units = [("tax", "市国税局"), ("land", "市国土资源局")];
    for (year, scores) in [(2015, ["90", "80"]), (2016, ["70", "85"]), (2014, ["95", "60"])] {
        let mut plan = entered(&format!("{year}年评议"), &units, &[("year", "全年")]);
        plan["year"] = json!(year);
        published(office, &plan, &[("year", "tax", scores[0]), ("year", "land", scores[1])]).await;
    }
    let shown = office.stranger().get("/public/units/%E5%B8%82%E5%9B%BD%E7%A8%8E%E5%B1%80").await.text();
    let rows: Vec<&str> = shown.split("<tr>").filter(|row| row.contains("scope=\"row\"")).collect();
    let told = |row: &&str| {
        ["2016", "2015", "2014", "第 1 名", "第 2 名", "70.00", "90.00", "95.00"]
            .into_iter()
            .filter(|word| row.contains(&format!(">{word}")))
            .collect::<Vec<_>>()
    };
    let rows: Vec<_> = rows.iter().map(told).collect();
    assert_eq!(rows, [["2016", "第 2 名", "70.00"], ["2015", "第 1 名", "90.00"], ["2014", "第 1 名", "95.00"]]);
}
