//! The plan document as it arrives (scoring.md, section 2).
//!
//! Owns the JSON shape of a plan, field by field. Decimals and ids are still text here, so that a
//! draft with half a number in it survives; [`crate::Plan`] is what holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::json::Value;
use crate::problem::Problem;
use crate::reading::{Fields, Path, Read, document, object, word};

/// Everything that is decided before the first vote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanDocument {
    /// Version of the format: 1.
    pub format: u64,
    /// Title of the appraisal.
    pub title: String,
    /// Year it is held for; outcomes over several years count from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u64>,
    /// What staff see while voting is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<Live>,
    /// What the points that apply to each unit add up to.
    pub total: String,
    /// Units are ranked inside their category.
    pub categories: Vec<NamedDocument>,
    /// Who is appraised. Shared by all plans that scenarios make of one: a slider makes one at each step.
    pub units: Arc<Vec<UnitDocument>>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustment_cap: Option<AdjustmentCapDocument>,
    /// How ranks are printed and ties are broken.
    pub ranking: RankingDocument,
    /// Grades by share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grading: Option<GradingDocument>,
    /// What a rank or grade leads to.
    pub outcomes: Vec<OutcomeDocument>,
    /// Who takes part in stage 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortlist: Option<ShortlistDocument>,
}

/// What staff see of anonymous and blind groups while voting is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Live {
    /// Turnout only: the default.
    Turnout,
    /// Tallies and provisional rankings (Yuanba: 突出评测的实时性).
    Tallies,
}

/// A category or a period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NamedDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// 被评单位
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct UnitDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The category it is ranked in.
    pub category: String,
    /// What components may ask for with `only` and `except`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traits: Option<Vec<String>>,
}

/// 评议人群
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How its voters come to the box.
    pub ballot: BallotKind,
    /// Whether their ballots may carry opinions on units (意见建议). Absent: they may not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<bool>,
}

/// How a group's voters come to the box; the paper says it to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BallotKind {
    /// One-time codes on cards drawn unrecorded.
    Anonymous,
    /// Codes sent to persons, exchanged for a blinded token.
    Blind,
    /// Real name kept apart, never public.
    Named,
    /// One ballot for each unit, not anonymous.
    PerUnit,
    /// A public link: anyone, one per browser.
    Open,
}

impl BallotKind {
    /// May nobody learn who voted what?
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, BallotKind::Anonymous | BallotKind::Blind)
    }
}

/// 选项、档次
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ScaleDocument {
    /// Its id.
    pub id: String,
    /// What can be chosen.
    pub options: Vec<OptionDocument>,
}

/// One option of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OptionDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is worth, on the scale's own terms.
    pub value: String,
}

/// How several periods, or several linked totals, make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
    /// The last of them.
    Last,
}

/// A node of the tree: a branch or a leaf.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComponentDocument {
    /// Its id, unique over the whole tree.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Applies to units with this trait only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// Applies to units without this trait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub except: Option<String>,
    /// 1 or 2; else what the branch above says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<u64>,
    /// What is below, or how it is scored.
    #[serde(flatten)]
    pub content: Content,
}

/// What makes a node a branch or a leaf.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// Its points are the sum of its children's.
    Branch {
        /// What is below.
        children: Vec<ComponentDocument>,
    },
    /// Scored by a method.
    Leaf {
        /// The most it can give.
        points: String,
        /// How it is scored.
        method: MethodDocument,
    },
}

/// How a leaf is scored.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MethodDocument {
    /// Weighted mean of option values.
    Survey(SurveyDocument),
    /// Points taken off for each bad mark.
    Complaints {
        /// The scale whose options are marked.
        scale: String,
        /// Points taken off for each mark of an option.
        deduct: BTreeMap<String, String>,
        /// Whose marks count, all pooled.
        groups: Vec<String>,
        /// Top of the leaf's own scale; default: points.
        #[serde(skip_serializing_if = "Option::is_none")]
        out_of: Option<String>,
    },
    /// Points taken off for each verified fact.
    Incidents {
        /// What can have happened.
        levels: Vec<LevelDocument>,
        /// Multiplies the amount of a serious one; default 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        serious_factor: Option<String>,
        /// Top of the leaf's own scale; default: points.
        #[serde(skip_serializing_if = "Option::is_none")]
        out_of: Option<String>,
    },
    /// A value that an office gives.
    Entered {
        /// Name of the office.
        office: String,
        /// Top of the leaf's own scale; default: points.
        #[serde(skip_serializing_if = "Option::is_none")]
        out_of: Option<String>,
    },
    /// Totals of other plans.
    Linked {
        /// `mean` or `sum`.
        combine: Combine,
        /// Top of the linked totals' scale.
        out_of: String,
    },
}

