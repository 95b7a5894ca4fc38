//! Which plan documents hold (docs/plan.md). Returns pointers;
//! that the list is empty is what the crate must agree with.

use crate::exact::{whole, zero};
use crate::method_rules::method;
use crate::moments::moment;
use crate::outcomes::depends_on_itself;
use crate::plan_sums::sums;
use crate::shape::{COUNT, Problems, member, names};
use serde_json::Value;

pub fn plan_problems(plan: &Value) -> Vec<String> {
    let mut problems = Problems::default();
    let p = &mut problems;
    let required = [
        "format",
        "title",
        "total",
        "categories",
        "units",
        "groups",
        "scales",
        "periods",
        "combine",
        "components",
        "adjustments",
        "ranking",
        "outcomes",
    ];
    let optional = ["year", "live", "shortlist", "adjustment_cap", "grading", "schedule", "approval"];
    if !p.object(plan, "", &required, &optional) {
        return problems.0;
    }
    p.whole(plan, "", "format", 1, 1);
    p.text(plan, "", "title");
    p.whole(plan, "", "year", 0, COUNT);
    p.word(plan, "", "live", &["turnout", "tallies"]);
    p.word(plan, "", "combine", &["mean", "sum", "last"]);
    let total = p.amount(plan, "", "total");
    named_list(p, plan, "categories", &[], &[], |_, _, _| {});
    named_list(p, plan, "periods", &[], &[], |_, _, _| {});
    let periods = plan["periods"].as_array().map_or(0, Vec::len);
    p.unless(periods > 0, "/periods");
    named_list(p, plan, "groups", &["ballot"], &["comments"], |p, group, path| {
        p.boolean(group, path, "comments");
        p.word(group, path, "ballot", &["anonymous", "blind", "named", "per_unit", "open"]);
    });
    let mut seen = Vec::new();
    for (path, unit) in p.list(plan, "", "units") {
        if p.object(unit, &path, &["id", "name", "category"], &["traits", "tasks"]) {
            p.new_id(&mut seen, unit, &path, "id");
            p.text(unit, &path, "name");
            p.known(unit, &path, "category", |id| names(plan, "categories", id));
            let mut traits = Vec::new();
            for (path, name) in p.list(unit, &path, "traits") {
                let fine = name.as_str().is_some_and(|name| crate::shape::is_id(name) && !traits.contains(&name));
                p.unless(fine, &path);
                traits.extend(name.as_str());
            }
            let mut seen = Vec::new();
            for (path, task) in p.list(unit, &path, "tasks") {
                if p.object(task, &path, &["id", "name"], &["weight"]) {
                    p.new_id(&mut seen, task, &path, "id");
                    p.text(task, &path, "name");
                    p.amount(task, &path, "weight");
                }
            }
        }
    }
    schedule(p, plan);
    let mut seen = Vec::new();
    for (path, scale) in p.list(plan, "", "scales") {
        if p.object(scale, &path, &["id", "options"], &[]) {
            p.new_id(&mut seen, scale, &path, "id");
            let mut seen = Vec::new();
            for (path, option) in p.list(scale, &path, "options") {
                if p.object(option, &path, &["id", "name", "value"], &[]) {
                    p.new_id(&mut seen, option, &path, "id");
                    p.text(option, &path, "name");
                    p.amount(option, &path, "value");
                }
            }
        }
    }
    let mut seen = Vec::new();
    components(p, plan, plan, "", "components", &mut seen);
    adjustments(p, plan);
    ranking(p, plan);
    grading(p, plan);
    shortlist(p, plan);
    outcomes(p, plan);
    if problems.0.is_empty() {
        let p = &mut problems;
        sums(p, plan, &total.expect("a total without problems is a decimal"));
    }
    problems.0
}

/// Does some unit have the trait?
fn held_by_some(plan: &Value, name: &str) -> bool {
    let units = plan["units"].as_array().into_iter().flatten();
    units.into_iter().any(|unit| unit["traits"].as_array().is_some_and(|traits| traits.iter().any(|t| t == name)))
}

/// A list of objects with `id`, `name` and some more required fields.
fn named_list(
    p: &mut Problems,
    object: &Value,
    key: &str,
    more: &[&str],
    optional: &[&str],
    check: impl Fn(&mut Problems, &Value, &str),
) {
    let mut seen = Vec::new();
    for (path, item) in p.list(object, "", key) {
        if p.object(item, &path, &[&["id", "name"], more].concat(), optional) {
            p.new_id(&mut seen, item, &path, "id");
            p.text(item, &path, "name");
            check(p, item, &path);
        }
    }
}

