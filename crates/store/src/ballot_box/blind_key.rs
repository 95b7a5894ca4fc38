//! The keys of blind groups: one for each plan, period and group, made when its first codes are issued, or else when the
//! plan opens. Its fingerprint is frozen with the plan.
//!
//! Owns RFC 9497 (ristretto255-SHA512, verifiable mode) as far as a server needs it: making keys, evaluating blinded
//! elements with a proof, checking tokens. A token is a nonce and what the key makes of it; it is good for one ballot
//! of its period and group, and nobody can tell from which code it came. With the publication the secret keys are
//! published, too: nothing is voted on any more, and anyone can check which tokens could be good.

use std::collections::BTreeMap;

use rand_core::OsRng;
use scoring::json::Value;
use scoring::plan_document::BallotKind;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use voprf::{BlindedElement, Group as _, Ristretto255, VoprfServer};
pub use wire::ballot::BlindKey;
use wire::blind_key::{PinnedKey, fingerprint};
use wire::spent_token::{NONCE, OUTPUT, order};

use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{PlanId, unhex};
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::State;
use crate::store::Store;

/// A token as a ballot carries it.
#[derive(Clone)]
pub struct Token {
    pub period: String,
    pub group: String,
    /// What the voter's browser drew.
    pub nonce: [u8; NONCE],
    /// What the key makes of the nonce.
    pub output: [u8; OUTPUT],
}

/// A blinded element, as a voter's browser sends it.
#[derive(Clone)]
pub struct Blinded(BlindedElement<Ristretto255>);

impl Blinded {
    /// Reads 64 hexadecimal digits; `None` for what is no element of the group.
    pub fn parse(text: &str) -> Option<Blinded> {
        BlindedElement::deserialize(&unhex::<32>(text)?).ok().map(Blinded)
    }

    /// What the code keeps of it, so that the same request can be answered again and another cannot.
    pub(crate) fn mark(&self) -> String {
        hex::encode(Sha256::digest(self.0.serialize()))
    }
}

/// A blinded element evaluated, with the proof that the group's key did it.
#[derive(Clone)]
pub struct Evaluated {
    /// The evaluated element, 64 hexadecimal digits.
    pub evaluated: String,
    /// The proof, 128 hexadecimal digits.
    pub proof: String,
}

/// What the box keeps of a spent token: a name that follows from period, group and nonce, and the token itself, which is
/// published with the result. The server meets nonce and output first on the ballot: no exchange saw either of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent {
    name: [u8; 32],
    nonce: [u8; NONCE],
    output: [u8; OUTPUT],
}

impl Spent {
    fn of(token: &Token) -> Spent {
        Spent { name: order(&token.period, &token.group, &token.nonce), nonce: token.nonce, output: token.output }
    }

    /// Its name in hexadecimal.
    pub(crate) fn name(&self) -> String {
        hex::encode(self.name)
    }

    /// Nonce and output.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [&self.nonce[..], &self.output[..]].concat()
    }
}

/// Never the token itself: what is printed may end in a log.
impl std::fmt::Debug for Spent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Spent(..)")
    }
}

/// One group's key with its secret half.
struct SecretKey(VoprfServer<Ristretto255>);

impl SecretKey {
    fn evaluate(&self, blinded: &Blinded) -> Evaluated {
        let done = self.0.blind_evaluate(&mut OsRng, &blinded.0);
        Evaluated { evaluated: hex::encode(done.message.serialize()), proof: hex::encode(done.proof.serialize()) }
    }

    fn made(&self, token: &Token) -> bool {
        let Ok(output) = self.0.evaluate(&token.nonce) else { return false };
        output.ct_eq(&token.output[..]).into()
    }
}

/// The periods and blind groups of a plan, in plan order.
fn blind_places(frozen: &FrozenPlan) -> impl Iterator<Item = (&str, &str)> {
    let groups = frozen.plan.groups().iter().filter(|group| group.ballot == BallotKind::Blind);
    groups.flat_map(|group| frozen.layout.periods.iter().map(move |period| (period.as_str(), group.id.as_str())))
}

