//! A survey's arithmetic: counts of marks → means → points (docs/arithmetic.md, "A leaf's score").
//!
//! Owns the one way from counts to a mean, in whole numbers of whatever size fits. Knows one unit in one period at a
//! time, and nothing of plans: a plan holds these figures for each survey, a single ballot's preview makes its own.

use std::ops::Range;

use num_bigint::BigUint;

use crate::decimal::{Decimal, Score};
use crate::fraction::{Fraction, common_divisor};
use crate::whole::{TooLong, Whole};

/// A survey's figures as whole numbers in proportion, their common divisors taken out.
#[derive(Debug, Clone)]
pub(crate) struct SurveyFigures<T> {
    /// Values of the options.
    values: Vec<T>,
    /// The highest of them.
    highest: T,
    /// Weights of the groups; one where all groups' marks are pooled.
    weights: Vec<T>,
    /// Groups that mark.
    groups: usize,
    /// So many marks on each criterion are the least by which a group counts.
    min_marks: u64,
    /// Do groups with fewer stay out without their unit's score being missing?
    leaves_out: bool,
    /// Millionths of points for one of a value, as a fraction.
    top: T,
    bottom: T,
}

/// When a group's marks count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Threshold {
    /// The least marks on each criterion; 1 or more.
    pub(crate) min_marks: u64,
    /// Do groups with fewer stay out without their unit's score being missing?
    pub(crate) leaves_out: bool,
}

impl Threshold {
    /// Every group needs a mark.
    pub(crate) const USUAL: Threshold = Threshold { min_marks: 1, leaves_out: false };
}

/// Weights of what is marked apart as whole numbers in proportion, and their sum.
#[derive(Debug, Clone)]
pub(crate) struct Criteria<T> {
    weights: Vec<T>,
    sum: T,
}

impl Criteria<u128> {
    pub(crate) fn new(weights: &[Decimal]) -> Self {
        let weights = in_units_of(divisor(weights), weights);
        Criteria { sum: weights.iter().sum(), weights }
    }

    fn resized<T: Whole>(&self) -> Result<Criteria<T>, TooLong> {
        let weights = self.weights.iter().map(|weight| T::of(*weight)).collect::<Result<_, _>>()?;
        Ok(Criteria { weights, sum: T::of(self.sum)? })
    }
}

/// Weights of criteria in the sizes that are asked one after the other.
#[derive(Debug, Clone)]
pub(crate) struct SizedCriteria {
    /// As the plan has them.
    pub(crate) weights: Vec<Decimal>,
    pub(crate) wide: Criteria<u128>,
    /// The same in 64 bits, where all of them fit.
    pub(crate) narrow: Option<Criteria<u64>>,
}

impl SizedCriteria {
    pub(crate) fn new(weights: Vec<Decimal>) -> Self {
        let wide = Criteria::new(&weights);
        SizedCriteria { narrow: wide.resized().ok(), wide, weights }
    }

    /// The same in the size that never fails.
    pub(crate) fn endless(&self) -> Criteria<BigUint> {
        match self.wide.resized() {
            Ok(criteria) => criteria,
            Err(TooLong) => unreachable!("big integers hold every weight"),
        }
    }
}

/// A mean over one value, as a fraction, and whether a group's marks are missing. Where nothing weighs, 0 ÷ 1.
struct Mean<T> {
    top: T,
    bottom: T,
    /// Does any group weigh?
    weighs: bool,
    missing: bool,
}

/// What divides the figures of one list.
fn divisor(figures: &[Decimal]) -> u128 {
    common_divisor(figures.iter().map(|figure| figure.units().unsigned_abs()))
}

fn in_units_of(divisor: u128, figures: &[Decimal]) -> Vec<u128> {
    figures.iter().map(|figure| figure.units().unsigned_abs() / divisor).collect()
}

/// What the values of a survey and the top of its scale are counted in: they are whole numbers of it.
pub(crate) fn value_unit(values: &[Decimal], out_of: Decimal) -> Decimal {
    let all = values.iter().chain([&out_of]).map(|figure| figure.units().unsigned_abs());
    Decimal::from_units(common_divisor(all) as i128)
}

