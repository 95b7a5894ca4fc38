//! A report in words, for people at a terminal.
//!
//! Owns the lines that `pingyi simulate` prints without `--json`. The figures are the report's; nothing is
//! computed here.

use std::collections::BTreeMap;

use scoring::Mode;
use text::{Lang, Text, simulate as words};

use super::document::{CategoryReport, IntervalReport, Report};
use crate::simulation::Simulation;

impl Report {
    /// The report in words, names in place of ids.
    #[must_use]
    pub fn text(&self, simulation: &Simulation, language: Lang) -> String {
        let mut lines = Lines { simulation, language, text: String::new() };
        if simulation.standing().mode() == Mode::Provisional {
            lines.line(0, words::PROVISIONAL, &[]);
        }
        for category in simulation.plan().categories() {
            if let Some(report) = self.0.get(&category.id) {
                lines.line(0, words::TITLE, &[&category.name]);
                lines.category(report);
            }
        }
        lines.text
    }
}

struct Lines<'s> {
    simulation: &'s Simulation,
    language: Lang,
    text: String,
}

impl Lines<'_> {
    fn line(&mut self, depth: usize, text: Text, figures: &[&str]) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(&filled(text.in_(self.language), figures));
        self.text.push('\n');
    }

    fn unit(&self, id: &str) -> String {
        let plan = self.simulation.plan();
        plan.unit_place(id).map_or_else(|| id.to_owned(), |unit| plan.unit(unit).name.clone())
    }

    fn component(&self, ids: &str) -> String {
        let plan = self.simulation.plan();
        let name = |id| plan.node_place(id).map_or_else(|| String::from(id), |node| plan.nodes()[node].name.clone());
        ids.split('+').map(name).collect::<Vec<_>>().join(" + ")
    }

    fn category(&mut self, report: &CategoryReport) {
        self.line(1, words::INTERVALS, &[]);
        for one in &report.intervals {
            self.interval(one);
        }
        self.line(1, words::OVERTAKING, &[]);
        for one in &report.overtake {
            let (behind, ahead) = (self.unit(&one.behind), self.unit(&one.ahead));
            match &one.l1 {
                Some(distance) => {
                    let grid = one
                        .grid
                        .as_ref()
                        .map_or_else(|| words::NO_GRID.in_(self.language).to_owned(), |grid| self.changed(grid));
                    self.line(2, words::OVERTAKES, &[&behind, &ahead, distance, &grid]);
                }
                None => self.line(2, words::NEVER, &[&behind, &ahead]),
            }
        }
        let chances = &report.acceptability;
        let figures = [chances.samples.to_string(), chances.seed.to_string()];
        self.line(1, words::CHANCES, &[&figures[0], &figures[1], &chances.standard_error]);
        for (id, shares) in self.by_rank(&chances.ranks) {
            let likely = shares.iter().enumerate().filter(|(_, share)| *share != "0");
            let likely: Vec<String> = likely
                .map(|(rank, share)| filled(words::RANK_SHARE.in_(self.language), &[&(rank + 1).to_string(), share]))
                .collect();
            let expected = report.expected_rank.get(id).cloned().unwrap_or_default();
            let unit = self.unit(id);
            self.line(2, words::CHANCE, &[&unit, &expected, &likely.join(", ")]);
        }
        self.resampling(report);
        self.line(1, words::IMPORTANCE, &[]);
        for (id, one) in &report.importance {
            let name = self.component(id);
            self.line(2, words::DECIDES, &[&name, &one.nominal, one.effective.as_deref().unwrap_or("—")]);
        }
    }

    fn interval(&mut self, one: &IntervalReport) {
        let name = self.component(&one.component);
        let (open, close) = (if one.low_inclusive { "[" } else { "(" }, if one.high_inclusive { "]" } else { ")" });
        let range = format!("{open}{}, {}{close}", one.low, one.high);
        self.line(2, words::INTERVAL, &[&name, &one.points, &range]);
        for (swap, ranks, text) in
            [(&one.low_swap, &one.low_ranks, words::BELOW), (&one.high_swap, &one.high_ranks, words::ABOVE)]
        {
            if let (Some([a, b]), Some([today, beyond])) = (swap, ranks) {
                let ranks = [today[0], today[1], beyond[0], beyond[1]].map(|rank| rank.to_string());
                let (a, b) = (self.unit(a), self.unit(b));
                self.line(3, text, &[&a, &b, &ranks[0], &ranks[1], &ranks[2], &ranks[3]]);
            }
        }
    }

    fn resampling(&mut self, report: &CategoryReport) {
        let resampling = &report.resampling;
        self.line(1, words::RESAMPLING, &[&resampling.resamples.to_string(), &resampling.seed.to_string()]);
        for (id, keeps) in self.by_rank(&resampling.keeps) {
            let unit = self.unit(id);
            match &keeps.grade {
                Some(grade) => self.line(2, words::KEEPS_GRADE, &[&unit, &keeps.rank, grade, &keeps.outcomes]),
                None => self.line(2, words::KEEPS, &[&unit, &keeps.rank, &keeps.outcomes]),
            }
        }
        match &resampling.fewest_ballots {
            Some(fewest) => {
                let plan = self.simulation.plan();
                let name = |id: &String| {
                    plan.group_place(id).map_or_else(|| id.clone(), |group| plan.group(group).name.clone())
                };
                let groups: Vec<String> =
                    fewest.groups.iter().map(|(group, count)| format!("{} {count}", name(group))).collect();
                let (unit, rival) = (self.unit(&fewest.unit), self.unit(&fewest.rival));
                self.line(2, words::SAVED, &[&unit, &fewest.ballots.to_string(), &groups.join(", "), &rival]);
            }
            None => self.line(2, words::NOT_SAVED, &[]),
        }
    }

    /// Components whose points differ from today's.
    fn changed(&self, points: &BTreeMap<String, String>) -> String {
        let plan = self.simulation.plan();
        let differs = |(id, new): &(&String, &String)| {
            let today = plan.leaf_place(id).map(|leaf| plan.leaves()[leaf].points.to_string());
            today.as_ref() != Some(new)
        };
        let changed = points.iter().filter(differs);
        changed.map(|(id, new)| format!("{} {new}", self.component(id))).collect::<Vec<_>>().join(", ")
    }

    fn by_rank<'r, T>(&self, units: &'r BTreeMap<String, T>) -> Vec<(&'r String, &'r T)> {
        let rank = |id: &str| {
            let unit = self.simulation.plan().unit_place(id);
            unit.map_or(u32::MAX, |unit| self.simulation.standing().rank(unit))
        };
        let mut units: Vec<(&String, &T)> = units.iter().collect();
        units.sort_by_key(|(id, _)| rank(id));
        units
    }
}

/// `{0}`, `{1}`, … replaced in one pass, so that a name with braces stays as it is.
fn filled(text: &str, figures: &[&str]) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('}').unwrap_or(("", piece));
        filled.push_str(number.parse().ok().and_then(|place: usize| figures.get(place)).unwrap_or(&""));
        filled.push_str(rest);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once() {
        assert_eq!(filled("{1} before {0}", &["{1}", "b"]), "b before {1}");
        assert_eq!(filled("none", &[]), "none");
    }
}
