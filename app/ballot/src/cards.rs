//! The cards: one unit after another, and what keyboards and taps do to them.
//!
//! Two listeners serve the whole form, and nothing in a card is drawn again: which radio is checked is
//! the browser's to show.

use frame::{
    browser,
    drawing::{Drawn, classed, el, said},
    words::fill,
};
use leptos::prelude::*;
use scoring::ballot::{PaperUnit, QuotaState, Section};
use text::ballot as words;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};
use wire::comment;

use crate::{
    digits::{Press, press},
    filling::Filling,
    profile::profile,
    sheet::{Choice, Sheet},
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
pub fn cards(filling: Filling, quotas: Memo<Vec<QuotaState>>) -> Drawn {
    let sheet = filling.sheet();
    let choices = untrack(|| filling.with(|_, choices| choices.to_vec()));
    let tens = StoredValue::new(None);
    let mut next = 0;
    let parts: Vec<Drawn> = (0..sheet.paper.sections.len())
        .filter_map(|place| Part { filling, quotas, sheet: &sheet, choices: &choices, place }.draw(&mut next))
        .collect();
    classed("div", "stack parts")
        .all(parts)
        .on("change", move |event| changed(filling, &event))
        .on("input", move |event| written(filling, &event))
        .on("keydown", move |event| pressed(filling, tens, event.unchecked_ref()))
}

struct Part<'a> {
    filling: Filling,
    quotas: Memo<Vec<QuotaState>>,
    sheet: &'a Sheet,
    choices: &'a [Choice],
    place: usize,
}

impl Part<'_> {
    fn draw(&self, next: &mut usize) -> Option<Drawn> {
        let section = self.sheet.paper.sections.get(self.place)?;
        let title = format!("part-{}", self.place);
        let keys = if section.allows_blank() { words::KEYS } else { words::KEYS_NO_BLANK };
        let mut part = classed("section", "stack")
            .attr("aria-labelledby", &title)
            .add(classed("h2", "part").attr("id", &title).text(&section.name));
        if section.own_unit.is_some() {
            part = part.add(said("p", words::OWN_UNIT).attr("class", "soft"));
        }
        part = part.add(said("p", keys).attr("class", "hint keys"));
        let several =
            section.units.iter().any(|unit| Some(&unit.category) != section.units.first().map(|first| &first.category));
        let mut category = None;
        for (place, unit) in section.units.iter().enumerate() {
            if category != Some(&unit.category) {
                category = Some(&unit.category);
                if several {
                    part = part.add(classed("h3", "category").text(&unit.category_name));
                }
                if !section.quota.is_empty() {
                    part = part.add(self.quota_box(&unit.category));
                }
            }
            part = part.add(self.card(section, place, next));
        }
        Some(part)
    }

    fn card(&self, section: &Section, place: usize, next: &mut usize) -> Drawn {
        let own = section.units.get(place);
        let name = own.map_or("", |unit| &unit.name);
        let (profile, comment) = match own.filter(|unit| self.is_first_of(unit)) {
            Some(unit) => (self.profile_of(unit), self.comment_on(unit)),
            None => (None, None),
        };
        let criteria = own.map_or(&[][..], |unit| section.criteria_of(unit));
        let count = classed("span", "count").text(&format!("{}/{}", place + 1, section.units.len()));
        let unit = classed("span", "unit").text(name);
        if criteria.is_empty() {
            let line = take(next);
            return classed("fieldset", "card panel")
                .attr("id", &line_id(line))
                .add(el("legend").add(count).add(unit))
                .all(profile)
                .add(self.choices_of(section, line))
                .all(comment);
        }
        let title = format!("unit-{}-{place}", self.place);
        let lines = criteria.iter().map(|criterion| {
            let line = take(next);
            // Read aloud, a line says whose it is.
            let whose = classed("span", "sr").text(name).text(" ");
            classed("fieldset", "line")
                .attr("id", &line_id(line))
                .add(el("legend").add(whose).text(&criterion.name))
                .add(self.choices_of(section, line))
        });
        classed("div", "card panel")
            .attr("role", "group")
            .attr("aria-labelledby", &title)
            .add(el("h3").attr("id", &title).add(count).add(unit))
            .all(profile)
            .all(lines)
            .all(comment)
    }

    /// Whether a card here is the first that a unit has: what is of the unit as a whole stands there.
    fn is_first_of(&self, unit: &PaperUnit) -> bool {
        let mut before = self.sheet.paper.sections.iter().take(self.place).flat_map(|section| &section.units);
        !before.any(|one| one.id == unit.id)
    }

    /// What is public of a unit, where something is.
    fn profile_of(&self, unit: &PaperUnit) -> Option<Drawn> {
        self.filling.head().profiles.contains(&unit.id).then(|| profile(&unit.name))
    }

    /// The place for an opinion on a unit.
    fn comment_on(&self, unit: &PaperUnit) -> Option<Drawn> {
        if !self.filling.head().comments {
            return None;
        }
        let id = comment_id(&unit.id);
        let so_far = self.filling.comment_on(&unit.id);
        let whose = classed("span", "sr").text(" ").text(&unit.name);
        let details = classed("details", "comment");
        let details = if so_far.is_empty() { details } else { details.attr("open", "") };
        let area = el("textarea")
            .attr("id", &id)
            .attr("name", &unit.id)
            .attr("rows", "3")
            .attr("maxlength", &comment::LONGEST.to_string())
            .text(&so_far);
        let label = said("label", words::COMMENT_LABEL).attr("class", "hint").attr("for", &id);
        Some(details.add(said("summary", words::COMMENT).add(whose)).add(label).add(area))
    }

    fn choices_of(&self, section: &Section, line: usize) -> Drawn {
        let now = self.choices.get(line).copied().unwrap_or_default();
        let radio = |choice: Choice, value: &str, key: usize, label: Drawn| {
            let input = el("input")
                .attr("type", "radio")
                .attr("name", &format!("l{line}"))
                .attr("id", &radio_id(line, value))
                .attr("value", value);
            let input = if now == choice { input.attr("checked", "") } else { input };
            let key = el("kbd").attr("aria-hidden", "true").text(&key.to_string());
            let class = if choice == Choice::Blank { "choice blank" } else { "choice" };
            classed("label", class).add(input).add(el("span").add(key).add(label))
        };
        let options = (0u8..).zip(&section.options).map(|(place, option)| {
            let key = usize::from(place) + 1;
            radio(Choice::Option(place), &place.to_string(), key, el("span").text(&option.name))
        });
        let choices = classed("div", "choices").all(options);
        if self.sheet.may_be_blank(line) {
            choices.add(radio(Choice::Blank, BLANK, 0, said("span", words::BLANK)))
        } else {
            choices
        }
    }

    /// A section's quotas in one category: "优秀 1/2", and at once when one is overrun.
    fn quota_box(&self, category: &str) -> Drawn {
        let (filling, quotas) = (self.filling, self.quotas);
        let id = quota_id(self.place, category);
        let component = self.sheet.paper.sections.get(self.place).map(|section| section.component.clone());
        let category = category.to_owned();
        let here = Memo::new(move |_| {
            let sheet = filling.sheet();
            let quotas = quotas.read();
            let here = quotas
                .iter()
                .filter(|state| Some(&state.component) == component.as_ref() && state.category == category);
            here.map(|state| (sheet.quota_name(state), state.clone())).collect::<Vec<_>>()
        });
        let counts = move || {
            let count = |(name, state): &(String, QuotaState)| {
                let class = match state.have.cmp(&state.need) {
                    std::cmp::Ordering::Less => "tag",
                    std::cmp::Ordering::Equal => "tag good",
                    std::cmp::Ordering::Greater => "tag bad",
                };
                classed("li", class).text(&quota_words(name, state))
            };
            here.read().iter().map(count).collect()
        };
        let over = move || {
            let mut says = String::new();
            for (name, state) in here.read().iter().filter(|(_, state)| state.have > state.need) {
                says.push_str(&fill(words::QUOTA_OVER, &[name, &(state.have - state.need)]));
                says.push(' ');
            }
            says
        };
        classed("div", "quota")
            .attr("id", &id)
            .attr("tabindex", "-1")
            .add(said("p", words::QUOTA).attr("class", "label"))
            .add(el("ul").live_all(counts))
            .add(classed("p", "field-error").attr("role", "status").live(over))
    }
}

