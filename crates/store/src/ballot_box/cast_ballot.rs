//! Casting a ballot: one transaction that burns the code, puts the ballot and counts it on one tally shard, and puts
//! the opinions that came with it.
//!
//! Whatever happens to requests and answers on the way, the conditions decide: a code is burned once, a ballot id is
//! put once, and nothing is counted behind a shut gate. When an answer is lost, the ballot itself says what became
//! of it.

use std::collections::BTreeSet;
use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use scoring::ballot::Mark;
use sha2::{Digest, Sha256};

use crate::ballot_box::blind_key::Nullifier;
use crate::ballot_box::comment::LONGEST_COMMENT;
use crate::ballot_box::layout::GroupLayout;
use crate::database::{ATTEMPTS, Condition, Item, Table, Write, WriteFault, keys};
use crate::ids::{hex, unhex};
use crate::plan::frozen_plan::FrozenPlan;
use crate::{BallotId, CodeHash, Comment, PlanHead, PlanId, State, Store, StoreError, Token, Voter};

/// What a voter may keep: the first 128 bits of SHA-256 of `"pingyi-receipt\0"`, the plan's hash, `"\0"` and the
/// ballot's id. The marks are not in it, so it proves nothing about them to anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receipt([u8; 16]);

impl Receipt {
    /// The receipt of a ballot of a plan. Anyone who knows the ballot's id can work it out.
    pub fn of(plan_sha256: &str, ballot: &BallotId) -> Receipt {
        let mut sha = Sha256::new();
        sha.update(b"pingyi-receipt\0");
        sha.update(plan_sha256.as_bytes());
        sha.update(b"\0");
        sha.update(ballot.to_string().as_bytes());
        let digest: [u8; 32] = sha.finalize().into();
        let mut receipt = [0; 16];
        receipt.copy_from_slice(&digest[..16]);
        Receipt(receipt)
    }

    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Receipt> {
        unhex(text).map(Receipt)
    }

    pub(crate) fn bytes(&self) -> [u8; 16] {
        self.0
    }
}

impl From<[u8; 16]> for Receipt {
    fn from(bytes: [u8; 16]) -> Self {
        Receipt(bytes)
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// What is known of a ballot before it is cast.
#[derive(Debug, Clone)]
pub enum Prepared {
    /// This very ballot is in the box already, with these marks.
    AlreadyCast(Receipt),
    /// The code is good: check the marks against the voter's paper, then cast.
    Ready(ReadyBallot),
}

/// What entitles a voter to cast a ballot.
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    /// A one-time code.
    Code(&'a CodeHash),
    /// A blind group's token.
    Token(&'a Token),
}

impl<'a> From<&'a CodeHash> for Credential<'a> {
    fn from(code: &'a CodeHash) -> Self {
        Credential::Code(code)
    }
}

impl<'a> From<&'a Token> for Credential<'a> {
    fn from(token: &'a Token) -> Self {
        Credential::Token(token)
    }
}

/// What is used up by the ballot.
#[derive(Debug, Clone, Copy)]
enum Burned {
    Code(CodeHash),
    Token(Nullifier),
}

impl Burned {
    fn write(&self, plan: &PlanId) -> Write {
        match self {
            Burned::Code(code) => Write::Update {
                key: keys::code(plan, code),
                expression: "SET used = :used".to_owned(),
                values: vec![(":used", AttributeValue::Bool(true))],
                condition: Some(Condition::that(
                    "attribute_exists(PK) AND attribute_not_exists(used) AND attribute_not_exists(exchanged)",
                    Vec::new(),
                )),
            },
            Burned::Token(nullifier) => Write::put_new(Item::at(keys::token(plan, nullifier))),
        }
    }
}

/// A ballot whose code was good a moment ago.
#[derive(Debug, Clone)]
pub struct ReadyBallot {
    voter: Voter,
    burned: Burned,
    ballot: BallotId,
    comments: Vec<Comment>,
    shards: u64,
}

impl ReadyBallot {
    /// With opinions beside the marks, checked by the caller: at most [`MOST_COMMENTS`], of a group whose ballots may
    /// carry them.
    #[must_use]
    pub fn with_comments(self, comments: Vec<Comment>) -> ReadyBallot {
        ReadyBallot { comments, ..self }
    }

