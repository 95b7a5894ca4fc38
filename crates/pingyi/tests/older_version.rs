//! A data folder that the version before rounds wrote: what was begun then is ended now. What it holds and how it was made
//! is said beside it, in `older_version/README.md`.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

#[path = "../../api/tests/api/client.rs"]
#[expect(dead_code, reason = "shared with the tests of `api`, which need more of it")]
mod client;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "shared with tests that read what a server says")]
mod server;
#[path = "support/voter.rs"]
mod voter;

use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};

use client::Client;
use serde_json::{Value, json};
use server::{PASSWORD, STATE, Server};
use tempfile::TempDir;
use voter::{BlindVoter, ballot, open_code};

/// What `pingyi verify` says where the records that are shown give the result.
const SCORED_AGAIN: &str = "scored again from the records that are shown, the result is the same";

/// The folder as it was left, and what was told to whom.
fn unpacked() -> (TempDir, Value) {
    let data = tempfile::tempdir().unwrap();
    let packed = include_bytes!("older_version/data.zip").as_slice();
    zip::ZipArchive::new(Cursor::new(packed)).unwrap().extract(data.path()).unwrap();
    (data, serde_json::from_str(include_str!("older_version/told.json")).unwrap())
}

async fn started(data: &Path) -> (Server, Client) {
    let server = Server::start(data, &[]);
    let mut admin = Client::new(&server.base);
    // The password that the older version kept.
    admin.sign_in("admin", PASSWORD).await.ok(204);
    (server, admin)
}

fn pingyi(arguments: &[&str], path: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pingyi"));
    command.args(arguments).arg(path).env("PINGYI_STATE", STATE).output().unwrap()
}

/// Runs a command that must find nothing wrong with a file or a folder; what it says.
fn sound(arguments: &[&str], path: &Path) -> String {
    let output = pingyi(arguments, path);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What `pingyi verify` and `pingyi audit` say of a plan that is published.
async fn proved(admin: &Client, plan: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let keep = async |name: &str, address: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, &admin.get(&address).await.bytes).unwrap();
        path
    };
    sound(&["audit"], &keep("audit.json", format!("/api/plans/{plan}/audit/export")).await);
    sound(&["verify"], &keep("publication.json", format!("/api/public/{plan}")).await)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn totals(result: &Value) -> Vec<(&str, &str)> {
    list(&result["units"]).iter().map(|row| (text(&row["unit"]), text(&row["total"]))).collect()
}

/// Sends each ballot again that was acknowledged then: its receipt is the one that was given.
async fn repeat(voter: &Client, told: &Value) {
    for kept in list(&told["ballots"]) {
        let again = voter.post("/api/ballots", &kept["sent"]).await.ok(200);
        assert_eq!(again, json!({ "receipt": kept["receipt"], "repeated": true }));
    }
}

/// Each receipt that was given is under the root of the published ones.
async fn find_receipts(voter: &Client, told: &Value, size: u64) {
    let plan = text(&told["id"]);
    assert_eq!(voter.get(&format!("/api/public/{plan}")).await.ok(200)["receipts"]["count"], size);
    for kept in list(&told["ballots"]) {
        let proof = voter.get(&format!("/api/public/{plan}/receipts/{}", text(&kept["receipt"]))).await.ok(200);
        assert_eq!(proof["size"], size);
    }
}

/// Votes with codes that were not used, each with the marks of its place.
async fn vote(voter: &Client, plan: &str, group: &str, codes: &[Value], marks: &[(&str, &str)]) {
    assert!(marks.len() < codes.len(), "one code is left unused");
    for (code, marks) in codes.iter().zip(marks) {
        let sent = ballot(plan, group, json!({ "code": code }), *marks);
        voter.post("/api/ballots", &sent).await.ok(201);
    }
}

