//! The data folder: opened, and in words what is not as it was left.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use engine::{Disk, Engine, EngineError, Finding, Knows, Opening};
use tokio::runtime::Runtime;

use crate::documents::BAD_INPUT;

/// Opens the data folder. `state`: the folder outside it that says how far its data had come.
pub(crate) fn open(folder: &Path, state: Option<&Path>, accept: bool) -> Result<Engine, EngineError> {
    let tables = store::tables().map(|table| table.name);
    Engine::open_as(folder, &Opening { tables: &tables, witnesses: state, accept })
}

/// Opens the data folder of a server that is stopped, for a command: one that is there already, and as it was left. Else
/// says why not, and with which exit code to end.
pub(crate) fn open_stopped(folder: &Path, state: Option<&Path>) -> Result<(Runtime, Engine), ExitCode> {
    let failed = |said: String| {
        eprintln!("{said}");
        ExitCode::FAILURE
    };
    // Opening makes what is missing; here that would only be a slip of the fingers.
    if !folder.is_dir() {
        failed(format!("没有这个数据目录 / no data directory: {}", folder.display()));
        return Err(ExitCode::from(BAD_INPUT));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(format!("pingyi: {error}")))?;
    let engine = open(folder, state, false).map_err(|error| match error {
        EngineError::InUse => failed(format!("请先停止正在运行的服务 / stop the server first: {}", folder.display())),
        EngineError::NotAsLeft(findings) => failed(not_as_left(&findings)),
        error => failed(format!("数据目录 / data directory: {error}")),
    })?;
    Ok((runtime, engine))
}

/// Where what stays outside of data folders is kept: as told, or the first place that the system has for it which can be
/// made (a service's home is often closed to it), or beside the data.
pub(crate) fn state_folder(told: Option<PathBuf>, data: &Path) -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let places = [
        variable("STATE_DIRECTORY"),
        variable("XDG_STATE_HOME").map(|folder| folder.join("pingyi")),
        variable("HOME").map(|folder| folder.join(".local/state/pingyi")),
        data.parent().map(|folder| folder.join(".pingyi-state")),
    ];
    let can_be_made =
        |folder: &PathBuf| std::fs::create_dir_all(folder).is_ok() && Disk::under(folder) != Disk::Unwritable;
    told.filter(|folder| !folder.as_os_str().is_empty()).or_else(|| places.into_iter().flatten().find(can_be_made))
}

/// What is wrong with the disk under the data folder, in one line that says what can be done; `None` if it takes writes.
pub(crate) fn disk_fault(folder: &Path) -> Option<String> {
    let place = folder.display();
    match Disk::under(folder) {
        Disk::Writable => None,
        Disk::Full => Some(format!(
            "数据目录 {place} 所在的磁盘已满，没有启动；已有的数据都在，请腾出空间后再启动 / \
             the disk of the data folder {place} is full: not started, nothing is lost; make room and start again"
        )),
        Disk::Unwritable => Some(format!(
            "数据目录 {place} 写不进去（只读、无权限或磁盘故障），没有启动 / \
             the data folder {place} cannot be written (read-only, not permitted, or a failing disk): not started"
        )),
    }
}

/// What is not as it was left, in one line that says what can be done.
pub(crate) fn not_as_left(findings: &[Finding]) -> String {
    let (zh, en): (Vec<_>, Vec<_>) = findings.iter().map(in_words).unzip();
    format!(
        "数据与上次不一致：{}。请放回原来的文件；确实要按现状继续，加 --accept-restore 理由（会记入留痕） / \
         the data are not as they were left: {}. Put the right files back, or go on with what is there by \
         --accept-restore REASON, which the audit trail will show",
        zh.join("；"),
        en.join("; ")
    )
}

fn in_words(finding: &Finding) -> (String, String) {
    match finding {
        Finding::Missing { table } => (format!("缺少 {table} 的文件"), format!("the file of {table} is missing")),
        Finding::Foreign { table } => {
            (format!("{table} 的文件不是这个数据目录的"), format!("the file of {table} is not of this data folder"))
        }
        Finding::Older { table, lacks, by } => {
            let (zh, en) = match by {
                Knows::Table(by) => (by.clone(), by.clone()),
                Knows::Witness => ("本机".to_owned(), "this machine".to_owned()),
            };
            (
                format!("{table} 的文件是旧的，比{zh}记得的少 {lacks} 次写入"),
                format!("the file of {table} is older than {en} knows, {lacks} writes are not in it"),
            )
        }
        Finding::Superseded { file, .. } => (
            format!("多出一个文件 {file}；继续会把它移到一边（{file}.aside），不会删除"),
            format!("{file} should not be there; to go on sets it aside as {file}.aside, and deletes nothing"),
        ),
        other => (other.to_string(), other.to_string()),
    }
}
