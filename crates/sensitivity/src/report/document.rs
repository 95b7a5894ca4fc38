//! The answers of a simulation in one document: what `pingyi simulate --json` prints.
//!
//! Owns the report's shape (docs/sensitivity.md, "The command"). Wording for people is [`crate::Report::text`]'s.

use std::collections::BTreeMap;

use serde::Serialize;

/// How much is sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Draws of weights.
    pub samples: u32,
    /// Seed of all draws.
    pub seed: u64,
    /// Draws of voters.
    pub resamples: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options { samples: 10_000, seed: 1, resamples: 1_000 }
    }
}

/// What would move each category's ranking, by category id.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Report(pub BTreeMap<String, CategoryReport>);

/// What would move one category's ranking.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CategoryReport {
    /// How far each component can move.
    pub intervals: Vec<IntervalReport>,
    /// The least change for each neighbour to overtake.
    pub overtake: Vec<OvertakeReport>,
    /// How likely each rank is when all weights are as likely.
    pub acceptability: AcceptabilityReport,
    /// The same without sampling: each unit's expected rank.
    pub expected_rank: BTreeMap<String, String>,
    /// What other voters might have given.
    pub resampling: ResamplingReport,
    /// What really decides, by component.
    pub importance: BTreeMap<String, ImportanceReport>,
}

/// How far a component's points can move, its siblings sharing what is left, before the ranking changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IntervalReport {
    /// The component; several ids with `+` where they can only move together.
    pub component: String,
    /// Its points today.
    pub points: String,
    /// The lower end.
    pub low: String,
    /// Does the ranking still stand at the lower end?
    pub low_inclusive: bool,
    /// The upper end.
    pub high: String,
    /// Does the ranking still stand at the upper end?
    pub high_inclusive: bool,
    /// Who changes places at the lower end, the one ahead today first; nobody at the end of the range.
    pub low_swap: Option<[String; 2]>,
    /// Who changes places at the upper end.
    pub high_swap: Option<[String; 2]>,
    /// Ranks of the two today and beyond the lower end.
    #[serde(skip)]
    pub low_ranks: Option<[[usize; 2]; 2]>,
    /// Ranks of the two today and beyond the upper end.
    #[serde(skip)]
    pub high_ranks: Option<[[usize; 2]; 2]>,
}

/// The least change that lets a unit overtake its neighbour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OvertakeReport {
    /// Who overtakes.
    pub behind: String,
    /// Whom.
    pub ahead: String,
    /// Points moved in all, Σ |change|; null where weights alone cannot do it.
    pub l1: Option<String>,
    /// The components' points where the two totals meet.
    pub points: Option<BTreeMap<String, String>>,
    /// The next points by steps of 0.5 at which the order really is reversed, confirmed by scoring.
    pub grid: Option<BTreeMap<String, String>>,
}

/// Rank acceptability.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AcceptabilityReport {
    /// How many weights were drawn.
    pub samples: u32,
    /// From which seed.
    pub seed: u64,
    /// The most that drawing leaves uncertain in a share.
    pub standard_error: String,
    /// For each unit, how likely each rank is, rank 1 first.
    pub ranks: BTreeMap<String, Vec<String>>,
}

/// What other voters might have given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ResamplingReport {
    /// How often the voters were drawn anew.
    pub resamples: u32,
    /// From which seed.
    pub seed: u64,
    /// Always `independent`: voters are taken as independent of each other.
    pub voters: &'static str,
    /// How often each unit keeps what it has.
    pub keeps: BTreeMap<String, KeepsReport>,
    /// What would save the last unit; null if no ballots would.
    pub fewest_ballots: Option<FewestBallotsReport>,
}

/// How often a unit keeps what it has, as shares of the resamples.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KeepsReport {
    /// Its rank.
    pub rank: String,
    /// Its grade; null where the plan has none.
    pub grade: Option<String>,
    /// All its outcomes, and no others.
    pub outcomes: String,
}

/// The fewest ballots whose change would save the last unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FewestBallotsReport {
    /// The last unit.
    pub unit: String,
    /// Who would be last in its stead.
    pub rival: String,
    /// How many ballots.
    pub ballots: u64,
    /// Of which groups.
    pub groups: BTreeMap<String, u64>,
}

/// What a component weighs and what it decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportanceReport {
    /// Its points.
    pub points: String,
    /// Its share of all points.
    pub nominal: String,
    /// Squared correlation of its scores with the totals; null where one of them does not vary.
    pub effective: Option<String>,
}
