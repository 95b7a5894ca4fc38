//! The rounds of a plan: a period and a stage, voted on, closed and counted together.

use document::{document, open_ended, words};

words! {
    /// Where a round stands.
    pub enum RoundState {
        /// Not opened yet: no ballot is taken.
        Waiting = "waiting",
        /// Ballots are taken, within the times that the plan's schedule gives.
        Open = "open",
        /// No ballot is taken any more; counting has begun and is not finished.
        Closing = "closing",
        /// Counted. Its tallies stay as they are, and its opinions are shown.
        Closed = "closed",
    }
}

document! {
    /// A round in a request.
    #[derive(Eq, Debug)]
    pub struct RoundName {
        /// The period's id.
        pub period: String,
        /// 1 or 2.
        pub stage: u64 = (0),
    }
}

document! {
    /// `GET /api/plans/{id}/rounds`.
    #[derive(Eq, Debug)]
    pub struct RoundList {
        /// Those of stage 1 in the order of the periods, then those of stage 2 where there is one.
        pub rounds: Vec<RoundRow>,
    }
    shape: open_ended;
}

document! {
    /// One round; also the answer to opening and closing it.
    #[derive(Eq, Debug)]
    pub struct RoundRow {
        /// The period's id.
        pub period: String,
        /// 1 or 2.
        pub stage: u64,
        /// Where it stands.
        pub state: RoundState,
        /// From when ballots are taken, as the plan's schedule writes it.
        pub opens: Option<String> = null,
        /// Until when.
        pub closes: Option<String> = null,
        /// How far its voting has come.
        pub progress: RoundProgress,
    }
    shape: open_ended;
}

document! {
    /// Codes and ballots of all groups that mark in a round.
    #[derive(Copy, Eq, Debug)]
    pub struct RoundProgress {
        /// Codes issued and not voided; those of a group that marks in both stages are told of each.
        pub issued: u64,
        /// Ballots in the box.
        pub cast: u64,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/rounds/{period}/{stage}/open`.
    #[derive(Eq, Debug, Default)]
    pub struct OpenRoundRequest {
        /// Anonymous or blind groups of whom so few voted in stage 1 that their marks are withheld: the shortlist takes
        /// them in only where they are named.
        pub allow_small: Vec<String> = default,
    }
}
