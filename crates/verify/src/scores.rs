//! The result against itself, and against the records that are shown.

use std::collections::BTreeSet;

use document::Value;
use scoring::plan_document::TieBreak;
use scoring::result_document::ComponentResult;
use scoring::{
    Contradiction, ContradictionKind, RecordsDocument, ResultDocument, ShownRecords, WithheldRecord, contradictions,
    score_shown,
};
use text::verify as words;
use wire::result::FrozenLists;

use crate::Publication;
use crate::report::{Line, Report};

/// Places of one kind that are told; one is enough to know that a publication does not hold.
const MOST_TOLD: usize = 100;

impl Publication<'_> {
    pub(crate) fn scores(&self, report: &mut Report) {
        let lists = self.document::<FrozenLists>("shortlist", report);
        let mut found = contradictions(&self.plan, &self.result);
        if lists.is_some() {
            // Stage 1 may have been corrected since they were frozen: the result is held against them below.
            found.retain(|one| !one.path.ends_with("/list"));
            report.unchecked.push(Line::at("/shortlist", words::FROZEN_LISTS));
        }
        report.faults.extend(found.iter().take(MOST_TOLD).map(line));
        if found.is_empty() {
            report.checked.push(Line::with("/result", words::SUMS_FOLLOW, self.result.units.len()));
        }
        let Some(records) = self.member("records") else {
            let elsewhere = self.member("records_at").is_some();
            let words = if elsewhere { words::RECORDS_ELSEWHERE } else { words::NO_RECORDS };
            report.unchecked.push(Line::at("/result", words));
            for member in ["records_at", "records_sha256"].into_iter().filter(|member| self.member(member).is_some()) {
                report.unchecked.push(Line::at(format!("/{member}"), words));
            }
            return;
        };
        let document = match RecordsDocument::read(records) {
            Ok(document) => document,
            Err(problems) => {
                report.faults.extend(problems.iter().take(MOST_TOLD).map(|one| Line::problem("/records", one)));
                return;
            }
        };
        if self.member("withheld").is_none() {
            report.faults.push(Line::at("/withheld", words::MISSING));
        }
        let Some(withheld) = self.document::<Vec<WithheldRecord>>("withheld", report) else { return };
        match ShownRecords::new(&self.plan, &document, &withheld) {
            Ok(shown) => {
                let shown = match &lists {
                    Some(lists) => shown.with_frozen_lists(&self.plan, &lists.top, &lists.bottom),
                    None => shown,
                };
                self.records_hash(records, &withheld, report);
                self.rescore(&shown, document.tallies.len(), report);
            }
            Err(problems) => report.faults.extend(problems.iter().take(MOST_TOLD).map(|one| Line::problem("", one))),
        }
    }

    /// Where nothing is withheld, the records that are shown are all there are.
    fn records_hash(&self, records: &Value, withheld: &[WithheldRecord], report: &mut Report) {
        if withheld.is_empty() {
            if self.member("records_sha256").and_then(Value::as_str) != Some(&records.sha256()) {
                report.faults.push(Line::at("/records_sha256", words::RECORDS_HASH_DIFFERS));
            }
            return;
        }
        report.unchecked.push(Line::at("/records_sha256", words::FULL_RECORDS));
        report.unchecked.push(Line::with("/withheld", words::WITHHELD, withheld.len()));
    }

    /// Scores the records that are shown again and holds the result against what was published.
    fn rescore(&self, shown: &ShownRecords, tallies: usize, report: &mut Report) {
        let again = match score_shown(&self.plan, shown, &self.result) {
            Ok(standing) => standing.document(&self.plan),
            Err(missing) => {
                let lines = missing.iter().take(MOST_TOLD).map(|place| {
                    let place = place.named(&self.plan);
                    let group = place.group.unwrap_or_default();
                    let detail = format!("{} {} {} {group}", place.period, place.component, place.unit);
                    Line::with("/records", words::NO_DATA, detail)
                });
                report.faults.extend(lines);
                return;
            }
        };
        let before = report.faults.len();
        self.leaves(shown, report);
        if self.has_open_shares(shown) {
            report.unchecked.push(Line::at("/result/ties", words::TIES_BY_SHARE));
            for (place, unit) in self.result.units.iter().enumerate().filter(|(_, unit)| self.is_tied(&unit.unit)) {
                report.unchecked.push(Line::with(format!("/result/units/{place}"), words::TIES_BY_SHARE, &unit.unit));
            }
            self.adjustments(&again, report);
        } else {
            let (said, follows) = (Value::of(&self.result), Value::of(&again));
            differences("/result", Some(&said), Some(&follows), &mut report.faults);
        }
        if report.faults.len() == before {
            report.checked.push(Line::with("/records", words::SCORED_AGAIN, tallies));
        }
    }

    /// Each leaf's score by itself, and which of them nothing tells.
    fn leaves(&self, shown: &ShownRecords, report: &mut Report) {
        for (place, unit) in self.result.units.iter().enumerate() {
            for (row, period) in unit.periods.iter().enumerate() {
                let path = format!("/result/units/{place}/periods/{row}/components");
                let at = (unit.unit.as_str(), period.period.as_str());
                self.leaves_below(shown, &path, at, &period.components, report);
            }
        }
    }

    fn leaves_below(
        &self,
        shown: &ShownRecords,
        path: &str,
        (unit, period): (&str, &str),
        components: &[ComponentResult],
        report: &mut Report,
    ) {
        for (index, component) in components.iter().enumerate() {
            let path = format!("{path}/{index}");
            let Some(leaf) = self.plan.leaf_place(&component.component) else {
                self.leaves_below(shown, &format!("{path}/children"), (unit, period), &component.children, report);
                continue;
            };
            let place = self.plan.period_place(period).zip(self.plan.unit_place(unit));
            let Some((period, unit)) = place else { continue };
            match shown.leaf_score(&self.plan, leaf, period, unit) {
                None => report.unchecked.push(Line::at(path, words::SCORE_NOT_TOLD)),
                Some(score) if score != component.score => {
                    report.faults.push(Line::with(format!("{path}/score"), words::DIFFERS, score));
                }
                Some(_) => {}
            }
        }
    }

    fn is_tied(&self, unit: &str) -> bool {
        self.result.ties.iter().any(|tie| tie.units.iter().any(|tied| tied == unit))
    }

    /// Does a tie hang on the share of an option of which marks are withheld? In a shortlist's first stage ties do not show.
    fn has_open_shares(&self, shown: &ShownRecords) -> bool {
        let share = |rule: &TieBreak| match rule {
            TieBreak::OptionShare(share) => {
                self.plan.leaf_place(&share.component).is_some_and(|leaf| shown.is_partial_in(leaf))
            }
            TieBreak::Component(_) => false,
        };
        let totals: BTreeSet<_> = self.result.units.iter().map(|unit| unit.total).collect();
        let tied = totals.len() < self.result.units.len() || self.plan.document().shortlist.is_some();
        tied && self.plan.tie_break().iter().any(share)
    }

    /// Bonuses and deductions, which no tie changes.
    fn adjustments(&self, again: &ResultDocument, report: &mut Report) {
        for (place, (said, follows)) in self.result.units.iter().zip(&again.units).enumerate() {
            for (row, (said, follows)) in said.periods.iter().zip(&follows.periods).enumerate() {
                let figures = [("bonus", said.bonus, follows.bonus), ("deduction", said.deduction, follows.deduction)];
                for (name, _, follows) in figures.into_iter().filter(|(_, said, follows)| said != follows) {
                    let path = format!("/result/units/{place}/periods/{row}/{name}");
                    report.faults.push(Line::with(path, words::DIFFERS, follows));
                }
            }
        }
    }
}

