//! The result document put together (docs/plan.md, "The result").

use crate::document::{given, list, number, text};
use crate::exact::{Fraction, fixed, round, shortest, sum};
use crate::grades::grades;
use crate::outcomes::Standing;
use crate::ranking::{Ranked, names, rank_category};
use crate::totals::Totals;
use serde_json::{Value, json};

/// The result of one period alone: that of the same plan with this period alone, nobody on a list of the shortlist, and
/// without outcomes over several years. Records of other periods name none of its places.
pub fn score_alone(plan: &Value, records: &Value, provisional: bool, period: &str) -> Result<Value, Vec<Value>> {
    let mut plan = plan.clone();
    let keep = |list: &mut Value, kept: &dyn Fn(&Value) -> bool| {
        if let Some(list) = list.as_array_mut() {
            list.retain(kept);
        }
    };
    keep(&mut plan["periods"], &|one| one["id"] == period);
    keep(&mut plan["outcomes"], &|one| given(&one["when"], "outcome").is_none());
    if given(&plan, "shortlist").is_some() {
        plan["shortlist"] = json!({ "top": 0, "bottom": 0, "carry": "no outcome" });
    }
    let mut records = records.clone();
    for kind in ["tallies", "entries", "incidents", "links", "adjustments", "decisions"] {
        if let Some(list) = records.get_mut(kind) {
            keep(list, &|record| record["period"] == period);
        }
    }
    score(&plan, &records, provisional)
}

/// The result, or in final mode the places without data.
pub fn score(plan: &Value, records: &Value, provisional: bool) -> Result<Value, Vec<Value>> {
    let totals = Totals::new(plan, records, provisional);
    let ranked: Vec<Ranked> =
        list(plan, "categories").iter().map(|category| rank_category(&totals, text(category, "id"))).collect();
    let (grades, open) = grades(&totals, &ranked);

    let mut units = Vec::new();
    let mut missing = Vec::new();
    for (u, unit) in list(plan, "units").iter().enumerate() {
        let category = ranked.iter().find(|r| r.order.contains(&u)).expect("every unit is ranked");
        let place = category.order.iter().position(|&other| other == u).expect("it is in this category");
        let in_list = category.lists.get(&u).copied();
        let stage_two = in_list.is_some() || given(plan, "shortlist").is_none();
        let standing = Standing {
            plan,
            records,
            unit: text(unit, "id"),
            rank: place as i64 + 1,
            of: category.order.len() as i64,
            grade: grades.get(&u).map(String::as_str),
            list: in_list,
        };
        let mut periods = Vec::new();
        for (p, period) in list(plan, "periods").iter().enumerate() {
            let shown = Shown { totals: &totals, period: p, unit: u, stage_two };
            let (bonus, deduction) = totals.adjustments(p, u);
            periods.push(json!({
                "period": period["id"],
                "total": fixed(&totals.period_total(p, u, stage_two), 6),
                "bonus": shortest(bonus),
                "deduction": shortest(deduction),
                "components": shown.components(list(plan, "components")),
            }));
            for (l, leaf) in totals.leaves.iter().enumerate() {
                for group in totals.leaf(p, l, u, stage_two).iter().flat_map(|leaf| &leaf.missing) {
                    missing.push(json!({
                        "period": period["id"], "component": leaf.id, "group": group, "unit": unit["id"],
                    }));
                }
            }
        }
        let total = totals.total(u, stage_two);
        let places = number(&plan["ranking"], "decimals") as usize;
        units.push(json!({
            "unit": unit["id"],
            "category": unit["category"],
            "total": fixed(&total, 6),
            "published": fixed(&round(&total, places), places),
            "rank": standing.rank,
            "grade": standing.grade,
            "outcomes": standing.outcomes(),
            "list": standing.list,
            "periods": periods,
        }));
    }
    if !provisional && !missing.is_empty() {
        // Who is on the lists is not known before stage 1 is complete.
        let first_stage =
            |place: &Value| totals.leaves.iter().any(|leaf| place["component"] == leaf.id && leaf.stage == 1);
        if missing.iter().any(first_stage) {
            missing.retain(first_stage);
        }
        return Err(missing);
    }
    let ties: Vec<&Value> = ranked.iter().flat_map(|r| &r.ties).collect();
    let unresolved: Vec<Vec<String>> =
        ranked.iter().flat_map(|r| &r.unresolved).chain(&open).map(|tie| names(plan, tie)).collect();
    Ok(json!({
        "mode": if provisional { "provisional" } else { "final" },
        "units": units,
        "ties": ties,
        "unresolved_ties": unresolved,
        "missing": missing,
    }))
}

struct Shown<'a> {
    totals: &'a Totals<'a>,
    period: usize,
    unit: usize,
    stage_two: bool,
}

impl Shown<'_> {
    fn components(&self, nodes: &[Value]) -> Vec<Value> {
        nodes.iter().filter_map(|node| self.component(node)).collect()
    }

    fn component(&self, node: &Value) -> Option<Value> {
        let id = text(node, "id");
        let below: Vec<usize> = (0..self.totals.leaves.len())
            .filter(|&l| self.totals.leaves[l].line.contains(&id))
            .filter(|&l| self.totals.leaf(self.period, l, self.unit, self.stage_two).is_some())
            .collect();
        if below.is_empty() {
            return None;
        }
        let scores = || below.iter().filter_map(|&l| self.totals.leaf(self.period, l, self.unit, self.stage_two));
        let points: Fraction = sum(below.iter().map(|&l| self.totals.leaves[l].points.clone()));
        Some(json!({
            "component": id,
            "points": shortest(&points),
            "score": fixed(&sum(scores().map(|leaf| leaf.score.clone())), 6),
            "missing": scores().any(|leaf| !leaf.missing.is_empty()),
            "decided": given(node, "children").is_none() && scores().all(|leaf| leaf.decided),
            "children": self.components(list(node, "children")),
        }))
    }
}
