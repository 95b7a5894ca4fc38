//! The plan document in words: its fields, its fixed values, its places.
//!
//! Owns how a pointer is read out to somebody who has never seen one. The words are `text`'s.

use frame::words::{Phrase, fill, joined, t};
use office_frame::pointer;
use scoring::json::Value;
use text::{Text, office_setup as words};

/// A wording of ours or of the plan's author.
#[derive(Clone, PartialEq, Debug)]
pub enum Label {
    /// Ours: follows the language.
    Ours(Text),
    /// The author's.
    Theirs(String),
}

impl Label {
    /// In the current language; following.
    pub fn say(&self) -> String {
        match self {
            Label::Ours(text) => t(*text)().to_owned(),
            Label::Theirs(said) if said.is_empty() => t(words::UNNAMED)().to_owned(),
            Label::Theirs(said) => said.clone(),
        }
    }
}

impl From<Text> for Label {
    fn from(text: Text) -> Label {
        Label::Ours(text)
    }
}

impl From<String> for Label {
    fn from(said: String) -> Label {
        Label::Theirs(said)
    }
}

/// A field in words.
pub fn key(name: &str) -> Label {
    match words::KEYS.iter().find(|(key, _)| *key == name) {
        Some((_, text)) => Label::Ours(*text),
        None => Label::Theirs(name.to_owned()),
    }
}

/// What stands below a field's label.
pub fn hint(name: &str) -> Option<Text> {
    words::HINTS.iter().find(|(key, _)| *key == name).map(|(_, text)| *text)
}

/// The fixed values that a field may have, with their words.
pub fn choices(field: &str) -> Vec<(String, Label)> {
    words::WORDS
        .iter()
        .filter(|(key, ..)| *key == field)
        .map(|(_, value, text)| ((*value).to_owned(), Label::Ours(*text)))
        .collect()
}

/// A fixed value in words.
pub fn word(field: &str, value: &str) -> Option<Text> {
    words::WORDS.iter().find(|(key, word, _)| *key == field && *word == value).map(|(.., text)| *text)
}

/// Ids and names of a list, to choose from.
pub fn named(plan: &Value, list: &str) -> Vec<(String, Label)> {
    pointer::list(plan, list)
        .iter()
        .map(|element| {
            let id = pointer::text(element, "/id").to_owned();
            let name = pointer::text(element, "/name");
            (id.clone(), Label::Theirs(if name.is_empty() { id } else { name.to_owned() }))
        })
        .collect()
}

/// Ids and names of all components, branches before what is below them.
pub fn components(plan: &Value) -> Vec<(String, Label)> {
    fn walk(list: &[Value], out: &mut Vec<(String, Label)>) {
        for node in list {
            out.push((pointer::text(node, "/id").to_owned(), Label::Theirs(pointer::text(node, "/name").to_owned())));
            walk(pointer::list(node, "/children"), out);
        }
    }
    let mut out = Vec::new();
    walk(pointer::list(plan, "/components"), &mut out);
    out
}

/// Options of one scale, or of all.
pub fn options(plan: &Value, scale: Option<&str>) -> Vec<(String, Label)> {
    let mut out: Vec<(String, Label)> = Vec::new();
    for each in pointer::list(plan, "/scales") {
        if scale.is_none_or(|scale| pointer::text(each, "/id") == scale) {
            for option in named(each, "/options") {
                if !out.iter().any(|(id, _)| *id == option.0) {
                    out.push(option);
                }
            }
        }
    }
    out
}

/// Traits that units have.
pub fn traits(plan: &Value) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for unit in pointer::list(plan, "/units") {
        for name in pointer::list(unit, "/traits").iter().filter_map(Value::as_str) {
            if !out.iter().any(|known| known == name) {
                out.push(name.to_owned());
            }
        }
    }
    out
}

/// A place in words: `评议项目 › 内部测评 › 人群 › 第 2 行 › 权重`. Following the language.
pub fn place(plan: &Value, path: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut here = String::new();
    for token in path.split('/').skip(1) {
        let list = matches!(pointer::at(plan, &here), Some(Value::List(_)));
        here.push('/');
        here.push_str(token);
        if let (true, Ok(number)) = (list, token.parse::<usize>()) {
            let element = pointer::at(plan, &here);
            let name = element.map(|element| name_of(plan, element)).unwrap_or_default();
            out.push(if name.is_empty() { fill(words::ROW, &[&(number + 1)]) } else { name });
        } else if !matches!(token, "children" | "method") {
            out.push(key(&token.replace("~1", "/").replace("~0", "~")).say());
        }
    }
    joined(out, " › ")
}

/// What an element is called: its name, or that of what it refers to.
pub fn name_of(plan: &Value, element: &Value) -> String {
    let name = pointer::text(element, "/name");
    if !name.is_empty() {
        return name.to_owned();
    }
    if let Some(group) = element.get("group").and_then(Value::as_str) {
        return refer(plan, "group", group);
    }
    if let Some(option) = element.get("option").and_then(Value::as_str) {
        return refer(plan, "option", option);
    }
    // A scale is called by its options. What has no name is told by its place, never by its id.
    let options = pointer::list(element, "/options").iter().map(|option| pointer::text(option, "/name"));
    joined(options.filter(|name| !name.is_empty()), " / ")
}

/// Fields that name something that stands elsewhere in the plan.
pub const REFERRING: [&str; 11] =
    ["category", "group", "groups", "option", "component", "tie_break", "outcome", "carry", "grade", "scale", "kind"];

/// The name that an id stands for in a field that refers to something.
pub fn refer(plan: &Value, field: &str, id: &str) -> String {
    let known = match field {
        "category" => named(plan, "/categories"),
        "group" | "groups" => named(plan, "/groups"),
        "option" => options(plan, None),
        "component" | "tie_break" => components(plan),
        "outcome" | "carry" => named(plan, "/outcomes"),
        "grade" => named(plan, "/grading/grades"),
        "scale" => scale_choices(plan),
        _ => Vec::new(),
    };
    known.into_iter().find(|(known, _)| known == id).map_or_else(|| id.to_owned(), |(_, label)| label.say())
}

/// Scales to choose from, called by their options.
pub fn scale_choices(plan: &Value) -> Vec<(String, Label)> {
    pointer::list(plan, "/scales")
        .iter()
        .map(|scale| {
            let id = pointer::text(scale, "/id").to_owned();
            let names: Vec<&str> =
                pointer::list(scale, "/options").iter().map(|option| pointer::text(option, "/name")).collect();
            let said = if names.is_empty() { id.clone() } else { joined(names, " / ") };
            (id, Label::Theirs(said))
        })
        .collect()
}

/// Words that are chosen already, where a phrase is asked for.
pub fn said(words: String) -> Phrase {
    const AS_IT_IS: Text = Text::new("{0}", "{0}");
    Phrase::new(AS_IT_IS, [words])
}
