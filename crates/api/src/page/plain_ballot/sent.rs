//! What a form sent: pairs of names and values, and the ballot in them.

use percent_encoding::percent_decode;
use scoring::ballot::Mark;
use wire::ErrorCode;
use wire::comment::{self, Comment};

use crate::refusal::Refusal;

/// A choice's name in the form: component, unit and criterion; ids hold no dot.
pub(super) fn choice(component: &str, unit: &str, criterion: Option<&str>) -> String {
    format!("m.{component}.{unit}.{}", criterion.unwrap_or(""))
}

/// The field that says that lines are left open on purpose.
pub(super) const SO: &str = "so";

/// What stands before a unit's id in the name of the field for an opinion on it.
const COMMENT: &str = "c.";

/// Pairs, in order.
#[derive(Debug, Default)]
pub(super) struct Sent(Vec<(String, String)>);

impl Sent {
    /// Reads `application/x-www-form-urlencoded`. The library takes broken escapes as they stand and puts U+FFFD for
    /// broken UTF-8; a ballot is not guessed at, so both are refused.
    pub(super) fn read(bytes: &[u8]) -> Result<Sent, Refusal> {
        let mut after_percent = bytes.split(|byte| *byte == b'%').skip(1);
        let escapes = after_percent.all(|rest| rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_hexdigit));
        if !escapes || percent_decode(bytes).decode_utf8().is_err() {
            return Err(ErrorCode::InvalidBody.into());
        }
        Ok(Sent(form_urlencoded::parse(bytes).into_owned().collect()))
    }

    /// The value under a name; empty if nothing was sent.
    pub(super) fn value(&self, name: &str) -> &str {
        self.get(name).unwrap_or("")
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn comments(&self) -> Vec<Comment> {
        let written = self.0.iter().filter_map(|(name, text)| Some((name.strip_prefix(COMMENT)?, text)));
        let written = written.filter(|(_, text)| !comment::is_none(text));
        written.map(|(unit, text)| Comment { unit: unit.to_owned(), text: text.clone() }).collect()
    }

    pub(super) fn marks(&self) -> Vec<Mark> {
        let mark = |(name, option): &(String, String)| {
            let mut parts = name.strip_prefix("m.")?.splitn(3, '.');
            let (component, unit, criterion) = (parts.next()?, parts.next()?, parts.next()?);
            (!option.is_empty()).then(|| Mark {
                component: component.to_owned(),
                unit: unit.to_owned(),
                criterion: (!criterion.is_empty()).then(|| criterion.to_owned()),
                option: option.clone(),
            })
        };
        self.0.iter().filter_map(mark).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_escapes() {
        let decoded = |text: &str| Sent::read(text.as_bytes()).ok().map(|sent| sent.0[0].0.clone());
        assert_eq!(decoded("a%2Fb+c%E8%AF%84").as_deref(), Some("a/b c评"));
        assert_eq!(decoded("%"), None);
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }

    #[test]
    fn chosen_options_become_marks_and_blanks_none() {
        let sent = Sent(vec![
            (choice("internal", "forestry", None), "good".to_owned()),
            (choice("internal", "building", Some("speed")), "poor".to_owned()),
            (choice("public", "forestry", None), String::new()),
            ("m.broken".to_owned(), "good".to_owned()),
            ("code".to_owned(), "0123".to_owned()),
        ]);
        let mark = |component: &str, unit: &str, criterion: Option<&str>, option: &str| Mark {
            component: component.to_owned(),
            unit: unit.to_owned(),
            criterion: criterion.map(str::to_owned),
            option: option.to_owned(),
        };
        assert_eq!(
            sent.marks(),
            [mark("internal", "forestry", None, "good"), mark("internal", "building", Some("speed"), "poor")]
        );
    }
}
