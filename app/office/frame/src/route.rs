//! Addresses below `/office/` and the pages that they name.
//!
//! Owns the mapping between the two. Refuses to know what a page shows and which area holds it.

/// A page of the office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// The list of plans.
    Plans,
    NewPlan,
    /// Accounts.
    Staff,
    /// One's own password.
    Password,
    /// One's own second factor.
    SecondFactor,
    /// A page of one plan.
    Plan(String, PlanPage),
    /// No page has this address.
    Nowhere,
}

/// A page of a plan; what stands behind it in the address is the page's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlanPage {
    /// Setting it up: the task list or one of its sections.
    Setup(Vec<String>),
    /// Codes and turnout.
    Codes,
    /// Who is asked, and how far each has come.
    Voters,
    /// What a hall sees on its screen while it votes.
    Hall,
    /// Opening, closing, publishing.
    Progress,
    /// Entries, incidents and other records.
    Records(Vec<String>),
    /// What was found of units, all year.
    Findings,
    /// When rounds open and close, and what is due until when.
    Calendar,
    /// What is being made better.
    Rectification,
    /// What outcomes ask for until it is done.
    Cases,
    /// What units say of themselves.
    Profiles(Vec<String>),
    /// What a unit sees of itself.
    OwnUnit,
    /// Ballots with their voters' names.
    NamedBallots,
    /// The papers that are handed out.
    Documents,
    /// The live ranking, and why a score is what it is.
    Ranking(Vec<String>),
    /// Simulation.
    Simulation(Vec<String>),
    /// What was done by whom.
    Audit,
}

impl Route {
    /// The route that a path names.
    pub fn of(path: &str) -> Route {
        let mut parts = path.split('/').filter(|part| !part.is_empty()).skip_while(|part| *part == "office");
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) | (Some("plans"), None, _) => Route::Plans,
            (Some("new"), None, _) => Route::NewPlan,
            (Some("staff"), None, _) => Route::Staff,
            (Some("password"), None, _) => Route::Password,
            (Some("second-factor"), None, _) => Route::SecondFactor,
            (Some("plans"), Some(id), page) => {
                let rest: Vec<String> = parts.map(str::to_owned).collect();
                let page = match (page, rest.is_empty()) {
                    (None | Some("setup"), _) => PlanPage::Setup(rest),
                    (Some("codes"), true) => PlanPage::Codes,
                    (Some("voters"), true) => PlanPage::Voters,
                    (Some("hall"), true) => PlanPage::Hall,
                    (Some("progress"), true) => PlanPage::Progress,
                    (Some("records"), _) => PlanPage::Records(rest),
                    (Some("findings"), true) => PlanPage::Findings,
                    (Some("calendar"), true) => PlanPage::Calendar,
                    (Some("rectification"), true) => PlanPage::Rectification,
                    (Some("cases"), true) => PlanPage::Cases,
                    (Some("profiles"), _) => PlanPage::Profiles(rest),
                    (Some("unit"), true) => PlanPage::OwnUnit,
                    (Some("named"), true) => PlanPage::NamedBallots,
                    (Some("documents"), true) => PlanPage::Documents,
                    (Some("ranking"), _) => PlanPage::Ranking(rest),
                    (Some("simulation"), _) => PlanPage::Simulation(rest),
                    (Some("audit"), true) => PlanPage::Audit,
                    _ => return Route::Nowhere,
                };
                Route::Plan(id.to_owned(), page)
            }
            _ => Route::Nowhere,
        }
    }
}

impl PlanPage {
    /// The tab of the plan under which it stands: the address of the tab's own page. None has the calendar.
    pub fn tab(&self) -> &'static str {
        match self {
            PlanPage::Setup(_) => "setup",
            PlanPage::Codes | PlanPage::Voters | PlanPage::Hall => "codes",
            PlanPage::Progress => "progress",
            PlanPage::Records(_) => "records",
            PlanPage::Findings => "findings",
            PlanPage::Calendar => "",
            PlanPage::Rectification | PlanPage::Cases | PlanPage::Profiles(_) => "rectification",
            PlanPage::OwnUnit => "unit",
            PlanPage::NamedBallots => "named",
            PlanPage::Documents => "documents",
            PlanPage::Ranking(_) => "ranking",
            PlanPage::Simulation(_) => "simulation",
            PlanPage::Audit => "audit",
        }
    }
}

/// The address of a plan's page: `plan_href("p1", "setup/units")`.
pub fn plan_href(plan: &str, page: &str) -> String {
    format!("/office/plans/{plan}/{page}")
}

#[cfg(test)]
mod tests {
    use super::{PlanPage, Route};

    #[test]
    fn an_address_names_its_page() {
        assert_eq!(Route::of("/"), Route::Plans);
        assert_eq!(Route::of("/office/"), Route::Plans);
        assert_eq!(Route::of("/office/new"), Route::NewPlan);
        let setup =
            |rest: &[&str]| Route::Plan("p1".into(), PlanPage::Setup(rest.iter().map(|part| (*part).into()).collect()));
        assert_eq!(Route::of("/office/plans/p1"), setup(&[]));
        assert_eq!(Route::of("/office/plans/p1/setup/components/0.1"), setup(&["components", "0.1"]));
        assert_eq!(Route::of("/office/plans/p1/codes"), Route::Plan("p1".into(), PlanPage::Codes));
    }

    #[test]
    fn an_address_of_nothing_is_nowhere() {
        assert_eq!(Route::of("/office/plans/p1/codes/x"), Route::Nowhere);
        assert_eq!(Route::of("/office/what"), Route::Nowhere);
    }
}
