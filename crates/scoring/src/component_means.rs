//! The mean of each component over the units of a result, as it is printed: what two years are held against each other by.
//!
//! Owns how a unit's periods are combined (as its total is) and what is taken the mean of. Refuses to own any score.

use document::Decimal;

use crate::decimal::{Score, divide_rounding};
use crate::plan_document::{Combine, ComponentDocument, PlanDocument};
use crate::result_document::{ComponentResult, UnitResult};

/// A component in the mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentMean {
    /// The component's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The most that it gives any unit.
    pub points: Decimal,
    /// What it gives a unit it applies to, in the mean: rounded to a millionth.
    pub mean: Score,
}

/// The components that apply to any unit, in the order of the plan, a branch before what is below it.
///
/// ```
/// use scoring::{Mode, Plan, Records, component_means::component_means, json::Value, score, templates};
///
/// let template = templates::find("yuanba").unwrap();
/// let plan = Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
/// let standing = score(&plan, &Records::none(&plan), Mode::Provisional).unwrap();
/// let means = component_means(plan.document(), &standing.document(&plan).units);
/// assert_eq!(means.iter().map(|mean| mean.points.to_string()).max(), Some("40".to_owned()));
/// ```
#[must_use]
pub fn component_means(plan: &PlanDocument, units: &[UnitResult]) -> Vec<ComponentMean> {
    let mut means = Vec::new();
    let mut open: Vec<&ComponentDocument> = plan.components.iter().rev().collect();
    while let Some(component) = open.pop() {
        open.extend(component.children.iter().flatten().rev());
        let of_units = units.iter().filter_map(|unit| combined(unit, &component.id, plan.combine));
        let (mut points, mut sum, mut number) = (None, Score::ZERO, 0_i128);
        for (most, score) in of_units {
            points = points.max(Some(most));
            sum += score;
            number += 1;
        }
        let Some(points) = points else { continue };
        let mean = Score::from_millionths(divide_rounding(sum.millionths(), number));
        means.push(ComponentMean { id: component.id.clone(), name: component.name.clone(), points, mean });
    }
    means
}

/// The most that a component gives a unit, and what it gave over the periods, combined as totals are; `None` where it does
/// not apply.
fn combined(unit: &UnitResult, component: &str, combine: Combine) -> Option<(Decimal, Score)> {
    let found: Vec<&ComponentResult> =
        unit.periods.iter().filter_map(|period| find(&period.components, component)).collect();
    let last = *found.last()?;
    let sum: Score = found.iter().map(|one| one.score).sum();
    Some(match combine {
        Combine::Last => (last.points, last.score),
        Combine::Sum => (found.iter().map(|one| one.points).sum(), sum),
        Combine::Mean => (last.points, Score::from_millionths(divide_rounding(sum.millionths(), found.len() as i128))),
    })
}

fn find<'r>(components: &'r [ComponentResult], id: &str) -> Option<&'r ComponentResult> {
    let mut open: Vec<&ComponentResult> = components.iter().collect();
    while let Some(one) = open.pop() {
        if one.component == id {
            return Some(one);
        }
        open.extend(&one.children);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mode, Plan, Records, RecordsDocument, json::Value, score};

    /// The means over two half-years that are combined so.
    fn means_of(combine: &str) -> Vec<String> {
        let json = |text: &str| Value::parse(text.as_bytes()).unwrap();
        let text = r#"{ "format": 1, "title": "两半年", "total": "60", "categories": [{ "id": "c", "name": "科室" }],
            "units": [{ "id": "a", "name": "甲", "category": "c" }, { "id": "b", "name": "乙", "category": "c", "traits": ["news"] }],
            "groups": [], "scales": [], "periods": [{ "id": "h1", "name": "上" }, { "id": "h2", "name": "下" }], "combine": "mean",
            "components": [{ "id": "all", "name": "考评", "children": [
                { "id": "plain", "name": "工作", "points": "60", "except": "news", "method": { "kind": "entered", "office": "办公室" } },
                { "id": "work", "name": "工作", "points": "50", "only": "news", "method": { "kind": "entered", "office": "办公室" } },
                { "id": "news", "name": "宣传", "points": "10", "only": "news", "method": { "kind": "entered", "office": "办公室" } }] }],
            "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": [] }"#;
        let plan = json(&text.replace("mean", combine));
        let plan = Plan::from_json(&plan).unwrap();
        let entries = [
            ("h1", "plain", "a", "30"),
            ("h2", "plain", "a", "40"),
            ("h1", "work", "b", "20"),
            ("h2", "work", "b", "21"),
            ("h1", "news", "b", "10"),
            ("h2", "news", "b", "5"),
        ];
        let entry = |(period, component, unit, value): (&str, &str, &str, &str)| crate::records_document::EntryRecord {
            period: period.to_owned(),
            component: component.to_owned(),
            unit: unit.to_owned(),
            value: value.into(),
        };
        let document = RecordsDocument { entries: entries.map(entry).to_vec(), ..Default::default() };
        let records = Records::new(&plan, &document).unwrap();
        let standing = score(&plan, &records, Mode::Final).unwrap();
        let means = component_means(plan.document(), &standing.document(&plan).units);
        means.iter().map(|one| format!("{} {} {}", one.id, one.points, one.mean.published(2))).collect()
    }

    /// Two half-years, their mean: work gives 甲 (30 + 40) ÷ 2 = 35 and 乙 (20 + 21) ÷ 2 = 20.5, 27.75 in the mean; news only
    /// 乙, which has the trait: (10 + 5) ÷ 2 = 7.5. The branch over both: (35 + 28) ÷ 2 = 31.5, of 60 at most.
    #[test]
    fn periods_are_combined_as_totals_are_and_units_without_a_component_are_left_out() {
        assert_eq!(means_of("mean"), ["all 60 31.50", "plain 60 35.00", "work 50 20.50", "news 10 7.50"]);
    }

    /// Their sum: 甲 70 of twice 60, 乙 41 of twice 50 and 15 of twice 10; the branch over both (70 + 56) ÷ 2 = 63.
    #[test]
    fn summed_periods_are_held_against_what_all_of_them_give() {
        assert_eq!(means_of("sum"), ["all 120 63.00", "plain 120 70.00", "work 100 41.00", "news 20 15.00"]);
    }
}
