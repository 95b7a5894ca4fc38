//! `/api/session` and `/api/staff`.

use api::Settings;
use serde_json::{Value, json};

use crate::served::{FROM, PASSWORD, served, served_with};

#[tokio::test]
async fn a_session_begins_with_the_password_and_ends_with_delete() {
    let served = served().await;
    let mut client = served.client.stranger();
    client.get("/api/session").await.error(401, "not_signed_in");
    client.sign_in("admin", "wrong password").await.error(401, "bad_credentials");
    client.sign_in("nobody", PASSWORD).await.error(401, "bad_credentials");
    let answer = client.sign_in("admin", PASSWORD).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    assert!(!cookie.contains("Secure"), "{cookie}");
    answer.ok(204);
    let session = client.get("/api/session").await.ok(200);
    // Whoever begins has every role.
    let roles = ["admin", "planner", "office", "publisher", "inspector", "auditor"];
    assert_eq!((&session["name"], &session["roles"]), (&json!("admin"), &json!(roles)));
    client.delete("/api/session", &Value::Null).await.ok(204);
    client.get("/api/session").await.error(401, "not_signed_in");
}

#[tokio::test]
async fn behind_https_the_cookie_is_secure_and_bound_to_the_host() {
    let settings = Settings { public_url: Some("https://pingyi.example".to_owned()), ..Settings::default() };
    let served = served_with(settings).await;
    let mut client = served.client.stranger();
    let answer = client.sign_in("admin", PASSWORD).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-pingyi=") && cookie.contains("Secure"), "{cookie}");
    client.get("/api/session").await.ok(200);
}

