//! What follows the scores, as it arrives: adjustments, ranking, grades, outcomes, the shortlist (docs/plan.md).

#![expect(missing_docs, reason = "an id, a name or a list of what its type describes needs no words")]

#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{Figure, Map, Shape, Tree, document, words};

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
        /// Name of the office that records them.
        pub office: Option<String>,
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
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
            Tree::Text(component) => Some(TieBreak::Component((*component).to_owned())),
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
        /// Given to units with this trait only.
        pub only: Option<String>,
        /// Given to units without this trait.
        pub except: Option<String>,
        /// What it does elsewhere, such as performance points; may be negative.
        pub effects: Option<Map<Figure>> as Option<std::collections::BTreeMap<String, Figure>>,
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
        /// Do they take places of the lowest? Default: inside.
        pub carried: Option<Carried>,
    }
}

words! {
    /// Where the units stand that are carried into the bottom list.
    pub enum Carried {
        /// Among the lowest: one that is both takes one place.
        Inside = "inside",
        /// Beside them: they are set aside before the lowest and the best are taken (county: 50, 50 and 10 make 110).
        Beside = "beside",
    }
}
