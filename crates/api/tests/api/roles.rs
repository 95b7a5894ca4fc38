//! Who may do what: every route, every role, every state of a plan. The routes come from the router itself, so a new one
//! without a line in the table fails.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{PASSWORD, Served, ballot, draft, open, plan, served};

/// All but that of a unit, which needs one.
const ROLES: [&str; 6] = ["admin", "planner", "office", "publisher", "inspector", "auditor"];

/// Roles that a route lets in; without a session nobody is. `*`: no account is needed.
const TABLE: &[(&str, &str)] = &[
    ("get /api/health", "*"),
    ("post /api/session", "*"),
    ("delete /api/session", "*"),
    ("get /api/session/ways", "*"),
    ("get /api/session/openid", "*"),
    ("get /api/session", "admin planner office publisher inspector auditor unit"),
    ("put /api/session/password", "admin planner office publisher inspector auditor unit"),
    ("get /api/session/second-factor", "admin planner office publisher inspector auditor unit"),
    ("post /api/session/second-factor", "admin planner office publisher inspector auditor unit"),
    ("put /api/session/second-factor", "admin planner office publisher inspector auditor unit"),
    ("delete /api/session/second-factor", "admin planner office publisher inspector auditor unit"),
    ("get /api/settings", "admin auditor"),
    ("put /api/settings", "admin"),
    ("get /api/staff", "admin auditor"),
    ("post /api/staff", "admin"),
    ("put /api/staff/{name}", "admin"),
    ("delete /api/staff/{name}", "admin"),
    ("delete /api/staff/{name}/second-factor", "admin"),
    ("get /api/staff/audit/export", "admin auditor"),
    ("get /api/templates", "admin planner office publisher inspector auditor unit"),
    ("get /api/templates/{id}", "admin planner office publisher inspector auditor unit"),
    ("get /api/templates/{id}/notes", "admin planner office publisher inspector auditor unit"),
    ("get /api/plans", "admin planner office publisher inspector auditor unit"),
    ("post /api/plans", "planner"),
    ("get /api/plans/{id}", "admin planner office publisher inspector auditor unit"),
    ("put /api/plans/{id}", "planner"),
    ("delete /api/plans/{id}", "planner"),
    ("get /api/desk", "admin planner office publisher inspector auditor unit"),
    ("post /api/plans/{id}/archive", "planner"),
    ("post /api/plans/{id}/unarchive", "planner"),
    ("post /api/plans/{id}/open", "planner"),
    ("post /api/plans/{id}/close", "planner"),
    ("post /api/plans/{id}/publish", "publisher"),
    ("post /api/plans/{id}/correct", "publisher"),
    ("post /api/plans/{id}/announce", "publisher"),
    ("get /api/plans/{id}/objections", "planner office publisher auditor unit"),
    ("post /api/plans/{id}/objections", "planner office publisher unit"),
    ("post /api/plans/{id}/objections/{number}/answer", "publisher"),
    ("post /api/public/{id}/objections", "*"),
    ("get /api/public/{id}/keys", "*"),
    ("get /api/public/{id}/tokens", "*"),
    ("get /api/plans/{id}/rounds", "planner office publisher auditor"),
    ("post /api/plans/{id}/rounds/{period}/{stage}/open", "planner"),
    ("post /api/plans/{id}/rounds/{period}/{stage}/close", "planner"),
    ("get /api/plans/{id}/calendar", "planner office publisher auditor"),
    ("post /api/plans/{id}/codes", "planner"),
    ("get /api/plans/{id}/codes", "planner office publisher auditor"),
    ("post /api/plans/{id}/codes/void", "planner"),
    ("post /api/plans/{id}/address", "planner"),
    ("post /api/plans/{id}/voters", "planner"),
    ("get /api/plans/{id}/voters", "planner office publisher auditor"),
    ("delete /api/plans/{id}/voters/{voter}", "planner"),
    ("post /api/plans/{id}/voters/forget", "planner"),
    ("post /api/plans/{id}/samples", "planner"),
    ("get /api/plans/{id}/named-ballots", "inspector"),
    ("get /api/plans/{id}/turnout", "planner office publisher auditor"),
    ("post /api/ballot-paper", "*"),
    ("post /api/ballots", "*"),
    ("post /api/tokens", "*"),
    ("post /api/open-codes", "*"),
    ("get /api/plans/{id}/comments", "planner office publisher auditor"),
    ("get /api/plans/{id}/records", "planner office publisher auditor"),
    ("get /api/plans/{id}/ledger", "planner office publisher auditor"),
    ("delete /api/plans/{id}/ledger/{record}", "office"),
    ("post /api/plans/{id}/files", "office unit"),
    ("get /api/plans/{id}/files/{file}", "planner office publisher auditor"),
    ("post /api/plans/{id}/records/{record}/approve", "office"),
    ("post /api/plans/{id}/records/{record}/reject", "office"),
    ("put /api/plans/{id}/entries/{period}/{component}/{unit}", "office"),
    ("delete /api/plans/{id}/entries/{period}/{component}/{unit}", "office"),
    ("put /api/plans/{id}/links/{period}/{component}/{unit}", "office"),
    ("delete /api/plans/{id}/links/{period}/{component}/{unit}", "office"),
    ("put /api/plans/{id}/links-from", "office"),
    ("get /api/plans/{id}/links-from", "planner office publisher auditor"),
    ("post /api/plans/{id}/incidents", "office"),
    ("delete /api/plans/{id}/incidents/{record}", "office"),
    ("post /api/plans/{id}/adjustments", "office"),
    ("delete /api/plans/{id}/adjustments/{record}", "office"),
    ("put /api/plans/{id}/lots/{category}", "office"),
    ("delete /api/plans/{id}/lots/{category}", "office"),
    ("put /api/plans/{id}/history", "office"),
    ("delete /api/plans/{id}/history", "office"),
    ("post /api/plans/{id}/decisions", "office"),
    ("delete /api/plans/{id}/decisions/{record}", "office"),
    ("post /api/plans/{id}/verdicts", "office"),
    ("delete /api/plans/{id}/verdicts/{record}", "office"),
    ("post /api/plans/{id}/paper-tallies", "office"),
    ("get /api/plans/{id}/paper-tallies", "planner office publisher auditor"),
    ("delete /api/plans/{id}/paper-tallies/{record}", "office"),
    ("post /api/plans/{id}/findings", "office"),
    ("get /api/plans/{id}/findings", "planner office publisher auditor"),
    ("delete /api/plans/{id}/findings/{finding}", "office"),
    ("post /api/plans/{id}/findings/{finding}/count", "office"),
    ("get /api/plans/{id}/findings/notice", "planner office publisher auditor"),
    ("get /api/plans/{id}/findings/notice.csv", "planner office publisher auditor"),
    ("post /api/plans/{id}/rectifications", "office"),
    ("get /api/plans/{id}/rectifications", "planner office publisher auditor unit"),
    ("get /api/plans/{id}/rectifications.csv", "planner office publisher auditor unit"),
    ("get /api/plans/{id}/rectifications/summary", "planner office publisher auditor unit"),
    ("get /api/plans/{id}/rectifications/{number}", "planner office publisher auditor unit"),
    ("put /api/plans/{id}/rectifications/{number}", "office"),
    ("delete /api/plans/{id}/rectifications/{number}", "office"),
    ("post /api/plans/{id}/rectifications/{number}/reports", "office unit"),
    ("post /api/plans/{id}/rectifications/{number}/accept", "office"),
    ("post /api/plans/{id}/rectifications/{number}/return", "office"),
    ("put /api/plans/{id}/rectifications/{number}/release", "office"),
    ("get /api/public/{id}/rectification", "*"),
    ("post /api/plans/{id}/cases", "office"),
    ("get /api/plans/{id}/cases", "planner office publisher auditor"),
    ("get /api/plans/{id}/cases/proposed", "planner office publisher auditor"),
    ("delete /api/plans/{id}/cases/{number}", "office"),
    ("post /api/plans/{id}/cases/{number}/done", "office"),
    ("get /api/profiles/{name}", "planner office publisher auditor unit"),
    ("put /api/profiles/{name}", "office unit"),
    ("get /api/plans/{id}/profiles", "planner office publisher auditor unit"),
    ("post /api/profiles/{name}/photos", "office unit"),
    ("get /api/profiles/{name}/photos/{file}", "planner office publisher auditor unit"),
    ("get /api/public/units/{name}/photos/{file}", "*"),
    ("get /api/public/units/{name}", "*"),
    ("get /api/plans/{id}/result", "planner office publisher auditor unit"),
    ("get /api/plans/{id}/compare", "planner office publisher auditor"),
    ("post /api/plans/{id}/simulate", "planner office publisher auditor"),
    ("get /api/plans/{id}/reconciliation", "planner office publisher auditor"),
    ("post /api/plans/{id}/reconciliation", "publisher"),
    ("get /api/plans/{id}/explanation/{unit}", "planner office publisher auditor"),
    ("get /api/plans/{id}/documents/texts", "planner office publisher auditor"),
    ("put /api/plans/{id}/documents/texts", "planner office publisher"),
    ("get /api/plans/{id}/documents/{kind}", "planner office publisher auditor unit"),
    ("get /api/plans/{id}/scenarios", "planner office publisher auditor"),
    ("get /api/plans/{id}/scenarios/{name}", "planner office publisher auditor"),
    ("put /api/plans/{id}/scenarios/{name}", "planner"),
    ("delete /api/plans/{id}/scenarios/{name}", "planner"),
    ("get /api/plans/{id}/audit", "planner office publisher auditor"),
    ("get /api/plans/{id}/audit/export", "planner office publisher auditor"),
    ("get /api/public", "*"),
    ("get /api/public/heads", "*"),
    ("get /api/public/{id}", "*"),
    ("get /api/public/{id}/records", "*"),
    ("get /api/public/{id}/receipts/{receipt}", "*"),
];

