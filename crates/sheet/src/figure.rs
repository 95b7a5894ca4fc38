//! What a cell says where a figure is asked for, as people type and spreadsheets show figures.
//!
//! Owns why a text is no figure: each reason is one of its own, and no text becomes a figure that it does not say.
//! Refuses to own the range of a figure, which the plan has.

/// Digits that a figure may have before its point, and behind it: those of a document's figures.
const MOST_DIGITS: usize = 12;

/// Why a text is no figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAFigure {
    /// A mark or word for a score that is not there: `—`, `/`, 缺考, 弃权.
    Absent,
    /// A spreadsheet's failed formula: `#N/A`.
    SheetError,
    /// A formula itself: `=A1*2`.
    Formula,
    /// `85%`
    Percent,
    /// `85,5` or `1,234`: a point, or a mark of thousands?
    Comma,
    /// `8.5E+01`: a spreadsheet's short form, which may have lost digits.
    Exponent,
    /// `0085`: a number of something rather than an amount.
    LeadingZeros,
    /// `-0`
    NegativeZero,
    /// `8 5`
    InnerSpace,
    /// `85分`
    WithUnit,
    /// `2024-08-05` or 8月5日: what spreadsheets make of 8.5 or 8-5.
    Date,
    /// 八十五
    ChineseNumerals,
    /// More than 12 digits before the point.
    TooManyDigits,
    /// More than 12 digits behind it.
    TooManyDecimals,
    /// Anything else.
    Other,
}

/// A text with full-width digits, points, signs, commas and percent signs made plain, without blanks at its ends.
#[must_use]
pub fn plain(typed: &str) -> String {
    let narrow = |sign: char| match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '。' => '.',
        '\u{2212}' => '-',
        '\u{3000}' | '\u{a0}' => ' ',
        sign => sign,
    };
    let invisible = |sign: &char| !matches!(sign, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    typed.chars().filter(invisible).map(narrow).collect::<String>().trim().to_owned()
}

/// The figure that a text says, as documents write it. An empty text says none: `Ok(None)`.
///
/// # Errors
/// Why it is no figure.
///
/// ```
/// use sheet::{NotAFigure, figure};
/// assert_eq!(figure::read("８５．５"), Ok(Some("85.5".to_owned())));
/// assert_eq!(figure::read("85,5"), Err(NotAFigure::Comma));
/// assert_eq!(figure::read("缺考"), Err(NotAFigure::Absent));
/// ```
pub fn read(typed: &str) -> Result<Option<String>, NotAFigure> {
    let text = plain(typed);
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(why) = by_words(&text) {
        return Err(why);
    }
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let (whole, rest) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
    if !is_digits(whole) || rest.is_some_and(|rest| !is_digits(rest)) {
        return Err(by_shape(&text));
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(NotAFigure::LeadingZeros);
    }
    if text.starts_with('-') && unsigned.bytes().all(|sign| matches!(sign, b'0' | b'.')) {
        return Err(NotAFigure::NegativeZero);
    }
    if whole.len() > MOST_DIGITS {
        return Err(NotAFigure::TooManyDigits);
    }
    if rest.is_some_and(|rest| rest.len() > MOST_DIGITS) {
        return Err(NotAFigure::TooManyDecimals);
    }
    Ok(Some(text))
}

/// Words and marks that stand where figures do.
fn by_words(text: &str) -> Option<NotAFigure> {
    const MARKS: &str = "-–—―─－_/\\|×xX*·.…";
    const WORDS: [&str; 22] = [
        "无",
        "缺",
        "空",
        "缺考",
        "缺席",
        "缺测",
        "弃权",
        "未评",
        "未考",
        "未测",
        "未打分",
        "未参加",
        "不评",
        "不适用",
        "免评",
        "免考",
        "请假",
        "暂无",
        "待定",
        "n/a",
        "na",
        "null",
    ];
    let lower = text.to_ascii_lowercase();
    if text.chars().all(|sign| MARKS.contains(sign)) || WORDS.contains(&lower.as_str()) {
        return Some(NotAFigure::Absent);
    }
    if text.starts_with('#') && text.len() > 1 {
        return Some(NotAFigure::SheetError);
    }
    text.starts_with('=').then_some(NotAFigure::Formula)
}