/// What was still to come of the first half-year.
async fn first_half(voter: &Client, told: &Value) {
    let plan = text(&told["id"]);
    let unused = &told["unused"]["h1"];
    // A token that was blinded, evaluated and proved then.
    let kept = ballot(plan, "leaders", json!({ "token": told["token"] }), ("good", "fair"));
    voter.post("/api/ballots", &kept).await.ok(201);
    // And one of today, under the key of then.
    let blind = BlindVoter::new();
    let code = text(&unused["leaders"][0]);
    let paper = voter.post("/api/ballot-paper", &json!({ "plan": plan, "code": code })).await.ok(200);
    assert!(list(&paper["blind_keys"]).iter().any(|key| key["key"] == told["key"]), "{paper}");
    let answer = voter.post("/api/tokens", &blind.request(plan, code)).await.ok(200);
    let token = blind.token(("h1", "leaders"), &answer, text(&told["key"]));
    voter.post("/api/ballots", &ballot(plan, "leaders", json!({ "token": token }), ("fair", "good"))).await.ok(201);

    let mut staff = ballot(plan, "staff", json!({ "code": unused["staff"][0] }), ("good", "poor"));
    staff["comments"] = json!([{ "unit": "building", "text": "窗口少" }]);
    voter.post("/api/ballots", &staff).await.ok(201);
    vote(voter, plan, "clients", list(&unused["clients"]), &[("fair", "fair"), ("good", "fair")]).await;
    // A browser that had its code then, and one that asks today.
    let browser = text(&told["visitor"]["browser"]);
    let known = open_code(voter, Some(browser), (plan, "h1", "visitors")).await;
    assert_eq!(known, text(&told["visitor"]["code"]));
    let new = open_code(voter, None, (plan, "h1", "visitors")).await;
    for (code, marks) in [(known, ("good", "fair")), (new, ("poor", "fair"))] {
        voter.post("/api/ballots", &ballot(plan, "visitors", json!({ "code": code }), marks)).await.ok(201);
    }
}

/// The batch that one person had entered has no label, which every batch has today: it is struck out and entered twice
/// anew.
async fn enter_paper(admin: &Client, told: &Value) {
    let at = |rest: &str| format!("/api/plans/{}/{rest}", text(&told["id"]));
    let mut second = admin.stranger();
    second.sign_in("second", PASSWORD).await.ok(204);
    let unlabelled = second.post(&at("paper-tallies"), &told["paper"]).await.error(422, "invalid_body");
    assert_eq!(unlabelled["/label"], "missing_field");
    let mut paper = told["paper"].clone();
    paper["label"] = json!("一号信封");
    for (person, counted) in [(&second, false), (admin, true)] {
        assert_eq!(person.post(&at("paper-tallies"), &paper).await.ok(201)["counted"], counted);
    }
    let waiting = at(&format!("paper-tallies/{}", text(&told["waiting"])));
    admin.delete(&waiting, &json!({ "reason": "没有信封编号" })).await.ok(200);
}

/// How often 林业站 has each option from the staff in the first half-year.
fn staff_of_first_half(records: &Value) -> [u64; 3] {
    let is_meant = |tally: &&Value| {
        (&tally["period"], &tally["group"], &tally["unit"]) == (&json!("h1"), &json!("staff"), &json!("forestry"))
    };
    let counts = |option: &str| {
        let counts =
            list(&records["tallies"]).iter().filter(is_meant).filter_map(|tally| tally["counts"][option].as_u64());
        counts.sum()
    };
    ["good", "fair", "poor"].map(counts)
}

/// The second half-year, in which one of the staff had voted: everybody says 满意 and 基本满意.
async fn second_half(voter: &Client, told: &Value) {
    let plan = text(&told["id"]);
    let unused = &told["unused"]["h2"];
    for (group, voters) in [("leaders", 5), ("staff", 4), ("clients", 5)] {
        vote(voter, plan, group, list(&unused[group]), &vec![("good", "fair"); voters]).await;
    }
    for _ in 0..5 {
        let code = open_code(voter, None, (plan, "h2", "visitors")).await;
        voter.post("/api/ballots", &ballot(plan, "visitors", json!({ "code": code }), ("good", "fair"))).await.ok(201);
    }
}

