//! Reading a chain of events, and checking it from its first to its last.

use super::change::ACCOUNTS;
use super::event::{self, AuditEvent};
use crate::database::{Table, keys};
use crate::error::StoreError;
use crate::ids::{Cursor, Page, PlanId};
use crate::store::Store;

impl Store {
    /// A page of a plan's audit chain, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown plan.
    pub async fn audit(
        &self,
        plan: &PlanId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AuditEvent>, StoreError> {
        self.plan_head(plan).await?;
        let partition = keys::audit_partition(plan.as_str());
        let page = self.page(&partition, "", limit, after, false).await?;
        let items = page.items.iter().map(event::read).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// Checks a plan's audit chain from its first event to its last: how many events it has.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an event was changed, removed or slipped in.
    pub async fn verify_audit(&self, plan: &PlanId) -> Result<u64, StoreError> {
        self.plan_head(plan).await?;
        self.verify_log(plan.as_str()).await
    }

    /// As [`Store::verify_audit`], for the chain of changes to the accounts.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an event was changed, removed or slipped in.
    pub async fn verify_account_audit(&self) -> Result<u64, StoreError> {
        self.verify_log(ACCOUNTS).await
    }

    async fn verify_log(&self, log: &str) -> Result<u64, StoreError> {
        let (mut sequence, mut previous) = (0, "0".repeat(64));
        for item in self.database.query_all(Table::Main, &keys::audit_partition(log), "").await? {
            let event = event::read(&item)?;
            if event.sequence != sequence + 1 || event.previous != previous || event.hash != event::hash_in(&event, log)
            {
                return Err(StoreError::Corrupt);
            }
            (sequence, previous) = (event.sequence, event.hash);
        }
        Ok(sequence)
    }
}
