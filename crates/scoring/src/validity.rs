//! Is a plan valid? All problems at once, each with its pointer (docs/plan.md).
//!
//! Owns the order of the checks and the plain lists; the tree stands in `tree` and `survey`, what follows the
//! scores in `rules`, rounds and approvals in `schedule`. Builds the [`Plan`] on the way, with placeholders where a problem was found.

mod rules;
mod schedule;
mod survey;
mod tree;

use std::fmt::Display;
use std::sync::Arc;

use crate::decimal::{Decimal, Score};
use crate::ids::Ids;
use crate::index::{CategoryIndex, CriterionIndex, Index, IndexVec, LeafIndex, OptionIndex, UnitIndex};
use crate::plan::{Lists, Method, Plan};
use crate::plan_document::{BallotKind, PlanDocument, TaskDocument};
use crate::survey_mean::SizedCriteria;
use document::problem::{Problem, ProblemCode, merge};
use document::{Figure, Value};

/// Most figures that records may be counted into: a hundred times what 500 units × 20
/// components marked by five groups on four options take. Beyond it a small document could ask for more memory than there is.
const MOST_FIGURES: u128 = 20_000_000;
/// Most codes of an open group that one network may be given in a day: a large city votes.
const MOST_PER_NETWORK: u64 = 1_000_000;
/// Longest id.
const LONGEST_ID: usize = 32;

impl Plan {
    /// The plan that a document describes.
    ///
    /// # Errors
    /// All problems, each with its pointer into the document.
    pub fn new(document: PlanDocument) -> Result<Plan, Vec<Problem>> {
        let (plan, problems) = check(document);
        if problems.is_empty() { Ok(plan) } else { Err(problems) }
    }

    /// Reads and checks in one go.
    ///
    /// # Errors
    /// All problems of shape, and of the rest those that the shape has not caused.
    ///
    /// ```
    /// use scoring::{Plan, json::Value};
    ///
    /// let problems = Plan::from_json(&Value::parse(br#"{ "format": 2, "tilte": "" }"#).unwrap()).unwrap_err();
    /// let found: Vec<String> = problems.iter().map(|one| format!("{} {}", one.path, one.code)).collect();
    /// assert!(found.contains(&"/tilte unknown_field".to_owned()) && found.contains(&"/title missing_field".to_owned()));
    /// ```
    pub fn from_json(value: &Value) -> Result<Plan, Vec<Problem>> {
        match PlanDocument::read_leniently(value) {
            (Some(document), shape) if shape.is_empty() => Plan::new(document),
            (Some(document), shape) => Err(merge(shape, Plan::new(document).err().unwrap_or_default())),
            (None, shape) => Err(shape),
        }
    }
}

/// The plan, and what is wrong with it; it holds only if nothing is.
pub(crate) fn check(document: PlanDocument) -> (Plan, Vec<Problem>) {
    let mut check = Check { problems: Vec::new() };
    check_format(document.format, &mut check.problems);
    let total = check.amount(&document.total, "/total");
    let lists = Arc::new(check.lists(&document));
    check.schedule(&document, &lists);
    check.figures(document, total, lists)
}

/// The same for a document that differs from a plan's in points, weights and values only: its lists need not be read
/// again.
pub(crate) fn check_figures(document: PlanDocument, plan: &Plan) -> (Plan, Vec<Problem>) {
    Check { problems: Vec::new() }.figures(document, plan.total, plan.lists.clone())
}

/// `format` has to be 1; a newer one is refused by name.
pub(crate) fn check_format(format: u64, problems: &mut Vec<Problem>) {
    match format {
        1 => {}
        0 => problems.push(Problem::with("/format", ProblemCode::UnknownFormat, format)),
        _ => problems.push(Problem::with("/format", ProblemCode::NewerFormat, format)),
    }
}

