//! HTTP to the provider: TLS by rustls, no redirects, ten seconds, one megabyte.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// How long one answer may take; a person waits for up to three of them.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of an answer: keys and tokens are some kilobytes.
const LARGEST_ANSWER: usize = 1_000_000;

/// A client that follows no redirects, so that a provider's answer leads nowhere but where it was asked.
pub(crate) struct HttpClient(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

/// No answer; why is for nobody to act on.
#[derive(Debug)]
pub(crate) struct NoAnswer;

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no answer")
    }
}

impl std::error::Error for NoAnswer {}

impl HttpClient {
    /// # Errors
    /// Where this machine has no list of certificates.
    pub(crate) fn new() -> std::io::Result<HttpClient> {
        let connector = HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().build();
        Ok(HttpClient(Client::builder(TokioExecutor::new()).build(connector)))
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let asked = self.0.request(request.map(|body| Full::new(Bytes::from(body)))).await;
        let (head, body) = asked.map_err(|_| NoAnswer)?.into_parts();
        let body = Limited::new(body, LARGEST_ANSWER).collect().await.map_err(|_| NoAnswer)?;
        Ok(HttpResponse::from_parts(head, body.to_bytes().to_vec()))
    }
}

impl<'c> AsyncHttpClient<'c> for HttpClient {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { tokio::time::timeout(PATIENCE, self.answer(request)).await.unwrap_or(Err(NoAnswer)) })
    }
}
