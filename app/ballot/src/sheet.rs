//! The paper while it is being filled in: lines, choices, counts.
//!
//! Owns which line stands where and what was chosen on it. Refuses to own what makes a ballot valid and
//! what it gives: `scoring::ballot` is asked, as the server asks it.

use frame::words::fill_in;
use scoring::ballot::{BallotProblem, Mark, Paper, QuotaState, Section, UnitPreview};

/// What was chosen on one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Choice {
    /// Nothing yet.
    #[default]
    Open,
    /// 不了解, on purpose.
    Blank,
    /// An option, by its place on the scale.
    Option(u8),
}

impl Choice {
    /// As one character of a saved draft: below `0` the two without an option, from `0` on the options.
    fn letter(self) -> char {
        match self {
            Choice::Open => '.',
            Choice::Blank => '/',
            Choice::Option(place) => char::from_u32(u32::from('0') + u32::from(place)).unwrap_or('.'),
        }
    }

    fn of_letter(letter: char) -> Option<Choice> {
        match letter {
            '.' => Some(Choice::Open),
            '/' => Some(Choice::Blank),
            other => u32::from(other)
                .checked_sub(u32::from('0'))
                .and_then(|place| u8::try_from(place).ok())
                .map(Choice::Option),
        }
    }
}

/// One line of the paper: a unit, on one criterion where the section has criteria, or the unit tasks. Places in lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// The section.
    pub section: usize,
    /// The unit in it.
    pub unit: usize,
    /// The criterion in it.
    pub criterion: Option<usize>,
}

/// A paper laid out in lines.
#[derive(Clone, PartialEq, Debug)]
pub struct Sheet {
    /// The paper, as `scoring` checks it.
    pub paper: Paper,
    /// Its lines, in the order in which they are shown.
    pub lines: Vec<Line>,
}

impl Sheet {
    /// Lays out a paper.
    pub fn new(paper: Paper) -> Sheet {
        let mut lines = Vec::new();
        for (section, part) in paper.sections.iter().enumerate() {
            for (unit, own) in part.units.iter().enumerate() {
                let criteria = part.criteria_of(own).len();
                if criteria == 0 {
                    lines.push(Line { section, unit, criterion: None });
                }
                for criterion in 0..criteria {
                    lines.push(Line { section, unit, criterion: Some(criterion) });
                }
            }
        }
        Sheet { paper, lines }
    }

    /// A line's section.
    pub fn section(&self, line: usize) -> Option<&Section> {
        self.paper.sections.get(self.lines.get(line)?.section)
    }

    /// A unit's lines in a section; none where the section leaves it out.
    pub fn lines_of(&self, section: usize, unit: &str) -> Vec<usize> {
        let is_its = |line: &Line| {
            let part = self.paper.sections.get(section).filter(|_| line.section == section);
            part.and_then(|part| part.units.get(line.unit)).is_some_and(|own| own.id == unit)
        };
        (0..self.lines.len()).filter(|line| is_its(&self.lines[*line])).collect()
    }

    /// How many options a line has.
    pub fn options_of(&self, line: usize) -> usize {
        self.section(line).map_or(0, |section| section.options.len())
    }

    /// Whether a line may be answered with 不了解: where a quota has to be met exactly it may not.
    pub fn may_be_blank(&self, line: usize) -> bool {
        self.section(line).is_some_and(Section::allows_blank)
    }

    /// The marks that the choices make, in line order.
    pub fn marks(&self, choices: &[Choice]) -> Vec<Mark> {
        let mark = |(line, choice): (&Line, &Choice)| {
            let section = self.paper.sections.get(line.section)?;
            let Choice::Option(place) = *choice else { return None };
            let unit = section.units.get(line.unit)?;
            let criterion = line.criterion.and_then(|place| section.criteria_of(unit).get(place));
            Some(Mark {
                component: section.component.clone(),
                unit: unit.id.clone(),
                criterion: criterion.map(|criterion| criterion.id.clone()),
                option: section.options.get(usize::from(place))?.id.clone(),
            })
        };
        self.lines.iter().zip(choices).filter_map(mark).collect()
    }

    /// What is wrong with the choices.
    pub fn check(&self, choices: &[Choice]) -> Vec<BallotProblem> {
        scoring::ballot::check(&self.paper, &self.marks(choices))
    }

