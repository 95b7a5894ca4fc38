//! Accounts: who may do what. For administrators.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server::Refusal,
    words::{Phrase, fill, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{Office, asking};

use super::{password::secret_fits, second_factors, text_field::text_field};
use text::{Text, office as office_words, office_audit, office_progress as words, second_factor};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement};
use wire::{
    ErrorCode,
    plan::{PlanList, PlanSummary},
    staff::{Account, Role, StaffChange, StaffList, StaffRequest, is_display, is_name},
};

const ROLES: [(Role, Text); 7] = [
    (Role::Planner, words::ROLE_PLANNER),
    (Role::Office, words::ROLE_OFFICE),
    (Role::Publisher, words::ROLE_PUBLISHER),
    (Role::Inspector, words::ROLE_INSPECTOR),
    (Role::Auditor, words::ROLE_AUDITOR),
    (Role::Unit, words::ROLE_UNIT),
    (Role::Admin, words::ROLE_ADMIN),
];

fn input(form: &HtmlFormElement, prefix: &str, id: &str) -> Option<HtmlInputElement> {
    let found = form.query_selector(&format!("[id='{prefix}-{id}']")).ok().flatten();
    found.and_then(|found| found.dyn_into::<HtmlInputElement>().ok())
}

/// What a form's fields hold.
struct Filled {
    name: String,
    secret: String,
    display: String,
    office: Option<String>,
    unit: Option<String>,
    roles: Vec<Role>,
    plans: Option<Vec<String>>,
    disabled: bool,
}

impl Filled {
    fn read(form: &HtmlFormElement, prefix: &str, plans: &[PlanSummary]) -> Filled {
        let text = |id: &str| input(form, prefix, id).map(|input| input.value()).unwrap_or_default();
        let ticked = |id: &str| input(form, prefix, id).is_some_and(|input| input.checked());
        let office = text("office-name").trim().to_owned();
        let unit = text("unit-name").trim().to_owned();
        let ids = plans.iter().map(|plan| plan.id.clone());
        let plans: Vec<String> = ids.filter(|id| ticked(&format!("plan-{id}"))).collect();
        Filled {
            name: text("name").trim().to_owned(),
            secret: text("secret"),
            display: text("display").trim().to_owned(),
            office: (!office.is_empty()).then_some(office),
            unit: (!unit.is_empty()).then_some(unit),
            roles: ROLES.iter().map(|(role, _)| *role).filter(|role| ticked(role.as_str())).collect(),
            plans: (!plans.is_empty()).then_some(plans),
            disabled: ticked("disabled"),
        }
    }

    /// What is wrong in the fields that a new account and a change share.
    fn faults(&self, prefix: &str) -> Vec<Fault> {
        let at = |field: &str, text: Text| Fault::at(format!("{prefix}-{field}"), text);
        let office = self.office.as_deref().unwrap_or_default();
        let unit = self.unit.as_deref().unwrap_or_default();
        let found = [
            (!is_display(&self.display)).then(|| at("display", words::ACCOUNT_DISPLAY_BAD)),
            self.roles.is_empty().then(|| at("roles", words::ROLES_EMPTY)),
            (!is_display(office)).then(|| at("office-name", words::ACCOUNT_DISPLAY_BAD)),
            (!is_display(unit)).then(|| at("unit-name", words::ACCOUNT_DISPLAY_BAD)),
            (unit.is_empty() && self.roles.contains(&Role::Unit)).then(|| at("unit-name", words::ACCOUNT_UNIT_EMPTY)),
        ];
        found.into_iter().flatten().collect()
    }
}

fn role_boxes(prefix: &str, has: &[Role], faults: RwSignal<Vec<Fault>>) -> AnyView {
    let boxes: Vec<_> = ROLES
        .iter()
        .map(|(role, text)| {
            let id = format!("{prefix}-{}", role.as_str());
            view! { <label class="tickbox"><input type="checkbox" id=id checked=has.contains(role) /><span>{t(*text)}</span></label> }
        })
        .collect();
    let id = format!("{prefix}-roles");
    let field = id.clone();
    view! { <fieldset class="stack tight" id=id><legend class="label">{t(words::ROLES)}</legend><FieldError faults field />{boxes}</fieldset> }.into_any()
}

