//! The rules of a ballot: what stands on the paper, which marks make it valid, what it gives.
//!
//! Owns the one check that the browser makes while marks are chosen and the server repeats before
//! anything is stored. Knows no codes, no voters and no storage.

use std::collections::BTreeMap;

use document::document;
#[cfg(feature = "openapi")]
use document::schema::Id;
use serde::{Deserialize, Serialize};

use crate::decimal::{Decimal, Score};
use crate::deduction::DeductionFigures;
use crate::index::{LeafIndex, UnitIndex};
use crate::plan::{Method, Plan};
use crate::plan_document::MethodDocument;
use crate::survey_mean::SurveyFigures;
use crate::whole::TooLong;

/// Most marks that one paper may hold.
pub const MOST_MARKS: usize = 25_000;

/// One voter's paper: every survey and complaints component in which the group marks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Paper {
    /// One for each component, in the order of the tree.
    pub sections: Vec<Section>,
}

/// One component on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Section {
    /// The component.
    pub component: String,
    /// Its name.
    pub name: String,
    /// What its marks do.
    pub kind: SectionKind,
    /// The component's points.
    pub points: Decimal,
    /// Top of its own scale.
    pub out_of: Decimal,
    /// What can be chosen.
    pub options: Vec<PaperOption>,
    /// What is marked apart; empty: the unit as a whole.
    pub criteria: Vec<PaperCriterion>,
    /// How many units of each category must get an option; empty: no quota.
    pub quota: Vec<PaperQuota>,
    /// The units to mark.
    pub units: Vec<PaperUnit>,
    /// The voter's own unit, where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_unit: Option<String>,
}

/// What a section's marks do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Their values make a mean.
    Survey,
    /// Each takes points off.
    Complaints,
}

/// An option as the voter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperOption {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is worth; in a complaints section, what it takes off.
    pub value: Decimal,
}

/// A criterion as the voter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperCriterion {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its weight.
    pub weight: Decimal,
}

/// How many units must get an option, inside each category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperQuota {
    /// The option.
    pub option: String,
    /// How many units.
    pub count: u64,
}

/// A unit as the voter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperUnit {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: String,
    /// Its category's name.
    pub category_name: String,
}

document! {
    /// One option chosen for one unit, on one criterion where there are any.
    #[derive(Debug, Eq, PartialOrd, Ord, Hash)]
    pub struct Mark {
        /// The component.
        pub component: String as Id,
        /// The unit.
        pub unit: String as Id,
        /// The criterion; null where the component has none.
        pub criterion: Option<String> as Option<Id> = null,
        /// The option.
        pub option: String as Id,
    }
}

/// Why a ballot is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BallotFault {
    /// A quota is not met exactly.
    QuotaUnmet,
    /// The scale has no such option.
    UnknownOption,
    /// No such component, unit or criterion on this paper.
    NotOnPaper,
    /// The same place is marked twice.
    MarkedTwice,
    /// Voters leave out their own unit here.
    OwnUnit,
    /// No marks at all.
    Empty,
    /// More marks than a paper may hold.
    PaperTooLarge,
}

impl BallotFault {
    /// The name that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            BallotFault::QuotaUnmet => "quota_unmet",
            BallotFault::UnknownOption => "unknown_option",
            BallotFault::NotOnPaper => "not_on_paper",
            BallotFault::MarkedTwice => "marked_twice",
            BallotFault::OwnUnit => "own_unit",
            BallotFault::Empty => "empty",
            BallotFault::PaperTooLarge => "paper_too_large",
        }
    }
}

/// One thing wrong with a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotProblem {
    /// RFC 6901 pointer into the request that holds `marks`.
    pub path: String,
    /// What is wrong.
    pub code: BallotFault,
    /// For a quota: the place and the figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<QuotaState>,
}

/// One quota on one paper: how many units need an option, and how many have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaState {
    /// The component.
    pub component: String,
    /// The criterion, where the component has any.
    pub criterion: Option<String>,
    /// The category inside which is counted.
    pub category: String,
    /// The option.
    pub option: String,
    /// How many units need it.
    pub need: u64,
    /// How many have it.
    pub have: u64,
}

/// What one ballot alone would give a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPreview {
    /// The unit.
    pub unit: String,
    /// Points of each section in which the unit is marked, in the paper's order.
    pub sections: Vec<(String, Score)>,
    /// Their sum.
    pub total: Score,
}

