//! The control for files: choosing or photographing, what is on its way, what is there, and taking one off again.

use frame::{
    error_summary::{Fault, FieldError},
    words::{Phrase, fill, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use text::evidence as words;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};
use wire::file::MOST_FILES;

use crate::sending::{Files, Kept, upload};

/// What is offered to be chosen: on a phone, the camera as well.
const KINDS: &str = "image/*,application/pdf,.docx,.xlsx,.txt,text/plain";

/// The control; each file is sent at once.
#[component]
pub fn FilesField(
    /// Where files are sent.
    #[prop(into)]
    address: String,
    files: Files,
    /// The id of the control, unique on the page.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let (address, field) = (StoredValue::new(address), StoredValue::new(id.clone()));
    let send = move |chosen: Vec<File>| {
        faults.set(Vec::new());
        let refuse = move |name: &str, why: &Phrase| {
            let says = Phrase::new(words::NOT_TAKEN, [name.to_owned(), why.say()]);
            faults.try_update(|faults| faults.push(Fault::at(field.get_value(), says)));
        };
        let room = MOST_FILES.saturating_sub(files.kept.read_untracked().len() + files.under_way.get_untracked());
        if chosen.len() > room {
            faults.set(vec![Fault::at(field.get_value(), Phrase::new(words::TOO_MANY, [MOST_FILES.to_string()]))]);
            return;
        }
        files.under_way.update(|count| *count += chosen.len());
        spawn_local(async move {
            for file in chosen {
                let Some(to) = address.try_get_value() else { return };
                match upload(&to, &file).await {
                    Ok(kept) => {
                        files.kept.try_update(|list| {
                            if !list.iter().any(|one| one.file == kept.file) {
                                list.push(kept);
                            }
                        });
                    }
                    Err(why) => refuse(&file.name(), &why),
                }
                files.under_way.try_update(|count| *count = count.saturating_sub(1));
            }
        });
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let list = input.files();
        let chosen = list.iter().flat_map(|list| (0..list.length()).filter_map(|place| list.get(place))).collect();
        send(chosen);
        // The same file may be chosen again.
        input.set_value("");
    };
    let described = format!("{id}-hint {id}-error");
    let hint = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id.clone()>{t(words::FILES)}</label>
            <p class="hint" id=hint>{t(words::FILES_HINT)}</p>
            <FieldError faults field=id.clone() />
            <input id=id type="file" multiple accept=KINDS aria-describedby=described on:change=chosen />
            <div role="status">{move || files.busy().then(|| view! { <p class="soft">{move || fill(words::SENDING, &[&files.under_way.get()])}</p> })}</div>
            {move || listed(files)}
        </div>
    }
}

/// The files that are there, each with a button that takes it off.
fn listed(files: Files) -> Option<AnyView> {
    let row = |kept: Kept| {
        let (file, name) = (kept.file, kept.name.clone());
        let off = move |_| files.kept.update(|list| list.retain(|one| one.file != file));
        view! {
            <li class="row"><bdi>{kept.name}</bdi>
                <button type="button" class="small" aria-label=move || fill(words::REMOVE_NAMED, &[&name]) on:click=off>{t(words::REMOVE)}</button>
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = files.kept.get().into_iter().map(row).collect();
    (!rows.is_empty()).then(|| view! { <ul class="files">{rows}</ul> }.into_any())
}
