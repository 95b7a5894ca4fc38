//! The public pages: a published result, and the list of them.

use crate::Text;

pub const SITE: Text = Text::new("评议", "Pingyi");
pub const RESULTS: Text = Text::new("评议结果公布", "Published appraisals");
pub const RESULTS_LEAD: Text =
    Text::new("以下评议已经结束并公布结果。", "These appraisals are over and their results are public.");
pub const NOTHING_YET: Text = Text::new("还没有公布的结果。", "Nothing has been published yet.");
pub const NOT_FOUND: Text = Text::new("没有这个页面", "There is no such page");
pub const NOT_FOUND_LEAD: Text =
    Text::new("该评议不存在，或者结果尚未公布。", "There is no such appraisal, or its result is not public yet.");
pub const ALL_RESULTS: Text = Text::new("全部公布的结果", "All published results");
pub const OTHER_LANGUAGE: Text = Text::new("English", "中文");
pub const SKIP: Text = Text::new("跳到正文", "Skip to content");

pub const ON_DISPLAY: Text = Text::new("（公示中）", " (on public display)");
pub const DISPLAY: Text = Text::new("公示稿", "On public display");
pub const DISPLAY_NOTE: Text = Text::new(
    "这是公示稿，还不是最后公布的结果。对结果有异议的，请在公示期内提出。",
    "This is on public display and not the published result yet. Whoever objects to it, please do so before the end.",
);
pub const DISPLAY_UNTIL: Text = Text::new("公示至（北京时间）：", "Until (Beijing time): ");
pub const DISPLAY_CONTACT: Text = Text::new("联系：", "Contact: ");
pub const DISPLAYED: Text = Text::new("公示期（北京时间）：", "On public display (Beijing time): ");
pub const OBJECTIONS_CAME: Text = Text::new("收到异议：", "Objections: ");
pub const OBJECTIONS_UPHELD: Text = Text::new("其中成立：", "upheld: ");
pub const DISPLAY_EARLY: Text = Text::new("提前公布的理由：", "Why it was published early: ");
pub const OBJECT: Text = Text::new("提出异议", "Object");
pub const OBJECTION_UNIT: Text = Text::new("关于哪个单位", "Which unit it is about");
pub const OBJECTION_WHOLE: Text = Text::new("整个结果", "The whole result");
pub const OBJECTION_TEXT: Text = Text::new("异议内容", "Your objection");
pub const OBJECTION_CONTACT: Text =
    Text::new("怎样联系您（只有工作人员看得到，可不填）", "How to reach you (seen by staff alone; may stay empty)");
