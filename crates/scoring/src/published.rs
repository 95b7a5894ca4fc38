//! Does a published result hold together? From its leaf scores, adjustments and lists everything else follows by
//! the one formula: sums, totals, ranks, grades, and the outcomes that ranks and grades bring.
//!
//! Owns the comparison of a result document with what follows from its own lowest figures. What only the records
//! can show stays unseen here: the leaf scores themselves, shares of an option in the tie rule, draws, verdicts and
//! outcomes of earlier years. For those, score the records again and compare.

use std::collections::BTreeMap;

use crate::decimal::{Score, divide_rounding};
use crate::index::{IndexVec, LeafIndex, PeriodIndex, UnitIndex};
use crate::leaf_score::LeafScore;
use crate::plan::{Plan, TieRule};
use crate::plan_document::{GradeScope, Side};
use crate::records::{Lot, Records};
use crate::result_document::{ComponentResult, DecidedBy, LotWord, ResultDocument, Tie, UnitResult};
use crate::score::Course;
use crate::standing::{Mode, Standing};

/// Something in a result that cannot be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Where, as a pointer into the result document.
    pub path: String,
    /// What is wrong there.
    pub kind: ContradictionKind,
    /// What follows from the leaf scores, where it is one figure.
    pub follows: Option<String>,
}

/// What cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContradictionKind {
    /// A unit, period or component that the plan does not have, or has once and the result twice or not at all.
    NotInPlan,
    /// A figure below 0 or above what the plan allows.
    OutOfBounds,
    /// A figure that does not follow from the leaf scores.
    DoesNotFollow,
    /// Something is missing or undecided, so it is no final result.
    NotFinal,
}

/// Everything in a final result that cannot be so under its plan; empty if it holds together. A result of one period is
/// held against the plan [for it alone](Plan::alone).
#[must_use]
pub fn contradictions(plan: &Plan, result: &ResultDocument) -> Vec<Contradiction> {
    let mut found = Vec::new();
    if result.mode != Mode::Final || !result.missing.is_empty() || !result.unresolved_ties.is_empty() {
        found.push(at("", ContradictionKind::NotFinal));
    }
    let lowest = lowest_figures(plan, result, &mut found);
    if !found.is_empty() {
        return found;
    }
    let Some(lowest) = lowest else { return found };
    // Behind a share of an option, which only the records give, the published order stands in for the rule.
    let mut known = plan.clone();
    let by_score = |rule: &&TieRule| matches!(rule, TieRule::Node(_));
    known.tie_break = plan.tie_break.iter().take_while(by_score).cloned().collect();
    let cut = known.tie_break.len();
    let records = published_order(&known, result);
    lists(&known, &lowest, result, &mut found);
    let mut course = Course { plan: &known, records: &records, standing: lowest };
    course.add_up();
    course.rank();
    let again = course.standing.document(&known);
    for (place, (said, follows)) in result.units.iter().zip(&again.units).enumerate() {
        // Over all categories a share may decide between equals in ways that their own ranks do not show.
        let equals = || result.units.iter().filter(|other| other.total == said.total).count() > 1;
        let open = cut < plan.tie_break.len() && of_all(plan) && equals();
        unit(place, said, follows, open, &mut found);
    }
    if !ties_follow(plan, cut, &result.ties, &again.ties) {
        found.push(at("/ties", ContradictionKind::DoesNotFollow));
    }
    found
}

fn at(path: &str, kind: ContradictionKind) -> Contradiction {
    Contradiction { path: path.to_owned(), kind, follows: None }
}

