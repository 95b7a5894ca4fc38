//! Every limit of the store, each said once, with its reason.
//!
//! Owns: the bounds on what is kept, on what one transaction carries and on what stays in memory, and how long things
//! live. Refuses to own: limits of requests (`api` and `wire` have theirs, which are narrower and say so to the
//! caller), and limits of plans and ballots (`scoring`).

use std::time::Duration;

// What DynamoDB takes, with room for what stands around it.

/// Actions of one transaction; DynamoDB takes 100.
pub(crate) const MOST_ACTIONS: usize = 99;

/// Actions of one transaction that keeps links taken from other plans: beside them stand the event and the plan's head,
/// and one that is struck out takes two.
pub(crate) const MOST_LINKS_AT_ONCE: usize = MOST_ACTIONS - 2;

/// Keys of one `BatchGetItem`; DynamoDB takes no more.
pub(crate) const MOST_KEYS: usize = 100;

/// Terms of one `ADD`; DynamoDB takes 300 operators in an expression.
pub(crate) const MOST_ADDS: usize = 300;

/// Bytes of an expression; DynamoDB takes no more.
pub(crate) const LONGEST_EXPRESSION: usize = 4096;

/// Bytes of a sort key, and so of a cursor; DynamoDB takes no more.
pub(crate) const LONGEST_SORT_KEY: usize = 1024;

/// Bytes of one part of something that needs several items; DynamoDB takes 400 KB an item.
pub(crate) const LARGEST_PART: usize = 350_000;

/// Bytes of the records that a publication shows, unpacked: 500 units, 20 components and three groups are 5 MB, and four
/// criteria of each four times that.
pub(crate) const LARGEST_RECORDS: u64 = 64_000_000;

/// Bytes of an item of counters, which has little beside them.
pub(crate) const LARGEST_CHUNK: usize = 380_000;

/// Bytes of one counter, name and value: `c299o254` and 21 bytes of number.
pub(crate) const LARGEST_COUNTER: usize = 8 + 21;

/// Bytes of a transaction, with room for codes and heads; DynamoDB takes 4 MB.
pub(crate) const LARGEST_TRANSACTION: usize = 3_900_000;

// How often something is tried.

/// Tries of one request by the SDK.
pub(crate) const SDK_ATTEMPTS: u32 = 4;

/// Tries of a write before the database counts as unavailable, each of them tried by the SDK a few times.
pub(crate) const ATTEMPTS: u32 = 12;

/// Rounds in which keys are asked for that a `BatchGetItem` left unread.
pub(crate) const BATCH_ROUNDS: u32 = 11;

/// Seconds for one try of a request on AWS; a Lambda that waits longer has lost its caller.
pub(crate) const ATTEMPT_SECONDS: u64 = 5;

// What is kept.

/// Rows of one page of a list: what one answer of the database holds without being cut.
pub(crate) const MOST_ROWS: usize = 500;

/// Bytes of a plan document: an item holds 400 KB, and 300 KiB of JSON can grow a little in canonical form.
pub(crate) const LARGEST_PLAN: usize = 390_000;

/// Characters of a plan's title in a list.
pub(crate) const LONGEST_TITLE: usize = 200;

/// Bytes of a record, a batch of paper ballots or a scenario: one item with what is known of it.
pub(crate) const LARGEST_BODY: usize = 300_000;

/// Bytes of a record's evidence, or of the reason for striking it out.
pub(crate) const LARGEST_WORDS: usize = 10_000;

/// Bytes of a record that stands in the audit chain as it is; of a larger one its hash does.
pub(crate) const LARGEST_IN_CHAIN: usize = 8_000;

/// Bytes of a record's id: six ids of 32 with what is between them.
pub(crate) const LONGEST_RECORD_ID: usize = 240;

/// Bytes of a scenario's name: 60 characters of any script, and a part of a sort key.
pub(crate) const LONGEST_SCENARIO_NAME: usize = 300;

/// Digits of the word in a short address: a million of them, for some thousand plans; an installation that had given out
/// half of them would draw twice.
pub(crate) const SHORT_WORD: usize = 4;

/// Bytes of an account's name: 32 characters of any script, and a part of a key.
pub(crate) const LONGEST_ACCOUNT_NAME: usize = 200;

/// Options of a scale: a ballot has a byte for a mark, and 0 is a blank.
pub(crate) const MOST_OPTIONS: usize = 255;

/// Objections to one result: more than any office reads; beyond it they are taken by telephone.
pub(crate) const MOST_OBJECTIONS: u64 = 2000;

/// Findings of one plan: thirty a day, all year.
pub(crate) const MOST_FINDINGS: u64 = 10_000;

/// Evidence files of one plan: ten for each of two hundred units, and some. Of 4 MB each they are 10 GB at most.
pub(crate) const MOST_FILES: u64 = 2_500;

