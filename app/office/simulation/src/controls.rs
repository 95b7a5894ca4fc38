//! What can be moved: points of every node, weights of groups, values of options, adjustments.

use std::cell::Cell;

use frame::words::{fill, t};
use leptos::{html::Div, prelude::*};
use scoring::plan_document::MethodDocument;
use scoring::{Decimal, NodeIndex, ScenarioDocument};
use text::simulation as words;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::{
    model::{most, moves_alone},
    standstill::standstill,
    state::Simulation,
};

#[component]
pub(super) fn Controls(simulation: Simulation) -> impl IntoView {
    let plan = simulation.plan();
    let levers: Levers = StoredValue::new_local(Vec::new());
    let sliders: Vec<AnyView> = plan.nodes().indices().map(|node| slider(simulation, node, levers)).collect();
    Effect::new(move |_| {
        let dragging = simulation.dragging.get();
        simulation.outcome.with(|outcome| {
            levers
                .with_value(|levers| levers.iter().for_each(|lever| lever.show(outcome.points[lever.node], dragging)));
        });
    });
    let total = plan.total();
    let sum = move || {
        let plan = simulation.outcome.with(|outcome| outcome.plan.clone());
        let slots = scoring::slots(&plan, None);
        let sum: Decimal = slots.iter().filter_map(|slot| slot.points(&plan)).sum();
        match sum.cmp(&total) {
            std::cmp::Ordering::Equal => fill(words::SUM, &[&sum]),
            std::cmp::Ordering::Less => fill(words::SUM_SHORT, &[&sum, &total, &(total - sum)]),
            std::cmp::Ordering::Greater => fill(words::SUM_OVER, &[&sum, &total, &(sum - total)]),
        }
    };
    let counts = simulation.adjustments;
    view! {
        <section class="panel stack" class:dragging=simulation.dragging aria-labelledby="points-title">
            <p class="row"><strong id="points-title">{t(words::POINTS)}</strong><output class="tag info">{sum}</output></p>
            {sliders}
            <p class="row">
                <label class="check"><input type="checkbox" prop:checked=move || counts.get()
                    on:change=move |event| counts.set(event_target_checked(&event)) />{t(words::ADJUSTMENTS)}</label>
                <button type="button" on:click=move |_| simulation.reset()>{t(words::RESET)}</button>
            </p>
        </section>
        {weights(simulation)}
        {values(simulation)}
    }
}

/// Steps of a slider, two to a point.
const STEPS: f64 = 2.0;

/// The levers on the page.
type Levers = StoredValue<Vec<ShownLever>, LocalStorage>;

/// What changes of a lever. A drag moves every lever of its branch at each step, so they are written straight and by
/// one effect.
struct ShownLever {
    node: NodeIndex,
    range: HtmlInputElement,
    exact: HtmlInputElement,
    /// Stands in the field's place while a slider is dragged.
    now: web_sys::Node,
    /// The points as they stand there, and whether in the field's place.
    written: Cell<Option<(Decimal, bool)>>,
}

impl ShownLever {
    fn of(node: NodeIndex, lever: &web_sys::Element) -> Option<ShownLever> {
        let inside = |which: &str| lever.query_selector(which).ok().flatten()?.dyn_into().ok();
        let now = lever.query_selector(".now").ok().flatten()?.first_child()?;
        let (range, exact) = (inside("input[type=range]")?, inside(".exact")?);
        Some(ShownLever { node, range, exact, now, written: Cell::new(None) })
    }

    fn show(&self, points: Option<Decimal>, dragging: bool) {
        let showing = points.map(|points| (points, dragging));
        if showing.is_some() && self.written.replace(showing) == showing {
            return;
        }
        let shown = said(points);
        self.range.set_value(&shown);
        // An attribute that is spelled right is always taken.
        let _ = self.range.set_attribute("aria-valuetext", &shown);
        if dragging {
            self.now.set_node_value(Some(&shown));
        } else {
            self.exact.set_value(&shown);
        }
    }
}

/// A node's points in words; none where alternatives below it differ.
fn said(points: Option<Decimal>) -> String {
    points.map_or_else(|| "—".to_owned(), |points| points.to_string())
}

