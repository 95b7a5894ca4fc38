//! A server in front of the embedded engine that lets through what DynamoDB lets through of one partition key, and cuts
//! connections at random moments.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::Engine;
use serde_json::{Value, json};
use tokio::runtime::Handle;

use crate::dice::Dice;

/// What a partition key takes in any one second.
const MOST_WRITTEN: u64 = 1000;
const MOST_READ: u64 = 3000;

/// What an answer of one megabyte costs to read.
const ONE_PAGE: u64 = 256;

/// Of so many requests one is cut.
const ONE_CUT_IN: u64 = 60;

const SECOND: Duration = Duration::from_secs(1);

/// What was let through of a key.
#[derive(Default)]
struct Window {
    lately: VecDeque<(Instant, u64)>,
    busiest: u64,
    all: u64,
    refused: u64,
}

impl Window {
    fn of_last_second(&mut self) -> u64 {
        while self.lately.front().is_some_and(|(at, _)| at.elapsed() >= SECOND) {
            self.lately.pop_front();
        }
        self.lately.iter().map(|(_, units)| units).sum()
    }

    fn let_through(&mut self, units: u64) {
        self.lately.push_back((Instant::now(), units));
        self.all += units;
        self.busiest = self.busiest.max(self.of_last_second());
    }
}

/// What went through, by table and partition key.
#[derive(Default)]
struct Meters {
    written: HashMap<String, Window>,
    read: HashMap<String, Window>,
}

/// What a proxy saw of one partition key's writes.
#[derive(Debug, Clone)]
pub struct Written {
    pub key: String,
    pub units: u64,
    /// In any one second.
    pub busiest: u64,
    pub refused: u64,
}

pub struct Proxy {
    pub endpoint: String,
    pub requests: Arc<AtomicU64>,
    pub cuts: Arc<AtomicU64>,
    meters: Arc<Mutex<Meters>>,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    /// Begins to listen; its threads end with the process, and take nothing more when it is dropped.
    pub fn before(engine: &Engine, seed: u64) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy {
            endpoint: format!("http://{}", listener.local_addr().unwrap()),
            requests: Arc::default(),
            cuts: Arc::default(),
            meters: Arc::default(),
            ended: Arc::default(),
        };
        let chance = Arc::new(Mutex::new(Dice::new(seed)));
        let (meters, requests) = (Arc::clone(&proxy.meters), Arc::clone(&proxy.requests));
        let (cuts, ended) = (Arc::clone(&proxy.cuts), Arc::clone(&proxy.ended));
        let (engine, runtime) = (engine.clone(), Handle::current());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let line = Line {
                    engine: engine.clone(),
                    runtime: runtime.clone(),
                    meters: Arc::clone(&meters),
                    requests: Arc::clone(&requests),
                    cuts: Arc::clone(&cuts),
                    chance: Arc::clone(&chance),
                };
                std::thread::spawn(move || line.serve(&stream));
            }
        });
        proxy
    }

    /// What was written, the busiest keys first.
    pub fn written(&self) -> Vec<Written> {
        let meters = self.meters.lock().unwrap();
        let read = |(key, window): (&String, &Window)| Written {
            key: key.clone(),
            units: window.all,
            busiest: window.busiest,
            refused: window.refused,
        };
        let mut keys: Vec<Written> = meters.written.iter().map(read).collect();
        keys.sort_by_key(|written| std::cmp::Reverse(written.units));
        keys
    }

    /// How often reading was refused, and the most units that were read of one key in a second.
    pub fn read(&self) -> (u64, u64) {
        let meters = self.meters.lock().unwrap();
        let most = meters.read.values().map(|window| window.busiest).max().unwrap_or(0);
        (meters.read.values().map(|window| window.refused).sum(), most)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        let address = self.endpoint.trim_start_matches("http://");
        let _ = TcpStream::connect(address);
    }
}

/// One connection.
struct Line {
    engine: Engine,
    runtime: Handle,
    meters: Arc<Mutex<Meters>>,
    requests: Arc<AtomicU64>,
    cuts: Arc<AtomicU64>,
    chance: Arc<Mutex<Dice>>,
}

