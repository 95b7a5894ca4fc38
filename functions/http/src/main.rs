//! The API on AWS Lambda: one router, configured from the environment, and the timer's events.
//!
//! Owns the environment's names and what only a Lambda knows: the caller's address, and which event is no request.
//! Refuses to own routes, and what the time does (`store`). Nothing about a request is logged.

use std::fmt;
use std::sync::Arc;

use api::{AppState, ClientAddress, Settings};
use aws_smithy_http_client::tls;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use files::{Bucket, Files};
use lambda_http::request::RequestContext;
use lambda_http::{Error, RequestExt, Service, service_fn};
use store::{Actor, Store, TableNames};
use subtle::ConstantTimeEq;

/// Who the audit says did what the timer does.
const TIMER: Actor<'static> = Actor { name: "schedule" };

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
    let bucket = variable("PINGYI_BUCKET_FILES")?;
    // Required: a password that the server draws would be printed, and here printing means a log.
    let password = variable("PINGYI_ADMIN_PASSWORD")?;
    let public_url = variable("PINGYI_PUBLIC_URL").ok().map(|url| url.trim_end_matches('/').to_owned());
    let provider = openid::Options::from(|name| std::env::var(name).ok(), public_url.as_deref())?;
    let settings = Settings {
        public_url,
        app_dir: variable("PINGYI_APP").ok().map(Into::into),
        public_heads: variable("PINGYI_PUBLIC_HEADS").is_ok_and(|value| value == "1"),
        openid: provider.map(openid::Provider::new).transpose()?.map(Arc::new),
        disk: None,
    };
    let tls = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    let client = aws_smithy_http_client::Builder::new().tls_provider(tls).build_https();
    let config = aws_config::defaults(aws_config::BehaviorVersion::latest()).http_client(client).load().await;
    let store = Store::new(&config, names).with_files(Files::Bucket(Bucket::new(&config, bucket)));
    api::first_start(&store, Some(&password)).await?;
    let site: Arc<str> = variable("PINGYI_SITE_SECRET").unwrap_or_default().into();
    let router =
        api::router(AppState::new(store.clone(), settings)).layer(middleware::from_fn_with_state(site, name_caller));
    lambda_http::run(service_fn(move |event: lambda_http::Request| answer(store.clone(), router.clone(), event))).await
}

/// Answers a request, or does what the time asks for: an event that is no request is the timer's. No request can be taken
/// for one, because the gateway wraps whatever it is sent. An error fails the invocation, so that an alarm sees it.
async fn answer(store: Store, mut router: Router, event: lambda_http::Request) -> Result<Response, Error> {
    match event.request_context_ref() {
        Some(RequestContext::PassThrough) => {
            store.keep_schedule(TIMER).await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        _ => Ok(router.call(event).await?),
    }
}

/// The address that the site says its visitor has: the header is a CloudFront Function's. Anybody may send it to the
/// gateway's own address; the site alone sends its secret with it.
fn visitor<'a>(headers: &'a HeaderMap, site: &str) -> Option<&'a str> {
    let said = headers.get("x-pingyi-site").filter(|_| !site.is_empty())?;
    let from_site: bool = said.as_bytes().ct_eq(site.as_bytes()).into();
    headers.get("true-client-ip").filter(|_| from_site)?.to_str().ok()
}

/// Gives the router the caller's address. Only throttling uses it. What the site says comes first, because behind it
/// the gateway sees CloudFront's address.
async fn name_caller(State(site): State<Arc<str>>, mut request: Request, next: Next) -> Response {
    let visitor = visitor(request.headers(), &site).map(str::to_owned);
    let gateway = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.clone(),
        _ => None,
    };
    if let Some(address) = visitor.or(gateway) {
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitors_address_is_believed_from_the_site_alone() {
        let headers = |secret: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert("true-client-ip", "203.0.113.7".parse().unwrap());
            secret.map(|secret| headers.insert("x-pingyi-site", secret.parse().unwrap()));
            headers
        };
        assert_eq!(visitor(&headers(Some("word")), "word"), Some("203.0.113.7"));
        assert_eq!(visitor(&headers(Some("work")), "word"), None);
        assert_eq!(visitor(&headers(None), "word"), None);
        // Without a secret nobody is the site.
        assert_eq!(visitor(&headers(Some("")), ""), None);
        assert_eq!(visitor(&headers(None), ""), None);
    }
}
