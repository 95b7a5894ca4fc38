//! A scenario turns a plan into another plan (docs/plan.md, "Scenarios"). Works on
//! a copy of the plan's JSON; the new plan is then judged as any other.

use crate::document::{amount, given, list, text};
use crate::exact::{Fraction, round, shortest, sum, zero};
use crate::plan_rules::plan_problems;
use crate::shape::{Problems, member, names};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a node of the tree is to become, by id.
type NewPoints = BTreeMap<String, Fraction>;

/// The records as the scenario leaves them.
pub fn records_under(scenario: &Value, records: &Value) -> Value {
    let mut records = records.clone();
    if scenario["adjustments"] == false {
        records["adjustments"] = json!([]);
    }
    records
}

/// The new plan, or none if the scenario does not hold.
pub fn apply(plan: &Value, scenario: &Value) -> Option<Value> {
    if !shape_problems(plan, scenario).is_empty() {
        return None;
    }
    let mut set: NewPoints = NewPoints::new();
    for (id, points) in scenario.get("points").and_then(Value::as_object).into_iter().flatten() {
        set.insert(id.clone(), crate::exact::decimal(points.as_str()?)?);
    }
    let top: Vec<&Value> = list(plan, "components").iter().collect();
    for node in all_nodes(&top) {
        let below = all_nodes(&children(node));
        if set.contains_key(text(node, "id")) && below.iter().any(|n| set.contains_key(text(n, "id"))) {
            return None;
        }
    }
    let locked: Vec<&str> = list(scenario, "locked").iter().filter_map(Value::as_str).collect();
    let asked = Asked { set: &set, locked: &locked, rebalance: given(scenario, "rebalance").is_some() };
    let mut new = NewPoints::new();
    asked.level(&top, &mut new)?;

    let mut plan = plan.clone();
    if let Some(components) = plan["components"].as_array_mut() {
        for node in components {
            write(node, &new);
        }
    }
    for (component, weights) in scenario.get("weights").and_then(Value::as_object).into_iter().flatten() {
        let node = find(plan["components"].as_array_mut()?, component)?;
        for group in node["method"]["groups"].as_array_mut()? {
            if let Some(weight) = weights.get(text(group, "group")) {
                group["weight"] = weight.clone();
            }
        }
    }
    for (scale, values) in scenario.get("values").and_then(Value::as_object).into_iter().flatten() {
        let scale = plan["scales"].as_array_mut()?.iter_mut().find(|s| s["id"] == scale.as_str())?;
        for option in scale["options"].as_array_mut()? {
            if let Some(value) = values.get(text(option, "id")) {
                option["value"] = value.clone();
            }
        }
    }
    if scenario["adjustments"] == false {
        plan["adjustments"] = json!([]);
    }
    if plan_problems(&plan).is_empty() { Some(plan) } else { None }
}

/// What is wrong with a scenario before anything is computed.
pub fn shape_problems(plan: &Value, scenario: &Value) -> Vec<String> {
    let mut problems = Problems::default();
    let p = &mut problems;
    if !p.object(scenario, "", &[], &["points", "locked", "rebalance", "weights", "values", "adjustments"]) {
        return problems.0;
    }
    let top: Vec<&Value> = list(plan, "components").iter().collect();
    let nodes = all_nodes(&top);
    let node = |id: &str| nodes.iter().copied().find(|node| node["id"] == id);
    p.word(scenario, "", "rebalance", &["proportional"]);
    p.boolean(scenario, "", "adjustments");
    for (path, id) in p.list(scenario, "", "locked") {
        p.unless(id.as_str().and_then(node).is_some(), &path);
    }
    for key in ["points", "weights", "values"] {
        let Some(entries) = given(scenario, key) else { continue };
        let path = member("", key);
        p.unless(entries.is_object(), &path);
        for (id, value) in entries.as_object().into_iter().flatten() {
            let path = member(&path, id);
            if key == "points" {
                p.unless(node(id).is_some(), &path);
                p.amount_at(value, &path);
                continue;
            }
            p.unless(value.is_object(), &path);
            let groups = node(id).filter(|n| n["method"]["kind"] == "survey" && n["method"]["pooled"] != true);
            let scale = list(plan, "scales").iter().find(|scale| scale["id"] == id.as_str());
            p.unless(if key == "weights" { groups.is_some() } else { scale.is_some() }, &path);
            for (inner, amount) in value.as_object().into_iter().flatten() {
                let path = member(&path, inner);
                p.amount_at(amount, &path);
                let fine = if key == "weights" {
                    groups.is_some_and(|n| list(&n["method"], "groups").iter().any(|g| g["group"] == inner.as_str()))
                } else {
                    scale.is_some_and(|scale| names(scale, "options", inner))
                };
                p.unless(fine, &path);
            }
        }
    }
    problems.0
}

