//! A workbook of Excel or WPS (.xlsx) as the cells of one of its sheets.
//!
//! Owns what a cell says as text: figures as they are shown, as far as that decides what they mean. Reads cell by cell, so
//! that a sheet with one cell in its last corner takes no room, and looks first how large the parts of the file really
//! are. What the rows mean is `sheet`'s to say.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, copy, sink},
};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx};

/// Bytes of all parts of a workbook unpacked. A list of 2,000 units has one; what grows beyond is no list.
const MOST_UNPACKED: u64 = 100_000_000;
/// Rows of a sheet that are looked at: some more than any page takes, which then says how many it takes.
const MOST_ROWS: u32 = 20_000;
/// Columns of a sheet that are looked at.
const MOST_COLUMNS: u32 = 200;

/// Why a file is no workbook that is read.
#[derive(Debug, PartialEq, Eq)]
pub enum NoWorkbook {
    /// Cut short, or something else in a package of the same kind, such as a document.
    Broken,
    /// No sheet that is shown has a cell.
    Empty,
    /// It unpacks to more than [`MOST_UNPACKED`].
    TooLarge,
}

/// A sheet of a workbook.
#[derive(Debug, PartialEq, Eq)]
pub struct Workbook {
    /// The names of the sheets that are shown.
    pub sheets: Vec<String>,
    /// Which of them was read.
    pub sheet: String,
    /// Its cells, with tabs between columns and a line for each row.
    pub cells: String,
}

/// Whether a file begins as a package of parts does.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads a sheet: the one that is named, or the first that is shown and has a cell.
///
/// # Errors
/// [`NoWorkbook`].
pub fn read(bytes: &[u8], chosen: Option<&str>) -> Result<Workbook, NoWorkbook> {
    check_size(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| NoWorkbook::Broken)?;
    let is_shown =
        |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let sheets: Vec<String> =
        workbook.sheets_metadata().iter().filter(is_shown).map(|sheet| sheet.name.clone()).collect();
    for sheet in sheets.iter().filter(|sheet| chosen.is_none_or(|chosen| chosen == *sheet)) {
        let cells = cells(&mut workbook, sheet)?;
        if !cells.is_empty() || chosen.is_some() {
            return Ok(Workbook { sheet: sheet.clone(), cells, sheets });
        }
    }
    Err(NoWorkbook::Empty)
}

/// Unpacks every part to nowhere: what the package says of its sizes is its own word.
fn check_size(bytes: &[u8]) -> Result<(), NoWorkbook> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoWorkbook::Broken)?;
    let mut left = MOST_UNPACKED;
    for place in 0..package.len() {
        let part = package.by_index(place).map_err(|_| NoWorkbook::Broken)?;
        let size = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| NoWorkbook::Broken)?;
        left = left.checked_sub(size).ok_or(NoWorkbook::TooLarge)?;
    }
    Ok(())
}

/// The cells of a sheet as text; cells beyond the bounds are left out, and a list with rows beyond them is too long for
/// whoever asked.
fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<String, NoWorkbook> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|_| NoWorkbook::Broken)?;
    let styles = reader.styles().to_vec();
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| NoWorkbook::Broken)? {
        let (row, column) = cell.get_position();
        let text = said(cell.get_value(), styles.get(style));
        if row < MOST_ROWS && column < MOST_COLUMNS && !text.is_empty() {
            rows.entry(row).or_default().insert(column, text);
        }
    }
    let Some(first_column) = rows.values().filter_map(|row| row.keys().next()).min().copied() else {
        return Ok(String::new());
    };
    let (mut text, mut at) = (String::new(), rows.keys().next().copied().unwrap_or_default());
    for (number, row) in rows {
        // Blank rows between others stay: a blank line may be a unit without a figure.
        while at < number {
            text.push('\n');
            at += 1;
        }
        let mut column = first_column;
        for (place, cell) in row {
            while column < place {
                text.push('\t');
                column += 1;
            }
            text.push_str(&cell);
        }
    }
    text.push('\n');
    Ok(text)
}

