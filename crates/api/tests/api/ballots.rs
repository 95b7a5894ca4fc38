//! `/api/ballot-paper` and `/api/ballots`.

use serde_json::{Value, json};

use crate::served::{ballot, codes, draft, open, plan, repeated, served};

#[tokio::test]
async fn a_code_opens_its_paper_however_it_is_typed() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let voter = client.stranger();
    let code = &leaders[0];
    let spaced = format!(" {} ", wire::code::grouped(code).replace('-', " ").to_lowercase());
    for typed in [code.clone(), wire::code::grouped(code), spaced] {
        let paper = voter.post("/api/ballot-paper", &json!({ "plan": id, "code": typed })).await;
        assert_eq!(paper.headers["cache-control"], "no-store");
        let paper = paper.ok(200);
        assert_eq!(paper["plan_title"], plan()["title"]);
        assert_eq!(paper["group"], json!({ "id": "leaders", "name": "班子成员", "ballot": "anonymous" }));
        assert_eq!(paper["period"], "year");
        let section = &paper["sections"][0];
        assert_eq!(section["units"][0]["id"], "forestry");
        assert_eq!(section["options"][0]["name"], "满意");
        assert_eq!(section["quota"], json!([]));
        assert_eq!(section["criteria"], json!([]));
    }
}

#[tokio::test]
async fn wrong_codes_are_unknown_and_right_ones_get_through_a_throttled_address() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let voter = client.stranger();
    let ask = |code: String| json!({ "plan": id, "code": code });
    let mut throttled = 0;
    for n in 0..70u8 {
        let answer = voter.post("/api/ballot-paper", &ask(wire::code::write([n; 10]))).await;
        match answer.status.as_u16() {
            404 => drop(answer.error(404, "unknown_code")),
            _ => {
                throttled += 1;
                answer.error(429, "too_many_attempts");
            }
        }
    }
    assert_eq!(throttled, 10);
    voter.post("/api/ballot-paper", &ask("短".to_owned())).await.error(429, "too_many_attempts");
    voter.post("/api/ballot-paper", &ask(leaders[0].clone())).await.ok(200);
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "good")).await.ok(201);
    voter
        .post("/api/ballot-paper", &json!({ "plan": "0000000000000000", "code": leaders[0] }))
        .await
        .error(404, "not_found");
}

#[tokio::test]
async fn a_ballot_sent_again_gets_its_receipt_and_another_one_is_refused() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let voter = client.stranger();
    let sent = ballot(&id, &leaders[0], 1, "good", "poor");
    let receipt = voter.post("/api/ballots", &sent).await.ok(201);
    assert!(!receipt["receipt"].as_str().unwrap().is_empty());
    let mut reversed = sent.clone();
    reversed["marks"].as_array_mut().unwrap().reverse();
    assert_eq!(voter.post("/api/ballots", &reversed).await.ok(200), repeated(&receipt));
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 2, "good", "poor")).await.error(409, "code_used");
    voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[0] })).await.error(409, "code_used");
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    assert_eq!(voter.post("/api/ballots", &sent).await.ok(200), repeated(&receipt));
    voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[1] })).await.error(409, "plan_closed");
}

#[tokio::test]
async fn nobody_votes_before_opening() {
    let client = served().await.client;
    let id = draft(&client, &plan()).await;
    let leaders = codes(&client, &id, "leaders", 5).await;
    let voter = client.stranger();
    voter.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[0] })).await.error(409, "plan_not_open");
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "good")).await.error(409, "plan_not_open");
}

#[tokio::test]
async fn a_ballot_that_breaks_a_rule_is_refused_with_every_fault() {
    let client = served().await.client;
    let (id, leaders, _) = open(&client).await;
    let voter = client.stranger();
    let mark =
        |component: &str, unit: &str, option: &str| json!({ "component": component, "unit": unit, "option": option });
    let cast = |marks: Value| json!({ "plan": id, "code": leaders[0], "ballot_id": "0f".repeat(16), "marks": marks });
    let marks = json!([
        mark("internal", "forestry", "good"),
        mark("internal", "forestry", "fair"),
        mark("internal", "building", "best"),
        mark("internal", "nowhere", "good"),
        mark("hotline", "forestry", "good")
    ]);
    let fields = voter.post("/api/ballots", &cast(marks)).await.error(422, "invalid_ballot");
    assert_eq!(fields["/marks/1"], "marked_twice");
    assert_eq!(fields["/marks/2/option"], "unknown_option");
    assert_eq!(fields["/marks/3/unit"], "not_on_paper");
    assert_eq!(fields["/marks/4/component"], "not_on_paper");
    let fields = voter.post("/api/ballots", &cast(json!([]))).await.error(422, "invalid_ballot");
    assert_eq!(fields["/marks"], "empty");
    let many: Vec<Value> = (0..25_001).map(|_| mark("internal", "forestry", "good")).collect();
    voter.post("/api/ballots", &cast(json!(many))).await.error(422, "paper_too_large");
    let short =
        json!({ "plan": id, "code": leaders[0], "ballot_id": "0f", "marks": [mark("internal", "forestry", "good")] });
    let fields = voter.post("/api/ballots", &short).await.error(422, "invalid_body");
    assert_eq!(fields["/ballot_id"], "wrong_type");
    // A blank is allowed where no quota forbids it, and the code is still good.
    voter.post("/api/ballots", &cast(json!([mark("internal", "forestry", "good")]))).await.ok(201);
}

#[tokio::test]
async fn codes_narrow_the_paper_and_skip_the_own_unit() {
    let client = served().await.client;
    let mut plan = plan();
    plan["components"][0]["method"]["own_unit"] = json!("skipped");
    let id = draft(&client, &plan).await;
    let code = wire::code::write([9; 10]);
    let add = json!({ "period": "year", "group": "staff", "hashes": [wire::code::hash_hex(&id, &code)], "units": null, "unit": "building" });
    client.post(&format!("/api/plans/{id}/codes"), &add).await.ok(201);
    client.post(&format!("/api/plans/{id}/open"), &json!({ "allow_small": ["staff"] })).await.ok(200);
    let voter = client.stranger();
    let paper = voter.post("/api/ballot-paper", &json!({ "plan": id, "code": code })).await.ok(200);
    assert_eq!(paper["own_unit"], "building");
    let units = paper["sections"][0]["units"].as_array().unwrap();
    assert_eq!(units.len(), 1);
    let fields = voter.post("/api/ballots", &ballot(&id, &code, 1, "good", "good")).await.error(422, "invalid_ballot");
    assert_eq!(fields["/marks/1/unit"], "own_unit");
}

#[tokio::test]
async fn a_quota_is_exact() {
    let client = served().await.client;
    let mut plan = plan();
    plan["components"][0]["method"]["quota"] =
        json!([{ "option": "good", "count": 1 }, { "option": "fair", "count": 1 }, { "option": "poor", "count": 0 }]);
    let id = draft(&client, &plan).await;
    let leaders = codes(&client, &id, "leaders", 5).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let voter = client.stranger();
    let answer = voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "good")).await;
    assert_eq!(answer.json()["fields"][0]["code"], "quota_unmet");
    assert_eq!(answer.json()["fields"][0]["detail"], "internal dept good 2/1");
    answer.error(422, "invalid_ballot");
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "fair")).await.ok(201);
}
