//! The inspector's page of ballots that name their voters.

use crate::Text;

pub const TITLE: Text = Text::new("实名票", "Named ballots");
pub const WHAT: Text = Text::new(
    "实名人群的每张选票和评议人的姓名，只有监察人员能查阅。公布结果、导出表格和其他账号里都没有。",
    "Each ballot of a named group with its voter's name, for inspectors alone. No publication, no export and no other account has them.",
);
pub const RECORDED: Text = Text::new(
    "每查阅一次都会记入本方案的留痕：谁、什么时候。内容只在本页显示，离开本页就没有了。",
    "Each reading is recorded in this plan's audit trail: who, and when. What is read stands on this page alone, and is gone when you leave it.",
);
pub const READ: Text = Text::new("查阅（记入留痕）", "Read (it is recorded)");
pub const READING: Text = Text::new("正在查阅", "Reading");
pub const NO_GROUP: Text = Text::new(
    "本方案没有实名投票的人群，没有实名票。",
    "No group of this plan votes by name: there are no named ballots.",
);
pub const GROUPS: Text = Text::new("实名投票的人群：{0}", "Groups that vote by name: {0}");
pub const NOT_YET: Text =
    Text::new("投票结束以后才能查阅，现在还不能。", "They can be read once the vote is closed, and not before.");
pub const NOT_YOURS: Text = Text::new("只有监察人员能查阅实名票。", "Only inspectors read named ballots.");
pub const NONE: Text = Text::new("没有人投过实名票。", "Nobody has cast a named ballot.");
pub const FIND: Text = Text::new("按姓名查找", "Find by name");
pub const COUNT: Text = Text::new("共 {0} 张，列出 {1} 张", "{0} ballots, {1} listed");
pub const NOBODY_FITS: Text = Text::new("没有这个姓名。", "Nobody has this name.");
pub const GONE: Text = Text::new("已从名单移除的人", "Taken off the list since");
pub const MARKS: Text = Text::new("{0} 项", "{0} marks");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const MARKED: Text = Text::new("评了什么", "Marks");
