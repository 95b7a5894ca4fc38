//! A small HTTP client for the tests: a base address, a cookie, JSON in and out.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

/// One user agent.
#[derive(Clone)]
pub struct Client {
    http: Http<HttpConnector, Body>,
    base: String,
    cookie: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// Asserts an error's status and code; answers its fields as path → code.
    #[track_caller]
    pub fn error(self, status: u16, code: &str) -> BTreeMap<String, String> {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let body = self.json();
        assert_eq!(body["code"], code, "{body}");
        assert!(!body["message"].as_str().unwrap().is_empty());
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let fields = body["fields"].as_array().unwrap();
        fields.iter().map(|field| (text(&field["path"]), text(&field["code"]))).collect()
    }
}

impl Client {
    pub fn new(base: &str) -> Client {
        let http = Http::builder(TokioExecutor::new()).build_http();
        Client { http, base: base.trim_end_matches('/').to_owned(), cookie: None }
    }

    /// Sends anything; fails only where no answer came.
    pub async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, hyper_util::client::legacy::Error> {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(body.into())).unwrap();
        let (parts, body) = self.http.request(request).await?.into_parts();
        let bytes = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
        Ok(Answer { status: parts.status, headers: parts.headers, bytes })
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Answer {
        self.try_send(method, path, headers, body).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[("content-type", "application/json")], body.to_string()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send("PUT", path, &[("content-type", "application/json")], body.to_string()).await
    }

    pub async fn put_based_on(&self, path: &str, etag: &str, body: &Value) -> Answer {
        self.send("PUT", path, &[("content-type", "application/json"), ("if-match", etag)], body.to_string()).await
    }

    pub async fn delete(&self, path: &str, body: &Value) -> Answer {
        self.send("DELETE", path, &[("content-type", "application/json")], body.to_string()).await
    }

    /// Signs in and keeps the cookie.
    pub async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.sign_in_as(&serde_json::json!({ "name": name, "password": password })).await
    }

    /// Signs in with all that a body says, and keeps the cookie.
    pub async fn sign_in_as(&mut self, body: &Value) -> Answer {
        let answer = self.post("/api/session", body).await;
        if let Some(cookie) = answer.headers.get(header::SET_COOKIE) {
            self.cookie = cookie.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        answer
    }

    /// The cookie that it sends.
    pub fn cookie(&self) -> &str {
        self.cookie.as_deref().unwrap()
    }

    /// The same address without the cookie.
    pub fn stranger(&self) -> Client {
        Client { cookie: None, ..self.clone() }
    }
}
