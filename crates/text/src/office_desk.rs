//! The list of plans as a desk: where each plan stands, what is to be done next, and what clears it.

use crate::Text;

pub const DAILY: Text = Text::new("日常 {0}", "Daily {0}");
pub const ARCHIVE: Text = Text::new("归档 {0}", "Archive {0}");
pub const ARCHIVE_EMPTY: Text = Text::new("归档里没有方案。", "There is nothing in the archive.");
pub const DAILY_EMPTY: Text =
    Text::new("日常列表里没有方案，都在归档里。", "The daily list is empty: all plans are in the archive.");
pub const FIND: Text = Text::new("查找方案", "Find a plan");
pub const FOUND_NONE: Text = Text::new("没有名称或年份里有“{0}”的方案。", "No plan has “{0}” in its name or year.");
pub const STEP: Text = Text::new("到哪一步", "Stands at");
pub const CAST: Text = Text::new("票", "Ballots");
pub const CAST_OF: Text = Text::new("{0} 张票，已发 {1} 个投票码", "{0} ballots, {1} codes issued");
pub const NEXT: Text = Text::new("下一步", "Next");
pub const CHANGED: Text = Text::new("更新", "Changed");
pub const NEWER_EDITIONS: Text =
    Text::new("{0} 个来源方案有新的一版，还没有取用", "Sources with a newer edition, not taken yet: {0}");
pub const UNITS: Text = Text::new("{0} 个单位", "units: {0}");
pub const TODAY: Text = Text::new("今天 {0}", "today {0}");
pub const MORE_ACTS: Text = Text::new("“{0}”的更多操作", "More for “{0}”");

// What can be done with a line.
pub const PUT_AWAY: Text = Text::new("归档", "Archive");
pub const TAKE_OUT: Text = Text::new("移出归档", "Take out of the archive");
pub const PUT_AWAY_DONE: Text =
    Text::new("已归档“{0}”，可在“归档”里找到。", "“{0}” is in the archive now, where it can be found.");
pub const TAKE_OUT_DONE: Text = Text::new("“{0}”已回到日常列表。", "“{0}” is in the daily list again.");
pub const DELETE: Text = Text::new("删除草稿", "Delete the draft");
pub const DELETE_TITLE: Text = Text::new("要删除“{0}”吗？", "Delete “{0}”?");
pub const DELETE_NOTE: Text = Text::new(
    "草稿删除后不能恢复，只在账号日志里留下记录。已有投票码、名单、台账、记录或材料的草稿不会被删除。",
    "A draft that is deleted does not come back; the log of the accounts says that it was. A draft with codes, voters, findings, records or files is not deleted.",
);
pub const DELETE_KEEP: Text = Text::new("保留", "Keep it");
pub const DELETE_DONE: Text = Text::new("已删除草稿“{0}”。", "The draft “{0}” is deleted.");
pub const IN_USE: Text = Text::new("里面有：{0}", "It has: {0}");
/// What keeps a draft from being deleted.
pub const THINGS: &[(&str, Text)] = &[
    ("/codes", Text::new("投票码", "codes")),
    ("/voters", Text::new("名单", "voters")),
    ("/findings", Text::new("日常台账", "findings")),
    ("/files", Text::new("材料", "files")),
    ("/records", Text::new("记录", "records")),
    ("/rectifications", Text::new("整改事项", "items of rectification")),
    ("/cases", Text::new("处理事项", "cases")),
    ("/addresses", Text::new("短网址", "short addresses")),
    ("/scenarios", Text::new("推演方案", "saved scenarios")),
    ("/opening", Text::new("已开始的开放", "an opening that has begun")),
];

// What is to be done next.
pub const PROBLEMS: Text = Text::new("草稿有 {0} 处要改", "problems in the draft: {0}");
pub const CODES: Text = Text::new("{0} 个人群还没有投票码", "groups without codes: {0}");
pub const OPEN: Text = Text::new("可以开始评议", "the vote can be opened");
pub const ROUNDS: Text = Text::new("{0} 轮等待开始", "rounds that wait: {0}");
pub const CLOSING: Text = Text::new("正在结束，请继续", "go on with the closing");
pub const PENDING: Text = Text::new("{0} 条记录待第二人批准", "records that wait for a second person: {0}");
pub const UNFIT: Text = Text::new("有记录与方案不符", "some records do not fit the plan");
pub const MISSING: Text = Text::new("还缺 {0} 项分数", "scores missing: {0}");
pub const VOTING: Text = Text::new("还有 {0} 张票没投", "ballots not cast yet: {0}");
pub const CLOSE: Text = Text::new("可以结束评议", "the vote can be closed");
pub const DIFFERENCES: Text = Text::new("对账不符，请查明或签认", "the books differ and must be explained");
pub const TIES: Text = Text::new("有 {0} 处并列待抽签", "ties that wait for a lot: {0}");
pub const ANNOUNCE: Text = Text::new("可以公示", "the result can go on public display");
pub const OBJECTIONS: Text = Text::new("{0} 条异议待答复", "objections to answer: {0}");
pub const DISPLAY: Text = Text::new("公示到 {0}", "on public display until {0}");
pub const PUBLISH: Text = Text::new("可以公布", "the result can be published");
pub const NOTHING: Text = Text::new("已公布", "published");
