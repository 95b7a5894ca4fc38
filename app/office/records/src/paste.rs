//! What was copied from a spreadsheet, or stands in a file: what each line of it would do.
//!
//! Owns the box with its preview. What a line means is asked of
//! the page that the box stands on.

use frame::{
    error_summary::Fault,
    words::{Phrase, fill, t},
};
use leptos::prelude::*;
use office_frame::{limits::MOST_SHEET_ROWS, table_file::FileField};
use sheet::{cells, figure::plain};
use text::{Text, office_setup, records as words};

use crate::{
    figure,
    kind::{self, Choice},
};

/// One pasted line and what it would do.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct PastedLine {
    /// Its number in what was pasted, from 1.
    pub(super) number: usize,
    /// Its cells, as they will stand.
    pub(super) cells: Vec<String>,
    /// What it is for: the line of the page's table.
    pub(super) target: usize,
    pub(super) verdict: Verdict,
}

/// What becomes of a pasted line.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Verdict {
    Accepted,
    /// Nothing stands where the figure should be.
    Empty,
    /// A mark or word that says that there is none: `—`, 缺考.
    Absent,
    /// Wrong at this cell.
    Wrong(usize, Phrase),
}

/// Reads lines of unit and further cells, or of further cells alone in the order of `units` from `first`
/// on. A line before all others that names no unit and no figure is a heading and left out.
pub(super) fn by_unit(text: &str, units: &[Choice], first: usize) -> Vec<PastedLine> {
    let rows = cells(text);
    // Figures with something behind them, but no names before them.
    let unnamed = rows.iter().all(|row| !figure::is_words(&row[0]) && kind::resolve(units, &row[0]).is_err());
    let in_order = unnamed || rows.iter().all(|row| row.len() == 1);
    let mut used = vec![false; units.len()];
    // A column by itself goes cell by cell: its first is a heading only where it says so, or is one too many.
    let is_heading = |cell: &str| {
        let one_too_many = rows.len() == units.len().saturating_sub(first) + 1;
        figure::is_words(cell) && (!in_order || one_too_many || sheet::outline::head_word(cell).is_some())
    };
    let heading = rows.first().map(|row| row[usize::from(!in_order && row.len() > 1)].clone());
    let heading = heading.is_some_and(|cell| is_heading(&cell));
    let mut lines = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let (named, rest) = if in_order {
            let place = first + lines.len();
            (units.get(place).map(|_| place).ok_or_else(|| Phrase::from(words::TOO_MANY_LINES)), row)
        } else {
            let mut row = row.into_iter();
            let name = row.next().unwrap_or_default();
            let place = kind::resolve(units, &name).map_err(|_| Phrase::new(words::NO_SUCH_UNIT, [name.clone()]));
            let place = place.map(|id| units.iter().position(|unit| unit.id == id).unwrap_or_default());
            let mut cells = vec![name];
            cells.extend(row);
            (place, cells)
        };
        let figures = if in_order { rest.as_slice() } else { rest.get(1..).unwrap_or_default() };
        let figure = figures.first().map(|cell| plain(cell)).unwrap_or_default();
        if index == 0 && heading && (in_order || named.is_err()) {
            continue;
        }
        let mut cells = Vec::with_capacity(figures.len() + 1);
        let name = named.as_ref().ok().map(|place| units[*place].name.clone());
        cells.push(name.unwrap_or_else(|| if in_order { String::new() } else { rest[0].clone() }));
        cells.push(figure.clone());
        cells.extend(figures.iter().skip(1).cloned());
        let (target, verdict) = match named {
            Err(says) => (0, Verdict::Wrong(0, says)),
            Ok(place) if figure.is_empty() => (place, Verdict::Empty),
            Ok(place) if figure::is_absent(&figure) => (place, Verdict::Absent),
            Ok(place) if used[place] => (place, Verdict::Wrong(0, words::REPEATED.into())),
            Ok(place) => {
                used[place] = true;
                (place, Verdict::Accepted)
            }
        };
        lines.push(PastedLine { number: index + 1, cells, target, verdict });
    }
    lines
}

/// A box to paste into. A handle: the page may fill it.
#[derive(Clone, Copy)]
pub(super) struct Pasting {
    pub(super) text: RwSignal<String>,
    /// The line of the table that the first of a single column belongs to.
    pub(super) first: RwSignal<usize>,
    pub(super) open: RwSignal<bool>,
    note: RwSignal<Option<Phrase>>,
}

