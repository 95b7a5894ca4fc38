//! Rounds by the clock: what is taken when, whatever ran in between.

use scoring::json::Value;
use scoring::{Record, RecordKind};
use store::{Actor, CodeHash, NewCodes, PlanId, Prepared, StoreError};
use wire::calendar::{Due, DueKind};

use crate::house::{House, OFFICE, PLAN, PLANNER, all, json, record};
use crate::rounds;

/// 2023-11-14T22:13:20Z, where the clock of a house begins.
const BEGIN: &str = "2023-11-15T06:13:20+08:00";

/// A plan whose first half-year is voted on from ten seconds after the beginning until twenty, its entries due at
/// thirty; nothing is said of the second.
pub fn scheduled() -> Value {
    let schedule = r#""schedule": [{ "period": "h1", "opens": "2023-11-15T06:13:30+08:00",
        "closes": "2023-11-14T22:13:40Z", "entries_due": "2023-11-15T06:13:50+08:00" }], "title""#;
    json(&PLAN.replacen("\"title\"", schedule, 1))
}

async fn open(house: &House) -> (PlanId, Vec<CodeHash>) {
    let plan = house.store.create_plan(PLANNER, &scheduled()).await.unwrap().id;
    let codes = house.codes(&plan, "staff", 6).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    (plan, codes)
}

#[tokio::test]
async fn ballots_are_taken_from_opening_to_closing_and_a_clock_that_jumps_back_loses_none() {
    let house = House::new().await;
    let (plan, codes) = open(&house).await;
    let marks = all("good");
    let first = house.ballot_id();
    let cast = async |code: usize, ballot| house.cast(&plan, &codes[code], &ballot, &marks).await;
    assert_eq!(cast(0, first).await, Err(StoreError::PlanNotOpen));
    assert!(matches!(house.store.ballot_paper(&plan, &codes[0]).await, Err(StoreError::PlanNotOpen)));
    house.pass(9);
    assert_eq!(cast(0, first).await, Err(StoreError::PlanNotOpen));
    house.pass(1);
    let voter = house.store.ballot_paper(&plan, &codes[0]).await.unwrap();
    assert_eq!(voter.rounds.closes.as_deref(), Some("2023-11-14T22:13:40Z"));
    let receipt = cast(0, first).await.unwrap().receipt;
    // Back before the opening: nothing is taken, and what is in the box has its receipt.
    house.pass(-5);
    assert_eq!(cast(1, house.ballot_id()).await, Err(StoreError::PlanNotOpen));
    assert_eq!(cast(0, first).await.map(|cast| (cast.receipt, cast.repeated)), Ok((receipt, true)));
    house.pass(14);
    cast(1, house.ballot_id()).await.unwrap();
    // A paper in hand when the time is over.
    let Prepared::Ready(ready) = house.store.prepare_ballot(&plan, &codes[2], &house.ballot_id()).await.unwrap() else {
        panic!("nothing was cast")
    };
    house.pass(1);
    assert_eq!(house.store.cast_ballot(ready, &marks).await, Err(StoreError::PlanClosed));
    assert_eq!(cast(3, house.ballot_id()).await, Err(StoreError::PlanClosed));
    // The used code, too, is told that it is over and no more.
    assert_eq!(cast(0, house.ballot_id()).await, Err(StoreError::PlanClosed));
    assert_eq!(cast(0, first).await.map(|cast| (cast.receipt, cast.repeated)), Ok((receipt, true)));
    // Back into the round: it is open, for nothing has been counted.
    house.pass(-1);
    cast(4, house.ballot_id()).await.unwrap();
    let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert!(!head.count_mismatch);
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 3);
    // Counted is counted, wherever the clock goes.
    house.pass(-5);
    assert_eq!(cast(5, house.ballot_id()).await, Err(StoreError::PlanClosed));
}

#[tokio::test]
async fn a_round_without_times_is_open_as_long_as_the_plan() {
    let house = House::new().await;
    let (plan, _) = open(&house).await;
    let hashes = [house.hash()];
    let codes = NewCodes { period: "h2", group: "guests", hashes: &hashes, units: None, unit: None };
    house.store.add_codes(PLANNER, &plan, codes).await.unwrap();
    let voter = house.store.ballot_paper(&plan, &hashes[0]).await.unwrap();
    assert_eq!(voter.rounds.closes, None);
    house.cast(&plan, &hashes[0], &house.ballot_id(), &all("poor")).await.unwrap();
}

