//! Looking things up in documents that are known to be valid, and the plan's
//! tree laid out leaf by leaf. Owns no arithmetic and no judgement.

use crate::exact::{Fraction, decimal, whole, zero};
use serde_json::Value;

/// The field, unless it is absent or null.
pub fn given<'a>(object: &'a Value, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

pub fn text<'a>(object: &'a Value, key: &str) -> &'a str {
    given(object, key).and_then(Value::as_str).unwrap_or_else(|| panic!("no text {key} in {object}"))
}

pub fn number(object: &Value, key: &str) -> i64 {
    given(object, key).and_then(Value::as_i64).unwrap_or_else(|| panic!("no number {key} in {object}"))
}

pub fn amount(object: &Value, key: &str) -> Fraction {
    decimal(text(object, key)).unwrap_or_else(|| panic!("no decimal {key} in {object}"))
}

pub fn list<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    given(object, key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The element of a list that has this id.
pub fn by_id<'a>(items: &'a [Value], id: &str) -> &'a Value {
    items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("nothing has the id {id}"))
}

pub fn has_trait(unit: &Value, name: &str) -> bool {
    list(unit, "traits").iter().any(|t| t == name)
}

/// Ids and weights of a unit's tasks.
pub fn tasks(unit: &Value) -> Vec<(&str, Fraction)> {
    let weight = |task: &Value| if given(task, "weight").is_some() { amount(task, "weight") } else { whole(1) };
    list(unit, "tasks").iter().map(|task| (text(task, "id"), weight(task))).collect()
}

/// A leaf with all that it inherits from the branches above it.
#[derive(Clone)]
pub struct Leaf<'a> {
    pub node: &'a Value,
    pub id: &'a str,
    /// RFC 6901 pointer to it in the plan.
    pub path: String,
    /// Ids from the top of the tree down to the leaf itself.
    pub line: Vec<&'a str>,
    /// (true, trait) where the trait is asked for, (false, trait) where its lack is.
    pub conditions: Vec<(bool, &'a str)>,
    pub stage: i64,
    pub points: Fraction,
    pub out_of: Fraction,
}

impl Leaf<'_> {
    pub fn method(&self) -> &Value {
        &self.node["method"]
    }

    pub fn kind(&self) -> &str {
        text(self.method(), "kind")
    }

    /// By traits alone; the shortlist is not asked.
    pub fn applies(&self, unit: &Value) -> bool {
        self.conditions.iter().all(|(wanted, name)| has_trait(unit, name) == *wanted)
    }
}

/// All leaves in plan order.
pub fn leaves(plan: &Value) -> Vec<Leaf<'_>> {
    let mut found = Vec::new();
    descend(list(plan, "components"), "/components", &[], &[], 1, &mut found);
    found
}

fn descend<'a>(
    nodes: &'a [Value],
    path: &str,
    line: &[&'a str],
    conditions: &[(bool, &'a str)],
    stage: i64,
    found: &mut Vec<Leaf<'a>>,
) {
    for (at, node) in nodes.iter().enumerate() {
        let path = format!("{path}/{at}");
        let mut line = line.to_vec();
        line.push(text(node, "id"));
        let mut conditions = conditions.to_vec();
        if given(node, "only").is_some() {
            conditions.push((true, text(node, "only")));
        }
        if given(node, "except").is_some() {
            conditions.push((false, text(node, "except")));
        }
        let stage = given(node, "stage").and_then(Value::as_i64).unwrap_or(stage);
        if given(node, "children").is_some() {
            descend(list(node, "children"), &format!("{path}/children"), &line, &conditions, stage, found);
            continue;
        }
        let points = amount(node, "points");
        let out_of = match given(&node["method"], "out_of") {
            Some(_) => amount(&node["method"], "out_of"),
            None => points.clone(),
        };
        found.push(Leaf { node, id: text(node, "id"), path, line, conditions, stage, points, out_of });
    }
}

/// "This year": the plan's, else the latest of the history plus one.
pub fn this_year(plan: &Value, records: &Value) -> Option<i64> {
    given(plan, "year")
        .and_then(Value::as_i64)
        .or_else(|| list(records, "history").iter().map(|line| number(line, "year")).max().map(|year| year + 1))
}

pub fn history_holds(records: &Value, year: i64, unit: &str, outcome: &str) -> bool {
    list(records, "history").iter().any(|line| {
        number(line, "year") == year && line["unit"] == unit && list(line, "outcomes").iter().any(|o| o == outcome)
    })
}

/// Mean, sum or last of the values, by the word the documents use.
pub fn combined(word: &str, values: &[Fraction]) -> Fraction {
    let total = values.iter().fold(zero(), |total, value| total + value);
    match word {
        "mean" => total / whole(values.len() as i64),
        "sum" => total,
        "last" => values.last().expect("a plan has a period").clone(),
        other => panic!("no way to combine is called {other}"),
    }
}
