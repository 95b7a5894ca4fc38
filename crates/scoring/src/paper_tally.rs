//! Paper ballots counted by hand: one batch, as one person counted it.
//!
//! Owns what a batch holds, what it has to add up to, and the tallies that it gives. That two people enter it is the
//! store's.

#![expect(missing_docs, reason = "ids of what a batch's type names need no words")]

use std::collections::{BTreeMap, BTreeSet};

#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{MOST_COUNT, Map, Problem, ProblemCode, document};

use crate::ballot::Paper;
use crate::plan::{Method, Plan};
use crate::quota::{quota_of, units_on_paper};
use crate::records::Records;
use crate::records_document::{RecordsDocument, TallyRecord};

document! {
    /// One batch of paper ballots as one person counted it.
    #[derive(Debug, Eq)]
    pub struct PaperTally {
        /// The envelope or box that the ballots came from: a name that stands once in a plan. Only batches that were
        /// entered before labels were asked for have none.
        pub label: Option<String> = null,
        pub period: String as Id,
        pub group: String as Id,
        pub component: String as Id,
        /// Ballots collected.
        pub collected: u64 = whole,
        /// Ballots among them that are void.
        pub void: u64 = whole,
        /// For each unit, and criterion where there are criteria: the marks.
        pub counts: Vec<PaperCounts>,
    }
}

document! {
    /// The marks of one unit on one criterion; counts and blank add up to `collected` − `void`.
    #[derive(Debug, Eq, Default)]
    pub struct PaperCounts {
        pub unit: String as Id,
        /// Null where the component has no criteria.
        pub criterion: Option<String> as Option<Id> = null,
        /// Marks of each option.
        pub counts: Map<u64> as BTreeMap<String, u64>,
        /// Ballots that leave it blank.
        pub blank: u64 = whole default,
    }
}