fn children(node: &Value) -> Vec<&Value> {
    list(node, "children").iter().collect()
}

fn all_nodes<'a>(nodes: &[&'a Value]) -> Vec<&'a Value> {
    nodes.iter().flat_map(|node| std::iter::once(*node).chain(all_nodes(&children(node)))).collect()
}

fn is_branch(node: &Value) -> bool {
    given(node, "children").is_some()
}

/// One or two alternatives, each some nodes side by side.
struct Slot<'a> {
    alternatives: Vec<Vec<&'a Value>>,
}

fn slots<'a>(nodes: &[&'a Value]) -> Vec<Slot<'a>> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for node in nodes {
        let condition = given(node, "only").or(given(node, "except")).and_then(Value::as_str);
        let Some(name) = condition else {
            slots.push(Slot { alternatives: vec![vec![*node]] });
            continue;
        };
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let naming = |key: &str| -> Vec<&Value> { nodes.iter().copied().filter(|n| n[key] == name).collect() };
        let alternatives = [naming("only"), naming("except")].into_iter().filter(|a| !a.is_empty()).collect();
        slots.push(Slot { alternatives });
    }
    slots
}

/// Today's points of a node; none where unequal alternatives are inside.
fn today(node: &Value) -> Option<Fraction> {
    if !is_branch(node) {
        return Some(amount(node, "points"));
    }
    slots(&children(node)).iter().map(slot_today).sum::<Option<Fraction>>()
}

fn slot_today(slot: &Slot) -> Option<Fraction> {
    let sums: Vec<Fraction> = slot
        .alternatives
        .iter()
        .map(|nodes| nodes.iter().map(|node| today(node)).sum::<Option<Fraction>>())
        .collect::<Option<_>>()?;
    sums.iter().all(|s| *s == sums[0]).then(|| sums[0].clone())
}

/// Parts of `amount` in proportion to today's, to four decimals, the last
/// taking what remains.
fn share(amount: &Fraction, today: &[Fraction]) -> Option<Vec<Fraction>> {
    if today.len() == 1 {
        return Some(vec![amount.clone()]);
    }
    let all = sum(today.iter().cloned());
    if all == zero() {
        return (*amount == zero()).then(|| today.to_vec());
    }
    let mut parts: Vec<Fraction> =
        today[..today.len() - 1].iter().map(|points| round(&(amount * points / &all), 4)).collect();
    let last = amount - sum(parts.iter().cloned());
    if last < zero() {
        return None;
    }
    parts.push(last);
    Some(parts)
}

struct Asked<'a> {
    set: &'a NewPoints,
    locked: &'a [&'a str],
    rebalance: bool,
}

