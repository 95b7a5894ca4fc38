//! The simulation's state: the plan as it was moved to, and what it gives.
//!
//! Owns the way from a gesture to a scenario of `scoring` and the scenario that says all of it. There is
//! no formula here: every figure comes from `apply_scenario` and `score`.

use std::sync::Arc;

use scoring::plan_document::{ComponentDocument, Content, MethodDocument};
use scoring::{
    Decimal, IndexVec, Mode, NodeIndex, Plan, Problem, Records, ScenarioDocument, Standing, apply_scenario,
    node_points, scenario::Rebalance, score, slots,
};

/// What a scenario gives.
#[derive(Clone)]
pub struct Outcome {
    /// The plan that the scenario made.
    pub plan: Arc<Plan>,
    /// What its records give under it.
    pub standing: Arc<Standing>,
    /// Points of each node; none where alternatives below it differ.
    pub points: Arc<IndexVec<NodeIndex, Option<Decimal>>>,
    /// Why the last gesture could not be followed; all else is as before it.
    pub refused: Option<Arc<Vec<Problem>>>,
}

// Two outcomes are never the same: each was computed for its own gesture.
impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.standing, &other.standing) && self.refused == other.refused
    }
}

impl Outcome {
    /// Scores a plan as the base was scored.
    #[must_use]
    pub fn of(plan: Arc<Plan>, records: &Records, mode: Mode) -> Option<Outcome> {
        // What is complete under the plan is complete under a scenario; provisional refuses nothing.
        let standing = score(&plan, records, mode).or_else(|_| score(&plan, records, Mode::Provisional)).ok()?;
        let points = plan.nodes().indices().map(|node| node_points(&plan, node)).collect();
        Some(Outcome { plan, standing: Arc::new(standing), points: Arc::new(points), refused: None })
    }
}

/// The plan after one node was moved and its free siblings share the rest.
///
/// # Errors
/// Why it cannot be moved there.
pub fn moved(plan: &Plan, node: NodeIndex, to: Decimal, locked: &[String]) -> Result<Plan, Vec<Problem>> {
    let mut scenario = ScenarioDocument {
        locked: locked.to_vec(),
        rebalance: Some(Rebalance::Proportional),
        ..ScenarioDocument::default()
    };
    scenario.points.insert(&plan.nodes()[node].id, to.into());
    apply_scenario(plan, &scenario)
}

/// Can the node be moved by itself? One that shares its alternative with others cannot.
#[must_use]
pub fn moves_alone(plan: &Plan, node: NodeIndex) -> bool {
    slots(plan, plan.nodes()[node].parent)
        .iter()
        .flat_map(|slot| &slot.alternatives)
        .any(|alternative| *alternative == [node])
}

/// Places in the order of their keys, equal keys in the order given. One sorting for all of the page's
/// orders: each type that is sorted costs the bundle kilobytes.
#[must_use]
pub fn ordered<I: Copy>(places: &[I], key: impl Fn(I) -> i64) -> Vec<I> {
    let mut keyed: Vec<(i64, usize)> = places.iter().enumerate().map(|(at, place)| (key(*place), at)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| places[at]).collect()
}

/// The points of everything under the node's parent: the end of its slider.
#[must_use]
pub fn most(plan: &Plan, node: NodeIndex) -> Decimal {
    let all = slots(plan, plan.nodes()[node].parent);
    all.iter().filter_map(|slot| slot.points(plan)).sum()
}

/// The scenario that turns `base` into `plan`, which only scenarios have made of it; `None` where no
/// one scenario says it.
#[must_use]
pub fn scenario_between(base: &Plan, plan: &Plan, adjustments: bool) -> Option<ScenarioDocument> {
    let mut scenario = ScenarioDocument { adjustments: (!adjustments).then_some(false), ..ScenarioDocument::default() };
    let leaves = base.leaves().iter().zip(plan.leaves());
    if leaves.clone().any(|(before, after)| before.points != after.points) {
        for (before, after) in leaves {
            scenario.points.insert(&base.nodes()[before.node].id, after.points.into());
        }
    }
    for (before, after) in base.document().scales.iter().zip(&plan.document().scales) {
        for (_, option) in before.options.iter().zip(&after.options).filter(|(b, a)| b.value != a.value) {
            scenario.values.entry(&before.id).insert(&option.id, option.value.clone());
        }
    }
    weights_between(&base.document().components, &plan.document().components, &mut scenario);
    let again = apply_scenario(base, &scenario).ok()?;
    let same = again.leaves().iter().zip(plan.leaves()).all(|(a, b)| a.points == b.points);
    same.then_some(scenario)
}

fn weights_between(before: &[ComponentDocument], after: &[ComponentDocument], scenario: &mut ScenarioDocument) {
    for (before, after) in before.iter().zip(after) {
        match (before.content(), after.content()) {
            (Content::Branch(before), Content::Branch(after)) => {
                weights_between(before, after, scenario);
            }
            (Content::Leaf(_, MethodDocument::Survey(old)), Content::Leaf(_, MethodDocument::Survey(new))) => {
                for (_, new) in old.groups.iter().zip(&new.groups).filter(|(o, n)| o.weight != n.weight) {
                    let Some(weight) = new.weight.clone() else { continue };
                    scenario.weights.entry(&before.id).insert(&new.group, weight);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::json::Value;

    fn template(id: &str) -> Plan {
        let template = scoring::templates::find(id).unwrap();
        Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_moved_plan_is_written_as_one_scenario() {
        for id in ["yuanba", "county_coop", "nanyang", "maanshan"] {
            let base = template(id);
            let node = base.nodes().indices().find(|node| moves_alone(&base, *node)).unwrap();
            let once = moved(&base, node, Decimal::from_int(7), &[]).unwrap();
            let last = base.nodes().indices().rev().find(|node| moves_alone(&base, *node)).unwrap();
            let twice = moved(&once, last, Decimal::from_int(3), &[]).unwrap();
            let scenario = scenario_between(&base, &twice, true).unwrap();
            let again = apply_scenario(&base, &scenario).unwrap();
            for (a, b) in again.leaves().iter().zip(twice.leaves()) {
                assert_eq!((a.points, a.out_of), (b.points, b.out_of), "{id}");
            }
        }
    }

    #[test]
    fn yuanbas_points_are_shared_as_worked_by_hand() {
        // 公开评议 40 → 50: 内部 30 and 外部 30 share what is left, 25 each.
        let base = template("yuanba");
        let plan = moved(&base, base.node_place("public").unwrap(), Decimal::from_int(50), &[]).unwrap();
        let points = |id: &str| plan.leaves()[plan.leaf_place(id).unwrap()].points;
        assert_eq!([points("public"), points("internal"), points("external")], [50, 25, 25].map(Decimal::from_int));
        // With 外部 locked, 内部 takes all of it: 20.
        let locked = ["external".to_owned()];
        let plan = moved(&base, base.node_place("public").unwrap(), Decimal::from_int(50), &locked).unwrap();
        assert_eq!(plan.leaves()[plan.leaf_place("internal").unwrap()].points, Decimal::from_int(20));
    }

    #[test]
    fn nothing_moved_is_an_empty_scenario() {
        let base = template("nanyang");
        assert_eq!(scenario_between(&base, &base, true), Some(ScenarioDocument::default()));
    }
}
