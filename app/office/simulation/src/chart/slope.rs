//! The slope chart: each unit's rank in the plan on the left, under the scenario on the right.
//!
//! Labels stand at the units that move most and at the chosen one; all others are grey. Labels that would
//! cover each other move apart.

use std::collections::BTreeMap;

use frame::words::fill_in;
use scoring::names::short_labels;

use crate::{
    chart::svg::{Svg, legible},
    model::ordered,
};

/// A unit's way.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub name: String,
    /// Its rank in the plan, from 1.
    pub from: u32,
    /// Its rank under the scenario.
    pub to: u32,
    /// Was it chosen by the reader?
    pub chosen: bool,
}

/// Words of the chart.
#[derive(Clone, Copy, Debug)]
pub struct Words<'w> {
    /// What it shows, for who does not see it.
    pub label: &'w str,
    /// Head of the left side.
    pub from: &'w str,
    /// Head of the right side.
    pub to: &'w str,
}

/// So many movers have labels.
const LABELS: usize = 10;
const WIDTH: f64 = 720.0;
const LEFT: f64 = 240.0;
const RIGHT: f64 = 480.0;
const TOP: f64 = 34.0;
/// Height of a line of words.
const LINE: f64 = 17.0;
/// Names longer than this are cut.
const LONGEST: usize = 15;

/// The chart of one category.
#[must_use]
pub fn slope(ways: &[Way], words: Words<'_>) -> Svg {
    let units = ways.len();
    // Ranks stand close where there are many.
    let step = if units <= 30 {
        20.0
    } else if units <= 150 {
        9.0
    } else {
        5.0
    };
    let height = (TOP + step * ranks(ways) + 8.0).max(TOP + LINE * (LABELS as f64 + 2.0));
    let y = |rank: u32| TOP + step * f64::from(rank.saturating_sub(1)) + step / 2.0;
    let labelled = labelled(ways);
    let mut grey = String::new();
    let mut lines = Vec::new();
    for (place, way) in ways.iter().enumerate() {
        let d = format!("M{} {}L{} {}", legible(LEFT), legible(y(way.from)), legible(RIGHT), legible(y(way.to)));
        if labelled.contains(&place) {
            lines.push(Svg::path(class(way), d));
        } else {
            grey.push_str(&d);
        }
    }
    let full: Vec<&str> = labelled.iter().map(|place| ways[*place].name.as_str()).collect();
    let names: BTreeMap<usize, String> = labelled.iter().copied().zip(short_labels(&full, LONGEST)).collect();
    let column = |right: bool| {
        let rank = |place: usize| if right { ways[place].to } else { ways[place].from };
        let wanted = ordered(&labelled, |place| i64::from(rank(place)));
        let places = apart(&wanted.iter().map(|&place| y(rank(place))).collect::<Vec<_>>(), TOP, height);
        let label = |(&place, y): (&usize, f64)| {
            let (way, name) = (&ways[place], &names[&place]);
            if right {
                Svg::words(
                    RIGHT + 8.0,
                    y + 4.0,
                    "start",
                    fill_in("{0} {1} {2}", &[&way.to, name, &crate::state::arrow(way.shift())]),
                )
            } else {
                Svg::words(LEFT - 8.0, y + 4.0, "end", fill_in("{0} {1}", &[name, &way.from]))
            }
        };
        wanted.iter().zip(places).map(label).collect::<Vec<_>>()
    };
    Svg::drawing(WIDTH, height, words.label)
        .add(Svg::words(LEFT, 18.0, "end", words.from).with("class", "soft"))
        .add(Svg::words(RIGHT, 18.0, "start", words.to).with("class", "soft"))
        .add(Svg::path("line", grey))
        .add_all(lines)
        .add_all(column(false))
        .add_all(column(true))
}

impl Way {
    /// How many ranks up; below zero, down.
    #[must_use]
    pub fn shift(&self) -> i64 {
        i64::from(self.from) - i64::from(self.to)
    }
}

fn ranks(ways: &[Way]) -> f64 {
    f64::from(ways.iter().map(|way| way.from.max(way.to)).max().unwrap_or(1))
}

fn class(way: &Way) -> &'static str {
    match (way.chosen, way.shift().signum()) {
        (true, _) => "line chosen",
        (false, 1) => "line up",
        (false, -1) => "line down",
        _ => "line",
    }
}

/// Places of the ways that have labels: the chosen, and those that move most; where few move, the best too.
fn labelled(ways: &[Way]) -> Vec<usize> {
    // The ways stand in the order of their old ranks, so of equal movers the better comes first.
    let key = |place: usize| if ways[place].chosen { i64::MIN } else { -ways[place].shift().abs() };
    let mut places = ordered(&(0..ways.len()).collect::<Vec<_>>(), key);
    let movers = ways.iter().filter(|way| way.chosen || way.shift() != 0).count();
    // All of a short list can be named.
    places.truncate(if ways.len() <= LABELS + 2 { ways.len() } else { movers.min(LABELS) });
    places
}

/// Heights near the wanted ones, in order, at least a line apart, between the ends where there is room.
fn apart(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::with_capacity(wanted.len());
    for &y in wanted {
        places.push(places.last().map_or(y, |last| y.max(last + LINE)));
    }
    let mut end = (bottom - LINE / 2.0).max(top);
    for place in places.iter_mut().rev() {
        *place = place.min(end);
        end = *place - LINE;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(shifts: &[(u32, u32)]) -> Vec<Way> {
        let way = |(place, &(from, to)): (usize, &(u32, u32))| Way {
            name: format!("第{place}单位"),
            from,
            to,
            chosen: false,
        };
        shifts.iter().enumerate().map(way).collect()
    }
    const WORDS: Words<'_> = Words { label: "图", from: "原名次", to: "新名次" };

    #[test]
    fn two_that_change_places_cross() {
        let file = slope(&ways(&[(1, 2), (2, 1), (3, 3)]), WORDS).file();
        // Ranks stand 20 apart from 34 on: 44 and 64.
        assert!(file.contains("class=\"line down\" d=\"M240 44L480 64\""), "{file}");
        assert!(file.contains("class=\"line up\" d=\"M240 64L480 44\""), "{file}");
        assert!(file.contains(">1 第1单位 ▲1</text>") && file.contains(">第0单位 1</text>"), "{file}");
    }

    #[test]
    fn of_many_only_the_top_movers_and_the_chosen_one_are_named() {
        // Fifty units: the first goes to the end, which lifts all others by one.
        let mut shifts = vec![(1, 50)];
        shifts.extend((2..=50).map(|rank| (rank, rank - 1)));
        let mut all = ways(&shifts);
        all[40].chosen = true;
        let file = slope(&all, WORDS).file();
        assert!(file.contains("第0单位") && file.contains("第40单位") && file.contains("line chosen"));
        assert_eq!(file.matches("<text").count(), 2 + 2 * LABELS, "heads and two labels each");
        assert!(!file.contains("第45单位"));
        // All others are one grey path.
        assert_eq!(file.matches("class=\"line\"").count(), 1);
    }

    #[test]
    fn labels_stand_a_line_apart() {
        assert_eq!(apart(&[40.0, 41.0, 90.0], 34.0, 300.0), [40.0, 57.0, 90.0]);
        // At the lower end they move up.
        assert_eq!(apart(&[90.0, 95.0], 34.0, 100.0), [74.5, 91.5]);
    }
}
