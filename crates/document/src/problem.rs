//! What can be wrong with a document: a closed list of codes, each with its place and its words.
//!
//! Owns [`Problem`] and [`ProblemCode`]; says nothing about how the documents are read or checked.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use text::Text;

/// One thing wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// RFC 6901 pointer into the document.
    pub path: String,
    /// What is wrong there.
    pub code: ProblemCode,
    /// Ids and figures that belong to it, in no language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Problem {
    /// A problem without figures.
    #[must_use]
    pub fn new(path: impl Into<String>, code: ProblemCode) -> Self {
        Problem { path: path.into(), code, detail: None }
    }

    /// A problem with the ids or figures that belong to it.
    #[must_use]
    pub fn with(path: impl Into<String>, code: ProblemCode, detail: impl fmt::Display) -> Self {
        Problem { path: path.into(), code, detail: Some(detail.to_string()) }
    }
}

impl fmt::Display for Problem {
    /// `/pointer code words (detail)`, on one line whatever the document holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.code.text();
        write!(f, "{} {} {} / {}", one_line(&self.path), self.code.as_str(), words.zh, words.en)?;
        match &self.detail {
            Some(detail) => write!(f, " ({})", one_line(detail)),
            None => Ok(()),
        }
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `base` with one more token, escaped as RFC 6901 asks.
#[must_use]
pub fn pointer(base: &str, token: impl fmt::Display) -> String {
    let token = token.to_string().replace('~', "~0").replace('/', "~1");
    format!("{base}/{token}")
}

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $code:ident $name:literal $zh:literal $en:literal;)*) => {
        /// What is wrong: a closed list. The names are part of every interface.
        #[allow(missing_docs, reason = "most codes' words say it")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemCode { $($(#[$doc])* $code,)* }

        impl ProblemCode {
            /// All of them.
            pub const ALL: &'static [ProblemCode] = &[$(ProblemCode::$code),*];

            /// The name that interfaces use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(ProblemCode::$code => $name,)* }
            }

            /// The words for people.
            #[must_use]
            pub const fn text(self) -> Text {
                match self { $(ProblemCode::$code => Text { zh: $zh, en: $en },)* }
            }
        }
    };
}

