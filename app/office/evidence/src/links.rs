//! Files that were given, as downloads.

use frame::words::fill;
use leptos::prelude::*;
use text::evidence as words;

/// A link for each file, numbered; nothing where there is none. `address` is where files of the plan are read.
#[must_use]
pub fn file_links(address: &str, files: &[String]) -> Option<AnyView> {
    let link = |(place, file): (usize, &String)| {
        let path = format!("{address}/{file}");
        view! { <a href=path download>{move || fill(words::FILE, &[&(place + 1)])}</a> }.into_any()
    };
    let links: Vec<AnyView> = files.iter().enumerate().map(link).collect();
    (!links.is_empty()).then(|| view! { <span class="row tight-row">{links}</span> }.into_any())
}
