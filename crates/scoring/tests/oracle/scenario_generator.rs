//! Random scenarios for a plan; many of them do not hold, which both sides
//! must say.

use crate::dice::Dice;
use crate::document::{given, list, text};
use crate::records_generator::near;
use serde_json::{Map, Value, json};

fn nodes(plan: &Value) -> Vec<&Value> {
    fn descend<'a>(nodes: &'a [Value], found: &mut Vec<&'a Value>) {
        for node in nodes {
            found.push(node);
            descend(list(node, "children"), found);
        }
    }
    let mut found = Vec::new();
    descend(list(plan, "components"), &mut found);
    found
}

pub fn scenario(dice: &mut Dice, plan: &Value) -> Value {
    let nodes = nodes(plan);
    let mut scenario = Map::new();
    let mut points = Map::new();
    let how_many = *dice.pick(&[0, 1, 1, 1, 2, 3]);
    for _ in 0..how_many {
        let node = *dice.pick(&nodes);
        // Those that can only be set together with this one, most of the time.
        let condition = ["only", "except"].into_iter().find(|key| given(node, key).is_some());
        for other in &nodes {
            let together = condition.is_some_and(|key| given(other, key) == given(node, key)) && !dice.once_in(8);
            if std::ptr::eq(*other, node) || together {
                points.insert(text(other, "id").to_string(), json!(near(dice, other)));
            }
        }
    }
    if how_many == 0 && dice.once_in(2) && nodes.len() > 1 {
        swap(dice, &nodes, &mut points);
    } else if dice.once_in(6) {
        for node in &nodes {
            if given(node, "points").is_some() && dice.once_in(2) {
                points.insert(text(node, "id").to_string(), node["points"].clone());
            }
        }
    }
    if !points.is_empty() || dice.once_in(2) {
        scenario.insert("points".into(), json!(points));
    }
    if !dice.once_in(4) {
        scenario.insert("rebalance".into(), json!("proportional"));
    }
    if dice.once_in(3) {
        let locked: Vec<Value> = (0..dice.between(0, 2))
            .map(|_| dice.pick(&nodes)["id"].clone())
            .filter(|id| !above_or_below(&nodes, id, &points))
            .collect();
        scenario.insert("locked".into(), json!(locked));
    }
    let surveys: Vec<&&Value> =
        nodes.iter().filter(|n| n["method"]["kind"] == "survey" && n["method"]["pooled"] != true).collect();
    if !surveys.is_empty() && dice.once_in(3) {
        let survey = dice.pick(&surveys);
        let mut weights = Map::new();
        for group in list(&survey["method"], "groups") {
            if !dice.once_in(3) {
                let weight = *dice.pick(&["60", "40", "0", "0.1"]);
                weights.insert(text(group, "group").to_string(), json!(weight));
            }
        }
        scenario.insert("weights".into(), json!({ text(survey, "id"): weights }));
    }
    if dice.once_in(4) {
        let scale = dice.pick(list(plan, "scales"));
        let option = dice.pick(list(scale, "options"));
        let value = *dice.pick(&["75", "0", "3.3", "100", "101"]);
        scenario.insert("values".into(), json!({ text(scale, "id"): { text(option, "id"): value } }));
    }
    if dice.once_in(4) {
        scenario.insert("adjustments".into(), dice.pick(&[json!(true), json!(false), json!(null)]).clone());
    }
    Value::Object(scenario)
}

/// A locked node that is itself changed, or lies inside what is changed.
fn above_or_below(nodes: &[&Value], id: &Value, points: &Map<String, Value>) -> bool {
    let holds = |outer: &Value, inner: &str| -> bool {
        outer["id"] == inner
            || outer.get("children").is_some_and(|c| c.to_string().contains(&format!("\"id\":\"{inner}\"")))
    };
    nodes.iter().any(|node| {
        (points.contains_key(text(node, "id")) && holds(node, id.as_str().unwrap_or("")))
            || (node["id"] == *id && points.keys().any(|set| holds(node, set)))
    })
}

/// Moves all points of one plain leaf to another, so that sums stay.
fn swap(dice: &mut Dice, nodes: &[&Value], points: &mut Map<String, Value>) {
    let leaves: Vec<&&Value> = nodes.iter().filter(|n| given(n, "points").is_some()).collect();
    if leaves.len() < 2 {
        return;
    }
    let (from, to) = (dice.below(leaves.len()), dice.below(leaves.len()));
    if from != to {
        points.insert(text(leaves[from], "id").to_string(), leaves[to]["points"].clone());
        points.insert(text(leaves[to], "id").to_string(), leaves[from]["points"].clone());
    }
}
