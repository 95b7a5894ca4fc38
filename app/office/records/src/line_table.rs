//! How a table of units looks: one line for each, its state beside it.

use std::sync::Arc;

use frame::{
    error_summary::{ErrorSummary, Fault},
    words::{Phrase, fill, joined, t},
};
use leptos::prelude::*;
use office_evidence::FilesField;
use office_frame::{asking, moment::moment};
use scoring::plan_document::{CombineLinks, MethodDocument};
use scoring::{LeafIndex, PeriodIndex, Record, RecordKind};
use text::{Text, records as words};

use crate::{
    book::Book,
    form, from_file,
    ledger::{LedgerList, Rows},
    line::{LineState, LineText},
    line_typing::{accept_pasted, left, pasted, read_pasted, retry, show_text, typed, walk},
    lines::Lines,
    linked_totals::LinkedTotals,
    paste::{PasteBox, PastedLine, Pasting},
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
    Wrong,
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
    let heading: Arc<str> =
        joined([&plan.nodes()[plan.leaves()[lines.leaf].node].name, &lines.period_name()], " · ").into();
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
    let arrange =
        Callback::new(move |text: String| lines.units.with_value(|units| from_file::of_units(&text, units, is_links)));
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
        {work_bar(lines, &heading, (find, shown), tally, editable)}
        {closed}
        {move || (lines.restored.get() != 0).then(|| view! {
            <p class="note warn">{fill(words::RESTORED_LINES, &[&lines.restored.get()])}</p>
        })}
        <ErrorSummary faults=standing />
        <div class="work-sheet" tabindex="0" role="region" aria-label=heading>
            <table class="entry-lines" on:input=move |event| typed(lines, &event) on:change=move |event| left(lines, &event)
                on:keydown=move |event| walk(lines, &event) on:paste=move |event| pasted(lines, pasting, &event)
                on:click=move |event| retry(lines, &event)>
                <thead><tr>
                    <th scope="col">{t(words::UNIT)}</th>
                    <th scope="col" id="col-value" class="figure">{t(if is_links { words::TOTALS } else { words::VALUE })}</th>
                    <th scope="col">{t(words::STATE)}</th>
                    <th scope="col" id="col-evidence">{t(words::EVIDENCE)}</th>
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
                            Shown::Wrong => matches!(*state, LineState::Wrong(_)),
                        };
                        !(fits && find.with(|find| name.contains(find.as_str())))
                    });
                    table_line(lines, line, unit.name, hidden, editable)
                }).collect_view()}</tbody>
            </table>
        </div>
        <div class="save-bar row stays no-print">
            <p role="status">{move || {
                let [saved, changed, failed, wrong] = tally.get();
                fill(words::STATUS, &[&saved, &count, &changed, &failed, &wrong])
            }}</p>
            {editable.then(|| view! {
                <p class="hint save-status">{t(words::SAVES_ITSELF)}</p>
                <button type="button" class="primary" disabled=move || !unsaved() on:click=save_all>{t(words::SAVE_ALL)}</button>
            })}
        </div>
        {editable.then(|| view! {
            {is_links.then(|| view! { <LinkedTotals book pasting /> })}
            <PasteBox
                hint=if is_links { words::PASTE_TOTALS } else { words::PASTE_UNITS }
                columns=columns pasting arrange read accept />
        })}
        <LedgerList book kind=lines.kind fixed rows struck />
    }
}

