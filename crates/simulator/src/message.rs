//! The messages: text in JSON, and figures beside it where there are very many.

use document::{document, kinds};
use scoring::{CategoryIndex, Decimal, Mode, NodeIndex, UnitIndex};
use sensitivity::{Importance, PointsOf, Reached, SavingBallots, Standstill};
use serde::{Deserialize, Serialize};

use crate::limits::MOST_UNITS;

/// A question about a plan and its records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Comes back with every reply.
    pub number: u32,
    /// The records document, JSON. Sent once; kept for the requests after it.
    pub records: Option<String>,
    /// What the plan is like.
    pub case: Case,
    /// What is asked.
    pub question: Question,
}

/// A plan as a gesture left it, and how its records are taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The plan document, JSON.
    pub plan: String,
    /// How missing data is taken.
    pub mode: Mode,
    /// Do adjustments count?
    pub adjustments: bool,
    /// Nodes that keep their points.
    pub locked: Vec<NodeIndex>,
    /// The one period that is scored, by its id; none are all of them.
    pub period: Option<String>,
    /// The best and the lowest of a shortlist that is frozen, by their units' ids.
    pub lists: Option<(Vec<String>, Vec<String>)>,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// How far each node moves, all swaps, and what each component decides (Q1, Q8).
    Levers,
    /// What it would take for one unit to pass another (Q2).
    Overtake {
        /// Who is to pass.
        behind: UnitIndex,
        /// Whom.
        ahead: UnitIndex,
    },
    /// What would make a unit first or last (Q3), and which ranks it can reach if each weight may vary (Q4).
    Reach {
        unit: UnitIndex,
        /// By so many points each weight may vary.
        radius: Decimal,
    },
    /// How likely each rank is (Q5, Q6).
    Chances {
        /// Draws of weights.
        samples: u32,
        /// Seed of the draws.
        seed: u64,
        /// Weights near today's, not all alike.
        near: bool,
    },
    /// What other voters might have given (Q7).
    Voters {
        /// Draws of voters.
        resamples: u32,
        /// Seed of the draws.
        seed: u64,
    },
    /// Everything, as `pingyi simulate --json` prints it.
    Report {
        /// Draws of weights.
        samples: u32,
        /// Seed of all draws.
        seed: u64,
        /// Draws of voters.
        resamples: u32,
    },
}

document! {
    /// A reply to a request. Several progress replies may come before the answer.
    #[derive(Debug)]
    pub struct Reply {
        /// The request's number.
        pub number: u32,
        /// What is said.
        pub answer: Answer,
    }
}

kinds! {
    /// What is answered.
    pub enum Answer {
        /// So much of the work is done.
        Progress(Progress) = "progress",
        /// To [`Question::Levers`].
        Levers(Levers) = "levers",
        /// To [`Question::Overtake`].
        Overtake(Overtaken) = "overtake",
        /// To [`Question::Reach`].
        Reach(Reach) = "reach",
        /// To [`Question::Chances`].
        Chances(AllChances) = "chances",
        /// To [`Question::Voters`].
        Voters(AllVotes) = "voters",
        /// To [`Question::Report`].
        Report(ReportText) = "report",
        /// The question does not fit the plan, or figures are too large to be compared exactly.
        Nothing(Nothing) = "nothing",
    }
    blank: Answer::Nothing(Nothing {});
}

document! {
    /// So much of the work is done.
    #[derive(Debug, Eq)]
    pub struct Progress {
        /// Draws done.
        pub done: u64,
        /// Draws in all.
        pub of: u64,
    }
}

document! {
    /// How far each node moves, and what decides. The figures are all swaps, lever by lever, each its points and its two
    /// units as [`unpack_swap`] reads them.
    #[derive(Debug)]
    pub struct Levers {
        /// One for each node, or nodes, that can be set by itself.
        pub levers: Vec<LeverAnswer>,
        /// What each component decides: by category, then by node.
        pub weighing: Vec<Vec<Importance>>,
    }
}

document! {
    /// What would make a unit first or last, and which ranks it can reach.
    #[derive(Debug, Eq)]
    pub struct Reach {
        /// First place: nothing if no weights give it.
        pub first: Option<Reached>,
        /// Last place.
        pub last: Option<Reached>,
        /// No weights that near give a better rank than this, and this is the best that was found.
        pub best: (usize, usize),
        /// The same of the worst.
        pub worst: (usize, usize),
    }
}

