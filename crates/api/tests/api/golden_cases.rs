//! The golden cases of `tests/cases`, over HTTP: what was worked by hand comes out of the API too.
//!
//! A case's tallies go in as paper ballots that two people enter. Cases whose records the API has
//! no way to take (two lots of one category, or records that are invalid) are `scoring`'s and the
//! command's alone; the test counts that they stay few.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::served::{Served, served};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let entries = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

fn json_file(path: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

fn list(records: &Value, name: &str) -> Vec<Value> {
    records[name].as_array().cloned().unwrap_or_default()
}

fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record[name].as_str().unwrap()
}

/// Whether the API can take these records at all.
fn can_be_entered(records: &Value) -> bool {
    let lots = list(records, "lots");
    let categories: BTreeSet<String> = lots.iter().map(|lot| lot["category"].to_string()).collect();
    let verdicts = list(records, "verdicts");
    let places: BTreeSet<String> =
        verdicts.iter().map(|verdict| format!("{} {}", verdict["unit"], verdict["outcome"])).collect();
    // A batch has at most so many ballots; of a single tally that has more the API is told nothing.
    let small = list(records, "tallies").iter().all(|tally| marks(tally) <= 1_000_000_000_000);
    lots.len() == categories.len() && verdicts.len() == places.len() && small
}

/// All marks of a tally.
fn marks(tally: &Value) -> u64 {
    tally["counts"].as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64()).sum()
}

/// Do voters leave out their own unit in a component?
fn skips_own_unit(nodes: &Value, component: &str) -> bool {
    nodes.as_array().into_iter().flatten().any(|node| match node["id"] == component {
        true => node["method"]["own_unit"] == "skipped",
        false => skips_own_unit(&node["children"], component),
    })
}

/// Tallies as batches of paper ballots: one line a unit and criterion; a second tally of the same
/// place goes into a batch of its own. Where voters leave out their own unit, one ballot more was there.
fn batches(plan: &Value, records: &Value) -> Vec<Value> {
    let mut batches: Vec<(String, BTreeMap<String, Value>)> = Vec::new();
    for tally in list(records, "tallies") {
        let place = format!("{} {} {}", tally["period"], tally["component"], tally["group"]);
        let line = format!("{} {}", tally["unit"], tally["criterion"]);
        let free = batches.iter_mut().find(|(known, lines)| *known == place && !lines.contains_key(&line));
        match free {
            Some((_, lines)) => drop(lines.insert(line, tally)),
            None => batches.push((place, BTreeMap::from([(line, tally)]))),
        }
    }
    let batch = |(number, lines): (usize, BTreeMap<String, Value>)| {
        let first = lines.values().next().unwrap();
        let own = skips_own_unit(&plan["components"], text(first, "component"));
        let valid = lines.values().map(marks).max().unwrap() + u64::from(own);
        let counts: Vec<Value> = lines
            .values()
            .map(|tally| json!({ "unit": tally["unit"], "criterion": tally["criterion"], "counts": tally["counts"], "blank": valid - marks(tally) }))
            .collect();
        json!({ "label": format!("{number}号箱"), "period": first["period"], "group": first["group"],
            "component": first["component"], "collected": valid, "void": 0, "counts": counts })
    };
    batches.into_iter().map(|(_, lines)| lines).enumerate().map(batch).collect()
}

struct Entering<'a> {
    first: &'a Client,
    second: &'a Client,
    plan: String,
}

impl Entering<'_> {
    fn at(&self, rest: &str) -> String {
        format!("/api/plans/{}/{rest}", self.plan)
    }

    /// The second person's word on a record, where the plan asks for it.
    async fn approve(&self, kept: Value) {
        if kept["pending"] == true {
            self.second.post(&self.at(&format!("records/{}/approve", text(&kept, "id"))), &json!({})).await.ok(200);
        }
    }

    async fn enter(&self, plan: &Value, records: &Value) {
        for mut batch in batches(plan, records) {
            let answer = self.first.post(&self.at("paper-tallies"), &batch).await;
            if answer.status == 422 {
                // Units that the case has no tally of were left blank by everybody.
                for field in answer.json()["fields"].as_array().unwrap() {
                    assert_eq!(field["code"], "missing_data", "{field}");
                    let mut place = text(field, "detail").split(' ');
                    let (unit, criterion, blank) = (place.next(), place.next(), batch["collected"].clone());
                    let line = json!({ "unit": unit, "criterion": criterion, "counts": {}, "blank": blank });
                    batch["counts"].as_array_mut().unwrap().push(line);
                }
                self.first.post(&self.at("paper-tallies"), &batch).await.ok(201);
            }
            assert_eq!(self.second.post(&self.at("paper-tallies"), &batch).await.ok(201)["counted"], true);
        }
        for (kind, member) in [("entries", "value"), ("links", "totals")] {
            for record in list(records, kind) {
                let place = format!(
                    "{kind}/{}/{}/{}",
                    text(&record, "period"),
                    text(&record, "component"),
                    text(&record, "unit")
                );
                self.first.put(&self.at(&place), &json!({ member: record[member] })).await.ok(200);
            }
        }
        for kind in ["incidents", "adjustments", "decisions", "verdicts"] {
            for record in list(records, kind) {
                self.approve(self.first.post(&self.at(kind), &record).await.ok(201)).await;
            }
        }
        for lot in list(records, "lots") {
            let category = lot["category"].as_str().unwrap_or("-");
            let lot = json!({ "order": lot["order"] });
            self.approve(self.first.put(&self.at(&format!("lots/{category}")), &lot).await.ok(200)).await;
        }
        let history = list(records, "history");
        if !history.is_empty() {
            self.first.put(&self.at("history"), &json!({ "history": history })).await.ok(200);
        }
    }
}

