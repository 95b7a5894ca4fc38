//! How a plan stands, in words.

use frame::words::t;
use leptos::prelude::*;
use text::{Text, office as words};
use wire::plan::PlanState;

/// A state in words.
pub const fn state_text(state: PlanState) -> Text {
    match state {
        PlanState::Draft => words::STATE_DRAFT,
        PlanState::Open => words::STATE_OPEN,
        PlanState::Closing => words::STATE_CLOSING,
        PlanState::Closed => words::STATE_CLOSED,
        PlanState::Published => words::STATE_PUBLISHED,
    }
}

pub fn state_tag(state: PlanState) -> AnyView {
    let class = match state {
        PlanState::Draft => "tag",
        PlanState::Open => "tag info",
        PlanState::Closing | PlanState::Closed => "tag warn",
        PlanState::Published => "tag good",
    };
    view! { <span class=class>{t(state_text(state))}</span> }.into_any()
}
