//! `/ballot/{plan}/plain`: the ballot without scripts. Code, paper, receipt, each a plain form.
//!
//! Owns the form. The rules are those of `/api/ballots`: the same functions check and cast. The
//! code travels in the form's body only.

use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use scoring::ballot::{Mark, Paper, Section};
use store::BallotId;
use text::{Lang, ballot as ballot_words, error as faults, plain_ballot as words};
use wire::ballot::{BallotKind, BallotPaper};
use wire::comment::{self, Comment};
use wire::{ErrorCode, Field};

use super::html::{Page, write_html};
use super::{PageQuery, refused};
use crate::body;
use crate::names::plan_id;
use crate::refusal::{Refusal, internal};
use crate::route::ballots::{Entitlement, cast_ballot, open_paper};
use crate::state::AppState;
use crate::throttle::{Caller, wrong_code};

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

fn code_form(title: &str, typed: &str, error: Option<ErrorCode>, lang: Lang) -> Page {
    let heading = match error {
        Some(_) => format!("{}{title}", words::ERROR_TITLE.in_(lang)),
        None => title.to_owned(),
    };
    let mut page = Page::new(&heading, lang);
    write_html!(page, "<h1>{}</h1>", title);
    if let Some(code) = error {
        let text = code.text().in_(lang);
        write_html!(
            page,
            "<div class=\"errors\" role=\"alert\"><h2>{}</h2><a href=\"#code\">{}</a></div>",
            words::ERROR_SUMMARY.in_(lang),
            text
        );
    }
    let (invalid, described) = if error.is_some() { ("true", "code-hint code-fault") } else { ("false", "code-hint") };
    write_html!(
        page,
        "<form method=\"post\"><label for=\"code\">{}</label><p class=\"hint\" id=\"code-hint\">{}</p>",
        words::ENTER_CODE.in_(lang),
        words::CODE_HINT.in_(lang),
    );
    if let Some(code) = error {
        write_html!(
            page,
            "<p class=\"fault\" id=\"code-fault\">{}{}</p>",
            words::ERROR_TITLE.in_(lang),
            code.text().in_(lang)
        );
    }
    write_html!(
        page,
        "<input type=\"text\" id=\"code\" name=\"code\" required autocomplete=\"off\" autocapitalize=\"characters\" \
         spellcheck=\"false\" maxlength=\"40\" aria-invalid=\"{}\" aria-describedby=\"{}\" value=\"{}\">\
         <p><button>{}</button></p></form>",
        invalid,
        described,
        typed,
        words::CONTINUE.in_(lang),
    );
    page
}

/// What a form sent: pairs, in order.
type Sent = Vec<(String, String)>;

async fn sent(request: Request) -> Result<Sent, Refusal> {
    let bytes = body::bytes(request).await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| ErrorCode::InvalidBody)?;
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(key)?, decoded(value)?))
    });
    pairs.collect::<Option<Sent>>().ok_or(ErrorCode::InvalidBody.into())
}

/// `application/x-www-form-urlencoded` undone.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
                digit(rest.next()?)? << 4 | digit(rest.next()?)?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn value<'a>(sent: &'a Sent, key: &str) -> &'a str {
    sent.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value)
}

/// A choice's name in the form: component, unit and criterion; ids hold no dot.
fn choice(component: &str, unit: &str, criterion: Option<&str>) -> String {
    format!("m.{component}.{unit}.{}", criterion.unwrap_or(""))
}

/// The field that says that lines are left open on purpose.
const SO: &str = "so";

/// What stands before a unit's id in the name of the field for an opinion on it.
const COMMENT: &str = "c.";

fn comments(sent: &Sent) -> Vec<Comment> {
    let written = sent.iter().filter_map(|(name, text)| Some((name.strip_prefix(COMMENT)?, text)));
    let written = written.filter(|(_, text)| !text.trim().is_empty());
    written.map(|(unit, text)| Comment { unit: unit.to_owned(), text: text.clone() }).collect()
}

