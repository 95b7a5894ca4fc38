use store::{Account, Actor, Scope, SessionToken, SignedInBy, StaffChange, StoreError};

use crate::house::House;

const ADMIN: Actor<'static> = Actor { name: "admin" };

async fn account(house: &House, name: &str) -> store::Staff {
    let roles = ["planner".to_owned(), "office".to_owned()];
    let account = Account { roles: roles.to_vec(), ..named(name) };
    house.store.create_staff(ADMIN, &account, "hash").await.unwrap();
    house.store.staff(name).await.unwrap()
}

fn named(name: &str) -> Account {
    Account { name: name.to_owned(), ..Account::default() }
}

#[tokio::test]
async fn an_account_is_made_once() {
    let house = House::new().await;
    assert_eq!(house.store.staff("李主任").await, Err(StoreError::NotFound));
    let made = account(&house, "李主任").await;
    assert_eq!((made.account.name.as_str(), made.password_hash.as_str()), ("李主任", "hash"));
    assert_eq!(made.account.roles, ["planner", "office"]);
    assert_eq!(house.store.create_staff(ADMIN, &named("李主任"), "other").await, Err(StoreError::NameTaken));
    let names: Vec<String> =
        house.store.list_staff(10, None).await.unwrap().items.into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["李主任"]);
    assert_eq!(house.store.verify_account_audit().await, Ok(1));
}

