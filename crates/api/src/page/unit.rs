//! `/public/units/{name}`: what a unit does and promises, as far as the office released it, and its published results.
//!
//! Owns the page, and which results it reads. Refuses to own what is released ([`crate::route::profiles`]).

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use scoring::names::folded;
use scoring::result_document::UnitResult;
use store::StoreError;
use text::{Lang, profile as words};
use wire::ErrorCode;
use wire::profile::PublicProfile;

use super::answer::{PageQuery, refused};
use super::html::{Page, write_html};
use super::published::{Published, published, published_heads};
use crate::limits::{PLANS_OF_UNIT, ROWS};
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
        Ok((profile, results)) => {
            ([(header::CACHE_CONTROL, CACHE)], write(&name, profile.as_ref(), &results, query.lang())).into_response()
        }
        Err(refusal) => refused(&refusal, query.lang()),
    }
}

async fn read(state: &AppState, name: &str) -> Result<(Option<PublicProfile>, Vec<UnitRow>), Refusal> {
    let profile = match state.store().profile(name).await {
        Ok(profile) => released(profile),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let mut results = Vec::new();
    let heads = published_heads(state, ROWS, None).await?.items;
    let name = folded(name);
    for head in heads.iter().filter(|head| head.is_public()).take(PLANS_OF_UNIT) {
        let read = async { Ok(rows(&published(state, head.id.as_str(), Some(head.edition)).await?)) };
        let units = state.units_of_editions().of((head.id.clone(), head.edition), read).await?;
        results.extend(units.iter().find(|row| row.name == name).cloned());
    }
    if profile.is_none() && results.is_empty() { Err(ErrorCode::NotFound.into()) } else { Ok((profile, results)) }
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

fn write(name: &str, profile: Option<&PublicProfile>, results: &[UnitRow], lang: Lang) -> Html<String> {
    let mut page = Page::new(name, lang);
    write_html!(page, "<h1><bdi>{}</bdi></h1>", name);
    if let Some(profile) = profile {
        write_html!(page, "<dl>");
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
        let people = profile.staff.as_deref().unwrap_or_default();
        if !people.is_empty() {
            write_html!(page, "<h2>{}</h2><ul>", words::STAFF.in_(lang));
            for person in people {
                write_html!(page, "<li><bdi>{}</bdi>", person.name);
                for said in [&person.post, &person.phone, &person.party].into_iter().filter(|said| !said.is_empty()) {
                    write_html!(page, " · <bdi>{}</bdi>", said);
                }
                write_html!(page, "</li>");
            }
            write_html!(page, "</ul>");
        }
    }
    if !results.is_empty() {
        write_html!(page, "<h2>{}</h2><ul>", words::RESULTS.in_(lang));
        for row in results {
            let place = words::PLACE.in_(lang).replace("{0}", &row.rank.to_string());
            let place = place.replace("{1}", &row.of.to_string()).replace("{2}", &row.total);
            let (year, query) = (row.year.map(|year| format!("{year} ")).unwrap_or_default(), page.lang_query());
            write_html!(
                page,
                "<li>{}<a href=\"/public/{}{}\"><bdi>{}</bdi></a> {}",
                year,
                row.plan,
                query,
                row.title,
                place
            );
            if let Some(grade) = &row.grade {
                write_html!(page, " · <bdi>{}</bdi>", grade);
            }
            write_html!(page, "</li>");
        }
        write_html!(page, "</ul>");
    }
    page.link_to_all();
    page.finish()
}
