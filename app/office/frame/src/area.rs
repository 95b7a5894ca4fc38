//! Which pages stand in which area.
//!
//! The office is too large to load at once. An area is loaded when one of its pages is first needed, and stays. A draft
//! that pages share lives as long as one stays in their area. `app/page/office.js` chooses by the same addresses.

use crate::route::{PlanPage, Route};

/// An area of the office.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Area {
    /// The list of plans.
    Desk,
    /// A new plan.
    NewPlan,
    /// A plan's life from opening to publishing, and the audit trail.
    Progress,
    /// Setting a plan up.
    Setup,
    /// Accounts, passwords and second factors.
    Accounts,
    /// The list of voters, codes and turnout.
    Voting,
    /// The live ranking.
    Ranking,
    /// Giving records.
    Records,
    /// Simulation.
    Simulation,
    /// Findings, rectification, documents and the calendar.
    FollowUp,
    /// Cases, profiles, a unit's own page and named ballots.
    Units,
}

impl Area {
    /// How many there are.
    pub(crate) const COUNT: usize = Area::Units as usize + 1;

    /// The area that holds a route's page.
    #[must_use]
    pub fn of(route: &Route) -> Area {
        match route {
            Route::Plans | Route::Nowhere => Area::Desk,
            Route::NewPlan => Area::NewPlan,
            Route::Staff | Route::Password | Route::SecondFactor => Area::Accounts,
            Route::Plan(_, page) => Area::of_plan_page(page),
        }
    }

    /// The area that holds a page of a plan.
    #[must_use]
    pub fn of_plan_page(page: &PlanPage) -> Area {
        match page {
            PlanPage::Progress | PlanPage::Audit => Area::Progress,
            PlanPage::Setup(_) => Area::Setup,
            PlanPage::Codes | PlanPage::Voters | PlanPage::Hall => Area::Voting,
            PlanPage::Ranking(_) => Area::Ranking,
            PlanPage::Records(_) => Area::Records,
            PlanPage::Simulation(_) => Area::Simulation,
            PlanPage::Findings | PlanPage::Rectification | PlanPage::Documents | PlanPage::Calendar => Area::FollowUp,
            PlanPage::Cases | PlanPage::Profiles(_) | PlanPage::OwnUnit | PlanPage::NamedBallots => Area::Units,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Area;
    use crate::route::Route;

    #[test]
    fn every_address_is_in_one_area_and_the_script_agrees() {
        let script = include_str!("../../../page/office.js");
        for (path, area, name) in [
            ("/office", Area::Desk, "areas[page] || {{area:desk}}"),
            ("/office/new", Area::NewPlan, "new: {{area:newplan}}"),
            ("/office/staff", Area::Accounts, "staff: accounts"),
            ("/office/password", Area::Accounts, "password: accounts"),
            ("/office/second-factor", Area::Accounts, "\"second-factor\": accounts"),
            ("/office/plans/p1", Area::Setup, "setup: {{area:setup}}"),
            ("/office/plans/p1/setup/units", Area::Setup, "setup: {{area:setup}}"),
            ("/office/plans/p1/progress", Area::Progress, "progress: progress"),
            ("/office/plans/p1/audit", Area::Progress, "audit: progress"),
            ("/office/plans/p1/codes", Area::Voting, "codes: voting"),
            ("/office/plans/p1/voters", Area::Voting, "voters: voting"),
            ("/office/plans/p1/hall", Area::Voting, "hall: voting"),
            ("/office/plans/p1/ranking/u1", Area::Ranking, "ranking: {{area:ranking}}"),
            ("/office/plans/p1/records/entries", Area::Records, "records: {{area:records}}"),
            ("/office/plans/p1/simulation", Area::Simulation, "simulation: {{area:simulation}}"),
            ("/office/plans/p1/findings", Area::FollowUp, "findings: followUp"),
            ("/office/plans/p1/rectification", Area::FollowUp, "rectification: followUp"),
            ("/office/plans/p1/cases", Area::Units, "cases: units"),
            ("/office/plans/p1/profiles/u1", Area::Units, "profiles: units"),
            ("/office/plans/p1/unit", Area::Units, "unit: units"),
            ("/office/plans/p1/named", Area::Units, "named: units"),
            ("/office/plans/p1/documents", Area::FollowUp, "documents: followUp"),
            ("/office/plans/p1/calendar", Area::FollowUp, "calendar: followUp"),
        ] {
            assert_eq!(Area::of(&Route::of(path)), area, "{path}");
            assert!(script.contains(name), "{name}");
        }
    }
}
