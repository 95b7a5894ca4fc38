//! The office's pages for findings and rectification.

#![expect(missing_docs, reason = "the words are their own documentation")]

use crate::Text;

// Findings.
pub const FINDINGS: Text = Text::new("日常台账", "Findings");
pub const FINDINGS_WHAT: Text = Text::new(
    "检查、走访、来电和媒体发现的问题，随时登记。计入扣分的，投票开始以后成为一条扣分事项。",
    "What inspections, visits, calls and the press find, noted at any time. One that costs points becomes an incident once the vote is open.",
);
pub const NEW_FINDING: Text = Text::new("登记一条", "Note one");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const CHOOSE: Text = Text::new("请选择", "Choose");
pub const ALL_UNITS: Text = Text::new("全部单位", "All units");
pub const DATE: Text = Text::new("发现日期", "Found on");
pub const PLACE: Text = Text::new("地点（可不填）", "Where (optional)");
pub const TEXT: Text = Text::new("发现的问题", "What was found");
pub const FOUND_BY: Text = Text::new("来源（如：明察暗访、群众来电）", "Found by (an inspection, a call)");
pub const COSTS: Text = Text::new("是否计入扣分", "What it costs");
pub const COSTS_NOTHING: Text = Text::new("只登记，不扣分", "Noted only, costs nothing");
pub const SERIOUS: Text = Text::new("情节严重", "Serious");
pub const PERIOD: Text = Text::new("计入周期", "Period");
pub const SAVE: Text = Text::new("保存", "Save");
pub const SAVED: Text = Text::new("已保存。", "Saved.");
pub const FILL: Text = Text::new("请填写", "Please fill this in");
pub const MONTH: Text = Text::new("月份（如 2018-10）", "Month (such as 2018-10)");
pub const MONTH_BAD: Text = Text::new("月份写法如 2018-10", "A month is written like 2018-10");
pub const SHOW: Text = Text::new("查看", "Show");
pub const NOTICE: Text = Text::new("下载这个月的通报（CSV）", "Download this month's notice (CSV)");
pub const NOTICE_DOCX: Text = Text::new("下载这个月的通报（DOCX）", "Download this month's notice (DOCX)");
pub const NONE_YET: Text = Text::new("还没有。", "None yet.");
pub const MORE: Text = Text::new("显示更多", "Show more");
pub const COUNTED: Text = Text::new("已计入扣分", "Costs points");
pub const WAITING: Text = Text::new("待计入扣分", "To cost points");
pub const COUNT_IT: Text = Text::new("计入扣分", "Let it cost points");
pub const STRUCK: Text = Text::new("已划去：{0}", "Struck out: {0}");
pub const STRIKE: Text = Text::new("划去", "Strike out");
pub const REASON: Text = Text::new("理由", "Why");
pub const CANCEL: Text = Text::new("取消", "Cancel");

// Second persons.
pub const PENDING: Text = Text::new("待审批", "Awaits approval");
pub const APPROVALS: Text = Text::new("待审批", "Approvals");
pub const APPROVALS_WHAT: Text = Text::new(
    "方案规定这些记录要由录入人以外的另一人批准，批准以前不计入，也不能公示、公布。",
    "By the plan these records count once somebody other than who gave them approves; until then nothing is shown or published.",
);
pub const NONE_WAITS: Text = Text::new("没有等待审批的记录。", "Nothing waits.");
pub const GIVEN_BY: Text = Text::new("录入人：{0}", "Given by {0}");
pub const APPROVE: Text = Text::new("批准", "Approve");
pub const REJECT: Text = Text::new("退回", "Reject");

// Rectification.
pub const RECTIFICATION: Text = Text::new("整改", "Rectification");
pub const SUMMARY: Text = Text::new(
    "共 {0} 项：整改中 {1}，已上报 {2}，已销号 {3}，已逾期 {4}，已退回 {5}",
    "{0} items: {1} open, {2} reported, {3} accepted, {4} overdue, {5} returned",
);
pub const DOWNLOAD: Text = Text::new("下载整改清单（CSV）", "Download the list (CSV)");
pub const PUBLIC_PAGE: Text = Text::new("公开页面", "Public page");
pub const STATE: Text = Text::new("状态", "State");
pub const ALL_STATES: Text = Text::new("全部状态", "All states");
pub const STATE_OPEN: Text = Text::new("整改中", "Open");
pub const STATE_REPORTED: Text = Text::new("已上报", "Reported");
pub const STATE_ACCEPTED: Text = Text::new("已销号", "Accepted");
pub const STATE_OVERDUE: Text = Text::new("已逾期", "Overdue");
pub const STATE_RETURNED: Text = Text::new("已退回", "Returned");
pub const NEW_ITEM: Text = Text::new("建立整改事项", "Make an item");
pub const NEW_ITEM_WHAT: Text = Text::new(
    "先选单位。投票结束以后，可以勾选几条意见合并成一项，用自己的话写整改事项；原话留在事项后面，单位和公众看不到。",
    "Choose the unit first. After the vote, opinions can be ticked and merged into one item; word the matter yourself. What was written is kept behind the item, and neither the unit nor the public reads it.",
);
pub const OPINIONS: Text = Text::new("合并的意见", "Opinions to merge");
pub const OPINION_USED: Text = Text::new("（已用）", " (used)");
pub const MATTER: Text = Text::new("整改事项", "Matter");
pub const SOURCE: Text = Text::new("意见来源（不写不足 10 人的人群）", "From (no group under ten)");
pub const MEASURES: Text = Text::new("整改措施", "Measures");
pub const LEADER: Text = Text::new("责任领导", "Leader");
pub const DEPARTMENT: Text = Text::new("责任部门", "Department");
pub const DEADLINE: Text = Text::new("整改时限（最后一天）", "Last day");
pub const TERM: Text = Text::new("时限的写法（如：全年，可不填）", "The limit in words (optional)");
pub const UNTIL: Text = Text::new("时限 {0}", "Until {0}");
pub const ORIGINALS: Text = Text::new("意见原话（{0} 条）", "What was written ({0})");
pub const LAST_REPORT: Text = Text::new("{0} 报告：{1}", "Report of {0}: {1}");
pub const REVIEW: Text = Text::new("审核意见：{0}", "The office: {0}");
pub const REPORT: Text = Text::new("整改情况", "What was done");
pub const REPORT_MONTH: Text = Text::new("报告月份（如 2018-10）", "Month (such as 2018-10)");
pub const REPORT_DONE: Text = Text::new("已经整改完成，请审核", "It is done; please look");
pub const REPORT_SEND: Text = Text::new("提交报告", "Send the report");
pub const ACCEPT: Text = Text::new("销号", "Accept");
pub const RETURN: Text = Text::new("退回", "Return");
pub const RELEASE: Text = Text::new("向社会公开", "Public");
pub const RELEASE_SAVE: Text = Text::new("保存公开范围", "Save what is public");
pub const FIELD_MATTER: Text = Text::new("整改事项", "Matter");
pub const FIELD_SOURCE: Text = Text::new("意见来源", "From");
pub const FIELD_DEADLINE: Text = Text::new("整改时限", "Until");
pub const FIELD_RESULT: Text = Text::new("整改结果", "Result");
pub const FIELD_REPORTS: Text = Text::new("整改报告", "Reports");
