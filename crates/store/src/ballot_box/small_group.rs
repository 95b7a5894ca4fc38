//! Small secret groups: those of whom so few may mark a unit that its marks say who marked it.
//!
//! Owns the rule, which is about marks and not about cards: for every secret group, period and unit of a component,
//! the codes that may mark it are none or at least five. Counted are the codes that were issued, before voting, and
//! those with which ballots were cast, after it. Refuses to own what follows from it: opening and issuing refuse,
//! closing keeps the finding, the records leave such a group out, publishing asks for it by name.

use std::collections::{BTreeMap, BTreeSet};

use scoring::Plan;
use scoring::ballot::Paper;
use scoring::plan_document::BallotKind;

use super::batch::paper_of;
use super::code_paper::{CodePaper, PeriodGroup};
use super::count::partition_of;
use super::holder::HOLDER;
use super::tally::{IN_STAGE, Tally};
use crate::database::{Item, Key, Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::limits::SMALLEST_SECRET;
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::PlanHead;
use crate::plan::round_id::RoundId;
use crate::store::Store;

/// The secret groups, by period, with some unit that at least one of these may mark but fewer than five.
pub(crate) fn small_groups<'a>(
    plan: &Plan,
    voters: impl IntoIterator<Item = (&'a CodePaper, u64)>,
) -> BTreeSet<PeriodGroup> {
    marked_by_few(plan, None, secret(plan), voters.into_iter().map(|(paper, count)| (paper, None, count)))
}

fn secret(plan: &Plan) -> impl Fn(&str) -> bool {
    |id| plan.groups().iter().any(|group| group.id == id && group.ballot.is_secret())
}

/// Those of some groups with a unit that so few may mark, in components of any or of one stage.
fn marked_by_few<'a>(
    plan: &Plan,
    stage: Option<u8>,
    of: impl Fn(&str) -> bool,
    voters: impl IntoIterator<Item = (&'a CodePaper, Option<u8>, u64)>,
) -> BTreeSet<PeriodGroup> {
    let mut places: BTreeMap<(PeriodGroup, String, String), u64> = BTreeMap::new();
    for (paper, votes_in, count) in voters.into_iter().filter(|(paper, _, count)| *count > 0 && of(&paper.group)) {
        let place = (paper.period.clone(), paper.group.clone());
        for (component, unit) in marked_on(plan, paper, [stage, votes_in]) {
            *places.entry((place.clone(), component, unit)).or_default() += count;
        }
    }
    places.into_iter().filter(|(_, count)| *count < SMALLEST_SECRET).map(|((place, ..), _)| place).collect()
}

/// The components, and the units of each, that a paper has in some stages, if not in all. A voter may be of one stage
/// alone.
fn marked_on(plan: &Plan, paper: &CodePaper, stages: [Option<u8>; 2]) -> impl Iterator<Item = (String, String)> {
    let paper = Paper::new(plan, &paper.group, paper.units.as_deref(), paper.unit.as_deref());
    let of_stages = move |component: &str| {
        let stage_of = plan.stage_of(component);
        stages.into_iter().flatten().all(|stage| stage == stage_of)
    };
    let sections = paper.sections.into_iter().filter(move |section| of_stages(&section.component));
    sections.flat_map(|section| section.units.into_iter().map(move |unit| (section.component.clone(), unit.id)))
}

/// The groups among them that are not in a list, in plan order.
pub(crate) fn not_allowed(plan: &Plan, small: &BTreeSet<PeriodGroup>, allowed: &[String]) -> Vec<String> {
    let groups = plan.groups().iter().map(|group| &group.id);
    let refused = groups.filter(|id| small.iter().any(|(_, group)| group == *id) && !allowed.contains(id));
    refused.cloned().collect()
}

/// The stage that a used code voted in, where its paper was of one alone.
fn stage_of_code(code: &Item) -> Result<Option<u8>, StoreError> {
    let stage = if code.has(IN_STAGE) { Some(code.number(IN_STAGE)?) } else { None };
    stage.map(|stage| u8::try_from(stage).map_err(|_| StoreError::Corrupt)).transpose()
}

/// With what papers ballots were cast, of all or of a round. A ballot does not say what paper it was, but its code does;
/// the papers of tokens are never narrowed.
pub(crate) struct PapersCast<'a> {
    frozen: &'a FrozenPlan,
    round: Option<&'a RoundId>,
    /// By paper and, where it was of one alone, stage.
    cast: BTreeMap<(CodePaper, Option<u8>), u64>,
    /// Named groups of which some ballot names its voter.
    naming: BTreeSet<String>,
}

