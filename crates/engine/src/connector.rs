//! The SDK's HTTP client whose other end is this process.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

use crate::dispatch::{self, Answer};
use crate::home::Home;

pub(crate) fn http_client(home: Arc<Home>) -> SharedHttpClient {
    let connector = SharedHttpConnector::new(InProcess { home });
    http_client_fn(move |_, _| connector.clone())
}

struct InProcess {
    home: Arc<Home>,
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (operation, body) = read_request(&request);
        let home = Arc::clone(&self.home);
        HttpConnectorFuture::new(async move {
            let answer = dispatch::answer(home, operation, body);
            write_response(answer.await.map_err(|stopped| ConnectorError::io(stopped.into()))?)
        })
    }
}

/// The operation that a request of the SDK's names, and its JSON.
pub(crate) fn read_request(request: &HttpRequest) -> (String, String) {
    let operation = dispatch::operation(request.headers().get("x-amz-target").unwrap_or_default()).to_owned();
    let body = request.body().bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    (operation, body)
}

/// An answer as the SDK takes it.
pub(crate) fn write_response(answer: Answer) -> Result<HttpResponse, ConnectorError> {
    let status = answer.status.try_into().map_err(|invalid| ConnectorError::user(Box::new(invalid)))?;
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
    response.headers_mut().insert("content-type", dispatch::CONTENT_TYPE);
    Ok(response)
}
