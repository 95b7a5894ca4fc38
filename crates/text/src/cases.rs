//! The office's page of cases: outcomes that ask for something, until it is done.

use crate::Text;

pub const TITLE: Text = Text::new("处置", "Cases");
pub const WHAT: Text = Text::new(
    "约谈、诫勉谈话、书面检查、黄牌警告：结果要求做的事，一件一件记到办结。",
    "Talks, written examinations, yellow cards: what an outcome asks for, kept one by one until it is done.",
);

// What is near.
pub const NEAR: Text = Text::new("三十天内到期和已逾期", "Overdue, or due within thirty days");
pub const DAYS_LEFT: Text = Text::new("还有 {0} 天", "days left: {0}");
pub const TODAY: Text = Text::new("今天到期", "due today");
pub const DAYS_OVER: Text = Text::new("逾期 {0} 天", "days overdue: {0}");

// Outcomes without a case.
pub const PROPOSED: Text = Text::new("结果里还没有立案的", "Outcomes without a case");
pub const PROPOSED_WHAT: Text = Text::new(
    "不是每一项都要立案：要求约谈、检查、警告的才立。点“立案”以后核对期限再保存。",
    "Not each of them needs one: those that ask for a talk, an examination, a warning do. Open one, look at the last day, and save.",
);
pub const PROPOSED_NONE: Text =
    Text::new("结果里的每一项都已立案，或者没有。", "Each outcome has its case, or there is none.");
pub const PROPOSED_LATER: Text = Text::new(
    "投票结束、结果定下来以后，这里列出可以立案的单位。",
    "Once the vote is closed and the result is settled, outcomes are listed here.",
);
pub const OPEN_CASE: Text = Text::new("立案", "Open a case");
pub const OPEN_CASE_OF: Text = Text::new("立案：{0} {1}", "Open a case: {0}, {1}");

// The form.
pub const NEW_CASE: Text = Text::new("立案", "Open a case");
pub const DRAFT: Text = Text::new("投票开始以后才能立案。", "Cases are opened once the vote has begun.");
pub const OUTCOME: Text = Text::new("处置（结果运用）", "Outcome");
pub const DUE: Text = Text::new("期限（最后一天）", "Last day");
pub const TEXT: Text = Text::new("要求做什么", "What is to be done");
pub const DUE_BAD: Text = Text::new("请填写最后一天", "Please give the last day");
pub const SAVE: Text = Text::new("保存立案", "Save the case");
pub const SAVED: Text = Text::new("已立案。", "The case is opened.");

// The list.
pub const LIST: Text = Text::new("已立案", "All cases");
pub const ONLY_OPEN: Text = Text::new("只看未办结的", "Only those not done");
pub const COUNT: Text =
    Text::new("共 {0} 件，未办结 {1} 件，其中逾期 {2} 件", "{0} cases, {1} not done, {2} of them overdue");
pub const NONE: Text = Text::new("还没有。", "None yet.");
pub const NONE_OPEN: Text = Text::new("没有未办结的。", "All are done.");
pub const STATE_OPEN: Text = Text::new("未办结", "Not done");
pub const STATE_OVERDUE: Text = Text::new("已逾期", "Overdue");
pub const STATE_DONE: Text = Text::new("已办结", "Done");
pub const STATE_STRUCK: Text = Text::new("已划去", "Struck out");
pub const UNTIL: Text = Text::new("期限 {0}", "Until {0}");
pub const WAS_DONE: Text = Text::new("办结：{0}", "Done: {0}");
pub const FINISH: Text = Text::new("办结", "It is done");
pub const FINISH_TEXT: Text = Text::new("办理情况（时间、方式、结果）", "What was done, when and how");
pub const FINISH_SAVE: Text = Text::new("记为办结", "Save as done");

// The table.
pub const DOWNLOAD: Text = Text::new("下载表格（CSV）", "Download as a table (CSV)");
pub const FILE: &str = "cases.csv";
pub const NUMBER: Text = Text::new("序号", "No.");
pub const STATE: Text = Text::new("情况", "State");
pub const DONE_HOW: Text = Text::new("办理情况", "What was done");

// Of the plan that this one was made of.
pub const LAST_YEAR: Text = Text::new("去年未结", "Still running from last year");
pub const LAST_YEAR_WHAT: Text = Text::new(
    "“{0}”里还没有办结的处置。这些单位评优评先以前，请先核对。",
    "Cases of “{0}” that are not done. Look at them before any of these units is commended.",
);
pub const NOT_HERE: Text = Text::new("今年的方案里没有这个单位", "This year's plan does not have the unit");
