//! Which marks make a ballot valid on its paper.

#![expect(missing_docs, reason = "an id, a name or a figure that its type names needs no words")]

#[cfg(feature = "openapi")]
use document::schema::Id;
use std::collections::{BTreeMap, BTreeSet};

use document::{document, words};

use super::paper::{Paper, PaperQuota, PaperUnit, Section};

/// Most marks that one paper may hold.
pub const MOST_MARKS: usize = 25_000;

document! {
    /// One option chosen for one unit, on one criterion where there are any.
    #[derive(Debug, Eq, PartialOrd, Ord, Hash)]
    pub struct Mark {
        pub component: String as Id,
        pub unit: String as Id,
        /// The criterion; null where the component has none.
        pub criterion: Option<String> as Option<Id> = null,
        pub option: String as Id,
    }
}

words! {
    /// Why a ballot is not valid.
    pub enum BallotFault {
        /// A quota is not met exactly, or a limit passed.
        QuotaUnmet = "quota_unmet",
        /// The scale has no such option.
        UnknownOption = "unknown_option",
        /// No such component, unit or criterion on this paper.
        NotOnPaper = "not_on_paper",
        /// The same place is marked twice.
        MarkedTwice = "marked_twice",
        /// Voters leave out their own unit here.
        OwnUnit = "own_unit",
        /// No marks at all.
        Empty = "empty",
        /// More marks than a paper may hold.
        PaperTooLarge = "paper_too_large",
    }
}

/// One thing wrong with a ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotProblem {
    /// RFC 6901 pointer into the request that holds `marks`.
    pub path: String,
    /// What is wrong.
    pub code: BallotFault,
    /// For a quota: the place and the figures.
    pub quota: Option<QuotaState>,
}

/// One quota on one paper: how many units need an option or may have it, and how many have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaState {
    pub component: String,
    /// The criterion, where every unit is marked on the same ones. A unit that is marked on its own tasks has an option
    /// where one of them has it.
    pub criterion: Option<String>,
    /// The category inside which is counted.
    pub category: String,
    pub option: String,
    /// How many units need it.
    pub need: u64,
    /// Are fewer allowed?
    pub at_most: bool,
    /// How many have it.
    pub have: u64,
}

impl QuotaState {
    /// Is it as it must be?
    #[must_use]
    pub const fn is_met(&self) -> bool {
        self.have == self.need || (self.at_most && self.have < self.need)
    }
}

impl Paper {
    /// All quotas of the paper and how far the marks meet them.
    #[must_use]
    pub fn quotas(&self, marks: &[Mark]) -> Vec<QuotaState> {
        self.sections.iter().filter(|section| !section.quota.is_empty()).flat_map(|s| quotas_of(s, marks)).collect()
    }
}

fn quotas_of(section: &Section, marks: &[Mark]) -> Vec<QuotaState> {
    let units: BTreeMap<&str, &PaperUnit> = section.units.iter().map(|unit| (unit.id.as_str(), unit)).collect();
    let mut have: BTreeMap<(Option<&str>, &str, &str), u64> = BTreeMap::new();
    let mut counted: BTreeSet<(&str, &str)> = BTreeSet::new();
    for mark in marks.iter().filter(|mark| mark.component == section.component) {
        let Some(unit) = units.get(mark.unit.as_str()) else { continue };
        // However many of its tasks have the option, a unit has it once.
        let of_tasks = !unit.criteria.is_empty();
        if of_tasks && !counted.insert((&mark.unit, &mark.option)) {
            continue;
        }
        let criterion = mark.criterion.as_deref().filter(|_| !of_tasks);
        *have.entry((criterion, &unit.category, &mark.option)).or_default() += 1;
    }
    let mut categories: Vec<&str> = Vec::new();
    for unit in &section.units {
        if !categories.contains(&unit.category.as_str()) {
            categories.push(&unit.category);
        }
    }
    let criteria = section.criteria.iter().map(|criterion| Some(criterion.id.as_str()));
    let criteria = criteria.chain(section.criteria.is_empty().then_some(None));
    let mut states = Vec::new();
    for criterion in criteria {
        for category in &categories {
            let of_category = |quota: &&PaperQuota| quota.category.as_deref().is_none_or(|own| own == *category);
            for quota in section.quota.iter().filter(of_category) {
                states.push(QuotaState {
                    component: section.component.clone(),
                    criterion: criterion.map(str::to_owned),
                    category: (*category).to_owned(),
                    option: quota.option.clone(),
                    need: quota.count.or(quota.at_most).unwrap_or_default(),
                    at_most: quota.at_most.is_some(),
                    have: have.get(&(criterion, *category, quota.option.as_str())).copied().unwrap_or(0),
                });
            }
        }
    }
    states
}

