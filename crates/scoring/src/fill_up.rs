//! Filling a plan's points up to a total that they do not add up to yet (the office's 按比例补齐).
//!
//! Owns who takes part: the slots at the top level in which nothing is kept. How shares are rounded is
//! the scenarios' rule, in [`crate::slot`].

use crate::decimal::Decimal;
use crate::index::LeafIndex;
use crate::plan::Plan;
use crate::slot::{NewPoints, Slot, set_slot, shares, slots};

/// New points of leaves so that a plan adds up to `total`: the top-level slots without a
/// component of `kept` in them share what is left, in proportion to today's points. `None` where that
/// cannot be: no such slot, none with points, too little left, or alternatives with unequal points.
#[must_use]
pub fn fill_up(plan: &Plan, kept: &[&str], total: Decimal) -> Option<Vec<(LeafIndex, Decimal)>> {
    let holds_kept = |slot: &Slot| {
        slot.nodes().any(|node| {
            let top = &plan.nodes()[node].path;
            plan.nodes().iter().any(|other| {
                kept.contains(&other.id.as_str())
                    && (other.path == *top
                        || other.path.strip_prefix(top.as_str()).is_some_and(|rest| rest.starts_with('/')))
            })
        })
    };
    let mut left = total;
    let mut free = Vec::new();
    for slot in slots(plan, None) {
        let points = slot.points(plan)?;
        if holds_kept(&slot) {
            left = left - points;
        } else {
            free.push((slot, points));
        }
    }
    let today: Vec<Decimal> = free.iter().map(|(_, points)| *points).collect();
    if free.is_empty() || (today.iter().all(|points| points.is_zero()) && !left.is_zero()) {
        return None;
    }
    let mut new = NewPoints::new();
    for ((slot, _), share) in free.iter().zip(shares(left, &today).ok()?) {
        set_slot(plan, slot, share, &mut new).ok()?;
    }
    Some(new.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use document::Value;

    fn plan(points: [&str; 3], total: &str) -> Plan {
        let leaf = |id: &str, points: &str| {
            format!(
                r#"{{"id":"{id}","name":"{id}","points":"{points}","method":{{"kind":"entered","office":"o","out_of":"9"}}}}"#
            )
        };
        let text = format!(
            r#"{{"format":1,"title":"t","total":"{total}","categories":[{{"id":"c","name":"c"}}],
            "units":[{{"id":"u","name":"u","category":"c"}}],"groups":[],"scales":[],"periods":[{{"id":"p","name":"p"}}],
            "combine":"mean","components":[{},{{"id":"b","name":"b","children":[{},{}]}}],"adjustments":[],
            "ranking":{{"decimals":2,"tie_break":[]}},"outcomes":[]}}"#,
            leaf("x", points[0]),
            leaf("y", points[1]),
            leaf("z", points[2])
        );
        Plan::from_json(&Value::parse(text.as_bytes()).unwrap()).unwrap()
    }

    fn filled(points: [&str; 3], now: &str, kept: &[&str]) -> Option<Vec<String>> {
        let plan = plan(points, now);
        let new = fill_up(&plan, kept, "100".parse().unwrap())?;
        let mut all: Vec<Decimal> = plan.leaves().iter().map(|leaf| leaf.points).collect();
        for (leaf, points) in new {
            all[leaf.index()] = points;
        }
        Some(all.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_is_missing_is_shared_in_proportion() {
        // 40 + 30 + 10 = 80: each × 100 ÷ 80.
        assert_eq!(filled(["40", "30", "10"], "80", &[]).unwrap(), ["50", "37.5", "12.5"]);
    }

    #[test]
    fn a_kept_component_keeps_its_points_and_those_beside_it_take_the_rest() {
        // 60 are left for the branch of 30 + 10.
        assert_eq!(filled(["40", "30", "10"], "80", &["x"]).unwrap(), ["40", "45", "15"]);
        // A kept leaf keeps its whole branch: 60 are left for x.
        assert_eq!(filled(["40", "30", "10"], "80", &["z"]).unwrap(), ["60", "30", "10"]);
    }

    #[test]
    fn nothing_is_filled_up_where_everything_is_kept_or_zero() {
        assert_eq!(filled(["40", "30", "10"], "80", &["x", "y"]), None);
        assert_eq!(filled(["0", "70", "10"], "80", &["b"]), None);
        assert_eq!(filled(["110", "0", "0"], "110", &["x"]), None);
    }
}
