//! Reading a chain of events, and checking it from its first to its last.

use wire::audit::{AuditHead, Chain};

use super::change::{ACCOUNTS, end_of, head};
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
        self.log_page(plan.as_str(), limit, after).await
    }

    /// A page of the chain of changes to the accounts, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn account_audit(&self, limit: usize, after: Option<&Cursor>) -> Result<Page<AuditEvent>, StoreError> {
        self.log_page(ACCOUNTS, limit, after).await
    }

    async fn log_page(&self, log: &str, limit: usize, after: Option<&Cursor>) -> Result<Page<AuditEvent>, StoreError> {
        let page = self.page(&keys::audit_partition(log), "", limit, after, false).await?;
        let items = page.items.iter().map(event::read).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// How far a plan's chain has come.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn audit_head(&self, plan: &PlanId) -> Result<AuditHead, StoreError> {
        Ok(head(end_of(self, plan.as_str()).await?.as_ref()))
    }

    /// How far the chain of changes to the accounts has come.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn account_audit_head(&self) -> Result<AuditHead, StoreError> {
        Ok(head(end_of(self, ACCOUNTS).await?.as_ref()))
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
        let mut chain = Chain::of(log);
        for item in self.database.query_all(Table::Main, &keys::audit_partition(log), "").await? {
            chain.follow(&event::read(&item)?).map_err(|_| StoreError::Corrupt)?;
        }
        Ok(chain.head().sequence)
    }
}