problem_codes! {
    /// A field the format does not have.
    UnknownField "unknown_field" "没有这个字段" "there is no such field";
    /// A required field is absent.
    MissingField "missing_field" "缺少必填字段" "a required field is missing";
    /// A value of another JSON type, or none of the words allowed there.
    WrongType "wrong_type" "类型或取值不对" "wrong type or not one of the allowed words";
    /// `format` is newer than this software.
    NewerFormat "newer_format" "文件格式版本较新，本软件不认识" "written in a newer format than this software knows";
    /// `format` is not 1.
    UnknownFormat "unknown_format" "文件格式版本应为 1" "format must be 1";
    /// Not an id: `[a-z0-9_]{1,32}`.
    BadId "bad_id" "编号只能用 1 到 32 个小写字母、数字或下划线" "an id is 1 to 32 of a-z, 0-9 and _";
    /// An id stands twice in its list.
    DuplicateId "duplicate_id" "编号重复" "the id is used twice";
    /// Not a decimal as the format writes them.
    BadDecimal "bad_decimal" "不是规定格式的小数" "not a decimal of up to 12 digits and 12 places";
    /// Below zero where it may not be.
    Negative "negative" "不能为负数" "must not be negative";
    /// More places than allowed.
    TooManyDecimals "too_many_decimals" "小数位数过多（最多 6 位）" "more than 6 decimal places";
    /// Outside the allowed range.
    OutOfRange "out_of_range" "超出允许范围" "outside the allowed range";
    /// Zero where something above zero is needed.
    NotPositive "not_positive" "必须大于 0" "must be above zero";
    /// Nothing of a name is seen.
    EmptyName "empty_name" "没有名称" "there is no name";
    /// More than 100 characters.
    NameTooLong "name_too_long" "名称超过 100 字" "a name has at most 100 characters";
    /// A control character, or one that XML cannot hold.
    ControlCharacter "control_character" "名称里有看不见的字符，请重新输入" "the name has characters that are not seen; type it again";
    /// A mark that changes the order in which the text around it is read.
    DirectionControl "direction_control" "名称里有改变文字方向的字符，请重新输入" "the name has marks that turn the text around them; type it again";
    /// A character of which nothing is seen.
    InvisibleCharacter "invisible_character" "名称里有看不见的字符，请重新输入" "the name has characters that are not seen; type it again";
    /// Another of its list has this name.
    SameName "same_name" "名称相同，分不清" "the same name twice";
    /// A list that needs at least one element is empty.
    EmptyList "empty_list" "至少要有一项" "at least one is needed";
    UnknownCategory "unknown_category" "方案中没有这个类别" "the plan has no such category";
    UnknownUnit "unknown_unit" "方案中没有这个单位" "the plan has no such unit";
    /// No such group, or the component does not use it.
    UnknownGroup "unknown_group" "没有这个评议人群，或该项目不用它" "no such group, or the component does not use it";
    UnknownScale "unknown_scale" "方案中没有这个选项表" "the plan has no such scale";
    /// No such option in the scale.
    UnknownOption "unknown_option" "选项表中没有这个选项" "the scale has no such option";
    /// No such criterion, or one is needed, or none is allowed.
    UnknownCriterion "unknown_criterion" "没有这个评议指标（或应写明指标）" "no such criterion, or one must be named";
    UnknownComponent "unknown_component" "方案中没有这个评议项目" "the plan has no such component";
    UnknownPeriod "unknown_period" "方案中没有这个周期" "the plan has no such period";
    UnknownRule "unknown_rule" "方案中没有这条加减分规则" "the plan has no such adjustment rule";
    UnknownLevel "unknown_level" "没有这个层级" "there is no such level";
    UnknownOutcome "unknown_outcome" "方案中没有这个结果运用" "the plan has no such outcome";
    UnknownGrade "unknown_grade" "方案中没有这个等次" "the plan has no such grade";
    /// A trait that no unit has.
    UnknownTrait "unknown_trait" "没有单位具有这个特征" "no unit has this trait";
    /// The component is of another kind than the record needs.
    WrongKind "wrong_kind" "该项目的计分方式不接受这类记录" "the component's method takes no such record";
    /// Set for a group that does not vote by a public link.
    NeedsOpenGroup "needs_open_group" "只有公开测评的人群可以设" "only an open group may have this";
    /// The component or outcome does not apply to the unit.
    NotApplicable "not_applicable" "该项目或结果运用不适用于这个单位" "the component or outcome does not apply to the unit";
    /// `only` and `except` on one node or outcome.
    OnlyAndExcept "only_and_except" "“仅适用于”和“不适用于”不能同时写" "“only for” and “not for” exclude each other";
    /// The points that apply to a unit do not add up to `total`.
    PointsTotal "points_total" "适用分值合计不等于总分" "the points that apply do not add up to the total";
    /// Weights that add up to zero.
    ZeroWeights "zero_weights" "权重合计不能为 0" "the weights add up to zero";
    /// A weight where `pooled` leaves none.
    WeightWithPooled "weight_with_pooled" "合并计票时不能写权重" "pooled groups have no weights";
    /// An option is worth more than `out_of`.
    OptionAboveOutOf "option_above_out_of" "选项分值高于原始分满分" "an option is worth more than the top of the raw scale";
    /// Quota counts that do not add up to the number of units.
    QuotaTotal "quota_total" "名额合计不等于该类别单位数" "the quota does not add up to the category's units";
    /// A quota that leaves out the own unit, over several categories: only one of them holds it.
    QuotaOverCategories "quota_over_categories" "不含本单位的名额只能用于一个类别" "a quota that leaves out the own unit has units of one category only";
    /// A quota that must be met exactly where only the shortlisted units are on the paper.
    QuotaInStage2 "quota_in_stage_2" "第二阶段的名额只能写上限" "a quota in stage 2 can only be a limit";
    /// More marks of an option than its quota allows on so many ballots.
    QuotaExceeded "quota_exceeded" "票数超过名额允许的总数" "more marks than the quota allows on so many ballots";
    /// A survey's own criteria where each unit is marked on its tasks.
    CriteriaAndTasks "criteria_and_tasks" "按各单位任务评议时不能再写指标" "where units are marked on their tasks, the survey has no criteria";
    /// A unit without tasks that is to be marked on them.
    NoTasks "no_tasks" "该单位按自己的任务受评，却没有任务" "the unit is marked on its tasks and has none";
    /// Not a moment of RFC 3339 with its offset.
    BadMoment "bad_moment" "时间格式应如 2026-06-01T08:30:00+08:00" "not a time such as 2026-06-01T08:30:00+08:00";
    /// A round that closes before it opens.
    ClosesBeforeOpens "closes_before_opens" "截止时间不晚于开始时间" "closes before it opens";
    /// A round of a period and stage that stands in the schedule already.
    DuplicateRound "duplicate_round" "这一轮已有时间安排" "the round is scheduled already";
    /// A round that begins before another has ended, which must be over by then.
    OverlappingRounds "overlapping_rounds" "与另一轮的时间重叠" "overlaps another round";
    /// Both or neither of `levels` and `range`.
    LevelsOrRange "levels_or_range" "层级和范围必须且只能写一个" "exactly one of levels and range is needed";
    /// `min` above `max`.
    RangeReversed "range_reversed" "下限高于上限" "the lower end is above the upper end";
    /// Grade shares that do not add up to 100.
    SharesTotal "shares_total" "等次比例合计不等于 100" "the shares do not add up to 100";
    /// An outcome that depends on itself.
    OutcomeCycle "outcome_cycle" "结果运用循环引用自身" "the outcome depends on itself";
    /// Stage 2 or a list without a shortlist.
    NoShortlist "no_shortlist" "没有设置入围名单" "the plan has no shortlist";
    /// A category too small for the shortlist.
    ShortlistTooLong "shortlist_too_long" "该类别单位数少于入围名单人数" "the category has fewer units than the shortlist takes";
    /// More places to count in than anybody has units, periods and components for.
    PlanTooLarge "plan_too_large" "方案过大：单位、周期、项目与其人群、指标、选项相乘过多" "too many units, periods and components, with their groups, criteria and options";
    /// A second record for the same place.
    DuplicateRecord "duplicate_record" "同一处已有记录" "there is a record for this place already";
    /// `level` or `points` does not fit the rule.
    LevelOrPoints "level_or_points" "按规则应写层级或分值之一" "the rule needs either a level or points";
    /// Data is missing in final mode.
    MissingData "missing_data" "缺少数据" "data is missing";
    /// A branch and something below it, or a part of an alternative, set in one scenario.
    SetTogether "set_together" "不能单独这样调整：上下级或同一特征的项目须一并处理" "cannot be set like this: a branch with its part, or part of an alternative";
    /// Nothing can be shared: no free sibling, none with points, or too little left.
    CannotRebalance "cannot_rebalance" "无法按比例补齐" "the rest cannot be shared out";
    /// Alternatives whose points differ.
    UnequalAlternatives "unequal_alternatives" "同一特征两组项目分值不等，无法分摊" "the two alternatives of a trait have unequal points";
    /// The plan that a scenario makes is not valid.
    ScenarioPlanInvalid "scenario_plan_invalid" "模拟后的方案不成立" "the scenario makes an invalid plan";
}

