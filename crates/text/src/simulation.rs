//! Words of the simulation.

use crate::Text;

pub const TITLE: Text = Text::new("模拟", "Simulation");
pub const INTRO: Text = Text::new(
    "拖动分值，看名次怎样变化。只在本页计算，不改动方案和数据。",
    "Move the points and see the ranks shift. Computed on this page alone; plan and data stay as they are.",
);
pub const POINTS: Text = Text::new("各项分值", "Points");
pub const SUM: Text = Text::new("合计 {0}", "Sum {0}");
pub const SUM_SHORT: Text = Text::new("合计 {0}/{1}，差 {2}", "Sum {0} of {1}, {2} short");
pub const SUM_OVER: Text = Text::new("合计 {0}/{1}，多 {2}", "Sum {0} of {1}, {2} over");
pub const LOCK: Text = Text::new("锁定“{0}”", "Lock “{0}”");
pub const LOCK_SHORT: Text = Text::new("锁定", "Lock");
pub const SLIDER: Text = Text::new("“{0}”的分值", "Points of “{0}”");
pub const EXACT: Text = Text::new("“{0}”的分值，直接输入", "Points of “{0}”, typed");
pub const LESS: Text = Text::new("“{0}”减 1 分", "One point less for “{0}”");
pub const MORE: Text = Text::new("“{0}”加 1 分", "One point more for “{0}”");
pub const WEIGHTS: Text = Text::new("人群权重", "Weights of groups");
pub const WEIGHT: Text = Text::new("“{0}”中“{1}”的权重", "Weight of “{1}” in “{0}”");
pub const VALUES: Text = Text::new("选项分值", "Values of options");
pub const OPTION_VALUE: Text = Text::new("选项“{0}”的分值", "Value of option “{0}”");
pub const ADJUSTMENTS: Text = Text::new("计入加减分", "Count adjustments");
pub const NO_ADJUSTMENTS: Text = Text::new("不计加减分", "Adjustments not counted");
pub const RESET: Text = Text::new("恢复原方案", "Back to the plan");
pub const OLD_RANK: Text = Text::new("原名次", "Old rank");
pub const NEW_RANK: Text = Text::new("新名次", "New rank");
pub const CHANGE: Text = Text::new("变化", "Change");
pub const MOVED: Text = Text::new("{0} 个单位名次变化", "{0} units change rank");
pub const UNMOVED: Text = Text::new("名次不变", "No rank changes");
pub const CANNOT: Text = Text::new("不能这样调整：{0}", "Not possible: {0}");
pub const SCENARIOS: Text = Text::new("保存的模拟", "Saved scenarios");
pub const NAME: Text = Text::new("模拟名称", "Name of this scenario");
pub const SAVE: Text = Text::new("保存模拟", "Save scenario");
pub const SAVED: Text = Text::new("已保存“{0}”", "Saved “{0}”");
pub const NAME_NEEDED: Text = Text::new("请先写一个名称", "Give it a name first");
pub const NAME_TAKEN: Text = Text::new(
    "“{0}”已被别人改过；请换一个名称，或重新载入后再改",
    "“{0}” was changed elsewhere; choose another name, or load it again first",
);
pub const LOAD: Text = Text::new("载入", "Load");
pub const DELETE: Text = Text::new("删除", "Delete");
pub const NONE_SAVED: Text = Text::new("还没有保存的模拟。", "Nothing saved yet.");
pub const EXPORT_CSV: Text = Text::new("导出 CSV", "Export CSV");
pub const EXPORT_JSON: Text = Text::new("导出模拟 JSON", "Export scenario JSON");
pub const BAR: Text = Text::new("各项得分条", "Bar of scores");
pub const LEGEND: Text = Text::new("颜色对应", "Colours");
pub const CATEGORY: Text = Text::new("类别", "Category");
pub const FIXED: Text = Text::new("随同特征的其他项目一起变", "Moves with the others of its trait");
pub const NAME_HINT: Text = Text::new("最多 60 个字", "At most 60 characters");
pub const RESULT: Text = Text::new("模拟后的名次", "Ranks under the scenario");
pub const NOT_SAME: Text =
    Text::new("这样的分值组合不能保存为一个模拟", "These points cannot be written as one scenario");

