//! The list of voters: who is asked, in which group, and how far they have come. Never what anybody voted.

use document::{document, open_ended, words};

/// Most voters in one call of `POST /api/plans/{id}/voters`.
pub const MOST_PER_CALL: usize = 1000;

/// Most characters of a note.
pub const LONGEST_NOTE: usize = 200;

words! {
    /// How far a voter has come.
    pub enum VoterStatus {
        /// Without a code that is linked to the voter.
        None = "none",
        /// A code is out.
        Issued = "issued",
        /// Of a blind group: the code was exchanged for a token, or used.
        Exchanged = "exchanged",
        /// The ballot is in the box.
        Voted = "voted",
    }
}

document! {
    /// One person to be put on the list.
    #[derive(Eq, Debug)]
    pub struct VoterEntry {
        /// Small letters, figures and `_`; absent: it follows from group, name and unit, so that a list sent again
        /// replaces itself.
        pub id: Option<String>,
        /// The person's name.
        pub name: String,
        /// The group's id.
        pub group: String,
        /// The person's own unit; absent or null: none.
        pub unit: Option<String>,
        /// The units that the person marks; absent or null: all.
        pub units: Option<Vec<String>>,
        /// How the person is reached, such as a telephone number.
        pub contact: Option<String>,
        /// A note of the office.
        pub note: Option<String>,
    }
}

document! {
    /// `POST /api/plans/{id}/voters`.
    #[derive(Eq, Debug)]
    pub struct VotersRequest {
        /// At most 1,000.
        pub voters: Vec<VoterEntry>,
    }
}

document! {
    /// Answer to [`VotersRequest`].
    #[derive(Eq, Debug)]
    pub struct VotersPut {
        /// New on the list.
        pub added: u64,
        /// On the list before, under the same id.
        pub replaced: u64,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/voters`: by id.
    #[derive(Eq, Debug)]
    pub struct VoterPage {
        /// One page of voters.
        pub voters: Vec<VoterRow>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One person on the list.
    #[derive(Eq, Debug)]
    pub struct VoterRow {
        pub id: String,
        /// The person's name.
        pub name: String,
        /// The group's id.
        pub group: String,
        /// The person's own unit; null: none.
        pub unit: Option<String> = null,
        /// The units that the person marks; null: all.
        pub units: Option<Vec<String>> = null,
        /// How the person is reached: for planners alone, until it is forgotten.
        pub contact: Option<String> = null,
        /// A note of the office, for planners alone.
        pub note: Option<String> = null,
        /// How far the person has come: of several periods the least.
        pub status: VoterStatus,
    }
    shape: open_ended;
}

document! {
    /// `DELETE /api/plans/{id}/voters/{voter}`.
    #[derive(Eq, Debug)]
    pub struct VoterRemoval {
        /// Why; the audit keeps it.
        pub reason: String,
    }
}

document! {
    /// `POST /api/plans/{id}/voters/forget`: nothing, or `{}`.
    #[derive(Copy, Eq, Debug, Default)]
    pub struct ForgetRequest {}
}

document! {
    /// Answer to [`ForgetRequest`].
    #[derive(Eq, Debug)]
    pub struct ContactsForgotten {
        /// How many contacts there were to forget.
        pub forgotten: u64,
    }
    shape: open_ended;
}
