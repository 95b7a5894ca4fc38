//! Until when a group's ballots are taken in a period, for cards and posters.

use scoring::{Moment, Plan, json::Value};

/// The last closing among the group's rounds of the period, with its zone. `None` where one of them has none, and for a
/// draft that is no plan yet.
pub fn of(plan: &Value, period: &str, group: &str) -> Option<String> {
    let plan = Plan::from_json(plan).ok()?;
    let stages = plan.stages_of(plan.group_place(group)?);
    let rounds: Vec<_> = stages.into_iter().map(|stage| plan.round(period, stage)).collect();
    let last = rounds.iter().max_by_key(|round| round.closes())?;
    let all = rounds.iter().all(|round| round.closes().is_some());
    last.closes_as_written().filter(|_| all).and_then(Moment::said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_of_stage_2_has_until_its_round_closes() {
        let plan = scoring::templates::find("county_wide").unwrap().document.replacen(
            "\"title\"",
            r#""schedule": [{ "period": "year", "closes": "2022-12-01T18:00:00+08:00" },
                { "period": "year", "stage": 2, "closes": "2022-12-15T18:00:00+08:00" }], "title""#,
            1,
        );
        let plan = Value::parse(plan.as_bytes()).unwrap();
        assert_eq!(of(&plan, "year", "delegates").as_deref(), Some("2022-12-15 18:00 UTC+8"));
        assert_eq!(of(&plan, "year", "nobody"), None);
        let plan = scoring::templates::find("county_clients").unwrap().document.replacen(
            "\"title\"",
            r#""schedule": [{ "period": "half", "closes": "2022-07-01T18:00:00+08:00" }], "title""#,
            1,
        );
        let plan = Value::parse(plan.as_bytes()).unwrap();
        assert_eq!(of(&plan, "half", "clients").as_deref(), Some("2022-07-01 18:00 UTC+8"));
        assert_eq!(of(&plan, "year", "clients"), None);
    }
}
