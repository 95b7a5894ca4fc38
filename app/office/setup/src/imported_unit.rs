//! The rows of a sheet as units of a plan.
//!
//! Owns what makes a row a unit. Rows that are none say why at the cell.

use std::collections::{BTreeMap, BTreeSet};

use office_frame::pointer;
use office_plan_words::naming;
use scoring::{is_id, json::Value, names};
use sheet::{
    cells,
    outline::{self, HeadWord, RowKind},
};
use text::{Text, office_setup as words};

use crate::new_element;

/// Columns that are looked at: a wider sheet has blanks or something else to the right.
const MOST_COLUMNS: usize = 40;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The unit's name.
    Name,
    /// Its category, by name or id.
    Category,
    Traits,
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
    fn said(head: &str) -> Option<Holds> {
        match outline::head_word(head)? {
            HeadWord::Name => Some(Holds::Name),
            HeadWord::Category => Some(Holds::Category),
            HeadWord::Traits => Some(Holds::Traits),
            HeadWord::Id => Some(Holds::Id),
            HeadWord::Serial | HeadWord::Other => None,
        }
    }
}

/// A row of the sheet as a unit, or what keeps it from being one.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Its place in the sheet.
    pub place: usize,
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

/// What the columns hold: what the head says of them, and else what their cells look like. A column that numbers the rows
/// holds nothing.
pub fn guess(rows: &[Vec<String>], head: Option<usize>) -> Vec<Holds> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().min(MOST_COLUMNS);
    let kinds = outline::kinds(rows, head);
    let items: Vec<&Vec<String>> =
        rows.iter().zip(&kinds).filter(|(_, kind)| **kind == RowKind::Item).map(|(row, _)| row).collect();
    let column = |column: usize| items.iter().map(move |row| row.get(column).map_or("", String::as_str));
    let heading = |column: usize| head.and_then(|head| rows.get(head)?.get(column)).map_or("", String::as_str);
    let mut seen = BTreeSet::new();
    let mut holds: Vec<Holds> = (0..width)
        .map(|place| Holds::said(heading(place)).filter(|said| seen.insert(said.key())).unwrap_or(Holds::Nothing))
        .collect();
    // Texts, not numbers of rows, telephones or what a head names otherwise.
    let is_free = |holds: &[Holds], place: usize| {
        holds[place] == Holds::Nothing
            && outline::head_word(heading(place)).is_none()
            && !outline::is_serial(column(place))
            && column(place).any(|cell| cell.contains(|sign: char| sign.is_alphabetic()))
    };
    if !holds.contains(&Holds::Name) {
        if let Some(free) = (0..width).find(|place| is_free(&holds, *place)) {
            holds[free] = Holds::Name;
        }
        if head.is_none()
            && let Some(free) = (0..width).find(|place| is_free(&holds, *place))
        {
            holds[free] = Holds::Category;
        }
    }
    holds
}

/// What is taken of a sheet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Taking {
    /// What each column holds.
    pub holds: Vec<Holds>,
    /// The row of the head.
    pub head: Option<usize>,
    /// Whether a blank category is the one above it, as in merged cells.
    pub fill_down: bool,
    /// The category of rows that name none.
    pub category: String,
    /// Rows that are taken whatever they look like.
    pub all_the_same: BTreeSet<usize>,
}

/// Rows that are left out, with what they are. Heads of columns are not said to be left out.
pub fn left_out(rows: &[Vec<String>], taking: &Taking) -> Vec<(usize, RowKind)> {
    let kinds = outline::kinds(rows, taking.head).into_iter().enumerate();
    let is_left = |(place, kind): &(usize, RowKind)| {
        *kind != RowKind::Item && taking.head != Some(*place) && !taking.all_the_same.contains(place)
    };
    kinds.filter(is_left).collect()
}