/// Every route as `method path`.
async fn routes(client: &Client) -> Vec<String> {
    let document = client.stranger().get("/api/openapi.json").await.ok(200);
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        routes.extend(methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    routes
}

fn who(route: &str) -> &'static str {
    let line = TABLE.iter().find(|(known, _)| *known == route);
    line.unwrap_or_else(|| panic!("{route} has no line in the table of rights")).1
}

/// Asks for a route of a plan. Whatever a body says is cut off, so nothing is ever changed: rights come before bodies.
async fn ask(client: &Client, route: &str, plan: &str) -> u16 {
    let (method, path) = route.split_once(' ').unwrap();
    let path = path
        .replace("/api/templates/{id}", "/api/templates/yuanba")
        .replace("{id}", plan)
        .replace("{period}", "year")
        .replace("{stage}", "1")
        .replace("{component}", "hotline")
        .replace("{unit}", "forestry")
        .replace("{category}", "-")
        .replace("{record}", "0")
        .replace("{kind}", "report")
        .replace("{voter}", "nobody")
        .replace("{finding}", "0")
        .replace("{file}", "0")
        .replace("{receipt}", "0")
        .replace("{number}", "1")
        .replace("{name}", "nobody");
    assert!(!path.contains('{'), "{path}");
    let body = if method == "get" { "" } else { "{" };
    client.send(&method.to_uppercase(), &path, &[("content-type", "application/json")], body).await.status.as_u16()
}

