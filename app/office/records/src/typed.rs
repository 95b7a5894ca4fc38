//! What a form holds until it is saved, kept in the tab.

use frame::error_summary::Fault;
use leptos::prelude::*;

use crate::{
    book::Book,
    kept::{Kept, Texts},
};

/// What a form holds. A handle.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) texts: RwSignal<Texts>,
    pub(super) faults: RwSignal<Vec<Fault>>,
    /// Changes when the fields are to be drawn anew.
    pub(super) round: RwSignal<u32>,
    /// A file is still on its way.
    pub(super) sending: RwSignal<bool>,
    kept: Kept,
}

impl Typed {
    /// What was kept of a page, or an empty form.
    pub(super) fn at(book: Book, place: &str) -> Typed {
        let kept = Kept::at(&book.context.id(), place);
        Typed {
            texts: RwSignal::new(kept.read()),
            faults: RwSignal::new(Vec::new()),
            round: RwSignal::new(0),
            sending: RwSignal::new(false),
            kept,
        }
    }

    /// Sets one text, and keeps it.
    pub(super) fn set(self, id: &str, text: String) {
        self.texts.update(|texts| {
            texts.insert(id.to_owned(), text);
        });
        self.texts.with_untracked(|texts| self.kept.write(texts));
    }

    /// Keeps texts as they are.
    pub(super) fn keep(self, texts: &Texts) {
        self.kept.write(texts);
    }

    /// Starts the next record: the named fields stay as they are. Nothing is kept any more.
    pub(super) fn next(self, stay: &[&str]) {
        self.texts.try_update(|texts| texts.retain(|id, _| stay.contains(&id.as_str())));
        self.kept.write(&Texts::new());
        self.round.try_update(|round| *round += 1);
    }
}
