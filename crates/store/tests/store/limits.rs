//! The largest plans, and those beyond.

use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use engine::{Fault, Observer};
use scoring::json::Value;
use store::StoreError;

use crate::house::{House, PLANNER, json, mark};

/// A plan with so many units and survey components of so many criteria, all marked by one group.
fn plan(units: usize, components: usize, criteria: usize) -> String {
    let list = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(",");
    let unit_list = list(units, &|n| format!(r#"{{"id":"u{n}","name":"单位{n}","category":"dept"}}"#));
    let criterion_list = list(criteria, &|n| format!(r#"{{"id":"c{n}","name":"标准{n}","weight":"1"}}"#));
    let component_list = list(components, &|n| {
        let mut points = 100 / components;
        if n == 0 {
            points += 100 % components;
        }
        let mut text = String::new();
        write!(text, r#"{{"id":"s{n}","name":"项目{n}","points":"{points}","method":{{"kind":"survey","scale":"sat","out_of":"100","groups":[{{"group":"staff","weight":"1"}}],"criteria":[{criterion_list}]}}}}"#).unwrap();
        text
    });
    format!(
        r#"{{"format":1,"title":"大方案","total":"100","categories":[{{"id":"dept","name":"科室"}}],"units":[{unit_list}],
        "groups":[{{"id":"staff","name":"职工","ballot":"anonymous"}}],
        "scales":[{{"id":"sat","options":[{{"id":"good","name":"满意","value":"90"}},{{"id":"fair","name":"基本满意","value":"70"}},{{"id":"poor","name":"不满意","value":"50"}}]}}],
        "periods":[{{"id":"h1","name":"年度"}}],"combine":"mean","components":[{component_list}],"adjustments":[],
        "ranking":{{"decimals":2,"tie_break":[]}},"outcomes":[]}}"#
    )
}

/// Sees that every transaction keeps DynamoDB's limits, which the embedded engine does not all check.
#[derive(Debug, Default)]
struct Limits {
    most_actions: Mutex<usize>,
    most_terms: Mutex<usize>,
    largest_request: Mutex<usize>,
}

impl Observer for Limits {
    fn fault(&self, operation: &str, request: &str) -> Option<Fault> {
        let raise = |most: &Mutex<usize>, value: usize| {
            let mut most = most.lock().unwrap();
            *most = (*most).max(value);
        };
        if operation == "TransactWriteItems" {
            raise(&self.largest_request, request.len());
            let request = json(request);
            let Some(Value::List(actions)) = request.get("TransactItems") else { panic!("no actions") };
            raise(&self.most_actions, actions.len());
            for action in actions {
                let expression = action.get("Update").and_then(|update| update.get("UpdateExpression"));
                if let Some(expression) = expression.and_then(Value::as_str) {
                    assert!(expression.len() <= 4096, "{}", expression.len());
                    raise(&self.most_terms, expression.matches(":i").count());
                }
            }
        }
        None
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn five_hundred_units_in_twenty_components_are_marked_in_one_transaction() {
    let limits = Arc::new(Limits::default());
    let house = House::observed(limits.clone()).await;
    let id = house.store.create_plan(PLANNER, &json(&plan(500, 20, 1))).await.unwrap().id;
    let codes = house.codes(&id, "staff", 3).await;
    house.store.open_plan(PLANNER, &id, &["staff".to_owned()]).await.unwrap();
    let mut marks = Vec::new();
    for component in 0..20 {
        for unit in 0..500 {
            let option = ["good", "fair", "poor"][(component + unit) % 3];
            marks.push(mark(&format!("s{component}"), &format!("u{unit}"), Some("c0"), option));
        }
    }
    let started = Instant::now();
    for code in &codes {
        house.cast(&id, code, &house.ballot_id(), &marks).await.unwrap();
    }
    eprintln!("a cast of 10,000 marks: {:?}", started.elapsed() / 3);
    // 20 components of 500 units are 40 chunks; code, ballot, gate.
    assert_eq!(*limits.most_actions.lock().unwrap(), 43);
    assert_eq!(*limits.most_terms.lock().unwrap(), 300);
    assert!(*limits.largest_request.lock().unwrap() < 4_000_000);
    assert!(!house.store.close_plan(PLANNER, &id).await.unwrap().count_mismatch);
    let records = house.store.records(&id).await.unwrap();
    assert_eq!(records.tallies.len(), 10_000);
    assert!(records.tallies.iter().all(|tally| tally.counts.values().sum::<u64>() == 3));
}

#[tokio::test]
async fn a_paper_that_fits_no_transaction_is_refused_when_the_plan_opens() {
    let house = House::new().await;
    // 25,500 marks; 99 sections of one chunk each with code, ballot and gate; 301 criteria on one unit.
    for (units, components, criteria) in [(500, 51, 1), (2, 97, 1), (2, 1, 301)] {
        let document = plan(units, components, criteria);
        let id = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
        assert_eq!(
            house.store.open_plan(PLANNER, &id, &[]).await,
            Err(StoreError::PaperTooLarge("staff".to_owned())),
            "{units} {components} {criteria}"
        );
    }
    let document = plan(2, 96, 1);
    let id = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    house.store.open_plan(PLANNER, &id, &[]).await.unwrap();
}
