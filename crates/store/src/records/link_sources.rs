//! Where the totals of a link came from, as its item keeps it.

use scoring::json::Value;
use wire::link::LinkSource;

use crate::database::Item;
use crate::error::StoreError;

/// The sources that an item names; none of what was given by hand.
pub(crate) fn sources(item: &Item) -> Result<Vec<LinkSource>, StoreError> {
    if !item.has("sources") {
        return Ok(Vec::new());
    }
    let Value::List(sources) = item.json("sources")? else { return Err(StoreError::Corrupt) };
    sources.iter().map(|source| LinkSource::read(source).map_err(|_| StoreError::Corrupt)).collect()
}

/// A link's item with its sources.
pub(crate) fn with_sources(item: Item, sources: &[LinkSource]) -> Item {
    item.with_json("sources", &Value::List(sources.iter().map(Value::of).collect()))
}
