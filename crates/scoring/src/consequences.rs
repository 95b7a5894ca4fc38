//! What follows from the order: grades by share (docs/arithmetic.md, "Grades") and outcomes (docs/plan.md).
//!
//! Owns how many units get which grade, and who gets which outcome. It reads a standing that is ranked, and changes none.

use crate::decimal::Decimal;
use crate::index::{GradeIndex, IndexVec, OutcomeIndex, UnitIndex, first};
use crate::plan::{Condition, Plan};
use crate::plan_document::GradeScope;
use crate::records::Records;
use crate::sorted::sorted_by_key;
use crate::standing::Standing;
use crate::tie_rule::{drawn, order_across};

/// Units of a [`Decimal`] in a hundred.
const HUNDRED: i128 = Decimal::from_int(100).units();

/// How many of `n` units get each grade: floors, then the seats left over to the largest remainders,
/// equal remainders to the better grade.
pub(crate) fn seats(n: usize, shares: &[Decimal]) -> Vec<usize> {
    let n = n as i128;
    let mut seats: Vec<i128> = shares.iter().map(|share| n * share.units() / HUNDRED).collect();
    let remainder = |grade: GradeIndex| n * shares[grade.index()].units() % HUNDRED;
    let by_remainder = sorted_by_key(first(shares.len()), |grade| -remainder(grade));
    let left = n - seats.iter().sum::<i128>();
    for grade in by_remainder.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        seats[grade.index()] += 1;
    }
    seats.into_iter().map(|seats| usize::try_from(seats).unwrap_or(0)).collect()
}

/// The grade of each unit, and ties across categories on which grades hang. None where the plan has no grades.
pub(crate) fn grades(
    plan: &Plan,
    records: &Records,
    standing: &Standing,
) -> (IndexVec<UnitIndex, Option<GradeIndex>>, Vec<Vec<UnitIndex>>) {
    let mut grades = IndexVec::filled(None, plan.units().len());
    let mut open = Vec::new();
    let mut fill = |order: &[UnitIndex]| {
        let seats = seats(order.len(), &plan.grade_shares);
        let seats = seats.iter().enumerate().flat_map(|(grade, seats)| std::iter::repeat_n(grade, *seats));
        for (unit, grade) in order.iter().zip(seats) {
            grades[*unit] = Some(GradeIndex::from(grade));
        }
    };
    match plan.document.grading.as_ref().map(|grading| grading.scope) {
        None => {}
        Some(GradeScope::Category) => {
            for units in &plan.lists.category_units {
                fill(&by_rank(standing, units.iter().copied()));
            }
        }
        Some(GradeScope::All) => {
            let order;
            (order, open) = order_of_all(plan, records, standing);
            fill(&order);
        }
    }
    (grades, open)
}

/// All units by total and tie rule, and the ties that leave a grade open. Inside a category its own order stands;
/// across categories a draw without a category decides, and is asked for only where grades hang on it.
fn order_of_all(plan: &Plan, records: &Records, standing: &Standing) -> (Vec<UnitIndex>, Vec<Vec<UnitIndex>>) {
    let all: Vec<UnitIndex> = plan.unit_indices().collect();
    let by_rule = order_across(plan, records, standing, &all);
    let mut order = by_rule.units;
    let mut open = Vec::new();
    let seats = seats(all.len(), &plan.grade_shares);
    for tied in by_rule.unresolved {
        let Some(start) = order.iter().position(|unit| *unit == tied[0]) else { continue };
        let several = tied.iter().any(|unit| plan.category_of(*unit) != plan.category_of(tied[0]));
        let draw = if several { drawn(records, None, &tied) } else { None };
        let mut placed = draw.clone().unwrap_or_else(|| tied.clone());
        inside_categories(plan, standing, &mut placed);
        order[start..start + tied.len()].copy_from_slice(&placed);
        if several && draw.is_none() {
            let borders = seats.iter().scan(0, |sum, seats| {
                *sum += seats;
                Some(*sum)
            });
            if borders.into_iter().any(|border| start < border && border < start + tied.len()) {
                open.push(tied);
            }
        }
    }
    (order, open)
}

