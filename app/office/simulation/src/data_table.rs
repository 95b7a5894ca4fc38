//! Tables beside the charts, all drawn by one function: what a chart shows can be read and heard.

use frame::{
    drawing::{Drawing, Drawn, classed, el},
    words::{fill_in, t},
};
use leptos::prelude::*;
use text::Text;

/// The head of a column.
pub(super) enum Head {
    /// Words of ours, over words.
    Words(Text),
    /// Words of ours, over figures.
    Figures(Text),
    /// A name that somebody gave, over figures.
    Named(String),
}

/// A table of lines whose first cell names them. `label` names it to readers' voices, and it scrolls in
/// itself where it is wide.
pub(super) fn data_table(
    label: impl Fn() -> String + 'static,
    heads: Vec<Head>,
    lines: impl Fn() -> Vec<Vec<String>> + 'static,
) -> AnyView {
    let figures: Vec<bool> = heads.iter().map(|head| !matches!(head, Head::Words(_))).collect();
    let class = move |place: usize| if figures.get(place) == Some(&true) { "figure" } else { "" };
    let head = heads.into_iter().enumerate().fold(el("tr"), |row, (place, head)| {
        let cell = classed("th", class(place)).attr("scope", "col");
        row.add(match head {
            Head::Words(text) | Head::Figures(text) => cell.say(text),
            Head::Named(name) => cell.text(&name),
        })
    });
    let line = move |line: Vec<String>| -> Drawn {
        line.into_iter().enumerate().fold(el("tr"), |row, (place, words)| {
            let cell = if place == 0 { el("th").attr("scope", "row") } else { el("td") };
            row.add(cell.attr("class", class(place)).text(&words))
        })
    };
    let body = el("tbody").live_all(move || lines().into_iter().map(&line).collect());
    let region = classed("div", "scroll").attr("tabindex", "0").attr("role", "region");
    let region = region.live_attr("aria-label", move || Some(label()));
    let drawn = region.add(classed("table", "sheet").add(el("thead").add(head)).add(body));
    view! { <Drawing drawn /> }.into_any()
}

/// A table that stays folded, and empty, until it is asked for.
pub(super) fn folded(
    summary: impl Fn() -> String + Send + Sync + 'static,
    label: impl Fn() -> String + 'static,
    heads: Vec<Head>,
    lines: impl Fn() -> Vec<Vec<String>> + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let table = data_table(label, heads, move || if open.get() { lines() } else { Vec::new() });
    view! { <details on:toggle=move |_| open.update(|open| *open = !*open)><summary>{summary}</summary>{table}</details> }
        .into_any()
}

/// “Category: what”.
pub(super) fn labelled(category: String, what: Text) -> impl Fn() -> String + Clone + Send + Sync {
    move || fill_in("{0}: {1}", &[&category, &t(what)()])
}
