//! Which language is spoken, and texts that follow it without being asked again.
//!
//! Owns the current language and phrases with figures in them. Refuses to own the texts: they are
//! constants in the crate `text`, in a module for each screen.

use leptos::prelude::*;
use text::{Lang, Text};

thread_local! {
    // A browser's page has one thread and one language. Not a context: those are out of reach after an
    // `await`, where errors are put into words.
    static SPEAKING: std::cell::Cell<Option<RwSignal<Lang>>> = const { std::cell::Cell::new(None) };
}

/// The current language. Reading it in a view makes the view follow it.
pub fn lang() -> RwSignal<Lang> {
    SPEAKING.get().unwrap_or_else(|| speak(Lang::default()))
}

/// Makes a language current. Called once, by the frame.
pub fn speak(lang: Lang) -> RwSignal<Lang> {
    let signal = RwSignal::new(lang);
    SPEAKING.set(Some(signal));
    signal
}

/// A text in the current language, as views and attributes take it: `<h1>{t(ballot::TITLE)}</h1>`.
pub fn t(text: Text) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let lang = lang();
    move || text.in_(lang.get())
}

/// A text with its places `{0}`, `{1}` … filled, in the current language. Call it inside a closure that
/// follows what it is filled with: `{move || fill(ballot::LEFT, &[&left.get()])}`.
pub fn fill(text: Text, with: &[&dyn std::fmt::Display]) -> String {
    fill_in(text.in_(lang().get()), with)
}

/// [`fill`] for a wording already chosen.
pub fn fill_in(words: &str, with: &[&dyn std::fmt::Display]) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(words.len() + 16);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((place, after)) = after.split_once('}') else { break };
        if let Some(value) = place.parse::<usize>().ok().and_then(|place| with.get(place)) {
            let start = out.len();
            // Writing to a string has no way to fail.
            let _ = write!(out, "{value}");
            if out[start..].chars().any(is_right_to_left) {
                out.insert(start, ISOLATE);
                out.push(END_OF_ISOLATE);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Begins what has its own direction, and leaves the order of what stands around it alone.
const ISOLATE: char = '\u{2068}';

/// Ends it.
const END_OF_ISOLATE: char = '\u{2069}';

/// Letters of scripts that run from right to left: Hebrew, Arabic (Uyghur, Kazakh), Syriac and those like them. Names of
/// other letters do not turn what is beside them, and stay as they are.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// What people named, one after another in a line: `线索 · 年度`. Each keeps its own direction.
pub fn joined<S: AsRef<str>>(names: impl IntoIterator<Item = S>, between: &str) -> String {
    let mut out = String::new();
    for (place, name) in names.into_iter().enumerate() {
        if place > 0 {
            out.push_str(between);
        }
        out += &fill_in("{0}", &[&name.as_ref()]);
    }
    out
}

/// A text and the figures in it, to be said later and in whatever language is then current.
#[derive(Clone, PartialEq, Debug)]
pub struct Phrase {
    text: Text,
    with: Vec<String>,
}

impl Phrase {
    /// A phrase with its places filled.
    pub fn new(text: Text, with: impl IntoIterator<Item = impl Into<String>>) -> Phrase {
        Phrase { text, with: with.into_iter().map(Into::into).collect() }
    }

    /// The phrase in the current language.
    pub fn say(&self) -> String {
        let with: Vec<&dyn std::fmt::Display> = self.with.iter().map(|value| value as _).collect();
        fill(self.text, &with)
    }
}

impl From<Text> for Phrase {
    fn from(text: Text) -> Phrase {
        Phrase { text, with: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::{fill_in, joined};

    #[test]
    fn names_from_right_to_left_are_isolated_and_others_stay_as_they_are() {
        assert_eq!(fill_in("{0}超过{1}", &[&"ئۇيغۇر", &"林业站"]), "\u{2068}ئۇيغۇر\u{2069}超过林业站");
        assert_eq!(joined(["林业站", "מים", "B-1"], " · "), "林业站 · \u{2068}מים\u{2069} · B-1");
    }

    #[test]
    fn places_are_filled_in_whatever_order_the_language_wants() {
        assert_eq!(fill_in("已填 {0}/{1}", &[&18, &24]), "已填 18/24");
        assert_eq!(fill_in("{1} of which {0} filled", &[&18, &24]), "24 of which 18 filled");
        assert_eq!(fill_in("没有位置", &[&1]), "没有位置");
        assert_eq!(fill_in("{7}!", &[&1]), "!");
    }
}
