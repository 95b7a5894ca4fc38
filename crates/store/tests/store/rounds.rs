//! Rounds that open, close and are counted by themselves, and the shortlist between the stages.

mod due_in_stage_2;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use scoring::json::Value;
use scoring::{Record, RecordKind};
use store::{CodeHash, Comment, NewCodes, PlanId, Prepared, RoundId, State, StoreError};
use wire::reconciliation::DifferenceKind;
use wire::round::RoundState;

use crate::house::{House, OFFICE, PLAN, PLANNER, all, counts, json, mark, record, tallies};

fn first() -> RoundId {
    RoundId::new("h1", 1)
}

fn second() -> RoundId {
    RoundId::new("h2", 1)
}

async fn codes(house: &House, plan: &PlanId, period: &str, group: &str, count: usize) -> Vec<CodeHash> {
    let hashes: Vec<CodeHash> = (0..count).map(|_| house.hash()).collect();
    let codes = NewCodes { period, group, hashes: &hashes, units: None, unit: None };
    assert_eq!(house.added(plan, codes).await, count);
    hashes
}

/// The house's plan with opinions of its staff, its first half-year open: codes of staff for both halves.
async fn year(house: &House) -> (PlanId, Vec<CodeHash>, Vec<CodeHash>) {
    let document = PLAN.replacen("\"anonymous\"", "\"anonymous\", \"comments\": true", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let one = codes(house, &plan, "h1", "staff", 12).await;
    let two = codes(house, &plan, "h2", "staff", 12).await;
    house.store.open_plan_with(PLANNER, &plan, &[], Some(&[first()])).await.unwrap();
    (plan, one, two)
}

/// Casts with an opinion on the water station.
async fn say(house: &House, plan: &PlanId, code: &CodeHash, option: &str, said: &str) {
    let prepared = house.store.prepare_ballot(plan, code, &house.ballot_id()).await.unwrap();
    let Prepared::Ready(ready) = prepared else { panic!("nothing was cast") };
    let comment = Comment { unit: "water".to_owned(), text: said.to_owned() };
    house.store.cast_ballot(ready.with_comments(vec![comment]), &all(option)).await.unwrap();
}

async fn said(house: &House, plan: &PlanId) -> BTreeSet<(String, bool)> {
    let page = house.store.comments(plan, 100, None).await.unwrap();
    page.items.into_iter().map(|one| (one.text, one.place.is_some())).collect()
}

#[tokio::test]
async fn a_closed_round_is_counted_and_read_while_the_next_is_voted_on() {
    let house = House::new().await;
    let (plan, one, two) = year(&house).await;
    for code in &one[..10] {
        say(&house, &plan, code, "good", "早").await;
    }
    assert_eq!(house.cast(&plan, &two[0], &house.ballot_id(), &all("poor")).await, Err(StoreError::PlanNotOpen));
    assert_eq!(house.store.comments(&plan, 10, None).await, Err(StoreError::WrongState));
    let head = house.store.close_round(PLANNER, &plan, &first()).await.unwrap();
    assert_eq!((head.state, head.round_state("h1", 1)), (State::Open, RoundState::Closed));
    assert_eq!(house.cast(&plan, &one[10], &house.ballot_id(), &all("good")).await, Err(StoreError::PlanClosed));
    house.store.open_round(PLANNER, &plan, &second(), &[]).await.unwrap();
    for code in &two[..7] {
        say(&house, &plan, code, "poor", "晚").await;
    }
    // Of the open round nothing is seen, of the closed one everything.
    let ten = counts(&[("good", 10), ("fair", 0), ("poor", 0)]);
    let seen = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(seen.len(), 6);
    assert_eq!(seen["h1 staff service water speed"], ten);
    assert_eq!(said(&house, &plan).await, BTreeSet::from([("早".to_owned(), true)]));
    let check = async |period| house.store.check_final(&plan, period).await;
    assert_eq!(check(Some("h1")).await, Ok(()));
    assert_eq!(check(Some("h2")).await, Err(StoreError::WrongState));
    assert_eq!(check(None).await, Err(StoreError::WrongState));
    assert_eq!(house.store.exported(&plan, None).await, Err(StoreError::WrongState));
    let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!((head.state, head.count_mismatch), (State::Closed, false));
    let seen = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(seen["h1 staff service water speed"], ten);
    assert_eq!(seen["h2 staff service water speed"], counts(&[("good", 0), ("fair", 0), ("poor", 7)]));
    // Seven ballots do not tell that an opinion was theirs; what was told of ten is told still.
    let both = [("早".to_owned(), true), ("晚".to_owned(), false)];
    assert_eq!(said(&house, &plan).await, BTreeSet::from(both));
    let books = house.store.reconciliation(&plan).await.unwrap();
    assert_eq!(books.differences, []);
    let ballots: Vec<u64> = books.groups.iter().map(|books| books.ballots.unwrap()).collect();
    assert_eq!(ballots, [10, 0, 7, 0]);
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test]
async fn rounds_have_their_states_and_only_go_on() {
    let house = House::new().await;
    let (plan, ..) = year(&house).await;
    let states = async || {
        let rounds = house.store.rounds(&plan).await.unwrap();
        rounds.into_iter().map(|row| (row.period, row.state)).collect::<Vec<_>>()
    };
    use RoundState::{Closed, Open, Waiting};
    let said = |one, two| vec![("h1".to_owned(), one), ("h2".to_owned(), two)];
    assert_eq!(states().await, said(Open, Waiting));
    let (store, again) = (&house.store, &house.again());
    assert_eq!(store.close_round(PLANNER, &plan, &second()).await, Err(StoreError::WrongState));
    store.open_round(PLANNER, &plan, &first(), &[]).await.unwrap();
    let round = first();
    let both = tokio::join!(store.close_round(PLANNER, &plan, &round), again.close_round(PLANNER, &plan, &round));
    assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
    assert_eq!(states().await, said(Closed, Waiting));
    assert_eq!(store.open_round(PLANNER, &plan, &first(), &[]).await, Err(StoreError::WrongState));
    for unknown in [RoundId::new("h3", 1), RoundId::new("h1", 2)] {
        assert_eq!(store.open_round(PLANNER, &plan, &unknown, &[]).await, Err(StoreError::NotFound));
        assert_eq!(store.close_round(PLANNER, &plan, &unknown).await, Err(StoreError::NotFound));
    }
    let events = store.audit(&plan, 100, None).await.unwrap().items;
    assert_eq!(events.iter().filter(|event| event.action == "round_closed").count(), 1);
    store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(states().await, said(Closed, Closed));
    assert_eq!(store.open_round(PLANNER, &plan, &second(), &[]).await, Err(StoreError::WrongState));
}

#[tokio::test]
async fn a_paper_in_hand_is_refused_at_the_gate_and_an_interrupted_closing_is_resumed() {
    let house = House::new().await;
    let works = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&works);
    let store = house.store.clone().with_box_rewrite(move || {
        let works = switch.load(Ordering::SeqCst);
        async move { works }
    });
    let (plan, one, two) = year(&house).await;
    say(&house, &plan, &one[0], "fair", "慢").await;
    let Prepared::Ready(ready) = store.prepare_ballot(&plan, &one[1], &house.ballot_id()).await.unwrap() else {
        panic!("nothing was cast")
    };
    assert_eq!(store.close_round(PLANNER, &plan, &first()).await, Err(StoreError::Unavailable));
    let head = store.plan_head(&plan).await.unwrap();
    assert_eq!((head.state, head.closing, head.round_state("h1", 1)), (State::Open, false, RoundState::Closing));
    assert_eq!(store.cast_ballot(ready, &all("good")).await, Err(StoreError::PlanClosed));
    assert_eq!(store.records(&plan).await.unwrap().tallies, []);
    // Opinions were copied, and nobody reads them before the count stands.
    assert_eq!(store.comments(&plan, 10, None).await, Err(StoreError::WrongState));
    store.open_round(PLANNER, &plan, &second(), &[]).await.unwrap();
    house.cast(&plan, &two[0], &house.ballot_id(), &all("good")).await.unwrap();
    works.store(true, Ordering::SeqCst);
    let head = store.close_round(PLANNER, &plan, &first()).await.unwrap();
    assert_eq!(head.round_state("h1", 1), RoundState::Closed);
    assert_eq!(said(&house, &plan).await, BTreeSet::from([("慢".to_owned(), false)]));
}

