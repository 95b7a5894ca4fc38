//! Random valid plans: small, full of ties, zeros, long decimals and nested
//! alternatives. Owns no judgement; the oracle's rules confirm each plan.

use crate::dice::{Dice, ONE, written};
use serde_json::{Map, Value, json};

const TRAITS: [&str; 3] = ["focus", "window", "rural"];

pub struct PlanGenerator<'d> {
    dice: &'d mut Dice,
    grain: i128,
    nodes: usize,
    traits: Vec<&'static str>,
    scales: Vec<Value>,
    groups: Vec<String>,
    shortlisted: bool,
    /// (component, options) of all leaves on which options are chosen.
    marked: Vec<(String, Vec<String>)>,
}

pub fn plan(dice: &mut Dice) -> Value {
    let size = if dice.once_in(12) { 9 } else { 5 };
    let categories = dice.between(1, 3).min(dice.between(1, 3));
    let units = dice.between(categories, size.max(categories));
    let shortlisted = dice.once_in(4);
    let traits = dice.some(&TRAITS, 0);
    let scales = (0..dice.between(1, 2)).map(|s| scale(dice, s)).collect();
    let groups: Vec<String> = (0..dice.between(1, 3)).map(|g| format!("g{g}")).collect();
    let grain = *dice.pick(&[ONE, ONE, ONE / 2, ONE / 100, ONE / 10_000, ONE / 1_000_000, ONE / 10_000_000, 1]);
    let total = *dice.pick(&[
        100 * ONE,
        100 * ONE,
        100 * ONE,
        100 * ONE,
        10 * ONE,
        ONE,
        0,
        1,
        33 * ONE + ONE / 3,
        999_999_999_999 * ONE,
        100 * ONE + 5 * ONE / 10_000_000,
    ]);
    let mut generator =
        PlanGenerator { dice, grain, nodes: 0, traits, scales, groups, shortlisted, marked: Vec::new() };
    generator.plan(total, categories, units)
}

fn scale(dice: &mut Dice, at: usize) -> Value {
    let menus: [&[&str]; 7] = [
        &["90", "70", "50"],
        &["100", "80", "60", "0"],
        &["1", "1"],
        &["10", "7", "5", "0.1"],
        &["0"],
        &["33.333333333333", "66.666666666667", "0.000000000001"],
        &["999999999999.999999999999", "0", "1"],
    ];
    let values = if dice.once_in(12) { menus[6] } else { menus[dice.below(6)] };
    let options: Vec<Value> = values
        .iter()
        .enumerate()
        .map(|(o, value)| json!({ "id": format!("o{o}"), "name": "档", "value": value }))
        .collect();
    json!({ "id": format!("s{at}"), "options": options })
}

