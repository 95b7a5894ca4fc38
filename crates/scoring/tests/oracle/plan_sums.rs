//! What can only be asked of a plan that is sound so far: sums over its tree, tasks, quotas, size.

use crate::document::{Leaf, leaves};
use crate::exact::{Fraction, sum, zero};
use crate::shape::Problems;
use serde_json::Value;

pub fn sums(p: &mut Problems, plan: &Value, total: &Fraction) {
    let leaves = leaves(plan);
    for unit in crate::document::list(plan, "units") {
        let points = sum(leaves.iter().filter(|leaf| leaf.applies(unit)).map(|leaf| leaf.points.clone()));
        p.unless(points == *total, "/components");
    }
    for leaf in &leaves {
        if leaf.stage == 2 {
            p.unless(plan.get("shortlist").is_some_and(|s| !s.is_null()), "/shortlist");
        }
        quota(p, plan, leaf);
        tasks(p, plan, leaf);
    }
    p.unless(figures(plan, &leaves) <= 20_000_000, "/components");
}

/// How many scores and counts a plan's records may have.
fn figures(plan: &Value, leaves: &[Leaf]) -> u128 {
    let long = |object: &Value, key: &str| crate::document::list(object, key).len() as u128;
    let criteria = |method: &Value, leaf: &Leaf| {
        let units = crate::document::list(plan, "units").iter();
        match crate::document::given(method, "criteria_of") {
            None => long(method, "criteria").max(1),
            Some(_) => units.filter(|u| leaf.applies(u)).map(|u| long(u, "tasks")).max().unwrap_or(0).max(1),
        }
    };
    let of_leaf = |leaf: &Leaf| {
        let method = leaf.method();
        let scale = plan["scales"].as_array().into_iter().flatten().find(|s| s["id"] == method["scale"]);
        let options = scale.map_or(0, |scale| long(scale, "options"));
        1 + match leaf.kind() {
            "survey" => long(method, "groups") * options * criteria(method, leaf),
            "complaints" => long(method, "groups") * options,
            "incidents" => long(method, "levels"),
            _ => 0,
        }
    };
    long(plan, "periods") * long(plan, "units") * leaves.iter().map(of_leaf).sum::<u128>()
}

/// Units that are marked on their tasks have some that weigh.
fn tasks(p: &mut Problems, plan: &Value, leaf: &Leaf) {
    if crate::document::given(leaf.method(), "criteria_of").is_none() {
        return;
    }
    for (at, unit) in crate::document::list(plan, "units").iter().enumerate() {
        let weights = sum(crate::document::tasks(unit).into_iter().map(|(_, weight)| weight));
        p.unless(!leaf.applies(unit) || weights > zero(), &format!("/units/{at}/tasks"));
    }
}

/// The counts add up to the units of each category that the component is for.
fn quota(p: &mut Problems, plan: &Value, leaf: &Leaf) {
    if crate::document::given(leaf.method(), "quota").is_none() {
        return;
    }
    let quota = crate::document::list(leaf.method(), "quota");
    let exact = |q: &Value| crate::document::given(q, "count").is_some();
    if leaf.stage == 2 {
        p.unless(!quota.iter().any(exact), &format!("{}/method/quota", leaf.path));
        return;
    }
    if !quota.iter().all(exact) {
        return;
    }
    let counts: i64 = quota.iter().map(|q| crate::document::number(q, "count")).sum();
    let skipped = i64::from(leaf.method()["own_unit"] == "skipped");
    let mut categories = 0;
    for category in crate::document::list(plan, "categories") {
        let units = crate::document::list(plan, "units")
            .iter()
            .filter(|unit| unit["category"] == category["id"] && leaf.applies(unit))
            .count() as i64;
        categories += i64::from(units > 0);
        p.unless(units == 0 || counts == units - skipped, &format!("{}/method/quota", leaf.path));
    }
    p.unless(skipped == 0 || categories < 2, &format!("{}/method/quota", leaf.path));
}
