//! What one ballot alone would give each unit.

use std::collections::BTreeMap;

use super::check::{Mark, Places};
use super::paper::{Paper, PaperUnit, Section, SectionKind};
use crate::decimal::{Decimal, Score};
use crate::deduction::DeductionFigures;
use crate::survey_mean::{Criteria, SurveyFigures, Threshold};
use crate::whole::TooLong;

/// What one ballot alone would give a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPreview {
    /// The unit.
    pub unit: String,
    /// Points of each section in which the unit is marked, in the paper's order.
    pub sections: Vec<(String, Score)>,
    /// Their sum.
    pub total: Score,
}

impl Section {
    /// What the formula gives for the tally of one ballot's marks on one unit: so many of each option, by criterion.
    /// Criteria without a mark are left out, as if the component had only the others.
    fn score(&self, unit: &PaperUnit, tally: &BTreeMap<usize, Vec<u64>>) -> Result<Score, TooLong> {
        let values: Vec<Decimal> = self.options.iter().map(|option| option.value).collect();
        let counts: Vec<u64> = tally.values().flatten().copied().collect();
        match self.kind {
            SectionKind::Survey => {
                let criteria = self.criteria_of(unit);
                let weight = |place: &usize| criteria.get(*place).map_or(Decimal::ONE, |criterion| criterion.weight);
                let weights: Vec<Decimal> = tally.keys().map(weight).collect();
                let scale = (self.points, self.out_of);
                let figures = SurveyFigures::new(scale, &values, (1, &[Decimal::ONE]), Threshold::USUAL);
                Ok(figures.score(&Criteria::new(&weights), &counts)?.0)
            }
            SectionKind::Complaints => {
                DeductionFigures::<u128>::complaints(self.points, self.out_of, &values)?.score(&counts)
            }
        }
    }
}

/// What this ballot alone would give each unit on the paper, in the order they first stand there.
/// Marks that are not on the paper count nothing.
#[must_use]
pub fn preview(paper: &Paper, marks: &[Mark]) -> Vec<UnitPreview> {
    let places = Places::of(paper);
    // Of each section and unit: the tally of each criterion that is marked.
    let mut tallies: BTreeMap<(usize, &str), BTreeMap<usize, Vec<u64>>> = BTreeMap::new();
    for mark in marks {
        let Some((place, section)) = places.section(paper, &mark.component) else { continue };
        let option = section.options.iter().position(|option| option.id == mark.option);
        let Some(unit) = places.unit(place, &mark.unit) else { continue };
        let criteria = section.criteria_of(unit);
        let criterion = match &mark.criterion {
            None => criteria.is_empty().then_some(0),
            Some(id) => criteria.iter().position(|criterion| criterion.id == *id),
        };
        if let (Some(option), Some(criterion)) = (option, criterion) {
            let of_unit = tallies.entry((place, &mark.unit)).or_default();
            of_unit.entry(criterion).or_insert_with(|| vec![0; section.options.len()])[option] += 1;
        }
    }
    let mut previews: Vec<UnitPreview> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, section) in paper.sections.iter().enumerate() {
        for unit in &section.units {
            let index = *at.entry(&unit.id).or_insert_with(|| {
                previews.push(UnitPreview { unit: unit.id.clone(), sections: Vec::new(), total: Score::ZERO });
                previews.len() - 1
            });
            let preview = &mut previews[index];
            // Figures of more than 38 digits together have no preview: big integers are not worth their weight here.
            if let Some(Ok(score)) = tallies.get(&(place, unit.id.as_str())).map(|tally| section.score(unit, tally)) {
                preview.sections.push((section.component.clone(), score));
                preview.total += score;
            }
        }
    }
    previews
}
