//! What of a plan is due in the days that come, and what is late, as a line of the list says it.
//!
//! Owns which of it is told at a moment. Refuses to own the plan's calendar (`calendar`), and when it is read again
//! (`known_facts`): what is read here changes by events alone, and what a clock makes of it is worked out at each look.

use scoring::Plan;
use wire::calendar::{Due, DueKind};
use wire::day;
use wire::desk::{DeskDue, DeskDueKind, NextKind, NextStep};
use wire::round::RoundState;

use super::head::{PlanHead, State};
use super::known_facts::{Dated, Dates};
use crate::error::StoreError;
use crate::limits::DUE_WITHIN;
use crate::store::Store;

impl Store {
    /// The times of a plan's schedule, with what is given of entries.
    pub(crate) async fn dated(&self, head: &PlanHead, plan: &Plan) -> Result<Vec<Dated>, StoreError> {
        if plan.rounds().iter().all(|round| round.times.is_none()) {
            return Ok(Vec::new());
        }
        let name = |due: &Due| match plan.periods() {
            [_] => None,
            periods => periods.iter().find(|period| period.id == due.period).map(|period| period.name.clone()),
        };
        let due = self.calendar_of(head, plan).await?;
        Ok(due.into_iter().map(|due| Dated { period: name(&due), due }).collect())
    }
}

/// What is told of a plan at a moment, the earliest first. `office`: of the entries of this one alone.
pub(crate) fn told(
    head: &PlanHead,
    dates: &Dates,
    next: Option<NextStep>,
    now: i64,
    office: Option<&str>,
) -> Vec<DeskDue> {
    let mut told: Vec<DeskDue> = match head.state {
        State::Published => Vec::new(),
        _ => dates.rounds.iter().filter_map(|dated| of_round(head, dated, now, office)).collect(),
    };
    if office.is_none() {
        told.extend(of_last_days(DeskDueKind::Rectification, &dates.items, now));
        told.extend(of_last_days(DeskDueKind::Cases, &dates.cases, now));
        told.extend(of_display(head, next, now));
    }
    told.retain(|due| due.at <= now + DUE_WITHIN);
    told.sort_by_key(|due| due.at);
    told
}

fn of_round(head: &PlanHead, dated: &Dated, now: i64, office: Option<&str>) -> Option<DeskDue> {
    let Dated { due, period } = dated;
    let state = head.round_state(&due.period, u8::try_from(due.stage).unwrap_or(1));
    let (what, count, late) = match due.what {
        DueKind::Opens if office.is_none() && state == RoundState::Waiting => (DeskDueKind::Opens, None, now >= due.at),
        DueKind::Closes if office.is_none() && state != RoundState::Closed => {
            (DeskDueKind::Closes, None, now >= due.at)
        }
        // Nobody can give entries of a draft.
        DueKind::Entries if head.state != State::Draft && (office.is_none() || due.office.as_deref() == office) => {
            let left = due.places.unwrap_or_default().saturating_sub(due.given.unwrap_or_default());
            (DeskDueKind::Entries, Some(Some(left).filter(|left| *left > 0)?), now > due.at)
        }
        _ => return None,
    };
    Some(DeskDue {
        what,
        at: due.at,
        time: Some(due.time.clone()),
        late,
        period: period.clone(),
        stage: due.stage,
        office: due.office.clone(),
        count,
    })
}

/// Items of rectification, or cases, by their last days: those that are over in one line, those that come in another.
fn of_last_days(what: DeskDueKind, deadlines: &[(String, u64)], now: i64) -> Vec<DeskDue> {
    let line = |late: bool| {
        let of_line = deadlines.iter().filter_map(|(last, count)| Some((day::ends(last)?, last, *count)));
        let of_line: Vec<_> = of_line.filter(|(at, ..)| (*at <= now) == late && *at <= now + DUE_WITHIN).collect();
        let (at, last, _) = *of_line.first()?;
        let count = Some(of_line.iter().map(|(.., count)| count).sum());
        Some(DeskDue { what, at, time: Some(last.clone()), late, period: None, stage: 1, office: None, count })
    };
    [line(true), line(false)].into_iter().flatten().collect()
}

/// The end of a public display, with the objections that wait for an answer.
fn of_display(head: &PlanHead, next: Option<NextStep>, now: i64) -> Option<DeskDue> {
    let until = head.announced.filter(|_| head.state == State::Closed)?;
    let count = next.filter(|next| next.what == NextKind::Objections).and_then(|next| next.count);
    let (what, at, late) = (DeskDueKind::Display, until.0, now >= until.0);
    Some(DeskDue { what, at, time: None, late, period: None, stage: 1, office: None, count })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-28T00:00:00+08:00, by `date -u -d 2026-11-27T16:00:00Z +%s`.
    const NOW: i64 = 1_795_795_200;

    #[test]
    fn last_days_are_told_from_a_week_before_their_last_day_ends() {
        let deadlines =
            ["2026-11-20", "2026-11-27", "2026-11-28", "2026-12-04", "2026-12-05"].map(|day| (day.to_owned(), 2));
        let told: Vec<_> = of_last_days(DeskDueKind::Cases, &deadlines, NOW)
            .into_iter()
            .map(|due| (due.time.unwrap_or_default(), due.late, due.count))
            .collect();
        // The 27th is over at the midnight that is now. The 4th is over seven days from now, the 5th a day later.
        assert_eq!(told, [("2026-11-20".to_owned(), true, Some(4)), ("2026-11-28".to_owned(), false, Some(4))]);
        assert_eq!(of_last_days(DeskDueKind::Rectification, &[], NOW), []);
    }
}
