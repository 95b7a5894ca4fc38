use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use scoring::json::Value;
use store::{Closing, ClosingProgress, Cursor, ExportPart, ExportedBallot, PlanId, Receipt, State, Store, StoreError};
use wire::reconciliation::{Difference, DifferenceKind};

use crate::house::{House, PLANNER, all, cast, counts, tallies};

async fn export(store: &Store, plan: &PlanId) -> (Vec<ExportedBallot>, Vec<Receipt>) {
    let (mut ballots, mut receipts) = (Vec::new(), Vec::new());
    let mut after: Option<Cursor> = None;
    while let Some((part, next)) = store.exported(plan, after.as_ref()).await.unwrap() {
        match part {
            ExportPart::Ballots(part) => ballots.extend(part),
            ExportPart::Receipts(part) => receipts.extend(part),
        }
        after = Some(next);
    }
    (ballots, receipts)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_while_closing_is_counted_and_nothing_else() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(120).await;
    let mut voters = tokio::task::JoinSet::new();
    for code in staff {
        let (store, plan, ballot) = (house.store.clone(), plan.clone(), house.ballot_id());
        voters.spawn(async move { cast(&store, &plan, &code, &ballot, &all("good")).await });
    }
    let (store, id) = (house.store.clone(), plan.clone());
    let closing = tokio::spawn(async move {
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        store.close_plan(PLANNER, &id).await.unwrap()
    });
    let answers = voters.join_all().await;
    let head = closing.await.unwrap();
    let acknowledged = answers.iter().filter(|answer| answer.is_ok()).count();
    assert!(answers.iter().all(|answer| answer.is_ok() || *answer == Err(StoreError::PlanClosed)), "{answers:?}");
    assert!(!head.count_mismatch);
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, acknowledged as u64);
    let (ballots, receipts) = export(&house.store, &plan).await;
    assert_eq!(ballots.len(), acknowledged);
    let given: BTreeSet<Receipt> = answers.into_iter().flatten().map(|cast| cast.receipt).collect();
    assert_eq!(receipts.into_iter().collect::<BTreeSet<_>>(), given);
}

#[tokio::test]
async fn the_export_holds_every_ballot_and_every_receipt_apart() {
    let house = House::new().await;
    let (plan, staff, guests) = house.open(20).await;
    let mut given = BTreeSet::new();
    for (number, code) in staff.iter().chain(&guests).enumerate() {
        let option = if number < 20 { "good" } else { "poor" };
        given.insert(house.cast(&plan, code, &house.ballot_id(), &all(option)).await.unwrap().receipt);
    }
    assert_eq!(house.store.exported(&plan, None).await, Err(StoreError::WrongState));
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let (ballots, receipts) = export(&house.store, &plan).await;
    assert_eq!(ballots.iter().filter(|ballot| ballot.group == "staff" && ballot.marks == all("good")).count(), 20);
    assert_eq!(ballots.iter().filter(|ballot| ballot.group == "guests" && ballot.marks == all("poor")).count(), 20);
    assert_eq!(receipts, given.into_iter().collect::<Vec<_>>());
    // Neither all of one group first, as they were cast.
    assert!(ballots[..20].iter().any(|ballot| ballot.group == "guests"));
}

#[tokio::test]
async fn an_interrupted_closing_takes_no_ballot_any_more_and_is_resumed() {
    let house = House::new().await;
    let works = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&works);
    let store = house.store.clone().with_box_rewrite(move || {
        let works = switch.load(Ordering::SeqCst);
        async move { works }
    });
    let (plan, staff, _) = house.open(5).await;
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("fair")).await.unwrap();
    assert_eq!(store.close_plan(PLANNER, &plan).await, Err(StoreError::Unavailable));
    let head = store.plan_head(&plan).await.unwrap();
    assert_eq!((head.state, head.closing), (State::Open, true));
    assert_eq!(house.cast(&plan, &staff[1], &house.ballot_id(), &all("good")).await, Err(StoreError::PlanClosed));
    works.store(true, Ordering::SeqCst);
    let head = store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!((head.state, head.closing, head.count_mismatch), (State::Closed, false, false));
    let tallies = tallies(&store.records(&plan).await.unwrap());
    assert_eq!(tallies["h1 staff service water speed"], counts(&[("good", 0), ("fair", 1), ("poor", 0)]));
}

