//! How long the work that people wait for takes: a full scoring from tallies (a slider's
//! every step), checking a plan, checking a ballot.
//!
//! `cargo bench -p scoring`. The goal for 118 units × 8 components is under 50 µs.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use scoring::ballot::{Mark, Paper, check};
use scoring::json::Value as Document;
use scoring::{Mode, Plan, Records, ScenarioDocument, apply_scenario, score};
use serde_json::{Value, json};

/// A plan of surveys by three groups, units in three categories.
fn plan(units: usize, components: usize) -> Value {
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

fn records(units: usize, components: usize) -> Value {
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

fn document(value: &Value) -> Document {
    Document::parse(value.to_string().as_bytes()).unwrap()
}

fn scoring(c: &mut Criterion) {
    for (units, components) in [(118, 8), (500, 20)] {
        let plan = Plan::from_json(&document(&plan(units, components))).unwrap();
        let records = Records::from_json(&plan, &document(&records(units, components))).unwrap();
        c.bench_function(&format!("score {units} units × {components} components from tallies"), |b| {
            b.iter(|| score(black_box(&plan), black_box(&records), Mode::Final).unwrap());
        });
    }
    let plan = Plan::from_json(&document(&plan(118, 8))).unwrap();
    let records = Records::from_json(&plan, &document(&records(118, 8))).unwrap();
    let standing = score(&plan, &records, Mode::Final).unwrap();
    c.bench_function("write the result of 118 × 8 as JSON", |b| {
        b.iter(|| serde_json::to_string(&black_box(&standing).document(&plan)).unwrap());
    });
    let scenario =
        ScenarioDocument::read(&document(&json!({ "points": { "n0": "60" }, "rebalance": "proportional" }))).unwrap();
    c.bench_function("one step of a slider: scenario and score, 118 × 8", |b| {
        b.iter(|| {
            let plan = apply_scenario(black_box(&plan), &scenario).unwrap();
            score(&plan, &records, Mode::Provisional).unwrap()
        });
    });
}

fn documents(c: &mut Criterion) {
    let (units, components) = (500, 20);
    let text = plan(units, components).to_string();
    let parsed = Document::parse(text.as_bytes()).unwrap();
    c.bench_function("parse a plan of 500 × 20", |b| b.iter(|| Document::parse(black_box(text.as_bytes())).unwrap()));
    c.bench_function("validate a plan of 500 × 20", |b| b.iter(|| Plan::from_json(black_box(&parsed)).unwrap()));
    c.bench_function("hash a plan of 500 × 20", |b| b.iter(|| scoring::plan_sha256(black_box(&parsed))));
    let plan = Plan::from_json(&parsed).unwrap();
    let parsed = document(&records(units, components));
    c.bench_function("read the records of 500 × 20", |b| {
        b.iter(|| Records::from_json(&plan, black_box(&parsed)).unwrap());
    });
}

fn ballot(c: &mut Criterion) {
    let plan = Plan::from_json(&document(&plan(60, 8))).unwrap();
    let paper = Paper::new(&plan, "g0", None, None);
    let options = ["a", "b", "c", "d"];
    let marks: Vec<Mark> = (0..60)
        .flat_map(|u| (0..8).map(move |c| (u, c)))
        .map(|(u, c)| Mark {
            component: format!("n{c}"),
            unit: format!("u{u}"),
            criterion: None,
            option: options[(u + c) % 4].to_string(),
        })
        .collect();
    assert!(check(&paper, &marks).is_empty());
    c.bench_function("check a ballot of 60 units × 8 components", |b| {
        b.iter(|| check(black_box(&paper), black_box(&marks)));
    });
}

criterion_group!(benches, scoring, documents, ballot);
criterion_main!(benches);
