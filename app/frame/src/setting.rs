//! What a person chose for reading: language, light or dark, and the larger 长辈版.
//!
//! The choices stand as attributes on the root element, where the style sheet's middle level reads
//! them. `app/page/settings.js` sets them from the same names before the first paint.

use leptos::prelude::*;
use text::Lang;

use crate::saved::{self, For};

const LANG: &str = "pingyi-lang";
const THEME: &str = "pingyi-theme";
const SIZE: &str = "pingyi-size";

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// As the device is set.
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    const fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The next one in the order in which the switch goes round.
    pub const fn next(self) -> Theme {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }
}

pub fn saved_theme() -> Theme {
    match saved::read(For::Longer, THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    }
}

/// Shows and saves a theme.
pub fn set_theme(theme: Theme) {
    set_root("data-theme", theme.name());
    saved::write(For::Longer, THEME, theme.name());
}

/// Whether the 长辈版 was chosen.
pub fn saved_large() -> bool {
    saved::read(For::Longer, SIZE).as_deref() == Some("large")
}

/// Shows and saves the 长辈版 or the usual sizes.
pub fn set_large(large: bool) {
    let name = if large { "large" } else { "usual" };
    set_root("data-size", name);
    saved::write(For::Longer, SIZE, name);
}

/// The saved language; Chinese without one.
pub fn saved_lang() -> Lang {
    Lang::named(&saved::read(For::Longer, LANG).unwrap_or_default())
}

/// Saves the language whenever it changes, and names it on the root element for readers' voices.
pub fn follow_lang(lang: RwSignal<Lang>) {
    Effect::new(move |before: Option<Lang>| {
        let now = lang.get();
        set_root("lang", now.tag());
        if before.is_some_and(|before| before != now) {
            saved::write(For::Longer, LANG, now.tag());
        }
        now
    });
}

fn set_root(attribute: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Fails only for a name that is no attribute name.
        let _ = root.set_attribute(attribute, value);
    }
}
