//! Where offices enter data: entries, incidents, adjustments, links, decisions, verdicts, history, lots,
//! paper ballots.

use crate::Text;

pub const TITLE: Text = Text::new("录入", "Records");
pub const ALL: Text = Text::new("全部录入", "All records");
pub const ENTERS_FOR: Text = Text::new(
    "您的账号只录入“{0}”的项目，别的项目和结果不显示。",
    "Your account enters for “{0}” only; other components and results are not shown.",
);
pub const INTRO: Text = Text::new(
    "评议开始后到公布前都可以录入和更正。每一条都留下依据、经办人和时间；划去的仍然看得见。",
    "Records can be given and corrected from opening until publishing. Each keeps its evidence, person and time; what is struck out stays visible.",
);
pub const NOT_OPEN: Text =
    Text::new("方案还没有开放评议，现在不能录入。", "The plan is not open yet: nothing can be recorded.");
pub const NOW_FIXED: Text =
    Text::new("结果已经公布，记录不能再改。", "The result is published: records can no longer change.");
pub const PLAN_INVALID: Text = Text::new(
    "方案还有没填完的地方，填完并开放后才能录入。",
    "The plan is not complete yet; complete and open it first.",
);
pub const MAY_NOT: Text = Text::new("你的账号只能看，不能录入。", "Your account may read these but not record.");
pub const METHOD: Text = Text::new(
    "计分办法与公布结果时相同，录入时即在本页按同一规则检查。",
    "Figures are checked on this page by the same rules that score the result.",
);

// Kinds.
pub const ENTRIES: Text = Text::new("录入分", "Entered points");
pub const ENTRIES_NOTE: Text =
    Text::new("由责任单位给出的分值，逐个单位录入。", "Points that an office gives, unit by unit.");
pub const LINKS: Text = Text::new("其他方案总分", "Totals of other plans");
pub const LINKS_NOTE: Text =
    Text::new("从已公布的其他方案取总分，或手工录入。", "Taken from other published plans, or typed.");
pub const INCIDENTS: Text = Text::new("扣分事项", "Incidents");
pub const INCIDENTS_NOTE: Text =
    Text::new("查实后在项目分内扣分。", "Verified facts that cost points inside a component.");
pub const ADJUSTMENTS: Text = Text::new("加减分", "Bonuses and deductions");
pub const ADJUSTMENTS_NOTE: Text = Text::new("在总分之外加分或减分。", "Outside the total points.");
pub const DECISIONS: Text = Text::new("集体决定", "Joint decisions");
pub const DECISIONS_NOTE: Text =
    Text::new("以集体研究决定的分值代替计票结果。", "A decided value takes the place of what was counted.");
pub const VERDICTS: Text = Text::new("直接认定", "Verdicts");
pub const VERDICTS_NOTE: Text =
    Text::new("不论名次，直接给予某项结果运用。", "Give a unit an outcome whatever its rank.");
pub const HISTORY: Text = Text::new("历年结果", "Earlier years");
pub const HISTORY_NOTE: Text =
    Text::new("连续几年的规定要用到往年的结果。", "Rules over several years need what earlier years gave.");
pub const LOTS: Text = Text::new("抽签", "Lots");
pub const LOTS_NOTE: Text =
    Text::new("规则分不出先后的并列，由抽签决定。", "Ties that no rule decides are settled by a draw.");
pub const PAPER: Text = Text::new("纸质票", "Paper ballots");
pub const PAPER_NOTE: Text =
    Text::new("由两人各录一遍，一致才计票。", "Entered twice by different people, counted when both agree.");
pub const NO_PLACE: Text = Text::new("本方案没有这类项目", "This plan has no place for these");
pub const RECORDED: Text = Text::new("已录 {0}", "{0} recorded");
pub const OF_UNITS: Text = Text::new("已录 {0}/{1}", "{0} of {1} recorded");
pub const UNSAVED_HERE: Text = Text::new("有未保存的内容", "Holds unsaved input");

