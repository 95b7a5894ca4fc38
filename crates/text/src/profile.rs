//! A unit's profile (三亮): its public page, beside the unit on ballots, and the office's editor.

use crate::Text;

pub const DUTIES: Text = Text::new("岗位职责", "Duties");
pub const PROMISES: Text = Text::new("公开承诺", "Promises");
pub const ADDRESS: Text = Text::new("地址", "Address");
pub const HOURS: Text = Text::new("办公时间", "Hours");
pub const PHONE: Text = Text::new("办公电话", "Telephone");
pub const COMPLAINTS: Text = Text::new("监督电话", "Complaints");
pub const STAFF: Text = Text::new("工作人员", "Staff");
pub const RESULTS: Text = Text::new("评议结果", "Results");

pub const YEAR: Text = Text::new("年度", "Year");
pub const PLAN: Text = Text::new("评议", "Appraisal");

/// Rank, and number of units.
pub const PLACE: Text = Text::new("第 {0} 名，共 {1} 个单位", "rank {0} of {1}");
pub const MORE_STAFF: Text = Text::new("后面的工作人员", "More of the staff");

// On ballots.
pub const PROFILE: Text = Text::new("单位公示", "About this unit");
pub const PROFILE_WINDOW: Text = Text::new("单位公示（在新窗口打开）", "About this unit (opens a new window)");

// The office's list.
pub const PROFILES: Text = Text::new("单位公示", "Profiles of units");
pub const PROFILES_WHAT: Text = Text::new(
    "亮身份、亮职责、亮承诺：每个单位的工作人员、职责、承诺和监督电话。单位自己或办公室填写，办公室逐项公开；公开的内容在测评表上单位名称下面可以展开，也有公开页面。公示按单位名称保存，各年的方案共用。",
    "Who works at a unit, what it does and promises, and where to complain. The unit or the office writes it, the office makes it public field by field; what is public can be unfolded beside the unit on ballots, and has a page. A profile belongs to the unit's name, and all plans share it.",
);
pub const PROFILES_COUNT: Text = Text::new(
    "{0} 个单位，{1} 个填写了公示，{2} 个有公开的内容",
    "{0} units, {1} with a profile, {2} with something public",
);
pub const NO_UNIT: Text = Text::new(
    "这个方案里没有您的单位。账号按单位名称对应，请办公室核对账号上的单位名称。",
    "Your unit is not in this plan. Accounts stand for a unit by its name: ask the office to check the name on your account.",
);
pub const NO_SUCH_UNIT: Text = Text::new("方案里没有这个单位。", "The plan has no such unit.");
pub const NO_UNITS: Text = Text::new("方案还没有单位。", "The plan has no units yet.");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const PUBLIC: Text = Text::new("公开", "Public");
pub const CHANGED: Text = Text::new("最后修改", "Last change");
pub const NOT_WRITTEN: Text = Text::new("未填写", "Not written yet");
/// Between the names of fields.
pub const BETWEEN: Text = Text::new("、", ", ");
pub const NOTHING_PUBLIC: Text = Text::new("没有公开", "Nothing");

