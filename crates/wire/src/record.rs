//! Records on their way to the server: a record less what the address says already, plus `evidence`.
//!
//! Owns how a record is told by an address and a body, for all kinds alike. What a record holds is declared in
//! `scoring`.

use document::{Members, Problem, ProblemCode, Read, Tree, Value, document, open_ended, pointer, read_strictly};
use scoring::{Record, RecordKind};
use serde::{Serialize, Serializer};

/// Most characters of an `evidence` or a `reason`.
pub const MOST_WORDS: usize = 2000;

/// What stands in an address for a draw across categories.
pub const ACROSS: &str = "-";

/// The members of a record that its address gives.
#[must_use]
pub const fn addressed(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Entry | RecordKind::Link => &["period", "component", "unit"],
        RecordKind::Lot => &["category"],
        _ => &[],
    }
}

/// Something that is given with words on where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given<T> {
    /// What is given.
    pub what: T,
    /// Where it comes from.
    pub evidence: Option<String>,
}

/// `POST` or `PUT` of a record.
pub type RecordRequest = Given<Record>;

impl<T: Read> Given<T> {
    /// Reads it out of an address's members and a body.
    ///
    /// # Errors
    /// All faults of shape, with pointers into the body. A body that repeats what the address gives has an unknown field.
    pub fn read(address: &[(&str, Option<&str>)], body: &Value) -> Result<Given<T>, Vec<Problem>> {
        given(address, body, |tree| read_strictly(tree))
    }
}

impl RecordRequest {
    /// Reads a record of a kind out of the ids in its address and a body.
    ///
    /// # Errors
    /// As [`Given::read`].
    pub fn read_record(kind: RecordKind, ids: &[String], body: &Value) -> Result<RecordRequest, Vec<Problem>> {
        let ids = ids.iter().map(|id| (id != ACROSS).then_some(id.as_str()));
        let address: Vec<_> = addressed(kind).iter().copied().zip(ids).collect();
        given(&address, body, |tree| Record::read_tree(kind, tree))
    }

    /// Its address below the plan's: the list, and the ids that say where it belongs.
    #[must_use]
    pub fn address(&self) -> String {
        let record = Value::of(&self.what);
        let ids =
            addressed(self.what.kind()).iter().map(|name| record.get(name).and_then(Value::as_str).unwrap_or(ACROSS));
        std::iter::once(self.what.kind().as_str()).chain(ids).collect::<Vec<_>>().join("/")
    }
}

/// The body of the request.
impl Serialize for RecordRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(mut members) = Value::of(&self.what) else { return serializer.serialize_unit() };
        members.retain(|(name, _)| !addressed(self.what.kind()).contains(&name.as_str()));
        members.extend(self.evidence.as_ref().map(|evidence| ("evidence".to_owned(), Value::Text(evidence.clone()))));
        Value::Object(members).serialize(serializer)
    }
}

fn given<T>(
    address: &[(&str, Option<&str>)],
    body: &Value,
    read: impl FnOnce(&Tree<'_>) -> Result<T, Vec<Problem>>,
) -> Result<Given<T>, Vec<Problem>> {
    let Tree::Object(members) = body.tree() else {
        return Err(vec![Problem::new("", ProblemCode::WrongType)]);
    };
    let mut problems = Vec::new();
    for (name, _) in address.iter().filter(|(name, _)| body.get(name).is_some()) {
        problems.push(Problem::new(pointer("", name), ProblemCode::UnknownField));
    }
    let evidence = match body.get("evidence") {
        None | Some(Value::Null) => None,
        Some(Value::Text(evidence)) => Some(evidence.clone()),
        Some(_) => {
            problems.push(Problem::new("/evidence", ProblemCode::WrongType));
            None
        }
    };
    let is_own = |name: &str| name != "evidence" && !address.iter().any(|(addressed, _)| name == *addressed);
    let addressed = address.iter().map(|(name, id)| (*name, id.map_or(Tree::Null, Tree::Text)));
    let members: Vec<_> = members.iter().filter(|(name, _)| is_own(name)).chain(addressed).collect();
    match read(&Tree::Object(Members::Chosen(&members))) {
        Ok(what) if problems.is_empty() => Ok(Given { what, evidence }),
        Ok(_) => Err(problems),
        Err(more) => Err([problems, more].concat()),
    }
}

document! {
    /// Body of every `DELETE` of a record, and of its rejection: it stays, struck out.
    #[derive(Eq, Debug)]
    pub struct StrikeRequest {
        /// Why.
        pub reason: String,
    }
}

document! {
    /// Answer to a `POST`, `PUT` or `DELETE` of a record, and to a second person's word on it.
    #[derive(Eq, Debug)]
    pub struct RecordKept {
        /// The record's id: the last part of its address under its kind for `DELETE`.
        pub id: String,
        /// It waits for a second person, and counts nowhere until then.
        pub pending: bool = omitted,
    }
    shape: open_ended;
}

impl RecordKept {
    /// One that waits for nobody.
    #[must_use]
    pub fn of(id: impl ToString) -> RecordKept {
        RecordKept { id: id.to_string(), pending: false }
    }
}

/// Schemas of the bodies: the record's, less what the address gives, plus `evidence`.
#[cfg(feature = "openapi")]
pub mod body {
    use document::schema::given;
    use scoring::records_document as records;
    use scoring::{PaperTally, RecordKind};
    use utoipa::openapi::{RefOr, Schema};
    use utoipa::{PartialSchema, ToSchema};

    type Schemas = Vec<(String, RefOr<Schema>)>;

    macro_rules! bodies {
        ($($(#[$meta:meta])* $name:ident: $what:ty, less $addressed:expr;)*) => {$(
            $(#[$meta])*
            pub enum $name {}

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    given(<$what>::schema(), $addressed)
                }
            }

            impl ToSchema for $name {
                fn schemas(schemas: &mut Schemas) {
                    <$what>::schemas(schemas);
                }
            }
        )*};
    }

    bodies! {
        /// `PUT .../entries/{period}/{component}/{unit}`.
        EntryRequest: records::EntryRecord, less super::addressed(RecordKind::Entry);
        /// `PUT .../links/{period}/{component}/{unit}`.
        LinkRequest: records::LinkRecord, less super::addressed(RecordKind::Link);
        /// `POST .../incidents`.
        IncidentRequest: records::IncidentRecord, less super::addressed(RecordKind::Incident);
        /// `POST .../adjustments`.
        AdjustmentRequest: records::AdjustmentRecord, less super::addressed(RecordKind::Adjustment);
        /// `PUT .../lots/{category}`, `-` for a lot across categories.
        LotRequest: records::LotRecord, less super::addressed(RecordKind::Lot);
        /// `POST .../decisions`.
        DecisionRequest: records::DecisionRecord, less super::addressed(RecordKind::Decision);
        /// `POST .../verdicts`.
        VerdictRequest: records::VerdictRecord, less super::addressed(RecordKind::Verdict);
        /// `PUT .../history`: the whole history of earlier years.
        HistoryRequest: scoring::History, less super::addressed(RecordKind::History);
        /// `POST .../paper-tallies`: one batch of paper ballots as one person counted it.
        PaperTallyRequest: PaperTally, less &[];
    }
}
