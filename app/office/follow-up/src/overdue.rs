//! How far each unit is with its items, those that are late first, and the table of reminders.
//!
//! Refuses to own what is late (the server's clock).

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::{
    asking,
    csv::{Cell, csv_file},
    download::download,
    names::{name_of, named},
    plan_context::PlanContext,
};
use scoring::json::Value;
use text::{follow_up, rectification_desk as words};
use wire::rectification::{Rectification, RectificationSummary, Rectifications, UnitRectifications};

use crate::days::between;

/// Units by how late they are: most overdue items first, then most returned and open ones; else in the order of ids.
fn ordered(mut units: Vec<UnitRectifications>) -> Vec<UnitRectifications> {
    units.sort_by_key(|one| {
        let items = &one.items;
        std::cmp::Reverse((items.overdue, items.returned, items.open, items.reported))
    });
    units
}

/// The lines of the reminder below its head: by unit as in the plan, the earliest last day first.
fn reminders(plan: &Value, mut items: Vec<Rectification>, today: &str) -> Vec<Vec<Cell>> {
    let order: Vec<String> = named(plan, "/units").into_iter().map(|(id, _)| id).collect();
    let place = |unit: &str| order.iter().position(|id| id == unit).unwrap_or(order.len());
    items.sort_by(|a, b| (place(&a.unit), &a.deadline, a.number).cmp(&(place(&b.unit), &b.deadline, b.number)));
    let lines = items.into_iter().map(|one| {
        let days = between(&one.deadline, today).map(|days| days.to_string()).unwrap_or_default();
        vec![
            Cell::text(name_of(plan, "/units", &one.unit)),
            Cell::figure(one.number),
            Cell::text(one.matter),
            Cell::text(one.leader),
            Cell::text(one.department),
            Cell::text(one.deadline),
            Cell::figure(days),
        ]
    });
    lines.collect()
}

/// All overdue items.
async fn overdue(context: PlanContext) -> Result<Vec<Rectification>, Refusal> {
    asking::all::<Rectifications>(&context.api("rectifications?state=overdue")).await
}

/// The units, folded, with the button for the reminders where something is late.
#[component]
pub(crate) fn HowFar(context: PlanContext, summary: RectificationSummary) -> impl IntoView {
    let plan = StoredValue::new(context.answer.get_untracked().plan);
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<Refusal>));
    let (today, late, count) = (summary.today, summary.all.overdue, summary.units.len());
    let today = StoredValue::new(today);
    let start = move || {
        // The page may be left before the answer comes.
        let (plan, today) = (plan.get_value(), today.get_value());
        asking::run(busy, async move {
            match overdue(context).await {
                Ok(items) => {
                    let head = [
                        words::UNIT,
                        words::NUMBER,
                        follow_up::MATTER,
                        follow_up::LEADER,
                        follow_up::DEPARTMENT,
                        follow_up::FIELD_DEADLINE,
                        words::DAYS_OVER,
                    ];
                    let head = head.map(|name| Cell::text(t(name)())).to_vec();
                    let lines = reminders(&plan, items, &today);
                    let file = csv_file(std::iter::once(head).chain(lines));
                    download(words::FILE, "text/csv;charset=utf-8", &file);
                    failed.try_set(None);
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    };
    let retry = Callback::new(move |()| start());
    let reminding = (late > 0).then(|| {
        view! {
            <p class="row">
                <span class="tag bad">{move || fill(words::OVERDUE_OF, &[&late])}</span>
                <button type="button" aria-disabled=move || busy.get().to_string() on:click=move |_| start()>{t(words::REMINDERS)}</button>
            </p>
        }
    });
    let rows = ordered(summary.units).into_iter().map(|one| {
        let name = plan.with_value(|plan| name_of(plan, "/units", &one.unit));
        let items = one.items;
        let figures = [items.overdue, items.returned, items.open, items.reported, items.accepted, items.total];
        let figures = figures.map(|figure| view! { <td class="figure">{figure}</td> }.into_any());
        view! { <tr><th scope="row"><bdi>{name}</bdi></th>{Vec::from(figures)}</tr> }.into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let heads = [
        follow_up::STATE_OVERDUE,
        follow_up::STATE_RETURNED,
        follow_up::STATE_OPEN,
        follow_up::STATE_REPORTED,
        follow_up::STATE_ACCEPTED,
        words::ALL,
    ];
    let heads = heads.map(|name| view! { <th scope="col" class="figure">{t(name)}</th> }.into_any());
    (count > 0).then(|| {
        view! {
            {reminding}
            {move || failed.get().map(|refusal| asking::refused(refusal, retry))}
            <details>
                <summary>{move || fill(words::INDEX, &[&count])}</summary>
                <div class="scroll" tabindex="0"><table class="how-far">
                    <thead><tr><th scope="col">{t(words::UNIT)}</th>{Vec::from(heads)}</tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
            </details>
        }
    })
}

#[cfg(test)]
mod tests {
    use wire::rectification::{RectificationCounts, RectificationState};

    use super::*;

    #[test]
    fn units_that_are_late_come_first() {
        let of = |unit: &str, overdue, returned, open| UnitRectifications {
            unit: unit.to_owned(),
            items: RectificationCounts { overdue, returned, open, ..RectificationCounts::default() },
        };
        let units = ordered(vec![of("a", 0, 0, 9), of("b", 2, 0, 0), of("c", 0, 1, 0), of("d", 2, 1, 0)]);
        let order: Vec<&str> = units.iter().map(|one| one.unit.as_str()).collect();
        assert_eq!(order, ["d", "b", "c", "a"]);
    }

    fn item(number: u64, unit: &str, deadline: &str) -> Rectification {
        Rectification {
            number,
            revision: 1,
            unit: unit.to_owned(),
            matter: "=办证慢".to_owned(),
            source: "服务对象".to_owned(),
            measures: String::new(),
            leader: "王站长".to_owned(),
            department: "窗口".to_owned(),
            deadline: deadline.to_owned(),
            term: None,
            state: RectificationState::Overdue,
            comments: Vec::new(),
            originals: Vec::new(),
            findings: Vec::new(),
            reports: 0,
            last_report: None,
            review: None,
            released: Vec::new(),
            reports_released: 0,
            by: "wang".to_owned(),
            at: 0,
            struck: None,
        }
    }

    #[test]
    fn reminders_are_by_unit_with_leader_last_day_and_days_over() {
        let plan = Value::parse(br#"{ "units": [{ "id": "b", "name": "B" }, { "id": "a", "name": "A" }] }"#).unwrap();
        let items = vec![item(1, "a", "2018-12-31"), item(2, "b", "2018-12-30"), item(3, "b", "2018-12-01")];
        // On 2019-01-01: 31 days since the first of December, 2 since the 30th, 1 since the 31st.
        let lines = reminders(&plan, items, "2019-01-01");
        let told: Vec<[&Cell; 4]> = lines.iter().map(|line| [&line[0], &line[1], &line[5], &line[6]]).collect();
        let expected = [("B", 3, "2018-12-01", 31), ("B", 2, "2018-12-30", 2), ("A", 1, "2018-12-31", 1)];
        let expected = expected.map(|(unit, number, day, over)| {
            [Cell::text(unit), Cell::figure(number), Cell::text(day), Cell::figure(over)]
        });
        for (told, expected) in told.iter().zip(&expected) {
            assert_eq!(*told, expected.each_ref());
        }
        assert_eq!((told.len(), &lines[0][3]), (3, &Cell::text("王站长")));
    }
}
