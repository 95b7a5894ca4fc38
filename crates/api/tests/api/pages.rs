//! Pages that the server writes: public results, the ballot without scripts, the built app.

use api::Settings;
use calamine::Reader as _;
use serde_json::json;

use crate::client::Client;
use crate::served::{ballot, open, plan, served, served_with};

async fn published(client: &Client) -> String {
    let (id, leaders, staff) = open(client).await;
    let voter = client.stranger();
    for (number, code) in leaders.iter().chain(&staff).enumerate() {
        voter.post("/api/ballots", &ballot(&id, code, number as u64, "good", "poor")).await.ok(201);
    }
    for unit in ["forestry", "building"] {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "20" })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    id
}

#[tokio::test]
async fn a_published_result_is_a_page_for_anybody() {
    let client = served().await.client;
    let empty = client.stranger().get("/public").await;
    assert!(empty.text().contains("还没有公布的结果"));
    let id = published(&client).await;
    let anybody = client.stranger();
    let list = anybody.get("/public").await;
    assert!(list.text().contains(&format!("/public/{id}")), "{}", list.text());
    let page = anybody.get(&format!("/public/{id}")).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    let html = page.text();
    for words in [
        "<html lang=\"zh-CN\"",
        plan()["title"].as_str().unwrap(),
        "林业站",
        "84.00",
        "60.00",
        "通报表扬",
        "<svg",
        "少于10",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(html.len() < 40 * 1024);
    for forbidden in ["<script", "style=\"", "<style", "onclick"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    let english = anybody.get(&format!("/public/{id}?lang=en")).await.text();
    assert!(english.contains("<html lang=\"en\"") && english.contains("Ranking"));
    let style = anybody.get("/public/style.css").await;
    assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");
    assert!(style.bytes.len() < 12 * 1024);
}

#[tokio::test]
async fn a_published_result_is_open_data() {
    let client = served().await.client;
    let anybody = client.stranger();
    assert_eq!(anybody.get("/api/public").await.ok(200), json!({ "publications": [], "next": null }));
    let id = published(&client).await;
    let list = anybody.get("/api/public").await;
    assert_eq!(list.headers["access-control-allow-origin"], "*");
    let title = plan()["title"].clone();
    assert_eq!(list.ok(200), json!({ "publications": [{ "id": id, "title": title }], "next": null }));

    for path in ["", ".csv", ".xlsx"].map(|kind| format!("/api/public/{id}{kind}")) {
        let first = anybody.get(&path).await;
        assert_eq!(first.status.as_u16(), 200, "{path}");
        assert_eq!(first.headers["access-control-allow-origin"], "*");
        assert_eq!(first.headers["cache-control"], "public, max-age=300");
        let tag = first.headers["etag"].to_str().unwrap();
        let again = anybody.send("GET", &path, &[("if-none-match", &format!("\"other\", W/{tag}"))], "").await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{path}");
        assert_eq!(again.headers["etag"], tag);
        let other = anybody.send("GET", &path, &[("if-none-match", "\"other\"")], "").await;
        assert_eq!((other.status.as_u16(), &other.bytes), (200, &first.bytes), "{path}");
    }

    let table = anybody.get(&format!("/api/public/{id}.csv")).await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    let text = table.text();
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap().lines().collect();
    assert!(lines[0].starts_with("类别,名次,单位,得分,总分,等次,结果运用,合计,加分,减分,"), "{}", lines[0]);
    // 林业站 84.00 before 村建所 60.00, as the page of this plan has it.
    assert_eq!(lines.len(), 3);
    assert!(lines[1].contains(",1,林业站,84.00,84.000000,"), "{}", lines[1]);
    assert!(lines[2].contains(",2,村建所,60.00,60.000000,"), "{}", lines[2]);

    // The workbook says the same, read by a reader that is not its writer's.
    let book = anybody.get(&format!("/api/public/{id}.xlsx")).await;
    assert_eq!(book.headers["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let mut read: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book.bytes)).unwrap();
    let sheet = read.worksheet_range("排名").unwrap();
    let cells: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(cells[0].join(","), lines[0]);
    assert_eq!(cells[1][1..5], ["1", "林业站", "84", "84"]);
    assert_eq!(cells[2][1..5], ["2", "村建所", "60", "60"]);
    assert!(matches!(sheet.get((1, 4)), Some(calamine::Data::Float(84.0))), "a figure is a number");

    for kind in [".csv", ".xlsx"] {
        let hidden = anybody.get(&format!("/api/public/0000000000000000{kind}")).await;
        assert_eq!((hidden.status.as_u16(), &hidden.headers["cache-control"]), (404, &"no-store".parse().unwrap()));
    }
}

#[tokio::test]
async fn what_is_not_public_has_no_page() {
    let client = served().await.client;
    let (id, ..) = open(&client).await;
    for path in [format!("/public/{id}"), "/public/nowhere".to_owned()] {
        let page = client.stranger().get(&path).await;
        assert_eq!(page.status.as_u16(), 404);
        assert!(page.text().contains("尚未公布"), "{}", page.text());
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    pairs.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value))).collect::<Vec<_>>().join("&")
}

fn hidden(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let from = html.find(&mark).unwrap_or_else(|| panic!("{name}: {html}")) + mark.len();
    html[from..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_phone_without_scripts_votes_by_plain_forms() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let phone = client.stranger();
    let path = format!("/ballot/{id}/plain");
    let post = |body: String| {
        let (phone, path) = (phone.clone(), path.clone());
        async move { phone.send("POST", &path, &[("content-type", "application/x-www-form-urlencoded")], body).await }
    };
    let asked = phone.get(&path).await;
    assert!(asked.text().contains("name=\"code\""));
    let wrong = post(form(&[("code", "0000 0000 0000 0000")])).await;
    assert_eq!(wrong.status.as_u16(), 404);
    assert!(wrong.text().contains("<title>错误：") && wrong.text().contains("value=\"0000 0000 0000 0000\""));
    let paper = post(form(&[("code", &wire::code::grouped(&leaders[0]).to_lowercase())])).await;
    assert_eq!(paper.status.as_u16(), 200, "{}", paper.text());
    assert_eq!(paper.headers["cache-control"], "no-store");
    let html = paper.text();
    assert!(html.contains("不记名") && html.contains("name=\"m.internal.forestry.\""), "{html}");
    let ballot_id = hidden(&html, "ballot_id");
    let code = hidden(&html, "code");
    let nothing = post(form(&[("code", &code), ("ballot_id", &ballot_id)])).await;
    assert_eq!(nothing.status.as_u16(), 422);
    assert!(nothing.text().contains("role=\"alert\""));
    assert_eq!(hidden(&nothing.text(), "ballot_id"), ballot_id);
    // One of two units is left open: asked about once, with what was chosen kept.
    let half = [("code", code.as_str()), ("ballot_id", &ballot_id), ("m.internal.forestry.", "good")];
    let asked = post(form(&half)).await;
    assert_eq!(asked.status.as_u16(), 200);
    assert!(
        asked.text().contains("还有 1 项没有填") && asked.text().contains("value=\"good\" checked"),
        "{}",
        asked.text()
    );
    assert_eq!((hidden(&asked.text(), "so"), hidden(&asked.text(), "ballot_id")), ("1".to_owned(), ballot_id.clone()));
    let filled = form(&[
        ("code", &code),
        ("ballot_id", &ballot_id),
        ("m.internal.forestry.", "good"),
        ("m.internal.building.", ""),
    ]);
    let receipt = post(filled.clone()).await;
    assert_eq!(receipt.status.as_u16(), 200, "{}", receipt.text());
    assert!(receipt.text().contains("回执号"));
    assert_eq!(post(filled).await.text(), receipt.text(), "sending the form again shows the same receipt");
    // The open line on purpose, by another voter.
    let paper = post(form(&[("code", &leaders[1])])).await.text();
    let (other, its_id) = (hidden(&paper, "code"), hidden(&paper, "ballot_id"));
    let so = [("code", other.as_str()), ("ballot_id", &its_id), ("m.internal.forestry.", "good"), ("so", "1")];
    assert!(post(form(&so)).await.text().contains("回执号"));
    let again = post(form(&[("code", &code)])).await;
    assert_eq!(again.status.as_u16(), 409);
    let turnout = client.get(&format!("/api/plans/{id}/turnout")).await.ok(200);
    assert!(turnout["groups"].as_array().unwrap().iter().any(|row| row["group"] == "leaders" && row["cast"] == 2));
}

#[tokio::test]
async fn the_built_app_is_served_with_its_title_and_long_lived_assets() {
    let folder = std::env::temp_dir().join(format!("pingyi-app-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    std::fs::write(folder.join("ballot.html"), "<title>{{plan_title}}</title><a href=\"/ballot/{{plan}}/plain\">")
        .unwrap();
    std::fs::write(folder.join("office.html"), "office").unwrap();
    std::fs::write(folder.join("secret.txt"), "secret").unwrap();
    std::fs::write(folder.join("assets/app-1.wasm"), "plain").unwrap();
    std::fs::write(folder.join("assets/app-1.wasm.br"), "brotli").unwrap();
    let served = served_with(Settings { app_dir: Some(folder.clone()), ..Settings::default() }).await;
    let client = &served.client;
    let mut titled = plan();
    titled["title"] = json!("<b>评议</b>");
    let id = crate::served::draft(client, &titled).await;
    let shell = client.get(&format!("/ballot/{id}")).await.text();
    assert_eq!(shell, format!("<title>&lt;b&gt;评议&lt;/b&gt;</title><a href=\"/ballot/{id}/plain\">"));
    // Links as messengers leave them open the same page, and nothing in it repeats the code.
    for mangled in ["%237K3M-Q2RD-9XTA-0B5C", "%EF%BC%837K3M-Q2RD-9XTA-0B5C", "/", "/%237K3M-Q2RD-9XTA-0B5C"] {
        let answer = client.get(&format!("/ballot/{id}{mangled}?from=singlemessage")).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, shell.clone()), "{mangled}");
    }
    assert_eq!(client.get(&format!("/ballot/{id}/something")).await.status.as_u16(), 404);
    assert_eq!(client.get("/ballot/nowhere").await.status.as_u16(), 404);
    for path in ["/", "/office", "/office/", "/office/plans/x/ranking"] {
        assert_eq!(client.get(path).await.text(), "office");
    }
    let plain = client.get("/assets/app-1.wasm").await;
    assert_eq!(plain.headers["content-type"], "application/wasm");
    assert!(plain.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(plain.text(), "plain");
    let brotli = client.send("GET", "/assets/app-1.wasm", &[("accept-encoding", "gzip, br")], "").await;
    assert_eq!(brotli.headers["content-encoding"], "br");
    assert_eq!(brotli.text(), "brotli");
    for path in ["/assets/../secret.txt", "/assets/%2e%2e/secret.txt", "/assets/..%2fsecret.txt", "/assets/none.js"] {
        assert_eq!(client.get(path).await.status.as_u16(), 404, "{path}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
