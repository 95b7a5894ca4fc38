//! The cards: one unit after another, and what keyboards and taps do to them.
//!
//! Two listeners serve the whole form, and nothing in a card is redrawn: which radio is checked is the
//! browser's to show.

use leptos::{ev, html, prelude::*};
use scoring::ballot::Section;
use text::ballot as words;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::{
    filling::Filling,
    sheet::{Choice, QuotaUse, Sheet},
};
use crate::{
    browser,
    words::{fill, t},
};

/// Id of a line's fieldset.
pub fn line_id(line: usize) -> String {
    format!("line-{line}")
}

/// Id of the box with a section's quotas in one category.
pub fn quota_id(section: usize, category: &str) -> String {
    format!("quota-{section}-{category}")
}

/// All sections with their cards.
#[component]
pub fn Cards(
    /// The ballot in hand.
    filling: Filling,
    /// The quotas, as they stand.
    quotas: Memo<Vec<QuotaUse>>,
) -> impl IntoView {
    let sheet = filling.sheet();
    let start = filling.with(|_, choices| choices.to_vec());
    let mut next = 0;
    let parts: Vec<_> = (0..sheet.paper.sections.len())
        .map(|place| {
            let part = Part { sheet: &sheet, place, choices: &start };
            part.view(quotas, &mut next)
        })
        .collect();
    view! {
        <div class="stack parts" on:change=move |event| changed(filling, &event) on:keydown=move |event| pressed(filling, &event)>
            {parts}
        </div>
    }
}

struct Part<'a> {
    sheet: &'a Sheet,
    place: usize,
    choices: &'a [Choice],
}

impl Part<'_> {
    fn view(&self, quotas: Memo<Vec<QuotaUse>>, next: &mut usize) -> AnyView {
        let Some(section) = self.sheet.paper.sections.get(self.place) else { return ().into_any() };
        let title = format!("part-{}", self.place);
        let several = section.units.iter().any(|unit| Some(&unit.category) != section.units.first().map(|first| &first.category));
        let mut category = None;
        let mut cards = Vec::new();
        for (place, unit) in section.units.iter().enumerate() {
            if category != Some(&unit.category) {
                category = Some(&unit.category);
                let name = several.then(|| view! { <h3 class="category">{unit.category_name.clone()}</h3> });
                let quota = (!section.quota.is_empty())
                    .then(|| view! { <QuotaBox quotas section=self.place category=unit.category.clone() /> });
                cards.push(view! { {name}{quota} }.into_any());
            }
            cards.push(self.card(section, place, next));
        }
        let keys = if section.quota.is_empty() { words::KEYS } else { words::KEYS_NO_BLANK };
        view! {
            <section class="stack" aria-labelledby=title.clone()>
                <h2 class="part" id=title.clone()>{section.name.clone()}</h2>
                {section.own_unit_skipped.then(|| view! { <p class="soft">{t(words::OWN_UNIT)}</p> })}
                <p class="hint keys">{t(keys)}</p>
                {cards}
            </section>
        }
        .into_any()
    }

    fn card(&self, section: &Section, place: usize, next: &mut usize) -> AnyView {
        let Some(unit) = section.units.get(place) else { return ().into_any() };
        let count = format!("{}/{}", place + 1, section.units.len());
        let title = format!("unit-{}-{place}", self.place);
        let head = |name: &str| html::span().class("unit").child(name.to_owned());
        if section.criteria.is_empty() {
            let line = take(next);
            return view! {
                <fieldset class="card panel" id=line_id(line)>
                    <legend><span class="count">{count}</span>{head(&unit.name)}</legend>
                    {self.choices_of(section, line)}
                </fieldset>
            }
            .into_any();
        }
        let lines: Vec<_> = section
            .criteria
            .iter()
            .map(|criterion| {
                let line = take(next);
                // Read aloud, a line says whose it is.
                let unit = unit.name.clone();
                view! {
                    <fieldset class="line" id=line_id(line)>
                        <legend><span class="sr">{unit}" "</span>{criterion.name.clone()}</legend>
                        {self.choices_of(section, line)}
                    </fieldset>
                }
            })
            .collect();
        view! {
            <div class="card panel" role="group" aria-labelledby=title.clone()>
                <h3 id=title.clone()><span class="count">{count}</span>{head(&unit.name)}</h3>
                {lines}
            </div>
        }
        .into_any()
    }

    fn choices_of(&self, section: &Section, line: usize) -> AnyView {
        let now = self.choices.get(line).copied().unwrap_or_default();
        let radio = |choice: Choice, value: String, key: usize, label: AnyView| {
            let name = format!("l{line}");
            let id = format!("l{line}-{value}");
            view! {
                <label class="choice" class:blank=choice == Choice::Blank>
                    <input type="radio" name=name id=id value=value prop:checked=now == choice />
                    <span><kbd aria-hidden="true">{key}</kbd>{label}</span>
                </label>
            }
        };
        let options: Vec<_> = (0u8..)
            .zip(&section.options)
            .map(|(place, option)| {
                let key = usize::from(place) + 1;
                radio(Choice::Option(place), place.to_string(), key, option.name.clone().into_any())
            })
            .collect();
        let blank = self
            .sheet
            .may_be_blank(line)
            .then(|| radio(Choice::Blank, "x".to_owned(), 0, t(words::BLANK).into_any()));
        view! { <div class="choices">{options}{blank}</div> }.into_any()
    }
}

