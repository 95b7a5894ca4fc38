//! The head of every page: whose system this is, and the three switches for reading. And its foot.

use leptos::prelude::*;
use text::{Lang, shell};

use crate::{
    setting,
    words::{lang, t},
};

/// The head. `children` stand between the name and the switches: an office's navigation, say.
#[component]
pub fn Head(#[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <a class="skip" href="#main" on:click=|event| {
            event.prevent_default();
            crate::browser::focus("main");
        }>{t(shell::SKIP)}</a>
        <header class="head">
            <p class="brand"><span class="seal" aria-hidden="true">"评"</span><span>{t(shell::NAME)}</span></p>
            {children.map(|children| children())}
            <Switches />
        </header>
    }
}

/// Language, theme and size.
#[component]
fn Switches() -> impl IntoView {
    let speaking = lang();
    let theme = RwSignal::new(setting::saved_theme());
    let large = RwSignal::new(setting::saved_large());
    let other = move || match speaking.get() {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let theme_name = move || match theme.get() {
        setting::Theme::Auto => t(shell::THEME_AUTO)(),
        setting::Theme::Light => t(shell::THEME_LIGHT)(),
        setting::Theme::Dark => t(shell::THEME_DARK)(),
    };
    view! {
        <div class="switches" role="group" aria-label=t(shell::SETTINGS)>
            <button type="button" class="switch" lang=move || other().tag() on:click=move |_| speaking.set(other())>
                {move || match speaking.get() { Lang::Zh => "English", Lang::En => "中文" }}
            </button>
            <button type="button" class="switch" on:click=move |_| {
                theme.update(|theme| *theme = theme.next());
                setting::set_theme(theme.get_untracked());
            }><span class="sr">{t(shell::THEME)}</span>{theme_name}</button>
            <button type="button" class="switch" aria-pressed=move || large.get().to_string() on:click=move |_| {
                large.update(|large| *large = !*large);
                setting::set_large(large.get_untracked());
            }>{t(shell::LARGE)}</button>
        </div>
    }
}
