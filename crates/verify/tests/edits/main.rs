//! Publications of the golden cases, worked by hand: each holds; and of any single edit the check says that something does
//! not hold, or names the place among what it could not check. `PINGYI_EDITS` says how many edits are tried.

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

mod publications;
mod tokens;

use serde_json::{Map, Value, json};

use publications::{check, document, publications, settle};

#[test]
fn publications_worked_by_hand_hold() {
    let (mut withheld, mut tokens) = (0, 0);
    for (name, publication) in publications() {
        tokens += publication["spent_tokens"].as_array().unwrap().len();
        let report = check(&publication.to_string()).unwrap_or_else(|lines| panic!("{name}: {lines:?}"));
        assert_eq!(report.faults, [], "{name}");
        withheld += publication["withheld"].as_array().unwrap().len();
    }
    assert!(withheld > 20);
    assert!(tokens > 100);
}

/// Draws that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

/// Pointers to everything in a document.
fn places(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| places(value, document::pointer(&path, key), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| places(value, format!("{path}/{at}"), found));
        }
        _ => {}
    }
    found.push(path);
}

/// Edits something, and says where.
fn edit(publication: &mut Value, path: &str, dice: &mut Dice) -> String {
    let node = publication.pointer_mut(path).unwrap();
    match node {
        Value::Null => *node = json!(dice.below(9)),
        Value::Bool(said) => *said = !*said,
        Value::Number(number) => *node = json!(number.as_u64().unwrap() + 1 + dice.below(3) as u64),
        Value::String(text) => {
            let place = dice.below(text.chars().count() + 1);
            let other = ['7', '1', 'b', '.', '评'][dice.below(5)];
            let mut signs: Vec<char> = text.chars().collect();
            match signs.get_mut(place).filter(|sign| **sign != other) {
                Some(sign) => *sign = other,
                None => signs.insert(place, other),
            }
            *text = signs.into_iter().collect();
        }
        Value::Array(items) if items.is_empty() => items.push(json!("x")),
        Value::Array(items) => {
            let (place, next) = (dice.below(items.len()), dice.below(items.len()));
            match dice.below(3) {
                0 => drop(items.remove(place)),
                1 => items.push(items[place].clone()),
                _ => items.swap(place, next),
            }
        }
        Value::Object(members) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            match (dice.below(3), keys.is_empty()) {
                (0, _) | (_, true) => drop(members.insert("unheard_of".to_owned(), json!(1))),
                (1, _) => {
                    let key = &keys[dice.below(keys.len())];
                    members.remove(key);
                    return document::pointer(path, key);
                }
                _ => {
                    let key = &keys[dice.below(keys.len())];
                    let value = members.remove(key).unwrap();
                    members.insert(format!("{key}_"), value);
                    return document::pointer(path, key);
                }
            }
        }
    }
    path.to_owned()
}

fn edits() -> usize {
    std::env::var("PINGYI_EDITS").ok().and_then(|number| number.parse().ok()).unwrap_or(600)
}

#[test]
fn any_single_edit_is_found_or_its_place_is_said_to_be_unchecked() {
    let all = publications();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut told, mut open) = (0, 0);
    for number in 0..edits() {
        let (name, original) = &all[number % all.len()];
        let mut found = Vec::new();
        places(original, String::new(), &mut found);
        let mut edited = original.clone();
        let path = edit(&mut edited, &found[dice.below(found.len())], &mut dice);
        // A null says what no member says.
        if document(&edited).sha256() == document(original).sha256() {
            continue;
        }
        match check(&edited.to_string()) {
            Err(_) => told += 1,
            Ok(report) if !report.faults.is_empty() => told += 1,
            Ok(report) => {
                assert!(report.leaves_open(&path), "{name}: edit {number} at {path} was not found");
                open += 1;
            }
        }
    }
    assert!(told > 20 * open, "{told} found, {open} left open");
}

/// Whoever edits the result and makes the fingerprints anew is found by the formula.
#[test]
fn an_edited_result_with_new_fingerprints_is_found_by_scoring_again() {
    let all = publications();
    let mut dice = Dice(0x1234_5678_9ABC_DEF1);
    for number in 0..edits() / 2 {
        let (name, original) = &all[number % all.len()];
        let mut found = Vec::new();
        places(&original["result"], "/result".to_owned(), &mut found);
        let mut edited = original.clone();
        let path = edit(&mut edited, &found[dice.below(found.len())], &mut dice);
        if document(&edited).sha256() == document(original).sha256() {
            continue;
        }
        settle(&mut edited);
        let found = match check(&edited.to_string()) {
            Err(_) => true,
            Ok(report) => !report.faults.is_empty() || report.leaves_open(&path),
        };
        assert!(found, "{name}: edit {number} at {path} was not found");
    }
}

