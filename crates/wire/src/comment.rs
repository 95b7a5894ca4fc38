//! Opinions (意见建议) that a ballot may carry beside its marks: at most one for each unit, plain text. The ballot page
//! and the server agree here on what is one.
//!
//! Refuses to own where they are kept: apart from the marks, and for nobody before the vote is closed.

use document::{document, open_ended};

use crate::Field;

/// Most opinions on one ballot.
pub const MOST: usize = 20;

/// Most characters of one.
pub const LONGEST: usize = 500;

document! {
    /// An opinion on a unit.
    #[derive(Eq, Debug)]
    pub struct Comment {
        /// The unit's id.
        pub unit: String,
        /// 1 to 500 characters; of control characters only the line feed.
        pub text: String,
    }
}

document! {
    /// An opinion as the office reads it. `GET /api/plans/{id}/comments`, after closing, in an order that says nothing.
    #[derive(Eq, Debug)]
    pub struct KeptComment {
        /// Its id, by which an item of rectification names it.
        pub id: String = default,
        /// The unit's id.
        pub unit: String,
        /// The period's id; null where the group cast fewer than ten ballots in it.
        pub period: Option<String> = null,
        /// The group's id; null likewise.
        pub group: Option<String> = null,
        /// What was written.
        pub text: String,
    }
    shape: open_ended;
}

document! {
    /// A page of opinions, unit by unit.
    #[derive(Eq, Debug)]
    pub struct Comments {
        /// The opinions.
        pub comments: Vec<KeptComment>,
        /// Where the next page begins; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

/// A text without blanks around it, its lines ended as JSON's are.
pub fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Whether a text is no opinion: nothing of it is seen.
#[must_use]
pub fn is_none(text: &str) -> bool {
    !scoring::names::is_seen(text)
}

/// Everything that is wrong with a ballot's opinions; `is_on_paper` knows its units.
pub fn check(comments: &[Comment], is_on_paper: impl Fn(&str) -> bool) -> Vec<Field> {
    let fault = |path: String, code: &str| Field { path, code: code.to_owned(), detail: None };
    if comments.len() > MOST {
        return vec![fault("/comments".to_owned(), "out_of_range")];
    }
    let mut faults = Vec::new();
    for (place, comment) in comments.iter().enumerate() {
        if !is_on_paper(&comment.unit) {
            faults.push(fault(format!("/comments/{place}/unit"), "not_on_paper"));
        }
        if comments.iter().take(place).any(|before| before.unit == comment.unit) {
            faults.push(fault(format!("/comments/{place}/unit"), "marked_twice"));
        }
        let text = tidy(&comment.text);
        let length = text.chars().count();
        if is_none(&text) {
            faults.push(fault(format!("/comments/{place}/text"), "empty"));
        } else if length > LONGEST || text.chars().any(|sign| sign.is_control() && sign != '\n') {
            faults.push(fault(format!("/comments/{place}/text"), "out_of_range"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(comments: &[(&str, &str)]) -> Vec<(String, String)> {
        let comment = |(unit, text): &(&str, &str)| Comment { unit: (*unit).to_owned(), text: (*text).to_owned() };
        let comments: Vec<Comment> = comments.iter().map(comment).collect();
        check(&comments, |unit| unit.starts_with('u')).into_iter().map(|field| (field.path, field.code)).collect()
    }

    fn fault(path: &str, code: &str) -> (String, String) {
        (path.to_owned(), code.to_owned())
    }

    #[test]
    fn an_opinion_has_a_unit_of_the_paper_and_one_to_five_hundred_characters() {
        let (longest, longer) = ("评".repeat(500), "评".repeat(501));
        assert_eq!(faults(&[("u1", "多跑了\r\n两趟"), ("u2", &format!(" {longest}\n"))]), []);
        assert_eq!(
            faults(&[
                ("u1", &longer),
                ("u2", " \n "),
                ("x", "好"),
                ("u1", "好"),
                ("u3", "a\u{7}b"),
                ("u4", "\u{200b}\n\u{2060}")
            ]),
            [
                fault("/comments/0/text", "out_of_range"),
                fault("/comments/1/text", "empty"),
                fault("/comments/2/unit", "not_on_paper"),
                fault("/comments/3/unit", "marked_twice"),
                fault("/comments/4/text", "out_of_range"),
                fault("/comments/5/text", "empty"),
            ]
        );
    }

    #[test]
    fn a_ballot_has_at_most_twenty() {
        let units: Vec<String> = (0..21).map(|place| format!("u{place}")).collect();
        let all: Vec<(&str, &str)> = units.iter().map(|unit| (unit.as_str(), "好")).collect();
        assert_eq!(faults(&all[..20]), []);
        assert_eq!(faults(&all), [fault("/comments", "out_of_range")]);
    }
}
