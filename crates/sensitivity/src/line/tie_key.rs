//! What decides between equal totals on a line.

use std::cmp::Ordering;

use scoring::IndexVec;

use super::step::Step;
use crate::place::RivalIndex;

/// One thing that decides between equal totals.
#[derive(Debug, Clone)]
pub enum TieKey {
    /// The lower figure wins, wherever on the line: a lot, a share of an option, plan order.
    Still(IndexVec<RivalIndex, u32>),
    /// The higher score of a component wins: `values + step × slopes ÷ scale`.
    Moving {
        /// Scores today, in millionths.
        values: IndexVec<RivalIndex, i64>,
        /// How they change.
        slopes: IndexVec<RivalIndex, i128>,
        /// Divides the slopes.
        scale: i128,
    },
}

impl TieKey {
    /// `Less` if `p` wins against `q` at a step.
    pub(super) fn compare(&self, p: RivalIndex, q: RivalIndex, at: Step) -> Ordering {
        match self {
            TieKey::Still(places) => places[p].cmp(&places[q]),
            TieKey::Moving { values, slopes, scale } => {
                at.sign_of(i128::from(values[q]) - i128::from(values[p]), slopes[q] - slopes[p], *scale)
            }
        }
    }
}
