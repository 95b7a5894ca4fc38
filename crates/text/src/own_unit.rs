//! The page on which a unit's account sees what is of its unit.

use crate::Text;

pub const TITLE: Text = Text::new("本单位", "Own unit");
pub const NOT_YOURS: Text =
    Text::new("本页是单位账号的：您的账号不代表单位。", "This page is for units' accounts. Yours stands for no unit.");
pub const NOT_IN_PLAN: Text = Text::new(
    "本方案里没有名叫“{0}”的单位，或者不止一个。请找评议办公室核对账号里的单位名称。",
    "This plan has no unit called “{0}”, or more than one. Ask the office to check the unit's name in your account.",
);

// How the vote stands.
pub const DRAFT: Text = Text::new("方案还在起草，投票没有开始。", "The plan is being drafted. The vote has not begun.");
pub const OPEN: Text = Text::new(
    "投票正在进行。投票结束、清点完以后，这里有本单位的结果。",
    "The vote is open. Once it is closed and counted, your unit's result is here.",
);
pub const CLOSING: Text = Text::new(
    "投票已经结束，正在清点。清点完以后，这里有本单位的结果。",
    "The vote is over and being counted. Then your unit's result is here.",
);
pub const CLOSED: Text = Text::new(
    "投票已经结束，结果还没有公布。下面只是本单位的结果，公布以前可能还会变。",
    "The vote is over, and the result is not public yet. Below is your unit's own, which may still change.",
);
pub const DISPLAYED: Text = Text::new(
    "结果正在公示，到 {0} 为止。对本单位的结果有异议的，可以在下面提出。",
    "The result is on public display until {0}. You can object to your unit's own below.",
);
pub const CORRECTED: Text = Text::new(
    "公布过的结果正在更正：{0}。更正完以前，下面的数可能还会变。",
    "The published result is being corrected: {0}. Until that is done, the figures below may change.",
);
pub const PUBLISHED: Text = Text::new("结果已经公布。", "The result is public.");
pub const PUBLIC_PAGE: Text = Text::new("看公布的全部结果", "The whole result");

// The result.
pub const RESULT: Text = Text::new("结果", "Result");
pub const NOT_SETTLED: Text = Text::new(
    "结果还没有定下来：还有没录完、没审批或者没清点完的。请过些时候再看。",
    "The result is not settled: something is not entered, approved or counted yet. Please look again later.",
);
pub const TOTAL: Text = Text::new("总分", "Total");
pub const TOTAL_OF: Text = Text::new("{0}（满分 {1}）", "{0} of {1}");
pub const RANK: Text = Text::new("名次", "Rank");
pub const RANK_OF: Text = Text::new("第 {0} 名，共 {1} 个单位（{2}）", "{0} of {1} units ({2})");
pub const GRADE: Text = Text::new("等次", "Grade");
pub const OUTCOMES: Text = Text::new("结果运用", "Outcomes");
pub const NO_OUTCOMES: Text = Text::new("没有", "None");
pub const COMPONENT: Text = Text::new("项目", "Component");
pub const SCORE: Text = Text::new("得分", "Score");
pub const MOST: Text = Text::new("满分", "Most");
pub const BONUS: Text = Text::new("加分", "Bonus");
pub const DEDUCTION: Text = Text::new("扣分", "Deduction");
pub const PERIOD_TOTAL: Text = Text::new("合计", "Total");
pub const REPORT: Text = Text::new("单位得分报告单", "Report sheet");
pub const REPORT_WHAT: Text = Text::new(
    "每一项的得分，只有本单位一页。得票和平均分在结果公布后列出，不能公开的数公布后也没有。",
    "The score of each component, your own page alone. Counts and means follow once the result is published, but for those that a publication withholds.",
);

// Objections.
pub const OBJECTIONS: Text = Text::new("异议和答复", "Objections and answers");
pub const NO_OBJECTIONS: Text = Text::new("没有异议。", "None.");
pub const OBJECT: Text = Text::new("提出异议", "Object");
pub const OBJECT_TEXT: Text = Text::new("异议和理由", "What you object to, and why");
pub const OBJECT_CONTACT: Text = Text::new("怎么联系（只给办公室看）", "How to reach you (for the office alone)");
pub const OBJECT_EMPTY: Text = Text::new("请写明异议和理由", "Please say what you object to, and why");
pub const OBJECT_SEND: Text = Text::new("提交异议", "Send the objection");
pub const OBJECT_SENT: Text = Text::new("异议已提交，编号 {0}。", "Your objection was sent: no. {0}.");

// What else there is.
pub const ITEMS: Text = Text::new("整改事项", "Items of rectification");
pub const NO_ITEMS: Text = Text::new("没有交给本单位的整改事项。", "No item is yours.");
pub const ALL_ITEMS: Text = Text::new("全部整改事项和下载", "All items, and the list as a file");
pub const PROFILE: Text = Text::new("单位公示", "Profile");
pub const PROFILE_WHAT: Text = Text::new(
    "岗位职责、公开承诺、办公地点和电话，由本单位填写。",
    "Duties, promises, address and telephone, which your unit writes itself.",
);
