//! Words of the ranking, of "why this score" and of what both say about data.

use crate::Text;

pub const TITLE: Text = Text::new("排名", "Ranking");
pub const PROVISIONAL: Text = Text::new("实时排名（未定稿）", "Live ranking (provisional)");
pub const FINAL: Text = Text::new("最终结果", "Final result");
pub const AS_OF: Text = Text::new("数据时间 {0}", "Data as of {0}");
pub const AS_OF_SHORT: Text = Text::new("数据 {0}", "Data {0}");
pub const VERSION: Text = Text::new("方案指纹 {0}", "Plan fingerprint {0}");
pub const METHOD: Text = Text::new(
    "计分在本页按方案逐项精确计算，每项四舍五入到小数点后 6 位；缺少的数据单列在下。",
    "Scored on this page, exactly and leaf by leaf, each rounded once to 6 decimals; missing data is listed below.",
);
pub const REFRESH: Text = Text::new("立即刷新", "Refresh now");
pub const REFRESHING: Text = Text::new("正在刷新…", "Refreshing…");
pub const STALE: Text = Text::new(
    "刷新失败：{0}。显示的是上一次的数据，稍后会自动重试。",
    "Could not refresh: {0}. Showing the last data; trying again shortly.",
);
pub const LOADING: Text = Text::new("正在读取方案和计票…", "Loading the plan and its tallies…");
pub const STILL_DRAFT: Text = Text::new(
    "方案还在拟定，开始评议后才有排名和模拟。先到“进程”开始评议。",
    "The plan is still a draft: there is a ranking, and simulation, once the vote is open. Open it under “Progress”.",
);
pub const GO_PROGRESS: Text = Text::new("去“进程”", "Go to “Progress”");
pub const DRAFT_INVALID: Text =
    Text::new("方案还不完整，改好后才能计分。", "The plan is not complete yet; it can be scored once it is.");
pub const TURNOUT_ONLY: Text = Text::new(
    "投票期间，不记名人群的计票不公开（方案设置为只看投票进度），以下名次不含这些票。",
    "While voting is open, tallies of secret groups stay closed (this plan shows turnout only); the ranks below leave them out.",
);
pub const TURNOUT: Text = Text::new("投票进度", "Turnout");
pub const GROUP: Text = Text::new("评议人群", "Group");
pub const PERIOD: Text = Text::new("周期", "Period");
pub const CAST: Text = Text::new("已投/已发", "Cast / issued");
pub const VOTES: Text = Text::new("票 {0}/{1}", "Ballots {0}/{1}");
pub const LACKING: Text = Text::new("缺 {0}", "Missing {0}");
pub const TIES: Text = Text::new("并列 {0}", "Ties {0}");
pub const LACKS: Text = Text::new("缺", "missing");
pub const ONLY_LACKING: Text = Text::new("只看有缺", "Missing only");
pub const FIND: Text = Text::new("查找单位", "Find a unit");
pub const EXPORT: Text = Text::new("导出表格", "Export");
pub const PRINT: Text = Text::new("打印", "Print");
pub const CATEGORIES: Text = Text::new("类别", "Categories");
pub const NONE_SHOWN: Text = Text::new("没有这样的单位", "No such unit");
pub const PLUS_MINUS: Text = Text::new("±", "±");
pub const NO_OUTCOME_YET: Text = Text::new("数据齐全后才有结果", "Nothing follows before its figures are complete");
pub const RANK: Text = Text::new("名次", "Rank");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const SCORES: Text = Text::new("各项得分", "Scores");
pub const TOTAL: Text = Text::new("总分", "Total");
pub const GRADE: Text = Text::new("等次", "Grade");
pub const OUTCOMES: Text = Text::new("结果运用", "Outcomes");
pub const WHY: Text = Text::new("为什么是这个分", "Why this score");
pub const ADJUSTMENT: Text = Text::new("加减分", "Adjustments");
pub const TIE_BY: Text = Text::new("与上一名同分，由“{0}”决定先后", "Tied with the one above; “{0}” decides");
pub const TIE_BY_SHARE: Text = Text::new(
    "与上一名同分，由“{0}”中“{1}”的比例决定先后",
    "Tied with the one above; the share of “{1}” in “{0}” decides",
);
pub const TIE_BY_LOT: Text = Text::new("与上一名同分，抽签决定先后", "Tied with the one above; the draw decides");
pub const TIE_OPEN: Text = Text::new("并列，须抽签", "Tied: a draw is needed");
pub const OPEN_TIES: Text = Text::new(
    "有 {0} 处并列没有规则能分出先后，公布前须录入抽签结果。",
    "{0} ties that no rule decides: record a draw before publishing.",
);
pub const MISSING_TITLE: Text = Text::new("缺少的数据（{0} 处）", "Missing data ({0})");
pub const MISSING_NOTE: Text = Text::new(
    "缺少的项目暂按 0 分或按已有人群折算；补齐后才能定稿。",
    "What is missing counts 0, or the other groups stand in for it; complete it before the final result.",
);
pub const MISSING_LINE: Text = Text::new("{0}：{1}（{2} 个单位）", "{0}: {1} ({2} units)");
pub const MISSING_MORE: Text = Text::new("另有 {0} 处", "and {0} more");
pub const NO_UNITS: Text = Text::new("方案中还没有被评单位。", "The plan has no units yet.");
pub const LIST_TOP: Text = Text::new("入围（前列）", "Shortlist: top");
pub const LIST_BOTTOM: Text = Text::new("入围（后列）", "Shortlist: bottom");

