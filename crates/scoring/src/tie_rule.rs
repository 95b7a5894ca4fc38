//! What decides between equal totals (docs/arithmetic.md, "Ranks"): the plan's tie rule, then a recorded draw.
//!
//! Owns the one reading of the rule for plan, records and scores. How units are put into order by it stands in
//! `ranking`; a ranking along a line of points asks for the same elements, because some of them move with the points.

use crate::decimal::Score;
use crate::index::{CategoryIndex, NodeIndex, TieIndex, UnitIndex};
use crate::plan::{Plan, TieRule};
use crate::ranking::{Key, Order, order};
use crate::records::Records;
use crate::sorted::sorted_by;
use crate::standing::Standing;

/// One thing that is asked of units with equal totals, and what it says of each; the next is asked where it says the
/// same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieElement {
    /// The higher score of a component wins. It changes with the points of what is below it.
    Score {
        /// The component.
        node: NodeIndex,
        /// Scores of the units, in the order in which they were given.
        scores: Vec<Score>,
    },
    /// The lower place wins, whatever the points: by the share of an option, or by a draw. Equal places decide nothing.
    Place(Vec<u32>),
}

/// What ties between units of one category are decided by, in the order in which it is asked. A unit that a draw does
/// not name stands behind all that it names.
#[must_use]
pub fn tie_elements(
    plan: &Plan,
    records: &Records,
    standing: &Standing,
    category: CategoryIndex,
    units: &[UnitIndex],
) -> Vec<TieElement> {
    let of_rule = plan.tie_break.enumerated().map(|(rule, element)| match element {
        TieRule::Node(node) => TieElement::Score {
            node: *node,
            scores: units.iter().map(|unit| standing.combined(plan, *node, *unit)).collect(),
        },
        TieRule::OptionShare { .. } => {
            let shares: Vec<Key> = units.iter().map(|unit| key(plan, records, standing, rule, *unit)).collect();
            let ranked = sorted_by(shares.len(), &|a, b| shares[b].cmp(shares[a]));
            let better = |share: &Key| ranked.partition_point(|other| shares[*other].cmp(*share).is_gt());
            TieElement::Place(shares.iter().map(|share| better(share) as u32).collect())
        }
    });
    let lots = records.lots.iter().filter(|lot| lot.category == Some(category)).map(|lot| {
        let drawn = |unit: &UnitIndex| lot.order.iter().position(|drawn| drawn == unit);
        TieElement::Place(units.iter().map(|unit| drawn(unit).map_or(u32::MAX, |place| place as u32)).collect())
    });
    of_rule.chain(lots).collect()
}

/// What an element of the rule holds for a unit.
fn key(plan: &Plan, records: &Records, standing: &Standing, rule: TieIndex, unit: UnitIndex) -> Key {
    match plan.tie_break[rule] {
        TieRule::Node(node) => Key::Score(standing.combined(plan, node, unit)),
        TieRule::OptionShare { leaf, .. } if !standing.takes_part(plan, leaf, unit) => Key::Share(0, 0),
        TieRule::OptionShare { leaf, option } => {
            let options = plan.options_of(leaf).len();
            let counts = plan.period_indices().flat_map(|period| records.counts(leaf, period, unit).iter().enumerate());
            let (marked, all) = counts.fold((0, 0), |(marked, all), (place, count)| {
                let count = u128::from(*count);
                (marked + if place % options == option.index() { count } else { 0 }, all + count)
            });
            Key::Share(marked, all)
        }
    }
}

/// Units of one category in order: by total, by the rule, by draw.
pub(crate) fn order_in_category(plan: &Plan, records: &Records, standing: &Standing, units: &[UnitIndex]) -> Order {
    let category = units.first().map(|unit| plan.category_of(*unit));
    order(
        units,
        &standing.totals,
        plan.tie_break.len(),
        &|rule, unit| key(plan, records, standing, rule, unit),
        &|tied| drawn(records, category, tied),
    )
}

/// Units of several categories in order: by total and by the rule alone.
pub(crate) fn order_across(plan: &Plan, records: &Records, standing: &Standing, units: &[UnitIndex]) -> Order {
    let key = |rule, unit| key(plan, records, standing, rule, unit);
    order(units, &standing.totals, plan.tie_break.len(), &key, &|_| None)
}

/// The draw that names all who are tied, in its order.
pub(crate) fn drawn(records: &Records, category: Option<CategoryIndex>, tied: &[UnitIndex]) -> Option<Vec<UnitIndex>> {
    let lots = records.lots.iter().filter(|lot| lot.category == category);
    lots.map(|lot| lot.order.iter().copied().filter(|unit| tied.contains(unit)).collect::<Vec<_>>())
        .find(|order| order.len() == tied.len())
}