pub const OBJECTION_SEND: Text = Text::new("提交", "Send");
pub const OBJECTION_WORKING: Text = Text::new("正在提交，需要几秒钟…", "Sending; this takes some seconds…");
pub const OBJECTION_TAKEN: Text = Text::new("已收到，编号 ", "It was taken as number ");
pub const OBJECTION_FAILED: Text = Text::new("没有提交成功，请再试一次。", "It could not be sent; please try again.");
pub const OBJECTION_NO_SCRIPT: Text = Text::new(
    "这个浏览器不能提交，请按上面的联系方式提出。",
    "This browser cannot send it; please use the contact above.",
);
pub const CORRECTED_DISPLAY: Text = Text::new(
    "这个结果正在更正，更正稿正在公示：",
    "This result is being corrected, and the correction is on public display: ",
);
pub const CORRECTED_DISPLAY_LINK: Text = Text::new("看更正稿", "read the correction");
pub const KEYS: Text = Text::new("盲签密钥的指纹", "Fingerprints of blind keys");
pub const KEYS_NOTE: Text = Text::new(
    "同一组、同一周期的所有人用同一把密钥。请与卡片上的指纹核对：完全相同，就说明没有人给您换了一把只用来认出您的密钥。投票页面也会自动核对。",
    "All voters of a group in a period have one key. Hold it against your card: if both are the same, nobody gave you a key of your own by which to know you again. The ballot page compares them, too.",
);
pub const KEYS_NONE: Text = Text::new("这次评议没有盲签的人群。", "This appraisal has no blind group.");
pub const KEYS_WHOLE: Text = Text::new("完整指纹和公钥（JSON）", "Whole fingerprints and public keys (JSON)");
pub const NOT_READ: Text = Text::new(
    "以下公布的结果现在读不出来，这里没有列出：",
    "These published results cannot be read now and are left out here: ",
);
pub const EDITION: Text = Text::new("版本", "Edition");
pub const EDITIONS: Text = Text::new(
    "全部版本（每一版都一直可查，日期为北京时间）：",
    "All editions (each stays readable; days of Beijing time):",
);
pub const EDITION_OLD: Text = Text::new("这一版已更正，最新版本是", "This edition was corrected; the latest is");
pub const EDITION_REASON: Text = Text::new("更正理由：", "Why it was corrected: ");
pub const EDITION_CHANGES: Text = Text::new("与上一版不同之处：", "What differs from the edition before:");
pub const EDITION_SAME: Text = Text::new(
    "得分、名次、等次和结果运用与上一版相同。",
    "Totals, ranks, grades and outcomes are those of the edition before.",
);
pub const EDITION_MORE: Text = Text::new("更多见公开数据，另有处数：", "More in the data; further changes:");
pub const RANKING: Text = Text::new("评议结果", "Ranking");
pub const RANK: Text = Text::new("名次", "Rank");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const TOTAL: Text = Text::new("总分", "Total");
pub const GRADE: Text = Text::new("等次", "Grade");
pub const BONUS: Text = Text::new("加分", "Bonus");
pub const DEDUCTION: Text = Text::new("扣分", "Deduction");
pub const OUTCOME: Text = Text::new("结果运用", "Outcome");
pub const NONE: Text = Text::new("—", "—");
pub const OUT_OF: Text = Text::new("满分", "out of");
pub const CHART: Text = Text::new("得分构成", "Where the points come from");
pub const CHART_NOTE: Text = Text::new(
    "每条横条是一个单位，各段是各评议项目的得分；准确数字见上表。",
    "Each bar is a unit, each part a component's score; the table above has the exact figures.",
);
pub const NOT_APPLICABLE: Text = Text::new("不适用", "does not apply");
pub const CATEGORIES: Text = Text::new("类别", "Categories");
pub const PAGES: Text = Text::new("分页", "Pages");

pub const TIES: Text = Text::new("同分如何定序", "How ties were decided");
pub const TIE_BY_LOT: Text = Text::new("总分相同，由抽签决定先后", "equal totals, decided by lot");
pub const TIE_BY_COMPONENT: Text =
    Text::new("总分相同，以这一项得分高者在前：", "equal totals, the higher score goes first in: ");
pub const TIE_BY_SHARE: Text =
    Text::new("总分相同，以这一选项占比高者在前：", "equal totals, the higher share of this option goes first: ");

