//! Files that were given, as downloads.

use frame::{
    drawing::{Drawing, Drawn, classed, el},
    words::fill,
};
use leptos::prelude::*;
use text::evidence as words;

/// A link for each file, numbered; nothing where there is none. `address` is where files of the plan are read.
#[must_use]
pub fn file_links(address: &str, files: &[String]) -> Option<AnyView> {
    (!files.is_empty()).then(|| view! { <Drawing drawn=links(address, files) /> }.into_any())
}

fn links(address: &str, files: &[String]) -> Drawn {
    let link = |(place, file): (usize, &String)| {
        let link = el("a").attr("href", &format!("{address}/{file}")).attr("download", "");
        link.live(move || fill(words::FILE, &[&(place + 1)]))
    };
    classed("span", "row tight-row").all(files.iter().enumerate().map(link))
}
