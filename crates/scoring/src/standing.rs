//! Plan + records → standing: scores, totals, ranks, grades, outcomes.
//!
//! Owns the one formula's course: stage 1, the shortlist, stage 2, the order, and what follows from
//! it. The arithmetic of a leaf stands in `leaf_score`, of an order in `ranking`, of grades and
//! outcomes in `consequences`; the printed form in `result_document`.

use std::collections::BTreeSet;

use crate::consequences;
use crate::decimal::{Decimal, Score, divide_rounding};
use crate::leaf_score::{LeafScore, leaf_score};
use crate::plan::{Method, Plan, TieRule};
use crate::plan_document::{Combine, Side, Sign};
use crate::ranking::{Decider, Key, Order, order};
use crate::records::Records;

/// How missing data is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Any missing leaf is an error.
    Final,
    /// What is there counts; what is missing is listed.
    Provisional,
}

/// A place without data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingPlace {
    /// The unit, by place.
    pub unit: usize,
    /// The period, by place.
    pub period: usize,
    /// The leaf, by place.
    pub leaf: usize,
    /// The group without marks, by place in the plan; `None` for an entry or link.
    pub group: Option<usize>,
}

/// What became of every unit. Addressed by the plan's places.
#[derive(Debug, Clone)]
pub struct Standing {
    pub(crate) mode: Mode,
    periods: usize,
    units: usize,
    /// Which periods count.
    pub(crate) counted: Vec<bool>,
    combine: Combine,
    /// By leaf, period, unit.
    cells: Vec<LeafScore>,
    /// By period and unit, after caps.
    bonus: Vec<Score>,
    deduction: Vec<Score>,
    pub(crate) totals: Vec<Score>,
    pub(crate) ranks: Vec<u32>,
    pub(crate) sides: Vec<Option<Side>>,
    pub(crate) grades: Vec<Option<usize>>,
    pub(crate) outcomes: Vec<Vec<usize>>,
    pub(crate) ties: Vec<(usize, usize, Decider)>,
    pub(crate) unresolved: Vec<Vec<usize>>,
    pub(crate) missing: Vec<MissingPlace>,
}

/// Scores a plan's records.
///
/// # Errors
/// In final mode, every place without data. Nothing else can go wrong with a valid plan and valid
/// records of it; ties that need a draw are part of the standing.
pub fn score(plan: &Plan, records: &Records, mode: Mode) -> Result<Standing, Vec<MissingPlace>> {
    let mut standing = Standing::blank(plan, records, mode);
    standing.adjust(plan, records);
    standing.score_stage(plan, records, 1);
    standing.refuse_missing(plan, records)?;
    if plan.document.shortlist.is_some() {
        standing.add_up(plan);
        standing.shortlist(plan, records);
        standing.score_stage(plan, records, 2);
        standing.refuse_missing(plan, records)?;
    }
    standing.add_up(plan);
    standing.rank_units(plan, records);
    consequences::grades(plan, records, &mut standing);
    consequences::outcomes(plan, records, &mut standing);
    Ok(standing)
}

impl Standing {
    /// What the same scores would lead to if the units' totals (in plan order) were these: ranks,
    /// grades and outcomes by the one rule. Lists of a shortlist stay as they are.
    #[must_use]
    pub fn with_totals(&self, plan: &Plan, records: &Records, totals: &[Score]) -> Standing {
        let mut standing =
            Standing { totals: totals.to_vec(), ties: Vec::new(), unresolved: Vec::new(), ..self.clone() };
        standing.rank_units(plan, records);
        consequences::grades(plan, records, &mut standing);
        consequences::outcomes(plan, records, &mut standing);
        standing
    }

