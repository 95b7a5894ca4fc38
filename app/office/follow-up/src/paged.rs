//! A list with filters, of which a page more is asked for at a time.

use frame::server::Refusal;
use leptos::{prelude::*, task::spawn_local};
use office_frame::{asking, plan_context::PlanContext};

use crate::choosing::said;

/// Rows that are asked for at once.
const ROWS: usize = 50;

/// The rows as far as they were asked for. A handle.
pub(crate) struct Paged<R: Send + Sync + 'static> {
    pub(crate) rows: RwSignal<Vec<R>>,
    pub(crate) next: RwSignal<Option<String>>,
    pub(crate) failed: RwSignal<Option<Refusal>>,
    /// Which asking is the latest: an answer to an earlier one is thrown away.
    asked: RwSignal<u32>,
}

impl<R: Send + Sync + 'static> Copy for Paged<R> {}

impl<R: Send + Sync + 'static> Clone for Paged<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Send + Sync + 'static> Paged<R> {
    pub(crate) fn new() -> Paged<R> {
        Paged {
            rows: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            failed: RwSignal::new(None),
            asked: RwSignal::new(0),
        }
    }

    /// Asks for the next page of a plan's list, or with `more` false from the beginning; `split` takes rows and cursor
    /// out of the answer. `then` runs once the latest answer is here.
    pub(crate) fn load<P: document::Read + 'static>(
        self,
        context: PlanContext,
        list: &str,
        filters: &[(&str, RwSignal<String>)],
        more: bool,
        split: fn(P) -> (Vec<R>, Option<String>),
        then: impl AsyncFnOnce() + 'static,
    ) {
        let mut path = context.api(&format!("{list}?limit={ROWS}"));
        for (name, value) in
            filters.iter().map(|(name, value)| (name, said(*value))).filter(|(_, value)| !value.is_empty())
        {
            path.push_str(&format!("&{name}={value}"));
        }
        if let Some(next) = self.next.get_untracked().filter(|_| more) {
            path.push_str(&format!("&cursor={next}"));
        }
        self.asked.update(|asked| *asked += 1);
        let mine = self.asked.get_untracked();
        spawn_local(async move {
            let answer = asking::get::<P>(&path).await;
            if self.asked.try_get_untracked() != Some(mine) {
                return;
            }
            match answer {
                Ok(page) => {
                    let (found, next) = split(page.body);
                    self.failed.set(None);
                    self.next.set(next);
                    self.rows.update(|rows| {
                        if !more {
                            rows.clear();
                        }
                        rows.extend(found);
                    });
                }
                Err(refusal) => self.failed.set(Some(refusal)),
            }
            then().await;
        });
    }
}
