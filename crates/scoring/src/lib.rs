//! Pingyi's one scoring formula: plan + records → result, in exact arithmetic.
//!
//! Owns everything between the documents and the result: reading, validity, scores, ranks, grades,
//! outcomes, the shortlist, scenarios, and the rules of a ballot. It has no I/O, no clock, no
//! randomness and no floats, and builds for the browser: preview, live ranking, published result,
//! simulation and verifier all call it.

pub mod json;

pub mod ballot;
mod consequences;
mod decimal;
mod deduction;
pub mod explain;
mod fill_up;
pub mod fraction;
mod grid;
mod index;
mod leaf_score;
#[cfg(feature = "names")]
pub mod names;
mod plan;
pub mod plan_document;
mod problem;
mod published;
mod ranking;
mod reading;
mod records;
pub mod records_document;
pub mod result_document;
pub mod scenario;
mod score;
mod slot;
mod standing;
mod survey_mean;
pub mod templates;
mod tie_rule;
mod validity;
mod whole;

pub use decimal::{Decimal, NotADecimal, Score};
pub use explain::explain;
pub use fill_up::fill_up;
pub use grid::Grid;
pub use index::{
    CategoryIndex, CriterionIndex, GradeIndex, GroupIndex, Index, IndexVec, LeafIndex, LevelIndex, NodeIndex,
    OptionIndex, OutcomeIndex, PeriodIndex, RuleIndex, ScaleIndex, TieIndex, UnitIndex,
};
pub use json::{plan_sha256, pointer as json_pointer};
pub use plan::{Leaf, Method, Node, Plan, Survey};
pub use plan_document::PlanDocument;
pub use problem::{Problem, ProblemCode};
pub use published::{Contradiction, ContradictionKind, contradictions};
pub use reading::MOST_COUNT;
pub use records::Records;
pub use records_document::RecordsDocument;
pub use result_document::ResultDocument;
pub use scenario::{ScenarioDocument, apply_scenario, scenario_from_json};
pub use score::{score, with_totals};
pub use slot::{Slot, node_points, slots};
pub use standing::{MissingPlace, Mode, Standing};
pub use tie_rule::{TieElement, tie_elements};
pub use validity::is_id;
