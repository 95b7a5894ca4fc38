//! From DynamoDB's JSON protocol to dynoxide's calls: which table's file a request is for, and what it asks.
//!
//! Only the operations that the store may use are here. `Scan` is not, on purpose.

use std::sync::Arc;

use dynoxide::actions::{
    batch_get_item, batch_write_item, create_table, delete_item, describe_table, describe_time_to_live, get_item,
    put_item, query, transact_get_items, transact_write_items, update_item, update_time_to_live,
};
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::task::JoinHandle;

use crate::home::Home;
use crate::table_file::TableFile;

/// The media type of DynamoDB's requests and answers.
pub(crate) const CONTENT_TYPE: &str = "application/x-amz-json-1.0";

/// What DynamoDB would have sent back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// The operation that an `X-Amz-Target` header names: `DynamoDB_20120810.PutItem`.
pub(crate) fn operation(target: &str) -> &str {
    target.strip_prefix("DynamoDB_20120810.").unwrap_or_default()
}

/// Runs one request to its end, on a thread that may block: SQLite does, and a commit waits for the disk.
pub(crate) fn answer(home: Arc<Home>, operation: String, body: String) -> JoinHandle<Answer> {
    tokio::task::spawn_blocking(move || match run(&home, &operation, &body) {
        Ok(body) => Answer { status: 200, body },
        Err(error) => Answer { status: error.status_code(), body: error.to_json() },
    })
}

fn run(home: &Home, operation: &str, body: &str) -> Result<String, DynoxideError> {
    match operation {
        "CreateTable" => create(home, body),
        "DescribeTable" => on_table(
            home,
            body,
            |r: &describe_table::DescribeTableRequest| vec![&r.table_name],
            Database::describe_table,
        ),
        "UpdateTimeToLive" => change_table(
            home,
            body,
            |r: &update_time_to_live::UpdateTimeToLiveRequest| vec![&r.table_name],
            Database::update_time_to_live,
        ),
        "DescribeTimeToLive" => on_table(
            home,
            body,
            |r: &describe_time_to_live::DescribeTimeToLiveRequest| vec![&r.table_name],
            Database::describe_time_to_live,
        ),
        "GetItem" => on_table(home, body, |r: &get_item::GetItemRequest| vec![&r.table_name], Database::get_item),
        "PutItem" => change_table(home, body, |r: &put_item::PutItemRequest| vec![&r.table_name], Database::put_item),
        "UpdateItem" => {
            change_table(home, body, |r: &update_item::UpdateItemRequest| vec![&r.table_name], Database::update_item)
        }
        "DeleteItem" => {
            change_table(home, body, |r: &delete_item::DeleteItemRequest| vec![&r.table_name], Database::delete_item)
        }
        "Query" => on_table(home, body, |r: &query::QueryRequest| vec![&r.table_name], Database::query),
        "BatchGetItem" => on_table(
            home,
            body,
            |r: &batch_get_item::BatchGetItemRequest| r.request_items.keys().collect(),
            Database::batch_get_item,
        ),
        "BatchWriteItem" => change_table(
            home,
            body,
            |r: &batch_write_item::BatchWriteItemRequest| r.request_items.keys().collect(),
            Database::batch_write_item,
        ),
        "TransactWriteItems" => change_table(home, body, transaction_tables, Database::transact_write_items),
        "TransactGetItems" => on_table(
            home,
            body,
            |r: &transact_get_items::TransactGetItemsRequest| {
                r.transact_items.iter().map(|item| &item.get.table_name).collect()
            },
            Database::transact_get_items,
        ),
        _ => Err(DynoxideError::UnsupportedCapability(operation.to_owned())),
    }
}

fn create(home: &Home, body: &str) -> Result<String, DynoxideError> {
    let request: create_table::CreateTableRequest = read(body)?;
    let file = home
        .table_to_create(&request.table_name)
        .map_err(|error| DynoxideError::InternalServerError(error.to_string()))?;
    let created = file.with(|database| database.create_table(request))?;
    home.created(&file).map_err(|error| DynoxideError::InternalServerError(error.to_string()))?;
    write(&created)
}