// Fields.
pub const PERIOD: Text = Text::new("周期", "Period");
pub const COMPONENT: Text = Text::new("评议项目", "Component");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const VALUE: Text = Text::new("分值", "Points");
pub const TOTALS: Text = Text::new("各方案总分", "Totals");
pub const LEVEL: Text = Text::new("层级", "Level");
pub const COUNT: Text = Text::new("次数", "How many");
pub const SERIOUS: Text = Text::new("情节严重", "Serious");
pub const SERIOUS_TIMES: Text = Text::new("按 {0} 倍扣分", "The deduction is multiplied by {0}");
pub const RULE: Text = Text::new("加减分规则", "Rule");
pub const POINTS: Text = Text::new("分数", "Points");
pub const OUTCOME: Text = Text::new("结果运用", "Outcome");
pub const OUTCOMES: Text = Text::new("结果运用", "Outcomes");
pub const REASON: Text = Text::new("理由", "Reason");
pub const EVIDENCE: Text = Text::new("依据", "Evidence");
pub const EVIDENCE_HINT: Text =
    Text::new("文件、会议纪要或来源，可以不填。", "Document, minutes or source; may be left empty.");
/// Where a total came from that was taken from a published plan: its title, its edition, the unit's name there.
pub const LINK_SOURCE: Text = Text::new("《{0}》第 {1} 版：{2}", "{0}, edition {1}: {2}");
pub const YEAR: Text = Text::new("年份", "Year");
pub const CATEGORY: Text = Text::new("类别", "Category");
pub const ORDER: Text = Text::new("抽签次序", "Order drawn");
pub const ACROSS: Text = Text::new("跨类别", "Across categories");
pub const CHOOSE: Text = Text::new("请选择", "Choose");
pub const TYPE_TO_FIND: Text = Text::new("输入名称的一部分查找。", "Type part of the name to find it.");
pub const RANGE: Text = Text::new("{0} 到 {1}", "From {0} to {1}");
pub const BONUS_CHOICE: Text = Text::new("{0}（加分）", "{0} (bonus)");
pub const DEDUCTION_CHOICE: Text = Text::new("{0}（减分）", "{0} (deduction)");
pub const LEVEL_CHOICE: Text = Text::new("{0}（{1} 分）", "{0} ({1} points)");
pub const RULE_CAP: Text =
    Text::new("本规则每个单位每个周期最多计 {0} 分。", "This rule counts at most {0} points for a unit in a period.");
pub const PLAN_CAP: Text = Text::new("各规则合计最多计 {0} 分。", "All rules together count at most {0} points.");
pub const DECIDED_OUT_OF: Text =
    Text::new("0 到 {0}，代替该项目的计票结果。", "From 0 to {0}; it takes the place of what was counted.");
pub const YES: Text = Text::new("是", "Yes");
pub const NONE: Text = Text::new("—", "—");
pub const LINES: Text = Text::new("{0} 行", "{0} lines");

// What is wrong.
pub const FILL: Text = Text::new("请填写", "Fill this in");
pub const CHOOSE_ONE: Text = Text::new("请选择一项", "Choose one");
pub const NOT_FOUND: Text = Text::new("没有名为“{0}”的选项", "There is no “{0}” to choose");
pub const NAMED_TWICE: Text = Text::new("有同名的“{0}”，请写编号", "Several are named “{0}”: write the id");
pub const NOT_A_FIGURE: Text = Text::new("请填数字，例如 8 或 7.5", "Enter a figure such as 8 or 7.5");
pub const FIGURE_ABSENT: Text =
    Text::new("“{0}”不是分数；没有分数请留空", "“{0}” is no figure; leave the cell empty where there is none");
pub const FIGURE_SHEET_ERROR: Text =
    Text::new("“{0}”是表格里出错的公式，请在原表改好", "“{0}” is a formula that failed; mend it in the sheet");
pub const FIGURE_FORMULA: Text = Text::new("“{0}”是公式，请填算出来的数", "“{0}” is a formula; enter what it gives");
pub const FIGURE_PERCENT: Text =
    Text::new("“{0}”带百分号，请填不带 % 的分数", "“{0}” has a percent sign; enter the points without it");
pub const FIGURE_COMMA: Text = Text::new(
    "“{0}”里有逗号，分不清是小数点还是千位分隔；小数点请用“.”",
    "“{0}” has a comma, which may be a point or mark thousands; write a point as “.”",
);
pub const FIGURE_EXPONENT: Text =
    Text::new("“{0}”是科学记数法，请写成普通数字", "“{0}” is in scientific notation; write the figure out");
