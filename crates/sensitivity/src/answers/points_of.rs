//! New points of nodes, and exact figures rounded so that they still add up.

use document::document;
use scoring::fraction::Fraction;
use scoring::{Decimal, NodeIndex, Plan, node_points};

document! {
    /// New points of a node.
    #[derive(Debug, Eq)]
    pub struct PointsOf {
        /// The node, by its place in the plan.
        pub node: NodeIndex,
        /// Its points today.
        pub from: Decimal,
        /// Its new points.
        pub to: Decimal,
    }
}

impl PointsOf {
    pub(super) fn new(plan: &Plan, node: NodeIndex, to: Decimal) -> PointsOf {
        PointsOf { node, from: node_points(plan, node).unwrap_or_default(), to }
    }
}

/// Whole numbers near fractions that add up to the whole of their sum: rounded down, and what is left to
/// the largest remainders.
pub(super) fn shared_out(exact: &[Fraction]) -> Vec<i128> {
    let mut whole: Vec<i128> = exact.iter().map(|one| one.floor().unwrap_or(0)).collect();
    let sum = exact.iter().fold(Fraction::ZERO, |sum, one| &sum + one);
    let left = sum.floor().unwrap_or(0) - whole.iter().sum::<i128>();
    let remainders: Vec<Fraction> =
        exact.iter().zip(&whole).map(|(exact, &whole)| exact - &Fraction::whole(whole)).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|&a, &b| remainders[b].cmp(&remainders[a]).then(a.cmp(&b)));
    for place in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        whole[place] += 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_the_whole() {
        let thirds = vec![Fraction::new(100, 3); 3];
        assert_eq!(shared_out(&thirds), [34, 33, 33]);
        assert_eq!(shared_out(&[Fraction::new(5, 2), Fraction::new(1, 4), Fraction::new(1, 4)]), [3, 0, 0]);
    }
}
