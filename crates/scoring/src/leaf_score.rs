//! One leaf's score: raw on the leaf's own scale, then points × raw ÷ `out_of`, rounded once.
//!
//! Owns which arithmetic each method has (docs/arithmetic.md, "A leaf's score"), and that the
//! smallest size that fits is asked first. Knows one leaf, one period and one unit at a time; totals and ranks are
//! made elsewhere.

use num_bigint::BigUint;

use crate::decimal::{Decimal, Score};
use crate::deduction::DeductionFigures;
use crate::fraction::Fraction;
use crate::index::{LeafIndex, PeriodIndex, UnitIndex};
use crate::plan::{Leaf, Method, Plan, Survey};
use crate::plan_document::Combine;
use crate::records::{LeafRecords, Records};
use crate::survey_mean::{ShownSurvey, SizedCriteria, value_unit};
use crate::whole::{TooLong, Whole};

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
#[inline]
pub(crate) fn leaf_score(
    plan: &Plan,
    place: LeafIndex,
    records: &Records,
    period: PeriodIndex,
    unit: UnitIndex,
) -> LeafScore {
    let leaf = &plan.leaves[place];
    if !records.decisions.is_empty()
        && let Some(value) = records.decisions.get(&(place, period, unit))
    {
        return LeafScore { score: of_decimal(leaf, *value), missing: false, decided: true };
    }
    let counts = records.counts(place, period, unit);
    let of_figure = |score: Option<Score>| (score.unwrap_or(Score::ZERO), score.is_none());
    let (score, missing) = match (&leaf.method, &records.leaves[place]) {
        (Method::Survey(survey), _) => survey_score(survey, plan.sized_criteria(survey, unit), counts),
        (Method::Complaints { .. } | Method::Incidents { .. }, _) => (deducted_score(leaf, counts), false),
        (_, LeafRecords::Entries(entries)) => of_figure(entries[(period, unit)].map(|value| of_decimal(leaf, value))),
        (_, LeafRecords::Links(links)) => {
            let totals = links[(period, unit)].as_ref();
            of_figure(totals.map(|totals| of_raw(leaf, &linked(leaf, totals))))
        }
        (_, LeafRecords::Counts(_)) => (Score::ZERO, true),
    };
    LeafScore { score, missing, decided: false }
}

#[inline]
fn survey_score(survey: &Survey, criteria: &SizedCriteria, counts: &[u64]) -> (Score, bool) {
    if let (Some(figures), Some(criteria)) = (&survey.narrow, &criteria.narrow)
        && let Ok(score) = figures.score(criteria, counts)
    {
        return score;
    }
    let wide = survey.figures.score(&criteria.wide, counts);
    wide.or_else(|TooLong| survey.figures.endless().score(&criteria.endless(), counts)).unwrap_or((Score::ZERO, true))
}

fn deducted_score(leaf: &Leaf, counts: &[u64]) -> Score {
    let wide = leaf.deductions.as_ref().ok_or(TooLong).and_then(|figures| figures.score(counts));
    wide.or_else(|TooLong| deductions::<BigUint>(leaf)?.score(counts)).unwrap_or(Score::ZERO)
}

/// The figures of a leaf from which points are taken off; `TooLong` also for any other leaf.
pub(crate) fn deductions<T: Whole>(leaf: &Leaf) -> Result<DeductionFigures<T>, TooLong> {
    match &leaf.method {
        Method::Complaints { deduct, .. } => DeductionFigures::complaints(leaf.points, leaf.out_of, deduct),
        Method::Incidents { amounts, serious_factor } => {
            DeductionFigures::incidents(leaf.points, leaf.out_of, amounts, *serious_factor)
        }
        _ => Err(TooLong),
    }
}

/// [`of_raw`] of a decimal: one multiplication and one division where the terms fit.
fn of_decimal(leaf: &Leaf, raw: Decimal) -> Score {
    if let Some((top, bottom)) = leaf.of_unit
        && let Ok(units) = u64::try_from(raw.units())
        && let Ok(product) = units.times(&top)
    {
        return Score::from_millionths(product.over(&bottom));
    }
    of_raw(leaf, &raw.into())
}

/// points × raw ÷ `out_of`, rounded.
pub(crate) fn of_raw(leaf: &Leaf, raw: &Fraction) -> Score {
    let millionths = &Fraction::from(leaf.points) * &Fraction::whole(1_000_000);
    Score::from_millionths((&(raw * &millionths) / &leaf.out_of.into()).rounded())
}

/// Mean or sum of the totals, kept within 0 … `out_of`.
fn linked(leaf: &Leaf, totals: &[Decimal]) -> Fraction {
    // In units: no list is too long for 128 bits, while 96 hold some 79,000 of the largest totals.
    let units: i128 = totals.iter().map(|total| total.units()).sum();
    let sum = Fraction::new(units, Decimal::ONE.units());
    let combined = match leaf.method {
        Method::Linked(Combine::Mean) => &sum / &Fraction::whole(totals.len().max(1) as i128),
        _ => sum,
    };
    combined.max(Fraction::ZERO).min(leaf.out_of.into())
}

/// The raw value of a leaf, exact, to be shown; `None` where it is missing altogether.
pub(crate) fn raw(
    plan: &Plan,
    place: LeafIndex,
    records: &Records,
    period: PeriodIndex,
    unit: UnitIndex,
) -> Option<Fraction> {
    let (cell, leaf) = ((period, unit), &plan.leaves[place]);
    match (&leaf.method, &records.leaves[place]) {
        (Method::Survey(survey), _) => {
            shown_survey(plan, survey, leaf, unit, records.counts(place, period, unit)).mean()
        }
        (_, LeafRecords::Counts(_)) => {
            deductions(leaf).ok().map(|figures| figures.shown(records.counts(place, period, unit)).1)
        }
        (_, LeafRecords::Entries(entries)) => entries[cell].map(Fraction::from),
        (_, LeafRecords::Links(links)) => links[cell].as_ref().map(|totals| linked(leaf, totals)),
    }
}

/// A survey's sums and means for one unit and period.
pub(crate) fn shown_survey<'c>(
    plan: &Plan,
    survey: &Survey,
    leaf: &Leaf,
    unit: UnitIndex,
    counts: &'c [u64],
) -> ShownSurvey<'c> {
    let criteria = plan.sized_criteria(survey, unit);
    ShownSurvey::new(&survey.figures, criteria, value_unit(&survey.values, leaf.out_of), counts)
}