/// What is entered here, by whom and within what; what goes with all lines; which lines are shown.
fn work_bar(
    lines: Lines,
    heading: &Arc<str>,
    (find, shown): (RwSignal<String>, RwSignal<Shown>),
    tally: Memo<[usize; 4]>,
    editable: bool,
) -> AnyView {
    let only_wrong = move |_| shown.update(|now| *now = if *now == Shown::Wrong { Shown::All } else { Shown::Wrong });
    let tools = editable.then(|| {
        view! {
            <label class="row tight-row">{t(words::COMMON_EVIDENCE)}
                <input id="common" maxlength=wire::record::MOST_WORDS autocomplete="off" aria-describedby="common-hint" prop:value=lines.common.get_untracked()
                    on:input=move |event| lines.typed_common(event_target_value(&event)) />
            </label>
            <span class="sr" id="common-hint">{t(words::COMMON_HINT)}</span>
            <details class="fold"><summary>{move || fill(words::COMMON_FILES, &[&lines.files.count()])}</summary>
                <FilesField address=lines.book.context.api("files") files=lines.files id="common-files" />
            </details>
        }
    });
    view! {
        <div class="work-bar">
            <a href=lines.book.context.href("records")>"← "{t(words::ALL)}</a>
            <h1 id="title" tabindex="-1">{heading.clone()}</h1>
            {method_hint(lines)}
            <span class="grow"></span>
            {tools}
            <input id="find" type="search" aria-label=t(words::FIND) placeholder=t(words::FIND) autocomplete="off"
                on:input=move |event| find.set(event_target_value(&event).trim().to_owned()) />
            {which(shown)}
            <button type="button" aria-pressed=move || (shown.get() == Shown::Wrong).to_string() on:click=only_wrong>
                {move || fill(words::ONLY_WRONG, &[&tally.read()[3]])}
            </button>
        </div>
    }
    .into_any()
}

/// How many lines are saved, under way, failed and wrong; following.
fn tally_of(lines: Lines) -> [usize; 4] {
    let mut tally = [0; 4];
    for line in 0..lines.units.with_value(Vec::len) {
        match &*lines.state(line).read() {
            LineState::Empty | LineState::Absent(_) => {}
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
            view! { <span class="hint">{move || fill(words::LINK_HINT, &[&t(how)(), &out_of])}</span> }.into_any()
        }
        MethodDocument::Entered(entered) => {
            let office = entered.office.clone();
            view! {
                <span class="hint">{move || fill(words::GIVEN_BY, &[&office])}"，"{move || fill(words::OUT_OF, &[&out_of])}</span>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// Which lines are shown.
fn which(shown: RwSignal<Shown>) -> AnyView {
    let choice = move |which: Shown, text: Text| {
        let pressed = move || (shown.get() == which).to_string();
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=move |_| shown.set(which)>{t(text)}</button> }.into_any()
    };
    view! {
        <span class="chips" role="group" aria-label=t(words::SHOW)>
            {choice(Shown::All, words::SHOW_ALL)}
            {choice(Shown::Empty, words::SHOW_EMPTY)}
            {choice(Shown::Unsaved, words::SHOW_OPEN)}
        </span>
    }
    .into_any()
}

fn table_line(lines: Lines, line: usize, name: String, hidden: Memo<bool>, editable: bool) -> AnyView {
    let state = lines.state(line);
    let LineText { value, evidence, .. } = lines.texts.with_value(|texts| texts[line].clone());
    let wrong = move || state.with(|state| matches!(state, LineState::Wrong(_))).then_some("true");
    let (mode, label, class) = match lines.kind {
        RecordKind::Link => ("text", words::TOTALS, ""),
        _ => ("decimal", words::VALUE, "figure"),
    };
    view! {
        <tr hidden=move || hidden.get()>
            <th scope="row" id=format!("unit-{line}")>{name}</th>
            <td data-label=move || t(label)() class:wrong=move || wrong().is_some()><input id=format!("value-{line}") class=class inputmode=mode autocomplete="off" readonly=!editable aria-labelledby=format!("unit-{line} col-value")
                aria-describedby=format!("state-{line}") aria-invalid=wrong prop:value=value /></td>
            <td id=format!("state-{line}") class="line-state">{move || state_view(line, &state.read())}</td>
            <td data-label=move || t(words::EVIDENCE)()><input id=format!("evidence-{line}") autocomplete="off" maxlength=wire::record::MOST_WORDS readonly=!editable
                aria-labelledby=format!("unit-{line} col-evidence") prop:value=evidence /></td>
        </tr>
    }
    .into_any()
}

/// A state in words, never by its colour alone.
fn state_view(line: usize, state: &LineState) -> AnyView {
    let plain = |class: &'static str, says: String| view! { <span class=class>{says}</span> }.into_any();
    match state {
        LineState::Empty => plain("soft", t(words::LINE_EMPTY)().to_owned()),
        LineState::Absent(says) => plain("soft", fill(words::LINE_ABSENT, &[says])),
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
