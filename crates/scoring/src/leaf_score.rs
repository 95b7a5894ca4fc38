//! One leaf's score: raw on the leaf's own scale, then points × raw ÷ `out_of`, rounded once.
//!
//! Owns the methods' arithmetic (scoring.md, section 2, "Components" and "Rounding, once"). Knows one
//! leaf, one period and one unit at a time; totals and ranks are made elsewhere.

use crate::decimal::{Decimal, Score};
use crate::exact::{Exact, round_small};
use crate::plan::{Figures, Leaf, Method, Survey};
use crate::plan_document::Combine;
use crate::records::{LeafRecords, Records};

/// What a leaf gives a unit in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeafScore {
    pub(crate) score: Score,
    /// Some of its data is missing; in provisional mode the score is of what is there.
    pub(crate) missing: bool,
    /// A decision took the place of raw.
    pub(crate) decided: bool,
}

impl LeafScore {
    pub(crate) const NONE: LeafScore = LeafScore { score: Score::ZERO, missing: false, decided: false };
}

/// Scores one leaf for one period and unit.
pub(crate) fn leaf_score(leaf: &Leaf, place: usize, records: &Records, period: usize, unit: usize) -> LeafScore {
    if !records.decisions.is_empty()
        && let Some(value) = records.decisions.get(&(place, period, unit))
    {
        return LeafScore { score: of_decimal(leaf, *value), missing: false, decided: true };
    }
    let (score, missing) = match (&leaf.method, &records.leaves[place]) {
        (Method::Survey(survey), _) => survey_score(survey, records.counts(place, period, unit)),
        (Method::Entered, LeafRecords::Entries(entries)) => match entries[records.cell(period, unit)] {
            Some(value) => (of_decimal(leaf, value), false),
            None => (Score::ZERO, true),
        },
        _ => match raw(leaf, place, records, period, unit) {
            Some(raw) => (of_raw(leaf, &raw), false),
            None => (Score::ZERO, true),
        },
    };
    LeafScore { score, missing, decided: false }
}

/// [`of_raw`] of a decimal: one multiplication and one division where the terms fit.
fn of_decimal(leaf: &Leaf, raw: Decimal) -> Score {
    if let Some((top, bottom)) = leaf.of_unit
        && let Ok(units) = u64::try_from(raw.units())
        && let Some(product) = units.checked_mul(top)
    {
        return Score::from_millionths(round_small(product.into(), bottom.into()));
    }
    of_raw(leaf, &Exact::from_decimal(raw))
}

/// points × raw ÷ `out_of`, rounded.
fn of_raw(leaf: &Leaf, raw: &Exact) -> Score {
    Score::from_millionths(raw.times(&leaf.factor).rounded())
}

/// The raw value of a leaf, exact; `None` where it is missing altogether. Surveys renormalise over
/// the groups that have marks.
pub(crate) fn raw(leaf: &Leaf, place: usize, records: &Records, period: usize, unit: usize) -> Option<Exact> {
    match &leaf.method {
        Method::Survey(survey) => {
            let counts = records.counts(place, period, unit);
            let mean = survey_mean(survey, counts).0?;
            Some(mean.times(&survey.arithmetic.unit))
        }
        Method::Complaints { deduct, .. } => {
            let counts = records.counts(place, period, unit);
            let taken = (counts.chunks(deduct.len().max(1)))
                .flat_map(|group| group.iter().zip(deduct))
                .filter(|(count, _)| **count > 0)
                .fold(Exact::ZERO, |sum, (count, amount)| sum.add(&times_count(*amount, *count)));
            Some(Exact::from_decimal(leaf.out_of).minus_or_zero(&taken))
        }
        Method::Incidents { amounts, serious_factor } => {
            let counts = records.counts(place, period, unit);
            let factor = Exact::from_decimal(*serious_factor);
            let taken = (counts.chunks(2).zip(amounts)).fold(Exact::ZERO, |sum, (counts, amount)| {
                let plain = times_count(*amount, counts[0]);
                let serious = times_count(*amount, counts[1]).times(&factor);
                sum.add(&plain).add(&serious)
            });
            Some(Exact::from_decimal(leaf.out_of).minus_or_zero(&taken))
        }
        Method::Entered | Method::Linked(_) => {
            let cell = records.cell(period, unit);
            match &records.leaves[place] {
                LeafRecords::Entries(entries) => entries[cell].map(Exact::from_decimal),
                LeafRecords::Links(links) => links[cell].as_ref().map(|totals| linked(leaf, totals)),
                LeafRecords::Counts { .. } => None,
            }
        }
    }
}

