//! The list of all that is wrong with a plan document.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::plan_context::PlanContext;
use scoring::Problem;
use text::office_setup as words;

use crate::task::page_of;

/// All that is wrong, each linked to the page and field where it is put right. `say` puts a problem into words.
pub fn problem_list(
    context: PlanContext,
    problems: Memo<Vec<Problem>>,
    say: impl Fn(&Problem) -> String + Send + Sync + 'static,
) -> AnyView {
    (move || {
        let problems = problems.get();
        if problems.is_empty() {
            return view! { <p class="note good">{t(words::ALL_WELL)}</p> }.into_any();
        }
        let count = problems.len();
        let lines: Vec<_> = problems
            .iter()
            .map(|problem| {
                let href = context.href(&format!("setup/{}#{}", page_of(&problem.path), problem.path));
                view! { <li><a href=href>{say(problem)}</a></li> }
            })
            .collect();
        view! {
            <section class="errors" aria-labelledby="problems">
                <h2 id="problems">{fill(words::PROBLEMS_TITLE, &[&count])}</h2>
                <ul>{lines}</ul>
            </section>
        }
        .into_any()
    })
    .into_any()
}
