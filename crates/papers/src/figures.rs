//! The pictures of an annual report: how many voted, of what totals are made, how scores are spread.
//!
//! Owns which figures of the tables become bars, and what stands below a picture. Refuses to own any figure: a picture shows
//! what the table beside it says.

use scoring::CategoryIndex;
use text::papers as words;

use crate::columns::{Figure, roots, row};
use crate::docx::chart::{Bars, Chart, Series};
use crate::docx::{Docx, Style};
use crate::results::Results;
use crate::spread::Spread;

/// Most units of a chart: as many names as can be read on a page.
const MOST_BARS: usize = 40;

/// Puts a chart into the document, with its number and what it shows below.
fn put(docx: &mut Docx, shows: &str, bars: Bars, names: Vec<String>, series: Vec<Series>) {
    let says = words::FIGURE_SAYS.replace("{0}", shows);
    let number = docx.chart(&Chart { bars, says, names, series });
    docx.paragraph(Style::Line, &words::FIGURE.replace("{0}", &number.to_string()).replace("{1}", shows));
    docx.paragraph(Style::Gap, "");
}

/// Ballots of each group, a bar a period. Groups of which nothing may be told have none.
pub(crate) fn turnout(docx: &mut Docx, results: &Results<'_>) {
    let plan = results.plan();
    let ballots = |period: &str, group: &str| {
        let of = results.of.turnout.iter().find(|row| row.period == period && row.group == group)?;
        of.ballots.map(|ballots| ballots.to_string())
    };
    let periods: Vec<_> = plan.period_indices().map(|period| plan.period(period)).collect();
    let shown = |group: &&scoring::plan_document::GroupDocument| {
        periods.iter().any(|period| ballots(&period.id, &group.id).is_some())
    };
    let groups: Vec<_> = plan.groups().iter().filter(shown).collect();
    if groups.is_empty() {
        return;
    }
    let series = periods.iter().map(|period| Series {
        name: period.name.clone(),
        values: groups.iter().map(|group| ballots(&period.id, &group.id)).collect(),
    });
    let names = groups.iter().map(|group| group.name.clone()).collect();
    put(docx, words::TURNOUT_FIGURE, Bars::Beside, names, series.collect());
}

/// The totals of a category's units, the best first, each as the sum of its components, bonuses and deductions.
pub(crate) fn totals(docx: &mut Docx, results: &Results<'_>, category: CategoryIndex) {
    let ranked = results.ranked(category);
    if ranked.is_empty() {
        return;
    }
    let (columns, name) = (roots(results), &results.plan().category(category).name);
    let shows = if ranked.len() > MOST_BARS {
        words::FIRST_TOTALS_FIGURE.replace("{1}", &MOST_BARS.to_string()).replace("{0}", name)
    } else {
        words::TOTALS_FIGURE.replace("{0}", name)
    };
    let units = &ranked[..ranked.len().min(MOST_BARS)];
    let rows: Vec<_> = units.iter().map(|unit| row(results, &columns, None, *unit)).collect();
    let of_column = |(place, column): (usize, &crate::columns::Column)| {
        let value = |figure: &Figure| match figure {
            Figure::Score(score) => Some(results.published(*score)),
            Figure::None => None,
        };
        Series { name: column.name.clone(), values: rows.iter().map(|row| value(&row.components[place])).collect() }
    };
    let mut series: Vec<Series> = columns.iter().enumerate().map(of_column).collect();
    let zero = scoring::Score::ZERO;
    if rows.iter().any(|row| row.bonus != zero) {
        let values = rows.iter().map(|row| Some(results.published(row.bonus))).collect();
        series.push(Series { name: words::BONUS.to_owned(), values });
    }
    if rows.iter().any(|row| row.deduction != zero) {
        // To the other side of zero: what is taken off is no part of a total.
        let values = rows.iter().map(|row| Some(results.published(-row.deduction))).collect();
        series.push(Series { name: words::DEDUCTION.to_owned(), values });
    }
    let names = units.iter().map(|unit| results.unit_name(*unit).to_owned()).collect();
    put(docx, &shows, Bars::Stacked, names, series);
}

/// The highest, mean and lowest score of each component of a category.
pub(crate) fn spread(docx: &mut Docx, results: &Results<'_>, category: CategoryIndex, spreads: &[Spread]) {
    if spreads.is_empty() {
        return;
    }
    let of = |name: &str, figure: fn(&Spread) -> scoring::Score| Series {
        name: name.to_owned(),
        values: spreads.iter().map(|spread| Some(results.published(figure(spread)))).collect(),
    };
    let series = vec![
        of(words::HIGHEST, |spread| spread.highest),
        of(words::MEAN, |spread| spread.mean),
        of(words::LOWEST, |spread| spread.lowest),
    ];
    let shows = words::SPREAD_FIGURE.replace("{0}", &results.plan().category(category).name);
    let names = spreads.iter().map(|spread| spread.name.clone()).collect();
    put(docx, &shows, Bars::Beside, names, series);
}
