//! A listener on the loopback address, for the tests that run the Lambda binary as a process of its own.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;

use crate::dispatch;
use crate::error::EngineError;
use crate::home::Home;

pub(crate) async fn serve(home: Arc<Home>, listener: tokio::net::TcpListener) -> Result<(), EngineError> {
    if !listener.local_addr()?.ip().is_loopback() {
        return Err(EngineError::Io(std::io::Error::from(std::io::ErrorKind::AddrNotAvailable)));
    }
    // DynamoDB takes requests up to 16 MB.
    let limit = axum::extract::DefaultBodyLimit::max(16 * 1024 * 1024);
    let router = Router::new().route("/", post(answer)).layer(limit).with_state(home);
    Ok(axum::serve(listener, router).await?)
}

async fn answer(State(home): State<Arc<Home>>, headers: HeaderMap, body: String) -> impl IntoResponse {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let work = dispatch::answer(home, dispatch::operation(target).to_owned(), body);
    let answer = work.await.unwrap_or_else(|_| dispatch::failed());
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, dispatch::CONTENT_TYPE)], answer.body)
}
