//! The list of voters, the codes that are given to them, and what becomes of both.

use scoring::json::Value;
use store::{
    CodeHash, NewCodes, NewVoter, PlanId, PutVoters, StoreError, VoidedCodes, Voiding, VoterFault, VoterStatus,
};

use crate::house::{House, PLAN, PLANNER, all, json, voter};
use crate::linking::exchange;

async fn put(house: &House, plan: &PlanId, voters: &[NewVoter]) -> Result<PutVoters, StoreError> {
    house.store.put_voters(PLANNER, plan, voters).await
}

async fn give(house: &House, plan: &PlanId, hashes: &[CodeHash], voters: &[&str]) -> Result<usize, StoreError> {
    let codes = NewCodes { period: "h1", group: "guests", hashes, units: None, unit: None };
    let voters: Vec<String> = voters.iter().map(|voter| (*voter).to_owned()).collect();
    Ok(house.store.add_codes_to(PLANNER, plan, codes, &voters).await?.added)
}

async fn statuses(house: &House, plan: &PlanId) -> Vec<(String, VoterStatus)> {
    let page = house.store.voters(plan, None, 100, None).await.unwrap();
    assert_eq!(page.next, None);
    page.items.into_iter().map(|row| (row.voter.id, row.status)).collect()
}

fn faults<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Vec<(usize, VoterFault)> {
    match answer {
        Err(StoreError::UnfitVoters(faults)) => faults,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_list_sent_again_replaces_itself_and_the_same_person_twice_is_pointed_out() {
    let house = House::new().await;
    let plan = house.draft().await;
    let nameless = |name: &str, unit: Option<&str>| NewVoter {
        id: None,
        unit: unit.map(str::to_owned),
        contact: None,
        ..voter("x", name, "guests")
    };
    let list = [nameless("张三", None), nameless("李四", None), nameless("张三", Some("water"))];
    assert_eq!(put(&house, &plan, &list).await, Ok(PutVoters { added: 3, replaced: 0 }));
    assert_eq!(put(&house, &plan, &list).await, Ok(PutVoters { added: 0, replaced: 3 }));
    let twice = [nameless("王五", None), nameless("赵六", None), nameless("王五", None)];
    assert_eq!(faults(put(&house, &plan, &twice).await), [(2, VoterFault::SameAsEarlier(0))]);
    // Under an id of its own the person is there already; in another group it is another entry.
    let listed = house.store.voters(&plan, None, 100, None).await.unwrap().items;
    let of_li = listed.iter().find(|row| row.voter.given.name == "李四").unwrap().voter.id.clone();
    let again = [voter("li", "李四", "guests")];
    assert_eq!(faults(put(&house, &plan, &again).await), [(0, VoterFault::SameAsListed(of_li))]);
    assert!(put(&house, &plan, &[voter("li", "李四", "staff")]).await.is_ok());
    // Two of one name who are reached otherwise are two.
    let two = [voter("a", "孙七", "guests"), voter("b", "孙七", "guests")];
    assert_eq!(put(&house, &plan, &two).await, Ok(PutVoters { added: 2, replaced: 0 }));
    assert_eq!(statuses(&house, &plan).await.len(), 6);
    let of_guests = house.store.voters(&plan, Some("guests"), 2, None).await.unwrap();
    let rest = house.store.voters(&plan, Some("guests"), 100, of_guests.next.as_ref()).await.unwrap();
    assert_eq!((of_guests.items.len(), rest.items.len()), (2, 3));
}

#[tokio::test]
async fn a_voter_has_one_code_for_a_period_and_the_list_says_how_far_they_came() {
    let house = House::new().await;
    let plan = house.draft().await;
    let list = ["a", "b", "c"].map(|id| voter(id, id, "guests"));
    put(&house, &plan, &list).await.unwrap();
    let hashes = [house.hash(), house.hash(), house.hash()];
    let without = NewCodes { period: "h1", group: "guests", hashes: &hashes, units: None, unit: None };
    assert_eq!(house.store.add_codes(PLANNER, &plan, without).await, Err(StoreError::VoterRequired));
    assert_eq!(give(&house, &plan, &hashes[..2], &["a", "b"]).await, Ok(2));
    assert_eq!(give(&house, &plan, &hashes[..2], &["a", "b"]).await, Ok(2), "sent again");
    let bad = give(&house, &plan, &hashes, &["a", "c", "c"]).await;
    assert_eq!(faults(bad), [(2, VoterFault::SameAsEarlier(1))]);
    let other = [house.hash()];
    assert_eq!(faults(give(&house, &plan, &other, &["a"]).await), [(0, VoterFault::HasCode)]);
    assert_eq!(faults(give(&house, &plan, &other, &["nobody"]).await), [(0, VoterFault::Unknown)]);
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    house.cast(&plan, &hashes[0], &house.ballot_id(), &all("good")).await.unwrap();
    let status = |a, b, c| [("a", a), ("b", b), ("c", c)].map(|(id, status)| (id.to_owned(), status));
    use VoterStatus::{Issued, None as Without, Voted};
    assert_eq!(statuses(&house, &plan).await, status(Voted, Issued, Without));

    // A lost card is voided, and its voter gets another; the voter who voted gets none.
    let voiding = |voter| house.store.void_codes(PLANNER, &plan, Voiding::Voter(voter), "遗失", &[]);
    assert_eq!(voiding("b").await, Ok(VoidedCodes { voided: 1, used: 0 }));
    assert_eq!(voiding("a").await, Ok(VoidedCodes { voided: 0, used: 1 }));
    assert_eq!(voiding("nobody").await, Err(StoreError::UnknownVoter));
    assert_eq!(statuses(&house, &plan).await, status(Voted, Without, Without));
    assert_eq!(give(&house, &plan, &other, &["b"]).await, Ok(1));
    assert_eq!(faults(give(&house, &plan, &[house.hash()], &["a"]).await), [(0, VoterFault::HasCode)]);
    assert_eq!(statuses(&house, &plan).await, status(Voted, Issued, Without));
    assert_eq!(house.store.ballot_paper(&plan, &hashes[1]).await.unwrap_err(), StoreError::CodeVoided);
    house.cast(&plan, &other[0], &house.ballot_id(), &all("good")).await.unwrap();
    assert_eq!(statuses(&house, &plan).await, status(Voted, Voted, Without));
    // A code is for what the list said.
    let mut moved = voter("a", "a", "guests");
    moved.units = Some(vec!["water".to_owned()]);
    assert_eq!(faults(put(&house, &plan, &[moved]).await), [(0, VoterFault::HasCode)]);
}

#[tokio::test]
async fn no_list_says_who_holds_a_card_of_an_anonymous_group() {
    let house = House::new().await;
    let plan = house.draft().await;
    put(&house, &plan, &[voter("a", "张三", "staff")]).await.unwrap();
    let hashes = [house.hash()];
    let codes = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
    let linked = house.store.add_codes_to(PLANNER, &plan, codes, &["a".to_owned()]).await;
    assert_eq!(linked, Err(StoreError::LinkedSecret));
    assert_eq!(house.added(&plan, codes).await, 1);
    assert_eq!(statuses(&house, &plan).await, [("a".to_owned(), VoterStatus::None)]);
}

#[tokio::test]
async fn of_a_blind_voter_the_list_says_only_that_the_code_was_exchanged() {
    let house = House::new().await;
    let document = PLAN.replacen("\"anonymous\"", "\"blind\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let names = ["a", "b", "c", "d", "e", "f"];
    put(&house, &plan, &names.map(|id| voter(id, id, "staff"))).await.unwrap();
    let hashes = names.map(|_| house.hash());
    let codes = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
    house.store.add_codes_to(PLANNER, &plan, codes, &names.map(str::to_owned)).await.unwrap();
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    let token = exchange(&house, &plan, &hashes[0]).await.unwrap();
    let expected = |b| {
        let of = |id: &str| match id {
            "a" => VoterStatus::Exchanged,
            "b" => b,
            _ => VoterStatus::Issued,
        };
        names.map(|id| (id.to_owned(), of(id)))
    };
    assert_eq!(statuses(&house, &plan).await, expected(VoterStatus::Issued));
    crate::linking::cast_with(&house, &plan, &token, &house.ballot_id(), &all("good")).await;
    assert_eq!(statuses(&house, &plan).await, expected(VoterStatus::Issued), "the ballot changes nothing");
    // A code that votes itself says no more.
    house.cast(&plan, &hashes[1], &house.ballot_id(), &all("good")).await.unwrap();
    assert_eq!(statuses(&house, &plan).await, expected(VoterStatus::Exchanged));
}

#[tokio::test]
async fn a_voter_who_is_taken_off_has_no_code_and_may_come_back() {
    let house = House::new().await;
    let plan = house.draft().await;
    put(&house, &plan, &["a", "b"].map(|id| voter(id, id, "guests"))).await.unwrap();
    let hashes = [house.hash(), house.hash()];
    give(&house, &plan, &hashes, &["a", "b"]).await.unwrap();
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    house.store.remove_voter(PLANNER, &plan, "a", "调离").await.unwrap();
    assert_eq!(house.store.remove_voter(PLANNER, &plan, "a", "调离").await, Err(StoreError::NotFound));
    assert_eq!(house.store.ballot_paper(&plan, &hashes[0]).await.unwrap_err(), StoreError::CodeVoided);
    assert_eq!(statuses(&house, &plan).await, [("b".to_owned(), VoterStatus::Issued)]);
    let again = [house.hash()];
    assert_eq!(faults(give(&house, &plan, &again, &["a"]).await), [(0, VoterFault::Unknown)]);
    put(&house, &plan, &[voter("a", "a", "guests")]).await.unwrap();
    assert_eq!(give(&house, &plan, &again, &["a"]).await, Ok(1));
    assert!(house.store.ballot_paper(&plan, &again[0]).await.is_ok());
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    let removed = events.iter().find(|event| event.action == "voter_removed").unwrap();
    assert_eq!(removed.detail.get("reason").and_then(Value::as_str), Some("调离"));
    assert!(!events.iter().any(|event| event.detail.canonical().contains("138")), "no contact is in the chain");
    house.store.verify_audit(&plan).await.unwrap();
}

/// Two processes: one issues codes to forty voters, the other takes each of them off the list.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn voters_taken_off_while_their_codes_are_issued_end_without_a_code_that_votes() {
    let house = House::new().await;
    let plan = house.draft().await;
    let ids: Vec<String> = (0..40).map(|n| format!("v{n:02}")).collect();
    let list: Vec<NewVoter> = ids.iter().map(|id| voter(id, id, "guests")).collect();
    put(&house, &plan, &list).await.unwrap();
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    let hashes: Vec<CodeHash> = ids.iter().map(|_| house.hash()).collect();
    let (issuing, removing) = (house.again(), house.again());
    let (to, of, codes) = (plan.clone(), plan.clone(), hashes.clone());
    let voters = ids.clone();
    let issued = tokio::spawn(async move {
        let codes = NewCodes { period: "h1", group: "guests", hashes: &codes, units: None, unit: None };
        issuing.add_codes_to(PLANNER, &to, codes, &voters).await
    });
    let removed = tokio::spawn(async move {
        for id in &ids {
            while let Err(error) = removing.remove_voter(PLANNER, &of, id, "调离").await {
                assert_eq!(error, StoreError::Contended);
            }
        }
    });
    let _ = issued.await.unwrap();
    removed.await.unwrap();
    assert_eq!(statuses(&house, &plan).await, []);
    for code in &hashes {
        let paper = house.store.ballot_paper(&plan, code).await.map(drop);
        assert!(matches!(paper, Err(StoreError::CodeVoided | StoreError::UnknownCode)), "{paper:?}");
    }
}

#[tokio::test]
async fn contacts_are_forgotten_for_good_and_nothing_else() {
    let house = House::new().await;
    let plan = house.draft().await;
    put(&house, &plan, &["a", "b"].map(|id| voter(id, id, "guests"))).await.unwrap();
    assert_eq!(house.store.forget_contacts(PLANNER, &plan).await, Ok(2));
    assert_eq!(house.store.forget_contacts(PLANNER, &plan).await, Ok(0));
    let rows = house.store.voters(&plan, None, 100, None).await.unwrap().items;
    assert!(rows.iter().all(|row| row.voter.given.contact.is_none()));
    assert_eq!(rows.iter().map(|row| row.voter.given.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}
