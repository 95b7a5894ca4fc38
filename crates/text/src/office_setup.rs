//! Setting up a plan: sections, fields, the words of the plan document, importing units.

use crate::Text;
pub use crate::plan_fields::{HINTS, KEYS};

// The task list.
pub const TASKS: Text = Text::new("方案设置", "Setting up the plan");
pub const TASKS_DONE: Text = Text::new("{1} 项中已完成 {0} 项", "{0} of {1} done");
pub const NOT_STARTED: Text = Text::new("未开始", "Not started");
pub const NOT_DONE: Text = Text::new("未完成", "Incomplete");
pub const DONE: Text = Text::new("已完成", "Done");
pub const OPTIONAL: Text = Text::new("可选，不用可跳过", "Optional; skip it if not needed");
pub const PROBLEMS_HERE: Text = Text::new("{0} 处需要改", "{0} to put right");
pub const TOOLS: Text = Text::new("其他", "Also");
pub const FROZEN: Text = Text::new(
    "评议已经开始，方案冻结，只能看不能改。想知道换一种分值会怎样，请用“模拟”。",
    "Voting has begun: the plan is frozen and can be read, not changed. To see what other points would do, use “Simulation”.",
);
pub const NOT_PLANNER: Text =
    Text::new("您的账号不能修改方案，只能查看。", "Your account may read the plan, not change it.");

pub const VALUE_UNITS: Text = Text::new("{0} 个单位，{1} 类：{2}", "{0} units in {1} categories: {2}");
pub const VALUE_COMPONENTS: Text = Text::new("{0} 项，总分 {1}", "{0} components, {1} in all");
pub const VALUE_TIE: Text = Text::new("同分时依次比 {0} 条", "{0} rules for equal totals");
pub const VALUE_SHORTLIST: Text = Text::new("前 {0} 名，后 {1} 名", "best {0}, lowest {1}");
pub const VALUE_AND_MORE: Text = Text::new("{0} 等 {1} 个", "{0} … {1} in all");

pub const BASICS: Text = Text::new("基本信息", "Basic facts");
pub const BASICS_NOTE: Text = Text::new("名称、年度、总分、周期", "Title, year, total, periods");
pub const UNITS: Text = Text::new("类别和被评单位", "Categories and units");
pub const UNITS_NOTE: Text = Text::new("名次在同一类别内排定", "Units are ranked inside their category");
pub const GROUPS: Text = Text::new("评议人群", "Groups of evaluators");
pub const GROUPS_NOTE: Text = Text::new("谁来评，怎样投票", "Who marks, and how they come to the box");
pub const SCALES: Text = Text::new("选项和分值", "Options and their values");
pub const SCALES_NOTE: Text =
    Text::new("如 满意 90、基本满意 70、不满意 50", "Such as 满意 90，基本满意 70，不满意 50");
pub const COMPONENTS: Text = Text::new("评议项目和分值", "Components and points");
pub const COMPONENTS_NOTE: Text = Text::new("项目的分值和计分方式", "What is appraised, its points and method");
pub const ADJUSTMENTS: Text = Text::new("加减分", "Bonuses and deductions");
pub const ADJUSTMENTS_NOTE: Text = Text::new("总分之外的奖励和扣分", "Outside the total");
pub const RANKING: Text = Text::new("排名规则", "Ranking");
pub const RANKING_NOTE: Text = Text::new("小数位数，同分时比什么", "Decimals, and what decides equal totals");
pub const GRADING: Text = Text::new("等次", "Grades");
pub const GRADING_NOTE: Text = Text::new("按比例定优秀、良好……", "Given by share");
pub const OUTCOMES: Text = Text::new("结果运用", "Outcomes");
pub const OUTCOMES_NOTE: Text = Text::new("名次或等次带来什么", "What a rank or grade leads to");
pub const SHORTLIST: Text = Text::new("入围名单（两个阶段）", "Shortlist (two stages)");
pub const SHORTLIST_NOTE: Text =
    Text::new("前若干名和后若干名进入第二阶段", "The best and the lowest go on to stage 2");