/// The leaf scores, adjustments and lists of a result, and nothing that follows from them.
fn lowest_figures(plan: &Plan, result: &ResultDocument, found: &mut Vec<Contradiction>) -> Option<Standing> {
    if !result.units.iter().map(|unit| &unit.unit).eq(plan.units().iter().map(|unit| &unit.id)) {
        found.push(at("/units", ContradictionKind::NotInPlan));
        return None;
    }
    let mut counted = IndexVec::filled(false, plan.periods().len());
    plan.period_indices().for_each(|period| counted[period] = true);
    let mut standing = Standing::blank(plan, counted, Mode::Final);
    for (place, unit) in plan.unit_indices().zip(&result.units) {
        standing.sides[place] = unit.list;
        let path = format!("/units/{}/periods", place.index());
        let scored = plan.period_indices().map(|period| &plan.period(period).id);
        if !unit.periods.iter().map(|period| &period.period).eq(scored) {
            found.push(at(&path, ContradictionKind::NotInPlan));
            continue;
        }
        for (row, (index, period)) in plan.period_indices().zip(&unit.periods).enumerate() {
            let path = format!("{path}/{row}");
            let caps = [("bonus", period.bonus, plan.bonus_cap), ("deduction", period.deduction, plan.deduction_cap)];
            for (name, figure, cap) in caps {
                if figure.is_negative() || cap.is_some_and(|cap| figure > cap) {
                    found.push(at(&format!("{path}/{name}"), ContradictionKind::OutOfBounds));
                }
            }
            standing.bonus[(index, place)] = Score::from_decimal(period.bonus).unwrap_or(Score::ZERO);
            standing.deduction[(index, place)] = Score::from_decimal(period.deduction).unwrap_or(Score::ZERO);
            let path = format!("{path}/components");
            take_leaves(&mut standing, plan, (index, place), &path, &period.components, found);
        }
    }
    Some(standing)
}

fn take_leaves(
    standing: &mut Standing,
    plan: &Plan,
    cell: (PeriodIndex, UnitIndex),
    path: &str,
    components: &[ComponentResult],
    found: &mut Vec<Contradiction>,
) {
    for (index, component) in components.iter().enumerate() {
        let path = format!("{path}/{index}");
        let Some(node) = plan.node_place(&component.component) else {
            found.push(at(&format!("{path}/component"), ContradictionKind::NotInPlan));
            continue;
        };
        let Some(leaf) = plan.nodes()[node].leaf else {
            take_leaves(standing, plan, cell, &format!("{path}/children"), &component.children, found);
            continue;
        };
        if !standing.takes_part(plan, leaf, cell.1) {
            found.push(at(&path, ContradictionKind::NotInPlan));
        }
        if component.score < Score::ZERO || component.score > most(plan, leaf) {
            found.push(at(&format!("{path}/score"), ContradictionKind::OutOfBounds));
        }
        standing.leaves[leaf][cell] =
            LeafScore { score: component.score, missing: component.missing, decided: component.decided };
    }
}

/// The most a leaf can give: its points, rounded as scores are.
fn most(plan: &Plan, leaf: LeafIndex) -> Score {
    Score::from_millionths(divide_rounding(plan.leaves()[leaf].points.units(), 1_000_000))
}

/// The order that was published, as draws: of each category, and over all by grade.
fn published_order(plan: &Plan, result: &ResultDocument) -> Records {
    let mut records = Records::none(plan);
    for category in plan.category_indices() {
        let mut order = plan.units_of(category).to_vec();
        order.sort_by_key(|unit| result.units[unit.index()].rank);
        records.lots.push(Lot { category: Some(category), order });
    }
    let grades = plan.document().grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let grade = |unit: UnitIndex| {
        let of_unit = result.units[unit.index()].grade.as_deref();
        grades.iter().position(|grade| Some(grade.id.as_str()) == of_unit)
    };
    let mut order: Vec<UnitIndex> = plan.unit_indices().collect();
    order.sort_by_key(|unit| (grade(*unit), result.units[unit.index()].rank));
    records.lots.push(Lot { category: None, order });
    records
}

/// The lists of a shortlist against stage 1. Who is carried over from last year only the history tells, so a unit
/// may stand on the bottom list without being among the lowest; nobody else's place is free.
fn lists(plan: &Plan, lowest: &Standing, result: &ResultDocument, found: &mut Vec<Contradiction>) {
    let shortlist = plan.shortlist();
    let side = |unit: UnitIndex| result.units[unit.index()].list;
    let mut wrong = |unit: UnitIndex| {
        found.push(at(&format!("/units/{}/list", unit.index()), ContradictionKind::DoesNotFollow));
    };
    let Some(shortlist) = shortlist else {
        plan.unit_indices().filter(|unit| side(*unit).is_some()).for_each(wrong);
        return;
    };
    let stage_1 = stage_1_totals(plan, lowest);
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    for category in plan.category_indices() {
        let units = plan.units_of(category);
        let others: Vec<UnitIndex> = units.iter().copied().filter(|unit| side(*unit) != Some(Side::Bottom)).collect();
        let top = others.iter().filter(|unit| side(**unit) == Some(Side::Top)).count();
        if top != count(shortlist.top).min(others.len()) || units.len() - others.len() < count(shortlist.bottom) {
            units.first().copied().into_iter().for_each(&mut wrong);
        }
        for &unit in &others {
            let not_above = units.iter().filter(|other| stage_1[**other] <= stage_1[unit]).count();
            let better = others.iter().filter(|other| stage_1[**other] > stage_1[unit]).count();
            let no_worse = others.iter().filter(|other| stage_1[**other] >= stage_1[unit]).count();
            let listed = side(unit) == Some(Side::Top);
            let must = no_worse <= count(shortlist.top);
            let may = better < count(shortlist.top);
            if not_above <= count(shortlist.bottom) || (listed && !may) || (!listed && must) {
                wrong(unit);
            }
        }
    }
}

