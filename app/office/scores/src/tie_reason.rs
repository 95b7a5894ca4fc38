//! What decided between two units whose totals are equal, in words.

use frame::words::fill;
use scoring::{
    Plan,
    plan_document::{OptionShare, TieBreak},
    result_document::DecidedBy,
};
use text::ranking as words;

/// What decided a tie, by its names.
#[derive(Clone, Debug, PartialEq)]
pub enum Decided {
    /// By lot.
    Lot,
    /// By the score of a component.
    Component(String),
    /// By the share of an option in a component: its name, the option's.
    Share(String, String),
}

impl Decided {
    /// As a remark at the row.
    pub fn tie(&self) -> String {
        match self {
            Decided::Lot => fill(words::TIE_BY_LOT, &[]),
            Decided::Component(name) => fill(words::TIE_BY, &[name]),
            Decided::Share(name, option) => fill(words::TIE_BY_SHARE, &[name, option]),
        }
    }

    /// As part of a sentence on two neighbours.
    pub fn neighbours(&self) -> String {
        match self {
            Decided::Lot => fill(words::BY_LOT, &[]),
            Decided::Component(name) => fill(words::BY_ELEMENT, &[name]),
            Decided::Share(name, option) => fill(words::BY_SHARE, &[name, option]),
        }
    }
}

/// What decided, by the names of the plan.
pub fn decided_by(plan: &Plan, decided: &DecidedBy) -> Decided {
    let name = |id: &str| plan.node_place(id).map_or_else(|| id.to_owned(), |node| plan.nodes()[node].name.clone());
    match decided {
        DecidedBy::Lot(_) => Decided::Lot,
        DecidedBy::Element(TieBreak::Component(id)) => Decided::Component(name(id)),
        DecidedBy::Element(TieBreak::OptionShare(OptionShare { option, component })) => {
            let options = plan.leaf_place(component).map_or(&[][..], |leaf| plan.options_of(leaf));
            let option = options.iter().find(|o| o.id == *option).map_or_else(|| option.clone(), |o| o.name.clone());
            Decided::Share(name(component), option)
        }
    }
}
