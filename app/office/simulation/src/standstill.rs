//! What stands at a slider: the interval in which nothing changes, the nearest flip in words, a tick at
//! every swap, and the swaps around today's points as a table.

use frame::words::{fill, t};
use leptos::{html::Div, prelude::*};
use scoring::{Decimal, NodeIndex, UnitIndex};
use simulator::{LeverAnswer, StandstillEnd};
use text::simulation as words;

use crate::{
    chart::{Svg, strip::strip},
    chart_view::draw_into,
    data_table::{Head, folded},
    reading::{Reading, Turn},
    state::Simulation,
};

/// Swaps on each side in the table.
const AROUND: u32 = 12;

/// The strip of one slider, and the swap on it that is looked at. A handle.
#[derive(Clone, Copy)]
struct Strip {
    simulation: Simulation,
    node: NodeIndex,
    /// Where the slider ends, in points.
    most: f64,
    looked_at: RwSignal<Option<Turn>>,
    place: NodeRef<Div>,
}

impl Strip {
    /// Reads the answer for this slider, by the place of its lever; following.
    fn read<A>(self, read: impl FnOnce(&Reading, usize) -> A) -> Option<A> {
        self.simulation.readings.with(|reading| {
            let reading = reading.as_ref()?;
            reading.lever(self.node).map(|lever| read(reading, lever))
        })
    }

    /// How many swaps there are; following.
    fn count(self) -> u32 {
        self.read(|reading, lever| reading.swaps(lever)).unwrap_or_default()
    }

    /// Today's points.
    fn today(self) -> f64 {
        self.simulation.outcome.with_untracked(|outcome| outcome.points[self.node].map_or(0.0, number))
    }

    fn names(self, units: [UnitIndex; 2]) -> [String; 2] {
        let plan = self.simulation.plan();
        units.map(|unit| plan.unit(unit).name.clone())
    }

    /// Looks at a swap by its number.
    fn look(self, at: u32) {
        let turn = untrack(|| {
            self.read(|reading, lever| {
                let last = reading.swaps(lever).checked_sub(1)?;
                Some(reading.swap(lever, at.min(last)))
            })
        });
        if let Some(turn) = turn {
            self.looked_at.set(turn);
        }
    }

    /// Looks at the swap that is nearest to some points.
    fn look_near(self, points: f64) {
        if let Some(turn) = untrack(|| self.read(|reading, lever| reading.nearest(lever, points))) {
            self.looked_at.set(turn);
        }
    }

    fn pointed(self, event: &leptos::ev::PointerEvent) {
        let Some(strip) = self.place.get_untracked() else { return };
        let whole = strip.get_bounding_client_rect();
        self.look_near((f64::from(event.client_x()) - whole.left()) / whole.width().max(1.0) * self.most);
    }

    fn pressed(self, event: &leptos::ev::KeyboardEvent) {
        let now = self.looked_at.get_untracked().map_or(0, |turn| turn.place);
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
        self.look(to);
    }

    /// Draws the ticks, the interval and the mark; following.
    fn draw(self) -> Option<Svg> {
        self.read(|reading, lever| {
            let lever = &reading.levers[lever];
            let end = |end: &StandstillEnd| number(end.points) / self.most;
            let still = (end(&lever.standstill.low), end(&lever.standstill.high));
            strip(&lever.ticks, still, self.looked_at.get().map(|turn| turn.at / self.most))
        })
    }

    fn says_turn(self, turn: Turn) -> String {
        let [one, other] = self.names(turn.units);
        fill(words::TURN, &[&points_of(turn.at), &one, &other])
    }

    /// The swaps around today's points, as lines of a table; following.
    fn around(self) -> Vec<Vec<String>> {
        let lines = self.read(|reading, lever| {
            let middle = reading.below(lever, self.today());
            let to = (middle + AROUND).min(reading.swaps(lever));
            let line = |place: u32| {
                let turn = reading.swap(lever, place);
                let [one, other] = self.names(turn.units);
                vec![points_of(turn.at), one, other]
            };
            (middle.saturating_sub(AROUND)..to).map(line).collect()
        });
        lines.unwrap_or_default()
    }
}

/// The strip and the words under the slider of a node that ends at `most`.
pub(super) fn standstill(simulation: Simulation, node: NodeIndex, most: Decimal) -> AnyView {
    let looked_at = RwSignal::new(None::<Turn>);
    // A swap of an older answer is none of the new one.
    Effect::new(move |_| {
        simulation.readings.track();
        looked_at.set(None);
    });
    let strip = Strip { simulation, node, most: number(most), looked_at, place: NodeRef::new() };
    draw_into(strip.place, move || strip.draw());
    let name = StoredValue::new(simulation.plan().nodes()[node].name.clone());
    let named = move |text| move || name.with_value(|name| fill(text, &[name]));
    let says_count = move || fill(words::SWAPS, &[&strip.count()]);
    let says_looked = move || looked_at.get().map_or_else(says_count, |turn| strip.says_turn(turn));
    let flip = move || strip.read(|reading, lever| nearest_flip(&reading.levers[lever], &|units| strip.names(units)));
    let heads = vec![Head::Figures(words::AT_POINTS), Head::Words(words::AHEAD_NOW), Head::Words(words::BEHIND_NOW)];
    let table = folded(says_count, named(words::STRIP), heads, move || strip.around());
    view! {
        <div class="standstill">
            <div class="strip" node_ref=strip.place tabindex="0" role="slider" aria-label=named(words::STRIP)
                aria-valuemin="0" aria-valuemax=move || strip.count().saturating_sub(1)
                aria-valuenow=move || looked_at.get().map_or(0, |turn| turn.place) aria-valuetext=says_looked
                on:focus=move |_| strip.look_near(strip.today()) on:blur=move |_| looked_at.set(None)
                on:pointermove=move |event| strip.pointed(&event) on:pointerdown=move |event| strip.pointed(&event)
                on:pointerleave=move |_| looked_at.set(None) on:keydown=move |event| strip.pressed(&event)></div>
            <p class="small">{move || match looked_at.get() {
                Some(turn) => strip.says_turn(turn),
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