/// The fields of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SurveyDocument {
    /// The scale whose options are marked.
    pub scale: String,
    /// Top of the leaf's own scale.
    pub out_of: String,
    /// Who marks, with which weight.
    pub groups: Vec<SurveyGroupDocument>,
    /// What is marked apart; absent: the unit as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Vec<CriterionDocument>>,
    /// All groups' marks count as one group's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pooled: Option<bool>,
    /// How many units must get each option.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<Vec<QuotaDocument>>,
    /// Do voters mark their own unit? Default: marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_unit: Option<OwnUnit>,
}

/// A group of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SurveyGroupDocument {
    /// The group.
    pub group: String,
    /// Its weight; absent where groups are pooled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
}

/// A criterion of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CriterionDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its weight.
    pub weight: String,
}

/// 名额: how many units must get an option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct QuotaDocument {
    /// The option.
    pub option: String,
    /// How many units.
    pub count: u64,
}

/// Do voters mark the unit that they belong to?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnUnit {
    /// It stands on their paper.
    Marked,
    /// It does not.
    Skipped,
}

/// A level of incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LevelDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What each takes off.
    pub amount: String,
}

/// 加减分规则
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Adds or takes off.
    pub sign: Sign,
    /// Fixed points by level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub levels: Option<Vec<RuleLevelDocument>>,
    /// Or points within a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<RangeDocument>,
    /// Most points of this rule for a unit in a period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<String>,
}

/// Which way a rule moves the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Adds points.
    Bonus,
    /// Takes points off.
    Deduction,
}

/// A level of an adjustment rule.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RuleLevelDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its points, at most 6 decimals.
    pub points: String,
}

/// The range an adjustment's points lie in, ends included.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RangeDocument {
    /// The least.
    pub min: String,
    /// The most.
    pub max: String,
}

/// Limits over all rules, per unit and period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AdjustmentCapDocument {
    /// Most bonus points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus: Option<String>,
    /// Most points taken off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deduction: Option<String>,
}

/// How ranks are printed and ties are broken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RankingDocument {
    /// Decimals of the published total: 0 to 6.
    pub decimals: u64,
    /// What decides between equal totals, in order.
    pub tie_break: Vec<TieBreak>,
}

/// One thing that can decide between equal totals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum TieBreak {
    /// The higher score of this component or branch.
    Component(String),
    /// The higher share of an option among the unit's marks in a component.
    OptionShare {
        /// The option.
        option: String,
        /// The component.
        component: String,
    },
}

/// Grades by share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GradingDocument {
    /// Over all units, or inside each category.
    pub scope: GradeScope,
    /// Best first; shares add up to 100.
    pub grades: Vec<GradeDocument>,
}

/// Among whom grades are given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeScope {
    /// All units of the plan.
    All,
    /// The units of each category.
    Category,
}

/// 等次
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GradeDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its share of the units, in per cent.
    pub share: String,
}

/// 结果运用
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who gets it.
    pub when: When,
    /// What it does elsewhere, such as performance points; may be negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effects: Option<BTreeMap<String, String>>,
}

/// Who gets an outcome. N and ranks are those of the unit's category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Ranks 1 to n.
    FromTop(u64),
    /// The n lowest.
    FromBottom(u64),
    /// Exactly the n-th lowest.
    OnlyFromBottom(u64),
    /// Ranks a to b.
    Ranks(u64, u64),
    /// The a-th to the b-th lowest.
    RanksFromBottom(u64, u64),
    /// Rank ≤ floor(N × share ÷ 100), at least 1.
    TopShare(String),
    /// A grade.
    Grade(String),
    /// A list of the shortlist.
    List(Side),
    /// The same outcome this year and in the `years` − 1 years before.
    #[serde(untagged)]
    Repeated {
        /// The outcome that is repeated.
        outcome: String,
        /// In how many years running.
        years: u64,
    },
}

/// A list of the shortlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The best of stage 1.
    Top,
    /// The lowest of stage 1 and those carried over.
    Bottom,
}

/// Who takes part in stage 2 (county: 50, 50 and last year's 10).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ShortlistDocument {
    /// How many of the best.
    pub top: u64,
    /// How many of the lowest.
    pub bottom: u64,
    /// Units whose history of last year holds this outcome join the bottom list.
    pub carry: String,
}

document!(PlanDocument);

