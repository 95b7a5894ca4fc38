//! Entering one batch of paper ballots: figures of the whole batch, a sheet of counts, and a live check
//! of every line.
//!
//! Owns what is typed until it is saved, and what is shown where two people's counts differ.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, fill, t},
};
use leptos::{ev, prelude::*};
use office_frame::{asking, cells::cells};
use scoring::{GroupIndex, LeafIndex, PaperTally, PeriodIndex, Record};
use text::records as words;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement};
use wire::paper_tally::{EnteredTally, PaperTallyBatch, PaperTallyKept};

use crate::{
    book::Book,
    form::{self, Typed, evidence_field, said},
    kept::Texts,
    ledger::Strike,
    paper::{
        batches::{Batches, waits},
        count::{Balance, Difference, Sheet, count},
    },
};

/// Lines on one screen page.
const PAGE: usize = 100;

/// The batch being entered. A handle.
#[derive(Clone, Copy)]
struct Entering {
    typed: Typed,
    sheet: StoredValue<Sheet>,
    balances: StoredValue<Vec<RwSignal<Balance>>>,
    /// The other person, and where their count differs.
    against: RwSignal<Option<(String, Vec<Difference>)>>,
}

impl Entering {
    fn figure(self, id: &str) -> Option<u64> {
        self.typed
            .texts
            .with_untracked(|texts| texts.get(id).filter(|text| !text.trim().is_empty()).and_then(|text| count(text)))
    }

    fn valid(self) -> u64 {
        self.figure("collected").unwrap_or_default().saturating_sub(self.figure("void").unwrap_or_default())
    }

    fn check(self, line: usize) {
        let valid = self.valid();
        let balance =
            self.typed.texts.with_untracked(|texts| self.sheet.with_value(|sheet| sheet.balance(texts, line, valid)));
        let signal = self.balances.with_value(|balances| balances[line]);
        if signal.get_untracked() != balance {
            signal.set(balance);
        }
    }

    fn check_all(self) {
        for line in 0..self.sheet.with_value(|sheet| sheet.lines.len()) {
            self.check(line);
        }
    }

    fn set(self, line: usize, column: usize, text: String) {
        let key = self.sheet.with_value(|sheet| sheet.key(line, column));
        self.typed.set(&key, text);
        self.check(line);
    }

