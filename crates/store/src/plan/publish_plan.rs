//! Publishing: the final result, fixed for good.

use std::collections::BTreeSet;
use std::sync::Arc;

use scoring::disclosure::public_total;
use scoring::json::Value;
use scoring::plan_document::Approval;
use scoring::{Mode, Plan, Records, RecordsDocument, Standing, UnitIndex};
use sha2::{Digest, Sha256};
use wire::announcement::Publicity;
use wire::audit::PublishedHeads;
use wire::blind_key::PinnedKey;
use wire::reconciliation::Reconciliation;
use wire::result::{Correction, FrozenLists};
use wire::spent_token::TokenList;

use super::agreement::Agreement;
use super::edition::{EditionText, correction};
use super::frozen_plan::FrozenPlan;
use super::head::{PlanHead, State};
use super::objection::check_none_open;
use super::published_records::{Published, SettledEdition};
use super::reconciliation::in_public;
use super::texts;
use crate::audit::change::Change;
use crate::ballot_box::receipt_proof;
use crate::ballot_box::receipt_proof::Receipts;
use crate::ballot_box::small_group::not_allowed;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::LARGEST_PART;
use crate::store::Store;

/// What everyone may see.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// The plan's hash.
    pub plan_sha256: String,
    /// The plan document.
    pub plan: Value,
    /// The result document, in final mode.
    pub result: Value,
    pub edition: u64,
    /// The lists of a shortlist that was frozen.
    pub shortlist: Option<FrozenLists>,
    /// What public display brought, where there was one.
    pub publicity: Option<Publicity>,
    /// What it changed of the edition before; `None` in the first.
    pub correction: Option<Correction>,
    /// Codes, ballots and tallies held against each other; `None` in publications made before that was kept.
    pub reconciliation: Option<Reconciliation>,
    /// The fingerprints of blind groups' keys that were frozen with the plan.
    pub pinned_keys: Option<Vec<PinnedKey>>,
    /// The lists of spent tokens; `None` on public display, and in publications made before they were kept.
    pub tokens: Option<Vec<TokenList>>,
    /// How far the audit chains had come; `None` in publications made before it was kept.
    pub audit: Option<PublishedHeads>,
    /// The root under which every counted ballot's receipt can be found.
    pub receipts: Receipts,
    /// The hashes of what is settled, and where its records are; `None` on public display, and in publications made before
    /// they were kept.
    pub settled: Option<SettledEdition>,
}

/// What became of a call to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publishing {
    /// It is public.
    Done(Box<PlanHead>),
    /// It takes a second person, who has not asked for it yet, or not for just this.
    Waiting,
}

/// What a publication says, as far as it is the same on public display.
pub(crate) struct Drawn {
    pub(crate) members: Vec<(String, Value)>,
    pub(crate) result: Value,
    pub(crate) records_sha256: String,
    pub(crate) frozen: Arc<FrozenPlan>,
    pub(crate) document: RecordsDocument,
    pub(crate) records: Records,
    pub(crate) standing: Standing,
    /// The lists of spent tokens, which go out with an edition, and with a public display that shows no secret key not.
    pub(crate) tokens: Vec<TokenList>,
}

impl Drawn {
    /// What of it is settled with an edition, as the public reads it.
    fn settled(&self) -> Vec<(&'static str, Value)> {
        let member = |name: &str| self.members.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone());
        let count = member("receipts").and_then(|count| count.as_str()?.parse().ok()).and_then(public_total);
        let receipts = wire::result::Receipts {
            root: member("receipts_root").and_then(|root| root.as_str().map(str::to_owned)).unwrap_or_default(),
            count,
        };
        let mut settled = vec![("receipts", Value::of(&receipts))];
        let same = [
            "plan",
            "plan_sha256",
            "result",
            "shortlist",
            "publicity",
            "correction",
            "audit",
            "reconciliation",
            "pinned_keys",
            "tokens",
        ];
        settled.extend(same.into_iter().filter_map(|name| Some((name, member(name)?))));
        settled
    }
}

