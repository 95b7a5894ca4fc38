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
}

impl StaffChange<'_> {
    /// One transaction takes an item once, so roles and password of the account are one update.
    fn writes(&self, old: &Staff) -> Vec<Write> {
        let expression = match (self.roles, self.password_hash) {
            (None, None) => return Vec::new(),
            (Some(_), None) => "SET #roles = :roles",
            (None, Some(_)) => "SET password_hash = :hash ADD password_version :i",
            (Some(_), Some(_)) => "SET #roles = :roles, password_hash = :hash ADD password_version :i",
        };
        let mut account = Update::of(keys::staff(&old.name), expression).when(Condition::present());
        let mut writes = Vec::new();
        if let Some(hash) = self.password_hash {
            let unchanged = Condition::that("password_version = :was").with(":was", old.password_version);
            account = account.with(":hash", hash).with(":i", 1).when(unchanged);
        }
        if let Some(roles) = self.roles {
            account = account.meaning("#roles", "roles").with(":roles", roles);
            let row = Update::of(keys::staff_row(&old.name), "SET #roles = :roles")
                .meaning("#roles", "roles")
                .with(":roles", roles);
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
            password_version: 1,
        };
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            match self.staff(name).await {
                Ok(_) => return Err(StoreError::NameTaken),
                Err(StoreError::NotFound) => {}
                Err(error) => return Err(error),
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
            if change.commit("account_put", account.detail(what.password_hash.is_some()), writes).await? {
                return Ok(account);
            }
        }
    }

    /// An account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn staff(&self, name: &str) -> Result<Staff, StoreError> {
        if name.is_empty() || name.len() > LONGEST_ACCOUNT_NAME {
            return Err(StoreError::NotFound);
        }
        let item = self.database.get(Table::Main, &keys::staff(name)).await?.ok_or(StoreError::NotFound)?;
        Ok(Staff {
            name: item.text("account")?.to_owned(),
            roles: item.texts("roles")?,
            password_hash: item.text("password_hash")?.to_owned(),
            password_version: item.number("password_version")?,
        })
    }

    /// A page of the accounts' names and roles, by name.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_staff(&self, limit: usize, after: Option<&Cursor>) -> Result<Page<StaffRow>, StoreError> {
        let page = self.page(keys::STAFF_LIST, "", limit, after, false).await?;
        let row = |item: &Item| Ok(StaffRow { name: item.text("account")?.to_owned(), roles: item.texts("roles")? });
        Ok(Page { items: page.items.iter().map(row).collect::<Result<_, StoreError>>()?, next: page.next })
    }
}
