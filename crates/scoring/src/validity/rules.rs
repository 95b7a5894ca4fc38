//! What follows the scores: adjustments, ties, grades, the shortlist, outcomes.

use super::Check;
use crate::decimal::Decimal;
use crate::index::{GradeIndex, IndexVec, LeafIndex, LevelIndex, OptionIndex, OutcomeIndex};
use crate::plan::{Condition, Plan, Rule, RulePoints, TieRule};
use crate::plan_document::{OptionShare, OutcomeDocument, RuleDocument, TieBreak, When};
use crate::sorted::sorted_by_key;
use document::problem::ProblemCode;
use document::{Figure, pointer};

/// Most decimals of a published total.
const MOST_DECIMALS: u64 = 6;

impl Check {
    pub(super) fn rules(&mut self, plan: &mut Plan) {
        let document = plan.document.clone();
        plan.rules = (document.adjustments.iter().enumerate())
            .map(|(i, rule)| self.rule(rule, &format!("/adjustments/{i}")))
            .collect();
        if let Some(cap) = &document.adjustment_cap {
            let mut limit = |figure: &Option<Figure>, path: &str| {
                figure.as_ref().map(|figure| self.adjustment_points(figure, path))
            };
            plan.bonus_cap = limit(&cap.bonus, "/adjustment_cap/bonus");
            plan.deduction_cap = limit(&cap.deduction, "/adjustment_cap/deduction");
        }
        if document.ranking.decimals > MOST_DECIMALS {
            self.add("/ranking/decimals", ProblemCode::OutOfRange);
        }
        for (i, element) in document.ranking.tie_break.iter().enumerate() {
            if let Some(rule) = self.tie_rule(plan, element, &format!("/ranking/tie_break/{i}")) {
                plan.tie_break.push(rule);
            }
        }
        self.grading(plan);
        self.shortlist(plan);
        self.outcomes(plan, &document.outcomes);
    }

    fn rule(&mut self, rule: &RuleDocument, path: &str) -> Rule {
        let points = match (&rule.levels, &rule.range) {
            (Some(levels), None) => {
                let list = pointer(path, "levels");
                self.ids::<LevelIndex>(&list, levels.iter().map(|level| level.id.as_str()));
                RulePoints::Levels(
                    (levels.iter().enumerate())
                        .map(|(i, level)| {
                            let points = self.adjustment_points(&level.points, &format!("{list}/{i}/points"));
                            (level.id.clone(), points)
                        })
                        .collect(),
                )
            }
            (None, Some(range)) => {
                let range_path = pointer(path, "range");
                let min = self.adjustment_points(&range.min, &pointer(&range_path, "min"));
                let max = self.adjustment_points(&range.max, &pointer(&range_path, "max"));
                if range.min.decimal().is_some() && range.max.decimal().is_some() && min > max {
                    self.add(range_path, ProblemCode::RangeReversed);
                }
                RulePoints::Range(min, max)
            }
            _ => {
                self.add(path, ProblemCode::LevelsOrRange);
                RulePoints::Levels(Vec::new())
            }
        };
        let cap_path = pointer(path, "cap");
        let cap = rule.cap.as_ref().map(|cap| self.adjustment_points(cap, &cap_path));
        Rule { sign: rule.sign, points, cap }
    }

    fn tie_rule(&mut self, plan: &Plan, element: &TieBreak, path: &str) -> Option<TieRule> {
        match element {
            TieBreak::Component(id) => {
                self.find(&plan.node_places, id, &path, ProblemCode::UnknownComponent).map(TieRule::Node)
            }
            TieBreak::OptionShare(OptionShare { option, component }) => {
                let component_path = pointer(path, "component");
                let node = self.find(&plan.node_places, component, &component_path, ProblemCode::UnknownComponent)?;
                let options = |leaf: LeafIndex| plan.document.scales.is_empty() || plan.options_of(leaf).is_empty();
                let Some(leaf) = plan.nodes[node].leaf.filter(|&leaf| !options(leaf)) else {
                    self.add_with(component_path, ProblemCode::WrongKind, component);
                    return None;
                };
                let place = plan.options_of(leaf).iter().position(|o| o.id == *option);
                if place.is_none() {
                    self.add_with(pointer(path, "option"), ProblemCode::UnknownOption, option);
                }
                place.map(|option| TieRule::OptionShare { leaf, option: OptionIndex::from(option) })
            }
        }
    }

    fn grading(&mut self, plan: &mut Plan) {
        let Some(grading) = &plan.document.grading else { return };
        let list = "/grading/grades";
        self.ids::<GradeIndex>(list, grading.grades.iter().map(|grade| grade.id.as_str()));
        let shares: Vec<Option<Decimal>> = (grading.grades.iter().enumerate())
            .map(|(i, grade)| self.sound_amount(&grade.share, &format!("{list}/{i}/share")))
            .collect();
        let sum: Option<Decimal> = shares.iter().copied().sum();
        if sum.is_some_and(|sum| sum != Decimal::from_int(100)) {
            self.add_with(list, ProblemCode::SharesTotal, sum.unwrap_or_default());
        }
        plan.grade_shares = shares.into_iter().map(Option::unwrap_or_default).collect();
    }

