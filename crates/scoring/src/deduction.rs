//! Points taken off for marks or facts (docs/arithmetic.md: `complaints` and `incidents`).
//!
//! Owns the one way from counts to what is left of a leaf's scale, in whole numbers of whatever size fits. Both methods
//! are the same sum: a serious incident is one more thing to count, at its own amount.

use num_bigint::BigUint;

use crate::decimal::{Decimal, Score};
use crate::fraction::Fraction;
use crate::whole::{TooLong, Whole};

/// A leaf's figures as whole numbers in proportion.
#[derive(Debug, Clone)]
pub(crate) struct DeductionFigures<T> {
    /// Top of the leaf's scale.
    out_of: T,
    /// Taken off for one of each thing that is counted; counts of several groups repeat the list.
    amounts: Vec<T>,
    /// Millionths of points for one of `out_of`, as a fraction.
    top: T,
    bottom: T,
    /// How many of the figures' units make one.
    one: T,
}

impl<T: Whole> DeductionFigures<T> {
    /// The figures of complaints with an amount for each option.
    pub(crate) fn complaints(points: Decimal, out_of: Decimal, amounts: &[Decimal]) -> Result<Self, TooLong> {
        let amounts = amounts.iter().map(|amount| whole(*amount)).collect::<Result<_, _>>()?;
        Self::new(points, whole(out_of)?, amounts, whole(Decimal::ONE)?)
    }

    /// The figures of incidents: for each level one that is not serious, then one that is.
    pub(crate) fn incidents(
        points: Decimal,
        out_of: Decimal,
        amounts: &[Decimal],
        serious_factor: Decimal,
    ) -> Result<Self, TooLong> {
        let one: T = whole(Decimal::ONE)?;
        let factors = [one.clone(), whole(serious_factor)?];
        let amounts = amounts.iter().flat_map(|amount| factors.iter().map(|factor| whole::<T>(*amount)?.times(factor)));
        Self::new(points, whole::<T>(out_of)?.times(&one)?, amounts.collect::<Result<_, _>>()?, one.times(&one)?)
    }

    fn new(points: Decimal, out_of: T, amounts: Vec<T>, one: T) -> Result<Self, TooLong> {
        // points × left ÷ `out_of`, in millionths.
        let (top, bottom) = whole::<T>(points)?.reduced(&out_of.times(&T::from(1_000_000))?);
        Ok(DeductionFigures { out_of, amounts, top, bottom, one })
    }

    /// Taken off altogether, before it stops at zero.
    fn taken(&self, counts: &[u64]) -> Result<T, TooLong> {
        counts
            .iter()
            .zip(self.amounts.iter().cycle())
            .filter(|(count, _)| **count > 0)
            .try_fold(T::from(0), |sum, (count, amount)| sum.plus(&T::from(*count).times(amount)?))
    }

    /// The score that these counts leave.
    pub(crate) fn score(&self, counts: &[u64]) -> Result<Score, TooLong> {
        let left = self.out_of.less(&self.taken(counts)?);
        Ok(Score::from_millionths(left.times(&self.top)?.over(&self.bottom)))
    }
}

/// In units of 10⁻¹².
fn whole<T: Whole>(figure: Decimal) -> Result<T, TooLong> {
    T::of(figure.units().unsigned_abs())
}

impl DeductionFigures<BigUint> {
    /// What is taken off and what is left, in the leaf's own scale.
    pub(crate) fn shown(&self, counts: &[u64]) -> (Fraction, Fraction) {
        let taken = self.taken(counts).unwrap_or_default();
        let left = self.out_of.less(&taken);
        let fraction = |figure: BigUint| Fraction::of_terms(figure.into(), self.one.clone().into());
        (fraction(taken), fraction(left))
    }
}