pub const CHECK: Text = Text::new("核对全部内容", "Check the whole plan");
pub const CHECK_NOTE: Text = Text::new("逐项核对，没有问题后发投票码、开始评议", "Then draw codes and open the vote");
pub const JSON: Text = Text::new("方案文件（JSON）", "Plan document (JSON)");
pub const JSON_NOTE: Text = Text::new(
    "方案的全部内容。可以直接改，也可以复制到别处保存。改完先“应用”，再保存。",
    "All of the plan. It can be changed here or copied elsewhere. “Apply” first, then save.",
);
pub const JSON_APPLY: Text = Text::new("应用", "Apply");
pub const JSON_APPLIED: Text = Text::new("已应用，还没有保存。", "Applied; not saved yet.");
pub const JSON_DOWNLOAD: Text = Text::new("下载方案文件", "Download the plan document");

// The bar.
pub const UNDO: Text = Text::new("撤销", "Undo");
pub const REDO: Text = Text::new("重做", "Redo");
pub const SAVE: Text = Text::new("保存", "Save");
pub const SAVE_AND_LIST: Text = Text::new("保存，回到任务清单", "Save, back to the task list");
pub const SAVE_ANYWAY: Text = Text::new("先不改，保存草稿", "Save the draft as it is");
pub const BACK_TO_LIST: Text = Text::new("任务清单", "Task list");
pub const CLEAN: Text = Text::new("已保存", "Saved");
pub const CLEAN_BUT: Text = Text::new("已保存，本页还有 {0} 处要改", "Saved; {0} problems left on this page");
pub const CHANGED: Text = Text::new("有修改未保存", "Unsaved changes");
pub const SAVING: Text = Text::new("正在保存…", "Saving…");
pub const UNSAVED_GUARD: Text =
    Text::new("方案有修改还没有保存，离开后这些修改就没有了。", "The plan has unsaved changes; leaving loses them.");
pub const NOT_SAVED: Text =
    Text::new("没有保存成功，修改还在本页：", "Not saved; your changes are still on this page: ");
pub const TOO_LARGE: Text = Text::new(
    "方案超过 300 KB，服务器不收。请减少单位或项目。",
    "The plan is over 300 KB, more than the server takes. Take out units or components.",
);
pub const CONFLICT_TITLE: Text = Text::new("别人先保存了第 {0} 次修订", "Somebody else saved revision {0} first");
pub const CONFLICT_NOTE: Text =
    Text::new("您的修改还在本页。两边不同的地方：", "Your changes are still on this page. Where the two differ:");
pub const CONFLICT_SAME: Text = Text::new("两边内容相同。", "Both are the same.");
pub const CONFLICT_MORE: Text = Text::new("……另有 {0} 处", "… and {0} more");
pub const KEEP_MINE: Text = Text::new("保存我的，覆盖对方的", "Save mine over theirs");
pub const TAKE_THEIRS: Text = Text::new("用对方的（我的可撤销找回）", "Take theirs (undo brings mine back)");

// Rows.
pub const ROW: Text = Text::new("第 {0} 行", "row {0}");
pub const ADD: Text = Text::new("添加", "Add");
pub const REMOVE: Text = Text::new("删除", "Remove");
pub const UP: Text = Text::new("上移", "Move up");
pub const DOWN: Text = Text::new("下移", "Move down");
pub const OF_ROW: Text = Text::new("{0}:{1}", "{0}: {1}");
pub const ACTIONS: Text = Text::new("操作", "Actions");
pub const NONE_YET: Text = Text::new("还没有", "None yet");
pub const NOT_CHOSEN: Text = Text::new("请选择", "Choose");
pub const NO: Text = Text::new("不用", "None");
pub const YES_WORD: Text = Text::new("是", "Yes");
pub const NO_WORD: Text = Text::new("否", "No");
pub const CLAUSE: Text = Text::new("依据", "Source");
pub const CLAUSES: Text = Text::new("依据（{0} 条）", "Source ({0} clauses)");
pub const NOT_GIVEN: Text = Text::new("文件未给出", "not given in the document");

