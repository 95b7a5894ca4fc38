//! What every page of the office can reach: who is signed in, where one is, what the window is called.

use frame::{browser, words::t};
use leptos::prelude::*;
use text::{Text, office as words};
use wire::staff::{Role, Session};

use crate::router::Router;

/// What every page of the office can reach: a context, and a handle.
#[derive(Clone, Copy)]
pub struct Office {
    /// Who is signed in.
    pub session: RwSignal<Option<Session>>,
    /// Where one is.
    pub router: Router,
}

impl Office {
    /// Calls the window after a page, in whatever language is current.
    pub fn title(self, page: Text) {
        self.titled(move || t(page)().to_owned());
    }

    /// Calls the window after what a page is about.
    pub fn titled(self, page: impl Fn() -> String + 'static) {
        Effect::new(move |_| browser::set_title(&format!("{} - {}", page(), t(words::TITLE)())));
    }

    /// Goes to an address of the office.
    pub fn go(self, address: &str) {
        self.router.go(address);
    }

    /// Whether whoever is signed in has a role (an administrator has them all).
    pub fn is(self, role: Role) -> bool {
        self.session
            .read_untracked()
            .as_ref()
            .is_some_and(|session| session.roles.iter().any(|has| *has == role || *has == Role::Admin))
    }

    /// Whether they may give records.
    pub fn may_record(self) -> bool {
        self.is(Role::Office) || self.is(Role::Planner) || self.is(Role::Auditor)
    }
}
