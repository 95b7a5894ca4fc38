//! What of counts may be told: the one place that pages, publications and checks ask (docs/secrecy.md, "What a publication
//! shows").
//!
//! A count of fewer than ten is withheld, for it would say nearly who voted how; and with it what it could be worked out
//! from. Every rule looks at how many marks there are and never at what they say: if it did, that something is withheld
//! would tell what it was.

use std::collections::BTreeSet;

use document::Figure;

use crate::decimal::Decimal;
use crate::fraction::Fraction;
use crate::index::{LeafIndex, PeriodIndex, UnitIndex};
use crate::leaf_score::{deductions, shown_survey};
use crate::plan::{Method, Plan, Survey};
use crate::plan_document::MethodDocument;
use crate::records::Records;
use crate::records_document::RecordsDocument;
use crate::standing::Standing;
use crate::withheld::{Cell, ShownRecords, Told, WithheldRecord};

/// Ballots of a group in a period, or marks for a unit, of which counts are told: fewer tell whose they are.
pub const FEWEST_SHOWN: u64 = 10;

/// Voters of a secret group for a unit, or its marks for it: the mean of fewer is not told by itself.
pub const SMALLEST_SECRET: u64 = 5;

/// The places behind the point of a mean that is told: as many as a score has. More only where the score needs them.
const PLACES: std::ops::RangeInclusive<u32> = 6..=12;

/// The counts as the public sees them; `None`: withheld. The number of all ballots is public, so a single withheld count
/// would be that number less the others: the smallest of the others is then withheld, too, and so on until at least two
/// counts are withheld that are ten ballots together.
#[must_use]
pub fn public_counts(counts: &[u64]) -> Vec<Option<u64>> {
    let mut shown: Vec<Option<u64>> = counts.iter().map(|count| (*count >= FEWEST_SHOWN).then_some(*count)).collect();
    if shown.iter().all(Option::is_some) {
        return shown;
    }
    loop {
        let withheld = || counts.iter().zip(&shown).filter(|(_, shown)| shown.is_none()).map(|(count, _)| *count);
        if withheld().count() >= 2 && withheld().sum::<u64>() >= FEWEST_SHOWN {
            return shown;
        }
        let next = shown.iter().enumerate().filter_map(|(place, count)| Some((count.as_ref()?, place))).min();
        match next.map(|(_, place)| place) {
            Some(place) => shown[place] = None,
            None => return shown,
        }
    }
}

/// The number of all ballots as the public sees it.
#[must_use]
pub fn public_total(total: u64) -> Option<u64> {
    (total >= FEWEST_SHOWN).then_some(total)
}

/// Records as a publication has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosed {
    /// What is shown.
    pub records: RecordsDocument,
    /// What is not.
    pub withheld: Vec<WithheldRecord>,
}

/// What is published, and what else decides how much of it may be shown.
#[derive(Debug, Clone, Copy)]
pub struct Disclosing<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// All records, as they are scored.
    pub document: &'a RecordsDocument,
    /// The same, under the plan.
    pub records: &'a Records,
    /// What they give.
    pub standing: &'a Standing,
    /// Secret groups of which few marks may be told by their mean.
    pub allow_small: &'a [String],
    /// What earlier editions of the same plan's result showed and withheld.
    pub earlier: &'a [ShownRecords],
}

