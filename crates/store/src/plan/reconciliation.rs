//! Reconciliation: what must agree before a result is published, and what two people may say where it does not.
//!
//! Owns the comparison of the box's books, the exported ballots, the paper ballots and the tallies that are scored, and the
//! record of two people that lets the count stand although something differs. Refuses to own the books themselves
//! (`ballot_box::books`).

use std::collections::{BTreeMap, BTreeSet};

use scoring::RecordsDocument;
use scoring::disclosure::{FEWEST_SHOWN, public_counts};
use scoring::json::Value;
use wire::reconciliation::{Acceptance, Difference, DifferenceKind, PaperBooks, Reconciliation};

use super::frozen_plan::FrozenPlan;
use super::head::{PlanHead, State};
use crate::audit::change::Change;
use crate::ballot_box::code_paper::PeriodGroup;
use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::{LARGEST_WORDS, MOST_ROWS};
use crate::records::paper_tally::PaperRow;
use crate::store::Store;

/// Marks by component, unit, criterion and option.
type Marks = BTreeMap<MarkPlace, u64>;

/// Component, unit, criterion and option.
type MarkPlace = (String, String, Option<String>, String);

impl Store {
    /// The books of a plan whose ballots are counted, what does not agree in them, and what two people said of it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] before closing; [`StoreError::UnfitRecords`].
    pub async fn reconciliation(&self, plan: &PlanId) -> Result<Reconciliation, StoreError> {
        let head = self.plan_head(plan).await?;
        if !head.state.is_counted() {
            return Err(StoreError::WrongState);
        }
        let frozen = self.frozen(&head).await?;
        let document = self.records_of(&head, &frozen).await?.0;
        self.reconcile(&head, &frozen, &document).await
    }

    /// As [`Store::reconciliation`], with the records that are scored.
    pub(crate) async fn reconcile(
        &self,
        head: &PlanHead,
        frozen: &FrozenPlan,
        document: &RecordsDocument,
    ) -> Result<Reconciliation, StoreError> {
        let count = self.tally(head, frozen).await?;
        let exported = self.exported_tally(frozen).await?;
        let paper = self.all_paper_tallies(&head.id).await?;
        // Marks of groups of whom too few voted are in no tally until publishing allows it.
        let withheld = self.small_groups_withheld(head).await?;
        let mut found = self.books(head, frozen, &count).await?;
        let in_box = std::mem::take(&mut found.differences);
        for books in &mut found.groups {
            let place: PeriodGroup = (books.period.clone(), books.group.clone());
            let of_place = paper.iter().filter(|row| row.tally.period == place.0 && row.tally.group == place.1);
            let batches: Vec<&PaperRow> = of_place.collect();
            books.paper = paper_books(&batches);
            found.differences.extend(books.differences());
            let same = |difference: &&Difference| difference.period == place.0 && difference.group == place.1;
            found.differences.extend(in_box.iter().filter(same).cloned());
            let counted = count.of(&place.0, &place.1).ok_or(StoreError::Corrupt)?;
            let export = exported.of(&place.0, &place.1).ok_or(StoreError::Corrupt)?;
            if export != counted {
                let kind = DifferenceKind::Exported;
                found.differences.push(Difference::of(books, kind, export.ballots, counted.ballots));
            }
            if !withheld.contains(&place) {
                let layout = frozen.layout.group(&place.1).ok_or(StoreError::Corrupt)?;
                let online = layout.tallies(&counted.counters).flat_map(|line| {
                    let at = |option: &str| {
                        let criterion = line.criterion.map(str::to_owned);
                        (line.component.to_owned(), line.unit.to_owned(), criterion, option.to_owned())
                    };
                    line.counts.iter().map(|(option, count)| (at(option), *count)).collect::<Vec<_>>()
                });
                let given = marks(online.chain(paper_marks(&batches)));
                let scored = marks(scored_marks(document, &place));
                if given != scored {
                    let kind = DifferenceKind::Tallied;
                    found.differences.push(Difference::of(books, kind, given.values().sum(), scored.values().sum()));
                }
            }
        }
        found.accepted = self.acceptance(head, &found.differences).await?;
        Ok(found)
    }