/// Half-years, of 60, 20 and 20 points.
///
/// The first: 班子成员 give 林业站 90, 90, 70, 90, 70, which is 82, and 村建所 70, 70, 50, 70, 90, which is 70. 干部职工 give
/// 90, 90, 70, 50, 90 = 78 and 70, 90, 70, 70, 50 = 70, on paper 90, 90, 70, 70, 70 = 78 and 70 five times. 60 × (82 + 78) ÷ 2 ÷ 100 = 48, and 42. 服务对象 give 90, 90, 70, 70,
/// 90 = 82 and 50, 50, 70, 70, 70 = 62, 办事群众 90, 90, 90, 90, 50 = 82 and 70. 20 × 82 ÷ 100 = 16.4, and 20 × 66 ÷ 100 =
/// 13.2. With 18.5 and 20 entered, and 5 for the praise: 87.9 and 75.2.
///
/// The second: 90 and 70 from everybody. 54 + 18 + 19 = 91 and 42 + 14 + 16 = 72. The year: 89.45 and 73.6.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_plan_of_an_older_version_goes_on_round_by_round_is_closed_and_published() {
    let (data, told) = unpacked();
    sound(&["check"], data.path());
    let (server, admin) = started(data.path()).await;
    let (voter, told) = (admin.stranger(), &told["open"]);
    let plan = text(&told["id"]);
    let at = |rest: &str| format!("/api/plans/{plan}{rest}");
    let before = admin.get(&at("")).await.ok(200);
    assert_eq!((&before["state"], &before["plan_sha256"]), (&json!("open"), &told["plan_sha256"]));
    repeat(&voter, told).await;
    first_half(&voter, told).await;
    let rounds = async || {
        let rounds = admin.get(&at("/rounds")).await.ok(200);
        let state =
            |row: &Value| json!([row["period"], row["state"], row["progress"]["issued"], row["progress"]["cast"]]);
        list(&rounds["rounds"]).iter().map(state).collect::<Vec<_>>()
    };
    // Three groups have 6 codes for each half-year, 5 browsers asked for one.
    assert_eq!(rounds().await, [json!(["h1", "open", 23, 20]), json!(["h2", "open", 18, 1])]);

    enter_paper(&admin, told).await;
    admin.post(&at("/rounds/h1/1/close"), &json!({})).await.ok(200);
    let first = admin.get(&at("/result?period=h1&mode=final")).await.ok(200);
    assert_eq!(totals(&first), [("forestry", "87.900000"), ("building", "75.200000")]);
    // On ballots 3, 1 and 1, on paper 2 and 3.
    assert_eq!(staff_of_first_half(&admin.get(&at("/records")).await.ok(200)), [5, 4, 1]);
    let opinions = admin.get(&at("/comments")).await.ok(200);
    let said: Vec<&str> = list(&opinions["comments"]).iter().map(|one| text(&one["text"])).collect();
    assert_eq!(said, ["窗口少", "办事快"], "one of then and one of now");
    let late = ballot(plan, "staff", json!({ "code": told["unused"]["h1"]["staff"][1] }), ("good", "good"));
    voter.post("/api/ballots", &late).await.error(409, "plan_closed");

    second_half(&voter, told).await;
    // Over what was entered then, and what was not.
    for (unit, value) in [("forestry", "19"), ("building", "16")] {
        admin.put(&at(&format!("/entries/h2/hotline/{unit}")), &json!({ "value": value })).await.ok(200);
    }
    assert_eq!(admin.post(&at("/close"), &json!({})).await.ok(200)["state"], "closed");
    assert_eq!(rounds().await, [json!(["h1", "closed", 23, 20]), json!(["h2", "closed", 23, 20])]);
    assert_eq!(admin.get(&at("/reconciliation")).await.ok(200)["differences"], json!([]));
    repeat(&voter, told).await;

    assert_eq!(admin.post(&at("/publish"), &json!({})).await.ok(200)["state"], "published");
    let public = voter.get(&format!("/api/public/{plan}")).await.ok(200);
    assert_eq!(totals(&public["result"]), [("forestry", "89.450000"), ("building", "73.600000")]);
    find_receipts(&voter, told, 40).await;
    let said = proved(&admin, plan).await;
    assert!(said.contains(SCORED_AGAIN) && said.contains("their fingerprints were not frozen with it"), "{said}");
    server.signal("-TERM");
    drop(server);
    sound(&["check"], data.path());
}

