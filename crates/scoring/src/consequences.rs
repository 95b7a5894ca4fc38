//! What follows from the order: grades by share and outcomes (scoring.md, sections 4 and 5).

use crate::decimal::Decimal;
use crate::plan::{Condition, Plan};
use crate::plan_document::GradeScope;
use crate::records::Records;
use crate::standing::{Standing, drawn, this_year};

/// Units of a [`Decimal`] in a hundred.
const HUNDRED: i128 = Decimal::from_int(100).units();

/// How many of `n` units get each grade: floors, then the seats left over to the largest remainders,
/// equal remainders to the better grade.
pub(crate) fn seats(n: usize, shares: &[Decimal]) -> Vec<usize> {
    let n = n as i128;
    let mut seats: Vec<i128> = shares.iter().map(|share| n * share.units() / HUNDRED).collect();
    let mut remainders: Vec<(i128, usize)> =
        shares.iter().enumerate().map(|(i, share)| (n * share.units() % HUNDRED, i)).collect();
    remainders.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let left = n - seats.iter().sum::<i128>();
    for (_, grade) in remainders.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        seats[grade] += 1;
    }
    seats.into_iter().map(|seats| usize::try_from(seats).unwrap_or(0)).collect()
}

pub(crate) fn grades(plan: &Plan, records: &Records, standing: &mut Standing) {
    let Some(grading) = &plan.document.grading else { return };
    match grading.scope {
        GradeScope::Category => {
            for units in &plan.lists.category_units {
                let mut order = units.clone();
                order.sort_unstable_by_key(|unit| standing.ranks[*unit]);
                fill(plan, standing, &order);
            }
        }
        GradeScope::All => {
            let order = order_of_all(plan, records, standing);
            fill(plan, standing, &order);
        }
    }
}

fn fill(plan: &Plan, standing: &mut Standing, order: &[usize]) {
    let seats = seats(order.len(), &plan.grade_shares);
    let grades = seats.iter().enumerate().flat_map(|(grade, seats)| std::iter::repeat_n(grade, *seats));
    for (unit, grade) in order.iter().zip(grades) {
        standing.grades[*unit] = Some(grade);
    }
}

/// All units by total and tie rule. Inside a category its own order stands; across categories a
/// draw without a category decides, and is asked for only where grades hang on it.
fn order_of_all(plan: &Plan, records: &Records, standing: &mut Standing) -> Vec<usize> {
    let all: Vec<usize> = (0..plan.units().len()).collect();
    let by_rule = standing.order_across(plan, records, &all);
    let mut order = by_rule.units;
    let seats = seats(all.len(), &plan.grade_shares);
    for tied in by_rule.unresolved {
        let Some(start) = order.iter().position(|unit| *unit == tied[0]) else { continue };
        let several = tied.iter().any(|unit| plan.category_of(*unit) != plan.category_of(tied[0]));
        let draw = if several { drawn(records, None, &tied) } else { None };
        let mut placed = draw.clone().unwrap_or_else(|| tied.clone());
        inside_categories(plan, standing, &mut placed);
        if several && draw.is_none() {
            let borders = seats.iter().scan(0, |sum, seats| {
                *sum += seats;
                Some(*sum)
            });
            let straddles = borders.into_iter().any(|border| start < border && border < start + tied.len());
            if straddles && !standing.unresolved.contains(&tied) {
                standing.unresolved.push(tied.clone());
            }
        }
        order[start..start + tied.len()].copy_from_slice(&placed);
    }
    order
}

/// Puts the units of each category, where they stand among others, into their category's order.
fn inside_categories(plan: &Plan, standing: &Standing, placed: &mut [usize]) {
    for category in 0..plan.categories().len() {
        let places: Vec<usize> =
            (0..placed.len()).filter(|place| plan.category_of(placed[*place]) == category).collect();
        let mut units: Vec<usize> = places.iter().map(|place| placed[*place]).collect();
        units.sort_unstable_by_key(|unit| standing.ranks[*unit]);
        for (place, unit) in places.into_iter().zip(units) {
            placed[place] = unit;
        }
    }
}

pub(crate) fn outcomes(plan: &Plan, records: &Records, standing: &mut Standing) {
    let this_year = this_year(plan, records);
    for unit in 0..plan.units().len() {
        let n = plan.units_of(plan.category_of(unit)).len() as u64;
        let rank = u64::from(standing.ranks[unit]);
        let from_bottom = n + 1 - rank;
        let mut has = vec![false; plan.outcomes.len()];
        for &place in &plan.outcome_order {
            let by_rule = match &plan.outcomes[place] {
                Condition::Ranks(a, b) => (*a..=*b).contains(&rank),
                Condition::RanksFromBottom(a, b) => (*a..=*b).contains(&from_bottom),
                Condition::TopShare(share) => i128::from(rank) <= (i128::from(n) * share.units() / HUNDRED).max(1),
                Condition::Grade(grade) => standing.grades[unit] == Some(*grade),
                Condition::List(side) => standing.sides[unit] == Some(*side),
                Condition::Repeated { outcome, years } => {
                    let id = &plan.document.outcomes[*outcome].id;
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
        standing.outcomes[unit] = (0..has.len()).filter(|place| has[*place]).collect();
    }
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
