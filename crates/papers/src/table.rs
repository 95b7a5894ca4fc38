//! 排名汇总表 as a text document: every component, bonuses and deductions, total, rank and grade of every unit.

use scoring::PeriodIndex;
use text::papers as words;

use crate::Unwritten;
use crate::columns::{Column, Figure, columns, row, tables};
use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::office_texts::OfficeTexts;
use crate::results::Results;

/// More columns than this stand on a larger sheet.
const MOST_ON_A4: usize = 14;

/// The table as a DOCX file.
///
/// # Errors
/// [`Unwritten`].
pub fn table(results: &Results<'_>, texts: &OfficeTexts) -> Result<Vec<u8>, Unwritten> {
    let known = results.known();
    let title = texts.filled("table.title", &known);
    let columns = columns(results);
    let sheet = if columns.len() + 5 > MOST_ON_A4 { Sheet::Widest } else { Sheet::Wide };
    let mut docx = Docx::new(sheet, &title);
    let plan = results.plan();
    for (number, (name, period)) in tables(results).into_iter().enumerate() {
        if number == 0 {
            docx.paragraphs(Style::Small, &title);
        } else {
            docx.paragraph_on_new_page(Style::Small, &format!("{title}（{name}）"));
        }
        for category in plan.category_indices() {
            docx.paragraph(Style::Line, &plan.category(category).name);
            docx.table(&of_category(results, &columns, sheet, category, period));
        }
    }
    docx.finish()
}

fn of_category(
    results: &Results<'_>,
    columns: &[Column],
    sheet: Sheet,
    category: scoring::CategoryIndex,
    period: Option<PeriodIndex>,
) -> Table {
    let mut head = vec![words::RANK.to_owned(), words::UNIT.to_owned()];
    let mut shares = vec![5, 18];
    head.extend(columns.iter().map(|column| column.name.clone()));
    shares.extend(columns.iter().map(|_| 8));
    // Over several periods only the difference is combined.
    let both = period.is_some() || results.plan().period_indices().len() == 1;
    let adjusted: &[&str] = if both { &[words::BONUS, words::DEDUCTION] } else { &[words::ADJUSTMENTS] };
    head.extend(adjusted.iter().map(|word| (*word).to_owned()));
    shares.extend(adjusted.iter().map(|_| 7));
    head.push(words::TOTAL.to_owned());
    shares.push(9);
    // Rank and grade are of the whole result.
    let graded = period.is_none() && results.has_grades();
    if graded {
        head.push(words::GRADE.to_owned());
        shares.push(8);
    }
    let rows = results.ranked(category).into_iter().map(|unit| {
        let of_unit = row(results, columns, period, unit);
        let score = |score| Cell::center(results.published(score));
        let mut cells =
            vec![Cell::center(results.of.standing.rank(unit).to_string()), Cell::left(results.unit_name(unit))];
        cells.extend(of_unit.components.iter().map(|figure| match figure {
            Figure::None => Cell::center(words::DOES_NOT_APPLY),
            Figure::Score(of_component) => score(*of_component),
        }));
        if both {
            cells.extend([score(of_unit.bonus), score(of_unit.deduction)]);
        } else {
            cells.push(score(of_unit.bonus - of_unit.deduction));
        }
        cells.push(score(of_unit.total));
        if graded {
            cells.push(Cell::center(results.grade(unit)));
        }
        cells
    });
    let rows = rows.collect();
    Table { widths: shared(sheet, &shares), head, rows, size: if columns.len() > 24 { 15 } else { 18 }, height: 360 }
}
