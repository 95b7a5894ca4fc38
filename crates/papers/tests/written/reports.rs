//! A page for each unit: what it says, and what it does not.

use papers::{OfficeTexts, report};

use crate::appraisal::{
    Appraised, check_well_formed, example, filled, filled_plan, json, show, standard, tally, template, words,
};
use scoring::Plan;

/// The reports of all units.
fn all(appraised: &Appraised, texts: &OfficeTexts) -> Vec<u8> {
    report(&appraised.results(), texts, 0..usize::MAX).unwrap().unwrap()
}

fn two_groups(leaders: [u64; 3], staff: [u64; 3]) -> String {
    let of = |unit: &str| [tally("leaders", unit, leaders), tally("staff", unit, staff)].join(",");
    format!("[{},{}]", of("forestry"), of("building"))
}

/// Leaders: (10 × 90 + 6 × 70 + 4 × 50) ÷ 20 = 76. Staff: (20 × 90 + 5 × 70 + 5 × 50) ÷ 30 = 80. Half of each is 78 of 100, for
/// 60 points 46.80. Forestry: 46.80 + 27 + 10 + 5 = 88.80. Building: two serious facts of 2 points, doubled, take 8 of 10:
/// 46.80 + 24 + 2 = 72.80.
#[test]
fn a_report_says_counts_means_scores_rank_and_last_year() {
    let appraised = example(&two_groups([10, 6, 4], [20, 5, 5]));
    assert_eq!(appraised.withheld, []);
    let file = all(&appraised, &standard());
    show("report-example.docx", &file);
    check_well_formed(&file);
    let words = words(&file);
    let pages: Vec<&[String]> = words.split(|words| words == "单位得分报告单").skip(1).collect();
    assert_eq!(pages.len(), 2, "{words:#?}");
    let says = |page: usize, wanted: &str| {
        assert!(pages[page].iter().any(|words| words == wanted), "{wanted}: {:#?}", pages[page]);
    };
    for (page, unit, total, rank) in
        [(0, "林业站", "88.80", "第1名（共2个）"), (1, "村建所 <&>", "72.80", "第2名（共2个）")]
    {
        says(page, unit);
        says(page, total);
        says(page, rank);
        says(page, "46.80");
        says(page, "班子成员：满意10 基本满意6 不满意4，平均76");
        says(page, "干部职工：满意20 基本满意5 不满意5，平均80");
    }
    says(0, "热线办评定27");
    says(0, "无扣分");
    says(0, "+5");
    says(0, "通报表扬");
    // 2017's records name the other unit.
    says(0, "无");
    says(1, "县级（情节严重）2项，共扣8");
    says(1, "诫勉谈话");
    says(1, "名次确定：按总分高低确定，没有并列。");
}

/// Forestry was third of nine in the year before; of building nothing is known of that year.
#[test]
fn a_report_says_last_years_rank_where_that_result_is_at_hand() {
    let mut appraised = example(&two_groups([10, 6, 4], [20, 5, 5]));
    assert!(!words(&all(&appraised, &standard())).contains(&"上年名次".to_owned()));
    appraised.before.insert("forestry".to_owned(), papers::RankBefore { rank: 3, of: 9, same_category: true });
    let file = all(&appraised, &standard());
    check_well_formed(&file);
    let words = words(&file);
    let pages: Vec<&[String]> = words.split(|words| words == "单位得分报告单").skip(1).collect();
    let behind = |page: usize| {
        let place = pages[page].iter().position(|words| words == "上年名次").unwrap();
        pages[page][place + 1].clone()
    };
    assert_eq!([behind(0), behind(1)], ["第3名（共9个）", "无"]);
}

/// Four leaders marked: their counts say too much, and so would the staff's beside the score. Nothing of either is told.
#[test]
fn of_a_group_of_four_no_counts_are_told_and_none_that_would_tell_them() {
    let appraised = example(&two_groups([3, 1, 0], [20, 5, 5]));
    assert!(!appraised.withheld.is_empty());
    let file = all(&appraised, &standard());
    let words = words(&file);
    let told = words.iter().filter(|words| words.contains("满意")).collect::<Vec<_>>();
    assert_eq!(told, [] as [&String; 0]);
    // (3 × 90 + 70) ÷ 4 = 85 is the mean of four by itself; (85 + 80) ÷ 2 = 82.5 is that of both.
    assert!(words.iter().all(|words| !words.contains("85") && !words.contains("平均80")), "{words:#?}");
    let withheld: Vec<_> = words.iter().filter(|words| words.contains("票数不足")).collect();
    assert_eq!(withheld, ["班子成员、干部职工：票数不足，只公开平均82.5"; 2]);
}

