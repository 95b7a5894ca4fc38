//! Names of one list that differ and look alike: pointed out, never refused.
//!
//! Owns what counts as alike: names that are one without punctuation and blanks, or of letters that look the same.
//! Refuses to own names that may not stand beside each other at all (`names`).

use std::collections::BTreeMap;

use crate::json::Value;
use crate::look_alike::skeletons;
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
            // The names before, by each of their skeletons: which name it is, and where it stands.
            let mut seen: BTreeMap<(&str, String), (String, String)> = BTreeMap::new();
            for (place, item) in items.iter().enumerate() {
                let here = format!("{path}/{place}");
                let text = |member: &str| item.get(member).and_then(Value::as_str).unwrap_or_default();
                let (name, category) = (text("name"), text("category"));
                let whole = folded(name);
                let bare = |name: &str| name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
                // As it was written and folded: capital letters look alike that small ones do not.
                let [written, bare] = [bare(name), bare(&whole)];
                if !bare.is_empty() {
                    let at = format!("{here}/name");
                    let keys = skeletons(&written).into_iter().chain(skeletons(&bare)).map(|key| (category, key));
                    let keys: Vec<_> = keys.collect();
                    match keys.iter().find_map(|key| seen.get(key)) {
                        Some((other, first)) if *other != whole => {
                            found.push(SimilarName { path: at.clone(), first: first.clone() });
                        }
                        _ => {}
                    }
                    for key in keys {
                        seen.entry(key).or_insert_with(|| (whole.clone(), at.clone()));
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
    fn no_name_of_a_template_is_pointed_out() {
        for template in crate::templates::all() {
            let plan = Value::parse(template.document.as_bytes()).unwrap();
            assert_eq!(similar_names(&plan), [], "{}", template.id);
        }
    }

    #[test]
    fn names_that_differ_in_punctuation_blanks_or_script_are_pointed_out() {
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
            // Cyrillic, Greek, Cherokee and Lisu letters for Latin ones.
            ("A组", "А组"),
            ("B组", "Β组"),
            ("HB 组", "НВ组"),
            ("D组", "Ꭰ组"),
            ("A组", "ꓮ组"),
            ("O组", "0组"),
        ] {
            assert_eq!(of(&[(one, "a"), (other, "a")]), std::slice::from_ref(&alike), "{one} {other}");
            assert!(of(&[(one, "a"), (other, "b")]).is_empty(), "{one} {other}");
        }
        // Equal names have a problem of their own, and these two are not alike.
        let others = [("林业站", "a"), (" 林业站 ", "a"), ("林业所", "a"), ("（）", "a"), ("【】", "a")];
        assert!(of(&others).is_empty());
        let lettered: Vec<String> = ('A'..='H').map(|letter| format!("{letter}组")).collect();
        let numbered: Vec<String> = (1..=120).map(|number| format!("第{number}组")).collect();
        let counted = "一二三四五六七八九十".chars().map(|number| format!("第{number}组"));
        let names: Vec<String> = lettered.into_iter().chain(numbered).chain(counted).collect();
        assert!(of(&names.iter().map(|name| (name.as_str(), "a")).collect::<Vec<_>>()).is_empty());
    }
}
