//! A table of units, saved line by line: entries, and totals of other plans.
//!
//! Owns what is typed in each line, its state, and the way to the server: a few lines at a time, again
//! when the network or the session is back, and never forgotten before they are kept there. Refuses to
//! own the table's looks: those are [`super::line_table`]'s.

use std::collections::VecDeque;

use frame::words::Phrase;
use leptos::{ev, prelude::*, task::spawn_local};
use office_evidence::Files;
use office_frame::{
    asking,
    limits::{AGAIN_AFTER, LINES_AT_ONCE},
    moment::now,
};
use scoring::{LeafIndex, PeriodIndex, Record, RecordKind};
use sheet::figure::plain;
use text::records as words;
use wire::{ErrorCode, record::RecordKept};

use crate::{
    beside::with_common,
    book::Book,
    kept::{Kept, Texts},
    kind::{self, Choice},
    ledger::{Fixed, Rows, belongs},
    line::{LineState, LineText, record_of, unit_of, value_of},
    typed_record,
};

/// The table of one component in one period. A handle.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    pub(super) book: Book,
    pub(super) kind: RecordKind,
    pub(super) leaf: LeafIndex,
    period: PeriodIndex,
    pub(super) units: StoredValue<Vec<Choice>>,
    pub(super) texts: StoredValue<Vec<LineText>>,
    pub(super) states: StoredValue<Vec<RwSignal<LineState>>>,
    /// Evidence of lines that have none of their own.
    pub(super) common: RwSignal<String>,
    /// Files of all lines that are saved from now on.
    pub(super) files: Files,
    /// What stood in the lines before each change, to be taken back.
    before: StoredValue<Vec<Vec<(usize, String, String)>>>,
    /// How many lines came back that were not saved last time.
    pub(super) restored: RwSignal<usize>,
    queue: StoredValue<VecDeque<usize>>,
    sending: StoredValue<usize>,
    kept: Kept,
    kept_common: Kept,
    rows: Rows,
}

const COMMON: &str = "evidence";

impl Lines {
    /// The lines of a page, from what is recorded and what was kept.
    pub(super) fn start(book: Book, kind: RecordKind, leaf: LeafIndex, period: PeriodIndex, rows: Rows) -> Lines {
        let plan = book.plan();
        let component = plan.leaf_id(leaf).to_owned();
        let place = format!("{}/{component}/{}", kind.as_str(), plan.period(period).id);
        let units = kind::units(&plan, &Texts::from([("component".to_owned(), component)]));
        let states = units.iter().map(|_| RwSignal::new(LineState::Empty)).collect();
        let kept = Kept::at(&book.context.id(), &place);
        // Apart, since it stays when every line is saved.
        let kept_common = Kept::at(&book.context.id(), &format!("{place}/common"));
        let lines = Lines {
            book,
            kind,
            leaf,
            period,
            texts: StoredValue::new(vec![LineText::default(); units.len()]),
            units: StoredValue::new(units),
            states: StoredValue::new(states),
            common: RwSignal::new(kept_common.read().remove(COMMON).unwrap_or_default()),
            files: Files::new(),
            before: StoredValue::new(Vec::new()),
            restored: RwSignal::new(0),
            queue: StoredValue::new(VecDeque::new()),
            sending: StoredValue::new(0),
            kept,
            kept_common,
            rows,
        };
        lines.fill_in();
        lines.try_again_later();
        lines
    }

    /// What names this page in a record.
    pub(super) fn fixed(self) -> Fixed {
        let plan = self.book.plan();
        let period = plan.period(self.period).id.clone();
        vec![("component", plan.leaf_id(self.leaf).to_owned()), ("period", period)]
    }

    pub(super) fn period_name(self) -> String {
        self.book.plan().period(self.period).name.clone()
    }

    fn count(self) -> usize {
        self.states.with_value(Vec::len)
    }

    pub(super) fn state(self, line: usize) -> RwSignal<LineState> {
        self.states.with_value(|states| states[line])
    }

    fn fill_in(self) {
        let fixed = self.fixed();
        let kept = self.kept.read();
        let last = self.rows.last.get_untracked().and_then(Result::ok).unwrap_or_default();
        let mut restored = 0;
        for line in 0..self.count() {
            let unit = self.units.with_value(|units| units[line].id.clone());
            let row = last.iter().find(|row| {
                row.struck.is_none() && unit_of(&row.record) == Some(&unit) && belongs(&row.record, &fixed)
            });
            let saved = row.map(|row| (value_of(&row.record), row.evidence.clone().unwrap_or_default()));
            let (value, evidence) = saved.clone().unwrap_or_default();
            let mut text = LineText { value, evidence, saved };
            let mut state = match row {
                Some(row) => LineState::Saved { by: row.by.clone(), at: row.at },
                None => LineState::Empty,
            };
            if let Some(typed) = kept.get(&unit) {
                let (value, evidence) = typed.split_once('\n').unwrap_or((typed, ""));
                if text.value != value || text.evidence != evidence {
                    text.value = value.to_owned();
                    text.evidence = evidence.to_owned();
                    state = LineState::Changed;
                    restored += 1;
                }
            }
            self.texts.update_value(|texts| texts[line] = text);
            self.state(line).set(state);
        }
        self.restored.set(restored);
    }