/// A plan in each state.
async fn plans(served: &Served) -> Vec<(&'static str, String)> {
    let mut plans = vec![("draft", draft(&served.client, &plan()).await)];
    for state in ["open", "closed", "published"] {
        let (id, leaders, staff) = open(&served.client).await;
        if state != "open" {
            for (number, code) in leaders.iter().chain(&staff).enumerate() {
                let ballot = ballot(&id, code, number as u64, "good", "fair");
                served.client.post("/api/ballots", &ballot).await.ok(201);
            }
            for unit in ["forestry", "building"] {
                let entry = format!("/api/plans/{id}/entries/year/hotline/{unit}");
                served.client.put(&entry, &json!({ "value": "30" })).await.ok(200);
            }
            served.client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
        }
        if state == "published" {
            served.client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
        }
        plans.push((state, id));
    }
    plans
}

#[tokio::test]
async fn every_route_lets_in_the_roles_of_the_table_in_every_state_and_nobody_else() {
    let served = served().await;
    let routes = routes(&served.client).await;
    let mut members = Vec::new();
    for role in ROLES {
        members.push((role, served.member(&format!("only_{role}"), &[role]).await));
    }
    let unit = json!({ "name": "only_unit", "password": PASSWORD, "roles": ["unit"], "unit": "林业站" });
    served.client.post("/api/staff", &unit).await.ok(201);
    let mut client = served.client.stranger();
    client.sign_in("only_unit", PASSWORD).await.ok(204);
    members.push(("unit", client));
    for (state, plan) in plans(&served).await {
        for route in &routes {
            let who = who(route);
            let stranger = ask(&served.client.stranger(), route, &plan).await;
            // Signing in says 401 for itself; here its body is cut off.
            assert_eq!(stranger == 401, who != "*", "{route} of a plan that is {state}, without a session: {stranger}");
            if who == "*" {
                continue;
            }
            for (role, member) in &members {
                let status = ask(member, route, &plan).await;
                let allowed = who.split(' ').any(|one| one == *role);
                assert_eq!(status != 403, allowed, "{role}: {route} of a plan that is {state}: {status}");
            }
        }
    }
    let gone: Vec<_> = TABLE.iter().filter(|(route, _)| !routes.iter().any(|one| one == route)).collect();
    assert!(gone.is_empty(), "lines of routes that there are no more: {gone:?}");
}

