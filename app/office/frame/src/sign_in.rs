//! Signing in: name and password, and then a one-time code where the account has a second factor.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault, FieldError},
    inputs::value_of,
    server::{self, Refusal},
    words::t,
};
use leptos::{ev::SubmitEvent, html::Input, prelude::*};
use text::{office as words, second_factor};
use wire::{
    ErrorCode,
    staff::{Session, SignIn},
};

use crate::{asking, office_context::Office};

/// What the form is asked for, and what is wrong in it. A handle.
#[derive(Clone, Copy)]
struct Form {
    faults: RwSignal<Vec<Fault>>,
    /// Whether the password was right and a code is wanted.
    second: RwSignal<bool>,
    /// Whether a recovery code is typed instead.
    recovery: RwSignal<bool>,
}

impl Form {
    /// What is missing in what was typed.
    fn is_complete(self, request: &SignIn) -> bool {
        let mut found = Vec::new();
        if request.name.is_empty() {
            found.push(Fault::at("name", words::NAME_EMPTY));
        }
        if request.password.is_empty() {
            found.push(Fault::at("secret", words::SECRET_EMPTY));
        }
        if request.code.as_deref().is_some_and(|code| code.trim().is_empty()) {
            found.push(Fault::at("code", second_factor::CODE_EMPTY));
        }
        let complete = found.is_empty();
        self.faults.set(found);
        complete
    }

    fn refused(self, refusal: &Refusal) {
        match refusal.code() {
            Some(ErrorCode::OneTimeCodeRequired) => {
                self.second.set(true);
                browser::focus_soon("code");
            }
            // Another password holds by now, or the one that was typed was changed on the way back.
            Some(ErrorCode::BadCredentials) => {
                self.second.set(false);
                self.faults.set(vec![Fault::at("secret", refusal.phrase())]);
            }
            _ => {
                let at = if self.second.get_untracked() { "code" } else { "secret" };
                self.faults.set(vec![Fault::at(at, refusal.phrase())]);
            }
        }
    }
}

/// The sign-in form. Afterwards one is where one was.
#[component]
pub fn SignInPage(
    /// The session ended under a page that waits behind this one.
    expired: bool,
) -> impl IntoView {
    let office = expect_context::<Office>();
    let form = Form { faults: RwSignal::new(Vec::new()), second: RwSignal::new(false), recovery: RwSignal::new(false) };
    let (faults, second) = (form.faults, form.second);
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
        if !form.is_complete(&request) {
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
                Err(refusal) => form.refused(&refusal),
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
                {move || second.get().then(|| code_field(form, code))}
                <p><button class="primary" type="submit" aria-disabled=move || busy.get().to_string()>{t(words::SIGN_IN)}</button></p>
            </form>
        </div>
    }
}

/// The second step.
fn code_field(form: Form, code: NodeRef<Input>) -> AnyView {
    let recovery = form.recovery;
    let either = move |yes, no| move || if recovery.get() { t(yes)() } else { t(no)() };
    let back = move |_| {
        form.faults.set(Vec::new());
        form.second.set(false);
        browser::focus_soon("secret");
    };
    let swap = move |_| {
        recovery.update(|recovery| *recovery = !*recovery);
        browser::focus_soon("code");
    };
    view! {
        <div class="field">
            <label for="code">{either(second_factor::RECOVERY, second_factor::CODE)}</label>
            <p class="hint" id="code-hint">{either(second_factor::RECOVERY_HINT, second_factor::CODE_HINT)}</p>
            <FieldError faults=form.faults field="code" />
            <input id="code" node_ref=code type="text" class="mono" autocomplete="one-time-code" autocapitalize="off" spellcheck="false"
                inputmode=move || if recovery.get() { "text" } else { "numeric" } aria-describedby="code-hint code-error" />
        </div>
        <p class="row">
            <button type="button" class="small-button" on:click=swap>{either(second_factor::USE_CODE, second_factor::USE_RECOVERY)}</button>
            <button type="button" class="small-button" on:click=back>{t(second_factor::OTHER_ACCOUNT)}</button>
        </p>
    }
    .into_any()
}
