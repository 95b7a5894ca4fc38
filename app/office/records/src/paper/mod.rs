//! Paper ballots: batches counted by hand, entered twice by different people.
//!
//! Owns the list of batches with where each stands, and the way to entering one.

mod batch;
mod batches;
mod count;
mod count_table;
mod entering;

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{Office, asking, moment::moment};
use scoring::{Plan, Record};
use text::records as words;
use wire::{ledger::Struck, paper_tally::PaperTallyBatch};

use crate::{
    book::Book,
    form,
    ledger::Strike,
    paper::batches::{Batches, waits},
};

/// Whether anything of the plan is voted on.
pub(super) fn has_place(plan: &Plan) -> bool {
    plan.leaves().indices().any(|leaf| !plan.groups_of(leaf).is_empty())
}

fn same_place(one: &PaperTallyBatch, other: &PaperTallyBatch) -> bool {
    let place = |batch: &PaperTallyBatch| {
        [Some(&batch.component), Some(&batch.group), Some(&batch.period), batch.label.as_ref()].map(|id| id.cloned())
    };
    place(one) == place(other)
}

/// The page: the list, or one batch where `place` names component, group and period.
#[component]
pub(super) fn PaperPage(book: Book, place: Vec<String>) -> impl IntoView {
    let plan = book.plan();
    let batches = Batches::start(book);
    let found = match place.as_slice() {
        [component, group, period] => {
            let leaf = plan.leaf_place(component);
            let group = leaf.zip(plan.group_place(group)).filter(|(leaf, group)| plan.groups_of(*leaf).contains(group));
            group.zip(plan.period_place(period))
        }
        _ => None,
    };
    if let Some(((leaf, group), period)) = found {
        return view! { <batch::BatchPage book leaf group period batches /> }.into_any();
    }
    let closed = form::closed_note(book);
    let start = match closed {
        Some(note) => note,
        None => view! { <Start book /> }.into_any(),
    };
    view! {
        <p>{t(words::PAPER_NOTE)}</p>
        {start}
        <BatchList book batches />
    }
    .into_any()
}

/// Chooses whose ballots, on what, and of when.
#[component]
fn Start(book: Book) -> impl IntoView {
    let office = expect_context::<Office>();
    let plan = book.plan();
    let mut places = Vec::new();
    for leaf in plan.leaves().indices() {
        for group in plan.groups_of(leaf) {
            let id = format!("{}/{}", plan.leaf_id(leaf), plan.group(*group).id);
            let name = joined([&plan.nodes()[plan.leaves()[leaf].node].name, &plan.group(*group).name], " · ");
            places.push((id, name));
        }
    }
    let place = RwSignal::new(places.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let period = RwSignal::new(plan.periods().first().map(|period| period.id.clone()).unwrap_or_default());
    let option = |(id, name): (String, String)| view! { <option value=id>{name}</option> }.into_any();
    let periods = plan.periods().iter().map(|period| option((period.id.clone(), period.name.clone()))).collect_view();
    let places = places.into_iter().map(option).collect_view();
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let address = format!("records/paper/{}/{}", place.get_untracked(), period.get_untracked());
        office.go(&book.context.href(&address));
    };
    view! {
        <section class="panel stack" aria-labelledby="start">
            <h2 id="start">{t(words::PAPER_START)}</h2>
            <form class="row ends" on:submit=go>
                <div class="field grow">
                    <label for="place">{move || format!("{} · {}", t(words::COMPONENT)(), t(words::GROUP)())}</label>
                    <select id="place" on:change=move |event| place.set(event_target_value(&event))>{places}</select>
                </div>
                <div class="field">
                    <label for="period">{t(words::PERIOD)}</label>
                    <select id="period" on:change=move |event| period.set(event_target_value(&event))>{periods}</select>
                </div>
                <button type="submit" class="primary">{t(words::GO_ON)}</button>
            </form>
        </section>
    }
}

