//! 排名汇总表 as a workbook: the same figures, exact, to go on computing with.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use scoring::{PeriodIndex, Score};
use text::papers as words;

use crate::Unwritten;
use crate::columns::{Column, Figure, columns, row, tables};
use crate::docx::sheet::halves;
use crate::office_texts::OfficeTexts;
use crate::results::Results;

/// Columns that say of whom a row is, which stay in sight: category, rank, unit.
const NAMING_COLUMNS: u16 = 3;

/// Of the columns that say of whom a row is, of what follows for it, and of figures: in characters of a figure's width.
const NAMING_WIDTHS: [f64; 5] = [18.0, 6.0, 26.0, 9.0, 12.0];
const GRADE_WIDTH: f64 = 8.0;
const OUTCOMES_WIDTH: f64 = 30.0;
const FIGURE_WIDTH: f64 = 11.0;

/// The height of a line, in points.
const LINE: f64 = 15.0;

/// The longest name that a sheet may have.
const LONGEST_SHEET_NAME: usize = 31;

/// The table as an XLSX file: a sheet of the whole result, and one of each period where there are several.
///
/// # Errors
/// [`Unwritten`].
pub fn workbook(results: &Results<'_>, texts: &OfficeTexts) -> Result<Vec<u8>, Unwritten> {
    written(results, &texts.filled("table.title", &results.known())).map_err(|_| Unwritten)
}

fn written(results: &Results<'_>, title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same result is the same file, whenever it is asked for.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let columns = columns(results);
    for (number, (name, period)) in tables(results).into_iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(number, &name))?;
        fill(sheet, results, &columns, period, title)?;
    }
    workbook.save_to_buffer()
}

/// A sheet's name: signs that none may have are left out, and of two periods of one name each has its number.
fn sheet_name(number: usize, name: &str) -> String {
    if number == 0 {
        return name.to_owned();
    }
    let kept = name.chars().filter(|sign| !"[]:*?/\\'".contains(*sign));
    let name: String = format!("{number} ").chars().chain(kept).take(LONGEST_SHEET_NAME).collect();
    name.trim_end().to_owned()
}

fn fill(
    sheet: &mut Worksheet,
    results: &Results<'_>,
    columns: &[Column],
    period: Option<PeriodIndex>,
    title: &str,
) -> Result<(), XlsxError> {
    let ruled = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let (text, figure) = (ruled().set_text_wrap(), ruled().set_align(FormatAlign::Center));
    let head = ruled().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    let large = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let mut names = vec![words::CATEGORY, words::RANK, words::UNIT, words::TOTAL, words::EXACT_TOTAL];
    if period.is_none() {
        names.extend([words::GRADE, words::OUTCOMES]);
    }
    names.extend(columns.iter().map(|column| column.name.as_str()));
    names.extend([words::BONUS, words::DEDUCTION]);
    let last = u16::try_from(names.len() - 1).unwrap_or(u16::MAX);
    sheet.merge_range(0, 0, 0, last, title, &large)?;
    let mut widths = NAMING_WIDTHS.to_vec();
    if period.is_none() {
        widths.extend([GRADE_WIDTH, OUTCOMES_WIDTH]);
    }
    widths.resize(names.len(), FIGURE_WIDTH);
    for (column, (name, width)) in (0_u16..).zip(names.iter().zip(&widths)) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(1, column, *name, &head)?;
    }
    // Rows are as high as their longest text; some programs do not see to it themselves.
    let high = |texts: &[(&str, f64)]| -> f64 {
        let lines = texts.iter().map(|(text, width)| (f64::from(halves(text)) / (width - 1.0)).ceil());
        lines.fold(1.0, f64::max) * LINE
    };
    sheet.set_row_height(1, high(&names.iter().copied().zip(widths.iter().copied()).collect::<Vec<_>>()))?;
    let mut line = 2_u32;
    for unit in results.all_ranked() {
        let of_unit = row(results, columns, period, unit);
        let category = &results.plan().category(results.plan().category_of(unit)).name;
        let rank = results.of.standing.rank(unit);
        sheet.write_string_with_format(line, 0, category, &text)?;
        sheet.write_number_with_format(line, 1, rank, &figure)?;
        sheet.write_string_with_format(line, 2, results.unit_name(unit), &text)?;
        number(sheet, (line, 3), &results.published(of_unit.total), &figure)?;
        number(sheet, (line, 4), &of_unit.total.to_string(), &figure)?;
        let outcomes = results.outcomes(unit);
        let named = [(category.as_str(), NAMING_WIDTHS[0]), (results.unit_name(unit), NAMING_WIDTHS[2])];
        sheet.set_row_height(line, high(&named))?;
        let mut column = 5;
        if period.is_none() {
            sheet.write_string_with_format(line, 5, results.grade(unit), &figure)?;
            sheet.set_row_height(line, high(&[named[0], named[1], (&outcomes, OUTCOMES_WIDTH)]))?;
            sheet.write_string_with_format(line, 6, &outcomes, &text)?;
            column = 7;
        }
        let adjusted = [of_unit.bonus, of_unit.deduction].map(Figure::Score);
        for score in of_unit.components.iter().chain(&adjusted) {
            match score {
                Figure::Score(score) => number(sheet, (line, column), &Score::to_string(score), &figure)?,
                Figure::None => _ = sheet.write_string_with_format(line, column, words::DOES_NOT_APPLY, &figure)?,
            }
            column += 1;
        }
        line += 1;
    }
    sheet.set_freeze_panes(2, NAMING_COLUMNS)?;
    sheet.autofilter(1, 0, line - 1, last)?;
    sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 1)?;
    Ok(())
}

/// A decimal as a number; a text where it is none.
fn number(sheet: &mut Worksheet, (line, column): (u32, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
    match text.parse::<f64>() {
        Ok(number) => sheet.write_number_with_format(line, column, number, format)?,
        Err(_) => sheet.write_string_with_format(line, column, text, format)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_named_so_that_spreadsheets_take_it() {
        assert_eq!(sheet_name(0, "汇总"), "汇总");
        assert_eq!(sheet_name(1, "2014年上半年"), "1 2014年上半年");
        assert_eq!(sheet_name(2, "[a]:b*?/\\'"), "2 ab");
        assert_eq!(sheet_name(3, &"年".repeat(40)).chars().count(), 31);
        assert_eq!(sheet_name(4, "?"), "4");
    }
}
