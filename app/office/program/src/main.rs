//! The office's program: the frame, and the areas in it.
//!
//! Owns which package holds an area. `cargo xtask build` cuts the program at `areas`.

#[cfg_attr(feature = "split", path = "areas_apart.rs")]
mod areas;

use frame::browser;
use leptos::prelude::*;
use office_frame::office_page::OfficePage;

fn main() {
    browser::start(|| view! { <OfficePage load=areas::load /> });
}
