//! The office's frame: signing in, the list of plans, what stands around every page.

use crate::Text;

pub const TITLE: Text = Text::new("评议办公", "Appraisal office");
pub const MENU: Text = Text::new("办公菜单", "Office menu");
pub const PLANS: Text = Text::new("评议方案", "Plans");
pub const NEW_PLAN: Text = Text::new("新建方案", "New plan");
pub const STAFF: Text = Text::new("人员账号", "Accounts");
pub const PASSWORD: Text = Text::new("修改密码", "Change password");
pub const SIGN_OUT: Text = Text::new("退出登录", "Sign out");
pub const SIGNED_IN_AS: Text = Text::new("当前账号：{0}", "Signed in as {0}");

// Signing in.
pub const SIGN_IN: Text = Text::new("登录", "Sign in");
pub const SIGN_IN_NOTE: Text = Text::new(
    "供评议办公室和录入单位的工作人员使用。填写测评表不用登录。",
    "For the appraisal office and the offices that give entries. Voters need no account.",
);
pub const NAME: Text = Text::new("账号", "Name");
pub const SECRET: Text = Text::new("密码", "Password");
pub const NAME_EMPTY: Text = Text::new("请输入账号", "Enter your name");
pub const SECRET_EMPTY: Text = Text::new("请输入密码", "Enter your password");
pub const EXPIRED: Text = Text::new(
    "登录已过期（30 分钟没有操作）。重新登录后回到刚才的页面，没有保存的修改还在。",
    "The session has ended (30 minutes without activity). Sign in again to go on where you were; unsaved changes are still there.",
);

// Changing the password.
pub const SECRET_NOW: Text = Text::new("现在的密码", "Current password");
pub const SECRET_NEW: Text = Text::new("新密码", "New password");
pub const SECRET_NEW_HINT: Text =
    Text::new("10 到 200 个字符，可以是一句话。", "10 to 200 characters; a sentence will do.");
pub const SECRET_AGAIN: Text = Text::new("再输一次新密码", "The new password again");
pub const SECRET_SHORT: Text = Text::new("新密码要有 10 到 200 个字符", "The new password needs 10 to 200 characters");
pub const SECRET_DIFFERS: Text = Text::new("两次输入的新密码不一样", "The two new passwords differ");
pub const SECRET_WRONG: Text = Text::new("现在的密码不对", "The current password is wrong");
pub const SECRET_CHANGED: Text = Text::new("密码已修改。", "The password has been changed.");
pub const SAVE_SECRET: Text = Text::new("保存新密码", "Save the new password");

// Around every page.
pub const RETRY: Text = Text::new("重新加载", "Load again");
pub const NOWHERE_TITLE: Text = Text::new("没有这个页面", "There is no such page");
pub const NOWHERE_NOTE: Text =
    Text::new("地址可能抄错了，或页面已移走。", "The address may be mistyped, or the page has moved.");
pub const BACK_TO_PLANS: Text = Text::new("回到方案列表", "Back to the list of plans");
pub const LEAVE_TITLE: Text = Text::new("离开前请确认", "Before you leave");
pub const LEAVE: Text = Text::new("放弃并离开", "Discard and leave");
pub const STAY: Text = Text::new("留在本页", "Stay here");
pub const FORBIDDEN_ROLE: Text = Text::new(
    "您的账号没有这项权限。请联系管理员在“人员账号”里增加角色，或放宽限定的科室和方案。",
    "Your account may not do this. Ask an administrator to add the role under “Accounts”, or to widen its office and plans.",
);

// The list of plans.
pub const PLANS_EMPTY: Text = Text::new(
    "还没有方案。可以从一份真实文件的模板开始，也可以从空白开始。",
    "No plans yet. Start from a template made of a real document, or from a blank one.",
);
pub const COLUMN_PLAN: Text = Text::new("方案", "Plan");
pub const COLUMN_STATE: Text = Text::new("状态", "State");
pub const COLUMN_REVISION: Text = Text::new("修订", "Revision");
pub const UNTITLED: Text = Text::new("（未命名方案）", "(untitled plan)");
pub const MORE: Text = Text::new("显示更多", "Show more");
pub const STATE_DRAFT: Text = Text::new("拟定中", "Draft");
pub const STATE_OPEN: Text = Text::new("评议中", "Open");
pub const STATE_CLOSING: Text = Text::new("正在结束", "Closing");
pub const STATE_CLOSED: Text = Text::new("已结束", "Closed");
pub const STATE_PUBLISHED: Text = Text::new("已公布", "Published");

