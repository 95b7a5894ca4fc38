//! The plan document as it arrives (docs/plan.md).
//!
//! Owns the declaration of a plan, field by field. Ids are still text here, and a figure may be a text that is none,
//! so that a draft with half a number in it survives; [`crate::Plan`] is what holds.

#![expect(missing_docs, reason = "an id, a name or a list of what its type describes needs no words")]

use std::collections::BTreeMap;
use std::sync::Arc;

#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{Figure, Shape, Tree, document, kinds, words};

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
        /// What components may ask for with `only` and `except`.
        pub traits: Option<Vec<String>>,
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
        /// Their mean.
        Mean = "mean",
        /// Their sum.
        Sum = "sum",
        /// The last of them.
        Last = "last",
    }
}

document! {
    /// A node of the tree: a branch (with `children`) or a leaf (with `points` and `method`).
    #[derive(Debug)]
    pub struct ComponentDocument {
        /// Unique over the whole tree.
        pub id: String as Id,
        pub name: String,
        /// Applies to units with this trait only.
        pub only: Option<String>,
        /// Applies to units without this trait.
        pub except: Option<String>,
        /// 1 or 2; else what the branch above says.
        pub stage: Option<u64>,
        /// The most that a leaf can give.
        pub points: Option<Figure>,
        /// How a leaf is scored.
        pub method: Option<MethodDocument>,
        /// What is below a branch; its points are the sum of theirs.
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        pub children: Option<Vec<ComponentDocument>>,
    }
    shape: branch_or_leaf;
}

fn branch_or_leaf(value: &Tree<'_>) -> Shape {
    match value.get("children") {
        Some(_) => Shape { foreign: &["points", "method"], needed: &["children"], ..Shape::default() },
        None => Shape { needed: &["points", "method"], ..Shape::default() },
    }
}

/// What makes a node a branch or a leaf.
#[derive(Debug, Clone, Copy)]
pub enum Content<'c> {
    /// Its points are the sum of its children's.
    Branch(&'c [ComponentDocument]),
    /// The most it can give, and how it is scored.
    Leaf(&'c Figure, &'c MethodDocument),
}

impl ComponentDocument {
    /// What makes it a branch or a leaf. One that is neither is a branch without children.
    #[must_use]
    pub fn content(&self) -> Content<'_> {
        match (&self.children, &self.points, &self.method) {
            (None, Some(points), Some(method)) => Content::Leaf(points, method),
            (children, ..) => Content::Branch(children.as_deref().unwrap_or_default()),
        }
    }
}

kinds! {
    /// How a leaf is scored.
    pub enum MethodDocument {
        /// Weighted mean of option values.
        Survey(SurveyDocument) = "survey",
        /// Points taken off for each bad mark.
        Complaints(ComplaintsDocument) = "complaints",
        /// Points taken off for each verified fact.
        Incidents(IncidentsDocument) = "incidents",
        /// A value that an office gives.
        Entered(EnteredDocument) = "entered",
        /// Totals of other plans.
        Linked(LinkedDocument) = "linked",
    }
    blank: MethodDocument::Entered(EnteredDocument { office: String::new(), out_of: Some("1".into()) });
}

impl MethodDocument {
    /// Top of the leaf's own scale; absent: its points.
    #[must_use]
    pub const fn out_of(&self) -> Option<&Figure> {
        match self {
            MethodDocument::Survey(SurveyDocument { out_of, .. })
            | MethodDocument::Linked(LinkedDocument { out_of, .. }) => Some(out_of),
            MethodDocument::Complaints(ComplaintsDocument { out_of, .. })
            | MethodDocument::Incidents(IncidentsDocument { out_of, .. })
            | MethodDocument::Entered(EnteredDocument { out_of, .. }) => out_of.as_ref(),
        }
    }

    /// The same, where it may be left out.
    pub(crate) const fn optional_out_of(&mut self) -> Option<&mut Option<Figure>> {
        match self {
            MethodDocument::Survey(_) | MethodDocument::Linked(_) => None,
            MethodDocument::Complaints(ComplaintsDocument { out_of, .. })
            | MethodDocument::Incidents(IncidentsDocument { out_of, .. })
            | MethodDocument::Entered(EnteredDocument { out_of, .. }) => Some(out_of),
        }
    }
}

