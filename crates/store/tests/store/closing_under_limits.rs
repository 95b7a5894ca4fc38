//! Closing against a database that takes 1,000 write units a second of a partition key and cuts connections, by processes
//! that are killed and by two at once: every acknowledged ballot is counted once, whatever happened.
//!
//! `PINGYI_CLOSING` says how many ballots (default 600), `PINGYI_CLOSING_KILLS` how many closers are killed (20).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use scoring::ballot::Mark;
use store::{
    BallotId, Closing, CodeHash, Comment, ExportPart, NewCodes, PlanId, Prepared, Receipt, State, Store, StoreError,
    Timestamp,
};

use crate::base::Base;
use crate::dice::{Dice, setting};
use crate::house::{House, PLANNER, json, mark, tallies};
use crate::proxy::Proxy;

const ENDPOINT: &str = "PINGYI_CLOSING_ENDPOINT";
const PLAN: &str = "PINGYI_CLOSING_PLAN";
/// Milliseconds of one call; without it, as long as the product works.
const LIMIT: &str = "PINGYI_CLOSING_LIMIT";

const UNITS: usize = 40;
const CRITERIA: [&str; 2] = ["manner", "speed"];
const WRITERS: usize = 16;

/// Every fourth ballot comes with an opinion.
const ONE_OPINION_IN: usize = 4;

/// A call ends in the time of a request.
const LONGEST_CALL: u128 = 15_000;

/// Forty units, marked by `staff` alone on two criteria.
fn document() -> String {
    let units: Vec<String> =
        (0..UNITS).map(|n| format!(r#"{{ "id": "u{n}", "name": "第{n}单位", "category": "dept" }}"#)).collect();
    format!(
        r#"{{ "format": 1, "title": "十万人评议", "year": 2024, "total": "100",
  "categories": [{{ "id": "dept", "name": "科室" }}], "units": [{}],
  "groups": [{{ "id": "staff", "name": "群众", "ballot": "anonymous", "comments": true }}],
  "scales": [{{ "id": "s", "options": [
    {{ "id": "good", "name": "满意", "value": "90" }}, {{ "id": "fair", "name": "基本满意", "value": "70" }},
    {{ "id": "poor", "name": "不满意", "value": "50" }} ] }}],
  "periods": [{{ "id": "h1", "name": "全年" }}], "combine": "mean",
  "components": [{{ "id": "service", "name": "服务", "points": "100", "method": {{ "kind": "survey", "scale": "s",
    "out_of": "100", "groups": [{{ "group": "staff", "weight": "100" }}],
    "criteria": [{{ "id": "manner", "name": "态度", "weight": "50" }}, {{ "id": "speed", "name": "效率", "weight": "50" }}] }} }}],
  "adjustments": [], "ranking": {{ "decimals": 2, "tie_break": ["service"] }}, "outcomes": [] }}"#,
        units.join(",")
    )
}

/// What the ballot of a number says: of each unit more are satisfied than of the one before, so that no two are equal.
fn marks(number: usize) -> Vec<Mark> {
    let option = |unit: usize, criterion: usize| match (number * (1 + 6 * criterion) + 3 * criterion) % (UNITS + 1) {
        at if at <= unit => "good",
        at if at.is_multiple_of(5) => "poor",
        _ => "fair",
    };
    let of_unit = |unit| {
        let criteria = CRITERIA.iter().enumerate();
        criteria.map(move |(place, id)| mark("service", &format!("u{unit}"), Some(id), option(unit, place)))
    };
    (0..UNITS).flat_map(of_unit).collect()
}

/// Some of a line, some of a page.
fn opinion(number: usize) -> Option<Comment> {
    let text = format!("{number} {}", "窗口排队太久。".repeat(1 + number % 29));
    number.is_multiple_of(ONE_OPINION_IN).then(|| Comment { unit: format!("u{}", number % 7), text })
}

fn pair(number: usize) -> (CodeHash, BallotId) {
    let mut dice = Dice::new(number as u64 + 1);
    (CodeHash::from(dice.bytes()), BallotId::from(dice.bytes()))
}

/// One closer, a process of its own: it says how long each call took, and what it came to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by the test below, in a process of its own"]
async fn closer() {
    let (Ok(endpoint), Ok(plan)) = (std::env::var(ENDPOINT), std::env::var(PLAN)) else { return };
    let (plan, base) = (PlanId::parse(&plan).unwrap(), Base::elsewhere(&endpoint));
    let mut store = base.store(None).with_clock(Arc::new(|| Timestamp(1_700_000_500)));
    if let Some(limit) = std::env::var(LIMIT).ok().and_then(|limit| limit.parse().ok()) {
        store = store.with_closing_limit(Duration::from_millis(limit));
    }
    loop {
        let asked = Instant::now();
        let answer = store.go_on_closing(PLANNER, &plan, None).await;
        let took = asked.elapsed().as_millis();
        match answer {
            Ok(Closing::Done(head)) => {
                println!("\ncall {took} closed {:?}\npeak {}", head.state, peak());
                return;
            }
            Ok(Closing::Working(progress)) => println!("\ncall {took} {} of {}", progress.done, progress.of),
            Err(error @ (StoreError::Unavailable | StoreError::Contended)) => println!("\ncall {took} failed {error}"),
            other => panic!("{other:?}"),
        }
    }
}