/// The same of a draft, which may be in pieces.
fn blind_places_of_draft(document: &Value) -> Vec<(String, String)> {
    let list = |name: &str| match document.get(name) {
        Some(Value::List(elements)) => elements.as_slice(),
        _ => &[],
    };
    let text = |element: &Value, name: &str| element.get(name).and_then(Value::as_str).map(str::to_owned);
    let blind = |group: &&Value| text(group, "ballot").as_deref() == Some(BallotKind::Blind.as_str());
    let mut places = Vec::new();
    for group in list("groups").iter().filter(blind).filter_map(|group| text(group, "id")) {
        places.extend(list("periods").iter().filter_map(|period| Some((text(period, "id")?, group.clone()))));
    }
    places
}

/// That a key is the one which was frozen.
fn check_pinned(pinned: Option<&[PinnedKey]>, period: &str, group: &str, item: &Item) -> Result<(), StoreError> {
    let Some(pinned) = pinned else { return Ok(()) };
    let found = fingerprint_of(item)?;
    let is_it = |one: &PinnedKey| one.period == period && one.group == group && one.fingerprint == found;
    if pinned.iter().any(is_it) { Ok(()) } else { Err(StoreError::Corrupt) }
}

/// The fingerprint of a key as it is kept.
fn fingerprint_of(item: &Item) -> Result<String, StoreError> {
    fingerprint(item.text("public")?).ok_or(StoreError::Corrupt)
}

impl Store {
    /// A new key as it will be kept.
    fn new_blind_key(&self, plan: &PlanId, period: &str, group: &str) -> Result<Item, StoreError> {
        let seed: [u8; 32] = self.draw.bytes()?;
        let info = format!("pingyi-blind\0{plan}\0{period}\0{group}");
        let key = VoprfServer::<Ristretto255>::new_from_seed(&seed, info.as_bytes());
        let both = key.map_err(|_| StoreError::Corrupt)?.serialize();
        let (secret, public) = both.split_at(32);
        Ok(Item::at(keys::blind_key(plan, period, group))
            .with_text("period", period)
            .with_text("group_id", group)
            .with_bytes("secret", secret.to_vec())
            .with_text("public", hex::encode(public)))
    }

    /// The fingerprint that cards of a blind group carry, and what makes its key where there is none yet: a card that is
    /// printed from a draft names the key under which it will vote.
    pub(crate) async fn key_of_cards(
        &self,
        plan: &PlanId,
        period: &str,
        group: &str,
    ) -> Result<(String, Option<Write>), StoreError> {
        if let Some(item) = self.database.get(Table::Main, &keys::blind_key(plan, period, group)).await? {
            return Ok((fingerprint_of(&item)?, None));
        }
        let item = self.new_blind_key(plan, period, group)?;
        Ok((fingerprint_of(&item)?, Some(Write::put_new(item))))
    }

    /// Makes the keys that a plan's blind groups need and do not have, and answers what is frozen of all of them. An opening
    /// that is repeated keeps the first.
    pub(crate) async fn make_blind_keys(&self, frozen: &FrozenPlan) -> Result<Vec<PinnedKey>, StoreError> {
        for (period, group) in blind_places(frozen) {
            let there = self.database.get(Table::Main, &keys::blind_key(&frozen.id, period, group)).await?;
            if there.is_none() {
                let item = self.new_blind_key(&frozen.id, period, group)?;
                self.database.write(Table::Main, Write::put_new(item), &self.pause).await?;
            }
        }
        let items = self.kept_keys(&frozen.id).await?;
        let pinned = |(period, group): (&str, &str)| {
            let item = items.get(&(period.to_owned(), group.to_owned())).ok_or(StoreError::Corrupt)?;
            let fingerprint = fingerprint_of(item)?;
            Ok(PinnedKey { period: period.to_owned(), group: group.to_owned(), fingerprint })
        };
        blind_places(frozen).map(pinned).collect()
    }

