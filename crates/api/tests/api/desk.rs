//! `/api/desk`: where each plan stands and what comes next; the archive; drafts that are deleted.

use serde_json::{Value, json};

use crate::client::Client;
use crate::series::{enter, entered, finish, opened, parent, published};
use crate::served::{ballot, codes, draft, plan, served};

const UNITS: &[(&str, &str)] = &[("tax", "市国税局"), ("land", "市国土资源局"), ("hr", "市人社局")];
const YEAR: &[(&str, &str)] = &[("year", "2014年度")];

/// The line of a plan.
async fn line(client: &Client, id: &str) -> Value {
    let desk = client.get("/api/desk").await.ok(200);
    desk["plans"].as_array().unwrap().iter().find(|line| line["id"] == id).unwrap_or(&Value::Null).clone()
}

async fn next(client: &Client, id: &str) -> Value {
    line(client, id).await["next"].clone()
}

#[tokio::test]
async fn a_plan_is_told_what_comes_next_from_its_first_fault_to_its_publication() {
    let client = served().await.client;
    // 59 + 30 + 10 are not 100.
    let mut wrong = plan();
    wrong["components"][0]["points"] = json!("59");
    let made = client.post("/api/plans?draft=1", &wrong).await.ok(201);
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["problems"].as_array().unwrap().len(), 1);
    let first = line(&client, id).await;
    let about = ["title", "state", "revision", "year", "units", "issued", "cast"].map(|name| first[name].clone());
    let title = "元坝镇2018年内设机构作风效能评测";
    assert_eq!(json!(about), json!([title, "draft", 1, 2018, 2, 0, 0]));
    assert_eq!(first["next"], json!({ "what": "problems", "count": 1 }));
    assert_eq!((&first["changed"]["by"], &first["changed"]["action"]), (&json!("admin"), &json!("plan_created")));
    assert_eq!(first.get("archived"), None);

    client.put_based_on(&format!("/api/plans/{id}"), "\"1\"", &plan()).await.ok(200);
    assert_eq!(next(&client, id).await, json!({ "what": "codes", "count": 2 }));
    let leaders = codes(&client, id, "leaders", 7).await;
    assert_eq!(next(&client, id).await, json!({ "what": "codes", "count": 1 }));
    let staff = codes(&client, id, "staff", 10).await;
    assert_eq!(next(&client, id).await, json!({ "what": "open" }));
    assert_eq!(line(&client, id).await["changed"]["action"], "codes_added");

    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    // An office owes the hotline of both units; what voters owe is another matter.
    assert_eq!(next(&client, id).await, json!({ "what": "missing", "count": 2 }));
    for (unit, left) in
        [("forestry", json!({ "what": "missing", "count": 1 })), ("building", json!({ "what": "voting", "count": 17 }))]
    {
        client.put(&format!("/api/plans/{id}/entries/year/hotline/{unit}"), &json!({ "value": "30" })).await.ok(200);
        assert_eq!(next(&client, id).await, left);
    }
    for (number, code) in leaders.iter().chain(&staff).enumerate() {
        client.post("/api/ballots", &ballot(id, code, number as u64, "good", "fair")).await.ok(201);
    }
    let all_in = line(&client, id).await;
    assert_eq!(
        (&all_in["issued"], &all_in["cast"], &all_in["next"]),
        (&json!(17), &json!(17), &json!({ "what": "close" }))
    );

    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let closed = line(&client, id).await;
    assert_eq!((&closed["cast"], &closed["next"]), (&json!(17), &json!({ "what": "announce" })));
    // 2999-12-31T10:00:00Z.
    let until = 32_503_629_600_i64;
    let request = json!({ "until": "2999-12-31T18:00:00+08:00", "contact": "评议办" });
    client.post(&format!("/api/plans/{id}/announce"), &request).await.ok(200);
    assert_eq!(next(&client, id).await, json!({ "what": "display", "until": until }));
    let objection = json!({ "unit": "building", "text": "漏了一项加分", "contact": "13800000000" });
    client.post(&format!("/api/plans/{id}/objections"), &objection).await.ok(201);
    assert_eq!(next(&client, id).await, json!({ "what": "objections", "count": 1, "until": until }));
    let answer = json!({ "text": "已核实", "upheld": false });
    client.post(&format!("/api/plans/{id}/objections/1/answer"), &answer).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({ "early": "节前公布" })).await.ok(200);
    let public = line(&client, id).await;
    assert_eq!((&public["state"], public.get("next"), &public["issued"]), (&json!("published"), None, &json!(17)));
    assert_eq!(public["changed"]["action"], "plan_published");
    client.post(&format!("/api/plans/{id}/correct"), &json!({ "reason": "漏记一项" })).await.ok(200);
    assert_eq!(next(&client, id).await, json!({ "what": "publish" }));
}

