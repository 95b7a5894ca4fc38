//! Which methods of a leaf hold (the table in docs/plan.md, "Methods").

use crate::exact::{Fraction, decimal, sum, zero};
use crate::shape::{COUNT, Problems, member, names};
use serde_json::Value;

pub fn method(p: &mut Problems, plan: &Value, method: &Value, path: &str, points: Option<&Fraction>) {
    let (required, optional): (&[&str], &[&str]) = match method.get("kind").and_then(Value::as_str) {
        Some("survey") => (
            &["kind", "scale", "out_of", "groups"],
            &["criteria", "criteria_of", "pooled", "quota", "own_unit", "min_marks", "missing_group"],
        ),
        Some("complaints") => (&["kind", "scale", "deduct", "groups"], &["out_of"]),
        Some("incidents") => (&["kind", "levels"], &["out_of", "serious_factor", "office"]),
        Some("entered") => (&["kind", "office"], &["out_of"]),
        Some("linked") => (&["kind", "out_of", "combine"], &["office"]),
        _ => return p.add(&member(path, "kind")),
    };
    if !p.object(method, path, required, optional) {
        return;
    }
    let given = p.amount(method, path, "out_of");
    let defaulted = method.get("out_of").is_none_or(Value::is_null);
    let out_of = if defaulted { points.cloned() } else { given };
    if let Some(out_of) = &out_of {
        p.unless(*out_of > zero(), &member(path, "out_of"));
    }
    p.known(method, path, "scale", |id| names(plan, "scales", id));
    let scale = plan["scales"].as_array().and_then(|all| all.iter().find(|s| s["id"] == method["scale"]));
    match method["kind"].as_str() {
        Some("survey") => survey(p, plan, method, path, scale, out_of.as_ref()),
        Some("complaints") => complaints(p, plan, method, path, scale),
        Some("incidents") => {
            p.amount(method, path, "serious_factor");
            p.text(method, path, "office");
            let mut seen = Vec::new();
            for (path, level) in p.list(method, path, "levels") {
                if p.object(level, &path, &["id", "name", "amount"], &[]) {
                    p.new_id(&mut seen, level, &path, "id");
                    p.text(level, &path, "name");
                    p.amount(level, &path, "amount");
                }
            }
        }
        Some("entered") => {
            p.text(method, path, "office");
        }
        _ => {
            p.word(method, path, "combine", &["mean", "sum"]);
            p.text(method, path, "office");
        }
    }
}

fn survey(
    p: &mut Problems,
    plan: &Value,
    method: &Value,
    path: &str,
    scale: Option<&Value>,
    out_of: Option<&Fraction>,
) {
    let options = scale.and_then(|scale| scale["options"].as_array()).map_or(&[][..], Vec::as_slice);
    for value in options.iter().filter_map(|option| option["value"].as_str()).filter_map(decimal) {
        p.unless(out_of.is_none_or(|top| value <= *top), &member(path, "out_of"));
    }
    let pooled = p.boolean(method, path, "pooled") == Some(true);
    p.word(method, path, "own_unit", &["marked", "skipped"]);
    p.word(method, path, "missing_group", &["refused", "left_out"]);
    p.whole(method, path, "min_marks", 1, COUNT);
    let of_units = p.word(method, path, "criteria_of", &["unit"]).is_some();
    p.unless(!of_units || method.get("criteria").is_none_or(Value::is_null), &member(path, "criteria"));

    let mut seen = Vec::new();
    let mut weights = Vec::new();
    for (path, group) in p.list(method, path, "groups") {
        let (required, optional): (&[&str], &[&str]) =
            if pooled { (&["group"], &["weight"]) } else { (&["group", "weight"], &[]) };
        if p.object(group, &path, required, optional) {
            p.unless(!pooled || group.get("weight").is_none_or(Value::is_null), &member(&path, "weight"));
            p.new_id(&mut seen, group, &path, "group");
            p.known(group, &path, "group", |id| names(plan, "groups", id));
            weights.extend(p.amount(group, &path, "weight"));
        }
    }
    p.unless(!seen.is_empty(), &member(path, "groups"));
    p.unless(pooled || sum(weights) > zero(), &member(path, "groups"));

    let mut seen = Vec::new();
    let mut weights = Vec::new();
    for (path, criterion) in p.list(method, path, "criteria") {
        if p.object(criterion, &path, &["id", "name", "weight"], &[]) {
            p.new_id(&mut seen, criterion, &path, "id");
            p.text(criterion, &path, "name");
            weights.extend(p.amount(criterion, &path, "weight"));
        }
    }
    p.unless(seen.is_empty() || sum(weights) > zero(), &member(path, "criteria"));

    let mut seen = Vec::new();
    for (path, quota) in p.list(method, path, "quota") {
        if p.object(quota, &path, &["option"], &["count", "at_most", "at_most_share"]) {
            p.new_id(&mut seen, quota, &path, "option");
            p.known(quota, &path, "option", |id| options.iter().any(|o| o["id"] == id));
            let figures = ["count", "at_most", "at_most_share"];
            p.unless(figures.iter().filter(|key| quota.get(**key).is_some_and(|v| !v.is_null())).count() == 1, &path);
            p.whole(quota, &path, "count", 0, COUNT);
            p.whole(quota, &path, "at_most", 0, COUNT);
            let share = p.amount(quota, &path, "at_most_share");
            p.unless(share.is_none_or(|share| share <= crate::exact::whole(100)), &path);
        }
    }
}

fn complaints(p: &mut Problems, plan: &Value, method: &Value, path: &str, scale: Option<&Value>) {
    if let Some(deduct) = method.get("deduct").filter(|d| !d.is_null()) {
        let path = member(path, "deduct");
        p.unless(deduct.is_object(), &path);
        for (option, amount) in deduct.as_object().into_iter().flatten() {
            p.unless(scale.is_none_or(|scale| names(scale, "options", option)), &member(&path, option));
            p.amount_at(amount, &member(&path, option));
        }
    }
    let mut seen = Vec::new();
    for (path, group) in p.list(method, path, "groups") {
        p.unless(group.as_str().is_some_and(|id| names(plan, "groups", id) && !seen.contains(&id)), &path);
        seen.extend(group.as_str());
    }
}
