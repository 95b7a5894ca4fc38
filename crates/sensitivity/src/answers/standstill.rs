//! How far a node's points can move while the ranking stands (Q1).

use std::cmp::Ordering;

use document::document;
use scoring::fraction::Fraction;
use scoring::{Decimal, NodeIndex, Score, UnitIndex};

use crate::contest::{Contest, Move};
use crate::line::{End, Line, Scope};
use crate::place::RivalIndex;

document! {
    /// The interval of a node's points in which no rank changes, its siblings sharing what is left.
    #[derive(Debug, Eq)]
    pub struct Standstill {
        /// The node, by its place in the plan; several where they can only be set together.
        pub nodes: Vec<NodeIndex>,
        /// Their points today.
        pub points: Decimal,
        /// The lower end.
        pub low: StandstillEnd,
        /// The upper end.
        pub high: StandstillEnd,
    }
}

document! {
    /// One end of a standstill.
    #[derive(Debug, Eq)]
    pub struct StandstillEnd {
        /// Where it is: to 6 places, rounded inwards.
        pub points: Decimal,
        /// Does the ranking still stand at these very points?
        pub inclusive: bool,
        /// Who changes places there; nobody at the end of the range.
        pub swap: Option<SwapEnd>,
    }
}

document! {
    /// Two units that change places at an end.
    #[derive(Debug, Copy, Eq)]
    pub struct SwapEnd {
        /// The one that is ahead today and the one behind, by their places in the plan.
        pub units: [UnitIndex; 2],
        /// Their ranks today.
        pub today: [usize; 2],
        /// Their ranks beyond the end; nothing where the interval has no figure of 6 places but today's.
        pub ranks: Option<[usize; 2]>,
    }
}

/// The standstills of all nodes that can move, in plan order: of several contests, which stand or fall together, the
/// narrower ends.
pub(crate) fn standstills<'c>(contests: impl IntoIterator<Item = &'c Contest<'c>>) -> Vec<Standstill> {
    let mut all: Vec<Standstill> = Vec::new();
    for contest in contests {
        for (place, one) in contest.moves().iter().enumerate() {
            let own = Standstill::of(contest, one);
            match all.get_mut(place) {
                Some(known) => known.narrow(own),
                None => all.push(own),
            }
        }
    }
    all
}

impl Standstill {
    pub(super) fn of(contest: &Contest<'_>, one: &Move) -> Standstill {
        let still = StandstillEnd { points: one.points, inclusive: true, swap: None };
        let still = Standstill { nodes: one.nodes.clone(), points: one.points, low: still.clone(), high: still };
        let Some(line) = &one.line else { return still };
        let interval = line.interval(Scope::Ranking);
        let million = Fraction::whole(1_000_000);
        let at = |end: &End| &(&Fraction::from(one.points) + &contest.points(&end.step)) * &million;
        let (low, high) = (at(&interval.low), at(&interval.high));
        let (Some(low_whole), Some(high_whole)) = (low.ceiling(), high.floor()) else { return still };
        // Whether the interval holds a figure of 6 places: it may be a tie, or today's points have more places.
        let holds = low_whole <= high_whole;
        let end = |exact: &Fraction, whole: i128, end: &End, above: bool| StandstillEnd {
            points: if holds { Score::from_millionths(whole).to_decimal() } else { one.points },
            inclusive: end.inclusive || holds && !exact.is_whole(),
            swap: swap_at(contest, line, end, above, holds),
        };
        Standstill {
            low: end(&low, low_whole, &interval.low, false),
            high: end(&high, high_whole, &interval.high, true),
            ..still
        }
    }

    /// Takes in what another contest says of the same nodes.
    pub(super) fn narrow(&mut self, other: Standstill) {
        self.low.narrow(other.low, Ordering::Greater);
        self.high.narrow(other.high, Ordering::Less);
    }
}

impl StandstillEnd {
    fn narrow(&mut self, other: StandstillEnd, nearer: Ordering) {
        let found = other.points.cmp(&self.points);
        // At one end, whoever changes places there names it.
        if found == nearer || found == Ordering::Equal && (self.swap.is_none() || !other.inclusive) {
            let inclusive = other.inclusive && (found == nearer || self.inclusive);
            *self = StandstillEnd { inclusive, ..other };
        }
    }
}

/// The two that change places at an end, and their ranks today and just beyond it.
fn swap_at(contest: &Contest<'_>, line: &Line, end: &End, above: bool, ranked: bool) -> Option<SwapEnd> {
    let (ahead, behind) = end.swap?;
    let ranks = |order: &[RivalIndex]| {
        let rank = |unit| order.iter().position(|other| *other == unit).unwrap_or_default() + 1 + contest.above();
        [rank(ahead), rank(behind)]
    };
    Some(SwapEnd {
        units: [contest.units()[ahead], contest.units()[behind]],
        today: ranks(line.order()),
        ranks: if ranked { line.order_beside(&end.step, above).map(|order| ranks(&order)) } else { None },
    })
}
