//! A plan's document as the draft of the next year.
//!
//! Owns what of a plan a year changes. Refuses to own what of a year is carried over beside the plan: its outcomes are
//! the store's to find.

use document::json::Value;

/// The document a year later: `year` is the one after the plan's, the plan's year in its title and in its periods' names
/// likewise, and the schedule is left out, for its days were last year's.
///
/// ```
/// use scoring::{json::Value, next_year};
///
/// let plan = Value::parse(r#"{"title":"2018年评议(2018)","year":2018,"schedule":[],"total":"100"}"#.as_bytes()).unwrap();
/// let next = Value::parse(r#"{"title":"2019年评议(2019)","year":2019,"total":"100"}"#.as_bytes()).unwrap();
/// assert_eq!(next_year::of(&plan, Some(2018)), next);
/// ```
#[must_use]
pub fn of(plan: &Value, year: Option<u64>) -> Value {
    let Value::Object(members) = plan else { return plan.clone() };
    let mut next = Vec::with_capacity(members.len() + 1);
    for (name, value) in members {
        let value = match name.as_str() {
            "schedule" | "year" => continue,
            "title" => advanced(value, year),
            "periods" => in_periods(value, year),
            _ => value.clone(),
        };
        next.push((name.clone(), value));
        if name == "title" {
            next.extend(following(year));
        }
    }
    if plan.get("title").is_none() {
        next.extend(following(year));
    }
    Value::Object(next)
}

fn following(year: Option<u64>) -> Option<(String, Value)> {
    let year = i64::try_from(year?).ok()?;
    Some(("year".to_owned(), Value::Int(year.checked_add(1)?)))
}

fn in_periods(periods: &Value, year: Option<u64>) -> Value {
    let Value::List(periods) = periods else { return periods.clone() };
    let period = |period: &Value| match period {
        Value::Object(members) => {
            let member = |(name, value): &(String, Value)| {
                let value = if name == "name" { advanced(value, year) } else { value.clone() };
                (name.clone(), value)
            };
            Value::Object(members.iter().map(member).collect())
        }
        other => other.clone(),
    };
    Value::List(periods.iter().map(period).collect())
}

/// A text in which the year, where it stands by itself, is the next one.
fn advanced(text: &Value, year: Option<u64>) -> Value {
    let (Value::Text(text), Some(year)) = (text, year) else { return text.clone() };
    let (old, new) = (year.to_string(), (u128::from(year) + 1).to_string());
    let is_digit = |neighbour: Option<char>| neighbour.is_some_and(|c| c.is_ascii_digit());
    let mut told = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(&old) {
        let (before, behind) = (&rest[..at], &rest[at + old.len()..]);
        let before_it = before.chars().next_back().or_else(|| told.chars().next_back());
        let alone = !is_digit(before_it) && !is_digit(behind.chars().next());
        told.push_str(before);
        told.push_str(if alone { &new } else { &old });
        rest = behind;
    }
    told.push_str(rest);
    Value::Text(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_plan_without_a_year_stays_as_it_is_but_for_its_schedule() {
        let plan =
            value(r#"{"title":"2018年评议","periods":[{"id":"y","name":"2018年度"}],"schedule":[{"period":"y"}]}"#);
        assert_eq!(of(&plan, None), value(r#"{"title":"2018年评议","periods":[{"id":"y","name":"2018年度"}]}"#));
    }

    #[test]
    fn the_year_is_advanced_where_it_stands_by_itself() {
        let plan = value(
            r#"{"title":"宛办20142014号 2014年","year":2014,"periods":[{"id":"h1","name":"2014年上半年"},{"id":"h2","name":"下半年"}]}"#,
        );
        let next = value(
            r#"{"title":"宛办20142014号 2015年","year":2015,"periods":[{"id":"h1","name":"2015年上半年"},{"id":"h2","name":"下半年"}]}"#,
        );
        assert_eq!(of(&plan, Some(2014)), next);
        assert_eq!(of(&value(r#"{"year":1999}"#), Some(1999)), value(r#"{"year":2000}"#));
        // What is no plan is not made one.
        assert_eq!(of(&value(r#"[1]"#), Some(1)), value("[1]"));
        assert_eq!(of(&value(r#"{"title":7,"periods":[3]}"#), Some(7)), value(r#"{"title":7,"year":8,"periods":[3]}"#));
    }
}
