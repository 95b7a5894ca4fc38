//! `/public/{id}`: a published result as a page: ranking, chart, ties, method, and how to check it.
//!
//! Owns which part of a long result a page holds: at most 40 KB go out, so long categories are cut
//! into pages.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use scoring::plan_document::{OptionShare, TieBreak};
use scoring::result_document::{DecidedBy, UnitResult};
use text::{Lang, public as words};

use super::answer::{PageQuery, refused};
use super::html::{Page, isolated, write_html};
use super::published::{Published, published};
use super::{display, editions, open_groups, ranking_chart, ranking_table, receipt_check, result_method};
use crate::limits::rows_of_a_page;
use crate::route::public::CACHE;
use crate::state::AppState;

pub(crate) async fn page(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<PageQuery>,
) -> Response {
    match published(&state, &id, query.edition).await {
        Ok(published) => {
            let html = write(&published, &query);
            ([(header::CACHE_CONTROL, CACHE)], html).into_response()
        }
        Err(refusal) => refused(&refusal, query.lang()),
    }
}

/// One category, or a part of it.
struct Part<'a> {
    category: &'a str,
    name: &'a str,
    units: Vec<&'a UnitResult>,
    page: usize,
    pages: usize,
}

fn parts<'a>(published: &'a Published, query: &PageQuery) -> Vec<Part<'a>> {
    let rows = rows_of_a_page(ranking_table::columns(&published.plan).len());
    let all_fit = published.result.units.len() <= rows;
    let categories = &published.plan.categories;
    let wanted = query.category.as_deref().filter(|wanted| categories.iter().any(|category| category.id == *wanted));
    let wanted = wanted.or(categories.first().map(|category| category.id.as_str()));
    let shown = categories.iter().filter(|category| all_fit || Some(category.id.as_str()) == wanted);
    shown
        .map(|category| {
            let units = published.ranked(&category.id);
            let pages = units.len().div_ceil(rows).max(1);
            let page = query.page.unwrap_or(1).clamp(1, pages);
            let units = units.into_iter().skip((page - 1) * rows).take(rows).collect();
            Part { category: &category.id, name: &category.name, units, page, pages }
        })
        .filter(|part| !all_fit || !part.units.is_empty())
        .collect()
}

fn write(published: &Published, query: &PageQuery) -> axum::response::Html<String> {
    let lang = query.lang();
    let plan = &published.plan;
    let mut page = Page::new(&plan.title, lang);
    write_html!(page, "<h1>{}</h1>", plan.title);
    display::write(&mut page, published);
    editions::write(&mut page, published);
    let parts = parts(published, query);
    let several = plan.categories.len() > 1;
    if several && parts.len() == 1 {
        category_links(&mut page, published, parts[0].category);
    }
    for (number, part) in parts.iter().enumerate() {
        let heading = if several { part.name } else { words::RANKING.in_(lang) };
        write_html!(page, "<section><h2>{}</h2>", heading);
        ranking_table::write(&mut page, published, heading, &part.units);
        if part.pages > 1 {
            page_links(&mut page, published, part);
        }
        ranking_chart::write(&mut page, published, &part.units, number);
        write_html!(page, "</section>");
    }
    let shown: Vec<&str> = parts.iter().flat_map(|part| &part.units).map(|unit| unit.unit.as_str()).collect();
    ties(&mut page, published, &shown);
    result_method::write(&mut page, published);
    open_groups::write(&mut page, published);
    check(&mut page, published);
    page.link_to_all();
    page.finish()
}

fn category_links(page: &mut Page, published: &Published, current: &str) {
    let lang = page.lang;
    write_html!(page, "<nav aria-label=\"{}\"><ul class=\"tabs\">", words::CATEGORIES.in_(lang));
    for category in &published.plan.categories {
        let here = if category.id == current { "page" } else { "false" };
        let language = if lang == Lang::En { "&lang=en" } else { "" };
        write_html!(
            page,
            "<li><a aria-current=\"{}\" href=\"?category={}{}{}\">{}</a></li>",
            here,
            category.id,
            language,
            published.edition_query(),
            category.name
        );
    }
    write_html!(page, "</ul></nav>");
}

