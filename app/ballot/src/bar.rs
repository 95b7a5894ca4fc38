//! The bar that stays in sight: how much is filled in, how the quotas stand, whether the ballot is
//! valid; the preview opens from it. It states, it does not reproach: errors come on submitting.

use frame::{
    browser,
    drawing::{Drawn, classed, el, follow, said},
    words::{fill, lang},
};
use leptos::prelude::*;
use scoring::ballot::{QuotaState, UnitPreview};
use text::ballot as words;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::{
    cards::{line_id, quota_words},
    filling::{Filling, Standing},
    limits::MOST_COUNTS,
    sheet::{Choice, Sheet},
};

/// The bar at the foot of the cards, with the preview where that is open. It stands inside the form that its button
/// submits.
pub fn bar(filling: Filling, quotas: Memo<Vec<QuotaState>>, open: RwSignal<bool>) -> Drawn {
    let filled = Memo::new(move |_| filling.with(|sheet, choices| (sheet.filled(choices), sheet.lines.len())));
    let all_filled = move || {
        let (filled, all) = filled.get();
        filled == all
    };
    let jump = el("button")
        .attr("type", "button")
        .live(move || if all_filled() { words::ALL_FILLED } else { words::FIRST_OPEN }.in_(lang().get()).to_owned())
        .live_attr("disabled", move || all_filled().then(String::new))
        .on("click", move |_| jump(filling));
    let submit = said("button", words::SUBMIT).attr("type", "submit").attr("class", "primary");
    let row = classed("div", "bar-row").add(status(filling, quotas, filled, open)).add(jump).add(submit);
    let panel = el("div").live_all(move || if open.get() { vec![preview(filling)] } else { Vec::new() });
    classed("div", "bar").add(panel).add(row).on("keydown", move |event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
            open.set(false);
        }
    })
}

/// To the first line without an answer.
pub fn jump(filling: Filling) {
    if let Some(line) = untrack(|| filling.with(|sheet, choices| sheet.first_open(choices, 0))) {
        browser::focus(&line_id(line));
    }
}

/// "已填 18/24 · 优秀 1/2 · 可提交", and the switch of the preview.
fn status(
    filling: Filling,
    quotas: Memo<Vec<QuotaState>>,
    filled: Memo<(usize, usize)>,
    open: RwSignal<bool>,
) -> Drawn {
    let standing = Memo::new(move |_| filling.standing());
    let counts = move || {
        let sheet = filling.sheet();
        let quotas = quotas.read();
        let shown = if quotas.len() <= MOST_COUNTS { quotas.as_slice() } else { &[] };
        let count = |state: &QuotaState| {
            let words = quota_words(&sheet.quota_name(state), state);
            let over = if state.have > state.need { "over" } else { "" };
            [dot(), classed("span", over).text(&words)]
        };
        shown.iter().flat_map(count).collect()
    };
    let verdict = move || {
        let (filled, all) = filled.get();
        if standing.get() == Standing::Valid && filled < all {
            return vec![classed("strong", "").live(move || fill(words::VALID_OPEN, &[&(all - filled)]))];
        }
        let (class, words) = match standing.get() {
            Standing::Empty => ("", words::NOTHING_YET),
            Standing::Short => ("", words::NOT_YET),
            Standing::Over => ("over", words::OVER),
            Standing::Valid => ("ok", words::VALID),
        };
        vec![said("strong", words).attr("class", class)]
    };
    let words = el("span")
        .add(el("span").live(move || {
            let (filled, all) = filled.get();
            fill(words::FILLED, &[&filled, &all])
        }))
        .add(el("span").live_all(counts))
        .add(dot())
        .add(el("span").live_all(verdict));
    classed("button", "bar-status")
        .attr("type", "button")
        .attr("aria-controls", "preview")
        .live_attr("aria-expanded", move || Some(open.get().to_string()))
        .add(said("span", words::PREVIEW_SHOW).attr("class", "sr"))
        .add(words)
        .add(classed("span", "chevron").attr("aria-hidden", "true"))
        .on("click", move |_| open.update(|open| *open = !*open))
}

fn dot() -> Drawn {
    classed("span", "dot").attr("aria-hidden", "true").text(" · ")
}

/// What this ballot gives each unit: computed only while it is in sight. A tap changes one row of it, so
/// rows are drawn once and their words replaced where they differ.
fn preview(filling: Filling) -> Drawn {
    let sheet = filling.sheet();
    let head = sheet.paper.sections.iter().map(|section| {
        let (name, points) = (section.name.clone(), section.points);
        classed("th", "figure").attr("scope", "col").live(move || fill(words::PREVIEW_OF, &[&name, &points]))
    });
    let head = el("tr").add(said("th", words::PREVIEW_UNIT).attr("scope", "col")).all(head);
    let units = untrack(|| filling.with(Sheet::preview));
    let rows: Vec<Row> = units.iter().map(|unit| Row::new(&sheet, &unit.unit)).collect();
    let body = el("tbody").all(rows.iter().map(|row| row.drawn.clone()));
    follow(move || {
        filling.with(|sheet, choices| {
            for (row, unit) in rows.iter().zip(sheet.preview(choices)) {
                row.show(sheet, choices, &unit);
            }
        });
    });
    classed("section", "preview stack")
        .attr("id", "preview")
        .attr("tabindex", "0")
        .attr("aria-labelledby", "preview-title")
        .add(said("h2", words::PREVIEW_TITLE).attr("id", "preview-title"))
        .add(said("p", words::PREVIEW_NOTE).attr("class", "hint"))
        .add(el("table").add(el("thead").add(head)).add(body))
}

/// A unit's row of the preview.
struct Row {
    drawn: Drawn,
    part: Drawn,
    /// For each section the unit's lines in it, and its cell.
    cells: Vec<(Vec<usize>, Drawn)>,
}

impl Row {
    fn new(sheet: &Sheet, unit: &str) -> Row {
        let mut units = sheet.paper.sections.iter().flat_map(|section| &section.units);
        let name = units.find(|one| one.id == unit).map_or("", |one| &one.name);
        let part = said("span", words::PREVIEW_PART).attr("class", "tag");
        let sections = 0..sheet.paper.sections.len();
        let cells: Vec<_> = sections.map(|section| (sheet.lines_of(section, unit), classed("td", "figure"))).collect();
        let name = el("th").attr("scope", "row").text(name).add(part.clone());
        Row { drawn: el("tr").add(name).all(cells.iter().map(|(_, cell)| cell.clone())), part, cells }
    }

    fn show(&self, sheet: &Sheet, choices: &[Choice], unit: &UnitPreview) {
        let open = |lines: &[usize]| lines.iter().any(|line| choices.get(*line) == Some(&Choice::Open));
        self.part.show(self.cells.iter().any(|(lines, _)| open(lines)));
        for (section, (lines, cell)) in sheet.paper.sections.iter().zip(&self.cells) {
            let score = unit.sections.iter().find(|(id, _)| *id == section.component);
            cell.replace(&match score {
                Some((_, score)) => score.published(2),
                None if lines.is_empty() => "—".to_owned(),
                None if open(lines) => fill(words::PREVIEW_NONE, &[]),
                None => fill(words::BLANK, &[]),
            });
        }
    }
}
