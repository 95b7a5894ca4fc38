//! The batches of a plan, as last read.

use frame::server::Refusal;
use leptos::prelude::*;
use office_frame::asking;
use wire::paper_tally::{PaperTallies, PaperTallyBatch};

use crate::book::Book;

/// The batches, as last read. A handle.
#[derive(Clone, Copy)]
pub struct Batches {
    pub last: RwSignal<Option<Result<Vec<PaperTallyBatch>, Refusal>>>,
    path: StoredValue<String>,
}

impl Batches {
    pub fn start(book: Book) -> Batches {
        let path = book.context.api("paper-tallies");
        let batches = Batches { last: RwSignal::new(None), path: StoredValue::new(path) };
        batches.again();
        batches
    }

    pub fn again(self) {
        leptos::task::spawn_local(async move {
            let read = self.read().await;
            self.last.try_set(Some(read));
        });
    }

    pub async fn read(self) -> Result<Vec<PaperTallyBatch>, Refusal> {
        let path = self.path.try_get_value().unwrap_or_default();
        asking::all::<PaperTallies>(&path).await
    }
}

/// Whether it waits for a second count.
pub fn waits(batch: &PaperTallyBatch) -> bool {
    batch.second_by.is_none() && batch.struck.is_none()
}
