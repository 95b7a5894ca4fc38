//! The ranked rows: old rank, new rank, change, bars, totals. They hold still while a slider moves.

use std::{cell::Cell, collections::BTreeMap};

use frame::words::{fill, joined, t};
use leptos::{html::Tr, prelude::*};
use office_scores::{
    legend::legend,
    score_bar::{bar, pen},
    tie_reason::{Decided, decided_by},
};
use scoring::{CategoryIndex, IndexVec, Plan, Score, Standing, UnitIndex};
use text::{ranking, simulation as words};
use wasm_bindgen::JsCast;
use web_sys::CanvasRenderingContext2d;

use crate::{
    model::{Outcome, ordered},
    state::{Simulation, arrow},
};

/// A table for each category, and one polite message for all of them.
#[component]
pub(super) fn Ranks(simulation: Simulation) -> impl IntoView {
    let plan = simulation.plan();
    let categories: Vec<AnyView> = plan
        .category_indices()
        .filter(|category| !plan.units_of(*category).is_empty())
        .map(|category| table(simulation, category))
        .collect();
    let units = plan.unit_indices();
    // Said once a gesture has settled, not at every step of it.
    let moved = Memo::new(move |_| {
        simulation.at_rest.with(|outcome| units.clone().filter(|unit| simulation.shift(outcome, *unit) != 0).count())
    });
    let says = move || match moved.get() {
        0 => t(words::UNMOVED)().to_owned(),
        moved => fill(words::MOVED, &[&moved]),
    };
    let legend = simulation.segments.with_value(|segments| legend(&plan, segments));
    view! {
        <p class="row"><strong>{t(words::RESULT)}</strong><span class="tag info" role="status"><span class="at-rest">{says}</span></span></p>
        {legend}
        {categories}
    }
}

/// Rows that come and go together: a browser skips what is out of sight by groups of them, and each group is one more
/// thing to watch at every step of a drag.
const GROUP: usize = 10;

/// The units of a group of rows.
fn part(order: &[UnitIndex], group: usize) -> &[UnitIndex] {
    order.chunks(GROUP).nth(group).unwrap_or_default()
}

