//! The keys of blind groups: one for each plan, period and group, made when the plan opens.
//!
//! Owns RFC 9497 (ristretto255-SHA512, verifiable mode) as far as a server needs it: making keys, evaluating blinded
//! elements with a proof, checking tokens. A token is a nonce and what the key makes of it; it is good for one ballot
//! of its period and group, and nobody can tell from which code it came. With the publication the secret keys are
//! published, too: nothing is voted on any more, and anyone can check which tokens could be good.

use rand_core::OsRng;
use scoring::plan_document::BallotKind;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use voprf::{BlindedElement, Ristretto255, VoprfServer};
pub use wire::ballot::BlindKey;

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
    pub nonce: [u8; 32],
    /// What the key makes of the nonce.
    pub output: [u8; 64],
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

/// What the box keeps of a spent token. It follows from the nonce alone, which the server meets first on the ballot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nullifier([u8; 32]);

impl Nullifier {
    fn of(token: &Token) -> Nullifier {
        let mut sha = Sha256::new();
        sha.update(b"pingyi-token\0");
        sha.update(token.period.as_bytes());
        sha.update(b"\0");
        sha.update(token.group.as_bytes());
        sha.update(b"\0");
        sha.update(token.nonce);
        Nullifier(sha.finalize().into())
    }

    pub(crate) fn text(&self) -> String {
        hex::encode(self.0)
    }
}

/// Never the token itself: what is printed may end in a log.
impl std::fmt::Debug for Nullifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nullifier(..)")
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

impl Store {
    /// Makes the keys that a plan's blind groups need and do not have. An opening that is repeated keeps the first.
    pub(crate) async fn make_blind_keys(&self, frozen: &FrozenPlan) -> Result<(), StoreError> {
        for group in frozen.plan.groups().iter().filter(|group| group.ballot == BallotKind::Blind) {
            for period in &frozen.layout.periods {
                let seed: [u8; 32] = self.draw.bytes()?;
                let info = format!("pingyi-blind\0{}\0{period}\0{}", frozen.id, group.id);
                let key = VoprfServer::<Ristretto255>::new_from_seed(&seed, info.as_bytes());
                let both = key.map_err(|_| StoreError::Corrupt)?.serialize();
                let (secret, public) = both.split_at(32);
                let item = Item::at(keys::blind_key(&frozen.id, period, &group.id))
                    .with_text("period", period.as_str())
                    .with_text("group_id", group.id.as_str())
                    .with_bytes("secret", secret.to_vec())
                    .with_text("public", hex::encode(public));
                self.database.write(Table::Main, Write::put_new(item), &self.pause).await?;
            }
        }
        Ok(())
    }

    /// The public keys of a plan's blind groups; none for a draft, and with their secret halves once the plan is
    /// published.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn blind_keys(&self, plan: &PlanId) -> Result<Vec<BlindKey>, StoreError> {
        let head = self.plan_head(plan).await?;
        if head.state == State::Draft {
            return Ok(Vec::new());
        }
        let items = self.database.query_all(Table::Main, &keys::blind_partition(plan), "").await?;
        let key = |item: &Item| {
            let secret = if head.is_public() { Some(hex::encode(item.bytes("secret")?)) } else { None };
            Ok(BlindKey {
                period: item.text("period")?.to_owned(),
                group: item.text("group_id")?.to_owned(),
                key: item.text("public")?.to_owned(),
                secret,
            })
        };
        items.iter().map(key).collect()
    }

    async fn secret_key(&self, plan: &PlanId, period: &str, group: &str) -> Result<Option<SecretKey>, StoreError> {
        let Some(item) = self.database.get(Table::Main, &keys::blind_key(plan, period, group)).await? else {
            return Ok(None);
        };
        let key = VoprfServer::new_with_key(item.bytes("secret")?).map_err(|_| StoreError::Corrupt)?;
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

    /// The nullifier of a token, if the token's group made it.
    ///
    /// # Errors
    /// [`StoreError::UnknownCode`] for a token that the plan's keys did not make.
    pub(crate) async fn nullifier(&self, plan: &PlanId, token: &Token) -> Result<Nullifier, StoreError> {
        let is_key = |id: &str| scoring::is_id(id);
        if !is_key(&token.period) || !is_key(&token.group) {
            return Err(StoreError::UnknownCode);
        }
        let key = self.secret_key(plan, &token.period, &token.group).await?.ok_or(StoreError::UnknownCode)?;
        if key.made(token) { Ok(Nullifier::of(token)) } else { Err(StoreError::UnknownCode) }
    }
}
