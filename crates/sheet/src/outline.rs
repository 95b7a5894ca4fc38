//! What each row of a list is: its title, its head, one of its items, a sum, a note.
//!
//! Owns telling them apart by what offices write. It decides nothing: whoever imports sees what was left out, and can
//! take it all the same.

/// Rows among which a head is looked for: titles, dates and remarks above it are fewer.
const HEAD_WITHIN: usize = 15;
/// Signs of the longest cell of a head.
const LONGEST_HEAD: usize = 16;

/// What a column holds, as its head says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeadWord {
    /// The name of what the list is of.
    Name,
    Category,
    Traits,
    /// Its number or code.
    Id,
    /// A number of the row, 1, 2, 3.
    Serial,
    /// Something else that lists have: a telephone, a remark.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind {
    /// One of those that the list is of.
    Item,
    /// Above the head, or alone above the items.
    Title,
    /// The head, or the same again on a further page.
    Head,
    /// A heading of the items that follow: 一、党政机构.
    Section,
    /// 合计, 小计.
    Total,
    /// 注, 填表人, a date.
    Note,
}

/// What heads say, by what their columns hold.
const WORDS: [(HeadWord, &[&str]); 6] = [
    (
        HeadWord::Name,
        &[
            "单位",
            "单位名称",
            "名称",
            "单位全称",
            "全称",
            "科室",
            "科室名称",
            "部门",
            "部门名称",
            "机构",
            "机构名称",
            "窗口",
            "窗口名称",
            "被评单位",
            "被评单位名称",
            "被评议单位",
            "被评议单位名称",
            "参评单位",
            "参评单位名称",
            "评议对象",
            "测评对象",
            "考核对象",
            "考核单位",
            "被考核单位",
            "责任单位",
            "乡镇",
            "街道",
            "站所",
            "站所名称",
            "name",
            "unit",
            "units",
            "unitname",
            "office",
            "department",
        ],
    ),
    (
        HeadWord::Category,
        &[
            "类别",
            "单位类别",
            "分类",
            "单位分类",
            "类型",
            "单位类型",
            "性质",
            "单位性质",
            "组别",
            "分组",
            "序列",
            "类",
            "category",
            "class",
            "type",
        ],
    ),
    (HeadWord::Traits, &["特征", "标记", "trait", "traits"]),
    (HeadWord::Id, &["编号", "单位编号", "代码", "单位代码", "编码", "单位编码", "id", "code"]),
    (HeadWord::Serial, &["序号", "序", "号", "no", "no.", "#"]),
    (
        HeadWord::Other,
        &[
            "电话",
            "联系电话",
            "手机",
            "手机号",
            "手机号码",
            "联系方式",
            "联系人",
            "负责人",
            "主要负责人",
            "单位负责人",
            "分管领导",
            "联系领导",
            "领导",
            "姓名",
            "职务",
            "备注",
            "说明",
            "地址",
            "人数",
            "编制",
            "编制数",
            "在职人数",
            "得分",
            "分值",
            "分数",
            "总分",
            "排名",
            "名次",
            "等次",
            "日期",
            "时间",
            "依据",
            "phone",
            "remark",
            "remarks",
            "note",
            "notes",
            "score",
            "rank",
            "address",
        ],
    ),
];

/// What the head of a column says.
#[must_use]
pub fn head_word(cell: &str) -> Option<HeadWord> {
    let bare: String = without_brackets(cell).chars().filter(|sign| !sign.is_whitespace() && *sign != '*').collect();
    let bare = bare.trim_end_matches([':', '：']).to_lowercase();
    if bare.is_empty() || bare.chars().count() > LONGEST_HEAD {
        return None;
    }
    bare.split(['/', '／', '、', '及'])
        .find_map(|part| WORDS.iter().find(|(_, words)| words.contains(&part)).map(|(word, _)| *word))
}

/// A text without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |sign: &char| match sign {
        '(' | '（' | '[' | '【' => {
            depth += 1;
            false
        }
        ')' | '）' | ']' | '】' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(outside).collect()
}

/// The row that is the head: the first of those with most words of heads, if these are two, or all that it has.
#[must_use]
pub fn head_row(rows: &[Vec<String>]) -> Option<usize> {
    let mut best = None;
    for (place, row) in rows.iter().enumerate().take(HEAD_WITHIN) {
        let words = row.iter().filter(|cell| head_word(cell).is_some()).count();
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        let is_head = words >= 2 || (words == 1 && filled == 1 && place + 1 < rows.len());
        if is_head && best.is_none_or(|(_, most)| words > most) {
            best = Some((place, words));
        }
    }
    best.map(|(place, _)| place)
}

