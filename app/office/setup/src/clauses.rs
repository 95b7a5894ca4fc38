//! From which clause of its source document a figure comes, for plans that were made from a template.
//!
//! Owns how the page finds the template again (this browser remembers it by the plan's id; else by the
//! title), and how a note finds its figure after rows were moved (by ids). Refuses to own the notes:
//! they are the server's.

use std::{collections::BTreeMap, sync::Arc};

use frame::words::{fill, t};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{asking, pointer, template_memory::template_of};
use scoring::json::Value;
use text::office_setup as words;
use wire::plan::TemplateNote;

use crate::draft::Draft;

type ByPlace = BTreeMap<String, (String, bool)>;

/// The notes, once they are here. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Clauses(RwSignal<Option<Arc<ByPlace>>>);

impl Clauses {
    /// The clauses of the draft's template, asked for at once.
    pub fn of_draft(draft: Draft) -> Clauses {
        let clauses = Clauses(RwSignal::new(None));
        let (id, title) = (draft.context.id(), draft.text("/title"));
        spawn_local(async move {
            let Some(template) = template_of(&id, &title).await else { return };
            let plan = asking::get::<Value>(&format!("/api/templates/{template}")).await;
            let notes = asking::get::<Vec<TemplateNote>>(&format!("/api/templates/{template}/notes")).await;
            // Without them the page shows everything else.
            if let (Ok(plan), Ok(notes)) = (plan, notes) {
                let by_place = notes
                    .body
                    .into_iter()
                    .map(|note| (pointer::by_ids(&plan.body, &note.path), (note.clause, note.given)));
                clauses.0.try_set(Some(Arc::new(by_place.collect())));
            }
        });
        clauses
    }

    /// The clause of the figure at a place.
    pub fn of(self, draft: Draft, place: &str) -> AnyView {
        self.shown(draft, place, false)
    }

    /// The clauses of everything in the row at a place.
    pub fn under(self, draft: Draft, place: &str) -> AnyView {
        self.shown(draft, place, true)
    }

    fn shown(self, draft: Draft, place: &str, below: bool) -> AnyView {
        let place = draft.with(|plan| pointer::by_ids(plan, place));
        (move || {
            let notes = self.0.get()?;
            let mut found: Vec<(String, bool)> = notes
                .iter()
                .filter(|(at, _)| {
                    **at == place || (below && at.strip_prefix(&place).is_some_and(|rest| rest.starts_with('/')))
                })
                .map(|(_, note)| note.clone())
                .collect();
            found.dedup();
            if found.is_empty() {
                return None;
            }
            let count = found.len();
            let title =
                move || if count == 1 { t(words::CLAUSE)().to_owned() } else { fill(words::CLAUSES, &[&count]) };
            let lines: Vec<_> = found
                .into_iter()
                .map(|(clause, given)| {
                    let mark = (!given).then(|| view! { <span class="tag warn">{t(words::NOT_GIVEN)}</span>" " });
                    view! { <p lang="zh-CN">{mark}{clause}</p> }
                })
                .collect();
            Some(view! { <details class="clause"><summary>{title}</summary>{lines}</details> })
        })
        .into_any()
    }
}
