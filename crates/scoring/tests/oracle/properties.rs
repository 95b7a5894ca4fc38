//! Properties that hold whatever the figures are, on the generators' documents.

use crate::comparison::cases;
use crate::dice::Dice;
use crate::document::{Leaf, amount, by_id, given, leaves, list, number, text};
use crate::exact::{Fraction, decimal, round, sum, whole, zero};
use crate::{plan_generator, records_generator, under_test};
use serde_json::{Value, json};

/// Runs a check on random documents that hold; the seed stands in the message.
fn for_documents(usual: u64, check: impl Fn(&mut Dice, &Value, &Value)) {
    let (first, last) = cases(usual);
    for seed in first..last {
        let mut dice = Dice::new(seed ^ 0x9999);
        let plan = plan_generator::plan(&mut dice);
        let records = records_generator::records(&mut dice, &plan);
        let case = std::panic::AssertUnwindSafe(|| check(&mut dice, &plan, &records));
        if let Err(panic) = std::panic::catch_unwind(case) {
            println!("seed {seed}: plan {plan}\nrecords {records}");
            std::panic::resume_unwind(panic);
        }
    }
}

fn result(plan: &Value, records: &Value) -> Value {
    let plan = under_test::plan(plan).unwrap();
    let records = under_test::records(&plan, records).unwrap();
    under_test::score(&plan, &records, true).unwrap()
}

/// Every leaf of the result: unit, period, leaf and its score.
fn leaf_scores(result: &Value) -> Vec<(String, String, String, Fraction)> {
    fn descend(nodes: &[Value], at: (&str, &str), found: &mut Vec<(String, String, String, Fraction)>) {
        for node in nodes {
            if list(node, "children").is_empty() {
                let score = decimal_of(text(node, "score"));
                found.push((at.0.to_string(), at.1.to_string(), text(node, "component").to_string(), score));
            }
            descend(list(node, "children"), at, found);
        }
    }
    let mut found = Vec::new();
    for unit in list(result, "units") {
        for period in list(unit, "periods") {
            descend(list(period, "components"), (text(unit, "unit"), text(period, "period")), &mut found);
        }
    }
    found
}

/// Totals may have more than a document's 12 digits.
fn decimal_of(text: &str) -> Fraction {
    let (front, back) = text.split_once('.').unwrap_or((text, "0"));
    let scale = num_bigint::BigInt::from(10).pow(back.len() as u32);
    Fraction::new(format!("{front}{back}").parse().unwrap(), scale)
}

#[test]
fn the_order_of_records_does_not_matter() {
    for_documents(250, |dice, plan, records| {
        let mut shuffled = records.clone();
        for records in shuffled.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut) {
            dice.shuffle(records);
        }
        assert_eq!(result(plan, records), result(plan, &shuffled));
    });
}

/// The generators' ids are a letter and a number.
fn renamed(value: &Value) -> Value {
    let rename = |text: &str| -> String {
        let id = text.len() > 1
            && text.starts_with(|c: char| "cugsopnkladr".contains(c))
            && text[1..].bytes().all(|b| b.is_ascii_digit());
        if id { format!("z_{text}_a") } else { text.to_string() }
    };
    match value {
        Value::String(text) => json!(rename(text)),
        Value::Array(elements) => elements.iter().map(renamed).collect(),
        Value::Object(members) => members.iter().map(|(key, member)| (rename(key), renamed(member))).collect(),
        other => other.clone(),
    }
}

#[test]
fn renaming_ids_changes_nothing_but_the_names() {
    for_documents(200, |_, plan, records| {
        assert_eq!(renamed(&result(plan, records)), result(&renamed(plan), &renamed(records)));
    });
}

