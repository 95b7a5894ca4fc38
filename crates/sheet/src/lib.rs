//! Tables as offices keep them: pasted, in a file, with titles, merged cells, sums and notes around what is meant.
//!
//! Owns reading them: in what encoding a file is ([`encoding`]), its cells ([`cells`]), what each row of a list is
//! ([`outline`]), and what a cell says where a figure is asked for ([`figure`]). Refuses to own words, decoding itself
//! (the browser has it) and what a plan makes of a row.

pub mod cells;
pub mod encoding;
pub mod figure;
pub mod outline;

pub use cells::cells;
pub use encoding::{Encoding, Unreadable};
pub use figure::NotAFigure;
