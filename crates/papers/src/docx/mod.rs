//! A text document in WordprocessingML (ECMA-376), as far as these papers need it: paragraphs in a few styles, tables, page
//! breaks, sections of different sheets, and charts in the line of the text.
//!
//! Owns the writing of the body. The fixed parts around it, styles and fonts among them, stand in [`parts`], the sheets
//! and the width of a text in [`sheet`], charts in [`chart`]. Refuses to own any word.

pub(crate) mod chart;
mod parts;
pub(crate) mod sheet;
mod style;
mod xml_text;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use crate::Unwritten;
use chart::Chart;
use sheet::Sheet;
use xml_text::escape;

pub(crate) use style::Style;

/// How a cell's text stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
}

impl Align {
    fn word(self) -> &'static str {
        match self {
            Align::Left => "left",
            Align::Center => "center",
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) align: Align,
}

impl Cell {
    pub(crate) fn left(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), align: Align::Left }
    }

    pub(crate) fn center(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), align: Align::Center }
    }
}

/// A table: its first row is its head, which stands on each page.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Of each column, in twentieths of a point.
    pub(crate) widths: Vec<u32>,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Of the letters, in half points.
    pub(crate) size: u32,
    /// The least height of a row, in twentieths of a point.
    pub(crate) height: u32,
}

/// A document that is being written.
#[derive(Debug)]
pub(crate) struct Docx {
    body: String,
    sheet: Sheet,
    title: String,
    /// The parts of its charts, in their order.
    charts: Vec<String>,
}

impl Docx {
    /// An empty document. `title` stands in its properties.
    pub(crate) fn new(sheet: Sheet, title: &str) -> Docx {
        Docx { body: String::new(), sheet, title: title.to_owned(), charts: Vec::new() }
    }

    /// A paragraph, or one for each line of the text.
    pub(crate) fn paragraphs(&mut self, style: Style, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.paragraph(style, line);
        }
    }

    /// One paragraph.
    pub(crate) fn paragraph(&mut self, style: Style, text: &str) {
        self.begin(style, false);
        self.run(text, "");
        self.body.push_str("</w:p>");
    }

    /// One paragraph that begins a page.
    pub(crate) fn paragraph_on_new_page(&mut self, style: Style, text: &str) {
        self.begin(style, true);
        self.run(text, "");
        self.body.push_str("</w:p>");
    }

    /// One paragraph whose first words stand out.
    pub(crate) fn paragraph_with_lead(&mut self, style: Style, lead: &str, text: &str) {
        self.begin(style, false);
        self.run(lead, "<w:rPr><w:b/></w:rPr>");
        self.run(text, "");
        self.body.push_str("</w:p>");
    }

    fn begin(&mut self, style: Style, on_new_page: bool) {
        let before = if on_new_page { "<w:pageBreakBefore/>" } else { "" };
        let _ = write!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{before}</w:pPr>", style.id());
    }

    fn run(&mut self, text: &str, set: &str) {
        if !text.is_empty() {
            let _ = write!(self.body, "<w:r>{set}<w:t xml:space=\"preserve\">");
            escape(text, &mut self.body);
            self.body.push_str("</w:t></w:r>");
        }
    }

    /// A table, ruled all over.
    pub(crate) fn table(&mut self, table: &Table) {
        let width: u32 = table.widths.iter().sum();
        let _ = write!(
            self.body,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{}</w:tblBorders>\
             <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/>\
             </w:tblCellMar></w:tblPr><w:tblGrid>",
            parts::BORDERS
        );
        for width in &table.widths {
            let _ = write!(self.body, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.body.push_str("</w:tblGrid>");
        if !table.head.is_empty() {
            let cells: Vec<Cell> = table.head.iter().map(Cell::center).collect();
            self.row(table, &cells, true);
        }
        for row in &table.rows {
            self.row(table, row, false);
        }
        self.body.push_str("</w:tbl>");
    }

    fn row(&mut self, table: &Table, cells: &[Cell], is_head: bool) {
        let head = if is_head { "<w:tblHeader/>" } else { "" };
        let _ = write!(
            self.body,
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>{head}</w:trPr>",
            table.height
        );
        let style = if is_head { "TableHead" } else { "TableText" };
        for (cell, width) in cells.iter().zip(&table.widths) {
            let _ = write!(
                self.body,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
            );
            // A cell has a paragraph, whatever it says.
            let lines = if cell.text.is_empty() { vec![""] } else { cell.text.lines().collect() };
            for line in lines {
                let _ = write!(
                    self.body,
                    "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:jc w:val=\"{}\"/></w:pPr>",
                    cell.align.word()
                );
                let size = table.size;
                self.run(line, &format!("<w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"));
                self.body.push_str("</w:p>");
            }
            self.body.push_str("</w:tc>");
        }
        self.body.push_str("</w:tr>");
    }

    /// A chart as wide as the text, on the page of the paragraph that follows. Gives its number in the document, from 1.
    pub(crate) fn chart(&mut self, chart: &Chart) -> usize {
        self.charts.push(chart.part());
        let number = self.charts.len();
        let mut says = String::new();
        escape(&chart.says, &mut says);
        // Lines of an exact height would cut a picture off.
        self.body.push_str(
            "<w:p><w:pPr><w:pStyle w:val=\"Line\"/><w:keepNext/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r>",
        );
        let size = (self.sheet.width(), chart.height(self.sheet.height()));
        self.body.push_str(&chart::drawing(number, &parts::relation_of_chart(number), &says, size));
        self.body.push_str("</w:r></w:p>");
        number
    }

    /// Ends the section: what follows stands on sheets of another kind.
    pub(crate) fn next_section(&mut self, sheet: Sheet) {
        let _ = write!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"Gap\"/>{}</w:pPr></w:p>", parts::section(self.sheet));
        self.sheet = sheet;
    }

    /// The file. The same document is the same bytes, whenever it is made.
    pub(crate) fn finish(self) -> Result<Vec<u8>, Unwritten> {
        self.packed().map_err(|_| Unwritten)
    }

    fn packed(mut self) -> Result<Vec<u8>, zip::result::ZipError> {
        // A table may not be the last of a body.
        if self.body.ends_with("</w:tbl>") {
            self.body.push_str("<w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p>");
        }
        let mut title = String::new();
        escape(&self.title, &mut title);
        let document = parts::document(&self.body, self.sheet);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let fixed = parts::fixed(&title, self.charts.len());
        let named = fixed.iter().map(|(name, text)| (*name, text.as_str()));
        for (name, text) in named.chain([("word/document.xml", document.as_str())]) {
            zip.start_file(name, options)?;
            zip.write_all(text.as_bytes())?;
        }
        for (number, chart) in (1..).zip(&self.charts) {
            zip.start_file(format!("word/{}", parts::chart_name(number)), options)?;
            zip.write_all(chart.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}
