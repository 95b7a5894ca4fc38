//! Surveys: groups and their weights, criteria and tasks, quotas.

use super::Check;
use super::tree::Walk;
use crate::decimal::Decimal;
use crate::index::{CriterionIndex, GroupIndex, IndexVec, ScaleIndex, UnitIndex};
use crate::plan::{Method, Survey};
use crate::plan_document::{CriteriaOf, MissingGroup, OwnUnit, QuotaDocument, SurveyDocument};
use crate::survey_mean::{SizedCriteria, SurveyFigures, Threshold};
use document::problem::{Problem, ProblemCode};
use document::{Figure, pointer};

impl Check {
    pub(super) fn survey(
        &mut self,
        walk: &Walk<'_>,
        survey: &SurveyDocument,
        path: &str,
        (points, out_of, sound_out_of): (Decimal, Decimal, bool),
        (stage, applies): (u8, &IndexVec<UnitIndex, bool>),
    ) -> Method {
        let scale_path = pointer(path, "scale");
        let scale = self.find(&walk.lists.scales, &survey.scale, &scale_path, ProblemCode::UnknownScale);
        let options = scale.map_or(&[][..], |scale| &walk.document.scales[scale.index()].options);
        // Their own faults are reported at the scale.
        let values: Vec<Decimal> = options.iter().map(|o| o.value.decimal().unwrap_or_default()).collect();
        if sound_out_of && let Some(place) = values.iter().position(|value| *value > out_of) {
            self.add_with(pointer(path, "out_of"), ProblemCode::OptionAboveOutOf, &options[place].id);
        }
        let pooled = survey.pooled.unwrap_or(false);
        let (groups, weights) = self.survey_groups(walk, survey, path, pooled);
        let criteria = match survey.criteria_of {
            None => Some(SizedCriteria::new(self.criteria(survey, path))),
            Some(CriteriaOf::Unit) => {
                if survey.criteria.is_some() {
                    self.add(pointer(path, "criteria"), ProblemCode::CriteriaAndTasks);
                }
                self.tasks(walk, applies);
                None
            }
        };
        if survey.min_marks == Some(0) {
            self.add(pointer(path, "min_marks"), ProblemCode::NotPositive);
        }
        let threshold = Threshold {
            min_marks: survey.min_marks.unwrap_or(1).max(1),
            leaves_out: survey.missing_group == Some(MissingGroup::LeftOut),
        };
        self.quota(walk, survey, path, scale, (stage, applies));
        let figures = SurveyFigures::new((points, out_of), &values, (groups.len(), &weights), threshold);
        Method::Survey(Survey {
            scale: scale.unwrap_or_default(),
            values,
            groups,
            weights,
            criteria,
            threshold,
            pooled,
            own_unit_skipped: survey.own_unit == Some(OwnUnit::Skipped),
            narrow: figures.resized().ok(),
            figures,
        })
    }

    fn survey_groups(
        &mut self,
        walk: &Walk<'_>,
        survey: &SurveyDocument,
        path: &str,
        pooled: bool,
    ) -> (Vec<GroupIndex>, Vec<Decimal>) {
        let list = pointer(path, "groups");
        if survey.groups.is_empty() {
            self.add(&list, ProblemCode::EmptyList);
        }
        let (mut groups, mut weights) = (Vec::new(), Vec::new());
        let mut sound = true;
        for (i, entry) in survey.groups.iter().enumerate() {
            let path = format!("{list}/{i}");
            let group_path = pointer(&path, "group");
            if let Some(group) = self.find(&walk.lists.groups, &entry.group, &group_path, ProblemCode::UnknownGroup) {
                if groups.contains(&group) {
                    self.add_with(group_path, ProblemCode::DuplicateId, &entry.group);
                }
                groups.push(group);
            }
            let weight_path = pointer(&path, "weight");
            match (&entry.weight, pooled) {
                (Some(_), true) => self.add(weight_path, ProblemCode::WeightWithPooled),
                (None, true) => {}
                (None, false) => {
                    self.add(weight_path, ProblemCode::MissingField);
                    sound = false;
                }
                (Some(weight), false) => {
                    let weight = self.sound_amount(weight, &weight_path);
                    sound &= weight.is_some();
                    weights.push(weight.unwrap_or_default());
                }
            }
        }
        if pooled {
            weights = vec![Decimal::ONE];
        } else if sound && !weights.is_empty() && weights.iter().all(|w| w.is_zero()) {
            self.add(list, ProblemCode::ZeroWeights);
        }
        (groups, weights)
    }

