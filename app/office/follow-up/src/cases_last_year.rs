//! The cases of the plan that this one was made of that still run: who is sanctioned is not to be commended unlooked at.
//!
//! Owns nothing of them: they are read, and done where they stand.

use frame::words::{fill, joined, t};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{
    asking,
    names::{name_of, named},
    plan_context::{PlanContext, title_of},
    route::plan_href,
};
use scoring::{json::Value, names::folded};
use text::cases as words;
use wire::case::Case;
use wire::ledger::AuditPage;
use wire::plan::PlanAnswer;

use crate::case_book::{all_cases, is_running};
use crate::case_list::tag_of;

/// What is running of last year's plan.
#[derive(Clone, PartialEq)]
struct Running {
    plan: String,
    title: String,
    lines: Vec<Line>,
}

/// One case of it, in names.
#[derive(Clone, PartialEq, Debug)]
struct Line {
    unit: String,
    /// This year's plan has the unit.
    is_here: bool,
    says: String,
    case: Case,
}

/// The cases of another plan that are running, in its names; units of this plan are found by id, else by name.
fn lines(here: &Value, there: &Value, cases: Vec<Case>) -> Vec<Line> {
    let known = named(here, "/units");
    let running = cases.into_iter().filter(is_running).map(|case| {
        let unit = name_of(there, "/units", &case.unit);
        let is_here = known.iter().any(|(id, name)| *id == case.unit || folded(name) == folded(&unit));
        let outcome = name_of(there, "/outcomes", &case.outcome);
        let says = joined([outcome, case.text.clone()].into_iter().filter(|text| !text.is_empty()), " · ");
        Line { unit, is_here, says, case }
    });
    running.collect()
}

/// The plan that this one was made of, as the first event of its audit trail says, with its cases that are running. `None`
/// where it was made of none, or the account may not read that.
async fn running(context: PlanContext) -> Option<Running> {
    let page = asking::get::<AuditPage>(&context.api("audit?limit=1")).await.ok()?.body;
    let first = page.events.into_iter().next()?;
    let plan = first.detail.get("from").and_then(Value::as_str)?.to_owned();
    let there = asking::get::<PlanAnswer>(&format!("/api/plans/{plan}")).await.ok()?.body.plan;
    let cases = all_cases(&format!("/api/plans/{plan}/cases")).await.ok()?;
    let here = context.answer.try_get_untracked()?.plan;
    Some(Running { title: title_of(&there), lines: lines(&here, &there, cases), plan })
}

/// The section; nothing where nothing runs.
#[component]
pub(crate) fn LastYear(context: PlanContext) -> impl IntoView {
    let found = RwSignal::new(None::<Running>);
    spawn_local(async move {
        let running = running(context).await;
        found.try_set(running);
    });
    move || {
        found.get().filter(|running| !running.lines.is_empty()).map(|Running { plan, title, lines }| {
            let rows = lines.into_iter().map(|line| {
                let due = line.case.due.clone();
                let gone = (!line.is_here).then(|| view! { <span class="soft">{t(words::NOT_HERE)}</span> });
                view! {
                    <li class="row">
                        <strong><bdi>{line.unit}</bdi></strong>
                        {tag_of(&line.case)}
                        <bdi>{line.says}</bdi>
                        <span class="soft">{move || fill(words::UNTIL, &[&due])}</span>
                        {gone}
                    </li>
                }
                .into_any()
            });
            let rows: Vec<AnyView> = rows.collect();
            let href = plan_href(&plan, "cases");
            view! {
                <section class="panel stack tight" aria-labelledby="cases-last-year">
                    <h2 id="cases-last-year"><a href=href>{t(words::LAST_YEAR)}</a></h2>
                    <p>{move || fill(words::LAST_YEAR_WHAT, &[&title])}</p>
                    <ul class="plain stack tight">{rows}</ul>
                </section>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(number: u64, unit: &str, is_done: bool) -> Case {
        crate::case_book::case(number, unit, "2019-01-31", is_done)
    }

    #[test]
    fn what_runs_is_told_in_last_years_names_with_whether_the_unit_is_still_there() {
        let plan = |text: &str| Value::parse(text.as_bytes()).unwrap();
        let there = plan(
            r#"{ "units": [{ "id": "a", "name": "林业站" }, { "id": "b", "name": "村建所" }, { "id": "c", "name": "水务站" }],
                "outcomes": [{ "id": "last", "name": "黄牌警告" }] }"#,
        );
        let here = plan(r#"{ "units": [{ "id": "a", "name": "林业工作站" }, { "id": "x", "name": "水务站" }] }"#);
        let cases = vec![case(1, "a", false), case(2, "b", false), case(3, "c", false), case(4, "a", true)];
        let told: Vec<(String, bool, String)> =
            lines(&here, &there, cases).into_iter().map(|line| (line.unit, line.is_here, line.says)).collect();
        let says = "黄牌警告 · 约谈".to_owned();
        let expected = [("林业站", true), ("村建所", false), ("水务站", true)];
        assert_eq!(told, expected.map(|(unit, is_here)| (unit.to_owned(), is_here, says.clone())));
    }
}