#[tokio::test]
async fn wrong_passwords_are_throttled_for_one_name_only() {
    let served = served().await;
    served.member("other", &["auditor"]).await;
    let mut client = served.client.stranger();
    for _ in 0..10 {
        client.sign_in("admin", "wrong password").await.error(401, "bad_credentials");
    }
    client.sign_in("admin", PASSWORD).await.error(429, "too_many_attempts");
    client.sign_in("other", PASSWORD).await.ok(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_three_hundred_guesses_at_once_ten_are_tried() {
    let served = served().await;
    let mut guesses = tokio::task::JoinSet::new();
    for number in 0..300 {
        let mut client = served.client.stranger();
        // The right one is among them, and comes too late.
        let password = if number == 250 { PASSWORD.to_owned() } else { format!("wrong password {number}") };
        guesses.spawn(async move { client.sign_in("admin", &password).await.status.as_u16() });
    }
    let answers = guesses.join_all().await;
    let tried = answers.iter().filter(|status| **status != 429).count();
    assert!((1..=10).contains(&tried), "{tried} tried: {answers:?}");
}

#[tokio::test]
async fn a_stranger_elsewhere_locks_nobody_out() {
    let served = served().await;
    let member = served.member("planner", &["planner"]).await;
    let stranger = served.client.stranger();
    let guess = json!({ "name": "planner", "password": "wrong password" }).to_string();
    for _ in 0..10 {
        stranger
            .send("POST", "/api/session", &[(FROM, "203.0.113.9")], guess.clone())
            .await
            .error(401, "bad_credentials");
    }
    let right = json!({ "name": "planner", "password": PASSWORD }).to_string();
    stranger.send("POST", "/api/session", &[(FROM, "203.0.113.9")], right).await.error(429, "too_many_attempts");
    served.client.stranger().sign_in("planner", PASSWORD).await.ok(204);
    // On the network of the guesses, too, a living session goes on, and its password can be changed.
    let from = [(FROM, "203.0.113.9")];
    member.send("GET", "/api/session", &from, "").await.ok(200);
    let change = json!({ "current": PASSWORD, "new": "another long password" });
    member.send("PUT", "/api/session/password", &from, change.to_string()).await.ok(204);
}

#[tokio::test]
async fn the_own_password_is_guessed_ten_times_and_no_more() {
    let served = served().await;
    let member = served.member("planner", &["planner"]).await;
    let wrong = json!({ "current": "not this one", "new": "another long password" });
    for _ in 0..10 {
        member.put("/api/session/password", &wrong).await.error(401, "bad_credentials");
    }
    let right = json!({ "current": PASSWORD, "new": "another long password" });
    member.put("/api/session/password", &right).await.error(429, "too_many_attempts");
    member.get("/api/session").await.ok(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_change_never_brings_back_revoked_roles() {
    let served = served().await;
    for number in 0..20 {
        let name = format!("clerk{number}");
        let member = served.member(&name, &["admin", "planner"]).await;
        let change = json!({ "current": PASSWORD, "new": "another long password" });
        let changing = tokio::spawn(async move { member.put("/api/session/password", &change).await.status.as_u16() });
        tokio::time::sleep(std::time::Duration::from_millis(number)).await;
        let roles = json!({ "roles": ["auditor"] });
        let revoked = served.client.put(&format!("/api/staff/{name}"), &roles).await.ok(200);
        assert_eq!(revoked["roles"], json!(["auditor"]));
        assert_eq!(changing.await.unwrap(), 204);
        let staff = served.client.get("/api/staff?limit=200").await.ok(200);
        let mut accounts = staff["staff"].as_array().unwrap().iter();
        let kept = accounts.find(|account| account["name"] == name.as_str()).unwrap();
        assert_eq!(kept["roles"], json!(["auditor"]));
        let mut again = served.client.stranger();
        again.sign_in(&name, "another long password").await.ok(204);
        assert_eq!(again.get("/api/session").await.ok(200)["roles"], json!(["auditor"]));
    }
}

#[tokio::test]
async fn two_administrators_lose_nothing_of_each_other() {
    let served = served().await;
    served.member("li", &["planner", "office"]).await;
    let other = served.member("deputy", &["admin"]).await;
    let password = json!({ "password": "another long password" });
    let roles = json!({ "roles": ["auditor"] });
    let (reset, revoked) =
        tokio::join!(other.put("/api/staff/li", &password), served.client.put("/api/staff/li", &roles));
    reset.ok(200);
    revoked.ok(200);
    let mut li = served.client.stranger();
    li.sign_in("li", "another long password").await.ok(204);
    assert_eq!(li.get("/api/session").await.ok(200)["roles"], json!(["auditor"]));
}

#[tokio::test]
async fn names_may_have_a_middle_dot_and_must_not_look_like_others() {
    let served = served().await;
    let account = |name: &str| json!({ "name": name, "password": PASSWORD, "roles": ["auditor"] });
    served.client.post("/api/staff", &account("阿不都热依木·买买提")).await.ok(201);
    for name in ["Admin", "\u{430}dmin", "\u{ff41}dmin"] {
        served.client.post("/api/staff", &account(name)).await.error(409, "already_exists");
    }
    for name in [".", "..", "-", "a b", "a\u{200b}b", "\u{1d41a}dmin", "a\u{301}", "\u{3164}", "甲\u{ffa0}"] {
        served.client.post("/api/staff", &account(name)).await.error(422, "invalid_body");
    }
}

#[tokio::test]
async fn requests_from_other_sites_are_refused_by_their_fetch_metadata() {
    let client = served().await.client;
    let body = crate::served::plan().to_string();
    for site in ["cross-site", "same-site"] {
        client.send("POST", "/api/plans", &[("sec-fetch-site", site)], body.clone()).await.error(403, "forbidden");
    }
    client.send("POST", "/api/plans", &[("sec-fetch-site", "same-origin")], body).await.ok(201);
    client.send("GET", "/api/plans", &[("sec-fetch-site", "cross-site")], "").await.ok(200);
}

#[tokio::test]
async fn a_changed_password_holds_and_other_sessions_end() {
    let served = served().await;
    let member = served.member("planner", &["planner"]).await;
    let change = json!({ "current": PASSWORD, "new": "another long password" });
    let wrong = json!({ "current": "not this one", "new": "another long password" });
    member.send("PUT", "/api/session/password", &[], wrong.to_string()).await.error(401, "bad_credentials");
    let short = json!({ "current": PASSWORD, "new": "short" });
    let fields = member.send("PUT", "/api/session/password", &[], short.to_string()).await.error(422, "invalid_body");
    assert_eq!(fields["/new"], "out_of_range");
    let mut other = served.client.stranger();
    other.sign_in("planner", PASSWORD).await.ok(204);
    member.put("/api/session/password", &change).await.ok(204);
    let mut again = served.client.stranger();
    again.sign_in("planner", PASSWORD).await.error(401, "bad_credentials");
    again.sign_in("planner", "another long password").await.ok(204);
    // The session that changed it goes on, more than once, and the others have ended.
    other.get("/api/session").await.error(401, "not_signed_in");
    member.get("/api/session").await.ok(200);
    let back = json!({ "current": "another long password", "new": PASSWORD });
    member.put("/api/session/password", &back).await.ok(204);
    member.get("/api/plans").await.ok(200);
    again.get("/api/session").await.error(401, "not_signed_in");
    // So it is where an administrator has written their own.
    let mut elsewhere = served.client.stranger();
    elsewhere.sign_in("admin", PASSWORD).await.ok(204);
    served.client.put("/api/staff/admin", &json!({ "password": "another long password" })).await.ok(200);
    served.client.get("/api/staff").await.ok(200);
    elsewhere.get("/api/session").await.error(401, "not_signed_in");
}

#[tokio::test]
async fn a_session_that_ended_does_not_come_back_with_a_new_password() {
    let served = served().await;
    let mut li = served.member("li", &["planner"]).await;
    let mut gone = served.client.stranger();
    gone.sign_in("li", PASSWORD).await.ok(204);
    let change = json!({ "current": PASSWORD, "new": "another long password" });
    // Signed out while the password is being changed: whichever comes first, no session is left but the other's.
    let nothing = json!({});
    let (changed, ended) = tokio::join!(li.put("/api/session/password", &change), li.delete("/api/session", &nothing));
    ended.ok(204);
    li.get("/api/session").await.error(401, "not_signed_in");
    let holds = if changed.status == 204 { "another long password" } else { PASSWORD };
    li.sign_in("li", holds).await.ok(204);
}

#[tokio::test]
async fn an_account_may_be_made_disabled() {
    let served = served().await;
    // The account as the specification writes it, with the password.
    let account = json!({
        "name": "li", "display": "监察室 李明", "roles": ["auditor"], "office": null, "unit": null, "plans": null,
        "disabled": true, "password": PASSWORD
    });
    let made = served.client.post("/api/staff", &account).await.ok(201);
    assert_eq!(made["disabled"], true);
    let listed = served.client.get("/api/staff").await.ok(200);
    assert_eq!(listed["staff"][1], made);
    let mut li = served.client.stranger();
    li.sign_in("li", PASSWORD).await.error(401, "bad_credentials");
    served.client.put("/api/staff/li", &json!({ "disabled": false })).await.ok(200);
    li.sign_in("li", PASSWORD).await.ok(204);
    let enabled = json!({ "name": "wang", "roles": ["auditor"], "disabled": false, "password": PASSWORD });
    assert_eq!(served.client.post("/api/staff", &enabled).await.ok(201)["disabled"], false);
    let wrong = json!({ "name": "zhao", "roles": ["auditor"], "disabled": "no", "password": PASSWORD });
    let fields = served.client.post("/api/staff", &wrong).await.error(422, "invalid_body");
    assert_eq!(fields["/disabled"], "wrong_type");
}

#[tokio::test]
async fn nobody_takes_the_administrators_role_from_themselves() {
    let served = served().await;
    served.client.put("/api/staff/admin", &json!({ "roles": ["auditor"] })).await.error(403, "forbidden");
    served.client.put("/api/staff/nobody", &json!({ "roles": ["auditor"] })).await.error(404, "not_found");
    let account = json!({ "name": "admin", "password": PASSWORD, "roles": ["admin"] });
    served.client.post("/api/staff", &account).await.error(409, "already_exists");
}

#[tokio::test]
async fn health_needs_no_credentials_and_every_answer_carries_the_guards() {
    let client = served().await.client.stranger();
    let answer = client.get("/api/health").await;
    for header in ["content-security-policy", "x-content-type-options", "referrer-policy"] {
        assert!(answer.headers.contains_key(header), "{header}");
    }
    assert_eq!(answer.ok(200), json!({ "status": "ok" }));
}

#[tokio::test]
async fn errors_speak_the_callers_language() {
    let client = served().await.client;
    let english = client.send("GET", "/api/nowhere", &[("accept-language", "en-GB,en;q=0.9,zh;q=0.5")], "").await;
    assert_eq!(english.json()["message"], "Not found");
    english.error(404, "not_found");
    let chinese = client.send("GET", "/api/nowhere", &[("accept-language", "zh-CN,en;q=0.5")], "").await;
    assert_eq!(chinese.json()["message"], "没有找到");
    let wrong_method = client.send("PATCH", "/api/plans", &[], "").await;
    assert!(wrong_method.headers.contains_key("allow"));
    wrong_method.error(405, "method_not_allowed");
}

#[tokio::test]
async fn an_account_is_disabled_enabled_and_removed_for_good() {
    let served = served().await;
    let mut li = served.member("li", &["planner"]).await;
    let admin = &served.client;
    admin.put("/api/staff/admin", &json!({ "disabled": true })).await.error(403, "forbidden");
    admin.delete("/api/staff/admin", &json!({})).await.error(403, "forbidden");
    li.delete("/api/staff/admin", &json!({})).await.error(403, "forbidden");

    let disabled = admin.put("/api/staff/li", &json!({ "disabled": true })).await.ok(200);
    assert_eq!(
        disabled,
        json!({ "name": "li", "display": "li", "roles": ["planner"], "office": null, "unit": null, "plans": null, "disabled": true })
    );
    li.get("/api/plans").await.error(401, "not_signed_in");
    li.sign_in("li", PASSWORD).await.error(401, "bad_credentials");
    let enabled = admin.put("/api/staff/li", &json!({ "disabled": false })).await.ok(200);
    assert_eq!((&enabled["roles"], &enabled["disabled"]), (&json!(["planner"]), &json!(false)));
    li.sign_in("li", PASSWORD).await.ok(204);

    admin.delete("/api/staff/li", &json!({})).await.ok(204);
    li.get("/api/plans").await.error(401, "not_signed_in");
    li.sign_in("li", PASSWORD).await.error(401, "bad_credentials");
    admin.delete("/api/staff/li", &json!({})).await.error(404, "not_found");
    let again = json!({ "name": "li", "password": PASSWORD, "roles": ["planner"] });
    admin.post("/api/staff", &again).await.error(409, "already_exists");
}

#[tokio::test]
async fn of_two_administrators_who_shut_each_other_out_one_stays() {
    for (what, then) in [(json!({ "disabled": true }), "disabled"), (json!({ "roles": ["auditor"] }), "demoted")] {
        let served = served().await;
        let deputy = served.member("deputy", &["admin"]).await;
        let (one, other) =
            tokio::join!(served.client.put("/api/staff/deputy", &what), deputy.put("/api/staff/admin", &what));
        let mut answers = [one.status.as_u16(), other.status.as_u16()];
        answers.sort_unstable();
        // The second is refused: as the last administrator, or because it has been shut out by then.
        assert!(answers[0] == 200 && matches!(answers[1], 401 | 403), "{then}: {answers:?}");
    }
}

#[tokio::test]
async fn a_reset_lets_in_whoever_was_shut_out() {
    let served = served().await;
    let mut li = served.member("li", &["auditor"]).await;
    served.client.put("/api/staff/li", &json!({ "disabled": true })).await.ok(200);
    let password = api::account_reset(&served.store, "li").await.unwrap();
    li.sign_in("li", &password).await.ok(204);
    // Somebody else manages accounts, so it does not begin to.
    assert_eq!(li.get("/api/session").await.ok(200)["roles"], json!(["auditor"]));

    // Nobody does: as an older version could leave it.
    let shut = store::StaffChange { disabled: Some(true), ..store::StaffChange::default() };
    let actor = store::Actor { name: "admin" };
    let last = served.store.change_staff(actor, "admin", shut).await;
    assert_eq!(last.err(), Some(store::StoreError::LastAdministrator));
    assert_eq!(served.store.remove_staff(actor, "admin").await.err(), Some(store::StoreError::LastAdministrator));
}
