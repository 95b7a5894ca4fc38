//! Do records hold under a plan? All problems at once, each with its pointer (docs/plan.md, "Records").
//!
//! Owns the order of the checks and the records of leaves, and builds the [`Records`] on the way; adjustments, draws,
//! verdicts and history stand in `beside_leaves`. Several tallies of one place add up here.

mod beside_leaves;

use std::collections::{BTreeMap, BTreeSet};

use crate::decimal::Decimal;
use crate::grid::Grid;
use crate::ids::Lookup;
use crate::index::{GroupIndex, IndexVec, LeafIndex, NodeIndex, PeriodIndex, UnitIndex};
use crate::plan::{Method, Plan};
use crate::plan_document::{MethodDocument, OptionDocument};
use crate::records::{LeafRecords, Records};
use crate::records_document::{DecisionRecord, EntryRecord, IncidentRecord, LinkRecord, RecordsDocument, TallyRecord};
use crate::validity::check_format;
use document::problem::{Problem, ProblemCode, merge_records};
use document::{Figure, Path, Value};

impl Records {
    /// The records that a document holds under a plan.
    ///
    /// # Errors
    /// All problems, each with its pointer into the document.
    pub fn new(plan: &Plan, document: &RecordsDocument) -> Result<Records, Vec<Problem>> {
        let (records, problems) = Intake::new(plan).take(document);
        if problems.is_empty() { Ok(records) } else { Err(problems) }
    }

    /// Reads and checks in one go.
    ///
    /// # Errors
    /// All problems of shape, and of the rest those that the shape has not caused.
    ///
    /// ```
    /// # use scoring::json::Value;
    /// # let template = scoring::templates::find("yuanba").unwrap();
    /// # let plan = scoring::Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
    /// let lot = br#"{ "format": 1, "lots": [{ "category": null, "order": ["forestry", "tax_office"] }] }"#;
    /// let problems = scoring::Records::from_json(&plan, &Value::parse(lot).unwrap()).unwrap_err();
    /// assert_eq!((problems[0].path.as_str(), problems[0].code.as_str()), ("/lots/0/order/1", "unknown_unit"));
    /// ```
    pub fn from_json(plan: &Plan, value: &Value) -> Result<Records, Vec<Problem>> {
        match RecordsDocument::read_leniently(value) {
            (Some(document), shape) if shape.is_empty() => Records::new(plan, &document),
            (Some(document), shape) => Err(merge_records(shape, Intake::new(plan).take(&document).1)),
            (None, shape) => Err(shape),
        }
    }

    /// No records at all.
    #[must_use]
    pub fn none(plan: &Plan) -> Records {
        Intake::new(plan).records
    }
}

struct Intake<'p> {
    plan: &'p Plan,
    units: Lookup<'p, UnitIndex>,
    nodes: Lookup<'p, NodeIndex>,
    periods: Lookup<'p, PeriodIndex>,
    groups: Lookup<'p, GroupIndex>,
    records: Records,
    problems: Vec<Problem>,
}

/// A place of the plan that a record names.
#[derive(Clone, Copy)]
struct Place {
    leaf: LeafIndex,
    period: PeriodIndex,
    unit: UnitIndex,
}

impl<'p> Intake<'p> {
    fn new(plan: &'p Plan) -> Self {
        let (periods, units) = (plan.periods().len(), plan.units().len());
        let counts = |each: usize| LeafRecords::Counts(Grid::deep(0, periods, units, each));
        let leaves = (plan.leaves.enumerated())
            .map(|(place, leaf)| match &leaf.method {
                Method::Survey(survey) => {
                    counts(survey.groups.len() * plan.most_criteria(place) * plan.options_of(place).len())
                }
                Method::Complaints { groups, .. } => counts(groups.len() * plan.options_of(place).len()),
                Method::Incidents { amounts, .. } => counts(amounts.len() * 2),
                Method::Entered => LeafRecords::Entries(Grid::filled(None, periods, units)),
                Method::Linked(_) => LeafRecords::Links(Grid::filled(None, periods, units)),
            })
            .collect();
        let records = Records {
            leaves,
            decisions: BTreeMap::new(),
            adjustments: BTreeMap::new(),
            marked: IndexVec::filled(false, periods),
            lots: Vec::new(),
            verdicts: BTreeSet::new(),
            history: BTreeMap::new(),
            frozen_lists: None,
        };
        let units = Lookup::new(&plan.lists.units, plan.units().iter().map(|unit| unit.id.as_str()));
        let nodes = Lookup::new(&plan.node_places, plan.nodes.iter().map(|node| node.id.as_str()));
        let periods = Lookup::new(&plan.lists.periods, plan.periods().iter().map(|period| period.id.as_str()));
        let groups = Lookup::new(&plan.lists.groups, plan.groups().iter().map(|group| group.id.as_str()));
        Intake { plan, units, nodes, periods, groups, records, problems: Vec::new() }
    }

