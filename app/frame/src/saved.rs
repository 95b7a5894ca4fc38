//! What a browser keeps for us: small texts under names, for this tab or for longer.
//!
//! A browser may refuse (private windows, a full disk): then nothing is kept and nothing breaks.

use leptos::prelude::window;
use web_sys::Storage;

/// How long something is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// While the tab is open, over reloads.
    Tab,
    /// Until it is removed.
    Longer,
}

fn storage(kept: For) -> Option<Storage> {
    match kept {
        For::Tab => window().session_storage(),
        For::Longer => window().local_storage(),
    }
    .ok()
    .flatten()
}

/// All names under which something is kept.
pub fn names(kept: For) -> Vec<String> {
    let Some(storage) = storage(kept) else { return Vec::new() };
    (0..storage.length().unwrap_or(0)).filter_map(|place| storage.key(place).ok().flatten()).collect()
}

/// What is kept under a name.
pub fn read(kept: For, name: &str) -> Option<String> {
    storage(kept)?.get_item(name).ok().flatten()
}

/// Keeps a text under a name.
pub fn write(kept: For, name: &str, text: &str) {
    if let Some(storage) = storage(kept) {
        // A browser that keeps nothing is no reason to stop.
        let _ = storage.set_item(name, text);
    }
}

/// Forgets a name.
pub fn remove(kept: For, name: &str) {
    if let Some(storage) = storage(kept) {
        // As above.
        let _ = storage.remove_item(name);
    }
}
