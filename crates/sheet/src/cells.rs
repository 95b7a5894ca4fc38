//! The cells of a pasted text or of a file, as spreadsheets write them: with tabs or with commas.
//!
//! Not the crate `csv`: it leaves blank lines out, and in a pasted column a blank line is a unit without a figure.

/// The cells of a pasted text: tabs between columns, a line for each row. A spreadsheet puts cells with
/// tabs, line breaks or quotes into quotes and doubles the quotes in them. Blank lines at the end are left out, and so is a
/// file's byte order mark.
#[must_use]
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let commas = has_commas_between_columns(text);
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
            // A line of an old Mac's file ends with it alone.
            '\r' if !quoted => {
                if signs.peek() != Some(&'\n') {
                    rows.push(vec![String::new()]);
                }
            }
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

/// Whether commas part columns. They do not where there are tabs, where few lines have one, nor where all that have one
/// are figures with a comma for a point (`85,5`).
#[must_use]
pub fn has_commas_between_columns(text: &str) -> bool {
    if text.contains('\t') {
        return false;
    }
    let (with, without): (Vec<&str>, Vec<&str>) =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).partition(|line| line.contains(','));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
    let is_figure = |line: &&str| {
        let unsigned = line.strip_prefix(['-', '+']).unwrap_or(line);
        unsigned.split_once(',').is_some_and(|(whole, rest)| is_digits(whole) && is_digits(rest))
    };
    with.len() >= without.len() && !with.iter().all(is_figure)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn quoted_cells_keep_their_tabs_and_lines() {
        assert_eq!(cells("a\t\"b\tc\"\r\n\"d\"\"e\nf\"\tg\r\n\n"), [["a", "b\tc"], ["d\"e\nf", "g"]]);
        assert_eq!(cells("a,1\nb,2"), [["a", "1"], ["b", "2"]]);
        assert_eq!(cells("a\rb"), [["a"], ["b"]]);
        assert!(cells(" \n\n").is_empty());
    }

    #[test]
    fn a_comma_in_a_figure_makes_no_column() {
        assert_eq!(cells("85,5\n90"), [["85,5"], ["90"]]);
        assert_eq!(cells("85,5\n90,25"), [["85,5"], ["90,25"]]);
        assert_eq!(cells("85,5\n80\n70\n60\n50"), [["85,5"], ["80"], ["70"], ["60"], ["50"]]);
        assert_eq!(cells("-85,5\n90,25"), [["-85,5"], ["90,25"]]);
        assert_eq!(cells("1,林业站\n2,村建所"), [["1", "林业站"], ["2", "村建所"]]);
        assert_eq!(cells("名单\n甲,机关\n乙,站所"), [vec!["名单"], vec!["甲", "机关"], vec!["乙", "站所"]]);
    }
}