impl PlanGenerator<'_> {
    fn plan(&mut self, total: i128, categories: usize, units: usize) -> Value {
        let mut unit_list = self.units(categories, units);
        let components = self.components(total);
        // Every trait of the tree must be some unit's.
        for (at, name) in self.traits.clone().into_iter().enumerate() {
            let held = unit_list.iter().any(|u| u["traits"].as_array().is_some_and(|t| t.iter().any(|t| t == name)));
            let text = json!(components).to_string();
            if !held && text.contains(&format!("\"{name}\"")) {
                let place = at % unit_list.len();
                match unit_list[place]["traits"].as_array_mut() {
                    Some(traits) => traits.push(json!(name)),
                    None => unit_list[place]["traits"] = json!([name]),
                }
            }
        }
        let outcomes_least = usize::from(self.shortlisted);
        let grading = self.grading();
        let outcomes = self.outcomes(outcomes_least, &grading);
        let periods: Vec<Value> =
            (0..*self.dice.pick(&[1, 1, 2, 3])).map(|p| json!({ "id": format!("p{p}"), "name": "周期" })).collect();
        let groups: Vec<Value> = self
            .groups
            .clone()
            .into_iter()
            .map(|id| {
                let ballot = *self.dice.pick(&["anonymous", "blind", "named", "per_unit", "open"]);
                let mut group = json!({ "id": id, "name": "人群", "ballot": ballot });
                if self.dice.once_in(4) {
                    group["comments"] = json!(self.dice.once_in(2));
                }
                group
            })
            .collect();
        let mut plan = json!({
            "format": 1, "title": "方案", "total": written(total),
            "categories": (0..categories).map(|c| json!({ "id": format!("c{c}"), "name": "类别" })).collect::<Vec<_>>(),
            "units": unit_list, "groups": groups, "scales": self.scales, "periods": periods,
            "combine": self.dice.pick(&["mean", "mean", "sum", "last"]),
            "components": components,
            "adjustments": self.adjustments(),
            "ranking": { "decimals": self.dice.below(7), "tie_break": self.tie_break() },
            "grading": grading,
            "outcomes": outcomes,
        });
        if self.dice.once_in(2) {
            plan["year"] = json!(2018);
        }
        if self.dice.once_in(3) {
            plan["live"] = self.dice.pick(&[json!(null), json!("turnout"), json!("tallies")]).clone();
        }
        if self.dice.once_in(3) {
            plan["adjustment_cap"] = self
                .dice
                .pick(&[
                    json!(null),
                    json!({}),
                    json!({ "bonus": "10" }),
                    json!({ "bonus": "0.5", "deduction": null }),
                    json!({ "bonus": "2", "deduction": "1.000001" }),
                ])
                .clone();
        }
        if self.shortlisted {
            let smallest = (0..categories)
                .map(|c| {
                    plan["units"]
                        .as_array()
                        .map_or(0, |us| us.iter().filter(|u| u["category"] == format!("c{c}")).count())
                })
                .min()
                .unwrap_or(0);
            let top = self.dice.between(0, smallest);
            let bottom = self.dice.between(0, smallest - top);
            let outcomes = plan["outcomes"].as_array().map_or(0, Vec::len);
            plan["shortlist"] =
                json!({ "top": top, "bottom": bottom, "carry": format!("r{}", self.dice.below(outcomes)) });
        }
        self.quotas(&mut plan);
        plan
    }

    fn units(&mut self, categories: usize, units: usize) -> Vec<Value> {
        (0..units)
            .map(|u| {
                // Each category has a unit, but now and then the last has none.
                let at = if u < categories && u != 2 { u } else { self.dice.below(categories) };
                let mut unit = json!({ "id": format!("u{u}"), "name": "单位", "category": format!("c{at}") });
                let traits = self.traits.clone();
                let traits = self.dice.some(&traits, 0);
                if !traits.is_empty() || self.dice.once_in(2) {
                    unit["traits"] = json!(traits);
                }
                unit
            })
            .collect()
    }

    fn components(&mut self, total: i128) -> Vec<Value> {
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

    fn adjustments(&mut self) -> Vec<Value> {
        (0..self.dice.below(4))
            .map(|a| {
                let sign = *self.dice.pick(&["bonus", "deduction"]);
                let mut rule = json!({ "id": format!("a{a}"), "name": "加减", "sign": sign });
                if self.dice.once_in(2) {
                    rule["levels"] = json!([
                        { "id": "l0", "name": "级", "points": self.dice.pick(&["5", "0.000001", "0"]) },
                        { "id": "l1", "name": "级", "points": "2.5" },
                    ]);
                } else {
                    rule["range"] = json!({ "min": "0", "max": self.dice.pick(&["100", "3", "999999999999.999999"]) });
                }
                if self.dice.once_in(3) {
                    rule["cap"] = self.dice.pick(&[json!("3"), json!("0"), json!("0.000001"), json!(null)]).clone();
                }
                rule
            })
            .collect()
    }

    fn tie_break(&mut self) -> Vec<Value> {
        (0..self.dice.below(4))
            .map(|_| {
                if !self.marked.is_empty() && self.dice.once_in(2) {
                    let marked = self.marked.clone();
                    let (component, options) = self.dice.pick(&marked);
                    json!({ "option": self.dice.pick(options), "component": component })
                } else {
                    json!(format!("n{}", self.dice.between(1, self.nodes)))
                }
            })
            .collect()
    }

    fn grading(&mut self) -> Value {
        if self.dice.once_in(3) {
            return Value::Null;
        }
        let count = self.dice.between(1, 4);
        let grain = *self.dice.pick(&[10 * ONE, ONE, ONE / 3]);
        let grades: Vec<Value> = self
            .dice
            .parts(100 * ONE, count, grain)
            .iter()
            .enumerate()
            .map(|(g, share)| json!({ "id": format!("d{g}"), "name": "等", "share": written(*share) }))
            .collect();
        json!({ "scope": self.dice.pick(&["all", "category"]), "grades": grades })
    }

    fn outcomes(&mut self, least: usize, grading: &Value) -> Vec<Value> {
        let count = self.dice.between(least, 5);
        // Outcomes lean only on those before them in this order, so on no circle.
        let mut order: Vec<usize> = (0..count).collect();
        self.dice.shuffle(&mut order);
        (0..count)
            .map(|at| {
                let place = order.iter().position(|o| *o == at).unwrap_or(0);
                let n = self.dice.between(0, 4);
                let when = match self.dice.below(12) {
                    0 => json!({ "from_top": n }),
                    1 => json!({ "from_bottom": n }),
                    2 => json!({ "only_from_bottom": n }),
                    3 => json!({ "ranks": [1, n + 1] }),
                    4 => json!({ "ranks_from_bottom": [2, n + 2] }),
                    5 => json!({ "top_share": self.dice.pick(&["10", "33.333333333333", "50", "100", "0"]) }),
                    6 if !grading.is_null() => json!({ "grade": "d0" }),
                    7 if self.shortlisted => json!({ "list": self.dice.pick(&["top", "bottom"]) }),
                    8..=11 if place > 0 => {
                        let before = order[self.dice.below(place)];
                        json!({ "outcome": format!("r{before}"), "years": self.dice.between(1, 3) })
                    }
                    _ => json!({ "from_bottom": 1, "from_top": null }),
                };
                let mut outcome = json!({ "id": format!("r{at}"), "name": "运用", "when": when });
                if self.dice.once_in(4) {
                    outcome["effects"] = json!({ "负责人": "6", "干部": "-0.5" });
                }
                outcome
            })
            .collect()
    }

    /// Puts a quota on surveys whose categories are all of one size; one alone where voters leave out their own unit.
    fn quotas(&mut self, plan: &mut Value) {
        let fitting: Vec<(String, usize, Vec<String>)> = crate::document::leaves(plan)
            .iter()
            .filter(|leaf| leaf.kind() == "survey")
            .filter_map(|leaf| {
                let mut sizes = std::collections::BTreeMap::<&str, usize>::new();
                for unit in crate::document::list(plan, "units").iter().filter(|unit| leaf.applies(unit)) {
                    *sizes.entry(crate::document::text(unit, "category")).or_default() += 1;
                }
                let size = *sizes.values().next()?;
                let skipped = usize::from(leaf.method()["own_unit"] == "skipped");
                let options = self.marked.iter().find(|(id, _)| id == leaf.id)?.1.clone();
                let fits = sizes.values().all(|s| *s == size) && (skipped == 0 || sizes.len() == 1);
                fits.then(|| (leaf.id.to_string(), size - skipped, options))
            })
            .collect();
        for (id, size, options) in fitting {
            if self.dice.once_in(3) {
                let parts = self.dice.parts(size as i128, options.len(), 1);
                let quota: Vec<Value> =
                    options.iter().zip(parts).map(|(o, n)| json!({ "option": o, "count": n as i64 })).collect();
                set_quota(&mut plan["components"], &id, &json!(quota));
            }
        }
    }
}

fn set_quota(nodes: &mut Value, id: &str, quota: &Value) {
    for node in nodes.as_array_mut().into_iter().flatten() {
        if node["id"] == id {
            node["method"]["quota"] = quota.clone();
        } else if node.get("children").is_some() {
            set_quota(&mut node["children"], id, quota);
        }
    }
}
