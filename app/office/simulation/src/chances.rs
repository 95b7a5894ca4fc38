//! How likely each rank is when the weights are not certain (Q5, Q6): the heat map, and a table.

use std::sync::Arc;

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{
    csv::{Cell, csv_file},
    download::download,
};
use scoring::{CategoryIndex, Plan, Standing};
use simulator::{AllChances, Answer, Chances, Question, ReportText};
use text::{ranking, simulation as words};

use crate::{
    chart::heat::{Row, Words, heat},
    chart_view::chart,
    data_table::{Head, folded, labelled},
    job::{Job, number_choice, percent, seed_field},
    state::{PlanHandle, Simulation},
    table::equals,
};

/// What was found, and of which plan.
struct Found {
    plan: Arc<Plan>,
    /// What the plan gives.
    standing: Arc<Standing>,
    seed: u32,
    near: bool,
    contests: Vec<Chances>,
    /// By contest, unit, rank.
    counts: Vec<f64>,
}

/// The panel.
pub(super) fn chances(simulation: Simulation) -> AnyView {
    let job = Job::new(simulation);
    let samples = RwSignal::new(10_000_u32);
    let seed = RwSignal::new(1_u32);
    let near = RwSignal::new(false);
    let finding = RwSignal::new(None::<Arc<Found>>);
    let begin = move || {
        let plan = simulation.settled.get_untracked().0;
        let standing = simulation.at_rest.with_untracked(|outcome| outcome.standing.clone());
        let (seed, near) = (seed.get_untracked(), near.get_untracked());
        let question = Question::Chances { samples: samples.get_untracked(), seed: u64::from(seed), near };
        job.start(question, move |answer, figures| {
            if let Answer::Chances(AllChances { contests }) = answer {
                let (plan, standing) = (plan.clone(), standing.clone());
                let found = Found { plan, standing, seed, near, contests, counts: figures.to_vec() };
                finding.try_set(Some(Arc::new(found)));
            }
        });
    };
    let export = Job::new(simulation);
    let report = move || {
        let question = Question::Report {
            samples: samples.get_untracked(),
            seed: u64::from(seed.get_untracked()),
            resamples: 1_000,
        };
        export.start(question, |answer, _| {
            if let Answer::Report(ReportText { report }) = answer {
                download("analysis.json", "application/json", &report);
            }
        });
    };
    view! {
        <section class="panel stack" id="chances">
            <h2>{t(words::CHANCES)}</h2>
            <p class="hint">{t(words::CHANCES_HINT)}</p>
            <div class="columns no-print">
                <label class="field"><span>{t(words::PRIOR)}</span>
                    <select on:change=move |event| near.set(event_target_value(&event) == "near")>
                        <option value="all">{t(words::PRIOR_ALL)}</option><option value="near">{t(words::PRIOR_NEAR)}</option>
                    </select></label>
                {number_choice(words::SAMPLES, samples, &[1_000, 10_000, 100_000])}
                {seed_field(seed)}
            </div>
            <div class="no-print">{job.bar(words::CHANCES_START, begin)}</div>
            <div class="stack">{move || finding.get().map(|found| result(simulation, &found))}</div>
            <div class="no-print">{export.bar(words::EXPORT_ALL, report)}</div>
        </section>
    }
    .into_any()
}

fn result(simulation: Simulation, found: &Arc<Found>) -> AnyView {
    let error = found.contests.first().map_or(0.0, |one| one.standard_error);
    let (samples, seed) = (found.contests.first().map_or(0, |one| one.samples), found.seed);
    let old = PlanHandle(found.plan.clone());
    let stale = move || simulation.settled.get() != old;
    let exact = if found.near { words::EXPECTED_MEAN } else { words::EXPECTED_EXACT };
    let categories: Vec<AnyView> = found
        .plan
        .category_indices()
        .filter(|category| found.contests.iter().any(|one| one.category == *category))
        .map(|category| map(found, category))
        .collect();
    view! {
        <p class="small">{move || fill(words::SAMPLED, &[&samples, &seed, &percent(error)])}" "{t(exact)}</p>
        <p class="note warn" hidden=move || !stale()>{t(words::STALE)}</p>
        {categories}
    }
    .into_any()
}

/// Rows of a category, and each unit's expected rank.
fn rows(found: &Found, category: CategoryIndex) -> Vec<(Row, f64)> {
    let mut rows = Vec::new();
    let mut start = 0;
    for contest in &found.contests {
        let units = contest.units.len();
        for (place, &unit) in contest.units.iter().enumerate() {
            let counts = &found.counts[start..start + units];
            start += units;
            if contest.category == category {
                let row = Row {
                    name: found.plan.unit(unit).name.clone(),
                    today: contest.above + place + 1,
                    shares: counts.iter().map(|count| count / f64::from(contest.samples.max(1))).collect(),
                    from: contest.above + 1,
                };
                rows.push((row, contest.expected[place]));
            }
        }
    }
    rows
}

