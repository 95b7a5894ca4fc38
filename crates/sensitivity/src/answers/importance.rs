//! Which component really decides (Q8).
//!
//! Owns the effective importance of a component: the squared correlation of its scores with the totals
//! over the units of a category. A component in which all units stand close together decides little,
//! whatever its points.

use document::document;
use scoring::fraction::Fraction;
use scoring::{CategoryIndex, Decimal, NodeIndex, Score, node_points};

use crate::near::near;
use crate::simulation::Simulation;

document! {
    /// What a component weighs and what it decides.
    #[derive(Debug)]
    pub struct Importance {
        /// The node, by its place in the plan.
        pub node: NodeIndex,
        /// Its points.
        pub points: Decimal,
        /// Its share of all points.
        pub nominal: f64,
        /// Squared correlation of its scores with the totals; nothing where one of them does not vary.
        pub effective: Option<f64>,
    }
}

/// What each node weighs and decides in a category, in plan order.
#[must_use]
pub fn importance(simulation: &Simulation, category: CategoryIndex) -> Vec<Importance> {
    let (plan, standing) = (&simulation.plan, &simulation.standing);
    let units = plan.units_of(category);
    let small = |score: Score| i64::try_from(score.millionths()).unwrap_or(i64::MAX);
    let totals: Vec<i64> = units.iter().map(|&unit| small(standing.total(unit))).collect();
    let all = plan.total();
    let of_node = |node: NodeIndex| {
        let scores: Vec<i64> = units.iter().map(|&unit| small(standing.combined(plan, node, unit))).collect();
        let points = node_points(plan, node).unwrap_or_default();
        let nominal = if all.is_zero() { 0.0 } else { near(&(&Fraction::from(points) / &Fraction::from(all))) };
        Importance { node, points, nominal, effective: effective_importance(&scores, &totals) }
    };
    plan.nodes().indices().map(of_node).collect()
}

/// The squared correlation of scores with totals, 0 to 1. Nothing if either is the same for all units.
#[must_use]
pub fn effective_importance(scores: &[i64], totals: &[i64]) -> Option<f64> {
    let units = scores.len() as f64;
    let mean = |figures: &[i64]| figures.iter().map(|&figure| figure as f64).sum::<f64>() / units;
    let (score, total) = (mean(scores), mean(totals));
    let mut sums = (0.0, 0.0, 0.0);
    for (&s, &t) in scores.iter().zip(totals) {
        let (s, t) = (s as f64 - score, t as f64 - total);
        sums = (sums.0 + s * t, sums.1 + s * s, sums.2 + t * t);
    }
    let same = |figures: &[i64]| figures.windows(2).all(|pair| pair[0] == pair[1]);
    (!same(scores) && !same(totals)).then(|| (sums.0 * sums.0 / (sums.1 * sums.2)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_that_makes_the_totals_decides_them_all() {
        assert_eq!(effective_importance(&[1, 2, 3], &[11, 12, 13]), Some(1.0));
        assert_eq!(effective_importance(&[1, 2, 3], &[13, 12, 11]), Some(1.0));
        assert_eq!(effective_importance(&[5, 5, 5], &[13, 12, 11]), None);
    }

    #[test]
    fn correlation_is_the_one_worked_by_hand() {
        // Deviations −1, 0, 1 and −1, 2, −1 have no covariance; −1, 0, 1 and −4, 2, 2 have 6, and
        // 6² ÷ (2 × 24) = 3/4.
        assert_eq!(effective_importance(&[1, 2, 3], &[1, 4, 1]), Some(0.0));
        assert_eq!(effective_importance(&[1, 2, 3], &[0, 6, 6]), Some(0.75));
    }
}