    fn take(mut self, document: &RecordsDocument) -> (Records, Vec<Problem>) {
        check_format(document.format, &mut self.problems);
        each("tallies", &document.tallies, |record, path| self.tally(record, path));
        each("entries", &document.entries, |record, path| self.entry(record, path));
        each("incidents", &document.incidents, |record, path| self.incident(record, path));
        each("links", &document.links, |record, path| self.link(record, path));
        each("adjustments", &document.adjustments, |record, path| self.adjustment(record, path));
        self.lots(document);
        each("decisions", &document.decisions, |record, path| self.decision(record, path));
        each("verdicts", &document.verdicts, |record, path| self.verdict(record, path));
        each("history", &document.history, |record, path| self.history(record, path));
        (self.records, self.problems)
    }

    fn add(&mut self, path: &Path<'_>, code: ProblemCode) {
        self.problems.push(Problem::new(path.pointer(), code));
    }

    fn add_with(&mut self, path: &Path<'_>, code: ProblemCode, detail: impl std::fmt::Display) {
        self.problems.push(Problem::with(path.pointer(), code, detail));
    }

    fn unit(&mut self, id: &str, path: &Path<'_>) -> Option<UnitIndex> {
        let unit = self.units.find(id);
        if unit.is_none() {
            self.add_with(path, ProblemCode::UnknownUnit, id);
        }
        unit
    }

    fn known_period(&mut self, id: &str, path: &Path<'_>) -> Option<PeriodIndex> {
        let period = self.periods.find(id);
        if period.is_none() {
            self.add_with(&Path::Key(path, "period"), ProblemCode::UnknownPeriod, id);
        }
        period
    }

    fn period(&mut self, id: &str, path: &Path<'_>) -> Option<PeriodIndex> {
        let period = self.known_period(id, path)?;
        self.records.marked[period] = true;
        Some(period)
    }

    /// The place that a record names, if the component applies to the unit there.
    fn place(&mut self, period: &str, component: &str, unit: &str, path: &Path<'_>) -> Option<Place> {
        let period = self.period(period, path);
        let leaf = match self.nodes.find(component).map(|node| self.plan.nodes[node].leaf) {
            Some(Some(leaf)) => Some(leaf),
            known => {
                let code = if known.is_some() { ProblemCode::WrongKind } else { ProblemCode::UnknownComponent };
                self.add_with(&Path::Key(path, "component"), code, component);
                None
            }
        };
        let unit_path = Path::Key(path, "unit");
        let unit = self.unit(unit, &unit_path);
        if let (Some(leaf), Some(unit)) = (leaf, unit)
            && !self.plan.applies(leaf, unit)
        {
            self.add_with(&unit_path, ProblemCode::NotApplicable, self.plan.leaf_id(leaf));
            return None;
        }
        Some(Place { leaf: leaf?, period: period?, unit: unit? })
    }

    fn of_kind(&mut self, place: Place, path: &Path<'_>, fits: impl Fn(&Method) -> bool) -> Option<Place> {
        if fits(&self.plan.leaves[place.leaf].method) {
            return Some(place);
        }
        self.add_with(&Path::Key(path, "component"), ProblemCode::WrongKind, self.plan.leaf_id(place.leaf));
        None
    }

    /// A record's `value`: a decimal from 0 to the leaf's `out_of`, where the leaf is known.
    fn value_within(&mut self, place: Option<Place>, figure: &Figure, path: &Path<'_>) -> Option<Decimal> {
        let path = Path::Key(path, "value");
        let Some(value) = figure.decimal() else {
            self.add(&path, ProblemCode::BadDecimal);
            return None;
        };
        let out_of = place.map(|place| self.plan.leaves[place.leaf].out_of);
        if value.is_negative() || out_of.is_some_and(|out_of| value > out_of) {
            let range = format!("{value}: 0 … {}", out_of.map_or(String::new(), |o| o.to_string()));
            self.add_with(&path, ProblemCode::OutOfRange, range);
            return None;
        }
        Some(value)
    }

    fn count(&mut self, place: Place, offset: usize, count: u64, path: &Path<'_>) {
        let cell = &mut self.records.counts_mut(place.leaf, place.period, place.unit)[offset];
        match cell.checked_add(count) {
            Some(sum) => *cell = sum,
            None => self.add(path, ProblemCode::OutOfRange),
        }
    }