/// Which plans an account is kept to.
fn plan_boxes(prefix: &str, has: Option<&[String]>, plans: &[PlanSummary]) -> AnyView {
    let boxes: Vec<_> = plans
        .iter()
        .map(|plan| {
            let id = format!("{prefix}-plan-{}", plan.id);
            let checked = has.is_some_and(|has| has.contains(&plan.id));
            let title = if plan.title.is_empty() { plan.id.clone() } else { plan.title.clone() };
            view! { <label class="tickbox"><input type="checkbox" id=id checked=checked /><span><bdi>{title}</bdi></span></label> }
        })
        .collect();
    view! { <details open=has.is_some()><summary>{t(words::ACCOUNT_PLANS)}</summary><div class="stack tight">{boxes}</div></details> }
        .into_any()
}

/// What an account is shown as, its roles, its office and its plans.
fn rights_fields(prefix: &str, account: &Account, plans: &[PlanSummary], faults: RwSignal<Vec<Fault>>) -> AnyView {
    let display = if account.display == account.name { String::new() } else { account.display.clone() };
    let office = account.office.clone().unwrap_or_default();
    let unit = account.unit.clone().unwrap_or_default();
    let hints = (words::ACCOUNT_DISPLAY_HINT, words::ACCOUNT_OFFICE_HINT);
    view! {
        {text_field(format!("{prefix}-display"), words::ACCOUNT_DISPLAY, Some(hints.0), "text", display, faults)}
        {role_boxes(prefix, &account.roles, faults)}
        {text_field(format!("{prefix}-office-name"), words::ACCOUNT_OFFICE, Some(hints.1), "text", office, faults)}
        {text_field(format!("{prefix}-unit-name"), words::ACCOUNT_UNIT, None, "text", unit, faults)}
        {plan_boxes(prefix, account.plans.as_deref(), plans)}
    }
    .into_any()
}

/// The accounts, and the plans that they may be kept to.
type Listed = (Vec<Account>, Vec<PlanSummary>);

/// What the page shows and does. A handle.
#[derive(Clone, Copy)]
struct Accounts {
    faults: RwSignal<Vec<Fault>>,
    saved: RwSignal<Option<Phrase>>,
    busy: RwSignal<bool>,
    /// As the server told them last.
    listed: RwSignal<Option<Result<Listed, Refusal>>>,
}

impl Accounts {
    fn load(self) {
        spawn_local(async move {
            let (accounts, plans) =
                (asking::all::<StaffList>("/api/staff").await, asking::all::<PlanList>("/api/plans").await);
            self.listed.try_set(Some(accounts.and_then(|accounts| Ok((accounts, plans?)))));
        });
    }

    fn plans(self) -> Vec<PlanSummary> {
        self.listed.with_untracked(|listed| match listed {
            Some(Ok((_, plans))) => plans.clone(),
            _ => Vec::new(),
        })
    }

    /// Shows what is wrong; answers whether nothing is.
    fn is_clean(self, found: Vec<Fault>) -> bool {
        let clean = found.is_empty();
        self.faults.set(found);
        clean
    }

    /// Says what was done, and shows how things stand then.
    fn done(self, says: Text, name: String) {
        self.saved.set(Some(Phrase::new(says, [name])));
        self.load();
    }

    fn create(self, form: HtmlFormElement) {
        let filled = Filled::read(&form, "new", &self.plans());
        let mut found = Vec::new();
        if !is_name(&filled.name) {
            found.push(Fault::at("new-name", words::ACCOUNT_NAME_BAD));
        }
        if !secret_fits(&filled.secret) {
            found.push(Fault::at("new-secret", office_words::SECRET_SHORT));
        }
        found.extend(filled.faults("new"));
        if !self.is_clean(found) {
            return;
        }
        asking::run(self.busy, async move {
            let Filled { name, secret: password, display, office, unit, roles, plans, .. } = filled;
            let display = Some(display);
            let request =
                StaffRequest { name: name.clone(), password, display, roles, office, unit, plans, disabled: None };
            match asking::post::<Account>("/api/staff", &request).await {
                Ok(_) => {
                    form.reset();
                    self.done(words::ACCOUNT_SAVED, name);
                }
                Err(refusal) => {
                    let taken = refusal.code() == Some(ErrorCode::AlreadyExists);
                    let says = if taken { words::ACCOUNT_TAKEN.into() } else { refusal.phrase() };
                    self.faults.set(vec![Fault::at("new-name", says)]);
                }
            }
        });
    }

