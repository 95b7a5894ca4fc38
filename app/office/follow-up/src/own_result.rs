//! A unit's own result: total, rank, what follows, and each component; and its report sheet as a file.
//!
//! Refuses to own any figure, and when a unit may read it: the server gives the row of this unit alone.

use frame::{
    server::Refusal,
    words::{fill, joined, t},
};
use leptos::prelude::*;
use office_frame::{
    asking,
    names::{component_name, name_of},
    plan_context::PlanContext,
    pointer,
};
use scoring::json::Value;
use scoring::result_document::{ComponentResult, PeriodResult, UnitResult};
use scoring::{ResultDocument, Score};
use text::{own_unit as words, papers};

use crate::file_download::save;
use crate::not_settled::is_not_settled;

/// Why something cannot be had: not settled yet, or what the server says, with a way to try again.
fn why(refusal: Refusal, retry: Callback<()>) -> AnyView {
    if is_not_settled(&refusal) {
        view! { <p class="note" role="status">{t(words::NOT_SETTLED)}</p> }.into_any()
    } else {
        asking::refused(refusal, retry)
    }
}

/// The section; `unit` is the id of the account's unit.
#[component]
pub(crate) fn OwnResult(context: PlanContext, unit: String) -> impl IntoView {
    let path = context.api("result?mode=final");
    let kept = asking::fetch::<ResultDocument>(path.clone());
    let unit = StoredValue::new(unit);
    let retry = Callback::new(move |()| {
        kept.set(None);
        asking::fetch_again(kept, path.clone());
    });
    let told = move || match kept.get() {
        None => asking::loading(),
        Some(Err(refusal)) => why(refusal, retry),
        Some(Ok(result)) => match result.units.into_iter().find(|row| row.unit == unit.get_value()) {
            Some(row) => own_row(context, &row),
            None => view! { <p class="note">{t(words::NOT_SETTLED)}</p> }.into_any(),
        },
    };
    view! {
        <section class="panel stack" aria-labelledby="own-result">
            <h2 id="own-result">{t(words::RESULT)}</h2>
            {told}
        </section>
    }
}

/// The figures as the plan publishes them.
fn published(plan: &Value, score: Score) -> String {
    let decimals = match pointer::at(plan, "/ranking/decimals") {
        Some(Value::Int(decimals)) => u32::try_from(*decimals).unwrap_or(2),
        _ => 2,
    };
    score.published(decimals)
}

/// How many units a category has.
fn units_of(plan: &Value, category: &str) -> usize {
    pointer::list(plan, "/units").iter().filter(|unit| pointer::text(unit, "/category") == category).count()
}

fn own_row(context: PlanContext, row: &UnitResult) -> AnyView {
    let plan = context.answer.get_untracked().plan;
    let (total, most) = (row.published.clone(), pointer::text(&plan, "/total").to_owned());
    let (rank, of, category) = (row.rank, units_of(&plan, &row.category), name_of(&plan, "/categories", &row.category));
    let grade = row.grade.as_ref().map(|grade| {
        let grade = name_of(&plan, "/grading/grades", grade);
        view! { <tr><th scope="row">{t(words::GRADE)}</th><td>{grade}</td></tr> }
    });
    let outcomes = joined(row.outcomes.iter().map(|outcome| name_of(&plan, "/outcomes", outcome)), "；");
    let outcomes = move || if outcomes.is_empty() { t(words::NO_OUTCOMES)().to_owned() } else { outcomes.clone() };
    let several = row.periods.len() > 1;
    let periods = row.periods.iter().map(|period| period_table(&plan, period, several)).collect_view();
    view! {
        <table class="own-result">
            <tbody>
                <tr><th scope="row">{t(words::TOTAL)}</th><td><strong>{move || fill(words::TOTAL_OF, &[&total, &most])}</strong></td></tr>
                <tr><th scope="row">{t(words::RANK)}</th><td>{move || fill(words::RANK_OF, &[&rank, &of, &category])}</td></tr>
                {grade}
                <tr><th scope="row">{t(words::OUTCOMES)}</th><td>{outcomes}</td></tr>
            </tbody>
        </table>
        {periods}
        <Report context />
    }
    .into_any()
}

