//! Pingyi's one scoring formula: plan + records → result, in exact arithmetic.
//!
//! Owns everything between the documents and the result: reading, validity, scores, ranks, grades,
//! outcomes, the shortlist, scenarios, and the rules of a ballot. It has no I/O, no clock, no
//! randomness and no floats, and builds for the browser: preview, live ranking, published result,
//! simulation and verifier all call it.
//!
//! ```
//! use scoring::json::Value;
//! use scoring::{Mode, Plan, Records, score, templates};
//!
//! let template = templates::find("yuanba").unwrap();
//! let plan = Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
//! let tally = br#"{ "format": 1, "tallies": [{ "period": "year", "component": "public", "unit": "forestry",
//!     "group": "panel", "counts": { "good": 20, "fair": 6, "poor": 4 } }] }"#;
//! let records = Records::from_json(&plan, &Value::parse(tally).unwrap()).unwrap();
//!
//! // (20 × 90 + 6 × 70 + 4 × 50) ÷ 30 = 2420/30 of 100, for 40 points.
//! let standing = score(&plan, &records, Mode::Provisional).unwrap();
//! let forestry = plan.unit_place("forestry").unwrap();
//! assert_eq!(standing.total(forestry).to_string(), "32.266667");
//! assert_eq!(standing.rank(forestry), 1);
//! // The other unit has no marks at all, and the other surveys have none.
//! assert!(!standing.missing().is_empty() && score(&plan, &records, Mode::Final).is_err());
//! ```

#![warn(missing_docs)]

pub mod ballot;
pub mod component_means;
mod consequences;
pub mod counterpart;
mod decimal;
mod deduction;
pub mod disclosure;
pub mod explain;
mod explanation;
mod fill_up;
pub mod fraction;
mod grid;
mod ids;
mod index;
mod leaf_score;
#[cfg(feature = "names")]
pub mod look_alike;
mod moment;
pub mod names;
pub mod next_year;
pub mod opening;
mod paper_tally;
mod plan;
pub mod plan_document;
mod plan_lookup;
mod published;
mod quota;
mod ranking;
mod record;
mod records;
pub mod records_document;
mod records_validity;
pub mod result_document;
pub mod round;
pub mod scenario;
mod score;
#[cfg(feature = "names")]
pub mod similar_names;
mod slot;
mod sorted;
mod standing;
mod survey_mean;
pub mod templates;
mod tie_rule;
mod validity;
mod whole;
mod withheld;

pub use decimal::{Decimal, NotADecimal, Score};
pub use document::{Figure, MOST_COUNT, Problem, ProblemCode, pointer as json_pointer};
pub use explain::explain;
pub use fill_up::fill_up;
pub use grid::Grid;
pub use index::{
    CategoryIndex, CriterionIndex, GradeIndex, GroupIndex, Index, IndexVec, LeafIndex, LevelIndex, NodeIndex,
    OptionIndex, OutcomeIndex, PeriodIndex, RuleIndex, ScaleIndex, TieIndex, UnitIndex,
};
pub use moment::Moment;
pub use paper_tally::{PaperCounts, PaperTally};
pub use plan::{Criterion, Leaf, Method, Node, Plan, Survey};
pub use plan_document::PlanDocument;
pub use published::{Contradiction, ContradictionKind, contradictions};
pub use quota::Limit;
pub use record::{History, Record, RecordKind, Second};
pub use records::Records;
pub use records_document::RecordsDocument;
pub use result_document::ResultDocument;
pub use round::{Hour, Round};
pub use scenario::{ScenarioDocument, apply_scenario, scenario_from_json};
pub use score::{NoShortlist, score, score_shown, shortlisted, with_totals};
pub use slot::{Slot, node_points, slots};
pub use sorted::sorted_by_key;
pub use standing::{MissingPlace, Mode, Standing};
pub use tie_rule::{TieElement, tie_elements};
pub use validity::is_id;
pub use withheld::{ShownRecords, WithheldRecord};

/// The strict JSON tree.
pub mod json {
    pub use document::json::{MalformedJson, Value};
    pub use document::pointer;
}

/// The hash a plan is frozen under: SHA-256 of its canonical form, in lower-case hex.
#[must_use]
pub fn plan_sha256(plan: &json::Value) -> String {
    plan.sha256()
}
