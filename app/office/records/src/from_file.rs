//! A sheet of figures as an office keeps it, brought to the columns that are pasted: unit, figure, and what stands behind.
//!
//! Owns which columns these are, and that titles, heads, sums and notes are no lines. What becomes of a line is `paste`'s.

use std::cmp::Reverse;

use sheet::{cells, figure, outline};

use crate::kind::{self, Choice};

/// Words in the head of a column that says where a figure comes from.
const SOURCES: [&str; 8] = ["依据", "证据", "来源", "说明", "备注", "evidence", "source", "remark"];

/// The lines of a sheet that names units; the sheet as it is where it names none. With `several` all figures of a line
/// count, else the first column of them, and beside it where they come from.
pub(super) fn of_units(text: &str, units: &[Choice], several: bool) -> String {
    let rows = cells(text);
    let head = outline::head_row(&rows);
    let kinds = outline::kinds(&rows, head);
    let items = rows.iter().zip(kinds).filter(|(_, kind)| *kind == outline::RowKind::Item);
    let items: Vec<&Vec<String>> = items.map(|(row, _)| row).collect();
    let width = items.iter().map(|row| row.len()).max().unwrap_or_default();
    let holding = |column: usize, holds: &dyn Fn(&str) -> bool| {
        items.iter().filter(|row| row.get(column).is_some_and(|cell| holds(cell))).count()
    };
    let names = |column: usize| holding(column, &|cell| kind::resolve(units, cell).is_ok());
    let figures = |column: usize| holding(column, &|cell| matches!(figure::read(cell), Ok(Some(_))));
    let name = (0..width).filter(|column| names(*column) > 0).max_by_key(|column| (names(*column), Reverse(*column)));
    let Some(name) = name else { return text.to_owned() };
    let first = (name + 1..width).max_by_key(|column| (figures(*column), Reverse(*column))).unwrap_or(name + 1);
    let says_source = |column: &usize| {
        let said = head.and_then(|head| rows[head].get(*column)).map(|cell| cell.to_lowercase()).unwrap_or_default();
        SOURCES.iter().any(|word| said.contains(word))
    };
    let mut columns = vec![name, first];
    if several {
        columns.extend((first + 1..width).filter(|column| figures(*column) > 0));
    } else {
        columns.extend((0..width).filter(|column| !columns.contains(column)).find(says_source));
    }
    let cell = |row: &[String], column: usize| {
        // A line is a line: what is parted inside a cell is not.
        row.get(column).map(|cell| cell.replace(['\t', '\n', '\r'], " ")).unwrap_or_default()
    };
    let line = |row: &&Vec<String>| columns.iter().map(|column| cell(row, *column)).collect::<Vec<_>>().join("\t");
    items.iter().map(line).collect::<Vec<_>>().join("\n")
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
    fn a_sheet_with_a_title_numbers_and_a_sum_gives_units_figures_and_where_they_come_from() {
        let sheet = "2018年信访考评得分表\n序号\t类别\t单位\t得分\t名次\t扣分依据\n1\t站所\t村建所\t8.5\t2\t3号通报\n2\t站所\t林业站\t9\t1\t\n\t\t合计\t17.5\n填表人：张三";
        assert_eq!(of_units(sheet, &units(), false), "村建所\t8.5\t3号通报\n林业站\t9\t");
    }

    #[test]
    fn a_name_that_is_no_unit_stays_a_line_so_that_it_is_seen() {
        assert_eq!(of_units("单位,得分\n林业站,9\n林业所,8\n", &units(), false), "林业站\t9\n林业所\t8");
    }

    #[test]
    fn of_totals_all_figures_of_a_line_are_taken() {
        let sheet = "序号\t单位\t7月\t8月\n1\t林业站\t92\t94\n2\t财政所\t80.5\t85.5";
        assert_eq!(of_units(sheet, &units(), true), "林业站\t92\t94\n财政所\t80.5\t85.5");
    }

    #[test]
    fn a_sheet_that_names_no_unit_stays_as_it_is() {
        assert_eq!(of_units("8\n7.5", &units(), false), "8\n7.5");
    }
}
