//! Exact signed fractions.
//!
//! Owns the arithmetic behind every statement about an order. Refuses to round, but for the two
//! functions that say which way they do.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::{BigInt, Sign};

/// An exact fraction; the denominator is above zero.
#[derive(Debug, Clone)]
pub struct Fraction {
    numerator: BigInt,
    denominator: BigInt,
}

/// Beyond so many bits a result is reduced; below it, reducing costs more than it saves.
const REDUCE_ABOVE_BITS: u64 = 160;

impl Fraction {
    /// `numerator ÷ denominator`; a denominator of zero counts as one, which no caller asks for.
    #[must_use]
    pub fn new(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Fraction {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        match denominator.sign() {
            Sign::Plus => Fraction { numerator, denominator }.reduced_if_long(),
            Sign::Minus => Fraction { numerator: -numerator, denominator: -denominator }.reduced_if_long(),
            Sign::NoSign => {
                debug_assert!(false, "a fraction needs a denominator");
                Fraction::whole(numerator)
            }
        }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: impl Into<BigInt>) -> Fraction {
        Fraction { numerator: number.into(), denominator: BigInt::from(1) }
    }

    /// Zero.
    #[must_use]
    pub fn zero() -> Fraction {
        Fraction::whole(0)
    }

    /// Above the line.
    #[must_use]
    pub const fn numerator(&self) -> &BigInt {
        &self.numerator
    }

    /// Below the line; above zero.
    #[must_use]
    pub const fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        match self.numerator.sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    /// Is it a whole number?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        (&self.numerator % &self.denominator).sign() == Sign::NoSign
    }

    /// The greatest whole number that is not above it, if 128 bits hold it.
    #[must_use]
    pub fn floor(&self) -> Option<i128> {
        let quotient = &self.numerator / &self.denominator;
        let below = self.numerator.sign() == Sign::Minus && !self.is_whole();
        i128::try_from(if below { quotient - 1 } else { quotient }).ok()
    }

    /// The least whole number that is not below it, if 128 bits hold it.
    #[must_use]
    pub fn ceiling(&self) -> Option<i128> {
        (-self.clone()).floor().map(|floor| -floor)
    }

    /// Its terms, reduced, if 128 bits hold them.
    #[must_use]
    pub fn small(&self) -> Option<(i128, i128)> {
        let reduced = self.clone().reduced();
        Some((i128::try_from(reduced.numerator).ok()?, i128::try_from(reduced.denominator).ok()?))
    }

    /// The nearest `f64`, near enough for what is only drawn or sampled.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        let shift = self.numerator.bits().max(self.denominator.bits()).saturating_sub(1000);
        let float = |number: &BigInt| {
            let shifted: BigInt = number >> shift;
            let (sign, digits) = shifted.to_u64_digits();
            let size = digits.iter().rev().fold(0.0, |sum, &digit| sum * 18_446_744_073_709_551_616.0 + digit as f64);
            if sign == Sign::Minus { -size } else { size }
        };
        float(&self.numerator) / float(&self.denominator)
    }

    /// The lesser of two.
    #[must_use]
    pub fn min(self, other: Fraction) -> Fraction {
        if other < self { other } else { self }
    }

    fn reduced_if_long(self) -> Fraction {
        if self.numerator.bits().max(self.denominator.bits()) > REDUCE_ABOVE_BITS { self.reduced() } else { self }
    }

    fn reduced(self) -> Fraction {
        let (mut a, mut b) = (self.numerator.magnitude().clone(), self.denominator.magnitude().clone());
        while b.bits() > 0 {
            let rest = &a % &b;
            a = std::mem::replace(&mut b, rest);
        }
        let divisor = BigInt::from(a);
        Fraction { numerator: self.numerator / &divisor, denominator: self.denominator / divisor }
    }
}

impl From<i128> for Fraction {
    fn from(number: i128) -> Fraction {
        Fraction::whole(number)
    }
}

impl Add<&Fraction> for &Fraction {
    type Output = Fraction;
    fn add(self, other: &Fraction) -> Fraction {
        if self.denominator == other.denominator {
            return Fraction { numerator: &self.numerator + &other.numerator, denominator: self.denominator.clone() };
        }
        Fraction {
            numerator: &self.numerator * &other.denominator + &other.numerator * &self.denominator,
            denominator: &self.denominator * &other.denominator,
        }
        .reduced_if_long()
    }
}

impl Sub<&Fraction> for &Fraction {
    type Output = Fraction;
    fn sub(self, other: &Fraction) -> Fraction {
        self + &-other.clone()
    }
}

impl Mul<&Fraction> for &Fraction {
    type Output = Fraction;
    fn mul(self, other: &Fraction) -> Fraction {
        Fraction { numerator: &self.numerator * &other.numerator, denominator: &self.denominator * &other.denominator }
            .reduced_if_long()
    }
}

impl Div<&Fraction> for &Fraction {
    type Output = Fraction;
    fn div(self, other: &Fraction) -> Fraction {
        Fraction::new(&self.numerator * &other.denominator, &self.denominator * &other.numerator)
    }
}

impl Neg for Fraction {
    type Output = Fraction;
    fn neg(self) -> Fraction {
        Fraction { numerator: -self.numerator, denominator: self.denominator }
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Fraction) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

/// Greatest common divisor; of zero and zero, zero.
pub(crate) fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A decimal in its shortest form from millionths: `31.25`, `-0.000001`, `0`.
#[must_use]
pub fn shortest(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let size = millionths.unsigned_abs();
    let text = format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A share or a count that is not a statement about an order, to so many places (at most 6).
#[must_use]
pub fn rounded(figure: f64, places: i32) -> String {
    let step = 10_f64.powi(places);
    let millionths = (figure * step).round() as i128 * 10_i128.pow(6 - places.clamp(0, 6).unsigned_abs());
    shortest(millionths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_compare_and_add_exactly() {
        let third = Fraction::new(1, 3);
        let sixth = Fraction::new(-1, -6);
        assert_eq!(&third + &sixth, Fraction::new(1, 2));
        assert_eq!(&third - &third, Fraction::zero());
        assert_eq!(&third * &sixth, Fraction::new(1, 18));
        assert_eq!(&third / &Fraction::new(-2, 3), Fraction::new(1, -2));
        assert!(Fraction::new(333_333_333, 1_000_000_000) < third);
    }

    #[test]
    fn floor_and_ceiling_stand_on_both_sides_of_zero() {
        for (numerator, floor, ceiling) in [(7, 3, 4), (-7, -4, -3), (6, 3, 3), (-6, -3, -3), (0, 0, 0)] {
            let half = Fraction::new(numerator, 2);
            assert_eq!((half.floor(), half.ceiling()), (Some(floor), Some(ceiling)));
        }
    }

    #[test]
    fn long_fractions_keep_their_figure() {
        let mut sum = Fraction::zero();
        for n in 1..=200 {
            sum = &sum + &Fraction::new(1, n);
        }
        for n in 1..200 {
            sum = &sum - &Fraction::new(1, n);
        }
        assert_eq!(sum, Fraction::new(1, 200));
        assert!((Fraction::new(1, 3).to_f64() - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn millionths_print_shortest() {
        for (millionths, text) in [(31_250_000, "31.25"), (-1, "-0.000001"), (0, "0"), (100_000_000, "100")] {
            assert_eq!(shortest(millionths), text);
        }
        assert_eq!(rounded(0.126_5, 2), "0.13");
    }
}