#[tokio::test]
async fn what_is_missing_and_what_is_tied_comes_before_the_display() {
    let client = served().await.client;
    let id = opened(&client, &entered("年度考评", UNITS, YEAR)).await;
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    assert_eq!(next(&client, &id).await, json!({ "what": "missing", "count": 3 }));
    for (unit, value) in [("tax", "90"), ("land", "80"), ("hr", "80")] {
        enter(&client, &id, "year", unit, value).await;
    }
    assert_eq!(next(&client, &id).await, json!({ "what": "ties", "count": 1 }));
    client.put(&format!("/api/plans/{id}/lots/all"), &json!({ "order": ["hr", "land"] })).await.ok(200);
    assert_eq!(next(&client, &id).await, json!({ "what": "announce" }));
}

#[tokio::test]
async fn who_reads_no_records_is_told_what_is_appraised_and_where_it_stands() {
    let served = served().await;
    let id = published(
        &served.client,
        &entered("年度考评", UNITS, YEAR),
        &[("year", "tax", "90"), ("year", "land", "80"), ("year", "hr", "70")],
    )
    .await;
    for role in ["admin", "inspector"] {
        let member = served.member(&format!("only_{role}"), &[role]).await;
        let told = line(&member, &id).await;
        let expected =
            json!({ "id": id, "title": "年度考评", "state": "published", "revision": 1, "year": 2014, "units": 3 });
        assert_eq!(told, expected, "{role}");
    }
    let auditor = served.member("only_auditor", &["auditor"]).await;
    assert_eq!(line(&auditor, &id).await["changed"]["action"], "plan_published");
    // Pages, as of any list.
    let other = draft(&served.client, &plan()).await;
    let page = served.client.get("/api/desk?limit=1").await.ok(200);
    assert_eq!(page["plans"][0]["id"], other);
    let second =
        served.client.get(&format!("/api/desk?limit=1&cursor={}", page["next"].as_str().unwrap())).await.ok(200);
    assert_eq!(second["plans"][0]["id"], id);
    served.client.get("/api/desk?cursor=%23").await.error(422, "invalid_body");
}

#[tokio::test]
async fn a_plan_in_the_archive_is_found_there_and_is_what_it_was() {
    let client = served().await.client;
    let id = published(
        &client,
        &entered("年度考评", UNITS, YEAR),
        &[("year", "tax", "90"), ("year", "land", "80"), ("year", "hr", "70")],
    )
    .await;
    let (path, public) = (format!("/api/plans/{id}"), format!("/api/public/{id}"));
    let before = (client.get(&path).await.ok(200), client.get(&public).await.ok(200));
    for _ in 0..2 {
        assert_eq!(client.post(&format!("{path}/archive"), &json!({})).await.ok(200), json!({ "archived": true }));
    }
    let told = line(&client, &id).await;
    assert_eq!((&told["archived"], told.get("issued"), told.get("next")), (&json!(true), None, None));
    assert_eq!(told["changed"]["action"], "plan_archived");
    assert_eq!((client.get(&path).await.ok(200), client.get(&public).await.ok(200)), before);
    assert_eq!(client.post(&format!("{path}/unarchive"), &json!({})).await.ok(200), json!({ "archived": false }));
    assert_eq!(line(&client, &id).await.get("archived"), None);
    // Whoever corrects it has it before their eyes again.
    client.post(&format!("{path}/archive"), &json!({})).await.ok(200);
    client.post(&format!("{path}/correct"), &json!({ "reason": "漏记一项" })).await.ok(200);
    assert_eq!(line(&client, &id).await.get("archived"), None);

    let open = opened(&client, &entered("另一个", UNITS, YEAR)).await;
    client.post(&format!("/api/plans/{open}/archive"), &json!({})).await.error(409, "wrong_state");
    client.post("/api/plans/nowhere/archive", &json!({})).await.error(404, "not_found");
    client.post(&format!("/api/plans/{open}/archive"), &json!({ "why": "x" })).await.error(422, "invalid_body");
}

