//! A tablet that a hall shares: after a ballot the next person, and nothing of the last one.
//!
//! Owns what tells such a tablet (`?kiosk` in its address, and from then on its tab) and how long it waits for whoever
//! walked away. Refuses to own the pages: it only says when to begin again.

use std::time::Duration;

use frame::{
    browser,
    drawing::{Drawn, classed, said},
    saved::{self, For},
};
use leptos::prelude::*;
use text::ballot as words;

use crate::limits::{KIOSK_LOOKS, KIOSK_QUIET, KIOSK_WARNED};

const NAME: &str = "pingyi-kiosk";

/// Whether this tab is a shared tablet's.
pub fn is_on() -> bool {
    let asked = window().location().search().is_ok_and(|search| is_asked(&search));
    if asked {
        saved::write(For::Tab, NAME, "1");
    }
    asked || saved::read(For::Tab, NAME).is_some()
}

fn is_asked(search: &str) -> bool {
    search.trim_start_matches('?').split('&').any(|part| part == "kiosk" || part.starts_with("kiosk="))
}

/// Begins again, by `next`, when nobody has touched the page for a while and there `is_something` to leave behind. Gives
/// the words that warn of it; a touch anywhere takes them back.
pub fn watch(is_something: impl Fn() -> bool + 'static, next: impl Fn() + 'static) -> Drawn {
    let touched = StoredValue::new(browser::now());
    let warns = RwSignal::new(false);
    for event in ["pointerdown", "keydown", "input", "scroll"] {
        window_event_listener(leptos::ev::Custom::<web_sys::Event>::new(event), move |_| {
            touched.set_value(browser::now());
            if warns.get_untracked() {
                warns.set(false);
            }
        });
    }
    set_interval(
        move || {
            let quiet = if is_something() { browser::now().saturating_sub(touched.get_value()) } else { 0 };
            if quiet >= KIOSK_QUIET + KIOSK_WARNED {
                touched.set_value(browser::now());
                warns.set(false);
                next();
            } else if (quiet >= KIOSK_QUIET) != warns.get_untracked() {
                warns.set(!warns.get_untracked());
            }
        },
        Duration::from_secs(KIOSK_LOOKS),
    );
    // In place before there are words in it, so that readers' voices say them.
    classed("div", "kiosk").attr("role", "alert").live_all(move || {
        let warning = warns.get().then(|| said("p", words::KIOSK_QUIET).attr("class", "note warn"));
        warning.into_iter().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::is_asked;

    #[test]
    fn a_tablet_is_told_by_its_address() {
        for search in ["?kiosk", "?a=b&kiosk", "?kiosk=1", "?kiosk="] {
            assert!(is_asked(search), "{search}");
        }
        for search in ["", "?", "?kiosks", "?a=kiosk"] {
            assert!(!is_asked(search), "{search}");
        }
    }
}
