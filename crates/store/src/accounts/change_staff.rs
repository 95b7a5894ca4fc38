//! What changes of an account that is there.
//!
//! An account is never written as a whole after it was made: a change says what changes and touches nothing else, so
//! nobody's change brings back what another took away.

use scoring::json::Value;

use super::kept_factor;
use super::session::SessionToken;
use super::staff::{Account, ROLES_OF_TODAY, Staff};
use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Attribute, Condition, Operand, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::Actor;
use crate::store::Store;

/// What changes of an account; `None` stays as it is.
#[derive(Clone, Copy, Default)]
pub struct StaffChange<'a> {
    /// What it is shown as.
    pub display: Option<&'a str>,
    /// What it may do.
    pub roles: Option<&'a [String]>,
    /// The office that it enters for; the inner `None`: for all.
    pub office: Option<Option<&'a str>>,
    /// The unit that it stands for; the inner `None`: none.
    pub unit: Option<Option<&'a str>>,
    /// The plans that it is kept to; the inner `None`: all.
    pub plans: Option<Option<&'a [String]>>,
    /// The hash of its password. A new one ends the account's sessions.
    pub password_hash: Option<&'a str>,
    /// The one session that goes on.
    pub keeps: Option<&'a SessionToken>,
    /// Whether it loses its second factor.
    pub resets_second_factor: bool,
    /// Whether it may no longer sign in. Its sessions rest meanwhile.
    pub disabled: Option<bool>,
}

const DISPLAY: Attribute = Attribute::of("#display", ":display");
const ROLES: Attribute = Attribute::of("#roles", ":roles");
const OFFICE: Attribute = Attribute::of("#office", ":office");
const UNIT: Attribute = Attribute::of("#unit", ":unit");
const PLANS: Attribute = Attribute::of("#plans", ":plans");
const DISABLED: Attribute = Attribute::of("#disabled", ":disabled");
const MEANING: Attribute = Attribute::of("#meaning", ":meaning");
const PASSWORD_HASH: Attribute = Attribute::of("#password_hash", ":password_hash");

impl StaffChange<'_> {
    /// What changes of that which both items hold.
    fn seen(&self) -> Vec<(Attribute, Option<Operand>)> {
        let mut seen: Vec<(Attribute, Option<Operand>)> = Vec::new();
        seen.extend(self.display.map(|display| (DISPLAY, Some(display.into()))));
        seen.extend(self.roles.map(|roles| (ROLES, Some(roles.into()))));
        seen.extend(self.roles.map(|_| (MEANING, Some(ROLES_OF_TODAY.into()))));
        seen.extend(self.office.map(|office| (OFFICE, office.map(Operand::from))));
        seen.extend(self.unit.map(|unit| (UNIT, unit.map(Operand::from))));
        seen.extend(self.plans.map(|plans| (PLANS, plans.map(Operand::from))));
        seen.extend(self.disabled.map(|disabled| (DISABLED, Some(disabled.into()))));
        seen.extend(self.resets_second_factor.then(|| (kept_factor::HOLDS, Some(false.into()))));
        seen
    }

    /// One transaction takes an item once, so all that changes of the account is one update.
    fn writes(&self, old: &Staff) -> Vec<Write> {
        let name = &old.account.name;
        let seen = self.seen();
        let mut writes = Vec::new();
        if !seen.is_empty() {
            let row = Update::setting(keys::staff_row(name), seen.clone());
            writes.push(row.when(Condition::present()).into());
        }
        let mut all = seen;
        if self.resets_second_factor {
            all.extend(kept_factor::removed());
        }
        all.extend(self.password_hash.map(|hash| (PASSWORD_HASH, Some(hash.into()))));
        if all.is_empty() {
            return writes;
        }
        let mut account = Update::setting(keys::staff(name), all).when(Condition::present());
        if self.password_hash.is_some() {
            let unchanged = Condition::that("password_version = :was").with(":was", old.password_version);
            account = account.and("ADD password_version :i").with(":i", 1).when(unchanged);
        }
        writes.push(account.into());
        writes
    }

    /// The account as it is then.
    fn made_to(&self, account: &mut Staff) {
        let seen = &mut account.account;
        if let Some(display) = self.display {
            display.clone_into(&mut seen.display);
        }
        if let Some(roles) = self.roles {
            seen.roles = roles.to_vec();
        }
        if let Some(office) = self.office {
            seen.office = office.map(str::to_owned);
        }
        if let Some(unit) = self.unit {
            seen.unit = unit.map(str::to_owned);
        }
        if let Some(plans) = self.plans {
            seen.plans = plans.map(<[String]>::to_vec);
        }
        if let Some(disabled) = self.disabled {
            seen.disabled = disabled;
        }
        if self.resets_second_factor {
            (seen.second_factor, account.second_factor, account.pending_factor) = (false, None, None);
        }
        if let Some(hash) = self.password_hash {
            hash.clone_into(&mut account.password_hash);
            account.password_version += 1;
        }
    }
}

impl Store {
    /// Changes what is asked of an account: the account as it is then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::LastAdministrator`] where nobody would manage accounts any more.
    pub async fn change_staff(
        &self,
        actor: Actor<'_>,
        name: &str,
        what: StaffChange<'_>,
    ) -> Result<Account, StoreError> {
        self.change_account(actor, name, what, None).await
    }

    /// Changes the password of an account whose password was just asked for, if it is still that one. All sessions end but
    /// the one that asks.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::RevisionMismatch`] when it was changed meanwhile.
    pub async fn change_own_password(
        &self,
        actor: Actor<'_>,
        asked: &Staff,
        password_hash: &str,
        keeps: Option<&SessionToken>,
    ) -> Result<(), StoreError> {
        let what = StaffChange { password_hash: Some(password_hash), keeps, ..StaffChange::default() };
        self.change_account(actor, &asked.account.name, what, Some(asked.password_version)).await.map(drop)
    }

    async fn change_account(
        &self,
        actor: Actor<'_>,
        name: &str,
        what: StaffChange<'_>,
        only_version: Option<u64>,
    ) -> Result<Account, StoreError> {
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let mut account = self.staff(name).await?;
            let mut writes = what.writes(&account);
            if only_version.is_some_and(|version| version != account.password_version) {
                return Err(StoreError::RevisionMismatch);
            }
            if let (Some(token), Some(_)) = (what.keeps, what.password_hash) {
                writes.extend(self.lifted_session(token, &account).await?);
            }
            let was = account.account.administers();
            let lost = what.resets_second_factor && account.second_factor.is_some();
            what.made_to(&mut account);
            if was && !account.account.administers() && !self.has_administrator(Some(name)).await? {
                return Err(StoreError::LastAdministrator);
            }
            let mut detail = account.account.detail(what.password_hash.is_some());
            if let (true, Value::Object(members)) = (lost, &mut detail) {
                members.push(("second_factor_reset".to_owned(), Value::Bool(true)));
            }
            if change.commit("account_put", detail, writes).await? {
                return Ok(account.account);
            }
        }
    }
}
