//! Results: what the public sees.

use document::{Value, document, open_ended};
use scoring::ResultDocument;

document! {
    /// `GET /api/public`: what has been published.
    #[derive(Eq, Debug)]
    pub struct PublicationList {
        /// One page, newest first.
        pub publications: Vec<PublicationSummary>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One line of the list of publications.
    #[derive(Eq, Debug)]
    pub struct PublicationSummary {
        /// The plan's id, for `/api/public/{id}`.
        pub id: String,
        pub title: String,
        /// Until when it is on public display before it is published, in seconds since 1970-01-01T00:00:00Z.
        pub announced: Option<i64>,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/public/{id}`: a published plan and its result.
    #[derive(Debug)]
    pub struct Publication {
        /// The frozen plan document.
        pub plan: Value as scoring::PlanDocument,
        /// SHA-256 of its RFC 8785 form without null members.
        pub plan_sha256: String,
        /// The final result.
        pub result: ResultDocument,
        /// The lists of a shortlist that was frozen when stage 1 ended; none where stage 1 itself says who is on them.
        pub shortlist: Option<FrozenLists>,
        /// What is public of all receipts.
        pub receipts: Receipts,
        /// Keys of blind groups, now with their secret halves. On public display without.
        pub blind_keys: Vec<crate::ballot::BlindKey> = omitted,
        /// The fingerprints of these keys as they were frozen with the plan. None of plans that were opened before they were.
        pub pinned_keys: Option<Vec<crate::blind_key::PinnedKey>>,
        /// The lists of spent tokens: how many, and their hash. None on public display and in results published before they
        /// were kept.
        pub tokens: Option<Vec<crate::spent_token::TokenList>>,
        /// The spent tokens themselves, where they are at most 5,000.
        pub spent_tokens: Vec<crate::spent_token::SpentToken> = omitted,
        /// The address of more.
        pub tokens_at: Option<String>,
        /// That this is on public display and not published yet.
        pub announced: Option<crate::announcement::Announced>,
        /// What public display brought, where there was one.
        pub publicity: Option<crate::announcement::Publicity>,
        /// Which edition this is; 1 unless the result was corrected, 0 on public display.
        pub edition: u64,
        /// All editions, the first one first.
        pub editions: Vec<Edition> = omitted,
        /// What a correction changed, and why.
        pub correction: Option<Correction>,
        /// Codes, ballots and tallies held against each other. Only results published before it was kept have none.
        pub reconciliation: Option<crate::reconciliation::Reconciliation>,
        /// How far the audit chains had come. Only results published before it was kept have none.
        pub audit: Option<crate::audit::PublishedHeads>,
        /// The open groups, whose voters nobody checked: codes issued by the hour.
        pub open_groups: Vec<OpenGroup> = omitted,
        /// The records as far as they may be shown. None on public display, in results published before they were kept, and
        /// where an answer would be too long: `records_at` then says where they are.
        pub records: Option<Value> as Option<scoring::RecordsDocument>,
        /// What of the records is not shown; there where `records` are.
        pub withheld: Option<Value> as Option<Vec<scoring::WithheldRecord>>,
        /// The address of `records` and `withheld` where they do not fit.
        pub records_at: Option<String>,
        /// SHA-256 of all records in their RFC 8785 form without null members, whatever of them is shown.
        pub records_sha256: Option<String>,
        /// SHA-256 of each member that is settled once the edition is out.
        pub fingerprints: Vec<crate::fingerprint::Fingerprint> = omitted,
        /// SHA-256 of `fingerprints`, which the audit chain holds as well.
        pub publication_sha256: Option<String>,
    }
    shape: open_ended;
}

document! {
    /// The lists of a shortlist as they were frozen when stage 1 ended. What was corrected in stage 1 afterwards moves nobody.
    #[derive(Eq, Debug, Default)]
    pub struct FrozenLists {
        /// The best, by their units' ids in plan order.
        pub top: Vec<String>,
        /// The lowest, and those carried over.
        pub bottom: Vec<String>,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/public/{id}/records`: what a publication shows of the records, and what it does not.
    #[derive(Debug)]
    pub struct PublishedRecords {
        /// The records as far as they may be shown.
        pub records: Value as scoring::RecordsDocument,
        /// What of them is not.
        pub withheld: Value as Vec<scoring::WithheldRecord>,
    }
    shape: open_ended;
}

document! {
    /// An edition of a published result. `GET /api/public/{id}?edition=` reads it.
    #[derive(Eq, Debug)]
    pub struct Edition {
        /// 1, 2, 3 …
        pub edition: u64,
        /// When it was published, in seconds since 1970-01-01T00:00:00Z; null where that was not kept.
        pub at: Option<i64> = null,
        /// Why it was published in place of the edition before; null for the first.
        pub reason: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// What a correction changed of the edition before.
    #[derive(Eq, Debug)]
    pub struct Correction {
        /// Why.
        pub reason: String,
        /// What is another now, unit by unit; none where the result is the same.
        pub changes: Vec<Change> = default,
    }
    shape: open_ended;
}

document! {
    /// A member of a unit's result that is another than in the edition before.
    #[derive(Eq, Debug)]
    pub struct Change {
        /// The unit's id.
        pub unit: String,
        /// `total`, `published`, `rank`, `grade`, `outcomes`, or `periods` for anything below them.
        pub member: String,
        /// What it was, as a text; null for none, and for `periods`.
        pub was: Option<String> = null,
        /// What it is.
        pub now: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// An open group in a period. How many ballots it cast stands in the result's page, where it is not too small.
    #[derive(Eq, Debug)]
    pub struct OpenGroup {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// Codes issued on demand, hour by hour, the hours without any left out.
        pub hours: Vec<crate::code::IssuedHour>,
    }
    shape: open_ended;
}

document! {
    /// What is public of all receipts: enough to check one's own.
    #[derive(Eq, Debug)]
    pub struct Receipts {
        /// Root of the RFC 6962 tree over receipts and commitments, 64 hexadecimal digits.
        pub root: String,
        /// How many ballots were counted; null for fewer than ten.
        pub count: Option<u64> = null,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/public/{id}/receipts/{receipt}`: that a receipt's ballot is among those counted. Leaf:
    /// SHA-256 of a zero byte, receipt and commitment; node: SHA-256 of a one byte, left and right.
    #[derive(Eq, Debug)]
    pub struct ReceiptProof {
        /// The salted commitment to the ballot, 64 hexadecimal digits; it says nothing of the marks.
        pub commitment: String,
        /// The leaf's place.
        pub index: u64,
        /// Leaves in the tree.
        pub size: u64,
        /// The hashes beside the way up, the lowest first, 64 hexadecimal digits each.
        pub path: Vec<String>,
    }
    shape: open_ended;
}
