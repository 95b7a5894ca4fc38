//! What a publication shows of its records, and that whoever has it can recompute the result.

use std::io::Read as _;
use std::time::Instant;

use api::Settings;
use flate2::read::GzDecoder;
use scoring::json::Value as Document;
use serde_json::{Value, json};
use verify::{Publication, Report};

use crate::client::Client;
use crate::served::{ballot, codes, draft, plan, served, served_with};

/// What the check of a publication says.
fn check(text: &[u8]) -> Report {
    let value = verify::read(text).unwrap();
    let publication = Publication::new(&value).unwrap_or_else(|lines| panic!("{lines:?}"));
    publication.verify()
}

fn said(lines: &[verify::Line]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

/// A closed plan in which seven leaders and twelve of the staff marked: leaders 5 good, 2 fair; staff 9 good, 3 poor.
async fn closed(client: &Client) -> String {
    let id = draft(client, &plan()).await;
    let leaders = codes(client, &id, "leaders", 7).await;
    let staff = codes(client, &id, "staff", 12).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    for (number, code) in (1..).zip(leaders.iter().chain(&staff)) {
        let option = match number {
            1..=5 | 8..=16 => "good",
            6 | 7 => "fair",
            _ => "poor",
        };
        client.stranger().post("/api/ballots", &ballot(&id, code, number, option, "fair")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for (unit, value) in [("forestry", "20"), ("building", "25")] {
        let path = format!("/api/plans/{id}/entries/year/hotline/{unit}");
        client.put(&path, &json!({ "value": value, "evidence": "台账第3页" })).await.ok(200);
    }
    id
}

#[tokio::test]
async fn a_publication_shows_its_records_and_of_few_marks_the_mean() {
    let served = served().await;
    let client = &served.client;
    let id = closed(client).await;
    let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    let answer = client.stranger().get(&format!("/api/public/{id}")).await;
    let publication = answer.json();

    let tallies = publication["records"]["tallies"].as_array().unwrap();
    let groups: Vec<&str> = tallies.iter().map(|tally| tally["group"].as_str().unwrap()).collect();
    assert_eq!(groups, ["staff", "staff"]);
    assert_eq!(tallies[0]["counts"], json!({ "good": 9, "fair": 0, "poor": 3 }));
    // 590 ÷ 7, and seven times 70.
    let withheld = |unit: &str, mean: &str| json!({ "period": "year", "component": "internal", "group": "leaders", "unit": unit, "mean": mean });
    assert_eq!(publication["withheld"], json!([withheld("forestry", "84.285714"), withheld("building", "70")]));
    assert_eq!(publication["records"]["entries"], records["entries"]);
    assert!(!answer.text().contains("台账"), "evidence is the office's");
    let all = Document::parse(records.to_string().as_bytes()).unwrap();
    assert_eq!(publication["records_sha256"], all.sha256());
    assert_eq!(publication["records_at"], Value::Null);

    // Seven and twelve are neither told by the books.
    let books = &publication["reconciliation"]["groups"];
    assert_eq!((&books[0]["ballots"], &books[1]["ballots"]), (&Value::Null, &Value::Null));

    let report = check(&answer.bytes);
    assert_eq!(said(&report.faults), Vec::<String>::new());
    let open: Vec<&str> = report.unchecked.iter().map(|line| line.path.as_str()).collect();
    assert!(open.contains(&"/withheld") && open.contains(&"/records_sha256"), "{open:?}");
    assert!(said(&report.checked).iter().any(|line| line.starts_with("publication:/records ")), "{report:?}");

    // What the audit chain says of it is what it says of itself.
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = audit["events"].as_array().unwrap();
    let published = events.iter().find(|event| event["action"] == "plan_published").unwrap();
    assert_eq!(published["detail"]["publication_sha256"], publication["publication_sha256"]);

    // Alone, they are the same.
    let alone = client.stranger().get(&format!("/api/public/{id}/records")).await.ok(200);
    assert_eq!(alone, json!({ "records": publication["records"], "withheld": publication["withheld"] }));
    client.stranger().get(&format!("/api/public/{id}/records?edition=2")).await.error(404, "not_found");
}

#[tokio::test]
async fn a_corrected_result_holds_and_withholds_what_the_first_edition_did() {
    let served = served().await;
    let client = &served.client;
    let id = closed(client).await;
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    client.post(&format!("/api/plans/{id}/correct"), &json!({ "reason": "录错" })).await.ok(200);
    // A batch of three leaders' papers, entered by two: ten marks now, and seven of them were withheld.
    let line = |unit: &str| json!({ "unit": unit, "criterion": null, "counts": { "good": 3 }, "blank": 0 });
    let batch = json!({ "label": "一号箱", "period": "year", "group": "leaders", "component": "internal", "collected": 3,
        "void": 0, "counts": [line("forestry"), line("building")] });
    let second = served.member("second", &["office"]).await;
    for member in [client, &second] {
        member.post(&format!("/api/plans/{id}/paper-tallies"), &batch).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    let stranger = client.stranger();
    let answer = stranger.get(&format!("/api/public/{id}")).await;
    let publication = answer.json();
    assert_eq!(publication["edition"], 2);
    let units: Vec<&str> =
        publication["withheld"].as_array().unwrap().iter().map(|one| one["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["forestry", "building"]);
    // 860 ÷ 10.
    assert_eq!(publication["withheld"][0]["mean"], "86");
    assert_eq!(said(&check(&answer.bytes).faults), Vec::<String>::new());
    let first = stranger.get(&format!("/api/public/{id}?edition=1")).await;
    assert_eq!(said(&check(&first.bytes).faults), Vec::<String>::new());

    // A correction that says something else than the result is found by itself.
    let mut forged = publication.clone();
    forged["correction"]["changes"][0]["now"] = json!("99.000000");
    let faults = said(&check(forged.to_string().as_bytes()).faults);
    assert!(faults.iter().any(|line| line.starts_with("publication:/correction/changes/0 ")), "{faults:?}");
}

#[tokio::test]
async fn what_is_on_public_display_has_no_records_yet() {
    let served = served().await;
    let client = &served.client;
    let id = closed(client).await;
    let announce = json!({ "until": "2099-01-01T00:00:00+08:00", "contact": "考核办 0839-0000000" });
    client.post(&format!("/api/plans/{id}/announce"), &announce).await.ok(200);
    let answer = client.stranger().get(&format!("/api/public/{id}")).await;
    assert_eq!((&answer.json()["edition"], &answer.json()["records"]), (&json!(0), &Value::Null));
    let report = check(&answer.bytes);
    assert_eq!(said(&report.faults), Vec::<String>::new());
    client.stranger().get(&format!("/api/public/{id}/records")).await.error(404, "not_found");
}

#[tokio::test]
async fn the_page_that_recomputes_a_result_is_there_once_the_result_is() {
    let folder = std::env::temp_dir().join(format!("pingyi-verify-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("verify.html"), "<title>{{plan_title}}</title><a href=\"/public/{{plan}}\">").unwrap();
    let served = served_with(Settings { app_dir: Some(folder.clone()), ..Settings::default() }).await;
    let client = &served.client;
    let id = closed(client).await;
    let stranger = client.stranger();
    let address = format!("/public/{id}/verify");
    assert_eq!(stranger.get(&address).await.status.as_u16(), 404);
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    let page = stranger.get(&address).await.text();
    assert_eq!(page, format!("<title>元坝镇2018年内设机构作风效能评测</title><a href=\"/public/{id}\">"));
    assert!(stranger.get(&format!("/public/{id}")).await.text().contains(&address));
    std::fs::remove_dir_all(folder).unwrap();
}

/// 500 units, 20 components, three groups: 30,000 tallies.
fn large() -> Value {
    let mut plan = plan();
    let numbered = |count: usize, one: &dyn Fn(usize) -> Value| (0..count).map(one).collect::<Vec<Value>>();
    plan["units"] = json!(numbered(
        500,
        &|n| json!({ "id": format!("county_bureau_{n}"), "name": format!("第{n}号单位"), "category": "dept" })
    ));
    plan["groups"] =
        json!(["leaders", "staff", "guests"].map(|id| json!({ "id": id, "name": id, "ballot": "anonymous" })));
    let groups = json!(["leaders", "staff", "guests"].map(|id| json!({ "group": id, "weight": "1" })));
    plan["components"] =
        json!(numbered(20, &|n| json!({ "id": format!("component_{n}"), "name": format!("第{n}项"), "points": "5",
        "method": { "kind": "survey", "scale": "satisfaction", "out_of": "100", "groups": groups } })));
    plan["adjustments"] = json!([]);
    plan["ranking"] = json!({ "decimals": 2, "tie_break": [] });
    plan
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_publication_of_thirty_thousand_tallies_fits_items_and_answers() {
    let served = served().await;
    let client = &served.client;
    let second = served.member("second", &["office"]).await;
    let id = draft(client, &large()).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let path = format!("/api/plans/{id}/paper-tallies");
    for component in 0..20_usize {
        for (group, collected) in [("leaders", if component == 0 { 8 } else { 600 }), ("staff", 700), ("guests", 900)] {
            let lines: Vec<Value> = (0..500)
                .map(|unit| {
                    let good = (unit * 7 + component * 3) % (collected + 1);
                    let rest = collected - good;
                    let counts = json!({ "good": good, "fair": rest / 2, "poor": rest - rest / 2 });
                    json!({ "unit": format!("county_bureau_{unit}"), "criterion": null, "counts": counts, "blank": 0 })
                })
                .collect();
            let batch = json!({ "label": format!("{component}{group}"), "period": "year", "group": group,
                "component": format!("component_{component}"), "collected": collected, "void": 0, "counts": lines });
            for member in [client, &second] {
                member.post(&path, &batch).await.ok(201);
            }
        }
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let order: Vec<String> = (0..500).map(|unit| format!("county_bureau_{unit}")).collect();
    client.put(&format!("/api/plans/{id}/lots/dept"), &json!({ "order": order })).await.ok(200);
    let begun = Instant::now();
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    println!("published in {:?}", begun.elapsed());

    let address = format!("/api/public/{id}");
    let stranger = client.stranger();
    let packed = stranger.send("GET", &address, &[("accept-encoding", "gzip, br")], "").await;
    assert_eq!((packed.status.as_u16(), &packed.headers["content-encoding"]), (200, &"gzip".parse().unwrap()));
    // A function's answer ends at 6 MB, and what is packed goes through it in four thirds of its bytes.
    assert!(packed.bytes.len() * 4 / 3 < 6_000_000, "{}", packed.bytes.len());
    let mut text = Vec::new();
    GzDecoder::new(&packed.bytes[..]).read_to_end(&mut text).unwrap();
    println!("{} bytes, {} packed", text.len(), packed.bytes.len());
    assert!(text.len() > 4_500_000, "{}", text.len());
    // To be measured by, with `pingyi verify` and in a browser.
    if let Some(path) = std::env::var_os("PINGYI_KEEP_PUBLICATION") {
        std::fs::write(path, &text).unwrap();
    }
    let begun = Instant::now();
    let report = check(&text);
    println!("checked in {:?}", begun.elapsed());
    assert_eq!(said(&report.faults), Vec::<String>::new());
    let whole: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(whole["records"]["tallies"].as_array().unwrap().len(), 29_500);
    assert_eq!(whole["withheld"].as_array().unwrap().len(), 500);

    // Whoever takes no packed answer gets all but the records, and where they are.
    let plain = stranger.get(&address).await;
    assert!(plain.headers.get("content-encoding").is_none() && plain.bytes.len() < 4_500_000);
    let at = plain.json()["records_at"].as_str().unwrap().to_owned();
    assert_eq!(at, format!("/api/public/{id}/records?edition=1"));
    let report = check(&plain.bytes);
    assert_eq!(said(&report.faults), Vec::<String>::new());
    assert!(report.leaves_open("/result/units/3/total"));
    let records = stranger.send("GET", &at, &[("accept-encoding", "gzip")], "").await;
    let mut text = String::new();
    GzDecoder::new(&records.bytes[..]).read_to_string(&mut text).unwrap();
    let records: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(records["records"], whole["records"]);
    // Kept by both callers apart.
    assert_eq!(plain.headers["vary"], "Accept-Encoding");
}
