//! Exact fractions and the document's way of writing them. Owns the oracle's
//! arithmetic; it knows nothing of plans and shares no code with the crate.

use num_bigint::BigInt;
use num_rational::Ratio;

/// A fraction of whole numbers without bound.
pub type Fraction = Ratio<BigInt>;

pub fn whole(n: i64) -> Fraction {
    Fraction::from_integer(BigInt::from(n))
}

pub fn zero() -> Fraction {
    whole(0)
}

fn power_of_ten(places: usize) -> BigInt {
    let mut power = BigInt::from(1);
    for _ in 0..places {
        power *= 10;
    }
    power
}

/// Reads `-?[0-9]{1,12}(\.[0-9]{1,12})?`, and nothing else.
pub fn decimal(text: &str) -> Option<Fraction> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (front, back) = match rest.split_once('.') {
        Some((front, back)) => (front, Some(back)),
        None => (rest, None),
    };
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(front, 12) || back.is_some_and(|back| !digits(back, 12)) {
        return None;
    }
    let back = back.unwrap_or("");
    let units: BigInt = format!("{front}{back}").parse().ok()?;
    let value = Fraction::new(units, power_of_ten(back.len()));
    Some(if negative { -value } else { value })
}

/// Rounds half away from zero to `places` decimals.
pub fn round(value: &Fraction, places: usize) -> Fraction {
    let power = power_of_ten(places);
    let scaled = value * Fraction::from_integer(power.clone());
    let half = Fraction::new(BigInt::from(1), BigInt::from(2));
    let rounded = if scaled < zero() { (scaled - half).ceil() } else { (scaled + half).floor() };
    rounded / Fraction::from_integer(power)
}

/// Prints a value that has no more than `places` decimals with exactly so many.
pub fn fixed(value: &Fraction, places: usize) -> String {
    let scaled = value * Fraction::from_integer(power_of_ten(places));
    assert!(scaled.is_integer(), "{value} has more than {places} decimals");
    let scaled = scaled.to_integer();
    let negative = scaled < BigInt::from(0);
    let digits = scaled.magnitude().to_string();
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (front, back) = digits.split_at(digits.len() - places);
    let sign = if negative { "-" } else { "" };
    if places == 0 { format!("{sign}{front}") } else { format!("{sign}{front}.{back}") }
}

/// Prints a value of at most 12 decimals with no zeros at its end.
pub fn shortest(value: &Fraction) -> String {
    let long = fixed(value, 12);
    long.trim_end_matches('0').trim_end_matches('.').to_string()
}

pub fn sum(values: impl IntoIterator<Item = Fraction>) -> Fraction {
    values.into_iter().fold(zero(), |total, value| total + value)
}
