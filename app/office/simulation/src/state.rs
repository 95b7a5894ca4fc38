//! The state of one simulation and its gestures. Rows hold still while a slider is dragged and settle when it is let go.

use std::{collections::BTreeSet, rc::Rc, sync::Arc};

use frame::words::t;
use leptos::prelude::*;
use office_scores::{appraisal::Appraisal, score_bar::Segments};
use scoring::{
    CategoryIndex, Decimal, IndexVec, NodeIndex, Plan, Problem, ScenarioDocument, UnitIndex, apply_scenario,
};
use simulator::{Answer, Case, Levers, PointsOf, Question};
use text::Text;

use crate::{
    model::{Outcome, moved, ordered, scenario_between},
    reading::{Reading, Readings},
    worker::{Assistant, Heard},
};

/// A scenario's ranks, by unit; nothing where it does not fit the plan.
#[derive(Clone, PartialEq)]
pub struct Column {
    pub name: String,
    pub ranks: Option<IndexVec<UnitIndex, u32>>,
}

/// The state of one simulation. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Simulation {
    /// The plan and records it starts from.
    pub base: StoredValue<Appraisal>,
    pub segments: StoredValue<Segments>,
    /// The plan as the last settled gesture left it.
    pub settled: RwSignal<PlanHandle>,
    /// The node being dragged, and to where.
    pub drag: RwSignal<Option<(NodeIndex, Decimal)>>,
    /// Is one being dragged?
    pub dragging: Memo<bool>,
    /// Nodes that keep their points.
    pub locked: RwSignal<BTreeSet<NodeIndex>>,
    /// Do adjustments count?
    pub adjustments: RwSignal<bool>,
    /// Why the last settled gesture was refused.
    pub refused: RwSignal<Option<Arc<Vec<Problem>>>>,
    /// What the settled plan gives. What holds still while a slider is dragged follows this, and is not even asked
    /// whether it changed at each step.
    pub at_rest: Memo<Outcome>,
    /// What is shown.
    pub outcome: Memo<Outcome>,
    /// Ranks as the last settled gesture left them.
    pub settled_ranks: Memo<IndexVec<UnitIndex, u32>>,
    /// The unit that the reader follows.
    pub chosen: RwSignal<Option<UnitIndex>>,
    /// What is known of the settled plan's sliders.
    pub readings: Readings,
    /// Saved scenarios that are shown side by side.
    pub compared: RwSignal<Vec<Column>>,
    /// Answers at once: intervals, what it takes to pass.
    pub assistant: Assistant,
}

/// A plan that is the same only as itself.
#[derive(Clone)]
pub struct PlanHandle(pub Arc<Plan>);

impl PartialEq for PlanHandle {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Simulation {
    pub fn start(base: Appraisal) -> Option<Simulation> {
        let (plan, mode) = (base.plan.clone(), base.standing.mode());
        let bare = Arc::new(base.records.without_adjustments());
        let first = Outcome::of(plan.clone(), &base.records, mode)?;
        let settled = RwSignal::new(PlanHandle(plan.clone()));
        let drag = RwSignal::new(None);
        let locked = RwSignal::new(BTreeSet::new());
        let adjustments = RwSignal::new(true);
        let refused = RwSignal::new(None);
        let records = StoredValue::new((base.records.clone(), bare));
        let counted = move || {
            let all = adjustments.get();
            records.with_value(|records| if all { records.0.clone() } else { records.1.clone() })
        };
        let at_rest = Memo::new(move |before: Option<&Outcome>| {
            Outcome::of(settled.get().0, &counted(), mode).unwrap_or_else(|| before.unwrap_or(&first).clone())
        });
        let outcome = Memo::new(move |before: Option<&Outcome>| {
            let Some((node, to)) = drag.get() else { return at_rest.get() };
            let before = || before.cloned().unwrap_or_else(|| at_rest.get());
            let settled = settled.get().0;
            let locked = locked.with_untracked(|locked| ids(&settled, locked));
            match moved(&settled, node, to, &locked) {
                Ok(plan) => Outcome::of(Arc::new(plan), &counted(), mode).unwrap_or_else(before),
                Err(problems) => Outcome { refused: Some(Arc::new(problems)), ..before() },
            }
        });
        let units = plan.unit_indices();
        let dragging = Memo::new(move |_| drag.read().is_some());
        let ranks = move |outcome: &Outcome| units.clone().map(|unit| outcome.standing.rank(unit)).collect();
        let settled_ranks = Memo::new(move |_| at_rest.with(&ranks));
        let assistant = Assistant::new(base.document.clone());
        let simulation = Simulation {
            segments: StoredValue::new(Segments::of(&plan)),
            base: StoredValue::new(base),
            settled,
            drag,
            dragging,
            locked,
            adjustments,
            refused,
            at_rest,
            outcome,
            settled_ranks,
            chosen: RwSignal::new(None),
            readings: RwSignal::new_local(None),
            compared: RwSignal::new(Vec::new()),
            assistant,
        };
        simulation.follow_readings();
        Some(simulation)
    }

