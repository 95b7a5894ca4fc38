//! Calls to the database that fail, and processes that end in the middle of one.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use engine::{Fault, Observer};
use tokio::sync::Notify;

/// What will go wrong at which call from now on.
#[derive(Debug, Default)]
pub struct Weather {
    calls: AtomicI64,
    fault: Mutex<Option<(i64, i64, Fault)>>,
    crash: AtomicI64,
    pub crashed: Notify,
}

impl Weather {
    pub fn break_at(&self, call: i64, times: i64, fault: Fault) {
        *self.fault.lock().unwrap() = Some((call, call + times, fault));
        self.calls.store(0, Ordering::SeqCst);
    }

    pub fn crash_at(&self, call: i64) {
        self.calls.store(0, Ordering::SeqCst);
        self.crash.store(call, Ordering::SeqCst);
    }

    pub fn clear(&self) {
        *self.fault.lock().unwrap() = None;
        self.crash.store(0, Ordering::SeqCst);
    }
}

impl Observer for Weather {
    fn fault(&self, _: &str, _: &str) -> Option<Fault> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let crash = self.crash.load(Ordering::SeqCst);
        if crash > 0 && call >= crash {
            // The process is gone: nothing arrives any more.
            self.crashed.notify_one();
            return Some(Fault::ResetBefore);
        }
        match *self.fault.lock().unwrap() {
            Some((from, to, fault)) if (from..to).contains(&call) => Some(fault),
            _ => None,
        }
    }
}