/// Twelve codes, one ballot: too few to be shown, though the plan is open still.
#[tokio::test]
async fn a_group_of_whom_few_voted_in_a_round_is_withheld() {
    let house = House::new().await;
    let (plan, one, _) = year(&house).await;
    say(&house, &plan, &one[0], "fair", "慢").await;
    house.store.close_round(PLANNER, &plan, &first()).await.unwrap();
    assert_eq!(house.store.records(&plan).await.unwrap().tallies, []);
    let small = StoreError::SmallGroup(vec!["staff".to_owned()]);
    assert_eq!(house.store.check_final(&plan, Some("h1")).await, Err(small.clone()));
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, Err(small));
}

#[tokio::test]
async fn a_plan_whose_rounds_were_opened_together_may_close_one_before_the_others() {
    let house = House::new().await;
    let plan = house.draft().await;
    let one = codes(&house, &plan, "h1", "staff", 6).await;
    let two = codes(&house, &plan, "h2", "staff", 6).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    for code in &one[..5] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    house.store.close_round(PLANNER, &plan, &first()).await.unwrap();
    assert_eq!(house.cast(&plan, &one[5], &house.ballot_id(), &all("good")).await, Err(StoreError::PlanClosed));
    house.cast(&plan, &two[0], &house.ballot_id(), &all("good")).await.unwrap();
    assert_eq!(tallies(&house.store.records(&plan).await.unwrap()).len(), 6);
    assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
}