    /// All batches of paper ballots: those that count or wait, and those struck out.
    async fn all_paper_tallies(&self, plan: &PlanId) -> Result<Vec<PaperRow>, StoreError> {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let page = self.list_paper_tallies(plan, MOST_ROWS, after.as_ref()).await?;
            rows.extend(page.items);
            after = page.next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    }

    /// What was said of just these differences.
    async fn acceptance(&self, head: &PlanHead, found: &[Difference]) -> Result<Option<Acceptance>, StoreError> {
        let Some(item) = self.database.get(Table::Main, &keys::acceptance(&head.id)).await? else { return Ok(None) };
        if found.is_empty() || item.text("digest")? != digest(found) {
            return Ok(None);
        }
        let at = if item.has("second_at") { Some(item.time("second_at")?.0) } else { None };
        Ok(Some(Acceptance { reason: item.text("reason")?.to_owned(), at }))
    }

    /// Says that the count stands although figures differ. The second person who says so of the same differences makes it
    /// hold; whoever has said it is answered alike. `true`: a second person is awaited.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] unless the plan is closed and something differs; [`StoreError::TooLarge`].
    pub async fn accept_differences(&self, actor: Actor<'_>, plan: &PlanId, reason: &str) -> Result<bool, StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let head = self.plan_head(plan).await?;
            if head.state != State::Closed {
                return Err(StoreError::WrongState);
            }
            let frozen = self.frozen(&head).await?;
            let document = self.records_of(&head, &frozen).await?.0;
            let found = self.reconcile(&head, &frozen, &document).await?.differences;
            if found.is_empty() {
                return Err(StoreError::WrongState);
            }
            let digest = digest(&found);
            let said = self.database.get(Table::Main, &keys::acceptance(plan)).await?;
            let said = said.filter(|item| item.text("digest").is_ok_and(|of| of == digest));
            if let Some(said) = &said {
                if said.has("second_by") {
                    return Ok(false);
                }
                if said.text("made_by")? == actor.name {
                    return Ok(true);
                }
            }
            let waiting = said.is_none();
            let item = match said {
                Some(item) => item.with_text("second_by", actor.name).with_time("second_at", change.now()),
                None => Item::at(keys::acceptance(plan))
                    .with_text("digest", digest.as_str())
                    .with_text("reason", reason)
                    .with_text("made_by", actor.name)
                    .with_time("made_at", change.now()),
            };
            let detail = Value::object([
                ("reason", Value::text(reason)),
                ("waiting", Value::Bool(waiting)),
                ("differences", Value::of(&found)),
            ]);
            let writes = vec![head.check_still(State::Closed), Write::put(item)];
            if change.commit("differences_accepted", detail, writes).await? {
                return Ok(waiting);
            }
        }
    }
}

/// What names a list of differences: who agrees to some has not agreed to others.
fn digest(found: &[Difference]) -> String {
    Value::of(found).sha256()
}

/// A reconciliation as anybody may see it: without the figures of groups with few ballots, and of those that would tell
/// them.
pub(crate) fn in_public(found: Reconciliation) -> Reconciliation {
    let Reconciliation { mut groups, mut differences, accepted } = found;
    let ballots: Vec<u64> = groups.iter().map(|books| books.ballots.unwrap_or_default()).collect();
    let mut withheld: BTreeSet<PeriodGroup> = BTreeSet::new();
    for (books, shown) in groups.iter_mut().zip(public_counts(&ballots)) {
        if shown.is_none() {
            (books.used, books.exchanged, books.unused) = (None, None, None);
            (books.tokens, books.ballots) = (None, None);
            withheld.insert((books.period.clone(), books.group.clone()));
        }
        for paper in &mut books.paper {
            let valid = paper.collected.unwrap_or_default() - paper.void.unwrap_or_default();
            if valid < FEWEST_SHOWN {
                (paper.collected, paper.void) = (None, None);
            }
        }
    }
    for difference in &mut differences {
        if withheld.contains(&(difference.period.clone(), difference.group.clone())) {
            (difference.left, difference.right) = (None, None);
        }
    }
    Reconciliation { groups, differences, accepted }
}

