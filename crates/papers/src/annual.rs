//! 年度报告: how it was held, what came out, where units stand in each component, and what follows.

use scoring::{CategoryIndex, Score};
use text::papers as words;

use crate::Unwritten;
use crate::columns::{Figure, columns, row};
use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::notice::{outcomes, ranking};
use crate::office_texts::OfficeTexts;
use crate::official::{begin, end};
use crate::results::Results;

/// The report as a DOCX file.
///
/// # Errors
/// [`Unwritten`].
pub fn annual(results: &Results<'_>, texts: &OfficeTexts) -> Result<Vec<u8>, Unwritten> {
    let known = results.known();
    let mut docx = begin(texts, &known, &texts.filled("annual.title", &known));
    docx.paragraphs(Style::Text, &texts.filled("annual.opening", &known));
    docx.paragraphs(Style::Text, &results.adjustment_rules());
    docx.paragraph(Style::Heading, &format!("一、{}", words::ANNUAL_PART));
    turnout(&mut docx, results);
    docx.paragraph(Style::Heading, &format!("二、{}", words::ANNUAL_RESULT));
    summary(&mut docx, results);
    ranking(&mut docx, results);
    docx.paragraph(Style::Heading, &format!("三、{}", words::ANNUAL_COMPONENTS));
    components(&mut docx, results);
    docx.paragraph(Style::Heading, &format!("四、{}", words::ANNUAL_OUTCOMES));
    outcomes(&mut docx, results);
    docx.paragraph(Style::Heading, &format!("五、{}", words::ANNUAL_NEXT));
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
}

/// The mean of scores as it is published; nothing is computed from it.
fn mean(results: &Results<'_>, scores: &[Score]) -> String {
    let (sum, number) = (scores.iter().copied().sum::<Score>(), scores.len().max(1) as i128);
    let half = if sum < Score::ZERO { -number / 2 } else { number / 2 };
    results.published(Score::from_millionths((sum.millionths() + half) / number))
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
            .replace("{2}", &mean(results, &totals))
            .replace("{4}", &results.published(standing.total(*first)))
            .replace("{6}", &results.published(standing.total(*last)))
            .replace("{3}", results.unit_name(*first))
            .replace("{5}", results.unit_name(*last));
        docx.paragraph(Style::Text, &said);
    }
    let Some(grading) = &plan.document().grading else { return };
    let counted = grading.grades.iter().enumerate().map(|(place, grade)| {
        let has = |unit: &scoring::UnitIndex| standing.grade(*unit).is_some_and(|grade| grade.index() == place);
        let count = plan.unit_indices().filter(has).count().to_string();
        words::GRADE_COUNT.replace("{1}", &count).replace("{0}", &grade.name)
    });
    docx.paragraph(Style::Text, &words::GRADES_ARE.replace("{0}", &counted.collect::<Vec<_>>().join("、")));
}

/// The mean, highest and lowest score of each component in each category.
fn components(docx: &mut Docx, results: &Results<'_>) {
    let columns = columns(results);
    let of_category = |category: CategoryIndex| {
        let scores: Vec<_> =
            results.ranked(category).into_iter().map(|unit| row(results, &columns, None, unit).components).collect();
        let rows = columns.iter().enumerate().filter_map(|(place, column)| {
            let of_column: Vec<Score> = scores
                .iter()
                .filter_map(|row| match row[place] {
                    Figure::Score(score) => Some(score),
                    Figure::None => None,
                })
                .collect();
            let (most, least) = (of_column.iter().max()?, of_column.iter().min()?);
            Some(vec![
                Cell::left(&column.name),
                Cell::center(of_column.len().to_string()),
                Cell::center(mean(results, &of_column)),
                Cell::center(results.published(*most)),
                Cell::center(results.published(*least)),
            ])
        });
        rows.collect::<Vec<_>>()
    };
    let plan = results.plan();
    for category in plan.category_indices() {
        if plan.categories().len() > 1 {
            docx.paragraph(Style::Text, &format!("{}：", plan.category(category).name));
        }
        docx.table(&Table {
            widths: shared(Sheet::Official, &[46, 14, 16, 16, 16]),
            head: [words::COMPONENT, words::UNITS, words::MEAN, words::HIGHEST, words::LOWEST]
                .map(str::to_owned)
                .to_vec(),
            rows: of_category(category),
            size: 24,
            height: 440,
        });
        docx.paragraph(Style::Gap, "");
    }
}
