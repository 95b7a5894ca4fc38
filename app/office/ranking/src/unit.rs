//! Why this score: a unit's total, leaf by leaf, in steps that a calculator can follow.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::plan_context::PlanContext;
use office_scores::{appraisal::Appraisal, nothing_yet::nothing_yet, tie_reason::decided_by};
use scoring::Decimal;
use scoring::explain::{
    CombineWord, Explanation, GroupSteps, LeafExplanation, Neighbour, PeriodExplanation, Steps, Taken, explain,
};
use text::ranking as words;

use crate::last_year::LastYear;
use crate::reading::Reading;

/// One unit's score, explained.
#[component]
pub fn UnitPage(
    /// The unit's id.
    unit_id: String,
) -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let reading = Reading::start(context.id());
    let last_year = LastYear::start(context);
    let back = context.href("ranking");
    view! {
        <p class="no-print"><a href=back>{t(words::BACK)}</a></p>
        {move || match reading.last.get() {
            Some(Ok(appraisal)) => page(&appraisal, &unit_id, last_year),
            other => nothing_yet(other.and_then(Result::err)),
        }}
    }
}

fn page(appraisal: &Appraisal, unit: &str, last_year: LastYear) -> AnyView {
    let plan = &appraisal.plan;
    let Some(place) = plan.unit_place(unit) else {
        return view! { <p class="note bad" role="alert">{t(words::UNKNOWN_UNIT)}</p> }.into_any();
    };
    let explanation = explain(plan, &appraisal.records, &appraisal.standing, place);
    let (name, rank, total) = (plan.unit(place).name.clone(), explanation.rank, explanation.total);
    let several = plan.periods().len() > 1;
    let combined = several.then(|| {
        let text = match explanation.combine {
            CombineWord::Mean => words::COMBINED_MEAN,
            CombineWord::Sum => words::COMBINED_SUM,
            CombineWord::Last => words::COMBINED_LAST,
        };
        view! { <p>{t(text)}</p> }
    });
    let (sha, read_at) = (appraisal.sha256.get(..16).unwrap_or_default().to_owned(), appraisal.read_at.clone());
    view! {
        <h1 id="title" tabindex="-1">{move || fill(words::UNIT_HEADING, &[&name, &rank, &total])}</h1>
        <p class="row hint">
            <span>{move || fill(words::AS_OF, &[&read_at])}</span>
            <span>{move || fill(words::VERSION, &[&sha])}</span>
        </p>
        <ul class="plain panel">
            {neighbour(appraisal, &explanation, true)}
            {neighbour(appraisal, &explanation, false)}
        </ul>
        {last_year.of_unit(unit.to_owned())}
        {combined}
        {explanation.periods.iter().map(|period| period_view(appraisal, period)).collect_view()}
    }
    .into_any()
}

fn neighbour(appraisal: &Appraisal, explanation: &Explanation, above: bool) -> AnyView {
    let plan = appraisal.plan.clone();
    let other = if above { &explanation.above } else { &explanation.below };
    let Some(Neighbour { unit, total, by_list, decided_by: decided, undecided }) = other.clone() else {
        return view! { <li>{t(if above { words::FIRST } else { words::LAST })}</li> }.into_any();
    };
    let name = plan.unit_place(&unit).map_or(unit, |place| plan.unit(place).name.clone());
    let decided = decided.map(|decided| decided_by(&plan, &decided));
    let text = if above { words::ABOVE } else { words::BELOW };
    let why = move || match &decided {
        _ if by_list => t(words::BY_LIST)().to_owned(),
        Some(decided) => decided.neighbours(),
        None if undecided => t(words::UNDECIDED)().to_owned(),
        None => t(words::BY_TOTAL)().to_owned(),
    };
    view! { <li>{move || fill(text, &[&name, &total])}" · "{why}</li> }.into_any()
}

