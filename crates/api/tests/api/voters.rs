//! The list of voters: what is wrong with it all at once, who sees what of it, and codes for those on it.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, draft, plan, served};

/// Leaders vote by name; staff draw cards.
async fn with_named(client: &Client) -> String {
    let mut plan = plan();
    plan["groups"][0]["ballot"] = json!("named");
    draft(client, &plan).await
}

fn hash(plan: &str, number: u8) -> String {
    wire::code::hash_hex(plan, &code(number))
}

fn code(number: u8) -> String {
    wire::code::write([number, 9, 3, 4, 5, 6, 7, 8, 9, number])
}

async fn list(client: &Client, plan: &str) -> Vec<Value> {
    let page = client.get(&format!("/api/plans/{plan}/voters")).await.ok(200);
    assert_eq!(page["next"], Value::Null);
    page["voters"].as_array().unwrap().clone()
}

#[tokio::test]
async fn all_that_is_wrong_with_a_list_is_told_at_its_places() {
    let client = served().await.client;
    let id = with_named(&client).await;
    let path = format!("/api/plans/{id}/voters");
    let voters = json!([
        { "name": "张三", "group": "leaders" },
        { "id": "Bad Id", "name": "李四", "group": "leaders" },
        { "name": " ", "group": "none", "unit": "none", "units": [] },
        { "name": "王五", "group": "leaders", "units": ["forestry", "none"], "contact": "1".repeat(61), "note": "n".repeat(201) }
    ]);
    let fields = client.post(&path, &json!({ "voters": voters })).await.error(422, "invalid_body");
    let expected = [
        ("/voters/1/id", "wrong_type"),
        ("/voters/2/group", "unknown_group"),
        ("/voters/2/name", "empty_name"),
        ("/voters/2/unit", "unknown_unit"),
        ("/voters/2/units", "empty_list"),
        ("/voters/3/contact", "out_of_range"),
        ("/voters/3/note", "out_of_range"),
        ("/voters/3/units/1", "unknown_unit"),
    ];
    assert_eq!(fields.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect::<Vec<_>>(), expected);
    assert_eq!(list(&client, &id).await, [] as [Value; 0], "what is refused leaves nothing");
    let twice = json!({ "voters": [{ "name": "张三", "group": "leaders" }, { "name": "张三", "group": "leaders" }] });
    let refused = client.post(&path, &twice).await;
    assert_eq!(refused.json()["fields"][0]["detail"], "/voters/0");
    assert_eq!(refused.error(422, "invalid_body")["/voters/1"], "same_voter");
    client.post(&path, &json!({ "voters": [] })).await.error(422, "invalid_body");
    let many = vec![json!({ "name": "张三", "group": "leaders" }); 1001];
    assert_eq!(
        client.post(&path, &json!({ "voters": many })).await.error(422, "invalid_body")["/voters"],
        "out_of_range"
    );
}

#[tokio::test]
async fn planners_see_how_voters_are_reached_until_it_is_forgotten_and_nobody_else_does() {
    let served = served().await;
    let client = &served.client;
    let id = with_named(client).await;
    let path = format!("/api/plans/{id}/voters");
    let voter = json!({ "id": "zhang", "name": "张三", "group": "leaders", "contact": "13800000000", "note": "下午" });
    let put = client.post(&path, &json!({ "voters": [voter] })).await.ok(201);
    assert_eq!(put, json!({ "added": 1, "replaced": 0 }));
    let row = json!({ "id": "zhang", "name": "张三", "group": "leaders", "unit": null, "units": null,
        "contact": "13800000000", "note": "下午", "status": "none" });
    assert_eq!(list(client, &id).await, [row]);
    let auditor = served.member("auditor", &["auditor"]).await;
    let seen = &list(&auditor, &id).await[0];
    assert_eq!((&seen["name"], &seen["contact"], &seen["note"]), (&json!("张三"), &Value::Null, &Value::Null));
    auditor.post(&path, &json!({ "voters": [] })).await.error(403, "forbidden");
    let forgotten = client.post(&format!("{path}/forget"), &json!({})).await.ok(200);
    assert_eq!(forgotten, json!({ "forgotten": 1 }));
    assert_eq!(list(client, &id).await[0]["contact"], Value::Null);
    let audit = client.get(&format!("/api/plans/{id}/audit")).await.ok(200).to_string();
    assert!(audit.contains("contacts_forgotten") && !audit.contains("13800000000"), "{audit}");
}

