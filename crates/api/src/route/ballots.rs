//! `/api/ballot-paper` and `/api/ballots`: voting. Nothing that could join a code, a person or an
//! address to a ballot is logged or kept here.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use scoring::ballot::{self, BallotFault, BallotProblem, Mark, Paper};
use scoring::names::folded;
use store::{
    BallotId, Blinded, CodeHash, Comment as StoredComment, PlanId, Prepared, Receipt as StoredReceipt, StoreError,
    Token, Voter,
};
use wire::ballot::{
    BallotKind, BallotPaper, BallotRequest, BallotToken, PaperGroup, PaperRequest, Receipt, TokenAnswer, TokenRequest,
};
use wire::comment::{self, Comment};
use wire::{ErrorBody, ErrorCode, Field};

use super::plans::blind_keys;
use crate::body::Body;
use crate::names::plan_id;
use crate::refusal::{Refusal, internal};
use crate::state::AppState;
use crate::throttle::{Caller, wrong_code};

/// The hash of a typed code; what cannot be a code is an unknown one.
pub(crate) fn code_hash(plan: &PlanId, typed: &str) -> Result<CodeHash, Refusal> {
    let code = wire::code::normalise(typed).ok_or(ErrorCode::UnknownCode)?;
    Ok(CodeHash::from(wire::code::hash(plan.as_str(), &code)))
}

/// The paper of a voter, in `wire`'s words.
pub(crate) fn paper_of(voter: &Voter) -> Result<BallotPaper, Refusal> {
    let document = voter.plan.plan.document();
    let group = document.groups.iter().find(|group| group.id == voter.group);
    let group = group.ok_or_else(|| internal("a code's group is not in its plan"))?;
    let period = document.periods.iter().find(|period| period.id == voter.period);
    let period = period.ok_or_else(|| internal("a code's period is not in its plan"))?;
    Ok(BallotPaper {
        plan_title: document.title.clone(),
        plan_sha256: voter.plan.sha256.clone(),
        period: period.id.clone(),
        period_name: period.name.clone(),
        group: PaperGroup { id: group.id.clone(), name: group.name.clone(), ballot: group.ballot },
        sections: voter.paper().sections,
        own_unit: voter.unit.clone(),
        blind_keys: Vec::new(),
        comments: group.comments == Some(true),
        names_voter: voter.holder.is_some(),
        closes: voter.rounds.closes.clone(),
        profiles: Vec::new(),
    })
}

/// The paper that a code opens.
pub(crate) async fn open_paper(state: &AppState, plan: &str, code: &str) -> Result<BallotPaper, Refusal> {
    let plan = plan_id(plan)?;
    // The plan first: an unknown one is no wrong code.
    state.store().plan_head(&plan).await?;
    let voter = state.store().ballot_paper(&plan, &code_hash(&plan, code)?).await?;
    let mut paper = paper_of(&voter)?;
    let whole = voter.units.is_none() && voter.unit.is_none();
    if paper.group.ballot == BallotKind::Blind && whole {
        let keys = blind_keys(state, &plan).await?.into_iter();
        paper.blind_keys = keys.filter(|key| key.period == voter.period && key.group == voter.group).collect();
    }
    paper.profiles = units_with_profile(state, &paper).await;
    Ok(paper)
}

/// Units on a paper of which something is public, each once.
async fn units_with_profile(state: &AppState, paper: &BallotPaper) -> Vec<String> {
    let released = state.released_units().of(state.store().profile_rows()).await;
    let units = paper.sections.iter().flat_map(|section| &section.units);
    let shown: BTreeSet<&String> =
        units.filter(|unit| released.contains(&folded(&unit.name))).map(|unit| &unit.id).collect();
    shown.into_iter().cloned().collect()
}

/// The paper that a code opens: every survey and complaints component in which its group marks.
#[utoipa::path(post, path = "/api/ballot-paper", tag = "voting", request_body = PaperRequest, responses(
    (status = 200, body = BallotPaper),
    (status = 400, body = ErrorBody),
    (status = 404, body = ErrorBody, description = "unknown_code, not_found"),
    (status = 409, body = ErrorBody, description = "code_used, code_voided, plan_not_open, plan_closed"),
    (status = 422, body = ErrorBody, description = "invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn paper(
    State(state): State<AppState>,
    caller: Caller,
    Body(request): Body<PaperRequest>,
) -> Result<impl IntoResponse, Refusal> {
    match open_paper(&state, &request.plan, &request.code).await {
        Ok(paper) => Ok(([(header::CACHE_CONTROL, "no-store")], Json(paper))),
        Err(refusal) => Err(wrong_code(state.store(), &caller, refusal).await),
    }
}

