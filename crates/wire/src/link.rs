//! Totals taken from published plans into linked components, and where they came from.
//!
//! Owns the shapes of taking them and of what became of their sources since. Refuses to own how units of two plans are
//! told to be the same (`scoring::counterpart`).

use document::{Figure, Map, document, open_ended};
use scoring::counterpart::FoundBy;
use scoring::{Record, RecordKind};

use crate::ledger::{Approved, Struck};

/// Most plans and periods that totals are taken from at once: a year's months, or a county's offices one by one.
pub const MOST_SOURCES: usize = 60;

document! {
    /// `PUT /api/plans/{id}/links-from`.
    #[derive(Eq, Debug)]
    pub struct LinksFromRequest {
        /// The linked component.
        pub component: String,
        /// The period whose links they are.
        pub period: String,
        /// Published plans by their ids, or periods of them as `plan#period`: 1 to 60, in the order of the totals.
        pub plans: Vec<String>,
        /// Ids of units here with the ids of theirs there, for those that share neither id nor name.
        pub units: Map<String> as std::collections::BTreeMap<String, String> = default,
    }
}

document! {
    /// Where one total of a link came from.
    #[derive(Eq, Debug)]
    pub struct LinkSource {
        /// The published plan.
        pub plan: String,
        /// The period whose total it is; null for that of the whole plan.
        pub period: Option<String> = null,
        /// The edition that was the newest then.
        pub edition: u64,
        /// The unit's id there.
        pub unit: String,
        /// By what the unit was found there.
        pub by: FoundBy,
    }
    shape: open_ended;
}

document! {
    /// Answer to `PUT /api/plans/{id}/links-from`.
    #[derive(Eq, Debug)]
    pub struct LinksTaken {
        /// The linked component.
        pub component: String,
        /// The period whose links they are.
        pub period: String,
        /// What was asked, in the order of the request.
        pub sources: Vec<LinkedPlan>,
        /// The units whose totals were taken, in plan order.
        pub taken: Vec<TakenLink>,
        /// The units that some of the plans do not have, in plan order.
        pub without: Vec<UnlinkedUnit>,
    }
    shape: open_ended;
}

document! {
    /// A published plan, or a period of one, from which totals are taken.
    #[derive(Eq, Debug)]
    pub struct LinkedPlan {
        /// The plan's id.
        pub plan: String,
        /// The period; null for the whole plan.
        pub period: Option<String> = null,
        /// The plan's title.
        pub title: String,
        /// Its newest edition.
        pub edition: u64,
    }
    shape: open_ended;
}

document! {
    /// A unit whose totals were taken.
    #[derive(Eq, Debug)]
    pub struct TakenLink {
        /// The unit's id here.
        pub unit: String,
        /// Its totals, one for each plan that has it.
        pub totals: Vec<Figure>,
        /// Where each of them came from.
        pub sources: Vec<LinkSource>,
    }
    shape: open_ended;
}

document! {
    /// A unit that some of the plans do not have.
    #[derive(Eq, Debug)]
    pub struct UnlinkedUnit {
        /// The unit's id here.
        pub unit: String,
        /// The plans that do not have it, as the request names them.
        pub plans: Vec<String>,
        /// Whether a link stands for it all the same: from the other plans, from those taken before, or given by hand.
        pub linked: bool,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/links-from`: the plans from which totals stand, by component and period.
    #[derive(Eq, Debug)]
    pub struct LinkSources {
        /// One for each component, period, plan, period there and edition.
        pub sources: Vec<LinkSourceState>,
    }
    shape: open_ended;
}

document! {
    /// A plan from which totals were taken, then and now.
    #[derive(Eq, Debug)]
    pub struct LinkSourceState {
        /// The linked component.
        pub component: String,
        /// The period whose links they are.
        pub period: String,
        /// The published plan.
        pub plan: String,
        /// The period there; null for the whole plan.
        pub plan_period: Option<String> = null,
        /// The plan's title.
        pub title: String,
        /// The edition from which they were taken.
        pub edition: u64,
        /// The newest edition now.
        pub latest: u64,
        /// Whether there is a newer edition. It is not taken until somebody takes it.
        pub changed: bool,
        /// The units here whose totals came from it.
        pub units: Vec<String>,
        /// Of these units, those whose totals are others in the newest edition.
        pub changes: Vec<LinkChange>,
    }
    shape: open_ended;
}

document! {
    /// A unit whose total is another in the newest edition.
    #[derive(Eq, Debug)]
    pub struct LinkChange {
        /// The unit's id here.
        pub unit: String,
        /// The total as it was taken.
        pub was: Figure,
        /// The total in the newest edition; null where it has the unit no more.
        pub now: Option<Figure> = null,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/ledger`, `?kind=` for one list, `?cursor=` for the next page: what the server writes. A page
    /// that shows no sources reads it as [`Ledger`](crate::ledger::Ledger).
    #[derive(Debug)]
    pub struct LedgerPage {
        /// One page of rows.
        pub rows: Vec<SourcedRow>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One record as an office gave it, with the published plans from which it was taken.
    #[derive(Debug)]
    pub struct SourcedRow {
        /// `DELETE /api/plans/{plan}/{kind}/{id}` strikes it out.
        pub id: String,
        /// The list it belongs to.
        pub kind: RecordKind,
        /// The record as it stands in the records document.
        pub record: Record as Object,
        /// Where it comes from.
        pub evidence: Option<String> = null,
        /// The files that show it, by SHA-256.
        pub files: Vec<String> = omitted,
        /// The clause by which it counts.
        pub clause: Option<String>,
        /// Of an incident or an adjustment: the day on which it was.
        pub date: Option<String>,
        /// Of a link that was taken from published plans: where each of its totals came from.
        pub sources: Vec<LinkSource> = omitted,
        /// The account that gave it.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// It was given after the entries of its round were due, by the plan's schedule. It counts all the same.
        pub late: bool = omitted,
        /// It waits for a second person, and counts nowhere until then.
        pub pending: bool = omitted,
        /// The second person, where one was needed and has approved it.
        pub approved: Option<Approved>,
        /// Null while it counts or waits.
        pub struck: Option<Struck> = null,
    }
    shape: open_ended;
}

#[cfg(test)]
mod tests {
    use scoring::records_document::LinkRecord;

    use super::*;
    use crate::ledger::Ledger;

    #[test]
    fn a_page_that_shows_no_sources_reads_the_ledger_all_the_same() {
        let link = LinkRecord {
            period: "h1".to_owned(),
            component: "windows".to_owned(),
            unit: "tax".to_owned(),
            totals: vec!["91.2".into()],
        };
        let source = LinkSource {
            plan: "p1".to_owned(),
            period: Some("july".to_owned()),
            edition: 2,
            unit: "tax_window".to_owned(),
            by: FoundBy::Units,
        };
        let row = SourcedRow {
            id: "links.windows.tax.h1".to_owned(),
            kind: RecordKind::Link,
            record: Record::Link(link.clone()),
            evidence: None,
            files: Vec::new(),
            clause: None,
            date: None,
            sources: vec![source],
            by: "office".to_owned(),
            at: 7,
            late: true,
            pending: false,
            approved: None,
            struck: None,
        };
        let written = serde_json::to_value(LedgerPage { rows: vec![row], next: None }).unwrap();
        assert_eq!(written["rows"][0]["sources"][0]["by"], "units");
        let read: Ledger = serde_json::from_value(written).unwrap();
        assert_eq!((&read.rows[0].record, read.rows[0].late), (&Record::Link(link), true));
    }
}
