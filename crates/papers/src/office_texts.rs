//! The texts of the papers that the office may change, with their placeholders.
//!
//! Owns which texts there are, what stands in them until the office says otherwise, which placeholders each may have, and
//! how they are filled. Refuses to own what is kept (the store).

use std::collections::BTreeMap;

use text::papers as words;

/// Most characters of a text: a page.
pub const LONGEST_TEXT: usize = 2000;

/// A text of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextSlot {
    /// By which it is kept: the paper and what it is there.
    pub name: &'static str,
    /// What it says until the office says otherwise.
    pub default: &'static str,
    /// The placeholders that it may have.
    pub placeholders: &'static [&'static str],
}

/// What every paper knows.
const OF_PLAN: &[&str] = &["title", "year", "count", "office"];
/// What a paper on a result knows.
const OF_RESULT: &[&str] = &["title", "year", "count", "office", "period", "total", "components", "groups"];
/// What a paper on one unit knows.
const OF_UNIT: &[&str] =
    &["title", "year", "count", "office", "period", "unit", "category", "score", "rank", "of", "grade", "outcomes"];
/// What a notice of a month's findings knows.
const OF_FINDINGS: &[&str] = &["title", "year", "count", "office", "month", "findings", "counted"];
/// What a form of a group knows.
const OF_FORM: &[&str] = &["title", "year", "count", "office", "group"];

const fn slot(name: &'static str, default: &'static str, placeholders: &'static [&'static str]) -> TextSlot {
    TextSlot { name, default, placeholders }
}

const SLOTS: [TextSlot; 26] = [
    slot("office", words::OFFICE, &[]),
    slot("issuer", "", OF_PLAN),
    slot("number", words::NUMBER, OF_PLAN),
    slot("date", words::DATE, OF_PLAN),
    slot("notice.title", words::NOTICE_TITLE, OF_RESULT),
    slot("notice.to", words::NOTICE_TO, OF_RESULT),
    slot("notice.opening", words::NOTICE_OPENING, OF_RESULT),
    slot("notice.closing", words::NOTICE_CLOSING, OF_RESULT),
    slot("table.title", words::TABLE_TITLE, OF_RESULT),
    slot("report.title", words::REPORT_TITLE, OF_UNIT),
    slot("report.note", words::REPORT_NOTE, OF_UNIT),
    slot("superior.title", words::SUPERIOR_TITLE, OF_UNIT),
    slot("superior.to", words::SUPERIOR_TO, OF_UNIT),
    slot("superior.body", words::SUPERIOR_BODY, OF_UNIT),
    slot("annual.title", words::ANNUAL_TITLE, OF_RESULT),
    slot("annual.opening", words::ANNUAL_OPENING, OF_RESULT),
    slot("annual.closing", words::ANNUAL_CLOSING, OF_RESULT),
    // Advice is carried into the next year's plan as it is: a placeholder would say something else there.
    slot("annual.advice", "", &[]),
    slot("annual.advised", "", &[]),
    slot("annual.followed", "", &[]),
    slot("findings.title", words::FINDINGS_TITLE, OF_FINDINGS),
    slot("findings.to", words::FINDINGS_TO, OF_FINDINGS),
    slot("findings.opening", words::FINDINGS_OPENING, OF_FINDINGS),
    slot("findings.closing", words::FINDINGS_CLOSING, OF_FINDINGS),
    slot("paper.title", words::FORM_TITLE, OF_FORM),
    slot("paper.note", words::FORM_NOTE, OF_FORM),
];

/// All texts, in the order of the papers.
#[must_use]
pub fn slots() -> &'static [TextSlot] {
    &SLOTS
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFault {
    /// There is no text of this name.
    UnknownText,
    /// It is longer than a page, or holds signs that no text may have.
    OutOfRange,
    /// A placeholder that this text does not know, or a brace that belongs to none.
    UnknownPlaceholder(String),
}

/// Everything that is wrong with a text of a name.
#[must_use]
pub fn faults(name: &str, text: &str) -> Vec<TextFault> {
    let Some(slot) = SLOTS.iter().find(|slot| slot.name == name) else { return vec![TextFault::UnknownText] };
    if text.chars().count() > LONGEST_TEXT || text.chars().any(|sign| sign.is_control() && sign != '\n') {
        return vec![TextFault::OutOfRange];
    }
    let unknown = pieces(text).filter_map(|piece| match piece {
        Piece::Words(words) => {
            // A brace alone is a placeholder that was cut off.
            let brace = words.find(['{', '}'])?;
            Some(words[brace..].chars().take(20).collect())
        }
        Piece::Placeholder(name) => (!slot.placeholders.contains(&name)).then(|| name.to_owned()),
    });
    unknown.map(TextFault::UnknownPlaceholder).collect()
}

