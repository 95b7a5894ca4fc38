//! Which pages stand in which bundle.
//!
//! The office is too large to load at once: setting a plan up, voters and codes, the ranking, giving records,
//! simulating and what follows are bundles of their own, everything else is one. A link to a page of another bundle loads that page
//! from the server. `app/page/office.js` chooses by the same addresses.

use crate::route::{PlanPage, Route};

/// A bundle of the office.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bundle {
    /// Everything that is in no other.
    Office,
    /// Setting a plan up.
    Setup,
    /// The list of voters, codes and turnout; accounts, passwords and second factors.
    Voting,
    /// The live ranking.
    Ranking,
    /// Giving records.
    Records,
    /// Simulation.
    Simulation,
    /// Findings, rectification and documents.
    FollowUp,
}

impl Bundle {
    /// The bundle that holds a route's page.
    #[must_use]
    pub fn of(route: &Route) -> Bundle {
        match route {
            Route::Plan(_, PlanPage::Setup(_)) => Bundle::Setup,
            // Accounts stand beside the second factor, and that beside the other page that draws QR codes.
            Route::Plan(_, PlanPage::Codes | PlanPage::Voters)
            | Route::Staff
            | Route::Password
            | Route::SecondFactor => Bundle::Voting,
            Route::Plan(_, PlanPage::Ranking(_)) => Bundle::Ranking,
            Route::Plan(_, PlanPage::Records(_)) => Bundle::Records,
            Route::Plan(_, PlanPage::Simulation(_)) => Bundle::Simulation,
            Route::Plan(_, PlanPage::Findings | PlanPage::Rectification | PlanPage::Documents | PlanPage::Calendar) => {
                Bundle::FollowUp
            }
            _ => Bundle::Office,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bundle;
    use crate::route::Route;

    #[test]
    fn every_address_is_in_one_bundle_and_the_script_agrees() {
        let script = include_str!("../../../page/office.js");
        for (path, bundle, name) in [
            ("/office", Bundle::Office, "office"),
            ("/office/staff", Bundle::Voting, "voting"),
            ("/office/password", Bundle::Voting, "voting"),
            ("/office/new", Bundle::Office, "office"),
            ("/office/second-factor", Bundle::Voting, "voting"),
            ("/office/plans/p1", Bundle::Setup, "setup"),
            ("/office/plans/p1/setup/units", Bundle::Setup, "setup"),
            ("/office/plans/p1/progress", Bundle::Office, "office"),
            ("/office/plans/p1/codes", Bundle::Voting, "voting"),
            ("/office/plans/p1/voters", Bundle::Voting, "voting"),
            ("/office/plans/p1/ranking/u1", Bundle::Ranking, "ranking"),
            ("/office/plans/p1/records/entries", Bundle::Records, "records"),
            ("/office/plans/p1/simulation", Bundle::Simulation, "simulation"),
            ("/office/plans/p1/findings", Bundle::FollowUp, "followup"),
            ("/office/plans/p1/rectification", Bundle::FollowUp, "followup"),
            ("/office/plans/p1/documents", Bundle::FollowUp, "followup"),
            ("/office/plans/p1/calendar", Bundle::FollowUp, "followup"),
        ] {
            assert_eq!(Bundle::of(&Route::of(path)), bundle, "{path}");
            assert!(script.contains(&format!("{{{{script:{name}}}}}")), "{name}");
        }
    }
}
