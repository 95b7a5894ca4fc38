//! The annual report: its tables, its pictures, the year before, what followed, and advice.

use papers::{
    CaseRow, FollowUp, Found, ItemCounts, MOST_LISTED, Matter, OfficeTexts, RankBefore, UnitItems, YearBefore, YearOf,
    annual,
};
use quick_xml::Reader;
use quick_xml::events::Event;
use scoring::component_means::{ComponentMean, component_means};

use crate::appraisal::{Appraised, check_well_formed, example, filled, part, show, standard, tally, words};

fn plain() -> Appraised {
    let of = |unit: &str| [tally("leaders", unit, [10, 6, 4]), tally("staff", unit, [20, 5, 5])].join(",");
    let mut appraised = example(&format!("[{},{}]", of("forestry"), of("building")));
    let turnout = |group: &str, ballots| papers::Turnout { period: "year".into(), group: group.into(), ballots };
    appraised.turnout = vec![turnout("leaders", Some(20)), turnout("staff", None)];
    appraised
}

fn says(words: &[String], wanted: &str) {
    assert!(words.iter().any(|words| words == wanted), "{wanted}: {words:#?}");
}

/// What stands behind a cell in its row.
fn behind<'w>(words: &'w [String], cell: &str, cells: usize) -> Vec<&'w str> {
    let place = words.iter().position(|words| words == cell).unwrap_or_else(|| panic!("{cell}: {words:#?}"));
    words[place + 1..=place + cells].iter().map(String::as_str).collect()
}

/// Forestry 88.80 and building 72.80: the mean is 80.80.
#[test]
fn the_annual_report_says_how_many_voted_what_came_out_and_where_units_stand() {
    let file = annual(&plain().results(), YearOf::default(), &standard()).unwrap();
    show("annual-example.docx", &file);
    check_well_formed(&file);
    let words = words(&file);
    says(&words, "内设机构共2个单位，平均80.80分；第一名林业站，88.80分；最后一名村建所 <&>，72.80分。");
    says(&words, "20");
    says(&words, "不公开");
    says(&words, "五、下一步工作");
    // The hotline: 27 and 24.
    says(&words, "25.50");
    let jingbian = annual(&filled("jingbian").results(), YearOf::default(), &standard()).unwrap();
    check_well_formed(&jingbian);
    show("annual-jingbian.docx", &jingbian);
}

/// A chart read back: its names, and the names and values of its series.
#[derive(Debug, PartialEq)]
struct Drawn {
    names: Vec<String>,
    series: Vec<(String, Vec<(usize, String)>)>,
}

fn drawn(part: &str) -> Drawn {
    let mut reader = Reader::from_str(part);
    let (mut within, mut at, mut words) = (String::new(), 0, String::new());
    let mut drawn = Drawn { names: Vec::new(), series: Vec::new() };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => match start.name().as_ref() {
                "c:ser" => drawn.series.push((String::new(), Vec::new())),
                name @ ("c:tx" | "c:cat" | "c:val") => within = name.to_owned(),
                "c:pt" => at = start.attributes().next().unwrap().unwrap().value.parse().unwrap(),
                "c:v" => words.clear(),
                _ => {}
            },
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(name) => words.push(match name.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                other => panic!("{other:?}"),
            }),
            Event::End(end) if end.name().as_ref() == "c:v" => {
                let (first, value) = (drawn.series.len() == 1, words.clone());
                let series = drawn.series.last_mut().unwrap();
                match within.as_str() {
                    "c:tx" => series.0 = value,
                    "c:cat" if first => drawn.names.push(value),
                    "c:cat" => {}
                    _ => series.1.push((at, value)),
                }
            }
            Event::Eof => return drawn,
            _ => {}
        }
    }
}

fn series(name: &str, values: &[&str]) -> (String, Vec<(usize, String)>) {
    (name.to_owned(), values.iter().map(|value| (*value).to_owned()).enumerate().collect())
}

