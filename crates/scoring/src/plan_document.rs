//! The plan document as it arrives (docs/plan.md).
//!
//! Owns the declaration of a plan, field by field: here who is appraised, by whom, on which scales and when; the tree
//! stands in `component`, what follows the scores in `consequence`. Ids are still text here, and a figure may be a text
//! that is none, so that a draft with half a number in it survives; [`crate::Plan`] is what holds.

#![expect(missing_docs, reason = "an id, a name or a list of what its type describes needs no words")]

mod component;
mod consequence;

use std::sync::Arc;

#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{Figure, document, words};

pub use component::{
    CombineLinks, ComplaintsDocument, ComponentDocument, Content, CriteriaOf, CriterionDocument, EnteredDocument,
    IncidentsDocument, LevelDocument, LinkedDocument, MethodDocument, MissingGroup, OwnUnit, QuotaDocument,
    SurveyDocument, SurveyGroupDocument,
};
pub use consequence::{
    AdjustmentCapDocument, Carried, GradeDocument, GradeScope, GradingDocument, OptionShare, OutcomeDocument,
    RangeDocument, RankingDocument, RuleDocument, RuleLevelDocument, ShortlistDocument, Side, Sign, TieBreak, When,
};

document! {
    /// Everything that is decided before the first vote.
    #[derive(Debug)]
    pub struct PlanDocument {
        /// Version of the format: 1.
        pub format: u64 = (1),
        pub title: String,
        /// Year it is held for; outcomes over several years count from it.
        pub year: Option<u64>,
        /// What staff see while voting is open.
        pub live: Option<Live>,
        /// When each round opens and closes. It changes no score.
        pub schedule: Option<Vec<RoundDocument>>,
        /// What takes a second person. It changes no score.
        pub approval: Option<Vec<Approval>>,
        /// What the points that apply to each unit add up to.
        pub total: Figure,
        /// Units are ranked inside their category.
        pub categories: Vec<NamedDocument>,
        /// Who is appraised. Shared by all plans that scenarios make of one: a slider makes one at each step.
        pub units: Arc<Vec<UnitDocument>> as Vec<UnitDocument>,
        /// Who appraises.
        pub groups: Vec<GroupDocument>,
        /// What can be marked, and its worth.
        pub scales: Vec<ScaleDocument>,
        /// The periods of the appraisal, in order.
        pub periods: Vec<NamedDocument>,
        /// How the periods' totals make the unit's.
        pub combine: Combine,
        /// The tree of what is appraised.
        pub components: Vec<ComponentDocument>,
        /// Bonuses and deductions outside the total.
        pub adjustments: Vec<RuleDocument>,
        /// Limits of a unit's bonuses and deductions in one period.
        pub adjustment_cap: Option<AdjustmentCapDocument>,
        /// How ranks are printed and ties are broken.
        pub ranking: RankingDocument,
        /// Grades by share.
        pub grading: Option<GradingDocument>,
        /// What a rank or grade leads to.
        pub outcomes: Vec<OutcomeDocument>,
        /// Who takes part in stage 2.
        pub shortlist: Option<ShortlistDocument>,
    }
}

words! {
    /// What staff see of anonymous and blind groups while voting is open.
    pub enum Live {
        /// Turnout only: the default.
        Turnout = "turnout",
        /// Tallies and provisional rankings (Yuanba: 突出评测的实时性).
        Tallies = "tallies",
    }
}

document! {
    /// When a round (a stage of a period) opens and closes: moments of RFC 3339, with their offset.
    #[derive(Debug, Eq, Default)]
    pub struct RoundDocument {
        pub period: String as Id,
        /// 1 or 2; absent: 1.
        pub stage: Option<u64>,
        /// From when ballots are taken.
        pub opens: Option<String>,
        /// Until when; after `opens`.
        pub closes: Option<String>,
        /// Until when offices enter scores; before or after the voting.
        pub entries_due: Option<String>,
    }
}

words! {
    /// What a second person has to approve.
    pub enum Approval {
        /// Bonuses and deductions.
        Adjustments = "adjustments",
        /// Verified facts that cost points.
        Incidents = "incidents",
        /// Decisions that take the place of a raw value.
        Decisions = "decisions",
        /// Outcomes given whatever the rank.
        Verdicts = "verdicts",
        /// Recorded draws.
        Lots = "lots",
        /// The end of the voting.
        Close = "close",
        /// The result's publication.
        Publish = "publish",
    }
}

document! {
    /// A category or a period.
    #[derive(Debug, Eq, Default)]
    pub struct NamedDocument {
        pub id: String as Id,
        pub name: String,
    }
}

document! {
    /// 被评单位
    #[derive(Debug, Eq, Default)]
    pub struct UnitDocument {
        pub id: String as Id,
        pub name: String,
        /// The category it is ranked in.
        pub category: String as Id,
        /// What components and outcomes may ask for with `only` and `except`.
        pub traits: Option<Vec<String>>,
        /// Its own duties and yearly tasks, marked apart where a survey has `criteria_of: "unit"` (Yuanba: 满意度评价列表).
        pub tasks: Option<Vec<TaskDocument>>,
    }
}

document! {
    /// One of a unit's tasks: a criterion on which it alone is marked.
    #[derive(Debug, Eq, Default)]
    pub struct TaskDocument {
        pub id: String as Id,
        pub name: String,
        /// Absent: 1.
        pub weight: Option<Figure>,
    }
}

document! {
    /// 评议人群
    #[derive(Debug, Eq)]
    pub struct GroupDocument {
        pub id: String as Id,
        pub name: String,
        /// How its voters come to the box.
        pub ballot: BallotKind,
        /// Whether their ballots may carry opinions on units (意见建议). Absent: they may not.
        pub comments: Option<bool>,
        /// Of an open group: codes that one network is given in a day. Absent: 300. For a hall or a county behind one
        /// address.
        pub per_network: Option<u64>,
    }
}

words! {
    /// How a group's voters come to the box; the paper says it to them.
    pub enum BallotKind {
        /// One-time codes on cards drawn unrecorded.
        Anonymous = "anonymous",
        /// Codes sent to persons, exchanged for a blinded token.
        Blind = "blind",
        /// Real name kept apart, never public.
        Named = "named",
        /// One ballot for each unit, not anonymous.
        PerUnit = "per_unit",
        /// A public link: anyone, one per browser.
        Open = "open",
    }
}

impl BallotKind {
    /// May nobody learn who voted what?
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, BallotKind::Anonymous | BallotKind::Blind)
    }
}

document! {
    /// 选项、档次
    #[derive(Debug, Eq, Default)]
    pub struct ScaleDocument {
        pub id: String as Id,
        /// What can be chosen.
        pub options: Vec<OptionDocument>,
    }
}

document! {
    /// One option of a scale.
    #[derive(Debug, Eq, Default)]
    pub struct OptionDocument {
        pub id: String as Id,
        pub name: String,
        /// What it is worth, on the scale's own terms.
        pub value: Figure,
    }
}

words! {
    /// How several periods make one.
    pub enum Combine {
        Mean = "mean",
        Sum = "sum",
        /// The last of them.
        Last = "last",
    }
}

impl From<CombineLinks> for Combine {
    fn from(combine: CombineLinks) -> Self {
        match combine {
            CombineLinks::Mean => Combine::Mean,
            CombineLinks::Sum => Combine::Sum,
        }
    }
}