    /// What is wrong with the batch as it stands.
    fn faults(self) -> Vec<Fault> {
        let mut faults = Vec::new();
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

/// The page of one component, group and period.
#[component]
pub(super) fn BatchPage(
    book: Book,
    leaf: LeafIndex,
    group: GroupIndex,
    period: PeriodIndex,
    batches: Batches,
) -> impl IntoView {
    let plan = book.plan();
    let place =
        StoredValue::new([plan.leaf_id(leaf).to_owned(), plan.group(group).id.clone(), plan.period(period).id.clone()]);
    let node = &plan.nodes()[plan.leaves()[leaf].node].name;
    let heading = format!("{node} · {} · {}", plan.group(group).name, plan.period(period).name);
    let sheet = Sheet::of(&plan, leaf, words::BLANK.in_(frame::words::lang().get_untracked()));
    let typed = Typed::at(book, &format!("paper/{}", place.get_value().join("/")));
    let note = RwSignal::new((!typed.texts.read_untracked().is_empty()).then(|| (true, Phrase::from(words::RESTORED))));
    let balances = sheet.lines.iter().map(|_| RwSignal::new(Balance::Nothing)).collect();
    let entering = Entering {
        typed,
        sheet: StoredValue::new(sheet),
        balances: StoredValue::new(balances),
        against: RwSignal::new(None),
    };
    entering.check_all();
    let dirty = RwSignal::new(false);
    form::guard(move || dirty.get());
    Effect::new(move |before: Option<()>| {
        typed.texts.track();
        if before.is_some() {
            dirty.set(!typed.texts.read_untracked().is_empty());
        }
    });
    let here = move |batch: &PaperTallyBatch| {
        place.with_value(|[component, group, period]| {
            waits(batch) && batch.component == *component && batch.group == *group && batch.period == *period
        })
    };
    let waiting = Memo::new(move |_| {
        let list = batches.last.get().and_then(Result::ok).unwrap_or_default();
        list.into_iter().filter(|batch| here(batch)).collect::<Vec<_>>()
    });
    let mine = Memo::new(move |_| waiting.read().iter().find(|batch| batch.first_by == book.me()).cloned());
    let theirs = Memo::new(move |_| waiting.read().iter().find(|batch| batch.first_by != book.me()).cloned());
    // Two that wait disagree: one's own count comes back into the sheet, with what differs at its cells.
    Effect::new(move |_| {
        let (Some(mine), Some(theirs)) = (mine.get(), theirs.get()) else {
            entering.against.set(None);
            return;
        };
        let (Some(my_tally), Some(their_tally)) = (mine.tally, theirs.tally) else { return };
        let found = entering.sheet.with_value(|sheet| sheet.differences(&my_tally.tally, &their_tally.tally));
        if typed.texts.with_untracked(Texts::is_empty) {
            typed.texts.set(entering.sheet.with_value(|sheet| sheet.texts(&my_tally)));
            typed.round.update(|round| *round += 1);
            entering.check_all();
        }
        entering.against.set(Some((theirs.first_by, found)));
    });
    let busy = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        note.set(None);
        let faults = entering.faults();
        let wrong = !faults.is_empty();
        typed.faults.set(faults);
        if wrong {
            return;
        }
        let [component, group, period] = place.get_value();
        let texts = typed.texts.get_untracked();
        let tally = PaperTally {
            period,
            group,
            component,
            collected: entering.figure("collected").unwrap_or_default(),
            void: entering.figure("void").unwrap_or_default(),
            counts: entering.sheet.with_value(|sheet| sheet.counts(&texts)),
        };
        let request = EnteredTally {
            tally,
            evidence: texts.get("evidence").map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        let path = book.context.api("paper-tallies");
        asking::run(busy, async move {
            match asking::post::<PaperTallyKept>(&path, &request).await {
                Ok(answer) => {
                    let says = if answer.body.counted { words::SECOND_SAVED } else { words::FIRST_SAVED };
                    note.try_set(Some((true, says.into())));
                    // It is kept at the server: a mismatch brings it back from there.
                    typed.next(&[]);
                    dirty.try_set(false);
                    batches.again();
                }
                Err(refusal) => {
                    note.try_set(Some((false, Phrase::new(words::NOT_SAVED, [refusal.phrase().say()]))));
                }
            }
        });
    };
    let open = RwSignal::new(None::<String>);
    let struck = Callback::new(move |_: Option<Record>| {
        // One's own count stays on the sheet to be corrected.
        typed.texts.with_untracked(|texts| typed.keep(texts));
        batches.again();
    });
    let closed = form::closed_note(book);
    let editable = closed.is_none();
    let title = heading.clone();
    let mismatch = move || {
        let (name, found) = entering.against.get()?;
        let mine = mine.get()?;
        let id = mine.id.clone();
        let strike_name = title.clone();
        Some(view! {
            <div class="note bad stack" role="alert">
                <p>{fill(words::MISMATCH, &[&name, &found.len()])}</p>
                <p><button type="button" class="danger" on:click=move |_| open.set(Some(id.clone()))>{t(words::STRIKE_MINE)}</button></p>
                {move || open.get().map(|id| view! { <Strike book id name=strike_name.clone() record=None open done=struck /> })}
            </div>
        })
    };
    view! {
        <h2>{heading}</h2>
        <p class="hint">{t(words::PAPER_BLIND)}</p>
        {closed}
        {mismatch}
        {said(note)}
        <ErrorSummary faults=typed.faults />
        {editable.then(|| view! {
            <form class="stack" novalidate on:submit=submit on:input=move |event| typed_in(entering, &event)
                on:paste=move |event| pasted_in(entering, &event) on:keydown=move |event| walk(&event)>
                {move || {
                    typed.round.track();
                    view! {
                        <div class="row ends">
                            {figure_field(entering, "collected", words::COLLECTED)}
                            {figure_field(entering, "void", words::VOID)}
                        </div>
                        <p role="status">{move || {
                            typed.texts.track();
                            fill(words::VALID, &[&entering.valid()])
                        }}</p>
                        <p class="hint">{t(words::PAPER_PASTE_HINT)}</p>
                        <SheetTable entering />
                        {evidence_field(typed, words::EVIDENCE_HINT)}
                    }
                }}
                <p><button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { t(words::SAVING)() } else { t(words::SAVE_BATCH)() }}
                </button></p>
            </form>
        })}
    }
}

/// A figure of the whole batch.
fn figure_field(entering: Entering, field: &'static str, label: text::Text) -> AnyView {
    let typed = entering.typed;
    let id = format!("f-{field}");
    let described = format!("{id}-error {id}-other");
    let value = typed.texts.read_untracked().get(field).cloned().unwrap_or_default();
    let at = id.clone();
    let other = format!("{id}-other");
    let differs = move || {
        let against = entering.against.read();
        let (name, found) = against.as_ref()?;
        let one = found.iter().find(|one| one.at == Err(field))?;
        Some(fill(words::OTHER_SAYS, &[name, &one.theirs]))
    };
    let wrong = move || typed.faults.read().iter().any(|fault| fault.field == at).then_some("true");
    view! {
        <div class="field">
            <label for=id.clone()>{t(label)}</label>
            <FieldError faults=typed.faults field=id.clone() />
            <input id=id class="short" class:differs=move || differs().is_some() inputmode="numeric" autocomplete="off" aria-describedby=described
                aria-invalid=wrong prop:value=value
                on:input=move |event| {
                    typed.set(field, event_target_value(&event));
                    entering.check_all();
                } />
            <span class="small bad-text" id=other>{differs}</span>
        </div>
    }
    .into_any()
}

#[component]
fn SheetTable(entering: Entering) -> impl IntoView {
    let first = RwSignal::new(0_usize);
    let all = entering.sheet.with_value(|sheet| sheet.lines.len());
    let columns = entering.sheet.with_value(|sheet| sheet.columns.clone());
    let last = move || (first.get() + PAGE).min(all);
    let turn = move |to: usize| {
        first.set(to);
        browser::focus_soon("sheet");
    };
    let head = columns
        .iter()
        .enumerate()
        .map(|(column, (_, name))| view! { <th scope="col" id=format!("h-{column}")>{name.clone()}</th> }.into_any());
    let head = head.collect_view();
    view! {
        <div class="panel scroll" id="sheet" tabindex="-1">
            <table class="sheet">
                <thead><tr>
                    <th scope="col">{t(words::UNIT)}</th>
                    {head}
                    <th scope="col">{t(words::CHECK)}</th>
                </tr></thead>
                <tbody>{move || (first.get()..last()).map(|line| sheet_line(entering, line)).collect_view()}</tbody>
            </table>
        </div>
        {(all > PAGE).then(|| view! {
            <p class="row">
                <button type="button" disabled=move || first.get() == 0 on:click=move |_| turn(first.get_untracked().saturating_sub(PAGE))>{t(words::BEFORE)}</button>
                <span>{move || fill(words::LINES_SHOWN, &[&(first.get() + 1), &last(), &all])}</span>
                <button type="button" disabled=move || last() == all on:click=move |_| turn(first.get_untracked() + PAGE)>{t(words::AFTER)}</button>
            </p>
        })}
    }
}

fn sheet_line(entering: Entering, line: usize) -> AnyView {
    let (name, columns) = entering.sheet.with_value(|sheet| (sheet.lines[line].name.clone(), sheet.columns.clone()));
    let balance = entering.balances.with_value(|balances| balances[line]);
    let theirs = move |column: usize| {
        let against = entering.against.read();
        let (_, found) = against.as_ref()?;
        found.iter().find(|one| one.at == Ok((line, column))).map(|one| one.theirs)
    };
    let other = move || entering.against.read().as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
    let cell = |(column, (_, option)): (usize, (String, String))| {
        let key = entering.sheet.with_value(|sheet| sheet.key(line, column));
        let value = entering.typed.texts.read_untracked().get(&key).cloned().unwrap_or_default();
        let wrong = move || (balance.get() == Balance::Bad(column)).then_some("true");
        view! {
            <td data-label=option>
                <input id=format!("n-{line}-{column}") class:differs=move || theirs(column).is_some() inputmode="numeric" autocomplete="off"
                    aria-labelledby=format!("l-{line} h-{column}") aria-describedby=format!("b-{line} o-{line}-{column}")
                    aria-invalid=wrong prop:value=value />
                <span class="small bad-text" id=format!("o-{line}-{column}")>
                    {move || theirs(column).map(|theirs| fill(words::OTHER_SAYS, &[&other(), &theirs]))}
                </span>
            </td>
        }
        .into_any()
    };
    let cells = columns.into_iter().enumerate().map(cell).collect_view();
    let says = move || match balance.get() {
        Balance::Nothing => ("soft", t(words::NOTHING_YET)().to_owned()),
        Balance::Even => ("saved", t(words::BALANCED)().to_owned()),
        Balance::Short(left) => ("unsaved", fill(words::SHORT, &[&left])),
        Balance::Over(more) => ("field-error", fill(words::OVER, &[&more])),
        Balance::Bad(_) => ("field-error", t(words::NOT_A_COUNT)().to_owned()),
    };
    view! {
        <tr>
            <th scope="row" id=format!("l-{line}")>{name}</th>
            {cells}
            <td id=format!("b-{line}") class="line-state">{move || {
                let (class, says) = says();
                view! { <span class=class>{says}</span> }
            }}</td>
        </tr>
    }
    .into_any()
}

/// The cell that an event came from: `n-12-3`.
fn place(target: Option<EventTarget>) -> Option<(HtmlInputElement, usize, usize)> {
    let input: HtmlInputElement = target?.dyn_into().ok()?;
    let id = input.id();
    let (line, column) = id.strip_prefix("n-")?.split_once('-')?;
    let (line, column) = (line.parse().ok()?, column.parse().ok()?);
    Some((input, line, column))
}

fn typed_in(entering: Entering, event: &ev::Event) {
    if let Some((input, line, column)) = place(event.target()) {
        entering.set(line, column, input.value());
    }
}

/// A block of cells fills the sheet from the cell that it is pasted into.
fn pasted_in(entering: Entering, event: &ev::ClipboardEvent) {
    let Some((_, line, column)) = place(event.target()) else { return };
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    if !text.trim_end().contains(['\t', '\n']) {
        return;
    }
    event.prevent_default();
    let (lines, columns) = entering.sheet.with_value(|sheet| (sheet.lines.len(), sheet.columns.len()));
    for (down, row) in cells(&text).into_iter().enumerate().take_while(|(down, _)| line + down < lines) {
        for (right, text) in row.into_iter().enumerate().take_while(|(right, _)| column + right < columns) {
            let (line, column) = (line + down, column + right);
            let input = document().get_element_by_id(&format!("n-{line}-{column}"));
            if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
                input.set_value(&text);
            }
            entering.set(line, column, text);
        }
    }
}

/// Enter and the arrows go up and down a column.
fn walk(event: &ev::KeyboardEvent) {
    let Some((_, line, column)) = place(event.target()) else { return };
    let next = match event.key().as_str() {
        "Enter" | "ArrowDown" => Some(line + 1),
        "ArrowUp" => line.checked_sub(1),
        _ => return,
    };
    if event.is_composing() {
        return;
    }
    event.prevent_default();
    if let Some(next) = next {
        browser::focus(&format!("n-{next}-{column}"));
    }
}
