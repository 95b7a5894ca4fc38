//! How a table of units looks and is typed in: one line for each, its state beside it.
//!
//! One listener serves the whole table: with 500 lines there are no 1,000 closures.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault},
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*};
use office_frame::{asking, moment::moment};
use scoring::plan_document::{CombineLinks, MethodDocument};
use scoring::{LeafIndex, PeriodIndex, Record, RecordKind};
use text::records as words;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement};

use crate::{
    book::Book,
    form, kind,
    ledger::{LedgerList, Rows},
    line::{LineState, LineText},
    lines::Lines,
    linked_totals::LinkedTotals,
    paste::{PasteBox, PastedLine, Pasting, Verdict, by_unit},
};

/// The page of one component in one period.
#[component]
pub(super) fn LinesPage(book: Book, kind: RecordKind, leaf: LeafIndex, period: PeriodIndex) -> impl IntoView {
    let rows = Rows::start(book, kind);
    // Once, when the rows are here: a later reading must not take what is being typed.
    let here = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || matches!(*rows.last.read(), Some(Ok(_)))
    });
    move || match here.get() {
        true => view! { <LineTable lines=Lines::start(book, kind, leaf, period, rows) rows /> }.into_any(),
        false => match rows.last.get() {
            Some(Err(refusal)) => asking::refused(refusal, Callback::new(move |()| rows.again())),
            _ => asking::loading(),
        },
    }
}

/// Which lines are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    Empty,
    Unsaved,
}

#[component]
fn LineTable(lines: Lines, rows: Rows) -> impl IntoView {
    let book = lines.book;
    let plan = book.plan();
    let faults = RwSignal::new(Vec::<Fault>::new());
    let count = lines.units.with_value(Vec::len);
    let find = RwSignal::new(String::new());
    let shown = RwSignal::new(Shown::All);
    let tally = Memo::new(move |_| tally_of(lines));
    // What was wrong when all lines were to be saved, until none is wrong any more.
    let standing = Memo::new(move |_| if tally.read()[3] == 0 { Vec::new() } else { faults.get() });
    let unsaved = move || tally.read()[1..].iter().sum::<usize>() != 0;
    form::guard(unsaved);
    let pasting = Pasting::new();
    let fixed = lines.fixed();
    let is_links = lines.kind == RecordKind::Link;
    let heading = joined([&plan.nodes()[plan.leaves()[lines.leaf].node].name, &lines.period_name()], " · ");
    let save_all = move |_| {
        let wrong = lines.save_all();
        let names = |line: usize| lines.units.with_value(|units| units[line].name.clone());
        let fault = |(line, says): (usize, Phrase)| {
            Fault::at(format!("value-{line}"), Phrase::new(words::UNIT_WRONG, [names(line), says.say()]))
        };
        faults.set(wrong.into_iter().map(fault).collect());
    };
    let read = Callback::new(move |(text, first): (String, usize)| read_pasted(lines, &text, first));
    let accept = Callback::new(move |taken: Vec<PastedLine>| accept_pasted(lines, taken));
    let struck = Callback::new(move |record: Option<Record>| {
        if let Some(line) = record.and_then(|record| lines.struck(&record)) {
            show_text("value", line, "");
            show_text("evidence", line, "");
        }
    });
    let columns = match is_links {
        true => vec![words::UNIT, words::TOTALS],
        false => vec![words::UNIT, words::VALUE, words::EVIDENCE],
    };
    let units = lines.units.get_value();
    let closed = form::closed_note(book);
    let editable = closed.is_none();
    view! {
        <h2>{heading}</h2>
        {method_hint(lines)}
        {closed}
        {editable.then(|| view! { <p class="hint">{t(words::SAVES_ITSELF)}</p> })}
        {move || (lines.restored.get() != 0).then(|| view! {
            <p class="note warn">{fill(words::RESTORED_LINES, &[&lines.restored.get()])}</p>
        })}
        <ErrorSummary faults=standing />
        {editable.then(|| view! {
            {is_links.then(|| view! { <LinkedTotals book pasting /> })}
            <PasteBox
                hint=if is_links { words::PASTE_TOTALS } else { words::PASTE_UNITS }
                columns=columns pasting read accept />
            <div class="field">
                <label for="common">{t(words::COMMON_EVIDENCE)}</label>
                <p class="hint" id="common-hint">{t(words::COMMON_HINT)}</p>
                <input id="common" maxlength=wire::record::MOST_WORDS autocomplete="off" aria-describedby="common-hint" prop:value=lines.common.get_untracked()
                    on:input=move |event| lines.typed_common(event_target_value(&event)) />
            </div>
        })}
        {tools(find, shown)}
        <div class="row between stuck">
            <p role="status">{move || {
                let [saved, changed, failed, wrong] = tally.get();
                fill(words::STATUS, &[&saved, &count, &changed, &failed, &wrong])
            }}</p>
            {editable.then(|| view! {
                <button type="button" class="primary" disabled=move || !unsaved() on:click=save_all>{t(words::SAVE_ALL)}</button>
            })}
        </div>
        <div class="panel">
            <table class="entry-lines" on:input=move |event| typed(lines, &event) on:change=move |event| left(lines, &event)
                on:keydown=move |event| walk(&event) on:paste=move |event| pasted(pasting, is_links, &event)
                on:click=move |event| retry(lines, &event)>
                <thead><tr>
                    <th scope="col">{t(words::UNIT)}</th>
                    <th scope="col" id="col-value">{t(if is_links { words::TOTALS } else { words::VALUE })}</th>
                    <th scope="col" id="col-evidence">{t(words::EVIDENCE)}</th>
                    <th scope="col">{t(words::STATE)}</th>
                </tr></thead>
                <tbody>{units.into_iter().enumerate().map(|(line, unit)| {
                    let name = unit.name.clone();
                    let hidden = Memo::new(move |_| {
                        // By the state at the moment of choosing: a line must not vanish while one types in it.
                        let state = lines.state(line).read_untracked();
                        let fits = match shown.get() {
                            Shown::All => true,
                            Shown::Empty => !matches!(*state, LineState::Saved { .. }),
                            Shown::Unsaved => state.is_unsaved(),
                        };
                        !(fits && find.with(|find| name.contains(find.as_str())))
                    });
                    table_line(lines, line, unit.name, hidden, editable)
                }).collect_view()}</tbody>
            </table>
        </div>
        <LedgerList book kind=lines.kind fixed rows struck />
    }
}

