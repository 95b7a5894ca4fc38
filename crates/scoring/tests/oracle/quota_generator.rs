//! Random quotas for the surveys of a random plan.

use crate::dice::Dice;
use serde_json::{Value, json};

/// Puts a quota on surveys whose categories are all of one size (one alone where voters leave out their own unit),
/// or limits on any survey.
pub fn quotas(dice: &mut Dice, marked: &[(String, Vec<String>)], plan: &mut Value) {
    let surveys: Vec<(String, i64, Vec<String>)> = crate::document::leaves(plan)
        .iter()
        .filter(|leaf| leaf.kind() == "survey")
        .filter_map(|leaf| {
            let options = marked.iter().find(|(id, _)| id == leaf.id)?.1.clone();
            Some((leaf.id.to_string(), leaf.stage, options))
        })
        .collect();
    for (id, stage, options) in surveys {
        if dice.once_in(5) {
            let options = dice.some(&options, 1);
            let mut quota: Vec<Value> = options
                .iter()
                .map(|option| match dice.below(3) {
                    0 => json!({ "option": option, "at_most": dice.below(4) }),
                    1 if stage == 1 => json!({ "option": option, "count": dice.below(4) }),
                    _ => {
                        let share = *dice.pick(&["20", "0", "100", "33.333333333333"]);
                        json!({ "option": option, "at_most_share": share, "count": null })
                    }
                })
                .collect();
            if quota.iter().all(|one| !one["count"].is_null()) {
                quota[0] = json!({ "option": quota[0]["option"], "at_most": 2 });
            }
            set_quota(&mut plan["components"], &id, &json!(quota));
        }
    }
    let fitting: Vec<(String, usize, Vec<String>)> = crate::document::leaves(plan)
        .iter()
        .filter(|leaf| leaf.kind() == "survey")
        .filter_map(|leaf| {
            let mut sizes = std::collections::BTreeMap::<&str, usize>::new();
            for unit in crate::document::list(plan, "units").iter().filter(|unit| leaf.applies(unit)) {
                *sizes.entry(crate::document::text(unit, "category")).or_default() += 1;
            }
            let size = *sizes.values().next().filter(|_| leaf.stage == 1)?;
            let skipped = usize::from(leaf.method()["own_unit"] == "skipped");
            let options = marked.iter().find(|(id, _)| id == leaf.id)?.1.clone();
            let fits = sizes.values().all(|s| *s == size) && (skipped == 0 || sizes.len() == 1);
            fits.then(|| (leaf.id.to_string(), size - skipped, options))
        })
        .collect();
    for (id, size, options) in fitting {
        if dice.once_in(3) {
            let parts = dice.parts(size as i128, options.len(), 1);
            let quota: Vec<Value> =
                options.iter().zip(parts).map(|(o, n)| json!({ "option": o, "count": n as i64 })).collect();
            set_quota(&mut plan["components"], &id, &json!(quota));
        }
    }
}

fn set_quota(nodes: &mut Value, id: &str, quota: &Value) {
    for node in nodes.as_array_mut().into_iter().flatten() {
        if node["id"] == id {
            node["method"]["quota"] = quota.clone();
        } else if node.get("children").is_some() {
            set_quota(&mut node["children"], id, quota);
        }
    }
}