    fn tally(&mut self, record: &TallyRecord, path: &Path<'_>) {
        let Some(place) = self.place(&record.period, &record.component, &record.unit, path) else { return };
        let votes = |m: &Method| matches!(m, Method::Survey(_) | Method::Complaints { .. });
        let Some(place) = self.of_kind(place, path, votes) else { return };
        let plan = self.plan;
        let criterion = plan.criterion_place(place.leaf, place.unit, record.criterion.as_deref());
        if criterion.is_none() {
            let id = record.criterion.as_deref().unwrap_or_default();
            self.add_with(&Path::Key(path, "criterion"), ProblemCode::UnknownCriterion, id);
        }
        let group = self.groups.find(&record.group);
        let group = group.and_then(|group| plan.groups_of(place.leaf).iter().position(|g| *g == group));
        if group.is_none() {
            self.add_with(&Path::Key(path, "group"), ProblemCode::UnknownGroup, &record.group);
        }
        let options: &[OptionDocument] = plan.options_of(place.leaf);
        let criterion_count = plan.criteria_weights(place.leaf, place.unit).len();
        let counts_path = Path::Key(path, "counts");
        for (option, count) in &record.counts {
            let path = Path::Key(&counts_path, option);
            match options.iter().position(|o| o.id == *option) {
                None => self.add_with(&path, ProblemCode::UnknownOption, option),
                Some(option) => {
                    if let (Some(group), Some(criterion)) = (group, criterion) {
                        let offset = (group * criterion_count + criterion) * options.len() + option;
                        self.count(place, offset, *count, &path);
                    }
                }
            }
        }
    }

    fn entry(&mut self, record: &EntryRecord, path: &Path<'_>) {
        let place = self.place(&record.period, &record.component, &record.unit, path);
        let place = place.and_then(|p| self.of_kind(p, path, |m| matches!(m, Method::Entered)));
        let value = self.value_within(place, &record.value, path);
        let Some(place) = place else { return };
        let cell = (place.period, place.unit);
        if let LeafRecords::Entries(entries) = &mut self.records.leaves[place.leaf] {
            if entries[cell].is_some() {
                self.add(path, ProblemCode::DuplicateRecord);
            } else {
                entries[cell] = Some(value.unwrap_or_default());
            }
        }
    }

    fn incident(&mut self, record: &IncidentRecord, path: &Path<'_>) {
        let place = self.place(&record.period, &record.component, &record.unit, path);
        let place = place.and_then(|p| self.of_kind(p, path, |m| matches!(m, Method::Incidents { .. })));
        let Some(place) = place else { return };
        let MethodDocument::Incidents(method) = self.plan.method_document(place.leaf) else { return };
        match method.levels.iter().position(|level| level.id == record.level) {
            Some(level) => self.count(place, level * 2 + usize::from(record.serious), record.count, path),
            None => self.add_with(&Path::Key(path, "level"), ProblemCode::UnknownLevel, &record.level),
        }
    }

    fn link(&mut self, record: &LinkRecord, path: &Path<'_>) {
        let place = self.place(&record.period, &record.component, &record.unit, path);
        let place = place.and_then(|p| self.of_kind(p, path, |m| matches!(m, Method::Linked(_))));
        let list = Path::Key(path, "totals");
        if record.totals.is_empty() {
            self.add(&list, ProblemCode::EmptyList);
        }
        let mut totals = Vec::with_capacity(record.totals.len());
        for (j, total) in record.totals.iter().enumerate() {
            match total.decimal() {
                Some(total) => totals.push(total),
                None => self.add(&Path::Index(&list, j), ProblemCode::BadDecimal),
            }
        }
        let Some(place) = place else { return };
        let cell = (place.period, place.unit);
        if let LeafRecords::Links(links) = &mut self.records.leaves[place.leaf]
            && links[cell].replace(totals).is_some()
        {
            self.add(path, ProblemCode::DuplicateRecord);
        }
    }

    fn decision(&mut self, record: &DecisionRecord, path: &Path<'_>) {
        let place = self.place(&record.period, &record.component, &record.unit, path);
        let value = self.value_within(place, &record.value, path);
        let Some(place) = place else { return };
        let key = (place.leaf, place.period, place.unit);
        if self.records.decisions.insert(key, value.unwrap_or_default()).is_some() {
            self.add(path, ProblemCode::DuplicateRecord);
        }
    }
}

/// Walks through a list of the document; a record's path is spelled only where there is a problem.
fn each<'d, R>(list: &'static str, records: &'d [R], mut take: impl FnMut(&'d R, &Path<'_>)) {
    let list = Path::Key(&Path::Root, list);
    for (place, record) in records.iter().enumerate() {
        take(record, &Path::Index(&list, place));
    }
}
