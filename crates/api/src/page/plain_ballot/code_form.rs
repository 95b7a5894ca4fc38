//! The form that asks for the code.

use text::{Lang, plain_ballot as words};
use wire::ErrorCode;

use crate::page::html::{Page, write_html};

pub(super) fn code_form(title: &str, typed: &str, error: Option<ErrorCode>, lang: Lang) -> Page {
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
