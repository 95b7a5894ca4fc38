//! Exact fractions: the arithmetic between a record and its one rounding, and behind every statement about an order.
//!
//! Owns fractions of either sign, the greatest common divisor, and the comparison of products. Nothing here is
//! approximate. Terms are 128-bit integers while they fit, and big integers beyond. The narrow arithmetic of a leaf's
//! score stands in `whole`.
//!
//! `num-rational` could stand behind the long terms. By its source it reduces after every operation and compares by
//! repeated division; what is written here does neither and is one line an operation. The two were not measured side by
//! side. The greatest common divisor of long terms is `num-integer`'s.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::{BigInt, Sign};
use num_integer::Integer;

use crate::decimal::Decimal;

/// An exact fraction of either sign. It need not be reduced; equal figures are equal whatever their terms.
#[derive(Debug, Clone)]
pub struct Fraction(Terms);

/// Numerator and denominator, which is above zero.
#[derive(Debug, Clone)]
enum Terms {
    Short(i128, i128),
    Long(BigInt, BigInt),
}

/// Long terms are reduced beyond so many bits; below, reducing costs more than it saves.
const REDUCE_ABOVE_BITS: u64 = 160;

impl Fraction {
    /// 0
    pub const ZERO: Fraction = Fraction(Terms::Short(0, 1));

    /// `numerator ÷ denominator`. A denominator of zero counts as one, which no caller asks for.
    #[must_use]
    pub fn new(numerator: impl Into<i128>, denominator: impl Into<i128>) -> Fraction {
        match (numerator.into(), denominator.into()) {
            (numerator, denominator) if denominator > 0 => Fraction(Terms::Short(numerator, denominator)),
            (numerator, denominator) => Fraction::of_terms(numerator.into(), denominator.into()),
        }
    }

    /// The same of terms of any length.
    #[must_use]
    pub fn of_terms(numerator: BigInt, denominator: BigInt) -> Fraction {
        let (numerator, denominator) = match denominator.sign() {
            Sign::Plus => (numerator, denominator),
            Sign::Minus => (-numerator, -denominator),
            Sign::NoSign => {
                debug_assert!(false, "a fraction needs a denominator");
                (numerator, BigInt::from(1))
            }
        };
        Fraction::long(numerator, denominator)
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: impl Into<i128>) -> Fraction {
        Fraction(Terms::Short(number.into(), 1))
    }

