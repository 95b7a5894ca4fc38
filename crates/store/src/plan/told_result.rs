//! A final result with what of its marks may be told: what leaves the house on paper.

use std::sync::Arc;

use scoring::disclosure::{Disclosed, Disclosing};
use scoring::{Plan, Records, RecordsDocument, Standing, WithheldRecord};

use super::frozen_plan::FrozenPlan;
use super::publish_plan::final_standing;
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::store::Store;

/// A final result of a plan, or of one of its periods.
#[derive(Debug)]
pub struct ToldResult {
    pub frozen: Arc<FrozenPlan>,
    /// As it was scored: of the period alone, where the result is.
    pub plan: Plan,
    pub document: RecordsDocument,
    /// All records: what may not be told of them stands in `withheld`.
    pub records: Records,
    pub standing: Standing,
    /// The marks that a publication of the same result would not show.
    pub withheld: Vec<WithheldRecord>,
}

impl Store {
    /// The final result of a plan or of a period alone, under the same conditions as [`Store::check_final`] and with what a
    /// publication would withhold of it.
    ///
    /// # Errors
    /// Those of [`Store::check_final`]; [`StoreError::NotFound`] for the period; [`StoreError::PendingRecords`],
    /// [`StoreError::Incomplete`], [`StoreError::UnresolvedTies`], [`StoreError::UnfitRecords`].
    pub async fn told_result(&self, plan: &PlanId, period: Option<&str>) -> Result<ToldResult, StoreError> {
        self.check_final(plan, period).await?;
        let head = self.plan_head(plan).await?;
        let frozen = self.frozen(&head).await?;
        let pending = self.pending_records(&frozen).await?;
        if !pending.is_empty() {
            return Err(StoreError::PendingRecords(pending));
        }
        let of = match period {
            Some(id) => frozen.plan.alone(frozen.plan.period_place(id).ok_or(StoreError::NotFound)?),
            None => frozen.plan.clone(),
        };
        let (document, records) = self.records_of(&head, &frozen).await?;
        let standing = final_standing(&of, &records)?;
        let earlier = self.earlier_records(plan, &frozen.plan, head.edition).await?;
        let disclosing = Disclosing {
            plan: &of,
            document: &document,
            records: &records,
            standing: &standing,
            allow_small: &head.allow_small,
            earlier: &earlier,
        };
        let Disclosed { withheld, .. } = disclosing.disclosed();
        Ok(ToldResult { frozen, plan: of, document, records, standing, withheld })
    }
}