impl SurveyFigures<u128> {
    /// The figures of a survey with these values of options and weights of groups (one if they are pooled). `out_of` is
    /// above zero, and no figure below it.
    pub(crate) fn new(
        (points, out_of): (Decimal, Decimal),
        values: &[Decimal],
        (groups, weights): (usize, &[Decimal]),
        Threshold { min_marks, leaves_out }: Threshold,
    ) -> Self {
        let unit = value_unit(values, out_of).units().unsigned_abs();
        let values = in_units_of(unit, values);
        // points × value ÷ `out_of` in millionths. Points have 24 digits at the most, so this always fits.
        let bottom = out_of.units().unsigned_abs() / unit * 1_000_000;
        let (top, bottom) = points.units().unsigned_abs().reduced(&bottom);
        SurveyFigures {
            highest: values.iter().copied().max().unwrap_or(0),
            values,
            weights: in_units_of(divisor(weights), weights),
            groups,
            min_marks,
            leaves_out,
            top,
            bottom,
        }
    }

    /// The same figures in another size, where they fit.
    pub(crate) fn resized<T: Whole>(&self) -> Result<SurveyFigures<T>, TooLong> {
        let all = |numbers: &[u128]| numbers.iter().map(|number| T::of(*number)).collect::<Result<Vec<T>, _>>();
        Ok(SurveyFigures {
            values: all(&self.values)?,
            highest: T::of(self.highest)?,
            weights: all(&self.weights)?,
            groups: self.groups,
            min_marks: self.min_marks,
            leaves_out: self.leaves_out,
            top: T::of(self.top)?,
            bottom: T::of(self.bottom)?,
        })
    }

    /// The same figures in the size that never fails.
    pub(crate) fn endless(&self) -> SurveyFigures<BigUint> {
        match self.resized() {
            Ok(figures) => figures,
            Err(TooLong) => unreachable!("big integers hold every figure"),
        }
    }
}

impl<T: Whole> SurveyFigures<T> {
    /// The score that these counts give (by group, criterion and option), and whether it is missing: in provisional mode
    /// it is then of the groups that count.
    #[inline]
    pub(crate) fn score(&self, criteria: &Criteria<T>, counts: &[u64]) -> Result<(Score, bool), TooLong> {
        let mean = self.mean(criteria, counts, self.parts())?;
        let millionths = mean.top.times(&self.top)?.over(&mean.bottom.times(&self.bottom)?);
        Ok((Score::from_millionths(millionths), mean.missing && !(self.leaves_out && mean.weighs)))
    }

    /// The marks of some groups together, on one criterion: their number, and the sum of their values.
    #[inline]
    fn marks(
        &self,
        criteria: usize,
        counts: &[u64],
        groups: Range<usize>,
        criterion: usize,
    ) -> Result<(T, T), TooLong> {
        let (mut number, mut sum) = (T::from(0), T::from(0));
        for group in groups {
            for (count, value) in self.counts_of(criteria, counts, group, criterion).iter().zip(&self.values) {
                let count = T::from(*count);
                number = number.plus(&count)?;
                sum = sum.weigh(&count, value);
            }
        }
        // All worth the highest value is the most that they can be: where that fits, the sum did.
        number.times(&self.highest)?;
        Ok((number, sum))
    }

    /// Mean over parts that have marks enough on all criteria, each some groups' marks together, with its weight.
    #[inline]
    fn mean<'w>(
        &self,
        criteria: &Criteria<T>,
        counts: &[u64],
        parts: impl Iterator<Item = (Range<usize>, &'w T)>,
    ) -> Result<Mean<T>, TooLong>
    where
        T: 'w,
    {
        let (mut top, mut bottom) = (T::from(0), T::from(1));
        let mut weights = T::from(0);
        let mut missing = false;
        let least = T::from(self.min_marks);
        for (groups, weight) in parts {
            let before = (top.clone(), bottom.clone());
            let mut complete = true;
            for (criterion, criterion_weight) in criteria.weights.iter().enumerate() {
                let (number, sum) = self.marks(criteria.weights.len(), counts, groups.clone(), criterion)?;
                if number < least {
                    complete = false;
                    break;
                }
                let term = sum.times(weight)?.times(criterion_weight)?.times(&bottom)?;
                top = top.times(&number)?.plus(&term)?;
                bottom = bottom.times(&number)?;
            }
            if complete {
                weights = weights.plus(weight)?;
            } else {
                (top, bottom) = before;
                missing = true;
            }
        }
        let over = weights.times(&criteria.sum)?;
        if over == T::from(0) {
            return Ok(Mean { top: T::from(0), bottom: T::from(1), weighs: false, missing });
        }
        Ok(Mean { top, bottom: bottom.times(&over)?, weighs: true, missing })
    }