impl Paper {
    /// The paper of a group's voter: narrowed to `units` where given; `own_unit` is left out where
    /// the component says so.
    #[must_use]
    pub fn new(plan: &Plan, group: &str, units: Option<&[String]>, own_unit: Option<&str>) -> Paper {
        let Some(group) = plan.group_place(group) else { return Paper::default() };
        let marking = plan.leaves().indices().filter(|leaf| plan.groups_of(*leaf).contains(&group));
        let sections = marking.map(|leaf| section(plan, leaf, units, own_unit));
        Paper { sections: sections.filter(|section| !section.units.is_empty()).collect() }
    }

    /// How many marks fill the paper.
    #[must_use]
    pub fn marks_possible(&self) -> usize {
        self.sections.iter().map(|s| s.units.len() * s.criteria.len().max(1)).sum()
    }

    /// All quotas of the paper and how far the marks meet them.
    #[must_use]
    pub fn quotas(&self, marks: &[Mark]) -> Vec<QuotaState> {
        let mut states = Vec::new();
        for section in self.sections.iter().filter(|section| !section.quota.is_empty()) {
            let category_of: BTreeMap<&str, &str> =
                section.units.iter().map(|u| (u.id.as_str(), u.category.as_str())).collect();
            let mut have: BTreeMap<(Option<&str>, &str, &str), u64> = BTreeMap::new();
            for mark in marks.iter().filter(|mark| mark.component == section.component) {
                if let Some(category) = category_of.get(mark.unit.as_str()) {
                    *have.entry((mark.criterion.as_deref(), category, &mark.option)).or_default() += 1;
                }
            }
            let mut categories: Vec<&str> = Vec::new();
            for unit in &section.units {
                if !categories.contains(&unit.category.as_str()) {
                    categories.push(&unit.category);
                }
            }
            for criterion in section.criterion_ids() {
                for category in &categories {
                    for quota in &section.quota {
                        let key = (criterion, *category, quota.option.as_str());
                        states.push(QuotaState {
                            component: section.component.clone(),
                            criterion: criterion.map(str::to_owned),
                            category: (*category).to_owned(),
                            option: quota.option.clone(),
                            need: quota.count,
                            have: have.get(&key).copied().unwrap_or(0),
                        });
                    }
                }
            }
        }
        states
    }
}

impl Section {
    /// The criteria's ids, or `None` once where there are none.
    fn criterion_ids(&self) -> Vec<Option<&str>> {
        if self.criteria.is_empty() {
            vec![None]
        } else {
            self.criteria.iter().map(|criterion| Some(criterion.id.as_str())).collect()
        }
    }

    /// What the formula gives for the tally of one ballot's marks on one unit: so many of each option, by criterion.
    /// Criteria without a mark are left out, as if the component had only the others.
    fn score(&self, tally: &BTreeMap<usize, Vec<u64>>) -> Result<Score, TooLong> {
        let values: Vec<Decimal> = self.options.iter().map(|option| option.value).collect();
        let counts: Vec<u64> = tally.values().flatten().copied().collect();
        match self.kind {
            SectionKind::Survey => {
                let weight =
                    |place: &usize| self.criteria.get(*place).map_or(Decimal::ONE, |criterion| criterion.weight);
                let criteria: Vec<Decimal> = tally.keys().map(weight).collect();
                let scale = (self.points, self.out_of);
                let figures = SurveyFigures::new(scale, &values, (1, &[Decimal::ONE]), &criteria);
                Ok(figures.score(&counts)?.0)
            }
            SectionKind::Complaints => {
                DeductionFigures::<u128>::complaints(self.points, self.out_of, &values)?.score(&counts)
            }
        }
    }
}

