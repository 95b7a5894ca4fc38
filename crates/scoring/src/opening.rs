//! What keeps a draft from opening: that it is no valid plan, that it appraises nobody or nothing, names, and rounds
//! that overlap.
//!
//! Owns the whole list, for whoever writes a plan. Refuses to own the rules themselves, which are `validity`'s,
//! `names`' and `round`'s.

use document::problem::{Problem, ProblemCode};

use crate::json::Value;
use crate::names;
use crate::plan::Plan;
use crate::plan_document::PlanDocument;
use crate::round;

/// All problems of a draft; a draft without one can be opened, as far as the plan goes.
///
/// ```
/// use scoring::json::Value;
///
/// let empty = Value::parse(br#"{ "format": 1, "title": "", "total": "100", "categories": [], "units": [], "groups": [],
///     "scales": [], "periods": [{ "id": "year", "name": "2018" }], "combine": "mean", "components": [],
///     "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": [] }"#).unwrap();
/// let found: Vec<String> =
///     scoring::opening::problems(&empty).iter().map(|one| format!("{} {}", one.path, one.code)).collect();
/// assert_eq!(found, ["/units empty_list", "/components empty_list", "/title empty_name"]);
/// ```
#[must_use]
pub fn problems(draft: &Value) -> Vec<Problem> {
    let mut found = Plan::from_json(draft).err().unwrap_or_default();
    let (Some(document), _) = PlanDocument::read_leniently(draft) else { return found };
    let empty = [("/units", document.units.is_empty()), ("/components", document.components.is_empty())];
    let empty =
        empty.into_iter().filter(|(_, empty)| *empty).map(|(list, _)| Problem::new(list, ProblemCode::EmptyList));
    // Where nothing could be read there is a problem already.
    let more: Vec<Problem> = empty
        .chain(names::check(&document))
        .chain(round::check(&document))
        .filter(|new| found.iter().all(|known| known.path != new.path))
        .collect();
    found.extend(more);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_opened() {
        for template in crate::templates::all() {
            let plan = Value::parse(template.document.as_bytes()).unwrap();
            assert_eq!(problems(&plan), [], "{}", template.id);
        }
    }

    #[test]
    fn a_name_that_is_there_twice_is_told_with_the_place_of_the_first() {
        let yuanba = crate::templates::find("yuanba").unwrap().document;
        let plan = yuanba.replacen("\"村建所\"", "\"林业站\"", 1);
        assert_ne!(plan, yuanba);
        let found = problems(&Value::parse(plan.as_bytes()).unwrap());
        assert_eq!(found, [Problem::with("/units/1/name", ProblemCode::SameName, "/units/0/name")]);
    }
}
