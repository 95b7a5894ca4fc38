//! What is due in a plan's rounds, by office, the last days of what follows from it, and what is late.
//!
//! Owns what there is to give (of stage 2 for units on the shortlist alone), and what counts as given: an entry, a link, or
//! a decision in its place, that is not struck out. Refuses to own the times (`scoring::round`), and which items and cases
//! are not done (`follow_up`).

use std::collections::BTreeMap;

use scoring::plan_document::MethodDocument;
use scoring::{Hour, LeafIndex, Moment, Plan, Record, RecordKind, Round, UnitIndex};
use wire::calendar::{Calendar, Due, DueKind};
use wire::day;
use wire::round::RoundState;

use super::frozen_plan::Shortlist;
use super::head::PlanHead;
use crate::database::{Item, Range, Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::records::record::{is_pending, read};
use crate::store::Store;

/// What one office is to give in one round, place by place: whether something is there, and came late.
#[derive(Debug, Clone, Default)]
struct Asked {
    places: BTreeMap<(LeafIndex, UnitIndex), Option<Late>>,
}

/// Whether what is there came after it was due.
type Late = bool;

impl Asked {
    fn len(&self, of: impl Fn(Option<Late>) -> bool) -> u64 {
        self.places.values().filter(|place| of(**place)).count() as u64
    }
}

/// Period, stage and office.
type Place<'p> = (&'p str, u8, Option<&'p str>);

/// The office of a component that somebody fills in; `None` for one that nobody does.
fn office_of<'p>(plan: &'p Plan, component: &str) -> Option<Option<&'p str>> {
    match plan.method_document(plan.leaf_place(component)?) {
        MethodDocument::Entered(entered) => Some(Some(&entered.office)),
        MethodDocument::Linked(linked) => Some(linked.office.as_deref()),
        _ => None,
    }
}

/// What there is to give in the rounds that say until when. Of stage 2 nothing, before there is a shortlist.
fn asked<'p>(plan: &'p Plan, shortlist: Option<&Shortlist>) -> BTreeMap<Place<'p>, Asked> {
    let mut asked: BTreeMap<Place<'_>, Asked> = BTreeMap::new();
    for round in plan.rounds().iter().filter(|round| round.entries_due().is_some()) {
        for (leaf, _) in plan.leaves().enumerated().filter(|(_, leaf)| leaf.stage == round.stage) {
            let Some(office) = office_of(plan, plan.leaf_id(leaf)) else { continue };
            let is_listed = |unit: &UnitIndex| shortlist.is_some_and(|list| list.contains(&plan.unit(*unit).id));
            let units = plan.unit_indices().filter(|unit| plan.applies(leaf, *unit));
            let units = units.filter(|unit| round.stage == 1 || is_listed(unit)).map(|unit| ((leaf, unit), None));
            asked.entry((round.period, round.stage, office)).or_default().places.extend(units);
        }
    }
    asked
}

