use store::{RecordKind, StoreError};

use crate::house::{House, OFFICE, PLANNER, all, json, record};

#[tokio::test]
async fn every_change_by_an_office_is_in_the_chain_and_voting_is_not() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(5).await;
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
    let body = json(r#"{"period":"h1","component":"budget","unit":"water","value":"7.5"}"#);
    let kept = house.store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &body), Some("凭证")).await.unwrap();
    house.store.delete_record(OFFICE, &plan, &kept, "录错").await.unwrap();
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let first = house.store.audit(&plan, 4, None).await.unwrap();
    let second = house.store.audit(&plan, 100, first.next.as_ref()).await.unwrap();
    assert_eq!(second.next, None);
    let events: Vec<_> = first.items.into_iter().chain(second.items).collect();
    let told: Vec<(u64, &str, &str)> =
        events.iter().map(|event| (event.sequence, event.by.as_str(), event.action.as_str())).collect();
    assert_eq!(
        told,
        [
            (1, "planner", "plan_created"),
            (2, "planner", "codes_added"),
            (3, "planner", "codes_added"),
            (4, "planner", "plan_opened"),
            (5, "office", "record_put"),
            (6, "office", "record_struck"),
            (7, "planner", "plan_closing"),
            (8, "planner", "plan_closed"),
        ]
    );
    assert_eq!(events[0].previous, "0".repeat(64));
    assert!(events.windows(2).all(|pair| pair[1].previous == pair[0].hash));
    assert_eq!(house.store.verify_audit(&plan).await, Ok(8));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn entries_from_many_offices_at_once_make_one_chain() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let mut offices = tokio::task::JoinSet::new();
    // Two processes: each has a store of its own, so that only the chain itself orders them.
    let other = House::on(house.base.clone(), None).await.store;
    for number in 0..40 {
        let store = if number % 2 == 0 { house.store.clone() } else { other.clone() };
        let plan = plan.clone();
        offices.spawn(async move {
            let body = json(r#"{"period":"h1","rule":"praised","unit":"water","points":"1"}"#);
            store.put_record(OFFICE, &plan, &record(RecordKind::Adjustment, &body), None).await.unwrap();
        });
    }
    offices.join_all().await;
    assert_eq!(house.store.verify_audit(&plan).await, Ok(4 + 40));
    assert_eq!(house.store.records(&plan).await.unwrap().adjustments.len(), 40);
}

#[tokio::test]
async fn a_changed_event_breaks_the_chain() {
    let home = tempfile::tempdir().unwrap();
    {
        let house = House::in_directory(home.path()).await;
        let (plan, _, _) = house.open(5).await;
        assert_eq!(house.store.verify_audit(&plan).await, Ok(4));
    }
    let file = rusqlite::Connection::open(home.path().join("main.1.db")).unwrap();
    let changed = file
        .execute(
            "UPDATE main SET item_json = replace(item_json, 'plan_opened', 'plan_opaned') WHERE pk LIKE '%AUDIT#%'",
            [],
        )
        .unwrap();
    assert!(changed > 0);
    drop(file);
    let house = House::in_directory(home.path()).await;
    let plan = house.store.list_plans(1, None).await.unwrap().items.remove(0).id;
    assert_eq!(house.store.verify_audit(&plan).await, Err(StoreError::Corrupt));
}

/// How often a plan's chain says that data were put back, and the last detail.
async fn restored(house: &House, plan: &store::PlanId) -> (usize, String) {
    let events = house.store.audit(plan, 100, None).await.unwrap().items;
    let told: Vec<_> = events.iter().filter(|event| event.action == "data_restored").collect();
    (told.len(), told.last().map(|event| event.detail.canonical()).unwrap_or_default())
}

#[tokio::test]
async fn data_that_were_put_back_are_told_in_the_chains_of_the_plans_concerned() {
    let house = House::new().await;
    let draft = house.draft().await;
    let (open, staff, _) = house.open(5).await;
    let (closed, ..) = house.open(5).await;
    house.store.close_plan(PLANNER, &closed).await.unwrap();
    let found = ["older box 5 main".to_owned()];
    // The box alone: a plan whose ballots are counted needs it no more.
    house.store.note_restore(OFFICE, "磁盘坏了", &found, true).await.unwrap();
    let told = r#"{"found":["older box 5 main"],"reason":"磁盘坏了"}"#;
    for plan in [&draft, &open] {
        assert_eq!(restored(&house, plan).await, (1, told.to_owned()));
    }
    assert_eq!(restored(&house, &closed).await, (0, String::new()));
    // All of the data.
    house.store.note_restore(OFFICE, "整个目录", &[], false).await.unwrap();
    for (plan, times) in [(&draft, 2), (&open, 2), (&closed, 1)] {
        assert_eq!(restored(&house, plan).await.0, times);
        house.store.verify_audit(plan).await.unwrap();
    }
    house.store.verify_account_audit().await.unwrap();
    // Nothing else has changed: the open plan still takes its ballots.
    house.cast(&open, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
}
