//! Scenarios: one plan turned into another, the records left alone (docs/plan.md, "Scenarios").
//!
//! Owns what a scenario may say and how it changes a plan. The new plan is scored as any other, so there is one
//! formula, and validated as any other but for the lists that a scenario cannot change.

use std::collections::{BTreeMap, BTreeSet};

#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{Figure, Map, document, words};

use crate::decimal::Decimal;
use crate::index::{LeafIndex, NodeIndex};
use crate::plan::Plan;
use crate::plan_document::{ComponentDocument, MethodDocument, PlanDocument};
use crate::records::Records;
use crate::slot::{NewPoints, NotShared, Slot, set_node, set_nodes, set_slot, shares, slots};
use crate::validity::{check, check_figures};
use document::problem::{Problem, ProblemCode, merge};
use document::{Value, pointer};

document! {
    /// What to change of a plan. All fields are optional.
    #[derive(Debug, Eq, Default)]
    pub struct ScenarioDocument {
        /// New points of components.
        pub points: Map<Figure> as BTreeMap<String, Figure> = omitted,
        /// Components that keep their points when the rest is shared out.
        pub locked: Vec<String> as Vec<Id> = omitted,
        /// How the free siblings of a changed component share what is left; absent: not at all.
        pub rebalance: Option<Rebalance>,
        /// New weights of groups, by component.
        pub weights: Map<Map<Figure>> as BTreeMap<String, BTreeMap<String, Figure>> = omitted,
        /// New values of options, by scale.
        pub values: Map<Map<Figure>> as BTreeMap<String, BTreeMap<String, Figure>> = omitted,
        /// False drops all adjustments.
        pub adjustments: Option<bool>,
    }
}

words! {
    /// How free siblings share what is left.
    pub enum Rebalance {
        /// In proportion to today's points.
        Proportional = "proportional",
    }
}

impl Records {
    /// The records as a scenario takes them: without adjustments where it drops them.
    #[must_use]
    pub fn under(&self, scenario: &ScenarioDocument) -> Records {
        if scenario.adjustments == Some(false) { self.without_adjustments() } else { self.clone() }
    }
}

/// The plan that a scenario makes of another. Its places (units, leaves, …) are the same, so the
/// records of the one, [taken under the scenario](Records::under), are records of the other.
///
/// # Errors
/// All problems, with pointers into the scenario; problems of the plan that it makes point at its root.
///
/// ```
/// # use scoring::json::Value;
/// # let template = scoring::templates::find("yuanba").unwrap();
/// # let plan = scoring::Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
/// use scoring::{ScenarioDocument, apply_scenario};
///
/// let scenario = Value::parse(br#"{ "points": { "public": "50" }, "rebalance": "proportional" }"#).unwrap();
/// let changed = apply_scenario(&plan, &ScenarioDocument::read(&scenario).unwrap()).unwrap();
/// // 40, 30 and 30: the other two share 50 in proportion.
/// let points: Vec<String> = changed.leaves().iter().map(|leaf| leaf.points.to_string()).collect();
/// assert_eq!(points, ["50", "25", "25"]);
/// ```
pub fn apply_scenario(plan: &Plan, scenario: &ScenarioDocument) -> Result<Plan, Vec<Problem>> {
    let mut change = Change { plan, problems: Vec::new() };
    let points = change.points(scenario);
    let mut document = plan.document().clone();
    change.weights(scenario, &mut document);
    change.values(scenario, &mut document);
    if scenario.adjustments == Some(false) {
        document.adjustments.clear();
    }
    if !change.problems.is_empty() {
        return Err(change.problems);
    }
    let mut leaf = LeafIndex::default();
    for component in &mut document.components {
        write_points(component, &points, &mut leaf);
    }
    let (changed, problems) = match scenario.adjustments {
        Some(false) => check(document),
        _ => check_figures(document, plan),
    };
    if problems.is_empty() {
        return Ok(Plan { alone: plan.alone, ..changed });
    }
    let of_scenario = |p: Problem| {
        let detail = p.detail.map_or(String::new(), |detail| format!(": {detail}"));
        Problem::with("", ProblemCode::ScenarioPlanInvalid, format!("{} {}{detail}", p.path, p.code))
    };
    Err(problems.into_iter().map(of_scenario).collect())
}

/// Reads a scenario and applies it in one go.
///
/// # Errors
/// All problems of shape, and of the rest those that the shape has not caused.
pub fn scenario_from_json(plan: &Plan, value: &Value) -> Result<(ScenarioDocument, Plan), Vec<Problem>> {
    match ScenarioDocument::read_leniently(value) {
        (Some(scenario), shape) if shape.is_empty() => {
            apply_scenario(plan, &scenario).map(|changed| (scenario, changed))
        }
        (Some(scenario), shape) => Err(merge(shape, apply_scenario(plan, &scenario).err().unwrap_or_default())),
        (None, shape) => Err(shape),
    }
}

