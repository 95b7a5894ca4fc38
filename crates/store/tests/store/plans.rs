use scoring::json::Value;
use store::{PlanId, Revision, State, StoreError};

use crate::house::{House, PLAN, PLANNER, all, cast, json};

#[tokio::test]
async fn a_draft_is_kept_as_it_came_without_null_members() {
    let house = House::new().await;
    let head = house.store.create_plan(PLANNER, &json(r#"{"title":"半成品","units":[],"year":null}"#)).await.unwrap();
    assert_eq!((head.title.as_str(), head.state, head.revision), ("半成品", State::Draft, Revision(1)));
    let row = house.store.plan(&head.id).await.unwrap();
    assert_eq!(row.head, head);
    assert_eq!(row.document, json(r#"{"title":"半成品","units":[]}"#));
}

#[tokio::test]
async fn an_unknown_plan_is_not_found() {
    let house = House::new().await;
    let nobody = PlanId::parse("0000000000000000").unwrap();
    assert_eq!(house.store.plan(&nobody).await, Err(StoreError::NotFound));
    assert_eq!(house.store.open_plan(PLANNER, &nobody, &[]).await, Err(StoreError::NotFound));
    assert_eq!(house.store.turnout(&nobody).await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn of_two_changes_based_on_one_revision_the_second_is_refused() {
    let house = House::new().await;
    let plan = house.draft().await;
    let mine = json(r#"{"title":"甲"}"#);
    let yours = json(r#"{"title":"乙"}"#);
    let head = house.store.put_plan(PLANNER, &plan, &mine, Revision(1)).await.unwrap();
    assert_eq!(head.revision, Revision(2));
    assert_eq!(house.store.put_plan(PLANNER, &plan, &yours, Revision(1)).await, Err(StoreError::RevisionMismatch));
    assert_eq!(house.store.plan(&plan).await.unwrap().document, mine);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_changes_at_once_based_on_one_revision_exactly_one_is_made() {
    let house = House::new().await;
    let plan = house.draft().await;
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (store, plan) = (house.store.clone(), plan.clone());
        writers.spawn(async move {
            let document = json(&format!(r#"{{"title":"{number}"}}"#));
            store.put_plan(PLANNER, &plan, &document, Revision(1)).await
        });
    }
    let answers = writers.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!(answers.iter().filter(|answer| **answer == Err(StoreError::RevisionMismatch)).count(), 19);
    assert_eq!(house.store.plan_head(&plan).await.unwrap().revision, Revision(2));
}

#[tokio::test]
async fn plans_are_listed_newest_first_page_by_page() {
    let house = House::new().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(house.draft().await);
        house.pass(1);
    }
    made.reverse();
    let first = house.store.list_plans(2, None).await.unwrap();
    let second = house.store.list_plans(2, first.next.as_ref()).await.unwrap();
    let third = house.store.list_plans(2, second.next.as_ref()).await.unwrap();
    assert_eq!(third.next, None);
    let listed: Vec<PlanId> =
        [first, second, third].into_iter().flat_map(|page| page.items).map(|head| head.id).collect();
    assert_eq!(listed, made);
}

#[tokio::test]
async fn an_invalid_draft_cannot_be_opened() {
    let house = House::new().await;
    let plan = house.store.create_plan(PLANNER, &json(r#"{"title":"半成品"}"#)).await.unwrap().id;
    assert!(
        matches!(house.store.open_plan(PLANNER, &plan, &[]).await, Err(StoreError::InvalidPlan(problems)) if !problems.is_empty())
    );
    assert_eq!(house.store.plan_head(&plan).await.unwrap().state, State::Draft);
}

#[tokio::test]
async fn an_open_plan_is_frozen_under_its_hash() {
    let house = House::new().await;
    let plan = house.draft().await;
    let head = house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(head.state, State::Open);
    assert_eq!(head.plan_sha256, Some(scoring::plan_sha256(&json(PLAN))));
    let other = json(r#"{"title":"别的"}"#);
    assert_eq!(house.store.put_plan(PLANNER, &plan, &other, Revision(1)).await, Err(StoreError::PlanFrozen));
    assert_eq!(house.store.frozen_plan(&plan).await.unwrap().sha256, scoring::plan_sha256(&json(PLAN)));
}

#[tokio::test]
async fn states_go_one_way_and_repeating_one_changes_nothing() {
    let house = House::new().await;
    let plan = house.draft().await;
    assert_eq!(house.store.close_plan(PLANNER, &plan).await, Err(StoreError::WrongState));
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, Err(StoreError::WrongState));
    let open = house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(house.store.open_plan(PLANNER, &plan, &[]).await, Ok(open));
    assert_eq!(house.store.publish_plan(PLANNER, &plan, &[]).await, Err(StoreError::WrongState));
    let closed = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert_eq!(closed.state, State::Closed);
    let events = house.store.verify_audit(&plan).await.unwrap();
    assert_eq!(house.store.close_plan(PLANNER, &plan).await, Ok(closed));
    assert_eq!(house.store.verify_audit(&plan).await, Ok(events));
    assert_eq!(house.store.open_plan(PLANNER, &plan, &[]).await, Err(StoreError::WrongState));
}

#[tokio::test]
async fn a_document_that_fits_no_item_is_refused() {
    let house = House::new().await;
    let huge = Value::Object(vec![("title".to_owned(), Value::Text("长".repeat(140_000)))]);
    assert_eq!(house.store.create_plan(PLANNER, &huge).await, Err(StoreError::DraftTooLarge));
}

#[tokio::test]
async fn a_plan_of_a_newer_layout_is_named_and_nothing_of_it_is_read_or_written() {
    use aws_sdk_dynamodb::types::AttributeValue;
    let house = House::new().await;
    let (plan, staff, _) = house.open(2).await;
    house.cast(&plan, &staff[0], &house.ballot_id(), &all("good")).await.unwrap();
    let set = async |expression: &str, layout: Option<&str>| {
        let update = house.base.client().update_item().table_name(&house.base.names.main);
        let update = update.key("PK", AttributeValue::S(format!("PLAN#{plan}")));
        let update = update.key("SK", AttributeValue::S("HEAD".to_owned())).update_expression(expression);
        let number = layout.map(|layout| (":layout".to_owned(), AttributeValue::N(layout.to_owned())));
        update.set_expression_attribute_values(number.map(|one| [one].into())).send().await.unwrap();
    };
    set("SET layout = :layout", Some("2")).await;
    for store in [house.store.clone(), house.again()] {
        assert_eq!(store.frozen_plan(&plan).await.unwrap_err(), StoreError::NewerLayout);
        let marks = all("good");
        let refused = cast(&store, &plan, &staff[1], &house.ballot_id(), &marks).await;
        assert_eq!(refused.unwrap_err(), StoreError::NewerLayout);
        assert_eq!(store.close_plan(PLANNER, &plan).await.unwrap_err(), StoreError::NewerLayout);
        // What it is called and where it stands is known.
        assert_eq!(store.list_plans(10, None).await.unwrap().items[0].id, plan);
    }
    // Plans that were opened before the version was kept have the first.
    set("REMOVE layout", None).await;
    house.cast(&plan, &staff[1], &house.ballot_id(), &all("good")).await.unwrap();
}