    fn shortlist(&mut self, plan: &Plan) {
        let Some(shortlist) = &plan.document.shortlist else { return };
        self.find(&plan.lists.outcomes, &shortlist.carry, &"/shortlist/carry", ProblemCode::UnknownOutcome);
        for (category, units) in plan.lists.category_units.enumerated() {
            let needed = u128::from(shortlist.top) + u128::from(shortlist.bottom);
            if (units.len() as u128) < needed {
                let id = &plan.category(category).id;
                let detail = format!("{id}: {} < {needed}", units.len());
                self.add_with("/shortlist", ProblemCode::ShortlistTooLong, detail);
            }
        }
    }

    fn outcomes(&mut self, plan: &mut Plan, outcomes: &[OutcomeDocument]) {
        for (i, outcome) in outcomes.iter().enumerate() {
            let path = format!("/outcomes/{i}");
            for (label, amount) in outcome.effects.iter().flatten() {
                self.decimal(amount, &pointer(&pointer(&path, "effects"), label));
            }
            if outcome.only.is_some() && outcome.except.is_some() {
                self.add(pointer(&path, "except"), ProblemCode::OnlyAndExcept);
            }
            for (field, name) in [("only", &outcome.only), ("except", &outcome.except)] {
                let Some(name) = name else { continue };
                if !plan.units().iter().any(|unit| unit.traits.as_ref().is_some_and(|traits| traits.contains(name))) {
                    self.add_with(pointer(&path, field), ProblemCode::UnknownTrait, name);
                }
            }
            let condition = self.condition(plan, &outcome.when, &pointer(&path, "when"));
            plan.outcomes.push(condition.unwrap_or(Condition::Ranks(0, 0)));
        }
        self.outcome_order(plan);
    }

    fn condition(&mut self, plan: &Plan, when: &When, path: &str) -> Option<Condition> {
        let ends = |check: &mut Check, field: &str, a: u64, b: u64| {
            if a < 1 || a > b {
                check.add(pointer(path, field), ProblemCode::OutOfRange);
            }
        };
        Some(match when {
            When { from_top: Some(n), .. } => Condition::Ranks(1, *n),
            When { from_bottom: Some(n), .. } => Condition::RanksFromBottom(1, *n),
            When { only_from_bottom: Some(n), .. } => Condition::RanksFromBottom(*n, *n),
            When { ranks: Some([a, b]), .. } => {
                ends(self, "ranks", *a, *b);
                Condition::Ranks(*a, *b)
            }
            When { ranks_from_bottom: Some([a, b]), .. } => {
                ends(self, "ranks_from_bottom", *a, *b);
                Condition::RanksFromBottom(*a, *b)
            }
            When { top_share: Some(share), .. } => Condition::TopShare(self.amount(share, &pointer(path, "top_share"))),
            When { grade: Some(id), .. } => {
                let grades = plan.document.grading.as_ref().map_or(&[][..], |g| &g.grades);
                let place = grades.iter().position(|grade| grade.id == *id);
                if place.is_none() {
                    self.add_with(pointer(path, "grade"), ProblemCode::UnknownGrade, id);
                }
                Condition::Grade(GradeIndex::from(place?))
            }
            When { list: Some(side), .. } => {
                if plan.document.shortlist.is_none() {
                    self.add(pointer(path, "list"), ProblemCode::NoShortlist);
                }
                Condition::List(*side)
            }
            When { outcome: Some(outcome), years: Some(years), .. } => {
                if *years < 1 {
                    self.add(pointer(path, "years"), ProblemCode::NotPositive);
                }
                let outcome_path = pointer(path, "outcome");
                let outcome = self.find(&plan.lists.outcomes, outcome, &outcome_path, ProblemCode::UnknownOutcome)?;
                Condition::Repeated { outcome, years: *years }
            }
            // Only the placeholder for what could not be read names no condition.
            When { .. } => return None,
        })
    }

    /// Orders the outcomes so that each comes after the one it builds on; a circle is a problem of
    /// each outcome on it.
    fn outcome_order(&mut self, plan: &mut Plan) {
        let above = |outcome: OutcomeIndex| match plan.outcomes[outcome] {
            Condition::Repeated { outcome, .. } => Some(outcome),
            _ => None,
        };
        let mut depths = IndexVec::default();
        for start in plan.outcomes.indices() {
            let (mut depth, mut at) = (0, above(start));
            while let Some(outcome) = at {
                if outcome == start {
                    self.add(format!("/outcomes/{}/when/outcome", start.index()), ProblemCode::OutcomeCycle);
                    break;
                }
                depth += 1;
                if depth > plan.outcomes.len() {
                    // It leads into a circle, which is reported where it is.
                    break;
                }
                at = above(outcome);
            }
            depths.push(depth as i128);
        }
        plan.outcome_order = sorted_by_key(plan.outcomes.indices(), |outcome| depths[outcome]);
    }
}