/// Both have 46.80 + 30 + 10 and nothing else: what was decided by lot is said on both pages.
#[test]
fn what_decided_a_tie_is_said_on_both_pages() {
    let mut appraised = example(&two_groups([10, 6, 4], [20, 5, 5]));
    let mut document = appraised.document.clone();
    document.adjustments.clear();
    document.incidents.clear();
    for entry in &mut document.entries {
        entry.value = "30".into();
    }
    document.lots.push(scoring::records_document::LotRecord {
        category: Some("dept".to_owned()),
        order: vec!["building".to_owned(), "forestry".to_owned()],
    });
    appraised = Appraised::new(appraised.plan, document);
    let words = words(&all(&appraised, &standard()));
    let ties: Vec<_> = words.iter().filter(|words| words.starts_with("名次确定")).collect();
    assert_eq!(
        ties,
        [
            "名次确定：与后一名“林业站”总分相同，按抽签列其前。",
            "名次确定：与前一名“村建所 <&>”总分相同，按抽签列其后。"
        ]
    );
}

/// A shortlist of one and one puts the units apart whatever their totals: 30 more for the last do not bring it to the front.
#[test]
fn who_is_apart_by_the_shortlist_is_not_said_to_be_placed_by_total() {
    let plan = r#"{ "format": 1, "title": "两阶段", "total": "100", "categories": [{ "id": "c", "name": "科室" }],
        "units": [{ "id": "a", "name": "甲", "category": "c" }, { "id": "b", "name": "乙", "category": "c" }],
        "groups": [], "scales": [], "periods": [{ "id": "p", "name": "年度" }], "combine": "mean",
        "components": [
            { "id": "one", "name": "初评", "points": "60", "method": { "kind": "entered", "office": "办公室" } },
            { "id": "two", "name": "复评", "points": "40", "stage": 2, "method": { "kind": "entered", "office": "办公室" } }],
        "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] },
        "shortlist": { "top": 1, "bottom": 1, "carry": "last" },
        "outcomes": [{ "id": "last", "name": "末位", "when": { "from_bottom": 1 } }] }"#;
    // 50 and 40 of stage 1 make the lists; with 10 and 40 of stage 2 the totals are 60 and 80.
    let entries = [("one", "a", "50"), ("one", "b", "40"), ("two", "a", "10"), ("two", "b", "40")];
    let entry = |(component, unit, value): (&str, &str, &str)| scoring::records_document::EntryRecord {
        period: "p".to_owned(),
        component: component.to_owned(),
        unit: unit.to_owned(),
        value: value.into(),
    };
    let document = scoring::RecordsDocument { entries: entries.map(entry).to_vec(), ..Default::default() };
    let appraised = Appraised::new(Plan::from_json(&json(plan)).unwrap(), document);
    let words = words(&all(&appraised, &standard()));
    let how: Vec<_> = words.iter().filter(|words| words.starts_with("名次确定")).collect();
    assert_eq!(
        how,
        [
            "名次确定：后一名“乙”在入围名单上列在后面，不比总分。",
            "名次确定：前一名“甲”在入围名单上列在前面，不比总分。"
        ]
    );
}

#[test]
fn texts_of_the_office_stand_on_every_page() {
    let appraised = example(&two_groups([10, 6, 4], [20, 5, 5]));
    let texts = OfficeTexts::new([("office", "镇评测办"), ("report.note", "{unit}列第{rank}名，请与{office}联系。")]);
    let words = words(&all(&appraised, &texts));
    assert!(words.contains(&"林业站列第1名，请与镇评测办联系。".to_owned()), "{words:#?}");
    assert!(words.contains(&"村建所 <&>列第2名，请与镇评测办联系。".to_owned()));
}

