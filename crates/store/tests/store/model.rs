//! Random sequences of what can happen to a ballot box, against a simple model of what must be true of it.
//!
//! One sequence issues and voids codes, opens the plan or its round alone, casts, sends again, cheats, closes the round or
//! the plan, by two closers sometimes, sets the clock back and forth, past the hours of the round where it has some, lets the
//! timer do what is due, breaks any call on its way to the database, and crashes in the middle of any operation; then it goes
//! on with what was on disk. In the end the box is closed
//! and counted, and the model knows the count. `PINGYI_SEQUENCES` says how many sequences (default 200; 1,000 for a change of the box),
//! `PINGYI_SEED` where they begin; a failure names its seed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use engine::Fault;
use scoring::ballot::Mark;
use store::{Actor, BallotId, CodeHash, NewCodes, PlanId, RoundId, State, StoreError, VoidedCodes, Voiding};
use wire::round::RoundState;

use crate::dice::{Dice, setting};
use crate::home::Home;
use crate::house::{self, House, PLAN, PLANNER, UNITS, all, json, mark, same, tallies};
use crate::weather::Weather;

/// A ballot that someone tried to cast.
#[derive(Clone)]
struct Tried {
    code: CodeHash,
    ballot: BallotId,
    marks: Vec<Mark>,
    acknowledged: bool,
}

fn marks(dice: &mut Dice) -> Vec<Mark> {
    let mut marks = all(["good", "fair", "poor"][dice.roll(3) as usize]);
    marks.truncate(1 + dice.roll(6) as usize);
    if let Some(first) = marks.first_mut() {
        *first = mark("service", UNITS[0], Some("manner"), ["good", "fair", "poor"][dice.roll(3) as usize]);
    }
    marks
}

struct Sequence {
    seed: u64,
    dice: Dice,
    home: Home,
    house: House,
    weather: Arc<Weather>,
    plan: PlanId,
    codes: Vec<CodeHash>,
    tried: Vec<Tried>,
    /// The ballot that holds a code for good, once one was acknowledged.
    holder: BTreeMap<CodeHash, usize>,
    /// The codes that were voided, and so cast nothing for good.
    voided: BTreeSet<CodeHash>,
    closing: bool,
    /// The plan was opened with its first round alone, which may close before it.
    by_round: bool,
    /// The round has hours: [`HOURS`] before and after the beginning of the clock.
    scheduled: bool,
    /// What the round's tallies were when it was closed first.
    frozen: Option<BTreeMap<String, BTreeMap<String, i64>>>,
}

/// Where the clock of a house begins, and how many seconds before it a round with hours opens, and after it closes.
const BEGIN: i64 = 1_700_000_000;
const HOURS: i64 = 50_000;

/// The same in a plan, each time in a zone of its own.
const SCHEDULE: &str = r#""schedule": [{ "period": "h1", "opens": "2023-11-14T16:20:00+08:00", "closes": "2023-11-15T12:06:40Z" }], "title""#;

/// The round in which everything is voted.
fn round() -> RoundId {
    RoundId::new("h1", 1)
}

impl Sequence {
    async fn begin(seed: u64) -> Sequence {
        let home = Home::new();
        let weather = Arc::new(Weather::default());
        let house = House::on(home.base(), Some(weather.clone())).await;
        let mut dice = Dice::new(seed);
        let scheduled = dice.roll(3) == 0;
        let document = if scheduled { PLAN.replacen("\"title\"", SCHEDULE, 1) } else { PLAN.to_owned() };
        let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
        Sequence {
            seed,
            dice,
            home,
            house,
            weather,
            plan,
            codes: Vec::new(),
            tried: Vec::new(),
            holder: BTreeMap::new(),
            voided: BTreeSet::new(),
            closing: false,
            by_round: false,
            scheduled,
            frozen: None,
        }
    }

    /// Whether the round is not yet open (-1), open (0) or over (1) by the clock.
    fn hour(&self) -> i64 {
        let since = self.house.time.load(Ordering::SeqCst) - BEGIN;
        i64::from(self.scheduled && since >= HOURS) - i64::from(self.scheduled && since < -HOURS)
    }

