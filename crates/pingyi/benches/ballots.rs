//! How many ballots a second the server acknowledges over HTTP, beside its engine alone and SQLite alone.
//!
//! `cargo xtask bench ballots`. The server is `pingyi serve`, optimised, in a process of its own, reached through TCP;
//! all three write to the disk that holds `target`, and each commit waits for it:
//!
//! - *cast*: `POST /api/ballots` until its receipt is there;
//! - *engine*: dynoxide alone, called in process with requests that were read beforehand: one transaction that puts a
//!   ballot and adds to as many counters as there are units, on one of sixteen items;
//! - *SQLite*: one row in one commit.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

#[path = "../../api/tests/api/client.rs"]
#[expect(dead_code, reason = "shared with the tests of `api`, which need more of it")]
mod client;
#[path = "../tests/support/server.rs"]
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
mod server;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use client::Client;
use dynoxide::Database;
use serde_json::{Value, json};
use server::{PASSWORD, Server};

const UNITS: [usize; 2] = [118, 10];
/// So many at once, and so many ballots among them.
const CLIENTS: [(usize, usize); 2] = [(1, 400), (32, 3200)];
const OPTIONS: [&str; 4] = ["excellent", "good", "fair", "poor"];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!(
        "{:>5} {:>7} {:>9} {:>9} {:>9} {:>12} {:>12}",
        "units", "clients", "cast/s", "engine/s", "SQLite/s", "cast/engine", "CPU/cast"
    );
    for units in UNITS {
        for (clients, ballots) in CLIENTS {
            let home = || tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            let (cast, processor) = runtime.block_on(cast(home().path(), units, clients, ballots));
            let engine = engine(home().path(), units, clients, ballots);
            let sqlite = sqlite(home().path(), units, clients, ballots);
            println!(
                "{units:>5} {clients:>7} {cast:>9.0} {engine:>9.0} {sqlite:>9.0} {:>12.2} {:>9.2} ms",
                cast / engine,
                processor.as_secs_f64() * 1000.0 / ballots as f64,
            );
        }
    }
}

fn a_second(ballots: usize, since: Instant) -> f64 {
    ballots as f64 / since.elapsed().as_secs_f64()
}

/// Casts per second through HTTP, and the processor's time that the server took for all of them.
async fn cast(home: &Path, units: usize, clients: usize, ballots: usize) -> (f64, Duration) {
    let server = Server::start(home, &[]);
    let mut office = Client::new(&server.base);
    office.sign_in("admin", PASSWORD).await.ok(204);
    let plan = office.post("/api/plans", &plan(units)).await.ok(201)["id"].as_str().unwrap().to_owned();
    let codes: Vec<String> = (0..ballots as u64)
        .map(|number| {
            let mut bytes = [7; 10];
            bytes[..8].copy_from_slice(&scatter(number).to_be_bytes());
            wire::code::write(bytes)
        })
        .collect();
    for codes in codes.chunks(1000) {
        let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(&plan, code)).collect();
        let body = json!({ "period": "p", "group": "g", "hashes": hashes });
        office.post(&format!("/api/plans/{plan}/codes"), &body).await.ok(201);
    }
    office.post(&format!("/api/plans/{plan}/open"), &json!({})).await.ok(200);
    let bodies: Arc<Vec<String>> =
        Arc::new(codes.iter().zip(0..).map(|(code, number)| ballot(&plan, code, number, units)).collect());

    let voter = office.stranger();
    let next = Arc::new(AtomicUsize::new(0));
    let before = processor(&server);
    let started = Instant::now();
    let mut voting = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let (voter, bodies, next) = (voter.clone(), Arc::clone(&bodies), Arc::clone(&next));
        voting.spawn(async move {
            while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                let json = [("content-type", "application/json")];
                let answer = voter.send("POST", "/api/ballots", &json, body.clone()).await;
                assert!(answer.ok(201)["receipt"].is_string());
            }
        });
    }
    voting.join_all().await;
    let speed = a_second(ballots, started);
    (speed, processor(&server).saturating_sub(before))
}

