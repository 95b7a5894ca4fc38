//! The editor of one unit's profile: by the unit itself, or by the office, which says what is public.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server::Refusal,
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{Office, asking, moment::moment, names::named, plan_context::PlanContext};
use text::profile as words;
use wire::profile::{LONGEST_TEXT, LONGEST_WORDS, Profile, ProfileField, ProfileKept, ProfileRequest, check};
use wire::{ErrorCode, Field, staff::Role};

use crate::profile_form::{Drafts, ProfileForm, TEXTS, Told, label};
use crate::profile_people::{people, person_field};

/// The id of the section that says what somebody else wrote.
const THEIRS: &str = "profile-theirs";

/// The id of the button that saves.
const SAVE: &str = "profile-save";

/// A unit, and where its profile is.
#[derive(Clone, Copy)]
struct Place {
    unit: StoredValue<String>,
    name: StoredValue<String>,
    address: StoredValue<String>,
    office: Office,
    may: bool,
}

/// The page of a unit.
#[component]
pub(crate) fn EditorPage(
    /// The unit's id.
    unit: String,
) -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    let units = named(&context.answer.read_untracked().plan, "/units");
    let name = units.into_iter().find(|(id, _)| *id == unit).map(|(_, name)| name);
    let back = view! { <p><a href=context.href("profiles")>{t(words::BACK)}</a></p> };
    let Some(name) = name else {
        office.title(words::PROFILES);
        return view! { <h1 id="title" tabindex="-1">{t(words::PROFILES)}</h1><p class="note">{t(words::NO_SUCH_UNIT)}</p>{back} }
            .into_any();
    };
    let title = name.clone();
    office.titled(move || title.clone());
    let releases = office.is(Role::Office) && office.kept_to().is_none();
    let encoded = String::from(js_sys::encode_uri_component(&name));
    let place = Place {
        unit: StoredValue::new(unit.clone()),
        name: StoredValue::new(name.clone()),
        address: StoredValue::new(format!("/api/profiles/{encoded}")),
        office,
        may: releases || office.is(Role::Unit),
    };
    let drafts = expect_context::<Drafts>();
    let here = RwSignal::new(None::<Result<ProfileForm, Refusal>>);
    let load = move || {
        here.set(None);
        spawn_local(async move {
            let Some(address) = place.address.try_get_value() else { return };
            let told = fetched(&address).await;
            here.try_set(Some(told.map(|told| ProfileForm::new(releases, told, None))));
        });
    };
    match drafts.of(&unit) {
        Some((told, typed)) => here.set(Some(Ok(ProfileForm::new(releases, told, Some(typed))))),
        None => load(),
    }
    let retry = Callback::new(move |()| load());
    let form = move || match here.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(form)) => view! { <Form place form drafts /> }.into_any(),
    };
    view! {
        {back}
        <h1 id="title" tabindex="-1"><bdi>{name}</bdi></h1>
        <p><a href=format!("/public/units/{encoded}") rel="external">{t(words::PUBLIC_PAGE)}</a></p>
        {form}
    }
    .into_any()
}

