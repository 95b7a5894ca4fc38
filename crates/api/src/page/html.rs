//! Writing HTML: escaping, and the frame that all pages share.

use std::fmt::{self, Display, Write};

use axum::response::Html;
use text::{Lang, public as words};

/// Text made safe between tags and inside quoted attributes.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((at, found)) = rest.char_indices().find(|(_, c)| needs_escape(*c)) {
            f.write_str(&rest[..at])?;
            f.write_str(match found {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                // A picture with it would be no XML any more.
                _ => "\u{fffd}",
            })?;
            rest = &rest[at + found.len_utf8()..];
        }
        f.write_str(rest)
    }
}

fn needs_escape(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '\'' | '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// A name beside other text in one line, or in a picture: whatever its letters' direction, the text around it keeps its
/// own. In HTML `<bdi>` does it for a name that has an element to itself.
pub(crate) fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// What may stand in a page.
pub(crate) trait Show {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl Show for str {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped(self).fmt(f)
    }
}

impl Show for String {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped(self).fmt(f)
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).show(f)
    }
}

macro_rules! numbers_show {
    ($($number:ty),*) => {$(
        impl Show for $number {
            fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.fmt(f)
            }
        }
    )*};
}
numbers_show!(u32, u64, usize, i32);

/// Formats a [`Show`], so that nothing reaches a page unescaped.
pub(crate) struct Shown<'a>(pub(crate) &'a dyn Show);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

/// Writes a literal with escaped arguments to a page.
macro_rules! write_html {
    ($page:expr, $literal:literal $(, $argument:expr)* $(,)?) => {
        $page.write(format_args!($literal $(, $crate::page::html::Shown(&$argument))*))
    };
}
pub(crate) use write_html;

/// A page being written.
pub(crate) struct Page {
    html: String,
    pub(crate) lang: Lang,
}

impl Page {
    /// The frame up to `<main>`.
    pub(crate) fn new(title: &str, lang: Lang) -> Page {
        let mut page = Page { html: String::with_capacity(16 * 1024), lang };
        write_html!(
            page,
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{} · {}</title>\
             <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/public/style.css\"></head><body>\
             <a class=\"skip\" href=\"#main\">{}</a>",
            lang.tag(),
            title,
            words::SITE.in_(lang),
            words::SKIP.in_(lang),
        );
        page.switch_language();
        page.html.push_str("<main id=\"main\">");
        page
    }

    fn switch_language(&mut self) {
        let other = match self.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
        let code = if other == Lang::En { "en" } else { "zh" };
        write_html!(
            self,
            "<header class=\"site\"><span class=\"mark\">{}</span><a lang=\"{}\" href=\"?lang={}\">{}</a></header>",
            words::SITE.in_(self.lang),
            other.tag(),
            code,
            words::OTHER_LANGUAGE.in_(self.lang),
        );
    }

    /// Appends formatted HTML; use [`write_html!`].
    pub(crate) fn write(&mut self, html: fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.html.write_fmt(html);
    }

    /// The query that keeps the page's language in a link: empty, or `?lang=en`.
    pub(crate) fn lang_query(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "",
            Lang::En => "?lang=en",
        }
    }

    /// A link to the list of all published results.
    pub(crate) fn link_to_all(&mut self) {
        let query = self.lang_query();
        write_html!(self, "<p><a href=\"/public{}\">{}</a></p>", query, words::ALL_RESULTS.in_(self.lang));
    }

    /// The whole page.
    pub(crate) fn finish(mut self) -> Html<String> {
        self.html.push_str("</main></body></html>\n");
        Html(self.html)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_cannot_become_markup() {
        let mut page = Page::new("<script>", Lang::Zh);
        write_html!(page, "<p title=\"{}\">{}</p>", "\" onclick='x'", "a<b>&amp;");
        let Html(html) = page.finish();
        assert_eq!(Escaped("a\0b\u{7}\u{ffff}\n").to_string(), "a\u{fffd}b\u{fffd}\u{fffd}\n");
        assert!(html.contains("<title>&lt;script&gt; ·"));
        assert!(html.contains("<p title=\"&quot; onclick=&#39;x&#39;\">a&lt;b&gt;&amp;amp;</p>"));
    }
}
