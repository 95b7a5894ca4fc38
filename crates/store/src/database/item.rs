//! Items as typed attributes: writing them, and reading back what must be there.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use scoring::json::Value;

use super::keys::Key;
use super::tables::{PARTITION_KEY, SORT_KEY};
use crate::error::StoreError;
use crate::ids::Timestamp;

/// An item, to be written or just read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item(HashMap<String, AttributeValue>);

impl Item {
    pub(crate) fn at(key: Key) -> Item {
        Item(key_attributes(&key))
    }

    pub(crate) fn from_attributes(attributes: HashMap<String, AttributeValue>) -> Item {
        Item(attributes)
    }

    pub(crate) fn into_attributes(self) -> HashMap<String, AttributeValue> {
        self.0
    }

    pub(crate) fn with_text(self, name: &str, value: impl Into<String>) -> Item {
        self.with(name, AttributeValue::S(value.into()))
    }

    pub(crate) fn with_optional_text(self, name: &str, value: Option<&str>) -> Item {
        match value {
            Some(value) => self.with_text(name, value),
            None => self,
        }
    }

    pub(crate) fn with_number(self, name: &str, value: u64) -> Item {
        self.with(name, AttributeValue::N(value.to_string()))
    }

    pub(crate) fn with_time(self, name: &str, value: Timestamp) -> Item {
        self.with(name, AttributeValue::N(value.0.to_string()))
    }

    pub(crate) fn with_optional_time(self, name: &str, value: Option<Timestamp>) -> Item {
        match value {
            Some(value) => self.with_time(name, value),
            None => self,
        }
    }

    pub(crate) fn with_flag(self, name: &str, value: bool) -> Item {
        self.with(name, AttributeValue::Bool(value))
    }

    pub(crate) fn with_bytes(self, name: &str, value: Vec<u8>) -> Item {
        self.with(name, AttributeValue::B(Blob::new(value)))
    }

    pub(crate) fn with_texts(self, name: &str, values: &[String]) -> Item {
        self.with(name, AttributeValue::L(values.iter().cloned().map(AttributeValue::S).collect()))
    }

    /// JSON as it is, null members included: a lot across categories says so with a null.
    pub(crate) fn with_json(self, name: &str, value: &Value) -> Item {
        // A JSON value always has a text; the canonical one stands in for a failure that cannot happen.
        self.with_text(name, serde_json::to_string(value).unwrap_or_else(|_| value.canonical()))
    }

    fn with(mut self, name: &str, value: AttributeValue) -> Item {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// Without an attribute.
    pub(crate) fn without(mut self, name: &str) -> Item {
        self.0.remove(name);
        self
    }

    /// The same attributes under another key.
    pub(crate) fn moved_to(mut self, key: &Key) -> Item {
        self.0.extend(key_attributes(key));
        self
    }

    pub(crate) fn sort_key(&self) -> Result<&str, StoreError> {
        self.text(SORT_KEY)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn text(&self, name: &str) -> Result<&str, StoreError> {
        match self.0.get(name) {
            Some(AttributeValue::S(text)) => Ok(text),
            _ => Err(StoreError::Corrupt),
        }
    }

    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        if self.has(name) { self.text(name).map(|text| Some(text.to_owned())) } else { Ok(None) }
    }

    pub(crate) fn number(&self, name: &str) -> Result<u64, StoreError> {
        match self.0.get(name) {
            Some(AttributeValue::N(number)) => number.parse().map_err(|_| StoreError::Corrupt),
            _ => Err(StoreError::Corrupt),
        }
    }

    pub(crate) fn time(&self, name: &str) -> Result<Timestamp, StoreError> {
        match self.0.get(name) {
            Some(AttributeValue::N(number)) => number.parse().map(Timestamp).map_err(|_| StoreError::Corrupt),
            _ => Err(StoreError::Corrupt),
        }
    }

    pub(crate) fn optional_time(&self, name: &str) -> Result<Option<Timestamp>, StoreError> {
        if self.has(name) { self.time(name).map(Some) } else { Ok(None) }
    }

    /// A counter: 0 where nothing was added yet.
    pub(crate) fn count(&self, name: &str) -> Result<u64, StoreError> {
        if self.has(name) { self.number(name) } else { Ok(0) }
    }

    /// A flag: false where it is absent.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, StoreError> {
        match self.0.get(name) {
            Some(AttributeValue::Bool(value)) => Ok(*value),
            None => Ok(false),
            Some(_) => Err(StoreError::Corrupt),
        }
    }

    pub(crate) fn bytes(&self, name: &str) -> Result<&[u8], StoreError> {
        match self.0.get(name) {
            Some(AttributeValue::B(bytes)) => Ok(bytes.as_ref()),
            _ => Err(StoreError::Corrupt),
        }
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, StoreError> {
        match self.0.get(name) {
            Some(AttributeValue::L(values)) => {
                values.iter().map(|value| value.as_s().cloned().map_err(|_| StoreError::Corrupt)).collect()
            }
            _ => Err(StoreError::Corrupt),
        }
    }

    pub(crate) fn optional_texts(&self, name: &str) -> Result<Option<Vec<String>>, StoreError> {
        if self.has(name) { self.texts(name).map(Some) } else { Ok(None) }
    }

    pub(crate) fn json(&self, name: &str) -> Result<Value, StoreError> {
        Value::parse(self.text(name)?.as_bytes()).map_err(|_| StoreError::Corrupt)
    }
}

pub(crate) fn key_attributes(key: &Key) -> HashMap<String, AttributeValue> {
    HashMap::from([
        (PARTITION_KEY.to_owned(), AttributeValue::S(key.pk.clone())),
        (SORT_KEY.to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}