pub const FIGURE_LEADING_ZEROS: Text = Text::new(
    "“{0}”前面有多余的 0，像是编号；请填分数",
    "“{0}” begins with needless zeros, as codes do; enter the points",
);
pub const FIGURE_NEGATIVE_ZERO: Text = Text::new("“{0}”：零不带负号，请填 0", "“{0}”: nought has no sign; enter 0");
pub const FIGURE_INNER_SPACE: Text = Text::new("“{0}”中间有空格", "“{0}” has a blank inside");
pub const FIGURE_WITH_UNIT: Text = Text::new("“{0}”请只填数字", "“{0}”: enter the figure alone");
pub const FIGURE_DATE: Text = Text::new(
    "“{0}”像是日期；表格会把 8-5 之类变成日期，请填数字",
    "“{0}” looks like a date; spreadsheets make dates of 8-5 and the like. Enter the figure",
);
pub const FIGURE_CHINESE: Text = Text::new("“{0}”请用阿拉伯数字", "“{0}”: write it in digits");
pub const FIGURE_DIGITS: Text = Text::new("小数点前最多 12 位", "At most 12 digits before the point");
pub const FIGURE_DECIMALS: Text = Text::new("小数点后最多 12 位", "At most 12 digits behind the point");
pub const LINE_ABSENT: Text = Text::new("“{0}”：没有分数，未录入", "“{0}”: no figure, not entered");
pub const NOT_A_COUNT: Text = Text::new("请填 0 或以上的整数", "Enter a whole number, 0 or more");
pub const WITHIN: Text = Text::new("应在 {0} 之间", "It should be between {0}");
pub const NOT_EMPTY_ANY_MORE: Text = Text::new(
    "已录入的分不能清空；要撤销请在下面的记录中划去",
    "A recorded value cannot be emptied; strike it out in the list below",
);

// The form.
pub const GIVE: Text = Text::new("新录一条", "Record one");
pub const SAVE: Text = Text::new("保存", "Save");
pub const SAVING: Text = Text::new("正在保存…", "Saving…");
pub const SAVED_ONE: Text = Text::new("已保存。可以接着录下一条。", "Saved. The next one can follow.");
pub const NOT_SAVED: Text =
    Text::new("没有保存：{0}。填的内容还在，可以再试。", "Not saved: {0}. What was typed is still here; try again.");
pub const RESTORED: Text = Text::new("已恢复上次没有保存的内容。", "What was not saved last time is back.");
pub const UNSAVED_GUARD: Text =
    Text::new("有没有保存的录入。关闭本标签页会丢失。", "Some input is not saved. Closing this tab loses it.");

// What is recorded.
pub const LIST: Text = Text::new("已有记录", "What is recorded");
pub const LIST_EMPTY: Text = Text::new("还没有记录。", "Nothing is recorded yet.");
pub const BY_AT: Text = Text::new("经办与时间", "By, and when");
pub const STATE: Text = Text::new("状态", "State");
pub const PENDING: Text = Text::new("待审批", "Awaits approval");
pub const COUNTS: Text = Text::new("有效", "Counts");
pub const LATE: Text = Text::new("逾期录入", "Given late");
pub const STRUCK: Text = Text::new("已划去", "Struck out");
pub const STRUCK_WHY: Text = Text::new("理由：{0}({1}，{2})", "Reason: {0} ({1}, {2})");
pub const STRIKE: Text = Text::new("划去", "Strike out");
pub const STRIKE_NAMED: Text = Text::new("划去：{0}", "Strike out: {0}");
pub const STRIKE_TITLE: Text = Text::new("划去“{0}”的理由", "Reason for striking out “{0}”");
pub const STRIKE_HINT: Text =
    Text::new("记录会保留并标为“已划去”，不再计分。", "It stays in the list as struck out and no longer counts.");
pub const STRIKE_NOW: Text = Text::new("确认划去", "Strike it out");
pub const CANCEL: Text = Text::new("取消", "Cancel");
pub const MORE: Text = Text::new("再显示 {0} 条", "Show {0} more");
pub const AS_OF: Text = Text::new("数据时间 {0}", "As of {0}");

