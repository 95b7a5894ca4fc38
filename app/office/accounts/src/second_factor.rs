//! One's own second factor: setting it up with an authenticator app, the recovery codes, and switching it off.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault, FieldError},
    inputs::value_of,
    server::{self, Refusal},
    words::{Phrase, fill, t},
};
use leptos::{ev::SubmitEvent, html::Input, prelude::*, task::spawn_local};
use office_frame::{
    Office,
    asking::{self, Fetched},
    download::download,
};
use text::{Text, office, second_factor as words};
use wire::{
    ErrorCode,
    second_factor::{
        NewSecondFactor, RecoveryCodes, SecondFactorCode, SecondFactorRemoval, SecondFactorStart, SecondFactorState,
    },
    staff::Session,
};

const ADDRESS: &str = "/api/session/second-factor";

/// What the page shows and does. A handle.
#[derive(Clone, Copy)]
struct Setting {
    office: Office,
    state: Fetched<SecondFactorState>,
    faults: RwSignal<Vec<Fault>>,
    busy: RwSignal<bool>,
    /// What was told when it was begun, until it is confirmed.
    begun: RwSignal<Option<NewSecondFactor>>,
    /// What was told when it was confirmed, until it is kept.
    codes: RwSignal<Option<Vec<String>>>,
    removed: RwSignal<bool>,
}

impl Setting {
    /// How things stand now; the frame learns it, too.
    fn look(self) {
        asking::fetch_again(self.state, ADDRESS.to_owned());
        spawn_local(async move {
            if let Ok(answer) = server::get::<Session>("/api/session").await {
                self.office.session.set(Some(answer.body));
            }
        });
    }

    /// Shows what is wrong; answers whether nothing is.
    fn is_clean(self, found: Vec<Fault>) -> bool {
        let clean = found.is_empty();
        self.faults.set(found);
        clean
    }

    /// A refusal at the field that it is about.
    fn refused(self, refusal: &Refusal, other: &'static str) {
        let fault = match refusal.code() {
            Some(ErrorCode::BadCredentials) => Fault::at("secret", office::SECRET_WRONG),
            Some(ErrorCode::BadOneTimeCode) => Fault::at("code", refusal.phrase()),
            _ => Fault::at(other, refusal.phrase()),
        };
        self.faults.set(vec![fault]);
    }

    fn start(self, password: String) {
        let empty = password.is_empty().then(|| Fault::at("secret", office::SECRET_EMPTY));
        if !self.is_clean(empty.into_iter().collect()) {
            return;
        }
        self.removed.set(false);
        asking::run(self.busy, async move {
            match asking::post::<NewSecondFactor>(ADDRESS, &SecondFactorStart { password }).await {
                Ok(told) => {
                    self.begun.set(Some(told.body));
                    browser::focus_soon("scan");
                }
                Err(refusal) => self.refused(&refusal, "secret"),
            }
        });
    }

    fn confirm(self, code: String) {
        let empty = code.trim().is_empty().then(|| Fault::at("code", words::CODE_EMPTY));
        if !self.is_clean(empty.into_iter().collect()) {
            return;
        }
        asking::run(self.busy, async move {
            match asking::put::<RecoveryCodes>(ADDRESS, &SecondFactorCode { code }, None).await {
                Ok(told) => {
                    self.codes.set(Some(told.body.recovery_codes));
                    self.begun.set(None);
                    browser::focus_soon("kept");
                    self.look();
                }
                Err(refusal) => self.refused(&refusal, "code"),
            }
        });
    }

    fn remove(self, password: String, code: String) {
        let mut found = Vec::new();
        if password.is_empty() {
            found.push(Fault::at("secret", office::SECRET_EMPTY));
        }
        if code.trim().is_empty() {
            found.push(Fault::at("code", words::CODE_EMPTY));
        }
        if !self.is_clean(found) {
            return;
        }
        asking::run(self.busy, async move {
            match asking::delete::<()>(ADDRESS, &SecondFactorRemoval { password, code }).await {
                Ok(_) => {
                    self.removed.set(true);
                    self.look();
                }
                Err(refusal) => self.refused(&refusal, "code"),
            }
        });
    }
}

/// One's own second factor.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let office = expect_context::<Office>();
    office.title(words::TITLE);
    let page = Setting {
        office,
        state: asking::fetch(ADDRESS.to_owned()),
        faults: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        begun: RwSignal::new(None),
        codes: RwSignal::new(None),
        removed: RwSignal::new(false),
    };
    let must = move || office.session.read().as_ref().is_some_and(|session| session.must_set_second_factor);
    let now = move || match (page.codes.get(), page.begun.get()) {
        (Some(codes), _) => recovery_codes(page, codes),
        (None, Some(told)) => confirmation(page, &told),
        (None, None) => asking::when_here(page.state, ADDRESS.to_owned(), move |state| match state.set {
            true => removal(page, state.recovery_codes),
            false => beginning(page),
        }),
    };
    view! {
        <div class="narrow stack">
            <ErrorSummary faults=page.faults />
            <h1 id="title" tabindex="-1">{t(words::TITLE)}</h1>
            <p class="no-print">{t(words::WHAT)}</p>
            {move || must().then(|| view! { <p class="note warn">{t(words::MUST)}</p> })}
            <p role="status">{move || page.removed.get().then(|| view! { <span class="note good block">{t(words::REMOVED)}</span> })}</p>
            {now}
        </div>
    }
}

