//! The ranking as a table: rank, unit, total, what it is made of, and what follows.

use scoring::Score;
use scoring::plan_document::{PlanDocument, Side};
use scoring::result_document::UnitResult;
use text::public as words;

use super::html::{Page, isolated, write_html};
use super::published::Published;

/// What a column between total and outcome shows.
pub(crate) enum Column {
    /// A component at the top of the tree, by its place there.
    Component(usize),
    /// A period's total, by its place.
    Period(usize),
}

/// Components at the top of the tree for a plan of one period, else the periods.
pub(crate) fn columns(plan: &PlanDocument) -> Vec<Column> {
    match plan.periods.len() {
        1 => (0..plan.components.len()).map(Column::Component).collect(),
        periods => (0..periods).map(Column::Period).collect(),
    }
}

/// What stands in a column for a unit; `None` where the component does not apply.
pub(crate) fn figure(plan: &PlanDocument, unit: &UnitResult, column: &Column) -> Option<Score> {
    match column {
        Column::Component(place) => {
            let id = &plan.components[*place].id;
            let components = &unit.periods.first()?.components;
            components.iter().find(|component| component.component == *id).map(|component| component.score)
        }
        Column::Period(place) => unit.periods.get(*place).map(|period| period.total),
    }
}

/// A column's name.
pub(crate) fn heading<'a>(plan: &'a PlanDocument, column: &Column) -> &'a str {
    match column {
        Column::Component(place) => &plan.components[*place].name,
        Column::Period(place) => &plan.periods[*place].name,
    }
}

/// Writes the table.
pub(crate) fn write(page: &mut Page, published: &Published, caption: &str, units: &[&UnitResult]) {
    let lang = page.lang;
    let plan = &published.plan;
    let columns = columns(plan);
    let single = plan.periods.len() == 1;
    let given =
        |unit: &UnitResult| unit.periods.iter().any(|period| !period.bonus.is_zero() || !period.deduction.is_zero());
    let adjusted = single && published.result.units.iter().any(given);
    write_html!(
        page,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><caption>{} {}</caption><thead><tr><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th>",
        caption,
        words::OUT_OF.in_(lang),
        plan.total.to_string(),
        words::RANK.in_(lang),
        words::UNIT.in_(lang),
        words::TOTAL.in_(lang),
    );
    if plan.grading.is_some() {
        write_html!(page, "<th scope=\"col\">{}</th>", words::GRADE.in_(lang));
    }
    for column in &columns {
        write_html!(page, "<th scope=\"col\" class=\"n\">{}</th>", heading(plan, column));
    }
    if adjusted {
        let (bonus, deduction) = (words::BONUS.in_(lang), words::DEDUCTION.in_(lang));
        write_html!(
            page,
            "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th>",
            bonus,
            deduction
        );
    }
    if !plan.outcomes.is_empty() {
        write_html!(page, "<th scope=\"col\" class=\"o\">{}</th>", words::OUTCOME.in_(lang));
    }
    write_html!(page, "</tr></thead><tbody>");
    for unit in units {
        let name = published.unit_name(&unit.unit);
        write_html!(page, "<tr><td class=\"r\">{}<th scope=\"row\"><bdi>{}</bdi>", unit.rank, name,);
        if let Some(list) = unit.list {
            let text = if list == Side::Top { words::LIST_TOP } else { words::LIST_BOTTOM };
            write_html!(page, "<br><small>{}</small>", text.in_(lang));
        }
        write_html!(page, "</th><td class=\"n t\">{}", unit.published);
        if let Some(grading) = &plan.grading {
            let grade = unit.grade.as_deref().and_then(|id| grading.grades.iter().find(|grade| grade.id == id));
            write_html!(page, "<td>{}", grade.map_or(words::NONE.in_(lang), |grade| grade.name.as_str()));
        }
        for column in &columns {
            match figure(plan, unit, column) {
                Some(score) => write_html!(page, "<td class=\"n\">{}", score.published(published.decimals())),
                None => {
                    write_html!(page, "<td class=\"n\"><span title=\"{}\">—</span>", words::NOT_APPLICABLE.in_(lang))
                }
            }
        }
        if adjusted && let Some(period) = unit.periods.first() {
            write_html!(
                page,
                "<td class=\"n\">{}<td class=\"n\">{}",
                period.bonus.to_string(),
                period.deduction.to_string()
            );
        }
        if !plan.outcomes.is_empty() {
            let names = plan.outcomes.iter().filter(|outcome| unit.outcomes.contains(&outcome.id));
            let names: Vec<String> = names.map(|outcome| isolated(&outcome.name)).collect();
            write_html!(page, "<td>{}", names.join("；"));
        }
        write_html!(page, "</tr>");
    }
    write_html!(page, "</tbody></table></div>");
}
