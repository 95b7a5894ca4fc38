//! What a test may see of the traffic between the SDK and the database, and what it may break.

use std::fmt;

/// Sees every request and its answer, and may inject a fault. Called on the threads that run the requests: it must
/// not block.
pub trait Observer: Send + Sync + fmt::Debug {
    /// Before the request runs: the operation's name (`PutItem`) and the request's JSON. `Some`: the fault happens.
    fn fault(&self, operation: &str, request: &str) -> Option<Fault>;

    /// After the engine has answered, whether or not the answer reaches the SDK.
    fn answered(&self, operation: &str, request: &str, status: u16, answer: &str) {
        let _ = (operation, request, status, answer);
    }
}

/// What may go wrong between the SDK and DynamoDB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// DynamoDB refuses for want of capacity. Nothing is written.
    Throttled,
    /// Another transaction has an item. Nothing is written.
    Conflict,
    /// DynamoDB answers 500. Nothing is written.
    Failed,
    /// The request is lost on its way: a time-out, and nothing is written.
    TimeoutBefore,
    /// The answer is lost on its way: a time-out, though everything is written.
    TimeoutAfter,
    /// The connection is reset before the request arrives. Nothing is written.
    ResetBefore,
    /// The connection is reset after the request ran. Everything is written.
    ResetAfter,
}

impl Fault {
    /// All faults, for tests that try each.
    pub const ALL: [Fault; 7] = [
        Fault::Throttled,
        Fault::Conflict,
        Fault::Failed,
        Fault::TimeoutBefore,
        Fault::TimeoutAfter,
        Fault::ResetBefore,
        Fault::ResetAfter,
    ];
}
