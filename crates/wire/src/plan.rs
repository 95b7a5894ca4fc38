//! Plans: templates, drafts, revisions and states.

use document::{document, words};
use scoring::json::Value;
use serde::{Deserialize, Serialize};

use crate::Field;
use crate::ballot::BlindKey;

/// Most bytes of a plan document, and so of a stored draft.
pub const MOST_BYTES: usize = 300 * 1024;

words! {
    /// Where a plan stands. It only ever moves to the next state.
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

/// `GET /api/templates`: a bare list of these.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateSummary {
    /// `yuanba`, `maanshan`, `county_coop`, `county_wide`, `nanyang` or `jingbian`.
    pub id: String,
    /// The template's title.
    pub title: String,
    /// The document it was made from.
    pub source: String,
}

/// `GET /api/templates/{id}/notes`: a bare list of these.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateNote {
    /// An RFC 6901 pointer into the template.
    pub path: String,
    /// The clause of the source that the figure comes from, in its words.
    pub clause: String,
    /// Whether the document gives the figure; if not, it is our choice.
    pub given: bool,
}

/// Answer to `POST /api/plans`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanCreated {
    /// The id that the server drew.
    pub id: String,
    /// The first revision.
    pub revision: u64,
    /// `draft`.
    pub state: PlanState,
    /// With `?draft=1`: what still keeps the plan from opening.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Field>,
    /// What should be looked at and keeps nothing from opening: `similar_name`, with the pointer of the name that it is
    /// like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Field>,
}

/// Answer to `PUT /api/plans/{id}`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanSaved {
    /// The plan's id.
    pub id: String,
    /// The new revision.
    pub revision: u64,
    /// `draft`.
    pub state: PlanState,
    /// What still keeps the plan from opening: with `?draft=1` all of its problems, and always codes issued before that
    /// it does not fit (`/codes`, `codes_without_paper`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Field>,
    /// What should be looked at and keeps nothing from opening: `similar_name`, with the pointer of the name that it is
    /// like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Field>,
}

/// `GET /api/plans`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanList {
    /// One page of plans.
    pub plans: Vec<PlanSummary>,
    /// Pass it as `?cursor=` for the next page; null at the end.
    pub next: Option<String>,
}

/// One line of the list of plans.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanSummary {
    /// The plan's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its state.
    pub state: PlanState,
    /// Its revision.
    pub revision: u64,
}

/// `GET /api/plans/{id}`; the revision is the `ETag` too.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanAnswer {
    /// The plan's id.
    pub id: String,
    /// Its revision.
    pub revision: u64,
    /// Its state.
    pub state: PlanState,
    /// The plan document. A draft may be any object, so this is plain JSON;
    /// `scoring::plan_document::PlanDocument::read` makes a document of it.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub plan: Value,
    /// SHA-256 of the RFC 8785 form without null members.
    pub plan_sha256: String,
    /// Keys of blind groups, once the plan has been opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blind_keys: Vec<BlindKey>,
}

document! {
    /// `POST /api/plans/{id}/open`.
    #[derive(Eq, Debug, Default)]
    pub struct OpenRequest {
        /// Anonymous or blind groups of which only 1 to 4 may mark a unit, now or after later issues of codes.
        pub allow_small: Vec<String> = default,
    }
}

document! {
    /// `POST /api/plans/{id}/publish`.
    #[derive(Eq, Debug, Default)]
    pub struct PublishRequest {
        /// Anonymous or blind groups of whom, when voting ended, only 1 to 4 who might mark a unit had voted. What opening
        /// allowed is asked for again.
        pub allow_small: Vec<String> = default,
    }
}

document! {
    /// `POST /api/plans/{id}/close`: nothing, or `{}`.
    #[derive(Copy, Eq, Debug, Default)]
    pub struct StepRequest {}
}

/// Answer to `POST /api/plans/{id}/open`, `/close` and `/publish`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateAnswer {
    /// The state the plan is in now.
    pub state: PlanState,
    /// The frozen plan's hash.
    pub plan_sha256: String,
    /// Keys of blind groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blind_keys: Vec<BlindKey>,
}
