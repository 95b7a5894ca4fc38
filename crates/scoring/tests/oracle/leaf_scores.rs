//! What one unit gets on one leaf in one period (docs/arithmetic.md, "A leaf's score"). Knows no ranks or
//! totals.

use crate::document::{Leaf, amount, by_id, combined, given, list, number, tasks, text};
use crate::exact::{Fraction, decimal, round, sum, whole, zero};
use serde_json::Value;

/// A leaf's score and what is to be said about it.
#[derive(Clone)]
pub struct LeafScore {
    /// Rounded to six decimals; zero where everything is missing.
    pub score: Fraction,
    pub decided: bool,
    /// One element for each place without data: its group, or none.
    pub missing: Vec<Option<String>>,
}

/// The score of one leaf for a unit to which it applies.
pub fn leaf_score(plan: &Value, records: &Value, leaf: &Leaf, period: &str, unit: &str) -> LeafScore {
    let place = Place { plan, records, leaf, period, unit };
    let mut missing = Vec::new();
    let decision = place.records_of("decisions").into_iter().next();
    let raw = match decision {
        Some(decision) => Some(amount(decision, "value")),
        None => match leaf.kind() {
            "survey" => place.survey(&mut missing),
            "complaints" => Some(place.complaints()),
            "incidents" => Some(place.incidents()),
            "entered" => place.records_of("entries").first().map(|entry| amount(entry, "value")),
            "linked" => place.linked(),
            other => panic!("no method is called {other}"),
        },
    };
    if raw.is_none() && missing.is_empty() {
        missing.push(None);
    }
    let score = raw.map_or_else(zero, |raw| round(&(&leaf.points * raw / &leaf.out_of), 6));
    LeafScore { score, decided: decision.is_some(), missing }
}

struct Place<'a> {
    plan: &'a Value,
    records: &'a Value,
    leaf: &'a Leaf<'a>,
    period: &'a str,
    unit: &'a str,
}

impl<'a> Place<'a> {
    fn records_of(&self, kind: &str) -> Vec<&'a Value> {
        list(self.records, kind)
            .iter()
            .filter(|r| r["period"] == self.period && r["component"] == self.leaf.id && r["unit"] == self.unit)
            .collect()
    }

    /// Marks for one option, over the groups named, on one criterion.
    fn marks(&self, groups: &[&str], criterion: Option<&str>, option: &str) -> Fraction {
        let tallies = self.records_of("tallies");
        sum(tallies.into_iter().filter_map(|tally| {
            let same = groups.contains(&text(tally, "group"))
                && given(tally, "criterion").and_then(Value::as_str) == criterion;
            if same { tally["counts"].get(option).and_then(Value::as_i64).map(whole) } else { None }
        }))
    }

    /// The value of some groups' marks taken together; none if they have too few on any criterion.
    fn group_value(&self, groups: &[&str]) -> Option<Fraction> {
        let method = self.leaf.method();
        let scale = by_id(list(self.plan, "scales"), text(method, "scale"));
        let criteria: Vec<(Option<&str>, Fraction)> = match list(method, "criteria") {
            _ if given(method, "criteria_of").is_some() => {
                let unit = by_id(list(self.plan, "units"), self.unit);
                tasks(unit).into_iter().map(|(id, weight)| (Some(id), weight)).collect()
            }
            [] => vec![(None, whole(1))],
            criteria => criteria.iter().map(|c| (Some(text(c, "id")), amount(c, "weight"))).collect(),
        };
        let least = if given(method, "min_marks").is_some() { number(method, "min_marks") } else { 1 };
        let all_weights = sum(criteria.iter().map(|(_, weight)| weight.clone()));
        let mut value = zero();
        for (criterion, weight) in criteria {
            let mut count = zero();
            let mut worth = zero();
            for option in list(scale, "options") {
                let marks = self.marks(groups, criterion, text(option, "id"));
                worth += &marks * amount(option, "value");
                count += marks;
            }
            if count < whole(least) {
                return None;
            }
            value += weight / &all_weights * (worth / count);
        }
        Some(value)
    }

    fn survey(&self, missing: &mut Vec<Option<String>>) -> Option<Fraction> {
        let method = self.leaf.method();
        let groups: Vec<&str> = list(method, "groups").iter().map(|g| text(g, "group")).collect();
        if method["pooled"] == true {
            let value = self.group_value(&groups);
            if value.is_none() {
                missing.extend(groups.iter().map(|group| Some(group.to_string())));
            }
            return value;
        }
        let mut weighted = zero();
        let mut weights = zero();
        for group in list(method, "groups") {
            match self.group_value(&[text(group, "group")]) {
                Some(value) => {
                    weighted += amount(group, "weight") * value;
                    weights += amount(group, "weight");
                }
                None => missing.push(Some(text(group, "group").to_string())),
            }
        }
        // With nothing missing the weights are all there and not zero.
        if weights == zero() {
            return None;
        }
        if method["missing_group"] == "left_out" {
            missing.clear();
        }
        Some(weighted / weights)
    }

    fn complaints(&self) -> Fraction {
        let method = self.leaf.method();
        let groups: Vec<&str> = list(method, "groups").iter().filter_map(Value::as_str).collect();
        let deduct = method["deduct"].as_object().expect("complaints have deductions");
        let lost = sum(deduct.iter().map(|(option, each)| {
            self.marks(&groups, None, option) * each.as_str().and_then(decimal).expect("a deduction is a decimal")
        }));
        (&self.leaf.out_of - lost).max(zero())
    }

    fn incidents(&self) -> Fraction {
        let method = self.leaf.method();
        let factor =
            if given(method, "serious_factor").is_some() { amount(method, "serious_factor") } else { whole(1) };
        let lost = sum(self.records_of("incidents").into_iter().map(|incident| {
            let each = amount(by_id(list(method, "levels"), text(incident, "level")), "amount");
            let times = if incident["serious"] == true { factor.clone() } else { whole(1) };
            whole(number(incident, "count")) * each * times
        }));
        (&self.leaf.out_of - lost).max(zero())
    }

    fn linked(&self) -> Option<Fraction> {
        let links = self.records_of("links");
        let totals: Vec<Fraction> = list(links.first()?, "totals")
            .iter()
            .map(|total| total.as_str().and_then(decimal).expect("a total is a decimal"))
            .collect();
        let value = combined(text(self.leaf.method(), "combine"), &totals);
        Some(value.max(zero()).min(self.leaf.out_of.clone()))
    }
}
