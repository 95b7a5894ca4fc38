//! Plans of a series: totals taken from published plans, the next year, last year's ranks.

use crate::Text;

pub const COPY: Text = Text::new("复制为下一年", "Copy as next year");
pub const COPY_OF: Text = Text::new("复制“{0}”为下一年的草稿", "Copy “{0}” as a draft of the next year");

// Totals of published plans.
pub const TAKE_TITLE: Text = Text::new("取用已公布方案的总分", "Take totals of published plans");
pub const TAKE_WHAT: Text = Text::new(
    "把下级或月度、季度方案公布的总分取用到“关联得分”项目，每个单位一次取齐。单位按编号对应，其次按同名，再按下面写明的对应。",
    "Totals that other plans published (of departments, of months) go into a linked component, for all units at once. Units are found by id, else by name, else as said below.",
);
pub const COMPONENT: Text = Text::new("关联得分项目", "Linked component");
pub const PERIOD: Text = Text::new("周期", "Period");
pub const CHOOSE: Text = Text::new("请选择", "Choose");
pub const PLANS: Text = Text::new("已公布的方案", "Published plans");
pub const PLANS_NONE: Text = Text::new("还没有别的方案公布。", "No other plan is published yet.");
pub const ONE_PERIOD: Text = Text::new(
    "只取其中一个周期的，写“方案编号#周期编号”，每行一个",
    "For one period alone write “plan id#period id”, one a line",
);
pub const UNITS: Text = Text::new(
    "编号和名称都不同的单位，每行写“本方案编号=来源方案编号”",
    "Units that share neither id nor name: “id here=id there”, one a line",
);
pub const TAKE_BUTTON: Text = Text::new("取用", "Take them");
pub const TAKEN: Text = Text::new("已取用 {0} 个单位的总分。", "Totals of {0} units were taken.");
pub const WITHOUT: Text = Text::new("还缺：{0}", "Still without: {0}");
pub const NAME_PLANS: Text = Text::new("请选择至少一个方案", "Choose a plan at least");
pub const FILL: Text = Text::new("请选择", "Choose one");
pub const UNIT_LINE: Text = Text::new("“{0}”不是“编号=编号”", "“{0}” is not “id=id”");
pub const AT_PLAN: Text = Text::new("第 {0} 个方案：{1}", "Plan {0}: {1}");
pub const AT_UNIT: Text = Text::new("{0}：{1}", "{0}: {1}");
pub const NOT_PUBLISHED: Text = Text::new("还没有公布", "it is not published");
pub const UNKNOWN_PLAN: Text = Text::new("没有这个方案", "there is no such plan");
pub const UNKNOWN_PERIOD: Text = Text::new("没有这个周期", "it has no such period");
pub const SAME_PLAN: Text = Text::new("就是本方案", "it is this plan itself");
pub const TWICE_NAMED: Text = Text::new("写了两次", "it is named twice");
pub const MAPS_TWICE: Text =
    Text::new("单位对应不唯一（{0}），请在下面写明", "units do not map one to one ({0}); say below which is meant");
pub const UNKNOWN_UNIT: Text = Text::new("没有这个单位", "there is no such unit");
pub const NOT_APPLICABLE: Text = Text::new("这个项目不评该单位", "the component is not for this unit");
pub const SOURCES: Text = Text::new("已取用的来源", "Where totals came from");
pub const SOURCE: Text = Text::new("{0}，{1}：《{2}》第 {3} 版，{4} 个单位", "{0}, {1}: {2}, edition {3}, {4} units");
pub const SOURCE_CHANGED: Text = Text::new(
    "已有第 {0} 版，{1} 个单位的总分变了；要用新的，请再取用一次",
    "Edition {0} is out, and {1} units have other totals; take them again to use it",
);

// Beside last year.
pub const BESIDE_TITLE: Text = Text::new("与上一年对照", "Beside last year");
pub const BESIDE_PLAN: Text = Text::new("对照的方案", "The other plan");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const RANK: Text = Text::new("名次", "Rank");
pub const TOTAL: Text = Text::new("总分", "Total");
pub const WAS_RANK: Text = Text::new("上年名次", "Rank then");
pub const WAS_TOTAL: Text = Text::new("上年总分", "Total then");
pub const UP: Text = Text::new("升降", "Up or down");
pub const UP_BY: Text = Text::new("升 {0}", "up {0}");
pub const DOWN_BY: Text = Text::new("降 {0}", "down {0}");
pub const SAME: Text = Text::new("不变", "same");
pub const GONE: Text = Text::new("本年没有的单位：{0}", "Units of then that are not here: {0}");
pub const LAST_YEAR: Text = Text::new("去年", "Last year");
pub const LAST_YEAR_PLAN: Text = Text::new("去年的方案", "Last year's plan");
pub const NOT_BESIDE: Text = Text::new("不对照", "None");
pub const WAS: Text = Text::new("去年（{0}）：第 {1} 名，{2} 分", "Last year ({0}): rank {1}, {2} points");
pub const NOT_THERE: Text =
    Text::new("去年的方案（{0}）里没有这个单位。", "Last year's plan ({0}) does not have this unit.");
pub const RUNNING_TAG: Text = Text::new("处置未结", "sanction running");
pub const RUNNING: Text = Text::new("仍在期内的处置：{0}", "Sanctions still running: {0}");
