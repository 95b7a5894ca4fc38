//! Small damage to a document: most of the time it no longer holds, and what
//! is still a document must be read alike by both sides.

use crate::dice::Dice;
use serde_json::{Value, json};

/// A step from a value to one inside it.
#[derive(Clone, Debug)]
pub enum Step {
    Member(String),
    Element(usize),
}

pub type Path = Vec<Step>;

/// Paths of all values inside, the document itself first.
pub fn paths(value: &Value) -> Vec<Path> {
    fn descend(value: &Value, at: &mut Path, found: &mut Vec<Path>) {
        found.push(at.clone());
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    at.push(Step::Member(key.clone()));
                    descend(member, at, found);
                    at.pop();
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    at.push(Step::Element(index));
                    descend(element, at, found);
                    at.pop();
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    descend(value, &mut Vec::new(), &mut found);
    found
}

pub fn at<'a>(value: &'a Value, path: &[Step]) -> &'a Value {
    path.iter().fold(value, |value, step| match step {
        Step::Member(key) => &value[key.as_str()],
        Step::Element(index) => &value[*index],
    })
}

pub fn at_mut<'a>(value: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Member(key) => &mut value[key.as_str()],
        Step::Element(index) => &mut value[*index],
    })
}

/// Takes the value at the path out of its parent.
pub fn remove(document: &mut Value, path: &[Step]) {
    let Some((last, parent)) = path.split_last() else { return };
    match (at_mut(document, parent), last) {
        (Value::Object(members), Step::Member(key)) => {
            members.remove(key);
        }
        (Value::Array(elements), Step::Element(index)) => {
            elements.remove(*index);
        }
        _ => {}
    }
}

/// One change somewhere in the document.
pub fn mutate(dice: &mut Dice, document: &mut Value) {
    let paths = paths(document);
    let path = dice.pick(&paths).clone();
    let strings: Vec<String> = paths.iter().filter_map(|p| at(document, p).as_str()).map(str::to_string).collect();
    match dice.below(8) {
        0 => remove(document, &path),
        1 => *at_mut(document, &path) = json!(null),
        2 => *at_mut(document, &path) = some_value(dice),
        3 => {
            let copy = at(document, &path).clone();
            if let Some((Step::Element(index), parent)) = path.split_last()
                && let Value::Array(elements) = at_mut(document, parent)
            {
                elements.insert(*index, copy);
            }
        }
        4 => {
            if let Value::Object(members) = at_mut(document, &path) {
                let names = [
                    "extra",
                    "points",
                    "levels",
                    "range",
                    "only",
                    "except",
                    "weight",
                    "format",
                    "a/b~c",
                    "",
                    "criteria",
                    "criteria_of",
                    "tasks",
                    "min_marks",
                    "missing_group",
                    "at_most",
                    "at_most_share",
                    "carried",
                    "office",
                    "schedule",
                    "approval",
                    "stage",
                ];
                members.insert(dice.pick(&names).to_string(), some_value(dice));
            }
        }
        _ => match at_mut(document, &path) {
            Value::String(text) => *text = if dice.once_in(3) { dice.pick(&strings).clone() } else { some_text(dice) },
            Value::Number(number) => {
                let near = number.as_i64().unwrap_or(0).saturating_add(dice.below(5) as i64 - 2);
                *at_mut(document, &path) = json!(near);
            }
            Value::Bool(truth) => *truth = !*truth,
            Value::Array(elements) => elements.clear(),
            Value::Object(members) => members.clear(),
            Value::Null => *at_mut(document, &path) = some_value(dice),
        },
    }
}

fn some_text(dice: &mut Dice) -> String {
    let menu = [
        "",
        "0",
        "1",
        "-1",
        "-0",
        "100",
        "1e3",
        "+1",
        ".5",
        "5.",
        "00.50",
        "0.0000001",
        "1234567890123",
        "١",
        "999999999999.999999999999",
        "0.1234567890123",
        " 1",
        "focus",
        "Focus",
        "n1",
        "u0",
        "o0",
        "g0",
        "survey",
        "entered",
        "unit",
        "left_out",
        "beside",
        "2026-06-01T08:30:00+08:00",
        "2026-02-29T08:30:00Z",
        "2026-06-01 08:30:00Z",
        "2026-12-31T23:59:60Z",
        "2026-12-31T23:59:59",
        "sum",
        "last",
        "all",
        "top",
        "a_32_long_id_is_still_fine_000000",
        "a_33_long_id_is_too_long_00000000x",
        "乱",
        "a\u{0}b",
    ];
    dice.pick(&menu).to_string()
}

fn some_value(dice: &mut Dice) -> Value {
    match dice.below(12) {
        0 => json!(null),
        1 => json!(true),
        2 => json!(0),
        3 => json!(1),
        4 => json!(-1),
        5 => json!(2.5),
        6 => json!(1_000_000_000_001_i64),
        7 => json!(i64::MAX),
        8 => json!([]),
        9 => json!({}),
        10 => json!([1, 2]),
        _ => json!(some_text(dice)),
    }
}