/// What a text is that is no plain figure.
fn by_shape(text: &str) -> NotAFigure {
    const NUMERALS: &str = "〇零一二三四五六七八九十百千万两点负半";
    let has_digit = text.contains(|sign: char| sign.is_ascii_digit());
    let only = |allowed: &str| text.chars().all(|sign| sign.is_ascii_digit() || allowed.contains(sign));
    let count = |sign: char| text.matches(sign).count();
    if text.chars().all(|sign| NUMERALS.contains(sign)) {
        return NotAFigure::ChineseNumerals;
    }
    if !has_digit {
        return NotAFigure::Other;
    }
    if text.ends_with('%') {
        return NotAFigure::Percent;
    }
    let dashes = text.trim_start_matches('-').matches('-').count();
    let is_date = (only("-") && (1..=2).contains(&dashes))
        || (only("/") && (1..=2).contains(&count('/')))
        || (only(".") && count('.') == 2)
        || (text.contains('月') && only("年月日号 "))
        || (only("-/: ") && text.contains(':'));
    if is_date {
        return NotAFigure::Date;
    }
    if only("-+.,、") && text.contains([',', '、']) {
        return NotAFigure::Comma;
    }
    if only("-+.eE") && text.contains(['e', 'E']) {
        return NotAFigure::Exponent;
    }
    if only("-. ") && text.contains(' ') {
        return NotAFigure::InnerSpace;
    }
    let bare = text.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let is_bare = bare.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '.'));
    if bare.len() < text.len() && is_bare && !text.ends_with('.') { NotAFigure::WithUnit } else { NotAFigure::Other }
}

#[cfg(test)]
mod tests {
    use super::{NotAFigure, read};

    #[test]
    fn a_figure_is_what_is_written_in_whatever_width() {
        for (typed, figure) in [
            ("85.5", "85.5"),
            ("８５．５", "85.5"),
            ("85。5", "85.5"),
            (" -2 ", "-2"),
            ("−2", "-2"),
            ("0", "0"),
            ("0.50", "0.50"),
            ("\u{3000}90\u{a0}", "90"),
            ("\u{200b}7", "7"),
            ("999999999999.000000000001", "999999999999.000000000001"),
        ] {
            assert_eq!(read(typed), Ok(Some(figure.to_owned())), "{typed}");
        }
        for nothing in ["", " ", "\u{3000}", "\u{feff}"] {
            assert_eq!(read(nothing), Ok(None), "{nothing:?}");
        }
    }

    #[test]
    fn what_is_no_figure_says_why_and_none_becomes_nought() {
        use NotAFigure::{
            Absent, ChineseNumerals, Comma, Date, Exponent, Formula, InnerSpace, LeadingZeros, NegativeZero, Other,
            Percent, SheetError, TooManyDecimals, TooManyDigits, WithUnit,
        };
        for (typed, why) in [
            ("85,5", Comma),
            ("８５，５", Comma),
            ("1,234.5", Comma),
            ("85、5", Comma),
            ("85%", Percent),
            ("８５％", Percent),
            ("缺考", Absent),
            ("弃权", Absent),
            ("—", Absent),
            ("——", Absent),
            ("-", Absent),
            ("/", Absent),
            ("／", Absent),
            ("无", Absent),
            ("N/A", Absent),
            ("#N/A", SheetError),
            ("#DIV/0!", SheetError),
            ("#REF!", SheetError),
            ("=A1*2", Formula),
            ("8.5E+01", Exponent),
            ("1e3", Exponent),
            ("-0", NegativeZero),
            ("-0.00", NegativeZero),
            ("0085", LeadingZeros),
            ("007.5", LeadingZeros),
            ("8 5", InnerSpace),
            ("85分", WithUnit),
            ("85.5 分", WithUnit),
            ("2024-08-05", Date),
            ("8-5", Date),
            ("8/5", Date),
            ("2024.8.5", Date),
            ("8月5日", Date),
            ("2024年8月5日", Date),
            ("八十五", ChineseNumerals),
            ("八十五点五", ChineseNumerals),
            ("1234567890123", TooManyDigits),
            ("1.1234567890123", TooManyDecimals),
            ("约85", Other),
            ("优秀", Other),
            ("85.", Other),
            (".5", Other),
            ("+5", Other),
            ("(5)", Other),
            ("NaN", Other),
            ("inf", Other),
        ] {
            assert_eq!(read(typed), Err(why), "{typed}");
        }
    }
}