fn page_links(page: &mut Page, published: &Published, part: &Part<'_>) {
    let lang = page.lang;
    write_html!(page, "<nav aria-label=\"{}\"><ul class=\"tabs\">", words::PAGES.in_(lang));
    for number in 1..=part.pages {
        let here = if number == part.page { "page" } else { "false" };
        let language = if lang == Lang::En { "&lang=en" } else { "" };
        write_html!(
            page,
            "<li><a aria-current=\"{}\" href=\"?category={}&page={}{}{}\">{}</a></li>",
            here,
            part.category,
            number,
            language,
            published.edition_query(),
            number
        );
    }
    write_html!(page, "</ul></nav>");
}

fn ties(page: &mut Page, published: &Published, shown: &[&str]) {
    let lang = page.lang;
    let mut ties = published.result.ties.iter().filter(|tie| shown.contains(&tie.units[0].as_str())).peekable();
    if ties.peek().is_none() {
        return;
    }
    write_html!(page, "<section><h2>{}</h2><ul>", words::TIES.in_(lang));
    for tie in ties {
        let (words, element) = match &tie.decided_by {
            DecidedBy::Lot(_) => (words::TIE_BY_LOT, String::new()),
            DecidedBy::Element(TieBreak::Component(component)) => {
                (words::TIE_BY_COMPONENT, result_method::component_name(&published.plan, component).to_owned())
            }
            DecidedBy::Element(TieBreak::OptionShare(OptionShare { option, component })) => {
                let component_name = result_method::component_name(&published.plan, component);
                let option = result_method::option_name(&published.plan, option);
                (words::TIE_BY_SHARE, format!("{} · {}", isolated(component_name), isolated(option)))
            }
        };
        let [first, second] = &tie.units;
        let (first, second) = (published.unit_name(first), published.unit_name(second));
        write_html!(
            page,
            "<li><b><bdi>{}</bdi></b>、<b><bdi>{}</bdi></b> · {}<bdi>{}</bdi></li>",
            first,
            second,
            words.in_(lang),
            element
        );
    }
    write_html!(page, "</ul></section>");
}

fn check(page: &mut Page, published: &Published) {
    let lang = page.lang;
    write_html!(
        page,
        "<section><h2>{}</h2><p>{}</p><dl><dt>{}</dt><dd><code>{}</code></dd><dt>{}</dt><dd><code>{}</code></dd></dl><p>",
        words::CHECK.in_(lang),
        words::CHECK_NOTE.in_(lang),
        words::PLAN_HASH.in_(lang),
        published.sha256,
        words::RECEIPTS_ROOT.in_(lang),
        published.receipts.root,
    );
    let files = [("", words::DOWNLOAD), (".xlsx", words::DOWNLOAD_WORKBOOK), (".csv", words::DOWNLOAD_TABLE)];
    for (place, (kind, words)) in files.into_iter().enumerate() {
        let between = if place == 0 { "" } else { " · " };
        write_html!(page, "{}<a href=\"/api/public/{}{}\">{}</a>", between, published.id, kind, words.in_(lang));
    }
    write_html!(page, "</p>");
    if published.has_blind {
        let query = page.lang_query();
        write_html!(page, "<p><a href=\"/public/{}/keys{}\">{}</a></p>", published.id, query, words::KEYS.in_(lang));
    }
    if published.has_app {
        // What is on display has the number 0.
        let edition = format!("&edition={}", published.edition);
        write_html!(
            page,
            "<p class=\"screen\"><a href=\"/public/{}/verify?lang={}{}\">{}</a></p>",
            published.id,
            lang.tag(),
            edition,
            words::VERIFY.in_(lang)
        );
    }
    // Receipts are checked against what is published.
    if published.receipts.count > 0 && published.announced.is_none() {
        write_html!(page, "<div class=\"screen\"><h3>{}</h3>", words::RECEIPT_CHECK.in_(lang));
        receipt_check::form(page, &published.id, "");
        write_html!(page, "</div>");
    }
    write_html!(page, "</section>");
}

#[cfg(test)]
#[path = "public_result_tests.rs"]
mod tests;
