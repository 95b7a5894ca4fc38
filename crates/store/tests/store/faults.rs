//! Whatever goes wrong between the SDK and the database, at whichever call: no ballot is lost, none counts twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use engine::{Fault, Observer};
use store::{RecordKind, State, StoreError};

use crate::base::Base;
use crate::house::{House, OFFICE, PLANNER, all, json, record};
use crate::taken_links;

/// Lets some calls pass, then breaks some in a row. The SDK tries four times, so five in a row get past it.
#[derive(Debug)]
struct Breaker {
    fault: Fault,
    passes: AtomicI64,
    breaks: AtomicI64,
}

impl Breaker {
    fn new(fault: Fault) -> Arc<Breaker> {
        Arc::new(Breaker { fault, passes: AtomicI64::new(i64::MAX), breaks: AtomicI64::new(0) })
    }

    fn set(&self, passes: i64, breaks: i64) {
        self.breaks.store(breaks, Ordering::SeqCst);
        self.passes.store(passes, Ordering::SeqCst);
    }

    /// Whether it has begun to break; then off it goes.
    fn off(&self) -> bool {
        self.passes.swap(i64::MAX, Ordering::SeqCst) < 0
    }
}

impl Observer for Breaker {
    fn fault(&self, _: &str, _: &str) -> Option<Fault> {
        if self.passes.fetch_sub(1, Ordering::SeqCst) > 0 {
            return None;
        }
        (self.breaks.fetch_sub(1, Ordering::SeqCst) > 0).then_some(self.fault)
    }
}

