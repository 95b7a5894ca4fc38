//! A published result as a table: CSV and a workbook that spreadsheets open as they are.
//!
//! Owns the columns: category, rank, unit, published total, exact total, grade, outcomes, and for each period its total,
//! bonus, deduction and every component's score. One row a unit, the best first in each category. A component that does
//! not apply to a unit leaves its cell empty.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use scoring::plan_document::{ComponentDocument, PlanDocument};
use scoring::result_document::{ComponentResult, UnitResult};
use text::csv_cell::guarded;

use crate::page::published::Published;
use crate::refusal::{Refusal, internal};

/// Columns that say of whom a row is, which stay in sight.
const NAMING_COLUMNS: u16 = 3;

/// What stands in a cell.
enum Cell {
    Text(String),
    /// A decimal number.
    Figure(String),
    Empty,
}

/// UTF-8 with a byte order mark, which Excel needs to read Chinese.
pub(crate) fn csv(published: &Published) -> Result<Vec<u8>, Refusal> {
    let columns = columns(&published.plan);
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let written = (|| {
        writer.write_record(head(&published.plan, &columns).iter().map(|cell| guarded(cell).into_owned()))?;
        for row in rows(published, &columns) {
            writer.write_record(row.into_iter().map(|cell| match cell {
                Cell::Text(text) => guarded(&text).into_owned(),
                Cell::Figure(figure) => figure,
                Cell::Empty => String::new(),
            }))?;
        }
        writer.flush().map_err(csv::Error::from)
    })();
    written.map_err(|_: csv::Error| internal("a published result cannot be written as a table"))?;
    writer.into_inner().map_err(|_| internal("a published result cannot be written as a table"))
}

/// A workbook of one sheet. Its figures are numbers: what a decimal has beyond 15 digits, which spreadsheets do not keep,
/// stands in the CSV alone.
pub(crate) fn xlsx(published: &Published) -> Result<Vec<u8>, Refusal> {
    workbook(published).map_err(|_| internal("a published result cannot be written as a workbook"))
}

fn workbook(published: &Published) -> Result<Vec<u8>, XlsxError> {
    let columns = columns(&published.plan);
    let mut workbook = Workbook::new();
    // The same result is the same file, whenever it is asked for: its tag follows from its bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new().set_title(&published.plan.title).set_creation_datetime(&made);
    workbook.set_properties(&about);
    let sheet = workbook.add_worksheet();
    sheet.set_name("排名")?;
    let bold = Format::new().set_bold();
    let head = head(&published.plan, &columns);
    for (column, text) in (0_u16..).zip(&head) {
        sheet.write_string_with_format(0, column, text, &bold)?;
    }
    let mut last = 0;
    for (row, cells) in (1_u32..).zip(rows(published, &columns)) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                // A text is never computed here, whatever it begins with.
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Figure(figure) => match figure.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number)?,
                    Err(_) => sheet.write_string(row, column, figure)?,
                },
                Cell::Empty => continue,
            };
        }
        last = row;
    }
    sheet.set_freeze_panes(1, NAMING_COLUMNS)?;
    sheet.autofilter(0, 0, last, u16::try_from(head.len() - 1).unwrap_or(u16::MAX))?;
    sheet.autofit();
    workbook.save_to_buffer()
}

fn head(plan: &PlanDocument, columns: &[Column]) -> Vec<String> {
    let mut head: Vec<String> = ["类别", "名次", "单位", "得分", "总分", "等次", "结果运用"].map(str::to_owned).into();
    let several = plan.periods.len() > 1;
    for period in &plan.periods {
        let named = |column: &str| if several { format!("{} {column}", period.name) } else { column.to_owned() };
        head.extend(["合计", "加分", "减分"].map(named));
        head.extend(columns.iter().map(|column| named(&column.name)));
    }
    head
}

fn rows<'p>(published: &'p Published, columns: &'p [Column]) -> impl Iterator<Item = Vec<Cell>> + 'p {
    published.plan.categories.iter().flat_map(move |category| {
        published.ranked(&category.id).into_iter().map(move |unit| row(published, &category.name, unit, columns))
    })
}

/// A component of the tree, a branch before its children.
struct Column {
    id: String,
    name: String,
}

fn columns(plan: &PlanDocument) -> Vec<Column> {
    fn walk(components: &[ComponentDocument], columns: &mut Vec<Column>) {
        for component in components {
            columns.push(Column { id: component.id.clone(), name: component.name.clone() });
            walk(component.children.as_deref().unwrap_or_default(), columns);
        }
    }
    let mut columns = Vec::new();
    walk(&plan.components, &mut columns);
    columns
}

fn row(published: &Published, category: &str, unit: &UnitResult, columns: &[Column]) -> Vec<Cell> {
    let plan = &published.plan;
    let grade = unit.grade.as_deref().map_or("", |id| {
        let grades = plan.grading.iter().flat_map(|grading| &grading.grades);
        grades.into_iter().find(|grade| grade.id == id).map_or(id, |grade| &grade.name)
    });
    let outcome = |id: &String| {
        plan.outcomes.iter().find(|outcome| outcome.id == *id).map_or(id.clone(), |outcome| outcome.name.clone())
    };
    let outcomes = unit.outcomes.iter().map(outcome).collect::<Vec<_>>().join("；");
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let mut row = vec![
        text(category),
        Cell::Figure(unit.rank.to_string()),
        text(published.unit_name(&unit.unit)),
        Cell::Figure(unit.published.clone()),
        Cell::Figure(unit.total.to_string()),
        text(grade),
        text(&outcomes),
    ];
    for period in &plan.periods {
        // Periods that did not count are not in a final result.
        let Some(result) = unit.periods.iter().find(|result| result.period == period.id) else {
            row.extend(std::iter::repeat_with(|| Cell::Empty).take(columns.len() + 3));
            continue;
        };
        row.extend(
            [result.total.to_string(), result.bonus.to_string(), result.deduction.to_string()].map(Cell::Figure),
        );
        let mut scores = BTreeMap::new();
        collect(&result.components, &mut scores);
        let score = |column: &Column| scores.get(column.id.as_str()).cloned().map_or(Cell::Empty, Cell::Figure);
        row.extend(columns.iter().map(score));
    }
    row
}

fn collect<'a>(components: &'a [ComponentResult], scores: &mut BTreeMap<&'a str, String>) {
    for component in components {
        scores.insert(&component.component, component.score.to_string());
        collect(&component.children, scores);
    }
}
