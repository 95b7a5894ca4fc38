//! The papers that the office hands out: when each may be had, by what name, what of a result they tell, and the office's
//! own texts in them.

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::served::{ballot, codes, draft, open, plan, served};

const OF_RESULT: [&str; 4] = ["notice", "table", "report", "annual"];

fn at(plan: &str, kind: &str) -> String {
    format!("/api/plans/{plan}/documents/{kind}")
}

/// The words of a document, without its marks.
pub fn words(answer: &Answer) -> String {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    let mut archive = zip::ZipArchive::new(Cursor::new(&answer.bytes[..])).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let mut words = String::new();
    for piece in xml.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", ""));
        words.push_str(text);
        if tag == "/w:p" {
            words.push('\n');
        }
    }
    words
}

/// Ballots of both groups: so many leaders, all of the staff.
async fn vote(client: &Client, id: &str, leaders: &[String], staff: &[String]) {
    for (number, code) in leaders.iter().chain(staff).enumerate() {
        client.post("/api/ballots", &ballot(id, code, number as u64, "good", "fair")).await.ok(201);
    }
    for (unit, value) in [("forestry", "27"), ("building", "24")] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": value })).await.ok(200);
    }
}

/// Ten leaders and ten of the staff: their counts may be told.
async fn closed(client: &Client) -> String {
    let id = draft(client, &plan()).await;
    let leaders = codes(client, &id, "leaders", 10).await;
    let staff = codes(client, &id, "staff", 10).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    vote(client, &id, &leaders, &staff).await;
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    id
}

/// 2018 beside 2018: whatever the year, a plan's rank stands beside that of the plan which is named. Both have forestry first
/// and building second; of a unit that only one of them has there is no rank.
#[tokio::test]
async fn a_report_has_the_rank_of_the_plan_that_is_named_beside_its_own() {
    let client = served().await.client;
    let before = closed(&client).await;
    client.post(&format!("/api/plans/{before}/publish"), &json!({})).await.ok(200);
    let now = closed(&client).await;
    let alone = words(&client.get(&at(&now, "report")).await);
    assert!(!alone.contains("上年名次"), "{alone}");
    let both = words(&client.get(&format!("{}?with={before}", at(&now, "report"))).await);
    let pages: Vec<&str> = both.split("单位得分报告单").skip(1).collect();
    assert_eq!(pages.len(), 2, "{both}");
    for (page, rank) in [(0, "第1名（共2个）"), (1, "第2名（共2个）")] {
        // Its own rank, and that of the year before.
        assert_eq!(pages[page].matches(rank).count(), 2, "{}", pages[page]);
        assert!(pages[page].contains("上年名次"), "{}", pages[page]);
    }
    let fields = client.get(&format!("{}?with={before}", at(&now, "table"))).await.error(422, "invalid_body");
    assert_eq!(fields["/with"], "not_applicable");
    client.get(&format!("{}?with=0000000000000000", at(&now, "report"))).await.error(404, "not_found");
}

#[tokio::test]
async fn forms_are_printed_from_the_draft_on_and_results_after_closing() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    for kind in OF_RESULT {
        client.get(&at(&id, kind)).await.error(409, "wrong_state");
    }
    let form = client.get(&format!("{}?group=leaders", at(&id, "paper"))).await;
    let said = words(&form);
    assert!(
        said.contains("班子成员") && said.contains("□") && said.contains("不记名：") && !said.contains("干部职工"),
        "{said}"
    );
    client.get(&format!("{}?group=nobody", at(&id, "paper"))).await.error(422, "invalid_body");
    client.get(&at(&id, "letter")).await.error(404, "not_found");
    client.get(&at("nowhere", "paper")).await.error(404, "not_found");

    let mut unfinished = plan();
    unfinished["total"] = json!("90");
    let made = client.post("/api/plans?draft=1", &unfinished).await.ok(201);
    let refused = client.get(&at(made["id"].as_str().unwrap(), "paper")).await.error(422, "invalid_plan");
    assert_eq!(refused["/components"], "points_total");

    let (id, leaders, staff) = open(&client).await;
    client.get(&at(&id, "paper")).await.ok_file();
    client.get(&at(&id, "notice")).await.error(409, "wrong_state");
    vote(&client, &id, &leaders, &staff).await;
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for kind in OF_RESULT {
        client.get(&at(&id, kind)).await.ok_file();
    }
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    for kind in OF_RESULT {
        client.get(&at(&id, kind)).await.ok_file();
    }
    // No outcome of this plan concerns superiors.
    client.get(&at(&id, "superior")).await.error(404, "not_found");
}

