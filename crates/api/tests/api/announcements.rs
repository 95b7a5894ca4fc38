//! `/api/plans/{id}/announce`, objections and their answers, and what publishing waits for.

use serde_json::{Value, json};
use wire::open_code::{Challenge, search};

use crate::client::Client;
use crate::served::{FROM, ballot, served};

const UNTIL: &str = "2999-12-31T18:00:00+08:00";

/// A closed plan whose result is complete.
pub async fn closed(client: &Client) -> String {
    let (id, leaders, staff) = crate::served::open(client).await;
    for (number, code) in (1..).zip(leaders.iter().take(5).chain(staff.iter().take(5))) {
        client.stranger().post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for (unit, value) in [("forestry", "20"), ("building", "25")] {
        let path = format!("/api/plans/{id}/entries/year/hotline/{unit}");
        client.put(&path, &json!({ "value": value })).await.ok(200);
    }
    id
}

pub async fn announce(client: &Client, id: &str) {
    let request = json!({ "until": UNTIL, "contact": "评议办 0915-1234567" });
    assert_eq!(client.post(&format!("/api/plans/{id}/announce"), &request).await.ok(200)["state"], "closed");
}

/// An objection with its work done.
async fn worked(client: &Client, id: &str, mut body: Value) -> Value {
    let asked = client.post(&format!("/api/public/{id}/objections"), &body).await.ok(200);
    let text = asked["challenge"]["text"].as_str().unwrap().to_owned();
    let challenge = Challenge { text, bits: u32::try_from(asked["challenge"]["bits"].as_u64().unwrap()).unwrap() };
    let number = search(&challenge, 0..10_000_000).unwrap();
    body["work"] = json!({ "challenge": challenge.text, "number": number });
    body
}

fn objection(text: &str) -> Value {
    json!({ "unit": "building", "text": text, "contact": "13800000000" })
}

#[tokio::test]
async fn a_result_is_displayed_objected_to_answered_and_published() {
    let served = served().await;
    let client = &served.client;
    let id = closed(client).await;
    let stranger = client.stranger();
    stranger.get(&format!("/api/public/{id}")).await.error(404, "not_found");
    stranger.post(&format!("/api/public/{id}/objections"), &objection("早了")).await.error(404, "not_found");
    for (request, path) in [
        (json!({ "until": "2020-01-01T00:00:00Z", "contact": "x" }), "/until"),
        (json!({ "until": "明天", "contact": "x" }), "/until"),
        (json!({ "until": UNTIL, "contact": " " }), "/contact"),
    ] {
        let fields = client.post(&format!("/api/plans/{id}/announce"), &request).await.error(422, "invalid_body");
        assert_eq!(fields[path], "out_of_range");
    }
    announce(client, &id).await;

    let shown = stranger.get(&format!("/api/public/{id}")).await.ok(200);
    assert_eq!((&shown["edition"], &shown["announced"]["contact"]), (&json!(0), &json!("评议办 0915-1234567")));
    // 2999-12-31T10:00:00Z.
    assert_eq!(shown["announced"]["until"], 32_503_629_600_i64);
    assert_eq!(shown["result"]["units"][0]["published"], "84.00");
    let listed = stranger.get("/api/public").await.ok(200);
    assert_eq!(listed["publications"][0]["announced"], 32_503_629_600_i64);
    let page = stranger.get(&format!("/public/{id}")).await.text();
    assert!(page.contains("公示稿") && page.contains("2999-12-31 18:00") && page.contains("objection.js"), "{page}");

    // Work that was done for other words, and words that are none.
    let body = worked(&stranger, &id, objection("漏了一项加分")).await;
    let path = format!("/api/public/{id}/objections");
    let other = json!({ "unit": "building", "text": "别的话", "contact": "13800000000", "work": body["work"] });
    stranger.post(&path, &other).await.error(422, "challenge_failed");
    let fields = stranger.post(&path, &json!({ "unit": "x", "text": "", "contact": "a\u{7}" })).await;
    let fields = fields.error(422, "invalid_body");
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["/contact", "/text", "/unit"]);
    assert_eq!(stranger.post(&path, &body).await.ok(201)["number"], 1);
    // The answer was lost: the same again is the same.
    assert_eq!(stranger.post(&path, &body).await.ok(200)["number"], 1);
    let entered = json!({ "unit": null, "text": "<script>alert(1)</script>", "contact": "" });
    assert_eq!(client.post(&format!("/api/plans/{id}/objections"), &entered).await.ok(201)["number"], 2);

    let publish = format!("/api/plans/{id}/publish");
    client.post(&publish, &json!({})).await.error(409, "still_announced");
    let fields = client.post(&publish, &json!({ "early": " " })).await.error(422, "invalid_body");
    assert_eq!(fields["/early"], "out_of_range");
    let early = json!({ "early": "已提前完成复核" });
    let open = client.post(&publish, &early).await.error(409, "open_objections");
    assert_eq!(open.keys().collect::<Vec<_>>(), ["/objections/0", "/objections/1"]);

    let answer = |number: u64| format!("/api/plans/{id}/objections/{number}/answer");
    let upheld = json!({ "text": "属实，已补录", "upheld": true });
    let read = client.post(&answer(1), &upheld).await.ok(200);
    assert_eq!((&read["answer"]["upheld"], &read["text"]), (&json!(true), &json!("漏了一项加分")));
    client.post(&answer(1), &upheld).await.ok(200);
    client.post(&answer(1), &json!({ "text": "另一个答复", "upheld": false })).await.error(409, "already_exists");
    client.post(&answer(3), &upheld).await.error(404, "not_found");
    client.post(&answer(2), &json!({ "text": "不属实", "upheld": false })).await.ok(200);
    let all = client.get(&format!("/api/plans/{id}/objections")).await.ok(200);
    let told: Vec<_> =
        all["objections"].as_array().unwrap().iter().map(|one| (one["number"].clone(), one["by"].clone())).collect();
    assert_eq!(told, [(json!(1), Value::Null), (json!(2), json!("admin"))]);

    client.post(&publish, &early).await.ok(200);
    client.post(&publish, &json!({})).await.ok(200);
    let public = stranger.get(&format!("/api/public/{id}")).await.ok(200);
    assert_eq!((&public["edition"], &public["announced"]), (&json!(1), &Value::Null));
    let publicity = &public["publicity"];
    assert_eq!((&publicity["objections"], &publicity["upheld"]), (&json!(2), &json!(1)));
    assert_eq!(publicity["early"], "已提前完成复核");
    // Nobody's words and no contact are public.
    assert!(!public.to_string().contains("13800000000") && !public.to_string().contains("漏了"));
    stranger.post(&path, &objection("晚了")).await.error(404, "not_found");
    client.post(&format!("/api/plans/{id}/objections"), &entered).await.error(409, "wrong_state");
    client
        .post(&format!("/api/plans/{id}/announce"), &json!({ "until": UNTIL, "contact": "x" }))
        .await
        .error(409, "wrong_state");
}

