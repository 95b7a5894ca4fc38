//! Asks a simulation everything that a report holds.
//!
//! Owns the way from exact answers to a [`Report`]: which contest is asked what, and how ends, distances
//! and points become decimals. The report's shape is `report`'s.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use scoring::{Decimal, Plan, RecordsDocument, ScenarioDocument, Slot as Nodes};

use super::document::{
    AcceptabilityReport, CategoryReport, FewestBallotsReport, ImportanceReport, IntervalReport, KeepsReport, Options,
    OvertakeReport, Report, ResamplingReport,
};
use crate::contest::{Contest, Move};
use crate::field::Field;
use crate::fraction::{Fraction, rounded, shortest};
use crate::importance::effective_importance;
use crate::kernels::acceptability::{Acceptability, Prior};
use crate::kernels::deficits::Deficits;
use crate::kernels::duel::Duels;
use crate::limits::MOST_TRIALS;
use crate::line::{End, Line, Scope};
use crate::overtaking::Overtaking;
use crate::resampling::resampled;
use crate::saving_ballots::saving_ballots;
use crate::simulation::{Simulation, SimulationError};

impl Report {
    /// The report of a simulation.
    #[must_use]
    pub fn of(simulation: &Simulation, options: &Options) -> Report {
        let contests = Contest::all(simulation);
        let mut categories = BTreeMap::new();
        for (place, category) in simulation.plan.categories().iter().enumerate() {
            let own: Vec<&Contest<'_>> = contests.iter().filter(|contest| contest.category() == place).collect();
            let writer = Writer { simulation, options };
            let mut report = writer.blank();
            for contest in own {
                writer.add(contest, &mut report);
            }
            report.importance = writer.importance(place);
            categories.insert(category.id.clone(), report);
        }
        Report(categories)
    }
}

/// Everything that the command prints.
///
/// # Errors
/// All problems of the records or the scenario.
pub fn report(
    plan: &Plan,
    records: &RecordsDocument,
    scenario: Option<&ScenarioDocument>,
    options: &Options,
) -> Result<Report, SimulationError> {
    Ok(Report::of(&Simulation::new(plan, records, scenario)?, options))
}

/// How far each component can move in each category, by category id: the part of a report that needs no
/// sampling, for a slider.
#[must_use]
pub fn intervals(simulation: &Simulation) -> BTreeMap<String, Vec<IntervalReport>> {
    let writer = Writer { simulation, options: &Options::default() };
    let mut categories = BTreeMap::new();
    for contest in Contest::all(simulation) {
        let category = simulation.plan.categories()[contest.category()].id.clone();
        writer.add_intervals(&contest, categories.entry(category).or_default());
    }
    categories
}

/// The least change that lets one unit overtake another of the same contest, units by their place in the
/// plan: nothing if no ranking has both in it, or figures are too large to be compared exactly.
#[must_use]
pub fn overtake(simulation: &Simulation, behind: usize, ahead: usize) -> Option<OvertakeReport> {
    let writer = Writer { simulation, options: &Options::default() };
    let contests = Contest::all(simulation);
    let place = |contest: &Contest<'_>, unit: usize| contest.units().iter().position(|&other| other == unit);
    let (contest, behind, ahead) =
        (contests.iter()).find_map(|contest| Some((contest, place(contest, behind)?, place(contest, ahead)?)))?;
    Some(writer.overtaking(contest, &contest.field()?, ahead, behind))
}

/// What each component weighs and what it decides, by component id, in each category, by category id.
#[must_use]
pub fn importance(simulation: &Simulation) -> BTreeMap<String, BTreeMap<String, ImportanceReport>> {
    let writer = Writer { simulation, options: &Options::default() };
    let categories = simulation.plan.categories().iter().enumerate();
    categories.map(|(place, category)| (category.id.clone(), writer.importance(place))).collect()
}

/// How far each node of the tree can move while every ranking of the plan stands.
pub(crate) fn narrowest_intervals(simulation: &Simulation, contests: &[Contest<'_>]) -> Vec<IntervalReport> {
    let writer = Writer { simulation, options: &Options::default() };
    let mut intervals = Vec::new();
    for contest in contests {
        writer.add_intervals(contest, &mut intervals);
    }
    intervals
}

struct Writer<'s> {
    simulation: &'s Simulation,
    options: &'s Options,
}

