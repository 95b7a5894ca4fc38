//! Points that were computed: [`Score`], exact to the millionth. A document's figures are [`Decimal`]s.
//!
//! Owns the arithmetic of scores; they are read, rounded and printed as [`Decimal`]s are.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use document::{Path, Problem, Read, Tree, parsed};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
#[cfg(feature = "openapi")]
use utoipa::PartialSchema;

pub use document::{Decimal, NotADecimal};

/// Digits behind the point of a [`Score`].
const SCORE_PLACES: u32 = 6;
/// Units of a [`Decimal`] in one of a [`Score`]'s.
const STEP: i128 = 1_000_000;

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

    /// The decimal's figure, if it has at most 6 places.
    #[must_use]
    pub const fn from_decimal(decimal: Decimal) -> Option<Score> {
        let units = decimal.units();
        if units % STEP == 0 { Some(Score(units / STEP)) } else { None }
    }

    /// The same figure as a decimal, which prints in its shortest form.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::from_scaled(self.0, SCORE_PLACES)
    }

    /// Rounded half away from zero to so many places (at most 6), as it is published. Never `-0`.
    #[must_use]
    pub fn published(self, decimals: u32) -> String {
        self.to_decimal().fixed(decimals.min(SCORE_PLACES))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.published(SCORE_PLACES))
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
        // Totals outgrow a document's 12 digits.
        Score::from_decimal(Decimal::parse_sum(text)?).ok_or(NotADecimal)
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

impl Read for Score {
    fn blank() -> Self {
        Score::ZERO
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        parsed(value, path, problems, |text| text.parse().ok())
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Score {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        document::schema::reference::<Decimal>()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Score {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        schemas.push((Decimal::name().into_owned(), Decimal::schema()));
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

#[cfg(test)]
mod tests {
    use super::*;

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
