//! What a bundle gives to the office's frame: the pages that it holds.
//!
//! The frame knows no page. A bundle's `main.rs` names its own, so that the bundle holds no others.

use leptos::prelude::*;

use crate::{
    bundle::Bundle,
    plan_context::PlanContext,
    route::{PlanPage, Route},
};

/// The pages of one bundle; a context.
#[derive(Clone, Copy)]
pub struct BundlePages {
    pub bundle: Bundle,
    /// Prepares what the pages of an open plan share.
    pub on_plan: fn(PlanContext),
    /// A page of the open plan.
    pub plan_page: fn(PlanPage) -> AnyView,
    /// A page of no plan; nothing where this bundle has none for it.
    pub page: fn(Route) -> Option<AnyView>,
}
