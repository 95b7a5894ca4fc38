//! Closing and publishing that take two people: the first asks, the second acts, on what the first has seen.

use scoring::RecordKind;
use scoring::json::Value;
use store::{Actor, Closing, PlanId, Publishing, RoundId, State, StoreError};
use tokio::task::JoinSet;

use crate::house::{House, OFFICE, PLAN, PLANNER, UNITS, all, json, record};
use crate::schedule::scheduled;

const SECOND: Actor<'static> = Actor { name: "second" };
const THIRD: Actor<'static> = Actor { name: "third" };

/// A draft that asks for second persons; of one period, or of two.
async fn draft(house: &House, approval: &str, periods: usize) -> PlanId {
    let mut document = PLAN.replacen(r#""total""#, &format!(r#""approval": {approval}, "total""#), 1);
    if periods == 1 {
        document = document.replacen(r#", { "id": "h2", "name": "下半年" }"#, "", 1);
    }
    house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id
}

async fn enter(house: &House, plan: &PlanId, unit: &str, value: &str) {
    let body = json(&format!(r#"{{"period":"h1","component":"budget","unit":"{unit}","value":"{value}"}}"#));
    house.store.put_record(OFFICE, plan, &record(RecordKind::Entry, &body), None).await.unwrap();
}

/// A plan of one period that is closed, complete, and takes two people to publish.
async fn complete(house: &House) -> PlanId {
    let plan = draft(house, r#"["publish"]"#, 1).await;
    let staff = house.codes(&plan, "staff", 5).await;
    let guests = house.codes(&plan, "guests", 1).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for code in staff.iter().chain(&guests) {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    for (unit, value) in UNITS.into_iter().zip(["10", "15", "20"]) {
        enter(house, &plan, unit, value).await;
    }
    plan
}

async fn events(house: &House, plan: &PlanId, action: &str) -> usize {
    let events = house.store.audit(plan, 200, None).await.unwrap().items;
    events.iter().filter(|event| event.action == action).count()
}

async fn publish(house: &House, who: Actor<'_>, plan: &PlanId) -> Publishing {
    house.store.publish_plan_early(who, plan, &[], None).await.unwrap()
}

fn is_public(publishing: &Publishing) -> bool {
    matches!(publishing, Publishing::Done(head) if head.state == State::Published)
}

#[tokio::test]
async fn a_vote_ends_when_a_second_person_asks_for_it() {
    let house = House::new().await;
    let plan = draft(&house, r#"["close"]"#, 2).await;
    let staff = house.codes(&plan, "staff", 5).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for _ in 0..2 {
        assert_eq!(house.store.go_on_closing(PLANNER, &plan, None).await, Ok(Closing::Waiting));
    }
    assert_eq!(house.store.close_plan(PLANNER, &plan).await, Err(StoreError::SamePerson));
    let head = house.store.plan_head(&plan).await.unwrap();
    assert_eq!((head.state, head.closing), (State::Open, false));
    assert_eq!(events(&house, &plan, "plan_close_asked").await, 1);
    // Votes are taken until the second person has asked.
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
    assert_eq!(house.store.close_plan(SECOND, &plan).await.unwrap().state, State::Closed);
    let refused = house.cast(&plan, &staff[1], &house.ballot_id(), &all("good")).await;
    assert_eq!(refused, Err(StoreError::PlanClosed));
    let begun = house.store.audit(&plan, 100, None).await.unwrap().items;
    let begun = begun.iter().find(|event| event.action == "plan_closing").unwrap();
    assert_eq!((begun.by.as_str(), begun.detail.get("asked_by")), ("second", Some(&Value::text("planner"))));
}

#[tokio::test]
async fn a_closing_that_has_begun_goes_on_with_anybodys_call() {
    let house = House::new().await;
    let plan = draft(&house, r#"["close"]"#, 1).await;
    let codes = house.codes(&plan, "staff", 20).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for code in &codes {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    let hurried = house.store.clone().with_closing_limit(std::time::Duration::ZERO);
    assert_eq!(hurried.go_on_closing(PLANNER, &plan, None).await, Ok(Closing::Waiting));
    let begun = hurried.go_on_closing(SECOND, &plan, None).await.unwrap();
    assert!(matches!(begun, Closing::Working(_)), "{begun:?}");
    let mut calls = 0;
    // The first person, the second, a third: whoever asks goes on.
    for who in [PLANNER, SECOND, THIRD].into_iter().cycle() {
        calls += 1;
        match hurried.go_on_closing(who, &plan, None).await.unwrap() {
            Closing::Done(head) => {
                assert_eq!(head.state, State::Closed);
                break;
            }
            Closing::Working(_) => assert!(calls < 200),
            Closing::Waiting => panic!("a second person was asked for again"),
        }
    }
    assert_eq!(events(&house, &plan, "plan_close_asked").await, 1);
}

#[tokio::test]
async fn each_round_is_asked_for_by_itself_and_a_plan_as_its_rounds_stand() {
    let house = House::new().await;
    let plan = draft(&house, r#"["close"]"#, 2).await;
    let first = RoundId::new("h1", 1);
    house.store.open_plan_with(PLANNER, &plan, &[], Some(std::slice::from_ref(&first))).await.unwrap();
    assert_eq!(house.store.go_on_closing(PLANNER, &plan, Some(&first)).await, Ok(Closing::Waiting));
    // That somebody wants to close the round says nothing of the plan.
    assert_eq!(house.store.go_on_closing(SECOND, &plan, None).await, Ok(Closing::Waiting));
    assert!(matches!(house.store.go_on_closing(SECOND, &plan, Some(&first)).await, Ok(Closing::Done(_))));
    // Since the plan's end was asked for, a round has been closed.
    assert_eq!(house.store.go_on_closing(THIRD, &plan, None).await, Ok(Closing::Waiting));
    house.store.open_round(PLANNER, &plan, &RoundId::new("h2", 1), &[]).await.unwrap();
    assert_eq!(house.store.go_on_closing(SECOND, &plan, None).await, Ok(Closing::Waiting));
    assert_eq!(house.store.close_plan(THIRD, &plan).await.unwrap().state, State::Closed);
    assert_eq!(events(&house, &plan, "round_close_asked").await, 1);
    assert_eq!(events(&house, &plan, "plan_close_asked").await, 3);
}

#[tokio::test]
async fn what_the_schedule_ends_needs_no_second_person() {
    let house = House::new().await;
    let text = scheduled().canonical().replacen("\"title\"", "\"approval\":[\"close\"],\"title\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&text)).await.unwrap().id;
    house.store.open_plan_with(PLANNER, &plan, &[], Some(&[])).await.unwrap();
    let clock = Actor { name: "pingyi serve" };
    // Past its opening, and past its end: opened the first time, closed the second.
    house.pass(20);
    assert_eq!(house.store.keep_schedule(clock).await, Ok(1));
    assert_eq!(house.store.keep_schedule(clock).await, Ok(1));
    let rounds = house.store.rounds(&plan).await.unwrap();
    assert_eq!(rounds[0].state, wire::round::RoundState::Closed);
    assert_eq!(events(&house, &plan, "round_close_asked").await, 0);
    // The plan itself is ended by people.
    assert_eq!(house.store.go_on_closing(PLANNER, &plan, None).await, Ok(Closing::Waiting));
}

/// The mean of a small group that is allowed is told by itself, so whoever allows one asks for something else.
#[tokio::test]
async fn a_second_person_who_allows_a_small_group_is_the_first_to_ask_for_that() {
    let house = House::new().await;
    let plan = complete(&house).await;
    assert_eq!(publish(&house, PLANNER, &plan).await, Publishing::Waiting);
    let allowing = async |who| house.store.publish_plan_early(who, &plan, &["staff".to_owned()], None).await.unwrap();
    assert_eq!(allowing(SECOND).await, Publishing::Waiting);
    assert!(is_public(&allowing(THIRD).await));
}

#[tokio::test]
async fn a_result_is_published_by_a_second_person_as_the_first_has_seen_it() {
    let house = House::new().await;
    let plan = complete(&house).await;
    for _ in 0..2 {
        assert_eq!(publish(&house, PLANNER, &plan).await, Publishing::Waiting);
    }
    assert_eq!(events(&house, &plan, "plan_publish_asked").await, 1);
    assert_eq!(house.store.publication(&plan).await, Err(StoreError::NotFound));
    // What is entered meanwhile was seen by nobody: the next call is the first one for it.
    enter(&house, &plan, "water", "19").await;
    assert_eq!(publish(&house, SECOND, &plan).await, Publishing::Waiting);
    assert_eq!(publish(&house, SECOND, &plan).await, Publishing::Waiting);
    assert_eq!(events(&house, &plan, "plan_publish_asked").await, 2);
    assert!(is_public(&publish(&house, PLANNER, &plan).await));
    // 54 for the service, 20 without complaints, and the entry.
    let result = house.store.publication(&plan).await.unwrap().result;
    let Some(Value::List(units)) = result.get("units") else { panic!("no units") };
    assert_eq!(units[2].get("total"), Some(&Value::text("93.000000")));
    let last = house.store.audit(&plan, 100, None).await.unwrap().items.pop().unwrap();
    assert_eq!((last.action.as_str(), last.by.as_str()), ("plan_published", "planner"));
    assert_eq!(last.detail.get("asked_by"), Some(&Value::text("second")));
    // Whoever asks now hears that it is done.
    assert!(is_public(&publish(&house, SECOND, &plan).await));
    // What was agreed for one edition is not for the next.
    house.store.correct_plan(PLANNER, &plan, "复核").await.unwrap();
    assert_eq!(publish(&house, PLANNER, &plan).await, Publishing::Waiting);
    assert!(is_public(&publish(&house, THIRD, &plan).await));
    assert_eq!(house.store.editions(&plan).await.unwrap().len(), 2);
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_published_is_not_asked_for() {
    let house = House::new().await;
    let plan = draft(&house, r#"["publish"]"#, 1).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(house.store.publish_plan_early(PLANNER, &plan, &[], None).await, Err(StoreError::WrongState));
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let refused = house.store.publish_plan_early(PLANNER, &plan, &[], None).await;
    assert!(matches!(refused, Err(StoreError::Incomplete(_))), "{refused:?}");
    assert_eq!(events(&house, &plan, "plan_publish_asked").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_people_who_publish_many_times_at_once_one_asks_and_the_other_acts() {
    let house = House::new().await;
    let plan = complete(&house).await;
    let mut together = JoinSet::new();
    for number in 0..12 {
        let store = if number % 2 == 0 { house.store.clone() } else { house.again() };
        let (plan, who) = (plan.clone(), if number % 3 == 0 { PLANNER } else { SECOND });
        together.spawn(async move { store.publish_plan_early(who, &plan, &[], None).await.unwrap() });
    }
    let answers = together.join_all().await;
    assert!(answers.iter().any(is_public) && answers.contains(&Publishing::Waiting));
    assert_eq!(events(&house, &plan, "plan_publish_asked").await, 1);
    assert_eq!(events(&house, &plan, "plan_published").await, 1);
    assert_eq!(house.store.plan_head(&plan).await.unwrap().edition, 1);
}
