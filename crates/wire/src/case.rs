//! Cases: an outcome that asks for something (约谈, 诫勉谈话, 书面检查, 黄牌警告), until it is done.
//!
//! Owns their shapes and what is wrong with one by itself.

use document::{document, open_ended};

use crate::Field;
use crate::day::is_day;
use crate::finding::{is_key, is_text};
use crate::ledger::Struck;

/// Most characters of what is to be done, and of what was.
pub const LONGEST_TEXT: usize = 1000;

document! {
    /// `POST /api/plans/{id}/cases`.
    #[derive(Eq, Debug)]
    pub struct CaseRequest {
        /// 8 to 32 of `a-z`, `0-9`, `_`, drawn by whoever sends it: sent again with the same key it is one case. Without
        /// a key the same content is one case.
        pub key: Option<String>,
        /// The unit's id.
        pub unit: String,
        /// The outcome of the plan.
        pub outcome: String,
        /// The last day, such as `2019-01-31`.
        pub due: String,
        /// What is to be done: up to 1,000 characters.
        pub text: String = default,
    }
}

document! {
    /// A case as it is kept.
    #[derive(Eq, Debug)]
    pub struct Case {
        /// 1, 2, 3 … in its plan.
        pub number: u64,
        /// The unit's id.
        pub unit: String,
        /// The outcome of the plan.
        pub outcome: String,
        /// The last day.
        pub due: String,
        /// What is to be done.
        pub text: String,
        /// What was done; null while it is not.
        pub done: Option<CaseDone> = null,
        /// It is not done, and the last day is over by the server's clock.
        pub overdue: bool,
        /// The account that made it.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// Null while it stands.
        pub struck: Option<Struck> = null,
    }
    shape: open_ended;
}

document! {
    /// That a case is done.
    #[derive(Eq, Debug)]
    pub struct CaseDone {
        /// What was done.
        pub text: String,
        /// The account.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/cases`, by number.
    #[derive(Eq, Debug)]
    pub struct Cases {
        /// One page of cases.
        pub cases: Vec<Case>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// Answer to a case that was made.
    #[derive(Eq, Debug)]
    pub struct CaseKept {
        /// Its number.
        pub number: u64,
        /// It was there before.
        pub repeated: bool = omitted,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/cases/{number}/done`.
    #[derive(Eq, Debug)]
    pub struct CaseDoneRequest {
        /// What was done: 1 to 1,000 characters.
        pub text: String,
    }
}

document! {
    /// `GET /api/plans/{id}/cases/proposed`: outcomes of the result for which there is no case.
    #[derive(Eq, Debug)]
    pub struct ProposedCases {
        /// Unit by unit, as the result has them.
        pub proposed: Vec<ProposedCase>,
    }
    shape: open_ended;
}

document! {
    /// An outcome of a unit.
    #[derive(Eq, Debug)]
    pub struct ProposedCase {
        /// The unit's id.
        pub unit: String,
        /// The outcome of the plan.
        pub outcome: String,
    }
    shape: open_ended;
}

/// Everything that is wrong with a case by itself, with pointers into the request.
#[must_use]
pub fn check(case: &CaseRequest) -> Vec<Field> {
    let mut faults = Vec::new();
    let mut note = |wrong: bool, path: &str, code: &str| {
        if wrong {
            faults.push(Field { path: path.to_owned(), code: code.to_owned(), detail: None });
        }
    };
    note(case.key.as_deref().is_some_and(|key| !is_key(key)), "/key", "bad_id");
    note(!is_day(&case.due), "/due", "bad_day");
    note(!case.text.is_empty() && !is_text(&case.text, LONGEST_TEXT), "/text", "out_of_range");
    faults
}
