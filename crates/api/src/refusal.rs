//! Every answer that says no: from store's and scoring's errors to a status, a code and fields.
//!
//! Owns the mapping and the one place where an error body is written, in the caller's language.
//! Refuses to own: anything a caller must not see. What failed inside goes to standard error as a
//! kind, never with a code, a ballot, an address or a document in it.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use scoring::Problem;
use scoring::result_document::Missing;
use store::{RecordSource, Settled, StoreError, UnfitCodes, UnfitRecord, VoterFault};
use text::Lang;
use wire::reconciliation::Difference;
use wire::{ErrorBody, ErrorCode, Field};

/// An answer that says no.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) fields: Vec<Field>,
}

impl Refusal {
    /// A refusal that points at fields of the request.
    pub(crate) fn with(code: ErrorCode, fields: Vec<Field>) -> Refusal {
        Refusal { code, fields }
    }

    /// A refusal that points at one place.
    pub(crate) fn at(code: ErrorCode, path: &str, fault: &str) -> Refusal {
        Refusal::with(code, vec![field(path, fault)])
    }

    /// Problems that scoring found in a document of the request.
    pub(crate) fn problems(code: ErrorCode, problems: Vec<Problem>) -> Refusal {
        Refusal::with(code, problems.into_iter().map(problem_field).collect())
    }