/// The components of a period, those below a branch behind it, with bonuses and deductions where there are any.
fn period_table(plan: &Value, period: &PeriodResult, several: bool) -> AnyView {
    fn rows(plan: &Value, components: &[ComponentResult], depth: usize, found: &mut Vec<AnyView>) {
        for one in components {
            let name = component_name(plan, &one.component);
            let before = "— ".repeat(depth);
            let (score, points) = (published(plan, one.score), one.points.to_string());
            found.push(
                view! { <tr><th scope="row">{before}<bdi>{name}</bdi></th><td class="figure">{score}</td><td class="figure">{points}</td></tr> }
                    .into_any(),
            );
            rows(plan, &one.children, depth + 1, found);
        }
    }
    let mut found = Vec::new();
    rows(plan, &period.components, 0, &mut found);
    let caption = several.then(|| view! { <caption>{name_of(plan, "/periods", &period.period)}</caption> });
    let adjusted = [(words::BONUS, "+", period.bonus), (words::DEDUCTION, "−", period.deduction)];
    let adjusted = adjusted.into_iter().filter(|(.., points)| points.units() != 0).map(|(name, sign, points)| {
        view! { <tr><th scope="row">{t(name)}</th><td class="figure">{sign}{points.to_string()}</td><td></td></tr> }
    });
    let total = published(plan, period.total);
    view! {
        <div class="scroll" tabindex="0"><table>
            {caption}
            <thead><tr>
                <th scope="col">{t(words::COMPONENT)}</th>
                <th scope="col" class="figure">{t(words::SCORE)}</th>
                <th scope="col" class="figure">{t(words::MOST)}</th>
            </tr></thead>
            <tbody>{found}{adjusted.collect_view()}</tbody>
            <tfoot><tr><th scope="row">{t(words::PERIOD_TOTAL)}</th><td class="figure">{total}</td><td></td></tr></tfoot>
        </table></div>
    }
    .into_any()
}

/// The report sheet as a file; a refusal is told here and not kept as one.
#[component]
fn Report(context: PlanContext) -> impl IntoView {
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Refusal>);
    let start = move || {
        asking::run(busy, async move {
            refused.try_set(None);
            if let Err(refusal) = save(&context.api("documents/report?format=docx")).await {
                refused.try_set(Some(refusal));
            }
        });
    };
    let retry = Callback::new(move |()| start());
    let says = move || match busy.get() {
        true => t(papers::MAKING)().to_owned(),
        false => fill(papers::DOWNLOAD, &[&t(words::REPORT)(), &"DOCX"]),
    };
    view! {
        <p class="soft">{t(words::REPORT_WHAT)}</p>
        <p><button type="button" aria-disabled=move || busy.get().to_string() on:click=move |_| start()>{says}</button></p>
        {move || refused.get().map(|refusal| why(refusal, retry))}
    }
}

#[cfg(test)]
mod tests {
    use super::{Score, Value, published, units_of};

    #[test]
    fn a_unit_stands_among_those_of_its_category() {
        let plan = r#"{ "units": [{ "id": "a", "category": "x" }, { "id": "b", "category": "y" }, { "id": "c", "category": "x" }] }"#;
        let plan = Value::parse(plan.as_bytes()).unwrap();
        assert_eq!((units_of(&plan, "x"), units_of(&plan, "y"), units_of(&plan, "z")), (2, 1, 0));
    }

    #[test]
    fn scores_have_as_many_decimals_as_the_plan_publishes() {
        let plan = |decimals: u32| {
            Value::parse(format!(r#"{{ "ranking": {{ "decimals": {decimals} }} }}"#).as_bytes()).unwrap()
        };
        assert_eq!(published(&plan(2), Score::ZERO), "0.00");
        assert_eq!(published(&plan(0), Score::ZERO), "0");
        assert_eq!(published(&Value::Object(Vec::new()), Score::ZERO), "0.00");
    }
}
