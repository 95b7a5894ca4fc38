//! `/api/session/second-factor` and the setting `second_factor`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::client::{Answer, Client};
use crate::served::{FROM, PASSWORD, Served, served, served_by};

const FACTOR: &str = "/api/session/second-factor";

/// The server's time when a test begins: the first second of a step, 59,666,667 × 30.
const START: i64 = 1_790_000_010;

/// A server with a clock, and `li`, a planner who is signed in.
async fn house() -> (Served, Arc<AtomicI64>, Client) {
    let clock = Arc::new(AtomicI64::new(START));
    let served = served_by(&clock).await;
    let li = served.member("li", &["planner"]).await;
    (served, clock, li)
}

/// What an app shows whose clock says `seconds`.
fn code(secret: &str, seconds: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_skew(0).build().unwrap();
    totp.generate(seconds.try_into().unwrap()).to_string()
}

async fn begin(client: &Client) -> String {
    let begun = client.post(FACTOR, &json!({ "password": PASSWORD })).await.ok(201);
    let secret = begun["secret"].as_str().unwrap().to_owned();
    assert_eq!(secret.len(), 32);
    assert!(begun["address"].as_str().unwrap().contains(&secret));
    secret
}

/// Sets up a second factor with the code of a moment that is now, by the server: the secret and the recovery codes.
async fn set_up(client: &Client, seconds: i64) -> (String, Vec<String>) {
    let secret = begin(client).await;
    let set = client.put(FACTOR, &json!({ "code": code(&secret, seconds) })).await.ok(200);
    let codes = set["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned());
    (secret, codes.collect())
}

fn with(code: &str) -> Value {
    json!({ "name": "li", "password": PASSWORD, "code": code })
}

async fn sign_in(served: &Served, code: &str) -> Answer {
    served.client.stranger().sign_in_as(&with(code)).await
}

#[tokio::test]
async fn a_second_factor_holds_from_its_first_code_on_and_each_code_is_taken_once() {
    let (served, clock, li) = house().await;
    let mut other = served.client.stranger();
    other.sign_in("li", PASSWORD).await.ok(204);
    assert_eq!(li.get(FACTOR).await.ok(200), json!({ "set": false, "recovery_codes": 0 }));
    li.put(FACTOR, &json!({ "code": "123456" })).await.error(409, "second_factor_state");
    li.post(FACTOR, &json!({ "password": "not this one" })).await.error(401, "bad_credentials");
    // Begun and not confirmed it holds nothing, and begun again the first secret is forgotten.
    let forgotten = begin(&li).await;
    served.client.stranger().sign_in("li", PASSWORD).await.ok(204);
    let secret = begin(&li).await;
    li.put(FACTOR, &json!({ "code": code(&forgotten, START) })).await.error(401, "bad_one_time_code");
    li.put(FACTOR, &json!({ "code": "12345" })).await.error(401, "bad_one_time_code");
    let set = li.put(FACTOR, &json!({ "code": code(&secret, START) })).await.ok(200);
    assert_eq!(set["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(li.get(FACTOR).await.ok(200), json!({ "set": true, "recovery_codes": 10 }));
    li.post(FACTOR, &json!({ "password": PASSWORD })).await.error(409, "second_factor_state");
    // Sessions that began without it have ended but for this one.
    other.get("/api/session").await.error(401, "not_signed_in");
    assert_eq!(li.get("/api/session").await.ok(200)["second_factor"], true);

    // The password alone is told what is missing; a wrong one is not.
    let mut again = served.client.stranger();
    again.sign_in("li", PASSWORD).await.error(401, "one_time_code_required");
    let wrong = json!({ "name": "li", "password": "not this one", "code": code(&secret, START + 30) });
    again.sign_in_as(&wrong).await.error(401, "bad_credentials");
    // The code that confirmed it is used up; so is one before it.
    sign_in(&served, &code(&secret, START)).await.error(401, "bad_one_time_code");
    sign_in(&served, &code(&secret, START - 30)).await.error(401, "bad_one_time_code");
    clock.store(START + 90, Ordering::SeqCst);
    let now = code(&secret, START + 90);
    sign_in(&served, &format!(" {} {} ", &now[..3], &now[3..])).await.ok(204);
    sign_in(&served, &now).await.error(401, "bad_one_time_code");
    // An app that is a step behind or ahead; two steps are too many.
    sign_in(&served, &code(&secret, START + 60)).await.error(401, "bad_one_time_code");
    sign_in(&served, &code(&secret, START + 150)).await.error(401, "bad_one_time_code");
    sign_in(&served, &code(&secret, START + 120)).await.ok(204);
    clock.store(START + 180, Ordering::SeqCst);
    let mut behind = served.client.stranger();
    behind.sign_in_as(&with(&code(&secret, START + 150))).await.ok(204);
    behind.get("/api/plans").await.ok(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_sign_ins_with_one_code_one_passes() {
    let (served, clock, li) = house().await;
    let (secret, recovery) = set_up(&li, START).await;
    clock.store(START + 30, Ordering::SeqCst);
    for code in [code(&secret, START + 30), recovery[0].clone()] {
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..50 {
            let (client, body) = (served.client.stranger(), with(&code).to_string());
            // Each from a network of its own, so that it is not the count of passwords that refuses them.
            let from = format!("203.0.113.{number}");
            tries.spawn(
                async move { client.send("POST", "/api/session", &[(FROM, &from)], body).await.status.as_u16() },
            );
        }
        let answers = tries.join_all().await;
        assert_eq!(answers.iter().filter(|status| **status == 204).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|status| matches!(status, 204 | 401 | 429)), "{answers:?}");
        clock.fetch_add(16 * 60, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn wrong_codes_count_as_wrong_passwords_and_for_the_account_from_everywhere() {
    let (served, clock, li) = house().await;
    let (secret, _) = set_up(&li, START).await;
    clock.store(START + 30, Ordering::SeqCst);
    // A code that is none of the five steps around.
    let around: Vec<String> = (-2..=2).map(|step| code(&secret, START + 30 + 30 * step)).collect();
    let wrong = ["000000", "111111", "222222", "333333", "444444", "555555"]
        .iter()
        .find(|code| !around.iter().any(|near| near == *code));
    let wrong = with(wrong.unwrap());
    let right = with(&code(&secret, START + 30));
    let from = |client: &Client, address: &'static str, body: &Value| {
        let (client, body) = (client.clone(), body.to_string());
        async move { client.send("POST", "/api/session", &[(FROM, address)], body).await }
    };
    let stranger = served.client.stranger();
    // Nine with codes, and one without, on one network.
    from(&stranger, "203.0.113.9", &json!({ "name": "li", "password": PASSWORD }))
        .await
        .error(401, "one_time_code_required");
    for _ in 0..9 {
        from(&stranger, "203.0.113.9", &wrong).await.error(401, "bad_one_time_code");
    }
    from(&stranger, "203.0.113.9", &right).await.error(429, "too_many_attempts");
    // Elsewhere one more code is tried, and then none from anywhere.
    from(&stranger, "203.0.113.10", &wrong).await.error(401, "bad_one_time_code");
    from(&stranger, "203.0.113.11", &right).await.error(429, "too_many_attempts");
    // Strangers who do not know the password use up none of these.
    clock.fetch_add(16 * 60, Ordering::SeqCst);
    for number in 0..12 {
        let guess = json!({ "name": "li", "password": "not this one", "code": "123456" });
        let address: &'static str = ["198.51.100.1", "198.51.100.2"][number % 2];
        from(&stranger, address, &guess).await.error(401, "bad_credentials");
    }
    let now = clock.load(Ordering::SeqCst);
    from(&stranger, "203.0.113.12", &with(&code(&secret, now))).await.ok(204);
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_however_it_is_spelled() {
    let (served, _, li) = house().await;
    let (_, recovery) = set_up(&li, START).await;
    sign_in(&served, &recovery[3].replace('-', " ")).await.ok(204);
    sign_in(&served, &recovery[3]).await.error(401, "bad_one_time_code");
    sign_in(&served, &recovery[4]).await.ok(204);
    sign_in(&served, "0000-0000-0000-0000").await.error(401, "bad_one_time_code");
    assert_eq!(li.get(FACTOR).await.ok(200), json!({ "set": true, "recovery_codes": 8 }));
}

#[tokio::test]
async fn it_is_removed_with_password_and_code_by_an_administrator_or_on_the_machine() {
    let (served, clock, li) = house().await;
    let removal = |password: &str, code: &str| json!({ "password": password, "code": code });
    li.delete(FACTOR, &removal(PASSWORD, "123456")).await.error(409, "second_factor_state");
    let (secret, recovery) = set_up(&li, START).await;
    li.delete(FACTOR, &removal("not this one", &recovery[0])).await.error(401, "bad_credentials");
    // Used up by the confirmation.
    li.delete(FACTOR, &removal(PASSWORD, &code(&secret, START))).await.error(401, "bad_one_time_code");
    clock.store(START + 30, Ordering::SeqCst);
    li.delete(FACTOR, &removal(PASSWORD, &code(&secret, START + 30))).await.ok(204);
    served.client.stranger().sign_in("li", PASSWORD).await.ok(204);
    li.get("/api/plans").await.ok(200);
    // Anew, and with one of the new recovery codes; the old ones are worth nothing.
    let (_, fresh) = set_up(&li, START + 30).await;
    li.delete(FACTOR, &removal(PASSWORD, &recovery[0])).await.error(401, "bad_one_time_code");
    li.delete(FACTOR, &removal(PASSWORD, &fresh[0])).await.ok(204);

    // An administrator sees who has one, and removes it, but not their own.
    let admin = &served.client;
    admin.delete("/api/staff/li/second-factor", &Value::Null).await.error(409, "second_factor_state");
    set_up(&li, START + 30).await;
    let listed = admin.get("/api/staff").await.ok(200);
    assert_eq!((&listed["staff"][0].get("second_factor"), &listed["staff"][1]["second_factor"]), (&None, &json!(true)));
    li.delete("/api/staff/admin/second-factor", &Value::Null).await.error(403, "forbidden");
    admin.delete("/api/staff/nobody/second-factor", &Value::Null).await.error(404, "not_found");
    admin.delete("/api/staff/li/second-factor", &Value::Null).await.ok(204);
    served.client.stranger().sign_in("li", PASSWORD).await.ok(204);
    set_up(admin, START + 30).await;
    admin.delete("/api/staff/admin/second-factor", &Value::Null).await.error(403, "forbidden");

    // On the machine.
    let password = api::account_reset(&served.store, "admin").await.unwrap();
    let mut back = served.client.stranger();
    back.sign_in("admin", &password).await.ok(204);
    assert_eq!(back.get("/api/staff").await.ok(200)["staff"][0].get("second_factor"), None);

    // All of it is in the chain, and nothing of secrets and codes.
    let chain = back.get("/api/staff/audit/export").await.ok(200);
    let events = chain["events"].as_array().unwrap();
    let told: Vec<(&str, &str)> = events
        .iter()
        .map(|event| (event["action"].as_str().unwrap(), event["by"].as_str().unwrap()))
        .filter(|(action, _)| !action.starts_with("account_"))
        .collect();
    let expected = [
        ("second_factor_set", "li"),
        ("second_factor_removed", "li"),
        ("second_factor_set", "li"),
        ("second_factor_removed", "li"),
        ("second_factor_set", "li"),
        ("second_factor_reset", "admin"),
        ("second_factor_set", "admin"),
    ];
    assert_eq!(told, expected);
    let last = events.last().unwrap();
    assert_eq!((&last["by"], &last["detail"]["second_factor_reset"]), (&json!("pingyi account reset"), &json!(true)));
    let text = chain.to_string();
    assert!(!text.contains(&secret) && fresh.iter().all(|code| !text.contains(code)), "{text}");
}

#[tokio::test]
async fn whoever_must_have_one_and_has_none_may_only_set_it_up() {
    let (served, _, li) = house().await;
    let admin = &served.client;
    let unset = json!({ "second_factor": "optional" });
    assert_eq!(admin.get("/api/settings").await.ok(200), unset);
    li.get("/api/settings").await.error(403, "forbidden");
    let fields = admin.put("/api/settings", &json!({ "second_factor": "sometimes" })).await.error(422, "invalid_body");
    assert_eq!(fields["/second_factor"], "wrong_type");
    let fields = admin.put("/api/settings", &json!({ "first_factor": "all" })).await.error(422, "invalid_body");
    assert_eq!(fields["/first_factor"], "unknown_field");
    assert_eq!(admin.put("/api/settings", &json!({})).await.ok(200), unset);

    let bound = json!({ "second_factor": "admin" });
    assert_eq!(admin.put("/api/settings", &bound).await.ok(200), bound);
    li.get("/api/plans").await.ok(200);
    for path in ["/api/settings", "/api/staff", "/api/plans", "/api/templates", "/api/staff/audit/export"] {
        admin.get(path).await.error(403, "second_factor_required");
    }
    admin.put("/api/settings", &unset).await.error(403, "second_factor_required");
    let change = json!({ "current": PASSWORD, "new": "another long password" });
    admin.put("/api/session/password", &change).await.error(403, "second_factor_required");
    assert_eq!(admin.get("/api/session").await.ok(200)["must_set_second_factor"], true);
    set_up(admin, START).await;
    assert_eq!(admin.get("/api/session").await.ok(200)["must_set_second_factor"], false);

    admin.put("/api/settings", &json!({ "second_factor": "all" })).await.ok(200);
    li.get("/api/plans").await.error(403, "second_factor_required");
    // A session that begins now is no better off.
    let mut again = served.client.stranger();
    again.sign_in("li", PASSWORD).await.ok(204);
    again.get("/api/plans").await.error(403, "second_factor_required");
    let (_, recovery) = set_up(&again, START).await;
    again.get("/api/plans").await.ok(200);
    // Whoever removes it is back where they were.
    again.delete(FACTOR, &json!({ "password": PASSWORD, "code": recovery[0] })).await.ok(204);
    again.get("/api/plans").await.error(403, "second_factor_required");
    again.delete("/api/session", &Value::Null).await.ok(204);
    let chain = admin.get("/api/staff/audit/export").await.ok(200);
    let settings = chain["events"].as_array().unwrap().iter().filter(|event| event["action"] == "settings_put");
    let settings: Vec<&Value> = settings.map(|event| &event["detail"]["second_factor"]).collect();
    assert_eq!(settings, ["optional", "admin", "all"]);
}

#[tokio::test]
async fn what_is_asked_for_is_asked_in_its_shape() {
    let served = served().await;
    let admin = &served.client;
    for (method, body, path, fault) in [
        ("POST", json!({}), "/password", "missing_field"),
        ("PUT", json!({ "code": 123456 }), "/code", "wrong_type"),
        ("DELETE", json!({ "password": PASSWORD, "code": "1", "more": 1 }), "/more", "unknown_field"),
    ] {
        let answer = admin.send(method, FACTOR, &[], body.to_string()).await;
        assert_eq!(answer.error(422, "invalid_body")[path], fault, "{method}");
    }
    // A code that nobody asked for does no harm.
    let more = json!({ "name": "admin", "password": PASSWORD, "code": "123456" });
    served.client.stranger().sign_in_as(&more).await.ok(204);
}