fn secret_field(faults: RwSignal<Vec<Fault>>, node: NodeRef<Input>) -> AnyView {
    view! {
        <div class="field">
            <label for="secret">{t(office::SECRET_NOW)}</label>
            <FieldError faults field="secret" />
            <input id="secret" node_ref=node type="password" autocomplete="current-password" aria-describedby="secret-error" />
        </div>
    }
    .into_any()
}

fn code_field(faults: RwSignal<Vec<Fault>>, node: NodeRef<Input>, hint: Text) -> AnyView {
    view! {
        <div class="field">
            <label for="code">{t(words::CODE)}</label>
            <p class="hint">{t(hint)}</p>
            <FieldError faults field="code" />
            <input id="code" node_ref=node type="text" class="mono" inputmode="numeric" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" aria-describedby="code-error" />
        </div>
    }
    .into_any()
}

fn beginning(page: Setting) -> AnyView {
    let secret = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        page.start(value_of(secret));
    };
    view! {
        <form class="stack panel" novalidate on:submit=submit>
            {secret_field(page.faults, secret)}
            <p><button class="primary" type="submit" aria-disabled=move || page.busy.get().to_string()>{t(words::START)}</button></p>
        </form>
    }
    .into_any()
}

/// A key in groups of four, as it is typed.
fn in_fours(key: &str) -> String {
    let signs: Vec<char> = key.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn confirmation(page: Setting, told: &NewSecondFactor) -> AnyView {
    let code = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        page.confirm(value_of(code));
    };
    let picture = office_qr::draw(&told.address).map(|drawn| {
        let side = drawn.side;
        view! { <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=t(words::QR_ALT) shape-rendering="crispEdges"><path d=drawn.path /></svg> }
    });
    view! {
        <section class="panel stack no-print" aria-labelledby="scan">
            <h2 id="scan" tabindex="-1">{t(words::SCAN)}</h2>
            {picture}
            <p>{t(words::KEY)}" "<strong class="mono break" id="key">{in_fours(&told.secret)}</strong></p>
            <p><a href=told.address.clone()>{t(words::OPEN_APP)}</a></p>
            <p class="hint">{t(words::SCAN_HINT)}</p>
            <form class="stack" novalidate on:submit=submit>
                {code_field(page.faults, code, words::CONFIRM_HINT)}
                <p><button class="primary" type="submit" aria-disabled=move || page.busy.get().to_string()>{t(words::CONFIRM)}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn recovery_codes(page: Setting, codes: Vec<String>) -> AnyView {
    let name = page.office.session.read_untracked().as_ref().map(|session| session.name.clone()).unwrap_or_default();
    let head = Phrase::new(words::FILE_HEAD, [name]);
    let title = head.clone();
    let text = codes.join("\r\n");
    let save = move |_| download("recovery-codes.txt", "text/plain", &format!("{}\r\n\r\n{text}\r\n", head.say()));
    // A browser that cannot print offers nothing either way; the file is beside it.
    let print = move |_| drop(window().print());
    let done = move |_| page.codes.set(None);
    let list: Vec<_> = codes.into_iter().map(|code| view! { <li class="mono">{code}</li> }).collect();
    view! {
        <section class="panel stack" aria-labelledby="kept">
            <h2 id="kept" tabindex="-1">{t(words::CODES_TITLE)}</h2>
            <p class="note warn no-print" role="status">{t(words::CODES_NOTE)}</p>
            <p class="print-only">{move || title.say()}</p>
            <ul class="plain" id="recovery-codes">{list}</ul>
            <p class="row no-print">
                <button type="button" on:click=print>{t(words::PRINT)}</button>
                <button type="button" on:click=save>{t(words::SAVE)}</button>
                <button type="button" class="primary" on:click=done>{t(words::KEPT)}</button>
            </p>
        </section>
    }
    .into_any()
}

fn removal(page: Setting, left: u64) -> AnyView {
    let (secret, code) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        page.remove(value_of(secret), value_of(code));
    };
    view! {
        <div class="stack">
            <p class="note good">{move || fill(words::ON, &[&left])}</p>
            <details class="panel">
                <summary>{t(words::REMOVE)}</summary>
                <form class="stack" novalidate on:submit=submit>
                    <p class="hint">{t(words::REMOVE_HINT)}</p>
                    {secret_field(page.faults, secret)}
                    {code_field(page.faults, code, words::CODE_HINT)}
                    <p><button class="danger" type="submit" aria-disabled=move || page.busy.get().to_string()>{t(words::REMOVE_NOW)}</button></p>
                </form>
            </details>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::in_fours;

    #[test]
    fn a_key_is_shown_in_fours() {
        assert_eq!(in_fours("GEZDGNBVGY"), "GEZD GNBV GY");
        assert_eq!(in_fours(""), "");
    }
}