fn components<'a>(
    p: &mut Problems,
    plan: &'a Value,
    parent: &'a Value,
    path: &str,
    key: &str,
    seen: &mut Vec<&'a str>,
) {
    for (path, node) in p.list(parent, path, key) {
        let branch = node.get("children").is_some_and(|c| !c.is_null());
        let required: &[&str] = if branch { &["id", "name", "children"] } else { &["id", "name", "points", "method"] };
        if !p.object(node, &path, required, &["only", "except", "stage"]) {
            continue;
        }
        p.new_id(seen, node, &path, "id");
        p.text(node, &path, "name");
        for key in ["only", "except"] {
            p.known(node, &path, key, |name| held_by_some(plan, name));
        }
        let both = ["only", "except"].iter().all(|key| node.get(*key).is_some_and(|v| !v.is_null()));
        p.unless(!both, &path);
        let stage = p.whole(node, &path, "stage", 1, 2);
        p.unless(stage != Some(2) || plan.get("shortlist").is_some_and(|s| !s.is_null()), &member(&path, "stage"));
        if branch {
            components(p, plan, node, &path, "children", seen);
        } else {
            let points = p.amount(node, &path, "points");
            if let Some(given) = node.get("method").filter(|m| !m.is_null()) {
                method(p, plan, given, &member(&path, "method"), points.as_ref());
            }
        }
    }
}

/// Rounds and approvals.
fn schedule(p: &mut Problems, plan: &Value) {
    let mut rounds = Vec::new();
    for (path, round) in p.list(plan, "", "schedule") {
        if !p.object(round, &path, &["period"], &["stage", "opens", "closes", "entries_due"]) {
            continue;
        }
        let period = p.known(round, &path, "period", |id| names(plan, "periods", id));
        let stage = p.whole(round, &path, "stage", 1, 2).unwrap_or(1);
        let shortlisted = plan.get("shortlist").is_some_and(|s| !s.is_null());
        p.unless(stage == 1 || shortlisted, &member(&path, "stage"));
        p.unless(!rounds.contains(&(period, stage)), &path);
        rounds.push((period, stage));
        let mut times = Vec::new();
        for key in ["opens", "closes", "entries_due"] {
            let text = p.text(round, &path, key);
            let time = text.and_then(moment);
            p.unless(time.is_some() == text.is_some(), &member(&path, key));
            times.push(time);
        }
        if let (Some(opens), Some(closes)) = (&times[0], &times[1]) {
            p.unless(opens < closes, &member(&path, "closes"));
        }
    }
    let steps = ["adjustments", "incidents", "decisions", "verdicts", "lots", "close", "publish"];
    let mut seen = Vec::new();
    for (path, step) in p.list(plan, "", "approval") {
        p.unless(step.as_str().is_some_and(|step| steps.contains(&step) && !seen.contains(&step)), &path);
        seen.extend(step.as_str());
    }
}

fn adjustments(p: &mut Problems, plan: &Value) {
    let mut seen = Vec::new();
    for (path, rule) in p.list(plan, "", "adjustments") {
        if !p.object(rule, &path, &["id", "name", "sign"], &["levels", "range", "cap", "office"]) {
            continue;
        }
        p.text(rule, &path, "office");
        p.new_id(&mut seen, rule, &path, "id");
        p.text(rule, &path, "name");
        p.word(rule, &path, "sign", &["bonus", "deduction"]);
        p.points(rule, &path, "cap");
        let has = |key: &str| rule.get(key).is_some_and(|v| !v.is_null());
        p.unless(has("levels") != has("range"), &path);
        let mut seen = Vec::new();
        for (path, level) in p.list(rule, &path, "levels") {
            if p.object(level, &path, &["id", "name", "points"], &[]) {
                p.new_id(&mut seen, level, &path, "id");
                p.text(level, &path, "name");
                p.points(level, &path, "points");
            }
        }
        let path = member(&path, "range");
        if has("range") && p.object(&rule["range"], &path, &["min", "max"], &[]) {
            let min = p.points(&rule["range"], &path, "min");
            let max = p.points(&rule["range"], &path, "max");
            p.unless(min <= max || max.is_none(), &path);
        }
    }
    if let Some(cap) = plan.get("adjustment_cap").filter(|c| !c.is_null())
        && p.object(cap, "/adjustment_cap", &[], &["bonus", "deduction"])
    {
        p.points(cap, "/adjustment_cap", "bonus");
        p.points(cap, "/adjustment_cap", "deduction");
    }
}

/// All nodes of the tree, whatever shape it is in.
fn nodes(plan: &Value) -> Vec<&Value> {
    let mut open: Vec<&Value> = plan["components"].as_array().into_iter().flatten().collect();
    let mut all = Vec::new();
    while let Some(node) = open.pop() {
        all.push(node);
        open.extend(node.get("children").and_then(Value::as_array).into_iter().flatten());
    }
    all
}

fn ranking(p: &mut Problems, plan: &Value) {
    let Some(ranking) = plan.get("ranking").filter(|r| !r.is_null()) else { return };
    if !p.object(ranking, "/ranking", &["decimals", "tie_break"], &[]) {
        return;
    }
    p.whole(ranking, "/ranking", "decimals", 0, 6);
    let nodes = nodes(plan);
    for (path, element) in p.list(ranking, "/ranking", "tie_break") {
        if let Some(id) = element.as_str() {
            p.unless(nodes.iter().any(|node| node["id"] == id), &path);
        } else if p.object(element, &path, &["option", "component"], &[]) {
            let option = p.text(element, &path, "option");
            let leaf = nodes.iter().find(|node| node["id"] == element["component"]);
            let scale = leaf.and_then(|leaf| {
                let kind = leaf["method"]["kind"].as_str();
                let marked = kind == Some("survey") || kind == Some("complaints");
                plan["scales"].as_array()?.iter().find(|s| marked && s["id"] == leaf["method"]["scale"])
            });
            p.unless(scale.is_some(), &member(&path, "component"));
            if let (Some(scale), Some(option)) = (scale, option) {
                p.unless(names(scale, "options", option), &member(&path, "option"));
            }
        }
    }
}

