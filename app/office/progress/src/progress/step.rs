//! Moving a plan on, and what to do where that is refused.

use frame::{
    server::Refusal,
    words::{Phrase, t},
};
use leptos::prelude::*;
use office_frame::{asking, names::name_of, plan_context::PlanContext, pointer};
use scoring::json::Value;
use text::{office as office_words, office_progress as words};
use wire::{ErrorCode, Field, plan::ClosingAnswer};

/// Moves the plan on; the plan is read again. `true`: it was not moved, a second person is awaited.
pub async fn move_on(context: PlanContext, step: &str, body: &impl serde::Serialize) -> Result<bool, Refusal> {
    let waiting = asking::post::<ClosingAnswer>(&context.api(step), body).await?.body.waiting;
    if !waiting {
        context.reload().await?;
    }
    Ok(waiting)
}

/// That a second person is awaited, once the first has asked.
pub fn second_person(waiting: RwSignal<bool>) -> impl IntoView {
    move || waiting.get().then(|| view! { <p class="note warn" role="status">{t(words::SECOND_AWAITED)}</p> })
}

/// Asks for a closing until it is done; how far it has come, in hundredths, is told on the way. `true`: nothing was closed,
/// a second person is awaited.
pub async fn close_on(context: PlanContext, path: &str, come: RwSignal<Option<u64>>) -> Result<bool, Refusal> {
    loop {
        let answer = asking::post::<ClosingAnswer>(&context.api(path), &serde_json::Map::new()).await?.body;
        let (Some(done), Some(of)) = (answer.done, answer.of) else { return Ok(answer.waiting) };
        come.try_set(Some(done * 100 / of.max(1)));
    }
}

/// What a step's refusal says, and what to do next.
pub fn step_refused(context: PlanContext, refusal: Refusal) -> AnyView {
    let next = match refusal.code() {
        Some(ErrorCode::WrongState | ErrorCode::PlanFrozen) => words::STATE_NEXT,
        Some(ErrorCode::OpenObjections) => words::OBJECTIONS_NEXT,
        Some(ErrorCode::CountMismatch) => words::DIFFERENT_NEXT,
        Some(ErrorCode::InvalidPlan) => words::PLAN_PROBLEMS_NEXT,
        Some(ErrorCode::CodesWithoutPaper) => words::UNFIT_NEXT,
        Some(ErrorCode::PaperTooLarge) => words::TOO_LARGE_NEXT,
        Some(ErrorCode::PendingRecords) => words::PENDING_NEXT,
        Some(ErrorCode::Incomplete) => words::MISSING_NOTE,
        Some(ErrorCode::UnresolvedTies) => words::LOT_NOTE,
        Some(ErrorCode::Forbidden) => office_words::FORBIDDEN_ROLE,
        _ => words::TRY_NEXT,
    };
    let reload = matches!(refusal.code(), Some(ErrorCode::WrongState | ErrorCode::PlanFrozen)).then(|| {
        let act = move |_| {
            leptos::task::spawn_local(async move {
                // What it says then is shown by the page of the new state.
                let _ = context.reload().await;
            });
        };
        view! { <p><button type="button" on:click=act>{t(words::RELOAD)}</button></p> }
    });
    let places = match &refusal {
        Refusal::Said(body) => told_places(&context.answer.get_untracked().plan, &body.fields),
        _ => Vec::new(),
    };
    let places = (!places.is_empty()).then(|| {
        let lines: Vec<_> = places.into_iter().map(|place| view! { <li>{move || place.say()}</li> }).collect();
        view! { <ul class="bullets">{lines}</ul> }
    });
    view! {
        <div class="note bad stack" role="alert">
            <p><strong>{move || refusal.phrase().say()}</strong></p>
            {places}
            <p>{t(next)}</p>
            {reload}
        </div>
    }
    .into_any()
}

/// Names that will not do, and codes that the plan does not fit, each in words. Other problems have their own list.
fn told_places(plan: &Value, fields: &[Field]) -> Vec<Phrase> {
    let told = |field: &Field| {
        if field.code == "codes_without_paper" {
            let mut ids = field.detail.as_deref()?.split(' ');
            let (period, group) = (ids.next()?, ids.next()?);
            let count = ids.next_back()?.to_owned();
            let (period, group) = (name_of(plan, "/periods", period), name_of(plan, "/groups", group));
            return Some(Phrase::new(words::UNFIT_CODES, [period, group, count]));
        }
        let why = match field.code.as_str() {
            "empty_name" => words::NAME_EMPTY,
            "name_too_long" => words::NAME_TOO_LONG,
            "control_character" | "direction_control" | "invisible_character" => words::NAME_CHARACTERS,
            "same_name" => words::NAME_SAME,
            _ => return None,
        };
        Some(Phrase::new(why, [pointer::text(plan, &field.path).to_owned()]))
    };
    fields.iter().filter_map(told).collect()
}