impl Disclosing<'_> {
    /// The records as far as they may be shown, and what is told of the rest.
    #[must_use]
    pub fn disclosed(self) -> Disclosed {
        let plan = self.plan;
        let mut hidden = Hidden::default();
        let mut withheld = Vec::new();
        for leaf in plan.leaves().indices().filter(|leaf| !plan.groups_of(*leaf).is_empty()) {
            for period in plan.period_indices() {
                self.hide(leaf, period, &mut hidden);
                withheld.extend(plan.unit_indices().filter_map(|unit| self.withheld(&hidden, (leaf, period, unit))));
            }
        }
        let mut records = self.document.clone();
        if !withheld.is_empty() {
            records.tallies.retain(|tally| {
                let cell = plan.leaf_place(&tally.component).zip(plan.period_place(&tally.period));
                let place = cell.zip(plan.unit_place(&tally.unit)).and_then(|((leaf, period), unit)| {
                    let groups = plan.groups_of(leaf);
                    let group = groups.iter().position(|group| plan.group(*group).id == *tally.group)?;
                    Some(((leaf, period, unit), group))
                });
                place.is_none_or(|place| !hidden.0.contains(&place))
            });
        }
        Disclosed { records, withheld }
    }

    /// How many marks a group gave a unit on each of its criteria.
    fn marks(&self, (leaf, period, unit): Cell, group: usize) -> impl Iterator<Item = u64> {
        let options = self.plan.options_of(leaf).len();
        let each = self.plan.criteria_weights(leaf, unit).len() * options;
        let counts = &self.records.counts(leaf, period, unit)[group * each..][..each];
        counts.chunks(options.max(1)).map(|counts| counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count)))
    }

    fn has_marks(&self, cell: Cell, group: usize) -> bool {
        self.marks(cell, group).any(|number| number > 0)
    }

    /// Some marks, but on some criterion fewer than may be told.
    fn is_small(&self, cell: Cell, group: usize) -> bool {
        self.has_marks(cell, group) && self.marks(cell, group).any(|number| number < FEWEST_SHOWN)
    }

    /// So few marks of a secret group that their mean may not be told by itself.
    fn is_few(&self, cell: Cell, group: usize) -> bool {
        let of_group = self.plan.group(self.plan.groups_of(cell.0)[group]);
        let secret = of_group.ballot.is_secret() && !self.allow_small.contains(&of_group.id);
        secret && self.marks(cell, group).any(|number| (1..SMALLEST_SECRET).contains(&number))
    }

    /// Whether an earlier edition did not show these marks, or showed others that differ by too few.
    fn is_told_by_editions(&self, cell: Cell, group: usize) -> bool {
        let (leaf, period, unit) = cell;
        let options = self.plan.options_of(leaf).len().max(1);
        let each = self.plan.criteria_weights(leaf, unit).len() * self.plan.options_of(leaf).len();
        let now = &self.records.counts(leaf, period, unit)[group * each..][..each];
        self.earlier.iter().any(|earlier| {
            if earlier.withheld.get(&cell).is_some_and(|told| told.groups.contains(&group)) {
                return true;
            }
            let was = &earlier.records.counts(leaf, period, unit)[group * each..][..each];
            // Criterion by criterion: so many ballots at least came in between, or went.
            now.chunks(options).zip(was.chunks(options)).any(|(now, was)| {
                let sum = |more: &[u64], less: &[u64]| {
                    more.iter()
                        .zip(less)
                        .fold(0_u64, |sum, (more, less)| sum.saturating_add(more.saturating_sub(*less)))
                };
                (1..FEWEST_SHOWN).contains(&sum(now, was).max(sum(was, now)))
            })
        })
    }

    /// Hides what may not be shown of a leaf in a period, and what would tell it.
    fn hide(&self, leaf: LeafIndex, period: PeriodIndex, hidden: &mut Hidden) {
        let plan = self.plan;
        let groups = plan.groups_of(leaf).len();
        let units: Vec<UnitIndex> = plan.unit_indices().filter(|unit| plan.applies(leaf, *unit)).collect();
        let pooled = !matches!(&plan.leaves()[leaf].method, Method::Survey(survey) if !survey.pooled);
        let quota = match plan.method_document(leaf) {
            MethodDocument::Survey(survey) => survey.quota.iter().flatten().any(|quota| quota.count.is_some()),
            _ => false,
        };
        for &unit in &units {
            let cell = (leaf, period, unit);
            for group in 0..groups {
                if self.is_small(cell, group) || self.has_marks(cell, group) && self.is_told_by_editions(cell, group) {
                    hidden.0.insert((cell, group));
                }
            }
        }
        loop {
            let before = hidden.0.len();
            for &unit in &units {
                let cell = (leaf, period, unit);
                let here: Vec<usize> = (0..groups).filter(|group| hidden.0.contains(&(cell, *group))).collect();
                let others = || (0..groups).filter(|group| !here.contains(group) && self.has_marks(cell, *group));
                if pooled && !here.is_empty() {
                    // All marks count as one group's: the score less those that are shown would be the others.
                    hidden.0.extend(others().map(|group| (cell, group)));
                } else if let [alone] = here[..]
                    && self.is_few(cell, alone)
                {
                    let next = others().min_by_key(|group| self.marks(cell, *group).min());
                    hidden.0.extend(next.map(|group| (cell, group)));
                }
            }
            if quota {
                self.hide_categories(leaf, period, &units, hidden);
            }
            if hidden.0.len() == before {
                return;
            }
        }
    }

    /// Where a quota says how many units of a category have an option, what all but one of them have tells that one: its
    /// units are shown together or not at all.
    fn hide_categories(&self, leaf: LeafIndex, period: PeriodIndex, units: &[UnitIndex], hidden: &mut Hidden) {
        for category in self.plan.category_indices() {
            let of_category = || units.iter().filter(|unit| self.plan.category_of(**unit) == category);
            for group in 0..self.plan.groups_of(leaf).len() {
                if of_category().any(|unit| hidden.0.contains(&((leaf, period, *unit), group))) {
                    let marked = of_category().map(|unit| (leaf, period, *unit));
                    hidden.0.extend(marked.filter(|cell| self.has_marks(*cell, group)).map(|cell| (cell, group)));
                }
            }
        }
    }

    /// What is told of the marks for a unit that are hidden.
    fn withheld(&self, hidden: &Hidden, cell: Cell) -> Option<WithheldRecord> {
        let (leaf, period, unit) = cell;
        let (plan, place) = (self.plan, &self.plan.leaves()[leaf]);
        let of_leaf = plan.groups_of(leaf);
        let mut groups: Vec<usize> = (0..of_leaf.len()).filter(|group| hidden.0.contains(&(cell, *group))).collect();
        // The one that is small stands first; the others are withheld with it.
        groups.sort_by_key(|group| !self.is_small(cell, *group));
        let first = *groups.first()?;
        let id = |group: &usize| plan.group(of_leaf[*group]).id.clone();
        let mut record = WithheldRecord {
            period: plan.period(period).id.clone(),
            component: plan.leaf_id(leaf).to_owned(),
            group: id(&first),
            unit: plan.unit(unit).id.clone(),
            with: groups[1..].iter().map(id).collect(),
            ..WithheldRecord::default()
        };
        let mut told = Told { groups: groups.iter().copied().collect(), ..Told::default() };
        if let Method::Survey(survey) = &place.method
            && survey.leaves_out()
            && !survey.pooled
        {
            let figures = shown_survey(plan, survey, place, unit, self.records.counts(leaf, period, unit));
            told.left_out = groups.iter().copied().filter(|group| figures.is_short(&(*group..group + 1))).collect();
            record.left_out = told.left_out.iter().map(id).collect();
        }
        let hangs_on_it = self.standing.takes_part(plan, leaf, unit)
            && !self.standing.leaf_decided(leaf, period, unit)
            && place.points != Decimal::ZERO;
        let may_be_told = groups.len() > 1 || !self.is_few(cell, first);
        if hangs_on_it && may_be_told {
            match &place.method {
                Method::Survey(survey) => record.mean = self.mean(cell, survey, &mut told),
                _ => record.deduction = self.deduction(cell),
            }
        }
        Some(record)
    }

    /// The mean of the groups that are hidden, with as many places as the score needs.
    fn mean(&self, cell: Cell, survey: &Survey, told: &mut Told) -> Option<Figure> {
        let (leaf, period, unit) = cell;
        let counts = self.records.counts(leaf, period, unit);
        let figures = shown_survey(self.plan, survey, &self.plan.leaves()[leaf], unit, counts);
        let exact = if survey.pooled {
            figures.mean()?
        } else {
            let weights = told.weight(survey);
            if weights.signum() == 0 {
                return None;
            }
            let counting = told.groups.difference(&told.left_out);
            let sum = counting.fold(Fraction::ZERO, |sum, group| {
                let mean = figures.group_mean(*group..group + 1).unwrap_or(Fraction::ZERO);
                &sum + &(&Fraction::from(survey.weights[*group]) * &mean)
            });
            &sum / &weights
        };
        let score = Some(self.standing.leaf_score(leaf, period, unit));
        let nearest = PLACES.map(|places| exact.to_decimal(places));
        // Exactly on half a millionth a figure below it would round down.
        let last = exact.to_decimal(*PLACES.end());
        let above = Decimal::from_units(last.units() + 1);
        for mean in nearest.chain([above]) {
            told.mean = Some(mean);
            if told.score(self.plan, cell, counts) == score {
                return Some(Figure::from(mean.to_string()));
            }
        }
        told.mean = None;
        None
    }

    /// What the marks of a complaints component take off, as far as there is something to take it off.
    fn deduction(&self, (leaf, period, unit): Cell) -> Option<Figure> {
        let place = &self.plan.leaves()[leaf];
        let taken = deductions(place).ok()?.shown(self.records.counts(leaf, period, unit)).0;
        Some(Figure::from(taken.min(place.out_of.into()).to_decimal(12).to_string()))
    }
}

