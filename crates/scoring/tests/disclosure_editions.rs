//! What a second edition may show of marks on several criteria: between two editions ballots are counted, not their marks.

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

use scoring::disclosure::{Disclosed, Disclosing};
use scoring::json::Value;
use scoring::{Mode, Plan, Records, RecordsDocument, ShownRecords, score};

const PLAN: &str = r#"{"format":1,"title":"评议","total":"100","categories":[{"id":"c","name":"机关"}],
    "units":[{"id":"a","name":"甲","category":"c"}],
    "groups":[{"id":"leaders","name":"领导","ballot":"anonymous"}],
    "scales":[{"id":"s","options":[{"id":"good","name":"满意","value":"90"},{"id":"fair","name":"基本满意","value":"70"}]}],
    "periods":[{"id":"year","name":"全年"}],"combine":"mean",
    "components":[{"id":"vote","name":"测评","points":"100","method":{"kind":"survey","scale":"s","out_of":"100",
        "groups":[{"group":"leaders","weight":"1"}],
        "criteria":[{"id":"way","name":"态度","weight":"1"},{"id":"speed","name":"效率","weight":"1"}]}}],
    "adjustments":[],"ranking":{"decimals":2,"tie_break":[]},"outcomes":[]}"#;

/// The same counts of both criteria.
fn counts([good, fair]: [u64; 2]) -> RecordsDocument {
    let tallies = ["way", "speed"].map(|criterion| {
        format!(
            r#"{{"period":"year","component":"vote","group":"leaders","unit":"a","criterion":"{criterion}",
                "counts":{{"good":{good},"fair":{fair}}}}}"#
        )
    });
    let text = format!(r#"{{"format":1,"tallies":[{}]}}"#, tallies.join(","));
    RecordsDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

fn disclosed(plan: &Plan, document: &RecordsDocument, earlier: &[ShownRecords]) -> Disclosed {
    let records = Records::new(plan, document).unwrap();
    let standing = score(plan, &records, Mode::Final).unwrap();
    Disclosing { plan, document, records: &records, standing: &standing, allow_small: &[], earlier }.disclosed()
}

/// Six marks more on each of two criteria are twelve marks, and the ballots of six people. Five counted anew are five taken
/// and five given, and no more than five people.
#[test]
fn a_second_edition_counts_ballots_and_not_their_marks() {
    let plan = Plan::from_json(&Value::parse(PLAN.as_bytes()).unwrap()).unwrap();
    let first = disclosed(&plan, &counts([20, 0]), &[]);
    let first = [ShownRecords::new(&plan, &first.records, &first.withheld).unwrap()];
    for (second, shown) in [([20, 6], 0), ([15, 5], 0), ([20, 10], 2), ([20, 0], 2)] {
        assert_eq!(disclosed(&plan, &counts(second), &first).records.tallies.len(), shown, "{second:?}");
    }
}
