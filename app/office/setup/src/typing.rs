//! The one listener of a page of the setup: what is typed, chosen or pressed in it goes to the draft.

use frame::{browser, error_summary::Fault};
use leptos::{ev, prelude::*};
use office_frame::pointer;
use office_plan_words::naming;
use scoring::{Decimal, json::Value};
use text::office_editor as words;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::{
    control::{Act, Takes},
    draft::Draft,
    field::shown,
    moving, new_element, references,
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
                let groups = format!("{}/groups", pointer::split(&place).0);
                let named = draft.with(|plan| pointer::by_ids(plan, &groups));
                let kept = match on {
                    true => shelved(draft, &groups),
                    false => draft.shelf.with_value(|shelf| shelf.get(&named).cloned()),
                };
                reshape(&|plan| pool(plan, &place, on, kept.as_ref().unwrap_or(&Value::Null)));
            } else {
                draft.type_in(&place, on.then_some(Value::Bool(true)));
            }
        }
        Takes::Member => {
            let on = at.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            let (list, word) = pointer::split(&place);
            draft.type_in(list, draft.with(|plan| with_word(plan, list, word.trim_start_matches('~'), on)));
        }
        Takes::Method => {
            let (method, _) = pointer::split(&place);
            let old = draft.with(|plan| pointer::at(plan, method).cloned()).unwrap_or(Value::Null);
            let was = pointer::text(&old, "/kind").to_owned();
            draft.other_kind(&place, (&was, &raw), (method, method), new_element::method(&old, &raw));
        }
        Takes::When => {
            let was = draft.with(|plan| pointer::at(plan, &place).map(shown)).unwrap_or_default();
            draft.other_kind(&place, (&was, &raw), (&place, &place), new_element::when(&raw));
        }
        // Only when it is whole: see `changed`.
        Takes::Id => {}
        Takes::Redraw => {
            // Units' own tasks take the place of the survey's criteria, which come back with the choice.
            let criteria = place.strip_suffix("/criteria_of").map(|method| format!("{method}/criteria"));
            let back = criteria.as_ref().and_then(|list| shelved(draft, list));
            reshape(&|plan| {
                pointer::put(plan, &place, parsed(takes, &raw, optional));
                if let Some(list) = &criteria {
                    pointer::put(plan, list, back.clone().filter(|_| raw.is_empty()));
                }
            });
        }
        Takes::TieBreak => reshape(&|plan| tie_break(plan, &place, &raw)),
        Takes::RulePoints => rule_points(draft, &place, &raw),
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

