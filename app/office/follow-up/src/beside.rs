//! Links between the pages that stand under the tab of rectification: items, cases, profiles.

use frame::words::t;
use leptos::prelude::*;
use office_frame::{Office, plan_context::PlanContext};
use text::{Text, rectification_desk as words};

/// The pages by their addresses; the second is for those who read what concerns all units.
const PAGES: [(&str, Text, bool); 3] = [
    ("rectification", words::TO_RECTIFICATION, false),
    ("cases", words::TO_CASES, true),
    ("profiles", words::TO_PROFILES, false),
];

/// The row of links; `here` is the page that it stands on.
pub(crate) fn beside(context: PlanContext, office: Office, here: &'static str) -> AnyView {
    let links = PAGES.into_iter().filter(|(.., of_all)| !of_all || office.reads_all()).map(|(page, name, _)| {
        let current = (page == here).then_some("page");
        view! { <a href=context.href(page) aria-current=current>{t(name)}</a> }
    });
    view! { <nav class="row" aria-label=t(words::MENU)>{links.collect_view()}</nav> }.into_any()
}
