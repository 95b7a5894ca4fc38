//! Plans: templates, drafts, revisions and states.

use document::{document, open_ended, words};
use scoring::json::Value;

use crate::Field;
use crate::ballot::BlindKey;
use crate::round::RoundName;

/// Most bytes of a plan document, and so of a stored draft.
pub const MOST_BYTES: usize = 300 * 1024;

words! {
    /// Where a plan stands. It only ever moves to the next state, but for a correction of what is published.
    pub enum PlanState {
        /// May change; no vote yet.
        Draft = "draft",
        /// Frozen; votes come in.
        Open = "open",
        /// Voting is over; counting has begun and is not finished. Closing again goes on with it.
        Closing = "closing",
        /// Voting is over; records may still be completed.
        Closed = "closed",
        /// The result is public.
        Published = "published",
    }
}

document! {
    /// `GET /api/templates`: a bare list of these.
    #[derive(Eq, Debug)]
    pub struct TemplateSummary {
        /// `yuanba`, `yuanba_opinions`, `maanshan`, `county_coop`, `county_wide`, `county_clients`, `nanyang`,
        /// `nanyang_quarter`, `nanyang_window` or `jingbian`.
        pub id: String,
        /// The template's title.
        pub title: String,
        /// The document it was made from.
        pub source: String,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/templates/{id}/notes`: a bare list of these.
    #[derive(Eq, Debug)]
    pub struct TemplateNote {
        /// An RFC 6901 pointer into the template.
        pub path: String,
        /// The clause of the source that the figure comes from, in its words.
        pub clause: String,
        /// Whether the document gives the figure; if not, it is our choice.
        pub given: bool,
    }
    shape: open_ended;
}

document! {
    /// Answer to `POST /api/plans` and `PUT /api/plans/{id}`.
    #[derive(Debug)]
    pub struct PlanSaved {
        /// The plan's id; the server draws that of a new plan.
        pub id: String,
        /// The revision that was written now; 1 of a new plan.
        pub revision: u64,
        /// `draft`.
        pub state: PlanState,
        /// What still keeps the plan from opening: with `?draft=1` all of its problems, and always codes issued before that
        /// it does not fit (`/codes`, `codes_without_paper`).
        pub problems: Vec<Field> = default,
        /// What should be looked at and keeps nothing from opening: `similar_name`, with the pointer of the name that it is
        /// like.
        pub warnings: Vec<Field> = omitted,
    }
    shape: open_ended;
}

document! {
    /// Answer to `POST /api/plans`: as [`PlanSaved`], which pages read that make no copies, and what a copy was given.
    #[derive(Debug)]
    pub struct PlanMade {
        /// The plan's id.
        pub id: String,
        /// 1.
        pub revision: u64,
        /// `draft`.
        pub state: PlanState,
        /// What still keeps the plan from opening, of a copy and with `?draft=1`.
        pub problems: Vec<Field> = default,
        /// What should be looked at and keeps nothing from opening.
        pub warnings: Vec<Field> = omitted,
        /// What a copy (`?from=`) took from the plan it was made of; absent of any other.
        pub carried: Option<Carried>,
    }
    shape: open_ended;
}

document! {
    /// What a copy of a plan took from it beside the document.
    #[derive(Eq, Debug)]
    pub struct Carried {
        /// The plan that was copied.
        pub from: String,
        /// The edition whose outcomes became history; null where it is not published.
        pub edition: Option<u64> = null,
        /// The copy's year; null where the plan names none and its history tells none.
        pub year: Option<u64> = null,
        /// How many outcomes of units and years the copy's history has, one for each unit and year; null where none was
        /// carried, because the plan is not published or has no year.
        pub history: Option<u64> = null,
        /// Members of the document that were left out: `schedule`.
        pub left_out: Vec<String>,
        /// How many lines of advice of its annual report the copy's texts begin with.
        pub advice: u64 = omitted,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans`.
    #[derive(Eq, Debug)]
    pub struct PlanList {
        /// One page of plans.
        pub plans: Vec<PlanSummary>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One line of the list of plans.
    #[derive(Eq, Debug)]
    pub struct PlanSummary {
        /// The plan's id.
        pub id: String,
        pub title: String,
        pub state: PlanState,
        pub revision: u64,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}`; the revision is the `ETag` too.
    #[derive(Debug)]
    pub struct PlanAnswer {
        /// The plan's id.
        pub id: String,
        pub revision: u64,
        pub state: PlanState,
        /// The plan document. A draft may be any object, so this is plain JSON;
        /// `scoring::plan_document::PlanDocument::read` makes a document of it.
        pub plan: Value as Object,
        /// SHA-256 of the RFC 8785 form without null members.
        pub plan_sha256: String,
        /// How many editions of the result were published; absent before the first.
        pub edition: Option<u64>,
        /// Until when the result is on public display, in seconds since 1970-01-01T00:00:00Z; absent where it is not.
        pub announced: Option<i64>,
        /// Why the published result is being corrected, while it is. The state is `closed` then, and what was published stays
        /// public.
        pub correction: Option<String>,
        /// The lists of the shortlist, once they are frozen; records that are scored take them as they are.
        pub shortlist: Option<crate::result::FrozenLists>,
        /// Keys of blind groups, once the plan has been opened.
        pub blind_keys: Vec<BlindKey> = omitted,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/open`.
    #[derive(Eq, Debug, Default)]
    pub struct OpenRequest {
        /// Anonymous or blind groups of which only 1 to 4 may mark a unit, now or after later issues of codes.
        pub allow_small: Vec<String> = default,
        /// The rounds that are opened with the plan; absent: all, at once. The others are opened one by one.
        pub rounds: Option<Vec<RoundName>>,
    }
}

document! {
    /// `POST /api/plans/{id}/publish`.
    #[derive(Eq, Debug, Default)]
    pub struct PublishRequest {
        /// Anonymous or blind groups of whom, when voting ended, only 1 to 4 who might mark a unit had voted. What opening
        /// allowed is asked for again.
        pub allow_small: Vec<String> = default,
        /// Why it is published before the public display is over: 1 to 2,000 characters, published with it.
        pub early: Option<String>,
    }
}

document! {
    /// `POST /api/plans/{id}/correct`: why the published result is corrected; it becomes public with the next edition.
    #[derive(Eq, Debug)]
    pub struct CorrectRequest {
        /// 1 to 2,000 characters.
        pub reason: String,
    }
}

document! {
    /// `POST /api/plans/{id}/close`: nothing, or `{}`.
    #[derive(Copy, Eq, Debug, Default)]
    pub struct StepRequest {}
}

document! {
    /// Answer to closing a plan or a round while there is more to do: asking again goes on. When it is done the answer has
    /// no figures, and what its route says beside the state. Where it takes a second person, the first is told that it
    /// waits, and nothing else.
    #[derive(Eq, Debug)]
    pub struct ClosingAnswer {
        /// True: a second person is awaited, and nothing was closed.
        pub waiting: bool = omitted,
        /// `closing`; when it is done `closed`.
        pub state: Option<PlanState>,
        /// How far it has come, in ballots read.
        pub done: Option<u64>,
        /// How many are to be read: each of a plan three times, each of a round once.
        pub of: Option<u64>,
    }
    shape: open_ended;
}

document! {
    /// Answer to `POST /api/plans/{id}/open`, `/close` and `/publish`.
    #[derive(Eq, Debug)]
    pub struct StateAnswer {
        /// The state the plan is in now.
        pub state: PlanState,
        /// The frozen plan's hash.
        pub plan_sha256: String,
        /// Keys of blind groups.
        pub blind_keys: Vec<BlindKey> = omitted,
    }
    shape: open_ended;
}

document! {
    /// Answer to the first of two people who ask for a step.
    #[derive(Copy, Eq, Debug)]
    pub struct WaitingAnswer {
        /// A second person is awaited.
        pub waiting: bool,
    }
    shape: open_ended;
}