#[test]
fn a_hundred_and_eighteen_reports_are_made_in_less_than_five_seconds() {
    let appraised = filled("nanyang");
    let begun = std::time::Instant::now();
    let file = all(&appraised, &standard());
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    show("report-nanyang.docx", &file);
    let titles = words(&file).iter().filter(|words| *words == "单位得分报告单").count();
    assert_eq!(titles, 118);
    // In pieces they are the same pages.
    let piece = |from: usize| report(&appraised.results(), &standard(), from..from + 50).unwrap();
    let pieces: Vec<usize> = (0..150)
        .step_by(50)
        .map(|from| words(&piece(from).unwrap()).iter().filter(|words| *words == "单位得分报告单").count())
        .collect();
    assert_eq!((pieces, piece(150)), (vec![50, 50, 18], None));
}

/// An answer of a function ends at 6 MB, and a file in it is a third larger: 500 units with twenty components and three groups.
#[test]
fn the_reports_of_five_hundred_units_fit_one_answer() {
    let units: Vec<String> = (0..500)
        .map(|n| format!(r#"{{ "id": "u{n}", "name": "第{n}号评议单位办公室", "category": "all" }}"#))
        .collect();
    let groups =
        r#"[{ "group": "a", "weight": "40" }, { "group": "b", "weight": "30" }, { "group": "c", "weight": "30" }]"#;
    let leaves: Vec<String> = (0..20)
        .map(|n| format!(
            r#"{{ "id": "c{n}", "name": "第{n}项评议内容", "points": "5", "method": {{ "kind": "survey", "scale": "s", "out_of": "100", "groups": {groups} }} }}"#
        ))
        .collect();
    let plan = format!(
        r#"{{ "format": 1, "title": "五百个单位", "total": "100", "categories": [{{ "id": "all", "name": "全部" }}], "units": [{}],
        "groups": [{{ "id": "a", "name": "服务对象", "ballot": "anonymous" }}, {{ "id": "b", "name": "代表委员", "ballot": "anonymous" }}, {{ "id": "c", "name": "干部职工", "ballot": "anonymous" }}],
        "scales": [{{ "id": "s", "options": [{{ "id": "good", "name": "满意", "value": "100" }}, {{ "id": "fair", "name": "基本满意", "value": "70" }}, {{ "id": "poor", "name": "不满意", "value": "30" }}] }}],
        "periods": [{{ "id": "year", "name": "全年" }}], "combine": "mean", "components": [{}], "adjustments": [],
        "ranking": {{ "decimals": 2, "tie_break": [] }}, "outcomes": [] }}"#,
        units.join(","),
        leaves.join(",")
    );
    let plan = Plan::from_json(&json(&plan)).unwrap();
    let mut document = filled_plan_without_ties(&plan);
    document.lots.push(scoring::records_document::LotRecord {
        category: Some("all".to_owned()),
        order: plan.units().iter().map(|unit| unit.id.clone()).collect(),
    });
    let appraised = Appraised::new(plan, document);
    let file = all(&appraised, &standard());
    assert!(file.len() < 4_400_000, "{} bytes", file.len());
    show("report-500.docx", &file);
}

fn filled_plan_without_ties(plan: &Plan) -> scoring::RecordsDocument {
    let mut document = scoring::RecordsDocument::default();
    for leaf in plan.leaves().indices() {
        for unit in plan.unit_indices() {
            for group in plan.groups_of(leaf) {
                let number = unit.index() as u64;
                let count = |place: u64| {
                    10 + (number * (place * 5 + 7) + leaf.index() as u64 * 11 + group.index() as u64 * 3) % 211
                };
                document.tallies.push(scoring::records_document::TallyRecord {
                    period: "year".into(),
                    component: plan.leaf_id(leaf).into(),
                    group: plan.group(*group).id.as_str().into(),
                    unit: plan.unit(unit).id.as_str().into(),
                    criterion: None,
                    counts: [("good", count(1)), ("fair", count(2)), ("poor", count(3))].into_iter().collect(),
                });
            }
        }
    }
    document
}

#[test]
fn a_result_of_two_periods_says_each() {
    let appraised = filled_plan(Plan::from_json(&template("nanyang")).unwrap());
    let words = words(&all(&appraised, &standard()));
    let first = words.iter().filter(|words| *words == "2014年上半年合计").count();
    let second = words.iter().filter(|words| *words == "2014年下半年合计").count();
    assert_eq!((first, second), (118, 118));
}
