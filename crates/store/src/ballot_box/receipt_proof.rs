//! Showing a voter that their ballot is among those that were counted, without saying what it says.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::count::Ballots;
use super::counted::{Committed, Counted};
use super::merkle;
use super::merkle::{Hash, Tree};
use super::receipt::Receipt;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{BallotId, PlanId, unhex};
use crate::limits::PLANS_WITH_RECEIPTS;
use crate::plan::frozen_plan::FrozenPlan;
use crate::store::Store;

/// What a publication says of all receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipts {
    /// The root of the tree over them, in hexadecimal.
    pub root: String,
    /// How many ballots are in it.
    pub count: u64,
}

/// That a receipt's ballot is under the published root. Leaf: SHA-256 of a zero byte, the receipt and the
/// commitment; node: SHA-256 of a one byte, left and right; the tree is RFC 6962's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptProof {
    /// The salted commitment to the ballot, in hexadecimal.
    pub commitment: String,
    /// The leaf's place.
    pub index: u64,
    /// Leaves in the tree.
    pub size: u64,
    /// The hashes beside the way up, the lowest first, in hexadecimal.
    pub path: Vec<String>,
}

impl ReceiptProof {
    /// The root that a receipt and this proof lead to, in hexadecimal: to be compared with the published one.
    pub fn root(&self, receipt: &Receipt) -> Option<String> {
        let leaf = merkle::leaf(&receipt.bytes(), &unhex(&self.commitment)?);
        let path = self.path.iter().map(|hash| unhex(hash)).collect::<Option<Vec<Hash>>>()?;
        let (index, size) = (usize::try_from(self.index).ok()?, usize::try_from(self.size).ok()?);
        merkle::root_from(leaf, index, size, &path).map(hex::encode)
    }
}

/// The sort key of the secret that salts a plan's commitments.
const SECRET: &str = "K";

/// What a stored ballot is committed to with: SHA-256 of `"pingyi-ballot\0"`, its salt, period, group and marks. The
/// salt follows from the plan's secret and the ballot's id: it takes both to open a commitment, and `main` does not
/// know the id, nor the voter the secret.
pub(crate) fn commitment(secret: &Hash, ballot: &Item) -> Result<Hash, StoreError> {
    let mut salt = Sha256::new();
    salt.update(b"pingyi-salt\0");
    salt.update(secret);
    salt.update(ballot.sort_key()?.as_bytes());
    let mut sha = Sha256::new();
    sha.update(b"pingyi-ballot\0");
    sha.update(salt.finalize());
    for part in [ballot.text("term")?, ballot.text("voters")?] {
        sha.update(part.as_bytes());
        sha.update(b"\0");
    }
    sha.update(ballot.bytes("marks")?);
    Ok(sha.finalize().into())
}

/// The leaves in their order, and the commitments by receipt.
fn leaves(committed: &[Committed]) -> Vec<Hash> {
    let mut leaves: Vec<Hash> =
        committed.iter().map(|(receipt, commitment)| merkle::leaf(receipt, commitment)).collect();
    leaves.sort_unstable();
    leaves
}

pub(crate) fn receipts(committed: &[Committed]) -> Receipts {
    Receipts { root: hex::encode(merkle::root(&leaves(committed))), count: committed.len() as u64 }
}

impl Store {
    /// The secret that salts a plan's commitments: drawn at the first closing, the same when it is resumed.
    pub(crate) async fn commitment_secret(&self, plan: &PlanId) -> Result<Hash, StoreError> {
        let key = Key::new(keys::export_partition(plan), SECRET);
        let new = Item::at(key.clone()).with_bytes("secret", self.draw.bytes::<32>()?.to_vec());
        self.database.write(Table::Main, Write::put_new(new), &self.pause).await?;
        let item = self.database.get(Table::Main, &key).await?.ok_or(StoreError::Corrupt)?;
        item.bytes("secret")?.try_into().map_err(|_| StoreError::Corrupt)
    }

    /// Receipt and commitment of each ballot in the box, in the order of the receipts.
    pub(crate) async fn commit_to_ballots(&self, frozen: &FrozenPlan) -> Result<Vec<Committed>, StoreError> {
        let secret = self.commitment_secret(&frozen.id).await?;
        let mut committed = Vec::new();
        let mut pages = Ballots::of(self, frozen);
        while let Some(page) = pages.next_page().await? {
            for ballot in &page {
                let id = BallotId::parse(ballot.sort_key()?).ok_or(StoreError::Corrupt)?;
                let receipt = Receipt::of(&frozen.sha256, &id);
                committed.push((receipt.bytes(), commitment(&secret, ballot)?));
            }
        }
        committed.sort_unstable();
        Ok(committed)
    }

    /// The proof that a receipt's ballot is under the published root.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] before publication, and for a receipt of no ballot.
    pub async fn receipt_proof(&self, plan: &PlanId, receipt: &Receipt) -> Result<ReceiptProof, StoreError> {
        self.publication_head(plan).await?;
        let counted = self.counted_ballots(plan).await?;
        let place = counted.committed.binary_search_by_key(&receipt.bytes(), |(receipt, _)| *receipt);
        let (_, commitment) = counted.committed[place.map_err(|_| StoreError::NotFound)?];
        let (leaves, leaf) = (counted.tree.leaves(), merkle::leaf(&receipt.bytes(), &commitment));
        let index = leaves.binary_search(&leaf).map_err(|_| StoreError::Corrupt)?;
        Ok(ReceiptProof {
            commitment: hex::encode(commitment),
            index: index as u64,
            size: leaves.len() as u64,
            path: counted.tree.path(index).iter().map(hex::encode).collect(),
        })
    }

    /// What was counted of a closed plan, which never changes: read once, by one request while others wait for it, and
    /// kept for the plans that are asked for.
    async fn counted_ballots(&self, plan: &PlanId) -> Result<Arc<Counted>, StoreError> {
        let mut kept = self.counted.lock().await;
        if let Some(place) = kept.iter().position(|(of, _)| of == plan) {
            let found = kept.remove(place);
            kept.push(found);
        } else {
            let committed = self.exported_commitments(plan).await?;
            let tree = Tree::new(leaves(&committed));
            if kept.len() >= PLANS_WITH_RECEIPTS {
                kept.remove(0);
            }
            kept.push((plan.clone(), Arc::new(Counted { committed, tree })));
        }
        kept.last().map(|(_, counted)| Arc::clone(counted)).ok_or(StoreError::Corrupt)
    }
}