#[tokio::test]
async fn a_session_ends_after_thirty_idle_minutes_and_no_sooner() {
    let house = House::new().await;
    let li = account(&house, "li").await;
    let token = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    let token = SessionToken::parse(&token.to_string()).unwrap();
    for _ in 0..4 {
        house.pass(29 * 60);
        assert_eq!(house.store.session(&token).await.unwrap().account.name, "li");
    }
    house.pass(30 * 60);
    assert_eq!(house.store.session(&token).await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_busy() {
    let house = House::new().await;
    let li = account(&house, "li").await;
    let token = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    for _ in 0..35 {
        house.pass(20 * 60);
        assert!(house.store.session(&token).await.is_ok());
    }
    // 11 hours and 40 minutes are over; the last twenty end it, used or not.
    house.pass(20 * 60);
    assert_eq!(house.store.session(&token).await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn a_clock_that_is_set_back_ends_no_session_and_lengthens_none_that_is_used() {
    let house = House::new().await;
    let li = account(&house, "li").await;
    let token = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    house.pass(-24 * 60 * 60);
    assert_eq!(house.store.session(&token).await.unwrap().account.name, "li");
    // From now on thirty idle minutes end it, which else would have been a day and thirty.
    house.pass(29 * 60);
    assert!(house.store.session(&token).await.is_ok());
    house.pass(30 * 60);
    assert_eq!(house.store.session(&token).await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn a_disabled_account_has_no_session_until_it_is_enabled() {
    let house = House::new().await;
    let li = account(&house, "li").await;
    let token = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    let disabled = |disabled| StaffChange { disabled: Some(disabled), ..StaffChange::default() };
    assert!(house.store.change_staff(ADMIN, "li", disabled(true)).await.unwrap().disabled);
    assert_eq!(house.store.session(&token).await, Err(StoreError::NotFound));
    let row = house.store.list_staff(10, None).await.unwrap().items.remove(0);
    assert!(row.disabled && row.roles == ["planner", "office"]);
    assert!(!house.store.change_staff(ADMIN, "li", disabled(false)).await.unwrap().disabled);
    assert!(house.store.session(&token).await.is_ok());
}

#[tokio::test]
async fn a_removed_account_is_gone_with_its_sessions_and_its_name_stays_taken() {
    let house = House::new().await;
    let li = account(&house, "li").await;
    account(&house, "wang").await;
    let token = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    house.store.remove_staff(ADMIN, "li").await.unwrap();
    assert_eq!(house.store.session(&token).await, Err(StoreError::NotFound));
    assert_eq!(house.store.staff("li").await, Err(StoreError::NotFound));
    let names: Vec<_> = house.store.list_staff(10, None).await.unwrap().items.into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["wang"]);
    assert_eq!(house.store.create_staff(ADMIN, &named("li"), "hash").await, Err(StoreError::NameTaken));
    // Nor is one that looks like it.
    assert_eq!(house.store.create_staff(ADMIN, &named("LI"), "hash").await, Err(StoreError::NameTaken));
    assert_eq!(house.store.remove_staff(ADMIN, "li").await, Err(StoreError::NotFound));
    let what = StaffChange { password_hash: Some("other"), ..StaffChange::default() };
    assert_eq!(house.store.change_staff(ADMIN, "li", what).await.err(), Some(StoreError::NotFound));
    assert_eq!(house.store.verify_account_audit().await, Ok(3));
}

#[tokio::test]
async fn a_session_ends_when_asked_and_an_unknown_one_never_began() {
    let house = House::new().await;
    let li = account(&house, "li").await;
    let token = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    let other = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    house.store.end_session(&token).await.unwrap();
    house.store.end_session(&token).await.unwrap();
    assert_eq!(house.store.session(&token).await, Err(StoreError::NotFound));
    assert!(house.store.session(&other).await.is_ok());
    let unknown = SessionToken::parse(&"0".repeat(64)).unwrap();
    assert_eq!(house.store.session(&unknown).await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn new_roles_hold_at_once_and_a_new_password_ends_all_sessions() {
    let house = House::new().await;
    let li = account(&house, "li").await;
    let token = house.store.create_session(&li, SignedInBy::Password).await.unwrap();
    let roles = ["auditor".to_owned()];
    let what = StaffChange { roles: Some(&roles), ..StaffChange::default() };
    house.store.change_staff(ADMIN, "li", what).await.unwrap();
    assert_eq!(house.store.session(&token).await.unwrap().account.roles, ["auditor"]);
    let what = StaffChange { password_hash: Some("another hash"), ..StaffChange::default() };
    house.store.change_staff(ADMIN, "li", what).await.unwrap();
    assert_eq!(house.store.session(&token).await, Err(StoreError::NotFound));
    let li = house.store.staff("li").await.unwrap();
    assert!(house.store.session(&house.store.create_session(&li, SignedInBy::Password).await.unwrap()).await.is_ok());
}

#[tokio::test]
async fn changes_of_one_account_side_by_side_lose_nothing_of_each_other() {
    let house = House::new().await;
    let roles = ["auditor".to_owned()];
    for number in 0..20 {
        let name = format!("clerk{number}");
        let asked = account(&house, &name).await;
        let hash = format!("hash of {number}");
        let revoke = StaffChange { roles: Some(&roles), ..StaffChange::default() };
        let (changed, revoked) = tokio::join!(
            house.store.change_own_password(Actor { name: &name }, &asked, &hash, None),
            house.store.change_staff(ADMIN, &name, revoke),
        );
        changed.unwrap();
        revoked.unwrap();
        let kept = house.store.staff(&name).await.unwrap();
        assert_eq!((kept.account.roles.as_slice(), kept.password_hash), (&roles[..], hash));
    }
    let listed = house.store.list_staff(50, None).await.unwrap().items;
    assert!(listed.len() == 20 && listed.iter().all(|row| row.roles == roles));
    assert_eq!(house.store.verify_account_audit().await, Ok(60));
}

#[tokio::test]
async fn a_password_that_was_reset_meanwhile_is_not_changed_by_who_knew_the_old_one() {
    let house = House::new().await;
    let asked = account(&house, "li").await;
    let reset = StaffChange { password_hash: Some("reset"), ..StaffChange::default() };
    house.store.change_staff(ADMIN, "li", reset).await.unwrap();
    let changed = house.store.change_own_password(Actor { name: "li" }, &asked, "mine", None).await;
    assert_eq!(changed, Err(StoreError::RevisionMismatch));
    assert_eq!(house.store.staff("li").await.unwrap().password_hash, "reset");
}

#[tokio::test]
async fn a_name_that_looks_like_another_is_taken() {
    let house = House::new().await;
    account(&house, "admin").await;
    account(&house, "阿不都热依木·买买提").await;
    for name in ["Admin", "\u{430}dmin", "\u{ff41}dmin", "adm\u{456}n"] {
        assert_eq!(house.store.create_staff(ADMIN, &named(name), "hash").await, Err(StoreError::NameTaken), "{name}");
    }
    assert_eq!(house.store.create_staff(ADMIN, &named("admin2"), "hash").await, Ok(()));
}

#[tokio::test]
async fn of_three_hundred_at_once_as_many_are_let_through_as_the_limit_says() {
    let house = House::new().await;
    let tries = (0..300).map(|_| {
        let store = house.store.clone();
        async move { store.count_up_to(Scope::Password, "192.0.2.1 1 li", 10).await.unwrap() }
    });
    let mut running: tokio::task::JoinSet<bool> = tries.collect();
    let mut through = 0;
    while let Some(tried) = running.join_next().await {
        through += usize::from(tried.unwrap());
    }
    assert_eq!(through, 10);
    assert_eq!(house.store.counted(Scope::Password, "192.0.2.1 1 li").await, Ok(10));
    assert!(house.store.count_up_to(Scope::Password, "192.0.2.2 1 li", 10).await.unwrap());
    house.pass(15 * 60);
    assert!(house.store.count_up_to(Scope::Password, "192.0.2.1 1 li", 10).await.unwrap());
}

#[tokio::test]
async fn a_clock_that_is_set_back_locks_nobody_out_and_frees_no_one_at_once() {
    let house = House::new().await;
    let store = &house.store;
    for _ in 0..10 {
        assert!(store.count_up_to(Scope::Password, "li", 10).await.unwrap());
    }
    // A small step changes nothing: ten were tried.
    house.pass(-10 * 60);
    assert!(!store.count_up_to(Scope::Password, "li", 10).await.unwrap());
    // An hour: the count would last an hour and a quarter, so it begins anew.
    house.pass(-50 * 60);
    assert_eq!(store.counted(Scope::Password, "li").await, Ok(0));
    assert!(store.count_up_to(Scope::Password, "li", 10).await.unwrap());
    assert_eq!(store.counted(Scope::Password, "li").await, Ok(1));
    // A day ahead and back: also then counting goes on.
    house.pass(24 * 60 * 60);
    assert_eq!(store.count_one(Scope::Password, "li").await, Ok(1));
    house.pass(-24 * 60 * 60);
    assert_eq!(store.count_one(Scope::Password, "li").await, Ok(1));
    assert_eq!(store.count_one(Scope::Password, "li").await, Ok(2));
}

#[tokio::test]
async fn failures_are_counted_by_key_for_a_quarter_of_an_hour() {
    let house = House::new().await;
    let store = &house.store;
    assert_eq!(store.counted(Scope::Password, "li").await, Ok(0));
    assert_eq!(store.count_one(Scope::Password, "li").await, Ok(1));
    house.pass(14 * 60);
    assert_eq!(store.count_one(Scope::Password, "li").await, Ok(2));
    assert_eq!(store.counted(Scope::Code, "li").await, Ok(0));
    assert_eq!(store.counted(Scope::Password, "wang").await, Ok(0));
    house.pass(60);
    assert_eq!(store.counted(Scope::Password, "li").await, Ok(0));
    assert_eq!(store.count_one(Scope::Password, "li").await, Ok(1));
    store.forget_counted(Scope::Password, "li").await.unwrap();
    assert_eq!(store.counted(Scope::Password, "li").await, Ok(0));
}

#[tokio::test]
async fn addresses_are_counted_under_a_key_of_the_day_that_the_next_day_takes_away() {
    let house = House::new().await;
    let store = &house.store;
    for _ in 0..3 {
        store.count_one(Scope::Issue, "192.0.2.1").await.unwrap();
    }
    store.count_one(Scope::Code, "192.0.2.1").await.unwrap();
    // Another process reads the same key.
    let other = house.again();
    assert_eq!(other.counted(Scope::Issue, "192.0.2.1").await, Ok(3));
    assert_eq!(other.counted(Scope::Issue, "192.0.2.2").await, Ok(0));
    assert_eq!(other.counted(Scope::Code, "192.0.2.1").await, Ok(1));
    // The clock stands at 22:13:20: two hours on, the count's 24 hours are not over, and nobody finds it.
    house.pass(2 * 60 * 60);
    assert_eq!(other.counted(Scope::Issue, "192.0.2.1").await, Ok(0));
    assert_eq!(other.count_one(Scope::Issue, "192.0.2.1").await, Ok(1));
    assert_eq!(store.counted(Scope::Issue, "192.0.2.1").await, Ok(1));
}
