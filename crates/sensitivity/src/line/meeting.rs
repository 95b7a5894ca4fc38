//! Where on a line two units meet.

use std::cmp::Ordering;

use scoring::fraction::{Fraction, compare_products};

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
        compare_products((self.numerator, other.denominator), (other.numerator, self.denominator))
    }

    pub(crate) fn cmp_whole(&self, whole: i128) -> Ordering {
        compare_products((self.numerator, 1), (whole, self.denominator))
    }

    /// Sign, at this step, of `value + step × slope ÷ scale`.
    pub(crate) fn sign_of(self, value: i128, slope: i128, scale: i128) -> Ordering {
        if slope == 0 || self.numerator == 0 {
            return value.cmp(&0);
        }
        match scale.checked_mul(self.denominator) {
            Some(over) => compare_products((value, over), (-slope, self.numerator)),
            None => (&Fraction::whole(value) + &(&self.step() * &Fraction::new(slope, scale))).cmp(&Fraction::ZERO),
        }
    }
}
