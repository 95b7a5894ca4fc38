//! One appraisal from template to public result, over HTTP alone, so that it runs against any
//! address that serves the router.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{PASSWORD, Served, served};

/// The whole way. `client` is signed in as an administrator; `second` as another person.
///
/// Worked by hand. 内部测评, 60 points, leaders and staff half each.
/// forestry: leaders 3×90 + 2×70 = 410 ÷ 5 = 82; staff 4×90 + 1×50 = 410 ÷ 5 = 82, with a paper
/// batch of 5 (2×90 + 3×70 = 390): 800 ÷ 10 = 80. Mean 81, score 60 × 81 ÷ 100 = 48.6.
/// building: leaders 5×70 = 70; staff 5×70 and paper 5×70: 70. Score 42.
/// 热线办理: forestry 27.5, building 30. 明察暗访, 10: building 10 − 1×2×2 = 6, forestry 10.
/// Adjustments: forestry + 5, building − 2.5.
/// forestry 48.6 + 27.5 + 10 + 5 = 91.1; building 42 + 30 + 6 − 2.5 = 75.5.
pub async fn journey(client: &Client, second: &Client) {
    let templates = client.get("/api/templates").await.ok(200);
    assert!(templates.as_array().unwrap().iter().any(|template| template["id"] == "yuanba"));
    let template = client.get("/api/templates/yuanba").await.ok(200);
    assert_eq!(template["total"], "100");
    assert!(client.get("/api/templates/yuanba/notes").await.ok(200)[0]["clause"].is_string());

    let plan = crate::served::plan();
    let id = crate::served::draft(client, &plan).await;
    let at = |rest: &str| format!("/api/plans/{id}{rest}");
    let leaders = crate::served::codes(client, &id, "leaders", 5).await;
    let staff = crate::served::codes(client, &id, "staff", 6).await;
    let opened = client.post(&at("/open"), &json!({})).await.ok(200);
    assert_eq!(opened["state"], "open");
    let sha = opened["plan_sha256"].as_str().unwrap().to_owned();

    let voter = client.stranger();
    let paper = voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[0] })).await.ok(200);
    assert_eq!(paper["plan_sha256"], sha.as_str());
    assert_eq!(paper["group"]["ballot"], "anonymous");
    assert_eq!(paper["sections"][0]["component"], "internal");
    assert_eq!(paper["sections"].as_array().unwrap().len(), 1);
    let cast = [("good", "fair"), ("good", "fair"), ("good", "fair"), ("fair", "fair"), ("fair", "fair")];
    let mut number = 0;
    let mut receipt = Value::Null;
    for (code, (forestry, building)) in leaders.iter().zip(cast) {
        number += 1;
        let ballot = crate::served::ballot(&id, code, number, forestry, building);
        receipt = voter.post("/api/ballots", &ballot).await.ok(201);
        assert_eq!(voter.post("/api/ballots", &ballot).await.ok(200), crate::served::repeated(&receipt));
    }
    let cast = [("good", "fair"), ("good", "fair"), ("good", "fair"), ("good", "fair"), ("poor", "fair")];
    for (code, (forestry, building)) in staff.iter().zip(cast) {
        number += 1;
        let ballot = crate::served::ballot(&id, code, number, forestry, building);
        voter.post("/api/ballots", &ballot).await.ok(201);
    }
    let turnout = client.get(&at("/turnout")).await.ok(200);
    let of = |group: &str| {
        let groups = turnout["groups"].as_array().unwrap();
        groups.iter().find(|row| row["group"] == group).cloned().unwrap()
    };
    assert_eq!(of("leaders"), json!({ "period": "year", "group": "leaders", "issued": 5, "cast": 5 }));
    assert_eq!(of("staff"), json!({ "period": "year", "group": "staff", "issued": 6, "cast": 5 }));

    let batch = json!({ "label": "一号箱", "period": "year", "group": "staff", "component": "internal", "collected": 6, "void": 1, "counts": [
        { "unit": "forestry", "criterion": null, "counts": { "good": 2, "fair": 3 }, "blank": 0 },
        { "unit": "building", "criterion": null, "counts": { "fair": 5 }, "blank": 0 }
    ] });
    assert_eq!(client.post(&at("/paper-tallies"), &batch).await.ok(201)["counted"], false);
    assert_eq!(second.post(&at("/paper-tallies"), &batch).await.ok(201)["counted"], true);

    client
        .put(&at("/entries/year/hotline/forestry"), &json!({ "value": "27.5", "evidence": "台账第3页" }))
        .await
        .ok(200);
    client.put(&at("/entries/year/hotline/building"), &json!({ "value": "30" })).await.ok(200);
    let incident = json!({ "period": "year", "component": "inspection", "unit": "building", "level": "county", "count": 1, "serious": true });
    client.post(&at("/incidents"), &incident).await.ok(201);
    client
        .post(
            &at("/adjustments"),
            &json!({ "period": "year", "rule": "commended", "unit": "forestry", "level": "district" }),
        )
        .await
        .ok(201);
    client
        .post(
            &at("/adjustments"),
            &json!({ "period": "year", "rule": "violation", "unit": "building", "points": "2.5" }),
        )
        .await
        .ok(201);

    let live = client.get(&at("/result?mode=provisional")).await.ok(200);
    // Five ballots of each group are not seen yet. The paper batch alone: 78 ÷ 100 × 60 = 46.8, and 27.5 + 10 + 5.
    assert_eq!(live["units"][0]["total"], "89.300000");
    client.get(&at("/result?mode=final")).await.error(409, "wrong_state");
    voter.get(&format!("/api/public/{id}")).await.error(404, "not_found");

    assert_eq!(client.post(&at("/close"), &json!({})).await.ok(200)["state"], "closed");
    voter
        .post("/api/ballots", &crate::served::ballot(&id, &staff[5], 99, "good", "good"))
        .await
        .error(409, "plan_closed");
    let result = client.get(&at("/result?mode=final")).await.ok(200);
    assert_eq!(result["units"][0]["published"], "91.10");
    assert_eq!(result["units"][1]["total"], "75.500000");
    assert_eq!(result["units"][1]["rank"], 2);
    assert_eq!(result["units"][0]["outcomes"], json!(["first"]));
    assert_eq!(result["missing"], json!([]));

    let published = client.post(&at("/publish"), &json!({})).await.ok(200);
    assert_eq!(published, json!({ "state": "published", "plan_sha256": sha }));
    let public = published_with_receipt(&voter, &id, receipt["receipt"].as_str().unwrap()).await;
    assert_eq!(public["result"], result);
    assert_eq!(public["plan_sha256"], sha.as_str());
    assert_eq!(public["plan"]["title"], plan["title"]);
}

