//! The stacked bar of a unit's scores: a pure function from figures to a background.
//!
//! One property of one element draws a whole bar, so that dragging a slider writes one string a row.

use std::fmt::Write;

use scoring::{Plan, Score, Standing};

/// The colours of `.series-1` … in the style; components beyond them begin again. Written out: a drag says them anew
/// for each row and step, and a name would have to be looked up each time.
const COLOURS: [&str; 8] = ["#2f6fb2", "#c8741a", "#3a8a5f", "#8a5bb0", "#b8475a", "#4a8f9c", "#9a8a2c", "#6d7785"];

/// What the bars of one plan show, in order: the components at the top level.
#[derive(Clone, PartialEq, Debug)]
pub struct Segments {
    nodes: Vec<usize>,
    /// Points that fill the whole width.
    full: f64,
}

impl Segments {
    /// The segments of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Segments {
        let nodes = (0..plan.nodes().len()).filter(|node| plan.nodes()[*node].parent.is_none()).collect();
        Segments { nodes, full: number(plan.total().units(), 1e12).max(1.0) }
    }

    /// Names of the segments, with the number of their colour.
    pub fn legend<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = (usize, &'p str)> + 'p {
        self.nodes.iter().enumerate().map(|(i, node)| (i % COLOURS.len(), plan.nodes()[*node].name.as_str()))
    }

    /// The unit's combined score of each segment.
    #[must_use]
    pub fn scores(&self, plan: &Plan, standing: &Standing, unit: usize) -> Vec<Score> {
        self.nodes.iter().map(|node| standing.combined(plan, *node, unit)).collect()
    }

    /// The bar as a CSS background: a hard-edged gradient, one band for each segment.
    pub fn background(&self, plan: &Plan, standing: &Standing, unit: usize, out: &mut String) {
        out.clear();
        out.push_str("linear-gradient(90deg");
        let mut end = 0.0;
        for (i, node) in self.nodes.iter().enumerate() {
            end += number(standing.combined(plan, *node, unit).millionths(), 1e6);
            let colour = COLOURS[i % COLOURS.len()];
            let hundredths = hundredths_of_percent(end / self.full);
            // A band that begins before the end of the last one begins there. Writing to a string has no way to fail.
            let _ = write!(out, ",{colour} 0 {}.{:02}%", hundredths / 100, hundredths % 100);
        }
        out.push_str(",transparent 0)");
    }
}

/// A share for drawing, as whole numbers: those are written in a fraction of a float's time.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a bar, rounded")]
fn hundredths_of_percent(share: f64) -> u32 {
    (share * 1e4).round() as u32
}

/// A figure for drawing only.
#[expect(clippy::cast_precision_loss, reason = "a bar's width needs no more")]
fn number(units: i128, one: f64) -> f64 {
    units as f64 / one
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{Mode, Records, RecordsDocument, json::Value, score};

    #[test]
    fn a_bar_has_a_band_for_each_component() {
        let template = scoring::templates::find("yuanba").unwrap();
        let plan = Plan::from_json(&Value::parse(template.document.as_bytes()).unwrap()).unwrap();
        // All 30 marks 满意: 90 of 100 on 40 points is 36, and nothing else is known yet.
        let unit = &plan.units()[0].id;
        let group = &plan.groups()[plan.groups_of(plan.leaf_place("public").unwrap())[0]].id;
        let records = format!(
            r#"{{"format":1,"tallies":[{{"period":"year","component":"public","group":"{group}","unit":"{unit}","criterion":null,"counts":{{"good":30}}}}]}}"#
        );
        let records = RecordsDocument::read(&Value::parse(records.as_bytes()).unwrap()).unwrap();
        let records = Records::new(&plan, &records).unwrap();
        let standing = score(&plan, &records, Mode::Provisional).unwrap();
        let mut bar = String::new();
        Segments::of(&plan).background(&plan, &standing, 0, &mut bar);
        let [first, second, third] = [COLOURS[0], COLOURS[1], COLOURS[2]];
        let bands = format!("{first} 0 36.00%,{second} 0 36.00%,{third} 0 36.00%,transparent 0");
        assert_eq!(bar, format!("linear-gradient(90deg,{bands})"));
        assert_eq!([0.0, 0.123_45, 1.0, 1.02, -0.1].map(hundredths_of_percent), [0, 1235, 10_000, 10_200, 0]);
    }

    #[test]
    fn the_legend_has_the_colours_of_the_bars() {
        let style = include_str!("../../style/ranking.css");
        for (i, colour) in COLOURS.iter().enumerate() {
            assert!(style.contains(&format!(".series-{} {{ background: {colour}; }}", i + 1)), "{colour}");
        }
        assert!(!style.contains(&format!(".series-{} ", COLOURS.len() + 1)));
    }
}
