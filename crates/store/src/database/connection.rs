//! How the SDK is set up: on AWS, and on the embedded engine.

use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};

use crate::limits::{ATTEMPT_SECONDS, SDK_ATTEMPTS};

/// The SDK's configuration builder; an AWS configuration makes one.
pub use aws_sdk_dynamodb::config::Builder as Configuration;
/// An HTTP client for the SDK, such as the embedded engine's.
pub use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// DynamoDB itself: a configuration with retries and time-outs.
pub(crate) fn on_aws(configuration: Configuration) -> Configuration {
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(ATTEMPT_SECONDS)).build();
    configuration.retry_config(RetryConfig::standard().with_max_attempts(SDK_ATTEMPTS)).timeout_config(timeouts)
}

/// The embedded engine. Nothing leaves the process: region, address and credentials are there because the SDK asks
/// for them.
pub(crate) fn embedded(http_client: SharedHttpClient) -> Configuration {
    let retries =
        RetryConfig::standard().with_max_attempts(SDK_ATTEMPTS).with_initial_backoff(Duration::from_millis(10));
    Configuration::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("local"))
        .endpoint_url("http://embedded.invalid")
        .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
        .retry_config(retries)
        .http_client(http_client)
}
