//! The threads that hash passwords.
//!
//! Owns: how many hash at once and the memory that each of them needs. Refuses to own: passwords and their hashes
//! (`password.rs`), and who comes first (`sign_in_line.rs`).
//!
//! # Memory
//!
//! A hash needs 19 MiB. Each thread takes them once and uses them for every hash; a thread without work ends after
//! some seconds, and its memory goes back to the system. Tokio's own threads for blocking work are many, and the
//! allocator keeps for each what it freed: after 600 sign-ins that was 3 GB.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use argon2::{Block, Params};
use tokio::sync::oneshot;

use crate::limits::{HASHING_IDLE, HASHING_THREADS};

/// A handle of the pool; clones are of one pool.
#[derive(Clone, Default)]
pub(crate) struct HashingPool(Arc<Shared>);

type Work = Box<dyn FnOnce(&mut [Block]) + Send>;

#[derive(Default)]
struct Shared {
    line: Mutex<Line>,
    arrived: Condvar,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Work>,
    threads: usize,
}

impl HashingPool {
    /// Does work that needs a hash's memory. `None`: it could not be done.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut [Block]) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.push(Box::new(move |memory| {
            // Whoever asked may have gone away meanwhile.
            if !answer.is_closed() {
                let _ = answer.send(work(memory));
            }
        }));
        answered.await.ok()
    }

    fn push(&self, work: Work) {
        let mut line = self.0.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.waiting.push_back(work);
        if line.threads < HASHING_THREADS {
            let shared = Arc::clone(&self.0);
            match thread::Builder::new().name("hashing".to_owned()).spawn(move || shared.work()) {
                Ok(_) => line.threads += 1,
                // Without any thread nobody would ever answer.
                Err(_) if line.threads == 0 => line.waiting.clear(),
                Err(_) => {}
            }
        }
        self.0.arrived.notify_one();
    }
}

impl Shared {
    /// The life of one thread.
    fn work(&self) {
        let mut memory = memory();
        while let Some(work) = self.next() {
            // A thread that ended here would be missing for good.
            let _ = catch_unwind(AssertUnwindSafe(|| work(&mut memory)));
        }
    }

    /// The next work; `None`, and one thread fewer, when none came for a while.
    fn next(&self) -> Option<Work> {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.arrived.wait_timeout_while(line, HASHING_IDLE, |line| line.waiting.is_empty());
        let (mut line, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let work = line.waiting.pop_front();
        if work.is_none() {
            line.threads -= 1;
        }
        work
    }
}

/// The memory of one hash. The C library gives a block of more than 32 MiB back to the system when it is freed, and
/// keeps smaller ones for later. What is reserved beyond a hash's need is never touched and takes no memory.
pub(crate) fn memory() -> Vec<Block> {
    let mut blocks = Vec::with_capacity(33 * 1024);
    blocks.resize(Params::DEFAULT.block_count(), Block::default());
    blocks
}
