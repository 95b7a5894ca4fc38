//! 通报: who was appraised and how, the ranking of each category with its grades, and what follows for whom.

use text::papers as words;

use crate::Unwritten;
use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::office_texts::OfficeTexts;
use crate::official::{begin, end, numeral};
use crate::results::Results;

/// The notice as a DOCX file.
///
/// # Errors
/// [`Unwritten`].
pub fn notice(results: &Results<'_>, texts: &OfficeTexts) -> Result<Vec<u8>, Unwritten> {
    let known = results.known();
    let mut docx = begin(texts, &known, &texts.filled("notice.title", &known));
    docx.paragraphs(Style::Plain, &texts.filled("notice.to", &known));
    docx.paragraphs(Style::Text, &texts.filled("notice.opening", &known));
    docx.paragraphs(Style::Text, &results.adjustment_rules());
    docx.paragraph(Style::Heading, &format!("一、{}", words::NOTICE_RANKING));
    ranking(&mut docx, results);
    docx.paragraph(Style::Heading, &format!("二、{}", words::NOTICE_OUTCOMES));
    outcomes(&mut docx, results);
    docx.paragraphs(Style::Text, &texts.filled("notice.closing", &known));
    end(&mut docx, texts, &known);
    docx.finish()
}

/// A table for each category, the best first, and what decided where totals were equal.
pub(crate) fn ranking(docx: &mut Docx, results: &Results<'_>) {
    let plan = results.plan();
    let several = plan.categories().len() > 1;
    for (number, category) in (1..).zip(plan.category_indices()) {
        if several {
            docx.paragraph(Style::Subheading, &format!("（{}）{}", numeral(number), plan.category(category).name));
        }
        let (mut head, mut shares) = (vec![words::RANK, words::UNIT, words::TOTAL], vec![10, 60, 18]);
        if results.has_grades() {
            head.push(words::GRADE);
            shares.push(16);
        }
        let row = |unit| {
            let mut row = vec![
                Cell::center(results.of.standing.rank(unit).to_string()),
                Cell::left(results.unit_name(unit)),
                Cell::center(results.published(results.of.standing.total(unit))),
            ];
            if results.has_grades() {
                row.push(Cell::center(results.grade(unit)));
            }
            row
        };
        docx.table(&Table {
            widths: shared(Sheet::Official, &shares),
            head: head.into_iter().map(str::to_owned).collect(),
            rows: results.ranked(category).into_iter().map(row).collect(),
            size: 28,
            height: 500,
        });
        docx.paragraph(Style::Gap, "");
    }
    let ties: Vec<String> = (results.of.standing.document(plan).ties.iter())
        .map(|tie| {
            let names =
                tie.units.each_ref().map(|id| plan.unit_place(id).map_or(id.as_str(), |unit| results.unit_name(unit)));
            words::TIE_OF.replace("{0}", &names.join("、")).replace("{1}", &results.decided_by(&tie.decided_by))
        })
        .collect();
    docx.paragraph(Style::Text, &(words::NO_TIES.to_owned() + &ties.concat()));
}

/// Each outcome with the units that have it.
pub(crate) fn outcomes(docx: &mut Docx, results: &Results<'_>) {
    let all = results.by_outcome();
    if all.is_empty() {
        docx.paragraph(Style::Text, words::NOBODY);
    }
    for (number, (name, units)) in (1..).zip(all) {
        let names: Vec<&str> = units.into_iter().map(|unit| results.unit_name(unit)).collect();
        docx.paragraph(Style::Subheading, &format!("（{}）{name}", numeral(number)));
        docx.paragraph(Style::Text, &format!("{}。", names.join("、")));
    }
}