fn ballot_field(problem: BallotProblem) -> Field {
    // Ids and figures of an unmet quota: component, category, option, and have/need.
    let detail = problem.quota.map(|quota| {
        let criterion = quota.criterion.map(|criterion| format!("{criterion} ")).unwrap_or_default();
        format!("{} {criterion}{} {} {}/{}", quota.component, quota.category, quota.option, quota.have, quota.need)
    });
    Field { path: problem.path, code: problem.code.as_str().to_owned(), detail }
}

/// All faults of a ballot, or nothing.
fn refuse_faults(problems: Vec<BallotProblem>) -> Result<(), Refusal> {
    if problems.is_empty() {
        return Ok(());
    }
    let too_large = problems.iter().any(|problem| problem.code == BallotFault::PaperTooLarge);
    let code = if too_large { ErrorCode::PaperTooLarge } else { ErrorCode::InvalidBallot };
    Err(Refusal::with(code, problems.into_iter().map(ballot_field).collect()))
}

/// A ballot's opinions as they are kept, or all that is wrong with them.
fn kept_comments(voter: &Voter, paper: &Paper, comments: &[Comment]) -> Result<Vec<StoredComment>, Refusal> {
    let mut groups = voter.plan.plan.groups().iter();
    let asked = groups.any(|group| group.id == voter.group && group.comments == Some(true));
    if !asked && !comments.is_empty() {
        return Err(Refusal::at(ErrorCode::InvalidBallot, "/comments", "not_applicable"));
    }
    let is_on_paper = |unit: &str| paper.sections.iter().flat_map(|section| &section.units).any(|one| one.id == unit);
    let faults = comment::check(comments, is_on_paper);
    if !faults.is_empty() {
        return Err(Refusal::with(ErrorCode::InvalidBallot, faults));
    }
    let kept = comments.iter().map(|one| StoredComment { unit: one.unit.clone(), text: comment::tidy(&one.text) });
    Ok(kept.collect())
}

