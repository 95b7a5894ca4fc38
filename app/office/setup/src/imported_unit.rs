//! The rows of a sheet as units of a plan.
//!
//! Owns what makes a row a unit. Rows that are none say why at the cell.

use std::collections::BTreeSet;

use office_frame::{cells::cells, pointer};
use office_plan_words::naming;
use scoring::{is_id, json::Value};
use text::{Text, office_setup as words};

use crate::new_element;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The unit's name.
    Name,
    /// Its category, by name or id.
    Category,
    /// Its traits.
    Traits,
    /// Its id.
    Id,
    /// Nothing that is taken over.
    Nothing,
}

impl Holds {
    /// All, in the order in which they are offered.
    pub const ALL: [Holds; 5] = [Holds::Name, Holds::Category, Holds::Traits, Holds::Id, Holds::Nothing];

    /// The member of a unit; empty for nothing.
    pub const fn key(self) -> &'static str {
        match self {
            Holds::Name => "name",
            Holds::Category => "category",
            Holds::Traits => "traits",
            Holds::Id => "id",
            Holds::Nothing => "",
        }
    }

    /// What a head says the column holds.
    fn guessed(head: &str) -> Option<Holds> {
        let says = |words: &[&str]| words.iter().any(|word| head.contains(word));
        if says(&["类别", "分类", "类型", "ategory"]) {
            Some(Holds::Category)
        } else if says(&["特征", "标记", "rait"]) {
            Some(Holds::Traits)
        } else if says(&["编号", "代码", "id", "ID"]) {
            Some(Holds::Id)
        } else if says(&["单位", "名称", "科室", "部门", "机构", "窗口", "ame", "nit"]) {
            Some(Holds::Name)
        } else {
            None
        }
    }
}

/// A row of the sheet as a unit, or what keeps it from being one.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The cells as they stand in the sheet.
    pub cells: Vec<String>,
    pub name: String,
    pub category: String,
    pub traits: Vec<String>,
    pub id: String,
    /// What is wrong, at which column's kind.
    pub faults: Vec<(Holds, Text)>,
}

/// The rows of a sheet or file that have anything in them.
pub fn rows_of(text: &str) -> Vec<Vec<String>> {
    let mut rows = cells(text);
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

/// What the columns hold, by the first row if it is a head. And whether it is one.
pub fn guess(rows: &[Vec<String>]) -> (Vec<Holds>, bool) {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let guesses: Vec<Option<Holds>> = (0..width)
        .map(|column| rows.first().and_then(|row| row.get(column)).and_then(|head| Holds::guessed(head)))
        .collect();
    // A name such as 编办科室 can look like a head; two guesses or a very short cell make it one.
    let head = guesses.iter().flatten().count() >= 2
        || (rows.len() > 1
            && rows.first().is_some_and(|row| {
                row.first().is_some_and(|cell| cell.chars().count() <= 5 && Holds::guessed(cell).is_some())
            }));
    let mut seen = BTreeSet::new();
    let mut holds: Vec<Holds> = guesses
        .into_iter()
        .map(|guess| match guess {
            Some(guess) if head && seen.insert(guess.key()) => guess,
            _ => Holds::Nothing,
        })
        .collect();
    if !holds.contains(&Holds::Name) {
        if let Some(free) = holds.iter_mut().find(|holds| **holds == Holds::Nothing) {
            *free = Holds::Name;
        }
        if !head && let Some(free) = holds.iter_mut().find(|holds| **holds == Holds::Nothing) {
            *free = Holds::Category;
        }
    }
    (holds, head)
}

/// The rows as units of a plan.
pub fn units(plan: &Value, rows: &[Vec<String>], holds: &[Holds]) -> Vec<Row> {
    let known = pointer::list(plan, "/units");
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut ids: BTreeSet<String> = known.iter().map(|unit| pointer::text(unit, "/id").to_owned()).collect();
    let categories = naming::named(plan, "/categories");
    let mut number = known.len();
    rows.iter()
        .map(|cells| {
            let cell = |wanted: Holds| {
                holds
                    .iter()
                    .position(|holds| *holds == wanted)
                    .and_then(|column| cells.get(column))
                    .map(String::as_str)
                    .unwrap_or_default()
            };
            let mut faults = Vec::new();
            let name = cell(Holds::Name).to_owned();
            if name.is_empty() {
                faults.push((Holds::Name, words::IMPORT_NO_NAME));
            } else if known.iter().any(|unit| pointer::text(unit, "/name") == name) {
                faults.push((Holds::Name, words::IMPORT_HERE));
            } else if !names.insert(name.clone()) {
                faults.push((Holds::Name, words::IMPORT_TWICE));
            }
            // Where the plan has one category, it goes without saying.
            let category = match cell(Holds::Category) {
                "" if categories.len() == 1 => categories[0].1.say(),
                said => said.to_owned(),
            };
            if category.is_empty() {
                faults.push((Holds::Category, words::IMPORT_NO_CATEGORY));
            }
            let traits: Vec<String> = cell(Holds::Traits)
                .split([' ', ',', ',', '、', ';', ';'])
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
            if traits.iter().any(|name| !is_id(name)) {
                faults.push((Holds::Traits, words::IMPORT_BAD_TRAIT));
            }
            let id = match cell(Holds::Id) {
                "" => loop {
                    number += 1;
                    let id = format!("unit{number}");
                    if !ids.contains(&id) {
                        break id;
                    }
                },
                said => said.to_owned(),
            };
            if !is_id(&id) {
                faults.push((Holds::Id, words::IMPORT_BAD_ID));
            } else if !ids.insert(id.clone()) {
                faults.push((Holds::Id, words::IMPORT_ID_TWICE));
            }
            Row { cells: cells.clone(), name, category, traits, id, faults }
        })
        .collect()
}

/// Categories that good rows name and the plan does not have.
pub fn new_categories(plan: &Value, rows: &[Row]) -> Vec<String> {
    let known = naming::named(plan, "/categories");
    let mut new: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.faults.is_empty()) {
        if !known.iter().any(|(id, name)| *id == row.category || name.say() == row.category)
            && !new.contains(&row.category)
        {
            new.push(row.category.clone());
        }
    }
    new
}

