//! The real router over the real store on the embedded engine, on a socket of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use api::{AppState, ClientAddress, FirstStart, Settings, first_start};
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use engine::Engine;
use files::Files;
use serde_json::{Value, json};
use store::{Store, Timestamp};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::client::Client;

pub const PASSWORD: &str = "correct horse battery";

/// A server and a client that is signed in as `admin`.
pub struct Served {
    pub client: Client,
    pub base: String,
    /// Behind the router: what it keeps, written past its checks.
    pub store: Store,
    /// The database itself, past the store.
    pub engine: Engine,
    /// Where its files are.
    pub files: TempDir,
}

pub async fn served() -> Served {
    served_with(Settings::default()).await
}

pub async fn served_with(settings: Settings) -> Served {
    served_closing(settings, Duration::from_secs(60)).await
}

/// A server whose calls to close work no longer than this.
pub async fn served_closing(settings: Settings, limit: Duration) -> Served {
    served_on(settings, |store| store.with_closing_limit(limit)).await
}

/// A server by a clock that the test moves, in seconds since 1970.
pub async fn served_by(clock: &Arc<AtomicI64>) -> Served {
    let clock = Arc::clone(clock);
    let now = move || Timestamp(clock.load(Ordering::SeqCst));
    served_on(Settings::default(), |store| store.with_clock(Arc::new(now))).await
}

async fn served_on(settings: Settings, with: impl FnOnce(Store) -> Store) -> Served {
    let engine = Engine::memory();
    let rewriting = engine.clone();
    let store = Store::embedded(engine.http_client()).with_box_rewrite(move || {
        let engine = rewriting.clone();
        async move { engine.rewrite("box").await.is_ok() }
    });
    let folder = tempfile::tempdir().unwrap();
    let store = with(store).with_files(Files::Folder(folder.path().join("files")));
    let behind = Store::embedded(engine.http_client());
    store.create_tables().await.unwrap();
    assert_eq!(first_start(&store, Some(PASSWORD)).await.unwrap(), FirstStart::Created);
    assert_eq!(first_start(&store, Some(PASSWORD)).await.unwrap(), FirstStart::NotFirst);
    let router = api::router(AppState::new(store, settings)).layer(middleware::from_fn(name_caller));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let mut client = Client::new(&base);
    client.sign_in("admin", PASSWORD).await.ok(204);
    Served { client, base, store: behind, engine, files: folder }
}

/// The header in which a test says from where it calls.
pub const FROM: &str = "x-test-from";

async fn name_caller(mut request: Request, next: Next) -> Response {
    let address = request.headers().get(FROM).map_or("192.0.2.1", |address| address.to_str().unwrap()).to_owned();
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

impl Served {
    /// Where it listens.
    pub fn address(&self) -> &str {
        self.base.strip_prefix("http://").unwrap()
    }

    /// A client signed in to a new account with these roles.
    pub async fn member(&self, name: &str, roles: &[&str]) -> Client {
        let account = json!({ "name": name, "password": PASSWORD, "roles": roles });
        self.client.post("/api/staff", &account).await.ok(201);
        let mut client = self.client.stranger();
        client.sign_in(name, PASSWORD).await.ok(204);
        client
    }
}

/// Yuanba's plan as the specification's example has it, cut to what is counted by hand below.
pub fn plan() -> Value {
    let survey =
        |groups: Value| json!({ "kind": "survey", "scale": "satisfaction", "out_of": "100", "groups": groups });
    json!({
        "format": 1,
        "title": "元坝镇2018年内设机构作风效能评测",
        "year": 2018,
        "total": "100",
        "live": "tallies",
        "categories": [{ "id": "dept", "name": "内设机构" }],
        "units": [
            { "id": "forestry", "name": "林业站", "category": "dept" },
            { "id": "building", "name": "村建所", "category": "dept" }
        ],
        "groups": [
            { "id": "leaders", "name": "班子成员", "ballot": "anonymous" },
            { "id": "staff", "name": "干部职工", "ballot": "anonymous" }
        ],
        "scales": [{ "id": "satisfaction", "options": [
            { "id": "good", "name": "满意", "value": "90" },
            { "id": "fair", "name": "基本满意", "value": "70" },
            { "id": "poor", "name": "不满意", "value": "50" }
        ] }],
        "periods": [{ "id": "year", "name": "2018年度" }],
        "combine": "mean",
        "components": [
            { "id": "internal", "name": "内部测评", "points": "60",
              "method": survey(json!([{ "group": "leaders", "weight": "50" }, { "group": "staff", "weight": "50" }])) },
            { "id": "hotline", "name": "热线办理", "points": "30", "method": { "kind": "entered", "office": "热线办" } },
            { "id": "inspection", "name": "明察暗访", "points": "10", "method": { "kind": "incidents", "levels": [
                { "id": "village", "name": "社级", "amount": "1" }, { "id": "county", "name": "县级", "amount": "2" }],
                "serious_factor": "2" } }
        ],
        "adjustments": [
            { "id": "commended", "name": "表彰推广", "sign": "bonus", "levels": [{ "id": "district", "name": "区级", "points": "5" }] },
            { "id": "violation", "name": "违反效能规定", "sign": "deduction", "range": { "min": "0", "max": "100" } }
        ],
        "ranking": { "decimals": 2, "tie_break": ["internal"] },
        "outcomes": [
            { "id": "first", "name": "通报表扬", "when": { "from_top": 1 } },
            { "id": "last", "name": "诫勉谈话", "when": { "from_bottom": 1 } }
        ]
    })
}

/// Creates a plan and answers its id.
pub async fn draft(client: &Client, plan: &Value) -> String {
    client.post("/api/plans", plan).await.ok(201)["id"].as_str().unwrap().to_owned()
}

/// Codes made from a seed, and their group's hashes added to the plan.
pub async fn codes(client: &Client, plan: &str, group: &str, count: u8) -> Vec<String> {
    let seed = group.bytes().fold(7u8, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte));
    let codes: Vec<String> = (0..count).map(|n| wire::code::write([seed, n, 3, 4, 5, 6, 7, 8, 9, n])).collect();
    let hashes: Vec<String> = codes.iter().map(|code| wire::code::hash_hex(plan, code)).collect();
    let body = json!({ "period": "year", "group": group, "hashes": hashes, "units": null, "unit": null });
    let added = client.post(&format!("/api/plans/{plan}/codes"), &body).await.ok(201);
    assert_eq!(added["added"], count);
    codes
}

/// A plan that is open, with codes for its two groups: id, leaders' codes, staff's codes.
pub async fn open(client: &Client) -> (String, Vec<String>, Vec<String>) {
    let id = draft(client, &plan()).await;
    let leaders = codes(client, &id, "leaders", 7).await;
    let staff = codes(client, &id, "staff", 10).await;
    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    (id, leaders, staff)
}

/// What a ballot that is in the box is answered, whatever comes with it.
pub fn repeated(receipt: &Value) -> Value {
    json!({ "receipt": receipt["receipt"], "repeated": true })
}

/// A ballot's body: one option for each unit of `internal`.
pub fn ballot(plan: &str, code: &str, number: u64, forestry: &str, building: &str) -> Value {
    json!({ "plan": plan, "code": code, "ballot_id": format!("{number:032x}"), "marks": [
        { "component": "internal", "unit": "forestry", "criterion": null, "option": forestry },
        { "component": "internal", "unit": "building", "criterion": null, "option": building }
    ] })
}
