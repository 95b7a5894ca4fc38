//! Open groups: how many codes their links gave out in which hours, so that stuffing shows.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::{asking, limits::MOST_HOURS, moment::moment, names, plan_context::PlanContext};
use text::office_progress as words;
use wire::code::{GroupTurnout, Turnout};

/// The section; nothing where no link has given anything out.
#[component]
pub fn Issued(context: PlanContext) -> impl IntoView {
    let path = context.api("turnout");
    let turnout = asking::fetch::<Turnout>(path.clone());
    asking::when_here(turnout, path, move |turnout: Turnout| {
        let open: Vec<_> = turnout.groups.into_iter().filter(|group| !group.hours.is_empty()).collect();
        if open.is_empty() {
            return ().into_any();
        }
        let groups: Vec<_> = open.into_iter().map(|group| hours(context, group)).collect();
        view! {
            <section class="panel stack" aria-labelledby="issued">
                <h2 id="issued">{t(words::ISSUED_TITLE)}</h2>
                <p class="hint">{t(words::ISSUED_NOTE)}</p>
                {groups}
            </section>
        }
        .into_any()
    })
}

fn hours(context: PlanContext, group: GroupTurnout) -> AnyView {
    let name = names::name_of(&context.answer.get_untracked().plan, "/groups", &group.group);
    let most = group.hours.iter().map(|hour| hour.issued).max().unwrap_or(1).max(1);
    let label = name.clone();
    let rows: Vec<_> = group
        .hours
        .iter()
        .rev()
        .take(MOST_HOURS)
        .map(|hour| {
            // The bar supplements the figure beside it.
            let share = hour.issued * 100 / most;
            view! {
                <tr>
                    <th scope="row">{moment(hour.from)}</th>
                    <td class="figure">{hour.issued}</td>
                    <td aria-hidden="true"><svg class="hours" viewBox="0 0 100 10" preserveAspectRatio="none"><rect width=share height="10" /></svg></td>
                </tr>
            }
        })
        .collect();
    let shown = rows.len();
    view! {
        <h3>{move || fill(words::ISSUED_SUM, &[&name, &group.issued, &group.cast])}</h3>
        <div class="scroll tall" tabindex="0" role="region" aria-label=label><table>
            <caption class="hint">{move || fill(words::ISSUED_LATEST, &[&shown])}</caption>
            <thead><tr>
                <th scope="col">{t(words::ISSUED_HOUR)}</th><th scope="col" class="figure">{t(words::ISSUED_COUNT)}</th>
                <td></td>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}