#[tokio::test]
async fn an_account_that_is_kept_to_plans_knows_no_other() {
    let served = served().await;
    let (own, other) = (draft(&served.client, &plan()).await, draft(&served.client, &plan()).await);
    let account = json!({ "name": "li", "password": PASSWORD, "roles": ROLES, "plans": [own] });
    let made = served.client.post("/api/staff", &account).await.ok(201);
    assert_eq!(made["plans"], json!([own]));
    let mut li = served.client.stranger();
    li.sign_in("li", PASSWORD).await.ok(204);
    for route in routes(&served.client).await {
        if route.contains("/api/plans/{id}") && who(&route) != "*" {
            assert_eq!(ask(&li, &route, &other).await, 403, "{route}");
        }
    }
    li.get(&format!("/api/plans/{own}")).await.ok(200);
    let listed = li.get("/api/plans").await.ok(200);
    let listed: Vec<&Value> = listed["plans"].as_array().unwrap().iter().map(|plan| &plan["id"]).collect();
    assert_eq!(listed, [&json!(own)]);
    li.post("/api/plans", &plan()).await.error(403, "forbidden");
    // Other plans, and then all of them.
    let both = served.client.put("/api/staff/li", &json!({ "plans": [own, other] })).await.ok(200);
    assert_eq!(both["plans"], json!([own, other]));
    li.get(&format!("/api/plans/{other}")).await.ok(200);
    let all = served.client.put("/api/staff/li", &json!({ "plans": null })).await.ok(200);
    assert_eq!((&all["plans"], &all["roles"]), (&Value::Null, &json!(ROLES)));
    li.post("/api/plans", &plan()).await.ok(201);
    let unknown = served.client.put("/api/staff/li", &json!({ "plans": [own, "nowhere"] })).await;
    assert_eq!(unknown.error(422, "invalid_body")["/plans/1"], "unknown_plan");
}

