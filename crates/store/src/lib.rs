//! What is kept, and the transactions that keep it true.
//!
//! Owns: the two tables and everything in them, each use case as one transaction or as steps that can be repeated,
//! the audit chain, the counting of ballots. It is the only crate that knows DynamoDB, and has one implementation,
//! on `aws-sdk-dynamodb`; the embedded engine is another end of the same client.
//!
//! Refuses to own: scoring (it calls `scoring`), HTTP, passwords (it keeps hashes that the API made), and the words
//! that people read.
//!
//! # Secrecy of the ballot
//!
//! A code and a ballot meet in one transaction and in no item. Neither holds a moment, a number in a sequence or an
//! address. A code item says which period, group and units its paper is for, and whether it is used; a ballot item
//! says period, group and marks. Receipts follow from the ballot's id and the plan's hash alone, so a receipt proves
//! that a ballot is in the box, and never what it says. A blind group's code is exchanged for a token under the
//! group's key first, and the token, which nobody can lead back to the code, casts the ballot.
//!
//! # What counts
//!
//! Running tallies are a cache, spread over 16 shards. At closing the ballots themselves are counted, and the shards
//! are compared with that count.

mod accounts;
mod audit;
mod ballot_box;
mod database;
mod draw;
mod error;
mod ids;
mod keyed_hash;
mod plan;
mod records;
mod throttle;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

pub use accounts::{Session, SessionToken, Staff};
pub use audit::AuditEvent;
pub use ballot_box::{
    BlindKey, Blinded, BrowserToken, Cast, Channel, Comment, Credential, Evaluated, ExportPart, ExportedBallot,
    IssuedHour, KeptComment, MOST_CODES, MOST_COMMENTS, NewCodes, Prepared, ReadyBallot, Receipt, ReceiptProof,
    Receipts, Token, Turnout, Voter,
};
pub use database::{Billing, TableDefinition, TableNames, tables};
pub use error::StoreError;
pub use ids::{Actor, BallotId, CodeHash, Cursor, Page, PlanId, Revision, Timestamp};
pub use plan::{FrozenPlan, PlanHead, PlanRow, Publication, ScenarioRow, State};
pub use records::{PaperCount, PaperEntry, PaperRow, PaperTally, RecordId, RecordKind, RecordRow, Struck};
pub use throttle::Scope;

pub(crate) use draw::Draw;

use database::{Database, Item, Pause, Table};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Rewrites the box's file in key order; `false` if it could not.
type RewriteBox = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// The store. Cheap to clone; clones share caches.
#[derive(Clone)]
pub struct Store {
    database: Database,
    clock: Clock,
    draw: Draw,
    pause: Pause,
    turns: Arc<audit::change::Turns>,
    frozen: Arc<plan::frozen_plan::Cache>,
    day_key: Arc<throttle::KnownDayKey>,
    rewrite_box: Option<RewriteBox>,
}

impl Store {
    /// The store on DynamoDB itself: `config` is the AWS configuration, or anything that makes one of the SDK's
    /// configuration builders.
    pub fn new(config: impl Into<Builder>, names: TableNames) -> Store {
        let retries = RetryConfig::standard().with_max_attempts(4);
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(5)).build();
        Store::configured(config.into().retry_config(retries).timeout_config(timeouts), names)
    }

    /// The store on the embedded engine, through the engine's in-process HTTP client.
    pub fn embedded(http_client: SharedHttpClient) -> Store {
        // Nothing leaves the process: region, address and credentials are there because the SDK asks for them.
        let retries = RetryConfig::standard().with_max_attempts(4).with_initial_backoff(Duration::from_millis(10));
        let config = Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("local"))
            .endpoint_url("http://embedded.invalid")
            .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
            .retry_config(retries)
            .http_client(http_client);
        Store::configured(config, TableNames::default())
    }

    /// The store on a configuration that is taken as it is, with its retries and time-outs.
    pub fn configured(config: Builder, names: TableNames) -> Store {
        let draw = Draw::new();
        Store {
            database: Database::new(Client::from_conf(config.build()), names),
            clock: Arc::new(|| {
                let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))
            }),
            pause: Pause::new(draw.clone()),
            draw,
            turns: Arc::default(),
            frozen: Arc::default(),
            day_key: Arc::default(),
            rewrite_box: None,
        }
    }

    /// The store with another clock, for tests.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Store {
        self.clock = clock;
        self
    }

    /// What closing a plan does to the box's file, where there is a file: write it anew in key order, so that it
    /// keeps no trace of the order of ballots. The function answers `false` if it could not; closing then stops
    /// before its end, and can be repeated.
    #[must_use]
    pub fn with_box_rewrite<F, R>(mut self, rewrite: F) -> Store
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = bool> + Send + 'static,
    {
        self.rewrite_box = Some(Arc::new(move || Box::pin(rewrite())));
        self
    }

    /// Creates the two tables where they are missing. For the embedded engine; elsewhere the stack does it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn create_tables(&self) -> Result<(), StoreError> {
        self.database.create(Table::Main).await?;
        self.database.create(Table::Box).await
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// A page of a partition of `main`.
    async fn page(
        &self,
        partition: &str,
        prefix: &str,
        limit: usize,
        after: Option<&Cursor>,
        descending: bool,
    ) -> Result<Page<Item>, StoreError> {
        let after = after.map(|cursor| cursor.0.as_str());
        // A cursor of another list: DynamoDB would refuse to start outside of what is asked for.
        if after.is_some_and(|after| !after.starts_with(prefix)) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let limit = limit.clamp(1, MOST_ROWS);
        let range = database::Range { prefix, after, limit: Some(limit), descending };
        let (items, next) = self.database.query(Table::Main, partition, range).await?;
        Ok(Page { items, next: next.map(Cursor) })
    }
}

/// Most rows of one page.
const MOST_ROWS: usize = 500;

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("database", &self.database).finish_non_exhaustive()
    }
}
