//! The list of cases, with what is done with each, and the same as a table.
//!
//! Refuses to own what is overdue (the server).

use frame::{
    error_summary::{Fault, FieldError},
    words::{fill, t},
};
use leptos::{ev, prelude::*};
use office_frame::{
    asking,
    csv::{Cell, csv_file},
    download::download,
    names::name_of,
    plan_context::PlanContext,
};
use scoring::json::Value;
use text::{Text, cases as words, follow_up};
use wire::case::{Case, CaseDoneRequest, LONGEST_TEXT};

use crate::case_book::{CaseBook, is_running};
use crate::choosing::said;
use crate::striking::Strike;

/// How far a case is: what that is called, and the class of its tag.
const fn state(case: &Case) -> (Text, &'static str) {
    match case {
        Case { struck: Some(_), .. } => (words::STATE_STRUCK, "tag"),
        Case { done: Some(_), .. } => (words::STATE_DONE, "tag good"),
        Case { overdue: true, .. } => (words::STATE_OVERDUE, "tag bad"),
        _ => (words::STATE_OPEN, "tag warn"),
    }
}

/// How far a case is, as a tag.
pub(crate) fn tag_of(case: &Case) -> AnyView {
    let (name, class) = state(case);
    view! { <span class=class>{t(name)}</span> }.into_any()
}

/// The lines of the table below its head, in the language of now.
fn lines_of(plan: &Value, cases: &[Case]) -> Vec<Vec<Cell>> {
    let line = |case: &Case| {
        let (name, _) = state(case);
        let how = case.done.as_ref().map(|done| done.text.clone());
        let how = how.or_else(|| case.struck.as_ref().map(|struck| struck.reason.clone()));
        vec![
            Cell::figure(case.number),
            Cell::text(name_of(plan, "/units", &case.unit)),
            Cell::text(name_of(plan, "/outcomes", &case.outcome)),
            Cell::text(case.due.clone()),
            Cell::text(t(name)()),
            Cell::text(case.text.clone()),
            Cell::text(how.unwrap_or_default()),
        ]
    };
    cases.iter().map(line).collect()
}

/// The list, with the switch that leaves out what is done.
#[component]
pub(crate) fn CaseList(book: CaseBook, may: bool) -> impl IntoView {
    let plan = StoredValue::new(book.context.answer.get_untracked().plan);
    let only_open = RwSignal::new(true);
    let again = Callback::new(move |()| book.load());
    let count = move || {
        book.cases.with(|cases| {
            let cases = cases.as_deref().unwrap_or_default();
            let standing = cases.iter().filter(|case| case.struck.is_none());
            let running = cases.iter().filter(|case| is_running(case));
            let late = running.clone().filter(|case| case.overdue).count();
            fill(words::COUNT, &[&standing.count(), &running.count(), &late])
        })
    };
    let rows = move || {
        book.cases.with(|cases| {
            let Some(cases) = cases else { return asking::loading() };
            let shown = cases.iter().filter(|case| !only_open.get() || is_running(case));
            let rows: Vec<AnyView> = shown.map(|case| row(book.context, plan, case, may, again)).collect();
            match (rows.is_empty(), cases.is_empty()) {
                (true, true) => view! { <p class="soft">{t(words::NONE)}</p> }.into_any(),
                (true, false) => view! { <p class="soft">{t(words::NONE_OPEN)}</p> }.into_any(),
                _ => view! { <div class="stack">{rows}</div> }.into_any(),
            }
        })
    };
    let save = move |_| {
        let head =
            [words::NUMBER, follow_up::UNIT, words::OUTCOME, words::DUE, words::STATE, words::TEXT, words::DONE_HOW];
        let head = head.map(|name| Cell::text(t(name)())).to_vec();
        let cases = book.cases.get_untracked().unwrap_or_default();
        let lines = plan.with_value(|plan| lines_of(plan, &cases));
        download(words::FILE, "text/csv;charset=utf-8", &csv_file(std::iter::once(head).chain(lines)));
    };
    let is_any = move || book.cases.with(|cases| cases.as_ref().is_some_and(|cases| !cases.is_empty()));
    view! {
        <section class="stack" aria-labelledby="cases-all">
            <h2 id="cases-all">{t(words::LIST)}</h2>
            <p role="status">{count}</p>
            <div class="row">
                <label class="tickbox"><input type="checkbox" prop:checked=only_open on:change=move |event| only_open.set(event_target_checked(&event)) /><span>{t(words::ONLY_OPEN)}</span></label>
                <Show when=is_any><button type="button" on:click=save>{t(words::DOWNLOAD)}</button></Show>
            </div>
            {rows}
        </section>
    }
}

