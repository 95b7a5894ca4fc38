//! What was typed and is not saved yet: small texts by name, kept in the tab under their place.
//!
//! Owns what survives a reload, a cut connection and an ended session. Refuses to know what a text means.

use std::collections::BTreeMap;

use document::{Map, read_text};
use frame::saved::{self, For};
use leptos::prelude::*;

/// Texts by name, such as the fields of a form.
pub(super) type Texts = BTreeMap<String, String>;

/// The place in the tab where the texts of one page are kept. A handle.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    name: StoredValue<String>,
}

impl Kept {
    /// The place of a page of a plan: `Kept::at("p1", "entries/hotline/year")`.
    pub(super) fn at(plan: &str, place: &str) -> Kept {
        Kept { name: StoredValue::new(name(plan, place)) }
    }

    /// What is kept there; nothing where it cannot be read.
    pub(super) fn read(self) -> Texts {
        let text = self.name.try_with_value(|name| saved::read(For::Tab, name)).flatten();
        let texts: Map<String> = text.and_then(|text| read_text(&text)).unwrap_or_default();
        texts.iter().map(|(name, text)| (name.to_owned(), text.clone())).collect()
    }

    /// Keeps these texts and no others.
    pub(super) fn write(self, texts: &Texts) {
        self.name.try_with_value(|name| {
            if texts.is_empty() {
                saved::remove(For::Tab, name);
            } else if let Ok(text) = serde_json::to_string(texts) {
                saved::write(For::Tab, name, &text);
            }
        });
    }
}

/// Whether anything is kept for a page.
pub(super) fn holds(plan: &str, place: &str) -> bool {
    saved::read(For::Tab, &name(plan, place)).is_some()
}

fn name(plan: &str, place: &str) -> String {
    format!("pingyi-records/{plan}/{place}")
}
