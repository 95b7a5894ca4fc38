//! The crate against the oracle on random cases.

use crate::dice::Dice;
use crate::exact::decimal;
use crate::mutation::mutate;
use crate::plan_rules::plan_problems;
use crate::records_rules::records_problems;
use crate::shrink::shrink;
use crate::{plan_generator, records_generator, result, scenario, scenario_generator, under_test};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Instant;

/// What the two say of one case, where they differ.
#[derive(Debug)]
struct Difference {
    about: &'static str,
    oracle: String,
    scoring: String,
}

fn difference(about: &'static str, oracle: impl ToString, scoring: impl ToString) -> Option<Difference> {
    Some(Difference { about, oracle: oracle.to_string(), scoring: scoring.to_string() })
}

fn case(seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let plan = plan_generator::plan(&mut dice);
    let records = records_generator::records(&mut dice, &plan);
    let scenario = scenario_generator::scenario(&mut dice, &plan);
    json!({ "plan": plan, "records": records, "scenario": scenario })
}

/// A case one or two of whose documents are damaged somewhere.
fn damaged(seed: u64) -> Value {
    let mut case = case(seed);
    let mut dice = Dice::new(seed ^ 0xdada);
    for _ in 0..*dice.pick(&[1, 1, 2]) {
        let which = *dice.pick(&["plan", "plan", "plan", "records", "records", "scenario"]);
        mutate(&mut dice, &mut case[which]);
    }
    case
}

/// Lists whose order the page leaves open are put in one order.
fn settled(mut result: Value) -> Value {
    for key in ["ties", "unresolved_ties", "missing"] {
        if let Some(list) = result[key].as_array_mut() {
            list.sort_by_key(Value::to_string);
        }
    }
    result
}

fn sorted(mut places: Vec<Value>) -> Value {
    places.sort_by_key(Value::to_string);
    json!(places)
}

fn words<P: std::fmt::Debug>(problems: &P) -> String {
    format!("refused: {problems:?}")
}

/// Both refuse a document: they must have some element of its lists in common.
/// What else they name may be a consequence that the other does not mention.
fn pointers(about: &'static str, oracle: &[String], found: &[scoring::Problem]) -> Option<Difference> {
    let element = |path: &str| path.split('/').take(3).collect::<Vec<_>>().join("/");
    let theirs: BTreeSet<String> = oracle.iter().map(|path| element(path)).collect();
    let shared = found.iter().any(|problem| theirs.contains(&element(&problem.path)));
    if shared { None } else { difference(about, words(&oracle), words(&found)) }
}

/// What the verifier would say of a result that may be published.
fn contradiction(plan: &scoring::Plan, result: &Value) -> Option<String> {
    let result: scoring::ResultDocument = serde_json::from_value(result.clone()).expect("a result document");
    let publishable = result.mode == scoring::Mode::Final && result.unresolved_ties.is_empty();
    let found = publishable.then(|| scoring::contradictions(plan, &result))?;
    found.first().map(|first| format!("{first:?}"))
}

fn compare(case: &Value) -> Option<Difference> {
    let (plan, records, scenario) = (&case["plan"], &case["records"], &case["scenario"]);
    let problems = plan_problems(plan);
    let ours = match (problems.is_empty(), under_test::plan(plan)) {
        (true, Ok(ours)) => ours,
        (false, Err(found)) => return pointers("plan's pointers", &problems, &found),
        (true, Err(found)) => return difference("plan", "holds", words(&found)),
        (false, Ok(_)) => return difference("plan", words(&problems), "holds"),
    };
    let problems = records_problems(plan, records);
    let marks = match (problems.is_empty(), under_test::records(&ours, records)) {
        (true, Ok(marks)) => marks,
        (false, Err(found)) => return pointers("records' pointers", &problems, &found),
        (true, Err(found)) => return difference("records", "hold", words(&found)),
        (false, Ok(_)) => return difference("records", words(&problems), "hold"),
    };
    let ours_plan = &ours;
    for (about, provisional) in [("final result", false), ("provisional result", true)] {
        match (result::score(plan, records, provisional), under_test::score(&ours, &marks, provisional)) {
            (Ok(theirs), Ok(ours)) => {
                if let Some(found) = contradiction(ours_plan, &ours) {
                    return difference("a final result against itself", "holds together", found);
                }
                let (theirs, ours) = (settled(theirs), settled(ours));
                if theirs != ours {
                    return difference(about, first_difference(&theirs, &ours, ""), "");
                }
            }
            (Err(theirs), Err(ours)) => {
                let (theirs, ours) = (sorted(theirs), sorted(ours));
                if theirs != ours {
                    return difference(about, format!("missing {theirs}"), format!("missing {ours}"));
                }
            }
            (theirs, ours) => return difference(about, format!("{theirs:?}"), format!("{ours:?}")),
        }
    }
    for period in crate::document::list(plan, "periods") {
        let id = crate::document::text(period, "id");
        for provisional in [false, true] {
            let theirs = result::score_alone(plan, records, provisional, id).map(settled).map_err(sorted);
            let ours = under_test::score(&under_test::alone(&ours, id), &marks, provisional);
            let ours = ours.map(settled).map_err(sorted);
            if theirs != ours {
                return difference("one period alone", format!("{id} {theirs:?}"), format!("{ours:?}"));
            }
        }
    }
    let simulated = under_test::simulate(&ours, &marks, scenario);
    match (scenario::apply(plan, scenario), simulated) {
        (Some(new), Ok((ours, marks))) => {
            let (theirs, our_points) = (leaf_points(&new), our_leaf_points(&ours));
            if theirs != our_points {
                return difference("points under the scenario", format!("{theirs:?}"), format!("{our_points:?}"));
            }
            let theirs = settled(result::score(&new, &scenario::records_under(scenario, records), true).ok()?);
            let first = crate::document::text(&crate::document::list(plan, "periods")[0], "id");
            // Whether the plan is taken alone before the scenario or after it makes no difference.
            let before = under_test::simulate(&under_test::alone(ours_plan, first), &marks, scenario);
            let of_first_alone = under_test::score(&before.ok()?.0, &marks, true).ok()?;
            let ours = settled(under_test::score(&ours, &marks, true).ok()?);
            if theirs != ours {
                return difference("result under the scenario", first_difference(&theirs, &ours, ""), "");
            }
            let id = crate::document::text(&crate::document::list(plan, "periods")[0], "id");
            let theirs = result::score_alone(&new, &scenario::records_under(scenario, records), true, id);
            let (theirs, ours) = (settled(theirs.ok()?), settled(of_first_alone));
            if theirs != ours {
                return difference("one period under the scenario", first_difference(&theirs, &ours, ""), "");
            }
        }
        (None, Err(_)) => {}
        (None, Ok((ours, _))) => {
            return difference("scenario", "refused", format!("holds: {:?}", our_leaf_points(&ours)));
        }
        (Some(new), Err(found)) => {
            return difference("scenario", format!("holds: {:?}", leaf_points(&new)), words(&found));
        }
    }
    None
}

