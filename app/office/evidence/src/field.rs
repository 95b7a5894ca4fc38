//! The control for files: choosing or photographing, what is on its way, what is there, and taking one off again.

use frame::{
    drawing::{Drawing, Drawn, button, classed, el, said},
    error_summary::{Fault, field_error},
    words::{Phrase, fill},
};
use leptos::{prelude::*, task::spawn_local};
use text::evidence as words;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};
use wire::file::MOST_FILES;

use crate::sending::{Files, Kept, upload};

/// What is offered to be chosen: on a phone, the camera as well.
const KINDS: &str = "image/*,application/pdf,.docx,.xlsx,.txt,text/plain";

/// [`files_field`] in a view.
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
    view! { <Drawing drawn=files_field(address, files, id) /> }
}

/// The control; each file is sent at once. `address` is where, `id` the control's, unique on the page.
#[must_use]
pub fn files_field(address: String, files: Files, id: String) -> Drawn {
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
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|at| at.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let list = input.files();
        let chosen = list.iter().flat_map(|list| (0..list.length()).filter_map(|place| list.get(place))).collect();
        send(chosen);
        // The same file may be chosen again.
        input.set_value("");
    };
    let hint = format!("{id}-hint");
    let control = [("id", &*id), ("type", "file"), ("multiple", ""), ("accept", KINDS)];
    let control = control.iter().fold(el("input"), |control, (name, value)| control.attr(name, value));
    let control = control.attr("aria-describedby", &format!("{hint} {id}-error")).on("change", chosen);
    let under_way = el("p").attr("class", "soft").attr("role", "status").live(move || match files.under_way.get() {
        0 => String::new(),
        count => fill(words::SENDING, &[&count]),
    });
    classed("div", "field")
        .add(said("label", words::FILES).attr("for", &id))
        .add(said("p", words::FILES_HINT).attr("class", "hint").attr("id", &hint))
        .add(field_error(faults.into(), id))
        .add(control)
        .add(under_way)
        .add(
            classed("ul", "queue")
                .live_all(move || files.kept.get().into_iter().map(|kept| row(files, kept)).collect()),
        )
}

/// A file that is there, with a button that takes it off.
fn row(files: Files, kept: Kept) -> Drawn {
    let Kept { file, name } = kept;
    let off = button(words::REMOVE, move |_| files.kept.update(|list| list.retain(|one| one.file != file)));
    let named = name.clone();
    let off = off.attr("class", "small").live_attr("aria-label", move || Some(fill(words::REMOVE_NAMED, &[&named])));
    classed("li", "row").add(el("bdi").text(&name)).add(off)
}
