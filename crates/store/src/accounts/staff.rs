//! Accounts of staff. Passwords come as hashes; what makes a good hash is the API's concern.
//!
//! An account is never written as a whole after it was made: a change says what changes and touches nothing else, so
//! nobody's change brings back what another took away.

use scoring::json::Value;

use super::look_alike::look_alike;
use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Condition, Item, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page};
use crate::limits::LONGEST_ACCOUNT_NAME;
use crate::store::Store;

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub roles: Vec<String>,
    /// The hash of its password.
    pub password_hash: String,
    /// Whether it may sign in at all.
    pub disabled: bool,
    /// How often the password was changed: a session of an older one has ended.
    pub(crate) password_version: u64,
}

/// What changes of an account; `None` stays as it is.
#[derive(Clone, Copy, Default)]
pub struct StaffChange<'a> {
    /// What it may do.
    pub roles: Option<&'a [String]>,
    /// The hash of its password. A new one ends the account's sessions.
    pub password_hash: Option<&'a str>,
    /// Whether it may no longer sign in. Its sessions rest meanwhile.
    pub disabled: Option<bool>,
}

impl StaffChange<'_> {
    /// One transaction takes an item once, so roles and password of the account are one update.
    fn writes(&self, old: &Staff) -> Vec<Write> {
        let sets = [
            self.roles.map(|_| "#roles = :roles"),
            self.password_hash.map(|_| "password_hash = :hash"),
            self.disabled.map(|_| "disabled = :disabled"),
        ];
        let sets: Vec<&str> = sets.into_iter().flatten().collect();
        if sets.is_empty() {
            return Vec::new();
        }
        let counted = if self.password_hash.is_some() { " ADD password_version :i" } else { "" };
        let expression = format!("SET {}{counted}", sets.join(", "));
        let mut account = Update::of(keys::staff(&old.name), expression).when(Condition::present());
        let mut row_sets = Vec::new();
        if let Some(hash) = self.password_hash {
            let unchanged = Condition::that("password_version = :was").with(":was", old.password_version);
            account = account.with(":hash", hash).with(":i", 1).when(unchanged);
        }
        if let Some(roles) = self.roles {
            account = account.meaning("#roles", "roles").with(":roles", roles);
            row_sets.push("#roles = :roles");
        }
        if let Some(disabled) = self.disabled {
            account = account.with(":disabled", disabled);
            row_sets.push("disabled = :disabled");
        }
        let mut writes = Vec::new();
        if !row_sets.is_empty() {
            let mut row = Update::of(keys::staff_row(&old.name), format!("SET {}", row_sets.join(", ")));
            if let Some(roles) = self.roles {
                row = row.meaning("#roles", "roles").with(":roles", roles);
            }
            if let Some(disabled) = self.disabled {
                row = row.with(":disabled", disabled);
            }
            writes.push(row.when(Condition::present()).into());
        }
        writes.push(account.into());
        writes
    }
}

/// An account in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub roles: Vec<String>,
    /// Whether it may sign in at all.
    pub disabled: bool,
}

/// Without the hash.
impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staff").field("name", &self.name).field("roles", &self.roles).finish_non_exhaustive()
    }
}

impl Staff {
    /// Changes with each password, so that what was counted or begun under one does not hold for the next.
    pub fn password_version(&self) -> u64 {
        self.password_version
    }

    fn first_writes(&self) -> Vec<Write> {
        let row = Item::at(keys::staff_row(&self.name)).with_text("account", self.name.as_str());
        let item = Item::at(keys::staff(&self.name))
            .with_text("account", self.name.as_str())
            .with_texts("roles", &self.roles)
            .with_text("password_hash", self.password_hash.as_str())
            .with_number("password_version", self.password_version);
        vec![Write::put_new(item), Write::put(row.with_texts("roles", &self.roles))]
    }

    fn detail(&self, password_changed: bool) -> Value {
        Value::Object(vec![
            ("name".to_owned(), Value::Text(self.name.clone())),
            ("roles".to_owned(), Value::List(self.roles.iter().cloned().map(Value::Text).collect())),
            ("password_changed".to_owned(), Value::Bool(password_changed)),
            ("disabled".to_owned(), Value::Bool(self.disabled)),
        ])
    }
}