#[tokio::test]
async fn a_ballot_whose_code_was_good_before_closing_is_refused_at_the_gate() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    let marks = all("good");
    let prepared = house.store.prepare_ballot(&plan, &staff[0], &house.ballot_id()).await.unwrap();
    let store::Prepared::Ready(ready) = prepared else { panic!("nothing was cast yet") };
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(house.store.cast_ballot(ready, &marks).await, Err(StoreError::PlanClosed));
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 0);
}

#[tokio::test]
async fn tallies_that_do_not_agree_with_the_ballots_are_noticed_and_never_published() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
    // Someone adds a mark to a running tally, past the store.
    tamper(&house, &format!("TALLY#{plan}#3"), "h1#staff#service#0", "c0o0").await;
    let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert!(head.count_mismatch);
    let tallies = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(tallies["h1 staff service forestry manner"], counts(&[("good", 1), ("fair", 0), ("poor", 0)]));
    let refused = house.store.publish_plan(PLANNER, &plan, &["staff".to_owned()]).await;
    let (period, group, one) = ("h1".to_owned(), "staff".to_owned(), Some(1));
    let counters = Difference { period, group, kind: DifferenceKind::Counters, left: one, right: one };
    assert_eq!(refused, Err(StoreError::CountMismatch(vec![counters])));
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    let closed = events.iter().find(|event| event.action == "plan_closed").unwrap();
    assert_eq!(closed.detail.get("count_mismatch"), Some(&Value::Bool(true)));
}

/// Fifty ballots, and calls that stop after one page of the box: 16 partitions make at least as many calls of the count.
#[tokio::test]
async fn a_closing_keeps_its_place_from_call_to_call_and_two_closers_end_alike() {
    let house = House::new().await;
    let (plan, staff, guests) = house.open(40).await;
    let mut given = BTreeSet::new();
    for code in staff.iter().chain(&guests[..10]) {
        given.insert(house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap().receipt);
    }
    let closers = [house.store.clone(), house.again()].map(|store| store.with_closing_limit(Duration::ZERO));
    let mut come: Vec<ClosingProgress> = Vec::new();
    let head = 'closed: loop {
        // The first alone, then both side by side.
        let second = if come.len() < 8 { &closers[0] } else { &closers[1] };
        let (one, two) = tokio::join!(closers[0].go_on_closing(PLANNER, &plan, None), async {
            if come.len() < 8 { None } else { Some(second.go_on_closing(PLANNER, &plan, None).await) }
        });
        for answer in [Some(one), two].into_iter().flatten() {
            match answer {
                Ok(Closing::Done(head)) => break 'closed *head,
                Ok(Closing::Working(progress)) => come.push(progress),
                Ok(Closing::Waiting) => panic!("nobody else is needed"),
                Err(error) => assert!(matches!(error, StoreError::Contended | StoreError::Unavailable), "{error}"),
            }
        }
        assert!(come.len() < 1000, "{come:?}");
        assert!(house.store.plan_head(&plan).await.unwrap().closing);
    };
    assert_eq!((head.state, head.count_mismatch), (State::Closed, false));
    assert!(come.len() >= 16, "{come:?}");
    assert!(come.iter().all(|progress| progress.done <= progress.of && progress.of == 150), "{come:?}");
    assert!(come[..8].is_sorted_by_key(|progress| progress.done), "{come:?}");
    let seen = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(seen["h1 staff service water speed"], counts(&[("good", 40), ("fair", 0), ("poor", 0)]));
    let (ballots, receipts) = export(&house.store, &plan).await;
    assert_eq!(ballots.len(), 50);
    assert_eq!(receipts, given.into_iter().collect::<Vec<_>>());
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    assert_eq!(events.iter().filter(|event| event.action == "plan_closed").count(), 1);
    assert_eq!(house.store.reconciliation(&plan).await.unwrap().differences, []);
}

async fn tamper(house: &House, pk: &str, sk: &str, attribute: &str) {
    use aws_sdk_dynamodb::types::AttributeValue;
    let (client, table) = (house.base.client(), &house.base.names.ballot_box);
    client
        .update_item()
        .table_name(table)
        .key("PK", AttributeValue::S(pk.to_owned()))
        .key("SK", AttributeValue::S(sk.to_owned()))
        .update_expression(format!("ADD {attribute} :i"))
        .expression_attribute_values(":i", AttributeValue::N("1".to_owned()))
        .send()
        .await
        .unwrap();
}
