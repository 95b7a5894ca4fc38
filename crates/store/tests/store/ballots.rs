use std::collections::BTreeSet;

use store::{Receipt, StoreError};

use crate::house::{House, OFFICE, PLANNER, all, cast, counts, mark, tallies};

#[tokio::test]
async fn a_ballot_counts_once_and_gets_its_receipt() {
    let house = House::new().await;
    let (plan, _, guests) = house.open(5).await;
    let ballot = house.ballot_id();
    let marks = vec![mark("service", "water", Some("speed"), "fair"), mark("hotline", "water", None, "poor")];
    let cast = house.cast(&plan, &guests[0], &ballot, &marks).await.unwrap();
    let sha256 = house.store.plan_head(&plan).await.unwrap().plan_sha256.unwrap();
    assert!(!cast.repeated);
    assert_eq!(cast.receipt, Receipt::of(&sha256, &ballot));
    let tallies = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(tallies.len(), 2);
    assert_eq!(tallies["h1 guests service water speed"], counts(&[("good", 0), ("fair", 1), ("poor", 0)]));
    assert_eq!(tallies["h1 guests hotline water -"], counts(&[("good", 0), ("fair", 0), ("poor", 1)]));
}

#[tokio::test]
async fn the_same_ballot_again_gets_the_same_receipt_in_any_order_of_marks_and_after_closing() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    let ballot = house.ballot_id();
    let mut marks = all("good");
    let first = house.cast(&plan, &staff[0], &ballot, &marks).await.unwrap();
    marks.reverse();
    let again = house.cast(&plan, &staff[0], &ballot, &marks).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.receipt, first.receipt);
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let late = house.cast(&plan, &staff[0], &ballot, &marks).await.unwrap();
    assert!(late.repeated);
    assert_eq!(late.receipt, first.receipt);
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 1);
}

#[tokio::test]
async fn a_used_code_takes_no_other_ballot() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    let ballot = house.ballot_id();
    let first = house.cast(&plan, &staff[0], &ballot, &all("good")).await.unwrap();
    let other_id = house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await;
    assert_eq!(other_id, Err(StoreError::CodeUsed));
    // Other marks under its id are answered as the same ones are, with its own code and with a fresh one, and change
    // nothing.
    let repeated = Ok(store::Cast { repeated: true, ..first });
    for code in &staff[..2] {
        assert_eq!(house.cast(&plan, code, &ballot, &all("poor")).await, repeated);
        assert_eq!(house.cast(&plan, code, &ballot, &all("good")).await, repeated);
    }
    assert!(house.store.ballot_paper(&plan, &staff[1]).await.is_ok());
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let tallies = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(tallies["h1 staff service water speed"], counts(&[("good", 1), ("fair", 0), ("poor", 0)]));
}

#[tokio::test]
async fn wrong_codes_and_wrong_states_are_told_apart() {
    let house = House::new().await;
    let draft = house.draft().await;
    let code = house.codes(&draft, "guests", 1).await[0];
    let marks = all("good");
    assert_eq!(house.store.ballot_paper(&draft, &code).await.unwrap_err(), StoreError::PlanNotOpen);
    assert_eq!(house.cast(&draft, &code, &house.ballot_id(), &marks).await, Err(StoreError::PlanNotOpen));
    house.store.open_plan(PLANNER, &draft, &[]).await.unwrap();
    assert_eq!(house.store.ballot_paper(&draft, &house.hash()).await.unwrap_err(), StoreError::UnknownCode);
    assert_eq!(house.cast(&draft, &house.hash(), &house.ballot_id(), &marks).await, Err(StoreError::UnknownCode));
    // A code of another plan is unknown here.
    let (other, codes, _) = house.open(5).await;
    assert_eq!(house.store.ballot_paper(&draft, &codes[0]).await.unwrap_err(), StoreError::UnknownCode);
    house.store.close_plan(PLANNER, &draft).await.unwrap();
    assert_eq!(house.store.ballot_paper(&draft, &code).await.unwrap_err(), StoreError::PlanClosed);
    assert_eq!(house.cast(&draft, &code, &house.ballot_id(), &marks).await, Err(StoreError::PlanClosed));
    assert!(house.store.ballot_paper(&other, &codes[0]).await.is_ok());
}