// Points.
pub const SUM_RIGHT: Text = Text::new("合计 {0}/{1}，正好", "Sum {0}/{1}: right");
pub const SUM_SHORT: Text = Text::new("合计 {0}/{1}，差 {2}", "Sum {0}/{1}: {2} short");
pub const SUM_OVER: Text = Text::new("合计 {0}/{1}，多 {2}", "Sum {0}/{1}: {2} over");
pub const SUM_UNKNOWN: Text =
    Text::new("有的分值还不是数字，合计算不出来", "Some points are no number yet; there is no sum");
pub const SUM_PLAIN_UNITS: Text = Text::new("没有特征的单位", "Units without traits");
pub const SUM_TRAIT_UNITS: Text = Text::new("有特征“{0}”的单位", "Units with the trait “{0}”");
pub const FILL_UP: Text = Text::new("按比例补齐", "Fill up in proportion");
pub const FILL_UP_NOTE: Text = Text::new(
    "锁定的和刚改过的项目不动，其余按现在的比例分摊。",
    "Locked and just-changed components stay; the others share the rest in proportion.",
);
pub const FILLED_UP: Text = Text::new("已按比例补齐。", "Filled up in proportion.");
pub const FILL_UP_NOT: Text = Text::new(
    "补不齐：没有可以分摊的项目，或锁定的已超过总分。请解锁一项，或直接改数字。",
    "It cannot be filled up: nothing is free to share, or what is locked exceeds the total. Unlock something, or change the figures.",
);
pub const FILL_UP_FAULTS: Text =
    Text::new("请先改好项目里的其他问题，再补齐。", "Put the components' other problems right first.");
pub const FILL_UP_UNEQUAL: Text = Text::new(
    "不同单位的合计不一样，请先让“仅适用于”和“不适用于”同一特征的项目分值相等。",
    "The sums differ between units; give components “only for” and “not for” the same trait equal points first.",
);
pub const LOCK: Text = Text::new("锁定", "Lock");
pub const LESS: Text = Text::new("减 1 分", "One point less");
pub const MORE_POINTS: Text = Text::new("加 1 分", "One point more");
pub const SLIDER: Text = Text::new("滑块", "Slider");
pub const DETAILS: Text = Text::new("计分方式", "Method");
pub const EDIT_DETAILS: Text = Text::new("设置", "Set up");
pub const ADD_LEAF: Text = Text::new("添加项目", "Add a component");
pub const ADD_BRANCH: Text = Text::new("添加上级项目（下设子项）", "Add a component with parts");
pub const ADD_BELOW: Text = Text::new("添加子项", "Add a part");
pub const BRANCH: Text = Text::new("下设 {0} 个子项", "{0} parts");
pub const UNNAMED: Text = Text::new("（未命名）", "(unnamed)");
pub const BACK_TO_TREE: Text = Text::new("回到评议项目", "Back to the components");
pub const APPLIES: Text = Text::new("适用范围", "Applies to");
pub const PARTS_NOTE: Text = Text::new(
    "这个项目的分值是各子项之和，子项在上一页设置。",
    "This component's points are the sum of its parts, which are set up on the page before.",
);
pub const DEDUCT_FOR: Text = Text::new("每张“{0}”扣分", "Taken off for each “{0}”");
pub const DEDUCT_NOTE: Text = Text::new("不扣分的选项留空。", "Leave empty what takes nothing off.");
pub const CHOOSE_SCALE_FIRST: Text = Text::new("先选择选项表，这里才能填写。", "Choose a scale first.");
pub const TIE_NOTE: Text = Text::new(
    "总分相同时从上到下逐条比较，比出为止；都相同则抽签。",
    "Equal totals are compared line by line until one decides; if none does, a lot is drawn.",
);
pub const TIE_SCORE: Text = Text::new("比得分", "by score");
pub const TIE_SHARE: Text = Text::new("比某选项所占比例", "by share of an option");
pub const TIE_KIND: Text = Text::new("比什么", "What is compared");
pub const USE_IT: Text = Text::new("使用", "Use it");
pub const USE_GRADES: Text = Text::new("定等次", "Give grades");
pub const USE_SHORTLIST: Text = Text::new("分两个阶段，设入围名单", "Two stages with a shortlist");
pub const USE_CAP: Text = Text::new("限制每个单位每个周期的加减分合计", "Limit the sums per unit and period");
pub const SHARES_SUM: Text = Text::new("比例合计 {0}%", "Shares add up to {0}%");
pub const EFFECTS_HINT: Text = Text::new("每行一条，如：科室负责人 = 6", "One a line, such as：科室负责人 = 6");
pub const TRAITS_HINT: Text = Text::new(
    "特征用英文小写、数字、下划线，几个特征用空格隔开。",
    "Traits are a-z, 0-9 and _; separate several by spaces.",
);
pub const LEVELS_CHOICE: Text = Text::new("分值怎样定", "How points are set");
pub const BY_LEVELS: Text = Text::new("按层级", "by level");
pub const BY_RANGE: Text = Text::new("在范围内酌定", "within a range");
pub const RULE_LEVELS: Text = Text::new("“{0}”的层级", "Levels of “{0}”");
pub const SCALE_TITLE: Text = Text::new("选项表 {0}", "Scale {0}");
pub const ADD_RULE: Text = Text::new("添加规则", "Add a rule");
pub const ADD_OUTCOME: Text = Text::new("添加结果运用", "Add an outcome");
pub const PERIODS_NOTE: Text =
    Text::new("一年评一次就写一个周期；分上下半年就写两个。", "One period for a yearly appraisal, two for half-years.");
