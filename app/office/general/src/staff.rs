//! Accounts: who may do what. For administrators.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server::Refusal,
    words::{Phrase, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{Office, asking};

use crate::password::secret_fits;
use text::{Text, office as office_words, office_progress as words};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement};
use wire::{
    ErrorCode,
    staff::{Account, Role, StaffChange, StaffList, StaffRequest, is_name},
};

const ROLES: [(Role, &str, Text); 4] = [
    (Role::Admin, "admin", words::ROLE_ADMIN),
    (Role::Planner, "planner", words::ROLE_PLANNER),
    (Role::Office, "office", words::ROLE_OFFICE),
    (Role::Auditor, "auditor", words::ROLE_AUDITOR),
];

fn input(form: &HtmlFormElement, prefix: &str, id: &str) -> Option<HtmlInputElement> {
    let found = form.query_selector(&format!("[id='{prefix}-{id}']")).ok().flatten();
    found.and_then(|found| found.dyn_into::<HtmlInputElement>().ok())
}

/// What a form's fields hold.
fn read(form: &HtmlFormElement, prefix: &str) -> (String, String, Vec<Role>) {
    let input = |id: &str| input(form, prefix, id);
    let text = |id: &str| input(id).map(|input| input.value()).unwrap_or_default();
    let roles = ROLES
        .iter()
        .filter(|(_, name, _)| input(name).is_some_and(|input| input.checked()))
        .map(|(role, ..)| *role)
        .collect();
    (text("name").trim().to_owned(), text("secret"), roles)
}

fn role_boxes(prefix: &str, has: &[Role], faults: RwSignal<Vec<Fault>>) -> AnyView {
    let boxes: Vec<_> = ROLES
        .iter()
        .map(|(role, name, text)| {
            view! { <label class="tickbox"><input type="checkbox" id=format!("{prefix}-{name}") checked=has.contains(role) /><span>{t(*text)}</span></label> }
        })
        .collect();
    let id = format!("{prefix}-roles");
    let field = id.clone();
    view! { <fieldset class="stack tight" id=id><legend class="label">{t(words::ROLES)}</legend><FieldError faults field />{boxes}</fieldset> }.into_any()
}

fn text_field(
    id: String,
    label: Text,
    hint: Option<Text>,
    kind: &'static str,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    let complete = if kind == "password" { "new-password" } else { "off" };
    view! {
        <div class="field">
            <label for=id.clone()>{t(label)}</label>
            {hint.map(|hint| view! { <p class="hint">{t(hint)}</p> })}
            <FieldError faults field=id.clone() />
            <input id=id.clone() type=kind autocomplete=complete aria-describedby=format!("{id}-error") />
        </div>
    }
    .into_any()
}

/// The page.
#[component]
pub fn StaffPage() -> impl IntoView {
    let office = expect_context::<Office>();
    office.title(words::STAFF_TITLE);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let saved = RwSignal::new(None::<Phrase>);
    let busy = RwSignal::new(false);
    let staff = RwSignal::new(None::<Result<Vec<Account>, Refusal>>);
    let load = Callback::new(move |()| {
        spawn_local(async move {
            staff.try_set(Some(all_accounts().await));
        });
    });
    load.run(());
    let create = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target().and_then(|at| at.dyn_into::<HtmlFormElement>().ok()) else { return };
        let (name, password, roles) = read(&form, "new");
        let mut found = Vec::new();
        if !is_name(&name) {
            found.push(Fault::at("new-name", words::ACCOUNT_NAME_BAD));
        }
        if !secret_fits(&password) {
            found.push(Fault::at("new-secret", office_words::SECRET_SHORT));
        }
        if roles.is_empty() {
            found.push(Fault::at("new-roles", words::ROLES_EMPTY));
        }
        let clean = found.is_empty();
        faults.set(found);
        if !clean {
            return;
        }
        asking::run(busy, async move {
            let request = StaffRequest { name: name.clone(), password, roles };
            match asking::post::<Account>("/api/staff", &request).await {
                Ok(_) => {
                    form.reset();
                    saved.set(Some(Phrase::new(words::ACCOUNT_SAVED, [name])));
                    load.run(());
                }
                Err(refusal) => {
                    let taken = refusal.code() == Some(ErrorCode::AlreadyExists);
                    let says = if taken { words::ACCOUNT_TAKEN.into() } else { refusal.phrase() };
                    faults.set(vec![Fault::at("new-name", says)]);
                }
            }
        });
    };
    let change = Callback::new(move |(name, form): (String, Form)| {
        let prefix = format!("of-{name}");
        let (_, secret, roles) = read(&form.0, &prefix);
        let disabled = input(&form.0, &prefix, "disabled").map(|input| input.checked());
        let mut found = Vec::new();
        if !secret.is_empty() && !secret_fits(&secret) {
            found.push(Fault::at(format!("{prefix}-secret"), office_words::SECRET_SHORT));
        }
        if roles.is_empty() {
            found.push(Fault::at(format!("{prefix}-roles"), words::ROLES_EMPTY));
        }
        let clean = found.is_empty();
        faults.set(found);
        if !clean {
            return;
        }
        asking::run(busy, async move {
            let password = (!secret.is_empty()).then_some(secret);
            let request = StaffChange { password, roles: Some(roles), disabled };
            match asking::put::<Account>(&format!("/api/staff/{name}"), &request, None).await {
                Ok(_) => {
                    saved.set(Some(Phrase::new(words::ACCOUNT_SAVED, [name])));
                    load.run(());
                }
                Err(refusal) => faults.set(vec![Fault::at(format!("{prefix}-roles"), refusal.phrase())]),
            }
        });
    });
    let remove = removing(faults, saved, busy, load);
    let list = move || match staff.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, load),
        Some(Ok(accounts)) => {
            accounts.into_iter().map(|account| account_view(account, faults, change, remove)).collect_view().into_any()
        }
    };
    view! {
        <ErrorSummary faults />
        <h1 id="title" tabindex="-1">{t(words::STAFF_TITLE)}</h1>
        <p role="status">{move || saved.get().map(|says| view! { <span class="note good block">{says.say()}</span> })}</p>
        <div class="panel stack">{list}</div>
        {new_account(faults, create)}
    }
}

