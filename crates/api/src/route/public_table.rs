//! A published result as a table: CSV that spreadsheets open as it is.

use std::collections::BTreeMap;

use scoring::plan_document::{ComponentDocument, PlanDocument};
use scoring::result_document::{ComponentResult, UnitResult};
use text::csv_cell::guarded;

use crate::page::published::Published;
use crate::refusal::{Refusal, internal};

/// UTF-8 with a byte order mark, which Excel needs to read Chinese; one row a unit, the best first in each category.
/// Columns: category, rank, unit, published total, exact total, grade, outcomes, and for each period its total, bonus,
/// deduction and every component's score. A component that does not apply to a unit leaves its cell empty.
pub(crate) fn csv(published: &Published) -> Result<Vec<u8>, Refusal> {
    let columns = columns(&published.plan);
    let mut head: Vec<String> = ["类别", "名次", "单位", "得分", "总分", "等次", "结果运用"].map(str::to_owned).into();
    let several = published.plan.periods.len() > 1;
    for period in &published.plan.periods {
        let named = |column: &str| if several { format!("{} {column}", period.name) } else { column.to_owned() };
        head.extend(["合计", "加分", "减分"].map(named));
        head.extend(columns.iter().map(|column| named(&column.name)));
    }
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let written = (|| {
        writer.write_record(head.iter().map(|cell| guarded(cell).into_owned()))?;
        for category in &published.plan.categories {
            for unit in published.ranked(&category.id) {
                writer.write_record(row(published, &category.name, unit, &columns))?;
            }
        }
        writer.flush().map_err(csv::Error::from)
    })();
    written.map_err(|_: csv::Error| internal("a published result cannot be written as a table"))?;
    writer.into_inner().map_err(|_| internal("a published result cannot be written as a table"))
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

fn row(published: &Published, category: &str, unit: &UnitResult, columns: &[Column]) -> Vec<String> {
    let plan = &published.plan;
    let grade = unit.grade.as_deref().map_or("", |id| {
        let grades = plan.grading.iter().flat_map(|grading| &grading.grades);
        grades.into_iter().find(|grade| grade.id == id).map_or(id, |grade| &grade.name)
    });
    let outcome = |id: &String| {
        plan.outcomes.iter().find(|outcome| outcome.id == *id).map_or(id.clone(), |outcome| outcome.name.clone())
    };
    let outcomes = unit.outcomes.iter().map(outcome).collect::<Vec<_>>().join("；");
    let mut row = vec![
        guarded(category).into_owned(),
        unit.rank.to_string(),
        guarded(published.unit_name(&unit.unit)).into_owned(),
        unit.published.clone(),
        unit.total.to_string(),
        guarded(grade).into_owned(),
        guarded(&outcomes).into_owned(),
    ];
    for period in &plan.periods {
        // Periods that did not count are not in a final result.
        let Some(result) = unit.periods.iter().find(|result| result.period == period.id) else {
            row.extend(std::iter::repeat_n(String::new(), columns.len() + 3));
            continue;
        };
        row.extend([result.total.to_string(), result.bonus.to_string(), result.deduction.to_string()]);
        let mut scores = BTreeMap::new();
        collect(&result.components, &mut scores);
        row.extend(columns.iter().map(|column| scores.get(column.id.as_str()).cloned().unwrap_or_default()));
    }
    row
}

fn collect<'a>(components: &'a [ComponentResult], scores: &mut BTreeMap<&'a str, String>) {
    for component in components {
        scores.insert(&component.component, component.score.to_string());
        collect(&component.children, scores);
    }
}
