//! A chart on the page: drawn anew when what it shows changes, and handed over as a file.

use frame::words::t;
use leptos::{html::Div, prelude::*};
use office_frame::download::download;
use text::simulation as words;

use crate::chart::Svg;

/// Keeps a place filled with a drawing.
pub(super) fn draw_into(place: NodeRef<Div>, drawing: impl Fn() -> Option<Svg> + 'static) {
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        place.set_text_content(None);
        if let Some(element) = drawing().and_then(|drawing| drawing.element()) {
            // Refused only where a node would hold itself.
            let _ = place.append_child(&element);
        }
    });
}

/// A chart that scrolls in itself where the window is narrow, and the button that hands it over as a file.
pub(super) fn chart(
    file: &'static str,
    label: impl Fn() -> String + Send + Sync + 'static,
    drawing: impl Fn() -> Option<Svg> + Clone + Send + Sync + 'static,
) -> AnyView {
    let place = NodeRef::<Div>::new();
    draw_into(place, drawing.clone());
    let save = move |_| {
        if let Some(drawing) = untrack(&drawing) {
            download(file, "image/svg+xml", &drawing.file());
        }
    };
    view! {
        <div class="chart scroll" tabindex="0" role="region" aria-label=label node_ref=place></div>
        <p class="no-print"><button type="button" class="svg" on:click=save>{t(words::EXPORT_SVG)}</button></p>
    }
    .into_any()
}
