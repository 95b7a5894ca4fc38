//! The one listener of a page of the setup: what is typed, chosen or pressed in it goes to the draft.
//!
//! A control says what it takes in `data-kind` (its id is the place), a button what it does in
//! `data-act` and where in `data-at`.

use leptos::{ev, prelude::*};
use office_frame::pointer;
use scoring::{Decimal, json::Value};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::{draft::Draft, rows};

/// Behind the place in the id of a slider.
pub const SLIDER: &str = "~slider";

fn element(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The place of the field that an event is about.
pub fn field_of(event: &ev::Event) -> Option<String> {
    let id = element(event)?.id();
    Some(id.strip_suffix(SLIDER).map(str::to_owned).unwrap_or(id))
}

/// Something was typed or chosen.
pub fn typed(draft: Draft, event: &ev::Event) {
    let Some(at) = element(event) else { return };
    let Some(kind) = at.get_attribute("data-kind") else { return };
    let raw = value_of(&at);
    let place = at.id();
    match kind.as_str() {
        "flag" => {
            let on = at.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            let new = on.then_some(Value::Bool(true));
            if place.ends_with("/pooled") {
                draft.reshape(Some(place.clone()), |plan| pool(plan, &place, on));
            } else {
                draft.type_in(&place, new);
            }
        }
        // What stands beside it changes with it.
        "kind" => draft.reshape(Some(place.clone()), |plan| {
            let (method, _) = pointer::split(&place);
            let new = rows::method(pointer::at(plan, method).unwrap_or(&Value::Null), &raw);
            pointer::put(plan, method, Some(new));
        }),
        "when" => draft.reshape(Some(place.clone()), |plan| pointer::put(plan, &place, Some(rows::when(&raw)))),
        "redraw" => {
            let new = parsed("choice", &raw, at.has_attribute("data-optional"));
            draft.reshape(Some(place.clone()), |plan| pointer::put(plan, &place, new));
        }
        "tie" => draft.reshape(Some(place.clone()), |plan| {
            let (at, _) = pointer::split(&place);
            let component = match pointer::at(plan, at) {
                Some(Value::Text(id)) => id.clone(),
                other => other.map(|other| pointer::text(other, "/component").to_owned()).unwrap_or_default(),
            };
            let new = if raw == "share" {
                Value::Object(vec![
                    ("option".to_owned(), Value::Text(String::new())),
                    ("component".to_owned(), Value::Text(component)),
                ])
            } else {
                Value::Text(component)
            };
            pointer::put(plan, at, Some(new));
        }),
        "rule" => draft.reshape(Some(place.clone()), |plan| {
            let (rule, _) = pointer::split(&place);
            let (gone, new, fresh) = if raw == "range" {
                let ends = ["min", "max"].map(|end| (end.to_owned(), Value::Text("0".to_owned())));
                ("levels", "range", Value::Object(ends.to_vec()))
            } else {
                ("range", "levels", Value::List(Vec::new()))
            };
            pointer::put(plan, &format!("{rule}/{gone}"), None);
            pointer::put(plan, &format!("{rule}/{new}"), Some(fresh));
        }),
        "slider" => points(draft, place.strip_suffix(SLIDER).unwrap_or(&place), &raw, &place),
        _ if place.ends_with("/points") && place.starts_with("/components") => {
            points(draft, &place, &narrow(&raw), &place)
        }
        kind => draft.type_in(&place, parsed(kind, &raw, at.has_attribute("data-optional"))),
    }
}

/// A button was pressed.
pub fn pressed(draft: Draft, event: &ev::MouseEvent) {
    let Some(button) = event
        .target()
        .and_then(|at| at.dyn_into::<Element>().ok())
        .and_then(|at| at.closest("button[data-act]").ok().flatten())
    else {
        return;
    };
    let act = button.get_attribute("data-act").unwrap_or_default();
    let place = button.get_attribute("data-at").unwrap_or_default();
    let (list, last) = pointer::split(&place);
    match act.as_str() {
        "add" | "branch" => {
            let count = draft.with(|plan| pointer::list(plan, &place).len());
            let new = draft
                .with(|plan| if act == "add" { rows::fresh(plan, &place) } else { rows::fresh_branch(plan, &place) });
            let first = match &new {
                Value::Object(members) if members.iter().any(|(key, _)| key == "name") => "/name",
                Value::Object(members) if members.iter().any(|(key, _)| key == "group") => "/group",
                Value::Object(members) if members.iter().any(|(key, _)| key == "option") => "/option",
                Value::Object(_) => "/id",
                _ => "",
            };
            draft.reshape(Some(format!("{place}/{count}{first}")), |plan| {
                pointer::put(plan, &format!("{place}/-"), Some(new))
            });
        }
        "remove" => draft.reshape(Some(list.to_owned()), |plan| {
            pointer::put(plan, &place, None);
            // Lists that may not be empty but may be absent.
            if (list.ends_with("/quota") || list.ends_with("/criteria")) && pointer::list(plan, list).is_empty() {
                pointer::put(plan, list, None);
            }
        }),
        "up" | "down" => {
            let down = act == "down";
            let place_now = last.parse::<usize>().unwrap_or_default();
            let other = if down { place_now + 1 } else { place_now.saturating_sub(1) };
            draft.reshape(Some(format!("{list}/{other}/name")), |plan| pointer::shift(plan, &place, down));
        }
        "less" | "more" => {
            let Ok(now) = draft.text(&place).parse::<Decimal>() else { return };
            let new = if act == "more" { now + Decimal::ONE } else { now - Decimal::ONE };
            if !new.is_negative() {
                points(draft, &place, &new.to_string(), "");
            }
        }
        "lock" => {
            let (component, _) = pointer::split(&place);
            let id = draft.text(&format!("{component}/id"));
            draft.locked.update(|locked| match locked.iter().position(|known| *known == id) {
                Some(known) => drop(locked.remove(known)),
                None => locked.push(id),
            });
        }
        _ => {}
    }
}

/// New points of a component: to the draft, and to the controls that did not bring them.
fn points(draft: Draft, place: &str, new: &str, from: &str) {
    draft.type_in(place, Some(Value::Text(new.to_owned())));
    let (component, _) = pointer::split(place);
    let id = draft.text(&format!("{component}/id"));
    draft.touched.update_value(|touched| {
        if !touched.contains(&id) {
            touched.push(id);
        }
    });
    for control in [place.to_owned(), format!("{place}{SLIDER}")] {
        if control != from
            && let Some(input) =
                document().get_element_by_id(&control).and_then(|found| found.dyn_into::<HtmlInputElement>().ok())
        {
            input.set_value(new);
        }
    }
}

/// Groups of a survey are pooled, without weights, or not.
fn pool(plan: &mut Value, place: &str, on: bool) {
    pointer::put(plan, place, on.then_some(Value::Bool(true)));
    let groups = format!("{}/groups", pointer::split(place).0);
    for group in 0..pointer::list(plan, &groups).len() {
        pointer::put(plan, &format!("{groups}/{group}/weight"), (!on).then(|| Value::Text("1".to_owned())));
    }
}

fn value_of(at: &Element) -> String {
    if let Some(input) = at.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(select) = at.dyn_ref::<HtmlSelectElement>() {
        select.value()
    } else {
        at.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value).unwrap_or_default()
    }
}

