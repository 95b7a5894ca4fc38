//! Which pages stand in which bundle.
//!
//! The office is too large to load at once: setting a plan up, codes and ranking, giving records and
//! simulating are bundles of their own, everything else is one. A bundle holds what its [`Rooms`] name; a link to a page of
//! another bundle loads that page from the server. `app/page/office.js` chooses by the same addresses.

use leptos::prelude::*;

use super::{
    audit, codes,
    desk::Desk,
    new_plan,
    place::{Place, PlanPage},
    plan_list, progress, ranking, records, setup, sign_in, simulation, staff,
};

/// A bundle of the office.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bundle {
    /// Everything that is in no other.
    Office,
    /// Setting a plan up.
    Setup,
    /// Codes, turnout and the live ranking.
    Voting,
    /// Giving records.
    Records,
    /// Simulation.
    Simulation,
}

impl Bundle {
    /// The bundle that holds a place's page.
    #[must_use]
    pub fn of(place: &Place) -> Bundle {
        match place {
            Place::NewPlan | Place::Plan(_, PlanPage::Setup(_)) => Bundle::Setup,
            Place::Plan(_, PlanPage::Codes | PlanPage::Ranking(_)) => Bundle::Voting,
            Place::Plan(_, PlanPage::Records(_)) => Bundle::Records,
            Place::Plan(_, PlanPage::Simulation(_)) => Bundle::Simulation,
            _ => Bundle::Office,
        }
    }
}

/// The pages of one bundle. Functions and not components, so that a bundle holds no others.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// Which bundle it is.
    pub bundle: Bundle,
    /// Prepares the desk that a plan's pages share.
    pub on_desk: fn(Desk),
    /// A page of the plan on the desk.
    pub plan_page: fn(PlanPage) -> AnyView,
    /// A page of no plan; nothing where this bundle has none for it.
    pub page: fn(Place) -> Option<AnyView>,
}

/// Lists, accounts, progress, audit.
pub const OFFICE: Rooms =
    Rooms { bundle: Bundle::Office, on_desk: setup::provide_draft, plan_page: office_plan_page, page: office_page };

/// A new plan, and setting one up.
pub const SETUP: Rooms =
    Rooms { bundle: Bundle::Setup, on_desk: setup::provide_draft, plan_page: setup_page, page: setup_front };

/// Codes and the live ranking.
pub const VOTING: Rooms =
    Rooms { bundle: Bundle::Voting, on_desk: setup::provide_draft, plan_page: voting_page, page: |_| None };

/// Records.
pub const RECORDS: Rooms = Rooms { bundle: Bundle::Records, on_desk: |_| {}, plan_page: records_page, page: |_| None };

/// Simulation.
pub const SIMULATION: Rooms =
    Rooms { bundle: Bundle::Simulation, on_desk: |_| {}, plan_page: simulation_page, page: |_| None };

fn office_plan_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Progress => view! { <progress::ProgressPage /> }.into_any(),
        PlanPage::Audit => view! { <audit::AuditPage /> }.into_any(),
        _ => ().into_any(),
    }
}

fn voting_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Codes => view! { <codes::CodesPage /> }.into_any(),
        PlanPage::Ranking(rest) => view! { <ranking::RankingPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}

fn office_page(place: Place) -> Option<AnyView> {
    match place {
        Place::Plans => Some(view! { <plan_list::PlanListPage /> }.into_any()),
        Place::Staff => Some(view! { <staff::StaffPage /> }.into_any()),
        Place::Password => Some(view! { <sign_in::PasswordPage /> }.into_any()),
        Place::NewPlan | Place::Plan(..) | Place::Nowhere => None,
    }
}

fn setup_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Setup(rest) => view! { <setup::SetupPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}

fn setup_front(place: Place) -> Option<AnyView> {
    (place == Place::NewPlan).then(|| view! { <new_plan::NewPlanPage /> }.into_any())
}

fn records_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Records(rest) => view! { <records::RecordsPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}

fn simulation_page(page: PlanPage) -> AnyView {
    match page {
        PlanPage::Simulation(rest) => view! { <simulation::SimulationPage rest /> }.into_any(),
        _ => ().into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::Bundle;
    use crate::office::place::Place;

    #[test]
    fn every_address_is_in_one_bundle_and_the_script_agrees() {
        let script = include_str!("../../page/office.js");
        for (path, bundle, name) in [
            ("/office", Bundle::Office, "office"),
            ("/office/staff", Bundle::Office, "office"),
            ("/office/new", Bundle::Setup, "setup"),
            ("/office/plans/p1", Bundle::Setup, "setup"),
            ("/office/plans/p1/setup/units", Bundle::Setup, "setup"),
            ("/office/plans/p1/progress", Bundle::Office, "office"),
            ("/office/plans/p1/codes", Bundle::Voting, "voting"),
            ("/office/plans/p1/ranking/u1", Bundle::Voting, "voting"),
            ("/office/plans/p1/records/entries", Bundle::Records, "records"),
            ("/office/plans/p1/simulation", Bundle::Simulation, "simulation"),
        ] {
            assert_eq!(Bundle::of(&Place::of(path)), bundle, "{path}");
            assert!(script.contains(&format!("{{{{script:{name}}}}}")), "{name}");
        }
    }
}
