//! Exact fractions at or above zero: 128 bits while they last, big integers beyond.
//!
//! Owns the arithmetic between a record and its one rounding. Nothing here is ever approximate.

use std::cmp::Ordering;

use num_bigint::BigUint;

use crate::decimal::{Decimal, Score};

/// A fraction at or above zero. The denominator is above zero; it need not be reduced.
#[derive(Debug, Clone)]
pub(crate) enum Exact {
    Small(u128, u128),
    Big(BigUint, BigUint),
}

impl Exact {
    pub(crate) const ZERO: Exact = Exact::Small(0, 1);

    /// `numerator ÷ denominator`, reduced. The denominator is above zero.
    pub(crate) fn ratio(numerator: u128, denominator: u128) -> Exact {
        debug_assert!(denominator > 0, "a fraction needs a denominator");
        let divisor = gcd(numerator, denominator);
        Exact::Small(quotient(numerator, divisor), quotient(denominator, divisor))
    }

    /// The decimal's figure; one below zero counts as zero.
    pub(crate) fn from_decimal(decimal: Decimal) -> Exact {
        let units = u128::try_from(decimal.units()).unwrap_or(0);
        Exact::ratio(units, Decimal::ONE.units().unsigned_abs())
    }

    /// Its 128-bit terms, if it has them.
    pub(crate) const fn small(&self) -> Option<(u128, u128)> {
        match self {
            Exact::Small(n, d) => Some((*n, *d)),
            Exact::Big(..) => None,
        }
    }

    /// Its 64-bit terms, if it has them.
    pub(crate) fn narrow(&self) -> Option<(u64, u64)> {
        let (n, d) = self.small()?;
        Some((n.try_into().ok()?, d.try_into().ok()?))
    }

    fn big(&self) -> (BigUint, BigUint) {
        match self {
            Exact::Small(n, d) => (BigUint::from(*n), BigUint::from(*d)),
            Exact::Big(n, d) => (n.clone(), d.clone()),
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Exact::Small(n, _) => *n == 0,
            Exact::Big(n, _) => n.bits() == 0,
        }
    }

    pub(crate) fn add(&self, other: &Exact) -> Exact {
        if let (Exact::Small(a, b), Exact::Small(c, d)) = (self, other) {
            let sum = if b == d {
                a.checked_add(*c).map(|n| (n, *b))
            } else {
                (|| Some((a.checked_mul(*d)?.checked_add(c.checked_mul(*b)?)?, b.checked_mul(*d)?)))()
            };
            if let Some((n, d)) = sum {
                return Exact::ratio(n, d);
            }
        }
        let ((a, b), (c, d)) = (self.big(), other.big());
        Exact::Big(a * &d + c * &b, b * d)
    }

    /// `self − other`, not below zero.
    pub(crate) fn minus_or_zero(&self, other: &Exact) -> Exact {
        if self.cmp(other) != Ordering::Greater {
            return Exact::ZERO;
        }
        if let (Exact::Small(a, b), Exact::Small(c, d)) = (self, other)
            && let (Some(x), Some(y), Some(z)) = (a.checked_mul(*d), c.checked_mul(*b), b.checked_mul(*d))
        {
            return Exact::ratio(x - y, z);
        }
        let ((a, b), (c, d)) = (self.big(), other.big());
        Exact::Big(a * &d - c * &b, b * d)
    }

    pub(crate) fn times(&self, other: &Exact) -> Exact {
        if let (Exact::Small(a, b), Exact::Small(c, d)) = (self, other) {
            // Reduced crosswise first, so that the product of reduced fractions stays small.
            let (g, h) = (gcd(*a, *d), gcd(*c, *b));
            let (a, d, c, b) = (quotient(*a, g), quotient(*d, g), quotient(*c, h), quotient(*b, h));
            if let (Some(n), Some(d)) = (a.checked_mul(c), b.checked_mul(d)) {
                return Exact::Small(n, d);
            }
        }
        let ((a, b), (c, d)) = (self.big(), other.big());
        Exact::Big(a * c, b * d)
    }

    /// `self ÷ other`; the other is above zero.
    pub(crate) fn over(&self, other: &Exact) -> Exact {
        debug_assert!(!other.is_zero(), "division by zero");
        self.times(&match other {
            Exact::Small(n, d) => Exact::Small(*d, *n),
            Exact::Big(n, d) => Exact::Big(d.clone(), n.clone()),
        })
    }

    pub(crate) fn cmp(&self, other: &Exact) -> Ordering {
        if let (Exact::Small(a, b), Exact::Small(c, d)) = (self, other)
            && let (Some(x), Some(y)) = (a.checked_mul(*d), c.checked_mul(*b))
        {
            return x.cmp(&y);
        }
        let ((a, b), (c, d)) = (self.big(), other.big());
        (a * d).cmp(&(c * b))
    }

    /// The nearest whole number, halves up: the one rounding, on a figure at or above zero.
    pub(crate) fn rounded(&self) -> i128 {
        match self {
            Exact::Small(n, d) => round_small(*n, *d),
            Exact::Big(n, d) => {
                let twice: BigUint = n * 2_u8 + d;
                let quotient = twice / (d * 2_u8);
                i128::try_from(quotient).unwrap_or(i128::MAX)
            }
        }
    }

