//! The rules of `docs/plan.md` and `docs/arithmetic.md` written a second time, in exact fractions, plain and
//! slow, and compared with the crate on random plans, records and scenarios.
//!
//! `cargo test -p scoring --test oracle` compares some thousand cases;
//! `SCORING_CASES=100000 cargo test -p scoring --test oracle` so many, and
//! `SCORING_SEED=n` begins elsewhere.
#![allow(clippy::unwrap_used)]

mod arbitrary_documents;
mod canonical_json;
mod comparison;
mod component_generator;
mod dice;
mod document;
mod exact;
mod grades;
mod leaf_scores;
mod method_rules;
mod moments;
mod mutation;
mod outcomes;
mod plan_generator;
mod plan_rules;
mod plan_sums;
mod properties;
mod quota_generator;
mod ranking;
mod records_generator;
mod records_rules;
mod result;
mod scenario;
mod scenario_generator;
mod shape;
mod shrink;
mod totals;
mod under_test;
mod worked_by_hand;
