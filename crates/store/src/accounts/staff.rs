//! Accounts of staff. Passwords come as hashes; what makes a good hash is the API's concern.
//!
//! An account is never written as a whole after it was made: a change says what changes and touches nothing else, so
//! nobody's change brings back what another took away.

use scoring::json::Value;
use scoring::look_alike::look_alike;
use wire::staff::Role;

use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Attribute, Condition, Item, Key, Operand, Table, Update, Write, keys};
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
}

/// An account with its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Who it is and what it may do.
    pub account: Account,
    pub password_hash: String,
    /// How often the password was changed: a session of an older one has ended.
    pub(crate) password_version: u64,
}

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

/// What the words of roles mean: the second table of rights, in which an administrator has no appraisal's rights and a
/// planner neither records nor publishes. Accounts of the first have no such attribute.
const ROLES_OF_TODAY: u64 = 2;

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
        })
    }

    fn at(&self, key: Key) -> Item {
        let item = Item::at(key)
            .with_text("account", self.name.as_str())
            .with_text("display", self.display.as_str())
            .with_texts("roles", &self.roles)
            .with_number("meaning", ROLES_OF_TODAY)
            .with_optional_text("office", self.office.as_deref())
            .with_optional_text("unit", self.unit.as_deref());
        match &self.plans {
            Some(plans) => item.with_texts("plans", plans),
            None => item,
        }
    }

    fn detail(&self, password_changed: bool) -> Value {
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
        if let Some(hash) = self.password_hash {
            hash.clone_into(&mut account.password_hash);
            account.password_version += 1;
        }
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
            let writes = what.writes(&account);
            if only_version.is_some_and(|version| version != account.password_version) {
                return Err(StoreError::RevisionMismatch);
            }
            let was = account.account.administers();
            what.made_to(&mut account);
            if was && !account.account.administers() && !self.has_administrator(Some(name)).await? {
                return Err(StoreError::LastAdministrator);
            }
            let detail = account.account.detail(what.password_hash.is_some());
            if change.commit("account_put", detail, writes).await? {
                return Ok(account.account);
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
