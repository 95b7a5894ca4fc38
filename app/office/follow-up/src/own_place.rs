//! Which unit of a plan an account of a unit stands for.
//!
//! Refuses to own what it may read: the server finds the unit by the same rule.

use office_frame::pointer;
use scoring::{json::Value, names::folded};

/// The id of the plan's unit that is called so; `None` where there is none, or more than one.
pub(crate) fn own_place(plan: &Value, name: &str) -> Option<String> {
    let name = folded(name);
    let mut found = pointer::list(plan, "/units").iter().filter(|unit| folded(pointer::text(unit, "/name")) == name);
    let own = found.next()?;
    found.next().is_none().then(|| pointer::text(own, "/id").to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Value, own_place};

    #[test]
    fn a_unit_is_found_by_its_name_where_one_alone_has_it() {
        let plan = r#"{ "units": [{ "id": "a", "name": "林业站" }, { "id": "b", "name": "Ｂ站" }, { "id": "c", "name": "所" }, { "id": "d", "name": "所" }] }"#;
        let plan = Value::parse(plan.as_bytes()).unwrap();
        assert_eq!(own_place(&plan, " 林业站"), Some("a".to_owned()));
        assert_eq!(own_place(&plan, "b站"), Some("b".to_owned()));
        assert_eq!(own_place(&plan, "所"), None);
        assert_eq!(own_place(&plan, "水务站"), None);
        assert_eq!(own_place(&plan, ""), None);
    }
}
