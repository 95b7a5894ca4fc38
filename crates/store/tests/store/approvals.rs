//! Second persons: a record that waits counts nowhere, and counts once another has approved it, once.

use scoring::json::Value;
use scoring::{Record, RecordKind};
use store::{Actor, PlanId, RecordId, RecordRow, Settled, StoreError};
use tokio::task::JoinSet;
use wire::record::Beside;

use crate::house::{House, OFFICE, PLAN, PLANNER, json, record};

const SECOND: Actor<'static> = Actor { name: "second" };
const THIRD: Actor<'static> = Actor { name: "third" };

/// An open plan that asks for second persons.
async fn open(house: &House, approval: &str) -> PlanId {
    let document = PLAN.replacen(r#""total""#, &format!(r#""approval": {approval}, "total""#), 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    plan
}

fn praise(points: &str) -> Record {
    let body = format!(r#"{{"period":"h1","rule":"praised","unit":"water","points":"{points}"}}"#);
    record(RecordKind::Adjustment, &json(&body))
}

fn lot(order: &str) -> Record {
    record(RecordKind::Lot, &json(&format!(r#"{{"category":"dept","order":{order}}}"#)))
}

async fn rows(house: &House, plan: &PlanId, kind: RecordKind) -> Vec<RecordRow> {
    house.store.list_records(plan, kind, 100, None).await.unwrap().items
}

async fn events(house: &House, plan: &PlanId, action: &str) -> usize {
    let events = house.store.audit(plan, 100, None).await.unwrap().items;
    events.iter().filter(|event| event.action == action).count()
}

#[tokio::test]
async fn a_record_waits_for_another_person_and_counts_once_approved() {
    let house = House::new().await;
    let plan = open(&house, r#"["adjustments"]"#).await;
    let kept = house.store.give_record(OFFICE, &plan, &praise("2"), &Beside::evidence(Some("简报"))).await.unwrap();
    assert!(kept.pending);
    assert!(house.store.records(&plan).await.unwrap().adjustments.is_empty());
    let waiting = rows(&house, &plan, RecordKind::Adjustment).await;
    assert_eq!((waiting[0].pending, &waiting[0].approved, &waiting[0].struck), (true, &None, &None));
    // Kinds that are not named count at once.
    let entry = record(RecordKind::Entry, &json(r#"{"period":"h1","component":"budget","unit":"water","value":"7"}"#));
    assert!(!house.store.give_record(OFFICE, &plan, &entry, &Beside::default()).await.unwrap().pending);

    assert_eq!(house.store.approve_record(OFFICE, &plan, &kept.id).await, Err(StoreError::SamePerson));
    house.pass(60);
    house.store.approve_record(SECOND, &plan, &kept.id).await.unwrap();
    assert_eq!(house.store.records(&plan).await.unwrap().adjustments.len(), 1);
    let counted = &rows(&house, &plan, RecordKind::Adjustment).await[0];
    let approved = counted.approved.as_ref().unwrap();
    assert_eq!((counted.pending, counted.by.as_str(), counted.evidence.as_deref()), (false, "office", Some("简报")));
    assert_eq!((approved.by.as_str(), approved.at), ("second", 1_700_000_060));
    assert_eq!(counted.id, kept.id);

    // A lost answer is asked for again; nobody else approves it once more, and nobody rejects it any more.
    house.store.approve_record(SECOND, &plan, &kept.id).await.unwrap();
    let settled = Err(StoreError::NotPending(Settled::Counts));
    assert_eq!(house.store.approve_record(THIRD, &plan, &kept.id).await, settled);
    assert_eq!(house.store.approve_record(OFFICE, &plan, &kept.id).await, settled);
    assert_eq!(house.store.reject_record(THIRD, &plan, &kept.id, "不实").await, settled);
    assert_eq!(events(&house, &plan, "record_approved").await, 1);
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test]
async fn a_rejected_record_is_kept_with_its_reason_and_cannot_be_approved() {
    let house = House::new().await;
    let plan = open(&house, r#"["adjustments"]"#).await;
    let first = house.store.give_record(OFFICE, &plan, &praise("2"), &Beside::default()).await.unwrap().id;
    let second = house.store.give_record(OFFICE, &plan, &praise("1"), &Beside::default()).await.unwrap().id;
    house.store.reject_record(SECOND, &plan, &first, "没有文件").await.unwrap();
    house.store.reject_record(SECOND, &plan, &first, "没有文件").await.unwrap();
    let struck = Err(StoreError::NotPending(Settled::Struck));
    assert_eq!(house.store.reject_record(SECOND, &plan, &first, "另一个理由").await, struck);
    assert_eq!(house.store.approve_record(SECOND, &plan, &first).await, struck);
    // One that its office has struck out, by its old id and by the one that the ledger shows now.
    house.store.delete_record(OFFICE, &plan, &second, "录错").await.unwrap();
    assert_eq!(house.store.approve_record(SECOND, &plan, &second).await, struck);
    for row in rows(&house, &plan, RecordKind::Adjustment).await {
        assert!(row.struck.is_some() && !row.pending);
        assert_eq!(house.store.approve_record(SECOND, &plan, &row.id).await, struck);
    }
    let unknown = RecordId::parse("adjustments.praised.water.h1.0000000000000000").unwrap();
    assert_eq!(house.store.approve_record(SECOND, &plan, &unknown).await, Err(StoreError::NotFound));
    // Whoever gave it may take it back.
    let third = house.store.give_record(OFFICE, &plan, &praise("3"), &Beside::default()).await.unwrap().id;
    house.store.reject_record(OFFICE, &plan, &third, "录错").await.unwrap();
    assert!(house.store.records(&plan).await.unwrap().adjustments.is_empty());
    assert_eq!(events(&house, &plan, "record_rejected").await, 2);
}

#[tokio::test]
async fn a_lot_that_adds_units_waits_beside_the_one_that_counts() {
    let house = House::new().await;
    let plan = open(&house, r#"["lots"]"#).await;
    let give = async |who, order| house.store.give_record(who, &plan, &lot(order), &Beside::default()).await;
    let counted = async || {
        let lots = house.store.records(&plan).await.unwrap().lots;
        lots.into_iter().map(|lot| lot.order.join(" ")).collect::<Vec<_>>()
    };
    let first = give(OFFICE, r#"["water","forestry"]"#).await.unwrap();
    // Sent again it is one; another has to wait until this one is approved or rejected.
    assert_eq!(give(OFFICE, r#"["water","forestry"]"#).await.unwrap(), first);
    assert_eq!(give(OFFICE, r#"["forestry","water"]"#).await, Err(StoreError::AlreadyRecorded));
    assert_eq!(give(OFFICE, r#"["water","forestry","building"]"#).await, Err(StoreError::AlreadyRecorded));
    assert_eq!(counted().await, Vec::<String>::new());
    house.store.approve_record(SECOND, &plan, &first.id).await.unwrap();
    assert_eq!(counted().await, ["water forestry"]);

    // Nobody draws it anew; more units may be added, and the first draw counts until somebody has approved them.
    assert_eq!(give(OFFICE, r#"["forestry","water"]"#).await, Err(StoreError::AlreadyRecorded));
    let longer = give(SECOND, r#"["building","water","forestry"]"#).await.unwrap();
    assert!(longer.pending && longer.id != first.id);
    assert_eq!(counted().await, ["water forestry"]);
    house.store.reject_record(OFFICE, &plan, &longer.id, "录错").await.unwrap();
    assert_eq!(counted().await, ["water forestry"]);
    let longer = give(SECOND, r#"["water","building","forestry"]"#).await.unwrap();
    house.store.approve_record(OFFICE, &plan, &longer.id).await.unwrap();
    assert_eq!(counted().await, ["water building forestry"]);
    let last = house.store.audit(&plan, 100, None).await.unwrap().items.pop().unwrap();
    assert_eq!(last.detail.get("was"), Some(&Value::of(&lot(r#"["water","forestry"]"#))));
    // One lot stands; what was approved before has gone into the chain.
    assert_eq!(rows(&house, &plan, RecordKind::Lot).await.iter().filter(|row| row.struck.is_none()).count(), 1);
}

#[tokio::test]
async fn a_decision_that_waits_keeps_its_place_and_never_changes_under_its_id() {
    let house = House::new().await;
    let plan = open(&house, r#"["decisions", "verdicts"]"#).await;
    let decision = |value: &str| {
        let body =
            format!(r#"{{"period":"h1","component":"service","unit":"water","value":"{value}","reason":"党委合议"}}"#);
        record(RecordKind::Decision, &json(&body))
    };
    let first = house.store.give_record(OFFICE, &plan, &decision("80"), &Beside::default()).await.unwrap();
    let refused = house.store.give_record(OFFICE, &plan, &decision("90"), &Beside::default()).await;
    assert_eq!(refused, Err(StoreError::AlreadyRecorded));
    house.store.delete_record(OFFICE, &plan, &first.id, "改").await.unwrap();
    let other = house.store.give_record(OFFICE, &plan, &decision("95"), &Beside::default()).await.unwrap();
    // Whoever read the first approves the first, which is gone, and not what was given since.
    assert_ne!(first.id, other.id);
    let gone = house.store.approve_record(SECOND, &plan, &first.id).await;
    assert_eq!(gone, Err(StoreError::NotPending(Settled::Struck)));
    assert!(house.store.records(&plan).await.unwrap().decisions.is_empty());
    house.store.approve_record(SECOND, &plan, &other.id).await.unwrap();
    assert_eq!(house.store.records(&plan).await.unwrap().decisions[0].value, "95".into());
    let again = house.store.give_record(OFFICE, &plan, &decision("70"), &Beside::default()).await;
    assert_eq!(again, Err(StoreError::AlreadyRecorded));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_approve_at_once_one_does() {
    let house = House::new().await;
    let plan = open(&house, r#"["adjustments"]"#).await;
    for of_one_person in [true, false] {
        let before = events(&house, &plan, "record_approved").await;
        let id = house.store.give_record(OFFICE, &plan, &praise("1"), &Beside::default()).await.unwrap().id;
        let mut all = JoinSet::new();
        for number in 0..12 {
            let store = if number % 2 == 0 { house.store.clone() } else { house.again() };
            let (plan, id) = (plan.clone(), id.clone());
            let name = if of_one_person { "second".to_owned() } else { format!("person{number}") };
            all.spawn(async move { store.approve_record(Actor { name: &name }, &plan, &id).await });
        }
        let answers = all.join_all().await;
        let done = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(done, if of_one_person { 12 } else { 1 });
        let settled = Err(StoreError::NotPending(Settled::Counts));
        assert!(answers.iter().all(|answer| answer.is_ok() || *answer == settled), "{answers:?}");
        assert_eq!(events(&house, &plan, "record_approved").await, before + 1);
    }
    assert_eq!(house.store.records(&plan).await.unwrap().adjustments.len(), 2);
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_approving_and_striking_at_once_one_wins_and_the_record_says_which() {
    let house = House::new().await;
    let plan = open(&house, r#"["adjustments"]"#).await;
    let mut counted = 0;
    for _ in 0..8 {
        let id = house.store.give_record(OFFICE, &plan, &praise("0.5"), &Beside::default()).await.unwrap().id;
        let (first, other) = (house.store.clone(), house.again());
        let (approving, rejecting) =
            tokio::join!(first.approve_record(SECOND, &plan, &id), other.reject_record(THIRD, &plan, &id, "不实"));
        assert_ne!(approving.is_ok(), rejecting.is_ok(), "{approving:?} {rejecting:?}");
        counted += usize::from(approving.is_ok());
    }
    assert_eq!(house.store.records(&plan).await.unwrap().adjustments.len(), counted);
    assert_eq!(events(&house, &plan, "record_approved").await, counted);
    assert_eq!(events(&house, &plan, "record_rejected").await, 8 - counted);
}
