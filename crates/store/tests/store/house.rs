//! What the tests share: a store on an engine, a small plan, and voters.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use engine::Observer;
use scoring::ballot::Mark;
use scoring::json::Value;
use scoring::{Record, RecordKind, RecordsDocument};
use store::{
    Actor, BallotId, Cast, Closing, CodeHash, NewCodes, NewVoter, PlanId, Prepared, RoundId, Store, StoreError,
    Timestamp,
};

use crate::base::Base;

pub const PLANNER: Actor<'static> = Actor { name: "planner" };
pub const OFFICE: Actor<'static> = Actor { name: "office" };

/// Three units; `staff` (anonymous) and `guests` (named) mark `service` on two criteria, `guests` mark `hotline`;
/// an office enters `budget`. Two half-years.
pub const PLAN: &str = r#"{
  "format": 1, "title": "评议方案", "year": 2024, "total": "100",
  "categories": [{ "id": "dept", "name": "科室" }],
  "units": [
    { "id": "forestry", "name": "林业站", "category": "dept" },
    { "id": "building", "name": "村建所", "category": "dept" },
    { "id": "water", "name": "水务站", "category": "dept" }
  ],
  "groups": [
    { "id": "staff", "name": "干部职工", "ballot": "anonymous" },
    { "id": "guests", "name": "服务对象", "ballot": "named" }
  ],
  "scales": [{ "id": "satisfaction", "options": [
    { "id": "good", "name": "满意", "value": "90" },
    { "id": "fair", "name": "基本满意", "value": "70" },
    { "id": "poor", "name": "不满意", "value": "50" } ] }],
  "periods": [{ "id": "h1", "name": "上半年" }, { "id": "h2", "name": "下半年" }],
  "combine": "last",
  "components": [
    { "id": "service", "name": "服务", "points": "60", "method": { "kind": "survey", "scale": "satisfaction", "out_of": "100",
      "groups": [{ "group": "staff", "weight": "50" }, { "group": "guests", "weight": "50" }],
      "criteria": [{ "id": "manner", "name": "态度", "weight": "50" }, { "id": "speed", "name": "效率", "weight": "50" }] } },
    { "id": "hotline", "name": "投诉", "points": "20", "method": { "kind": "complaints", "scale": "satisfaction",
      "deduct": { "poor": "1" }, "groups": ["guests"] } },
    { "id": "budget", "name": "预算", "points": "20", "method": { "kind": "entered", "office": "财政所" } }
  ],
  "adjustments": [{ "id": "praised", "name": "表彰", "sign": "bonus", "range": { "min": "0", "max": "5" } }],
  "ranking": { "decimals": 2, "tie_break": ["service"] },
  "outcomes": [{ "id": "last", "name": "末位", "when": { "from_bottom": 1 } }]
}"#;

pub const UNITS: [&str; 3] = ["forestry", "building", "water"];

/// A store, the tables under it, and a clock that the test moves.
pub struct House {
    pub base: Base,
    pub store: Store,
    pub time: Arc<AtomicI64>,
    drawn: AtomicU64,
}

impl House {
    pub async fn new() -> House {
        House::on(Base::new(), None).await
    }

    /// A house whose traffic with the database an observer sees, and may break.
    pub async fn observed(observer: Arc<dyn Observer>) -> House {
        House::on(Base::new(), Some(observer)).await
    }

    /// A house on the embedded engine's files.
    pub async fn in_directory(directory: &Path) -> House {
        House::on(Base::in_directory(directory), None).await
    }

    pub async fn on(base: Base, observer: Option<Arc<dyn Observer>>) -> House {
        let time = Arc::new(AtomicI64::new(1_700_000_000));
        let clock = Arc::clone(&time);
        let store = base.store(observer).with_clock(Arc::new(move || Timestamp(clock.load(Ordering::SeqCst))));
        store.create_tables().await.unwrap();
        House { base, store, time, drawn: AtomicU64::new(1) }
    }

    /// Another process's store on the same tables and clock.
    pub fn again(&self) -> Store {
        let clock = Arc::clone(&self.time);
        self.base.store(None).with_clock(Arc::new(move || Timestamp(clock.load(Ordering::SeqCst))))
    }

    pub fn pass(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }

    fn number(&self) -> u64 {
        self.drawn.fetch_add(1, Ordering::SeqCst)
    }

    /// Numbers that look random, and never repeat.
    pub fn hash(&self) -> CodeHash {
        let number = self.number();
        let mut bytes = [0; 32];
        for (place, chunk) in bytes.chunks_mut(8).enumerate() {
            chunk.copy_from_slice(&scramble(number * 4 + place as u64).to_be_bytes());
        }
        CodeHash::from(bytes)
    }

