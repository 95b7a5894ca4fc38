//! Each unit's own tasks, on which it is marked where a survey says so.

use frame::words::t;
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::naming::Label;
use scoring::json::Value;
use text::office_setup as words;

use crate::{
    component::t_key,
    field::{Kind, Page},
    rows::Column,
};

impl Page {
    /// Each unit's own tasks.
    pub fn tasks(self) -> AnyView {
        let units: Vec<_> = (0..self.draft.with(|plan| pointer::list(plan, "/units").len()))
            .map(|unit| {
                let name = Label::Theirs(self.draft.text(&format!("/units/{unit}/name")));
                let columns = vec![Column::new("name", Kind::Text), Column::optional("weight", Kind::Decimal)];
                let title = name.clone();
                view! { <h3>{move || title.say()}</h3>{self.rows(&format!("/units/{unit}/tasks"), name, columns)} }
            })
            .collect();
        view! {
            <div class="panel stack">
                <h2>{t_key("tasks")}</h2>
                <p class="hint">{t(words::TASKS_NOTE)}</p>
                {units}
            </div>
        }
        .into_any()
    }
}

/// Does a survey of the plan mark units on their own tasks, or has a unit any?
pub fn has_tasks(plan: &Value) -> bool {
    fn asks(nodes: &[Value]) -> bool {
        let asks_here = |node: &Value| !pointer::text(node, "/method/criteria_of").is_empty();
        nodes.iter().any(|node| asks_here(node) || asks(pointer::list(node, "/children")))
    }
    let has = |unit: &Value| !pointer::list(unit, "/tasks").is_empty();
    asks(pointer::list(plan, "/components")) || pointer::list(plan, "/units").iter().any(has)
}
