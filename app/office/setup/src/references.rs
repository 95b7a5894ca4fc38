//! Who names whom in a plan document: what has to follow a changed id, and what is lost when something is removed.
//!
//! Owns the walk over the places that hold an id of something else. Refuses to own what may be named where: that is
//! `scoring`'s validity.

use office_frame::pointer;
use scoring::json::Value;

/// What can be named elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Category,
    Group,
    Scale,
    Option,
    Component,
    Outcome,
    Grade,
}

/// The pointers of all places that name the element at `place`, or something in it; none of them in it.
pub fn uses(plan: &Value, place: &str) -> Vec<String> {
    let Some(kind) = kind_of(place) else { return Vec::new() };
    let mut found = uses_of(plan, place, kind);
    if kind == Kind::Component {
        let below = format!("{place}/children/");
        for (component, _) in components(plan).into_iter().filter(|(component, _)| component.starts_with(&below)) {
            found.extend(uses_of(plan, &component, kind));
        }
    }
    let inside = format!("{place}/");
    found.retain(|path| !path.starts_with(&inside));
    found
}

/// Changes the id of the element at `place`, wherever it is named.
pub fn rename(plan: &mut Value, place: &str, new: &str) {
    let named = kind_of(place).map(|kind| uses_of(plan, place, kind)).unwrap_or_default();
    for path in named {
        let (parent, _) = pointer::split(&path);
        let amount = pointer::at(plan, &path).cloned();
        if parent.ends_with("/deduct") {
            pointer::put(plan, &path, None);
            pointer::put(plan, &scoring::json_pointer(parent, new), amount);
        } else {
            pointer::put(plan, &path, Some(Value::Text(new.to_owned())));
        }
    }
    pointer::put(plan, &format!("{place}/id"), Some(Value::Text(new.to_owned())));
}

fn kind_of(place: &str) -> Option<Kind> {
    let tokens: Vec<&str> = place.split('/').skip(1).collect();
    Some(match tokens[..] {
        ["categories", _] => Kind::Category,
        ["groups", _] => Kind::Group,
        ["scales", _] => Kind::Scale,
        ["scales", _, "options", _] => Kind::Option,
        ["outcomes", _] => Kind::Outcome,
        ["grading", "grades", _] => Kind::Grade,
        ["components", _] => Kind::Component,
        ["components", .., "children", _] => Kind::Component,
        _ => return None,
    })
}

/// All components with their places, branches before what is below them.
pub fn components(plan: &Value) -> Vec<(String, &Value)> {
    fn walk<'v>(plan: &'v Value, list: &str, out: &mut Vec<(String, &'v Value)>) {
        for (place, node) in pointer::list(plan, list).iter().enumerate() {
            let path = format!("{list}/{place}");
            out.push((path.clone(), node));
            walk(plan, &format!("{path}/children"), out);
        }
    }
    let mut out = Vec::new();
    walk(plan, "/components", &mut out);
    out
}

fn uses_of(plan: &Value, place: &str, kind: Kind) -> Vec<String> {
    let id = pointer::text(plan, &format!("{place}/id"));
    if id.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut look = |path: String| {
        if pointer::text(plan, &path) == id {
            found.push(path);
        }
    };
    let places = |list: &str| 0..pointer::list(plan, list).len();
    match kind {
        Kind::Category => places("/units").for_each(|unit| look(format!("/units/{unit}/category"))),
        Kind::Outcome => {
            places("/outcomes").for_each(|outcome| look(format!("/outcomes/{outcome}/when/outcome")));
            look("/shortlist/carry".to_owned());
        }
        Kind::Grade => places("/outcomes").for_each(|outcome| look(format!("/outcomes/{outcome}/when/grade"))),
        Kind::Component => places("/ranking/tie_break").for_each(|line| {
            look(format!("/ranking/tie_break/{line}"));
            look(format!("/ranking/tie_break/{line}/component"));
        }),
        Kind::Scale => components(plan).iter().for_each(|(path, _)| look(format!("{path}/method/scale"))),
        Kind::Group => {
            for (path, _) in components(plan) {
                let list = format!("{path}/method/groups");
                for place in places(&list) {
                    look(format!("{list}/{place}"));
                    look(format!("{list}/{place}/group"));
                }
            }
        }
        Kind::Option => options(plan, place, id, &mut found),
    }
    found
}