impl Store {
    /// Scores a closed plan in final mode: everything that keeps it from being shown, or what is shown. `head`: as it will
    /// be, with the small groups that are allowed.
    ///
    /// # Errors
    /// As [`Store::publish_plan`].
    pub(crate) async fn draw_result(
        &self,
        change: &Change<'_>,
        head: &PlanHead,
        allow_small: &[String],
    ) -> Result<Drawn, StoreError> {
        let frozen = self.frozen(head).await?;
        let pending = self.pending_records(&frozen).await?;
        if !pending.is_empty() {
            return Err(StoreError::PendingRecords(pending));
        }
        let refused = not_allowed(&frozen.plan, &self.small_groups_found(head).await?, allow_small);
        if !refused.is_empty() {
            return Err(StoreError::SmallGroup(refused));
        }
        let (document, records) = self.records_of(head, &frozen).await?;
        let reconciliation = self.reconcile(head, &frozen, &document).await?;
        let is_accepted = reconciliation.accepted.as_ref().is_some_and(|accepted| accepted.at.is_some());
        if !reconciliation.differences.is_empty() && !is_accepted {
            return Err(StoreError::CountMismatch(reconciliation.differences));
        }
        let standing = final_standing(&frozen.plan, &records)?;
        let result = Value::of(&standing.document(&frozen.plan));
        let receipts = receipt_proof::receipts(&self.exported_commitments(&head.id).await?);
        let heads = PublishedHeads { plan: change.end(), accounts: self.account_audit_head().await? };
        let reconciliation = in_public(reconciliation);
        let tokens = self.token_lists(&frozen, &reconciliation).await?;
        let pinned = self.pinned_keys(&head.id).await?;
        let mut members = vec![
            ("plan_sha256".to_owned(), Value::Text(frozen.sha256.clone())),
            ("plan".to_owned(), frozen.document.clone()),
            ("result".to_owned(), result.clone()),
            ("receipts_root".to_owned(), Value::Text(receipts.root)),
            ("receipts".to_owned(), Value::Text(receipts.count.to_string())),
            ("audit".to_owned(), Value::of(&heads)),
            ("reconciliation".to_owned(), Value::of(&reconciliation)),
        ];
        members.extend(pinned.map(|pinned| ("pinned_keys".to_owned(), Value::of(&pinned))));
        let lists = self.frozen_shortlist(head, &frozen).await?.and_then(|list| list.lists(&frozen.plan));
        members.extend(lists.map(|lists| ("shortlist".to_owned(), Value::of(&lists))));
        let records_sha256 = Value::of(&document).sha256();
        Ok(Drawn { members, result, records_sha256, frozen, document, records, standing, tokens })
    }

    /// Scores a closed plan in final mode and publishes the result, as the next edition where one was corrected. A published
    /// plan stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] before closing; [`StoreError::StillAnnounced`] while the public display is not over, unless
    /// it says why early; [`StoreError::OpenObjections`]; [`StoreError::PendingRecords`]; [`StoreError::CountMismatch`] for figures that differ, unless two
    /// people have said why that may be; [`StoreError::SmallGroup`] for groups that closing found small, unless
    /// `allow_small` names them, whatever was allowed at opening; [`StoreError::Incomplete`],
    /// [`StoreError::UnresolvedTies`], [`StoreError::UnfitRecords`]; [`StoreError::SamePerson`] where it takes a second
    /// person, who has not asked yet.
    pub async fn publish_plan(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        allow_small: &[String],
    ) -> Result<PlanHead, StoreError> {
        match self.publish_plan_early(actor, plan, allow_small, None).await? {
            Publishing::Done(head) => Ok(*head),
            Publishing::Waiting => Err(StoreError::SamePerson),
        }
    }

