//! The golden cases of `tests/cases`: documents in, the result worked by hand out.
//!
//! A case is a directory: `plan.json`, `records.json`, perhaps `scenario.json`, perhaps `case.json`
//! (`{"mode": "provisional"}`; else final; `{"period": "ID"}`: that period alone), a README with the arithmetic, and one expectation:
//! `result.json`, exactly; `missing.json`, the places that final mode refuses; or `problems.json`,
//! what is wrong with which document and where (a code of null: the text is no document at all).

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use scoring::json::Value;
use scoring::{Mode, Plan, Problem, Records, ScenarioDocument, apply_scenario, score};

/// One problem as `problems.json` names it.
type Fault = (String, String, Option<String>);

/// What became of a case.
#[derive(Debug, PartialEq)]
enum Found {
    Result(serde_json::Value),
    Missing(serde_json::Value),
    Problems(BTreeSet<Fault>),
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|p| p.is_dir()).collect();
    cases.sort();
    cases
}

fn json(path: &Path) -> Option<serde_json::Value> {
    let text = fs::read(path).ok()?;
    Some(serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn expected(case: &Path) -> Found {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    if let Some(result) = json(&case.join("result.json")) {
        Found::Result(result)
    } else if let Some(missing) = json(&case.join("missing.json")) {
        Found::Missing(missing)
    } else {
        let problems = json(&case.join("problems.json")).expect("a case expects something");
        let fault = |problem: &serde_json::Value| {
            (text(&problem["document"]).unwrap(), text(&problem["path"]).unwrap(), text(&problem["code"]))
        };
        Found::Problems(problems.as_array().unwrap().iter().map(fault).collect())
    }
}

fn faults(document: &str, problems: &[Problem]) -> Found {
    let fault = |p: &Problem| (document.to_owned(), p.path.clone(), Some(p.code.as_str().to_owned()));
    Found::Problems(problems.iter().map(fault).collect())
}

fn read(case: &Path, document: &str) -> Result<Option<Value>, Found> {
    let Ok(text) = fs::read(case.join(format!("{document}.json"))) else { return Ok(None) };
    let malformed = || Found::Problems(BTreeSet::from([(document.to_owned(), String::new(), None)]));
    Value::parse(&text).map(Some).map_err(|_| malformed())
}

fn run(case: &Path) -> Result<Found, Found> {
    let asked = json(&case.join("case.json")).unwrap_or_default();
    let mode = match &asked["mode"] {
        serde_json::Value::Null => Mode::Final,
        mode if mode == "provisional" => Mode::Provisional,
        mode => panic!("a case's mode is provisional or not written: {mode}"),
    };
    let plan = read(case, "plan")?.expect("a plan");
    let plan = Plan::from_json(&plan).map_err(|problems| faults("plan", &problems))?;
    let records = read(case, "records")?.expect("records");
    let records = Records::from_json(&plan, &records).map_err(|problems| faults("records", &problems))?;
    let (plan, records) = match read(case, "scenario")? {
        None => (plan, records),
        Some(scenario) => {
            let in_scenario = |problems: Vec<Problem>| faults("scenario", &problems);
            let scenario = ScenarioDocument::read(&scenario).map_err(in_scenario)?;
            (apply_scenario(&plan, &scenario).map_err(in_scenario)?, records.under(&scenario))
        }
    };
    let plan = match asked["period"].as_str() {
        None => plan,
        Some(period) => plan.alone(plan.period_place(period).expect("the plan has the case's period")),
    };
    let written = |value| serde_json::to_value(value).unwrap();
    Ok(match score(&plan, &records, mode) {
        Ok(standing) => Found::Result(serde_json::to_value(standing.document(&plan)).unwrap()),
        Err(missing) => Found::Missing(written(missing.iter().map(|place| place.named(&plan)).collect::<Vec<_>>())),
    })
}

/// Where two JSON values differ.
fn differences(expected: &serde_json::Value, found: &serde_json::Value, path: &str, out: &mut Vec<String>) {
    use serde_json::Value::{Array, Object};
    match (expected, found) {
        (Object(a), Object(b)) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                let null = serde_json::Value::Null;
                let at = |object: &serde_json::Map<_, _>| object.get(key).cloned().unwrap_or(null.clone());
                differences(&at(a), &at(b), &format!("{path}/{key}"), out);
            }
        }
        (Array(a), Array(b)) if a.len() == b.len() => {
            for (i, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{path}/{i}"), out);
            }
        }
        (a, b) if a != b => out.push(format!("    {path}: by hand {a}, scored {b}")),
        _ => {}
    }
}

#[test]
fn every_case_gives_what_was_worked_by_hand() {
    let mut wrong = Vec::new();
    let cases = cases();
    for case in &cases {
        let expected = expected(case);
        let found = run(case).unwrap_or_else(|found| found);
        if expected == found {
            continue;
        }
        wrong.push(format!("  {}", case.file_name().unwrap().display()));
        match (&expected, &found) {
            (Found::Result(a), Found::Result(b)) | (Found::Missing(a), Found::Missing(b)) => {
                differences(a, b, "", &mut wrong);
            }
            (Found::Problems(a), Found::Problems(b)) => {
                wrong.extend(a.difference(b).map(|fault| format!("    not found: {fault:?}")));
                wrong.extend(b.difference(a).map(|fault| format!("    not expected: {fault:?}")));
            }
            _ => wrong.push(format!("    by hand {expected:?}\n    scored {found:?}")),
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", cases.len(), wrong.join("\n"));
}

#[test]
fn every_case_has_its_arithmetic_and_one_expectation() {
    let cases = cases();
    assert!(cases.len() >= 45, "{} cases", cases.len());
    for case in cases {
        let readme = fs::read_to_string(case.join("README.md")).unwrap_or_default();
        assert!(readme.starts_with("# ") && readme.len() > 60, "{}: README.md", case.display());
        let expectations = ["result.json", "missing.json", "problems.json"];
        let given = expectations.iter().filter(|name| case.join(name).exists()).count();
        assert_eq!(given, 1, "{}: one of {expectations:?}", case.display());
    }
}
