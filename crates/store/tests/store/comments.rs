//! Opinions beside the marks: complete, never doubled, read by nobody before closing, joined to no ballot.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use engine::{Fault, Observer};
use scoring::ballot::Mark;
use store::{BallotId, Cast, CodeHash, Comment, KeptComment, NewCodes, PlanId, Prepared, RoundId, Store, StoreError};

use crate::house::{House, PLANNER, all, json};

/// The house's plan, whose staff may write opinions, open, with their codes.
async fn open(house: &House, codes: usize) -> (PlanId, Vec<CodeHash>) {
    let document = crate::house::PLAN.replacen("\"anonymous\"", "\"anonymous\", \"comments\": true", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let staff = house.codes(&plan, "staff", codes).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    (plan, staff)
}

fn comment(unit: &str, text: &str) -> Comment {
    Comment { unit: unit.to_owned(), text: text.to_owned() }
}

async fn cast(
    store: &Store,
    plan: &PlanId,
    code: &CodeHash,
    ballot: &BallotId,
    marks: &[Mark],
    comments: &[Comment],
) -> Result<Cast, StoreError> {
    match store.prepare_ballot(plan, code, ballot).await? {
        Prepared::AlreadyCast(receipt) => Ok(Cast { receipt, repeated: true }),
        Prepared::Ready(ready) => store.cast_ballot(ready.with_comments(comments.to_vec()), marks).await,
    }
}

/// All opinions, a few on a page.
async fn read(store: &Store, plan: &PlanId) -> Vec<KeptComment> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = store.comments(plan, 7, after.as_ref()).await.unwrap();
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

#[tokio::test]
async fn opinions_are_read_after_closing_and_all_of_them() {
    let house = House::new().await;
    let (plan, staff) = open(&house, 12).await;
    let mut written = BTreeSet::new();
    for (number, code) in staff.iter().enumerate() {
        let comments: Vec<Comment> =
            ["water", "forestry"].map(|unit| comment(unit, &format!("{unit} {number}"))).into();
        written.extend(comments.iter().map(|comment| comment.text.clone()));
        cast(&house.store, &plan, code, &house.ballot_id(), &all("good"), &comments).await.unwrap();
    }
    assert_eq!(house.store.comments(&plan, 7, None).await, Err(StoreError::WrongState));
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let read = read(&house.store, &plan).await;
    assert_eq!(read.len(), 24);
    assert_eq!(read.iter().map(|kept| kept.text.clone()).collect::<BTreeSet<_>>(), written);
    // Unit by unit; twelve ballots are enough to tell the group.
    assert!(read[..12].iter().all(|kept| kept.unit == "forestry" && kept.text.starts_with("forestry ")));
    assert!(read[12..].iter().all(|kept| kept.unit == "water"));
    assert!(read.iter().all(|kept| kept.place == Some(("h1".to_owned(), "staff".to_owned()))));
    // In no order of casting: the chance that twelve are in order is one in 479 million.
    let cast_in_order: Vec<String> = (0..12).map(|number| format!("water {number}")).collect();
    assert_ne!(read[12..].iter().map(|kept| kept.text.clone()).collect::<Vec<_>>(), cast_in_order);
    house.store.publish_plan(PLANNER, &plan, &[]).await.unwrap_err();
}

#[tokio::test]
async fn opinions_of_nine_voters_do_not_tell_their_group() {
    let house = House::new().await;
    let (plan, staff) = open(&house, 9).await;
    for code in &staff {
        cast(&house.store, &plan, code, &house.ballot_id(), &all("good"), &[comment("water", "慢")]).await.unwrap();
    }
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let read = read(&house.store, &plan).await;
    let read: Vec<_> = read.into_iter().map(|kept| (kept.unit, kept.place, kept.text)).collect();
    assert_eq!(read, vec![("water".to_owned(), None, "慢".to_owned()); 9]);
}

/// A plan whose staff may write opinions.
fn with_opinions() -> scoring::json::Value {
    json(&crate::house::PLAN.replacen("\"anonymous\"", "\"anonymous\", \"comments\": true", 1))
}

/// Codes of the staff whose papers have one unit, or all.
async fn narrowed(house: &House, plan: &PlanId, period: &str, unit: Option<&str>, count: usize) -> Vec<CodeHash> {
    let hashes: Vec<CodeHash> = (0..count).map(|_| house.hash()).collect();
    let units = unit.map(|unit| [unit.to_owned()]);
    let units = units.as_ref().map(<[String; 1]>::as_slice);
    if count > 0 {
        house.added(plan, NewCodes { period, group: "staff", hashes: &hashes, units, unit: None }).await;
    }
    hashes
}

/// Marks every unit of a paper, and writes an opinion on each.
async fn say(house: &House, plan: &PlanId, codes: &[CodeHash], unit: Option<&str>) {
    for code in codes {
        let mut marks = all("good");
        marks.retain(|mark| unit.is_none_or(|unit| mark.unit == unit));
        let on = unit.map_or_else(|| vec!["water", "forestry", "building"], |unit| vec![unit]);
        let comments: Vec<Comment> = on.into_iter().map(|unit| comment(unit, "慢")).collect();
        cast(&house.store, plan, code, &house.ballot_id(), &marks, &comments).await.unwrap();
    }
}

/// How many opinions on a unit are told with their place, and how many without.
async fn told(house: &House, plan: &PlanId) -> Vec<(String, Option<String>, usize)> {
    let mut found: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for kept in read(&house.store, plan).await {
        *found.entry((kept.unit, kept.place.map(|(period, _)| period))).or_default() += 1;
    }
    found.into_iter().map(|((unit, period), count)| (unit, period, count)).collect()
}

/// Twelve of the staff mark 水务站 alone and eight 林业站 alone: the group has twenty ballots and is told of the first, but
/// of the second only eight could have written. Another eight who mark all three make twenty and sixteen of them.
#[tokio::test]
async fn opinions_on_a_unit_that_few_could_mark_do_not_tell_their_group() {
    for whole in [0, 8] {
        let house = House::new().await;
        let plan = house.store.create_plan(PLANNER, &with_opinions()).await.unwrap().id;
        let mut papers = Vec::new();
        for (count, unit) in [(12, Some("water")), (8, Some("forestry")), (whole, None)] {
            papers.push((narrowed(&house, &plan, "h1", unit, count).await, unit));
        }
        house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
        for (codes, unit) in papers {
            say(&house, &plan, &codes, unit).await;
        }
        house.store.close_plan(PLANNER, &plan).await.unwrap();
        let of = |unit: &str, period: Option<&str>, count| (unit.to_owned(), period.map(str::to_owned), count);
        let expected = match whole {
            0 => vec![of("forestry", None, 8), of("water", Some("h1"), 12)],
            _ => vec![of("building", None, 8), of("forestry", Some("h1"), 16), of("water", Some("h1"), 20)],
        };
        assert_eq!(told(&house, &plan).await, expected);
        assert_eq!(house.store.groups_untold(&plan).await.unwrap(), ["干部职工"]);
    }
}

/// The first half-year is closed by itself, the second with the plan; in it only six could write on 林业站.
#[tokio::test]
async fn of_a_round_that_ends_with_the_plan_its_own_ballots_decide() {
    let house = House::new().await;
    let plan = house.store.create_plan(PLANNER, &with_opinions()).await.unwrap().id;
    let first = narrowed(&house, &plan, "h1", Some("water"), 12).await;
    let second = narrowed(&house, &plan, "h2", Some("water"), 12).await;
    let few = narrowed(&house, &plan, "h2", Some("forestry"), 6).await;
    let (one, two) = (RoundId::new("h1", 1), RoundId::new("h2", 1));
    house.store.open_plan_with(PLANNER, &plan, &[], Some(std::slice::from_ref(&one))).await.unwrap();
    say(&house, &plan, &first, Some("water")).await;
    house.store.close_round(PLANNER, &plan, &one).await.unwrap();
    house.store.open_round(PLANNER, &plan, &two, &[]).await.unwrap();
    say(&house, &plan, &second, Some("water")).await;
    say(&house, &plan, &few, Some("forestry")).await;
    let of = |unit: &str, period: Option<&str>, count| (unit.to_owned(), period.map(str::to_owned), count);
    assert_eq!(told(&house, &plan).await, [of("water", Some("h1"), 12)]);
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let expected = [of("forestry", None, 6), of("water", Some("h1"), 12), of("water", Some("h2"), 12)];
    assert_eq!(told(&house, &plan).await, expected);
}

/// Breaks the call of this number, counted from the last setting on.
#[derive(Debug)]
struct Breaking {
    left: AtomicI64,
    fault: std::sync::Mutex<Fault>,
}

impl Observer for Breaking {
    fn fault(&self, _: &str, _: &str) -> Option<Fault> {
        (self.left.fetch_sub(1, Ordering::SeqCst) == 1).then(|| *self.fault.lock().unwrap())
    }
}

#[tokio::test]
async fn however_answers_are_lost_an_acknowledged_ballots_opinions_are_there_once() {
    let breaking = Arc::new(Breaking { left: AtomicI64::new(0), fault: std::sync::Mutex::new(Fault::Failed) });
    let house = House::observed(breaking.clone()).await;
    let (plan, staff) = open(&house, 80).await;
    let mut expected = BTreeMap::new();
    let mut codes = staff.iter();
    for fault in Fault::ALL {
        for call in 1..=8 {
            let code = codes.next().unwrap();
            let (ballot, text) = (house.ballot_id(), format!("{fault:?} {call}"));
            let comments = [comment("water", &text), comment("building", &text)];
            *breaking.fault.lock().unwrap() = fault;
            breaking.left.store(call, Ordering::SeqCst);
            let mut answer = cast(&house.store, &plan, code, &ballot, &all("fair"), &comments).await;
            breaking.left.store(0, Ordering::SeqCst);
            while answer == Err(StoreError::Unavailable) {
                answer = cast(&house.store, &plan, code, &ballot, &all("fair"), &comments).await;
            }
            answer.unwrap();
            cast(&house.store, &plan, code, &ballot, &all("fair"), &comments).await.unwrap();
            expected.insert(text, 2);
        }
    }
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let mut found = BTreeMap::new();
    for kept in read(&house.store, &plan).await {
        *found.entry(kept.text).or_insert(0) += 1;
    }
    assert_eq!(found, expected);
}

#[tokio::test]
async fn closing_that_broke_off_and_is_repeated_doubles_no_opinion() {
    let breaking = Arc::new(Breaking { left: AtomicI64::new(0), fault: std::sync::Mutex::new(Fault::TimeoutAfter) });
    for call in (20..120).step_by(5) {
        let house = House::observed(breaking.clone()).await;
        let (plan, staff) = open(&house, 5).await;
        for code in &staff {
            let comments = [comment("water", "慢")];
            cast(&house.store, &plan, code, &house.ballot_id(), &all("good"), &comments).await.unwrap();
        }
        breaking.left.store(call, Ordering::SeqCst);
        let first = house.store.close_plan(PLANNER, &plan).await;
        breaking.left.store(0, Ordering::SeqCst);
        if first.is_err() {
            house.store.close_plan(PLANNER, &plan).await.unwrap();
        }
        assert_eq!(read(&house.store, &plan).await.len(), 5, "call {call}");
    }
}

#[tokio::test]
async fn what_is_kept_of_an_opinion_shares_nothing_with_its_ballot_or_its_fellows() {
    let home = tempfile::tempdir().unwrap();
    let mut ids = Vec::new();
    {
        let house = House::in_directory(home.path()).await;
        let (plan, staff) = open(&house, 10).await;
        for code in &staff {
            let ballot = house.ballot_id();
            let comments = [comment("water", "慢"), comment("forestry", "快")];
            cast(&house.store, &plan, code, &ballot, &all("good"), &comments).await.unwrap();
            ids.extend([code.to_string(), ballot.to_string()]);
        }
        house.store.close_plan(PLANNER, &plan).await.unwrap();
    }
    let mut numbers = BTreeSet::new();
    for (file, table, partition) in [("box.2.db", "box", "COMMENT#"), ("main.1.db", "main", "#OPINION")] {
        let file = rusqlite::Connection::open(home.path().join(file)).unwrap();
        let mut rows = file.prepare(&format!("SELECT rowid, pk, sk, item_json FROM {table} ORDER BY rowid")).unwrap();
        let rows = rows.query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        });
        let rows: Vec<_> = rows.unwrap().map(Result::unwrap).filter(|row| row.1.contains(partition)).collect();
        assert_eq!(rows.len(), 20);
        for (_, _, _, item) in &rows {
            assert!(!ids.iter().any(|id| item.contains(id)), "{item}");
            let item = json(item);
            let scoring::json::Value::Object(members) = &item else { panic!("an item is an object") };
            let names: BTreeSet<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, BTreeSet::from(["PK", "SK", "on_unit", "said", "term", "voters"]));
            let sort = item.get("SK").and_then(|key| key.get("S")).and_then(scoring::json::Value::as_str).unwrap();
            numbers.insert(sort.rsplit('#').next().unwrap().to_owned());
        }
        // The box was rewritten in the order of its keys.
        let in_order = rows.windows(2).all(|pair| (&pair[0].1, &pair[0].2) < (&pair[1].1, &pair[1].2));
        assert!(in_order || table == "main");
    }
    assert_eq!(numbers.len(), 20);
}
