//! 单位公示 beside a unit: folded, and asked for when it is first opened.
//!
//! Refuses to own what is public: whatever the server tells is shown, and a part that it does not tell is not there.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use document::Value;
use frame::{
    drawing::{Drawn, classed, el, said},
    server::{self, Refusal},
};
use leptos::{prelude::*, task::spawn_local};
use text::{Text, profile as words};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// The parts that are texts, by their names in the answer.
const PARTS: [(&str, Text); 6] = [
    ("duties", words::DUTIES),
    ("promises", words::PROMISES),
    ("address", words::ADDRESS),
    ("hours", words::HOURS),
    ("phone", words::PHONE),
    ("complaints", words::COMPLAINTS),
];

/// The fold. What could not be fetched is asked for again when it is opened again.
pub fn profile(unit: &str) -> Drawn {
    let address = format!("/api/public/units/{}", String::from(js_sys::encode_uri_component(unit)));
    let answer = Rc::new(RefCell::new(None::<Result<Value, Refusal>>));
    let arrived = RwSignal::new(0_u32);
    let (here, at) = (answer.clone(), address.clone());
    let shown = move || {
        arrived.track();
        match &*here.borrow() {
            None => Vec::new(),
            Some(Ok(profile)) => told(profile, &at),
            Some(Err(refusal)) => vec![el("p").text(&refusal.phrase().say())],
        }
    };
    let asked = Rc::new(Cell::new(false));
    let turned = move |event: Event| {
        let fold = event.current_target().and_then(|fold| fold.dyn_into::<Element>().ok());
        if fold.is_none_or(|fold| !fold.has_attribute("open")) || asked.replace(true) {
            return;
        }
        let (address, answer, asked) = (address.clone(), answer.clone(), asked.clone());
        spawn_local(async move {
            let told = server::get::<Value>(&address).await.map(|answer| answer.body);
            asked.set(told.is_ok());
            answer.replace(Some(told));
            // A shared tablet may have gone to the next person.
            arrived.try_update(|count| *count += 1);
        });
    };
    let whose = classed("span", "sr").text(" ").text(unit);
    let body = classed("div", "profile").attr("aria-live", "polite").live_all(shown);
    classed("details", "comment").add(said("summary", words::PROFILE).add(whose)).add(body).on("toggle", turned)
}

/// What an answer tells: a paragraph a part, and one a person.
fn told(profile: &Value, address: &str) -> Vec<Drawn> {
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let part = |(name, label): &(&str, Text)| {
        let text = text(profile, name);
        (!text.is_empty()).then(|| el("p").add(said("strong", *label)).add(el("span").text(&text)))
    };
    let mut all: Vec<Drawn> = PARTS.iter().filter_map(part).collect();
    if let Some(Value::List(people)) = profile.get("staff") {
        for person in people {
            let photo = text(person, "photo");
            let mut line = classed("p", "row");
            if !photo.is_empty() {
                let photo = el("img").attr("loading", "lazy").attr("src", &format!("{address}/photos/{photo}"));
                // The name stands beside it.
                line = line.add(photo.attr("height", "96").attr("alt", ""));
            }
            let said = ["name", "post", "phone", "party"].map(|name| text(person, name)).into_iter();
            let said = said.filter(|said| !said.is_empty()).map(|said| el("span").text(&said));
            all.push(line.all(said));
        }
    }
    all
}
