//! Seats of each grade and who fills them (docs/arithmetic.md, "Grades").

use crate::document::{amount, given, list, text};
use crate::exact::{Fraction, whole};
use crate::ranking::{Ranked, keys, lot_order};
use crate::totals::Totals;
use serde_json::Value;
use std::collections::BTreeMap;

/// Grade id by unit, and the ties across categories that stand in the way.
pub fn grades(totals: &Totals, ranked: &[Ranked]) -> (BTreeMap<usize, String>, Vec<Vec<usize>>) {
    let mut given_grades = BTreeMap::new();
    let mut open = Vec::new();
    let Some(grading) = given(totals.plan, "grading") else {
        return (given_grades, open);
    };
    if grading["scope"] == "category" {
        for category in ranked {
            fill(grading, &category.order, &mut given_grades);
        }
    } else {
        let (order, undecided) = all_units(totals, ranked);
        fill(grading, &order, &mut given_grades);
        for tie in undecided {
            if tie.iter().any(|u| given_grades[u] != given_grades[&tie[0]]) {
                open.push(tie);
            }
        }
    }
    (given_grades, open)
}

/// floor(N × share ÷ 100) each; what is left over to the largest remainders.
pub fn seats(grading: &Value, units: usize) -> Vec<usize> {
    let exact: Vec<Fraction> =
        list(grading, "grades").iter().map(|grade| whole(units as i64) * amount(grade, "share") / whole(100)).collect();
    let mut seats: Vec<usize> = exact.iter().map(|share| share.to_integer().try_into().expect("few units")).collect();
    let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
    // The sort is stable, so equal remainders stay with the better grade first.
    by_remainder.sort_by_key(|&g| std::cmp::Reverse(exact[g].fract()));
    let left = units - seats.iter().sum::<usize>();
    for g in by_remainder.into_iter().take(left) {
        seats[g] += 1;
    }
    seats
}

fn fill(grading: &Value, order: &[usize], given_grades: &mut BTreeMap<usize, String>) {
    let mut order = order.iter();
    for (grade, seats) in list(grading, "grades").iter().zip(seats(grading, order.len())) {
        for unit in order.by_ref().take(seats) {
            given_grades.insert(*unit, text(grade, "id").to_string());
        }
    }
}

/// All units by total and the tie rules. Units equal on all of them stand in
/// the order of the lot across categories, or of the plan; inside that each
/// category keeps its own order.
fn all_units(totals: &Totals, ranked: &[Ranked]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let units = list(totals.plan, "units");
    let category_of = |u: usize| ranked.iter().position(|r| r.order.contains(&u)).expect("every unit is ranked");
    let mut sorted: Vec<(Vec<Fraction>, usize)> = (0..units.len())
        .map(|u| {
            let listed = ranked[category_of(u)].lists.contains_key(&u);
            let stage_two = listed || given(totals.plan, "shortlist").is_none();
            (keys(totals, u, stage_two), u)
        })
        .collect();
    sorted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut order = Vec::new();
    let mut undecided = Vec::new();
    for set in sorted.chunk_by(|a, b| a.0 == b.0) {
        let set: Vec<usize> = set.iter().map(|(_, u)| *u).collect();
        let spans = set.iter().any(|&u| category_of(u) != category_of(set[0]));
        let lot = if spans { lot_order(totals, None, &set) } else { Some(set.clone()) };
        let places = lot.clone().unwrap_or_else(|| set.clone());
        let mut own: BTreeMap<usize, std::vec::IntoIter<usize>> = BTreeMap::new();
        for (c, category) in ranked.iter().enumerate() {
            let inside: Vec<usize> = category.order.iter().copied().filter(|u| set.contains(u)).collect();
            own.insert(c, inside.into_iter());
        }
        for place in places {
            order.push(own.get_mut(&category_of(place)).and_then(Iterator::next).expect("as many places as units"));
        }
        if lot.is_none() {
            undecided.push(set);
        }
    }
    (order, undecided)
}
