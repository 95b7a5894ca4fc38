//! 名额: how many units of a category must or may get an option (docs/plan.md, "Methods").
//!
//! Owns what a quota's figures mean for so many units. Which ballot keeps it stands in [`crate::ballot`].

use crate::decimal::Decimal;
use crate::index::{CategoryIndex, LeafIndex, UnitIndex};
use crate::plan::Plan;
use crate::plan_document::{MethodDocument, QuotaDocument};

/// How many units of a category have an option on a valid ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many, no more and no fewer.
    Exactly(u64),
    /// So many or fewer.
    AtMost(u64),
}

impl Limit {
    /// The most.
    #[must_use]
    pub const fn most(self) -> u64 {
        match self {
            Limit::Exactly(count) | Limit::AtMost(count) => count,
        }
    }
}

impl QuotaDocument {
    /// What it means where so many units of a category stand on the full paper.
    #[must_use]
    pub fn limit(&self, units: usize) -> Limit {
        match (self.count, self.at_most, self.at_most_share.as_ref().and_then(|share| share.decimal())) {
            (Some(count), ..) => Limit::Exactly(count),
            (None, Some(most), _) => Limit::AtMost(most),
            (None, None, share) => {
                // Shares are 0 to 100, so this fits.
                let share = share.unwrap_or_default().units();
                let most = units as i128 * share / Decimal::from_int(100).units();
                Limit::AtMost(u64::try_from(most.max(1)).unwrap_or(u64::MAX))
            }
        }
    }
}

/// A survey's quota; nothing where it has none.
pub(crate) fn quota_of(plan: &Plan, leaf: LeafIndex) -> &[QuotaDocument] {
    match plan.method_document(leaf) {
        MethodDocument::Survey(survey) => survey.quota.as_deref().unwrap_or_default(),
        _ => &[],
    }
}

/// How many units of a category stand on the full paper of a leaf. Of stage 2 that is the units of the shortlist, once
/// there is one.
pub(crate) fn units_on_paper(
    plan: &Plan,
    leaf: LeafIndex,
    category: CategoryIndex,
    is_listed: impl Fn(&str) -> bool,
) -> usize {
    let of_stage_1 = plan.leaves()[leaf].stage == 1;
    let is_there = |unit: &&UnitIndex| plan.applies(leaf, **unit) && (of_stage_1 || is_listed(&plan.unit(**unit).id));
    plan.units_of(category).iter().filter(is_there).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_down_and_lets_one_unit_at_least() {
        let limit = |share: &str, units| {
            QuotaDocument { at_most_share: Some(share.into()), ..QuotaDocument::default() }.limit(units).most()
        };
        // 27 × 20 ÷ 100 = 5.4; 10 × 30 ÷ 100 = 3; 4 × 20 ÷ 100 = 0.8; a third of 3 less the last digit is below 1.
        assert_eq!([limit("20", 27), limit("30", 10), limit("20", 4), limit("0", 9)], [5, 3, 1, 1]);
        assert_eq!([limit("66.666666666666", 3), limit("66.666666666667", 3), limit("100", 7)], [1, 2, 7]);
    }
}
