//! The simulation's charts: pure functions from figures to SVG, the same on screen, on paper and in a file.
//!
//! Owns what is drawn where. Colours are classes that the style sheet knows; a file brings its own rules
//! for them. Refuses to own figures: those come scored. Each chart has a table beside it that says the same.

pub mod heat;
pub mod slope;
pub mod strip;
mod svg;

pub use svg::Svg;
