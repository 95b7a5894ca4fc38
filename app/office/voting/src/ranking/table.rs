//! The ranked table of each category: bars, totals, grades, and what decided between equals.

use frame::words::{fill_in, t};
use leptos::prelude::*;
use office_scores::{
    appraisal::Appraisal,
    legend::legend,
    score_bar::{Segments, bar, pen},
    tie_reason::decided_by,
};
use scoring::plan_document::Side;
use scoring::{CategoryIndex, Plan, ResultDocument, UnitIndex};
use text::ranking as words;

/// One table for each category that has units.
pub(super) fn categories(appraisal: &Appraisal) -> AnyView {
    let plan = &appraisal.plan;
    if plan.units().is_empty() {
        return view! { <p class="note">{t(words::NO_UNITS)}</p> }.into_any();
    }
    let result = appraisal.standing.document(plan);
    let segments = Segments::of(plan);
    let tables: Vec<AnyView> = plan
        .category_indices()
        .filter(|category| !plan.units_of(*category).is_empty())
        .map(|category| table(appraisal, &result, &segments, category))
        .collect();
    view! { {legend(plan, &segments)}{tables} }.into_any()
}

fn table(appraisal: &Appraisal, result: &ResultDocument, segments: &Segments, category: CategoryIndex) -> AnyView {
    let (plan, standing) = (&appraisal.plan, &appraisal.standing);
    let mut units = plan.units_of(category).to_vec();
    units.sort_by_key(|unit| standing.rank(*unit));
    let graded = plan.document().grading.is_some();
    let rows: Vec<AnyView> = units.iter().map(|unit| row(appraisal, result, segments, *unit, graded)).collect();
    let caption = plan.category(category).name.clone();
    let label = caption.clone();
    view! {
        <section class="panel">
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                <table class="ranking">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col" class="figure">{t(words::RANK)}</th>
                        <th scope="col">{t(words::UNIT)}</th>
                        <th scope="col" class="bar-head">{t(words::SCORES)}</th>
                        <th scope="col" class="figure">{t(words::TOTAL)}</th>
                        {graded.then(|| view! { <th scope="col">{t(words::GRADE)}</th> })}
                        <th scope="col">{t(words::OUTCOMES)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(appraisal: &Appraisal, result: &ResultDocument, segments: &Segments, unit: UnitIndex, graded: bool) -> AnyView {
    let (plan, standing) = (&appraisal.plan, &appraisal.standing);
    let document = plan.document();
    let line = &result.units[unit.index()];
    let place = NodeRef::new();
    place.on_load({
        let (segments, plan, standing) = (segments.clone(), appraisal.plan.clone(), appraisal.standing.clone());
        move |canvas| {
            if let Some(pen) = pen(&canvas) {
                segments.draw(&plan, &standing, unit, &pen);
            }
        }
    });
    let scores: Vec<String> = segments
        .legend(plan)
        .zip(segments.scores(plan, standing, unit))
        .map(|((_, name), score)| fill_in("{0} {1}", &[&name, &score.published(2)]))
        .collect();
    let adjustment = standing.adjustments(unit);
    let outcomes: Vec<AnyView> = line
        .outcomes
        .iter()
        .filter_map(|id| document.outcomes.iter().find(|outcome| outcome.id == *id))
        .map(|outcome| view! { <span class="tag info">{outcome.name.clone()}</span> }.into_any())
        .collect();
    let grade = line.grade.as_ref().and_then(|id| {
        let grades = &document.grading.as_ref()?.grades;
        grades.iter().find(|grade| grade.id == *id).map(|grade| grade.name.clone())
    });
    let href = format!("/office/plans/{}/ranking/{}", appraisal.id, plan.unit(unit).id);
    view! {
        <tr>
            <td class="figure rank">{line.rank}</td>
            <th scope="row">
                <a href=href>{plan.unit(unit).name.clone()}<span class="sr">" "{t(words::WHY)}</span></a>
                {list(line.list)}
                {tie(plan, result, &line.unit)}
            </th>
            <td>{bar(Some(scores.join("，")), place)}</td>
            <td class="figure total">
                {line.published.clone()}
                {(adjustment != scoring::Score::ZERO).then(|| {
                    let sign = if adjustment > scoring::Score::ZERO { "+" } else { "" };
                    view! { <span class="small soft block">{t(words::ADJUSTMENT)}" "{sign}{adjustment.to_decimal().to_string()}</span> }
                })}
            </td>
            {graded.then(|| view! { <td>{grade}</td> })}
            <td>{outcomes}</td>
        </tr>
    }
    .into_any()
}

fn list(side: Option<Side>) -> Option<AnyView> {
    let text = match side? {
        Side::Top => words::LIST_TOP,
        Side::Bottom => words::LIST_BOTTOM,
    };
    Some(view! { " "<span class="tag">{t(text)}</span> }.into_any())
}

/// What decided between the unit and the one above it, where their totals are equal.
fn tie(plan: &Plan, result: &ResultDocument, unit: &str) -> Option<AnyView> {
    if result.unresolved_ties.iter().any(|tied| tied.iter().any(|other| other == unit)) {
        return Some(
            view! { <span class="small block"><span class="tag warn">{t(words::TIE_OPEN)}</span></span> }.into_any(),
        );
    }
    let tie = result.ties.iter().find(|tie| tie.units[1] == unit)?;
    let says = decided_by(plan, &tie.decided_by);
    Some(view! { <span class="small soft block">{move || says.tie()}</span> }.into_any())
}