impl Line {
    /// Answers requests until the connection ends or is cut.
    fn serve(&self, stream: &TcpStream) {
        let mut reader = BufReader::new(stream);
        while let Some((operation, request)) = read_request(&mut reader) {
            self.requests.fetch_add(1, Ordering::SeqCst);
            let cut = self.chance.lock().unwrap().roll(2 * ONE_CUT_IN);
            if cut == 0 {
                self.cuts.fetch_add(1, Ordering::SeqCst);
                return;
            }
            let (status, answer) = self.answer(&operation, &request);
            if cut == 1 {
                // It was done, and nobody hears of it.
                self.cuts.fetch_add(1, Ordering::SeqCst);
                return;
            }
            // In one write: a second small one would wait until the other side has acknowledged the first.
            let answer = format!(
                "HTTP/1.1 {status} -\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{answer}",
                answer.len()
            );
            let mut to = stream;
            if to.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }

    fn call(&self, operation: &str, request: &str) -> (u16, String) {
        self.runtime.block_on(self.engine.call(operation, request))
    }

    fn answer(&self, operation: &str, text: &str) -> (u16, String) {
        let request: Value = serde_json::from_str(text).unwrap();
        match operation {
            "TransactWriteItems" => {
                let mut units: BTreeMap<String, u64> = BTreeMap::new();
                for action in request["TransactItems"].as_array().unwrap() {
                    let (key, size) = self.written_by(action);
                    *units.entry(key).or_default() += 2 * size.div_ceil(1024).max(1);
                }
                let mut meters = self.meters.lock().unwrap();
                for (key, units) in &units {
                    assert!(*units <= MOST_WRITTEN, "{units} units of {key} at once never go through");
                    let window = meters.written.entry(key.clone()).or_default();
                    if window.of_last_second() + units > MOST_WRITTEN {
                        window.refused += 1;
                        drop(meters);
                        return self.refuse_transaction(request["TransactItems"].as_array().unwrap().len());
                    }
                }
                for (key, units) in units {
                    meters.written.entry(key).or_default().let_through(units);
                }
                drop(meters);
                self.call(operation, text)
            }
            "GetItem" | "Query" => {
                let partition = match operation {
                    "GetItem" => &request["Key"]["PK"]["S"],
                    _ => &request["ExpressionAttributeValues"][":p"]["S"],
                };
                let key = key_of(&request["TableName"], partition);
                let mut meters = self.meters.lock().unwrap();
                let window = meters.read.entry(key.clone()).or_default();
                if window.of_last_second() + ONE_PAGE > MOST_READ {
                    window.refused += 1;
                    return refusal("ProvisionedThroughputExceededException");
                }
                drop(meters);
                let (status, answer) = self.call(operation, text);
                let read: Value = serde_json::from_str(&answer).unwrap();
                let items = read["Items"].as_array().map_or(std::slice::from_ref(&read["Item"]), Vec::as_slice);
                let size: u64 = items.iter().map(size_of).sum();
                self.meters.lock().unwrap().read.entry(key).or_default().let_through(size.div_ceil(4096).max(1));
                (status, answer)
            }
            // Of single items of many keys.
            "BatchGetItem" | "DescribeTable" => self.call(operation, text),
            other => panic!("{other} is no part of closing"),
        }
    }

    /// The key that an action of a transaction writes to, and the bytes of the item, before or after, whichever is larger.
    fn written_by(&self, action: &Value) -> (String, u64) {
        let (kind, action) = action.as_object().unwrap().iter().next().unwrap();
        let key = if kind == "Put" { &action["Item"] } else { &action["Key"] };
        let place = key_of(&action["TableName"], &key["PK"]["S"]);
        if kind == "Put" {
            return (place, size_of(&action["Item"]));
        }
        let there = json!({ "TableName": action["TableName"], "Key": key, "ConsistentRead": true }).to_string();
        let found: Value = serde_json::from_str(&self.call("GetItem", &there).1).unwrap();
        (place, size_of(&found["Item"]) + size_of(&action["ExpressionAttributeValues"]))
    }

    /// The three ways in which a transaction is told that capacity is short.
    fn refuse_transaction(&self, actions: usize) -> (u16, String) {
        match self.chance.lock().unwrap().roll(3) {
            0 => refusal("ProvisionedThroughputExceededException"),
            1 => refusal("ThrottlingException"),
            _ => {
                let reason =
                    json!({ "Code": "ThrottlingError", "Message": "Throughput exceeds the current capacity." });
                let body = json!({
                    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                    "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons [ThrottlingError]",
                    "CancellationReasons": vec![reason; actions],
                });
                (400, body.to_string())
            }
        }
    }
}

fn refusal(code: &str) -> (u16, String) {
    let kind = format!("com.amazonaws.dynamodb.v20120810#{code}");
    (
        400,
        json!({ "__type": kind, "message": "The level of configured provisioned throughput was exceeded." })
            .to_string(),
    )
}

fn key_of(table: &Value, partition: &Value) -> String {
    format!("{} {}", table.as_str().unwrap(), partition.as_str().unwrap())
}

/// The bytes of an item as DynamoDB reckons them: names and values. Binary values are in base64 here.
fn size_of(item: &Value) -> u64 {
    let value = |value: &Value| match value.as_object().and_then(|value| value.iter().next()) {
        Some((kind, Value::String(text))) if kind == "B" => text.len() * 3 / 4,
        Some((kind, Value::String(text))) if kind == "N" => text.len() / 2 + 1,
        Some((_, Value::String(text))) => text.len(),
        Some((_, other)) => other.to_string().len(),
        None => 0,
    };
    item.as_object().into_iter().flatten().map(|(name, held)| (name.len() + value(held)) as u64).sum()
}

/// The operation and the body of the next request; `None` at the end of the connection.
fn read_request(from: &mut BufReader<&TcpStream>) -> Option<(String, String)> {
    let (mut operation, mut length) = (String::new(), 0);
    let mut line = String::new();
    loop {
        line.clear();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "x-amz-target" => operation = value.rsplit('.').next()?.trim().to_owned(),
            "content-length" => length = value.trim().parse().ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    Some((operation, String::from_utf8(body).ok()?))
}
