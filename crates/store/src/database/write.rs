//! Writes as the use cases state them, and their translation into the SDK's types.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update as SdkUpdate};

use super::item::{Item, key_attributes};
use super::keys::Key;
use crate::ids::Timestamp;

/// A value that an expression names.
#[derive(Debug, Clone)]
pub(crate) struct Operand(AttributeValue);

impl From<&str> for Operand {
    fn from(text: &str) -> Operand {
        Operand(AttributeValue::S(text.to_owned()))
    }
}

impl From<&[u8]> for Operand {
    fn from(bytes: &[u8]) -> Operand {
        Operand(AttributeValue::B(Blob::new(bytes)))
    }
}

impl From<u64> for Operand {
    fn from(number: u64) -> Operand {
        Operand(AttributeValue::N(number.to_string()))
    }
}

impl From<Timestamp> for Operand {
    fn from(time: Timestamp) -> Operand {
        Operand(AttributeValue::N(time.0.to_string()))
    }
}

impl From<bool> for Operand {
    fn from(flag: bool) -> Operand {
        Operand(AttributeValue::Bool(flag))
    }
}

impl From<&[String]> for Operand {
    fn from(texts: &[String]) -> Operand {
        Operand(AttributeValue::L(texts.iter().cloned().map(AttributeValue::S).collect()))
    }
}

/// The values of an expression, by the names that it gives them.
type Operands = Vec<(&'static str, Operand)>;

/// What must hold of the item for a write to happen.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    expression: String,
    values: Operands,
}

impl Condition {
    /// There is no such item.
    pub(crate) fn absent() -> Condition {
        Condition::that("attribute_not_exists(PK)")
    }

    /// There is such an item.
    pub(crate) fn present() -> Condition {
        Condition::that("attribute_exists(PK)")
    }

    /// A condition in DynamoDB's language. Attribute names stand in it as they are, so none may be a word that
    /// DynamoDB reserves.
    pub(crate) fn that(expression: &str) -> Condition {
        Condition { expression: expression.to_owned(), values: Vec::new() }
    }

    /// With a value that the condition names, such as `:now`.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Operand>) -> Condition {
        self.values.push((name, value.into()));
        self
    }
}

/// An attribute by the names that an expression gives it and its value, whatever words DynamoDB reserves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute {
    name: &'static str,
    value: &'static str,
}

impl Attribute {
    /// `name` as `#roles`, `value` as `:roles`.
    pub(crate) const fn of(name: &'static str, value: &'static str) -> Attribute {
        Attribute { name, value }
    }

    fn attribute(self) -> &'static str {
        self.name.trim_start_matches('#')
    }
}

/// A change of some attributes of an item, which is made if it is missing.
#[derive(Debug, Clone)]
pub(crate) struct Update {
    key: Key,
    expression: String,
    names: HashMap<String, String>,
    values: Operands,
    condition: Option<Condition>,
}

impl Update {
    /// An update in DynamoDB's language, names as in [`Condition::that`].
    pub(crate) fn of(key: Key, expression: impl Into<String>) -> Update {
        Update { key, expression: expression.into(), names: HashMap::new(), values: Vec::new(), condition: None }
    }

    /// Gives attributes their values, and takes those away that are to have none.
    pub(crate) fn setting(key: Key, attributes: Vec<(Attribute, Option<Operand>)>) -> Update {
        let (mut sets, mut removes) = (Vec::new(), Vec::new());
        let mut update = Update::of(key, String::new());
        for (attribute, value) in attributes {
            update = update.meaning(attribute.name, attribute.attribute());
            match value {
                Some(value) => {
                    sets.push(format!("{} = {}", attribute.name, attribute.value));
                    update.values.push((attribute.value, value));
                }
                None => removes.push(attribute.name),
            }
        }
        let clause = |word: &str, parts: &[String]| match parts {
            [] => String::new(),
            parts => format!("{word} {} ", parts.join(", ")),
        };
        let removes: Vec<String> = removes.into_iter().map(str::to_owned).collect();
        Update { expression: clause("SET", &sets) + &clause("REMOVE", &removes), ..update }
    }

    /// Adds to what the update does, in DynamoDB's language.
    pub(crate) fn and(mut self, clause: &str) -> Update {
        self.expression.push_str(clause);
        self
    }