/// The profile as it is now; none is an answer, too.
async fn fetched(address: &str) -> Result<Told, Refusal> {
    match asking::get::<Profile>(address).await {
        Ok(answer) => Ok(Some((answer.body, answer.etag))),
        Err(refusal) if refusal.code() == Some(ErrorCode::NotFound) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

fn names(fields: &[ProfileField]) -> String {
    joined(fields.iter().map(|field| t(label(*field))()), t(words::BETWEEN)())
}

#[component]
fn Form(place: Place, form: ProfileForm, drafts: Drafts) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let theirs = RwSignal::new(None::<Profile>);
    let saved = RwSignal::new(None::<Vec<ProfileField>>);
    let busy = RwSignal::new(false);
    if place.may {
        Effect::new(move |_| drafts.keep(&place.unit.get_value(), form));
    }
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        saved.set(None);
        let request = untrack(|| form.typed());
        let mut wrong: Vec<Fault> = check(&request).iter().filter_map(|field| fault_at(form, field)).collect();
        for person in form.people.get_untracked() {
            if person.sending.get_untracked() {
                wrong.push(Fault::at(person_field(person.key, "photo"), words::PHOTO_SENDING));
            }
        }
        let clean = wrong.is_empty();
        faults.set(wrong);
        if clean {
            let left = untrack(|| form.leaving());
            asking::run(busy, async move {
                match save(place, form, request).await {
                    Ok(()) => {
                        theirs.try_set(None);
                        saved.try_set(Some(left));
                    }
                    Err(Unsaved::Changed(profile)) => {
                        theirs.try_set(Some(profile));
                        faults.try_set(vec![Fault::at(THEIRS, words::OTHERS_CHANGED)]);
                    }
                    Err(Unsaved::Refused(refusal)) => {
                        faults.try_set(faults_of(form, &refusal));
                    }
                }
            });
        }
    };
    let texts = TEXTS.into_iter().enumerate().map(|(at, _)| text_field(place, form, at, faults)).collect_view();
    let photos = format!("{}/photos", place.address.get_value());
    let state = move || match form.told.read().as_ref() {
        None => t(words::NEW)().to_owned(),
        Some((told, _)) => fill(words::WRITTEN, &[&told.revision, &told.by, &moment(told.at)]),
    };
    let what = match (place.may, form.releases) {
        (false, _) => words::READ_ONLY,
        (true, true) => words::OFFICE_WRITES,
        (true, false) => words::UNIT_WRITES,
    };
    let leaving = move || {
        let leaving = form.leaving();
        (!leaving.is_empty()).then(|| view! { <p class="note warn">{fill(words::LEAVES, &[&names(&leaving)])}</p> })
    };
    let done = move || match saved.get() {
        None => String::new(),
        Some(left) if left.is_empty() => t(words::SAVED)().to_owned(),
        Some(left) => fill(words::LEFT, &[&names(&left)]),
    };
    let bar = place.may.then(|| {
        view! {
            <div role="status">{leaving}</div>
            <p class="row">
                <button id=SAVE type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::SAVE)}</button>
                <span role="status">{done}</span>
            </p>
        }
    });
    view! {
        <p>{t(what)}</p>
        <p class="soft small">{state}</p>
        <ErrorSummary faults />
        {move || theirs.get().map(|profile| changed_by_others(form, profile, theirs, faults))}
        <form class="stack" novalidate on:submit=submit>
            {texts}
            <section class="stack" aria-labelledby="profile-staff">
                <h2 id="profile-staff" tabindex="-1">{t(words::STAFF)}</h2>
                {release(form, ProfileField::Staff)}
                {people(form, photos, faults, place.may)}
            </section>
            {bar}
        </form>
    }
}

/// Why a profile is not saved.
enum Unsaved {
    /// Somebody else wrote it meanwhile: this.
    Changed(Profile),
    Refused(Refusal),
}

/// Saves over what was last told. Where somebody was faster, what they wrote is what the next try goes over.
async fn save(place: Place, form: ProfileForm, request: ProfileRequest) -> Result<(), Unsaved> {
    let Some(address) = place.address.try_get_value() else { return Ok(()) };
    let told = form.told.get_untracked();
    let answer = match &told {
        Some((_, etag)) => asking::put::<ProfileKept>(&address, &request, etag.as_deref()).await,
        None => asking::put_new::<ProfileKept>(&address, &request).await,
    };
    match answer {
        Ok(answer) => {
            let by = place.office.session.read_untracked().as_ref().map(|session| session.name.clone());
            let profile = Profile {
                name: place.name.try_get_value().unwrap_or_default(),
                revision: answer.body.revision,
                profile: ProfileRequest { public: Some(answer.body.public), ..request },
                by: by.unwrap_or_default(),
                at: office_frame::moment::now(),
            };
            form.told.try_set(Some((profile, answer.etag)));
            Ok(())
        }
        Err(refusal) if refusal.code() == Some(ErrorCode::RevisionMismatch) => match fetched(&address).await {
            Ok(Some((profile, etag))) => {
                form.told.try_set(Some((profile.clone(), etag)));
                Err(Unsaved::Changed(profile))
            }
            Ok(None) => Err(Unsaved::Refused(refusal)),
            Err(refusal) => Err(Unsaved::Refused(refusal)),
        },
        Err(refusal) => Err(Unsaved::Refused(refusal)),
    }
}

/// Where a fault of the request is on the page.
fn fault_at(form: ProfileForm, field: &Field) -> Option<Fault> {
    let rest = field.path.strip_prefix('/')?;
    let Some(rest) = rest.strip_prefix("staff") else {
        return Some(Fault::at(text_id(rest), words::TOO_LONG));
    };
    let Some((place, name)) = rest.strip_prefix('/').and_then(|rest| rest.split_once('/')) else {
        return Some(Fault::at("profile-staff", words::MOST_PEOPLE));
    };
    let key = form.people.read_untracked().get(place.parse::<usize>().ok()?)?.key;
    let says = match name {
        "name" => words::NAME_NEEDED,
        "photo" => words::PHOTO_GONE,
        _ => words::TOO_LONG,
    };
    Some(Fault::at(person_field(key, name), says))
}

