//! The limits of the office's pages. What the server takes is `wire`'s to say.

use std::time::Duration;

/// Rows that are asked for at once: the most that the server gives.
pub const PAGE_ROWS: usize = 200;

/// How often an open plan's ranking is read again, and lines that failed for a while are sent again.
pub const AGAIN_AFTER: Duration = Duration::from_secs(10);

/// After this a download's address is given up: the browser has begun long before.
pub const DOWNLOAD_KEPT: Duration = Duration::from_secs(60);

/// Codes of one draw: some minutes of registering, and 375 pages of cards.
pub const MOST_CODES: usize = 3000;

/// Steps back that a draft keeps: more than anybody takes, and each holds the whole document.
pub const MOST_STEPS_BACK: usize = 100;

/// Differences that a conflict lists: enough to see whose version it is.
pub const MOST_DIFFERENCES: usize = 12;

/// Bytes of a file that is imported: a list of 2,000 units with everything beside them has 200,000.
pub const MOST_FILE_BYTES: f64 = 5_000_000.0;

/// Rows of an imported sheet that are looked at: more units than a plan has room for.
pub const MOST_SHEET_ROWS: usize = 5000;

/// Rows of an imported list of voters: everybody whom a county asks.
pub const MOST_PEOPLE_ROWS: usize = 20_000;

/// Rows of an imported sheet that the preview shows, wrong ones first.
pub const MOST_PREVIEWED: usize = 200;

/// Hours that are shown of an open group's codes: two days without a pause.
pub const MOST_HOURS: usize = 48;

/// Places without data that a page lists; their number is said beside them.
pub const MOST_MISSING: usize = 50;

/// Kinds of places without data that the ranking lists, a line for each component, group and period.
pub const MOST_MISSING_KINDS: usize = 40;

/// Rows of a list of records that are drawn before more is asked for.
pub const LEDGER_ROWS: usize = 50;

/// Choices of a list beyond which it is searched by typing and not by scrolling.
pub const LONG_LIST: usize = 40;

/// Lines of a sheet of counts on one screen page: each has an input for every option.
pub const SHEET_LINES: usize = 100;

/// Lines of a table that are on their way to the server at once.
pub const LINES_AT_ONCE: usize = 4;
