//! Words of the simulation.

#![expect(missing_docs, reason = "the words are their own documentation")]

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
