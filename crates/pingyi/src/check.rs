//! `pingyi check`: is a data folder sound?
//!
//! Owns what is looked at, and how it is said. Evidence files and the chains of deleted drafts are not. Whether the folder is as it was left is found by opening it ([`data`]).

use std::path::Path;
use std::process::ExitCode;

use engine::Engine;
use store::{PlanHead, State, Store, StoreError};

use crate::{data, documents};

/// Plans that are read at once.
const AT_ONCE: usize = 100;

/// Checks and reports: a line for each chain. Exit code 1 where something is not sound, 2 where there is no such folder.
pub(crate) fn run(folder: &Path, state: Option<&Path>) -> ExitCode {
    let (runtime, engine) = match data::open_stopped(folder, state) {
        Ok(opened) => opened,
        Err(refused) => return refused,
    };
    let found = runtime.block_on(look(&engine));
    let (sound, faults): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
    for fault in faults.iter().filter_map(|fault| fault.as_ref().err()) {
        eprintln!("check: {fault}");
    }
    if !faults.is_empty() {
        return ExitCode::FAILURE;
    }
    documents::print(&sound.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

/// What was found sound, and what not, each in a line.
async fn look(engine: &Engine) -> Vec<Result<String, String>> {
    let mut found = vec![match engine.check_integrity().await {
        Ok(()) => Ok("files 文件完好 / the files hold together".to_owned()),
        Err(error) => Err(format!("files damaged 文件损坏 / a file is damaged: {error}")),
    }];
    let store = Store::embedded(engine.http_client());
    found.push(chain("accounts", store.verify_account_audit().await));
    let mut after = None;
    loop {
        let page = match store.list_plans(AT_ONCE, after.as_ref()).await {
            Ok(page) => page,
            Err(error) => {
                found.push(Err(format!(
                    "plans unreadable 方案清单无法读取 / the list of plans cannot be read: {error}"
                )));
                return found;
            }
        };
        for head in &page.items {
            found.push(plan(&store, head).await);
        }
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

/// A plan's chain, and the plan that its ballots are held to.
async fn plan(store: &Store, head: &PlanHead) -> Result<String, String> {
    let id = head.id.as_str();
    let read = match head.state {
        State::Draft => store.plan(&head.id).await.map(drop),
        _ => store.frozen_plan(&head.id).await.map(drop),
    };
    read.map_err(|error| format!("{id} unreadable 方案无法读取 / the plan cannot be read: {error}"))?;
    chain(id, store.verify_audit(&head.id).await)
}

fn chain(log: &str, events: Result<u64, StoreError>) -> Result<String, String> {
    match events {
        Ok(events) => Ok(format!("{log} {events} 条留痕，首尾相连 / {events} events, the chain is whole")),
        Err(StoreError::Corrupt) => {
            Err(format!("{log} broken 留痕断裂或被改动 / the audit chain is broken or was changed"))
        }
        Err(error) => Err(format!("{log} unreadable 留痕无法读取 / the audit chain cannot be read: {error}")),
    }
}