pub const NO_CRITERIA: Text =
    Text::new("没有指标：对单位整体打一次分。", "No criteria: the unit is marked as a whole.");
pub const NO_QUOTA: Text = Text::new("没有名额限制。", "No quota.");
pub const QUOTA_NOTE: Text = Text::new(
    "按类别计算，每个选项只填一种：单位数（正好这么多，全部填单位数时合计等于该类单位数），或最多单位数、最多占比。不符的票无效。",
    "By category, one figure for each option: units (exactly so many; where all are so, they add up to the category's units), or the most units, or the largest share. Other ballots are invalid.",
);
pub const TASKS_AT_UNITS: Text =
    Text::new("各单位的任务在“被评单位”里填写：", "Each unit's tasks are filled in at the units:");
pub const TASKS_NOTE: Text = Text::new(
    "评议人对每个单位按它自己的任务分项打分。权重不填为 1。",
    "Voters mark each unit on its own tasks. Weight: 1 where empty.",
);
pub const TIME_HINT: Text = Text::new(
    "时间写成 2026-06-01T08:30:00+08:00。不填就由人开始和结束。",
    "Times are written as 2026-06-01T08:30:00+08:00. Left empty, people open and close.",
);

// Checking.
pub const CHECK_TITLE: Text = Text::new("核对全部内容", "Check the whole plan");
pub const ALL_WELL: Text = Text::new("没有问题，方案可以使用。", "Nothing is wrong; the plan can be used.");
pub const PROBLEMS_TITLE: Text = Text::new("有 {0} 处需要改", "{0} to put right");
pub const CHANGE: Text = Text::new("修改", "Change");
pub const CHANGE_SECTION: Text = Text::new("修改{0}", "Change {0}");
pub const NEXT_CODES: Text = Text::new("下一步：抽取投票码", "Next: draw codes");
pub const NEXT_OPEN: Text = Text::new("下一步：开始评议", "Next: open the vote");
pub const NOT_USED: Text = Text::new("不使用", "Not used");

