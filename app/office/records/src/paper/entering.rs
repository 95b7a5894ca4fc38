//! A batch of paper ballots while it is being entered.
//!
//! Owns what is typed until it is saved, whether it adds up, and what two people's counts differ in.

use frame::{error_summary::Fault, words::Phrase};
use leptos::prelude::*;
use scoring::{GroupIndex, LeafIndex, PaperTally, PeriodIndex};
use text::records as words;
use wire::paper_tally::{EnteredTally, PaperTallyBatch};
use wire::record::Beside;

use crate::{
    book::Book,
    kept::Texts,
    paper::count::{Balance, CountSheet, Difference, count},
    typed::Typed,
};
/// The batch being entered. A handle.
#[derive(Clone, Copy)]
pub(super) struct Entering {
    /// Ids of component, group and period.
    place: StoredValue<[String; 3]>,
    pub(super) typed: Typed,
    pub(super) sheet: StoredValue<CountSheet>,
    pub(super) balances: StoredValue<Vec<RwSignal<Balance>>>,
    /// The other person, and where their count differs.
    pub(super) against: RwSignal<Option<(String, Vec<Difference>)>>,
}

impl Entering {
    /// Begins with what was kept in the tab.
    pub(super) fn start(book: Book, leaf: LeafIndex, group: GroupIndex, period: PeriodIndex) -> Entering {
        let plan = book.plan();
        let place = [plan.leaf_id(leaf).to_owned(), plan.group(group).id.clone(), plan.period(period).id.clone()];
        let sheet = CountSheet::of(&plan, leaf, words::BLANK.in_(frame::words::lang().get_untracked()));
        let balances = sheet.lines.iter().map(|_| RwSignal::new(Balance::Nothing)).collect();
        let entering = Entering {
            typed: Typed::at(book, &format!("paper/{}", place.join("/"))),
            place: StoredValue::new(place),
            sheet: StoredValue::new(sheet),
            balances: StoredValue::new(balances),
            against: RwSignal::new(None),
        };
        entering.check_all();
        entering
    }

    /// Whether a batch is of this component, group and period.
    pub(super) fn is_of(self, batch: &PaperTallyBatch) -> bool {
        self.place.with_value(|[component, group, period]| {
            batch.component == *component && batch.group == *group && batch.period == *period
        })
    }

    /// The batch as it is typed, with what stands beside it.
    pub(super) fn request(self, beside: Beside) -> EnteredTally {
        let [component, group, period] = self.place.get_value();
        let texts = self.typed.texts.get_untracked();
        let tally = PaperTally {
            label: texts.get("label").map(|text| text.trim().to_owned()),
            period,
            group,
            component,
            collected: self.figure("collected").unwrap_or_default(),
            void: self.figure("void").unwrap_or_default(),
            counts: self.sheet.with_value(|sheet| sheet.counts(&texts)),
        };
        EnteredTally::new(tally, beside)
    }

    /// Two that wait disagree: one's own count comes back into the sheet, with what differs at its cells.
    pub(super) fn compare(self, pair: Option<(PaperTallyBatch, PaperTallyBatch)>) {
        let Some((mine, theirs)) = pair else {
            self.against.set(None);
            return;
        };
        let (Some(my_tally), Some(their_tally)) = (mine.tally, theirs.tally) else { return };
        let found = self.sheet.with_value(|sheet| sheet.differences(&my_tally.tally, &their_tally.tally));
        if self.typed.texts.with_untracked(Texts::is_empty) {
            self.typed.texts.set(self.sheet.with_value(|sheet| sheet.texts(&my_tally)));
            self.typed.round.update(|round| *round += 1);
            self.check_all();
        }
        self.against.set(Some((theirs.first_by, found)));
    }

    pub(super) fn figure(self, id: &str) -> Option<u64> {
        self.typed
            .texts
            .with_untracked(|texts| texts.get(id).filter(|text| !text.trim().is_empty()).and_then(|text| count(text)))
    }

    pub(super) fn valid(self) -> u64 {
        self.figure("collected").unwrap_or_default().saturating_sub(self.figure("void").unwrap_or_default())
    }

    pub(super) fn check(self, line: usize) {
        let valid = self.valid();
        let balance =
            self.typed.texts.with_untracked(|texts| self.sheet.with_value(|sheet| sheet.balance(texts, line, valid)));
        let signal = self.balances.with_value(|balances| balances[line]);
        if signal.get_untracked() != balance {
            signal.set(balance);
        }
    }

    pub(super) fn check_all(self) {
        for line in 0..self.sheet.with_value(|sheet| sheet.lines.len()) {
            self.check(line);
        }
    }

    pub(super) fn set(self, line: usize, column: usize, text: String) {
        let key = self.sheet.with_value(|sheet| sheet.key(line, column));
        self.typed.set(&key, text);
        self.check(line);
    }

    /// What is wrong with the batch as it stands.
    pub(super) fn faults(self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let texts = self.typed.texts;
        if !texts.with_untracked(|texts| texts.get("label").is_some_and(|text| !text.trim().is_empty())) {
            faults.push(Fault::at("f-label", words::NO_LABEL));
        }
        for id in ["collected", "void"] {
            if self.figure(id).is_none() {
                faults.push(Fault::at(format!("f-{id}"), words::NOT_A_COUNT));
            }
        }
        if self.figure("void") > self.figure("collected") {
            faults.push(Fault::at("f-void", words::VOID_TOO_MANY));
        }
        if !faults.is_empty() {
            return faults;
        }
        let valid = self.valid();
        self.check_all();
        self.sheet.with_value(|sheet| {
            for (line, place) in sheet.lines.iter().enumerate() {
                let says =
                    |sum: u64| Phrase::new(words::LINE_OFF, [place.name.clone(), sum.to_string(), valid.to_string()]);
                let fault = match self.balances.with_value(|balances| balances[line].get_untracked()) {
                    Balance::Even => continue,
                    // All are void: there is nothing to count.
                    Balance::Nothing if valid == 0 => continue,
                    Balance::Nothing => (0, says(0)),
                    Balance::Short(left) => (0, says(valid - left)),
                    Balance::Over(more) => (0, says(valid + more)),
                    Balance::Bad(column) => {
                        (column, Phrase::new(words::CELL_BAD, [place.name.clone(), sheet.columns[column].1.clone()]))
                    }
                };
                faults.push(Fault::at(format!("n-{line}-{}", fault.0), fault.1));
            }
        });
        faults
    }
}