/// What each row is, below a head or without one.
#[must_use]
pub fn kinds(rows: &[Vec<String>], head: Option<usize>) -> Vec<RowKind> {
    let wide = rows.iter().filter(|row| filled(row).count() > 1).count() * 2 > rows.len();
    let mut begun = false;
    let kind = |(place, row): (usize, &Vec<String>)| {
        if head.is_some_and(|head| place < head) {
            return RowKind::Title;
        }
        if head.is_some_and(|head| place == head || *row == rows[head]) {
            return RowKind::Head;
        }
        let mut cells = filled(row);
        let (first, alone) = (cells.next().unwrap_or_default(), cells.next().is_none());
        if filled(row).any(is_total) {
            return RowKind::Total;
        }
        if is_note(first) {
            return RowKind::Note;
        }
        if alone && section(first).is_some() {
            return RowKind::Section;
        }
        if alone && wide && !begun && head.is_none() {
            return RowKind::Title;
        }
        begun = true;
        RowKind::Item
    };
    rows.iter().enumerate().map(kind).collect()
}

fn filled(row: &[String]) -> impl Iterator<Item = &str> {
    row.iter().map(String::as_str).filter(|cell| !cell.is_empty())
}

/// 合计, however it is spaced, with or without a figure behind it.
fn is_total(cell: &str) -> bool {
    let bare: String = without_brackets(cell).chars().filter(|sign| !sign.is_whitespace()).collect();
    let bare =
        bare.trim_end_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, ':' | '：' | '个' | '家' | '.'));
    matches!(bare, "合计" | "总计" | "小计" | "共计" | "累计" | "总数" | "平均" | "平均分" | "平均值")
        || matches!(bare.to_ascii_lowercase().as_str(), "total" | "totals" | "subtotal" | "sum" | "average")
}

/// 注：…, 填表人：…, 2024年12月1日: what stands below a list.
fn is_note(cell: &str) -> bool {
    const WORDS: [&str; 26] = [
        "注",
        "备注",
        "说明",
        "附",
        "附注",
        "填表",
        "填表人",
        "填报",
        "填报人",
        "填报单位",
        "填表单位",
        "制表",
        "制表人",
        "制表单位",
        "审核",
        "审核人",
        "复核",
        "复核人",
        "审批人",
        "负责人",
        "单位负责人",
        "联系人",
        "联系电话",
        "电话",
        "日期",
        "note",
    ];
    let bare: String = cell.chars().filter(|sign| !sign.is_whitespace()).collect();
    let bare = bare.trim_start_matches(['*', '※', '（', '(']);
    let before = bare.split([':', '：', '.', '．']).next().unwrap_or_default();
    let word = before.trim_end_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, ')' | '）')).to_lowercase();
    if before.len() < bare.len() {
        // 填表日期, 打印时间 and what else ends so.
        let is_dated = ["日期", "时间", "盖章", "公章", "签字", "签章"].iter().any(|end| word.ends_with(end));
        if is_dated || WORDS.contains(&word.as_str()) {
            return true;
        }
    }
    let is_day = bare.contains('年') && bare.contains('月') && bare.ends_with('日');
    is_day && bare.chars().all(|sign| sign.is_ascii_digit() || "年月日一二三四五六七八九十〇零○".contains(sign))
}

/// The name in a heading of items, without its number: 一、党政机构, （二）事业站所.
#[must_use]
pub fn section(cell: &str) -> Option<&str> {
    const NUMERALS: &str = "一二三四五六七八九十";
    let (opened, bare) = match cell.strip_prefix(['（', '(']) {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let rest = bare.trim_start_matches(|sign| NUMERALS.contains(sign));
    if rest.len() == bare.len() {
        return None;
    }
    let name = if opened { rest.strip_prefix(['）', ')']) } else { rest.strip_prefix(['、', '.', '．']) }?;
    let name = name.trim_start_matches(['、', ' ', '\u{3000}']).trim_end_matches([':', '：']);
    let name = name
        .split_once(['（', '('])
        .filter(|(_, rest)| rest.contains(|sign: char| sign.is_ascii_digit()))
        .map_or(name, |(name, _)| name);
    let name = name.trim();
    (!name.is_empty()).then_some(name)
}

/// Whether a column numbers the rows: whole numbers that rise by one, wherever one stands.
#[must_use]
pub fn is_serial<'a>(column: impl Iterator<Item = &'a str>) -> bool {
    let mut last = None::<u64>;
    let mut count = 0_usize;
    for cell in column.filter(|cell| !cell.is_empty()) {
        let Ok(number) = crate::figure::plain(cell).parse::<u64>() else { return false };
        // A part of the list may begin again with 1.
        if last.is_some_and(|last| number != last + 1 && number != 1) || (last.is_none() && number > 1) {
            return false;
        }
        last = Some(number);
        count += 1;
    }
    count >= 2
}

