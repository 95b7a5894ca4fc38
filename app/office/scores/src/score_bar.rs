//! The stacked bar of a unit's scores: a pure function from figures to a line of pixels.
//!
//! A bar is a bitmap one pixel high that the style stretches: to draw it again while a slider moves is to write a few
//! thousand bytes, without a word of style.

use leptos::html::Canvas;
use leptos::prelude::*;
use scoring::{NodeIndex, Plan, Score, Standing, UnitIndex};
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// The colours of `.series-1` … in the style, red, green and blue; components beyond them begin again.
const COLOURS: [[u8; 3]; 8] = [
    [0x2f, 0x6f, 0xb2],
    [0xc8, 0x74, 0x1a],
    [0x3a, 0x8a, 0x5f],
    [0x8a, 0x5b, 0xb0],
    [0xb8, 0x47, 0x5a],
    [0x4a, 0x8f, 0x9c],
    [0x9a, 0x8a, 0x2c],
    [0x6d, 0x77, 0x85],
];

/// Pixels of a bar, a tenth of a percent each.
const PIXELS: u16 = 1000;

/// What the bars of one plan show, in order: the components at the top level.
#[derive(Clone, PartialEq, Debug)]
pub struct Segments {
    nodes: Vec<NodeIndex>,
    /// Points that fill the whole width.
    full: f64,
}

impl Segments {
    /// The segments of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Segments {
        let nodes = plan.roots().collect();
        Segments { nodes, full: number(plan.total().units(), 1e12).max(1.0) }
    }

    /// Names of the segments, with the number of their colour.
    pub fn legend<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = (usize, &'p str)> + 'p {
        self.nodes.iter().enumerate().map(|(i, node)| (i % COLOURS.len(), plan.nodes()[*node].name.as_str()))
    }

    /// The unit's combined score of each segment.
    #[must_use]
    pub fn scores(&self, plan: &Plan, standing: &Standing, unit: UnitIndex) -> Vec<Score> {
        self.nodes.iter().map(|node| standing.combined(plan, *node, unit)).collect()
    }

    /// The bar as pixels: a band for each segment, and nothing behind the last.
    fn pixels(&self, plan: &Plan, standing: &Standing, unit: UnitIndex) -> Vec<[u8; 4]> {
        let mut pixels = Vec::with_capacity(PIXELS.into());
        let mut end = 0.0;
        for (i, node) in self.nodes.iter().enumerate() {
            end += number(standing.combined(plan, *node, unit).millionths(), 1e6);
            let [red, green, blue] = COLOURS[i % COLOURS.len()];
            // A band that would end before the last one is none.
            let until = pixels_until(end / self.full).max(pixels.len());
            pixels.resize(until, [red, green, blue, u8::MAX]);
        }
        pixels.resize(PIXELS.into(), [0; 4]);
        pixels
    }

    /// Draws the bar of a unit.
    pub fn draw(&self, plan: &Plan, standing: &Standing, unit: UnitIndex, pen: &CanvasRenderingContext2d) {
        let pixels = self.pixels(plan, standing, unit);
        // There are as many pixels as it says, so neither step is refused.
        if let Ok(image) = ImageData::new_with_u8_clamped_array(Clamped(pixels.as_flattened()), PIXELS.into()) {
            let _ = pen.put_image_data(&image, 0.0, 0.0);
        }
    }
}

/// The place of a bar on the page. `says` is the bar in words, where nothing beside it says the same.
pub fn bar(says: Option<String>, place: NodeRef<Canvas>) -> AnyView {
    let role = if says.is_some() { "img" } else { "presentation" };
    view! { <canvas class="bar" width=PIXELS.to_string() height="1" role=role aria-label=says node_ref=place></canvas> }
        .into_any()
}

/// What a bar is drawn with; none where the browser has none to give.
pub fn pen(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// How many pixels a share of the whole fills.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between none and all of them")]
fn pixels_until(share: f64) -> usize {
    (share.clamp(0.0, 1.0) * f64::from(PIXELS)).round() as usize
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
        let unit = &plan.unit(0.into()).id;
        let group = &plan.group(plan.groups_of(plan.leaf_place("public").unwrap())[0]).id;
        let records = format!(
            r#"{{"format":1,"tallies":[{{"period":"year","component":"public","group":"{group}","unit":"{unit}","criterion":null,"counts":{{"good":30}}}}]}}"#
        );
        let records = RecordsDocument::read(&Value::parse(records.as_bytes()).unwrap()).unwrap();
        let records = Records::new(&plan, &records).unwrap();
        let standing = score(&plan, &records, Mode::Provisional).unwrap();
        let pixels = Segments::of(&plan).pixels(&plan, &standing, 0.into());
        let [red, green, blue] = COLOURS[0];
        assert_eq!(pixels, [vec![[red, green, blue, 255]; 360], vec![[0; 4]; 640]].concat());
        assert_eq!([0.0, 0.123_45, 0.123_5, 1.0, 1.02, -0.1].map(pixels_until), [0, 123, 124, 1000, 1000, 0]);
    }

    #[test]
    fn the_legend_has_the_colours_of_the_bars() {
        let style = include_str!("../../../style/ranking.css");
        for (i, [red, green, blue]) in COLOURS.iter().enumerate() {
            let colour = format!("#{red:02x}{green:02x}{blue:02x}");
            assert!(style.contains(&format!(".series-{} {{ background: {colour}; }}", i + 1)), "{colour}");
        }
        assert!(!style.contains(&format!(".series-{} ", COLOURS.len() + 1)));
    }
}
