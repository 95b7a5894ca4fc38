//! Groups down, periods across: how many codes each has and how many voted, and where more are drawn.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{names::named, pointer};
use scoring::json::Value;
use text::{Text, office_codes as words};
use wire::code::{CodeBatch, GroupTurnout};

use crate::codes::{
    batches::voided,
    cell::{Cell, Chosen, Panel, button_of},
};

/// The table. More codes are offered where `may_draw`.
pub fn matrix(
    plan: &Value,
    turnout: &[GroupTurnout],
    batches: &[CodeBatch],
    chosen: Chosen,
    may_draw: bool,
) -> AnyView {
    let periods = named(plan, "/periods");
    let groups = pointer::list(plan, "/groups");
    if groups.is_empty() || periods.is_empty() {
        return view! { <p class="note warn">{t(words::NOT_VALID_YET)}</p> }.into_any();
    }
    let heads: Vec<_> =
        periods.iter().map(|(_, name)| view! { <th scope="col" class="figure">{name.clone()}</th> }).collect();
    let rows: Vec<_> = groups
        .iter()
        .map(|group| {
            let (id, name) = (pointer::text(group, "/id"), pointer::text(group, "/name"));
            let ballot = pointer::text(group, "/ballot");
            let cells: Vec<_> = periods
                .iter()
                .map(|(period, period_name)| {
                    let here = turnout.iter().find(|one| one.group == id && one.period == *period);
                    let at = (period.clone(), id.to_owned());
                    let figures = Figures {
                        issued: here.map(|one| one.issued).unwrap_or_default(),
                        cast: here.map(|one| one.cast).unwrap_or_default(),
                        voided: voided(batches, &at),
                        secret: is_secret(ballot),
                    };
                    let draws = may_draw && ballot != "open";
                    cell(figures, chosen, at, [name, period_name], draws)
                })
                .collect();
            view! { <tr><th scope="row"><bdi>{name.to_owned()}</bdi></th>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t(words::TURNOUT)>
            <table class="matrix"><thead><tr><th scope="col">{t(words::GROUP)}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

/// Is a ballot of this kind meant to be secret?
fn is_secret(ballot: &str) -> bool {
    matches!(ballot, "anonymous" | "blind")
}

/// What a cell says.
struct Figures {
    issued: u64,
    cast: u64,
    voided: u64,
    secret: bool,
}

fn cell(figures: Figures, chosen: Chosen, at: Cell, names: [&str; 2], draws: bool) -> AnyView {
    let Figures { issued, cast, voided, secret } = figures;
    let says = match (issued, voided) {
        (0, 0) => view! { <span class="soft">{t(words::NONE_HERE)}</span> }.into_any(),
        (_, 0) => view! { <span>{fill(words::CELL, &[&issued, &cast])}</span> }.into_any(),
        _ => view! { <span>{fill(words::CELL_VOIDED, &[&issued, &cast, &voided])}</span> }.into_any(),
    };
    let few = (secret && (1..5).contains(&issued)).then(|| view! { <p class="hint">{t(words::FEW)}</p> });
    let button = |panel: Panel, word: Text, named: Text| {
        let (mine, at, id) = (at.clone(), at.clone(), button_of(&at, panel));
        let label = fill(named, &[&names[0], &names[1]]);
        let expanded =
            move || chosen.read().as_ref().is_some_and(|(cell, is)| *cell == mine && *is == panel).to_string();
        let choose = move |_| {
            chosen.set(Some((at.clone(), panel)));
            frame::browser::focus_soon(if panel == Panel::Draw { "count" } else { "batches" });
        };
        view! { <button type="button" class="small-button" id=id aria-label=label aria-expanded=expanded on:click=choose>{t(word)}</button> }
    };
    let batches = (issued + voided > 0).then(|| button(Panel::Batches, words::BATCHES, words::BATCHES_FOR));
    let draw = draws.then(|| button(Panel::Draw, words::DRAW, words::DRAW_FOR));
    view! { <td class="figure"><div class="matrix-cell">{says}{batches}{draw}</div>{few}</td> }.into_any()
}
