//! Whether codes fit the plan: each must open a paper that can be filled in, and be what its card says.
//!
//! Owns what can be amiss with the codes of one paper. Issuing refuses such codes where the plan says so already;
//! saving a draft names those issued before that it no longer fits; opening refuses them, since nobody can mend it
//! afterwards. Refuses to own validity of the plan (`scoring`) and of ballots (`scoring::ballot`).

use std::collections::BTreeMap;

use scoring::Plan;
use scoring::ballot::{Paper, Section};
use scoring::json::Value;
use scoring::plan_document::{BallotKind, MethodDocument, OwnUnit};

use super::batch::BatchId;
use super::code_paper::{CodeCount, CodePaper, PeriodGroup, UnfitCodes};
use crate::database::{Table, Update, Write, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::store::Store;

/// What is amiss with codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Misfit {
    /// The plan has no such period, group or unit any more, or nothing is left on the paper.
    NoPaper,
    /// The group's ballots are of another kind than the cards say.
    OtherKind,
    /// A quota stands on a paper that lacks some of the component's units, or asks for more of them than a category has.
    QuotaOnNarrowed,
    /// A quota leaves out the voter's own unit, and the code names none of the component's.
    OwnUnitRequired,
}

/// What is amiss with codes for a paper. `kind`: of the group's ballots when the first code was issued, as far as known.
fn misfit(plan: &Plan, codes: &CodePaper, kind: Option<&str>) -> Option<Misfit> {
    let group = plan.groups().iter().find(|group| group.id == codes.group);
    let Some(group) = group.filter(|_| plan.periods().iter().any(|period| period.id == codes.period)) else {
        return Some(Misfit::NoPaper);
    };
    if kind.is_some_and(|kind| kind != kind_name(group.ballot)) {
        return Some(Misfit::OtherKind);
    }
    let known = |unit: &String| plan.units().iter().any(|known| known.id == *unit);
    if !codes.units.iter().flatten().chain(&codes.unit).all(known) {
        return Some(Misfit::NoPaper);
    }
    let paper = Paper::new(plan, &codes.group, codes.units.as_deref(), codes.unit.as_deref());
    if paper.sections.is_empty() {
        return Some(Misfit::NoPaper);
    }
    let whole = Paper::new(plan, &codes.group, None, codes.unit.as_deref());
    for section in paper.sections.iter().filter(|section| !section.quota.is_empty()) {
        let all = whole.sections.iter().find(|all| all.component == section.component);
        if all.is_none_or(|all| section.units.len() < all.units.len()) || asks_for_too_many(section) {
            return Some(Misfit::QuotaOnNarrowed);
        }
        let leaf = plan.leaf_place(&section.component);
        let skips = leaf.is_some_and(|leaf| match plan.method_document(leaf) {
            MethodDocument::Survey(survey) => survey.own_unit == Some(OwnUnit::Skipped),
            _ => false,
        });
        let applies =
            |unit: &String| plan.unit_place(unit).zip(leaf).is_some_and(|(unit, leaf)| plan.applies(leaf, unit));
        // Limits hold with the own unit and without it; a quota that has to be met does not.
        if skips && !section.allows_blank() && !codes.unit.as_ref().is_some_and(applies) {
            return Some(Misfit::OwnUnitRequired);
        }
    }
    None
}

/// Whether more units of a category must have some option than the paper has of it: then no ballot would be valid.
fn asks_for_too_many(section: &Section) -> bool {
    section.units.iter().any(|unit| {
        let there = section.units.iter().filter(|other| other.category == unit.category).count() as u64;
        let counted =
            section.quota.iter().filter(|quota| quota.category.as_deref().is_none_or(|own| own == unit.category));
        counted.filter_map(|quota| quota.count).sum::<u64>() > there
    })
}

/// The kind as documents write it.
const fn kind_name(kind: BallotKind) -> &'static str {
    match kind {
        BallotKind::Anonymous => "anonymous",
        BallotKind::Blind => "blind",
        BallotKind::Named => "named",
        BallotKind::PerUnit => "per_unit",
        BallotKind::Open => "open",
    }
}

