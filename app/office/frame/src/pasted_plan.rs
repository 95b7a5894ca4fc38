//! A plan document that somebody pasted.

use frame::words::Phrase;
use scoring::json::{MalformedJson, Value};
use text::office as words;

/// Reads a pasted plan document.
pub fn read(text: &str) -> Result<Value, Phrase> {
    match Value::parse(text.as_bytes()) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(words::JSON_NO_OBJECT.into()),
        Err(why) => {
            let (text, line, column) = match why {
                MalformedJson::Syntax { line, column } => (words::JSON_MALFORMED, line, column),
                MalformedJson::RepeatedKey { line, column } => (words::JSON_REPEATED, line, column),
                MalformedJson::TooDeep { line, column } => (words::JSON_DEEP, line, column),
            };
            Err(Phrase::new(text, [line.to_string(), column.to_string()]))
        }
    }
}
