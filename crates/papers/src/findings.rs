//! 日常检查情况通报: what was found of units in a month, unit by unit.

use text::papers as words;

use crate::Unwritten;
use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Style, Table};
use crate::office_texts::{Known, OfficeTexts};
use crate::official::{begin, end};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// The unit's name.
    pub unit: String,
    /// The day, such as `2018-10-09`.
    pub date: String,
    /// Where; empty where nobody said.
    pub place: String,
    /// What was found.
    pub text: String,
    /// Who found it, or where it stands.
    pub source: String,
    /// Whether it costs points.
    pub counted: bool,
    /// Whether it is a serious one.
    pub serious: bool,
}

/// The findings of a month.
#[derive(Debug, Clone, Copy)]
pub struct FindingsOf<'a> {
    /// The plan's title.
    pub title: &'a str,
    /// The plan's year, as it says it; empty where it names none.
    pub year: &'a str,
    /// How many units the plan has.
    pub units: usize,
    /// The month, such as `2018-10`.
    pub month: &'a str,
    /// Unit by unit, in the order of their days.
    pub findings: &'a [FindingRow],
}

/// `2018-10` as `2018年10月`.
fn spoken(month: &str) -> String {
    match month.split_once('-') {
        Some((year, number)) => format!("{year}年{}月", number.trim_start_matches('0')),
        None => month.to_owned(),
    }
}

/// The notice as a DOCX file.
///
/// # Errors
/// [`Unwritten`].
pub fn findings(of: FindingsOf<'_>, texts: &OfficeTexts) -> Result<Vec<u8>, Unwritten> {
    let counted = of.findings.iter().filter(|finding| finding.counted).count();
    let known = Known::default()
        .with("title", of.title.trim())
        .with("year", of.year)
        .with("count", of.units.to_string())
        .with("month", spoken(of.month))
        .with("findings", of.findings.len().to_string())
        .with("counted", counted.to_string());
    let mut docx = begin(texts, &known, &texts.filled("findings.title", &known));
    docx.paragraphs(Style::Plain, &texts.filled("findings.to", &known));
    docx.paragraphs(Style::Text, &texts.filled("findings.opening", &known));
    if of.findings.is_empty() {
        docx.paragraph(Style::Text, words::NOTHING_FOUND);
    } else {
        docx.table(&table(of.findings));
    }
    docx.paragraphs(Style::Text, &texts.filled("findings.closing", &known));
    end(&mut docx, texts, &known);
    docx.finish()
}

/// Line by line, the unit named once.
fn table(findings: &[FindingRow]) -> Table {
    let head = [words::NUMBER_IN_LIST, words::UNIT, words::DAY, words::FOUND, words::SOURCE, words::COUNTS];
    let mut last = "";
    let row = |(number, finding): (usize, &FindingRow)| {
        let place = finding.place.trim();
        let found = if place.is_empty() { finding.text.clone() } else { format!("{place}：{}", finding.text) };
        let counts = match (finding.counted, finding.serious) {
            (false, _) => "",
            (true, false) => words::COUNTED,
            (true, true) => words::COUNTED_SERIOUS,
        };
        (number, found, counts)
    };
    let mut rows = Vec::with_capacity(findings.len());
    for numbered in (1..).zip(findings) {
        let (number, found, counts) = row(numbered);
        let finding = numbered.1;
        let unit = if finding.unit == last { "" } else { finding.unit.as_str() };
        last = &finding.unit;
        rows.push(vec![
            Cell::center(number.to_string()),
            Cell::left(unit),
            Cell::center(finding.date.as_str()),
            Cell::left(found),
            Cell::left(finding.source.as_str()),
            Cell::center(counts),
        ]);
    }
    let widths = shared(Sheet::Official, &[8, 20, 17, 31, 14, 10]);
    Table { widths, head: head.map(str::to_owned).to_vec(), rows, size: 21, height: 320 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_spoken_without_its_zero() {
        assert_eq!([spoken("2018-10"), spoken("2018-09")], ["2018年10月", "2018年9月"]);
    }
}