fn section(plan: &Plan, leaf: LeafIndex, units: Option<&[String]>, own_unit: Option<&str>) -> Section {
    let place = &plan.leaves()[leaf];
    let (kind, values, skipped) = match &place.method {
        Method::Survey(survey) => (SectionKind::Survey, &survey.values[..], survey.own_unit_skipped),
        Method::Complaints { deduct, .. } => (SectionKind::Complaints, &deduct[..], false),
        _ => (SectionKind::Survey, &[][..], false),
    };
    let own_unit = own_unit.filter(|_| skipped);
    let quota = match plan.method_document(leaf) {
        MethodDocument::Survey(survey) => survey.quota.as_deref().unwrap_or_default(),
        _ => &[],
    };
    let on_paper = |unit: &UnitIndex| {
        let id = &plan.unit(*unit).id;
        plan.applies(leaf, *unit)
            && units.is_none_or(|units| units.contains(id))
            && own_unit.is_none_or(|own| own != id)
    };
    let survey_weights = match &place.method {
        Method::Survey(survey) => &survey.criteria[..],
        _ => &[],
    };
    Section {
        component: plan.leaf_id(leaf).to_owned(),
        name: plan.nodes()[place.node].name.clone(),
        kind,
        points: place.points,
        out_of: place.out_of,
        options: (plan.options_of(leaf).iter().zip(values))
            .map(|(option, value)| PaperOption { id: option.id.clone(), name: option.name.clone(), value: *value })
            .collect(),
        criteria: (plan.criteria_of(leaf).iter().zip(survey_weights))
            .map(|(criterion, weight)| PaperCriterion {
                id: criterion.id.clone(),
                name: criterion.name.clone(),
                weight: *weight,
            })
            .collect(),
        quota: (quota.iter()).map(|quota| PaperQuota { option: quota.option.clone(), count: quota.count }).collect(),
        units: (plan.unit_indices())
            .filter(on_paper)
            .map(|unit| {
                let category = plan.category(plan.category_of(unit));
                PaperUnit {
                    id: plan.unit(unit).id.clone(),
                    name: plan.unit(unit).name.clone(),
                    category: category.id.clone(),
                    category_name: category.name.clone(),
                }
            })
            .collect(),
        own_unit: own_unit.map(str::to_owned),
    }
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
        if !places.units[place].contains_key(mark.unit.as_str()) {
            let own = section.own_unit.as_deref() == Some(mark.unit.as_str());
            let code = if own { BallotFault::OwnUnit } else { BallotFault::NotOnPaper };
            problems.push(fault(path("unit"), code));
        }
        let criterion = mark.criterion.as_deref();
        let known = match criterion {
            None => section.criteria.is_empty(),
            Some(id) => section.criteria.iter().any(|criterion| criterion.id == id),
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
    problems.extend(
        paper.quotas(marks).into_iter().filter(|state| state.need != state.have).map(|state| BallotProblem {
            path: "/marks".into(),
            code: BallotFault::QuotaUnmet,
            quota: Some(state),
        }),
    );
    problems
}

/// What this ballot alone would give each unit on the paper, in the order they first stand there.
/// Marks that are not on the paper count nothing.
#[must_use]
pub fn preview(paper: &Paper, marks: &[Mark]) -> Vec<UnitPreview> {
    let places = Places::of(paper);
    // Of each section and unit: the tally of each criterion that is marked.
    let mut tallies: BTreeMap<(usize, &str), BTreeMap<usize, Vec<u64>>> = BTreeMap::new();
    for mark in marks {
        let Some((place, section)) = places.section(paper, &mark.component) else { continue };
        let option = section.options.iter().position(|option| option.id == mark.option);
        let criterion = section.criterion_ids().iter().position(|criterion| *criterion == mark.criterion.as_deref());
        if let (Some(option), Some(criterion)) = (option, criterion) {
            let of_unit = tallies.entry((place, &mark.unit)).or_default();
            of_unit.entry(criterion).or_insert_with(|| vec![0; section.options.len()])[option] += 1;
        }
    }
    let mut previews: Vec<UnitPreview> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, section) in paper.sections.iter().enumerate() {
        for unit in &section.units {
            let index = *at.entry(&unit.id).or_insert_with(|| {
                previews.push(UnitPreview { unit: unit.id.clone(), sections: Vec::new(), total: Score::ZERO });
                previews.len() - 1
            });
            let preview = &mut previews[index];
            // Figures of more than 38 digits together have no preview: big integers are not worth their weight here.
            if let Some(Ok(score)) = tallies.get(&(place, unit.id.as_str())).map(|tally| section.score(tally)) {
                preview.sections.push((section.component.clone(), score));
                preview.total += score;
            }
        }
    }
    previews
}

/// Places on a paper by id.
struct Places<'p> {
    sections: BTreeMap<&'p str, usize>,
    units: Vec<BTreeMap<&'p str, ()>>,
}

impl<'p> Places<'p> {
    fn of(paper: &'p Paper) -> Self {
        Places {
            sections: paper.sections.iter().enumerate().map(|(i, s)| (s.component.as_str(), i)).collect(),
            units: (paper.sections.iter())
                .map(|section| section.units.iter().map(|unit| (unit.id.as_str(), ())).collect())
                .collect(),
        }
    }

    fn section(&self, paper: &'p Paper, component: &str) -> Option<(usize, &'p Section)> {
        self.sections.get(component).map(|place| (*place, &paper.sections[*place]))
    }
}
