//! Whose an opinion is: told where so many could have written it that nobody among them is found by it.
//!
//! Decided by period, group and unit: where a group cast fewer than ten ballots in a period whose papers had the unit,
//! reading an opinion on it does not tell that it was theirs; nor is it told where that would leave one such group alone
//! without a name (`scoring::disclosure`). A group that may be small by name is told. Where papers are not narrowed all
//! units of a group have the same ballots, which is its turnout.

use std::collections::{BTreeMap, BTreeSet};

use scoring::disclosure::public_counts;

use super::code_paper::PeriodGroup;
use super::turnout::GroupTurnout;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::PlanHead;
use crate::plan::round_id::RoundId;
use crate::store::Store;

/// Ballots by unit, where not all papers of a group had all of its units.
type ByUnit = BTreeMap<PeriodGroup, BTreeMap<String, u64>>;

/// Which opinions are told to be whose.
pub(super) struct OpinionsTold {
    allow_small: Vec<String>,
    /// What is decided together: the groups that write opinions and voted, and their ballots by unit.
    parts: Vec<(Vec<GroupTurnout>, ByUnit)>,
    /// The part that decides of a round.
    part_of: BTreeMap<RoundId, usize>,
    /// What was decided, by part and unit.
    decided: BTreeMap<(usize, String), Decided>,
}

/// Of the groups of which somebody could write on a unit: whose opinions are told to be theirs.
struct Decided {
    told: BTreeSet<String>,
    untold: BTreeSet<String>,
}

impl OpinionsTold {
    /// Whether an opinion of a round's ballots of a group, on a unit, is told to be the group's.
    pub(super) fn tells(&mut self, round: &RoundId, group: &str, unit: &str) -> bool {
        self.decided(round, unit).is_some_and(|decided| decided.told.contains(group))
    }

    fn withholds(&mut self, round: &RoundId, group: &str, unit: &str) -> bool {
        self.decided(round, unit).is_some_and(|decided| decided.untold.contains(group))
    }

    fn decided(&mut self, round: &RoundId, unit: &str) -> Option<&Decided> {
        let part = *self.part_of.get(round)?;
        let (allow_small, parts) = (&self.allow_small, &self.parts);
        let decide = || Decided::new(allow_small, &parts[part], unit);
        Some(self.decided.entry((part, unit.to_owned())).or_insert_with(decide))
    }
}

impl Decided {
    fn new(allow_small: &[String], (rows, by_unit): &(Vec<GroupTurnout>, ByUnit), unit: &str) -> Decided {
        let cast = |row: &GroupTurnout| match by_unit.get(&(row.period.clone(), row.group.clone())) {
            Some(units) => units.get(unit).copied().unwrap_or(0),
            None => row.cast,
        };
        let rows = rows.iter().map(|row| (&row.group, cast(row))).filter(|(_, cast)| *cast > 0);
        let (allowed, others): (Vec<_>, Vec<_>) = rows.partition(|(group, _)| allow_small.contains(group));
        let counts = public_counts(&others.iter().map(|(_, cast)| *cast).collect::<Vec<_>>());
        let allowed = allowed.into_iter().map(|(group, cast)| (group, Some(cast)));
        let rows = allowed.chain(others.into_iter().zip(counts).map(|((group, _), shown)| (group, shown)));
        let (told, untold): (Vec<_>, Vec<_>) = rows.partition(|(_, shown)| shown.is_some());
        let names = |rows: Vec<(&String, Option<u64>)>| rows.into_iter().map(|(group, _)| group.clone()).collect();
        Decided { told: names(told), untold: names(untold) }
    }
}

/// What of all ballots by unit frozen rounds of the same period did not have. A frozen round whose papers were not narrowed
/// had each of its ballots on every unit.
fn rest(
    all: &ByUnit,
    round: &RoundId,
    frozen: &BTreeMap<RoundId, ByUnit>,
    by_round: &BTreeMap<RoundId, Vec<GroupTurnout>>,
) -> ByUnit {
    let cast = |round: &RoundId, group: &str| {
        let rows = by_round.get(round).into_iter().flatten();
        rows.filter(|row| row.group == group).map(|row| row.cast).sum::<u64>()
    };
    let had = |place: &PeriodGroup, unit: &str| {
        let of_period = frozen.iter().filter(|(other, _)| other.period == round.period);
        let of_round = of_period.map(|(other, by_unit)| match by_unit.get(place) {
            Some(units) => units.get(unit).copied().unwrap_or(0),
            None => cast(other, &place.1),
        });
        of_round.sum::<u64>()
    };
    let of_period = all.iter().filter(|((period, _), _)| *period == round.period);
    of_period
        .map(|(place, units)| {
            let left = units.iter().map(|(unit, count)| (unit.clone(), count.saturating_sub(had(place, unit))));
            (place.clone(), left.collect())
        })
        .collect()
}

