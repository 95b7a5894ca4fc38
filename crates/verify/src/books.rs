//! The books of codes and ballots: whether they agree with each other and with the tallies that are shown.

use std::collections::BTreeMap;

use document::Value;
use scoring::RecordsDocument;
use text::verify as words;
use wire::reconciliation::{DifferenceKind, GroupBooks, Reconciliation};
use wire::result::Receipts;

use crate::Publication;
use crate::report::{Line, Report};

impl Publication<'_> {
    pub(crate) fn books(&self, report: &mut Report) {
        let receipts = self.document::<Receipts>("receipts", report);
        let Some(books) = self.document::<Reconciliation>("reconciliation", report) else { return };
        let before = report.faults.len();
        for (place, group) in books.groups.iter().enumerate() {
            if !says_what_differs(&books, group) {
                report.faults.push(Line::at(format!("/reconciliation/groups/{place}"), words::BOOKS_DIFFER));
            }
        }
        if !books.differences.is_empty() && books.accepted.as_ref().is_none_or(|accepted| accepted.at.is_none()) {
            report.faults.push(Line::at("/reconciliation/differences", words::NOT_ACCEPTED));
        }
        if books.differences.is_empty() {
            self.ballots(&books, receipts, report);
            self.marks(&books, report);
        }
        if report.faults.len() == before {
            report.checked.push(Line::at("/reconciliation", words::BOOKS_HOLD));
        }
        report.unchecked.push(Line::at("/reconciliation", words::BOOKS));
    }

    /// The number of ballots that have receipts is that of all groups together.
    fn ballots(&self, books: &Reconciliation, receipts: Option<Receipts>, report: &mut Report) {
        let Some(Receipts { count: Some(count), .. }) = receipts else { return };
        let known: u64 = books.groups.iter().filter_map(|group| group.ballots).fold(0, u64::saturating_add);
        let all = books.groups.iter().all(|group| group.ballots.is_some());
        if known > count || all && known != count {
            report.faults.push(Line::with("/receipts/count", words::COUNT_DIFFERS, known));
        }
    }

    /// No unit has more marks of a group than it cast ballots, on screens and on paper.
    fn marks(&self, books: &Reconciliation, report: &mut Report) {
        let Some(Ok(document)) = self.member("records").map(RecordsDocument::read) else { return };
        let mut marks: BTreeMap<_, (usize, u64)> = BTreeMap::new();
        for (place, tally) in document.tallies.iter().enumerate() {
            let number = tally.counts.iter().fold(0_u64, |sum, (_, count)| sum.saturating_add(*count));
            let criterion = tally.criterion.as_deref();
            let at = (&*tally.period, &*tally.group, &*tally.component, &*tally.unit, criterion);
            let sum = marks.entry(at).or_insert((place, 0));
            sum.1 = sum.1.saturating_add(number);
        }
        for ((period, group, component, ..), (place, number)) in marks {
            let of = books.groups.iter().find(|books| books.period == period && books.group == group);
            if of.and_then(|books| most(books, component)).is_some_and(|most| number > most) {
                report.faults.push(Line::with(format!("/records/tallies/{place}"), words::MORE_MARKS, number));
            }
        }
    }
}

/// Ballots of a group in a component, where all of their numbers are told.
fn most(books: &GroupBooks, component: &str) -> Option<u64> {
    let paper = books.paper.iter().filter(|paper| paper.component == component);
    let paper = paper.map(|paper| paper.collected.zip(paper.void).map(|(all, void)| all.saturating_sub(void)));
    Some(books.ballots?.saturating_add(paper.sum::<Option<u64>>()?))
}

/// Does the list of differences say what differs in a group's books? Where their figures are withheld nothing can be said.
fn says_what_differs(books: &Reconciliation, group: &GroupBooks) -> bool {
    let figures = [group.used, group.exchanged, group.unused, group.tokens, group.ballots];
    if figures.contains(&None) {
        return true;
    }
    let in_books =
        |kind: DifferenceKind| matches!(kind, DifferenceKind::Issued | DifferenceKind::Cast | DifferenceKind::Tokens);
    let of_group = books.differences.iter().filter(|one| one.period == group.period && one.group == group.group);
    let said: Vec<Value> = of_group.filter(|one| in_books(one.kind)).map(Value::of).collect();
    let found: Vec<Value> = group.differences().iter().map(Value::of).collect();
    said == found
}
