//! What is said before something goes that others use.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{limits::MOST_DIFFERENCES, pointer};
use office_plan_words::naming;
use text::office_editor as words;

use crate::{control::Act, draft::Draft, references};

/// What uses the thing that is to be removed, and the choice. Stands inside the form, whose listener serves the buttons.
#[component]
pub fn Removing(draft: Draft) -> impl IntoView {
    move || {
        let place = draft.removing.get()?;
        Some(draft.with(|plan| {
            let uses = references::uses(plan, &place);
            let name = pointer::at(plan, &place).map(|element| naming::name_of(plan, element)).unwrap_or_default();
            let (count, more) = (uses.len(), uses.len().saturating_sub(MOST_DIFFERENCES));
            let lines: Vec<_> = uses
                .iter()
                .take(MOST_DIFFERENCES)
                .map(|path| view! { <li>{naming::place(plan, path)}</li> })
                .collect();
            view! {
                <section class="note warn stack" id="removing" tabindex="-1" role="group" aria-labelledby="removing-title">
                    <h2 id="removing-title">{fill(words::STILL_USED, &[&name, &count])}</h2>
                    <ul class="bullets">{lines}{(more > 0).then(|| view! { <li>{fill(words::STILL_USED_MORE, &[&more])}</li> })}</ul>
                    <p>{t(words::STILL_USED_NOTE)}</p>
                    <p class="row">
                        <button type="button" data-act=Act::Keep.word() data-at=place.clone()>{t(words::KEEP)}</button>
                        <button type="button" class="danger" data-act=Act::RemoveAnyway.word() data-at=place.clone()>{t(words::REMOVE_ANYWAY)}</button>
                    </p>
                </section>
            }
        }))
    }
}
