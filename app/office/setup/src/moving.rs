//! Moving a component: up, down, into a branch, out of one, or to where it was dropped.

use office_frame::pointer;
use scoring::json::Value;

use crate::references::components;

/// Where a component can go from its place: into the branch before it, and out of the branch that it is in.
pub fn inwards(plan: &Value, place: &str) -> Option<(String, usize)> {
    let (list, last) = pointer::split(place);
    let before = last.parse::<usize>().ok()?.checked_sub(1)?;
    let branch = format!("{list}/{before}");
    pointer::at(plan, &format!("{branch}/children"))?;
    let into = format!("{branch}/children");
    let end = pointer::list(plan, &into).len();
    Some((into, end))
}

/// Out of its branch, to the place behind it.
pub fn outwards(place: &str) -> Option<(String, usize)> {
    let (list, _) = pointer::split(place);
    let branch = list.strip_suffix("/children")?;
    let (outer, last) = pointer::split(branch);
    Some((outer.to_owned(), last.parse::<usize>().ok()? + 1))
}

/// Moves the component at `from` into a list, before the place `before`; where it stands then. Into itself it does not
/// go.
pub fn relocate(plan: &mut Value, from: &str, list: &str, before: usize) -> Option<String> {
    if list == from || list.starts_with(&format!("{from}/")) {
        return None;
    }
    let moved = pointer::at(plan, from)?.clone();
    let id = pointer::text(&moved, "/id").to_owned();
    let Some(Value::List(items)) = pointer::at_mut(plan, list) else { return None };
    let before = before.min(items.len());
    items.insert(before, moved);
    // What stood behind the new place in its list is one further now.
    let old = match from.strip_prefix(list).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) => {
            let (place, below) = rest.split_once('/').map_or((rest, None), |(place, below)| (place, Some(below)));
            let place = place.parse::<usize>().ok()?;
            let place = if place >= before { place + 1 } else { place };
            below.map_or_else(|| format!("{list}/{place}"), |below| format!("{list}/{place}/{below}"))
        }
        None => from.to_owned(),
    };
    pointer::put(plan, &old, None);
    components(plan).into_iter().find(|(_, node)| pointer::text(node, "/id") == id).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Value {
        let text = r#"{"components":[{"id":"a"},{"id":"b","children":[{"id":"c"},{"id":"d"}]},{"id":"e"}]}"#;
        Value::parse(text.as_bytes()).unwrap()
    }

    fn order(plan: &Value) -> String {
        components(plan)
            .iter()
            .map(|(path, node)| {
                format!("{}{}", "-".repeat(path.matches("children").count()), pointer::text(node, "/id"))
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_component_goes_where_it_is_put() {
        for (from, list, before, wanted, at) in [
            ("/components/0", "/components", 3, "b -c -d e a", "/components/2"),
            ("/components/2", "/components", 0, "e a b -c -d", "/components/0"),
            ("/components/0", "/components/1/children", 1, "b -c -a -d e", "/components/0/children/1"),
            ("/components/1/children/0", "/components", 1, "a c b -d e", "/components/1"),
            ("/components/1/children/1", "/components/1/children", 0, "a b -d -c e", "/components/1/children/0"),
            ("/components/1/children/0", "/components", 3, "a b -d e c", "/components/3"),
        ] {
            let mut plan = plan();
            assert_eq!(relocate(&mut plan, from, list, before).as_deref(), Some(at), "{from}");
            assert_eq!(order(&plan), wanted, "{from}");
        }
        assert_eq!(relocate(&mut plan(), "/components/1", "/components/1/children", 0), None);
    }

    #[test]
    fn the_ways_in_and_out_are_those_that_there_are() {
        assert_eq!(inwards(&plan(), "/components/2"), Some(("/components/1/children".to_owned(), 2)));
        assert_eq!(inwards(&plan(), "/components/1"), None);
        assert_eq!(inwards(&plan(), "/components/0"), None);
        assert_eq!(outwards("/components/1/children/0"), Some(("/components".to_owned(), 2)));
        assert_eq!(outwards("/components/1"), None);
    }
}