    /// Rounded to a score: six decimals, half away from zero.
    pub(crate) fn to_score(&self) -> Score {
        Score::from_millionths(self.times(&Exact::Small(1_000_000, 1)).rounded())
    }

    /// Rounded to a decimal of so many places (at most 12), half away from zero.
    pub(crate) fn to_decimal(&self, places: u32) -> Decimal {
        let step = 10_u128.pow(places);
        let units = self.times(&Exact::Small(step, 1)).rounded();
        Decimal::from_units(units.saturating_mul(10_i128.pow(12 - places)))
    }

    /// Decimal text cut after so many places, with whether anything was cut off.
    pub(crate) fn cut(&self, places: u32) -> (String, bool) {
        let scale = BigUint::from(10_u8).pow(places);
        let (n, d) = self.big();
        let scaled = n * &scale;
        let (quotient, rest) = (&scaled / &d, &scaled % &d);
        let (whole, part) = (&quotient / &scale, &quotient % &scale);
        let text = format!("{whole}.{part:0>width$}", part = part.to_string(), width = places as usize);
        let text = if places == 0 { whole.to_string() } else { text };
        let cut = rest.bits() > 0;
        let text = if cut || places == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() };
        (text, cut)
    }
}

/// `numerator ÷ denominator` to the nearest whole number, halves up.
pub(crate) fn round_small(numerator: u128, denominator: u128) -> i128 {
    let (quotient, rest) = match (u64::try_from(numerator), u64::try_from(denominator)) {
        // A 64-bit division takes a fraction of a 128-bit one's time, and figures are small.
        (Ok(n), Ok(d)) => (u128::from(n / d), u128::from(n % d)),
        _ => (numerator / denominator, numerator % denominator),
    };
    let up = rest >= denominator - rest;
    i128::try_from(quotient).unwrap_or(i128::MAX - 1) + i128::from(up)
}

/// `numerator ÷ denominator`, cut. A 64-bit division takes a fraction of a 128-bit one's time, in WASM above all.
fn quotient(numerator: u128, denominator: u128) -> u128 {
    match (u64::try_from(numerator), u64::try_from(denominator)) {
        (_, Ok(1)) => numerator,
        (Ok(n), Ok(d)) => u128::from(n / d),
        _ => numerator / denominator,
    }
}

/// Greatest common divisor; of zero and zero, one.
pub(crate) fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(mut x), Ok(mut y)) = (u64::try_from(a), u64::try_from(b)) {
            while y != 0 {
                (x, y) = (y, x % y);
            }
            return x.into();
        }
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn big_and_small_fractions_agree() {
        let third = Exact::ratio(1, 3);
        let big = Exact::Big(BigUint::from(1_u8), BigUint::from(6_u8));
        assert_eq!(third.add(&big).cmp(&Exact::ratio(1, 2)), Ordering::Equal);
        assert_eq!(third.minus_or_zero(&big).cmp(&Exact::ratio(1, 6)), Ordering::Equal);
        assert_eq!(big.minus_or_zero(&third).cmp(&Exact::ZERO), Ordering::Equal);
        assert_eq!(third.times(&big).cmp(&Exact::ratio(1, 18)), Ordering::Equal);
        assert_eq!(third.over(&big).cmp(&Exact::ratio(2, 1)), Ordering::Equal);
    }

    #[test]
    fn terms_beyond_128_bits_stay_exact() {
        // 10^38 ÷ 3, twice added and taken away again.
        let huge = Exact::Small(10_u128.pow(38), 3);
        let other = Exact::Small(10_u128.pow(38), 7);
        let sum = huge.add(&other);
        assert_eq!(sum.minus_or_zero(&other).cmp(&huge), Ordering::Equal);
        assert_eq!(huge.times(&other).over(&other).cmp(&huge), Ordering::Equal);
    }

    #[test]
    fn a_common_divisor_is_found_on_both_sides_of_64_bits() {
        assert_eq!([gcd(0, 0), gcd(0, 7), gcd(7, 0), gcd(12, 18)], [1, 7, 7, 6]);
        // 2^70 · 3 and 2^65 · 9: 2^65 · 3.
        assert_eq!(gcd(3 << 70, 9 << 65), 3 << 65);
        // 2^64 · 5 and 15: 5.
        assert_eq!((gcd(5 << 64, 15), gcd(15, 5 << 64)), (5, 5));
        assert_eq!([quotient(7, 2), quotient(7 << 70, 1 << 70), quotient(1 << 100, 1)], [3, 7, 1 << 100]);
    }

    #[test]
    fn halves_round_up_to_the_seventh_decimal() {
        // 0.0000005 is the half of a millionth.
        assert_eq!(Exact::ratio(5, 10_000_000).to_score(), Score::from_millionths(1));
        assert_eq!(Exact::ratio(4_999_999, 10_u128.pow(13)).to_score(), Score::ZERO);
    }

    #[test]
    fn cut_text_says_whether_it_is_whole() {
        assert_eq!(Exact::ratio(590, 7).cut(6), ("84.285714".to_owned(), true));
        assert_eq!(Exact::ratio(86, 1).cut(6), ("86".to_owned(), false));
        assert_eq!(Exact::ratio(1, 8).cut(6), ("0.125".to_owned(), false));
    }
}
