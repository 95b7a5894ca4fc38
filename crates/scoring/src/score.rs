//! Plan + records → standing: the course of the one formula.
//!
//! Owns the order of the steps: adjustments, stage 1, the shortlist, stage 2, totals, ranks, and what follows from
//! them. The arithmetic of a leaf stands in `leaf_score`, of an order in `ranking` and `tie_rule`, of grades and
//! outcomes in `consequences`; what comes out is a [`Standing`].

use std::collections::BTreeSet;

use crate::consequences::{grades, outcomes, this_year};
use crate::decimal::{Decimal, Score};
use crate::grid::Grid;
use crate::index::{IndexVec, PeriodIndex, UnitIndex};
use crate::leaf_score::{LeafScore, leaf_score};
use crate::plan::{Method, Plan};
use crate::plan_document::{Carried, Side, Sign};
use crate::records::Records;
use crate::result_document::ResultDocument;
use crate::standing::{MissingPlace, Mode, Standing};
use crate::tie_rule::order_in_category;
use crate::withheld::{Cell, ShownRecords, said_leaves};

/// Scores a plan's records.
///
/// # Errors
/// In final mode, every place without data. Nothing else can go wrong with a valid plan and valid
/// records of it; ties that need a draw are part of the standing.
pub fn score(plan: &Plan, records: &Records, mode: Mode) -> Result<Standing, Vec<MissingPlace>> {
    score_by(plan, records, mode, |(leaf, period, unit)| leaf_score(plan, leaf, records, period, unit))
}

/// Scores, in final mode, the records that a publication shows. Where neither they nor the means of what is withheld tell a
/// leaf's score, the score that the result says is taken for it.
///
/// # Errors
/// Every place without data.
pub fn score_shown(plan: &Plan, shown: &ShownRecords, said: &ResultDocument) -> Result<Standing, Vec<MissingPlace>> {
    let said = said_leaves(plan, said);
    let told = |cell| shown.leaf(plan, cell).or_else(|| said.get(&cell).copied()).unwrap_or(LeafScore::NONE);
    score_by(plan, &shown.records, Mode::Final, told)
}

/// The course of the formula, with what each leaf gives.
fn score_by(
    plan: &Plan,
    records: &Records,
    mode: Mode,
    leaf: impl Fn(Cell) -> LeafScore,
) -> Result<Standing, Vec<MissingPlace>> {
    let used = |period: PeriodIndex| records.period_used(period);
    let all = mode == Mode::Final || !plan.period_indices().any(used);
    let mut counted = IndexVec::filled(false, plan.periods().len());
    for period in plan.period_indices() {
        counted[period] = all || used(period);
    }
    let mut course = Course { plan, records, standing: Standing::blank(plan, counted, mode) };
    course.adjust();
    course.score_stage(1, &leaf);
    course.refuse_missing()?;
    if plan.shortlist().is_some() {
        course.add_up();
        course.shortlist();
        course.score_stage(2, &leaf);
        course.refuse_missing()?;
    }
    course.add_up();
    course.rank();
    Ok(course.standing)
}

/// Why it cannot be said yet who takes part in stage 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoShortlist {
    /// Places of stage 1 without data.
    Missing(Vec<MissingPlace>),
    /// Ties across the border of a list that need a lot.
    Ties(Vec<Vec<UnitIndex>>),
}

/// The list that each unit is on by stage 1 alone. Nobody is on one where the plan has no shortlist.
///
/// # Errors
/// [`NoShortlist`]: stage 1 must be as complete as a final result.
pub fn shortlisted(plan: &Plan, records: &Records) -> Result<IndexVec<UnitIndex, Option<Side>>, NoShortlist> {
    let counted = IndexVec::filled(true, plan.periods().len());
    let mut course = Course { plan, records, standing: Standing::blank(plan, counted, Mode::Final) };
    course.adjust();
    course.score_stage(1, &|(leaf, period, unit)| leaf_score(plan, leaf, records, period, unit));
    course.refuse_missing().map_err(NoShortlist::Missing)?;
    course.add_up();
    course.shortlist();
    let Standing { sides, unresolved, .. } = course.standing;
    if unresolved.is_empty() { Ok(sides) } else { Err(NoShortlist::Ties(unresolved)) }
}