impl Read for PlanDocument {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let known = [
            "format",
            "title",
            "year",
            "live",
            "total",
            "categories",
            "units",
            "groups",
            "scales",
            "periods",
            "combine",
            "components",
            "adjustments",
            "adjustment_cap",
            "ranking",
            "grading",
            "outcomes",
            "shortlist",
        ];
        let mut f = object(value, path, problems, &known)?;
        Some(PlanDocument {
            format: f.required("format").unwrap_or(1),
            title: f.text("title"),
            year: f.optional("year"),
            live: f.optional("live"),
            total: f.text("total"),
            categories: f.list("categories"),
            units: Arc::new(f.list("units")),
            groups: f.list("groups"),
            scales: f.list("scales"),
            periods: f.list("periods"),
            combine: f.required("combine").unwrap_or(Combine::Mean),
            components: f.list("components"),
            adjustments: f.list("adjustments"),
            adjustment_cap: f.optional("adjustment_cap"),
            ranking: f.required("ranking").unwrap_or_default(),
            grading: f.optional("grading"),
            outcomes: f.list("outcomes"),
            shortlist: f.optional("shortlist"),
        })
    }
}

macro_rules! read_words {
    ($type:ty: $($word:literal => $value:expr),* $(,)?) => {
        impl Read for $type {
            fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
                word(value, path, problems, &[$(($word, $value)),*])
            }
        }
    };
}

read_words!(Live: "turnout" => Live::Turnout, "tallies" => Live::Tallies);
read_words!(Combine: "mean" => Combine::Mean, "sum" => Combine::Sum, "last" => Combine::Last);
read_words!(BallotKind: "anonymous" => BallotKind::Anonymous, "blind" => BallotKind::Blind,
    "named" => BallotKind::Named, "per_unit" => BallotKind::PerUnit, "open" => BallotKind::Open);
read_words!(OwnUnit: "marked" => OwnUnit::Marked, "skipped" => OwnUnit::Skipped);
read_words!(Sign: "bonus" => Sign::Bonus, "deduction" => Sign::Deduction);
read_words!(GradeScope: "all" => GradeScope::All, "category" => GradeScope::Category);
read_words!(Side: "top" => Side::Top, "bottom" => Side::Bottom);

/// `Read` for an object whose fields are read one by one, each by its own kind.
macro_rules! read_object {
    ($type:ty: $($field:ident $kind:tt),* $(,)?) => {
        impl Read for $type {
            fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
                let mut f = object(value, path, problems, &[$(stringify!($field)),*])?;
                Some(Self { $($field: read_object!(@f $kind $field)),* })
            }
        }
    };
    (@$f:ident text $field:ident) => { $f.text(stringify!($field)) };
    (@$f:ident list $field:ident) => { $f.list(stringify!($field)) };
    (@$f:ident count $field:ident) => { $f.required(stringify!($field)).unwrap_or_default() };
    (@$f:ident optional $field:ident) => { $f.optional(stringify!($field)) };
    (@$f:ident ($default:expr) $field:ident) => { $f.required(stringify!($field)).unwrap_or($default) };
}
pub(crate) use read_object;

read_object!(NamedDocument: id text, name text);
read_object!(UnitDocument: id text, name text, category text, traits optional);
read_object!(GroupDocument: id text, name text, ballot (BallotKind::Anonymous), comments optional);
read_object!(ScaleDocument: id text, options list);
read_object!(OptionDocument: id text, name text, value text);
read_object!(SurveyGroupDocument: group text, weight optional);
read_object!(CriterionDocument: id text, name text, weight text);
read_object!(QuotaDocument: option text, count count);
read_object!(LevelDocument: id text, name text, amount text);
read_object!(RuleDocument: id text, name text, sign (Sign::Bonus), levels optional, range optional, cap optional);
read_object!(RuleLevelDocument: id text, name text, points text);
read_object!(RangeDocument: min text, max text);
read_object!(AdjustmentCapDocument: bonus optional, deduction optional);
read_object!(RankingDocument: decimals count, tie_break list);
read_object!(GradingDocument: scope (GradeScope::All), grades list);
read_object!(GradeDocument: id text, name text, share text);
read_object!(OutcomeDocument: id text, name text, when (When::FromTop(0)), effects optional);
read_object!(ShortlistDocument: top count, bottom count, carry text);

impl Read for ComponentDocument {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        const BRANCH: &[&str] = &["id", "name", "only", "except", "stage", "children"];
        const LEAF: &[&str] = &["id", "name", "only", "except", "stage", "points", "method"];
        let branch = value.get("children").is_some();
        let mut f = object(value, path, problems, if branch { BRANCH } else { LEAF })?;
        Some(ComponentDocument {
            id: f.text("id"),
            name: f.text("name"),
            only: f.optional("only"),
            except: f.optional("except"),
            stage: f.optional("stage"),
            content: if branch {
                Content::Branch { children: f.list("children") }
            } else {
                Content::Leaf {
                    points: f.text("points"),
                    method: f
                        .required("method")
                        .unwrap_or(MethodDocument::Entered { office: String::new(), out_of: Some("1".into()) }),
                }
            },
        })
    }
}