    /// Some bad weather for the next operation, sometimes.
    fn weather(&mut self, calls: u64) {
        self.weather.clear();
        if self.dice.roll(3) == 0 {
            let fault = Fault::ALL[self.dice.roll(7) as usize];
            let times = if self.dice.roll(3) == 0 { 5 } else { 1 };
            self.weather.break_at(1 + self.dice.roll(calls) as i64, times, fault);
        }
    }

    async fn issue(&mut self) {
        let hashes: Vec<CodeHash> = (0..1 + self.dice.roll(4)).map(|_| CodeHash::from(self.dice.bytes())).collect();
        let codes = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
        self.weather(24);
        let mut answer = self.house.store.add_codes(PLANNER, &self.plan, codes).await;
        self.weather.clear();
        if let Err(StoreError::Unavailable | StoreError::Contended) = answer {
            answer = self.house.store.add_codes(PLANNER, &self.plan, codes).await;
        }
        match answer {
            Ok(issued) => {
                assert_eq!(issued.added, hashes.len(), "seed {}", self.seed);
                self.codes.extend(hashes);
            }
            Err(StoreError::WrongState | StoreError::PlanClosed) => {
                assert!(self.closing || self.hour() > 0, "seed {}", self.seed);
            }
            Err(error) => panic!("seed {}: {error}", self.seed),
        }
    }

    /// Voids some code, as far as it was not used.
    async fn void(&mut self) {
        let code = self.codes[self.dice.roll(self.codes.len() as u64) as usize];
        let codes = [code];
        let voiding = Voiding::Hashes(&codes);
        self.weather(24);
        let mut answer = self.house.store.void_codes(PLANNER, &self.plan, voiding, "遗失", &[]).await;
        self.weather.clear();
        if let Err(StoreError::Unavailable | StoreError::Contended) = answer {
            answer = self.house.store.void_codes(PLANNER, &self.plan, voiding, "遗失", &[]).await;
        }
        let seed = self.seed;
        match answer {
            Ok(VoidedCodes { voided: 1, used: 0 }) => {
                assert!(!self.holder.contains_key(&code), "seed {seed}: a code that was used is void");
                self.voided.insert(code);
            }
            Ok(VoidedCodes { voided: 0, used: 1 }) => {
                assert!(!self.voided.contains(&code), "seed {seed}: a void code came back");
            }
            Err(StoreError::WrongState) => assert!(self.closing, "seed {seed}"),
            other => panic!("seed {seed}: {other:?}"),
        }
    }

    async fn cast(&mut self) {
        let (code, ballot, marks) = self.what_to_cast();
        self.weather(6);
        let answer = self.house.cast(&self.plan, &code, &ballot, &marks).await;
        self.weather.clear();
        self.note(code, ballot, marks, answer.map(|_| ()));
    }

    /// A fresh ballot, one sent again, another with a used code, or an old one with other marks.
    fn what_to_cast(&mut self) -> (CodeHash, BallotId, Vec<Mark>) {
        let code = self.codes[self.dice.roll(self.codes.len() as u64) as usize];
        let fresh = (code, BallotId::from(self.dice.bytes()), marks(&mut self.dice));
        if self.tried.is_empty() {
            return fresh;
        }
        let old = self.tried[self.dice.roll(self.tried.len() as u64) as usize].clone();
        match self.dice.roll(6) {
            0 | 1 => (old.code, old.ballot, old.marks),
            2 => (old.code, BallotId::from(self.dice.bytes()), marks(&mut self.dice)),
            // A ballot that is known to be in the box is answered whatever comes with it. Of one that is not, the model
            // could not say which of two tries brought it in.
            3 if self.is_in_the_box(&old.ballot) => (code, old.ballot, marks(&mut self.dice)),
            3 => (old.code, old.ballot, old.marks),
            _ => fresh,
        }
    }

    fn is_in_the_box(&self, ballot: &BallotId) -> bool {
        self.tried.iter().any(|tried| tried.ballot == *ballot && tried.acknowledged)
    }

