//! 年度报告: how it was held, what came out, where units stand in each component and beside the year before, what follows, what
//! was found and put right in the year, and what is advised.

use scoring::{Score, UnitIndex};
use text::papers as words;

use crate::Unwritten;
use crate::advice;
use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::figures;
use crate::follow_up::{self, FollowUp};
use crate::notice::{outcomes, ranking};
use crate::office_texts::OfficeTexts;
use crate::official::{begin, end, numeral};
use crate::results::Results;
use crate::spread::{mean, spreads};
use crate::year_before::{YearBefore, compared};

/// What an annual report tells beside the result.
#[derive(Debug, Clone, Copy, Default)]
pub struct YearOf<'a> {
    /// What followed; `None` in a report of a period alone.
    pub follow_up: Option<&'a FollowUp>,
    /// The year before; `None` where none was named.
    pub before: Option<&'a YearBefore>,
}

/// Headings, numbered as they come.
struct Headings(usize);

impl Headings {
    fn next(&mut self, docx: &mut Docx, says: &str) {
        self.0 += 1;
        docx.paragraph(Style::Heading, &format!("{}、{says}", numeral(self.0)));
    }
}

/// The report as a DOCX file.
///
/// # Errors
/// [`Unwritten`].
pub fn annual(results: &Results<'_>, year: YearOf<'_>, texts: &OfficeTexts) -> Result<Vec<u8>, Unwritten> {
    let known = results.known();
    let mut docx = begin(texts, &known, &texts.filled("annual.title", &known));
    let mut headings = Headings(0);
    docx.paragraphs(Style::Text, &texts.filled("annual.opening", &known));
    docx.paragraphs(Style::Text, &results.adjustment_rules());
    headings.next(&mut docx, words::ANNUAL_PART);
    turnout(&mut docx, results);
    headings.next(&mut docx, words::ANNUAL_RESULT);
    summary(&mut docx, results);
    ranking(&mut docx, results);
    for category in results.plan().category_indices() {
        figures::totals(&mut docx, results, category);
    }
    headings.next(&mut docx, words::ANNUAL_COMPONENTS);
    components(&mut docx, results);
    if let Some(before) = year.before {
        headings.next(&mut docx, words::ANNUAL_BEFORE);
        compared(&mut docx, results, before);
    }
    headings.next(&mut docx, words::ANNUAL_OUTCOMES);
    outcomes(&mut docx, results);
    if let Some(follow_up) = year.follow_up {
        follow_up::cases(&mut docx, follow_up);
        headings.next(&mut docx, words::ANNUAL_FINDINGS);
        follow_up::findings(&mut docx, follow_up);
        headings.next(&mut docx, words::ANNUAL_ITEMS);
        follow_up::rectification(&mut docx, follow_up);
    }
    let followed = advice::followed(texts);
    if !followed.is_empty() {
        headings.next(&mut docx, words::ANNUAL_FOLLOWED);
        advice::table_of_followed(&mut docx, &followed);
    }
    headings.next(&mut docx, words::ANNUAL_NEXT);
    advice::list(&mut docx, texts);
    docx.paragraphs(Style::Text, &texts.filled("annual.closing", &known));
    end(&mut docx, texts, &known);
    docx.finish()
}

/// Ballots by group and period.
fn turnout(docx: &mut Docx, results: &Results<'_>) {
    let plan = results.plan();
    let mut rows = Vec::new();
    for period in plan.period_indices().map(|period| plan.period(period)) {
        for group in plan.groups() {
            let of = results.of.turnout.iter().find(|row| row.period == period.id && row.group == group.id);
            let Some(of) = of else { continue };
            let ballots = of.ballots.map_or_else(|| words::BALLOTS_WITHHELD.to_owned(), |ballots| ballots.to_string());
            rows.push(vec![Cell::left(&period.name), Cell::left(&group.name), Cell::center(ballots)]);
        }
    }
    if rows.is_empty() {
        return;
    }
    docx.table(&Table {
        widths: shared(Sheet::Official, &[30, 50, 24]),
        head: [words::PERIOD, words::GROUP, words::BALLOTS].map(str::to_owned).to_vec(),
        rows,
        size: 28,
        height: 500,
    });
    docx.paragraph(Style::Gap, "");
    figures::turnout(docx, results);
}

/// Each category in a sentence, and how many units have each grade.
fn summary(docx: &mut Docx, results: &Results<'_>) {
    let (plan, standing) = (results.plan(), results.of.standing);
    for category in plan.category_indices() {
        let ranked = results.ranked(category);
        let (Some(first), Some(last)) = (ranked.first(), ranked.last()) else { continue };
        let totals: Vec<Score> = ranked.iter().map(|unit| standing.total(*unit)).collect();
        let says = if ranked.len() == 1 { words::CATEGORY_OF_ONE } else { words::CATEGORY_SAYS };
        let said = says
            .replace("{0}", &plan.category(category).name)
            .replace("{1}", &ranked.len().to_string())
            .replace("{2}", &results.published(mean(&totals)))
            .replace("{4}", &results.published(standing.total(*first)))
            .replace("{6}", &results.published(standing.total(*last)))
            .replace("{3}", results.unit_name(*first))
            .replace("{5}", results.unit_name(*last));
        docx.paragraph(Style::Text, &said);
    }
    let Some(grading) = &plan.document().grading else { return };
    let counted = grading.grades.iter().enumerate().map(|(place, grade)| {
        let has = |unit: &UnitIndex| standing.grade(*unit).is_some_and(|grade| grade.index() == place);
        let count = plan.unit_indices().filter(has).count().to_string();
        words::GRADE_COUNT.replace("{1}", &count).replace("{0}", &grade.name)
    });
    docx.paragraph(Style::Text, &words::GRADES_ARE.replace("{0}", &counted.collect::<Vec<_>>().join("、")));
}

/// The mean, highest and lowest score of each component in each category.
fn components(docx: &mut Docx, results: &Results<'_>) {
    let plan = results.plan();
    for category in plan.category_indices() {
        if plan.categories().len() > 1 {
            docx.paragraph(Style::Text, &format!("{}：", plan.category(category).name));
        }
        let spreads = spreads(results, category);
        let rows = spreads.iter().map(|spread| {
            let scores = [spread.mean, spread.highest, spread.lowest].map(|score| results.published(score));
            let figures = std::iter::once(spread.units.to_string()).chain(scores).map(Cell::center);
            std::iter::once(Cell::left(&spread.name)).chain(figures).collect()
        });
        docx.table(&Table {
            widths: shared(Sheet::Official, &[46, 14, 16, 16, 16]),
            head: [words::COMPONENT, words::UNITS, words::MEAN, words::HIGHEST, words::LOWEST]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
            size: 24,
            height: 440,
        });
        docx.paragraph(Style::Gap, "");
        figures::spread(docx, results, category, &spreads);
    }
}
