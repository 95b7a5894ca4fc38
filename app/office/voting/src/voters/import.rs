//! A list of people out of a sheet: paste or choose a file, say what each column is, look, take over.

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server::Refusal,
    words::{Phrase, fill, t},
};
use leptos::prelude::*;
use office_frame::{asking, limits::MOST_PEOPLE_ROWS, names::named, plan_context::PlanContext, table_file::FileField};
use sheet::cells;
use text::voters as words;
use wire::voter::{MOST_PER_CALL, VoterEntry, VotersPut, VotersRequest};

use super::reading::{Holds, Row, guess, head_row, voters};
use super::sampling::{Drawn, List, Sampling};

/// Rows that the server refuses which are told one by one.
const TOLD: usize = 5;
/// Rows of the preview that are drawn.
const PREVIEWED: usize = 100;

/// The sheet, its head and what its columns hold.
#[derive(Clone, PartialEq, Default)]
struct Sheet {
    rows: Vec<Vec<String>>,
    head: Option<usize>,
    holds: Vec<Holds>,
}

#[component]
pub fn Import(context: PlanContext, said: RwSignal<Option<Phrase>>, refresh: Callback<()>) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let sheet = RwSignal::new(Sheet::default());
    let group = RwSignal::new(String::new());
    let only_bad = RwSignal::new(false);
    let sent = RwSignal::new(None::<(usize, usize)>);
    let busy = RwSignal::new(false);
    let plan = StoredValue::new(context.answer.get_untracked().plan);
    let load = Callback::new(move |text: String| {
        let rows = cells(&text);
        let long = rows.len() > MOST_PEOPLE_ROWS;
        faults.set(long.then(|| Fault::at("people-paste", words::IMPORT_TOO_LONG)).into_iter().collect());
        let rows = if long { Vec::new() } else { rows };
        let head = head_row(&rows);
        let holds = plan.with_value(|plan| guess(plan, &rows, head));
        sheet.set(Sheet { rows, head, holds });
    });
    let rows = Memo::new(move |_| {
        let sheet = sheet.read();
        plan.with_value(|plan| voters(plan, &sheet.rows, sheet.head, &sheet.holds, &group.read()))
    });
    let drawn = RwSignal::new(None::<Drawn>);
    // Another list, or other columns, and what was drawn is of a list that is gone.
    let list = Memo::new(move |_| sheet.with(|sheet| rows.with(|rows| list_of(sheet, rows))));
    Effect::new(move |_| {
        list.track();
        drawn.set(None);
    });
    let is_taken = move |row: &Row| {
        row.faults.is_empty() && drawn.read().as_ref().is_none_or(|drawn| drawn.taken.contains(&row.number))
    };
    let good = move || rows.read().iter().filter(|row| is_taken(row)).count();
    let bad = move || rows.read().iter().filter(|row| !row.faults.is_empty()).count();
    let accept = move |_| {
        let good: Vec<(usize, VoterEntry)> = rows
            .get_untracked()
            .into_iter()
            .filter(|row| untrack(|| is_taken(row)))
            .map(|row| (row.number, row.voter))
            .collect();
        if good.is_empty() {
            faults.set(vec![Fault::at("people-paste", words::IMPORT_NOTHING)]);
            return;
        }
        let batches = Sending { context, said, refresh, faults, sent };
        asking::run(busy, async move {
            if batches.send(&good).await {
                sheet.try_set(Sheet::default());
            }
        });
    };
    let groups = plan.with_value(|plan| named(plan, "/groups"));
    view! {
        <details class="panel">
            <summary>{t(words::IMPORT)}</summary>
            <div class="stack">
                <ErrorSummary faults />
                <div class="field">
                    <label for="people-paste">{t(words::IMPORT_PASTE)}</label>
                    <p class="hint" id="people-hint">{t(words::IMPORT_HINT)}</p>
                    <FieldError faults field="people-paste" />
                    <textarea id="people-paste" rows="4" spellcheck="false" aria-describedby="people-hint people-paste-error"
                        on:input=move |event| load.run(event_target_value(&event))></textarea>
                </div>
                <FileField faults load />
                <Show when=move || !sheet.read().rows.is_empty()>
                    <div class="field">
                        <label for="people-group">{t(words::IMPORT_GROUP)}</label>
                        <select id="people-group" on:change=move |event| group.set(event_target_value(&event))>
                            <option value="">{t(words::IMPORT_GROUP_NONE)}</option>
                            {groups.iter().cloned().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()}
                        </select>
                    </div>
                    <div class="row between">
                        <p role="status"><strong>{move || fill(words::IMPORT_COUNTS, &[&good(), &bad()])}</strong></p>
                        <label class="tickbox"><input type="checkbox" prop:checked=move || only_bad.get()
                            on:change=move |_| only_bad.update(|only| *only = !*only) /><span>{t(words::IMPORT_ONLY_BAD)}</span></label>
                    </div>
                    {move || preview(sheet, rows, only_bad.get())}
                    <Sampling context list drawn />
                    <p class="row">
                        <button type="button" class="primary" aria-disabled=move || busy.get().to_string() on:click=accept>
                            {move || fill(words::IMPORT_BUTTON, &[&good()])}
                        </button>
                        <span role="status">{move || sent.get().map(|(done, all)| fill(words::IMPORT_DOING, &[&done, &all]))}</span>
                    </p>
                </Show>
            </div>
        </details>
    }
}

