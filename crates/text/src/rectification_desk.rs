//! What stands around the list of items of rectification: links, how far each unit is, reminders, the review, the survey
//! that asks once more (回访).

use crate::Text;

// Links between the pages of one tab.
pub const MENU: Text = Text::new("整改、处置和单位公示", "Rectification, cases and profiles");
pub const TO_RECTIFICATION: Text = Text::new("整改", "Rectification");
pub const TO_CASES: Text = Text::new("处置", "Cases");
pub const TO_PROFILES: Text = Text::new("单位公示", "Profiles");

// How far each unit is.
pub const INDEX: Text = Text::new("各单位进展（{0} 个单位）", "How far each unit is ({0})");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const ALL: Text = Text::new("共", "All");
pub const OVERDUE_OF: Text = Text::new("已逾期 {0} 项", "Overdue: {0}");

// Reminders.
pub const REMINDERS: Text = Text::new("下载逾期提醒表（CSV）", "Download the overdue ones (CSV)");
pub const FILE: &str = "overdue.csv";
pub const NUMBER: Text = Text::new("序号", "No.");
pub const DAYS_OVER: Text = Text::new("逾期天数", "Days overdue");

// The report and the review.
pub const REPORT_FORM: Text = Text::new("报告整改情况", "Report");
pub const REVIEW_FORM: Text = Text::new("销号、退回、公开", "Accept, return, release");
pub const REVIEW_TEXT: Text = Text::new("审核意见（退回时必填）", "What the office says (needed to return it)");

// All of an item.
pub const WHOLE: Text = Text::new("历次报告", "All reports");
pub const WHOLE_AND_CHANGE: Text = Text::new("历次报告、修改事项", "All reports, change the item");
pub const NO_REPORTS: Text = Text::new("还没有报告。", "No reports yet.");
pub const CHANGED_MEANWHILE: Text = Text::new(
    "别人刚改过这一项。请刷新页面，看过以后再改。",
    "Somebody else has just changed this item. Load the page again, look, and change it then.",
);

// Asking once more.
pub const REVISIT: Text = Text::new("回访", "Ask once more");
pub const REVISIT_WHAT: Text = Text::new(
    "请原来的评议人群对整改过的单位再评一次：满意、基本满意、不满意。先建成一个草稿方案，发码、开始都在那里办；和本方案的分数没有关系。",
    "The groups that voted are asked once more about the units that have put something right. It is made as a draft plan, where codes are issued and the vote is opened; no score of this plan changes.",
);
pub const REVISIT_UNITS: Text =
    Text::new("请评哪些单位（有已上报或已销号事项的）", "Which units (those with items that are reported or accepted)");
pub const REVISIT_NONE: Text = Text::new(
    "还没有已上报或已销号的事项，不用回访。",
    "No item is reported or accepted yet, so there is nothing to ask about.",
);
pub const REVISIT_CHOOSE: Text = Text::new("请至少选一个单位", "Please choose a unit");
pub const REVISIT_NO_GROUPS: Text =
    Text::new("本方案没有评议人群，不能回访。", "This plan has no groups to be asked once more.");
pub const REVISIT_MAKE: Text = Text::new("建立回访方案（草稿）", "Make the draft");
pub const REVISIT_MADE: Text = Text::new("已建立：", "Made: ");
