//! The ballot without scripts: code, paper, receipt.

use crate::Text;

pub const ENTER_CODE: Text = Text::new("输入卡片上的投票码", "Enter the code on your card");
pub const CODE: Text = Text::new("投票码", "Code");
pub const CODE_HINT: Text = Text::new(
    "16位字母和数字，不分大小写，中间的横线可以不填",
    "16 letters and digits; capitals and hyphens do not matter",
);
pub const LINK_NEEDS_SCRIPTS: Text = Text::new(
    "扫公开二维码来的、没有卡片：请换用微信或较新的浏览器，并允许脚本。这个简版只能用卡片上的投票码。",
    "If you came by a public QR code and have no card, please use WeChat or a newer browser and allow scripts. This simple page takes codes from cards only.",
);
pub const CONTINUE: Text = Text::new("继续", "Continue");
pub const SUBMIT: Text = Text::new("提交测评表", "Submit the ballot");
pub const ERROR_TITLE: Text = Text::new("错误：", "Error: ");
pub const ERROR_SUMMARY: Text = Text::new("有问题需要改正", "There is a problem");
pub const BLANK: Text = Text::new("不了解（不选）", "No opinion (leave blank)");
pub const QUOTA: Text = Text::new("名额：", "Quota: ");
pub const AT_MOST: Text = Text::new("最多 {0}", "at most {0}");
pub const QUOTA_UNMET: Text = Text::new("名额没有用准", "The quota is not met");
pub const CATEGORY: Text = Text::new("类别", "category");
pub const RECEIPT: Text = Text::new("测评表已收到", "Your ballot is in the box");
pub const RECEIPT_NUMBER: Text = Text::new("回执号", "Receipt");
pub const RECEIPT_NOTE: Text = Text::new(
    "请抄下或截图保存回执号。它只证明您已投票，看不出您怎么选。可以关闭本页。",
    "Keep this number. It shows that you voted, not how. You may close this page.",
);
pub const REPEATED: Text = Text::new(
    "同一张表提交几次都只算一次，以最先投入票箱的那次选择为准。",
    "However often this ballot is sent, it counts once, with the marks that came into the box first.",
);
pub const FINGERPRINT: Text = Text::new("方案指纹", "Plan fingerprint");

pub const SECRET_ANONYMOUS: Text = Text::new(
    "不记名：投票码不与姓名对应，系统不保存谁投了哪一票。",
    "Anonymous: the code belongs to no name, and nothing stored says who cast which ballot.",
);
pub const SECRET_BLIND: Text = Text::new(
    "不记名：本页按一次性投票码投票，系统不保存投票码与选票的对应。",
    "Secret: this page votes by a one-time code, and nothing stored joins the code to the ballot.",
);
pub const SECRET_NAMED: Text = Text::new(
    "按名单发码：保存的测评表上没有姓名和投票码。",
    "Codes by a list of names: the ballot is kept without name or code.",
);
pub const SECRET_NAMED_KEPT: Text = Text::new(
    "实名：保存的测评表记有您在名单上的编号，姓名分开保存；只有监督人员在评议结束后可以查出是谁填的，每次查阅都有记录，姓名不公开。",
    "By name: the ballot is kept with your number on the list, your name apart from it. Only an inspector can see whose it is, after the vote, and each reading is recorded; names are never public.",
);
pub const SECRET_PER_UNIT: Text = Text::new(
    "按单位发码，不算匿名：办公室知道哪些单位已填；保存的测评表上没有单位名称和投票码。",
    "Codes by unit, not anonymous: the office knows which units have voted; the ballot is kept without unit or code.",
);
pub const SECRET_OPEN: Text = Text::new("公开链接：任何人都可以填写。", "A public link: anyone may answer.");
pub const COMMENTS: Text = Text::new("意见建议（可以不写）", "Comments (optional)");
pub const COMMENTS_HINT: Text = Text::new(
    "意见与测评表分开保存，评议结束后交给办公室整理整改。请不要写出自己的姓名。最多 20 个单位，每条 500 字以内。",
    "Comments are kept apart from your marks and given to the office after voting. Do not name yourself. At most 20 units, 500 characters each.",
);
pub const BLANK_ALLOWED: Text = Text::new("不了解的可以不选。", "What you do not know may stay blank.");