// The plan's frame.
pub const PLAN_MENU: Text = Text::new("本方案的页面", "Pages of this plan");
pub const TAB_SETUP: Text = Text::new("方案设置", "Setup");
pub const TAB_CODES: Text = Text::new("投票码", "Codes");
pub const TAB_PROGRESS: Text = Text::new("进程", "Progress");
pub const TAB_RECORDS: Text = Text::new("录入", "Records");
pub const TAB_FINDINGS: Text = Text::new("台账", "Findings");
pub const TAB_UNIT: Text = Text::new("本单位", "Own unit");
pub const TAB_NAMED: Text = Text::new("实名票", "Named");
pub const TAB_RECTIFICATION: Text = Text::new("整改", "Follow-up");
pub const TAB_RANKING: Text = Text::new("排名", "Ranking");
pub const TAB_SIMULATION: Text = Text::new("模拟", "Simulation");
pub const TAB_DOCUMENTS: Text = Text::new("文件", "Documents");
pub const TAB_AUDIT: Text = Text::new("留痕", "Audit");
pub const REVISION: Text = Text::new("第 {0} 次修订", "Revision {0}");
pub const FINGERPRINT: Text = Text::new("方案指纹 {0}", "Plan fingerprint {0}");

// New plan.
pub const NEW_FROM: Text = Text::new("从哪里开始", "Start from");
pub const FROM_TEMPLATE: Text = Text::new("模板：{0}", "Template: {0}");
pub const FROM_TEMPLATE_HINT: Text = Text::new("依据 {0}", "From {0}");
pub const FROM_BLANK: Text = Text::new("空白方案", "A blank plan");
pub const FROM_BLANK_HINT: Text =
    Text::new("满分 100，其余自己填。", "100 points in all; the rest is yours to fill in.");
pub const FROM_JSON: Text = Text::new("粘贴方案文件（JSON）", "Paste a plan document (JSON)");
pub const FROM_JSON_HINT: Text = Text::new(
    "例如从另一套系统导出的方案，或本系统“方案文件”页的内容。有错也能先存为草稿。",
    "For example from another installation, or from the page “Plan document”. It may have errors and still be kept as a draft.",
);
pub const PLAN_TITLE: Text = Text::new("方案名称", "Title of the plan");
pub const PLAN_TITLE_HINT: Text = Text::new(
    "选民在测评表最上方看到的名称。留空则用模板的名称。",
    "Voters see it at the top of the ballot. Leave empty for the template's.",
);
pub const CREATE: Text = Text::new("建立方案", "Create the plan");
pub const CHOOSE_START: Text = Text::new("请选择从哪里开始", "Choose where to start from");
pub const JSON_LABEL: Text = Text::new("方案文件", "Plan document");
pub const JSON_MALFORMED: Text =
    Text::new("不是合法的 JSON：第 {0} 行第 {1} 列有语法错误", "Not JSON: a syntax error in line {0}, column {1}");
pub const JSON_REPEATED: Text =
    Text::new("第 {0} 行第 {1} 列附近有重复的字段", "A field is repeated near line {0}, column {1}");
pub const JSON_DEEP: Text =
    Text::new("嵌套超过 32 层（第 {0} 行第 {1} 列）", "Nested deeper than 32 (line {0}, column {1})");
pub const JSON_NO_OBJECT: Text = Text::new("方案文件应是一个对象 { … }", "A plan document is an object { … }");

// Lines of the audit trail.
pub const AUDIT_FIND: Text = Text::new("查找", "Find");
pub const AUDIT_FOUND: Text = Text::new("{0}/{1} 条", "{0} of {1}");
pub const AUDIT_BEFORE: Text = Text::new("原为 {0}", "was {0}");
pub const AUDIT_REASON: Text = Text::new("理由：{0}", "reason: {0}");
pub const AUDIT_COUNT: Text = Text::new("{0} 个", "{0}");