/// What was typed, as the document takes it; `None` where an optional field was emptied.
fn parsed(kind: &str, raw: &str, optional: bool) -> Option<Value> {
    let raw = if kind == "text" { raw } else { raw.trim() };
    if raw.trim().is_empty() && (optional || kind == "words" || kind == "pairs") {
        return None;
    }
    Some(match kind {
        "decimal" => Value::Text(narrow(raw)),
        "count" => {
            let raw = narrow(raw);
            raw.parse().map_or(Value::Text(raw), Value::Int)
        }
        "number-choice" => raw.parse().map_or_else(|_| Value::Text(raw.to_owned()), Value::Int),
        "words" => Value::List(
            raw.split([' ', ',', ',', '、', ';', ';', '\u{3000}'])
                .filter(|word| !word.is_empty())
                .map(|word| Value::Text(word.to_owned()))
                .collect(),
        ),
        "pairs" => Value::Object(
            raw.lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| {
                    let (key, value) = line.split_once(['=', ':', ':', '=']).unwrap_or((line, ""));
                    (key.trim().to_owned(), Value::Text(narrow(value)))
                })
                .fold(Vec::new(), |mut members: Vec<(String, Value)>, (key, value)| {
                    members.retain(|(known, _)| *known != key);
                    members.push((key, value));
                    members
                }),
        ),
        _ => Value::Text(raw.to_owned()),
    })
}

/// A figure as Chinese input methods may give it, in plain digits without spaces.
fn narrow(raw: &str) -> String {
    raw.chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| match sign {
            // Full width: figures, U+FF0D and U+FF0E.
            '０'..='９' | '\u{ff0d}' | '\u{ff0e}' => char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign),
            '。' => '.',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_chinese_input_method_are_plain_figures() {
        assert_eq!(narrow(" ４０。５ "), "40.5");
        assert_eq!(narrow("-2.5"), "-2.5");
    }

    #[test]
    fn what_is_typed_becomes_what_the_document_takes() {
        let said = |kind, raw, optional| parsed(kind, raw, optional).map(|value| value.canonical());
        assert_eq!(said("count", "3", false).unwrap(), "3");
        assert_eq!(said("count", "三", false).unwrap(), "\"三\"");
        assert_eq!(said("words", "focus、window  rural", false).unwrap(), r#"["focus","window","rural"]"#);
        assert_eq!(said("pairs", "科室负责人 = 6\n\n其他 = -2", false).unwrap(), r#"{"其他":"-2","科室负责人":"6"}"#);
        assert_eq!(said("decimal", " ", true), None);
        assert_eq!(said("decimal", "", false).unwrap(), "\"\"");
    }

    #[test]
    fn pooled_groups_lose_their_weights_and_get_them_back() {
        let mut plan = Value::parse(br#"{"m":{"groups":[{"group":"a","weight":"3"}]}}"#).unwrap();
        pool(&mut plan, "/m/pooled", true);
        assert_eq!(plan.canonical(), r#"{"m":{"groups":[{"group":"a"}],"pooled":true}}"#);
        pool(&mut plan, "/m/pooled", false);
        assert_eq!(plan.canonical(), r#"{"m":{"groups":[{"group":"a","weight":"1"}]}}"#);
    }
}
