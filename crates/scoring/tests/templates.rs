//! The templates hold: each is a valid plan, and each note points at something that is in it.

use scoring::json::Value;
use scoring::{Plan, templates};

fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('/').skip(1).try_fold(value, |value, token| {
        let token = token.replace("~1", "/").replace("~0", "~");
        match value {
            Value::List(items) => items.get(token.parse::<usize>().ok()?),
            _ => value.get(&token),
        }
    })
}

#[test]
fn every_template_is_a_valid_plan() {
    for template in templates::all() {
        let value = Value::parse(template.document.as_bytes()).unwrap();
        if let Err(problems) = Plan::from_json(&value) {
            panic!("{}: {problems:#?}", template.id);
        }
    }
}

#[test]
fn every_note_points_into_its_template() {
    for template in templates::all() {
        let document = Value::parse(template.document.as_bytes()).unwrap();
        let Value::List(notes) = Value::parse(template.notes.as_bytes()).unwrap() else {
            panic!("{}: notes are a list", template.id);
        };
        assert!(!notes.is_empty(), "{}: no notes", template.id);
        for note in notes {
            let path = note.get("path").and_then(Value::as_str).unwrap();
            assert!(at(&document, path).is_some(), "{}: {path}", template.id);
            assert!(!note.get("clause").and_then(Value::as_str).unwrap().is_empty());
            assert!(matches!(note.get("given"), Some(Value::Bool(_))));
        }
    }
}

#[test]
fn nanyang_names_118_units_and_maanshan_84() {
    for (id, counts) in [("nanyang", vec![28, 56, 34]), ("maanshan", vec![84])] {
        let value = Value::parse(templates::find(id).unwrap().document.as_bytes()).unwrap();
        let plan = Plan::from_json(&value).unwrap();
        assert_eq!(plan.units().len(), counts.iter().sum::<usize>());
        if counts.len() > 1 {
            let sizes: Vec<usize> = (0..counts.len()).map(|c| plan.units_of(c).len()).collect();
            assert_eq!(sizes, counts);
        }
    }
}
