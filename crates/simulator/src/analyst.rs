//! From a question to its answer.
//!
//! Owns asking `sensitivity` and naming what it says by places in the plan. The records of the last
//! request that brought some are kept; nothing else outlives a request.

use std::collections::BTreeMap;

use scoring::json::Value;
use scoring::{Decimal, Mode, Plan, Records, RecordsDocument, node_points, score};
use sensitivity::{
    Acceptability, Contest, Deficits, Duels, Field, Fraction, Goal, Options, Prior, Report, Simulation, importance,
    levers, overtake, rank_ranges, reach, resampled, saving_ballots,
};

use crate::message::{
    Answer, Case, CentralWeights, Chances, Given, LastSaved, LeverAnswer, Overtaken, PointsOf, Question, Reached,
    Request, Standstill, SwapEnd, Votes, Weighing, pack_swap,
};

/// How concentrated weights near today's are: one of 30 points in 100 varies by 4.6.
const NEAR: u32 = 100;
/// Corners of the box that are tried beside those that favour each unit.
const TRIALS: usize = 2_000;
/// Ticks of a slider lie on so many places.
const TICKS: f64 = 1_000.0;
/// Progress is told so many times.
const TELLINGS: u64 = 100;

/// Answers questions, and keeps the records between them.
#[derive(Debug, Default)]
pub struct Analyst {
    records: Option<RecordsDocument>,
}

/// An answer, and the figures that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The answer.
    pub answer: Answer,
    /// Its figures.
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
            self.records = Value::parse(records.as_bytes()).ok().and_then(|value| RecordsDocument::read(&value).ok());
        }
        let simulation = self.records.as_ref().and_then(|records| simulation(&request.case, records));
        let told = simulation.and_then(|simulation| match &request.question {
            Question::Levers => Some(all_levers(&simulation)),
            Question::Overtake { behind, ahead } => overtaken(&simulation, *behind, *ahead).map(Told::from),
            Question::Reach { unit, radius } => reached(&simulation, *unit, radius).map(Told::from),
            Question::Chances { samples, seed, near } => Some(chances(&simulation, *samples, *seed, *near, progress)),
            Question::Voters { resamples, seed } => Some(voters(&simulation, *resamples, *seed, progress).into()),
            Question::Report { samples, seed, resamples } => {
                let options = Options { samples: *samples, seed: *seed, resamples: *resamples };
                let report = serde_json::to_string(&Report::of(&simulation, &options)).ok()?;
                Some(Answer::Report(report).into())
            }
        });
        told.unwrap_or_else(|| Answer::Nothing.into())
    }
}

fn simulation(case: &Case, document: &RecordsDocument) -> Option<Simulation> {
    let plan = Plan::from_json(&Value::parse(case.plan.as_bytes()).ok()?).ok()?;
    let records = Records::new(&plan, document).ok()?;
    let records = if case.adjustments { records } else { records.without_adjustments() };
    let standing = score(&plan, &records, case.mode).or_else(|_| score(&plan, &records, Mode::Provisional)).ok()?;
    Some(Simulation::of_standing(&plan, &records, document, &standing, case.locked.iter().copied()))
}

fn number(decimal: Decimal) -> f64 {
    decimal.units() as f64 / Decimal::ONE.units() as f64
}

