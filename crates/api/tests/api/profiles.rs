//! `/api/profiles/{name}` and `/api/public/units/{name}`: 三亮, released field by field.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::served::{PASSWORD, ballot, open, served};

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

#[tokio::test]
async fn a_plans_units_are_listed_with_what_is_public_of_each() {
    let served = served().await;
    let office = &served.client;
    let (id, ..) = open(office).await;
    let path = format!("/api/plans/{id}/profiles");
    let none = |unit: &str, name: &str| json!({ "unit": unit, "name": name, "revision": 0, "public": [], "by": null, "at": null });
    let listed = office.get(&path).await.ok(200);
    assert_eq!(listed, json!({ "profiles": [none("forestry", "林业站"), none("building", "村建所")] }));
    let mut released = profile("森林防火");
    released["public"] = json!(["staff", "duties"]);
    office.put(&format!("/api/profiles/{FORESTRY}"), &released).await.ok(200);
    let listed = office.get(&path).await.ok(200);
    let line = &listed["profiles"][0];
    assert_eq!((&line["unit"], &line["revision"], &line["by"]), (&json!("forestry"), &json!(1), &json!("admin")));
    assert_eq!(line["public"], json!(["duties", "staff"]));
    assert!(line["at"].as_i64().unwrap() > 0);
    assert_eq!(listed["profiles"][1], none("building", "村建所"));
    // A unit sees its own line, however its account spells the name.
    let account = json!({ "name": "cunjian", "password": PASSWORD, "roles": ["unit"], "unit": "村建所" });
    office.post("/api/staff", &account).await.ok(201);
    let mut unit = office.stranger();
    unit.sign_in("cunjian", PASSWORD).await.ok(204);
    assert_eq!(unit.get(&path).await.ok(200), json!({ "profiles": [none("building", "村建所")] }));
    office.get("/api/plans/0000000000000000/profiles").await.error(404, "not_found");
}

#[tokio::test]
async fn a_ballot_says_of_which_units_something_is_public_and_nothing_else_changes_on_it() {
    let office = served().await.client;
    let (id, leaders, staff) = open(&office).await;
    let anybody = office.stranger();
    let paper =
        async |code: &str| anybody.post("/api/ballot-paper", &json!({ "plan": id, "code": code })).await.ok(200);
    let before = paper(&leaders[0]).await;
    assert_eq!(before.get("profiles"), None);
    // Written and not released, then released though it says nothing.
    let path = format!("/api/profiles/{FORESTRY}");
    office.put(&path, &profile("森林防火")).await.ok(200);
    assert_eq!(paper(&leaders[0]).await, before);
    let mut empty = profile("森林防火");
    empty["public"] = json!(["hours"]);
    office.put(&path, &empty).await.ok(200);
    assert_eq!(paper(&leaders[0]).await, before);

    let mut released = profile("森林防火");
    released["public"] = json!(["duties"]);
    office.put(&path, &released).await.ok(200);
    // The same for every group and code, and no part of what is frozen.
    for code in [&leaders[0], &staff[0]] {
        let mut after = paper(code).await;
        assert_eq!(after["profiles"], json!(["forestry"]));
        after.as_object_mut().unwrap().remove("profiles");
        assert_eq!(after["plan_sha256"], before["plan_sha256"]);
        if *code == leaders[0] {
            assert_eq!(after, before);
        }
    }
    let plain = |code: &str| {
        let form = format!("code={code}");
        let anybody = anybody.clone();
        let path = format!("/ballot/{id}/plain");
        async move {
            let headers = [("content-type", "application/x-www-form-urlencoded")];
            anybody.send("POST", &path, &headers, form).await.text()
        }
    };
    let page = plain(&leaders[0]).await;
    let link = format!("<a href=\"/public/units/{FORESTRY}\" target=\"_blank\" rel=\"noopener\">");
    assert_eq!((page.matches(&link).count(), page.matches("/public/units/").count()), (1, 1), "{page}");
    // A ballot that was begun before goes in as ever.
    anybody.post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "fair")).await.ok(201);

    let mut withdrawn = profile("森林防火");
    withdrawn["public"] = json!([]);
    office.put(&path, &withdrawn).await.ok(200);
    assert_eq!(paper(&leaders[1]).await.get("profiles"), None);
    assert!(!plain(&leaders[1]).await.contains("/public/units/"));
}

/// Sixty people stand on a page; the next one has the rest, and the whole is in the data.
#[tokio::test]
async fn a_page_of_many_people_is_cut_and_says_where_the_others_are() {
    let office = served().await.client;
    let people: Vec<Value> = (1..=61).map(|number| json!({ "name": format!("工作人员{number:02}") })).collect();
    let profile = json!({ "duties": "一、受理\n二、办结", "staff": people, "public": ["duties", "staff"] });
    office.put(&format!("/api/profiles/{FORESTRY}"), &profile).await.ok(200);
    let anybody = office.stranger();
    let page = anybody.get(&format!("/public/units/{FORESTRY}")).await.text();
    assert!(page.contains("<dl class=\"said\"><dt>岗位职责</dt><dd>一、受理\n二、办结</dd></dl>"), "{page}");
    assert!(page.contains("工作人员60") && !page.contains("工作人员61"), "{page}");
    assert!(page.contains("<a href=\"?page=2\">后面的工作人员</a>"), "{page}");
    let rest = anybody.get(&format!("/public/units/{FORESTRY}?page=2")).await.text();
    assert!(rest.contains("工作人员61") && !rest.contains("工作人员60") && !rest.contains("?page=3"), "{rest}");
    let all = anybody.get(&format!("/api/public/units/{FORESTRY}")).await.ok(200);
    assert_eq!(all["staff"].as_array().unwrap().len(), 61);
}
