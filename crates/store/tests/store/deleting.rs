//! Drafts that are deleted, and what keeps others; plans in the archive.

use std::path::Path;
use std::sync::Arc;

use engine::Fault;
use store::{Actor, Cursor, PlanId, Revision, State, StoreError};
use wire::paper_text::PaperTextsRequest;

use crate::house::{House, OFFICE, PLAN, PLANNER, json, voter};
use crate::secrecy::rows;
use crate::weather::Weather;

/// The partitions of a plan in the files of both tables, but for its audit chain.
fn left(home: &Path, plan: &PlanId) -> Vec<String> {
    let mut found = Vec::new();
    for (file, table) in [("main.1.db", "main"), ("box.1.db", "box")] {
        let of_plan = rows(&home.join(file), table).into_iter().filter(|(_, pk, sk, item)| {
            let chain = pk.contains("AUDIT#");
            !chain && [pk, sk, item].iter().any(|text| text.contains(plan.as_str()))
        });
        found.extend(of_plan.map(|(_, pk, sk, _)| format!("{table} {pk} {sk}")));
    }
    found
}

async fn deletions(house: &House) -> Vec<store::AuditEvent> {
    let events = house.store.account_audit(200, None::<&Cursor>).await.unwrap().items;
    events.into_iter().filter(|event| event.action == "plan_deleted").collect()
}

#[tokio::test]
async fn a_deleted_draft_leaves_nothing_but_events() {
    let home = tempfile::tempdir().unwrap();
    let house = House::in_directory(home.path()).await;
    let (plan, other) = (house.draft().await, house.draft().await);
    // A second version, a plan in the archive, words for its papers, and somebody who was on the list of voters.
    let changed = json(&PLAN.replacen("评议方案", "改过的方案", 1));
    house.store.put_plan(PLANNER, &plan, &changed, Revision(1)).await.unwrap();
    house.store.archive_plan(PLANNER, &plan, true).await.unwrap();
    let texts = PaperTextsRequest { texts: [("title".to_owned(), "通报".to_owned())].into_iter().collect() };
    house.store.put_paper_texts(PLANNER, &plan, &texts, Revision(0)).await.unwrap();
    house.store.put_voters(PLANNER, &plan, &[voter("v1", "张三", "guests")]).await.unwrap();
    house.store.remove_voter(PLANNER, &plan, "v1", "录错").await.unwrap();
    assert!(left(home.path(), &plan).iter().any(|item| item.starts_with("box ")), "of the voter something is left");
    let end = house.store.audit_head(&plan).await.unwrap();

    house.store.delete_draft(OFFICE, &plan).await.unwrap();

    assert_eq!(left(home.path(), &plan), Vec::<String>::new());
    assert_eq!(house.store.plan_head(&plan).await, Err(StoreError::NotFound));
    assert_eq!(house.store.delete_draft(OFFICE, &plan).await, Err(StoreError::NotFound));
    assert_eq!(house.store.put_plan(PLANNER, &plan, &changed, Revision(2)).await, Err(StoreError::NotFound));
    let listed = house.store.list_plans(100, None).await.unwrap().items;
    assert_eq!(listed.iter().map(|head| &head.id).collect::<Vec<_>>(), [&other]);
    // The chain of the accounts says what it was, and where its own chain ended before.
    let events = deletions(&house).await;
    assert_eq!((events.len(), events[0].by.as_str()), (1, "office"));
    let said = |name: &str| events[0].detail.get(name).and_then(|value| value.as_str().map(str::to_owned)).unwrap();
    assert_eq!(
        (said("plan"), said("title"), said("revision")),
        (plan.to_string(), "改过的方案".to_owned(), "2".to_owned())
    );
    assert_eq!(said("sha256"), scoring::plan_sha256(&changed));
    assert_eq!((said("events"), said("last_event")), (end.sequence.to_string(), end.hash));
    assert_eq!(house.store.verify_account_audit().await, Ok(1));
    // Its own chain is whole, with one event more.
    assert_eq!(house.store.audit_head(&plan).await.unwrap().sequence, end.sequence + 1);
    house.store.plan(&other).await.unwrap();
}

#[tokio::test]
async fn a_draft_with_what_somebody_would_miss_stays() {
    let house = House::new().await;
    let in_use = |what| Err(StoreError::DraftInUse(vec![what]));

    let with_codes = house.draft().await;
    let codes = house.codes(&with_codes, "staff", 5).await;
    assert_eq!(house.store.delete_draft(PLANNER, &with_codes).await, in_use("codes"));
    // Cards that are void are out all the same.
    let voided = store::Voiding::Hashes(&codes);
    house.store.void_codes(PLANNER, &with_codes, voided, "印错", &[]).await.unwrap();
    assert_eq!(house.store.delete_draft(PLANNER, &with_codes).await, in_use("codes"));

    let with_voters = house.draft().await;
    house.store.put_voters(PLANNER, &with_voters, &[voter("v1", "张三", "guests")]).await.unwrap();
    assert_eq!(house.store.delete_draft(PLANNER, &with_voters).await, in_use("voters"));

    let with_scenario = house.draft().await;
    house.store.put_scenario(PLANNER, &with_scenario, "甲", &json("{}"), None).await.unwrap();
    assert_eq!(house.store.delete_draft(PLANNER, &with_scenario).await, in_use("scenarios"));
    house.store.delete_scenario(PLANNER, &with_scenario, "甲").await.unwrap();
    assert_eq!(house.store.delete_draft(PLANNER, &with_scenario).await, Ok(()));

    let (open, ..) = house.open(5).await;
    assert_eq!(house.store.delete_draft(PLANNER, &open).await, Err(StoreError::WrongState));
    assert_eq!(house.store.plan_head(&open).await.unwrap().state, State::Open);
    assert_eq!(deletions(&house).await.len(), 1);
}