    /// Asks for the readings now and after each settled gesture. While a slider is dragged, nothing is asked.
    fn follow_readings(self) {
        let latest = StoredValue::new(0_u32);
        let readings = self.readings;
        Effect::new(move |_| {
            let case = self.case();
            latest.update_value(|latest| *latest += 1);
            let asked = latest.get_value();
            self.assistant.ask(case, Question::Levers, move |heard| {
                // An answer to what was settled before is of no use any more.
                if latest.try_get_value() != Some(asked) {
                    return;
                }
                if let Heard::Answer(Answer::Levers(Levers { levers, weighing }), figures) = heard {
                    readings.try_set(Some(Rc::new(Reading::new(levers, weighing, figures))));
                }
            });
        });
    }

    /// The settled plan as a worker takes it; following what is settled.
    pub fn case(self) -> Case {
        let plan = self.settled.get().0;
        Case {
            // A document that was read can be written.
            plan: serde_json::to_string(plan.document()).unwrap_or_default(),
            mode: self.base.with_value(|base| base.standing.mode()),
            adjustments: self.adjustments.get(),
            locked: self.locked.with(|locked| locked.iter().copied().collect()),
            period: self.base.with_value(|base| base.period.clone()),
            lists: self.base.with_value(|base| base.lists.clone()).map(|lists| (lists.top, lists.bottom)),
        }
    }

    /// A choice of one unit, by category, best first; with a way to choose none.
    pub fn unit_choice(self, label: Text, choice: RwSignal<Option<UnitIndex>>, none: bool) -> AnyView {
        let plan = self.plan();
        let groups: Vec<AnyView> = (self.categories().into_iter())
            .map(|category| {
                let option = |unit: UnitIndex| {
                    let chosen = move || choice.get() == Some(unit);
                    view! { <option value=unit.index().to_string() prop:selected=chosen>{plan.unit(unit).name.clone()}</option> }.into_any()
                };
                let options: Vec<AnyView> = self.by_old_rank(category).into_iter().map(option).collect();
                view! { <optgroup label=plan.category(category).name.clone()>{options}</optgroup> }.into_any()
            })
            .collect();
        view! {
            <label class="field"><span>{t(label)}</span>
                <select on:change=move |event| choice.set(event_target_value(&event).parse().ok().map(|unit: usize| unit.into()))>
                    {none.then(|| view! { <option value="" prop:selected=move || choice.get().is_none()>"—"</option> })}
                    {groups}
                </select></label>
        }
        .into_any()
    }

    /// The plan it starts from.
    pub fn plan(self) -> Arc<Plan> {
        self.base.with_value(|base| base.plan.clone())
    }