/// The first half-year from ten to twenty seconds, the second from thirty; nobody opens or closes anything by hand.
#[tokio::test]
async fn the_timer_opens_closes_and_goes_on_also_with_what_was_opened_together() {
    let house = House::new().await;
    let mut text = scheduled().canonical();
    let second = r#"{"opens":"2023-11-14T22:13:50Z","period":"h2"}"#;
    text = text.replacen("\"schedule\":[", &format!("\"schedule\":[{second},"), 1);
    let plan = house.store.create_plan(PLANNER, &json(&text)).await.unwrap().id;
    let codes = house.codes(&plan, "staff", 6).await;
    house.store.open_plan_with(PLANNER, &plan, &[], Some(&[])).await.unwrap();
    let (together, _) = open(&house).await;
    let states = async || {
        let rounds = house.store.rounds(&plan).await.unwrap();
        rounds.into_iter().map(|row| row.state).collect::<Vec<_>>()
    };
    let clock = Actor { name: "pingyi serve" };
    let slow = house.store.clone().with_closing_limit(std::time::Duration::ZERO);
    use wire::round::RoundState::{Closed, Closing, Open, Waiting};
    assert_eq!(slow.keep_schedule(clock).await, Ok(0));
    assert_eq!(states().await, [Waiting, Waiting]);
    house.pass(10);
    assert_eq!(slow.keep_schedule(clock).await, Ok(1));
    assert_eq!(states().await, [Open, Waiting]);
    house.cast(&plan, &codes[0], &house.ballot_id(), &all("good")).await.unwrap();
    house.pass(10);
    assert_eq!(slow.keep_schedule(clock).await, Ok(2));
    assert_eq!(states().await, [Closing, Waiting]);
    // The clock jumps back: a closing that began can only go on.
    house.pass(-5);
    for _ in 0..100 {
        slow.keep_schedule(clock).await.unwrap();
    }
    assert_eq!(states().await, [Closed, Waiting]);
    house.pass(15);
    assert_eq!(slow.keep_schedule(clock).await, Ok(1));
    assert_eq!(states().await, [Closed, Open]);
    // Of rounds that were opened with their plan, those end whose time the plan names.
    let rounds = house.store.rounds(&together).await.unwrap();
    assert_eq!(rounds.iter().map(|row| row.state).collect::<Vec<_>>(), [Closed, Open]);
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    let by_clock: Vec<&str> =
        events.iter().filter(|event| event.by == "pingyi serve").map(|event| event.action.as_str()).collect();
    assert_eq!(by_clock, ["round_opened", "round_closing", "round_closed", "round_opened"]);
}

