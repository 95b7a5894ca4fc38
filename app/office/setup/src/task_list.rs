//! The task list of a plan's setup.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_plan_words::task::{IDS_PAGE, Progress, Task};
use text::{Text, office_editor as editor_words, office_setup as words};

use crate::{
    draft::Draft,
    saving_bar::{Conflict, SavingBar},
    task_values::value_of,
};

#[component]
pub fn TaskList() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let progress = Memo::new(move |_| {
        let problems = draft.problems.read();
        draft.with(|plan| Task::ALL.map(|task| task.progress(plan, &problems)))
    });
    let done = move || progress.read().iter().filter(|progress| **progress == Progress::Done).count();
    let tasks: Vec<_> = Task::ALL
        .into_iter()
        .enumerate()
        .map(|(place, task)| {
            let (title, note) = task.texts();
            let state = move || match progress.read()[place] {
                Progress::NotStarted if task.is_optional() => view! { <span class="tag">{t(words::NOT_STARTED)}</span><span class="soft small">{t(words::OPTIONAL)}</span> }.into_any(),
                Progress::NotStarted => view! { <span class="tag info">{t(words::NOT_STARTED)}</span> }.into_any(),
                Progress::Incomplete(count) => view! {
                    <span class="tag warn">{t(words::NOT_DONE)}</span>
                    <span class="small">{move || fill(words::PROBLEMS_HERE, &[&count])}</span>
                }.into_any(),
                Progress::Done => view! { <span class="tag good">{t(words::DONE)}</span> }.into_any(),
            };
            let value = move || {
                draft.typed.track();
                draft.with(|plan| value_of(task, plan)).unwrap_or_else(|| t(note)().to_owned())
            };
            line(draft, task.slug(), title, value, state.into_any())
        })
        .collect();
    view! {
        <h1 id="title" tabindex="-1">{t(words::TASKS)}</h1>
        <Conflict draft />
        <p class="soft">{move || fill(words::TASKS_DONE, &[&done(), &Task::ALL.len()])}</p>
        <ol class="tasks panel">{tasks}</ol>
        <ul class="tasks panel">
            {line(draft, "check", words::CHECK, t(words::CHECK_NOTE), ().into_any())}
            {line(draft, IDS_PAGE, editor_words::IDS, t(editor_words::IDS_NOTE), ().into_any())}
            {line(draft, "json", words::JSON, t(words::JSON_NOTE), ().into_any())}
        </ul>
        <SavingBar draft />
    }
}

fn line<N>(draft: Draft, slug: &'static str, title: Text, note: N, state: AnyView) -> AnyView
where
    N: IntoView + 'static,
{
    let href = draft.context.href(&format!("setup/{slug}"));
    view! {
        <li class="task">
            <div><a href=href>{t(title)}</a><p class="hint">{note}</p></div>
            <p class="row tight-row">{state}</p>
        </li>
    }
    .into_any()
}