    fn criteria(&mut self, survey: &SurveyDocument, path: &str) -> Vec<Decimal> {
        let criteria = survey.criteria.as_deref().unwrap_or_default();
        if criteria.is_empty() {
            return vec![Decimal::ONE];
        }
        let list = pointer(path, "criteria");
        self.ids::<CriterionIndex>(&list, criteria.iter().map(|c| c.id.as_str()));
        let weights: Vec<Option<Decimal>> = criteria
            .iter()
            .enumerate()
            .map(|(i, c)| self.sound_amount(&c.weight, &format!("{list}/{i}/weight")))
            .collect();
        if weights.iter().all(|w| *w == Some(Decimal::ZERO)) {
            self.add(list, ProblemCode::ZeroWeights);
        }
        weights.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Every unit that is marked on its tasks has some, and not all of them weigh nothing.
    fn tasks(&mut self, walk: &Walk<'_>, applies: &IndexVec<UnitIndex, bool>) {
        for (place, unit) in walk.document.units.iter().enumerate() {
            let weights = &walk.lists.tasks[UnitIndex::from(place)].weights;
            if !applies[UnitIndex::from(place)] {
                continue;
            }
            // A weight that is none is reported where it stands.
            let unsound = || unit.tasks.iter().flatten().any(|task| !is_sound(task.weight.as_ref()));
            let code = if weights.is_empty() {
                ProblemCode::NoTasks
            } else if weights.iter().all(|weight| weight.is_zero()) && !unsound() {
                ProblemCode::ZeroWeights
            } else {
                continue;
            };
            // Several components may ask for the same tasks.
            let problem = Problem::with(format!("/units/{place}/tasks"), code, &unit.id);
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    /// Where all of a quota's options have a count, the counts add up to the number of each category's units in the
    /// component.
    fn quota(
        &mut self,
        walk: &Walk<'_>,
        survey: &SurveyDocument,
        path: &str,
        scale: Option<ScaleIndex>,
        (stage, applies): (u8, &IndexVec<UnitIndex, bool>),
    ) {
        let Some(quota) = &survey.quota else { return };
        let list = pointer(path, "quota");
        let mut sum: u128 = 0;
        for (i, entry) in quota.iter().enumerate() {
            let option_path = format!("{list}/{i}/option");
            let known = |scale: ScaleIndex| {
                walk.document.scales[scale.index()].options.iter().any(|option| option.id == entry.option)
            };
            if scale.is_some_and(|scale| !known(scale)) {
                self.add_with(option_path, ProblemCode::UnknownOption, &entry.option);
            } else if quota[..i].iter().any(|earlier| earlier.option == entry.option) {
                self.add_with(option_path, ProblemCode::DuplicateId, &entry.option);
            }
            sum += u128::from(entry.count.unwrap_or_default());
            if entry.count.is_some() && stage == 2 {
                self.add(format!("{list}/{i}/count"), ProblemCode::QuotaInStage2);
            }
            if let Some(share) = &entry.at_most_share {
                let share_path = format!("{list}/{i}/at_most_share");
                if self.amount(share, &share_path) > Decimal::from_int(100) {
                    self.add_with(share_path, ProblemCode::OutOfRange, share);
                }
            }
        }
        if stage == 2 || quota.iter().any(QuotaDocument::is_limit) {
            return;
        }
        let skipped = u128::from(survey.own_unit == Some(OwnUnit::Skipped));
        let (mut categories, mut fits) = (0, true);
        for (category, units) in walk.lists.category_units.enumerated() {
            let count = units.iter().filter(|&&unit| applies[unit]).count() as u128;
            categories += usize::from(count > 0);
            if count > 0 && sum != count - skipped {
                let id = &walk.document.categories[category.index()].id;
                self.add_with(&list, ProblemCode::QuotaTotal, format!("{id}: {sum} ≠ {}", count - skipped));
                fits = false;
            }
        }
        // Only one category holds a voter's own unit: in the others a unit would be left without an option.
        if fits && skipped == 1 && categories > 1 {
            self.add(&list, ProblemCode::QuotaOverCategories);
        }
    }
}

fn is_sound(figure: Option<&Figure>) -> bool {
    figure.is_none_or(|figure| figure.decimal().is_some_and(|decimal| !decimal.is_negative()))
}