    /// A slider under the finger.
    pub fn drag(self, node: NodeIndex, to: Decimal) {
        self.drag.set(Some((node, to)));
    }

    /// A slider changed, or a figure typed: the plan settles there.
    pub fn settle(self, node: NodeIndex, to: Decimal) {
        let settled = self.settled.get_untracked().0;
        let locked = self.locked.with_untracked(|locked| ids(&settled, locked));
        self.take(moved(&settled, node, to, &locked));
    }

    /// A slider let go. Not every browser says a change where it came back to where it was taken up: what is still
    /// dragged once a change had its turn is settled where it is.
    pub fn let_go(self) {
        let settle = move || {
            if let Some((node, to)) = self.drag.try_get_untracked().flatten() {
                self.settle(node, to);
            }
        };
        set_timeout(settle, std::time::Duration::ZERO);
    }

    /// Changes weights or values on top of what is settled.
    pub fn change(self, scenario: &ScenarioDocument) {
        let settled = self.settled.get_untracked().0;
        self.take(apply_scenario(&settled, scenario));
    }

    /// Gives nodes other points on top of what is settled.
    pub fn change_points(self, points: &[PointsOf]) {
        let plan = self.plan();
        let mut scenario = ScenarioDocument::default();
        for one in points {
            scenario.points.insert(&plan.nodes()[one.node].id, one.to.into());
        }
        self.change(&scenario);
    }

    /// Starts from the plan again, under a whole scenario.
    pub fn load(self, scenario: &ScenarioDocument) {
        let points_only = ScenarioDocument { adjustments: None, ..scenario.clone() };
        self.adjustments.set(scenario.adjustments != Some(false));
        self.take(apply_scenario(&self.plan(), &points_only));
    }

    pub fn reset(self) {
        self.locked.set(BTreeSet::new());
        self.load(&ScenarioDocument::default());
    }

    pub fn take(self, plan: Result<Plan, Vec<Problem>>) {
        match plan {
            Ok(plan) => {
                self.refused.set(None);
                self.settled.set(PlanHandle(Arc::new(plan)));
            }
            Err(problems) => self.refused.set(Some(Arc::new(problems))),
        }
        self.drag.set(None);
    }

    /// The scenario that says all that was moved.
    pub fn scenario(self) -> Option<ScenarioDocument> {
        let settled = self.settled.get_untracked().0;
        scenario_between(&self.plan(), &settled, self.adjustments.get_untracked())
    }

    /// A unit's rank in the plan.
    pub fn old_rank(self, unit: UnitIndex) -> u32 {
        self.base.with_value(|base| base.standing.rank(unit))
    }

    /// Categories with units.
    pub fn categories(self) -> Vec<CategoryIndex> {
        let plan = self.plan();
        plan.category_indices().filter(|category| !plan.units_of(*category).is_empty()).collect()
    }

    /// Units of a category, best first in the plan.
    pub fn by_old_rank(self, category: CategoryIndex) -> Vec<UnitIndex> {
        ordered(self.plan().units_of(category), |unit| i64::from(self.old_rank(unit)))
    }

    /// How many ranks a unit went up; below zero, down.
    pub fn shift(self, outcome: &Outcome, unit: UnitIndex) -> i64 {
        let old = self.old_rank(unit);
        i64::from(old) - i64::from(outcome.standing.rank(unit))
    }
}

/// The change of a rank as text.
pub fn arrow(shift: i64) -> String {
    match shift {
        0 => "—".to_owned(),
        up if up > 0 => format!("▲{up}"),
        down => format!("▼{}", -down),
    }
}

fn ids(plan: &Plan, nodes: &BTreeSet<NodeIndex>) -> Vec<String> {
    nodes.iter().map(|node| plan.nodes()[*node].id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::state::arrow;

    #[test]
    fn a_change_is_said_without_colour() {
        assert_eq!([arrow(3), arrow(-2), arrow(0)], ["▲3", "▼2", "—"]);
    }
}
