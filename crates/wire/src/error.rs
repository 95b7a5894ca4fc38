//! How the API says no: one body for every error, with a code from a closed list.

use document::{Path, Problem, Read, Tree, document, open_ended, parsed};
use serde::{Deserialize, Serialize};
use text::{Text, error as words};

document! {
    /// The body of every answer with a status of 400 or more.
    #[derive(Eq, Debug)]
    pub struct ErrorBody {
        pub code: ErrorCode,
        /// The same in words, in the language of `Accept-Language` (Chinese without one).
        pub message: String,
        /// What in the request is at fault, all of it where that can be known.
        pub fields: Vec<Field> = default,
    }
    shape: open_ended;
}

document! {
    /// One thing wrong in a request, and where.
    #[derive(Eq, Debug)]
    pub struct Field {
        /// An RFC 6901 pointer into the request's JSON. For missing data and small groups, a pointer
        /// into the plan, records or result that the words of the route's page name.
        pub path: String,
        /// The problem's code: one of `scoring`'s problem codes or ballot faults.
        pub code: String,
        /// Ids and figures that belong to the problem, in no language.
        pub detail: Option<String>,
    }
    shape: open_ended;
}

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident = $code:tt, $status:literal, $text:ident;)*) => {
        /// The closed list of error codes.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ErrorCode { $($(#[$doc])* #[serde(rename = $code)] $name,)* }

        impl ErrorCode {
            /// Every code, in the order of this page.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name),*];

            /// The code as it stands in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$name => $code),* }
            }

            /// The HTTP status it travels with.
            pub const fn status(self) -> u16 {
                match self { $(ErrorCode::$name => $status),* }
            }

            /// What it says to people.
            pub const fn text(self) -> Text {
                match self { $(ErrorCode::$name => words::$text),* }
            }
        }

        impl Read for ErrorCode {
            fn blank() -> Self {
                ErrorCode::Internal
            }

            fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
                parsed(value, path, problems, |text| {
                    ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text)
                })
            }
        }
    };
}