impl Pasting {
    pub(super) fn new() -> Pasting {
        Pasting {
            text: RwSignal::new(String::new()),
            first: RwSignal::new(0),
            open: RwSignal::new(false),
            note: RwSignal::new(None),
        }
    }

    /// Opens the box with a text.
    pub(super) fn offer(self, text: String, first: usize) {
        self.first.set(first);
        self.text.set(text);
        self.note.set(None);
        self.open.set(true);
        frame::browser::focus_soon("pasted");
    }
}

/// The box, with its preview.
#[component]
pub(super) fn PasteBox(
    /// What to paste.
    hint: Text,
    /// Names of the columns.
    columns: Vec<Text>,
    pasting: Pasting,
    /// What would be pasted of the cells of a file.
    arrange: Callback<String, String>,
    /// What the lines of a text would do.
    read: Callback<(String, usize), Vec<PastedLine>>,
    /// Takes the accepted lines.
    accept: Callback<Vec<PastedLine>>,
) -> impl IntoView {
    let Pasting { text, first, open, note } = pasting;
    let lines = Memo::new(move |_| {
        let text = text.get();
        if text.trim().is_empty() { Vec::new() } else { read.run((text, first.get())) }
    });
    let count = move |is: fn(&Verdict) -> bool| lines.read().iter().filter(|line| is(&line.verdict)).count();
    let good = move || count(|verdict| *verdict == Verdict::Accepted);
    let bad = move || count(|verdict| matches!(verdict, Verdict::Wrong(..)));
    let empty = move || count(|verdict| matches!(verdict, Verdict::Empty | Verdict::Absent));
    let take = move |_| {
        let (accepted, rest): (Vec<_>, Vec<_>) =
            lines.get_untracked().into_iter().partition(|line| line.verdict == Verdict::Accepted);
        if accepted.is_empty() {
            return;
        }
        let wrong: Vec<String> = rest
            .iter()
            .filter(|line| !matches!(line.verdict, Verdict::Empty | Verdict::Absent))
            .map(|line| line.cells.join("\t"))
            .collect();
        let says = if wrong.is_empty() { words::TAKEN_LINES } else { words::LEFT_OVER };
        note.set(Some(Phrase::new(says, [accepted.len().to_string(), wrong.len().to_string()])));
        first.set(0);
        text.set(wrong.join("\n"));
        accept.run(accepted);
    };
    let faults = RwSignal::new(Vec::<Fault>::new());
    let load = Callback::new(move |loaded: String| {
        // A file that was not read leaves what was pasted.
        if loaded.is_empty() {
            return;
        }
        let long = cells(&loaded).len() > MOST_SHEET_ROWS;
        faults.set(long.then(|| Fault::at("file", office_setup::IMPORT_TOO_LONG)).into_iter().collect());
        if !long {
            note.set(None);
            first.set(0);
            open.set(true);
            text.set(arrange.run(loaded));
        }
    });
    let head = columns.clone();
    view! {
        <details class="panel" prop:open=move || open.get()>
            <summary>{t(words::PASTE)}</summary>
            <div class="stack">
                <div class="field">
                    <label for="pasted">{t(words::PASTED)}</label>
                    <p class="hint" id="pasted-hint">{t(hint)}</p>
                    <textarea id="pasted" rows="5" spellcheck="false" aria-describedby="pasted-hint" prop:value=move || text.get()
                        on:input=move |event| {
                            open.set(true);
                            note.set(None);
                            text.set(event_target_value(&event));
                        }></textarea>
                </div>
                <FileField faults load />
                <div role="status">
                    {move || note.get().map(|says| view! { <p class="note good">{says.say()}</p> })}
                    <Show when=move || !lines.read().is_empty()>
                        <p>{move || fill(words::PREVIEW_COUNTS, &[&good(), &bad(), &empty()])}</p>
                    </Show>
                </div>
                <Show when=move || !lines.read().is_empty()>
                    <div class="scroll tall" tabindex="0" role="region" aria-label=t(words::PREVIEW)>
                        <table>
                            <thead><tr>
                                <th scope="col" class="figure">{t(words::LINE)}</th>
                                {head.iter().map(|name| view! { <th scope="col">{t(*name)}</th> }.into_any()).collect_view()}
                                <th scope="col">{t(words::RESULT)}</th>
                            </tr></thead>
                            <tbody>{
                                let width = head.len();
                                move || lines.get().into_iter().map(|line| preview_line(line, width)).collect_view()
                            }</tbody>
                        </table>
                    </div>
                    <p><button type="button" class="primary" disabled=move || good() == 0 on:click=take>
                        {move || fill(words::ACCEPT, &[&good()])}
                    </button></p>
                </Show>
            </div>
        </details>
    }
}

