//! Codes that were voided: what they still do, and who wins where a ballot comes at the same moment.

use scoring::json::Value;
use store::{BatchId, CodeHash, NewCodes, PlanId, StoreError, VoidedCodes, Voiding};

use crate::house::{House, PLAN, PLANNER, all, json};
use crate::linking::exchange;

async fn batch(house: &House, plan: &PlanId, group: &str, hashes: &[CodeHash]) -> BatchId {
    let codes = NewCodes { period: "h1", group, hashes, units: None, unit: None };
    house.store.add_codes(PLANNER, plan, codes).await.unwrap().batch
}

async fn void(house: &House, plan: &PlanId, which: Voiding<'_>) -> Result<VoidedCodes, StoreError> {
    house.store.void_codes(PLANNER, plan, which, "卡片遗失", &[]).await
}

async fn issued(house: &House, plan: &PlanId) -> u64 {
    house.store.turnout(plan).await.unwrap()[0].issued
}

async fn voidings(house: &House, plan: &PlanId) -> Vec<Value> {
    let events = house.store.audit(plan, 100, None).await.unwrap().items;
    events.into_iter().filter(|event| event.action == "codes_voided").map(|event| event.detail).collect()
}

#[tokio::test]
async fn a_voided_code_opens_no_paper_casts_no_ballot_and_counts_no_more() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(6).await;
    let done = void(&house, &plan, Voiding::Hashes(&staff[..1])).await;
    assert_eq!(done, Ok(VoidedCodes { voided: 1, used: 0 }));
    assert_eq!(house.store.ballot_paper(&plan, &staff[0]).await.unwrap_err(), StoreError::CodeVoided);
    let cast = house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await;
    assert_eq!(cast, Err(StoreError::CodeVoided));
    assert_eq!(issued(&house, &plan).await, 5);
    assert_eq!(batch(&house, &plan, "staff", &staff).await, batch(&house, &plan, "staff", &staff).await);
    let again = NewCodes { period: "h1", group: "staff", hashes: &staff, units: None, unit: None };
    assert_eq!(house.added(&plan, again).await, 5, "issuing a code again does not make it good");
    assert_eq!(house.store.ballot_paper(&plan, &staff[0]).await.unwrap_err(), StoreError::CodeVoided);
    assert_eq!(issued(&house, &plan).await, 5);
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(issued(&house, &plan).await, 5);
}

#[tokio::test]
async fn what_was_used_stays_and_a_repeat_answers_the_same_with_one_event() {
    let house = House::new().await;
    let plan = house.draft().await;
    let hashes: Vec<CodeHash> = (0..130).map(|_| house.hash()).collect();
    let of_staff = batch(&house, &plan, "staff", &hashes).await;
    let others = house.codes(&plan, "staff", 7).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for code in &hashes[..3] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    for _ in 0..3 {
        let done = void(&house, &plan, Voiding::Batch(&of_staff)).await;
        assert_eq!(done, Ok(VoidedCodes { voided: 127, used: 3 }));
    }
    let events = voidings(&house, &plan).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].get("batch").and_then(Value::as_str), Some(of_staff.as_str()));
    assert_eq!(events[0].get("reason").and_then(Value::as_str), Some("卡片遗失"));
    // Three used ones, and the seven of the other batch.
    assert_eq!(issued(&house, &plan).await, 10);
    house.cast(&plan, &others[0], &house.ballot_id(), &all("good")).await.unwrap();
    let again = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
    assert_eq!(house.store.add_codes(PLANNER, &plan, again).await, Err(StoreError::CodeVoided));
    let rows = house.store.batches(&plan, 100, None).await.unwrap().items;
    let mut counts: Vec<(u64, u64)> = rows.iter().map(|row| (row.count, row.voided)).collect();
    counts.sort_unstable();
    assert_eq!(counts, [(7, 0), (130, 127)]);
}

