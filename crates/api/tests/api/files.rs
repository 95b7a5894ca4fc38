//! `/api/plans/{id}/files`: taken by content, kept once, given back as a download that nothing can run.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client::{Answer, Client};
use crate::served::{PASSWORD, draft, open, plan, served};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn give(client: &Client, plan: &str, kind: &str, name: &str, content: &[u8]) -> Answer {
    let headers = [("content-type", kind), ("x-file-name", name)];
    client.send("POST", &format!("/api/plans/{plan}/files"), &headers, content.to_vec()).await
}

async fn text(client: &Client, plan: &str, content: &str) -> String {
    let kept = give(client, plan, "text/plain", "a.txt", content.as_bytes()).await.ok(201);
    kept["file"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_and_can_run_nothing() {
    let served = served().await;
    let client = &served.client;
    let id = draft(client, &plan()).await;
    // 通报 (1).pdf
    let name = "%E9%80%9A%E6%8A%A5%20%281%29.pdf";
    let kept = give(client, &id, "application/pdf", name, PDF).await.ok(201);
    assert_eq!(kept, json!({ "file": hash(PDF), "size": PDF.len() }));
    // Sent again, also under another name, it is the same, and the trail has it once.
    assert_eq!(give(client, &id, "", "other.pdf", PDF).await.ok(201), kept);
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = audit["events"].as_array().unwrap().iter().filter(|event| event["action"] == "file_put");
    assert_eq!(events.count(), 1);

    let path = format!("/api/plans/{id}/files/{}", hash(PDF));
    let answer = client.get(&path).await;
    assert_eq!((answer.status.as_u16(), &answer.bytes[..]), (200, PDF));
    let header = |name: &str| answer.headers[name].to_str().unwrap();
    assert_eq!(header("content-disposition"), format!("attachment; filename*=UTF-8\'\'{name}"));
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(header("cache-control"), "no-store");

    let other = draft(client, &plan()).await;
    client.get(&format!("/api/plans/{other}/files/{}", hash(PDF))).await.error(404, "not_found");
    for none in ["0", "..%2f..%2fmain.1.db", &"0".repeat(64)] {
        client.get(&format!("/api/plans/{id}/files/{none}")).await.error(404, "not_found");
    }
    client.stranger().get(&path).await.error(401, "not_signed_in");
    served.member("planner", &["planner"]).await.get(&path).await;
    served.member("boss", &["admin"]).await.get(&path).await.error(403, "forbidden");
}

#[tokio::test]
async fn a_content_that_is_not_what_it_says_is_refused_and_leaves_nothing() {
    let served = served().await;
    let client = &served.client;
    let id = draft(client, &plan()).await;
    let page = b"<html><script>alert(1)</script></html>";
    for (kind, name, content) in [
        ("text/html", "a.html", &page[..]),
        ("text/plain", "a.txt", page),
        ("image/svg+xml", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("application/pdf", "a.pdf", b"MZ\x90\0\x03\0\0\0"),
        ("application/pdf", "a.pdf", b""),
        ("application/zip", "a.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    ] {
        let refused = give(client, &id, kind, name, content).await.error(422, "wrong_content");
        assert_eq!(refused[""], "unknown_kind", "{name}");
    }
    let lies = give(client, &id, "image/png", "a.docx", PDF).await.error(422, "wrong_content");
    let told: Vec<(&str, &str)> = lies.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(told, [("/Content-Type", "other_kind"), ("/X-File-Name", "other_kind")]);
    give(client, &id, "application/pdf", "a.exe", PDF).await.error(422, "wrong_content");
    for name in
        ["%00.pdf", "%ff.pdf", "a%2f..%2fb.pdf", "a%5cb.pdf", "%E2%80%AEfdp.pdf", "%20", &"%E5%AD%97".repeat(201)]
    {
        let refused = give(client, &id, "application/pdf", name, PDF).await.error(422, "invalid_body");
        assert_eq!(refused["/X-File-Name"], "out_of_range", "{name}");
    }
    assert!(!served.files.path().join("files").exists());
    client.get(&format!("/api/plans/{id}/files/{}", hash(PDF))).await.error(404, "not_found");
    give(client, "0000000000000000", "application/pdf", "a.pdf", PDF).await.error(404, "not_found");
    // Without a name and a type the content alone says what it is.
    let kept = client.send("POST", &format!("/api/plans/{id}/files"), &[], PDF.to_vec()).await.ok(201);
    assert_eq!(kept["file"], hash(PDF));
}

#[tokio::test]
async fn four_megabytes_are_taken_and_a_byte_more_is_too_large() {
    let served = served().await;
    let client = &served.client;
    let id = draft(client, &plan()).await;
    let mut content = vec![b'a'; 4 * 1024 * 1024];
    let kept = give(client, &id, "text/plain", "a.txt", &content).await.ok(201);
    assert_eq!(kept["size"], 4_194_304);
    content.push(b'a');
    give(client, &id, "text/plain", "a.txt", &content).await.error(413, "body_too_large");
    let path = format!("/api/plans/{id}/files/{}", hash(&content[..content.len() - 1]));
    assert_eq!(client.get(&path).await.bytes.len(), 4 * 1024 * 1024);
}

#[tokio::test]
async fn a_record_names_files_a_clause_and_a_day_which_stand_in_the_ledger_alone() {
    let served = served().await;
    let client = &served.client;
    let (id, ..) = open(client).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let (first, second) = (text(client, &id, "通报").await, text(client, &id, "表彰").await);
    let bonus = |more: Value| {
        let mut bonus = json!({ "period": "year", "rule": "commended", "unit": "building", "level": "district" });
        bonus.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        bonus
    };
    let beside =
        json!({ "files": [second, first], "clause": "第三章第六条", "date": "2018-10-31", "evidence": "通报" });
    client.post(&at("adjustments"), &bonus(beside.clone())).await.ok(201);
    let row = client.get(&at("ledger?kind=adjustments")).await.ok(200)["rows"][0].clone();
    for member in ["files", "clause", "date", "evidence"] {
        assert_eq!(row[member], beside[member], "{member}");
    }
    let plain = bonus(json!({}));
    assert_eq!((&row["record"], &client.get(&at("records")).await.ok(200)["adjustments"][0]), (&plain, &plain));
    let entry = json!({ "value": "30", "files": [first], "clause": "第二条" });
    client.put(&at("entries/year/hotline/building"), &entry).await.ok(200);
    let row = client.get(&at("ledger?kind=entries")).await.ok(200)["rows"][0].clone();
    assert_eq!((&row["files"], &row["clause"], &row["date"]), (&json!([first]), &json!("第二条"), &Value::Null));
    // The day is of what happened, and an entry is of a period.
    let dated = client.put(&at("entries/year/hotline/building"), &json!({ "value": "30", "date": "2018-10-31" })).await;
    assert_eq!(dated.error(422, "invalid_body")["/date"], "unknown_field");

    let wrong = bonus(json!({ "files": [first, "0".repeat(64), first], "clause": " ", "date": "2018-02-30" }));
    let fields = client.post(&at("adjustments"), &wrong).await.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(
        told,
        [
            ("/clause", "out_of_range"),
            ("/date", "bad_day"),
            ("/files/1", "unknown_file"),
            ("/files/2", "duplicate_file")
        ]
    );
    for day in ["1999-12-31", "9999-12-31"] {
        let refused = client.post(&at("adjustments"), &bonus(json!({ "date": day }))).await;
        assert_eq!(refused.error(422, "invalid_body")["/date"], "out_of_range", "{day}");
    }
    let many: Vec<String> = (0..11).map(|number| format!("{number:064}")).collect();
    let refused = client.post(&at("adjustments"), &bonus(json!({ "files": many }))).await;
    assert_eq!(refused.error(422, "invalid_body")["/files"], "out_of_range");
    for (member, value) in [("files", json!("a")), ("files", json!([1])), ("clause", json!(1)), ("date", json!([]))] {
        let refused = client.post(&at("adjustments"), &bonus(json!({ member: value }))).await;
        assert!(refused.error(422, "invalid_body").values().all(|code| code == "wrong_type"));
    }
    // A file of another plan is none of this one.
    let other = draft(client, &plan()).await;
    let elsewhere = text(client, &other, "别的方案").await;
    let refused = client.post(&at("adjustments"), &bonus(json!({ "files": [elsewhere] }))).await;
    assert_eq!(refused.error(422, "invalid_body")["/files/0"], "unknown_file");
    assert_eq!(client.get(&at("ledger?kind=adjustments")).await.ok(200)["rows"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn findings_and_reports_name_files_and_the_incident_carries_them() {
    let served = served().await;
    let client = &served.client;
    let (id, ..) = open(client).await;
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let photo = text(client, &id, "现场照片").await;
    let mut finding = json!({ "date": "2018-09-12", "unit": "forestry", "text": "无人值守", "source": "明察暗访",
        "files": [photo], "counts": { "component": "inspection", "level": "county" } });
    client.post(&at("findings"), &finding).await.ok(201);
    assert_eq!(client.get(&at("findings")).await.ok(200)["findings"][0]["files"], json!([photo]));
    let row = client.get(&at("ledger?kind=incidents")).await.ok(200)["rows"][0].clone();
    assert_eq!((&row["files"], &row["date"]), (&json!([photo]), &json!("2018-09-12")));
    finding["files"] = json!(["0".repeat(64)]);
    let refused = client.post(&at("findings"), &finding).await;
    assert_eq!(refused.error(422, "invalid_body")["/files/0"], "unknown_file");

    let item = json!({ "unit": "forestry", "matter": "窗口无人", "source": "明察暗访", "deadline": "2099-12-31" });
    client.post(&at("rectifications"), &item).await.ok(201);
    let account = json!({ "name": "unit", "password": PASSWORD, "roles": ["unit"], "unit": "林业站" });
    client.post("/api/staff", &account).await.ok(201);
    let mut unit = client.stranger();
    unit.sign_in("unit", PASSWORD).await.ok(204);
    let own = text(&unit, &id, "值班表").await;
    let report = |file: &str| json!({ "month": "2018-10", "text": "已安排值班", "files": [file], "done": true });
    let refused = unit.post(&at("rectifications/1/reports"), &report(&"0".repeat(64))).await;
    assert_eq!(refused.error(422, "invalid_body")["/files/0"], "unknown_file");
    unit.post(&at("rectifications/1/reports"), &report(&own)).await.ok(201);
    let whole = client.get(&at("rectifications/1")).await.ok(200);
    assert_eq!(whole["reports"][0]["files"], json!([own]));
    // The office reads what the unit gave; the unit gives, and reads its own items.
    assert_eq!(client.get(&at(&format!("files/{own}"))).await.text(), "值班表");
    unit.get(&at(&format!("files/{own}"))).await.error(403, "forbidden");
}

#[tokio::test]
async fn where_there_is_no_room_nothing_is_kept_and_it_says_so() {
    let served = served().await;
    let client = &served.client;
    let id = draft(client, &plan()).await;
    // A file stands where the folder would be: nothing can be written there, whoever runs the test.
    std::fs::write(served.files.path().join("files"), "").unwrap();
    give(client, &id, "application/pdf", "a.pdf", PDF).await.error(503, "unavailable");
    client.get(&format!("/api/plans/{id}/files/{}", hash(PDF))).await.error(404, "not_found");
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    assert_eq!(audit["events"].as_array().unwrap().len(), 1);
    std::fs::remove_file(served.files.path().join("files")).unwrap();
    give(client, &id, "application/pdf", "a.pdf", PDF).await.ok(201);
    // Bytes that are others than they were are not given out; giving the file again mends what was cut.
    let place = served.files.path().join("files").join(&id).join(hash(PDF));
    std::fs::write(&place, "cut").unwrap();
    client.get(&format!("/api/plans/{id}/files/{}", hash(PDF))).await.error(500, "internal");
    give(client, &id, "application/pdf", "a.pdf", PDF).await.ok(201);
    assert_eq!(&client.get(&format!("/api/plans/{id}/files/{}", hash(PDF))).await.bytes[..], PDF);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_file_that_is_sent_many_times_at_once_is_one() {
    let served = served().await;
    let id = draft(&served.client, &plan()).await;
    let mut together = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (client, id) = (served.client.clone(), id.clone());
        together.spawn(async move { give(&client, &id, "application/pdf", "a.pdf", PDF).await.ok(201) });
    }
    assert!(together.join_all().await.iter().all(|kept| kept["file"] == hash(PDF)));
    let audit = served.client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    let events = audit["events"].as_array().unwrap().iter().filter(|event| event["action"] == "file_put");
    assert_eq!(events.count(), 1);
    assert_eq!(std::fs::read_dir(served.files.path().join("files").join(&id)).unwrap().count(), 1);
}
