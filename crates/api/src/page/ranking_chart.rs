//! The ranking as an SVG of stacked bars. It supplements the table and says nothing more.
//!
//! All bars of one component are one path, so the chart of fifty units stays small. In print and in
//! forced colours a pattern stands on each colour.

use scoring::names::short_labels;
use scoring::result_document::UnitResult;
use text::public as words;

use super::html::{Page, isolated, write_html};
use super::published::Published;
use super::ranking_table::{columns, figure, heading};
use crate::limits::LONGEST_LABEL;

const ROW: usize = 22;
const BAR: usize = 14;
const LEFT: usize = 124;
const WIDTH: usize = 480;
/// Room for the total behind the longest bar.
const RIGHT: usize = 50;
/// Colours of the style sheet; more components begin again.
const COLOURS: usize = 8;

/// Millionths of a point as hundredths of a pixel: the chart's one loss of precision.
fn pixels(units: i128, whole: i128) -> i128 {
    let room = (WIDTH - LEFT - RIGHT) as i128;
    units * room * 10 / whole.max(1)
}

/// One decimal place, written.
fn tenths(tenths: i128) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Lines of a pattern's tile of 6 by 6, one for each colour.
const PATTERNS: [&str; COLOURS] =
    ["M0 0l6 6", "M6 0l-6 6", "M0 3h6", "M3 0v6", "M0 3h6M3 0v6", "M2 3h2", "M0 0l6 6M6 0l-6 6", "M0 2h3M3 5h3"];

/// Writes the chart of a plan of one period; `number` tells the charts of a page apart.
pub(crate) fn write(page: &mut Page, published: &Published, units: &[&UnitResult], number: usize) {
    let lang = page.lang;
    let plan = &published.plan;
    if plan.periods.len() != 1 || units.is_empty() {
        return;
    }
    let columns = columns(plan);
    let length = |unit: &UnitResult| {
        let scores: i128 =
            columns.iter().filter_map(|column| figure(plan, unit, column)).map(|score| score.millionths()).sum();
        let bonus = unit.periods.first().map_or(0, |period| period.bonus.units() / 1_000_000);
        scores + bonus
    };
    let longest = units.iter().map(|unit| length(unit)).max().unwrap_or(0).max(1);
    let height = units.len() * ROW;
    write_html!(
        page,
        "<figure><figcaption>{}</figcaption><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
        words::CHART.in_(lang),
        WIDTH,
        height,
        words::CHART_NOTE.in_(lang),
    );
    write_html!(page, "<defs>");
    for (place, lines) in PATTERNS.iter().enumerate().take(columns.len()) {
        write_html!(
            page,
            "<pattern id=\"p{}-{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"{}\"/></pattern>",
            number,
            place,
            lines
        );
    }
    write_html!(page, "</defs>");
    let mut starts = vec![0i128; units.len()];
    for (place, column) in columns.iter().enumerate() {
        let scores = units.iter().map(|unit| figure(plan, unit, column).map_or(0, |score| score.millionths()));
        let path = bars(&mut starts, scores, longest);
        let colour = place % COLOURS;
        write_html!(page, "<defs><path id=\"b{}-{}\" d=\"{}\"/></defs>", number, place, path);
        write_html!(page, "<use class=\"c{}\" href=\"#b{}-{}\"/>", colour, number, place);
        hatched(page, number, place);
    }
    let bonuses = units.iter().map(|unit| unit.periods.first().map_or(0, |period| period.bonus.units() / 1_000_000));
    let path = bars(&mut starts, bonuses, longest);
    let has_bonus = !path.is_empty();
    if has_bonus {
        write_html!(page, "<path class=\"cb\" d=\"{}\"/>", path);
    }
    let names: Vec<&str> = units.iter().map(|unit| published.unit_name(&unit.unit)).collect();
    let labels = short_labels(&names, LONGEST_LABEL);
    for (row, (unit, label)) in units.iter().zip(&labels).enumerate() {
        let y = row * ROW + ROW / 2 + 4;
        let end = tenths(LEFT as i128 * 10 + starts[row] + 60);
        write_html!(
            page,
            "<text x=\"{}\" y=\"{}\" class=\"u\">{}</text><text x=\"{}\" y=\"{}\">{}</text>",
            LEFT - 8,
            y,
            isolated(label),
            end,
            y,
            unit.published,
        );
    }
    write_html!(page, "</svg><ul class=\"legend\">");
    for (place, column) in columns.iter().enumerate() {
        write_html!(
            page,
            "<li><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"c{}\" d=\"M0 0h14v14h-14z\"/>\
             <path class=\"h\" fill=\"url(#p{}-{})\" d=\"M0 0h14v14h-14z\"/></svg>{}</li>",
            place % COLOURS,
            number,
            place % COLOURS,
            heading(plan, column),
        );
    }
    if has_bonus {
        write_html!(
            page,
            "<li><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"cb\" d=\"M0 0h14v14h-14z\"/></svg>{}</li>",
            words::BONUS.in_(lang)
        );
    }
    write_html!(page, "</ul><p class=\"note\">{}</p></figure>", words::CHART_NOTE.in_(lang));
}

/// The same bars once more with their pattern: shown where colours are not enough.
fn hatched(page: &mut Page, number: usize, place: usize) {
    write_html!(
        page,
        "<g class=\"h\" fill=\"url(#p{}-{})\"><use href=\"#b{}-{}\"/></g>",
        number,
        place % COLOURS,
        number,
        place
    );
}

/// All bars of one component as one path; moves each row's start to the bar's end.
fn bars(starts: &mut [i128], scores: impl Iterator<Item = i128>, longest: i128) -> String {
    let mut path = String::new();
    for (row, score) in scores.enumerate() {
        let width = pixels(score, longest);
        if width > 0 {
            let x = tenths(LEFT as i128 * 10 + starts[row]);
            let y = row * ROW + (ROW - BAR) / 2;
            path.push_str(&format!("M{x} {y}h{}v{BAR}h-{0}z", tenths(width)));
            starts[row] += width;
        }
    }
    path
}