#[tokio::test]
async fn a_batch_is_the_same_for_the_same_codes_in_any_order_and_another_for_another_paper() {
    let house = House::new().await;
    let plan = house.draft().await;
    let mut hashes: Vec<CodeHash> = (0..4).map(|_| house.hash()).collect();
    let first = batch(&house, &plan, "guests", &hashes).await;
    hashes.reverse();
    assert_eq!(batch(&house, &plan, "guests", &hashes).await, first);
    let other = house.hash();
    assert_ne!(batch(&house, &plan, "guests", &[other]).await, first);
    let units = ["water".to_owned()];
    let narrowed = NewCodes { period: "h1", group: "guests", hashes: &hashes, units: Some(&units), unit: None };
    let narrowed = house.store.add_codes(PLANNER, &plan, narrowed).await.unwrap();
    assert_eq!(narrowed.added, 0, "they are for another paper");
    assert_ne!(narrowed.batch, first);
    let pages = [house.store.batches(&plan, 1, None).await.unwrap()];
    let second = house.store.batches(&plan, 1, pages[0].next.as_ref()).await.unwrap();
    assert_eq!(second.next, None);
    let mut found: Vec<(String, u64)> =
        pages[0].items.iter().chain(&second.items).map(|row| (row.batch.clone(), row.count)).collect();
    found.sort_by_key(|row| row.1);
    assert_eq!(found[1], (first.to_string(), 4));
    assert_eq!(found.len(), 2);
}

#[tokio::test]
async fn unknown_codes_and_batches_are_refused_and_leave_nothing() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(6).await;
    let hashes = [staff[0], house.hash(), staff[1], house.hash()];
    assert_eq!(void(&house, &plan, Voiding::Hashes(&hashes)).await, Err(StoreError::UnknownCodes(vec![1, 3])));
    let nothing = BatchId::parse("0123456789abcdef").unwrap();
    assert_eq!(void(&house, &plan, Voiding::Batch(&nothing)).await, Err(StoreError::UnknownBatch));
    assert_eq!(voidings(&house, &plan).await.len(), 0);
    assert_eq!(issued(&house, &plan).await, 6);
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(void(&house, &plan, Voiding::Hashes(&staff)).await, Err(StoreError::WrongState));
}

/// Both are tried at once, for each of sixty codes: either the ballot is in the box, or the code is void.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_ballot_and_a_voiding_at_the_same_moment_one_wins() {
    let house = House::new().await;
    let plan = house.draft().await;
    let hashes: Vec<CodeHash> = (0..60).map(|_| house.hash()).collect();
    let of_staff = batch(&house, &plan, "staff", &hashes).await;
    house.store.open_plan(PLANNER, &plan, &["staff".to_owned()]).await.unwrap();
    let mut voters = tokio::task::JoinSet::new();
    for code in hashes.clone() {
        let (store, plan, ballot) = (house.again(), plan.clone(), house.ballot_id());
        voters.spawn(async move { crate::house::cast(&store, &plan, &code, &ballot, &all("good")).await });
    }
    let done = house.store.void_codes(PLANNER, &plan, Voiding::Batch(&of_staff), "印错", &["staff".to_owned()]).await;
    let answers = voters.join_all().await;
    let cast = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(answers.iter().filter(|answer| **answer == Err(StoreError::CodeVoided)).count(), 60 - cast);
    assert_eq!(done, Ok(VoidedCodes { voided: 60 - cast, used: cast }));
    let row = &house.store.turnout(&plan).await.unwrap()[0];
    assert_eq!((row.issued, row.cast), (cast as u64, cast as u64));
    assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
}