    /// Keeps what is not saved in the tab.
    pub(super) fn keep(self) {
        let mut texts = Texts::new();
        for line in 0..self.count() {
            if self.state(line).with_untracked(LineState::is_unsaved) {
                let unit = self.units.with_value(|units| units[line].id.clone());
                let text = self.texts.with_value(|texts| format!("{}\n{}", texts[line].value, texts[line].evidence));
                texts.insert(unit, text);
            }
        }
        self.kept.write(&texts);
    }

    /// The evidence of all lines was typed.
    pub(super) fn typed_common(self, text: String) {
        self.kept_common.write(&Texts::from([(COMMON.to_owned(), text.clone())]));
        self.common.set(text);
    }

    /// Something was typed in a line.
    pub(super) fn typed(self, line: usize, value: Option<String>, evidence: Option<String>) {
        self.texts.update_value(|texts| {
            let text = &mut texts[line];
            text.value = value.unwrap_or_else(|| std::mem::take(&mut text.value));
            text.evidence = evidence.unwrap_or_else(|| std::mem::take(&mut text.evidence));
        });
        self.state(line).set(LineState::Changed);
        self.keep();
    }

    /// The record that a line makes, or why it makes none; nothing while it is empty.
    fn record(self, text: &LineText, line: usize) -> Option<Result<Record, Phrase>> {
        let plan = self.book.plan();
        let period = plan.period(self.period).id.clone();
        let unit = self.units.with_value(|units| units[line].id.clone());
        record_of(self.kind, &text.value, [period, plan.leaf_id(self.leaf).to_owned(), unit])
    }

    /// What is wrong with texts at lines, by place in `texts`.
    pub(super) fn wrong(self, texts: &[(usize, LineText)]) -> Vec<typed_record::RowFault> {
        let mut places = Vec::new();
        let mut records = Vec::new();
        let mut wrong = Vec::new();
        for (place, (line, text)) in texts.iter().enumerate() {
            match self.record(text, *line) {
                Some(Ok(record)) => {
                    places.push(place);
                    records.push(record);
                }
                Some(Err(says)) => wrong.push(typed_record::RowFault { row: place, field: String::new(), says }),
                None => {}
            }
        }
        let faults = typed_record::faults(&self.book.plan(), records);
        wrong.extend(faults.into_iter().map(|fault| typed_record::RowFault { row: places[fault.row], ..fault }));
        wrong
    }

    /// A line was left: it is checked, and if it holds, saved.
    pub(super) fn left(self, line: usize) {
        if !self.state(line).with_untracked(LineState::is_unsaved) {
            return;
        }
        let text = self.texts.with_value(|texts| texts[line].clone());
        let state = self.state(line);
        if text.value.trim().is_empty() {
            match text.saved {
                Some(_) => state.set(LineState::Wrong(words::NOT_EMPTY_ANY_MORE.into())),
                None if text.evidence.trim().is_empty() => state.set(LineState::Empty),
                None => {}
            }
            self.keep();
            return;
        }
        match self.wrong(&[(line, text)]).into_iter().next() {
            Some(fault) => state.set(LineState::Wrong(fault.says)),
            None => self.send(line),
        }
    }

    /// Lines that were taken from a spreadsheet: each is checked, and if it holds, saved. One step back takes them all
    /// out again.
    pub(super) fn take(self, taken: Vec<(usize, String, Option<String>)>) {
        let mut before = Vec::with_capacity(taken.len());
        for (line, value, evidence) in taken {
            let plain = if self.kind == RecordKind::Entry { plain(&value) } else { value };
            self.texts.update_value(|texts| {
                let text = &mut texts[line];
                before.push((line, std::mem::replace(&mut text.value, plain), text.evidence.clone()));
                text.evidence = evidence.unwrap_or_else(|| std::mem::take(&mut text.evidence));
            });
            self.state(line).set(LineState::Changed);
            self.left(line);
        }
        self.before.update_value(|steps| steps.push(before));
        self.keep();
    }

    /// A mark or word for a figure that is not there was pasted into a line. Over a figure it is wrong: that is not
    /// emptied by it.
    pub(super) fn absent(self, line: usize, mark: String) {
        if self.texts.with_value(|texts| texts[line].value.trim().is_empty()) {
            self.state(line).set(LineState::Absent(mark));
        } else {
            self.take(vec![(line, mark, None)]);
        }
    }

