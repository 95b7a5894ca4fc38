//! The page of ids: out of sight elsewhere, here they can be seen and changed, and what names them follows.

use frame::words::t;
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::naming::{self, Label};
use scoring::json::Value;
use text::office_editor as words;

use crate::field::{Ask, Kind, Page};

impl Page {
    /// All ids of the plan, list by list.
    pub fn ids(self) -> AnyView {
        let mut lists = Vec::new();
        self.draft.with(|plan| gather(plan, String::new(), &mut lists));
        let parts: Vec<_> = lists
            .into_iter()
            .map(|(list, count)| {
                let title = self.draft.with(|plan| naming::place(plan, &list));
                let fields: Vec<_> = (0..count)
                    .map(|place| {
                        let element = format!("{list}/{place}");
                        let name = self.draft.with(|plan| {
                            pointer::at(plan, &element)
                                .map(|element| naming::name_of(plan, element))
                                .unwrap_or_default()
                        });
                        self.field(Ask::new(format!("{element}/id"), Kind::Id).label(Label::Theirs(name)).bare())
                    })
                    .collect();
                view! { <section class="panel stack"><h2>{title}</h2><div class="columns">{fields}</div></section> }
            })
            .collect();
        view! { <p class="hint">{t(words::IDS_NOTE)}</p>{parts} }.into_any()
    }
}

/// The lists whose elements have ids, with how many they have.
fn gather(value: &Value, path: String, out: &mut Vec<(String, usize)>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                gather(value, scoring::json_pointer(&path, key), out);
            }
        }
        Value::List(items) => {
            if items.first().is_some_and(|item| item.get("id").is_some()) {
                out.push((path.clone(), items.len()));
            }
            for (place, item) in items.iter().enumerate() {
                gather(item, format!("{path}/{place}"), out);
            }
        }
        _ => {}
    }
}