document! {
    /// How likely each rank is. The figures are counts: by contest, unit in the contest's order, rank.
    #[derive(Debug)]
    pub struct AllChances {
        /// One for each contest.
        pub contests: Vec<Chances>,
    }
}

document! {
    /// What other voters might have given.
    #[derive(Debug)]
    pub struct AllVotes {
        /// One for each contest.
        pub contests: Vec<Votes>,
    }
}

document! {
    /// Everything, as `pingyi simulate --json` prints it.
    #[derive(Debug, Eq)]
    pub struct ReportText {
        /// JSON.
        pub report: String,
    }
}

document! {
    /// No answer.
    #[derive(Debug, Eq)]
    pub struct Nothing {}
}

document! {
    /// How far a node moves.
    #[derive(Debug)]
    pub struct LeverAnswer {
        /// Which nodes, and where nothing changes.
        pub standstill: Standstill,
        /// Can they move?
        pub moves: bool,
        /// How many swaps there are.
        pub swaps: usize,
        /// Where they are, in thousandths of the slider, each place once.
        pub ticks: Vec<u16>,
    }
}

document! {
    /// What it takes to pass.
    #[derive(Debug, Default, Eq)]
    pub struct Overtaken {
        /// The one that is to pass is ahead already.
        pub already: bool,
        /// Nothing decides between the two: they have equal totals, and a lot has to be drawn.
        pub equal: bool,
        /// The two are never ranked against each other: other categories, or other lists of a shortlist.
        pub apart: bool,
        /// Points moved in all; nothing where weights alone cannot do it.
        pub distance: Option<Decimal>,
        /// Points at which the two totals meet: what changes, in plan order.
        pub border: Vec<PointsOf>,
        /// The next points by steps of 0.5 at which the order is reversed, confirmed by scoring; empty if
        /// none were found.
        pub grid: Vec<PointsOf>,
    }
}

document! {
    /// How likely each rank is for the units of one contest.
    #[derive(Debug)]
    pub struct Chances {
        pub category: CategoryIndex,
        /// How many of the category stand above all of these, whatever the weights.
        pub above: usize,
        /// The units, best first today.
        pub units: Vec<UnitIndex>,
        /// Each one's expected rank: exact where all weights are as likely, else the mean of the draws.
        pub expected: Vec<f64>,
        /// How many weights were drawn.
        pub samples: u32,
        /// The most that drawing leaves uncertain in a share.
        pub standard_error: f64,
        /// The mean of the weights that make a unit first.
        pub central: Vec<CentralWeights>,
    }
}

document! {
    /// The mean of the weights that make a unit first.
    #[derive(Debug)]
    pub struct CentralWeights {
        pub unit: UnitIndex,
        /// Nodes and their shares of all weights.
        pub shares: Vec<(NodeIndex, f64)>,
    }
}

document! {
    /// What other voters might have given the units of one contest.
    #[derive(Debug)]
    pub struct Votes {
        pub category: CategoryIndex,
        /// How often the voters were drawn.
        pub resamples: u32,
        /// The units, best first today.
        pub units: Vec<Given>,
        /// What would save the last unit of the category; nothing if no ballots would.
        pub saved: Option<SavingBallots>,
    }
}

document! {
    /// How often a unit had what, of all draws.
    #[derive(Debug, Eq)]
    pub struct Given {
        pub unit: UnitIndex,
        /// Its rank of today.
        pub rank: u32,
        /// Its grade of today.
        pub grade: u32,
        /// Its outcomes of today.
        pub outcomes: u32,
        /// The last place.
        pub last: u32,
    }
}

/// Two units as one figure.
pub(crate) fn pack_swap(ahead: UnitIndex, behind: UnitIndex) -> f64 {
    ahead.index() as f64 * MOST_UNITS + behind.index() as f64
}

/// The two units of a swap: the one ahead today, and the one behind.
#[must_use]
pub fn unpack_swap(packed: f64) -> [UnitIndex; 2] {
    [packed / MOST_UNITS, packed % MOST_UNITS].map(|unit| UnitIndex::from(unit as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_units_go_as_one_figure() {
        for pair in [[0, 1], [4095, 0], [117, 65_535]].map(|pair| pair.map(UnitIndex::from)) {
            assert_eq!(unpack_swap(pack_swap(pair[0], pair[1])), pair);
        }
    }
}