/// Groups, by their place in the leaf, whose marks for a unit are not shown.
#[derive(Default)]
struct Hidden(BTreeSet<(Cell, usize)>);

#[cfg(test)]
mod tests {
    use super::*;

    /// The withheld ones as 0, which is never shown.
    fn seen(counts: &[u64]) -> Vec<u64> {
        public_counts(counts).into_iter().map(|count| count.unwrap_or(0)).collect()
    }

    #[test]
    fn counts_of_ten_and_more_are_shown() {
        assert_eq!(seen(&[10, 250, 31]), [10, 250, 31]);
        assert_eq!(seen(&[]), [0; 0]);
    }

    /// 288 in all, less 31 and 250, would be the 7: the 31 is withheld with it, and 38 is all that can be known.
    #[test]
    fn one_small_count_takes_the_smallest_of_the_others_with_it() {
        assert_eq!(seen(&[7, 250, 31]), [0, 250, 0]);
        assert_eq!(seen(&[40, 40, 9]), [0, 40, 0]);
        assert_eq!(seen(&[0, 12]), [0, 0]);
    }

    /// 4 and 5 are 9 together: a count under ten, and it would be 109 less 100. 6 and 5 are eleven, and hide each other.
    #[test]
    fn small_counts_hide_each_other_once_they_are_ten_together() {
        assert_eq!(seen(&[4, 5, 100]), [0, 0, 0]);
        assert_eq!(seen(&[4, 5, 100, 200]), [0, 0, 0, 200]);
        assert_eq!(seen(&[6, 5, 100]), [0, 0, 100]);
    }

    #[test]
    fn a_single_small_group_is_the_total_which_is_withheld_itself() {
        assert_eq!(seen(&[9]), [0]);
        assert_eq!((public_total(9), public_total(10)), (None, Some(10)));
    }
}