#[tokio::test]
async fn marks_that_are_not_on_the_paper_are_never_stored() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    for marks in [
        vec![mark("hotline", "water", None, "good")],
        vec![mark("service", "nobody", Some("speed"), "good")],
        vec![mark("service", "water", None, "good")],
        vec![mark("service", "water", Some("speed"), "great")],
        vec![mark("budget", "water", None, "good")],
        vec![mark("service", "water", Some("speed"), "good"), mark("service", "water", Some("speed"), "good")],
    ] {
        // Past the ballot rules, as no caller should.
        let store::Prepared::Ready(ready) =
            house.store.prepare_ballot(&plan, &staff[0], &house.ballot_id()).await.unwrap()
        else {
            panic!("nothing was cast yet");
        };
        assert_eq!(house.store.cast_ballot(ready, &marks).await, Err(StoreError::MarkNotOnPaper), "{marks:?}");
    }
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_ballots_at_once_are_all_counted() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(200).await;
    let mut voters = tokio::task::JoinSet::new();
    for (number, code) in staff.into_iter().enumerate() {
        let (store, plan, ballot) = (house.store.clone(), plan.clone(), house.ballot_id());
        let option = ["good", "fair", "poor"][number % 3];
        voters.spawn(async move { cast(&store, &plan, &code, &ballot, &all(option)).await.unwrap().receipt });
    }
    let receipts: BTreeSet<Receipt> = voters.join_all().await.into_iter().collect();
    assert_eq!(receipts.len(), 200);
    let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert!(!head.count_mismatch);
    let tallies = tallies(&house.store.records(&plan).await.unwrap());
    // 200 = 67 + 67 + 66.
    assert_eq!(tallies["h1 staff service forestry manner"], counts(&[("good", 67), ("fair", 67), ("poor", 66)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_ballots_with_one_code_at_once_exactly_one_is_stored() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    let mut voters = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (store, plan, code, ballot) = (house.store.clone(), plan.clone(), staff[0], house.ballot_id());
        voters.spawn(async move { cast(&store, &plan, &code, &ballot, &all("good")).await });
    }
    let answers = voters.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!(answers.iter().filter(|answer| **answer == Err(StoreError::CodeUsed)).count(), 39);
    assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_ballot_sent_many_times_at_once_is_stored_once_with_one_receipt() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    let ballot = house.ballot_id();
    let mut voters = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (store, plan, code) = (house.store.clone(), plan.clone(), staff[0]);
        voters.spawn(async move { cast(&store, &plan, &code, &ballot, &all("good")).await.unwrap() });
    }
    let answers = voters.join_all().await;
    assert_eq!(answers.iter().map(|cast| cast.receipt).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(answers.iter().filter(|cast| !cast.repeated).count(), 1);
    assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 1);
}

#[tokio::test]
async fn nobody_sees_tallies_of_secret_groups_while_voting_is_open() {
    let house = House::new().await;
    let (plan, staff, guests) = house.open(5).await;
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
    house.cast(&plan, &guests[0], &house.ballot_id(), &all("poor")).await.unwrap();
    let seen = tallies(&house.store.records(&plan).await.unwrap());
    assert!(seen.keys().all(|place| place.starts_with("h1 guests ")), "{seen:?}");
    assert_eq!(seen.len(), 6);
    house
        .store
        .put_record(
            OFFICE,
            &plan,
            &crate::house::record(
                store::RecordKind::Entry,
                &crate::house::json(r#"{"period":"h1","component":"budget","unit":"water","value":"7.5"}"#),
            ),
            None,
        )
        .await
        .unwrap();
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let seen = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(seen.len(), 12);
}

#[tokio::test]
async fn a_plan_may_show_tallies_of_secret_groups_while_voting_is_open() {
    let house = House::new().await;
    let document = crate::house::PLAN.replacen("\"total\"", "\"live\": \"tallies\", \"total\"", 1);
    let plan = house.store.create_plan(PLANNER, &crate::house::json(&document)).await.unwrap().id;
    let staff = house.codes(&plan, "staff", 20).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for code in &staff[..19] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
        assert!(tallies(&house.store.records(&plan).await.unwrap()).is_empty());
    }
    house.cast(&plan, &staff[19], &house.ballot_id(), &all("good")).await.unwrap();
    // Ten behind, and another process shows the same.
    for store in [&house.store, &house.again()] {
        let seen = tallies(&store.records(&plan).await.unwrap());
        assert_eq!(seen["h1 staff service water manner"], counts(&[("good", 10), ("fair", 0), ("poor", 0)]));
    }
    // Closing leaves no step behind: between it and the count there may be one ballot.
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let client = house.base.client();
    let steps = client
        .query()
        .table_name(&house.base.names.ballot_box)
        .key_condition_expression("PK = :p")
        .expression_attribute_values(":p", aws_sdk_dynamodb::types::AttributeValue::S(format!("LIVE#{plan}#h1#staff")));
    assert_eq!(steps.send().await.unwrap().count, 0);
}