/// The people of a sheet that can be imported, as a list to draw from.
fn list_of(sheet: &Sheet, rows: &[Row]) -> List {
    let width = sheet.holds.len();
    let named = |place: usize| {
        let said = sheet.head.and_then(|head| sheet.rows[head].get(place)).map(|cell| cell.trim().to_owned());
        said.filter(|said| !said.is_empty()).unwrap_or_else(|| fill(words::IMPORT_COLUMN, &[&(place + 1)]))
    };
    let cells = |row: &Row| (0..width).map(|place| row.cells.get(place).cloned().unwrap_or_default()).collect();
    let good = rows.iter().filter(|row| row.faults.is_empty());
    List { head: (0..width).map(named).collect(), rows: good.map(|row| (row.number, cells(row))).collect() }
}

/// Where sending a list tells how far it is and what became of it.
#[derive(Clone, Copy)]
struct Sending {
    context: PlanContext,
    said: RwSignal<Option<Phrase>>,
    refresh: Callback<()>,
    faults: RwSignal<Vec<Fault>>,
    /// How many are on the list, of how many.
    sent: RwSignal<Option<(usize, usize)>>,
}

impl Sending {
    /// Sends people with the numbers of their rows, as many at once as a call takes. Whether all are on the list.
    async fn send(self, people: &[(usize, VoterEntry)]) -> bool {
        let (mut done, mut added, mut replaced) = (0, 0, 0);
        for batch in people.chunks(MOST_PER_CALL) {
            self.sent.try_set(Some((done, people.len())));
            let request = VotersRequest { voters: batch.iter().map(|(_, voter)| voter.clone()).collect() };
            match asking::post::<VotersPut>(&self.context.api("voters"), &request).await {
                Ok(answer) => {
                    added += answer.body.added;
                    replaced += answer.body.replaced;
                    done += batch.len();
                }
                Err(refusal) => {
                    self.sent.try_set(None);
                    self.faults.try_set(stopped(&refusal, done, batch));
                    self.refresh.try_run(());
                    return false;
                }
            }
        }
        self.sent.try_set(None);
        self.faults.try_set(Vec::new());
        self.said.try_set(Some(Phrase::new(words::IMPORT_DONE, [added.to_string(), replaced.to_string()])));
        self.refresh.try_run(());
        true
    }
}

