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

async fn adjust(house: &House, plan: &PlanId, unit: &str, points: &str) {
    let body = json(&format!(r#"{{"period":"h1","rule":"praised","unit":"{unit}","points":"{points}"}}"#));
    house.store.put_record(OFFICE, plan, &record(RecordKind::Adjustment, &body), None).await.unwrap();
}

#[tokio::test]
async fn a_published_result_is_corrected_by_a_second_edition_and_the_first_stays_readable() {
    let house = House::new().await;
    let plan = closed(&house).await;
    for (unit, value) in UNITS.into_iter().zip(["10", "15", "20"]) {
        enter(&house, &plan, unit, value).await;
    }
    let small = ["staff".to_owned()];
    assert_eq!(house.store.correct_plan(PLANNER, &plan, "还没公布").await, Err(StoreError::WrongState));
    house.store.publish_plan(PLANNER, &plan, &small).await.unwrap();
    let first = house.store.publication(&plan).await.unwrap();
    assert_eq!((first.edition, &first.correction), (1, &None));

    house.pass(60);
    let head = house.store.correct_plan(PLANNER, &plan, "漏录加分").await.unwrap();
    assert_eq!((head.state, head.edition, head.is_public()), (State::Closed, 1, true));
    // A second click changes nothing, the reason neither.
    assert_eq!(house.store.correct_plan(PLANNER, &plan, "另一个理由").await, Ok(head));
    // Meanwhile the first edition is what is public.
    assert_eq!(house.store.publication(&plan).await.unwrap(), first);
    // 84 + 5 = 89 ties with building's 89; 1 more would be beyond: 4 make it 88.
    adjust(&house, &plan, "forestry", "4").await;
    // And water falls below building: 94 − 19 = 75 with an entry of 1.
    enter(&house, &plan, "water", "1").await;
    house.pass(60);
    // What opening or an earlier edition allowed is asked for again.
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, Err(StoreError::SmallGroup(small.to_vec())));
    let head = house.store.publish_plan(PLANNER, &plan, &small).await.unwrap();
    assert_eq!((head.state, head.edition, head.correction.clone()), (State::Published, 2, None));
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &small).await, Ok(head));

    let second = house.store.publication(&plan).await.unwrap();
    assert_eq!(second.edition, 2);
    let correction = second.correction.clone().unwrap();
    assert_eq!(correction.reason, "漏录加分");
    let told: Vec<String> = correction
        .changes
        .iter()
        .filter(|change| ["total", "rank", "outcomes"].contains(&change.member.as_str()))
        .map(|change| {
            let [was, now] = [&change.was, &change.now].map(|text| text.as_deref().unwrap_or("-"));
            format!("{} {} {was}>{now}", change.unit, change.member)
        })
        .collect();
    assert_eq!(
        told,
        [
            "forestry total 84.000000>88.000000",
            "forestry rank 3>2",
            "forestry outcomes last>",
            "building rank 2>1",
            "water total 94.000000>75.000000",
            "water rank 1>3",
            "water outcomes >last",
        ]
    );
    assert_eq!(house.store.published_edition(&plan, Some(1)).await, Ok(first));
    assert_eq!(house.store.published_edition(&plan, Some(2)).await, Ok(second));
    assert_eq!(house.store.published_edition(&plan, Some(3)).await, Err(StoreError::NotFound));
    let editions = house.store.editions(&plan).await.unwrap();
    let told: Vec<_> = editions.iter().map(|one| (one.edition, one.at, one.reason.as_deref())).collect();
    let second_at = Some(1_700_000_120);
    assert_eq!(told, [(1, Some(1_700_000_000), None), (2, second_at, Some("漏录加分"))]);
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_publish_a_correction_at_once_one_makes_the_edition() {
    let house = House::new().await;
    let plan = closed(&house).await;
    for (unit, value) in UNITS.into_iter().zip(["10", "15", "20"]) {
        enter(&house, &plan, unit, value).await;
    }
    let small = vec!["staff".to_owned()];
    house.store.publish_plan(PLANNER, &plan, &small).await.unwrap();
    house.store.correct_plan(PLANNER, &plan, "复核").await.unwrap();
    let mut all = tokio::task::JoinSet::new();
    for number in 0..12 {
        let store = if number % 2 == 0 { house.store.clone() } else { house.again() };
        let (plan, small) = (plan.clone(), small.clone());
        all.spawn(async move { store.publish_plan(PLANNER, &plan, &small).await.unwrap().edition });
    }
    assert_eq!(all.join_all().await, [2; 12]);
    assert_eq!(house.store.editions(&plan).await.unwrap().len(), 2);
    // Nothing was another: it is said so.
    assert_eq!(house.store.publication(&plan).await.unwrap().correction.unwrap().changes, []);
}