/// That new codes fit a plan.
pub(crate) fn check_new(
    plan: &Plan,
    codes: &CodePaper,
    batch: &BatchId,
    count: usize,
    kind: Option<&str>,
) -> Result<(), StoreError> {
    match misfit(plan, codes, kind) {
        None => Ok(()),
        Some(Misfit::QuotaOnNarrowed) => Err(StoreError::QuotaOnNarrowed),
        Some(Misfit::OwnUnitRequired) => Err(StoreError::OwnUnitRequired),
        Some(Misfit::NoPaper | Misfit::OtherKind) => {
            Err(StoreError::CodesWithoutPaper(vec![UnfitCodes::new(codes, batch.as_str(), count as u64)]))
        }
    }
}

/// Those among a plan's codes that it does not fit. Voided ones open nothing anyway.
pub(crate) fn unfit(
    plan: &Plan,
    codes: &BTreeMap<(CodePaper, BatchId), CodeCount>,
    kinds: &BTreeMap<PeriodGroup, String>,
) -> Vec<UnfitCodes> {
    let kind = |codes: &CodePaper| kinds.get(&(codes.period.clone(), codes.group.clone())).map(String::as_str);
    let living = codes.iter().filter(|(_, count)| count.living > 0);
    let unfit = living.filter(|((codes, _), _)| misfit(plan, codes, kind(codes)).is_some());
    unfit.map(|((codes, batch), count)| UnfitCodes::new(codes, batch.as_str(), count.living)).collect()
}

impl Store {
    /// What kind of ballot each group had in each period when its first code was issued.
    pub(crate) async fn kinds_of_codes(&self, plan: &PlanId) -> Result<BTreeMap<PeriodGroup, String>, StoreError> {
        let mut kinds = BTreeMap::new();
        for item in self.database.query_all(Table::Main, &keys::issued_partition(plan), "").await? {
            let (period, group) = item.sort_key()?.split_once('#').ok_or(StoreError::Corrupt)?;
            if let Some(kind) = item.optional_text(KIND)? {
                kinds.insert((period.to_owned(), group.to_owned()), kind);
            }
        }
        Ok(kinds)
    }

    /// The codes issued so far that a document would not fit. A document that is no plan says so itself.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn unfit_codes(&self, plan: &PlanId, document: &Value) -> Result<Vec<UnfitCodes>, StoreError> {
        let Ok(checked) = Plan::from_json(document) else { return Ok(Vec::new()) };
        let codes = self.codes_by_batch(plan).await?;
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        Ok(unfit(&checked, &codes, &self.kinds_of_codes(plan).await?))
    }
}

/// The attribute that keeps a group's kind of ballot beside the number of its codes.
const KIND: &str = "kind_of_ballot";

/// The attribute that says that some codes of a group leave units out.
pub(crate) const NARROWED: &str = "narrowed";

/// Keeps the kind of a group's ballots if no code of it was issued in the period before, or all were voided since; and
/// that its ballots are not all of the same units, if the codes say so. `kind`: as the document writes it, which may be a
/// draft in pieces.
pub(crate) fn keep_kind(plan: &PlanId, codes: &CodePaper, kind: Option<&str>, all_voided: bool) -> Write {
    let mut keep = "SET issued = if_not_exists(issued, :zero)".to_owned();
    if kind.is_some() {
        let kept = if all_voided { ":kind" } else { "if_not_exists(kind_of_ballot, :kind)" };
        keep.push_str(&format!(", kind_of_ballot = {kept}"));
    }
    let narrowed = codes.is_narrowed();
    if narrowed {
        keep.push_str(", narrowed = :yes");
    }
    let update = Update::of(keys::issued(plan, &codes.period, &codes.group), keep).with(":zero", 0);
    let update = if let Some(kind) = kind { update.with(":kind", kind) } else { update };
    if narrowed { update.with(":yes", true).into() } else { update.into() }
}
