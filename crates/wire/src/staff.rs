//! Staff: sessions, accounts and roles.

use std::ops::RangeInclusive;

use document::{document, open_ended, words};

/// Characters of a password: short ones are guessed, and a hash of a very long one is work for nothing.
pub const PASSWORD_LENGTH: RangeInclusive<usize> = 10..=200;

/// Characters of an account's name: it stands in lists, in the audit chain and in a header of the page.
pub const NAME_LENGTH: RangeInclusive<usize> = 1..=32;

/// Whether a text can be an account's name: letters and figures of any script, and `.`, `·`, `_`, `-`.
#[must_use]
pub fn is_name(text: &str) -> bool {
    NAME_LENGTH.contains(&text.chars().count())
        && text.chars().all(|sign| is_letter(sign) || matches!(sign, '.' | '·' | '_' | '-'))
}

/// Letters and figures, but not those that are others in another shape: `ℂ`, `①`, `𝐚`.
fn is_letter(sign: char) -> bool {
    let shapes = matches!(sign, '\u{2100}'..='\u{218f}' | '\u{2460}'..='\u{24ff}' | '\u{1d400}'..='\u{1d7ff}');
    sign.is_alphanumeric() && !shapes
}

words! {
    /// What an account may do. An account may have several roles.
    pub enum Role {
        /// Everything, and the accounts of others.
        Admin = "admin",
        /// Writes plans, issues codes, opens, closes and publishes.
        Planner = "planner",
        /// Gives records: entries, incidents, paper tallies and so on.
        Office = "office",
        /// Reads everything that staff may read, changes nothing.
        Auditor = "auditor",
    }
}

document! {
    /// `POST /api/session`.
    #[derive(Eq)]
    pub struct SignIn {
        /// The account's name.
        pub name: String,
        /// Its password.
        pub password: String,
    }
}

document! {
    /// `GET /api/session`.
    #[derive(Eq, Debug)]
    pub struct Session {
        /// The account's name.
        pub name: String,
        /// Its roles.
        pub roles: Vec<Role>,
        /// The address people use, which QR links follow; absent: that of the page.
        pub public_url: Option<String>,
    }
    shape: open_ended;
}

document! {
    /// One account.
    #[derive(Eq, Debug)]
    pub struct Account {
        /// Its name.
        pub name: String,
        /// Its roles.
        pub roles: Vec<Role>,
        /// Whether it may not sign in; absent: it may.
        pub disabled: bool = omitted,
    }
    shape: open_ended;
}

document! {
    /// `PUT /api/session/password`: one's own.
    #[derive(Eq)]
    pub struct PasswordRequest {
        /// The one that holds now.
        pub current: String,
        /// The one that shall hold: 10 to 200 characters.
        pub new: String,
    }
}

document! {
    /// `GET /api/staff` (admin).
    #[derive(Eq, Debug)]
    pub struct StaffList {
        /// One page of accounts, by name.
        pub staff: Vec<Account>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/staff` (admin): a new account.
    #[derive(Eq)]
    pub struct StaffRequest {
        /// 1 to 32 characters: letters, digits, Chinese characters, `.`, `·`, `_` or `-`. It must not look like another
        /// account's name.
        pub name: String,
        /// 10 to 200 characters.
        pub password: String,
        /// At least one.
        pub roles: Vec<Role>,
    }
}

document! {
    /// `PUT /api/staff/{name}` (admin): other roles, a new password, whether it may sign in.
    #[derive(Eq)]
    pub struct StaffChange {
        /// A new password.
        pub password: Option<String>,
        /// The roles from now on.
        pub roles: Option<Vec<Role>>,
        /// Whether it may no longer sign in.
        pub disabled: Option<bool>,
    }
}
