//! Codes on demand: one for each browser, burned like any other, counted by the hour apart from ballots.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use engine::{Fault, Observer};
use scoring::ballot::Mark;
use scoring::json::Value;
use store::{BrowserToken, Channel, CodeHash, GroupTurnout, IssuedHour, PlanId, Store, StoreError};

use crate::house::{House, PLANNER, all, json, mark};

/// The house's plan with `guests` as an open group.
async fn open(house: &House) -> PlanId {
    let document = crate::house::PLAN.replacen("\"named\"", "\"open\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    plan
}

fn hash(channel: &Channel, browser: &BrowserToken) -> CodeHash {
    let mut bytes = [7; 32];
    bytes[..10].copy_from_slice(&channel.code(browser));
    CodeHash::from(bytes)
}

async fn guests(store: &Store, plan: &PlanId) -> GroupTurnout {
    let rows = store.turnout(plan).await.unwrap();
    rows.into_iter().find(|row| row.period == "h1" && row.group == "guests").unwrap()
}

fn marks() -> Vec<Mark> {
    vec![mark("hotline", "water", None, "poor")]
}

#[tokio::test]
async fn a_code_on_demand_opens_the_groups_paper_and_is_burned_by_one_ballot() {
    let house = House::new().await;
    let plan = open(&house).await;
    let channel = house.store.channel(&plan, "h1", "guests").await.unwrap();
    let browser = house.store.draw_browser_token().unwrap();
    let code = hash(&channel, &browser);
    assert_eq!(house.store.ballot_paper(&plan, &code).await.unwrap_err(), StoreError::UnknownCode);
    assert_eq!(house.store.has_code(&plan, &code).await, Ok(false));
    assert_eq!(house.store.issue_code(&channel, &code).await, Ok(true));
    assert_eq!(house.store.has_code(&plan, &code).await, Ok(true));
    let voter = house.store.ballot_paper(&plan, &code).await.unwrap();
    assert_eq!((voter.period.as_str(), voter.group.as_str(), voter.unit), ("h1", "guests", None));
    house.cast(&plan, &code, &house.ballot_id(), &marks()).await.unwrap();
    let again = house.cast(&plan, &code, &house.ballot_id(), &marks()).await;
    assert_eq!(again, Err(StoreError::CodeUsed));
    assert_eq!(house.store.issue_code(&channel, &code).await, Ok(false));
    assert_eq!(guests(&house.store, &plan).await.cast, 1);
}

#[tokio::test]
async fn a_browser_has_one_code_in_each_channel_and_others_have_others() {
    let house = House::new().await;
    let plan = open(&house).await;
    let browsers: Vec<BrowserToken> = (0..50).map(|_| house.store.draw_browser_token().unwrap()).collect();
    let mut codes = BTreeSet::new();
    for period in ["h1", "h2"] {
        for browser in &browsers {
            let channel = house.store.channel(&plan, period, "guests").await.unwrap();
            let code = hash(&channel, browser);
            // The same store or another, now or later.
            let kept = BrowserToken::parse(&browser.to_string()).unwrap();
            assert_eq!(hash(&house.store.channel(&plan, period, "guests").await.unwrap(), &kept), code);
            codes.insert(code);
        }
    }
    let other = open(&house).await;
    let channel = house.store.channel(&other, "h1", "guests").await.unwrap();
    codes.insert(hash(&channel, &browsers[0]));
    assert_eq!(codes.len(), 101);
}

#[tokio::test]
async fn only_an_open_group_of_an_open_plan_is_a_channel() {
    let house = House::new().await;
    let document = crate::house::PLAN.replacen("\"named\"", "\"open\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let channel = async |period: &str, group: &str| house.store.channel(&plan, period, group).await.err();
    assert_eq!(channel("h1", "guests").await, Some(StoreError::PlanNotOpen));
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(channel("h1", "guests").await, None);
    assert_eq!(channel("h1", "staff").await, Some(StoreError::UnknownPlace));
    assert_eq!(channel("h1", "nobody").await, Some(StoreError::UnknownPlace));
    assert_eq!(channel("h3", "guests").await, Some(StoreError::UnknownPlace));
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(channel("h1", "guests").await, Some(StoreError::PlanClosed));
}

#[tokio::test]
async fn a_challenge_is_good_for_its_browser_and_channel_for_a_quarter_of_an_hour() {
    let house = House::new().await;
    let plan = open(&house).await;
    let channel = house.store.channel(&plan, "h1", "guests").await.unwrap();
    let browser = house.store.draw_browser_token().unwrap();
    let challenge = house.store.challenge(&channel, &browser);
    assert!(house.store.is_challenge(&channel, &browser, &challenge));
    let other_browser = house.store.draw_browser_token().unwrap();
    assert!(!house.store.is_challenge(&channel, &other_browser, &challenge));
    let other_channel = house.store.channel(&plan, "h2", "guests").await.unwrap();
    assert!(!house.store.is_challenge(&other_channel, &browser, &challenge));
    // A later end is not sealed.
    let (end, seal) = challenge.split_once('.').unwrap();
    let later = format!("{}.{seal}", end.parse::<i64>().unwrap() + 1);
    for forged in [later.as_str(), end, "", ".", "1.2"] {
        assert!(!house.store.is_challenge(&channel, &browser, forged), "{forged}");
    }
    house.pass(15 * 60 - 1);
    assert!(house.store.is_challenge(&channel, &browser, &challenge));
    house.pass(1);
    assert!(!house.store.is_challenge(&channel, &browser, &challenge));
}

#[tokio::test]
async fn codes_are_counted_in_the_hour_they_are_issued_and_cards_beside_them() {
    let house = House::new().await;
    let plan = open(&house).await;
    // The clock stands at 22:13:20; 47 minutes later another day has begun.
    let mut first = None;
    for issued in [3, 2] {
        let channel = house.store.channel(&plan, "h1", "guests").await.unwrap();
        for _ in 0..issued {
            let code = hash(&channel, &house.store.draw_browser_token().unwrap());
            assert_eq!(house.store.issue_code(&channel, &code).await, Ok(true));
            assert_eq!(house.store.issue_code(&channel, &code).await, Ok(false));
            first.get_or_insert(code);
        }
        house.pass(2 * 60 * 60);
    }
    house.codes(&plan, "guests", 4).await;
    house.cast(&plan, &first.unwrap(), &house.ballot_id(), &marks()).await.unwrap();
    let turnout = guests(&house.store, &plan).await;
    // 2023-11-14T22:00:00Z is 1,699,999,200.
    let hour = |from, issued| IssuedHour { from, issued };
    assert_eq!(turnout.hours, [hour(1_699_999_200, 3), hour(1_700_006_400, 2)]);
    assert_eq!((turnout.issued, turnout.cast), (9, 1));
    // Counting the cards anew does not count the others twice, nor does closing.
    house.codes(&plan, "guests", 1).await;
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(guests(&house.store, &plan).await.issued, 10);
    // The other half-year's link was never used.
    assert!(house.store.turnout(&plan).await.unwrap().iter().all(|row| row.period == "h1" || row.issued == 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_browsers_at_once_each_get_a_code_and_all_are_counted() {
    let house = House::new().await;
    let plan = open(&house).await;
    let mut browsers = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (store, plan) = (house.store.clone(), plan.clone());
        browsers.spawn(async move {
            let channel = store.channel(&plan, "h1", "guests").await.unwrap();
            let code = hash(&channel, &store.draw_browser_token().unwrap());
            store.issue_code(&channel, &code).await.unwrap()
        });
    }
    assert_eq!(browsers.join_all().await.into_iter().filter(|new| *new).count(), 100);
    assert_eq!(guests(&house.store, &plan).await.issued, 100);
}

/// Lets so many writes through, then loses the answer to each: the request arrives and is done.
#[derive(Debug)]
struct Losing(AtomicI64);

impl Observer for Losing {
    fn fault(&self, operation: &str, _: &str) -> Option<Fault> {
        (operation == "TransactWriteItems" && self.0.fetch_sub(1, Ordering::SeqCst) <= 0).then_some(Fault::ResetAfter)
    }
}

#[tokio::test]
async fn a_code_whose_answer_was_lost_is_the_same_code_when_asked_again() {
    let clear = 1_000_000;
    let weather = Arc::new(Losing(AtomicI64::new(clear)));
    let house = House::observed(weather.clone()).await;
    let plan = open(&house).await;
    // Lost is the answer to the count, then that to the code. A code that is there is not counted again.
    for (through, there, counted) in [(0, false, 2), (1, true, 3)] {
        let channel = house.store.channel(&plan, "h1", "guests").await.unwrap();
        let browser = house.store.draw_browser_token().unwrap();
        let code = hash(&channel, &browser);
        weather.0.store(through, Ordering::SeqCst);
        let lost = house.store.issue_code(&channel, &code).await;
        weather.0.store(clear, Ordering::SeqCst);
        assert_eq!(lost, Err(StoreError::Unavailable));
        assert_eq!(house.store.has_code(&plan, &code).await, Ok(there));
        let channel = house.store.channel(&plan, "h1", "guests").await.unwrap();
        assert_eq!(hash(&channel, &browser), code);
        assert_eq!(house.store.issue_code(&channel, &code).await, Ok(!there));
        assert!(house.store.ballot_paper(&plan, &code).await.is_ok());
        assert_eq!(guests(&house.store, &plan).await.issued, counted);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn closing_while_codes_are_issued_counts_every_acknowledged_ballot_and_issues_none_after() {
    let house = House::new().await;
    let plan = open(&house).await;
    let mut voters = tokio::task::JoinSet::new();
    for _ in 0..60 {
        let (store, plan, ballot) = (house.store.clone(), plan.clone(), house.ballot_id());
        voters.spawn(async move {
            let channel = store.channel(&plan, "h1", "guests").await?;
            let code = hash(&channel, &store.draw_browser_token()?);
            store.issue_code(&channel, &code).await?;
            crate::house::cast(&store, &plan, &code, &ballot, &marks()).await
        });
    }
    tokio::time::sleep(std::time::Duration::from_millis(40)).await;
    let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert!(!head.count_mismatch);
    let answers = voters.join_all().await;
    let cast = answers.iter().filter(|answer| answer.is_ok()).count() as u64;
    assert!(answers.iter().all(|answer| answer.is_ok() || *answer == Err(StoreError::PlanClosed)), "{answers:?}");
    let turnout = guests(&house.store, &plan).await;
    assert_eq!(turnout.cast, cast);
    assert!(turnout.issued >= cast);
    assert_eq!(house.store.channel(&plan, "h1", "guests").await.err(), Some(StoreError::PlanClosed));
}

/// Every item of a table, as JSON.
fn items(path: &std::path::Path, table: &str) -> Vec<(String, Value)> {
    let file = rusqlite::Connection::open(path).unwrap();
    let mut rows = file.prepare(&format!("SELECT pk, item_json FROM {table}")).unwrap();
    let rows = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    rows.map(|row| row.map(|(key, item)| (key, json(&item))).unwrap()).collect()
}

#[tokio::test]
async fn what_is_kept_of_a_code_on_demand_leads_to_no_browser_and_what_is_kept_of_its_ballot_to_no_hour() {
    let home = tempfile::tempdir().unwrap();
    let mut tokens = Vec::new();
    {
        let house = House::in_directory(home.path()).await;
        let plan = open(&house).await;
        let channel = house.store.channel(&plan, "h1", "guests").await.unwrap();
        house.codes(&plan, "staff", 5).await;
        for _ in 0..5 {
            let browser = house.store.draw_browser_token().unwrap();
            let code = hash(&channel, &browser);
            house.store.issue_code(&channel, &code).await.unwrap();
            house.cast(&plan, &code, &house.ballot_id(), &all("good")).await.unwrap();
            tokens.push(browser.to_string());
        }
        house.store.close_plan(PLANNER, &plan).await.unwrap();
    }
    let names = |item: &Value| -> BTreeSet<String> {
        let Value::Object(members) = item else { panic!("an item is an object") };
        members.iter().map(|(name, _)| name.clone()).collect()
    };
    let set = |names: &[&str]| -> BTreeSet<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let mut seen = [0, 0];
    for (key, item) in items(&home.path().join("box.2.db"), "box") {
        if key.contains("BALLOT#") {
            seen[0] += 1;
            assert_eq!(names(&item), set(&["PK", "SK", "marks", "term", "voters"]));
        } else if key.contains("CODE#") && names(&item).contains("on_demand") {
            seen[1] += 1;
            assert_eq!(names(&item), set(&["PK", "SK", "on_demand", "term", "used", "voters"]));
        }
    }
    assert_eq!(seen, [5, 5]);
    let hours: Vec<_> = items(&home.path().join("main.1.db"), "main");
    let hours: Vec<_> = hours.iter().filter(|(key, _)| key.contains("#HOURS")).collect();
    // All in one hour: nothing but that hour's counter stands there.
    assert!(!hours.is_empty());
    assert!(hours.iter().all(|(_, item)| names(item) == set(&["PK", "SK", "h22"])), "{hours:?}");
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for token in &tokens {
            assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()));
        }
    }
}