/// The rows of the sheet as units of a plan.
pub fn units(plan: &Value, rows: &[Vec<String>], taking: &Taking) -> Vec<Row> {
    let kinds = outline::kinds(rows, taking.head);
    let column = |wanted: Holds| taking.holds.iter().position(|holds| *holds == wanted);
    let named = column(Holds::Category);
    let mut filled = rows.to_vec();
    let mut sections = BTreeMap::new();
    let mut section = String::new();
    let mut items = Vec::new();
    for (place, (row, kind)) in rows.iter().zip(kinds).enumerate() {
        if kind == RowKind::Item || taking.all_the_same.contains(&place) {
            items.push(place);
            sections.insert(place, section.clone());
        } else if kind == RowKind::Section {
            section = row.iter().find_map(|cell| outline::section(cell)).unwrap_or_default().to_owned();
        }
    }
    if let (Some(column), true) = (named, taking.fill_down) {
        let mut taken: Vec<Vec<String>> = items.iter().map(|place| rows[*place].clone()).collect();
        outline::fill_down(&mut taken, column);
        items.iter().zip(taken).for_each(|(place, row)| filled[*place] = row);
    }
    let rows = items.into_iter().map(|place| {
        let said = named.and_then(|column| filled[place].get(column)).map(String::as_str).unwrap_or_default();
        let category = [said, sections[&place].as_str(), taking.category.as_str()];
        let category = category.into_iter().find(|one| !one.is_empty()).unwrap_or_default().to_owned();
        (place, rows[place].clone(), category)
    });
    read(plan, rows, &taking.holds)
}

