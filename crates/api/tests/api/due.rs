//! What `/api/desk` tells as due: by the clock, whom, and until when.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};

use crate::client::Client;
use crate::rectifications::{item, make};
use crate::series::{enter, entered};
use crate::served::{PASSWORD, Served, draft, served_by};

/// 2026-11-28T00:00:00+08:00, by `date -u -d 2026-11-27T16:00:00Z +%s`.
const BEGIN: i64 = 1_795_795_200;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const UNITS: &[(&str, &str)] = &[("tax", "市国税局"), ("land", "市国土资源局"), ("hr", "市人社局")];

/// A server and its clock.
struct House {
    served: Served,
    clock: Arc<AtomicI64>,
}

impl House {
    async fn new() -> House {
        let clock = Arc::new(AtomicI64::new(BEGIN));
        House { served: served_by(&clock).await, clock }
    }

    /// Moves the clock and signs in anew: no session lives so long.
    async fn at(&self, seconds: i64, name: &str) -> Client {
        self.clock.store(BEGIN + seconds, Ordering::SeqCst);
        let mut client = self.served.client.stranger();
        client.sign_in(name, PASSWORD).await.ok(204);
        client
    }
}

/// What is due of the one plan there is: what, when, late, how many.
async fn due(client: &Client) -> Vec<Value> {
    let desk = client.get("/api/desk").await.ok(200);
    let line = &desk["plans"].as_array().unwrap()[0];
    let told = line.get("due").map_or(&[][..], |due| due.as_array().unwrap().as_slice());
    assert!(line.get("due").is_none_or(|_| !told.is_empty()), "nothing is told of nothing");
    told.iter().map(|due| json!([due["what"], due["at"], due["late"], due.get("count")])).collect()
}

#[tokio::test]
async fn the_desk_tells_what_is_due_within_seven_days_and_what_is_late() {
    let house = House::new().await;
    let mut plan = entered("年度考评", UNITS, &[("year", "2026年度")]);
    plan["schedule"] = json!([{ "period": "year", "opens": "2026-12-05T00:00:00+08:00",
        "closes": "2026-12-06T00:00:00+08:00", "entries_due": "2026-12-08T18:00:00+08:00" }]);
    let admin = house.at(-1, "admin").await;
    let id = draft(&admin, &plan).await;
    assert_eq!(due(&admin).await, Vec::<Value>::new());

    let opens = |late: bool| json!(["opens", BEGIN + 7 * DAY, late, null]);
    let closes = |late: bool| json!(["closes", BEGIN + 8 * DAY, late, null]);
    let entries = |late: bool, left: u64| json!(["entries", BEGIN + 10 * DAY + 18 * HOUR, late, left]);
    assert_eq!(due(&house.at(0, "admin").await).await, [opens(false)]);
    assert_eq!(due(&house.at(DAY, "admin").await).await, [opens(false), closes(false)]);
    // Nobody can give entries of a draft.
    let admin = house.at(7 * DAY, "admin").await;
    assert_eq!(due(&admin).await, [opens(true), closes(false)]);
    admin.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    assert_eq!(due(&admin).await, [closes(false), entries(false, 3)]);
    let desk = admin.get("/api/desk").await.ok(200);
    let told = &desk["plans"][0]["due"][1];
    assert_eq!((&told["time"], &told["office"]), (&json!("2026-12-08T18:00:00+08:00"), &json!("中心")));
    // The plan has one period, so that need not be said.
    assert_eq!(told.get("period"), None);

    enter(&admin, &id, "year", "tax", "90").await;
    assert_eq!(due(&admin).await, [closes(false), entries(false, 2)]);
    assert_eq!(due(&house.at(10 * DAY + 18 * HOUR, "admin").await).await, [closes(true), entries(false, 2)]);
    let admin = house.at(10 * DAY + 18 * HOUR + 1, "admin").await;
    assert_eq!(due(&admin).await, [closes(true), entries(true, 2)]);
    enter(&admin, &id, "year", "land", "80").await;
    enter(&admin, &id, "year", "hr", "70").await;
    assert_eq!(due(&admin).await, [closes(true)]);
    admin.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    assert_eq!(due(&admin).await, Vec::<Value>::new());
}