fn plan(units: usize) -> Value {
    let list: Vec<Value> =
        (0..units).map(|n| json!({ "id": format!("u{n}"), "name": format!("单位{n}"), "category": "c" })).collect();
    let values = ["100", "80", "60", "0"];
    let options = OPTIONS.iter().zip(values);
    let options: Vec<Value> = options.map(|(id, value)| json!({ "id": id, "name": id, "value": value })).collect();
    json!({
        "format": 1, "title": "计时", "total": "100", "categories": [{ "id": "c", "name": "机关" }], "units": list,
        "groups": [{ "id": "g", "name": "代表", "ballot": "anonymous" }], "scales": [{ "id": "s", "options": options }],
        "periods": [{ "id": "p", "name": "全年" }], "combine": "mean",
        "components": [{ "id": "k", "name": "测评", "points": "100", "method": {
            "kind": "survey", "scale": "s", "out_of": "100", "groups": [{ "group": "g", "weight": "1" }] } }],
        "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": []
    })
}

fn ballot(plan: &str, code: &str, number: u64, units: usize) -> String {
    let option = |unit: usize| OPTIONS[(scatter(number) as usize / 7 + unit * 3) % OPTIONS.len()];
    let marks: Vec<Value> = (0..units)
        .map(|n| json!({ "component": "k", "unit": format!("u{n}"), "criterion": null, "option": option(n) }))
        .collect();
    let id = format!("{:016x}{number:016x}", scatter(number));
    json!({ "plan": plan, "code": code, "ballot_id": id, "marks": marks }).to_string()
}

/// Spreads numbers as if they were random: the ids of ballots.
fn scatter(number: u64) -> u64 {
    let bits = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits ^ (bits >> 31)
}

/// User and system time that the server has used, from Linux's `/proc`; zero on other systems.
fn processor(server: &Server) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.child.id())).unwrap_or_default();
    // The name, in brackets, may hold blanks; user and system time are the 14th and 15th fields.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Transactions per second of the engine that the server stands on.
fn engine(home: &Path, units: usize, clients: usize, ballots: usize) -> f64 {
    let database = Database::new(home.join("raw.db").to_str().unwrap()).unwrap();
    let key = |name: &str, kind: &str| json!({ "AttributeName": name, "KeyType": kind });
    let text = |name: &str| json!({ "AttributeName": name, "AttributeType": "S" });
    let table = json!({
        "TableName": "box", "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [key("PK", "HASH"), key("SK", "RANGE")], "AttributeDefinitions": [text("PK"), text("SK")]
    });
    database.create_table(serde_json::from_value(table).unwrap()).unwrap();
    let counters = |number: u64| {
        let option = |unit: usize| (scatter(number) as usize / 7 + unit * 3) % OPTIONS.len();
        (0..units).map(|unit| format!("c{unit}o{} :i", option(unit))).collect::<Vec<_>>().join(", ")
    };
    let requests = (0..ballots as u64).map(|number| {
        let request = json!({ "TransactItems": [
            { "Put": { "TableName": "box", "ConditionExpression": "attribute_not_exists(PK)", "Item": {
                "PK": { "S": format!("BALLOT#{:x}", number % 16) }, "SK": { "S": format!("{:016x}", scatter(number)) },
                "marks": { "B": "YWJj".repeat(units.div_ceil(3)) } } } },
            { "Update": { "TableName": "box", "Key": {
                "PK": { "S": format!("TALLY#{}", scatter(number) % 16) }, "SK": { "S": "0" } },
                "UpdateExpression": format!("ADD {}", counters(number)),
                "ExpressionAttributeValues": { ":i": { "N": "1" } } } }
        ] });
        serde_json::from_value(request).unwrap()
    });
    let requests = Mutex::new(requests.collect::<Vec<_>>());
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                loop {
                    let Some(request) = requests.lock().unwrap().pop() else { break };
                    database.transact_write_items(request).unwrap();
                }
            });
        }
    });
    a_second(ballots, started)
}

/// Commits per second of SQLite, set as the engine sets it.
fn sqlite(home: &Path, units: usize, clients: usize, ballots: usize) -> f64 {
    let file = rusqlite::Connection::open(home.join("plain.db")).unwrap();
    file.pragma_update(None, "journal_mode", "wal").unwrap();
    file.pragma_update(None, "synchronous", "full").unwrap();
    file.execute_batch("CREATE TABLE ballots (id INTEGER PRIMARY KEY, marks BLOB)").unwrap();
    let file = Mutex::new(file);
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= ballots {
                        break;
                    }
                    let row = (scatter(number as u64) as i64, vec![1u8; units]);
                    file.lock().unwrap().execute("INSERT INTO ballots VALUES (?1, ?2)", row).unwrap();
                }
            });
        }
    });
    a_second(ballots, started)
}
