//! The areas, all within the program: for quick builds.

use office_frame::{area::Area, areas::Loading};

/// An area, which is here.
pub fn load(area: Area) -> Loading {
    let pages = match area {
        Area::Desk => &desk::LIST,
        Area::NewPlan => &desk::NEW_PLAN,
        Area::Progress => &progress::PAGES,
        Area::Setup => &setup::PAGES,
        Area::Accounts => &accounts::PAGES,
        Area::Voting => &voting::PAGES,
        Area::Ranking => &ranking::PAGES,
        Area::Records => &records::PAGES,
        Area::Simulation => &simulation::PAGES,
        Area::FollowUp => &followup::PAGES,
        Area::Units => &followup::UNITS,
    };
    Box::pin(async move { Some(pages) })
}
