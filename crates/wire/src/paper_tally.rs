//! Paper ballots counted by hand: entered twice by different people, counted when both agree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `POST /api/plans/{id}/paper-tallies`: one batch of paper ballots as one person counted it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperTallyRequest {
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The component's id.
    pub component: String,
    /// Ballots collected.
    pub collected: u64,
    /// Ballots among them that are void.
    pub void: u64,
    /// For each unit, and criterion where there are criteria: the marks.
    pub counts: Vec<PaperCounts>,
    /// Where the ballots came from.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// The marks of one unit on one criterion; counts and blank add up to `collected` − `void`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperCounts {
    /// The unit's id.
    pub unit: String,
    /// The criterion's id, null where there are none.
    #[serde(default)]
    pub criterion: Option<String>,
    /// Marks of each option.
    pub counts: BTreeMap<String, u64>,
    /// Ballots that leave it blank.
    #[serde(default)]
    pub blank: u64,
}

/// Answer to [`PaperTallyRequest`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperTallyKept {
    /// The batch's id; first and second entry share it.
    pub id: String,
    /// Whether two people agree on it by now, so that it counts.
    pub counted: bool,
}

/// `GET /api/plans/{id}/paper-tallies`, `?cursor=` for the next page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperTallies {
    /// One page of batches.
    pub batches: Vec<PaperTallyBatch>,
    /// Pass it as `?cursor=` for the next page; null at the end.
    pub next: Option<String>,
}

/// One batch of paper ballots. A second entry that differs from the first is a batch of its own
/// that waits as well, so two waiting batches of one place show where two people disagree; the
/// wrong one is struck out.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperTallyBatch {
    /// The batch's id.
    pub id: String,
    /// The period's id.
    pub period: String,
    /// The group's id.
    pub group: String,
    /// The component's id.
    pub component: String,
    /// The account of the first entry.
    pub first_by: String,
    /// The account of the second; null while it waits.
    pub second_by: Option<String>,
    /// What was entered. Null while the batch waits for a second person, for all but the first, so
    /// that the second counts the paper and does not copy the screen; there for all once two people
    /// wait at the same place with different counts.
    pub tally: Option<PaperTallyRequest>,
    /// Null while it counts or waits.
    pub struck: Option<crate::ledger::Struck>,
}
