//! The canonical form (RFC 8785, null members dropped) against a second writer.

use crate::dice::Dice;
use scoring::json::Value as Document;
use serde_json::{Map, Value, json};

fn some_json(dice: &mut Dice, depth: usize) -> Value {
    let names = ["a", "b", "aa", "中", "\u{e000}", "\u{1f600}", "", "\"", "\\", "\u{1}", "é", "Z", "a/b"];
    match dice.below(if depth == 0 { 5 } else { 7 }) {
        0 => Value::Null,
        1 => json!(dice.once_in(2)),
        2 => json!(dice.next() as i64 >> dice.below(64)),
        3 | 4 => json!(dice.pick(&["", "x", "\u{8}\u{c}\n\r\t", "\u{7f}", "\u{2028}", "中文", "\u{1f600}", "\"\\/"])),
        5 => (0..dice.below(4)).map(|_| some_json(dice, depth - 1)).collect(),
        _ => {
            let members: Map<String, Value> =
                (0..dice.below(5)).map(|_| (dice.pick(&names).to_string(), some_json(dice, depth - 1))).collect();
            Value::Object(members)
        }
    }
}

/// Members by their names' UTF-16 units, no space, shortest escapes.
fn written(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().filter(|(_, v)| !v.is_null()).collect();
            members.sort_by_key(|(name, _)| name.encode_utf16().collect::<Vec<u16>>());
            out.push('{');
            for (at, (name, member)) in members.into_iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                escaped(name, out);
                out.push(':');
                written(member, out);
            }
            out.push('}');
        }
        Value::Array(elements) => {
            out.push('[');
            for (at, element) in elements.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                written(element, out);
            }
            out.push(']');
        }
        Value::String(text) => escaped(text, out),
        other => out.push_str(&other.to_string()),
    }
}

fn escaped(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The same value with its members in another order and some white space.
fn disordered(dice: &mut Dice, value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<String> =
                members.iter().map(|(name, v)| format!("{} : {}", json!(name), disordered(dice, v))).collect();
            dice.shuffle(&mut members);
            format!("{{ {}\n}}", members.join(" ,"))
        }
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(|v| disordered(dice, v)).collect();
            format!("[{}\t]", elements.join(",\n"))
        }
        other => other.to_string(),
    }
}

#[test]
fn canonical_form_is_that_of_a_second_writer_and_stays_itself() {
    let mut dice = Dice::new(11);
    for _ in 0..3_000 {
        let value = some_json(&mut dice, 4);
        let mut expected = String::new();
        written(&value, &mut expected);
        let read = Document::parse(disordered(&mut dice, &value).as_bytes()).unwrap();
        assert_eq!(read.canonical(), expected);
        let again = Document::parse(expected.as_bytes()).unwrap();
        assert_eq!(again.canonical(), expected);
        assert_eq!(scoring::plan_sha256(&read), scoring::plan_sha256(&again));
    }
}

#[test]
fn a_repeated_key_and_the_33rd_level_are_refused() {
    assert!(Document::parse(br#"{"a":1,"a":1}"#).is_err());
    assert!(Document::parse(br#"{"a":1,"\u0061":2}"#).is_err());
    assert!(Document::parse(br#"[{"b":{"a":1,"c":0,"a":null}}]"#).is_err());
    for (depth, fine) in [(1, true), (32, true), (33, false), (5_000, false), (1_000_000, false)] {
        let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(Document::parse(lists.as_bytes()).is_ok(), fine, "{depth} lists");
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        assert_eq!(Document::parse(objects.as_bytes()).is_ok(), fine, "{depth} objects");
    }
    for bad in ["", "{", "{}}", "[1,]", "{\"a\":1,}", "01", "nul", "\"\\ud800\"", "\"\u{1}\"", "1 2", "NaN"] {
        assert!(Document::parse(bad.as_bytes()).is_err(), "{bad}");
    }
    assert!(Document::parse(b"\"\xff\"").is_err());
}
