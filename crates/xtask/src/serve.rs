//! `cargo xtask serve`: the whole system with its demo on this machine. What is printed about addresses
//! and passwords is printed by `pingyi`, which knows them.

use crate::{asset::Effort, bundle, failure::Failure, machine};

/// Builds the app and starts `pingyi serve --demo` with further arguments of the caller's.
pub fn serve(arguments: &[String]) -> Result<(), Failure> {
    bundle::build(Effort::Quick)?;
    let mut pingyi = machine::cargo();
    pingyi.args(["run", "--quiet", "-p", "pingyi", "--", "serve", "--demo"]).args(arguments);
    machine::run(pingyi.env("PINGYI_APP", bundle::folder()))
}
