//! `pingyi account`: the way back in for whoever is locked out.

use std::path::Path;
use std::process::ExitCode;

use api::AccountResetError;
use engine::EngineError;
use store::{Store, StoreError};

use crate::data;
use crate::documents::BAD_INPUT;

/// Prints a new password for an account. Exit code 2 when there is no such account, or no such data.
pub(crate) fn reset(name: &str, data: &Path, state: Option<&Path>) -> ExitCode {
    // Opening makes what is missing; here that would only be a slip of the fingers.
    if !data.is_dir() {
        eprintln!("没有这个数据目录 / no data directory: {}", data.display());
        return ExitCode::from(BAD_INPUT);
    }
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("pingyi: {error}");
            return ExitCode::FAILURE;
        }
    };
    let engine = match data::open(data, state, false) {
        Ok(engine) => engine,
        Err(EngineError::InUse) => {
            eprintln!("请先停止正在运行的服务 / stop the server first: {}", data.display());
            return ExitCode::FAILURE;
        }
        Err(EngineError::NotAsLeft(findings)) => {
            eprintln!("{}", data::not_as_left(&findings));
            return ExitCode::FAILURE;
        }
        Err(error) => {
            eprintln!("数据目录 / data directory: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(api::account_reset(&Store::embedded(engine.http_client()), name)) {
        Ok(password) => {
            println!("{name}  {password}");
            ExitCode::SUCCESS
        }
        Err(AccountResetError::Store(StoreError::NotFound)) => {
            eprintln!("没有这个账号 / no such account: {name}");
            ExitCode::from(BAD_INPUT)
        }
        Err(error) => {
            eprintln!("账号 / account: {error}");
            ExitCode::FAILURE
        }
    }
}
