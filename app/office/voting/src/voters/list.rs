//! Who is on the list: found by group, by how far they have come and by name; a code taken back, a person taken off.

use frame::{
    error_summary::{Fault, FieldError},
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*};
use office_frame::{
    asking,
    csv::{Cell, csv_file},
    download::download,
    names::{name_of, named},
    plan_context::PlanContext,
};
use scoring::json::Value;
use text::{Text, voters as words};
use wire::{
    code::{CodesVoided, VoidRequest},
    voter::{VoterRemoval, VoterRow, VoterStatus},
};

use super::reading::is_linked;

/// Rows that are drawn at first, and each time more are asked for: ten thousand at once would hold the page up.
const AT_ONCE: usize = 200;

/// What is being done to one of them.
#[derive(Clone, PartialEq, Eq)]
enum Doing {
    Void(String),
    Remove(String),
}

/// How far somebody has come, in words.
fn status(plan: &Value, person: &VoterRow) -> Text {
    match person.status {
        VoterStatus::None if !is_linked(plan, &person.group) => words::STATUS_UNLINKED,
        VoterStatus::None => words::STATUS_NONE,
        VoterStatus::Issued => words::STATUS_ISSUED,
        VoterStatus::Exchanged => words::STATUS_EXCHANGED,
        VoterStatus::Voted => words::STATUS_VOTED,
    }
}

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Default)]
struct Looked {
    group: String,
    status: Option<VoterStatus>,
    name: String,
}

impl Looked {
    fn fits(&self, person: &VoterRow) -> bool {
        (self.group.is_empty() || person.group == self.group)
            && self.status.is_none_or(|status| person.status == status)
            && person.name.to_lowercase().contains(&self.name.trim().to_lowercase())
    }
}