fn entry(unit: &str) -> Record {
    let body = format!(r#"{{ "period": "h1", "component": "budget", "unit": "{unit}", "value": "7" }}"#);
    record(RecordKind::Entry, &json(&body))
}

#[tokio::test]
async fn entries_after_their_time_are_taken_and_marked_late() {
    let house = House::new().await;
    let (plan, _) = open(&house).await;
    house.pass(30);
    house.store.put_record(OFFICE, &plan, &entry("water"), None).await.unwrap();
    let of_entries = async || {
        let due = house.store.calendar(&plan).await.unwrap().due;
        due.into_iter().find(|due| due.what == DueKind::Entries).unwrap()
    };
    let figures = |due: &Due| (due.office.clone().unwrap(), due.places, due.given, due.given_late, due.late);
    assert_eq!(figures(&of_entries().await), ("财政所".to_owned(), Some(3), Some(1), Some(0), false));
    house.pass(1);
    assert_eq!(figures(&of_entries().await), ("财政所".to_owned(), Some(3), Some(1), Some(0), true));
    for unit in ["forestry", "building"] {
        house.store.put_record(OFFICE, &plan, &entry(unit), None).await.unwrap();
    }
    assert_eq!(figures(&of_entries().await), ("财政所".to_owned(), Some(3), Some(3), Some(2), false));
    let rows = house.store.list_records(&plan, RecordKind::Entry, 10, None).await.unwrap().items;
    let late: Vec<(&str, bool)> = rows.iter().map(|row| (row.record.place()[1].unwrap(), row.late)).collect();
    assert_eq!(late, [("building", true), ("forestry", true), ("water", false)]);
    // A late one counts.
    assert_eq!(house.store.records(&plan).await.unwrap().entries.len(), 3);
}

#[tokio::test]
async fn the_calendar_lists_what_is_due_in_order_and_what_is_late() {
    let house = House::new().await;
    let plan = house.store.create_plan(PLANNER, &scheduled()).await.unwrap().id;
    let said = async || {
        let calendar = house.store.calendar(&plan).await.unwrap();
        calendar.due.into_iter().map(|due| (due.what, due.at - 1_700_000_000, due.late)).collect::<Vec<_>>()
    };
    use DueKind::{Closes, Entries, Opens};
    assert_eq!(said().await, [(Opens, 10, false), (Closes, 20, false), (Entries, 30, false)]);
    house.pass(10);
    assert_eq!(said().await, [(Opens, 10, true), (Closes, 20, false), (Entries, 30, false)]);
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(said().await, [(Opens, 10, false), (Closes, 20, false), (Entries, 30, false)]);
    house.pass(10);
    assert_eq!(said().await, [(Opens, 10, false), (Closes, 20, true), (Entries, 30, false)]);
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(said().await, [(Opens, 10, false), (Closes, 20, false), (Entries, 30, false)]);
    // A draft in pieces has nothing due.
    let pieces = house.store.create_plan(PLANNER, &json(r#"{ "title": "x" }"#)).await.unwrap().id;
    assert_eq!(house.store.calendar(&pieces).await.unwrap().due, []);
}

#[test]
fn the_clock_of_a_house_begins_where_the_schedule_says() {
    assert_eq!(scoring::Moment::parse(BEGIN).unwrap().seconds(), 1_700_000_000);
}

/// No timer runs here: the first voter of the hour finds the round open, and after it nobody does.
#[tokio::test]
async fn a_round_opens_and_is_over_by_the_clock_whether_or_not_a_timer_ran() {
    let house = House::new().await;
    let plan = house.store.create_plan(PLANNER, &json(&scheduled().canonical())).await.unwrap().id;
    let codes = house.codes(&plan, "staff", 6).await;
    house.store.open_plan_with(PLANNER, &plan, &[], Some(&[])).await.unwrap();
    let paper = async || house.store.ballot_paper(&plan, &codes[0]).await.map(|_| ());
    assert_eq!(paper().await, Err(StoreError::PlanNotOpen));
    house.pass(10);
    let (one, other) = tokio::join!(paper(), paper());
    assert_eq!((one, other), (Ok(()), Ok(())));
    house.cast(&plan, &codes[0], &house.ballot_id(), &all("good")).await.unwrap();
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    let opened: Vec<&str> =
        events.iter().filter(|event| event.action == "round_opened").map(|event| event.by.as_str()).collect();
    assert_eq!(opened, ["schedule"]);

    let late = house.store.create_plan(PLANNER, &json(&scheduled().canonical())).await.unwrap().id;
    let codes = house.codes(&late, "staff", 6).await;
    house.store.open_plan_with(PLANNER, &late, &[], Some(&[])).await.unwrap();
    house.pass(10);
    assert_eq!(house.store.ballot_paper(&late, &codes[0]).await.map(|_| ()), Err(StoreError::PlanClosed));
    let clock = Actor { name: "pingyi serve" };
    house.store.keep_schedule(clock).await.unwrap();
    house.store.keep_schedule(clock).await.unwrap();
    let rounds = house.store.rounds(&late).await.unwrap();
    assert_eq!(rounds[0].state, wire::round::RoundState::Closed);
}

/// Both stages are opened with the plan; the first ends at ten seconds, the second begins at thirty. From the end of the
/// first on the second waits for its shortlist, also past its hour.
#[tokio::test]
async fn a_second_stage_that_was_opened_with_its_plan_waits_for_its_shortlist_all_the_same() {
    use wire::round::RoundState::{Closed, Open, Waiting};
    let house = House::new().await;
    let schedule = r#""schedule": [{ "period": "year", "stage": 1, "closes": "2023-11-14T22:13:30Z" },
        { "period": "year", "stage": 2, "opens": "2023-11-14T22:13:50Z" }], "title""#;
    let document = json(&rounds::STAGES.replacen("\"title\"", schedule, 1));
    let (store, clock) = (&house.store, Actor { name: "pingyi serve" });
    let plan = store.create_plan(PLANNER, &document).await.unwrap().id;
    let mut codes = Vec::new();
    for group in ["staff", "panel"] {
        let hashes: Vec<CodeHash> = (0..5).map(|_| house.hash()).collect();
        house.added(&plan, NewCodes { period: "year", group, hashes: &hashes, units: None, unit: None }).await;
        codes.push(hashes);
    }
    store.open_plan(PLANNER, &plan, &["sent".to_owned()]).await.unwrap();
    for code in &codes[0] {
        let marks = rounds::marks("first", &["a", "b", "c", "d"], &["good", "fair", "good", "poor"]);
        house.cast(&plan, code, &house.ballot_id(), &marks).await.unwrap();
    }
    let states = async || store.rounds(&plan).await.unwrap().into_iter().map(|row| row.state).collect::<Vec<_>>();
    house.pass(10);
    for _ in 0..3 {
        store.keep_schedule(clock).await.unwrap();
    }
    assert_eq!(states().await, [Closed, Waiting]);
    house.pass(20);
    // The entries are missing, so nothing says who is on the list.
    store.keep_schedule(clock).await.unwrap();
    assert_eq!(states().await, [Closed, Waiting]);
    assert!(matches!(store.ballot_paper(&plan, &codes[1][0]).await, Err(StoreError::PlanNotOpen)));
    for (unit, value) in [("a", "20"), ("b", "10"), ("c", "5"), ("d", "20")] {
        store.put_record(OFFICE, &plan, &rounds::entry(unit, value), None).await.unwrap();
    }
    store.keep_schedule(clock).await.unwrap();
    assert_eq!(states().await, [Closed, Open]);
    let listed = [("second".to_owned(), vec!["a".to_owned(), "b".to_owned()])];
    assert_eq!(rounds::on_paper(&store.ballot_paper(&plan, &codes[1][0]).await.unwrap()), listed);
}
