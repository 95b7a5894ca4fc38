//! Editions on a result's page: which one this is, what was corrected and why, and the way to the others.

use scoring::plan_document::PlanDocument;
use text::{Lang, Text, public as words};
use wire::result::{Change, Correction, Edition};

use super::html::{Page, write_html};
use super::open_groups::beijing_date;
use super::published::Published;
use crate::limits::{MOST_CHANGES, MOST_CHANGES_OPEN};

/// Writes the section, where there is more than one edition.
pub(crate) fn write(page: &mut Page, published: &Published) {
    if published.editions.len() < 2 {
        return;
    }
    let lang = page.lang;
    write_html!(page, "<section class=\"note\"><h2>{} {}</h2>", words::EDITION.in_(lang), published.edition);
    if let Some(latest) = published.editions.last().filter(|latest| latest.edition != published.edition) {
        write_html!(page, "<p><strong>{} {}</strong></p>", words::EDITION_OLD.in_(lang), latest.edition);
    }
    if let Some(correction) = &published.correction {
        reason(page, published, correction);
    }
    write_html!(page, "<p>{}", words::EDITIONS.in_(lang));
    let language = if lang == Lang::En { "&lang=en" } else { "" };
    for edition in &published.editions {
        let here = if edition.edition == published.edition { "page" } else { "false" };
        write_html!(
            page,
            "{}<a aria-current=\"{}\" href=\"?edition={}{}\">{} {}</a> {}",
            if edition.edition > 1 { " · " } else { " " },
            here,
            edition.edition,
            language,
            words::EDITION.in_(lang),
            edition.edition,
            date(edition),
        );
    }
    write_html!(page, "</p></section>");
}

/// Writes why a result was corrected, and what that changed.
pub(crate) fn reason(page: &mut Page, published: &Published, correction: &Correction) {
    write_html!(page, "<p>{}<bdi>{}</bdi></p>", words::EDITION_REASON.in_(page.lang), correction.reason);
    changes(page, published, &correction.changes);
}

fn date(edition: &Edition) -> String {
    edition.at.map(beijing_date).unwrap_or_default()
}

fn changes(page: &mut Page, published: &Published, changes: &[Change]) {
    let lang = page.lang;
    // What a person looks for; the rest is in the data.
    let members: [(&str, Text); 4] =
        [("published", words::TOTAL), ("rank", words::RANK), ("grade", words::GRADE), ("outcomes", words::OUTCOME)];
    let shown: Vec<(&Change, Text)> = changes
        .iter()
        .filter_map(|change| {
            members.iter().find(|(member, _)| *member == change.member).map(|(_, text)| (change, *text))
        })
        .collect();
    if shown.is_empty() {
        write_html!(page, "<p>{}</p>", words::EDITION_SAME.in_(lang));
        return;
    }
    // The result stands below: a long list does not keep it out of sight.
    if shown.len() > MOST_CHANGES_OPEN {
        write_html!(page, "<details>");
    } else {
        write_html!(page, "<details open>");
    }
    write_html!(page, "<summary>{} {}</summary><ul>", words::EDITION_CHANGES.in_(lang), shown.len());
    for (change, text) in shown.iter().take(MOST_CHANGES) {
        write_html!(
            page,
            "<li><bdi>{}</bdi> · {}: <bdi>{}</bdi> → <bdi>{}</bdi></li>",
            published.unit_name(&change.unit),
            text.in_(lang),
            named(&published.plan, &change.member, change.was.as_deref()),
            named(&published.plan, &change.member, change.now.as_deref()),
        );
    }
    if shown.len() > MOST_CHANGES {
        write_html!(page, "<li>{} {}</li>", words::EDITION_MORE.in_(lang), shown.len() - MOST_CHANGES);
    }
    write_html!(page, "</ul></details>");
}

/// A figure as it is; grades and outcomes by their names.
fn named(plan: &PlanDocument, member: &str, told: Option<&str>) -> String {
    let told = told.unwrap_or_default();
    let name = |id: &str| match member {
        "grade" => {
            let grades = plan.grading.iter().flat_map(|grading| &grading.grades);
            grades.into_iter().find(|grade| grade.id == id).map(|grade| grade.name.clone())
        }
        "outcomes" => plan.outcomes.iter().find(|outcome| outcome.id == id).map(|outcome| outcome.name.clone()),
        _ => None,
    };
    let names: Vec<String> = told.split(' ').map(|id| name(id).unwrap_or_else(|| id.to_owned())).collect();
    if told.is_empty() { "—".to_owned() } else { names.join("、") }
}
