//! Answers that are confirmed by scoring other plans, not by asking again.

use document::Map;
use scoring::{Plan, RecordsDocument, ScenarioDocument, Score};
use sensitivity::{Report, Simulation, report};

use crate::documents::{drawn_records, few, plan, read_scenario, tree, unit_id};

/// Totals when one component has other points and its siblings share the rest.
fn totals_at(
    simulation: &Simulation,
    base: &(Plan, RecordsDocument),
    component: &str,
    points: &str,
    locked: &[&str],
) -> Option<Vec<Score>> {
    let scenario = ScenarioDocument {
        points: Map::from([(component, points.into())]),
        locked: locked.iter().map(|id| (*id).to_owned()).collect(),
        rebalance: Some(scoring::scenario::Rebalance::Proportional),
        ..ScenarioDocument::default()
    };
    let moved = Simulation::new(&base.0, &base.1, Some(&scenario)).ok()?;
    Some(simulation.plan().unit_indices().map(|unit| moved.standing().total(unit)).collect())
}

#[test]
fn intervals_are_confirmed_by_scoring_on_both_sides_of_their_ends() {
    // Scenario shares are rounded to 4 decimals and scores to 6: totals may be off by this much.
    const NOISE: i128 = 600;
    let mut looked_beyond = 0;
    for (seed, locked) in [(1, vec![]), (2, vec![]), (3, vec!["rest"]), (4, vec!["left"]), (5, vec![])] {
        let focus = [1, 3, 4];
        let base = (plan(6, &focus, &tree(), r#""plain""#), drawn_records(6, &focus, seed));
        let lock =
            ScenarioDocument { locked: locked.iter().map(|id| (*id).to_owned()).collect(), ..Default::default() };
        let simulation = Simulation::new(&base.0, &base.1, Some(&lock)).unwrap();
        let today: Vec<Score> = (0..6).map(|unit| simulation.standing().total(unit.into())).collect();
        let mut order: Vec<usize> = (0..6).collect();
        order.sort_by_key(|&unit| simulation.standing().rank(unit.into()));
        let report = Report::of(&simulation, &few());
        for one in &report.0["all"].intervals {
            // Both nodes of the trait's second alternative move by their counterpart.
            let component = if one.component == "window+counter" { "office" } else { &one.component };
            let figure = |text: &str| text.parse::<f64>().unwrap();
            let (points, low, high) = (figure(&one.points), figure(&one.low), figure(&one.high));
            assert!(low <= points && points <= high);
            for part in [0.001, 0.3, 0.5, 0.8, 0.999] {
                let at = format!("{:.4}", low + (high - low) * part);
                let Some(totals) = totals_at(&simulation, &base, component, &at, &locked) else {
                    assert_eq!(one.low, one.high, "{component} cannot move");
                    continue;
                };
                for pair in order.windows(2) {
                    let gap = (totals[pair[0]] - totals[pair[1]]).millionths();
                    assert!(gap >= -NOISE, "seed {seed}: {component} at {at}: {pair:?} by {gap}");
                }
            }
            for (end, swap) in [(low, &one.low_swap), (high, &one.high_swap)] {
                let Some([ahead, behind]) = swap else { continue };
                let place = |id: &String| (0..6).find(|&place| unit_id(place) == *id).unwrap();
                let (ahead, behind) = (place(ahead), place(behind));
                let gap = (today[ahead] - today[behind]).millionths() as f64 / 1e6;
                // So far beyond the end the gap is as far below zero as rounding cannot hide.
                let beyond = end + 0.002 * (end - points) / gap;
                if gap < 0.01 || beyond < 0.0 {
                    continue;
                }
                if let Some(totals) = totals_at(&simulation, &base, component, &format!("{beyond:.4}"), &locked) {
                    assert!(totals[behind] > totals[ahead], "seed {seed}: {component} at {beyond}");
                    looked_beyond += 1;
                }
            }
        }
    }
    assert!(looked_beyond > 20, "only {looked_beyond} ends were looked beyond");
}

#[test]
fn plans_on_the_grid_really_reverse_the_order() {
    for seed in 1..6 {
        let focus = [1, 3, 4];
        let (plan, records) = (plan(6, &focus, &tree(), r#""plain""#), drawn_records(6, &focus, seed));
        let report = report(&plan, &records, None, &few()).unwrap();
        let mut found = 0;
        for one in &report.0["all"].overtake {
            assert_eq!(one.l1.is_some(), one.points.is_some());
            let Some(grid) = &one.grid else { continue };
            let points = grid.iter().map(|(id, points)| (id.clone(), points.as_str().into())).collect();
            let scenario = ScenarioDocument { points, ..Default::default() };
            let moved = Simulation::new(&plan, &records, Some(&scenario)).unwrap();
            let rank = |id: &str| moved.standing().rank(plan.unit_place(id).unwrap());
            assert!(rank(&one.behind) < rank(&one.ahead), "seed {seed}: {one:?}");
            // It is on the grid, and no nearer than the border. The trait's two nodes share theirs.
            let figure = |text: &str| text.parse::<f64>().unwrap();
            let change: f64 = plan
                .nodes()
                .iter()
                .filter(|node| !["window", "counter"].contains(&node.id.as_str()))
                .filter_map(|node| {
                    Some((figure(grid.get(&node.id)?), figure(&plan.leaves()[node.leaf?].points.to_string())))
                })
                .map(|(new, today)| (new - today).abs())
                .sum();
            assert!((change * 2.0 - (change * 2.0).round()).abs() < 1e-9, "{grid:?}");
            assert!(change >= figure(one.l1.as_ref().unwrap()) - 1e-6, "{grid:?}");
            found += 1;
        }
        assert!(found > 0, "seed {seed}");
    }
}

#[test]
fn locked_components_do_not_move() {
    let focus = [1, 3, 4];
    let (plan, records) = (plan(6, &focus, &tree(), ""), drawn_records(6, &focus, 1));
    let report = report(&plan, &records, Some(&read_scenario(r#"{"locked":["plain"]}"#)), &few()).unwrap();
    let all = &report.0["all"];
    assert_eq!((all.intervals[0].low.as_str(), all.intervals[0].high.as_str()), ("25", "25"));
    for one in all.overtake.iter().filter_map(|one| one.points.as_ref()) {
        assert!(!one.contains_key("plain"));
    }
}