/// The most memory that this process had, in KB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

struct Closer {
    child: Child,
    lines: std::sync::mpsc::Receiver<String>,
}

impl Closer {
    fn start(endpoint: &str, plan: &PlanId, limit: Option<u64>) -> Closer {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "closing_under_limits::closer", "--ignored", "--nocapture"]);
        command.env(ENDPOINT, endpoint).env(PLAN, plan.as_str()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        if let Some(limit) = limit {
            command.env(LIMIT, limit.to_string());
        }
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (said, lines) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if said.send(line).is_err() {
                    return;
                }
            }
        });
        Closer { child, lines }
    }

    fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// SIGKILL, wherever it is; what it had said.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.lines.iter().collect()
    }

    fn finish(mut self) -> Vec<String> {
        assert!(self.child.wait().unwrap().success(), "a closer failed");
        self.lines.iter().collect()
    }
}

/// What the calls of closers were.
#[derive(Debug, Default)]
struct Calls {
    count: usize,
    failed: usize,
    longest: u128,
    peak: u64,
}

impl Calls {
    fn note(&mut self, lines: &[String]) {
        for line in lines {
            if let Some(call) = line.strip_prefix("call ") {
                self.count += 1;
                self.failed += usize::from(call.contains("failed"));
                self.longest = self.longest.max(call.split(' ').next().unwrap().parse().unwrap());
            }
            if let Some(peak) = line.strip_prefix("peak ") {
                self.peak = self.peak.max(peak.parse().unwrap());
            }
        }
    }
}

/// Every ballot with its receipt, acknowledged.
async fn cast_all(house: &House, plan: &PlanId, count: usize) -> Vec<Receipt> {
    let mut writers = tokio::task::JoinSet::new();
    for first in 0..WRITERS {
        let (store, plan) = (house.store.clone(), plan.clone());
        writers.spawn(async move {
            let mut receipts = Vec::new();
            for number in (first..count).step_by(WRITERS) {
                let (code, ballot) = pair(number);
                let Prepared::Ready(ready) = store.prepare_ballot(&plan, &code, &ballot).await.unwrap() else {
                    panic!("cast before")
                };
                let ready = ready.with_comments(opinion(number).into_iter().collect());
                receipts.push(store.cast_ballot(ready, &marks(number)).await.unwrap().receipt);
            }
            receipts
        });
    }
    writers.join_all().await.concat()
}

async fn opinions(store: &Store, plan: &PlanId) -> Vec<(String, String)> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.comments(plan, 200, after.as_ref()).await.unwrap();
        found.extend(page.items.into_iter().map(|kept| (kept.unit, kept.text)));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