// The table of units.
pub const OUT_OF: Text = Text::new("每个单位 0 到 {0} 分", "From 0 to {0} for each unit");
pub const GIVEN_BY: Text = Text::new("由 {0} 录入", "Given by {0}");
pub const LINK_HINT: Text = Text::new(
    "多个方案的总分用空格分开。合并方式：{0}；结果计在 0 到 {1} 之间。",
    "Several totals are separated by spaces. They are combined by {0}, and kept from 0 to {1}.",
);
pub const MEAN: Text = Text::new("取平均", "their mean");
pub const SUM: Text = Text::new("相加", "their sum");
pub const SAVES_ITSELF: Text = Text::new(
    "填完一格即自动保存；可从 Excel 直接粘贴到分值格；Enter、方向键移动，Ctrl+Z 撤销粘贴。断网时内容留在本标签页，恢复后补存。",
    "Each line is saved when it is left; paste from Excel straight into the values; Enter and arrows move, Ctrl+Z takes a paste back. Without network it stays in this tab and is saved later.",
);
pub const COMMON_FILES: Text = Text::new("共同附件 {0}", "Files for all lines: {0}");
pub const COMMON_EVIDENCE: Text = Text::new("本页共同依据", "Evidence for all lines");
pub const COMMON_HINT: Text =
    Text::new("没有单独写依据的行，保存时用这里的文字。", "Saved with every line that has none of its own.");
pub const FIND: Text = Text::new("查找单位", "Find a unit");
pub const SHOW: Text = Text::new("显示", "Show");
pub const SHOW_ALL: Text = Text::new("全部", "All");
pub const SHOW_EMPTY: Text = Text::new("还没录入的", "Not yet recorded");
pub const SHOW_OPEN: Text = Text::new("没有保存好的", "Not saved");
pub const ONLY_WRONG: Text = Text::new("只看有误 {0}", "Only what is wrong: {0}");
pub const LINE_EMPTY: Text = Text::new("未录入", "Empty");
pub const LINE_SAVED: Text = Text::new("已保存 {0} {1}", "Saved {0} {1}");
pub const LINE_CHANGED: Text = Text::new("未保存", "Not saved");
pub const LINE_WAITING: Text = Text::new("等待保存", "Waiting");
pub const LINE_FAILED: Text = Text::new("没存上：{0}", "Not saved: {0}");
pub const RETRY: Text = Text::new("重试", "Try again");
pub const STATUS: Text = Text::new(
    "已录 {0}/{1} · 未保存 {2} · 失败 {3} · 有误 {4}",
    "{0} of {1} recorded · {2} not saved · {3} failed · {4} wrong",
);
pub const SAVE_ALL: Text = Text::new("保存全部未保存的行", "Save all lines that are not saved");
pub const ALL_SAVED: Text = Text::new("没有未保存的行。", "Every line is saved.");
pub const RESTORED_LINES: Text = Text::new(
    "已恢复上次没有保存的 {0} 行，请核对后按“保存全部”。",
    "{0} lines that were not saved last time are back; check them and save all.",
);
pub const UNIT_WRONG: Text = Text::new("{0}:{1}", "{0}: {1}");

// Pasting.
pub const PASTE: Text = Text::new("从电子表格粘贴", "Paste from a spreadsheet");
pub const PASTE_UNITS: Text = Text::new(
    "粘贴两列“单位、分值”（第三列可为依据），或只粘贴一列分值，按表中顺序对应。单位可写名称或编号。",
    "Paste two columns, unit and points (a third may hold evidence), or one column of points in the order of the table. Units by name or id.",
);
pub const PASTE_TOTALS: Text = Text::new(
    "粘贴“单位、总分、总分…”，每个方案一列；或只粘贴一列总分，按表中顺序对应。",
    "Paste unit, total, total …, a column for each plan; or one column of totals in the order of the table.",
);
pub const PASTE_HISTORY: Text = Text::new(
    "粘贴三列“年份、单位、结果运用”，一格内多项用顿号分开。",
    "Paste three columns: year, unit, outcomes; several in one cell separated by commas.",
);
pub const PASTED: Text = Text::new("粘贴到这里", "Paste here");
pub const PREVIEW: Text = Text::new("预览", "Preview");
pub const PREVIEW_COUNTS: Text =
    Text::new("可接受 {0} 行，有误 {1} 行，空白 {2} 行", "{0} lines accepted, {1} rejected, {2} empty");
