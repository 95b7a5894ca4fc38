//! Accounts of staff: made, read and removed. Passwords come as hashes; what makes a good hash is the API's concern.

use scoring::json::Value;
use scoring::look_alike::look_alike;
use wire::staff::Role;

use super::kept_factor::SecondFactor;
use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Condition, Item, Key, Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, Cursor, Page};
use crate::limits::LONGEST_ACCOUNT_NAME;
use crate::store::Store;

/// What others see of an account: who it is and what it may do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    pub name: String,
    /// What it is shown as; empty: its name.
    pub display: String,
    /// What it may do.
    pub roles: Vec<String>,
    /// The office that it enters for; `None`: for all.
    pub office: Option<String>,
    /// The unit that it stands for, by its name; `None`: none.
    pub unit: Option<String>,
    /// The plans that it is kept to, by id; `None`: all.
    pub plans: Option<Vec<String>>,
    /// Whether it may not sign in.
    pub disabled: bool,
    /// Whether it signs in with a second factor.
    pub second_factor: bool,
}

/// An account with what it signs in with.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Who it is and what it may do.
    pub account: Account,
    pub password_hash: String,
    /// How often the password was changed, or a second factor was set: a session of an older one has ended.
    pub(crate) password_version: u64,
    /// The second factor that holds.
    pub second_factor: Option<SecondFactor>,
    /// The secret of one that was begun, until a first code confirms it.
    pub pending_factor: Option<Vec<u8>>,
}

/// What the words of roles mean: the second table of rights, in which an administrator has no appraisal's rights and a
/// planner neither records nor publishes. Accounts of the first have no such attribute.
pub(super) const ROLES_OF_TODAY: u64 = 2;

/// The roles of an account of the first table, where `admin` was everything and a planner recorded and published.
fn roles_of_the_first_table(roles: &[String]) -> Vec<String> {
    let has = |role: Role| roles.iter().any(|own| own == role.as_str());
    let (admin, planner) = (has(Role::Admin), has(Role::Planner));
    let today = [
        (Role::Admin, admin),
        (Role::Planner, admin || planner),
        (Role::Office, admin || planner || has(Role::Office)),
        (Role::Publisher, admin || planner),
        (Role::Inspector, admin),
        (Role::Auditor, admin || has(Role::Auditor)),
    ];
    today.into_iter().filter(|(_, given)| *given).map(|(role, _)| role.as_str().to_owned()).collect()
}

impl Account {
    /// Whether it manages accounts now.
    pub fn administers(&self) -> bool {
        !self.disabled && self.roles.iter().any(|role| role == Role::Admin.as_str())
    }

    /// Both of an account's items hold what others see of it.
    fn read(item: &Item) -> Result<Account, StoreError> {
        let roles = item.texts("roles")?;
        Ok(Account {
            name: item.text("account")?.to_owned(),
            display: item.optional_text("display")?.unwrap_or_default(),
            roles: if item.has("meaning") { roles } else { roles_of_the_first_table(&roles) },
            office: item.optional_text("office")?,
            unit: item.optional_text("unit")?,
            plans: item.optional_texts("plans")?,
            disabled: item.flag("disabled")?,
            second_factor: item.flag("second_factor")?,
        })
    }

    fn at(&self, key: Key) -> Item {
        let item = Item::at(key)
            .with_text("account", self.name.as_str())
            .with_text("display", self.display.as_str())
            .with_texts("roles", &self.roles)
            .with_number("meaning", ROLES_OF_TODAY)
            .with_optional_text("office", self.office.as_deref())
            .with_optional_text("unit", self.unit.as_deref())
            .with_flag("disabled", self.disabled);
        match &self.plans {
            Some(plans) => item.with_texts("plans", plans),
            None => item,
        }
    }

    pub(super) fn detail(&self, password_changed: bool) -> Value {
        let texts = |texts: &[String]| Value::List(texts.iter().cloned().map(Value::Text).collect());
        let mut members = vec![
            ("name".to_owned(), Value::Text(self.name.clone())),
            ("roles".to_owned(), texts(&self.roles)),
            ("password_changed".to_owned(), Value::Bool(password_changed)),
            ("disabled".to_owned(), Value::Bool(self.disabled)),
        ];
        let display = (!self.display.is_empty()).then(|| Value::Text(self.display.clone()));
        let office = self.office.clone().map(Value::Text);
        let unit = self.unit.clone().map(Value::Text);
        let plans = self.plans.as_deref().map(texts);
        for (name, value) in [("display", display), ("office", office), ("unit", unit), ("plans", plans)] {
            members.extend(value.map(|value| (name.to_owned(), value)));
        }
        Value::Object(members)
    }
}

