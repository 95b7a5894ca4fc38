//! A sheet of people as voters: which column is which, what each row says, and what is wrong at which cell.
//!
//! Owns the reading. What the server finds wrong beside it (the same person twice on the list) it tells by row.

use std::collections::BTreeMap;

use office_frame::{names::named, pointer};
use scoring::{json::Value, names::folded};
use sheet::outline::{self, RowKind};
use text::{Text, voters as words};
use wire::voter::VoterEntry;

/// Columns that are looked at.
const MOST_COLUMNS: usize = 40;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Holds {
    Name,
    Group,
    /// The voter's own unit.
    Unit,
    /// The units that the voter marks.
    Units,
    Contact,
    Note,
    /// Nothing that is taken over.
    Nothing,
}

impl Holds {
    /// All, in the order in which they are offered.
    pub const ALL: [Holds; 7] =
        [Holds::Name, Holds::Group, Holds::Unit, Holds::Units, Holds::Contact, Holds::Note, Holds::Nothing];

    /// Its name in the page's controls.
    pub const fn key(self) -> &'static str {
        match self {
            Holds::Name => "name",
            Holds::Group => "group",
            Holds::Unit => "unit",
            Holds::Units => "units",
            Holds::Contact => "contact",
            Holds::Note => "note",
            Holds::Nothing => "",
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Holds::Name => words::NAME,
            Holds::Group => words::GROUP,
            Holds::Unit => words::OWN_UNIT,
            Holds::Units => words::UNITS,
            Holds::Contact => words::CONTACT,
            Holds::Note => words::REMARK,
            Holds::Nothing => words::LEFT_OUT,
        }
    }

    /// What a head says, without what stands in brackets and blanks.
    fn said(head: &str) -> Option<Holds> {
        let bare: String = head.split(['(', '（']).next().unwrap_or_default().split_whitespace().collect();
        let bare = bare.trim_end_matches([':', '：']).to_lowercase();
        let words: [(Holds, &[&str]); 6] = [
            (Holds::Name, &["姓名", "名字", "评议人", "参评人", "评议人姓名", "name", "voter"]),
            (Holds::Group, &["人群", "评议人群", "群体", "评议群体", "身份", "类别", "人员类别", "group"]),
            (
                Holds::Unit,
                &["单位", "所在单位", "本单位", "工作单位", "所属单位", "科室", "部门", "unit", "own unit", "ownunit"],
            ),
            (
                Holds::Units,
                &["分管单位", "分管", "分管部门", "联系单位", "被评单位", "评议单位", "units", "in charge", "incharge"],
            ),
            (
                Holds::Contact,
                &[
                    "联系方式",
                    "手机",
                    "手机号",
                    "手机号码",
                    "电话",
                    "联系电话",
                    "电话号码",
                    "邮箱",
                    "phone",
                    "contact",
                    "email",
                ],
            ),
            (Holds::Note, &["备注", "说明", "职务", "职务职级", "note", "remark", "remarks"]),
        ];
        words.into_iter().find(|(_, heads)| heads.contains(&bare.as_str())).map(|(holds, _)| holds)
    }
}

/// A row of the sheet as a voter.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Its number in what was pasted or chosen, from 1.
    pub number: usize,
    /// Its cells, as they stand.
    pub cells: Vec<String>,
    pub voter: VoterEntry,
    /// What is wrong, at which kind of column.
    pub faults: Vec<(Holds, Text)>,
}

/// The row that is the head: the first among the first rows of which two cells say what their column holds.
pub fn head_row(rows: &[Vec<String>]) -> Option<usize> {
    let said = |row: &Vec<String>| row.iter().filter(|cell| Holds::said(cell).is_some()).count();
    (0..rows.len().min(15)).find(|place| said(&rows[*place]) >= 2)
}

