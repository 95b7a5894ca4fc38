//! The records of a publication: what is shown, and what is told of the rest.
//!
//! Owns the text that holds them, which stands beside the publication's own, compressed: of 500 units, 20 components and
//! three groups it is 4.5 MB, and pages that show a ranking need none of it. Refuses to own what may be shown
//! (`scoring::disclosure`).

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use scoring::disclosure::{Disclosed, Disclosing};
use scoring::json::Value;
use scoring::{Plan, Records, RecordsDocument, ShownRecords, Standing, WithheldRecord};
use sha2::{Digest, Sha256};
use wire::fingerprint::{Fingerprint, fingerprints, publication_sha256};
use wire::result::PublishedRecords;

use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::limits::{LARGEST_PART, LARGEST_RECORDS};
use crate::store::Store;

/// What the sort keys of all parts of records begin with, before their hash.
const PREFIX: &str = "R#";

/// What is settled of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledEdition {
    /// The hash of each member.
    pub fingerprints: Vec<Fingerprint>,
    /// The hash of these hashes.
    pub publication_sha256: String,
    /// The hash of all records.
    pub records_sha256: String,
    /// The hash of the text of what is shown of them.
    pub(crate) shown: String,
}

/// What is published: the records, and what else decides how much of them may be shown.
#[derive(Clone, Copy)]
pub(crate) struct Published<'a> {
    pub(crate) of: &'a Plan,
    pub(crate) document: &'a RecordsDocument,
    pub(crate) records: &'a Records,
    pub(crate) standing: &'a Standing,
    pub(crate) records_sha256: &'a str,
    pub(crate) allow_small: &'a [String],
    /// The edition before; 0 where there is none.
    pub(crate) last_edition: u64,
}

impl SettledEdition {
    /// The members of a publication's text that say it.
    pub(crate) fn members(&self) -> Vec<(String, Value)> {
        vec![
            ("records_sha256".to_owned(), Value::text(&self.records_sha256)),
            ("fingerprints".to_owned(), Value::of(&self.fingerprints)),
            ("publication_sha256".to_owned(), Value::text(&self.publication_sha256)),
            ("shown".to_owned(), Value::text(&self.shown)),
        ]
    }

    /// Reads them.
    pub(crate) fn read(text: &Value) -> Result<Option<SettledEdition>, StoreError> {
        let Some(shown) = text.get("shown") else { return Ok(None) };
        let said =
            |member: &str| text.get(member).and_then(Value::as_str).map(str::to_owned).ok_or(StoreError::Corrupt);
        Ok(Some(SettledEdition {
            fingerprints: text.get("fingerprints").and_then(Value::to).ok_or(StoreError::Corrupt)?,
            publication_sha256: said("publication_sha256")?,
            records_sha256: said("records_sha256")?,
            shown: shown.as_str().ok_or(StoreError::Corrupt)?.to_owned(),
        }))
    }
}

impl Store {
    /// Keeps the records of an edition as far as they may be shown, and says what is settled with it. `members`: the others
    /// that are, as the public reads them.
    pub(crate) async fn put_records(
        &self,
        plan: &PlanId,
        published: Published<'_>,
        mut members: Vec<(&str, Value)>,
    ) -> Result<SettledEdition, StoreError> {
        let Published { of, document, records, standing, records_sha256, allow_small, last_edition } = published;
        let earlier = self.earlier_records(plan, of, last_edition).await?;
        let disclosing = Disclosing { plan: of, document, records, standing, allow_small, earlier: &earlier };
        let Disclosed { records, withheld } = disclosing.disclosed();
        let (records, withheld) = (Value::of(&records), Value::of(&withheld));
        members.push(("records_sha256", Value::text(records_sha256)));
        let all = members.iter().map(|(name, value)| (*name, value));
        let fingerprints = fingerprints(all.chain([("records", &records), ("withheld", &withheld)]));
        let text = Value::object([("records", records), ("withheld", withheld)]).canonical();
        // What nobody could read back is not published.
        if text.len() as u64 > LARGEST_RECORDS {
            return Err(StoreError::TooLarge);
        }
        let shown = hex::encode(Sha256::digest(text.as_bytes()));
        let packed = packed(text.as_bytes()).map_err(|_| StoreError::Corrupt)?;
        for (number, part) in packed.chunks(LARGEST_PART).enumerate() {
            let sort = format!("{PREFIX}{shown}#{}", keys::ordinal(number as u64));
            let item = Item::at(Key::new(keys::publication_partition(plan), sort)).with_bytes("part", part.to_vec());
            self.database.write(Table::Main, Write::put(item), &self.pause).await?;
        }
        let publication_sha256 = publication_sha256(&fingerprints);
        Ok(SettledEdition { fingerprints, publication_sha256, records_sha256: records_sha256.to_owned(), shown })
    }