#[tokio::test]
async fn an_account_of_one_office_gives_and_reads_its_records_only() {
    let served = served().await;
    let mut plan = plan();
    plan["components"][2]["method"]["office"] = json!("督查室");
    plan["adjustments"][0]["office"] = json!("热线办");
    let id = draft(&served.client, &plan).await;
    served.client.post(&format!("/api/plans/{id}/open"), &json!({ "allow_small": ["leaders", "staff"] })).await.ok(200);
    let at = |rest: &str| format!("/api/plans/{id}/{rest}");
    let account =
        |name: &str, office: &str| json!({ "name": name, "password": PASSWORD, "roles": ["office"], "office": office });
    let mut clients = Vec::new();
    for (name, office) in [("hotline", "热线办"), ("inspector", "督查室")] {
        let made = served.client.post("/api/staff", &account(name, office)).await.ok(201);
        assert_eq!(made["office"], office);
        let mut client = served.client.stranger();
        client.sign_in(name, PASSWORD).await.ok(204);
        clients.push(client);
    }
    let [hotline, inspection] = &clients[..] else { panic!("two accounts") };

    let entry = json!({ "value": "28.5" });
    hotline.put(&at("entries/year/hotline/forestry"), &entry).await.ok(200);
    inspection.put(&at("entries/year/hotline/forestry"), &entry).await.error(403, "forbidden");
    let incident = json!({ "period": "year", "component": "inspection", "unit": "building", "level": "county", "count": 1, "serious": false });
    hotline.post(&at("incidents"), &incident).await.error(403, "forbidden");
    let kept = inspection.post(&at("incidents"), &incident).await.ok(201)["id"].as_str().unwrap().to_owned();
    let bonus = json!({ "period": "year", "rule": "commended", "unit": "forestry", "level": "district" });
    inspection.post(&at("adjustments"), &bonus).await.error(403, "forbidden");
    hotline.post(&at("adjustments"), &bonus).await.ok(201);
    // What the plan gives to no office, and what no office gives alone.
    let deduction = json!({ "period": "year", "rule": "violation", "unit": "forestry", "points": "3" });
    hotline.post(&at("adjustments"), &deduction).await.error(403, "forbidden");
    let verdict = json!({ "unit": "forestry", "outcome": "last", "reason": "重大事故" });
    hotline.post(&at("verdicts"), &verdict).await.error(403, "forbidden");
    let lot = json!({ "order": ["forestry", "building"] });
    hotline.put(&at("lots/dept"), &lot).await.error(403, "forbidden");
    hotline.post(&at("paper-tallies"), &json!({})).await.error(403, "forbidden");

    // Each reads its own.
    let records = hotline.get(&at("records")).await.ok(200);
    assert_eq!(records["entries"].as_array().unwrap().len(), 1);
    assert_eq!((&records["incidents"], records["adjustments"].as_array().unwrap().len()), (&json!([]), 1));
    let ledger = |kind: &str| format!("{}?kind={kind}", at("ledger"));
    assert_eq!(hotline.get(&ledger("incidents")).await.ok(200)["rows"], json!([]));
    assert_eq!(inspection.get(&ledger("incidents")).await.ok(200)["rows"].as_array().unwrap().len(), 1);
    assert_eq!(inspection.get(&ledger("entries")).await.ok(200)["rows"], json!([]));
    for closed in ["result", "turnout", "paper-tallies", "comments", "audit", "explanation/forestry", "scenarios"] {
        hotline.get(&at(closed)).await.error(403, "forbidden");
    }
    hotline.get(&at("")[..at("").len() - 1]).await.ok(200);

    // And strikes out its own, by whichever address.
    let reason = json!({ "reason": "录错" });
    for address in [format!("incidents/{kept}"), format!("ledger/{kept}")] {
        hotline.delete(&at(&address), &reason).await.error(403, "forbidden");
    }
    inspection.delete(&at("entries/year/hotline/forestry"), &reason).await.error(403, "forbidden");
    hotline.delete(&at("entries/year/hotline/forestry"), &reason).await.ok(200);
    inspection.delete(&at(&format!("incidents/{kept}")), &reason).await.ok(200);

    // Without a limit it enters for all.
    served.client.put("/api/staff/hotline", &json!({ "office": null })).await.ok(200);
    hotline.post(&at("incidents"), &incident).await.ok(201);
    hotline.get(&at("turnout")).await.ok(200);
    let bad = served.client.put("/api/staff/hotline", &json!({ "office": " " })).await;
    assert_eq!(bad.error(422, "invalid_body")["/office"], "out_of_range");
}

#[tokio::test]
async fn an_account_is_shown_as_it_likes() {
    let served = served().await;
    let account = json!({ "name": "li", "password": PASSWORD, "roles": ["auditor"], "display": "监察室 李明" });
    let made = served.client.post("/api/staff", &account).await.ok(201);
    let all = json!({ "name": "li", "display": "监察室 李明", "roles": ["auditor"], "office": null, "unit": null, "plans": null, "disabled": false });
    assert_eq!(made, all);
    let listed = served.client.get("/api/staff").await.ok(200);
    assert_eq!(listed["staff"][1], all);
    let mut li = served.client.stranger();
    li.sign_in("li", PASSWORD).await.ok(204);
    let session = li.get("/api/session").await.ok(200);
    assert_eq!((&session["display"], &session["roles"]), (&json!("监察室 李明"), &json!(["auditor"])));
    // Without words of its own it is shown as its name.
    assert_eq!(served.client.put("/api/staff/li", &json!({ "display": "" })).await.ok(200)["display"], "li");
    let turned = served.client.put("/api/staff/li", &json!({ "display": "李\u{202e}明" })).await;
    assert_eq!(turned.error(422, "invalid_body")["/display"], "out_of_range");
    let none = served.client.put("/api/staff/li", &json!({ "roles": [] })).await;
    assert_eq!(none.error(422, "invalid_body")["/roles"], "empty_list");
}