/// Every table that a transaction touches.
fn transaction_tables(request: &transact_write_items::TransactWriteItemsRequest) -> Vec<&String> {
    let mut names = Vec::new();
    for item in &request.transact_items {
        names.extend(item.put.as_ref().map(|action| &action.table_name));
        names.extend(item.update.as_ref().map(|action| &action.table_name));
        names.extend(item.delete.as_ref().map(|action| &action.table_name));
        names.extend(item.condition_check.as_ref().map(|action| &action.table_name));
    }
    names
}

/// Reads a request, finds its file and asks it: which file it was, and how it ended.
fn ask<Q: DeserializeOwned, R>(
    home: &Home,
    body: &str,
    tables: impl for<'q> Fn(&'q Q) -> Vec<&'q String>,
    call: impl FnOnce(&Database, Q) -> Result<R, DynoxideError>,
) -> Result<(Arc<TableFile>, Result<R, DynoxideError>), DynoxideError> {
    let request: Q = read(body)?;
    let file = one_file(home, &tables(&request))?;
    let done = file.with(|database| call(database, request));
    Ok((file, done))
}

fn on_table<Q: DeserializeOwned, R: Serialize>(
    home: &Home,
    body: &str,
    tables: impl for<'q> Fn(&'q Q) -> Vec<&'q String>,
    call: impl FnOnce(&Database, Q) -> Result<R, DynoxideError>,
) -> Result<String, DynoxideError> {
    write(&ask(home, body, tables, call)?.1?)
}

/// As [`on_table`], for what writes: how it ended says how the disk is, and the witness learns of it before anybody.
fn change_table<Q: DeserializeOwned, R: Serialize>(
    home: &Home,
    body: &str,
    tables: impl for<'q> Fn(&'q Q) -> Vec<&'q String>,
    call: impl FnOnce(&Database, Q) -> Result<R, DynoxideError>,
) -> Result<String, DynoxideError> {
    let (file, done) = ask(home, body, tables, call)?;
    home.disk.learn(&done);
    let answer = done?;
    home.changed(&file);
    write(&answer)
}

/// The one file that a request is for.
fn one_file(home: &Home, names: &[&String]) -> Result<Arc<TableFile>, DynoxideError> {
    let Some(first) = names.first() else {
        return Err(DynoxideError::ValidationException("a request names no table".to_owned()));
    };
    if names.iter().any(|name| name != first) {
        return Err(DynoxideError::ValidationException(
            "the embedded engine answers for one table at a time".to_owned(),
        ));
    }
    home.table(first).ok_or_else(|| {
        DynoxideError::ResourceNotFoundException(format!("Requested resource not found: Table: {first} not found"))
    })
}

fn read<Q: DeserializeOwned>(body: &str) -> Result<Q, DynoxideError> {
    serde_json::from_str(body).map_err(|error| DynoxideError::SerializationException(error.to_string()))
}

fn write<R: Serialize>(response: &R) -> Result<String, DynoxideError> {
    serde_json::to_string(response).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// DynamoDB's refusal for want of capacity.
pub(crate) fn throttled() -> Answer {
    let error = DynoxideError::ProvisionedThroughputExceededException(
        "The level of configured provisioned throughput was exceeded.".to_owned(),
    );
    Answer { status: 400, body: error.to_json() }
}

/// DynamoDB's own failure.
pub(crate) fn failed() -> Answer {
    let error = DynoxideError::InternalServerError("Internal server error".to_owned());
    Answer { status: 500, body: error.to_json() }
}

/// DynamoDB's refusal while another transaction has an item.
pub(crate) fn conflict(operation: &str, body: &str) -> Answer {
    if operation != "TransactWriteItems" {
        let body = serde_json::json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionConflictException",
            "message": "Transaction is ongoing for the item",
        });
        return Answer { status: 400, body: body.to_string() };
    }
    let items = read::<transact_write_items::TransactWriteItemsRequest>(body).map_or(1, |r| r.transact_items.len());
    let mut reasons = vec![serde_json::json!({ "Code": "None" }); items];
    if let Some(last) = reasons.last_mut() {
        *last = serde_json::json!({ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" });
    }
    let body = serde_json::json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
        "CancellationReasons": reasons,
    });
    Answer { status: 400, body: body.to_string() }
}
