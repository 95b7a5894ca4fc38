//! 建议 of an annual report, and what was done on last year's (Jingbian 八(四): advice is followed up by the office).
//!
//! Owns that a line is an advice, and which line of what was done belongs to which. Refuses to own how advice comes from one
//! year's plan into the next (`api`, the store).

use text::papers as words;

use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::office_texts::OfficeTexts;

/// The name of this year's advice among the texts.
pub const ADVICE: &str = "annual.advice";

/// The name of last year's advice: with what stood in [`ADVICE`] a copy for the next year begins.
pub const ADVISED: &str = "annual.advised";

/// What was done on last year's.
const FOLLOWED: &str = "annual.followed";

/// How many advices a text holds: its lines that are not empty.
#[must_use]
pub fn advices(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).count()
}

/// The advice of a text, one a line, empty lines left out.
fn advice<'t>(texts: &'t OfficeTexts, name: &str) -> Vec<&'t str> {
    texts.lines(name).filter(|line| !line.is_empty()).collect()
}

/// Each advice of the year before with what was done on it: the first with the first line of [`FOLLOWED`], and so on.
/// An empty line, or none: nothing was said yet.
pub(crate) fn followed(texts: &OfficeTexts) -> Vec<(&str, Option<&str>)> {
    let mut done = texts.lines(FOLLOWED);
    let with_done = |advice| (advice, done.next().filter(|line| !line.is_empty()));
    advice(texts, ADVISED).into_iter().map(with_done).collect()
}

/// The section on last year's advice.
pub(crate) fn table_of_followed(docx: &mut Docx, followed: &[(&str, Option<&str>)]) {
    let row = |(number, (advice, done)): (usize, &(&str, Option<&str>))| {
        vec![Cell::center(number.to_string()), Cell::left(*advice), Cell::left(done.unwrap_or(words::NOT_FOLLOWED))]
    };
    docx.table(&Table {
        widths: shared(Sheet::Official, &[9, 46, 49]),
        head: [words::NUMBER_IN_LIST, words::ADVICE, words::FOLLOWED].map(str::to_owned).to_vec(),
        rows: (1..).zip(followed).map(row).collect(),
        size: 24,
        height: 440,
    });
    docx.paragraph(Style::Gap, "");
}

/// The advice of this year, numbered; nothing where there is none.
pub(crate) fn list(docx: &mut Docx, texts: &OfficeTexts) {
    let all = advice(texts, ADVICE);
    if all.is_empty() {
        return;
    }
    docx.paragraph(Style::Text, words::ADVICE_ARE);
    for (number, advice) in (1..).zip(all) {
        docx.paragraph(Style::Text, &format!("{number}．{advice}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_what_was_done_belongs_to_the_advice_in_its_place() {
        let texts = OfficeTexts::new([
            (ADVISED, "延长窗口时间\n\n公开办事流程\n减少材料\n"),
            (FOLLOWED, "四月起延时两小时\n\n已减三项"),
        ]);
        let expected =
            [("延长窗口时间", Some("四月起延时两小时")), ("公开办事流程", None), ("减少材料", Some("已减三项"))];
        assert_eq!(followed(&texts), expected);
        assert_eq!(followed(&OfficeTexts::default()), []);
        let nothing_said = OfficeTexts::new([(ADVISED, "减少材料")]);
        assert_eq!(followed(&nothing_said), [("减少材料", None)]);
        assert_eq!([advices("一\n \n二\n"), advices(""), advices("\n")], [2, 0, 0]);
    }
}