#[tokio::test]
async fn who_enters_for_one_office_is_told_of_its_own_entries_alone() {
    let house = House::new().await;
    let mut plan = entered("年度考评", UNITS, &[("year", "2026年度")]);
    plan["schedule"] = json!([{ "period": "year", "closes": "2026-11-30T00:00:00+08:00",
        "entries_due": "2026-11-29T00:00:00+08:00" }]);
    let admin = house.at(0, "admin").await;
    for (name, roles, office) in
        [("center", "office", json!("中心")), ("other", "office", json!("督查室")), ("names", "admin", json!("中心"))]
    {
        let account = json!({ "name": name, "password": PASSWORD, "roles": [roles], "office": office });
        admin.post("/api/staff", &account).await.ok(201);
    }
    let id = draft(&admin, &plan).await;
    admin.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let center = house.at(0, "center").await;
    assert_eq!(due(&center).await, [json!(["entries", BEGIN + DAY, false, 3])]);
    let desk = center.get("/api/desk").await.ok(200);
    for member in ["issued", "cast", "next", "changed"] {
        assert_eq!(desk["plans"][0].get(member), None, "{member}");
    }
    // Another office, and an administrator for whom an office was named.
    for name in ["other", "names"] {
        assert_eq!(due(&house.at(0, name).await).await, Vec::<Value>::new(), "{name}");
    }
    // In the archive nothing is due.
    let admin = house.at(3 * DAY, "admin").await;
    assert_eq!(due(&admin).await.len(), 2);
    admin.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    assert_eq!(due(&house.at(3 * DAY, "center").await).await, [json!(["entries", BEGIN + DAY, true, 3])]);
    let admin = house.at(3 * DAY, "admin").await;
    admin.post(&format!("/api/plans/{id}/archive"), &json!({})).await.ok(200);
    assert_eq!(due(&admin).await, Vec::<Value>::new());
    assert_eq!(due(&house.at(3 * DAY, "center").await).await, Vec::<Value>::new());
}

#[tokio::test]
async fn items_of_rectification_and_the_public_display_are_due_with_what_waits_in_them() {
    let house = House::new().await;
    let admin = house.at(0, "admin").await;
    let id = draft(&admin, &entered("年度考评", UNITS, &[("year", "2026年度")])).await;
    admin.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    for (unit, value) in [("tax", "90"), ("land", "80"), ("hr", "70")] {
        enter(&admin, &id, "year", unit, value).await;
    }
    admin.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let path = format!("/api/plans/{id}/rectifications");
    for (matter, deadline) in [("慢", "2026-12-01"), ("乱", "2026-12-01"), ("远", "2026-12-04"), ("更远", "2026-12-05")]
    {
        make(&admin, &path, &item("tax", matter, deadline)).await;
    }
    // The 1st of December is over four days from now, the 4th seven, the 5th eight.
    let items = |days: i64, late: bool, count: u64| json!(["rectification", BEGIN + days * DAY, late, count]);
    assert_eq!(due(&admin).await, [items(4, false, 3)]);
    let request = json!({ "until": "2026-12-02T18:00:00+08:00", "contact": "评议办" });
    admin.post(&format!("/api/plans/{id}/announce"), &request).await.ok(200);
    let display = |late: bool, count: Value| json!(["display", BEGIN + 4 * DAY + 18 * HOUR, late, count]);
    assert_eq!(due(&admin).await, [items(4, false, 3), display(false, json!(null))]);
    let objection = json!({ "unit": "hr", "text": "漏了一项加分", "contact": "13800000000" });
    admin.post(&format!("/api/plans/{id}/objections"), &objection).await.ok(201);
    assert_eq!(due(&admin).await, [items(4, false, 3), display(false, json!(1))]);

    let admin = house.at(5 * DAY, "admin").await;
    assert_eq!(due(&admin).await, [items(4, true, 2), display(true, json!(1)), items(7, false, 2)]);
    // What is reported as done waits for the office, and is due no more.
    let report = json!({ "month": "2026-12", "text": "已完成", "done": true });
    admin.post(&format!("{path}/1/reports"), &report).await.ok(201);
    assert_eq!(due(&admin).await, [items(4, true, 1), display(true, json!(1)), items(7, false, 2)]);
    let answer = json!({ "text": "已核实", "upheld": false });
    admin.post(&format!("/api/plans/{id}/objections/1/answer"), &answer).await.ok(200);
    admin.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    // Rectification goes on when all is published.
    assert_eq!(due(&admin).await, [items(4, true, 1), items(7, false, 2)]);
}

