//! From a question to its answer.
//!
//! Owns asking `sensitivity` and naming what it says by places in the plan. The records of the last
//! request that brought some are kept; nothing else outlives a request.

use document::read_text;
use scoring::fraction::Fraction;
use scoring::json::Value;
use scoring::{Decimal, Mode, Plan, Records, RecordsDocument, Standing, UnitIndex, score};
use sensitivity::{
    Acceptability, Contest, Deficits, Duels, Goal, Options, Overtake, PointsOf, Prior, Report, RivalIndex, Simulation,
    importance, levers, near, overtake, rank_ranges, reached, resampled, saving_ballots,
};

use crate::limits::{NEAR, TELLINGS, TICKS, TRIALS};
use crate::message::{
    AllChances, AllVotes, Answer, Case, CentralWeights, Chances, Given, LeverAnswer, Levers, Nothing, Overtaken,
    Question, Reach, ReportText, Request, Votes, pack_swap,
};

/// Answers questions, and keeps the records between them.
#[derive(Debug, Default)]
pub struct Analyst {
    records: Option<RecordsDocument>,
}

/// An answer, and the figures that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub answer: Answer,
    pub figures: Vec<f64>,
}

impl From<Answer> for Told {
    fn from(answer: Answer) -> Told {
        Told { answer, figures: Vec::new() }
    }
}

impl Analyst {
    /// The answer to a request. `progress` hears of draws done, and of how many.
    pub fn answer(&mut self, request: &Request, progress: &mut dyn FnMut(u64, u64)) -> Told {
        if let Some(records) = &request.records {
            self.records = read_text(records);
        }
        let simulation = self.records.as_ref().and_then(|records| simulation(&request.case, records));
        let told = simulation.and_then(|simulation| match &request.question {
            Question::Levers => Some(all_levers(&simulation)),
            Question::Overtake { behind, ahead } => overtaken(&simulation, *behind, *ahead).map(Told::from),
            Question::Reach { unit, radius } => reach_of(&simulation, *unit, *radius).map(Told::from),
            Question::Chances { samples, seed, near } => Some(chances(&simulation, *samples, *seed, *near, progress)),
            Question::Voters { resamples, seed } => Some(voters(&simulation, *resamples, *seed, progress).into()),
            Question::Report { samples, seed, resamples } => {
                let options = Options { samples: *samples, seed: *seed, resamples: *resamples };
                let report = serde_json::to_string(&Report::of(&simulation, &options)).ok()?;
                Some(Answer::Report(ReportText { report }).into())
            }
        });
        told.unwrap_or_else(|| Answer::Nothing(Nothing {}).into())
    }
}

fn simulation(case: &Case, document: &RecordsDocument) -> Option<Simulation> {
    let whole = Plan::from_json(&Value::parse(case.plan.as_bytes()).ok()?).ok()?;
    let plan = match &case.period {
        Some(period) => whole.alone(whole.period_place(period)?),
        None => whole,
    };
    let records = Records::new(&plan, document).ok()?;
    let records = match &case.lists {
        Some((top, bottom)) => records.with_lists_by_id(&plan, top, bottom),
        None => records,
    };
    let records = if case.adjustments { records } else { records.without_adjustments() };
    let standing = score(&plan, &records, case.mode).or_else(|_| score(&plan, &records, Mode::Provisional)).ok()?;
    Some(Simulation::of_standing(&plan, &records, &standing, case.locked.iter().copied()))
}

fn all_levers(simulation: &Simulation) -> Told {
    let mut figures = Vec::new();
    let mut answers = Vec::new();
    for lever in levers(simulation) {
        let scale = TICKS / near(&Fraction::from(lever.most)).max(f64::MIN_POSITIVE);
        let mut ticks: Vec<u16> = lever.swaps.iter().map(|turn| (turn.at * scale).round() as u16).collect();
        ticks.dedup();
        figures.extend(lever.swaps.iter().flat_map(|turn| [turn.at, pack_swap(turn.ahead, turn.behind)]));
        let swaps = lever.swaps.len();
        answers.push(LeverAnswer { standstill: lever.standstill, moves: lever.moves, swaps, ticks });
    }
    let weighing = simulation.plan().category_indices().map(|category| importance(simulation, category)).collect();
    Told { answer: Answer::Levers(Levers { levers: answers, weighing }), figures }
}

fn overtaken(simulation: &Simulation, behind: UnitIndex, ahead: UnitIndex) -> Option<Answer> {
    let (plan, standing) = (simulation.plan(), simulation.standing());
    let units = plan.units().len();
    if behind.index() >= units || ahead.index() >= units || behind == ahead {
        return None;
    }
    let together = Contest::all(simulation).iter().any(|one| one.place(behind).is_some() && one.place(ahead).is_some());
    if !together {
        return Some(Answer::Overtake(Overtaken { apart: true, ..Overtaken::default() }));
    }
    let equal = |tied: &Vec<UnitIndex>| tied.contains(&behind) && tied.contains(&ahead);
    if standing.unresolved_ties().iter().any(equal) {
        return Some(Answer::Overtake(Overtaken { equal: true, ..Overtaken::default() }));
    }
    if standing.rank(behind) < standing.rank(ahead) {
        return Some(Answer::Overtake(Overtaken { already: true, ..Overtaken::default() }));
    }
    let Overtake { least, grid, .. } = overtake(simulation, behind, ahead)?;
    let (distance, border) = least.map(|least| (least.distance, least.points)).unzip();
    let changed = |points: Option<Vec<PointsOf>>| {
        points.into_iter().flatten().filter(|one| one.from != one.to).collect::<Vec<_>>()
    };
    let (border, grid) = (changed(border), changed(grid));
    Some(Answer::Overtake(Overtaken { distance, border, grid, ..Overtaken::default() }))
}

