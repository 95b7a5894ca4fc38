//! The papers that an office hands out (公文). They are in Chinese alone, whoever downloads them; what the office's page says
//! about them is in both languages.

#![expect(missing_docs, reason = "the words are their own documentation")]

use crate::Text;

// The office's texts until it writes its own. What is in braces is filled in.

pub const OFFICE: &str = "（发文机关）";
pub const NUMBER: &str = "〔{year}〕　　号";
pub const DATE: &str = "　　　　年　　月　　日";
pub const NOTICE_TITLE: &str = "关于{title}结果的通报";
pub const NOTICE_TO: &str = "各参评单位，各有关单位：";
pub const NOTICE_OPENING: &str = "根据评议方案，{title}已经结束。本次评议对象共{count}个单位，评议周期为{period}，由{groups}等参加评议。评议实行{total}分制，由{components}组成。现将结果通报如下。";
pub const NOTICE_CLOSING: &str =
    "希望受到表扬的单位再接再厉；排名靠后的单位要认真查找问题，逐项整改，切实改进作风、提高服务质量。";
pub const TABLE_TITLE: &str = "{title}排名汇总表";
pub const REPORT_TITLE: &str = "单位得分报告单";
pub const REPORT_NOTE: &str = "对得分有疑问的，请在结果公示期内向{office}提出。";
pub const SUPERIOR_TITLE: &str = "关于{unit}评议结果的告知函";
pub const SUPERIOR_TO: &str = "{unit}上级主管部门：";
pub const SUPERIOR_BODY: &str = "{title}已经结束，贵系统所属{unit}参加了评议。现将结果函告如下：\n该单位列入“{category}”类，总分{score}分，在本类{of}个单位中列第{rank}名。按照评议方案，结果运用为：{outcomes}。\n请贵单位结合干部管理和年度考核统筹运用评议结果，并督促该单位做好整改。\n特此函告。";
pub const ANNUAL_TITLE: &str = "{title}年度报告";
pub const ANNUAL_OPENING: &str = "根据评议方案，{title}对{count}个单位进行了评议，评议周期为{period}。评议实行{total}分制，由{components}组成。现将有关情况报告如下。";
pub const ANNUAL_CLOSING: &str = "下一步，将督促各单位对照评议结果抓好整改，并把整改情况作为下一年度评议的重要内容。";
pub const FINDINGS_TITLE: &str = "关于{month}日常检查情况的通报";
pub const FINDINGS_TO: &str = "各参评单位，各有关单位：";
pub const FINDINGS_OPENING: &str = "按照{title}的安排，{month}对各参评单位进行了日常检查，共发现问题{findings}个，其中计入评议扣分{counted}个。现将有关情况通报如下。";
pub const FINDINGS_CLOSING: &str = "有关单位要对照问题立行立改，举一反三，并及时报送整改情况。";
pub const FORM_TITLE: &str = "{title}测评表";
pub const FORM_NOTE: &str = "每个单位每项只选一个，在所选的“□”内打“√”。涂改不清的，该单位该项不计。";

// What stands on them whatever the office says.

pub const POINTS: &str = "分";
pub const NONE: &str = "无";
pub const BONUSES_ARE: &str = "加分项为：";
pub const DEDUCTIONS_ARE: &str = "减分项为：";
pub const BY_LOT: &str = "抽签";
pub const BY_COMPONENT: &str = "“{0}”得分";
pub const BY_SHARE: &str = "“{0}”中“{1}”所占比例";
/// {0} the unit before or after.
pub const LIST_ABOVE: &str = "前一名“{0}”在入围名单上列在前面，不比总分。";
pub const LIST_BELOW: &str = "后一名“{0}”在入围名单上列在后面，不比总分。";
/// {0} the other unit, {1} what decided.
pub const TIE_ABOVE: &str = "与前一名“{0}”总分相同，按{1}列其后。";
pub const TIE_BELOW: &str = "与后一名“{0}”总分相同，按{1}列其前。";

