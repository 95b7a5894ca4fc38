//! OpenAPI schemas of what is not declared by the macros, and of documents told apart by `kind`.

use std::borrow::Cow;

use utoipa::openapi::schema::{Object, ObjectBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::{Decimal, Figure};

/// An id: `[a-z0-9_]{1,32}`. It describes what is plain text in the documents' structs.
pub enum Id {}

fn text(pattern: &str, example: &str) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).pattern(Some(pattern));
    text.examples([example]).into()
}

macro_rules! text_schemas {
    ($($type:ty: $name:literal $pattern:literal $example:literal;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                text($pattern, $example)
            }
        }

        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )*};
}

text_schemas! {
    Id: "Id" r"^[a-z0-9_]{1,32}$" "forestry";
    Figure: "Figure" r"^-?[0-9]{1,12}(\.[0-9]{1,12})?$" "12.5";
    Decimal: "Decimal" r"^-?[0-9]{1,22}(\.[0-9]{1,12})?$" "12.5";
}

/// One of a few words.
#[must_use]
pub fn words(words: &[&str]) -> RefOr<Schema> {
    let words = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some(words.to_vec()));
    words.into()
}

/// One of several objects, told apart by their member `kind`.
#[must_use]
pub fn kinds(kinds: Vec<(&str, RefOr<Schema>)>) -> RefOr<Schema> {
    let with_kind = |(kind, schema): (&str, RefOr<Schema>)| -> RefOr<Schema> {
        let RefOr::T(Schema::Object(mut object)) = schema else { return schema };
        let word: Object =
            ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some([kind])).into();
        object.properties.insert("kind".to_owned(), RefOr::T(Schema::Object(word)));
        object.required.push("kind".to_owned());
        RefOr::T(Schema::Object(object))
    };
    kinds.into_iter().map(with_kind).fold(OneOfBuilder::new(), OneOfBuilder::item).into()
}

/// A reference to a schema of the document.
#[must_use]
pub fn reference<T: ToSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}

/// An object less some of its members, plus texts of these names, and a list of texts where one is called `files`.
#[must_use]
pub fn given(schema: RefOr<Schema>, less: &[&str], more: &[&str]) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = schema else { return schema };
    for name in less {
        object.properties.remove(*name);
    }
    object.required.retain(|name| !less.contains(&name.as_str()));
    for name in more {
        let schema = if *name == "files" { <Vec<String>>::schema() } else { <Option<String>>::schema() };
        object.properties.insert((*name).to_owned(), schema);
    }
    RefOr::T(Schema::Object(object))
}
