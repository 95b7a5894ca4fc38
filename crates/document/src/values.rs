//! Values that stand by themselves in a document: texts, figures, numbers, lists, pairs.
//!
//! Owns how each is read. What a document's fields are, and what is wrong with them, stands in [`crate::reading`].

use std::sync::Arc;

use compact_str::CompactString;

use crate::decimal::{Decimal, Figure};
use crate::json::Value;
use crate::problem::{Problem, ProblemCode};
use crate::reading::{Path, Read, parsed, tell, whole, wrong_type};
use crate::tree::Tree;

/// `Read` for what stands as one JSON value of its own kind.
macro_rules! read_plain {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {$(
        impl Read for $type {
            fn blank() -> Self {
                Self::default()
            }

            fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
                match value {
                    $pattern => Some($value),
                    _ => {
                        wrong_type(path, problems);
                        None
                    }
                }
            }
        }
    )*};
}

read_plain! {
    String: Tree::Text(text) => (*text).to_owned();
    CompactString: Tree::Text(text) => CompactString::new(text);
    Figure: Tree::Text(text) => Figure::from(*text);
    bool: Tree::Bool(b) => *b;
}

/// The largest count that a document may hold.
pub const MOST_COUNT: u64 = 1_000_000_000_000;

/// A count: an integer from 0 to 10^12.
impl Read for u64 {
    fn blank() -> Self {
        0
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        match u64::try_from(whole(value, path, problems)?) {
            Ok(n) if n <= MOST_COUNT => Some(n),
            _ => {
                tell(path, ProblemCode::OutOfRange, problems);
                // A placeholder keeps the element in its list; the problem refuses the document.
                Some(0)
            }
        }
    }
}

/// `Read` for whole numbers of a size of their own.
macro_rules! read_numbers {
    ($($type:ty)*) => {$(
        impl Read for $type {
            fn blank() -> Self {
                0
            }

            fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
                let number = whole(value, path, problems)?.try_into().ok();
                if number.is_none() {
                    tell(path, ProblemCode::OutOfRange, problems);
                }
                number
            }
        }
    )*};
}

read_numbers! { i64 u32 u16 usize }

/// An approximate figure of an answer; no document of ours holds one.
impl Read for f64 {
    fn blank() -> Self {
        0.0
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        match value {
            Tree::Float(number) => Some(*number),
            #[expect(clippy::cast_precision_loss, reason = "it is approximate")]
            number => whole(number, path, problems).map(|number| number as f64),
        }
    }
}

/// A computed figure, which may have more digits than a [`Figure`] of a document.
impl Read for Decimal {
    fn blank() -> Self {
        Decimal::ZERO
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        parsed(value, path, problems, |text| Decimal::parse_sum(text).ok())
    }
}

/// Any value, as it is.
impl Read for Value {
    fn blank() -> Self {
        Value::Null
    }

    fn read(value: &Tree<'_>, _: &Path<'_>, _: &mut Vec<Problem>) -> Option<Self> {
        Some(value.owned())
    }
}

/// Whatever it is, nothing is made of it.
impl Read for () {
    fn blank() -> Self {}

    fn read(_: &Tree<'_>, _: &Path<'_>, _: &mut Vec<Problem>) -> Option<Self> {
        Some(())
    }
}

/// An element that cannot be read is left out, so the places of later ones are kept by the walk alone.
impl<T: Read> Read for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Tree::List(items) = value else {
            wrong_type(path, problems);
            return None;
        };
        let mut list = Vec::with_capacity(items.len());
        list.extend(items.iter().enumerate().filter_map(|(i, v)| T::read(&v, &Path::Index(path, i), problems)));
        Some(list)
    }
}

impl<T: Read> Read for Arc<T> {
    fn blank() -> Self {
        Arc::new(T::blank())
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        T::read(value, path, problems).map(Arc::new)
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn blank() -> Self {
        (A::blank(), B::blank())
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Tree::List(items) = value else {
            wrong_type(path, problems);
            return None;
        };
        let mut items = items.iter();
        let (Some(a), Some(b), None) = (items.next(), items.next(), items.next()) else {
            wrong_type(path, problems);
            return None;
        };
        Some((A::read(&a, &Path::Index(path, 0), problems)?, B::read(&b, &Path::Index(path, 1), problems)?))
    }
}

/// Two elements, no more and no fewer.
impl<T: Read> Read for [T; 2] {
    fn blank() -> Self {
        [T::blank(), T::blank()]
    }

    fn read(value: &Tree<'_>, path: &Path<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        let pair = <[T; 2]>::try_from(Vec::read(value, path, problems)?).ok();
        if pair.is_none() && problems.len() == before {
            wrong_type(path, problems);
        }
        pair
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{open_ended, read_text};

    crate::document! {
        #[derive(Debug)]
        struct Answer {
            count: u32,
            first: Option<(usize, f64)> = null,
            sum: Decimal,
        }
        shape: open_ended;
    }

    crate::document! {
        #[derive(Debug)]
        struct Change {
            name: Option<String>,
            office: Option<Option<String>> as Option<String> = change,
        }
    }

    #[test]
    fn a_change_that_is_absent_is_not_the_same_as_null() {
        let office = |text: &str| read_text::<Change>(text).map(|change| change.office);
        assert_eq!(office("{}"), Some(None));
        assert_eq!(office(r#"{"office":null}"#), Some(Some(None)));
        assert_eq!(office(r#"{"office":"信访局"}"#), Some(Some(Some("信访局".to_owned()))));
        assert_eq!(office(r#"{"office":7}"#), None);
        for text in ["{}", r#"{"office":null}"#, r#"{"office":"信访局"}"#] {
            assert_eq!(serde_json::to_string(&read_text::<Change>(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn an_answer_may_have_members_that_are_not_known_in_any_order() {
        let answer = read_text::<Answer>(r#"{"sum":"1234567890123.5","new":[1],"first":[3,2],"count":7}"#).unwrap();
        assert_eq!((answer.count, answer.first), (7, Some((3, 2.0))));
        assert_eq!(answer.sum, Decimal::parse_sum("1234567890123.5").unwrap());
        assert_eq!(read_text::<Answer>(r#"{"count":0,"sum":"0"}"#).unwrap().first, None);
    }

    #[test]
    fn a_document_that_is_wrong_everywhere_is_told_a_thousand_faults() {
        let wrong: Value = Value::List((0..5_000).map(|_| Value::Int(1)).collect());
        let (_, problems) = crate::read_leniently::<Vec<String>>(&wrong.tree());
        assert_eq!(problems.len(), 1_000);
        assert_eq!(problems[999].path, "/999");
        let members = (0..5_000).map(|n| (format!("m{n}"), Value::Null)).collect();
        assert_eq!(Change::read(&Value::Object(members)).unwrap_err().len(), 1_000);
    }

    #[test]
    fn a_number_that_does_not_fit_its_field_is_no_answer() {
        for text in [r#"{"count":-1,"sum":"0"}"#, r#"{"count":4294967296,"sum":"0"}"#, r#"{"count":0.5,"sum":"0"}"#] {
            assert_eq!(read_text::<Answer>(text), None, "{text}");
        }
        assert_eq!(read_text::<Answer>(r#"{"count":0,"sum":0}"#), None, "a figure is a text");
    }
}
