//! Writes as the use cases state them, and their translation into the SDK's types.

use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update};

use crate::database::item::{Item, key_attributes};
use crate::database::keys::Key;

/// What must hold of the item for a write to happen.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    expression: String,
    values: Vec<(&'static str, AttributeValue)>,
}

impl Condition {
    /// There is no such item.
    pub(crate) fn absent() -> Condition {
        Condition { expression: "attribute_not_exists(PK)".to_owned(), values: Vec::new() }
    }

    /// There is such an item.
    pub(crate) fn present() -> Condition {
        Condition { expression: "attribute_exists(PK)".to_owned(), values: Vec::new() }
    }

    /// A condition with values in it. Attribute names stand in the expression as they are, so none may be a word
    /// that DynamoDB reserves.
    pub(crate) fn that(expression: &str, values: Vec<(&'static str, AttributeValue)>) -> Condition {
        Condition { expression: expression.to_owned(), values }
    }
}

/// One action of a transaction.
#[derive(Debug, Clone)]
pub(crate) enum Write {
    /// Puts an item, replacing what is there.
    Put(Item, Option<Condition>),
    /// Changes attributes of an item, which is made if it is missing.
    Update { key: Key, expression: String, values: Vec<(&'static str, AttributeValue)>, condition: Option<Condition> },
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
            Write::Update { key, expression, values, condition } => {
                let (condition, more) = parts(condition);
                let update = Update::builder()
                    .table_name(table)
                    .set_key(Some(key_attributes(&key)))
                    .update_expression(expression)
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

fn parts(condition: Option<Condition>) -> (Option<String>, Vec<(&'static str, AttributeValue)>) {
    match condition {
        Some(condition) => (Some(condition.expression), condition.values),
        None => (None, Vec::new()),
    }
}

fn some_values(
    values: Vec<(&'static str, AttributeValue)>,
) -> Option<std::collections::HashMap<String, AttributeValue>> {
    (!values.is_empty()).then(|| values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
