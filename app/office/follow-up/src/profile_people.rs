//! The people of a profile, as rows: added, moved, removed, each with a photo.

use frame::{
    browser,
    error_summary::{Fault, FieldError},
    words::{fill, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_evidence::upload_portrait;
use text::{Text, profile as words};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use wire::profile::{LONGEST_WORDS, MOST_STAFF};

use crate::profile_form::{Person, ProfileForm};

/// The kinds of photos that are offered to be chosen. A phone that keeps others gives one of these then.
const KINDS: &str = "image/jpeg,image/png,image/webp";

/// The id of a control in somebody's row.
pub(crate) fn person_field(key: usize, name: &str) -> String {
    format!("person-{key}-{name}")
}

/// The id of the button that adds somebody.
const ADD: &str = "person-add";

/// Focuses a control once the rows are drawn again.
fn focus_later(id: String) {
    request_animation_frame(move || browser::focus(&id));
}

/// The rows. `photos` is the address of the unit's photos.
pub(crate) fn people(form: ProfileForm, photos: String, faults: RwSignal<Vec<Fault>>, may: bool) -> AnyView {
    let photos = StoredValue::new(photos);
    let removed = RwSignal::new(false);
    let rows = move || {
        let people = form.people.get();
        let last = people.len().saturating_sub(1);
        let row = |(place, person): (usize, Person)| {
            let at = Row { form, person, place, last, photos, faults, may, removed };
            at.draw()
        };
        people.into_iter().enumerate().map(row).collect_view()
    };
    let add = move |_| {
        removed.set(false);
        focus_later(person_field(form.add_person(), "name"));
    };
    let more = move || {
        if form.people.read().len() < MOST_STAFF {
            view! { <button type="button" id=ADD on:click=add>{t(words::ADD_PERSON)}</button> }.into_any()
        } else {
            view! { <p class="soft">{t(words::MOST_PEOPLE)}</p> }.into_any()
        }
    };
    view! {
        <div class="stack">{rows}</div>
        <div class="row">
            {may.then_some(more)}
            <span role="status">{move || removed.get().then(|| t(words::REMOVED)())}</span>
        </div>
    }
    .into_any()
}

/// One row, at its place of now.
#[derive(Clone, Copy)]
struct Row {
    form: ProfileForm,
    person: Person,
    place: usize,
    last: usize,
    photos: StoredValue<String>,
    faults: RwSignal<Vec<Fault>>,
    may: bool,
    removed: RwSignal<bool>,
}

impl Row {
    fn draw(self) -> AnyView {
        let Row { person, place, faults, may, .. } = self;
        let line = |name: &str, label: Text, value: RwSignal<String>| {
            let id = person_field(person.key, name);
            view! {
                <div class="field">
                    <label for=id.clone()>{t(label)}</label>
                    <FieldError faults field=id.clone() />
                    <input id=id.clone() type="text" maxlength=LONGEST_WORDS autocomplete="off" readonly=!may
                        aria-describedby=format!("{id}-error")
                        prop:value=value on:input=move |event| value.set(event_target_value(&event)) />
                </div>
            }
            .into_any()
        };
        view! {
            <fieldset class="panel stack person">
                <legend>{move || fill(words::PERSON, &[&(place + 1)])}</legend>
                <div class="columns">
                    {line("name", words::NAME, person.name)}
                    {line("post", words::POST, person.post)}
                    {line("phone", words::PERSON_PHONE, person.phone)}
                    {line("party", words::PARTY, person.party)}
                </div>
                {self.photo()}
                {may.then(|| self.acts())}
            </fieldset>
        }
        .into_any()
    }

    /// The photo that there is, and the control for another.
    fn photo(self) -> AnyView {
        let Row { person, photos, faults, may, .. } = self;
        let id = person_field(person.key, "photo");
        let shown = move || {
            person.photo.get().map(|photo| {
                let address = format!("{}/{photo}", photos.get_value());
                view! { <img src=address height="96" alt=move || person.name.get() /> }
            })
        };
        if !may {
            return view! { <div>{shown}</div> }.into_any();
        }
        let field = StoredValue::new(id.clone());
        let chosen = move |event: ev::Event| {
            let input = event.target().and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
            let Some(input) = input else { return };
            let file = input.files().and_then(|files| files.get(0));
            // The same file may be chosen again.
            input.set_value("");
            let Some(file) = file else { return };
            faults.update(|faults| faults.retain(|fault| fault.field != field.get_value()));
            person.sending.set(true);
            spawn_local(async move {
                let Some(address) = photos.try_get_value() else { return };
                match upload_portrait(&address, &file).await {
                    Ok(kept) => {
                        person.photo.try_set(Some(kept.file));
                    }
                    Err(says) => {
                        let Some(field) = field.try_get_value() else { return };
                        faults.try_update(|faults| faults.push(Fault::at(field, says)));
                    }
                }
                person.sending.try_set(false);
            });
        };
        let hint = format!("{id}-hint");
        let off = move || {
            person.photo.read().is_some().then(|| {
                let remove = move |_| {
                    person.photo.set(None);
                    focus_later(field.get_value());
                };
                view! { <button type="button" on:click=remove>{t(words::PHOTO_REMOVE)}</button> }
            })
        };
        view! {
            <div class="field">
                <label for=id.clone()>{t(words::PHOTO)}</label>
                <p class="hint" id=hint.clone()>{t(words::PHOTO_HINT)}</p>
                <FieldError faults field=id.clone() />
                <div class="row">{shown}{off}</div>
                <input id=id.clone() type="file" accept=KINDS aria-describedby=format!("{hint} {id}-error") on:change=chosen />
                <span role="status">{move || person.sending.get().then(|| t(words::PHOTO_SENDING)())}</span>
            </div>
        }
        .into_any()
    }

    /// Up, down, and away.
    fn acts(self) -> AnyView {
        let Row { form, person, place, last, faults, removed, .. } = self;
        let key = person.key;
        let step = move |name: &'static str, label: Text, ends: bool, other: usize| {
            let id = person_field(key, name);
            let act = move |_| {
                if ends {
                    return;
                }
                removed.set(false);
                form.people.update(|people| people.swap(place, other));
                focus_later(person_field(key, name));
            };
            view! {
                <button type="button" id=id class="small-button" aria-disabled=ends.to_string()
                    aria-label=move || told(label, place) on:click=act>{t(label)}</button>
            }
            .into_any()
        };
        let remove = move |_| {
            form.people.update(|people| people.retain(|one| one.key != key));
            let own = person_field(key, "");
            faults.update(|faults| faults.retain(|fault| !fault.field.starts_with(&own)));
            removed.set(true);
            focus_later(ADD.to_owned());
        };
        view! {
            <p class="row-buttons">
                {step("up", words::UP, place == 0, place.saturating_sub(1))}
                {step("down", words::DOWN, place == last, place + 1)}
                <button type="button" class="small-button danger" aria-label=move || told(words::REMOVE, place) on:click=remove>{t(words::REMOVE)}</button>
            </p>
        }
        .into_any()
    }
}

/// What a button does, and to whom.
fn told(act: Text, place: usize) -> String {
    let whom = fill(words::PERSON, &[&(place + 1)]);
    fill(words::ACT_ON, &[&t(act)(), &whom])
}
