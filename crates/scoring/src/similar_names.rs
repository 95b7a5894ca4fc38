//! Names of one list that differ and look alike: pointed out, never refused.
//!
//! Owns what counts as alike: names that are one without punctuation and blanks. Refuses to own names that may not
//! stand beside each other at all (`names`).

use std::collections::BTreeMap;

use crate::json::Value;
use crate::names::folded;

/// A name that looks like one before it in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarName {
    /// RFC 6901 pointer to the name.
    pub path: String,
    /// Where the first of them stands.
    pub first: String,
}

/// All of a plan's, in the order of the document. Units are held against those of their category.
#[must_use]
pub fn similar_names(plan: &Value) -> Vec<SimilarName> {
    let mut found = Vec::new();
    walk(plan, "", &mut found);
    found
}

fn walk(value: &Value, path: &str, found: &mut Vec<SimilarName>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| walk(member, &format!("{path}/{key}"), found));
        }
        Value::List(items) => {
            let mut seen: BTreeMap<(&str, String), (String, String)> = BTreeMap::new();
            for (place, item) in items.iter().enumerate() {
                let here = format!("{path}/{place}");
                let text = |member: &str| item.get(member).and_then(Value::as_str).unwrap_or_default();
                let whole = folded(text("name"));
                let bare: String = whole.chars().filter(|letter| letter.is_alphanumeric()).collect();
                if !bare.is_empty() {
                    let at = format!("{here}/name");
                    let first = seen.entry((text("category"), bare)).or_insert_with(|| (whole.clone(), at.clone()));
                    if first.0 != whole {
                        found.push(SimilarName { path: at, first: first.1.clone() });
                    }
                }
                walk(item, &here, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_punctuation_and_blanks_are_pointed_out() {
        let unit = |name: &str, category: &str| {
            Value::Object(vec![
                ("name".to_owned(), Value::Text(name.to_owned())),
                ("category".to_owned(), Value::Text(category.to_owned())),
            ])
        };
        let of = |names: &[(&str, &str)]| {
            let units = names.iter().map(|(name, category)| unit(name, category)).collect();
            let plan = Value::Object(vec![("units".to_owned(), Value::List(units))]);
            similar_names(&plan).into_iter().map(|one| (one.path, one.first)).collect::<Vec<_>>()
        };
        let alike = ("/units/1/name".to_owned(), "/units/0/name".to_owned());
        for (one, other) in [
            ("林业站", "林业 站"),
            ("（城关）林业站", "【城关】林业站"),
            ("Ａ-1 站", "a1站"),
            ("办公室·机关", "办公室(机关)"),
        ] {
            assert_eq!(of(&[(one, "a"), (other, "a")]), std::slice::from_ref(&alike), "{one} {other}");
            assert!(of(&[(one, "a"), (other, "b")]).is_empty(), "{one} {other}");
        }
        // Equal names have a problem of their own, and these two are not alike.
        let others = [("林业站", "a"), (" 林业站 ", "a"), ("林业所", "a"), ("（）", "a"), ("【】", "a")];
        assert!(of(&others).is_empty());
    }
}