impl Writer<'_> {
    fn blank(&self) -> CategoryReport {
        let Options { samples, seed, resamples } = *self.options;
        let standard_error = if samples > 0 { rounded(0.5 / f64::from(samples).sqrt(), 6) } else { "0".into() };
        CategoryReport {
            acceptability: AcceptabilityReport { samples, seed, standard_error, ..Default::default() },
            resampling: ResamplingReport { resamples, seed, voters: "independent", ..Default::default() },
            ..Default::default()
        }
    }

    fn add(&self, contest: &Contest<'_>, report: &mut CategoryReport) {
        self.add_intervals(contest, &mut report.intervals);
        if let Some(field) = contest.field() {
            self.add_overtakings(contest, &field, report);
            self.add_ranks(contest, &field, report);
        }
        self.add_resampling(contest, report);
    }

    fn unit_id(&self, contest: &Contest<'_>, unit: usize) -> String {
        self.simulation.plan.units()[contest.units()[unit]].id.clone()
    }

    fn add_intervals(&self, contest: &Contest<'_>, intervals: &mut Vec<IntervalReport>) {
        let nodes = self.simulation.plan.nodes();
        for one in contest.moves() {
            let ids: Vec<&str> = one.nodes.iter().map(|&node| nodes[node].id.as_str()).collect();
            let new = self.interval(contest, &one, ids.join("+"));
            // The lists of a shortlist stand or fall together: the narrower end holds.
            match intervals.iter_mut().find(|known| known.component == new.component) {
                Some(known) => known.narrow(new),
                None => intervals.push(new),
            }
        }
    }

    fn interval(&self, contest: &Contest<'_>, one: &Move, component: String) -> IntervalReport {
        let points = one.points.to_string();
        let still = || IntervalReport {
            component: component.clone(),
            points: points.clone(),
            low: points.clone(),
            low_inclusive: true,
            high: points.clone(),
            high_inclusive: true,
            ..Default::default()
        };
        let Some(line) = &one.line else { return still() };
        let interval = line.interval(Scope::Ranking);
        let today = Fraction::new(one.points.units(), Decimal::ONE.units());
        let million = Fraction::whole(1_000_000);
        let at = |end: &End| &(&today + &contest.points(&end.step)) * &million;
        let (low, high) = (at(&interval.low), at(&interval.high));
        let (Some(low_printed), Some(high_printed)) = (low.ceiling(), high.floor()) else { return still() };
        let swap = |end: &End| end.swap.map(|(a, b)| [self.unit_id(contest, a), self.unit_id(contest, b)]);
        if low_printed > high_printed {
            // An interval that holds no figure of 6 places: today's points, of more places, or a tie.
            return IntervalReport {
                low_inclusive: interval.low.inclusive,
                high_inclusive: interval.high.inclusive,
                low_swap: swap(&interval.low),
                high_swap: swap(&interval.high),
                ..still()
            };
        }
        IntervalReport {
            component: component.clone(),
            points: points.clone(),
            low: shortest(low_printed),
            low_inclusive: interval.low.inclusive || !low.is_whole(),
            high: shortest(high_printed),
            high_inclusive: interval.high.inclusive || !high.is_whole(),
            low_swap: swap(&interval.low),
            high_swap: swap(&interval.high),
            low_ranks: ranks_beyond(line, &interval.low, false, contest.above()),
            high_ranks: ranks_beyond(line, &interval.high, true, contest.above()),
        }
    }

    fn add_overtakings(&self, contest: &Contest<'_>, field: &Field, report: &mut CategoryReport) {
        for pair in contest.order().windows(2) {
            report.overtake.push(self.overtaking(contest, field, pair[0], pair[1]));
        }
    }

    fn overtaking(&self, contest: &Contest<'_>, field: &Field, ahead: usize, behind: usize) -> OvertakeReport {
        let half = contest.in_grains(Decimal::from_units(Decimal::ONE.units() / 2));
        let overtaking = Overtaking::new(field, ahead, behind);
        let least = overtaking.fewest_points();
        let mut grid = None;
        if least.is_some() {
            overtaking.on_grid(&half, MOST_TRIALS, |weights| {
                grid = self.reversed(contest, field, weights, ahead, behind);
                grid.is_some()
            });
        }
        OvertakeReport {
            behind: self.unit_id(contest, behind),
            ahead: self.unit_id(contest, ahead),
            l1: least.as_ref().map(|change| up_to_millionths(&contest.points(&change.distance))),
            points: least.as_ref().map(|change| self.border_points(contest, &change.weights)),
            grid,
        }
    }

    /// The components' points if the plan with these weights, when scored, has the two the other way round.
    fn reversed(
        &self,
        contest: &Contest<'_>,
        field: &Field,
        weights: &[Fraction],
        ahead: usize,
        behind: usize,
    ) -> Option<BTreeMap<String, String>> {
        let plan = &self.simulation.plan;
        let (new, standing) = self.simulation.with_points(&contest.scenario_points(field, weights)?)?;
        let rank = |unit: usize| standing.rank(contest.units()[unit]);
        (rank(behind) < rank(ahead)).then(|| {
            let nodes = contest.weights().iter().flat_map(|weight| weight.nodes.nodes());
            let points = |node: usize| {
                let alone = Nodes { alternatives: vec![vec![node]] };
                alone.points(&new).unwrap_or_default().to_string()
            };
            nodes.map(|node| (plan.nodes()[node].id.clone(), points(node))).collect()
        })
    }

    /// Points of the components where two totals meet, to 6 places that add up.
    fn border_points(&self, contest: &Contest<'_>, weights: &[Fraction]) -> BTreeMap<String, String> {
        let plan = &self.simulation.plan;
        let million = Fraction::whole(1_000_000);
        let exact: Vec<Fraction> = weights.iter().map(|weight| &contest.points(weight) * &million).collect();
        let slots = shared_out(&exact);
        let mut points = BTreeMap::new();
        for ((weight, millionths), exact) in contest.weights().iter().zip(slots).zip(&exact) {
            for nodes in &weight.nodes.alternatives {
                let today = nodes.iter().map(|&node| Nodes { alternatives: vec![vec![node]] }.points(plan));
                let today: Vec<Decimal> = today.map(Option::unwrap_or_default).collect();
                let sum: Decimal = today.iter().copied().sum();
                let parts: Vec<Fraction> = today
                    .iter()
                    .map(|part| match nodes.len() {
                        1 => Fraction::whole(millionths),
                        _ if sum.is_zero() => Fraction::zero(),
                        _ => exact * &Fraction::new(part.units(), sum.units()),
                    })
                    .collect();
                for (node, part) in nodes.iter().zip(shared_out(&parts)) {
                    points.insert(plan.nodes()[*node].id.clone(), shortest(part));
                }
            }
        }
        points
    }

    fn add_ranks(&self, contest: &Contest<'_>, field: &Field, report: &mut CategoryReport) {
        let Options { samples, seed, .. } = *self.options;
        let category_units = self.simulation.plan.units_of(contest.category()).len();
        let sampled =
            Deficits::of(field).and_then(|deficits| Acceptability::sample(&deficits, &Prior::Uniform, samples, seed));
        let duels = Duels::of(field);
        for (rank, unit) in contest.order().into_iter().enumerate() {
            let id = self.unit_id(contest, unit);
            let mut shares = vec!["0".to_owned(); category_units];
            for (place, share) in shares[contest.above()..].iter_mut().take(field.units()).enumerate() {
                *share = match &sampled {
                    Some(sampled) if samples > 0 => rounded(sampled.share(unit, place + 1), 6),
                    _ => u8::from(place == rank).to_string(),
                };
            }
            report.acceptability.ranks.insert(id.clone(), shares);
            let expected = duels.as_ref().map_or(rank as f64 + 1.0, |duels| duels.expected_rank(unit));
            report.expected_rank.insert(id, rounded(expected + contest.above() as f64, 6));
        }
    }

    fn add_resampling(&self, contest: &Contest<'_>, report: &mut CategoryReport) {
        let Options { seed, resamples, .. } = *self.options;
        let simulation = self.simulation;
        let (plan, standing) = (&simulation.plan, &simulation.standing);
        let kept = resampled(simulation, contest, resamples, seed, &mut |_| {});
        let share = |count: u32| rounded(f64::from(count) / f64::from(resamples.max(1)), 6);
        for (unit, kept) in kept.into_iter().enumerate() {
            let graded = standing.grade(contest.units()[unit]).is_some();
            let keeps = KeepsReport {
                rank: share(kept.rank),
                grade: graded.then(|| share(kept.grade)),
                outcomes: share(kept.outcomes),
            };
            report.resampling.keeps.insert(self.unit_id(contest, unit), keeps);
        }
        // The contest that comes last holds the category's last unit.
        report.resampling.fewest_ballots = saving_ballots(simulation, contest).map(|saving| FewestBallotsReport {
            unit: plan.units()[saving.unit].id.clone(),
            rival: plan.units()[saving.rival].id.clone(),
            ballots: saving.ballots.values().sum(),
            groups: saving.ballots.iter().map(|(&group, &count)| (plan.groups()[group].id.clone(), count)).collect(),
        });
    }

    fn importance(&self, category: usize) -> BTreeMap<String, ImportanceReport> {
        let (plan, standing) = (&self.simulation.plan, &self.simulation.standing);
        let units = plan.units_of(category);
        let small = |score: scoring::Score| i64::try_from(score.millionths()).unwrap_or(i64::MAX);
        let totals: Vec<i64> = units.iter().map(|&unit| small(standing.total(unit))).collect();
        let whole = Fraction::whole(plan.total().units().max(1));
        let of_node = |(place, node): (usize, &scoring::Node)| {
            let scores: Vec<i64> = units.iter().map(|&unit| small(standing.combined(plan, place, unit))).collect();
            let points = Nodes { alternatives: vec![vec![place]] }.points(plan).unwrap_or_default();
            let nominal = (&Fraction::whole(points.units()) / &whole).to_f64();
            let one = ImportanceReport {
                points: points.to_string(),
                nominal: rounded(nominal, 6),
                effective: effective_importance(&scores, &totals).map(|share| rounded(share, 6)),
            };
            (node.id.clone(), one)
        };
        plan.nodes().iter().enumerate().map(of_node).collect()
    }
}

