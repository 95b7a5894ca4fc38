//! The county's two half-yearly votes of service objects, from the templates: each has its own result while the plan goes
//! on, and both enter the county's year.

use serde_json::{Value, json};

use crate::client::Client;
use crate::nanyang_year::cut;
use crate::series::{all, finish, opened};
use crate::served::{draft, served};

const OFFICES: [&str; 4] = ["gongxiao_politics", "gongxiao_finance", "gongxiao_guidance", "gongxiao_service"];

/// A half-year: every office is marked by its own service objects, each on a paper of that office alone.
async fn half(client: &Client, plan: &str, period: &str, seed: u8, options: [[&str; 2]; 4]) {
    for (place, (office, options)) in (0u8..).zip(OFFICES.iter().zip(options)) {
        let codes = [0, 1].map(|n| wire::code::write([seed, place, n, 4, 5, 6, 7, 8, 9, n]));
        let hashes = codes.each_ref().map(|code| wire::code::hash_hex(plan, code));
        let body = json!({ "period": period, "group": "clients", "hashes": hashes, "units": [office], "unit": null });
        client.post(&format!("/api/plans/{plan}/codes"), &body).await.ok(201);
        for (number, (code, option)) in codes.iter().zip(options).enumerate() {
            let mark = json!({ "component": "satisfaction", "unit": office, "criterion": null, "option": option });
            let id = format!("{seed:02x}{place:02x}{number:028x}");
            let ballot = json!({ "plan": plan, "code": code, "ballot_id": id, "marks": [mark] });
            client.stranger().post("/api/ballots", &ballot).await.ok(201);
        }
    }
}

#[tokio::test]
async fn both_half_years_of_the_county_have_their_own_result_and_enter_its_year() {
    let client = served().await.client;
    let plan = cut(&client, "county_clients", &OFFICES, "2022年服务对象满意度评价").await;
    let clients = draft(&client, &plan).await;
    let at = |rest: &str| format!("/api/plans/{clients}/{rest}");
    client.post(&at("open"), &json!({ "rounds": [{ "period": "half", "stage": 1 }] })).await.ok(200);
    let june = [["good", "good"], ["good", "fair"], ["fair", "fair"], ["good", "poor"]];
    half(&client, &clients, "half", 1, june).await;
    client.post(&at("rounds/half/1/close"), &json!({})).await.ok(200);
    // June by itself, of 100, 80 and 50: 100; 180 ÷ 2 = 90; 80; 150 ÷ 2 = 75.
    let result = client.get(&at("result?mode=final&period=half")).await.ok(200);
    assert_eq!(all(&result["units"], "total"), ["100.000000", "90.000000", "80.000000", "75.000000"]);
    assert_eq!(all(&result["units"], "rank"), [1, 2, 3, 4]);

    client.post(&at("rounds/year/1/open"), &json!({})).await.ok(200);
    let autumn = [["fair", "fair"], ["fair", "poor"], ["good", "fair"], ["poor", "poor"]];
    half(&client, &clients, "year", 2, autumn).await;
    finish(&client, &clients).await;
    // Autumn: 80; 130 ÷ 2 = 65; 180 ÷ 2 = 90; 50. Both of 20: 20 + 16, 18 + 13, 16 + 18, 15 + 10.
    let template = client.get("/api/templates/county_wide").await.ok(200);
    let wide = opened(&client, &template).await;
    for (component, period) in [("satisfaction_half", "half"), ("satisfaction_year", "year")] {
        let body = json!({ "component": component, "period": "year", "plans": [format!("{clients}#{period}")] });
        let taken = client.put(&format!("/api/plans/{wide}/links-from"), &body).await.ok(200);
        assert_eq!(all(&taken["taken"], "unit"), OFFICES);
        assert_eq!(taken["without"].as_array().unwrap().len(), 116);
    }
    let result = client.get(&format!("/api/plans/{wide}/result?mode=provisional")).await.ok(200);
    let satisfaction = |office: &str| -> Value {
        let units = result["units"].as_array().unwrap();
        let unit = units.iter().find(|unit| unit["unit"] == office).unwrap();
        unit["periods"][0]["components"][0]["children"][0]["score"].clone()
    };
    assert_eq!(OFFICES.map(satisfaction), ["36.000000", "31.000000", "34.000000", "25.000000"]);
}
