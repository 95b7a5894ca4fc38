//! The office's list of voters.

use crate::Text;

pub const TITLE: Text = Text::new("评议人名单", "Voters");
pub const TO_CODES: Text = Text::new("投票码", "Codes");
pub const NOTE: Text = Text::new(
    "名单用来知道请谁、催谁，从不记谁填了什么。不记名和公开人群的卡片不与名单挂钩：系统不知道谁拿了哪一张。",
    "The list says whom to ask and whom to remind, never what anybody marked. Cards of anonymous and open groups are not linked to it: nobody knows who holds which.",
);
pub const NOBODY: Text = Text::new("名单上还没有人。", "There is nobody on the list yet.");
pub const NOBODY_FITS: Text = Text::new("没有符合条件的人。", "Nobody fits.");
pub const COUNTS: Text = Text::new("共 {0} 人，列出 {1} 人", "{0} people, {1} listed");
pub const MORE: Text = Text::new("再列 {0} 人", "List {0} more");
pub const NAME: Text = Text::new("姓名", "Name");
pub const GROUP: Text = Text::new("人群", "Group");
pub const OWN_UNIT: Text = Text::new("本单位", "Own unit");
pub const UNITS: Text = Text::new("分管单位", "Units in charge");
pub const CONTACT: Text = Text::new("联系方式", "Contact");
pub const REMARK: Text = Text::new("备注", "Note");
pub const STATUS: Text = Text::new("进度", "Status");
pub const ACTIONS: Text = Text::new("操作", "Actions");
pub const ALL_GROUPS: Text = Text::new("全部人群", "All groups");
pub const ALL_STATES: Text = Text::new("全部进度", "Any status");
pub const FIND: Text = Text::new("找姓名", "Find a name");
pub const STATUS_NONE: Text = Text::new("没有投票码", "No code");
pub const STATUS_UNLINKED: Text = Text::new("不挂钩", "Not linked");
pub const STATUS_ISSUED: Text = Text::new("已发投票码", "Code issued");
pub const STATUS_EXCHANGED: Text = Text::new("已领取", "Exchanged");
pub const STATUS_VOTED: Text = Text::new("已评", "Voted");
pub const REMIND: Text = Text::new("下载催办表", "Download reminders");
pub const REMIND_NONE: Text = Text::new("列出的人里没有要催的。", "Nobody listed is to be reminded.");
pub const VOID: Text = Text::new("作废投票码", "Void the code");
pub const VOID_OF: Text = Text::new("作废投票码：{0}", "Void the code: {0}");
pub const REMOVE: Text = Text::new("移出", "Remove");
pub const REMOVE_OF: Text = Text::new("把 {0} 移出名单", "Remove {0} from the list");
pub const REASON: Text = Text::new("原因（记入留痕）", "Reason (kept in the audit trail)");
pub const REASON_EMPTY: Text = Text::new("请填原因", "Give a reason");
pub const NOT_NOW: Text = Text::new("取消", "Cancel");
pub const VOIDED: Text = Text::new(
    "作废 {0} 个，已用过的 {1} 个不受影响。要补发，再点“发投票码”。",
    "{0} voided; {1} that were used stay. To replace it, issue codes again.",
);
pub const REMOVED: Text =
    Text::new("{0} 已移出名单，没用过的投票码一并作废。", "{0} was removed, and the codes not used are void.");

pub const IMPORT: Text = Text::new("导入名单", "Import a list");
pub const IMPORT_PASTE: Text = Text::new("粘贴在这里", "Paste it here");
pub const IMPORT_HINT: Text = Text::new(
    "一人一行。表头写明姓名、人群、本单位、分管单位（用顿号分开）、联系方式、备注的，自动对上。",
    "A line for each person. Columns are known by their heads: name, group, own unit, units in charge (separated by commas), contact, note.",
);
pub const IMPORT_GROUP: Text = Text::new("没有写人群的，算作", "Rows without a group belong to");
pub const IMPORT_GROUP_NONE: Text = Text::new("（每行都写了）", "(each row says it)");
pub const IMPORT_COLUMN: Text = Text::new("第 {0} 列", "Column {0}");
pub const IMPORT_COUNTS: Text = Text::new("可导入 {0} 人，有问题 {1} 人", "{0} can be imported, {1} have problems");
pub const IMPORT_ONLY_BAD: Text = Text::new("只看有问题的", "Only those with problems");
pub const IMPORT_BUTTON: Text = Text::new("导入 {0} 人", "Import {0} people");
pub const IMPORT_DONE: Text = Text::new("已导入：新增 {0} 人，更新 {1} 人。", "Imported: {0} new, {1} replaced.");
pub const IMPORT_DOING: Text = Text::new("正在导入 {0} / {1}", "Importing {0} of {1}");
pub const IMPORT_STOPPED: Text = Text::new(
    "导入到第 {0} 人停下。前面的已经导入；改好后再点一次，已导入的不会重复。",
    "It stopped after {0} people, who are on the list. Mend it and press again: nobody is put there twice.",
);
pub const IMPORT_TOO_LONG: Text =
    Text::new("超过 20000 行，请分几次导入。", "There are over 20,000 rows. Import them in parts.");
