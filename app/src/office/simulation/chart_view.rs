//! A chart on the page: drawn anew when what it shows changes, and handed over as a file.

use leptos::{html::Div, prelude::*};

use text::simulation as words;

use super::chart::Svg;
use crate::{office::download::download, words::t};

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

/// A button that hands a drawing over as a file.
pub(super) fn offer_drawing(name: &'static str, drawing: impl Fn() -> Option<Svg> + Copy + 'static) -> AnyView {
    let save = move |_| {
        if let Some(drawing) = untrack(drawing) {
            download(name, "image/svg+xml", &drawing.file());
        }
    };
    view! { <button type="button" on:click=save>{t(words::EXPORT_SVG)}</button> }.into_any()
}
