//! The few operations that the use cases are made of, on the AWS SDK, and what their failures mean.
//!
//! `GetItem`, `BatchGetItem`, `Query`, `TransactWriteItems` and `UpdateItem`; never `Scan`. What must be written once
//! goes through `TransactWriteItems`, also where it is a single item, for its client token: the SDK's own repetition
//! of a request whose answer was lost is then answered as the first was, and never does the work twice. Counters that
//! only limit how often something is tried are plain updates: many callers meet on one of them, and transactions on
//! one item are in each other's way for seconds.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, KeysAndAttributes,
    ScalarAttributeType, TimeToLiveSpecification,
};
use tokio::task::JoinSet;

use super::connection::Configuration;
use super::item::{Item, key_attributes};
use super::keys::Key;
use super::pause::Pause;
use super::tables::{PARTITION_KEY, SORT_KEY, TableDefinition, TableNames, tables};
use super::write::{Update, Write};
use crate::error::StoreError;
use crate::limits::{ATTEMPTS, BATCH_ROUNDS, MOST_ACTIONS, MOST_KEYS};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    /// Plans, records, sessions, audit.
    Main,
    /// Codes, ballots, tally shards.
    Box,
}

/// Why a transaction was not (or not certainly) done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WriteFault {
    /// Nothing was written: for each action, whether its condition failed. At least one did.
    Conditions(Vec<bool>),
    /// Nothing was written: other transactions were in the way, or capacity was short. Worth another try.
    Contended,
    /// No answer: it may have been written.
    Unsure,
}

/// A part of a partition to read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Range<'a> {
    /// Only sort keys that begin so.
    pub(crate) prefix: &'a str,
    /// Only sort keys beyond this one.
    pub(crate) after: Option<&'a str>,
    /// From the end to the beginning.
    pub(crate) descending: bool,
    /// At most so many items; `None`: all that one answer holds.
    pub(crate) limit: Option<usize>,
}

/// The SDK's client and the tables' names. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    client: Client,
    names: TableNames,
}

impl Database {
    pub(crate) fn new(configuration: Configuration, names: TableNames) -> Database {
        Database { client: Client::from_conf(configuration.build()), names }
    }

    fn name(&self, table: Table) -> &str {
        match table {
            Table::Main => &self.names.main,
            Table::Box => &self.names.ballot_box,
        }
    }

    /// Creates a table unless it exists. Only for the embedded engine: the stack's template creates the others.
    pub(crate) async fn create(&self, table: Table) -> Result<(), StoreError> {
        let [main, ballot_box] = tables();
        let definition: TableDefinition = match table {
            Table::Main => main,
            Table::Box => ballot_box,
        };
        let name = self.name(table);
        if self.client.describe_table().table_name(name).send().await.is_ok() {
            return Ok(());
        }
        let attribute = |name: &str| {
            AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build()
        };
        let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
        self.client
            .create_table()
            .table_name(name)
            .billing_mode(BillingMode::PayPerRequest)
            .attribute_definitions(attribute(definition.partition_key).expect("name and type are given"))
            .attribute_definitions(attribute(definition.sort_key).expect("name and type are given"))
            .key_schema(key(definition.partition_key, KeyType::Hash).expect("name and type are given"))
            .key_schema(key(definition.sort_key, KeyType::Range).expect("name and type are given"))
            .send()
            .await
            .map_err(|_| StoreError::Unavailable)?;
        if let Some(attribute) = definition.time_to_live {
            let specification = TimeToLiveSpecification::builder().attribute_name(attribute).enabled(true).build();
            self.client
                .update_time_to_live()
                .table_name(name)
                .time_to_live_specification(specification.expect("name and switch are given"))
                .send()
                .await
                .map_err(|_| StoreError::Unavailable)?;
        }
        Ok(())
    }