#[test]
fn raising_one_mark_never_lowers_the_score() {
    let raised = std::cell::Cell::new(0);
    for_documents(600, |dice, plan, records| {
        let leaves = leaves(plan);
        let tallies = list(records, "tallies");
        if tallies.is_empty() || given(plan, "shortlist").is_some() {
            return;
        }
        // What an option is worth on a leaf, or saves there.
        let worth = |leaf: &Leaf, option: &Value| match given(leaf.method(), "deduct") {
            None => amount(option, "value"),
            Some(deduct) if given(deduct, text(option, "id")).is_some() => -amount(deduct, text(option, "id")),
            Some(_) => zero(),
        };
        let count = |at: usize, option: &Value| {
            tallies[at]["counts"].get(text(option, "id")).and_then(Value::as_i64).unwrap_or(0)
        };
        let mut chances = Vec::new();
        for (at, tally) in tallies.iter().enumerate() {
            let leaf = leaves.iter().find(|leaf| leaf.id == text(tally, "component")).unwrap();
            let options = list(by_id(list(plan, "scales"), text(leaf.method(), "scale")), "options");
            for from in options {
                let better = options.iter().filter(|to| worth(leaf, to) > worth(leaf, from));
                let fits = better.filter(|to| count(at, from) > 0 && count(at, to) < 1_000_000_000_000);
                chances.extend(fits.map(|to| (at, from, to)));
            }
        }
        if chances.is_empty() {
            return;
        }
        let (at, from, to) = *dice.pick(&chances);
        let mut better = records.clone();
        better["tallies"][at]["counts"][text(from, "id")] = json!(count(at, from) - 1);
        better["tallies"][at]["counts"][text(to, "id")] = json!(count(at, to) + 1);
        let (before, after) = (result(plan, records), result(plan, &better));
        for (before, after) in leaf_scores(&before).iter().zip(leaf_scores(&after)) {
            assert!(after.3 >= before.3, "{before:?} {after:?}");
        }
        for (before, after) in list(&before, "units").iter().zip(list(&after, "units")) {
            assert!(decimal_of(text(after, "total")) >= decimal_of(text(before, "total")));
        }
        raised.set(raised.get() + 1);
    });
    assert!(raised.get() > 50, "only {} marks were raised", raised.get());
}

#[test]
fn every_score_lies_between_nothing_and_the_points() {
    for_documents(250, |_, plan, records| {
        let leaves = leaves(plan);
        for (_, _, id, score) in leaf_scores(&result(plan, records)) {
            // A branch without leaves is not shown, so this is a leaf.
            let leaf = leaves.iter().find(|leaf| leaf.id == id).unwrap();
            assert!(score >= zero() && score <= round(&leaf.points, 6), "{id}: {score}");
        }
    });
}

#[test]
fn ranks_are_strict_and_grades_fill_their_shares() {
    for_documents(250, |_, plan, records| {
        let result = result(plan, records);
        for category in list(plan, "categories") {
            let mut ranks: Vec<i64> = list(&result, "units")
                .iter()
                .filter(|unit| unit["category"] == category["id"])
                .map(|unit| number(unit, "rank"))
                .collect();
            ranks.sort_unstable();
            assert_eq!(ranks, (1..=ranks.len() as i64).collect::<Vec<_>>());
        }
        let Some(grading) = given(plan, "grading") else { return };
        let all = grading["scope"] == "all";
        for category in list(plan, "categories") {
            let units: Vec<&Value> =
                list(&result, "units").iter().filter(|unit| all || unit["category"] == category["id"]).collect();
            for grade in list(grading, "grades") {
                let filled = units.iter().filter(|unit| unit["grade"] == grade["id"]).count();
                let fair = whole(units.len() as i64) * amount(grade, "share") / whole(100);
                assert!(whole(filled as i64) > &fair - whole(1) && whole(filled as i64) < fair + whole(1));
            }
            assert!(units.iter().all(|unit| unit["grade"].is_string()));
        }
    });
}

