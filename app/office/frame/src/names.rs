//! Names for the ids of a plan document.

use scoring::json::Value;

use crate::pointer;

/// The name of an element of a list of the plan.
pub fn name_of(plan: &Value, list: &str, id: &str) -> String {
    let found = pointer::list(plan, list).iter().find(|element| pointer::text(element, "/id") == id);
    found.map_or_else(|| id.to_owned(), |element| pointer::text(element, "/name").to_owned())
}

/// The name of a component, wherever in the tree it stands.
pub fn component_name(plan: &Value, id: &str) -> String {
    fn find(nodes: &[Value], id: &str) -> Option<String> {
        nodes.iter().find_map(|node| {
            if pointer::text(node, "/id") == id {
                Some(pointer::text(node, "/name").to_owned())
            } else {
                find(pointer::list(node, "/children"), id)
            }
        })
    }
    find(pointer::list(plan, "/components"), id).unwrap_or_else(|| id.to_owned())
}

/// Ids and names of a list of the plan.
pub fn named(plan: &Value, list: &str) -> Vec<(String, String)> {
    pointer::list(plan, list)
        .iter()
        .map(|element| (pointer::text(element, "/id").to_owned(), pointer::text(element, "/name").to_owned()))
        .collect()
}
