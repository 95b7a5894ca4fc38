//! A ballot on its way: what was sent, and what a try without an answer leaves to ask after.

use wire::ballot::BallotRequest;

use crate::{draft::Draft, filling::Filling};

/// A ballot on its way.
#[derive(Clone)]
pub struct Errand {
    pub request: BallotRequest,
    /// The code that its draft is kept under.
    pub code: String,
    pub plan_sha256: String,
    /// The ballot as it can still be changed; none where it was sent before a reload.
    pub filling: Option<Filling>,
    /// Ids of tries before this one that were never answered.
    pub earlier: Vec<String>,
    /// It asks after one of them: the ballot that is in the box has not the marks of the last try.
    pub asks_for_first: bool,
}

impl Errand {
    /// Asks after the latest try that was sent and never answered, if there is one.
    pub fn after(plan: &str, code: &str, draft: &Draft) -> Option<Errand> {
        let mut request = draft.request(plan, code, draft.sent.clone().unwrap_or_default());
        let mut tries = draft.tries().into_iter();
        request.ballot_id = tries.next()?;
        let mut earlier: Vec<String> = tries.collect();
        earlier.reverse();
        Some(Errand {
            request,
            code: code.to_owned(),
            plan_sha256: draft.plan_sha256.clone(),
            filling: None,
            earlier,
            asks_for_first: draft.sent.is_none(),
        })
    }

    /// Asks after the try before.
    pub fn before(&self) -> Errand {
        let mut errand = Errand { asks_for_first: true, ..self.clone() };
        if let Some(id) = errand.earlier.pop() {
            errand.request.ballot_id = id;
        }
        errand
    }
}