/// 30 + 30 + 10 = 70 for building, 54 + 5 + 10 = 69 for forestry: the correction changes their places, and is displayed
/// beside the edition that it corrects.
#[tokio::test]
async fn a_correction_is_displayed_beside_the_readable_edition_and_objected_to() {
    let served = served().await;
    let client = &served.client;
    let id = closed(client).await;
    let stranger = client.stranger();
    announce(client, &id).await;
    let path = format!("/api/public/{id}/objections");
    let body = worked(&stranger, &id, objection("漏了一项")).await;
    stranger.post(&path, &body).await.ok(201);
    let answer = json!({ "text": "不属实", "upheld": false });
    client.post(&format!("/api/plans/{id}/objections/1/answer"), &answer).await.ok(200);
    let publish = format!("/api/plans/{id}/publish");
    client.post(&publish, &json!({ "early": "复核完" })).await.ok(200);
    let first = stranger.get(&format!("/api/public/{id}")).await.ok(200);

    client.post(&format!("/api/plans/{id}/correct"), &json!({ "reason": "录错一项" })).await.ok(200);
    for (unit, value) in [("forestry", "5"), ("building", "30")] {
        let path = format!("/api/plans/{id}/entries/year/hotline/{unit}");
        client.put(&path, &json!({ "value": value })).await.ok(200);
    }
    stranger.get(&format!("/api/public/{id}?edition=0")).await.error(404, "not_found");
    announce(client, &id).await;
    // Edition 1 stays what everybody reads, and says where its correction is.
    assert_eq!(stranger.get(&format!("/api/public/{id}")).await.ok(200), first);
    let page = stranger.get(&format!("/public/{id}")).await.text();
    assert!(page.contains("href=\"?edition=0\"") && page.contains("更正稿正在公示"), "{page}");
    let shown = stranger.get(&format!("/api/public/{id}?edition=0")).await;
    let display = shown.json();
    assert_eq!((&display["edition"], &display["result"]["units"][0]["published"]), (&json!(0), &json!("69.00")));
    assert_eq!(display["correction"]["reason"], "录错一项");
    let page = stranger.get(&format!("/public/{id}?edition=0")).await.text();
    assert!(page.contains("objection.js") && page.contains("录错一项") && page.contains("70.00"), "{page}");
    let value = verify::read(&shown.bytes).unwrap();
    assert_eq!(verify::Publication::new(&value).unwrap().verify().faults, []);
    assert_eq!(stranger.get("/api/public").await.ok(200)["publications"][0]["announced"], 32_503_629_600_i64);

    let second = worked(&stranger, &id, objection("更正后仍不对")).await;
    assert_eq!(stranger.post(&path, &second).await.ok(201)["number"], 2);
    client.post(&publish, &json!({})).await.error(409, "still_announced");
    client.post(&publish, &json!({ "early": "再次复核" })).await.error(409, "open_objections");
    let upheld = json!({ "text": "属实", "upheld": true });
    client.post(&format!("/api/plans/{id}/objections/2/answer"), &upheld).await.ok(200);
    client.post(&publish, &json!({ "early": "再次复核" })).await.ok(200);
    let public = stranger.get(&format!("/api/public/{id}")).await.ok(200);
    assert_eq!((&public["edition"], &public["result"]["units"][0]["published"]), (&json!(2), &json!("69.00")));
    // Of the second display's objections, not of the first one's.
    let publicity = &public["publicity"];
    assert_eq!((&publicity["objections"], &publicity["upheld"]), (&json!(1), &json!(1)));
    assert_eq!(stranger.get(&format!("/api/public/{id}?edition=1")).await.ok(200)["result"], first["result"]);
    stranger.get(&format!("/api/public/{id}?edition=0")).await.error(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_objects_ten_times_a_day_and_numbers_are_given_once() {
    let served = served().await;
    let id = closed(&served.client).await;
    announce(&served.client, &id).await;
    let path = format!("/api/public/{id}/objections");
    let mut sent = tokio::task::JoinSet::new();
    for number in 0..14 {
        let (stranger, id, path) = (served.client.stranger(), id.clone(), path.clone());
        sent.spawn(async move {
            let body = worked(&stranger, &id, objection(&format!("第{number}条"))).await;
            let answer = stranger.send("POST", &path, &[(FROM, "203.0.113.9")], body.to_string()).await;
            (answer.status.as_u16(), answer.json()["number"].as_u64())
        });
    }
    let answers = sent.join_all().await;
    let mut numbers: Vec<u64> = answers.iter().filter_map(|(_, number)| *number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
    assert_eq!(answers.iter().filter(|(status, _)| *status == 429).count(), 4);
    // Another network is not held for it.
    let stranger = served.client.stranger();
    let body = worked(&stranger, &id, objection("邻居")).await;
    let answer = stranger.send("POST", &path, &[(FROM, "203.0.113.10")], body.to_string()).await;
    assert_eq!(answer.ok(201)["number"], 11);
}
