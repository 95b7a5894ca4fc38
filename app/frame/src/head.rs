//! The head of every page: whose system this is, and the three switches for reading.

use leptos::prelude::*;
use text::{Lang, shell};

use crate::{
    browser,
    drawing::{Drawing, Drawn, button, classed, el, said},
    setting::{self, Theme},
    words::lang,
};

/// The head in an office's page. `children` stand between the name and the switches.
#[component]
pub fn Head(#[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <Drawing drawn=skip() />
        <header class="head">
            <Drawing drawn=brand() />
            {children.map(|children| children())}
            <Drawing drawn=switches() />
        </header>
    }
}

/// The head by itself.
#[must_use]
pub fn head() -> Vec<Drawn> {
    vec![skip(), classed("header", "head").add(brand()).add(switches())]
}

fn skip() -> Drawn {
    classed("a", "skip").attr("href", "#main").say(shell::SKIP).on("click", |event| {
        event.prevent_default();
        browser::focus("main");
    })
}

fn brand() -> Drawn {
    let seal = classed("span", "seal").attr("aria-hidden", "true").text("评");
    classed("p", "brand").add(seal).add(said("span", shell::NAME))
}

/// Language, theme and size.
fn switches() -> Drawn {
    let speaking = lang();
    let theme = RwSignal::new(setting::saved_theme());
    let large = RwSignal::new(setting::saved_large());
    let other = move || match speaking.get() {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let theme_name = move || match theme.get() {
        Theme::Auto => shell::THEME_AUTO,
        Theme::Light => shell::THEME_LIGHT,
        Theme::Dark => shell::THEME_DARK,
    };
    let language = classed("button", "switch")
        .attr("type", "button")
        .live_attr("lang", move || Some(other().tag().to_owned()))
        .live(move || if speaking.get() == Lang::Zh { "English" } else { "中文" }.to_owned())
        .on("click", move |_| speaking.set(untrack(other)));
    let appearance = classed("button", "switch")
        .attr("type", "button")
        .add(said("span", shell::THEME).attr("class", "sr"))
        .live(move || theme_name().in_(speaking.get()).to_owned())
        .on("click", move |_| {
            theme.update(|theme| *theme = theme.next());
            setting::set_theme(theme.get_untracked());
        });
    let size = button(shell::LARGE, move |_| {
        large.update(|large| *large = !*large);
        setting::set_large(large.get_untracked());
    })
    .attr("class", "switch")
    .live_attr("aria-pressed", move || Some(large.get().to_string()));
    el("div")
        .attr("class", "switches")
        .attr("role", "group")
        .live_attr("aria-label", move || Some(shell::SETTINGS.in_(speaking.get()).to_owned()))
        .add(language)
        .add(appearance)
        .add(size)
}