    /// What the model learns from an answer.
    fn note(&mut self, code: CodeHash, ballot: BallotId, marks: Vec<Mark>, answer: Result<(), StoreError>) {
        let seed = self.seed;
        if self.is_in_the_box(&ballot) {
            let answered = matches!(answer, Ok(()) | Err(StoreError::Unavailable));
            return assert!(answered, "seed {seed}: an acknowledged ballot was refused");
        }
        match answer {
            Ok(()) => {
                // A ballot that was tried before without an answer may have gone in with the code of that time.
                let earlier = self.tried.iter().position(|tried| tried.ballot == ballot && same(&tried.marks, &marks));
                assert!(earlier.is_some() || self.hour() == 0, "seed {seed}: taken out of its hours");
                let place = earlier.unwrap_or_else(|| {
                    self.tried.push(Tried { code, ballot, marks, acknowledged: false });
                    self.tried.len() - 1
                });
                self.tried[place].acknowledged = true;
                let code = self.tried[place].code;
                assert!(!self.voided.contains(&code), "seed {seed}: a void code has cast");
                let before = self.holder.insert(code, place);
                assert!(before.is_none_or(|before| before == place), "seed {seed}: a code was used twice");
            }
            Err(StoreError::CodeUsed) => {}
            Err(StoreError::CodeVoided) => assert!(self.voided.contains(&code), "seed {seed}: nobody voided it"),
            Err(StoreError::PlanNotOpen) => assert!(self.hour() < 0, "seed {seed}: refused while open"),
            Err(StoreError::PlanClosed) => assert!(self.closing || self.hour() > 0, "seed {seed}: refused while open"),
            Err(StoreError::Unavailable) => {
                self.tried.push(Tried { code, ballot, marks, acknowledged: false });
            }
            Err(error) => panic!("seed {seed}: {error}"),
        }
    }

    /// Ends the process in the middle of an operation, and starts it again on what is on disk.
    async fn crash(&mut self) {
        self.weather.clear();
        self.weather.crash_at(1 + self.dice.roll(if self.closing { 60 } else { 8 }) as i64);
        let (store, plan) = (self.house.store.clone(), self.plan.clone());
        let mut pushed = false;
        let work = if self.closing {
            let alone = self.by_round && self.dice.roll(2) == 0;
            let in_steps = self.dice.roll(4) == 0;
            tokio::spawn(async move { house::close(&store, &plan, alone.then(round).as_ref(), in_steps).await })
        } else {
            let (code, ballot, marks) = self.what_to_cast();
            if !self.is_in_the_box(&ballot) {
                pushed = true;
                self.tried.push(Tried { code, ballot, marks: marks.clone(), acknowledged: false });
            }
            tokio::spawn(async move { crate::house::cast(&store, &plan, &code, &ballot, &marks).await.map(|_| ()) })
        };
        let ended = tokio::select! {
            () = self.weather.crashed.notified() => false,
            () = async { while !work.is_finished() { tokio::time::sleep(Duration::from_millis(1)).await } } => true,
        };
        if !ended {
            work.abort();
        }
        let answer = work.await;
        // What was about to be acknowledged may have been, or not; the model does not rely on it.
        if let Ok(Ok(())) = answer
            && pushed
            && let Some(last) = self.tried.pop()
        {
            self.note(last.code, last.ballot, last.marks, Ok(()));
        }
        self.home = self.home.after_a_crash();
        self.weather = Arc::new(Weather::default());
        self.house = House::on(self.home.base(), Some(self.weather.clone())).await;
    }

    async fn close(&mut self) {
        self.closing = true;
        let alone = self.by_round && self.dice.roll(4) > 0;
        let round = alone.then(round);
        let with_another = self.dice.roll(3) == 0;
        let in_steps = self.dice.roll(4) == 0;
        self.weather(70);
        let other = self.house.again();
        let (answer, others) =
            tokio::join!(house::close(&self.house.store, &self.plan, round.as_ref(), in_steps), async {
                if with_another { house::close(&other, &self.plan, round.as_ref(), !in_steps).await } else { Ok(()) }
            });
        self.weather.clear();
        for error in [answer, others].into_iter().filter_map(Result::err) {
            // The round of a plan that is closing or closed goes with it.
            let late = alone && error == StoreError::WrongState;
            let may = late || matches!(error, StoreError::Unavailable | StoreError::Contended);
            assert!(may, "seed {}: {error}", self.seed);
        }
        self.look_at_the_round().await;
    }

    async fn look_at_the_round(&mut self) {
        let head = self.house.store.plan_head(&self.plan).await.unwrap();
        if head.state == State::Open && head.round_state("h1", 1) == RoundState::Closed {
            // Its tallies are whole already, and are compared with those of the plan in the end.
            let records = self.house.store.records(&self.plan).await.unwrap();
            self.frozen.get_or_insert(tallies(&records));
        }
    }

