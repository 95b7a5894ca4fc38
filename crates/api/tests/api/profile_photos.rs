//! `/api/profiles/{name}/photos`: taken by content, small, for one unit; public with the people who are released.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client::{Answer, Client};
use crate::served::{PASSWORD, Served, draft, plan, served};

/// `林业站` in an address.
const FORESTRY: &str = "%E6%9E%97%E4%B8%9A%E7%AB%99";
/// `村建所`.
const BUILDING: &str = "%E6%9D%91%E5%BB%BA%E6%89%80";

/// Thirteen bytes that begin and end as a JPEG does.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\xff\xd9";

fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn give(client: &Client, unit: &str, content: &[u8]) -> Answer {
    client.send("POST", &format!("/api/profiles/{unit}/photos"), &[], content.to_vec()).await
}

async fn unit(served: &Served, name: &str, unit: &str) -> Client {
    let account = json!({ "name": name, "password": PASSWORD, "roles": ["unit"], "unit": unit });
    served.client.post("/api/staff", &account).await.ok(201);
    let mut client = served.client.stranger();
    client.sign_in(name, PASSWORD).await.ok(204);
    client
}

fn profile(photo: &str, public: &[&str]) -> Value {
    json!({ "duties": "森林防火", "staff": [{ "name": "李四", "photo": photo }], "public": public })
}

#[tokio::test]
async fn a_photo_is_public_with_the_people_and_not_before() {
    let served = served().await;
    let office = &served.client;
    let own = unit(&served, "linye", "林业站").await;
    let photo = hash(JPEG);
    let kept = give(&own, FORESTRY, JPEG).await.ok(201);
    assert_eq!(kept, json!({ "file": photo, "size": 13 }));
    // Sent again it is the same, and the chain has it once.
    assert_eq!(give(office, FORESTRY, JPEG).await.ok(201), kept);
    let chain = office.get("/api/staff/audit/export").await.text();
    assert_eq!(chain.matches("photo_put").count(), 1, "{chain}");

    let path = format!("/api/profiles/{FORESTRY}");
    let mut written = profile(&photo, &[]);
    written.as_object_mut().unwrap().remove("public");
    own.put(&path, &written).await.ok(200);
    let (seen, public) = (format!("{path}/photos/{photo}"), format!("/api/public/units/{FORESTRY}/photos/{photo}"));
    let anybody = office.stranger();
    anybody.get(&public).await.error(404, "not_found");
    // Whoever reads the profile sees it in the editor.
    for reader in [&own, office, &served.member("auditor", &["auditor"]).await] {
        let answer = reader.get(&seen).await;
        assert_eq!((answer.status.as_u16(), &answer.bytes[..]), (200, JPEG));
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    anybody.get(&seen).await.error(401, "not_signed_in");
    unit(&served, "cunjian", "村建所").await.get(&seen).await.error(404, "not_found");

    // Another field does not release it; the people do.
    office.put(&path, &profile(&photo, &["duties"])).await.ok(200);
    anybody.get(&public).await.error(404, "not_found");
    office.put(&path, &profile(&photo, &["staff"])).await.ok(200);
    let answer = anybody.get(&public).await;
    assert_eq!((answer.status.as_u16(), &answer.bytes[..]), (200, JPEG));
    let header = |name: &str| answer.headers[name].to_str().unwrap();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(header("cache-control"), "public, max-age=300");
    let page = anybody.get(&format!("/public/units/{FORESTRY}")).await.text();
    assert!(page.contains(&format!("<img src=\"{public}\" alt=\"\"")), "{page}");
    // One that nobody shown has stays inside, though it is the unit's.
    let other = give(office, FORESTRY, &[JPEG, b" "].concat()).await.ok(201)["file"].as_str().unwrap().to_owned();
    anybody.get(&format!("/api/public/units/{FORESTRY}/photos/{other}")).await.error(404, "not_found");
    for none in ["0", "..%2f..%2fmain.1.db", &"0".repeat(64)] {
        anybody.get(&format!("/api/public/units/{FORESTRY}/photos/{none}")).await.error(404, "not_found");
        office.get(&format!("{path}/photos/{none}")).await.error(404, "not_found");
    }
    office.put(&path, &profile(&photo, &["duties"])).await.ok(200);
    anybody.get(&public).await.error(404, "not_found");
}

#[tokio::test]
async fn what_is_no_photo_or_too_large_is_refused_and_leaves_nothing() {
    let served = served().await;
    let office = &served.client;
    for content in [
        &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..],
        b"%PDF-1.4\n%%EOF\n",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        "照片".as_bytes(),
        b"",
    ] {
        assert_eq!(give(office, FORESTRY, content).await.error(422, "wrong_content")[""], "unknown_kind");
    }
    assert!(!served.files.path().join("files").exists());
    // 300 KiB are 307,200 bytes.
    let mut large = JPEG.to_vec();
    large.resize(307_200, 0);
    assert_eq!(give(office, FORESTRY, &large).await.ok(201)["size"], 307_200);
    large.push(0);
    give(office, FORESTRY, &large).await.error(413, "body_too_large");
    give(office, "%20", JPEG).await.error(404, "not_found");
    let own = unit(&served, "linye", "林业站").await;
    give(&own, BUILDING, JPEG).await.error(404, "not_found");
    give(&served.member("planner", &["planner"]).await, FORESTRY, JPEG).await.error(403, "forbidden");
}

#[tokio::test]
async fn a_profile_names_photos_of_its_own_unit_alone() {
    let served = served().await;
    let office = &served.client;
    give(office, BUILDING, JPEG).await.ok(201);
    let photo = hash(JPEG);
    let path = format!("/api/profiles/{FORESTRY}");
    let two = json!({ "staff": [{ "name": "李四" }, { "name": "张三", "photo": photo }] });
    let fields = office.put(&path, &two).await.error(422, "invalid_body");
    assert_eq!(fields.into_iter().collect::<Vec<_>>(), [("/staff/1/photo".to_owned(), "unknown_file".to_owned())]);
    office.put(&path, &profile("no hash", &[])).await.error(422, "invalid_body");
    give(office, FORESTRY, JPEG).await.ok(201);
    office.put(&path, &two).await.ok(200);
}

/// Photos belong to units' names: a draft that is deleted takes none with it, and none keeps a draft.
#[tokio::test]
async fn a_deleted_draft_leaves_the_photos_of_its_units() {
    let served = served().await;
    let office = &served.client;
    let id = draft(office, &plan()).await;
    give(office, FORESTRY, JPEG).await.ok(201);
    office.put(&format!("/api/profiles/{FORESTRY}"), &profile(&hash(JPEG), &["staff"])).await.ok(200);
    office.delete(&format!("/api/plans/{id}"), &json!({})).await.ok(204);
    let answer = office.stranger().get(&format!("/api/public/units/{FORESTRY}/photos/{}", hash(JPEG))).await;
    assert_eq!(&answer.bytes[..], JPEG);
}