fn by_rank(standing: &Standing, units: impl IntoIterator<Item = UnitIndex>) -> Vec<UnitIndex> {
    sorted_by_key(units, |unit| standing.ranks[unit].into())
}

/// Puts the units of each category, where they stand among others, into their category's order.
fn inside_categories(plan: &Plan, standing: &Standing, placed: &mut [UnitIndex]) {
    for category in plan.category_indices() {
        let places: Vec<usize> =
            (0..placed.len()).filter(|place| plan.category_of(placed[*place]) == category).collect();
        let units = by_rank(standing, places.iter().map(|place| placed[*place]));
        for (place, unit) in places.into_iter().zip(units) {
            placed[place] = unit;
        }
    }
}

/// The outcomes of each unit, in plan order.
pub(crate) fn outcomes(plan: &Plan, records: &Records, standing: &Standing) -> IndexVec<UnitIndex, Vec<OutcomeIndex>> {
    let this_year = this_year(plan, records);
    let of_unit = |unit: UnitIndex| {
        let n = plan.units_of(plan.category_of(unit)).len() as u64;
        let rank = u64::from(standing.ranks[unit]);
        let from_bottom = n + 1 - rank;
        let mut has: IndexVec<OutcomeIndex, bool> = IndexVec::filled(false, plan.outcomes.len());
        for &place in plan.outcome_order.iter().filter(|place| plan.may_have(**place, unit)) {
            let by_rule = match &plan.outcomes[place] {
                // Of one period alone it cannot be said what several years lead to, whatever a verdict says.
                Condition::Repeated { .. } if plan.alone.is_some() => continue,
                Condition::Ranks(a, b) => (*a..=*b).contains(&rank),
                Condition::RanksFromBottom(a, b) => (*a..=*b).contains(&from_bottom),
                Condition::TopShare(share) => i128::from(rank) <= (i128::from(n) * share.units() / HUNDRED).max(1),
                Condition::Grade(grade) => standing.grades[unit] == Some(*grade),
                Condition::List(side) => standing.sides[unit] == Some(*side),
                Condition::Repeated { outcome, years } => {
                    let id = &plan.document.outcomes[outcome.index()].id;
                    let held = |back: u64| {
                        this_year
                            .and_then(|year| year.checked_sub(back))
                            .and_then(|year| records.history.get(&(year, unit)))
                            .is_some_and(|outcomes| outcomes.contains(id))
                    };
                    has[*outcome] && (1..*years).all(held)
                }
            };
            has[place] = by_rule || records.verdicts.contains(&(unit, place));
        }
        has.indices().filter(|place| has[*place]).collect()
    };
    plan.unit_indices().map(of_unit).collect()
}

/// The year that outcomes over several years count from.
pub(crate) fn this_year(plan: &Plan, records: &Records) -> Option<u64> {
    plan.document.year.or_else(|| records.history.keys().map(|(year, _)| year + 1).max())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn jingbians_27_units_are_graded_5_11_8_3() {
        // 5.4, 10.8, 8.1, 2.7: floors make 25, the two seats left go to 0.8 and 0.7.
        assert_eq!(seats(27, &shares(&["20", "40", "30", "10"])), [5, 11, 8, 3]);
    }

    #[test]
    fn equal_remainders_go_to_the_better_grade() {
        // 0.5 each of one unit.
        assert_eq!(seats(1, &shares(&["50", "50"])), [1, 0]);
        // 3 × 25 % of 2 = 0.5 each: the two better ones.
        assert_eq!(seats(2, &shares(&["25", "25", "25", "25"])), [1, 1, 0, 0]);
        assert_eq!(seats(0, &shares(&["20", "80"])), [0, 0]);
    }
}