fn preview_line(line: PastedLine, width: usize) -> AnyView {
    let PastedLine { number, cells, verdict, .. } = line;
    let wrong_at = match &verdict {
        Verdict::Wrong(cell, _) => Some(*cell),
        _ => None,
    };
    let mark = cells.get(1).cloned().unwrap_or_default();
    // More cells than columns stand together in the last one.
    let cell = |column: usize| match column + 1 == width {
        true => cells.get(column..).unwrap_or_default().join(" "),
        false => cells.get(column).cloned().unwrap_or_default(),
    };
    let drawn = (0..width).map(|column| {
        let wrong = wrong_at.is_some_and(|at| at == column || (column + 1 == width && at > column));
        view! { <td class:wrong=wrong>{cell(column)}</td> }.into_any()
    });
    let drawn = drawn.collect_view();
    let says = move || match &verdict {
        Verdict::Accepted => t(words::GOOD)().to_owned(),
        Verdict::Empty => t(words::SKIPPED)().to_owned(),
        Verdict::Absent => fill(words::ABSENT_SKIPPED, &[&mark]),
        Verdict::Wrong(_, says) => says.say(),
    };
    let class = if wrong_at.is_some() { "field-error" } else { "soft" };
    view! { <tr><td class="figure soft">{number}</td>{drawn}<td class=class>{says}</td></tr> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units() -> Vec<Choice> {
        [("a", "林业站"), ("b", "村建所"), ("c", "财政所")]
            .map(|(id, name)| Choice { id: id.into(), name: name.into() })
            .into()
    }

    #[test]
    fn a_single_column_follows_the_order_of_the_table() {
        let lines = by_unit("8\n\n7.5\n6", &units(), 0);
        assert_eq!(lines[0].target, 0);
        assert_eq!(lines[0].cells, ["林业站", "8"]);
        assert_eq!(lines[1].verdict, Verdict::Empty);
        assert_eq!((lines[2].target, lines[2].cells[1].as_str()), (2, "7.5"));
        assert!(matches!(lines[3].verdict, Verdict::Wrong(0, _)));
        assert_eq!(by_unit("9", &units(), 2)[0].target, 2);
    }

    #[test]
    fn a_block_without_names_follows_the_order_too_and_keeps_what_stands_behind_its_figures() {
        let lines = by_unit("8\t检查通报\n7.5\t", &units(), 1);
        assert_eq!((lines[0].target, lines[0].cells.join("|").as_str()), (1, "村建所|8|检查通报"));
        assert_eq!((lines[1].target, &lines[1].verdict), (2, &Verdict::Accepted));
    }

    #[test]
    fn the_first_cell_of_a_column_keeps_its_place_unless_it_is_a_heading() {
        // 缺考 is the first unit's: were it taken for a heading, all figures would move up by one.
        let lines = by_unit("缺考\n80\n#N/A", &units(), 0);
        assert_eq!((lines[0].target, &lines[0].verdict), (0, &Verdict::Absent));
        assert_eq!((lines[1].target, lines[1].cells[1].as_str()), (1, "80"));
        assert_eq!((lines[2].target, lines[2].cells[1].as_str()), (2, "#N/A"));
        assert_eq!(by_unit("优秀\n80", &units(), 0)[1].target, 1);
        // A heading by its word, and one that is one line too many.
        assert_eq!(by_unit("得分\n80", &units(), 0)[0].target, 0);
        assert_eq!(by_unit("动态考评\n80\n70\n60", &units(), 0)[0].cells, ["林业站", "80"]);
        assert_eq!(by_unit("林业站\t—\n村建所\t／", &units(), 0)[1].verdict, Verdict::Absent);
    }

    #[test]
    fn lines_with_names_find_their_unit_and_a_heading_is_left_out() {
        let lines = by_unit("单位\t分值\n财政所\t9\t检查通报\na\t8\n没有\t7\n财政所\t6", &units(), 0);
        assert_eq!(lines.len(), 4);
        assert_eq!((lines[0].target, lines[0].cells.join("|").as_str()), (2, "财政所|9|检查通报"));
        assert_eq!(lines[1].target, 0);
        assert!(matches!(lines[2].verdict, Verdict::Wrong(0, _)));
        assert!(matches!(lines[3].verdict, Verdict::Wrong(0, _)));
    }
}