/// How many lines are saved, under way, failed and wrong; following.
fn tally_of(lines: Lines) -> [usize; 4] {
    let mut tally = [0; 4];
    for line in 0..lines.units.with_value(Vec::len) {
        match &*lines.state(line).read() {
            LineState::Empty => {}
            LineState::Saved { .. } => tally[0] += 1,
            LineState::Changed | LineState::Waiting | LineState::Saving => tally[1] += 1,
            LineState::Failed(..) => tally[2] += 1,
            LineState::Wrong(_) => tally[3] += 1,
        }
    }
    tally
}

/// What the component's method says of its figures.
fn method_hint(lines: Lines) -> AnyView {
    let plan = lines.book.plan();
    let out_of = plan.leaves()[lines.leaf].out_of.to_string();
    match plan.method_document(lines.leaf) {
        MethodDocument::Linked(linked) => {
            let how = if linked.combine == CombineLinks::Sum { words::SUM } else { words::MEAN };
            view! { <p class="hint">{move || fill(words::LINK_HINT, &[&t(how)(), &out_of])}</p> }.into_any()
        }
        MethodDocument::Entered(entered) => {
            let office = entered.office.clone();
            view! {
                <p class="row hint">
                    <span>{move || fill(words::GIVEN_BY, &[&office])}</span>
                    <span>{move || fill(words::OUT_OF, &[&out_of])}</span>
                </p>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// Finding a unit, and which lines are shown.
fn tools(find: RwSignal<String>, shown: RwSignal<Shown>) -> AnyView {
    view! {
        <div class="row tools">
            <div class="field grow">
                <label for="find">{t(words::FIND)}</label>
                <input id="find" type="search" autocomplete="off" on:input=move |event| find.set(event_target_value(&event).trim().to_owned()) />
            </div>
            <div class="field">
                <label for="shown">{t(words::SHOW)}</label>
                <select id="shown" on:change=move |event| shown.set(match event_target_value(&event).as_str() {
                    "empty" => Shown::Empty,
                    "unsaved" => Shown::Unsaved,
                    _ => Shown::All,
                })>
                    <option value="all">{t(words::SHOW_ALL)}</option>
                    <option value="empty">{t(words::SHOW_EMPTY)}</option>
                    <option value="unsaved">{t(words::SHOW_OPEN)}</option>
                </select>
            </div>
        </div>
    }
    .into_any()
}

/// Puts pasted lines into the table.
fn accept_pasted(lines: Lines, taken: Vec<PastedLine>) {
    let mut wanted = Vec::with_capacity(taken.len());
    for line in taken {
        let (value, evidence) = match lines.kind == RecordKind::Link {
            true => (line.cells[1..].join(" "), None),
            false => (line.cells[1].clone(), line.cells.get(2).cloned()),
        };
        show_text("value", line.target, &value);
        if let Some(evidence) = &evidence {
            show_text("evidence", line.target, evidence);
        }
        wanted.push((line.target, value, evidence));
    }
    lines.take(wanted);
}

fn table_line(lines: Lines, line: usize, name: String, hidden: Memo<bool>, editable: bool) -> AnyView {
    let state = lines.state(line);
    let LineText { value, evidence, .. } = lines.texts.with_value(|texts| texts[line].clone());
    let wrong = move || state.with(|state| matches!(state, LineState::Wrong(_))).then_some("true");
    let (mode, label) = match lines.kind {
        RecordKind::Link => ("text", words::TOTALS),
        _ => ("decimal", words::VALUE),
    };
    view! {
        <tr hidden=move || hidden.get()>
            <th scope="row" id=format!("unit-{line}")>{name}</th>
            <td data-label=move || t(label)()><input id=format!("value-{line}") class="short" inputmode=mode autocomplete="off" readonly=!editable aria-labelledby=format!("unit-{line} col-value")
                aria-describedby=format!("state-{line}") aria-invalid=wrong prop:value=value /></td>
            <td data-label=move || t(words::EVIDENCE)()><input id=format!("evidence-{line}") autocomplete="off" maxlength=wire::record::MOST_WORDS readonly=!editable
                aria-labelledby=format!("unit-{line} col-evidence") prop:value=evidence /></td>
            <td id=format!("state-{line}") class="line-state">{move || state_view(line, &state.read())}</td>
        </tr>
    }
    .into_any()
}

/// A state in words, never by its colour alone.
fn state_view(line: usize, state: &LineState) -> AnyView {
    let plain = |class: &'static str, says: String| view! { <span class=class>{says}</span> }.into_any();
    match state {
        LineState::Empty => plain("soft", t(words::LINE_EMPTY)().to_owned()),
        LineState::Saved { by, at } => plain("saved", fill(words::LINE_SAVED, &[by, &moment(*at)])),
        LineState::Changed => plain("unsaved", t(words::LINE_CHANGED)().to_owned()),
        LineState::Waiting => plain("unsaved", t(words::LINE_WAITING)().to_owned()),
        LineState::Saving => plain("unsaved", t(words::SAVING)().to_owned()),
        LineState::Wrong(says) => plain("field-error", says.say()),
        LineState::Failed(says, _) => view! {
            <span class="field-error">{fill(words::LINE_FAILED, &[&says.say()])}</span>
            " "<button type="button" class="small" id=format!("retry-{line}")>{t(words::RETRY)}</button>
        }
        .into_any(),
    }
}

/// The control of a line that an event came from: `value-12`.
fn place(target: Option<EventTarget>) -> Option<(HtmlInputElement, &'static str, usize)> {
    let input: HtmlInputElement = target?.dyn_into().ok()?;
    let id = input.id();
    let (part, line) = id.split_once('-')?;
    let part = ["value", "evidence"].into_iter().find(|known| *known == part)?;
    Some((input, part, line.parse().ok()?))
}

fn show_text(part: &str, line: usize, text: &str) {
    let input = document().get_element_by_id(&format!("{part}-{line}"));
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value(text);
    }
}

fn typed(lines: Lines, event: &ev::Event) {
    match place(event.target()) {
        Some((input, "value", line)) => lines.typed(line, Some(input.value()), None),
        Some((input, _, line)) => lines.typed(line, None, Some(input.value())),
        None => {}
    }
}

fn left(lines: Lines, event: &ev::Event) {
    let Some((input, part, line)) = place(event.target()) else { return };
    // Full-width digits become plain ones before they are checked.
    let plain = kind::figure(&input.value());
    if part == "value" && lines.kind == RecordKind::Entry && plain != input.value() {
        input.set_value(&plain);
        lines.typed(line, Some(plain), None);
    }
    lines.left(line);
}

fn retry(lines: Lines, event: &ev::MouseEvent) {
    let button = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let line = button.and_then(|button| button.id().strip_prefix("retry-").and_then(|line| line.parse().ok()));
    if let Some(line) = line {
        lines.left(line);
        browser::focus(&format!("value-{line}"));
    }
}

/// Enter and the arrows go up and down the column, as in a spreadsheet.
fn walk(event: &ev::KeyboardEvent) {
    let Some((_, part, line)) = place(event.target()) else { return };
    let down = match event.key().as_str() {
        "Enter" | "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    // An input method confirms its word with Enter.
    if event.is_composing() {
        return;
    }
    event.prevent_default();
    let mut next = line;
    loop {
        let Some(there) = (if down { Some(next + 1) } else { next.checked_sub(1) }) else { return };
        next = there;
        let Some(input) = document().get_element_by_id(&format!("{part}-{next}")) else { return };
        if input.closest("tr[hidden]").ok().flatten().is_none() {
            browser::focus(&format!("{part}-{next}"));
            return;
        }
    }
}

/// Several lines pasted into a cell go to the preview instead.
fn pasted(pasting: Pasting, is_links: bool, event: &ev::ClipboardEvent) {
    let Some((_, "value", line)) = place(event.target()) else { return };
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    let several = text.trim_end().contains('\n') || (!is_links && text.contains('\t'));
    if several {
        event.prevent_default();
        pasting.offer(text, line);
    }
}

/// What a pasted text would do to the lines, checked as the lines themselves are.
fn read_pasted(lines: Lines, text: &str, first: usize) -> Vec<PastedLine> {
    let units = lines.units.get_value();
    let mut read = by_unit(text, &units, first);
    let is_links = lines.kind == RecordKind::Link;
    let good: Vec<usize> = (0..read.len()).filter(|place| read[*place].verdict == Verdict::Accepted).collect();
    let texts: Vec<(usize, LineText)> = good
        .iter()
        .map(|place| {
            let line = &read[*place];
            let value = if is_links { line.cells[1..].join(" ") } else { line.cells[1].clone() };
            (line.target, LineText::of(value))
        })
        .collect();
    for fault in lines.wrong(&texts) {
        read[good[fault.row]].verdict = Verdict::Wrong(1, fault.says);
    }
    read
}
