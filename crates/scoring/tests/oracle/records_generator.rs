//! Random records that hold for a plan: full or with gaps, and drawn from so
//! few different marks that units often tie.

use crate::dice::{Dice, ONE, written};
use crate::document::{Leaf, amount, given, leaves, list, text};
use serde_json::{Map, Value, json};

struct RecordsGenerator<'a, 'd> {
    dice: &'d mut Dice,
    plan: &'a Value,
    /// Every place gets its data.
    full: bool,
    /// Of how many sets of marks the units of one leaf choose.
    menu: usize,
    lists: Map<String, Value>,
}

pub fn records(dice: &mut Dice, plan: &Value) -> Value {
    let (full, menu) = (!dice.once_in(3), *dice.pick(&[1, 1, 2, 3]));
    let mut generator = RecordsGenerator { dice, plan, full, menu, lists: Map::new() };
    for period in list(plan, "periods") {
        if !full && generator.dice.once_in(3) {
            continue;
        }
        // Now and then a period has adjustments only.
        if full || !generator.dice.once_in(4) {
            for leaf in leaves(plan) {
                generator.leaf(text(period, "id"), &leaf);
            }
        }
        generator.adjustments(text(period, "id"));
    }
    generator.lots();
    generator.years();
    let RecordsGenerator { dice, mut lists, .. } = generator;
    for records in lists.values_mut().filter_map(Value::as_array_mut) {
        dice.shuffle(records);
    }
    lists.insert("format".to_string(), json!(1));
    Value::Object(lists)
}

impl RecordsGenerator<'_, '_> {
    fn push(&mut self, list: &str, record: Value) {
        let entry = self.lists.entry(list.to_string()).or_insert_with(|| json!([]));
        entry.as_array_mut().expect("it is a list").push(record);
    }

    fn leaf(&mut self, period: &str, leaf: &Leaf) {
        let mut menus: Vec<Vec<(&str, Value)>> = (0..self.menu).map(|_| self.marks(leaf)).collect();
        // Two sets that differ in what they share out only, not in the mean.
        if menus.len() > 1 && self.dice.once_in(3) {
            menus[1] = menus[0].clone();
            for (_, record) in &mut menus[1] {
                for count in
                    record.get_mut("counts").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
                {
                    *count = json!(count.as_i64().unwrap_or(0).min(500_000_000_000) * 2);
                }
            }
        }
        for unit in list(self.plan, "units") {
            if !leaf.applies(unit) || (!self.full && self.dice.once_in(4)) {
                continue;
            }
            let of_tasks = given(leaf.method(), "criteria_of").is_some();
            for (list, record) in self.dice.pick(&menus).clone() {
                let mut record = record;
                let has = |task: &&Value| task["id"] == record["criterion"];
                if of_tasks && !crate::document::list(unit, "tasks").iter().any(|task| has(&task)) {
                    continue;
                }
                record["period"] = json!(period);
                record["component"] = json!(leaf.id);
                record["unit"] = unit["id"].clone();
                self.push(list, record);
            }
            if self.dice.once_in(12) {
                let value = self.value(leaf);
                self.push(
                    "decisions",
                    json!({ "period": period, "component": leaf.id, "unit": unit["id"], "value": value, "reason": "合议" }),
                );
            }
        }
    }

    /// A value from 0 to `out_of`, often one that rounds at its half.
    fn value(&mut self, leaf: &Leaf) -> String {
        let top = leaf.node["method"]["out_of"].as_str().unwrap_or(text(leaf.node, "points")).to_string();
        let menu =
            ["0", "0.0000005", "1.2345675", "0.000000499999", "2.5", "7", "8.75", "0.3333335", "66.666666666667"];
        let value = *self.dice.pick(&menu);
        let fits = crate::exact::decimal(value).is_some_and(|value| value <= leaf.out_of);
        if fits && !self.dice.once_in(4) { value.to_string() } else { top }
    }

    /// One unit's records on this leaf, without period, component and unit.
    fn marks(&mut self, leaf: &Leaf) -> Vec<(&'static str, Value)> {
        match leaf.kind() {
            "survey" | "complaints" => self.tallies(leaf),
            "incidents" => {
                let levels = list(leaf.method(), "levels");
                let count = self.dice.below(3);
                (0..count)
                    .map(|_| {
                        let level = self.dice.pick(levels)["id"].clone();
                        let count = *self.dice.pick(&[0i64, 1, 1, 2, 1_000_000_000_000]);
                        ("incidents", json!({ "level": level, "count": count, "serious": self.dice.once_in(3) }))
                    })
                    .collect()
            }
            "entered" => vec![("entries", json!({ "value": self.value(leaf) }))],
            _ => {
                let count = self.dice.between(1, 3);
                let menu = ["91.2", "88", "-3.5", "0", "100", "0.1000005", "999999999999.999999999999"];
                let totals: Vec<&str> = (0..count).map(|_| *self.dice.pick(&menu)).collect();
                vec![("links", json!({ "totals": totals }))]
            }
        }
    }

