//! `pingyi sample`: which people of a list are asked, so that anyone with the list and the seed finds the same.

use std::path::Path;
use std::process::ExitCode;

use crate::documents::Refused;

/// What to draw.
pub(crate) struct Options<'a> {
    /// A CSV file in UTF-8 whose first row names the columns.
    pub(crate) list: &'a Path,
    /// Most rows to take; of each value of [`by`](Options::by) where that is given.
    pub(crate) size: usize,
    /// Any text, announced before the list is closed.
    pub(crate) seed: &'a str,
    /// The column by whose values the list is divided, such as the appraised unit.
    pub(crate) by: Option<&'a str>,
}

/// Prints the head and the rows that are taken, in the list's order, as CSV.
pub(crate) fn run(options: &Options) -> ExitCode {
    match draw(options) {
        Ok(sample) => crate::documents::print(sample.trim_end_matches('\n')),
        Err(refused) => refused.exit(),
    }
}

fn draw(options: &Options) -> Result<String, Refused> {
    let refused = |words: String| Refused(vec![format!("list:{words}")]);
    let bytes =
        std::fs::read(options.list).map_err(|error| refused(format!(" {}: {error}", options.list.display())))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        refused(" malformed_text 不是UTF-8编码，请另存为“CSV UTF-8” / not UTF-8; save it as CSV UTF-8".to_owned())
    })?;
    // A row may be shorter or longer than the head: what a person left out at its end is no fault of the draw.
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let unreadable = |error: csv::Error| refused(format!(" malformed_text {error}"));
    let head = reader.headers().map_err(unreadable)?.clone();
    let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().collect()).collect();
    let place = |column: &str| {
        let unknown = || refused(format!(" unknown_column 表中没有这一列 / the list has no such column: {column}"));
        head.iter().position(|name| name.trim() == column).ok_or_else(unknown)
    };
    let column = options.by.map(place).transpose()?;
    let taken = wire::sample::draw_by(&rows, column, options.size, options.seed);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let written = (|| {
        writer.write_record(&head)?;
        taken.iter().try_for_each(|&row| writer.write_record(&rows[row]))
    })();
    written.map_err(unreadable)?;
    let sample = writer.into_inner().map_err(|error| refused(format!(" {error}")))?;
    String::from_utf8(sample).map_err(|error| refused(format!(" {error}")))
}