    /// As [`Store::publish_plan`], with the reason for which the public display need not be over. Where the plan's
    /// `approval` names `publish`, the first call keeps what would be published, and the call of a second person publishes
    /// just that, with the first one's reason; if it has become another since, the second person is the first to ask for it.
    ///
    /// # Errors
    /// As [`Store::publish_plan`].
    pub async fn publish_plan_early(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        allow_small: &[String],
        early: Option<&str>,
    ) -> Result<Publishing, StoreError> {
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            match old.state {
                State::Published => return Ok(Publishing::Done(Box::new(old))),
                State::Closed => {}
                State::Draft | State::Open => return Err(StoreError::WrongState),
            }
            let mut publicity = self.publicity(&old, early).await?;
            let edition = old.edition + 1;
            let mut head =
                PlanHead { state: State::Published, edition, announced: None, correction: None, ..old.clone() };
            head.allow_small.extend(allow_small.iter().filter(|group| !old.allow_small.contains(group)).cloned());
            let mut drawn = self.draw_result(&change, &head, allow_small).await?;
            let (mut early, mut asked_by) = (early.map(str::to_owned), None);
            if self.frozen(&old).await?.plan.takes_two(Approval::Publish) {
                let digest = shown_digest(&drawn, &old, &head.allow_small, publicity.as_ref());
                match self.agreement(actor, plan, ("publish", &digest), early.as_deref(), change.now()).await? {
                    Agreement::Waits => return Ok(Publishing::Waiting),
                    Agreement::Asks(asked) => {
                        let detail = Value::object([
                            ("edition", Value::Text(edition.to_string())),
                            ("allow_small", texts(allow_small)),
                            ("early", early.as_deref().map_or(Value::Null, Value::text)),
                            ("records_sha256", Value::Text(drawn.records_sha256)),
                            ("shown_sha256", Value::Text(digest)),
                        ]);
                        let writes = vec![old.check_still(State::Closed), asked];
                        if change.commit("plan_publish_asked", detail, writes).await? {
                            return Ok(Publishing::Waiting);
                        }
                        continue;
                    }
                    Agreement::Agreed(asked) => {
                        early = asked.words.or(early);
                        asked_by = Some(asked.by);
                        if let Some(publicity) = publicity.as_mut().filter(|publicity| publicity.early.is_some()) {
                            publicity.early.clone_from(&early);
                        }
                    }
                }
            }
            let mut writes = head.writes(Some((old.revision, old.state)));
            if let Some(reason) = &old.correction {
                writes.extend(self.keep_edition(plan, &self.publication_head(plan).await?)?);
                let correction = correction(reason, &self.publication(plan).await?.result, &drawn.result);
                drawn.members.push(("correction".to_owned(), Value::of(&correction)));
            }
            if let Some(publicity) = publicity {
                writes.push(check_none_open(plan));
                drawn.members.push(("publicity".to_owned(), Value::of(&publicity)));
            }
            if !drawn.tokens.is_empty() {
                drawn.members.push(("tokens".to_owned(), Value::of(&drawn.tokens)));
            }
            let mut settled = drawn.settled();
            settled.push(("edition", Value::of(&edition)));
            let Drawn { frozen, document, records, standing, records_sha256, .. } = &drawn;
            let published = Published {
                of: &frozen.plan,
                document,
                records,
                standing,
                records_sha256,
                allow_small: &head.allow_small,
                last_edition: old.edition,
            };
            let settled = self.put_records(plan, published, settled).await?;
            let Drawn { mut members, frozen, records_sha256, .. } = drawn;
            members.push(("edition".to_owned(), Value::Text(edition.to_string())));
            members.extend(settled.members());
            let (digest, parts) = self.put_publication(plan, Value::Object(members)).await?;
            let (at, reason) = (change.now(), old.correction.as_deref());
            writes.extend(EditionText { edition, digest: &digest, parts, at, reason }.writes(plan));
            let mut detail = vec![
                ("plan_sha256".to_owned(), Value::text(&frozen.sha256)),
                ("publication_sha256".to_owned(), Value::Text(settled.publication_sha256)),
                ("edition".to_owned(), Value::Text(edition.to_string())),
                ("allow_small".to_owned(), texts(allow_small)),
                ("records_sha256".to_owned(), Value::Text(records_sha256)),
                ("early".to_owned(), early.map_or(Value::Null, Value::Text)),
            ];
            detail.extend(asked_by.map(|by| ("asked_by".to_owned(), Value::Text(by))));
            if change.commit("plan_published", Value::Object(detail), writes).await? {
                return Ok(Publishing::Done(Box::new(head)));
            }
        }
    }

    /// Keeps a publication's text under its own hash: of two attempts each has its own parts, and the head names
    /// those of the one that was written with it.
    pub(crate) async fn put_publication(&self, plan: &PlanId, text: Value) -> Result<(String, u64), StoreError> {
        let text = text.canonical();
        let digest = hex::encode(Sha256::digest(text.as_bytes()));
        let mut parts = 0;
        for part in text.as_bytes().chunks(LARGEST_PART) {
            let key = Key::new(keys::publication_partition(plan), format!("{digest}#{}", keys::ordinal(parts)));
            let item = Item::at(key).with_bytes("part", part.to_vec());
            self.database.write(Table::Main, Write::put(item), &self.pause).await?;
            parts += 1;
        }
        Ok((digest, parts))
    }
}

/// What names that which would be published: all of it but the audit heads, which any event moves, and the words of a
/// publication before its time.
fn shown_digest(drawn: &Drawn, head: &PlanHead, allow_small: &[String], publicity: Option<&Publicity>) -> String {
    let mut shown: Vec<(String, Value)> = drawn.members.iter().filter(|(name, _)| name != "audit").cloned().collect();
    let publicity = publicity.map(|publicity| Publicity { early: None, ..publicity.clone() });
    shown.push(("records_sha256".to_owned(), Value::text(&drawn.records_sha256)));
    shown.push(("edition".to_owned(), Value::Text(head.edition.to_string())));
    let allowed: BTreeSet<&String> = allow_small.iter().collect();
    shown.push(("allow_small".to_owned(), Value::List(allowed.into_iter().map(|group| Value::text(group)).collect())));
    shown.push(("reason".to_owned(), head.correction.as_deref().map_or(Value::Null, Value::text)));
    shown.push(("publicity".to_owned(), publicity.as_ref().map_or(Value::Null, Value::of)));
    Value::Object(shown).sha256()
}

/// The standing of a result that may be shown: nothing is missing, and no tie is open.
pub(crate) fn final_standing(plan: &Plan, records: &Records) -> Result<Standing, StoreError> {
    let standing = scoring::score(plan, records, Mode::Final)
        .map_err(|missing| StoreError::Incomplete(missing.iter().map(|place| place.named(plan)).collect()))?;
    let ties = standing.unresolved_ties();
    if !ties.is_empty() {
        let named = |tie: &Vec<UnitIndex>| tie.iter().map(|&unit| plan.unit(unit).id.clone()).collect();
        return Err(StoreError::UnresolvedTies(ties.iter().map(named).collect()));
    }
    Ok(standing)
}