pub const IMPORT_NOTHING: Text = Text::new("没有可以导入的人", "There is nobody to import");
pub const SAMPLE: Text = Text::new("人多时抽取样本", "Draw a sample");
pub const SAMPLE_HINT: Text = Text::new(
    "不超过人数的全部取；超过的按种子抽取，谁拿着名单文件和种子都能重新抽出同样的人。种子最好事先公布，如日期加现场摇出的号码。抽取会记入留痕，名单本身不记。",
    "Up to the number all are taken; of more, those that the seed picks, and whoever has the list and the seed finds the same people. Announce the seed beforehand. The draw is kept in the audit trail, the list is not.",
);
pub const SAMPLE_SIZE: Text = Text::new("最多取多少人", "How many at most");
pub const SAMPLE_SIZE_WRONG: Text = Text::new("请填人数，如 500", "Say how many, such as 500");
pub const SAMPLE_SEED: Text = Text::new("种子", "Seed");
pub const SAMPLE_SEED_WRONG: Text = Text::new("请填种子，最多 200 字", "Give a seed of up to 200 characters");
pub const SAMPLE_BY: Text = Text::new("分别抽取，按哪一列", "Each value of a column by itself");
pub const SAMPLE_WHOLE: Text = Text::new("（整个名单一起抽）", "(the whole list)");
pub const SAMPLE_DRAW: Text = Text::new("抽取", "Draw");
/// Taken, of how many, seed, SHA-256 of the list's file.
pub const SAMPLE_DRAWN: Text = Text::new(
    "从 {1} 人中取 {0} 人，种子“{2}”。名单文件的 SHA-256：{3}。下面只导入取中的人。",
    "{0} of {1} were taken with the seed “{2}”. SHA-256 of the list file: {3}. Only they are imported below.",
);
pub const SAMPLE_FILE: Text = Text::new("下载名单文件", "Download the list file");
pub const SAMPLE_ALL: Text = Text::new("不抽了，取全部", "Take all after all");
pub const IMPORT_MORE_ROWS: Text = Text::new("预览前 {0} 行", "The first {0} rows are shown");
pub const ROW: Text = Text::new("行", "Row");
pub const PROBLEM: Text = Text::new("问题", "Problem");
pub const LEFT_OUT: Text = Text::new("不导入", "Not imported");
pub const NO_NAME: Text = Text::new("没有姓名", "No name");
pub const NO_GROUP: Text = Text::new("没有人群", "No group");
pub const NO_SUCH_GROUP: Text = Text::new("方案里没有这个人群", "The plan has no such group");
pub const NO_SUCH_UNIT: Text = Text::new("方案里没有这个单位", "The plan has no such unit");
pub const TWICE: Text = Text::new("同一人群里已有这个人", "The same person is in this group already");
pub const HAS_CODE: Text =
    Text::new("已有投票码，不能再改人群和单位", "Has a code, so group and units stay as they are");
pub const NOT_TAKEN: Text = Text::new("太长，或有看不见的字符", "Too long, or with characters that cannot be seen");
pub const CHECK_ROW: Text = Text::new("第 {0} 行 {1}：{2}", "Row {0}, {1}: {2}");

pub const GIVE: Text = Text::new("发投票码", "Issue codes");
pub const GIVE_HINT: Text = Text::new(
    "给盲签、实名和按单位的人群中还没有投票码的人各抽一个。投票码只在这个页面和打印出来的卡片、下载的表里，请先保存再离开。",
    "Draws a code for everyone of blind, named and per-unit groups who has none. Codes are on this page, on printed cards and in downloaded tables only: save them before you leave.",
);
pub const GIVE_PERIOD: Text = Text::new("周期", "Period");
pub const GIVE_GROUP: Text = Text::new("人群", "Group");
pub const GIVE_ALL: Text = Text::new("所有挂钩的人群", "All linked groups");
pub const GIVE_BUTTON: Text = Text::new("给 {0} 人抽取", "Draw for {0} people");
pub const GIVE_NONE: Text = Text::new("没有要发投票码的人", "Nobody needs a code");
pub const GIVE_FIRST: Text =
    Text::new("先把已抽取的投票码登记完（继续登记）", "Go on registering the codes that are drawn first");
pub const GIVE_RANDOM: Text =
    Text::new("这个浏览器不能安全地抽取投票码，请换一个。", "This browser cannot draw codes safely. Use another one.");
pub const SMS: Text = Text::new("下载短信表", "Download text messages");
pub const SMS_PHONE: Text = Text::new("手机号", "Phone");
pub const SMS_TEXT: Text = Text::new("短信内容", "Message");
pub const SMS_LONG: Text = Text::new("【{0}】请您参加民主评议：{1}", "{0}: please take part in the appraisal: {1}");
pub const SMS_SHORT: Text = Text::new("请评议：{0}", "Please vote: {0}");

pub const FORGET: Text = Text::new("删除全部联系方式", "Forget all contacts");
pub const FORGET_HINT: Text =
    Text::new("评议结果已公布，联系方式不再需要。", "The result is published: contacts are not needed any more.");
pub const FORGOTTEN: Text = Text::new("已删除 {0} 条联系方式。", "{0} contacts were forgotten.");
