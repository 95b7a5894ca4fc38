//! Findings (日常台账): what inspections, visits and the press found of a unit, all year round.
//!
//! Owns their shapes and what is wrong with one by itself. Refuses to own what one costs: a finding that counts becomes
//! an incident of the plan.

use document::{document, open_ended};

use crate::Field;
use crate::day::is_day;
use crate::file::check_files;
use crate::ledger::Struck;

/// Most characters of what was found: half a page.
pub const LONGEST_TEXT: usize = 1000;

/// Most characters of a place or a source.
pub const LONGEST_WORDS: usize = 100;

/// Characters of a key that a sender draws: 40 bits at least, or nobody draws the same by chance.
pub const KEY_LENGTH: std::ops::RangeInclusive<usize> = 8..=32;

document! {
    /// `POST /api/plans/{id}/findings`.
    #[derive(Eq, Debug)]
    pub struct FindingRequest {
        /// 8 to 32 of `a-z`, `0-9`, `_`, drawn by whoever sends it: the same request with the same key is one finding,
        /// however often it is sent. Without a key the same content is one finding.
        pub key: Option<String>,
        /// The day on which it was found, such as `2018-10-31`.
        pub date: String,
        /// The unit's id.
        pub unit: String,
        /// Where: up to 100 characters.
        pub place: Option<String>,
        /// What was found: 1 to 1,000 characters.
        pub text: String,
        /// Who found it, or where it stands: 1 to 100 characters.
        pub source: String,
        /// Evidence: files of the plan, by SHA-256.
        pub files: Vec<String> = default,
        /// What it costs; absent: it is noted and costs nothing.
        pub counts: Option<FindingCounts>,
    }
}

document! {
    /// What a finding costs: an incident of the plan.
    #[derive(Eq, Debug)]
    pub struct FindingCounts {
        /// The period; may be left out where the plan has one alone.
        pub period: Option<String>,
        /// The incidents component.
        pub component: String,
        /// The level.
        pub level: String,
        /// 情节严重: the amount is multiplied.
        pub serious: bool = default,
    }
}

document! {
    /// A finding as it is kept.
    #[derive(Eq, Debug)]
    pub struct Finding {
        /// `DELETE /api/plans/{plan}/findings/{id}` strikes it out.
        pub id: String,
        /// The day on which it was found.
        pub date: String,
        /// The unit's id.
        pub unit: String,
        /// Where.
        pub place: Option<String> = null,
        /// What was found.
        pub text: String,
        /// Who found it, or where it stands.
        pub source: String,
        /// Evidence, by SHA-256.
        pub files: Vec<String> = default,
        /// What it costs; null: nothing.
        pub counts: Option<FindingCounts> = null,
        /// The incident that it became; null while it costs nothing yet, and where its incident was struck out.
        pub incident: Option<String> = null,
        /// Its incident waits for a second person, and costs nothing until then.
        pub pending: bool = omitted,
        /// The account that noted it.
        pub by: String,
        /// The office that the account enters for; null: all.
        pub office: Option<String> = null,
        /// When it was noted, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// Null while it stands.
        pub struck: Option<Struck> = null,
    }
    shape: open_ended;
}

document! {
    /// Answer to a finding that was noted, or that counts from now on.
    #[derive(Eq, Debug)]
    pub struct FindingKept {
        /// The finding's id.
        pub id: String,
        /// The incident that it became; null: it costs nothing yet.
        pub incident: Option<String> = null,
        /// The incident waits for a second person, and costs nothing until then.
        pub pending: bool = omitted,
        /// It was there before.
        pub repeated: bool = omitted,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/findings`, the newest first.
    #[derive(Eq, Debug)]
    pub struct Findings {
        /// One page of findings.
        pub findings: Vec<Finding>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/findings/notice`: the monthly notice (通报) of what was found, unit by unit.
    #[derive(Eq, Debug)]
    pub struct FindingNotice {
        /// The plan's title.
        pub plan_title: String,
        /// The month, such as `2018-10`.
        pub month: String,
        /// How many findings there are.
        pub findings: u64,
        /// How many of them cost points.
        pub counted: u64,
        /// The units of which something was found, in the order of the plan.
        pub units: Vec<UnitFindings>,
    }
    shape: open_ended;
}

document! {
    /// What was found of a unit in a month.
    #[derive(Eq, Debug)]
    pub struct UnitFindings {
        /// The unit's id.
        pub unit: String,
        /// Its name; its id where the plan does not have it any more.
        pub name: String,
        /// The findings that stand, in the order of their days.
        pub findings: Vec<Finding>,
    }
    shape: open_ended;
}

/// Whether a text has something to read, is short enough, and has of control characters only the line feed.
#[must_use]
pub fn is_text(text: &str, longest: usize) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= longest
        && !text.chars().any(|sign| sign.is_control() && sign != '\n')
}

/// Whether a text can be a key that a sender drew.
#[must_use]
pub fn is_key(text: &str) -> bool {
    KEY_LENGTH.contains(&text.len()) && scoring::is_id(text)
}

/// Everything that is wrong with a finding by itself, with pointers into the request.
#[must_use]
pub fn check(finding: &FindingRequest) -> Vec<Field> {
    let mut faults = Vec::new();
    let mut note = |wrong: bool, path: &str, code: &str| {
        if wrong {
            faults.push(Field { path: path.to_owned(), code: code.to_owned(), detail: None });
        }
    };
    note(finding.key.as_deref().is_some_and(|key| !is_key(key)), "/key", "bad_id");
    note(!is_day(&finding.date), "/date", "bad_day");
    note(finding.place.as_deref().is_some_and(|place| !is_text(place, LONGEST_WORDS)), "/place", "out_of_range");
    note(!is_text(&finding.text, LONGEST_TEXT), "/text", "out_of_range");
    note(!is_text(&finding.source, LONGEST_WORDS), "/source", "out_of_range");
    faults.extend(check_files(&finding.files));
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding() -> FindingRequest {
        FindingRequest {
            key: None,
            date: "2018-09-12".to_owned(),
            unit: "forestry".to_owned(),
            place: Some("便民服务大厅".to_owned()),
            text: "上班时间窗口无人,\n群众等候二十分钟".to_owned(),
            source: "明察暗访".to_owned(),
            files: Vec::new(),
            counts: None,
        }
    }

    #[test]
    fn all_that_is_wrong_with_a_finding_is_told_at_once() {
        assert_eq!(check(&finding()), []);
        let wrong = FindingRequest {
            key: Some("short".to_owned()),
            date: "2018-09-31".to_owned(),
            place: Some(" ".to_owned()),
            text: "评".repeat(1001),
            source: "a\u{7}".to_owned(),
            files: vec!["0".repeat(63)],
            ..finding()
        };
        let told: Vec<(String, String)> = check(&wrong).into_iter().map(|field| (field.path, field.code)).collect();
        let expected = [
            ("/key", "bad_id"),
            ("/date", "bad_day"),
            ("/place", "out_of_range"),
            ("/text", "out_of_range"),
            ("/source", "out_of_range"),
            ("/files/0", "unknown_file"),
        ];
        assert_eq!(told, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
    }
}
