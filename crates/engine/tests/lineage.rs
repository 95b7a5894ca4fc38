//! Files that are not those which were left: each accident is noticed, and told by its kind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use engine::{Engine, EngineError, Finding, Knows, Opening};
use serde_json::json;

const TABLES: [&str; 2] = ["main", "box"];

struct Folder {
    data: tempfile::TempDir,
    state: tempfile::TempDir,
}

impl Folder {
    fn new() -> Folder {
        Folder { data: tempfile::tempdir().unwrap(), state: tempfile::tempdir().unwrap() }
    }

    fn opening(&self, accept: bool) -> Opening<'_> {
        Opening { tables: &TABLES, witnesses: Some(self.state.path()), accept }
    }

    fn open(&self) -> Result<Engine, EngineError> {
        Engine::open_as(self.data.path(), &self.opening(false))
    }

    fn findings(&self) -> Vec<Finding> {
        match self.open() {
            Err(EngineError::NotAsLeft(findings)) => findings,
            other => panic!("{other:?}"),
        }
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.data.path().join(name)
    }
}

async fn create(engine: &Engine) {
    for table in TABLES {
        let request = json!({
            "TableName": table, "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{ "AttributeName": "PK", "AttributeType": "S" }, { "AttributeName": "SK", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "PK", "KeyType": "HASH" }, { "AttributeName": "SK", "KeyType": "RANGE" }],
        });
        let (status, answer) = engine.call("CreateTable", &request.to_string()).await;
        assert_eq!(status, 200, "{answer}");
    }
}

