//! Every limit of the API, each said once, with its reason.
//!
//! Owns: the size of bodies and pages, and how often something may be tried.
//! Refuses to own: limits that a page in the browser checks as well (`wire`), and those of what is kept (`store`).

use std::time::Duration;

// Bodies, in bytes.

/// A ballot: one of 25,000 marks fits, and a Lambda takes no more.
pub(crate) const MOST_BALLOT_BYTES: usize = 5 * 1024 * 1024;

/// Any other body: a plan of 300 KiB may be written with blanks between.
pub(crate) const MOST_BYTES: usize = 1024 * 1024;

/// What anybody may send that is no ballot: a code, a name with a password, the work for a code.
pub(crate) const MOST_UNKNOWN_BYTES: usize = 16 * 1024;

/// A body that takes no share of what large ones have together: nearly every ballot. A connection has one at a time.
pub(crate) const MOST_SMALL_BYTES: usize = 64 * 1024;

/// What larger bodies may take together, those of anybody and those of staff each: one of the largest ballots, or many of some hundred KB. A tree of bare numbers
/// takes thirty times as much.
pub(crate) const LARGE_BODIES: usize = 6 * 1024 * 1024;

/// How long a body may take, whatever its size: a phone far from its mast sends a ballot in less.
pub(crate) const BODY_GRACE: Duration = Duration::from_secs(20);

/// Bytes for which a body may take a second more: a tenth of what a slow office line sends.
pub(crate) const BODY_RATE: usize = 32 * 1024;

/// What is read only to be thrown away, so that a client which is still sending hears why it is refused.
pub(crate) const MOST_DISCARDED: usize = 64 * 1024 * 1024;

// Answers, in bytes.

/// A file that is made for an answer: a Lambda answers with 6 MB, in which a file takes a third more than it has.
pub(crate) const LARGEST_FILE_ANSWER: usize = 4_400_000;

// Accounts.

/// Threads that hash passwords: two of them leave a small Lambda memory to live on.
pub(crate) const HASHING_THREADS: usize = 2;

/// After which a thread without a password to hash gives its memory back.
pub(crate) const HASHING_IDLE: Duration = Duration::from_secs(5);

/// Sign-ins that are looked at side by side: two that hash, and two that read or write meanwhile.
pub(crate) const SIGN_INS_AT_ONCE: usize = 4;

/// Sign-ins that wait for their turn; beyond that the oldest is told to come again. So many take some twenty seconds.
pub(crate) const MOST_IN_LINE: usize = 1000;

// Throttling.

/// Passwords that are tried for one name from one network within 15 minutes, until one of them is right.
pub(crate) const MOST_WRONG_PASSWORDS: u64 = 10;

/// One-time codes that are tried for one account, from all networks together, within 15 minutes, until one of them is
/// right. Only who knows the password comes so far; of a million codes three are right at any time.
pub(crate) const MOST_WRONG_ONE_TIME_CODES: u64 = 10;

/// Wrong codes from one address within 15 minutes. A code has 80 bits: the limit spares the database, not the codes.
pub(crate) const MOST_WRONG_CODES: u64 = 60;

/// Codes of an open group that one network gets on demand in a day, where the plan does not say how many. A phone company has thousands of people behind one
/// address: the limit stops a machine, and the counts by the hour show what gets past it.
pub(crate) const MOST_ISSUED: u64 = 300;

/// The same for everybody together, where no address is known.
pub(crate) const MOST_ISSUED_TO_ANYONE: u64 = 20_000;

/// Objections from one network to one result in a day: an office behind one address has few, a machine many.
pub(crate) const MOST_OBJECTIONS: u64 = 10;

/// The same for everybody together, where no address is known.
pub(crate) const MOST_OBJECTIONS_OF_ANYONE: u64 = 200;

/// Seconds for which a browser is known to an open group: longer than any vote lasts.
pub(crate) const BROWSER_KNOWN_FOR: u32 = 365 * 24 * 60 * 60;

/// Seconds that whoever was sent to the identity provider has to come back in.
pub(crate) const QUESTION_LIFE: u32 = 10 * 60;

/// Characters of the address that one is led to afterwards: with the rest of the cookie far below what browsers keep.
pub(crate) const LONGEST_WAY_BACK: usize = 1000;

// Words.

/// Characters of a reason that goes on record: a page.
pub(crate) const LONGEST_REASON: usize = 2000;

// Lists and pages.

/// Rows of one page of a list.
pub(crate) const MOST_ROWS: usize = 200;

/// Events of a chain that are read at once while it is exported: of the largest ones some megabytes.
pub(crate) const EXPORTED_AT_ONCE: usize = 200;

/// Rows of one page of a list whose reader does not say how many.
pub(crate) const ROWS: usize = 100;

/// Plans that are looked through for published ones: a page that anybody may ask for must cost little.
pub(crate) const MOST_PLANS: usize = 500;

/// Changes of a correction that a page lists; all are in the data.
pub(crate) const MOST_CHANGES: usize = 40;

/// Changes that are seen at once: the result, which stands below them, is still on the first screen of a phone.
pub(crate) const MOST_CHANGES_OPEN: usize = 3;

/// Plans whose heads one public answer holds: each is a read.
pub(crate) const MOST_HEADS: usize = 50;

/// Bytes of a public answer that goes out as it is: a Lambda function's ends at 6 MB, its head and the escapes of JSON in
/// JSON with it.
pub(crate) const LARGEST_ANSWER: usize = 4_500_000;

/// Bytes of a public answer from which on it is packed for whoever takes that: below it there is little to win.
pub(crate) const LEAST_PACKED: usize = 16_000;

/// Lines of a result's table of components; the full plan can be downloaded.
pub(crate) const MOST_COMPONENTS: usize = 60;

/// Items of rectification on a public page: with long measures and reports it stays below 40 KB mostly.
pub(crate) const MOST_PUBLIC_ITEMS: usize = 10;

/// Reports that a public page shows of an item, the latest; all are in the data.
pub(crate) const MOST_PUBLIC_REPORTS: usize = 3;

/// People on one page of a unit: with their photos' addresses it stays below 40 KB.
pub(crate) const MOST_PUBLIC_PEOPLE: usize = 60;

/// Published plans in which a unit's page looks for it, the latest: each is read whole, once, and what it says of units
/// kept: some 100 KB for 500 units.
pub(crate) const PLANS_OF_UNIT: usize = 12;

/// How long one look at which units show a profile serves the ballots of a process: what the office releases is on
/// ballots that are opened a minute later, and the list costs one read a minute, not one a ballot.
pub(crate) const RELEASED_FOR: Duration = Duration::from_secs(60);

/// The busiest hours that are shown of an open group; all are in the data for download.
pub(crate) const MOST_HOURS: usize = 3;

/// Characters of a unit's name beside its bar in the chart: what fits.
pub(crate) const LONGEST_LABEL: usize = 9;

/// Rows of one page of a ranking with so many columns: with them it stays below 40 KB.
pub(crate) fn rows_of_a_page(columns: usize) -> usize {
    (22_000 / (220 + 50 * columns)).clamp(10, 50)
}
