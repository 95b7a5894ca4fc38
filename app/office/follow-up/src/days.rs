//! Days between one last day and another, by UTC+8, as `wire::day` names them.

use wire::day;

/// Seconds of a day.
pub(crate) const DAY: i64 = 24 * 60 * 60;

/// How many days it is from one day to another; below zero the other was before. `None` where one of them is no day.
pub(crate) fn between(from: &str, to: &str) -> Option<i64> {
    Some((day::begins(to)? - day::begins(from)?) / DAY)
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn days_are_counted_over_the_end_of_a_year_and_backwards() {
        // Thirty days to the 30th of January, and the 1st of December is thirty-one days before the 1st of January.
        assert_eq!(between("2018-12-31", "2019-01-30"), Some(30));
        assert_eq!(between("2019-01-01", "2018-12-01"), Some(-31));
        assert_eq!(between("2019-01-01", "2019-01-01"), Some(0));
        assert_eq!(between("soon", "2019-01-01"), None);
    }
}
