//! `/b/{word}`: what somebody typed from a card or a poster, and the ballot page that it leads to.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use wire::open_code;

use super::answer::refused;
use super::app_files::before_code;
use crate::refusal::{Refusal, language};
use crate::state::AppState;

/// Leads on. A code never stands here: it is typed on the page that follows.
pub(super) async fn lead(State(state): State<AppState>, Path(word): Path<String>, headers: HeaderMap) -> Response {
    match state.store().led_by(before_code(&word)).await {
        Ok(led) => {
            let open = led.open.map(|(period, group)| format!("#{}", open_code::link(&period, &group)));
            Redirect::to(&format!("/ballot/{}{}", led.plan, open.unwrap_or_default())).into_response()
        }
        Err(error) => refused(&Refusal::from(error), language(&headers)),
    }
}
