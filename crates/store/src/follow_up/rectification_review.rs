//! What the office says to items of rectification: done or not, what is public, struck out.
//!
//! Owns each of these as one change of an item. Refuses to own items and their reports (`rectification`).

use scoring::json::Value;
use wire::rectification::{Rectification, RectificationReview, RectificationState, ReleasedField};

use super::rectification::{Kept, REPORTS_RELEASED, detail, key, moving, public_row};
use crate::audit::change::Change;
use crate::database::{Condition, Item, Write};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId};
use crate::limits::LARGEST_WORDS;
use crate::records::delete_record::with_reason;
use crate::records::put_record::in_chain;
use crate::records::record::struck;
use crate::store::Store;

impl Store {
    /// Says that a reported item is done, or that one is not, for a reason. The same again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::WrongState`] unless it is reported, or accepted where it is returned.
    pub async fn review_rectification(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        accepted: bool,
        text: &str,
    ) -> Result<Rectification, StoreError> {
        if text.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let to = if accepted { RectificationState::Accepted } else { RectificationState::Returned };
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let kept = self.living_item(plan, number).await?;
            let today = self.today();
            let now = kept.on(&today)?;
            let said = now.review.as_ref().is_some_and(|review| review.accepted == accepted && review.text == text);
            match kept.state {
                state if state == to && said => return Ok(now),
                RectificationState::Reported => {}
                RectificationState::Accepted if !accepted => {}
                _ => return Err(StoreError::WrongState),
            }
            let review =
                RectificationReview { accepted, text: text.to_owned(), by: actor.name.to_owned(), at: change.now().0 };
            let mut next = kept.next();
            next.state = to;
            next.reviews += 1;
            next.item = next.item.with_json("review", &Value::of(&review));
            if accepted {
                next.item = next.item.with_number(REPORTS_RELEASED, kept.reports);
            }
            let read = Kept::read(next.written())?.on(&today)?;
            let action = if accepted { "rectification_accepted" } else { "rectification_returned" };
            if change.commit(action, detail(number, [("text", Value::text(text))]), kept.moved(plan, &next)).await? {
                return Ok(read);
            }
        }
    }

    /// Says what of an item is public from now on: of its reports those that are there now, and others once they are
    /// accepted. The same again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn release_rectification(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        fields: &[ReleasedField],
    ) -> Result<Rectification, StoreError> {
        let released: Vec<ReleasedField> =
            ReleasedField::ALL.into_iter().filter(|field| fields.contains(field)).collect();
        let names: Vec<String> = released.iter().map(|field| field.as_str().to_owned()).collect();
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let kept = self.living_item(plan, number).await?;
            let now = kept.on(&self.today())?;
            if now.released == released && now.reports_released == kept.reports {
                return Ok(now);
            }
            let mut next = kept.next();
            next.item = next.item.with_texts("released", &names).with_number(REPORTS_RELEASED, kept.reports);
            let read = Kept::read(next.written())?.on(&self.today())?;
            let row = key(plan, &public_row(number));
            let mut writes = kept.moved(plan, &next);
            writes.push(if names.is_empty() { Write::Delete(row, None) } else { Write::put(Item::at(row)) });
            let told = [("fields", Value::List(names.iter().map(|name| Value::text(name)).collect()))];
            if change.commit("rectification_released", detail(number, told), writes).await? {
                return Ok(read);
            }
        }
    }

    /// Strikes an item out; it is kept, with the reason, and is no longer public. Again, it is as it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::AlreadyRecorded`] where it was struck out for another reason.
    pub async fn strike_rectification(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        number: u64,
        reason: &str,
    ) -> Result<(), StoreError> {
        if reason.len() > LARGEST_WORDS {
            return Err(StoreError::TooLarge);
        }
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let kept = self.kept_item(plan, number).await?;
            match struck(&kept.item)? {
                Some(struck) if struck.reason == reason => return Ok(()),
                Some(_) => return Err(StoreError::AlreadyRecorded),
                None => {}
            }
            let next = kept.next();
            let item = with_reason(next.written(), reason, actor, change.now());
            let unchanged = Condition::that("revision = :was").with(":was", kept.revision);
            let rows = moving(&kept.body.unit, kept.state, &kept.body.deadline, number);
            let gone = rows.into_iter().chain([public_row(number)]).map(|sort| Write::Delete(key(plan, &sort), None));
            let writes = [Write::Put(item, Some(unchanged))].into_iter().chain(gone).collect();
            let told = [("reason", Value::text(reason)), ("was", in_chain(&Value::of(&kept.body)))];
            if change.commit("rectification_struck", detail(number, told), writes).await? {
                return Ok(());
            }
        }
    }
}
