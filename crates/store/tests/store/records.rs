use document::Map;
use scoring::json::Value;
use scoring::{PaperCounts, PaperTally, Record};
use store::{Actor, RecordId, RecordKind, StoreError};
use wire::record::Beside;

use crate::house::{House, OFFICE, PLANNER, counts, json, record, tallies};

const AUDITOR: Actor<'static> = Actor { name: "auditor" };

fn entry(value: &str) -> Value {
    json(&format!(r#"{{"period":"h1","component":"budget","unit":"water","value":"{value}"}}"#))
}

#[tokio::test]
async fn a_second_entry_for_a_place_replaces_the_first() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let first =
        house.store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &entry("7.5")), Some("凭证一")).await.unwrap();
    house.pass(60);
    let second = house.store.put_record(AUDITOR, &plan, &record(RecordKind::Entry, &entry("8")), None).await.unwrap();
    assert_eq!(first, second);
    let rows = house.store.list_records(&plan, RecordKind::Entry, 10, None).await.unwrap().items;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0].record, rows[0].by.as_str(), rows[0].evidence.as_deref()),
        (&record(RecordKind::Entry, &entry("8")), "auditor", None)
    );
    assert_eq!(house.store.records(&plan).await.unwrap().entries[0].value, "8".into());
    let last = house.store.audit(&plan, 100, None).await.unwrap().items.pop().unwrap();
    assert_eq!(last.detail.get("was"), Some(&entry("7.5")));
}

#[tokio::test]
async fn a_record_struck_out_is_kept_with_its_reason_and_counts_no_more() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let id =
        house.store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &entry("7.5")), Some("凭证")).await.unwrap();
    assert_eq!(RecordId::parse(&id.to_string()), Some(id.clone()));
    house.store.delete_record(AUDITOR, &plan, &id, "重复").await.unwrap();
    assert_eq!(house.store.delete_record(AUDITOR, &plan, &id, "重复").await, Err(StoreError::NotFound));
    assert!(house.store.records(&plan).await.unwrap().entries.is_empty());
    house.store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &entry("6")), None).await.unwrap();
    let rows = house.store.list_records(&plan, RecordKind::Entry, 10, None).await.unwrap().items;
    assert_eq!(rows.len(), 2);
    assert!(rows[0].struck.is_none());
    let struck = rows[1].struck.as_ref().unwrap();
    assert_eq!((struck.reason.as_str(), struck.by.as_str()), ("重复", "auditor"));
    assert_eq!((rows[1].by.as_str(), rows[1].evidence.as_deref()), ("office", Some("凭证")));
    // What is struck out cannot be struck out again under its new id.
    assert_eq!(house.store.delete_record(AUDITOR, &plan, &rows[1].id, "再来").await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn incidents_and_adjustments_add_up_and_decisions_and_verdicts_stand_once() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let put = async |kind, text: &str| house.store.put_record(OFFICE, &plan, &record(kind, &json(text)), None).await;
    let praise = r#"{"period":"h1","rule":"praised","unit":"water","points":"1"}"#;
    assert_ne!(put(RecordKind::Adjustment, praise).await.unwrap(), put(RecordKind::Adjustment, praise).await.unwrap());
    assert_eq!(house.store.records(&plan).await.unwrap().adjustments.len(), 2);
    let decision = r#"{"period":"h1","component":"service","unit":"water","value":"80","reason":"党委合议"}"#;
    let id = put(RecordKind::Decision, decision).await.unwrap();
    assert_eq!(put(RecordKind::Decision, decision).await, Err(StoreError::AlreadyRecorded));
    house.store.delete_record(OFFICE, &plan, &id, "撤销").await.unwrap();
    put(RecordKind::Decision, decision).await.unwrap();
    let verdict = r#"{"unit":"water","outcome":"last","reason":"弄虚作假"}"#;
    put(RecordKind::Verdict, verdict).await.unwrap();
    assert_eq!(put(RecordKind::Verdict, verdict).await, Err(StoreError::AlreadyRecorded));
}

