//! The ranking as a file for spreadsheets: what the table shows, in its order.

use frame::words::t;
use office_frame::{cells::csv_line, download::download};
use office_scores::appraisal::Appraisal;
use text::ranking as words;

use crate::ranking::{
    figures::{Figure, Line},
    table::{shown, signed},
    view::View,
};

/// Offers the lines that are shown.
pub(super) fn save(appraisal: &Appraisal, how: View) {
    let plan = &appraisal.plan;
    let lines = leptos::prelude::untrack(|| shown(appraisal, &appraisal.standing.document(plan), how));
    let mut heads = vec![t(words::RANK)().to_owned(), t(words::UNIT)().to_owned()];
    heads.extend(plan.roots().map(|node| plan.nodes()[node].name.clone()));
    let last = [words::PLUS_MINUS, words::TOTAL, words::GRADE, words::OUTCOMES];
    heads.extend(last.map(|text| t(text)().to_owned()));
    // Excel reads a file as UTF-8 by its mark.
    let mut file = format!("\u{feff}{}", csv_line(&heads));
    for line in &lines {
        file.push_str(&csv_line(&cells(line)));
    }
    download("ranking.csv", "text/csv;charset=utf-8", &file);
}

fn cells(line: &Line) -> Vec<String> {
    let mut cells = vec![line.rank.to_string(), line.name.clone()];
    cells.extend(line.figures.iter().map(|figure| match figure {
        Figure::Score { score, missing: false, .. } => score.to_decimal().to_string(),
        Figure::Score { .. } | Figure::None => String::new(),
    }));
    cells.push(signed(line.adjustments));
    cells.push(line.published.clone());
    cells.push(line.grade.clone().unwrap_or_default());
    cells.push(line.outcomes.join("、"));
    cells
}