#[test]
fn a_count_changed_with_all_fingerprints_made_anew_is_found_by_the_score() {
    let (_, mut publication) = publications().into_iter().find(|(_, one)| one["withheld"] != json!([])).unwrap();
    let tally = publication["records"]["tallies"].as_array().unwrap().iter().position(|tally| {
        tally["counts"].as_object().unwrap().values().filter(|count| count.as_u64() > Some(0)).count() > 1
    });
    let counts = publication["records"]["tallies"][tally.unwrap()]["counts"].as_object_mut().unwrap();
    let first = counts.values_mut().find(|count| count.as_u64() > Some(0)).unwrap();
    *first = json!(first.as_u64().unwrap() + 5);
    settle(&mut publication);
    let report = check(&publication.to_string()).unwrap();
    assert!(report.faults.iter().any(|line| line.path.ends_with("/score")), "{:?}", report.faults);
}

#[test]
fn what_is_no_publication_is_refused_with_a_place_and_words() {
    let (_, publication) = publications().remove(0);
    let text = publication.to_string();
    let refused = |text: &str| check(text).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(refused("")[0].contains("malformed_json"));
    // Cut inside a sign, too.
    for end in [1, text.len() / 3, text.len() - 1] {
        let cut = &text.as_bytes()[..end];
        assert!(verify::read(cut).is_err());
    }
    let large = vec![b' '; verify::MOST_BYTES + 1];
    assert!(verify::read(&large).unwrap_err().to_string().contains("文件太大 / the file is too large"));
    for text in ["[]", "3", "null", "{}", "\"x\""] {
        assert_eq!(refused(text).len(), 1, "{text}");
    }
    let mut other = publication.clone();
    other["plan"]["format"] = json!(2);
    assert!(refused(&other.to_string())[0].starts_with("publication:/plan/"));
    let mut other = publication.clone();
    other["result"]["units"][0]["rank"] = json!("first");
    assert!(refused(&other.to_string())[0].starts_with("publication:/result/units/0/rank"));
}

#[test]
fn a_publication_of_another_plan_and_one_whose_units_changed_places_do_not_hold() {
    let all = publications();
    let mut other = all[0].1.clone();
    other["plan"] = all[1].1["plan"].clone();
    let paths: Vec<String> = check(&other.to_string()).unwrap().faults.into_iter().map(|line| line.path).collect();
    assert!(paths.contains(&"/plan_sha256".to_owned()), "{paths:?}");
    let mut swapped = all[0].1.clone();
    swapped["result"]["units"].as_array_mut().unwrap().swap(0, 1);
    settle(&mut swapped);
    let paths: Vec<String> = check(&swapped.to_string()).unwrap().faults.into_iter().map(|line| line.path).collect();
    assert!(paths.iter().any(|path| path.starts_with("/result/units")), "{paths:?}");
}

/// Publications from before records were shown have neither them nor fingerprints.
#[test]
fn an_old_publication_is_checked_as_far_as_it_goes() {
    let (_, publication) = publications().remove(0);
    let old: Map<String, Value> = ["plan", "plan_sha256", "result"]
        .into_iter()
        .map(|name| (name.to_owned(), publication[name].clone()))
        .collect();
    let report = check(&Value::Object(old).to_string()).unwrap();
    assert_eq!(report.faults, []);
    let open: Vec<&str> = report.unchecked.iter().map(|line| line.path.as_str()).collect();
    assert_eq!(open, ["/fingerprints", "/result"]);
}

#[test]
fn books_that_do_not_agree_are_found() {
    let faults = |change: fn(&mut Value)| -> Vec<String> {
        let mut all = publications().into_iter().map(|(_, one)| one);
        let mut publication = all.find(|one| one["records"]["tallies"].as_array().unwrap().len() > 3).unwrap();
        change(&mut publication);
        settle(&mut publication);
        check(&publication.to_string()).unwrap().faults.into_iter().map(|line| line.path).collect()
    };
    assert_eq!(faults(|_| {}), Vec::<String>::new());
    let group = "/reconciliation/groups/0";
    assert_eq!(faults(|one| one["reconciliation"]["groups"][0]["unused"] = json!(7)), [group]);
    assert!(faults(|one| one["receipts"]["count"] = json!(12)).contains(&"/receipts/count".to_owned()));
    let few = faults(|one| {
        for member in ["used", "ballots"] {
            one["reconciliation"]["groups"][0][member] = json!(1);
        }
        one["reconciliation"]["groups"][0]["unused"] = json!(4_999_999);
        one["receipts"]["count"] = Value::Null;
    });
    assert!(few.iter().any(|path| path.starts_with("/records/tallies/")), "{few:?}");
}
