//! Open groups on a result's page: how many codes their links gave out, and in which hours most, so that stuffing
//! shows. All hours are in the data for download.

use store::{GroupTurnout, IssuedHour};
use text::{Lang, public as words};

use super::html::{Page, write_html};
use super::published::Published;
use crate::limits::MOST_HOURS;

/// Beijing's clock is eight hours ahead the whole year.
const BEIJING: i64 = 8 * 60 * 60;

/// A moment's date on Beijing's clock, such as `2026-03-05`.
pub(crate) fn beijing_date(seconds: i64) -> String {
    let ((year, month, day), _) = beijing(seconds);
    format!("{year}-{month:02}-{day:02}")
}

/// A moment on Beijing's clock, such as `2026-03-05 18:00`.
pub(crate) fn beijing_moment(seconds: i64) -> String {
    let (_, hour) = beijing(seconds);
    format!("{} {hour:02}:{:02}", beijing_date(seconds), seconds.rem_euclid(3600) / 60)
}

/// Date and hour of a moment, on Beijing's clock.
fn beijing(seconds: i64) -> ((i64, i64, i64), i64) {
    let hours = (seconds + BEIJING).div_euclid(3600);
    // Days since 1 March of the year 0, so that a leap day is the last of its year; then Howard Hinnant's civil
    // calendar: eras of 146,097 days, months by the line (153 m + 2) / 5.
    let days = hours.div_euclid(24) + 719_468;
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    // The years begin in March: January and February are of the next.
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    ((year + 400 * days.div_euclid(146_097), month, day), hours.rem_euclid(24))
}

fn hour(hour: &IssuedHour, lang: Lang) -> String {
    let ((_, month, day), of_day) = beijing(hour.from);
    match lang {
        Lang::Zh => format!("{month}月{day}日{of_day}时 {}", hour.issued),
        Lang::En => format!("{month:02}-{day:02} {of_day:02}:00 {}", hour.issued),
    }
}

/// The busiest hours, the earlier of two alike first.
fn busiest(hours: &[IssuedHour]) -> Vec<&IssuedHour> {
    let mut hours: Vec<_> = hours.iter().collect();
    hours.sort_by_key(|hour| (std::cmp::Reverse(hour.issued), hour.from));
    hours.truncate(MOST_HOURS);
    hours
}

/// Writes the section, where the plan has open groups that anybody used.
pub(crate) fn write(page: &mut Page, published: &Published) {
    let open: Vec<&GroupTurnout> = published.turnout.iter().filter(|group| !group.hours.is_empty()).collect();
    if open.is_empty() {
        return;
    }
    let lang = page.lang;
    write_html!(
        page,
        "<section><h2>{}</h2><p>{}</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\
         <thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th>\
         <th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        words::OPEN_GROUPS.in_(lang),
        words::OPEN_GROUPS_NOTE.in_(lang),
        words::OPEN_GROUPS.in_(lang),
        words::PERIOD.in_(lang),
        words::GROUP.in_(lang),
        words::CODES_GIVEN.in_(lang),
        words::ACTIVE_HOURS.in_(lang),
        words::BUSIEST_HOURS.in_(lang),
    );
    for group in open {
        let plan = &published.plan;
        let period = plan.periods.iter().find(|period| period.id == group.period);
        let name = plan.groups.iter().find(|known| known.id == group.group);
        let busiest: Vec<String> = busiest(&group.hours).into_iter().map(|busy| hour(busy, lang)).collect();
        write_html!(
            page,
            "<tr><td>{}<td>{}<td class=\"n\">{}<td class=\"n\">{}<td>{}</tr>",
            period.map_or(group.period.as_str(), |period| &period.name),
            name.map_or(group.group.as_str(), |group| &group.name),
            group.hours.iter().map(|hour| hour.issued).sum::<u64>(),
            group.hours.len(),
            busiest.join(if lang == Lang::Zh { "；" } else { "; " }),
        );
    }
    write_html!(page, "</tbody></table></div></section>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_by_beijings_clock() {
        // By `TZ=Asia/Shanghai date -d @…`.
        assert_eq!(beijing(0), ((1970, 1, 1), 8));
        assert_eq!(beijing(1_699_999_200), ((2023, 11, 15), 6));
        assert_eq!(beijing(1_709_136_000), ((2024, 2, 29), 0));
        assert_eq!(beijing(1_709_222_400), ((2024, 3, 1), 0));
        assert_eq!(beijing(1_735_660_799), ((2024, 12, 31), 23));
        assert_eq!(beijing(1_735_660_800), ((2025, 1, 1), 0));
        assert_eq!(beijing_moment(1_709_136_000 + 90), "2024-02-29 00:01");
    }

    #[test]
    fn the_busiest_hours_come_first_and_of_two_alike_the_earlier() {
        let hour = |from, issued| IssuedHour { from, issued };
        let hours = [hour(0, 2), hour(3600, 9), hour(7200, 2), hour(10_800, 1), hour(14_400, 7)];
        let found: Vec<i64> = busiest(&hours).into_iter().map(|hour| hour.from).collect();
        assert_eq!(found, [3600, 14_400, 0]);
    }
}
