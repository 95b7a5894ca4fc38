//! The calendar of a plan, and what is due of all plans in the days that come.

use crate::Text;

pub const TITLE: Text = Text::new("时间安排", "Calendar");
pub const NONE: Text = Text::new(
    "方案没有写起止时间和录入截止时间。",
    "The plan gives no times for its rounds and no last days for entries.",
);
pub const WRITE: Text = Text::new("在“基本信息”里写时间", "Write times in the basic facts");
pub const BY_CLOCK: Text = Text::new(
    "时间按方案所写的时区；到没到，以服务器的时钟为准。",
    "Times are in the zone that the plan names. Whether they have come, the server's clock says.",
);
pub const WHEN: Text = Text::new("时间", "When");
pub const WHAT: Text = Text::new("事项", "What");
pub const STANDS: Text = Text::new("情况", "How it stands");
pub const LATE: Text = Text::new("已过期 {0} 项", "Late: {0}");
pub const WEEK: Text = Text::new("{0} 至 {1}", "{0} to {1}");
pub const THIS_WEEK: Text = Text::new("本周", "this week");
pub const TODAY: Text = Text::new("今天", "today");
pub const NOW: Text = Text::new("今天 {0}", "Today, {0}");

/// Monday to Sunday.
pub const DAYS: [Text; 7] = [
    Text::new("周一", "Mon"),
    Text::new("周二", "Tue"),
    Text::new("周三", "Wed"),
    Text::new("周四", "Thu"),
    Text::new("周五", "Fri"),
    Text::new("周六", "Sat"),
    Text::new("周日", "Sun"),
];

// What falls due: of a round, of an office.
pub const STAGE_2: Text = Text::new("{0} · 第二阶段", "{0}, stage 2");
pub const OPENS: Text = Text::new("{0}：投票开始", "{0}: voting opens");
pub const CLOSES: Text = Text::new("{0}：投票截止", "{0}: voting closes");
pub const ENTRIES: Text = Text::new("{0}：{1}录入截止", "{0}: entries of {1} are due");
pub const ENTRIES_OF_NONE: Text = Text::new("{0}：录入截止", "{0}: entries are due");
pub const RECTIFICATION: Text = Text::new("整改事项到期", "Items of rectification are due");
pub const CASES: Text = Text::new("处置到期", "Cases are due");

// How it stands.
pub const OPENS_LATE: Text = Text::new("到时未开始", "not open yet");
pub const OPENED: Text = Text::new("已开始", "has begun");
pub const CLOSES_LATE: Text = Text::new("到时未清点", "not counted yet");
pub const CLOSED: Text = Text::new("已截止", "is over");
pub const IN_DAYS: Text = Text::new("还有 {0} 天", "days left: {0}");
pub const GIVEN: Text = Text::new("已录 {0}/{1}", "given: {0} of {1}");
pub const ITEMS: Text = Text::new("{0} 项", "{0}");
pub const GIVEN_LATE: Text = Text::new("其中迟录 {0}", "late ones: {0}");

// On the desk, across plans.
pub const DUE_TITLE: Text = Text::new("本周到期", "Due this week");
pub const DUE_MINE: Text = Text::new("我的录入：本周到期", "My entries due this week");
pub const DUE_ALL: Text = Text::new("全部 {0} 项", "All {0}");
pub const PLAN: Text = Text::new("方案", "Plan");
pub const DUE_LATE: Text = Text::new("已过期", "late");
pub const DUE_OPENS: Text = Text::new("投票开始", "voting opens");
pub const DUE_CLOSES: Text = Text::new("投票截止", "voting closes");
pub const DUE_ENTRIES: Text = Text::new("{0}还有 {1} 项没有录入", "entries of {0} still to give: {1}");
pub const DUE_ENTRIES_OF_NONE: Text = Text::new("还有 {0} 项没有录入", "entries still to give: {0}");
pub const DUE_RECTIFICATION: Text = Text::new("{0} 项整改到期", "items of rectification: {0}");
pub const DUE_CASES: Text = Text::new("{0} 件处置到期", "cases: {0}");
pub const DUE_DISPLAY: Text = Text::new("公示结束", "the public display ends");
pub const DUE_OBJECTIONS: Text =
    Text::new("公示结束，{0} 条异议待答复", "the public display ends; objections to answer: {0}");
