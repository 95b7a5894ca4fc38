//! A listener on the loopback address, for the tests that run the Lambda binary as a process of its own.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;

use crate::{Engine, EngineError, dispatch};

pub(crate) async fn serve(engine: Engine, listener: tokio::net::TcpListener) -> Result<(), EngineError> {
    if !listener.local_addr()?.ip().is_loopback() {
        return Err(EngineError::Io(std::io::Error::from(std::io::ErrorKind::AddrNotAvailable)));
    }
    // DynamoDB takes requests up to 16 MB.
    let limit = axum::extract::DefaultBodyLimit::max(16 * 1024 * 1024);
    let router = Router::new().route("/", post(answer)).layer(limit).with_state(engine);
    Ok(axum::serve(listener, router).await?)
}

async fn answer(State(engine): State<Engine>, headers: HeaderMap, body: String) -> impl IntoResponse {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let (status, answer) = engine.call(dispatch::operation(target), &body).await;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, dispatch::CONTENT_TYPE)], answer)
}
