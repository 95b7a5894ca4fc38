//! Changing one's own password.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    inputs::value_of,
    server,
    words::t,
};
use leptos::{ev::SubmitEvent, html::Input, prelude::*};
use office_frame::{Office, asking};
use text::{office as words, second_factor};
use wire::{
    ErrorCode,
    staff::{PASSWORD_LENGTH, PasswordRequest},
};

/// Changing one's own password.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let office = expect_context::<Office>();
    office.title(words::PASSWORD);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let done = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let (current, new, again) = (NodeRef::<Input>::new(), NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = PasswordRequest { current: value_of(current), new: value_of(new) };
        let mut found = Vec::new();
        if request.current.is_empty() {
            found.push(Fault::at("current", words::SECRET_EMPTY));
        }
        if !secret_fits(&request.new) {
            found.push(Fault::at("new", words::SECRET_SHORT));
        } else if request.new != value_of(again) {
            found.push(Fault::at("again", words::SECRET_DIFFERS));
        }
        done.set(false);
        faults.set(found);
        if !faults.read_untracked().is_empty() {
            return;
        }
        asking::run(busy, async move {
            match server::put::<()>("/api/session/password", &request, None).await {
                Ok(_) => done.set(true),
                Err(refusal) if refusal.code() == Some(ErrorCode::BadCredentials) => {
                    faults.set(vec![Fault::at("current", words::SECRET_WRONG)]);
                }
                Err(refusal) => {
                    if refusal.code() == Some(ErrorCode::NotSignedIn) {
                        asking::ended().set(true);
                    }
                    faults.set(vec![Fault::at("new", refusal.phrase())]);
                }
            }
        });
    };
    let name = office.session.get_untracked().map(|session| session.name).unwrap_or_default();
    let field = move |id: &'static str, label, hint: Option<text::Text>, node: NodeRef<Input>, kind: &'static str| {
        view! {
            <div class="field">
                <label for=id>{t(label)}</label>
                {hint.map(|hint| view! { <p class="hint">{t(hint)}</p> })}
                <FieldError faults field=id />
                <input id=id node_ref=node type="password" autocomplete=kind aria-describedby=format!("{id}-error") />
            </div>
        }
        .into_any()
    };
    view! {
        <div class="narrow stack">
            <ErrorSummary faults />
            <h1 id="title" tabindex="-1">{t(words::PASSWORD)}</h1>
            <p role="status">{move || done.get().then(|| view! { <span class="note good block">{t(words::SECRET_CHANGED)}</span> })}</p>
            <form class="stack panel" novalidate on:submit=submit>
                <input type="text" autocomplete="username" hidden value=name />
                {field("current", words::SECRET_NOW, None, current, "current-password")}
                {field("new", words::SECRET_NEW, Some(words::SECRET_NEW_HINT), new, "new-password")}
                {field("again", words::SECRET_AGAIN, None, again, "new-password")}
                <p><button class="primary" type="submit" aria-disabled=move || busy.get().to_string()>{t(words::SAVE_SECRET)}</button></p>
            </form>
            <p><a href="/office/second-factor">{t(second_factor::TITLE)}</a></p>
        </div>
    }
}

/// Whether a new password has the right length.
pub fn secret_fits(secret: &str) -> bool {
    PASSWORD_LENGTH.contains(&secret.chars().count())
}