#[tokio::test]
async fn a_draft_that_nobody_would_miss_is_deleted_and_others_say_what_they_have() {
    let served = served().await;
    let client = &served.client;
    let id = draft(client, &plan()).await;
    let path = format!("/api/plans/{id}");
    assert_eq!(client.delete(&path, &json!({})).await.status.as_u16(), 204);
    client.get(&path).await.error(404, "not_found");
    client.get(&format!("{path}/audit")).await.error(404, "not_found");
    client.delete(&path, &json!({})).await.error(404, "not_found");
    assert_eq!(client.get("/api/desk").await.ok(200)["plans"], json!([]));
    let chain = client.get("/api/staff/audit/export").await.ok(200);
    let last = chain["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["action"], &last["by"], &last["detail"]["plan"]),
        (&json!("plan_deleted"), &json!("admin"), &json!(id))
    );
    assert_eq!(last["detail"]["title"], "元坝镇2018年内设机构作风效能评测");

    let used = draft(client, &plan()).await;
    codes(client, &used, "leaders", 5).await;
    let finding = json!({ "date": "2018-09-12", "unit": "forestry", "text": "窗口无人", "source": "明察暗访" });
    client.post(&format!("/api/plans/{used}/findings"), &finding).await.ok(201);
    let fields = client.delete(&format!("/api/plans/{used}"), &json!({})).await.error(409, "draft_in_use");
    let there: Vec<&str> = fields.keys().map(String::as_str).collect();
    assert_eq!(there, ["/codes", "/findings"]);
    client.get(&format!("/api/plans/{used}")).await.ok(200);

    // The history of a copy stands in the plan that was copied.
    let source = opened(client, &entered("年度考评", UNITS, YEAR)).await;
    for (unit, value) in [("tax", "90"), ("land", "80"), ("hr", "70")] {
        enter(client, &source, "year", unit, value).await;
    }
    client.delete(&format!("/api/plans/{source}"), &json!({})).await.error(409, "wrong_state");
    finish(client, &source).await;
    let copy = client.post(&format!("/api/plans?from={source}"), &json!({})).await.ok(201)["id"].clone();
    let copy = format!("/api/plans/{}", copy.as_str().unwrap());
    assert_eq!(client.delete(&copy, &json!({})).await.status.as_u16(), 204);
    client.get(&format!("/api/public/{source}")).await.ok(200);
}

#[tokio::test]
async fn a_newer_edition_of_a_linked_plan_is_pointed_out_until_somebody_takes_it() {
    let client = served().await.client;
    let scores = [("year", "tax", "90"), ("year", "land", "80"), ("year", "hr", "70")];
    let july = published(&client, &entered("七月", UNITS, YEAR), &scores).await;
    let august = published(&client, &entered("八月", UNITS, YEAR), &scores).await;
    let id = opened(&client, &parent(UNITS, YEAR)).await;
    let take = async |plans: &[&str]| {
        let body = json!({ "component": "windows", "period": "year", "plans": plans });
        client.put(&format!("/api/plans/{id}/links-from"), &body).await.ok(200);
    };
    let newer = async || line(&client, &id).await.get("newer_editions").cloned();
    let correct = async |plan: &str, value: &str| {
        client.post(&format!("/api/plans/{plan}/correct"), &json!({ "reason": "更正" })).await.ok(200);
        enter(&client, plan, "year", "hr", value).await;
        client.post(&format!("/api/plans/{plan}/publish"), &json!({})).await.ok(200);
    };
    take(&[&july, &august]).await;
    assert_eq!(newer().await, None);
    correct(&july, "71").await;
    // Nothing was changed here, so what is known of this plan is as old as its links.
    assert_eq!(newer().await, Some(json!(1)));
    correct(&july, "72").await;
    correct(&august, "73").await;
    assert_eq!(newer().await, Some(json!(2)));
    take(&[&july, &august]).await;
    assert_eq!(newer().await, None);
    correct(&august, "74").await;
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    assert_eq!(newer().await, Some(json!(1)), "records of a closed plan may change");
    assert_eq!(line(&client, &july).await.get("newer_editions"), None);
    client.post(&format!("/api/plans/{id}/archive"), &json!({})).await.ok(200);
    assert_eq!(newer().await, None);
}
