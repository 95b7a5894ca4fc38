//! What stands at a slider: the interval in which nothing changes, the nearest flip in words, a tick at
//! every swap, and the swaps around today's points as a table.

use frame::words::{fill, t};
use leptos::{html::Div, prelude::*};
use scoring::{Decimal, NodeIndex, UnitIndex};
use simulator::{LeverAnswer, StandstillEnd};
use text::simulation as words;

use crate::{
    chart::strip::strip,
    chart_view::draw_into,
    reading::Turn,
    sheet::{Head, folded},
    state::Simulation,
};

/// Swaps on each side in the table.
const AROUND: u32 = 12;

/// The strip and the words under the slider of a node that ends at `most`.
pub(super) fn standstill(simulation: Simulation, node: NodeIndex, most: Decimal) -> AnyView {
    let readings = simulation.readings;
    let lever = move || readings.with(|reading| reading.as_ref().and_then(|reading| reading.lever(node)));
    let looked_at = RwSignal::new(None::<Turn>);
    // A swap of an older answer is none of the new one.
    Effect::new(move |_| {
        readings.track();
        looked_at.set(None);
    });
    let name = StoredValue::new(simulation.plan().nodes()[node].name.clone());
    let count = move || {
        readings.with(|reading| reading.as_ref().zip(lever()).map_or(0, |(reading, lever)| reading.swaps(lever)))
    };
    let most_points = number(most);
    let place = NodeRef::<Div>::new();
    draw_into(place, move || {
        readings.with(|reading| {
            let (reading, lever) = reading.as_ref().zip(lever())?;
            let lever = &reading.levers[lever];
            let end = |end: &StandstillEnd| number(end.points) / most_points;
            let still = (end(&lever.standstill.low), end(&lever.standstill.high));
            Some(strip(&lever.ticks, still, looked_at.get().map(|turn| turn.at / most_points)))
        })
    });
    let look = move |at: Option<u32>| {
        readings.with_untracked(|reading| {
            let Some((reading, lever)) = reading.as_ref().zip(untrack(lever)) else { return };
            let last = reading.swaps(lever).checked_sub(1);
            looked_at.set(at.zip(last).map(|(at, last)| reading.swap(lever, at.min(last))));
        });
    };
    // The nearest to some points; today's where none are named.
    let look_near = move |points: Option<f64>| {
        let today = simulation.outcome.with_untracked(|outcome| outcome.points[node].map_or(0.0, number));
        readings.with_untracked(|reading| {
            let Some((reading, lever)) = reading.as_ref().zip(untrack(lever)) else { return };
            looked_at.set(reading.nearest(lever, points.unwrap_or(today)));
        });
    };
    let pointed = move |event: leptos::ev::PointerEvent| {
        let Some(strip) = place.get_untracked() else { return };
        let whole = strip.get_bounding_client_rect();
        look_near(Some((f64::from(event.client_x()) - whole.left()) / whole.width().max(1.0) * most_points));
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        let now = looked_at.get_untracked().map_or(0, |turn| turn.place);
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => now + 1,
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(1),
            "PageUp" => now + 10,
            "PageDown" => now.saturating_sub(10),
            "Home" => 0,
            "End" => u32::MAX,
            _ => return,
        };
        event.prevent_default();
        look(Some(to));
    };
    let names = move |units: [UnitIndex; 2]| {
        let plan = simulation.plan();
        units.map(|unit| plan.unit(unit).name.clone())
    };
    let says_turn = move |turn: Turn| {
        let [one, other] = names(turn.units);
        fill(words::TURN, &[&points_of(turn.at), &one, &other])
    };
    let says_looked = move || match looked_at.get() {
        Some(turn) => says_turn(turn),
        None => fill(words::SWAPS, &[&count()]),
    };
    let flip = move || {
        readings.with(|reading| {
            let (reading, lever) = reading.as_ref().zip(lever())?;
            Some(nearest_flip(&reading.levers[lever], &names))
        })
    };
    let around = move || {
        readings.with(|reading| {
            let Some((reading, lever)) = reading.as_ref().zip(lever()) else { return Vec::new() };
            let today = simulation.outcome.with_untracked(|outcome| outcome.points[node].map_or(0.0, number));
            let middle = reading.below(lever, today);
            let to = (middle + AROUND).min(reading.swaps(lever));
            let line = |place: u32| {
                let turn = reading.swap(lever, place);
                let [one, other] = names(turn.units);
                vec![points_of(turn.at), one, other]
            };
            (middle.saturating_sub(AROUND)..to).map(line).collect()
        })
    };
    let heads = vec![Head::Figures(words::AT_POINTS), Head::Words(words::AHEAD_NOW), Head::Words(words::BEHIND_NOW)];
    let label = move || name.with_value(|name| fill(words::STRIP, &[name]));
    let table = folded(move || fill(words::SWAPS, &[&count()]), label, heads, around);
    let named = move |text| move || name.with_value(|name| fill(text, &[name]));
    view! {
        <div class="standstill">
            <div class="strip" node_ref=place tabindex="0" role="slider" aria-label=named(words::STRIP)
                aria-valuemin="0" aria-valuemax=move || count().saturating_sub(1)
                aria-valuenow=move || looked_at.get().map_or(0, |turn| turn.place) aria-valuetext=says_looked
                on:focus=move |_| look_near(None) on:blur=move |_| looked_at.set(None)
                on:pointermove=pointed on:pointerdown=pointed on:pointerleave=move |_| looked_at.set(None)
                on:keydown=pressed></div>
            <p class="small">{move || match looked_at.get() {
                Some(turn) => says_turn(turn),
                None => flip().unwrap_or_default(),
            }}</p>
            <div class="around small">{table}</div>
        </div>
    }
    .into_any()
}

/// The interval and the nearest flip, in words.
fn nearest_flip(lever: &LeverAnswer, names: &impl Fn([UnitIndex; 2]) -> [String; 2]) -> String {
    if !lever.moves {
        return t(words::CANNOT_MOVE)().to_owned();
    }
    let still = &lever.standstill;
    let side = |text: text::Text, end: &StandstillEnd| {
        end.swap.map(|swap| {
            let [one, other] = names(swap.units);
            match swap.ranks {
                Some([first, second]) => fill(text, &[&end.points, &one, &other, &first, &second]),
                None => fill(words::TURN, &[&end.points, &one, &other]),
            }
        })
    };
    let parts = [
        Some(fill(words::STILL, &[&still.low.points, &still.high.points])),
        side(words::BELOW_IT, &still.low),
        side(words::ABOVE_IT, &still.high),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A figure for drawing and reading only.
#[expect(clippy::cast_precision_loss, reason = "fifteen digits are enough to draw")]
pub(super) fn number(decimal: Decimal) -> f64 {
    decimal.units() as f64 / Decimal::ONE.units() as f64
}

/// Points to four places, without noughts at the end.
fn points_of(points: f64) -> String {
    let text = format!("{points:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_said_without_noughts_at_the_end() {
        assert_eq!([31.25, 40.0, 0.0, 12.345_678].map(points_of), ["31.25", "40", "0", "12.3457"]);
    }
}
