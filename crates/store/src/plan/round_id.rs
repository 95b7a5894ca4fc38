//! What a round is called.

use std::fmt;

use scoring::Plan;

/// A round by its period and its stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoundId {
    /// The period's id.
    pub period: String,
    /// 1 or 2.
    pub stage: u8,
}

impl RoundId {
    /// A period's round of a stage.
    pub fn new(period: &str, stage: u8) -> RoundId {
        RoundId { period: period.to_owned(), stage }
    }

    /// Reads what [`RoundId`] is written as.
    pub(crate) fn parse(text: &str) -> Option<RoundId> {
        let (period, stage) = text.split_once('#')?;
        Some(RoundId::new(period, stage.parse().ok()?))
    }

    /// Whether the plan has it.
    pub(crate) fn is_of(&self, plan: &Plan) -> bool {
        plan.rounds().iter().any(|round| round.period == self.period && round.stage == self.stage)
    }
}

/// Period and stage, `#` between them.
impl fmt::Display for RoundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.period, self.stage)
    }
}
