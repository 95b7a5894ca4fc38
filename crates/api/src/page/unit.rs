//! `/public/units/{name}`: what a unit does and promises, as far as the office released it, and its published results.
//!
//! Owns the page, and which results it reads. Refuses to own what is released ([`crate::route::profiles`]).

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scoring::names::folded;
use scoring::result_document::UnitResult;
use store::StoreError;
use text::{Lang, profile as words, public};
use wire::ErrorCode;
use wire::profile::{ProfileStaff, PublicProfile};

use super::answer::{PageQuery, refused};
use super::html::{Page, write_html};
use super::published::{Published, published, published_heads};
use crate::limits::{MOST_PUBLIC_PEOPLE, PLANS_OF_UNIT, ROWS};
use crate::refusal::Refusal;
use crate::route::profiles::released;
use crate::route::public::CACHE;
use crate::state::AppState;
use crate::units_of_editions::UnitRow;

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    Path(name): Path<String>,
    Query(query): Query<PageQuery>,
) -> Response {
    match read(&state, &name).await {
        Ok(found) => {
            // What could not be read may be there again in a moment.
            let kept = if found.not_read.is_empty() { CACHE } else { "no-store" };
            ([(header::CACHE_CONTROL, kept)], write(&name, &found, &query)).into_response()
        }
        Err(refusal) => refused(&refusal, query.lang()),
    }
}

