//! The tree of what is appraised, as it arrives: branches, leaves and their methods (docs/plan.md, "Components").

#![expect(missing_docs, reason = "an id, a name or a list of what its type describes needs no words")]

#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{Figure, Map, Shape, Tree, document, kinds, words};

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
        /// Whose criteria are marked, where they are not the survey's own; `criteria` is absent then.
        pub criteria_of: Option<CriteriaOf>,
        /// All groups' marks count as one group's.
        pub pooled: Option<bool>,
        /// How many units must get each option.
        pub quota: Option<Vec<QuotaDocument>>,
        /// Do voters mark their own unit? Default: marked.
        pub own_unit: Option<OwnUnit>,
        /// So many marks for a unit on each criterion are the least by which a group counts; default 1.
        pub min_marks: Option<u64>,
        /// What becomes of a unit for which a group has fewer marks. Default: refused.
        pub missing_group: Option<MissingGroup>,
    }
}

words! {
    /// Whose criteria a survey has.
    pub enum CriteriaOf {
        /// Each unit is marked on its own tasks.
        Unit = "unit",
    }
}

words! {
    /// What becomes of a unit for which a group has too few marks.
    pub enum MissingGroup {
        /// Its score is missing.
        Refused = "refused",
        /// The groups that have enough count, with their weights renormalised.
        LeftOut = "left_out",
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
    /// 名额: how many units of a category must or may get an option. One of its three figures.
    #[derive(Debug, Eq, Default)]
    pub struct QuotaDocument {
        pub option: String as Id,
        /// So many, no more and no fewer.
        pub count: Option<u64>,
        /// So many or fewer.
        pub at_most: Option<u64>,
        /// So many per cent of the category's units or fewer, rounded down, at least one.
        pub at_most_share: Option<Figure>,
    }
    shape: one_limit;
}

impl QuotaDocument {
    /// Does it say how many units may have the option, not how many must?
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        self.at_most.is_some() || self.at_most_share.is_some()
    }
}

/// Exactly one figure; where there is none, the count is what is missing.
fn one_limit(value: &Tree<'_>) -> Shape {
    let there = |name: &&str| value.get(name).is_some_and(|value| !value.is_null());
    match ["count", "at_most", "at_most_share"].iter().filter(|name| there(name)).count() {
        0 => Shape { needed: &["count"], ..Shape::default() },
        1 => Shape::default(),
        _ => Shape { refused: true, ..Shape::default() },
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
        pub deduct: Map<Figure> as std::collections::BTreeMap<String, Figure>,
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
        /// Name of the office that records them.
        pub office: Option<String>,
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
        /// Name of the office that enters them.
        pub office: Option<String>,
        /// Top of the linked totals' scale.
        pub out_of: Figure,
    }
}

words! {
    /// How several linked totals make one.
    pub enum CombineLinks {
        Mean = "mean",
        Sum = "sum",
    }
}
