//! What followed in the year: findings counted by month and by source, rectification by state and by unit with its list,
//! and the cases of outcomes.
//!
//! Owns how these stand in an annual report, the list in the manner of 整改清单 (Ma'anshan: 整改事项, 整改措施, 责任部门, 整改时限,
//! 整改结果). It tells what units and office wrote, and never what an item was made of: no opinion, no source of an item.
//! Refuses to own what is counted (`api`).

use text::papers as words;

use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};

/// Most items and cases that a report lists, one by one; of others it says how many there are.
pub const MOST_LISTED: usize = 200;

/// Most sources that a report names; the others are one line.
const MOST_SOURCES: usize = 20;

/// How many items are in each state; all of them together are the unit's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ItemCounts {
    /// There is work to do, and time.
    pub open: u64,
    /// Reported as done.
    pub reported: u64,
    /// Accepted.
    pub accepted: u64,
    /// Their last day is over.
    pub overdue: u64,
    /// Returned, and there is time.
    pub returned: u64,
}

impl ItemCounts {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u64 {
        self.open + self.reported + self.accepted + self.overdue + self.returned
    }

    fn and(self, other: ItemCounts) -> ItemCounts {
        ItemCounts {
            open: self.open + other.open,
            reported: self.reported + other.reported,
            accepted: self.accepted + other.accepted,
            overdue: self.overdue + other.overdue,
            returned: self.returned + other.returned,
        }
    }
}

/// A unit's items of rectification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitItems {
    /// The unit's name.
    pub unit: String,
    /// How far they are.
    pub items: ItemCounts,
}

/// An item of rectification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// The unit's name.
    pub unit: String,
    /// 整改事项
    pub matter: String,
    /// 整改措施
    pub measures: String,
    /// 责任部门
    pub department: String,
    /// 整改时限, as the office says it.
    pub deadline: String,
    /// The office says that it is done.
    pub accepted: bool,
    /// It is not, and its last day is over.
    pub overdue: bool,
}

/// Findings of a month, or of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The month, such as `2018-10`, or the source.
    pub of: String,
    /// How many findings there are.
    pub found: u64,
    /// How many of them cost points.
    pub counted: u64,
}

/// A case of an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The unit's name.
    pub unit: String,
    /// The outcome's name.
    pub outcome: String,
    /// The last day.
    pub due: String,
    /// It is done.
    pub done: bool,
    /// It is not, and the last day is over.
    pub overdue: bool,
}

/// What followed in a plan's year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowUp {
    /// The units that have items, in the order of the plan.
    pub units: Vec<UnitItems>,
    /// The first [`MOST_LISTED`] items, by number.
    pub matters: Vec<Matter>,
    /// Findings by month, the earliest first.
    pub months: Vec<Found>,
    /// Findings by source, the most frequent first.
    pub sources: Vec<Found>,
    /// All cases, by number.
    pub cases: Vec<CaseRow>,
}

fn table(docx: &mut Docx, shares: &[u32], head: &[&str], rows: Vec<Vec<Cell>>) {
    let head = head.iter().map(|word| (*word).to_owned()).collect();
    docx.table(&Table { widths: shared(Sheet::Official, shares), head, rows, size: 24, height: 440 });
    docx.paragraph(Style::Gap, "");
}

/// How far what outcomes ask for is; nothing where they ask for nothing.
pub(crate) fn cases(docx: &mut Docx, follow_up: &FollowUp) {
    let all = &follow_up.cases;
    if all.is_empty() {
        return;
    }
    let done = all.iter().filter(|case| case.done).count();
    let overdue = all.iter().filter(|case| case.overdue).count();
    let figures = [all.len(), done, all.len() - done, overdue].map(|figure| figure.to_string());
    docx.paragraph(Style::Text, &filled(words::CASES_ARE, &figures));
    if let Some(rest) = all.len().checked_sub(MOST_LISTED).filter(|rest| *rest > 0) {
        docx.paragraph(Style::Text, &filled(words::CASES_FIRST, &[MOST_LISTED.to_string(), rest.to_string()]));
    }
    let row = |case: &CaseRow| {
        let state = match (case.done, case.overdue) {
            (true, _) => words::CASE_DONE,
            (false, false) => words::CASE_RUNNING,
            (false, true) => words::CASE_LATE,
        };
        vec![
            Cell::left(case.unit.as_str()),
            Cell::left(case.outcome.as_str()),
            Cell::center(case.due.as_str()),
            Cell::center(state),
        ]
    };
    let rows = all.iter().take(MOST_LISTED).map(row).collect();
    table(docx, &[30, 34, 18, 22], &[words::UNIT, words::OUTCOMES, words::CASE_DUE, words::CASE_STATE], rows);
}

