//! The page of profiles (三亮): the plan's units, which of them have one, and what of it is public.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{Office, asking, moment::brief, plan_context::PlanContext};
use text::profile as words;
use wire::profile::{ProfileLine, ProfileList};
use wire::staff::Role;

use crate::profile_editor::EditorPage;
use crate::profile_form::label;

/// The list, or the editor of the unit that the address names.
#[component]
pub(crate) fn ProfilesPage(
    /// What stands behind the page in the address: a unit's id, or nothing.
    rest: Vec<String>,
) -> impl IntoView {
    match rest.into_iter().next() {
        Some(unit) => view! { <EditorPage unit /> }.into_any(),
        None => view! { <ListPage /> }.into_any(),
    }
}

#[component]
fn ListPage() -> impl IntoView {
    let context = expect_context::<PlanContext>();
    let office = expect_context::<Office>();
    office.title(words::PROFILES);
    let of_unit = office.is(Role::Unit) && !office.reads_all();
    let path = context.api("profiles");
    let list = asking::fetch::<ProfileList>(path.clone());
    view! {
        <h1 id="title" tabindex="-1">{t(words::PROFILES)}</h1>
        <p>{t(words::PROFILES_WHAT)}</p>
        {asking::when_here(list, path, move |list: ProfileList| lines(context, list.profiles, of_unit))}
    }
}

fn lines(context: PlanContext, list: Vec<ProfileLine>, of_unit: bool) -> AnyView {
    if list.is_empty() {
        let none = if of_unit { words::NO_UNIT } else { words::NO_UNITS };
        return view! { <p class="note">{t(none)}</p> }.into_any();
    }
    let written = list.iter().filter(|line| line.revision > 0).count();
    let public = list.iter().filter(|line| !line.public.is_empty()).count();
    let units = list.len();
    let rows = list.into_iter().map(|one| line(context, one)).collect_view();
    view! {
        <p>{move || fill(words::PROFILES_COUNT, &[&units, &written, &public])}</p>
        <table class="rows">
            <thead><tr>
                <th scope="col">{t(words::UNIT)}</th><th scope="col">{t(words::PUBLIC)}</th><th scope="col">{t(words::CHANGED)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(context: PlanContext, line: ProfileLine) -> AnyView {
    let href = context.href(&format!("profiles/{}", line.unit));
    let public = line.public;
    let public = move || match public.as_slice() {
        [] => t(words::NOTHING_PUBLIC)().to_owned(),
        public => joined(public.iter().map(|field| t(label(*field))()), t(words::BETWEEN)()),
    };
    let changed = match (line.by, line.at) {
        (Some(by), Some(at)) => {
            view! { <bdi>{by}</bdi>" · "<span class="unbroken">{move || brief(at)}</span> }.into_any()
        }
        _ => view! { <span class="soft">{t(words::NOT_WRITTEN)}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" data-head=t(words::UNIT)><a href=href>{line.name}</a></th>
            <td data-head=t(words::PUBLIC)><span>{public}</span></td>
            <td data-head=t(words::CHANGED)><span>{changed}</span></td>
        </tr>
    }
    .into_any()
}