    /// What this ballot alone gives each unit.
    pub fn preview(&self, choices: &[Choice]) -> Vec<UnitPreview> {
        scoring::ballot::preview(&self.paper, &self.marks(choices))
    }

    /// How many lines are answered, 不了解 among them.
    pub fn filled(&self, choices: &[Choice]) -> usize {
        choices.iter().filter(|choice| **choice != Choice::Open).count()
    }

    /// The first line without an answer, from `after` on and then from the top.
    pub fn first_open(&self, choices: &[Choice], after: usize) -> Option<usize> {
        let open = |line: &usize| choices.get(*line) == Some(&Choice::Open);
        (after..self.lines.len()).find(open).or_else(|| (0..after).find(open))
    }

    /// The quotas and how far the choices meet them.
    pub fn quotas(&self, choices: &[Choice]) -> Vec<QuotaState> {
        self.paper.quotas(&self.marks(choices))
    }

    /// What a quota counts, in the paper's words: the option, and on which criterion where there are any.
    pub fn quota_name(&self, state: &QuotaState) -> String {
        let Some(section) = self.paper.sections.iter().find(|section| section.component == state.component) else {
            return state.option.clone();
        };
        let option = section.options.iter().find(|option| option.id == state.option);
        let option = option.map_or(&state.option, |option| &option.name);
        let criterion = section.criteria.iter().find(|criterion| Some(&criterion.id) == state.criterion.as_ref());
        criterion.map_or_else(|| option.clone(), |criterion| fill_in("{0} {1}", &[&criterion.name, option]))
    }

    /// The choices as a draft keeps them.
    pub fn write(choices: &[Choice]) -> String {
        choices.iter().map(|choice| choice.letter()).collect()
    }

