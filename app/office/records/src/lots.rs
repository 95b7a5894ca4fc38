//! Draws: ties that no rule decides, put in order by lot.
//!
//! Owns the order that was drawn until it is saved. Which units are tied is what the server says of the records as they
//! stand: by the lists of a shortlist as they were frozen, too.

use frame::{
    browser,
    error_summary::{ErrorSummary, Fault},
    server::Refusal,
    words::{Phrase, fill, joined, t},
};
use leptos::prelude::*;
use office_frame::{
    asking,
    moment::{moment, now},
    pointer,
};
use scoring::{Record, RecordKind, UnitIndex, json::Value, records_document::LotRecord};
use text::records as words;
use wire::{
    plan::PlanState,
    record::{Beside, RecordKept},
};

use crate::{
    beside::{beside_fields, beside_of, said as said_in, with_beside},
    book::Book,
    form::{self, said},
    kind,
    ledger::{LedgerList, Rows},
    typed::Typed,
};

#[component]
pub(super) fn LotsPage(book: Book) -> impl IntoView {
    let rows = Rows::start(book, RecordKind::Lot);
    let ties = RwSignal::new(None::<Result<Vec<Vec<UnitIndex>>, Phrase>>);
    let note = RwSignal::new(None::<(bool, Phrase)>);
    let ask = move || {
        let id = book.context.id();
        leptos::task::spawn_local(async move {
            let is_closed = book.context.state() >= PlanState::Closed;
            let found = open_ties(&id, is_closed).await.map(|ties| {
                let plan = book.plan();
                let tied = |tie: &Vec<String>| tie.iter().filter_map(|unit| plan.unit_place(unit)).collect();
                ties.iter().map(tied).filter(|tie: &Vec<UnitIndex>| !tie.is_empty()).collect()
            });
            ties.try_set(Some(found.map_err(|refusal| refusal.phrase())));
        });
    };
    ask();
    let saved = Callback::new(move |()| {
        note.set(Some((true, words::LOT_SAVED.into())));
        rows.again();
        ask();
    });
    let closed = form::closed_note(book);
    let editable = closed.is_none();
    view! {
        {closed}
        {move || matches!(book.context.state(), PlanState::Open | PlanState::Closing).then(|| view! { <p class="note warn">{t(words::TIES_PROVISIONAL)}</p> })}
        {said(note)}
        {move || match (editable, ties.get()) {
            (false, _) => ().into_any(),
            (_, None) => asking::loading(),
            (_, Some(Err(says))) => view! { <p class="note bad">{says.say()}</p> }.into_any(),
            (_, Some(Ok(ties))) if ties.is_empty() => view! { <p class="note">{t(words::NO_TIES)}</p> }.into_any(),
            // One at a time: the next draw is asked for when this one is saved.
            (_, Some(Ok(ties))) => ties.into_iter().next().map(|tie| view! { <Draw book tie rows saved /> }).into_any(),
        }}
        <LedgerList book kind=RecordKind::Lot fixed=Vec::new() rows struck=Callback::new(move |_: Option<Record>| ask()) />
    }
}

