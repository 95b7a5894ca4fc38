//! Every leaf score, the adjustments, and the sums over periods (docs/arithmetic.md, "Totals" and "Missing data").
//! Knows no ranks.

use crate::document::{Leaf, amount, by_id, combined, given, leaves, list, text};
use crate::exact::{Fraction, round, sum, zero};
use crate::leaf_scores::{LeafScore, leaf_score};
use serde_json::Value;
use std::collections::BTreeMap;

pub struct Totals<'a> {
    pub plan: &'a Value,
    pub records: &'a Value,
    pub leaves: Vec<Leaf<'a>>,
    /// By period, leaf and unit (positions in the plan), where the leaf's
    /// traits fit the unit; also for stage 2, whoever is shortlisted.
    scores: BTreeMap<(usize, usize, usize), LeafScore>,
    /// By period and unit: bonus and deduction after all caps.
    adjustments: BTreeMap<(usize, usize), (Fraction, Fraction)>,
    /// Positions of the periods that `combine` takes.
    counted: Vec<usize>,
}

impl<'a> Totals<'a> {
    pub fn new(plan: &'a Value, records: &'a Value, provisional: bool) -> Totals<'a> {
        let leaves = leaves(plan);
        let mut scores = BTreeMap::new();
        let mut adjustments = BTreeMap::new();
        for (p, period) in list(plan, "periods").iter().enumerate() {
            for (u, unit) in list(plan, "units").iter().enumerate() {
                let (period, id) = (text(period, "id"), text(unit, "id"));
                for (l, leaf) in leaves.iter().enumerate() {
                    if leaf.applies(unit) {
                        scores.insert((p, l, u), leaf_score(plan, records, leaf, period, id));
                    }
                }
                adjustments.insert((p, u), adjusted(plan, records, period, id));
            }
        }
        let all: Vec<usize> = (0..list(plan, "periods").len()).collect();
        let mut counted = all.clone();
        if provisional {
            counted.retain(|&p| has_records(records, text(&list(plan, "periods")[p], "id")));
            if counted.is_empty() {
                counted = all;
            }
        }
        Totals { plan, records, leaves, scores, adjustments, counted }
    }

    /// The leaf's score, if it applies to the unit and is of a stage that counts.
    pub fn leaf(&self, period: usize, leaf: usize, unit: usize, stage_two: bool) -> Option<&LeafScore> {
        if self.leaves[leaf].stage == 2 && !stage_two {
            return None;
        }
        self.scores.get(&(period, leaf, unit))
    }

    pub fn adjustments(&self, period: usize, unit: usize) -> &(Fraction, Fraction) {
        &self.adjustments[&(period, unit)]
    }

    pub fn period_total(&self, period: usize, unit: usize, stage_two: bool) -> Fraction {
        let (bonus, deduction) = self.adjustments(period, unit);
        self.node_score(period, None, unit, stage_two) + bonus - deduction
    }

    /// Sum of the leaves below the node with this id, or of all leaves.
    fn node_score(&self, period: usize, node: Option<&str>, unit: usize, stage_two: bool) -> Fraction {
        sum((0..self.leaves.len())
            .filter(|&l| node.is_none_or(|id| self.leaves[l].line.contains(&id)))
            .filter_map(|l| self.leaf(period, l, unit, stage_two))
            .map(|leaf| leaf.score.clone()))
    }

    pub fn total(&self, unit: usize, stage_two: bool) -> Fraction {
        self.over_periods(|p| self.period_total(p, unit, stage_two))
    }

    fn over_periods(&self, value: impl Fn(usize) -> Fraction) -> Fraction {
        let values: Vec<Fraction> = self.counted.iter().map(|&p| value(p)).collect();
        round(&combined(text(self.plan, "combine"), &values), 6)
    }

    /// What an element of `tie_break` says of a unit; more is better.
    pub fn tie_key(&self, element: &Value, unit: usize, stage_two: bool) -> Fraction {
        if let Some(node) = element.as_str() {
            return self.over_periods(|p| self.node_score(p, Some(node), unit, stage_two));
        }
        let (option, component) = (text(element, "option"), text(element, "component"));
        let leaf = self.leaves.iter().find(|leaf| leaf.id == component).expect("the plan names this leaf");
        let unit = &list(self.plan, "units")[unit];
        if !leaf.applies(unit) || (leaf.stage == 2 && !stage_two) {
            return zero();
        }
        let (mut chosen, mut all) = (zero(), zero());
        for tally in list(self.records, "tallies") {
            if tally["component"] == component && tally["unit"] == unit["id"] {
                for (name, count) in tally["counts"].as_object().expect("counts are an object") {
                    let count = crate::exact::whole(count.as_i64().expect("a count is a number"));
                    all += &count;
                    if name == option {
                        chosen += count;
                    }
                }
            }
        }
        if all == zero() { zero() } else { chosen / all }
    }
}

fn has_records(records: &Value, period: &str) -> bool {
    ["tallies", "entries", "incidents", "links", "adjustments", "decisions"]
        .iter()
        .any(|kind| list(records, kind).iter().any(|record| record["period"] == period))
}

fn adjusted(plan: &Value, records: &Value, period: &str, unit: &str) -> (Fraction, Fraction) {
    let mut bonus = zero();
    let mut deduction = zero();
    for rule in list(plan, "adjustments") {
        let mut points = sum(list(records, "adjustments")
            .iter()
            .filter(|a| a["period"] == period && a["unit"] == unit && a["rule"] == rule["id"])
            .map(|a| match given(a, "level") {
                Some(_) => amount(by_id(list(rule, "levels"), text(a, "level")), "points"),
                None => amount(a, "points"),
            }));
        if given(rule, "cap").is_some() {
            points = points.min(amount(rule, "cap"));
        }
        if rule["sign"] == "bonus" {
            bonus += points;
        } else {
            deduction += points;
        }
    }
    if let Some(cap) = given(plan, "adjustment_cap") {
        if given(cap, "bonus").is_some() {
            bonus = bonus.min(amount(cap, "bonus"));
        }
        if given(cap, "deduction").is_some() {
            deduction = deduction.min(amount(cap, "deduction"));
        }
    }
    (bonus, deduction)
}
