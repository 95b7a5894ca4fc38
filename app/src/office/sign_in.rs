//! Signing in, out, and changing one's own password.

use leptos::{ev::SubmitEvent, html::Input, prelude::*};
use text::office as words;
use wire::{
    ErrorCode,
    staff::{PasswordRequest, Session, SignIn},
};

use super::{Office, asking};
use crate::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server,
    words::t,
};

/// Fewest and most characters of a password.
const SECRET_LENGTH: std::ops::RangeInclusive<usize> = 10..=200;

/// The sign-in form. Afterwards one is where one was.
#[component]
pub fn SignInPage(
    /// The session ended under a page that waits behind this one.
    expired: bool,
) -> impl IntoView {
    let office = expect_context::<Office>();
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let (name, secret) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let known = office.session.get_untracked().map(|session| session.name).unwrap_or_default();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = SignIn { name: value_of(name).trim().to_owned(), password: value_of(secret) };
        let mut found = Vec::new();
        if request.name.is_empty() {
            found.push(Fault::at("name", words::NAME_EMPTY));
        }
        if request.password.is_empty() {
            found.push(Fault::at("secret", words::SECRET_EMPTY));
        }
        faults.set(found);
        if !faults.read_untracked().is_empty() {
            return;
        }
        asking::run(busy, async move {
            let answer = match server::post::<()>("/api/session", &request).await {
                Ok(_) => server::get::<Session>("/api/session").await,
                Err(refusal) => Err(refusal),
            };
            match answer {
                Ok(answer) => {
                    office.session.set(Some(answer.body));
                    asking::ended().set(false);
                }
                Err(refusal) => faults.set(vec![Fault::at("secret", refusal.phrase())]),
            }
        });
    };
    view! {
        <div class="narrow stack">
            <ErrorSummary faults />
            <h1 id="title" tabindex="-1">{t(words::SIGN_IN)}</h1>
            {if expired {
                view! { <p class="note warn" role="status">{t(words::EXPIRED)}</p> }.into_any()
            } else {
                view! { <p class="soft">{t(words::SIGN_IN_NOTE)}</p> }.into_any()
            }}
            <form class="stack panel" novalidate on:submit=submit>
                <div class="field">
                    <label for="name">{t(words::NAME)}</label>
                    <FieldError faults field="name" />
                    <input id="name" node_ref=name type="text" autocomplete="username" autocapitalize="off" spellcheck="false" value=known aria-describedby="name-error" />
                </div>
                <div class="field">
                    <label for="secret">{t(words::SECRET)}</label>
                    <FieldError faults field="secret" />
                    <input id="secret" node_ref=secret type="password" autocomplete="current-password" aria-describedby="secret-error" />
                </div>
                <p><button class="primary" type="submit" aria-disabled=move || busy.get().to_string()>{t(words::SIGN_IN)}</button></p>
            </form>
        </div>
    }
}

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
        </div>
    }
}

/// Whether a new password has the right length.
pub fn secret_fits(secret: &str) -> bool {
    SECRET_LENGTH.contains(&secret.chars().count())
}

/// What stands in an input now.
pub fn value_of(input: NodeRef<Input>) -> String {
    input.get_untracked().map(|input| input.value()).unwrap_or_default()
}