impl Answer {
    /// It is a file.
    #[track_caller]
    fn ok_file(&self) {
        assert_eq!(self.status.as_u16(), 200, "{}", self.text());
        assert!(self.bytes.starts_with(b"PK"), "no ZIP");
    }
}

/// All of both groups: forestry good, building fair: 90 and 70 of 100, for 60 points 54 and 42. With 27 and 24 from the
/// hotline and 10 for the inspection 91 and 76.
#[tokio::test]
async fn they_say_what_the_result_says() {
    let client = served().await.client;
    let id = closed(&client).await;
    let result = client.get(&format!("/api/plans/{id}/result?mode=final")).await.ok(200);
    assert_eq!(
        (&result["units"][0]["published"], &result["units"][1]["published"]),
        (&json!("91.00"), &json!("76.00"))
    );
    for kind in OF_RESULT {
        let said = words(&client.get(&at(&id, kind)).await);
        assert!(said.contains("91.00") && said.contains("76.00"), "{kind}: {said}");
    }
    let report = words(&client.get(&at(&id, "report")).await);
    assert!(
        report.contains("班子成员：满意10 基本满意0 不满意0，平均90") && report.contains("第2名（共2个）"),
        "{report}"
    );
    let second = words(&client.get(&format!("{}?from=2&most=1", at(&id, "report"))).await);
    assert!(second.contains("村建所") && !second.contains("林业站"), "{second}");
    client.get(&format!("{}?from=3", at(&id, "report"))).await.error(404, "not_found");
    let period = words(&client.get(&format!("{}?period=year", at(&id, "notice"))).await);
    assert!(period.contains("91.00"));
    let unknown = client.get(&format!("{}?period=never", at(&id, "notice"))).await.error(422, "invalid_body");
    assert_eq!(unknown["/period"], "unknown_period");

    let book = client.get(&format!("{}?format=xlsx", at(&id, "table"))).await;
    book.ok_file();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes.to_vec())).unwrap();
    let range = book.worksheet_range("汇总").unwrap();
    assert_eq!(range.get_value((2, 4)).unwrap().to_string(), "91");
    for (kind, asked, path) in [
        ("notice", "format=xlsx", "/format"),
        ("table", "group=leaders", "/group"),
        ("paper", "period=year", "/period"),
        ("notice", "from=1", "/from"),
    ] {
        let refused = client.get(&format!("{}?{asked}", at(&id, kind))).await.error(422, "invalid_body");
        assert_eq!(refused[path], "not_applicable", "{kind} {asked}");
    }
    client.get(&format!("{}?page=1", at(&id, "notice"))).await.error(422, "invalid_body");
}

/// Ten cards, four ballots: until it is allowed there is no result, and then a page tells nothing of the four, nor what
/// would tell it.
#[tokio::test]
async fn of_a_group_of_four_a_report_tells_no_counts() {
    let client = served().await.client;
    let mut with_tallies = plan();
    with_tallies["live"] = Value::Null;
    let id = draft(&client, &with_tallies).await;
    let leaders = codes(&client, &id, "leaders", 10).await;
    let staff = codes(&client, &id, "staff", 10).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    vote(&client, &id, &leaders[..4], &staff).await;
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for kind in OF_RESULT {
        client.get(&at(&id, kind)).await.error(422, "small_group");
    }
    client.get(&format!("/api/plans/{id}/result?mode=final")).await.error(422, "small_group");
    // The staff's ten with the leaders' four: allowed by name, the mean may be told, counts never.
    client.post(&format!("/api/plans/{id}/publish"), &json!({ "allow_small": ["leaders"] })).await.ok(200);
    let said = words(&client.get(&at(&id, "report")).await);
    assert!(said.contains("班子成员：票数不足，只公开平均90"), "{said}");
    assert!(said.contains("干部职工：满意10 基本满意0 不满意0，平均90"), "{said}");
    assert!(!said.contains("满意4"), "{said}");
    // The annual report tells neither how many they were, nor the others, from whom it could be worked out.
    let annual = words(&client.get(&at(&id, "annual")).await);
    assert!(annual.contains("班子成员\n不公开") && annual.contains("干部职工\n不公开"), "{annual}");
}

