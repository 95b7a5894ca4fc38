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
    /// How far the batch is.
    pub state: PaperTallyState,
}

/// How far a batch of paper ballots is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaperTallyState {
    /// One person has entered it.
    EnteredOnce,
    /// Two people agree: it counts.
    Agreed,
    /// Two people disagree: it does not count until one of them enters it again.
    Differs,
}

/// `GET /api/plans/{id}/paper-tallies`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperTallies {
    /// Every batch.
    pub batches: Vec<PaperTallyBatch>,
}

/// One batch with what each person entered.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperTallyBatch {
    /// The batch's id.
    pub id: String,
    /// How far it is.
    pub state: PaperTallyState,
    /// One or two entries. While the second is still to come its enterer does not see the first.
    pub entries: Vec<PaperTallyEntry>,
}

/// What one person entered.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperTallyEntry {
    /// The account.
    pub by: String,
    /// The batch as that person counted it.
    pub tally: PaperTallyRequest,
}
