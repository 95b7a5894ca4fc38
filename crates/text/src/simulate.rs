//! Words of the command `pingyi simulate`.

use crate::Text;

/// Title; {0} is the category's name.
pub const TITLE: Text = Text::new("类别「{0}」：什么会改变名次", "Category “{0}”: what would move the ranking");
/// Results are provisional.
pub const PROVISIONAL: Text =
    Text::new("注意：数据不全，按临时口径计算。", "Note: data is missing; scored provisionally.");
/// Heading of intervals.
pub const INTERVALS: Text = Text::new(
    "各项目分值可变动的范围（同级其他项目按比例分摊，名次不变）",
    "How far each component's points can move (its siblings sharing the rest) while the ranking stands",
);
/// {0} component, {1} points, {2} interval.
pub const INTERVAL: Text = Text::new("{0}：现为 {1} 分，范围 {2}", "{0}: {1} points now, range {2}");
/// Beyond the lower end; {0} {1} units, {2} to {5} their ranks today and then.
pub const BELOW: Text = Text::new(
    "再低：{0} 第{2}→第{4}名，{1} 第{3}→第{5}名",
    "below: {0} from rank {2} to {4}, {1} from rank {3} to {5}",
);
/// Beyond the upper end.
pub const ABOVE: Text = Text::new(
    "再高：{0} 第{2}→第{4}名，{1} 第{3}→第{5}名",
    "above: {0} from rank {2} to {4}, {1} from rank {3} to {5}",
);
/// Heading of least changes.
pub const OVERTAKING: Text = Text::new(
    "后一名超过前一名所需的最小分值调整",
    "The least change of points that lets each unit overtake its neighbour",
);
/// {0} behind, {1} ahead, {2} points moved, {3} plan.
pub const OVERTAKES: Text = Text::new(
    "{0} 超过 {1}：共变动 {2} 分；按 0.5 分取整并经计分核实：{3}",
    "{0} overtakes {1}: {2} points changed in all; by steps of 0.5, confirmed by scoring: {3}",
);
/// No plan on the grid was found.
pub const NO_GRID: Text = Text::new("未找到", "none found");
/// {0} behind, {1} ahead.
pub const NEVER: Text = Text::new("{0} 超过 {1}：仅调整分值不可能", "{0} overtakes {1}: not possible by weights alone");
/// Heading of rank chances; {0} samples, {1} seed, {2} standard error.
pub const CHANCES: Text = Text::new(
    "各分值组合同等可能时：期望名次（精确值）与各名次的可能性（抽样 {0} 次，种子 {1}，标准误不超过 {2}）",
    "If all weights are as likely: expected rank (exact) and how likely each rank is ({0} samples, seed {1}, standard error at most {2})",
);
/// {0} unit, {1} expected rank, {2} ranks.
pub const CHANCE: Text = Text::new("{0}：期望第 {1} 名；{2}", "{0}: rank {1} expected; {2}");
/// {0} rank, {1} share.
pub const RANK_SHARE: Text = Text::new("第{0}名 {1}", "rank {0}: {1}");
/// Heading of resampling; {0} resamples, {1} seed.
pub const RESAMPLING: Text = Text::new(
    "换一批投票人会怎样（重抽 {0} 次，种子 {1}；假定各投票人相互独立）",
    "What other voters might have given ({0} resamples, seed {1}; voters are taken as independent)",
);
/// {0} unit, {1} rank, {2} outcomes.
pub const KEEPS: Text = Text::new("{0}：保持名次 {1}，保持结果运用 {2}", "{0}: keeps its rank {1}, its outcomes {2}");
/// {0} unit, {1} rank, {2} grade, {3} outcomes.
pub const KEEPS_GRADE: Text = Text::new(
    "{0}：保持名次 {1}，保持等次 {2}，保持结果运用 {3}",
    "{0}: keeps its rank {1}, its grade {2}, its outcomes {3}",
);
/// {0} unit, {1} ballots, {2} groups, {3} rival.
pub const SAVED: Text = Text::new(
    "至少改动 {1} 张票（{2}），{0} 就不再是最后一名（由 {3} 垫底）",
    "At least {1} ballots ({2}) would have to change for {0} not to be last ({3} would be)",
);
/// No ballots save the last unit.
pub const NOT_SAVED: Text =
    Text::new("改动选票不能使最后一名脱离末位", "No change of ballots would save the last unit");
/// Heading of importance.
pub const IMPORTANCE: Text = Text::new(
    "实际起决定作用的项目（与总分相关系数的平方）",
    "Which component really decides (squared correlation with the totals)",
);
/// {0} component, {1} nominal, {2} effective.
pub const DECIDES: Text = Text::new("{0}：名义权重 {1}，实际 {2}", "{0}: nominal weight {1}, effective {2}");
