//! Accounts of staff. Passwords come as hashes; what makes a good hash is the API's concern.

use scoring::json::Value;

use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Item, Table, Write, keys};
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
    fn writes(&self) -> Vec<Write> {
        let row = Item::at(keys::staff_row(&self.name)).with_text("account", self.name.as_str());
        let item = Item::at(keys::staff(&self.name))
            .with_text("account", self.name.as_str())
            .with_texts("roles", &self.roles)
            .with_text("password_hash", self.password_hash.as_str())
            .with_number("password_version", self.password_version);
        vec![Write::put(item), Write::put(row.with_texts("roles", &self.roles))]
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
    /// [`StoreError::NameTaken`], [`StoreError::TooLarge`].
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
            if change.commit("account_created", account.detail(true), account.writes()).await? {
                return Ok(());
            }
        }
    }

    /// Changes an account's roles, its password's hash, or both. A new hash ends the account's sessions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn put_staff(&self, actor: Actor<'_>, account: &Staff) -> Result<(), StoreError> {
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let old = self.staff(&account.name).await?;
            let password_changed = old.password_hash != account.password_hash;
            let new = Staff { password_version: old.password_version + u64::from(password_changed), ..account.clone() };
            if change.commit("account_put", new.detail(password_changed), new.writes()).await? {
                return Ok(());
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