#[tokio::test]
async fn an_exchanged_code_counts_as_used_and_a_voided_one_is_not_exchanged() {
    let house = House::new().await;
    let document = PLAN.replacen("\"anonymous\"", "\"blind\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let codes = house.codes(&plan, "staff", 9).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    let token = exchange(&house, &plan, &codes[0]).await.unwrap();
    let done = void(&house, &plan, Voiding::Hashes(&codes[..2])).await;
    assert_eq!(done, Ok(VoidedCodes { voided: 1, used: 1 }));
    assert_eq!(exchange(&house, &plan, &codes[1]).await.err(), Some(StoreError::CodeVoided));
    crate::linking::cast_with(&house, &plan, &token, &house.ballot_id(), &all("good")).await;
}

#[tokio::test]
async fn voiding_leaves_no_secret_group_of_one_to_four_that_nobody_named() {
    let house = House::new().await;
    let plan = house.draft().await;
    let staff = house.codes(&plan, "staff", 7).await;
    let guests = house.codes(&plan, "guests", 3).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    let small = Err(StoreError::SmallGroup(vec!["staff".to_owned()]));
    assert_eq!(void(&house, &plan, Voiding::Hashes(&staff[..3])).await, small, "four would be left");
    assert_eq!(issued(&house, &plan).await, 7);
    assert!(void(&house, &plan, Voiding::Hashes(&staff[..2])).await.is_ok(), "five are left");
    assert!(void(&house, &plan, Voiding::Hashes(&staff)).await.is_ok(), "nobody is left");
    assert!(void(&house, &plan, Voiding::Hashes(&guests[..2])).await.is_ok(), "a named group has no secret to keep");

    let staff = house.codes(&plan, "staff", 6).await;
    assert_eq!(void(&house, &plan, Voiding::Hashes(&staff[..2])).await, small);
    let allowed = ["staff".to_owned()];
    house.store.void_codes(PLANNER, &plan, Voiding::Hashes(&staff[..2]), "遗失", &allowed).await.unwrap();
    assert_eq!(house.store.plan_head(&plan).await.unwrap().allow_small, allowed);
    let last = voidings(&house, &plan).await.pop().unwrap();
    assert_eq!(last.get("allow_small"), Some(&json(r#"["staff"]"#)));
    // Four are no five for whoever publishes, either.
    for code in &staff[2..] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, small.map(|_: VoidedCodes| unreachable!()));
}

/// Cards were printed for an anonymous group, and the draft then made it named: void them, and new ones can be issued.
#[tokio::test]
async fn voided_codes_keep_a_changed_draft_from_nothing() {
    let house = House::new().await;
    let plan = house.draft().await;
    let old = house.codes(&plan, "staff", 5).await;
    let changed = json(&PLAN.replacen("\"anonymous\"", "\"named\"", 1));
    let revision = house.store.plan_head(&plan).await.unwrap().revision;
    house.store.put_plan(PLANNER, &plan, &changed, revision).await.unwrap();
    let unfit = house.store.unfit_codes(&plan, &changed).await.unwrap();
    assert_eq!((unfit.len(), unfit[0].count), (1, 5));
    let new = [house.hash()];
    let codes = NewCodes { period: "h1", group: "staff", hashes: &new, units: None, unit: None };
    assert!(matches!(house.store.add_codes(PLANNER, &plan, codes).await, Err(StoreError::CodesWithoutPaper(_))));
    let batch = BatchId::parse(&unfit[0].batch).unwrap();
    let done = void(&house, &plan, Voiding::Batch(&batch)).await;
    assert_eq!(done, Ok(VoidedCodes { voided: 5, used: 0 }));
    assert_eq!(house.store.unfit_codes(&plan, &changed).await, Ok(Vec::new()));
    assert_eq!(house.added(&plan, codes).await, 1);
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(house.store.ballot_paper(&plan, &new[0]).await.unwrap().group, "staff");
    assert_eq!(house.store.ballot_paper(&plan, &old[0]).await.unwrap_err(), StoreError::CodeVoided);
    assert_eq!(issued(&house, &plan).await, 1);
}

/// Codes as an older version wrote them, without a batch: those of one paper are one, and can be voided.
#[tokio::test]
async fn codes_of_an_older_version_are_one_batch_for_each_paper() {
    let house = House::new().await;
    let plan = house.draft().await;
    let old = house.codes(&plan, "guests", 3).await;
    let client = house.base.client();
    for code in &old {
        let text = code.to_string();
        client
            .update_item()
            .table_name(&house.base.names.ballot_box)
            .key("PK", aws_sdk_dynamodb::types::AttributeValue::S(format!("CODE#{plan}#{}", &text[..1])))
            .key("SK", aws_sdk_dynamodb::types::AttributeValue::S(text))
            .update_expression("REMOVE in_batch")
            .send()
            .await
            .unwrap();
    }
    let new = house.codes(&plan, "guests", 2).await;
    let rows = house.store.batches(&plan, 100, None).await.unwrap().items;
    let row = rows.iter().find(|row| row.count == 3).unwrap();
    assert_eq!(rows.len(), 2);
    let of_old = BatchId::parse(&row.batch).unwrap();
    for _ in 0..2 {
        assert_eq!(void(&house, &plan, Voiding::Batch(&of_old)).await, Ok(VoidedCodes { voided: 3, used: 0 }));
    }
    assert_eq!(voidings(&house, &plan).await.len(), 1);
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(house.store.ballot_paper(&plan, &old[0]).await.unwrap_err(), StoreError::CodeVoided);
    assert!(house.store.ballot_paper(&plan, &new[0]).await.is_ok());
}
