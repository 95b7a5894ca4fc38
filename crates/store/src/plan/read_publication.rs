//! What was published, read back: a text under its own hash, taken apart.
//!
//! Refuses to own what goes into it (`publish_plan`), and which edition is which (`edition`).

use scoring::json::Value;
use sha2::{Digest, Sha256};
use wire::announcement::Publicity;
use wire::audit::PublishedHeads;
use wire::reconciliation::Reconciliation;
use wire::result::{Correction, FrozenLists};

use super::edition::edition_of;
use super::publish_plan::Publication;
use super::published_records::SettledEdition;
use crate::ballot_box::receipt_proof::Receipts;
use crate::database::{Item, Key, Table, keys};
use crate::error::StoreError;
use crate::ids::PlanId;
use crate::store::Store;

impl Store {
    /// Which text was published, if one was.
    pub(crate) async fn publication_head(&self, plan: &PlanId) -> Result<Item, StoreError> {
        let key = Key::new(keys::publication_partition(plan), keys::HEAD);
        self.database.get(Table::Main, &key).await?.ok_or(StoreError::NotFound)
    }

    /// What was published: the latest edition.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown plan and before publication.
    pub async fn publication(&self, plan: &PlanId) -> Result<Publication, StoreError> {
        self.published_edition(plan, None).await
    }

    /// What was published: an edition by its number, or the latest.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown plan or edition, and before publication.
    pub async fn published_edition(&self, plan: &PlanId, edition: Option<u64>) -> Result<Publication, StoreError> {
        let head = self.edition_item(plan, edition).await?;
        self.publication_text(plan, &head).await
    }

    /// The text that an item names, taken apart.
    pub(crate) async fn publication_text(&self, plan: &PlanId, head: &Item) -> Result<Publication, StoreError> {
        let partition = keys::publication_partition(plan);
        let digest = head.text("digest")?;
        let mut text = Vec::new();
        for item in self.database.query_all(Table::Main, &partition, &format!("{digest}#")).await? {
            text.extend_from_slice(item.bytes("part")?);
        }
        if hex::encode(Sha256::digest(&text)) != digest {
            return Err(StoreError::Corrupt);
        }
        let text = Value::parse(&text).map_err(|_| StoreError::Corrupt)?;
        let settled = SettledEdition::read(&text)?;
        let Value::Object(members) = text else { return Err(StoreError::Corrupt) };
        let mut publication = Publication {
            plan_sha256: String::new(),
            plan: Value::Null,
            result: Value::Null,
            audit: None,
            reconciliation: None,
            pinned_keys: None,
            tokens: None,
            edition: edition_of(head)?,
            shortlist: None,
            publicity: None,
            correction: None,
            receipts: Receipts { root: String::new(), count: 0 },
            settled,
        };
        for (key, value) in members {
            match (key.as_str(), value) {
                ("plan_sha256", Value::Text(sha256)) => publication.plan_sha256 = sha256,
                ("plan", plan) => publication.plan = plan,
                ("result", result) => publication.result = result,
                ("audit", heads) => {
                    publication.audit = Some(PublishedHeads::read(&heads).map_err(|_| StoreError::Corrupt)?);
                }
                // The item says it, too, and says it of those that were published before it stood here.
                ("edition", _) => {}
                ("records_sha256" | "fingerprints" | "publication_sha256" | "shown", _) => {}
                ("shortlist", lists) => {
                    publication.shortlist = Some(FrozenLists::read(&lists).map_err(|_| StoreError::Corrupt)?);
                }
                ("publicity", publicity) => {
                    publication.publicity = Some(Publicity::read(&publicity).map_err(|_| StoreError::Corrupt)?);
                }
                ("correction", correction) => {
                    publication.correction = Some(Correction::read(&correction).map_err(|_| StoreError::Corrupt)?);
                }
                ("reconciliation", found) => {
                    publication.reconciliation = Some(Reconciliation::read(&found).map_err(|_| StoreError::Corrupt)?);
                }
                ("pinned_keys", pinned) => publication.pinned_keys = Some(pinned.to().ok_or(StoreError::Corrupt)?),
                ("tokens", tokens) => publication.tokens = Some(tokens.to().ok_or(StoreError::Corrupt)?),
                ("receipts_root", Value::Text(root)) => publication.receipts.root = root,
                ("receipts", Value::Text(count)) => {
                    publication.receipts.count = count.parse().map_err(|_| StoreError::Corrupt)?;
                }
                _ => return Err(StoreError::Corrupt),
            }
        }
        Ok(publication)
    }
}