/// How many findings there were, by month and by source.
pub(crate) fn findings(docx: &mut Docx, follow_up: &FollowUp) {
    let sum = |figure: fn(&Found) -> u64| follow_up.months.iter().map(figure).sum::<u64>().to_string();
    let (found, counted) = (sum(|row| row.found), sum(|row| row.counted));
    docx.paragraph(Style::Text, &filled(words::FINDINGS_ARE, &[found, counted]));
    if follow_up.months.is_empty() {
        return;
    }
    let row = |row: &Found| {
        vec![Cell::left(row.of.as_str()), Cell::center(row.found.to_string()), Cell::center(row.counted.to_string())]
    };
    let figures = [words::FOUND_NUMBER, words::COUNTED_NUMBER];
    let rows = follow_up.months.iter().map(row).collect();
    table(docx, &[40, 20, 20], &[words::MONTH, figures[0], figures[1]], rows);
    let (named, others) = follow_up.sources.split_at(follow_up.sources.len().min(MOST_SOURCES));
    let mut rows: Vec<_> = named.iter().map(row).collect();
    if !others.is_empty() {
        let sum = |figure: fn(&Found) -> u64| others.iter().map(figure).sum();
        let of = words::OTHER_SOURCES.to_owned();
        rows.push(row(&Found { of, found: sum(|row| row.found), counted: sum(|row| row.counted) }));
    }
    table(docx, &[40, 20, 20], &[words::SOURCE, figures[0], figures[1]], rows);
}

/// How far rectification is: by state, by unit, and the list.
pub(crate) fn rectification(docx: &mut Docx, follow_up: &FollowUp) {
    let all = follow_up.units.iter().fold(ItemCounts::default(), |sum, unit| sum.and(unit.items));
    if all.all() == 0 {
        docx.paragraph(Style::Text, words::NO_ITEMS);
        return;
    }
    let figures = [all.all(), all.accepted, all.overdue].map(|figure| figure.to_string());
    docx.paragraph(Style::Text, &filled(words::ITEMS_ARE, &figures));
    let states = [
        (words::STATE_OPEN, all.open),
        (words::STATE_REPORTED, all.reported),
        (words::STATE_ACCEPTED, all.accepted),
        (words::STATE_RETURNED, all.returned),
        (words::STATE_OVERDUE, all.overdue),
    ];
    let rows = states.map(|(state, items)| vec![Cell::left(state), Cell::center(items.to_string())]).to_vec();
    table(docx, &[40, 20], &[words::STATE, words::ITEMS], rows);
    docx.paragraph(Style::Text, words::ITEMS_BY_UNIT);
    let row = |UnitItems { unit, items }: &UnitItems| {
        let figures = [items.all(), items.accepted, items.overdue];
        let cells = figures.into_iter().map(|figure| Cell::center(figure.to_string()));
        std::iter::once(Cell::left(unit.as_str())).chain(cells).collect()
    };
    let rows = follow_up.units.iter().map(row).collect();
    let head = [words::UNIT, words::ITEMS, words::STATE_ACCEPTED, words::STATE_OVERDUE];
    table(docx, &[44, 16, 16, 16], &head, rows);
    list(docx, follow_up, all.all());
}

/// The 整改清单, or its beginning.
fn list(docx: &mut Docx, follow_up: &FollowUp, all: u64) {
    let listed = follow_up.matters.len().min(MOST_LISTED);
    match all.saturating_sub(listed as u64) {
        0 => docx.paragraph(Style::Text, words::ITEMS_LISTED),
        rest => docx.paragraph(Style::Text, &filled(words::ITEMS_FIRST, &[listed.to_string(), rest.to_string()])),
    }
    let row = |(number, item): (usize, &Matter)| {
        let result = match (item.accepted, item.overdue) {
            (true, _) => words::ITEM_DONE,
            (false, false) => words::ITEM_UNDER_WAY,
            (false, true) => words::ITEM_LATE,
        };
        vec![
            Cell::center(number.to_string()),
            Cell::left(item.unit.as_str()),
            Cell::left(item.matter.as_str()),
            Cell::left(item.measures.as_str()),
            Cell::left(item.department.as_str()),
            Cell::center(item.deadline.as_str()),
            Cell::center(result),
        ]
    };
    let head = [
        words::NUMBER_IN_LIST,
        words::UNIT,
        words::MATTER,
        words::MEASURES,
        words::DEPARTMENT,
        words::DEADLINE,
        words::ITEM_RESULT,
    ];
    let rows = (1..).zip(&follow_up.matters[..listed]).map(row).collect();
    let widths = shared(Sheet::Official, &[7, 15, 20, 26, 12, 12, 12]);
    docx.table(&Table { widths, head: head.map(str::to_owned).to_vec(), rows, size: 21, height: 320 });
    docx.paragraph(Style::Gap, "");
}

/// Figures in the places of a sentence.
fn filled(sentence: &str, figures: &[String]) -> String {
    let filled = figures.iter().enumerate();
    filled.fold(sentence.to_owned(), |said, (place, figure)| said.replace(&format!("{{{place}}}"), figure))
}