/// Removes an account and says so.
fn removing(
    faults: RwSignal<Vec<Fault>>,
    saved: RwSignal<Option<Phrase>>,
    busy: RwSignal<bool>,
    load: Callback<()>,
) -> Callback<String> {
    Callback::new(move |name: String| {
        asking::run(busy, async move {
            let path = format!("/api/staff/{name}");
            match asking::delete::<()>(&path, &()).await {
                Ok(_) => {
                    faults.set(Vec::new());
                    saved.set(Some(Phrase::new(words::ACCOUNT_REMOVED, [name])));
                    load.run(());
                }
                Err(refusal) => faults.set(vec![Fault::at(format!("of-{name}-remove"), refusal.phrase())]),
            }
        });
    })
}

/// The form for one more.
fn new_account(faults: RwSignal<Vec<Fault>>, create: impl Fn(ev::SubmitEvent) + 'static) -> AnyView {
    view! {
        <section class="panel stack" aria-labelledby="new-account">
            <h2 id="new-account">{t(words::NEW_ACCOUNT)}</h2>
            <form class="stack" novalidate on:submit=create>
                {text_field("new-name".to_owned(), words::ACCOUNT_NAME, Some(words::ACCOUNT_NAME_HINT), "text", faults)}
                {text_field("new-secret".to_owned(), words::FIRST_SECRET, Some(words::FIRST_SECRET_HINT), "password", faults)}
                {role_boxes("new", &[Role::Office], faults)}
                <p><button type="submit" class="primary">{t(words::CREATE_ACCOUNT)}</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// A form that was sent off; it never leaves this thread.
struct Form(HtmlFormElement);

async fn all_accounts() -> Result<Vec<Account>, Refusal> {
    let mut all = Vec::new();
    let mut path = "/api/staff".to_owned();
    loop {
        let page = asking::get::<StaffList>(&path).await?.body;
        all.extend(page.staff);
        match page.next {
            Some(cursor) => path = format!("/api/staff?cursor={cursor}"),
            None => return Ok(all),
        }
    }
}

fn account_view(
    account: Account,
    faults: RwSignal<Vec<Fault>>,
    change: Callback<(String, Form)>,
    remove: Callback<String>,
) -> AnyView {
    let prefix = format!("of-{}", account.name);
    let tags: Vec<_> = ROLES
        .iter()
        .filter(|(role, ..)| account.roles.contains(role))
        .map(|(.., text)| {
            // The first words of a role's line are its name.
            let name = move || t(*text)().split([':', ':']).next().unwrap_or_default();
            view! { <span class="tag">{name}</span> }
        })
        .collect();
    let (name, title) = (account.name.clone(), account.name.clone());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(form) = event.target().and_then(|at| at.dyn_into::<HtmlFormElement>().ok()) {
            change.run((name.clone(), Form(form)));
        }
    };
    let says = Phrase::new(words::CHANGE_ACCOUNT, [title.clone()]);
    let warning = Phrase::new(words::REMOVE_ACCOUNT_NOTE, [title.clone()]);
    let removed = title.clone();
    let disabled = account.disabled.then(|| view! { <span class="tag">{t(words::ACCOUNT_DISABLED)}</span> });
    view! {
        <div class="account">
            <p class="row"><strong><bdi>{title}</bdi></strong>{tags}{disabled}</p>
            <details>
                <summary>{move || says.say()}</summary>
                <form class="stack tight" novalidate on:submit=submit>
                    {role_boxes(&prefix, &account.roles, faults)}
                    {text_field(format!("{prefix}-secret"), words::NEW_SECRET, Some(office_words::SECRET_NEW_HINT), "password", faults)}
                    <label class="tickbox"><input type="checkbox" id=format!("{prefix}-disabled") checked=account.disabled /><span>{t(words::DISABLE_ACCOUNT)}</span></label>
                    <p><button type="submit">{t(words::SAVE_ACCOUNT)}</button></p>
                </form>
                <details id=format!("{prefix}-remove")>
                    <summary>{t(words::REMOVE_ACCOUNT)}</summary>
                    <p>{move || warning.say()}</p>
                    <p><button type="button" on:click=move |_| remove.run(removed.clone())>{t(words::REMOVE_ACCOUNT_NOW)}</button></p>
                </details>
            </details>
        </div>
    }
    .into_any()
}