error_codes! {
    /// Not JSON, a repeated key, or nesting deeper than 32.
    MalformedJson = "malformed_json", 400, MALFORMED_JSON;
    /// An unknown or missing field, or a wrong type.
    InvalidBody = "invalid_body", 422, INVALID_BODY;
    /// More bytes than the route takes.
    BodyTooLarge = "body_too_large", 413, BODY_TOO_LARGE;
    /// The body came too slowly.
    RequestTimeout = "request_timeout", 408, REQUEST_TIMEOUT;
    /// No session, or one that has ended.
    NotSignedIn = "not_signed_in", 401, NOT_SIGNED_IN;
    /// Name and password do not belong together.
    BadCredentials = "bad_credentials", 401, BAD_CREDENTIALS;
    /// The password is right, and the account has a second factor: a one-time code is missing.
    OneTimeCodeRequired = "one_time_code_required", 401, ONE_TIME_CODE_REQUIRED;
    /// The one-time code is wrong, older than the app shows, or was used; the recovery code is none of those left.
    BadOneTimeCode = "bad_one_time_code", 401, BAD_ONE_TIME_CODE;
    /// The account must set up a second factor before it may do anything else.
    SecondFactorRequired = "second_factor_required", 403, SECOND_FACTOR_REQUIRED;
    /// The account has a second factor already, or none that could be confirmed or removed.
    SecondFactorState = "second_factor_state", 409, SECOND_FACTOR_STATE;
    /// The account's roles do not allow it, or the request comes from another site.
    Forbidden = "forbidden", 403, FORBIDDEN;
    /// No such route, plan, record or published result.
    NotFound = "not_found", 404, NOT_FOUND;
    /// The route exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, METHOD_NOT_ALLOWED;
    /// Too many wrong codes or passwords.
    TooManyAttempts = "too_many_attempts", 429, TOO_MANY_ATTEMPTS;
    /// A defect on our side; nothing about it is told.
    Internal = "internal", 500, INTERNAL;
    /// The database did not answer in time; trying again is right.
    Unavailable = "unavailable", 503, UNAVAILABLE;
    /// The disk under the data is full. What was acknowledged is kept; nothing new can be.
    DiskFull = "disk_full", 503, DISK_FULL;
    /// The disk under the data is read-only or fails.
    DiskUnwritable = "disk_unwritable", 503, DISK_UNWRITABLE;

    /// The plan document breaks a rule of the plan.
    InvalidPlan = "invalid_plan", 422, INVALID_PLAN;
    /// The record does not fit the plan.
    InvalidRecord = "invalid_record", 422, INVALID_RECORDS;
    /// The scenario does not fit the plan, or turns it into an invalid one.
    InvalidScenario = "invalid_scenario", 422, INVALID_SCENARIO;
    /// `If-Match` names another revision than the current one.
    RevisionMismatch = "revision_mismatch", 412, REVISION_MISMATCH;
    /// `If-Match` is missing.
    RevisionRequired = "revision_required", 428, REVISION_REQUIRED;
    /// A round of stage 2 before all of stage 1 is closed: nobody knows yet which units are on its papers.
    ShortlistPending = "shortlist_pending", 409, SHORTLIST_PENDING;
    /// The plan has been opened and cannot change.
    PlanFrozen = "plan_frozen", 409, PLAN_FROZEN;
    /// A draft that somebody would miss; `fields` says what is there.
    DraftInUse = "draft_in_use", 409, DRAFT_IN_USE;
    /// Not in this state of the plan.
    WrongState = "wrong_state", 409, WRONG_STATE;
    /// Of an anonymous or blind group only 1 to 4 may mark some unit, and it was not allowed by name.
    SmallGroup = "small_group", 422, SMALL_GROUP;
    /// Codes issued before that the plan does not fit: nothing is on their paper, or it is another kind of ballot.
    CodesWithoutPaper = "codes_without_paper", 422, CODES_WITHOUT_PAPER;
    /// A narrowed paper on which a quota could not be met.
    QuotaOnNarrowed = "quota_on_narrowed", 422, QUOTA_ON_NARROWED;
    /// A quota leaves out the voter's own unit, and the code names none.
    OwnUnitRequired = "own_unit_required", 422, OWN_UNIT_REQUIRED;
    /// Codes of a named group that has a list of voters, without saying who gets them.
    VoterRequired = "voter_required", 422, VOTER_REQUIRED;
    /// Codes of an anonymous or open group with voters: no list says who holds which drawn card.
    LinkedSecret = "linked_secret", 422, LINKED_SECRET;
    /// Data are missing; `fields` names every place.
    Incomplete = "incomplete", 422, INCOMPLETE;
    /// Ties that no rule and no lot decides.
    UnresolvedTies = "unresolved_ties", 409, UNRESOLVED_TIES;
    /// Codes, ballots and tallies that should agree do not; `fields` says where, with pointers into the plan's
    /// reconciliation.
    CountMismatch = "count_mismatch", 409, COUNT_MISMATCH;
    /// The result is on public display and its time is not over; `early` says why it is published all the same.
    StillAnnounced = "still_announced", 409, STILL_ANNOUNCED;
    /// Objections that nobody has answered; `fields` names them.
    OpenObjections = "open_objections", 409, OPEN_OBJECTIONS;
    /// So many objections came from this network today, or to this result, that no more are taken here.
    TooManyObjections = "too_many_objections", 429, TOO_MANY_OBJECTIONS;
    /// A list of the plan (findings, items, cases) takes no more.
    ListFull = "list_full", 409, LIST_FULL;
    /// An entered value outside 0 … `out_of`.
    OutOfRange = "out_of_range", 422, OUT_OF_RANGE;

    /// No such code for this plan.
    UnknownCode = "unknown_code", 404, UNKNOWN_CODE;
    /// The code has been used for another ballot.
    CodeUsed = "code_used", 409, CODE_USED;
    /// The code was voided, or the batch that codes would be added to.
    CodeVoided = "code_voided", 409, CODE_VOIDED;
    /// The work for an open group's code was not done, was done for another browser, or too long ago.
    ChallengeFailed = "challenge_failed", 422, CHALLENGE_FAILED;
    /// This network has had as many codes of open groups today as one may have.
    ChannelBusy = "channel_busy", 429, CHANNEL_BUSY;
    /// The plan is still a draft.
    PlanNotOpen = "plan_not_open", 409, PLAN_NOT_OPEN;
    /// Voting is over.
    PlanClosed = "plan_closed", 409, PLAN_CLOSED;
    /// The marks break the ballot's rules.
    InvalidBallot = "invalid_ballot", 422, INVALID_BALLOT;
    /// More marks than a ballot may have.
    PaperTooLarge = "paper_too_large", 422, PAPER_TOO_LARGE;

    /// A second entry must come from another person.
    SamePerson = "same_person", 409, SAME_PERSON;
    /// The record does not wait for a second person: it counts already (`approved`), or was struck out (`struck`).
    NotPending = "not_pending", 409, NOT_PENDING;
    /// Records wait for a second person; `fields` names them.
    PendingRecords = "pending_records", 422, PENDING_RECORDS;
    /// A file whose content is none of the kinds that are taken, or not of the kind that it says.
    WrongContent = "wrong_content", 422, WRONG_CONTENT;
    /// It is there already and is not the same.
    AlreadyExists = "already_exists", 409, ALREADY_EXISTS;
    /// The paper ballots of this envelope or box are entered already.
    LabelTaken = "label_taken", 409, LABEL_TAKEN;
}

impl ErrorBody {
    /// An error without fields, in words of one language.
    pub fn new(code: ErrorCode, lang: text::Lang) -> ErrorBody {
        ErrorBody { code, message: code.text().in_(lang).to_owned(), fields: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_in_json_is_its_as_str() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.as_str()));
        }
    }

    #[test]
    fn every_code_speaks_both_languages_and_has_an_error_status() {
        for code in ErrorCode::ALL {
            assert!(code.status() >= 400);
            assert!(!code.text().zh.is_ascii(), "{code:?}");
            assert!(code.text().en.is_ascii(), "{code:?}");
        }
    }
}