fn grading(p: &mut Problems, plan: &Value) {
    let Some(grading) = plan.get("grading").filter(|g| !g.is_null()) else { return };
    if !p.object(grading, "/grading", &["scope", "grades"], &[]) {
        return;
    }
    p.word(grading, "/grading", "scope", &["all", "category"]);
    let mut seen = Vec::new();
    let mut shares = zero();
    for (path, grade) in p.list(grading, "/grading", "grades") {
        if p.object(grade, &path, &["id", "name", "share"], &[]) {
            p.new_id(&mut seen, grade, &path, "id");
            p.text(grade, &path, "name");
            shares += p.amount(grade, &path, "share").unwrap_or_else(zero);
        }
    }
    p.unless(shares == whole(100), "/grading/grades");
}

fn shortlist(p: &mut Problems, plan: &Value) {
    let Some(shortlist) = plan.get("shortlist").filter(|s| !s.is_null()) else { return };
    if !p.object(shortlist, "/shortlist", &["top", "bottom", "carry"], &["carried"]) {
        return;
    }
    p.word(shortlist, "/shortlist", "carried", &["inside", "beside"]);
    let top = p.whole(shortlist, "/shortlist", "top", 0, COUNT);
    let bottom = p.whole(shortlist, "/shortlist", "bottom", 0, COUNT);
    p.known(shortlist, "/shortlist", "carry", |id| names(plan, "outcomes", id));
    for category in plan["categories"].as_array().into_iter().flatten() {
        let units = plan["units"].as_array().into_iter().flatten().filter(|u| u["category"] == category["id"]).count();
        let listed = i128::from(top.unwrap_or(0)) + i128::from(bottom.unwrap_or(0));
        p.unless(units as i128 >= listed, "/shortlist");
    }
}

fn outcomes(p: &mut Problems, plan: &Value) {
    let mut seen = Vec::new();
    let shortlisted = plan.get("shortlist").is_some_and(|s| !s.is_null());
    for (path, outcome) in p.list(plan, "", "outcomes") {
        if !p.object(outcome, &path, &["id", "name", "when"], &["effects", "only", "except"]) {
            continue;
        }
        for key in ["only", "except"] {
            p.known(outcome, &path, key, |name| held_by_some(plan, name));
        }
        let both = ["only", "except"].iter().all(|key| outcome.get(*key).is_some_and(|v| !v.is_null()));
        p.unless(!both, &path);
        p.new_id(&mut seen, outcome, &path, "id");
        p.text(outcome, &path, "name");
        if let Some(effects) = outcome.get("effects").filter(|e| !e.is_null()) {
            let path = member(&path, "effects");
            p.unless(effects.is_object(), &path);
            for (label, points) in effects.as_object().into_iter().flatten() {
                p.decimal_at(points, &member(&path, label));
            }
        }
        let Some(when) = outcome.get("when").filter(|w| !w.is_null()) else { continue };
        let path = member(&path, "when");
        let conditions = [
            "from_top",
            "from_bottom",
            "only_from_bottom",
            "ranks",
            "ranks_from_bottom",
            "top_share",
            "grade",
            "list",
            "outcome",
        ];
        if !p.object(when, &path, &[], &[&conditions[..], &["years"]].concat()) {
            continue;
        }
        let has = |key: &str| when.get(key).is_some_and(|v| !v.is_null());
        p.unless(conditions.iter().filter(|key| has(key)).count() == 1, &path);
        p.unless(has("outcome") == has("years"), &path);
        for key in &conditions[..3] {
            p.whole(when, &path, key, 0, COUNT);
        }
        for key in &conditions[3..5] {
            let pair = p.list(when, &path, key);
            if has(key) {
                let ends: Vec<i64> = pair.iter().filter_map(|(_, n)| n.as_i64()).collect();
                let fine = pair.len() == 2 && ends.len() == 2 && 1 <= ends[0] && ends[0] <= ends[1] && ends[1] <= COUNT;
                p.unless(fine, &member(&path, key));
            }
        }
        p.amount(when, &path, "top_share");
        p.known(when, &path, "grade", |id| names(&plan["grading"], "grades", id));
        p.word(when, &path, "list", &["top", "bottom"]);
        p.unless(!has("list") || shortlisted, &member(&path, "list"));
        p.whole(when, &path, "years", 1, COUNT);
        if p.known(when, &path, "outcome", |id| names(plan, "outcomes", id)).is_some() {
            p.unless(!depends_on_itself(plan, outcome["id"].as_str().unwrap_or("")), &member(&path, "outcome"));
        }
    }
}