pub const ACCEPT: Text = Text::new("录入可接受的 {0} 行", "Take the {0} accepted lines");
pub const LEFT_OVER: Text = Text::new(
    "已录入 {0} 行；有误的 {1} 行留在框中，改好后可再录入。",
    "{0} lines taken; the {1} rejected ones stay in the box to be corrected.",
);
pub const TAKEN_LINES: Text = Text::new("已录入 {0} 行。", "{0} lines taken.");
pub const LINE: Text = Text::new("行", "Line");
pub const RESULT: Text = Text::new("检查", "Check");
pub const GOOD: Text = Text::new("可接受", "Accepted");
pub const SKIPPED: Text = Text::new("空白，跳过", "Empty, skipped");
pub const ABSENT_SKIPPED: Text = Text::new("“{0}”：没有分数，跳过", "“{0}”: no figure, skipped");
pub const TOO_MANY_LINES: Text = Text::new("多于表中的单位", "More lines than units");
pub const REPEATED: Text = Text::new("前面已有这个单位", "This unit stands above already");
pub const NO_SUCH_UNIT: Text = Text::new("表中没有单位“{0}”", "The table has no unit “{0}”");

// Published plans.
pub const FROM_PLANS: Text = Text::new("从已公布的方案取总分", "Take totals from published plans");
pub const FROM_PLANS_HINT: Text = Text::new(
    "按单位编号对应，取到后先预览再录入。",
    "Units are matched by their ids; there is a preview before anything is taken.",
);
pub const NO_PLANS: Text = Text::new("还没有其他已公布的方案。", "No other plan is published yet.");
pub const TAKE: Text = Text::new("取总分", "Take totals");
pub const TAKEN: Text =
    Text::new("已取 {0} 个单位的总分，放在下面的粘贴框中。", "Totals of {0} units stand in the box below.");
pub const WHICH_PLANS: Text = Text::new("哪些方案", "Which plans");
pub const CHOOSE_PLAN: Text = Text::new("请至少选一个方案", "Choose at least one plan");

// History.
pub const ADD_LINE: Text = Text::new("加一行", "Add a line");
pub const REMOVE: Text = Text::new("移除", "Remove");
pub const REMOVE_NAMED: Text = Text::new("移除 {0} {1}", "Remove {0} {1}");
pub const HISTORY_LINES: Text = Text::new("历年结果 {0} 行", "{0} lines of earlier years");
pub const HISTORY_CHANGED: Text = Text::new("有修改还没有保存。", "Changes are not saved yet.");
pub const HISTORY_SAVE: Text = Text::new("保存历年结果", "Save the earlier years");
pub const HISTORY_SAVED: Text = Text::new("历年结果已保存。", "The earlier years are saved.");
pub const HISTORY_EMPTY: Text = Text::new("还没有历年结果。", "No earlier years yet.");
pub const OTHER_OUTCOME: Text =
    Text::new("可写本方案的结果名称或往年方案的编号。", "A name from this plan, or an id from that year's plan.");
pub const YEAR_BAD: Text = Text::new("请填四位年份", "Enter a year of four digits");

// Lots.
pub const NO_TIES: Text = Text::new("目前没有需要抽签的并列。", "No tie needs a draw at present.");
pub const TIES_PROVISIONAL: Text = Text::new(
    "评议还没有结束，并列情况还会变化。建议结束后再抽签。",
    "Voting is not over and ties may still change. Draw after closing.",
);
pub const TIE: Text = Text::new("并列：{0}", "Tied: {0}");
pub const TIE_HINT: Text = Text::new(
    "在现场公开抽签后填写次序（1 排在最前）；也可以由本页用密码学随机数抽取，请在场人员见证。",
    "Fill in the order of a public draw (1 comes first), or let this page draw with cryptographic randomness before witnesses.",
);
pub const PLACE_OF: Text = Text::new("{0} 的次序", "Place of {0}");
pub const DRAW: Text = Text::new("由本页抽取", "Draw here");
pub const DRAWN: Text = Text::new("抽取结果：{0}。请填写依据后保存。", "Drawn: {0}. Add the evidence and save.");
pub const DRAWN_BY_PAGE: Text = Text::new("本页随机抽取，{0}", "Drawn at random by this page, {0}");
pub const NO_RANDOM: Text = Text::new(
    "这个浏览器没有安全的随机数，请现场抽签后填写",
    "This browser has no safe randomness: draw by hand and fill in the order",
);
pub const PLACES_WRONG: Text = Text::new("{0}：次序应为 1 到 {1}，不重复", "{0}: the places are 1 to {1}, each once");
pub const LOT_EVIDENCE_HINT: Text = Text::new("主持人、见证人、地点。", "Who led and witnessed the draw, and where.");
pub const LOT_EVIDENCE_EMPTY: Text =
    Text::new("请写明抽签的主持人、见证人和地点", "Say who led and witnessed the draw, and where");