pub const RANK: &str = "名次";
pub const UNIT: &str = "单位";
pub const CATEGORY: &str = "类别";
pub const TOTAL: &str = "总分";
pub const EXACT_TOTAL: &str = "总分（六位小数）";
pub const GRADE: &str = "等次";
pub const OUTCOMES: &str = "结果运用";
pub const ADJUSTMENTS: &str = "加减分";
pub const BONUS: &str = "加分";
pub const DEDUCTION: &str = "减分";
pub const WHOLE: &str = "汇总";
/// {0} a branch's name: its column in a table.
pub const SUBTOTAL: &str = "{0}小计";
pub const DOES_NOT_APPLY: &str = "—";
pub const COMPONENT: &str = "评议内容";
pub const MOST: &str = "满分";
pub const SCORE: &str = "得分";
pub const HOW: &str = "依据";
pub const LAST_YEAR: &str = "上年结果运用";
pub const LAST_RANK: &str = "上年名次";
pub const NOTHING_FOUND: &str = "本月没有发现问题。";
pub const NUMBER_IN_LIST: &str = "序号";
pub const DAY: &str = "日期";
pub const FOUND: &str = "发现的问题";
pub const SOURCE: &str = "来源";
pub const COUNTS: &str = "扣分";
pub const COUNTED: &str = "计入";
pub const COUNTED_SERIOUS: &str = "计入（情节严重）";
/// {0} rank, {1} how many.
pub const RANK_OF: &str = "第{0}名（共{1}个）";
pub const DECIDED: &str = "集体研究评定：{0}";
pub const DECIDED_SHORT: &str = "集体研究评定";
pub const MISSING: &str = "暂缺";
/// {0} group, {1} counts, {2} mean.
pub const GROUP_COUNTS: &str = "{0}：{1}，平均{2}";
pub const GROUP_MEAN_WITHHELD: &str = "{0}：票数不足，不公开";
pub const GROUPS_WITHHELD: &str = "{0}：票数不足，只公开平均{1}";
pub const GROUP_SHORT: &str = "{0}：票数不足，不计";
pub const COUNTS_LATER: &str = "得票和平均分在结果公布后列出";
pub const MARKS_WITHHELD: &str = "票数不足，不公开";
pub const TAKEN: &str = "{0}，共扣{1}";
pub const NOTHING_TAKEN: &str = "无扣分";
pub const TIMES: &str = "{0}{1}项";
pub const SERIOUS_TIMES: &str = "{0}（情节严重）{1}项";
pub const ENTERED: &str = "{0}评定{1}";
pub const ENTERED_BY_NOBODY: &str = "评定{1}";
pub const LINKED: &str = "其他评议总分：{0}";
pub const PERIOD_TOTAL: &str = "{0}合计";
pub const DECIDED_HOW: &str = "名次确定";
pub const BY_TOTAL: &str = "按总分高低确定，没有并列。";

pub const NOTICE_HOW: &str = "评议情况";
pub const NOTICE_RANKING: &str = "评议结果";
pub const NOTICE_OUTCOMES: &str = "结果运用";
pub const NOBODY: &str = "本次评议没有单位适用结果运用的规定。";
pub const NO_TIES: &str = "名次不并列。";
/// {0} the units of a tie, {1} what decided.
pub const TIE_OF: &str = "{0}总分相同，按{1}确定先后。";

pub const ANNUAL_PART: &str = "评议开展情况";
pub const ANNUAL_RESULT: &str = "评议结果";
pub const ANNUAL_COMPONENTS: &str = "各项得分情况";
pub const ANNUAL_OUTCOMES: &str = "结果运用";
pub const ANNUAL_BEFORE: &str = "与上年比较";
pub const ANNUAL_FINDINGS: &str = "日常检查情况";
pub const ANNUAL_ITEMS: &str = "整改情况";
pub const ANNUAL_FOLLOWED: &str = "上年建议落实情况";
pub const ANNUAL_NEXT: &str = "下一步工作";
pub const GROUP: &str = "评议人群";
pub const BALLOTS: &str = "测评表（张）";
pub const BALLOTS_WITHHELD: &str = "不公开";
pub const PERIOD: &str = "周期";
pub const UNITS: &str = "单位数";
pub const MEAN: &str = "平均";
pub const HIGHEST: &str = "最高";
pub const LOWEST: &str = "最低";
/// {0} category, {1} how many, {2} mean, {3} first unit, {4} its score, {5} last unit, {6} its score.
pub const CATEGORY_SAYS: &str = "{0}共{1}个单位，平均{2}分；第一名{3}，{4}分；最后一名{5}，{6}分。";
pub const CATEGORY_OF_ONE: &str = "{0}共1个单位：{3}，{4}分。";
pub const GRADES_ARE: &str = "等次分布：{0}。";
pub const GRADE_COUNT: &str = "{0}{1}个";

