//! The bar that stays in sight: how much is filled in, how the quotas stand, whether the ballot is
//! valid; the preview opens from it. It states, it does not reproach: errors come on submitting.

use leptos::{ev, prelude::*};
use text::ballot as words;

use super::{
    cards::line_id,
    filling::{Filling, Standing},
    sheet::QuotaUse,
};
use crate::{
    browser,
    words::{fill, t},
};

/// At most this many quota counts stand in the bar itself; more stand at their sections.
const MOST_COUNTS: usize = 4;

/// The bar at the foot of the cards. It stands inside the form that its button submits.
#[component]
pub fn Bar(
    /// The ballot in hand.
    filling: Filling,
    /// The quotas, as they stand.
    quotas: Memo<Vec<QuotaUse>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let standing = Memo::new(move |_| filling.standing());
    let filled = Memo::new(move |_| filling.with(|sheet, choices| (sheet.filled(choices), sheet.lines.len())));
    let counts = move || {
        let quotas = quotas.read();
        let options: Vec<_> = quotas.iter().flat_map(|one| &one.options).collect();
        let shown = if options.len() <= MOST_COUNTS { options } else { Vec::new() };
        shown
            .into_iter()
            .map(|(name, have, need)| {
                let words = fill(words::QUOTA_COUNT, &[name, have, need]);
                let over = have > need;
                view! { <span class="dot" aria-hidden="true">" · "</span><span class:over=over>{words}</span> }
            })
            .collect_view()
    };
    let says = move || match standing.get() {
        Standing::Empty => words::NOTHING_YET,
        Standing::Short => words::NOT_YET,
        Standing::Over => words::OVER,
        Standing::Valid => words::VALID,
    };
    let next = move |_: ev::MouseEvent| {
        if let Some(line) = filling.with(|sheet, choices| sheet.first_open(choices, 0)) {
            browser::focus(&line_id(line));
        }
    };
    let close = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
        }
    };
    view! {
        <div class="bar" on:keydown=close>
            <Show when=move || open.get()>
                <Preview filling />
            </Show>
            <div class="bar-row">
                <button
                    type="button" class="bar-status" aria-controls="preview"
                    aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)
                >
                    <span class="sr">{t(words::PREVIEW_SHOW)}": "</span>
                    <span>
                        <span>{move || { let (filled, all) = filled.get(); fill(words::FILLED, &[&filled, &all]) }}</span>
                        {counts}
                        <span class="dot" aria-hidden="true">" · "</span>
                        <strong
                            class:ok=move || standing.get() == Standing::Valid
                            class:over=move || standing.get() == Standing::Over
                        >{move || says().in_(crate::words::lang().get())}</strong>
                    </span>
                    <span class="chevron" aria-hidden="true"></span>
                </button>
                <button type="button" on:click=next disabled=move || { let (filled, all) = filled.get(); filled == all }>
                    {move || { let (filled, all) = filled.get(); t(if filled == all { words::ALL_FILLED } else { words::FIRST_OPEN })() }}
                </button>
                <button type="submit" class="primary">{t(words::SUBMIT)}</button>
            </div>
        </div>
    }
}

/// What this ballot gives each unit: computed only while it is in sight.
#[component]
fn Preview(filling: Filling) -> impl IntoView {
    let sheet = filling.sheet();
    let heads: Vec<_> = sheet
        .paper
        .sections
        .iter()
        .map(|section| {
            let (name, points) = (section.name.clone(), section.points.clone());
            view! { <th scope="col" class="figure">{move || fill(words::PREVIEW_OF, &[&name, &points])}</th> }
        })
        .collect();
    let names: Vec<(String, String)> = sheet
        .paper
        .sections
        .iter()
        .flat_map(|section| section.units.iter().map(|unit| (unit.id.clone(), unit.name.clone())))
        .collect();
    let rows = move || {
        filling
            .with(super::sheet::Sheet::preview)
            .into_iter()
            .map(|unit| {
                let name = names.iter().find(|(id, _)| *id == unit.unit).map(|(_, name)| name.clone()).unwrap_or_default();
                let scores = unit.sections.iter().map(|score| {
                    let words = score.map_or_else(|| t(words::PREVIEW_NONE)().to_owned(), |score| score.published(2));
                    view! { <td class="figure">{words}</td> }
                }).collect_view();
                let part = (!unit.complete).then(|| view! { " "<span class="tag">{t(words::PREVIEW_PART)}</span> });
                view! { <tr><th scope="row">{name}{part}</th>{scores}</tr> }
            })
            .collect_view()
    };
    view! {
        <section class="preview stack" id="preview" aria-labelledby="preview-title" tabindex="0">
            <h2 id="preview-title">{t(words::PREVIEW_TITLE)}</h2>
            <p class="hint">{t(words::PREVIEW_NOTE)}</p>
            <table>
                <thead><tr><th scope="col">{t(words::PREVIEW_UNIT)}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
