//! The bar below a page of the setup: undo, redo, how saving stands; and the conflict above it.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{limits::MOST_DIFFERENCES, names::name_of, pointer};
use office_plan_words::naming;
use text::{Text, office_setup as words};
use wire::Field;

use crate::draft::{Draft, Saving, UNFIT};

#[component]
pub fn SavingBar(
    draft: Draft,
    /// The page's form saves and checks, and this is what its button says; else the bar saves by itself.
    #[prop(optional)]
    submit: Option<Text>,
    /// Runs after it was kept and the page stays.
    #[prop(optional)]
    saved: Option<Callback<()>>,
    /// Fields of this page that still have problems.
    #[prop(optional, into)]
    left: Signal<usize>,
) -> impl IntoView {
    let status = move || match draft.saving.get() {
        Saving::Clean if left.get() > 0 => {
            view! { <strong class="tag warn">{move || fill(words::CLEAN_BUT, &[&left.get()])}</strong> }.into_any()
        }
        Saving::Clean => view! { <span class="soft">{t(words::CLEAN)}</span> }.into_any(),
        Saving::Changed | Saving::Conflict(_) => {
            view! { <strong class="tag warn">{t(words::CHANGED)}</strong> }.into_any()
        }
        Saving::Busy => view! { <span class="soft">{t(words::SAVING)}</span> }.into_any(),
        Saving::Failed(refusal) => {
            view! { <span class="field-error">{t(words::NOT_SAVED)}{refusal.phrase().say()}</span> }.into_any()
        }
        Saving::TooLarge => view! { <span class="field-error">{t(words::TOO_LARGE)}</span> }.into_any(),
    };
    let no_undo = move || (!draft.steps().0).to_string();
    let no_redo = move || (!draft.steps().1).to_string();
    let save = move |_| {
        if submit.is_none() {
            draft.save(None);
        }
    };
    let kind = if submit.is_some() { "submit" } else { "button" };
    let label = submit.unwrap_or(words::SAVE);
    let submit = submit.is_some();
    view! {
        <PointedOut draft />
        <div class="save-bar row no-print" class:stays=submit>
            <button type="button" aria-disabled=no_undo on:click=move |_| draft.undo()>{t(words::UNDO)}</button>
            <button type="button" aria-disabled=no_redo on:click=move |_| draft.redo()>{t(words::REDO)}</button>
            <span role="status" class="save-status">{status}</span>
            {submit.then(|| view! { <button type="button" on:click=move |_| draft.save(saved)>{t(words::SAVE)}</button> })}
            <button type=kind class="primary" on:click=save>{t(label)}</button>
        </div>
    }
}

/// What saving pointed out: where the codes that are out no longer fit, and which names look alike.
#[component]
pub fn PointedOut(draft: Draft) -> impl IntoView {
    let say = move |field: &Field| {
        let detail = field.detail.as_deref().unwrap_or_default();
        draft.with(|plan| match field.code.as_str() {
            UNFIT => {
                let ids: Vec<&str> = detail.split(' ').collect();
                let [period, group, units, own, _, count] = ids[..] else { return detail.to_owned() };
                let unit = |id: &str| name_of(plan, "/units", id);
                let units = if units == "-" {
                    t(words::ALL_UNITS)().to_owned()
                } else {
                    joined(units.split('+').map(unit), "、")
                };
                let of = (own != "-").then(|| fill(words::CODES_OF, &[&unit(own)]));
                let (period, group) = (name_of(plan, "/periods", period), name_of(plan, "/groups", group));
                fill(words::CODES_UNFIT, &[&period, &group, &units, &of.unwrap_or_default(), &count])
            }
            _ => fill(words::SIMILAR_NAMES, &[&pointer::text(plan, detail), &pointer::text(plan, &field.path)]),
        })
    };
    move || {
        let lines =
            draft.pointed_out.with(|fields| fields.iter().map(|field| view! { <li>{say(field)}</li> }).collect_view());
        let unfit = draft.pointed_out.read().iter().any(|field| field.code == UNFIT);
        (!draft.pointed_out.read().is_empty()).then(|| {
            view! {
                <section class="note warn stack" role="status" id="pointed-out">
                    <ul class="bullets">{lines}</ul>
                    {unfit.then(|| view! { <p>{t(words::CODES_UNFIT_NEXT)}</p> })}
                </section>
            }
        })
    }
}

/// What to do when somebody else saved first.
#[component]
pub fn Conflict(draft: Draft) -> impl IntoView {
    move || {
        let Saving::Conflict(theirs) = draft.saving.get() else { return ().into_any() };
        let differences = draft.with(|mine| pointer::differences(mine, &theirs.plan));
        let more = differences.len().saturating_sub(MOST_DIFFERENCES);
        let lines: Vec<_> = draft.with(|mine| {
            differences
                .iter()
                .take(MOST_DIFFERENCES)
                .map(|path| view! { <li>{naming::place(mine, path)}</li> })
                .collect()
        });
        let note = if differences.is_empty() { words::CONFLICT_SAME } else { words::CONFLICT_NOTE };
        let revision = theirs.revision;
        view! {
            <section class="note warn stack" role="alert">
                <h2>{move || fill(words::CONFLICT_TITLE, &[&revision])}</h2>
                <p>{t(note)}</p>
                <ul class="bullets">{lines}{(more > 0).then(|| view! { <li>{fill(words::CONFLICT_MORE, &[&more])}</li> })}</ul>
                <p class="row">
                    <button type="button" class="primary" on:click=move |_| draft.keep_mine()>{t(words::KEEP_MINE)}</button>
                    <button type="button" on:click=move |_| draft.take_theirs((*theirs).clone())>{t(words::TAKE_THEIRS)}</button>
                </p>
            </section>
        }
        .into_any()
    }
}
