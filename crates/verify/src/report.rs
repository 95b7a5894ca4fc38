//! What a check says: lines of words, each with its place in the publication.

use std::fmt;

use document::Problem;
use text::{Lang, Text};

/// One thing that is said of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// RFC 6901 pointer into the publication.
    pub path: String,
    /// What is said, in both languages.
    pub words: Text,
    /// Figures and ids that belong to it, in no language.
    pub detail: String,
}

impl Line {
    pub(crate) fn at(path: impl Into<String>, words: Text) -> Line {
        Line { path: path.into(), words, detail: String::new() }
    }

    pub(crate) fn with(path: impl Into<String>, words: Text, detail: impl fmt::Display) -> Line {
        Line { detail: detail.to_string(), ..Line::at(path, words) }
    }

    /// A problem of a document that stands at a place.
    pub(crate) fn problem(below: &str, problem: &Problem) -> Line {
        let code = problem.code.as_str();
        let detail = problem.detail.as_ref().map_or(code.to_owned(), |detail| format!("{code} {detail}"));
        Line::with(format!("{below}{}", problem.path), problem.code.text(), detail)
    }

    /// In one language, without the place.
    #[must_use]
    pub fn in_(&self, lang: Lang) -> String {
        if self.detail.is_empty() {
            return self.words.in_(lang).to_owned();
        }
        format!("{}: {}", self.words.in_(lang), self.detail)
    }
}

impl fmt::Display for Line {
    /// `publication:/pointer 中文 / English: detail`, on one line whatever the publication holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_line = |text: &str| -> String { text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect() };
        write!(f, "publication:{} {} / {}", one_line(&self.path), self.words.zh, self.words.en)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", one_line(&self.detail)) }
    }
}

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What does not hold; nothing in an honest publication.
    pub faults: Vec<Line>,
    /// What holds.
    pub checked: Vec<Line>,
    /// What could not be checked, and why: the place, and everything below it.
    pub unchecked: Vec<Line>,
}

impl Report {
    /// Is a place, or one above it, among those that could not be checked?
    #[must_use]
    pub fn leaves_open(&self, path: &str) -> bool {
        let covers =
            |line: &Line| path.strip_prefix(&line.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.unchecked.iter().any(covers)
    }
}
