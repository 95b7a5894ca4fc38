//! The components as columns of a table, and what stands in them.

use scoring::{NodeIndex, PeriodIndex, Score, UnitIndex};
use text::papers as words;

use crate::results::Results;

/// A component as a column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    node: NodeIndex,
    /// What stands above it; of a branch, that it is the sum of those before.
    pub(crate) name: String,
}

/// All components: the parts of a branch, then their sum.
pub(crate) fn columns(results: &Results<'_>) -> Vec<Column> {
    let plan = results.plan();
    let mut columns = Vec::new();
    let mut open: Vec<NodeIndex> = plan.roots().collect();
    open.reverse();
    let mut begun = Vec::new();
    while let Some(node) = open.pop() {
        let place = &plan.nodes()[node];
        if place.leaf.is_some() {
            columns.push(Column { node, name: place.name.clone() });
        } else if begun.last() == Some(&node) {
            begun.pop();
            // The sum of one part is that part.
            if place.children.len() > 1 {
                columns.push(Column { node, name: words::SUBTOTAL.replace("{0}", &place.name) });
            }
        } else {
            begun.push(node);
            open.push(node);
            open.extend(place.children.iter().rev());
        }
    }
    columns
}

/// The components at the top of the tree: together they are the total but for bonuses and deductions.
pub(crate) fn roots(results: &Results<'_>) -> Vec<Column> {
    let plan = results.plan();
    plan.roots().map(|node| Column { node, name: plan.nodes()[node].name.clone() }).collect()
}

/// What stands in a row's cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Figure {
    /// It does not apply to the unit.
    None,
    Score(Score),
}

/// A unit's row: each component, its bonuses and deductions, and its total. All periods as they are combined, or one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) components: Vec<Figure>,
    pub(crate) bonus: Score,
    pub(crate) deduction: Score,
    pub(crate) total: Score,
}

pub(crate) fn row(results: &Results<'_>, columns: &[Column], period: Option<PeriodIndex>, unit: UnitIndex) -> Row {
    let (plan, standing) = (results.plan(), results.of.standing);
    let takes_part = |column: &Column| {
        let mut leaves = plan.nodes()[column.node].each_leaf();
        leaves.any(|leaf| standing.takes_part(plan, leaf, unit))
    };
    let figure = |column: &Column| match (takes_part(column), period) {
        (false, _) => Figure::None,
        (true, Some(period)) => Figure::Score(standing.node_score(plan, column.node, period, unit)),
        (true, None) => Figure::Score(standing.combined(plan, column.node, unit)),
    };
    let components = columns.iter().map(figure).collect();
    let Some(period) = period else {
        let (adjusted, zero) = (standing.adjustments(unit), Score::ZERO);
        let (bonus, deduction) = if adjusted < zero { (zero, -adjusted) } else { (adjusted, zero) };
        return Row { components, bonus, deduction, total: standing.total(unit) };
    };
    let (bonus, deduction) = (standing.bonus(period, unit), standing.deduction(period, unit));
    let scores: Score = plan.roots().map(|node| standing.node_score(plan, node, period, unit)).sum();
    Row { components, bonus, deduction, total: scores + bonus - deduction }
}

/// The tables of a result: all of it, and where it has several periods each of them, by the name of each.
pub(crate) fn tables(results: &Results<'_>) -> Vec<(String, Option<PeriodIndex>)> {
    let plan = results.plan();
    let mut tables = vec![(words::WHOLE.to_owned(), None)];
    let mut periods = plan.period_indices();
    if periods.len() > 1 {
        tables.extend(periods.by_ref().map(|period| (plan.period(period).name.clone(), Some(period))));
    }
    tables
}