/// A column with each blank filled by what stands above it: a merged cell gives its text to its first row alone.
pub fn fill_down(rows: &mut [Vec<String>], column: usize) {
    let mut above = String::new();
    for row in rows {
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if row[column].is_empty() {
            row[column].clone_from(&above);
        } else {
            above.clone_from(&row[column]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells;

    /// Title, head, categories merged over their units, a sum and notes.
    const LIST: &str = "2024年度民主测评被评单位名单\t\t\t\n序号\t类别\t单位名称\t人数\n1\t内设机构\t党政办\t20\n2\t\t财政所\t30\n\
        3\t事业站所\t水务站\t18\n4\t\t司法所\t25\n5\t\t民政办\t25\n合 计\t\t\t118\n填表人：张某\t\t\t\n注：以机构改革后为准。\t\t\t";

    #[test]
    fn title_head_sum_and_notes_are_told_from_items() {
        use RowKind::{Head, Item, Note, Title, Total};
        let rows = cells(LIST);
        let head = head_row(&rows);
        assert_eq!(head, Some(1));
        assert_eq!(kinds(&rows, head), [Title, Head, Item, Item, Item, Item, Item, Total, Note, Note]);
        assert!(is_serial(rows[2..7].iter().map(|row| row[0].as_str())));
        assert!(!is_serial(rows[2..7].iter().map(|row| row[3].as_str())));
        let mut items = rows[2..7].to_vec();
        fill_down(&mut items, 1);
        let categories: Vec<&str> = items.iter().map(|row| row[1].as_str()).collect();
        assert_eq!(categories, ["内设机构", "内设机构", "事业站所", "事业站所", "事业站所"]);
    }

    #[test]
    fn a_head_is_found_by_what_heads_say() {
        for (text, head) in [
            ("序号,单位(科室)名称,手机号,分管领导\n1,党政办,1,张", Some(0)),
            ("单位\n林业站", Some(0)),
            ("*单位名称 ： \n林业站", Some(0)),
            ("Name,Category\nForestry,Offices", Some(0)),
            ("林业站\t机关\n村建所\t机关", None),
            ("财政部门\t内设机构\n农业部门\t内设机构", None),
            ("编办科室\n宣传科室", None),
            ("单位", None),
        ] {
            assert_eq!(head_row(&cells(text)), head, "{text}");
        }
        assert_eq!(head_word("单位（科室）名称"), Some(HeadWord::Name));
        assert_eq!(head_word("序 号"), Some(HeadWord::Serial));
        assert_eq!(head_word("单位/科室"), Some(HeadWord::Name));
        assert_eq!(head_word("林业站"), None);
    }

    #[test]
    fn headings_between_items_are_sections_and_a_repeated_head_is_none() {
        use RowKind::{Head, Item, Section, Total};
        let rows = cells(
            "序号\t单位\n一、党政机构（2个）\t\n1\t党政办\n2\t财政所\n小计\t2\n序号\t单位\n（二）事业站所\t\n1\t水务站",
        );
        assert_eq!(kinds(&rows, Some(0)), [Head, Section, Item, Item, Total, Head, Section, Item]);
        assert_eq!(section("一、党政机构（2个）"), Some("党政机构"));
        assert_eq!(section("（二）事业站所"), Some("事业站所"));
        assert_eq!(section("十一、其他"), Some("其他"));
        assert_eq!(section("一中"), None);
        assert_eq!(section("三亚市财政局"), None);
        assert!(is_serial(["1", "2", "", "1"].into_iter()));
        assert!(!is_serial(["7", "8"].into_iter()));
    }

    #[test]
    fn a_unit_is_no_note_and_no_sum() {
        for name in
            ["审核科", "审计局", "注册登记中心", "说明文档室", "电话局", "小计算机中心", "负责人办公室", "合计科"]
        {
            assert_eq!(kinds(&cells(name), None), [RowKind::Item], "{name}");
        }
        for (cell, kind) in [
            ("注1：以批复为准", RowKind::Note),
            ("填表日期：2024年1月2日", RowKind::Note),
            ("2024年12月1日", RowKind::Note),
            ("二〇二四年十二月", RowKind::Item),
            ("单位（盖章）：", RowKind::Note),
            ("总计：118个", RowKind::Total),
            ("Total", RowKind::Total),
        ] {
            assert_eq!(kinds(&cells(cell), None), [kind], "{cell}");
        }
    }

    #[test]
    fn without_a_head_a_line_alone_above_a_table_is_its_title() {
        use RowKind::{Item, Title};
        let rows = cells("被评单位名单\t\n林业站\t机关\n村建所\t机关\n司法所\t机关");
        assert_eq!(kinds(&rows, head_row(&rows)), [Title, Item, Item, Item]);
        let rows = cells("林业站\n村建所");
        assert_eq!(kinds(&rows, None), [Item, Item]);
    }
}