pub const BACK: Text = Text::new("返回排名", "Back to the ranking");
pub const UNKNOWN_UNIT: Text = Text::new("方案中没有这个单位。", "The plan has no such unit.");
pub const UNIT_HEADING: Text = Text::new("{0}：第 {1} 名，{2} 分", "{0}: rank {1}, {2} points");
pub const ABOVE: Text = Text::new("前一名：{0}（{1} 分）", "Next above: {0} ({1})");
pub const BELOW: Text = Text::new("后一名：{0}（{1} 分）", "Next below: {0} ({1})");
pub const FIRST: Text = Text::new("没有更前的单位", "Nobody is above");
pub const LAST: Text = Text::new("没有更后的单位", "Nobody is below");
pub const BY_LIST: Text = Text::new("由入围名单决定", "decided by the lists of the shortlist");
pub const BY_TOTAL: Text = Text::new("由总分决定", "decided by the totals");
pub const BY_ELEMENT: Text = Text::new("同分，由“{0}”决定", "equal totals, decided by “{0}”");
pub const BY_SHARE: Text =
    Text::new("同分，由“{0}”中“{1}”的比例决定", "equal totals, decided by the share of “{1}” in “{0}”");
pub const BY_LOT: Text = Text::new("同分，由抽签决定", "equal totals, decided by the draw");
pub const UNDECIDED: Text = Text::new("同分，尚未分出先后", "equal totals, not decided yet");
pub const OPTION: Text = Text::new("选项", "Option");
pub const VALUE: Text = Text::new("分值", "Value");
pub const COUNT: Text = Text::new("票数", "Marks");
pub const PRODUCT: Text = Text::new("票数 × 分值", "Marks × value");
pub const WEIGHT_OF: Text = Text::new("{0}（权重 {1}）", "{0} (weight {1})");
pub const POOLED: Text = Text::new("合并计票：{0}", "Pooled: {0}");
pub const MEAN_STEP: Text = Text::new("平均：{0} ÷ {1} = {2}", "Mean: {0} ÷ {1} = {2}");
pub const NO_MARKS: Text = Text::new("还没有票", "No marks yet");
/// {0} the least number of marks.
pub const TOO_FEW: Text = Text::new("每项至少要 {0} 票，票数不足", "Fewer than the {0} marks that it takes to count");
pub const ALL_PERIODS: Text = Text::new("全部周期", "All periods");
pub const LEFT_OUT: Text = Text::new(
    "每项至少要 {0} 票，票数不足，不计入；由其余人群折算",
    "Fewer than {0} marks: left out, the other groups stand in",
);
pub const WEIGHTED_STEP: Text = Text::new("按权重合计：({0}) ÷ {1} = {2}", "By weight: ({0}) ÷ {1} = {2}");
pub const RAW_STEP: Text = Text::new("本项原始分 {0}（满分 {1}）", "Raw {0} of {1}");
pub const SCORE_STEP: Text = Text::new("得分：{0} × {1} ÷ {2} = {3}", "Score: {0} × {1} ÷ {2} = {3}");
pub const MISSING_STEP: Text = Text::new("缺少数据，暂计 0 分", "No data; counts 0 for now");
pub const PARTLY: Text = Text::new("部分人群缺票，按已有人群折算", "Some groups have no marks; the others stand in");
pub const DECIDED: Text = Text::new("以集体决定的 {0} 代替原始分", "A joint decision of {0} takes the place of raw");
pub const TAKEN_STEP: Text = Text::new("共扣 {0}：{1} − {0}，最低 0", "{0} off: {1} − {0}, not below 0");
pub const FACT: Text = Text::new("事项", "Fact");
pub const TIMES: Text = Text::new("次数", "Times");
pub const EACH: Text = Text::new("每次扣", "Off each");
pub const SERIOUS: Text = Text::new("{0}（情节严重，× {1}）", "{0} (serious, × {1})");
pub const ENTERED_BY: Text = Text::new("由{0}录入：{1}", "Entered by {0}: {1}");
pub const LINKED_MEAN: Text = Text::new("其他方案总分的平均：{0}", "Mean of linked totals: {0}");
pub const LINKED_SUM: Text = Text::new("其他方案总分之和：{0}", "Sum of linked totals: {0}");
pub const BONUS: Text = Text::new("加分", "Bonus");
pub const DEDUCTION: Text = Text::new("扣分", "Deduction");
pub const CAPPED: Text = Text::new("{0}，封顶计 {1}", "{0}, capped at {1}");
pub const PERIOD_TOTAL: Text = Text::new("{0} 合计 {1}", "{0}: {1} in all");
pub const NOT_COUNTED: Text = Text::new("（还没有数据，暂不计入）", "(no data yet, left out)");
pub const COMBINED_MEAN: Text = Text::new("总分是各周期的平均", "The total is the mean of the periods");
pub const COMBINED_SUM: Text = Text::new("总分是各周期之和", "The total is the sum of the periods");
pub const COMBINED_LAST: Text = Text::new("总分取最后一个周期", "The total is the last period's");
