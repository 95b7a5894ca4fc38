//! Staff: sessions, accounts and roles.

use std::ops::RangeInclusive;

use document::{document, open_ended, words};
use scoring::names::{is_hidden, is_plain};

/// Characters of a password: short ones are guessed, and a hash of a very long one is work for nothing.
pub const PASSWORD_LENGTH: RangeInclusive<usize> = 10..=200;

/// Characters of an account's name: it stands in lists, in the audit chain and in a header of the page. An address of mail,
/// which a provider may know somebody by, fits.
pub const NAME_LENGTH: RangeInclusive<usize> = 1..=64;

/// Whether a text can be an account's name: letters and figures of any script, and `.`, `·`, `_`, `-`, `@`.
#[must_use]
pub fn is_name(text: &str) -> bool {
    // `.` and `..` mean something else in an address.
    NAME_LENGTH.contains(&text.chars().count())
        && text.chars().any(is_letter)
        && text.chars().all(|sign| is_letter(sign) || matches!(sign, '.' | '·' | '_' | '-' | '@'))
}

/// Letters and figures, but not those that are others in another shape: `ℂ`, `①`, `𝐚`.
fn is_letter(sign: char) -> bool {
    let shapes = matches!(sign, '\u{2100}'..='\u{218f}' | '\u{2460}'..='\u{24ff}' | '\u{1d400}'..='\u{1d7ff}');
    sign.is_alphanumeric() && !shapes && !is_hidden(sign)
}

/// Most characters of the words that an account is shown with, and of the office it enters for.
pub const LONGEST_DISPLAY: usize = 60;

/// Most plans that an account is kept to.
pub const MOST_PLANS: usize = 100;

/// Whether a text can be shown as a person's or an office's: short, and nothing in it that cannot be seen.
#[must_use]
pub fn is_display(text: &str) -> bool {
    text.chars().count() <= LONGEST_DISPLAY && is_plain(text)
}

words! {
    /// What an account may do. An account may have several roles; what no role gives is refused.
    pub enum Role {
        /// The accounts of others, and nothing of any appraisal but what it is about.
        Admin = "admin",
        /// Writes plans, issues codes, opens and closes.
        Planner = "planner",
        /// Gives records: entries, incidents, paper tallies and so on; of one office only, where the account names it.
        Office = "office",
        /// Publishes.
        Publisher = "publisher",
        /// Reads named ballots after closing, each of them in the audit trail.
        Inspector = "inspector",
        /// Reads everything that staff may read but named ballots, changes nothing.
        Auditor = "auditor",
        /// A unit that is appraised: its own items of rectification and its profile, and what is public.
        Unit = "unit",
    }
}

document! {
    /// `POST /api/session`.
    #[derive(Eq)]
    pub struct SignIn {
        /// The account's name.
        pub name: String,
        pub password: String,
        /// A one-time code or a recovery code, for an account with a second factor.
        pub code: Option<String>,
    }
}

document! {
    /// `GET /api/session/ways`.
    #[derive(Eq, Debug)]
    pub struct SignInWays {
        /// What the identity provider is called that one can sign in through; null: there is none.
        pub openid: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/session`.
    #[derive(Eq, Debug)]
    pub struct Session {
        /// The account's name.
        pub name: String,
        /// What it is shown as.
        pub display: String = default,
        pub roles: Vec<Role>,
        /// The office whose components and rules it enters; null: all of them.
        pub office: Option<String> = null,
        /// The unit that an account of the role `unit` stands for, by its name; null: none.
        pub unit: Option<String> = null,
        /// The plans that it is kept to, by id; null: all of them.
        pub plans: Option<Vec<String>> = null,
        /// Whether it signs in with a second factor.
        pub second_factor: bool = default,
        /// Whether it must set up a second factor before it may do anything else.
        pub must_set_second_factor: bool = default,
        /// The address people use, which QR links follow; absent: that of the page.
        pub public_url: Option<String>,
    }
    shape: open_ended;
}

document! {
    #[derive(Eq, Debug)]
    pub struct Account {
        pub name: String,
        /// What it is shown as.
        pub display: String = default,
        pub roles: Vec<Role>,
        /// The office whose components and rules it enters; null: all of them.
        pub office: Option<String> = null,
        /// The unit that an account of the role `unit` stands for, by its name; null: none.
        pub unit: Option<String> = null,
        /// The plans that it is kept to, by id; null: all of them.
        pub plans: Option<Vec<String>> = null,
        /// Whether it may not sign in.
        pub disabled: bool = default,
        /// Whether it signs in with a second factor; left out where it does not.
        pub second_factor: bool = omitted,
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
        /// What it is shown as, up to 60 characters; absent: its name.
        pub display: Option<String>,
        /// At least one.
        pub roles: Vec<Role>,
        /// The office whose components and rules it enters, as the plans name it; absent: all of them.
        pub office: Option<String>,
        /// The unit that it stands for, by its name; the role `unit` needs it.
        pub unit: Option<String>,
        /// The plans that it is kept to, by id; absent: all of them.
        pub plans: Option<Vec<String>>,
        /// Whether it may not sign in yet.
        pub disabled: Option<bool>,
    }
}

document! {
    /// `PUT /api/staff/{name}` (admin): what changes; the rest stays.
    #[derive(Eq)]
    pub struct StaffChange {
        /// A new password.
        pub password: Option<String>,
        /// What it is shown as from now on.
        pub display: Option<String>,
        /// The roles from now on.
        pub roles: Option<Vec<Role>>,
        /// The office whose components and rules it enters from now on; null: all of them.
        pub office: Option<Option<String>> as Option<String> = change,
        /// The unit that it stands for from now on; null: none.
        pub unit: Option<Option<String>> as Option<String> = change,
        /// The plans that it is kept to from now on; null: all of them.
        pub plans: Option<Option<Vec<String>>> as Option<Vec<String>> = change,
        /// Whether it may no longer sign in.
        pub disabled: Option<bool>,
    }
}