impl IntervalReport {
    fn narrow(&mut self, other: IntervalReport) {
        let figure = |text: &str| text.parse::<Decimal>().unwrap_or_default();
        let low = figure(&other.low).cmp(&figure(&self.low));
        let high = figure(&other.high).cmp(&figure(&self.high)).reverse();
        // At one end, whoever changes places there names it.
        if low == Ordering::Greater || low == Ordering::Equal && (self.low_swap.is_none() || !other.low_inclusive) {
            (self.low_swap, self.low_ranks) = (other.low_swap, other.low_ranks);
            self.low_inclusive = other.low_inclusive && (low == Ordering::Greater || self.low_inclusive);
            self.low = other.low;
        }
        if high == Ordering::Greater || high == Ordering::Equal && (self.high_swap.is_none() || !other.high_inclusive) {
            (self.high_swap, self.high_ranks) = (other.high_swap, other.high_ranks);
            self.high_inclusive = other.high_inclusive && (high == Ordering::Greater || self.high_inclusive);
            self.high = other.high;
        }
    }
}

/// Ranks of the two that change places at an end: today's, and those just beyond it.
fn ranks_beyond(line: &Line, end: &End, above: bool, offset: usize) -> Option<[[usize; 2]; 2]> {
    let (a, b) = end.swap?;
    let beyond = line.order_beside(&end.step, above)?;
    let ranks = |order: &[usize]| {
        let rank = |unit: usize| order.iter().position(|&other| other == unit).map(|place| place + 1 + offset);
        Some([rank(a)?, rank(b)?])
    };
    Some([ranks(&line.order())?, ranks(&beyond)?])
}

