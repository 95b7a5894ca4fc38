//! What is due in a plan's rounds, by office, and what is late.
//!
//! Owns what counts as given: an entry or a link that is not struck out. Refuses to own the times (`scoring::round`).

use std::collections::BTreeMap;

use scoring::plan_document::MethodDocument;
use scoring::{Hour, Moment, Plan, RecordKind, Round};
use wire::calendar::{Calendar, Due, DueKind};
use wire::round::RoundState;

use super::head::PlanHead;
use crate::database::{Range, Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::store::Store;

/// What one office is to give in one round.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    places: u64,
    given: u64,
    late: u64,
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

/// What there is to give in the rounds that say until when.
fn places(plan: &Plan) -> BTreeMap<Place<'_>, Given> {
    let mut places: BTreeMap<Place<'_>, Given> = BTreeMap::new();
    for round in plan.rounds().iter().filter(|round| round.entries_due().is_some()) {
        for (leaf, _) in plan.leaves().enumerated().filter(|(_, leaf)| leaf.stage == round.stage) {
            let Some(office) = office_of(plan, plan.leaf_id(leaf)) else { continue };
            let units = plan.unit_indices().filter(|unit| plan.applies(leaf, *unit)).count();
            places.entry((round.period, round.stage, office)).or_default().places += units as u64;
        }
    }
    places
}

impl Store {
    /// What is due in a plan's rounds. A draft that is no plan yet has nothing due.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn calendar(&self, plan: &PlanId) -> Result<Calendar, StoreError> {
        let row = self.plan(plan).await?;
        let due = match Plan::from_json(&row.document) {
            Ok(plan) => self.calendar_of(&row.head, &plan).await?,
            Err(_) => Vec::new(),
        };
        Ok(Calendar { now: self.now().0, due })
    }

    /// What is due in the rounds of a plan that was read already, the earliest first.
    pub(crate) async fn calendar_of(&self, head: &PlanHead, plan: &Plan) -> Result<Vec<Due>, StoreError> {
        let now = self.now();
        let mut places = places(plan);
        if !places.is_empty() {
            for kind in [RecordKind::Entry, RecordKind::Link] {
                self.add_given(head, plan, kind, &mut places).await?;
            }
        }
        let mut due = Vec::new();
        for round in plan.rounds() {
            due.extend(moments(head, &round, now.0));
            let Some((time, at)) = time(round.times.and_then(|times| times.entries_due.as_ref())) else { continue };
            let of_round =
                places.iter().filter(|((period, stage, _), _)| (*period, *stage) == (round.period, round.stage));
            due.extend(of_round.map(|((.., office), given)| Due {
                late: now.0 > at && given.given < given.places,
                office: office.map(str::to_owned),
                places: Some(given.places),
                given: Some(given.given),
                given_late: Some(given.late),
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
        places: &mut BTreeMap<Place<'p>, Given>,
    ) -> Result<(), StoreError> {
        let (partition, prefix) = (keys::record_partition(&head.id), format!("{}#", kind.as_str()));
        let mut after: Option<String> = None;
        loop {
            let range = Range { prefix: &prefix, after: after.as_deref(), ..Range::default() };
            let (items, next) = self.database.query(Table::Main, &partition, range).await?;
            for item in &items {
                let mut ids = item.sort_key()?.split('#').skip(1);
                let (Some(component), Some(period)) = (ids.next(), ids.nth(1)) else { return Err(StoreError::Corrupt) };
                let Some(period) = plan.period_place(period).map(|place| plan.period(place).id.as_str()) else {
                    continue;
                };
                let Some(office) = office_of(plan, component) else { continue };
                let round = plan.round(period, plan.stage_of(component));
                let (Some(given), Some(due)) = (places.get_mut(&(period, round.stage, office)), round.entries_due())
                else {
                    continue;
                };
                given.given += 1;
                given.late += u64::from(item.time("made_at")?.0 > due.seconds());
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
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
    }
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
