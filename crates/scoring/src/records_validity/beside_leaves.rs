//! Records that belong to no leaf: adjustments, draws, verdicts, history.

use std::collections::BTreeSet;

use super::{Intake, each};
use crate::decimal::{Decimal, Score};
use crate::plan::RulePoints;
use crate::records::Lot;
use crate::records_document::{AdjustmentRecord, HistoryRecord, RecordsDocument, VerdictRecord};
use crate::validity::is_id;
use document::Path;
use document::problem::ProblemCode;

impl Intake<'_> {
    pub(super) fn adjustment(&mut self, record: &AdjustmentRecord, path: &Path<'_>) {
        let period = self.known_period(&record.period, path);
        let unit = self.unit(&record.unit, &Path::Key(path, "unit"));
        let Some(rule) = self.plan.lists.rules.get(&record.rule) else {
            self.add_with(&Path::Key(path, "rule"), ProblemCode::UnknownRule, &record.rule);
            return;
        };
        let points = self.adjustment_points(&self.plan.rules[rule].points, record, path);
        if let (Some(period), Some(unit), Some(points)) = (period, unit, points.and_then(Score::from_decimal)) {
            *self.records.adjustments.entry((period, unit, rule)).or_default() += points;
        }
    }

    fn adjustment_points(&mut self, rule: &RulePoints, record: &AdjustmentRecord, path: &Path<'_>) -> Option<Decimal> {
        let [level_path, points_path] = [Path::Key(path, "level"), Path::Key(path, "points")];
        match (rule, &record.level, &record.points) {
            (RulePoints::Levels(levels), Some(level), None) => {
                let found = levels.iter().find(|(id, _)| id == level);
                if found.is_none() {
                    self.add_with(&level_path, ProblemCode::UnknownLevel, level);
                }
                found.map(|(_, points)| *points)
            }
            (RulePoints::Range(min, max), None, Some(points)) => match points.decimal() {
                None => {
                    self.add(&points_path, ProblemCode::BadDecimal);
                    None
                }
                Some(points) if Score::from_decimal(points).is_none() => {
                    self.add(&points_path, ProblemCode::TooManyDecimals);
                    None
                }
                Some(points) if points < *min || points > *max => {
                    self.add_with(&points_path, ProblemCode::OutOfRange, format!("{points}: {min} … {max}"));
                    None
                }
                points => points,
            },
            (RulePoints::Levels(_), _, points) => {
                self.add(if points.is_some() { &points_path } else { &level_path }, ProblemCode::LevelOrPoints);
                None
            }
            (RulePoints::Range(..), level, _) => {
                self.add(if level.is_some() { &level_path } else { &points_path }, ProblemCode::LevelOrPoints);
                None
            }
        }
    }

    pub(super) fn lots(&mut self, document: &RecordsDocument) {
        let mut drawn: BTreeSet<(Option<&str>, &str)> = BTreeSet::new();
        each("lots", &document.lots, |record, path| {
            let category = match &record.category {
                None => None,
                Some(id) => {
                    let Some(place) = self.plan.lists.categories.get(id) else {
                        self.add_with(&Path::Key(path, "category"), ProblemCode::UnknownCategory, id);
                        return;
                    };
                    Some(place)
                }
            };
            let mut order = Vec::with_capacity(record.order.len());
            for (j, id) in record.order.iter().enumerate() {
                let path = Path::Key(path, "order");
                let path = Path::Index(&path, j);
                let Some(unit) = self.unit(id, &path) else { continue };
                if category.is_some_and(|category| self.plan.category_of(unit) != category) {
                    self.add_with(&path, ProblemCode::UnknownUnit, id);
                } else if !drawn.insert((record.category.as_deref(), id)) {
                    self.add_with(&path, ProblemCode::DuplicateId, id);
                } else {
                    order.push(unit);
                }
            }
            self.records.lots.push(Lot { category, order });
        });
    }

    pub(super) fn verdict(&mut self, record: &VerdictRecord, path: &Path<'_>) {
        let unit = self.unit(&record.unit, &Path::Key(path, "unit"));
        let outcome = self.plan.lists.outcomes.get(&record.outcome);
        if outcome.is_none() {
            self.add_with(&Path::Key(path, "outcome"), ProblemCode::UnknownOutcome, &record.outcome);
        }
        if let (Some(unit), Some(outcome)) = (unit, outcome) {
            if !self.plan.may_have(outcome, unit) {
                self.add_with(&Path::Key(path, "unit"), ProblemCode::NotApplicable, &record.outcome);
            }
            self.records.verdicts.insert((unit, outcome));
        }
    }

    pub(super) fn history(&mut self, record: &HistoryRecord, path: &Path<'_>) {
        let list = Path::Key(path, "outcomes");
        for (o, outcome) in record.outcomes.iter().enumerate().filter(|(_, outcome)| !is_id(outcome)) {
            self.add_with(&Path::Index(&list, o), ProblemCode::BadId, outcome);
        }
        if let Some(unit) = self.unit(&record.unit, &Path::Key(path, "unit")) {
            let outcomes = self.records.history.entry((record.year, unit)).or_default();
            outcomes.extend(record.outcomes.iter().cloned());
        }
    }
}
