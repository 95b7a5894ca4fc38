//! The report as a whole: as JSON, as words, and of every golden case.

use std::fs;
use std::path::Path;

use scoring::json::Value;
use scoring::{Plan, RecordsDocument, ScenarioDocument};
use sensitivity::{Options, Report, Simulation, report};
use text::Lang;

use crate::documents::{drawn_records, entry, few, leaf, plan, records, tree};

#[test]
fn the_same_seed_prints_the_same_report() {
    let focus = [1, 3, 4];
    let (plan, records) = (plan(6, &focus, &tree(), ""), drawn_records(6, &focus, 9));
    let print = |seed| {
        let options = Options { seed, ..few() };
        serde_json::to_string(&report(&plan, &records, None, &options).unwrap()).unwrap()
    };
    assert_eq!(print(4), print(4));
    assert_ne!(print(4), print(5));
}

#[test]
fn the_words_name_units_and_say_what_is_assumed() {
    let plan = plan(2, &[], &[leaf("first", "60", ""), leaf("second", "40", "")].join(","), "");
    let entries = [("first", "a", "90"), ("second", "a", "75"), ("first", "b", "80"), ("second", "b", "85")];
    let entries: Vec<String> = entries.iter().map(|(c, u, v)| entry(c, u, v)).collect();
    let simulation = Simulation::new(&plan, &records(&entries, ""), None).unwrap();
    let text = Report::of(&simulation, &few()).text(&simulation, Lang::En);
    for words in ["range [50, 100]", "from rank 1 to 2", "20 points changed in all", "independent", "rank 1.5 expected"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(Report::of(&simulation, &few()).text(&simulation, Lang::Zh).contains("相互独立"));
}

#[test]
fn every_golden_case_can_be_simulated() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut simulated = 0;
    for case in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()) {
        let read = |name: &str| fs::read(case.join(name)).ok().and_then(|text| Value::parse(&text).ok());
        let (Some(plan), Some(records)) = (read("plan.json"), read("records.json")) else { continue };
        let (Ok(plan), Ok(records)) = (Plan::from_json(&plan), RecordsDocument::read(&records)) else { continue };
        let scenario = read("scenario.json").and_then(|scenario| ScenarioDocument::read(&scenario).ok());
        let Ok(simulation) = Simulation::new(&plan, &records, scenario.as_ref()) else { continue };
        let report = Report::of(&simulation, &few());
        simulated += 1;
        for (place, category) in simulation.plan().categories().iter().enumerate() {
            let one = &report.0[&category.id];
            let units = simulation.plan().units_of(place.into()).len();
            let name = case.display();
            let sum =
                |rank: usize| one.acceptability.ranks.values().map(|r| r[rank].parse::<f64>().unwrap()).sum::<f64>();
            assert!((0..units).all(|rank| (sum(rank) - 1.0).abs() < 1e-3), "{name}");
            let expected: f64 = one.expected_rank.values().map(|rank| rank.parse::<f64>().unwrap()).sum();
            assert!((expected - (units * (units + 1)) as f64 / 2.0).abs() < 1e-3 * units as f64, "{name}");
            assert_eq!(one.resampling.keeps.len(), units, "{name}");
            for interval in &one.intervals {
                let figure = |text: &str| text.parse::<scoring::Decimal>().unwrap();
                assert!(figure(&interval.low) <= figure(&interval.points), "{name}");
                assert!(figure(&interval.points) <= figure(&interval.high), "{name}");
            }
        }
    }
    assert!(simulated > 40, "{simulated}");
}
