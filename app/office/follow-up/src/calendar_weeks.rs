//! What is due, put into weeks: late things first, then week by week, with today in its place.
//!
//! Owns which day a moment is on and in which week, by the zone that the plan writes. Refuses to know a page.

use scoring::Moment;
use wire::{calendar::Due, day};

use crate::days::DAY;

/// Seconds that UTC+8 is ahead, by which `wire::day` names days.
const CHINA: i64 = 8 * 60 * 60;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Day(i64);

impl Day {
    /// The day of a moment where clocks are `east` seconds ahead of UTC.
    fn of(at: i64, east: i64) -> Day {
        Day((at + east).div_euclid(DAY))
    }

    /// The day's place in its week: 0 on Monday.
    pub(crate) fn of_week(self) -> usize {
        // 1970-01-01 was a Thursday.
        usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or_default()
    }

    /// The Monday of its week.
    fn monday(self) -> Day {
        Day(self.0 - (self.0 + 3).rem_euclid(7))
    }

    /// The Sunday of its week.
    pub(crate) fn sunday(self) -> Day {
        Day(self.monday().0 + 6)
    }

    /// How many days it is before another one.
    pub(crate) fn until(self, other: Day) -> i64 {
        other.0 - self.0
    }

    /// As a calendar writes it: `2026-06-01`.
    pub(crate) fn said(self) -> String {
        day::of(self.0 * DAY - CHINA)
    }
}

/// Seconds that the clock by which a moment is written is ahead of UTC.
fn east(due: &Due) -> i64 {
    let local = due.time.get(..19).and_then(|local| Moment::parse(&format!("{local}Z")));
    local.map_or(CHINA, |local| local.seconds() - due.at)
}

/// The day on which something is due, as the plan writes it. A last day ends when the next one begins.
pub(crate) fn day_of(due: &Due) -> Day {
    let at = if day::is_day(&due.time) { due.at - 1 } else { due.at };
    Day::of(at, east(due))
}

/// What stands in a week.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Line {
    /// Something that is due, and how many days are left.
    Due(Due, i64),
    /// The present day.
    Today,
}

/// A week from its Monday on.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Week {
    pub(crate) monday: Day,
    /// The present day is in it.
    pub(crate) is_this: bool,
    pub(crate) lines: Vec<Line>,
}

/// What is due, in order.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Weeks {
    /// What should have happened and has not, the earliest first.
    pub(crate) late: Vec<Due>,
    /// All else, with today between what was and what comes.
    pub(crate) weeks: Vec<Week>,
    pub(crate) today: Day,
}

/// Puts what is due, which comes in order of time, into weeks. `now` is the server's.
pub(crate) fn weeks(due: Vec<Due>, now: i64) -> Weeks {
    let today = Day::of(now, due.first().map_or(CHINA, east));
    let (late, rest): (Vec<Due>, Vec<Due>) = due.into_iter().partition(|due| due.late);
    let mut weeks: Vec<Week> = Vec::new();
    let mut add = |day: Day, line: Line| {
        let monday = day.monday();
        match weeks.last_mut() {
            Some(week) if week.monday == monday => week.lines.push(line),
            _ => weeks.push(Week { monday, is_this: monday == today.monday(), lines: vec![line] }),
        }
    };
    let mut is_told = false;
    for one in rest {
        let day = day_of(&one);
        if !is_told && day >= today {
            is_told = true;
            add(today, Line::Today);
        }
        let left = today.until(day);
        add(day, Line::Due(one, left));
    }
    if !is_told {
        add(today, Line::Today);
    }
    Weeks { late, weeks, today }
}

#[cfg(test)]
mod tests {
    use wire::calendar::DueKind;

    use super::*;

    fn due(time: &str, late: bool) -> Due {
        Due {
            what: DueKind::Opens,
            period: "year".to_owned(),
            stage: 1,
            time: time.to_owned(),
            at: Moment::parse(time).unwrap().seconds(),
            late,
            office: None,
            places: None,
            given: None,
            given_late: None,
            count: None,
        }
    }

    fn shown(weeks: &Weeks) -> Vec<(String, bool, Vec<String>)> {
        let line = |line: &Line| match line {
            Line::Due(due, left) => format!("{} {left}", due.time),
            Line::Today => "today".to_owned(),
        };
        weeks
            .weeks
            .iter()
            .map(|week| (week.monday.said(), week.is_this, week.lines.iter().map(line).collect()))
            .collect()
    }

    #[test]
    fn a_day_is_that_of_the_zone_in_which_the_plan_writes() {
        // 2026-06-01 is a Monday by `date -d`; seven in the evening of the Sunday before it in UTC.
        let monday = due("2026-06-01T03:00:00+08:00", false);
        assert_eq!((day_of(&monday).said().as_str(), day_of(&monday).of_week()), ("2026-06-01", 0));
        let sunday = due("2026-05-31T19:00:00Z", false);
        assert_eq!((day_of(&sunday).said().as_str(), day_of(&sunday).of_week()), ("2026-05-31", 6));
        assert_eq!(monday.at, sunday.at);
        assert_eq!(day_of(&sunday).sunday().said(), "2026-05-31");
    }

    #[test]
    fn late_things_come_first_and_today_stands_between_what_was_and_what_comes() {
        let due = [
            "2026-05-25T08:00:00+08:00",
            "2026-06-03T08:00:00+08:00",
            "2026-06-03T18:00:00+08:00",
            "2026-07-01T18:00:00+08:00",
        ];
        let due: Vec<Due> = due.iter().enumerate().map(|(place, time)| super::tests::due(time, place == 1)).collect();
        // 2026-06-03T12:00:00+08:00.
        let now = Moment::parse("2026-06-03T12:00:00+08:00").unwrap().seconds();
        let told = weeks(due, now);
        assert_eq!(told.late.iter().map(|due| due.time.as_str()).collect::<Vec<_>>(), ["2026-06-03T08:00:00+08:00"]);
        assert_eq!(
            shown(&told),
            [
                ("2026-05-25".to_owned(), false, vec!["2026-05-25T08:00:00+08:00 -9".to_owned()]),
                ("2026-06-01".to_owned(), true, vec!["today".to_owned(), "2026-06-03T18:00:00+08:00 0".to_owned()]),
                ("2026-06-29".to_owned(), false, vec!["2026-07-01T18:00:00+08:00 28".to_owned()]),
            ]
        );
    }

    #[test]
    fn today_is_told_where_all_is_over_and_where_nothing_is_due() {
        let now = Moment::parse("2027-01-01T12:00:00+08:00").unwrap().seconds();
        let over = weeks(vec![due("2026-06-01T08:00:00+08:00", false)], now);
        assert_eq!(shown(&over).last().unwrap(), &("2026-12-28".to_owned(), true, vec!["today".to_owned()]));
        assert_eq!(shown(&weeks(Vec::new(), now)).len(), 1);
    }
}
