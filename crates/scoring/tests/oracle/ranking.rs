//! Strict orders: totals, the tie chain, lots, the two lists of stage 2
//! (docs/arithmetic.md, "Ranks" and "Two stages"). Owns who stands where, not what follows from it.

use crate::document::{given, history_holds, list, number, text, this_year};
use crate::exact::Fraction;
use crate::totals::Totals;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One category in its final order.
pub struct Ranked {
    /// Positions of the units in the plan, best first.
    pub order: Vec<usize>,
    /// "top", "bottom" or nothing, by unit.
    pub lists: BTreeMap<usize, &'static str>,
    /// `ties` of the result.
    pub ties: Vec<Value>,
    /// `unresolved_ties` of the result, as positions.
    pub unresolved: Vec<Vec<usize>>,
}

/// Units of one category that some total orders.
struct Ordered {
    order: Vec<usize>,
    /// Sets equal on everything that no lot settles, in plan order.
    undecided: Vec<Vec<usize>>,
    ties: Vec<Value>,
}

pub fn rank_category(totals: &Totals, category: &str) -> Ranked {
    let units = list(totals.plan, "units");
    let members: Vec<usize> = (0..units.len()).filter(|&u| units[u]["category"] == category).collect();
    let Some(shortlist) = given(totals.plan, "shortlist") else {
        let Ordered { order, undecided, ties } = ordered(totals, &members, category, true);
        return Ranked { order, lists: BTreeMap::new(), ties, unresolved: undecided };
    };

    let first = ordered(totals, &members, category, false);
    let lowest = number(shortlist, "bottom") as usize;
    let best = number(shortlist, "top") as usize;
    let carried = |u: usize| {
        this_year(totals.plan, totals.records).is_some_and(|year| {
            history_holds(totals.records, year - 1, text(&units[u], "id"), text(shortlist, "carry"))
        })
    };
    // Beside: those carried are set aside, and take nobody's place among the lowest.
    let beside = shortlist["carried"] == "beside";
    let for_places: Vec<usize> = first.order.iter().copied().filter(|&u| !beside || !carried(u)).collect();
    let lowest_units: Vec<usize> = for_places.iter().rev().copied().take(lowest).collect();
    let in_bottom: Vec<usize> =
        first.order.iter().copied().filter(|&u| lowest_units.contains(&u) || carried(u)).collect();
    let others: Vec<usize> = first.order.iter().copied().filter(|u| !in_bottom.contains(u)).collect();
    let in_top: Vec<usize> = others.iter().copied().take(best).collect();
    let rest: Vec<usize> = others.iter().copied().skip(best).collect();

    // A tie is open where the lists would differ had it been broken otherwise.
    let mut unresolved: Vec<Vec<usize>> = Vec::new();
    for tie in first.undecided {
        let rivals: Vec<usize> = tie.iter().copied().filter(|u| for_places.contains(u)).collect();
        let low = lowest_units.iter().filter(|u| rivals.contains(u)).count();
        let crosses_bottom = low > 0 && low < rivals.len() && !rivals.iter().all(|&u| carried(u));
        let free: Vec<usize> = tie.iter().copied().filter(|u| others.contains(u)).collect();
        let high = free.iter().filter(|u| in_top.contains(u)).count();
        if crosses_bottom || (high > 0 && high < free.len()) {
            unresolved.push(tie);
        }
    }

    let mut ranked = Ranked { order: Vec::new(), lists: BTreeMap::new(), ties: Vec::new(), unresolved };
    for (segment, name) in [(in_top, Some("top")), (rest, None), (in_bottom, Some("bottom"))] {
        let mut segment = segment;
        segment.sort_unstable();
        let part = ordered(totals, &segment, category, name.is_some());
        ranked.lists.extend(name.into_iter().flat_map(|name| segment.iter().map(move |&u| (u, name))));
        ranked.order.extend(part.order);
        ranked.ties.extend(part.ties);
        // The same units may have been in the way of a list before.
        ranked
            .unresolved
            .extend(part.undecided.into_iter().filter(|tie| !ranked.unresolved.contains(tie)).collect::<Vec<_>>());
    }
    ranked
}

/// Total first, then the chain; more is better everywhere.
pub fn keys(totals: &Totals, unit: usize, stage_two: bool) -> Vec<Fraction> {
    let mut keys = vec![totals.total(unit, stage_two)];
    for element in list(&totals.plan["ranking"], "tie_break") {
        keys.push(totals.tie_key(element, unit, stage_two));
    }
    keys
}

fn ordered(totals: &Totals, members: &[usize], category: &str, stage_two: bool) -> Ordered {
    let chain = list(&totals.plan["ranking"], "tie_break");
    let mut sorted: Vec<(Vec<Fraction>, usize)> = members.iter().map(|&u| (keys(totals, u, stage_two), u)).collect();
    sorted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));

    let mut result = Ordered { order: Vec::new(), undecided: Vec::new(), ties: Vec::new() };
    let mut settled_by_lot = Vec::new();
    for set in sorted.chunk_by(|a, b| a.0 == b.0) {
        let set: Vec<usize> = set.iter().map(|(_, u)| *u).collect();
        match lot_order(totals, Some(category), &set) {
            _ if set.len() == 1 => result.order.extend(set),
            Some(order) => {
                settled_by_lot.extend(order.iter().copied());
                result.order.extend(order);
            }
            None => {
                result.order.extend(&set);
                result.undecided.push(set);
            }
        }
    }

    let keys_of: BTreeMap<usize, &Vec<Fraction>> = sorted.iter().map(|(keys, u)| (*u, keys)).collect();
    for pair in result.order.windows(2) {
        let (a, b) = (keys_of[&pair[0]], keys_of[&pair[1]]);
        if a[0] != b[0] {
            continue;
        }
        let decided_by = match (1..a.len()).find(|&k| a[k] != b[k]) {
            Some(k) => chain[k - 1].clone(),
            None if settled_by_lot.contains(&pair[0]) => json!("lot"),
            None => continue,
        };
        result.ties.push(json!({ "units": names(totals.plan, pair), "decided_by": decided_by }));
    }
    result
}

/// The tied units as the first lot orders them that names them all.
pub fn lot_order(totals: &Totals, category: Option<&str>, tied: &[usize]) -> Option<Vec<usize>> {
    let units = list(totals.plan, "units");
    for lot in list(totals.records, "lots") {
        if given(lot, "category").and_then(Value::as_str) != category {
            continue;
        }
        let drawn = list(lot, "order");
        let order: Vec<usize> =
            drawn.iter().filter_map(|id| tied.iter().copied().find(|&u| units[u]["id"] == *id)).collect();
        if order.len() == tied.len() {
            return Some(order);
        }
    }
    None
}

pub fn names(plan: &Value, units: &[usize]) -> Vec<String> {
    units.iter().map(|&u| text(&list(plan, "units")[u], "id").to_string()).collect()
}
