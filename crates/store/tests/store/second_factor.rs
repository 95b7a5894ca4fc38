//! Second factors: a step's code and a recovery code are taken once, whoever asks at the same time.

use store::{Account, Actor, FactorProof, SessionToken, SignedInBy, Staff, StaffChange, StoreError};
use wire::settings::{SecondFactorRule, SettingsChange};

use crate::house::House;

const ADMIN: Actor<'static> = Actor { name: "admin" };
const LI: Actor<'static> = Actor { name: "li" };

async fn staff(house: &House) -> Staff {
    house.store.staff("li").await.unwrap()
}

/// An account with a second factor that a code of step 100 confirmed, and the session that set it.
async fn with_factor(house: &House) -> SessionToken {
    let account = Account { name: "li".to_owned(), ..Account::default() };
    house.store.create_staff(ADMIN, &account, "hash").await.unwrap();
    let session = house.store.create_session(&staff(house).await, SignedInBy::Password).await.unwrap();
    house.store.begin_second_factor(&staff(house).await, b"a secret").await.unwrap();
    let codes = ["AAAA".to_owned(), "BBBB".to_owned()];
    house.store.set_second_factor(LI, &staff(house).await, 100, &codes, &session).await.unwrap();
    session
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_proofs_at_once_one_is_taken() {
    let house = House::new().await;
    with_factor(&house).await;
    for proof in [FactorProof::Step(101), FactorProof::Recovery("AAAA")] {
        let account = staff(&house).await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (store, account) = (house.store.clone(), account.clone());
            tries.spawn(async move { store.prove_second_factor(&account, proof).await });
        }
        let answers = tries.join_all().await;
        assert_eq!(answers.iter().filter(|answer| **answer == Ok(true)).count(), 1, "{answers:?}");
    }
    for spent in [FactorProof::Step(100), FactorProof::Step(101), FactorProof::Recovery("AAAA")] {
        assert_eq!(house.store.prove_second_factor(&staff(&house).await, spent).await, Ok(false));
        assert_eq!(house.store.remove_second_factor(LI, "li", Some(spent)).await, Ok(false));
    }
    assert_eq!(house.store.prove_second_factor(&staff(&house).await, FactorProof::Recovery("BBBB")).await, Ok(true));
    assert_eq!(staff(&house).await.second_factor.unwrap().recovery_codes(), 0);
    // The account, its factor, and two recovery codes.
    assert_eq!(house.store.verify_account_audit().await, Ok(4));
}

#[tokio::test]
async fn setting_it_ends_sessions_that_began_without_it_even_those_that_begin_just_then() {
    let house = House::new().await;
    let account = Account { name: "li".to_owned(), ..Account::default() };
    house.store.create_staff(ADMIN, &account, "hash").await.unwrap();
    // Somebody's password was found right before, and their session begins after.
    let before = staff(&house).await;
    let own = house.store.create_session(&before, SignedInBy::Password).await.unwrap();
    house.store.begin_second_factor(&before, b"a secret").await.unwrap();
    house.store.set_second_factor(LI, &staff(&house).await, 100, &[], &own).await.unwrap();
    let late = house.store.create_session(&before, SignedInBy::Password).await.unwrap();
    assert_eq!(house.store.session(&late).await, Err(StoreError::NotFound));
    assert!(house.store.session(&own).await.unwrap().account.second_factor);
    assert!(house.store.list_staff(10, None).await.unwrap().items[0].second_factor);
}

#[tokio::test]
async fn it_is_set_once_and_only_as_it_was_begun() {
    let house = House::new().await;
    let session = with_factor(&house).await;
    let state = Err(StoreError::SecondFactorState);
    assert_eq!(house.store.begin_second_factor(&staff(&house).await, b"another").await, state);
    assert_eq!(house.store.set_second_factor(LI, &staff(&house).await, 101, &[], &session).await, state);
    assert_eq!(house.store.remove_second_factor(ADMIN, "li", None).await, Ok(true));
    assert_eq!(house.store.remove_second_factor(ADMIN, "li", None).await, Err(StoreError::SecondFactorState));
    // Of what was begun twice the first is forgotten.
    house.store.begin_second_factor(&staff(&house).await, b"first").await.unwrap();
    let first = staff(&house).await;
    house.store.begin_second_factor(&first, b"second").await.unwrap();
    assert_eq!(house.store.set_second_factor(LI, &first, 101, &[], &session).await, state);
    // A reset on the machine takes away what was begun as well.
    let reset = StaffChange { password_hash: Some("new"), resets_second_factor: true, ..StaffChange::default() };
    let begun = staff(&house).await;
    house.store.change_staff(ADMIN, "li", reset).await.unwrap();
    assert!(staff(&house).await.pending_factor.is_none());
    assert_eq!(house.store.set_second_factor(LI, &begun, 101, &[], &session).await, state);
    assert_eq!(house.store.begin_second_factor(&begun, b"by the old password").await, state);
}

#[tokio::test]
async fn a_proof_of_a_removed_factor_is_none_of_the_next() {
    let house = House::new().await;
    let session = with_factor(&house).await;
    let old = staff(&house).await;
    house.store.remove_second_factor(ADMIN, "li", None).await.unwrap();
    assert_eq!(house.store.prove_second_factor(&old, FactorProof::Step(500)).await, Ok(false));
    house.store.begin_second_factor(&staff(&house).await, b"the next").await.unwrap();
    house.store.set_second_factor(LI, &staff(&house).await, 100, &["CCCC".to_owned()], &session).await.unwrap();
    assert_eq!(house.store.prove_second_factor(&old, FactorProof::Step(500)).await, Ok(false));
    assert_eq!(house.store.prove_second_factor(&old, FactorProof::Recovery("AAAA")).await, Ok(false));
    assert_eq!(house.store.prove_second_factor(&staff(&house).await, FactorProof::Step(101)).await, Ok(true));
}

#[tokio::test]
async fn settings_are_kept_and_stand_in_the_chain() {
    let house = House::new().await;
    assert_eq!(house.store.settings().await.unwrap().second_factor, SecondFactorRule::Optional);
    let what = SettingsChange { second_factor: Some(SecondFactorRule::All) };
    house.store.change_settings(ADMIN, &what).await.unwrap();
    house.store.change_settings(ADMIN, &SettingsChange { second_factor: None }).await.unwrap();
    assert_eq!(house.store.settings().await.unwrap().second_factor, SecondFactorRule::All);
    assert_eq!(house.store.verify_account_audit().await, Ok(2));
}