impl PapersCast<'_> {
    /// The small groups; so few of a group whose ballots name their voters are one, too.
    pub(crate) fn small_groups(&self) -> BTreeSet<PeriodGroup> {
        let secret = secret(&self.frozen.plan);
        let of = |group: &str| secret(group) || self.naming.contains(group);
        let voters = self.cast.iter().map(|((paper, stage), count)| (paper, *stage, *count));
        marked_by_few(&self.frozen.plan, self.round.map(|round| round.stage), of, voters)
    }

    /// Of the groups that write opinions and whose papers were not all of the same units: how many ballots had each unit.
    pub(crate) fn ballots_by_unit(&self) -> BTreeMap<PeriodGroup, BTreeMap<String, u64>> {
        let mut by_unit: BTreeMap<PeriodGroup, BTreeMap<String, u64>> = BTreeMap::new();
        let place = |paper: &CodePaper| (paper.period.clone(), paper.group.clone());
        let cast = || self.cast.iter().filter(|(_, count)| **count > 0);
        let writes = |group: &str| self.frozen.layout.group(group).is_some_and(|group| group.comments > 0);
        let narrowed = cast().filter(|((paper, _), _)| paper.is_narrowed() && writes(&paper.group));
        let narrowed: BTreeSet<PeriodGroup> = narrowed.map(|((paper, _), _)| place(paper)).collect();
        for ((paper, votes_in), count) in cast().filter(|((paper, _), _)| narrowed.contains(&place(paper))) {
            let of_place = by_unit.entry(place(paper)).or_default();
            let stages = [self.round.map(|round| round.stage), *votes_in];
            let units: BTreeSet<String> = marked_on(&self.frozen.plan, paper, stages).map(|(_, unit)| unit).collect();
            for unit in units {
                *of_place.entry(unit).or_default() += count;
            }
        }
        by_unit
    }
}

impl Store {
    /// With what papers the ballots of a count were cast, of all or of a round.
    pub(crate) async fn papers_cast<'a>(
        &self,
        frozen: &'a FrozenPlan,
        round: Option<&'a RoundId>,
        count: &Tally,
    ) -> Result<PapersCast<'a>, StoreError> {
        let mut cast: BTreeMap<(CodePaper, Option<u8>), u64> = BTreeMap::new();
        let mut naming = BTreeSet::new();
        let kind = |id: &str| frozen.plan.groups().iter().find(|group| group.id == id).map(|group| group.ballot);
        let mut by_code: BTreeMap<PeriodGroup, u64> = BTreeMap::new();
        let mut add = |code: &Item| {
            let paper = paper_of(code)?;
            let in_round = match (round, frozen.layout.group(&paper.group)) {
                (None, _) => true,
                (Some(round), Some(group)) => round.takes(&paper.period, group, code)?,
                (Some(_), None) => false,
            };
            if in_round && code.has("used") {
                *by_code.entry((paper.period.clone(), paper.group.clone())).or_default() += 1;
                if code.has(HOLDER) && kind(&paper.group) == Some(BallotKind::Named) {
                    naming.insert(paper.group.clone());
                }
                *cast.entry((paper, stage_of_code(code)?)).or_default() += 1;
            }
            Ok(())
        };
        self.each_card_code(&frozen.id, &mut add).await?;
        for (period, group, counts) in count.places() {
            let (period, group) = (period.to_owned(), group.to_owned());
            let by_code = by_code.get(&(period.clone(), group.clone())).copied().unwrap_or(0);
            let whole = CodePaper { period, group, units: None, unit: None };
            *cast.entry((whole, None)).or_default() += counts.ballots.saturating_sub(by_code);
        }
        Ok(PapersCast { frozen, round, cast, naming })
    }

    /// The small groups that closing found: that of the plan, or those of the rounds that are closed.
    pub(crate) async fn small_groups_found(&self, head: &PlanHead) -> Result<BTreeSet<PeriodGroup>, StoreError> {
        let frozen = self.frozen(head).await?;
        if head.state.is_counted() {
            return self.small_groups_in(&frozen, None).await;
        }
        let mut found = BTreeSet::new();
        for round in head.frozen_rounds() {
            found.extend(self.small_groups_in(&frozen, Some(round)).await?);
        }
        Ok(found)
    }

    /// The small groups that are kept with a count.
    pub(crate) async fn small_groups_in(
        &self,
        frozen: &FrozenPlan,
        round: Option<&RoundId>,
    ) -> Result<BTreeSet<PeriodGroup>, StoreError> {
        let key = Key::new(partition_of(frozen, round), keys::HEAD);
        let item = self.database.get(Table::Main, &key).await?.ok_or(StoreError::Corrupt)?;
        let found = item.optional_texts("small")?.unwrap_or_default();
        let place = |text: &String| text.split_once('#').map(|(period, group)| (period.to_owned(), group.to_owned()));
        found.iter().map(place).collect::<Option<_>>().ok_or(StoreError::Corrupt)
    }

    /// Those among them that nobody has allowed: their marks are in no record, and no final result is made of them.
    pub(crate) async fn small_groups_withheld(&self, head: &PlanHead) -> Result<BTreeSet<PeriodGroup>, StoreError> {
        let mut found = self.small_groups_found(head).await?;
        found.retain(|(_, group)| !head.allow_small.contains(group));
        Ok(found)
    }

    /// That a final result, of all or of a period alone, tells nobody's marks.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] before closing; [`StoreError::SmallGroup`] where ballots of so few were cast that
    /// publishing must allow them first.
    pub async fn check_final(&self, plan: &PlanId, period: Option<&str>) -> Result<(), StoreError> {
        let head = self.plan_head(plan).await?;
        // A period alone is without stage 2.
        if !head.state.is_counted() && !period.is_some_and(|period| head.is_round_counted(period, 1)) {
            return Err(StoreError::WrongState);
        }
        let mut withheld = self.small_groups_withheld(&head).await?;
        withheld.retain(|(of, _)| period.is_none_or(|period| of == period));
        match &not_allowed(&self.frozen(&head).await?.plan, &withheld, &[])[..] {
            [] => Ok(()),
            groups => Err(StoreError::SmallGroup(groups.to_vec())),
        }
    }
}