impl PaperTally {
    /// The tallies of the records document that it gives.
    pub fn tallies(&self) -> impl Iterator<Item = TallyRecord> + '_ {
        self.counts.iter().map(|line| TallyRecord {
            period: self.period.as_str().into(),
            component: self.component.as_str().into(),
            group: self.group.as_str().into(),
            unit: line.unit.as_str().into(),
            criterion: line.criterion.as_deref().map(Into::into),
            counts: line.counts.clone(),
        })
    }

    /// Everything that keeps the batch from fitting the plan, with pointers into it. Once there is a shortlist, papers of
    /// stage 2 have its units alone.
    #[must_use]
    pub fn problems(&self, plan: &Plan, shortlist: Option<&BTreeSet<String>>) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.counts.is_empty() {
            problems.push(Problem::new("/counts", ProblemCode::EmptyList));
        }
        if self.void > self.collected {
            problems.push(Problem::new("/void", ProblemCode::OutOfRange));
        }
        if self.collected > MOST_COUNT {
            problems.push(Problem::new("/collected", ProblemCode::OutOfRange));
        }
        let document = RecordsDocument { tallies: self.tallies().collect(), ..RecordsDocument::default() };
        for mut problem in Records::new(plan, &document).err().unwrap_or_default() {
            // `/tallies/3/unit` is `/counts/3/unit` here; what all counts share stands at the top.
            if let Some(rest) = problem.path.strip_prefix("/tallies/") {
                let (index, member) = rest.split_once('/').unwrap_or((rest, ""));
                problem.path = match member {
                    "period" | "component" | "group" => format!("/{member}"),
                    _ => format!("/counts/{index}/{member}").trim_end_matches('/').to_owned(),
                };
            }
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        let mut places = BTreeSet::new();
        for (index, line) in self.counts.iter().enumerate() {
            if !places.insert((line.unit.as_str(), line.criterion.as_deref())) {
                problems.push(Problem::new(format!("/counts/{index}"), ProblemCode::DuplicateRecord));
            }
        }
        if problems.is_empty() {
            problems = self.beyond_quota(plan, shortlist);
        }
        self.check_units(plan, shortlist, &places, &mut problems);
        problems
    }

    /// That every unit of the paper is there, on each criterion that it is marked on.
    fn check_units(
        &self,
        plan: &Plan,
        shortlist: Option<&BTreeSet<String>>,
        there: &BTreeSet<(&str, Option<&str>)>,
        problems: &mut Vec<Problem>,
    ) {
        let is_listed = |unit: &str| shortlist.is_none_or(|list| list.contains(unit));
        let paper = Paper::new(plan, &self.group, None, None).of_shortlist(plan, is_listed);
        let Some(section) = paper.sections.iter().find(|one| one.component == self.component) else { return };
        for unit in &section.units {
            let criteria = section.criteria_of(unit).iter().map(|criterion| Some(criterion.id.as_str()));
            let whole = section.criteria_of(unit).is_empty().then_some(None);
            for criterion in criteria.chain(whole).filter(|criterion| !there.contains(&(&unit.id, *criterion))) {
                let place = [Some(unit.id.as_str()), criterion].into_iter().flatten().collect::<Vec<_>>().join(" ");
                problems.push(Problem::with("/counts", ProblemCode::MissingData, place));
            }
        }
    }

    /// Options that have more marks in a category than their quota allows on so many valid ballots. Of a unit that is
    /// marked on its own tasks, the one with the most marks says how many ballots gave it the option at least.
    fn beyond_quota(&self, plan: &Plan, shortlist: Option<&BTreeSet<String>>) -> Vec<Problem> {
        let Some(leaf) = plan.leaf_place(&self.component) else { return Vec::new() };
        let of_tasks = matches!(&plan.leaves()[leaf].method, Method::Survey(survey) if survey.is_of_tasks());
        let ballots = u128::from(self.collected.saturating_sub(self.void));
        let mut problems = Vec::new();
        for quota in quota_of(plan, leaf) {
            for category in plan.category_indices() {
                let is_listed = |unit: &str| shortlist.is_none_or(|list| list.contains(unit));
                let units = units_on_paper(plan, leaf, category, is_listed);
                let most = u128::from(quota.limit(units).most()) * ballots;
                let mut marks: BTreeMap<Option<&str>, BTreeMap<&str, u64>> = BTreeMap::new();
                for line in &self.counts {
                    let unit = plan.unit_place(&line.unit);
                    if unit.is_none_or(|unit| plan.category_of(unit) != category) {
                        continue;
                    }
                    let of_criterion = marks.entry(line.criterion.as_deref().filter(|_| !of_tasks)).or_default();
                    let of_unit = of_criterion.entry(&line.unit).or_default();
                    *of_unit = (*of_unit).max(line.counts.get(&quota.option).copied().unwrap_or_default());
                }
                for units in marks.values() {
                    let have: u128 = units.values().map(|marks| u128::from(*marks)).sum();
                    if have > most {
                        let detail = format!("{} {}: {have} > {most}", plan.category(category).id, quota.option);
                        problems.push(Problem::with("/counts", ProblemCode::QuotaExceeded, detail));
                    }
                }
            }
        }
        problems
    }

    /// Marks and blanks add up to the valid ballots in every line, and no line stands twice.
    ///
    /// # Errors
    /// The first line that does not; the first of all where there is none, or where more ballots are void than there are.
    pub fn adds_up(&self) -> Result<(), usize> {
        let valid = self.collected.checked_sub(self.void);
        let mut places = BTreeSet::new();
        for (index, line) in self.counts.iter().enumerate() {
            let sum = line.counts.values().try_fold(line.blank, |sum, &count| sum.checked_add(count));
            if sum.is_none() || sum != valid || !places.insert((&line.unit, &line.criterion)) {
                return Err(index);
            }
        }
        if valid.is_none() || self.counts.is_empty() { Err(0) } else { Ok(()) }
    }

    /// The same batch, its lines in one order and without options that nobody marked: two people's equal counts are
    /// then equal text.
    #[must_use]
    pub fn in_order(&self) -> PaperTally {
        let label = self.label.as_ref().map(|label| label.trim().to_owned());
        let mut batch = PaperTally { label, ..self.clone() };
        batch.counts.sort_by(|a, b| (&a.unit, &a.criterion).cmp(&(&b.unit, &b.criterion)));
        for line in &mut batch.counts {
            line.counts.retain(|count| *count > 0);
        }
        batch
    }
}
