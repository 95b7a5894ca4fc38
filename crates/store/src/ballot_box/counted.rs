//! What a closed plan counted, kept in memory for those whose receipts are asked for: it never changes.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::merkle::{Hash, Tree};
use crate::ids::PlanId;

/// A receipt and the commitment to its ballot.
pub(crate) type Committed = ([u8; 16], Hash);

/// The ballots that a plan counted: receipts with their commitments in the order of the receipts, and the tree over them.
pub(crate) struct Counted {
    pub(crate) committed: Vec<Committed>,
    pub(crate) tree: Tree,
}

/// Those of the plans whose receipts were asked for last, the latest at the end.
pub(crate) type CountedPlans = Mutex<Vec<(PlanId, Arc<Counted>)>>;
