//! What a publication shows of its records: as much as gives the result again, and nothing from which a withheld count
//! could be worked out beyond what the scores themselves say. The attacker here has an arithmetic of its own.

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use scoring::disclosure::{Disclosed, Disclosing};
use scoring::json::Value;
use scoring::{
    Mode, Plan, Records, RecordsDocument, ResultDocument, ScenarioDocument, ShownRecords, WithheldRecord,
    apply_scenario, score, score_shown,
};

/// Values of the options of every plan here, best first.
const VALUES: [i128; 3] = [90, 70, 50];

fn disclosed(plan: &Plan, document: &RecordsDocument, allowed: &[&str], earlier: &[ShownRecords]) -> Disclosed {
    let records = Records::new(plan, document).unwrap();
    let standing = score(plan, &records, Mode::Final).unwrap();
    let allow_small: Vec<String> = allowed.iter().map(|id| (*id).to_owned()).collect();
    let records = &records;
    Disclosing { plan, document, records, standing: &standing, allow_small: &allow_small, earlier }.disclosed()
}

/// A plan of four units with one survey for 30 points of 100 (the rest is entered), marked by three groups.
fn plan(survey: &str) -> Plan {
    let text = format!(
        r#"{{"format":1,"title":"评议","total":"100","categories":[{{"id":"c","name":"机关"}}],
        "units":[{{"id":"a","name":"甲","category":"c"}},{{"id":"b","name":"乙","category":"c"}},
                 {{"id":"d","name":"丙","category":"c"}},{{"id":"e","name":"丁","category":"c"}}],
        "groups":[{{"id":"leaders","name":"领导","ballot":"anonymous"}},{{"id":"staff","name":"干部","ballot":"anonymous"}},
                  {{"id":"guests","name":"群众","ballot":"open"}}],
        "scales":[{{"id":"s","options":[{{"id":"good","name":"满意","value":"90"}},{{"id":"fair","name":"基本满意","value":"70"}},
                  {{"id":"poor","name":"不满意","value":"50"}}]}}],
        "periods":[{{"id":"year","name":"全年"}}],"combine":"mean",
        "components":[{{"id":"vote","name":"测评","points":"30","method":{survey}}},
                      {{"id":"rest","name":"其他","points":"70","method":{{"kind":"entered","office":"考核办"}}}}],
        "adjustments":[],"ranking":{{"decimals":2,"tie_break":[]}},"outcomes":[]}}"#
    );
    Plan::from_json(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

fn apart() -> Plan {
    plan(
        r#"{"kind":"survey","scale":"s","out_of":"100","groups":[{"group":"leaders","weight":"50"},
            {"group":"staff","weight":"30"},{"group":"guests","weight":"20"}]}"#,
    )
}

