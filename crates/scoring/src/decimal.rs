//! The two kinds of exact numbers: a document's [`Decimal`] and a computed [`Score`].
//!
//! Owns reading, printing and the one rounding rule (half away from zero, 四舍五入). There are no
//! floats here and no decimal library: a library decimal of 28 digits rounds sums of the largest
//! figures a plan may hold without saying so, while 128-bit integers hold them all.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits behind the point of a [`Decimal`].
pub const DECIMAL_PLACES: u32 = 12;
/// Digits behind the point of a [`Score`].
pub const SCORE_PLACES: u32 = 6;
/// Units of a [`Decimal`] in one.
pub const DECIMAL_ONE: i128 = 1_000_000_000_000;
/// Units of a [`Score`] in one.
pub const SCORE_ONE: i128 = 1_000_000;
const MOST_WHOLE_DIGITS: usize = 15;
/// With 12 places behind the point this is what 128 bits hold.
const MOST_SUM_DIGITS: usize = 26;

/// A figure of a document (points, weight, value, amount, share), exact, in units of 10⁻¹².
///
/// Written as `-?[0-9]{1,15}(\.[0-9]{1,12})?`; printed as the shortest such text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

/// A text is no decimal of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal of up to 15 digits and 12 places")
    }
}

impl std::error::Error for NotADecimal {}

impl Decimal {
    /// 0
    pub const ZERO: Decimal = Decimal(0);
    /// 1
    pub const ONE: Decimal = Decimal(DECIMAL_ONE);

    /// From units of 10⁻¹².
    #[must_use]
    pub const fn from_units(units: i128) -> Self {
        Decimal(units)
    }

    /// In units of 10⁻¹².
    #[must_use]
    pub const fn units(self) -> i128 {
        self.0
    }

    /// A whole number.
    #[must_use]
    pub const fn from_int(n: i64) -> Self {
        Decimal(n as i128 * DECIMAL_ONE)
    }

    /// Below zero?
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Zero?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The same figure as a score, if it has at most 6 places.
    #[must_use]
    pub const fn to_score(self) -> Option<Score> {
        const STEP: i128 = DECIMAL_ONE / SCORE_ONE;
        if self.0 % STEP == 0 { Some(Score(self.0 / STEP)) } else { None }
    }

    /// Reads text with at most so many digits before the point.
    fn read(text: &str, most_whole_digits: usize) -> Result<Self, NotADecimal> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = match digits.split_once('.') {
            Some((whole, part)) => (whole, Some(part)),
            None => (digits, None),
        };
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > most_whole_digits || !all_digits(whole) {
            return Err(NotADecimal);
        }
        let mut units: i128 = whole.parse().map_err(|_| NotADecimal)?;
        units *= DECIMAL_ONE;
        if let Some(part) = part {
            let places = u32::try_from(part.len()).map_err(|_| NotADecimal)?;
            if part.is_empty() || places > DECIMAL_PLACES || !all_digits(part) {
                return Err(NotADecimal);
            }
            let part: i128 = part.parse().map_err(|_| NotADecimal)?;
            units += part * 10_i128.pow(DECIMAL_PLACES - places);
        }
        Ok(Decimal(if negative { -units } else { units }))
    }

    /// Deserializes a computed sum, which may have more digits than a document's figure.
    pub(crate) fn deserialize_sum<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Decimal::read(&text, MOST_SUM_DIGITS).map_err(serde::de::Error::custom)
    }

    /// Rounded half away from zero to so many places (at most 12).
    #[must_use]
    pub const fn rounded(self, places: u32) -> Decimal {
        let step = 10_i128.pow(DECIMAL_PLACES.saturating_sub(places));
        Decimal(divide_rounding(self.0, step) * step)
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        Decimal::read(text, MOST_WHOLE_DIGITS)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = fixed(self.0, DECIMAL_PLACES);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(text)
    }
}

impl Add for Decimal {
    type Output = Decimal;
    fn add(self, other: Decimal) -> Decimal {
        Decimal(self.0.saturating_add(other.0))
    }
}

impl Sub for Decimal {
    type Output = Decimal;
    fn sub(self, other: Decimal) -> Decimal {
        Decimal(self.0.saturating_sub(other.0))
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

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Points that were computed: exact, in millionths. Printed with 6 places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Score(i128);

impl Score {
    /// 0
    pub const ZERO: Score = Score(0);

    /// From millionths.
    #[must_use]
    pub const fn from_millionths(millionths: i128) -> Self {
        Score(millionths)
    }

    /// In millionths.
    #[must_use]
    pub const fn millionths(self) -> i128 {
        self.0
    }

    /// The same figure as a decimal, which prints in its shortest form.
    #[must_use]
    pub const fn to_decimal(self) -> Decimal {
        Decimal(self.0 * (DECIMAL_ONE / SCORE_ONE))
    }

    /// Rounded half away from zero to so many places (at most 6), as it is published. Never `-0`.
    #[must_use]
    pub fn published(self, decimals: u32) -> String {
        let decimals = decimals.min(SCORE_PLACES);
        fixed(divide_rounding(self.0, 10_i128.pow(SCORE_PLACES - decimals)), decimals)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fixed(self.0, SCORE_PLACES))
    }
}

impl Add for Score {
    type Output = Score;
    fn add(self, other: Score) -> Score {
        Score(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        *self = *self + other;
    }
}

impl Sub for Score {
    type Output = Score;
    fn sub(self, other: Score) -> Score {
        Score(self.0.saturating_sub(other.0))
    }
}

impl Neg for Score {
    type Output = Score;
    fn neg(self) -> Score {
        Score(-self.0)
    }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Score>>(scores: I) -> Score {
        scores.fold(Score::ZERO, Add::add)
    }
}

impl FromStr for Score {
    type Err = NotADecimal;
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        // Totals outgrow a document's 15 digits.
        Decimal::read(text, MOST_SUM_DIGITS)?.to_score().ok_or(NotADecimal)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// `units ÷ divisor`, rounded half away from zero. The divisor is above zero.
#[must_use]
pub(crate) const fn divide_rounding(units: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (units / divisor, units % divisor);
    // Compared without doubling, which could overflow.
    if rest.unsigned_abs() >= divisor.unsigned_abs() - rest.unsigned_abs() {
        quotient + units.signum()
    } else {
        quotient
    }
}

fn fixed(units: i128, places: u32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let units = units.unsigned_abs();
    let one = 10_u128.pow(places);
    if places == 0 {
        return format!("{sign}{units}");
    }
    format!("{sign}{}.{:0width$}", units / one, units % one, width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_specified_texts_are_decimals() {
        for good in ["0", "-0", "007", "999999999999999.999999999999", "-1.5", "0.000000000001"] {
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
            "1000000000000000",
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

    #[test]
    fn halves_round_away_from_zero() {
        for (millionths, decimals, published) in [
            (85_209_524, 2, "85.21"),
            (5_000, 2, "0.01"),
            (-5_000, 2, "-0.01"),
            (4_999, 2, "0.00"),
            (-4_999, 2, "0.00"),
            (500_000, 0, "1"),
            (-500_000, 0, "-1"),
            (-499_999, 0, "0"),
            (1, 6, "0.000001"),
        ] {
            assert_eq!(Score(millionths).published(decimals), published);
        }
    }

    #[test]
    fn scores_print_six_places() {
        assert_eq!(Score(-2_500_000).to_string(), "-2.500000");
        assert_eq!(Score(0).to_string(), "0.000000");
    }
}