/// What anyone sees of the published plan, and that a receipt is found in it and another is not.
async fn published_with_receipt(voter: &Client, id: &str, receipt: &str) -> Value {
    let answer = voter.get(&format!("/api/public/{id}")).await;
    assert!(answer.headers["cache-control"].to_str().unwrap().contains("public"));
    let public: Value = answer.ok(200);
    assert_eq!(public["receipts"]["count"], 10);
    let proof = voter.get(&format!("/api/public/{id}/receipts/{receipt}")).await.ok(200);
    assert_eq!(proof["size"], 10);
    voter.get(&format!("/api/public/{id}/receipts/{}", "0".repeat(32))).await.error(404, "not_found");
    let page = voter.get(&format!("/public/{id}/receipt?number={receipt}")).await.text();
    assert!(page.contains("已计入结果"), "{page}");
    let page = voter.get(&format!("/public/{id}/receipt?number=0000")).await.text();
    assert!(page.contains("没有找到这张回执"), "{page}");
    public
}

#[tokio::test]
async fn a_plan_goes_from_template_to_public_result() {
    let Served { client, base, .. } = served().await;
    let account = json!({ "name": "second", "password": PASSWORD, "roles": ["office"] });
    client.post("/api/staff", &account).await.ok(201);
    let mut second = Client::new(&base);
    second.sign_in("second", PASSWORD).await.ok(204);
    journey(&client, &second).await;
}
