//! The paper while it is being filled in: lines, choices, counts.
//!
//! Owns which line stands where and what was chosen on it. Refuses to own what makes a ballot valid and
//! what it gives: `scoring::ballot` is asked, as the server asks it.

use scoring::ballot::{BallotProblem, Mark, Paper, Section, UnitPreview};

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
            other => u32::from(other).checked_sub(u32::from('0')).and_then(|place| u8::try_from(place).ok()).map(Choice::Option),
        }
    }
}

/// One line of the paper: a unit, on one criterion where the section has criteria. Places in lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// The section.
    pub section: usize,
    /// The unit in it.
    pub unit: usize,
    /// The criterion in it.
    pub criterion: Option<usize>,
}

/// How much of a quota is used, in one section and category.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuotaUse {
    /// The section's place.
    pub section: usize,
    /// The category's id.
    pub category: String,
    /// Option's name, chosen so far, needed.
    pub options: Vec<(String, u64, u64)>,
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
            for unit in 0..part.units.len() {
                if part.criteria.is_empty() {
                    lines.push(Line { section, unit, criterion: None });
                }
                for criterion in 0..part.criteria.len() {
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

    /// Whether a line may be answered with 不了解: where a quota has to be met it may not.
    pub fn may_be_blank(&self, line: usize) -> bool {
        self.section(line).is_some_and(|section| section.quota.is_empty())
    }

    /// The marks that the choices make, in line order.
    pub fn marks(&self, choices: &[Choice]) -> Vec<Mark> {
        let mark = |(line, choice): (&Line, &Choice)| {
            let section = self.paper.sections.get(line.section)?;
            let Choice::Option(place) = *choice else { return None };
            let criterion = line.criterion.and_then(|place| section.criteria.get(place));
            Some(Mark {
                component: section.component.clone(),
                unit: section.units.get(line.unit)?.id.clone(),
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

    /// The quotas and how much of each is used, by section and category in paper order.
    pub fn quotas(&self, choices: &[Choice]) -> Vec<QuotaUse> {
        let mut all: Vec<QuotaUse> = Vec::new();
        for (line, choice) in self.lines.iter().zip(choices) {
            let Some(section) = self.paper.sections.get(line.section).filter(|section| !section.quota.is_empty()) else {
                continue;
            };
            let Some(unit) = section.units.get(line.unit) else { continue };
            let known = all.iter().position(|one| one.section == line.section && one.category == unit.category);
            let place = known.unwrap_or_else(|| {
                let option = |id: &str| section.options.iter().find(|option| option.id == id);
                let name = |id: &str| option(id).map_or_else(|| id.to_owned(), |option| option.name.clone());
                let options = section.quota.iter().map(|quota| (name(&quota.option), 0, quota.count)).collect();
                all.push(QuotaUse { section: line.section, category: unit.category.clone(), options });
                all.len() - 1
            });
            let Choice::Option(chosen) = *choice else { continue };
            let Some(chosen) = section.options.get(usize::from(chosen)) else { continue };
            if let Some(quota) = section.quota.iter().position(|quota| quota.option == chosen.id)
                && let Some(count) = all.get_mut(place).and_then(|one| one.options.get_mut(quota))
            {
                count.1 += 1;
            }
        }
        all
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
