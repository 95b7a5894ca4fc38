//! What every page of the office can reach: who is signed in, where one is, what the window is called.

use frame::{browser, words::t};
use leptos::prelude::*;
use text::{Text, office as words};
use wire::{
    plan::PlanState,
    staff::{Role, Session},
};

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

    /// Whether whoever is signed in has a role.
    pub fn is(self, role: Role) -> bool {
        self.session.read_untracked().as_ref().is_some_and(|session| session.roles.contains(&role))
    }

    /// The one office that they enter for; `None`: for all.
    pub fn kept_to(self) -> Option<String> {
        self.session.read_untracked().as_ref().and_then(|session| session.office.clone())
    }

    /// Whether they read all records and results, as the server lets them.
    pub fn reads_all(self) -> bool {
        let of_all_offices = self.is(Role::Office) && self.kept_to().is_none();
        of_all_offices || self.is(Role::Planner) || self.is(Role::Publisher) || self.is(Role::Auditor)
    }

    /// Whether they read records at all, those of their office at least.
    pub fn reads_records(self) -> bool {
        self.reads_all() || self.is(Role::Office)
    }

    /// The page of a plan that they work on first.
    pub fn first_page(self, state: PlanState) -> &'static str {
        match state {
            PlanState::Draft => "setup",
            _ if self.reads_all() => "progress",
            _ if self.reads_records() => "records",
            _ if self.is(Role::Unit) => "unit",
            _ if self.is(Role::Inspector) => "named",
            _ => "setup",
        }
    }
}