fn table(simulation: Simulation, category: CategoryIndex) -> AnyView {
    let plan = simulation.plan();
    let units = plan.units_of(category).to_vec();
    let order = Memo::new(move |_| {
        simulation.at_rest.with(|outcome| ordered(&units, |unit| i64::from(outcome.standing.rank(unit))))
    });
    let decisions = Memo::new(move |_| simulation.at_rest.with(decisions_of));
    let shown: Shown = StoredValue::new_local(BTreeMap::new());
    // While a slider is dragged, only what is in the window is written; what comes into it, when it does.
    let scrolled = RwSignal::new(());
    let scrolling = window_event_listener(leptos::ev::scroll, move |_| {
        if simulation.dragging.get_untracked() {
            scrolled.set(());
        }
    });
    on_cleanup(move || scrolling.remove());
    // Rows hold still while a slider is dragged: where they stand is asked once, not at every step.
    let in_window = Memo::new(move |_| {
        scrolled.track();
        if !simulation.dragging.get() {
            return None;
        }
        Some(shown.with_value(|rows| order.with_untracked(|order| seen(rows, order))))
    });
    Effect::new(move |_| {
        let seen = in_window.get();
        simulation.outcome.with(|outcome| {
            shown.with_value(|rows| match seen {
                Some(units) => {
                    let seen = units.iter().filter_map(|unit| Some((*unit, rows.get(unit)?)));
                    seen.for_each(|(unit, row)| row.show(simulation, outcome, unit));
                }
                None => rows.iter().for_each(|(unit, row)| row.show(simulation, outcome, *unit)),
            });
        });
    });
    let groups: Vec<AnyView> = (0..plan.units_of(category).len().div_ceil(GROUP))
        .map(|group| {
            let units = Memo::new(move |_| order.with(|order| part(order, group).to_vec()));
            let rows = order.with_untracked(|order| part(order, group).len());
            view! {
                <tbody role="rowgroup" style=("--rows", rows.to_string())><For each=move || units.get() key=|unit| *unit let:unit>{row(simulation, decisions, shown, unit)}</For></tbody>
            }
            .into_any()
        })
        .collect();
    let name = plan.category(category).name.clone();
    let label = name.clone();
    let equal = move || simulation.at_rest.with(|outcome| equals(&outcome.plan, &outcome.standing, category));
    view! {
        <section class="panel">
            {move || equal().map(|said| view! { <p class="note warn">{said}</p> })}
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                // Its rows are boxes on screen (see the style), so what they are is said.
                <table class="ranking shifts" role="table">
                    <caption>{name}</caption>
                    <thead role="rowgroup"><tr role="row">
                        <th scope="col" role="columnheader" class="figure">{t(words::OLD_RANK)}</th>
                        <th scope="col" role="columnheader" class="figure">{t(words::NEW_RANK)}</th>
                        <th scope="col" role="columnheader">{t(words::CHANGE)}</th>
                        <th scope="col" role="columnheader">{t(ranking::UNIT)}</th>
                        <th scope="col" role="columnheader">{t(ranking::SCORES)}</th>
                        <th scope="col" role="columnheader" class="figure">{t(ranking::TOTAL)}</th>
                        <th scope="col" role="columnheader">{t(words::DECIDED_BY)}</th>
                    </tr></thead>
                    {groups}
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// That units of a category are equal and nothing decides between them; following the language.
pub(super) fn equals(plan: &Plan, standing: &Standing, category: CategoryIndex) -> Option<String> {
    let ties = standing.unresolved_ties().iter();
    let here = ties.filter(|tied| tied.first().is_some_and(|unit| plan.category_of(*unit) == category));
    let names = |tied: &Vec<UnitIndex>| joined(tied.iter().map(|unit| &plan.unit(*unit).name), t(words::JOIN)());
    let said: Vec<String> = here.map(|tied| fill(words::EQUALS, &[&names(tied)])).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn row(
    simulation: Simulation,
    decisions: Memo<IndexVec<UnitIndex, Decision>>,
    shown: Shown,
    unit: UnitIndex,
) -> AnyView {
    let plan = simulation.plan();
    let old = simulation.base.with_value(|base| base.standing.rank(unit));
    let place = NodeRef::<Tr>::new();
    place.on_load(move |row| {
        if let Some(row) = ShownRow::of(&row) {
            simulation.outcome.with_untracked(|outcome| row.show(simulation, outcome, unit));
            shown.update_value(|rows| {
                rows.insert(unit, row);
            });
        }
    });
    view! {
        <tr role="row" node_ref=place>
            <td role="cell" class="figure soft">{old}</td>
            <td role="cell" class="figure rank"><div class="box">"—"</div></td>
            <td role="cell" class="shift"><div class="box">"—"</div></td>
            <th role="rowheader" scope="row">{plan.unit(unit).name.clone()}</th>
            <td role="cell">{bar(None, NodeRef::new())}</td>
            <td role="cell" class="figure total"><div class="box">"—"</div></td>
            <td role="cell" class="small soft at-rest">{move || decisions.with(|decisions| decisions[unit].say())}</td>
        </tr>
    }
    .into_any()
}

/// The rows of a table on the page, by unit.
type Shown = StoredValue<BTreeMap<UnitIndex, ShownRow>, LocalStorage>;

/// What changes in a row, each in a box of its own size, so that no other word in the table need be laid out
/// again. Written straight: a drag writes what one sees of it, and nothing else.
struct ShownRow {
    row: web_sys::Element,
    rank: web_sys::Node,
    shift: web_sys::Element,
    shift_text: web_sys::Node,
    /// What its bar is drawn with.
    bar: Option<CanvasRenderingContext2d>,
    total: web_sys::Node,
    /// Rank, change and total as they stand there.
    written: Cell<Option<(u32, i64, Score)>>,
}

impl ShownRow {
    fn of(row: &web_sys::Element) -> Option<ShownRow> {
        let inside = |which: &str| row.query_selector(which).ok().flatten();
        let shift = inside(".shift .box")?;
        Some(ShownRow {
            row: row.clone(),
            rank: inside(".rank .box")?.first_child()?,
            shift_text: shift.first_child()?,
            shift,
            bar: pen(inside(".bar")?.dyn_ref()?),
            total: inside(".total .box")?.first_child()?,
            written: Cell::new(None),
        })
    }

    fn show(&self, simulation: Simulation, outcome: &Outcome, unit: UnitIndex) {
        let (rank, shift) = (outcome.standing.rank(unit), simulation.shift(outcome, unit));
        let total = outcome.standing.total(unit);
        let before = self.written.replace(Some((rank, shift, total)));
        if before.is_none_or(|before| (before.0, before.1) != (rank, shift)) {
            self.rank.set_node_value(Some(&rank.to_string()));
            self.shift_text.set_node_value(Some(&arrow(shift)));
            if before.is_none_or(|before| before.1.signum() != shift.signum()) {
                self.shift.set_class_name(match shift.signum() {
                    1 => "box up",
                    -1 => "box down",
                    _ => "box",
                });
            }
        }
        if before.is_none_or(|before| before.2 != total) {
            let decimals = u32::try_from(outcome.plan.document().ranking.decimals).unwrap_or(2);
            self.total.set_node_value(Some(&total.published(decimals)));
        }
        if let Some(pen) = &self.bar {
            simulation.segments.with_value(|segments| segments.draw(&outcome.plan, &outcome.standing, unit, pen));
        }
    }
}

/// The units whose rows stand in the window, of all in their order. Rows of groups out of sight are not asked: they
/// would have to be laid out to answer.
fn seen(rows: &BTreeMap<UnitIndex, ShownRow>, order: &[UnitIndex]) -> Vec<UnitIndex> {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
    let in_window = |element: &web_sys::Element| {
        let whole = element.get_bounding_client_rect();
        whole.bottom() >= 0.0 && whole.top() <= height
    };
    let group_in_window = |units: &&[UnitIndex]| {
        let group = units.first().and_then(|unit| rows.get(unit)?.row.parent_element());
        group.is_some_and(|group| in_window(&group))
    };
    let row_in_window = |unit: &UnitIndex| rows.get(unit).is_some_and(|row| in_window(&row.row));
    order.chunks(GROUP).filter(group_in_window).flatten().copied().filter(row_in_window).collect()
}

/// What decided between a unit and the one above it.
#[derive(Clone, Debug, PartialEq)]
enum Decision {
    /// Nobody is above it.
    Nothing,
    /// The totals, by so much.
    Totals(String),
    /// The list of a shortlist that it is on.
    List,
    /// A rule for equal totals.
    Rule(Decided),
    /// Nothing yet: a draw is needed.
    Open,
}

impl Decision {
    fn say(&self) -> String {
        match self {
            Decision::Nothing => "—".to_owned(),
            Decision::Totals(gap) => fill(words::BY_GAP, &[gap]),
            Decision::List => t(words::BY_LIST)().to_owned(),
            Decision::Rule(decided) => decided.neighbours(),
            Decision::Open => t(ranking::UNDECIDED)().to_owned(),
        }
    }
}

/// By unit of the plan.
fn decisions_of(outcome: &Outcome) -> IndexVec<UnitIndex, Decision> {
    let (plan, standing) = (&outcome.plan, &outcome.standing);
    let document = standing.document(plan);
    let mut decisions = IndexVec::filled(Decision::Nothing, plan.units().len());
    for category in plan.category_indices() {
        let units = ordered(plan.units_of(category), |unit| i64::from(standing.rank(unit)));
        for pair in units.windows(2) {
            let (above, own) = (pair[0], pair[1]);
            let gap = standing.total(above) - standing.total(own);
            decisions[own] = if standing.side(above) != standing.side(own) {
                Decision::List
            } else if gap == Score::ZERO {
                let id = |unit: UnitIndex| &plan.unit(unit).id;
                let tie = document.ties.iter().find(|tie| [&tie.units[0], &tie.units[1]] == [id(above), id(own)]);
                tie.map_or(Decision::Open, |tie| Decision::Rule(decided_by(plan, &tie.decided_by)))
            } else {
                Decision::Totals(gap.to_decimal().to_string())
            };
        }
    }
    decisions
}
