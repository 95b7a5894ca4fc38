//! Counters read as what they count.

use std::collections::BTreeMap;

use super::layout::{GroupLayout, MarkPlace};

/// The marks of one unit on one criterion.
pub(crate) struct TallyLine<'a> {
    pub(crate) component: &'a str,
    pub(crate) stage: u8,
    pub(crate) unit: &'a str,
    pub(crate) criterion: Option<&'a str>,
    pub(crate) counts: BTreeMap<&'a str, u64>,
}

impl GroupLayout {
    /// Every place with marks: component, unit, criterion, and the count of each option.
    pub(crate) fn tallies<'a>(&'a self, counters: &'a [u64]) -> impl Iterator<Item = TallyLine<'a>> {
        self.sections.iter().flat_map(move |section| {
            let options = section.options.len();
            section.places.iter().enumerate().filter_map(move |(place, MarkPlace { unit, criterion })| {
                let start = section.first_counter + place * options;
                let counts = &counters[start..start + options];
                counts.iter().any(|&count| count > 0).then(|| TallyLine {
                    component: &section.component,
                    stage: section.stage,
                    unit,
                    criterion: criterion.as_deref(),
                    counts: section.options.iter().map(String::as_str).zip(counts.iter().copied()).collect(),
                })
            })
        })
    }
}