    /// What paper it is.
    pub fn voter(&self) -> &Voter {
        &self.voter
    }
}

/// A ballot in the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cast {
    /// Its receipt.
    pub receipt: Receipt,
    /// It was there already, with the same marks.
    pub repeated: bool,
}

impl Store {
    /// Looks whether a ballot is in the box already, at any time, and else whether its code is good.
    ///
    /// # Errors
    /// [`StoreError::CodeUsed`] also when another ballot has this id; else as [`Store::ballot_paper`].
    pub async fn prepare_ballot<'a>(
        &self,
        plan: &PlanId,
        credential: impl Into<Credential<'a>>,
        ballot: &BallotId,
        marks: &[Mark],
    ) -> Result<Prepared, StoreError> {
        let head = self.plan_head(plan).await?;
        if head.state == State::Draft {
            return Err(StoreError::PlanNotOpen);
        }
        let frozen = self.frozen(&head).await?;
        match self.stored(&frozen, ballot, marks).await? {
            Stored::Same => return Ok(Prepared::AlreadyCast(Receipt::of(&frozen.sha256, ballot))),
            Stored::Other => return Err(StoreError::CodeUsed),
            Stored::Absent => {}
        }
        let (voter, burned) = match self.entitled(&head, credential.into()).await {
            Ok(entitled) => entitled,
            // The same ballot, sent twice at once, may have gone in since the look at the box.
            Err(StoreError::CodeUsed) if self.stored(&frozen, ballot, marks).await? == Stored::Same => {
                return Ok(Prepared::AlreadyCast(Receipt::of(&frozen.sha256, ballot)));
            }
            Err(error) => return Err(error),
        };
        Ok(Prepared::Ready(ReadyBallot { voter, burned, ballot: *ballot, comments: Vec::new(), shards: head.shards }))
    }

    /// Whom a code or a token lets vote now.
    async fn entitled(&self, head: &PlanHead, credential: Credential<'_>) -> Result<(Voter, Burned), StoreError> {
        match credential {
            Credential::Code(code) => {
                let (voter, exchanged) = self.voter_and_exchange(head, code).await?;
                // Its token votes in its place.
                if exchanged { Err(StoreError::CodeUsed) } else { Ok((voter, Burned::Code(*code))) }
            }
            Credential::Token(token) => {
                head.check_voting()?;
                let nullifier = self.nullifier(&head.id, token).await?;
                if self.database.get(Table::Box, &keys::token(&head.id, &nullifier)).await?.is_some() {
                    return Err(StoreError::CodeUsed);
                }
                let voter = Voter {
                    plan: self.frozen(head).await?,
                    period: token.period.clone(),
                    group: token.group.clone(),
                    units: None,
                    unit: None,
                };
                Ok((voter, Burned::Token(nullifier)))
            }
        }
    }

    /// Casts a ballot whose marks were checked by `scoring::ballot::check`.
    ///
    /// # Errors
    /// [`StoreError::CodeUsed`], [`StoreError::PlanClosed`], [`StoreError::MarkNotOnPaper`];
    /// [`StoreError::Unavailable`] when the database cannot be reached, and then the same ballot may be cast again.
    pub async fn cast_ballot(&self, ready: ReadyBallot, marks: &[Mark]) -> Result<Cast, StoreError> {
        let ReadyBallot { voter, burned, ballot, comments, shards } = &ready;
        let frozen = &voter.plan;
        let group = frozen.layout.group(&voter.group).ok_or(StoreError::Corrupt)?;
        if comments.len() > group.comments || comments.iter().any(|comment| comment.text.len() > LONGEST_COMMENT) {
            return Err(StoreError::MarkNotOnPaper);
        }
        if let Some(units) = &voter.units {
            let units: BTreeSet<&str> = units.iter().map(String::as_str).collect();
            if !marks.iter().all(|mark| units.contains(mark.unit.as_str())) {
                return Err(StoreError::MarkNotOnPaper);
            }
        }
        let bytes = group.encode(marks)?;
        let receipt = Receipt::of(&frozen.sha256, ballot);
        let mut shard = self.draw.below(*shards)?;
        let mut unsure = false;
        for attempt in 0..ATTEMPTS {
            let mut writes = writes(frozen, voter, group, &bytes, burned, ballot, shard)?;
            writes.extend(self.comment_writes(&frozen.id, voter, comments)?);
            match self.database.transact(Table::Box, writes).await {
                Ok(()) => return Ok(Cast { receipt, repeated: false }),
                Err(WriteFault::Conditions(failed)) => {
                    let [code_used, ballot_there] = [failed.first(), failed.get(1)].map(|flag| flag == Some(&true));
                    if !code_used && !ballot_there {
                        return Err(StoreError::PlanClosed);
                    }
                    return match self.stored(frozen, ballot, marks).await? {
                        // If an earlier try's answer was lost, it was that try.
                        Stored::Same => Ok(Cast { receipt, repeated: !unsure }),
                        Stored::Other | Stored::Absent => Err(StoreError::CodeUsed),
                    };
                }
                Err(WriteFault::Contended) => {}
                Err(WriteFault::Unsure) => unsure = true,
            }
            self.pause.before_retry(attempt).await?;
            if unsure && self.stored(frozen, ballot, marks).await? == Stored::Same {
                return Ok(Cast { receipt, repeated: false });
            }
            // Another shard: whoever was in the way is likely to be on this one still.
            shard = (shard + 1 + self.draw.below(shards.saturating_sub(1))?) % shards;
        }
        Err(StoreError::Unavailable)
    }

    /// Reads a ballot, as it is now, and compares its marks.
    async fn stored(&self, frozen: &FrozenPlan, ballot: &BallotId, marks: &[Mark]) -> Result<Stored, StoreError> {
        let Some(item) = self.database.get(Table::Box, &keys::ballot(&frozen.id, ballot)).await? else {
            return Ok(Stored::Absent);
        };
        let group = frozen.layout.group(item.text("voters")?).ok_or(StoreError::Corrupt)?;
        let same = group.encode(marks).is_ok_and(|bytes| item.bytes("marks").is_ok_and(|stored| stored == bytes));
        Ok(if same { Stored::Same } else { Stored::Other })
    }
}