document! {
    /// Weighted mean of option values.
    #[derive(Debug, Eq, Default)]
    pub struct SurveyDocument {
        /// The scale whose options are marked.
        pub scale: String as Id,
        /// Top of the leaf's own scale.
        pub out_of: Figure,
        /// Who marks, with which weight.
        pub groups: Vec<SurveyGroupDocument>,
        /// What is marked apart; absent: the unit as a whole.
        pub criteria: Option<Vec<CriterionDocument>>,
        /// All groups' marks count as one group's.
        pub pooled: Option<bool>,
        /// How many units must get each option.
        pub quota: Option<Vec<QuotaDocument>>,
        /// Do voters mark their own unit? Default: marked.
        pub own_unit: Option<OwnUnit>,
    }
}

document! {
    /// A group of a survey.
    #[derive(Debug, Eq, Default)]
    pub struct SurveyGroupDocument {
        pub group: String as Id,
        /// Absent where groups are pooled.
        pub weight: Option<Figure>,
    }
}

document! {
    /// A criterion of a survey.
    #[derive(Debug, Eq, Default)]
    pub struct CriterionDocument {
        pub id: String as Id,
        pub name: String,
        pub weight: Figure,
    }
}

document! {
    /// 名额: how many units must get an option.
    #[derive(Debug, Eq, Default)]
    pub struct QuotaDocument {
        pub option: String as Id,
        /// How many units.
        pub count: u64,
    }
}

words! {
    /// Do voters mark the unit that they belong to?
    pub enum OwnUnit {
        /// It stands on their paper.
        Marked = "marked",
        /// It does not.
        Skipped = "skipped",
    }
}

document! {
    /// Points taken off for each bad mark.
    #[derive(Debug, Eq)]
    pub struct ComplaintsDocument {
        /// The scale whose options are marked.
        pub scale: String as Id,
        /// Points taken off for each mark of an option.
        pub deduct: BTreeMap<String, Figure>,
        /// Whose marks count, all pooled.
        pub groups: Vec<String> as Vec<Id>,
        /// Top of the leaf's own scale; default: points.
        pub out_of: Option<Figure>,
    }
}

document! {
    /// Points taken off for each verified fact.
    #[derive(Debug, Eq)]
    pub struct IncidentsDocument {
        /// What can have happened.
        pub levels: Vec<LevelDocument>,
        /// Multiplies the amount of a serious one; default 1.
        pub serious_factor: Option<Figure>,
        /// Top of the leaf's own scale; default: points.
        pub out_of: Option<Figure>,
    }
}

document! {
    /// A level of incidents.
    #[derive(Debug, Eq, Default)]
    pub struct LevelDocument {
        pub id: String as Id,
        pub name: String,
        /// What each takes off.
        pub amount: Figure,
    }
}

document! {
    /// A value that an office gives.
    #[derive(Debug, Eq)]
    pub struct EnteredDocument {
        /// Name of the office.
        pub office: String,
        /// Top of the leaf's own scale; default: points.
        pub out_of: Option<Figure>,
    }
}

document! {
    /// Totals of other plans.
    #[derive(Debug, Eq)]
    pub struct LinkedDocument {
        pub combine: CombineLinks,
        /// Top of the linked totals' scale.
        pub out_of: Figure,
    }
}

