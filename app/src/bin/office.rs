//! The bundle of planners and offices.

fn main() {
    app::browser::start(|| leptos::view! { <app::office::OfficePage /> });
}