impl Store {
    /// Keeps of a count, of all or of a round, how many ballots of narrowed papers had each unit.
    pub(crate) async fn put_ballots_by_unit(
        &self,
        plan: &PlanId,
        round: Option<&RoundId>,
        by_unit: &ByUnit,
    ) -> Result<(), StoreError> {
        for ((period, group), units) in by_unit {
            let key = Key::new(keys::opinion_units_partition(plan, round), format!("{period}#{group}"));
            let units: Vec<String> = units.iter().map(|(unit, count)| format!("{unit}#{count}")).collect();
            let write = Write::put(Item::at(key).with_texts("ballots", &units));
            self.database.write(Table::Main, write, &self.pause).await?;
        }
        Ok(())
    }

    async fn ballots_by_unit(&self, plan: &PlanId, round: Option<&RoundId>) -> Result<ByUnit, StoreError> {
        let items = self.database.query_all(Table::Main, &keys::opinion_units_partition(plan, round), "").await?;
        let read = |item: &Item| {
            let (period, group) = item.sort_key()?.split_once('#').ok_or(StoreError::Corrupt)?;
            let count = |text: &String| {
                let (unit, count) = text.split_once('#')?;
                Some((unit.to_owned(), count.parse::<u64>().ok()?))
            };
            let units = item.optional_texts("ballots")?.unwrap_or_default();
            let units = units.iter().map(count).collect::<Option<_>>().ok_or(StoreError::Corrupt)?;
            Ok(((period.to_owned(), group.to_owned()), units))
        };
        items.iter().map(read).collect()
    }

    /// Which opinions of a plan are told to be whose. It is decided of each period by itself, so that a group that is small
    /// in two of them is not the only one withheld in both; where rounds are closed one by one, of each round, so that a
    /// later one changes nothing of what was read before.
    pub(super) async fn opinions_told(&self, head: &PlanHead, frozen: &FrozenPlan) -> Result<OpinionsTold, StoreError> {
        let writes = |row: &GroupTurnout| {
            row.cast > 0 && frozen.layout.group(&row.group).is_some_and(|group| group.comments > 0)
        };
        let mut told = OpinionsTold {
            allow_small: head.allow_small.clone(),
            parts: Vec::new(),
            part_of: BTreeMap::new(),
            decided: BTreeMap::new(),
        };
        if head.rounds.is_some() {
            let by_round = self.turnout_by_round(head).await?;
            let mut frozen_units = BTreeMap::new();
            for round in head.frozen_rounds() {
                frozen_units.insert(round.clone(), self.ballots_by_unit(&head.id, Some(round)).await?);
            }
            // Rounds that ended with the plan were counted with it: theirs is what no frozen round had.
            let all = self.ballots_by_unit(&head.id, None).await?;
            for (round, rows) in &by_round {
                if head.is_round_counted(&round.period, round.stage) {
                    let by_unit =
                        frozen_units.get(round).cloned().unwrap_or_else(|| rest(&all, round, &frozen_units, &by_round));
                    told.part_of.insert(round.clone(), told.parts.len());
                    told.parts.push((rows.iter().filter(|row| writes(row)).cloned().collect(), by_unit));
                }
            }
            return Ok(told);
        }
        let mut periods: BTreeMap<String, Vec<GroupTurnout>> = BTreeMap::new();
        for row in self.turnout(&head.id).await?.into_iter().filter(writes) {
            periods.entry(row.period.clone()).or_default().push(row);
        }
        let by_unit = self.ballots_by_unit(&head.id, None).await?;
        for (period, rows) in periods {
            for row in &rows {
                let stages = &frozen.layout.group(&row.group).ok_or(StoreError::Corrupt)?.stages;
                let rounds = stages.iter().map(|stage| RoundId::new(&period, *stage));
                told.part_of.extend(rounds.map(|round| (round, told.parts.len())));
            }
            told.parts.push((rows, by_unit.clone()));
        }
        Ok(told)
    }

    /// The names of groups some of whose opinions of closed rounds are not told to be theirs: nothing that is made of
    /// opinions may name them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::WrongState`] before the first closing.
    pub async fn groups_untold(&self, plan: &PlanId) -> Result<Vec<String>, StoreError> {
        let (head, frozen) = self.closed_rounds(plan).await?;
        let mut told = self.opinions_told(&head, &frozen).await?;
        let units: Vec<&str> = frozen.plan.units().iter().map(|unit| unit.id.as_str()).collect();
        let mut untold = BTreeSet::new();
        for row in self.turnout(plan).await?.into_iter().filter(|row| row.cast > 0) {
            let stages = &frozen.layout.group(&row.group).ok_or(StoreError::Corrupt)?.stages;
            let mut rounds = stages.iter().map(|stage| RoundId::new(&row.period, *stage));
            let group = row.group;
            if rounds.any(|round| {
                head.is_round_counted(&round.period, round.stage)
                    && units.iter().any(|unit| told.withholds(&round, &group, unit))
            }) {
                untold.insert(group);
            }
        }
        let groups = frozen.plan.groups().iter().filter(|group| untold.contains(&group.id));
        Ok(groups.map(|group| group.name.clone()).collect())
    }
}
