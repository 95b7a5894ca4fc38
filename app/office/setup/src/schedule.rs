//! When rounds open and close, and what takes a second person.

use frame::words::t;
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::naming;
use text::office_setup as words;

use crate::{
    component::t_key,
    control::Takes,
    field::{Ask, Kind, Page, shown},
    rows::Column,
};

impl Page {
    /// Rounds and approvals.
    pub fn schedule(self) -> AnyView {
        let (named, staged, approved) = self.draft.with(|plan| {
            let approved: Vec<String> = pointer::list(plan, "/approval").iter().map(shown).collect();
            (naming::named(plan, "/periods"), pointer::at(plan, "/shortlist").is_some(), approved)
        });
        let mut rounds = vec![Column::new("period", Kind::Choice(named))];
        if staged {
            rounds.push(Column::optional("stage", Kind::Shape(Takes::NumberChoice, naming::choices("stage"))));
        }
        rounds.extend(["opens", "closes", "entries_due"].map(|key| Column::optional(key, Kind::Text)));
        let steps: Vec<_> = naming::choices("approval")
            .into_iter()
            .map(|(step, label)| {
                let now = approved.contains(&step).then(|| step.clone());
                self.field(Ask { now, ..Ask::new(format!("/approval/~{step}"), Kind::Member).label(label).bare() })
            })
            .collect();
        view! {
            <div class="panel stack">
                <h2>{t_key("schedule")}</h2>
                <p class="hint">{t(words::TIME_HINT)}</p>
                {self.rows("/schedule", naming::key("schedule"), rounds)}
            </div>
            <fieldset class="panel stack" id="/approval" tabindex="-1">
                <legend>{t_key("approval")}</legend>
                {steps}
            </fieldset>
        }
        .into_any()
    }
}
