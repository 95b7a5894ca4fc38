//! A bundle of the office: codes, turnout and the live ranking.

fn main() {
    app::browser::start(|| leptos::view! { <app::office::OfficePage rooms=app::office::rooms::VOTING /> });
}
