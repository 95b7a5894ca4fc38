//! The cells of a pasted text or of a file, as spreadsheets write them: with tabs or with commas.
//!
//! Not the crate `csv`: it leaves blank lines out, and in a pasted column a blank line is a unit without a figure.

/// The cells of a pasted text: tabs between columns, a line for each row. A spreadsheet puts cells with
/// tabs, line breaks or quotes into quotes and doubles the quotes in them. Blank lines at the end are left out, and so is a
/// file's byte order mark.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let commas = !text.contains('\t') && text.contains(',');
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

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn quoted_cells_keep_their_tabs_and_lines() {
        assert_eq!(cells("a\t\"b\tc\"\r\n\"d\"\"e\nf\"\tg\r\n\n"), [["a", "b\tc"], ["d\"e\nf", "g"]]);
        assert_eq!(cells("a,1\nb,2"), [["a", "1"], ["b", "2"]]);
        assert!(cells(" \n\n").is_empty());
    }
}
