//! Casting a ballot: one transaction that burns the code, puts the ballot and counts it on one tally shard, and puts
//! the opinions that came with it.
//!
//! Whatever happens to requests and answers on the way, the conditions decide: a code is burned once, a ballot id is
//! put once, and nothing is counted behind a shut gate. When an answer is lost, the ballot itself says what became
//! of it.

use std::collections::BTreeSet;

use scoring::ballot::Mark;

use super::ballot_paper::Voter;
use super::blind_key::{Spent, Token};
use super::comment::Comment;
use super::door::gates;
use super::holder::HOLDER;
use super::layout::GroupLayout;
use super::live_tally::Watched;
use super::receipt::Receipt;
use super::spent_tokens::TOKEN;
use super::tally::IN_STAGE;
use crate::database::{Condition, Item, Key, Table, Update, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::ids::{BallotId, CodeHash, PlanId};
use crate::limits::{ATTEMPTS, LONGEST_COMMENT};
use crate::plan::frozen_plan::FrozenPlan;
use crate::plan::head::{PlanHead, State};
use crate::store::Store;

/// What is known of a ballot before it is cast.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one is made for each ballot, and taken apart at once")]
pub enum Prepared {
    /// A ballot with this id is in the box already, whatever its marks.
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
    Token(Spent),
}

impl Burned {
    /// A spent token says for which group in which period, as its ballot does: so tokens and ballots can be held against
    /// each other. It is kept whole, to be published when its group's key is.
    fn write(&self, plan: &PlanId, voter: &Voter) -> Write {
        match self {
            Burned::Code(code) => {
                // As its ballot does: how many marked in a stage follows from it where papers are narrowed.
                let used = match voter.rounds.stage {
                    None => Update::of(keys::code(plan, code), "SET used = :used"),
                    Some(stage) => Update::of(keys::code(plan, code), "SET used = :used, in_stage = :stage")
                        .with(":stage", u64::from(stage)),
                };
                used.with(":used", true)
                    .when(Condition::that(
                        "attribute_exists(PK) AND attribute_not_exists(used) AND attribute_not_exists(exchanged) \
                         AND attribute_not_exists(voided)",
                    ))
                    .into()
            }
            Burned::Token(spent) => Write::put_new(
                Item::at(keys::token(plan, &spent.name()))
                    .with_text("term", voter.period.as_str())
                    .with_text("voters", voter.group.as_str())
                    .with_bytes(TOKEN, spent.bytes()),
            ),
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
    pub receipt: Receipt,
    /// A ballot with its id was there already, whatever its marks; nothing was used up.
    pub repeated: bool,
}

impl Store {
    /// The receipt of a ballot that is in the box, at any time; `None` if there is none with this id. Its marks are
    /// not looked at: an answer that followed from them would show anyone who knows the id how it was marked.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan, [`StoreError::PlanNotOpen`].
    pub async fn receipt_of(&self, plan: &PlanId, ballot: &BallotId) -> Result<Option<Receipt>, StoreError> {
        self.receipt_in(&self.plan_head(plan).await?, ballot).await
    }

    async fn receipt_in(&self, head: &PlanHead, ballot: &BallotId) -> Result<Option<Receipt>, StoreError> {
        if head.state == State::Draft {
            return Err(StoreError::PlanNotOpen);
        }
        let frozen = self.frozen(head).await?;
        Ok(self.is_cast(&frozen, ballot).await?.then(|| Receipt::of(&frozen.sha256, ballot)))
    }

    /// Looks whether a ballot is in the box already, at any time, and else whether its code is good.
    ///
    /// # Errors
    /// As [`Store::ballot_paper`].
    pub async fn prepare_ballot<'a>(
        &self,
        plan: &PlanId,
        credential: impl Into<Credential<'a>>,
        ballot: &BallotId,
    ) -> Result<Prepared, StoreError> {
        let head = self.plan_head(plan).await?;
        if let Some(receipt) = self.receipt_in(&head, ballot).await? {
            return Ok(Prepared::AlreadyCast(receipt));
        }
        let (voter, burned) = match self.entitled(&head, credential.into()).await {
            Ok(entitled) => entitled,
            // The same ballot, sent twice at once, may have gone in since the look at the box.
            Err(StoreError::CodeUsed) => {
                let receipt = self.receipt_in(&head, ballot).await?;
                return receipt.map(Prepared::AlreadyCast).ok_or(StoreError::CodeUsed);
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
                let spent = self.spent(&head.id, token).await?;
                let plan = self.frozen(head).await?;
                let rounds = self.open_rounds(head, &plan, &token.period, &token.group).await?;
                if self.database.get(Table::Box, &keys::token(&head.id, &spent.name())).await?.is_some() {
                    return Err(StoreError::CodeUsed);
                }
                let voter = Voter {
                    rounds,
                    plan,
                    period: token.period.clone(),
                    group: token.group.clone(),
                    units: None,
                    unit: None,
                    holder: None,
                };
                Ok((voter, Burned::Token(spent)))
            }
        }
    }

    /// Casts a ballot whose marks were checked by `scoring::ballot::check`.
    ///
    /// # Errors
    /// [`StoreError::CodeUsed`], [`StoreError::CodeVoided`], [`StoreError::PlanClosed`] also when its round closed since,
    /// [`StoreError::MarkNotOnPaper`];
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
        if let Some(stage) = voter.rounds.stage
            && marks.iter().any(|mark| frozen.plan.stage_of(&mark.component) != stage)
        {
            return Err(StoreError::MarkNotOnPaper);
        }
        if marks.iter().any(|mark| !voter.is_listed(&mark.component, &mark.unit)) {
            return Err(StoreError::MarkNotOnPaper);
        }
        let bytes = group.encode(marks)?;
        let receipt = Receipt::of(&frozen.sha256, ballot);
        let mut shard = self.draw.below(*shards)?;
        let mut unsure = false;
        for attempt in 0..ATTEMPTS {
            if !unsure {
                voter.rounds.check_still(self.now())?;
            }
            let mut writes = writes(frozen, voter, group, &bytes, burned, ballot, shard)?;
            writes.extend(self.comment_writes(&frozen.id, voter, comments)?);
            match self.database.transact(Table::Box, writes).await {
                Ok(()) => {
                    if let Some(watched) = Watched::new(frozen, &voter.period, group, *shards) {
                        self.step_after_ballot(watched).await;
                    }
                    return Ok(Cast { receipt, repeated: false });
                }
                Err(WriteFault::Conditions(failed)) => {
                    let [code_used, ballot_there] = [failed.first(), failed.get(1)].map(|flag| flag == Some(&true));
                    if !code_used && !ballot_there {
                        return Err(StoreError::PlanClosed);
                    }
                    if !self.is_cast(frozen, ballot).await? {
                        return Err(match burned {
                            Burned::Code(code) => self.why_not(&frozen.id, code).await?,
                            Burned::Token(_) => StoreError::CodeUsed,
                        });
                    }
                    // If an earlier try's answer was lost and the code is used, it was that try.
                    return Ok(Cast { receipt, repeated: !(unsure && code_used) });
                }
                Err(WriteFault::Contended) => {}
                Err(WriteFault::Unsure) => unsure = true,
            }
            self.pause.before_retry(attempt).await?;
            // Another shard: whoever was in the way is likely to be on this one still.
            shard = (shard + 1 + self.draw.below(shards.saturating_sub(1))?) % shards;
        }
        Err(StoreError::Unavailable)
    }

    /// Whether the box holds a ballot with this id now.
    async fn is_cast(&self, frozen: &FrozenPlan, ballot: &BallotId) -> Result<bool, StoreError> {
        Ok(self.database.get(Table::Box, &keys::ballot(&frozen.id, ballot)).await?.is_some())
    }
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
    let stage = voter.rounds.stage;
    let turnout = format!("ADD {} :i", frozen.layout.turnout_attribute(&voter.period, group, stage)?);
    let item = Item::at(keys::ballot(&frozen.id, ballot))
        .with_text("term", voter.period.as_str())
        .with_text("voters", voter.group.as_str())
        .with_bytes("marks", bytes.to_vec())
        .with_optional_text(HOLDER, voter.holder.as_deref());
    let item = match stage {
        Some(stage) => item.with_number(IN_STAGE, u64::from(stage)),
        None => item,
    };
    let mut writes = vec![
        burned.write(&frozen.id, voter),
        Write::put_new(item),
        Update::of(keys::shard_head(&frozen.id, shard), turnout).with(":i", 1).when(gates(&voter.rounds.shut)).into(),
    ];
    for chunk in group.chunks() {
        if let Some(expression) = group.add_expression(&chunk, bytes) {
            let key = Key::new(keys::shard_partition(&frozen.id, shard), group.chunk_key(&voter.period, &chunk));
            writes.push(Update::of(key, expression).with(":i", 1).into());
        }
    }
    Ok(writes)
}
