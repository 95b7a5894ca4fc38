//! OpenAPI schemas of `scoring`'s documents: plan, records, scenario, result, and the ballot's
//! sections and marks.
//!
//! Owns descriptions only, for `scoring` itself knows no OpenAPI. A test of `api` reads real
//! documents against them, so that they cannot drift. Never part of a browser bundle.

#![expect(missing_docs, reason = "the fields are those of the scoring page, described there")]

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// A decimal as the documents write it.
#[derive(Serialize, ToSchema)]
#[schema(pattern = r"^-?[0-9]{1,15}(\.[0-9]{1,12})?$", example = "12.5")]
pub struct DecimalText(pub String);

/// An id: `[a-z0-9_]{1,32}`.
#[derive(Serialize, ToSchema)]
#[schema(pattern = r"^[a-z0-9_]{1,32}$", example = "forestry")]
pub struct Id(pub String);

/// Everything that is decided before the first vote.
#[derive(Serialize, ToSchema)]
pub struct PlanDocument {
    /// 1
    pub format: u64,
    pub title: String,
    pub year: Option<u64>,
    pub total: DecimalText,
    pub live: Option<LiveMode>,
    pub adjustment_cap: Option<AdjustmentCap>,
    pub shortlist: Option<Shortlist>,
    pub grading: Option<Grading>,
    pub categories: Vec<Category>,
    pub units: Vec<Unit>,
    pub groups: Vec<Group>,
    pub scales: Vec<Scale>,
    pub periods: Vec<Period>,
    pub combine: CombinePeriods,
    pub components: Vec<Component>,
    pub adjustments: Vec<AdjustmentRule>,
    pub ranking: Ranking,
    pub outcomes: Vec<Outcome>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveMode {
    Turnout,
    Tallies,
}

#[derive(Serialize, ToSchema)]
pub struct AdjustmentCap {
    pub bonus: Option<DecimalText>,
    pub deduction: Option<DecimalText>,
}

#[derive(Serialize, ToSchema)]
pub struct Shortlist {
    pub top: u64,
    pub bottom: u64,
    pub carry: Id,
}

#[derive(Serialize, ToSchema)]
pub struct Grading {
    pub scope: GradingScope,
    pub grades: Vec<Grade>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GradingScope {
    All,
    Category,
}

#[derive(Serialize, ToSchema)]
pub struct Grade {
    pub id: Id,
    pub name: String,
    pub share: DecimalText,
}

#[derive(Serialize, ToSchema)]
pub struct Category {
    pub id: Id,
    pub name: String,
}

#[derive(Serialize, ToSchema)]
pub struct Unit {
    pub id: Id,
    pub name: String,
    pub category: Id,
    pub traits: Option<Vec<String>>,
}

#[derive(Serialize, ToSchema)]
pub struct Group {
    pub id: Id,
    pub name: String,
    pub ballot: BallotKind,
    pub comments: Option<bool>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BallotKind {
    Anonymous,
    Blind,
    Named,
    PerUnit,
    Open,
}

#[derive(Serialize, ToSchema)]
pub struct Scale {
    pub id: Id,
    pub options: Vec<ScaleOption>,
}

#[derive(Serialize, ToSchema)]
pub struct ScaleOption {
    pub id: Id,
    pub name: String,
    pub value: DecimalText,
}

#[derive(Serialize, ToSchema)]
pub struct Period {
    pub id: Id,
    pub name: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CombinePeriods {
    Mean,
    Sum,
    Last,
}

/// A branch (`children`) or a leaf (`points` and `method`).
#[derive(Serialize, ToSchema)]
pub struct Component {
    pub id: Id,
    pub name: String,
    pub only: Option<String>,
    pub except: Option<String>,
    /// 1 or 2
    pub stage: Option<u64>,
    pub points: Option<DecimalText>,
    pub method: Option<Method>,
    #[schema(no_recursion)]
    pub children: Option<Vec<Component>>,
}

#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Method {
    Survey {
        scale: Id,
        out_of: DecimalText,
        groups: Vec<SurveyGroup>,
        criteria: Option<Vec<Criterion>>,
        pooled: Option<bool>,
        quota: Option<Vec<Quota>>,
        own_unit: Option<OwnUnit>,
    },
    Complaints {
        scale: Id,
        out_of: Option<DecimalText>,
        deduct: BTreeMap<String, DecimalText>,
        groups: Vec<Id>,
    },
    Incidents {
        out_of: Option<DecimalText>,
        levels: Vec<IncidentLevel>,
        serious_factor: Option<DecimalText>,
    },
    Entered {
        out_of: Option<DecimalText>,
        office: String,
    },
    Linked {
        out_of: DecimalText,
        combine: CombineLinks,
    },
}

#[derive(Serialize, ToSchema)]
pub struct SurveyGroup {
    pub group: Id,
    pub weight: Option<DecimalText>,
}

#[derive(Serialize, ToSchema)]
pub struct Criterion {
    pub id: Id,
    pub name: String,
    pub weight: DecimalText,
}

#[derive(Serialize, ToSchema)]
pub struct Quota {
    pub option: Id,
    pub count: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnUnit {
    Marked,
    Skipped,
}

#[derive(Serialize, ToSchema)]
pub struct IncidentLevel {
    pub id: Id,
    pub name: String,
    pub amount: DecimalText,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CombineLinks {
    Mean,
    Sum,
}

#[derive(Serialize, ToSchema)]
pub struct AdjustmentRule {
    pub id: Id,
    pub name: String,
    pub sign: AdjustmentSign,
    pub cap: Option<DecimalText>,
    pub levels: Option<Vec<AdjustmentLevel>>,
    pub range: Option<AdjustmentRange>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentSign {
    Bonus,
    Deduction,
}

#[derive(Serialize, ToSchema)]
pub struct AdjustmentLevel {
    pub id: Id,
    pub name: String,
    pub points: DecimalText,
}

#[derive(Serialize, ToSchema)]
pub struct AdjustmentRange {
    pub min: DecimalText,
    pub max: DecimalText,
}

#[derive(Serialize, ToSchema)]
pub struct Ranking {
    /// 0 to 6
    pub decimals: u64,
    pub tie_break: Vec<TieBreak>,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum TieBreak {
    Component(String),
    Option { option: Id, component: Id },
}

#[derive(Serialize, ToSchema)]
pub struct Outcome {
    pub id: Id,
    pub name: String,
    pub when: When,
    pub effects: Option<BTreeMap<String, DecimalText>>,
}

/// One of its members, or `outcome` with `years`.
#[derive(Serialize, ToSchema)]
pub struct When {
    pub from_top: Option<u64>,
    pub from_bottom: Option<u64>,
    pub only_from_bottom: Option<u64>,
    pub ranks: Option<Vec<u64>>,
    pub ranks_from_bottom: Option<Vec<u64>>,
    pub top_share: Option<DecimalText>,
    pub grade: Option<Id>,
    pub list: Option<ListName>,
    pub outcome: Option<Id>,
    pub years: Option<u64>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListName {
    Top,
    Bottom,
}

/// What was counted, entered and decided.
#[derive(Serialize, ToSchema)]
pub struct RecordsDocument {
    /// 1
    pub format: u64,
    pub tallies: Option<Vec<Tally>>,
    pub entries: Option<Vec<Entry>>,
    pub incidents: Option<Vec<Incident>>,
    pub links: Option<Vec<Link>>,
    pub adjustments: Option<Vec<Adjustment>>,
    pub lots: Option<Vec<Lot>>,
    pub decisions: Option<Vec<Decision>>,
    pub verdicts: Option<Vec<Verdict>>,
    pub history: Option<Vec<crate::record::HistoryYear>>,
}

#[derive(Serialize, ToSchema)]
pub struct Tally {
    pub period: Id,
    pub component: Id,
    pub group: Id,
    pub unit: Id,
    pub criterion: Option<Id>,
    pub counts: BTreeMap<String, u64>,
}

#[derive(Serialize, ToSchema)]
pub struct Entry {
    pub period: Id,
    pub component: Id,
    pub unit: Id,
    pub value: DecimalText,
}

#[derive(Serialize, ToSchema)]
pub struct Incident {
    pub period: Id,
    pub component: Id,
    pub unit: Id,
    pub level: Id,
    pub count: u64,
    pub serious: bool,
}

#[derive(Serialize, ToSchema)]
pub struct Link {
    pub period: Id,
    pub component: Id,
    pub unit: Id,
    pub totals: Vec<DecimalText>,
}

#[derive(Serialize, ToSchema)]
pub struct Adjustment {
    pub period: Id,
    pub rule: Id,
    pub unit: Id,
    pub level: Option<Id>,
    pub points: Option<DecimalText>,
}

#[derive(Serialize, ToSchema)]
pub struct Lot {
    pub category: Option<Id>,
    pub order: Vec<Id>,
}

#[derive(Serialize, ToSchema)]
pub struct Decision {
    pub period: Id,
    pub component: Id,
    pub unit: Id,
    pub value: DecimalText,
    pub reason: String,
}

#[derive(Serialize, ToSchema)]
pub struct Verdict {
    pub unit: Id,
    pub outcome: Id,
    pub reason: String,
}

/// Turns a plan into another plan and leaves the records alone.
#[derive(Serialize, ToSchema)]
pub struct ScenarioDocument {
    pub points: Option<BTreeMap<String, DecimalText>>,
    pub locked: Option<Vec<Id>>,
    pub rebalance: Option<Rebalance>,
    pub weights: Option<BTreeMap<String, BTreeMap<String, DecimalText>>>,
    pub values: Option<BTreeMap<String, BTreeMap<String, DecimalText>>>,
    pub adjustments: Option<bool>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rebalance {
    Proportional,
}

/// Scores, ranks, grades, outcomes.
#[derive(Serialize, ToSchema)]
pub struct ResultDocument {
    pub mode: crate::result::ResultMode,
    pub units: Vec<UnitResult>,
    pub ties: Vec<Tie>,
    pub unresolved_ties: Vec<Vec<Id>>,
    pub missing: Vec<MissingMark>,
}

#[derive(Serialize, ToSchema)]
pub struct UnitResult {
    pub unit: Id,
    pub category: Id,
    pub total: DecimalText,
    pub published: DecimalText,
    pub rank: u64,
    pub grade: Option<Id>,
    pub outcomes: Vec<Id>,
    pub list: Option<ListName>,
    pub periods: Vec<PeriodResult>,
}

#[derive(Serialize, ToSchema)]
pub struct PeriodResult {
    pub period: Id,
    pub total: DecimalText,
    pub bonus: DecimalText,
    pub deduction: DecimalText,
    pub components: Vec<ComponentResult>,
}

#[derive(Serialize, ToSchema)]
pub struct ComponentResult {
    pub component: Id,
    pub points: DecimalText,
    pub score: DecimalText,
    pub missing: bool,
    pub decided: bool,
    #[schema(no_recursion)]
    pub children: Vec<ComponentResult>,
}

#[derive(Serialize, ToSchema)]
pub struct Tie {
    pub units: Vec<Id>,
    pub decided_by: TieBreak,
}

#[derive(Serialize, ToSchema)]
pub struct MissingMark {
    pub period: Id,
    pub component: Id,
    pub group: Option<Id>,
    pub unit: Id,
}

/// One survey or complaints component on a ballot paper.
#[derive(Serialize, ToSchema)]
pub struct Section {
    pub component: Id,
    pub name: String,
    pub kind: SectionKind,
    pub points: DecimalText,
    pub out_of: DecimalText,
    pub options: Vec<ScaleOption>,
    pub criteria: Vec<Criterion>,
    pub quota: Vec<Quota>,
    pub units: Vec<PaperUnit>,
    pub own_unit: Option<Id>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    Survey,
    Complaints,
}

#[derive(Serialize, ToSchema)]
pub struct PaperUnit {
    pub id: Id,
    pub name: String,
    pub category: Id,
    pub category_name: String,
}

/// One option chosen for one unit, on one criterion where there are criteria.
#[derive(Serialize, ToSchema)]
pub struct Mark {
    pub component: Id,
    pub unit: Id,
    pub criterion: Option<Id>,
    pub option: Id,
}
