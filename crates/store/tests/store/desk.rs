//! What the list of plans as a desk costs.

use std::sync::Arc;

use store::{PlanHead, State};

use crate::capacity::Meter;
use crate::house::{House, PLANNER, all};

async fn heads(house: &House) -> Vec<PlanHead> {
    house.store.list_plans(200, None).await.unwrap().items
}

#[tokio::test]
async fn a_desk_of_fifty_plans_that_nobody_changed_reads_a_few_items_of_each_and_no_ballot() {
    let house = House::new().await;
    for _ in 0..44 {
        house.draft().await;
    }
    let (open, staff, _) = house.open(12).await;
    for code in &staff {
        house.cast(&open, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    for archived in [false, false, false, true, true] {
        let (plan, ..) = house.open(5).await;
        house.store.close_plan(PLANNER, &plan).await.unwrap();
        house.store.archive_plan(PLANNER, &plan, archived).await.unwrap();
    }
    let meter = Arc::new(Meter::default());
    let metered = house.base.metered(meter.clone());
    let heads = heads(&house).await;
    assert_eq!(heads.len(), 50);
    let first = metered.desk(heads.clone(), None).await.unwrap();
    meter.take();
    let lines = metered.desk(heads, None).await.unwrap();
    let cost = meter.take();
    assert_eq!(lines, first);
    assert_eq!((lines.len(), cost.written), (50, 0));
    // Of each plan the last event. Of a draft its head, and no group has codes. Of the open plan its head, two groups
    // with codes, and sixteen heads of shards. Of what is closed, and in the archive, nothing more.
    assert_eq!(cost.read, 50 + 44 + (1 + 2 + 16));
    assert_eq!(cost.calls, 50 + 44 * 2 + 3);
    let of_open = lines.iter().find(|line| line.head.state == State::Open).unwrap();
    // Twelve codes for each of the two groups; all of one have voted.
    assert_eq!(of_open.turnout, Some((24, 12)));
    assert!(lines.iter().filter(|line| line.head.archived).all(|line| line.turnout.is_none() && line.next.is_none()));
    assert_eq!(
        lines.iter().filter(|line| line.head.state == State::Closed && line.turnout == Some((10, 0))).count(),
        3
    );
}
