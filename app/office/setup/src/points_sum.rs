//! What the points in a draft add up to, for each kind of unit.
//!
//! Owns the sum on the screen while a plan is still no valid one; what is right is `scoring`'s to say.

use office_frame::pointer;
use scoring::{Decimal, json::Value};

/// What the points that apply to one kind of unit add up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// The traits of these units.
    pub traits: Vec<String>,
    /// Their sum; `None` while some of them is no figure.
    pub points: Option<Decimal>,
}

/// The sums, one for each combination of traits that units have (one where they have none).
pub fn sums(plan: &Value) -> Vec<Sum> {
    sums_of(plan, pointer::list(plan, "/components"))
}

/// The sums of some components and what is below them.
pub fn sums_of(plan: &Value, components: &[Value]) -> Vec<Sum> {
    let mut kinds: Vec<Vec<String>> = Vec::new();
    for unit in pointer::list(plan, "/units") {
        let mut traits: Vec<String> = pointer::list(unit, "/traits")
            .iter()
            .filter_map(Value::as_str)
            .filter(|name| matters(components, name))
            .map(str::to_owned)
            .collect();
        traits.sort();
        if !kinds.contains(&traits) {
            kinds.push(traits);
        }
    }
    if kinds.is_empty() {
        kinds.push(Vec::new());
    }
    kinds
        .into_iter()
        .map(|traits| {
            let mut sum = Some(Decimal::ZERO);
            add(components, &traits, &mut sum);
            Sum { traits, points: sum }
        })
        .collect()
}

fn matters(components: &[Value], name: &str) -> bool {
    components.iter().any(|node| {
        pointer::text(node, "/only") == name
            || pointer::text(node, "/except") == name
            || matters(pointer::list(node, "/children"), name)
    })
}

fn add(components: &[Value], traits: &[String], sum: &mut Option<Decimal>) {
    for node in components {
        let (only, except) = (pointer::text(node, "/only"), pointer::text(node, "/except"));
        let has = |name: &str| traits.iter().any(|known| known == name);
        if (!only.is_empty() && !has(only)) || (!except.is_empty() && has(except)) {
            continue;
        }
        if node.get("children").is_some() {
            add(pointer::list(node, "/children"), traits, sum);
        } else {
            let points = pointer::text(node, "/points").parse::<Decimal>().ok();
            *sum = sum.and_then(|sum| points.map(|points| sum + points));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String)> {
        let plan = Value::parse(text.as_bytes()).unwrap();
        sums(&plan)
            .into_iter()
            .map(|sum| (sum.traits.join(" "), sum.points.map_or("?".into(), |points| points.to_string())))
            .collect()
    }

    #[test]
    fn the_leaves_add_up_whatever_branch_they_are_on() {
        let text = r#"{"components":[{"points":"40"},{"children":[{"points":"30.5"},{"points":"26.5"}]}]}"#;
        assert_eq!(shown(text), [(String::new(), "97".into())]);
    }

    #[test]
    fn units_with_and_without_a_trait_have_sums_of_their_own() {
        let text = r#"{"units":[{"traits":["window","other"]},{}],
            "components":[{"points":"70"},{"points":"30","except":"window"},{"children":[{"points":"10"},{"points":"20"}],"only":"window"}]}"#;
        assert_eq!(shown(text), [("window".into(), "100".into()), (String::new(), "100".into())]);
    }

    #[test]
    fn half_a_number_makes_no_sum() {
        assert_eq!(shown(r#"{"components":[{"points":"4."},{"points":"1"}]}"#), [(String::new(), "?".into())]);
    }
}