/// What the server found, at the fields where it is.
fn faults_of(form: ProfileForm, refusal: &Refusal) -> Vec<Fault> {
    let placed: Vec<Fault> = match refusal {
        Refusal::Said(body) => body.fields.iter().filter_map(|field| fault_at(form, field)).collect(),
        _ => Vec::new(),
    };
    if placed.is_empty() { vec![Fault::at(SAVE, refusal.phrase())] } else { placed }
}

/// The id of a text's control, by its name in the request.
fn text_id(name: &str) -> String {
    format!("profile-{name}")
}

fn text_field(place: Place, form: ProfileForm, at: usize, faults: RwSignal<Vec<Fault>>) -> AnyView {
    let ((field, several), value) = (TEXTS[at], form.text(at));
    let id = text_id(field.as_str());
    let (described, readonly) = (format!("{id}-error"), !place.may);
    let control = if several {
        view! {
            <textarea id=id.clone() rows="5" maxlength=LONGEST_TEXT readonly=readonly aria-describedby=described
                prop:value=value on:input=move |event| value.set(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id.clone() type="text" maxlength=LONGEST_WORDS autocomplete="off" readonly=readonly aria-describedby=described
                prop:value=value on:input=move |event| value.set(event_target_value(&event)) />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t(label(field))}</label>
            <FieldError faults field=id />
            {control}
            {release(form, field)}
        </div>
    }
    .into_any()
}

/// For the office the tick that makes a field public; for others whether it is.
fn release(form: ProfileForm, field: ProfileField) -> AnyView {
    if !form.releases {
        let tag = move || {
            form.public_now()
                .contains(&field)
                .then(|| view! { <p><span class="tag good">{t(words::IS_PUBLIC)}</span></p> })
        };
        return tag.into_any();
    }
    let says = Memo::new(move |_| form.typed().says(field));
    let tick = move |event: ev::Event| {
        let on = event_target_checked(&event);
        form.ticks.update(|ticks| {
            ticks.retain(|one| *one != field);
            if on {
                ticks.push(field);
            }
        });
    };
    view! {
        <label class="tickbox">
            <input type="checkbox" id=format!("release-{}", field.as_str()) disabled=move || !says.get()
                aria-label=move || fill(words::RELEASE_OF, &[&t(label(field))()])
                prop:checked=move || says.get() && form.ticks.read().contains(&field) on:change=tick />
            <span>{t(words::RELEASE)}</span>
        </label>
    }
    .into_any()
}

/// What somebody else wrote where it is another than what is typed, and the way to take it.
fn changed_by_others(
    form: ProfileForm,
    profile: Profile,
    theirs: RwSignal<Option<Profile>>,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    let typed = untrack(|| form.typed());
    let differing = ProfileField::ALL.into_iter().filter(|field| !profile.profile.agrees(&typed, *field));
    let parts: Vec<AnyView> = differing.map(|field| their_part(&profile.profile, field)).collect();
    let (by, at) = (profile.by.clone(), profile.at);
    let says = Phrase::new(words::OTHERS_WROTE, [by, moment(at)]);
    let take = move |_| {
        form.fill(&profile.profile);
        faults.set(Vec::new());
        theirs.set(None);
    };
    view! {
        <section class="note warn stack" id=THEIRS tabindex="-1">
            <p>{move || says.say()}</p>
            {parts}
            <p><button type="button" on:click=take>{t(words::TAKE_THEIRS)}</button></p>
        </section>
    }
    .into_any()
}

fn their_part(theirs: &ProfileRequest, field: ProfileField) -> AnyView {
    let text = match field {
        ProfileField::Staff => {
            let person = |person: &wire::profile::ProfileStaff| {
                let said = [&person.name, &person.post, &person.phone, &person.party];
                joined(said.into_iter().filter(|said| !said.is_empty()), " · ")
            };
            theirs.staff.iter().map(person).collect::<Vec<_>>().join("\n")
        }
        _ => crate::profile_form::text_of(theirs, field).to_owned(),
    };
    let text = if text.is_empty() { t(words::OTHERS_EMPTY)().to_owned() } else { text };
    view! {
        <details>
            <summary>{move || fill(words::OTHERS_SAY, &[&t(label(field))()])}</summary>
            <p class="opinion">{text}</p>
        </details>
    }
    .into_any()
}
