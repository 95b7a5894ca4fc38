//! The audit trail of a plan.

use crate::Text;

// The audit trail.
pub const AUDIT_TITLE: Text = Text::new("留痕", "Audit trail");
pub const AUDIT_NOTE: Text = Text::new(
    "每次改动记一条，前后用指纹相连：抽掉或改动任何一条，后面的就接不上。",
    "One line for each change, chained by hash: take one out or change it, and what follows no longer fits.",
);
pub const AUDIT_WHOLE: Text = Text::new("已核对 {0} 条，指纹全部相连。", "{0} events checked: the chain is whole.");
pub const AUDIT_BROKEN: Text = Text::new(
    "第 {0} 条接不上前一条，记录可能被改动过。请立即告诉管理员和监督人员。",
    "Event {0} does not fit the one before: the record may have been altered. Tell the administrator and the auditor at once.",
);
pub const AUDIT_HEAD: Text = Text::new(
    "最后一条的指纹（记下它，以后可以查出有没有被改过）：",
    "Hash of the last event (note it, and any change shows later):",
);
pub const AUDIT_EXPORT: Text = Text::new("导出全部（JSON）", "Export all (JSON)");
pub const AUDIT_ACCOUNTS: Text = Text::new("导出账号的留痕（JSON）", "Export the accounts’ audit trail (JSON)");
pub const AUDIT_NUMBER: Text = Text::new("序号", "No.");
pub const AUDIT_AT: Text = Text::new("时间", "When");
pub const AUDIT_BY: Text = Text::new("账号", "By");
pub const AUDIT_WHAT: Text = Text::new("做了什么", "What");
pub const AUDIT_DETAIL: Text = Text::new("内容", "Detail");
pub const AUDIT_SHOW: Text = Text::new("查看", "Show");
pub const AUDIT_EMPTY: Text = Text::new("还没有记录。", "Nothing yet.");

/// What an event of the audit trail is called.
pub const ACTIONS: &[(&str, Text)] = &[
    ("plan_created", Text::new("建立方案", "Plan created")),
    ("plan_put", Text::new("修改方案", "Plan changed")),
    ("plan_opened", Text::new("开始评议", "Vote opened")),
    ("plan_close_asked", Text::new("提出结束评议，待第二人同意", "Closing asked for, a second person awaited")),
    (
        "round_close_asked",
        Text::new("提出结束一轮，待第二人同意", "Closing of a round asked for, a second person awaited"),
    ),
    ("plan_publish_asked", Text::new("提出公布结果，待第二人同意", "Publishing asked for, a second person awaited")),
    ("plan_closing", Text::new("正在结束", "Closing begun")),
    ("plan_closed", Text::new("结束评议", "Vote closed")),
    ("round_opened", Text::new("开始一轮评议", "Round opened")),
    ("round_closing", Text::new("正在结束一轮评议", "Closing of a round begun")),
    ("round_closed", Text::new("结束一轮评议", "Round closed")),
    ("plan_published", Text::new("公布结果", "Result published")),
    ("plan_announced", Text::new("公示结果", "Result on public display")),
    ("objection_put", Text::new("登记异议", "Objection entered")),
    ("objection_answered", Text::new("答复异议", "Objection answered")),
    ("plan_correcting", Text::new("开始更正结果", "Correction begun")),
    ("plan_archived", Text::new("归档方案", "Plan archived")),
    ("plan_unarchived", Text::new("移出归档", "Plan taken out of the archive")),
    ("plan_deleted", Text::new("删除草稿", "Draft deleted")),
    ("differences_accepted", Text::new("对账不符，签认清点结果", "Differences accepted, the count stands")),
    ("data_restored", Text::new("数据与上次不一致，按现状接受", "Data put back and accepted")),
    ("codes_added", Text::new("发投票码", "Codes issued")),
    ("address_made", Text::new("取得短网址", "Short address drawn")),
    ("codes_voided", Text::new("作废投票码", "Codes voided")),
    ("voters_put", Text::new("录入名单", "Voters listed")),
    ("voter_removed", Text::new("从名单中移除一人", "Voter taken off the list")),
    ("named_ballots_read", Text::new("查阅实名票", "Named ballots read")),
    ("sample_drawn", Text::new("抽取样本", "Sample drawn")),
    ("contacts_forgotten", Text::new("删除联系方式", "Contacts forgotten")),
    ("file_put", Text::new("上传材料", "Evidence file given")),
    ("record_put", Text::new("录入", "Record given")),
    ("links_taken", Text::new("取用已公布方案的总分", "Totals taken from published plans")),
    ("record_approved", Text::new("批准记录", "Record approved")),
    ("record_rejected", Text::new("退回记录", "Record rejected")),
    ("record_struck", Text::new("划去记录", "Record struck out")),
    ("finding_put", Text::new("登记日常台账", "Finding noted")),
    ("finding_counted", Text::new("台账事项计入扣分", "Finding made an incident")),
    ("rectification_put", Text::new("建立整改事项", "Item of rectification made")),
    ("rectification_changed", Text::new("修改整改事项", "Item of rectification changed")),
    ("rectification_reported", Text::new("报告整改进展", "Rectification reported")),
    ("rectification_accepted", Text::new("整改销号", "Rectification accepted")),
    ("rectification_returned", Text::new("退回整改", "Rectification returned")),
    ("rectification_released", Text::new("公开整改事项", "Rectification released")),
    ("rectification_struck", Text::new("划去整改事项", "Item of rectification struck out")),
    ("case_put", Text::new("建立结果运用事项", "Case made")),
    ("case_done", Text::new("结果运用事项办结", "Case done")),
    ("case_struck", Text::new("划去结果运用事项", "Case struck out")),
    ("paper_texts_put", Text::new("修改文件文字", "Texts of documents changed")),
    ("photo_put", Text::new("上传工作人员照片", "Photo of a unit's staff given")),
    ("profile_put", Text::new("修改单位公开信息", "Profile of a unit changed")),
    ("finding_struck", Text::new("划去台账事项", "Finding struck out")),
    ("paper_tally_put", Text::new("录入纸质票", "Paper ballots entered")),
    ("scenario_put", Text::new("保存模拟", "Scenario saved")),
    ("scenario_deleted", Text::new("删除模拟", "Scenario deleted")),
    ("account_created", Text::new("建立账号", "Account created")),
    ("account_put", Text::new("修改账号", "Account changed")),
    ("account_removed", Text::new("删除账号", "Account removed")),
    ("second_factor_set", Text::new("启用两步验证", "Two-step sign-in set up")),
    ("second_factor_removed", Text::new("停用两步验证", "Two-step sign-in switched off")),
    ("second_factor_reset", Text::new("解除他人的两步验证", "Two-step sign-in of another removed")),
    ("recovery_code_used", Text::new("用恢复码登录", "Signed in with a recovery code")),
    ("settings_put", Text::new("修改系统设置", "Settings changed")),
];