#[tokio::test]
async fn a_frozen_tally_that_the_box_does_not_bear_out_is_noticed() {
    use aws_sdk_dynamodb::types::AttributeValue;
    let house = House::new().await;
    let (plan, one, _) = year(&house).await;
    for code in &one[..5] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    house.store.close_round(PLANNER, &plan, &first()).await.unwrap();
    let (client, text) = (house.base.client(), |text: &str| AttributeValue::S(text.to_owned()));
    let update = client.update_item().table_name(&house.base.names.main);
    let update = update.key("PK", text(&format!("PLAN#{plan}#COUNT#h1#1"))).key("SK", text("h1#staff#service#0"));
    let update =
        update.update_expression("ADD c0o0 :i").expression_attribute_values(":i", AttributeValue::N("1".to_owned()));
    update.send().await.unwrap();
    assert!(house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
    let found = house.store.reconciliation(&plan).await.unwrap().differences;
    assert!(found.iter().any(|one| one.kind == DifferenceKind::Exported && one.period == "h1"), "{found:?}");
}

/// Four units. Stage 1: `staff` mark `first`, an office enters `budget`; stage 2, for the best and the last: `panel`
/// (anonymous), `sent` (blind) and `crowd` (open) mark `second`; `staff` mark it, too.
pub const STAGES: &str = r#"{
  "format": 1, "title": "两阶段评议", "year": 2024, "total": "100",
  "categories": [{ "id": "dept", "name": "科室" }],
  "units": [
    { "id": "a", "name": "甲", "category": "dept" }, { "id": "b", "name": "乙", "category": "dept" },
    { "id": "c", "name": "丙", "category": "dept" }, { "id": "d", "name": "丁", "category": "dept" }
  ],
  "groups": [
    { "id": "staff", "name": "干部职工", "ballot": "anonymous" },
    { "id": "panel", "name": "代表", "ballot": "anonymous" },
    { "id": "sent", "name": "委员", "ballot": "blind" },
    { "id": "crowd", "name": "群众", "ballot": "open" }
  ],
  "scales": [{ "id": "satisfaction", "options": [
    { "id": "good", "name": "满意", "value": "90" },
    { "id": "fair", "name": "基本满意", "value": "70" },
    { "id": "poor", "name": "不满意", "value": "50" } ] }],
  "periods": [{ "id": "year", "name": "全年" }],
  "combine": "last",
  "components": [
    { "id": "first", "name": "初评", "points": "40", "method": { "kind": "survey", "scale": "satisfaction", "out_of": "100",
      "groups": [{ "group": "staff", "weight": "1" }] } },
    { "id": "budget", "name": "预算", "points": "20", "method": { "kind": "entered", "office": "财政所" } },
    { "id": "second", "name": "复评", "points": "40", "stage": 2, "method": { "kind": "survey", "scale": "satisfaction",
      "out_of": "100", "groups": [{ "group": "staff", "weight": "1" }, { "group": "panel", "weight": "1" },
      { "group": "sent", "weight": "1" }, { "group": "crowd", "weight": "1" }] } }
  ],
  "adjustments": [],
  "ranking": { "decimals": 2, "tie_break": ["first"] },
  "shortlist": { "top": 1, "bottom": 1, "carry": "last" },
  "outcomes": [{ "id": "last", "name": "末位", "when": { "from_bottom": 1 } }]
}"#;

