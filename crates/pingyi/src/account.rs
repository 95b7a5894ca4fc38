//! `pingyi account`: the way back in for whoever is locked out.

use std::path::Path;
use std::process::ExitCode;

use api::AccountResetError;
use store::{Store, StoreError};

use crate::data;
use crate::documents::BAD_INPUT;

/// Prints a new password for an account. Exit code 2 when there is no such account, or no such data.
pub(crate) fn reset(name: &str, data: &Path, state: Option<&Path>) -> ExitCode {
    let (runtime, engine) = match data::open_stopped(data, state) {
        Ok(opened) => opened,
        Err(refused) => return refused,
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
