//! Moments of RFC 3339, read by counting days one by one. Knows no plan.

use crate::exact::{Fraction, whole};
use num_bigint::BigInt;

/// Seconds since the year 0 in UTC, with what is behind them; none if it is no moment.
pub fn moment(text: &str) -> Option<Fraction> {
    let (date, rest) = text.split_once('T')?;
    let zone = rest.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = rest.split_at(zone);
    let [year, month, day] = parts(date, '-', [4, 2, 2])?;
    let (time, part) = match time.split_once('.') {
        None => (time, whole(0)),
        Some((time, digits)) => {
            let fine = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let digits = Some(digits).filter(|_| fine)?;
            (time, Fraction::new(digits.parse().ok()?, BigInt::from(10).pow(digits.len() as u32)))
        }
    };
    let [hour, minute, second] = parts(time, ':', [2, 2, 2])?;
    let ahead = match zone {
        "Z" | "z" => 0,
        _ => {
            let [hours, minutes] = parts(&zone[1..], ':', [2, 2])?;
            let size = hours * 60 + minutes;
            if hours > 23 || minutes > 59 {
                return None;
            }
            if zone.starts_with('-') { -size } else { size }
        }
    };
    let days_of = |month: i64| match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        _ => 31,
    };
    if !(1..=12).contains(&month) || !(1..=days_of(month)).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let year_days = |year: i64| if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) { 366 } else { 365 };
    let days = (0..year).map(year_days).sum::<i64>() + (1..month).map(days_of).sum::<i64>() + day - 1;
    Some(whole(((days * 24 + hour) * 60 + minute - ahead) * 60 + second) + part)
}

/// Whole numbers of so many digits each.
fn parts<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[i64; N]> {
    let parts: Vec<&str> = text.split(between).collect();
    let fits = |(part, digits): (&&str, usize)| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() != N || !parts.iter().zip(digits).all(fits) {
        return None;
    }
    parts.iter().map(|part| part.parse().ok()).collect::<Option<Vec<i64>>>()?.try_into().ok()
}