/// Without the hash.
impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staff").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Staff {
    /// Changes with each password, so that what was counted or begun under one does not hold for the next.
    pub fn password_version(&self) -> u64 {
        self.password_version
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
        account: &Account,
        password_hash: &str,
    ) -> Result<(), StoreError> {
        let name = account.name.as_str();
        if name.is_empty() || name.len() > LONGEST_ACCOUNT_NAME {
            return Err(StoreError::TooLarge);
        }
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
            let item = account.at(keys::staff(name));
            let item = item.with_text("password_hash", password_hash).with_number("password_version", 1);
            let writes = vec![Write::put_new(item), Write::put(account.at(keys::staff_row(name)))];
            if change.commit("account_created", account.detail(true), writes).await? {
                return Ok(());
            }
        }
    }

    /// Removes an account: it signs in no more, its sessions end, and its name is never given again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also where it was removed before; [`StoreError::LastAdministrator`].
    pub async fn remove_staff(&self, actor: Actor<'_>, name: &str) -> Result<(), StoreError> {
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let account = self.staff(name).await?;
            if account.account.administers() && !self.has_administrator(Some(name)).await? {
                return Err(StoreError::LastAdministrator);
            }
            let removed = |key| Update::of(key, "SET removed = :yes").with(":yes", true).when(Condition::present());
            let writes = vec![removed(keys::staff(name)).into(), removed(keys::staff_row(name)).into()];
            let detail = Value::Object(vec![("name".to_owned(), Value::Text(account.account.name))]);
            if change.commit("account_removed", detail, writes).await? {
                return Ok(());
            }
        }
    }

    /// Whether somebody manages accounts, one account left out. Every change of an account takes the next place of the
    /// one chain, so of two changes that each leave the other to do it one sees the other.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn has_administrator(&self, without: Option<&str>) -> Result<bool, StoreError> {
        for row in self.database.query_all(Table::Main, keys::STAFF_LIST, "").await? {
            let account = Account::read(&row)?;
            if without != Some(account.name.as_str()) && !row.flag("removed")? && account.administers() {
                return Ok(true);
            }
        }
        Ok(false)
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
            account: Account::read(&item)?,
            password_hash: item.text("password_hash")?.to_owned(),
            password_version: item.number("password_version")?,
            second_factor: SecondFactor::read(&item)?,
            pending_factor: SecondFactor::pending(&item, self.now())?,
        })
    }

    /// A page of the accounts, by name. Removed ones are left out, so it may be shorter than asked for.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_staff(&self, limit: usize, after: Option<&Cursor>) -> Result<Page<Account>, StoreError> {
        let page = self.page(keys::STAFF_LIST, "", limit, after, false).await?;
        let mut items = Vec::with_capacity(page.items.len());
        for item in &page.items {
            if !item.flag("removed")? {
                items.push(Account::read(item)?);
            }
        }
        Ok(Page { items, next: page.next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As an account was written when `admin` was everything.
    fn of_the_first_table(roles: &[&str]) -> Item {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        Item::at(keys::staff("li")).with_text("account", "li").with_texts("roles", &roles)
    }

    #[test]
    fn an_account_of_the_first_table_may_what_it_could_before() {
        let roles = |roles: &[&str]| Account::read(&of_the_first_table(roles)).unwrap().roles;
        assert_eq!(roles(&["admin"]), ["admin", "planner", "office", "publisher", "inspector", "auditor"]);
        assert_eq!(roles(&["planner"]), ["planner", "office", "publisher"]);
        assert_eq!(roles(&["office"]), ["office"]);
        assert_eq!(roles(&["auditor"]), ["auditor"]);
        // Written anew, the words mean what they mean today.
        let account = Account { roles: vec!["admin".to_owned()], name: "li".to_owned(), ..Account::default() };
        assert_eq!(Account::read(&account.at(keys::staff("li"))).unwrap(), account);
    }
}