fn paper_books(batches: &[&PaperRow]) -> Vec<PaperBooks> {
    let mut by_component: BTreeMap<&str, PaperBooks> = BTreeMap::new();
    for row in batches {
        let component = row.tally.component.as_str();
        let books = by_component.entry(component).or_insert_with(|| PaperBooks {
            component: component.to_owned(),
            batches: 0,
            collected: Some(0),
            void: Some(0),
            struck: 0,
            waiting: 0,
        });
        if row.struck.is_some() {
            books.struck += 1;
        } else if row.second_by.is_none() {
            books.waiting += 1;
        } else {
            books.batches += 1;
            books.collected = books.collected.map(|sum| sum + row.tally.collected);
            books.void = books.void.map(|sum| sum + row.tally.void);
        }
    }
    by_component.into_values().collect()
}

fn marks(all: impl Iterator<Item = (MarkPlace, u64)>) -> Marks {
    let mut marks = Marks::new();
    for (place, count) in all.filter(|(_, count)| *count > 0) {
        *marks.entry(place).or_default() += count;
    }
    marks
}

/// The marks of the batches that count.
fn paper_marks<'a>(batches: &'a [&PaperRow]) -> impl Iterator<Item = (MarkPlace, u64)> + 'a {
    let counting = batches.iter().filter(|row| row.struck.is_none() && row.second_by.is_some());
    counting.flat_map(|row| {
        row.tally.counts.iter().flat_map(|line| {
            line.counts.iter().map(|(option, count)| {
                let place =
                    (row.tally.component.clone(), line.unit.clone(), line.criterion.clone(), option.to_string());
                (place, *count)
            })
        })
    })
}

/// The marks of a group in a period, as they are scored.
fn scored_marks<'a>(
    document: &'a RecordsDocument,
    place: &'a PeriodGroup,
) -> impl Iterator<Item = (MarkPlace, u64)> + 'a {
    let of_place = document.tallies.iter().filter(|tally| *tally.period == *place.0 && *tally.group == *place.1);
    of_place.flat_map(|tally| {
        tally.counts.iter().map(|(option, count)| {
            let criterion = tally.criterion.as_deref().map(str::to_owned);
            ((tally.component.to_string(), tally.unit.to_string(), criterion, option.to_string()), *count)
        })
    })
}

#[cfg(test)]
mod tests {
    use wire::reconciliation::GroupBooks;

    use super::*;

    fn books(group: &str, ballots: u64) -> GroupBooks {
        GroupBooks {
            period: "year".to_owned(),
            group: group.to_owned(),
            issued: ballots + 3,
            voided: 1,
            used: Some(ballots),
            exchanged: Some(0),
            unused: Some(2),
            tokens: Some(0),
            ballots: Some(ballots),
            paper: vec![PaperBooks {
                component: "service".to_owned(),
                batches: 1,
                collected: Some(12),
                void: Some(3),
                struck: 0,
                waiting: 0,
            }],
        }
    }

    #[test]
    fn the_public_sees_no_figure_of_few_ballots_and_none_that_would_tell_it() {
        let groups = vec![books("leaders", 7), books("staff", 250), books("guests", 31)];
        let different = |group: usize| Difference::of(&groups[group], DifferenceKind::Cast, 8, 7);
        let differences = vec![different(0), different(1)];
        let public = in_public(Reconciliation { groups: groups.clone(), differences, accepted: None });
        let shown: Vec<_> =
            public.groups.iter().map(|books| (books.issued, books.used, books.unused, books.ballots)).collect();
        // All ballots are 288: less 250 and 31 they would be the seven.
        assert_eq!(shown, [(10, None, None, None), (253, Some(250), Some(2), Some(250)), (34, None, None, None)]);
        // Twelve collected, three void: nine valid ones are few.
        assert_eq!(public.groups[1].paper[0].collected, None);
        let figures: Vec<_> = public.differences.iter().map(|found| (found.left, found.right)).collect();
        assert_eq!(figures, [(None, None), (Some(8), Some(7))]);
    }
}
