//! Closing a plan: shut the gates, count the ballots, compare, export, and forget the order of writes.
//!
//! Each step can be repeated, so a closing that was interrupted is resumed by asking for it again. Once a gate is
//! shut no ballot is acknowledged that the count could miss: a ballot goes in together with its shard's gate being
//! open, and the count begins when all gates are shut.

use scoring::json::Value;
use wire::reconciliation::DifferenceKind;

use super::head::{PlanHead, State};
use super::texts;
use crate::audit::change::Change;
use crate::ballot_box::small_group::not_allowed;
use crate::database::{Condition, Table, Update, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::store::Store;

impl Store {
    /// Ends voting and counts. A plan that is closed stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for a draft and a published plan; [`StoreError::Unavailable`] when it was
    /// interrupted, and then it can be repeated.
    pub async fn close_plan(&self, actor: Actor<'_>, plan: &PlanId) -> Result<PlanHead, StoreError> {
        let head = match self.begin_closing(actor, plan).await? {
            Some(head) => head,
            None => return self.plan_head(plan).await,
        };
        let frozen = self.frozen(&head).await?;
        for shard in 0..head.shards {
            self.shut_gate(plan, shard).await?;
        }
        let count = self.count_ballots(&frozen).await?;
        let small = self.small_groups_cast(&frozen, &count).await?;
        self.put_count(&frozen, &count, &small).await?;
        self.delete_all_steps(&frozen).await?;
        let books = self.put_books(&frozen, head.shards, &count).await?;
        let count_mismatch = books.differences.iter().any(|found| found.kind == DifferenceKind::Counters);
        let receipts = self.export_ballots(&frozen, count.ballots()).await?;
        self.export_comments(&frozen).await?;
        if let Some(rewrite) = &self.rewrite_box
            && !rewrite().await
        {
            return Err(StoreError::Unavailable);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            if old.state != State::Open {
                return Ok(old);
            }
            let head = PlanHead { state: State::Closed, closing: false, count_mismatch, ..old.clone() };
            let detail = Value::Object(vec![
                ("plan_sha256".to_owned(), Value::Text(frozen.sha256.clone())),
                ("ballots".to_owned(), Value::Text(count.ballots().to_string())),
                ("count_mismatch".to_owned(), Value::Bool(count_mismatch)),
                ("small_groups".to_owned(), texts(&not_allowed(&frozen.plan, &small, &[]))),
                ("receipts_root".to_owned(), Value::Text(receipts.root.clone())),
            ]);
            if change.commit("plan_closed", detail, head.writes(Some((old.revision, old.state)))).await? {
                return Ok(head);
            }
        }
    }

    /// Notes that closing has begun: from now on no paper is handed out. `None`: it is closed already.
    async fn begin_closing(&self, actor: Actor<'_>, plan: &PlanId) -> Result<Option<PlanHead>, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            match old.state {
                State::Open if old.closing => return Ok(Some(old)),
                State::Open => {}
                State::Closed => return Ok(None),
                State::Draft | State::Published => return Err(StoreError::WrongState),
            }
            let head = PlanHead { closing: true, ..old.clone() };
            let detail = Value::Object(Vec::new());
            if change.commit("plan_closing", detail, head.writes(Some((old.revision, old.state)))).await? {
                return Ok(Some(head));
            }
        }
    }

    async fn shut_gate(&self, plan: &PlanId, shard: u64) -> Result<(), StoreError> {
        let write = Update::of(keys::shard_head(plan, shard), "SET gate = :shut")
            .with(":shut", "shut")
            .when(Condition::present());
        if self.database.write(Table::Box, write, &self.pause).await? { Ok(()) } else { Err(StoreError::Corrupt) }
    }
}
