//! Simulations of whole plans, each answer checked by scoring other plans, not by asking again.

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use scoring::json::Value;
use scoring::{Plan, RecordsDocument, ScenarioDocument, Score};
use sensitivity::{Options, Report, Simulation, report};
use text::Lang;

fn read_plan(text: &str) -> Plan {
    Plan::from_json(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

fn read_records(text: &str) -> RecordsDocument {
    RecordsDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

fn read_scenario(text: &str) -> ScenarioDocument {
    ScenarioDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

fn few() -> Options {
    Options { samples: 200, seed: 1, resamples: 50 }
}

/// A plan of one category, one period and entered leaves; units `a`, `b`, …, those in `focus` with the
/// trait.
fn plan(units: usize, focus: &[usize], components: &str, tie_break: &str) -> Plan {
    let unit = |place: usize| {
        let traits = if focus.contains(&place) { r#","traits":["focus"]"# } else { "" };
        format!(r#"{{"id":"{}","name":"u","category":"all"{traits}}}"#, unit_id(place))
    };
    let units: Vec<String> = (0..units).map(unit).collect();
    read_plan(&format!(
        r#"{{"format":1,"title":"t","total":"100","categories":[{{"id":"all","name":"c"}}],"units":[{}],
        "groups":[],"scales":[],"periods":[{{"id":"year","name":"y"}}],"combine":"mean","components":[{components}],
        "adjustments":[{{"id":"bonus","name":"b","sign":"bonus","range":{{"min":"0","max":"100"}}}}],
        "ranking":{{"decimals":2,"tie_break":[{tie_break}]}},"outcomes":[]}}"#,
        units.join(",")
    ))
}

fn unit_id(place: usize) -> String {
    char::from(b'a' + place as u8).to_string()
}

fn leaf(id: &str, points: &str, extra: &str) -> String {
    let method = r#""method":{"kind":"entered","office":"o","out_of":"100"}"#;
    format!(r#"{{"id":"{id}","name":"n","points":"{points}"{extra},{method}}}"#)
}

fn branch(id: &str, extra: &str, children: &[String]) -> String {
    format!(r#"{{"id":"{id}","name":"n"{extra},"children":[{}]}}"#, children.join(","))
}

fn entry(component: &str, unit: &str, value: &str) -> String {
    format!(r#"{{"period":"year","component":"{component}","unit":"{unit}","value":"{value}"}}"#)
}

fn records(entries: &[String], more: &str) -> RecordsDocument {
    read_records(&format!(r#"{{"format":1,"entries":[{}]{more}}}"#, entries.join(",")))
}

/// Totals when one component has other points and its siblings share the rest.
fn totals_at(
    simulation: &Simulation,
    base: &(Plan, RecordsDocument),
    component: &str,
    points: &str,
    locked: &[&str],
) -> Option<Vec<Score>> {
    let scenario = ScenarioDocument {
        points: BTreeMap::from([(component.to_owned(), points.to_owned())]),
        locked: locked.iter().map(|id| (*id).to_owned()).collect(),
        rebalance: Some(scoring::scenario::Rebalance::Proportional),
        ..ScenarioDocument::default()
    };
    let moved = Simulation::new(&base.0, &base.1, Some(&scenario)).ok()?;
    Some((0..simulation.plan().units().len()).map(|unit| moved.standing().total(unit)).collect())
}

#[test]
fn two_units_are_answered_as_worked_by_hand() {
    // Rates: a .9 and .75, b .8 and .85; totals 84 and 82. They meet where the first has 50 points. There
    // nothing decides, so plan order keeps a ahead. Ten points move, so 20 in all; on the grid 9.5 more
    // than that is needed: 49.5. P(a beats b) is that of w < ½: one half.
    let plan = plan(2, &[], &[leaf("first", "60", ""), leaf("second", "40", "")].join(","), "");
    let entries = [("first", "a", "90"), ("second", "a", "75"), ("first", "b", "80"), ("second", "b", "85")];
    let entries: Vec<String> = entries.iter().map(|(c, u, v)| entry(c, u, v)).collect();
    let report = report(&plan, &records(&entries, ""), None, &few()).unwrap();
    let all = &report.0["all"];
    let first = &all.intervals[0];
    assert_eq!((first.component.as_str(), first.points.as_str()), ("first", "60"));
    assert_eq!((first.low.as_str(), first.low_inclusive), ("50", true));
    assert_eq!((first.high.as_str(), first.high_inclusive), ("100", true));
    assert_eq!(first.low_swap, Some(["a".into(), "b".into()]));
    assert_eq!(first.low_ranks, Some([[1, 2], [2, 1]]));
    assert_eq!(first.high_swap, None);
    assert_eq!((all.intervals[1].low.as_str(), all.intervals[1].high.as_str()), ("0", "50"));
    let overtake = &all.overtake[0];
    assert_eq!((overtake.behind.as_str(), overtake.ahead.as_str()), ("b", "a"));
    assert_eq!(overtake.l1.as_deref(), Some("20"));
    let points = |first: &str, second: &str| {
        Some(BTreeMap::from([("first".to_owned(), first.to_owned()), ("second".to_owned(), second.to_owned())]))
    };
    assert_eq!(overtake.points, points("50", "50"));
    assert_eq!(overtake.grid, points("49.5", "50.5"));
    assert_eq!(all.expected_rank, BTreeMap::from([("a".into(), "1.5".into()), ("b".into(), "1.5".into())]));
    assert_eq!(all.importance["first"].effective.as_deref(), Some("1"));
    assert_eq!(all.importance["first"].nominal, "0.6");
}

#[test]
fn a_lever_goes_as_far_as_the_narrowest_of_the_rankings_lets_it() {
    // Two categories under one plan. In the first the two meet at 50 points for the first leaf, as above; in
    // the second rates .9 .6 and .8 .74 meet where .1 t = .14 (100 − t), at 58.3333….
    let components = [leaf("first", "60", ""), leaf("second", "40", "")].join(",");
    let unit = |id: &str, category: &str| format!(r#"{{"id":"{id}","name":"u","category":"{category}"}}"#);
    let units = [unit("a", "one"), unit("b", "one"), unit("c", "two"), unit("d", "two")].join(",");
    let plan = read_plan(&format!(
        r#"{{"format":1,"title":"t","total":"100","categories":[{{"id":"one","name":"c"}},{{"id":"two","name":"c"}}],
        "units":[{units}],"groups":[],"scales":[],"periods":[{{"id":"year","name":"y"}}],"combine":"mean",
        "components":[{components}],"adjustments":[],"ranking":{{"decimals":2,"tie_break":[]}},"grading":null,"outcomes":[]}}"#
    ));
    let entries = [
        ("first", "a", "90"),
        ("second", "a", "75"),
        ("first", "b", "80"),
        ("second", "b", "85"),
        ("first", "c", "90"),
        ("second", "c", "60"),
        ("first", "d", "80"),
        ("second", "d", "74"),
    ];
    let entries: Vec<String> = entries.iter().map(|(c, u, v)| entry(c, u, v)).collect();
    let simulation = Simulation::new(&plan, &records(&entries, ""), None).unwrap();
    let levers = sensitivity::levers(&simulation);
    let first = &levers[0];
    let (low, high) = (&first.standstill.low, &first.standstill.high);
    assert_eq!((low.points.to_string().as_str(), high.points.to_string().as_str()), ("58.333334", "100"));
    assert_eq!(low.swap.map(|swap| swap.units), Some([2, 3]));
    let swaps: Vec<(usize, usize)> = first.swaps.iter().map(|turn| (turn.ahead, turn.behind)).collect();
    assert_eq!(swaps, [(0, 1), (2, 3)]);
    assert!((first.swaps[0].at - 50.0).abs() < 1e-6 && (first.swaps[1].at - 175.0 / 3.0).abs() < 1e-6);
    // Pairs that are not neighbours, and units of other categories.
    let least = sensitivity::overtake(&simulation, 1, 0).unwrap().least;
    assert_eq!(least.unwrap().distance.to_string(), "20");
    assert_eq!(sensitivity::overtake(&simulation, 1, 2), None);
}

#[test]
fn the_printed_ends_lie_inside_and_say_so() {
    // Rates .9, .7 and .8, .83: a − b is .1 t − .13 (100 − t), which is 0 at t = 13 ÷ .23 = 56.5217391…
    let plan = plan(2, &[], &[leaf("first", "60", ""), leaf("second", "40", "")].join(","), "");
    let entries = [("first", "a", "90"), ("second", "a", "70"), ("first", "b", "80"), ("second", "b", "83")];
    let entries: Vec<String> = entries.iter().map(|(c, u, v)| entry(c, u, v)).collect();
    let report = report(&plan, &records(&entries, ""), None, &few()).unwrap();
    let [first, second] = &report.0["all"].intervals[..] else { panic!("two components") };
    assert_eq!((first.low.as_str(), first.low_inclusive), ("56.52174", true));
    assert_eq!((second.high.as_str(), second.high_inclusive), ("43.47826", true));
}

#[test]
fn an_idle_component_has_an_interval_too() {
    // The third leaf has no points: rates a .9 .75 0, b .8 .85 1. Totals 84 and 82 scale by (1 − t/100),
    // and b gains t: 84 (1 − t/100) = 82 (1 − t/100) + t at t = 2 ÷ 1.02 = 1.9607843…
    let components = [leaf("first", "60", ""), leaf("second", "40", ""), leaf("idle", "0", "")].join(",");
    let plan = plan(2, &[], &components, "");
    let entries = [
        ("first", "a", "90"),
        ("second", "a", "75"),
        ("idle", "a", "0"),
        ("first", "b", "80"),
        ("second", "b", "85"),
        ("idle", "b", "100"),
    ];
    let entries: Vec<String> = entries.iter().map(|(c, u, v)| entry(c, u, v)).collect();
    let report = report(&plan, &records(&entries, ""), None, &few()).unwrap();
    let idle = &report.0["all"].intervals[2];
    assert_eq!((idle.low.as_str(), idle.high.as_str()), ("0", "1.960784"));
    assert_eq!(idle.high_swap, Some(["a".into(), "b".into()]));
    // The least change takes points from the first, which helps a most, to the idle one: .1 + 1 closed by
    // each, so 2 × 2 ÷ 1.1.
    assert_eq!(report.0["all"].overtake[0].l1.as_deref(), Some("3.636364"));
}

#[test]
fn better_everywhere_cannot_be_overtaken_by_weights() {
    let plan = plan(2, &[], &[leaf("first", "60", ""), leaf("second", "40", "")].join(","), "");
    let entries = [("first", "a", "90"), ("second", "a", "75"), ("first", "b", "80"), ("second", "b", "70")];
    let entries: Vec<String> = entries.iter().map(|(c, u, v)| entry(c, u, v)).collect();
    let report = report(&plan, &records(&entries, ""), None, &few()).unwrap();
    let all = &report.0["all"];
    assert_eq!((&all.overtake[0].l1, &all.overtake[0].points, &all.overtake[0].grid), (&None, &None, &None));
    assert_eq!(all.acceptability.ranks["a"], ["1", "0"]);
    assert_eq!(all.expected_rank["b"], "2");
}

/// A small generator of its own, so that the tests do not draw from what they test.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A tree with a branch, a trait (one leaf against two), and a leaf without points.
fn tree() -> String {
    [
        leaf("plain", "25", ""),
        branch("box", "", &[leaf("left", "20", ""), leaf("right", "10.5", ""), leaf("idle", "0", "")]),
        leaf("office", "30", r#","except":"focus""#),
        leaf("window", "10", r#","only":"focus""#),
        leaf("counter", "20", r#","only":"focus""#),
        leaf("rest", "14.5", ""),
    ]
    .join(",")
}

fn drawn_records(units: usize, focus: &[usize], seed: u64) -> RecordsDocument {
    let mut dice = Lcg(seed);
    let mut entries = Vec::new();
    for place in 0..units {
        let unit = unit_id(place);
        let traits: &[&str] = if focus.contains(&place) { &["window", "counter"] } else { &["office"] };
        for component in ["plain", "left", "right", "idle", "rest"].iter().chain(traits) {
            entries.push(entry(component, &unit, &format!("{}.{}", 60 + dice.below(40), dice.below(10))));
        }
    }
    let bonus = r#","adjustments":[{"period":"year","rule":"bonus","unit":"b","points":"1.25"}]"#;
    records(&entries, bonus)
}

#[test]
fn intervals_are_confirmed_by_scoring_on_both_sides_of_their_ends() {
    // Scenario shares are rounded to 4 decimals and scores to 6: totals may be off by this much.
    const NOISE: i128 = 600;
    let mut looked_beyond = 0;
    for (seed, locked) in [(1, vec![]), (2, vec![]), (3, vec!["rest"]), (4, vec!["left"]), (5, vec![])] {
        let focus = [1, 3, 4];
        let base = (plan(6, &focus, &tree(), r#""plain""#), drawn_records(6, &focus, seed));
        let lock =
            ScenarioDocument { locked: locked.iter().map(|id| (*id).to_owned()).collect(), ..Default::default() };
        let simulation = Simulation::new(&base.0, &base.1, Some(&lock)).unwrap();
        let today: Vec<Score> = (0..6).map(|unit| simulation.standing().total(unit)).collect();
        let mut order: Vec<usize> = (0..6).collect();
        order.sort_by_key(|&unit| simulation.standing().rank(unit));
        let report = Report::of(&simulation, &few());
        for one in &report.0["all"].intervals {
            // Both nodes of the trait's second alternative move by their counterpart.
            let component = if one.component == "window+counter" { "office" } else { &one.component };
            let figure = |text: &str| text.parse::<f64>().unwrap();
            let (points, low, high) = (figure(&one.points), figure(&one.low), figure(&one.high));
            assert!(low <= points && points <= high);
            for part in [0.001, 0.3, 0.5, 0.8, 0.999] {
                let at = format!("{:.4}", low + (high - low) * part);
                let Some(totals) = totals_at(&simulation, &base, component, &at, &locked) else {
                    assert_eq!(one.low, one.high, "{component} cannot move");
                    continue;
                };
                for pair in order.windows(2) {
                    let gap = (totals[pair[0]] - totals[pair[1]]).millionths();
                    assert!(gap >= -NOISE, "seed {seed}: {component} at {at}: {pair:?} by {gap}");
                }
            }
            for (end, swap) in [(low, &one.low_swap), (high, &one.high_swap)] {
                let Some([ahead, behind]) = swap else { continue };
                let place = |id: &String| (0..6).find(|&place| unit_id(place) == *id).unwrap();
                let (ahead, behind) = (place(ahead), place(behind));
                let gap = (today[ahead] - today[behind]).millionths() as f64 / 1e6;
                // So far beyond the end the gap is as far below zero as rounding cannot hide.
                let beyond = end + 0.002 * (end - points) / gap;
                if gap < 0.01 || beyond < 0.0 {
                    continue;
                }
                if let Some(totals) = totals_at(&simulation, &base, component, &format!("{beyond:.4}"), &locked) {
                    assert!(totals[behind] > totals[ahead], "seed {seed}: {component} at {beyond}");
                    looked_beyond += 1;
                }
            }
        }
    }
    assert!(looked_beyond > 20, "only {looked_beyond} ends were looked beyond");
}

#[test]
fn plans_on_the_grid_really_reverse_the_order() {
    for seed in 1..6 {
        let focus = [1, 3, 4];
        let (plan, records) = (plan(6, &focus, &tree(), r#""plain""#), drawn_records(6, &focus, seed));
        let report = report(&plan, &records, None, &few()).unwrap();
        let mut found = 0;
        for one in &report.0["all"].overtake {
            assert_eq!(one.l1.is_some(), one.points.is_some());
            let Some(grid) = &one.grid else { continue };
            let scenario = ScenarioDocument { points: grid.clone(), ..Default::default() };
            let moved = Simulation::new(&plan, &records, Some(&scenario)).unwrap();
            let rank = |id: &str| moved.standing().rank(plan.unit_place(id).unwrap());
            assert!(rank(&one.behind) < rank(&one.ahead), "seed {seed}: {one:?}");
            // It is on the grid, and no nearer than the border. The trait's two nodes share theirs.
            let figure = |text: &str| text.parse::<f64>().unwrap();
            let change: f64 = plan
                .nodes()
                .iter()
                .filter(|node| !["window", "counter"].contains(&node.id.as_str()))
                .filter_map(|node| {
                    Some((figure(grid.get(&node.id)?), figure(&plan.leaves()[node.leaf?].points.to_string())))
                })
                .map(|(new, today)| (new - today).abs())
                .sum();
            assert!((change * 2.0 - (change * 2.0).round()).abs() < 1e-9, "{grid:?}");
            assert!(change >= figure(one.l1.as_ref().unwrap()) - 1e-6, "{grid:?}");
            found += 1;
        }
        assert!(found > 0, "seed {seed}");
    }
}

#[test]
fn locked_components_do_not_move() {
    let focus = [1, 3, 4];
    let (plan, records) = (plan(6, &focus, &tree(), ""), drawn_records(6, &focus, 1));
    let report = report(&plan, &records, Some(&read_scenario(r#"{"locked":["plain"]}"#)), &few()).unwrap();
    let all = &report.0["all"];
    assert_eq!((all.intervals[0].low.as_str(), all.intervals[0].high.as_str()), ("25", "25"));
    for one in all.overtake.iter().filter_map(|one| one.points.as_ref()) {
        assert!(!one.contains_key("plain"));
    }
}

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
            let units = simulation.plan().units_of(place).len();
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
