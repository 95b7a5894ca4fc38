//! The figures of documents: points, weights, values, amounts, shares, on `rust_decimal`.
//!
//! Owns reading them strictly, printing them shortest, and the one rounding rule (half away from zero, 四舍五入).
//! Computed scores and exact fractions are `scoring`'s. There are no floats here.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};
use std::str::FromStr;

use rust_decimal::RoundingStrategy;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits behind the point that a document's figure may have.
pub const PLACES: u32 = 12;
/// Digits before the point that a document's figure may have.
pub const WHOLE_DIGITS: usize = 12;
/// Digits before the point that a sum may have where it has 6 places: what 96 bits hold.
const MOST_SUM_DIGITS: usize = 22;
/// What 96 bits hold.
const MOST_MANTISSA: i128 = (1 << 96) - 1;

/// A figure, exact: at most 12 digits before the point and 12 behind it in a document.
///
/// Written as `-?[0-9]{1,12}(\.[0-9]{1,12})?`; printed as the shortest such text. Sums are exact up to
/// 7.9 × 10¹⁶, 79,228 of the largest figures that a document may hold; beyond they stay at the largest that 96 bits
/// hold. Where a longer list is summed, its [`units`](Decimal::units) are.
///
/// ```
/// use document::Decimal;
/// let sum: Decimal = ["0.1", "0.20"].iter().map(|text| text.parse::<Decimal>().unwrap()).sum();
/// assert_eq!(sum.to_string(), "0.3");
/// assert!("1e3".parse::<Decimal>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(rust_decimal::Decimal);

/// A text is no decimal of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal of up to 12 digits and 12 places")
    }
}

impl std::error::Error for NotADecimal {}

impl Decimal {
    /// 0
    pub const ZERO: Decimal = Decimal(rust_decimal::Decimal::ZERO);
    /// 1
    pub const ONE: Decimal = Decimal(rust_decimal::Decimal::ONE);

    /// From units of 10⁻¹². What 96 bits do not hold becomes the largest figure that they do.
    #[must_use]
    pub fn from_units(units: i128) -> Self {
        Decimal::from_scaled(units, PLACES)
    }

    /// `mantissa` × 10^−`places`. What 96 bits do not hold becomes the largest figure that they do.
    #[must_use]
    pub fn from_scaled(mantissa: i128, places: u32) -> Self {
        Decimal::exact(mantissa, places).unwrap_or_else(|| Decimal::saturating(None, mantissa < 0))
    }

