//! Signing in: name and password, and then a one-time code where the account has a second factor; or through the identity
//! provider, where there is one.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault, FieldError},
    inputs::value_of,
    server,
    words::{fill, t},
};
use leptos::{
    ev::{self, SubmitEvent},
    html::Input,
    prelude::*,
    task::spawn_local,
};
use text::{office as words, second_factor, sign_in};
use wire::{
    ErrorCode,
    staff::{Session, SignIn, SignInWays},
};

use crate::{asking, office_context::Office};

/// The sign-in form. Afterwards one is where one was.
#[component]
pub fn SignInPage(
    /// The session ended under a page that waits behind this one.
    expired: bool,
) -> impl IntoView {
    let office = expect_context::<Office>();
    let faults = RwSignal::new(Vec::<Fault>::new());
    // Whether the password was right and a code is wanted.
    let second = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let (name, secret, code) = (NodeRef::<Input>::new(), NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let known = office.session.get_untracked().map(|session| session.name).unwrap_or_default();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = SignIn {
            name: value_of(name).trim().to_owned(),
            password: value_of(secret),
            code: second.get_untracked().then(|| value_of(code)),
        };
        let mut found = Vec::new();
        if request.name.is_empty() {
            found.push(Fault::at("name", words::NAME_EMPTY));
        }
        if request.password.is_empty() {
            found.push(Fault::at("secret", words::SECRET_EMPTY));
        }
        if request.code.as_deref() == Some("") {
            found.push(Fault::at("code", second_factor::CODE_EMPTY));
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
                Err(refusal) if refusal.code() == Some(ErrorCode::OneTimeCodeRequired) => {
                    second.set(true);
                    browser::focus_soon("code");
                }
                Err(refusal) => {
                    // Another password may hold by now.
                    if refusal.code() == Some(ErrorCode::BadCredentials) {
                        second.set(false);
                    }
                    let at = if second.get_untracked() { "code" } else { "secret" };
                    faults.set(vec![Fault::at(at, refusal.phrase())]);
                }
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
                <div class="stack" hidden=move || second.get()>
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
                </div>
                <div class="field" hidden=move || !second.get()>
                    <label for="code">{t(second_factor::CODE)}</label>
                    <p class="hint">{t(second_factor::CODE_HINT)}</p>
                    <FieldError faults field="code" />
                    <input id="code" node_ref=code type="text" inputmode="numeric" autocomplete="one-time-code" aria-describedby="code-error" />
                </div>
                <p><button class="primary" type="submit" aria-disabled=move || busy.get().to_string()>{t(words::SIGN_IN)}</button></p>
            </form>
            <Through expired />
        </div>
    }
}

/// The way through the identity provider. Where a page waits behind this one it opens in a tab of its own, and the page
/// goes on when one comes back from there.
#[component]
fn Through(expired: bool) -> impl IntoView {
    let office = expect_context::<Office>();
    let provider = RwSignal::new(None::<String>);
    spawn_local(async move {
        // Without an answer there is the password.
        if let Ok(answer) = server::get::<SignInWays>("/api/session/ways").await {
            provider.set(answer.body.openid);
        }
    });
    if expired {
        let returned = window_event_listener(ev::focus, move |_| {
            spawn_local(async move {
                if let Ok(answer) = server::get::<Session>("/api/session").await {
                    office.session.set(Some(answer.body));
                    asking::ended().set(false);
                }
            });
        });
        on_cleanup(move || returned.remove());
    }
    let to = js_sys::encode_uri_component(&browser::path());
    let href = format!("/api/session/openid?to={to}");
    let (text, target) = if expired { (sign_in::THROUGH_AGAIN, "_blank") } else { (sign_in::THROUGH, "_self") };
    move || {
        let href = href.clone();
        provider.get().map(|name| view! { <p><a href=href target=target>{move || fill(text, &[&name])}</a></p> })
    }
}
