//! Records that hold under a plan: what a [`RecordsDocument`] becomes once nothing is wrong with it.
//!
//! Owns the checks of scoring.md, section 7, and dense storage by place, so that scoring looks
//! nothing up by name. Several tallies of one place add up here.

use std::collections::{BTreeMap, BTreeSet};

use crate::decimal::{Decimal, Score};
use crate::grid::Grid;
use crate::index::{CategoryIndex, IndexVec, LeafIndex, OutcomeIndex, PeriodIndex, RuleIndex, UnitIndex};
use crate::json::{Value, pointer};
use crate::plan::{Method, Plan, RulePoints, Survey};
use crate::plan_document::{MethodDocument, OptionDocument};
use crate::problem::{Problem, ProblemCode, merge_records};
use crate::records_document::{AdjustmentRecord, RecordsDocument, TallyRecord};
use crate::validity::{check_format, is_id};

/// Valid records of one plan.
#[derive(Debug, Clone)]
pub struct Records {
    pub(crate) leaves: IndexVec<LeafIndex, LeafRecords>,
    pub(crate) decisions: BTreeMap<(LeafIndex, PeriodIndex, UnitIndex), Decimal>,
    pub(crate) adjustments: BTreeMap<(PeriodIndex, UnitIndex, RuleIndex), Score>,
    /// Which periods have any record but adjustments.
    marked: IndexVec<PeriodIndex, bool>,
    pub(crate) lots: Vec<Lot>,
    pub(crate) verdicts: BTreeSet<(UnitIndex, OutcomeIndex)>,
    /// Ids of outcomes by year and unit.
    pub(crate) history: BTreeMap<(u64, UnitIndex), BTreeSet<String>>,
}

/// A recorded draw.
#[derive(Debug, Clone)]
pub(crate) struct Lot {
    pub(crate) category: Option<CategoryIndex>,
    pub(crate) order: Vec<UnitIndex>,
}

