use std::sync::Arc;

use scoring::counterpart::FoundBy;
use scoring::json::Value;
use store::{LinkPlace, NewLink, PlanId, StoreError};
use wire::link::LinkSource;

use crate::house::{House, OFFICE, PLANNER, json};

pub const PLACE: LinkPlace<'static> = LinkPlace { component: "windows", period: "y" };

/// An open plan of so many units and one linked component.
pub async fn open(house: &House, units: usize) -> PlanId {
    let unit = |n| format!(r#"{{"id":"u{n}","name":"单位{n}","category":"c"}}"#);
    let units: Vec<String> = (0..units).map(unit).collect();
    let document = format!(
        r#"{{"format":1,"title":"评议","total":"100","categories":[{{"id":"c","name":"类"}}],"units":[{}],"groups":[],
            "scales":[],"periods":[{{"id":"y","name":"年"}}],"combine":"mean","components":[{{"id":"windows","name":"窗口",
            "points":"100","method":{{"kind":"linked","out_of":"100","combine":"mean"}}}}],"adjustments":[],
            "ranking":{{"decimals":2,"tie_break":[]}},"outcomes":[]}}"#,
        units.join(",")
    );
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    plan
}

pub fn link(n: usize, total: &str) -> NewLink {
    let unit = format!("u{n}");
    let source = LinkSource { plan: "p".to_owned(), period: None, edition: 1, unit: unit.clone(), by: FoundBy::Id };
    NewLink { unit, totals: vec![total.into()], sources: vec![source], evidence: "来源".to_owned() }
}

pub fn from() -> [(String, Option<String>); 1] {
    [("p".to_owned(), None)]
}

pub async fn events(house: &House, plan: &PlanId) -> Vec<Value> {
    let events = house.store.audit(plan, 100, None).await.unwrap().items;
    events.into_iter().filter(|event| event.action == "links_taken").map(|event| event.detail).collect()
}

#[tokio::test]
async fn five_hundred_units_are_taken_in_as_many_transactions_as_they_need_and_once() {
    let house = House::new().await;
    let plan = open(&house, 500).await;
    let links: Vec<NewLink> = (0..500).map(|n| link(n, "80")).collect();
    house.store.take_links(OFFICE, &plan, PLACE, &links, &from()).await.unwrap();
    assert_eq!(house.store.records(&plan).await.unwrap().links.len(), 500);
    // 97 at a time: 5 × 97 = 485, and 15.
    let sizes = |events: &[Value]| -> Vec<usize> {
        let size = |detail: &Value| match detail.get("taken") {
            Some(Value::List(taken)) => taken.len(),
            _ => 0,
        };
        events.iter().map(size).collect()
    };
    assert_eq!(sizes(&events(&house, &plan).await), [97, 97, 97, 97, 97, 15]);
    house.store.take_links(OFFICE, &plan, PLACE, &links, &from()).await.unwrap();
    assert_eq!(events(&house, &plan).await.len(), 6);

    // Half of them change; the others, which their source has no more, are struck out: two writes each, 48 at a time.
    let half: Vec<NewLink> = (0..250).map(|n| link(n, "81")).collect();
    house.store.take_links(OFFICE, &plan, PLACE, &half, &from()).await.unwrap();
    let kept = house.store.kept_links(&plan).await.unwrap();
    assert_eq!(kept.len(), 250);
    assert!(kept.iter().all(|kept| kept.link.totals == ["81".into()] && kept.sources.len() == 1));
    let told = events(&house, &plan).await.split_off(6);
    let struck = |detail: &Value| match detail.get("struck") {
        Some(Value::List(struck)) => struck.len(),
        _ => 0,
    };
    assert_eq!(told.iter().map(struck).sum::<usize>(), 250);
    assert_eq!(sizes(&told).iter().sum::<usize>(), 250);
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test]
async fn takings_at_one_moment_by_two_processes_end_and_leave_each_unit_whole() {
    let house = Arc::new(House::new().await);
    let plan = open(&house, 150).await;
    let mut takers = tokio::task::JoinSet::new();
    for taker in 0..4_usize {
        let (store, plan) = (house.again(), plan.clone());
        takers.spawn(async move {
            let links: Vec<NewLink> = (0..150)
                .map(|n| {
                    let mut link = link(n, &format!("{taker}.5"));
                    link.sources[0].edition = taker as u64;
                    link
                })
                .collect();
            store.take_links(OFFICE, &plan, PLACE, &links, &from()).await
        });
    }
    for taken in takers.join_all().await {
        assert!(matches!(taken, Ok(()) | Err(StoreError::Contended)), "{taken:?}");
    }
    let kept = house.store.kept_links(&plan).await.unwrap();
    assert_eq!(kept.len(), 150);
    for kept in kept {
        assert_eq!(kept.link.totals[0], format!("{}.5", kept.sources[0].edition).into());
    }
    house.store.verify_audit(&plan).await.unwrap();
}

#[tokio::test]
async fn links_are_taken_while_records_may_change_and_where_they_belong() {
    let house = House::new().await;
    let plan = open(&house, 2).await;
    let bad = NewLink { unit: "Nicht".to_owned(), ..link(0, "1") };
    let misplaced = house.store.take_links(OFFICE, &plan, PLACE, &[bad], &from()).await;
    assert_eq!(misplaced, Err(StoreError::MisplacedRecord));
    let long = NewLink { evidence: "x".repeat(10_001), ..link(0, "1") };
    assert_eq!(house.store.take_links(OFFICE, &plan, PLACE, &[long], &from()).await, Err(StoreError::TooLarge));
    let both = [link(0, "80"), link(1, "70")];
    house.store.take_links(OFFICE, &plan, PLACE, &both, &from()).await.unwrap();
    house.store.close_plan(PLANNER, &plan).await.unwrap();
    house.store.publish_plan(PLANNER, &plan, &[]).await.unwrap();
    assert_eq!(
        house.store.take_links(OFFICE, &plan, PLACE, &[link(0, "1")], &from()).await,
        Err(StoreError::WrongState)
    );
    // A copy's history in a draft, whatever record of another kind it is asked for.
    let copy = house.store.next_year(&plan).await.unwrap();
    assert_eq!((copy.edition, copy.year, copy.history.clone()), (Some(1), None, None));
    let draft = house.store.create_copy(PLANNER, &copy).await.unwrap();
    assert_eq!(house.store.kept_links(&draft.id).await.unwrap(), []);
}