    /// Takes the last paste back; the lines that changed. What is recorded already and was empty before stays: it is
    /// struck out with a reason.
    pub(super) fn undo(self) -> Vec<usize> {
        let Some(step) = self.before.try_update_value(Vec::pop).flatten() else { return Vec::new() };
        let mut changed = Vec::new();
        for (line, value, evidence) in step {
            let recorded = self.texts.with_value(|texts| texts[line].saved.is_some());
            if recorded && value.trim().is_empty() {
                continue;
            }
            self.typed(line, Some(value), Some(evidence));
            self.left(line);
            changed.push(line);
        }
        changed
    }

    /// Whether a control holds what is known of its line, so that there is no typing of its own to take back.
    pub(super) fn stands_as_taken(self, line: usize, shown: &str, part: &str) -> bool {
        self.before.with_value(|steps| steps.last().is_some_and(|step| step.iter().any(|(known, ..)| *known == line)))
            && self.texts.with_value(|texts| {
                let text = &texts[line];
                shown == if part == "value" { &text.value } else { &text.evidence }
            })
    }

    fn send(self, line: usize) {
        self.state(line).set(LineState::Waiting);
        self.queue.update_value(|queue| {
            if !queue.contains(&line) {
                queue.push_back(line);
            }
        });
        self.pump();
    }

    /// Sends what waits, as much as may be under way.
    fn pump(self) {
        while self.sending.try_get_value().is_some_and(|sending| sending < LINES_AT_ONCE) {
            let Some(line) = self.queue.try_update_value(VecDeque::pop_front).flatten() else { return };
            self.sending.update_value(|sending| *sending += 1);
            self.state(line).set(LineState::Saving);
            spawn_local(self.put(line));
        }
    }

    async fn put(self, line: usize) {
        let text = self.texts.with_value(|texts| texts[line].clone());
        let common = self.common.get_untracked();
        let evidence = if text.evidence.trim().is_empty() { common } else { text.evidence.clone() };
        let answer = match self.record(&text, line) {
            Some(Ok(record)) => {
                let request = with_common(record, &evidence, self.files);
                asking::put::<RecordKept>(&self.book.context.api(&request.address()), &request, None).await.map(drop)
            }
            // Only lines with a figure are sent.
            Some(Err(_)) | None => Ok(()),
        };

        // The page may have been left meanwhile; what it kept is compared when it is next opened.
        let Some(state) = self.states.try_with_value(|states| states[line]) else { return };
        let unchanged =
            self.texts.with_value(|texts| texts[line].value == text.value && texts[line].evidence == text.evidence);
        match answer {
            Ok(()) => {
                self.texts.update_value(|texts| texts[line].saved = Some((text.value, evidence)));
                if unchanged {
                    state.set(LineState::Saved { by: self.book.me(), at: now() });
                } else if state.with_untracked(|state| *state == LineState::Saving) {
                    state.set(LineState::Changed);
                }
            }
            Err(refusal) => {
                let passes = refusal.passes() || refusal.code() == Some(ErrorCode::NotSignedIn);
                if unchanged {
                    state.set(LineState::Failed(refusal.phrase(), passes));
                }
            }
        }
        self.sending.update_value(|sending| *sending -= 1);
        self.keep();
        self.pump();
        if self.sending.get_value() == 0 {
            self.rows.again();
        }
    }

    /// Tries lines again that failed for a reason that passes.
    fn retry(self, all: bool) {
        for line in 0..self.states.try_with_value(Vec::len).unwrap_or_default() {
            let again = self.state(line).with_untracked(|state| match state {
                LineState::Failed(_, passes) => all || *passes,
                LineState::Changed | LineState::Wrong(_) => all,
                _ => false,
            });
            if again {
                self.left(line);
            }
        }
    }

    /// Saves everything that is not saved; hands back the lines that are wrong.
    pub(super) fn save_all(self) -> Vec<(usize, Phrase)> {
        self.retry(true);
        let wrong = |line: usize| match self.state(line).get_untracked() {
            LineState::Wrong(says) => Some((line, says)),
            _ => None,
        };
        (0..self.count()).filter_map(wrong).collect()
    }

    fn try_again_later(self) {
        let online = window_event_listener(ev::online, move |_| self.retry(false));
        let ended = asking::ended();
        Effect::new(move |_| {
            if !ended.get() {
                self.retry(false);
            }
        });
        let ticking = set_interval_with_handle(
            move || {
                if !ended.get_untracked() {
                    self.retry(false);
                }
            },
            AGAIN_AFTER,
        );
        on_cleanup(move || {
            online.remove();
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    }

    /// A record of this page was struck out: its line is empty again.
    pub(super) fn struck(self, record: &Record) -> Option<usize> {
        let unit = unit_of(record)?;
        let line = self.units.try_with_value(|units| units.iter().position(|one| one.id == unit)).flatten()?;
        self.texts.update_value(|texts| texts[line] = LineText::default());
        self.state(line).set(LineState::Empty);
        self.keep();
        Some(line)
    }
}
