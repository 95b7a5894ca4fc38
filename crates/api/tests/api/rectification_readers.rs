//! Who reads items of rectification beside the office: the unit its own, the public what was released.

use serde_json::{Value, json};

use crate::client::Client;
use crate::rectifications::{IN_TIME, LATE, closed_with_opinions, item, make, numbers};
use crate::served::{PASSWORD, Served, draft, plan, served};

pub async fn unit_account(served: &Served, name: &str, unit: &str) -> Client {
    let account = json!({ "name": name, "password": PASSWORD, "roles": ["unit"], "unit": unit });
    let made = served.client.post("/api/staff", &account).await.ok(201);
    assert_eq!((&made["roles"], &made["unit"]), (&json!(["unit"]), &json!(unit)));
    let mut client = served.client.stranger();
    client.sign_in(name, PASSWORD).await.ok(204);
    client
}

#[tokio::test]
async fn a_unit_sees_and_reports_its_own_items_alone() {
    let served = served().await;
    let (id, opinions) = closed_with_opinions(&served.client).await;
    let path = format!("/api/plans/{id}/rectifications");
    let of_forestry = opinions.iter().find(|opinion| opinion["unit"] == "forestry").unwrap();
    let mut own = item("forestry", "林业的事", IN_TIME);
    own["comments"] = json!([of_forestry["id"]]);
    let own = make(&served.client, &path, &own).await;
    let other = make(&served.client, &path, &item("building", "村建的事", IN_TIME)).await;
    // Its name as somebody typed it.
    let unit = unit_account(&served, "linye", " 林业站 ".trim()).await;
    assert_eq!(numbers(&unit.get(&path).await.ok(200)), [own]);
    assert_eq!(numbers(&unit.get(&format!("{path}?unit=building")).await.ok(200)), Vec::<u64>::new());
    assert_eq!(numbers(&unit.get(&format!("{path}?state=open")).await.ok(200)), [own]);
    let seen = unit.get(&format!("{path}/{own}")).await.ok(200);
    // What people wrote word by word stays with the office.
    assert_eq!((&seen["item"]["originals"], &seen["item"]["comments"]), (&json!([]), &json!([])));
    unit.get(&format!("{path}/{other}")).await.error(404, "not_found");
    let report = json!({ "month": "2018-10", "text": "增设窗口", "done": true });
    unit.post(&format!("{path}/{other}/reports"), &report).await.error(404, "not_found");
    assert_eq!(unit.post(&format!("{path}/{own}/reports"), &report).await.ok(201)["state"], "reported");
    unit.post(&format!("{path}/{own}/accept"), &json!({})).await.error(403, "forbidden");
    unit.put(&format!("{path}/{own}/release"), &json!({ "fields": ["matter"] })).await.error(403, "forbidden");
    let table = unit.get(&format!("{path}.csv")).await.text();
    assert!(table.contains("林业的事") && !table.contains("村建的事"), "{table}");
    let summary = unit.get(&format!("{path}/summary")).await.ok(200);
    assert_eq!((&summary["all"]["total"], summary["units"].as_array().unwrap().len()), (&json!(1), 1));
    for closed in ["comments", "records", "findings", "audit"] {
        unit.get(&format!("/api/plans/{id}/{closed}")).await.error(403, "forbidden");
    }
    // A unit of a name that the plan does not have sees nothing.
    let stranger = unit_account(&served, "shuiwu", "水务站").await;
    assert_eq!(numbers(&stranger.get(&path).await.ok(200)), Vec::<u64>::new());
    let without = json!({ "name": "wu", "password": PASSWORD, "roles": ["unit"] });
    assert_eq!(served.client.post("/api/staff", &without).await.error(422, "invalid_body")["/unit"], "missing_field");
    let taken = served.client.put("/api/staff/linye", &json!({ "unit": null })).await;
    assert_eq!(taken.error(422, "invalid_body")["/unit"], "missing_field");
    // The first account stands for no unit.
    let roles = served.client.get("/api/session").await.ok(200)["roles"].clone();
    assert!(!roles.as_array().unwrap().contains(&json!("unit")), "{roles}");
}

#[tokio::test]
async fn the_public_reads_what_was_released_and_no_more() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let path = format!("/api/plans/{id}/rectifications");
    let (first, second) = (
        make(&client, &path, &item("forestry", "<b>慢", LATE)).await,
        make(&client, &path, &item("building", "远", IN_TIME)).await,
    );
    let report = json!({ "month": "2018-10", "text": "增设窗口", "done": true });
    client.post(&format!("{path}/{first}/reports"), &report).await.ok(201);
    let public = format!("/api/public/{id}/rectification");
    let page = format!("/public/{id}/rectification");
    let anybody = client.stranger();
    anybody.get(&public).await.error(404, "not_found");
    assert_eq!(anybody.get(&page).await.status, 404);
    let release = async |number: u64, fields: Value| {
        client.put(&format!("{path}/{number}/release"), &json!({ "fields": fields })).await.ok(200)["released"].clone()
    };
    let fields = json!(["matter", "deadline", "result", "reports"]);
    assert_eq!(release(first, fields.clone()).await, fields);
    release(second, json!(["matter"])).await;
    let shown = anybody.get(&public).await.ok(200);
    assert_eq!((&shown["released"], &shown["plan_title"]), (&json!(2), &plan()["title"]));
    let expected = json!({ "number": 1, "unit": "林业站", "matter": "<b>慢", "source": null, "measures": null, "leader": null,
        "department": null, "deadline": LATE, "done": false, "reports": [{ "month": "2018-10", "text": "增设窗口" }] });
    assert_eq!(shown["items"][0], expected);
    assert_eq!((&shown["items"][1]["matter"], &shown["items"][1]["done"]), (&json!("远"), &Value::Null));
    let first_page = anybody.get(&format!("{public}?limit=1")).await.ok(200);
    let rest = anybody.get(&format!("{public}?limit=1&cursor={}", first_page["next"].as_str().unwrap())).await.ok(200);
    assert_eq!((&first_page["items"][0]["number"], &rest["items"][0]["number"]), (&json!(1), &json!(2)));
    let html = anybody.get(&page).await.text();
    assert!(html.contains("&lt;b&gt;慢") && html.contains("增设窗口") && html.contains("正在整改"), "{html}");
    assert!(!html.contains("张三") && !html.contains("办公室"), "{html}");
    assert!(anybody.get(&format!("{page}?lang=en")).await.text().contains("Under way"));
    // What comes later is public once the office has accepted it.
    let later = json!({ "month": "2018-11", "text": "又增设两个窗口", "done": true });
    client.post(&format!("{path}/{first}/reports"), &later).await.ok(201);
    let reports = async || anybody.get(&public).await.ok(200)["items"][0]["reports"].as_array().unwrap().len();
    assert_eq!(reports().await, 1);
    client.post(&format!("{path}/{first}/accept"), &json!({})).await.ok(200);
    assert_eq!(reports().await, 2);
    assert!(anybody.get(&page).await.text().contains("已整改"));
    // Taken back, and struck out: gone.
    release(second, json!([])).await;
    assert_eq!(anybody.get(&public).await.ok(200)["released"], 1);
    client.delete(&format!("{path}/{first}"), &json!({ "reason": "并入他项" })).await.ok(200);
    anybody.get(&public).await.error(404, "not_found");
}
