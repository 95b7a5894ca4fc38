//! Days and months as the office writes them: `2018-10-31`, `2018-10`.
//!
//! Owns which text is a day, and when a day is over. Refuses to own moments ([`scoring::Moment`]).

use scoring::Moment;

/// The offset by which days begin and end: that of China, in all of its provinces.
const ZONE: &str = "+08:00";

/// Seconds of a day.
const SECONDS: i64 = 24 * 60 * 60;

/// Whether a text is a day of the calendar.
#[must_use]
pub fn is_day(text: &str) -> bool {
    begins(text).is_some()
}

/// Whether a text is a month of the calendar.
#[must_use]
pub fn is_month(text: &str) -> bool {
    text.len() == 7 && is_day(&format!("{text}-01"))
}

/// When a day begins by UTC+8, in seconds since 1970-01-01T00:00:00Z.
#[must_use]
pub fn begins(day: &str) -> Option<i64> {
    (day.len() == 10).then(|| Moment::parse(&format!("{day}T00:00:00{ZONE}")).map(|moment| moment.seconds()))?
}

/// When a day is over by UTC+8, in seconds since 1970-01-01T00:00:00Z.
#[must_use]
pub fn ends(day: &str) -> Option<i64> {
    begins(day).map(|begins| begins + SECONDS)
}

/// The day that a moment falls on by UTC+8. Days before 1970 are none of an office's.
#[must_use]
pub fn of(seconds: i64) -> String {
    // Civil days from a count of days: the era of 400 years, the year in it that begins in March, the day in that.
    let days = (seconds + 8 * 60 * 60).div_euclid(SECONDS) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_those_of_the_calendar() {
        for day in ["2018-10-31", "2024-02-29", "1999-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for none in ["", "2018-10", "2018-02-29", "2018-13-01", "2018-1-01", "2018/10/31", "2018-10-31 ", "２018-10-3"]
        {
            assert!(!is_day(none), "{none}");
        }
        assert!(is_month("2018-10") && is_month("2024-02"));
        for none in ["2018", "2018-13", "2018-00", "2018-1", "2018-10-"] {
            assert!(!is_month(none), "{none}");
        }
    }

    #[test]
    fn a_day_is_over_at_midnight_in_china() {
        // By `date -u -d 2018-10-31T16:00:00Z +%s`.
        assert_eq!(ends("2018-10-31"), Some(1_541_001_600));
        assert_eq!(begins("2018-11-01"), Some(1_541_001_600));
        assert_eq!(ends("never"), None);
    }

    #[test]
    fn a_moment_falls_on_the_day_that_it_is_in_china() {
        assert_eq!(of(1_541_001_599), "2018-10-31");
        assert_eq!(of(1_541_001_600), "2018-11-01");
        assert_eq!(of(0), "1970-01-01");
        // The leap day of a century that has one: every day from its begin to its end.
        for day in ["2000-02-29", "2000-03-01", "2024-02-29", "2026-12-31", "2100-02-28", "2100-03-01"] {
            assert_eq!(of(begins(day).unwrap()), day);
            assert_eq!(of(ends(day).unwrap() - 1), day);
        }
    }
}