/// Everything wrong with these marks on this paper; nothing means the ballot is valid. Blanks are
/// allowed where no quota forbids them.
///
/// ```
/// # use scoring::json::Value;
/// # let template = scoring::templates::find("yuanba").unwrap();
/// # let plan = scoring::Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
/// use scoring::ballot::{BallotFault, Mark, Paper, check};
///
/// let paper = Paper::new(&plan, "panel", None, None);
/// let mark = |option: &str| Mark {
///     component: "public".into(),
///     unit: "forestry".into(),
///     criterion: None,
///     option: option.into(),
/// };
/// assert!(check(&paper, &[mark("good")]).is_empty());
/// let problems = check(&paper, &[mark("excellent")]);
/// assert_eq!((problems[0].path.as_str(), problems[0].code), ("/marks/0/option", BallotFault::UnknownOption));
/// ```
#[must_use]
pub fn check(paper: &Paper, marks: &[Mark]) -> Vec<BallotProblem> {
    let fault = |path: String, code| BallotProblem { path, code, quota: None };
    if marks.is_empty() {
        return vec![fault("/marks".into(), BallotFault::Empty)];
    }
    if marks.len() > MOST_MARKS {
        return vec![fault("/marks".into(), BallotFault::PaperTooLarge)];
    }
    let mut problems = Vec::new();
    let places = Places::of(paper);
    let mut seen: BTreeMap<(usize, &str, Option<&str>), ()> = BTreeMap::new();
    for (i, mark) in marks.iter().enumerate() {
        let path = |field: &str| format!("/marks/{i}/{field}");
        let Some((place, section)) = places.section(paper, &mark.component) else {
            problems.push(fault(path("component"), BallotFault::NotOnPaper));
            continue;
        };
        let unit = places.units[place].get(mark.unit.as_str());
        if unit.is_none() {
            let own = section.own_unit.as_deref() == Some(mark.unit.as_str());
            let code = if own { BallotFault::OwnUnit } else { BallotFault::NotOnPaper };
            problems.push(fault(path("unit"), code));
        }
        let criterion = mark.criterion.as_deref();
        let criteria = unit.map_or(&section.criteria[..], |unit| section.criteria_of(unit));
        // Of a unit that is not on the paper, nothing is known of its own tasks.
        let known = match criterion {
            None => criteria.is_empty(),
            Some(id) => criteria.iter().any(|criterion| criterion.id == id) || (unit.is_none() && criteria.is_empty()),
        };
        if !known {
            problems.push(fault(path("criterion"), BallotFault::NotOnPaper));
        }
        if !section.options.iter().any(|option| option.id == mark.option) {
            problems.push(fault(path("option"), BallotFault::UnknownOption));
        }
        if seen.insert((place, &mark.unit, criterion), ()).is_some() {
            problems.push(fault(format!("/marks/{i}"), BallotFault::MarkedTwice));
        }
    }
    problems.extend(paper.quotas(marks).into_iter().filter(|state| !state.is_met()).map(|state| BallotProblem {
        path: "/marks".into(),
        code: BallotFault::QuotaUnmet,
        quota: Some(state),
    }));
    problems
}

/// Places on a paper by id.
pub(super) struct Places<'p> {
    sections: BTreeMap<&'p str, usize>,
    units: Vec<BTreeMap<&'p str, &'p PaperUnit>>,
}

impl<'p> Places<'p> {
    pub(super) fn of(paper: &'p Paper) -> Self {
        Places {
            sections: paper.sections.iter().enumerate().map(|(i, s)| (s.component.as_str(), i)).collect(),
            units: (paper.sections.iter())
                .map(|section| section.units.iter().map(|unit| (unit.id.as_str(), unit)).collect())
                .collect(),
        }
    }

    pub(super) fn section(&self, paper: &'p Paper, component: &str) -> Option<(usize, &'p Section)> {
        self.sections.get(component).map(|place| (*place, &paper.sections[*place]))
    }

    pub(super) fn unit(&self, section: usize, unit: &str) -> Option<&'p PaperUnit> {
        self.units[section].get(unit).copied()
    }
}
