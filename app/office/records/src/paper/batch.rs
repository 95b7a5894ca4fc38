//! The page of one batch of paper ballots: figures of the whole batch, a sheet of counts, and what is shown where two
//! people's counts differ.

use frame::{
    error_summary::{ErrorSummary, FieldError},
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*};
use office_frame::asking;
use scoring::{GroupIndex, LeafIndex, PeriodIndex, Record};
use text::records as words;
use wire::paper_tally::{PaperTallyBatch, PaperTallyKept};

use crate::{
    beside::{beside_fields, beside_of},
    book::Book,
    form::{self, said},
    ledger::Strike,
    paper::{
        batches::{Batches, waits},
        count_table::{CountsTable, pasted_in, typed_in, walk},
        entering::Entering,
    },
};

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
    let node = &plan.nodes()[plan.leaves()[leaf].node].name;
    let heading = joined([node, &plan.group(group).name, &plan.period(period).name], " · ");
    let entering = Entering::start(book, leaf, group, period);
    let typed = entering.typed;
    let note = RwSignal::new((!typed.texts.read_untracked().is_empty()).then(|| (true, Phrase::from(words::RESTORED))));
    let dirty = RwSignal::new(false);
    form::guard(move || dirty.get());
    Effect::new(move |before: Option<()>| {
        typed.texts.track();
        if before.is_some() {
            dirty.set(!typed.texts.read_untracked().is_empty());
        }
    });
    let waiting = Memo::new(move |_| {
        let list = batches.last.get().and_then(Result::ok).unwrap_or_default();
        list.into_iter().filter(|batch| waits(batch) && entering.is_of(batch)).collect::<Vec<_>>()
    });
    // One envelope, counted by two people who differ.
    let pair = Memo::new(move |_| {
        let waiting = waiting.read();
        let theirs = |mine: &PaperTallyBatch| {
            waiting.iter().find(|batch| batch.first_by != book.me() && batch.label == mine.label).cloned()
        };
        let mut mine = waiting.iter().filter(|batch| batch.first_by == book.me());
        mine.find_map(|mine| Some((mine.clone(), theirs(mine)?)))
    });
    Effect::new(move |_| entering.compare(pair.get()));
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
        let beside = match beside_of(typed, None) {
            Ok(beside) => beside,
            Err(faults) => return typed.faults.set(faults),
        };
        let (request, path) = (entering.request(beside), book.context.api("paper-tallies"));
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
    let closed = form::closed_note(book);
    let editable = closed.is_none();
    let mismatch = mismatch(book, entering, pair, batches, heading.clone());
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
                {move || sheet(book, entering)}
                <p><button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { t(words::SAVING)() } else { t(words::SAVE_BATCH)() }}
                </button></p>
            </form>
        })}
    }
}

/// The fields of the batch, as they begin.
fn sheet(book: Book, entering: Entering) -> AnyView {
    let typed = entering.typed;
    typed.round.track();
    view! {
        {label_field(entering)}
        <div class="row ends">
            {figure_field(entering, "collected", words::COLLECTED)}
            {figure_field(entering, "void", words::VOID)}
        </div>
        <p role="status">{move || {
            typed.texts.track();
            fill(words::VALID, &[&entering.valid()])
        }}</p>
        <p class="hint">{t(words::PAPER_PASTE_HINT)}</p>
        <CountsTable entering />
        {beside_fields(book, typed, None, words::EVIDENCE_HINT)}
    }
    .into_any()
}

/// That two counts differ, and how to strike one's own out.
fn mismatch(
    book: Book,
    entering: Entering,
    pair: Memo<Option<(PaperTallyBatch, PaperTallyBatch)>>,
    batches: Batches,
    title: String,
) -> impl Fn() -> Option<AnyView> + Send {
    let typed = entering.typed;
    let open = RwSignal::new(None::<String>);
    let struck = Callback::new(move |_: Option<Record>| {
        // One's own count stays on the sheet to be corrected.
        typed.texts.with_untracked(|texts| typed.keep(texts));
        batches.again();
    });
    move || {
        let (name, found) = entering.against.get()?;
        let (mine, _) = pair.get()?;
        let id = mine.id.clone();
        let strike_name = title.clone();
        Some(
            view! {
            <div class="note bad stack" role="alert">
                <p>{fill(words::MISMATCH, &[&name, &found.len()])}</p>
                <p><button type="button" class="danger" on:click=move |_| open.set(Some(id.clone()))>{t(words::STRIKE_MINE)}</button></p>
                {move || open.get().map(|id| view! { <Strike book id name=strike_name.clone() record=None open done=struck /> })}
            </div>
        }
            .into_any(),
        )
    }
}

/// Which envelope or box the ballots came from.
fn label_field(entering: Entering) -> AnyView {
    let typed = entering.typed;
    let value = typed.texts.read_untracked().get("label").cloned().unwrap_or_default();
    let wrong = move || typed.faults.read().iter().any(|fault| fault.field == "f-label").then_some("true");
    view! {
        <div class="field">
            <label for="f-label">{t(words::LABEL)}</label>
            <p class="hint" id="f-label-hint">{t(words::LABEL_HINT)}</p>
            <FieldError faults=typed.faults field="f-label" />
            <input id="f-label" maxlength="100" autocomplete="off" aria-describedby="f-label-hint f-label-error"
                aria-invalid=wrong prop:value=value on:input=move |event| typed.set("label", event_target_value(&event)) />
        </div>
    }
    .into_any()
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