    /// `kept`: the plans that it was kept to. What nobody changed stays as it is, also plans that are not listed any more:
    /// without a tick an account would be let into all.
    fn change(self, name: String, kept: Option<&[String]>, form: &HtmlFormElement) {
        let prefix = format!("of-{name}");
        let listed = self.plans();
        let filled = Filled::read(form, &prefix, &listed);
        let was_ticked = |id: &String| kept.is_some_and(|kept| kept.contains(id));
        let before: Vec<String> = listed.into_iter().map(|plan| plan.id).filter(was_ticked).collect();
        let is_same = filled.plans.as_deref().unwrap_or_default() == before;
        let mut found = Vec::new();
        if !filled.secret.is_empty() && !secret_fits(&filled.secret) {
            found.push(Fault::at(format!("{prefix}-secret"), office_words::SECRET_SHORT));
        }
        found.extend(filled.faults(&prefix));
        if !self.is_clean(found) {
            return;
        }
        asking::run(self.busy, async move {
            let Filled { secret, display, office, unit, roles, plans, disabled, .. } = filled;
            let password = (!secret.is_empty()).then_some(secret);
            let request = StaffChange {
                password,
                display: Some(display),
                roles: Some(roles),
                office: Some(office),
                unit: Some(unit),
                plans: (!is_same).then_some(plans),
                disabled: Some(disabled),
            };
            match asking::put::<Account>(&format!("/api/staff/{name}"), &request, None).await {
                Ok(_) => self.done(words::ACCOUNT_SAVED, name),
                Err(refusal) => self.faults.set(vec![Fault::at(format!("{prefix}-roles"), refusal.phrase())]),
            }
        });
    }

    fn reset_second_factor(self, name: String) {
        asking::run(self.busy, async move {
            match asking::delete::<()>(&format!("/api/staff/{name}/second-factor"), &()).await {
                Ok(_) => {
                    self.faults.set(Vec::new());
                    self.done(second_factor::RESET_DONE, name);
                }
                Err(refusal) => self.faults.set(vec![Fault::at(format!("of-{name}-factor"), refusal.phrase())]),
            }
        });
    }

    fn remove(self, name: String) {
        asking::run(self.busy, async move {
            match asking::delete::<()>(&format!("/api/staff/{name}"), &()).await {
                Ok(_) => {
                    self.faults.set(Vec::new());
                    self.done(words::ACCOUNT_REMOVED, name);
                }
                Err(refusal) => self.faults.set(vec![Fault::at(format!("of-{name}-remove"), refusal.phrase())]),
            }
        });
    }
}

/// The form that was sent off.
fn sent(event: &ev::SubmitEvent) -> Option<HtmlFormElement> {
    event.prevent_default();
    event.target().and_then(|at| at.dyn_into::<HtmlFormElement>().ok())
}

#[component]
pub fn StaffPage() -> impl IntoView {
    let office = expect_context::<Office>();
    office.title(words::STAFF_TITLE);
    let page = Accounts {
        faults: RwSignal::new(Vec::new()),
        saved: RwSignal::new(None),
        busy: RwSignal::new(false),
        listed: RwSignal::new(None),
    };
    page.load();
    let again = Callback::new(move |()| page.load());
    let list = move || match page.listed.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, again),
        Some(Ok((accounts, plans))) => {
            accounts.into_iter().map(|account| account_view(page, account, &plans)).collect_view().into_any()
        }
    };
    let says = move || page.saved.get().map(|says| view! { <span class="note good block">{says.say()}</span> });
    // What is typed for one more stays while the list is loaded anew.
    let is_listed = Memo::new(move |_| page.listed.with(|listed| matches!(listed, Some(Ok(_)))));
    view! {
        <ErrorSummary faults=page.faults />
        <h1 id="title" tabindex="-1">{t(words::STAFF_TITLE)}</h1>
        <p role="status">{says}</p>
        <div class="panel stack">{list}</div>
        {move || is_listed.get().then(|| new_account(page))}
        {second_factors::rule_panel()}
        <p><a href="/api/staff/audit/export" download>{t(office_audit::AUDIT_ACCOUNTS)}</a></p>
    }
}

