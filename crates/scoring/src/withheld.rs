//! Marks that are not shown, and scoring by what is: the records that a publication shows, beside the means of those that
//! it withholds.
//!
//! Owns the list of what is withheld ([`WithheldRecord`]) and the arithmetic of a leaf of which some groups' marks are
//! known by their mean alone. What may be shown is decided in `disclosure`.

#![expect(missing_docs, reason = "ids of what a record's type names need no words")]

use std::collections::{BTreeMap, BTreeSet};

use document::problem::{Problem, ProblemCode};
#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{Figure, Path, document};

use crate::decimal::{Decimal, Score};
use crate::fraction::Fraction;
use crate::index::{LeafIndex, PeriodIndex, UnitIndex};
use crate::leaf_score::{LeafScore, deductions, leaf_score, of_raw, shown_survey};
use crate::plan::{Method, Plan, Survey};
use crate::records::Records;
use crate::records_document::RecordsDocument;
use crate::result_document::{ComponentResult, ResultDocument};

document! {
    /// Marks for a unit that a publication does not show.
    #[derive(Debug, Eq, Default)]
    pub struct WithheldRecord {
        pub period: String as Id,
        /// The survey or complaints component.
        pub component: String as Id,
        /// Whose marks they are.
        pub group: String as Id,
        pub unit: String as Id,
        /// Groups whose marks are withheld with them: theirs would tell the others, or are few as well.
        pub with: Vec<String> as Vec<Id> = omitted,
        /// Those among all these groups whose marks are too few to count in the score.
        pub left_out: Vec<String> as Vec<Id> = omitted,
        /// The mean of all these groups that count, weighted as in the score; of a pooled survey that of the whole pool. Null
        /// where the score does not hang on it, and where it may not be told.
        pub mean: Option<Figure> = null,
        /// Of a complaints component: what all these groups' marks take off.
        pub deduction: Option<Figure>,
    }
}

/// A leaf, a period and a unit.
pub(crate) type Cell = (LeafIndex, PeriodIndex, UnitIndex);

/// What is known of a cell of which some marks are withheld.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// The groups, by their place in the leaf.
    pub(crate) groups: BTreeSet<usize>,
    /// Those that do not count.
    pub(crate) left_out: BTreeSet<usize>,
    pub(crate) mean: Option<Decimal>,
    pub(crate) deduction: Option<Decimal>,
}

/// Records as far as they are shown, with what is told of the others.
#[derive(Debug, Clone)]
pub struct ShownRecords {
    pub(crate) records: Records,
    pub(crate) withheld: BTreeMap<Cell, Told>,
}

impl ShownRecords {
    /// The records that a publication shows, and what it says of those that it withholds.
    ///
    /// # Errors
    /// All problems, each with its pointer: `/records/…` and `/withheld/…`.
    pub fn new(
        plan: &Plan,
        document: &RecordsDocument,
        withheld: &[WithheldRecord],
    ) -> Result<ShownRecords, Vec<Problem>> {
        let below = |problem: Problem| Problem { path: format!("/records{}", problem.path), ..problem };
        let (records, mut problems) = match Records::new(plan, document) {
            Ok(records) => (records, Vec::new()),
            Err(problems) => (Records::none(plan), problems.into_iter().map(below).collect()),
        };
        let list = Path::Key(&Path::Root, "withheld");
        let mut shown = ShownRecords { records, withheld: BTreeMap::new() };
        for (place, record) in withheld.iter().enumerate() {
            let path = Path::Index(&list, place);
            shown.take(plan, record).unwrap_or_else(|(member, code)| {
                problems.push(Problem::new(Path::Key(&path, member).pointer(), code));
            });
        }
        if problems.is_empty() { Ok(shown) } else { Err(problems) }
    }

    /// The same, with the lists of the shortlist as they were frozen when stage 1 ended, by the units' ids.
    #[must_use]
    pub fn with_frozen_lists(self, plan: &Plan, top: &[String], bottom: &[String]) -> ShownRecords {
        ShownRecords { records: self.records.with_lists_by_id(plan, top, bottom), ..self }
    }

    /// Takes one in, or says which member of it is wrong.
    fn take(&mut self, plan: &Plan, record: &WithheldRecord) -> Result<(), (&'static str, ProblemCode)> {
        let period = plan.period_place(&record.period).ok_or(("period", ProblemCode::UnknownPeriod))?;
        let leaf = plan.leaf_place(&record.component).ok_or(("component", ProblemCode::UnknownComponent))?;
        let unit = plan.unit_place(&record.unit).ok_or(("unit", ProblemCode::UnknownUnit))?;
        if !plan.applies(leaf, unit) {
            return Err(("unit", ProblemCode::NotApplicable));
        }
        let of_leaf = plan.groups_of(leaf);
        let group = |id: &String| of_leaf.iter().position(|group| plan.group(*group).id == *id);
        let mut told = Told::default();
        for (member, id) in [("group", &record.group)].into_iter().chain(record.with.iter().map(|id| ("with", id))) {
            let group = group(id).ok_or((member, ProblemCode::UnknownGroup))?;
            if !told.groups.insert(group) {
                return Err((member, ProblemCode::DuplicateRecord));
            }
        }
        // What is withheld is not shown as well.
        let counts = self.records.counts(leaf, period, unit);
        let each = plan.criteria_weights(leaf, unit).len() * plan.options_of(leaf).len();
        if told.groups.iter().any(|group| counts[group * each..][..each].iter().any(|count| *count > 0)) {
            return Err(("group", ProblemCode::DuplicateRecord));
        }
        for id in &record.left_out {
            let group = group(id).filter(|group| told.groups.contains(group));
            told.left_out.insert(group.ok_or(("left_out", ProblemCode::UnknownGroup))?);
        }
        let figure = |figure: &Option<Figure>, member, most: Option<Decimal>| match (figure, most) {
            (None, _) => Ok(None),
            (Some(_), None) => Err((member, ProblemCode::WrongKind)),
            (Some(figure), Some(most)) => {
                let value = figure.decimal().ok_or((member, ProblemCode::BadDecimal))?;
                let within = !value.is_negative() && value <= most;
                if within { Ok(Some(value)) } else { Err((member, ProblemCode::OutOfRange)) }
            }
        };
        let out_of = plan.leaves()[leaf].out_of;
        let (of_mean, of_deduction, may_leave_out) = match &plan.leaves()[leaf].method {
            Method::Survey(survey) => (Some(out_of), None, survey.leaves_out()),
            _ => (None, Some(out_of), false),
        };
        told.mean = figure(&record.mean, "mean", of_mean)?;
        told.deduction = figure(&record.deduction, "deduction", of_deduction)?;
        if !told.left_out.is_empty() && !may_leave_out {
            return Err(("left_out", ProblemCode::WrongKind));
        }
        if self.withheld.insert((leaf, period, unit), told).is_some() {
            return Err(("unit", ProblemCode::DuplicateRecord));
        }
        Ok(())
    }