fn all_levers(simulation: &Simulation) -> Told {
    let plan = simulation.plan();
    let mut figures = Vec::new();
    let mut answers = Vec::new();
    for lever in levers(simulation) {
        let scale = TICKS / number(lever.most).max(f64::MIN_POSITIVE);
        let mut ticks: Vec<u16> = lever.swaps.iter().map(|turn| (turn.at * scale).round() as u16).collect();
        ticks.dedup();
        figures.extend(lever.swaps.iter().flat_map(|turn| [turn.at, pack_swap(turn.ahead, turn.behind)]));
        let end = |swap: Option<[String; 2]>, ranks: Option<[[usize; 2]; 2]>| {
            let [ahead, behind] = swap?;
            let units = [plan.unit_place(&ahead)?, plan.unit_place(&behind)?];
            Some(SwapEnd { units, ranks: ranks.map(|[_, beyond]| beyond) })
        };
        let interval = lever.interval;
        answers.push(LeverAnswer {
            nodes: lever.nodes,
            moves: lever.moves,
            standstill: Standstill {
                low: interval.low,
                low_inclusive: interval.low_inclusive,
                high: interval.high,
                high_inclusive: interval.high_inclusive,
                low_swap: end(interval.low_swap, interval.low_ranks),
                high_swap: end(interval.high_swap, interval.high_ranks),
            },
            swaps: lever.swaps.len(),
            ticks,
        });
    }
    let by_category = importance(simulation);
    let weighing = |category: &str| -> Vec<Weighing> {
        let share = |text: &str| text.parse::<f64>().unwrap_or_default();
        let all = by_category.get(category).into_iter().flatten();
        let mut weighing: Vec<Weighing> = all
            .filter_map(|(id, one)| {
                let effective = one.effective.as_deref().map(share);
                Some(Weighing { node: plan.node_place(id)?, nominal: share(&one.nominal), effective })
            })
            .collect();
        weighing.sort_by_key(|one| one.node);
        weighing
    };
    let weighing = plan.categories().iter().map(|category| weighing(&category.id)).collect();
    Told { answer: Answer::Levers { levers: answers, weighing }, figures }
}

fn overtaken(simulation: &Simulation, behind: usize, ahead: usize) -> Option<Answer> {
    let (plan, standing) = (simulation.plan(), simulation.standing());
    let units = plan.units().len();
    if behind >= units || ahead >= units || behind == ahead {
        return None;
    }
    let together =
        Contest::all(simulation).iter().any(|one| one.units().contains(&behind) && one.units().contains(&ahead));
    if !together {
        return Some(Answer::Overtake(Overtaken { apart: true, ..Overtaken::default() }));
    }
    if standing.rank(behind) < standing.rank(ahead) {
        return Some(Answer::Overtake(Overtaken { already: true, ..Overtaken::default() }));
    }
    let report = overtake(simulation, behind, ahead)?;
    let points = |points: Option<BTreeMap<String, String>>| changed(plan, &points.unwrap_or_default());
    Some(Answer::Overtake(Overtaken {
        distance: report.l1,
        border: points(report.points),
        grid: points(report.grid),
        ..Overtaken::default()
    }))
}

/// Nodes whose points become others, in plan order.
fn changed(plan: &Plan, points: &BTreeMap<String, String>) -> Vec<PointsOf> {
    let mut changed: Vec<PointsOf> = points
        .iter()
        .filter_map(|(id, to)| {
            let node = plan.node_place(id)?;
            let from = node_points(plan, node).unwrap_or_default();
            (to.parse::<Decimal>().ok()? != from).then(|| PointsOf { node, from: from.to_string(), to: to.clone() })
        })
        .collect();
    changed.sort_by_key(|one| one.node);
    changed
}

