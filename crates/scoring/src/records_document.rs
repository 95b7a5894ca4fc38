//! The records document as it arrives (docs/plan.md, "Records").
//!
//! Owns the declaration of what was counted and entered. All lists are optional.

#![expect(missing_docs, reason = "ids of what a record's type names need no words")]

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

#[cfg(feature = "openapi")]
use document::schema::Id;
use document::{CompactString, Figure, Map, document};

document! {
    /// What was counted and entered under a plan.
    #[derive(Debug, Eq)]
    pub struct RecordsDocument {
        /// Version of the format: 1.
        pub format: u64 = (1),
        /// Counts of marks.
        pub tallies: Vec<TallyRecord> = default,
        /// Values that offices gave.
        pub entries: Vec<EntryRecord> = default,
        /// Verified facts that cost points.
        pub incidents: Vec<IncidentRecord> = default,
        /// Totals of linked plans.
        pub links: Vec<LinkRecord> = default,
        /// Bonuses and deductions.
        pub adjustments: Vec<AdjustmentRecord> = default,
        /// Recorded draws.
        pub lots: Vec<LotRecord> = default,
        /// Joint decisions that take the place of a leaf's raw value.
        pub decisions: Vec<DecisionRecord> = default,
        /// Outcomes given whatever the rank.
        pub verdicts: Vec<VerdictRecord> = default,
        /// Outcomes of earlier years.
        pub history: Vec<HistoryRecord> = default,
    }
}

impl Default for RecordsDocument {
    fn default() -> Self {
        document::Read::blank()
    }
}

document! {
    /// 计票: counts of one group's marks for a unit. There are tens of thousands of them, so their ids need no allocation.
    #[derive(Debug, Eq, Default)]
    pub struct TallyRecord {
        pub period: CompactString as Id,
        /// The survey or complaints component.
        pub component: CompactString as Id,
        pub group: CompactString as Id,
        pub unit: CompactString as Id,
        /// Null where the component has no criteria.
        pub criterion: Option<CompactString> as Option<Id> = null,
        /// How many marks of each option.
        pub counts: Map<u64> as std::collections::BTreeMap<String, u64>,
    }
}

document! {
    /// 录入分
    #[derive(Debug, Eq, Default)]
    pub struct EntryRecord {
        pub period: String as Id,
        /// The entered component.
        pub component: String as Id,
        pub unit: String as Id,
        /// 0 … `out_of`.
        pub value: Figure,
    }
}

document! {
    /// 扣分事项
    #[derive(Debug, Eq, Default)]
    pub struct IncidentRecord {
        pub period: String as Id,
        /// The incidents component.
        pub component: String as Id,
        pub unit: String as Id,
        pub level: String as Id,
        /// How many of them.
        pub count: u64,
        /// 情节严重: the amount is multiplied.
        pub serious: bool,
    }
}

document! {
    /// Totals of linked plans.
    #[derive(Debug, Eq, Default)]
    pub struct LinkRecord {
        pub period: String as Id,
        /// The linked component.
        pub component: String as Id,
        pub unit: String as Id,
        /// One for each linked plan.
        pub totals: Vec<Figure>,
    }
}

document! {
    /// 加减分
    #[derive(Debug, Eq, Default)]
    pub struct AdjustmentRecord {
        pub period: String as Id,
        pub rule: String as Id,
        pub unit: String as Id,
        /// Where the rule has levels.
        pub level: Option<String> as Option<Id>,
        /// Where the rule has a range.
        pub points: Option<Figure>,
    }
}

document! {
    /// 抽签
    #[derive(Debug, Eq, Default)]
    pub struct LotRecord {
        /// Null for a draw across categories: null is a word here, so it has to be written.
        pub category: Option<String> as Option<Id> = nullable,
        /// The units drawn, first drawn first.
        pub order: Vec<String> as Vec<Id>,
    }
}

document! {
    /// A joint decision (county: 党委合议).
    #[derive(Debug, Eq, Default)]
    pub struct DecisionRecord {
        pub period: String as Id,
        /// The leaf.
        pub component: String as Id,
        pub unit: String as Id,
        /// Takes the place of raw: 0 … `out_of`.
        pub value: Figure,
        /// Who decided, and why.
        pub reason: String,
    }
}

document! {
    /// An outcome given whatever the rank (Ma'anshan: 直接列入不合格).
    #[derive(Debug, Eq, Default)]
    pub struct VerdictRecord {
        pub unit: String as Id,
        pub outcome: String as Id,
        /// Why.
        pub reason: String,
    }
}

document! {
    /// A unit's outcomes of an earlier year.
    #[derive(Debug, Eq, Default)]
    pub struct HistoryRecord {
        pub year: u64,
        pub unit: String as Id,
        /// They need not be this plan's.
        pub outcomes: Vec<String> as Vec<Id>,
    }
}

impl RecordsDocument {
    /// Makes the tallies of one place one: what was counted on screens and what was on paper, envelope by envelope, is then
    /// told as a sum alone. The first stands for all.
    pub fn merge_tallies(&mut self) {
        let mut places: BTreeMap<[CompactString; 5], usize> = BTreeMap::new();
        let mut merged: Vec<TallyRecord> = Vec::with_capacity(self.tallies.len());
        for tally in std::mem::take(&mut self.tallies) {
            let TallyRecord { period, component, group, unit, criterion, .. } = &tally;
            // An id is never empty.
            let criterion = criterion.clone().unwrap_or_default();
            let place = [period.clone(), component.clone(), group.clone(), unit.clone(), criterion];
            match places.entry(place) {
                Entry::Vacant(free) => {
                    free.insert(merged.len());
                    merged.push(tally);
                }
                Entry::Occupied(there) => {
                    let sum = &mut merged[*there.get()].counts;
                    for (option, count) in &tally.counts {
                        let counted = sum.entry(option);
                        *counted = counted.saturating_add(*count);
                    }
                }
            }
        }
        self.tallies = merged;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Value;

    /// Seven on screens and five on paper are twelve, which may be shown; seven and five may not.
    #[test]
    fn tallies_of_one_place_become_their_sum() {
        let tally = |unit: &str, criterion: &str, counts: &str| {
            format!(
                r#"{{ "period": "year", "component": "vote", "group": "leaders", "unit": "{unit}", "criterion": {criterion}, "counts": {counts} }}"#
            )
        };
        let tallies = [
            tally("a", "null", r#"{ "good": 5, "fair": 2 }"#),
            tally("b", "null", r#"{ "good": 9 }"#),
            tally("a", "null", r#"{ "good": 4, "poor": 1 }"#),
            tally("a", r#""way""#, r#"{ "good": 1 }"#),
        ];
        let text = format!(r#"{{ "format": 1, "tallies": [{}] }}"#, tallies.join(","));
        let mut document = RecordsDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap();
        document.merge_tallies();
        let told: Vec<String> = document
            .tallies
            .iter()
            .map(|one| format!("{} {:?}", one.unit, one.counts.iter().collect::<Vec<_>>()))
            .collect();
        let expected = [r#"a [("fair", 2), ("good", 9), ("poor", 1)]"#, r#"b [("good", 9)]"#, r#"a [("good", 1)]"#];
        assert_eq!(told, expected);
    }
}
