//! The SDK's HTTP client whose other end is this process.

use std::fmt;
use std::io;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

use crate::dispatch::{self, Answer};
use crate::{Engine, Fault, Observer};

pub(crate) fn http_client(engine: Engine, observer: Option<Arc<dyn Observer>>) -> SharedHttpClient {
    let connector = SharedHttpConnector::new(InProcess { engine, observer });
    http_client_fn(move |_, _| connector.clone())
}

struct InProcess {
    engine: Engine,
    observer: Option<Arc<dyn Observer>>,
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let operation = dispatch::operation(request.headers().get("x-amz-target").unwrap_or_default()).to_owned();
        let body = request.body().bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let engine = self.engine.clone();
        let observer = self.observer.clone();
        HttpConnectorFuture::new(async move {
            // SQLite blocks, and a commit waits for the disk: not on the threads that run the requests.
            let work = tokio::task::spawn_blocking(move || answer(&engine, observer.as_deref(), &operation, &body));
            let answer = work.await.map_err(|stopped| ConnectorError::io(stopped.into()))??;
            let status = answer.status.try_into().map_err(|invalid| ConnectorError::user(Box::new(invalid)))?;
            let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
            response.headers_mut().insert("content-type", dispatch::CONTENT_TYPE);
            Ok(response)
        })
    }
}

fn answer(
    engine: &Engine,
    observer: Option<&dyn Observer>,
    operation: &str,
    body: &str,
) -> Result<Answer, ConnectorError> {
    let Some(observer) = observer else { return Ok(dispatch::dispatch(engine.home(), operation, body)) };
    let lost = |kind: io::ErrorKind| Box::new(io::Error::from(kind));
    let fault = observer.fault(operation, body);
    match fault {
        Some(Fault::Throttled) => return Ok(dispatch::throttled()),
        Some(Fault::Conflict) => return Ok(dispatch::conflict(operation, body)),
        Some(Fault::Failed) => return Ok(dispatch::failed()),
        Some(Fault::TimeoutBefore) => return Err(ConnectorError::timeout(lost(io::ErrorKind::TimedOut))),
        Some(Fault::ResetBefore) => return Err(ConnectorError::io(lost(io::ErrorKind::ConnectionReset))),
        Some(Fault::TimeoutAfter | Fault::ResetAfter) | None => {}
    }
    let answer = dispatch::dispatch(engine.home(), operation, body);
    observer.answered(operation, body, answer.status, &answer.body);
    match fault {
        Some(Fault::TimeoutAfter) => Err(ConnectorError::timeout(lost(io::ErrorKind::TimedOut))),
        Some(Fault::ResetAfter) => Err(ConnectorError::io(lost(io::ErrorKind::ConnectionReset))),
        _ => Ok(answer),
    }
}
