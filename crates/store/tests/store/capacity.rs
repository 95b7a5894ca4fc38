//! What the store's traffic costs, by what requests and their answers say.

use std::sync::Mutex;

use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextMut;
use engine::{Fault, Observer};
use serde_json::Value;

/// What the traffic so far has cost.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Reading {
    pub calls: usize,
    pub written: usize,
    pub read: usize,
    /// As the engine reckons it: reads of 4 KB, writes of 1 KB, twice for a transaction.
    pub capacity: f64,
}

/// Reads what requests and their answers say of it.
#[derive(Debug, Default)]
pub struct Meter(Mutex<Reading>);

impl Meter {
    pub fn take(&self) -> Reading {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observer for Meter {
    fn fault(&self, _: &str, _: &str) -> Option<Fault> {
        None
    }

    fn answered(&self, operation: &str, request: &str, _: u16, answer: &str) {
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let (request, answer) = (value(request), value(answer));
        let length = |list: &Value| list.as_array().map_or(0, Vec::len);
        let mut reading = self.0.lock().unwrap();
        reading.calls += 1;
        match operation {
            "TransactWriteItems" => reading.written += length(&request["TransactItems"]),
            "Query" => reading.read += length(&answer["Items"]),
            "GetItem" => reading.read += usize::from(answer["Item"].is_object()),
            "BatchGetItem" => {
                reading.read += answer["Responses"].as_object().unwrap().values().map(length).sum::<usize>();
            }
            "DescribeTable" => return,
            other => panic!("{other} is not among the operations that the store may use"),
        }
        let consumed = &answer["ConsumedCapacity"];
        let tables = consumed.as_array().map_or(std::slice::from_ref(consumed), Vec::as_slice);
        reading.capacity += tables.iter().map(|table| table["CapacityUnits"].as_f64().unwrap()).sum::<f64>();
    }
}

/// Asks with each request what it cost.
#[derive(Debug)]
pub struct AskForCapacity;

impl Intercept for AskForCapacity {
    fn name(&self) -> &'static str {
        "AskForCapacity"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (input, total) = (context.input_mut(), Some(ReturnConsumedCapacity::Total));
        if let Some(input) = input.downcast_mut::<GetItemInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<QueryInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<BatchGetItemInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<TransactWriteItemsInput>() {
            input.return_consumed_capacity = total;
        }
        Ok(())
    }
}
