//! The frame of an official document: who issues it, its number and title above, who signs it and when below, where the
//! seal is set.

use crate::docx::sheet::Sheet;
use crate::docx::{Docx, Style};
use crate::office_texts::{Known, OfficeTexts};

/// 一、二、三…
const NUMERALS: [&str; 11] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// A number up to 99 as headings are counted.
pub(crate) fn numeral(number: usize) -> String {
    let digit = |digit: usize| NUMERALS[digit % 10];
    match number {
        0..=10 => NUMERALS[number].to_owned(),
        11..=19 => format!("十{}", digit(number)),
        20..=99 if number.is_multiple_of(10) => format!("{}十", digit(number / 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number)),
        _ => number.to_string(),
    }
}

/// Begins a document: the issuer in red with its line where the office names one, the number, and the title.
pub(crate) fn begin(texts: &OfficeTexts, known: &Known, title: &str) -> Docx {
    let mut docx = Docx::new(Sheet::Official, title);
    head(&mut docx, texts, known, title, false);
    docx
}

/// The same at the top of a new page of a document that holds several.
pub(crate) fn begin_next(docx: &mut Docx, texts: &OfficeTexts, known: &Known, title: &str) {
    head(docx, texts, known, title, true);
}

fn head(docx: &mut Docx, texts: &OfficeTexts, known: &Known, title: &str, on_new_page: bool) {
    let issuer = texts.filled("issuer", known);
    let number = texts.filled("number", known);
    let mut on_new_page = on_new_page;
    let mut paragraph = |docx: &mut Docx, style, text: &str| {
        if std::mem::take(&mut on_new_page) {
            docx.paragraph_on_new_page(style, text);
        } else {
            docx.paragraph(style, text);
        }
    };
    if !issuer.trim().is_empty() {
        paragraph(docx, Style::Issuer, issuer.trim());
    }
    let ruled = if issuer.trim().is_empty() { Style::Number } else { Style::NumberRuled };
    paragraph(docx, ruled, number.trim());
    docx.paragraph(Style::Plain, "");
    docx.paragraphs(Style::Title, title);
    docx.paragraph(Style::Plain, "");
}

/// Ends a document: who issues it and when, two lines below the text so that the seal has its place.
pub(crate) fn end(docx: &mut Docx, texts: &OfficeTexts, known: &Known) {
    docx.paragraph(Style::Plain, "");
    docx.paragraph(Style::Plain, "");
    docx.paragraphs(Style::Signature, &texts.filled("office", known));
    docx.paragraphs(Style::Date, &texts.filled("date", known));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_counted_in_chinese() {
        let told: Vec<String> = [1, 10, 11, 19, 20, 21, 99, 100].into_iter().map(numeral).collect();
        assert_eq!(told, ["一", "十", "十一", "十九", "二十", "二十一", "九十九", "100"]);
    }
}
