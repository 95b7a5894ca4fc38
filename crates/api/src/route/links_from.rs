//! `/api/plans/{id}/links-from`: totals of published plans for a linked component, and what became of those plans since.
//!
//! Owns what may be taken, and whose total is whose. Refuses to own what is kept and how (`store::records`), and which
//! unit of another plan is which (`scoring::counterpart`).
//!
//! What is published is public, so whoever may give the component's links may take from any published plan, an account
//! that is kept to some plans too. A period is published with its plan.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use scoring::counterpart::{Clash, counterparts};
use scoring::names::is_left_to;
use scoring::plan_document::PlanDocument;
use scoring::result_document::UnitResult;
use scoring::{Figure, LeafIndex, Method, Plan, ResultDocument, UnitIndex, json_pointer};
use store::{KeptLink, LinkPlace, NewLink, PlanId, StoreError};
use wire::link::{
    LinkChange, LinkSource, LinkSourceState, LinkSources, LinkedPlan, LinksFromRequest, LinksTaken, MOST_SOURCES,
    TakenLink, UnlinkedUnit,
};
use wire::record::MOST_WORDS;
use wire::{ErrorBody, ErrorCode, Field};

use crate::body::Body;
use crate::names::{Names, plan_id};
use crate::refusal::{Refusal, field, internal};
use crate::session::{RecordReader, Recorder};
use crate::state::AppState;

/// A published result as far as links need it.
struct Published {
    document: PlanDocument,
    units: Vec<UnitResult>,
    edition: u64,
}

impl Published {
    async fn read(state: &AppState, plan: &PlanId) -> Result<Published, Refusal> {
        let publication = state.store().publication(plan).await?;
        let result: Option<ResultDocument> = publication.result.to();
        let document = PlanDocument::read(&publication.plan).ok();
        let unreadable = || internal("a published result cannot be read");
        let (result, document) = result.zip(document).ok_or_else(unreadable)?;
        Ok(Published { document, units: result.units, edition: publication.edition })
    }

    /// The total of the unit at a place, of the whole plan or of one period.
    fn total(&self, place: usize, period: Option<&str>) -> Option<Figure> {
        let unit = self.units.get(place)?;
        let total = match period {
            None => unit.total,
            Some(id) => unit.periods.iter().find(|period| period.period == id)?.total,
        };
        Some(Figure::from(total.to_string()))
    }

    fn names(&self) -> Vec<(&str, &str)> {
        self.document.units.iter().map(|unit| (unit.id.as_str(), unit.name.as_str())).collect()
    }
}

/// One of the plans or periods that a request names.
struct Source<'a> {
    /// As the request names it.
    asked: &'a str,
    plan: PlanId,
    period: Option<&'a str>,
}

/// The sources of a request that will do, and the published plans that they are of; what is wrong with the others.
async fn sources<'a>(
    state: &AppState,
    own: &PlanId,
    plans: &'a [String],
    fields: &mut Vec<Field>,
) -> Result<(Vec<Source<'a>>, BTreeMap<String, Published>), Refusal> {
    let mut published = BTreeMap::new();
    let mut sources: Vec<Source<'a>> = Vec::new();
    for (place, asked) in plans.iter().enumerate() {
        let path = format!("/plans/{place}");
        let (id, period) = match asked.split_once('#') {
            Some((id, period)) => (id, Some(period)),
            None => (asked.as_str(), None),
        };
        let known = match PlanId::parse(id) {
            Some(plan) => match state.store().plan_head(&plan).await {
                Ok(head) => Some((plan, head)),
                Err(StoreError::NotFound) => None,
                Err(error) => return Err(error.into()),
            },
            None => None,
        };
        let Some((plan, head)) = known else {
            fields.push(field(&path, "unknown_plan"));
            continue;
        };
        if plan == *own {
            fields.push(field(&path, "same_plan"));
            continue;
        }
        if !head.is_public() {
            fields.push(field(&path, "not_published"));
            continue;
        }
        if !published.contains_key(id) {
            published.insert(id.to_owned(), Published::read(state, &plan).await?);
        }
        let has = |period: &str| published[id].document.periods.iter().any(|known| known.id == period);
        if period.is_some_and(|period| !has(period)) {
            fields.push(field(&path, "unknown_period"));
        } else if sources.iter().any(|source| source.asked == asked) {
            fields.push(field(&path, "duplicate_id"));
        } else {
            sources.push(Source { asked, plan, period });
        }
    }
    Ok((sources, published))
}

/// The leaf of a linked component, or what is wrong with the component or the period.
fn linked(plan: &Plan, request: &LinksFromRequest, fields: &mut Vec<Field>) -> Option<LeafIndex> {
    let leaf = plan.leaf_place(&request.component);
    let is_linked = |leaf: &LeafIndex| matches!(plan.leaves()[*leaf].method, Method::Linked(_));
    if plan.node_place(&request.component).is_none() {
        fields.push(field("/component", "unknown_component"));
    } else if !leaf.as_ref().is_some_and(is_linked) {
        fields.push(field("/component", "wrong_kind"));
    }
    if plan.period_place(&request.period).is_none() {
        fields.push(field("/period", "unknown_period"));
    }
    leaf.filter(is_linked)
}

