//! The one typed table of texts, Chinese first, English second, shared by the app and the API's
//! messages.
//!
//! Owns: [`Text`], [`Lang`] and, in a module for each screen, the words as `pub const` items, so
//! that a bundle holds only the words it uses; and how a text stands in a file for spreadsheets
//! ([`csv_cell`]). Refuses to own: formatting of numbers and dates,
//! and anything that a plan's author wrote.

pub mod ballot;
pub mod calendar;
pub mod cases;
pub mod csv_cell;
pub mod error;
pub mod evidence;
pub mod follow_up;
pub mod hall;
pub mod named_ballots;
pub mod office;
pub mod office_audit;
pub mod office_codes;
pub mod office_desk;
pub mod office_editor;
pub mod office_progress;
pub mod office_series;
pub mod office_setup;
pub mod own_unit;
pub mod papers;
pub mod plain_ballot;
mod plan_fields;
pub mod profile;
pub mod public;
pub mod ranking;
pub mod records;
pub mod rectification;
pub mod rectification_desk;
pub mod second_factor;
pub mod shell;
pub mod sign_in;
pub mod simulate;
pub mod simulation;
pub mod verify;
pub mod voters;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The value for an HTML `lang` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The language that `?lang=` or a stored setting names: `en` is English, all else Chinese.
    pub fn named(name: &str) -> Lang {
        if name == "en" || name.starts_with("en-") { Lang::En } else { Lang::Zh }
    }
}

/// The same words in both languages.
///
/// ```
/// use text::{Lang, Text};
///
/// const OPEN: Text = Text::new("打开", "Open");
/// assert_eq!(OPEN.in_(Lang::named("en-GB")), "Open");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    /// 中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
}

impl Text {
    /// Chinese, then English.
    pub const fn new(zh: &'static str, en: &'static str) -> Text {
        Text { zh, en }
    }

    /// The words in one language.
    pub const fn in_(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_speaks_both_languages() {
        let text = Text::new("打开", "Open");
        assert_eq!(text.in_(Lang::Zh), "打开");
        assert_eq!(text.in_(Lang::En), "Open");
    }

    #[test]
    fn english_is_chosen_by_name_and_all_else_is_chinese() {
        assert_eq!(Lang::named("en"), Lang::En);
        assert_eq!(Lang::named("en-GB"), Lang::En);
        assert_eq!(Lang::named("fr"), Lang::Zh);
        assert_eq!(Lang::named(""), Lang::Zh);
    }
}
