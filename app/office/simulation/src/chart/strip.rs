//! The strip under a slider: where nothing changes, and a tick at every swap.

use crate::chart::svg::{Svg, legible};

/// Width of the strip in its own units, which are the ticks'.
pub const WIDTH: f64 = 1_000.0;
const HEIGHT: f64 = 20.0;

/// Ticks in thousandths; the interval, today's points and the swap that is looked at as shares of the slider.
#[must_use]
pub fn strip(ticks: &[u16], still: (f64, f64), looked_at: Option<f64>) -> Svg {
    let x = |share: f64| legible(share.clamp(0.0, 1.0) * WIDTH);
    let (low, high) = still;
    let mut d = String::with_capacity(ticks.len() * 12);
    for tick in ticks {
        d.push_str(&format!("M{tick} 7V{HEIGHT}"));
    }
    Svg::new("svg")
        .with("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .with("preserveAspectRatio", "none")
        .with("aria-hidden", "true")
        .add(
            Svg::new("rect")
                .with("class", "still")
                .with("x", x(low))
                .with("y", "0")
                // A hair stays to be seen of an interval without width.
                .with("width", legible(((high - low) * WIDTH).max(3.0)))
                .with("height", legible(HEIGHT)),
        )
        .add(Svg::path("tick", d))
        .add_all(looked_at.map(|at| Svg::path("looked-at", format!("M{} 0V{HEIGHT}", x(at)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_has_its_interval_and_its_ticks() {
        // From 35 to 45 of 100 points; swaps at 30 and 45; the latter is looked at.
        let file = strip(&[300, 450], (0.35, 0.45), Some(0.45)).file();
        assert!(file.contains("<rect class=\"still\" x=\"350\" y=\"0\" width=\"100\" height=\"20\">"), "{file}");
        assert!(file.contains("d=\"M300 7V20M450 7V20\""), "{file}");
        assert!(file.contains("class=\"looked-at\" d=\"M450 0V20\""), "{file}");
    }
}
