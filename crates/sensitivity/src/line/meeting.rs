//! Where on a line two units meet, and comparing such places exactly.
//!
//! Owns products of 128-bit numbers that outgrow 128 bits: they go over to big integers.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::fraction::Fraction;

/// A step at which two units meet: `numerator ÷ denominator`, which is above zero.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meeting {
    pub(crate) ahead: usize,
    pub(crate) behind: usize,
    pub(crate) numerator: i128,
    pub(crate) denominator: i128,
}

impl Meeting {
    /// A step at which nobody need meet.
    pub(crate) const fn at(numerator: i128, denominator: i128) -> Meeting {
        Meeting { ahead: 0, behind: 0, numerator, denominator }
    }

    pub(crate) fn step(self) -> Fraction {
        Fraction::new(self.numerator, self.denominator)
    }

    pub(crate) fn cmp_step(&self, other: &Meeting) -> Ordering {
        cmp_products((self.numerator, other.denominator), (other.numerator, self.denominator))
    }

    pub(crate) fn cmp_whole(&self, whole: i128) -> Ordering {
        cmp_products((self.numerator, 1), (whole, self.denominator))
    }
}

/// Sign of `value + step × slope ÷ scale`.
pub(crate) fn sign_at(value: i128, slope: i128, scale: i128, at: Meeting) -> Ordering {
    if slope == 0 || at.numerator == 0 {
        return value.cmp(&0);
    }
    let still = scale.checked_mul(at.denominator).and_then(|over| value.checked_mul(over));
    match (still, slope.checked_mul(at.numerator)) {
        (Some(still), Some(moved)) => still.cmp(&-moved),
        _ => (BigInt::from(value) * scale * at.denominator).cmp(&-(BigInt::from(slope) * at.numerator)),
    }
}

/// Compares two products exactly.
fn cmp_products(a: (i128, i128), b: (i128, i128)) -> Ordering {
    match (a.0.checked_mul(a.1), b.0.checked_mul(b.1)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => (BigInt::from(a.0) * a.1).cmp(&(BigInt::from(b.0) * b.1)),
    }
}
