//! One plan of the list: what it is, where it stands, what comes next, who changed it last.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{
    Office,
    moment::{brief, moment},
    plan_state::state_text,
    route::plan_href,
};
use text::{Text, office_audit, office_desk as words, office_series as series};
use wasm_bindgen::JsCast;
use wire::{
    desk::{DeskLine, LastChange},
    plan::PlanState,
    staff::Role,
};

use super::{
    acts::{Desk, title_of},
    next_words,
};

/// The four states, with the one in which the plan is.
fn steps(state: PlanState) -> AnyView {
    let second = if state == PlanState::Closing { state } else { PlanState::Open };
    let steps = [PlanState::Draft, second, PlanState::Closed, PlanState::Published];
    let at = steps.iter().position(|step| *step == state).unwrap_or_default();
    let step = |(place, step): (usize, PlanState)| {
        let current = (place == at).then_some("step");
        view! { <li class:done={place < at} aria-current=current>{t(state_text(step))}</li> }
    };
    view! { <ol class="steps">{steps.into_iter().enumerate().map(step).collect_view()}</ol> }.into_any()
}

/// When, who, and what kind of change.
fn last(changed: LastChange) -> AnyView {
    let LastChange { at, by, action } = changed;
    let known = office_audit::ACTIONS.iter().find(|(name, _)| *name == action).map(|(_, text)| *text);
    let what = move || known.map_or_else(|| action.clone(), |text| t(text)().to_owned());
    view! { <span class="unbroken" title=moment(at)>{move || brief(at)}</span>" "<span class="hint block"><bdi>{by}</bdi>" · "{what}</span> }
        .into_any()
}

/// Closes the menu that something was chosen in.
fn close(event: &leptos::ev::MouseEvent) {
    let at = event.target().and_then(|at| at.dyn_into::<web_sys::Element>().ok());
    if let Some(menu) = at.and_then(|at| at.closest("details").ok().flatten()) {
        let _ = menu.remove_attribute("open");
    }
}

/// What can be done with it, in a menu of its own.
fn acts(desk: Desk, line: &DeskLine) -> AnyView {
    let title = title_of(line);
    let button = |text: Text, danger: bool, act: fn(Desk, DeskLine)| {
        let line = line.clone();
        let choose = move |event: leptos::ev::MouseEvent| {
            close(&event);
            act(desk, line.clone());
        };
        view! { <button type="button" class:danger=danger on:click=choose>{t(text)}</button> }
    };
    let copy = button(series::COPY, false, Desk::copy);
    let archive = match (line.archived, line.state) {
        (true, _) => Some(button(words::TAKE_OUT, false, Desk::move_it)),
        (false, PlanState::Open | PlanState::Closing) => None,
        (false, _) => Some(button(words::PUT_AWAY, false, Desk::move_it)),
    };
    let delete = (line.state == PlanState::Draft).then(|| button(words::DELETE, true, Desk::ask));
    view! {
        <details class="more">
            <summary aria-label=fill(words::MORE_ACTS, &[&title])>"⋯"</summary>
            <div class="more-acts">{copy}{archive}{delete}</div>
        </details>
    }
    .into_any()
}

/// The line of a plan.
pub fn row(office: Office, desk: Desk, line: &DeskLine) -> AnyView {
    let page = office.first_page(line.state);
    let year = line.year.map(|year| year.to_string());
    let units = line.units;
    let about = move || joined(year.iter().cloned().chain([fill(words::UNITS, &[&units])]), " · ");
    let none = line.cast.unwrap_or_default() + line.issued.unwrap_or_default() == 0;
    let cast = match (line.cast, line.issued) {
        (Some(cast), Some(issued)) if cast + issued > 0 => {
            let says = move || fill(words::CAST_OF, &[&cast, &issued]);
            view! { <span aria-hidden="true">{cast}"/"{issued}</span><span class="sr">{says}</span> }.into_any()
        }
        _ => "—".into_any(),
    };
    let next = match line.next {
        Some(next) => {
            let href = plan_href(&line.id, next_words::page(next.what));
            view! { <a href=href>{move || next_words::sentence(next)}</a> }.into_any()
        }
        None => "—".into_any(),
    };
    let newer = line.newer_editions.map(|newer| {
        let href = plan_href(&line.id, "progress");
        view! { <a class="block" href=href>{move || fill(words::NEWER_EDITIONS, &[&newer])}</a> }
    });
    let reads_all = office.reads_all();
    let came_in = reads_all.then(|| {
        view! {
            <td class="figure" class:none=none data-head=t(words::CAST)>{cast}</td>
            <td class="desk-next" data-head=t(words::NEXT)>{next}{newer}</td>
            <td class="desk-changed">{line.changed.clone().map(last)}</td>
        }
    });
    let may = office.is(Role::Planner).then(|| view! { <td class="desk-acts">{acts(desk, line)}</td> });
    view! {
        <tr>
            <th scope="row"><a href=plan_href(&line.id, page)>{title_of(line)}</a><span class="hint block">{about}</span></th>
            <td class="desk-steps">{steps(line.state)}</td>
            {came_in}
            {may}
        </tr>
    }
    .into_any()
}
