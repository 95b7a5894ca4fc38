//! A plan as the draft of the next year, with the outcomes of this one as history.
//!
//! Owns what is carried, and when: from the publication the outcomes of its year, from the plan its own history, at copying
//! and once more at opening. Refuses to own what
//! of the document a year changes (`scoring::next_year`).

use scoring::json::Value;
use scoring::next_year;
use scoring::records_document::HistoryRecord;
use scoring::{Plan, ResultDocument};
use wire::paper_text::PaperTextsRequest;

use super::head::{PlanHead, version};
use super::paper_texts;
use crate::audit::change::{Change, first_event};
use crate::database::Write;
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Revision, Timestamp};
use crate::records::carried_history::{fitted, item, newest_years, with_outcomes};
use crate::records::put_record::in_chain;
use crate::store::Store;

/// A plan's copy for the next year, before it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NextYear {
    /// The plan that it is made of.
    pub from: PlanId,
    /// The edition whose outcomes it carries; `None` where none is published.
    pub edition: Option<u64>,
    /// The copy's year, as far as one follows.
    pub year: Option<u64>,
    /// The document.
    pub document: Value,
    /// Outcomes of this year and of those before; `None` where there is no publication, or no year to put them under.
    pub history: Option<Vec<HistoryRecord>>,
    /// Members of the document that were left out.
    pub left_out: Vec<String>,
    /// The texts of papers with which the copy begins; `None`: none, and whoever copies says so.
    pub texts: Option<PaperTextsRequest>,
}

/// The history with which a copy opens.
pub(crate) struct OpeningHistory {
    /// What keeps it.
    pub(crate) write: Write,
    /// Units that the draft has lost.
    pub(crate) lost: Vec<String>,
    /// Where it comes from and what it is, if it was carried only now; as the audit chain says it.
    pub(crate) carried: Option<(String, Value)>,
}

/// Where a carried history comes from, as its record says it.
fn evidence(from: &PlanId, edition: u64) -> String {
    format!("{from} #{edition}")
}

impl Store {
    /// What a copy of a plan for the next year is made of: its document a year later, and if its result is published, the
    /// outcomes of the newest edition with its own history. Voters, codes and records stay where they are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn next_year(&self, from: &PlanId) -> Result<NextYear, StoreError> {
        let row = self.plan(from).await?;
        let mut history = self.kept_history(from).await?.map(|(_, history)| history).unwrap_or_default();
        let said = match row.document.get("year") {
            Some(Value::Int(year)) => u64::try_from(*year).ok(),
            _ => None,
        };
        let year = said.or_else(|| history.iter().map(|record| record.year).max().map(|latest| latest + 1));
        let mut next = NextYear {
            from: from.clone(),
            edition: None,
            year: year.map(|year| year + 1),
            document: next_year::of(&row.document, year),
            history: None,
            left_out: row.document.get("schedule").map(|_| "schedule".to_owned()).into_iter().collect(),
            texts: None,
        };
        if !row.head.is_public() {
            return Ok(next);
        }
        let publication = self.publication(from).await?;
        next.edition = Some(publication.edition);
        let Some(year) = year else { return Ok(next) };
        let result: ResultDocument = publication.result.to().ok_or(StoreError::Corrupt)?;
        // What stands for this year already came from elsewhere; the publication knows better.
        history.retain(|record| record.year != year);
        let with_outcomes = result.units.into_iter().filter(|unit| !unit.outcomes.is_empty());
        history.extend(with_outcomes.map(|unit| HistoryRecord { year, unit: unit.unit, outcomes: unit.outcomes }));
        next.history = Some(newest_years(history));
        Ok(next)
    }

    /// The history of a copy that opens: what its draft has, or what the plan that it was made of says now, if that was
    /// published since, once more or for the first time. `None` where the draft's stays as it is.
    pub(crate) async fn history_at_opening(
        &self,
        id: &PlanId,
        plan: &Plan,
        by: (Actor<'_>, Timestamp),
    ) -> Result<Option<OpeningHistory>, StoreError> {
        let kept = self.kept_history(id).await?;
        if let Some((evidence, history)) = self.newer_history(id, kept.is_some()).await? {
            let (stays, lost) = fitted(history, plan);
            let carried = Value::List(stays.iter().map(Value::of).collect());
            let write = Write::put(item(id, &stays, &evidence, by)?);
            return Ok(Some(OpeningHistory { write, lost, carried: Some((evidence, in_chain(&carried))) }));
        }
        let Some((item, history)) = kept else { return Ok(None) };
        let (stays, lost) = fitted(history, plan);
        if lost.is_empty() {
            return Ok(None);
        }
        Ok(Some(OpeningHistory { write: Write::put(with_outcomes(item, &stays)), lost, carried: None }))
    }

    /// What the plan that a draft was made of says in an edition that the draft does not have yet, and which that is. A
    /// history that was struck out of the draft does not come back.
    async fn newer_history(
        &self,
        id: &PlanId,
        has_history: bool,
    ) -> Result<Option<(String, Vec<HistoryRecord>)>, StoreError> {
        let Some(made) = first_event(self, id.as_str()).await? else { return Ok(None) };
        let said = |member: &str| match made.detail.get(member) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let Some(from) = said("from").and_then(PlanId::parse) else { return Ok(None) };
        let edition: Option<u64> = said("edition").and_then(|edition| edition.parse().ok());
        if made.detail.get("history").is_some() && !has_history {
            return Ok(None);
        }
        let next = match self.next_year(&from).await {
            Ok(next) => next,
            // It was a draft itself, and is gone.
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let newer = next.edition.filter(|now| *now > edition.unwrap_or(0));
        Ok(newer.zip(next.history).map(|(edition, history)| (evidence(&from, edition), history)))
    }

    /// Keeps the copy as a new draft, its history and texts with it, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::DraftTooLarge`].
    pub async fn create_copy(&self, actor: Actor<'_>, copy: &NextYear) -> Result<PlanHead, StoreError> {
        let id = PlanId::draw(self.now(), &self.draw)?;
        let head = PlanHead::draft(id.clone(), Revision(1), &copy.document);
        let version = version(&id, head.revision, &copy.document)?;
        let mut change = Change::begin(self, id.as_str(), actor).await?;
        loop {
            let mut writes = head.writes(None);
            writes.push(Write::put_new(version.clone()));
            let mut detail = vec![
                ("revision".to_owned(), Value::Int(1)),
                ("sha256".to_owned(), Value::Text(scoring::plan_sha256(&copy.document))),
                ("from".to_owned(), Value::text(copy.from.as_str())),
            ];
            if let Some(edition) = copy.edition {
                detail.push(("edition".to_owned(), Value::Text(edition.to_string())));
            }
            if let Some(history) = &copy.history {
                let evidence = evidence(&copy.from, copy.edition.unwrap_or_default());
                writes.push(Write::put_new(item(&id, history, &evidence, (actor, change.now()))?));
                let told = Value::List(history.iter().map(Value::of).collect());
                detail.push(("history".to_owned(), in_chain(&told)));
            }
            if let Some(texts) = &copy.texts {
                let body = Value::of(texts);
                writes.push(Write::put_new(paper_texts::item(&id, Revision(1), &body, (actor, change.now()))));
                detail.push(("texts".to_owned(), in_chain(&body)));
            }
            if change.commit("plan_created", Value::Object(detail), writes).await? {
                return Ok(head);
            }
        }
    }
}
