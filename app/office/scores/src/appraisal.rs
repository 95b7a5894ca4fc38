//! A plan and its records as the office's pages score them: fetched, checked, compiled once.
//!
//! Owns the two requests and what they become. Refuses to own any formula: `scoring` does that.

use std::sync::Arc;

use frame::server::Refusal;
use office_frame::{
    asking,
    moment::{moment, now},
};
use scoring::{Mode, Plan, Records, RecordsDocument, Standing, score};
use wire::{
    plan::{PlanAnswer, PlanState},
    result::FrozenLists,
};

/// A valid plan, its records, and what they give.
#[derive(Clone)]
pub struct Appraisal {
    /// The plan's id.
    pub id: String,
    /// Where it stands.
    pub state: PlanState,
    /// Its hash.
    pub sha256: String,
    pub plan: Arc<Plan>,
    /// The one period that is scored, by its id; none are all of them.
    pub period: Option<String>,
    /// The shortlist, once it is frozen.
    pub lists: Option<FrozenLists>,
    pub records: Arc<Records>,
    /// The document that they are from.
    pub document: Arc<RecordsDocument>,
    /// What they give: final where nothing is missing after closing, else provisional.
    pub standing: Arc<Standing>,
    /// When the records were read, by this device's clock.
    pub read_at: String,
}

impl Appraisal {
    /// The same for one period alone; all periods where there is none of this id. What may be shown of it is said by the
    /// mode that it has.
    #[must_use]
    pub fn alone(self, period: &str) -> Appraisal {
        let Some(place) = self.plan.period_place(period) else { return self };
        let plan = self.plan.alone(place);
        let last = if self.state >= PlanState::Closed { score(&plan, &self.records, Mode::Final).ok() } else { None };
        match last.or_else(|| score(&plan, &self.records, Mode::Provisional).ok()) {
            Some(standing) => {
                let period = Some(period.to_owned());
                Appraisal { plan: Arc::new(plan), period, standing: Arc::new(standing), ..self }
            }
            None => self,
        }
    }
}

// Two readings are never the same: each has its own time.
impl PartialEq for Appraisal {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.standing, &other.standing)
    }
}

/// Why there is nothing to score.
#[derive(Clone, PartialEq, Debug)]
pub enum NoAppraisal {
    /// The server's refusal.
    Refused(Refusal),
    /// A draft that is not valid yet.
    Unfinished,
}

impl From<Refusal> for NoAppraisal {
    fn from(refusal: Refusal) -> Self {
        NoAppraisal::Refused(refusal)
    }
}

/// Reads a plan and its records.
///
/// # Errors
/// What the server said, or that the draft is not valid yet.
pub async fn read(id: &str) -> Result<Appraisal, NoAppraisal> {
    let PlanAnswer { state, plan, plan_sha256: sha256, shortlist, .. } =
        asking::get::<PlanAnswer>(&format!("/api/plans/{id}")).await?.body;
    let plan = Arc::new(Plan::from_json(&plan).map_err(|_| NoAppraisal::Unfinished)?);
    let document = asking::get::<RecordsDocument>(&format!("/api/plans/{id}/records")).await?.body;
    let mut records = Records::new(&plan, &document).map_err(|_| Refusal::Unreadable)?;
    if let Some(lists) = &shortlist {
        records = records.with_lists_by_id(&plan, &lists.top, &lists.bottom);
    }
    let closed = state >= PlanState::Closed;
    let last = if closed { score(&plan, &records, Mode::Final).ok() } else { None };
    let standing = match last {
        Some(standing) => standing,
        // Provisional scoring refuses nothing.
        None => score(&plan, &records, Mode::Provisional).map_err(|_| Refusal::Unreadable)?,
    };
    Ok(Appraisal {
        id: id.to_owned(),
        state,
        sha256,
        plan,
        period: None,
        lists: shortlist,
        records: Arc::new(records),
        document: Arc::new(document),
        standing: Arc::new(standing),
        read_at: moment(now()),
    })
}
