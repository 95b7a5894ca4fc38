//! The ranked table of a category: a figure for each component over a faint bar, the total, and what follows.

use frame::words::{joined, t};
use leptos::prelude::*;
use office_scores::{appraisal::Appraisal, tie_reason::decided_by};
use scoring::plan_document::Side;
use scoring::{Plan, ResultDocument, Score};
use text::{Text, office_series, ranking as words};

use crate::figures::{Figure, Line, Order, lines, sort};
use crate::last_year::{LastYear, Was, moved};
use crate::view::View;

/// The table. Its frame stays while its lines are read again, so that it keeps its place.
pub(super) fn table(appraisal: Memo<Option<Appraisal>>, view: View) -> AnyView {
    let heads = move || appraisal.with(|appraisal| appraisal.as_ref().map(|appraisal| heads(&appraisal.plan, view)));
    let body = move || {
        appraisal.with(|appraisal| {
            let appraisal = appraisal.as_ref()?;
            let result = appraisal.standing.document(&appraisal.plan);
            let shown = shown(appraisal, &result, view);
            if shown.is_empty() {
                return Some(view! { <tr><td colspan="99" class="soft">{t(words::NONE_SHOWN)}</td></tr> }.into_any());
            }
            let rows = shown.iter().map(|line| row(appraisal, &result, line, view.beside())).collect_view();
            Some(rows.into_any())
        })
    };
    view! {
        <div class="work-sheet" tabindex="0" role="region" aria-label=t(words::TITLE)>
            <table class="ranking">
                <caption class="sr">{t(words::TITLE)}</caption>
                <thead>{heads}</thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The lines that are wanted, in the order that is wanted.
pub(super) fn shown(appraisal: &Appraisal, result: &ResultDocument, view: View) -> Vec<Line> {
    let plan = &appraisal.plan;
    let Some(category) = view.category_of(plan) else { return Vec::new() };
    let mut lines = lines(plan, &appraisal.standing, result, plan.units_of(category));
    let (order, backwards) = view.order.get();
    sort(&mut lines, order, backwards);
    let (find, missing) = (view.find.get(), view.only_missing.get());
    lines.retain(|line| (!missing || line.missing) && line.name.contains(find.as_str()));
    lines
}

fn heads(plan: &Plan, view: View) -> AnyView {
    let components: Vec<AnyView> = plan
        .roots()
        .enumerate()
        .map(|(place, node)| {
            let node = &plan.nodes()[node];
            let (name, points) = (node.name.clone(), points_of(plan, place));
            let label = move || joined([&name, &points], " ");
            head(view, Order::Component(place), label, "figure score")
        })
        .collect();
    let graded = plan.document().grading.is_some();
    let word = |text: Text| move || t(text)().to_owned();
    view! {
        <tr>
            {head(view, Order::Rank, word(words::RANK), "figure rank")}
            {head(view, Order::Name, word(words::UNIT), "unit")}
            {components}
            {head(view, Order::Adjustments, word(words::PLUS_MINUS), "figure")}
            {head(view, Order::Total, word(words::TOTAL), "figure total")}
            {view.beside().map(|_| view! { <th scope="col" class="figure">{t(office_series::LAST_YEAR)}</th> })}
            {graded.then(|| view! { <th scope="col">{t(words::GRADE)}</th> })}
            <th scope="col">{t(words::OUTCOMES)}</th>
        </tr>
    }
    .into_any()
}

/// The points of a component of the top level; where they differ between units, the most.
fn points_of(plan: &Plan, place: usize) -> String {
    let Some(node) = plan.roots().nth(place) else { return String::new() };
    let own = |leaf: &scoring::LeafIndex| plan.nodes()[node].leaves.contains(leaf);
    let of_unit = |unit| {
        let leaves = plan.leaves().indices().filter(own).filter(|leaf| plan.applies(*leaf, unit));
        leaves.map(|leaf| plan.leaves()[leaf].points).sum::<scoring::Decimal>()
    };
    plan.unit_indices().map(of_unit).max().unwrap_or_default().to_string()
}

/// A head that orders the table when it is pressed.
fn head(view: View, order: Order, label: impl Fn() -> String + Send + 'static, class: &'static str) -> AnyView {
    let now = move || view.order.get().0 == order;
    let sorted = move || now().then(|| if view.order.get().1 { "descending" } else { "ascending" });
    let press = move |_| {
        view.order.update(|(known, backwards)| {
            *backwards = *known == order && !*backwards;
            *known = order;
        });
    };
    view! {
        <th scope="col" class=class aria-sort=sorted>
            <button type="button" on:click=press>
                <span>{label}</span>
                <span aria-hidden="true">{move || now().then(|| if view.order.get().1 { "▲" } else { "▼" })}</span>
            </button>
        </th>
    }
    .into_any()
}

fn row(appraisal: &Appraisal, result: &ResultDocument, line: &Line, beside: Option<LastYear>) -> AnyView {
    let plan = &appraisal.plan;
    let names: Vec<String> = plan.roots().map(|node| plan.nodes()[node].name.clone()).collect();
    let figures: Vec<AnyView> = line.figures.iter().zip(names).map(|(figure, name)| cell(figure, name)).collect();
    let outcomes: Vec<AnyView> =
        line.outcomes.iter().map(|name| view! { <span class="tag info">{name.clone()}</span> }.into_any()).collect();
    let outcomes = match line.missing {
        true => view! { <span class="soft">"—"<span class="sr">{t(words::NO_OUTCOME_YET)}</span></span> }.into_any(),
        false => outcomes.into_any(),
    };
    let graded = plan.document().grading.is_some();
    let was = beside.and_then(|last_year| last_year.of(&plan.unit(line.unit).id));
    let running = was.as_ref().is_some_and(|was| !was.running.is_empty());
    let running = running.then(|| view! { <span class="tag warn">{t(office_series::RUNNING_TAG)}</span> });
    let was = beside.map(|_| was_cell(was.as_ref(), line.rank));
    let href = format!("/office/plans/{}/ranking/{}", appraisal.id, plan.unit(line.unit).id);
    view! {
        <tr>
            <td class="figure rank">{line.rank}</td>
            <th scope="row" class="unit">
                <a href=href>{line.name.clone()}<span class="sr">" "{t(words::WHY)}</span></a>
                {list(line.side)}
                {tie(plan, result, &plan.unit(line.unit).id)}
            </th>
            {figures}
            <td class="figure plus" data-head=move || t(words::PLUS_MINUS)()>{signed(line.adjustments)}</td>
            <td class="figure total">{line.published.clone()}</td>
            {was}
            {graded.then(|| view! { <td class="grade">{line.grade.clone()}</td> })}
            <td class="outcomes">{outcomes}{running}</td>
        </tr>
    }
    .into_any()
}

/// A component's figure; its bar says the share of the points, for the eye alone.
fn cell(figure: &Figure, name: String) -> AnyView {
    match figure {
        Figure::None => view! { <td class="figure score soft" data-head=name>"—"</td> }.into_any(),
        Figure::Score { score, share, missing } => {
            let nothing = *missing && *score == Score::ZERO;
            view! {
                <td class="figure score" data-head=name style:--share=format!("{share}%")>
                    {missing.then(|| view! { <span class="tag warn">{t(words::LACKS)}</span>" " })}
                    {(!nothing).then(|| score.published(2))}
                </td>
            }
            .into_any()
        }
    }
}

/// Rank and score of last year, and how far the unit went up.
fn was_cell(was: Option<&Was>, rank: u32) -> AnyView {
    let head = move || t(office_series::LAST_YEAR)();
    let Some(was) = was else { return view! { <td class="figure was soft" data-head=head>"—"</td> }.into_any() };
    let moved = was.up(rank).map(|up| {
        let (sign, says) = moved(up);
        view! { " "<span aria-hidden="true">{sign}</span><span class="sr">{says}</span> }
    });
    let (rank, total) = (was.standing.rank, was.standing.published.clone());
    view! { <td class="figure was" data-head=head><span>{rank}" "<span class="soft small">{total}</span>{moved}</span></td> }
        .into_any()
}

/// Bonus less deduction; nothing where there is none.
pub(super) fn signed(adjustments: Score) -> String {
    if adjustments == Score::ZERO {
        return String::new();
    }
    let sign = if adjustments > Score::ZERO { "+" } else { "" };
    format!("{sign}{}", adjustments.to_decimal())
}

fn list(list: Option<Side>) -> Option<AnyView> {
    let says = match list? {
        Side::Top => words::LIST_TOP,
        Side::Bottom => words::LIST_BOTTOM,
    };
    Some(view! { " "<span class="tag">{t(says)}</span> }.into_any())
}

/// What decided between this unit and the one above, or that nothing does.
fn tie(plan: &Plan, result: &ResultDocument, unit: &str) -> Option<AnyView> {
    if result.unresolved_ties.iter().any(|tied| tied.iter().any(|one| one == unit)) {
        return Some(view! { " "<span class="tag warn">{t(words::TIE_OPEN)}</span> }.into_any());
    }
    let tie = result.ties.iter().find(|tie| tie.units[1] == unit)?;
    let says = decided_by(plan, &tie.decided_by);
    Some(view! { <span class="small soft block">{move || says.tie()}</span> }.into_any())
}
