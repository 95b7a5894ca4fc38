//! A batch of paper ballots as a sheet of counts: its lines, its columns, and whether they add up.
//!
//! Owns the arithmetic of one person's count and the comparison of two. Refuses to own views and requests.

use std::collections::BTreeMap;

use frame::words::joined;
use scoring::{LeafIndex, MOST_COUNT, PaperCounts, PaperTally, Plan};
use sheet::figure::plain;
use wire::paper_tally::EnteredTally;

use crate::{beside::beside_texts, kept::Texts, kind::unit_name};

/// What the column of blanks is called; no option's id has such a sign.
pub(super) const BLANK: &str = "-";

/// One line of the sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SheetLine {
    pub(super) unit: String,
    pub(super) criterion: Option<String>,
    /// For people.
    pub(super) name: String,
}

/// The lines and columns that a component's ballots are counted in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct CountSheet {
    pub(super) lines: Vec<SheetLine>,
    /// Ids and names; the last one is for blanks.
    pub(super) columns: Vec<(String, String)>,
}

/// Whether a line adds up to the valid ballots.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Balance {
    Nothing,
    Even,
    Short(u64),
    Over(u64),
    /// This column holds no count.
    Bad(usize),
}

/// A figure that two people count differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Difference {
    /// Line and column; none for a figure of the whole batch.
    pub(super) at: Result<(usize, usize), &'static str>,
    pub(super) theirs: u64,
}

impl CountSheet {
    pub(super) fn of(plan: &Plan, leaf: LeafIndex, blank: &str) -> CountSheet {
        let mut columns: Vec<(String, String)> =
            plan.options_of(leaf).iter().map(|option| (option.id.clone(), option.name.clone())).collect();
        columns.push((BLANK.to_owned(), blank.to_owned()));
        let mut lines = Vec::new();
        for unit in plan.unit_indices().filter(|unit| plan.applies(leaf, *unit)) {
            let id = plan.unit(unit).id.clone();
            let name = unit_name(plan, unit);
            let criteria = plan.criteria_of(leaf, unit);
            if criteria.is_empty() {
                lines.push(SheetLine { unit: id, criterion: None, name });
                continue;
            }
            lines.extend(criteria.iter().map(|criterion| SheetLine {
                unit: id.clone(),
                criterion: Some(criterion.id.to_owned()),
                name: joined([name.as_str(), criterion.name], " · "),
            }));
        }
        CountSheet { lines, columns }
    }

    /// The name of a cell's text.
    pub(super) fn key(&self, line: usize, column: usize) -> String {
        let SheetLine { unit, criterion, .. } = &self.lines[line];
        format!("{unit}/{}/{}", criterion.as_deref().unwrap_or_default(), self.columns[column].0)
    }

    pub(super) fn balance(&self, texts: &Texts, line: usize, valid: u64) -> Balance {
        let mut sum = 0_u64;
        let mut nothing = true;
        for column in 0..self.columns.len() {
            let text = texts.get(&self.key(line, column)).map(String::as_str).unwrap_or_default();
            nothing &= text.trim().is_empty();
            match count(text) {
                Some(count) => sum += count,
                None => return Balance::Bad(column),
            }
        }
        match sum {
            _ if nothing => Balance::Nothing,
            sum if sum == valid => Balance::Even,
            sum if sum < valid => Balance::Short(valid - sum),
            sum => Balance::Over(sum - valid),
        }
    }

    /// The counts of a sheet that adds up.
    pub(super) fn counts(&self, texts: &Texts) -> Vec<PaperCounts> {
        let at = |line: usize, column: usize| {
            texts.get(&self.key(line, column)).and_then(|text| count(text)).unwrap_or_default()
        };
        let blanks = self.columns.len() - 1;
        let line = |(place, line): (usize, &SheetLine)| PaperCounts {
            unit: line.unit.clone(),
            criterion: line.criterion.clone(),
            counts: (0..blanks).map(|column| (self.columns[column].0.clone(), at(place, column))).collect(),
            blank: at(place, blanks),
        };
        self.lines.iter().enumerate().map(line).collect()
    }

    /// The texts that an entered batch had.
    pub(super) fn texts(&self, EnteredTally { tally, evidence, files, clause }: &EnteredTally) -> Texts {
        let mut texts = Texts::from([
            ("label".to_owned(), tally.label.clone().unwrap_or_default()),
            ("collected".to_owned(), tally.collected.to_string()),
            ("void".to_owned(), tally.void.to_string()),
        ]);
        texts.extend(beside_texts(evidence.as_deref(), clause.as_deref(), files));
        let figures = figures(tally);
        for line in 0..self.lines.len() {
            for column in 0..self.columns.len() {
                let key = self.key(line, column);
                let figure = figures.get(&key).copied().unwrap_or_default();
                texts.insert(key, figure.to_string());
            }
        }
        texts
    }

