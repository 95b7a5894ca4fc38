//! The areas, each a module of its own that is loaded when it is first needed.

// The macro's code calls what the linker fills in.
#![allow(unsafe_code)]

use office_frame::{area::Area, area_pages::AreaPages, areas::Loading};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// What a function gives that stands in an area's module: its pages, or why the module is not here.
type Loaded = Result<&'static AreaPages, SplitLoaderError>;

macro_rules! area {
    ($area:ident, $pages:path) => {
        #[wasm_split($area, fallible)]
        fn $area() -> Loaded {
            Ok(&$pages)
        }
    };
}

area!(desk, ::desk::LIST);
area!(newplan, ::desk::NEW_PLAN);
area!(progress, ::progress::PAGES);
area!(setup, ::setup::PAGES);
area!(accounts, ::accounts::PAGES);
area!(voting, ::voting::PAGES);
area!(ranking, ::ranking::PAGES);
area!(records, ::records::PAGES);
area!(simulation, ::simulation::PAGES);
area!(followup, ::followup::PAGES);
area!(units, ::followup::UNITS);

/// Loads an area, unless it is here.
pub fn load(area: Area) -> Loading {
    Box::pin(async move {
        let pages = match area {
            Area::Desk => desk().await,
            Area::NewPlan => newplan().await,
            Area::Progress => progress().await,
            Area::Setup => setup().await,
            Area::Accounts => accounts().await,
            Area::Voting => voting().await,
            Area::Ranking => ranking().await,
            Area::Records => records().await,
            Area::Simulation => simulation().await,
            Area::FollowUp => followup().await,
            Area::Units => units().await,
        };
        pages.ok()
    })
}