/// Forestry: 46.80 + 27 + 10 + 5; building: 46.80 + 24 + 2. The spread of the hotline: 27, 25.50, 24; of the inspection: 10, 6, 2.
#[test]
fn charts_stand_in_the_file_with_the_figures_of_the_tables() {
    let file = annual(&plain().results(), YearOf::default(), &standard()).unwrap();
    let charts = [1, 2, 3].map(|number| drawn(&part(&file, &format!("word/charts/chart{number}.xml"))));
    // Of the staff nothing is told, so it has no bar, and nothing says how long it would be.
    let turnout = Drawn { names: vec!["班子成员".to_owned()], series: vec![series("2018年度", &["20"])] };
    let totals = Drawn {
        names: ["林业站", "村建所 <&>"].map(str::to_owned).to_vec(),
        series: vec![
            series("内部测评", &["46.80", "46.80"]),
            series("热线办理", &["27.00", "24.00"]),
            series("明察暗访", &["10.00", "2.00"]),
            series("加分", &["5.00", "0.00"]),
        ],
    };
    let spread = Drawn {
        names: ["内部测评", "热线办理", "明察暗访"].map(str::to_owned).to_vec(),
        series: vec![
            series("最高", &["46.80", "27.00", "10.00"]),
            series("平均", &["46.80", "25.50", "6.00"]),
            series("最低", &["46.80", "24.00", "2.00"]),
        ],
    };
    assert_eq!(charts, [turnout, totals, spread]);
    let words = words(&file);
    for caption in
        ["图1　各评议人群测评表张数", "图2　内设机构各单位总分构成", "图3　内设机构各项得分的最高、平均和最低"]
    {
        says(&words, caption);
    }
    let document = part(&file, "word/document.xml");
    assert!(document.contains(r#"descr="条形图：内设机构各单位总分构成，数据与表中相同。""#), "{document}");
}

/// Each relation of the document names a part that is there, each chart of the text a relation, and each part its type.
#[test]
fn what_a_chart_is_named_by_is_there() {
    let file = annual(&filled("maanshan").results(), YearOf::default(), &standard()).unwrap();
    check_well_formed(&file);
    show("annual-maanshan.docx", &file);
    let relations = part(&file, "word/_rels/document.xml.rels");
    let document = part(&file, "word/document.xml");
    let types = part(&file, "[Content_Types].xml");
    let mut charts = 0;
    for relation in relations.split("<Relationship ").skip(1) {
        let value = |name: &str| relation.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap();
        let target = value("Target");
        assert!(!part(&file, &format!("word/{target}")).is_empty());
        if value("Type").ends_with("/relationships/chart") {
            charts += 1;
            assert_eq!(document.matches(&format!("r:id=\"{}\"/></a:graphicData>", value("Id"))).count(), 1);
            assert!(types.contains(&format!(
                "<Override PartName=\"/word/{target}\" ContentType=\"application/vnd.openxmlformats-officedocument.drawingml.chart+xml\"/>"
            )));
        }
    }
    // Three categories, each with its totals and its spread; nothing is known of the turnout.
    assert_eq!((charts, document.matches("<w:drawing>").count()), (6, 6));
    let ids: Vec<usize> = (1..=6).map(|id| document.matches(&format!("<wp:docPr id=\"{id}\"")).count()).collect();
    assert_eq!(ids, [1; 6]);
    // A paper without charts has none of this.
    let notice = papers::notice(&plain().results(), &standard()).unwrap();
    assert!(!part(&notice, "[Content_Types].xml").contains("chart"));
}

/// A hundred and eighteen units in two categories: a chart has the first forty of each.
#[test]
fn a_chart_has_forty_units_at_most() {
    let appraised = filled("nanyang");
    let file = annual(&appraised.results(), YearOf::default(), &standard()).unwrap();
    show("annual-nanyang.docx", &file);
    let plan = &appraised.plan;
    for (number, category) in (1..).zip(plan.category_indices()) {
        let chart = drawn(&part(&file, &format!("word/charts/chart{number}.xml")));
        let units = plan.units_of(category).len();
        assert_eq!(chart.names.len(), units.min(40));
        let name = &plan.category(category).name;
        let shows =
            if units > 40 { format!("{name}前40名总分构成") } else { format!("{name}各单位总分构成") };
        says(&words(&file), &format!("图{number}　{shows}"));
    }
}

fn items(open: u64, accepted: u64, overdue: u64) -> ItemCounts {
    ItemCounts { open, accepted, overdue, ..ItemCounts::default() }
}

fn matter(unit: &str, matter: &str, accepted: bool, overdue: bool) -> Matter {
    Matter {
        unit: unit.to_owned(),
        matter: matter.to_owned(),
        measures: "完善公开承诺".to_owned(),
        department: "办公室".to_owned(),
        deadline: "全年".to_owned(),
        accepted,
        overdue,
    }
}

fn followed_up() -> FollowUp {
    let found = |of: &str, found, counted| Found { of: of.to_owned(), found, counted };
    let case = |unit: &str, outcome: &str, done, overdue| CaseRow {
        unit: unit.to_owned(),
        outcome: outcome.to_owned(),
        due: "2019-01-31".to_owned(),
        done,
        overdue,
    };
    FollowUp {
        units: vec![
            UnitItems { unit: "林业站".to_owned(), items: items(1, 1, 0) },
            UnitItems { unit: "村建所".to_owned(), items: items(0, 0, 1) },
        ],
        matters: vec![
            matter("林业站", "办证手续繁", true, false),
            matter("林业站", "窗口无人", false, false),
            matter("村建所", "收费不规范", false, true),
        ],
        months: vec![found("2018-09", 3, 1), found("2018-10", 2, 2)],
        sources: vec![found("暗访组", 4, 2), found("群众来电", 1, 1)],
        cases: vec![
            case("林业站", "通报表扬", true, false),
            case("村建所", "诫勉谈话", false, false),
            case("村建所", "书面检查", false, true),
        ],
    }
}

/// Three items, one accepted, one overdue, one open; five findings in two months, three of them counted; three cases, one done.
#[test]
fn what_followed_in_the_year_is_counted_and_listed() {
    let appraised = plain();
    let follow_up = followed_up();
    let year = YearOf { follow_up: Some(&follow_up), before: None };
    let file = annual(&appraised.results(), year, &standard()).unwrap();
    show("annual-follow-up.docx", &file);
    check_well_formed(&file);
    let words = words(&file);
    for said in [
        "四、结果运用",
        "结果运用需要办理的事项3件，已办结1件，正在办理2件，其中逾期1件。",
        "五、日常检查情况",
        "全年日常检查发现问题5个，其中计入评议扣分3个。",
        "六、整改情况",
        "全年列入整改清单3项，已销号1项，逾期未完成1项。各项进度如下。",
        "整改清单如下。",
        "七、下一步工作",
    ] {
        says(&words, said);
    }
    assert_eq!(behind(&words, "2018-09", 2), ["3", "1"]);
    assert_eq!(behind(&words, "暗访组", 2), ["4", "2"]);
    assert_eq!(behind(&words, "整改中", 1), ["1"]);
    assert_eq!(behind(&words, "办证手续繁", 4), ["完善公开承诺", "办公室", "全年", "已整改"]);
    assert_eq!(behind(&words, "窗口无人", 4)[3], "正在整改");
    assert_eq!(behind(&words, "收费不规范", 4)[3], "正在整改（逾期）");
    assert_eq!(behind(&words, "书面检查", 2), ["2019-01-31", "正在办理（逾期）"]);
    // Units: items, accepted, overdue.
    let table = words.iter().position(|words| words == "各单位整改情况如下。").unwrap();
    let cells: Vec<&str> = words[table + 1..table + 13].iter().map(String::as_str).collect();
    assert_eq!(cells, ["单位", "项数", "已销号", "已逾期", "林业站", "2", "1", "0", "村建所", "1", "0", "1"]);
}

#[test]
fn where_nothing_followed_it_is_said_and_a_long_list_is_cut() {
    let appraised = plain();
    let mut follow_up = FollowUp::default();
    let of = |follow_up: &FollowUp| {
        let year = YearOf { follow_up: Some(follow_up), before: None };
        words(&annual(&appraised.results(), year, &standard()).unwrap())
    };
    let nothing = of(&follow_up);
    says(&nothing, "全年日常检查发现问题0个，其中计入评议扣分0个。");
    says(&nothing, "全年没有列入整改清单的事项。");
    assert!(!nothing.iter().any(|words| words.contains("结果运用需要办理")));

    // 205 items and 23 sources: 200 are listed, and three of the sources are one line of 3 findings.
    follow_up.units = vec![UnitItems { unit: "林业站".to_owned(), items: items(205, 0, 0) }];
    follow_up.matters = (1..=205).map(|number| matter("林业站", &format!("事项{number}"), false, false)).collect();
    follow_up.months = vec![Found { of: "2018-09".to_owned(), found: 23, counted: 0 }];
    follow_up.sources = (1..=23).map(|number| Found { of: format!("来源{number}"), found: 1, counted: 0 }).collect();
    let long = of(&follow_up);
    assert_eq!(MOST_LISTED, 200);
    says(&long, "整改清单前200项如下，其余5项见整改清单。");
    says(&long, "事项200");
    assert!(!long.contains(&"事项201".to_owned()));
    assert_eq!(behind(&long, "其他来源", 2), ["3", "0"]);
    assert!(!long.contains(&"来源21".to_owned()));
}

/// Building was first of two and forestry second. Then the hotline gave 20 of 30 in the mean, now 25.50; the inspection gave what it
/// gives now; the internal vote was for 50 points. The hotline had another id, so it is found by its name.
#[test]
fn beside_the_year_before_it_says_who_went_up_and_which_means_moved() {
    let mut appraised = plain();
    let rank = |rank, same_category| RankBefore { rank, of: 2, same_category };
    appraised.before.insert("forestry".to_owned(), rank(2, true));
    appraised.before.insert("building".to_owned(), rank(1, true));
    let mean = |id: &str, name: &str, points: &str, mean: &str| ComponentMean {
        id: id.to_owned(),
        name: name.to_owned(),
        points: points.parse().unwrap(),
        mean: mean.parse().unwrap(),
    };
    let before = YearBefore {
        title: "元坝镇2017年内设机构评测".to_owned(),
        components: vec![
            mean("internal", "内部测评", "50", "40"),
            mean("line_12345", "热线办理", "30", "20"),
            mean("inspection", "明察暗访", "10", "6"),
        ],
    };
    let year = YearOf { follow_up: None, before: Some(&before) };
    let file = annual(&appraised.results(), year, &standard()).unwrap();
    show("annual-before.docx", &file);
    check_well_formed(&file);
    let told = words(&file);
    says(&told, "四、与上年比较");
    let moved = "与元坝镇2017年内设机构评测相比，名次上升的单位1个，下降的1个，不变的0个，没有可比名次的0个。";
    says(&told, moved);
    let from = told.iter().position(|words| words == moved).unwrap();
    let cells: Vec<&str> = told[from + 1..from + 13].iter().map(String::as_str).collect();
    let expected = [
        ["单位", "上年", "本年", "变化"],
        ["林业站", "第2名（共2个）", "第1名（共2个）", "上升1位"],
        ["村建所 <&>", "第1名（共2个）", "第2名（共2个）", "下降1位"],
    ];
    assert_eq!(cells, expected.concat());
    let means = told.iter().position(|words| words == "全部单位平均得分有变化的评议内容如下。").unwrap();
    let cells: Vec<&str> = told[means + 1..means + 12].iter().map(String::as_str).collect();
    let expected = ["评议内容", "满分", "上年", "本年", "变化", "热线办理", "30", "20.00", "25.50", "+5.50"];
    assert_eq!(cells[..10], expected);
    assert_eq!(cells[10], "满分有变化、不作比较的评议内容：内部测评。");
    // Of another category then, or not there at all: no rank to compare.
    appraised.before.insert("forestry".to_owned(), rank(2, false));
    appraised.before.remove("building");
    let told = words(&annual(&appraised.results(), year, &standard()).unwrap());
    says(&told, "与元坝镇2017年内设机构评测相比，名次上升的单位0个，下降的0个，不变的0个，没有可比名次的2个。");
    // Held against itself nothing moved.
    let itself = component_means(appraised.plan.document(), &appraised.standing.document(&appraised.plan).units);
    let before = YearBefore { title: "同一年".to_owned(), components: itself };
    let year = YearOf { follow_up: None, before: Some(&before) };
    says(&words(&annual(&appraised.results(), year, &standard()).unwrap()), "各项评议内容的平均得分没有变化。");
}

#[test]
fn advice_stands_in_the_report_and_last_years_with_what_was_done() {
    let appraised = plain();
    let texts = OfficeTexts::new([
        ("annual.advice", "窗口中午不断岗\n\n公开收费标准"),
        ("annual.advised", "延长窗口时间\n减少材料"),
        ("annual.followed", "四月起延时两小时"),
    ]);
    let file = annual(&appraised.results(), YearOf::default(), &texts).unwrap();
    show("annual-advice.docx", &file);
    check_well_formed(&file);
    let told = words(&file);
    says(&told, "五、上年建议落实情况");
    assert_eq!(behind(&told, "延长窗口时间", 4), ["四月起延时两小时", "2", "减少材料", "尚未填写"]);
    assert_eq!(behind(&told, "六、下一步工作", 3)[1..], ["1．窗口中午不断岗", "2．公开收费标准"]);
}
