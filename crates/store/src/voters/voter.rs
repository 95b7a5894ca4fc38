//! One person on a plan's list of voters: what is kept of them, under which id, and who is the same person.
//!
//! Owns the item in `main`. Refuses to own what links a voter to a code (`ballot_box/holder.rs`, in the box).

use scoring::json::Value;
use sha2::{Digest, Sha256};

use crate::database::{Item, Key, keys};
use crate::error::StoreError;
use crate::ids::{PlanId, digits};

/// A person to be put on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVoter {
    /// The id that the office gave; `None`: it follows from group, name and unit.
    pub id: Option<String>,
    /// The person's name.
    pub name: String,
    /// The group's id.
    pub group: String,
    /// The person's own unit.
    pub unit: Option<String>,
    /// The units that the person marks; `None`: all.
    pub units: Option<Vec<String>>,
    /// How the person is reached.
    pub contact: Option<String>,
    /// A note of the office.
    pub note: Option<String>,
}

/// A person on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedVoter {
    pub id: String,
    /// What the office gave; the contact is gone once it was forgotten.
    pub given: NewVoter,
}

impl NewVoter {
    /// The id that was given, or follows.
    pub(crate) fn id_in(&self, plan: &PlanId) -> String {
        if let Some(id) = &self.id {
            return id.clone();
        }
        let mut sha = Sha256::new();
        let unit = self.unit.as_deref().unwrap_or_default();
        for part in ["pingyi-voter", plan.as_str(), &self.group, &self.name, unit] {
            sha.update(part.as_bytes());
            sha.update(b"\0");
        }
        let digest: [u8; 32] = sha.finalize().into();
        let mut bits = [0; 16];
        bits.copy_from_slice(&digest[..16]);
        digits(u128::from_be_bytes(bits), 16)
    }

    /// By what a person is known: group, name and own unit.
    pub(crate) fn person(&self) -> (&str, &str, Option<&str>) {
        (&self.group, &self.name, self.unit.as_deref())
    }

    /// Whether another with the same group, name and unit may be another person: both can be reached, and otherwise.
    pub(crate) fn is_told_apart(&self, other: &NewVoter) -> bool {
        self.contact.is_some() && other.contact.is_some() && self.contact != other.contact
    }

    /// Whether a code for one would be as good for the other.
    pub(crate) fn has_place_of(&self, other: &NewVoter) -> bool {
        self.group == other.group && self.unit == other.unit && self.units == other.units
    }

    pub(crate) fn item(&self, plan: &PlanId, id: &str) -> Item {
        let item = Item::at(Key::new(keys::voter_partition(plan), id))
            .with_text("named", self.name.as_str())
            .with_text("voters", self.group.as_str());
        let item = match &self.units {
            Some(units) => item.with_texts("narrowed", units),
            None => item,
        };
        item.with_optional_text("own_unit", self.unit.as_deref())
            .with_optional_text(REACHED_AT, self.contact.as_deref())
            .with_optional_text("remark", self.note.as_deref())
    }

    /// For the hash in the audit chain.
    pub(crate) fn told(&self, id: &str) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        let units = self.units.iter().flatten().map(|unit| text(unit)).collect();
        Value::Object(vec![
            ("id".to_owned(), text(id)),
            ("name".to_owned(), text(&self.name)),
            ("group".to_owned(), text(&self.group)),
            ("unit".to_owned(), text(self.unit.as_deref().unwrap_or_default())),
            ("units".to_owned(), Value::List(units)),
        ])
    }
}

/// The attribute that is deleted when contacts are forgotten.
pub(crate) const REACHED_AT: &str = "reached_at";

impl ListedVoter {
    pub(crate) fn read(item: &Item) -> Result<ListedVoter, StoreError> {
        let id = item.sort_key()?.to_owned();
        let given = NewVoter {
            id: Some(id.clone()),
            name: item.text("named")?.to_owned(),
            group: item.text("voters")?.to_owned(),
            unit: item.optional_text("own_unit")?,
            units: item.optional_texts("narrowed")?,
            contact: item.optional_text(REACHED_AT)?,
            note: item.optional_text("remark")?,
        };
        Ok(ListedVoter { id, given })
    }
}
