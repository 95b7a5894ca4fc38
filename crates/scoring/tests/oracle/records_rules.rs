//! Which records documents hold for a plan (docs/plan.md, "Records").

use crate::document::{Leaf, by_id, given, leaves, list};
use crate::exact::{decimal, zero};

use crate::outcomes::may_have;
use crate::shape::{COUNT, Problems, member, names};
use serde_json::Value;

struct Place<'a> {
    plan: &'a Value,
    leaves: Vec<Leaf<'a>>,
}

impl<'a> Place<'a> {
    /// Checks period, component and unit; answers the leaf of one of these
    /// kinds (any, if none is named) that the unit has.
    fn leaf(&self, p: &mut Problems, record: &Value, path: &str, kinds: &[&str]) -> Option<&Leaf<'a>> {
        p.known(record, path, "period", |id| names(self.plan, "periods", id));
        let unit = p.known(record, path, "unit", |id| names(self.plan, "units", id));
        let id = p.text(record, path, "component")?;
        let leaf = self.leaves.iter().find(|leaf| leaf.id == id && (kinds.is_empty() || kinds.contains(&leaf.kind())));
        p.unless(leaf.is_some(), &member(path, "component"));
        let unit = unit.filter(|id| names(self.plan, "units", id))?;
        let leaf = leaf?;
        p.unless(leaf.applies(by_id(list(self.plan, "units"), unit)), &member(path, "unit"));
        Some(leaf)
    }

    fn in_range(&self, p: &mut Problems, record: &Value, path: &str, leaf: Option<&Leaf>) {
        if let (Some(value), Some(leaf)) = (p.amount(record, path, "value"), leaf) {
            p.unless(value <= leaf.out_of, &member(path, "value"));
        }
    }
}

/// For a valid plan.
pub fn records_problems(plan: &Value, records: &Value) -> Vec<String> {
    let mut problems = Problems::default();
    let p = &mut problems;
    let lists = ["tallies", "entries", "incidents", "links", "adjustments", "lots", "decisions", "verdicts", "history"];
    if !p.object(records, "", &["format"], &lists) {
        return problems.0;
    }
    p.whole(records, "", "format", 1, 1);
    let place = Place { plan, leaves: leaves(plan) };
    for (path, tally) in p.list(records, "", "tallies") {
        if p.object(tally, &path, &["period", "component", "group", "unit", "counts"], &["criterion"]) {
            let leaf = place.leaf(p, tally, &path, &["survey", "complaints"]);
            let group = p.text(tally, &path, "group");
            let criterion = p.text(tally, &path, "criterion");
            let counts = given(tally, "counts");
            p.unless(counts.is_none_or(Value::is_object), &member(&path, "counts"));
            let Some(leaf) = leaf else { continue };
            let used =
                list(leaf.method(), "groups").iter().any(|g| *g == group.unwrap_or("") || g["group"] == tally["group"]);
            p.unless(used, &member(&path, "group"));
            let criteria = match given(leaf.method(), "criteria_of") {
                None => list(leaf.method(), "criteria"),
                // The leaf applies to the unit, or there is a problem with that already.
                Some(_) => list(by_id(list(plan, "units"), tally["unit"].as_str().unwrap_or("")), "tasks"),
            };
            let fits = match criterion {
                None => criteria.is_empty(),
                Some(id) => criteria.iter().any(|c| c["id"] == id),
            };
            p.unless(fits, &member(&path, "criterion"));
            let scale = by_id(list(plan, "scales"), leaf.method()["scale"].as_str().expect("it has a scale"));
            for (option, count) in counts.and_then(Value::as_object).into_iter().flatten() {
                let path = member(&member(&path, "counts"), option);
                p.unless(names(scale, "options", option), &path);
                p.unless(count.as_i64().is_some_and(|n| (0..=COUNT).contains(&n)), &path);
            }
        }
    }
    for (key, value) in [("entries", "value"), ("links", "totals"), ("decisions", "value")] {
        let mut seen = Vec::new();
        for (path, record) in p.list(records, "", key) {
            let required = ["period", "component", "unit", value, "reason"];
            if !p.object(record, &path, &required[..if key == "decisions" { 5 } else { 4 }], &[]) {
                continue;
            }
            let kinds: &[&str] = match key {
                "entries" => &["entered"],
                "links" => &["linked"],
                _ => &[],
            };
            let leaf = place.leaf(p, record, &path, kinds);
            let at = (record.get("period"), record.get("component"), record.get("unit"));
            p.unless(!seen.contains(&at), &path);
            seen.push(at);
            p.text(record, &path, "reason");
            if key == "links" {
                let totals = p.list(record, &path, "totals");
                p.unless(!totals.is_empty(), &member(&path, "totals"));
                for (path, total) in totals {
                    p.decimal_at(total, &path);
                }
            } else {
                place.in_range(p, record, &path, leaf);
            }
        }
    }
    for (path, incident) in p.list(records, "", "incidents") {
        if p.object(incident, &path, &["period", "component", "unit", "level", "count", "serious"], &[]) {
            let leaf = place.leaf(p, incident, &path, &["incidents"]);
            p.known(incident, &path, "level", |id| leaf.is_none_or(|leaf| names(leaf.method(), "levels", id)));
            p.whole(incident, &path, "count", 0, COUNT);
            p.boolean(incident, &path, "serious");
        }
    }
    adjustments(p, plan, records);
    lots(p, plan, records);
    for (path, verdict) in p.list(records, "", "verdicts") {
        if p.object(verdict, &path, &["unit", "outcome", "reason"], &[]) {
            p.known(verdict, &path, "unit", |id| names(plan, "units", id));
            p.known(verdict, &path, "outcome", |id| names(plan, "outcomes", id));
            let of = |key: &str, list_of: &str| list(plan, list_of).iter().find(|one| one["id"] == verdict[key]);
            if let (Some(unit), Some(outcome)) = (of("unit", "units"), of("outcome", "outcomes")) {
                p.unless(may_have(outcome, unit), &member(&path, "unit"));
            }
            p.text(verdict, &path, "reason");
        }
    }
    for (path, line) in p.list(records, "", "history") {
        if p.object(line, &path, &["year", "unit", "outcomes"], &[]) {
            p.whole(line, &path, "year", 0, COUNT);
            p.known(line, &path, "unit", |id| names(plan, "units", id));
            for (path, outcome) in p.list(line, &path, "outcomes") {
                p.unless(outcome.as_str().is_some_and(crate::shape::is_id), &path);
            }
        }
    }
    problems.0
}