    /// The groups behind each weight: one, or all that are pooled.
    fn parts(&self) -> impl Iterator<Item = (Range<usize>, &T)> {
        self.weights.iter().enumerate().map(|(weight, of)| (self.groups_of(weight), of))
    }

    /// The groups behind one weight.
    fn groups_of(&self, weight: usize) -> Range<usize> {
        if self.weights.len() == self.groups { weight..weight + 1 } else { 0..self.groups }
    }

    fn counts_of<'c>(&self, criteria: usize, counts: &'c [u64], group: usize, criterion: usize) -> &'c [u64] {
        let options = self.values.len();
        let start = (group * criteria + criterion) * options;
        &counts[start..start + options]
    }

    /// Have some groups together fewer marks on some of so many criteria than it takes to count?
    pub(crate) fn is_short(&self, criteria: usize, counts: &[u64], groups: &Range<usize>) -> bool {
        let number = |criterion: usize| {
            let marks = groups.clone().flat_map(|group| self.counts_of(criteria, counts, group, criterion));
            marks.fold(0_u64, |sum, count| sum.saturating_add(*count))
        };
        (0..criteria).any(|criterion| number(criterion) < self.min_marks)
    }

    /// Which groups have too few marks on some of so many criteria, by their place in the component.
    pub(crate) fn missing_groups(&self, criteria: usize, counts: &[u64]) -> Vec<usize> {
        let parts = (0..self.weights.len()).map(|weight| self.groups_of(weight));
        parts.filter(|groups| self.is_short(criteria, counts, groups)).flatten().collect()
    }
}

/// Figures to be shown, in values as the plan has them: the same sums and means, of any size.
pub(crate) struct ShownSurvey<'a> {
    figures: SurveyFigures<BigUint>,
    criteria: Criteria<BigUint>,
    unit: Fraction,
    counts: &'a [u64],
}

impl<'a> ShownSurvey<'a> {
    pub(crate) fn new(
        figures: &SurveyFigures<u128>,
        criteria: &SizedCriteria,
        unit: Decimal,
        counts: &'a [u64],
    ) -> Self {
        ShownSurvey { figures: figures.endless(), criteria: criteria.endless(), unit: unit.into(), counts }
    }

    /// A mean over one value in values as the plan has them.
    fn in_values(&self, top: BigUint, bottom: BigUint) -> Fraction {
        &Fraction::of_terms(top.into(), bottom.into()) * &self.unit
    }

    /// The component's mean; none where nothing that has marks weighs.
    pub(crate) fn mean(&self) -> Option<Fraction> {
        self.mean_over(self.figures.parts())
    }

    /// The mean of one group, or of all that are pooled; none without marks enough on a criterion.
    pub(crate) fn group_mean(&self, groups: Range<usize>) -> Option<Fraction> {
        self.mean_over(std::iter::once((groups, &BigUint::from(1_u8))))
    }

    fn mean_over<'w>(&self, parts: impl Iterator<Item = (Range<usize>, &'w BigUint)>) -> Option<Fraction> {
        let mean = self.figures.mean(&self.criteria, self.counts, parts).ok().filter(|mean| mean.weighs)?;
        Some(self.in_values(mean.top, mean.bottom))
    }

    /// Have some groups together too few marks to count?
    pub(crate) fn is_short(&self, groups: &Range<usize>) -> bool {
        self.figures.is_short(self.criteria.weights.len(), self.counts, groups)
    }

    /// The sum of the values of one group's marks (or of all that are pooled) on one criterion, and its mean.
    pub(crate) fn criterion(&self, groups: Range<usize>, criterion: usize) -> (Fraction, Option<Fraction>) {
        let criteria = self.criteria.weights.len();
        let (number, sum) = self.figures.marks(criteria, self.counts, groups, criterion).unwrap_or_default();
        let mean = (number.bits() > 0).then(|| self.in_values(sum.clone(), number));
        (self.in_values(sum, BigUint::from(1_u8)), mean)
    }
}