/// Rows with their categories as units.
fn read(plan: &Value, rows: impl Iterator<Item = (usize, Vec<String>, String)>, holds: &[Holds]) -> Vec<Row> {
    let known = pointer::list(plan, "/units");
    let categories = naming::named(plan, "/categories");
    let id_of = |category: &str| {
        let found = categories.iter().find(|(id, name)| id == category || name.say() == category);
        found.map_or_else(|| category.to_owned(), |(id, _)| id.clone())
    };
    // One name stands once in its category, however it is written.
    let key = |category: &str, name: &str| (category.to_owned(), names::folded(name));
    let here: BTreeSet<(String, String)> =
        known.iter().map(|unit| key(pointer::text(unit, "/category"), pointer::text(unit, "/name"))).collect();
    let mut seen = BTreeSet::new();
    let mut ids: BTreeSet<String> = known.iter().map(|unit| pointer::text(unit, "/id").to_owned()).collect();
    let mut number = known.len();
    rows.map(|(place, cells, category)| {
        let cell = |wanted: Holds| {
            let column = holds.iter().position(|holds| *holds == wanted);
            column.and_then(|column| cells.get(column)).map(String::as_str).unwrap_or_default()
        };
        let mut faults = Vec::new();
        // A line that was broken inside a cell is one name.
        let name = cell(Holds::Name).split_whitespace().collect::<Vec<_>>().join(" ");
        // Where the plan has one category, it goes without saying.
        let category = match category.as_str() {
            "" if categories.len() == 1 => categories[0].1.say(),
            _ => category,
        };
        let at = key(&id_of(&category), &name);
        if name.is_empty() {
            faults.push((Holds::Name, words::IMPORT_NO_NAME));
        } else if let Some(fault) = names::fault(&name) {
            faults.push((Holds::Name, fault.text()));
        } else if here.contains(&at) {
            faults.push((Holds::Name, words::IMPORT_HERE));
        } else if !seen.insert(at) {
            faults.push((Holds::Name, words::IMPORT_TWICE));
        }
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
        Row { place, cells, name, category, traits, id, faults }
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

    fn taking(holds: &[Holds]) -> Taking {
        Taking { holds: holds.to_vec(), ..Taking::default() }
    }

    #[test]
    fn cells_come_from_a_sheet_or_a_csv_file() {
        assert_eq!(rows_of("甲\t机关\r\n乙\t\r\n\r\n"), [["甲", "机关"], ["乙", ""]]);
        assert_eq!(rows_of("\u{feff}\"甲,一\",\"他说\"\"好\"\"\"\n"), [["甲,一", "他说\"好\""]]);
    }

    fn guessed(text: &str) -> (Vec<Holds>, Option<usize>) {
        let rows = rows_of(text);
        let head = outline::head_row(&rows);
        (guess(&rows, head), head)
    }

    #[test]
    fn a_head_says_what_its_columns_hold() {
        use Holds::{Category, Name, Nothing};
        assert_eq!(guessed("序号\t单位名称\t类别\n1\t甲\t机关"), (vec![Nothing, Name, Category], Some(0)));
        assert_eq!(guessed("林业站\t机关\n村建所\t机关"), (vec![Name, Category], None));
        assert_eq!(guessed("1\t林业站\t机关\n2\t村建所\t机关"), (vec![Nothing, Name, Category], None));
        assert_eq!(
            guessed("序号,单位(科室)名称,手机号,分管领导\n1,党政办,138,张\n2,财政所,139,李"),
            (vec![Nothing, Name, Nothing, Nothing], Some(0))
        );
    }

    #[test]
    fn a_list_as_an_office_keeps_it_gives_its_units_alone() {
        let text = "2024年度民主测评被评单位名单\t\t\t\n序号\t类别\t单位名称\t人数\n1\t机关\t党政办\t20\n2\t\t财政所\t30\n\
            3\t站所\t水务站\t18\n4\t\t司法所\t25\n合 计\t\t\t93\n填表人：张某\t\t\t\n注：以机构改革后为准。\t\t\t";
        let rows = rows_of(text);
        let head = outline::head_row(&rows);
        let mut taking = Taking { holds: guess(&rows, head), head, fill_down: true, ..Taking::default() };
        let named = |taking: &Taking| -> Vec<(String, String)> {
            units(&plan(), &rows, taking).into_iter().map(|row| (row.name, row.category)).collect()
        };
        let expected = [("党政办", "机关"), ("财政所", "机关"), ("水务站", "站所"), ("司法所", "站所")];
        assert_eq!(named(&taking), expected.map(|(name, category)| (name.to_owned(), category.to_owned())));
        use RowKind::{Note, Title, Total};
        assert_eq!(left_out(&rows, &taking), [(0, Title), (6, Total), (7, Note), (8, Note)]);
        // Without filling down, the category that was chosen takes the blanks.
        taking.fill_down = false;
        taking.category = "其他".to_owned();
        assert_eq!(named(&taking)[1], ("财政所".to_owned(), "其他".to_owned()));
        // A row that was left out and is a unit all the same.
        taking.all_the_same.insert(8);
        assert_eq!((named(&taking).len(), left_out(&rows, &taking).len()), (5, 3));
    }

    #[test]
    fn headings_between_the_units_are_their_categories() {
        let rows = rows_of("序号\t单位\n一、党政机构（2个）\t\n1\t党政办\n2\t财政所\n二、站所\t\n1\t水务站");
        let taking = Taking { holds: guess(&rows, Some(0)), head: Some(0), ..Taking::default() };
        let found = units(&plan(), &rows, &taking);
        let categories: Vec<&str> = found.iter().map(|row| row.category.as_str()).collect();
        assert_eq!(categories, ["党政机构", "党政机构", "站所"]);
    }

    #[test]
    fn two_thousand_rows_are_two_thousand_units() {
        let rows: Vec<Vec<String>> =
            (0..2000).map(|number| vec![format!("单位{number}"), format!("类别{}", number % 7)]).collect();
        let taking = Taking { holds: guess(&rows, None), ..Taking::default() };
        let found = units(&plan(), &rows, &taking);
        assert!(found.iter().all(|row| row.faults.is_empty()));
        let mut plan = plan();
        take_over(&mut plan, &found);
        assert_eq!((pointer::list(&plan, "/units").len(), pointer::list(&plan, "/categories").len()), (2001, 8));
    }

    #[test]
    fn a_name_that_looks_the_same_is_the_same_in_its_category() {
        let rows = rows_of("（财政所）\t机关\n(财政所)\t机关\n(财政所)\t站所\n甲科\t站所\n乙\u{202e}科\t机关");
        let taking = Taking { holds: vec![Holds::Name, Holds::Category], ..Taking::default() };
        let faults: Vec<Option<Text>> =
            units(&plan(), &rows, &taking).iter().map(|row| row.faults.first().map(|(_, fault)| *fault)).collect();
        let direction = scoring::ProblemCode::DirectionControl.text();
        assert_eq!(faults, [None, Some(words::IMPORT_TWICE), None, None, Some(direction)]);
    }

    #[test]
    fn rows_that_are_no_units_say_why_at_the_cell() {
        let rows = rows_of("甲科\t机关\n乙科\t机关\n乙科\t机关\n\t机关");
        let found = units(&plan(), &rows, &taking(&[Holds::Name, Holds::Category]));
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
        let found = units(&plan, &rows, &taking(&[Holds::Name, Holds::Category, Holds::Traits]));
        take_over(&mut plan, &found);
        assert_eq!(
            plan.canonical(),
            "{\"categories\":[{\"id\":\"c1\",\"name\":\"机关\"},{\"id\":\"category2\",\"name\":\"窗口\"}],\"units\":[{\"category\":\"c1\",\"id\":\"unit1\",\"name\":\"甲科\"},\
            {\"category\":\"category2\",\"id\":\"unit2\",\"name\":\"乙科\",\"traits\":[\"window\",\"focus\"]},{\"category\":\"c1\",\"id\":\"unit3\",\"name\":\"丙科\"}]}"
        );
    }
}
