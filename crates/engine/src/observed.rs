//! Any HTTP client of the SDK's with an observer in front: sees the traffic, and breaks it where it is told to.

use std::fmt;
use std::io;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

use crate::connector;
use crate::dispatch::{self, Answer};
use crate::observer::{Fault, Observer};

/// Puts an observer in front of an HTTP client that leads to DynamoDB or to something like it. For tests.
pub fn observed(client: SharedHttpClient, observer: Arc<dyn Observer>) -> SharedHttpClient {
    http_client_fn(move |settings, components| {
        let inner = client.http_connector(settings, components);
        SharedHttpConnector::new(Observed { inner, observer: Arc::clone(&observer) })
    })
}

struct Observed {
    inner: SharedHttpConnector,
    observer: Arc<dyn Observer>,
}

impl fmt::Debug for Observed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observed").field("observer", &self.observer).finish_non_exhaustive()
    }
}

impl HttpConnector for Observed {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (operation, body) = connector::read_request(&request);
        let fault = self.observer.fault(&operation, &body);
        let refusal = match fault {
            Some(Fault::Throttled) => Some(connector::write_response(dispatch::throttled())),
            Some(Fault::Conflict) => Some(connector::write_response(dispatch::conflict(&operation, &body))),
            Some(Fault::Failed) => Some(connector::write_response(dispatch::failed())),
            Some(Fault::TimeoutBefore) => Some(Err(timed_out())),
            Some(Fault::ResetBefore) => Some(Err(reset())),
            Some(Fault::TimeoutAfter | Fault::ResetAfter) | None => None,
        };
        if let Some(refusal) = refusal {
            return HttpConnectorFuture::ready(refusal);
        }
        let answering = self.inner.call(request);
        let observer = Arc::clone(&self.observer);
        HttpConnectorFuture::new(async move {
            let (response, answer) = read_response(answering.await?).await?;
            observer.answered(&operation, &body, answer.status, &answer.body);
            match fault {
                Some(Fault::TimeoutAfter) => Err(timed_out()),
                Some(Fault::ResetAfter) => Err(reset()),
                _ => Ok(response),
            }
        })
    }
}

fn timed_out() -> ConnectorError {
    ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into())
}

fn reset() -> ConnectorError {
    ConnectorError::io(io::Error::from(io::ErrorKind::ConnectionReset).into())
}

/// Reads an answer to its end; it can still be passed on.
async fn read_response(mut response: HttpResponse) -> Result<(HttpResponse, Answer), ConnectorError> {
    let body = std::mem::replace(response.body_mut(), SdkBody::taken());
    let bytes = ByteStream::new(body).collect().await.map_err(|error| ConnectorError::io(error.into()))?.into_bytes();
    let answer = Answer { status: response.status().as_u16(), body: String::from_utf8_lossy(&bytes).into_owned() };
    *response.body_mut() = SdkBody::from(bytes);
    Ok((response, answer))
}
