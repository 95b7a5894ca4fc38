//! The list of plans as a desk: where each plan stands, what is to be done next, who changed it last.

use document::{document, open_ended, words};

use crate::plan::PlanState;

words! {
    /// What keeps a plan from going on, or what can be done with it now.
    pub enum NextKind {
        /// Of a draft: things are wrong with it.
        Problems = "problems",
        /// Groups that mark something have no code that could vote.
        Codes = "codes",
        /// It can be opened.
        Open = "open",
        /// Rounds wait to be opened, and none is open.
        Rounds = "rounds",
        /// Closing has begun and is not finished.
        Closing = "closing",
        /// Records wait for a second person.
        Pending = "pending",
        /// Kept records that this version cannot score.
        Unfit = "unfit",
        /// Places without an entry, a link or a mark.
        Missing = "missing",
        /// People have a code and have not voted.
        Voting = "voting",
        /// It can be closed: nothing is awaited any more.
        Close = "close",
        /// Codes, ballots and tallies differ, and nobody has said why that may be.
        Differences = "differences",
        /// Ties that a lot must decide.
        Ties = "ties",
        /// It can be put on public display, or published at once.
        Announce = "announce",
        /// Objections without an answer.
        Objections = "objections",
        /// It is on public display.
        Display = "display",
        /// It can be published, as its next edition where one is being corrected.
        Publish = "publish",
    }
}

document! {
    /// What is to be done next.
    #[derive(Copy, Eq, Debug)]
    pub struct NextStep {
        pub what: NextKind,
        /// How many, where that says anything.
        pub count: Option<u64>,
        /// Until when the public display lasts, in seconds since 1970-01-01T00:00:00Z.
        pub until: Option<i64>,
    }
    shape: open_ended;
}

document! {
    /// The last event of a plan's audit chain.
    #[derive(Eq, Debug)]
    pub struct LastChange {
        /// Seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// The account.
        pub by: String,
        /// What kind of change, as in the audit chain.
        pub action: String,
    }
    shape: open_ended;
}

words! {
    /// What is due of a plan.
    pub enum DeskDueKind {
        /// A round opens.
        Opens = "opens",
        /// A round closes.
        Closes = "closes",
        /// An office's entries for a round are to be in.
        Entries = "entries",
        /// The last day of items of rectification.
        Rectification = "rectification",
        /// The last day of cases.
        Cases = "cases",
        /// The public display ends, and with it the time for objections.
        Display = "display",
    }
}

document! {
    /// Something of a plan that is due within seven days, or late.
    #[derive(Eq, Debug)]
    pub struct DeskDue {
        pub what: DeskDueKind,
        /// When, in seconds since 1970-01-01T00:00:00Z; of a last day its end by UTC+8.
        pub at: i64,
        /// The same as the plan writes it, with its offset, or the last day; of a public display null.
        pub time: Option<String> = null,
        /// Its time has come.
        pub late: bool,
        /// The name of the round's period, where the plan has several.
        pub period: Option<String>,
        /// The round's stage, 1 or 2.
        pub stage: u64,
        /// Of entries the office, where the plan names one.
        pub office: Option<String>,
        /// Entries that are not given; items of rectification or cases, of several last days together; objections without an
        /// answer.
        pub count: Option<u64>,
    }
    shape: open_ended;
}

document! {
    /// One line of the desk.
    #[derive(Eq, Debug)]
    pub struct DeskLine {
        /// The plan's id.
        pub id: String,
        pub title: String,
        pub state: PlanState,
        pub revision: u64,
        /// The plan's year, where it names one.
        pub year: Option<u64> = null,
        /// How many units it appraises.
        pub units: u64,
        /// It is out of the daily list.
        pub archived: bool = omitted,
        /// Codes issued and not voided, of all rounds and groups. Like what follows, for those who read all records, and
        /// absent of a plan in the archive.
        pub issued: Option<u64>,
        /// Ballots cast.
        pub cast: Option<u64>,
        /// Absent where nothing is to be done.
        pub next: Option<NextStep>,
        /// Told of a plan in the archive, too.
        pub changed: Option<LastChange>,
        /// What is due within seven days, or late, the earliest first; absent where nothing is. Who enters for one office
        /// is told of its entries alone.
        pub due: Vec<DeskDue> = omitted,
        /// Of how many published plans a newer edition is public than the one that totals stand from here, of an open or
        /// closed plan; absent where of none. It is not taken until somebody takes it.
        pub newer_editions: Option<u64>,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/desk`.
    #[derive(Eq, Debug)]
    pub struct Desk {
        /// One page of plans, newest first.
        pub plans: Vec<DeskLine>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// Answer to `POST /api/plans/{id}/archive` and `/unarchive`.
    #[derive(Copy, Eq, Debug)]
    pub struct Archived {
        /// Whether it is out of the daily list now.
        pub archived: bool,
    }
    shape: open_ended;
}