// At a slider.
pub const STILL: Text = Text::new("{0} – {1} 分之间名次不变。", "No rank changes between {0} and {1}.");
pub const BELOW_IT: Text = Text::new(
    "低于 {0}：“{1}”（变第 {3}）与“{2}”（变第 {4}）互换。",
    "Below {0}, “{1}” (then rank {3}) and “{2}” (then {4}) change places.",
);
pub const ABOVE_IT: Text = Text::new(
    "高于 {0}：“{1}”（变第 {3}）与“{2}”（变第 {4}）互换。",
    "Above {0}, “{1}” (then rank {3}) and “{2}” (then {4}) change places.",
);
pub const CANNOT_MOVE: Text =
    Text::new("没有别的项目可以分摊，不能移动。", "Nothing else can give way: it cannot move.");
pub const TURN: Text = Text::new("{0} 分处：“{1}”与“{2}”互换", "At {0}: “{1}” and “{2}” change places");
pub const SWAPS: Text = Text::new("沿途共 {0} 处互换", "{0} swaps on the way");
pub const STRIP: Text = Text::new("“{0}”沿途的互换", "Swaps on the way of “{0}”");
pub const AT_POINTS: Text = Text::new("分值", "Points");
pub const AHEAD_NOW: Text = Text::new("现在在前", "Ahead now");
pub const BEHIND_NOW: Text = Text::new("现在在后", "Behind now");

// What it takes to pass.
pub const PASS_TITLE: Text = Text::new("怎样才能超过？", "What would it take to pass?");
pub const PASS_BEHIND: Text = Text::new("要超过别人的单位", "The unit that is to pass");
pub const PASS_AHEAD: Text = Text::new("要被超过的单位", "The unit to be passed");
pub const PASS_ALREADY: Text = Text::new("“{0}”已经在“{1}”前面。", "“{0}” is ahead of “{1}” already.");
pub const PASS_EQUAL: Text = Text::new(
    "“{0}”与“{1}”同分，没有规则分出先后，须抽签决定。",
    "“{0}” and “{1}” have equal totals and no rule decides between them: a lot has to be drawn.",
);
pub const EQUALS: Text = Text::new(
    "{0} 同分，没有规则分出先后，须抽签决定；名次按方案中的顺序列出，不表示谁在前。",
    "{0} have equal totals and no rule decides between them: a lot has to be drawn. Their ranks follow the order of the plan and put none ahead.",
);
pub const PASS_APART: Text =
    Text::new("“{0}”与“{1}”不在一起排名。", "“{0}” and “{1}” are not ranked against each other.");
pub const PASS_NEVER: Text =
    Text::new("只调整分值，“{0}”不可能超过“{1}”。", "By weights alone “{0}” cannot pass “{1}”.");
pub const PASS_BY: Text = Text::new(
    "要让“{0}”赶上“{1}”，至少共变动 {2} 分：{3}。",
    "For “{0}” to draw level with “{1}”, at least {2} points have to be changed in all: {3}.",
);
pub const PASS_GRID: Text = Text::new("按 0.5 分取整并经计分核实：{0}", "By steps of 0.5, confirmed by scoring: {0}");
pub const PASS_NO_GRID: Text =
    Text::new("按 0.5 分取整没有找到合适的分值。", "No points by steps of 0.5 were found that do it.");
pub const PASS_APPLY: Text = Text::new("按此模拟", "Simulate this");
pub const CHANGE_OF: Text = Text::new("“{0}”{1} → {2}（{3}）", "“{0}” {1} → {2} ({3})");
pub const JOIN: Text = Text::new("、", ", ");

