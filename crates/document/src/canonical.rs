//! The canonical form that hashes are taken of: RFC 8785, with null members left out.
//!
//! `serde_json_canonicalizer` is not used: it keeps null members, so a tree without them would have to be built first,
//! and it brings `ryu-js` and `serde_json`'s `float_roundtrip` into every browser bundle for the sake of
//! numbers that no valid document holds. What is left to do here is sorting keys and escaping strings.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::json::Value;

impl<S: AsRef<str>> Value<S> {
    /// The RFC 8785 form with null members left out.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        write_canonical(self, &mut out);
        out
    }

    /// SHA-256 of the canonical form, in lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> String {
        let digest = Sha256::digest(self.canonical().as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn write_canonical<S: AsRef<str>>(value: &Value<S>, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Int(n) => push(out, format_args!("{n}")),
        Value::Float(x) => write_number(*x, out),
        Value::Text(text) => write_string(text.as_ref(), out),
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<&(S, Value<S>)> = members.iter().filter(|(_, v)| !v.is_null()).collect();
            members.sort_unstable_by(|a, b| a.0.as_ref().encode_utf16().cmp(b.0.as_ref().encode_utf16()));
            out.push('{');
            for (i, (key, value)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_string(key.as_ref(), out);
                out.push(':');
                write_canonical(value, out);
            }
            out.push('}');
        }
    }
}

/// ECMAScript's number form. Shortest digits are Rust's too; only the layout differs.
fn write_number(x: f64, out: &mut String) {
    if x == 0.0 {
        out.push('0');
        return;
    }
    // The shortest digits, from the printer that the writer of JSON brings anyway: those of `core` are kilobytes more.
    let written = serde_json::to_string(&x).unwrap_or_default();
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |m| ("-", m));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{part}");
    let significant = all.trim_start_matches('0');
    let digits = significant.trim_end_matches('0');
    let length = |digits: &str| i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let count = length(digits);
    let point = length(whole) - (length(&all) - length(significant)) + exponent.parse::<i32>().unwrap_or(0);
    let exponent = point - 1;
    out.push_str(sign);
    if (1..=21).contains(&point) && count <= point {
        out.push_str(digits);
        out.extend(std::iter::repeat_n('0', usize::try_from(point - count).unwrap_or(0)));
    } else if (1..=21).contains(&point) {
        let (whole, part) = digits.split_at(usize::try_from(point).unwrap_or(0));
        out.push_str(whole);
        out.push('.');
        out.push_str(part);
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', usize::try_from(-point).unwrap_or(0)));
        out.push_str(digits);
    } else {
        let (first, rest) = digits.split_at(1);
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push('e');
        out.push(if exponent < 0 { '-' } else { '+' });
        out.push_str(&exponent.abs().to_string());
    }
}

fn write_string(text: &str, out: &mut String) {
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
            c if c < ' ' => push(out, format_args!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Value, crate::MalformedJson> {
        Value::parse(text.as_bytes())
    }

    #[test]
    fn canonical_form_sorts_by_utf16_and_drops_null_members() {
        // RFC 8785, section 3.2.3: U+FB33 sorts behind the surrogate pair of U+1F600.
        let value = parse("{\"\u{fb33}\":1,\"\u{1f600}\":2,\"a\":null,\"\\r\":[null,1.50,-0.0]}").unwrap();
        assert_eq!(value.canonical(), "{\"\\r\":[null,1.5,0],\"\u{1f600}\":2,\"\u{fb33}\":1}");
    }

    #[test]
    fn canonical_numbers_follow_ecmascript() {
        for (written, canonical) in [
            ("1e21", "1e+21"),
            ("1e20", "100000000000000000000"),
            ("0.000001", "0.000001"),
            ("1e-7", "1e-7"),
            ("333333333.25", "333333333.25"),
            ("4.50", "4.5"),
            ("-0.00012", "-0.00012"),
        ] {
            assert_eq!(parse(written).unwrap().canonical(), canonical);
        }
    }

    #[test]
    fn numbers_of_any_size_have_their_shortest_digits() {
        // RFC 8785, appendix B.
        for (number, canonical) in [
            (f64::from_bits(1), "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (295_147_905_179_352_830_000.0, "295147905179352830000"),
            (9.999_999_999_999_997e22, "9.999999999999997e+22"),
            (1e23, "1e+23"),
            (333_333_333.333_333_2, "333333333.3333332"),
            (-333_333_333.333_333_3, "-333333333.3333333"),
            (0.000_01, "0.00001"),
        ] {
            assert_eq!(Value::<String>::Float(number).canonical(), canonical);
        }
    }

    #[test]
    fn the_hash_is_that_of_the_canonical_text() {
        // printf '{"a":"1"}' | sha256sum
        let value = parse("{ \"b\": null, \"a\": \"1\" }").unwrap();
        assert_eq!(value.canonical(), "{\"a\":\"1\"}");
        assert_eq!(value.sha256(), "9afeb0f2b203f254312ec8ded441d0318b7c34c57f8695ede42d2215a30c0960");
    }
}
