//! What an event of the audit trail was about, in the plan's names: 动态考评 · 市财政局 · 8.5.

use frame::words::{fill, joined, t};
use office_frame::{
    names::{component_name, name_of},
    pointer,
};
use scoring::json::Value;
use text::{Text, office as words, records};

/// The list of the plan that names the ids of a member; none for a member that names none.
fn list_of(member: &str) -> Option<&'static str> {
    Some(match member {
        "rule" => "/adjustments",
        "group" => "/groups",
        "category" => "/categories",
        "unit" => "/units",
        "outcome" => "/outcomes",
        "period" => "/periods",
        _ => return None,
    })
}

/// The members that are said, in the order in which they are.
const SAID: [&str; 11] =
    ["component", "rule", "group", "category", "unit", "outcome", "period", "value", "points", "totals", "count"];

/// What an event was about; empty where it says nothing that has a name.
pub fn sentence(plan: &Value, detail: &Value) -> String {
    // Of a record, what it says now; of one that is struck out, what it said.
    let record = detail.get("record").or_else(|| detail.get("was")).unwrap_or(detail);
    let mut said = parts(plan, record);
    if said.is_empty() {
        said.extend(whole_list(detail).map(|name| t(name)().to_owned()));
    }
    let amount = |record: &Value| ["value", "points"].iter().find_map(|key| plain(record.get(key)?));
    let before = detail.get("record").and_then(|_| detail.get("was")).and_then(amount);
    if let Some(before) = before.filter(|before| Some(before) != amount(record).as_ref()) {
        said.push(fill(words::AUDIT_BEFORE, &[&before]));
    }
    if let Some(reason) = detail.get("reason").and_then(Value::as_str) {
        said.push(fill(words::AUDIT_REASON, &[&reason]));
    }
    joined(said, " · ")
}

/// The name of a record that is of no unit: all earlier years, or a draw across categories.
fn whole_list(detail: &Value) -> Option<Text> {
    match detail.get("kind")?.as_str()? {
        "history" => Some(records::HISTORY),
        "lots" => Some(records::LOTS),
        _ => None,
    }
}

fn parts(plan: &Value, record: &Value) -> Vec<String> {
    let one_period = pointer::list(plan, "/periods").len() == 1;
    let part = |key: &&str| {
        let value = record.get(key)?;
        match (*key, list_of(key)) {
            ("period", _) if one_period => None,
            ("component", _) => Some(component_name(plan, value.as_str()?)),
            (_, Some(list)) => Some(name_of(plan, list, value.as_str()?)),
            ("count", None) => Some(fill(words::AUDIT_COUNT, &[&plain(value)?])),
            (_, None) => plain(value),
        }
    };
    SAID.iter().filter_map(part).collect()
}

/// A text, a whole number, or a list of them.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Int(figure) => Some(figure.to_string()),
        Value::List(items) => Some(joined(items.iter().filter_map(plain), " ")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn an_event_names_what_it_was_about() {
        let plan = value(
            r#"{"periods":[{"id":"y","name":"2014年度"}],"units":[{"id":"cz","name":"市财政局"}],
                "groups":[{"id":"g1","name":"班子成员"}],"adjustments":[{"id":"h","name":"表彰加分"}],
                "components":[{"id":"d","name":"动态考评","children":[{"id":"m","name":"窗口月评"}]}]}"#,
        );
        for (detail, says) in [
            (
                r#"{"kind":"entries","id":"x","record":{"component":"m","unit":"cz","period":"y","value":"8.5"}}"#,
                "窗口月评 · 市财政局 · 8.5",
            ),
            (
                r#"{"record":{"component":"d","unit":"cz","period":"y","value":"8.5"},"was":{"component":"d","unit":"cz","period":"y","value":"7"}}"#,
                "动态考评 · 市财政局 · 8.5 · 原为 7",
            ),
            (
                r#"{"id":"x","reason":"录错单位","was":{"rule":"h","unit":"cz","period":"y","points":"2"}}"#,
                "表彰加分 · 市财政局 · 2 · 理由：录错单位",
            ),
            (r#"{"period":"y","group":"g1","batch":"b","count":"12","sha256":"00"}"#, "班子成员 · 12 个"),
            // A unit that the plan does not have any more is still told apart.
            (r#"{"record":{"component":"m","unit":"gone","period":"y","value":"1"}}"#, "窗口月评 · gone · 1"),
            (r#"{"kind":"history","id":"x","record":{"history":[]}}"#, "历年结果"),
            (r#"{"revision":"2"}"#, ""),
        ] {
            assert_eq!(sentence(&plan, &value(detail)), says, "{detail}");
        }
    }
}