/// Is it an id: `[a-z0-9_]{1,32}`?
#[must_use]
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The problems found so far.
struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn add(&mut self, path: impl Into<String>, code: ProblemCode) {
        self.problems.push(Problem::new(path, code));
    }

    fn add_with(&mut self, path: impl Into<String>, code: ProblemCode, detail: impl std::fmt::Display) {
        self.problems.push(Problem::with(path, code, detail));
    }

    /// A decimal of either sign.
    fn decimal(&mut self, figure: &Figure, path: &str) -> Option<Decimal> {
        let decimal = figure.decimal();
        if decimal.is_none() {
            self.add(path, ProblemCode::BadDecimal);
        }
        decimal
    }

    /// A decimal at or above zero, or a zero in its place.
    fn amount(&mut self, figure: &Figure, path: &str) -> Decimal {
        self.sound_amount(figure, path).unwrap_or_default()
    }

    /// A decimal at or above zero.
    fn sound_amount(&mut self, figure: &Figure, path: &str) -> Option<Decimal> {
        let decimal = self.decimal(figure, path)?;
        if decimal.is_negative() {
            self.add(path, ProblemCode::Negative);
            return None;
        }
        Some(decimal)
    }

    /// An amount with at most 6 decimals.
    fn adjustment_points(&mut self, figure: &Figure, path: &str) -> Decimal {
        let amount = self.amount(figure, path);
        if Score::from_decimal(amount).is_none() {
            self.add(path, ProblemCode::TooManyDecimals);
        }
        amount
    }

    /// Checks the ids of one list: their form, and that none stands twice.
    fn ids<'d, I: Index>(&mut self, list: &str, ids: impl Iterator<Item = &'d str>) -> Ids<I> {
        let mut places = Ids::new();
        for (place, id) in ids.enumerate() {
            self.id(&mut places, id, I::from(place), &format_args!("{list}/{place}/id"));
        }
        places
    }

    /// The path is spelled only where there is a problem: most ids have none, and a slider checks those of the tree at
    /// each step.
    fn id<I: Index>(&mut self, places: &mut Ids<I>, id: &str, place: I, path: &dyn Display) {
        if !is_id(id) {
            self.add(path.to_string(), ProblemCode::BadId);
        } else if places.get(id).is_some() {
            self.add_with(path.to_string(), ProblemCode::DuplicateId, id);
            return;
        }
        places.add(id, place);
    }

    /// Looks a reference up.
    fn find<I: Index>(&mut self, places: &Ids<I>, id: &str, path: &dyn Display, code: ProblemCode) -> Option<I> {
        let found = places.get(id);
        if found.is_none() {
            self.add_with(path.to_string(), code, id);
        }
        found
    }

    /// All that stands on the plain lists and the tree.
    fn figures(mut self, document: PlanDocument, total: Decimal, lists: Arc<Lists>) -> (Plan, Vec<Problem>) {
        self.scales(&document);
        let tree = self.tree(&document, &lists, total);
        let mut plan = Plan {
            total,
            lists,
            nodes: tree.nodes,
            leaves: tree.leaves,
            rules: IndexVec::default(),
            bonus_cap: None,
            deduction_cap: None,
            tie_break: IndexVec::default(),
            grade_shares: Vec::new(),
            outcomes: IndexVec::default(),
            outcome_order: Vec::new(),
            node_places: tree.places,
            alone: None,
            document,
        };
        self.rules(&mut plan);
        self.size(&plan);
        (plan, self.problems)
    }

    fn lists(&mut self, document: &PlanDocument) -> Lists {
        let mut lists = Lists {
            unit_category: IndexVec::default(),
            category_units: IndexVec::filled(Vec::new(), document.categories.len()),
            tasks: IndexVec::default(),
            categories: self.ids("/categories", document.categories.iter().map(|c| c.id.as_str())),
            units: self.ids("/units", document.units.iter().map(|u| u.id.as_str())),
            groups: self.ids("/groups", document.groups.iter().map(|g| g.id.as_str())),
            scales: self.ids("/scales", document.scales.iter().map(|s| s.id.as_str())),
            periods: self.ids("/periods", document.periods.iter().map(|p| p.id.as_str())),
            rules: self.ids("/adjustments", document.adjustments.iter().map(|r| r.id.as_str())),
            outcomes: self.ids("/outcomes", document.outcomes.iter().map(|o| o.id.as_str())),
        };
        self.periods(document);
        self.groups(document);
        let categories = self.units(document, &lists.categories);
        for (unit, category) in categories.enumerated() {
            if let Some(category) = *category {
                lists.category_units[category].push(unit);
            }
        }
        lists.unit_category = categories.iter().map(|category| category.unwrap_or_default()).collect();
        lists.tasks = (document.units.iter().enumerate())
            .map(|(place, unit)| {
                SizedCriteria::new(self.task_weights(place, unit.tasks.as_deref().unwrap_or_default()))
            })
            .collect();
        lists
    }

    /// Weights of a unit's tasks.
    fn task_weights(&mut self, unit: usize, tasks: &[TaskDocument]) -> Vec<Decimal> {
        let list = format_args!("/units/{unit}/tasks").to_string();
        self.ids::<CriterionIndex>(&list, tasks.iter().map(|task| task.id.as_str()));
        let weight = |(i, task): (usize, &TaskDocument)| {
            task.weight.as_ref().map_or(Decimal::ONE, |weight| self.amount(weight, &format!("{list}/{i}/weight")))
        };
        tasks.iter().enumerate().map(weight).collect()
    }

    /// How many codes one network is given: of open groups only, and at least one.
    fn groups(&mut self, document: &PlanDocument) {
        for (place, group) in document.groups.iter().enumerate() {
            let Some(most) = group.per_network else { continue };
            let path = format!("/groups/{place}/per_network");
            if group.ballot != BallotKind::Open {
                self.add(path, ProblemCode::NeedsOpenGroup);
            } else if !(1..=MOST_PER_NETWORK).contains(&most) {
                self.add_with(path, ProblemCode::OutOfRange, most);
            }
        }
    }

    fn periods(&mut self, document: &PlanDocument) {
        if document.periods.is_empty() {
            self.add("/periods", ProblemCode::EmptyList);
        }
    }

    fn units(
        &mut self,
        document: &PlanDocument,
        places: &Ids<CategoryIndex>,
    ) -> IndexVec<UnitIndex, Option<CategoryIndex>> {
        let mut categories = IndexVec::default();
        for (place, unit) in document.units.iter().enumerate() {
            categories.push(self.find(
                places,
                &unit.category,
                &format_args!("/units/{place}/category"),
                ProblemCode::UnknownCategory,
            ));
            let traits = unit.traits.as_deref().unwrap_or_default();
            for (i, name) in traits.iter().enumerate() {
                let path = format!("/units/{place}/traits/{i}");
                if !is_id(name) {
                    self.add(path, ProblemCode::BadId);
                } else if traits[..i].contains(name) {
                    self.add_with(path, ProblemCode::DuplicateId, name);
                }
            }
        }
        categories
    }

    /// Scores and counts of all leaves, periods and units fit in memory.
    fn size(&mut self, plan: &Plan) {
        let places = plan.periods().len() as u128 * plan.units().len() as u128;
        let figures = |leaf: LeafIndex| {
            let options = if plan.document.scales.is_empty() { 0 } else { plan.options_of(leaf).len() };
            let (groups, counted) = (plan.groups_of(leaf).len() as u128, options as u128);
            1 + match &plan.leaves[leaf].method {
                Method::Survey(_) => groups * counted * plan.most_criteria(leaf) as u128,
                Method::Complaints { .. } => groups * counted,
                Method::Incidents { amounts, .. } => amounts.len() as u128,
                Method::Entered | Method::Linked(_) => 0,
            }
        };
        let all = places * plan.leaves.indices().map(figures).sum::<u128>();
        if all > MOST_FIGURES {
            self.add_with("/components", ProblemCode::PlanTooLarge, format!("{all} > {MOST_FIGURES}"));
        }
    }

    fn scales(&mut self, document: &PlanDocument) {
        for (place, scale) in document.scales.iter().enumerate() {
            let list = format!("/scales/{place}/options");
            self.ids::<OptionIndex>(&list, scale.options.iter().map(|o| o.id.as_str()));
            for (i, option) in scale.options.iter().enumerate() {
                self.amount(&option.value, &format!("{list}/{i}/value"));
            }
        }
    }
}