    /// What an edition shows of the records; `None` of what was published before they were kept, and on public display.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for a text that is not what was published.
    pub async fn published_records(
        &self,
        plan: &PlanId,
        settled: Option<&SettledEdition>,
    ) -> Result<Option<PublishedRecords>, StoreError> {
        let Some(settled) = settled else { return Ok(None) };
        let prefix = format!("{PREFIX}{}#", settled.shown);
        let mut packed = Vec::new();
        for item in self.database.query_all(Table::Main, &keys::publication_partition(plan), &prefix).await? {
            packed.extend_from_slice(item.bytes("part")?);
        }
        let text = unpacked(&packed, LARGEST_RECORDS).ok_or(StoreError::Corrupt)?;
        if hex::encode(Sha256::digest(&text)) != settled.shown {
            return Err(StoreError::Corrupt);
        }
        let Ok(Value::Object(members)) = Value::parse(&text) else { return Err(StoreError::Corrupt) };
        let mut members = members.into_iter().map(|(_, value)| value);
        // In the order of their canonical form.
        match (members.next(), members.next(), members.next()) {
            (Some(records), Some(withheld), None) => Ok(Some(PublishedRecords { records, withheld })),
            _ => Err(StoreError::Corrupt),
        }
    }

    /// What the editions before showed and withheld of the records, those left out that were published before it was kept.
    pub(crate) async fn earlier_records(
        &self,
        plan: &PlanId,
        of: &Plan,
        last_edition: u64,
    ) -> Result<Vec<ShownRecords>, StoreError> {
        let mut earlier = Vec::new();
        for edition in 1..=last_edition {
            let publication = self.published_edition(plan, Some(edition)).await?;
            let shown = self.published_records(plan, publication.settled.as_ref()).await?;
            let Some(PublishedRecords { records, withheld }) = shown else { continue };
            let document = RecordsDocument::read(&records).map_err(|_| StoreError::Corrupt)?;
            let withheld: Vec<WithheldRecord> = withheld.to().ok_or(StoreError::Corrupt)?;
            earlier.push(ShownRecords::new(of, &document, &withheld).map_err(|_| StoreError::Corrupt)?);
        }
        Ok(earlier)
    }
}

fn packed(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text)?;
    encoder.finish()
}

/// The text again; `None` for what is none, or is of more bytes than it may have.
fn unpacked(packed: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    GzDecoder::new(packed).take(most + 1).read_to_end(&mut text).ok()?;
    (text.len() as u64 <= most).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again_and_nothing_else_does() {
        let text = b"{\"records\":{}}".repeat(1_000);
        let mut small = packed(&text).unwrap();
        assert!(small.len() < text.len() / 10);
        assert_eq!(unpacked(&small, 14_000), Some(text));
        assert_eq!(unpacked(&small, 13_999), None);
        small.truncate(small.len() / 2);
        assert_eq!(unpacked(&small, 14_000), None);
        assert_eq!(unpacked(b"no", 14_000), None);
    }
}