    /// The choices of a draft; all open if the draft is of another paper.
    pub fn read(&self, draft: &str) -> Vec<Choice> {
        let fits = |(line, letter): (usize, char)| {
            let choice = Choice::of_letter(letter)?;
            let possible = match choice {
                Choice::Open => true,
                Choice::Blank => self.may_be_blank(line),
                Choice::Option(place) => usize::from(place) < self.section(line)?.options.len(),
            };
            possible.then_some(choice)
        };
        let choices: Option<Vec<Choice>> = draft.chars().enumerate().map(fits).collect();
        choices
            .filter(|choices| choices.len() == self.lines.len())
            .unwrap_or_else(|| vec![Choice::Open; self.lines.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{
        Decimal,
        ballot::{PaperCriterion, PaperOption, PaperQuota, PaperUnit, SectionKind},
    };

    fn section(component: &str, criteria: &[&str], quota: &[(&str, u64)], units: &[&str]) -> Section {
        let option = |id: &str| PaperOption { id: id.into(), name: id.to_uppercase(), value: Decimal::ONE };
        let unit = |id: &&str| PaperUnit {
            id: (*id).into(),
            name: id.to_uppercase(),
            category: "c".into(),
            category_name: "C".into(),
            criteria: vec![],
        };
        let criterion = |id: &&str| PaperCriterion { id: (*id).into(), name: id.to_uppercase(), weight: Decimal::ONE };
        Section {
            component: component.into(),
            name: component.to_uppercase(),
            kind: SectionKind::Survey,
            points: Decimal::ONE,
            out_of: Decimal::ONE,
            options: vec![option("good"), option("poor")],
            criteria: criteria.iter().map(criterion).collect(),
            quota: (quota.iter())
                .map(|(id, count)| PaperQuota { option: (*id).into(), count: Some(*count), ..PaperQuota::default() })
                .collect(),
            units: units.iter().map(unit).collect(),
            own_unit: None,
        }
    }

    /// Two units on two criteria, then two units under a quota: lines 0 to 3, then 4 and 5.
    fn sheet() -> Sheet {
        let first = section("first", &["attitude", "speed"], &[], &["a", "b"]);
        let second = section("second", &[], &[("good", 1), ("poor", 1)], &["a", "b"]);
        Sheet::new(Paper { sections: vec![first, second] })
    }

    const OPEN: Choice = Choice::Open;
    const GOOD: Choice = Choice::Option(0);
    const POOR: Choice = Choice::Option(1);

    #[test]
    fn a_line_is_a_unit_on_a_criterion() {
        let sheet = sheet();
        assert_eq!(sheet.lines.len(), 6);
        assert_eq!(sheet.lines.len(), sheet.paper.marks_possible());
        let marks = sheet.marks(&[OPEN, Choice::Blank, POOR, OPEN, OPEN, GOOD]);
        let place =
            |mark: &Mark| format!("{} {} {:?} {}", mark.component, mark.unit, mark.criterion.as_deref(), mark.option);
        let marks: Vec<String> = marks.iter().map(place).collect();
        assert_eq!(marks, ["first b Some(\"attitude\") poor", "second b None good"]);
    }

    #[test]
    fn a_blank_is_an_answer_and_no_mark_and_not_for_quotas() {
        let sheet = sheet();
        let choices = [Choice::Blank, OPEN, OPEN, OPEN, OPEN, OPEN];
        assert_eq!(sheet.filled(&choices), 1);
        assert!(sheet.marks(&choices).is_empty());
        assert_eq!(sheet.first_open(&choices, 0), Some(1));
        assert!(sheet.may_be_blank(3));
        assert!(!sheet.may_be_blank(4));
    }

    #[test]
    fn a_units_own_tasks_are_its_lines_and_a_limit_lets_them_blank() {
        let mut section = section("third", &[], &[], &["a", "b"]);
        let task = |id: &str| PaperCriterion { id: id.into(), name: id.to_uppercase(), weight: Decimal::ONE };
        section.units[0].criteria = vec![task("roads"), task("houses")];
        section.units[1].criteria = vec![task("fire")];
        section.quota = vec![PaperQuota { option: "good".into(), at_most: Some(1), ..PaperQuota::default() }];
        let sheet = Sheet::new(Paper { sections: vec![section] });
        assert_eq!((sheet.lines.len(), sheet.paper.marks_possible()), (3, 3));
        let marks = sheet.marks(&[POOR, GOOD, GOOD]);
        let tasks: Vec<_> = marks.iter().map(|mark| (mark.unit.as_str(), mark.criterion.as_deref())).collect();
        assert_eq!(tasks, [("a", Some("roads")), ("a", Some("houses")), ("b", Some("fire"))]);
        assert!(sheet.may_be_blank(0));
        // Two units have 满意 on some task of theirs, and one may.
        let state = &sheet.quotas(&[POOR, GOOD, GOOD])[0];
        assert_eq!((state.have, state.need, state.at_most, state.is_met()), (2, 1, true, false));
        assert!(sheet.check(&[GOOD, GOOD, OPEN]).is_empty());
    }

    #[test]
    fn the_first_open_line_is_looked_for_onwards_and_then_from_the_top() {
        let choices = [OPEN, GOOD, GOOD, OPEN, GOOD, GOOD];
        assert_eq!(sheet().first_open(&choices, 1), Some(3));
        assert_eq!(sheet().first_open(&choices, 4), Some(0));
        assert_eq!(sheet().first_open(&[GOOD; 6], 2), None);
    }

    #[test]
    fn a_units_lines_are_those_of_its_card() {
        assert_eq!((sheet().lines_of(0, "b"), sheet().lines_of(1, "a")), (vec![2, 3], vec![4]));
        assert_eq!((sheet().lines_of(1, "c"), sheet().lines_of(2, "a")), (vec![], vec![]));
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let choices = [OPEN, Choice::Blank, POOR, GOOD, GOOD, OPEN];
        assert_eq!(sheet().read(&Sheet::write(&choices)), choices);
    }

    #[test]
    fn a_draft_of_another_paper_is_left_alone() {
        // Too short, an option that the scale lacks, a blank under a quota, no draft at all.
        for draft in ["0", "00000z", "0000/0", "", "00000💡"] {
            assert_eq!(sheet().read(draft), [OPEN; 6], "{draft}");
        }
    }

    #[test]
    fn a_quota_is_named_by_its_option_and_criterion() {
        let state = |criterion: Option<&str>, component: &str| QuotaState {
            component: component.into(),
            criterion: criterion.map(str::to_owned),
            category: "c".into(),
            option: "good".into(),
            need: 1,
            at_most: false,
            have: 0,
        };
        assert_eq!(sheet().quota_name(&state(None, "second")), "GOOD");
        assert_eq!(sheet().quota_name(&state(Some("speed"), "first")), "SPEED GOOD");
    }
}
