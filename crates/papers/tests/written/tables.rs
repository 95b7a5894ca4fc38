//! The ranking with every component, as a text document and as a workbook.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use papers::{table, workbook};

use crate::appraisal::{check_well_formed, example, filled, part, show, standard, tally, words};

fn plain() -> crate::appraisal::Appraised {
    let of = |unit: &str| [tally("leaders", unit, [10, 6, 4]), tally("staff", unit, [20, 5, 5])].join(",");
    example(&format!("[{},{}]", of("forestry"), of("building")))
}

#[test]
fn a_row_has_every_component_bonus_deduction_total_and_rank() {
    let file = table(&plain().results(), &standard()).unwrap();
    show("table-example.docx", &file);
    check_well_formed(&file);
    let words = words(&file);
    let expected = [
        "元坝镇2018年内设机构评测排名汇总表",
        "内设机构",
        "名次",
        "单位",
        "内部测评",
        "热线办理",
        "明察暗访",
        "加分",
        "减分",
        "总分",
        "1",
        "林业站",
        "46.80",
        "27.00",
        "10.00",
        "5.00",
        "0.00",
        "88.80",
        "2",
        "村建所 <&>",
        "46.80",
        "24.00",
        "2.00",
        "0.00",
        "0.00",
        "72.80",
    ];
    assert_eq!(words, expected);
    assert!(part(&file, "word/document.xml").contains(r#"w:orient="landscape""#));
}

#[test]
fn the_workbook_has_the_same_figures_as_numbers() {
    let file = workbook(&plain().results(), &standard()).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    assert_eq!(book.sheet_names(), ["汇总"]);
    let range = book.worksheet_range("汇总").unwrap();
    let cell = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    let text = |text: &str| Data::String(text.to_owned());
    let head: Vec<Data> = (0..12).map(|column| cell(1, column)).collect();
    let named = [
        "类别",
        "名次",
        "单位",
        "总分",
        "总分（六位小数）",
        "等次",
        "结果运用",
        "内部测评",
        "热线办理",
        "明察暗访",
        "加分",
        "减分",
    ];
    assert_eq!(head, named.map(text));
    let row = |row: u32| -> Vec<Data> { (0..12).map(|column| cell(row, column)).collect() };
    let first = vec![
        text("内设机构"),
        Data::Float(1.0),
        text("林业站"),
        Data::Float(88.8),
        Data::Float(88.8),
        text(""),
        text("通报表扬"),
        Data::Float(46.8),
        Data::Float(27.0),
        Data::Float(10.0),
        Data::Float(5.0),
        Data::Float(0.0),
    ];
    assert_eq!(
        row(2).iter().map(ToString::to_string).collect::<Vec<_>>(),
        first.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    assert_eq!(cell(3, 4), Data::Float(72.8));
}

/// Two half-years: all of it, then each of them.
#[test]
fn a_result_of_two_periods_has_a_table_for_each_and_one_for_both() {
    let nanyang = filled("nanyang");
    let file = table(&nanyang.results(), &standard()).unwrap();
    show("table-nanyang.docx", &file);
    let words = words(&file);
    // Three categories, each in three tables.
    assert_eq!(words.iter().filter(|words| *words == "党委群团部门").count(), 3);
    assert!(
        words.contains(&"社会评议小计".to_owned()) && !words.contains(&"动态考评小计".to_owned()),
        "a leaf has no parts"
    );
    let file = workbook(&nanyang.results(), &standard()).unwrap();
    show("table-nanyang.xlsx", &file);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    assert_eq!(book.sheet_names(), ["汇总", "1 2014年上半年", "2 2014年下半年"]);
    // A unit without a window has no score of windows.
    let range = book.worksheet_range("汇总").unwrap();
    assert!(range.rows().any(|row| row.contains(&Data::String("—".to_owned()))));
    assert_eq!(range.rows().count(), 118 + 2);
}
