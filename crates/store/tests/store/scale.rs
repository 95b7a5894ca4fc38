//! What a cast, the turnout and a live ranking cost does not grow with the number of ballots.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use store::{CodeHash, PlanId};

use crate::capacity::Meter;
use crate::dice::{Dice, setting};
use crate::house::{House, PLAN, PLANNER, UNITS, all, json, tallies};

type Attributes = HashMap<String, AttributeValue>;

/// The box behind the store's back.
struct Loader<'a> {
    house: &'a House,
    client: Client,
    plan: &'a PlanId,
}

impl Loader<'_> {
    fn table(&self) -> &str {
        &self.house.base.names.ballot_box
    }

    async fn partition(&self, partition: String) -> Vec<Attributes> {
        let query = self.client.query().table_name(self.table()).key_condition_expression("PK = :p");
        query.expression_attribute_values(":p", AttributeValue::S(partition)).send().await.unwrap().items.unwrap()
    }

    /// Makes of the ballots that are there, all of them alike, so many more as if they had been cast: used codes,
    /// ballots, and each on the counters of some shard.
    async fn add_ballots_alike(&self, count: usize) {
        let mut dice = Dice::new(count as u64);
        let mut shards = [0_u64; 16];
        let mut items = Vec::new();
        let mut kept: HashMap<String, Attributes> = HashMap::new();
        for _ in 0..count {
            shards[dice.roll(16) as usize] += 1;
            let code = CodeHash::from(dice.bytes()).to_string();
            let ballot = store::BallotId::from(dice.bytes()).to_string();
            for (kind, id) in [("CODE", code), ("BALLOT", ballot)] {
                let partition = format!("{kind}#{}#{}", self.plan, &id[..1]);
                if !kept.contains_key(&partition) {
                    let used = |item: &Attributes| kind == "BALLOT" || item.contains_key("used");
                    let found = self.partition(partition.clone()).await.into_iter().find(used).unwrap();
                    kept.insert(partition.clone(), found);
                }
                let mut item = kept[&partition].clone();
                item.insert("SK".to_owned(), AttributeValue::S(id));
                items.push(item);
            }
        }
        // Puts in any order: keys are unlike.
        let mut writing = tokio::task::JoinSet::new();
        for items in items.chunks(25) {
            let puts = items.iter().map(|item| {
                let put = PutRequest::builder().set_item(Some(item.clone())).build().unwrap();
                WriteRequest::builder().put_request(put).build()
            });
            let request = self.client.batch_write_item().request_items(self.table(), puts.collect::<Vec<_>>());
            writing.spawn(async move { assert!(request.send().await.unwrap().unprocessed_items.unwrap().is_empty()) });
            if writing.len() > 16 {
                writing.join_next().await.unwrap().unwrap();
            }
        }
        writing.join_all().await;
        for (shard, added) in shards.into_iter().enumerate() {
            for item in self.partition(format!("TALLY#{}#{shard}", self.plan)).await {
                let counters = item.iter().filter(|(_, value)| value.as_n().is_ok_and(|count| count != "0"));
                let terms: Vec<String> = counters.map(|(name, _)| format!("{name} :added")).collect();
                self.client
                    .update_item()
                    .table_name(self.table())
                    .key("PK", item["PK"].clone())
                    .key("SK", item["SK"].clone())
                    .update_expression(format!("ADD {}", terms.join(", ")))
                    .expression_attribute_values(":added", AttributeValue::N(added.to_string()))
                    .send()
                    .await
                    .unwrap();
            }
        }
    }
}

/// A cast, a turnout and a live ranking at 1,000 ballots and at `PINGYI_SCALE` (default 20,000). Three hundred are
/// cast; the others are put into the box in the state that casting leaves, which the closing count confirms.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_cast_and_a_live_ranking_cost_does_not_grow_with_the_ballots() {
    let many = setting("PINGYI_SCALE", 20_000) as usize;
    let house = House::new().await;
    let document = PLAN.replacen("\"total\"", "\"live\": \"tallies\", \"total\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let codes = house.codes(&plan, "staff", 304).await;
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    // So many that no shard is empty: the odds of one are below one in ten million.
    let mut voters = tokio::task::JoinSet::new();
    for &code in &codes[..300] {
        let (store, plan, ballot) = (house.store.clone(), plan.clone(), house.ballot_id());
        voters.spawn(async move { crate::house::cast(&store, &plan, &code, &ballot, &all("good")).await.unwrap() });
    }
    voters.join_all().await;

    let meter = Arc::new(Meter::default());
    let metered = house.base.metered(meter.clone());
    let loader = Loader { house: &house, client: house.base.client(), plan: &plan };
    let mut readings = Vec::new();
    let mut there = 300;
    for (size, codes) in [1_000, many].into_iter().zip(codes[300..].chunks(2)) {
        loader.add_ballots_alike(size - there).await;
        // Once for the cache of plans and for the step of the live tallies that is due by now, then for the figures.
        crate::house::cast(&metered, &plan, &codes[0], &house.ballot_id(), &all("good")).await.unwrap();
        metered.records(&plan).await.unwrap();
        let code = &codes[1];
        meter.take();
        crate::house::cast(&metered, &plan, code, &house.ballot_id(), &all("good")).await.unwrap();
        let cast = meter.take();
        let turnout = metered.turnout(&plan).await.unwrap();
        let looked = meter.take();
        let records = metered.records(&plan).await.unwrap();
        let ranking = meter.take();
        there = size + 2;
        assert_eq!(turnout[0].cast, there as u64);
        let seen = tallies(&records)["h1 staff service water speed"]["good"];
        // The step before the last: any number that the crowd of voters left, but never fewer than ten behind the box.
        assert!((10..=there as i64 - 10).contains(&seen), "{seen} of {there}");
        println!("{size} ballots: cast {cast:?}, turnout {looked:?}, ranking {ranking:?}");
        readings.push([cast, looked, ranking]);
    }
    for (few, many) in readings[0].iter().zip(&readings[1]) {
        assert_eq!((few.calls, few.written, few.read), (many.calls, many.written, many.read));
        // Each item may cross a kilobyte's border; in a transaction that counts twice.
        let rounding = (2 * many.written + many.read) as f64;
        assert!((many.capacity - few.capacity).abs() <= rounding, "{few:?} {many:?}");
    }
    let [cast, _, ranking] = &readings[0];
    // Code, ballot, gate, one chunk; two reads of the head, one of the code; the ballot is not there.
    assert_eq!((cast.written, cast.read), (4, 2));
    // The plan's head, 16 shards' heads and one chunk each; of the live tallies the last step, and the one that is seen.
    assert_eq!((ranking.written, ranking.read), (0, 1 + 16 + 16 + 1 + 1));
    // What was put into the box is what casting would have put there: the count from scratch agrees with the shards.
    let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
    assert!(!head.count_mismatch);
    let counted = tallies(&house.store.records(&plan).await.unwrap());
    for unit in UNITS {
        assert_eq!(counted[&format!("h1 staff service {unit} manner")]["good"], there as i64);
    }
}