impl Store {
    /// Makes an account.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] also where a name looks alike, [`StoreError::TooLarge`].
    pub async fn create_staff(
        &self,
        actor: Actor<'_>,
        name: &str,
        roles: &[String],
        password_hash: &str,
    ) -> Result<(), StoreError> {
        if name.is_empty() || name.len() > LONGEST_ACCOUNT_NAME {
            return Err(StoreError::TooLarge);
        }
        let account = Staff {
            name: name.to_owned(),
            roles: roles.to_vec(),
            password_hash: password_hash.to_owned(),
            disabled: false,
            password_version: 1,
        };
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            // Also where it was removed: what the audit says of a name is always of one person.
            if self.database.get(Table::Main, &keys::staff(name)).await?.is_some() {
                return Err(StoreError::NameTaken);
            }
            // A row without an account is what is left of one that was taken out by hand to be made anew.
            for row in self.database.query_all(Table::Main, keys::STAFF_LIST, "").await? {
                let known = row.text("account")?;
                if known != name && look_alike(known, name) {
                    return Err(StoreError::NameTaken);
                }
            }
            if change.commit("account_created", account.detail(true), account.first_writes()).await? {
                return Ok(());
            }
        }
    }

    /// Changes an account's roles, its password, or both: the account as it is then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn change_staff(&self, actor: Actor<'_>, name: &str, what: StaffChange<'_>) -> Result<Staff, StoreError> {
        self.change_account(actor, name, what, None).await
    }

    /// Changes the password of an account whose password was just asked for, if it is still that one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::RevisionMismatch`] when it was changed meanwhile.
    pub async fn change_own_password(
        &self,
        actor: Actor<'_>,
        asked: &Staff,
        password_hash: &str,
    ) -> Result<(), StoreError> {
        let what = StaffChange { password_hash: Some(password_hash), ..StaffChange::default() };
        self.change_account(actor, &asked.name, what, Some(asked.password_version)).await.map(drop)
    }

    async fn change_account(
        &self,
        actor: Actor<'_>,
        name: &str,
        what: StaffChange<'_>,
        only_version: Option<u64>,
    ) -> Result<Staff, StoreError> {
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let mut account = self.staff(name).await?;
            let writes = what.writes(&account);
            if only_version.is_some_and(|version| version != account.password_version) {
                return Err(StoreError::RevisionMismatch);
            }
            if let Some(roles) = what.roles {
                account.roles = roles.to_vec();
            }
            if let Some(hash) = what.password_hash {
                account.password_hash = hash.to_owned();
                account.password_version += 1;
            }
            if let Some(disabled) = what.disabled {
                account.disabled = disabled;
            }
            if change.commit("account_put", account.detail(what.password_hash.is_some()), writes).await? {
                return Ok(account);
            }
        }
    }

    /// Removes an account: it signs in no more, its sessions end, and its name is never given again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also where it was removed before.
    pub async fn remove_staff(&self, actor: Actor<'_>, name: &str) -> Result<(), StoreError> {
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let account = self.staff(name).await?;
            let removed = |key| Update::of(key, "SET removed = :yes").with(":yes", true).when(Condition::present());
            let writes = vec![removed(keys::staff(name)).into(), removed(keys::staff_row(name)).into()];
            let detail = Value::Object(vec![("name".to_owned(), Value::Text(account.name))]);
            if change.commit("account_removed", detail, writes).await? {
                return Ok(());
            }
        }
    }

    /// An account that was not removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn staff(&self, name: &str) -> Result<Staff, StoreError> {
        if name.is_empty() || name.len() > LONGEST_ACCOUNT_NAME {
            return Err(StoreError::NotFound);
        }
        let item = self.database.get(Table::Main, &keys::staff(name)).await?.ok_or(StoreError::NotFound)?;
        if item.flag("removed")? {
            return Err(StoreError::NotFound);
        }
        Ok(Staff {
            name: item.text("account")?.to_owned(),
            roles: item.texts("roles")?,
            password_hash: item.text("password_hash")?.to_owned(),
            disabled: item.flag("disabled")?,
            password_version: item.number("password_version")?,
        })
    }

    /// A page of the accounts, by name. Removed ones are left out, so it may be shorter than asked for.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_staff(&self, limit: usize, after: Option<&Cursor>) -> Result<Page<StaffRow>, StoreError> {
        let page = self.page(keys::STAFF_LIST, "", limit, after, false).await?;
        let mut items = Vec::with_capacity(page.items.len());
        for item in &page.items {
            if !item.flag("removed")? {
                let (name, roles) = (item.text("account")?.to_owned(), item.texts("roles")?);
                items.push(StaffRow { name, roles, disabled: item.flag("disabled")? });
            }
        }
        Ok(Page { items, next: page.next })
    }
}
