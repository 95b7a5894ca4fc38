//! `/api/profiles/{name}` and `/api/public/units/{name}`: 三亮, released field by field.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::served::{PASSWORD, served};

/// `林业站` in an address.
const FORESTRY: &str = "%E6%9E%97%E4%B8%9A%E7%AB%99";
/// `村建所`.
const BUILDING: &str = "%E6%9D%91%E5%BB%BA%E6%89%80";

fn profile(duties: &str) -> Value {
    json!({ "duties": duties, "promises": "三日办结", "complaints": "0839-7654321",
        "staff": [{ "name": "李四", "post": "站长", "party": "中共党员" }] })
}

async fn put_new(client: &Client, path: &str, body: &Value) -> Answer {
    client.send("PUT", path, &[("content-type", "application/json"), ("if-none-match", "*")], body.to_string()).await
}

#[tokio::test]
async fn a_profile_is_public_field_by_field_and_a_change_by_the_unit_waits_for_the_office() {
    let served = served().await;
    let office = &served.client;
    let (path, public) = (format!("/api/profiles/{FORESTRY}"), format!("/api/public/units/{FORESTRY}"));
    office.get(&path).await.error(404, "not_found");
    assert_eq!(put_new(office, &path, &profile("森林防火")).await.ok(200), json!({ "revision": 1, "public": [] }));
    put_new(office, &path, &profile("森林防火")).await.error(412, "revision_mismatch");
    let anybody = office.stranger();
    anybody.get(&public).await.error(404, "not_found");
    let mut released = profile("森林防火");
    released["public"] = json!(["complaints", "duties"]);
    let kept = office.put_based_on(&path, "\"1\"", &released).await.ok(200);
    assert_eq!(kept, json!({ "revision": 2, "public": ["duties", "complaints"] }));
    let shown = anybody.get(&public).await.ok(200);
    let expected = json!({ "name": "林业站", "duties": "森林防火", "promises": null, "address": null, "hours": null,
        "phone": null, "complaints": "0839-7654321", "staff": null });
    assert_eq!(shown, expected);

    let account = json!({ "name": "linye", "password": PASSWORD, "roles": ["unit"], "unit": "林业站" });
    office.post("/api/staff", &account).await.ok(201);
    let mut unit = office.stranger();
    unit.sign_in("linye", PASSWORD).await.ok(204);
    let other = format!("/api/profiles/{BUILDING}");
    put_new(&unit, &other, &profile("规划许可")).await.error(404, "not_found");
    unit.get(&other).await.error(404, "not_found");
    let seen = unit.get(&path).await;
    assert_eq!(seen.headers["etag"], "\"2\"");
    assert_eq!(seen.json()["profile"]["staff"][0]["name"], "李四");
    unit.put_based_on(&path, "\"2\"", &released).await.error(403, "forbidden");
    // What it changes is not public any more; what it leaves is.
    let kept = unit.put_based_on(&path, "\"2\"", &profile("森林防火、采伐许可")).await.ok(200);
    assert_eq!(kept, json!({ "revision": 3, "public": ["complaints"] }));
    let shown = anybody.get(&public).await.ok(200);
    assert_eq!((&shown["duties"], &shown["complaints"]), (&Value::Null, &json!("0839-7654321")));
    unit.put_based_on(&path, "\"2\"", &profile("旧的")).await.error(412, "revision_mismatch");

    // The chain says that it was changed, and of people nothing.
    let chain = office.get("/api/staff/audit/export").await.text();
    assert!(chain.contains("profile_put") && !chain.contains("李四"), "{chain}");
}

/// Without a word on what it is based on, a profile is written over what there is: a new one, and one that is there.
#[tokio::test]
async fn whoever_says_nothing_of_a_revision_writes_over_what_there_is() {
    let office = served().await.client;
    let path = format!("/api/profiles/{FORESTRY}");
    assert_eq!(office.put(&path, &profile("森林防火")).await.ok(200)["revision"], 1);
    assert_eq!(office.put(&path, &profile("采伐许可")).await.ok(200)["revision"], 2);
    assert_eq!(office.get(&path).await.ok(200)["profile"]["duties"], "采伐许可");
}

#[tokio::test]
async fn all_that_is_wrong_with_a_profile_is_told_at_once() {
    let office = served().await.client;
    let path = format!("/api/profiles/{FORESTRY}");
    let wrong = json!({ "duties": "职".repeat(4001), "hours": "\u{7}",
        "staff": [{ "name": " ", "post": "x".repeat(101), "photo": "0".repeat(64) }] });
    let fields = put_new(&office, &path, &wrong).await.error(422, "invalid_body");
    let told: Vec<(&str, &str)> = fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    let expected = [
        ("/duties", "out_of_range"),
        ("/hours", "out_of_range"),
        ("/staff/0/name", "out_of_range"),
        ("/staff/0/photo", "unknown_file"),
        ("/staff/0/post", "out_of_range"),
    ];
    assert_eq!(told, expected);
    office.get(&path).await.error(404, "not_found");
}
