//! The page of documents: the papers on the result, the forms, and the office's texts in them.
//!
//! Refuses to own when a paper may be had and what stands on it: the server says so, and a refusal is told here.

use frame::{
    error_summary::Fault,
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking, names::named, plan_context::PlanContext};
use text::{Text, papers as words};
use wire::{
    plan::{PlanList, PlanState, PlanSummary},
    staff::Role,
};

use crate::choosing::choice;
use crate::document_texts::Texts;
use crate::file_download::save;

/// A paper: its name in the address, what it is called, what it says, and the kinds of file that there are.
type Paper = (&'static str, Text, Text, &'static [&'static str]);

const ON_RESULT: [Paper; 5] = [
    ("notice", words::NOTICE, words::NOTICE_WHAT, &["docx"]),
    ("table", words::TABLE, words::TABLE_WHAT, &["docx", "xlsx"]),
    ("report", words::REPORT, words::REPORT_WHAT, &["docx"]),
    ("superior", words::SUPERIOR, words::SUPERIOR_WHAT, &["docx"]),
    ("annual", words::ANNUAL, words::ANNUAL_WHAT, &["docx"]),
];

/// The papers on which the year before may stand.
const BESIDE_YEARS: [&str; 2] = ["report", "annual"];

/// What is being downloaded, and what became of it. A handle.
#[derive(Clone, Copy)]
struct Downloads {
    context: PlanContext,
    busy: RwSignal<bool>,
    refused: RwSignal<Option<(Refusal, String)>>,
}

impl Downloads {
    fn start(self, path: String) {
        asking::run(self.busy, async move {
            self.refused.try_set(None);
            if let Err(refusal) = save(&path).await {
                self.refused.try_set(Some((refusal, path)));
            }
        });
    }

    /// A button that downloads a kind of file; `asked`: what stands behind the address when it is pressed.
    fn button(
        self,
        kind: &'static str,
        name: Text,
        format: &'static str,
        asked: impl Fn() -> String + 'static,
    ) -> AnyView {
        let press = move |_| {
            let path = self.context.api(&format!("documents/{kind}?format={format}{}", asked()));
            self.start(path);
        };
        let says = move || match self.busy.get() {
            true => t(words::MAKING)().to_owned(),
            false => fill(words::DOWNLOAD, &[&t(name)(), &format.to_ascii_uppercase()]),
        };
        let disabled = move || self.busy.get().to_string();
        view! { <button type="button" aria-disabled=disabled on:click=press>{says}</button> }.into_any()
    }
}

/// The page.
#[component]
pub(crate) fn DocumentsPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    office.title(words::HEADING);
    let may =
        office.is(Role::Planner) || office.is(Role::Publisher) || office.is(Role::Office) && office.kept_to().is_none();
    let downloads = Downloads { context, busy: RwSignal::new(false), refused: RwSignal::new(None) };
    let refused = move || {
        downloads.refused.get().map(|(refusal, path)| {
            let retry = Callback::new(move |()| downloads.start(path.clone()));
            asking::refused(refusal, retry)
        })
    };
    view! {
        <h1 id="title" tabindex="-1">{t(words::HEADING)}</h1>
        <p>{t(words::WHAT)}</p>
        {refused}
        <OnResult downloads />
        <Forms downloads />
        <Texts context may />
    }
}

/// The plans whose results may stand beside this one's, by id and title, as soon as they are known.
fn others(context: PlanContext) -> RwSignal<Vec<(String, String)>> {
    let others = RwSignal::new(Vec::new());
    spawn_local(async move {
        // Without them the papers are there all the same.
        let Ok(plans) = asking::all::<PlanList>("/api/plans").await else { return };
        let own = context.id();
        let done = |plan: &PlanSummary| matches!(plan.state, PlanState::Published | PlanState::Closed);
        let plans = plans.into_iter().filter(|plan| done(plan) && plan.id != own);
        others.try_set(plans.map(|plan| (plan.id, plan.title)).collect());
    });
    others
}

/// The papers on the result. Before there is one they are named all the same, so that one knows what there will be.
#[component]
fn OnResult(downloads: Downloads) -> impl IntoView {
    let context = downloads.context;
    let period = RwSignal::new(String::new());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let periods = named(&context.answer.get_untracked().plan, "/periods");
    let several = periods.len() > 1;
    let chosen =
        several.then(|| choice("document-period", words::OF_PERIOD, words::WHOLE_RESULT, periods, period, faults));
    // A period may be closed, and its result there, while the plan is open.
    let there = Memo::new(move |_| match context.state() {
        PlanState::Closed | PlanState::Published => true,
        PlanState::Open => several && !period.read().is_empty(),
        PlanState::Draft | PlanState::Closing => false,
    });
    let with = RwSignal::new(String::new());
    let others = others(context);
    let beside = move || {
        let others = others.get();
        (!others.is_empty()).then(|| choice("document-with", words::BESIDE_YEAR, words::NO_YEAR, others, with, faults))
    };
    let rows = ON_RESULT.map(|(kind, name, what, formats)| {
        let asked = move || {
            let mut asked = String::new();
            for (name, value, has) in [("period", period, true), ("with", with, BESIDE_YEARS.contains(&kind))] {
                let value = value.read_untracked();
                // The annual report of one period stands beside no year.
                let of_part = name == "with" && kind == "annual" && !period.read_untracked().is_empty();
                if has && !of_part && !value.is_empty() {
                    asked = format!("{asked}&{name}={}", value.as_str());
                }
            }
            asked
        };
        let buttons = move || {
            let buttons = formats.iter().map(|format| downloads.button(kind, name, format, asked));
            there.get().then(|| buttons.collect_view())
        };
        view! {
            <li class="stack tight">
                <p><strong>{t(name)}</strong>" "<span class="soft">{t(what)}</span></p>
                <p class="row">{buttons}</p>
            </li>
        }
        .into_any()
    });
    view! {
        <section class="panel stack" aria-labelledby="documents-result">
            <h2 id="documents-result">{t(words::OF_RESULT)}</h2>
            {chosen}
            {beside}
            <Show when=move || !there.get()><p class="note">{t(words::RESULT_LATER)}</p></Show>
            <ul class="stack plain">{rows.into_iter().collect_view()}</ul>
        </section>
    }
}

/// The forms on which groups mark by hand.
#[component]
fn Forms(downloads: Downloads) -> impl IntoView {
    let text = || RwSignal::new(String::new());
    let (group, sheet) = (text(), text());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let groups = named(&downloads.context.answer.get_untracked().plan, "/groups");
    let sheets = [("a4", words::SHEET_A4), ("a3", words::SHEET_A3)];
    let sheets = sheets.map(|(id, name)| (id.to_owned(), t(name)().to_owned())).to_vec();
    let asked = move || {
        let mut asked = String::new();
        for (name, value) in [("group", group), ("sheet", sheet)] {
            let value = value.read_untracked();
            if !value.is_empty() {
                asked = format!("{asked}&{name}={}", value.as_str());
            }
        }
        asked
    };
    view! {
        <section class="panel stack" aria-labelledby="documents-forms">
            <h2 id="documents-forms">{t(words::FORMS)}</h2>
            <p>{t(words::FORMS_WHAT)}</p>
            <div class="row ends">
                {choice("document-group", words::OF_GROUP, words::ALL_GROUPS, groups, group, faults)}
                {choice("document-sheet", words::ON_SHEET, words::SHEET_BY_LENGTH, sheets, sheet, faults)}
                {downloads.button("paper", words::FORMS, "docx", asked)}
            </div>
        </section>
    }
}
