//! What is stored does not join a code to a ballot, and after closing the box's file keeps no order of writes.

use std::collections::BTreeSet;

use scoring::json::Value;

use crate::house::{House, PLANNER, all, json};

/// A row's number in the file, the two keys as the engine writes them, and the item.
pub type Row = (i64, String, String, String);

pub fn rows(path: &std::path::Path, table: &str) -> Vec<Row> {
    let file = rusqlite::Connection::open(path).unwrap();
    let mut rows = file.prepare(&format!("SELECT rowid, pk, sk, item_json FROM {table} ORDER BY rowid")).unwrap();
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

#[tokio::test]
async fn after_closing_the_box_is_in_key_order_and_its_old_file_is_gone() {
    let home = tempfile::tempdir().unwrap();
    let plan = {
        let house = House::in_directory(home.path()).await;
        let (plan, staff, _) = house.open(30).await;
        for code in &staff {
            house.cast(&plan, code, &house.ballot_id(), &all("good")).await.unwrap();
        }
        house.store.close_plan(PLANNER, &plan).await.unwrap();
        house.base.engine().check_integrity().await.unwrap();
        plan
    };
    let names: BTreeSet<String> = std::fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("box"))
        .collect();
    assert_eq!(names, BTreeSet::from(["box.2.db".to_owned()]));
    let rows = rows(&home.path().join("box.2.db"), "box");
    assert_eq!(rows.iter().filter(|row| row.1.contains(&format!("BALLOT#{plan}"))).count(), 30);
    assert!(rows.windows(2).all(|pair| (&pair[0].1, &pair[0].2) < (&pair[1].1, &pair[1].2)));
    assert!(rows.iter().zip(1..).all(|(row, number)| row.0 == number));
    // And it is all there when the engine opens again.
    let house = House::in_directory(home.path()).await;
    assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, 30);
}

#[tokio::test]
async fn codes_and_ballots_hold_nothing_but_what_they_must() {
    let home = tempfile::tempdir().unwrap();
    let (codes, ballots) = {
        let house = House::in_directory(home.path()).await;
        let (plan, staff, guests) = house.open(6).await;
        let mut ballots = Vec::new();
        for code in staff.iter().chain(&guests) {
            ballots.push(house.ballot_id());
            house.cast(&plan, code, ballots.last().unwrap(), &all("good")).await.unwrap();
        }
        house.store.close_plan(PLANNER, &plan).await.unwrap();
        (staff, ballots)
    };
    let allowed = |row: &Row| -> &[&str] {
        if row.1.contains("CODE#") {
            &["PK", "SK", "term", "voters", "in_batch", "used"]
        } else if row.1.contains("BALLOT#") {
            &["PK", "SK", "term", "voters", "marks"]
        } else if row.1.contains("BATCH#") {
            &["PK", "SK"]
        } else if row.1.contains("CLOSING#") {
            // Where it ended, and no ballot's number.
            &["PK", "SK", "place_name", "step", "part", "counted", "kept"]
        } else {
            assert!(row.1.contains("TALLY#"), "{}", row.1);
            &[]
        }
    };
    for row in rows(&home.path().join("box.2.db"), "box") {
        let allowed = allowed(&row);
        let Value::Object(attributes) = json(&row.3) else { panic!("an item is an object") };
        let known = |name: &str| {
            allowed.contains(&name)
                || (allowed.is_empty() && (["PK", "SK", "gate"].contains(&name) || name.starts_with(['t', 'c'])))
        };
        assert!(attributes.iter().all(|(name, _)| known(name)), "{attributes:?}");
    }
    // The table that has backups knows neither codes nor ballot ids.
    let main = std::fs::read(home.path().join("main.1.db")).unwrap();
    let holds = |text: &str| main.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("plan_closed"));
    assert!(!codes.iter().any(|code| holds(&code.to_string())));
    assert!(!ballots.iter().any(|ballot| holds(&ballot.to_string())));
}

/// What is left on disk after closing is searched as a linker would: every file, byte by byte, also what no row
/// shows any more.
#[tokio::test]
async fn the_bytes_left_after_closing_hold_no_older_state_of_codes_or_ballots() {
    let home = tempfile::tempdir().unwrap();
    let mut ids: Vec<String> = Vec::new();
    {
        let house = House::in_directory(home.path()).await;
        let (plan, staff, _) = house.open(60).await;
        for code in &staff {
            let ballot = house.ballot_id();
            house.cast(&plan, code, &ballot, &all("good")).await.unwrap();
            ids.push(code.to_string());
            ids.push(ballot.to_string());
        }
        house.store.close_plan(PLANNER, &plan).await.unwrap();
    }
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let count = |id: &String| bytes.windows(id.len()).filter(|window| *window == id.as_bytes()).count();
        let in_box = path.file_name().unwrap() == "box.2.db";
        for id in &ids {
            // The row's sort key, the same in the item, and in the index: a code that was burned stands there as
            // often as any other id, for its older state is gone.
            assert_eq!(count(id), if in_box { 3 } else { 0 }, "{id} in {path:?}");
        }
        if in_box {
            let file = rusqlite::Connection::open(&path).unwrap();
            let free: i64 = file.query_row("PRAGMA freelist_count", [], |row| row.get(0)).unwrap();
            assert_eq!(free, 0);
        }
    }
}
