//! The components of a random plan: nested alternatives, and leaves of all methods.

use crate::dice::{Dice, written};
use serde_json::{Map, Value, json};

pub struct ComponentGenerator<'d> {
    pub dice: &'d mut Dice,
    pub grain: i128,
    pub nodes: usize,
    pub traits: Vec<&'static str>,
    pub scales: Vec<Value>,
    pub groups: Vec<String>,
    pub shortlisted: bool,
    /// Does every unit have tasks that weigh?
    pub tasks: bool,
    /// (component, options) of all leaves on which options are chosen.
    pub marked: Vec<(String, Vec<String>)>,
}

impl ComponentGenerator<'_> {
    pub fn components(&mut self, total: i128) -> Vec<Value> {
        // Alternatives of one trait that stand under different parents.
        if !self.traits.is_empty() && self.dice.once_in(10) {
            let apart = total / 4 / self.grain * self.grain;
            let name = self.traits[0];
            let mut nodes = self.siblings(total - apart, 1, &[name]);
            let mut only = self.leaf(apart);
            only["only"] = json!(name);
            let mut except = self.leaf(apart);
            except["except"] = json!(name);
            let id = self.id();
            nodes.push(only);
            nodes.push(json!({ "id": id, "name": "支", "children": [except, self.leaf(0)] }));
            self.dice.shuffle(&mut nodes);
            return nodes;
        }
        self.siblings(total, 0, &[])
    }

    fn id(&mut self) -> String {
        self.nodes += 1;
        format!("n{}", self.nodes)
    }

    fn siblings(&mut self, points: i128, depth: usize, not: &[&str]) -> Vec<Value> {
        let count = self.dice.between(1, 3);
        let mut unused: Vec<&str> = self.traits.iter().copied().filter(|t| !not.contains(t)).collect();
        let mut nodes = Vec::new();
        for part in self.dice.parts(points, count, self.grain) {
            if !unused.is_empty() && self.dice.once_in(4) {
                let at = self.dice.below(unused.len());
                let name = unused.swap_remove(at);
                for key in ["only", "except"] {
                    let count = self.dice.between(1, 2);
                    for part in self.dice.parts(part, count, self.grain) {
                        let mut node = self.node(part, depth);
                        node[key] = json!(name);
                        nodes.push(node);
                    }
                }
            } else {
                nodes.push(self.node(part, depth));
            }
        }
        if self.dice.once_in(3) {
            self.dice.shuffle(&mut nodes);
        }
        nodes
    }

    fn node(&mut self, points: i128, depth: usize) -> Value {
        let mut node = if depth < 2 && self.dice.once_in(4) {
            let id = self.id();
            json!({ "id": id, "name": "支", "children": self.siblings(points, depth + 1, &[]) })
        } else {
            self.leaf(points)
        };
        if self.shortlisted && self.dice.once_in(4) {
            node["stage"] = json!(2);
        } else if self.dice.once_in(10) {
            node["stage"] = self.dice.pick(&[json!(1), json!(null)]).clone();
        }
        node
    }

    fn leaf(&mut self, points: i128) -> Value {
        let id = self.id();
        let method = match self.dice.below(8) {
            0..=2 => self.survey(&id),
            3 => self.complaints(&id, points),
            4 => self.incidents(points),
            5 | 6 => {
                let mut method = json!({ "kind": "entered", "office": "办公室" });
                self.out_of(&mut method, points);
                method
            }
            _ => json!({
                "kind": "linked", "out_of": self.dice.pick(&["100", "0.3", "7"]),
                "combine": self.dice.pick(&["mean", "sum"]),
            }),
        };
        let mut method = method;
        if (method["kind"] == "linked" || method["kind"] == "incidents") && self.dice.once_in(4) {
            method["office"] = self.dice.pick(&[json!("纪委"), json!(null)]).clone();
        }
        json!({ "id": id, "name": "叶", "points": written(points), "method": method })
    }

    fn out_of(&mut self, method: &mut Value, points: i128) {
        if points == 0 || self.dice.once_in(2) {
            method["out_of"] = json!(self.dice.pick(&["100", "10", "0.000003", "3.333333333333", "999999999999"]));
        } else if self.dice.once_in(4) {
            method["out_of"] = Value::Null;
        }
    }

    fn some_groups(&mut self) -> Vec<String> {
        let groups = self.groups.clone();
        self.dice.some(&groups, 1)
    }

    /// Weights of which at least one is not zero.
    fn weights(&mut self, count: usize) -> Vec<&'static str> {
        let mut weights: Vec<&str> =
            (0..count).map(|_| *self.dice.pick(&["50", "1", "0.3", "0", "33.333333333333", "999999999999"])).collect();
        if weights.iter().all(|w| *w == "0") {
            weights[0] = "7";
        }
        weights
    }

    fn survey(&mut self, id: &str) -> Value {
        let scales = self.scales.clone();
        let scale = self.dice.pick(&scales);
        self.mark(id, scale);
        let out_of = match scale["options"].to_string() {
            text if text.contains("999999999999.") => "999999999999.999999999999",
            _ => *self.dice.pick(&["100", "100", "100.0", "101.7", "999999999999"]),
        };
        let pooled = self.dice.once_in(4);
        let groups = self.some_groups();
        let weights = self.weights(groups.len());
        let groups: Vec<Value> = groups
            .iter()
            .zip(weights)
            .map(
                |(group, weight)| {
                    if pooled { json!({ "group": group }) } else { json!({ "group": group, "weight": weight }) }
                },
            )
            .collect();
        let mut method = json!({ "kind": "survey", "scale": scale["id"], "out_of": out_of, "groups": groups });
        if pooled || self.dice.once_in(6) {
            method["pooled"] = json!(pooled);
        }
        if self.dice.once_in(4) {
            let count = self.dice.between(0, 2);
            let weights = if count == 0 { Vec::new() } else { self.weights(count) };
            method["criteria"] = weights
                .iter()
                .enumerate()
                .map(|(k, weight)| json!({ "id": format!("k{k}"), "name": "指标", "weight": weight }))
                .collect();
        }
        if self.tasks && self.dice.once_in(2) {
            method["criteria_of"] = json!("unit");
            method["criteria"] = Value::Null;
        }
        if self.dice.once_in(4) {
            method["min_marks"] = self.dice.pick(&[json!(null), json!(1), json!(2), json!(3), json!(8)]).clone();
        }
        if self.dice.once_in(3) {
            let words = [json!("left_out"), json!("left_out"), json!("refused"), json!(null)];
            method["missing_group"] = self.dice.pick(&words).clone();
        }
        if self.dice.once_in(4) {
            method["own_unit"] = self.dice.pick(&[json!("marked"), json!("skipped"), json!(null)]).clone();
        }
        method
    }

    fn mark(&mut self, id: &str, scale: &Value) {
        let options = scale["options"].as_array().into_iter().flatten();
        let options = options.filter_map(|o| o["id"].as_str()).map(str::to_string).collect();
        self.marked.push((id.to_string(), options));
    }

    fn complaints(&mut self, id: &str, points: i128) -> Value {
        let scales = self.scales.clone();
        let scale = self.dice.pick(&scales);
        self.mark(id, scale);
        let mut deduct = Map::new();
        for option in scale["options"].as_array().into_iter().flatten() {
            if !self.dice.once_in(3) {
                let amount = *self.dice.pick(&["1", "0.5", "0.0000005", "0", "999999999999"]);
                deduct.insert(option["id"].as_str().unwrap_or("").to_string(), json!(amount));
            }
        }
        let groups = self.some_groups();
        let mut method = json!({ "kind": "complaints", "scale": scale["id"], "deduct": deduct, "groups": groups });
        self.out_of(&mut method, points);
        method
    }

    fn incidents(&mut self, points: i128) -> Value {
        let levels: Vec<Value> = (0..self.dice.between(1, 3))
            .map(|l| {
                let amount = *self.dice.pick(&["1", "2", "0.3333335", "0", "999999999999"]);
                json!({ "id": format!("l{l}"), "name": "级", "amount": amount })
            })
            .collect();
        let mut method = json!({ "kind": "incidents", "levels": levels });
        if self.dice.once_in(2) {
            method["serious_factor"] = self.dice.pick(&[json!("2"), json!("0.5"), json!("0"), json!(null)]).clone();
        }
        self.out_of(&mut method, points);
        method
    }
}