#[tokio::test]
async fn a_file_is_named_after_its_plan() {
    let client = served().await.client;
    let mut named = plan();
    named["title"] = json!("2018年\"评测\"/上");
    let id = draft(&client, &named).await;
    let form = client.get(&at(&id, "paper")).await;
    let header = |name: &str| form.headers[name].to_str().unwrap().to_owned();
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"document.docx\"; filename*=UTF-8''%E7%BA%B8%E8%B4%A8%E6%B5%8B%E8%AF%84%E8%A1%A8-2018%E5%B9%B4%E8%AF%84%E6%B5%8B%E4%B8%8A.docx"
    );
    assert_eq!(header("content-type"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_office_writes_its_texts_once_each_and_the_audit_says_so() {
    let client = served().await.client;
    let id = closed(&client).await;
    let texts = at(&id, "texts");
    let first = client.get(&texts).await;
    assert_eq!(first.headers["etag"], "\"0\"");
    let first = first.ok(200);
    let title = first["texts"].as_array().unwrap().iter().find(|text| text["name"] == "notice.title").unwrap();
    assert_eq!((&title["text"], &title["default"]), (&Value::Null, &json!("关于{title}结果的通报")));
    assert!(title["placeholders"].as_array().unwrap().contains(&json!("count")));

    let wanted = json!({ "texts": { "office": "镇评测办", "notice.title": "{count}个单位的通报", "notice.opening": "{office}通报如下。" } });
    client.put(&texts, &wanted).await.error(428, "revision_required");
    let kept = client.put_based_on(&texts, "\"0\"", &wanted).await;
    assert_eq!(kept.headers["etag"], "\"1\"");
    assert_eq!(kept.ok(200), json!({ "revision": 1 }));
    client.put_based_on(&texts, "\"0\"", &wanted).await.error(412, "revision_mismatch");
    let said = words(&client.get(&at(&id, "notice")).await);
    assert!(said.contains("2个单位的通报\n") && said.contains("镇评测办通报如下。\n"), "{said}");

    let wrong =
        json!({ "texts": { "notice.title": "{unit}{count", "notice.tilte": "x", "office": "长".repeat(2001) } });
    let refused = client.put_based_on(&texts, "\"1\"", &wrong).await.error(422, "invalid_body");
    let expected = [
        ("/texts/notice.tilte", "unknown_text"),
        ("/texts/notice.title", "unknown_placeholder"),
        ("/texts/office", "out_of_range"),
    ];
    assert_eq!(refused.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect::<Vec<_>>(), expected);
    client.put_based_on(&texts, "\"1\"", &json!({ "text": {} })).await.error(422, "invalid_body");
    assert_eq!(client.get(&texts).await.ok(200)["revision"], 1, "what is refused leaves nothing");

    // What is left out is the default again.
    client.put_based_on(&texts, "\"1\"", &json!({ "texts": {} })).await.ok(200);
    assert!(words(&client.get(&at(&id, "notice")).await).contains("结果的通报"));
    let audit = client.get(&format!("/api/plans/{id}/audit?limit=200")).await.ok(200);
    let written: Vec<&Value> =
        audit["events"].as_array().unwrap().iter().filter(|event| event["action"] == "paper_texts_put").collect();
    assert_eq!(written.len(), 2);
    assert!(
        written.iter().any(|event| event["detail"]["texts"] == json!(["notice.opening", "notice.title", "office"]))
    );
    client.get(&at("nowhere", "texts")).await.error(404, "not_found");
}