fn period_view(appraisal: &Appraisal, period: &PeriodExplanation) -> AnyView {
    let plan = &appraisal.plan;
    let name = plan.period_place(&period.period).map_or(String::new(), |p| plan.period(p).name.clone());
    let total = period.total;
    let counted = period.counted;
    let adjustments: Vec<AnyView> = period
        .adjustments
        .iter()
        .map(|adjustment| {
            let sign = if adjustment.deduction { "−" } else { "+" };
            let (points, counts) = (adjustment.points, adjustment.counts);
            let figure = move || {
                let points = format!("{sign}{points}");
                if points == format!("{sign}{counts}") { points } else { fill(words::CAPPED, &[&points, &counts]) }
            };
            view! { <tr><th scope="row">{adjustment.name.clone()}</th><td class="figure">{figure}</td></tr> }.into_any()
        })
        .collect();
    let sums = [(words::BONUS, "+", period.bonus), (words::DEDUCTION, "−", period.deduction)];
    view! {
        <section class="stack">
            <h2>
                {move || fill(words::PERIOD_TOTAL, &[&name, &total])}
                {(!counted).then(|| view! { <span class="soft">{t(words::NOT_COUNTED)}</span> })}
            </h2>
            {period.leaves.iter().map(leaf_view).collect_view()}
            {(!adjustments.is_empty()).then(|| view! {
                <section class="panel">
                    <table>
                        <caption>{t(words::ADJUSTMENT)}</caption>
                        <tbody>{adjustments}</tbody>
                        <tfoot>{sums.map(|(text, sign, sum)| view! {
                            <tr><th scope="row">{t(text)}</th><td class="figure">{sign}{sum.to_string()}</td></tr>
                        }).collect_view()}</tfoot>
                    </table>
                </section>
            })}
        </section>
    }
    .into_any()
}

fn leaf_view(leaf: &LeafExplanation) -> AnyView {
    let (points, out_of, score) = (leaf.points, leaf.out_of, leaf.score);
    let raw = leaf.raw.clone();
    let summing_up = match (&leaf.decided, raw) {
        (_, None) => view! { <p class="tag warn">{t(words::MISSING_STEP)}</p> }.into_any(),
        (decided, Some(raw)) => {
            let decided = decided.map(|value| {
                view! { <p class="tag info">{move || fill(words::DECIDED, &[&value])}</p> }
            });
            let partly = leaf.missing.then(|| view! { <p class="tag warn">{t(words::PARTLY)}</p> });
            let shown = raw.clone();
            view! {
                {decided}{partly}
                <p>{move || fill(words::RAW_STEP, &[&shown, &out_of])}</p>
                <p><strong>{move || fill(words::SCORE_STEP, &[&points, &raw, &out_of, &score])}</strong></p>
            }
            .into_any()
        }
    };
    view! {
        <section class="panel stack">
            <h3 class="row"><span>{leaf.name.clone()}</span><span class="figure">{score.to_string()}" / "{points.to_string()}</span></h3>
            {steps_view(&leaf.steps, leaf)}
            {summing_up}
        </section>
    }
    .into_any()
}

fn steps_view(steps: &Steps, leaf: &LeafExplanation) -> AnyView {
    match steps {
        Steps::Survey { groups, min_marks, leaves_out, .. } => {
            let of_groups: Vec<_> =
                groups.iter().filter_map(|group| Some((group.mean.as_deref()?, group.weight?))).collect();
            let raw = if leaf.decided.is_none() { leaf.raw.as_deref() } else { None };
            let weighing = raw.and_then(|raw| weighted(&of_groups, raw));
            view! {
                {groups.iter().map(|group| group_view(group, *min_marks, *leaves_out)).collect_view()}
                {weighing}
            }
            .into_any()
        }
        Steps::Complaints { marks, taken } => taken_view(marks, None, taken, leaf),
        Steps::Incidents { facts, serious_factor, taken } => {
            taken_view(facts, Some(serious_factor.to_string()), taken, leaf)
        }
        Steps::Entered { office, value } => {
            let office = office.clone();
            let value = value.map_or_else(|| "—".to_owned(), |value| value.to_string());
            view! { <p>{move || fill(words::ENTERED_BY, &[&office, &value])}</p> }.into_any()
        }
        Steps::Linked { combine, totals } => {
            let text = if *combine == CombineWord::Mean { words::LINKED_MEAN } else { words::LINKED_SUM };
            let totals = totals.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
            view! { <p>{move || fill(text, &[&totals])}</p> }.into_any()
        }
    }
}