    fn exact(mut mantissa: i128, mut places: u32) -> Option<Self> {
        while !(-MOST_MANTISSA..=MOST_MANTISSA).contains(&mantissa) && places > 0 && mantissa % 10 == 0 {
            (mantissa, places) = (mantissa / 10, places - 1);
        }
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, places).ok().map(Decimal)
    }

    /// In units of 10⁻¹².
    #[must_use]
    pub const fn units(self) -> i128 {
        let places = self.0.scale();
        if places <= PLACES {
            self.0.mantissa() * 10_i128.pow(PLACES - places)
        } else {
            // Only a sum of figures with more places than a document's has them, and there is none.
            self.0.mantissa() / 10_i128.pow(places - PLACES)
        }
    }

    /// A whole number.
    #[must_use]
    pub const fn from_int(n: i64) -> Self {
        let size = n.unsigned_abs();
        #[expect(clippy::cast_possible_truncation, reason = "the two halves of 64 bits")]
        let (low, middle) = (size as u32, (size >> 32) as u32);
        Decimal(rust_decimal::Decimal::from_parts(low, middle, 0, n < 0, 0))
    }

    /// Below zero?
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Zero?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Rounded half away from zero to so many places.
    #[must_use]
    pub fn rounded(self, places: u32) -> Decimal {
        Decimal(self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The text of a figure rounded half away from zero to so many places, all of them written; never `-0`.
    #[must_use]
    pub fn fixed(self, places: u32) -> String {
        let rounded = self.rounded(places);
        let shown = if rounded.is_zero() { Decimal::ZERO } else { rounded };
        format!("{:.*}", places as usize, shown.0)
    }

    /// Reads a computed sum, which may have more digits than a document's figure.
    ///
    /// # Errors
    /// [`NotADecimal`]
    pub fn parse_sum(text: &str) -> Result<Self, NotADecimal> {
        Decimal::read(text, MOST_SUM_DIGITS)
    }

    /// Reads text with at most so many digits before the point.
    fn read(text: &str, most_whole_digits: usize) -> Result<Self, NotADecimal> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let fits = |digits: &str, most: usize| {
            (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !fits(whole, most_whole_digits) || !fits(part, PLACES as usize) {
            return Err(NotADecimal);
        }
        let number = |digits: &str| digits.parse::<i128>().map_err(|_| NotADecimal);
        let places = if digits.len() == whole.len() { 0 } else { part.len() as u32 };
        let size = number(whole)? * 10_i128.pow(places) + number(part)?;
        Decimal::exact(if digits.len() < text.len() { -size } else { size }, places).ok_or(NotADecimal)
    }

    fn saturating(sum: Option<rust_decimal::Decimal>, negative: bool) -> Decimal {
        Decimal(sum.unwrap_or(if negative { rust_decimal::Decimal::MIN } else { rust_decimal::Decimal::MAX }))
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        Decimal::read(text, WHOLE_DIGITS)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shortest = self.0.normalize();
        fmt::Display::fmt(&if shortest.is_zero() { rust_decimal::Decimal::ZERO } else { shortest }, f)
    }
}

impl Add for Decimal {
    type Output = Decimal;
    fn add(self, other: Decimal) -> Decimal {
        Decimal::saturating(self.0.checked_add(other.0), self.is_negative())
    }
}

impl Sub for Decimal {
    type Output = Decimal;
    fn sub(self, other: Decimal) -> Decimal {
        Decimal::saturating(self.0.checked_sub(other.0), self.is_negative())
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Decimal>>(figures: I) -> Decimal {
        figures.fold(Decimal::ZERO, Add::add)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Text only: a number is refused.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What stands in a document where a figure belongs: a decimal, or a text that is none.
///
/// A draft with half a number in it survives being read and written. Whether the text is one is checked where the
/// figure is used, for not all of them are: points of an adjustment rule that gives both levels and a range say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// A decimal; it is written with the places that it was read with.
    Decimal(Decimal),
    /// Something else.
    Text(Box<str>),
}

impl Figure {
    /// The decimal, if it is one.
    #[must_use]
    pub const fn decimal(&self) -> Option<Decimal> {
        match self {
            Figure::Decimal(decimal) => Some(*decimal),
            Figure::Text(_) => None,
        }
    }
}

impl Default for Figure {
    fn default() -> Self {
        Figure::Text(Box::default())
    }
}

impl From<&str> for Figure {
    fn from(text: &str) -> Self {
        text.parse().map_or_else(|_| Figure::Text(text.into()), Figure::Decimal)
    }
}

impl From<String> for Figure {
    fn from(text: String) -> Self {
        Figure::from(text.as_str())
    }
}

impl From<Decimal> for Figure {
    fn from(decimal: Decimal) -> Self {
        Figure::Decimal(decimal)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Decimal(decimal) => decimal.0.fmt(f),
            Figure::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_specified_texts_are_decimals() {
        for good in ["0", "-0", "007", "999999999999.999999999999", "-1.5", "0.000000000001"] {
            assert!(good.parse::<Decimal>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "-",
            "+1",
            ".5",
            "1.",
            "1e3",
            " 1",
            "1 ",
            "1,000",
            "１",
            "0x1",
            "--1",
            "1.2.3",
            "1000000000000",
            "0.1234567890123",
            "NaN",
            "٣",
        ] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
    }

    #[test]
    fn decimals_print_shortest() {
        for (read, printed) in [("1.50", "1.5"), ("100", "100"), ("-0", "0"), ("-0.10", "-0.1"), ("007", "7")] {
            assert_eq!(read.parse::<Decimal>().unwrap().to_string(), printed);
        }
    }

    /// The largest figure that a document may hold, and the smallest step between two.
    fn at_the_limits() -> [Decimal; 2] {
        ["999999999999.999999999999", "0.000000000001"].map(|text| text.parse().unwrap())
    }

    #[test]
    fn no_sum_that_a_document_can_ask_for_loses_a_digit() {
        let [most, least] = at_the_limits();
        // As many figures as a plan has leaves for a unit, a category units, or a grading grades, and far more.
        for count in [1, 2, 3, 10, 999, 20_000, 79_228] {
            let sum: Decimal = std::iter::repeat_n(most, count).sum();
            assert_eq!(sum.units(), most.units() * count as i128, "{count}");
            let one_more = sum - most + least;
            assert_eq!(one_more.units(), most.units() * (count as i128 - 1) + 1, "{count}");
            assert_eq!(Decimal::parse_sum(&sum.to_string()), Ok(sum), "{count}");
        }
    }

    #[test]
    fn a_sum_of_more_than_96_bits_is_far_above_every_total() {
        let [most, _] = at_the_limits();
        let sum: Decimal = std::iter::repeat_n(most, 200_000).sum();
        assert!(sum > Decimal::from_units(most.units() * 79_228));
        assert!(Decimal::from_units(i128::MAX) > most && Decimal::from_units(i128::MIN).is_negative());
    }

    #[test]
    fn figures_of_mixed_places_add_up_exactly() {
        // Every pair of limits by sign and places: the sum's units are the units' sum.
        let texts = ["999999999999", "-999999999999.9", "0.000000000001", "-0.5", "0", "123456789012.345678901234"];
        for a in texts.map(|text| text.parse::<Decimal>().unwrap()) {
            for b in texts.map(|text| text.parse::<Decimal>().unwrap()) {
                assert_eq!((a + b).units(), a.units() + b.units());
                assert_eq!((a - b).units(), a.units() - b.units());
                assert_eq!(a.cmp(&b), a.units().cmp(&b.units()));
            }
        }
    }

    #[test]
    fn a_figure_keeps_what_was_written() {
        for text in ["1.50", "-2", "12a", "", "1e3"] {
            assert_eq!(Figure::from(text).to_string(), text);
        }
        assert_eq!(Figure::from("1.50").decimal(), Some("1.5".parse().unwrap()));
        assert_eq!(Figure::from("12a").decimal(), None);
    }
}
