//! Where a test's tables are: in the embedded engine, or in another server that speaks DynamoDB's protocol.
//!
//! `PINGYI_TEST_ENDPOINT` is the address of such a server, or addresses with blanks between, of which the bases take
//! turns. Each base has tables of its own there; tests of the engine's files stay with the engine.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use engine::{Engine, Observer};
use store::{Store, TableNames};

use crate::capacity::{AskForCapacity, Meter};

#[derive(Clone)]
pub struct Base {
    server: Server,
    pub names: TableNames,
}

#[derive(Clone)]
enum Server {
    Embedded(Engine),
    Elsewhere(String),
}

impl Base {
    /// Empty tables, in the embedded engine's memory unless the environment names another server.
    pub fn new() -> Base {
        static DRAWN: AtomicUsize = AtomicUsize::new(0);
        match std::env::var("PINGYI_TEST_ENDPOINT") {
            Ok(endpoints) => {
                let number = DRAWN.fetch_add(1, Ordering::Relaxed);
                let of = format!("{}-{number}", std::process::id());
                let names = TableNames { main: format!("main-{of}"), ballot_box: format!("box-{of}") };
                let endpoints: Vec<&str> = endpoints.split_whitespace().collect();
                Base { server: Server::Elsewhere(endpoints[number % endpoints.len()].to_owned()), names }
            }
            Err(_) => Base { server: Server::Embedded(Engine::memory()), names: TableNames::default() },
        }
    }

    /// What the embedded engine has in a directory, or begins there.
    pub fn in_directory(directory: &Path) -> Base {
        Base { server: Server::Embedded(Engine::open(directory).unwrap()), names: TableNames::default() }
    }

    /// The tables that a server elsewhere has under their usual names.
    pub fn elsewhere(endpoint: &str) -> Base {
        Base { server: Server::Elsewhere(endpoint.to_owned()), names: TableNames::default() }
    }

    pub fn is_embedded(&self) -> bool {
        matches!(self.server, Server::Embedded(_))
    }

    /// The engine, for tests of what only it has.
    pub fn engine(&self) -> &Engine {
        match &self.server {
            Server::Embedded(engine) => engine,
            Server::Elsewhere(endpoint) => panic!("{endpoint} is not the embedded engine"),
        }
    }

    /// A store on the tables, its traffic seen by an observer.
    pub fn store(&self, observer: Option<Arc<dyn Observer>>) -> Store {
        let client = self.http_client();
        let client = match observer {
            Some(observer) => engine::observed(client, observer),
            None => client,
        };
        match &self.server {
            Server::Embedded(engine) => {
                let engine = engine.clone();
                Store::embedded(client).with_box_rewrite(move || {
                    let engine = engine.clone();
                    async move { engine.rewrite("box").await.is_ok() }
                })
            }
            Server::Elsewhere(_) => Store::configured(self.config(client), self.names.clone()),
        }
    }

    /// A store on the tables, each of its requests measured.
    pub fn metered(&self, meter: Arc<Meter>) -> Store {
        let client = engine::observed(self.http_client(), meter);
        Store::configured(self.config(client).interceptor(AskForCapacity), self.names.clone())
    }

    /// The SDK itself, past the store.
    pub fn client(&self) -> Client {
        Client::from_conf(self.config(self.http_client()).build())
    }

    fn http_client(&self) -> SharedHttpClient {
        match &self.server {
            Server::Embedded(engine) => engine.http_client(),
            Server::Elsewhere(_) => {
                aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
            }
        }
    }

    fn config(&self, client: SharedHttpClient) -> Builder {
        let endpoint = match &self.server {
            Server::Embedded(_) => "http://embedded.invalid",
            Server::Elsewhere(endpoint) => endpoint,
        };
        Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-west-1"))
            .endpoint_url(endpoint)
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .retry_config(RetryConfig::standard().with_max_attempts(4).with_initial_backoff(Duration::from_millis(10)))
            .http_client(client)
    }
}