// Importing units.
pub const IMPORT: Text = Text::new("从表格导入单位", "Import units from a sheet");
pub const IMPORT_NOTE: Text = Text::new(
    "在 Excel 或 WPS 里选中单位名单（可带表头）复制，粘贴到下面；也可以选一个 CSV 或文本文件。",
    "Select the list of units in Excel or WPS (with its head, if it has one), copy it and paste it below; or choose a CSV or text file.",
);
pub const IMPORT_PASTE: Text = Text::new("粘贴在这里", "Paste here");
pub const IMPORT_FILE: Text = Text::new("或选择文件（XLSX、CSV、TXT）", "Or choose a file (XLSX, CSV, TXT)");
pub const IMPORT_FILE_BAD: Text = Text::new(
    "这个文件不是文本，也不是工作簿。请在 Excel 或 WPS 里另存为“.xlsx”或“CSV”，或直接复制粘贴。",
    "This file is neither a text nor a workbook. Save it as “.xlsx” or “CSV” in Excel or WPS, or copy and paste.",
);
pub const IMPORT_FILE_OLD_WORKBOOK: Text = Text::new(
    "这是旧格式（.xls）或加了密码的工作簿。请在 Excel 或 WPS 里另存为“.xlsx”（不加密码）或“CSV”，或选中名单复制，粘贴到上面。",
    "This is a workbook of the old format (.xls), or one with a password. Save it as “.xlsx” without a password or as “CSV”, or copy the list and paste it above.",
);
pub const IMPORT_FILE_BROKEN: Text = Text::new(
    "这个文件读不出表格：不是工作簿，或者已损坏。请在 Excel 或 WPS 里打开后另存一份。",
    "No table can be read from this file: it is no workbook, or it is damaged. Open it in Excel or WPS and save it anew.",
);
pub const IMPORT_FILE_UNPACKS: Text = Text::new(
    "这个工作簿展开后太大。请只保留要用的那一张表。",
    "This workbook is too large once unpacked. Keep only the sheet that is needed.",
);
pub const IMPORT_FILE_NO_READER: Text = Text::new(
    "读取文件的程序没有载入。请检查网络，再选一次文件。",
    "The program that reads files did not load. Check the network and choose the file again.",
);
pub const IMPORT_SHEET: Text = Text::new("工作表", "Sheet");
pub const IMPORT_FILE_EMPTY: Text = Text::new("这个文件里什么也没有。", "There is nothing in this file.");
pub const IMPORT_FILE_UNSURE: Text = Text::new(
    "看不出这个文件用的是哪种编码，请在下面选一种。",
    "The encoding of this file cannot be told. Choose one below.",
);
pub const IMPORT_FILE_NOT_THIS: Text =
    Text::new("这个文件不是这种编码，请换一种。", "The file is not in this encoding. Choose another one.");
pub const IMPORT_FILE_LARGE: Text = Text::new(
    "文件超过 5 MB。请只保留单位名单那一张表。",
    "The file is over 5 MB. Keep the sheet with the list of units only.",
);
pub const IMPORT_FILE_GONE: Text =
    Text::new("浏览器没有读到这个文件，请重新选择。", "The browser could not read this file. Choose it again.");
pub const IMPORT_TOO_LONG: Text =
    Text::new("超过 5000 行，请分几次导入。", "There are over 5,000 rows. Import them in parts.");
pub const IMPORT_ENCODING: Text = Text::new("文件编码", "Encoding of the file");
pub const IMPORT_ENCODING_HINT: Text =
    Text::new("下面的文字如果是乱码，请换一种。", "If the text below makes no sense, choose another one.");
pub const ENCODING_UTF8: Text = Text::new("UTF-8", "UTF-8");
pub const ENCODING_GBK: Text = Text::new("GBK / GB18030（简体中文）", "GBK / GB18030 (simplified Chinese)");
pub const ENCODING_BIG5: Text = Text::new("Big5（繁体中文）", "Big5 (traditional Chinese)");
pub const ENCODING_UTF16LE: Text = Text::new("UTF-16 LE（Unicode 文本）", "UTF-16 LE (Unicode text)");
pub const ENCODING_UTF16BE: Text = Text::new("UTF-16 BE", "UTF-16 BE");
pub const IMPORT_HEAD: Text = Text::new("表头", "Head");
pub const IMPORT_HEAD_ROW: Text = Text::new("第 {0} 行：{1}", "Row {0}: {1}");
pub const IMPORT_NO_HEAD: Text = Text::new("没有表头", "There is no head");
pub const IMPORT_DEFAULT_CATEGORY: Text = Text::new("没写类别的单位归到", "Category of units that name none");
pub const IMPORT_DEFAULT_CATEGORY_HINT: Text =
    Text::new("可选已有类别，也可写新的。", "One of the plan's, or a new one.");
pub const IMPORT_FILL_DOWN: Text =
    Text::new("类别空着的，与上一行相同（合并单元格）", "A blank category is the one above it (merged cells)");