/// One node: slider, figure, plus and minus, lock.
fn slider(simulation: Simulation, node: NodeIndex, levers: Levers) -> AnyView {
    let plan = simulation.plan();
    let place = &plan.nodes()[node];
    let depth = std::iter::successors(place.parent, |above| plan.nodes()[*above].parent).count();
    let name = StoredValue::new(place.name.clone());
    let class = format!("lever depth-{}", depth.min(3));
    if !moves_alone(&plan, node) {
        let points = Memo::new(move |_| simulation.outcome.with(|outcome| outcome.points[node]));
        let shown = move || said(points.get());
        return view! {
            <div class=class>
                <span class="label">{name.get_value()}</span><span class="figure">{shown}</span>
                <span class="hint">{t(words::FIXED)}</span>
            </div>
        }
        .into_any();
    }
    let most = most(&plan, node);
    let named = move |text| move || name.with_value(|name| fill(text, &[name]));
    let from_slider = move |event: &leptos::ev::Event| {
        // As the browser's own number: reading a float out of a text would bring a table of ten kilobytes.
        let steps = (event_target::<HtmlInputElement>(event).value_as_number() * STEPS).round();
        steps.is_finite().then(|| Decimal::from_scaled(i128::from((steps / STEPS * 10.0) as i64), 1))
    };
    let points = move || simulation.outcome.with_untracked(|outcome| outcome.points[node]);
    let step = move |by: i64| {
        let now = points().unwrap_or_default() + Decimal::from_int(by);
        simulation.settle(node, now.clamp(Decimal::ZERO, most));
    };
    let typed = move |event: leptos::ev::Event| match event_target_value(&event).trim().parse::<Decimal>() {
        Ok(to) if !to.is_negative() => simulation.settle(node, to),
        // Not a figure: the field shows the points again.
        _ => event_target::<HtmlInputElement>(&event).set_value(&said(points())),
    };
    let released = move |event: leptos::ev::Event| {
        if let Some(to) = from_slider(&event) {
            simulation.settle(node, to);
        }
        // Where that was refused, the slider goes back to the points as they are.
        event_target::<HtmlInputElement>(&event).set_value(&said(points()));
    };
    let place_on_page = NodeRef::<Div>::new();
    place_on_page.on_load(move |lever| {
        if let Some(lever) = ShownLever::of(node, &lever) {
            lever.show(points(), false);
            levers.update_value(|levers| levers.push(lever));
        }
    });
    let locked = simulation.locked;
    let lock = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        locked.update(|locked| {
            if on {
                locked.insert(node)
            } else {
                locked.remove(&node)
            };
        });
    };
    view! {
        <div class=class node_ref=place_on_page>
            <span class="label">{name.get_value()}</span>
            <label class="check small"><input type="checkbox" aria-label=named(words::LOCK)
                prop:checked=move || locked.read().contains(&node) on:change=lock /><span aria-hidden="true">{t(words::LOCK_SHORT)}</span></label>
            <div class="wide"><div class="box"><input type="range" min="0" max=most.to_string() step="0.5" aria-label=named(words::SLIDER)
                data-node=place.id.clone()
                on:input=move |event| if let Some(to) = from_slider(&event) { simulation.drag(node, to) }
                on:change=released on:pointerup=move |_| simulation.let_go() on:pointercancel=move |_| simulation.let_go()
                on:blur=move |_| simulation.let_go() /></div></div>
            <div class="steps-of wide">
                <button type="button" aria-label=named(words::LESS) on:click=move |_| step(-1)>"−"</button>
                <div class="between"><div class="box">
                    <input type="text" class="exact" inputmode="decimal" aria-label=named(words::EXACT) on:change=typed />
                    <div class="now" aria-hidden="true">"—"</div>
                </div></div>
                <button type="button" aria-label=named(words::MORE) on:click=move |_| step(1)>"+"</button>
            </div>
            {standstill(simulation, node, most)}
        </div>
    }
    .into_any()
}

/// A labelled figure that changes the scenario when it is left.
fn figure(
    label: impl Fn() -> String + Copy + Send + Sync + 'static,
    value: String,
    set: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <label class="pair"><span>{label}</span>
            <input type="text" inputmode="decimal" prop:value=value
                on:change=move |event| set(event_target_value(&event).trim().to_owned()) /></label>
    }
    .into_any()
}

/// Weights of the groups of each survey that has several.
fn weights(simulation: Simulation) -> Option<AnyView> {
    let plan = simulation.plan();
    let mut rows: Vec<AnyView> = Vec::new();
    for (leaf, place) in plan.leaves().enumerated() {
        let MethodDocument::Survey(survey) = &place.document else { continue };
        if survey.pooled == Some(true) || survey.groups.len() < 2 {
            continue;
        }
        let component = plan.leaf_id(leaf).to_owned();
        let component_name = plan.nodes()[place.node].name.clone();
        for entry in &survey.groups {
            let group_name = plan.group_place(&entry.group).map_or(String::new(), |g| plan.group(g).name.clone());
            let names = StoredValue::new((component_name.clone(), group_name));
            let (component, group) = (component.clone(), entry.group.clone());
            rows.push(figure(
                move || names.with_value(|(component, group)| fill(words::WEIGHT, &[component, group])),
                entry.weight.as_ref().map_or_else(String::new, ToString::to_string),
                move |weight| {
                    let mut scenario = ScenarioDocument::default();
                    scenario.weights.entry(&component).insert(&group, weight.into());
                    simulation.change(&scenario);
                },
            ));
        }
    }
    (!rows.is_empty()).then(|| {
        view! { <details class="panel"><summary>{t(words::WEIGHTS)}</summary><div class="stack">{rows}</div></details> }
            .into_any()
    })
}

/// Values of the options of each scale.
fn values(simulation: Simulation) -> Option<AnyView> {
    let plan = simulation.plan();
    let mut rows: Vec<AnyView> = Vec::new();
    for scale in &plan.document().scales {
        for option in &scale.options {
            let name = StoredValue::new(option.name.clone());
            let (scale, option_id) = (scale.id.clone(), option.id.clone());
            rows.push(figure(
                move || name.with_value(|name| fill(words::OPTION_VALUE, &[name])),
                option.value.to_string(),
                move |value| {
                    let mut scenario = ScenarioDocument::default();
                    scenario.values.entry(&scale).insert(&option_id, value.into());
                    simulation.change(&scenario);
                },
            ));
        }
    }
    (!rows.is_empty()).then(|| {
        view! { <details class="panel"><summary>{t(words::VALUES)}</summary><div class="stack">{rows}</div></details> }
            .into_any()
    })
}