    /// Places where data are missing, one field each.
    pub(crate) fn incomplete(missing: &[Missing]) -> Refusal {
        Refusal::with(ErrorCode::Incomplete, missing.iter().map(missing_field).collect())
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Refusal {
        Refusal { code, fields: Vec::new() }
    }
}

pub(crate) fn field(path: &str, code: &str) -> Field {
    Field { path: path.to_owned(), code: code.to_owned(), detail: None }
}

pub(crate) fn problem_field(problem: Problem) -> Field {
    Field { path: problem.path, code: problem.code.as_str().to_owned(), detail: problem.detail }
}

/// Codes that a plan does not fit, in ids: period, group, units, own unit, batch, and how many.
pub(crate) fn unfit_field(codes: &UnfitCodes) -> Field {
    Field { path: "/codes".to_owned(), code: "codes_without_paper".to_owned(), detail: Some(codes.to_string()) }
}

/// A voter of a list at a pointer, and what is wrong.
fn voter_field(list: &str, place: usize, fault: &VoterFault) -> Field {
    let (code, detail) = match fault {
        VoterFault::SameAsEarlier(earlier) => ("same_voter", Some(format!("{list}/{earlier}"))),
        VoterFault::SameAsListed(id) => ("same_voter", Some(id.clone())),
        VoterFault::Unknown => ("unknown_voter", None),
        VoterFault::OtherGroup => ("other_group", None),
        VoterFault::HasCode => ("has_code", None),
    };
    Field { path: format!("{list}/{place}"), code: code.to_owned(), detail }
}

/// A kept record that does not fit its plan: the pointer into the records document, and which record it is.
fn unfit_record_field(unfit: &UnfitRecord) -> Field {
    let Problem { path, code, .. } = &unfit.problem;
    Field { path: path.clone(), code: code.as_str().to_owned(), detail: Some(unfit.to_string()) }
}

fn unfit_records(unfit: &[UnfitRecord]) -> Refusal {
    Refusal::with(ErrorCode::InvalidRecord, unfit.iter().map(unfit_record_field).collect())
}

/// Records that wait for a second person, each by its list, its id and the ids of its place.
fn pending_records(records: &[RecordSource]) -> Refusal {
    let field = |record: &RecordSource| {
        let (path, code) = (format!("/{}", record.list()), "pending_record".to_owned());
        Field { path, code, detail: Some(record.to_string()) }
    };
    Refusal::with(ErrorCode::PendingRecords, records.iter().map(field).collect())
}

/// Why a record does not wait for a second person.
fn not_pending(settled: Settled) -> Refusal {
    let how = match settled {
        Settled::Counts => "approved",
        Settled::Struck => "struck",
    };
    Refusal::at(ErrorCode::NotPending, "", how)
}

/// The list of the records document where the data would stand, and the place in ids: period,
/// component, unit, and the group where one is meant.
fn missing_field(missing: &Missing) -> Field {
    let (path, group) = match &missing.group {
        Some(group) => ("/tallies", Some(group.as_str())),
        None => ("/entries", None),
    };
    let mut detail = format!("{} {} {}", missing.period, missing.component, missing.unit);
    if let Some(group) = group {
        detail.push(' ');
        detail.push_str(group);
    }
    Field { path: path.to_owned(), code: "missing_data".to_owned(), detail: Some(detail) }
}

/// A difference: the pointer into the plan's reconciliation, its kind, and period, group and both figures.
fn difference_field(index: usize, found: &Difference) -> Field {
    let figure = |figure: Option<u64>| figure.map_or("-".to_owned(), |figure| figure.to_string());
    let (left, right) = (figure(found.left), figure(found.right));
    Field {
        path: format!("/differences/{index}"),
        code: found.kind.as_str().to_owned(),
        detail: Some(format!("{} {} {left} {right}", found.period, found.group)),
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        match error {
            StoreError::NotFound => ErrorCode::NotFound.into(),
            StoreError::RevisionMismatch => ErrorCode::RevisionMismatch.into(),
            StoreError::PlanFrozen => ErrorCode::PlanFrozen.into(),
            StoreError::WrongState => ErrorCode::WrongState.into(),
            StoreError::InvalidPlan(problems) => Refusal::problems(ErrorCode::InvalidPlan, problems),
            StoreError::SmallGroup(groups) => Refusal::with(
                ErrorCode::SmallGroup,
                groups
                    .into_iter()
                    .map(|group| Field {
                        path: "/allow_small".to_owned(),
                        code: "small_group".to_owned(),
                        detail: Some(group),
                    })
                    .collect(),
            ),
            StoreError::CodesWithoutPaper(codes) => {
                Refusal::with(ErrorCode::CodesWithoutPaper, codes.iter().map(unfit_field).collect())
            }
            StoreError::QuotaOnNarrowed => Refusal::at(ErrorCode::QuotaOnNarrowed, "/units", "quota_on_narrowed"),
            StoreError::OwnUnitRequired => Refusal::at(ErrorCode::OwnUnitRequired, "/unit", "own_unit_required"),
            StoreError::PaperTooLarge(group) => Refusal::with(
                ErrorCode::PaperTooLarge,
                vec![Field { path: String::new(), code: "paper_too_large".to_owned(), detail: Some(group) }],
            ),
            StoreError::DraftTooLarge | StoreError::TooLarge => ErrorCode::BodyTooLarge.into(),
            StoreError::Incomplete(missing) => Refusal::incomplete(&missing),
            StoreError::UnresolvedTies(ties) => Refusal::with(
                ErrorCode::UnresolvedTies,
                ties.iter()
                    .map(|tie| Field {
                        path: "/lots".to_owned(),
                        code: "unresolved_tie".to_owned(),
                        detail: Some(tie.join(" ")),
                    })
                    .collect(),
            ),
            StoreError::DraftInUse(there) => Refusal::with(
                ErrorCode::DraftInUse,
                there.iter().map(|what| field(&format!("/{what}"), "in_use")).collect(),
            ),
            StoreError::UnknownRounds(places) => Refusal::with(
                ErrorCode::InvalidBody,
                places.iter().map(|place| field(&format!("/rounds/{place}"), "unknown_round")).collect(),
            ),
            StoreError::NoShortlist(place) => {
                let path = place.map_or("/stage".to_owned(), |place| format!("/rounds/{place}/stage"));
                Refusal::at(ErrorCode::ShortlistPending, &path, "shortlist_pending")
            }
            StoreError::CountMismatch(found) => {
                let fields = found.iter().enumerate().map(|(index, found)| difference_field(index, found));
                Refusal::with(ErrorCode::CountMismatch, fields.collect())
            }
            StoreError::StillAnnounced => Refusal::at(ErrorCode::StillAnnounced, "/early", "missing_field"),
            StoreError::OpenObjections(numbers) => {
                let path = |number: &u64| field(&format!("/objections/{}", number - 1), "open_objection");
                Refusal::with(ErrorCode::OpenObjections, numbers.iter().map(path).collect())
            }
            StoreError::TooManyObjections => ErrorCode::TooManyObjections.into(),
            StoreError::TooManyKept => ErrorCode::ListFull.into(),
            StoreError::UnfitRecords(unfit) => unfit_records(&unfit),
            StoreError::PendingRecords(records) => pending_records(&records),
            StoreError::NotPending(settled) => not_pending(settled),
            StoreError::SamePerson => ErrorCode::SamePerson.into(),
            StoreError::UnknownCode => ErrorCode::UnknownCode.into(),
            StoreError::CodeUsed => ErrorCode::CodeUsed.into(),
            StoreError::CodeVoided => ErrorCode::CodeVoided.into(),
            StoreError::VoterRequired => Refusal::at(ErrorCode::VoterRequired, "/voters", "missing_field"),
            StoreError::LinkedSecret => Refusal::at(ErrorCode::LinkedSecret, "/voters", "not_applicable"),
            StoreError::UnknownVoter => Refusal::at(ErrorCode::InvalidBody, "/voter", "unknown_voter"),
            StoreError::UnfitVoters(faults) => Refusal::with(
                ErrorCode::InvalidBody,
                faults.iter().map(|(place, fault)| voter_field("/voters", *place, fault)).collect(),
            ),
            StoreError::UnknownBatch => Refusal::at(ErrorCode::InvalidBody, "/batch", "unknown_batch"),
            StoreError::UnknownCodes(places) => Refusal::with(
                ErrorCode::InvalidBody,
                places.iter().map(|place| field(&format!("/hashes/{place}"), "unknown_code")).collect(),
            ),
            StoreError::PlanNotOpen => ErrorCode::PlanNotOpen.into(),
            StoreError::PlanClosed => ErrorCode::PlanClosed.into(),
            StoreError::MarkNotOnPaper => Refusal::at(ErrorCode::InvalidBallot, "/marks", "not_on_paper"),
            StoreError::UnknownPlace | StoreError::TooManyCodes | StoreError::MisplacedRecord => {
                ErrorCode::InvalidBody.into()
            }
            StoreError::AlreadyRecorded | StoreError::NameTaken => ErrorCode::AlreadyExists.into(),
            StoreError::LastAdministrator => ErrorCode::Forbidden.into(),
            StoreError::SecondFactorState => ErrorCode::SecondFactorState.into(),
            StoreError::LabelTaken => Refusal::at(ErrorCode::LabelTaken, "/label", "label_taken"),
            StoreError::PaperDoesNotAddUp { index } => {
                Refusal::at(ErrorCode::InvalidRecord, &format!("/counts/{index}"), "does_not_add_up")
            }
            StoreError::Contended | StoreError::Unavailable => ErrorCode::Unavailable.into(),
            StoreError::NewerLayout => newer_layout(),
            StoreError::Corrupt => internal("a stored item could not be read"),
            _ => internal("an unforeseen error of the store"),
        }
    }
}

/// For whoever runs this program to mend; it is no defect of it.
fn newer_layout() -> Refusal {
    eprintln!("a plan was opened by a newer version of this program");
    ErrorCode::Unavailable.into()
}

/// A defect on our side: its kind goes to the log, nothing to the caller.
pub(crate) fn internal(what: &'static str) -> Refusal {
    eprintln!("internal error: {what}");
    ErrorCode::Internal.into()
}

impl IntoResponse for Refusal {
    /// Carries the refusal to [`write_refusals`], which knows the caller's language.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the body of every refusal that the handlers below returned, and of axum's own.
pub(crate) async fn write_refusals(request: Request, next: Next) -> Response {
    let lang = language(request.headers());
    let mut response = next.run(request).await;
    let refusal = match response.extensions_mut().remove::<Refusal>() {
        Some(refusal) => refusal,
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed.into(),
        None => return response,
    };
    let body = ErrorBody { fields: refusal.fields, ..ErrorBody::new(refusal.code, lang) };
    let (parts, _) = response.into_parts();
    let mut answer = (parts.status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response();
    let kept: [HeaderName; 3] = [header::ALLOW, header::SET_COOKIE, header::RETRY_AFTER];
    for name in kept {
        for value in parts.headers.get_all(&name) {
            answer.headers_mut().append(&name, value.clone());
        }
    }
    answer
}

/// The language of `Accept-Language`: English where it comes first, Chinese otherwise.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let first = wanted.split([',', ';']).map(str::trim).find(|tag| tag.starts_with("zh") || tag.starts_with("en"));
    Lang::named(first.unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use wire::reconciliation::{Difference, DifferenceKind};

    use super::*;

    #[test]
    fn differences_are_told_with_place_kind_and_both_figures() {
        let (period, group, kind) = ("h1".to_owned(), "staff".to_owned(), DifferenceKind::Cast);
        let found = Difference { period, group, kind, left: Some(3), right: None };
        let refusal = Refusal::from(StoreError::CountMismatch(vec![found]));
        let (path, code) = ("/differences/0".to_owned(), "cast".to_owned());
        let told = vec![Field { path, code, detail: Some("h1 staff 3 -".to_owned()) }];
        assert_eq!((refusal.code, refusal.fields), (ErrorCode::CountMismatch, told));
    }
}
