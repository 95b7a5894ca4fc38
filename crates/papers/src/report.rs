//! 单位得分报告单: a page for each unit, all in one file: counts, means, scores, rank, last year, and what decided.

use std::ops::Range;

use scoring::UnitIndex;
use scoring::explain::{Explanation, GroupSteps, LeafExplanation, PeriodExplanation, Steps, Taken};
use text::papers as words;

use crate::Unwritten;
use crate::docx::sheet::{Sheet, lines, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::office_texts::OfficeTexts;
use crate::results::{Results, Withheld};

/// Sizes of letters in half points, the largest that lets a unit have one page is taken.
const SIZES: [u32; 6] = [24, 21, 18, 16, 14, 12];

/// What stands on a page beside the two tables, in twentieths of a point: title, plan, ties, note, who signs, and some room
/// for fonts that are wider than the official ones.
const BESIDE_TABLES: u32 = 3_600;

/// The reports as one DOCX file, category by category, the best first; `pages`: which of them. `None` where there are none
/// of these.
///
/// # Errors
/// [`Unwritten`].
pub fn report(results: &Results<'_>, texts: &OfficeTexts, pages: Range<usize>) -> Result<Option<Vec<u8>>, Unwritten> {
    let units = results.all_ranked().into_iter().skip(pages.start).take(pages.len());
    let mut docx = Docx::new(Sheet::Form, &texts.filled("report.title", &results.known()));
    let mut pages = 0;
    for unit in units {
        page(&mut docx, results, texts, unit, pages > 0, true);
        pages += 1;
    }
    if pages == 0 { Ok(None) } else { docx.finish().map(Some) }
}

/// The report of one unit alone, for the unit itself. `is_public`: whether the result is; before that it tells no other
/// unit, and no counts, for those of two days tell an envelope that came between them.
///
/// # Errors
/// [`Unwritten`].
pub fn report_of(
    results: &Results<'_>,
    texts: &OfficeTexts,
    unit: UnitIndex,
    is_public: bool,
) -> Result<Vec<u8>, Unwritten> {
    let mut docx = Docx::new(Sheet::Form, &texts.filled("report.title", &results.known()));
    page(&mut docx, results, texts, unit, false, is_public);
    docx.finish()
}

fn page(
    docx: &mut Docx,
    results: &Results<'_>,
    texts: &OfficeTexts,
    unit: UnitIndex,
    on_new_page: bool,
    is_public: bool,
) {
    let known = results.known_of_unit(unit);
    let explanation = results.explanation(unit);
    let title = texts.filled("report.title", &known);
    if on_new_page {
        docx.paragraph_on_new_page(Style::Small, title.trim());
    } else {
        docx.paragraph(Style::Small, title.trim());
    }
    docx.paragraph(Style::Line, results.plan().document().title.trim());
    let head = head(results, unit);
    let scores = scores(results, &explanation, unit, height(&head, head.size), is_public);
    docx.table(&head);
    docx.paragraph(Style::Gap, "");
    docx.table(&scores);
    docx.paragraph(Style::Gap, "");
    if is_public {
        let beyond = results.beyond_totals(&explanation);
        let how = if beyond.is_empty() { words::BY_TOTAL.to_owned() } else { beyond.concat() };
        docx.paragraph_with_lead(Style::Note, &format!("{}：", words::DECIDED_HOW), &how);
    }
    docx.paragraphs(Style::Note, &texts.filled("report.note", &known));
    docx.paragraphs(Style::Signature, &texts.filled("office", &known));
    docx.paragraphs(Style::Date, &texts.filled("date", &known));
}

/// Who it is, and what came out.
fn head(results: &Results<'_>, unit: UnitIndex) -> Table {
    let (plan, standing) = (results.plan(), results.of.standing);
    let category = plan.category_of(unit);
    let rank = words::RANK_OF
        .replace("{0}", &standing.rank(unit).to_string())
        .replace("{1}", &plan.units_of(category).len().to_string());
    let pair = |name: &str, text: String| [Cell::center(name), Cell::left(text)];
    let outcomes = results.outcomes(unit);
    let mut pairs = vec![
        pair(words::UNIT, results.unit_name(unit).to_owned()),
        pair(words::CATEGORY, plan.category(category).name.clone()),
        pair(words::TOTAL, results.published(standing.total(unit))),
        pair(words::RANK, rank),
    ];
    if results.has_grades() {
        pairs.push(pair(words::GRADE, results.grade(unit).to_owned()));
    }
    pairs.push(pair(words::OUTCOMES, if outcomes.is_empty() { words::NONE.to_owned() } else { outcomes }));
    pairs.extend(results.last_rank(unit).map(|was| pair(words::LAST_RANK, was)));
    pairs.extend(results.last_year(unit).map(|was| pair(words::LAST_YEAR, was)));
    let rows = pairs.chunks(2).map(|two| {
        let mut row: Vec<Cell> = two.iter().flatten().cloned().collect();
        row.resize(4, Cell::left(""));
        row
    });
    let rows = rows.collect();
    Table { widths: shared(Sheet::Form, &[12, 36, 18, 34]), head: Vec::new(), rows, size: 24, height: 400 }
}

/// Component by component: what it gives at most, what it gave, and of what.
fn scores(results: &Results<'_>, explanation: &Explanation, unit: UnitIndex, above: u32, is_public: bool) -> Table {
    let plan = results.plan();
    let widths = shared(Sheet::Form, &[26, 9, 11, 54]);
    let several = explanation.periods.len() > 1;
    let mut rows = Vec::new();
    for period in &explanation.periods {
        for leaf in &period.leaves {
            rows.push(vec![
                Cell::left(&leaf.name),
                Cell::center(leaf.points.to_string()),
                Cell::center(results.published(leaf.score)),
                Cell::left(match (&leaf.steps, is_public) {
                    (Steps::Survey { .. } | Steps::Complaints { .. }, false) => words::COUNTS_LATER.to_owned(),
                    _ => basis(results, period, leaf, unit),
                }),
            ]);
        }
        for rule in &period.adjustments {
            let sign = if rule.deduction { "−" } else { "+" };
            let counts = Cell::center(format!("{sign}{}", rule.counts));
            rows.push(vec![Cell::left(&rule.name), Cell::center(""), counts, Cell::left("")]);
        }
        let name = plan.period_place(&period.period).map_or("", |place| &plan.period(place).name);
        let total = if several { words::PERIOD_TOTAL.replace("{0}", name) } else { words::TOTAL.to_owned() };
        let total = [
            Cell::left(total),
            Cell::center(results.total().to_string()),
            Cell::center(results.published(period.total)),
        ];
        rows.push(total.into_iter().chain([Cell::left("")]).collect());
    }
    let head = [words::COMPONENT, words::MOST, words::SCORE, words::HOW].map(str::to_owned).to_vec();
    let smallest = SIZES[SIZES.len() - 1];
    let mut table = Table { widths, head, rows, size: smallest, height: smallest * 13 };
    let room = Sheet::Form.height().saturating_sub(BESIDE_TABLES + above);
    table.size = SIZES.into_iter().find(|size| height(&table, *size) <= room).unwrap_or(smallest);
    table.height = table.size * 13;
    table
}

/// How high a table is in letters of a size.
fn height(table: &Table, size: u32) -> u32 {
    // From line to line it is nearly half as much again as the letters: fonts differ.
    let line = size * 14;
    let of_row = |row: &Vec<Cell>| {
        let most = row.iter().zip(&table.widths).map(|(cell, width)| lines(&cell.text, *width, size)).max();
        (most.unwrap_or(1) * line).max(table.height)
    };
    let head = if table.head.is_empty() { 0 } else { line };
    head + table.rows.iter().map(of_row).sum::<u32>()
}

/// What a score was made of, as far as it may be told.
fn basis(results: &Results<'_>, period: &PeriodExplanation, leaf: &LeafExplanation, unit: UnitIndex) -> String {
    if let Some(value) = leaf.decided {
        return words::DECIDED.replace("{0}", &value.to_string());
    }
    if leaf.missing {
        return words::MISSING.to_owned();
    }
    let withheld = results.withheld(&period.period, leaf, unit);
    match &leaf.steps {
        Steps::Survey { pooled, groups, .. } => survey(*pooled, groups, withheld),
        Steps::Complaints { marks, taken } => match withheld {
            Some(told) => match &told.record.deduction {
                Some(deduction) => {
                    words::TAKEN.replace("{0}", words::MARKS_WITHHELD).replace("{1}", &deduction.to_string())
                }
                None => words::MARKS_WITHHELD.to_owned(),
            },
            None => taken_words(marks, taken),
        },
        Steps::Incidents { facts, taken, .. } => taken_words(facts, taken),
        Steps::Entered { office, value } => {
            let value = value.map(|value| value.to_string()).unwrap_or_default();
            let said = if office.trim().is_empty() { words::ENTERED_BY_NOBODY } else { words::ENTERED };
            said.replace("{0}", office).replace("{1}", &value)
        }
        Steps::Linked { totals, .. } => {
            let totals: Vec<String> = totals.iter().map(ToString::to_string).collect();
            words::LINKED.replace("{0}", &totals.join("、"))
        }
    }
}

/// Each group's counts and mean. Of marks that are withheld nothing is told but the mean that the publication tells.
fn survey(pooled: bool, groups: &[GroupSteps], withheld: Option<Withheld<'_>>) -> String {
    let hides = |group: &GroupSteps| match (&withheld, &group.group) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(told), Some(id)) => told.groups.contains(id.as_str()),
    };
    let mut said: Vec<String> = groups.iter().filter(|group| !hides(group)).map(counts).collect();
    if let Some(told) = withheld {
        let names: Vec<&str> = match pooled {
            true => groups.iter().map(|group| group.name.as_str()).collect(),
            false => groups.iter().filter(|group| hides(group)).map(|group| group.name.as_str()).collect(),
        };
        let names = if names.is_empty() { told.groups.iter().copied().collect() } else { names };
        let words = match &told.record.mean {
            Some(mean) => words::GROUPS_WITHHELD.replace("{1}", &mean.to_string()),
            None => words::GROUP_MEAN_WITHHELD.to_owned(),
        };
        said.push(words.replace("{0}", &names.join("、")));
    }
    said.join("\n")
}

fn counts(group: &GroupSteps) -> String {
    if group.short {
        return words::GROUP_SHORT.replace("{0}", &group.name);
    }
    let criteria = group.criteria.iter().map(|criterion| {
        let marks = criterion.marks.iter().map(|mark| format!("{}{}", mark.name, mark.count));
        let marks = marks.collect::<Vec<_>>().join(" ");
        criterion.name.as_ref().map_or(marks.clone(), |name| format!("{name} {marks}"))
    });
    words::GROUP_COUNTS
        .replace("{0}", &group.name)
        .replace("{1}", &criteria.collect::<Vec<_>>().join("；"))
        .replace("{2}", group.mean.as_deref().unwrap_or_default())
}

fn taken_words(taken: &[Taken], sum: &str) -> String {
    let there = taken.iter().filter(|one| one.count > 0).map(|one| {
        let words = if one.serious { words::SERIOUS_TIMES } else { words::TIMES };
        words.replace("{0}", &one.name).replace("{1}", &one.count.to_string())
    });
    let there: Vec<String> = there.collect();
    if there.is_empty() {
        return words::NOTHING_TAKEN.to_owned();
    }
    words::TAKEN.replace("{0}", &there.join("、")).replace("{1}", sum)
}
