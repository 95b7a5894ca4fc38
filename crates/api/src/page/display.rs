//! Public display on a result's page: until when, whom to turn to, and the form for objections. The form needs its script,
//! because anybody's objection costs a little work; without it the contact is the way.

use text::{Lang, public as words};

use super::editions;
use super::html::{Page, write_html};
use super::open_groups::beijing_moment;
use super::published::Published;
use wire::announcement::{LONGEST_CONTACT, OBJECTION_LENGTH};

/// Writes the section, while the result is on display.
pub(crate) fn write(page: &mut Page, published: &Published) {
    let lang = page.lang;
    if let Some(publicity) = &published.publicity {
        write_html!(
            page,
            "<p>{}{} – {}. {}{}, {}{}.</p>",
            words::DISPLAYED.in_(lang),
            beijing_moment(publicity.at),
            beijing_moment(publicity.until),
            words::OBJECTIONS_CAME.in_(lang),
            publicity.objections,
            words::OBJECTIONS_UPHELD.in_(lang),
            publicity.upheld,
        );
        if let Some(early) = &publicity.early {
            write_html!(page, "<p>{}<bdi>{}</bdi></p>", words::DISPLAY_EARLY.in_(lang), early);
        }
    }
    if let Some(until) = published.correction_until {
        let language = if lang == Lang::En { "&lang=en" } else { "" };
        write_html!(
            page,
            "<p class=\"note\">{}<a href=\"?edition=0{}\">{}</a>. {}{}</p>",
            words::CORRECTED_DISPLAY.in_(lang),
            language,
            words::CORRECTED_DISPLAY_LINK.in_(lang),
            words::DISPLAY_UNTIL.in_(lang),
            beijing_moment(until),
        );
    }
    let Some(announced) = &published.announced else { return };
    if let Some(correction) = &published.correction {
        editions::reason(page, published, correction);
    }
    write_html!(
        page,
        "<section class=\"note\"><h2>{}</h2><p>{}</p><p>{}{}</p><p>{}<bdi>{}</bdi></p>",
        words::DISPLAY.in_(lang),
        words::DISPLAY_NOTE.in_(lang),
        words::DISPLAY_UNTIL.in_(lang),
        beijing_moment(announced.until),
        words::DISPLAY_CONTACT.in_(lang),
        announced.contact,
    );
    write_html!(
        page,
        "<div class=\"screen\"><h3>{}</h3><form id=\"objection\" action=\"/api/public/{}/objections\" method=\"post\" \
         data-working=\"{}\" data-taken=\"{}\" data-failed=\"{}\"><p><label for=\"unit\">{}</label><select id=\"unit\" \
         name=\"unit\"><option value=\"\">{}</option>",
        words::OBJECT.in_(lang),
        published.id,
        words::OBJECTION_WORKING.in_(lang),
        words::OBJECTION_TAKEN.in_(lang),
        words::OBJECTION_FAILED.in_(lang),
        words::OBJECTION_UNIT.in_(lang),
        words::OBJECTION_WHOLE.in_(lang),
    );
    for unit in published.plan.units.iter() {
        write_html!(page, "<option value=\"{}\">{}</option>", unit.id, unit.name);
    }
    write_html!(
        page,
        "</select></p><p><label for=\"text\">{}</label><textarea id=\"text\" name=\"text\" rows=\"5\" maxlength=\"{}\" \
         required></textarea></p><p><label for=\"contact\">{}</label><input type=\"text\" id=\"contact\" name=\"contact\" \
         maxlength=\"{}\" autocomplete=\"off\"></p><p><button>{}</button></p><p id=\"objection-status\" role=\"status\"></p>\
         <noscript><p>{}</p></noscript></form></div>\
         <script src=\"/public/objection.js\" defer></script></section>",
        words::OBJECTION_TEXT.in_(lang),
        *OBJECTION_LENGTH.end(),
        words::OBJECTION_CONTACT.in_(lang),
        LONGEST_CONTACT,
        words::OBJECTION_SEND.in_(lang),
        words::OBJECTION_NO_SCRIPT.in_(lang),
    );
}