pub fn entry(unit: &str, value: &str) -> Record {
    let body = format!(r#"{{ "period": "year", "component": "budget", "unit": "{unit}", "value": "{value}" }}"#);
    record(RecordKind::Entry, &json(&body))
}

pub fn marks(component: &str, units: &[&str], options: &[&str]) -> Vec<scoring::ballot::Mark> {
    units.iter().zip(options).map(|(unit, option)| mark(component, unit, None, option)).collect()
}

/// The units of each section of a paper.
pub fn on_paper(voter: &store::Voter) -> Vec<(String, Vec<String>)> {
    let sections = voter.paper().sections.into_iter();
    sections.map(|one| (one.component, one.units.into_iter().map(|unit| unit.id).collect())).collect()
}

/// Five ballots: 甲 90, 乙 70, 丙 90, 丁 50 of 100, so 36, 28, 36 and 20 of 40; with the budget of 20, 10, 5 and 20 they have
/// 56, 38, 41 and 40. 甲 is the best, and 乙 the last.
#[tokio::test]
async fn the_last_round_of_stage_1_freezes_the_shortlist_and_papers_of_every_kind_list_its_units_alone() {
    let house = House::new().await;
    let plan = house.store.create_plan(PLANNER, &json(STAGES)).await.unwrap().id;
    let staff = codes(&house, &plan, "year", "staff", 12).await;
    let (panel, sent) = (codes(&house, &plan, "year", "panel", 5).await, codes(&house, &plan, "year", "sent", 5).await);
    let store = &house.store;
    let (one, two) = (RoundId::new("year", 1), RoundId::new("year", 2));
    let with_both = store.open_plan_with(PLANNER, &plan, &[], Some(&[one.clone(), two.clone()])).await;
    assert_eq!(with_both, Err(StoreError::NoShortlist(Some(1))));
    store.open_plan_with(PLANNER, &plan, &[], Some(std::slice::from_ref(&one))).await.unwrap();
    assert_eq!(store.open_round(PLANNER, &plan, &two, &[]).await, Err(StoreError::NoShortlist(None)));
    let units = ["a", "b", "c", "d"];
    let voter = store.ballot_paper(&plan, &staff[0]).await.unwrap();
    assert_eq!(on_paper(&voter), [("first".to_owned(), units.map(str::to_owned).to_vec())]);
    for code in &staff[..5] {
        let marks = marks("first", &units, &["good", "fair", "good", "poor"]);
        house.cast(&plan, code, &house.ballot_id(), &marks).await.unwrap();
    }
    for (unit, value) in [("a", "20"), ("b", "10"), ("c", "5")] {
        store.put_record(OFFICE, &plan, &entry(unit, value), None).await.unwrap();
    }
    // An entry is missing: the round is closed all the same, and stage 2 waits for it.
    store.close_round(PLANNER, &plan, &one).await.unwrap();
    let refused = store.open_round(PLANNER, &plan, &two, &[]).await.unwrap_err();
    let StoreError::Incomplete(missing) = refused else { panic!("{refused:?}") };
    assert_eq!(missing.iter().map(|place| place.unit.as_str()).collect::<Vec<_>>(), ["d"]);
    assert!(matches!(store.ballot_paper(&plan, &panel[0]).await, Err(StoreError::PlanNotOpen)));
    store.put_record(OFFICE, &plan, &entry("d", "20"), None).await.unwrap();
    store.open_round(PLANNER, &plan, &two, &[]).await.unwrap();
    let listed = [("second".to_owned(), vec!["a".to_owned(), "b".to_owned()])];
    for code in [&panel[0], &sent[0], &staff[5]] {
        assert_eq!(on_paper(&store.ballot_paper(&plan, code).await.unwrap()), listed);
        assert_eq!(on_paper(&house.again().ballot_paper(&plan, code).await.unwrap()), listed);
    }
    let channel = store.channel(&plan, "year", "crowd").await.unwrap();
    let on_demand = house.hash();
    assert!(store.issue_code(&channel, &on_demand).await.unwrap());
    assert_eq!(on_paper(&store.ballot_paper(&plan, &on_demand).await.unwrap()), listed);
    // A mark past the list is refused by the store itself.
    let Prepared::Ready(ready) = store.prepare_ballot(&plan, &panel[0], &house.ballot_id()).await.unwrap() else {
        panic!("nothing was cast")
    };
    let beside = store.cast_ballot(ready, &marks("second", &["c"], &["good"])).await;
    assert_eq!(beside, Err(StoreError::MarkNotOnPaper));
    let second = marks("second", &["a", "b"], &["fair", "good"]);
    for code in panel.iter().chain(&staff[5..11]) {
        house.cast(&plan, code, &house.ballot_id(), &second).await.unwrap();
    }
    let cast = async || {
        let rounds = store.rounds(&plan).await.unwrap();
        rounds.into_iter().map(|row| row.progress.cast).collect::<Vec<_>>()
    };
    assert_eq!(cast().await, [5, 11]);
    let head = store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!((head.state, head.count_mismatch), (State::Closed, false));
    assert_eq!(cast().await, [5, 11]);
    let seen = tallies(&store.records(&plan).await.unwrap());
    assert_eq!(seen["year staff first d -"], counts(&[("good", 0), ("fair", 0), ("poor", 5)]));
    assert_eq!(seen["year staff second b -"], counts(&[("good", 6), ("fair", 0), ("poor", 0)]));
    assert_eq!(seen.keys().filter(|place| place.contains("second")).count(), 4);
    store.verify_audit(&plan).await.unwrap();
}

/// As above, with every entry given before: closing stage 1 says who is on the list.
#[tokio::test]
async fn a_complete_stage_1_freezes_the_shortlist_when_it_closes() {
    let house = House::new().await;
    let plan = house.store.create_plan(PLANNER, &json(STAGES)).await.unwrap().id;
    let staff = codes(&house, &plan, "year", "staff", 5).await;
    let store = &house.store;
    let one = RoundId::new("year", 1);
    store.open_plan_with(PLANNER, &plan, &[], Some(std::slice::from_ref(&one))).await.unwrap();
    for code in &staff {
        let marks = marks("first", &["a", "b", "c", "d"], &["good", "fair", "good", "poor"]);
        house.cast(&plan, code, &house.ballot_id(), &marks).await.unwrap();
    }
    for (unit, value) in [("a", "20"), ("b", "10"), ("c", "5"), ("d", "20")] {
        store.put_record(OFFICE, &plan, &entry(unit, value), None).await.unwrap();
    }
    let head = store.close_round(PLANNER, &plan, &one).await.unwrap();
    let frozen = store.frozen_plan(&plan).await.unwrap();
    let shortlist = store.shortlist(&head, &frozen).await.unwrap().unwrap();
    assert_eq!(shortlist.iter().collect::<Vec<_>>(), ["a", "b"]);
    // Whatever is corrected later, the lists stay: with 28 + 20 乙 has 48 now, and 丁 with its 40 would be the last.
    store.put_record(OFFICE, &plan, &entry("b", "20"), None).await.unwrap();
    store.open_round(PLANNER, &plan, &RoundId::new("year", 2), &[]).await.unwrap();
    let shortlist = house.again();
    let head = shortlist.plan_head(&plan).await.unwrap();
    let frozen = shortlist.frozen_plan(&plan).await.unwrap();
    let kept = shortlist.shortlist(&head, &frozen).await.unwrap().unwrap();
    assert_eq!(kept.iter().collect::<Vec<_>>(), ["a", "b"]);
    // Stage 2 is decided: 甲 56 + 0.8 × 40 = 88, 乙 48 + 0.6 × 40 = 72. 乙 stays behind 丙 (41) and 丁 (40).
    for (unit, value) in [("a", "80"), ("b", "60")] {
        let decision = format!(
            r#"{{ "period": "year", "component": "second", "unit": "{unit}", "value": "{value}", "reason": "党委合议" }}"#
        );
        store.put_record(OFFICE, &plan, &record(RecordKind::Decision, &json(&decision)), None).await.unwrap();
    }
    store.close_plan(PLANNER, &plan).await.unwrap();
    store.publish_plan(PLANNER, &plan, &[]).await.unwrap();
    let publication = store.publication(&plan).await.unwrap();
    let lists = publication.shortlist.unwrap();
    assert_eq!((lists.top, lists.bottom), (vec!["a".to_owned()], vec!["b".to_owned()]));
    let result = publication.result;
    let Value::List(units) = result.get("units").unwrap() else { panic!("{result:?}") };
    // What is null is left out of what is kept.
    let member = |unit: &Value, name: &str| unit.get(name).map_or_else(|| "null".to_owned(), Value::canonical);
    let said = |unit: &Value| ["unit", "total", "list", "rank"].map(|name| member(unit, name)).join(" ");
    assert_eq!(
        units.iter().map(said).collect::<Vec<_>>(),
        [
            r#""a" "88.000000" "top" 1"#,
            r#""b" "72.000000" "bottom" 4"#,
            r#""c" "41.000000" null 2"#,
            r#""d" "40.000000" null 3"#
        ]
    );
}