/// The ties that are open, by the units' ids: of the final result where there can be one, else of the provisional one.
async fn open_ties(plan: &str, is_closed: bool) -> Result<Vec<Vec<String>>, Refusal> {
    let path = |mode: &str| format!("/api/plans/{plan}/result?mode={mode}");
    let last = if is_closed { asking::get::<Value>(&path("final")).await.ok() } else { None };
    let result = match last {
        Some(result) => result.body,
        None => asking::get::<Value>(&path("provisional")).await?.body,
    };
    let ids = |tie: &Value| match tie {
        Value::List(units) => units.iter().filter_map(|unit| unit.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    };
    Ok(pointer::list(&result, "/unresolved_ties").iter().map(ids).collect())
}

/// The draw of one tie. A handle.
#[derive(Clone, Copy)]
struct Drawing {
    book: Book,
    rows: Rows,
    typed: Typed,
    /// Ids and names of the units that are tied.
    units: StoredValue<Vec<(String, String)>>,
    /// Their category; none where they are of several.
    category: StoredValue<Option<String>>,
    note: RwSignal<Option<(bool, Phrase)>>,
    busy: RwSignal<bool>,
}

impl Drawing {
    fn start(book: Book, tie: &[UnitIndex], rows: Rows) -> Drawing {
        let plan = book.plan();
        let first = plan.category_of(tie[0]);
        let category = tie.iter().all(|unit| plan.category_of(*unit) == first).then(|| plan.category(first).id.clone());
        let units = tie.iter().map(|unit| (plan.unit(*unit).id.clone(), kind::unit_name(&plan, *unit))).collect();
        Drawing {
            book,
            rows,
            typed: Typed::at(book, &format!("lots/{}", category.as_deref().unwrap_or("-"))),
            units: StoredValue::new(units),
            category: StoredValue::new(category),
            note: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Lets this page draw.
    fn draw(self) {
        let units = self.units.get_value();
        let Some(order) = shuffled(units.len()) else {
            self.note.set(Some((false, words::NO_RANDOM.into())));
            return;
        };
        for (place, unit) in order.iter().enumerate() {
            self.typed.set(&units[*unit].0, (place + 1).to_string());
        }
        self.typed.set("evidence", fill(words::DRAWN_BY_PAGE, &[&moment(now())]));
        self.typed.faults.set(Vec::new());
        self.typed.round.update(|round| *round += 1);
        let said: Vec<&str> = order.iter().map(|unit| units[*unit].1.as_str()).collect();
        self.note.set(Some((true, Phrase::new(words::DRAWN, [said.join(" → ")]))));
    }

    /// The order that is typed, and its evidence.
    ///
    /// # Errors
    /// Units without a place of their own, and evidence that is not there.
    fn order(self) -> Result<(Vec<String>, Beside), Vec<Fault>> {
        let texts = self.typed.texts.get_untracked();
        let mut faults = Vec::new();
        let units = self.units.get_value();
        let mut places = vec![None; units.len()];
        for (id, name) in &units {
            let place =
                sheet::figure::plain(texts.get(id).map(String::as_str).unwrap_or_default()).parse::<usize>().ok();
            match place.and_then(|place| places.get_mut(place.checked_sub(1)?)) {
                Some(free @ None) => *free = Some(id.clone()),
                _ => {
                    let says = Phrase::new(words::PLACES_WRONG, [name.clone(), units.len().to_string()]);
                    faults.push(Fault::at(format!("f-{id}"), says));
                }
            }
        }
        let beside = match beside_of(self.typed, Some(RecordKind::Lot)) {
            Ok(beside) => beside,
            Err(wrong) => {
                faults.extend(wrong);
                Beside::default()
            }
        };
        if said_in(&texts, "evidence").is_none() {
            faults.push(Fault::at("f-evidence", words::LOT_EVIDENCE_EMPTY));
        }
        if faults.is_empty() { Ok((places.into_iter().flatten().collect(), beside)) } else { Err(faults) }
    }

    fn save(self, saved: Callback<()>) {
        let (mut order, beside) = match self.order() {
            Ok(typed) => typed,
            Err(faults) => return self.typed.faults.set(faults),
        };
        self.typed.faults.set(Vec::new());
        // A category has one lot: what was drawn before for others of its units stays in it.
        let category = self.category.get_value();
        let before = self.rows.last.get_untracked().and_then(Result::ok).unwrap_or_default();
        let before = before.iter().filter(|row| row.struck.is_none()).find_map(|row| match &row.record {
            Record::Lot(lot) if lot.category == category => Some(&lot.order),
            _ => None,
        });
        let others = before.into_iter().flatten().filter(|id| !order.contains(id)).cloned();
        let others: Vec<String> = others.collect();
        order.extend(others);
        let body = with_beside(LotRecord { category, order }, beside);
        let path = self.book.context.api(&body.address());
        asking::run(self.busy, async move {
            match asking::put::<RecordKept>(&path, &body, None).await {
                Ok(_) => {
                    self.typed.next(&[]);
                    saved.try_run(());
                }
                Err(refusal) => {
                    self.note.try_set(Some((false, Phrase::new(words::NOT_SAVED, [refusal.phrase().say()]))));
                }
            }
        });
    }
}

/// The draw of one tie.
#[component]
fn Draw(book: Book, tie: Vec<UnitIndex>, rows: Rows, saved: Callback<()>) -> impl IntoView {
    let drawing = Drawing::start(book, &tie, rows);
    let Drawing { typed, note, busy, .. } = drawing;
    form::guard(move || typed.texts.read().values().any(|text| !text.is_empty()));
    let units = drawing.units.get_value();
    let title = joined(units.iter().map(|(_, name)| name), "、");
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        drawing.save(saved);
    };
    view! {
        <section class="panel stack" aria-labelledby="tie">
            <h2 id="tie">{move || fill(words::TIE, &[&title])}</h2>
            <p class="hint">{t(words::TIE_HINT)}</p>
            <ErrorSummary faults=typed.faults />
            <form class="stack record-form" novalidate on:submit=submit>
                {move || {
                    typed.round.track();
                    units.iter().map(|(id, name)| place_field(typed, id.clone(), name.clone())).collect_view()
                }}
                <p><button type="button" on:click=move |_| drawing.draw()>{t(words::DRAW)}</button></p>
                {said(note)}
                {move || {
                    typed.round.track();
                    beside_fields(book, typed, Some(RecordKind::Lot), words::LOT_EVIDENCE_HINT)
                }}
                <p><button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::SAVE_LOT)}</button></p>
            </form>
        </section>
    }
}

/// The place of one unit in the draw.
fn place_field(typed: Typed, unit: String, name: String) -> AnyView {
    let id = format!("f-{unit}");
    let value = typed.texts.read_untracked().get(&unit).cloned().unwrap_or_default();
    let described = format!("{id}-error");
    let at = id.clone();
    let wrong = move || typed.faults.read().iter().any(|fault| fault.field == at).then_some("true");
    view! {
        <div class="field">
            <label for=id.clone()>{move || fill(words::PLACE_OF, &[&name])}</label>
            <frame::error_summary::FieldError faults=typed.faults field=id.clone() />
            <input id=id class="short" inputmode="numeric" autocomplete="off" aria-describedby=described aria-invalid=wrong
                prop:value=value on:input=move |event| typed.set(&unit, event_target_value(&event)) />
        </div>
    }
    .into_any()
}

/// A random order, each as likely as any other. `None` without a source of randomness.
fn shuffled(count: usize) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        let choices = last as u64 + 1;
        // Draws above the last whole multiple are thrown away, so that none is likelier.
        let fair = u64::MAX - u64::MAX % choices;
        let drawn = loop {
            let drawn = u64::from_le_bytes(browser::random::<8>()?);
            if drawn < fair {
                break drawn;
            }
        };
        order.swap(last, usize::try_from(drawn % choices).ok()?);
    }
    Some(order)
}
