//! A made-up appraisal of any size, for measuring.

use serde_json::{Value, json};

/// A plan of surveys by three groups, units in three categories.
pub fn plan(units: usize, components: usize) -> Value {
    let shares: Vec<String> =
        (0..components).map(|c| if c == 0 { 100 - 4 * (components - 1) } else { 4 }.to_string()).collect();
    json!({
        "format": 1, "title": "评议", "total": "100",
        "categories": [{ "id": "c0", "name": "一" }, { "id": "c1", "name": "二" }, { "id": "c2", "name": "三" }],
        "units": (0..units)
            .map(|u| json!({ "id": format!("u{u}"), "name": "单位", "category": format!("c{}", u % 3) }))
            .collect::<Vec<_>>(),
        "groups": (0..3).map(|g| json!({ "id": format!("g{g}"), "name": "人群", "ballot": "anonymous" })).collect::<Vec<_>>(),
        "scales": [{ "id": "s", "options": [
            { "id": "a", "name": "满意", "value": "90" }, { "id": "b", "name": "基本满意", "value": "70" },
            { "id": "c", "name": "一般", "value": "60" }, { "id": "d", "name": "不满意", "value": "50" }] }],
        "periods": [{ "id": "year", "name": "年度" }],
        "combine": "mean",
        "components": shares.iter().enumerate()
            .map(|(c, points)| json!({
                "id": format!("n{c}"), "name": "项目", "points": points,
                "method": { "kind": "survey", "scale": "s", "out_of": "100", "groups": [
                    { "group": "g0", "weight": "50" }, { "group": "g1", "weight": "30" }, { "group": "g2", "weight": "20" }] } }))
            .collect::<Vec<_>>(),
        "adjustments": [{ "id": "plus", "name": "加分", "sign": "bonus", "range": { "min": "0", "max": "5" } }],
        "ranking": { "decimals": 2, "tie_break": ["n1", { "option": "a", "component": "n0" }] },
        "grading": { "scope": "category", "grades": [
            { "id": "best", "name": "优秀", "share": "20" }, { "id": "good", "name": "良好", "share": "80" }] },
        "outcomes": [{ "id": "first", "name": "表扬", "when": { "from_top": 3 } },
                     { "id": "last", "name": "整改", "when": { "from_bottom": 3 } }],
    })
}

/// Tallies of every paper, and a bonus for every fifth unit.
pub fn records(units: usize, components: usize) -> Value {
    let mut tallies = Vec::new();
    for u in 0..units {
        for c in 0..components {
            for g in 0..3 {
                let count = |k: usize| 20 + (u * 7 + c * 13 + g * 29 + k * k * 31) % 97;
                tallies.push(json!({
                    "period": "year", "component": format!("n{c}"), "group": format!("g{g}"), "unit": format!("u{u}"),
                    "counts": { "a": count(0), "b": count(1), "c": count(2), "d": count(3) },
                }));
            }
        }
    }
    let adjustments: Vec<Value> = (0..units)
        .step_by(5)
        .map(|u| json!({ "period": "year", "rule": "plus", "unit": format!("u{u}"), "points": "1.5" }))
        .collect();
    json!({ "format": 1, "tallies": tallies, "adjustments": adjustments })
}
