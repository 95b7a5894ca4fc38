//! Second factors: begun, confirmed, proved at sign-in, removed.
//!
//! Owns that a step's code and a recovery code are taken once, that a factor holds only after a first code, and that
//! each change is in the chain. Which step a code belongs to, and how codes are written, is the API's concern.

use scoring::json::Value;

use super::kept_factor::{self, HOLDS, SecondFactor};
use super::session::SessionToken;
use super::staff::Staff;
use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Condition, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::Actor;
use crate::store::Store;

/// What shows that somebody has an account's second factor.
#[derive(Clone, Copy)]
pub enum FactorProof<'a> {
    /// The step whose one-time code was given.
    Step(u64),
    /// A recovery code in its one spelling.
    Recovery(&'a str),
}

fn named(name: &str) -> Vec<(String, Value)> {
    vec![("name".to_owned(), Value::text(name))]
}

/// What changes in both items of an account when it has a factor, or none any more.
fn row(name: &str, holds: bool) -> Write {
    let row = Update::setting(keys::staff_row(name), vec![(HOLDS, Some(holds.into()))]);
    row.when(Condition::present()).into()
}

impl Store {
    /// Keeps the secret of a second factor that the account is about to have. It holds nothing yet, and
    /// nothing at all after a quarter of an hour; a secret that was begun before is forgotten.
    ///
    /// # Errors
    /// [`StoreError::SecondFactorState`] where the account has one, or its password was changed meanwhile.
    pub async fn begin_second_factor(&self, asked: &Staff, secret: &[u8]) -> Result<(), StoreError> {
        let begun = Condition::that("attribute_not_exists(factor_secret) AND password_version = :was");
        let update =
            Update::of(keys::staff(&asked.account.name), "SET pending_secret = :pending, pending_since = :now")
                .with(":pending", secret)
                .with(":now", self.now())
                .when(begun.with(":was", asked.password_version));
        match self.database.write(Table::Main, update, &self.pause).await? {
            true => Ok(()),
            false => Err(StoreError::SecondFactorState),
        }
    }

    /// Sets the second factor that was begun, after the code of a step has confirmed it. All sessions end but the one that
    /// asks: they began without it, and so did one that begins just now.
    ///
    /// # Errors
    /// [`StoreError::SecondFactorState`] where another one was begun or set meanwhile.
    pub async fn set_second_factor(
        &self,
        actor: Actor<'_>,
        asked: &Staff,
        step: u64,
        recovery_codes: &[String],
        keeps: &SessionToken,
    ) -> Result<(), StoreError> {
        let name = asked.account.name.as_str();
        let pending = asked.pending_factor.as_deref().ok_or(StoreError::SecondFactorState)?;
        let factor = SecondFactor::new(pending, step, self.draw.bytes()?, recovery_codes);
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let account = self.staff(name).await?;
            if account.second_factor.is_some() || account.pending_factor != asked.pending_factor {
                return Err(StoreError::SecondFactorState);
            }
            // A secret is begun without a place in the chain.
            let unchanged = Condition::that("pending_secret = :begun AND password_version = :was")
                .with(":begun", pending)
                .with(":was", account.password_version);
            let set = Update::setting(keys::staff(name), factor.set()).and("ADD password_version :i").with(":i", 1);
            let mut writes = vec![row(name, true), set.when(unchanged).into()];
            writes.extend(self.lifted_session(keeps, &account).await?);
            if change.commit("second_factor_set", Value::Object(named(name)), writes).await? {
                return Ok(());
            }
        }
    }

    /// Takes a proof that somebody has the account's second factor: a code of a later step than any before, or a recovery
    /// code that is left. `false`: it is neither. Of the same proof given at once one is taken.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prove_second_factor(&self, account: &Staff, proof: FactorProof<'_>) -> Result<bool, StoreError> {
        let Some(factor) = &account.second_factor else { return Ok(false) };
        match proof {
            FactorProof::Step(step) => {
                let later = Condition::that("factor_secret = :secret AND factor_step < :step");
                let taken = Update::of(keys::staff(&account.account.name), "SET factor_step = :step")
                    .with(":step", step)
                    .when(later.with(":secret", factor.secret.as_slice()));
                self.database.update(Table::Main, taken).await
            }
            FactorProof::Recovery(code) => self.spend_recovery_code(&account.account.name, code).await,
        }
    }

    async fn spend_recovery_code(&self, name: &str, code: &str) -> Result<bool, StoreError> {
        let mut change = Change::begin(self, ACCOUNTS, Actor { name }).await?;
        loop {
            let account = self.staff(name).await?;
            let factor = account.second_factor.ok_or(StoreError::SecondFactorState)?;
            // Recovery codes change in the chain alone, so of two that are given at once one sees the other.
            let Some(left) = factor.without(code) else { return Ok(false) };
            let mut detail = named(name);
            detail.push(("left".to_owned(), Value::Text(left.len().to_string())));
            let spent = Update::of(keys::staff(name), "SET recovery = :left")
                .with(":left", left.as_slice())
                .when(Condition::that("factor_secret = :secret").with(":secret", factor.secret.as_slice()));
            if change.commit("recovery_code_used", Value::Object(detail), vec![spent.into()]).await? {
                return Ok(true);
            }
        }
    }

    /// Removes an account's second factor: with a proof by whoever has it, without one by an administrator. `false`: the
    /// proof is none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::SecondFactorState`] where there is none.
    pub async fn remove_second_factor(
        &self,
        actor: Actor<'_>,
        name: &str,
        proof: Option<FactorProof<'_>>,
    ) -> Result<bool, StoreError> {
        let action = if proof.is_some() { "second_factor_removed" } else { "second_factor_reset" };
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let account = self.staff(name).await?;
            let factor = account.second_factor.ok_or(StoreError::SecondFactorState)?;
            let proved = match proof {
                Some(FactorProof::Step(step)) => factor.step < step,
                Some(FactorProof::Recovery(code)) => factor.without(code).is_some(),
                None => true,
            };
            if !proved {
                return Ok(false);
            }
            let mut same = Condition::that("factor_secret = :secret");
            if let Some(FactorProof::Step(step)) = proof {
                // Codes of a step are taken without a place in the chain.
                same = Condition::that("factor_secret = :secret AND factor_step < :step").with(":step", step);
            }
            let mut attributes = kept_factor::removed();
            attributes.push((HOLDS, Some(false.into())));
            let removed = Update::setting(keys::staff(name), attributes);
            let removed = removed.when(same.with(":secret", factor.secret.as_slice()));
            if change.commit(action, Value::Object(named(name)), vec![row(name, false), removed.into()]).await? {
                return Ok(true);
            }
        }
    }
}