fn marks(sent: &Sent) -> Vec<Mark> {
    let mark = |(name, option): &(String, String)| {
        let mut parts = name.strip_prefix("m.")?.splitn(3, '.');
        let (component, unit, criterion) = (parts.next()?, parts.next()?, parts.next()?);
        (!option.is_empty()).then(|| Mark {
            component: component.to_owned(),
            unit: unit.to_owned(),
            criterion: (!criterion.is_empty()).then(|| criterion.to_owned()),
            option: option.clone(),
        })
    };
    sent.iter().filter_map(mark).collect()
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
    let (title, sent) = match (title(&state, &plan).await, sent(request).await) {
        (Ok(title), Ok(sent)) => (title, sent),
        (Err(refusal), _) | (_, Err(refusal)) => return refused(&refusal, lang),
    };
    let code = value(&sent, "code").to_owned();
    let refusal = match BallotId::parse(value(&sent, "ballot_id")) {
        None => match first_paper(&state, &plan, &code, lang).await {
            Ok(page) => return answer_page(StatusCode::OK, page),
            Err(refusal) => refusal,
        },
        Some(ballot) => {
            let (marks, comments) = (marks(&sent), comments(&sent));
            let id = ballot.to_string();
            // A ballot that could go is asked about once if something on it is left open, as the page with scripts
            // does. One that is in the box already gets no paper any more, but its receipt.
            if value(&sent, SO).is_empty()
                && let Ok(paper) = open_paper(&state, &plan, &code).await
            {
                let form = Form { paper: &paper, code: &code, ballot: &id, sent: &sent };
                if form.unfilled() > 0 && form.could_go(&marks, &comments) {
                    return answer_page(StatusCode::OK, form.write(&[], lang));
                }
            }
            match cast_ballot(&state, &plan, Entitlement::Code(&code), &ballot, &marks, &comments).await {
                Ok((receipt, _)) => {
                    return answer_page(StatusCode::OK, receipt_page(&title, &receipt.to_string(), lang));
                }
                Err(refusal) if refusal.code == ErrorCode::InvalidBallot => {
                    match open_paper(&state, &plan, &code).await {
                        Ok(paper) => {
                            let form = Form { paper: &paper, code: &code, ballot: &id, sent: &sent };
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
    Ok(Form { paper: &paper, code: &code, ballot: &ballot, sent: &Vec::new() }.write(&[], lang))
}

/// A paper with what is chosen on it so far.
struct Form<'a> {
    paper: &'a BallotPaper,
    code: &'a str,
    ballot: &'a str,
    sent: &'a Sent,
}

impl Form<'_> {
    /// Is nothing wrong with it?
    fn could_go(&self, marks: &[Mark], comments: &[Comment]) -> bool {
        let paper = Paper { sections: self.paper.sections.clone() };
        let known = |unit: &str| paper.sections.iter().flat_map(|section| &section.units).any(|one| one.id == unit);
        scoring::ballot::check(&paper, marks).is_empty() && comment::check(comments, known).is_empty()
    }

    /// How many of the paper's lines nothing was sent for, not even a blank.
    fn unfilled(&self) -> usize {
        let lines = self.paper.sections.iter().flat_map(|section| {
            section.units.iter().flat_map(|unit| {
                let criteria = section.criteria.iter().map(|criterion| Some(criterion.id.as_str()));
                let lines = criteria.chain(section.criteria.is_empty().then_some(None));
                lines.map(|criterion| choice(&section.component, &unit.id, criterion))
            })
        });
        lines.filter(|line| self.sent.iter().all(|(name, _)| name != line)).count()
    }

    fn write(&self, faults: &[Field], lang: Lang) -> Page {
        let paper = self.paper;
        let heading = match faults {
            [] => paper.plan_title.clone(),
            _ => format!("{}{}", words::ERROR_TITLE.in_(lang), paper.plan_title),
        };
        let mut page = Page::new(&heading, lang);
        write_html!(page, "<h1>{}</h1><p>{} · {}</p>", paper.plan_title, paper.group.name, paper.period_name);
        let secret = match paper.group.ballot {
            BallotKind::Anonymous => words::SECRET_ANONYMOUS,
            BallotKind::Blind => words::SECRET_BLIND,
            BallotKind::Named => words::SECRET_NAMED,
            BallotKind::PerUnit => words::SECRET_PER_UNIT,
            BallotKind::Open => words::SECRET_OPEN,
        };
        write_html!(page, "<p>{}{}</p>", secret.in_(lang), words::BLANK_ALLOWED.in_(lang));
        self.errors(&mut page, faults, lang);
        let unfilled = if self.sent.is_empty() || !faults.is_empty() { 0 } else { self.unfilled() };
        if unfilled > 0 {
            let title = ballot_words::OPEN_TITLE.in_(lang).replace("{0}", &unfilled.to_string());
            let note = ballot_words::OPEN_NOTE.in_(lang);
            write_html!(
                page,
                "<div class=\"errors\" role=\"alert\"><p><strong>{}</strong></p><p>{}</p><p><a href=\"#send\">{}</a></p></div>",
                title,
                note,
                ballot_words::SUBMIT_SO.in_(lang),
            );
        }
        write_html!(
            page,
            "<form method=\"post\"><input type=\"hidden\" name=\"code\" value=\"{}\">\
             <input type=\"hidden\" name=\"ballot_id\" value=\"{}\">",
            self.code,
            self.ballot,
        );
        for (place, section) in paper.sections.iter().enumerate() {
            self.section(&mut page, place, section, lang);
        }
        if paper.comments {
            self.comment_fields(&mut page, lang);
        }
        if unfilled > 0 {
            write_html!(page, "<input type=\"hidden\" name=\"{}\" value=\"1\">", SO);
        }
        let submit = if unfilled > 0 { ballot_words::SUBMIT_SO } else { words::SUBMIT };
        write_html!(page, "<p class=\"hint\">{}</p>", ballot_words::FINAL.in_(lang));
        write_html!(page, "<p><button id=\"send\">{}</button></p></form>", submit.in_(lang));
        page
    }

    fn errors(&self, page: &mut Page, faults: &[Field], lang: Lang) {
        if faults.is_empty() {
            return;
        }
        write_html!(page, "<div class=\"errors\" role=\"alert\"><h2>{}</h2><ul>", words::ERROR_SUMMARY.in_(lang));
        for fault in faults {
            let text = fault_words(&fault.code).in_(lang);
            let component = fault.detail.as_deref().and_then(|detail| detail.split(' ').next());
            let place = self.paper.sections.iter().position(|section| Some(section.component.as_str()) == component);
            let detail = fault.detail.as_deref().map(|detail| self.named(detail)).unwrap_or_default();
            write_html!(page, "<li><a href=\"#s{}\">{} {}</a></li>", place.unwrap_or(0), text, detail);
        }
        write_html!(page, "</ul></div>");
    }

    /// The ids of an unmet quota as the names on the paper.
    fn named(&self, detail: &str) -> String {
        let name = |id: &str| {
            let sections = self.paper.sections.iter();
            let mut names = sections.flat_map(|section| {
                let own = std::iter::once((section.component.as_str(), section.name.as_str()));
                let options = section.options.iter().map(|option| (option.id.as_str(), option.name.as_str()));
                let criteria =
                    section.criteria.iter().map(|criterion| (criterion.id.as_str(), criterion.name.as_str()));
                let categories = section.units.iter().map(|unit| (unit.category.as_str(), unit.category_name.as_str()));
                own.chain(options).chain(criteria).chain(categories)
            });
            names.find(|(known, _)| *known == id).map_or(id.to_owned(), |(_, name)| name.to_owned())
        };
        detail.split(' ').map(name).collect::<Vec<_>>().join(" · ")
    }

    fn section(&self, page: &mut Page, place: usize, section: &Section, lang: Lang) {
        write_html!(page, "<section id=\"s{}\"><h2>{}</h2>", place, section.name);
        if !section.quota.is_empty() {
            let quota = section.quota.iter().map(|quota| {
                let option = section.options.iter().find(|option| option.id == quota.option);
                format!("{} {}", option.map_or(quota.option.as_str(), |option| &option.name), quota.count)
            });
            write_html!(page, "<p>{}{}</p>", words::QUOTA.in_(lang), quota.collect::<Vec<_>>().join("，"));
        }
        for unit in &section.units {
            write_html!(page, "<fieldset><legend>{}</legend>", unit.name);
            if section.criteria.is_empty() {
                self.options(page, section, &unit.id, None, lang);
            }
            for criterion in &section.criteria {
                write_html!(page, "<fieldset><legend class=\"criterion\">{}</legend>", criterion.name);
                self.options(page, section, &unit.id, Some(&criterion.id), lang);
                write_html!(page, "</fieldset>");
            }
            write_html!(page, "</fieldset>");
        }
        write_html!(page, "</section>");
    }

    /// A field for each unit, after all marks: an opinion is optional, and on a unit as a whole.
    fn comment_fields(&self, page: &mut Page, lang: Lang) {
        let hint = words::COMMENTS_HINT.in_(lang);
        write_html!(page, "<section id=\"comments\"><h2>{}</h2><p>{}</p>", words::COMMENTS.in_(lang), hint);
        let written = comments(self.sent);
        let mut seen = std::collections::BTreeSet::new();
        let units = self.paper.sections.iter().flat_map(|section| &section.units);
        for unit in units.filter(|unit| seen.insert(unit.id.as_str())) {
            let written = written.iter().find(|comment| comment.unit == unit.id);
            write_html!(
                page,
                "<p><label for=\"c-{}\">{}</label><textarea id=\"c-{}\" name=\"c.{}\" rows=\"2\" maxlength=\"{}\">{}</textarea></p>",
                unit.id,
                unit.name,
                unit.id,
                unit.id,
                comment::LONGEST,
                written.map_or("", |comment| &comment.text),
            );
        }
        write_html!(page, "</section>");
    }

    fn options(&self, page: &mut Page, section: &Section, unit: &str, criterion: Option<&str>, lang: Lang) {
        let name = choice(&section.component, unit, criterion);
        let chosen = self.sent.iter().find(|(sent, _)| *sent == name).map(|(_, option)| option.as_str());
        let options = section.options.iter().map(|option| (option.id.as_str(), option.name.as_str()));
        // A quota leaves nothing open; elsewhere a blank is an answer that can be chosen again.
        let blank = section.quota.is_empty().then(|| ("", words::BLANK.in_(lang)));
        for (id, words) in options.chain(blank) {
            write_html!(page, "<label><input type=\"radio\" name=\"{}\" value=\"{}\"", name, id);
            if chosen == Some(id) {
                write_html!(page, " checked");
            }
            write_html!(page, ">{}</label>", words);
        }
    }
}

fn fault_words(code: &str) -> text::Text {
    match code {
        "quota_unmet" => faults::QUOTA_UNMET,
        "unknown_option" => faults::UNKNOWN_OPTION,
        "not_on_paper" => faults::NOT_ON_PAPER,
        "marked_twice" => faults::MARKED_TWICE,
        "own_unit" => faults::OWN_UNIT,
        "empty" => faults::EMPTY_BALLOT,
        "out_of_range" | "not_applicable" => faults::COMMENTS_LIMIT,
        _ => faults::INVALID_BALLOT,
    }
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
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_escapes() {
        assert_eq!(decoded("a%2Fb+c%E8%AF%84").as_deref(), Some("a/b c评"));
        assert_eq!(decoded("%"), None);
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }

    #[test]
    fn chosen_options_become_marks_and_blanks_none() {
        let sent = vec![
            (choice("internal", "forestry", None), "good".to_owned()),
            (choice("internal", "building", Some("speed")), "poor".to_owned()),
            (choice("public", "forestry", None), String::new()),
            ("m.broken".to_owned(), "good".to_owned()),
            ("code".to_owned(), "0123".to_owned()),
        ];
        let mark = |component: &str, unit: &str, criterion: Option<&str>, option: &str| Mark {
            component: component.to_owned(),
            unit: unit.to_owned(),
            criterion: criterion.map(str::to_owned),
            option: option.to_owned(),
        };
        assert_eq!(
            marks(&sent),
            [mark("internal", "forestry", None, "good"), mark("internal", "building", Some("speed"), "poor")]
        );
    }
}
