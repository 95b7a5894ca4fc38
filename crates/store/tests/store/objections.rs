//! A result on public display, and the objections to it.

use store::{Actor, Announcing, NewObjection, PlanId, State, Store, StoreError, Timestamp};

use crate::house::{House, OFFICE, PLAN, PLANNER, UNITS, all, json, record};

const DAY: i64 = 86_400;

/// A closed plan with a complete result, on display for a day.
async fn displayed(house: &House) -> PlanId {
    let document = PLAN.replacen(r#", { "id": "h2", "name": "下半年" }"#, "", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let staff = house.codes(&plan, "staff", 5).await;
    let guests = house.codes(&plan, "guests", 1).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for code in staff.iter().chain(&guests) {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    for (unit, value) in UNITS.into_iter().zip(["10", "15", "20"]) {
        let body = json(&format!(r#"{{"period":"h1","component":"budget","unit":"{unit}","value":"{value}"}}"#));
        house.store.put_record(OFFICE, &plan, &record(store::RecordKind::Entry, &body), None).await.unwrap();
    }
    announce(house, &plan).await.unwrap();
    plan
}

async fn announce(house: &House, plan: &PlanId) -> Result<Timestamp, StoreError> {
    let until = Timestamp(house.store.now().0 + DAY);
    let announcing = Announcing { until, contact: "评议办", allow_small: &[] };
    house.store.announce_plan(PLANNER, plan, announcing).await.map(|head| head.announced.unwrap())
}

async fn object(store: &Store, plan: &PlanId, text: &str) -> Result<u64, StoreError> {
    let challenge = store.objection_challenge(plan, text).await?;
    assert_eq!(store.is_objection_challenge(plan, text, &challenge).await, Ok(true));
    assert_eq!(store.is_objection_challenge(plan, "other words", &challenge).await, Ok(false));
    store.take_objection(plan, &challenge, NewObjection { unit: None, text, contact: "" }).await
}

#[tokio::test]
async fn objections_are_numbered_until_the_end_and_found_again_by_their_challenge() {
    let house = House::new().await;
    let plan = displayed(&house).await;
    assert_eq!(object(&house.store, &plan, "甲").await, Ok(1));
    let challenge = house.store.objection_challenge(&plan, "乙").await.unwrap();
    let words = NewObjection { unit: Some("water"), text: "乙", contact: "电话" };
    assert_eq!(house.store.take_objection(&plan, &challenge, words).await, Ok(2));
    assert_eq!(house.again().take_objection(&plan, &challenge, words).await, Ok(2));
    assert_eq!(house.store.objection_of(&plan, &challenge).await, Ok(Some(2)));
    // A challenge is good for a quarter of an hour.
    house.pass(15 * 60);
    assert_eq!(house.store.is_objection_challenge(&plan, "乙", &challenge).await, Ok(false));
    let read = house.store.objections(&plan, 10, None).await.unwrap().items;
    let told: Vec<_> = read.iter().map(|one| (one.number, one.unit.as_deref(), one.text.as_str(), one.at)).collect();
    assert_eq!(told, [(1, None, "甲", 1_700_000_000), (2, Some("water"), "乙", 1_700_000_000)]);

    house.pass(DAY);
    assert_eq!(object(&house.store, &plan, "丙").await, Err(StoreError::WrongState));
    // Staff enter what came late by another way.
    assert_eq!(house.store.put_objection(OFFICE, &plan, words).await, Ok(3));
    // Shown anew, it takes objections again, and the numbers go on.
    announce(&house, &plan).await.unwrap();
    assert_eq!(object(&house.store, &plan, "丁").await, Ok(4));
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test]
async fn publishing_waits_for_the_end_and_for_every_answer() {
    let house = House::new().await;
    let plan = displayed(&house).await;
    let shown = house.store.announced(&plan).await.unwrap();
    assert_eq!((shown.0.edition, shown.1.until), (0, 1_700_000_000 + DAY));
    assert_eq!(house.store.publication(&plan).await, Err(StoreError::NotFound));
    object(&house.store, &plan, "甲").await.unwrap();
    object(&house.store, &plan, "乙").await.unwrap();
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, Err(StoreError::StillAnnounced));
    house.pass(DAY);
    let open = Err(StoreError::OpenObjections(vec![1, 2]));
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, open);
    let answered = house.store.answer_objection(PLANNER, &plan, 1, "属实", true).await.unwrap();
    assert_eq!(house.store.answer_objection(PLANNER, &plan, 1, "属实", true).await, Ok(answered));
    let other = house.store.answer_objection(Actor { name: "other" }, &plan, 1, "不属实", false).await;
    assert_eq!(other, Err(StoreError::AlreadyRecorded));
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, Err(StoreError::OpenObjections(vec![2])));
    house.store.answer_objection(PLANNER, &plan, 2, "不属实", false).await.unwrap();
    let head = house.store.publish_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!((head.state, head.announced), (State::Published, None));
    let publicity = house.store.publication(&plan).await.unwrap().publicity.unwrap();
    let told = (publicity.at, publicity.until, publicity.objections, publicity.upheld, publicity.early);
    assert_eq!(told, (1_700_000_000, 1_700_000_000 + DAY, 2, 1, None));
    assert_eq!(house.store.announced(&plan).await, Err(StoreError::NotFound));
    assert_eq!(announce(&house, &plan).await, Err(StoreError::WrongState));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_objection_slips_past_a_publishing_that_runs_beside_it() {
    for round in 0..6 {
        let house = House::new().await;
        let plan = displayed(&house).await;
        let mut objecting = tokio::task::JoinSet::new();
        for number in 0..8 {
            let store = if number % 2 == 0 { house.store.clone() } else { house.again() };
            let plan = plan.clone();
            objecting.spawn(async move { object(&store, &plan, &format!("第{number}条")).await });
        }
        let published = house.again().publish_plan_early(PLANNER, &plan, &[], Some("复核完毕")).await;
        let taken = objecting.join_all().await.into_iter().filter(Result::is_ok).count();
        let kept = house.store.objections(&plan, 100, None).await.unwrap().items.len();
        assert_eq!(taken, kept, "round {round}");
        // What was taken is open: either it came before, and nothing is published, or there is none.
        assert_eq!(published.is_ok(), kept == 0, "round {round}: {published:?}, {kept} taken");
    }
}
