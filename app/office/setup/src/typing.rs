//! The one listener of a page of the setup: what is typed, chosen or pressed in it goes to the draft.

use leptos::{ev, prelude::*};
use office_frame::pointer;
use scoring::{Decimal, json::Value};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::{
    control::{Act, Takes},
    draft::Draft,
    new_element,
};

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
    let Some(takes) = Takes::of(&at) else { return };
    let (raw, place) = (value_of(&at), at.id());
    let optional = at.has_attribute("data-optional");
    // What stands beside these changes with them.
    let reshape = |change: &dyn Fn(&mut Value)| draft.reshape(Some(place.clone()), change);
    match takes {
        Takes::Flag => {
            let on = at.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            if place.ends_with("/pooled") {
                reshape(&|plan| pool(plan, &place, on));
            } else {
                draft.type_in(&place, on.then_some(Value::Bool(true)));
            }
        }
        Takes::Member => {
            let on = at.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            let (list, word) = pointer::split(&place);
            draft.type_in(list, draft.with(|plan| with_word(plan, list, word.trim_start_matches('~'), on)));
        }
        Takes::Method => reshape(&|plan| {
            let (method, _) = pointer::split(&place);
            let new = new_element::method(pointer::at(plan, method).unwrap_or(&Value::Null), &raw);
            pointer::put(plan, method, Some(new));
        }),
        Takes::When => reshape(&|plan| pointer::put(plan, &place, Some(new_element::when(&raw)))),
        Takes::Redraw => reshape(&|plan| {
            pointer::put(plan, &place, parsed(takes, &raw, optional));
            // Units' own tasks take the place of the survey's criteria.
            if let Some(method) = place.strip_suffix("/criteria_of").filter(|_| !raw.is_empty()) {
                pointer::put(plan, &format!("{method}/criteria"), None);
            }
        }),
        Takes::TieBreak => reshape(&|plan| tie_break(plan, &place, &raw)),
        Takes::RulePoints => reshape(&|plan| rule_points(plan, &place, &raw)),
        Takes::Slider => points(draft, place.strip_suffix(SLIDER).unwrap_or(&place), &raw, &place),
        _ if place.ends_with("/points") && place.starts_with("/components") => {
            points(draft, &place, &narrow(&raw), &place)
        }
        _ => draft.type_in(&place, parsed(takes, &raw, optional)),
    }
}

/// A list of words with one more or less; none where it is then empty.
fn with_word(plan: &Value, list: &str, word: &str, on: bool) -> Option<Value> {
    let mut words = pointer::list(plan, list).to_vec();
    words.retain(|known| known.as_str() != Some(word));
    words.extend(on.then(|| Value::Text(word.to_owned())));
    (!words.is_empty()).then_some(Value::List(words))
}

/// A line of the tie-break is a component's score, or the share of an option there.
fn tie_break(plan: &mut Value, place: &str, kind: &str) {
    let (at, _) = pointer::split(place);
    let component = match pointer::at(plan, at) {
        Some(Value::Text(id)) => id.clone(),
        other => other.map(|other| pointer::text(other, "/component").to_owned()).unwrap_or_default(),
    };
    let new = if kind == "share" {
        Value::Object(vec![
            ("option".to_owned(), Value::Text(String::new())),
            ("component".to_owned(), Value::Text(component)),
        ])
    } else {
        Value::Text(component)
    };
    pointer::put(plan, at, Some(new));
}

/// A rule gives points by levels, or within a range.
fn rule_points(plan: &mut Value, place: &str, kind: &str) {
    let (rule, _) = pointer::split(place);
    let (gone, new, fresh) = if kind == "range" {
        let ends = ["min", "max"].map(|end| (end.to_owned(), Value::Text("0".to_owned())));
        ("levels", "range", Value::Object(ends.to_vec()))
    } else {
        ("range", "levels", Value::List(Vec::new()))
    };
    pointer::put(plan, &format!("{rule}/{gone}"), None);
    pointer::put(plan, &format!("{rule}/{new}"), Some(fresh));
}