impl Store {
    /// What is due in a plan's rounds, and the last days of its items of rectification and cases that are not done, the
    /// earliest first. The rounds of a draft that is no plan yet have nothing due.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn calendar(&self, plan: &PlanId) -> Result<Calendar, StoreError> {
        let row = self.plan(plan).await?;
        let mut due = match Plan::from_json(&row.document) {
            Ok(plan) => self.calendar_of(&row.head, &plan).await?,
            Err(_) => Vec::new(),
        };
        let now = self.now().0;
        due.extend(last_days(DueKind::Rectification, self.open_deadlines(plan).await?, now));
        due.extend(last_days(DueKind::Cases, self.open_case_days(plan).await?, now));
        due.sort_by_key(|due| due.at);
        Ok(Calendar { now, due })
    }

    /// What is due in the rounds of a plan that was read already, the earliest first.
    pub(crate) async fn calendar_of(&self, head: &PlanHead, plan: &Plan) -> Result<Vec<Due>, StoreError> {
        let now = self.now();
        let shortlist = match head.shortlisted {
            true => self.shortlist(head, &*self.frozen(head).await?).await?,
            false => None,
        };
        let mut asked = asked(plan, shortlist.as_ref());
        if !asked.is_empty() {
            for kind in [RecordKind::Entry, RecordKind::Link, RecordKind::Decision] {
                self.add_given(head, plan, kind, &mut asked).await?;
            }
        }
        let mut due = Vec::new();
        for round in plan.rounds() {
            due.extend(moments(head, &round, now.0));
            let Some((time, at)) = time(round.times.and_then(|times| times.entries_due.as_ref())) else { continue };
            let of_round =
                asked.iter().filter(|((period, stage, _), _)| (*period, *stage) == (round.period, round.stage));
            due.extend(of_round.map(|((.., office), asked)| Due {
                late: now.0 > at && asked.len(|place| place.is_none()) > 0,
                office: office.map(str::to_owned),
                places: Some(asked.len(|_| true)),
                given: Some(asked.len(|place| place.is_some())),
                given_late: Some(asked.len(|place| place == Some(true))),
                ..new(DueKind::Entries, &round, (time.clone(), at))
            }));
        }
        due.sort_by_key(|due| due.at);
        Ok(due)
    }

    /// Counts the records of a kind, a page at a time.
    async fn add_given<'p>(
        &self,
        head: &PlanHead,
        plan: &'p Plan,
        kind: RecordKind,
        asked: &mut BTreeMap<Place<'p>, Asked>,
    ) -> Result<(), StoreError> {
        let (partition, prefix) = (keys::record_partition(&head.id), format!("{}#", kind.as_str()));
        let mut after: Option<String> = None;
        loop {
            let range = Range { prefix: &prefix, after: after.as_deref(), ..Range::default() };
            let (items, next) = self.database.query(Table::Main, &partition, range).await?;
            for item in &items {
                if is_pending(item)? {
                    continue;
                }
                let Some((component, unit, period)) = place_of(kind, item)? else { continue };
                let Some(period) = plan.period_place(&period).map(|place| plan.period(place).id.as_str()) else {
                    continue;
                };
                let Some(office) = office_of(plan, &component) else { continue };
                let round = plan.round(period, plan.stage_of(&component));
                let place = plan.leaf_place(&component).zip(plan.unit_place(&unit));
                let asked = asked.get_mut(&(period, round.stage, office));
                let given = place.and_then(|place| asked?.places.get_mut(&place));
                let (Some(given), Some(due)) = (given, round.entries_due()) else { continue };
                // Of several the first says whether it was in time.
                let late = item.time("made_at")?.0 > due.seconds();
                *given = Some(late && given.unwrap_or(true));
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

/// Component, unit and period that a record is of.
fn place_of(kind: RecordKind, item: &Item) -> Result<Option<(String, String, String)>, StoreError> {
    if kind == RecordKind::Decision {
        let Ok(Record::Decision(decision)) = read(kind, item)? else { return Ok(None) };
        return Ok(Some((decision.component, decision.unit, decision.period)));
    }
    let mut ids = item.sort_key()?.split('#').skip(1).map(str::to_owned);
    Ok(ids.next().zip(ids.next()).zip(ids.next()).map(|((component, unit), period)| (component, unit, period)))
}

/// A time as it is written, and in seconds.
fn time(text: Option<&String>) -> Option<(String, i64)> {
    text.and_then(|text| Some((text.clone(), Moment::parse(text)?.seconds())))
}

fn new(what: DueKind, round: &Round<'_>, (time, at): (String, i64)) -> Due {
    Due {
        what,
        period: round.period.to_owned(),
        stage: round.stage.into(),
        time,
        at,
        late: false,
        office: None,
        places: None,
        given: None,
        given_late: None,
        count: None,
    }
}

/// Last days, and how much ends on each.
fn last_days(what: DueKind, days: Vec<(String, u64)>, now: i64) -> impl Iterator<Item = Due> {
    days.into_iter().filter_map(move |(last, count)| {
        let at = day::ends(&last)?;
        Some(Due {
            what,
            period: String::new(),
            stage: 1,
            time: last,
            at,
            late: at <= now,
            office: None,
            places: None,
            given: None,
            given_late: None,
            count: Some(count),
        })
    })
}

/// When a round opens and closes.
fn moments(head: &PlanHead, round: &Round<'_>, now: i64) -> Vec<Due> {
    let Some(times) = round.times else { return Vec::new() };
    let hour = round.hour(now);
    let state = head.round_state(round.period, round.stage);
    let opens = time(times.opens.as_ref()).map(|time| {
        let late = state == RoundState::Waiting && hour != Hour::Early;
        Due { late, ..new(DueKind::Opens, round, time) }
    });
    let closes = time(times.closes.as_ref()).map(|time| {
        let late = state != RoundState::Closed && hour == Hour::Late;
        Due { late, ..new(DueKind::Closes, round, time) }
    });
    opens.into_iter().chain(closes).collect()
}
