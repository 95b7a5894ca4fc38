//! Publications of the golden cases, as they would be published, with blind groups that voted by tokens.

use std::fs;
use std::path::Path;

use scoring::disclosure::Disclosing;
use scoring::json::Value as Document;
use scoring::plan_document::BallotKind;
use scoring::{Mode, Plan, Records, RecordsDocument, plan_sha256, score};
use serde_json::{Value, json};
use verify::{Line, Publication, Report};
use voprf::{Ristretto255, VoprfServer};
use wire::code::hex;
use wire::fingerprint::{fingerprints, publication_sha256};

pub fn document(value: &Value) -> Document {
    Document::parse(value.to_string().as_bytes()).unwrap()
}

fn value(document: &Document) -> Value {
    serde_json::from_str(&serde_json::to_string(document).unwrap()).unwrap()
}

/// Says again what is settled, as whoever publishes does.
pub fn settle(publication: &mut Value) {
    let members: Vec<(String, Document)> =
        publication.as_object().unwrap().iter().map(|(name, value)| (name.clone(), document(value))).collect();
    let found = fingerprints(members.iter().map(|(name, value)| (name.as_str(), value)));
    publication["publication_sha256"] = json!(publication_sha256(&found));
    publication["fingerprints"] = value(&Document::of(&found));
}

/// Tokens of each blind group.
const TOKENS: u64 = 12;

/// What blind groups add to a publication.
#[derive(Default)]
struct Secret {
    keys: Vec<Value>,
    pinned: Vec<Value>,
    lists: Vec<Value>,
    tokens: Vec<Value>,
}

impl Secret {
    /// A group's key, and tokens that it made of nonces that only look drawn.
    fn vote(&mut self, period: &str, group: &str) {
        let key = VoprfServer::<Ristretto255>::new_from_seed(&[7; 32], group.as_bytes()).unwrap();
        let both = key.serialize();
        let public = hex(&both[32..]);
        let fingerprint = wire::blind_key::fingerprint(&public).unwrap();
        self.keys.push(json!({ "period": period, "group": group, "key": public, "secret": hex(&both[..32]) }));
        self.pinned.push(json!({ "period": period, "group": group, "fingerprint": fingerprint }));
        let mut nonces: Vec<[u8; 32]> =
            (0..TOKENS).map(|number| wire::code::hash(group, &number.to_string())).collect();
        nonces.sort_by_key(|nonce| wire::spent_token::order(period, group, nonce));
        let mut bytes = Vec::new();
        for nonce in nonces {
            let output = key.evaluate(&nonce).unwrap();
            bytes.extend([&nonce[..], &output[..]].concat());
            self.tokens.push(json!({ "period": period, "group": group, "nonce": hex(&nonce), "output": hex(&output) }));
        }
        let sha256 = wire::spent_token::list_sha256(&bytes);
        self.lists.push(json!({ "period": period, "group": group, "listed": TOKENS, "sha256": sha256 }));
    }
}

/// The plan of a case with its first two groups of drawn cards voting blind: the marks and so the scores are the same.
fn voting_blind(mut plan: Value) -> Value {
    let groups = plan["groups"].as_array_mut().into_iter().flatten();
    groups.filter(|group| group["ballot"] == "anonymous").take(2).for_each(|group| group["ballot"] = json!("blind"));
    plan
}

/// What `GET /api/public/{id}` answers for a plan and its records; `None` for what would not be published.
fn publication(plan: &Value, records: &Value) -> Option<Value> {
    // Some cases nest too deep, on purpose.
    let plan_document = Document::parse(plan.to_string().as_bytes()).ok()?;
    Document::parse(records.to_string().as_bytes()).ok()?;
    let of = Plan::from_json(&plan_document).ok()?;
    let document = RecordsDocument::read(&document(records)).ok()?;
    let records = Records::new(&of, &document).ok()?;
    let standing = score(&of, &records, Mode::Final).ok().filter(|standing| standing.unresolved_ties().is_empty())?;
    let disclosing = Disclosing {
        plan: &of,
        document: &document,
        records: &records,
        standing: &standing,
        allow_small: &[],
        earlier: &[],
    };
    let shown = disclosing.disclosed();
    let period = &of.periods()[0].id;
    let books = |group: &str, tokens: u64| {
        json!({ "period": period, "group": group, "issued": 5_000_000, "voided": 0, "used": 4_000_000 - tokens,
            "exchanged": tokens, "unused": 1_000_000, "tokens": tokens, "ballots": 4_000_000 })
    };
    let is_blind = |ballot: BallotKind| ballot == BallotKind::Blind;
    let tokens = |ballot: BallotKind| if is_blind(ballot) { TOKENS } else { 0 };
    let groups: Vec<Value> = of.groups().iter().map(|group| books(&group.id, tokens(group.ballot))).collect();
    let mut secret = Secret::default();
    let blind = of.groups().iter().filter(|group| is_blind(group.ballot));
    blind.for_each(|group| secret.vote(period, &group.id));
    let mut publication = json!({
        "plan": plan,
        "plan_sha256": plan_sha256(&plan_document),
        "result": value(&Document::of(&standing.document(&of))),
        "receipts": { "root": "ab".repeat(32), "count": 4_000_000 * groups.len() },
        "edition": 1,
        "editions": [{ "edition": 1, "at": 1_700_000_000, "reason": null }],
        "correction": null,
        "reconciliation": { "groups": groups, "differences": [] },
        "audit": { "plan": { "sequence": 9, "hash": "cd".repeat(32) }, "accounts": { "sequence": 4, "hash": "ef".repeat(32) } },
        "records": value(&Document::of(&shown.records)),
        "withheld": value(&Document::of(&shown.withheld)),
        "records_sha256": Document::of(&document).sha256(),
        "blind_keys": secret.keys,
        "pinned_keys": secret.pinned,
        "tokens": secret.lists,
        "spent_tokens": secret.tokens,
    });
    settle(&mut publication);
    Some(publication)
}

pub fn publications() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut found = Vec::new();
    for case in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        let read = |name: &str| fs::read(case.join(name)).ok().and_then(|text| serde_json::from_slice(&text).ok());
        let (Some(plan), Some(records)) = (read("plan.json"), read("records.json")) else { continue };
        // No office has so many ballots, and its books would not say so.
        let endless = ["counts_of_a_thousand_million", "deductions_beyond_measure", "tie_by_option_share_exactly"]
            .iter()
            .any(|name| case.ends_with(name));
        if let Some(publication) = publication(&voting_blind(plan), &records).filter(|_| !endless) {
            found.push((case.file_name().unwrap().display().to_string(), publication));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(found.len() > 15, "{}", found.len());
    found
}

pub fn check(text: &str) -> Result<Report, Vec<Line>> {
    let value = verify::read(text.as_bytes()).map_err(|line| vec![line])?;
    Ok(Publication::new(&value)?.verify())
}
