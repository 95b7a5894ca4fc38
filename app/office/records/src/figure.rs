//! Figures as they are typed or pasted: the figure, or why it is none, in words of its own.

use frame::words::Phrase;
use sheet::{NotAFigure, figure};
use text::records as words;

/// The figure that a text says; none for an empty one.
pub(super) fn read(typed: &str) -> Result<Option<String>, Phrase> {
    figure::read(typed).map_err(|why| Phrase::new(words_for(why), [typed.trim()]))
}

/// A mark or word for a figure that is not there.
pub(super) fn is_absent(typed: &str) -> bool {
    figure::read(typed) == Err(NotAFigure::Absent)
}

/// Neither a figure nor anything that was meant as one: what a heading is.
pub(super) fn is_words(typed: &str) -> bool {
    figure::read(typed) == Err(NotAFigure::Other)
}

/// A whole number with a comma behind it: `85,5` in a file that parts its columns by commas.
pub(super) fn is_parted(figure: &str, next: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit());
    is_digits(figure) && is_digits(next)
}

const fn words_for(why: NotAFigure) -> text::Text {
    match why {
        NotAFigure::Absent => words::FIGURE_ABSENT,
        NotAFigure::SheetError => words::FIGURE_SHEET_ERROR,
        NotAFigure::Formula => words::FIGURE_FORMULA,
        NotAFigure::Percent => words::FIGURE_PERCENT,
        NotAFigure::Comma => words::FIGURE_COMMA,
        NotAFigure::Exponent => words::FIGURE_EXPONENT,
        NotAFigure::LeadingZeros => words::FIGURE_LEADING_ZEROS,
        NotAFigure::NegativeZero => words::FIGURE_NEGATIVE_ZERO,
        NotAFigure::InnerSpace => words::FIGURE_INNER_SPACE,
        NotAFigure::WithUnit => words::FIGURE_WITH_UNIT,
        NotAFigure::Date => words::FIGURE_DATE,
        NotAFigure::ChineseNumerals => words::FIGURE_CHINESE,
        NotAFigure::TooManyDigits => words::FIGURE_DIGITS,
        NotAFigure::TooManyDecimals => words::FIGURE_DECIMALS,
        NotAFigure::Other => words::NOT_A_FIGURE,
    }
}