/// Id of the place for an opinion on a unit.
pub fn comment_id(unit: &str) -> String {
    format!("say-{unit}")
}

/// "优秀 1/2", or "优秀 最多 2，已用 1".
pub fn quota_words(name: &str, state: &QuotaState) -> String {
    let words = if state.at_most { words::QUOTA_AT_MOST } else { words::QUOTA_COUNT };
    fill(words, &[&name, &state.have, &state.need])
}

/// The value of 不了解.
const BLANK: &str = "x";

fn radio_id(line: usize, value: &str) -> String {
    format!("l{line}-{value}")
}

fn take(next: &mut usize) -> usize {
    let line = *next;
    *next += 1;
    line
}

/// A radio was chosen, by finger, mouse or arrow key.
fn changed(filling: Filling, event: &Event) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let Some(line) = input.name().strip_prefix('l').and_then(|line| line.parse().ok()) else { return };
    filling.choose(line, input.value().parse().map_or(Choice::Blank, Choice::Option));
}

/// Something was written on a unit.
fn written(filling: Filling, event: &Event) {
    if let Some(area) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
        filling.comment(&area.name(), &area.value());
    }
}

/// A digit was pressed: it chooses on the line that has the focus, and the next line gets it. `tens`: the line and the
/// digit before, while another may follow it.
fn pressed(filling: Filling, tens: StoredValue<Option<(usize, usize)>>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let Some(digit) = event.key().parse::<u8>().ok().filter(|digit| *digit < 10).map(usize::from) else { return };
    let Some(line) = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|at| line_of(&at))
    else {
        return;
    };
    let sheet = filling.sheet();
    let Press { line, number, waits } =
        press(|line| sheet.options_of(line), sheet.lines.len(), tens.get_value(), line, digit);
    tens.set_value(waits.then_some((line, number)));
    let (choice, value) = match number.checked_sub(1).and_then(|place| u8::try_from(place).ok()) {
        Some(place) => (Choice::Option(place), place.to_string()),
        None => (Choice::Blank, BLANK.to_owned()),
    };
    let radio = document().get_element_by_id(&radio_id(line, &value));
    let Some(radio) = radio.and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) else { return };
    event.prevent_default();
    radio.set_checked(true);
    filling.choose(line, choice);
    let next = if waits { line } else { (line + 1).min(sheet.lines.len() - 1) };
    browser::focus(&line_id(next));
}

fn line_of(element: &Element) -> Option<usize> {
    // What is written there is the voter's own.
    if element.has_attribute("maxlength") {
        return None;
    }
    let fieldset = element.closest("fieldset[id^='line-']").ok()??;
    fieldset.id().strip_prefix("line-")?.parse().ok()
}
