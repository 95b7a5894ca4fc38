//! Files for spreadsheets, as the browser writes them. Reading them is the crate `sheet`'s.

use std::borrow::Cow;

use text::csv_cell::{guarded, quoted};

/// A cell of a file for spreadsheets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// A text. One that a spreadsheet would compute (`=1+1`, `@a`, `+1`) is told to be a text.
    Text(String),
    /// A figure of ours: written as it is.
    Figure(String),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    pub fn figure(figure: impl ToString) -> Cell {
        Cell::Figure(figure.to_string())
    }
}

/// A file of lines. Excel reads it as UTF-8 by its mark.
pub fn csv_file(lines: impl IntoIterator<Item = Vec<Cell>>) -> String {
    lines.into_iter().fold("\u{feff}".to_owned(), |file, line| file + &csv_line(&line))
}

fn csv_line(cells: &[Cell]) -> String {
    let written: Vec<String> = cells.iter().map(written).collect();
    written.join(",") + "\r\n"
}

fn written(cell: &Cell) -> String {
    let text = match cell {
        Cell::Figure(figure) => Cow::Borrowed(figure.as_str()),
        Cell::Text(text) => guarded(text),
    };
    quoted(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Cell, csv_file};

    #[test]
    fn a_text_that_a_spreadsheet_would_compute_stays_a_text_and_a_figure_a_figure() {
        let texts = ["=1+1", "+1", "-2.5", "@a,b", "\tx", "说\"好\"", "林业站"].map(Cell::text);
        let figures = [Cell::figure(-2), Cell::figure("+1.5")];
        assert_eq!(
            csv_file([texts.to_vec(), figures.to_vec()]),
            "\u{feff}'=1+1,'+1,'-2.5,\"'@a,b\",'\tx,\"说\"\"好\"\"\",林业站\r\n-2,+1.5\r\n"
        );
    }
}
