//! The ranking as a file for spreadsheets: what the table shows, in its order.

use frame::words::t;
use office_frame::{
    csv::{Cell, csv_file},
    download::download,
};
use office_scores::appraisal::Appraisal;
use text::{office_series, ranking as words};

use crate::{
    figures::{Figure, Line},
    table::{shown, signed},
    view::View,
};

/// Offers the lines that are shown.
pub(super) fn save(appraisal: &Appraisal, how: View) {
    let plan = &appraisal.plan;
    let lines = leptos::prelude::untrack(|| shown(appraisal, &appraisal.standing.document(plan), how));
    let mut heads = vec![Cell::text(t(words::RANK)()), Cell::text(t(words::UNIT)())];
    heads.extend(plan.roots().map(|node| Cell::text(&*plan.nodes()[node].name)));
    let last = [words::PLUS_MINUS, words::TOTAL, words::GRADE, words::OUTCOMES];
    heads.extend(last.map(|text| Cell::text(t(text)())));
    let beside = leptos::prelude::untrack(|| how.beside());
    if beside.is_some() {
        heads.extend([office_series::WAS_RANK, office_series::WAS_TOTAL].map(|text| Cell::text(t(text)())));
    }
    let cells = |line: &Line| {
        let mut cells = cells(line);
        if let Some(last_year) = beside {
            let was = leptos::prelude::untrack(|| last_year.of(&plan.unit(line.unit).id));
            let (rank, total) =
                was.map(|was| (was.standing.rank.to_string(), was.standing.published)).unwrap_or_default();
            cells.extend([Cell::figure(rank), Cell::figure(total)]);
        }
        cells
    };
    let file = csv_file(std::iter::once(heads).chain(lines.iter().map(cells)));
    download("ranking.csv", "text/csv;charset=utf-8", &file);
}

fn cells(line: &Line) -> Vec<Cell> {
    let mut cells = vec![Cell::figure(line.rank), Cell::text(&*line.name)];
    cells.extend(line.figures.iter().map(|figure| match figure {
        Figure::Score { score, missing: false, .. } => Cell::figure(score.to_decimal()),
        Figure::Score { .. } | Figure::None => Cell::figure(""),
    }));
    cells.push(Cell::figure(signed(line.adjustments)));
    cells.push(Cell::figure(&line.published));
    cells.push(Cell::text(line.grade.clone().unwrap_or_default()));
    cells.push(Cell::text(line.outcomes.join("、")));
    cells
}