    /// The clock jumps, forward or back, and sometimes the timer does what is due then.
    async fn jump(&mut self) {
        self.house.pass(self.dice.roll(200_000) as i64 - 100_000);
        if self.dice.roll(2) == 0 {
            self.closing |= self.hour() > 0;
            self.weather(70);
            let timer = Actor { name: "timer" };
            // What it could not do is due the next time.
            let _ = self.house.store.keep_schedule(timer).await;
            self.weather.clear();
            self.look_at_the_round().await;
        }
    }

    async fn run(mut self) {
        let seed = self.seed;
        self.issue().await;
        self.weather(40);
        let small = ["staff".to_owned()];
        self.by_round = self.dice.roll(2) == 0;
        let named = [round()];
        let rounds = self.by_round.then_some(&named[..]);
        let opened = self.house.store.open_plan_with(PLANNER, &self.plan, &small, rounds).await;
        self.weather.clear();
        if opened.is_err() {
            self.house.store.open_plan_with(PLANNER, &self.plan, &small, rounds).await.unwrap();
        }
        for _ in 0..4 + self.dice.roll(8) {
            match self.dice.roll(13) {
                0 => self.issue().await,
                12 => self.jump().await,
                1 => self.crash().await,
                2 => self.close().await,
                3 => self.void().await,
                _ => self.cast().await,
            }
        }
        self.finish(seed).await;
    }

    /// Closes for good, and compares.
    async fn finish(mut self, seed: u64) {
        self.closing = true;
        let head = self.house.store.close_plan(PLANNER, &self.plan).await.unwrap();
        assert_eq!((head.state, head.count_mismatch), (State::Closed, false), "seed {seed}");
        // Sent again after closing, each ballot says whether it is in the box.
        let mut inside: BTreeMap<BallotId, Vec<Mark>> = BTreeMap::new();
        let mut codes: Vec<CodeHash> = Vec::new();
        for tried in self.tried.clone() {
            match self.house.cast(&self.plan, &tried.code, &tried.ballot, &tried.marks).await {
                Ok(cast) => {
                    assert!(cast.repeated, "seed {seed}: cast after closing");
                    if inside.insert(tried.ballot, tried.marks).is_none() {
                        codes.push(tried.code);
                    }
                }
                Err(error) => {
                    assert!(!tried.acknowledged, "seed {seed}: an acknowledged ballot is lost");
                    assert!(matches!(error, StoreError::PlanClosed | StoreError::CodeUsed), "seed {seed}: {error}");
                }
            }
        }
        let mut expected: BTreeMap<(String, Option<String>, String), i64> = BTreeMap::new();
        for mark in inside.values().flatten() {
            *expected.entry((mark.unit.clone(), mark.criterion.clone(), mark.option.clone())).or_insert(0) += 1;
        }
        let mut counted = BTreeMap::new();
        let closed = tallies(&self.house.store.records(&self.plan).await.unwrap());
        if let Some(frozen) = &self.frozen {
            assert_eq!(*frozen, closed, "seed {seed}: a frozen tally changed");
        }
        for (place, counts) in closed {
            let words: Vec<&str> = place.split(' ').collect();
            for (option, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
                counted.insert((words[3].to_owned(), Some(words[4].to_owned()), option), count);
            }
        }
        assert_eq!(counted, expected, "seed {seed}");
        let turnout = self.house.store.turnout(&self.plan).await.unwrap();
        let living = self.codes.len() - self.voided.len();
        assert_eq!((turnout[0].issued, turnout[0].cast), (living as u64, inside.len() as u64), "seed {seed}");
        self.house.store.verify_audit(&self.plan).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn random_sequences_end_as_the_model_says() {
    let count = setting("PINGYI_SEQUENCES", 200);
    let first = setting("PINGYI_SEED", 1);
    let started = std::time::Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for seed in first..first + count {
        if running.len() >= 16 {
            running.join_next().await.unwrap().unwrap();
        }
        running.spawn(async move { Sequence::begin(seed).await.run().await });
    }
    running.join_all().await;
    eprintln!("{count} sequences: {:?}", started.elapsed());
}
