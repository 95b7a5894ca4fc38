//! Rounds: a period and a stage, voted on together, with the times that a plan's schedule gives them.
//!
//! Owns which rounds a plan has, whose ballots belong to which, and what a moment means for one. There is no clock
//! here: whoever asks says the time. Refuses to own whether a round was opened or closed by hand (`store`).

use document::problem::{Problem, ProblemCode};

use crate::index::GroupIndex;
use crate::json::Value;
use crate::moment::Moment;
use crate::plan::Plan;
use crate::plan_document::{PlanDocument, RoundDocument};

/// A round of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round<'p> {
    /// The period's id.
    pub period: &'p str,
    /// 1 or 2.
    pub stage: u8,
    /// What the schedule says of it.
    pub times: Option<&'p RoundDocument>,
}

/// What a moment is for a round, by its times alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hour {
    /// Before it opens.
    Early,
    /// From its opening, or where it has none, until its closing.
    Within,
    /// It should be closed.
    Late,
}

fn moment(text: Option<&String>) -> Option<Moment> {
    text.and_then(|text| Moment::parse(text))
}

impl<'p> Round<'p> {
    /// From when ballots are taken.
    #[must_use]
    pub fn opens(&self) -> Option<Moment> {
        moment(self.times?.opens.as_ref())
    }

    /// Until when ballots are taken: at this moment no more.
    #[must_use]
    pub fn closes(&self) -> Option<Moment> {
        moment(self.times?.closes.as_ref())
    }

    /// The same as the plan writes it.
    #[must_use]
    pub fn closes_as_written(&self) -> Option<&'p str> {
        self.times?.closes.as_deref()
    }

    /// Until when offices enter scores.
    #[must_use]
    pub fn entries_due(&self) -> Option<Moment> {
        moment(self.times?.entries_due.as_ref())
    }

    /// What a moment, in whole seconds since 1970, is for the round.
    #[must_use]
    pub fn hour(&self, now: i64) -> Hour {
        if self.closes().is_some_and(|closes| closes.has_come(now)) {
            Hour::Late
        } else if self.opens().is_some_and(|opens| !opens.has_come(now)) {
            Hour::Early
        } else {
            Hour::Within
        }
    }
}

impl Plan {
    /// The round of a period and a stage.
    #[must_use]
    pub fn round<'p>(&'p self, period: &'p str, stage: u8) -> Round<'p> {
        let of_round = |times: &&RoundDocument| times.period == period && times.stage.unwrap_or(1) == u64::from(stage);
        Round { period, stage, times: self.document().schedule.iter().flatten().find(of_round) }
    }

    /// All rounds: those of stage 1 in the order of the periods, then those of stage 2 where there is one.
    #[must_use]
    pub fn rounds(&self) -> Vec<Round<'_>> {
        let stages = if self.document().shortlist.is_some() { 1..=2 } else { 1..=1 };
        stages.flat_map(|stage| self.periods().iter().map(move |period| self.round(&period.id, stage))).collect()
    }

    /// The stages in which a group marks anything.
    #[must_use]
    pub fn stages_of(&self, group: GroupIndex) -> Vec<u8> {
        let marks = |stage: u8| {
            self.leaves()
                .enumerated()
                .any(|(place, leaf)| leaf.stage == stage && self.groups_of(place).contains(&group))
        };
        [1, 2].into_iter().filter(|stage| marks(*stage)).collect()
    }

    /// The stage of a component, by its id; 1 for what is no leaf.
    #[must_use]
    pub fn stage_of(&self, component: &str) -> u8 {
        self.leaf_place(component).map_or(1, |leaf| self.leaves()[leaf].stage)
    }
}

/// Rounds of a draft whose times overlap: two of one stage, or one of stage 2 that begins, or ends, before the shortlist
/// can stand. Held against drafts as they are saved and opened, and never against what was opened before.
///
/// ```
/// use scoring::json::Value;
///
/// let nanyang = scoring::templates::find("nanyang").unwrap().document;
/// let overlapping = r#""schedule": [
///     { "period": "first_half", "opens": "2014-06-20T08:00:00+08:00", "closes": "2014-07-01T00:00:00+08:00" },
///     { "period": "second_half", "opens": "2014-06-30T23:59:59+08:00", "closes": "2014-12-31T00:00:00+08:00" }],
///     "title""#;
/// let plan = Value::parse(nanyang.replacen("\"title\"", overlapping, 1).as_bytes()).unwrap();
/// let found: Vec<String> = scoring::round::problems(&plan).iter().map(|one| format!("{} {}", one.path, one.code)).collect();
/// assert_eq!(found, ["/schedule/1/opens overlapping_rounds"]);
/// ```
#[must_use]
pub fn problems(plan: &Value) -> Vec<Problem> {
    PlanDocument::read(plan).map(|plan| check(&plan)).unwrap_or_default()
}