// The annual report's pictures.

/// {0} a number, {1} what it shows.
pub const FIGURE: &str = "图{0}　{1}";
pub const TURNOUT_FIGURE: &str = "各评议人群测评表张数";
/// {0} category.
pub const TOTALS_FIGURE: &str = "{0}各单位总分构成";
/// {0} category, {1} how many.
pub const FIRST_TOTALS_FIGURE: &str = "{0}前{1}名总分构成";
/// {0} category.
pub const SPREAD_FIGURE: &str = "{0}各项得分的最高、平均和最低";
/// {0} what a picture shows: said to whoever does not see it.
pub const FIGURE_SAYS: &str = "条形图：{0}，数据与表中相同。";

// What followed in the year.

/// {0} how many, {1} accepted, {2} overdue.
pub const ITEMS_ARE: &str = "全年列入整改清单{0}项，已销号{1}项，逾期未完成{2}项。各项进度如下。";
pub const NO_ITEMS: &str = "全年没有列入整改清单的事项。";
pub const ITEMS_BY_UNIT: &str = "各单位整改情况如下。";
pub const ITEMS_LISTED: &str = "整改清单如下。";
/// {0} how many stand in the list, {1} how many do not.
pub const ITEMS_FIRST: &str = "整改清单前{0}项如下，其余{1}项见整改清单。";
pub const STATE: &str = "进度";
pub const ITEMS: &str = "项数";
pub const STATE_OPEN: &str = "整改中";
pub const STATE_REPORTED: &str = "已上报";
pub const STATE_ACCEPTED: &str = "已销号";
pub const STATE_OVERDUE: &str = "已逾期";
pub const STATE_RETURNED: &str = "已退回";
pub const MATTER: &str = "整改事项";
pub const MEASURES: &str = "整改措施";
pub const DEPARTMENT: &str = "责任部门";
pub const DEADLINE: &str = "整改时限";
pub const ITEM_RESULT: &str = "整改结果";
pub const ITEM_DONE: &str = "已整改";
pub const ITEM_UNDER_WAY: &str = "正在整改";
pub const ITEM_LATE: &str = "正在整改（逾期）";
/// {0} how many, {1} how many of them cost points.
pub const FINDINGS_ARE: &str = "全年日常检查发现问题{0}个，其中计入评议扣分{1}个。";
pub const MONTH: &str = "月份";
pub const FOUND_NUMBER: &str = "发现问题";
pub const COUNTED_NUMBER: &str = "计入扣分";
pub const OTHER_SOURCES: &str = "其他来源";
/// {0} how many, {1} done, {2} running, {3} of these overdue.
pub const CASES_ARE: &str = "结果运用需要办理的事项{0}件，已办结{1}件，正在办理{2}件，其中逾期{3}件。";
pub const CASE_DUE: &str = "办理期限";
pub const CASE_STATE: &str = "办理情况";
pub const CASE_DONE: &str = "已办结";
pub const CASE_RUNNING: &str = "正在办理";
pub const CASE_LATE: &str = "正在办理（逾期）";
/// {0} how many stand in the list, {1} how many do not.
pub const CASES_FIRST: &str = "前{0}件如下，其余{1}件从略。";

// The year before, and advice.

/// {0} the other plan, {1} up, {2} down, {3} where they were, {4} without a rank to compare.
pub const RANKS_MOVED: &str = "与{0}相比，名次上升的单位{1}个，下降的{2}个，不变的{3}个，没有可比名次的{4}个。";
pub const RANK_BEFORE: &str = "上年";
pub const RANK_NOW: &str = "本年";
pub const MOVED: &str = "变化";
/// {0} how many places.
pub const MOVED_UP: &str = "上升{0}位";
/// {0} how many places.
pub const MOVED_DOWN: &str = "下降{0}位";
pub const MEANS_MOVED: &str = "全部单位平均得分有变化的评议内容如下。";
pub const NO_MEAN_MOVED: &str = "各项评议内容的平均得分没有变化。";
pub const NO_MEAN_COMPARED: &str = "没有满分相同、可以比较的评议内容。";
/// {0} the components.
pub const POINTS_CHANGED: &str = "满分有变化、不作比较的评议内容：{0}。";
pub const ADVICE: &str = "建议";
pub const ADVICE_ARE: &str = "本年度评议提出以下建议，下一年度跟踪落实。";
pub const FOLLOWED: &str = "落实情况";
pub const NOT_FOLLOWED: &str = "尚未填写";

