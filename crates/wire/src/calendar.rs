//! What is due of a plan: in its rounds, and of what follows from it. And what is late.

use document::{document, open_ended, words};

words! {
    /// What falls due.
    pub enum DueKind {
        /// A round opens.
        Opens = "opens",
        /// A round closes.
        Closes = "closes",
        /// An office's entries for a round are to be in.
        Entries = "entries",
        /// The last day of items of rectification that are not done.
        Rectification = "rectification",
        /// The last day of cases that are not done.
        Cases = "cases",
    }
}

document! {
    /// `GET /api/plans/{id}/calendar`.
    #[derive(Eq, Debug)]
    pub struct Calendar {
        /// The server's time, in seconds since 1970-01-01T00:00:00Z: by it rounds open and close.
        pub now: i64,
        /// What the plan's schedule asks for, and the last days of what follows from it, the earliest first.
        pub due: Vec<Due>,
    }
    shape: open_ended;
}

document! {
    /// One thing that falls due.
    #[derive(Eq, Debug)]
    pub struct Due {
        /// What.
        pub what: DueKind,
        /// The round's period; empty for a last day, which is of no round.
        pub period: String,
        /// The round's stage, 1 or 2.
        pub stage: u64,
        /// When, as the plan writes it, with its offset; or the last day.
        pub time: String,
        /// The same in seconds since 1970-01-01T00:00:00Z; of a last day its end by UTC+8.
        pub at: i64,
        /// It should have happened and has not.
        pub late: bool,
        /// For entries: the office that gives them; null where the plan names none.
        pub office: Option<String> = null,
        /// For entries: how many values and totals there are to give.
        pub places: Option<u64>,
        /// For entries: how many of them are given.
        pub given: Option<u64>,
        /// For entries: how many of those were given after they were due.
        pub given_late: Option<u64>,
        /// For a last day: how many items or cases end on it.
        pub count: Option<u64>,
    }
    shape: open_ended;
}
