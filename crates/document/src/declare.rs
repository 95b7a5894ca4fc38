//! The macros that declare documents.

/// Declares an object of a document once: the struct, its reader, its writer and its OpenAPI schema.
///
/// A field is required, unless its type is an `Option` (absent or null; left out when written) or it is marked:
/// - `= default`: absent or null is the type's [blank](crate::Read::blank).
/// - `= omitted`: the same, and left out when it is blank.
/// - `= null`: an `Option` that is written as null.
/// - `= nullable`: an `Option` whose null is a word: it must be written.
/// - `= change`: an `Option` of an `Option`: absent changes nothing, null takes away, a value replaces.
/// - `= whole`, `= whole default`: a `u64` that may be larger than a [count](crate::MOST_COUNT): a sum of counts.
/// - `= (value)`: required; what stands in its place when it cannot be read.
///
/// `shape: open_ended` is for answers: members that are not known are passed over.
///
/// `as Type` after the field's type is what the OpenAPI schema says instead. `shape: function` behind the struct names
/// the function that says by the members that are there which [others](crate::Shape) belong to it.
///
/// ```
/// document::document! {
///     /// A tree in a park.
///     #[derive(Debug)]
///     pub struct Tree {
///         /// Its name.
///         pub name: String,
///         /// Its height, where it was measured.
///         pub height: Option<document::Figure>,
///     }
/// }
///
/// let value = document::Value::parse(br#"{"height":"12.5","colour":"green"}"#).unwrap();
/// let problems = Tree::read(&value).unwrap_err();
/// let told: Vec<(&str, &str)> = problems.iter().map(|p| (p.path.as_str(), p.code.as_str())).collect();
/// assert_eq!(told, [("/colour", "unknown_field"), ("/name", "missing_field")]);
/// // What could be read is there, for an editor to go on with.
/// assert_eq!(Tree::read_leniently(&value).0.unwrap().height, Some("12.5".into()));
/// ```
#[macro_export]
macro_rules! document {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $($fields:tt)* }
        $(shape: $shape:expr;)?
    ) => {
        $crate::document! { @fields [$(#[$meta])* $vis struct $name] [$($shape)?] [] $($fields)* }
    };

    // One field after the other is given what the writer, the schema and the reader do with it.
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: Option<$type:ty> $(as $schema:ty)? $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [Option<$type>] [$($schema)?] [serde(skip_serializing_if = "Option::is_none")] [fill_option Optional] [None] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty $(as $schema:ty)? = omitted $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [$($schema)?] [serde(default, skip_serializing_if = "document::is_blank")] [fill Optional] [<$type as $crate::Read>::blank()] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty $(as $schema:ty)? = default $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [$($schema)?] [serde(default)] [fill Optional] [<$type as $crate::Read>::blank()] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty = whole default $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [] [serde(default)] [fill_whole Optional] [0] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty = whole $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [] [] [fill_whole Required] [0] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty $(as $schema:ty)? = null $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [$($schema)?] [] [fill_option Optional] [None] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty as $schema:ty = change $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [$schema] [serde(skip_serializing_if = "Option::is_none")] [fill_change Change] [None] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty $(as $schema:ty)? = nullable $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [$($schema)?] [] [fill_option Nullable] [None] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty $(as $schema:ty)? = ($blank:expr) $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [$($schema)?] [] [fill Required] [$blank] }
        ] $($($rest)*)? }
    };
    (@fields $head:tt $shape:tt [$($done:tt)*]
        $(#[$meta:meta])* $vis:vis $field:ident: $type:ty $(as $schema:ty)? $(, $($rest:tt)*)?) => {
        $crate::document! { @fields $head $shape [$($done)*
            { [$(#[$meta])*] $vis $field [$type] [$($schema)?] [] [fill Required] [<$type as $crate::Read>::blank()] }
        ] $($($rest)*)? }
    };

    (@fields [$(#[$meta:meta])* $vis:vis struct $name:ident] [$($shape:expr)?] [$({
        [$(#[$field_meta:meta])*] $field_vis:vis $field:ident [$($type:tt)*] [$($schema:ty)?] [$($attribute:meta)?] [$fill:ident $presence:ident] [$blank:expr]
    })*]) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, $crate::macros::Serialize)]
        #[cfg_attr(feature = "openapi", derive(::utoipa::ToSchema))]
        $vis struct $name {$(
            $(#[$field_meta])*
            $(#[cfg_attr(feature = "openapi", schema(value_type = $schema))])?
            $(#[$attribute])?
            $field_vis $field: $($type)*,
        )*}

        #[allow(dead_code, reason = "not every document is read on its own")]
        impl $name {
            /// The names of its fields.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];

            /// Reads the document out of a JSON tree.
            ///
            /// # Errors
            /// All faults of shape: unknown, missing and mistyped fields, each with its pointer.
            pub fn read(value: &$crate::Value) -> Result<Self, Vec<$crate::Problem>> {
                $crate::read_strictly(&value.tree())
            }

            /// What could be read, with placeholders for the rest, and what could not.
            #[must_use]
            pub fn read_leniently(value: &$crate::Value) -> (Option<Self>, Vec<$crate::Problem>) {
                $crate::read_leniently(&value.tree())
            }
        }

        impl $name {
            fn read_shaped(
                value: &$crate::Tree<'_>,
                path: &$crate::Path<'_>,
                problems: &mut Vec<$crate::Problem>,
                shape: $crate::Shape,
            ) -> Option<Self> {
                const FIELDS: &[$crate::macros::Field] = &[$($crate::macros::Field {
                    name: stringify!($field),
                    presence: $crate::macros::Presence::$presence,
                }),*];
                const { assert!(FIELDS.len() <= $crate::macros::MOST_FIELDS) };
                let mut document = <$name as $crate::Read>::blank();
                $crate::macros::fill_fields(&mut document, FIELDS, value, path, problems, shape).then_some(document)
            }
        }

        impl $crate::macros::Fill for $name {
            #[allow(unused_variables, reason = "a document may have no fields")]
            fn fill(
                &mut self,
                field: usize,
                value: Option<&$crate::Tree<'_>>,
                path: &$crate::Path<'_>,
                problems: &mut Vec<$crate::Problem>,
            ) -> bool {
                #[allow(non_camel_case_types, reason = "they are the fields' names")]
                enum Place { $($field),* }
                $(if field == Place::$field as usize {
                    return $crate::macros::$fill(&mut self.$field, value, path, problems);
                })*
                false
            }
        }

        impl $crate::Read for $name {
            fn blank() -> Self {
                $name { $($field: $blank),* }
            }

            fn read(
                value: &$crate::Tree<'_>,
                path: &$crate::Path<'_>,
                problems: &mut Vec<$crate::Problem>,
            ) -> Option<Self> {
                let shape = $crate::document!(@shape value [$($shape)?]);
                $name::read_shaped(value, path, problems, shape)
            }
        }

        impl<'de> $crate::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::macros::deserialize(deserializer)
            }
        }
    };

    (@shape $value:ident []) => { $crate::Shape::default() };
    (@shape $value:ident [$shape:expr]) => { $shape($value) };
}

/// Declares an enum that stands as one of a few words.
///
/// The first word is its [blank](crate::Read::blank).
///
/// ```
/// document::words! {
///     /// A side.
///     pub enum Side {
///         /// The upper one.
///         Top = "top",
///         /// The lower one.
///         Bottom = "bottom",
///     }
/// }
/// assert_eq!(Side::ALL.map(Side::as_str), ["top", "bottom"]);
/// ```
#[macro_export]
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $($(#[$word_meta:meta])* $word:ident = $text:literal),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, $crate::macros::Serialize, $crate::macros::Deserialize)]
        $vis enum $name { $($(#[$word_meta])* #[serde(rename = $text)] $word),* }

        #[allow(dead_code, reason = "not every list of words is walked through")]
        impl $name {
            /// All of them, in order.
            pub const ALL: [$name; [$($text),*].len()] = [$($name::$word),*];

            /// The word as it stands in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$word => $text),* }
            }
        }

        impl $crate::Read for $name {
            fn blank() -> Self {
                $name::ALL[0]
            }

            fn read(
                value: &$crate::Tree<'_>,
                path: &$crate::Path<'_>,
                problems: &mut Vec<$crate::Problem>,
            ) -> Option<Self> {
                let place = $crate::macros::word(value, path, problems, &[$($text),*])?;
                Some($name::ALL[place])
            }
        }

        #[cfg(feature = "openapi")]
        impl ::utoipa::PartialSchema for $name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                $crate::schema::words(&[$($text),*])
            }
        }

        #[cfg(feature = "openapi")]
        impl ::utoipa::ToSchema for $name {}
    };
}

/// Declares an enum of documents that a member `kind` tells apart.
#[macro_export]
macro_rules! kinds {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$kind_meta:meta])* $kind:ident($document:ident) = $text:literal),* $(,)?
        }
        blank: $blank:expr;
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, $crate::macros::Serialize)]
        #[serde(tag = "kind")]
        $vis enum $name { $($(#[$kind_meta])* #[serde(rename = $text)] $kind($document)),* }

        impl $crate::Read for $name {
            fn blank() -> Self {
                $blank
            }

            fn read(
                value: &$crate::Tree<'_>,
                path: &$crate::Path<'_>,
                problems: &mut Vec<$crate::Problem>,
            ) -> Option<Self> {
                match $crate::macros::kind(value, path, problems, &[$($text),*])? {
                    $($text => {
                        let shape = $crate::Shape { tag: Some("kind"), ..$crate::Shape::default() };
                        $document::read_shaped(value, path, problems, shape).map($name::$kind)
                    },)*
                    _ => None,
                }
            }
        }

        #[cfg(feature = "openapi")]
        impl ::utoipa::PartialSchema for $name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                $crate::schema::kinds(vec![$(($text, <$document as ::utoipa::PartialSchema>::schema())),*])
            }
        }

        #[cfg(feature = "openapi")]
        impl ::utoipa::ToSchema for $name {
            fn schemas(schemas: &mut Vec<(String, ::utoipa::openapi::RefOr<::utoipa::openapi::Schema>)>) {
                $(<$document as ::utoipa::ToSchema>::schemas(schemas);)*
            }
        }
    };
}