    pub fn ballot_id(&self) -> BallotId {
        // Far from the numbers of codes, of which each takes four.
        let number = self.number() + (1 << 40);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&scramble(number * 2).to_be_bytes());
        bytes[8..].copy_from_slice(&scramble(number * 2 + 1).to_be_bytes());
        BallotId::from(bytes)
    }

    pub async fn codes(&self, plan: &PlanId, group: &str, count: usize) -> Vec<CodeHash> {
        let hashes: Vec<CodeHash> = (0..count).map(|_| self.hash()).collect();
        for hashes in hashes.chunks(1000) {
            let codes = NewCodes { period: "h1", group, hashes, units: None, unit: None };
            assert_eq!(self.added(plan, codes).await, hashes.len());
        }
        hashes
    }

    /// How many codes a call stands for.
    pub async fn added(&self, plan: &PlanId, codes: NewCodes<'_>) -> usize {
        self.store.add_codes(PLANNER, plan, codes).await.unwrap().added
    }

    pub async fn draft(&self) -> PlanId {
        self.store.create_plan(PLANNER, &json(PLAN)).await.unwrap().id
    }

    /// An open plan with as many codes of each group.
    pub async fn open(&self, codes: usize) -> (PlanId, Vec<CodeHash>, Vec<CodeHash>) {
        let plan = self.draft().await;
        let staff = self.codes(&plan, "staff", codes).await;
        let guests = self.codes(&plan, "guests", codes).await;
        self.store.open_plan(PLANNER, &plan, &["staff".to_owned()]).await.unwrap();
        (plan, staff, guests)
    }

    /// What the API does with a ballot: look, check, cast.
    pub async fn cast(
        &self,
        plan: &PlanId,
        code: &CodeHash,
        ballot: &BallotId,
        marks: &[Mark],
    ) -> Result<Cast, StoreError> {
        cast(&self.store, plan, code, ballot, marks).await
    }
}

pub async fn cast(
    store: &Store,
    plan: &PlanId,
    code: &CodeHash,
    ballot: &BallotId,
    marks: &[Mark],
) -> Result<Cast, StoreError> {
    match store.prepare_ballot(plan, code, ballot).await? {
        Prepared::AlreadyCast(receipt) => Ok(Cast { receipt, repeated: true }),
        Prepared::Ready(ready) => {
            assert_eq!(scoring::ballot::check(&ready.voter().paper(), marks), []);
            store.cast_ballot(ready, marks).await
        }
    }
}

/// A person for a list of voters.
pub fn voter(id: &str, name: &str, group: &str) -> NewVoter {
    NewVoter {
        id: Some(id.to_owned()),
        name: name.to_owned(),
        group: group.to_owned(),
        unit: None,
        units: None,
        contact: Some(format!("1380000{id}")),
        note: None,
    }
}

fn scramble(number: u64) -> u64 {
    let mut bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

pub fn record(kind: RecordKind, body: &Value) -> Record {
    Record::read(kind, body).unwrap()
}

pub fn json(text: &str) -> Value {
    Value::parse(text.as_bytes()).unwrap()
}

pub fn mark(component: &str, unit: &str, criterion: Option<&str>, option: &str) -> Mark {
    Mark {
        component: component.to_owned(),
        unit: unit.to_owned(),
        criterion: criterion.map(str::to_owned),
        option: option.to_owned(),
    }
}

/// The same option for every unit on both criteria of `service`.
pub fn all(option: &str) -> Vec<Mark> {
    let criteria = ["manner", "speed"];
    UNITS.iter().flat_map(|unit| criteria.map(|criterion| mark("service", unit, Some(criterion), option))).collect()
}

/// The tallies of a records document, summed by place: `h1 staff service forestry manner` to counts by option.
pub fn tallies(records: &RecordsDocument) -> BTreeMap<String, BTreeMap<String, i64>> {
    let mut sums: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for tally in &records.tallies {
        let criterion = tally.criterion.as_deref().unwrap_or("-");
        let place = [&*tally.period, &*tally.group, &*tally.component, &*tally.unit, criterion].join(" ");
        for (option, count) in &tally.counts {
            *sums.entry(place.clone()).or_default().entry(option.to_string()).or_default() += *count as i64;
        }
    }
    sums
}

pub fn counts(counts: &[(&str, i64)]) -> BTreeMap<String, i64> {
    counts.iter().map(|(option, count)| ((*option).to_owned(), *count)).collect()
}

/// Whether two ballots say the same, in whatever order.
pub fn same(one: &[Mark], other: &[Mark]) -> bool {
    let sorted = |marks: &[Mark]| {
        let mut keys: Vec<_> = marks
            .iter()
            .map(|m| (m.component.clone(), m.unit.clone(), m.criterion.clone(), m.option.clone()))
            .collect();
        keys.sort();
        keys
    };
    sorted(one) == sorted(other)
}

/// Closes a round, or the plan. `in_steps`: by calls that each keep their place as soon as they can.
pub async fn close(store: &Store, plan: &PlanId, round: Option<&RoundId>, in_steps: bool) -> Result<(), StoreError> {
    let limit = if in_steps { Duration::ZERO } else { Duration::from_secs(60) };
    let store = store.clone().with_closing_limit(limit);
    while let Closing::Working(_) = store.go_on_closing(PLANNER, plan, round).await? {}
    Ok(())
}