/// What the same scores would lead to if the units' totals were these: ranks, grades and outcomes by the one rule.
/// Lists of a shortlist stay as they are.
#[must_use]
pub fn with_totals(
    plan: &Plan,
    records: &Records,
    standing: &Standing,
    totals: IndexVec<UnitIndex, Score>,
) -> Standing {
    let standing = Standing { totals, ties: Vec::new(), unresolved: Vec::new(), ..standing.clone() };
    let mut course = Course { plan, records, standing };
    course.rank();
    course.standing
}

/// A standing in the making.
pub(crate) struct Course<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) records: &'p Records,
    pub(crate) standing: Standing,
}

impl Course<'_> {
    /// Sums up each unit's bonuses and deductions, rule by rule, each and all of them capped.
    fn adjust(&mut self) {
        let Standing { bonus, deduction, .. } = &mut self.standing;
        for (&(period, unit, rule), &points) in &self.records.adjustments {
            let rule = &self.plan.rules[rule];
            let cap = |cap: Option<Decimal>| cap.and_then(Score::from_decimal);
            let points = cap(rule.cap).map_or(points, |cap| points.min(cap));
            let (sums, over_all) = match rule.sign {
                Sign::Bonus => (&mut *bonus, self.plan.bonus_cap),
                Sign::Deduction => (&mut *deduction, self.plan.deduction_cap),
            };
            let sum = sums[(period, unit)] + points;
            sums[(period, unit)] = cap(over_all).map_or(sum, |cap| sum.min(cap));
        }
    }

    #[inline]
    fn score_stage(&mut self, stage: u8, score: &impl Fn(Cell) -> LeafScore) {
        let Standing { leaves, sides, .. } = &mut self.standing;
        for (place, leaf) in self.plan.leaves.enumerated().filter(|(_, leaf)| leaf.stage == stage) {
            let applies = &self.plan.nodes[leaf.node].applies;
            for period in self.plan.period_indices() {
                let cells = leaves[place].row_mut(period);
                for ((unit, applies), cell) in applies.enumerated().zip(cells) {
                    if *applies && (stage == 1 || sides[unit].is_some()) {
                        *cell = score((place, period, unit));
                    }
                }
            }
        }
    }

    /// Lists what is missing, unit by unit; in final mode that is the end.
    fn refuse_missing(&mut self) -> Result<(), Vec<MissingPlace>> {
        let Course { plan, records, standing } = self;
        let mut missing = Vec::new();
        let is_missing = |leaf: &Grid<_, _, LeafScore>| leaf.figures().iter().any(|cell| cell.missing);
        let with_missing: Vec<_> = standing.leaves.enumerated().filter(|(_, leaf)| is_missing(leaf)).collect();
        for unit in plan.unit_indices().filter(|_| !with_missing.is_empty()) {
            for period in plan.period_indices() {
                for (leaf, cells) in &with_missing {
                    if !cells[(period, unit)].missing {
                        continue;
                    }
                    let at = |group| MissingPlace { unit, period, leaf: *leaf, group };
                    match &plan.leaves[*leaf].method {
                        Method::Survey(survey) => {
                            let counts = records.counts(*leaf, period, unit);
                            let criteria = plan.sized_criteria(survey, unit).weights.len();
                            let groups = survey.figures.missing_groups(criteria, counts);
                            missing.extend(groups.into_iter().map(|group| at(Some(survey.groups[group]))));
                        }
                        _ => missing.push(at(None)),
                    }
                }
            }
        }
        if standing.mode == Mode::Final && !missing.is_empty() {
            return Err(missing);
        }
        standing.missing = missing;
        Ok(())
    }

    /// Each unit's total over the periods that count, from what its leaves and adjustments give.
    pub(crate) fn add_up(&mut self) {
        let standing = &self.standing;
        let mut totals = Grid::filled(Score::ZERO, self.plan.periods().len(), self.plan.units().len());
        for leaf in &standing.leaves {
            for (total, cell) in totals.figures_mut().iter_mut().zip(leaf.figures()) {
                *total += cell.score;
            }
        }
        let adjustments = standing.bonus.figures().iter().zip(standing.deduction.figures());
        for (total, (bonus, deduction)) in totals.figures_mut().iter_mut().zip(adjustments) {
            *total = *total + *bonus - *deduction;
        }
        let total = |unit| standing.combined_over(|period| totals[(period, unit)]);
        self.standing.totals = self.plan.unit_indices().map(total).collect();
    }

    /// Who takes part in stage 2 (docs/arithmetic.md, "Two stages").
    fn shortlist(&mut self) {
        let Course { plan, records, standing } = self;
        let Some(shortlist) = plan.shortlist() else { return };
        if let Some(frozen) = &records.frozen_lists {
            standing.sides.clone_from(frozen);
            return;
        }
        let last_year = this_year(plan, records).and_then(|year| year.checked_sub(1));
        let carried = |unit: UnitIndex| {
            last_year
                .and_then(|year| records.history.get(&(year, unit)))
                .is_some_and(|outcomes| outcomes.contains(&shortlist.carry))
        };
        // Carried units take places among the lowest, or are set aside before any are taken.
        let rivals_for_places = |unit: &UnitIndex| shortlist.carried != Some(Carried::Beside) || !carried(*unit);
        let (top, bottom) = (shortlist.top as usize, shortlist.bottom as usize);
        let mut open: BTreeSet<Vec<UnitIndex>> = BTreeSet::new();
        for units in &plan.lists.category_units {
            let stage_1 = order_in_category(plan, records, standing, units);
            let ranked: Vec<UnitIndex> = stage_1.units.iter().copied().filter(rivals_for_places).collect();
            let low: BTreeSet<UnitIndex> = ranked[ranked.len().saturating_sub(bottom)..].iter().copied().collect();
            for unit in &stage_1.units {
                if low.contains(unit) || carried(*unit) {
                    standing.sides[*unit] = Some(Side::Bottom);
                }
            }
            let free = |unit: &UnitIndex| standing.sides[*unit].is_none();
            let others: Vec<UnitIndex> = stage_1.units.iter().copied().filter(free).collect();
            for unit in others.iter().take(top) {
                standing.sides[*unit] = Some(Side::Top);
            }
            for tied in &stage_1.unresolved {
                let rivals: Vec<&UnitIndex> = tied.iter().filter(|unit| rivals_for_places(unit)).collect();
                let inside = rivals.iter().filter(|unit| low.contains(unit)).count();
                if inside > 0 && inside < rivals.len() && !rivals.iter().all(|unit| carried(**unit)) {
                    open.insert(tied.clone());
                }
                let rivals = || tied.iter().filter(|unit| others.contains(unit));
                let listed = rivals().filter(|unit| standing.sides[**unit] == Some(Side::Top)).count();
                if listed > 0 && listed < rivals().count() {
                    open.insert(tied.clone());
                }
            }
        }
        standing.unresolved.extend(open);
    }

    /// Ranks, grades and outcomes from the totals and lists.
    pub(crate) fn rank(&mut self) {
        self.rank_categories();
        let (grades, open) = grades(self.plan, self.records, &self.standing);
        self.standing.grades = grades;
        open.into_iter().for_each(|tied| self.leave_open(tied));
        self.standing.outcomes = outcomes(self.plan, self.records, &self.standing);
    }

    /// The final order of each category: the top list, the rest, the bottom list.
    fn rank_categories(&mut self) {
        for units in &self.plan.lists.category_units {
            let mut rank = 0;
            for side in [Some(Side::Top), None, Some(Side::Bottom)] {
                let on_list = |unit: &UnitIndex| self.standing.sides[*unit] == side;
                let segment: Vec<UnitIndex> = units.iter().copied().filter(on_list).collect();
                let order = order_in_category(self.plan, self.records, &self.standing, &segment);
                for unit in order.units {
                    rank += 1;
                    self.standing.ranks[unit] = rank;
                }
                self.standing.ties.extend(order.decided);
                order.unresolved.into_iter().for_each(|tied| self.leave_open(tied));
            }
        }
    }

    fn leave_open(&mut self, tied: Vec<UnitIndex>) {
        if !self.standing.unresolved.contains(&tied) {
            self.standing.unresolved.push(tied);
        }
    }
}