/// What is wrong with the units that a request maps, each by itself.
fn check_units(
    plan: &Plan,
    leaf: Option<LeafIndex>,
    request: &LinksFromRequest,
    published: Option<&BTreeMap<String, Published>>,
    fields: &mut Vec<Field>,
) {
    for (here, there) in &request.units {
        let path = json_pointer("/units", here);
        let is_there = |published: &Published| published.document.units.iter().any(|unit| unit.id == *there);
        match plan.unit_place(here) {
            None => fields.push(field(&path, "unknown_unit")),
            Some(unit) if leaf.is_some_and(|leaf| !plan.applies(leaf, unit)) => {
                fields.push(field(&path, "not_applicable"));
            }
            Some(_) if published.is_some_and(|all| !all.values().any(is_there)) => {
                let code = "unknown_unit".to_owned();
                fields.push(Field { path, code, detail: Some(there.clone()) });
            }
            Some(_) => {}
        }
    }
}

/// The totals of each unit that has any, and the units that some source does not have, in plan order.
struct Mapped {
    links: Vec<NewLink>,
    lacking: Vec<(String, Vec<String>)>,
}

fn map_units(
    plan: &Plan,
    units: &[UnitIndex],
    request: &LinksFromRequest,
    (sources, published): (&[Source<'_>], &BTreeMap<String, Published>),
    fields: &mut Vec<Field>,
) -> Mapped {
    let here: Vec<(&str, &str)> =
        units.iter().map(|unit| (plan.unit(*unit).id.as_str(), plan.unit(*unit).name.as_str())).collect();
    let empty = |unit: &(&str, &str)| NewLink {
        unit: unit.0.to_owned(),
        totals: Vec::new(),
        sources: Vec::new(),
        evidence: String::new(),
    };
    let mut links: Vec<NewLink> = here.iter().map(empty).collect();
    let mut lacking: Vec<(String, Vec<String>)> = here.iter().map(|unit| (unit.0.to_owned(), Vec::new())).collect();
    for (place, source) in sources.iter().enumerate() {
        let Some(there) = published.get(source.plan.as_str()) else { continue };
        let names = there.names();
        let told = counterparts(&here, &names, &request.units);
        fields.extend(
            told.clashes.iter().map(|clash| clash_field(clash, place, here[clash.here].0, names[clash.there].0)),
        );
        for (unit, found) in told.found.into_iter().enumerate() {
            let total = found.and_then(|(at, by)| Some((at, by, there.total(at, source.period)?)));
            let Some((at, by, total)) = total else {
                lacking[unit].1.push(source.asked.to_owned());
                continue;
            };
            let link = &mut links[unit];
            link.totals.push(total);
            say(&mut link.evidence, &there.document.title, there.edition, names[at].1);
            link.sources.push(LinkSource {
                plan: source.plan.to_string(),
                period: source.period.map(str::to_owned),
                edition: there.edition,
                unit: names[at].0.to_owned(),
                by,
            });
        }
    }
    links.retain(|link| !link.totals.is_empty());
    lacking.retain(|(_, plans)| !plans.is_empty());
    Mapped { links, lacking }
}

/// A unit that maps twice: at the request's word for it, or at the plan where it does.
fn clash_field(clash: &Clash, source: usize, here: &str, there: &str) -> Field {
    let path = if clash.is_given { json_pointer("/units", here) } else { format!("/plans/{source}") };
    Field { path, code: "maps_twice".to_owned(), detail: Some(format!("{here} {there}")) }
}

/// Adds to the evidence of a link where a total comes from, as long as there is room for people to read.
fn say(evidence: &mut String, title: &str, edition: u64, unit: &str) {
    let edition = edition.to_string();
    let words = text::records::LINK_SOURCE.zh;
    let words = words.replacen("{0}", title, 1).replacen("{1}", &edition, 1).replacen("{2}", unit, 1);
    let more = if evidence.is_empty() { 0 } else { 1 };
    if evidence.chars().count() + words.chars().count() + more <= MOST_WORDS {
        evidence.push_str(if evidence.is_empty() { "" } else { "；" });
        evidence.push_str(&words);
    }
}

/// Takes totals of published plans into the links of a component and period.
#[utoipa::path(put, path = "/api/plans/{id}/links-from", tag = "records", params(("id" = String, Path)),
    request_body = LinksFromRequest, responses(
    (status = 200, body = LinksTaken),
    (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state"),
    (status = 422, body = ErrorBody, description = "invalid_record: what cannot be taken, all of it; invalid_body"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    Recorder(member): Recorder,
    Names(id): Names<String>,
    Body(request): Body<LinksFromRequest>,
) -> Result<Json<LinksTaken>, Refusal> {
    let id = plan_id(&id)?;
    let frozen = state.store().frozen_plan(&id).await?;
    let plan = &frozen.plan;
    let own = |office: &str| is_left_to(plan.office_of_component(&request.component), office);
    if member.office().is_some_and(|office| !own(office)) {
        return Err(ErrorCode::Forbidden.into());
    }
    let mut fields = Vec::new();
    let leaf = linked(plan, &request, &mut fields);
    if request.plans.is_empty() {
        fields.push(field("/plans", "empty_list"));
    }
    if request.plans.len() > MOST_SOURCES {
        return Err(Refusal::at(ErrorCode::InvalidRecord, "/plans", "out_of_range"));
    }
    let (sources, published) = sources(&state, &id, &request.plans, &mut fields).await?;
    // Of plans that could not be read nobody can say which units they have.
    let all_there = sources.len() == request.plans.len() && !sources.is_empty();
    check_units(plan, leaf, &request, all_there.then_some(&published), &mut fields);
    let applies = |unit: &UnitIndex| leaf.is_none_or(|leaf| plan.applies(leaf, *unit));
    let units: Vec<UnitIndex> = plan.unit_indices().filter(applies).collect();
    let mapped = map_units(plan, &units, &request, (&sources, &published), &mut fields);
    if !fields.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidRecord, fields));
    }
    let from: Vec<(String, Option<String>)> =
        sources.iter().map(|source| (source.plan.to_string(), source.period.map(str::to_owned))).collect();
    let place = LinkPlace { component: &request.component, period: &request.period };
    state.store().take_links(member.actor(), &id, place, &mapped.links, &from).await?;
    let kept = state.store().kept_links(&id).await?;
    let is_linked = |unit: &str| {
        let here = |kept: &KeptLink| kept.link.component == request.component && kept.link.period == request.period;
        kept.iter().any(|kept| here(kept) && kept.link.unit == unit)
    };
    let without = mapped.lacking.into_iter().map(|(unit, plans)| {
        let linked = is_linked(&unit);
        UnlinkedUnit { unit, plans, linked }
    });
    let taken = mapped.links.into_iter();
    let taken = taken.map(|NewLink { unit, totals, sources, .. }| TakenLink { unit, totals, sources });
    let read = sources.iter().filter_map(|source| {
        let there = published.get(source.plan.as_str())?;
        Some(LinkedPlan {
            plan: source.plan.to_string(),
            period: source.period.map(str::to_owned),
            title: there.document.title.clone(),
            edition: there.edition,
        })
    });
    Ok(Json(LinksTaken {
        sources: read.collect(),
        taken: taken.collect(),
        without: without.collect(),
        component: request.component,
        period: request.period,
    }))
}

/// What a group of totals has in common: component, period, plan, period there, edition.
type Origin = (String, String, String, Option<String>, u64);

/// The plans from which totals stand, with their editions then and now.
#[utoipa::path(get, path = "/api/plans/{id}/links-from", tag = "records", params(("id" = String, Path)), responses(
    (status = 200, body = LinkSources),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody, description = "wrong_state: a draft"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    RecordReader(member): RecordReader,
    Names(id): Names<String>,
) -> Result<Json<LinkSources>, Refusal> {
    let id = plan_id(&id)?;
    let frozen = state.store().frozen_plan(&id).await?;
    let own = |component: &str| {
        member.reads_only().is_none_or(|office| is_left_to(frozen.plan.office_of_component(component), office))
    };
    let mut origins: BTreeMap<Origin, Vec<(String, LinkSource, Figure)>> = BTreeMap::new();
    for KeptLink { link, sources } in state.store().kept_links(&id).await? {
        if !own(&link.component) {
            continue;
        }
        for (source, total) in sources.into_iter().zip(link.totals) {
            let period = source.period.clone();
            let origin = (link.component.clone(), link.period.clone(), source.plan.clone(), period, source.edition);
            origins.entry(origin).or_default().push((link.unit.clone(), source, total));
        }
    }
    let mut published: BTreeMap<String, Published> = BTreeMap::new();
    let mut rows = Vec::with_capacity(origins.len());
    for ((component, period, plan, plan_period, edition), links) in origins {
        if !published.contains_key(&plan) {
            published.insert(plan.clone(), Published::read(&state, &plan_id(&plan)?).await?);
        }
        let there = &published[&plan];
        let changes =
            if there.edition == edition { Vec::new() } else { changes(there, plan_period.as_deref(), &links) };
        rows.push(LinkSourceState {
            component,
            period,
            title: there.document.title.clone(),
            latest: there.edition,
            changed: there.edition != edition,
            edition,
            units: links.into_iter().map(|(unit, ..)| unit).collect(),
            changes,
            plan_period,
            plan,
        });
    }
    Ok(Json(LinkSources { sources: rows }))
}

/// The units whose totals are others now.
fn changes(there: &Published, period: Option<&str>, links: &[(String, LinkSource, Figure)]) -> Vec<LinkChange> {
    let change = |(unit, source, was): &(String, LinkSource, Figure)| {
        let place = there.document.units.iter().position(|known| known.id == source.unit);
        let now = place.and_then(|place| there.total(place, period));
        (now.as_ref() != Some(was)).then(|| LinkChange { unit: unit.clone(), was: was.clone(), now })
    };
    links.iter().filter_map(change).collect()
}