    fn tallies(&mut self, leaf: &Leaf) -> Vec<(&'static str, Value)> {
        let method = leaf.method();
        let scale = crate::document::by_id(list(self.plan, "scales"), text(method, "scale"));
        let criteria: Vec<Value> = match list(method, "criteria") {
            // Units have one to three tasks; each takes the marks of those that it has.
            _ if given(method, "criteria_of").is_some() => (0..3).map(|k| json!(format!("k{k}"))).collect(),
            [] => vec![Value::Null],
            criteria => criteria.iter().map(|c| c["id"].clone()).collect(),
        };
        let mut tallies = Vec::new();
        for group in list(method, "groups") {
            let group = if group.is_string() { group } else { &group["group"] };
            for criterion in &criteria {
                if !self.full && self.dice.once_in(5) {
                    continue;
                }
                for _ in 0..*self.dice.pick(&[1, 1, 1, 2]) {
                    let mut counts = Map::new();
                    for option in list(scale, "options") {
                        if !self.dice.once_in(4) {
                            let count = *self.dice.pick(&[0i64, 0, 1, 1, 2, 3, 7, 1_000_000_000_000]);
                            counts.insert(text(option, "id").to_string(), json!(count));
                        }
                    }
                    if self.full && counts.values().all(|n| *n == 0) {
                        let first = text(&list(scale, "options")[0], "id");
                        counts.insert(first.to_string(), json!(1));
                    }
                    let mut tally = json!({ "group": group, "counts": counts });
                    if !criterion.is_null() || self.dice.once_in(2) {
                        tally["criterion"] = criterion.clone();
                    }
                    tallies.push(("tallies", tally));
                }
            }
        }
        tallies
    }

    fn adjustments(&mut self, period: &str) {
        for rule in list(self.plan, "adjustments") {
            for unit in list(self.plan, "units") {
                for _ in 0..*self.dice.pick(&[0, 0, 0, 1, 2]) {
                    let mut record = json!({ "period": period, "rule": rule["id"], "unit": unit["id"] });
                    match given(rule, "range") {
                        None => record["level"] = self.dice.pick(list(rule, "levels"))["id"].clone(),
                        Some(range) => {
                            let menu = ["0", "2.5", "0.000001", "1"];
                            let value = *self.dice.pick(&menu);
                            let top = text(range, "max");
                            let value = if self.dice.once_in(6) { top } else { value };
                            record["points"] = json!(value);
                        }
                    }
                    self.push("adjustments", record);
                }
            }
        }
    }

    fn lots(&mut self) {
        let mut drawn: Vec<&Value> = list(self.plan, "units").iter().collect();
        self.dice.shuffle(&mut drawn);
        let categories = list(self.plan, "categories").iter().map(|c| c["id"].clone());
        for category in categories.chain([Value::Null]) {
            if self.dice.once_in(2) {
                continue;
            }
            if self.dice.once_in(4) {
                self.dice.shuffle(&mut drawn);
            }
            let named: Vec<&Value> =
                drawn.iter().copied().filter(|u| category.is_null() || u["category"] == category).collect();
            let named = if self.dice.once_in(3) { self.dice.some(&named, 0) } else { named };
            let order: Vec<&Value> = named.iter().map(|u| &u["id"]).collect();
            self.push("lots", json!({ "category": category, "order": order }));
        }
    }

    fn years(&mut self) {
        let outcomes: Vec<Value> = list(self.plan, "outcomes").iter().map(|o| o["id"].clone()).collect();
        for unit in list(self.plan, "units") {
            for year in 2015..=2018 {
                if self.dice.once_in(3) {
                    let mut held = self.dice.some(&outcomes, 0);
                    if self.dice.once_in(3) {
                        held.push(json!("gone"));
                    }
                    self.push("history", json!({ "year": year, "unit": unit["id"], "outcomes": held }));
                }
            }
            let may = |outcome: &&Value| crate::outcomes::may_have(outcome, unit);
            let open: Vec<Value> =
                list(self.plan, "outcomes").iter().filter(may).map(|outcome| outcome["id"].clone()).collect();
            if !open.is_empty() && self.dice.once_in(8) {
                let outcome = self.dice.pick(&open).clone();
                self.push("verdicts", json!({ "unit": unit["id"], "outcome": outcome, "reason": "弄虚作假" }));
            }
        }
        if self.dice.once_in(3) {
            self.lists.remove("history");
        }
    }
}

/// A number near a leaf's points, for scenarios.
pub fn near(dice: &mut Dice, node: &Value) -> String {
    if given(node, "points").is_some() && dice.once_in(4) {
        return text(node, "points").to_string();
    }
    let menu = [0, ONE, 10 * ONE, 20 * ONE, 33 * ONE + ONE / 3, ONE / 2, 50 * ONE, 100 * ONE, ONE / 10_000];
    let value = *dice.pick(&menu);
    debug_assert!(given(node, "points").is_none() || amount(node, "points") >= crate::exact::zero());
    written(value)
}