pub const METHOD: Text = Text::new("怎样评、怎样算", "How it was done");
pub const COMPONENT: Text = Text::new("评议项目", "Component");
pub const POINTS: Text = Text::new("分值", "Points");
pub const HOW: Text = Text::new("计分办法", "How it is scored");
pub const BY_SURVEY: Text = Text::new("测评：", "survey: ");
pub const BY_COMPLAINTS: Text = Text::new("按不满意票扣分：", "points off for dissatisfied marks: ");
pub const BY_INCIDENTS: Text = Text::new("按查实事项扣分", "points off for verified incidents");
pub const BY_ENTRY: Text = Text::new("部门评分：", "points given by: ");
pub const BY_LINK: Text = Text::new("取自关联评议的得分", "totals of linked appraisals");
pub const POOLED: Text = Text::new("合并计票", "counted together");
pub const ON_TASKS: Text = Text::new("各单位按自己的任务受评", "each unit on its own tasks");
pub const AT_LEAST: Text = Text::new("每项至少 {0} 票", "at least {0} marks on each line");
pub const LEFT_OUT_BELOW: Text = Text::new("少于 {0} 票的人群不计入", "groups with fewer than {0} marks are left out");
pub const LEFT_OUT_EMPTY: Text = Text::new("没有票的人群不计入", "groups without marks are left out");
pub const SHORTLIST: Text = Text::new("入围名单", "Shortlist");
/// {0} how many of the best, {1} of the lowest, {2} last year's outcome.
pub const SHORTLIST_INSIDE: Text = Text::new(
    "每类第一阶段得分最高的 {0} 个、最低的 {1} 个单位入围第二阶段；上年“{2}”的单位列入后列名单，占后列名额。名次先按名单分列：前列名单在前，按总分排；其余单位居中，按第一阶段得分排；后列名单在后，按总分排。",
    "The best {0} and the lowest {1} of each category in stage 1 take part in stage 2. Units that were “{2}” last year join the bottom list and take its places. Ranks follow the lists first: the top list by its totals, then all others by stage 1, then the bottom list by its totals.",
);
pub const SHORTLIST_BESIDE: Text = Text::new(
    "每类第一阶段得分最高的 {0} 个、最低的 {1} 个单位入围第二阶段；上年“{2}”的单位另外列入后列名单，不占名额。名次先按名单分列：前列名单在前，按总分排；其余单位居中，按第一阶段得分排；后列名单在后，按总分排。",
    "The best {0} and the lowest {1} of each category in stage 1 take part in stage 2. Units that were “{2}” last year join the bottom list beside them and take no places. Ranks follow the lists first: the top list by its totals, then all others by stage 1, then the bottom list by its totals.",
);
pub const LIST_TOP: Text = Text::new("入围（前列）", "Shortlist: top");
pub const LIST_BOTTOM: Text = Text::new("入围（后列）", "Shortlist: bottom");
pub const COLON: Text = Text::new("：", ": ");
pub const WHEN_FROM_TOP: Text = Text::new("每类前 {0} 名", "the best {0} of each category");
pub const WHEN_FROM_BOTTOM: Text = Text::new("每类后 {0} 名", "the lowest {0} of each category");
pub const WHEN_ONLY_FROM_BOTTOM: Text = Text::new("每类倒数第 {0} 名", "number {0} from the end of each category");
pub const WHEN_RANKS: Text = Text::new("每类第 {0} 至第 {1} 名", "ranks {0} to {1} of each category");
pub const WHEN_RANKS_FROM_BOTTOM: Text =
    Text::new("每类倒数第 {0} 至第 {1} 名", "number {0} to {1} from the end of each category");
