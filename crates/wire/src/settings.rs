//! Settings: what an administrator says once for the whole installation.

use document::{document, open_ended, words};

use crate::staff::Role;

words! {
    /// Who signs in with a second factor.
    pub enum SecondFactorRule {
        /// Whoever wants to.
        Optional = "optional",
        /// Every account with the role `admin`, and whoever wants to.
        Admin = "admin",
        /// Every account.
        All = "all",
    }
}

impl SecondFactorRule {
    /// Whether an account with these roles must have one.
    #[must_use]
    pub fn binds(self, roles: &[Role]) -> bool {
        match self {
            SecondFactorRule::Optional => false,
            SecondFactorRule::Admin => roles.contains(&Role::Admin),
            SecondFactorRule::All => true,
        }
    }
}

document! {
    /// `GET /api/settings` (admin, auditor).
    #[derive(Eq, Debug)]
    pub struct Settings {
        /// Who must sign in with a second factor.
        pub second_factor: SecondFactorRule,
    }
    shape: open_ended;
}

document! {
    /// `PUT /api/settings` (admin): what changes; the rest stays.
    #[derive(Eq, Debug)]
    pub struct SettingsChange {
        /// Who must sign in with a second factor from now on. An account that must and has none may only set one up.
        pub second_factor: Option<SecondFactorRule>,
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, SecondFactorRule};

    #[test]
    fn a_rule_binds_administrators_or_everybody() {
        let bound =
            |rule: SecondFactorRule| [&[Role::Admin, Role::Office][..], &[Role::Office], &[]].map(|r| rule.binds(r));
        assert_eq!(bound(SecondFactorRule::Optional), [false, false, false]);
        assert_eq!(bound(SecondFactorRule::Admin), [true, false, false]);
        assert_eq!(bound(SecondFactorRule::All), [true, true, true]);
    }
}