/// Counts by unit and group; the other component is full, and another for every unit so that no two are tied.
fn records(counts: &[(&str, &str, [u64; 3])]) -> RecordsDocument {
    let tallies: Vec<String> = counts
        .iter()
        .map(|(unit, group, [good, fair, poor])| {
            format!(
                r#"{{"period":"year","component":"vote","group":"{group}","unit":"{unit}","criterion":null,
                    "counts":{{"good":{good},"fair":{fair},"poor":{poor}}}}}"#
            )
        })
        .collect();
    let entries = ["a", "b", "d", "e"]
        .map(|unit| format!(r#"{{"period":"year","component":"rest","unit":"{unit}","value":"70"}}"#));
    let text = format!(r#"{{"format":1,"tallies":[{}],"entries":[{}]}}"#, tallies.join(","), entries.join(","));
    RecordsDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

/// Every unit with the same counts of three groups, but for those that are given.
fn with(others: &[(&str, &str, [u64; 3])]) -> RecordsDocument {
    let usual = [("leaders", [8, 4, 0]), ("staff", [18, 9, 3]), ("guests", [40, 9, 2])];
    let mut counts = Vec::new();
    for unit in ["a", "b", "d", "e"] {
        for (group, usual) in usual {
            let given = others.iter().find(|(of, by, _)| (*of, *by) == (unit, group));
            counts.push((unit, group, given.map_or(usual, |(.., counts)| *counts)));
        }
    }
    records(&counts)
}

/// Unit, group, those withheld with it, and the mean.
fn told(withheld: &[WithheldRecord]) -> Vec<(&str, &str, String, Option<String>)> {
    let mean = |record: &WithheldRecord| record.mean.as_ref().map(ToString::to_string);
    withheld.iter().map(|one| (one.unit.as_str(), one.group.as_str(), one.with.join("+"), mean(one))).collect()
}

fn shows(disclosed: &Disclosed, unit: &str, group: &str) -> bool {
    disclosed.records.tallies.iter().any(|tally| tally.unit == unit && tally.group == group)
}

fn vote_score(plan: &Plan, document: &RecordsDocument, unit: &str) -> i128 {
    let records = Records::new(plan, document).unwrap();
    let standing = score(plan, &records, Mode::Final).unwrap();
    let (leaf, period) = (plan.leaf_place("vote").unwrap(), plan.period_place("year").unwrap());
    standing.leaf_score(leaf, period, plan.unit_place(unit).unwrap()).millionths()
}

#[test]
fn counts_of_ten_marks_are_shown_and_of_nine_the_mean_alone() {
    let plan = apart();
    // 5 × 90 + 2 × 70 = 590 over 7.
    let document = with(&[("a", "leaders", [5, 2, 0]), ("b", "leaders", [9, 1, 0]), ("d", "leaders", [0, 9, 0])]);
    let shown = disclosed(&plan, &document, &[], &[]);
    let mean = |mean: &str| Some(mean.to_owned());
    assert_eq!(
        told(&shown.withheld),
        [("a", "leaders", String::new(), mean("84.285714")), ("d", "leaders", String::new(), mean("70"))]
    );
    let leaders = |unit| shows(&shown, unit, "leaders");
    assert_eq!(["a", "b", "d", "e"].map(leaders), [false, true, false, true]);
    assert!(["a", "b", "d", "e"].into_iter().all(|unit| shows(&shown, unit, "staff")));
    assert_eq!(shown.records.entries, document.entries);
}

#[test]
fn where_nothing_is_small_the_records_are_shown_as_they_are() {
    let document = with(&[]);
    let shown = disclosed(&apart(), &document, &[], &[]);
    assert_eq!((shown.records, shown.withheld), (document, Vec::new()));
}

/// 7 and 9 marks: each mean would be another figure than the score, so one is told of both.
#[test]
fn of_two_small_groups_one_mean_is_told() {
    let plan = apart();
    let document = with(&[("a", "leaders", [5, 2, 0]), ("a", "guests", [9, 0, 0])]);
    let shown = disclosed(&plan, &document, &[], &[]);
    // (50 × 590/7 + 20 × 90) ÷ 70 = 85.918367…
    let both = ("a", "leaders", "guests".to_owned(), Some("85.918367".to_owned()));
    assert_eq!(told(&shown.withheld), [both]);
}

/// Three marks: a mean of 230 ÷ 3 would be the marks themselves. The smallest of the others is withheld with them.
#[test]
fn so_few_marks_of_a_secret_group_are_told_with_the_next_smallest_or_not_at_all() {
    let plan = apart();
    let document = with(&[("a", "leaders", [2, 0, 1])]);
    let shown = disclosed(&plan, &document, &[], &[]);
    // (50 × 230/3 + 30 × 2400/30) ÷ 80 = 77.916667
    let both = ("a", "leaders", "staff".to_owned(), Some("77.916667".to_owned()));
    assert_eq!(told(&shown.withheld), [both]);
    assert!(!shows(&shown, "a", "staff") && shows(&shown, "a", "guests"));
    // Allowed, they are told as other small groups are.
    let allowed = disclosed(&plan, &document, &["leaders"], &[]);
    assert_eq!(told(&allowed.withheld), [("a", "leaders", String::new(), Some("76.666667".to_owned()))]);

    let alone = plan_of_leaders_alone();
    let document = records(&["a", "b", "d", "e"].map(|unit| (unit, "leaders", [2, 0, 1])));
    let shown = disclosed(&alone, &document, &[], &[]);
    assert!(shown.withheld.iter().all(|one| one.mean.is_none()), "{shown:?}");
}

fn plan_of_leaders_alone() -> Plan {
    plan(r#"{"kind":"survey","scale":"s","out_of":"100","groups":[{"group":"leaders","weight":"1"}]}"#)
}

fn pool() -> Plan {
    plan(
        r#"{"kind":"survey","scale":"s","out_of":"100","pooled":true,
            "groups":[{"group":"leaders"},{"group":"staff"},{"group":"guests"}]}"#,
    )
}

#[test]
fn a_pool_is_shown_together_or_not_at_all() {
    let document = with(&[("a", "leaders", [5, 2, 0])]);
    let shown = disclosed(&pool(), &document, &[], &[]);
    // 63 good, 20 fair and 5 poor of 88: 7320 ÷ 88.
    let all = ("a", "leaders", "staff+guests".to_owned(), Some("83.181818".to_owned()));
    assert_eq!(told(&shown.withheld), [all]);
}

#[test]
fn complaints_of_few_are_told_by_what_all_of_them_take_off() {
    let plan = plan(
        r#"{"kind":"complaints","scale":"s","deduct":{"good":"0","fair":"0.5","poor":"1"},"groups":["leaders","staff"]}"#,
    );
    let counts = |poor: u64| {
        let units = ["a", "b", "d", "e"].into_iter();
        let usual = units.flat_map(|unit| [(unit, "leaders", [12, 0, 0]), (unit, "staff", [12, 4, 2])]);
        records(
            &usual
                .map(|(u, g, c)| (u, g, if (u, g) == ("a", "leaders") { [1, 2, poor] } else { c }))
                .collect::<Vec<_>>(),
        )
    };
    let taken = |document| {
        let shown = disclosed(&plan, &document, &[], &[]);
        let one = &shown.withheld[..];
        assert_eq!(told(one), [("a", "leaders", "staff".to_owned(), None)]);
        one[0].deduction.as_ref().unwrap().to_string()
    };
    // 2 × 0.5 + 1 and 4 × 0.5 + 2.
    assert_eq!(taken(counts(1)), "6");
}

/// Each ballot has two units good: what three of four units have of "good" would tell the fourth.
#[test]
fn units_of_a_quota_are_shown_together_or_not_at_all() {
    let quota = plan(
        r#"{"kind":"survey","scale":"s","out_of":"100","groups":[{"group":"leaders","weight":"50"},{"group":"staff","weight":"50"}],
            "quota":[{"option":"good","count":2},{"option":"fair","count":1},{"option":"poor","count":1}]}"#,
    );
    let mut document = with(&[("a", "leaders", [5, 2, 0])]);
    document.tallies.retain(|tally| tally.group != "guests");
    let shown = disclosed(&quota, &document, &[], &[]);
    let units: Vec<&str> = shown.withheld.iter().map(|one| one.unit.as_str()).collect();
    assert_eq!(units, ["a", "b", "d", "e"]);
    assert!(shows(&shown, "a", "staff") && !shows(&shown, "b", "leaders"));
}

#[test]
fn a_group_that_is_left_out_is_said_to_be_and_has_no_mean() {
    let plan = plan(
        r#"{"kind":"survey","scale":"s","out_of":"100","min_marks":6,"missing_group":"left_out",
            "groups":[{"group":"leaders","weight":"50"},{"group":"staff","weight":"50"}]}"#,
    );
    let mut document = with(&[("a", "leaders", [5, 0, 0]), ("b", "leaders", [5, 1, 0])]);
    document.tallies.retain(|tally| tally.group != "guests");
    let shown = disclosed(&plan, &document, &[], &[]);
    let left_out: Vec<_> =
        shown.withheld.iter().map(|one| (one.unit.as_str(), one.left_out.len(), one.mean.is_some())).collect();
    assert_eq!(left_out, [("a", 1, false), ("b", 0, true)]);
}

#[test]
fn a_second_edition_shows_nothing_that_tells_what_came_in_between() {
    let plan = apart();
    let first = with(&[("a", "leaders", [7, 2, 0]), ("d", "leaders", [8, 2, 0])]);
    let before = disclosed(&plan, &first, &[], &[]);
    let before = [ShownRecords::new(&plan, &before.records, &before.withheld).unwrap()];
    // Three more for a, four more for b, ten more for d, none for e.
    let second = with(&[("a", "leaders", [8, 3, 1]), ("b", "leaders", [10, 5, 1]), ("d", "leaders", [15, 5, 0])]);
    let shown = disclosed(&plan, &second, &[], &before);
    let leaders = |unit| shows(&shown, unit, "leaders");
    assert_eq!(["a", "b", "d", "e"].map(leaders), [false, false, true, true]);
    // Without the first edition all would be shown.
    assert_eq!(disclosed(&plan, &second, &[], &[]).withheld, []);
}

/// All counts of so many marks, at the least and at the most.
fn vectors(marks: std::ops::RangeInclusive<i128>) -> Vec<[i128; 3]> {
    let mut all = Vec::new();
    for number in marks {
        for good in 0..=number {
            all.extend((0..=number - good).map(|fair| [good, fair, number - good - fair]));
        }
    }
    all
}

fn sum(counts: [i128; 3]) -> (i128, i128) {
    (counts.iter().zip(VALUES).map(|(count, value)| count * value).sum(), counts.iter().sum())
}

/// 30 points of a mean of 100 in millionths, rounded half up: means are never below zero.
fn points((top, bottom): (i128, i128)) -> i128 {
    (2 * top * 300_000 + bottom) / (2 * bottom)
}

/// The weighted mean of some groups.
fn mean(groups: &[(i128, [i128; 3])]) -> (i128, i128) {
    let mut mean = (0, 1);
    let weights: i128 = groups.iter().map(|(weight, _)| weight).sum();
    for (weight, counts) in groups {
        let (top, bottom) = sum(*counts);
        mean = (mean.0 * bottom + weight * top * mean.1, mean.1 * bottom);
    }
    (mean.0, mean.1 * weights)
}

/// What the list says of a group apart from others says no more than the score and the counts that are shown: each vector
/// of counts that the score leaves open, the mean leaves open, too.
#[test]
fn the_attacker_learns_nothing_from_a_mean_that_the_score_does_not_say() {
    let plan = apart();
    let (staff, guests) = ([18, 9, 3], [40, 9, 2]);
    for leaders in vectors(5..=9) {
        let document = with(&[("a", "leaders", leaders.map(|count| u64::try_from(count).unwrap()))]);
        let published = vote_score(&plan, &document, "a");
        let shown = disclosed(&plan, &document, &[], &[]);
        let told = shown.withheld[0].mean.as_ref().unwrap().decimal().unwrap().units();
        let by_score: BTreeSet<[i128; 3]> = vectors(1..=9)
            .into_iter()
            .filter(|guess| points(mean(&[(50, *guess), (30, staff), (20, guests)])) == published)
            .collect();
        let by_mean = by_score.iter().filter(|guess| {
            let (top, bottom) = sum(**guess);
            (told * bottom - top * 1_000_000_000_000).abs() <= bottom * 500_000
        });
        assert_eq!(by_mean.count(), by_score.len(), "{leaders:?}");
        assert!(by_score.contains(&leaders));
    }
}

/// A pool hides its small group: whatever seven of its members said, many other vectors of at most nine marks are as
/// possible, and hardly any score singles one out.
#[test]
fn the_attacker_cannot_single_out_a_small_group_in_a_pool() {
    let plan = plan(
        r#"{"kind":"survey","scale":"s","out_of":"100","pooled":true,"groups":[{"group":"leaders"},{"group":"staff"}]}"#,
    );
    for leaders in [[5, 2, 0], [7, 0, 0], [0, 0, 7], [3, 2, 2]] {
        let mut document = with(&[("a", "leaders", leaders), ("a", "staff", [9, 3, 2])]);
        document.tallies.retain(|tally| tally.group != "guests");
        let shown = disclosed(&plan, &document, &[], &[]);
        assert!(!shows(&shown, "a", "leaders") && !shows(&shown, "a", "staff"));
        let published = vote_score(&plan, &document, "a");
        // The attacker even knows that seven and fourteen voted.
        let others = vectors(14..=14);
        let possible = vectors(7..=7).into_iter().filter(|guess| {
            let with_other = |other: &[i128; 3]| points(sum([0, 1, 2].map(|at| guess[at] + other[at]))) == published;
            others.iter().any(with_other)
        });
        assert!(possible.count() >= 15, "{leaders:?}");
    }
}

/// Three marks withheld together with thirty: the score leaves open which of two vectors they were.
#[test]
fn the_attacker_cannot_single_out_few_marks_that_are_withheld_with_others() {
    let plan = apart();
    let document = with(&[("a", "leaders", [2, 0, 1])]);
    let published = vote_score(&plan, &document, "a");
    let shown = disclosed(&plan, &document, &[], &[]);
    assert!(!shows(&shown, "a", "staff"));
    let others = vectors(30..=30);
    let possible = vectors(3..=3).into_iter().filter(|guess| {
        others.iter().any(|other| points(mean(&[(50, *guess), (30, *other), (20, [40, 9, 2])])) == published)
    });
    // A sum of 230 is left to them: 60 less would be 50 × 60 ÷ 3 = 1000 more of thirty marks that hold 300 more at the
    // most. Two vectors have it: the six places of a score tell nearly as much of few marks as a mean does.
    assert_eq!(possible.collect::<Vec<_>>(), [[1, 2, 0], [2, 0, 1]]);
}

/// What is shown of every golden case gives its result again, exactly; no count of fewer than ten marks is among it.
#[test]
fn what_is_shown_gives_the_result_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let (mut seen, mut withheld) = (0, 0);
    for case in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        let read = |name: &str| fs::read(case.join(name)).ok().map(|text| Value::parse(&text).unwrap());
        let Some(result) = read("result.json") else { continue };
        if result.get("mode").and_then(Value::as_str) != Some("final") {
            continue;
        }
        let mut plan = Plan::from_json(&read("plan.json").unwrap()).unwrap();
        if let Some(scenario) = read("scenario.json") {
            plan = apply_scenario(&plan, &ScenarioDocument::read(&scenario).unwrap()).unwrap();
        }
        let asked = read("case.json");
        if let Some(period) = asked.as_ref().and_then(|asked| asked.get("period")).and_then(Value::as_str) {
            plan = plan.alone(plan.period_place(period).unwrap());
        }
        let Ok(document) = RecordsDocument::read(&read("records.json").unwrap()) else { continue };
        let Ok(records) = Records::new(&plan, &document) else { continue };
        let Ok(standing) = score(&plan, &records, Mode::Final) else { continue };
        let said: ResultDocument = standing.document(&plan);
        let shown = disclosed(&plan, &document, &[], &[]);
        for tally in &shown.records.tallies {
            // Of several for one place the sum is what must not be small; the cases with one are enough here.
            let same = |other: &&scoring::records_document::TallyRecord| {
                (&other.period, &other.component, &other.group, &other.unit, &other.criterion)
                    == (&tally.period, &tally.component, &tally.group, &tally.unit, &tally.criterion)
            };
            let marks: u64 =
                shown.records.tallies.iter().filter(same).flat_map(|t| t.counts.iter().map(|(_, n)| *n)).sum();
            assert!(marks == 0 || marks >= 10, "{}: {tally:?}", case.display());
        }
        let again = ShownRecords::new(&plan, &shown.records, &shown.withheld)
            .unwrap_or_else(|problems| panic!("{}: {problems:?}", case.display()));
        let again = score_shown(&plan, &again, &said).unwrap_or_else(|_| panic!("{}", case.display()));
        if plan.tie_break().iter().all(|rule| matches!(rule, scoring::plan_document::TieBreak::Component(_))) {
            assert_eq!(again.document(&plan), said, "{}", case.display());
        }
        seen += 1;
        withheld += shown.withheld.len();
    }
    assert!(seen > 25 && withheld > 50, "{seen} cases, {withheld} withheld");
}