// What decided an order.
pub const DECIDED_BY: Text = Text::new("与上一名的先后", "Decided against the one above by");
pub const BY_GAP: Text = Text::new("总分差 {0}", "totals, {0} apart");
pub const BY_LIST: Text = Text::new("入围名单", "the shortlist");

// Charts.
pub const SLOPE_TITLE: Text = Text::new("原名次 → 新名次", "Old rank → new rank");
pub const SLOPE_HINT: Text = Text::new(
    "变动最大的和关注的单位写出名称，其余为灰线。上升实线，下降虚线。",
    "The units that move most and the one you follow are named, all others grey. Rising lines are solid, falling ones dashed.",
);
pub const CHOSEN: Text = Text::new("关注的单位", "The unit you follow");
pub const AS_TABLE: Text = Text::new("用表格看", "As a table");
pub const EXPORT_SVG: Text = Text::new("导出 SVG", "Export SVG");

// What really decides.
pub const WEIGHING: Text = Text::new("哪一项真正起作用", "Which component really decides");
pub const WEIGHING_HINT: Text = Text::new(
    "实际作用：该项得分与总分在本类别内相关系数的平方。大家得分相近的项目，分值再高也分不出名次。",
    "Effective: squared correlation of its scores with the totals inside the category. Where all score alike, even many points decide little.",
);
pub const COMPONENT: Text = Text::new("项目", "Component");
pub const NOMINAL: Text = Text::new("名义权重", "Nominal");
pub const EFFECTIVE: Text = Text::new("实际作用", "Effective");

// Long work.
pub const JOB_FAILED: Text = Text::new(
    "没有算成。请换用较新的浏览器，或少抽几次再试。",
    "It broke off. Please use a newer browser, or try again with fewer draws.",
);
pub const JOB_CANCELLED: Text = Text::new("已取消", "Cancelled");
pub const JOB_DONE: Text = Text::new("已抽 {0}/{1}", "{0} of {1} drawn");
pub const JOB_CANCEL: Text = Text::new("取消", "Cancel");
pub const SEED: Text = Text::new("随机种子（种子相同，结果相同）", "Seed (the same seed, the same result)");
pub const STALE: Text = Text::new(
    "分值已经变动，以下是变动前的结果；请重新计算。",
    "The points were moved since; this is the result from before. Please compute it again.",
);

// Chances of ranks.
pub const CHANCES: Text =
    Text::new("分值不确定时，各名次的可能性", "How likely each rank is when the weights are not certain");
pub const CHANCES_HINT: Text = Text::new(
    "随机抽取许多组分值，各算一次排名，数一数每个单位得到每个名次的次数。红框是现在的名次。",
    "Many sets of points are drawn, each ranks all units, and the ranks of each unit are counted. Red frames are today's ranks.",
);
pub const PRIOR: Text = Text::new("抽取哪些分值", "Which weights are drawn");
pub const PRIOR_ALL: Text = Text::new("一切组合同等可能", "All weights as likely");
pub const PRIOR_NEAR: Text = Text::new("现有分值附近", "Weights near today's");
pub const SAMPLES: Text = Text::new("抽取次数", "Draws");
pub const CHANCES_START: Text = Text::new("计算名次可能性", "Compute chances");
pub const SAMPLED: Text =
    Text::new("抽取 {0} 次，种子 {1}，标准误不超过 {2}。", "{0} draws, seed {1}, standard error at most {2}.");
pub const EXPECTED_EXACT: Text = Text::new("期望名次是精确值，不靠抽样。", "Expected ranks are exact, not sampled.");
pub const EXPECTED_MEAN: Text = Text::new("期望名次是抽样平均。", "Expected ranks are means of the draws.");
pub const RANK_NOW: Text = Text::new("现名次", "Rank now");
pub const EXPECTED: Text = Text::new("期望名次", "Expected rank");
pub const LIKELIEST: Text = Text::new("最可能的名次", "Likeliest rank");
pub const NINETY: Text = Text::new("九成在", "Nine of ten in");
pub const FIRST_SHARE: Text = Text::new("最前", "Top place");
pub const LAST_SHARE: Text = Text::new("最后", "Last place");
pub const EXPORT_ALL: Text = Text::new("导出全部分析 JSON", "Export the whole analysis as JSON");

