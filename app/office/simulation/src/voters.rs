//! What other voters might have given (Q7): how often each unit keeps its place, its grade, its outcomes.

use frame::words::{fill, t};
use leptos::prelude::*;
use scoring::GroupIndex;
use simulator::{AllVotes, Answer, Given, Question, SavingBallots, Votes};
use text::{ranking, simulation as words};

use crate::{
    data_table::{Head, data_table, labelled},
    job::{Job, number_choice, percent, seed_field},
    state::{PlanHandle, Simulation},
};

/// The panel.
pub(super) fn voters(simulation: Simulation) -> AnyView {
    let job = Job::new(simulation);
    let resamples = RwSignal::new(1_000_u32);
    let seed = RwSignal::new(1_u32);
    let found = RwSignal::new(None::<(PlanHandle, u32, Vec<Votes>)>);
    let begin = move || {
        let plan = simulation.settled.get_untracked();
        let seed = seed.get_untracked();
        let question = Question::Voters { resamples: resamples.get_untracked(), seed: u64::from(seed) };
        job.start(question, move |answer, _| {
            if let Answer::Voters(AllVotes { contests: votes }) = answer {
                found.try_set(Some((plan.clone(), seed, votes)));
            }
        });
    };
    view! {
        <section class="panel stack" id="voters">
            <h2>{t(words::VOTERS)}</h2>
            <p class="hint">{t(words::VOTERS_HINT)}</p>
            <p class="note warn">{t(words::INDEPENDENT)}</p>
            <div class="columns no-print">
                {number_choice(words::RESAMPLES, resamples, &[1_000, 10_000])}
                {seed_field(seed)}
            </div>
            <div class="no-print">{job.bar(words::VOTERS_START, begin)}</div>
            <div class="stack">{move || found.get().map(|(plan, seed, votes)| result(simulation, plan, seed, &votes))}</div>
        </section>
    }
    .into_any()
}

fn result(simulation: Simulation, plan: PlanHandle, seed: u32, votes: &[Votes]) -> AnyView {
    let resamples = votes.first().map_or(0, |one| one.resamples);
    let graded = plan.0.document().grading.is_some();
    let stale = move || simulation.settled.get() != plan;
    let tables: Vec<AnyView> = votes.iter().map(|votes| table(simulation, votes, graded)).collect();
    view! {
        <p class="small">{move || fill(words::RESAMPLED, &[&resamples, &seed])}</p>
        <p class="note warn" hidden=move || !stale()>{t(words::STALE)}</p>
        {tables}
    }
    .into_any()
}

fn table(simulation: Simulation, votes: &Votes, graded: bool) -> AnyView {
    let name = simulation.plan().category(votes.category).name.clone();
    let saved = votes.saved.clone().map(|saved| view! { <p>{move || saved_by(simulation, &saved)}</p> }.into_any());
    let mut heads = vec![Head::Words(ranking::UNIT), Head::Figures(words::KEEPS_RANK)];
    heads.extend(graded.then_some(Head::Figures(words::KEEPS_GRADE)));
    heads.extend([Head::Figures(words::KEEPS_OUTCOMES), Head::Figures(words::IS_LAST)]);
    let votes = votes.clone();
    let lines = move || {
        let plan = simulation.plan();
        let share = |count: u32| percent(f64::from(count) / f64::from(votes.resamples.max(1)));
        let line = |given: &Given| {
            let mut line = vec![plan.unit(given.unit).name.clone(), share(given.rank)];
            line.extend(graded.then(|| share(given.grade)));
            line.extend([share(given.outcomes), share(given.last)]);
            line
        };
        votes.units.iter().map(line).collect()
    };
    let table = data_table(labelled(name.clone(), words::VOTERS), heads, lines);
    view! { <h3>{name}</h3>{saved}{table} }.into_any()
}

/// The fewest ballots in a sentence.
fn saved_by(simulation: Simulation, saved: &SavingBallots) -> String {
    let plan = simulation.plan();
    let of_group = |(group, count): &(GroupIndex, u64)| fill(words::BALLOTS_OF, &[&plan.group(*group).name, count]);
    let groups: Vec<String> = saved.ballots.iter().map(of_group).collect();
    let count: u64 = saved.ballots.iter().map(|(_, count)| count).sum();
    let (unit, rival) = (&plan.unit(saved.unit).name, &plan.unit(saved.rival).name);
    fill(words::LAST_SAVED, &[unit, &count, &groups.join(t(words::JOIN)()), rival])
}