#[test]
fn todays_points_as_a_scenario_change_nothing() {
    let tried = std::cell::Cell::new(0);
    for_documents(600, |dice, plan, records| {
        let leaves = leaves(plan);
        if leaves.iter().any(|leaf| round(&leaf.points, 4) != leaf.points) {
            return;
        }
        let plain: Vec<&str> = leaves
            .iter()
            .filter(|leaf| given(leaf.node, "only").is_none() && given(leaf.node, "except").is_none())
            .map(|leaf| leaf.id)
            .collect();
        let chosen = dice.some(&plain, 1);
        let points: Value = leaves
            .iter()
            .filter(|leaf| chosen.contains(&leaf.id))
            .map(|leaf| (leaf.id.to_string(), leaf.node["points"].clone()))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let ours = under_test::plan(plan).unwrap();
        let marks = under_test::records(&ours, records).unwrap();
        let before = under_test::score(&ours, &marks, true).unwrap();
        for scenario in
            [json!({ "points": points, "rebalance": "proportional" }), json!({ "points": points }), json!({})]
        {
            let (same, marks) = under_test::simulate(&ours, &marks, &scenario).unwrap();
            assert_eq!(under_test::score(&same, &marks, true).unwrap(), before, "{scenario}");
        }
        tried.set(tried.get() + 1);
    });
    assert!(tried.get() > 100, "only {} plans were tried", tried.get());
}

#[test]
fn a_tally_in_two_parts_is_the_same_tally() {
    for_documents(250, |dice, plan, records| {
        let mut split = records.clone();
        let Some(tallies) = split.get_mut("tallies").and_then(Value::as_array_mut) else { return };
        for at in 0..tallies.len() {
            let mut other = tallies[at].clone();
            for (option, count) in tallies[at]["counts"].as_object_mut().unwrap() {
                let all = count.as_i64().unwrap();
                let part = (dice.next() % (all as u64 + 1)) as i64;
                *count = json!(part);
                other["counts"][option.as_str()] = json!(all - part);
            }
            tallies.push(other);
        }
        assert_eq!(result(plan, records), result(plan, &split));
    });
}

#[test]
fn totals_are_the_sums_of_what_is_shown() {
    for_documents(200, |_, plan, records| {
        for unit in list(&result(plan, records), "units") {
            for period in list(unit, "periods") {
                let components = list(period, "components").iter().map(|c| decimal_of(text(c, "score")));
                let shown = sum(components) + decimal_of(text(period, "bonus")) - decimal_of(text(period, "deduction"));
                assert_eq!(shown, decimal_of(text(period, "total")));
            }
        }
    });
}

#[test]
fn decimals_read_as_exact_fractions_and_print_shortest() {
    let mut dice = Dice::new(7);
    let digits = |dice: &mut Dice, most: usize| -> String {
        (0..dice.between(1, most))
            .map(|_| char::from(b'0' + dice.below(10) as u8 * usize::from(!dice.once_in(3)) as u8))
            .collect()
    };
    for _ in 0..20_000 {
        let sign = if dice.once_in(3) { "-" } else { "" };
        let front = digits(&mut dice, 12);
        let text =
            if dice.once_in(4) { format!("{sign}{front}") } else { format!("{sign}{front}.{}", digits(&mut dice, 12)) };
        let read: scoring::Decimal = text.parse().unwrap();
        let units = Fraction::new(read.units().into(), num_bigint::BigInt::from(10).pow(12));
        assert_eq!(Some(&units), decimal(&text).as_ref(), "{text}");
        let printed = read.to_string();
        assert_eq!(printed, crate::exact::shortest(&units));
        assert_eq!(printed.parse::<scoring::Decimal>(), Ok(read));
    }
    for bad in ["", "-", ".", "1.", ".1", "+1", "1e2", " 1", "1 ", "１", "1,5", "--1", "1.2.3", "0x1", "1_000"] {
        assert!(bad.parse::<scoring::Decimal>().is_err() && decimal(bad).is_none(), "{bad}");
    }
}
