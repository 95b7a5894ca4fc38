//! `cargo xtask serve`: the whole system with its demo on this machine. What is printed about addresses
//! and passwords is printed by `pingyi`, which knows them.

use crate::{asset::Effort, bundle, failure::Failure, machine};

/// Builds the app and the server beside each other, and starts `pingyi serve --demo` with further arguments of the caller's.
pub fn serve(arguments: &[String]) -> Result<(), Failure> {
    let server = || machine::run(machine::cargo().args(["build", "--quiet", "-p", "pingyi"]));
    // One has long stretches in which it keeps a single processor busy, and so has the other.
    let (app, server) = rayon::join(|| bundle::build(Effort::Quick), server);
    app.and(server)?;
    let mut pingyi = machine::cargo();
    pingyi.args(["run", "--quiet", "-p", "pingyi", "--", "serve", "--demo"]).args(arguments);
    machine::run(pingyi.env("PINGYI_APP", bundle::folder()))
}