fn map(found: &Arc<Found>, category: CategoryIndex) -> AnyView {
    let name = found.plan.category(category).name.clone();
    let label = labelled(name.clone(), words::CHANCES);
    let drawing = {
        let (found, label) = (found.clone(), label.clone());
        move || {
            let rows: Vec<Row> = rows(&found, category).into_iter().map(|(row, _)| row).collect();
            let words = Words { label: &label(), rank: t(ranking::RANK)(), today: t(words::RANK_NOW)() };
            Some(heat(&rows, found.plan.units_of(category).len(), words))
        }
    };
    let csv = {
        let found = found.clone();
        move |_| download("rank-chances.csv", "text/csv;charset=utf-8", &as_csv(&rows(&found, category)))
    };
    let lines = {
        let found = found.clone();
        move || rows(&found, category).iter().map(|(row, expected)| line(row, *expected)).collect()
    };
    let heads = vec![
        Head::Words(ranking::UNIT),
        Head::Figures(words::RANK_NOW),
        Head::Figures(words::EXPECTED),
        Head::Figures(words::LIKELIEST),
        Head::Figures(words::NINETY),
        Head::Figures(words::FIRST_SHARE),
        Head::Figures(words::LAST_SHARE),
    ];
    let table = folded(move || t(words::AS_TABLE)().to_owned(), labelled(name.clone(), words::EXPECTED), heads, lines);
    let chart = chart("rank-chances.svg", label, drawing);
    let equal = {
        let found = found.clone();
        move || {
            let said = equals(&found.plan, &found.standing, category);
            said.map(|said| view! { <p class="note warn">{said}</p> })
        }
    };
    view! {
        <h3>{name}</h3>
        {equal}
        {chart}
        <p class="no-print"><button type="button" on:click=csv>{t(words::EXPORT_CSV)}</button></p>
        {table}
    }
    .into_any()
}

fn line(row: &Row, expected: f64) -> Vec<String> {
    let (likeliest, share) = likeliest(&row.shares);
    let (low, high) = ninety(&row.shares);
    let end = |share: Option<&f64>| percent(share.copied().unwrap_or_default());
    vec![
        row.name.clone(),
        row.today.to_string(),
        format!("{expected:.2}"),
        format!("{} ({})", row.from + likeliest, percent(share)),
        format!("{}–{}", row.from + low, row.from + high),
        end(row.shares.first()),
        end(row.shares.last()),
    ]
}

/// The likeliest place and its share.
fn likeliest(shares: &[f64]) -> (usize, f64) {
    let best = shares.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.unwrap_or((0, 0.0))
}

/// From which place to which: less than one in twenty lies before, and less than one in twenty behind.
fn ninety(shares: &[f64]) -> (usize, usize) {
    let until = |shares: &mut dyn Iterator<Item = &f64>| {
        let mut sum = 0.0;
        shares
            .take_while(|share| {
                sum += **share;
                sum < 0.05
            })
            .count()
    };
    let last = shares.len().saturating_sub(1);
    (until(&mut shares.iter()).min(last), last.saturating_sub(until(&mut shares.iter().rev())))
}

/// All shares as a sheet: units downwards, ranks to the right.
fn as_csv(rows: &[(Row, f64)]) -> String {
    let ranks = rows.iter().map(|(row, _)| row.from - 1 + row.shares.len()).max().unwrap_or(0);
    let heads = [ranking::UNIT, words::EXPECTED].map(|text| Cell::text(t(text)()));
    let head = heads.into_iter().chain((1..=ranks).map(Cell::figure)).collect();
    let line = |(row, expected): &(Row, f64)| {
        let mut shares = vec![0.0; ranks];
        shares[row.from - 1..row.from - 1 + row.shares.len()].copy_from_slice(&row.shares);
        let named = [Cell::text(&*row.name), Cell::Figure(format!("{expected:.6}"))];
        named.into_iter().chain(shares.iter().map(Cell::figure)).collect()
    };
    csv_file(std::iter::once(head).chain(rows.iter().map(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_of_ten_lie_between() {
        // 4 % before the second place, 4 % behind the fourth.
        assert_eq!(ninety(&[0.04, 0.5, 0.3, 0.12, 0.04]), (1, 3));
        assert_eq!(ninety(&[1.0]), (0, 0));
        assert_eq!(ninety(&[0.0, 0.0, 1.0, 0.0]), (2, 2));
    }

    #[test]
    fn of_equals_the_better_place_is_the_likeliest() {
        assert_eq!(likeliest(&[0.2, 0.4, 0.4]), (1, 0.4));
    }
}
