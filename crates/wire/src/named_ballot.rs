//! Ballots that name their voter, for inspectors.

use document::{document, open_ended};
use scoring::ballot::Mark;

document! {
    /// `GET /api/plans/{id}/named-ballots`: by the voters' ids, after closing. Each reading is in the audit.
    #[derive(Eq, Debug)]
    pub struct NamedBallots {
        /// One page of ballots.
        pub ballots: Vec<NamedBallot>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// A ballot of a named group, and who cast it: a person on the list of voters, to whom the code was given.
    #[derive(Eq, Debug)]
    pub struct NamedBallot {
        /// The voter's id on the list.
        pub voter: String,
        /// The voter's name; null: taken off the list since.
        pub name: Option<String> = null,
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// The marks.
        pub marks: Vec<Mark>,
    }
    shape: open_ended;
}