/// What must be true of a closed plan, by what was cast.
async fn compare(house: &House, plan: &PlanId, count: usize, given: &[Receipt]) {
    let store = &house.store;
    let head = store.plan_head(plan).await.unwrap();
    assert_eq!((head.state, head.count_mismatch, head.closing), (State::Closed, false, false));
    let mut expected: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    let mut ballots: HashMap<Vec<String>, i64> = HashMap::new();
    for number in 0..count {
        let marks = marks(number);
        for mark in &marks {
            let place = format!("h1 staff service {} {}", mark.unit, mark.criterion.as_deref().unwrap());
            *expected.entry(place).or_default().entry(mark.option.clone()).or_default() += 1;
        }
        *ballots.entry(marks.into_iter().map(|mark| mark.option).collect()).or_default() += 1;
    }
    let mut counted = tallies(&store.records(plan).await.unwrap());
    counted.values_mut().for_each(|counts| counts.retain(|_, count| *count > 0));
    assert_eq!(counted, expected);
    assert_eq!(store.turnout(plan).await.unwrap()[0].cast, count as u64);

    let (mut receipts, mut after) = (Vec::new(), None);
    while let Some((part, next)) = store.exported(plan, after.as_ref()).await.unwrap() {
        match part {
            ExportPart::Receipts(part) => receipts.extend(part),
            ExportPart::Ballots(part) => {
                for ballot in part {
                    *ballots.entry(ballot.marks.into_iter().map(|mark| mark.option).collect()).or_default() -= 1;
                }
            }
        }
        after = Some(next);
    }
    assert!(ballots.values().all(|left| *left == 0), "the export has other ballots");
    let mut sorted = given.to_vec();
    sorted.sort_unstable();
    assert_eq!(receipts, sorted, "the receipts are those that were given, each once");

    let found = opinions(store, plan).await;
    let written = (0..count).filter_map(opinion).map(|said| (said.unit, said.text));
    assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), written.collect());
    assert_eq!(found.len(), count.div_ceil(ONE_OPINION_IN));
    assert!(found.is_sorted_by_key(|(unit, _)| unit), "unit by unit");

    let closed = |action: &str| action == "plan_closed";
    let events = store.audit(plan, 200, None).await.unwrap().items;
    assert_eq!(events.iter().filter(|event| closed(&event.action)).count(), 1);
    store.verify_audit(plan).await.unwrap();
    store.publish_plan(PLANNER, plan, &[]).await.unwrap();
    let root = store.publication(plan).await.unwrap().receipts.root;
    for receipt in given.iter().step_by(given.len().div_ceil(500)) {
        let proof = store.receipt_proof(plan, receipt).await.unwrap();
        assert_eq!(proof.root(receipt).as_ref(), Some(&root));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ballots_under_dynamodbs_limits_are_counted_once_by_closers_that_are_killed() {
    let count = setting("PINGYI_CLOSING", 600) as usize;
    let kills = setting("PINGYI_CLOSING_KILLS", 20);
    let mut dice = Dice::new(setting("PINGYI_SEED", 1));
    let home = tempfile::tempdir().unwrap();
    let house = House::in_directory(home.path()).await;
    let plan = house.store.create_plan(PLANNER, &json(&document())).await.unwrap().id;
    let begun = Instant::now();
    let hashes: Vec<CodeHash> = (0..count).map(|number| pair(number).0).collect();
    for hashes in hashes.chunks(1000) {
        house.added(&plan, NewCodes { period: "h1", group: "staff", hashes, units: None, unit: None }).await;
    }
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    let issued = begun.elapsed();
    let given = cast_all(&house, &plan, count).await;
    println!("{count} codes in {issued:?}, cast after {:?}", begun.elapsed());

    let proxy = Proxy::before(house.base.engine(), dice.roll(1 << 32));
    let (mut calls, mut killed) = (Calls::default(), 0);
    let begun = Instant::now();
    while killed < kills {
        // One or two at once, which keep their places at once or after a while, and are killed in the midst of a request.
        let limits = [0, 0, 50, 200, 1000].map(Some);
        let closers = (0..1 + dice.roll(2)).map(|_| limits[dice.roll(5) as usize]);
        let mut closers: Vec<Closer> = closers.map(|limit| Closer::start(&proxy.endpoint, &plan, limit)).collect();
        let until = proxy.requests.load(Ordering::SeqCst) + 1 + dice.roll(70 + count as u64 / 500);
        while proxy.requests.load(Ordering::SeqCst) < until && !closers.iter_mut().any(Closer::has_ended) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(!closers.iter_mut().any(Closer::has_ended), "closed after {killed} kills, too early to mean anything");
        killed += closers.len() as u64;
        closers.into_iter().for_each(|closer| calls.note(&closer.kill()));
    }
    println!("{killed} killed within {:?}: {calls:?}", begun.elapsed());
    assert!(house.store.plan_head(&plan).await.unwrap().closing);
    let last = [None, None].map(|limit| Closer::start(&proxy.endpoint, &plan, limit));
    let last = last.map(|closer| tokio::task::spawn_blocking(move || closer.finish()));
    for closer in last {
        calls.note(&closer.await.unwrap());
    }
    let took = begun.elapsed();
    let (written, (reads_refused, most_read)) = (proxy.written(), proxy.read());
    let refused: u64 = written.iter().map(|key| key.refused).sum();
    println!(
        "closed after {took:?}: {calls:?}; {} requests, {} cut",
        proxy.requests.load(Ordering::SeqCst),
        proxy.cuts.load(Ordering::SeqCst)
    );
    println!("writes refused {refused}, reads refused {reads_refused}, most read of a key in a second {most_read}");
    println!("{:#?}", &written[..written.len().min(4)]);
    assert!(calls.longest < LONGEST_CALL, "{calls:?}");
    assert!(written.iter().all(|key| key.busiest <= 1000), "{written:?}");
    // Spread: of what leaves the box no key takes more than twice its sixteenth, but for small plans.
    for kind in ["#EXPORT#", "#OPINION#"] {
        let of_kind = || written.iter().filter(|key| key.key.contains(kind)).map(|key| key.units);
        let (most, all): (u64, u64) = (of_kind().max().unwrap(), of_kind().sum());
        assert!(of_kind().count() == 16 && most <= all / 8 + 1000, "{kind} {most} of {all}");
    }
    drop(proxy);
    let begun = Instant::now();
    house.base.engine().rewrite("box").await.unwrap();
    println!("rewriting the box took {:?}", begun.elapsed());
    compare(&house, &plan, count, &given).await;
}
