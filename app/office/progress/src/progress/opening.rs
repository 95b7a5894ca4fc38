//! Opening the vote: what is still wrong, groups without codes, groups too small to be secret.

use frame::{
    server::Refusal,
    words::{fill, joined, t},
};
use leptos::prelude::*;
use office_frame::{
    asking::{self, Fetched},
    plan_context::PlanContext,
    pointer,
};
use office_plan_words::{complaint, problem_list::problem_list};
use scoring::{Problem, json::Value};
use text::office_progress as words;
use wire::{ErrorCode, code::Turnout, plan::OpenRequest};

use crate::progress::{
    confirmed::Confirmed,
    small_groups::{OPENING, small_groups},
    step::{move_on, step_refused},
};

/// The page of a draft.
#[component]
pub fn Opening(context: PlanContext, may_move: bool) -> impl IntoView {
    let problems = Memo::new(move |_| scoring::opening::problems(&context.answer.read().plan));
    let say = move |problem: &Problem| complaint::placed(&context.answer.read_untracked().plan, problem);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Refusal>);
    // Groups that the server found too small.
    let small = RwSignal::new(Vec::<String>::new());
    let path = context.api("turnout");
    let turnout = asking::fetch::<Turnout>(path.clone());
    let without_codes = asking::when_here(turnout, path, move |turnout: Turnout| {
        let plan = context.answer.get_untracked().plan;
        let without: Vec<String> = pointer::list(&plan, "/groups")
            .iter()
            .filter(|group| needs_codes(group) && issued(&turnout, pointer::text(group, "/id")) == 0)
            .map(|group| pointer::text(group, "/name").to_owned())
            .collect();
        if without.is_empty() {
            return ().into_any();
        }
        let without = joined(without, "、");
        view! { <p class="note">{move || fill(words::OPEN_NO_CODES, &[&without])}" "<a href=context.href("codes")>{t(text::office::TAB_CODES)}</a></p> }.into_any()
    });
    let one_by_one = RwSignal::new(false);
    let plan = context.answer.get_untracked().plan;
    let several = pointer::list(&plan, "/periods").len() > 1 || plan.get("shortlist").is_some();
    let choice = (several && may_move).then(|| {
        view! {
            <label class="tickbox">
                <input type="checkbox" id="one-by-one" prop:checked=one_by_one on:change=move |event| one_by_one.set(event_target_checked(&event)) />
                <span>{t(words::OPEN_ONE_BY_ONE)}</span>
            </label>
        }
    });
    let open = move |allow_small: Vec<String>| {
        asking::run(busy, async move {
            failed.set(None);
            // None named: the plan freezes, and each round waits for its own opening.
            let rounds = one_by_one.get_untracked().then(Vec::new);
            match move_on(context, "open", &OpenRequest { allow_small, rounds }).await {
                Ok(_) => {}
                Err(Refusal::Said(body)) if body.code == ErrorCode::SmallGroup => {
                    small.try_set(body.fields.into_iter().filter_map(|field| field.detail).collect());
                    frame::browser::focus_soon("small");
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    };
    let act = Callback::new(move |()| open(Vec::new()));
    view! {
        <section class="panel stack" aria-labelledby="open">
            <h2 id="open">{t(words::OPEN_TITLE)}</h2>
            {problem_list(context, problems, say)}
            {without_codes}
            <p>{t(words::OPEN_WHAT)}</p>
            {choice}
            {move || failed.get().map(|refusal| step_refused(context, refusal))}
            {may_move.then(|| view! {
                <Show when=move || small.read().is_empty()>
                    <Confirmed label=words::OPEN_BUTTON confirm=words::OPEN_CONFIRM busy act what=move || freezes(context, turnout) />
                </Show>
            })}
        </section>
        {move || (!small.read().is_empty()).then(|| small_groups(&context.answer.get_untracked().plan, small.get(), OPENING, Callback::new(open)))}
    }
}

/// Whether nobody of a group can vote without a code.
fn needs_codes(group: &Value) -> bool {
    pointer::text(group, "/ballot") != "open"
}

/// How many codes a group has, over all periods.
fn issued(turnout: &Turnout, group: &str) -> u64 {
    turnout.groups.iter().filter(|known| known.group == group).map(|known| known.issued).sum()
}

/// What opening freezes, and who can vote then: units, and codes of every group.
fn freezes(context: PlanContext, turnout: Fetched<Turnout>) -> AnyView {
    let plan = context.answer.get_untracked().plan;
    let units = pointer::list(&plan, "/units").len();
    let groups = pointer::list(&plan, "/groups").to_vec();
    let lines = move || {
        let turnout = turnout.get().and_then(Result::ok);
        turnout.map(|turnout| {
            groups
                .iter()
                .map(|group| {
                    let name = pointer::text(group, "/name");
                    let said = match issued(&turnout, pointer::text(group, "/id")) {
                        _ if !needs_codes(group) => fill(words::OPEN_FREE, &[&name]),
                        0 => fill(words::OPEN_GROUP_NONE, &[&name]),
                        count => fill(words::OPEN_GROUP, &[&name, &count]),
                    };
                    view! { <li>{said}</li> }
                })
                .collect_view()
        })
    };
    view! {
        <p>{move || fill(words::OPEN_FREEZES, &[&units])}</p>
        <ul class="bullets">{lines}</ul>
    }
    .into_any()
}
