//! One leaf's score: raw on the leaf's own scale, then points × raw ÷ `out_of`, rounded once.
//!
//! Owns the methods' arithmetic (scoring.md, section 2, "Components" and "Rounding, once"). Knows one
//! leaf, one period and one unit at a time; totals and ranks are made elsewhere.

use crate::decimal::{Decimal, Score};
use crate::exact::{Exact, round_small};
use crate::plan::{Leaf, Method, Survey};
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
        let score = of_raw(leaf, &Exact::from_decimal(*value));
        return LeafScore { score, missing: false, decided: true };
    }
    let (score, missing) = match &leaf.method {
        Method::Survey(survey) => survey_score(survey, records.counts(place, period, unit)),
        _ => match raw(leaf, place, records, period, unit) {
            Some(raw) => (of_raw(leaf, &raw), false),
            None => (Score::ZERO, true),
        },
    };
    LeafScore { score, missing, decided: false }
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

/// A survey's score and whether a group is missing.
fn survey_score(survey: &Survey, counts: &[u64]) -> (Score, bool) {
    let arithmetic = &survey.arithmetic;
    if let (Some((top, bottom)), Some((mean, missing))) = (arithmetic.factor.small(), small_mean(survey, counts))
        && let (Some(n), Some(d)) = (mean.0.checked_mul(top), mean.1.checked_mul(bottom))
    {
        return (Score::from_millionths(round_small(n, d)), missing);
    }
    let (mean, missing) = survey_mean(survey, counts);
    let score = mean.map_or(Score::ZERO, |mean| {
        Score::from_millionths(mean.times(&arithmetic.factor).rounded())
    });
    (score, missing)
}

/// The marks of one group on one criterion: their number, and the sum of their whole values.
fn marks(values: &[u128], counts: &[u64]) -> Option<(u128, u128)> {
    let mut number: u128 = 0;
    let mut sum: u128 = 0;
    for (count, value) in counts.iter().zip(values) {
        number += u128::from(*count);
        sum = sum.checked_add(value.checked_mul(u128::from(*count))?)?;
    }
    Some((number, sum))
}

/// Mean in whole values as a 128-bit fraction, and whether a group is missing; `None` when it does
/// not fit. No marks at all make 0 ÷ 1.
fn small_mean(survey: &Survey, counts: &[u64]) -> Option<((u128, u128), bool)> {
    let arithmetic = &survey.arithmetic;
    let options = arithmetic.values.len();
    let per_group = options * arithmetic.criteria.len();
    if survey.pooled {
        return pooled_mean(survey, counts);
    }
    let (mut top, mut bottom): (u128, u128) = (0, 1);
    let mut weights: u128 = 0;
    let mut missing = false;
    for (group, weight) in arithmetic.weights.iter().enumerate() {
        let group_counts = &counts[group * per_group..(group + 1) * per_group];
        let before = (top, bottom);
        let mut complete = true;
        for (criterion, criterion_weight) in arithmetic.criteria.iter().enumerate() {
            let (number, sum) =
                marks(&arithmetic.values, &group_counts[criterion * options..(criterion + 1) * options])?;
            if number == 0 {
                complete = false;
                break;
            }
            let term = sum.checked_mul(*weight)?.checked_mul(*criterion_weight)?.checked_mul(bottom)?;
            top = top.checked_mul(number)?.checked_add(term)?;
            bottom = bottom.checked_mul(number)?;
        }
        if complete {
            weights = weights.checked_add(*weight)?;
        } else {
            (top, bottom) = before;
            missing = true;
        }
    }
    if weights == 0 {
        // All that have marks weigh nothing: missing altogether.
        return Some(((0, 1), missing));
    }
    let bottom = bottom.checked_mul(weights)?.checked_mul(arithmetic.criteria_sum)?;
    Some(((top, bottom), missing))
}

fn pooled_mean(survey: &Survey, counts: &[u64]) -> Option<((u128, u128), bool)> {
    let arithmetic = &survey.arithmetic;
    let options = arithmetic.values.len();
    let per_group = options * arithmetic.criteria.len();
    let (mut top, mut bottom): (u128, u128) = (0, 1);
    for (criterion, weight) in arithmetic.criteria.iter().enumerate() {
        let (mut number, mut sum): (u128, u128) = (0, 0);
        for group in 0..survey.groups.len() {
            let start = group * per_group + criterion * options;
            let (n, s) = marks(&arithmetic.values, &counts[start..start + options])?;
            number += n;
            sum = sum.checked_add(s)?;
        }
        if number == 0 {
            return Some(((0, 1), true));
        }
        let term = sum.checked_mul(*weight)?.checked_mul(bottom)?;
        top = top.checked_mul(number)?.checked_add(term)?;
        bottom = bottom.checked_mul(number)?;
    }
    Some(((top, bottom.checked_mul(arithmetic.criteria_sum)?), false))
}

/// Mean in whole values of any size, and whether a group is missing; no mean where nothing weighs.
fn survey_mean(survey: &Survey, counts: &[u64]) -> (Option<Exact>, bool) {
    let arithmetic = &survey.arithmetic;
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
    let arithmetic = &survey.arithmetic;
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
    let arithmetic = &survey.arithmetic;
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
