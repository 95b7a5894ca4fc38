use store::{CodeHash, GroupTurnout, NewCodes, StoreError};

use crate::house::{House, PLANNER, all};

fn turnout(period: &str, group: &str, issued: u64, cast: u64) -> GroupTurnout {
    GroupTurnout { period: period.to_owned(), group: group.to_owned(), issued, cast, hours: Vec::new() }
}

#[tokio::test]
async fn repeating_a_call_adds_nothing_and_answers_the_same() {
    let house = House::new().await;
    let plan = house.draft().await;
    let hashes: Vec<CodeHash> = (0..250).map(|_| house.hash()).collect();
    let codes = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
    assert_eq!(house.added(&plan, codes).await, 250);
    assert_eq!(house.added(&plan, codes).await, 250);
    assert_eq!(house.store.turnout(&plan).await.unwrap(), [turnout("h1", "staff", 250, 0)]);
}

#[tokio::test]
async fn adding_a_used_code_again_does_not_make_it_new() {
    let house = House::new().await;
    let (plan, staff, _) = house.open(6).await;
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
    let codes = NewCodes { period: "h1", group: "staff", hashes: &staff, units: None, unit: None };
    assert_eq!(house.added(&plan, codes).await, 6);
    assert_eq!(house.store.ballot_paper(&plan, &staff[0]).await.unwrap_err(), StoreError::CodeUsed);
}

#[tokio::test]
async fn a_code_keeps_the_paper_it_was_issued_for() {
    let house = House::new().await;
    let plan = house.draft().await;
    let hashes = [house.hash()];
    let first = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: Some("water") };
    let second = NewCodes { group: "guests", ..first };
    assert_eq!(house.added(&plan, first).await, 1);
    assert_eq!(house.added(&plan, second).await, 0);
    house.store.open_plan(PLANNER, &plan, &["staff".to_owned()]).await.unwrap();
    let voter = house.store.ballot_paper(&plan, &hashes[0]).await.unwrap();
    assert_eq!((voter.group.as_str(), voter.unit.as_deref()), ("staff", Some("water")));
}

#[tokio::test]
async fn a_narrowed_code_opens_a_narrowed_paper() {
    let house = House::new().await;
    let plan = house.draft().await;
    let hashes = [house.hash()];
    let units = ["water".to_owned(), "forestry".to_owned()];
    let codes = NewCodes { period: "h2", group: "guests", hashes: &hashes, units: Some(&units), unit: None };
    house.store.add_codes(PLANNER, &plan, codes).await.unwrap();
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    let voter = house.store.ballot_paper(&plan, &hashes[0]).await.unwrap();
    assert_eq!(voter.period, "h2");
    let paper = voter.paper();
    let sections: Vec<(&str, Vec<&str>)> = paper
        .sections
        .iter()
        .map(|section| (section.component.as_str(), section.units.iter().map(|unit| unit.id.as_str()).collect()))
        .collect();
    assert_eq!(sections, [("service", vec!["forestry", "water"]), ("hotline", vec!["forestry", "water"])]);
}

#[tokio::test]
async fn codes_for_what_the_plan_lacks_are_refused() {
    let house = House::new().await;
    let plan = house.draft().await;
    let hashes = [house.hash()];
    let nobody = ["nobody".to_owned()];
    let good = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
    for bad in [
        NewCodes { period: "h3", ..good },
        NewCodes { group: "aliens", ..good },
        NewCodes { unit: Some("nobody"), ..good },
        NewCodes { units: Some(&nobody), ..good },
    ] {
        assert_eq!(house.store.add_codes(PLANNER, &plan, bad).await, Err(StoreError::UnknownPlace));
    }
    let many = vec![house.hash(); 1001];
    let many = NewCodes { hashes: &many, ..good };
    assert_eq!(house.store.add_codes(PLANNER, &plan, many).await, Err(StoreError::TooManyCodes));
}

#[tokio::test]
async fn codes_may_be_added_while_open_but_not_after() {
    let house = House::new().await;
    let (plan, _, _) = house.open(5).await;
    assert_eq!(house.codes(&plan, "guests", 3).await.len(), 3);
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    let hashes = [house.hash()];
    let codes = NewCodes { period: "h1", group: "guests", hashes: &hashes, units: None, unit: None };
    assert_eq!(house.store.add_codes(PLANNER, &plan, codes).await, Err(StoreError::WrongState));
}

#[tokio::test]
async fn a_secret_group_of_one_to_four_needs_to_be_named() {
    let house = House::new().await;
    for (codes, small) in [(1, true), (4, true), (5, false)] {
        let plan = house.draft().await;
        house.codes(&plan, "staff", codes).await;
        house.codes(&plan, "guests", 2).await;
        let answer = house.store.open_plan(PLANNER, &plan, &[]).await;
        if small {
            assert_eq!(answer, Err(StoreError::SmallGroup(vec!["staff".to_owned()])), "{codes}");
            house.store.open_plan(PLANNER, &plan, &["staff".to_owned()]).await.unwrap();
        } else {
            answer.unwrap();
        }
    }
}

#[tokio::test]
async fn turnout_counts_codes_and_ballots_while_open_and_after() {
    let house = House::new().await;
    let (plan, staff, guests) = house.open(6).await;
    for code in &staff[..4] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    house.cast(&plan, &guests[0], &house.ballot_id(), &all("poor")).await.unwrap();
    let expected = [
        turnout("h1", "staff", 6, 4),
        turnout("h1", "guests", 6, 1),
        turnout("h2", "staff", 0, 0),
        turnout("h2", "guests", 0, 0),
    ];
    assert_eq!(house.store.turnout(&plan).await.unwrap(), expected);
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(house.store.turnout(&plan).await.unwrap(), expected);
}