/// A leaf whose `out_of` was defaulted keeps its old points as `out_of`.
fn write_points(component: &mut ComponentDocument, new: &NewPoints, leaf: &mut LeafIndex) {
    for child in component.children.iter_mut().flatten() {
        write_points(child, new, leaf);
    }
    if let (None, Some(points), Some(method)) = (&component.children, &mut component.points, &mut component.method) {
        if let Some(new) = new.get(leaf) {
            if let Some(out_of) = method.optional_out_of() {
                out_of.get_or_insert_with(|| points.clone());
            }
            *points = Figure::from(*new);
        }
        *leaf = LeafIndex::from(leaf.index() + 1);
    }
}

struct Change<'p> {
    plan: &'p Plan,
    problems: Vec<Problem>,
}

impl Change<'_> {
    fn add(&mut self, path: String, code: ProblemCode, detail: &str) {
        self.problems.push(Problem::with(path, code, detail));
    }

    fn amount(&mut self, figure: &Figure, path: &str) -> Option<Decimal> {
        let code = match figure.decimal() {
            Some(amount) if !amount.is_negative() => return Some(amount),
            Some(_) => ProblemCode::Negative,
            None => ProblemCode::BadDecimal,
        };
        self.add(path.to_owned(), code, &figure.to_string());
        None
    }

    fn points(&mut self, scenario: &ScenarioDocument) -> NewPoints {
        let mut set: BTreeMap<NodeIndex, Decimal> = BTreeMap::new();
        for (id, text) in &scenario.points {
            let path = pointer("/points", id);
            let points = self.amount(text, &path);
            match self.plan.node_place(id) {
                None => self.add(path, ProblemCode::UnknownComponent, id),
                Some(node) => {
                    set.insert(node, points.unwrap_or_default());
                }
            }
        }
        let mut locked = BTreeSet::new();
        for (i, id) in scenario.locked.iter().enumerate() {
            match self.plan.node_place(id) {
                None => self.add(format!("/locked/{i}"), ProblemCode::UnknownComponent, id),
                Some(node) => {
                    locked.insert(node);
                }
            }
        }
        for node in set.keys() {
            let mut above = self.plan.nodes()[*node].parent;
            while let Some(branch) = above {
                if set.contains_key(&branch) {
                    let id = &self.plan.nodes()[*node].id;
                    self.problems.push(Problem::with(
                        pointer("/points", id),
                        ProblemCode::SetTogether,
                        &self.plan.nodes()[branch].id,
                    ));
                }
                above = self.plan.nodes()[branch].parent;
            }
        }
        if !self.problems.is_empty() {
            return NewPoints::new();
        }
        let mut new = NewPoints::new();
        let parents: BTreeSet<Option<NodeIndex>> = set.keys().map(|node| self.plan.nodes()[*node].parent).collect();
        for parent in parents {
            self.under_parent(parent, &set, &locked, scenario.rebalance.is_some(), &mut new);
        }
        new
    }

    /// Sets the changed slots under one parent and, with `rebalance`, shares the rest over the free.
    fn under_parent(
        &mut self,
        parent: Option<NodeIndex>,
        set: &BTreeMap<NodeIndex, Decimal>,
        locked: &BTreeSet<NodeIndex>,
        rebalance: bool,
        new: &mut NewPoints,
    ) {
        let plan = self.plan;
        let (mut old_sum, mut new_sum) = (Decimal::ZERO, Decimal::ZERO);
        let mut free: Vec<(Slot, Decimal)> = Vec::new();
        let mut at = String::new();
        for slot in slots(plan, parent) {
            let Some(node) = slot.nodes().find(|node| set.contains_key(node)) else {
                let below = |node: NodeIndex| {
                    let inside = |other: &NodeIndex| *other == node || is_below(plan, *other, node);
                    set.keys().any(inside) || locked.iter().any(inside)
                };
                if rebalance && !slot.nodes().any(below) {
                    match slot.points(plan) {
                        Some(points) => free.push((slot, points)),
                        None => self.refuse(&plan.nodes()[slot.alternatives[0][0]].id, NotShared::Unequal),
                    }
                }
                continue;
            };
            let id = &plan.nodes()[node].id;
            if at.is_empty() {
                at.clone_from(id);
            }
            let Some(points) = self.set_slot(&slot, set, new) else { continue };
            new_sum = new_sum + points;
            match slot.points(plan) {
                Some(points) => old_sum = old_sum + points,
                None if rebalance => self.refuse(id, NotShared::Unequal),
                None => {}
            }
        }
        if !rebalance || !self.problems.is_empty() {
            return;
        }
        let today: Vec<Decimal> = free.iter().map(|(_, points)| *points).collect();
        let left = old_sum + today.iter().copied().sum() - new_sum;
        let outcome = shares(left, &today).and_then(|shares| {
            if today.iter().all(|points| points.is_zero()) && !left.is_zero() {
                return Err(NotShared::Nothing);
            }
            for ((slot, _), share) in free.iter().zip(shares) {
                set_slot(plan, slot, share, new)?;
            }
            Ok(())
        });
        if let Err(reason) = outcome {
            self.refuse(&at, reason);
        }
    }

    fn refuse(&mut self, id: &str, reason: NotShared) {
        let code = match reason {
            NotShared::Nothing => ProblemCode::CannotRebalance,
            NotShared::Unequal => ProblemCode::UnequalAlternatives,
        };
        self.add(pointer("/points", id), code, id);
    }

    /// Sets a slot of which at least one node is set; the slot's new points.
    fn set_slot(&mut self, slot: &Slot, set: &BTreeMap<NodeIndex, Decimal>, new: &mut NewPoints) -> Option<Decimal> {
        let plan = self.plan;
        let mut points: Option<Decimal> = None;
        let mut untouched: Vec<&Vec<NodeIndex>> = Vec::new();
        for nodes in &slot.alternatives {
            let values: Vec<Decimal> = nodes.iter().filter_map(|node| set.get(node)).copied().collect();
            if values.is_empty() {
                untouched.push(nodes);
                continue;
            }
            let first = nodes.iter().find(|node| set.contains_key(node));
            let id = &plan.nodes()[*first?].id;
            if values.len() < nodes.len() {
                self.add(pointer("/points", id), ProblemCode::SetTogether, id);
                return None;
            }
            let sum: Decimal = values.iter().copied().sum();
            if points.is_some_and(|points| points != sum) {
                self.refuse(id, NotShared::Unequal);
                return None;
            }
            points = Some(sum);
            for (node, value) in nodes.iter().zip(values) {
                if let Err(reason) = set_node(plan, *node, value, new) {
                    self.refuse(&plan.nodes()[*node].id, reason);
                }
            }
        }
        for nodes in untouched {
            if let Err(reason) = set_nodes(plan, nodes, points?, new) {
                self.refuse(&plan.nodes()[nodes[0]].id, reason);
            }
        }
        points
    }

    fn weights(&mut self, scenario: &ScenarioDocument, document: &mut PlanDocument) {
        for (component, weights) in &scenario.weights {
            let path = pointer("/weights", component);
            let Some(method) = find_method(&mut document.components, component) else {
                self.add(path, ProblemCode::UnknownComponent, component);
                continue;
            };
            let survey = match method {
                MethodDocument::Survey(survey) if survey.pooled != Some(true) => survey,
                _ => {
                    self.add(path, ProblemCode::WrongKind, component);
                    continue;
                }
            };
            for (group, text) in weights {
                let path = pointer(&path, group);
                self.amount(text, &path);
                match survey.groups.iter_mut().find(|entry| entry.group == *group) {
                    Some(entry) => entry.weight = Some(text.clone()),
                    None => self.add(path, ProblemCode::UnknownGroup, group),
                }
            }
        }
    }

    fn values(&mut self, scenario: &ScenarioDocument, document: &mut PlanDocument) {
        for (scale, values) in &scenario.values {
            let path = pointer("/values", scale);
            let Some(scale) = document.scales.iter_mut().find(|s| s.id == *scale) else {
                self.add(path, ProblemCode::UnknownScale, scale);
                continue;
            };
            for (option, text) in values {
                let path = pointer(&path, option);
                self.amount(text, &path);
                match scale.options.iter_mut().find(|o| o.id == *option) {
                    Some(option) => option.value.clone_from(text),
                    None => self.add(path, ProblemCode::UnknownOption, option),
                }
            }
        }
    }
}

/// Does a node stand somewhere below another?
fn is_below(plan: &Plan, node: NodeIndex, above: NodeIndex) -> bool {
    let mut at = plan.nodes()[node].parent;
    while let Some(parent) = at {
        if parent == above {
            return true;
        }
        at = plan.nodes()[parent].parent;
    }
    false
}

fn find_method<'d>(components: &'d mut [ComponentDocument], id: &str) -> Option<&'d mut MethodDocument> {
    components.iter_mut().find_map(|component| match &mut component.children {
        Some(children) => find_method(children, id),
        None => component.method.as_mut().filter(|_| component.id == id),
    })
}
