//! The example of `docs/sensitivity.md` is what a simulation of `docs/plan.md`'s plan answers.

#![expect(clippy::unwrap_used, reason = "tests: an example that cannot be read should stop them")]

use scoring::json::Value;
use scoring::{Plan, RecordsDocument};
use sensitivity::{Options, report};

const PLAN_PAGE: &str = include_str!("../../../docs/plan.md");
const PAGE: &str = include_str!("../../../docs/sensitivity.md");

fn example<'p>(page: &'p str, kind: &str) -> &'p str {
    page.split(&format!("```json {kind}\n")).nth(1).unwrap().split("```").next().unwrap()
}

/// The page may leave out members, and elements at the end of a list.
fn shown_in(page: &serde_json::Value, whole: &serde_json::Value, at: &str) {
    if let Some(members) = page.as_object() {
        members.iter().for_each(|(name, value)| shown_in(value, &whole[name], &format!("{at}/{name}")));
    } else if let Some(elements) = page.as_array() {
        elements.iter().enumerate().for_each(|(n, value)| shown_in(value, &whole[n], &format!("{at}/{n}")));
    } else {
        assert_eq!(page, whole, "{at}");
    }
}

#[test]
fn the_page_shows_what_a_simulation_answers() {
    let document = |kind| Value::parse(example(PLAN_PAGE, kind).as_bytes()).unwrap();
    let plan = Plan::from_json(&document("plan")).unwrap();
    let records = RecordsDocument::read(&document("records")).unwrap();
    let options = Options { samples: 10_000, seed: 1, resamples: 1_000 };
    let report = report(&plan, &records, None, &options).unwrap();
    shown_in(&serde_json::from_str(example(PAGE, "report")).unwrap(), &serde_json::to_value(report).unwrap(), "");
}