/// What a cell says. Quotes that would part cells are doubled, breaks within a cell are blanks.
fn said(value: &DataRef<'_>, style: Option<&Style>) -> String {
    let text = match value {
        DataRef::Empty => return String::new(),
        DataRef::Int(whole) => shown(*whole as f64, style),
        DataRef::Float(figure) => shown(*figure, style),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => day_or_hour(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    };
    let text =
        text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if text.contains('"') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A figure with the fifteen digits that a spreadsheet has, without an exponent; as so many hundredths where it is shown
/// as per cent: a score of 85 that is kept as 0.85 is neither.
fn shown(figure: f64, style: Option<&Style>) -> String {
    let format = style.and_then(|style| style.number_format.as_ref()).map_or("", |format| &format.format_code);
    if has_per_cent(format) { format!("{}%", fifteen(figure * 100.0)) } else { fifteen(figure) }
}

fn fifteen(figure: f64) -> String {
    let rounded: f64 = format!("{figure:.14e}").parse().unwrap_or(figure);
    // Not "-0".
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Whether a format shows per cent: its sign stands in quotes or behind a backslash where it only decorates.
fn has_per_cent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for sign in format.chars() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// A day, with the hour where there is one; hours and minutes alone where it is a time.
fn day_or_hour(moment: &ExcelDateTime) -> String {
    if moment.is_duration() || moment.as_f64() < 1.0 {
        let seconds = (moment.as_f64() * 86_400.0).round();
        let (hours, rest) = ((seconds / 3600.0).floor(), seconds % 3600.0);
        return format!("{hours}:{:02}:{:02}", (rest / 60.0).floor(), rest % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let day = format!("{year}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { day } else { format!("{day} {hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Formula, Workbook as Writer};

    fn made(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut writer = Writer::new();
        write(&mut writer);
        writer.save_to_buffer().unwrap()
    }

    fn cells_of(bytes: &[u8]) -> Vec<Vec<String>> {
        sheet::cells(&read(bytes, None).unwrap().cells)
    }

    #[test]
    fn cells_say_what_a_person_sees() {
        let bytes = made(|writer| {
            let sheet = writer.add_worksheet();
            for (column, figure) in [85.0, 7.5, 0.1 + 0.2, 1e15, 0.000_001].into_iter().enumerate() {
                sheet.write(0, column as u16, figure).unwrap();
            }
            sheet.write_with_format(1, 0, 0.85, &Format::new().set_num_format("0.0%")).unwrap();
            sheet.write_with_format(1, 1, 85, &Format::new().set_num_format("0\"%\"")).unwrap();
            sheet.write_formula(1, 2, Formula::new("=A1+1").set_result("86")).unwrap();
            sheet.write_formula(1, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
            sheet.write(1, 4, true).unwrap();
            let day = Format::new().set_num_format("yyyy/m/d");
            sheet.write_with_format(2, 0, Moment::from_ymd(2018, 10, 31).unwrap(), &day).unwrap();
            sheet.write(2, 1, "市\"一\"局\n机关").unwrap();
            sheet.write(2, 2, "a\tb").unwrap();
            sheet.write(2, 3, "0085").unwrap();
        });
        assert_eq!(
            cells_of(&bytes),
            [
                vec!["85", "7.5", "0.3", "1000000000000000", "0.000001"],
                vec!["85%", "85", "86", "#DIV/0!", "TRUE"],
                vec!["2018-10-31", "市\"一\"局 机关", "a b", "0085"],
            ]
        );
    }

    #[test]
    fn titles_merged_cells_and_blank_rows_stand_where_they_stood() {
        let bytes = made(|writer| {
            let sheet = writer.add_worksheet();
            sheet.merge_range(2, 1, 2, 3, "2024年度名单", &Format::new()).unwrap();
            sheet.merge_range(3, 1, 4, 1, "机关", &Format::new()).unwrap();
            for (row, name) in [(3, "林业站"), (4, "村建所"), (6, "财政所")] {
                sheet.write(row, 2, name).unwrap();
            }
        });
        let rows = cells_of(&bytes);
        assert_eq!(
            rows,
            [vec!["2024年度名单"], vec!["机关", "林业站"], vec!["", "村建所"], vec![""], vec!["", "财政所"]]
        );
    }

    #[test]
    fn sheets_that_are_not_shown_are_not_read_and_the_first_with_a_cell_is() {
        let bytes = made(|writer| {
            writer.add_worksheet().set_name("空").unwrap();
            writer.add_worksheet().set_name("旧").unwrap().set_hidden(true).write(0, 0, "旧名单").unwrap();
            writer.add_worksheet().set_name("甲").unwrap().write(0, 0, "林业站").unwrap();
            writer.add_worksheet().set_name("乙").unwrap().write(0, 0, "村建所").unwrap();
        });
        let first = read(&bytes, None).unwrap();
        assert_eq!((first.sheet.as_str(), first.cells.as_str()), ("甲", "林业站\n"));
        assert_eq!(first.sheets, ["空", "甲", "乙"]);
        assert_eq!(read(&bytes, Some("乙")).unwrap().cells, "村建所\n");
        assert_eq!(read(&bytes, Some("旧")), Err(NoWorkbook::Empty));
        let blank = made(|writer| {
            writer.add_worksheet();
        });
        assert_eq!(read(&blank, None), Err(NoWorkbook::Empty));
    }

    #[test]
    fn a_cell_in_the_last_corner_takes_no_room() {
        let bytes = made(|writer| {
            let sheet = writer.add_worksheet();
            sheet.write(0, 0, "林业站").unwrap();
            sheet.write(1_048_575, 16_383, "远").unwrap();
        });
        assert_eq!(cells_of(&bytes), [["林业站"]]);
    }

    #[test]
    fn what_is_cut_or_no_workbook_is_told() {
        let bytes = made(|writer| {
            writer.add_worksheet().write(0, 0, "林业站").unwrap();
        });
        for end in [4, 30, bytes.len() / 2, bytes.len() - 1] {
            assert_eq!(read(&bytes[..end], None), Err(NoWorkbook::Broken), "{end}");
        }
        let mut document = zip::ZipWriter::new(Cursor::new(Vec::new()));
        document.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let document = document.finish().unwrap().into_inner();
        assert_eq!(read(&document, None), Err(NoWorkbook::Broken));
    }

    #[test]
    fn a_file_that_unpacks_without_end_is_refused_before_it_is_read() {
        let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let blank = vec![b' '; 1 << 20];
        for part in 0..3 {
            let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            bomb.start_file(format!("xl/{part}.xml"), options).unwrap();
            for _ in 0..35 {
                std::io::Write::write_all(&mut bomb, &blank).unwrap();
            }
        }
        let bomb = bomb.finish().unwrap().into_inner();
        assert!(bomb.len() < 200_000, "{}", bomb.len());
        assert_eq!(read(&bomb, None), Err(NoWorkbook::TooLarge));
    }
}