/// Where every batch stands.
#[component]
fn BatchList(book: Book, batches: Batches) -> impl IntoView {
    let open = RwSignal::new(None::<String>);
    let done = Callback::new(move |_: Option<Record>| batches.again());
    let rows = move |list: Vec<PaperTallyBatch>| {
        let all = list.clone();
        let row = move |batch: PaperTallyBatch| {
            let against = all.iter().any(|other| {
                waits(&batch) && waits(other) && other.first_by != batch.first_by && same_place(&batch, other)
            });
            batch_row(book, batch, against, open, done)
        };
        view! {
            <div class="panel scroll" tabindex="0" role="region" aria-label=t(words::BATCHES)>
                <table class="cards">
                    <thead><tr>
                        <th scope="col">{t(words::COMPONENT)}</th>
                        <th scope="col">{t(words::COLLECTED)}</th>
                        <th scope="col">{t(words::FIRST_BY)}</th>
                        <th scope="col">{t(words::SECOND_BY)}</th>
                        <th scope="col">{t(words::STATE)}</th>
                    </tr></thead>
                    <tbody>{list.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <h2>{t(words::BATCHES)}</h2>
            {move || match batches.last.get() {
                None => asking::loading(),
                Some(Err(refusal)) => asking::refused(refusal, Callback::new(move |()| batches.again())),
                Some(Ok(list)) if list.is_empty() => view! { <p class="soft">{t(words::NO_BATCHES)}</p> }.into_any(),
                Some(Ok(list)) => rows(list),
            }}
        </div>
    }
}

fn batch_row(
    book: Book,
    batch: PaperTallyBatch,
    against: bool,
    open: RwSignal<Option<String>>,
    done: Callback<Option<Record>>,
) -> AnyView {
    let plan = book.plan();
    let node = plan.node_place(&batch.component).map(|node| plan.nodes()[node].name.clone());
    let group = plan.group_place(&batch.group).map(|group| plan.group(group).name.clone());
    let period = plan.period_place(&batch.period).map(|period| plan.period(period).name.clone());
    let name = joined([node, group, period, batch.label.clone()].into_iter().flatten(), " · ");
    let href = book.context.href(&format!("records/paper/{}/{}/{}", batch.component, batch.group, batch.period));
    let mine = batch.first_by == book.me();
    let (class, says) = match (&batch.struck, &batch.second_by) {
        (Some(_), _) => ("tag bad", words::STRUCK),
        (None, Some(_)) => ("tag good", words::COUNTED),
        (None, None) if against => ("tag bad", words::DISAGREES),
        (None, None) => ("tag warn", words::WAITS),
    };
    let waiting = waits(&batch) && book.may;
    let next = waiting.then(|| match (against, mine) {
        (true, _) => view! { <a class="button small" href=href>{t(words::COMPARE)}</a> }.into_any(),
        (false, true) => view! { <span class="soft small">{t(words::YOURS)}</span> }.into_any(),
        (false, false) => view! { <a class="button small" href=href>{t(words::ENTER_SECOND)}</a> }.into_any(),
    });
    let why = batch.struck.clone().map(|Struck { reason, by, at }| {
        view! { <span class="small block">{move || fill(words::STRUCK_WHY, &[&reason, &by, &moment(at)])}</span> }
    });
    let id = batch.id.clone();
    let is_open = Memo::new(move |_| open.read().as_deref() == Some(id.as_str()));
    let id = batch.id.clone();
    let told = name.clone();
    let strike = (book.may && batch.struck.is_none()).then(|| {
        view! {
            <button type="button" class="danger small" aria-expanded=move || is_open.get().to_string()
                aria-label=move || fill(words::STRIKE_NAMED, &[&told])
                on:click=move |_| open.set((!is_open.get_untracked()).then(|| id.clone()))>{t(words::STRIKE)}</button>
        }
    });
    let ballots =
        batch.tally.as_ref().map_or_else(|| words::NONE.zh.to_owned(), |entered| entered.tally.collected.to_string());
    let strike_id = batch.id;
    let label = name.clone();
    view! {
        <tr class:struck=batch.struck.is_some()>
            <td data-label=move || t(words::COMPONENT)()>{name}</td>
            <td data-label=move || t(words::COLLECTED)()>{ballots}</td>
            <td data-label=move || t(words::FIRST_BY)()>{batch.first_by}</td>
            <td data-label=move || t(words::SECOND_BY)()>{batch.second_by.unwrap_or_else(|| words::NONE.zh.to_owned())}</td>
            <td data-label=move || t(words::STATE)() class="plain">
                <div class="row"><span class=class>{t(says)}</span>{next}{strike}</div>{why}
            </td>
        </tr>
        {move || is_open.get().then(|| view! {
            <tr class="below"><td colspan="5">
                <Strike book id=strike_id.clone() name=label.clone() record=None open done />
            </td></tr>
        })}
    }
    .into_any()
}