/// Runs a case that has a valid plan; `None` if the API has no way to take it.
async fn run(case: &Path, first: &Client, second: &Client) -> Option<Result<(), String>> {
    let plan = json_file(&case.join("plan.json"))?;
    let records = json_file(&case.join("records.json"))?;
    let problems = json_file(&case.join("problems.json"));
    let faulty = |document: &str| {
        let problems = problems.as_ref().and_then(Value::as_array);
        problems.is_some_and(|problems| problems.iter().any(|problem| problem["document"] == document))
    };
    if faulty("plan") {
        return Some(refused(
            first.send("POST", "/api/plans", &[], std::fs::read(case.join("plan.json")).unwrap()).await,
            problems.as_ref().unwrap(),
            "plan",
        ));
    }
    if faulty("records") || !can_be_entered(&records) {
        return None;
    }
    let id = first.post("/api/plans", &plan).await.ok(201)["id"].as_str().unwrap().to_owned();
    let entering = Entering { first, second, plan: id };
    first.post(&entering.at("open"), &json!({})).await.ok(200);
    entering.enter(&plan, &records).await;
    if first.post(&entering.at("close"), &json!({})).await.status == 202 {
        second.post(&entering.at("close"), &json!({})).await.ok(200);
    }
    let asked = json_file(&case.join("case.json")).unwrap_or_default();
    let mode = if asked["mode"] == "provisional" { "provisional" } else { "final" };
    let period = asked["period"].as_str().map(|period| format!("&period={period}")).unwrap_or_default();
    let answer = match std::fs::read(case.join("scenario.json")) {
        Ok(scenario) => first.send("POST", &entering.at(&format!("simulate?mode={mode}{period}")), &[], scenario).await,
        Err(_) => first.get(&entering.at(&format!("result?mode={mode}{period}"))).await,
    };
    if let Some(problems) = &problems {
        return Some(refused(answer, problems, "scenario"));
    }
    if let Some(missing) = json_file(&case.join("missing.json")) {
        let fields = answer.json()["fields"].as_array().map_or(0, Vec::len);
        let holds = answer.status.as_u16() == 422
            && answer.json()["code"] == "incomplete"
            && fields == missing.as_array().unwrap().len();
        return Some(if holds { Ok(()) } else { Err(answer.text()) });
    }
    let expected = json_file(&case.join("result.json"))?;
    Some(if answer.status.as_u16() == 200 && answer.json() == expected { Ok(()) } else { Err(answer.text()) })
}

fn refused(answer: Answer, problems: &Value, document: &str) -> Result<(), String> {
    let problems = problems.as_array().unwrap().iter().filter(|problem| problem["document"] == document);
    let expected: BTreeSet<(String, String)> = problems
        .filter_map(|problem| Some((text(problem, "path").to_owned(), problem["code"].as_str()?.to_owned())))
        .collect();
    let body = answer.json();
    let fields = body["fields"].as_array().unwrap().iter();
    let found: BTreeSet<(String, String)> =
        fields.map(|field| (text(field, "path").to_owned(), text(field, "code").to_owned())).collect();
    let status = if expected.is_empty() { 400 } else { 422 };
    if answer.status.as_u16() == status && found == expected {
        Ok(())
    } else {
        Err(format!("{body}\nexpected {expected:?}"))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_golden_case_holds_over_http() {
    let served: Served = served().await;
    let second = served.member("second", &["office", "planner"]).await;
    let (mut wrong, mut left_out, mut held) = (Vec::new(), Vec::new(), 0);
    for case in cases() {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        match run(&case, &served.client, &second).await {
            None => left_out.push(name),
            Some(Ok(())) => held += 1,
            Some(Err(error)) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(left_out.len() * 4 < held, "{held} held, left out: {left_out:?}");
}