fn row(context: PlanContext, plan: StoredValue<Value>, case: &Case, may: bool, again: Callback<()>) -> AnyView {
    let unit = plan.with_value(|plan| name_of(plan, "/units", &case.unit));
    let outcome = plan.with_value(|plan| name_of(plan, "/outcomes", &case.outcome));
    let (number, due) = (case.number, case.due.clone());
    let done = case.done.clone().map(|done| {
        view! { <p class="opinion">{move || fill(words::WAS_DONE, &[&done.text])}</p> }
    });
    let struck = case.struck.clone().map(|struck| {
        view! { <p class="note bad">{move || fill(follow_up::STRUCK, &[&struck.reason])}</p> }
    });
    let path = context.api(&format!("cases/{number}"));
    let finishing =
        (may && is_running(case)).then(|| view! { <Finish path=format!("{path}/done") number done=again /> });
    let striking =
        (may && case.struck.is_none()).then(|| view! { <Strike path id=format!("case-{number}") done=again /> });
    view! {
        <article class="panel stack" id=format!("case-{number}") tabindex="-1">
            <p class="row">
                <strong>{number}". "<bdi>{unit}</bdi></strong>
                <bdi>{outcome}</bdi>
                {tag_of(case)}
                <span class="soft">{move || fill(words::UNTIL, &[&due])}</span>
            </p>
            <p class="opinion">{case.text.clone()}</p>
            {done}
            {struck}
            {finishing}
            {striking}
        </article>
    }
    .into_any()
}

/// Saying that a case is done: what was done, folded.
#[component]
fn Finish(
    /// The address for it.
    path: String,
    number: u64,
    /// Called when it was kept.
    done: Callback<()>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let (busy, faults) = (RwSignal::new(false), RwSignal::new(Vec::<Fault>::new()));
    let id = format!("done-{number}");
    let (path, field) = (StoredValue::new(path), StoredValue::new(id.clone()));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let request = CaseDoneRequest { text: said(text) };
        if request.text.is_empty() {
            faults.set(vec![Fault::at(field.get_value(), follow_up::FILL)]);
            return;
        }
        asking::run(busy, async move {
            let (path, field) = (path.get_value(), field.get_value());
            match asking::post::<Case>(&path, &request).await {
                Ok(_) => done.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    faults.try_set(vec![Fault::at(field, refusal.phrase())]);
                }
            }
        });
    };
    view! {
        <details>
            <summary>{t(words::FINISH)}</summary>
            <form class="stack record-form" novalidate on:submit=submit>
                <div class="field">
                    <label for=id.clone()>{t(words::FINISH_TEXT)}</label>
                    <FieldError faults field=id.clone() />
                    <textarea id=id.clone() rows="2" maxlength=LONGEST_TEXT aria-describedby=format!("{id}-error")
                        on:input=move |event| text.set(event_target_value(&event))></textarea>
                </div>
                <p><button type="submit" aria-disabled=move || busy.get().to_string()>{t(words::FINISH_SAVE)}</button></p>
            </form>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use wire::case::CaseDone;
    use wire::ledger::Struck;

    use super::*;

    #[test]
    fn a_case_is_struck_out_before_it_is_done_before_it_is_late() {
        let open = Case {
            number: 1,
            unit: "forestry".to_owned(),
            outcome: "last".to_owned(),
            due: "2019-01-31".to_owned(),
            text: "诫勉谈话".to_owned(),
            done: None,
            overdue: false,
            by: "wang".to_owned(),
            at: 0,
            struck: None,
        };
        let done = CaseDone { text: "已谈话".to_owned(), by: "wang".to_owned(), at: 0 };
        let late = Case { overdue: true, ..open.clone() };
        let finished = Case { done: Some(done), ..open.clone() };
        let struck = Struck { reason: "重复".to_owned(), by: "wang".to_owned(), at: 0 };
        let gone = Case { struck: Some(struck), ..finished.clone() };
        let names = [&open, &late, &finished, &gone].map(|case| state(case).0);
        assert_eq!(names, [words::STATE_OPEN, words::STATE_OVERDUE, words::STATE_DONE, words::STATE_STRUCK]);
    }
}
