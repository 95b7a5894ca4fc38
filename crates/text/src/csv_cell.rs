//! A text as a cell of a CSV file that spreadsheets open.
//!
//! Owns the guard against formulas, the quotes, and a line of such cells. Refuses to own whole tables, and which cells are
//! figures.

use std::borrow::Cow;

/// The text, with an apostrophe before it where a spreadsheet would take it for a formula and compute it.
///
/// ```
/// assert_eq!(text::csv_cell::guarded("=1+1"), "'=1+1");
/// assert_eq!(text::csv_cell::guarded("林业站=一"), "林业站=一");
/// ```
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

/// The text in quotes where it holds what parts cells or lines, its own quotes doubled.
///
/// ```
/// assert_eq!(text::csv_cell::quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
/// assert_eq!(text::csv_cell::quoted("a b"), "a b");
/// ```
pub fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

/// A line of cells, each guarded and quoted.
///
/// ```
/// assert_eq!(text::csv_cell::line(&["林业站", "=1+1", "a,b"]), "林业站,'=1+1,\"a,b\"\n");
/// ```
#[must_use]
pub fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(&guarded(cell)).into_owned()).collect();
    cells.join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_a_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx"] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for text in ["", "林业站=一", "a-1", "'=1"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn commas_quotes_and_lines_stay_inside_their_cell() {
        assert_eq!(quoted("慢,很慢"), "\"慢,很慢\"");
        assert_eq!(quoted("说\"好\""), "\"说\"\"好\"\"\"");
        assert_eq!(quoted("一\n二\r三"), "\"一\n二\r三\"");
        assert_eq!(quoted("一;二"), "一;二");
    }
}
