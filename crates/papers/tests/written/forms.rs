//! The papers on which groups mark by hand.

use papers::{FormSheet, OfficeTexts, voting_form};
use scoring::Plan;

use crate::appraisal::{check_well_formed, part, show, standard, template, words};

fn form(id: &str, group: Option<&str>, sheet: Option<FormSheet>) -> Vec<u8> {
    let plan = Plan::from_json(&template(id)).unwrap();
    let file = voting_form(&plan, &standard(), group, sheet, None).unwrap().unwrap();
    check_well_formed(&file);
    show(&format!("paper-{id}-{}.docx", group.unwrap_or("all")), &file);
    file
}

/// County: 按照“优秀”2名、“良好”1名、“一般”1名的要求进行投票; four departments, three options.
#[test]
fn a_form_has_units_options_quota_and_what_is_said_of_secrecy() {
    let words = words(&form("county_coop", Some("deputies"), None));
    let says = |wanted: &str| assert!(words.iter().any(|words| words.contains(wanted)), "{wanted}: {words:#?}");
    says("评议人群：其他班子领导　　评议周期：2022年度");
    says("“优秀”必须正好选2个，“良好”必须正好选1个，“一般”必须正好选1个。不按要求选的，该表无效。");
    says("按名单发码；保存的测评表上没有姓名和投票码。");
    assert!(!words.iter().any(|words| words.contains("不了解的单位可以不选")), "a quota of all leaves no blank");
    for unit in
        ["县供销社政治工作科", "县供销社财务科(资产管理科)", "县供销社合作经济指导科", "县供销社农村合作经济服务中心"]
    {
        assert!(words.contains(&unit.to_owned()), "{unit}: {words:#?}");
    }
    assert_eq!(words.iter().filter(|words| *words == "□").count(), 4 * 3);
}

#[test]
fn many_units_stand_on_a3_in_two_columns_unless_the_office_says_otherwise() {
    let large = part(&form("nanyang", Some("peers"), None), "word/document.xml");
    assert!(
        large.contains(r#"<w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/>"#)
            && large.contains(r#"<w:cols w:num="2""#)
    );
    let small = part(&form("nanyang", Some("peers"), Some(FormSheet::A4)), "word/document.xml");
    assert!(small.contains(r#"<w:pgSz w:w="11906" w:h="16838"/>"#) && small.contains(r#"<w:cols w:num="1""#));
    let few = part(&form("yuanba", Some("leaders"), None), "word/document.xml");
    assert!(few.contains(r#"<w:pgSz w:w="11906" w:h="16838"/>"#));
}

/// Anonymous by card; Nanyang has two half-years, of which one is ticked.
#[test]
fn all_groups_have_a_form_each_in_one_file() {
    let plan = Plan::from_json(&template("yuanba")).unwrap();
    let words = words(&form("yuanba", None, None));
    let groups = words.iter().filter(|words| words.starts_with("评议人群：")).count();
    assert_eq!(groups, plan.groups().len());
    let nanyang = crate::appraisal::words(&form("nanyang", Some("peers"), None));
    assert!(nanyang.iter().any(|words| words.ends_with("评议周期：□2014年上半年　□2014年下半年")), "{nanyang:?}");
}

/// The network vote of the county is of the second stage: before there is a shortlist nothing of it can be printed.
#[test]
fn the_second_stage_is_printed_with_the_units_of_the_shortlist_alone() {
    let plan = Plan::from_json(&template("county_wide")).unwrap();
    let of = |list: Option<&[String]>| voting_form(&plan, &standard(), Some("society"), None, list).unwrap();
    assert_eq!(of(None), None, "this group marks in the second stage only");
    let two = [plan.units()[3].id.clone(), plan.units()[7].id.clone()];
    let file = of(Some(&two)).unwrap();
    let boxes = words(&file).iter().filter(|words| *words == "□").count();
    let options = plan.document().scales[0].options.len();
    assert_eq!(boxes, 2 * options);
}

#[test]
fn the_office_words_its_form() {
    let plan = Plan::from_json(&template("yuanba")).unwrap();
    let texts = OfficeTexts::new([("paper.title", "{group}专用测评表"), ("paper.note", "请用黑色水笔。")]);
    let file = voting_form(&plan, &texts, Some("leaders"), None, None).unwrap().unwrap();
    let words = words(&file);
    assert_eq!(words[0], "班子成员专用测评表");
    assert!(words.iter().any(|words| words.starts_with("填表说明：请用黑色水笔。不记名：")), "{words:?}");
    assert_eq!(voting_form(&plan, &texts, Some("nobody"), None, None).unwrap(), None);
}