// Other voters.
pub const VOTERS: Text = Text::new("换一批投票人，结果还一样吗？", "Would other voters have given the same?");
pub const VOTERS_HINT: Text = Text::new(
    "按现有票数随机重抽各项计票，重新计分，看末位和等次界线是否站得住。",
    "Every tally is drawn anew around its counts and all is scored again: do the last place and the grade limits hold?",
);
pub const INDEPENDENT: Text = Text::new(
    "这里假定各投票人相互独立；实际中常有互相影响，波动会更大。",
    "Voters are taken as independent of each other. In truth they often are not, and more varies than is shown.",
);
pub const RESAMPLES: Text = Text::new("重抽次数", "Resamples");
pub const VOTERS_START: Text = Text::new("重抽投票人", "Draw other voters");
pub const RESAMPLED: Text = Text::new("重抽 {0} 次，种子 {1}。", "{0} resamples, seed {1}.");
pub const KEEPS_RANK: Text = Text::new("名次不变", "Keeps its rank");
pub const KEEPS_GRADE: Text = Text::new("等次不变", "Keeps its grade");
pub const KEEPS_OUTCOMES: Text = Text::new("结果运用不变", "Keeps its outcomes");
pub const IS_LAST: Text = Text::new("落到末位", "Comes last");
pub const BALLOTS_OF: Text = Text::new("{0} {1} 张", "{1} of {0}");
pub const LAST_SAVED: Text = Text::new(
    "至少改动 {1} 张票（{2}），“{0}”就不再是最后一名，而由“{3}”垫底（不计名额限制）。",
    "At least {1} ballots ({2}) would have to change for “{0}” not to be last; “{3}” would be. Quotas are not looked at.",
);

// Where a unit can come.
pub const REACH: Text = Text::new("一个单位能到第几名？", "Which ranks can a unit reach?");
pub const RADIUS: Text = Text::new("各项分值可变动 ± 多少分", "Each weight may vary by ± points");
pub const REACH_START: Text = Text::new("计算能到的名次", "Compute reachable ranks");
pub const TO_FIRST: Text =
    Text::new("“{0}”要到最前，至少共变动 {1} 分。", "To come first, “{0}” needs at least {1} points changed in all.");
pub const NEVER_FIRST: Text = Text::new("任何分值都不能使“{0}”到最前。", "No weights make “{0}” first.");
pub const TO_LAST: Text =
    Text::new("“{0}”要到最后，至少共变动 {1} 分。", "To come last, “{0}” needs at least {1} points changed in all.");
pub const NEVER_LAST: Text = Text::new("任何分值都不能使“{0}”到最后。", "No weights make “{0}” last.");
pub const RANGE: Text = Text::new(
    "各项分值在 ±{1} 分内变动时，“{0}”可在第 {2} 到第 {3} 名。",
    "If each weight varies by up to ±{1}, “{0}” can have ranks {2} to {3}.",
);
pub const RANGE_BOUNDS: Text = Text::new(
    "（这是找到的；不会好于第 {0}，不会差于第 {1}。）",
    "(Those were found; none better than {0} and none worse than {1} is possible.)",
);

// Scenarios side by side.
pub const COMPARE: Text = Text::new("并排比较", "Compare side by side");
pub const COMPARED: Text = Text::new("各模拟下的名次", "Ranks under each scenario");
pub const THE_PLAN: Text = Text::new("原方案", "The plan");
pub const THE_PAGE: Text = Text::new("当前模拟", "This page");
pub const NOT_APPLICABLE: Text = Text::new("不能用于本方案", "Does not fit this plan");