/// What is said where the server refused a batch: how many are on the list, why, and the first rows that are wrong.
fn stopped(refusal: &Refusal, done: usize, batch: &[(usize, VoterEntry)]) -> Vec<Fault> {
    let fields = match refusal {
        Refusal::Said(body) => body.fields.as_slice(),
        _ => &[],
    };
    let rows = fields.iter().take(TOLD).filter_map(|field| told(&field.path, &field.code, batch));
    let first = [Phrase::new(words::IMPORT_STOPPED, [done.to_string()]), refusal.phrase()];
    first.into_iter().chain(rows).map(|says| Fault::at("people-paste", says)).collect()
}

/// What the server finds wrong with a row, whose it is and where.
fn told(path: &str, code: &str, batch: &[(usize, VoterEntry)]) -> Option<Phrase> {
    let place: usize = path.strip_prefix("/voters/")?.split('/').next()?.parse().ok()?;
    let (number, voter) = batch.get(place)?;
    let why = match code {
        "has_code" => words::HAS_CODE,
        "same_voter" => words::TWICE,
        "unknown_unit" => words::NO_SUCH_UNIT,
        "unknown_group" => words::NO_SUCH_GROUP,
        _ => words::NOT_TAKEN,
    };
    Some(Phrase::new(words::CHECK_ROW, [number.to_string(), voter.name.clone(), t(why)().to_owned()]))
}

fn preview(sheet: RwSignal<Sheet>, rows: Memo<Vec<Row>>, only_bad: bool) -> AnyView {
    let holds = sheet.with(|sheet| sheet.holds.clone());
    let choice = |(column, now): (usize, Holds)| {
        let options = Holds::ALL
            .map(|one| view! { <option value=one.key() selected=one == now>{t(one.label())}</option> }.into_any());
        let choose = move |event| {
            let key = event_target_value(&event);
            let chosen = Holds::ALL.into_iter().find(|one| one.key() == key).unwrap_or(Holds::Nothing);
            sheet.update(|sheet| {
                // One column of each kind.
                for other in sheet.holds.iter_mut().filter(|other| **other == chosen) {
                    *other = Holds::Nothing;
                }
                sheet.holds[column] = chosen;
            });
        };
        view! { <th scope="col"><select aria-label=move || fill(words::IMPORT_COLUMN, &[&(column + 1)]) on:change=choose>{options.into_iter().collect_view()}</select></th> }.into_any()
    };
    let rows = rows.read();
    let mut listed: Vec<&Row> = rows.iter().filter(|row| !only_bad || !row.faults.is_empty()).collect();
    // Wrong ones first: of a long list only the first rows are drawn.
    listed.sort_by_key(|row| row.faults.is_empty());
    let line = |row: &&Row| {
        let cells: Vec<_> = holds
            .iter()
            .enumerate()
            .map(|(column, hold)| {
                let wrong = row.faults.iter().any(|(at, _)| at == hold);
                let text = row.cells.get(column).cloned().unwrap_or_default();
                view! { <td class:wrong=wrong><bdi>{text}</bdi></td> }.into_any()
            })
            .collect();
        let faults: Vec<_> = row.faults.iter().map(|(_, fault)| t(*fault)().to_owned()).collect();
        view! { <tr><td class="figure soft">{row.number}</td>{cells}<td class="field-error">{faults.join("；")}</td></tr> }.into_any()
    };
    let lines: Vec<_> = listed.iter().take(PREVIEWED).map(line).collect();
    let more = (listed.len() > PREVIEWED)
        .then(|| view! { <p class="hint">{fill(words::IMPORT_MORE_ROWS, &[&PREVIEWED])}</p> });
    view! {
        <div class="scroll tall" tabindex="0" role="region" aria-label=t(words::IMPORT)>
            <table>
                <thead><tr>
                    <th scope="col" class="figure">{t(words::ROW)}</th>
                    {holds.iter().copied().enumerate().map(choice).collect_view()}
                    <th scope="col">{t(words::PROBLEM)}</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}
