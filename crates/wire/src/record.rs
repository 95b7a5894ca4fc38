//! Records on their way to the server: a record less what the address says already, plus `evidence`.
//!
//! Owns how a record is told by an address and a body, for all kinds alike. What a record holds is declared in
//! `scoring`.

use document::{Members, Problem, ProblemCode, Read, Tree, Value, document, open_ended, pointer, read_strictly};
use scoring::{Record, RecordKind};
use serde::{Serialize, Serializer};

/// Most characters of an `evidence` or a `reason`.
pub const MOST_WORDS: usize = 2000;

/// Most characters of a `clause`: its number and how it begins.
pub const LONGEST_CLAUSE: usize = 200;

/// The first day that an incident or an adjustment may be of: what was before is of no appraisal that is held here.
pub const FIRST_DAY: &str = "2000-01-01";

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

/// What stands beside a record: where it comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Beside {
    /// In words.
    pub evidence: Option<String>,
    /// The files that show it, by SHA-256.
    pub files: Vec<String>,
    /// The clause by which it counts.
    pub clause: Option<String>,
    /// Of an incident or an adjustment: the day on which it was.
    pub date: Option<String>,
}

impl Beside {
    /// Evidence in words alone.
    #[must_use]
    pub fn evidence(evidence: Option<&str>) -> Beside {
        Beside { evidence: evidence.map(str::to_owned), ..Beside::default() }
    }
}

/// The members of a body that stand beside a record of a kind.
#[must_use]
pub const fn beside(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Incident | RecordKind::Adjustment => &["evidence", "files", "clause", "date"],
        _ => BESIDE,
    }
}

/// The members that stand beside anything that is given.
pub const BESIDE: &[&str] = &["evidence", "files", "clause"];

/// Something that is given with words on where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given<T> {
    /// What is given.
    pub what: T,
    /// Where it comes from.
    pub beside: Beside,
}

/// `POST` or `PUT` of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordRequest {
    /// The record.
    pub what: Record,
    /// Where it comes from.
    pub beside: Beside,
}

impl<T: Read> Given<T> {
    /// Reads it out of an address's members and a body.
    ///
    /// # Errors
    /// All faults of shape, with pointers into the body. A body that repeats what the address gives has an unknown field.
    pub fn read(address: &[(&str, Option<&str>)], body: &Value) -> Result<Given<T>, Vec<Problem>> {
        let (what, beside) = given(address, body, BESIDE, |tree| read_strictly(tree))?;
        Ok(Given { what, beside })
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
        let (what, beside) = given(&address, body, beside(kind), |tree| Record::read_tree(kind, tree))?;
        Ok(RecordRequest { what, beside })
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
        let Beside { evidence, files, clause, date } = &self.beside;
        for (name, words) in [("evidence", evidence), ("clause", clause), ("date", date)] {
            members.extend(words.as_ref().map(|words| (name.to_owned(), Value::Text(words.clone()))));
        }
        if !files.is_empty() {
            members.push(("files".to_owned(), Value::List(files.iter().cloned().map(Value::Text).collect())));
        }
        Value::Object(members).serialize(serializer)
    }
}

/// What a body says beside what is given, in the members of these names.
fn read_beside(body: &Value, names: &[&str], problems: &mut Vec<Problem>) -> Beside {
    let mut beside = Beside::default();
    for name in names {
        let wrong = |path: String| Problem::new(path, ProblemCode::WrongType);
        let path = pointer("", name);
        match (*name, body.get(name)) {
            (_, None | Some(Value::Null)) => {}
            ("files", Some(Value::List(files))) => {
                for (place, file) in files.iter().enumerate() {
                    match file {
                        Value::Text(file) => beside.files.push(file.clone()),
                        _ => problems.push(wrong(pointer(&path, place))),
                    }
                }
            }
            ("evidence", Some(Value::Text(words))) => beside.evidence = Some(words.clone()),
            ("clause", Some(Value::Text(words))) => beside.clause = Some(words.clone()),
            ("date", Some(Value::Text(words))) => beside.date = Some(words.clone()),
            _ => problems.push(wrong(path)),
        }
    }
    beside
}

fn given<T>(
    address: &[(&str, Option<&str>)],
    body: &Value,
    names: &[&str],
    read: impl FnOnce(&Tree<'_>) -> Result<T, Vec<Problem>>,
) -> Result<(T, Beside), Vec<Problem>> {
    let Tree::Object(members) = body.tree() else {
        return Err(vec![Problem::new("", ProblemCode::WrongType)]);
    };
    let mut problems = Vec::new();
    for (name, _) in address.iter().filter(|(name, _)| body.get(name).is_some()) {
        problems.push(Problem::new(pointer("", name), ProblemCode::UnknownField));
    }
    let beside = read_beside(body, names, &mut problems);
    let is_own = |name: &str| !names.contains(&name) && !address.iter().any(|(addressed, _)| name == *addressed);
    let addressed = address.iter().map(|(name, id)| (*name, id.map_or(Tree::Null, Tree::Text)));
    let members: Vec<_> = members.iter().filter(|(name, _)| is_own(name)).chain(addressed).collect();
    match read(&Tree::Object(Members::Chosen(&members))) {
        Ok(what) if problems.is_empty() => Ok((what, beside)),
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

/// Schemas of the bodies: the record's, less what the address gives, plus what stands beside it.
#[cfg(feature = "openapi")]
pub mod body {
    use document::schema::given;
    use scoring::records_document as records;
    use scoring::{PaperTally, RecordKind};
    use utoipa::openapi::{RefOr, Schema};
    use utoipa::{PartialSchema, ToSchema};

    type Schemas = Vec<(String, RefOr<Schema>)>;

    macro_rules! bodies {
        ($($(#[$meta:meta])* $name:ident: $what:ty, less $addressed:expr, with $beside:expr;)*) => {$(
            $(#[$meta])*
            pub enum $name {}

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    given(<$what>::schema(), $addressed, $beside)
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
        EntryRequest: records::EntryRecord, less super::addressed(RecordKind::Entry), with super::beside(RecordKind::Entry);
        /// `PUT .../links/{period}/{component}/{unit}`.
        LinkRequest: records::LinkRecord, less super::addressed(RecordKind::Link), with super::beside(RecordKind::Link);
        /// `POST .../incidents`.
        IncidentRequest: records::IncidentRecord, less super::addressed(RecordKind::Incident), with super::beside(RecordKind::Incident);
        /// `POST .../adjustments`.
        AdjustmentRequest: records::AdjustmentRecord, less super::addressed(RecordKind::Adjustment), with super::beside(RecordKind::Adjustment);
        /// `PUT .../lots/{category}`, `-` for a lot across categories.
        LotRequest: records::LotRecord, less super::addressed(RecordKind::Lot), with super::beside(RecordKind::Lot);
        /// `POST .../decisions`.
        DecisionRequest: records::DecisionRecord, less super::addressed(RecordKind::Decision), with super::beside(RecordKind::Decision);
        /// `POST .../verdicts`.
        VerdictRequest: records::VerdictRecord, less super::addressed(RecordKind::Verdict), with super::beside(RecordKind::Verdict);
        /// `PUT .../history`: the whole history of earlier years.
        HistoryRequest: scoring::History, less super::addressed(RecordKind::History), with super::beside(RecordKind::History);
        /// `POST .../paper-tallies`: one batch of paper ballots as one person counted it.
        PaperTallyRequest: PaperTally, less &[], with super::BESIDE;
    }
}
