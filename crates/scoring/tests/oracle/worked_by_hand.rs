//! The oracle itself against the page's worked examples, and the generators
//! against the oracle's rules.

use crate::dice::Dice;
use crate::plan_rules::plan_problems;
use crate::records_rules::records_problems;
use crate::{plan_generator, records_generator, result, scenario, scenario_generator};
use serde_json::{Value, json};

fn yuanba() -> (Value, Value) {
    let survey = |id: &str, points: &str, groups: Value| {
        json!({ "id": id, "name": "测评", "points": points,
                "method": { "kind": "survey", "scale": "s", "out_of": "100", "groups": groups } })
    };
    let plan = json!({
        "format": 1, "title": "元坝", "total": "100",
        "categories": [{ "id": "dept", "name": "内设机构" }],
        "units": [{ "id": "forestry", "name": "林业站", "category": "dept" }],
        "groups": [{ "id": "public", "name": "公众", "ballot": "open" },
                   { "id": "leaders", "name": "班子", "ballot": "anonymous" },
                   { "id": "staff", "name": "职工", "ballot": "anonymous" }],
        "scales": [{ "id": "s", "options": [{ "id": "good", "name": "满意", "value": "90" },
                                            { "id": "fair", "name": "基本满意", "value": "70" },
                                            { "id": "poor", "name": "不满意", "value": "50" }] }],
        "periods": [{ "id": "year", "name": "年" }], "combine": "mean",
        "components": [
            survey("public", "40", json!([{ "group": "public", "weight": "1" }])),
            survey("internal", "30", json!([{ "group": "leaders", "weight": "50" }, { "group": "staff", "weight": "50" }])),
            survey("external", "30", json!([{ "group": "public", "weight": "1" }])),
        ],
        "adjustments": [{ "id": "b", "name": "加", "sign": "bonus", "range": { "min": "0", "max": "5" } },
                        { "id": "d", "name": "减", "sign": "deduction", "range": { "min": "0", "max": "5" } }],
        "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": [],
    });
    let tally = |component: &str, group: &str, good: i64, fair: i64, poor: i64| {
        json!({ "period": "year", "component": component, "group": group, "unit": "forestry",
                "counts": { "good": good, "fair": fair, "poor": poor } })
    };
    let records = json!({
        "format": 1,
        "tallies": [tally("public", "public", 20, 6, 4), tally("internal", "leaders", 5, 2, 0),
                    tally("internal", "staff", 18, 9, 3), tally("external", "public", 41, 8, 1)],
        "adjustments": [{ "period": "year", "rule": "b", "unit": "forestry", "points": "5" },
                        { "period": "year", "rule": "d", "unit": "forestry", "points": "2.5" }],
    });
    (plan, records)
}

#[test]
fn yuanba_comes_out_as_worked_by_hand() {
    let (plan, records) = yuanba();
    assert_eq!(plan_problems(&plan), Vec::<String>::new());
    assert_eq!(records_problems(&plan, &records), Vec::<String>::new());
    let result = result::score(&plan, &records, false).unwrap();
    let unit = &result["units"][0];
    let scores: Vec<&str> =
        unit["periods"][0]["components"].as_array().unwrap().iter().map(|c| c["score"].as_str().unwrap()).collect();
    assert_eq!(scores, ["32.266667", "24.642857", "25.800000"]);
    assert_eq!(unit["total"], "85.209524");
    assert_eq!(unit["published"], "85.21");
}

#[test]
fn jingbian_seats_come_out_as_worked_by_hand() {
    let grade = |share: &str| json!({ "id": "g", "name": "等", "share": share });
    let grading = json!({ "grades": [grade("20"), grade("40"), grade("30"), grade("10")] });
    assert_eq!(crate::grades::seats(&grading, 27), [5, 11, 8, 3]);
}

#[test]
fn a_slider_shares_the_rest_in_proportion() {
    let (plan, _) = yuanba();
    let moved = scenario::apply(&plan, &json!({ "points": { "public": "50" }, "rebalance": "proportional" })).unwrap();
    let points: Vec<&str> =
        moved["components"].as_array().unwrap().iter().map(|c| c["points"].as_str().unwrap()).collect();
    assert_eq!(points, ["50", "25", "25"]);
    let locked = json!({ "points": { "public": "50" }, "locked": ["external"], "rebalance": "proportional" });
    let moved = scenario::apply(&plan, &locked).unwrap();
    assert_eq!(moved["components"][1]["points"], "20");
    assert_eq!(scenario::apply(&plan, &json!({ "points": { "public": "50" } })), None);
}

#[test]
fn generated_documents_hold_and_many_scenarios_do() {
    let (mut scenarios, mut finals, mut ties, mut open) = (0, 0, 0, 0);
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let plan = plan_generator::plan(&mut dice);
        assert_eq!(plan_problems(&plan), Vec::<String>::new(), "seed {seed}: {plan:#}");
        let records = records_generator::records(&mut dice, &plan);
        assert_eq!(records_problems(&plan, &records), Vec::<String>::new(), "seed {seed}: {plan} {records}");
        let scenario = scenario_generator::scenario(&mut dice, &plan);
        scenarios += usize::from(scenario::apply(&plan, &scenario).is_some());
        finals += usize::from(result::score(&plan, &records, false).is_ok());
        let result = result::score(&plan, &records, true).unwrap();
        ties += usize::from(result["ties"] != json!([]));
        open += usize::from(result["unresolved_ties"] != json!([]));
    }
    // Without these the comparison would look at empty cases.
    let enough = (scenarios > 90, finals > 90, ties > 35, open > 30);
    assert_eq!(enough, (true, true, true, true), "{scenarios} {finals} {ties} {open}");
}