    /// Its terms: numerator, and denominator above zero.
    #[must_use]
    pub fn terms(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Terms::Short(n, d) => (BigInt::from(*n), BigInt::from(*d)),
            Terms::Long(n, d) => (n.clone(), d.clone()),
        }
    }

    /// Its terms, reduced, if 128 bits hold them.
    #[must_use]
    pub fn short_terms(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Terms::Short(n, d) => Some(reduced(*n, *d)),
            Terms::Long(n, d) => {
                let divisor = n.gcd(d);
                Some((i128::try_from(n / &divisor).ok()?, i128::try_from(d / divisor).ok()?))
            }
        }
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        match self.cmp(&Fraction::ZERO) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }

    /// Is it a whole number?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Terms::Short(n, d) => n % d == 0,
            Terms::Long(n, d) => n.is_multiple_of(d),
        }
    }

    /// The greatest whole number that is not above it, if 128 bits hold it.
    #[must_use]
    pub fn floor(&self) -> Option<i128> {
        match &self.0 {
            Terms::Short(n, d) => Some(n.div_euclid(*d)),
            Terms::Long(n, d) => n.div_floor(d).try_into().ok(),
        }
    }

    /// The least whole number that is not below it, if 128 bits hold it.
    #[must_use]
    pub fn ceiling(&self) -> Option<i128> {
        (-self.clone()).floor().map(|floor| -floor)
    }

    /// The nearest whole number, halves away from zero; the greatest or least of 128 bits where it is beyond them.
    #[must_use]
    pub fn rounded(&self) -> i128 {
        let below_zero = self.signum() < 0;
        let size = if below_zero { -self.clone() } else { self.clone() };
        let nearest = (&size + &Fraction::new(1, 2)).floor().unwrap_or(i128::MAX);
        if below_zero { -nearest } else { nearest }
    }

    /// Rounded to a decimal of so many places (at most 12), half away from zero.
    #[must_use]
    pub fn to_decimal(&self, places: u32) -> Decimal {
        let units = (self * &Fraction::whole(10_i128.pow(places))).rounded();
        Decimal::from_units(units.saturating_mul(10_i128.pow(12 - places)))
    }

    /// Decimal text of a fraction at or above zero, cut after so many places, with whether anything was cut off.
    #[must_use]
    pub fn cut(&self, places: u32) -> (String, bool) {
        let (n, d) = self.terms();
        let scale = BigInt::from(10).pow(places);
        let (quotient, rest) = (n * &scale).div_rem(&d);
        let (whole, part) = quotient.div_rem(&scale);
        if places == 0 {
            return (whole.to_string(), rest.bits() > 0);
        }
        let text = format!("{whole}.{part:0>width$}", part = part.to_string(), width = places as usize);
        if rest.bits() > 0 {
            return (text, true);
        }
        (text.trim_end_matches('0').trim_end_matches('.').to_owned(), false)
    }

    /// The lesser of two.
    #[must_use]
    pub fn min(self, other: Fraction) -> Fraction {
        if other < self { other } else { self }
    }

    /// Long terms as they are kept: short where they fit, reduced where they are very long.
    fn long(numerator: BigInt, denominator: BigInt) -> Fraction {
        let bits = numerator.bits().max(denominator.bits());
        if bits > REDUCE_ABOVE_BITS {
            let divisor = numerator.gcd(&denominator);
            return Fraction::fitting(numerator / &divisor, denominator / divisor);
        }
        Fraction::fitting(numerator, denominator)
    }

    fn fitting(numerator: BigInt, denominator: BigInt) -> Fraction {
        match (i128::try_from(&numerator), i128::try_from(&denominator)) {
            (Ok(n), Ok(d)) => Fraction(Terms::Short(n, d)),
            _ => Fraction(Terms::Long(numerator, denominator)),
        }
    }

    /// An operation on two fractions' terms: in 128 bits, else in 128 bits on reduced terms, else on long ones.
    fn with(
        &self,
        other: &Fraction,
        short: impl Fn((i128, i128), (i128, i128)) -> Option<(i128, i128)>,
        long: impl FnOnce((BigInt, BigInt), (BigInt, BigInt)) -> (BigInt, BigInt),
    ) -> Fraction {
        if let (Terms::Short(a, b), Terms::Short(c, d)) = (&self.0, &other.0)
            && let Some((n, d)) = short((*a, *b), (*c, *d)).or_else(|| short(reduced(*a, *b), reduced(*c, *d)))
        {
            return Fraction(Terms::Short(n, d));
        }
        let (n, d) = long(self.terms(), other.terms());
        Fraction::long(n, d)
    }
}

impl From<Decimal> for Fraction {
    fn from(decimal: Decimal) -> Fraction {
        Fraction::new(decimal.units(), Decimal::ONE.units())
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
        self.with(
            other,
            |(a, b), (c, d)| match b == d {
                true => Some((a.checked_add(c)?, b)),
                false => Some((a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?)),
            },
            |(a, b), (c, d)| (a * &d + c * &b, b * d),
        )
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
        self.with(other, |(a, b), (c, d)| Some((a.checked_mul(c)?, b.checked_mul(d)?)), |(a, b), (c, d)| (a * c, b * d))
    }
}

impl Div<&Fraction> for &Fraction {
    type Output = Fraction;
    #[expect(clippy::suspicious_arithmetic_impl, reason = "a quotient is the product with the reciprocal")]
    fn div(self, other: &Fraction) -> Fraction {
        let over = match &other.0 {
            Terms::Short(n, d) => Fraction::new(*d, *n),
            Terms::Long(n, d) => Fraction::of_terms(d.clone(), n.clone()),
        };
        self * &over
    }
}