fn leaf_points(plan: &Value) -> Vec<(String, String)> {
    let leaves = crate::document::leaves(plan);
    leaves.iter().map(|leaf| (leaf.id.to_string(), crate::exact::shortest(&leaf.points))).collect()
}

fn our_leaf_points(plan: &scoring::Plan) -> Vec<(String, String)> {
    let document = serde_json::to_value(plan.document()).unwrap();
    leaf_points(&document)
}

/// Where two documents first part, for people.
fn first_difference(oracle: &Value, scoring: &Value, path: &str) -> String {
    match (oracle, scoring) {
        (Value::Object(a), Value::Object(b)) => a
            .iter()
            .find(|(key, value)| b.get(*key) != Some(value))
            .map(|(key, value)| first_difference(value, b.get(key).unwrap_or(&Value::Null), &format!("{path}/{key}")))
            .unwrap_or_else(|| format!("{path}: members {:?}", b.keys().collect::<Vec<_>>())),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find(|(_, (a, b))| a != b)
            .map(|(at, (a, b))| first_difference(a, b, &format!("{path}/{at}")))
            .unwrap_or_default(),
        _ => format!("{path}: oracle {oracle}, scoring {scoring}"),
    }
}

/// How many cases: `SCORING_CASES`, or so many as a normal run has time for.
pub fn cases(usual: u64) -> (u64, u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let first = number("SCORING_SEED").unwrap_or(0);
    (first, first + number("SCORING_CASES").unwrap_or(usual))
}

/// Compares the cases, and tells each new kind of difference once, made small.
fn compare_all(usual: u64, make: fn(u64) -> Value) {
    let started = Instant::now();
    let (first, last) = cases(usual);
    let mut told: Vec<(&str, u64)> = Vec::new();
    let mut count = 0;
    for seed in first..last {
        let case = make(seed);
        let Some(found) = compare(&case) else { continue };
        count += 1;
        if told.iter().filter(|(about, _)| *about == found.about).count() >= 2 {
            continue;
        }
        told.push((found.about, seed));
        let small = shrink(case, |case| compare(case).is_some_and(|d| d.about == found.about));
        let Difference { about, oracle, scoring } = compare(&small).unwrap_or(found);
        println!("seed {seed}: {about}\ncase: {small}\noracle: {oracle}\nscoring: {scoring}\n");
    }
    println!("{} cases in {:.1} s, {count} differences", last - first, started.elapsed().as_secs_f64());
    assert_eq!(count, 0, "the crate and the oracle differ");
}

#[test]
fn crate_and_oracle_agree_on_valid_documents() {
    compare_all(2_500, case);
}

#[test]
fn generated_documents_hold_and_say_all_that_a_plan_can_say() {
    let words = [
        "criteria_of",
        "min_marks",
        "left_out",
        "count",
        "at_most",
        "at_most_share",
        "skipped",
        "beside",
        "schedule",
        "approval",
        "office",
        "pooled",
        "cap",
        "shortlist",
        "serious_factor",
        "tie_break",
        "stage",
    ];
    let mut said = [0; 17];
    let mut outcomes_of_traits = 0;
    for seed in 0..400 {
        let case = case(seed);
        assert_eq!(plan_problems(&case["plan"]), [""; 0], "seed {seed}: {}", case["plan"]);
        assert_eq!(records_problems(&case["plan"], &case["records"]), [""; 0], "seed {seed}: {case}");
        let text = case["plan"].to_string();
        for (count, word) in said.iter_mut().zip(words) {
            *count += usize::from(text.contains(&format!("\"{word}\"")));
        }
        let outcomes = crate::document::list(&case["plan"], "outcomes");
        outcomes_of_traits +=
            usize::from(outcomes.iter().any(|one| !one["only"].is_null() || !one["except"].is_null()));
    }
    println!("{said:?} {outcomes_of_traits}");
    assert!(said.iter().chain([&outcomes_of_traits]).all(|count| *count >= 20), "{said:?} {outcomes_of_traits}");
}

#[test]
fn crate_and_oracle_agree_on_damaged_documents() {
    compare_all(2_500, damaged);
}

#[test]
fn decimals_of_the_generators_are_exact() {
    assert_eq!(decimal("0.0000005"), decimal("0.000000500000"));
    assert_ne!(decimal("999999999999.999999999999"), decimal("1000000000000"));
}
