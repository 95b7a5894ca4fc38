//! Where `pingyi serve` keeps everything: a folder on this machine, or tables of a database that speaks DynamoDB's protocol.
//!
//! Owns what differs between the two: what is looked at before the first request, and what is done for the files while
//! it runs. Refuses to own requests.

use std::path::Path;
use std::time::Duration;

use api::{Disk, DiskLook};
use aws_smithy_http_client::tls;
use engine::{Engine, EngineError};
use files::{Bucket, Files};
use store::{Actor, Store, StoreError, TableNames};
use tokio::task::JoinHandle;

use crate::data;

/// How often expired sessions and counters are removed.
const SWEEP: Duration = Duration::from_secs(3600);

/// How often the data files note how far the others have come, if anything was written.
const NOTE: Duration = Duration::from_secs(5);

/// What keeps everything.
pub(crate) enum Backing {
    /// The embedded engine, over files of this process alone.
    Engine(Engine),
    /// A database that other processes use, too. It removes what has expired by itself.
    Tables,
}

/// The names of two tables, as they are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tables {
    main: String,
    ballot_box: String,
}

/// Two names with a comma between.
pub(crate) fn tables(text: &str) -> Result<Tables, String> {
    let is_name = |name: &str| {
        (3..=255).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
    };
    match text.split_once(',') {
        Some((main, ballot_box)) if is_name(main) && is_name(ballot_box) && main != ballot_box => {
            Ok(Tables { main: main.to_owned(), ballot_box: ballot_box.to_owned() })
        }
        _ => Err("应为两个表名，用逗号隔开，如 pingyi-main,pingyi-box / the names of two tables with a comma between"
            .to_owned()),
    }
}

impl Backing {
    /// Tables that the SDK's usual environment leads to, made where they are missing, and evidence in a bucket there or in
    /// a folder that all processes share.
    pub(crate) async fn of_tables(
        tables: &Tables,
        bucket: Option<&str>,
        folder: &Path,
    ) -> Result<(Backing, Store), StoreError> {
        let tls = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
        let client = aws_smithy_http_client::Builder::new().tls_provider(tls).build_https();
        let config = aws_config::defaults(aws_config::BehaviorVersion::latest()).http_client(client).load().await;
        let files = match bucket {
            Some(name) => Files::Bucket(Bucket::new(&config, name.to_owned())),
            None => Files::Folder(folder.join("files")),
        };
        let names = TableNames { main: tables.main.clone(), ballot_box: tables.ballot_box.clone() };
        let store = Store::new(&config, names).with_files(files);
        store.create_tables().await?;
        Ok((Backing::Tables, store))
    }

    /// A folder on this machine. What was put back is taken only with a reason, and the audit trail says so, in the name
    /// of `operator`, before anything else.
    pub(crate) async fn of_folder(
        folder: &Path,
        state: Option<&Path>,
        accept_restore: Option<&str>,
        operator: Actor<'_>,
    ) -> Result<(Backing, Store), FolderError> {
        let engine = data::open(folder, state, accept_restore.is_some())?;
        let store = store_over(&engine).with_files(Files::Folder(folder.join("files")));
        store.create_tables().await?;
        if let Some(reason) = accept_restore {
            let findings = engine.findings();
            let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
            let box_alone = !findings.is_empty() && findings.iter().all(|finding| finding.table() == "box");
            store.note_restore(operator, reason, &found, box_alone).await?;
            engine.accept().await?;
            let found = if found.is_empty() { "-".to_owned() } else { found.join(", ") };
            eprintln!("按现状接受数据，已记入留痕 / data accepted as they are, noted in the audit trail: {found}");
        }
        if !engine.has_witness() {
            eprintln!(
                "状态目录写不进去：整个数据目录被换回旧的，将看不出来 / no folder for state (--state): \
                 a data folder that is put back as a whole will not be noticed"
            );
        }
        Ok((Backing::Engine(engine), store))
    }

    /// A look at the disk under the data, where they are on one of this process.
    pub(crate) fn disk_look(&self) -> Option<DiskLook> {
        let Backing::Engine(engine) = self else { return None };
        let engine = engine.clone();
        Some(DiskLook::new(move || {
            let engine = engine.clone();
            async move {
                match engine.disk().await {
                    engine::Disk::Writable => Disk::Writable,
                    engine::Disk::Full => Disk::Full,
                    engine::Disk::Unwritable => Disk::Unwritable,
                }
            }
        }))
    }

    /// What the files need while the server runs.
    pub(crate) fn tend(&self) -> Vec<JoinHandle<()>> {
        match self {
            Backing::Engine(engine) => vec![tokio::spawn(sweep(engine.clone())), tokio::spawn(note(engine.clone()))],
            Backing::Tables => Vec::new(),
        }
    }

    /// The last note, when the server ends.
    pub(crate) async fn leave(&self) -> Result<(), EngineError> {
        match self {
            Backing::Engine(engine) => engine.note_progress().await,
            Backing::Tables => Ok(()),
        }
    }
}

/// Why a folder cannot be used.
pub(crate) enum FolderError {
    Engine(EngineError),
    Store(StoreError),
}

impl From<EngineError> for FolderError {
    fn from(error: EngineError) -> FolderError {
        FolderError::Engine(error)
    }
}

impl From<StoreError> for FolderError {
    fn from(error: StoreError) -> FolderError {
        FolderError::Store(error)
    }
}

/// The store over an embedded engine, which is asked to forget the order of ballots at closing.
fn store_over(engine: &Engine) -> Store {
    let rewriting = engine.clone();
    Store::embedded(engine.http_client()).with_box_rewrite(move || {
        let engine = rewriting.clone();
        async move { engine.rewrite("box").await.is_ok() }
    })
}

async fn note(engine: Engine) {
    loop {
        tokio::time::sleep(NOTE).await;
        // A disk that takes no notes takes no ballots either; `GET /api/health` says so.
        let _ = engine.note_progress().await;
    }
}

async fn sweep(engine: Engine) {
    loop {
        tokio::time::sleep(SWEEP).await;
        if engine.sweep_expired().await.is_err() {
            eprintln!("过期数据未能清理 / expired items could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn tables_are_two_names() {
        assert!(tables("pingyi-main,pingyi-box").is_ok());
        for text in ["", "main", "main,", "a,b", "main,main", "main,box,more", "main, box", "主表,票箱"] {
            assert!(tables(text).is_err(), "{text}");
        }
    }
}
