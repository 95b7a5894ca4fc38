//! The cells of a pasted text or of a file, as spreadsheets write them: with tabs or with commas.
//!
//! Not the crate `csv`: it leaves blank lines out, and in a pasted column a blank line is a unit without a figure.

/// The cells of a pasted text: tabs between columns, a line for each row. A spreadsheet puts cells with
/// tabs, line breaks or quotes into quotes and doubles the quotes in them. Blank lines at the end are left out, and so is a
/// file's byte order mark.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let commas = !text.contains('\t') && has_columns_of_commas(text);
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut signs = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(sign) = signs.next() {
        // There is always a row, and a cell in it.
        let Some(row) = rows.last_mut() else { continue };
        let Some(cell) = row.last_mut() else { continue };
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => row.push(String::new()),
            ',' if !quoted && commas => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            sign => cell.push(sign),
        }
    }
    for cell in rows.iter_mut().flatten() {
        *cell = cell.trim().to_owned();
    }
    while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
        rows.pop();
    }
    rows
}

/// Whether commas part columns. They do not where few lines have one, nor where all that have one are figures with a
/// comma for a point (`85,5`).
fn has_columns_of_commas(text: &str) -> bool {
    let (with, without): (Vec<&str>, Vec<&str>) =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).partition(|line| line.contains(','));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
    let is_figure = |line: &&str| line.split_once(',').is_some_and(|(whole, rest)| is_digits(whole) && is_digits(rest));
    with.len() >= without.len() && !with.iter().all(is_figure)
}

/// A line of a file for spreadsheets. A text that one would compute (`=1+1`) is told to be a text; figures stay figures.
pub fn csv_line(cells: &[String]) -> String {
    let mut line = String::new();
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        let is_figure = cell.strip_prefix('+').unwrap_or(cell).parse::<scoring::Decimal>().is_ok();
        let tame = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_figure { "'" } else { "" };
        if cell.contains([',', '"', '\n', '\r']) {
            line.push_str(&format!("\"{tame}{}\"", cell.replace('"', "\"\"")));
        } else {
            line.push_str(tame);
            line.push_str(cell);
        }
    }
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::{cells, csv_line};

    #[test]
    fn a_text_that_a_spreadsheet_would_compute_stays_a_text_and_a_figure_a_figure() {
        let line = ["=1+1", "-2.5", "+1", "@a,b", "说\"好\"", "林业站"].map(str::to_owned);
        assert_eq!(csv_line(&line), "'=1+1,-2.5,+1,\"'@a,b\",\"说\"\"好\"\"\",林业站\r\n");
    }

    #[test]
    fn quoted_cells_keep_their_tabs_and_lines() {
        assert_eq!(cells("a\t\"b\tc\"\r\n\"d\"\"e\nf\"\tg\r\n\n"), [["a", "b\tc"], ["d\"e\nf", "g"]]);
        assert_eq!(cells("a,1\nb,2"), [["a", "1"], ["b", "2"]]);
        assert!(cells(" \n\n").is_empty());
    }

    #[test]
    fn a_comma_in_a_figure_makes_no_column() {
        assert_eq!(cells("85,5\n90"), [["85,5"], ["90"]]);
        assert_eq!(cells("85,5\n90,25"), [["85,5"], ["90,25"]]);
        assert_eq!(cells("1,林业站\n2,村建所"), [["1", "林业站"], ["2", "村建所"]]);
        assert_eq!(cells("名单\n甲,机关\n乙,站所"), [vec!["名单"], vec!["甲", "机关"], vec!["乙", "站所"]]);
    }
}
