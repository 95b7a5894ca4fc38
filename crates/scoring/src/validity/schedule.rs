//! When rounds open and close, and what takes a second person: none of it changes a score.

use std::collections::BTreeSet;

use super::Check;
use crate::moment::Moment;
use crate::plan::Lists;
use crate::plan_document::PlanDocument;
use document::pointer;
use document::problem::ProblemCode;

impl Check {
    pub(super) fn schedule(&mut self, document: &PlanDocument, lists: &Lists) {
        let mut rounds = BTreeSet::new();
        for (i, round) in document.schedule.iter().flatten().enumerate() {
            let path = format!("/schedule/{i}");
            let period = pointer(&path, "period");
            self.find(&lists.periods, &round.period, &period, ProblemCode::UnknownPeriod);
            let stage = round.stage.unwrap_or(1);
            let stage_path = pointer(&path, "stage");
            if !(1..=2).contains(&stage) {
                self.add_with(stage_path, ProblemCode::OutOfRange, stage);
            } else if stage == 2 && document.shortlist.is_none() {
                self.add(stage_path, ProblemCode::NoShortlist);
            }
            if !rounds.insert((&round.period, stage)) {
                self.add_with(&path, ProblemCode::DuplicateRound, format!("{} {stage}", round.period));
            }
            let mut moment = |text: &Option<String>, field: &str| {
                let text = text.as_ref()?;
                let moment = Moment::parse(text);
                if moment.is_none() {
                    self.add_with(pointer(&path, field), ProblemCode::BadMoment, text);
                }
                moment
            };
            let (opens, closes) = (moment(&round.opens, "opens"), moment(&round.closes, "closes"));
            moment(&round.entries_due, "entries_due");
            if opens.is_some() && closes.is_some() && opens >= closes {
                self.add(pointer(&path, "closes"), ProblemCode::ClosesBeforeOpens);
            }
        }
        let approval = document.approval.as_deref().unwrap_or_default();
        for (i, step) in approval.iter().enumerate().filter(|(i, step)| approval[..*i].contains(step)) {
            self.add_with(format!("/approval/{i}"), ProblemCode::DuplicateId, step.as_str());
        }
    }
}