impl Neg for Fraction {
    type Output = Fraction;
    fn neg(self) -> Fraction {
        match self.0 {
            Terms::Short(n, d) if n > i128::MIN => Fraction(Terms::Short(-n, d)),
            _ => {
                let (n, d) = self.terms();
                Fraction::fitting(-n, d)
            }
        }
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
        if let (Terms::Short(a, b), Terms::Short(c, d)) = (&self.0, &other.0) {
            return compare_products((*a, *d), (*c, *b));
        }
        let ((a, b), (c, d)) = (self.terms(), other.terms());
        (a * d).cmp(&(c * b))
    }
}

/// Compares two products of 128-bit numbers, exactly.
#[must_use]
pub fn compare_products(a: (i128, i128), b: (i128, i128)) -> Ordering {
    if let (Some(a), Some(b)) = (a.0.checked_mul(a.1), b.0.checked_mul(b.1)) {
        return a.cmp(&b);
    }
    let sign = |(x, y): (i128, i128)| x.signum() * y.signum();
    let size = |(x, y): (i128, i128)| wide(x.unsigned_abs(), y.unsigned_abs());
    sign(a).cmp(&sign(b)).then_with(|| if sign(a) < 0 { size(b).cmp(&size(a)) } else { size(a).cmp(&size(b)) })
}

/// The 256-bit product, high half first.
pub(crate) fn wide(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a0 * b0;
    let middle = a1 * b0 + (low >> 64);
    let middle2 = a0 * b1 + (middle & LOW);
    (a1 * b1 + (middle >> 64) + (middle2 >> 64), (middle2 << 64) | (low & LOW))
}

fn reduced(numerator: i128, denominator: i128) -> (i128, i128) {
    let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
    // A divisor of the denominator, which is above zero and fits.
    let divisor = i128::try_from(divisor).unwrap_or(1);
    (numerator / divisor, denominator / divisor)
}

/// Greatest common divisor; of zero and zero, one.
#[must_use]
pub fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // A 64-bit division takes a fraction of a 128-bit one's time, in WASM above all.
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

/// What divides all of these numbers, zeros aside; one where there are none.
#[must_use]
pub fn common_divisor(numbers: impl IntoIterator<Item = u128>) -> u128 {
    numbers.into_iter().filter(|number| *number > 0).fold(0, gcd).max(1)
}

