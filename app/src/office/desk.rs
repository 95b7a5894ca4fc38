//! One plan on the desk: loaded once, with the tabs of its pages around them.
//!
//! Owns the plan as the server last gave it. Refuses to own unsaved changes: those are the setup's
//! draft, which lives as long as the plan is on the desk.

use leptos::{prelude::*, task::spawn_local};
use scoring::json::Value;
use text::{Text, office as words};
use wire::plan::{PlanAnswer, PlanState};

use super::{
    Office, asking,
    place::{PlanPage, plan_href},
    plan_list::state_tag,
    rooms::Rooms,
};
use crate::{
    server::{Answer, Refusal},
    words::{fill, t},
};

/// The plan on the desk. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The plan as the server last gave it.
    pub answer: RwSignal<PlanAnswer>,
    /// Its revision, for the `If-Match` of a change.
    pub etag: StoredValue<Option<String>>,
}

impl Desk {
    fn new(answer: Answer<PlanAnswer>) -> Desk {
        Desk { answer: RwSignal::new(answer.body), etag: StoredValue::new(answer.etag) }
    }

    /// The plan's id.
    pub fn id(self) -> String {
        self.answer.read_untracked().id.clone()
    }

    /// Its state; following.
    pub fn state(self) -> PlanState {
        self.answer.read().state
    }

    /// The address of something of this plan in the API: `desk.api("turnout")`.
    pub fn api(self, rest: &str) -> String {
        api(&self.answer.read_untracked().id, rest)
    }

    /// The address of a page of this plan: `desk.href("setup/units")`.
    pub fn href(self, page: &str) -> String {
        plan_href(&self.answer.read_untracked().id, page)
    }

    /// Its title; following.
    pub fn title(self) -> String {
        title_of(&self.answer.read().plan)
    }

    /// Asks the server for it again.
    pub async fn reload(self) -> Result<(), Refusal> {
        let answer = asking::get::<PlanAnswer>(&self.api("")).await?;
        self.etag.try_set_value(answer.etag);
        self.answer.try_set(answer.body);
        Ok(())
    }
}

fn api(plan: &str, rest: &str) -> String {
    let slash = if rest.is_empty() { "" } else { "/" };
    format!("/api/plans/{plan}{slash}{rest}")
}

/// The title that a plan document gives itself.
pub fn title_of(plan: &Value) -> String {
    plan.get("title").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Loads a plan and shows the page of it that `page` names.
#[component]
pub fn PlanFrame(
    /// The plan's id.
    id: String,
    /// Which page of it.
    page: Memo<Option<PlanPage>>,
) -> impl IntoView {
    let kept = RwSignal::new(None::<Result<Desk, Refusal>>);
    let load = move || {
        kept.set(None);
        let path = api(&id, "");
        spawn_local(async move {
            let answer = asking::get::<PlanAnswer>(&path).await;
            kept.try_set(Some(answer.map(Desk::new)));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    move || match kept.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(desk)) => view! { <OpenPlan desk page /> }.into_any(),
    }
}

/// A plan with its tabs.
#[component]
fn OpenPlan(desk: Desk, page: Memo<Option<PlanPage>>) -> impl IntoView {
    provide_context(desk);
    let rooms = expect_context::<Rooms>();
    (rooms.on_desk)(desk);
    let office = expect_context::<Office>();
    let tab = move |name: &'static str, text: Text, is: fn(&PlanPage) -> bool| {
        let current = move || page.read().as_ref().is_some_and(is).then_some("page");
        view! { <li><a href=desk.href(name) aria-current=current>{t(text)}</a></li> }.into_any()
    };
    let title = move || {
        let title = desk.title();
        if title.is_empty() { t(words::UNTITLED)().to_owned() } else { title }
    };
    let records = office.may_record();
    view! {
        // Cards and posters say whose they are; every other sheet is headed by its plan.
        <div class="plan-head stack" class:no-print=move || matches!(*page.read(), Some(PlanPage::Codes))>
            <p class="row"><strong class="plan-title">{title}</strong>{move || state_tag(desk.state())}</p>
            <p class="soft small row">
                <span>{move || fill(words::REVISION, &[&desk.answer.read().revision])}</span>
                <span class="mono">{move || fill(words::FINGERPRINT, &[&desk.answer.read().plan_sha256.get(..12).unwrap_or_default()])}</span>
            </p>
            <nav class="tabs" aria-label=t(words::PLAN_MENU)><ul>
                {tab("setup", words::TAB_SETUP, |page| matches!(page, PlanPage::Setup(_)))}
                {tab("codes", words::TAB_CODES, |page| matches!(page, PlanPage::Codes))}
                {tab("progress", words::TAB_PROGRESS, |page| matches!(page, PlanPage::Progress))}
                {records.then(|| tab("records", words::TAB_RECORDS, |page| matches!(page, PlanPage::Records(_))))}
                {tab("ranking", words::TAB_RANKING, |page| matches!(page, PlanPage::Ranking(_)))}
                {tab("simulation", words::TAB_SIMULATION, |page| matches!(page, PlanPage::Simulation(_)))}
                {tab("audit", words::TAB_AUDIT, |page| matches!(page, PlanPage::Audit))}
            </ul></nav>
        </div>
        {move || page.get().map(rooms.plan_page)}
    }
}
