//! `/ballot/{plan}/plain`: the ballot without scripts. Code, paper, receipt, each a plain form.
//!
//! Owns the forms and what follows which. The rules are those of `/api/ballots`: the same functions check and cast.
//! The code travels in the form's body only.

mod code_form;
mod paper_form;
mod sent;

use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use store::BallotId;
use text::{Lang, plain_ballot as words};
use wire::ErrorCode;
use wire::ballot::BallotKind;

use super::answer::{PageQuery, refused};
use super::html::{Page, write_html};
use crate::body;
use crate::names::plan_id;
use crate::refusal::{Refusal, internal};
use crate::route::ballots::{Entitlement, cast_ballot, open_paper};
use crate::state::AppState;
use crate::throttle::{Caller, wrong_code};
use code_form::code_form;
use paper_form::PaperForm;
use sent::Sent;

/// The form that asks for the code.
pub(crate) async fn ask(
    State(state): State<AppState>,
    Path(plan): Path<String>,
    Query(query): Query<PageQuery>,
) -> Response {
    let lang = query.lang();
    match title(&state, &plan).await {
        Ok(title) => {
            let mut page = code_form(&title, "", None, lang);
            if has_public_link(&state, &plan).await {
                write_html!(page, "<p class=\"note\">{}</p>", words::LINK_NEEDS_SCRIPTS.in_(lang));
            }
            answer_page(StatusCode::OK, page)
        }
        Err(refusal) => refused(&refusal, lang),
    }
}

async fn title(state: &AppState, plan: &str) -> Result<String, Refusal> {
    Ok(state.store().plan_head(&plan_id(plan)?).await?.title)
}

/// Whether some group votes by a public link. It gives a ballot for work that only scripts can do: a form without it
/// would be the way for whoever stuffs the box.
async fn has_public_link(state: &AppState, plan: &str) -> bool {
    let Ok(id) = plan_id(plan) else { return false };
    let frozen = state.store().frozen_plan(&id).await;
    frozen.is_ok_and(|frozen| frozen.plan.groups().iter().any(|group| group.ballot == BallotKind::Open))
}

fn answer_page(status: StatusCode, page: Page) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], page.finish()).into_response()
}

/// A code gets its paper; a paper with marks goes into the box.
pub(crate) async fn answer(
    State(state): State<AppState>,
    caller: Caller,
    Path(plan): Path<String>,
    Query(query): Query<PageQuery>,
    request: Request,
) -> Response {
    let lang = query.lang();
    let read = async {
        let title = title(&state, &plan).await?;
        Ok((title, Sent::read(&body::bytes(request).await?)?))
    };
    let (title, sent) = match read.await {
        Ok(read) => read,
        Err(refusal) => return refused(&refusal, lang),
    };
    let code = sent.value("code").to_owned();
    let refusal = match BallotId::parse(sent.value("ballot_id")) {
        None => match first_paper(&state, &plan, &code, lang).await {
            Ok(page) => return answer_page(StatusCode::OK, page),
            Err(refusal) => refusal,
        },
        Some(ballot) => {
            let (marks, comments) = (sent.marks(), sent.comments());
            let id = ballot.to_string();
            // A ballot that could go is asked about once if something on it is left open, as the page with scripts
            // does. One that is in the box already gets no paper any more, but its receipt.
            if sent.value(sent::SO).is_empty()
                && let Ok(paper) = open_paper(&state, &plan, &code).await
            {
                let form = PaperForm { paper: &paper, code: &code, ballot: &id, sent: &sent };
                if form.unfilled() > 0 && form.could_go(&marks, &comments) {
                    return answer_page(StatusCode::OK, form.write(&[], lang));
                }
            }
            match cast_ballot(&state, &plan, Entitlement::Code(&code), &ballot, &marks, &comments).await {
                Ok((receipt, _)) => {
                    let page = receipt_page(&title, &receipt.to_string(), lang);
                    return answer_page(StatusCode::OK, page);
                }
                Err(refusal) if refusal.code == ErrorCode::InvalidBallot => {
                    match open_paper(&state, &plan, &code).await {
                        Ok(paper) => {
                            let form = PaperForm { paper: &paper, code: &code, ballot: &id, sent: &sent };
                            let status = StatusCode::UNPROCESSABLE_ENTITY;
                            return answer_page(status, form.write(&refusal.fields, lang));
                        }
                        Err(refusal) => refusal,
                    }
                }
                Err(refusal) => refusal,
            }
        }
    };
    let refusal = wrong_code(state.store(), &caller, refusal).await;
    let status = StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer_page(status, code_form(&title, &code, Some(refusal.code), lang))
}

async fn first_paper(state: &AppState, plan: &str, code: &str, lang: Lang) -> Result<Page, Refusal> {
    let paper = open_paper(state, plan, code).await?;
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| internal("no randomness"))?;
    let ballot = BallotId::from(id).to_string();
    let code = wire::code::normalise(code).unwrap_or_default();
    Ok(PaperForm { paper: &paper, code: &code, ballot: &ballot, sent: &Sent::default() }.write(&[], lang))
}

fn receipt_page(title: &str, receipt: &str, lang: Lang) -> Page {
    let mut page = Page::new(title, lang);
    write_html!(
        page,
        "<h1>{}</h1><p>{}</p><p>{}</p><p class=\"receipt\"><code>{}</code></p><p>{}</p>",
        words::RECEIPT.in_(lang),
        title,
        words::RECEIPT_NUMBER.in_(lang),
        receipt,
        words::RECEIPT_NOTE.in_(lang),
    );
    write_html!(page, "<p class=\"note\">{}</p>", words::REPEATED.in_(lang));
    page
}
