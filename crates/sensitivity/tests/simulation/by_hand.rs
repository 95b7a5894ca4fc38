//! Answers that are worked out in a comment.

use std::collections::BTreeMap;

use sensitivity::{Simulation, report};

use crate::documents::{entry, few, leaf, plan, read_plan, records};

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
    assert_eq!(low.swap.map(|swap| swap.units), Some([2, 3].map(Into::into)));
    let swaps: Vec<(usize, usize)> = first.swaps.iter().map(|turn| (turn.ahead.index(), turn.behind.index())).collect();
    assert_eq!(swaps, [(0, 1), (2, 3)]);
    assert!((first.swaps[0].at - 50.0).abs() < 1e-6 && (first.swaps[1].at - 175.0 / 3.0).abs() < 1e-6);
    // Pairs that are not neighbours, and units of other categories.
    let least = sensitivity::overtake(&simulation, 1.into(), 0.into()).unwrap().least;
    assert_eq!(least.unwrap().distance.to_string(), "20");
    assert_eq!(sensitivity::overtake(&simulation, 1.into(), 2.into()), None);
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
