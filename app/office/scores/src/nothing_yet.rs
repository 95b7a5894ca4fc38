//! What a page shows while there is nothing to score.

use frame::words::t;
use leptos::prelude::*;
use office_frame::plan_context::PlanContext;
use text::ranking as words;
use wire::ErrorCode;

use crate::appraisal::NoAppraisal;

/// What a page shows while there is nothing to score.
pub fn nothing_yet(last: Option<NoAppraisal>) -> AnyView {
    match last {
        None => view! { <p class="note" role="status">{t(words::LOADING)}</p> }.into_any(),
        Some(NoAppraisal::Unfinished) => view! { <p class="note warn">{t(words::DRAFT_INVALID)}</p> }.into_any(),
        // A draft has no records.
        Some(NoAppraisal::Refused(refusal)) if refusal.code() == Some(ErrorCode::WrongState) => {
            let context = expect_context::<PlanContext>();
            view! { <p class="note">{t(words::STILL_DRAFT)}" "<a href=context.href("progress")>{t(words::GO_PROGRESS)}</a></p> }
                .into_any()
        }
        Some(NoAppraisal::Refused(refusal)) => {
            view! { <p class="note bad" role="alert">{move || refusal.phrase().say()}</p> }.into_any()
        }
    }
}