pub const SAVE_LOT: Text = Text::new("保存抽签结果", "Save the draw");
pub const LOT_SAVED: Text = Text::new("抽签结果已保存。", "The draw is saved.");

// Paper ballots.
pub const PAPER_START: Text = Text::new("录入一批纸质票", "Enter a batch of paper ballots");
pub const GROUP: Text = Text::new("评议人群", "Group");
pub const GO_ON: Text = Text::new("继续", "Continue");
pub const BATCHES: Text = Text::new("各批纸质票", "Batches");
pub const NO_BATCHES: Text = Text::new("还没有纸质票。", "No paper ballots yet.");
pub const FIRST_BY: Text = Text::new("第一次录入", "First entry");
pub const SECOND_BY: Text = Text::new("第二次录入", "Second entry");
pub const WAITS: Text = Text::new("等第二人录入", "Waits for the second entry");
pub const DISAGREES: Text = Text::new("两次不一致", "The two disagree");
pub const COUNTED: Text = Text::new("已计票", "Counted");
pub const ENTER_SECOND: Text = Text::new("录入第二遍", "Enter it a second time");
pub const COMPARE: Text = Text::new("核对", "Compare");
pub const YOURS: Text = Text::new("由你录入，须由另一人录第二遍", "Entered by you: another person enters it again");
pub const LABEL: Text = Text::new("信封或票箱", "Envelope or box");
pub const LABEL_HINT: Text = Text::new(
    "写信封或票箱上的编号，全方案不重复；第二个人录入时写同一个编号。",
    "What is written on the envelope or box, once in the whole plan; the second person writes it again.",
);
pub const NO_LABEL: Text = Text::new("请写信封或票箱的编号", "Say which envelope or box it is");
pub const COLLECTED: Text = Text::new("收回票数", "Ballots collected");
pub const VOID: Text = Text::new("其中无效票", "Void among them");
pub const VALID: Text = Text::new(
    "有效票 {0} 张；每行各选项与空白之和应等于它。",
    "{0} valid ballots; in each line options and blanks add up to that.",
);
pub const VOID_TOO_MANY: Text = Text::new("无效票不能多于收回票数", "No more can be void than were collected");
pub const BLANK: Text = Text::new("空白", "Blank");
pub const CHECK: Text = Text::new("核对", "Check");
pub const BALANCED: Text = Text::new("相符", "Adds up");
pub const SHORT: Text = Text::new("差 {0}", "{0} short");
pub const OVER: Text = Text::new("多 {0}", "{0} over");
pub const NOTHING_YET: Text = Text::new("未填", "Empty");
pub const LINE_OFF: Text = Text::new("{0}：合计 {1}，应为 {2}", "{0}: adds up to {1}, should be {2}");
pub const CELL_BAD: Text = Text::new("{0}：“{1}”应为整数", "{0}: “{1}” should be a whole number");
pub const PAPER_BLIND: Text = Text::new(
    "第二人请对照纸质票录入，不看第一人的数字。",
    "The second person enters from the paper, without seeing the first one's figures.",
);
pub const PAPER_PASTE_HINT: Text = Text::new(
    "可从电子表格复制一块区域，粘贴到左上角的格子。",
    "A block copied from a spreadsheet can be pasted into its upper left cell.",
);
pub const SAVE_BATCH: Text = Text::new("保存这批票", "Save this batch");
pub const FIRST_SAVED: Text =
    Text::new("第一遍已保存，等另一人录第二遍。", "The first entry is saved; another person enters it again.");
pub const SECOND_SAVED: Text = Text::new("两次录入一致，已计票。", "Both entries agree: it counts.");
pub const MISMATCH: Text = Text::new(
    "与 {0} 的录入有 {1} 处不一致，已在格中标出。请对照纸质票：本人录错的，划去自己的一遍后改正再存；对方录错的，由对方划去重录。",
    "{1} figures differ from the entry by {0}; they are marked in the cells. Check the paper: if yours is wrong, strike yours out, correct and save again; if theirs is wrong, they do so.",
);
pub const OTHER_SAYS: Text = Text::new("{0} 录入 {1}", "{0} has {1}");
pub const LINES_SHOWN: Text = Text::new("第 {0}–{1} 行，共 {2} 行", "Lines {0}–{1} of {2}");
pub const BEFORE: Text = Text::new("上一页", "Previous");
pub const AFTER: Text = Text::new("下一页", "Next");
pub const STRIKE_MINE: Text = Text::new("划去我的这一遍", "Strike out my entry");
