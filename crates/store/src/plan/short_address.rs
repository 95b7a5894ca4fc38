//! Short words that lead to ballot pages: what is typed from a card, and from a poster of an open group.
//!
//! A word is no secret. It is drawn, so that it says nothing, and once given it is never another plan's: paper outlives
//! what it was printed for. So a draft that has one is not deleted.

use scoring::json::Value;

use crate::audit::change::Change;
use crate::database::{Item, Key, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::{Actor, PlanId, digits};
use crate::limits::SHORT_WORD;
use crate::store::Store;

/// Where a short word leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led {
    pub plan: PlanId,
    /// Period and group of an open group's link.
    pub open: Option<(String, String)>,
}

/// The word that was meant: case makes no difference, and what looks like another digit is that digit.
fn meant(typed: &str) -> Option<String> {
    let digit = |sign: char| match sign.to_ascii_lowercase() {
        'o' => Some('0'),
        'i' | 'l' => Some('1'),
        'u' => None,
        sign => sign.is_ascii_alphanumeric().then_some(sign),
    };
    let word: Option<String> = typed.chars().map(digit).collect();
    word.filter(|word| word.len() == SHORT_WORD)
}

impl Store {
    /// The word that leads to a plan's ballot page, or to an open group's in a period; it is drawn when it is asked for
    /// first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::UnknownPlace`] for a period or a group that the plan does not have.
    pub async fn short_word(
        &self,
        actor: Actor<'_>,
        plan: &PlanId,
        open: Option<(&str, &str)>,
    ) -> Result<String, StoreError> {
        let place = Key::new(
            keys::address_partition(plan),
            open.map_or_else(|| keys::ONLY.to_owned(), |(period, group)| format!("{period}#{group}")),
        );
        let mut change = Change::begin(self, plan.as_str(), actor).await?;
        loop {
            let row = self.plan(plan).await?;
            if let Some(known) = self.database.get(Table::Main, &place).await? {
                return Ok(known.text("word")?.to_owned());
            }
            if open.is_some_and(|open| !has_open_group(&row.document, open)) {
                return Err(StoreError::UnknownPlace);
            }
            let word = digits(u64::from_be_bytes(self.draw.bytes()?).into(), SHORT_WORD);
            let leads = Item::at(keys::short_word(&word)).with_text("id", plan.as_str());
            let leads = match open {
                Some((period, group)) => leads.with_text("term", period).with_text("voters", group),
                None => leads,
            };
            let mut detail = vec![("word".to_owned(), Value::text(&word))];
            if let Some((period, group)) = open {
                detail.push(("period".to_owned(), Value::text(period)));
                detail.push(("group".to_owned(), Value::text(group)));
            }
            let writes = vec![
                row.head.check_still(row.head.state),
                // One that is another plan's already: another is drawn.
                Write::put_new(leads),
                Write::put_new(Item::at(place.clone()).with_text("word", word.as_str())),
            ];
            if change.commit("address_made", Value::Object(detail), writes).await? {
                return Ok(word);
            }
        }
    }

    /// Where a word leads, however it is typed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn led_by(&self, typed: &str) -> Result<Led, StoreError> {
        let word = meant(typed).ok_or(StoreError::NotFound)?;
        let item = self.database.get(Table::Main, &keys::short_word(&word)).await?.ok_or(StoreError::NotFound)?;
        let plan = PlanId::parse(item.text("id")?).ok_or(StoreError::Corrupt)?;
        let open = match (item.optional_text("term")?, item.optional_text("voters")?) {
            (Some(period), Some(group)) => Some((period, group)),
            _ => None,
        };
        Ok(Led { plan, open })
    }
}

/// Whether a plan has a period and an open group of these ids.
fn has_open_group(document: &Value, (period, group): (&str, &str)) -> bool {
    let element = |list: &str, id: &str| {
        let Some(Value::List(elements)) = document.get(list) else { return None };
        elements.iter().find(|element| element.get("id").and_then(Value::as_str) == Some(id))
    };
    let ballot = element("groups", group).and_then(|group| group.get("ballot")).and_then(Value::as_str);
    element("periods", period).is_some() && ballot == Some("open")
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_word_is_read_as_people_type_it() {
        assert_eq!(meant("7K3O").as_deref(), Some("7k30"));
        assert_eq!(meant("ilm2").as_deref(), Some("11m2"));
        for typed in ["", "7k3", "7k3mm", "7k3-", "7k3u", "评议评议", "7k3#"] {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }
}
