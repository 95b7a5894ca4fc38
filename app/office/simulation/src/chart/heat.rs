//! The heat map of rank acceptability: units downwards, ranks to the right, darker where more likely.
//!
//! Five shades of one colour, each one path, so that 500 units are as light to draw as five.

use std::fmt::Write;

use frame::words::fill_in;
use scoring::names::short_labels;

use crate::chart::svg::{Svg, legible};

/// Shares from which a shade begins; below the first a cell stays empty.
pub const SHADES: [f64; 5] = [0.01, 0.05, 0.15, 0.35, 0.65];

const CLASSES: [&str; 5] = ["shade-1", "shade-2", "shade-3", "shade-4", "shade-5"];

/// A unit's row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    /// Its rank today, from 1.
    pub today: usize,
    /// How likely each rank is, the first of them `from`.
    pub shares: Vec<f64>,
    /// The rank of the first share.
    pub from: usize,
}

/// Words of the map.
#[derive(Clone, Copy, Debug)]
pub struct Words<'w> {
    /// What it shows, for who does not see it.
    pub label: &'w str,
    /// Over the ranks.
    pub rank: &'w str,
    /// What the frames are.
    pub today: &'w str,
}

const NAMES: f64 = 190.0;
/// Signs of a unit's name that fit there.
const LONGEST_LABEL: usize = 14;
const TOP: f64 = 26.0;
const MAP: f64 = 560.0;

/// The map of one category.
#[must_use]
pub fn heat(rows: &[Row], ranks: usize, words: Words<'_>) -> Svg {
    let height = if rows.len() <= 40 {
        20.0
    } else if rows.len() <= 150 {
        13.0
    } else {
        4.0
    };
    let width = MAP / ranks.max(1) as f64;
    let mut shades = vec![String::new(); SHADES.len()];
    let mut today = String::new();
    for (place, row) in rows.iter().enumerate() {
        let y = TOP + place as f64 * height;
        let of_row: Vec<Option<usize>> = row.shares.iter().map(|share| shade(*share)).collect();
        let mut rank = row.from;
        let tall = legible(if height > 8.0 { height - 1.0 } else { height });
        // Neighbours of one shade are one rectangle.
        for run in of_row.chunk_by(|a, b| a == b) {
            if let Some(shade) = run[0] {
                let x = legible(NAMES + (rank - 1) as f64 * width);
                let long = legible(run.len() as f64 * width);
                // Writing to a string has no way to fail.
                let _ = write!(shades[shade], "M{x} {}h{long}v{tall}h-{long}z", legible(y));
            }
            rank += run.len();
        }
        let x = NAMES + (row.today.max(1) - 1) as f64 * width;
        let _ =
            write!(today, "M{} {}h{}v{}h-{}z", legible(x), legible(y), legible(width), legible(height), legible(width));
    }
    let bottom = TOP + rows.len() as f64 * height;
    // Names where a line of words has room.
    let every = (12.0 / height).ceil().max(1.0) as usize;
    let full: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let labels = short_labels(&full, LONGEST_LABEL);
    let names = rows.iter().zip(&labels).enumerate().step_by(every).map(|(place, (row, name))| {
        let y = TOP + (place as f64 + 0.5) * height + 4.0;
        Svg::words(NAMES - 8.0, y, "end", fill_in("{0} {1}", &[name, &row.today])).with("class", "small-text")
    });
    let scale = [1, ranks.div_ceil(4), ranks.div_ceil(2), ranks * 3 / 4, ranks];
    let mut marks: Vec<usize> = scale.into_iter().filter(|rank| *rank > 0).collect();
    marks.dedup();
    let marks = marks.into_iter().map(|rank| {
        let x = NAMES + (rank as f64 - 0.5) * width;
        Svg::words(x, 18.0, "middle", rank.to_string()).with("class", "soft")
    });
    Svg::drawing(NAMES + MAP + 8.0, bottom + 34.0, words.label)
        .add(Svg::words(NAMES - 8.0, 18.0, "end", words.rank).with("class", "soft"))
        .add_all(marks)
        .add(Svg::path("line", format!("M{NAMES} {TOP}h{MAP}V{}h-{MAP}z", legible(bottom))))
        .add_all(shades.into_iter().zip(CLASSES).map(|(d, class)| Svg::path(class, d)))
        .add(Svg::path("today", today))
        .add_all(names)
        .add_all(legend(bottom + 12.0, words.today))
}

/// Which shade is which share, and what the frames are.
fn legend(y: f64, today: &str) -> Vec<Svg> {
    let mut legend = Vec::new();
    let square = |x: f64| format!("M{} {}h14v14h-14z", legible(x), legible(y));
    for (place, (from, class)) in SHADES.iter().zip(CLASSES).enumerate() {
        let x = NAMES + 80.0 * place as f64;
        legend.push(Svg::path(class, square(x)));
        legend.push(Svg::words(x + 19.0, y + 11.0, "start", format!("≥ {:.0}%", from * 100.0)).with("class", "soft"));
    }
    let x = NAMES + 80.0 * SHADES.len() as f64;
    legend.push(Svg::path("today", square(x)));
    legend.push(Svg::words(x + 19.0, y + 11.0, "start", today).with("class", "soft"));
    legend
}

fn shade(share: f64) -> Option<usize> {
    SHADES.iter().rposition(|from| share >= *from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_shaded_by_their_share_and_neighbours_joined() {
        // Two ranks of 280 each. The first unit: 60 % and 40 %, both of the fourth shade; the second: none of
        // the first rank, all of the second.
        let row =
            |name: &str, today, shares: &[f64]| Row { name: name.into(), today, shares: shares.to_vec(), from: 1 };
        let file = heat(
            &[row("甲", 1, &[0.6, 0.4]), row("乙", 2, &[0.0, 1.0])],
            2,
            Words { label: "图", rank: "名次", today: "现名次" },
        )
        .file();
        assert!(file.contains("class=\"shade-4\" d=\"M190 26h560v19h-560z\""), "{file}");
        assert!(file.contains("class=\"shade-5\" d=\"M470 46h280v19h-280z\""), "{file}");
        assert!(file.contains("class=\"shade-1\" d=\"\""), "{file}");
        assert!(file.contains(">≥ 35%</text>") && file.contains(">现名次</text>"), "{file}");
        assert!(file.contains("class=\"today\" d=\"M190 26h280v20h-280zM470 46h280v20h-280z\""), "{file}");
    }

    #[test]
    fn a_share_below_one_in_a_hundred_stays_empty() {
        assert_eq!([0.0, 0.009, 0.01, 0.2, 0.65, 1.0].map(shade), [None, None, Some(0), Some(2), Some(4), Some(4)]);
    }
}