    /// Where two counts of one batch differ.
    pub(super) fn differences(&self, mine: &PaperTally, theirs: &PaperTally) -> Vec<Difference> {
        let mut found = Vec::new();
        if mine.collected != theirs.collected {
            found.push(Difference { at: Err("collected"), theirs: theirs.collected });
        }
        if mine.void != theirs.void {
            found.push(Difference { at: Err("void"), theirs: theirs.void });
        }
        let (mine, theirs) = (figures(mine), figures(theirs));
        for line in 0..self.lines.len() {
            for column in 0..self.columns.len() {
                let key = self.key(line, column);
                let other = theirs.get(&key).copied().unwrap_or_default();
                if mine.get(&key).copied().unwrap_or_default() != other {
                    found.push(Difference { at: Ok((line, column)), theirs: other });
                }
            }
        }
        found
    }
}

/// Counts by the names of their cells.
fn figures(tally: &PaperTally) -> BTreeMap<String, u64> {
    let mut figures = BTreeMap::new();
    for line in &tally.counts {
        let place = format!("{}/{}/", line.unit, line.criterion.as_deref().unwrap_or_default());
        for (option, count) in &line.counts {
            figures.insert(format!("{place}{option}"), *count);
        }
        figures.insert(format!("{place}{BLANK}"), line.blank);
    }
    figures
}

/// A count as typed; an empty cell is none.
pub(super) fn count(text: &str) -> Option<u64> {
    let text = plain(text);
    if text.is_empty() {
        return Some(0);
    }
    text.parse().ok().filter(|count| *count <= MOST_COUNT)
}

#[cfg(test)]
mod tests {
    use document::Map;

    use super::*;

    fn sheet() -> CountSheet {
        let line = |unit: &str| SheetLine { unit: unit.into(), criterion: None, name: unit.into() };
        let columns = [("good", "满意"), ("poor", "不满意"), (BLANK, "空白")];
        CountSheet {
            lines: vec![line("a"), line("b")],
            columns: columns.map(|(id, name)| (id.into(), name.into())).into(),
        }
    }

    fn texts(cells: &[(&str, &str)]) -> Texts {
        cells.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_line_adds_up_to_the_valid_ballots_with_its_blanks() {
        // 7 + 2 marks and 1 blank on 10 valid ballots; full-width digits are digits.
        let even = texts(&[("a//good", "7"), ("a//poor", "2"), ("a//-", "1")]);
        assert_eq!(sheet().balance(&even, 0, 10), Balance::Even);
        assert_eq!(sheet().balance(&even, 0, 12), Balance::Short(2));
        assert_eq!(sheet().balance(&even, 0, 9), Balance::Over(1));
        assert_eq!(sheet().balance(&even, 1, 10), Balance::Nothing);
        assert_eq!(sheet().balance(&texts(&[("a//poor", "x")]), 0, 10), Balance::Bad(1));
    }

    #[test]
    fn two_counts_differ_where_a_figure_does() {
        let of = |good: u64, blank: u64, void: u64| PaperTally {
            label: None,
            period: "year".into(),
            group: "staff".into(),
            component: "internal".into(),
            collected: 10,
            void,
            counts: vec![PaperCounts { unit: "b".into(), criterion: None, counts: Map::from([("good", good)]), blank }],
        };
        let found = sheet().differences(&of(7, 3, 0), &of(8, 2, 1));
        let at: Vec<_> = found.iter().map(|one| (one.at, one.theirs)).collect();
        assert_eq!(at, [(Err("void"), 1), (Ok((1, 0)), 8), (Ok((1, 2)), 2)]);
        assert!(sheet().differences(&of(7, 3, 0), &of(7, 3, 0)).is_empty());
    }

    #[test]
    fn an_entered_batch_comes_back_as_it_was_typed() {
        let typed = texts(&[("a//good", "7"), ("a//-", "1"), ("b//poor", "8")]);
        let tally = PaperTally {
            label: None,
            period: "year".into(),
            group: "staff".into(),
            component: "internal".into(),
            collected: 9,
            void: 1,
            counts: sheet().counts(&typed),
        };
        let entered = EnteredTally::new(tally, wire::record::Beside::default());
        assert_eq!(sheet().counts(&sheet().texts(&entered)), entered.tally.counts);
        assert_eq!(sheet().texts(&entered)["a//poor"], "0");
    }
}