/// What stood at a place when it was last there; what stands there now is put away for later.
fn shelved(draft: Draft, place: &str) -> Option<Value> {
    let (name, now) = draft.with(|plan| (pointer::by_ids(plan, place), pointer::at(plan, place).cloned()));
    draft.shelf.try_update_value(|shelf| {
        shelf.extend(now.map(|now| (name.clone(), now)));
        shelf.get(&name).cloned()
    })?
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
fn rule_points(draft: Draft, place: &str, kind: &str) {
    let (rule, _) = pointer::split(place);
    let (gone, fresh) = if kind == "range" {
        let ends = ["min", "max"].map(|end| (end.to_owned(), Value::Text("0".to_owned())));
        ("levels", Value::Object(ends.to_vec()))
    } else {
        ("range", Value::List(Vec::new()))
    };
    draft.other_kind(place, (gone, kind), (&format!("{rule}/{gone}"), &format!("{rule}/{kind}")), fresh);
}

/// A field was left: an id is changed when it is whole.
pub fn changed(draft: Draft, event: &ev::Event) {
    let Some(at) = element(event) else { return };
    if Takes::of(&at) != Some(Takes::Id) {
        return;
    }
    let (place, new) = (at.id(), value_of(&at).trim().to_owned());
    let (named, _) = pointer::split(&place);
    let (list, _) = pointer::split(named);
    if draft.text(&place) == new {
        return draft.refused.set(None);
    }
    let taken = draft.with(|plan| {
        let has = |list: &str| pointer::list(plan, list).iter().any(|other| pointer::text(other, "/id") == new);
        has(list)
            || (list.starts_with("/components")
                && !list.contains("/method/")
                && naming::components(plan).iter().any(|(id, _)| *id == new))
    });
    let why = match (scoring::is_id(&new), taken) {
        (false, _) => Some(words::BAD_NEW_ID),
        (_, true) => Some(words::ID_TAKEN),
        _ => None,
    };
    draft.refused.set(why.map(|why| Fault::at(place.clone(), why)));
    if why.is_none() {
        draft.change(&place, |plan| references::rename(plan, named, &new));
    }
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
        Act::AddScale => {
            let preset = button.get_attribute("data-preset").and_then(|preset| preset.parse().ok());
            let count = draft.with(|plan| pointer::list(plan, "/scales").len());
            let new = draft.with(|plan| new_element::scale(plan, preset.unwrap_or_default()));
            let focus = format!("/scales/{count}/options/0/name");
            draft.reshape(Some(focus), |plan| pointer::put(plan, "/scales/-", Some(new)));
        }
        Act::Remove if draft.with(|plan| !references::uses(plan, &place).is_empty()) => {
            draft.removing.set(Some(place));
            browser::focus_soon("removing");
        }
        Act::Remove | Act::RemoveAnyway => remove(draft, &place),
        Act::Keep => {
            draft.removing.set(None);
            browser::focus(&format!("{place}/name"));
        }
        Act::Up | Act::Down => {
            let down = act == Act::Down;
            let now = last.parse::<usize>().unwrap_or_default();
            let other = if down { now + 1 } else { now.saturating_sub(1) };
            draft.reshape(Some(format!("{list}/{other}/name")), |plan| pointer::shift(plan, &place, down));
        }
        Act::In | Act::Out => {
            let inwards = draft.with(|plan| moving::inwards(plan, &place));
            let to = if act == Act::In { inwards } else { moving::outwards(&place) };
            if let Some((list, before)) = to {
                moved(draft, &place, &list, before);
            }
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

/// Moves a component into a list; its name takes the focus there.
pub fn moved(draft: Draft, from: &str, list: &str, before: usize) {
    let mut at = None;
    draft.reshape(None, |plan| at = moving::relocate(plan, from, list, before));
    draft.focus_next.set_value(at.map(|at| format!("{at}/name")));
}

fn remove(draft: Draft, place: &str) {
    let (list, _) = pointer::split(place);
    draft.removing.set(None);
    draft.reshape(Some(list.to_owned()), |plan| {
        pointer::put(plan, place, None);
        // Lists that may not be empty but may be absent.
        let may_be_absent = ["/quota", "/criteria", "/tasks", "/schedule"].iter().any(|name| list.ends_with(name));
        if may_be_absent && pointer::list(plan, list).is_empty() {
            pointer::put(plan, list, None);
        }
    });
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

/// Groups of a survey are pooled, without weights, or not; then they have the weights that were `kept`.
fn pool(plan: &mut Value, place: &str, on: bool, kept: &Value) {
    pointer::put(plan, place, on.then_some(Value::Bool(true)));
    let groups = format!("{}/groups", pointer::split(place).0);
    for group in 0..pointer::list(plan, &groups).len() {
        let id = pointer::text(plan, &format!("{groups}/{group}/group"));
        let before = pointer::list(kept, "").iter().find(|one| pointer::text(one, "/group") == id);
        let weight = before.map_or("1", |one| pointer::text(one, "/weight")).to_owned();
        pointer::put(plan, &format!("{groups}/{group}/weight"), (!on).then_some(Value::Text(weight)));
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
        let mut plan = Value::parse(br#"{"m":{"groups":[{"group":"a","weight":"3"},{"group":"b"}]}}"#).unwrap();
        let kept = Value::parse(br#"[{"group":"a","weight":"3"}]"#).unwrap();
        pool(&mut plan, "/m/pooled", true, &Value::Null);
        assert_eq!(plan.canonical(), r#"{"m":{"groups":[{"group":"a"},{"group":"b"}],"pooled":true}}"#);
        pool(&mut plan, "/m/pooled", false, &kept);
        assert_eq!(plan.canonical(), r#"{"m":{"groups":[{"group":"a","weight":"3"},{"group":"b","weight":"1"}]}}"#);
    }
}