impl Asked<'_> {
    fn is_set(&self, node: &Value) -> bool {
        self.set.contains_key(text(node, "id"))
    }

    fn touched(&self, node: &Value) -> bool {
        all_nodes(&[node]).iter().any(|n| self.is_set(n) || self.locked.contains(&text(n, "id")))
    }

    /// All nodes side by side under one parent, then what is below them.
    fn level(&self, nodes: &[&Value], new: &mut NewPoints) -> Option<()> {
        let slots = slots(nodes);
        let mut left = zero();
        let mut any_set = false;
        let mut free: Vec<&Slot> = Vec::new();
        for slot in &slots {
            if slot.alternatives.iter().flatten().any(|node| self.is_set(node)) {
                any_set = true;
                let points = self.set_slot(slot, new)?;
                if self.rebalance {
                    left += slot_today(slot)? - points;
                }
            } else if !slot.alternatives.iter().flatten().any(|node| self.touched(node)) {
                free.push(slot);
            }
        }
        if any_set && self.rebalance {
            self.spread(left, &free, new)?;
        }
        // What is set below a node that its slot has scaled stands; the sums must then agree.
        for node in nodes {
            self.level(&children(node), new)?;
        }
        Some(())
    }

    /// Gives the free slots today's points and what the changed ones left.
    fn spread(&self, left: Fraction, free: &[&Slot], new: &mut NewPoints) -> Option<()> {
        if free.is_empty() {
            return (left == zero()).then_some(());
        }
        let today: Vec<Fraction> = free.iter().map(|slot| slot_today(slot)).collect::<Option<_>>()?;
        let all = sum(today.iter().cloned());
        let amount = &left + &all;
        if amount < zero() || (all == zero() && left != zero()) {
            return None;
        }
        for (slot, part) in free.iter().zip(share(&amount, &today)?) {
            for nodes in &slot.alternatives {
                give_nodes(nodes, &part, new)?;
            }
        }
        Some(())
    }

    /// Sets a slot of which at least one node is set; answers its new points.
    fn set_slot(&self, slot: &Slot, new: &mut NewPoints) -> Option<Fraction> {
        let mut target: Option<Fraction> = None;
        for nodes in &slot.alternatives {
            let set = nodes.iter().filter(|node| self.is_set(node)).count();
            if set == 0 {
                continue;
            }
            if set < nodes.len() {
                return None;
            }
            let points = sum(nodes.iter().map(|node| self.set[text(node, "id")].clone()));
            if target.as_ref().is_some_and(|target| *target != points) {
                return None;
            }
            target = Some(points);
            for node in nodes {
                give(node, &self.set[text(node, "id")], new)?;
            }
        }
        let target = target.expect("one of its nodes is set");
        for nodes in &slot.alternatives {
            if !nodes.iter().any(|node| self.is_set(node)) {
                give_nodes(nodes, &target, new)?;
            }
        }
        Some(target)
    }
}

fn give_nodes(nodes: &[&Value], points: &Fraction, new: &mut NewPoints) -> Option<()> {
    let today: Vec<Fraction> = nodes.iter().map(|node| today(node)).collect::<Option<_>>()?;
    for (node, part) in nodes.iter().zip(share(points, &today)?) {
        give(node, &part, new)?;
    }
    Some(())
}

/// Gives a node new points, and its leaves their parts of them.
fn give(node: &Value, points: &Fraction, new: &mut NewPoints) -> Option<()> {
    new.insert(text(node, "id").to_string(), points.clone());
    if !is_branch(node) {
        return Some(());
    }
    let items = items(node);
    let today: Vec<Fraction> = items.iter().map(slot_today).collect::<Option<_>>()?;
    for (item, part) in items.iter().zip(share(points, &today)?) {
        for nodes in &item.alternatives {
            give_nodes(nodes, &part, new)?;
        }
    }
    Some(())
}

/// What a branch shares its points among: its leaves, or, where traits divide
/// what is below it, the slots of its children.
fn items(branch: &Value) -> Vec<Slot<'_>> {
    let below = all_nodes(&children(branch));
    if below.iter().any(|node| given(node, "only").or(given(node, "except")).is_some()) {
        return slots(&children(branch));
    }
    let leaves = below.into_iter().filter(|node| !is_branch(node));
    leaves.map(|leaf| Slot { alternatives: vec![vec![leaf]] }).collect()
}

fn write(node: &mut Value, new: &NewPoints) {
    if given(node, "children").is_some() {
        for child in node["children"].as_array_mut().into_iter().flatten() {
            write(child, new);
        }
    } else if let Some(points) = new.get(text(node, "id")) {
        let old = node["points"].clone();
        if ["complaints", "incidents", "entered"].contains(&text(&node["method"], "kind"))
            && given(&node["method"], "out_of").is_none()
        {
            node["method"]["out_of"] = old;
        }
        node["points"] = json!(written(points));
    }
}

/// The scenario's points may have 12 decimals, so may a remainder.
fn written(points: &Fraction) -> String {
    shortest(points)
}

fn find<'a>(nodes: &'a mut [Value], id: &str) -> Option<&'a mut Value> {
    for node in nodes {
        if node["id"] == id {
            return Some(node);
        }
        if given(node, "children").is_some()
            && let Some(found) = find(node["children"].as_array_mut()?, id)
        {
            return Some(found);
        }
    }
    None
}
