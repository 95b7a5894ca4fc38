use scoring::json::Value;
use store::{PlanId, Receipt, RecordKind, State, StoreError};

use crate::house::{House, OFFICE, PLAN, PLANNER, UNITS, all, json, record};

/// A closed plan of one period in which everyone marked `good`.
async fn closed(house: &House) -> PlanId {
    let document = PLAN.replacen(r#", { "id": "h2", "name": "下半年" }"#, "", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let staff = house.codes(&plan, "staff", 5).await;
    let guests = house.codes(&plan, "guests", 1).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
    house.cast(&plan, &guests[0], &house.ballot_id(), &all("good")).await.unwrap();
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    plan
}

async fn enter(house: &House, plan: &PlanId, unit: &str, value: &str) {
    let body = json(&format!(r#"{{"period":"h1","component":"budget","unit":"{unit}","value":"{value}"}}"#));
    house.store.put_record(OFFICE, plan, &record(RecordKind::Entry, &body), None).await.unwrap();
}

#[tokio::test]
async fn nothing_is_published_while_a_mark_is_missing() {
    let house = House::new().await;
    let plan = closed(&house).await;
    enter(&house, &plan, "water", "20").await;
    let Err(StoreError::Incomplete(missing)) = house.store.publish_plan(PLANNER, &plan, &["staff".to_owned()]).await
    else {
        panic!("two entries are missing");
    };
    let places: Vec<(&str, &str)> =
        missing.iter().map(|place| (place.component.as_str(), place.unit.as_str())).collect();
    assert_eq!(places, [("budget", "forestry"), ("budget", "building")]);
    assert_eq!(house.store.publication(&plan).await, Err(StoreError::NotFound));
    assert_eq!(house.store.plan_head(&plan).await.unwrap().state, State::Closed);
}

#[tokio::test]
async fn a_tie_needs_a_lot_before_publishing() {
    let house = House::new().await;
    let plan = closed(&house).await;
    for (unit, value) in [("forestry", "10"), ("building", "10"), ("water", "20")] {
        enter(&house, &plan, unit, value).await;
    }
    let tied = vec![vec!["forestry".to_owned(), "building".to_owned()]];
    assert_eq!(
        house.store.publish_plan(PLANNER, &plan, &["staff".to_owned()]).await,
        Err(StoreError::UnresolvedTies(tied))
    );
    let lot = json(r#"{"category":"dept","order":["building","forestry"]}"#);
    house.store.put_record(OFFICE, &plan, &record(RecordKind::Lot, &lot), None).await.unwrap();
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &["staff".to_owned()]).await.unwrap().state, State::Published);
}

#[tokio::test]
async fn a_publication_holds_plan_hash_and_final_result_for_good() {
    let house = House::new().await;
    let plan = closed(&house).await;
    for (unit, value) in UNITS.into_iter().zip(["10", "15", "20"]) {
        enter(&house, &plan, unit, value).await;
    }
    let head = house.store.publish_plan(PLANNER, &plan, &["staff".to_owned()]).await.unwrap();
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &["staff".to_owned()]).await, Ok(head.clone()));
    let publication = house.store.publication(&plan).await.unwrap();
    assert_eq!(Some(&publication.plan_sha256), head.plan_sha256.as_ref());
    assert_eq!(scoring::plan_sha256(&publication.plan), publication.plan_sha256);
    let Some(Value::List(units)) = publication.result.get("units") else { panic!("no units") };
    // 90 of 100 in service are 54, no complaints 20, and the entries.
    let told: Vec<(Option<&str>, Option<&Value>)> =
        units.iter().map(|unit| (unit.get("total").and_then(Value::as_str), unit.get("rank"))).collect();
    assert_eq!(
        told,
        [
            (Some("84.000000"), Some(&Value::Int(3))),
            (Some("89.000000"), Some(&Value::Int(2))),
            (Some("94.000000"), Some(&Value::Int(1))),
        ]
    );
    // Published is published.
    let body = json(r#"{"period":"h1","component":"budget","unit":"water","value":"1"}"#);
    let refused = house.store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &body), None).await;
    assert_eq!(refused, Err(StoreError::WrongState));
    assert_eq!(house.store.close_plan(PLANNER, &plan).await, Err(StoreError::WrongState));
}

#[tokio::test]
async fn a_receipt_proves_that_its_ballot_was_counted() {
    let house = House::new().await;
    let document = PLAN.replacen(r#", { "id": "h2", "name": "下半年" }"#, "", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let codes: Vec<_> = [house.codes(&plan, "staff", 9).await, house.codes(&plan, "guests", 4).await].concat();
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    let mut receipts = Vec::new();
    for code in &codes {
        receipts.push(house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap().receipt);
    }
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(house.store.receipt_proof(&plan, &receipts[0]).await, Err(StoreError::NotFound));
    for (unit, value) in UNITS.into_iter().zip(["10", "15", "20"]) {
        enter(&house, &plan, unit, value).await;
    }
    house.store.publish_plan(PLANNER, &plan, &[]).await.unwrap();
    let published = house.store.publication(&plan).await.unwrap().receipts;
    assert_eq!(published.count, 13);
    let mut places = Vec::new();
    for receipt in &receipts {
        let proof = house.store.receipt_proof(&plan, receipt).await.unwrap();
        assert_eq!(proof.root(receipt).as_ref(), Some(&published.root));
        assert_eq!(proof.root(&Receipt::from([1; 16])).filter(|root| *root == published.root), None);
        assert_eq!(proof.size, 13);
        places.push(proof.index);
    }
    // Every ballot has a place of its own, and the places are not in the order of casting.
    assert!(!places.is_sorted());
    places.sort_unstable();
    assert_eq!(places, (0..13).collect::<Vec<_>>());
    assert_eq!(house.store.receipt_proof(&plan, &Receipt::from([1; 16])).await, Err(StoreError::NotFound));
    // Equal ballots have unequal commitments.
    let mut commitments = std::collections::BTreeSet::new();
    for receipt in &receipts {
        commitments.insert(house.store.receipt_proof(&plan, receipt).await.unwrap().commitment);
    }
    assert_eq!(commitments.len(), 13);
}
