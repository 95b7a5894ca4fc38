//! What stands on one voter's paper.

#![expect(missing_docs, reason = "an id, a name or a figure that its type names needs no words")]

use document::{document, open_ended, words};

use crate::decimal::Decimal;
use crate::index::{LeafIndex, UnitIndex};
use crate::plan::{Criterion, Method, Plan};
use crate::quota::{Limit, quota_of, units_on_paper};

document! {
    /// One voter's paper: every survey and complaints component in which the group marks.
    #[derive(Debug, Eq, Default)]
    pub struct Paper {
        /// One for each component, in the order of the tree.
        pub sections: Vec<Section>,
    }
    shape: open_ended;
}

document! {
    /// One component on a paper.
    #[derive(Debug, Eq)]
    pub struct Section {
        pub component: String,
        pub name: String,
        /// What its marks do.
        pub kind: SectionKind,
        /// The component's points.
        pub points: Decimal,
        /// Top of its own scale.
        pub out_of: Decimal,
        /// What can be chosen.
        pub options: Vec<PaperOption>,
        /// What is marked apart of every unit; empty: the unit as a whole, or its own criteria.
        pub criteria: Vec<PaperCriterion>,
        /// How many units of a category must or may get an option; empty: no quota.
        pub quota: Vec<PaperQuota>,
        /// The units to mark.
        pub units: Vec<PaperUnit>,
        /// The voter's own unit, where it is left out.
        pub own_unit: Option<String>,
    }
    shape: open_ended;
}

words! {
    /// What a section's marks do.
    pub enum SectionKind {
        /// Their values make a mean.
        Survey = "survey",
        /// Each takes points off.
        Complaints = "complaints",
    }
}

document! {
    /// An option as the voter sees it.
    #[derive(Debug, Eq)]
    pub struct PaperOption {
        pub id: String,
        pub name: String,
        /// What it is worth; in a complaints section, what it takes off.
        pub value: Decimal,
    }
    shape: open_ended;
}

document! {
    /// A criterion as the voter sees it.
    #[derive(Debug, Eq)]
    pub struct PaperCriterion {
        pub id: String,
        pub name: String,
        pub weight: Decimal,
    }
    shape: open_ended;
}

document! {
    /// How many units of a category must or may get an option: one of its two figures.
    #[derive(Debug, Eq, Default)]
    pub struct PaperQuota {
        pub option: String,
        /// The category that it is of; absent: each category.
        pub category: Option<String>,
        /// So many units, no more and no fewer.
        pub count: Option<u64>,
        /// So many units or fewer.
        pub at_most: Option<u64>,
    }
    shape: open_ended;
}

document! {
    /// A unit as the voter sees it.
    #[derive(Debug, Eq)]
    pub struct PaperUnit {
        pub id: String,
        pub name: String,
        pub category: String,
        /// Its category's name.
        pub category_name: String,
        /// Its own tasks, where each unit is marked on its own.
        pub criteria: Vec<PaperCriterion> = omitted,
    }
    shape: open_ended;
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

    /// The paper once the shortlist is known: sections of stage 2 have its units alone, and a share of units is one of
    /// these.
    #[must_use]
    pub fn of_shortlist(mut self, plan: &Plan, is_listed: impl Fn(&str) -> bool) -> Paper {
        for section in &mut self.sections {
            let Some(leaf) = plan.leaf_place(&section.component) else { continue };
            if plan.leaves()[leaf].stage == 2 {
                section.units.retain(|unit| is_listed(&unit.id));
                section.quota = quota(plan, leaf, &is_listed);
            }
        }
        self.sections.retain(|section| !section.units.is_empty());
        self
    }

    /// How many marks fill the paper.
    #[must_use]
    pub fn marks_possible(&self) -> usize {
        let of_unit = |section: &Section, unit: &PaperUnit| section.criteria_of(unit).len().max(1);
        self.sections.iter().map(|s| s.units.iter().map(|unit| of_unit(s, unit)).sum::<usize>()).sum()
    }
}

impl Section {
    /// What is marked apart of a unit: its own tasks, or the section's criteria; empty where it is marked as a whole.
    #[must_use]
    pub fn criteria_of<'s>(&'s self, unit: &'s PaperUnit) -> &'s [PaperCriterion] {
        if unit.criteria.is_empty() { &self.criteria } else { &unit.criteria }
    }

    /// May a voter leave units blank? Not where all that a quota says is how many must have each option.
    #[must_use]
    pub fn allows_blank(&self) -> bool {
        self.quota.is_empty() || self.quota.iter().any(|quota| quota.at_most.is_some())
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
    let on_paper = |unit: &UnitIndex| {
        let id = &plan.unit(*unit).id;
        plan.applies(leaf, *unit)
            && units.is_none_or(|units| units.contains(id))
            && own_unit.is_none_or(|own| own != id)
    };
    let criteria = |unit: UnitIndex| -> Vec<PaperCriterion> {
        let criterion =
            |of: Criterion<'_>| PaperCriterion { id: of.id.to_owned(), name: of.name.to_owned(), weight: of.weight };
        plan.criteria_of(leaf, unit).into_iter().map(criterion).collect()
    };
    let of_tasks = matches!(&place.method, Method::Survey(survey) if survey.is_of_tasks());
    Section {
        component: plan.leaf_id(leaf).to_owned(),
        name: plan.nodes()[place.node].name.clone(),
        kind,
        points: place.points,
        out_of: place.out_of,
        options: (plan.options_of(leaf).iter().zip(values))
            .map(|(option, value)| PaperOption { id: option.id.clone(), name: option.name.clone(), value: *value })
            .collect(),
        criteria: if of_tasks { Vec::new() } else { criteria(UnitIndex::default()) },
        quota: quota(plan, leaf, |_| true),
        units: (plan.unit_indices())
            .filter(on_paper)
            .map(|unit| {
                let category = plan.category(plan.category_of(unit));
                PaperUnit {
                    id: plan.unit(unit).id.clone(),
                    name: plan.unit(unit).name.clone(),
                    category: category.id.clone(),
                    category_name: category.name.clone(),
                    criteria: if of_tasks { criteria(unit) } else { Vec::new() },
                }
            })
            .collect(),
        own_unit: own_unit.map(str::to_owned),
    }
}

/// The quota of a leaf, each share turned into the number that it lets in a category.
fn quota(plan: &Plan, leaf: LeafIndex, is_listed: impl Fn(&str) -> bool) -> Vec<PaperQuota> {
    let mut all = Vec::new();
    for quota in quota_of(plan, leaf) {
        let one = |category: Option<&str>, limit: Limit| {
            let (count, at_most) = match limit {
                Limit::Exactly(count) => (Some(count), None),
                Limit::AtMost(most) => (None, Some(most)),
            };
            PaperQuota { option: quota.option.clone(), category: category.map(str::to_owned), count, at_most }
        };
        if quota.at_most_share.is_none() {
            all.push(one(None, quota.limit(0)));
            continue;
        }
        for category in plan.category_indices() {
            let units = units_on_paper(plan, leaf, category, &is_listed);
            if units > 0 {
                all.push(one(Some(&plan.category(category).id), quota.limit(units)));
            }
        }
    }
    all
}