pub const IMPORT_LEFT_OUT: Text = Text::new("略过 {0} 行", "{0} rows left out");
pub const IMPORT_LEFT_OUT_HINT: Text = Text::new("如果其中有单位，请打勾。", "Tick what is a unit all the same.");
pub const IMPORT_LEFT_LINE: Text = Text::new("第 {0} 行，{1}：{2}", "Row {0}, {1}: {2}");
pub const IMPORT_TAKEN: Text = Text::new("当作单位", "taken as a unit");
pub const IMPORT_ROW_TITLE: Text = Text::new("标题", "title");
pub const IMPORT_ROW_HEAD: Text = Text::new("重复的表头", "the head again");
pub const IMPORT_ROW_SECTION: Text = Text::new("小标题，作下面各行的类别", "heading, the category of the rows below");
pub const IMPORT_ROW_TOTAL: Text = Text::new("合计", "sum");
pub const IMPORT_ROW_NOTE: Text = Text::new("表尾说明", "note");
pub const IMPORT_ROW: Text = Text::new("行", "Row");
pub const IMPORT_CELL: Text = Text::new("第 {0} 行 {1}", "Row {0}, {1}");
pub const IMPORT_COLUMN: Text = Text::new("第 {0} 列“{1}”是", "Column {0} “{1}” is");
pub const CODES_UNFIT: Text = Text::new(
    "已发的投票码与方案不符：{0} · {1}，评{2}{3}，共 {4} 个",
    "Codes that are out do not fit the plan: {0} · {1}, marking {2}{3}, {4} of them",
);
pub const ALL_UNITS: Text = Text::new("全部单位", "all units");
pub const CODES_OF: Text = Text::new("，投票人单位 {0}", ", of voters of {0}");
pub const CODES_UNFIT_NEXT: Text = Text::new(
    "这样改，这些卡片打不开测评表，评议也开始不了。请改回去，或在开始评议前作废这些投票码，重新发码。",
    "With this change these cards open no ballot, and the vote cannot be opened. Put it back, or void these codes and issue new ones before opening.",
);
pub const SIMILAR_NAMES: Text = Text::new(
    "“{0}”与“{1}”只差标点或空格，请核对是不是同一个",
    "“{0}” and “{1}” differ in punctuation or blanks only: please see whether they are one",
);
pub const SAME_NAMES: Text = Text::new(
    "有重名，填表的人分不清：{0}",
    "Names that are there more than once, so that voters cannot tell them apart: {0}",
);
pub const IMPORT_SKIP: Text = Text::new("不导入", "not imported");
pub const IMPORT_PREVIEW: Text = Text::new("预览", "Preview");
pub const IMPORT_COUNTS: Text = Text::new("可导入 {0} 个，有问题 {1} 个", "{0} can be imported, {1} have problems");
pub const IMPORT_ACCEPT: Text = Text::new("导入 {0} 个单位", "Import {0} units");
pub const IMPORT_REJECTED: Text = Text::new("下载有问题的 {0} 行", "Download the {0} rows with problems");
pub const IMPORT_NO_NAME: Text = Text::new("没有单位名称", "no name");
pub const IMPORT_TWICE: Text = Text::new("名称重复", "the name is there twice");
pub const IMPORT_HERE: Text = Text::new("方案里已有这个名称", "the plan has this name already");
pub const IMPORT_BAD_ID: Text = Text::new("编号不合规定", "not an id");
pub const IMPORT_ID_TWICE: Text = Text::new("编号重复", "the id is used twice");
pub const IMPORT_NO_CATEGORY: Text = Text::new("没有类别", "no category");
pub const IMPORT_BAD_TRAIT: Text = Text::new("特征只能用小写字母、数字、下划线", "a trait is a-z, 0-9 and _");
pub const IMPORT_NEW_CATEGORY: Text = Text::new("将新建类别：{0}", "New categories: {0}");
pub const IMPORT_DONE: Text = Text::new("已导入 {0} 个单位，还没有保存。", "{0} units imported; not saved yet.");
pub const IMPORT_NOTHING: Text = Text::new("还没有可以导入的行", "There is no row to import yet");
pub const IMPORT_STATUS: Text = Text::new("检查结果", "Result");
pub const IMPORT_FINE: Text = Text::new("可导入", "fine");
pub const IMPORT_MORE_ROWS: Text = Text::new("另有 {0} 行没有显示", "{0} more rows are not shown");

