//! Asks a simulation everything that a report holds, and writes the answers: ids in place of places, decimals as text.

use std::collections::BTreeMap;

use scoring::{CategoryIndex, NodeIndex, Plan, RecordsDocument, ScenarioDocument, Score, UnitIndex};

use super::document::{
    AcceptabilityReport, CategoryReport, FewestBallotsReport, ImportanceReport, IntervalReport, KeepsReport, Options,
    OvertakeReport, Report, ResamplingReport,
};
use crate::answers::{
    Overtake, PointsOf, Standstill, SwapEnd, importance, overtaking, resampled, saving_ballots, standstills,
};
use crate::contest::Contest;
use crate::field::Field;
use crate::kernels::acceptability::{Acceptability, Prior};
use crate::kernels::deficits::Deficits;
use crate::kernels::duel::Duels;
use crate::simulation::{Simulation, SimulationError};

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

impl Report {
    /// The report of a simulation.
    #[must_use]
    pub fn of(simulation: &Simulation, options: &Options) -> Report {
        let contests = Contest::all(simulation);
        let writer = Writer { simulation, options };
        let categories = simulation.plan.category_indices();
        let categories =
            categories.map(|place| (simulation.plan.category(place).id.clone(), writer.category(place, &contests)));
        Report(categories.collect())
    }
}

struct Writer<'s> {
    simulation: &'s Simulation,
    options: &'s Options,
}

impl Writer<'_> {
    fn category(&self, category: CategoryIndex, contests: &[Contest<'_>]) -> CategoryReport {
        let own: Vec<&Contest<'_>> = contests.iter().filter(|contest| contest.category() == category).collect();
        let Options { samples, seed, resamples } = *self.options;
        let standard_error = if samples > 0 { share(0.5 / f64::from(samples).sqrt()) } else { "0".into() };
        let mut report = CategoryReport {
            intervals: standstills(own.iter().copied()).into_iter().map(|one| self.interval(one)).collect(),
            acceptability: AcceptabilityReport { samples, seed, standard_error, ..Default::default() },
            resampling: ResamplingReport { resamples, seed, voters: "independent", ..Default::default() },
            importance: importance(self.simulation, category).into_iter().map(|one| self.importance(&one)).collect(),
            ..Default::default()
        };
        for contest in own {
            if let Some(field) = contest.field() {
                for pair in contest.order().windows(2) {
                    let overtake = overtaking(self.simulation, contest, &field, pair[0], pair[1]);
                    report.overtake.push(self.overtake(&overtake));
                }
                self.add_ranks(contest, &field, &mut report);
            }
            self.add_resampling(contest, &mut report.resampling);
        }
        report
    }

    fn unit(&self, unit: UnitIndex) -> String {
        self.simulation.plan.unit(unit).id.clone()
    }

    fn node(&self, node: NodeIndex) -> String {
        self.simulation.plan.nodes()[node].id.clone()
    }

    fn interval(&self, one: Standstill) -> IntervalReport {
        let ids: Vec<String> = one.nodes.iter().map(|&node| self.node(node)).collect();
        let swap = |swap: Option<SwapEnd>| swap.map(|swap| swap.units.map(|unit| self.unit(unit)));
        let ranks = |swap: Option<SwapEnd>| swap.and_then(|swap| Some([swap.today, swap.ranks?]));
        IntervalReport {
            component: ids.join("+"),
            points: one.points.to_string(),
            low: one.low.points.to_string(),
            low_inclusive: one.low.inclusive,
            high: one.high.points.to_string(),
            high_inclusive: one.high.inclusive,
            low_swap: swap(one.low.swap),
            high_swap: swap(one.high.swap),
            low_ranks: ranks(one.low.swap),
            high_ranks: ranks(one.high.swap),
        }
    }

    fn overtake(&self, one: &Overtake) -> OvertakeReport {
        let points = |points: &Vec<PointsOf>| -> BTreeMap<String, String> {
            points.iter().map(|one| (self.node(one.node), one.to.to_string())).collect()
        };
        OvertakeReport {
            behind: self.unit(one.behind),
            ahead: self.unit(one.ahead),
            l1: one.least.as_ref().map(|least| least.distance.to_string()),
            points: one.least.as_ref().map(|least| points(&least.points)),
            grid: one.grid.as_ref().map(points),
        }
    }

    fn importance(&self, one: &crate::answers::Importance) -> (String, ImportanceReport) {
        let importance = ImportanceReport {
            points: one.points.to_string(),
            nominal: share(one.nominal),
            effective: one.effective.map(share),
        };
        (self.node(one.node), importance)
    }

    fn add_ranks(&self, contest: &Contest<'_>, field: &Field, report: &mut CategoryReport) {
        let Options { samples, seed, .. } = *self.options;
        let category_units = self.simulation.plan.units_of(contest.category()).len();
        let deficits = Deficits::of(field).filter(|_| samples > 0);
        let sampled = deficits.and_then(|deficits| Acceptability::sample(&deficits, &Prior::Uniform, samples, seed));
        let duels = Duels::of(field);
        for (rank, unit) in contest.order().into_iter().enumerate() {
            let id = self.unit(contest.units()[unit]);
            let mut shares = vec!["0".to_owned(); category_units];
            for (place, one) in shares[contest.above()..].iter_mut().take(field.units()).enumerate() {
                *one = match &sampled {
                    Some(sampled) => share(sampled.share(unit, place + 1)),
                    None => u8::from(place == rank).to_string(),
                };
            }
            report.acceptability.ranks.insert(id.clone(), shares);
            let expected = duels.as_ref().map_or(rank as f64 + 1.0, |duels| duels.expected_rank(unit));
            report.expected_rank.insert(id, share(expected + contest.above() as f64));
        }
    }

    fn add_resampling(&self, contest: &Contest<'_>, report: &mut ResamplingReport) {
        let Options { seed, resamples, .. } = *self.options;
        let (plan, standing) = (&self.simulation.plan, &self.simulation.standing);
        let kept = resampled(self.simulation, contest, resamples, seed, &mut |_| {});
        let of_all = |count: u32| share(f64::from(count) / f64::from(resamples.max(1)));
        for (&unit, kept) in contest.units().iter().zip(&kept) {
            let keeps = KeepsReport {
                rank: of_all(kept.rank),
                grade: standing.grade(unit).map(|_| of_all(kept.grade)),
                outcomes: of_all(kept.outcomes),
            };
            report.keeps.insert(self.unit(unit), keeps);
        }
        // The contest that comes last holds the category's last unit.
        report.fewest_ballots = saving_ballots(self.simulation, contest).map(|saving| FewestBallotsReport {
            unit: self.unit(saving.unit),
            rival: self.unit(saving.rival),
            ballots: saving.ballots.iter().map(|(_, count)| count).sum(),
            groups: saving.ballots.iter().map(|&(group, count)| (plan.group(group).id.clone(), count)).collect(),
        });
    }
}

/// A share, or a count that is not a statement about an order, to 6 places.
fn share(figure: f64) -> String {
    Score::from_millionths((figure * 1e6).round() as i128).to_decimal().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_printed_shortest() {
        for (figure, text) in
            [(31.25, "31.25"), (-0.000_001, "-0.000001"), (0.0, "0"), (100.0, "100"), (0.126_5, "0.1265")]
        {
            assert_eq!(share(figure), text);
        }
    }
}