#[component]
pub fn List(
    context: PlanContext,
    all: Vec<VoterRow>,
    may_change: bool,
    said: RwSignal<Option<Phrase>>,
    refresh: Callback<()>,
) -> impl IntoView {
    let count = all.len();
    let all = StoredValue::new(all);
    let looked = RwSignal::new(Looked::default());
    let most = RwSignal::new(AT_ONCE);
    let open = RwSignal::new(None::<Doing>);
    let found = Memo::new(move |_| {
        let looked = looked.read();
        all.with_value(|all| {
            all.iter().enumerate().filter(|(_, person)| looked.fits(person)).map(|(place, _)| place).collect::<Vec<_>>()
        })
    });
    let plan = StoredValue::new(context.answer.get_untracked().plan);
    let remind = move |_| {
        let file = plan.with_value(|plan| {
            all.with_value(|all| reminders(plan, found.read_untracked().iter().map(|place| &all[*place])))
        });
        match file {
            Some(file) => download("reminders.csv", "text/csv;charset=utf-8", &file),
            None => said.set(Some(words::REMIND_NONE.into())),
        }
    };
    let groups = plan.with_value(|plan| named(plan, "/groups"));
    let states = [
        (VoterStatus::None, words::STATUS_NONE),
        (VoterStatus::Issued, words::STATUS_ISSUED),
        (VoterStatus::Exchanged, words::STATUS_EXCHANGED),
        (VoterStatus::Voted, words::STATUS_VOTED),
    ];
    let choose_status = move |event| {
        let said = event_target_value(&event);
        looked
            .update(|looked| looked.status = states.iter().map(|(status, _)| *status).find(|one| one.as_str() == said));
    };
    let rows = move || {
        let places = found.get();
        if places.is_empty() {
            let says = if count == 0 { words::NOBODY } else { words::NOBODY_FITS };
            return view! { <p class="soft">{t(says)}</p> }.into_any();
        }
        let lines: Vec<_> = plan.with_value(|plan| {
            let line = |place: &usize| {
                all.with_value(|all| line(context, plan, &all[*place], may_change, open, said, refresh))
            };
            places.iter().take(most.get()).map(line).collect()
        });
        let heads =
            [words::NAME, words::GROUP, words::OWN_UNIT, words::UNITS, words::CONTACT, words::REMARK, words::STATUS];
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=t(words::TITLE)>
                <table>
                    <thead><tr>
                        {heads.map(|head| view! { <th scope="col">{t(head)}</th> }.into_any())}
                        {may_change.then(|| view! { <th scope="col">{t(words::ACTIONS)}</th> })}
                    </tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let left = move || found.read().len().saturating_sub(most.get());
    view! {
        <div class="stack">
            <div class="work-bar">
                <h2 class="sr">{t(words::TITLE)}</h2>
                <select aria-label=t(words::GROUP) on:change=move |event| looked.update(|looked| looked.group = event_target_value(&event))>
                    <option value="">{t(words::ALL_GROUPS)}</option>
                    {groups.into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()}
                </select>
                <select aria-label=t(words::STATUS) on:change=choose_status>
                    <option value="">{t(words::ALL_STATES)}</option>
                    {states.into_iter().map(|(status, name)| view! { <option value=status.as_str()>{t(name)}</option> }).collect_view()}
                </select>
                <input type="search" aria-label=t(words::FIND) placeholder=t(words::FIND) on:input=move |event| looked.update(|looked| looked.name = event_target_value(&event)) />
                <span class="grow"></span>
                <span role="status">{move || fill(words::COUNTS, &[&count, &found.read().len()])}</span>
                <button type="button" on:click=remind>{t(words::REMIND)}</button>
            </div>
            {rows}
            <Show when=move || { left() > 0 }>
                <p><button type="button" on:click=move |_| most.update(|most| *most += AT_ONCE)>{move || fill(words::MORE, &[&left().min(AT_ONCE)])}</button></p>
            </Show>
        </div>
    }
}

fn line(
    context: PlanContext,
    plan: &Value,
    person: &VoterRow,
    may_change: bool,
    open: RwSignal<Option<Doing>>,
    said: RwSignal<Option<Phrase>>,
    refresh: Callback<()>,
) -> AnyView {
    let units = person.units.iter().flatten().map(|unit| name_of(plan, "/units", unit));
    let units = joined(units, "、");
    let unit = person.unit.as_ref().map(|unit| name_of(plan, "/units", unit)).unwrap_or_default();
    let (void, remove) = (Doing::Void(person.id.clone()), Doing::Remove(person.id.clone()));
    let act = |doing: Doing, text: Text, of_name: Text| {
        let label = fill(of_name, &[&person.name]);
        view! {
            <button type="button" class="small-button danger" aria-label=label on:click=move |_| {
                open.set(Some(doing.clone()));
                frame::browser::focus_soon("voter-reason");
            }>{t(text)}</button>
        }
        .into_any()
    };
    let acts = may_change.then(|| {
        let has_code = matches!(person.status, VoterStatus::Issued);
        let voiding = has_code.then(|| act(void.clone(), words::VOID, words::VOID_OF));
        view! { <td><span class="row">{voiding}{act(remove.clone(), words::REMOVE, words::REMOVE_OF)}</span></td> }
    });
    let name = StoredValue::new(person.name.clone());
    let form = move || {
        let doing = open.get().filter(|doing| *doing == void || *doing == remove)?;
        Some(view! { <tr><td colspan="8"><Why context doing name=name.get_value() open said refresh /></td></tr> })
    };
    view! {
        <tr>
            <th scope="row"><bdi>{person.name.clone()}</bdi></th>
            <td>{name_of(plan, "/groups", &person.group)}</td>
            <td>{unit}</td>
            <td>{units}</td>
            <td>{person.contact.clone()}</td>
            <td>{person.note.clone()}</td>
            <td>{t(status(plan, person))}</td>
            {acts}
        </tr>
        {form}
    }
    .into_any()
}

/// Asks why, and does it.
#[component]
fn Why(
    context: PlanContext,
    doing: Doing,
    name: String,
    open: RwSignal<Option<Doing>>,
    said: RwSignal<Option<Phrase>>,
    refresh: Callback<()>,
) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let reason = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let button = match doing {
        Doing::Void(_) => fill(words::VOID_OF, &[&name]),
        Doing::Remove(_) => fill(words::REMOVE_OF, &[&name]),
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            faults.set(vec![Fault::at("voter-reason", words::REASON_EMPTY)]);
            return;
        }
        let (doing, name) = (doing.clone(), name.clone());
        asking::run(busy, async move {
            let done = match doing {
                Doing::Void(voter) => {
                    let request = VoidRequest {
                        batch: None,
                        voter: Some(voter),
                        hashes: None,
                        reason: why,
                        allow_small: Vec::new(),
                    };
                    let answer = asking::post::<CodesVoided>(&context.api("codes/void"), &request).await;
                    answer.map(|answer| {
                        Phrase::new(words::VOIDED, [answer.body.voided.to_string(), answer.body.used.to_string()])
                    })
                }
                Doing::Remove(voter) => {
                    let path = context.api(&format!("voters/{voter}"));
                    let answer = asking::delete::<()>(&path, &VoterRemoval { reason: why }).await;
                    answer.map(|_| Phrase::new(words::REMOVED, [name]))
                }
            };
            match done {
                Ok(says) => {
                    open.try_set(None);
                    said.try_set(Some(says));
                    refresh.try_run(());
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("voter-reason", refusal.phrase())]);
                }
            }
        });
    };
    view! {
        <form class="stack tight" novalidate on:submit=submit>
            <div class="field">
                <label for="voter-reason">{t(words::REASON)}</label>
                <FieldError faults field="voter-reason" />
                <input id="voter-reason" autocomplete="off" maxlength=wire::record::MOST_WORDS aria-describedby="voter-reason-error"
                    on:input=move |event| reason.set(event_target_value(&event)) />
            </div>
            <p class="row">
                <button type="submit" class="danger" aria-disabled=move || busy.get().to_string()>{button}</button>
                <button type="button" on:click=move |_| open.set(None)>{t(words::NOT_NOW)}</button>
            </p>
        </form>
    }
}

/// Those among these who have not voted, or of a blind group not fetched their token, as a file. `None`: nobody.
fn reminders<'a>(plan: &Value, people: impl Iterator<Item = &'a VoterRow>) -> Option<String> {
    let waits = |person: &&VoterRow| {
        is_linked(plan, &person.group) && matches!(person.status, VoterStatus::None | VoterStatus::Issued)
    };
    let heads = [words::NAME, words::GROUP, words::OWN_UNIT, words::CONTACT, words::STATUS];
    let head = heads.map(|head| Cell::text(t(head)())).to_vec();
    let rows: Vec<Vec<Cell>> = people
        .filter(waits)
        .map(|person| {
            let unit = person.unit.as_ref().map(|unit| name_of(plan, "/units", unit)).unwrap_or_default();
            let contact = person.contact.clone().unwrap_or_default();
            let group = name_of(plan, "/groups", &person.group);
            [person.name.clone(), group, unit, contact, t(status(plan, person))().to_owned()].map(Cell::text).to_vec()
        })
        .collect();
    (!rows.is_empty()).then(|| csv_file(std::iter::once(head).chain(rows)))
}