words! {
    /// How several linked totals make one.
    pub enum CombineLinks {
        /// Their mean.
        Mean = "mean",
        /// Their sum.
        Sum = "sum",
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

document! {
    /// 加减分规则
    #[derive(Debug, Eq)]
    pub struct RuleDocument {
        pub id: String as Id,
        pub name: String,
        /// Adds or takes off.
        pub sign: Sign,
        /// Fixed points by level.
        pub levels: Option<Vec<RuleLevelDocument>>,
        /// Or points within a range.
        pub range: Option<RangeDocument>,
        /// Most points of this rule for a unit in a period.
        pub cap: Option<Figure>,
    }
}

words! {
    /// Which way a rule moves the total.
    pub enum Sign {
        /// Adds points.
        Bonus = "bonus",
        /// Takes points off.
        Deduction = "deduction",
    }
}

document! {
    /// A level of an adjustment rule.
    #[derive(Debug, Eq, Default)]
    pub struct RuleLevelDocument {
        pub id: String as Id,
        pub name: String,
        /// At most 6 decimals.
        pub points: Figure,
    }
}

document! {
    /// The range an adjustment's points lie in, ends included.
    #[derive(Debug, Eq, Default)]
    pub struct RangeDocument {
        pub min: Figure,
        pub max: Figure,
    }
}

document! {
    /// Limits over all rules, per unit and period.
    #[derive(Debug, Eq, Default)]
    pub struct AdjustmentCapDocument {
        /// Most bonus points.
        pub bonus: Option<Figure>,
        /// Most points taken off.
        pub deduction: Option<Figure>,
    }
}

document! {
    /// How ranks are printed and ties are broken.
    #[derive(Debug, Eq, Default)]
    pub struct RankingDocument {
        /// Decimals of the published total: 0 to 6.
        pub decimals: u64,
        /// What decides between equal totals, in order.
        pub tie_break: Vec<TieBreak>,
    }
}

/// One thing that can decide between equal totals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum TieBreak {
    /// The higher score of this component or branch.
    Component(String),
    /// The higher share of an option among the unit's marks in a component.
    OptionShare(OptionShare),
}

document! {
    /// The share of an option among a unit's marks in a component.
    #[derive(Debug, Eq, Hash)]
    pub struct OptionShare {
        pub option: String as Id,
        pub component: String as Id,
    }
}

impl document::Read for TieBreak {
    fn blank() -> Self {
        TieBreak::Component(String::new())
    }

    fn read(value: &Tree<'_>, path: &document::Path<'_>, problems: &mut Vec<document::Problem>) -> Option<Self> {
        match value {
            Tree::Text(component) => Some(TieBreak::Component(component.as_ref().to_owned())),
            _ => document::Read::read(value, path, problems).map(TieBreak::OptionShare),
        }
    }
}

document! {
    /// Grades by share.
    #[derive(Debug, Eq)]
    pub struct GradingDocument {
        /// Over all units, or inside each category.
        pub scope: GradeScope,
        /// Best first; shares add up to 100.
        pub grades: Vec<GradeDocument>,
    }
}

words! {
    /// Among whom grades are given out.
    pub enum GradeScope {
        /// All units of the plan.
        All = "all",
        /// The units of each category.
        Category = "category",
    }
}

document! {
    /// 等次
    #[derive(Debug, Eq, Default)]
    pub struct GradeDocument {
        pub id: String as Id,
        pub name: String,
        /// Its share of the units, in per cent.
        pub share: Figure,
    }
}

document! {
    /// 结果运用
    #[derive(Debug, Eq)]
    pub struct OutcomeDocument {
        pub id: String as Id,
        pub name: String,
        /// Who gets it.
        pub when: When,
        /// What it does elsewhere, such as performance points; may be negative.
        pub effects: Option<BTreeMap<String, Figure>>,
    }
}

document! {
    /// Who gets an outcome: one of its members, or `outcome` with `years`. N and ranks are those of the unit's category.
    #[derive(Debug, Eq, Default)]
    pub struct When {
        /// Ranks 1 to n.
        pub from_top: Option<u64>,
        /// The n lowest.
        pub from_bottom: Option<u64>,
        /// Exactly the n-th lowest.
        pub only_from_bottom: Option<u64>,
        /// Ranks a to b.
        pub ranks: Option<[u64; 2]>,
        /// The a-th to the b-th lowest.
        pub ranks_from_bottom: Option<[u64; 2]>,
        /// Rank ≤ floor(N × share ÷ 100), at least 1.
        pub top_share: Option<Figure>,
        /// A grade.
        pub grade: Option<String> as Option<Id>,
        /// A list of the shortlist.
        pub list: Option<Side>,
        /// The outcome that is repeated, this year and in the `years` − 1 years before.
        pub outcome: Option<String> as Option<Id>,
        /// In how many years running.
        pub years: Option<u64>,
    }
    shape: one_condition;
}

fn one_condition(value: &Tree<'_>) -> Shape {
    let is_there = |name: &&'static str| value.get(name).is_some_and(|value| !value.is_null());
    let mut there = When::NAMES.iter().copied().filter(is_there);
    match (there.next(), there.next(), there.next()) {
        (Some("outcome"), Some("years"), None) | (Some("outcome" | "years"), None, None) => {
            Shape { needed: &["outcome", "years"], ..Shape::default() }
        }
        (Some(_), None, None) => Shape::default(),
        _ => Shape { refused: true, ..Shape::default() },
    }
}

words! {
    /// A list of the shortlist.
    pub enum Side {
        /// The best of stage 1.
        Top = "top",
        /// The lowest of stage 1 and those carried over.
        Bottom = "bottom",
    }
}

document! {
    /// Who takes part in stage 2 (county: 50, 50 and last year's 10).
    #[derive(Debug, Eq, Default)]
    pub struct ShortlistDocument {
        /// How many of the best.
        pub top: u64,
        /// How many of the lowest.
        pub bottom: u64,
        /// Units whose history of last year holds this outcome join the bottom list.
        pub carry: String as Id,
    }
}
