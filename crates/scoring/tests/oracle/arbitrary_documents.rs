//! Whatever bytes arrive: an answer, never a panic. Starts from the corpus, the
//! templates and generated documents, and damages them ever further.
//!
//! `SCORING_FUZZ_SECONDS=600 cargo test -p scoring --test oracle arbitrary` goes on
//! longer. An input that broke something is kept in `corpus`.

use crate::comparison::cases;
use crate::dice::Dice;
use crate::mutation::mutate;
use crate::{plan_generator, records_generator, scenario_generator};
use scoring::json::Value as Document;
use scoring::{Mode, Plan, PlanDocument, Records, RecordsDocument, ScenarioDocument, apply_scenario, explain, score};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// One input: three documents as they arrive.
#[derive(Clone, Debug)]
struct Input {
    plan: Vec<u8>,
    records: Vec<u8>,
    scenario: Vec<u8>,
}

/// All that the crate does with documents.
fn take(input: &Input) {
    let Ok(plan) = Document::parse(&input.plan) else { return };
    assert_eq!(Document::parse(plan.canonical().as_bytes()).map(|p| p.canonical()).ok(), Some(plan.canonical()));
    let _ = scoring::plan_sha256(&plan);
    let read = PlanDocument::read(&plan);
    let Ok(plan) = Plan::from_json(&plan) else { return };
    assert_eq!(read.as_ref().ok(), Some(plan.document()), "what holds is what was read");
    if let Ok(records) = Document::parse(&input.records) {
        let _ = RecordsDocument::read(&records);
        if let Ok(records) = Records::from_json(&plan, &records) {
            judge(&plan, &records);
            if let Ok(Ok(scenario)) = Document::parse(&input.scenario).map(|s| ScenarioDocument::read(&s))
                && let Ok(plan) = apply_scenario(&plan, &scenario)
            {
                judge(&plan, &records.under(&scenario));
            }
        }
    }
}

fn judge(plan: &Plan, records: &Records) {
    let standing = score(plan, records, Mode::Provisional).expect("a provisional standing is always there");
    let document = serde_json::to_string(&standing.document(plan)).expect("a result is JSON");
    assert!(serde_json::from_str::<scoring::ResultDocument>(&document).is_ok());
    let missing = score(plan, records, Mode::Final).map(|standing| standing.document(plan));
    assert_eq!(missing.is_ok(), standing.missing().is_empty(), "final mode asks for what provisional mode lists");
    for unit in 0..plan.units().len().min(3) {
        let _ = explain(plan, records, &standing, unit.into());
    }
}

/// Damages text: bytes changed, cut, doubled, or taken from another input.
fn scramble(dice: &mut Dice, text: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..dice.between(1, 4) {
        if text.is_empty() {
            return;
        }
        let at = dice.below(text.len());
        match dice.below(6) {
            0 => text[at] = dice.next() as u8,
            1 => text[at] = *dice.pick(b"{}[]\",:0123456789-.\\eu \n"),
            2 => {
                text.remove(at);
            }
            3 => text.truncate(at),
            4 => {
                let end = (at + dice.below(40)).min(text.len());
                let copy = text[at..end].to_vec();
                text.splice(at..at, copy);
            }
            _ => {
                let from = dice.below(other.len() + 1);
                let end = (from + dice.below(60)).min(other.len());
                text.splice(at..at, other[from..end].iter().copied());
            }
        }
    }
}

fn generated(dice: &mut Dice) -> (Value, Value, Value) {
    let plan = plan_generator::plan(dice);
    let records = records_generator::records(dice, &plan);
    let scenario = scenario_generator::scenario(dice, &plan);
    (plan, records, scenario)
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// Every JSON file of a folder beside this crate's manifest.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn arbitrary_documents_of_the_corpus_are_answered() {
    // A file is one document; it is tried in all three places.
    let (plan, records, scenario) = generated(&mut Dice::new(0));
    let whole = Input { plan: bytes(&plan), records: bytes(&records), scenario: bytes(&scenario) };
    let corpus = files("tests/oracle/corpus");
    assert!(!corpus.is_empty());
    for (name, text) in corpus.into_iter().chain(files("templates")) {
        println!("{name}");
        take(&Input { plan: text.clone(), ..whole.clone() });
        take(&Input { records: text.clone(), ..whole.clone() });
        take(&Input { scenario: text, ..whole.clone() });
    }
}

/// Small to write, but every list multiplies the places to count in.
#[test]
fn a_plan_that_asks_for_more_memory_than_there_is_is_refused() {
    let many = |count: usize, item: &dyn Fn(usize) -> Value| (0..count).map(item).collect::<Vec<_>>();
    let named = |id: usize| json!({ "id": format!("x{id}"), "name": "" });
    let plan = json!({
        "format": 1, "title": "", "total": "1", "categories": [{ "id": "c", "name": "" }],
        "units": many(2_000, &|u| json!({ "id": format!("u{u}"), "name": "", "category": "c" })),
        "groups": [{ "id": "g", "name": "", "ballot": "open" }],
        "scales": [{ "id": "s", "options": many(400, &|o| json!({ "id": format!("o{o}"), "name": "", "value": "1" })) }],
        "periods": many(2_000, &named), "combine": "sum",
        "components": [{ "id": "n", "name": "", "points": "1", "method": {
            "kind": "survey", "scale": "s", "out_of": "1", "groups": [{ "group": "g", "weight": "1" }],
            "criteria": many(900, &|k| json!({ "id": format!("k{k}"), "name": "", "weight": "1" })) } }],
        "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": [],
    });
    assert!(plan.to_string().len() < 300 * 1024);
    let problems = Plan::from_json(&Document::parse(&bytes(&plan)).unwrap()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, scoring::ProblemCode::PlanTooLarge);
}

#[test]
fn arbitrary_documents_are_answered_without_a_panic() {
    let seconds = std::env::var("SCORING_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    let (first, _) = cases(0);
    let (started, mut seed) = (Instant::now(), first);
    let templates: Vec<Vec<u8>> = files("templates").into_iter().map(|(_, text)| text).collect();
    while started.elapsed() < Duration::from_secs(seconds) {
        seed += 1;
        let mut dice = Dice::new(seed ^ 0xf022);
        let (plan, records, scenario) = generated(&mut dice);
        let mut documents = [plan, records, scenario];
        for _ in 0..6 {
            let which = dice.below(3);
            mutate(&mut dice, &mut documents[which]);
            let mut input =
                Input { plan: bytes(&documents[0]), records: bytes(&documents[1]), scenario: bytes(&documents[2]) };
            if dice.once_in(3) {
                let other = if dice.once_in(2) { dice.pick(&templates).clone() } else { input.records.clone() };
                match dice.below(3) {
                    0 => scramble(&mut dice, &mut input.plan, &other),
                    1 => scramble(&mut dice, &mut input.records, &other),
                    _ => scramble(&mut dice, &mut input.scenario, &other),
                }
            }
            let taken = std::panic::catch_unwind(|| take(&input));
            if taken.is_err() {
                let show = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
                println!(
                    "plan {}\nrecords {}\nscenario {}",
                    show(&input.plan),
                    show(&input.records),
                    show(&input.scenario)
                );
                panic!("seed {seed} broke something; keep it in the corpus");
            }
        }
    }
    println!("{} documents in {seconds} s", (seed - first) * 6);
}
