//! How long the work that people wait for takes: a full scoring from tallies (a slider's
//! every step), checking a plan, checking a ballot.
//!
//! `cargo bench -p scoring`. The goal for 118 units × 8 components is under 50 µs.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use scoring::ballot::{Mark, Paper, check};
use scoring::json::Value as Document;
use scoring::{Mode, Plan, Records, ScenarioDocument, apply_scenario, score};
use serde_json::{Value, json};

mod appraisal;
use appraisal::{plan, records};

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
