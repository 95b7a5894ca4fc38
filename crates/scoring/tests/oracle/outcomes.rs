//! What a rank, grade, list, verdict or history leads to (docs/plan.md).

use crate::document::{amount, by_id, given, has_trait, history_holds, list, number, text, this_year};
use crate::exact::whole;
use num_bigint::BigInt;
use serde_json::Value;

/// All that the conditions may ask about one unit.
pub struct Standing<'a> {
    pub plan: &'a Value,
    pub records: &'a Value,
    pub unit: &'a str,
    /// From 1.
    pub rank: i64,
    /// Units in the category.
    pub of: i64,
    pub grade: Option<&'a str>,
    pub list: Option<&'a str>,
}

impl Standing<'_> {
    /// Ids in plan order.
    pub fn outcomes(&self) -> Vec<String> {
        list(self.plan, "outcomes").iter().filter(|o| self.has(o)).map(|o| text(o, "id").to_string()).collect()
    }

    fn has(&self, outcome: &Value) -> bool {
        if !may_have(outcome, by_id(list(self.plan, "units"), self.unit)) {
            return false;
        }
        let verdict =
            list(self.records, "verdicts").iter().any(|v| v["unit"] == self.unit && v["outcome"] == outcome["id"]);
        verdict || self.meets(&outcome["when"])
    }

    fn meets(&self, when: &Value) -> bool {
        let (condition, value) = when
            .as_object()
            .and_then(|w| w.iter().find(|(k, v)| *k != "years" && !v.is_null()))
            .expect("one condition");
        let from_bottom = self.of - self.rank + 1;
        let n = value.as_i64().unwrap_or(0);
        let between = |place: i64| value[0].as_i64() <= Some(place) && Some(place) <= value[1].as_i64();
        match condition.as_str() {
            "from_top" => self.rank <= n,
            "from_bottom" => from_bottom <= n,
            "only_from_bottom" => from_bottom == n,
            "ranks" => between(self.rank),
            "ranks_from_bottom" => between(from_bottom),
            "top_share" => {
                let seats = (whole(self.of) * amount(when, "top_share") / whole(100)).to_integer();
                BigInt::from(self.rank) <= seats.max(BigInt::from(1))
            }
            "grade" => self.grade == value.as_str(),
            "list" => self.list == value.as_str(),
            "outcome" => self.repeated(text(when, "outcome"), number(when, "years")),
            other => panic!("no condition is called {other}"),
        }
    }

    fn repeated(&self, outcome: &str, years: i64) -> bool {
        if !self.has(by_id(list(self.plan, "outcomes"), outcome)) {
            return false;
        }
        let before = years - 1;
        match this_year(self.plan, self.records) {
            Some(year) => (1..=before).all(|back| history_holds(self.records, year - back, self.unit, outcome)),
            None => before == 0,
        }
    }
}

/// Whether the unit may have the outcome, by its traits.
pub fn may_have(outcome: &Value, unit: &Value) -> bool {
    let held = |key: &str| given(outcome, key).and_then(Value::as_str).map(|name| has_trait(unit, name));
    held("only") != Some(false) && held("except") != Some(true)
}

/// Whether the outcome leads back to itself through `outcome` conditions.
pub fn depends_on_itself(plan: &Value, id: &str) -> bool {
    let mut at = id.to_string();
    for _ in 0..=list(plan, "outcomes").len() {
        let Some(next) = list(plan, "outcomes")
            .iter()
            .find(|o| o["id"] == at.as_str())
            .and_then(|o| given(&o["when"], "outcome"))
            .and_then(Value::as_str)
        else {
            return false;
        };
        if next == id {
            return true;
        }
        at = next.to_string();
    }
    false
}