pub const FORM_GROUP: &str = "评议人群：";
pub const FORM_PERIOD: &str = "评议周期：";
pub const FORM_NOTES: &str = "填表说明：";
pub const FORM_QUOTA_EXACT: &str = "“{0}”必须正好选{1}个";
pub const FORM_QUOTA_MOST: &str = "“{0}”最多选{1}个";
pub const FORM_QUOTA_EACH: &str = "每类单位中";
pub const FORM_QUOTA_OF: &str = "“{0}”类中";
pub const FORM_QUOTA_VOID: &str = "不按要求选的，该表无效。";
pub const FORM_BLANK: &str = "不了解的单位可以不选。";
pub const FORM_OWN: &str = "不评本单位。";
pub const FORM_NUMBER: &str = "序号";
pub const FORM_CRITERION: &str = "评议内容";
pub const FORM_BOX: &str = "□";

// What names of files begin with.

pub const NOTICE_FILE: &str = "通报";
pub const TABLE_FILE: &str = "排名汇总表";
pub const REPORT_FILE: &str = "单位得分报告单";
pub const SUPERIOR_FILE: &str = "告知函";
pub const ANNUAL_FILE: &str = "年度报告";
pub const FINDINGS_FILE: &str = "日常检查情况通报";
pub const FORM_FILE: &str = "纸质测评表";

// The office's page.

pub const HEADING: Text = Text::new("文件", "Documents");
pub const WHAT: Text = Text::new(
    "按公文格式排好，用 Word 或 WPS 打开就能改、能印。票数太少的，文件里只写公布时可以写的。",
    "Laid out as official documents, to be edited and printed with Word or WPS. Of small counts they tell what a publication may tell, and no more.",
);
pub const OF_RESULT: Text = Text::new("结果", "Results");
pub const RESULT_LATER: Text = Text::new("评议结束后才有。", "There are none until the vote is closed.");
pub const OF_PERIOD: Text = Text::new("哪个周期的结果", "Result of");
pub const WHOLE_RESULT: Text = Text::new("全部周期", "All periods");
pub const BESIDE_YEAR: Text = Text::new("上年方案（报告单、年度报告）", "Last year's plan (reports, annual report)");
pub const NO_YEAR: Text = Text::new("不比较", "None");
pub const FORMS: Text = Text::new("纸质测评表", "Paper ballots");
pub const FORMS_WHAT: Text = Text::new(
    "投票前就能印。收回来以后，在“录入”页按信封录入票数，两个人各录一遍。",
    "They can be printed before the vote. When they are back, enter the counts by envelope on the page “Records”, twice, by two people.",
);
pub const OF_GROUP: Text = Text::new("评议人群", "Group");
pub const ALL_GROUPS: Text = Text::new("全部人群（各印各的）", "All groups (each its own)");
pub const ON_SHEET: Text = Text::new("纸张", "Sheet");
pub const SHEET_BY_LENGTH: Text = Text::new("按单位多少定", "By how many units there are");
pub const SHEET_A4: Text = Text::new("A4", "A4");
pub const SHEET_A3: Text = Text::new("A3（两栏）", "A3 (two columns)");
/// {0} the document, {1} the kind of file.
pub const DOWNLOAD: Text = Text::new("下载{0}（{1}）", "Download {0} ({1})");
pub const MAKING: Text = Text::new("正在生成…", "Being made…");
pub const NOTICE: Text = Text::new("通报", "notice");
pub const NOTICE_WHAT: Text = Text::new(
    "评议情况、分类排名和等次、表扬和批评的单位。",
    "How it was held, ranking and grades by category, and what follows for whom.",
);
pub const TABLE: Text = Text::new("排名汇总表", "ranking table");
pub const TABLE_WHAT: Text = Text::new(
    "每个单位的每项得分、加减分、总分、名次和等次。",
    "Every score, bonus and deduction, total, rank and grade of every unit.",
);
pub const REPORT: Text = Text::new("单位得分报告单", "reports by unit");
pub const REPORT_WHAT: Text = Text::new(
    "每个单位一页：票数、平均、各项得分、名次、上年情况、并列怎么定的。",
    "A page a unit: counts, means, scores, rank, last year, what decided a tie.",
);
pub const SUPERIOR: Text = Text::new("告知函", "letters to superiors");
pub const SUPERIOR_WHAT: Text = Text::new(
    "结果运用里写明要告知上级主管部门的单位，每个一份。",
    "One for each unit whose outcome says that its superiors are told (上级主管).",
);
pub const ANNUAL: Text = Text::new("年度报告", "annual report");
pub const ANNUAL_WHAT: Text = Text::new(
    "投票情况、排名、各项得分、结果运用、日常检查、整改和建议，有表有图；选了上年方案的，还写与上年比较。",
    "Turnout, ranking, components, what follows, findings, rectification and advice, in tables and charts; beside last year where its plan is chosen.",
);
pub const TEXTS: Text = Text::new("文件里的文字", "Texts in the documents");
pub const TEXTS_WHAT: Text = Text::new(
    "改好保存，以后下载的文件就用它。花括号里的词自动填上，如 {title} 是方案名称；改回原样就是默认文字。",
    "What you save here is used from now on. Words in braces are filled in: {title} is the plan's title. Put back as it was, a text is the default again.",
);
/// {0} placeholders.
pub const MAY_HAVE: Text = Text::new("可以用：{0}", "May have: {0}");
pub const SAVE: Text = Text::new("保存文字", "Save the texts");
pub const SAVED: Text = Text::new("文字已保存。", "The texts are saved.");
pub const READ_ONLY: Text = Text::new("这个账号不能改文字。", "This account cannot change the texts.");
/// {0} the placeholder.
pub const UNKNOWN_PLACEHOLDER: Text =
    Text::new("这段文字里不能用“{0}”，请对照下面可以用的词", "This text may not have “{0}”; see the words below it");
