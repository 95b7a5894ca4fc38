//! Announcing: the result of a closed plan on public display (公示) before it is published.

use scoring::json::Value;
use wire::announcement::{Announced, Publicity};

use super::edition::correction;
use super::head::{PlanHead, State};
use super::publish_plan::Publication;
use super::texts;
use crate::audit::change::Change;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Timestamp};
use crate::limits::LARGEST_WORDS;
use crate::store::Store;

/// The sort key of the display among a plan's publications.
const DISPLAY: &str = "ANNOUNCED";

/// A result that goes on display.
#[derive(Debug, Clone, Copy)]
pub struct Announcing<'a> {
    /// Until when objections are taken.
    pub until: Timestamp,
    /// Whom to turn to.
    pub contact: &'a str,
    /// Groups that closing found small and whose marks may be told all the same.
    pub allow_small: &'a [String],
}

fn display(plan: &PlanId) -> Key {
    Key::new(keys::publication_partition(plan), DISPLAY)
}

impl Store {
    /// Puts the result of a closed plan on public display, as it is now. Announcing again shows it as it is then, with
    /// another end. A result that is being corrected is displayed beside the editions that are public.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] unless the plan is closed, and for an end that is past; all that keeps [`Store::publish_plan`] from showing a result; [`StoreError::TooLarge`].
    pub async fn announce_plan(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        announcing: Announcing<'_>,
    ) -> Result<PlanHead, StoreError> {
        let Announcing { until, contact, allow_small } = announcing;
        if contact.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let old = self.plan_head(plan).await?;
            if old.state != State::Closed || until <= change.now() {
                return Err(StoreError::WrongState);
            }
            let mut head = PlanHead { announced: Some(until), archived: false, ..old.clone() };
            head.allow_small.extend(allow_small.iter().filter(|group| !old.allow_small.contains(group)).cloned());
            let mut drawn = self.draw_result(&change, &head, allow_small).await?;
            if let Some(reason) = &old.correction {
                let correction = correction(reason, &self.publication(plan).await?.result, &drawn.result);
                drawn.members.push(("correction".to_owned(), Value::of(&correction)));
            }
            let before = self.objections_before(&old).await?;
            let (digest, parts) = self.put_publication(plan, Value::Object(drawn.members)).await?;
            self.make_objection_key(plan).await?;
            let mut writes = head.writes(Some((old.revision, old.state)));
            writes.push(Write::put(
                Item::at(display(plan))
                    .with_text("digest", digest.as_str())
                    .with_number("parts", parts)
                    .with_number("edition", 0)
                    .with_time("made_at", change.now())
                    .with_time("until_at", until)
                    .with_text("contact", contact)
                    .with_number("for_edition", old.edition + 1)
                    .with_number("objections_before", before),
            ));
            let detail = Value::Object(vec![
                ("until".to_owned(), Value::Text(until.0.to_string())),
                ("contact".to_owned(), Value::text(contact)),
                ("display_sha256".to_owned(), Value::Text(digest)),
                ("allow_small".to_owned(), texts(allow_small)),
                ("records_sha256".to_owned(), Value::Text(drawn.records_sha256)),
            ]);
            if change.commit("plan_announced", detail, writes).await? {
                return Ok(head);
            }
        }
    }

    /// What is on public display, and until when.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a plan without a display, and once it is published.
    pub async fn announced(&self, plan: &PlanId) -> Result<(Publication, Announced), StoreError> {
        let head = self.plan_head(plan).await?;
        if head.announced.is_none() {
            return Err(StoreError::NotFound);
        }
        let item = self.database.get(Table::Main, &display(plan)).await?.ok_or(StoreError::Corrupt)?;
        let announced = Announced {
            at: item.time("made_at")?.0,
            until: item.time("until_at")?.0,
            contact: item.text("contact")?.to_owned(),
        };
        Ok((self.publication_text(plan, &item).await?, announced))
    }

    /// How many objections came to earlier editions' displays, and so not to the one that begins or goes on now.
    async fn objections_before(&self, head: &PlanHead) -> Result<u64, StoreError> {
        if head.edition == 0 {
            return Ok(0);
        }
        let item = self.database.get(Table::Main, &display(&head.id)).await?;
        match item.filter(|item| item.count("for_edition").is_ok_and(|edition| edition == head.edition + 1)) {
            Some(item) => item.count("objections_before"),
            None => Ok(self.all_objections(&head.id).await?.len() as u64),
        }
    }

    /// What public display brought, if publishing may end it now; `None` where there is none.
    pub(crate) async fn publicity(
        &self,
        head: &PlanHead,
        early: Option<&str>,
    ) -> Result<Option<Publicity>, StoreError> {
        let Some(until) = head.announced else { return Ok(None) };
        let is_over = until <= self.now();
        if !is_over && early.is_none() {
            return Err(StoreError::StillAnnounced);
        }
        let item = self.database.get(Table::Main, &display(&head.id)).await?.ok_or(StoreError::Corrupt)?;
        let before = item.count("objections_before")?;
        let mut objections = self.all_objections(&head.id).await?;
        let open: Vec<u64> = objections.iter().filter(|one| one.answer.is_none()).map(|one| one.number).collect();
        if !open.is_empty() {
            return Err(StoreError::OpenObjections(open));
        }
        objections.retain(|one| one.number > before);
        let upheld = objections.iter().filter(|one| one.answer.as_ref().is_some_and(|answer| answer.upheld)).count();
        Ok(Some(Publicity {
            at: item.time("made_at")?.0,
            until: until.0,
            objections: objections.len() as u64,
            upheld: upheld as u64,
            early: early.filter(|_| !is_over).map(str::to_owned),
        }))
    }
}