/// The form for one more.
fn new_account(page: Accounts) -> AnyView {
    let (faults, plans) = (page.faults, page.plans());
    let create = move |event: ev::SubmitEvent| {
        if let Some(form) = sent(&event) {
            page.create(form);
        }
    };
    let blank = Account {
        name: String::new(),
        display: String::new(),
        roles: vec![Role::Office],
        office: None,
        unit: None,
        plans: None,
        disabled: false,
        second_factor: false,
    };
    view! {
        <section class="panel stack" aria-labelledby="new-account">
            <h2 id="new-account">{t(words::NEW_ACCOUNT)}</h2>
            <form class="stack" novalidate on:submit=create>
                {text_field("new-name".to_owned(), words::ACCOUNT_NAME, Some(words::ACCOUNT_NAME_HINT), "text", String::new(), faults)}
                {text_field("new-secret".to_owned(), words::FIRST_SECRET, Some(words::FIRST_SECRET_HINT), "password", String::new(), faults)}
                {rights_fields("new", &blank, &plans, faults)}
                <p><button type="submit" class="primary">{t(words::CREATE_ACCOUNT)}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn account_view(page: Accounts, account: Account, plans: &[PlanSummary]) -> AnyView {
    let faults = page.faults;
    let prefix = format!("of-{}", account.name);
    let tags: Vec<_> = ROLES
        .iter()
        .filter(|(role, _)| account.roles.contains(role))
        .map(|(_, text)| {
            // The first words of a role's line are its name.
            let name = move || t(*text)().split(['：', ':']).next().unwrap_or_default();
            view! { <span class="tag">{name}</span> }
        })
        .collect();
    let (name, title) = (account.name.clone(), account.name.clone());
    let kept_to = account.plans.clone();
    let submit = move |event: ev::SubmitEvent| {
        if let Some(form) = sent(&event) {
            page.change(name.clone(), kept_to.as_deref(), &form);
        }
    };
    let says = Phrase::new(words::CHANGE_ACCOUNT, [title.clone()]);
    let warning = Phrase::new(words::REMOVE_ACCOUNT_NOTE, [title.clone()]);
    let removed = title.clone();
    let disabled = account.disabled.then(|| view! { <span class="tag">{t(words::ACCOUNT_DISABLED)}</span> });
    let factor = account.second_factor.then(|| view! { <span class="tag">{t(second_factor::TITLE)}</span> });
    let lost = title.clone();
    let reset = Callback::new(move |()| page.reset_second_factor(lost.clone()));
    let display =
        (account.display != account.name).then(|| view! { <bdi class="soft">{account.display.clone()}</bdi> });
    let office = account.office.clone();
    let office =
        office.map(|office| view! { <span class="tag">{move || fill(words::ENTERS_FOR_OFFICE, &[&office])}</span> });
    let kept = account.plans.as_ref().map(Vec::len);
    let kept = kept.map(|count| view! { <span class="tag">{move || fill(words::KEPT_TO_PLANS, &[&count])}</span> });
    view! {
        <div class="account">
            <p class="row"><strong><bdi>{title}</bdi></strong>{display}{tags}{office}{kept}{factor}{disabled}</p>
            <details>
                <summary>{move || says.say()}</summary>
                <form class="stack tight" novalidate on:submit=submit>
                    {rights_fields(&prefix, &account, plans, faults)}
                    {text_field(format!("{prefix}-secret"), words::NEW_SECRET, Some(office_words::SECRET_NEW_HINT), "password", String::new(), faults)}
                    <label class="tickbox"><input type="checkbox" id=format!("{prefix}-disabled") checked=account.disabled /><span>{t(words::DISABLE_ACCOUNT)}</span></label>
                    <p><button type="submit">{t(words::SAVE_ACCOUNT)}</button></p>
                </form>
                {second_factors::reset_view(format!("{prefix}-factor"), &account, reset)}
                <details id=format!("{prefix}-remove")>
                    <summary>{t(words::REMOVE_ACCOUNT)}</summary>
                    <p>{move || warning.say()}</p>
                    <p><button type="button" on:click=move |_| page.remove(removed.clone())>{t(words::REMOVE_ACCOUNT_NOW)}</button></p>
                </details>
            </details>
        </div>
    }
    .into_any()
}