    /// All keys that are kept of a plan, by period and group.
    async fn kept_keys(&self, plan: &PlanId) -> Result<BTreeMap<(String, String), Item>, StoreError> {
        let items = self.database.query_all(Table::Main, &keys::blind_partition(plan), "").await?;
        let place = |item: Item| Ok(((item.text("period")?.to_owned(), item.text("group_id")?.to_owned()), item));
        items.into_iter().map(place).collect()
    }

    /// The fingerprints that were frozen with a plan; `None` for one that was opened before they were.
    pub(crate) async fn pinned_keys(&self, plan: &PlanId) -> Result<Option<Vec<PinnedKey>>, StoreError> {
        let item = self.database.get(Table::Main, &keys::pinned_keys(plan)).await?;
        item.map(|item| item.json("body")?.to().ok_or(StoreError::Corrupt)).transpose()
    }

    /// The public keys of a plan's blind groups, in plan order: of a draft those whose codes were drawn, and with their
    /// secret halves once the plan is published. Keys that are not those which were frozen are never given out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for a key that is another than that which was frozen.
    pub async fn blind_keys(&self, plan: &PlanId) -> Result<Vec<BlindKey>, StoreError> {
        let head = self.plan_head(plan).await?;
        let items = self.kept_keys(plan).await?;
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<(String, String)> = if head.state == State::Draft {
            blind_places_of_draft(&self.document(&head).await?)
        } else {
            let frozen = self.frozen(&head).await?;
            blind_places(&frozen).map(|(period, group)| (period.to_owned(), group.to_owned())).collect()
        };
        let pinned = self.pinned_keys(plan).await?;
        let mut found = Vec::new();
        for (period, group) in places {
            let Some(item) = items.get(&(period.clone(), group.clone())) else { continue };
            check_pinned(pinned.as_deref(), &period, &group, item)?;
            let secret = if head.is_public() { Some(hex::encode(item.bytes("secret")?)) } else { None };
            found.push(BlindKey { period, group, key: item.text("public")?.to_owned(), secret });
        }
        Ok(found)
    }

    async fn secret_key(&self, plan: &PlanId, period: &str, group: &str) -> Result<Option<SecretKey>, StoreError> {
        let Some(item) = self.database.get(Table::Main, &keys::blind_key(plan, period, group)).await? else {
            return Ok(None);
        };
        let key = VoprfServer::<Ristretto255>::new_with_key(item.bytes("secret")?).map_err(|_| StoreError::Corrupt)?;
        // Another key than the one on the cards would tell a voter apart.
        if hex::encode(Ristretto255::serialize_elem(key.get_public_key())) != item.text("public")? {
            return Err(StoreError::Corrupt);
        }
        check_pinned(self.pinned_keys(plan).await?.as_deref(), period, group, &item)?;
        Ok(Some(SecretKey(key)))
    }

    /// Evaluates a blinded element under a group's key.
    ///
    /// # Errors
    /// [`StoreError::UnknownPlace`] when the group is not blind.
    pub(crate) async fn evaluate(
        &self,
        plan: &PlanId,
        period: &str,
        group: &str,
        blinded: &Blinded,
    ) -> Result<Evaluated, StoreError> {
        let key = self.secret_key(plan, period, group).await?.ok_or(StoreError::UnknownPlace)?;
        Ok(key.evaluate(blinded))
    }

    /// What is kept of a token, if the token's group made it.
    ///
    /// # Errors
    /// [`StoreError::UnknownCode`] for a token that the plan's keys did not make.
    pub(crate) async fn spent(&self, plan: &PlanId, token: &Token) -> Result<Spent, StoreError> {
        let is_key = |id: &str| scoring::is_id(id);
        if !is_key(&token.period) || !is_key(&token.group) {
            return Err(StoreError::UnknownCode);
        }
        let key = self.secret_key(plan, &token.period, &token.group).await?.ok_or(StoreError::UnknownCode)?;
        if key.made(token) { Ok(Spent::of(token)) } else { Err(StoreError::UnknownCode) }
    }
}