#[tokio::test]
async fn a_deletion_that_was_cut_anywhere_is_completed_by_asking_again_or_by_the_timer() {
    for call in 1..40 {
        let home = tempfile::tempdir().unwrap();
        let weather = Arc::new(Weather::default());
        let house = House::on(crate::base::Base::in_directory(home.path()), Some(weather.clone())).await;
        let plan = house.draft().await;
        house.store.put_plan(PLANNER, &plan, &json(PLAN), Revision(1)).await.unwrap();
        // The SDK tries four times, and a change twelve.
        weather.break_at(call, 60, Fault::ResetBefore);
        let answer = house.store.delete_draft(PLANNER, &plan).await;
        weather.clear();
        if answer.is_ok() {
            assert!(call > 9, "{} places were cut", call - 1);
            return;
        }
        let again = house.again();
        if call % 2 == 0 {
            again.keep_schedule(Actor { name: "timer" }).await.unwrap();
        }
        let answer = again.delete_draft(PLANNER, &plan).await;
        assert!(matches!(answer, Ok(()) | Err(StoreError::NotFound)), "{answer:?} after a cut at call {call}");
        assert_eq!(left(home.path(), &plan), Vec::<String>::new(), "after a cut at call {call}");
        assert_eq!(deletions(&house).await.len(), 1, "after a cut at call {call}");
    }
    panic!("it never came to an end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_deletion_and_changes_at_the_same_moment_one_kind_wins() {
    let (mut deleted, mut kept) = (0, 0);
    for round in 0..20_u64 {
        let home = tempfile::tempdir().unwrap();
        let house = House::in_directory(home.path()).await;
        let plan = house.draft().await;
        let people: Vec<_> =
            (0..150).map(|number| voter(&format!("v{number}"), &format!("甲{number}"), "guests")).collect();
        // Another process, so that no lock of this one helps.
        let (other, of_other) = (house.again(), plan.clone());
        let listing = tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(round % 5)).await;
            other.put_voters(PLANNER, &of_other, &people).await
        });
        tokio::time::sleep(std::time::Duration::from_millis(round / 5)).await;
        let deletion = house.store.delete_draft(PLANNER, &plan).await;
        let listing = listing.await.unwrap();
        match deletion {
            Ok(()) => {
                assert_eq!(listing, Err(StoreError::NotFound));
                assert_eq!(left(home.path(), &plan), Vec::<String>::new());
                deleted += 1;
            }
            Err(StoreError::DraftInUse(there)) => {
                assert_eq!(there, ["voters"]);
                assert_eq!(listing.unwrap().added, 150);
                kept += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(deleted + kept, 20);
}

#[tokio::test]
async fn the_archive_takes_a_plan_out_of_sight_and_changes_nothing_else() {
    let house = House::new().await;
    let plan = house.draft().await;
    let before = house.store.plan(&plan).await.unwrap();
    let head = house.store.archive_plan(PLANNER, &plan, true).await.unwrap();
    assert!(head.archived);
    assert_eq!(house.store.archive_plan(PLANNER, &plan, true).await.unwrap(), head);
    let after = house.store.plan(&plan).await.unwrap();
    assert_eq!(after.document, before.document);
    let mut was = before.head;
    was.archived = true;
    assert_eq!(after.head, was);
    // A draft that is written on stays there; one that is opened comes out, and stays out while it takes votes.
    let head = house.store.put_plan(PLANNER, &plan, &json(PLAN), Revision(1)).await.unwrap();
    assert!(head.archived);
    assert!(!house.store.open_plan(PLANNER, &plan, &[]).await.unwrap().archived);
    assert_eq!(house.store.archive_plan(PLANNER, &plan, true).await, Err(StoreError::WrongState));
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert!(house.store.archive_plan(PLANNER, &plan, true).await.unwrap().archived);
    assert!(!house.store.archive_plan(PLANNER, &plan, false).await.unwrap().archived);
    let events = house.store.audit(&plan, 100, None).await.unwrap().items;
    let actions: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions[1], "plan_archived");
    assert_eq!(actions[actions.len() - 2..], ["plan_archived", "plan_unarchived"]);
    assert_eq!(actions.iter().filter(|action| **action == "plan_archived").count(), 2);
}
