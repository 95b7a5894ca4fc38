//! What is near: cases whose last day is over, or comes within thirty days.
//!
//! Refuses to own what is overdue: days are counted from the day of this device, by UTC+8, as last days end.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{moment, names::name_of};
use text::cases as words;
use wire::case::Case;
use wire::day;

use crate::case_book::{CaseBook, is_running};
use crate::days::between;

/// So many days before its last one a case is told here.
const NEAR_DAYS: i64 = 30;

/// The running cases that are near on a day, the earliest last day first, with the days that are left.
fn near<'c>(cases: &'c [Case], today: &str) -> Vec<(&'c Case, i64)> {
    let running = cases.iter().filter(|case| is_running(case));
    let with_days = running.filter_map(|case| Some((case, between(today, &case.due)?)));
    let mut near: Vec<_> = with_days.filter(|(_, days)| *days <= NEAR_DAYS).collect();
    near.sort_by_key(|(case, days)| (*days, case.number));
    near
}

/// The days that are left, in words.
fn days_said(days: i64) -> AnyView {
    match days {
        0 => view! { <span class="tag warn">{t(words::TODAY)}</span> }.into_any(),
        days if days > 0 => {
            view! { <span class="tag warn">{move || fill(words::DAYS_LEFT, &[&days])}</span> }.into_any()
        }
        days => view! { <span class="tag bad">{move || fill(words::DAYS_OVER, &[&-days])}</span> }.into_any(),
    }
}

/// The section, above all else; nothing where nothing is near.
#[component]
pub(crate) fn Near(book: CaseBook) -> impl IntoView {
    let plan = StoredValue::new(book.context.answer.get_untracked().plan);
    move || {
        let today = day::of(moment::now());
        book.cases.with(|cases| {
            let near = near(cases.as_deref().unwrap_or_default(), &today);
            (!near.is_empty()).then(|| {
                let rows = near.into_iter().map(|(case, days)| {
                    let unit = plan.with_value(|plan| name_of(plan, "/units", &case.unit));
                    let outcome = plan.with_value(|plan| name_of(plan, "/outcomes", &case.outcome));
                    let href = book.context.href(&format!("cases#case-{}", case.number));
                    let due = case.due.clone();
                    view! {
                        <li class="row">
                            {days_said(days)}
                            <span class="unbroken">{due}</span>
                            <a href=href><bdi>{unit}</bdi></a>
                            <bdi class="soft">{outcome}</bdi>
                        </li>
                    }
                    .into_any()
                });
                let rows: Vec<AnyView> = rows.collect();
                view! {
                    <section class="panel stack tight" aria-labelledby="cases-near">
                        <h2 id="cases-near">{t(words::NEAR)}</h2>
                        <ul class="plain stack tight">{rows}</ul>
                    </section>
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(number: u64, due: &str, is_done: bool) -> Case {
        crate::case_book::case(number, "forestry", due, is_done)
    }

    #[test]
    fn cases_are_near_from_thirty_days_before_their_last_one_until_they_are_done() {
        let cases = [
            case(1, "2019-01-30", false),
            case(2, "2019-01-31", false),
            case(3, "2018-12-30", false),
            case(4, "2018-12-01", true),
            case(5, "2018-12-31", false),
        ];
        // The 30th of January is thirty days after the 31st of December, the day after it one more.
        let near: Vec<(u64, i64)> =
            near(&cases, "2018-12-31").into_iter().map(|(case, days)| (case.number, days)).collect();
        assert_eq!(near, [(3, -1), (5, 0), (1, 30)]);
    }
}
