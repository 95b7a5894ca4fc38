//! Paper ballots counted by hand: entered twice by different people, counted when both agree.

use document::{Members, Path, Problem, Read, Tree, document, open_ended};
use scoring::PaperTally;
use serde::Serialize;

use crate::record::{BESIDE, Beside};

/// A batch as it was entered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnteredTally {
    /// What was counted.
    #[serde(flatten)]
    pub tally: PaperTally,
    /// Where the ballots came from.
    pub evidence: Option<String>,
    /// The files that show it, by SHA-256.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// The clause by which it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

impl EnteredTally {
    /// A batch with what its first entry said beside it.
    #[must_use]
    pub fn new(tally: PaperTally, Beside { evidence, files, clause, .. }: Beside) -> EnteredTally {
        EnteredTally { tally, evidence, files, clause }
    }
}

impl Read for EnteredTally {
    fn blank() -> Self {
        EnteredTally::new(PaperTally::blank(), Beside::default())
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(|text| text.as_str().map(str::to_owned));
        let files = match value.get("files") {
            Some(Tree::List(files)) => files.iter().filter_map(|file| file.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        let beside = Beside { evidence: text("evidence"), clause: text("clause"), files, ..Beside::default() };
        let tally = match value {
            Tree::Object(members) => members.iter().filter(|(name, _)| !BESIDE.contains(name)).collect(),
            _ => Vec::new(),
        };
        let tally = if let Tree::Object(_) = value { Tree::Object(Members::Chosen(&tally)) } else { *value };
        <PaperTally as Read>::read(&tally, path, problems).map(|tally| EnteredTally::new(tally, beside))
    }
}

document! {
    /// Answer to a batch.
    #[derive(Eq, Debug)]
    pub struct PaperTallyKept {
        /// The batch's id; first and second entry share it.
        pub id: String,
        /// Whether two people agree on it by now, so that it counts.
        pub counted: bool,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/paper-tallies`, `?cursor=` for the next page.
    #[derive(Debug)]
    pub struct PaperTallies {
        /// One page of batches.
        pub batches: Vec<PaperTallyBatch>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// One batch of paper ballots. A second entry that differs from the first is a batch of its own
    /// that waits as well, so two waiting batches of one place show where two people disagree; the
    /// wrong one is struck out.
    #[derive(Debug)]
    pub struct PaperTallyBatch {
        /// The batch's id.
        pub id: String,
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// The component's id.
        pub component: String,
        /// The envelope or box that it came from; everyone sees it, so that the second person counts the same one.
        pub label: Option<String> = null,
        /// The account of the first entry.
        pub first_by: String,
        /// The account of the second; null while it waits.
        pub second_by: Option<String> = null,
        /// What was entered. Null while the batch waits for a second person, for all but the first, so
        /// that the second counts the paper and does not copy the screen; there for all once two people
        /// wait at the same place with different counts.
        pub tally: Option<EnteredTally> = null,
        /// Null while it counts or waits.
        pub struck: Option<crate::ledger::Struck> = null,
    }
    shape: open_ended;
}