fn times_count(amount: Decimal, count: u64) -> Exact {
    Exact::from_decimal(amount).times(&Exact::Small(u128::from(count), 1))
}

/// Mean or sum of the totals, kept within 0 … `out_of`.
fn linked(leaf: &Leaf, totals: &[Decimal]) -> Exact {
    let sum: Decimal = totals.iter().copied().sum();
    let sum = Exact::from_decimal(sum);
    let combined = match leaf.method {
        Method::Linked(Combine::Mean) => sum.times(&Exact::ratio(1, totals.len().max(1) as u128)),
        _ => sum,
    };
    let top = Exact::from_decimal(leaf.out_of);
    if combined.cmp(&top).is_gt() { top } else { combined }
}

/// A survey's score and whether a group is missing: in 64 bits if the terms fit, else in 128, else
/// in as many as it takes.
fn survey_score(survey: &Survey, counts: &[u64]) -> (Score, bool) {
    let arithmetic = &survey.arithmetic;
    if let Some((figures, top, bottom)) = &arithmetic.narrow
        && let Some(((n, d), missing)) = mean_of(figures, survey, counts)
        && let (Some(n), Some(d)) = (n.checked_mul(*top), d.checked_mul(*bottom))
    {
        return (Score::from_millionths(round_small(n.into(), d.into())), missing);
    }
    if let Some((top, bottom)) = arithmetic.factor.small()
        && let Some(((n, d), missing)) = mean_of(&arithmetic.whole, survey, counts)
        && let (Some(n), Some(d)) = (n.checked_mul(top), d.checked_mul(bottom))
    {
        return (Score::from_millionths(round_small(n, d)), missing);
    }
    let (mean, missing) = survey_mean(survey, counts);
    let score = mean.map_or(Score::ZERO, |mean| Score::from_millionths(mean.times(&arithmetic.factor).rounded()));
    (score, missing)
}

/// A whole number of some size, whose products may not fit.
trait Whole: Copy + PartialEq + From<u64> {
    fn times(self, other: Self) -> Option<Self>;
    fn plus(self, other: Self) -> Option<Self>;
    /// The sum with so many marks of a value: wrong if that does not fit.
    fn weigh(sum: Self, count: Self, value: Self) -> Self;
}

impl Whole for u64 {
    fn times(self, other: u64) -> Option<u64> {
        if cfg!(target_family = "wasm") { short_product(self, other) } else { self.checked_mul(other) }
    }

    fn plus(self, other: u64) -> Option<u64> {
        self.checked_add(other)
    }

    fn weigh(sum: u64, count: u64, value: u64) -> u64 {
        sum.wrapping_add(count.wrapping_mul(value))
    }
}

impl Whole for u128 {
    fn times(self, other: u128) -> Option<u128> {
        self.checked_mul(other)
    }

    fn plus(self, other: u128) -> Option<u128> {
        self.checked_add(other)
    }

    fn weigh(sum: u128, count: u128, value: u128) -> u128 {
        sum.wrapping_add(count.wrapping_mul(value))
    }
}

/// The product of two numbers that are too short together to overflow. In WebAssembly a product that
/// tells of overflow is a 128-bit one; what this gives up is done in 128 bits all the same.
fn short_product(a: u64, b: u64) -> Option<u64> {
    (a.leading_zeros() + b.leading_zeros() >= u64::BITS).then(|| a.wrapping_mul(b))
}

/// The marks on one criterion of one group or of all pooled: their number, and the sum of their
/// whole values. All worth the highest value is the most that they can be: where that fits, all does.
fn marks<'c, T: Whole>(figures: &Figures<T>, counts: impl Iterator<Item = &'c [u64]>) -> Option<(T, T)> {
    let (mut number, mut sum) = (T::from(0), T::from(0));
    for counts in counts {
        for (count, value) in counts.iter().zip(&figures.values) {
            let count = T::from(*count);
            number = number.plus(count)?;
            sum = T::weigh(sum, count, *value);
        }
    }
    number.times(figures.highest)?;
    Some((number, sum))
}