pub const TOO_LONG: Text = Text::new("文字太长，或有不能用的符号", "Too long, or with signs that a text may not have");

/// What each text is called, by its name.
const TEXT_LABELS: [(&str, Text); 26] = [
    ("office", Text::new("发文机关署名", "Who signs")),
    ("issuer", Text::new("红头（不填就没有）", "Issuer in red above (none if empty)")),
    ("number", Text::new("发文字号", "Number")),
    ("date", Text::new("成文日期", "Date")),
    ("notice.title", Text::new("通报：标题", "Notice: title")),
    ("notice.to", Text::new("通报：主送", "Notice: to whom")),
    ("notice.opening", Text::new("通报：开头", "Notice: opening")),
    ("notice.closing", Text::new("通报：结尾", "Notice: closing")),
    ("table.title", Text::new("排名汇总表：标题", "Ranking table: title")),
    ("report.title", Text::new("报告单：标题", "Report: title")),
    ("report.note", Text::new("报告单：附注", "Report: note")),
    ("superior.title", Text::new("告知函：标题", "Letter: title")),
    ("superior.to", Text::new("告知函：主送", "Letter: to whom")),
    ("superior.body", Text::new("告知函：正文", "Letter: text")),
    ("annual.title", Text::new("年度报告：标题", "Annual report: title")),
    ("annual.opening", Text::new("年度报告：开头", "Annual report: opening")),
    ("annual.closing", Text::new("年度报告：结尾", "Annual report: closing")),
    (
        "annual.advice",
        Text::new("年度报告：建议（一行一条，下一年度跟踪）", "Annual report: advice, one a line, tracked next year"),
    ),
    ("annual.advised", Text::new("年度报告：上年建议（一行一条）", "Annual report: last year's advice, one a line")),
    (
        "annual.followed",
        Text::new(
            "年度报告：上年建议落实情况（一行一条，与上年建议逐行对应，空行表示尚未填写）",
            "Annual report: what was done on it, line by line; an empty line where nothing is said yet",
        ),
    ),
    ("findings.title", Text::new("日常检查通报：标题", "Notice of findings: title")),
    ("findings.to", Text::new("日常检查通报：主送", "Notice of findings: to whom")),
    ("findings.opening", Text::new("日常检查通报：开头", "Notice of findings: opening")),
    ("findings.closing", Text::new("日常检查通报：结尾", "Notice of findings: closing")),
    ("paper.title", Text::new("测评表：标题", "Paper ballot: title")),
    ("paper.note", Text::new("测评表：填表说明", "Paper ballot: how to fill it in")),
];

/// What a text is called; `None` for one that this version does not know.
#[must_use]
pub fn label(name: &str) -> Option<Text> {
    TEXT_LABELS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
