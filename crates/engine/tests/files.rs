//! The engine's files: what survives, what is rewritten, what a crash leaves behind. Requests go in as the SDK's
//! connector hands them on, without the SDK.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use engine::{Engine, EngineError};
use serde_json::{Value, json};

async fn call(engine: &Engine, operation: &str, body: Value) -> (u16, Value) {
    let (status, answer) = engine.call(operation, &body.to_string()).await;
    (status, serde_json::from_str(&answer).unwrap())
}

async fn create(engine: &Engine, table: &str) {
    let (status, answer) = call(
        engine,
        "CreateTable",
        json!({
            "TableName": table, "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{ "AttributeName": "PK", "AttributeType": "S" }, { "AttributeName": "SK", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "PK", "KeyType": "HASH" }, { "AttributeName": "SK", "KeyType": "RANGE" }],
        }),
    )
    .await;
    assert_eq!(status, 200, "{answer}");
}

fn item(key: &str) -> Value {
    json!({ "PK": { "S": "p" }, "SK": { "S": key } })
}

async fn put(engine: &Engine, table: &str, key: &str) -> u16 {
    call(engine, "PutItem", json!({ "TableName": table, "Item": item(key) })).await.0
}

async fn keys(engine: &Engine, table: &str) -> Vec<String> {
    let (status, answer) = call(
        engine,
        "Query",
        json!({ "TableName": table, "KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": { ":p": { "S": "p" } } }),
    )
    .await;
    assert_eq!(status, 200, "{answer}");
    let items = answer["Items"].as_array().unwrap();
    items.iter().map(|item| item["SK"]["S"].as_str().unwrap().to_owned()).collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_in_the_files_at_once() {
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::open(home.path()).unwrap();
    create(&engine, "main").await;
    assert_eq!(put(&engine, "main", "a").await, 200);
    // The process may end here: nothing is closed, nothing is folded into the file.
    let crashed = tempfile::tempdir().unwrap();
    copy(home.path(), crashed.path());
    let revived = Engine::open(crashed.path()).unwrap();
    assert_eq!(keys(&revived, "main").await, ["a"]);
}

#[tokio::test]
async fn a_directory_has_one_engine() {
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::open(home.path()).unwrap();
    assert!(matches!(Engine::open(home.path()), Err(EngineError::InUse)));
    drop(engine);
    assert!(Engine::open(home.path()).is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rewriting_waits_for_nobody_to_lose_a_write() {
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::open(home.path()).unwrap();
    create(&engine, "box").await;
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..100 {
        let engine = engine.clone();
        writers
            .spawn(async move { assert_eq!(put(&engine, "box", &format!("{:03}", (number * 37) % 100)).await, 200) });
    }
    for _ in 0..3 {
        engine.rewrite("box").await.unwrap();
    }
    writers.join_all().await;
    engine.rewrite("box").await.unwrap();
    assert_eq!(keys(&engine, "box").await, (0..100).map(|number| format!("{number:03}")).collect::<Vec<_>>());
    engine.check_integrity().await.unwrap();
    assert!(home.path().join("box.5.db").exists());
    assert!(!home.path().join("box.4.db").exists());
}

#[tokio::test]
async fn a_rewriting_that_broke_off_at_any_step_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let before = tempfile::tempdir().unwrap();
    {
        let engine = Engine::open(home.path()).unwrap();
        create(&engine, "box").await;
        for key in ["c", "a", "b"] {
            put(&engine, "box", key).await;
        }
        copy(home.path(), before.path());
        engine.rewrite("box").await.unwrap();
    }
    let new = home.path().join("box.2.db");

    // Broken off while the new file was being written: half of it, under its unfinished name.
    let half = tempfile::tempdir().unwrap();
    copy(before.path(), half.path());
    let bytes = std::fs::read(&new).unwrap();
    std::fs::write(half.path().join("box.2.tmp"), &bytes[..bytes.len() / 2]).unwrap();
    // Broken off between the renaming and the removal: both files, and the old one's log.
    let both = tempfile::tempdir().unwrap();
    copy(before.path(), both.path());
    std::fs::copy(&new, both.path().join("box.2.db")).unwrap();

    for (broken, current) in [(half, "box.1.db"), (both, "box.2.db")] {
        let engine = Engine::open(broken.path()).unwrap();
        assert_eq!(keys(&engine, "box").await, ["a", "b", "c"]);
        assert_eq!(put(&engine, "box", "d").await, 200);
        drop(engine);
        let files: Vec<String> = std::fs::read_dir(broken.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with("box"))
            .collect();
        assert_eq!(files, [current]);
    }
}

#[tokio::test]
async fn rewriting_needs_a_table() {
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::open(home.path()).unwrap();
    assert!(matches!(engine.rewrite("box").await, Err(EngineError::NoSuchTable)));
    assert!(Engine::memory().check_integrity().await.is_ok());
}

#[tokio::test]
async fn a_damaged_file_is_noticed() {
    let home = tempfile::tempdir().unwrap();
    {
        let engine = Engine::open(home.path()).unwrap();
        create(&engine, "box").await;
        for number in 0..400 {
            put(&engine, "box", &format!("{number:060}")).await;
        }
    }
    let path = home.path().join("box.1.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0x55);
    std::fs::write(&path, bytes).unwrap();
    let engine = Engine::open(home.path()).unwrap();
    assert!(engine.check_integrity().await.is_err());
}

#[tokio::test]
async fn there_is_no_table_walk_and_no_transaction_over_two_tables() {
    let engine = Engine::memory();
    create(&engine, "main").await;
    create(&engine, "box").await;
    let (status, _) = call(&engine, "Scan", json!({ "TableName": "main" })).await;
    assert_eq!(status, 501);
    let put = |table: &str| json!({ "Put": { "TableName": table, "Item": item("a") } });
    let (status, answer) =
        call(&engine, "TransactWriteItems", json!({ "TransactItems": [put("main"), put("box")] })).await;
    assert_eq!(status, 400);
    assert!(answer["__type"].as_str().unwrap().ends_with("ValidationException"));
    assert!(keys(&engine, "main").await.is_empty());
}