    pub(crate) fn blank(plan: &Plan, records: &Records, mode: Mode) -> Standing {
        let (periods, units) = (plan.periods().len(), plan.units().len());
        let used: Vec<bool> = (0..periods).map(|period| records.period_used(period)).collect();
        let all = mode == Mode::Final || used.iter().all(|used| !used);
        Standing {
            mode,
            periods,
            units,
            counted: used.into_iter().map(|used| all || used).collect(),
            combine: plan.document.combine,
            cells: vec![LeafScore::NONE; plan.leaves.len() * periods * units],
            bonus: vec![Score::ZERO; periods * units],
            deduction: vec![Score::ZERO; periods * units],
            totals: vec![Score::ZERO; units],
            ranks: vec![0; units],
            sides: vec![None; units],
            grades: vec![None; units],
            outcomes: vec![Vec::new(); units],
            ties: Vec::new(),
            unresolved: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Sums up each unit's bonuses and deductions, rule by rule, each and all of them capped.
    fn adjust(&mut self, plan: &Plan, records: &Records) {
        for (&(period, unit, rule), &points) in &records.adjustments {
            let rule = &plan.rules[rule];
            let cap = |cap: Option<Decimal>| cap.and_then(Decimal::to_score);
            let points = cap(rule.cap).map_or(points, |cap| points.min(cap));
            let place = period * self.units + unit;
            let (sums, over_all) = match rule.sign {
                Sign::Bonus => (&mut self.bonus, plan.bonus_cap),
                Sign::Deduction => (&mut self.deduction, plan.deduction_cap),
            };
            let sum = sums[place] + points;
            sums[place] = cap(over_all).map_or(sum, |cap| sum.min(cap));
        }
    }

    fn score_stage(&mut self, plan: &Plan, records: &Records, stage: u8) {
        let Standing { cells, sides, periods, units, .. } = self;
        for (place, leaf) in plan.leaves.iter().enumerate().filter(|(_, leaf)| leaf.stage == stage) {
            let applies = &plan.nodes[leaf.node].applies;
            for period in 0..*periods {
                let start = (place * *periods + period) * *units;
                let row = &mut cells[start..start + *units];
                for (unit, cell) in row.iter_mut().enumerate() {
                    if applies[unit] && (stage == 1 || sides[unit].is_some()) {
                        *cell = leaf_score(leaf, place, records, period, unit);
                    }
                }
            }
        }
    }

    /// Lists what is missing, unit by unit; in final mode that is the end.
    fn refuse_missing(&mut self, plan: &Plan, records: &Records) -> Result<(), Vec<MissingPlace>> {
        let mut missing = Vec::new();
        for unit in 0..self.units {
            for period in 0..self.periods {
                for (place, leaf) in plan.leaves.iter().enumerate() {
                    if !self.cell(place, period, unit).missing {
                        continue;
                    }
                    let at = |group| MissingPlace { unit, period, leaf: place, group };
                    match &leaf.method {
                        Method::Survey(survey) => {
                            let groups = survey.figures.missing_groups(records.counts(place, period, unit));
                            missing.extend(groups.into_iter().map(|group| at(Some(survey.groups[group]))));
                        }
                        _ => missing.push(at(None)),
                    }
                }
            }
        }
        if self.mode == Mode::Final && !missing.is_empty() {
            return Err(missing);
        }
        self.missing = missing;
        Ok(())
    }

    pub(crate) fn add_up(&mut self, plan: &Plan) {
        let mut period_totals = vec![Score::ZERO; self.periods * self.units];
        for leaf in 0..plan.leaves.len() {
            let start = leaf * self.periods * self.units;
            let cells = &self.cells[start..start + self.periods * self.units];
            for (total, cell) in period_totals.iter_mut().zip(cells) {
                *total += cell.score;
            }
        }
        for (total, (bonus, deduction)) in period_totals.iter_mut().zip(self.bonus.iter().zip(&self.deduction)) {
            *total = *total + *bonus - *deduction;
        }
        for unit in 0..self.units {
            self.totals[unit] = self.combined_over(|period| period_totals[period * self.units + unit]);
        }
    }

    /// Combines a figure of each counted period as the totals are, rounded once.
    fn combined_over(&self, figure: impl Fn(usize) -> Score) -> Score {
        let mut counted = (0..self.periods).filter(|period| self.counted[*period]);
        if self.periods == 1 {
            return figure(0);
        }
        match self.combine {
            Combine::Last => counted.next_back().map_or(Score::ZERO, figure),
            Combine::Sum => counted.map(figure).sum(),
            Combine::Mean => {
                let number = counted.clone().count() as i128;
                let sum: Score = counted.map(figure).sum();
                Score::from_millionths(divide_rounding(sum.millionths(), number.max(1)))
            }
        }
    }

    /// What a rule of the tie chain holds for a unit.
    fn key(&self, plan: &Plan, records: &Records, rule: usize, unit: usize) -> Key {
        match plan.tie_break[rule] {
            TieRule::Node(node) => Key::Score(self.combined(plan, node, unit)),
            TieRule::OptionShare { leaf, option } => {
                if !self.takes_part(plan, leaf, unit) {
                    return Key::Share(0, 0);
                }
                let options = plan.options_of(leaf).len();
                let (mut marked, mut all) = (0, 0);
                for period in 0..self.periods {
                    for (place, count) in records.counts(leaf, period, unit).iter().enumerate() {
                        all += u128::from(*count);
                        marked += if place % options == option { u128::from(*count) } else { 0 };
                    }
                }
                Key::Share(marked, all)
            }
        }
    }

    pub(crate) fn order(&self, plan: &Plan, records: &Records, units: &[usize]) -> Order {
        let category = units.first().map(|unit| plan.category_of(*unit));
        order(
            units,
            |unit| self.totals[unit],
            plan.tie_break.len(),
            |rule, unit| self.key(plan, records, rule, unit),
            |tied| drawn(records, category, tied),
        )
    }

    /// As [`Standing::order`], over several categories: by totals and the tie rule alone.
    pub(crate) fn order_across(&self, plan: &Plan, records: &Records, units: &[usize]) -> Order {
        let key = |rule, unit| self.key(plan, records, rule, unit);
        order(units, |unit| self.totals[unit], plan.tie_break.len(), key, |_| None)
    }

    /// Who takes part in stage 2 (scoring.md, section 6).
    fn shortlist(&mut self, plan: &Plan, records: &Records) {
        let Some(shortlist) = &plan.document.shortlist else { return };
        let last_year = this_year(plan, records).and_then(|year| year.checked_sub(1));
        let carried = |unit: usize| {
            last_year
                .and_then(|year| records.history.get(&(year, unit)))
                .is_some_and(|outcomes| outcomes.contains(&shortlist.carry))
        };
        let (top, bottom) = (shortlist.top as usize, shortlist.bottom as usize);
        let mut open: BTreeSet<Vec<usize>> = BTreeSet::new();
        for units in &plan.lists.category_units {
            let stage_1 = self.order(plan, records, units);
            let lowest = stage_1.units.len().saturating_sub(bottom);
            for (place, unit) in stage_1.units.iter().enumerate() {
                if place >= lowest || carried(*unit) {
                    self.sides[*unit] = Some(Side::Bottom);
                }
            }
            let others: Vec<usize> = stage_1.units.iter().copied().filter(|unit| self.sides[*unit].is_none()).collect();
            for unit in others.iter().take(top) {
                self.sides[*unit] = Some(Side::Top);
            }
            for tied in &stage_1.unresolved {
                let low = &stage_1.units[lowest..];
                let inside = tied.iter().filter(|unit| low.contains(unit)).count();
                if inside > 0 && inside < tied.len() && !tied.iter().all(|unit| carried(*unit)) {
                    open.insert(tied.clone());
                }
                let rivals = || tied.iter().filter(|unit| others.contains(unit));
                let listed = rivals().filter(|unit| self.sides[**unit] == Some(Side::Top)).count();
                if listed > 0 && listed < rivals().count() {
                    open.insert(tied.clone());
                }
            }
        }
        self.unresolved.extend(open);
    }

    /// The final order of each category: the top list, the rest, the bottom list.
    pub(crate) fn rank_units(&mut self, plan: &Plan, records: &Records) {
        for units in &plan.lists.category_units {
            let mut rank = 0;
            for side in [Some(Side::Top), None, Some(Side::Bottom)] {
                let segment: Vec<usize> = units.iter().copied().filter(|unit| self.sides[*unit] == side).collect();
                let order = self.order(plan, records, &segment);
                for unit in order.units {
                    rank += 1;
                    self.ranks[unit] = rank;
                }
                self.ties.extend(order.decided);
                for tied in order.unresolved {
                    if !self.unresolved.contains(&tied) {
                        self.unresolved.push(tied);
                    }
                }
            }
        }
    }

    pub(crate) fn set_cell(&mut self, leaf: usize, period: usize, unit: usize, score: LeafScore) {
        self.cells[(leaf * self.periods + period) * self.units + unit] = score;
    }

    /// Takes a leaf out of every sum.
    pub(crate) fn clear_leaf(&mut self, leaf: usize) {
        let length = self.periods * self.units;
        self.cells[leaf * length..(leaf + 1) * length].fill(LeafScore::NONE);
    }

    /// Sets a unit's adjustments of a period, after caps.
    pub(crate) fn set_adjustments(&mut self, period: usize, unit: usize, bonus: Score, deduction: Score) {
        let place = period * self.units + unit;
        (self.bonus[place], self.deduction[place]) = (bonus, deduction);
    }

    pub(crate) fn cell(&self, leaf: usize, period: usize, unit: usize) -> LeafScore {
        self.cells[(leaf * self.periods + period) * self.units + unit]
    }

    /// Does the leaf count for the unit, by traits and by stage?
    #[must_use]
    pub fn takes_part(&self, plan: &Plan, leaf: usize, unit: usize) -> bool {
        plan.applies(leaf, unit) && (plan.leaves[leaf].stage == 1 || self.sides[unit].is_some())
    }

    /// Which mode it was scored in.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// A leaf's score in a period; 0 where it does not apply.
    #[must_use]
    pub fn leaf_score(&self, leaf: usize, period: usize, unit: usize) -> Score {
        self.cell(leaf, period, unit).score
    }

    /// Is the leaf's data missing, in whole or in part?
    #[must_use]
    pub fn leaf_missing(&self, leaf: usize, period: usize, unit: usize) -> bool {
        self.cell(leaf, period, unit).missing
    }

    /// Did a decision take the place of the leaf's raw value?
    #[must_use]
    pub fn leaf_decided(&self, leaf: usize, period: usize, unit: usize) -> bool {
        self.cell(leaf, period, unit).decided
    }

    /// A node's score in a period.
    #[must_use]
    pub fn node_score(&self, plan: &Plan, node: usize, period: usize, unit: usize) -> Score {
        plan.nodes[node].leaves.clone().map(|leaf| self.cell(leaf, period, unit).score).sum()
    }

    /// A node's score over all periods that count, combined as the totals are.
    #[must_use]
    pub fn combined(&self, plan: &Plan, node: usize, unit: usize) -> Score {
        self.combined_over(|period| self.node_score(plan, node, period, unit))
    }

    /// Bonuses less deductions over all periods that count, combined as the totals are.
    #[must_use]
    pub fn adjustments(&self, unit: usize) -> Score {
        self.combined_over(|period| self.bonus(period, unit) - self.deduction(period, unit))
    }

    /// A unit's bonus points of a period, after caps.
    #[must_use]
    pub fn bonus(&self, period: usize, unit: usize) -> Score {
        self.bonus[period * self.units + unit]
    }

    /// A unit's deductions of a period, after caps.
    #[must_use]
    pub fn deduction(&self, period: usize, unit: usize) -> Score {
        self.deduction[period * self.units + unit]
    }

    /// Which periods count: all, or in provisional mode those with any record.
    #[must_use]
    pub fn counted_periods(&self) -> &[bool] {
        &self.counted
    }

    /// A unit's total over the periods that count.
    #[must_use]
    pub fn total(&self, unit: usize) -> Score {
        self.totals[unit]
    }

    /// A unit's rank inside its category, from 1.
    #[must_use]
    pub fn rank(&self, unit: usize) -> u32 {
        self.ranks[unit]
    }

    /// The list of the shortlist that the unit is on.
    #[must_use]
    pub fn side(&self, unit: usize) -> Option<Side> {
        self.sides[unit]
    }

    /// The unit's grade, by place among the plan's grades.
    #[must_use]
    pub fn grade(&self, unit: usize) -> Option<usize> {
        self.grades[unit]
    }

    /// The unit's outcomes, by place, in plan order.
    #[must_use]
    pub fn outcomes(&self, unit: usize) -> &[usize] {
        &self.outcomes[unit]
    }

    /// Ties that nothing decides, each in plan order; none may be left when a result is published.
    #[must_use]
    pub fn unresolved_ties(&self) -> &[Vec<usize>] {
        &self.unresolved
    }

    /// Places without data; never any in final mode.
    #[must_use]
    pub fn missing(&self) -> &[MissingPlace] {
        &self.missing
    }
}

/// The draw that names all who are tied, in its order.
pub(crate) fn drawn(records: &Records, category: Option<usize>, tied: &[usize]) -> Option<Vec<usize>> {
    let lots = records.lots.iter().filter(|lot| lot.category == category);
    lots.map(|lot| lot.order.iter().copied().filter(|unit| tied.contains(unit)).collect::<Vec<_>>())
        .find(|order| order.len() == tied.len())
}

/// The year that outcomes over several years count from.
pub(crate) fn this_year(plan: &Plan, records: &Records) -> Option<u64> {
    plan.document.year.or_else(|| records.history.keys().map(|(year, _)| year + 1).max())
}