#[tokio::test]
async fn cases_are_due_on_the_desk_and_with_items_in_the_calendar_until_they_are_done() {
    let house = House::new().await;
    let admin = house.at(0, "admin").await;
    let mut plan = entered("年度考评", UNITS, &[("year", "2026年度")]);
    plan["outcomes"] = json!([{ "id": "warned", "name": "黄牌警告", "when": { "from_bottom": 1 } }]);
    let id = draft(&admin, &plan).await;
    admin.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    let account = json!({ "name": "center", "password": PASSWORD, "roles": ["office"], "office": "中心" });
    admin.post("/api/staff", &account).await.ok(201);
    let path = format!("/api/plans/{id}/cases");
    for (unit, last) in [("tax", "2026-12-01"), ("land", "2026-12-01"), ("hr", "2027-01-15")] {
        let case = json!({ "unit": unit, "outcome": "warned", "due": last, "text": "约谈" });
        admin.post(&path, &case).await.ok(201);
    }
    make(&admin, &format!("/api/plans/{id}/rectifications"), &item("tax", "慢", "2026-12-04")).await;
    // The 1st of December is over four days from now, the 4th seven.
    let cases = |late: bool, count: u64| json!(["cases", BEGIN + 4 * DAY, late, count]);
    let items = json!(["rectification", BEGIN + 7 * DAY, false, 1]);
    assert_eq!(due(&admin).await, [cases(false, 2), items.clone()]);
    let calendar = async |client: &Client| {
        let told = client.get(&format!("/api/plans/{id}/calendar")).await.ok(200);
        let told = told["due"].as_array().unwrap().iter();
        told.map(|due| json!([due["what"], due["time"], due["at"], due["late"], due["count"]])).collect::<Vec<_>>()
    };
    // From the 28th of November to the end of the 15th of January there are 49 days.
    let all = [
        json!(["cases", "2026-12-01", BEGIN + 4 * DAY, false, 2]),
        json!(["rectification", "2026-12-04", BEGIN + 7 * DAY, false, 1]),
        json!(["cases", "2027-01-15", BEGIN + 49 * DAY, false, 1]),
    ];
    assert_eq!(calendar(&admin).await, all);
    // Whoever enters for one office has nothing to do with them.
    let center = house.at(0, "center").await;
    assert_eq!(calendar(&center).await, Vec::<Value>::new());
    assert_eq!(due(&center).await, Vec::<Value>::new());

    let admin = house.at(4 * DAY, "admin").await;
    assert_eq!(due(&admin).await, [cases(true, 2), items.clone()]);
    assert_eq!(calendar(&admin).await[0], json!(["cases", "2026-12-01", BEGIN + 4 * DAY, true, 2]));
    admin.post(&format!("{path}/1/done"), &json!({ "text": "已约谈" })).await.ok(200);
    assert_eq!(due(&admin).await, [cases(true, 1), items.clone()]);
    admin.delete(&format!("{path}/2"), &json!({ "reason": "重复" })).await.ok(200);
    assert_eq!(due(&admin).await, [items]);
    assert_eq!(calendar(&admin).await, all[1..]);
}