/// 10 of the staff: six give 林业站 90 and four 70, which is 82; five give 村建所 70 and five 50, which is 60.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closed_and_published_plans_of_an_older_version_are_published_corrected_and_verified() {
    let (data, told) = unpacked();
    let (_server, admin) = started(data.path()).await;
    let voter = admin.stranger();
    for (name, edition) in [("closed", 1), ("published", 2)] {
        let told = &told[name];
        let plan = text(&told["id"]);
        let at = |rest: &str| format!("/api/plans/{plan}{rest}");
        repeat(&voter, told).await;
        let late = ballot(plan, "staff", json!({ "code": told["unused"][0] }), ("good", "good"));
        voter.post("/api/ballots", &late).await.error(409, "plan_closed");
        if edition == 2 {
            find_receipts(&voter, told, 10).await;
            let said = proved(&admin, plan).await;
            assert!(said.contains("this was published before there were any"), "{said}");
            admin.post(&at("/correct"), &json!({ "reason": "核对" })).await.ok(200);
        }
        admin.post(&at("/publish"), &json!({})).await.ok(200);
        let public = voter.get(&format!("/api/public/{plan}")).await.ok(200);
        assert_eq!((&public["edition"], &public["plan_sha256"]), (&json!(edition), &told["plan_sha256"]));
        assert_eq!(totals(&public["result"]), [("forestry", "82.000000"), ("building", "60.000000")]);
        find_receipts(&voter, told, 10).await;
        let said = proved(&admin, plan).await;
        assert!(said.contains(SCORED_AGAIN), "{said}");
    }
}

/// Two of the five give 林业站 90 and three 50: 66. 村建所 has 70 from all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_of_an_older_version_opens_and_its_codes_vote() {
    let (data, told) = unpacked();
    let (_server, admin) = started(data.path()).await;
    let (voter, told) = (admin.stranger(), &told["draft"]);
    let plan = text(&told["id"]);
    let at = |rest: &str| format!("/api/plans/{plan}{rest}");
    assert_eq!(admin.get(&at("")).await.ok(200)["state"], "draft");
    let opened = admin.post(&at("/open"), &json!({})).await.ok(200);
    let key = text(&opened["blind_keys"][0]["key"]);
    let codes = list(&told["unused"]);
    for code in &codes[..2] {
        let blind = BlindVoter::new();
        let answer = voter.post("/api/tokens", &blind.request(plan, text(code))).await.ok(200);
        let token = blind.token(("year", "staff"), &answer, key);
        voter.post("/api/ballots", &ballot(plan, "staff", json!({ "token": token }), ("good", "fair"))).await.ok(201);
    }
    vote(&voter, plan, "staff", &codes[2..], &[("poor", "fair"); 3]).await;
    admin.post(&at("/close"), &json!({})).await.ok(200);
    admin.post(&at("/publish"), &json!({})).await.ok(200);
    let public = voter.get(&format!("/api/public/{plan}")).await.ok(200);
    assert_eq!(totals(&public["result"]), [("forestry", "66.000000"), ("building", "70.000000")]);
    let said = proved(&admin, plan).await;
    assert!(said.contains(SCORED_AGAIN) && said.contains("their secret halves belong to them; keys: 1"), "{said}");
}