/// The step from several means to one; none where there is only one.
fn weighted(means: &[(&str, Decimal)], result: &str) -> Option<AnyView> {
    let terms: Vec<String> = means.iter().map(|(mean, weight)| format!("{mean} × {weight}")).collect();
    let (terms, result) = (terms.join(" + "), result.to_owned());
    let sum: Decimal = means.iter().map(|(_, weight)| *weight).sum();
    let step = move || fill(words::WEIGHTED_STEP, &[&terms, &sum, &result]);
    (means.len() > 1).then(|| view! { <p>{step}</p> }.into_any())
}

fn group_view(group: &GroupSteps, min_marks: u64, leaves_out: bool) -> AnyView {
    let text = if leaves_out { words::LEFT_OUT } else { words::TOO_FEW };
    let short = (group.short && (leaves_out || min_marks > 1))
        .then(|| view! { <p class="tag warn">{move || fill(text, &[&min_marks])}</p> });
    let name = group.name.clone();
    let weight = group.weight;
    let title = move || match weight {
        Some(weight) => fill(words::WEIGHT_OF, &[&name, &weight]),
        None => fill(words::POOLED, &[&name]),
    };
    let of_criteria: Vec<_> =
        group.criteria.iter().filter_map(|criterion| Some((criterion.mean.as_deref()?, criterion.weight))).collect();
    let weighing = group.mean.as_deref().and_then(|mean| weighted(&of_criteria, mean));
    let tables = group.criteria.iter().map(|criterion| {
        let heading = criterion.name.clone().map(|name| {
            let weight = criterion.weight;
            view! { <p class="label">{move || fill(words::WEIGHT_OF, &[&name, &weight])}</p> }
        });
        let Some(figure) = criterion.mean.clone() else {
            return view! { {heading}<p class="soft">{t(words::NO_MARKS)}</p> }.into_any();
        };
        let rows = criterion.marks.iter().map(|mark| {
            let product = i128::from(mark.count).checked_mul(mark.value.units()).map(Decimal::from_units);
            view! {
                <tr><th scope="row">{mark.name.clone()}</th><td class="figure">{mark.value.to_string()}</td>
                <td class="figure">{mark.count}</td><td class="figure">{product.map(|p| p.to_string())}</td></tr>
            }
        });
        let (sum, number) = (criterion.sum.clone(), criterion.number);
        view! {
            {heading}
            <div class="scroll" tabindex="0"><table class="steps">
                <thead><tr>
                    <th scope="col">{t(words::OPTION)}</th><th scope="col" class="figure">{t(words::VALUE)}</th>
                    <th scope="col" class="figure">{t(words::COUNT)}</th><th scope="col" class="figure">{t(words::PRODUCT)}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table></div>
            <p>{move || fill(words::MEAN_STEP, &[&sum, &number, &figure])}</p>
        }
        .into_any()
    });
    view! {
        <div class="stack step">
            <p class="label">{title}</p>
            {short}
            {tables.collect_view()}
            {weighing}
        </div>
    }
    .into_any()
}

fn taken_view(all: &[Taken], serious_factor: Option<String>, taken: &str, leaf: &LeafExplanation) -> AnyView {
    let rows: Vec<AnyView> = all
        .iter()
        .filter(|line| line.count > 0)
        .map(|line| {
            let name = line.name.clone();
            let factor = serious_factor.clone().unwrap_or_default();
            let serious = line.serious;
            view! {
                <tr>
                    <th scope="row">{move || if serious { fill(words::SERIOUS, &[&name, &factor]) } else { name.clone() }}</th>
                    <td class="figure">{line.amount.to_string()}</td><td class="figure">{line.count}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let (taken, out_of) = (taken.to_owned(), leaf.out_of);
    view! {
        {(!rows.is_empty()).then(|| view! {
            <div class="scroll" tabindex="0"><table class="steps">
                <thead><tr>
                    <th scope="col">{t(words::FACT)}</th><th scope="col" class="figure">{t(words::EACH)}</th>
                    <th scope="col" class="figure">{t(words::TIMES)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        })}
        <p>{move || fill(words::TAKEN_STEP, &[&taken, &out_of])}</p>
    }
    .into_any()
}
