//! A place on a line: a whole number or a fraction of grains from today.

use std::cmp::Ordering;

use scoring::fraction::{Fraction, compare_products};

/// `numerator ÷ denominator`, which is above zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) numerator: i128,
    pub(super) denominator: i128,
}

impl Step {
    /// Where the line begins: today.
    pub(super) const TODAY: Step = Step::whole(0);

    pub(super) const fn whole(number: i128) -> Step {
        Step { numerator: number, denominator: 1 }
    }

    pub(super) fn fraction(self) -> Fraction {
        Fraction::new(self.numerator, self.denominator)
    }

    pub(super) fn cmp(&self, other: &Step) -> Ordering {
        compare_products((self.numerator, other.denominator), (other.numerator, self.denominator))
    }

    /// Sign, at this step, of `value + step × slope ÷ scale`.
    pub(super) fn sign_of(self, value: i128, slope: i128, scale: i128) -> Ordering {
        if slope == 0 || self.numerator == 0 {
            return value.cmp(&0);
        }
        match scale.checked_mul(self.denominator) {
            Some(over) => compare_products((value, over), (-slope, self.numerator)),
            None => (&Fraction::whole(value) + &(&self.fraction() * &Fraction::new(slope, scale))).cmp(&Fraction::ZERO),
        }
    }
}
