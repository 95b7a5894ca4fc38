//! What published editions say of their units, of those that were looked at last.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;

use store::PlanId;
use tokio::sync::Mutex;

use crate::limits::PLANS_OF_UNIT;
use crate::refusal::Refusal;

/// A unit in a published result.
#[derive(Clone)]
pub(crate) struct UnitRow {
    /// Its name as names are compared.
    pub(crate) name: String,
    pub(crate) plan: String,
    pub(crate) title: String,
    pub(crate) year: Option<u64>,
    pub(crate) rank: u32,
    /// How many units its category has.
    pub(crate) of: usize,
    pub(crate) total: String,
    pub(crate) grade: Option<String>,
}

/// A plan, and the number of an edition of its result.
type Edition = (PlanId, u64);

/// Editions never change, so each is read once, by one request while others wait for it.
#[derive(Default)]
pub(crate) struct UnitsOfEditions(Mutex<VecDeque<(Edition, Arc<Vec<UnitRow>>)>>);

impl UnitsOfEditions {
    /// The units of an edition: those that are known, or what is read now.
    pub(crate) async fn of(
        &self,
        edition: Edition,
        read: impl Future<Output = Result<Vec<UnitRow>, Refusal>>,
    ) -> Result<Arc<Vec<UnitRow>>, Refusal> {
        let mut kept = self.0.lock().await;
        if let Some((_, units)) = kept.iter().find(|(of, _)| *of == edition) {
            return Ok(Arc::clone(units));
        }
        let units = Arc::new(read.await?);
        // A newer edition takes the place of an older one.
        kept.retain(|((plan, _), _)| *plan != edition.0);
        kept.truncate(PLANS_OF_UNIT - 1);
        kept.push_front((edition, Arc::clone(&units)));
        Ok(units)
    }
}
