//! Second factors for administrators: who must have one, and removing that of somebody who has lost it.

use frame::{
    error_summary::{Fault, FieldError},
    server,
    words::{Phrase, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking};
use text::{Text, second_factor as words};
use wire::{
    settings::{SecondFactorRule, Settings, SettingsChange},
    staff::{Account, Session},
};

const ADDRESS: &str = "/api/settings";

const RULES: [(SecondFactorRule, Text); 3] = [
    (SecondFactorRule::Optional, words::OPTIONAL),
    (SecondFactorRule::Admin, words::ADMINS),
    (SecondFactorRule::All, words::ALL),
];

/// Who must have one.
pub fn rule_panel() -> AnyView {
    let kept = asking::fetch::<Settings>(ADDRESS.to_owned());
    asking::when_here(kept, ADDRESS.to_owned(), |settings| form(settings.second_factor))
}

fn form(rule: SecondFactorRule) -> AnyView {
    let office = expect_context::<Office>();
    let chosen = RwSignal::new(rule);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let (saved, busy) = (RwSignal::new(false), RwSignal::new(false));
    let save = move |_| {
        saved.set(false);
        let change = SettingsChange { second_factor: Some(chosen.get_untracked()) };
        asking::run(busy, async move {
            match asking::put::<Settings>(ADDRESS, &change, None).await {
                Ok(_) => {
                    faults.set(Vec::new());
                    saved.set(true);
                    // It may bind whoever saves it.
                    spawn_local(async move {
                        if let Ok(answer) = server::get::<Session>("/api/session").await {
                            office.session.set(Some(answer.body));
                        }
                    });
                }
                Err(refusal) => faults.set(vec![Fault::at("rule", refusal.phrase())]),
            }
        });
    };
    let choices: Vec<_> = RULES
        .iter()
        .map(|(rule, text)| {
            let (rule, id) = (*rule, format!("rule-{}", rule.as_str()));
            view! { <label class="tickbox"><input type="radio" name="rule" id=id checked={chosen.get_untracked() == rule} on:change=move |_| chosen.set(rule) /><span>{t(*text)}</span></label> }
        })
        .collect();
    view! {
        <section class="panel stack">
            <fieldset class="stack tight" id="rule">
                <legend class="label">{t(words::WHO_MUST)}</legend>
                <p class="hint">{t(words::WHO_MUST_HINT)}</p>
                <FieldError faults field="rule" />
                {choices}
            </fieldset>
            <p role="status">{move || saved.get().then(|| view! { <span class="note good block">{t(words::RULE_SAVED)}</span> })}</p>
            <p><button type="button" on:click=save aria-disabled=move || busy.get().to_string()>{t(words::SAVE_RULE)}</button></p>
        </section>
    }
    .into_any()
}

/// Removing the second factor of another account, in its row.
pub fn reset_view(id: String, account: &Account, reset: Callback<()>) -> Option<AnyView> {
    let own = expect_context::<Office>().session.read_untracked().as_ref().map(|session| session.name.clone());
    if !account.second_factor || own.as_ref() == Some(&account.name) {
        return None;
    }
    let note = Phrase::new(words::RESET_NOTE, [account.name.clone()]);
    let view = view! {
        <details id=id>
            <summary>{t(words::RESET)}</summary>
            <p>{move || note.say()}</p>
            <p><button type="button" on:click=move |_| reset.run(())>{t(words::RESET_NOW)}</button></p>
        </details>
    };
    Some(view.into_any())
}