/// What the box holds under a ballot's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stored {
    Absent,
    Same,
    Other,
}

/// The transaction, but for opinions: code or token, ballot, gate, counters, in this order.
fn writes(
    frozen: &FrozenPlan,
    voter: &Voter,
    group: &GroupLayout,
    bytes: &[u8],
    burned: &Burned,
    ballot: &BallotId,
    shard: u64,
) -> Result<Vec<Write>, StoreError> {
    let one = || (":i", AttributeValue::N("1".to_owned()));
    let mut writes = vec![
        burned.write(&frozen.id),
        Write::put_new(
            Item::at(keys::ballot(&frozen.id, ballot))
                .with_text("term", voter.period.as_str())
                .with_text("voters", voter.group.as_str())
                .with_bytes("marks", bytes.to_vec()),
        ),
        Write::Update {
            key: keys::shard_head(&frozen.id, shard),
            expression: format!("ADD {} :i", frozen.layout.turnout_attribute(&voter.period, group)?),
            values: vec![one()],
            condition: Some(Condition::that("gate = :open", vec![(":open", AttributeValue::S("open".to_owned()))])),
        },
    ];
    for chunk in group.chunks() {
        if let Some(expression) = group.add_expression(&chunk, bytes) {
            writes.push(Write::Update {
                key: keys::Key::new(keys::shard_partition(&frozen.id, shard), group.chunk_key(&voter.period, &chunk)),
                expression,
                values: vec![one()],
                condition: None,
            });
        }
    }
    Ok(writes)
}