    /// Reads one item, as it is now.
    pub(crate) async fn get(&self, table: Table, key: &Key) -> Result<Option<Item>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(self.name(table))
            .set_key(Some(key_attributes(key)))
            .consistent_read(true)
            .send()
            .await
            .map_err(|_| StoreError::Unavailable)?;
        Ok(answer.item.map(Item::from_attributes))
    }

    /// Reads many items, as they are now, in no order; those that do not exist are not in the answer.
    pub(crate) async fn get_many(&self, table: Table, keys: &[Key]) -> Result<Vec<Item>, StoreError> {
        let mut found = Vec::new();
        for keys in keys.chunks(MOST_KEYS) {
            let mut open: Vec<_> = keys.iter().map(key_attributes).collect();
            for round in 1.. {
                let wanted = KeysAndAttributes::builder().set_keys(Some(open)).consistent_read(true).build();
                let answer = self
                    .client
                    .batch_get_item()
                    .request_items(self.name(table), wanted.expect("keys are given"))
                    .send()
                    .await
                    .map_err(|_| StoreError::Unavailable)?;
                for items in answer.responses.unwrap_or_default().into_values() {
                    found.extend(items.into_iter().map(Item::from_attributes));
                }
                // What exceeds 16 MB, or the capacity, comes back unread.
                open = answer.unprocessed_keys.unwrap_or_default().into_values().flat_map(|left| left.keys).collect();
                if open.is_empty() {
                    break;
                }
                if round == BATCH_ROUNDS {
                    return Err(StoreError::Unavailable);
                }
                tokio::time::sleep(Duration::from_millis(10 << round.min(6))).await;
            }
        }
        Ok(found)
    }

    /// Reads one answer's worth of a partition, as it is now: the items, and the sort key after which there may be
    /// more.
    pub(crate) async fn query(
        &self,
        table: Table,
        partition: &str,
        range: Range<'_>,
    ) -> Result<(Vec<Item>, Option<String>), StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(self.name(table))
            .consistent_read(true)
            .scan_index_forward(!range.descending)
            .set_limit(range.limit.map(|limit| i32::try_from(limit.max(1)).unwrap_or(i32::MAX)))
            .expression_attribute_values(":p", AttributeValue::S(partition.to_owned()));
        if range.prefix.is_empty() {
            query = query.key_condition_expression(format!("{PARTITION_KEY} = :p"));
        } else {
            query = query
                .key_condition_expression(format!("{PARTITION_KEY} = :p AND begins_with({SORT_KEY}, :s)"))
                .expression_attribute_values(":s", AttributeValue::S(range.prefix.to_owned()));
        }
        if let Some(after) = range.after {
            query = query.set_exclusive_start_key(Some(key_attributes(&Key::new(partition, after))));
        }
        let answer = query.send().await.map_err(|_| StoreError::Unavailable)?;
        let next = answer.last_evaluated_key.map(|key| Item::from_attributes(key).sort_key().map(str::to_owned));
        let items = answer.items.unwrap_or_default().into_iter().map(Item::from_attributes).collect();
        Ok((items, next.transpose()?))
    }

    /// Reads all of a partition that begins with a prefix.
    pub(crate) async fn query_all(&self, table: Table, partition: &str, prefix: &str) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let range = Range { prefix, after: after.as_deref(), ..Range::default() };
            let (page, next) = self.query(table, partition, range).await?;
            items.extend(page);
            match next {
                Some(next) => after = Some(next),
                None => return Ok(items),
            }
        }
    }

    /// Reads all of several partitions side by side.
    pub(crate) async fn query_partitions(
        &self,
        table: Table,
        partitions: Vec<String>,
    ) -> Result<Vec<Item>, StoreError> {
        let mut reads = JoinSet::new();
        for partition in partitions {
            let database = self.clone();
            reads.spawn(async move { database.query_all(table, &partition, "").await });
        }
        let mut items = Vec::new();
        while let Some(read) = reads.join_next().await {
            items.extend(read.map_err(|_| StoreError::Unavailable)??);
        }
        Ok(items)
    }

    /// Hands on each item of several partitions, an answer's worth of one partition at a time: no more is in memory.
    pub(crate) async fn each_item(
        &self,
        table: Table,
        partitions: Vec<String>,
        take: &mut (dyn FnMut(&Item) -> Result<(), StoreError> + Send),
    ) -> Result<(), StoreError> {
        for partition in partitions {
            let mut after: Option<String> = None;
            loop {
                let range = Range { after: after.as_deref(), ..Range::default() };
                let (items, next) = self.query(table, &partition, range).await?;
                items.iter().try_for_each(&mut *take)?;
                match next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// Does all of the writes, or none.
    pub(crate) async fn transact(&self, table: Table, writes: Vec<Write>) -> Result<(), WriteFault> {
        assert!(!writes.is_empty() && writes.len() <= MOST_ACTIONS, "a transaction has 1 to 99 actions");
        let actions = writes.into_iter().map(|write| write.into_transact(self.name(table))).collect();
        match self.client.transact_write_items().set_transact_items(Some(actions)).send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }

    /// Does one update by itself, for a counter. `Ok(false)`: its condition does not hold. If an answer is lost, it
    /// may have been done twice.
    pub(crate) async fn update(&self, table: Table, update: Update) -> Result<bool, StoreError> {
        let request = self.client.update_item().table_name(self.name(table));
        match update.into_request(request).send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(StoreError::Unavailable),
            },
        }
    }

    /// Does one write that may be repeated without harm, trying again for as long as it is worth it. `Ok(false)`:
    /// its condition does not hold.
    pub(crate) async fn write(&self, table: Table, write: impl Into<Write>, pause: &Pause) -> Result<bool, StoreError> {
        self.write_all(table, vec![write.into()], pause).await
    }

    /// As [`Database::write`], for several writes in one transaction.
    pub(crate) async fn write_all(&self, table: Table, writes: Vec<Write>, pause: &Pause) -> Result<bool, StoreError> {
        for attempt in 0..ATTEMPTS {
            match self.transact(table, writes.clone()).await {
                Ok(()) => return Ok(true),
                Err(WriteFault::Conditions(_)) => return Ok(false),
                Err(WriteFault::Contended | WriteFault::Unsure) => pause.before_retry(attempt).await?,
            }
        }
        Err(StoreError::Unavailable)
    }
}

fn fault<R>(error: &SdkError<TransactWriteItemsError, R>) -> WriteFault {
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            let failed: Vec<bool> = cancelled
                .cancellation_reasons()
                .iter()
                .map(|reason| reason.code() == Some("ConditionalCheckFailed"))
                .collect();
            if failed.contains(&true) { WriteFault::Conditions(failed) } else { WriteFault::Contended }
        }
        // Refused outright: nothing was written.
        Some(
            TransactWriteItemsError::ProvisionedThroughputExceededException(_)
            | TransactWriteItemsError::RequestLimitExceeded(_),
        ) => WriteFault::Contended,
        _ => WriteFault::Unsure,
    }
}
