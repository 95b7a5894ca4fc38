//! Whole numbers of three sizes, so that a leaf's arithmetic is written once and runs in the smallest that fits.
//!
//! Owns what the arithmetic asks of a number: products and sums that tell when they do not fit, and the one rounding
//! of a quotient at or above zero. 64 bits carry nearly every leaf, 128 nearly all others; big integers never fail.

use num_bigint::BigUint;
use num_integer::Integer;

use crate::fraction::gcd;

/// Figures did not fit the size they were computed in: the next larger one is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

/// A whole number of some size, at or above zero.
pub(crate) trait Whole: Clone + PartialOrd + From<u64> {
    fn of(number: u128) -> Result<Self, TooLong>;
    fn times(&self, other: &Self) -> Result<Self, TooLong>;
    fn plus(&self, other: &Self) -> Result<Self, TooLong>;
    /// The difference, not below zero.
    fn less(&self, other: &Self) -> Self;
    /// The sum with so many marks of a value: wrong if that does not fit.
    fn weigh(&self, count: &Self, value: &Self) -> Self;
    /// Both without their common divisor.
    fn reduced(&self, other: &Self) -> (Self, Self);
    /// `self ÷ divisor` to the nearest whole number, halves up: a score in millionths. The divisor is above zero.
    fn over(&self, divisor: &Self) -> i128;
}

macro_rules! whole {
    ($number:ident, $product:expr, $division:expr) => {
        impl Whole for $number {
            fn of(number: u128) -> Result<$number, TooLong> {
                number.try_into().map_err(|_| TooLong)
            }

            fn times(&self, other: &$number) -> Result<$number, TooLong> {
                $product(*self, *other).ok_or(TooLong)
            }

            fn plus(&self, other: &$number) -> Result<$number, TooLong> {
                self.checked_add(*other).ok_or(TooLong)
            }

            fn less(&self, other: &$number) -> $number {
                self.saturating_sub(*other)
            }

            fn weigh(&self, count: &$number, value: &$number) -> $number {
                self.wrapping_add(count.wrapping_mul(*value))
            }

            fn reduced(&self, other: &$number) -> ($number, $number) {
                let divisor = gcd((*self).into(), (*other).into()) as $number;
                (self / divisor, other / divisor)
            }

            fn over(&self, divisor: &$number) -> i128 {
                let (quotient, rest) = $division(*self, *divisor);
                i128::try_from(quotient).unwrap_or(i128::MAX - 1) + i128::from(rest >= divisor - rest)
            }
        }
    };
}

whole!(u64, product, |number, divisor| (number / divisor, number % divisor));
whole!(u128, u128::checked_mul, divided);

/// Quotient and rest. A 64-bit division takes a fraction of a 128-bit one's time, and figures are small.
fn divided(number: u128, divisor: u128) -> (u128, u128) {
    match (u64::try_from(number), u64::try_from(divisor)) {
        (Ok(number), Ok(divisor)) => ((number / divisor).into(), (number % divisor).into()),
        _ => (number / divisor, number % divisor),
    }
}

fn product(a: u64, b: u64) -> Option<u64> {
    if cfg!(target_family = "wasm") { short_product(a, b) } else { a.checked_mul(b) }
}

impl Whole for BigUint {
    fn of(number: u128) -> Result<BigUint, TooLong> {
        Ok(number.into())
    }

    fn times(&self, other: &BigUint) -> Result<BigUint, TooLong> {
        Ok(self * other)
    }

    fn plus(&self, other: &BigUint) -> Result<BigUint, TooLong> {
        Ok(self + other)
    }

    fn less(&self, other: &BigUint) -> BigUint {
        if self > other { self - other } else { BigUint::ZERO }
    }

    fn weigh(&self, count: &BigUint, value: &BigUint) -> BigUint {
        self + count * value
    }

    fn reduced(&self, other: &BigUint) -> (BigUint, BigUint) {
        let divisor = self.gcd(other);
        (self / &divisor, other / divisor)
    }

    fn over(&self, divisor: &BigUint) -> i128 {
        ((self * 2_u8 + divisor) / (divisor * 2_u8)).try_into().unwrap_or(i128::MAX)
    }
}

/// The product of two numbers that are too short together to overflow. In WebAssembly a product that
/// tells of overflow is a 128-bit one; what this gives up is done in 128 bits all the same.
fn short_product(a: u64, b: u64) -> Option<u64> {
    (a.leading_zeros() + b.leading_zeros() >= u64::BITS).then(|| a.wrapping_mul(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_product_is_right_or_none_and_gives_up_late() {
        let edges = (0..64).flat_map(|bit| [(1 << bit) - 1, 1 << bit, u64::MAX >> bit]).collect::<Vec<u64>>();
        for a in &edges {
            for b in &edges {
                let short = short_product(*a, *b);
                assert!(short.is_none() || short == a.checked_mul(*b), "{a} × {b}");
                // Half of what fits in all is not given up.
                assert!(short.is_some() || a.checked_mul(*b).is_none_or(|whole| whole >= 1 << 63), "{a} × {b}");
            }
        }
    }

    #[test]
    fn halves_round_up_in_every_size() {
        // At the end of 64 bits nothing overflows.
        let half_a_millionth = (5_000_000, 10_000_000, 1);
        let less_than_half = (4_999_999_000_000, 10_u64.pow(13), 0);
        for (numerator, divisor, rounded) in [(7, 2, 4), half_a_millionth, less_than_half, (u64::MAX, u64::MAX, 1)] {
            assert_eq!(numerator.over(&divisor), rounded);
            assert_eq!(u128::from(numerator).over(&divisor.into()), rounded);
            assert_eq!(BigUint::from(numerator).over(&divisor.into()), rounded);
        }
    }
}
