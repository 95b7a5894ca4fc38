//! Moments as documents write them: RFC 3339 with an offset (docs/plan.md, "The schedule").
//!
//! Owns reading them and which of two comes first. There is no clock here.

/// A moment: seconds from the beginning of 1970 in UTC, and the digits behind them.
///
/// ```
/// use scoring::Moment;
///
/// let opens = Moment::parse("2026-06-01T08:30:00+08:00").unwrap();
/// assert!(opens < Moment::parse("2026-06-01T00:30:00.5Z").unwrap());
/// assert_eq!(opens.seconds(), 1_780_273_800);
/// assert!(Moment::parse("2026-06-01 08:30:00+08:00").is_none() && Moment::parse("2026-06-01T08:30:00").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    seconds: i64,
    /// Digits behind the second, without zeros at their end: their order is that of the text.
    part: String,
}

impl Moment {
    /// Reads `2026-06-01T08:30:00+08:00`, with digits behind the second or without, the offset also `Z`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Moment> {
        // All of it is ASCII, or some part would be no number.
        let at = |from: usize, to: usize| number(text.get(from..to)?);
        let sign = |place: usize, wanted: &[u8]| text.as_bytes().get(place).is_some_and(|byte| wanted.contains(byte));
        let [year, month, day] = [at(0, 4)?, at(5, 7)?, at(8, 10)?];
        let [hour, minute, second] = [at(11, 13)?, at(14, 16)?, at(17, 19)?];
        let separated = sign(4, b"-") && sign(7, b"-") && sign(10, b"T") && sign(13, b":") && sign(16, b":");
        let in_range = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        if !separated || !in_range || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let rest = text.get(19..)?;
        let (part, offset) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?),
            None => ("0", rest),
        };
        if part.is_empty() {
            return None;
        }
        let seconds = ((days_before(year, month) + day - 1) * 24 + hour) * 3600 + minute * 60 + second;
        Some(Moment { seconds: seconds - offset_of(offset)?, part: part.trim_end_matches('0').to_owned() })
    }

    /// Whether it is now, or was before: a clock that counts whole seconds says `now`.
    #[must_use]
    pub fn has_come(&self, now: i64) -> bool {
        now > self.seconds || (now == self.seconds && self.part.is_empty())
    }

    /// How many seconds are left until it by a clock that says `now`; none once it has come.
    #[must_use]
    pub fn seconds_after(&self, now: i64) -> i64 {
        (self.seconds - now).max(0)
    }

    /// A moment as people read it, by the clock and the zone in which it is written: `2026-06-01 08:30 UTC+8`. `None` for
    /// what is no moment.
    ///
    /// ```
    /// use scoring::Moment;
    ///
    /// assert_eq!(Moment::said("2026-06-01T08:30:00+08:00").unwrap(), "2026-06-01 08:30 UTC+8");
    /// assert_eq!(Moment::said("2026-06-01T08:30:15Z").unwrap(), "2026-06-01 08:30:15 UTC");
    /// assert_eq!(Moment::said("2026-06-01T08:30:00.5-03:30").unwrap(), "2026-06-01 08:30:00.5 UTC\u{2212}3:30");
    /// ```
    #[must_use]
    pub fn said(text: &str) -> Option<String> {
        Moment::parse(text)?;
        let (date, clock) = text.split_once('T')?;
        let (time, offset) = clock.split_at(clock.find(['Z', 'z', '+', '-'])?);
        let time = time.strip_suffix(":00").unwrap_or(time);
        let east = offset_of(offset)? / 60;
        let sign = if east < 0 { '\u{2212}' } else { '+' };
        let zone = match (east.abs() / 60, east.abs() % 60) {
            (0, 0) => String::new(),
            (hours, 0) => format!("{sign}{hours}"),
            (hours, minutes) => format!("{sign}{hours}:{minutes:02}"),
        };
        Some(format!("{date} {time} UTC{zone}"))
    }

    /// Whole seconds from the beginning of 1970 in UTC.
    #[must_use]
    pub const fn seconds(&self) -> i64 {
        self.seconds
    }
}

fn number(digits: &str) -> Option<i64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Seconds that local time is ahead of UTC.
fn offset_of(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let ahead = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = (number(text.get(1..3)?)?, number(text.get(4..)?)?);
    let shaped = text.len() == 6 && text.as_bytes().get(3) == Some(&b':') && hours < 24 && minutes < 60;
    shaped.then_some(ahead * (hours * 3600 + minutes * 60))
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + is_leap(year) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the beginning of 1970 to that of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    // Of year 0, a leap year, nothing is before it.
    let years = year * 365 + if year > 0 { leap_days(year - 1) + 1 } else { 0 };
    let since_1970 = years - (1970 * 365 + leap_days(1969) + 1);
    since_1970 + (1..month).map(|month| days_in(year, month)).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_rfc_3339_are_read() {
        // Seconds by `date -u -d … +%s`.
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-26T20:43:15Z", 1_795_725_795),
            ("2000-02-29T23:59:59+08:00", 951_839_999),
            ("2024-03-01T00:00:00-00:30", 1_709_253_000),
            ("1969-12-31T23:59:59.999Z", -1),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            assert_eq!(Moment::parse(text).map(|moment| moment.seconds()), Some(seconds), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_moment() {
        for text in [
            "",
            "2026-06-01",
            "2026-06-01T08:30:00",
            "2026-06-01 08:30:00Z",
            "2026-06-01t08:30:00Z",
            "2026-06-01T08:30Z",
            "2026-06-01T08:30:60Z",
            "2026-06-01T24:00:00Z",
            "2026-06-01T08:60:00Z",
            "2026-02-29T08:30:00Z",
            "2026-13-01T08:30:00Z",
            "2026-00-01T08:30:00Z",
            "2026-06-31T08:30:00Z",
            "2026-06-01T08:30:00.Z",
            "2026-06-01T08:30:00,5Z",
            "2026-06-01T08:30:00.5",
            "2026-06-01T08:30:00+0800",
            "2026-06-01T08:30:00+8:00",
            "2026-06-01T08:30:00+24:00",
            "2026-06-01T08:30:00+08:60",
            "2026-06-01T08:30:00+08:00 ",
            "+026-06-01T08:30:00Z",
            "２026-06-01T08:30:00Z",
            "2026-6-1T08:30:00Z",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_earlier_moment_is_the_smaller() {
        let moment = |text: &str| Moment::parse(text).unwrap();
        assert!(moment("2026-06-01T08:30:00+08:00") < moment("2026-06-01T01:00:00Z"));
        assert!(moment("2026-06-01T00:00:00.05Z") < moment("2026-06-01T00:00:00.1Z"));
        assert_eq!(moment("2026-06-01T00:00:00.10Z"), moment("2026-06-01T08:00:00.1+08:00"));
        assert_eq!(moment("2026-06-01T00:00:00.000Z"), moment("2026-06-01T00:00:00Z"));
    }
}