/// A figure to 6 places, rounded up: a distance that is enough.
fn up_to_millionths(figure: &Fraction) -> String {
    (figure * &Fraction::whole(1_000_000)).ceiling().map_or_else(String::new, shortest)
}

/// Whole numbers near fractions that add up to the whole of their sum: rounded down, and what is left to
/// the largest remainders.
fn shared_out(exact: &[Fraction]) -> Vec<i128> {
    let mut whole: Vec<i128> = exact.iter().map(|one| one.floor().unwrap_or(0)).collect();
    let sum = exact.iter().fold(Fraction::zero(), |sum, one| &sum + one);
    let mut left = sum.floor().unwrap_or(0) - whole.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let remainder = |place: usize| &exact[place] - &Fraction::whole(whole[place]);
    let remainders: Vec<Fraction> = order.iter().map(|&place| remainder(place)).collect();
    order.sort_by(|&a, &b| remainders[b].cmp(&remainders[a]).then(a.cmp(&b)));
    for place in order {
        if left > 0 {
            whole[place] += 1;
            left -= 1;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_the_whole() {
        let thirds = vec![Fraction::new(100, 3); 3];
        assert_eq!(shared_out(&thirds), [34, 33, 33]);
        assert_eq!(shared_out(&[Fraction::new(5, 2), Fraction::new(1, 4), Fraction::new(1, 4)]), [3, 0, 0]);
    }

    #[test]
    fn distances_are_rounded_up() {
        assert_eq!(up_to_millionths(&Fraction::new(1, 3)), "0.333334");
        assert_eq!(up_to_millionths(&Fraction::new(5, 2)), "2.5");
    }
}