/// What the columns hold: what the head says, and else what their cells are: a telephone number, a group or a unit of the
/// plan, and the first text that is none of these is the name.
pub fn guess(plan: &Value, rows: &[Vec<String>], head: Option<usize>) -> Vec<Holds> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().min(MOST_COLUMNS);
    let mut holds = vec![Holds::Nothing; width];
    if let Some(head) = head {
        for (place, hold) in holds.iter_mut().enumerate() {
            *hold = rows[head].get(place).and_then(|cell| Holds::said(cell)).unwrap_or(Holds::Nothing);
        }
    } else {
        let ids = Known::of(plan);
        let column = |place: usize| rows.iter().filter_map(move |row| row.get(place)).filter(|cell| !cell.is_empty());
        for place in 0..width {
            let most = |is: &dyn Fn(&str) -> bool| {
                let (yes, all) = (column(place).filter(|cell| is(cell)).count(), column(place).count());
                all > 0 && yes * 2 > all
            };
            let free = |hold: Holds, holds: &[Holds]| !holds.contains(&hold);
            let is_serial = outline::is_serial(column(place).map(String::as_str));
            holds[place] = if is_serial {
                Holds::Nothing
            } else if free(Holds::Group, &holds) && most(&|cell| ids.group(cell).is_some()) {
                Holds::Group
            } else if free(Holds::Unit, &holds) && most(&|cell| ids.unit(cell).is_some()) {
                Holds::Unit
            } else if free(Holds::Contact, &holds) && most(&is_contact) {
                Holds::Contact
            } else if free(Holds::Name, &holds) && most(&|cell| cell.chars().any(char::is_alphabetic)) {
                Holds::Name
            } else {
                Holds::Nothing
            };
        }
    }
    // Each once: the first column that says so.
    for place in 1..width {
        if holds[..place].contains(&holds[place]) {
            holds[place] = Holds::Nothing;
        }
    }
    holds
}

fn is_contact(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    cell.contains('@') || (digits >= 7 && cell.chars().all(|sign| sign.is_ascii_digit() || " -+()".contains(sign)))
}

/// The groups and units of a plan by name or id.
struct Known {
    groups: BTreeMap<String, String>,
    /// None where two units of different categories have one name.
    units: BTreeMap<String, Option<String>>,
}

impl Known {
    fn of(plan: &Value) -> Known {
        let mut known = Known { groups: BTreeMap::new(), units: BTreeMap::new() };
        for (id, name) in named(plan, "/groups") {
            known.groups.insert(folded(&name), id.clone());
            known.groups.entry(id.clone()).or_insert(id);
        }
        for (id, name) in named(plan, "/units") {
            known.units.entry(folded(&name)).and_modify(|one| *one = None).or_insert(Some(id.clone()));
            known.units.entry(id.clone()).or_insert(Some(id));
        }
        known
    }

    fn group(&self, cell: &str) -> Option<String> {
        self.groups.get(&folded(cell)).cloned()
    }

    fn unit(&self, cell: &str) -> Option<String> {
        self.units.get(&folded(cell)).cloned().flatten()
    }
}

