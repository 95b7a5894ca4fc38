//! `/api/open-codes`: a public link's code, after a little work, one for each browser.

use axum::http::header;
use serde_json::{Value, json};
use wire::open_code::{Challenge, search};

use crate::client::{Answer, Client};
use crate::served::{ballot, codes, draft, plan, served, served_with};

/// A plan whose staff vote by a public link, open.
async fn open(client: &Client) -> String {
    let mut plan = plan();
    plan["groups"][1]["ballot"] = json!("open");
    let id = draft(client, &plan).await;
    codes(client, &id, "leaders", 5).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    id
}

/// A browser: it keeps the cookie that it is given.
struct Browser {
    client: Client,
    cookie: Option<String>,
}

impl Browser {
    fn new(client: &Client) -> Browser {
        Browser { client: client.stranger(), cookie: None }
    }

    async fn ask(&mut self, body: &Value) -> Answer {
        let cookie = self.cookie.clone().unwrap_or_default();
        let headers = [("content-type", "application/json"), ("cookie", cookie.as_str())];
        let answer = self.client.send("POST", "/api/open-codes", &headers, body.to_string()).await;
        if let Some(set) = answer.headers.get(header::SET_COOKIE) {
            self.cookie = set.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Asks, does the work, asks again.
    async fn get_code(&mut self, plan: &str) -> Answer {
        let first = self.ask(&request(plan)).await.ok(200);
        self.ask(&worked(plan, &first["challenge"])).await
    }
}

fn request(plan: &str) -> Value {
    json!({ "plan": plan, "period": "year", "group": "staff" })
}

/// The request again, with the work done.
fn worked(plan: &str, challenge: &Value) -> Value {
    let challenge: Challenge = serde_json::from_value(challenge.clone()).unwrap();
    let number = search(&challenge, 0..10_000_000).unwrap();
    let mut request = request(plan);
    request["work"] = json!({ "challenge": challenge.text, "number": number });
    request
}

#[tokio::test]
async fn a_public_link_gives_a_code_after_work_and_the_code_votes_once() {
    let client = served().await.client;
    let id = open(&client).await;
    let mut browser = Browser::new(&client);
    let first = browser.ask(&request(&id)).await;
    let cookie = first.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with(&format!("pingyi-open-{id}=")), "{cookie}");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/api/open-codes"] {
        assert!(cookie.split("; ").any(|found| found == part), "{cookie}");
    }
    let challenge = first.ok(200)["challenge"].clone();
    assert_eq!(challenge["bits"], 16);
    let sent = worked(&id, &challenge);
    let given = browser.ask(&sent).await;
    assert_eq!(given.headers["cache-control"], "no-store");
    let code = given.ok(201)["code"].as_str().unwrap().to_owned();
    // The same work again, no work at all: the same code, and it is not counted again.
    assert_eq!(browser.ask(&sent).await.ok(200), json!({ "code": code }));
    assert_eq!(browser.ask(&request(&id)).await.ok(200), json!({ "code": code }));
    let paper = client.stranger().post("/api/ballot-paper", &json!({ "plan": id, "code": code })).await.ok(200);
    assert_eq!(paper["group"]["ballot"], "open");
    let cast = ballot(&id, &code, 1, "good", "poor");
    browser.client.post("/api/ballots", &cast).await.ok(201);
    // A visit after voting: the browser learns its code, and the code that it has voted.
    assert_eq!(browser.ask(&request(&id)).await.ok(200), json!({ "code": code }));
    browser.client.post("/api/ballot-paper", &json!({ "plan": id, "code": code })).await.error(409, "code_used");
    let turnout = client.get(&format!("/api/plans/{id}/turnout")).await.ok(200);
    let staff = turnout["groups"].as_array().unwrap().iter().find(|row| row["group"] == "staff").unwrap();
    assert_eq!((&staff["issued"], &staff["cast"]), (&json!(1), &json!(1)));
    let hours = staff["hours"].as_array().unwrap();
    assert_eq!(hours.len(), 1);
    assert_eq!(hours[0]["issued"], 1);
    assert_eq!(hours[0]["from"].as_i64().unwrap() % 3600, 0);
}