/// Where an option of one scale is named; other scales may have an option of the same id.
fn options(plan: &Value, place: &str, id: &str, found: &mut Vec<String>) {
    let scale = place.rsplit_once("/options/").map_or("", |(scale, _)| pointer::text(plan, &format!("{scale}/id")));
    let mut those_with_it = Vec::new();
    for (path, node) in components(plan) {
        if pointer::text(node, "/method/scale") != scale {
            continue;
        }
        those_with_it.push(pointer::text(node, "/id"));
        let quota = format!("{path}/method/quota");
        for place in 0..pointer::list(plan, &quota).len() {
            let option = format!("{quota}/{place}/option");
            if pointer::text(plan, &option) == id {
                found.push(option);
            }
        }
        let deduct = scoring::json_pointer(&format!("{path}/method/deduct"), id);
        if pointer::at(plan, &deduct).is_some() {
            found.push(deduct);
        }
    }
    for (place, line) in pointer::list(plan, "/ranking/tie_break").iter().enumerate() {
        if pointer::text(line, "/option") == id && those_with_it.contains(&pointer::text(line, "/component")) {
            found.push(format!("/ranking/tie_break/{place}/option"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = r#"{
        "categories":[{"id":"a"}],"units":[{"id":"a","category":"a"},{"id":"u","category":"b"}],
        "groups":[{"id":"g"}],
        "scales":[{"id":"s","options":[{"id":"good"}]},{"id":"t","options":[{"id":"good"}]}],
        "components":[
            {"id":"c","method":{"kind":"survey","scale":"s","groups":[{"group":"g"}],"quota":[{"option":"good"}]}},
            {"id":"d","children":[{"id":"e","method":{"kind":"complaints","scale":"t","groups":["g"],"deduct":{"good":"1"}}}]}],
        "ranking":{"tie_break":["e",{"option":"good","component":"c"}]},
        "grading":{"grades":[{"id":"first"}]},
        "outcomes":[{"id":"o","when":{"grade":"first"}},{"id":"p","when":{"outcome":"o","years":2}}],
        "shortlist":{"carry":"o"}}"#;

    fn plan() -> Value {
        Value::parse(PLAN.as_bytes()).unwrap()
    }

    #[test]
    fn everything_that_names_an_element_is_found() {
        for (place, found) in [
            ("/categories/0", &["/units/0/category"][..]),
            ("/groups/0", &["/components/0/method/groups/0/group", "/components/1/children/0/method/groups/0"]),
            ("/scales/1", &["/components/1/children/0/method/scale"]),
            ("/scales/0/options/0", &["/components/0/method/quota/0/option", "/ranking/tie_break/1/option"]),
            ("/scales/1/options/0", &["/components/1/children/0/method/deduct/good"]),
            ("/components/0", &["/ranking/tie_break/1/component"]),
            ("/components/1", &["/ranking/tie_break/0"]),
            ("/outcomes/0", &["/outcomes/1/when/outcome", "/shortlist/carry"]),
            ("/grading/grades/0", &["/outcomes/0/when/grade"]),
            ("/units/0", &[]),
        ] {
            assert_eq!(uses(&plan(), place), found, "{place}");
        }
    }

    #[test]
    fn a_new_id_is_written_wherever_the_old_one_stood_and_nowhere_else() {
        let mut changed = plan();
        rename(&mut changed, "/scales/1/options/0", "best");
        rename(&mut changed, "/categories/0", "office");
        let wanted = PLAN
            .replace(r#"{"id":"t","options":[{"id":"good"}]}"#, r#"{"id":"t","options":[{"id":"best"}]}"#)
            .replace(r#""deduct":{"good":"1"}"#, r#""deduct":{"best":"1"}"#)
            .replace(r#""categories":[{"id":"a"}]"#, r#""categories":[{"id":"office"}]"#)
            .replace(r#""category":"a""#, r#""category":"office""#);
        assert_eq!(changed, Value::parse(wanted.as_bytes()).unwrap());
    }
}