fn reach_of(simulation: &Simulation, unit: UnitIndex, radius: Decimal) -> Option<Answer> {
    let contests = Contest::all(simulation);
    let (contest, own) = contests.iter().find_map(|contest| Some((contest, contest.place(unit)?)))?;
    let field = contest.field()?;
    if radius.is_negative() {
        return None;
    }
    let ranges = rank_ranges(&field, &contest.in_grains(&radius.into()), TRIALS, 1);
    let range = &ranges[own];
    let rank = |inside: usize| inside + contest.above();
    Some(Answer::Reach(Reach {
        first: reached(simulation, contest, &field, own, Goal::First),
        last: reached(simulation, contest, &field, own, Goal::Last),
        best: (rank(range.best_bound), rank(range.best.rank)),
        worst: (rank(range.worst_bound), rank(range.worst.rank)),
    }))
}

/// Units of a contest between which nothing decides, whatever the weights, by their places in the order: their ranks
/// follow from the order of the plan alone, so each has the chances of all of them.
fn equals(
    standing: &Standing,
    contest: &Contest,
    order: &[RivalIndex],
    same: impl Fn(RivalIndex, RivalIndex) -> bool,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for tied in standing.unresolved_ties() {
        let here = (0..order.len()).filter(|place| tied.contains(&contest.units()[order[*place]]));
        let begun = groups.len();
        for place in here {
            match groups[begun..].iter_mut().find(|group| same(order[group[0]], order[place])) {
                Some(group) => group.push(place),
                None => groups.push(vec![place]),
            }
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Gives some rows of a table, each of so many columns, their mean.
fn mean_of(rows: &[usize], columns: usize, table: &mut [f64]) {
    for column in 0..columns {
        let cells = || rows.iter().map(|row| row * columns + column);
        let mean = cells().map(|cell| table[cell]).sum::<f64>() / rows.len() as f64;
        cells().for_each(|cell| table[cell] = mean);
    }
}

/// Tells of progress some hundred times, whatever the number of draws.
fn telling(of: u64, progress: &mut dyn FnMut(u64, u64)) -> impl FnMut(u64) {
    let mut next = 0;
    move |done| {
        if done >= next {
            progress(done, of);
            next = done + of.div_ceil(TELLINGS);
        }
    }
}

fn chances(simulation: &Simulation, samples: u32, seed: u64, near: bool, progress: &mut dyn FnMut(u64, u64)) -> Told {
    let contests = Contest::all(simulation);
    let mut tell = telling(u64::from(samples) * contests.len() as u64, progress);
    let mut answers = Vec::new();
    let mut figures = Vec::new();
    for (place, contest) in contests.iter().enumerate() {
        let before = u64::from(samples) * place as u64;
        let Some(field) = contest.field() else { continue };
        let prior = if near { Prior::near(&field, NEAR) } else { Prior::Uniform };
        let sampled = Deficits::of(&field).and_then(|deficits| {
            Acceptability::sample_telling(&deficits, &prior, samples, seed, &mut |done| tell(before + u64::from(done)))
        });
        let Some(sampled) = sampled else { continue };
        let duels = if near { None } else { Duels::of(&field) };
        let order = contest.order();
        let expected = |&unit: &RivalIndex| {
            let inside = duels.as_ref().map_or_else(|| sampled.mean_rank(unit), |duels| duels.expected_rank(unit));
            inside + contest.above() as f64
        };
        let begun = figures.len();
        for &unit in &order {
            figures.extend(sampled.counts(unit).iter().map(|&count| f64::from(count)));
        }
        let mut expected: Vec<f64> = order.iter().map(expected).collect();
        let same = |a: RivalIndex, b: RivalIndex| (field.scores(a), field.base(a)) == (field.scores(b), field.base(b));
        for twins in equals(simulation.standing(), contest, &order, same) {
            mean_of(&twins, 1, &mut expected);
            mean_of(&twins, order.len(), &mut figures[begun..]);
        }
        let central = order.iter().filter_map(|&unit| {
            let nodes = contest.weights().iter().map(|weight| weight.nodes.alternatives[0][0]);
            let shares = nodes.zip(sampled.central_weights(unit)?).collect();
            Some(CentralWeights { unit: contest.units()[unit], shares })
        });
        answers.push(Chances {
            category: contest.category(),
            above: contest.above(),
            expected,
            samples,
            standard_error: sampled.standard_error(),
            central: central.collect(),
            units: order.iter().map(|&unit| contest.units()[unit]).collect(),
        });
    }
    Told { answer: Answer::Chances(AllChances { contests: answers }), figures }
}

fn voters(simulation: &Simulation, resamples: u32, seed: u64, progress: &mut dyn FnMut(u64, u64)) -> Answer {
    let contests = Contest::all(simulation);
    let mut tell = telling(u64::from(resamples) * contests.len() as u64, progress);
    let answers = contests.iter().enumerate().map(|(place, contest)| {
        let before = u64::from(resamples) * place as u64;
        let kept = resampled(simulation, contest, resamples, seed, &mut |done| tell(before + u64::from(done)));
        let given = |unit: RivalIndex| Given {
            unit: contest.units()[unit],
            rank: kept[unit].rank,
            grade: kept[unit].grade,
            outcomes: kept[unit].outcomes,
            last: kept[unit].last,
        };
        let holds_last =
            contest.above() + contest.units().len() == simulation.plan().units_of(contest.category()).len();
        let saved = if holds_last { saving_ballots(simulation, contest) } else { None };
        Votes {
            category: contest.category(),
            resamples,
            units: contest.order().into_iter().map(given).collect(),
            saved,
        }
    });
    Answer::Voters(AllVotes { contests: answers.collect() })
}