/// Whoever has the list finds the sample by what the trail says; of the list itself it says nothing.
#[tokio::test]
async fn a_sample_that_was_drawn_is_on_record() {
    let served = served().await;
    let client = &served.client;
    let id = with_named(client).await;
    let path = format!("/api/plans/{id}/samples");
    let sample = json!({ "size": 500, "seed": "2022-06-10 摇号", "by": "单位", "sha256": "a".repeat(64), "of": 1300, "count": 500 });
    client.post(&path, &sample).await.ok(204);
    let events = client.get(&format!("/api/plans/{id}/audit")).await.ok(200)["events"].clone();
    let last = events.as_array().unwrap().last().unwrap();
    assert_eq!((&last["action"], &last["detail"]["seed"]), (&json!("sample_drawn"), &json!("2022-06-10 摇号")));
    let mut wrong = sample.clone();
    (wrong["seed"], wrong["sha256"], wrong["count"]) = (json!(" "), json!("x"), json!(1301));
    let fields = client.post(&path, &wrong).await.error(422, "invalid_body");
    let told: Vec<&str> = fields.keys().map(String::as_str).collect();
    assert_eq!(told, ["/count", "/seed", "/sha256"]);
    client.post(&format!("/api/plans/{id}/open"), &json!({ "allow_small": ["leaders", "staff"] })).await.ok(200);
    client.post(&path, &sample).await.ok(204);
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.post(&path, &sample).await.error(409, "wrong_state");
}

