//! A bundle of the office: giving records.

fn main() {
    app::browser::start(|| leptos::view! { <app::office::OfficePage rooms=app::office::rooms::RECORDS /> });
}