/// Adds the good rows to the plan, with the categories that they need.
pub fn take_over(plan: &mut Value, rows: &[Row]) {
    for name in new_categories(plan, rows) {
        let mut category = new_element::fresh(plan, "/categories");
        pointer::put(&mut category, "/name", Some(Value::Text(name)));
        pointer::put(plan, "/categories/-", Some(category));
    }
    let known = naming::named(plan, "/categories");
    if pointer::at(plan, "/units").is_none() {
        pointer::put(plan, "/units", Some(Value::List(Vec::new())));
    }
    for row in rows.iter().filter(|row| row.faults.is_empty()) {
        let category = known
            .iter()
            .find(|(id, name)| *id == row.category || name.say() == row.category)
            .map(|(id, _)| id.clone())
            .unwrap_or_default();
        let text = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
        let mut unit = vec![text("id", &row.id), text("name", &row.name), text("category", &category)];
        if !row.traits.is_empty() {
            unit.push((
                "traits".to_owned(),
                Value::List(row.traits.iter().map(|name| Value::Text(name.clone())).collect()),
            ));
        }
        pointer::put(plan, "/units/-", Some(Value::Object(unit)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Value {
        Value::parse(
            r#"{"categories":[{"id":"c1","name":"机关"}],"units":[{"id":"unit1","name":"甲科","category":"c1"}]}"#
                .as_bytes(),
        )
        .unwrap()
    }

    #[test]
    fn cells_come_from_a_sheet_or_a_csv_file() {
        assert_eq!(rows_of("甲\t机关\r\n乙\t\r\n\r\n"), [["甲", "机关"], ["乙", ""]]);
        assert_eq!(rows_of("\u{feff}\"甲,一\",\"他说\"\"好\"\"\"\n"), [["甲,一", "他说\"好\""]]);
    }

    #[test]
    fn a_head_says_what_its_columns_hold() {
        let rows = rows_of("序号\t单位名称\t类别\n1\t甲\t机关");
        assert_eq!(guess(&rows), (vec![Holds::Nothing, Holds::Name, Holds::Category], true));
        let rows = rows_of("林业站\t机关\n村建所\t机关");
        assert_eq!(guess(&rows), (vec![Holds::Name, Holds::Category], false));
    }

    #[test]
    fn rows_that_are_no_units_say_why_at_the_cell() {
        let rows = rows_of("甲科\t机关\n乙科\t机关\n乙科\t机关\n\t机关");
        let found = units(&plan(), &rows, &[Holds::Name, Holds::Category]);
        let faults: Vec<Vec<(Holds, Text)>> = found.iter().map(|row| row.faults.clone()).collect();
        assert_eq!(
            faults,
            [
                vec![(Holds::Name, words::IMPORT_HERE)],
                vec![],
                vec![(Holds::Name, words::IMPORT_TWICE)],
                vec![(Holds::Name, words::IMPORT_NO_NAME)]
            ]
        );
    }

    #[test]
    fn good_rows_are_taken_over_with_their_categories() {
        let mut plan = plan();
        let rows = rows_of("乙科\t窗口\twindow focus\n丙科\t机关\t");
        let found = units(&plan, &rows, &[Holds::Name, Holds::Category, Holds::Traits]);
        take_over(&mut plan, &found);
        assert_eq!(
            plan.canonical(),
            "{\"categories\":[{\"id\":\"c1\",\"name\":\"机关\"},{\"id\":\"category2\",\"name\":\"窗口\"}],\"units\":[{\"category\":\"c1\",\"id\":\"unit1\",\"name\":\"甲科\"},\
            {\"category\":\"category2\",\"id\":\"unit2\",\"name\":\"乙科\",\"traits\":[\"window\",\"focus\"]},{\"category\":\"c1\",\"id\":\"unit3\",\"name\":\"丙科\"}]}"
        );
    }
}
