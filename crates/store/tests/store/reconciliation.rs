//! Codes, ballots and tallies held against each other, and what two people may say where they differ.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use scoring::json::Value;
use scoring::{PaperTally, RecordKind};
use store::{Actor, CodeHash, PlanId, State, StoreError, Voiding};
use wire::reconciliation::{Difference, DifferenceKind, GroupBooks, PaperBooks};
use wire::record::Beside;

use crate::house::{House, OFFICE, PLAN, PLANNER, UNITS, all, json, record};

const OTHER: Actor<'static> = Actor { name: "other" };

/// A plan of one period: five staff codes, two of them used, and three guests' codes, one of them used.
async fn open(house: &House) -> (PlanId, Vec<CodeHash>) {
    let (plan, staff, _) = open_all(house).await;
    (plan, staff)
}

async fn open_all(house: &House) -> (PlanId, Vec<CodeHash>, Vec<CodeHash>) {
    let document = PLAN.replacen(r#", { "id": "h2", "name": "下半年" }"#, "", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let staff = house.codes(&plan, "staff", 5).await;
    let guests = house.codes(&plan, "guests", 3).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for code in [&staff[0], &staff[1], &guests[0]] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    for (unit, value) in UNITS.into_iter().zip(["10", "15", "20"]) {
        let body = json(&format!(r#"{{"period":"h1","component":"budget","unit":"{unit}","value":"{value}"}}"#));
        house.store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &body), None).await.unwrap();
    }
    (plan, staff, guests)
}

async fn publish(house: &House, plan: &PlanId) -> Result<State, StoreError> {
    house.store.publish_plan(PLANNER, plan, &["staff".to_owned()]).await.map(|head| head.state)
}

fn books(group: &str, issued: u64, used: u64, unused: u64) -> GroupBooks {
    GroupBooks {
        period: "h1".to_owned(),
        group: group.to_owned(),
        issued,
        voided: 0,
        used: Some(used),
        exchanged: Some(0),
        unused: Some(unused),
        tokens: Some(0),
        ballots: Some(used),
        paper: Vec::new(),
    }
}

fn different(kind: DifferenceKind, left: u64, right: u64) -> Difference {
    let (period, group) = ("h1".to_owned(), "staff".to_owned());
    Difference { period, group, kind, left: Some(left), right: Some(right) }
}

async fn update(house: &House, table: &str, key: [&str; 2], expression: &str, value: AttributeValue) {
    let key = key.map(|part| AttributeValue::S(part.to_owned()));
    let [pk, sk] = key;
    let request = house.base.client().update_item().table_name(table).key("PK", pk).key("SK", sk);
    request.update_expression(expression).expression_attribute_values(":v", value).send().await.unwrap();
}

async fn burn(house: &House, plan: &PlanId, code: &CodeHash) {
    let hash = code.to_string();
    let partition = format!("CODE#{plan}#{}", &hash[..1]);
    update(house, &house.base.names.ballot_box, [&partition, &hash], "SET used = :v", AttributeValue::Bool(true)).await;
}

fn paper(label: &str, good: u64) -> PaperTally {
    let line = |unit: &str, criterion: &str| {
        format!(r#"{{"unit":"{unit}","criterion":"{criterion}","counts":{{"good":{good}}},"blank":0}}"#)
    };
    let lines: Vec<String> = UNITS.iter().flat_map(|unit| ["manner", "speed"].map(|at| line(unit, at))).collect();
    let text = format!(
        r#"{{"label":"{label}","period":"h1","group":"guests","component":"service","collected":{},"void":1,"counts":[{}]}}"#,
        good + 1,
        lines.join(",")
    );
    PaperTally::read(&json(&text)).unwrap()
}

#[tokio::test]
async fn the_books_of_an_honest_plan_agree_and_are_published_without_what_would_tell_few_ballots() {
    let house = House::new().await;
    let (plan, _, guests) = open_all(&house).await;
    let voiding = Voiding::Hashes(&guests[2..]);
    house.store.void_codes(PLANNER, &plan, voiding, "卡片遗失", &[]).await.unwrap();
    // Two boxes count, one was struck out, one waits.
    for (label, people) in [("一号箱", 2), ("二号箱", 2), ("三号箱", 2), ("四号箱", 1)] {
        for person in [OFFICE, OTHER].into_iter().take(people) {
            house.store.put_paper_tally(person, &plan, &paper(label, 6), &Beside::default()).await.unwrap();
        }
    }
    let rows = house.store.list_paper_tallies(&plan, 100, None).await.unwrap().items;
    let third = rows.iter().find(|row| row.tally.label.as_deref() == Some("三号箱")).unwrap();
    house.store.delete_record(OFFICE, &plan, &third.id, "数错").await.unwrap();
    assert_eq!(house.store.reconciliation(&plan).await, Err(StoreError::WrongState));
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let found = house.store.reconciliation(&plan).await.unwrap();
    let mut guests = GroupBooks { voided: 1, ..books("guests", 3, 1, 1) };
    let (batches, collected, void) = (2, Some(14), Some(2));
    guests.paper =
        vec![PaperBooks { component: "service".to_owned(), batches, collected, void, struck: 1, waiting: 1 }];
    assert_eq!(found.groups, [books("staff", 5, 2, 3), guests.clone()]);
    assert_eq!((found.differences, found.accepted), (Vec::new(), None));
    assert_eq!(house.store.accept_differences(PLANNER, &plan, "没有").await, Err(StoreError::WrongState));

    assert_eq!(publish(&house, &plan).await, Ok(State::Published));
    let public = house.store.publication(&plan).await.unwrap().reconciliation.unwrap();
    let few = |books: GroupBooks| {
        let (used, exchanged, unused, tokens, ballots) = (None, None, None, None, None);
        GroupBooks { used, exchanged, unused, tokens, ballots, ..books }
    };
    // Twelve valid paper ballots are not few.
    assert_eq!(public.groups, [few(books("staff", 5, 2, 3)), few(guests)]);
    let stays = house.store.reconciliation(&plan).await.unwrap().groups;
    assert_eq!(stays[0], books("staff", 5, 2, 3));
}

#[tokio::test]
async fn a_code_burned_without_a_ballot_keeps_the_result_back_until_two_people_say_why() {
    let house = House::new().await;
    let (plan, staff) = open(&house).await;
    burn(&house, &plan, &staff[4]).await;
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let cast = different(DifferenceKind::Cast, 3, 2);
    assert_eq!(publish(&house, &plan).await, Err(StoreError::CountMismatch(vec![cast.clone()])));
    // The same person twice is one person.
    for _ in 0..2 {
        assert_eq!(house.store.accept_differences(PLANNER, &plan, "测试时烧掉一个").await, Ok(true));
    }
    assert_eq!(publish(&house, &plan).await, Err(StoreError::CountMismatch(vec![cast.clone()])));
    let waiting = house.store.reconciliation(&plan).await.unwrap().accepted.unwrap();
    assert_eq!((waiting.reason.as_str(), waiting.at), ("测试时烧掉一个", None));
    assert_eq!(house.store.accept_differences(OTHER, &plan, "属实").await, Ok(false));
    assert_eq!(house.store.accept_differences(PLANNER, &plan, "再点一次").await, Ok(false));
    assert_eq!(publish(&house, &plan).await, Ok(State::Published));
    let public = house.store.publication(&plan).await.unwrap().reconciliation.unwrap();
    // Of a group of two ballots the figures stay hidden; that something differs does not.
    assert_eq!(public.differences, [Difference { left: None, right: None, ..cast }]);
    let accepted = public.accepted.unwrap();
    assert_eq!((accepted.reason.as_str(), accepted.at), ("测试时烧掉一个", Some(1_700_000_000)));
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    let said: Vec<_> = events.iter().filter(|event| event.action == "differences_accepted").collect();
    let told: Vec<_> = said.iter().map(|event| (event.by.as_str(), event.detail.get("waiting").cloned())).collect();
    assert_eq!(told, [("planner", Some(Value::Bool(true))), ("other", Some(Value::Bool(false)))]);
}

#[tokio::test]
async fn what_was_accepted_of_some_differences_says_nothing_of_others() {
    let house = House::new().await;
    let (plan, staff) = open(&house).await;
    burn(&house, &plan, &staff[4]).await;
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(house.store.accept_differences(PLANNER, &plan, "一个").await, Ok(true));
    // Where something differed the box is read again: now two codes are burned.
    burn(&house, &plan, &staff[3]).await;
    assert_eq!(house.store.reconciliation(&plan).await.unwrap().accepted, None);
    assert_eq!(house.store.accept_differences(OTHER, &plan, "两个").await, Ok(true));
    let cast = different(DifferenceKind::Cast, 4, 2);
    assert_eq!(publish(&house, &plan).await, Err(StoreError::CountMismatch(vec![cast])));
}

#[tokio::test]
async fn codes_that_vanished_or_were_slipped_in_are_noticed_and_a_call_that_broke_off_is_not_taken_for_it() {
    for (noted, wanted) in [("6", Some((6, 5))), ("4", None)] {
        let house = House::new().await;
        let (plan, _) = open(&house).await;
        // Five codes were announced and put. As many noted: one vanished since; fewer: the call broke off before noting.
        let key = [&format!("PLAN#{plan}#ISSUED")[..], "h1#staff"];
        let noted = AttributeValue::N(noted.to_owned());
        update(&house, &house.base.names.main, key, "SET issued = :v", noted).await;
        house.store.close_plan(PLANNER, &plan).await.unwrap();
        let found = house.store.reconciliation(&plan).await.unwrap().differences;
        let wanted = wanted.map(|(left, right)| different(DifferenceKind::Issued, left, right));
        assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
    }
    // A code that nobody announced.
    let house = House::new().await;
    let (plan, _) = open(&house).await;
    let key = [&format!("CODE#{plan}#f")[..], &"f".repeat(64)];
    update(&house, &house.base.names.ballot_box, key, "SET term = :v", AttributeValue::S("h1".to_owned())).await;
    update(&house, &house.base.names.ballot_box, key, "SET voters = :v", AttributeValue::S("staff".to_owned())).await;
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let issued = different(DifferenceKind::Issued, 5, 6);
    assert_eq!(publish(&house, &plan).await, Err(StoreError::CountMismatch(vec![issued])));
}

#[tokio::test]
async fn exported_ballots_that_are_not_those_that_were_counted_keep_the_result_back() {
    let house = House::new().await;
    let (plan, _) = open(&house).await;
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(house.store.reconciliation(&plan).await.unwrap().differences, []);
    let (mut place, mut kept) = (String::new(), None);
    for digit in "0123456789abcdef".chars() {
        place = format!("PLAN#{plan}#EXPORT#{digit}");
        let read = house.base.client().get_item().table_name(&house.base.names.main);
        let [pk, sk] = [&place[..], "B#000000000000"].map(|part| AttributeValue::S(part.to_owned()));
        kept = read.key("PK", pk).key("SK", sk).send().await.unwrap().item;
        if kept.is_some() {
            break;
        }
    }
    let (key, kept) = ([&place[..], "B#000000000000"], kept.unwrap());
    let AttributeValue::B(part) = &kept["part"] else { panic!("a part of bytes") };
    // The last mark of the last ballot: good (1) becomes fair (2). The ballots are as many as before.
    let mut bytes = part.as_ref().to_vec();
    *bytes.last_mut().unwrap() = 2;
    update(&house, &house.base.names.main, key, "SET part = :v", AttributeValue::B(Blob::new(bytes))).await;
    let found = house.store.reconciliation(&plan).await.unwrap().differences;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].left == found[0].right), (DifferenceKind::Exported, true));
    assert_eq!(publish(&house, &plan).await, Err(StoreError::CountMismatch(found)));
}

#[tokio::test]
async fn a_plan_whose_box_was_lost_after_closing_is_published_by_the_books_kept_then() {
    let house = House::new().await;
    let (plan, staff) = open(&house).await;
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    // The box is needed no more, whatever becomes of it.
    burn(&house, &plan, &staff[4]).await;
    assert_eq!(publish(&house, &plan).await, Ok(State::Published));
}
