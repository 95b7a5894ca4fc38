//! Places in a plan document: reading and changing a JSON tree by RFC 6901 pointers.
//!
//! Owns nothing but the walk. A draft may be any object, so every step may find something else than it
//! expects: then there is nothing at that place, and writing there does nothing.

use scoring::json::Value;

fn tokens(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
}

/// What stands at a pointer; null counts as nothing.
pub fn at<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    let mut here = value;
    for token in tokens(pointer) {
        here = match here {
            Value::Object(_) => here.get(&token)?,
            Value::List(items) => items.get(token.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    (*here != Value::Null).then_some(here)
}

/// The same, to be changed.
pub fn at_mut<'v>(value: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
    let mut here = value;
    for token in tokens(pointer) {
        here = match here {
            Value::Object(members) => members.iter_mut().find(|(key, _)| *key == token).map(|(_, value)| value)?,
            Value::List(items) => items.get_mut(token.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(here)
}

/// The list at a pointer; empty where there is none.
pub fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    match at(value, pointer) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// The text at a pointer; empty where there is none.
pub fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    at(value, pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The pointer of what holds this place, and the place's last token.
pub fn split(pointer: &str) -> (&str, String) {
    let (parent, last) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    (parent, last.replace("~1", "/").replace("~0", "~"))
}

/// Writes at a pointer: replaces or adds a member, replaces an element, or appends at the end of a list.
/// `None` takes a member or an element out. What is missing on the way is made: a list where a place in it or its end
/// (`-`) is named, else an object.
pub fn put(value: &mut Value, pointer: &str, new: Option<Value>) {
    let (parent, last) = split(pointer);
    if !parent.is_empty() && at(value, parent).is_none() {
        if new.is_none() {
            return;
        }
        let holds_elements = last == "-" || last.parse::<usize>().is_ok();
        let holder = if holds_elements { Value::List(Vec::new()) } else { Value::Object(Vec::new()) };
        put(value, parent, Some(holder));
    }
    match (at_mut(value, parent), new) {
        (Some(Value::Object(members)), None) => members.retain(|(key, _)| *key != last),
        (Some(Value::Object(members)), Some(new)) => match members.iter_mut().find(|(key, _)| *key == last) {
            Some((_, old)) => *old = new,
            None => members.push((last, new)),
        },
        (Some(Value::List(items)), new) => {
            let place = last.parse::<usize>().unwrap_or(items.len());
            match new {
                Some(new) if place < items.len() => items[place] = new,
                Some(new) => items.push(new),
                None if place < items.len() => drop(items.remove(place)),
                None => {}
            }
        }
        _ => {}
    }
}

/// Moves an element of a list one place up or down.
pub fn shift(value: &mut Value, pointer: &str, down: bool) {
    let (parent, last) = split(pointer);
    let Ok(place) = last.parse::<usize>() else { return };
    if let Some(Value::List(items)) = at_mut(value, parent) {
        let other = if down { place + 1 } else { place.wrapping_sub(1) };
        if place < items.len() && other < items.len() {
            items.swap(place, other);
        }
    }
}

/// The same place told by ids instead of numbers, so that it survives moving and adding:
/// `/components/0/points` is `/components/#public/points`.
pub fn by_ids(value: &Value, pointer: &str) -> String {
    let mut out = String::new();
    let mut here = Some(value);
    for token in tokens(pointer) {
        let below = match here {
            Some(Value::Object(_)) => here.and_then(|here| here.get(&token)),
            Some(Value::List(items)) => token.parse::<usize>().ok().and_then(|place| items.get(place)),
            _ => None,
        };
        out.push('/');
        match (here, below.and_then(name_in_list)) {
            (Some(Value::List(_)), Some(id)) => {
                out.push('#');
                out.push_str(id);
            }
            _ => out.push_str(&token),
        }
        here = below;
    }
    out
}

/// What tells an element from its neighbours.
fn name_in_list(element: &Value) -> Option<&str> {
    ["id", "group", "option"]
        .into_iter()
        .find_map(|key| element.get(key).and_then(Value::as_str))
        .filter(|id| !id.is_empty())
}

/// Pointers at which two trees differ, the deepest that say it all.
pub fn differences(a: &Value, b: &Value) -> Vec<String> {
    let mut found = Vec::new();
    differ(a, b, String::new(), &mut found);
    found
}

fn differ(a: &Value, b: &Value, path: String, found: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(left), Value::Object(right)) => {
            for (key, value) in left {
                differ(value, b.get(key).unwrap_or(&Value::Null), scoring::json_pointer(&path, key), found);
            }
            for (key, value) in right {
                if a.get(key).is_none() && *value != Value::Null {
                    found.push(scoring::json_pointer(&path, key));
                }
            }
        }
        (Value::List(left), Value::List(right)) if left.len() == right.len() => {
            for (place, (left, right)) in left.iter().zip(right).enumerate() {
                differ(left, right, format!("{path}/{place}"), found);
            }
        }
        _ if a == b => {}
        _ => found.push(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_pointer_reads_and_writes_its_place() {
        let mut plan = value(r#"{"units":[{"id":"a","name":"甲"},{"id":"b","name":"乙"}]}"#);
        assert_eq!(text(&plan, "/units/1/name"), "乙");
        put(&mut plan, "/units/1/name", Some(Value::Text("丙".into())));
        put(&mut plan, "/units/0/name", None);
        put(&mut plan, "/units/-", Some(value(r#"{"id":"c"}"#)));
        assert_eq!(plan, value(r#"{"units":[{"id":"a"},{"id":"b","name":"丙"},{"id":"c"}]}"#));
        shift(&mut plan, "/units/2", false);
        shift(&mut plan, "/units/0", false);
        assert_eq!(plan, value(r#"{"units":[{"id":"a"},{"id":"c"},{"id":"b","name":"丙"}]}"#));
    }

    #[test]
    fn what_is_missing_on_the_way_is_made_but_not_to_remove_from() {
        let mut plan = value("{}");
        put(&mut plan, "/adjustment_cap/bonus", None);
        assert_eq!(plan, value("{}"));
        put(&mut plan, "/adjustment_cap/bonus", Some(Value::Text("10".into())));
        assert_eq!(plan, value(r#"{"adjustment_cap":{"bonus":"10"}}"#));
    }

    #[test]
    fn the_first_element_of_a_list_that_is_not_there_makes_the_list() {
        let mut plan = value(r#"{"components":[{"method":{}}]}"#);
        put(&mut plan, "/components/0/method/quota/-", Some(value(r#"{"option":"good"}"#)));
        put(&mut plan, "/units/0/traits/-", Some(Value::Text("window".into())));
        let wanted = r#"{"components":[{"method":{"quota":[{"option":"good"}]}}],"units":[{"traits":["window"]}]}"#;
        assert_eq!(plan, value(wanted));
    }

    #[test]
    fn a_key_with_a_slash_is_one_token() {
        let plan = value(r#"{"effects":{"a/b":"1"}}"#);
        assert_eq!(text(&plan, "/effects/a~1b"), "1");
    }

    #[test]
    fn ids_name_a_place_whatever_its_number() {
        let plan =
            value(r#"{"components":[{"id":"x"},{"id":"y","method":{"groups":[{"group":"staff","weight":"50"}]}}]}"#);
        assert_eq!(by_ids(&plan, "/components/1/method/groups/0/weight"), "/components/#y/method/groups/#staff/weight");
        assert_eq!(by_ids(&plan, "/total"), "/total");
    }

    #[test]
    fn differences_stand_where_they_are() {
        let a = value(r#"{"title":"t","units":[{"id":"a","name":"甲"}],"year":2018}"#);
        let b = value(r#"{"title":"t","units":[{"id":"a","name":"乙"}],"total":"100"}"#);
        assert_eq!(differences(&a, &b), ["/units/0/name", "/year", "/total"]);
    }
}
