//! The ranking as an SVG of stacked bars. It supplements the table and says nothing more.
//!
//! All bars of one component are one path, so the chart of fifty units stays small. Patterns stand
//! beside colours in the style sheet; the script-free page has no tooltips.

use scoring::result_document::UnitResult;
use text::public as words;

use super::html::{Page, write_html};
use super::public_result::Published;
use super::ranking_table::{columns, figure, heading};

const ROW: usize = 26;
const BAR: usize = 16;
const LEFT: usize = 150;
const WIDTH: usize = 700;
/// Room for the total behind the longest bar.
const RIGHT: usize = 60;
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

/// The longest name that fits beside its bar.
fn label(name: &str) -> String {
    const MOST: usize = 10;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST - 1).chain(['…']).collect() }
}

/// Writes the chart of a plan of one period.
pub(crate) fn write(page: &mut Page, published: &Published, units: &[&UnitResult]) {
    let lang = page.lang;
    let plan = &published.plan;
    if plan.periods.len() != 1 || units.is_empty() {
        return;
    }
    let columns = columns(plan);
    let length = |unit: &UnitResult| {
        let scores: i128 = columns.iter().filter_map(|column| figure(plan, unit, column)).map(|score| score.millionths()).sum();
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
    let mut starts = vec![0i128; units.len()];
    for (place, column) in columns.iter().enumerate() {
        let scores = units.iter().map(|unit| figure(plan, unit, column).map_or(0, |score| score.millionths()));
        bars(page, &format!("c{}", place % COLOURS), &mut starts, scores, longest);
    }
    let bonuses = units.iter().map(|unit| unit.periods.first().map_or(0, |period| period.bonus.units() / 1_000_000));
    bars(page, "cb", &mut starts, bonuses, longest);
    for (row, unit) in units.iter().enumerate() {
        let y = row * ROW + ROW / 2 + 5;
        let end = tenths(LEFT as i128 * 10 + starts[row] + 60);
        write_html!(
            page,
            "<text x=\"{}\" y=\"{}\" class=\"u\">{}</text><text x=\"{}\" y=\"{}\">{}</text>",
            LEFT - 8,
            y,
            label(published.unit_name(&unit.unit)),
            end,
            y,
            unit.published,
        );
    }
    write_html!(page, "</svg><ul class=\"legend\">");
    for (place, column) in columns.iter().enumerate() {
        write_html!(page, "<li class=\"c{}\">{}</li>", place % COLOURS, heading(plan, column));
    }
    if !plan.adjustments.is_empty() {
        write_html!(page, "<li class=\"cb\">{}</li>", words::BONUS.in_(lang));
    }
    write_html!(page, "</ul><p class=\"note\">{}</p></figure>", words::CHART_NOTE.in_(lang));
}

/// All bars of one component as one path; moves each row's start to the bar's end.
fn bars(page: &mut Page, class: &str, starts: &mut [i128], scores: impl Iterator<Item = i128>, longest: i128) {
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
    if !path.is_empty() {
        write_html!(page, "<path class=\"{}\" d=\"{}\"/>", class, path);
    }
}