// The office's editor.
pub const BACK: Text = Text::new("全部单位", "All units");
pub const PUBLIC_PAGE: Text = Text::new("公开页面", "Public page");
pub const RELEASE: Text = Text::new("公开", "Public");
pub const RELEASE_OF: Text = Text::new("公开：{0}", "Public: {0}");
pub const IS_PUBLIC: Text = Text::new("现在公开", "Public now");
pub const UNIT_WRITES: Text = Text::new(
    "您写的内容由办公室逐项公开。已经公开的一项，改动以后要等办公室再次公开。",
    "What you write is made public by the office, field by field. A public field that you change waits for the office again.",
);
pub const OFFICE_WRITES: Text = Text::new(
    "勾选「公开」的各项保存以后任何人都能看到。单位自己改动一项以后，那一项要在这里重新公开。",
    "What is ticked as public can be read by anybody once it is saved. A field that the unit changes itself is to be released here again.",
);
pub const READ_ONLY: Text = Text::new("您可以查看，不能修改。", "You can read this, not change it.");
pub const NEW: Text = Text::new("这个单位还没有公示，从这里开始填写。", "This unit has no profile yet: begin here.");
pub const WRITTEN: Text = Text::new("第 {0} 版，{1} 于 {2} 保存", "Version {0}, saved by {1} on {2}");
pub const NAME: Text = Text::new("姓名", "Name");
pub const POST: Text = Text::new("职务", "Post");
pub const PERSON_PHONE: Text = Text::new("联系方式", "Telephone");
pub const PARTY: Text = Text::new("政治面貌", "Party");
pub const PHOTO: Text = Text::new("照片", "Photo");
pub const PHOTO_HINT: Text = Text::new(
    "JPEG、PNG 或 WebP；传送以前会缩小，最多 300 KB。",
    "JPEG, PNG or WebP; it is made smaller before it is sent, 300 KB at most.",
);
pub const PHOTO_WRONG: Text =
    Text::new("这不是 JPEG、PNG 或 WebP 照片，请另选一张", "This is no JPEG, PNG or WebP photo: choose another");
pub const PHOTO_LARGE: Text = Text::new(
    "照片缩小以后仍超过 300 KB，请先裁小再选",
    "The photo is above 300 KB even when made smaller: crop it and choose it again",
);
pub const PHOTO_GONE: Text = Text::new("这张照片没有传到，请重新选择", "This photo did not arrive: choose it again");
pub const PHOTO_SENDING: Text = Text::new("正在传送照片", "Sending the photo");
pub const PHOTO_REMOVE: Text = Text::new("去掉照片", "Remove the photo");
pub const PERSON: Text = Text::new("第 {0} 人", "Person {0}");
pub const ADD_PERSON: Text = Text::new("添加一人", "Add a person");
pub const MOST_PEOPLE: Text = Text::new("最多 200 人。", "200 people at most.");
pub const REMOVE: Text = Text::new("删除", "Remove");
pub const UP: Text = Text::new("上移", "Up");
pub const DOWN: Text = Text::new("下移", "Down");
/// What a button does, and to whom.
pub const ACT_ON: Text = Text::new("{0}：{1}", "{0}: {1}");
pub const REMOVED: Text = Text::new("已删除一人，保存以后生效。", "One person removed; saving makes it so.");
pub const SAVE: Text = Text::new("保存", "Save");
pub const SAVED: Text = Text::new("已保存。", "Saved.");
pub const LEAVES: Text = Text::new("保存以后不再公开：{0}", "No longer public once saved: {0}");
pub const LEFT: Text = Text::new("已保存。不再公开：{0}", "Saved. No longer public: {0}");
pub const UNSAVED: Text = Text::new("公示有未保存的内容", "The profile holds changes that are not saved");
pub const TOO_LONG: Text =
    Text::new("太长，或者有不能用的字符", "It is too long, or holds characters that cannot be used");
pub const NAME_NEEDED: Text = Text::new(
    "请填写姓名，100 字以内；不需要这一行就删除它",
    "Give a name of at most 100 characters, or remove the row",
);
pub const OTHERS_CHANGED: Text = Text::new(
    "别人刚刚改了这份公示。您填写的内容还在下面，没有保存；请看对方的改动",
    "Somebody else has changed this profile. What you typed is still below and not saved: look at their change",
);
pub const OTHERS_WROTE: Text = Text::new(
    "{0} 于 {1} 保存的内容与您填写的不同。再按一次「保存」，就以您填写的为准；也可以改用对方的内容。",
    "What {0} saved on {1} differs from yours. Save again to keep what you typed, or take theirs.",
);
pub const OTHERS_SAY: Text = Text::new("对方写的{0}", "Theirs: {0}");
pub const OTHERS_EMPTY: Text = Text::new("（空）", "(empty)");
pub const TAKE_THEIRS: Text = Text::new("改用对方的内容", "Take theirs");
