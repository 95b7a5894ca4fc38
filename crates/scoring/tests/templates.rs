//! The templates hold: each is a valid plan, and each note points at something that is in it.

use std::collections::BTreeSet;

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
            let sizes: Vec<usize> = (0..counts.len()).map(|c| plan.units_of(c.into()).len()).collect();
            assert_eq!(sizes, counts);
        }
    }
}

#[test]
fn what_feeds_a_template_from_others_finds_its_units_there() {
    let plan = |id: &str| {
        let value = Value::parse(templates::find(id).unwrap().document.as_bytes()).unwrap();
        Plan::from_json(&value).unwrap()
    };
    let names = |plan: &Plan| -> Vec<(String, String)> {
        plan.units().iter().map(|unit| (unit.id.clone(), unit.name.clone())).collect()
    };
    // The windows of a month by their ids, the offices of one county unit by their names, all offices of the county.
    for (here, component, there, found) in [
        ("nanyang", "windows", "nanyang_window", 48),
        ("county_wide", "joint", "county_coop", 4),
        ("county_wide", "satisfaction_half", "county_clients", 120),
        ("county_wide", "satisfaction_year", "county_clients", 120),
    ] {
        let (here, there) = (plan(here), plan(there));
        let leaf = here.leaf_place(component).unwrap();
        let applies: Vec<bool> = here.unit_indices().map(|unit| here.applies(leaf, unit)).collect();
        let (own, other) = (names(&here), names(&there));
        let own: Vec<(&str, &str)> =
            own.iter().zip(&applies).filter(|(_, applies)| **applies).map(|((id, name), _)| (&**id, &**name)).collect();
        let other: Vec<(&str, &str)> = other.iter().map(|(id, name)| (&**id, &**name)).collect();
        let told = scoring::counterpart::counterparts(&own, &other, &document::Map::new());
        assert_eq!((told.found.iter().flatten().count(), told.clashes), (found, Vec::new()), "{component}");
    }
    // Windows and persons, departments and persons.
    for (id, counts) in [("nanyang_window", [48, 5]), ("nanyang_quarter", [6, 6])] {
        let plan = plan(id);
        assert_eq!([0, 1].map(|category: usize| plan.units_of(category.into()).len()), counts);
        assert!(plan.document().grading.is_some(), "{id}: persons are graded");
    }
}

/// The fields that hold a figure or a rule.
const FIGURES: &[&str] = &[
    "total",
    "year",
    "live",
    "combine",
    "points",
    "out_of",
    "value",
    "weight",
    "count",
    "amount",
    "share",
    "min",
    "max",
    "cap",
    "decimals",
    "tie_break",
    "sign",
    "ballot",
    "scope",
    "stage",
    "only",
    "except",
    "serious_factor",
    "pooled",
    "own_unit",
    "office",
    "kind",
    "when",
    "top",
    "bottom",
    "carry",
    "carried",
    "criteria",
    "criteria_of",
    "tasks",
    "quota",
    "at_most",
    "at_most_share",
    "min_marks",
    "missing_group",
    "per_network",
    "schedule",
    "approval",
    "comments",
    "traits",
];

fn figures(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::List(items) => {
            for (i, item) in items.iter().enumerate() {
                figures(item, &format!("{path}/{i}"), found);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                let at = format!("{path}/{key}");
                // The caps, amounts by option and effects are named by what they are for.
                let named = ["/adjustment_cap", "/deduct", "/effects"].iter().any(|end| path.ends_with(end));
                if *value != Value::Null && (named || FIGURES.contains(&key.as_str())) {
                    found.push(at.clone());
                }
                if key != "when" {
                    figures(value, &at, found);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_figure_of_a_template_has_its_note() {
    for template in templates::all() {
        let document = Value::parse(template.document.as_bytes()).unwrap();
        let Value::List(notes) = Value::parse(template.notes.as_bytes()).unwrap() else {
            panic!("{}: notes are a list", template.id);
        };
        let text = |note: &Value, field| note.get(field).and_then(Value::as_str).unwrap().to_owned();
        let noted: BTreeSet<String> = notes.iter().map(|note| text(note, "path")).collect();
        assert_eq!(noted.len(), notes.len(), "{}: one note for a place", template.id);
        let mut places = Vec::new();
        figures(&document, "", &mut places);
        let lists = ["categories", "units", "groups", "scales", "periods", "adjustments", "outcomes"];
        places.extend(lists.map(|list| format!("/{list}")));
        // The clauses that are not scored, and by what they are served.
        places.push("/title".to_owned());
        // The units' traits are noted one by one, or with the list of units.
        let of_units = |place: &str| place.starts_with("/units/") && place.ends_with("/traits");
        let all_traits = notes.iter().any(|n| text(n, "path") == "/units" && text(n, "clause").contains("标记"));
        places.retain(|place| !(noted.contains(place) || of_units(place) && all_traits));
        assert!(places.is_empty(), "{}: without a note: {places:#?}", template.id);
        for note in &notes {
            if note.get("given") == Some(&Value::Bool(false)) {
                let clause = text(note, "clause");
                assert!(clause.contains("未给出") || clause.contains("只给出"), "{}: {clause}", template.id);
            }
        }
    }
}
