//! The golden cases of `tests/cases`, through the command: what it prints, and where.

#![expect(clippy::unwrap_used, reason = "tests: a case that cannot be read should stop them")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let entries = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn json(path: &Path) -> Option<Value> {
    Some(serde_json::from_slice(&std::fs::read(path).ok()?).unwrap())
}

fn score(case: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pingyi"));
    command.arg("score").arg(case.join("plan.json")).arg(case.join("records.json"));
    let asked = json(&case.join("case.json")).unwrap_or_default();
    if asked["mode"] == "provisional" {
        command.args(["--mode", "provisional"]);
    }
    if let Some(period) = asked["period"].as_str() {
        command.args(["--period", period]);
    }
    let scenario = case.join("scenario.json");
    if scenario.exists() {
        command.arg("--scenario").arg(scenario);
    }
    command.output().unwrap()
}

/// A line of standard error: document, pointer, code.
fn parts(line: &str) -> (String, String, String) {
    let (document, rest) = line.split_once(':').unwrap();
    let mut words = rest.split(' ');
    let pointer = words.next().unwrap();
    (document.to_owned(), pointer.to_owned(), words.next().unwrap().to_owned())
}

fn run(case: &Path) -> Result<(), String> {
    let output = score(case);
    let errors = String::from_utf8(output.stderr.clone()).unwrap();
    if let Some(expected) = json(&case.join("result.json")) {
        if !output.status.success() {
            return Err(format!("exit {:?}: {errors}", output.status.code()));
        }
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        return if found == expected && errors.is_empty() { Ok(()) } else { Err(format!("{found:#}\n{errors}")) };
    }
    if output.status.code() != Some(2) || !output.stdout.is_empty() {
        return Err(format!("exit {:?}, {} bytes on standard output", output.status.code(), output.stdout.len()));
    }
    let found: BTreeSet<_> = errors.lines().map(parts).collect();
    if let Some(missing) = json(&case.join("missing.json")) {
        let count = missing.as_array().unwrap().len();
        let all_missing = found.iter().all(|(document, _, code)| document == "records" && code == "missing_data");
        return if errors.lines().count() == count && all_missing { Ok(()) } else { Err(errors) };
    }
    let text = |value: &Value| value.as_str().unwrap_or("malformed_json").to_owned();
    let problems = json(&case.join("problems.json")).unwrap();
    let problem = |problem: &Value| (text(&problem["document"]), text(&problem["path"]), text(&problem["code"]));
    let expected: BTreeSet<_> = problems.as_array().unwrap().iter().map(problem).collect();
    if expected == found { Ok(()) } else { Err(format!("expected {expected:#?}\nfound {found:#?}")) }
}

#[test]
fn every_golden_case_holds_through_the_command() {
    let wrong: Vec<String> = cases()
        .iter()
        .filter_map(|case| run(case).err().map(|error| format!("{}: {error}", case.file_name().unwrap().display())))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
