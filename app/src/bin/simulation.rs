//! A bundle of the office: simulation.

fn main() {
    app::browser::start(|| leptos::view! { <app::office::OfficePage rooms=app::office::rooms::SIMULATION /> });
}