    /// With a value that the update names; its condition may name it, too.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Operand>) -> Update {
        self.values.push((name, value.into()));
        self
    }

    /// With the attribute that the update means by a name such as `#roles`, for words that DynamoDB reserves.
    pub(crate) fn meaning(mut self, name: &str, attribute: &str) -> Update {
        self.names.insert(name.to_owned(), attribute.to_owned());
        self
    }

    /// Only if a condition holds.
    pub(crate) fn when(self, condition: Condition) -> Update {
        Update { condition: Some(condition), ..self }
    }

    pub(super) fn into_request(self, request: UpdateItemFluentBuilder) -> UpdateItemFluentBuilder {
        let (condition, more) = parts(self.condition);
        request
            .set_key(Some(key_attributes(&self.key)))
            .update_expression(self.expression)
            .set_expression_attribute_names(some(self.names))
            .set_condition_expression(condition)
            .set_expression_attribute_values(some_values(self.values.into_iter().chain(more).collect()))
    }
}

impl From<Update> for Write {
    fn from(update: Update) -> Write {
        Write::Update(update)
    }
}

/// One action of a transaction.
#[derive(Debug, Clone)]
pub(crate) enum Write {
    /// Puts an item, replacing what is there.
    Put(Item, Option<Condition>),
    /// Changes attributes of an item.
    Update(Update),
    /// Deletes an item.
    Delete(Key, Option<Condition>),
    /// Writes nothing, but must hold.
    Check(Key, Condition),
}

impl Write {
    /// Puts an item that must not be there yet.
    pub(crate) fn put_new(item: Item) -> Write {
        Write::Put(item, Some(Condition::absent()))
    }

    /// Puts an item over an older one.
    pub(crate) fn put(item: Item) -> Write {
        Write::Put(item, None)
    }

    pub(crate) fn into_transact(self, table: &str) -> TransactWriteItem {
        let transact = TransactWriteItem::builder();
        match self {
            Write::Put(item, condition) => {
                let (expression, values) = parts(condition);
                let put = Put::builder()
                    .table_name(table)
                    .set_item(Some(item.into_attributes()))
                    .set_condition_expression(expression)
                    .set_expression_attribute_values(some_values(values))
                    .build();
                transact.put(put.expect("a put has its table and its item"))
            }
            Write::Update(Update { key, expression, names, values, condition }) => {
                let (condition, more) = parts(condition);
                let update = SdkUpdate::builder()
                    .table_name(table)
                    .set_key(Some(key_attributes(&key)))
                    .update_expression(expression)
                    .set_expression_attribute_names(some(names))
                    .set_condition_expression(condition)
                    .set_expression_attribute_values(some_values(values.into_iter().chain(more).collect()))
                    .build();
                transact.update(update.expect("an update has its table, its key and its expression"))
            }
            Write::Delete(key, condition) => {
                let (expression, values) = parts(condition);
                let delete = Delete::builder()
                    .table_name(table)
                    .set_key(Some(key_attributes(&key)))
                    .set_condition_expression(expression)
                    .set_expression_attribute_values(some_values(values))
                    .build();
                transact.delete(delete.expect("a deletion has its table and its key"))
            }
            Write::Check(key, condition) => {
                let check = ConditionCheck::builder()
                    .table_name(table)
                    .set_key(Some(key_attributes(&key)))
                    .condition_expression(condition.expression)
                    .set_expression_attribute_values(some_values(condition.values))
                    .build();
                transact.condition_check(check.expect("a check has its table, its key and its condition"))
            }
        }
        .build()
    }
}

fn parts(condition: Option<Condition>) -> (Option<String>, Operands) {
    match condition {
        Some(condition) => (Some(condition.expression), condition.values),
        None => (None, Vec::new()),
    }
}

fn some_values(values: Operands) -> Option<HashMap<String, AttributeValue>> {
    some(values.into_iter().map(|(name, value)| (name.to_owned(), value.0)).collect())
}

/// DynamoDB refuses an empty map where none is meant.
fn some<V>(map: HashMap<String, V>) -> Option<HashMap<String, V>> {
    (!map.is_empty()).then_some(map)
}