/// A button was pressed.
pub fn pressed(draft: Draft, event: &ev::MouseEvent) {
    let target = event.target().and_then(|at| at.dyn_into::<Element>().ok());
    let Some(button) = target.and_then(|at| at.closest("button[data-act]").ok().flatten()) else { return };
    let Some(act) = Act::of(&button) else { return };
    let place = button.get_attribute("data-at").unwrap_or_default();
    let (list, last) = pointer::split(&place);
    match act {
        Act::Add => add(draft, &place, draft.with(|plan| new_element::fresh(plan, &place))),
        Act::AddBranch => add(draft, &place, draft.with(|plan| new_element::fresh_branch(plan, &place))),
        Act::Remove => draft.reshape(Some(list.to_owned()), |plan| {
            pointer::put(plan, &place, None);
            // Lists that may not be empty but may be absent.
            let may_be_absent = ["/quota", "/criteria", "/tasks", "/schedule"].iter().any(|name| list.ends_with(name));
            if may_be_absent && pointer::list(plan, list).is_empty() {
                pointer::put(plan, list, None);
            }
        }),
        Act::Up | Act::Down => {
            let down = act == Act::Down;
            let now = last.parse::<usize>().unwrap_or_default();
            let other = if down { now + 1 } else { now.saturating_sub(1) };
            draft.reshape(Some(format!("{list}/{other}/name")), |plan| pointer::shift(plan, &place, down));
        }
        Act::Less | Act::More => {
            let Ok(now) = draft.text(&place).parse::<Decimal>() else { return };
            let new = if act == Act::More { now + Decimal::ONE } else { now - Decimal::ONE };
            if !new.is_negative() {
                points(draft, &place, &new.to_string(), "");
            }
        }
        Act::Lock => {
            let (component, _) = pointer::split(&place);
            let id = draft.text(&format!("{component}/id"));
            draft.locked.update(|locked| match locked.iter().position(|known| *known == id) {
                Some(known) => drop(locked.remove(known)),
                None => locked.push(id),
            });
        }
    }
}

/// Adds an element to a list; its first field takes the focus.
fn add(draft: Draft, list: &str, new: Value) {
    let count = draft.with(|plan| pointer::list(plan, list).len());
    let first = match &new {
        Value::Object(members) => {
            let has = |key: &&str| members.iter().any(|(known, _)| known == key);
            ["name", "group", "option", "period"]
                .into_iter()
                .find(has)
                .map_or("/id".to_owned(), |key| format!("/{key}"))
        }
        _ => String::new(),
    };
    draft.reshape(Some(format!("{list}/{count}{first}")), |plan| pointer::put(plan, &format!("{list}/-"), Some(new)));
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
fn parsed(takes: Takes, raw: &str, optional: bool) -> Option<Value> {
    let raw = if takes == Takes::Text { raw } else { raw.trim() };
    if raw.trim().is_empty() && (optional || matches!(takes, Takes::Words | Takes::Pairs)) {
        return None;
    }
    Some(match takes {
        Takes::Decimal => Value::Text(narrow(raw)),
        Takes::Count => {
            let raw = narrow(raw);
            raw.parse().map_or(Value::Text(raw), Value::Int)
        }
        Takes::NumberChoice => raw.parse().map_or_else(|_| Value::Text(raw.to_owned()), Value::Int),
        Takes::Words => Value::List(
            raw.split([' ', ',', ',', '、', ';', ';', '\u{3000}'])
                .filter(|word| !word.is_empty())
                .map(|word| Value::Text(word.to_owned()))
                .collect(),
        ),
        Takes::Pairs => Value::Object(
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
    fn a_word_is_ticked_into_its_list_and_out_of_it() {
        let plan = Value::parse(br#"{"approval":["close"]}"#).unwrap();
        let with = |word: &str, on: bool| with_word(&plan, "/approval", word, on).map(|list| list.canonical());
        assert_eq!(with("publish", true).as_deref(), Some(r#"["close","publish"]"#));
        assert_eq!(with("close", true).as_deref(), Some(r#"["close"]"#));
        assert_eq!(with("close", false), None);
    }

    #[test]
    fn figures_of_a_chinese_input_method_are_plain_figures() {
        assert_eq!(narrow(" ４０。５ "), "40.5");
        assert_eq!(narrow("-2.5"), "-2.5");
    }

    #[test]
    fn what_is_typed_becomes_what_the_document_takes() {
        let said = |takes, raw, optional| parsed(takes, raw, optional).map(|value| value.canonical());
        assert_eq!(said(Takes::Count, "3", false).unwrap(), "3");
        assert_eq!(said(Takes::Count, "三", false).unwrap(), "\"三\"");
        assert_eq!(said(Takes::Words, "focus、window  rural", false).unwrap(), r#"["focus","window","rural"]"#);
        assert_eq!(
            said(Takes::Pairs, "科室负责人 = 6\n\n其他 = -2", false).unwrap(),
            r#"{"其他":"-2","科室负责人":"6"}"#
        );
        assert_eq!(said(Takes::Decimal, " ", true), None);
        assert_eq!(said(Takes::Decimal, "", false).unwrap(), "\"\"");
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