fn reached(simulation: &Simulation, unit: usize, radius: &str) -> Option<Answer> {
    let contests = Contest::all(simulation);
    let (contest, own) = contests
        .iter()
        .find_map(|contest| Some((contest, contest.units().iter().position(|&other| other == unit)?)))?;
    let field = contest.field()?;
    let bring = |goal: Goal| {
        let change = reach(&field, own, goal, &Fraction::zero())?;
        let distance = (&contest.points(&change.distance) * &Fraction::whole(100)).ceiling()?;
        let last = contest.units().len() as u32;
        // A margin of a hundredth of a point leaves room for points of two places.
        let roomy = reach(&field, own, goal, &Fraction::whole(10_000));
        let plan = roomy.and_then(|change| {
            let weights = to_hundredths(contest, &field, &change.weights)?;
            let (plan, standing) = simulation.with_points(&contest.scenario_points(&field, &weights)?)?;
            let wanted = contest.above() as u32 + if goal == Goal::First { 1 } else { last };
            (standing.rank(unit) == wanted).then_some(plan)
        });
        let points = plan.map(|new| {
            let leaves =
                simulation.plan().leaves().iter().zip(new.leaves()).filter(|(old, new)| old.points != new.points);
            let of = |(old, new): (&scoring::Leaf, &scoring::Leaf)| PointsOf {
                node: old.node,
                from: old.points.to_string(),
                to: new.points.to_string(),
            };
            leaves.map(of).collect()
        });
        let distance = Decimal::from_units(distance * (Decimal::ONE.units() / 100)).to_string();
        Some(Reached { distance, points: points.unwrap_or_default() })
    };
    let radius = contest.in_grains(radius.parse::<Decimal>().ok().filter(|radius| !radius.is_negative())?);
    let range = rank_ranges(&field, &radius, TRIALS, 1).into_iter().nth(own)?;
    let rank = |inside: usize| inside + contest.above();
    Some(Answer::Reach {
        first: bring(Goal::First),
        last: bring(Goal::Last),
        best: (rank(range.best_bound), rank(range.best.rank)),
        worst: (rank(range.worst_bound), rank(range.worst.rank)),
    })
}

/// Weights rounded to hundredths of a point, with their sum kept.
fn to_hundredths(contest: &Contest<'_>, field: &Field, weights: &[Fraction]) -> Option<Vec<Fraction>> {
    let step = contest.in_grains(Decimal::from_units(Decimal::ONE.units() / 100));
    let steps: Vec<Fraction> = weights.iter().map(|weight| weight / &step).collect();
    let mut whole: Vec<i128> = steps.iter().map(Fraction::floor).collect::<Option<_>>()?;
    let sum = (&Fraction::whole(field.weight_sum()) / &step).floor()?;
    let mut left = sum - whole.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..whole.len()).collect();
    let remainder = |place: usize| &steps[place] - &Fraction::whole(steps[place].floor().unwrap_or_default());
    order.sort_by_key(|&place| std::cmp::Reverse(remainder(place)));
    for place in order {
        if left > 0 {
            whole[place] += 1;
            left -= 1;
        }
    }
    Some(whole.into_iter().map(|steps| &step * &Fraction::whole(steps)).collect())
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
        let expected = |&unit: &usize| {
            let inside = duels.as_ref().map_or_else(|| sampled.mean_rank(unit), |duels| duels.expected_rank(unit));
            inside + contest.above() as f64
        };
        for &unit in &order {
            figures.extend(sampled.counts(unit).iter().map(|&count| f64::from(count)));
        }
        let central = order.iter().filter_map(|&unit| {
            let nodes = contest.weights().iter().map(|weight| weight.nodes.alternatives[0][0]);
            let shares = nodes.zip(sampled.central_weights(unit)?).collect();
            Some(CentralWeights { unit: contest.units()[unit], shares })
        });
        answers.push(Chances {
            category: contest.category(),
            above: contest.above(),
            expected: order.iter().map(expected).collect(),
            samples,
            standard_error: sampled.standard_error(),
            central: central.collect(),
            units: order.iter().map(|&unit| contest.units()[unit]).collect(),
        });
    }
    Told { answer: Answer::Chances(answers), figures }
}

fn voters(simulation: &Simulation, resamples: u32, seed: u64, progress: &mut dyn FnMut(u64, u64)) -> Answer {
    let contests = Contest::all(simulation);
    let mut tell = telling(u64::from(resamples) * contests.len() as u64, progress);
    let answers = contests.iter().enumerate().map(|(place, contest)| {
        let before = u64::from(resamples) * place as u64;
        let kept = resampled(simulation, contest, resamples, seed, &mut |done| tell(before + u64::from(done)));
        let given = |unit: usize| Given {
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
            saved: saved.map(|saving| LastSaved {
                unit: saving.unit,
                rival: saving.rival,
                ballots: saving.ballots.into_iter().collect(),
            }),
        }
    });
    Answer::Voters(answers.collect())
}
