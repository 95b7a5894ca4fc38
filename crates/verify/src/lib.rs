//! Does a publication hold? Everything that follows from what it shows, recomputed from the document alone, by the one
//! formula: on a command line, or in a browser.
//!
//! Owns the order of the checks and what is said of each ([`Report`]). Refuses to own files, the network, and the formula.
//!
//! A document that cannot be read as a publication at all is refused with the places that are wrong; one that can be is
//! told what does not hold, what holds, and what could not be checked and why.

#![warn(missing_docs)]

mod books;
mod report;
mod scores;
mod settled;
mod tokens;

use document::Problem;
pub use document::Value;
use scoring::{Plan, ResultDocument, plan_sha256};
use text::verify as words;
pub use wire::spent_token::SpentToken;

pub use report::{Line, Report};
pub use tokens::read_tokens;

/// Bytes of a publication that are read: the largest records that one shows are 64 million, and plan and result beside
/// them have some.
pub const MOST_BYTES: usize = 72_000_000;

/// How many steps a check has.
pub const STEPS: usize = 5;

/// Members of a publication (`GET /api/public/{id}`).
const MEMBERS: [&str; 24] = [
    "plan",
    "plan_sha256",
    "result",
    "shortlist",
    "receipts",
    "announced",
    "publicity",
    "edition",
    "editions",
    "correction",
    "blind_keys",
    "pinned_keys",
    "tokens",
    "spent_tokens",
    "tokens_at",
    "audit",
    "reconciliation",
    "open_groups",
    "records",
    "withheld",
    "records_at",
    "records_sha256",
    "fingerprints",
    "publication_sha256",
];

/// Reads a text as strict JSON.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &[u8]) -> Result<Value, Line> {
    if text.len() > MOST_BYTES {
        return Err(Line::with("", words::TOO_LARGE, format!("{} > {MOST_BYTES}", text.len())));
    }
    Value::parse(text).map_err(|malformed| Line::with("", words::NOT_JSON, format!("malformed_json {malformed}")))
}

/// A publication whose plan and result can be read.
pub struct Publication<'v> {
    pub(crate) value: &'v Value,
    /// The plan that was published.
    pub plan: Plan,
    /// The result that was published.
    pub result: ResultDocument,
    /// Spent tokens that stand at another address.
    pub(crate) elsewhere: Vec<SpentToken>,
}

impl<'v> Publication<'v> {
    /// Takes a publication apart.
    ///
    /// # Errors
    /// Everything that keeps it from being one.
    pub fn new(value: &'v Value) -> Result<Publication<'v>, Vec<Line>> {
        let member = |key: &str| {
            let missing = || vec![Line::with(format!("/{key}"), words::MISSING, "missing_field")];
            value.get(key).filter(|value| !matches!(value, Value::Null)).ok_or_else(missing)
        };
        let below = |path: &str, problems: &[Problem]| -> Vec<Line> {
            problems.iter().map(|problem| Line::problem(path, problem)).collect()
        };
        member("plan_sha256")?;
        let plan = Plan::from_json(member("plan")?).map_err(|problems| below("/plan", &problems))?;
        let result = ResultDocument::read(member("result")?).map_err(|problems| below("/result", &problems))?;
        Ok(Publication { value, plan, result, elsewhere: Vec::new() })
    }

    /// With the spent tokens that did not fit into it.
    #[must_use]
    pub fn with_tokens(self, elsewhere: Vec<SpentToken>) -> Publication<'v> {
        Publication { elsewhere, ..self }
    }

    /// Checks everything.
    #[must_use]
    pub fn verify(&self) -> Report {
        let mut report = Report::default();
        for step in 0..STEPS {
            self.step(step, &mut report);
        }
        report
    }

    /// Does one of [`STEPS`] steps, so that a page can draw in between, and answers how much is done then, in per cent.
    pub fn step(&self, step: usize, report: &mut Report) -> u8 {
        let (work, done): (fn(&Self, &mut Report), u8) = match step {
            0 => (Self::members, 10),
            1 => (Self::settled, 40),
            2 => (Self::scores, 70),
            3 => (Self::books, 75),
            _ => (Self::blind, 100),
        };
        work(self, report);
        done
    }

    /// What blind groups voted under and with.
    fn blind(&self, report: &mut Report) {
        self.keys(report);
        self.tokens(report);
    }

    /// The plan's hash, and that nothing hides beside what is checked.
    fn members(&self, report: &mut Report) {
        let Value::Object(members) = self.value else { return };
        let unknown = members.iter().filter(|(key, _)| !MEMBERS.contains(&key.as_str()));
        report
            .faults
            .extend(unknown.map(|(key, _)| Line::with(document::pointer("", key), words::UNKNOWN, "unknown_field")));
        let hash = self.member("plan").map(plan_sha256).unwrap_or_default();
        if self.member("plan_sha256").and_then(Value::as_str) == Some(&hash) {
            report.checked.push(Line::with("/plan_sha256", words::PLAN_HASH_HOLDS, hash));
        } else {
            report.faults.push(Line::with("/plan_sha256", words::PLAN_HASH_DIFFERS, hash));
        }
    }

    /// A member that is there and not null.
    pub(crate) fn member(&self, key: &str) -> Option<&'v Value> {
        self.value.get(key).filter(|value| !matches!(value, Value::Null))
    }

    /// A member as the document that it is; `None` where it is not there, or, told, is none.
    pub(crate) fn document<T: document::Read>(&self, key: &str, report: &mut Report) -> Option<T> {
        let mut problems = Vec::new();
        let read = T::read(&self.member(key)?.tree(), &document::Path::Root, &mut problems);
        report.faults.extend(problems.iter().map(|problem| Line::problem(&format!("/{key}"), problem)));
        read.filter(|_| problems.is_empty())
    }

    /// The same of what has no fingerprint of its own: nothing may stand in it that it is not read from.
    pub(crate) fn strict<T: document::Read + serde::Serialize>(&self, key: &str, report: &mut Report) -> Option<T> {
        let read = self.document::<T>(key, report)?;
        if self.member(key).map(Value::sha256) != Some(Value::of(&read).sha256()) {
            report.faults.push(Line::with(format!("/{key}"), words::UNKNOWN, "unknown_field"));
        }
        Some(read)
    }
}
