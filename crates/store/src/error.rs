//! What the store may answer instead of doing what it was asked.

use std::fmt;

use scoring::Problem;
use scoring::result_document::Missing;
use wire::reconciliation::Difference;

use crate::ballot_box::code_paper::UnfitCodes;
use crate::records::record_id::{RecordSource, UnfitRecord};
use crate::records::settled::Settled;
use crate::voters::voter_fault::VoterFault;

/// Why a use case was refused or failed. Every refusal is final for this request; only [`StoreError::Contended`] and
/// [`StoreError::Unavailable`] may go away by themselves.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such plan, record, session, account, scenario or publication.
    NotFound,
    /// The change was based on a revision that is not the current one.
    RevisionMismatch,
    /// The plan has been opened: its document cannot change any more.
    PlanFrozen,
    /// The plan's state, or the round's, does not allow this.
    WrongState,
    /// A draft that is to be deleted has what somebody would miss: `codes`, `voters` and so on.
    DraftInUse(Vec<&'static str>),
    /// Rounds that the plan does not have, by their places in the list.
    UnknownRounds(Vec<usize>),
    /// A round of stage 2 before stage 1 is closed, by its place in the list where there is one.
    NoShortlist(Option<usize>),
    /// The draft is no valid plan: everything that is wrong with it.
    InvalidPlan(Vec<Problem>),
    /// The document does not fit one item.
    DraftTooLarge,
    /// Anonymous or blind groups with one to four codes in a period, which were not named as intended.
    SmallGroup(Vec<String>),
    /// A ballot of this group does not fit one transaction.
    PaperTooLarge(String),
    /// What the final result still lacks.
    Incomplete(Vec<Missing>),
    /// Ties that need a lot before the result can be published.
    UnresolvedTies(Vec<Vec<String>>),
    /// Codes, ballots and tallies that should agree and do not.
    CountMismatch(Vec<Difference>),
    /// The result is on public display, and its time is not over.
    StillAnnounced,
    /// Objections without an answer, by their numbers.
    OpenObjections(Vec<u64>),
    /// As many objections as one result takes.
    TooManyObjections,
    /// As many findings, items or cases as one plan takes.
    TooManyKept,
    /// Kept records that do not fit the plan.
    UnfitRecords(Vec<UnfitRecord>),
    /// Codes for a period, a group, or units that the plan does not have.
    UnknownPlace,
    /// Codes that the plan does not fit: nothing is on their paper, or their cards say another kind of ballot.
    CodesWithoutPaper(Vec<UnfitCodes>),
    /// Codes of a narrowed paper on which a quota could not be met.
    QuotaOnNarrowed,
    /// Codes without the voter's own unit, which a quota leaves out.
    OwnUnitRequired,
    /// Codes of a named group, whose list says who gets one.
    VoterRequired,
    /// Codes of a group of which nobody may know who holds which.
    LinkedSecret,
    /// Voters of a call that will not do, by their places.
    UnfitVoters(Vec<(usize, VoterFault)>),
    /// No such voter.
    UnknownVoter,
    /// More codes, or voters, than one call may add.
    TooManyCodes,
    /// No such code.
    UnknownCode,
    /// The code was used, for another ballot.
    CodeUsed,
    /// The code, or the batch that codes belong to, was voided.
    CodeVoided,
    /// No such batch of codes.
    UnknownBatch,
    /// Hashes of which there are no codes, by their places in the list.
    UnknownCodes(Vec<usize>),
    /// The plan is still a draft.
    PlanNotOpen,
    /// Voting has ended, or is ending now.
    PlanClosed,
    /// A mark on something that is not on this paper. The ballot rules in `scoring` come first and say it better.
    MarkNotOnPaper,
    /// There is a decision or a verdict for this place already; strike it out first.
    AlreadyRecorded,
    /// What takes a second person is asked for by the first.
    SamePerson,
    /// The record does not wait for a second person.
    NotPending(Settled),
    /// Records that wait for a second person.
    PendingRecords(Vec<RecordSource>),
    /// The paper ballots of this envelope or box are entered already: they count, this person has entered them
    /// otherwise, or they are another group's.
    LabelTaken,
    /// A record lacks the fields that say where it belongs.
    MisplacedRecord,
    /// In this line of a batch of paper ballots, marks and blanks do not add up to the valid ballots.
    PaperDoesNotAddUp {
        /// Index into the batch's counts.
        index: usize,
    },
    /// A record, a scenario or a name is longer than the store keeps.
    TooLarge,
    /// An account, or a scenario that should be new, exists.
    NameTaken,
    /// Nobody would manage accounts any more.
    LastAdministrator,
    /// The account has a second factor already, or none that could be confirmed or removed.
    SecondFactorState,
    /// Other writers won every round of an optimistic change.
    Contended,
    /// The database cannot be reached, or refuses for want of capacity.
    Unavailable,
    /// The plan was opened by a newer version, whose ballots this one would read as others.
    NewerLayout,
    /// Something stored cannot be read back: damage, or a newer version's data.
    Corrupt,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StoreError::NotFound => "not found",
            StoreError::RevisionMismatch => "based on another revision",
            StoreError::PlanFrozen => "the plan is frozen",
            StoreError::WrongState => "not in this state of the plan",
            StoreError::DraftInUse(_) => "the draft is in use",
            StoreError::UnknownRounds(_) => "the plan has no such round",
            StoreError::NoShortlist(_) => "the shortlist does not stand yet",
            StoreError::InvalidPlan(_) => "not a valid plan",
            StoreError::DraftTooLarge => "the plan document is too large",
            StoreError::SmallGroup(_) => "a secret group is too small to be secret",
            StoreError::PaperTooLarge(_) => "a ballot of a group is too large",
            StoreError::Incomplete(_) => "the result lacks marks or entries",
            StoreError::UnresolvedTies(_) => "ties need a lot",
            StoreError::CountMismatch(_) => "codes, ballots and tallies differ",
            StoreError::StillAnnounced => "the public display is not over",
            StoreError::OpenObjections(_) => "objections are open",
            StoreError::TooManyObjections => "too many objections",
            StoreError::TooManyKept => "the plan takes no more of these",
            StoreError::UnfitRecords(_) => "the records do not fit the plan",
            StoreError::UnknownPlace => "no such period, group or unit",
            StoreError::CodesWithoutPaper(_) => "codes do not fit the plan",
            StoreError::QuotaOnNarrowed => "a quota on a narrowed paper",
            StoreError::OwnUnitRequired => "codes need the voter's own unit",
            StoreError::VoterRequired => "codes of a named group need voters",
            StoreError::LinkedSecret => "a secret group's codes are linked to nobody",
            StoreError::UnfitVoters(_) => "voters will not do",
            StoreError::UnknownVoter => "no such voter",
            StoreError::TooManyCodes => "too many in one call",
            StoreError::UnknownCode => "no such code",
            StoreError::CodeUsed => "the code was used",
            StoreError::CodeVoided => "the code was voided",
            StoreError::UnknownBatch => "no such batch of codes",
            StoreError::UnknownCodes(_) => "no such codes",
            StoreError::PlanNotOpen => "the plan is not open",
            StoreError::PlanClosed => "the plan is closed",
            StoreError::MarkNotOnPaper => "a mark is not on the paper",
            StoreError::AlreadyRecorded => "already recorded",
            StoreError::SamePerson => "a second person is needed",
            StoreError::NotPending(_) => "the record does not wait for a second person",
            StoreError::PendingRecords(_) => "records wait for a second person",
            StoreError::LabelTaken => "the label is taken",
            StoreError::MisplacedRecord => "the record does not say where it belongs",
            StoreError::PaperDoesNotAddUp { .. } => "the batch does not add up",
            StoreError::TooLarge => "too large to keep",
            StoreError::NameTaken => "the name is taken",
            StoreError::LastAdministrator => "nobody would manage accounts any more",
            StoreError::SecondFactorState => "the second factor is set already, or not set",
            StoreError::Contended => "too many changes at once",
            StoreError::Unavailable => "the database is unavailable",
            StoreError::NewerLayout => "the plan was opened by a newer version of this program",
            StoreError::Corrupt => "stored data cannot be read",
        })
    }
}

impl std::error::Error for StoreError {}