/// A piece of a text.
enum Piece<'t> {
    Words(&'t str),
    /// What stands between braces.
    Placeholder(&'t str),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        if let Some((name, behind)) = rest.strip_prefix('{').and_then(|inside| inside.split_once('}'))
            && is_name(name)
        {
            rest = behind;
            return Some(Piece::Placeholder(name));
        }
        let next = rest.char_indices().skip(1).find(|(_, sign)| *sign == '{').map_or(rest.len(), |(place, _)| place);
        let (words, behind) = rest.split_at(next);
        rest = behind;
        Some(Piece::Words(words))
    })
}

/// The office's texts of a plan: those that it changed, and beside them what stands until it does.
#[derive(Debug, Clone, Default)]
pub struct OfficeTexts {
    changed: BTreeMap<String, String>,
}

impl OfficeTexts {
    /// Texts by their names.
    #[must_use]
    pub fn new<'t>(changed: impl IntoIterator<Item = (&'t str, &'t str)>) -> OfficeTexts {
        let owned = changed.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned()));
        OfficeTexts { changed: owned.collect() }
    }

    fn text(&self, name: &str) -> &str {
        let default = || SLOTS.iter().find(|slot| slot.name == name).map_or("", |slot| slot.default);
        self.changed.get(name).map_or_else(default, String::as_str)
    }

    /// The lines of a text that has no placeholders, the empty ones among them.
    pub(crate) fn lines(&self, name: &str) -> impl Iterator<Item = &str> {
        self.text(name).lines().map(str::trim)
    }

    /// A text, filled with what is known. A placeholder for which nothing is known is left empty.
    pub(crate) fn filled(&self, name: &str, known: &Known) -> String {
        let mut filled = String::new();
        for piece in pieces(self.text(name)) {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Placeholder("office") => filled.push_str(self.text("office")),
                Piece::Placeholder(name) => filled.push_str(known.0.get(name).map_or("", String::as_str)),
            }
        }
        filled
    }
}

/// What placeholders stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(BTreeMap<&'static str, String>);

impl Known {
    pub(crate) fn with(mut self, name: &'static str, text: impl Into<String>) -> Known {
        self.0.insert(name, text.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_fits_its_own_slot() {
        for slot in slots() {
            assert_eq!(faults(slot.name, slot.default), [], "{}", slot.name);
        }
    }

    #[test]
    fn every_text_has_a_label() {
        for slot in slots() {
            assert!(words::label(slot.name).is_some(), "{}", slot.name);
        }
    }

    #[test]
    fn a_placeholder_that_a_text_does_not_know_is_named() {
        let unknown = |name: &str| vec![TextFault::UnknownPlaceholder(name.to_owned())];
        assert_eq!(faults("notice.title", "{year}年{title}"), []);
        assert_eq!(faults("notice.title", "{unit}的结果"), unknown("unit"));
        assert_eq!(faults("notice.title", "共{count个"), unknown("{count个"));
        assert_eq!(faults("notice.title", "共count}个"), unknown("}个"));
        assert_eq!(faults("notice.title", "{}"), unknown("{}"));
        assert_eq!(faults("office", "{office}"), unknown("office"));
        assert_eq!(faults("notice.tilte", "x"), [TextFault::UnknownText]);
        assert_eq!(faults("notice.title", "a\u{7}"), [TextFault::OutOfRange]);
        assert_eq!(faults("notice.title", &"长".repeat(LONGEST_TEXT)), []);
        assert_eq!(faults("notice.title", &"长".repeat(LONGEST_TEXT + 1)), [TextFault::OutOfRange]);
    }

    #[test]
    fn placeholders_are_filled_and_nothing_that_fills_them_is_filled_again() {
        let texts = OfficeTexts::new([("office", "镇评测办"), ("notice.title", "{office}：{title}{year}{title}")]);
        let known = Known::default().with("title", "“{year}”").with("year", "2018");
        assert_eq!(texts.filled("notice.title", &known), "镇评测办：“{year}”2018“{year}”");
    }
}