    /// Are any marks withheld?
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.withheld.is_empty()
    }

    /// Are marks for any unit withheld in the leaf?
    #[must_use]
    pub fn is_partial_in(&self, leaf: LeafIndex) -> bool {
        self.withheld
            .range((leaf, PeriodIndex::default(), UnitIndex::default())..)
            .next()
            .is_some_and(|(c, _)| c.0 == leaf)
    }

    /// A leaf's score for a unit in a period by what is shown; `None` where that does not tell it, the score and whether it
    /// is missing or decided otherwise.
    pub(crate) fn leaf(&self, plan: &Plan, cell: Cell) -> Option<LeafScore> {
        let (leaf, period, unit) = cell;
        let told = self.withheld.get(&cell).filter(|_| !self.records.decisions.contains_key(&cell));
        let Some(told) = told else { return Some(leaf_score(plan, leaf, &self.records, period, unit)) };
        let counts = self.records.counts(leaf, period, unit);
        told.score(plan, cell, counts).map(|score| LeafScore { score, missing: false, decided: false })
    }

    /// As [`ShownRecords::leaf`], the score alone.
    #[must_use]
    pub fn leaf_score(&self, plan: &Plan, leaf: LeafIndex, period: PeriodIndex, unit: UnitIndex) -> Option<Score> {
        self.leaf(plan, (leaf, period, unit)).map(|leaf| leaf.score)
    }
}

impl Told {
    /// The score of a leaf with the counts that are shown and what is told of the others.
    pub(crate) fn score(&self, plan: &Plan, (leaf, _, unit): Cell, counts: &[u64]) -> Option<Score> {
        let place = &plan.leaves()[leaf];
        if place.points == Decimal::ZERO {
            return Some(Score::ZERO);
        }
        match &place.method {
            Method::Survey(survey) if survey.pooled => self.mean.map(|mean| of_raw(place, &mean.into())),
            Method::Survey(survey) => {
                let mean = self.combined(plan, (leaf, unit), survey, counts)?;
                Some(of_raw(place, &mean))
            }
            _ => {
                let taken = deductions(place).ok()?.shown(counts).0;
                let left = &(&Fraction::from(place.out_of) - &taken) - &Fraction::from(self.deduction?);
                Some(of_raw(place, &left.max(Fraction::ZERO)))
            }
        }
    }

    /// The weight of the withheld groups that count.
    pub(crate) fn weight(&self, survey: &Survey) -> Fraction {
        let counting = self.groups.difference(&self.left_out);
        counting.fold(Fraction::ZERO, |sum, group| &sum + &Fraction::from(survey.weights[*group]))
    }

    /// The mean over groups whose marks are shown and those of which the mean is told.
    fn combined(
        &self,
        plan: &Plan,
        (leaf, unit): (LeafIndex, UnitIndex),
        survey: &Survey,
        counts: &[u64],
    ) -> Option<Fraction> {
        let figures = shown_survey(plan, survey, &plan.leaves()[leaf], unit, counts);
        let (mut sum, mut weights) = (Fraction::ZERO, self.weight(survey));
        if weights.signum() > 0 {
            sum = &weights * &Fraction::from(self.mean?);
        }
        for group in (0..survey.groups.len()).filter(|group| !self.groups.contains(group)) {
            if figures.is_short(&(group..group + 1)) {
                if survey.leaves_out() {
                    continue;
                }
                return None;
            }
            let weight = Fraction::from(survey.weights[group]);
            if let Some(mean) = figures.group_mean(group..group + 1) {
                sum = &sum + &(&weight * &mean);
            }
            weights = &weights + &weight;
        }
        (weights.signum() > 0).then(|| &sum / &weights)
    }
}

/// The leaf scores that a result says, by leaf, period and unit; where it says none, nothing.
pub(crate) fn said_leaves(plan: &Plan, result: &ResultDocument) -> BTreeMap<Cell, LeafScore> {
    let mut said = BTreeMap::new();
    for unit in &result.units {
        let Some(unit_place) = plan.unit_place(&unit.unit) else { continue };
        for period in &unit.periods {
            let Some(period_place) = plan.period_place(&period.period) else { continue };
            let mut open: Vec<&ComponentResult> = period.components.iter().collect();
            while let Some(component) = open.pop() {
                open.extend(&component.children);
                if let Some(leaf) = plan.leaf_place(&component.component) {
                    let figures =
                        LeafScore { score: component.score, missing: component.missing, decided: component.decided };
                    said.insert((leaf, period_place, unit_place), figures);
                }
            }
        }
    }
    said
}
