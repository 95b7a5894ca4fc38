//! Editions of a published result: each is a text under its own hash, and none ever goes.
//!
//! Owns which text an edition is, the list of them, and what one changed of the one before. Refuses to own what stands in
//! the text (`publish_plan`).

use scoring::json::Value;
use wire::result::{Change, Correction, Edition};

use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{PlanId, Timestamp};
use crate::store::Store;

/// What the sort keys of all editions begin with.
const PREFIX: &str = "E#";

/// Which text was published, and as which edition.
pub(crate) struct EditionText<'a> {
    pub(crate) edition: u64,
    pub(crate) digest: &'a str,
    pub(crate) parts: u64,
    pub(crate) at: Timestamp,
    pub(crate) reason: Option<&'a str>,
}

impl EditionText<'_> {
    /// The edition's own item, and the head that names the latest one.
    pub(crate) fn writes(&self, plan: &PlanId) -> Vec<Write> {
        let partition = keys::publication_partition(plan);
        let item = |sort: String| {
            Item::at(Key::new(partition.as_str(), sort))
                .with_text("digest", self.digest)
                .with_number("parts", self.parts)
                .with_number("edition", self.edition)
                .with_time("made_at", self.at)
                .with_optional_text("reason", self.reason)
        };
        vec![Write::put(item(keys::HEAD.to_owned())), Write::put_new(item(sort_key(self.edition)))]
    }
}

fn sort_key(edition: u64) -> String {
    format!("{PREFIX}{}", keys::ordinal(edition))
}

impl Store {
    /// The item of an edition; that of the latest without a number.
    pub(crate) async fn edition_item(&self, plan: &PlanId, edition: Option<u64>) -> Result<Item, StoreError> {
        let partition = keys::publication_partition(plan);
        let latest = self.publication_head(plan).await?;
        let number = edition_of(&latest)?;
        match edition {
            Some(edition) if edition != number => {
                let key = Key::new(partition, sort_key(edition));
                self.database.get(Table::Main, &key).await?.ok_or(StoreError::NotFound)
            }
            _ => Ok(latest),
        }
    }

    /// What keeps an edition that was published before editions had items of their own, when the next one takes its head.
    pub(crate) fn keep_edition(&self, plan: &PlanId, latest: &Item) -> Result<Option<Write>, StoreError> {
        if latest.has("edition") {
            return Ok(None);
        }
        let key = Key::new(keys::publication_partition(plan), sort_key(1));
        Ok(Some(Write::put(latest.clone().with_number("edition", 1).moved_to(&key))))
    }

    /// All editions of a plan's result, the first one first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] before publication.
    pub async fn editions(&self, plan: &PlanId) -> Result<Vec<Edition>, StoreError> {
        let mut items = self.database.query_all(Table::Main, &keys::publication_partition(plan), PREFIX).await?;
        if items.is_empty() {
            items.push(self.publication_head(plan).await?);
        }
        let edition = |item: &Item| {
            let at = if item.has("made_at") { Some(item.time("made_at")?.0) } else { None };
            Ok(Edition { edition: edition_of(item)?, at, reason: item.optional_text("reason")? })
        };
        items.iter().map(edition).collect()
    }
}

/// The number of an edition; the first before editions were numbered.
pub(crate) fn edition_of(item: &Item) -> Result<u64, StoreError> {
    if item.has("edition") { item.number("edition") } else { Ok(1) }
}

/// What a correction changed of the result before, unit by unit. Both are results of one plan, so they name the same units
/// in the same order.
pub(crate) fn correction(reason: &str, was: &Value, now: &Value) -> Correction {
    let units = |result: &Value| match result.get("units") {
        Some(Value::List(units)) => units.clone(),
        _ => Vec::new(),
    };
    let mut changes = Vec::new();
    for (was, now) in units(was).iter().zip(&units(now)) {
        let unit = now.get("unit").and_then(Value::as_str).unwrap_or_default();
        for member in ["total", "published", "rank", "grade", "outcomes"] {
            let (was, now) = (told(was.get(member)), told(now.get(member)));
            if was != now {
                changes.push(Change { unit: unit.to_owned(), member: member.to_owned(), was, now });
            }
        }
        if canonical(was.get("periods")) != canonical(now.get("periods")) {
            changes.push(Change { unit: unit.to_owned(), member: "periods".to_owned(), was: None, now: None });
        }
    }
    Correction { reason: reason.to_owned(), changes }
}

fn canonical(value: Option<&Value>) -> String {
    value.map(Value::canonical).unwrap_or_default()
}

/// A member as a text: outcomes by their ids with blanks between.
fn told(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::Text(text) => Some(text.clone()),
        Value::List(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        other => Some(other.canonical()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_says_what_is_another_now_and_nothing_else() {
        let result = |first: &str, second: &str| {
            let unit = |id: &str, rest: &str| format!(r#"{{"unit":"{id}",{rest}}}"#);
            let text = format!(r#"{{"units":[{},{}]}}"#, unit("a", first), unit("b", second));
            Value::parse(text.as_bytes()).unwrap()
        };
        let same = r#""total":"80.000000","published":"80.00","rank":2,"grade":null,"outcomes":["last"],"periods":[1]"#;
        let was = r#""total":"84.000000","published":"84.00","rank":1,"grade":"good","outcomes":[],"periods":[1]"#;
        let now = r#""total":"84.000001","published":"84.00","rank":1,"outcomes":["first","x"],"periods":[2]"#;
        let told = correction("录错", &result(was, same), &result(now, same));
        let change = |member: &str, was: Option<&str>, now: Option<&str>| {
            let [was, now] = [was, now].map(|text| text.map(str::to_owned));
            Change { unit: "a".to_owned(), member: member.to_owned(), was, now }
        };
        let changes = vec![
            change("total", Some("84.000000"), Some("84.000001")),
            change("grade", Some("good"), None),
            change("outcomes", Some(""), Some("first x")),
            change("periods", None, None),
        ];
        assert_eq!(told, Correction { reason: "录错".to_owned(), changes });
        assert_eq!(correction("无", &result(was, same), &result(was, same)).changes, []);
    }
}
