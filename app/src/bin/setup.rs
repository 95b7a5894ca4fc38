//! A bundle of the office: setting a plan up.

fn main() {
    app::browser::start(|| leptos::view! { <app::office::OfficePage rooms=app::office::rooms::SETUP /> });
}