/// The address of a unit's page.
pub(in crate::page) fn address(name: &str) -> String {
    format!("/public/units/{}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}

/// What is known of a unit.
struct Found {
    profile: Option<PublicProfile>,
    results: Vec<UnitRow>,
    /// Titles of published results that cannot be read: one of them keeps no other unit's page from being shown.
    not_read: Vec<String>,
}

async fn read(state: &AppState, name: &str) -> Result<Found, Refusal> {
    let profile = match state.store().profile(name).await {
        Ok(profile) => released(profile),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let (mut results, mut not_read) = (Vec::new(), Vec::new());
    let heads = published_heads(state, ROWS, None).await?.items;
    let name = folded(name);
    for head in heads.iter().filter(|head| head.is_public()).take(PLANS_OF_UNIT) {
        let read = async { Ok(rows(&published(state, head.id.as_str(), Some(head.edition)).await?)) };
        match state.units_of_editions().of((head.id.clone(), head.edition), read).await {
            Ok(units) => results.extend(units.iter().find(|row| row.name == name).cloned()),
            Err(refusal) if refusal.code == ErrorCode::Internal => not_read.push(head.title.clone()),
            Err(refusal) => return Err(refusal),
        }
    }
    if profile.is_none() && results.is_empty() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(Found { profile, results, not_read })
}

fn rows(published: &Published) -> Vec<UnitRow> {
    let plan = &published.plan;
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in &published.result.units {
        *sizes.entry(&unit.category).or_default() += 1;
    }
    let row = |result: &UnitResult| {
        let mut grades = plan.grading.iter().flat_map(|grading| &grading.grades);
        let grade = result.grade.as_ref().and_then(|id| grades.find(|grade| grade.id == *id));
        UnitRow {
            name: folded(published.unit_name(&result.unit)),
            plan: published.id.clone(),
            title: plan.title.clone(),
            year: plan.year,
            rank: result.rank,
            of: sizes[result.category.as_str()],
            total: result.published.clone(),
            grade: grade.map(|grade| grade.name.clone()),
        }
    };
    published.result.units.iter().map(row).collect()
}

fn write(name: &str, found: &Found, query: &PageQuery) -> Html<String> {
    let Found { profile, results, not_read } = found;
    let lang = query.lang();
    let mut page = Page::new(name, lang);
    write_html!(page, "<h1><bdi>{}</bdi></h1>", name);
    if let Some(profile) = profile {
        write_html!(page, "<dl class=\"said\">");
        let fields = [
            (words::DUTIES, &profile.duties),
            (words::PROMISES, &profile.promises),
            (words::ADDRESS, &profile.address),
            (words::HOURS, &profile.hours),
            (words::PHONE, &profile.phone),
            (words::COMPLAINTS, &profile.complaints),
        ];
        for (field, value) in fields {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                write_html!(page, "<dt>{}</dt><dd>{}</dd>", field.in_(lang), value);
            }
        }
        write_html!(page, "</dl>");
        write_people(&mut page, name, profile.staff.as_deref().unwrap_or_default(), query.page);
    }
    if !results.is_empty() {
        write_results(&mut page, results);
    }
    if !not_read.is_empty() {
        write_html!(page, "<p class=\"note\">{}<bdi>{}</bdi></p>", public::NOT_READ.in_(lang), not_read.join("、"));
    }
    page.link_to_all();
    page.finish()
}

/// The people of one page, the first of which is 1; nothing where there are none.
fn write_people(page: &mut Page, unit: &str, people: &[ProfileStaff], number: Option<usize>) {
    let number = number.unwrap_or(1).max(1);
    let Some(here) = people.chunks(MOST_PUBLIC_PEOPLE).nth(number - 1) else { return };
    let lang = page.lang;
    write_html!(page, "<h2>{}</h2><ul class=\"people\">", words::STAFF.in_(lang));
    for person in here {
        write_html!(page, "<li>");
        if let Some(photo) = &person.photo {
            let unit = utf8_percent_encode(unit, NON_ALPHANUMERIC).to_string();
            // The name stands beside it: nobody needs to hear it twice.
            write_html!(
                page,
                "<img src=\"/api/public/units/{}/photos/{}\" alt=\"\" height=\"96\" loading=\"lazy\">",
                unit,
                photo
            );
        }
        write_html!(page, "<span><bdi>{}</bdi>", person.name);
        for said in [&person.post, &person.phone, &person.party].into_iter().filter(|said| !said.is_empty()) {
            write_html!(page, " · <bdi>{}</bdi>", said);
        }
        write_html!(page, "</span></li>");
    }
    write_html!(page, "</ul>");
    if people.len() > number * MOST_PUBLIC_PEOPLE {
        let code = if lang == Lang::En { "&lang=en" } else { "" };
        write_html!(page, "<p><a href=\"?page={}{}\">{}</a></p>", number + 1, code, words::MORE_STAFF.in_(lang));
    }
}

/// Ranks and scores beside each other, the latest year first.
fn write_results(page: &mut Page, results: &[UnitRow]) {
    let (lang, query) = (page.lang, page.lang_query());
    let [title, year, plan] = [words::RESULTS, words::YEAR, words::PLAN].map(|text| text.in_(lang));
    let [rank, total, grade] = [public::RANK, public::TOTAL, public::GRADE].map(|text| text.in_(lang));
    write_html!(page, "<h2 id=\"results\">{}</h2>", title);
    write_html!(
        page,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"results\"><table><thead><tr>"
    );
    for head in [year, plan, rank] {
        write_html!(page, "<th scope=\"col\">{}</th>", head);
    }
    write_html!(
        page,
        "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        total,
        grade
    );
    let mut rows: Vec<&UnitRow> = results.iter().collect();
    // Of one year the one that was published last stays first.
    rows.sort_by_key(|row| std::cmp::Reverse(row.year));
    for row in rows {
        let place = words::PLACE.in_(lang).replace("{0}", &row.rank.to_string()).replace("{1}", &row.of.to_string());
        let year = row.year.map(|year| year.to_string()).unwrap_or_default();
        write_html!(page, "<tr><td>{}<th scope=\"row\"><a href=\"/public/{}{}\">", year, row.plan, query);
        write_html!(page, "<bdi>{}</bdi></a></th><td>{}<td class=\"n t\">{}", row.title, place, row.total);
        write_html!(page, "<td>{}</tr>", row.grade.as_deref().unwrap_or(public::NONE.in_(lang)));
    }
    write_html!(page, "</tbody></table></div>");
}