/// Mean in whole values as a fraction, and whether a group is missing; `None` when it does not fit.
/// Where nothing weighs, 0 ÷ 1.
fn mean_of<T: Whole>(figures: &Figures<T>, survey: &Survey, counts: &[u64]) -> Option<((T, T), bool)> {
    let options = figures.values.len();
    let per_group = options * figures.criteria.len();
    let all = survey.groups.len();
    let (mut top, mut bottom) = (T::from(0), T::from(1));
    let mut weights = T::from(0);
    let mut missing = false;
    // A pooled survey has one weight, for all groups together.
    for (group, weight) in figures.weights.iter().enumerate() {
        let groups = if survey.pooled { 0..all } else { group..group + 1 };
        let before = (top, bottom);
        let mut complete = true;
        for (criterion, criterion_weight) in figures.criteria.iter().enumerate() {
            let counts_of = |group: usize| {
                let start = group * per_group + criterion * options;
                &counts[start..start + options]
            };
            let (number, sum) = marks(figures, groups.clone().map(counts_of))?;
            if number == T::from(0) {
                complete = false;
                break;
            }
            let term = sum.times(*weight)?.times(*criterion_weight)?.times(bottom)?;
            top = top.times(number)?.plus(term)?;
            bottom = bottom.times(number)?;
        }
        if complete {
            weights = weights.plus(*weight)?;
        } else {
            (top, bottom) = before;
            missing = true;
        }
    }
    if weights == T::from(0) {
        // All that have marks weigh nothing: missing altogether.
        return Some(((T::from(0), T::from(1)), missing));
    }
    let bottom = bottom.times(weights)?.times(figures.criteria_sum)?;
    Some(((top, bottom), missing))
}

/// Mean in whole values of any size, and whether a group is missing; no mean where nothing weighs.
fn survey_mean(survey: &Survey, counts: &[u64]) -> (Option<Exact>, bool) {
    let arithmetic = &survey.arithmetic.whole;
    let mut sum = Exact::ZERO;
    let mut weights: u128 = 0;
    let mut missing = false;
    let groups = if survey.pooled { 1 } else { survey.groups.len() };
    for group in 0..groups {
        match group_mean(survey, counts, if survey.pooled { None } else { Some(group) }) {
            Some(mean) => {
                let weight = arithmetic.weights[group];
                sum = sum.add(&mean.times(&Exact::Small(weight, 1)));
                weights += weight;
            }
            None => missing = true,
        }
    }
    if weights == 0 {
        return (None, missing);
    }
    (Some(sum.times(&Exact::Small(1, weights))), missing)
}

/// One group's mean over the criteria in whole values (of all groups pooled where none is named);
/// `None` without marks on a criterion.
pub(crate) fn group_mean(survey: &Survey, counts: &[u64], group: Option<usize>) -> Option<Exact> {
    let arithmetic = &survey.arithmetic.whole;
    let mut mean = Exact::ZERO;
    for (criterion, weight) in arithmetic.criteria.iter().enumerate() {
        let (number, sum) = criterion_marks(survey, counts, group, criterion);
        if number == 0 {
            return None;
        }
        mean = mean.add(&sum.times(&Exact::Small(*weight, number)));
    }
    Some(mean.times(&Exact::Small(1, arithmetic.criteria_sum)))
}

/// Number of marks and sum of their whole values, of one group (or all) on one criterion.
pub(crate) fn criterion_marks(
    survey: &Survey,
    counts: &[u64],
    group: Option<usize>,
    criterion: usize,
) -> (u128, Exact) {
    let arithmetic = &survey.arithmetic.whole;
    let options = arithmetic.values.len();
    let groups = group.map_or(0..survey.groups.len(), |group| group..group + 1);
    let (mut number, mut sum) = (0_u128, Exact::ZERO);
    for group in groups {
        let start = (group * arithmetic.criteria.len() + criterion) * options;
        for (count, value) in counts[start..start + options].iter().zip(&arithmetic.values) {
            number += u128::from(*count);
            sum = sum.add(&Exact::Small(*value, 1).times(&Exact::Small(u128::from(*count), 1)));
        }
    }
    (number, sum)
}

/// Which groups of a survey have no marks on some criterion, by their place in the component.
pub(crate) fn missing_groups(survey: &Survey, counts: &[u64]) -> Vec<usize> {
    let all = 0..survey.groups.len();
    if survey.pooled {
        let missing = group_mean(survey, counts, None).is_none();
        return if missing { all.collect() } else { Vec::new() };
    }
    all.filter(|group| group_mean(survey, counts, Some(*group)).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::short_product;

    #[test]
    fn a_short_product_is_right_or_none_and_gives_up_late() {
        let edges = (0..64).flat_map(|bit| [(1 << bit) - 1, 1 << bit, u64::MAX >> bit]).collect::<Vec<u64>>();
        for a in &edges {
            for b in &edges {
                let short = short_product(*a, *b);
                assert!(short.is_none() || short == a.checked_mul(*b), "{a} × {b}");
                // Half of what fits in all is not given up.
                assert!(short.is_some() || a.checked_mul(*b).is_none_or(|whole| whole >= 1 << 63), "{a} × {b}");
            }
        }
    }
}
