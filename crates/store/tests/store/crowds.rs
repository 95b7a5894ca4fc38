//! Many at once. The numbers here are small enough for every run; `PINGYI_CROWD=1000` makes them large.

use std::collections::BTreeSet;

use store::{Receipt, StoreError};

use crate::dice::setting;
use crate::house::{House, PLANNER, all, cast};

fn crowd() -> usize {
    setting("PINGYI_CROWD", 150) as usize
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn round_after_round_one_of_a_crowd_gets_the_code() {
    let house = House::new().await;
    let rounds = if crowd() >= 1000 { 20 } else { 4 };
    let (plan, staff, _) = house.open(rounds).await;
    for code in staff {
        let mut voters = tokio::task::JoinSet::new();
        for number in 0..crowd() {
            let (store, plan, ballot) = (house.store.clone(), plan.clone(), house.ballot_id());
            let option = ["good", "fair", "poor"][number % 3];
            voters.spawn(async move { cast(&store, &plan, &code, &ballot, &all(option)).await });
        }
        let answers = voters.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        assert!(answers.iter().all(|answer| answer.is_ok() || *answer == Err(StoreError::CodeUsed)));
    }
    assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, rounds as u64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_that_sends_one_ballot_gets_one_receipt() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    let ballot = house.ballot_id();
    let mut voters = tokio::task::JoinSet::new();
    for _ in 0..crowd() {
        let (store, plan, code) = (house.store.clone(), plan.clone(), staff[0]);
        voters.spawn(async move { cast(&store, &plan, &code, &ballot, &all("good")).await.unwrap() });
    }
    let answers = voters.join_all().await;
    assert_eq!(answers.iter().map(|cast| cast.receipt).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(answers.iter().filter(|cast| !cast.repeated).count(), 1);
    assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_close_against_a_crowd_that_casts_lose_no_acknowledged_ballot() {
    let house = House::new().await;
    let closers = if crowd() >= 1000 { 50 } else { 8 };
    let (plan, staff, _) = house.open(crowd()).await;
    let mut voters = tokio::task::JoinSet::new();
    for code in staff {
        let (store, plan, ballot) = (house.store.clone(), plan.clone(), house.ballot_id());
        voters.spawn(async move { cast(&store, &plan, &code, &ballot, &all("good")).await });
    }
    let mut offices = tokio::task::JoinSet::new();
    for number in 0..closers {
        let (store, plan) = (house.store.clone(), plan.clone());
        offices.spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(30 + 3 * number)).await;
            store.close_plan(PLANNER, &plan).await.unwrap()
        });
    }
    let answers = voters.join_all().await;
    let heads = offices.join_all().await;
    assert!(heads.iter().all(|head| head == &heads[0] && !head.count_mismatch), "{heads:?}");
    assert!(answers.iter().all(|answer| answer.is_ok() || *answer == Err(StoreError::PlanClosed)));
    let receipts: BTreeSet<Receipt> = answers.into_iter().flatten().map(|cast| cast.receipt).collect();
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, receipts.len() as u64);
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    assert_eq!(events.iter().filter(|event| event.action == "plan_closed").count(), 1);
}
