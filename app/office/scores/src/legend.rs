//! Which colour is which component.

use frame::words::t;
use leptos::prelude::*;
use scoring::Plan;

use crate::score_bar::Segments;

/// Which colour is which component.
pub fn legend(plan: &Plan, segments: &Segments) -> AnyView {
    let entries: Vec<AnyView> = segments
        .legend(plan)
        .map(|(colour, name)| {
            view! { <li><span class=format!("swatch series-{}", colour + 1) aria-hidden="true"></span>{name.to_owned()}</li> }
                .into_any()
        })
        .collect();
    view! { <ul class="legend" aria-label=t(text::simulation::LEGEND)>{entries}</ul> }.into_any()
}
