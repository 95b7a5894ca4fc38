//! A sample out of a list that is about to be imported, which anybody with the list can draw again.

use std::collections::BTreeSet;

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::{
    asking,
    csv::{Cell, csv_file},
    download::download,
    plan_context::PlanContext,
};
use text::{csv_cell::guarded, voters as words};
use wire::sample::{self, LONGEST_SEED, SampleRequest};

/// What was drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawn {
    /// The numbers of the rows that were taken.
    pub taken: BTreeSet<usize>,
    /// The list as a file: the draw is that of its rows.
    file: String,
    said: SampleRequest,
}

/// A list to draw from.
#[derive(Clone, PartialEq, Default)]
pub struct List {
    /// The names of its columns.
    pub head: Vec<String>,
    /// Each row's number, and its cells: as many as the head has.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Draws from a list.
fn draw(list: &List, size: usize, seed: &str, by: Option<usize>) -> Drawn {
    // As the file has them, so that whoever reads the file draws the same.
    let cells = |row: &Vec<String>| row.iter().map(|cell| guarded(cell).into_owned()).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = list.rows.iter().map(|(_, row)| cells(row)).collect();
    let taken = sample::draw_by(&rows, by, size, seed);
    let line = |row: &Vec<String>| row.iter().map(Cell::text).collect::<Vec<_>>();
    let file = csv_file(std::iter::once(&list.head).chain(list.rows.iter().map(|(_, row)| row)).map(line));
    let said = SampleRequest {
        size: size as u64,
        seed: seed.to_owned(),
        by: by.map(|column| list.head[column].clone()),
        sha256: sample::file_hash(&file),
        of: rows.len() as u64,
        count: taken.len() as u64,
    };
    Drawn { taken: taken.into_iter().map(|place| list.rows[place].0).collect(), file, said }
}

/// Asks for size, seed and column, draws, and says it in the audit trail first: what is not on record is not taken.
#[component]
pub fn Sampling(context: PlanContext, list: Memo<List>, drawn: RwSignal<Option<Drawn>>) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let (size, seed, by) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(None::<usize>));
    let busy = RwSignal::new(false);
    let take = move |_| {
        let most = size.with_untracked(|size| size.trim().parse::<usize>().ok()).filter(|most| *most > 0);
        let seed = seed.with_untracked(|seed| seed.trim().to_owned());
        let wrong_seed = seed.is_empty() || seed.chars().count() > LONGEST_SEED;
        let wrong = [
            most.is_none().then(|| Fault::at("sample-size", words::SAMPLE_SIZE_WRONG)),
            wrong_seed.then(|| Fault::at("sample-seed", words::SAMPLE_SEED_WRONG)),
        ];
        faults.set(wrong.into_iter().flatten().collect());
        let Some(most) = most.filter(|_| !wrong_seed) else { return };
        let new = list.with_untracked(|list| draw(list, most, &seed, by.get_untracked()));
        asking::run(busy, async move {
            match asking::post::<()>(&context.api("samples"), &new.said).await {
                Ok(_) => {
                    drawn.try_set(Some(new));
                }
                Err(refusal) => {
                    faults.try_set(vec![Fault::at("sample-size", refusal.phrase())]);
                }
            }
        });
    };
    let columns = move || {
        let option = |(place, name): (usize, String)| view! { <option value=place.to_string()>{name}</option> };
        list.with(|list| list.head.iter().cloned().enumerate().map(option).collect_view())
    };
    let told = move || {
        drawn.get().map(|now| {
            let said = &now.said;
            let words = fill(words::SAMPLE_DRAWN, &[&said.count, &said.of, &said.seed, &said.sha256]);
            let save = move |_| download("list.csv", "text/csv;charset=utf-8", &now.file);
            view! {
                <div class="note good" role="status">
                    <p class="break">{words}</p>
                    <p class="row">
                        <button type="button" on:click=save>{t(words::SAMPLE_FILE)}</button>
                        <button type="button" on:click=move |_| drawn.set(None)>{t(words::SAMPLE_ALL)}</button>
                    </p>
                </div>
            }
        })
    };
    view! {
        <details>
            <summary>{t(words::SAMPLE)}</summary>
            <div class="stack">
                <p class="hint">{t(words::SAMPLE_HINT)}</p>
                <ErrorSummary faults />
                <div class="row">
                    <div class="field">
                        <label for="sample-size">{t(words::SAMPLE_SIZE)}</label>
                        <FieldError faults field="sample-size" />
                        <input id="sample-size" class="short" inputmode="numeric" aria-describedby="sample-size-error"
                            on:input=move |event| size.set(event_target_value(&event)) />
                    </div>
                    <div class="field">
                        <label for="sample-seed">{t(words::SAMPLE_SEED)}</label>
                        <FieldError faults field="sample-seed" />
                        <input id="sample-seed" aria-describedby="sample-seed-error"
                            on:input=move |event| seed.set(event_target_value(&event)) />
                    </div>
                    <div class="field">
                        <label for="sample-by">{t(words::SAMPLE_BY)}</label>
                        <select id="sample-by" on:change=move |event| by.set(event_target_value(&event).parse().ok())>
                            <option value="">{t(words::SAMPLE_WHOLE)}</option>
                            {columns}
                        </select>
                    </div>
                </div>
                <p><button type="button" aria-disabled=move || busy.get().to_string() on:click=take>{t(words::SAMPLE_DRAW)}</button></p>
                {told}
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file is what `pingyi sample` reads: with the same cells its rows are the same, and its hash that of `sha256sum`.
    #[test]
    fn the_file_holds_what_was_drawn_from() {
        let row = |number: usize, name: &str, phone: &str| (number, vec![name.to_owned(), phone.to_owned()]);
        let rows = vec![row(3, "甲", "+8613800000001"), row(4, "乙", "13800000002"), row(6, "丙", "")];
        let list = List { head: vec!["姓名".into(), "手机号".into()], rows };
        let drawn = draw(&list, 9, "种子", None);
        assert_eq!(drawn.file, "\u{feff}姓名,手机号\r\n甲,'+8613800000001\r\n乙,13800000002\r\n丙,\r\n");
        assert_eq!(drawn.taken, BTreeSet::from([3, 4, 6]));
        // By sha256sum of the file; and of `pingyi-sample\0种子\0` with each row, of which 乙's begins with 31bd, 丙's with
        // 7cf0 and 甲's with f9d8.
        assert_eq!(drawn.said.sha256, "54dd39a88ab7d180b2cccb0be67113b6d55efbdfb29385a19305c820008d6302");
        assert_eq!(draw(&list, 1, "种子", None).taken, BTreeSet::from([4]));
        assert_eq!(draw(&list, 2, "种子", None).taken, BTreeSet::from([4, 6]));
    }
}