/// The same for a document that was read.
pub(crate) fn check(plan: &PlanDocument) -> Vec<Problem> {
    let rounds: Vec<&RoundDocument> = plan.schedule.iter().flatten().collect();
    let times = |round: &RoundDocument| (moment(round.opens.as_ref()), moment(round.closes.as_ref()));
    let mut problems = Vec::new();
    for (place, round) in rounds.iter().enumerate() {
        let (opens, closes) = times(round);
        let stage = round.stage.unwrap_or(1);
        let (member, Some(begins)) =
            (if opens.is_some() { "opens" } else { "closes" }, opens.clone().or(closes.clone()))
        else {
            continue;
        };
        let overlapped = rounds.iter().enumerate().any(|(other_place, other)| {
            let (other_opens, other_closes) = times(other);
            if stage > other.stage.unwrap_or(1) {
                // Where stage 1 says no end, it lasts until after its beginning at least.
                return other_closes.or(other_opens).is_some_and(|ends| begins < ends);
            }
            let (Some(opens), Some(other_opens), Some(other_closes)) = (&opens, other_opens, other_closes) else {
                return false;
            };
            stage == other.stage.unwrap_or(1)
                && round.period != other.period
                && closes.is_some()
                // Of two that overlap the one that opens later is told; of two that open at once, the later in the list.
                && (&other_opens, other_place) < (opens, place)
                && *opens < other_closes
        });
        if overlapped {
            problems.push(Problem::new(format!("/schedule/{place}/{member}"), ProblemCode::OverlappingRounds));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(schedule: &str) -> Vec<String> {
        let plan = crate::templates::find("county_wide").unwrap().document;
        let plan = plan.replacen("\"title\"", &format!("\"schedule\": {schedule}, \"title\""), 1);
        problems(&Value::parse(plan.as_bytes()).unwrap()).into_iter().map(|problem| problem.path).collect()
    }

    #[test]
    fn stage_2_begins_when_stage_1_has_ended() {
        let stages = |closes: &str, opens: &str| {
            found(&format!(
                r#"[{{ "period": "year", "stage": 2, "opens": "{opens}" }}, {{ "period": "year", "closes": "{closes}" }}]"#
            ))
        };
        assert_eq!(stages("2022-12-01T00:00:00+08:00", "2022-12-01T00:00:00+08:00"), [""; 0]);
        assert_eq!(stages("2022-12-01T00:00:00+08:00", "2022-11-30T15:59:59Z"), ["/schedule/0/opens"]);
    }

    #[test]
    fn stage_2_is_not_before_stage_1_where_only_one_time_of_each_is_said() {
        let stages = |first: &str, second: &str| {
            found(&format!(r#"[{{ "period": "year", "stage": 2, {second} }}, {{ "period": "year", {first} }}]"#))
        };
        let (june, may, later) = ("2022-06-01T00:00:00Z", "2022-05-01T00:00:00Z", "2022-12-01T00:00:00Z");
        let (opens, closes) = (|at: &str| format!("\"opens\": \"{at}\""), |at: &str| format!("\"closes\": \"{at}\""));
        // It would open before stage 1 opens, or close before stage 1 closes.
        assert_eq!(stages(&opens(june), &opens(may)), ["/schedule/0/opens"]);
        assert_eq!(stages(&closes(later), &closes(june)), ["/schedule/0/closes"]);
        assert_eq!(stages(&opens(june), &opens(later)), [""; 0]);
        assert_eq!(stages(&closes(june), &closes(later)), [""; 0]);
    }

    #[test]
    fn what_has_no_end_overlaps_nothing() {
        assert_eq!(found(r#"[{ "period": "year", "opens": "2022-12-01T00:00:00Z" }]"#), [""; 0]);
        assert_eq!(found("[]"), [""; 0]);
    }

    #[test]
    fn a_round_is_open_from_its_first_second_and_closed_at_its_last() {
        let times = RoundDocument {
            period: "year".to_owned(),
            opens: Some("1970-01-01T00:00:10Z".to_owned()),
            closes: Some("1970-01-01T00:00:20.5Z".to_owned()),
            ..RoundDocument::default()
        };
        let round = Round { period: "year", stage: 1, times: Some(&times) };
        assert_eq!([9, 10, 20, 21].map(|now| round.hour(now)), [Hour::Early, Hour::Within, Hour::Within, Hour::Late]);
        let always = Round { times: None, ..round };
        assert_eq!(always.hour(i64::MIN), Hour::Within);
    }
}
