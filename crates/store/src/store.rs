//! The store itself: the database, the clock, chance, and what is kept in memory.
//!
//! Owns what every use case needs. The use cases stand in the rooms, each as an `impl Store` of its own.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use files::Files;

use crate::audit::turns::Turns;
use crate::ballot_box::counted::CountedPlans;
use crate::ballot_box::looks::Looks;
use crate::database::{self, Configuration, Database, Item, Pause, Range, SharedHttpClient, Table, TableNames};
use crate::day_key::KnownDayKey;
use crate::draw::Draw;
use crate::error::StoreError;
use crate::ids::{Cursor, Page, Timestamp};
use crate::limits::{CLOSING_LIMIT, MOST_ROWS};
use crate::plan::frozen_plan::FrozenPlans;
use crate::plan::known_facts::KnownFacts;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Rewrites the box's file in key order; `false` if it could not.
type RewriteBox = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// The store. Cheap to clone; clones share what is in memory.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Database,
    clock: Clock,
    pub(crate) draw: Draw,
    pub(crate) pause: Pause,
    pub(crate) turns: Arc<Turns>,
    pub(crate) frozen_plans: Arc<FrozenPlans>,
    pub(crate) known_facts: Arc<KnownFacts>,
    pub(crate) looks: Arc<Looks>,
    pub(crate) counted: Arc<CountedPlans>,
    pub(crate) known_day_key: Arc<KnownDayKey>,
    pub(crate) rewrite_box: Option<RewriteBox>,
    pub(crate) files: Option<Files>,
    pub(crate) closing_limit: Duration,
}

impl Store {
    /// The store on DynamoDB itself: `configuration` is the AWS configuration, or anything that makes one of the
    /// SDK's configuration builders.
    pub fn new(configuration: impl Into<Configuration>, names: TableNames) -> Store {
        Store::configured(database::on_aws(configuration.into()), names)
    }

    /// The store on the embedded engine, through the engine's in-process HTTP client.
    pub fn embedded(http_client: SharedHttpClient) -> Store {
        Store::configured(database::embedded(http_client), TableNames::default())
    }

    /// The store on a configuration that is taken as it is, with its retries and time-outs.
    pub fn configured(configuration: Configuration, names: TableNames) -> Store {
        let draw = Draw::new();
        Store {
            database: Database::new(configuration, names),
            clock: Arc::new(|| {
                let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))
            }),
            pause: Pause::new(draw.clone()),
            draw,
            turns: Arc::default(),
            frozen_plans: Arc::default(),
            known_facts: Arc::default(),
            looks: Arc::default(),
            counted: Arc::default(),
            known_day_key: Arc::default(),
            rewrite_box: None,
            files: None,
            closing_limit: CLOSING_LIMIT,
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

    /// Where evidence files are kept; without a place none are taken.
    #[must_use]
    pub fn with_files(mut self, files: Files) -> Store {
        self.files = Some(files);
        self
    }

    /// The store with another time for one call to close, for tests.
    #[must_use]
    pub fn with_closing_limit(mut self, limit: Duration) -> Store {
        self.closing_limit = limit;
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

    /// The time, by the store's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// A page of a partition of `main`.
    pub(crate) async fn page(
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
        let range = Range { prefix, after, limit: Some(limit), descending };
        let (items, next) = self.database.query(Table::Main, partition, range).await?;
        Ok(Page { items, next: next.map(Cursor) })
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("database", &self.database).finish_non_exhaustive()
    }
}
