//! 与上年比较: which units went up or down, and which components are given more or less on the whole.
//!
//! Owns what of two results may be held against each other: ranks inside a category of the same name, and means of components
//! that give the same points, found by id, else by name. Refuses to own which unit is which and what of the other plan may
//! be read (`api`), and the means (`scoring`).

use std::collections::BTreeSet;

use scoring::component_means::{ComponentMean, component_means};
use scoring::counterpart::counterparts;
use scoring::{Score, UnitIndex};
use text::papers as words;

use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::results::{RankBefore, Results};

/// What a year before is told of beside the ranks of its units ([`crate::ResultsOf::before`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearBefore {
    /// The other plan's title.
    pub title: String,
    /// The means of its components over all of its units.
    pub components: Vec<ComponentMean>,
}

/// The section on the year before.
pub(crate) fn compared(docx: &mut Docx, results: &Results<'_>, before: &YearBefore) {
    ranks(docx, results, before);
    means(docx, results, before);
}

/// By how many places a unit went up, or down; `None` where its ranks are not of one category.
fn moved(results: &Results<'_>, unit: UnitIndex) -> Option<(RankBefore, i64)> {
    let before = results.of.before.get(&results.plan().unit(unit).id).filter(|before| before.same_category)?;
    let was = i64::try_from(before.rank).ok()?;
    Some((*before, was - i64::from(results.of.standing.rank(unit))))
}

fn ranks(docx: &mut Docx, results: &Results<'_>, before: &YearBefore) {
    let units = results.all_ranked();
    let mut compared: Vec<(UnitIndex, RankBefore, i64)> =
        units.iter().filter_map(|unit| moved(results, *unit).map(|(before, up)| (*unit, before, up))).collect();
    let number = |is: fn(i64) -> bool| compared.iter().filter(|(_, _, up)| is(*up)).count();
    let figures = [number(|up| up > 0), number(|up| up < 0), number(|up| up == 0), units.len() - compared.len()];
    let said = (1..).zip(figures).fold(words::RANKS_MOVED.to_owned(), |said, (place, figure): (usize, usize)| {
        said.replace(&format!("{{{place}}}"), &figure.to_string())
    });
    // The title last: nothing that it says is a place to be filled.
    docx.paragraph(Style::Text, &said.replace("{0}", before.title.trim()));
    compared.retain(|(_, _, up)| *up != 0);
    if compared.is_empty() {
        return;
    }
    // Who came furthest first; a stable order, so that equal ones stay as they are ranked.
    compared.sort_by_key(|(_, _, up)| -up);
    let plan = results.plan();
    let row = |(unit, before, up): &(UnitIndex, RankBefore, i64)| {
        let rank =
            |rank: u64, of: u64| words::RANK_OF.replace("{0}", &rank.to_string()).replace("{1}", &of.to_string());
        let of = plan.units_of(plan.category_of(*unit)).len() as u64;
        let by = if *up > 0 { words::MOVED_UP } else { words::MOVED_DOWN };
        vec![
            Cell::left(results.unit_name(*unit)),
            Cell::center(rank(before.rank, before.of)),
            Cell::center(rank(u64::from(results.of.standing.rank(*unit)), of)),
            Cell::center(by.replace("{0}", &up.unsigned_abs().to_string())),
        ]
    };
    docx.table(&Table {
        widths: shared(Sheet::Official, &[34, 26, 26, 18]),
        head: [words::UNIT, words::RANK_BEFORE, words::RANK_NOW, words::MOVED].map(str::to_owned).to_vec(),
        rows: compared.iter().map(row).collect(),
        size: 24,
        height: 440,
    });
    docx.paragraph(Style::Gap, "");
}

/// Components of both years that are one, by id, else by name. Where it cannot be said which is which, nothing is.
fn pairs<'c>(now: &'c [ComponentMean], then: &'c [ComponentMean]) -> Vec<(&'c ComponentMean, &'c ComponentMean)> {
    let names = |list: &'c [ComponentMean]| -> Vec<(&'c str, &'c str)> {
        list.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect()
    };
    let told = counterparts(&names(now), &names(then), &document::Map::new());
    let unclear: BTreeSet<usize> = told.clashes.iter().map(|clash| clash.here).collect();
    let found = told.found.iter().enumerate().filter(|(place, _)| !unclear.contains(place));
    found.filter_map(|(place, found)| Some((&now[place], &then[found.as_ref()?.0]))).collect()
}

fn means(docx: &mut Docx, results: &Results<'_>, before: &YearBefore) {
    let plan = results.plan();
    let now = component_means(plan.document(), &results.of.standing.document(plan).units);
    let (alike, changed): (Vec<_>, Vec<_>) =
        pairs(&now, &before.components).into_iter().partition(|(now, then)| now.points == then.points);
    if alike.is_empty() {
        docx.paragraph(Style::Text, words::NO_MEAN_COMPARED);
    } else {
        let signed = |moved: Score| {
            let sign = if moved > Score::ZERO { "+" } else { "" };
            format!("{sign}{}", results.published(moved))
        };
        let rows: Vec<Vec<Cell>> = alike
            .iter()
            .filter(|(now, then)| results.published(now.mean) != results.published(then.mean))
            .map(|(now, then)| {
                vec![
                    Cell::left(now.name.as_str()),
                    Cell::center(now.points.to_string()),
                    Cell::center(results.published(then.mean)),
                    Cell::center(results.published(now.mean)),
                    Cell::center(signed(now.mean - then.mean)),
                ]
            })
            .collect();
        if rows.is_empty() {
            docx.paragraph(Style::Text, words::NO_MEAN_MOVED);
        } else {
            docx.paragraph(Style::Text, words::MEANS_MOVED);
            docx.table(&Table {
                widths: shared(Sheet::Official, &[42, 14, 16, 16, 16]),
                head: [words::COMPONENT, words::MOST, words::RANK_BEFORE, words::RANK_NOW, words::MOVED]
                    .map(str::to_owned)
                    .to_vec(),
                rows,
                size: 24,
                height: 440,
            });
            docx.paragraph(Style::Gap, "");
        }
    }
    if !changed.is_empty() {
        let names: Vec<&str> = changed.iter().map(|(now, _)| now.name.as_str()).collect();
        docx.paragraph(Style::Text, &words::POINTS_CHANGED.replace("{0}", &names.join("、")));
    }
}