pub const WHEN_TOP_SHARE: Text = Text::new("每类前 {0}%", "the best {0}% of each category");
pub const WHEN_GRADE: Text = Text::new("等次为“{0}”", "grade “{0}”");
/// {0} outcome, {1} years.
pub const WHEN_REPEATED: Text = Text::new("连续 {1} 年“{0}”", "“{0}” {1} years running");
/// {0} trait, {1} how many units have it.
pub const ONLY_FOR: Text = Text::new("，只用于标记“{0}”的单位（{1} 个）", ", only for units marked “{0}” ({1})");
pub const EXCEPT_FOR: Text = Text::new("，不用于标记“{0}”的单位（{1} 个）", ", not for units marked “{0}” ({1})");
/// {0} option, {1} how many units.
pub const QUOTA_COUNT: Text = Text::new("每类“{0}” {1} 个", "“{0}” for {1} units of each category");
pub const QUOTA_AT_MOST: Text = Text::new("每类“{0}”最多 {1} 个", "“{0}” for at most {1} units of each category");
pub const QUOTA_SHARE: Text = Text::new("每类“{0}”最多 {1}%", "“{0}” for at most {1}% of each category");
/// {0} trait.
pub const ONLY_TRAIT: Text = Text::new("只评有“{0}”特征的单位", "for units with “{0}” alone");
pub const EXCEPT_TRAIT: Text = Text::new("不评有“{0}”特征的单位", "not for units with “{0}”");
pub const VOTING_TIMES: Text = Text::new("投票时间", "Voting times");
pub const IN_STAGE_2: Text = Text::new("（第二阶段）", " (stage 2)");
pub const TURNOUT: Text = Text::new("线上参加评议的票数", "Ballots cast online");
pub const GROUP: Text = Text::new("评议人群", "Group");
pub const PERIOD: Text = Text::new("周期", "Period");
pub const BALLOTS: Text = Text::new("票数", "Ballots");
pub const OPEN_GROUPS: Text = Text::new("公开渠道", "Open groups");
pub const OPEN_GROUPS_NOTE: Text = Text::new(
    "扫码即可填写、不核对身份的渠道较弱：一人换几个浏览器可以填几张。下面是各渠道按小时领取测评表的情况，刷票会显出来；领取的时间与测评表分开记录。时间为北京时间。",
    "Groups that vote by a public link, without a check of identity, are a weak channel: one person with several browsers can vote several times. This is how many ballots each link gave out, by the hour, so that stuffing shows; it is recorded apart from the ballots. Beijing time.",
);
pub const CODES_GIVEN: Text = Text::new("领取张数", "Given out");
pub const ACTIVE_HOURS: Text = Text::new("有人领取的小时数", "Hours with any");
pub const BUSIEST_HOURS: Text = Text::new("最多的几个小时及张数", "Busiest hours and how many");
pub const FEWER_THAN_TEN: Text = Text::new("少于10", "fewer than 10");
pub const WITHHELD: Text = Text::new("不公布", "withheld");
pub const FEWER_NOTE: Text = Text::new(
    "不足10票的人群不公布具体票数，以免看出个人选择；如能由总票数推算出来，票数次少的人群也不公布。",
    "Groups with fewer than 10 ballots are not counted out, so that no single choice shows. Where the total would \
     give such a number away, that of the next smallest group is withheld, too.",
);
pub const METHOD_NOTE: Text = Text::new(
    "各项得分 = 分值 × 原始分 ÷ 该项满分，四舍五入到小数点后六位；总分为各项之和加减分。公布分数只作显示，名次按六位小数排定。",
    "Each score is points × raw ÷ its scale's top, rounded half up to six places; the total is their sum with bonuses and deductions. Ranks follow the six-place totals, not the printed ones.",
);

pub const CHECK: Text = Text::new("核对", "Check it yourself");
pub const PLAN_HASH: Text = Text::new("方案指纹（SHA-256）", "Plan fingerprint (SHA-256)");
pub const CHECK_NOTE: Text = Text::new(
    "方案在投票开始时冻结，指纹印在每张回执上。完整数据可下载，用 pingyi verify 重新计算。",
    "The plan was frozen when voting opened and its fingerprint stands on every receipt. The full data can be downloaded and recomputed with pingyi verify.",
);
pub const RECEIPTS_ROOT: Text = Text::new("全部回执的指纹", "Fingerprint of all receipts");
pub const RECEIPT_CHECK: Text = Text::new("核对回执", "Check a receipt");
pub const RECEIPT_NUMBER: Text = Text::new("回执号", "Receipt number");
pub const RECEIPT_LOOK: Text = Text::new("查找", "Look it up");
pub const RECEIPT_FOUND: Text =
    Text::new("这张回执对应的测评表已计入结果。", "The ballot of this receipt is among those that were counted.");
pub const RECEIPT_MISSING: Text = Text::new(
    "没有找到这张回执，请核对回执号。",
    "No ballot of this appraisal has this receipt. Please check the number.",
);
pub const VERIFY: Text =
    Text::new("自己验算：在这台设备上重新计算", "Verify it yourself: computed again on this device");
pub const DOWNLOAD: Text = Text::new("下载方案与结果（JSON）", "Download plan and result (JSON)");
pub const DOWNLOAD_WORKBOOK: Text = Text::new("排名汇总表（XLSX）", "Ranking as a workbook (XLSX)");
pub const DOWNLOAD_TABLE: Text = Text::new("排名汇总表（CSV）", "Ranking as a table (CSV)");