async fn each_fault<F: Future<Output = ()> + Send + 'static>(run: impl Fn(Fault, i64) -> F) {
    let mut runs = tokio::task::JoinSet::new();
    let embedded = Base::new().is_embedded();
    // What never reaches the server says nothing about it.
    let reaches = |fault: &Fault| embedded || matches!(fault, Fault::TimeoutAfter | Fault::ResetAfter);
    for fault in Fault::ALL.into_iter().filter(reaches) {
        for breaks in [1, 5] {
            runs.spawn(run(fault, breaks));
        }
    }
    runs.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn casting_stores_each_acknowledged_ballot_once() {
    each_fault(|fault, breaks| async move {
        let breaker = Breaker::new(fault);
        let house = House::observed(breaker.clone()).await;
        let (plan, staff, _) = house.open(12).await;
        let mut cast = 0;
        for (call, code) in staff.iter().enumerate() {
            let ballot = house.ballot_id();
            breaker.set(call as i64, breaks);
            let answer = house.cast(&plan, code, &ballot, &all("good")).await;
            let broke = breaker.off();
            if let Err(error) = &answer {
                assert_eq!(*error, StoreError::Unavailable, "{fault:?} at call {call}");
            }
            // The voter's browser sends it again until it has a receipt.
            let again = house.cast(&plan, code, &ballot, &all("good")).await.unwrap();
            if let Ok(first) = answer {
                assert!(again.repeated);
                assert_eq!(again.receipt, first.receipt);
            }
            cast += 1;
            if !broke {
                break;
            }
        }
        assert!(cast > 4, "a cast makes at least four calls");
        let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
        assert!(!head.count_mismatch, "{fault:?}");
        assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, cast, "{fault:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_closing_that_breaks_anywhere_is_resumed_and_counts_the_same() {
    each_fault(|fault, breaks| async move {
        let breaker = Breaker::new(fault);
        let house = House::observed(breaker.clone()).await;
        // One plan for each place to break, some calls apart; other places for other faults.
        let first = Fault::ALL.iter().position(|one| *one == fault).unwrap() as i64 * 4 + breaks;
        for call in (first..).step_by(31) {
            let (plan, staff, _) = house.open(3).await;
            for code in &staff {
                house.cast(&plan, code, &house.ballot_id(), &all("fair")).await.unwrap();
            }
            breaker.set(call, breaks);
            let answer = house.store.close_plan(PLANNER, &plan).await;
            let broke = breaker.off();
            if let Err(error) = answer {
                assert_eq!(error, StoreError::Unavailable, "{fault:?} at call {call}");
            }
            let head = house.store.close_plan(PLANNER, &plan).await.unwrap();
            assert_eq!((head.state, head.count_mismatch), (State::Closed, false), "{fault:?} at call {call}");
            assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 3);
            house.store.verify_audit(&plan).await.unwrap();
            if !broke {
                break;
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_record_and_its_audit_event_are_written_together_or_not_at_all() {
    each_fault(|fault, breaks| async move {
        let breaker = Breaker::new(fault);
        let house = House::observed(breaker.clone()).await;
        let (plan, _, _) = house.open(5).await;
        let body = json(r#"{"period":"h1","rule":"praised","unit":"water","points":"1"}"#);
        let mut acknowledged = 0;
        for call in 0..8 {
            breaker.set(call, breaks);
            let answer = house.store.put_record(OFFICE, &plan, &record(RecordKind::Adjustment, &body), None).await;
            breaker.off();
            match answer {
                Ok(_) => acknowledged += 1,
                Err(error) => assert!(matches!(error, StoreError::Unavailable | StoreError::Contended), "{error}"),
            }
        }
        let kept = house.store.list_records(&plan, RecordKind::Adjustment, 100, None).await.unwrap().items.len();
        let events = house.store.audit(&plan, 100, None).await.unwrap().items;
        assert_eq!(events.iter().filter(|event| event.action == "record_put").count(), kept, "{fault:?}");
        assert!(kept >= acknowledged, "{fault:?}");
        house.store.verify_audit(&plan).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn issuing_codes_that_broke_off_is_completed_by_repeating_it() {
    each_fault(|fault, breaks| async move {
        let breaker = Breaker::new(fault);
        let house = House::observed(breaker.clone()).await;
        let plan = house.draft().await;
        let hashes: Vec<_> = (0..150).map(|_| house.hash()).collect();
        let codes = store::NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
        for call in (0..).step_by(3) {
            breaker.set(call, breaks);
            let _ = house.store.add_codes(PLANNER, &plan, codes).await;
            if !breaker.off() {
                break;
            }
        }
        assert_eq!(house.added(&plan, codes).await, 150);
        assert_eq!(house.store.turnout(&plan).await.unwrap()[0].issued, 150);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn voiding_that_broke_off_is_completed_by_repeating_it() {
    each_fault(|fault, breaks| async move {
        let breaker = Breaker::new(fault);
        let house = House::observed(breaker.clone()).await;
        let plan = house.draft().await;
        let hashes: Vec<_> = (0..60).map(|_| house.hash()).collect();
        let codes = store::NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
        let batch = house.store.add_codes(PLANNER, &plan, codes).await.unwrap().batch;
        let voiding = store::Voiding::Batch(&batch);
        for call in (0..).step_by(3) {
            breaker.set(call, breaks);
            let _ = house.store.void_codes(PLANNER, &plan, voiding, "印错", &[]).await;
            if !breaker.off() {
                break;
            }
        }
        let done = house.store.void_codes(PLANNER, &plan, voiding, "印错", &[]).await;
        assert_eq!(done, Ok(store::VoidedCodes { voided: 60, used: 0 }));
        assert_eq!(house.store.turnout(&plan).await.unwrap()[0].issued, 0);
        house.store.verify_audit(&plan).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_taking_that_broke_off_is_completed_by_sending_it_again_and_tells_each_unit_once() {
    each_fault(|fault, breaks| async move {
        let breaker = Breaker::new(fault);
        let house = House::observed(breaker.clone()).await;
        let links: Vec<store::NewLink> = (0..100).map(|n| taken_links::link(n, "80")).collect();
        // Two transactions, and what is read before each of them.
        for call in 0..9 {
            let plan = taken_links::open(&house, 100).await;
            let take =
                async || house.store.take_links(OFFICE, &plan, taken_links::PLACE, &links, &taken_links::from()).await;
            breaker.set(call, breaks);
            let first = take().await;
            breaker.off();
            if let Err(error) = first {
                assert_eq!(error, StoreError::Unavailable, "{fault:?} at call {call}");
            }
            take().await.unwrap();
            assert_eq!(house.store.kept_links(&plan).await.unwrap().len(), 100, "{fault:?} at call {call}");
            let told = taken_links::events(&house, &plan).await;
            let units = |detail: &scoring::json::Value| match detail.get("taken") {
                Some(scoring::json::Value::List(taken)) => taken.len(),
                _ => 0,
            };
            assert_eq!(told.iter().map(units).sum::<usize>(), 100, "{fault:?} at call {call}");
            house.store.verify_audit(&plan).await.unwrap();
        }
    })
    .await;
}