impl Read for MethodDocument {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let known: &[&str] = match value.get("kind").and_then(Value::as_str) {
            Some("survey") => &["kind", "scale", "out_of", "groups", "criteria", "pooled", "quota", "own_unit"],
            Some("complaints") => &["kind", "scale", "deduct", "groups", "out_of"],
            Some("incidents") => &["kind", "levels", "serious_factor", "out_of"],
            Some("entered") => &["kind", "office", "out_of"],
            Some("linked") => &["kind", "combine", "out_of"],
            _ => {
                // Which fields belong here cannot be said, so only the kind is.
                if let Value::Object(members) = value {
                    let known: Vec<&str> = members.iter().map(|(key, _)| key.as_str()).collect();
                    let mut f = object(value, path, problems, &known)?;
                    if f.required::<String>("kind").is_some() {
                        crate::reading::wrong_type(&Path::Key(path, "kind"), problems);
                    }
                } else {
                    crate::reading::wrong_type(path, problems);
                }
                return None;
            }
        };
        let mut f = object(value, path, problems, known)?;
        Some(match value.get("kind").and_then(Value::as_str) {
            Some("survey") => MethodDocument::Survey(read_survey(&mut f)),
            Some("complaints") => MethodDocument::Complaints {
                scale: f.text("scale"),
                deduct: f.required("deduct").unwrap_or_default(),
                groups: f.list("groups"),
                out_of: f.optional("out_of"),
            },
            Some("incidents") => MethodDocument::Incidents {
                levels: f.list("levels"),
                serious_factor: f.optional("serious_factor"),
                out_of: f.optional("out_of"),
            },
            Some("linked") => MethodDocument::Linked {
                combine: {
                    let combine = f.required("combine").unwrap_or(Combine::Mean);
                    if combine == Combine::Last {
                        let path = Path::Key(f.path, "combine");
                        crate::reading::wrong_type(&path, f.problems);
                    }
                    combine
                },
                out_of: f.text("out_of"),
            },
            _ => MethodDocument::Entered { office: f.text("office"), out_of: f.optional("out_of") },
        })
    }
}

fn read_survey(f: &mut Fields<'_, '_, '_>) -> SurveyDocument {
    SurveyDocument {
        scale: f.text("scale"),
        out_of: f.text("out_of"),
        groups: f.list("groups"),
        criteria: f.optional("criteria"),
        pooled: f.optional("pooled"),
        quota: f.optional("quota"),
        own_unit: f.optional("own_unit"),
    }
}

impl Read for TieBreak {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        if let Value::Text(component) = value {
            return Some(TieBreak::Component(component.clone()));
        }
        let mut f = object(value, path, problems, &["option", "component"])?;
        Some(TieBreak::OptionShare { option: f.text("option"), component: f.text("component") })
    }
}

impl Read for When {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let known = [
            "from_top",
            "from_bottom",
            "only_from_bottom",
            "ranks",
            "ranks_from_bottom",
            "top_share",
            "grade",
            "list",
            "outcome",
            "years",
        ];
        let mut f = object(value, path, problems, &known)?;
        let named: Vec<&str> = known.into_iter().filter(|key| f.has(key)).collect();
        Some(match named[..] {
            ["from_top"] => When::FromTop(f.required("from_top")?),
            ["from_bottom"] => When::FromBottom(f.required("from_bottom")?),
            ["only_from_bottom"] => When::OnlyFromBottom(f.required("only_from_bottom")?),
            ["ranks"] => {
                let Ends(a, b) = f.required("ranks")?;
                When::Ranks(a, b)
            }
            ["ranks_from_bottom"] => {
                let Ends(a, b) = f.required("ranks_from_bottom")?;
                When::RanksFromBottom(a, b)
            }
            ["top_share"] => When::TopShare(f.text("top_share")),
            ["grade"] => When::Grade(f.text("grade")),
            ["list"] => When::List(f.required("list")?),
            ["outcome", "years"] | ["outcome"] | ["years"] => {
                When::Repeated { outcome: f.text("outcome"), years: f.required("years")? }
            }
            _ => {
                crate::reading::wrong_type(path, f.problems);
                return None;
            }
        })
    }
}

/// Two ranks, the first to the last.
struct Ends(u64, u64);

impl Read for Ends {
    fn read(value: &Value, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        match Vec::<u64>::read(value, path, problems)?[..] {
            [a, b] => Some(Ends(a, b)),
            _ => {
                if problems.len() == before {
                    crate::reading::wrong_type(path, problems);
                }
                None
            }
        }
    }
}