/// Fractions over one denominator: the numerators, and it.
#[must_use]
pub fn over_one_denominator(fractions: &[Fraction]) -> (Vec<BigInt>, BigInt) {
    let terms: Vec<(BigInt, BigInt)> = fractions.iter().map(Fraction::terms).collect();
    let denominator = terms.iter().fold(BigInt::from(1), |multiple, (_, own)| multiple.lcm(own));
    (terms.into_iter().map(|(numerator, own)| numerator * (&denominator / own)).collect(), denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(numerator: i128, denominator: i128) -> Fraction {
        Fraction(Terms::Long(BigInt::from(numerator), BigInt::from(denominator)))
    }

    #[test]
    fn fractions_compare_and_add_exactly() {
        let third = Fraction::new(1, 3);
        let sixth = Fraction::new(-1, -6);
        assert_eq!(&third + &sixth, Fraction::new(1, 2));
        assert_eq!(&third - &third, Fraction::ZERO);
        assert_eq!(&third * &sixth, Fraction::new(1, 18));
        assert_eq!(&third / &Fraction::new(-2, 3), Fraction::new(1, -2));
        assert!(Fraction::new(333_333_333, 1_000_000_000) < third);
    }

    #[test]
    fn long_and_short_fractions_agree() {
        let (third, sixth) = (Fraction::new(1, 3), long(1, 6));
        assert_eq!(&third + &sixth, Fraction::new(1, 2));
        assert_eq!(&third - &sixth, Fraction::new(1, 6));
        assert_eq!(&third * &sixth, Fraction::new(1, 18));
        assert_eq!(&third / &sixth, Fraction::whole(2));
        assert_eq!(long(-7, 2).floor(), Some(-4));
        assert_eq!((long(6, 3).is_whole(), long(7, 3).is_whole()), (true, false));
    }

    #[test]
    fn terms_beyond_128_bits_stay_exact() {
        // 10^38 ÷ 3, twice added and taken away again.
        let huge = Fraction::new(10_i128.pow(38), 3);
        let other = Fraction::new(10_i128.pow(38), 7);
        assert_eq!(&(&huge + &other) - &other, huge);
        assert_eq!(&(&huge * &other) / &other, huge);
        assert!(-huge.clone() < -other.clone() && other < huge);
        assert_eq!(-(-Fraction::whole(i128::MIN)), Fraction::whole(i128::MIN));
    }

    #[test]
    fn long_fractions_keep_their_figure() {
        let mut sum = Fraction::ZERO;
        for n in 1..=200 {
            sum = &sum + &Fraction::new(1, n);
        }
        for n in 1..200 {
            sum = &sum - &Fraction::new(1, n);
        }
        assert_eq!(sum, Fraction::new(1, 200));
        assert_eq!(sum.short_terms(), Some((1, 200)));
    }

    #[test]
    fn floor_and_ceiling_stand_on_both_sides_of_zero() {
        for (numerator, floor, ceiling) in [(7, 3, 4), (-7, -4, -3), (6, 3, 3), (-6, -3, -3), (0, 0, 0)] {
            let half = Fraction::new(numerator, 2);
            assert_eq!((half.floor(), half.ceiling()), (Some(floor), Some(ceiling)));
        }
    }

    #[test]
    fn halves_round_away_from_zero() {
        for (numerator, rounded) in [(7, 4), (-7, -4), (5, 3), (-5, -3), (4, 2), (0, 0)] {
            assert_eq!(Fraction::new(numerator, 2).rounded(), rounded);
        }
        assert_eq!(Fraction::new(4_999_999, 10_000_000).rounded(), 0);
    }

    #[test]
    fn a_common_divisor_is_found_on_both_sides_of_64_bits() {
        assert_eq!([gcd(0, 0), gcd(0, 7), gcd(7, 0), gcd(12, 18)], [1, 7, 7, 6]);
        // 2^70 · 3 and 2^65 · 9: 2^65 · 3.
        assert_eq!(gcd(3 << 70, 9 << 65), 3 << 65);
        // 2^64 · 5 and 15: 5.
        assert_eq!((gcd(5 << 64, 15), gcd(15, 5 << 64)), (5, 5));
        assert_eq!([common_divisor([0, 12, 0, 18]), common_divisor([0, 0]), common_divisor([])], [6, 1, 1]);
    }

    #[test]
    fn products_compare_exactly_at_any_size() {
        let most = i128::MAX;
        assert_eq!(compare_products((most, most - 2), (most - 1, most - 1)), Ordering::Less);
        assert_eq!(compare_products((most, -2), (-2, most)), Ordering::Equal);
        assert_eq!(compare_products((most, -3), (most, -2)), Ordering::Less);
        assert_eq!(compare_products((most, -3), (0, 1)), Ordering::Less);
    }

    #[test]
    fn cut_text_says_whether_it_is_whole() {
        assert_eq!(Fraction::new(590, 7).cut(6), ("84.285714".to_owned(), true));
        assert_eq!(Fraction::new(86, 1).cut(6), ("86".to_owned(), false));
        assert_eq!(Fraction::new(1, 8).cut(6), ("0.125".to_owned(), false));
    }

    #[test]
    fn one_denominator_serves_all() {
        let (numerators, denominator) = over_one_denominator(&[Fraction::new(1, 4), Fraction::new(-1, 6)]);
        assert_eq!((numerators, denominator), (vec![BigInt::from(3), BigInt::from(-2)], BigInt::from(12)));
    }
}
