//! What a cast and a live ranking cost does not grow with the number of ballots.

use std::sync::{Arc, Mutex};

use engine::{Fault, Observer};
use scoring::json::Value;

use crate::house::{House, PLAN, PLANNER, all, json};

/// Counts items written and read.
#[derive(Debug, Default)]
pub struct Meter(Mutex<Reading>);

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reading {
    pub calls: usize,
    pub written: usize,
    pub read: usize,
}

impl Meter {
    pub fn take(&self) -> Reading {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observer for Meter {
    fn fault(&self, _: &str, _: &str) -> Option<Fault> {
        None
    }

    fn answered(&self, operation: &str, request: &str, _: u16, answer: &str) {
        let list = |text: &str, key: &str| match json(text).get(key) {
            Some(Value::List(list)) => list.len(),
            _ => 0,
        };
        let mut reading = self.0.lock().unwrap();
        reading.calls += 1;
        match operation {
            "TransactWriteItems" => reading.written += list(request, "TransactItems"),
            "Query" => reading.read += list(answer, "Items"),
            "GetItem" => reading.read += usize::from(json(answer).get("Item").is_some()),
            "BatchGetItem" => {
                let answer = json(answer);
                let Some(Value::Object(tables)) = answer.get("Responses") else { return };
                reading.read += tables
                    .iter()
                    .map(|(_, items)| if let Value::List(items) = items { items.len() } else { 0 })
                    .sum::<usize>();
            }
            "DescribeTable" => {}
            other => panic!("{other} is not among the operations that the store may use"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_cast_and_a_live_ranking_cost_the_same_with_three_hundred_ballots_and_with_six_hundred() {
    let meter = Arc::new(Meter::default());
    let house = House::new().await;
    let document = PLAN.replacen("\"total\"", "\"live\": \"tallies\", \"total\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let codes = house.codes(&plan, "staff", 602).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();

    let metered = House::on(house.base.clone(), Some(meter.clone())).await.store;
    let mut readings = Vec::new();
    // So many that no shard is empty: the odds of one are below one in ten million.
    for (start, end) in [(0, 300), (300, 600)] {
        let mut voters = tokio::task::JoinSet::new();
        for &code in &codes[start..end] {
            let (store, plan, ballot) = (house.store.clone(), plan.clone(), house.ballot_id());
            voters.spawn(async move { crate::house::cast(&store, &plan, &code, &ballot, &all("good")).await.unwrap() });
        }
        voters.join_all().await;
        // Once for the cache of plans, once for the figures.
        metered.frozen_plan(&plan).await.unwrap();
        meter.take();
        crate::house::cast(
            &metered,
            &plan,
            &codes[if end == 300 { 600 } else { 601 }],
            &house.ballot_id(),
            &all("fair"),
        )
        .await
        .unwrap();
        let cast = meter.take();
        metered.records(&plan).await.unwrap();
        let ranking = meter.take();
        readings.push((cast, ranking));
    }
    assert_eq!(readings[0], readings[1]);
    let (cast, ranking) = &readings[0];
    // Code, ballot, gate, one chunk; two reads of the head, one of the code; the ballot is not there.
    assert_eq!((cast.written, cast.read), (4, 2));
    // The plan's head, 16 shards' heads and one chunk each.
    assert_eq!((ranking.written, ranking.read), (0, 1 + 16 + 16));
}

/// `cargo test -p store --release -- --ignored --nocapture figures`
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "a measurement"]
async fn figures_of_two_thousand_ballots_on_disk() {
    let home = tempfile::tempdir_in(".").unwrap();
    let house = House::in_directory(home.path()).await;
    let plan = house.draft().await;
    let started = std::time::Instant::now();
    let codes = house.codes(&plan, "staff", 2000).await;
    eprintln!("2,000 codes issued: {:?}", started.elapsed());
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();

    let started = std::time::Instant::now();
    for code in &codes[..200] {
        house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
    }
    eprintln!("one after another, a ballot: {:?}", started.elapsed() / 200);

    let started = std::time::Instant::now();
    let mut voters = tokio::task::JoinSet::new();
    for codes in codes[200..].chunks(90) {
        let (store, plan) = (house.store.clone(), plan.clone());
        let ballots: Vec<_> = codes.iter().map(|code| (*code, house.ballot_id())).collect();
        voters.spawn(async move {
            for (code, ballot) in ballots {
                crate::house::cast(&store, &plan, &code, &ballot, &all("fair")).await.unwrap();
            }
        });
    }
    voters.join_all().await;
    eprintln!("twenty voters at a time: {:.0} ballots a second", 1800.0 / started.elapsed().as_secs_f64());

    let started = std::time::Instant::now();
    house.store.records(&plan).await.unwrap();
    eprintln!("live records: {:?}", started.elapsed());
    let started = std::time::Instant::now();
    let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert!(!head.count_mismatch);
    eprintln!("closing 2,000 ballots: {:?}", started.elapsed());
}