fn adjustments(p: &mut Problems, plan: &Value, records: &Value) {
    for (path, adjustment) in p.list(records, "", "adjustments") {
        if !p.object(adjustment, &path, &["period", "rule", "unit"], &["level", "points"]) {
            continue;
        }
        p.known(adjustment, &path, "period", |id| names(plan, "periods", id));
        p.known(adjustment, &path, "unit", |id| names(plan, "units", id));
        let points = p.points(adjustment, &path, "points");
        let level = p.text(adjustment, &path, "level");
        let Some(rule) = list(plan, "adjustments").iter().find(|rule| rule["id"] == adjustment["rule"]) else {
            p.add(&member(&path, "rule"));
            continue;
        };
        match given(rule, "range") {
            Some(range) => {
                let end = |key: &str| range[key].as_str().and_then(decimal).unwrap_or_else(zero);
                p.unless(level.is_none(), &member(&path, "level"));
                let fits = points.is_some_and(|points| (end("min")..=end("max")).contains(&points));
                p.unless(fits, &member(&path, "points"));
            }
            None => {
                p.unless(given(adjustment, "points").is_none(), &member(&path, "points"));
                p.unless(level.is_some_and(|id| names(rule, "levels", id)), &member(&path, "level"));
            }
        }
    }
}

fn lots(p: &mut Problems, plan: &Value, records: &Value) {
    // A unit is drawn once among those of its category, and once among all.
    let mut drawn = Vec::new();
    for (path, lot) in p.list(records, "", "lots") {
        if !p.object(lot, &path, &["order"], &["category"]) {
            continue;
        }
        // It may be null, but it must be there.
        p.unless(lot.get("category").is_some(), &member(&path, "category"));
        let category = p.known(lot, &path, "category", |id| names(plan, "categories", id));
        for (path, id) in p.list(lot, &path, "order") {
            let unit = list(plan, "units").iter().find(|unit| unit["id"] == *id);
            let fits = unit.is_some_and(|unit| category.is_none_or(|c| unit["category"] == c))
                && !drawn.contains(&(category, id));
            p.unless(fits, &path);
            drawn.push((category, id));
        }
    }
}