#[tokio::test]
async fn codes_are_given_to_voters_and_followed_until_they_voted() {
    let client = served().await.client;
    let id = with_named(&client).await;
    let at = |what: &str| format!("/api/plans/{id}/{what}");
    let voters = json!([{ "id": "zhang", "name": "张三", "group": "leaders" },
        { "id": "li", "name": "李四", "group": "leaders" }, { "id": "wang", "name": "王五", "group": "staff" }]);
    client.post(&at("voters"), &json!({ "voters": voters })).await.ok(201);
    let request = |hashes: Value, group: &str, voters: Value| json!({ "period": "year", "group": group, "hashes": hashes, "units": null, "unit": null, "voters": voters });
    let (one, two) = (hash(&id, 1), hash(&id, 2));
    let refused = client.post(&at("codes"), &request(json!([one]), "leaders", Value::Null)).await;
    assert_eq!(refused.error(422, "voter_required")["/voters"], "missing_field");
    let refused = client.post(&at("codes"), &request(json!([one]), "staff", json!(["wang"]))).await;
    assert_eq!(refused.error(422, "linked_secret")["/voters"], "not_applicable");
    for (hashes, voters, place, fault) in [
        (json!([one]), json!(["zhang", "li"]), "/voters", "out_of_range"),
        (json!([one, one]), json!(["zhang", "li"]), "/hashes/1", "repeated_hash"),
        (json!([one, two]), json!(["zhang", "zhang"]), "/voters/1", "same_voter"),
        (json!([one, two]), json!(["zhang", "nobody"]), "/voters/1", "unknown_voter"),
        (json!([one, two]), json!(["zhang", "wang"]), "/voters/1", "other_group"),
    ] {
        let fields = client.post(&at("codes"), &request(hashes, "leaders", voters)).await.error(422, "invalid_body");
        assert_eq!(fields.get(place).map(String::as_str), Some(fault));
    }
    let given = request(json!([one, two]), "leaders", json!(["zhang", "li"]));
    assert_eq!(client.post(&at("codes"), &given).await.ok(201)["added"], 2);
    assert_eq!(client.post(&at("codes"), &given).await.ok(201)["added"], 2);
    let third = request(json!([hash(&id, 3)]), "leaders", json!(["li"]));
    assert_eq!(client.post(&at("codes"), &third).await.error(422, "invalid_body")["/voters/0"], "has_code");
    client.post(&at("open"), &json!({})).await.ok(200);
    client.stranger().post("/api/ballots", &ballot(&id, &code(1), 1, "good", "good")).await.ok(201);
    let status = async || {
        let rows = list(&client, &id).await;
        rows.iter().map(|row| format!("{} {}", row["id"], row["status"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(status().await, ["li issued", "wang none", "zhang voted"]);
    let voiding = json!({ "voter": "li", "reason": "遗失" });
    assert_eq!(client.post(&at("codes/void"), &voiding).await.ok(200), json!({ "voided": 1, "used": 0 }));
    assert_eq!(client.post(&at("codes"), &third).await.ok(201)["added"], 1);
    let unknown = json!({ "voter": "nobody", "reason": "遗失" });
    assert_eq!(client.post(&at("codes/void"), &unknown).await.error(422, "invalid_body")["/voter"], "unknown_voter");

    client.delete(&at("voters/li"), &json!({ "reason": " " })).await.error(422, "invalid_body");
    client.delete(&at("voters/li"), &json!({ "reason": "调离" })).await.ok(204);
    client.delete(&at("voters/li"), &json!({ "reason": "调离" })).await.error(404, "not_found");
    client
        .stranger()
        .post("/api/ballot-paper", &json!({ "plan": id, "code": code(3) }))
        .await
        .error(409, "code_voided");
    assert_eq!(status().await, ["wang none", "zhang voted"]);
    let group = client.get(&at("voters?group=staff")).await.ok(200);
    assert_eq!(group["voters"].as_array().unwrap().len(), 1);
    client.post(&at("close"), &json!({})).await.ok(200);
    client
        .post(&at("voters"), &json!({ "voters": [{ "name": "赵六", "group": "leaders" }] }))
        .await
        .error(409, "wrong_state");
    client.delete(&at("voters/zhang"), &json!({ "reason": "调离" })).await.error(409, "wrong_state");
}

/// The list says which unit has voted, so while voting is open no tally says how; the ballot itself names nobody.
#[tokio::test]
async fn a_units_ballot_is_not_told_by_the_list_beside_a_tally() {
    let client = served().await.client;
    let mut plan = plan();
    plan["groups"][0]["ballot"] = json!("per_unit");
    let id = draft(&client, &plan).await;
    let at = |what: &str| format!("/api/plans/{id}/{what}");
    let voters = json!([{ "id": "forestry", "name": "林业站", "group": "leaders", "unit": "forestry" }]);
    client.post(&at("voters"), &json!({ "voters": voters })).await.ok(201);
    let given = json!({ "period": "year", "group": "leaders", "hashes": [hash(&id, 1)], "units": null,
        "unit": "forestry", "voters": ["forestry"] });
    client.post(&at("codes"), &given).await.ok(201);
    client.post(&at("open"), &json!({})).await.ok(200);
    let paper = client.stranger().post("/api/ballot-paper", &json!({ "plan": id, "code": code(1) })).await.ok(200);
    assert_eq!(paper["names_voter"], Value::Null);
    client.stranger().post("/api/ballots", &ballot(&id, &code(1), 1, "good", "poor")).await.ok(201);
    assert_eq!(list(&client, &id).await[0]["status"], "voted");
    let tallied = async || {
        let records = client.get(&at("records")).await.ok(200);
        records["tallies"].as_array().unwrap().iter().filter(|tally| tally["group"] == "leaders").count()
    };
    assert_eq!(tallied().await, 0);
    client.post(&at("close"), &json!({})).await.ok(200);
    assert_eq!(tallied().await, 2);
    let inspected = client.get(&at("named-ballots")).await.ok(200);
    assert_eq!(inspected["ballots"], json!([]), "no ballot of a unit names it");
}

#[tokio::test]
async fn an_inspector_reads_who_voted_how_and_nobody_else_ever_does() {
    let served = served().await;
    let client = &served.client;
    let id = with_named(client).await;
    let at = |what: &str| format!("/api/plans/{id}/{what}");
    let voters = json!([{ "id": "zhang", "name": "张三丰", "group": "leaders" }, { "id": "li", "name": "李四光", "group": "leaders" }]);
    client.post(&at("voters"), &json!({ "voters": voters })).await.ok(201);
    let request = |hashes: &[String], group: &str, voters: Value| json!({ "period": "year", "group": group, "hashes": hashes, "units": null, "unit": null, "voters": voters });
    let named = request(&[hash(&id, 1), hash(&id, 2)], "leaders", json!(["zhang", "li"]));
    client.post(&at("codes"), &named).await.ok(201);
    let cards: Vec<String> = (11..16).map(|number| hash(&id, number)).collect();
    client.post(&at("codes"), &request(&cards, "staff", Value::Null)).await.ok(201);
    client.post(&at("open"), &json!({})).await.ok(200);

    // What the paper says is what is kept: by name here, and of cards nothing.
    let voter = client.stranger();
    let paper =
        async |number| voter.post("/api/ballot-paper", &json!({ "plan": id, "code": code(number) })).await.ok(200);
    assert_eq!((&paper(1).await["names_voter"], &paper(11).await["names_voter"]), (&json!(true), &Value::Null));
    let cast = async |number: u8, forestry: &str, building: &str| {
        voter.post("/api/ballots", &ballot(&id, &code(number), number.into(), forestry, building)).await.ok(201);
    };
    cast(1, "good", "fair").await;
    cast(2, "poor", "poor").await;
    for number in 11..16 {
        cast(number, "good", "good").await;
    }
    client.get(&at("named-ballots")).await.error(409, "wrong_state");
    // The list says who has voted, so no step of a tally may say how; and a voter stays who has voted.
    let tallied = async |group: &str| {
        let records = client.get(&at("records")).await.ok(200);
        records["tallies"].as_array().unwrap().iter().filter(|tally| tally["group"] == group).count()
    };
    assert_eq!(tallied("leaders").await, 0);
    let renamed = json!({ "voters": [{ "id": "zhang", "name": "李四", "group": "leaders" }] });
    assert_eq!(client.post(&at("voters"), &renamed).await.error(422, "invalid_body")["/voters/0"], "has_code");
    client.post(&at("close"), &json!({})).await.ok(200);
    // Two of them: withheld from other staff until it is allowed.
    assert_eq!(tallied("leaders").await, 0);

    let inspector = served.member("inspector", &["inspector"]).await;
    let mark = |unit: &str, option: &str| json!({ "component": "internal", "unit": unit, "criterion": null, "option": option });
    let of = |voter: &str, name: &str, forestry: &str, building: &str| {
        json!({ "voter": voter, "name": name, "period": "year", "group": "leaders",
            "marks": [mark("forestry", forestry), mark("building", building)] })
    };
    let (li, zhang) = (of("li", "李四光", "poor", "poor"), of("zhang", "张三丰", "good", "fair"));
    let read = inspector.get(&at("named-ballots")).await.ok(200);
    assert_eq!(read, json!({ "ballots": [li, zhang], "next": null }));
    let first = inspector.get(&at("named-ballots?limit=1")).await.ok(200);
    let second = format!("named-ballots?limit=1&cursor={}", first["next"].as_str().unwrap());
    assert_eq!(inspector.get(&at(&second)).await.ok(200), json!({ "ballots": [zhang], "next": null }));
    served
        .member("others", &["planner", "office", "publisher", "auditor", "admin"])
        .await
        .get(&at("named-ballots"))
        .await
        .error(403, "forbidden");
    let audit = client.get(&at("audit?limit=200")).await.ok(200);
    let reading = |event: &&Value| event["action"] == "named_ballots_read" && event["by"] == "inspector";
    let readings: Vec<&Value> = audit["events"].as_array().unwrap().iter().filter(reading).collect();
    assert_eq!(readings.iter().map(|event| &event["detail"]["ballots"]).collect::<Vec<_>>(), ["2", "1", "1"]);

    // Two voters marked these units by name: their scores are published only where that is allowed.
    for (unit, value) in [("forestry", "30"), ("building", "20")] {
        client.put(&at(&format!("entries/year/hotline/{unit}")), &json!({ "value": value })).await.ok(200);
    }
    let refused = client.post(&at("publish"), &json!({})).await;
    assert!(refused.text().contains("leaders"), "{}", refused.text());
    refused.error(422, "small_group");
    client.post(&at("publish"), &json!({ "allow_small": ["leaders"] })).await.ok(200);
    assert_eq!(tallied("leaders").await, 2);
    let everything =
        [format!("/api/public/{id}"), at("records"), at("result"), at("audit?limit=200"), at("audit/export")];
    for path in everything {
        let told = client.get(&path).await.text();
        assert!(!told.contains("张三丰") && !told.contains("zhang"), "{path}: {told}");
    }
}
