//! What an area gives to the office's frame: the pages that it holds.
//!
//! The frame knows no page. The package of an area names its own.

use leptos::prelude::*;

use crate::{
    plan_context::PlanContext,
    route::{PlanPage, Route},
};

/// The pages of one area.
pub struct AreaPages {
    /// Prepares what the area's pages of an open plan share, as long as one stays in the area.
    pub on_plan: fn(PlanContext),
    /// A page of the open plan; nothing where this area has none for it.
    pub plan_page: fn(PlanPage) -> AnyView,
    /// A page of no plan; nothing where this area has none for it.
    pub page: fn(Route) -> Option<AnyView>,
}