#[tokio::test]
async fn work_that_is_anothers_or_not_done_buys_nothing() {
    let client = served().await.client;
    let id = open(&client).await;
    let (mut browser, mut other) = (Browser::new(&client), Browser::new(&client));
    let challenge = browser.ask(&request(&id)).await.ok(200)["challenge"].clone();
    other.ask(&request(&id)).await.ok(200);
    let sent = worked(&id, &challenge);
    other.ask(&sent).await.error(422, "challenge_failed");
    // A browser that keeps no cookies.
    Browser::new(&client).ask(&sent).await.error(422, "challenge_failed");
    let mut idle = sent.clone();
    let number = sent["work"]["number"].as_u64().unwrap();
    idle["work"]["number"] = json!(number + 1);
    browser.ask(&idle).await.error(422, "challenge_failed");
    let mut forged = sent.clone();
    forged["work"]["challenge"] = json!("9999999999.00");
    browser.ask(&forged).await.error(422, "challenge_failed");
    browser.ask(&sent).await.ok(201);
    // Failures are counted for the address as wrong codes are: sixty in a quarter of an hour.
    let mut last = None;
    for _ in 0..60 {
        last = Some(other.ask(&sent).await);
    }
    last.unwrap().error(429, "too_many_attempts");
    // Work that was done still counts.
    other.get_code(&id).await.ok(201);
}

#[tokio::test]
async fn only_open_groups_of_open_plans_give_codes() {
    let client = served().await.client;
    let id = open(&client).await;
    let mut browser = Browser::new(&client);
    for (field, value) in [("group", "leaders"), ("group", "nobody"), ("period", "h1")] {
        let mut body = request(&id);
        body[field] = json!(value);
        let fields = browser.ask(&body).await.error(422, "invalid_body");
        assert_eq!(fields["/group"], "not_applicable");
    }
    browser.ask(&request("0000000000000000")).await.error(404, "not_found");
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    browser.ask(&request(&id)).await.error(409, "plan_closed");
    let mut plan = plan();
    plan["groups"][1]["ballot"] = json!("open");
    let early = draft(&client, &plan).await;
    browser.ask(&request(&early)).await.error(409, "plan_not_open");
}

#[tokio::test]
async fn behind_https_the_cookie_is_for_https() {
    let settings = api::Settings { public_url: Some("https://pingyi.example".to_owned()), ..api::Settings::default() };
    let mut client = served_with(settings).await.client;
    client.sign_in("admin", crate::served::PASSWORD).await.ok(204);
    let id = open(&client).await;
    let first = Browser::new(&client).ask(&request(&id)).await;
    assert!(first.headers[header::SET_COOKIE].to_str().unwrap().ends_with("; Secure"));
}

#[tokio::test]
async fn the_publication_shows_codes_by_the_hour() {
    let client = served().await.client;
    let mut plan = plan();
    plan["groups"][1]["ballot"] = json!("open");
    plan["components"][0]["points"] = json!("100");
    plan["components"] = json!([plan["components"][0]]);
    plan["ranking"]["tie_break"] = json!([]);
    let id = draft(&client, &plan).await;
    let leaders = codes(&client, &id, "leaders", 5).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let voter = client.stranger();
    voter.post("/api/ballots", &ballot(&id, &leaders[0], 1, "good", "poor")).await.ok(201);
    for number in 2..4 {
        let code = Browser::new(&client).get_code(&id).await.ok(201)["code"].as_str().unwrap().to_owned();
        voter.post("/api/ballots", &ballot(&id, &code, number, "good", "fair")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    client.post(&format!("/api/plans/{id}/publish"), &json!({ "allow_small": ["leaders"] })).await.ok(200);
    let published = voter.get(&format!("/api/public/{id}")).await.ok(200);
    let open = published["open_groups"].as_array().unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!((&open[0]["period"], &open[0]["group"]), (&json!("year"), &json!("staff")));
    let issued = open[0]["hours"].as_array().unwrap().iter().map(|hour| hour["issued"].as_u64().unwrap());
    assert_eq!(issued.sum::<u64>(), 2);
    // Two ballots are too few to be counted out.
    assert!(open[0].get("cast").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_side_by_side_get_no_more_codes_than_the_plan_lets_one_network_have() {
    let client = served().await.client;
    let mut plan = plan();
    plan["groups"][1]["ballot"] = json!("open");
    plan["groups"][1]["per_network"] = json!(3);
    let id = draft(&client, &plan).await;
    codes(&client, &id, "leaders", 5).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let mut browser = Browser::new(&client);
        let first = browser.ask(&request(&id)).await.ok(200);
        let sent = worked(&id, &first["challenge"]);
        asking.spawn(async move { browser.ask(&sent).await.status.as_u16() });
    }
    let mut statuses = asking.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 201, 201, 429, 429, 429, 429, 429]);
}