/// The rows that are people. `group`: of those whose row says none.
pub fn voters(plan: &Value, rows: &[Vec<String>], head: Option<usize>, holds: &[Holds], group: &str) -> Vec<Row> {
    let known = Known::of(plan);
    let kinds = outline::kinds(rows, head);
    let mut seen: BTreeMap<(String, String, Option<String>), usize> = BTreeMap::new();
    let mut read = Vec::new();
    for (place, cells) in rows.iter().enumerate() {
        let after_head = head.is_none_or(|head| place > head);
        let has_any = cells.iter().any(|cell| !cell.is_empty());
        if !after_head || !has_any || matches!(kinds[place], RowKind::Note | RowKind::Total | RowKind::Head) {
            continue;
        }
        let cell = |hold: Holds| {
            let column = holds.iter().position(|one| *one == hold);
            column.and_then(|column| cells.get(column)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let mut faults = Vec::new();
        let name = cell(Holds::Name).unwrap_or_default().to_owned();
        if name.is_empty() {
            faults.push((Holds::Name, words::NO_NAME));
        }
        let of_group = match cell(Holds::Group) {
            Some(said) => known.group(said).unwrap_or_else(|| {
                faults.push((Holds::Group, words::NO_SUCH_GROUP));
                String::new()
            }),
            None if group.is_empty() => {
                faults.push((Holds::Group, words::NO_GROUP));
                String::new()
            }
            None => group.to_owned(),
        };
        let unit = cell(Holds::Unit).and_then(|said| {
            let unit = known.unit(said);
            if unit.is_none() {
                faults.push((Holds::Unit, words::NO_SUCH_UNIT));
            }
            unit
        });
        let units = cell(Holds::Units).map(|said| {
            let parts =
                said.split(['、', ',', '，', ';', '；', '/', '\n']).map(str::trim).filter(|part| !part.is_empty());
            let units: Vec<Option<String>> = parts.map(|part| known.unit(part)).collect();
            if units.iter().any(Option::is_none) {
                faults.push((Holds::Units, words::NO_SUCH_UNIT));
            }
            units.into_iter().flatten().collect::<Vec<_>>()
        });
        let person = (of_group.clone(), folded(&name), unit.clone());
        if !name.is_empty() && seen.insert(person, place).is_some() {
            faults.push((Holds::Name, words::TWICE));
        }
        let voter = VoterEntry {
            id: None,
            name,
            group: of_group,
            unit,
            units: units.filter(|units| !units.is_empty()),
            contact: cell(Holds::Contact).map(str::to_owned),
            note: cell(Holds::Note).map(str::to_owned),
        };
        read.push(Row { number: place + 1, cells: cells.clone(), voter, faults });
    }
    read
}

/// Whether codes of a group may be given to people: of what others hold no list ever says.
pub fn is_linked(plan: &Value, group: &str) -> bool {
    let found = pointer::list(plan, "/groups").iter().find(|one| pointer::text(one, "/id") == group);
    found.is_some_and(|group| matches!(pointer::text(group, "/ballot"), "blind" | "named" | "per_unit"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sheet::cells;

    fn plan() -> Value {
        let text = r#"{ "groups": [{ "id": "leaders", "name": "班子成员", "ballot": "named" },
            { "id": "staff", "name": "干部职工", "ballot": "anonymous" }],
          "units": [{ "id": "forestry", "name": "林业站" }, { "id": "water", "name": "水务站" }] }"#;
        Value::parse(text.as_bytes()).unwrap()
    }

    fn read(text: &str, group: &str) -> Vec<Row> {
        let rows = cells(text);
        let head = head_row(&rows);
        voters(&plan(), &rows, head, &guess(&plan(), &rows, head), group)
    }

    #[test]
    fn a_list_with_a_title_and_a_head_says_what_each_column_is() {
        let rows = read(
            "2024年评议人名单\t\t\t\n序号\t姓名\t评议人群\t分管单位\t手机号\n1\t张三\t班子成员\t林业站、水务站\t13800000000\n2\t李四\t干部职工\t\t\n合计\t2\t\t\t",
            "",
        );
        let said: Vec<_> =
            rows.iter().map(|row| (row.number, row.voter.name.as_str(), row.voter.group.as_str())).collect();
        assert_eq!(said, [(3, "张三", "leaders"), (4, "李四", "staff")]);
        assert_eq!(rows[0].voter.units.as_deref(), Some(&["forestry".to_owned(), "water".to_owned()][..]));
        assert_eq!(rows[0].voter.contact.as_deref(), Some("13800000000"));
        assert!(rows.iter().all(|row| row.faults.is_empty()));
    }

    #[test]
    fn without_a_head_columns_are_known_by_what_they_hold() {
        let rows = read("1\t张三\t林业站\t138-0000-0000\n2\t李四\t水务站\t0839-1234567", "staff");
        let said: Vec<_> = rows
            .iter()
            .map(|row| (row.voter.name.clone(), row.voter.unit.clone(), row.voter.contact.clone()))
            .collect();
        let one =
            |name: &str, unit: &str, contact: &str| (name.to_owned(), Some(unit.to_owned()), Some(contact.to_owned()));
        assert_eq!(said, [one("张三", "forestry", "138-0000-0000"), one("李四", "water", "0839-1234567")]);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_cell() {
        let rows = read(
            "姓名\t人群\t单位\t分管单位\n\t班子成员\t林业站\t\n张三\t群众\t农业站\t林业站、茶叶站\n李四\t\t林业站\t\n李四\t班子成员\t\t\n李四\t班子成员\t\t",
            "",
        );
        let faults: Vec<Vec<_>> = rows.iter().map(|row| row.faults.clone()).collect();
        assert_eq!(
            faults,
            [
                vec![(Holds::Name, words::NO_NAME)],
                vec![
                    (Holds::Group, words::NO_SUCH_GROUP),
                    (Holds::Unit, words::NO_SUCH_UNIT),
                    (Holds::Units, words::NO_SUCH_UNIT)
                ],
                vec![(Holds::Group, words::NO_GROUP)],
                vec![],
                vec![(Holds::Name, words::TWICE)],
            ]
        );
    }
}
