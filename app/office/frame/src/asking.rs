//! Asking the server on behalf of somebody who is signed in.
//!
//! Owns what happens when the session has ended (the frame asks to sign in and keeps the page), and the
//! three faces of what is being loaded: not yet, not at all, here. The requests themselves are
//! [`server`]'s.

use std::{cell::Cell, future::Future};

use document::Read;
use frame::{
    server::{self, Answer, Refusal},
    words::t,
};
use leptos::{prelude::*, task::spawn_local};
use serde::Serialize;
use text::{office as words, shell};
use wire::ErrorCode;

use crate::limits::PAGE_ROWS;

thread_local! {
    // One page, one session. Not a context: those are out of reach after an `await`.
    static ENDED: Cell<Option<RwSignal<bool>>> = const { Cell::new(None) };
}

/// Whether the session has ended under the page. Called by the frame and by the sign-in form.
pub fn ended() -> RwSignal<bool> {
    ENDED.get().unwrap_or_else(|| {
        let signal = RwSignal::new(false);
        ENDED.set(Some(signal));
        signal
    })
}

fn noted<A>(result: Result<Answer<A>, Refusal>) -> Result<Answer<A>, Refusal> {
    if result.as_ref().err().and_then(Refusal::code) == Some(ErrorCode::NotSignedIn) {
        ended().set(true);
    }
    result
}

/// [`server::get`] by somebody signed in.
pub async fn get<A: Read>(path: &str) -> Result<Answer<A>, Refusal> {
    noted(server::get(path).await)
}

/// [`server::post`] by somebody signed in.
pub async fn post<A: Read>(path: &str, body: &impl Serialize) -> Result<Answer<A>, Refusal> {
    noted(server::post(path, body).await)
}

/// [`server::post_file`] by somebody signed in.
pub async fn post_file<A: Read>(path: &str, name: &str, file: &web_sys::Blob) -> Result<Answer<A>, Refusal> {
    noted(server::post_file(path, name, file).await)
}

/// [`server::put`] by somebody signed in.
pub async fn put<A: Read>(path: &str, body: &impl Serialize, etag: Option<&str>) -> Result<Answer<A>, Refusal> {
    noted(server::put(path, body, etag).await)
}

/// [`server::put_new`] by somebody signed in.
pub async fn put_new<A: Read>(path: &str, body: &impl Serialize) -> Result<Answer<A>, Refusal> {
    noted(server::put_new(path, body).await)
}

/// [`server::delete`] by somebody signed in.
pub async fn delete<A: Read>(path: &str, body: &impl Serialize) -> Result<Answer<A>, Refusal> {
    noted(server::delete(path, body).await)
}

/// One page of a list that the server tells in pages.
pub trait Page: Read {
    /// What the list is of.
    type Row;

    /// What stands on it, and the cursor of the next one.
    fn split(self) -> (Vec<Self::Row>, Option<String>);
}

macro_rules! pages {
    ($($page:ty: $rows:ident of $row:ty,)*) => {
        $(impl Page for $page {
            type Row = $row;

            fn split(self) -> (Vec<$row>, Option<String>) {
                (self.$rows, self.next)
            }
        })*
    };
}

pages! {
    wire::case::Cases: cases of wire::case::Case,
    wire::desk::Desk: plans of wire::desk::DeskLine,
    wire::code::BatchPage: batches of wire::code::CodeBatch,
    wire::comment::Comments: comments of wire::comment::KeptComment,
    wire::ledger::AuditPage: events of wire::ledger::AuditEvent,
    wire::ledger::Ledger: rows of wire::ledger::LedgerRow,
    wire::announcement::Objections: objections of wire::announcement::Objection,
    wire::named_ballot::NamedBallots: ballots of wire::named_ballot::NamedBallot,
    wire::paper_tally::PaperTallies: batches of wire::paper_tally::PaperTallyBatch,
    wire::plan::PlanList: plans of wire::plan::PlanSummary,
    wire::rectification::Rectifications: items of wire::rectification::Rectification,
    wire::staff::StaffList: staff of wire::staff::Account,
    wire::voter::VoterPage: voters of wire::voter::VoterRow,
}

/// All pages of a list.
pub async fn all<P: Page>(path: &str) -> Result<Vec<P::Row>, Refusal> {
    let first = format!("{path}{}limit={PAGE_ROWS}", if path.contains('?') { '&' } else { '?' });
    let (mut all, mut next) = (Vec::new(), None::<String>);
    loop {
        let page = match &next {
            None => get::<P>(&first).await?,
            Some(cursor) => get::<P>(&format!("{first}&cursor={cursor}")).await?,
        };
        let (rows, cursor) = page.body.split();
        all.extend(rows);
        match cursor {
            Some(_) => next = cursor,
            None => return Ok(all),
        }
    }
}

/// Something asked for: `None` until the answer is here.
pub type Fetched<A> = RwSignal<Option<Result<A, Refusal>>>;

/// Asks for `path` and keeps the answer.
pub fn fetch<A: Read + Send + Sync + 'static>(path: String) -> Fetched<A> {
    let kept = RwSignal::new(None);
    fetch_again(kept, path);
    kept
}

/// Asks once more; what is here stays until the answer comes.
pub fn fetch_again<A: Read + Send + Sync + 'static>(kept: Fetched<A>, path: String) {
    spawn_local(async move {
        let answer = get::<A>(&path).await.map(|answer| answer.body);
        // The page may have been left meanwhile.
        kept.try_set(Some(answer));
    });
}

/// Runs a request that a button started: `busy` while it runs.
pub fn run(busy: RwSignal<bool>, work: impl Future<Output = ()> + 'static) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        work.await;
        busy.try_set(false);
    });
}

/// "Loading", which a reader's voice says too.
pub fn loading() -> AnyView {
    view! { <p class="opening" role="status">{t(shell::LOADING)}</p> }.into_any()
}

/// What a refusal says, and the way on.
pub fn refused(refusal: Refusal, retry: Callback<()>) -> AnyView {
    let next =
        matches!(refusal.code(), Some(ErrorCode::Forbidden)).then(|| view! { <p>{t(words::FORBIDDEN_ROLE)}</p> });
    view! {
        <div class="note bad stack" role="alert">
            <p>{move || refusal.phrase().say()}</p>
            {next}
            <p><button type="button" on:click=move |_| retry.run(())>{t(words::RETRY)}</button></p>
        </div>
    }
    .into_any()
}

/// The page of something fetched: loading, refused, or `page` with it.
pub fn when_here<A>(kept: Fetched<A>, path: String, page: impl Fn(A) -> AnyView + Send + Sync + 'static) -> AnyView
where
    A: Read + Clone + Send + Sync + 'static,
{
    let retry = Callback::new(move |()| {
        kept.set(None);
        fetch_again(kept, path.clone());
    });
    (move || match kept.get() {
        None => loading(),
        Some(Err(refusal)) => refused(refusal, retry),
        Some(Ok(here)) => page(here),
    })
    .into_any()
}
