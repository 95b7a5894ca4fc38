//! Random valid plans: small, full of ties, zeros, long decimals and nested
//! alternatives. Owns no judgement; the oracle's rules confirm each plan.

use crate::component_generator::ComponentGenerator;
use crate::dice::{Dice, ONE, written};
use crate::quota_generator::quotas;
use serde_json::{Value, json};

const TRAITS: [&str; 3] = ["focus", "window", "rural"];

struct PlanGenerator<'d>(ComponentGenerator<'d>);

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
    let tasks = dice.once_in(3);
    let mut generator = PlanGenerator(ComponentGenerator {
        dice,
        grain,
        nodes: 0,
        traits,
        scales,
        groups,
        shortlisted,
        tasks,
        marked: Vec::new(),
    });
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
        let components = self.0.components(total);
        // Every trait of the tree must be some unit's.
        for (at, name) in self.0.traits.clone().into_iter().enumerate() {
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
        let outcomes_least = usize::from(self.0.shortlisted);
        let grading = self.grading();
        let outcomes = self.outcomes(outcomes_least, &grading);
        let periods: Vec<Value> =
            (0..*self.0.dice.pick(&[1, 1, 2, 3])).map(|p| json!({ "id": format!("p{p}"), "name": "周期" })).collect();
        let groups: Vec<Value> = self
            .0
            .groups
            .clone()
            .into_iter()
            .map(|id| {
                let ballot = *self.0.dice.pick(&["anonymous", "blind", "named", "per_unit", "open"]);
                let mut group = json!({ "id": id, "name": "人群", "ballot": ballot });
                if self.0.dice.once_in(4) {
                    group["comments"] = json!(self.0.dice.once_in(2));
                }
                group
            })
            .collect();
        let mut plan = json!({
            "format": 1, "title": "方案", "total": written(total),
            "categories": (0..categories).map(|c| json!({ "id": format!("c{c}"), "name": "类别" })).collect::<Vec<_>>(),
            "units": unit_list, "groups": groups, "scales": self.0.scales, "periods": periods,
            "combine": self.0.dice.pick(&["mean", "mean", "sum", "last"]),
            "components": components,
            "adjustments": self.adjustments(),
            "ranking": { "decimals": self.0.dice.below(7), "tie_break": self.tie_break() },
            "grading": grading,
            "outcomes": outcomes,
        });
        if self.0.dice.once_in(2) {
            plan["year"] = json!(2018);
        }
        if self.0.dice.once_in(3) {
            plan["live"] = self.0.dice.pick(&[json!(null), json!("turnout"), json!("tallies")]).clone();
        }
        if self.0.dice.once_in(3) {
            plan["adjustment_cap"] = self
                .0
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
        if self.0.shortlisted {
            let smallest = (0..categories)
                .map(|c| {
                    plan["units"]
                        .as_array()
                        .map_or(0, |us| us.iter().filter(|u| u["category"] == format!("c{c}")).count())
                })
                .min()
                .unwrap_or(0);
            let top = self.0.dice.between(0, smallest);
            let bottom = self.0.dice.between(0, smallest - top);
            let outcomes = plan["outcomes"].as_array().map_or(0, Vec::len);
            plan["shortlist"] =
                json!({ "top": top, "bottom": bottom, "carry": format!("r{}", self.0.dice.below(outcomes)) });
            if self.0.dice.once_in(2) {
                let words = [json!("beside"), json!("beside"), json!("inside"), json!(null)];
                plan["shortlist"]["carried"] = self.0.dice.pick(&words).clone();
            }
        }
        self.outcome_traits(&mut plan);
        self.schedule(&mut plan);
        quotas(self.0.dice, &self.0.marked, &mut plan);
        plan
    }

    fn units(&mut self, categories: usize, units: usize) -> Vec<Value> {
        (0..units)
            .map(|u| {
                // Each category has a unit, but now and then the last has none.
                let at = if u < categories && u != 2 { u } else { self.0.dice.below(categories) };
                let mut unit = json!({ "id": format!("u{u}"), "name": "单位", "category": format!("c{at}") });
                let traits = self.0.traits.clone();
                let traits = self.0.dice.some(&traits, 0);
                if !traits.is_empty() || self.0.dice.once_in(2) {
                    unit["traits"] = json!(traits);
                }
                if self.0.tasks {
                    unit["tasks"] = self.tasks();
                }
                unit
            })
            .collect()
    }

    /// Tasks of which one weighs at least.
    fn tasks(&mut self) -> Value {
        let count = self.0.dice.between(1, 3);
        (0..count)
            .map(|k| {
                let mut task = json!({ "id": format!("k{k}"), "name": "任务" });
                let weights = [json!("1"), json!("0.3"), json!("33.333333333333"), json!(null), json!("0")];
                if self.0.dice.once_in(2) {
                    let weight = self.0.dice.pick(&weights[..if k == 0 { 4 } else { 5 }]);
                    task["weight"] = weight.clone();
                }
                task
            })
            .collect()
    }

    /// Rounds and approvals, which change no score.
    fn schedule(&mut self, plan: &mut Value) {
        if self.0.dice.once_in(6) {
            let periods = plan["periods"].as_array().map_or(0, Vec::len);
            let stages = if self.0.shortlisted { 2 } else { 1 };
            let mut rounds = Vec::new();
            for (period, stage) in (0..periods).flat_map(|p| (1..=stages).map(move |stage| (p, stage))) {
                if self.0.dice.once_in(3) {
                    continue;
                }
                let mut round = json!({ "period": format!("p{period}") });
                if stage == 2 || self.0.dice.once_in(2) {
                    round["stage"] = json!(stage);
                }
                let times = [
                    "2026-06-01T08:30:00+08:00",
                    "2026-06-01T00:30:00.5Z",
                    "2026-06-01T00:31:00-00:00",
                    "2027-01-01T00:00:00+08:00",
                ];
                let at = self.0.dice.below(times.len() - 1);
                if self.0.dice.once_in(2) {
                    round["opens"] = json!(times[at]);
                }
                if self.0.dice.once_in(2) {
                    round["closes"] = json!(times[at + 1]);
                }
                if self.0.dice.once_in(4) {
                    round["entries_due"] = json!(times[0]);
                }
                rounds.push(round);
            }
            plan["schedule"] = json!(rounds);
        }
        if self.0.dice.once_in(6) {
            let steps = ["adjustments", "incidents", "decisions", "verdicts", "lots", "close", "publish"];
            plan["approval"] = json!(self.0.dice.some(&steps, 0));
        }
    }

    fn adjustments(&mut self) -> Vec<Value> {
        (0..self.0.dice.below(4))
            .map(|a| {
                let sign = *self.0.dice.pick(&["bonus", "deduction"]);
                let mut rule = json!({ "id": format!("a{a}"), "name": "加减", "sign": sign });
                if self.0.dice.once_in(2) {
                    rule["levels"] = json!([
                        { "id": "l0", "name": "级", "points": self.0.dice.pick(&["5", "0.000001", "0"]) },
                        { "id": "l1", "name": "级", "points": "2.5" },
                    ]);
                } else {
                    rule["range"] =
                        json!({ "min": "0", "max": self.0.dice.pick(&["100", "3", "999999999999.999999"]) });
                }
                if self.0.dice.once_in(6) {
                    rule["office"] = json!("宣传部");
                }
                if self.0.dice.once_in(3) {
                    rule["cap"] = self.0.dice.pick(&[json!("3"), json!("0"), json!("0.000001"), json!(null)]).clone();
                }
                rule
            })
            .collect()
    }

    fn tie_break(&mut self) -> Vec<Value> {
        (0..self.0.dice.below(4))
            .map(|_| {
                if !self.0.marked.is_empty() && self.0.dice.once_in(2) {
                    let marked = self.0.marked.clone();
                    let (component, options) = self.0.dice.pick(&marked);
                    json!({ "option": self.0.dice.pick(options), "component": component })
                } else {
                    json!(format!("n{}", self.0.dice.between(1, self.0.nodes)))
                }
            })
            .collect()
    }

    fn grading(&mut self) -> Value {
        if self.0.dice.once_in(3) {
            return Value::Null;
        }
        let count = self.0.dice.between(1, 4);
        let grain = *self.0.dice.pick(&[10 * ONE, ONE, ONE / 3]);
        let grades: Vec<Value> = self
            .0
            .dice
            .parts(100 * ONE, count, grain)
            .iter()
            .enumerate()
            .map(|(g, share)| json!({ "id": format!("d{g}"), "name": "等", "share": written(*share) }))
            .collect();
        json!({ "scope": self.0.dice.pick(&["all", "category"]), "grades": grades })
    }

    fn outcomes(&mut self, least: usize, grading: &Value) -> Vec<Value> {
        let count = self.0.dice.between(least, 5);
        // Outcomes lean only on those before them in this order, so on no circle.
        let mut order: Vec<usize> = (0..count).collect();
        self.0.dice.shuffle(&mut order);
        (0..count)
            .map(|at| {
                let place = order.iter().position(|o| *o == at).unwrap_or(0);
                let n = self.0.dice.between(0, 4);
                let when = match self.0.dice.below(12) {
                    0 => json!({ "from_top": n }),
                    1 => json!({ "from_bottom": n }),
                    2 => json!({ "only_from_bottom": n }),
                    3 => json!({ "ranks": [1, n + 1] }),
                    4 => json!({ "ranks_from_bottom": [2, n + 2] }),
                    5 => json!({ "top_share": self.0.dice.pick(&["10", "33.333333333333", "50", "100", "0"]) }),
                    6 if !grading.is_null() => json!({ "grade": "d0" }),
                    7 if self.0.shortlisted => json!({ "list": self.0.dice.pick(&["top", "bottom"]) }),
                    8..=11 if place > 0 => {
                        let before = order[self.0.dice.below(place)];
                        json!({ "outcome": format!("r{before}"), "years": self.0.dice.between(1, 3) })
                    }
                    _ => json!({ "from_bottom": 1, "from_top": null }),
                };
                let mut outcome = json!({ "id": format!("r{at}"), "name": "运用", "when": when });
                if self.0.dice.once_in(4) {
                    outcome["effects"] = json!({ "负责人": "6", "干部": "-0.5" });
                }
                outcome
            })
            .collect()
    }

    /// Some outcomes are for units with a trait that some unit has, or without it.
    fn outcome_traits(&mut self, plan: &mut Value) {
        let held: Vec<Value> = crate::document::list(plan, "units")
            .iter()
            .flat_map(|unit| crate::document::list(unit, "traits").to_vec())
            .collect();
        if held.is_empty() {
            return;
        }
        for outcome in plan["outcomes"].as_array_mut().into_iter().flatten() {
            if self.0.dice.once_in(3) {
                let key = *self.0.dice.pick(&["only", "except"]);
                outcome[key] = self.0.dice.pick(&held).clone();
            }
        }
    }
}
