//! A plan and its records, scored, and ready to be asked what would move the ranking.
//!
//! Owns the step from documents to a standing, and scoring plans with other points to confirm an answer.
//! The score is always `scoring`'s; this module never computes one.

use std::collections::BTreeMap;
use std::fmt;

use scoring::{
    Decimal, IndexVec, Mode, NodeIndex, Plan, Problem, Records, RecordsDocument, ScenarioDocument, Standing,
    apply_scenario, score,
};

/// Why there is nothing to simulate.
#[derive(Debug, Clone, PartialEq)]
pub enum SimulationError {
    /// The records do not hold under the plan.
    Records(Vec<Problem>),
    /// The scenario makes no valid plan.
    Scenario(Vec<Problem>),
}

impl SimulationError {
    /// The problems, with pointers into the records or the scenario.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            SimulationError::Records(problems) | SimulationError::Scenario(problems) => problems,
        }
    }
}

impl fmt::Display for SimulationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SimulationError::Records(_) => "the records do not hold under the plan",
            SimulationError::Scenario(_) => "the scenario makes no valid plan",
        })
    }
}

impl std::error::Error for SimulationError {}

/// A scored result that can be asked.
#[derive(Debug, Clone)]
pub struct Simulation {
    pub(crate) plan: Plan,
    pub(crate) records: Records,
    pub(crate) standing: Standing,
    /// Nodes that keep their points.
    pub(crate) locked: IndexVec<NodeIndex, bool>,
}

impl Simulation {
    /// Scores the records under the plan, or under what a scenario makes of it: in final mode if nothing
    /// is missing, else provisionally. Of a plan [for one period alone](Plan::alone), that period's ranking is asked.
    ///
    /// # Errors
    /// All problems of the records or the scenario.
    pub fn new(
        plan: &Plan,
        records: &RecordsDocument,
        scenario: Option<&ScenarioDocument>,
    ) -> Result<Simulation, SimulationError> {
        let mut taken = Records::new(plan, records).map_err(SimulationError::Records)?;
        let mut plan = plan.clone();
        let mut locked = IndexVec::filled(false, plan.nodes().len());
        if let Some(scenario) = scenario {
            taken = taken.under(scenario);
            plan = apply_scenario(&plan, scenario).map_err(SimulationError::Scenario)?;
            for node in scenario.locked.iter().filter_map(|id| plan.node_place(id)) {
                locked[node] = true;
            }
        }
        let standing = scored(&plan, &taken);
        Ok(Simulation { plan, records: taken, standing, locked })
    }

    /// What is scored already: the plan, its records and their standing, with nodes that keep their points.
    #[must_use]
    pub fn of_standing(
        plan: &Plan,
        records: &Records,
        standing: &Standing,
        locked: impl IntoIterator<Item = NodeIndex>,
    ) -> Simulation {
        let mut keeps = IndexVec::filled(false, plan.nodes().len());
        for node in locked.into_iter().filter(|node| node.index() < plan.nodes().len()) {
            keeps[node] = true;
        }
        Simulation { plan: plan.clone(), records: records.clone(), standing: standing.clone(), locked: keeps }
    }

    /// The plan that is simulated.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Today's standing.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The standing if nodes, by their places, had other points; nothing if the plan would not be valid.
    #[must_use]
    pub fn with_points(&self, points: &BTreeMap<NodeIndex, Decimal>) -> Option<(Plan, Standing)> {
        let figure = |(&node, points): (&NodeIndex, &Decimal)| (self.plan.nodes()[node].id.clone(), (*points).into());
        let scenario = ScenarioDocument { points: points.iter().map(figure).collect(), ..ScenarioDocument::default() };
        let plan = apply_scenario(&self.plan, &scenario).ok()?;
        let standing = scored(&plan, &self.records);
        Some((plan, standing))
    }
}

/// In final mode if nothing is missing, else provisionally.
pub(crate) fn scored(plan: &Plan, records: &Records) -> Standing {
    let provisional = || score(plan, records, Mode::Provisional);
    match score(plan, records, Mode::Final).or_else(|_| provisional()) {
        Ok(standing) => standing,
        Err(_) => unreachable!("provisional scoring refuses nothing"),
    }
}
