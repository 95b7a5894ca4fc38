//! A request's JSON tree as a typed value, with a pointer to what does not fit.
//!
//! Owns the walk from `scoring::json::Value` to the types of `wire`: serde does the reading, this
//! module remembers where it stands. Refuses to own any rule beyond shape.

use std::fmt;

use scoring::json::{Value, pointer};
use scoring::{Problem, ProblemCode};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// Reads a value, or says where and how its shape is wrong.
///
/// # Errors
/// The first fault of shape on the way.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Problem> {
    T::deserialize(At { value, place: Place::Root }).map_err(|fault| {
        let path = fault.path.unwrap_or_default();
        Problem::new(path, fault.code)
    })
}

/// Where the walk stands; a pointer is only written out for a fault.
#[derive(Clone, Copy)]
enum Place<'p> {
    Root,
    Key(&'p Place<'p>, &'p str),
    Index(&'p Place<'p>, usize),
}

impl Place<'_> {
    fn pointer(&self) -> String {
        match self {
            Place::Root => String::new(),
            Place::Key(above, key) => pointer(&above.pointer(), key),
            Place::Index(above, index) => pointer(&above.pointer(), index),
        }
    }
}

/// What serde found wrong; the innermost place it passed on its way out is its path.
#[derive(Debug)]
struct Fault {
    code: ProblemCode,
    member: Option<String>,
    path: Option<String>,
}

impl Fault {
    fn at(mut self, place: &Place<'_>) -> Fault {
        if self.path.is_none() {
            let here = place.pointer();
            self.path = Some(match self.member.take() {
                Some(member) => pointer(&here, member),
                None => here,
            });
        }
        self
    }

    fn new(code: ProblemCode) -> Fault {
        Fault { code, member: None, path: None }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Fault {
        Fault::new(ProblemCode::WrongType)
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn de::Expected) -> Fault {
        Fault::new(ProblemCode::OutOfRange)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Fault {
        Fault { code: ProblemCode::UnknownField, member: Some(field.to_owned()), path: None }
    }

    fn missing_field(field: &'static str) -> Fault {
        Fault { code: ProblemCode::MissingField, member: Some(field.to_owned()), path: None }
    }
}

struct At<'v, 'p> {
    value: &'v Value,
    place: Place<'p>,
}

impl<'de> de::Deserializer<'de> for At<'de, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let place = self.place;
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Int(n) => visitor.visit_i64(*n),
            Value::Float(x) => visitor.visit_f64(*x),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visitor.visit_seq(Items { items: items.iter().enumerate(), place: &place }),
            Value::Object(members) => {
                visitor.visit_map(Members { members: members.iter(), value: None, place: &place })
            }
        }
        .map_err(|fault| fault.at(&place))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    /// Objects only: serde would read a list as a struct, too.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Value::Object(_) => self.deserialize_any(visitor),
            _ => Err(Fault::new(ProblemCode::WrongType).at(&self.place)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let place = self.place;
        match self.value {
            Value::Text(word) => visitor.visit_enum(word.as_str().into_deserializer()),
            _ => Err(Fault::new(ProblemCode::WrongType)),
        }
        .map_err(|fault| fault.at(&place))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'v, 'p> {
    items: std::iter::Enumerate<std::slice::Iter<'v, Value>>,
    place: &'p Place<'p>,
}

impl<'de> de::SeqAccess<'de> for Items<'de, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((index, value)) = self.items.next() else { return Ok(None) };
        seed.deserialize(At { value, place: Place::Index(self.place, index) }).map(Some)
    }
}

struct Members<'v, 'p> {
    members: std::slice::Iter<'v, (String, Value)>,
    value: Option<(&'v str, &'v Value)>,
    place: &'p Place<'p>,
}

impl<'de> de::MapAccess<'de> for Members<'de, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.members.next() else { return Ok(None) };
        self.value = Some((key, value));
        seed.deserialize(key.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let Some((key, value)) = self.value.take() else {
            return Err(Fault::new(ProblemCode::WrongType));
        };
        seed.deserialize(At { value, place: Place::Key(self.place, key) })
    }
}

#[cfg(test)]
mod tests {
    use wire::ballot::BallotRequest;
    use wire::code::CodesRequest;
    use wire::paper_tally::PaperTallyRequest;
    use wire::staff::StaffRequest;

    use super::*;

    fn fault<T: DeserializeOwned>(json: &str) -> (String, &'static str) {
        match read::<T>(&Value::parse(json.as_bytes()).unwrap()) {
            Ok(_) => panic!("{json} was read"),
            Err(problem) => (problem.path, problem.code.as_str()),
        }
    }

    #[test]
    fn a_wrong_type_is_told_with_its_pointer() {
        let at = |path: &str| (path.to_owned(), "wrong_type");
        assert_eq!(fault::<CodesRequest>("[]"), at(""));
        assert_eq!(fault::<CodesRequest>(r#"{"period":"year","group":1,"hashes":[]}"#), at("/group"));
        assert_eq!(fault::<CodesRequest>(r#"{"period":"year","group":"g","hashes":["a",null]}"#), at("/hashes/1"));
        assert_eq!(fault::<StaffRequest>(r#"{"name":"a","password":"b","roles":["king"]}"#), at("/roles/0"));
        let floats = r#"{"period":"p","group":"g","component":"c","collected":1.5,"void":0,"counts":[]}"#;
        assert_eq!(fault::<PaperTallyRequest>(floats), at("/collected"));
        let deep = r#"{"period":"p","group":"g","component":"c","collected":1,"void":0,"counts":[{"unit":"a","counts":{"a/b":"1"},"blank":0}]}"#;
        assert_eq!(fault::<PaperTallyRequest>(deep), at("/counts/0/counts/a~1b"));
    }

    #[test]
    fn unknown_and_missing_fields_are_named() {
        assert_eq!(
            fault::<BallotRequest>(
                r#"{"plan":"p","code":"c","ballot_id":"i","marks":[{"component":"a","unit":"b","option":"c","x":1}]}"#
            ),
            ("/marks/0/x".to_owned(), "unknown_field")
        );
        assert_eq!(fault::<BallotRequest>(r#"{"plan":"p"}"#), ("/ballot_id".to_owned(), "missing_field"));
    }

    #[test]
    fn a_count_below_zero_is_out_of_range() {
        let json = r#"{"period":"p","group":"g","component":"c","collected":-1,"void":0,"counts":[]}"#;
        assert_eq!(fault::<PaperTallyRequest>(json), ("/collected".to_owned(), "out_of_range"));
    }
}