fn line(contradiction: &Contradiction) -> Line {
    let words = match contradiction.kind {
        ContradictionKind::NotInPlan => words::NOT_IN_PLAN,
        ContradictionKind::OutOfBounds => words::OUT_OF_BOUNDS,
        ContradictionKind::DoesNotFollow => words::DOES_NOT_FOLLOW,
        ContradictionKind::NotFinal => words::NOT_FINAL,
    };
    let follows = contradiction.follows.as_deref().unwrap_or_default();
    Line::with(format!("/result{}", contradiction.path), words, follows)
}

/// The places where one value is another than a second, the lowest that are whole.
fn differences(path: &str, said: Option<&Value>, follows: Option<&Value>, found: &mut Vec<Line>) {
    if said == follows || found.len() >= MOST_TOLD {
        return;
    }
    match (said, follows) {
        (Some(Value::Object(said)), Some(follows @ Value::Object(_))) => {
            for (key, value) in said {
                differences(&document::pointer(path, key), Some(value), follows.get(key), found);
            }
        }
        (Some(Value::List(said)), Some(Value::List(follows))) => {
            for place in 0..said.len().max(follows.len()) {
                differences(&format!("{path}/{place}"), said.get(place), follows.get(place), found);
            }
        }
        (_, follows) => {
            let follows = follows.map(Value::canonical).unwrap_or_default();
            found.push(Line::with(path, words::DIFFERS, follows));
        }
    }
}