fn take(next: &mut usize) -> usize {
    let line = *next;
    *next += 1;
    line
}

/// A section's quotas in one category: "优秀 1/2", and at once when one is overrun.
#[component]
fn QuotaBox(quotas: Memo<Vec<QuotaUse>>, section: usize, category: String) -> impl IntoView {
    let id = quota_id(section, &category);
    let here = Memo::new(move |_| {
        let quotas = quotas.read();
        quotas.iter().find(|one| one.section == section && one.category == category).cloned()
    });
    let counts = move || {
        here.get().map(|one| {
            one.options
                .into_iter()
                .map(|(name, have, need)| {
                    view! { <li class="tag" class:good={have == need} class:bad={have > need}>{fill(words::QUOTA_COUNT, &[&name, &have, &need])}</li> }
                })
                .collect_view()
        })
    };
    let over = move || {
        let one = here.get()?;
        let over: Vec<String> = one
            .options
            .iter()
            .filter(|(_, have, need)| have > need)
            .map(|(name, have, need)| fill(words::QUOTA_OVER, &[name, &(have - need)]))
            .collect();
        (!over.is_empty()).then(|| over.join(", "))
    };
    view! {
        <div class="quota" id=id tabindex="-1">
            <p class="label" aria-hidden="true">{t(words::QUOTA)}</p>
            <ul aria-label=t(words::QUOTA)>{counts}</ul>
            <p class="field-error" role="status">{over}</p>
        </div>
    }
}

/// A radio was chosen, by finger, mouse or arrow key.
fn changed(filling: Filling, event: &ev::Event) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let Some(line) = input.name().strip_prefix('l').and_then(|line| line.parse().ok()) else { return };
    let choice = match input.value().parse() {
        Ok(place) => Choice::Option(place),
        Err(_) => Choice::Blank,
    };
    filling.choose(line, choice);
}

/// A digit was pressed: it chooses on the line that has the focus, and the next line gets it.
fn pressed(filling: Filling, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let Some(digit) = event.key().parse::<u8>().ok().filter(|digit| *digit < 10) else { return };
    let Some(line) = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|at| line_of(&at)) else {
        return;
    };
    let (choice, value) = match digit.checked_sub(1) {
        Some(place) => (Choice::Option(place), place.to_string()),
        None => (Choice::Blank, "x".to_owned()),
    };
    let radio = document().get_element_by_id(&format!("l{line}-{value}"));
    let Some(radio) = radio.and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) else { return };
    event.prevent_default();
    radio.set_checked(true);
    filling.choose(line, choice);
    if line + 1 < filling.sheet().lines.len() {
        browser::focus(&line_id(line + 1));
    }
}

fn line_of(element: &Element) -> Option<usize> {
    let fieldset = element.closest("fieldset[id^='line-']").ok()??;
    fieldset.id().strip_prefix("line-")?.parse().ok()
}
