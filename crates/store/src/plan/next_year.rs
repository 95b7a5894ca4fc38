//! A plan as the draft of the next year, with the outcomes of this one as history.
//!
//! Owns what is carried: from the publication the outcomes of its year, from the plan its own history. Refuses to own what
//! of the document a year changes (`scoring::next_year`).

use scoring::ResultDocument;
use scoring::json::Value;
use scoring::next_year;
use scoring::records_document::HistoryRecord;

use super::head::{PlanHead, version};
use crate::audit::change::Change;
use crate::database::Write;
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, Revision};
use crate::records::carried_history::{item, newest_years};
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

    /// Keeps the copy as a new draft, its history with it, in one transaction.
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
                let evidence = format!("{} #{}", copy.from, copy.edition.unwrap_or_default());
                writes.push(Write::put_new(item(&id, history, &evidence, (actor, change.now()))?));
                let told = Value::List(history.iter().map(Value::of).collect());
                detail.push(("history".to_owned(), in_chain(&told)));
            }
            if change.commit("plan_created", Value::Object(detail), writes).await? {
                return Ok(head);
            }
        }
    }
}