/// What came with a ballot.
pub(crate) enum Entitlement<'a> {
    /// A code as typed.
    Code(&'a str),
    /// A blind group's token.
    Token(&'a BallotToken),
}

fn token(sent: &BallotToken) -> Result<Token, Refusal> {
    let wrong = |path: &str| Refusal::at(ErrorCode::InvalidBody, path, "wrong_type");
    Ok(Token {
        period: sent.period.clone(),
        group: sent.group.clone(),
        nonce: wire::code::unhex(&sent.nonce).ok_or_else(|| wrong("/token/nonce"))?,
        output: wire::code::unhex(&sent.output).ok_or_else(|| wrong("/token/output"))?,
    })
}

/// What cannot be a code or a token casts nothing; but a ballot that is in the box is answered whatever comes with it.
async fn in_the_box_or(
    state: &AppState,
    plan: &PlanId,
    ballot: &BallotId,
    refusal: Refusal,
) -> Result<Prepared, Refusal> {
    state.store().receipt_of(plan, ballot).await?.map(Prepared::AlreadyCast).ok_or(refusal)
}

/// Puts a ballot into the box, or finds that one with its id is there.
pub(crate) async fn cast_ballot(
    state: &AppState,
    plan: &str,
    entitlement: Entitlement<'_>,
    ballot: &BallotId,
    marks: &[Mark],
    comments: &[Comment],
) -> Result<(StoredReceipt, bool), Refusal> {
    let plan = plan_id(plan)?;
    let prepared = match entitlement {
        Entitlement::Code(code) => match code_hash(&plan, code) {
            Ok(code) => state.store().prepare_ballot(&plan, &code, ballot).await?,
            Err(refusal) => in_the_box_or(state, &plan, ballot, refusal).await?,
        },
        Entitlement::Token(sent) => match token(sent) {
            Ok(token) => state.store().prepare_ballot(&plan, &token, ballot).await?,
            Err(refusal) => in_the_box_or(state, &plan, ballot, refusal).await?,
        },
    };
    match prepared {
        Prepared::AlreadyCast(receipt) => Ok((receipt, true)),
        Prepared::Ready(ready) => {
            let paper = ready.voter().paper();
            refuse_faults(ballot::check(&paper, marks))?;
            let comments = kept_comments(ready.voter(), &paper, comments)?;
            let cast = state.store().cast_ballot(ready.with_comments(comments), marks).await?;
            Ok((cast.receipt, cast.repeated))
        }
    }
}

/// Puts a ballot into the box. A ballot id that is in the box gets its receipt, whatever marks, opinions and code come
/// with it: no answer tells how a ballot was marked.
#[utoipa::path(post, path = "/api/ballots", tag = "voting", request_body = BallotRequest, responses(
    (status = 201, body = Receipt, description = "In the box"),
    (status = 200, body = Receipt, description = "A ballot with this id was in the box already"),
    (status = 400, body = ErrorBody),
    (status = 404, body = ErrorBody, description = "unknown_code, not_found"),
    (status = 409, body = ErrorBody, description = "code_used, code_voided, plan_not_open, plan_closed"),
    (status = 413, body = ErrorBody),
    (status = 422, body = ErrorBody, description = "invalid_ballot, paper_too_large, invalid_body"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn cast(
    State(state): State<AppState>,
    caller: Caller,
    Body(request): Body<BallotRequest>,
) -> Result<impl IntoResponse, Refusal> {
    let ballot = BallotId::parse(&request.ballot_id)
        .ok_or_else(|| Refusal::at(ErrorCode::InvalidBody, "/ballot_id", "wrong_type"))?;
    let entitlement = match (&request.code, &request.token) {
        (Some(code), None) => Entitlement::Code(code),
        (None, Some(token)) => Entitlement::Token(token),
        (None, None) => return Err(Refusal::at(ErrorCode::InvalidBody, "/code", "missing_field")),
        (Some(_), Some(_)) => return Err(Refusal::at(ErrorCode::InvalidBody, "/token", "unknown_field")),
    };
    match cast_ballot(&state, &request.plan, entitlement, &ballot, &request.marks, &request.comments).await {
        Ok((receipt, repeated)) => {
            let status = if repeated { StatusCode::OK } else { StatusCode::CREATED };
            let receipt = Receipt { receipt: receipt.to_string(), repeated };
            Ok((status, [(header::CACHE_CONTROL, "no-store")], Json(receipt)))
        }
        Err(refusal) => Err(wrong_code(state.store(), &caller, refusal).await),
    }
}

/// Exchanges the code of a blind group for what its browser makes a token of.
#[utoipa::path(post, path = "/api/tokens", tag = "voting", request_body = TokenRequest, responses(
    (status = 200, body = TokenAnswer),
    (status = 400, body = ErrorBody),
    (status = 404, body = ErrorBody, description = "unknown_code, not_found"),
    (status = 409, body = ErrorBody, description = "code_used, code_voided, plan_not_open, plan_closed"),
    (status = 422, body = ErrorBody, description = "invalid_body: also for a code that is not exchanged"),
    (status = 429, body = ErrorBody, description = "too_many_attempts"),
))]
pub(crate) async fn exchange(
    State(state): State<AppState>,
    caller: Caller,
    Body(request): Body<TokenRequest>,
) -> Result<impl IntoResponse, Refusal> {
    let exchanged = async {
        let plan = plan_id(&request.plan)?;
        state.store().plan_head(&plan).await?;
        let blinded = Blinded::parse(&request.blinded)
            .ok_or_else(|| Refusal::at(ErrorCode::InvalidBody, "/blinded", "wrong_type"))?;
        let code = code_hash(&plan, &request.code)?;
        match state.store().exchange_code(&plan, &code, &blinded).await {
            Err(StoreError::UnknownPlace) => Err(Refusal::at(ErrorCode::InvalidBody, "/code", "not_applicable")),
            exchanged => Ok(exchanged?),
        }
    };
    match exchanged.await {
        Ok(done) => {
            let answer = TokenAnswer { evaluated: done.evaluated, proof: done.proof };
            Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
        }
        Err(refusal) => Err(wrong_code(state.store(), &caller, refusal).await),
    }
}