/// A leaf's records, by period and unit.
#[derive(Debug, Clone)]
pub(crate) enum LeafRecords {
    /// Counts of options by group and criterion, or of incidents by level, plain then serious.
    Counts(Grid<PeriodIndex, UnitIndex, u64>),
    /// What an office entered.
    Entries(Grid<PeriodIndex, UnitIndex, Option<Decimal>>),
    /// Totals of linked plans.
    Links(Grid<PeriodIndex, UnitIndex, Option<Vec<Decimal>>>),
}

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

    /// The same records without adjustments.
    #[must_use]
    pub fn without_adjustments(&self) -> Records {
        Records { adjustments: BTreeMap::new(), ..self.clone() }
    }

    /// Does the period have any record?
    pub(crate) fn period_used(&self, period: PeriodIndex) -> bool {
        let first = (period, UnitIndex::default(), RuleIndex::default());
        let adjusted = || self.adjustments.range(first..).next().is_some_and(|((of, ..), _)| *of == period);
        self.marked[period] || adjusted()
    }

    /// The counts of a leaf for a period and unit; none where the leaf counts nothing.
    pub(crate) fn counts(&self, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> &[u64] {
        match &self.leaves[leaf] {
            LeafRecords::Counts(counts) => counts.cell(period, unit),
            _ => &[],
        }
    }

    /// The same counts, to be changed: resampling a tally rescores it.
    pub fn counts_mut(&mut self, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> &mut [u64] {
        match &mut self.leaves[leaf] {
            LeafRecords::Counts(counts) => counts.cell_mut(period, unit),
            _ => &mut [],
        }
    }
}

struct Intake<'p> {
    plan: &'p Plan,
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
                    counts(survey.groups.len() * survey.criteria.len() * plan.options_of(place).len())
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
        };
        Intake { plan, records, problems: Vec::new() }
    }

    fn take(mut self, document: &RecordsDocument) -> (Records, Vec<Problem>) {
        check_format(document.format, &mut self.problems);
        for (i, record) in document.tallies.iter().enumerate() {
            self.tally(record, &format!("/tallies/{i}"));
        }
        for (i, record) in document.entries.iter().enumerate() {
            let path = format!("/entries/{i}");
            let place = self.place(&record.period, &record.component, &record.unit, &path);
            let place = place.and_then(|p| self.of_kind(p, &path, |m| matches!(m, Method::Entered)));
            let value = self.value_within(place, &record.value, &path);
            let Some(place) = place else { continue };
            let cell = (place.period, place.unit);
            if let LeafRecords::Entries(entries) = &mut self.records.leaves[place.leaf] {
                if entries[cell].is_some() {
                    self.problems.push(Problem::new(path, ProblemCode::DuplicateRecord));
                } else {
                    entries[cell] = Some(value.unwrap_or_default());
                }
            }
        }
        for (i, record) in document.incidents.iter().enumerate() {
            let path = format!("/incidents/{i}");
            let place = self.place(&record.period, &record.component, &record.unit, &path);
            let place = place.and_then(|p| self.of_kind(p, &path, |m| matches!(m, Method::Incidents { .. })));
            let Some(place) = place else { continue };
            let MethodDocument::Incidents { levels, .. } = self.plan.method_document(place.leaf) else {
                continue;
            };
            match levels.iter().position(|level| level.id == record.level) {
                Some(level) => {
                    self.count(place, level * 2 + usize::from(record.serious), record.count, &path);
                }
                None => self.add(pointer(&path, "level"), ProblemCode::UnknownLevel, &record.level),
            }
        }
        self.links(document);
        for (i, record) in document.adjustments.iter().enumerate() {
            self.adjustment(record, &format!("/adjustments/{i}"));
        }
        self.lots(document);
        for (i, record) in document.decisions.iter().enumerate() {
            let path = format!("/decisions/{i}");
            let place = self.place(&record.period, &record.component, &record.unit, &path);
            let value = self.value_within(place, &record.value, &path);
            let Some(place) = place else { continue };
            let key = (place.leaf, place.period, place.unit);
            if self.records.decisions.insert(key, value.unwrap_or_default()).is_some() {
                self.problems.push(Problem::new(path, ProblemCode::DuplicateRecord));
            }
        }
        for (i, record) in document.verdicts.iter().enumerate() {
            let path = format!("/verdicts/{i}");
            let unit = self.unit(&record.unit, &pointer(&path, "unit"));
            let outcome = self.plan.lists.outcomes.get(&record.outcome).copied();
            if outcome.is_none() {
                self.add(pointer(&path, "outcome"), ProblemCode::UnknownOutcome, &record.outcome);
            }
            if let (Some(unit), Some(outcome)) = (unit, outcome) {
                self.records.verdicts.insert((unit, outcome));
            }
        }
        for (i, record) in document.history.iter().enumerate() {
            for (o, outcome) in record.outcomes.iter().enumerate().filter(|(_, outcome)| !is_id(outcome)) {
                self.add(format!("/history/{i}/outcomes/{o}"), ProblemCode::BadId, outcome);
            }
            if let Some(unit) = self.unit(&record.unit, &format!("/history/{i}/unit")) {
                let outcomes = self.records.history.entry((record.year, unit)).or_default();
                outcomes.extend(record.outcomes.iter().cloned());
            }
        }
        (self.records, self.problems)
    }

    fn add(&mut self, path: String, code: ProblemCode, detail: &str) {
        self.problems.push(Problem::with(path, code, detail));
    }

    fn unit(&mut self, id: &str, path: &str) -> Option<UnitIndex> {
        let unit = self.plan.unit_place(id);
        if unit.is_none() {
            self.add(path.to_owned(), ProblemCode::UnknownUnit, id);
        }
        unit
    }

    fn known_period(&mut self, id: &str, path: &str) -> Option<PeriodIndex> {
        let period = self.plan.period_place(id);
        if period.is_none() {
            self.add(pointer(path, "period"), ProblemCode::UnknownPeriod, id);
        }
        period
    }

    fn period(&mut self, id: &str, path: &str) -> Option<PeriodIndex> {
        let period = self.known_period(id, path)?;
        self.records.marked[period] = true;
        Some(period)
    }

    /// The place that a record names, if the component applies to the unit there.
    fn place(&mut self, period: &str, component: &str, unit: &str, path: &str) -> Option<Place> {
        let period = self.period(period, path);
        let leaf = match self.plan.node_place(component).map(|node| self.plan.nodes[node].leaf) {
            Some(Some(leaf)) => Some(leaf),
            Some(None) => {
                self.add(pointer(path, "component"), ProblemCode::WrongKind, component);
                None
            }
            None => {
                self.add(pointer(path, "component"), ProblemCode::UnknownComponent, component);
                None
            }
        };
        let unit = self.unit(unit, &pointer(path, "unit"));
        if let (Some(leaf), Some(unit)) = (leaf, unit)
            && !self.plan.applies(leaf, unit)
        {
            let detail = self.plan.leaf_id(leaf).to_owned();
            self.add(pointer(path, "unit"), ProblemCode::NotApplicable, &detail);
            return None;
        }
        Some(Place { leaf: leaf?, period: period?, unit: unit? })
    }

    fn of_kind(&mut self, place: Place, path: &str, fits: impl Fn(&Method) -> bool) -> Option<Place> {
        if fits(&self.plan.leaves[place.leaf].method) {
            return Some(place);
        }
        let component = self.plan.leaf_id(place.leaf).to_owned();
        self.add(pointer(path, "component"), ProblemCode::WrongKind, &component);
        None
    }

    /// A record's `value`: a decimal from 0 to the leaf's `out_of`, where the leaf is known.
    fn value_within(&mut self, place: Option<Place>, text: &str, path: &str) -> Option<Decimal> {
        let path = pointer(path, "value");
        let Ok(value) = text.parse::<Decimal>() else {
            self.problems.push(Problem::new(path, ProblemCode::BadDecimal));
            return None;
        };
        let out_of = place.map(|place| self.plan.leaves[place.leaf].out_of);
        if value.is_negative() || out_of.is_some_and(|out_of| value > out_of) {
            let range = format!("{value}: 0 … {}", out_of.map_or(String::new(), |o| o.to_string()));
            self.add(path, ProblemCode::OutOfRange, &range);
            return None;
        }
        Some(value)
    }

    fn count(&mut self, place: Place, offset: usize, count: u64, path: &str) {
        let cell = &mut self.records.counts_mut(place.leaf, place.period, place.unit)[offset];
        match cell.checked_add(count) {
            Some(sum) => *cell = sum,
            None => self.problems.push(Problem::new(path, ProblemCode::OutOfRange)),
        }
    }

    fn tally(&mut self, record: &TallyRecord, path: &str) {
        let Some(place) = self.place(&record.period, &record.component, &record.unit, path) else { return };
        let votes = |m: &Method| matches!(m, Method::Survey(_) | Method::Complaints { .. });
        let Some(place) = self.of_kind(place, path, votes) else { return };
        let plan = self.plan;
        let criteria = plan.criteria_of(place.leaf);
        let criterion = match &record.criterion {
            None if criteria.is_empty() => Some(0),
            Some(id) => criteria.iter().position(|c| c.id == *id),
            None => None,
        };
        if criterion.is_none() {
            let id = record.criterion.clone().unwrap_or_default();
            self.add(pointer(path, "criterion"), ProblemCode::UnknownCriterion, &id);
        }
        let group = plan.group_place(&record.group);
        let group = group.and_then(|group| plan.groups_of(place.leaf).iter().position(|g| *g == group));
        if group.is_none() {
            self.add(pointer(path, "group"), ProblemCode::UnknownGroup, &record.group);
        }
        let options: &[OptionDocument] = plan.options_of(place.leaf);
        let criterion_count = match &plan.leaves[place.leaf].method {
            Method::Survey(Survey { criteria, .. }) => criteria.len(),
            _ => 1,
        };
        let counts_path = pointer(path, "counts");
        for (option, count) in &record.counts {
            let path = pointer(&counts_path, option);
            match options.iter().position(|o| o.id == *option) {
                None => self.add(path, ProblemCode::UnknownOption, option),
                Some(option) => {
                    if let (Some(group), Some(criterion)) = (group, criterion) {
                        let offset = (group * criterion_count + criterion) * options.len() + option;
                        self.count(place, offset, *count, &path);
                    }
                }
            }
        }
    }

    fn links(&mut self, document: &RecordsDocument) {
        for (i, record) in document.links.iter().enumerate() {
            let path = format!("/links/{i}");
            let place = self.place(&record.period, &record.component, &record.unit, &path);
            let place = place.and_then(|p| self.of_kind(p, &path, |m| matches!(m, Method::Linked(_))));
            let list = pointer(&path, "totals");
            if record.totals.is_empty() {
                self.problems.push(Problem::new(list.clone(), ProblemCode::EmptyList));
            }
            let mut totals = Vec::with_capacity(record.totals.len());
            for (j, total) in record.totals.iter().enumerate() {
                match total.parse::<Decimal>() {
                    Ok(total) => totals.push(total),
                    Err(_) => {
                        self.problems.push(Problem::new(pointer(&list, j), ProblemCode::BadDecimal));
                    }
                }
            }
            let Some(place) = place else { continue };
            let cell = (place.period, place.unit);
            if let LeafRecords::Links(links) = &mut self.records.leaves[place.leaf]
                && links[cell].replace(totals).is_some()
            {
                self.problems.push(Problem::new(path, ProblemCode::DuplicateRecord));
            }
        }
    }

    fn adjustment(&mut self, record: &AdjustmentRecord, path: &str) {
        let period = self.known_period(&record.period, path);
        let unit = self.unit(&record.unit, &pointer(path, "unit"));
        let Some(rule) = self.plan.lists.rules.get(&record.rule).copied() else {
            self.add(pointer(path, "rule"), ProblemCode::UnknownRule, &record.rule);
            return;
        };
        let points = match (&self.plan.rules[rule].points, &record.level, &record.points) {
            (RulePoints::Levels(levels), Some(level), None) => {
                let found = levels.iter().find(|(id, _)| id == level);
                if found.is_none() {
                    self.add(pointer(path, "level"), ProblemCode::UnknownLevel, level);
                }
                found.map(|(_, points)| *points)
            }
            (RulePoints::Range(min, max), None, Some(points)) => {
                let points_path = pointer(path, "points");
                match points.parse::<Decimal>() {
                    Err(_) => {
                        self.problems.push(Problem::new(points_path, ProblemCode::BadDecimal));
                        None
                    }
                    Ok(points) if points.to_score().is_none() => {
                        self.problems.push(Problem::new(points_path, ProblemCode::TooManyDecimals));
                        None
                    }
                    Ok(points) if points < *min || points > *max => {
                        self.add(points_path, ProblemCode::OutOfRange, &format!("{points}: {min} … {max}"));
                        None
                    }
                    Ok(points) => Some(points),
                }
            }
            (RulePoints::Levels(_), _, _) => {
                let field = if record.points.is_some() { "points" } else { "level" };
                self.problems.push(Problem::new(pointer(path, field), ProblemCode::LevelOrPoints));
                None
            }
            (RulePoints::Range(..), _, _) => {
                let field = if record.level.is_some() { "level" } else { "points" };
                self.problems.push(Problem::new(pointer(path, field), ProblemCode::LevelOrPoints));
                None
            }
        };
        if let (Some(period), Some(unit), Some(points)) = (period, unit, points.and_then(Decimal::to_score)) {
            *self.records.adjustments.entry((period, unit, rule)).or_default() += points;
        }
    }

    fn lots(&mut self, document: &RecordsDocument) {
        let mut drawn: BTreeSet<(Option<&str>, &str)> = BTreeSet::new();
        for (i, record) in document.lots.iter().enumerate() {
            let path = format!("/lots/{i}");
            let category = match &record.category {
                None => None,
                Some(id) => {
                    let Some(place) = self.plan.lists.categories.get(id).copied() else {
                        self.add(pointer(&path, "category"), ProblemCode::UnknownCategory, id);
                        continue;
                    };
                    Some(place)
                }
            };
            let mut order = Vec::with_capacity(record.order.len());
            for (j, id) in record.order.iter().enumerate() {
                let path = format!("{path}/order/{j}");
                let Some(unit) = self.unit(id, &path) else { continue };
                if category.is_some_and(|category| self.plan.category_of(unit) != category) {
                    self.add(path, ProblemCode::UnknownUnit, id);
                } else if !drawn.insert((record.category.as_deref(), id)) {
                    self.add(path, ProblemCode::DuplicateId, id);
                } else {
                    order.push(unit);
                }
            }
            self.records.lots.push(Lot { category, order });
        }
    }
}
