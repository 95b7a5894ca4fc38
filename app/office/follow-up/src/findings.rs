//! The page of findings: the form first, then the list with its filters, the newest day first.

use frame::{
    error_summary::Fault,
    words::{fill, t},
};
use leptos::prelude::*;
use office_evidence::file_links;
use office_frame::{
    Office, asking,
    names::{name_of, named},
    plan_context::PlanContext,
};
use text::follow_up as words;
use wire::finding::{Finding, Findings};
use wire::{plan::PlanState, staff::Role};

use crate::approvals::Approvals;
use crate::choosing::{choice, line, said};
use crate::finding_count::counting;
use crate::finding_form::FindingForm;
use crate::paged::Paged;
use crate::striking::Strike;

/// The list as far as it was asked for. A handle.
#[derive(Clone, Copy)]
struct List {
    context: PlanContext,
    unit: RwSignal<String>,
    month: RwSignal<String>,
    paged: Paged<Finding>,
}

impl List {
    fn load(self, more: bool) {
        let filters = [("unit", self.unit), ("month", self.month)];
        let split = |page: Findings| (page.findings, page.next);
        self.paged.load(self.context, "findings", &filters, more, split, async || {});
    }
}

/// The page.
#[component]
pub(crate) fn FindingsPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    office.title(words::FINDINGS);
    let may = office.is(Role::Office);
    let list =
        List { context, unit: RwSignal::new(String::new()), month: RwSignal::new(String::new()), paged: Paged::new() };
    list.load(false);
    let again = Callback::new(move |()| list.load(false));
    view! {
        <h1 id="title" tabindex="-1">{t(words::FINDINGS)}</h1>
        <p>{t(words::FINDINGS_WHAT)}</p>
        <Approvals context may done=again />
        {may.then(|| view! { <FindingForm context saved=again /> })}
        <Filters list />
        {move || list.paged.failed.get().map(|refusal| asking::refused(refusal, again))}
        {move || list.paged.rows.read().is_empty().then(|| view! { <p class="soft">{t(words::NONE_YET)}</p> })}
        // What is typed at one finding stays when another changes.
        <div class="stack"><For each=move || list.paged.rows.get() key=version children=move |row| finding(list, row, may, again) /></div>
        <Show when=move || list.paged.next.read().is_some()>
            <p><button type="button" on:click=move |_| list.load(true)>{t(words::MORE)}</button></p>
        </Show>
    }
}

#[component]
fn Filters(list: List) -> impl IntoView {
    let plan = list.context.answer.get_untracked().plan;
    let faults = RwSignal::new(Vec::<Fault>::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let month = said(list.month);
        if month.is_empty() || wire::day::is_month(&month) {
            faults.set(Vec::new());
            list.load(false);
        } else {
            faults.set(vec![Fault::at("list-month", words::MONTH_BAD)]);
        }
    };
    let reads_all = expect_context::<Office>().reads_all();
    let notice = move || {
        let month = list.month.get().trim().to_owned();
        wire::day::is_month(&month).then(|| {
            let table = list.context.api(&format!("findings/notice.csv?month={month}"));
            // A paper may be had by whoever reads all records.
            let paper = reads_all.then(|| {
                let path = list.context.api(&format!("documents/findings?month={month}"));
                view! { <a href=path download>{t(words::NOTICE_DOCX)}</a> }
            });
            view! { <a href=table download>{t(words::NOTICE)}</a>{paper} }
        })
    };
    view! {
        <form class="row ends" novalidate on:submit=submit>
            {choice("list-unit", words::UNIT, words::ALL_UNITS, named(&plan, "/units"), list.unit, faults)}
            {line("list-month", words::MONTH, "text", 7, list.month, faults)}
            <button type="submit">{t(words::SHOW)}</button>
            {notice}
        </form>
    }
}

/// What tells a finding from itself as it was before.
fn version(row: &Finding) -> String {
    format!("{} {} {} {}", row.id, row.incident.is_some(), row.pending, row.struck.is_some())
}

/// A finding of the list.
fn finding(list: List, row: Finding, may: bool, again: Callback<()>) -> AnyView {
    let plan = list.context.answer.get_untracked().plan;
    let unit = name_of(&plan, "/units", &row.unit);
    let cost = match (&row.incident, &row.counts) {
        (Some(_), _) if row.pending => Some(view! { <span class="tag">{t(words::PENDING)}</span> }.into_any()),
        (Some(_), _) => Some(view! { <span class="tag warn">{t(words::COUNTED)}</span> }.into_any()),
        (None, Some(_)) => Some(view! { <span class="tag">{t(words::WAITING)}</span> }.into_any()),
        (None, None) => None,
    };
    let struck = row
        .struck
        .clone()
        .map(|struck| view! { <p class="note bad">{move || fill(words::STRUCK, &[&struck.reason])}</p> }.into_any());
    let takes_records = !matches!(list.context.state(), PlanState::Draft | PlanState::Published);
    let counts = (may && takes_records && row.incident.is_none() && row.struck.is_none())
        .then(|| counting(list.context, &row, again));
    let files = file_links(&list.context.api("files"), &row.files);
    let path = list.context.api(&format!("findings/{}", row.id));
    let strike = (may && struck.is_none()).then(|| view! { <Strike path id=row.id.replace('.', "-") done=again /> });
    view! {
            <article class="panel stack">
                <p class="row"><strong><bdi>{unit}</bdi></strong><span class="soft">{row.date}</span><bdi class="soft">{row.place}</bdi>{cost}</p>
                <p class="opinion">{row.text}</p>
                {files}
                <p class="small soft"><bdi>{row.source}</bdi>" · "{row.by}</p>
                {struck}
                {counts}
                {strike}
            </article>
        }
        .into_any()
}
