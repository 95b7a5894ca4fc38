//! A cell of the table of codes, and what stands beside the table for it.

use leptos::prelude::*;

/// A cell: a period and a group, by their ids.
pub type Cell = (String, String);

/// What stands beside the table for a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panel {
    /// Drawing more codes.
    Draw,
    /// The batches that are out.
    Batches,
}

/// The cell with a panel, and which.
pub type Chosen = RwSignal<Option<(Cell, Panel)>>;

/// The id of the button of a cell that opens a panel.
pub fn button_of((period, group): &Cell, panel: Panel) -> String {
    let what = if panel == Panel::Draw { "draw" } else { "batches" };
    format!("{what}-{period}-{group}")
}