/// Fixed values of the plan document in words: field, value, words.
pub const WORDS: &[(&str, &str, Text)] = &[
    ("ballot", "anonymous", Text::new("不记名（现场抽取的投票码卡片）", "Anonymous (cards drawn unrecorded)")),
    ("ballot", "blind", Text::new("不记名（发到本人，盲签）", "Anonymous (sent to persons, blind-signed)")),
    ("ballot", "named", Text::new("实名，不公开", "Named, not public")),
    ("ballot", "per_unit", Text::new("每单位一票，不匿名", "One ballot for each unit, not anonymous")),
    ("ballot", "open", Text::new("公开链接，任何人可填", "A public link, open to anyone")),
    ("live", "turnout", Text::new("只看参评人数", "Turnout only")),
    ("live", "tallies", Text::new("实时计票和排名", "Live tallies and ranking")),
    ("combine", "mean", Text::new("平均", "Mean")),
    ("combine", "sum", Text::new("相加", "Sum")),
    ("combine", "last", Text::new("取最后一期", "The last one")),
    ("sign", "bonus", Text::new("加分", "Bonus")),
    ("sign", "deduction", Text::new("扣分", "Deduction")),
    ("scope", "all", Text::new("全部单位", "All units")),
    ("scope", "category", Text::new("各类别内", "Each category")),
    ("list", "top", Text::new("前位名单", "Top list")),
    ("list", "bottom", Text::new("后位名单", "Bottom list")),
    ("own_unit", "marked", Text::new("也评本单位", "Mark it too")),
    ("own_unit", "skipped", Text::new("不评本单位", "Do not mark it")),
    ("criteria_of", "unit", Text::new("各单位自己的任务", "Each unit's own tasks")),
    ("missing_group", "refused", Text::new("不能出最终结果", "No final result")),
    ("missing_group", "left_out", Text::new("不计入，其余人群折算", "Left out; the others stand in")),
    ("carried", "inside", Text::new("占后位名额", "Take places of the lowest")),
    ("carried", "beside", Text::new("名额之外另加", "Beside them")),
    ("approval", "adjustments", Text::new("加减分", "Adjustments")),
    ("approval", "incidents", Text::new("扣分事项", "Incidents")),
    ("approval", "decisions", Text::new("集体决定", "Decisions")),
    ("approval", "verdicts", Text::new("直接认定", "Verdicts")),
    ("approval", "lots", Text::new("抽签", "Lots")),
    ("approval", "close", Text::new("结束评议", "Closing")),
    ("approval", "publish", Text::new("公布结果", "Publishing")),
    ("kind", "survey", Text::new("测评（选项平均）", "Survey (mean of options)")),
    ("kind", "complaints", Text::new("按不满意票扣分", "Deductions per bad mark")),
    ("kind", "incidents", Text::new("按查实事项扣分", "Deductions per verified incident")),
    ("kind", "entered", Text::new("单位录入分数", "Entered by an office")),
    ("kind", "linked", Text::new("引用其他评议的总分", "Totals of other appraisals")),
    ("stage", "1", Text::new("第一阶段", "Stage 1")),
    ("stage", "2", Text::new("第二阶段（只评入围单位）", "Stage 2 (shortlisted units only)")),
    ("when", "from_top", Text::new("前 n 名", "the first n ranks")),
    ("when", "from_bottom", Text::new("后 n 名（0：只能直接认定）", "the last n ranks (0: by verdict only)")),
    ("when", "only_from_bottom", Text::new("倒数第 n 名", "the n-th lowest")),
    ("when", "ranks", Text::new("第 a 到 b 名", "ranks a to b")),
    ("when", "ranks_from_bottom", Text::new("倒数第 a 到 b 名", "the a-th to b-th lowest")),
    ("when", "top_share", Text::new("前百分之几", "the top share")),
    ("when", "grade", Text::new("某等次", "a grade")),
    ("when", "list", Text::new("某名单", "a list of the shortlist")),
    ("when", "outcome", Text::new("连续几年同一结果", "the same outcome several years running")),
];