async fn put(engine: &Engine, table: &str, key: u32) {
    let item = json!({ "PK": { "S": "p" }, "SK": { "S": key.to_string() } });
    let (status, answer) = engine.call("PutItem", &json!({ "TableName": table, "Item": item }).to_string()).await;
    assert_eq!(status, 200, "{answer}");
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// A folder with both tables, three items in each, closed in order.
async fn used() -> Folder {
    let folder = Folder::new();
    let engine = folder.open().unwrap();
    create(&engine).await;
    for key in 0..3 {
        put(&engine, "main", key).await;
        put(&engine, "box", key).await;
    }
    engine.note_progress().await.unwrap();
    folder
}

fn older(table: &str, lacks: u64, by: Knows) -> Finding {
    Finding::Older { table: table.to_owned(), lacks, by }
}

#[tokio::test]
async fn a_folder_that_was_left_in_order_or_cut_off_opens_again() {
    let folder = used().await;
    let engine = folder.open().unwrap();
    assert!(engine.has_witness());
    assert_eq!(engine.findings(), []);
    // Cut off: nothing is noted at the end.
    for key in 3..20 {
        put(&engine, "box", key).await;
    }
    drop(engine);
    let engine = folder.open().unwrap();
    engine.rewrite("box").await.unwrap();
    put(&engine, "main", 3).await;
    drop(engine);
    drop(folder.open().unwrap());
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let folder = used().await;
    std::fs::remove_file(folder.file("box.1.db")).unwrap();
    assert_eq!(folder.findings(), [Finding::Missing { table: "box".to_owned() }]);
    // Looking at it has made nothing.
    assert!(!folder.file("box.1.db").exists());
    assert_eq!(folder.findings(), [Finding::Missing { table: "box".to_owned() }]);
}

#[tokio::test]
async fn a_file_that_was_lost_before_any_file_kept_marks_is_named() {
    let folder = Folder::new();
    {
        let engine = Engine::open(folder.data.path()).unwrap();
        create(&engine).await;
        put(&engine, "main", 0).await;
    }
    // What a version without marks leaves.
    let connection = rusqlite::Connection::open(folder.file("main.1.db")).unwrap();
    connection
        .execute_batch(
            "DROP TABLE _pingyi_file; DROP TABLE _pingyi_seen; DROP TRIGGER _pingyi_INSERT; \
             DROP TRIGGER _pingyi_UPDATE; DROP TRIGGER _pingyi_DELETE;",
        )
        .unwrap();
    drop(connection);
    std::fs::remove_file(folder.file("box.1.db")).unwrap();
    assert_eq!(folder.findings(), [Finding::Missing { table: "box".to_owned() }]);
}

#[tokio::test]
async fn a_file_that_was_copied_earlier_and_put_back_is_older_than_the_other_knows() {
    let folder = used().await;
    let copied = std::fs::read(folder.file("box.1.db")).unwrap();
    let engine = folder.open().unwrap();
    for key in 3..10 {
        put(&engine, "box", key).await;
    }
    engine.note_progress().await.unwrap();
    drop(engine);
    std::fs::write(folder.file("box.1.db"), &copied).unwrap();
    // The other file and the witness know the same; the file is named.
    assert_eq!(folder.findings(), [older("box", 7, Knows::Table("main".to_owned()))]);
    // Without the witness, too.
    std::fs::remove_dir_all(folder.state.path()).unwrap();
    assert_eq!(folder.findings(), [older("box", 7, Knows::Table("main".to_owned()))]);
}

#[tokio::test]
async fn a_folder_that_is_put_back_as_a_whole_is_older_than_the_witness_knows() {
    let folder = used().await;
    let engine = folder.open().unwrap();
    let copied = tempfile::tempdir().unwrap();
    copy(folder.data.path(), copied.path());
    for key in 3..53 {
        put(&engine, "box", key).await;
    }
    // The process is killed at once: no file has noted anything of that.
    drop(engine);
    for name in ["box.1.db", "box.1.db-wal", "main.1.db", "main.1.db-wal"] {
        let (from, to) = (copied.path().join(name), folder.file(name));
        if from.exists() { std::fs::copy(from, to).map(drop).unwrap() } else { std::fs::remove_file(to).unwrap_or(()) }
    }
    assert_eq!(folder.findings(), [older("box", 50, Knows::Witness)]);
    // On a machine that never saw the folder nobody knows: the copy agrees with itself.
    let elsewhere = Folder { data: copied, state: tempfile::tempdir().unwrap() };
    drop(elsewhere.open().unwrap());
}

#[tokio::test]
async fn a_copy_beside_its_original_goes_on_by_itself_but_not_one_that_was_left_behind() {
    let folder = used().await;
    let (copied, stale) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copy(folder.data.path(), copied.path());
    copy(folder.data.path(), stale.path());
    let open = |data: &Path| Engine::open_as(data, &folder.opening(false));
    // The copy writes, and the original is none the older for it.
    let engine = open(copied.path()).unwrap();
    for key in 3..8 {
        put(&engine, "box", key).await;
    }
    drop(engine);
    let engine = folder.open().unwrap();
    put(&engine, "box", 3).await;
    drop(engine);
    drop(open(copied.path()).unwrap());
    // By now the original has gone on: another copy of that time is older than it.
    let Err(EngineError::NotAsLeft(found)) = open(stale.path()) else { panic!("a stale copy was taken") };
    assert_eq!(found, [older("box", 1, Knows::Witness)]);
}

#[tokio::test]
async fn a_folder_that_was_moved_is_still_known() {
    let folder = used().await;
    let (before, moved) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copy(folder.data.path(), before.path());
    copy(folder.data.path(), moved.path());
    std::fs::remove_dir_all(folder.data.path()).unwrap();
    let open = |data: &Path| Engine::open_as(data, &folder.opening(false));
    let engine = open(moved.path()).unwrap();
    put(&engine, "box", 3).await;
    drop(engine);
    drop(open(moved.path()).unwrap());
    assert!(matches!(open(before.path()), Err(EngineError::NotAsLeft(_))));
}

#[tokio::test]
async fn a_file_of_another_folder_is_foreign() {
    let (folder, other) = (used().await, used().await);
    std::fs::copy(other.file("box.1.db"), folder.file("box.1.db")).unwrap();
    assert_eq!(folder.findings(), [Finding::Foreign { table: "box".to_owned() }]);
}

#[tokio::test]
async fn an_old_file_beside_the_current_one_is_named_and_kept_until_that_is_accepted() {
    let folder = used().await;
    let first = std::fs::read(folder.file("box.1.db")).unwrap();
    let engine = folder.open().unwrap();
    put(&engine, "box", 3).await;
    engine.rewrite("box").await.unwrap();
    drop(engine);
    // One generation behind, as an interrupted rewriting leaves it, but without what was written since.
    std::fs::write(folder.file("box.1.db"), &first).unwrap();
    let superseded = |file: &str| Finding::Superseded { table: "box".to_owned(), file: file.to_owned() };
    assert_eq!(folder.findings(), [superseded("box.1.db")]);
    // Two generations behind.
    std::fs::rename(folder.file("box.2.db"), folder.file("box.3.db")).unwrap();
    assert_eq!(folder.findings(), [superseded("box.1.db")]);
    assert!(folder.file("box.1.db").exists());

    let engine = Engine::open_as(folder.data.path(), &folder.opening(true)).unwrap();
    assert_eq!(engine.findings(), [superseded("box.1.db")]);
    engine.accept().await.unwrap();
    assert!(!folder.file("box.1.db").exists());
    // It was set aside as it was: it may hold what is nowhere else.
    assert_eq!(std::fs::read(folder.file("box.1.db.aside")).unwrap(), first);
    drop(engine);
    drop(folder.open().unwrap());
}

#[tokio::test]
async fn what_was_found_is_found_again_until_it_is_accepted() {
    let folder = used().await;
    let copied = std::fs::read(folder.file("box.1.db")).unwrap();
    let engine = folder.open().unwrap();
    put(&engine, "box", 3).await;
    engine.note_progress().await.unwrap();
    drop(engine);
    std::fs::write(folder.file("box.1.db"), &copied).unwrap();
    let found = [older("box", 1, Knows::Table("main".to_owned()))];
    let engine = Engine::open_as(folder.data.path(), &folder.opening(true)).unwrap();
    // It is in use already, and ends before it is accepted.
    put(&engine, "main", 3).await;
    engine.note_progress().await.unwrap();
    drop(engine);
    assert_eq!(folder.findings(), found);
    let engine = Engine::open_as(folder.data.path(), &folder.opening(true)).unwrap();
    engine.accept().await.unwrap();
    assert_eq!(engine.findings(), []);
    put(&engine, "box", 4).await;
    drop(engine);
    let engine = folder.open().unwrap();
    assert_eq!(engine.findings(), []);
}
