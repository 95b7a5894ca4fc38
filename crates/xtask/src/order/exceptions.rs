//! What is allowed all the same, each with its reason: `exceptions.txt`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// Something that needs a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Files that import each other.
    Circle(BTreeSet<String>),
    /// A file of too many lines.
    File(String),
    /// A function of too many lines.
    Function { file: String, name: String },
    /// A path in a text that leads nowhere.
    Path { file: String, named: String },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Circle(files) => {
                f.write_str("circle")?;
                files.iter().try_for_each(|file| write!(f, " {file}"))
            }
            Finding::File(file) => write!(f, "file {file}"),
            Finding::Function { file, name } => write!(f, "function {file} {name}"),
            Finding::Path { file, named } => write!(f, "path {file} {named}"),
        }
    }
}

impl Finding {
    fn read(line: &str) -> Option<Finding> {
        let mut words = line.split_whitespace().map(str::to_owned);
        match (words.next()?.as_str(), words.collect::<Vec<_>>().as_slice()) {
            ("circle", files @ [_, _, ..]) => Some(Finding::Circle(files.iter().cloned().collect())),
            ("file", [file]) => Some(Finding::File(file.clone())),
            ("function", [file, name]) => Some(Finding::Function { file: file.clone(), name: name.clone() }),
            ("path", [file, named]) => Some(Finding::Path { file: file.clone(), named: named.clone() }),
            _ => None,
        }
    }
}

/// The list: lines `FINDING: REASON`; empty lines and lines that begin with `#` say nothing.
pub struct Exceptions(BTreeMap<Finding, String>);

/// Findings held against the list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Judged {
    pub excused: Vec<(Finding, String)>,
    pub unexcused: Vec<Finding>,
    /// What the list excuses and what is not so.
    pub stale: Vec<Finding>,
}

impl Exceptions {
    /// Reads the list, or nothing if a line is not understood or has no reason.
    pub fn read(text: &str) -> Option<Exceptions> {
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let exception = |line: &str| {
            let (finding, reason) = line.split_once(": ")?;
            (!reason.trim().is_empty()).then_some((Finding::read(finding)?, reason.trim().to_owned()))
        };
        lines.map(exception).collect::<Option<_>>().map(Exceptions)
    }

    /// Sorts findings by whether the list excuses them.
    pub fn judge(mut self, findings: BTreeSet<Finding>) -> Judged {
        let mut judged = Judged::default();
        for finding in findings {
            match self.0.remove_entry(&finding) {
                Some(excused) => judged.excused.push(excused),
                None => judged.unexcused.push(finding),
            }
        }
        judged.stale = self.0.into_keys().collect();
        judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_excused_by_name_and_stale_exceptions_are_told() {
        let list = "# why\n\ncircle b.rs a.rs: they are one\nfile c.rs: a table\nfunction d.rs f: a list\n";
        let found = ["circle a.rs b.rs", "function d.rs g"].iter().filter_map(|line| Finding::read(line)).collect();
        let judged = Exceptions::read(list).expect("a list").judge(found);
        let said = |finding: &Finding| finding.to_string();
        assert_eq!(judged.excused.len(), 1);
        assert_eq!(judged.excused[0].1, "they are one");
        assert_eq!(judged.unexcused.iter().map(said).collect::<Vec<_>>(), ["function d.rs g"]);
        assert_eq!(judged.stale.iter().map(said).collect::<Vec<_>>(), ["file c.rs", "function d.rs f"]);
    }

    #[test]
    fn an_exception_without_a_reason_or_of_an_unknown_kind_is_no_list() {
        for line in ["file a.rs", "file a.rs: ", "circle a.rs: alone", "folder a: b", "function a.rs: b"] {
            assert!(Exceptions::read(line).is_none(), "{line}");
        }
    }
}
