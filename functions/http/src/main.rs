//! The API on AWS Lambda: one router, configured from the environment.
//!
//! Owns the environment's names and what only a Lambda knows: the caller's address. Refuses to own
//! routes. Nothing about a request is logged.

use std::fmt;

use api::{AppState, ClientAddress, Settings};
use aws_smithy_http_client::tls;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use lambda_http::request::RequestContext;
use lambda_http::{Error, RequestExt};
use store::{Store, TableNames};

/// Why the function cannot start.
#[derive(Debug)]
enum Unset {
    /// This variable is missing or empty.
    Variable(&'static str),
}

impl fmt::Display for Unset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unset::Variable(name) => write!(f, "{name} is not set"),
        }
    }
}

impl std::error::Error for Unset {}

fn variable(name: &'static str) -> Result<String, Unset> {
    std::env::var(name).ok().filter(|value| !value.is_empty()).ok_or(Unset::Variable(name))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let names = TableNames { main: variable("PINGYI_TABLE_MAIN")?, ballot_box: variable("PINGYI_TABLE_BOX")? };
    // Required: a password that the server draws would be printed, and here printing means a log.
    let password = variable("PINGYI_ADMIN_PASSWORD")?;
    let settings = Settings {
        public_url: variable("PINGYI_PUBLIC_URL").ok().map(|url| url.trim_end_matches('/').to_owned()),
        app_dir: variable("PINGYI_APP").ok().map(Into::into),
        disk: None,
    };
    let tls = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    let client = aws_smithy_http_client::Builder::new().tls_provider(tls).build_https();
    let config = aws_config::defaults(aws_config::BehaviorVersion::latest()).http_client(client).load().await;
    let store = Store::new(&config, names);
    api::first_start(&store, Some(&password)).await?;
    let router = api::router(AppState::new(store, settings)).layer(middleware::from_fn(name_caller));
    lambda_http::run(router).await
}

/// Gives the router the caller's address. Only throttling uses it. The header that a CloudFront Function
/// sets comes first (it replaces what the visitor sent), because the gateway sees CloudFront's address.
async fn name_caller(mut request: Request, next: Next) -> Response {
    let visitor = request.headers().get("true-client-ip").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let gateway = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.clone(),
        _ => None,
    };
    if let Some(address) = visitor.or(gateway) {
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}
