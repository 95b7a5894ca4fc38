//! A bundle of the office: lists, accounts, progress, audit.

fn main() {
    app::browser::start(|| leptos::view! { <app::office::OfficePage rooms=app::office::rooms::OFFICE /> });
}