/// Are grades given over all categories?
fn of_all(plan: &Plan) -> bool {
    plan.document().grading.as_ref().is_some_and(|grading| grading.scope == GradeScope::All)
}

/// One unit's figures; its grade, and outcomes that may hang on it, only if they are not left open.
fn unit(place: usize, said: &UnitResult, follows: &UnitResult, open: bool, found: &mut Vec<Contradiction>) {
    let mut differ = |member: &str, said: &str, follows: &str| {
        if said != follows {
            found.push(Contradiction {
                path: format!("/units/{place}/{member}"),
                kind: ContradictionKind::DoesNotFollow,
                follows: Some(follows.to_owned()),
            });
        }
    };
    differ("category", &said.category, &follows.category);
    differ("total", &said.total.to_string(), &follows.total.to_string());
    differ("published", &said.published, &follows.published);
    differ("rank", &said.rank.to_string(), &follows.rank.to_string());
    let grade = if open { &said.grade } else { &follows.grade };
    differ("grade", said.grade.as_deref().unwrap_or("null"), grade.as_deref().unwrap_or("null"));
    for (index, (said, follows)) in said.periods.iter().zip(&follows.periods).enumerate() {
        let path = format!("periods/{index}");
        differ(&format!("{path}/total"), &said.total.to_string(), &follows.total.to_string());
        if said.components != follows.components {
            let first = said.components.iter().zip(&follows.components).position(|(said, follows)| said != follows);
            let index = first.unwrap_or_else(|| said.components.len().min(follows.components.len()));
            found.push(at(&format!("/units/{place}/{path}/components/{index}"), ContradictionKind::DoesNotFollow));
            return;
        }
    }
    if open {
        return;
    }
    // A verdict or an earlier year may add outcomes; none that follows from rank or grade may be left out.
    if let Some(left_out) = follows.outcomes.iter().find(|outcome| !said.outcomes.contains(outcome)) {
        found.push(Contradiction {
            path: format!("/units/{place}/outcomes"),
            kind: ContradictionKind::DoesNotFollow,
            follows: Some(left_out.clone()),
        });
    }
}

/// The same neighbours are tied, and each was decided by the first rule that can: before the first share of an
/// option that is known, from there on it may be any later rule or the draw.
fn ties_follow(plan: &Plan, cut: usize, said: &[Tie], follows: &[Tie]) -> bool {
    let later = |decided: &DecidedBy| match decided {
        DecidedBy::Lot(LotWord::Lot) => true,
        DecidedBy::Element(element) => plan.tie_break()[cut..].contains(element),
    };
    let by_pair: BTreeMap<_, _> = said.iter().map(|tie| (&tie.units, &tie.decided_by)).collect();
    said.len() == follows.len()
        && follows.iter().all(|tie| match (by_pair.get(&tie.units), &tie.decided_by) {
            (Some(said), DecidedBy::Lot(_)) => later(said),
            (Some(said), element) => *said == element,
            (None, _) => false,
        })
}

/// What each unit's total would be by stage 1 alone.
fn stage_1_totals(plan: &Plan, lowest: &Standing) -> IndexVec<UnitIndex, Score> {
    let mut course = Course { plan, records: &Records::none(plan), standing: lowest.clone() };
    for (leaf, _) in plan.leaves().enumerated().filter(|(_, leaf)| leaf.stage != 1) {
        course.standing.leaves[leaf].figures_mut().fill(LeafScore::NONE);
    }
    course.add_up();
    course.standing.totals
}
