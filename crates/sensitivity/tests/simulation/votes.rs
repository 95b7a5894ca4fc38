//! What other voters might have given.

use std::collections::BTreeMap;

use scoring::RecordsDocument;
use sensitivity::{Options, report};

use crate::documents::{few, read_plan, read_records};

const VOTES: &str = r#"{"format":1,"title":"t","total":"100","categories":[{"id":"all","name":"c"}],
    "units":[{"id":"a","name":"u","category":"all"},{"id":"b","name":"u","category":"all"}],
    "groups":[{"id":"staff","name":"g","ballot":"anonymous"}],
    "scales":[{"id":"s","options":[{"id":"good","name":"o","value":"100"},{"id":"poor","name":"o","value":"0"}]}],
    "periods":[{"id":"year","name":"y"}],"combine":"mean",
    "components":[{"id":"vote","name":"n","points":"100","method":{"kind":"survey","scale":"s","out_of":"100",
      "groups":[{"group":"staff","weight":"1"}]}}],
    "adjustments":[],"ranking":{"decimals":2,"tie_break":[]},"outcomes":[{"id":"last","name":"o","when":{"from_bottom":1}}]}"#;

fn votes(a: [u64; 2], b: [u64; 2]) -> RecordsDocument {
    let tally = |unit: &str, [good, poor]: [u64; 2]| {
        format!(
            r#"{{"period":"year","component":"vote","group":"staff","unit":"{unit}","criterion":null,"counts":{{"good":{good},"poor":{poor}}}}}"#
        )
    };
    read_records(&format!(r#"{{"format":1,"tallies":[{},{}]}}"#, tally("a", a), tally("b", b)))
}

#[test]
fn the_fewest_ballots_are_those_counted_by_hand() {
    // Of ten, a ballot changed gives the last ten points and takes ten from the rival.
    for (a, b, ballots) in [([6, 4], [5, 5], 1), ([9, 1], [2, 8], 4), ([10, 0], [0, 10], 6), ([5, 5], [5, 5], 1)] {
        let report = report(&read_plan(VOTES), &votes(a, b), None, &few()).unwrap();
        let fewest = report.0["all"].resampling.fewest_ballots.clone().unwrap();
        assert_eq!((fewest.unit.as_str(), fewest.rival.as_str()), ("b", "a"));
        assert_eq!(fewest.ballots, ballots, "{a:?} {b:?}");
        assert_eq!(fewest.groups, BTreeMap::from([("staff".to_owned(), ballots)]));
    }
}

#[test]
fn close_votes_change_places_as_often_as_theory_says() {
    // 53 against 47 of 100: the difference of the two means is 6 with a standard deviation of
    // √(2 × .2491) × 10 = 7.06; it is below zero with a chance of Φ(−.85) = .198.
    let options = Options { samples: 10, seed: 3, resamples: 4_000 };
    let report = report(&read_plan(VOTES), &votes([53, 47], [47, 53]), None, &options).unwrap();
    let keeps = &report.0["all"].resampling.keeps["a"];
    let share: f64 = keeps.rank.parse().unwrap();
    assert!((share - 0.802).abs() < 0.03, "{share}");
    assert_eq!(keeps.grade, None);
    assert_eq!(keeps.outcomes, keeps.rank);
    assert_eq!(report.0["all"].resampling.voters, "independent");
}

#[test]
fn marks_on_tasks_weigh_as_they_do_in_the_score_and_a_group_left_out_saves_nobody() {
    let plan = VOTES
        .replace(r#"{"id":"a","name":"u","category":"all"}"#, r#"{"id":"a","name":"u","category":"all","tasks":[{"id":"x","name":"x"},{"id":"y","name":"y","weight":"3"}]}"#)
        .replace(r#"{"id":"b","name":"u","category":"all"}"#, r#"{"id":"b","name":"u","category":"all","tasks":[{"id":"x","name":"x"}]}"#)
        .replace(r#""groups":[{"id":"staff","name":"g","ballot":"anonymous"}]"#, r#""groups":[{"id":"staff","name":"g","ballot":"anonymous"},{"id":"leaders","name":"h","ballot":"anonymous"}]"#)
        .replace(r#""groups":[{"group":"staff","weight":"1"}]"#, r#""criteria_of":"unit","min_marks":3,"missing_group":"left_out","groups":[{"group":"staff","weight":"1"},{"group":"leaders","weight":"9"}]"#);
    let tally = |group: &str, unit: &str, task: &str, good: u64, poor: u64| {
        format!(
            r#"{{"period":"year","component":"vote","group":"{group}","unit":"{unit}","criterion":"{task}","counts":{{"good":{good},"poor":{poor}}}}}"#
        )
    };
    // Staff give a 90 on both tasks and b 20; two leaders' marks are one too few. A ballot changed gives b ten points
    // and takes 2.5 and 7.5 of a's: twenty of the seventy between them, so it takes four.
    let tallies = [
        tally("staff", "a", "x", 9, 1),
        tally("staff", "a", "y", 9, 1),
        tally("staff", "b", "x", 2, 8),
        tally("leaders", "a", "x", 0, 2),
        tally("leaders", "a", "y", 0, 2),
        tally("leaders", "b", "x", 2, 0),
    ];
    let records = read_records(&format!(r#"{{"format":1,"tallies":[{}]}}"#, tallies.join(",")));
    let report = report(&read_plan(&plan), &records, None, &few()).unwrap();
    let fewest = report.0["all"].resampling.fewest_ballots.clone().unwrap();
    assert_eq!((fewest.unit.as_str(), fewest.rival.as_str(), fewest.ballots), ("b", "a", 4));
    assert_eq!(fewest.groups, BTreeMap::from([("staff".to_owned(), 4)]));
}

#[test]
fn one_period_is_simulated_alone() {
    let plan = read_plan(&VOTES.replace(
        r#""periods":[{"id":"year","name":"y"}]"#,
        r#""periods":[{"id":"year","name":"y"},{"id":"next","name":"n"}]"#,
    ));
    let tally = |period: &str, unit: &str, good: u64| {
        let poor = 10 - good;
        format!(
            r#"{{"period":"{period}","component":"vote","group":"staff","unit":"{unit}","criterion":null,"counts":{{"good":{good},"poor":{poor}}}}}"#
        )
    };
    let tallies = [tally("year", "a", 6), tally("year", "b", 5), tally("next", "a", 0), tally("next", "b", 9)];
    let records = read_records(&format!(r#"{{"format":1,"tallies":[{}]}}"#, tallies.join(",")));
    let of = |plan: &scoring::Plan| {
        let report = report(plan, &records, None, &few()).unwrap();
        let fewest = report.0["all"].resampling.fewest_ballots.clone().unwrap();
        (fewest.unit, fewest.rival, fewest.ballots)
    };
    // In the first period a has 60 and b 50: one ballot. Over both b has 70 and a 30.
    assert_eq!(of(&plan.alone(plan.period_place("year").unwrap())), ("b".to_owned(), "a".to_owned(), 1));
    let (behind, ahead, _) = of(&plan);
    assert_eq!((behind.as_str(), ahead.as_str()), ("a", "b"));
}