#[tokio::test]
async fn all_kinds_come_back_in_the_records_document() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    for (kind, text) in [
        (RecordKind::Entry, r#"{"period":"h1","component":"budget","unit":"water","value":"7.5"}"#),
        (RecordKind::Adjustment, r#"{"period":"h1","rule":"praised","unit":"water","points":"1"}"#),
        (RecordKind::Lot, r#"{"category":"dept","order":["water","forestry"]}"#),
        (RecordKind::Lot, r#"{"category":null,"order":["forestry","water"]}"#),
        (
            RecordKind::Decision,
            r#"{"period":"h1","component":"service","unit":"water","value":"80","reason":"党委合议"}"#,
        ),
        (RecordKind::Verdict, r#"{"unit":"water","outcome":"last","reason":"弄虚作假"}"#),
        (RecordKind::History, r#"{"history":[{"year":2023,"unit":"water","outcomes":["last"]}]}"#),
    ] {
        house.store.put_record(OFFICE, &plan, &record(kind, &json(text)), None).await.unwrap();
    }
    let records = house.store.records(&plan).await.unwrap();
    assert_eq!(
        (records.entries.len(), records.adjustments.len(), records.lots.len(), records.decisions.len()),
        (1, 1, 2, 1)
    );
    assert_eq!((records.verdicts.len(), records.history.len()), (1, 1));
    let frozen = house.store.frozen_plan(&plan).await.unwrap();
    assert!(scoring::Records::new(&frozen.plan, &records).is_ok());
}

#[tokio::test]
async fn records_change_while_open_or_closed_only() {
    let house = House::new().await;
    let draft = house.draft().await;
    let refused = house.store.put_record(OFFICE, &draft, &record(RecordKind::Entry, &entry("7")), None).await;
    assert_eq!(refused, Err(StoreError::WrongState));
    house.store.open_plan(PLANNER, &draft, &[]).await.unwrap();
    house.store.put_record(OFFICE, &draft, &record(RecordKind::Entry, &entry("7")), None).await.unwrap();
    house.store.close_plan(PLANNER, &draft).await.unwrap();
    house.store.put_record(OFFICE, &draft, &record(RecordKind::Entry, &entry("8")), None).await.unwrap();
}

#[tokio::test]
async fn a_record_that_does_not_say_where_it_belongs_is_refused() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let no_unit = json(r#"{"period":"h1","component":"budget","value":"7"}"#);
    assert!(Record::read(RecordKind::Entry, &no_unit).is_err());
    let no_id = json(r#"{"period":"h1","component":"bud#get","unit":"water","value":"7"}"#);
    let refused = house.store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &no_id), None).await;
    assert_eq!(refused, Err(StoreError::MisplacedRecord));
}

#[tokio::test]
async fn lists_of_records_are_paged_with_those_struck_out_last() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let praise = json(r#"{"period":"h1","rule":"praised","unit":"water","points":"1"}"#);
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(house.store.put_record(OFFICE, &plan, &record(RecordKind::Adjustment, &praise), None).await.unwrap());
    }
    for id in &ids[..2] {
        house.store.delete_record(OFFICE, &plan, id, "错").await.unwrap();
    }
    for size in 1..=6 {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let page = house.store.list_records(&plan, RecordKind::Adjustment, size, after.as_ref()).await.unwrap();
            assert!(page.items.len() <= size);
            rows.extend(page.items);
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let struck: Vec<bool> = rows.iter().map(|row| row.struck.is_some()).collect();
        assert_eq!(struck, [false, false, false, true, true], "pages of {size}");
    }
}

fn batch(good: u64, poor: u64) -> PaperTally {
    let count = |unit: &str| PaperCounts {
        unit: unit.to_owned(),
        criterion: None,
        counts: Map::from([("good", good), ("poor", poor)]),
        blank: 1,
    };
    PaperTally {
        label: Some("第一箱".to_owned()),
        period: "h1".to_owned(),
        group: "guests".to_owned(),
        component: "hotline".to_owned(),
        collected: good + poor + 3,
        void: 2,
        counts: vec![count("water"), count("forestry")],
    }
}

#[tokio::test]
async fn paper_ballots_count_when_two_people_agree() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let first =
        house.store.put_paper_tally(OFFICE, &plan, &batch(5, 2), &Beside::evidence(Some("第一箱"))).await.unwrap();
    assert!(!first.counted);
    // The same person again changes nothing.
    assert_eq!(house.store.put_paper_tally(OFFICE, &plan, &batch(5, 2), &Beside::default()).await, Ok(first.clone()));
    // Someone who counted otherwise makes a batch that waits.
    let other = house.store.put_paper_tally(AUDITOR, &plan, &batch(5, 3), &Beside::default()).await.unwrap();
    assert!(!other.counted);
    assert!(tallies(&house.store.records(&plan).await.unwrap()).is_empty());
    // The lines may come in another order.
    let mut agreed = batch(5, 2);
    agreed.counts.reverse();
    let second = house.store.put_paper_tally(AUDITOR, &plan, &agreed, &Beside::default()).await.unwrap();
    assert_eq!(second.id, first.id);
    assert!(second.counted);
    // The second person's retry after a lost answer counts nothing twice.
    assert_eq!(house.store.put_paper_tally(AUDITOR, &plan, &agreed, &Beside::default()).await, Ok(second.clone()));
    house.store.delete_record(AUDITOR, &plan, &other.id, "数错").await.unwrap();
    let seen = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(seen["h1 guests hotline water -"], counts(&[("good", 5), ("poor", 2)]));
    // An envelope is counted once, whoever else enters it; an equal one is another with a label of its own.
    let third = store::Actor { name: "third" };
    assert_eq!(
        house.store.put_paper_tally(third, &plan, &batch(5, 2), &Beside::default()).await,
        Err(StoreError::LabelTaken)
    );
    assert_eq!(
        house.store.put_paper_tally(OFFICE, &plan, &batch(5, 3), &Beside::default()).await,
        Err(StoreError::LabelTaken)
    );
    assert_eq!(house.store.put_paper_tally(OFFICE, &plan, &batch(5, 2), &Beside::default()).await, Ok(second.clone()));
    // However it is spelled.
    let wide = PaperTally { label: Some("第一箱\u{3000}".to_owned()), ..batch(5, 2) };
    assert_eq!(house.store.put_paper_tally(third, &plan, &wide, &Beside::default()).await, Err(StoreError::LabelTaken));
    let equal = PaperTally { label: Some(" 第二箱 ".to_owned()), ..batch(5, 2) };
    assert!(!house.store.put_paper_tally(OFFICE, &plan, &equal, &Beside::default()).await.unwrap().counted);
    assert!(house.store.put_paper_tally(AUDITOR, &plan, &equal, &Beside::default()).await.unwrap().counted);
    let seen = tallies(&house.store.records(&plan).await.unwrap());
    assert_eq!(seen["h1 guests hotline water -"], counts(&[("good", 10), ("poor", 4)]));
    let rows = house.store.list_paper_tallies(&plan, 10, None).await.unwrap().items;
    let told: Vec<(Option<&str>, bool)> =
        rows.iter().map(|row| (row.second_by.as_deref(), row.struck.is_some())).collect();
    assert_eq!(told, [(Some("auditor"), false), (Some("auditor"), false), (None, true)]);
    let read = &rows[0].tally;
    assert_eq!((read.collected, read.void, read.counts.len()), (10, 2, 2));
}

#[tokio::test]
async fn a_batch_that_does_not_add_up_is_refused() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let mut short = batch(5, 2);
    short.counts[1].blank = 0;
    let refused = house.store.put_paper_tally(OFFICE, &plan, &short, &Beside::default()).await;
    assert_eq!(refused, Err(StoreError::PaperDoesNotAddUp { index: 1 }));
    let mut twice = batch(5, 2);
    twice.counts[1].unit = "water".to_owned();
    let refused = house.store.put_paper_tally(OFFICE, &plan, &twice, &Beside::default()).await;
    assert_eq!(refused, Err(StoreError::PaperDoesNotAddUp { index: 1 }));
}

#[tokio::test]
async fn scenarios_are_saved_by_revision() {
    let house = House::new().await;
    let plan = house.draft().await;
    let (one, two) = (json(r#"{"points":{"budget":"10"}}"#), json(r#"{"points":{"budget":"30"}}"#));
    let store = &house.store;
    assert_eq!(store.put_scenario(OFFICE, &plan, "加大预算", &one, None).await, Ok(store::Revision(1)));
    assert_eq!(store.put_scenario(OFFICE, &plan, "加大预算", &two, None).await, Err(StoreError::NameTaken));
    assert_eq!(
        store.put_scenario(OFFICE, &plan, "加大预算", &two, Some(store::Revision(1))).await,
        Ok(store::Revision(2))
    );
    assert_eq!(
        store.put_scenario(OFFICE, &plan, "加大预算", &one, Some(store::Revision(1))).await,
        Err(StoreError::RevisionMismatch)
    );
    assert_eq!(store.scenario(&plan, "加大预算").await, Ok((store::Revision(2), two)));
    assert_eq!(store.list_scenarios(&plan, 10, None).await.unwrap().items[0].name, "加大预算");
    store.delete_scenario(OFFICE, &plan, "加大预算").await.unwrap();
    assert_eq!(store.scenario(&plan, "加大预算").await, Err(StoreError::NotFound));
    assert_eq!(store.delete_scenario(OFFICE, &plan, "加大预算").await, Err(StoreError::NotFound));
}

/// F13: a label stands once in a plan, also while its batch waits.
#[tokio::test]
async fn a_label_names_ballots_of_one_place_however_it_is_spelled() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    let put = async |who, batch: PaperTally| house.store.put_paper_tally(who, &plan, &batch, &Beside::default()).await;
    let box_a = |label: &str| PaperTally { label: Some(label.to_owned()), ..batch(5, 2) };
    assert!(!put(OFFICE, box_a("A1")).await.unwrap().counted);
    let elsewhere = PaperTally { period: "h2".to_owned(), ..box_a("A1") };
    assert_eq!(put(AUDITOR, elsewhere).await, Err(StoreError::LabelTaken));
    // The one who entered it strikes it out before entering it otherwise.
    let otherwise = PaperTally { label: Some("A1".to_owned()), ..batch(4, 3) };
    assert_eq!(put(OFFICE, otherwise.clone()).await, Err(StoreError::LabelTaken));
    assert!(!put(AUDITOR, otherwise.clone()).await.unwrap().counted, "two people may disagree");
    assert!(put(AUDITOR, box_a(" ａ1 ")).await.unwrap().counted);
    // Of two counts of one envelope one counts, whoever agrees with the other.
    let third = store::Actor { name: "third" };
    assert_eq!(put(third, otherwise).await, Err(StoreError::LabelTaken));
    let labels: Vec<Option<String>> =
        (house.store.list_paper_tallies(&plan, 10, None).await.unwrap().items.into_iter())
            .map(|row| row.tally.label)
            .collect();
    assert_eq!(labels, [Some("A1".to_owned()), Some("A1".to_owned())]);
}