/// Photos of one unit's people: each of two hundred changed twice. Of 300 KB each they are 180 MB at most.
pub(crate) const MOST_PHOTOS: u64 = 600;

/// Items of rectification of one plan: ten for each of a thousand units.
pub(crate) const MOST_ITEMS: u64 = 10_000;

/// Reports on one item: one a month for years, with corrections.
pub(crate) const MOST_REPORTS: u64 = 100;

/// Cases of one plan: several for each unit of the largest.
pub(crate) const MOST_CASES: u64 = 5_000;

/// Bytes of a unit's name as names are compared: 100 characters of any script, and a sort key.
pub(crate) const LONGEST_UNIT_NAME: usize = 800;

/// Opinions of one ballot: with it they must fit one transaction.
pub const MOST_COMMENTS: usize = 20;

/// Bytes of an opinion: 500 characters of any script.
pub(crate) const LONGEST_COMMENT: usize = 2000;

/// Codes of one call, so that it ends in the time of one request.
pub const MOST_CODES: usize = 1000;

/// Voters of one call, so that it ends in the time of one request.
pub(crate) const MOST_VOTERS: usize = 1000;

/// Codes that are voided in one transaction: a ballot that meets it waits for a few codes only.
pub(crate) const MOST_VOIDED_AT_ONCE: usize = 25;

/// Tally shards of a plan, fixed when it opens: more of them, and fewer ballots meet; fewer, and less is read.
pub(crate) const SHARDS: u64 = 16;

/// Counters of one day's codes on demand, so that codes issued at once rarely meet.
pub(crate) const HOUR_COUNTERS: u64 = 8;

// Secrecy.

/// Voters of a secret group who may mark a unit in a period: with fewer a mark can be guessed.
pub(crate) const SMALLEST_SECRET: u64 = scoring::disclosure::SMALLEST_SECRET;

/// Of a large box a step of the live tallies is this part, so that steps do not cost more the more ballots there are.
pub(crate) const STEPS_OF_A_LARGE_BOX: u64 = 20;

// Memory.

/// Opened plans in memory; one with 500 units takes some megabytes.
pub(crate) const MOST_PLANS: usize = 32;

/// How long before its time something is told as due on the list of plans, in seconds: a week.
pub(crate) const DUE_WITHIN: i64 = 7 * DAY;

/// Open items of rectification whose last days are read for the list of plans, of each state that is open; those that end
/// first come first.
pub(crate) const MOST_DEADLINES: usize = 500;

/// Plans of which is remembered what the list of plans says of their documents and records: some hundred bytes each.
pub(crate) const MOST_FACTS: usize = 1024;

/// Plans of the list that are looked at side by side.
pub(crate) const PLANS_AT_ONCE: usize = 8;

/// Logs whose turns are remembered; beyond that, those nobody waits for are forgotten.
pub(crate) const MOST_TURNS: usize = 1024;

/// Groups whose next look at their live tallies is remembered; beyond that all are looked at anew.
pub(crate) const MOST_LOOKS: usize = 1024;

/// How long one call to close works before it keeps its place: 15 seconds, less what the step takes that it is in then.
pub(crate) const CLOSING_LIMIT: Duration = Duration::from_secs(9);

/// Bytes of ballots in memory while they are exported. Beyond it the box is read in several passes.
pub(crate) const MOST_EXPORTED_AT_ONCE: usize = 16_000_000;

/// Bytes that an event tells of links taken from other plans, before the last one: an item has 400,000, and one link with
/// what it was before has some 10,000.
pub(crate) const LARGEST_TELLING: usize = 300_000;

/// Plans whose receipts are kept in memory: some 11 MB for 100,000 ballots.
pub(crate) const PLANS_WITH_RECEIPTS: usize = 2;

// Time, in seconds.

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// A session without a request.
pub(crate) const SESSION_IDLE: i64 = 30 * MINUTE;

/// A session, however busy: a working day. Whoever forgot to sign out is out by the next morning.
pub(crate) const SESSION_LIFE: i64 = 12 * HOUR;

/// Between two moves of a session's end, so that reading pages does not write on each.
pub(crate) const SESSION_SLIDE: i64 = MINUTE;

/// A challenge of an open group: time for a slow phone to do the work.
pub(crate) const CHALLENGE_LIFE: i64 = 15 * MINUTE;

/// How long a second factor that was begun waits for its first code.
pub(crate) const ENROLMENT_LIFE: i64 = 15 * MINUTE;

/// A count of wrong codes or passwords, from the first on.
pub(crate) const FAILURE_WINDOW: i64 = 15 * MINUTE;

/// A count of codes issued to one network, from the first on.
pub(crate) const ISSUE_WINDOW: i64 = DAY;