impl ProblemCode {
    /// Is the document's shape wrong, rather than what it says?
    #[must_use]
    pub const fn is_shape(self) -> bool {
        matches!(self, ProblemCode::UnknownField | ProblemCode::MissingField | ProblemCode::WrongType)
    }

    /// Does it stand by itself, whatever else of the document could not be read?
    pub const fn is_local(self) -> bool {
        matches!(
            self,
            ProblemCode::BadId
                | ProblemCode::BadDecimal
                | ProblemCode::Negative
                | ProblemCode::TooManyDecimals
                | ProblemCode::NewerFormat
                | ProblemCode::UnknownFormat
                | ProblemCode::DuplicateId
                | ProblemCode::OnlyAndExcept
        )
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The problems of reading, and of the others those that reading cannot have caused.
#[must_use]
pub fn merge(reading: Vec<Problem>, others: Vec<Problem>) -> Vec<Problem> {
    let nothing_lost = reading.iter().all(|p| matches!(p.code, ProblemCode::UnknownField | ProblemCode::OutOfRange));
    let moved = reading.iter().any(left_out);
    let kept = |p: &Problem| nothing_lost || (!moved && p.code.is_local() && !reading.iter().any(|r| r.path == p.path));
    let others: Vec<Problem> = others.into_iter().filter(kept).collect();
    reading.into_iter().chain(others).collect()
}

/// As [`merge`], for a document whose lists hold records that know nothing of each other: what is
/// wrong with one of them hides nothing of the others.
#[must_use]
pub fn merge_records(reading: Vec<Problem>, others: Vec<Problem>) -> Vec<Problem> {
    let depth =
        |path: &str, tokens: usize| -> String { path.split('/').take(tokens + 1).collect::<Vec<_>>().join("/") };
    // Sets, so that a long document full of faults costs no quadratic time.
    let harmless = |p: &&Problem| matches!(p.code, ProblemCode::UnknownField | ProblemCode::OutOfRange);
    let spoilt: BTreeSet<String> = reading.iter().filter(|p| !harmless(p)).map(|p| depth(&p.path, 2)).collect();
    let moved: BTreeSet<String> = reading.iter().filter(|p| left_out(p)).map(|p| depth(&p.path, 1)).collect();
    let kept = |p: &Problem| !spoilt.contains(&depth(&p.path, 2)) && !moved.contains(&depth(&p.path, 1));
    let others: Vec<Problem> = others.into_iter().filter(kept).collect();
    reading.into_iter().chain(others).collect()
}

/// An element that is no object at all was left out of its list: the places behind it moved.
fn left_out(problem: &Problem) -> bool {
    problem.code == ProblemCode::WrongType
        && problem.path.rsplit('/').next().is_some_and(|token| token.parse::<usize>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_cannot_be_read_hides_nothing_of_the_others() {
        let at = |path: &str, code| Problem::new(path, code);
        let reading = vec![at("/entries/0/unit", ProblemCode::MissingField)];
        let others = vec![
            at("/entries/0/component", ProblemCode::UnknownComponent),
            at("/entries/1/unit", ProblemCode::UnknownUnit),
            at("/tallies/0/group", ProblemCode::UnknownGroup),
        ];
        let merged = merge_records(reading.clone(), others.clone());
        assert_eq!(merged, [reading[0].clone(), others[1].clone(), others[2].clone()]);
    }

    #[test]
    fn an_element_left_out_silences_its_own_list_only() {
        let reading = vec![Problem::new("/entries/0", ProblemCode::WrongType)];
        let others = vec![
            Problem::new("/entries/0/unit", ProblemCode::UnknownUnit),
            Problem::new("/tallies/0/unit", ProblemCode::UnknownUnit),
        ];
        assert_eq!(merge_records(reading.clone(), others.clone()), [reading[0].clone(), others[1].clone()]);
    }
}
